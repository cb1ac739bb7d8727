// SPDX-License-Identifier: MIT
/* jitter.c - the jitter buffer: packets in by timestamp, frames out by the listener's clock. */
#include "media/jitter.h"

#include <string.h>

#define WINDOW_MS   2000  /* over which the smallest delay is looked for */
#define STOPPED_MS  200   /* paced: after so much nothing the delay is built up again */
#define JUMP_MS     1000  /* a hole as long as that is not filled */
#define HURTS_MS    300   /* a surplus above this goes even out of speech */
#define FAR_MS      10000 /* ahead of sound that is still here: not of this timeline */
#define LATE_MAX    8     /* so many late packets in a row: the sender has a new timeline */
#define QUIET_TOP   256
#define CONCEAL_PER 400 /* codecs make up samples in pieces of 2.5 ms */

static uint32_t ticks(const struct jitter *j, uint32_t ms)
{
	return ms * (j->clock / 1000);
}

static uint32_t frame_ticks(const struct jitter *j)
{
	return j->clock / FRAMES_PER_S;
}

static uint32_t to_samples(const struct jitter *j, uint32_t length)
{
	return (uint32_t)((uint64_t)length * j->rate / j->clock);
}

static uint32_t to_ticks(const struct jitter *j, unsigned int samples)
{
	return (uint32_t)((uint64_t)samples * j->clock / j->rate);
}

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
	delay = ahead(newest->timestamp + newest->length, j->next);
	return delay > 0 ? (uint32_t)delay : 0;
}

uint32_t jitter_delay_ms(const struct jitter *j)
{
	return jitter_delay(j) / (j->clock / 1000);
}

static void drop_oldest(struct jitter *j)
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
		drop_oldest(j);
	j->seen = true;
	j->next = timestamp;
	j->silent_from = timestamp;
	j->silent_until = timestamp;
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
		drop_oldest(j);
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
	s->length = head->length;
	s->size = head->size;
	s->codec = head->codec;
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
	return true;
}

static uint32_t length_of(const struct codec *c, const uint8_t *payload, size_t size)
{
	return size <= JITTER_PAYLOAD_MAX ? codec_ticks(c, codec_samples(c, payload, size)) : 0;
}

enum jitter_put jitter_put(struct jitter *j, const struct codec *codec, uint32_t timestamp,
		uint16_t sequence, const uint8_t *payload, size_t size)
{
	const struct jitter_slot head = { .timestamp = timestamp,
		.sequence = sequence,
		.length = length_of(codec, payload, size),
		.size = (uint16_t)size,
		.codec = codec };
	unsigned int place;

	if (head.length == 0)
		return JITTER_FULL;
	if (!follow_clock(j, codec, sequence))
		return JITTER_LATE;
	if (j->seen && find_place(j, timestamp) == JITTER_SLOTS)
		return JITTER_DUPLICATE;
	if (!in_time(j, &head))
		return JITTER_LATE;
	j->late_in_row = 0;
	if (j->count == JITTER_SLOTS) {
		drop_oldest(j);
		if (ahead(slot_at(j, 0)->timestamp, j->next) > 0)
			j->next = slot_at(j, 0)->timestamp;
	}
	learn_lateness(j, ahead(timestamp, j->next));
	place = find_place(j, timestamp);
	if (place == 0 && j->opened)
		return JITTER_LATE;
	if ((uint16_t)(sequence - j->newest_sequence) < 0x8000)
		j->newest_sequence = sequence;
	if (j->hushed && (uint16_t)(sequence - j->hush_sequence) < 0x8000) {
		j->hushed = false;
		jitter_silent(j, timestamp, timestamp);
	}
	insert(j, place, &head, payload);
	return JITTER_TAKEN;
}

void jitter_silent(struct jitter *j, uint32_t from, uint32_t until)
{
	if (!j->seen || ahead(until, j->silent_until) <= 0)
		return;
	j->silent_from = from;
	j->silent_until = until;
}

void jitter_hush(struct jitter *j, uint16_t sequence)
{
	j->hushed = j->seen;
	j->hush_sequence = sequence;
}

void jitter_tick(struct jitter *j)
{
	if (j->waited < UINT32_MAX / 2)
		j->waited += frame_ticks(j);
}

