// SPDX-License-Identifier: MIT
/* goals.c - figures against goals, kept where the process that measured them may end. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "survive.h"

#include <stdarg.h>
#include <stdlib.h>
#include <sys/mman.h>

enum { GOALS_MAX = 256, TEXT = 160 };

static struct list_of_goals {
	unsigned count, printed, missed, unjudged;
	char noise[TEXT];
	bool is_noisy;
	struct {
		char what[TEXT], figure[TEXT], limit[TEXT];
		enum verdict verdict;
	} goals[GOALS_MAX];
} * list;

void *shared_new(size_t size)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED) {
		perror("survive: mmap");
		exit(2);
	}
	return p;
}

void goals_start(void)
{
	list = shared_new(sizeof(*list));
}

static void add(const char *what, enum verdict verdict, const char *limit, const char *fmt,
		va_list ap) __attribute__((format(printf, 4, 0)));

static void add(const char *what, enum verdict verdict, const char *limit, const char *fmt,
		va_list ap)
{
	unsigned n = list->count;

	if (n == GOALS_MAX)
		fail_test("there are too many goals");
	(void)snprintf(list->goals[n].what, TEXT, "%s", what);
	(void)snprintf(list->goals[n].limit, TEXT, "%s", limit);
	(void)vsnprintf(list->goals[n].figure, TEXT, fmt, ap);
	list->goals[n].verdict = verdict;
	list->missed += verdict == GOAL_MISSED;
	list->unjudged += verdict == GOAL_NOISY;
	list->count++;
}

void goal(const char *what, bool reached, const char *limit, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(what, reached ? GOAL_OK : GOAL_MISSED, limit, fmt, ap);
	va_end(ap);
}

void goal_time(const char *what, bool reached, const char *limit, const char *fmt, ...)
{
	bool unjudged = effort.brief || list->is_noisy;
	va_list ap;

	va_start(ap, fmt);
	add(what, reached ? GOAL_OK : unjudged ? GOAL_NOISY : GOAL_MISSED, limit, fmt, ap);
	va_end(ap);
}

void goal_share(const char *what, unsigned kept, unsigned all, unsigned percent)
{
	char limit[16];

	(void)snprintf(limit, sizeof(limit), ">= %u %%", percent);
	goal(what, all && (uint64_t)kept * 100 >= (uint64_t)all * percent, limit,
			"%.1f %% (%u of %u)", all ? 100.0 * kept / all : 0.0, kept, all);
}

void goal_none(const char *what, unsigned count)
{
	goal(what, count == 0, "0", "%u", count);
}

void goals_noisy(const char *why, ...)
{
	va_list ap;

	va_start(ap, why);
	(void)vsnprintf(list->noise, TEXT, why, ap);
	va_end(ap);
	list->is_noisy = true;
}

void goals_calm(void)
{
	list->is_noisy = false;
}

bool goals_are_missed(void)
{
	for (unsigned i = list->printed; i < list->count; i++)
		if (list->goals[i].verdict == GOAL_MISSED)
			return true;
	return false;
}

void goals_print(const char *title)
{
	static const char *const words[] = { "ok", "MISSED", "not judged" };

	bool unjudged = false;

	printf("%s\n", title);
	for (; list->printed < list->count; list->printed++) {
		unjudged |= list->goals[list->printed].verdict == GOAL_NOISY;
		printf("  %-58s %-26s %-12s %s\n", list->goals[list->printed].what,
				list->goals[list->printed].figure, list->goals[list->printed].limit,
				words[list->goals[list->printed].verdict]);
	}
	if (list->noise[0] && unjudged)
		printf("  times are not judged: %s\n", list->noise);
	list->noise[0] = '\0'; /* the next scenario has its own */
	list->is_noisy = false;
	(void)fflush(stdout);
}

int goals_verdict(void)
{
	for (unsigned i = 0; i < list->count; i++)
		if (list->goals[i].verdict == GOAL_MISSED)
			printf("missed: %s: %s, must be %s\n", list->goals[i].what,
					list->goals[i].figure, list->goals[i].limit);
	if (list->missed)
		return 1;
	return list->unjudged && !effort.brief ? 77 : 0;
}
