// SPDX-License-Identifier: MIT
/* call_new.h - calls that a request makes: their ids come with the RETURN, they live from the
 * COMPLETION on, or never. */
#ifndef TAPISRVD_CALL_NEW_H
#define TAPISRVD_CALL_NEW_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stdint.h>

struct answer;
struct pending;
struct request;
struct rule;

/* Whether its reply names calls. */
bool rule_makes_calls(const struct rule *rule);
/* Those calls, 0 where it names none; how many its reply may name. */
unsigned call_new_ids(const struct rule *rule, const ProtobufCMessage *reply, uint64_t ids[2]);
/* Whether the call of this number among them is that of a conference. */
bool call_new_is_conference(const struct rule *rule, unsigned slot);
/* Gives such a request to the host, as it came. */
int32_t call_new_forward(struct request *r);
/* For the pending of such a request; p->object is the line that it makes them on. */
void call_new_done(struct pending *p, const struct answer *a);
/* Its client was told that it failed: what its reply names is dropped and closed when it completes;
 * before that no TSP closes it. */
void call_new_undo(struct pending *p, const ProtobufCMessage *reply);

#endif
