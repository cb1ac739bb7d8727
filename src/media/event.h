// SPDX-License-Identifier: MIT
/* event.h - digits as RFC 4733 telephone events: one sender, one receiver, both driven by the tick.
 */
#ifndef MEDIA_EVENT_H
#define MEDIA_EVENT_H

#include "media/frame.h"

#include <stdbool.h>
#include <stddef.h>

#define EVENT_PAYLOAD_SIZE 4
#define EVENT_DIGITS_MAX   256
#define EVENT_END_COPIES   3

/* The event of a digit, or -1; and back, or 0. 0-9 * # A-D are 0-15, '!' (flash) is 16. */
int event_of_digit(char digit);
char digit_of_event(int event);

/* --- Sending ------------------------------------------------------------------------------- */

struct event_sender {
	char digits[EVENT_DIGITS_MAX + 1];
	size_t at;                /* next digit */
	uint32_t duration, pause; /* ticks of 20 ms */
	bool active;              /* a list of digits is being sent */
	int event;                /* being sent, or -1 */
	char digit;               /* of event */
	uint32_t step;            /* of the RTP clock in a tick, for this event */
	uint32_t timestamp, told; /* of the event's segment; how much of it has been told */
	uint32_t sent;            /* ticks of the event */
	uint32_t rest;            /* ticks of pause to go */
	uint8_t end_copies;       /* of the last packet that are still to send */
	uint8_t last[EVENT_PAYLOAD_SIZE];
};

enum event_step {
	EVENT_SOUND,  /* nothing of us in this tick: send sound */
	EVENT_PACKET, /* send the payload with *timestamp, and no sound */
	EVENT_DONE    /* the list has just ended; send sound */
};

void event_sender_init(struct event_sender *s);
void event_sender_start(struct event_sender *s, const char *digits, uint32_t duration_ms,
		uint32_t pause_ms);

struct event_packet {
	uint8_t payload[EVENT_PAYLOAD_SIZE];
	uint32_t timestamp;
	bool marker; /* belongs on the first packet of an event */
};

/* Once a tick; `now` is the timestamp of the tick's first sample, clock that of the payload type
 * for events, a second. */
enum event_step event_sender_tick(struct event_sender *s, uint32_t now, uint32_t clock,
		struct event_packet *out);

/* --- Receiving ----------------------------------------------------------------------------- */

#define EVENT_LOST_TICKS 8 /* without a packet: the end has been lost */

struct event_change {
	char digit;
	bool down;
	uint32_t duration; /* of the RTP clock, when up */
};

struct event_receiver {
	bool seen, active;
	bool broken; /* the timeline has changed: a later event may have any timestamp */
	int event;
	uint32_t timestamp; /* of the current or last event, of its last segment */
	uint32_t before;    /* length of earlier segments */
	uint32_t duration;  /* of the current segment */
	uint32_t grown;     /* of which the last packet told first */
	unsigned int idle;  /* ticks without a packet */
};

void event_receiver_init(struct event_receiver *r);
/* Takes one packet; returns how many of the (at most 3) changes it caused. */
int event_receiver_packet(struct event_receiver *r, uint32_t timestamp, const uint8_t *payload,
		size_t size, struct event_change out[3]);
/* The sender has begun a new timeline. */
void event_receiver_break(struct event_receiver *r);
/* Nothing more will come of what is going on; 0 or 1 changes. As after event_receiver_init. */
int event_receiver_stop(struct event_receiver *r, struct event_change out[1]);
/* Once a tick; 0 or 1 changes. */
int event_receiver_tick(struct event_receiver *r, struct event_change out[1]);
/* The timestamp at which sound may be expected again. */
uint32_t event_receiver_end(const struct event_receiver *r);

#endif