/* A whole frame is there in one piece from `next`. *hole: something is later. */
static bool in_one_piece(struct jitter *j, bool *hole)
{
	uint32_t end = j->next;

	*hole = false;
	for (unsigned int i = 0; i < j->count; i++) {
		const struct jitter_slot *s = slot_at(j, i);

		if (ahead(s->timestamp, end) > 0) {
			*hole = true;
			break;
		}
		if (ahead(s->timestamp + s->length, end) > 0)
			end = s->timestamp + s->length;
		if (end - j->next >= frame_ticks(j))
			return true;
	}
	return false;
}

/* The state for a codec. False: it is no longer agreed, and its packets cannot be decoded. */
static bool find_state(const struct jitter *j, const struct codec *codec, void **out)
{
	*out = NULL;
	if (!codec->decoder.make)
		return true;
	for (size_t i = 0; i < j->decoder_count; i++) {
		if (j->decoders[i]->codec == codec) {
			*out = j->decoders[i]->state;
			return true;
		}
	}
	return false;
}

static void open_oldest(struct jitter *j)
{
	const struct jitter_slot *s = slot_at(j, 0);
	void *state;

	j->block.count = 0;
	if (find_state(j, s->codec, &state))
		j->block.count = (unsigned int)s->codec->decode(state, s->payload, s->size,
				j->block.samples);
	j->last = s->codec;
	j->opened = true;
}

/* Plays from the oldest packet, which has begun. */
static unsigned int take_sound(struct jitter *j, int16_t *out, unsigned int room)
{
	unsigned int skip, count;

	if (!j->opened)
		open_oldest(j);
	skip = to_samples(j, j->next - slot_at(j, 0)->timestamp);
	count = j->block.count > skip ? j->block.count - skip : 0;
	if (count > room)
		count = room;
	if (count) {
		memcpy(out, j->block.samples + skip, count * sizeof(*out));
		if (!j->last->conceal)
			plc_good(&j->plc, out, count);
		j->next += to_ticks(j, count);
		j->credit = 0;
	}
	if (skip + count >= j->block.count)
		drop_oldest(j);
	return count;
}

static bool is_silence(const struct jitter *j, const struct jitter_slot *following)
{
	if (ahead(j->silent_until, j->next) > 0 || (j->hushed && !following))
		return true;
	return following && following->sequence == (uint16_t)(j->last_sequence + 1);
}

/* The next piece that the codec itself makes up: all of a hole whose end is there, or 10 ms. */
static void make_block(struct jitter *j, void *state, unsigned int hole)
{
	const unsigned int piece = j->rate / CONCEAL_PER;
	unsigned int count = (hole + piece - 1) / piece * piece;
	const struct jitter_slot *behind = hole && j->count ? slot_at(j, 0) : NULL;

	if (count == 0 || count > CODEC_SAMPLES_MAX || (behind && behind->codec != j->last)) {
		count = jitter_samples(j);
		behind = NULL;
	}
	j->last->conceal(state, behind ? behind->payload : NULL, behind ? behind->size : 0,
			j->block.samples, count);
	j->block.count = count;
	j->block.at = 0;
}

/* What is lost; hole: all samples that are missing up to the oldest packet, 0: it is not known. */
static void make_up(struct jitter *j, int16_t *out, unsigned int count, unsigned int hole)
{
	void *state;

	if (!j->last || !j->last->conceal || !find_state(j, j->last, &state)) {
		plc_lost(&j->plc, out, count);
		return;
	}
	while (count) {
		unsigned int n;

		if (j->block.at == j->block.count)
			make_block(j, state, hole);
		n = j->block.count - j->block.at < count ? j->block.count - j->block.at : count;
		memcpy(out, j->block.samples + j->block.at, n * sizeof(*out));
		j->block.at += n;
		out += n;
		count -= n;
		hole -= hole > n ? n : hole;
	}
}

static void be_silent(struct jitter *j, int16_t *out, unsigned int count)
{
	memset(out, 0, count * sizeof(*out));
	plc_good(&j->plc, out, count);
}

static void fill(struct jitter *j, int16_t *out, unsigned int count, unsigned int hole,
		enum jitter_got *got)
{
	if (is_silence(j, hole ? slot_at(j, 0) : NULL)) {
		be_silent(j, out, count);
		if (*got == JITTER_WAIT)
			*got = JITTER_QUIET;
		return;
	}
	make_up(j, out, count, hole);
	if (*got != JITTER_SOUND)
		*got = JITTER_MADE;
}

