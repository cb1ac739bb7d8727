// SPDX-License-Identifier: MIT
/* monitor.h - what applications want to hear of the sound of a call. What is monitored is per
 * application, and the TSP is told the union; tone lists go to it one by one; gathering and media
 * control are one of each a call, whoever asked last. */
#ifndef TAPISRVD_MONITOR_H
#define TAPISRVD_MONITOR_H

#include "event_line.h"

#include <stdbool.h>
#include <stdint.h>

enum monitor { MONITOR_DIGITS, MONITOR_MEDIA, MONITORS };

struct call;
struct client;
struct core;
struct held;
struct session;

/* Of one application. */
struct monitored {
	uint32_t modes[MONITORS]; /* LINEDIGITMODE_, LINEMEDIAMODE_ */
	bool tones;               /* it has a list with the TSP */
};

/* Of a call. */
struct monitoring {
	uint32_t told[MONITORS];                  /* the unions that the TSP knows */
	uint64_t gather_session, control_session; /* who gathers, whose control it is; 0: nobody */
	uint32_t gather_serial;
};

/* The call is over: all of it has ended by itself. */
void monitor_end(struct call *call);
/* An application holds it no longer; others do. */
void monitor_left(struct call *call, uint64_t session, const struct monitored *had);
/* A claim of before a restart. */
void monitor_claim(struct held *h, const SnapshotHeld *claim);

/* Rows of event.c. */
void monitor_event_digits(struct event_source *s, Event *e);
void monitor_event_media(struct event_source *s, Event *e);
/* The answer to one application's request: generation, gathering, tones. */
void monitor_event_answer(struct event_source *s, Event *e);

/* Answers to applications that are not back yet after a restart are kept for them. */
void monitor_give_kept(struct client *c);
/* call 0: all of them. */
void monitor_forget_kept(struct core *core, uint64_t call);

#endif
