// SPDX-License-Identifier: MIT
/* request.h - a request of the core on its way through the TSP, with the memory that the TSP writes
 * its answers into: until the completion for an asynchronous one, and until the core has
 * acknowledged the COMPLETION. */
#ifndef TSPHOST_REQUEST_H
#define TSPHOST_REQUEST_H

#include "tsphost/inbox.h"
#include "wire/arena.h"
#include "wire/calls.h"
#include "wire/frame.h"

struct call;
struct host;
struct line;
struct phone;

enum { REQUEST_OUTS = 4 };

/* One field of the reply and where the TSP writes it. */
struct out {
	const ProtobufCFieldDescriptor *field;
	DWORD number; /* uint32 */
	void *data;   /* bytes, string, structure */
	size_t size;
	struct call *made; /* fixed64: the new call; NULL when it is not wanted or gone */
};

struct request {
	struct list link;        /* host.requests */
	struct item done;        /* its completion, guarded by the inbox until it is taken */
	bool posted;             /* likewise */
	struct reason reason;    /* likewise */
	DRV_REQUESTID id;        /* 0: synchronous */
	struct frame_header h;   /* of the request */
	const struct rule *rule; /* NULL: the host's own (dropping calls at the end) */
	uint64_t object;         /* call or device, for the log and the trace */
	struct line *line;       /* what it is about, NULL: nothing that closes */
	struct call *call;
	struct phone *phone;
	uint32_t version; /* of the structures */
	struct out outs[REQUEST_OUTS];
	unsigned out_count;
	uint64_t made[REQUEST_OUTS]; /* ids of the calls that it makes, for the snapshot */
	size_t made_count;
	bool abandoned;    /* answered for the TSP; kept because the TSP may still write */
	bool acknowledged; /* only when abandoned: nothing else waits for it */
	bool completed;    /* COMPLETION sent, waits for the ACK */
	LONG result;
	uint8_t *reply; /* packed, as sent */
	size_t reply_size;
};

/* Frees what it owns; it must be in no list and not be expected. */
void request_free(struct request *r);
struct out *request_out(struct request *r, uint32_t tag);
/* Moves what the TSP wrote into a reply of r->rule->reply. LINEERR_ on malformed structures. */
LONG request_collect(struct request *r, struct arena *a, ProtobufCMessage **reply);

/* The TSP has completed it, or the host does instead of it: sends the one COMPLETION. */
void request_complete(struct host *h, struct request *r, LONG result);
/* After TSPI_..Close: what is left on a call, line or phone (the others NULL) fails now. */
void request_fail_left(struct host *h, const struct line *l, const struct call *c,
		const struct phone *p);
/* The TSP completed an abandoned one after all. */
void request_late(struct host *h, struct request *r);
void request_acknowledged(struct host *h, uint32_t serial);
/* A snapshot frame for each that is pending or not acknowledged. */
void request_send_snapshots(struct host *h);

#endif
