// SPDX-License-Identifier: MIT
/* event.h - events from hosts to those whom they concern. A body is packed once, for all listeners.
 */
#ifndef TAPISRVD_EVENT_H
#define TAPISRVD_EVENT_H

#include "tapi.pb-c.h"

#include <stddef.h>
#include <stdint.h>

struct call;
struct client;
struct core;
struct held;
struct line;
struct open;

/* Packs into core->scratch, for the event_to_ functions that follow. 0: memory is short; whom it is
 * sent to then is disconnected, and comes back. */
size_t event_pack(struct core *core, const Event *e);
/* The packed event, to one open. */
void event_to_open(const struct open *o, const Event *e, uint32_t privilege, size_t size);
void event_to_holder(const struct held *h, const Event *e, uint32_t privilege, size_t size);
/* The end of what this holder asked for with that serial. */
void event_to_asker(const struct held *h, const Event *e, uint32_t serial, size_t size);
/* To all holders of a call, but one. */
void event_to_holders(struct call *call, const Event *e, const struct held *except);
/* To all opens of a line that want it (status masks), but one. */
void event_to_opens(struct line *line, const Event *e, const struct open *except);
/* To one application. */
void event_to_client(struct client *c, uint32_t open, const Event *e);
/* LINE_CREATE and the like, to one application. */
void event_of_device(struct client *c, uint32_t msg, uint32_t device);
/* "LINE_CALLSTATE", "CONNECTED"; never NULL. */
const char *event_name(uint32_t msg);
const char *event_state_name(uint32_t state);

#endif