/* A hole of `missing` before the oldest packet: what was given in advance counts. */
static unsigned int take_hole(struct jitter *j, int16_t *out, unsigned int room, uint32_t missing,
		enum jitter_got *got)
{
	uint32_t paid = j->credit < missing ? j->credit : missing;
	unsigned int hole, count;

	j->credit -= paid;
	j->next += paid;
	missing -= paid;
	hole = to_samples(j, missing);
	if (missing > ticks(j, JUMP_MS) || !hole) {
		j->next += missing;
		return 0;
	}
	count = hole < room ? hole : room;
	fill(j, out, count, hole, got);
	j->next += to_ticks(j, count);
	return count;
}

/* One frame from what is there; what is not is made up and owed by the timeline. */
static enum jitter_got make_frame(struct jitter *j, int16_t *out)
{
	const unsigned int frame = jitter_samples(j);
	enum jitter_got got = JITTER_WAIT;
	unsigned int done = 0;

	while (done < frame && j->count) {
		int32_t missing = ahead(slot_at(j, 0)->timestamp, j->next);
		unsigned int count;

		if (missing > 0) {
			done += take_hole(j, out + done, frame - done, (uint32_t)missing, &got);
			continue;
		}
		count = take_sound(j, out + done, frame - done);
		if (count)
			got = JITTER_SOUND;
		done += count;
	}
	if (done < frame) {
		fill(j, out + done, frame - done, 0, &got);
		j->credit += to_ticks(j, frame - done);
		j->dry += to_ticks(j, frame - done);
	}
	if (got == JITTER_MADE)
		j->made++;
	return got;
}

static bool is_quiet(const int16_t *frame, unsigned int count)
{
	for (unsigned int i = 0; i < count; i++) {
		if (frame[i] > QUIET_TOP || frame[i] < -QUIET_TOP)
			return false;
	}
	return true;
}

/* Looks for delay that nobody needs. */
static void watch_delay(struct jitter *j)
{
	const uint32_t frame = frame_ticks(j);
	uint32_t delay = jitter_delay(j);

	if (delay < j->least)
		j->least = delay;
	j->least_for += frame;
	if (j->least_for < ticks(j, WINDOW_MS))
		return;
	j->surplus = j->least > j->target + frame ? j->least - j->target : 0;
	if (j->target > ticks(j, JITTER_TARGET_MS) && j->least > frame)
		j->target -= frame / 2;
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
	if (j->dry >= ticks(j, STOPPED_MS) && j->count == 0) {
		j->begun = false;
		return JITTER_WAIT;
	}
	got = make_frame(j, out);
	if (j->surplus >= frame_ticks(j) && j->count &&
			(j->surplus > ticks(j, HURTS_MS) || is_quiet(out, jitter_samples(j)))) {
		j->surplus -= frame_ticks(j);
		got = make_frame(j, out);
	}
	watch_delay(j);
	return got;
}

/* The next frame is within a digit: nobody will send sound for it. */
static bool is_known_silence(const struct jitter *j)
{
	const uint32_t next = j->next + j->credit;

	return j->count == 0 && ahead(next, j->silent_from) >= 0 &&
	       ahead(j->silent_until, next) >= (int32_t)frame_ticks(j);
}

static enum jitter_got get_patient(struct jitter *j, int16_t *out)
{
	const uint32_t target = ticks(j, JITTER_TARGET_MS), reorder = ticks(j, JITTER_REORDER_MS);
	bool hole;

	if (!j->begun) {
		if (j->count == 0 || (jitter_delay(j) < target && j->waited < target))
			return JITTER_WAIT;
		j->begun = true;
	}
	if (is_known_silence(j) || in_one_piece(j, &hole))
		return make_frame(j, out);
	if (hole && (jitter_delay(j) >= reorder || j->waited >= reorder))
		return make_frame(j, out);
	if (j->waited >= ticks(j, JITTER_PATIENCE_MS))
		j->gave_up = true;
	if (!j->gave_up || j->waited < frame_ticks(j))
		return JITTER_WAIT;
	j->waited -= frame_ticks(j);
	return make_frame(j, out);
}

enum jitter_got jitter_get(struct jitter *j, int16_t *out)
{
	if (!j->seen)
		return JITTER_WAIT;
	return j->patient ? get_patient(j, out) : get_paced(j, out);
}
