// SPDX-License-Identifier: MIT
/* peer.h - what clients and provider hosts have in common: a framed connection in the loop. Nothing
 * is freed while frames are handled: a peer is doomed, and reaped at the end of the turn. */
#ifndef TAPISRVD_PEER_H
#define TAPISRVD_PEER_H

#include "base/list.h"
#include "base/log.h"
#include "tapi.pb-c.h"
#include "wire/conn.h"

#include <event2/event.h>
#include <event2/event_struct.h>
#include <stdbool.h>

struct core;
struct peer;

enum { PEER_WHY_MAX = 160 };

/* Who ended the connection decides what becomes of its session. */
enum peer_end { PEER_HUNG_UP, PEER_CLOSED_BY_US };

struct peer_ops {
	unsigned frames_a_turn; /* of one peer, then others come first */
	bool is_last;           /* written when all others have been: see flush_dirty() */
	void (*frame)(struct peer *, const struct frame *);
	void (*flushed)(struct peer *); /* something was written; may be NULL */
	void (*gone)(struct peer *);    /* frees what the peer is part of */
};

struct peer {
	struct core *core;
	const struct peer_ops *ops;
	struct conn conn;
	struct event readable;
	struct event *writable; /* NULL: all could be written so far */
	struct list dirty;      /* in core->dirty while frames wait to be written */
	struct list later;      /* in core->later while those can wait a moment */
	struct list doomed;     /* in core->doomed */
	struct list busy;       /* in core->busy while more frames wait than it has in a turn, or in
				 * core->resting */
	uint32_t restless;      /* frames of such turns that quiet has not made good yet */
	uint32_t yielded_ms;    /* the last of them */
	uint32_t until_rest;    /* frames before the next one, while it storms */
	bool storms;            /* there were too many: it rests until a turn is enough for it */
	bool is_doomed, paused;
	bool last_words; /* doom it once everything is written */
	enum peer_end end;
	char *why; /* once it is doomed; see peer_why() */
};

/* Takes fd. 0 or -errno. */
int peer_init(struct peer *p, struct core *core, const struct peer_ops *ops, int fd,
		uint32_t limit);
void peer_fini(struct peer *p);
/* The connection ends at the end of this turn; the first reason counts. */
void peer_doom(struct peer *p, enum peer_end end, const char *fmt, ...) LOG_PRINTF(3, 4);
/* Why it is doomed. */
const char *peer_why(const struct peer *p);
/* Queue a frame; written at the end of the turn. A failure dooms the peer. */
void peer_send(struct peer *p, struct frame_header *h, const ProtobufCMessage *body);
void peer_send_bytes(struct peer *p, struct frame_header *h, const void *body, size_t size);
/* The same for what nobody waits for: it goes with the next frame, or within some milliseconds, and
 * so does not wake the peer by itself. */
void peer_send_later(struct peer *p, struct frame_header *h, const void *body, size_t size);
/* To one that is not doomed. False: nothing was queued, there is no descriptor left for it. */
bool peer_send_fd(struct peer *p, struct frame_header *h, const void *body, size_t size, int fd);
/* What could wait has waited: it is written at the end of this turn. */
void peers_flush_later(struct core *core);
/* The next frames of those that had too many for the turn before. False: there were none. */
bool peers_go_on(struct core *core);
/* Those that rest have rested. */
void peers_wake(struct core *core);
/* Stops and starts reading (a client that must wait for the providers). */
void peer_pause(struct peer *p, bool paused);
/* Answers its HELLO. All that follows goes through pipes, if it can use them and there are
 * descriptors enough. */
void peer_greet(struct peer *p, Hello *answer, bool can_pipes);
/* For that: takes the pipes, once all that is queued has left through the socket. */
void peer_use_pipes(struct peer *p, int in, int out);
/* Writes what is queued; the core calls it at the end of a turn. */
void peer_flush(struct peer *p);

#endif
