// SPDX-License-Identifier: MIT
/* host.h - the connection of a provider host: requests in order, their answers, the clock on the
 * one that the host is executing. */
#ifndef TAPISRVD_HOST_H
#define TAPISRVD_HOST_H

#include "base/map.h"
#include "peer.h"
#include "tapi.pb-c.h"
#include "timer.h"
#include "wire/calls.h"

/* Requests that a host has not returned from; twice what a change of all devices that there can be
 * has it asked. One that lets more of the core's own come together, or does not complete twice
 * max_open, has to go. */
enum { HOST_QUEUE_MAX = 2 * 1024 * 1024 };

struct pending;
struct provider;
struct session;
struct client;

/* How a request ended. RETURN: completion is false. */
struct answer {
	bool completion;
	int32_t result;
	const struct frame *frame;     /* NULL: the host died or did not answer */
	const ProtobufCMessage *reply; /* unpacked if the request wanted it and result is 0 */
	const Failure *failure;        /* only when frame is NULL */
};

/* A frame to a client that may have to be sent (again) when its session is back. */
struct kept {
	struct kept *next;
	struct frame_header h;
	uint8_t *body;
};

typedef void (*pending_done)(struct pending *, const struct answer *);

/* A request at a host, from its sending until its RETURN, or until the COMPLETION of an async one.
 */
struct pending {
	struct list in_queue;   /* host->queue until the RETURN */
	struct list in_session; /* session->pending */
	struct list unwritten;  /* client->unwritten: ACK the host once it is written */
	uint64_t written_at;    /* in the client's output stream */
	struct host *host;      /* NULL: it died, the session still wants the answer */
	const struct rule *rule;
	struct session *session; /* NULL: the core's own, or its session ended */
	uint32_t serial;         /* ours */
	uint32_t client_serial, open;
	bool accepted;      /* RETURN with 0 of an ASYNC request has come */
	bool told;          /* the client was answered already (the entry was too slow) */
	bool unpack;        /* done wants answer.reply */
	uint64_t unclaimed; /* ... and its session has not come back: linked in core->unclaimed */
	pending_done done;
	uint64_t object; /* for done: a call or a device */
	uint32_t value, other;
	uint64_t calls[2]; /* that it makes */
	char *texts[3];    /* of a new call: called party, comment, displayable address */
	struct kept *kept; /* answers that the client has not got: it is away, or not written yet */
};

struct host {
	struct peer peer;
	struct list greeting;      /* in core->greeting until its hello */
	struct provider *provider; /* NULL until its hello */
	uint64_t instance;
	pid_t pid;
	bool resumed, snapshot_done;
	bool stuck;          /* an entry does not return: it had to be ended */
	bool awaits_child;   /* it hung up, its process has not ended yet */
	struct list queue;   /* struct pending, oldest first: the head is being executed */
	struct map accepted; /* serial -> struct pending that waits for its COMPLETION */
	uint32_t forgotten;  /* completions that are due to nobody: memory was short */
	uint32_t queued;     /* in the queue */
	uint32_t of_before;  /* completed requests of its snapshot */
	uint32_t last_serial;
	uint64_t head_since_ms;
	struct timer timer; /* hello, then the entry clock */
};

int host_new(struct core *core, int fd, pid_t pid, struct host **out);
void host_free(struct host *h);
/* Without a word to anybody: the core ends. */
void host_forget_requests(struct host *h);
/* Some child has ended: if it is the one that this waits for, says why and goes. */
void host_child_changed(struct host *h);

/* It does not read: what applications send waits no longer in the daemon's memory. */
bool host_is_full(const struct host *h);
/* It completes nothing: requests of the core's own have no other bound. */
bool host_is_lost(const struct host *h);
/* A request of the core's own. done may be NULL. NULL: the host is going; also when memory is
 * short, then it has to. */
struct pending *host_call(struct host *h, uint16_t kind, const ProtobufCMessage *request,
		pending_done done);
/* A short one that is in no hurry: as peer_send_later(). */
void host_call_later(struct host *h, uint16_t kind, const ProtobufCMessage *request);
/* On behalf of a session, which is not told of the answer. */
struct pending *host_call_as(struct host *h, uint64_t session, uint16_t kind,
		const ProtobufCMessage *request);
/* A client's request, the same bytes. done NULL: the answers go to the client as they come. */
struct pending *host_forward(struct host *h, struct session *s, const struct rule *rule,
		const struct frame *frame, pending_done done);
/* As host_forward with a body of our own making. */
struct pending *host_forward_message(struct host *h, struct session *s, const struct rule *rule,
		const struct frame *frame, const ProtobufCMessage *body, pending_done done);
/* later: as peer_send_later(), for what applications can tell, too, if we die before the host has
 * it. */
void host_send_note(struct host *h, uint64_t object, const void *data, size_t size, bool later);
void host_ack(struct host *h, uint32_t serial);

/* What a request made although its client was told that it failed is taken back; f: its RETURN. */
void host_undo(struct pending *p, const struct frame *f);
/* A call that is to be nobody's is dropped and closed. */
void host_give_back_call(struct host *h, uint64_t id);

/* It failed because the TSP does not export the function. */
bool host_has_no_export(struct core *core, const struct answer *a);

/* A RETURN and a COMPLETION frame; the entry clock. */
void host_returned(struct host *h, const struct frame *f);
void host_completed(struct host *h, const struct frame *f);
void host_entry_late(struct timer *t);

/* pending.c */
struct pending *pending_new(struct host *h, struct session *s, const struct rule *rule);
void pending_free(struct pending *p);
/* NULL: its answers go nowhere. */
void pending_set_session(struct pending *p, struct session *s);
/* Gives the answer to the client as it came. */
void pending_relay(struct pending *p, const struct answer *a);
/* RETURN to the client with a reply of ours. */
void pending_return(struct pending *p, const ProtobufCMessage *reply);
/* Ends it with a failure of ours: RETURN or COMPLETION, whichever is due. */
void pending_fail(struct pending *p, int32_t result, const Failure *failure);
/* COMPLETION with a reply that is no host's. */
void pending_complete(struct pending *p, const void *body, size_t size);
/* It has ended without a host: forgotten now, or when its client has the end. */
void pending_settle(struct pending *p);
/* A RETURN or COMPLETION of the host has come. */
void pending_returned(struct pending *p, const struct frame *f);
void pending_completed(struct pending *p, const struct frame *f);
/* The client's socket has taken everything up to here: completions are acknowledged. */
void pending_written(struct client *c);
/* The session's client is told that they failed; what the host still answers goes nowhere. */
void pending_fail_all(struct session *s, int32_t result, const Failure *failure);
/* Their session ended: the answers go nowhere. */
void pending_orphan_all(struct session *s);
/* Its session is back: what was kept is sent, and the RETURN, unless it has that. */
void pending_resend(struct pending *p, bool returned);
/* The client has seen its end: acknowledged, forgotten. */
void pending_seen(struct pending *p);
/* Keeps a COMPLETION that came with a snapshot. */
void pending_keep_completion(struct pending *p, int32_t result, const void *body, size_t size);

/* host_snapshot.c: what a host that outlived its core knows. false: the frame is nonsense. */
bool host_take_snapshot(struct host *h, const Snapshot *s);

/* event.c */
void event_from_host(struct host *h, const struct frame *f);

#endif
