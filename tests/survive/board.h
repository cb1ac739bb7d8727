// SPDX-License-Identifier: MIT
/* board.h - the memory that a scenario and its applications share, and what calls there are.
 *
 * A scene is three lines: one that calls, and two that may be called. Its kind says in which state
 * its calls are at rest; its mood says what may happen to them in one round.
 */
#ifndef SURVIVE_BOARD_H
#define SURVIVE_BOARD_H

#include "survive.h"

#include <stdatomic.h>

enum { ACTORS_MAX = 16, SCENES_MAX = 320, PLACES = 3, DEVICES_MAX = SCENES_MAX * PLACES + 2 };
enum { CALLS_MAX = 6 }; /* of one line */

enum kind { TALKING, HELD, RINGING, DIALLING, CONFERENCE, CONSULTING };
/* STILL: nothing happens. RESTLESS: requests, but no call ends. MORTAL: calls end and begin. */
enum mood { STILL, RESTLESS, MORTAL };
enum kind scene_kind(unsigned scene);
enum mood scene_mood(unsigned scene);
/* How many connections it has when it is at rest. */
unsigned scene_calls(enum kind kind);
/* The number of a place of a scene, as it is dialled; lives until the fourth call after. */
const char *scene_number(unsigned scene, unsigned place);
DWORD scene_device(unsigned scene, unsigned place);

/* BUILD: to where it is at rest. CHURN: what the mood lets. SETTLE: nothing new. */
enum mode { MODE_BUILD, MODE_CHURN, MODE_SETTLE, MODE_END };
/* SYNC: all that the provider has said is here. REPORT: the views. JUDGE: the tallies. CLEAN: what
 * is idle is given back. SHOW: what is restless, to stderr. */
enum order { ORDER_SYNC = 1, ORDER_REPORT, ORDER_JUDGE, ORDER_CLEAN, ORDER_SHOW };

/* The calls of a line as an application sees them. */
struct view {
	unsigned count;
	struct seen {
		DWORD state, hub;
	} call[CALLS_MAX];
};

enum class { CLASS_CONNECTED, CLASS_HELD, CLASS_RINGING, CLASS_DIALLING, CLASSES };

/* What an application has counted so far. */
struct tally {
	unsigned kept[CLASSES], all[CLASSES]; /* calls that nobody ended */
	unsigned still, moved;                /* where nothing happened: those that have changed */
	unsigned ended, no_cause;
	unsigned waiting, done, failed;  /* requests at the kills */
	unsigned unanswered, unexpected; /* replies that did not come, or of nothing */
	unsigned no_reason;              /* errors that do not say why */
	unsigned wrong_privilege;
	unsigned told_wrong; /* calls whose last LINE_CALLSTATE is not their state */
	unsigned bad_lines;
	unsigned hubs_wrong;
	unsigned lost_packets, packets_due, packets_received, digits;
};

struct actor {
	atomic_uint done;     /* the last order that was carried out */
	atomic_uint restless; /* 0: there is nothing to do in this mode; else a scene, from 1 */
	atomic_uint kills;    /* the last kill after which a handle was valid */
	atomic_uint resyncs;  /* TAPIX_RESYNCHRONISED, in this round */
	uint64_t valid_ns;    /* when it was */
	unsigned handled;     /* messages since the last order */
	struct tally tally;
};

struct board {
	unsigned scenes, callers, callees, actors;
	atomic_uint mode, round, kills, orders, order;
	_Atomic uint64_t killed_ns;
	DWORD host; /* the process id of the exchange's host, as the watcher is told */
	struct view owned[DEVICES_MAX], watched[DEVICES_MAX];
	struct actor actor[ACTORS_MAX];
};
extern struct board *board;
void board_new(unsigned scenes, unsigned callers, unsigned callees);

/* --- actor.c: an application from inside --- */

/* A call that it has. */
struct own {
	HCALL call;
	DWORD device, told;
	unsigned scene;
	LONG busy; /* a request about it */
	bool used, dropped, has_cause;
	bool is_conference; /* it ends with its parties, without a word */
	bool counted;       /* it was there at the kill: */
	DWORD at_kill;
	unsigned changes; /* LINE_CALLSTATE since */
};
enum { OWN_MAX = 4096 };
extern struct own owns[OWN_MAX];

/* Those after message may be NULL. */
struct part {
	void (*begin)(unsigned index);         /* among those of its part */
	void (*message)(const LINEMESSAGE *m); /* what the books do not know */
	void (*act)(void);
	unsigned (*restless)(void); /* as in struct actor */
	void (*judge)(void);
	void (*clean)(void);
};
/* For app_begin(); the argument is a struct cast. */
struct cast {
	unsigned actor, index;
	const struct part *part;
};
void actor_live(void *cast);
extern const struct part caller_part, callee_part, watcher_part, talker_part;

struct tally *tally(void);
HLINE actor_open(DWORD device, DWORD privileges);
struct own *own_new(DWORD device, unsigned scene);
struct own *own_of(HCALL call);
/* Its handle is gone. */
void own_end(struct own *o);
/* The result of an asynchronous function about calls, each busy until the reply. */
#define asked(id, a, b, c) asked_for((id), #id, (a), (b), (c))
void asked_for(LONG id, const char *what, struct own *a, struct own *b, struct own *c);
/* A synchronous function's; false: it failed. */
bool succeeded(LONG result);
/* Drops what is DISCONNECTED, gives back what is IDLE; true: it was one of them. */
bool own_clean(struct own *o);
void own_drop(struct own *o);
/* Dispatches until it is not busy any more. */
void actor_await(const struct own *o);
/* One in n, by chance. */
bool chance(unsigned n);
bool is_over(DWORD state);
bool is_held(DWORD state);
bool is_dialling(DWORD state);

#endif
