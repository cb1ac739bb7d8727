// SPDX-License-Identifier: MIT
/* reply.h - the last step of every answer: sizes that fit the wire, and never an error without
 * words. */
#ifndef TSPHOST_REPLY_H
#define TSPHOST_REPLY_H

#include "tsphost/request.h"

/* RETURN or COMPLETION of r with r->result: reply, or its reason when that is an error. fd: a
 * descriptor that goes with it, -1 none. */
void reply_send(struct host *h, uint16_t kind, struct request *r, const ProtobufCMessage *reply,
		int fd);
/* Fills in what the TSP left unsaid. */
void reply_explain(struct reason *reason, const struct rule *rule, LONG result);
/* hLine of LINECALLINFO is the line's device on the wire. */
void reply_name_line(LineCallInfo *info, const struct call *c);
/* Leaves out the largest bytes fields until the message fits the core's limit. False: it does not.
 */
bool reply_fit(const struct host *h, const ProtobufCMessage *m, uint64_t object);

#endif
