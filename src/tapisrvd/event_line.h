// SPDX-License-Identifier: MIT
/* event_line.h - the rows of event.c that concern lines and phones. */
#ifndef TAPISRVD_EVENT_LINE_H
#define TAPISRVD_EVENT_LINE_H

#include "event.h"

struct host;
struct frame;

struct event_source {
	struct core *core;
	struct host *host;
	const struct frame *frame;
	struct line *line; /* or phone */
	struct call *call;
};

void event_address_state(struct event_source *s, Event *e);
void event_line_state(struct event_source *s, Event *e);
void event_phone_state(struct event_source *s, Event *e);
void event_line_close(struct event_source *s, Event *e);
void event_line_create(struct event_source *s, Event *e);
void event_line_remove(struct event_source *s, Event *e);
void event_new_call(struct event_source *s, Event *e);

#endif
