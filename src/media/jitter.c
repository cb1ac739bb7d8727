// SPDX-License-Identifier: MIT
/* jitter.c - the jitter buffer: packets and digits in, by timestamp. */
#include "media/jitter_private.h"

#include <string.h>

#define FAR_MS   10000 /* ahead of sound that is still here: not of this timeline */
#define LATE_MAX 8     /* so many late packets in a row: the sender has a new timeline */

static void set_clock(struct jitter *j, uint32_t clock, uint32_t rate)
{
	j->target = (uint32_t)((uint64_t)j->target * clock / j->clock);
	j->clock = clock;
	j->rate = rate;
	plc_init(&j->plc, rate);
}

void jitter_init(struct jitter *j)
{
	bool patient = j->patient;
	struct coder *const *decoders = j->decoders;
	size_t decoder_count = j->decoder_count;

	memset(j, 0, offsetof(struct jitter, slots));
	for (unsigned int i = 0; i < JITTER_SLOTS; i++)
		j->order[i] = (uint8_t)i;
	j->clock = j->rate = 8000;
	j->target = ticks(j, JITTER_TARGET_MS);
	j->least = UINT32_MAX;
	j->patient = patient;
	j->decoders = decoders;
	j->decoder_count = decoder_count;
	for (size_t i = 0; i < decoder_count; i++)
		coder_reset(decoders[i]);
	plc_init(&j->plc, j->rate);
}

void jitter_set_patient(struct jitter *j, bool patient)
{
	j->patient = patient;
	j->gave_up = false;
}

void jitter_set_decoders(struct jitter *j, struct coder *const *decoders, size_t count)
{
	j->decoders = decoders;
	j->decoder_count = count;
}

/* Of what has arrived; if nothing waits, of what has been played. */
static uint32_t newest_end(const struct jitter *j)
{
	const struct jitter_slot *newest = j->count ? &j->slots[j->order[j->count - 1]] : NULL;

	return newest ? newest->timestamp + newest->length : j->next;
}

uint32_t jitter_delay(const struct jitter *j)
{
	int32_t delay = ahead(newest_end(j), j->next);

	return delay > 0 ? (uint32_t)delay : 0;
}

uint32_t jitter_delay_ms(const struct jitter *j)
{
	return jitter_delay(j) / (j->clock / 1000);
}

void jitter_drop_oldest(struct jitter *j)
{
	uint8_t slot = j->order[0];

	j->last_sequence = j->slots[slot].sequence;
	j->count--;
	memmove(j->order, j->order + 1, j->count * sizeof(j->order[0]));
	j->order[j->count] = slot;
	if (j->opened)
		j->block.count = j->block.at = 0;
	j->opened = false;
}

static void begin_timeline(struct jitter *j, uint32_t timestamp, uint16_t sequence)
{
	while (j->count)
		jitter_drop_oldest(j);
	j->seen = true;
	j->next = timestamp;
	j->last_sequence = (uint16_t)(sequence - 1);
	j->newest_sequence = sequence;
	j->credit = 0;
	j->late_in_row = 0;
}

/* Packets of another codec, which counts otherwise: what was before is played no more, and the
 * delay is built up again. False: this one is from before the change. */
static bool follow_clock(struct jitter *j, const struct codec *codec, uint16_t sequence)
{
	if (codec->clock == j->clock && codec->rate == j->rate)
		return true;
	if (j->seen && (uint16_t)(sequence - j->newest_sequence) >= 0x8000 &&
			++j->late_in_row < LATE_MAX)
		return false;
	while (j->count)
		jitter_drop_oldest(j);
	j->breaks += j->seen;
	set_clock(j, codec->clock, codec->rate);
	j->seen = j->begun = false;
	j->dry = j->waited = j->surplus = j->least_for = 0;
	j->least = UINT32_MAX;
	j->block.count = j->block.at = 0;
	return true;
}

/* The packet came when its time had run dry: from now on keep that much more in hand. */
static void learn_lateness(struct jitter *j, int32_t offset)
{
	if (j->begun && j->dry && offset <= 0) {
		j->target += j->dry;
		if (j->target > ticks(j, JITTER_TARGET_MAX_MS))
			j->target = ticks(j, JITTER_TARGET_MAX_MS);
	}
	j->dry = 0;
	j->waited = 0;
	j->gave_up = false;
}

/* Where the packet belongs, or JITTER_SLOTS for a duplicate; a digit and sound may coincide. */
static unsigned int find_place(struct jitter *j, const struct jitter_slot *head)
{
	unsigned int place = j->count;

	while (place && ahead(slot_at(j, place - 1)->timestamp, head->timestamp) > 0)
		place--;
	for (unsigned int i = place; i && slot_at(j, i - 1)->timestamp == head->timestamp; i--) {
		if (!slot_at(j, i - 1)->digit == !head->digit)
			return JITTER_SLOTS;
	}
	return place;
}

