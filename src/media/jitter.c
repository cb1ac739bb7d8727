// SPDX-License-Identifier: MIT
/* jitter.c - the jitter buffer: packets in by timestamp, frames out by the listener's clock. */
#include "media/jitter.h"

#include <string.h>

#define WINDOW    16000 /* samples over which the smallest delay is looked for */
#define STOPPED   1600  /* paced: after so much nothing the delay is built up again */
#define JUMP      8000  /* a hole as long as that is not filled */
#define HURTS     2400  /* a surplus above this goes even out of speech */
#define FAR       80000 /* ahead of sound that is still here: not of this timeline */
#define LATE_MAX  8     /* so many late packets in a row: the sender has a new timeline */
#define QUIET_TOP 256

void jitter_init(struct jitter *j)
{
	bool patient = j->patient;

	memset(j, 0, sizeof(*j));
	for (unsigned int i = 0; i < JITTER_SLOTS; i++)
		j->order[i] = (uint8_t)i;
	j->target = JITTER_TARGET;
	j->least = UINT32_MAX;
	j->patient = patient;
	plc_init(&j->plc);
}

void jitter_set_patient(struct jitter *j, bool patient)
{
	j->patient = patient;
	j->gave_up = false;
}

static struct jitter_slot *slot_at(struct jitter *j, unsigned int i)
{
	return &j->slots[j->order[i]];
}

static int32_t ahead(uint32_t timestamp, uint32_t of)
{
	return (int32_t)(timestamp - of);
}

uint32_t jitter_delay(const struct jitter *j)
{
	const struct jitter_slot *newest;
	int32_t delay;

	if (j->count == 0)
		return 0;
	newest = &j->slots[j->order[j->count - 1]];
	delay = ahead(newest->timestamp + newest->size, j->next);
	return delay > 0 ? (uint32_t)delay : 0;
}

static void drop_oldest(struct jitter *j)
{
	uint8_t slot = j->order[0];

	j->last_sequence = j->slots[slot].sequence;
	j->count--;
	memmove(j->order, j->order + 1, j->count * sizeof(j->order[0]));
	j->order[j->count] = slot;
	j->eaten = 0;
}

static void begin_timeline(struct jitter *j, uint32_t timestamp, uint16_t sequence)
{
	while (j->count)
		drop_oldest(j);
	j->seen = true;
	j->next = timestamp;
	j->silent_until = timestamp;
	j->last_sequence = (uint16_t)(sequence - 1);
	j->credit = 0;
	j->late_in_row = 0;
}

/* The packet came when its time had run dry: from now on keep that much more in hand. */
static void learn_lateness(struct jitter *j, int32_t offset)
{
	if (j->begun && j->dry && offset <= 0) {
		j->target += j->dry;
		if (j->target > JITTER_TARGET_MAX)
			j->target = JITTER_TARGET_MAX;
	}
	j->dry = 0;
	j->waited = 0;
	j->gave_up = false;
}

/* Where the packet belongs, or JITTER_SLOTS for a duplicate. */
static unsigned int find_place(struct jitter *j, uint32_t timestamp)
{
	unsigned int place = j->count;

	while (place && ahead(slot_at(j, place - 1)->timestamp, timestamp) > 0)
		place--;
	if (place && slot_at(j, place - 1)->timestamp == timestamp)
		return JITTER_SLOTS;
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
	s->size = head->size;
	s->codec = head->codec;
	memcpy(s->payload, payload, head->size);
}

/* What is known of a packet before its place is: false, it comes too late. */
static bool in_time(struct jitter *j, uint32_t timestamp, uint16_t sequence, size_t size)
{
	int32_t offset;

	if (!j->seen)
		begin_timeline(j, timestamp, sequence);
	offset = ahead(timestamp, j->next);
	if (!j->begun && j->count == 0 && offset > 0 && !j->patient)
		begin_timeline(j, timestamp, sequence);
	if (!j->begun && offset < 0 && offset >= -JITTER_TARGET_MAX) {
		j->next = timestamp;
		j->last_sequence = (uint16_t)(sequence - 1);
	}
	offset = ahead(timestamp, j->next);
	if (offset > -(int32_t)size && (offset < FAR || j->count == 0))
		return true;
	if (++j->late_in_row < LATE_MAX)
		return false;
	begin_timeline(j, timestamp, sequence);
	return true;
}

