// SPDX-License-Identifier: MIT
/* event.c - RFC 4733 telephone events. */
#include "media/event.h"

#include <string.h>

#define VOLUME      10 /* -10 dBm0 */
#define END_BIT     0x80
#define COMMA_PAUSE (2 * TICKS_PER_S)
#define SEGMENT_MAX 0xffff /* RFC 4733 2.5.1.3: a longer event goes on in another segment */

static const char event_digits[] = "0123456789*#ABCD!";

int event_of_digit(char digit)
{
	const char *p;

	if (digit >= 'a' && digit <= 'd')
		digit = (char)(digit - 'a' + 'A');
	p = digit ? strchr(event_digits, digit) : NULL;
	return p ? (int)(p - event_digits) : -1;
}

char digit_of_event(int event)
{
	return event >= 0 && event < (int)sizeof(event_digits) - 1 ? event_digits[event] : '\0';
}

static uint32_t whole_ticks(uint32_t ms)
{
	return (ms + TICK_MS - 1) / TICK_MS;
}

void event_sender_init(struct event_sender *s)
{
	memset(s, 0, sizeof(*s));
	s->event = -1;
}

void event_sender_start(struct event_sender *s, const char *digits, uint32_t duration_ms,
		uint32_t pause_ms)
{
	event_sender_init(s);
	strncpy(s->digits, digits, EVENT_DIGITS_MAX);
	s->duration = whole_ticks(duration_ms);
	s->pause = whole_ticks(pause_ms);
	/* The end packet is repeated in the pause; that must fit. */
	if (s->pause < EVENT_END_COPIES - 1)
		s->pause = EVENT_END_COPIES - 1;
	s->active = true;
}

/* The next digit of the list begins now, or the list has ended (false). */
static bool begin_next(struct event_sender *s, uint32_t now, uint32_t clock)
{
	for (; s->digits[s->at]; s->at++) {
		if (s->digits[s->at] == ',') {
			s->at++;
			s->rest = COMMA_PAUSE;
			return true;
		}
		s->event = event_of_digit(s->digits[s->at]);
		if (s->event < 0)
			continue;
		s->digit = s->digits[s->at++];
		s->timestamp = now;
		s->step = clock / TICKS_PER_S;
		s->sent = s->told = 0;
		return true;
	}
	s->active = false;
	return false;
}

static enum event_step send_last(struct event_sender *s, struct event_packet *out)
{
	out->timestamp = s->timestamp;
	memcpy(out->payload, s->last, EVENT_PAYLOAD_SIZE);
	return EVENT_PACKET;
}

static void set_told(struct event_sender *s, uint32_t told)
{
	s->told = told;
	s->last[2] = (uint8_t)(told >> 8);
	s->last[3] = (uint8_t)told;
}

static enum event_step send_update(struct event_sender *s, struct event_packet *out)
{
	out->marker = s->sent == 0;
	s->last[0] = (uint8_t)s->event;
	s->last[1] = VOLUME;
	if (s->told == SEGMENT_MAX) { /* told in the tick before: behind it begins another */
		s->timestamp += SEGMENT_MAX;
		s->told = s->sent * s->step % SEGMENT_MAX;
	}
	s->sent++;
	set_told(s, s->told + s->step < SEGMENT_MAX ? s->told + s->step : SEGMENT_MAX);
	if (s->sent >= s->duration) {
		s->last[1] |= END_BIT;
		s->end_copies = EVENT_END_COPIES - 1;
		s->event = -1;
		s->rest = s->pause;
	}
	return send_last(s, out);
}

enum event_step event_sender_tick(struct event_sender *s, uint32_t now, uint32_t clock,
		struct event_packet *out)
{
	out->marker = false;
	out->timestamp = now;
	if (!s->active)
		return EVENT_SOUND;
	if (s->event < 0 && s->rest == 0 && !begin_next(s, now, clock))
		return EVENT_DONE;
	if (s->event >= 0)
		return send_update(s, out);
	s->rest -= s->rest > 0;
	if (s->end_copies == 0)
		return EVENT_SOUND;
	s->end_copies--;
	return send_last(s, out);
}

void event_receiver_init(struct event_receiver *r)
{
	memset(r, 0, sizeof(*r));
}

static int end_current(struct event_receiver *r, struct event_change *out)
{
	if (!r->active)
		return 0;
	r->active = false;
	out->digit = digit_of_event(r->event);
	out->down = false;
	out->duration = r->before + r->duration;
	return 1;
}

/* The packet goes on with the event of which an earlier segment has been full (RFC 4733 2.5.1.3) */
static bool is_next_segment(const struct event_receiver *r, uint32_t timestamp, int event)
{
	return r->active && event == r->event && timestamp == r->timestamp + r->duration &&
	       r->duration >= 0x8000;
}

static bool is_new(const struct event_receiver *r, uint32_t timestamp)
{
	if (!r->seen || (r->broken && timestamp != r->timestamp))
		return true;
	return (int32_t)(timestamp - r->timestamp) > 0;
}

static int begin(struct event_receiver *r, uint32_t timestamp, int event, struct event_change *out)
{
	r->seen = true;
	r->broken = false;
	r->active = true;
	r->event = event;
	r->timestamp = timestamp;
	r->before = 0;
	r->duration = 0;
	out->digit = digit_of_event(event);
	out->down = true;
	out->duration = 0;
	return 1;
}

int event_receiver_packet(struct event_receiver *r, uint32_t timestamp, const uint8_t *payload,
		size_t size, struct event_change out[3])
{
	int event, count = 0;
	uint32_t duration;

	r->grown = 0;
	if (size < EVENT_PAYLOAD_SIZE)
		return 0;
	event = payload[0];
	duration = (uint32_t)payload[2] << 8 | payload[3];
	if (!digit_of_event(event))
		return 0;
	if (is_next_segment(r, timestamp, event)) {
		r->before += r->duration;
		r->timestamp = timestamp;
		r->duration = 0;
	} else if (is_new(r, timestamp)) {
		count += end_current(r, out);
		count += begin(r, timestamp, event, out + count);
	} else if (timestamp != r->timestamp || event != r->event || !r->active) {
		return 0; /* an old one, or the end once more */
	}
	r->idle = 0;
	if (duration > r->duration) {
		r->grown = duration - r->duration;
		r->duration = duration;
	}
	if (payload[1] & END_BIT)
		count += end_current(r, out + count);
	return count;
}

void event_receiver_break(struct event_receiver *r)
{
	r->broken = true;
}

int event_receiver_stop(struct event_receiver *r, struct event_change out[1])
{
	int count = end_current(r, out);

	event_receiver_init(r);
	return count;
}

int event_receiver_tick(struct event_receiver *r, struct event_change out[1])
{
	if (!r->active || ++r->idle < EVENT_LOST_TICKS)
		return 0;
	return end_current(r, out);
}

uint32_t event_receiver_end(const struct event_receiver *r)
{
	return r->timestamp + r->duration;
}
