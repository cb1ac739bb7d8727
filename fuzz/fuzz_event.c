// SPDX-License-Identifier: MIT
/* fuzz_event.c - RFC 4733: any bytes as the packets of a sender of digits, and any text as digits
 * that we send; a receiver hears each of ours once, also when packets are lost or come twice.
 *
 * The first byte says which of the two; then packets: a byte for the step of the timestamp, one
 * for how long it is and how much time passes, the payload. */
#include "media/event.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CLOCK = 8000, DIGITS = 12, TICKS = DIGITS * 64 };

/* A digit goes up only after it went down. */
static void follow(char *down, const struct event_change *changes, int count)
{
	assert(count >= 0 && count <= 3);
	for (int i = 0; i < count; i++) {
		assert(changes[i].digit && strchr("0123456789*#ABCD!", changes[i].digit));
		assert(event_of_digit(changes[i].digit) >= 0);
		assert(changes[i].down ? !*down : *down == changes[i].digit);
		*down = changes[i].down ? changes[i].digit : '\0';
	}
}

static void receive(const uint8_t *data, size_t size)
{
	struct event_receiver r;
	struct event_change changes[3];
	uint32_t timestamp = 0;
	char down = '\0';

	event_receiver_init(&r);
	while (size >= 2) {
		size_t n = data[1] & 7;

		timestamp += (uint32_t)(int8_t)data[0] * 80u;
		if (n > size - 2)
			n = size - 2;
		follow(&down, changes, event_receiver_packet(&r, timestamp, data + 2, n, changes));
		for (int i = data[1] >> 4; i; i--)
			follow(&down, changes, event_receiver_tick(&r, changes));
		(void)event_receiver_end(&r);
		data += 2 + n;
		size -= 2 + n;
	}
}

struct sending {
	struct event_sender sender;
	struct event_receiver receiver;
	char down;
	char heard[DIGITS + 1];
	size_t count;
};

static void hear(struct sending *s, const struct event_change *changes, int count)
{
	follow(&s->down, changes, count);
	for (int i = 0; i < count; i++) {
		if (!changes[i].down)
			continue;
		assert(s->count < DIGITS);
		s->heard[s->count++] = changes[i].digit;
	}
}

/* fate: 1 lost, 2 twice. At least one packet of a digit arrives: losses are never in a row. */
static void tick(struct sending *s, uint32_t now, unsigned int fate, bool *lost)
{
	struct event_packet packet;
	struct event_change changes[3];
	enum event_step step = event_sender_tick(&s->sender, now, CLOCK, &packet);

	*lost = fate == 1 && !*lost && !packet.marker;
	for (unsigned int i = *lost ? 0 : fate == 2 ? 2 : 1; step == EVENT_PACKET && i; i--)
		hear(s, changes,
				event_receiver_packet(&s->receiver, packet.timestamp,
						packet.payload, EVENT_PAYLOAD_SIZE, changes));
	hear(s, changes, event_receiver_tick(&s->receiver, changes));
}

static char upper(char c)
{
	return c >= 'a' && c <= 'd' ? (char)(c - 'a' + 'A') : c;
}

static void send(const uint8_t *data, size_t size)
{
	struct sending s = { .count = 0 };
	char digits[DIGITS + 1] = "", wanted[DIGITS + 1] = "";
	size_t n = 0, w = 0, ticks = 0;
	bool lost = false;

	for (; n < size - 1 && n < DIGITS && data[n + 1]; n++) {
		digits[n] = (char)data[n + 1];
		if (event_of_digit(digits[n]) >= 0)
			wanted[w++] = upper(digits[n]);
	}
	event_receiver_init(&s.receiver);
	event_sender_init(&s.sender);
	event_sender_start(&s.sender, digits, 20u * (data[0] & 15) + 40, 10u * (data[0] >> 4));
	for (; s.sender.active; ticks++) {
		assert(ticks < (size_t)TICKS * 4);
		tick(&s, (uint32_t)(ticks * CLOCK / TICKS_PER_S), data[ticks % size] & 3, &lost);
	}
	for (int i = 0; i < EVENT_LOST_TICKS; i++)
		tick(&s, (uint32_t)(ticks++ * CLOCK / TICKS_PER_S), 0, &lost);
	assert(!s.down && strcmp(s.heard, wanted) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2)
		return 0;
	if (data[0] & 1)
		receive(data + 1, size - 1);
	else
		send(data + 1, size - 1);
	return 0;
}
