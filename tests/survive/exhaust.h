// SPDX-License-Identifier: MIT
/* exhaust.h - a resource runs out while calls are up: what is there stays, what is new is refused
 * with a reason, nobody spins or floods the log, and all is well once there is enough again.
 */
#ifndef SURVIVE_EXHAUST_H
#define SURVIVE_EXHAUST_H

#include "survive.h"

/* Two calls between two applications, and a third one that asks for what is new. */
struct stand {
	struct world *w;
	struct app *from, *to, *other;
	struct connected kept, doomed; /* of the second, only the end is asked for meanwhile */
};
void stand_begin(struct stand *s, struct world *w);
/* Holds the first call and takes it back, drops the second; goals with `what` in their names. */
void stand_use(struct stand *s, const char *what);
/* The first call has stayed, and the second can be made anew, as can an application. */
void stand_end(struct stand *s, const char *what);

/* Its applications find a daemon that was started again. */
void stand_meet(struct stand *s);

/* A while in which processes are watched: CPU time, and lines of the log that warn. */
struct watch {
	struct world *w;
	pid_t pid[3]; /* 0: no more */
	uint64_t cpu_ns[3], at_ns;
	unsigned lines;
};
void watch_begin(struct watch *k, struct world *w, pid_t first, pid_t second, pid_t third);
/* After a second or more. things: how many different ones were refused. */
void watch_end(struct watch *k, const char *what, unsigned things);

/* Limits of processes that run (prlimit), where the system can; else a line says that it cannot. */
enum limit { LIMIT_DESCRIPTORS, LIMIT_MEMORY, LIMIT_FILE };
bool limits_are_possible(void);
/* The process may have no more of it than it has now (bytes: and so many more). */
void limit_now(pid_t pid, enum limit what, unsigned long more);
void limit_off(pid_t pid, enum limit what);

/* In an application: tries the same many times. */
struct attempt {
	LONG (*try)(DWORD n);   /* 0: it was done; else the error */
	unsigned times, enough; /* so many refusals, if not 0 */
	unsigned done, refused, no_reason, unexpected;
	LONG want, or ;             /* these errors are expected */
	struct tapix_reason reason; /* of the last one */
	uint64_t longest_ns;
};
/* One of them: an application initialises and shuts down. */
LONG attempt_to_come(DWORD n);
void attempt(void *attempt_);
void attempt_goals(const struct attempt *a, const char *what);

void exhaust_descriptors(struct world *w);
void exhaust_memory(struct world *w);
void exhaust_disk(struct world *w);
extern struct setting ports_setting;
void ports_prepare(void);
void exhaust_ports(struct world *w);

#endif