enum jitter_put jitter_put(struct jitter *j, const struct codec *codec, uint32_t timestamp,
		uint16_t sequence, const uint8_t *payload, size_t size)
{
	const struct jitter_slot head = {
		.timestamp = timestamp, .sequence = sequence, .size = (uint16_t)size, .codec = codec
	};
	unsigned int place;

	if (size == 0 || size > JITTER_PAYLOAD_MAX)
		return JITTER_FULL;
	if (j->seen && find_place(j, timestamp) == JITTER_SLOTS)
		return JITTER_DUPLICATE;
	if (!in_time(j, timestamp, sequence, size))
		return JITTER_LATE;
	j->late_in_row = 0;
	if (j->count == JITTER_SLOTS) {
		drop_oldest(j);
		if (ahead(slot_at(j, 0)->timestamp, j->next) > 0)
			j->next = slot_at(j, 0)->timestamp;
	}
	learn_lateness(j, ahead(timestamp, j->next));
	place = find_place(j, timestamp);
	if (place == 0 && j->eaten)
		return JITTER_LATE;
	insert(j, place, &head, payload);
	return JITTER_TAKEN;
}

void jitter_silent_until(struct jitter *j, uint32_t timestamp)
{
	if (j->seen && ahead(timestamp, j->silent_until) > 0)
		j->silent_until = timestamp;
}

void jitter_tick(struct jitter *j)
{
	if (j->waited < UINT32_MAX / 2)
		j->waited += FRAME_SAMPLES;
}

/* Samples that are there in one piece from `next`, at most a frame. *hole: something is later. */
static unsigned int in_one_piece(struct jitter *j, bool *hole)
{
	uint32_t end = j->next;

	*hole = false;
	for (unsigned int i = 0; i < j->count; i++) {
		const struct jitter_slot *s = slot_at(j, i);

		if (ahead(s->timestamp, end) > 0) {
			*hole = true;
			break;
		}
		if (ahead(s->timestamp + s->size, end) > 0)
			end = s->timestamp + s->size;
		if (end - j->next >= FRAME_SAMPLES)
			return FRAME_SAMPLES;
	}
	return end - j->next;
}

/* Plays from the oldest packet, which has begun. */
static unsigned int take_sound(struct jitter *j, int16_t *out, unsigned int room)
{
	struct jitter_slot *s = slot_at(j, 0);
	uint32_t skip = j->next - s->timestamp;
	unsigned int count = s->size > skip ? s->size - skip : 0;

	if (count > room)
		count = room;
	if (count) {
		s->codec->decode(s->payload + skip, count, out);
		plc_good(&j->plc, out, count);
		j->next += count;
		j->credit = 0;
		j->eaten = skip + count;
	}
	if (skip + count >= s->size)
		drop_oldest(j);
	return count;
}

static bool is_silence(const struct jitter *j, const struct jitter_slot *following)
{
	if (ahead(j->silent_until, j->next) > 0)
		return true;
	return following && following->sequence == (uint16_t)(j->last_sequence + 1);
}

static void fill(struct jitter *j, int16_t *out, unsigned int count, bool silence,
		enum jitter_got *got)
{
	if (silence) {
		memset(out, 0, count * sizeof(*out));
		plc_good(&j->plc, out, count);
		if (*got == JITTER_WAIT)
			*got = JITTER_QUIET;
		return;
	}
	plc_lost(&j->plc, out, count);
	if (*got != JITTER_SOUND)
		*got = JITTER_MADE;
}

/* A hole of `missing` samples before the oldest packet: what was given in advance counts. */
static unsigned int take_hole(struct jitter *j, int16_t *out, unsigned int room, uint32_t missing,
		enum jitter_got *got)
{
	uint32_t paid = j->credit < missing ? j->credit : missing;
	unsigned int count;

