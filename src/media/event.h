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
	uint32_t duration, pause; /* samples, whole ticks */
	bool active;              /* a list of digits is being sent */
	int event;                /* being sent, or -1 */
	char digit;               /* of event */
	uint32_t timestamp, sent; /* of the event; samples of it that have been told */
	uint32_t rest;            /* samples of pause to go */
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
/**
 * Once a tick; `now` is the timestamp of the tick's first sample. The marker belongs on the first
 * packet of an event.
 */
enum event_step event_sender_tick(struct event_sender *s, uint32_t now, uint8_t *payload,
		uint32_t *timestamp, bool *marker);

/* --- Receiving ----------------------------------------------------------------------------- */

#define EVENT_LOST_TICKS 8 /* without a packet: the end has been lost */

struct event_change {
	char digit;
	bool down;
	uint32_t duration; /* samples, when up */
};

struct event_receiver {
	bool seen, active;
	int event;
	uint32_t timestamp; /* of the current or last event, of its last segment */
	uint32_t before;    /* samples of earlier segments */
	uint32_t duration;  /* of the current segment */
	unsigned int idle;  /* ticks without a packet */
};

void event_receiver_init(struct event_receiver *r);
/* Takes one packet; returns how many of the (at most 3) changes it caused. */
int event_receiver_packet(struct event_receiver *r, uint32_t timestamp, const uint8_t *payload,
		size_t size, struct event_change out[3]);
/* Once a tick; 0 or 1 changes. */
int event_receiver_tick(struct event_receiver *r, struct event_change out[1]);
/* The timestamp at which sound may be expected again. */
uint32_t event_receiver_end(const struct event_receiver *r);

#endif
