// SPDX-License-Identifier: MIT
/* place.c - sched_setaffinity and /proc of Linux; elsewhere nothing is pinned and no CPU time of
 * others is known, which the output says. */
#include "place.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __linux__
#include <dirent.h>
#include <sched.h>
#include <unistd.h>
#endif

struct place place_parse(const char *text)
{
	const char *colon = strchr(text, ':');
	struct place p = { .daemon = *text == '-' ? -1 : atoi(text) };

	p.others = colon ? atoi(colon + 1) : p.daemon;
	return p;
}

#ifdef __linux__

static void fill(cpu_set_t *set, int cpu)
{
	CPU_ZERO(set);
	if (cpu >= 0)
		CPU_SET((unsigned)cpu, set);
	for (int i = 0; cpu < 0 && i < CPU_SETSIZE && i < sysconf(_SC_NPROCESSORS_CONF); i++)
		CPU_SET((unsigned)i, set);
}

/* Calls each(tid) for every thread; the first error ends it. */
static int walk_threads(pid_t pid, int (*each)(pid_t tid, void *arg), void *arg)
{
	char path[64];
	const struct dirent *entry;
	int err = 0;
	DIR *dir;

	(void)snprintf(path, sizeof(path), "/proc/%ld/task", (long)(pid ? pid : getpid()));
	dir = opendir(path);
	if (!dir)
		return -errno;
	while (!err && (entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			err = each((pid_t)strtol(entry->d_name, NULL, 10), arg);
	(void)closedir(dir);
	return err;
}

static int pin_thread(pid_t tid, void *set)
{
	return sched_setaffinity(tid, sizeof(cpu_set_t), set) < 0 ? -errno : 0;
}

int place_pin(pid_t pid, int cpu)
{
	cpu_set_t set;

	fill(&set, cpu);
	return walk_threads(pid, pin_thread, &set);
}

int place_pin_me(int cpu)
{
	cpu_set_t set;

	fill(&set, cpu);
	return sched_setaffinity(0, sizeof(set), &set) < 0 ? -errno : 0;
}

static int add_thread(pid_t tid, void *sum)
{
	char path[64];
	uint64_t ns = 0;
	FILE *f;

	(void)snprintf(path, sizeof(path), "/proc/%ld/schedstat", (long)tid);
	f = fopen(path, "re");
	if (!f)
		return 0; /* it ended in between */
	if (fscanf(f, "%" SCNu64, &ns) == 1)
		*(uint64_t *)sum += ns;
	(void)fclose(f);
	return 0;
}

uint64_t place_cpu_ns(pid_t pid)
{
	uint64_t sum = 0;

	(void)walk_threads(pid, add_thread, &sum);
	return sum;
}

#else

int place_pin(pid_t pid, int cpu)
{
	(void)pid;
	return cpu < 0 ? 0 : -ENOTSUP;
}

int place_pin_me(int cpu)
{
	return cpu < 0 ? 0 : -ENOTSUP;
}

uint64_t place_cpu_ns(pid_t pid)
{
	(void)pid;
	return 0;
}

#endif
