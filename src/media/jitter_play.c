// SPDX-License-Identifier: MIT
/* jitter_play.c - frames out of the jitter buffer, by the listener's clock; what is missing is
 * silence or made up. */
#include "media/jitter_private.h"

#include <string.h>

#define WINDOW_MS   2000 /* over which the smallest delay is looked for */
#define STOPPED_MS  200  /* paced: after so much nothing the delay is built up again */
#define HURTS_MS    300  /* a surplus above this goes even out of speech */
#define QUIET_TOP   256
#define CONCEAL_PER 400 /* codecs make up samples in pieces of 2.5 ms */

void jitter_tick(struct jitter *j)
{
	if (j->waited < UINT32_MAX / 2)
		j->waited += frame_ticks(j);
}

/* No packet was sent between: what is missing is silence. */
static bool follows(const struct jitter_slot *s, uint16_t sequence)
{
	return s->sequence == (uint16_t)(sequence + 1);
}

/* A whole frame is there in one piece from `next`. *hole: something is later. */
static bool in_one_piece(struct jitter *j, bool *hole)
{
	uint16_t sequence = j->last_sequence;
	uint32_t end = j->next;

	*hole = false;
	for (unsigned int i = 0; i < j->count; i++) {
		const struct jitter_slot *s = slot_at(j, i);

		if (ahead(s->timestamp, end) > 0 && !follows(s, sequence)) {
			*hole = true;
			break;
		}
		sequence = s->sequence;
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

static void be_silent(struct jitter *j, int16_t *out, unsigned int count)
{
	memset(out, 0, count * sizeof(*out));
	plc_good(&j->plc, out, count);
}

/* Of a digit, silence: the tones are for those who listen. */
static unsigned int take_digit(struct jitter *j, int16_t *out, unsigned int room)
{
	const struct jitter_slot *s = slot_at(j, 0);
	int32_t left = ahead(s->timestamp + s->length, j->next);
	unsigned int count = left > 0 ? to_samples(j, (uint32_t)left) : 0;

	j->in_digit = s->digit;
	if (count > room)
		count = room;
	else
		jitter_drop_oldest(j);
	be_silent(j, out, count);
	j->next += to_ticks(j, count);
	return count;
}

static unsigned int take_sound(struct jitter *j, int16_t *out, unsigned int room)
{
	unsigned int skip, count;

	j->in_digit = 0;
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
	}
	if (skip + count >= j->block.count)
		jitter_drop_oldest(j);
	return count;
}

/* From the oldest packet, which has begun. */
static unsigned int take_piece(struct jitter *j, int16_t *out, unsigned int room,
		enum jitter_got *got)
{
	const bool digit = slot_at(j, 0)->digit != 0;
	unsigned int count = digit ? take_digit(j, out, room) : take_sound(j, out, room);

	if (!count)
		return 0;
	j->credit = 0;
	if (!digit)
		*got = JITTER_SOUND;
	else if (*got == JITTER_WAIT)
		*got = JITTER_QUIET;
	return count;
}

static bool is_silence(const struct jitter *j, const struct jitter_slot *following)
{
	return j->in_digit || (following && follows(following, j->last_sequence));
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

	j->digit = 0;
	while (done < frame && j->count) {
		const struct jitter_slot *s = slot_at(j, 0);
		int32_t missing = ahead(s->timestamp, j->next);
		unsigned int count;

		if (missing > 0) {
			done += take_hole(j, out + done, frame - done, (uint32_t)missing, &got);
			continue;
		}
		count = take_piece(j, out + done, frame - done, &got);
		if (count && !done)
			j->digit = j->in_digit;
		done += count;
	}
	if (done < frame) {
		if (!done && j->digit_lasts && !j->patient) /* late, but it goes on */
			j->digit = j->in_digit;
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
			(j->surplus > ticks(j, HURTS_MS) ||
					(!j->digit && is_quiet(out, jitter_samples(j))))) {
		j->surplus -= frame_ticks(j);
		got = make_frame(j, out);
	}
	watch_delay(j);
	return got;
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
	if (in_one_piece(j, &hole))
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
	j->digit = 0;
	if (!j->seen)
		return JITTER_WAIT;
	return j->patient ? get_patient(j, out) : get_paced(j, out);
}
