// SPDX-License-Identifier: MIT
/* checker.h - what must hold for everything that applications can see, whatever they do. It is told
 * what each application asked, what came back and which messages arrived, and keeps books of its
 * own; it never asks the daemon. Each rule has a name (rules.h); test_checker.c breaks each once.
 *
 * HCALLs of new calls are read where the application has them when the reply comes. */
#ifndef TESTS_RANDOM_CHECKER_H
#define TESTS_RANDOM_CHECKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tapi.h>

enum { CHECKER_APPS = 12, CHECKER_NEW = 2 };

struct checker;

/* `violated` hears of each violation; it may return. NULL: memory is short. */
struct checker *checker_new(void (*violated)(void *arg, const char *rule, const char *text),
		void *arg);
void checker_free(struct checker *c);

/* An application begins, or has ended in whatever way. */
void checker_begin(struct checker *c, unsigned app);
void checker_end(struct checker *c, unsigned app);

void checker_line_opened(struct checker *c, unsigned app, HLINE line);
void checker_line_closed(struct checker *c, unsigned app, HLINE line);
/* lineSetStatusMessages has succeeded. */
void checker_masks(struct checker *c, unsigned app, HLINE line, DWORD line_states,
		DWORD address_states);

/* An asynchronous function has returned a positive id; on which line, and
 * where its new calls will be (NULL: none). */
void checker_request(struct checker *c, unsigned app, const char *what, LONG id, HLINE line,
		const HCALL *const made[CHECKER_NEW]);
/* lineGetNewCalls and the like have given this handle. */
void checker_call_got(struct checker *c, unsigned app, HCALL call, HLINE line);
void checker_call_privilege(struct checker *c, unsigned app, HCALL call, DWORD privilege);
void checker_call_freed(struct checker *c, unsigned app, HCALL call);
/* A lineGenerate or lineGatherDigits has begun, which ends with one message. */
void checker_generating(struct checker *c, unsigned app, HCALL call);
void checker_gathering(struct checker *c, unsigned app, HCALL call);

void checker_message(struct checker *c, unsigned app, const LINEMESSAGE *m);
/* The three sizes at the head of a structure that has been filled. */
void checker_sizes(struct checker *c, const char *what, const void *structure);

/* Nobody has anything more to say: no reply is due. Between these two, each handle that is alive is
 * shown with what lineGetCallInfo and lineGetCallStatus say of it, and with what number the daemon
 * has for the call, which no application can see. */
void checker_quiet_begin(struct checker *c);
void checker_call_seen(struct checker *c, unsigned app, HCALL call, uint64_t number,
		const LINECALLINFO *info, const LINECALLSTATUS *status);
void checker_quiet_end(struct checker *c);

/* The books, for the workload: the n-th living handle of an application, 0 if there are fewer. */
HCALL checker_call(const struct checker *c, unsigned app, size_t n);
HLINE checker_line(const struct checker *c, unsigned app, size_t n);
DWORD checker_state(const struct checker *c, unsigned app, HCALL call); /* 0: none seen yet */
DWORD checker_privilege(const struct checker *c, unsigned app, HCALL call);
HLINE checker_line_of(const struct checker *c, unsigned app, HCALL call); /* 0: unknown */
size_t checker_waiting(const struct checker *c, unsigned app); /* requests without reply */

#endif
