// SPDX-License-Identifier: MIT
/* client.h - one connection of an application. What it holds lives in its session. */
#ifndef TAPISRVD_CLIENT_H
#define TAPISRVD_CLIENT_H

#include "peer.h"
#include "tapi.pb-c.h"
#include "timer.h"

#include <sys/types.h>

struct session;

struct client {
	struct peer peer;
	struct list link;    /* in core->clients */
	struct list waiting; /* in core->waiting: an answer is due when the providers have reported
			      */
	struct session *session; /* NULL before the hello */
	uid_t uid;
	bool greeted;        /* its hello has been accepted: else it counts as half open */
	bool resuming;       /* between the hello of a resumed session and its END */
	bool asked_pipes;    /* in its hello: it may connect again without them */
	bool ended;          /* END has come, the providers have not reported yet */
	bool behind;         /* of core->news: see news.h */
	uint32_t initialize; /* serial of a TapixInitialize that waits */
	struct timer timer;  /* hello, then whether it dispatches */
	uint32_t asked;      /* serial of the event whose ACK is outstanding, 0: none */
	uint32_t last_asked;
	uint64_t answered_ms;  /* the last ACK */
	struct list unwritten; /* pending: completions that are not written yet */
	struct list changes;   /* of slow.c */
	uint32_t change_count;
};

/* Takes fd. */
int client_new(struct core *core, int fd, uid_t uid, struct client **out);
void client_free(struct client *c);
/* Connections of the user whose hello is due. */
uint32_t client_count_half_open(const struct core *core, uid_t uid);
/* How many of this user's there are. */
uint32_t client_count(const struct core *core, uid_t uid);
/* The providers have reported: goes on with what waited. */
void client_ready(struct client *c);
/* RETURN with a reply, or empty when reply is NULL. */
void client_return(struct client *c, uint32_t serial, const ProtobufCMessage *reply);
/* An empty RETURN that nobody waits for: see peer_send_later(). */
void client_return_later(struct client *c, uint32_t serial);
/* The same with a packed reply. */
void client_return_bytes(struct client *c, uint32_t serial, const void *body, size_t size);
void client_fail(struct client *c, uint16_t kind, uint32_t serial, int32_t result,
		const Failure *failure);
/* An event; body is the packed Event that all listeners share. */
void client_event(struct client *c, uint32_t open, uint32_t privilege, const void *body,
		size_t size);
/* As client_event, naming the client's request that it ends (LINE_GENERATE, LINE_GATHERDIGITS). */
void client_event_of(struct client *c, uint32_t open, uint32_t serial, const void *body,
		size_t size);

#endif