	j->credit -= paid;
	j->next += paid;
	missing -= paid;
	if (missing > JUMP) {
		j->next += missing;
		return 0;
	}
	count = missing < room ? missing : room;
	if (count)
		fill(j, out, count, is_silence(j, slot_at(j, 0)), got);
	j->next += count;
	return count;
}

/* One frame from what is there; what is not is made up and owed by the timeline. */
static enum jitter_got make_frame(struct jitter *j, int16_t *out)
{
	enum jitter_got got = JITTER_WAIT;
	unsigned int done = 0;

	while (done < FRAME_SAMPLES && j->count) {
		int32_t missing = ahead(slot_at(j, 0)->timestamp, j->next);
		unsigned int count;

		if (missing > 0) {
			done += take_hole(j, out + done, FRAME_SAMPLES - done, (uint32_t)missing,
					&got);
			continue;
		}
		count = take_sound(j, out + done, FRAME_SAMPLES - done);
		if (count)
			got = JITTER_SOUND;
		done += count;
	}
	if (done < FRAME_SAMPLES) {
		fill(j, out + done, FRAME_SAMPLES - done, is_silence(j, NULL), &got);
		j->credit += FRAME_SAMPLES - done;
		j->dry += FRAME_SAMPLES - done;
	}
	if (got == JITTER_MADE)
		j->made++;
	return got;
}

static bool is_quiet(const int16_t *frame)
{
	for (int i = 0; i < FRAME_SAMPLES; i++) {
		if (frame[i] > QUIET_TOP || frame[i] < -QUIET_TOP)
			return false;
	}
	return true;
}

/* Looks for delay that nobody needs. */
static void watch_delay(struct jitter *j)
{
	uint32_t delay = jitter_delay(j);

	if (delay < j->least)
		j->least = delay;
	j->least_for += FRAME_SAMPLES;
	if (j->least_for < WINDOW)
		return;
	j->surplus = j->least > j->target + FRAME_SAMPLES ? j->least - j->target : 0;
	if (j->target > JITTER_TARGET && j->least > FRAME_SAMPLES)
		j->target -= FRAME_SAMPLES / 2;
	j->least = UINT32_MAX;
	j->least_for = 0;
}

static enum jitter_got get_paced(struct jitter *j, int16_t *out)
{
	enum jitter_got got;

	if (!j->begun) {
		if (jitter_delay(j) < j->target && (j->count == 0 || j->waited < j->target))
			return JITTER_WAIT;
		j->begun = true;
		j->dry = 0;
	}
	if (j->dry >= STOPPED && j->count == 0) {
		j->begun = false;
		return JITTER_WAIT;
	}
	got = make_frame(j, out);
	if (j->surplus >= FRAME_SAMPLES && j->count && (is_quiet(out) || j->surplus > HURTS)) {
		j->surplus -= FRAME_SAMPLES;
		got = make_frame(j, out);
	}
	watch_delay(j);
	return got;
}

static enum jitter_got get_patient(struct jitter *j, int16_t *out)
{
	bool hole;

	if (!j->begun) {
		if (j->count == 0 || (jitter_delay(j) < JITTER_TARGET && j->waited < JITTER_TARGET))
			return JITTER_WAIT;
		j->begun = true;
	}
	if (in_one_piece(j, &hole) == FRAME_SAMPLES)
		return make_frame(j, out);
	if (hole && (jitter_delay(j) >= JITTER_REORDER || j->waited >= JITTER_REORDER))
		return make_frame(j, out);
	if (j->waited >= JITTER_PATIENCE)
		j->gave_up = true;
	if (!j->gave_up || j->waited < FRAME_SAMPLES)
		return JITTER_WAIT;
	j->waited -= FRAME_SAMPLES;
	return make_frame(j, out);
}

enum jitter_got jitter_get(struct jitter *j, int16_t *out)
{
	if (!j->seen)
		return JITTER_WAIT;
	return j->patient ? get_patient(j, out) : get_paced(j, out);
}
