// SPDX-License-Identifier: MIT
/* host.h - one provider host: a connection to the core, an inbox for the TSP's threads, and the
 * objects of the TSP. One thread owns all of it; what other threads touch is inside the inbox. */
#ifndef TSPHOST_HOST_H
#define TSPHOST_HOST_H

#include "base/list.h"
#include "base/map.h"
#include "tsphost/config.h"
#include "tsphost/devices.h"
#include "tsphost/inbox.h"
#include "tsphost/objects.h"
#include "tsphost/request.h"
#include "tsphost/tsp.h"
#include "wire/arena.h"
#include "wire/conn.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	CORE_RETRY_MS = 100,       /* a host without a core tries this often */
	CORE_PATIENCE_MS = 10000,  /* and this long; then it ends */
	DROP_PATIENCE_MS = 2000,   /* how long ending calls may take at the end */
	KEPT_BYTES = 1024 * 1024,  /* of events that no core was there to take */
	OUT_MAX = 4 * 1024 * 1024, /* queued towards the core: above this the host stops reading */
};

enum host_stage {
	HOST_EMPTY,   /* no TSP yet */
	HOST_LOADED,  /* it may be negotiated with and asked for its devices */
	HOST_RUNNING, /* TSPI_providerInit succeeded */
	HOST_STOPPED, /* TSPI_providerShutdown was called: the host ends */
};

/* A buffer that stays, for the structures that are asked for all the time. */
struct scratch {
	void *data;
	size_t size;
};

struct host {
	const char *provider;    /* name in the configuration */
	const char *socket_path; /* NULL in thread mode: the core does not come back */
	int stop_fd;             /* readable: end; -1 none */
	struct conn conn;        /* fd -1: no core */
	struct conn_ends ends;
	bool in_haste;    /* something that is queued there cannot wait */
	uint64_t late_ms; /* until then the rest can; 0: there is none */
	bool welcome;     /* the core has accepted the hello */
	bool resuming;    /* the hello said that there is state of before */
	bool ending;      /* leave the loop when everything is written */
	int exit_code;
	uint64_t lost_at_ms, retry_at_ms; /* without a core since, next attempt */

	char *path;           /* of the TSP, from the first hello */
	struct config config; /* that the TSP has, or will be given when it is loaded */
	struct tsp tsp;
	enum host_stage stage;
	uint64_t instance;
	uint32_t permanent_id, version;
	uint32_t line_base, num_lines, phone_base, num_phones;
	struct devices lines_known, phones_known;

	struct inbox *inbox;
	struct list lines, phones, msps;
	struct map calls; /* by id */
	struct map lines_by_device;
	bool reap; /* something was closed during this turn */
	uint64_t turns;
	struct list requests; /* pending or not acknowledged, oldest first */
	struct list tags;     /* end-to-end and tone-list ids, see tags.h */
	uint32_t last_tag;
	struct list early; /* LINE_CREATE and such before providerInit has ended */
	struct list kept;  /* events for the next core */
	size_t kept_bytes;

	struct arena arena;          /* of the request in hand */
	struct arena turn_arena;     /* of the event or completion in hand */
	struct scratch info, status; /* LINECALLINFO, LINECALLSTATUS */
};

/* 0 or -errno. */
int host_init(struct host *h, const char *provider);
void host_fini(struct host *h);
/* Speaks on a connected socket; takes fd. 0 or -errno. */
int host_attach(struct host *h, int fd);
/* Until it ends; the exit code. */
int host_run(struct host *h);
/* What it does again and again: says what was raised, waits, does what the core asks. */
void host_turn(struct host *h);
/* Sends one frame, or forgets it when there is no core. */
void host_send(struct host *h, struct frame_header *header, const ProtobufCMessage *body);
/* What nobody waits for goes with the next frame, or after a moment. */
void host_send_later(struct host *h, struct frame_header *header, const ProtobufCMessage *body);
void host_send_bytes(struct host *h, struct frame_header *header, const void *body, size_t size);
/* False: there is no descriptor left for it, nothing was queued. */
bool host_send_fd(struct host *h, struct frame_header *header, const void *body, size_t size,
		int fd);

/* hello.c */
void hello_send(struct host *h);
/* The core's answer; 0 or -errno: this host may not go on. */
int hello_take(struct host *h, const struct frame *f);
void hello_send_snapshots(struct host *h);

/* turn.c: everything that the TSP has raised goes out, in order. */
void turn_run(struct host *h);
/* The same right after a close entry: what is about these objects (NULL: none) is dropped, except
 * completions. */
void turn_run_closing(struct host *h, struct line *l, struct call *c);

/* stop.c: closes what is left on a line, and the line, in the TSP; completes what that leaves,
 * frees the line. */
LONG stop_line(struct host *h, struct line *l);
/* Closes a phone in the TSP, completes what that leaves, frees it. */
LONG stop_phone(struct host *h, struct phone *p);
/* Drops the calls, closes what is open, shuts the TSP down. */
void stop_provider(struct host *h);

#endif
