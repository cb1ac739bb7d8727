// SPDX-License-Identifier: MIT
/* workload.c - who does what next. */
#include "workload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPERATIONS_MAX = 96, QUIET_EVERY = 700 };

struct checker *checker;

static struct app apps[APPS];
static const struct operation *operations[OPERATIONS_MAX];
static struct tally tallies[OPERATIONS_MAX];
static size_t operation_count;
static unsigned weight_sum;
static char numbers[MACHINE_LINES][8];
static HLINE picked; /* the line of what was chosen last */

static HLINE pick_line(HLINE line)
{
	picked = line;
	return line;
}

HCALL pick(const struct app *a, HCALL call)
{
	picked = checker_line_of(checker, a->number, call);
	return call;
}

static DWORD nonsense(void)
{
	return machine_below(2) ? 0 : machine_below(1u << 30);
}

HLINE any_line(const struct app *a)
{
	size_t count = 0;

	if (machine_below(50) == 0)
		return pick_line(nonsense());
	while (checker_line(checker, a->number, count))
		count++;
	return pick_line(count ? checker_line(checker, a->number, machine_below((uint32_t)count))
			       : 0);
}

HCALL any_call(const struct app *a)
{
	size_t count = 0;

	if (machine_below(50) == 0)
		return pick(a, nonsense());
	while (checker_call(checker, a->number, count))
		count++;
	return pick(a, count ? checker_call(checker, a->number, machine_below((uint32_t)count))
			     : 0);
}

HCALL call_in(const struct app *a, DWORD states)
{
	HCALL found[32], call;
	uint32_t count = 0;
	bool owned = machine_below(20) != 0; /* mostly what it may do something with */

	if (machine_below(20) == 0)
		return any_call(a);
	for (size_t n = 0; count < 32 && (call = checker_call(checker, a->number, n)) != 0; n++)
		if ((checker_state(checker, a->number, call) & states) &&
				(!owned || checker_privilege(checker, a->number, call) ==
								LINECALLPRIVILEGE_OWNER))
			found[count++] = call;
	return pick(a, count ? found[machine_below(count)] : 0);
}

HCALL beside(const struct app *a, HCALL other, DWORD states)
{
	HLINE line = checker_line_of(checker, a->number, other);
	HCALL call;

	for (size_t n = 0; (call = checker_call(checker, a->number, n)) != 0; n++)
		if (call != other && checker_line_of(checker, a->number, call) == line &&
				(checker_state(checker, a->number, call) & states) &&
				machine_below(4))
			return call;
	return call_in(a, states);
}

const char *any_number(void)
{
	static const char *const wrong[] = { "999", "10", "", "1;", "x", "101|sub", "*" };

	if (machine_below(20) == 0)
		return wrong[machine_below(sizeof(wrong) / sizeof(wrong[0]))];
	return numbers[machine_below(MACHINE_LINES)];
}

HCALL *new_calls(struct app *a)
{
	HCALL *made = a->made[a->made_next++ % NEW_CALLS];

	made[0] = made[1] = 0;
	return made;
}

LONG asked_new(struct app *a, const char *what, LONG result, const HCALL *new0, const HCALL *new1)
{
	const HCALL *const made[CHECKER_NEW] = { new0, new1 };

	if (result > 0)
		checker_request(checker, a->number, what, result, picked, made);
	else if (result == 0)
		machine_fail("%s returned 0", what);
	return result;
}

LONG asked(struct app *a, const char *what, LONG result)
{
	return asked_new(a, what, result, NULL, NULL);
}

void *any_buffer(size_t least)
{
	static char room[BUFFER];
	DWORD size = (DWORD)(least + machine_below((uint32_t)(BUFFER - least)));

	if (machine_below(8) == 0)
		size = (DWORD)least;
	memset(room, 0xa5, sizeof(room));
	memcpy(room, &size, sizeof(size));
	return room;
}

static void add_operations(const struct operation *o)
{
	for (; o->name; o++) {
		if (operation_count == OPERATIONS_MAX)
			machine_fail("too many operations");
		operations[operation_count++] = o;
		weight_sum += o->weight;
	}
}

static void prepare(void)
{
	for (unsigned i = 0; i < MACHINE_LINES; i++)
		(void)snprintf(numbers[i], sizeof(numbers[i]), "%u", 101 + i);
	for (unsigned i = 0; i < APPS; i++)
		apps[i].number = i;
	add_operations(session_operations);
	add_operations(call_operations);
	add_operations(party_operations);
	add_operations(phone_operations);
	add_operations(number_operations);
	add_operations(service_operations);
}

static size_t choose(void)
{
	unsigned at = machine_below(weight_sum);
	size_t i = 0;

	while (at >= operations[i]->weight)
		at -= operations[i++]->weight;
	return i;
}

static void one(void)
{
	struct app *a = &apps[machine_below(APPS)];
	size_t chosen = a->alive ? choose() : 0; /* the first one begins an application */
	LONG result = operations[chosen]->run(a);

	if (getenv("RANDOM_OPS"))
		fprintf(stderr, "%u %s %#x\n", a->number, operations[chosen]->name,
				(unsigned)result);
	if (result < 0)
		tallies[chosen].refused++;
	else
		tallies[chosen].done++;
	for (uint32_t n = machine_below(4); n; n--)
		(void)machine_step();
	if (machine_below(3) == 0)
		machine_advance(machine_below(120));
	for (unsigned i = 0; i < APPS; i++)
		if (machine_below(3))
			observe(&apps[i]);
}

void workload_run(unsigned long count, bool verbose)
{
	prepare();
	for (unsigned long n = 1; n <= count; n++) {
		one();
		if (n % QUIET_EVERY == 0 || n == count)
			observe_all(apps, APPS);
	}
	for (unsigned i = 0; i < APPS; i++) {
		if (apps[i].alive)
			(void)lineShutdown(apps[i].handle);
		if (apps[i].phones)
			(void)phoneShutdown(apps[i].phones);
	}
	machine_settle();
	for (size_t i = 0; verbose && i < operation_count; i++)
		printf("  %-24s %7lu done %7lu refused\n", operations[i]->name, tallies[i].done,
				tallies[i].refused);
}
