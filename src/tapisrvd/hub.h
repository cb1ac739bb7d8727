// SPDX-License-Identifier: MIT
/* hub.h - call hubs: the calls of a provider that have the same dwCallID and are not idle. An
 * application that asked for it (LINEINITIALIZEEXOPTION_CALLHUBTRACKING) hears when the first call
 * that it holds of a hub is there, and when the hub has ended or it has none of its calls any more.
 */
#ifndef TAPISRVD_HUB_H
#define TAPISRVD_HUB_H

#include "tapi.pb-c.h"

#include <stdbool.h>
#include <stdint.h>

struct call;
struct core;
struct held;
struct line;
struct session;

/* Its hub, state or holders may have changed: looked at when the turn ends. */
void hub_look_at(struct call *call);
/* The call, or a handle of it, is about to be freed. */
void hub_forget_call(struct call *call);
void hub_forget_held(struct held *h);
/* The end of a turn, before what is queued is written. */
void hub_end_turn(struct core *core);

/* A session comes back: what it knows is what it claims. */
void hub_forget_told(struct session *s);
/* A claim says that the application knows the hub of this number by this handle; 0: none. false:
 * memory is short. */
bool hub_remember(struct held *h, uint32_t number);
/* Which hub that is, of the call's provider. */
uint64_t hub_key(uint64_t call, uint32_t number);
/* The call by which it knows the hub with this key is lost; false: another is in it. */
bool hub_is_lost(const struct session *s, uint64_t key);
/* All calls are claimed: what is new is told. */
void hub_claimed(struct session *s);

/* Somebody opened or closed the line: its TSP tracks hubs while an application wants it. */
void hub_track(struct line *line);
/* What the TSP did before a restart. */
void hub_read_note(struct line *line, const ProtobufCBinaryData *data);

#endif
