// SPDX-License-Identifier: MIT
/* core.h - the daemon's one object: a soft-state router between clients and provider hosts. One
 * libevent thread owns everything below it; nothing blocks; there are no locks. */
#ifndef TAPISRVD_CORE_H
#define TAPISRVD_CORE_H

#include "base/buf.h"
#include "base/list.h"
#include "base/map.h"
#include "options.h"
#include "timer.h"
#include "wire/arena.h"

#include <event2/event.h>
#include <event2/event_struct.h>
#include <stdbool.h>
#include <sys/types.h>

struct line_kind;

enum { CORE_SPARE = 8 };

/* What the daemon speaks: 1.3 to 3.1. */
#define CORE_API_LOW  0x00010003U
#define CORE_API_HIGH 0x00030001U
#define API_2_0       0x00020000U /* much came with it */

struct store;

/* A bit for each device id that is used up. */
struct spent {
	uint8_t *bits;
	size_t size;
};

struct core {
	struct event_base *base;
	const struct options *options;
	struct store *store; /* from core_start() on; NULL when memory was short */
	struct timers timers;
	struct event tick;            /* the nearest of timers */
	uint64_t tick_ms;             /* when it fires, 0: it does not */
	struct event late;            /* frames that could wait have waited */
	struct arena arena;           /* emptied before each frame */
	struct buf scratch;           /* a body that is packed once for all listeners */
	struct buf spare[CORE_SPARE]; /* buffers of peers that have nothing queued */
	unsigned spare_count;

	struct list dirty, doomed; /* peers */
	uint32_t half_open;        /* clients whose hello is due */
	struct list busy;          /* peers that have sent more frames than they have in a turn */
	struct list resting;       /* and again and again */
	struct timer rest_timer;   /* until they go on */
	struct list later;         /* peers with frames that can wait, until `late` fires */
	struct list providers;     /* in the order of the configuration */
	struct list removed_providers;
	struct list removed_lines; /* and phones */
	uint32_t last_provider_id;
	struct list greeting; /* hosts whose hello has not come */
	struct list clients;
	struct map clients_by_user; /* uid to their number, as a pointer */
	struct list sessions;
	struct map sessions_by_id, calls, hubs;
	struct list hub_news;   /* struct call, in_hub_news: hub_end_turn() looks at them */
	struct map lines;       /* struct line: lines and phones */
	struct spent spent[2];  /* ids of lines, of phones: line_spent.c */
	struct list priorities; /* struct priority */
	struct list dialling;   /* struct dialling: one a user */
	struct list assists;    /* struct assist: requests to place calls */
	struct list recipients; /* struct session, in_recipients: who registered first first */
	uint32_t last_assist;
	struct list kept_answers; /* struct kept_answer: of applications that are away */
	size_t kept_size;         /* of all of them */
	struct list unclaimed;    /* struct pending of before a restart, in_session */
	struct list waiting;      /* clients that wait until the providers have reported */

	uint32_t line_count, phone_count; /* one above the highest device id given out */
	uint64_t last_opened_at;          /* of the lineOpens */
	uint64_t news;                    /* devices that came or went while this core runs */
	uint64_t resume_until_ms;         /* sessions of before this core may come back */
	struct timer spent_timer;         /* lines were removed */
	struct timer start_timer, quiet_timer, orphan_timer, settle_timer;
	bool ready;   /* each provider has reported or failed, or the time for it is over */
	bool quiet;   /* after a start: no unowned call is routed, nothing is dropped */
	bool adopted; /* some host was there before this core */
	bool stopping, stopped;
	struct timer idle_timer;
	struct timer stop_timer;

	bool is_activated; /* listen_fd was handed over: its socket is not ours to remove */
	int listen_fd, host_listen_fd, lock_fd, supervised_fd;
	int spare_fd; /* kept so that one can be told that there is none left, or -1 */
	struct event accept_client, accept_host, child;
	uint64_t short_ms;         /* when it was said last that memory is short */
	uint64_t refused_ms;       /* when it was said last that somebody was refused */
	uint32_t refused;          /* connections, ever */
	struct timer accept_timer; /* out of descriptors: try again later */
	gid_t group;
	bool has_group;
};

/* options outlive the core. 0 or -errno. */
int core_new(struct event_base *base, const struct options *options, struct core **out);
void core_free(struct core *core);
/* Starts the providers; core->ready follows within options->ready_ms. */
void core_start(struct core *core);
/* SIGTERM: hosts are shut down, then core->stopped becomes true. */
void core_stop(struct core *core);
/* Connections that somebody else accepted; fd is taken. 0 or -errno. */
int core_add_client(struct core *core, int fd, uid_t uid);
int core_add_host(struct core *core, int fd, pid_t pid);
/* Runs the loop until core->stopped. */
void core_run(struct core *core);
/* One turn of it, with what follows. 0, 1: nothing can happen any more, or -1. */
int core_turn(struct core *core, bool wait);
/* What follows each turn of the loop: writes what is queued, reaps the doomed, sets the clock. */
void core_end_turn(struct core *core);
/* Sessions of before a restart have their time to come back. */
static inline bool core_awaits_sessions(const struct core *core)
{
	return core->adopted && (!core->ready || timer_is_set(&core->orphan_timer));
}
/* What is left of memory is for what has begun: calls, lines, applications of before. */
bool core_is_short(struct core *core);
/* Called by peers before each frame. */
void core_begin_frame(struct core *core);
void core_close_fd(int fd);
/* Some provider has reported: answers those who wait once all have. */
void core_check_ready(struct core *core);
/* One above the highest device id of the kind, for applications that count. */
void core_count_devices(struct core *core, const struct line_kind *kind, uint32_t count);
/* A host has given its snapshot: nothing is routed or dropped for a second. */
void core_set_quiet(struct core *core);

#endif
