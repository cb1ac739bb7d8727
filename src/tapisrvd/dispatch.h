// SPDX-License-Identifier: MIT
/* dispatch.h - one client request: what it names is looked up and checked by its rule, then it is
 * forwarded or handled. Handlers exist only where something is decided. */
#ifndef TAPISRVD_DISPATCH_H
#define TAPISRVD_DISPATCH_H

#include "base/log.h"
#include "tapi.pb-c.h"
#include "wire/calls.h"
#include "wire/frame.h"

#include <tapi.h>

struct answer;
struct call;
struct client;
struct core;
struct frame;
struct held;
struct host;
struct line;
struct open;
struct session;

struct request {
	struct core *core;
	struct client *client;
	struct session *session;
	const struct frame *frame;
	const struct rule *rule;
	const ProtobufCMessage *msg;
	struct open *open; /* the line or phone that it names, if it must be open */
	struct line *line; /* of the open, the call or the device */
	struct call *call;
	struct held *held;      /* how the session holds that call */
	const Failure *failure; /* a better reason than the code's own */
};

/* 0: it answered, or will; else the core answers with this code and its reason. */
typedef LONG (*handler)(struct request *);

void dispatch(struct client *c, const struct frame *f);
/* Returns code and keeps the reason for the answer (the server's layer). */
#define request_fail(r, code, ...) (request_because(r, __VA_ARGS__), (code))
void request_because(struct request *r, const char *cause, const char *fmt, ...) LOG_PRINTF(3, 4);
/* The same for what the store cannot keep: -errno. */
LONG request_not_kept(struct request *r, int err);
/* RETURN 0 with a reply. Always 0, for the handler's return. An empty one for which nobody waits
 * (FLAG_POSTED) takes its time. */
LONG request_return(struct request *r, const ProtobufCMessage *reply);
struct host *request_host(const struct request *r);
/* The number of this name, 0 if it is absent; NULL: the request has no such field. */
const uint32_t *request_number(const struct request *r, const char *name);
/* The reason in an answer of a host, or that it died. */
const Failure *answer_failure(struct core *core, const struct answer *a);

/* lineOpen and phoneOpen: at most the version that was negotiated for the device. */
LONG line_check_versions(struct request *r);
/* ... and the open, which waits for line_step(). */
LONG line_begin_open(struct request *r, struct open **out);

/* For replies that list calls of the line: call_privilege.c. */
LONG call_list_make(struct request *r, LineCallList *list);
/* Those that the session has not become its own, as a monitor's; what does not fit into the
 * application's structure is not given. */
LONG call_list_give(struct request *r, LineCallList *list, struct open *o, uint32_t room);

/* Handlers by the name in the last column of calls.def: some are there several times. */
#define CALL(number, name, objects, privilege, role, kind, states, where)                          \
	LONG handle_##where(struct request *r);
#include "calls.def"
#undef CALL

#endif
