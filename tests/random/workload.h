// SPDX-License-Identifier: MIT
/* workload.h - six applications that do what they like. An operation picks its own objects, mostly
 * living ones, and tells the checker what came of it. */
#ifndef TESTS_RANDOM_WORKLOAD_H
#define TESTS_RANDOM_WORKLOAD_H

#include "checker.h"
#include "machine.h"

enum { APPS = 6, NEW_CALLS = 512, BUFFER = 4096 };

struct app {
	unsigned number; /* for the checker */
	bool alive;
	HLINEAPP handle;
	DWORD lines;
	HPHONEAPP phones; /* 0: none */
	DWORD phone_count;
	HCALL made[NEW_CALLS][CHECKER_NEW]; /* where replies put new calls, used in turn */
	size_t made_next;
	char digits[BUFFER]; /* gathered */
};

struct operation {
	const char *name;
	unsigned weight;
	/* What the function of TAPI returned; 0: it did, or there was nothing to do it with. */
	LONG (*run)(struct app *a);
};

extern struct checker *checker;
/* Tables that end with a row without a name. */
extern const struct operation session_operations[], call_operations[], party_operations[],
		phone_operations[], number_operations[], service_operations[];

/* Its phones, to the checker. */
static inline unsigned phones_of(const struct app *a)
{
	return a->number + APPS;
}
/* Some object of the application; 0 or, now and then, nonsense if it has none. */
HLINE any_line(const struct app *a);
HCALL any_call(const struct app *a);
/* A call in one of these states if there is one. */
HCALL call_in(const struct app *a, DWORD states);
/* The same, likely on the line of another call. */
HCALL beside(const struct app *a, HCALL other, DWORD states);
/* What is asked next is on the line of this call. */
HCALL pick(const struct app *a, HCALL call);
/* One of the exchange's numbers, now and then a wrong one. */
const char *any_number(void);
/* Where the next reply may put new calls. */
HCALL *new_calls(struct app *a);
/* An asynchronous function has returned, on the line that was picked last. Its result. */
LONG asked(struct app *a, const char *what, LONG result);
/* One that makes one or two calls. */
LONG asked_new(struct app *a, const char *what, LONG result, const HCALL *new0, const HCALL *new1);
/* Calls that a get has given. */
void take_list(struct app *a, const LINECALLLIST *list, HLINE line);
/* A buffer of the size at its head, of any size that is enough for the fixed part. */
void *any_buffer(size_t least);

/* observe.c */

/* Takes all messages that have come. */
void observe(struct app *a);
/* Each application looks at all of its calls while nothing happens. */
void observe_all(struct app *apps, size_t count);
/* Over everything seen so far: equal for equal seeds. */
unsigned long long observed(void);

struct tally {
	unsigned long done, refused;
};

/* Runs so many operations; counts by operation are printed with `verbose`. */
void workload_run(unsigned long operations, bool verbose);

#endif