static void insert(struct jitter *j, unsigned int place, const struct jitter_slot *head,
		const uint8_t *payload)
{
	uint8_t slot = j->order[j->count];
	struct jitter_slot *s = &j->slots[slot];

	memmove(j->order + place + 1, j->order + place, j->count - place);
	j->order[place] = slot;
	j->count++;
	s->timestamp = head->timestamp;
	s->sequence = head->sequence;
	s->length = head->length;
	s->size = head->size;
	s->codec = head->codec;
	s->digit = head->digit;
	if (head->size)
		memcpy(s->payload, payload, head->size);
}

/* What is known of a packet before its place is: false, it comes too late. */
static bool in_time(struct jitter *j, const struct jitter_slot *head)
{
	uint32_t timestamp = head->timestamp;
	int32_t offset;

	if (!j->seen)
		begin_timeline(j, timestamp, head->sequence);
	offset = ahead(timestamp, j->next);
	if (!j->begun && j->count == 0 && offset > 0 && !j->patient)
		begin_timeline(j, timestamp, head->sequence);
	if (!j->begun && offset < 0 && offset >= -(int32_t)ticks(j, JITTER_TARGET_MAX_MS)) {
		j->next = timestamp;
		j->last_sequence = (uint16_t)(head->sequence - 1);
	}
	offset = ahead(timestamp, j->next);
	if (offset > -(int32_t)head->length && (offset < (int32_t)ticks(j, FAR_MS) || !j->count))
		return true;
	if (++j->late_in_row < LATE_MAX)
		return false;
	begin_timeline(j, timestamp, head->sequence);
	j->breaks++;
	return true;
}

static uint32_t length_of(const struct codec *c, const uint8_t *payload, size_t size)
{
	return size <= JITTER_PAYLOAD_MAX ? codec_ticks(c, codec_samples(c, payload, size)) : 0;
}

/* A packet on its timeline. */
static enum jitter_put put(struct jitter *j, const struct jitter_slot *head, const uint8_t *payload)
{
	unsigned int place;

	if (j->seen && find_place(j, head) == JITTER_SLOTS)
		return JITTER_DUPLICATE;
	if (!in_time(j, head))
		return JITTER_LATE;
	j->late_in_row = 0;
	if (j->count == JITTER_SLOTS) {
		jitter_drop_oldest(j);
		if (ahead(slot_at(j, 0)->timestamp, j->next) > 0)
			j->next = slot_at(j, 0)->timestamp;
	}
	learn_lateness(j, ahead(head->timestamp, j->next));
	place = find_place(j, head);
	if (place == 0 && j->opened)
		return JITTER_LATE;
	if ((uint16_t)(head->sequence - j->newest_sequence) < 0x8000)
		j->newest_sequence = head->sequence;
	insert(j, place, head, payload);
	return JITTER_TAKEN;
}

enum jitter_put jitter_put(struct jitter *j, const struct codec *codec, uint32_t timestamp,
		uint16_t sequence, const uint8_t *payload, size_t size)
{
	const struct jitter_slot head = { .timestamp = timestamp,
		.sequence = sequence,
		.length = length_of(codec, payload, size),
		.size = (uint16_t)size,
		.codec = codec };

	if (head.length == 0)
		return JITTER_FULL;
	if (!follow_clock(j, codec, sequence))
		return JITTER_LATE;
	return put(j, &head, payload);
}

/* A packet that adds nothing: the one behind it shall not look as if something were missing. */
static void count_packet(struct jitter *j, uint16_t sequence)
{
	uint16_t *before = NULL;

	if (j->last_sequence == (uint16_t)(sequence - 1))
		before = &j->last_sequence;
	for (unsigned int i = 0; i < j->count; i++) {
		struct jitter_slot *s = slot_at(j, i);

		if (s->sequence == sequence)
			return;
		if (s->sequence == (uint16_t)(sequence - 1))
			before = &s->sequence;
	}
	if (before)
		*before = sequence;
}

void jitter_put_digit(struct jitter *j, const struct jitter_digit *d, uint16_t sequence)
{
	const uint32_t most = JUMP_MS * (d->clock / 1000);
	const uint32_t skip = d->length > most ? d->length - most : 0;
	struct jitter_slot head = { .timestamp = d->from + skip,
		.sequence = sequence,
		.length = d->length - skip,
		.digit = d->digit };

	j->digit_lasts = d->lasts;
	if (d->clock != j->clock) { /* its timestamps cannot be compared: it follows the sound */
		if (!j->seen)
			return;
		head.timestamp = newest_end(j);
		head.length = (uint32_t)((uint64_t)head.length * j->clock / d->clock);
	}
	if (head.length)
		(void)put(j, &head, NULL);
	else
		count_packet(j, sequence);
}
