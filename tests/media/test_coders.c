// SPDX-License-Identifier: MIT
/* test_coders.c - codecs with a state: how much of speech is left, how they are packed, and what
 * the jitter buffer makes of their packets, of any length, lost, or of another codec. */
#include "media/coder.h"
#include "media/jitter.h"
#include "speech.h"
#include "test_main.h"

#include <stdio.h>
#include <string.h>

#define SECONDS 2
#define SAMPLES (SECONDS * MEDIA_RATE)

static const struct quality {
	const char *name;
	double floor; /* dB */
	size_t bytes; /* of 20 ms; 0: they differ */
	double lossy; /* floor with every twentieth packet lost, in the frames that were not */
} qualities[] = {
	{ "PCMU", 33, 160, 30 },
	{ "PCMA", 33, 160, 30 },
	{ "G722", 20, 160, 15 },
	{ "opus", 7, 0, 6 },
	{ "G726-16", 8, 40, 5 },
	{ "G726-24", 14, 60, 8 },
	{ "G726-32", 20, 80, 8 },
	{ "G726-40", 25, 100, 8 },
	{ "AAL2-G726-16", 8, 40, 5 },
	{ "AAL2-G726-24", 14, 60, 8 },
	{ "AAL2-G726-32", 20, 80, 8 },
	{ "AAL2-G726-40", 25, 100, 8 },
};

#define CODECS ((int)(sizeof(qualities) / sizeof(qualities[0])))

static const struct codec *codec_of(int i)
{
	return media_codec_find(qualities[i].name, strlen(qualities[i].name));
}

static struct speech speech;

/* What is said to this codec. */
static void make_speech(const struct codec *c)
{
	speech_make(&speech, (int)c->rate, c->rate == 8000 ? 3400 : 6500);
}

/* --- one after another ---------------------------------------------------------------------- */

struct line { /* an encoder and a decoder */
	const struct codec *codec;
	struct coder *encoder, *decoder;
	int said; /* samples */
};

static void line_open(struct line *l, const struct codec *c)
{
	l->codec = c;
	l->encoder = coder_new(c, true);
	l->decoder = coder_new(c, false);
	l->said = 0;
	ck_assert_ptr_nonnull(l->encoder);
	ck_assert_ptr_nonnull(l->decoder);
	coder_please(l->encoder, &(const struct codec_wish){ .copies = 1 });
}

static void line_close(struct line *l)
{
	coder_unref(l->encoder);
	coder_unref(l->decoder);
}

/* The next `ms` of speech. */
static size_t line_say(struct line *l, int ms, uint8_t *out)
{
	int16_t samples[CODEC_SAMPLES_MAX];
	int rate = (int)l->codec->rate, count = rate * ms / 1000;

	for (int i = 0; i < count; i++)
		samples[i] = speech_at(&speech, l->said + i);
	l->said += count;
	return l->codec->encode(l->encoder->state, samples, (size_t)count, out);
}

static size_t line_hear(struct line *l, const uint8_t *bytes, size_t size, int16_t *out)
{
	size_t n = l->codec->decode(l->decoder->state, bytes, size, out);

	ck_assert_uint_eq(n, codec_samples(l->codec, bytes, size));
	return n;
}

START_TEST(speech_comes_back_as_well_as_the_codec_can)
{
	static int16_t heard[SAMPLES];
	const struct codec *c = codec_of(_i);
	int rate = (int)c->rate, count = 0;
	uint8_t bytes[CODEC_BYTES_MAX];
	struct line l;
	double snr;

	make_speech(c);
	line_open(&l, c);
	for (int t = 0; t < SECONDS * TICKS_PER_S; t++) {
		size_t size = line_say(&l, TICK_MS, bytes);

		if (qualities[_i].bytes)
			ck_assert_uint_eq(size, qualities[_i].bytes);
		count += (int)line_hear(&l, bytes, size, heard + count);
	}
	ck_assert_int_eq(count, SECONDS * rate);
	snr = speech_best(&speech, heard + rate / 2, rate, rate / 2, 160);

	ck_assert_msg(snr > qualities[_i].floor, "%s: %.1f dB", c->name, snr);
	line_close(&l);
}
END_TEST

START_TEST(a_coder_that_is_reset_is_as_new)
{
	const struct codec *c = codec_of(_i);
	uint8_t first[CODEC_BYTES_MAX], again[CODEC_BYTES_MAX];
	int16_t a[CODEC_SAMPLES_MAX], b[CODEC_SAMPLES_MAX];
	size_t size = 0, count;
	struct line l;

	make_speech(c);
	line_open(&l, c);
	for (int t = 0; t < 2; t++) { /* the first packet, then some more */
		l.said = 0;
		coder_reset(l.encoder);
		coder_reset(l.decoder);
		size = line_say(&l, TICK_MS, t ? again : first);
		count = line_hear(&l, t ? again : first, size, t ? b : a);
		for (int k = 0; t == 0 && k < 20; k++) {
			uint8_t more[CODEC_BYTES_MAX];
			int16_t out[CODEC_SAMPLES_MAX];

			(void)line_hear(&l, more, line_say(&l, TICK_MS, more), out);
		}
	}

	ck_assert_mem_eq(first, again, size);
	ck_assert_mem_eq(a, b, count * sizeof(a[0]));
	line_close(&l);
}
END_TEST

/* RFC 3551 4.5.4: the first code stands in the least significant bits of the first byte. Zeros
 * followed by a step: with 4 bits, codes can be told apart by the nibble they are in. */
START_TEST(g726_is_packed_from_the_low_bits_on)
{
	const struct codec *c = media_codec_find("G726-32", 7);
	struct coder *e = coder_new(c, true), *one_by_one = coder_new(c, true);
	int16_t samples[160] = { 0 };
	uint8_t bytes[CODEC_BYTES_MAX], low[CODEC_BYTES_MAX];

	ck_assert(e && one_by_one);
	make_speech(c);
	for (int i = 0; i < 160; i++)
		samples[i] = speech_at(&speech, i);
	ck_assert_uint_eq(c->encode(e->state, samples, 160, bytes), 80);
	for (int i = 0; i < 160; i += 2) {
		/* One sample fills half a byte: it comes out when the second is there. */
		size_t n = c->encode(one_by_one->state, samples + i, 1, low);

		n += c->encode(one_by_one->state, samples + i + 1, 1, low + n);
		ck_assert_uint_eq(n, 1);
		ck_assert_uint_eq(low[0], bytes[i / 2]);
	}
	/* The code for a first sample that is loud and positive is 7, for silence 15. */
	coder_reset(e);
	memset(samples, 0, sizeof(samples));
	samples[0] = 20000;
	(void)c->encode(e->state, samples, 160, bytes);

	ck_assert_uint_eq(bytes[0] & 15, 7);
	coder_unref(e);
	coder_unref(one_by_one);
}
END_TEST

/* The nth code of a packet. */
static unsigned int code_at(const uint8_t *bytes, unsigned int bits, unsigned int n, bool from_top)
{
	unsigned int code = 0;

	for (unsigned int i = 0; i < bits; i++) {
		unsigned int at = n * bits + i;
		unsigned int byte = bytes[at / 8];
		unsigned int bit = byte >> (from_top ? 7 - at % 8 : at % 8) & 1u;

		code = from_top ? code << 1 | bit : code | bit << i;
	}
	return code;
}

START_TEST(aal2_has_the_same_codes_from_the_high_bits_on)
{
	const unsigned int bits = 2 + (unsigned int)_i;
	char name[16];
	const struct codec *c[2];
	uint8_t bytes[2][CODEC_BYTES_MAX];

	(void)snprintf(name, sizeof(name), "AAL2-G726-%u", bits * 8);
	c[0] = media_codec_find(name + 5, strlen(name) - 5);
	c[1] = media_codec_find(name, strlen(name));
	make_speech(c[0]);
	for (int i = 0; i < 2; i++) {
		struct line l;

		line_open(&l, c[i]);
		ck_assert_uint_eq(line_say(&l, TICK_MS, bytes[i]), bits * 20);
		line_close(&l);
	}

	for (unsigned int n = 0; n < 160; n++)
		ck_assert_uint_eq(code_at(bytes[0], bits, n, false),
				code_at(bytes[1], bits, n, true));
}
END_TEST

static const struct {
	const char *name;
	size_t size, samples;
} lengths[] = {
	{ "PCMU", 0, 0 },
	{ "PCMU", 1, 1 },
	{ "PCMU", 960, 960 },
	{ "PCMU", 961, 0 },
	{ "G722", 80, 160 },
	{ "G722", 960, 1920 },
	{ "G722", 961, 0 },
	{ "G726-16", 20, 80 },
	{ "G726-24", 30, 80 },
	{ "G726-24", 31, 0 },
	{ "G726-32", 40, 80 },
	{ "G726-40", 50, 80 },
	{ "G726-40", 52, 0 },
	{ "opus", 0, 0 },
};

START_TEST(the_length_of_a_packet_is_known_before_it_is_decoded)
{
	static const uint8_t bytes[1024];

	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		const struct codec *c = media_codec_find(lengths[i].name, strlen(lengths[i].name));

		ck_assert_msg(codec_samples(c, bytes, lengths[i].size) == lengths[i].samples,
				"%s with %zu bytes", lengths[i].name, lengths[i].size);
	}
}
END_TEST

/* --- through the jitter buffer -------------------------------------------------------------- */

static struct jitter j;

struct stream {
	struct line line;
	uint32_t timestamp;
	uint16_t sequence;
};

static void stream_open(struct stream *s, const struct codec *c)
{
	line_open(&s->line, c);
	s->timestamp = 0xfffff000u;
	s->sequence = 65530;
}

/* A packet of `frames` 10 ms, of which codecs here make 20 ms or, joined, more. */
static size_t make_packet(struct stream *s, int frames, uint8_t *out)
{
	size_t size = 0;

	/* G726-24 and -40 have whole bytes each 10 ms too: 80 samples are ten groups of eight. */
	for (; frames; frames--)
		size += line_say(&s->line, 10, out + size);
	return size;
}

static void put_packet(struct stream *s, const uint8_t *bytes, size_t size, bool lost)
{
	if (!lost)
		ck_assert_int_eq(jitter_put(&j, s->line.codec, s->timestamp, s->sequence, bytes,
						 size),
				JITTER_TAKEN);
	s->timestamp += codec_ticks(s->line.codec, codec_samples(s->line.codec, bytes, size));
	s->sequence++;
}

static void begin(struct stream *s, bool patient)
{
	memset(&j, 0, sizeof(j));
	j.patient = patient;
	jitter_init(&j);
	jitter_set_decoders(&j, &s->line.decoder, 1);
}

/* What can be got in 10 ms, as far as there is room for a frame; returns the samples. */
static int get_all(int16_t *out, int room)
{
	int count = 0;

	jitter_tick(&j);
	while (count + FRAME_SAMPLES <= room && jitter_get(&j, out + count) != JITTER_WAIT)
		count += (int)jitter_samples(&j);
	return count;
}

/* Packets of other lengths than ours, as peers choose them. */
static const int frames_each[] = { 1, 2, 3, 4, 6, 12 };

#define LENGTHS ((int)(sizeof(frames_each) / sizeof(frames_each[0])))

/* Paced: a frame each 10 ms, as they pass while the next packet is made. Patient: all there is. */
static int hear_packet(int16_t *out, int frames, int room)
{
	int count = 0;

	for (int f = 0; f < frames; f++)
		count += get_all(out + count, j.patient ? room - count : FRAME_SAMPLES);
	return count;
}

START_TEST(packets_of_any_length_are_heard)
{
	static int16_t heard[SAMPLES];
	const int which = _i / 2 / LENGTHS;
	const struct codec *c = codec_of(which);
	int rate = (int)c->rate, frames = frames_each[_i / 2 % LENGTHS], count = 0;
	uint8_t bytes[12 * CODEC_BYTES_MAX];
	struct stream s;
	double snr;

	if (c->conceal) /* opus makes no packet of 30 ms, and none above 60 in one piece */
		frames = frames == 3 ? 2 : frames > 6 ? 6 : frames;
	make_speech(c);
	stream_open(&s, c);
	begin(&s, _i % 2);
	while (s.line.said < 3 * rate / 2) {
		size_t size = c->conceal ? line_say(&s.line, 10 * frames, bytes)
					 : make_packet(&s, frames, bytes);

		put_packet(&s, bytes, size, false);
		count += hear_packet(heard + count, frames, SAMPLES - count);
	}
	ck_assert_int_gt(count, rate + rate / 4);
	snr = speech_best(&speech, heard + rate / 4, rate, rate / 4, 160);

	ck_assert_msg(snr > qualities[which].floor, "%s, %d ms: %.1f dB", c->name, 10 * frames,
			snr);
	ck_assert_uint_eq(j.made, 0);
	line_close(&s.line);
}
END_TEST

START_TEST(what_is_lost_is_made_up_and_the_rest_stays_in_place)
{
	static int16_t heard[SAMPLES];
	const struct codec *c = codec_of(_i);
	int rate = (int)c->rate, count = 0, tick = rate / TICKS_PER_S;
	double worst = 100, difference = 0;
	struct stream s;

	make_speech(c);
	stream_open(&s, c);
	begin(&s, true);
	for (int t = 0; t < SECONDS * TICKS_PER_S; t++) {
		uint8_t bytes[CODEC_BYTES_MAX];
		size_t size = line_say(&s.line, TICK_MS, bytes);

		put_packet(&s, bytes, size, t % 20 == 5);
		count += get_all(heard + count, SAMPLES - count);
	}
	ck_assert_uint_eq(j.made, 2 * 5);
	for (int t = 10; t + 16 < count / tick; t += 20) {
		double snr = speech_best(&speech, heard + t * tick, 14 * tick, t * tick, 160);
		double made = 0, truth = 0;

		worst = fmin(worst, snr);
		for (int i = (t + 15) * tick; i < (t + 16) * tick; i++) {
			made += pow(heard[i], 2);
			truth += pow(speech_at(&speech, i), 2);
		}
		difference = fmax(difference, fabs(10 * log10((made + 1) / (truth + 1))));
	}

	ck_assert_msg(worst > qualities[_i].lossy, "%s: %.1f dB", c->name, worst);
	ck_assert_msg(difference < 6, "%s: made up %.1f dB louder or softer", c->name, difference);
	line_close(&s.line);
}
END_TEST

START_TEST(another_codec_in_midstream_is_followed)
{
	static const struct {
		const char *from, *to;
	} changes[] = { { "PCMU", "opus" }, { "opus", "PCMU" }, { "G722", "opus" },
		{ "PCMU", "G722" }, { "G722", "G726-32" }, { "PCMA", "G726-24" } };
	static int16_t heard[2 * SAMPLES];

	for (size_t k = 0; k < sizeof(changes) / sizeof(changes[0]); k++) {
		struct stream a, b;
		struct coder *decoders[2];
		const struct codec *to = media_codec_find(changes[k].to, strlen(changes[k].to));
		int count = 0, rate = (int)to->rate;
		uint8_t bytes[CODEC_BYTES_MAX], old[CODEC_BYTES_MAX];
		size_t size;
		double snr;

		stream_open(&a, media_codec_find(changes[k].from, strlen(changes[k].from)));
		stream_open(&b, to);
		make_speech(to);
		begin(&a, _i);
		decoders[0] = a.line.decoder;
		decoders[1] = b.line.decoder;
		jitter_set_decoders(&j, decoders, 2);
		for (int t = 0; t < 10; t++) {
			size = line_say(&a.line, TICK_MS, old);
			put_packet(&a, old, size, false);
			for (int f = 0; f < FRAMES_PER_TICK; f++)
				(void)get_all(heard, FRAME_SAMPLES);
		}
		b.sequence = a.sequence;
		b.timestamp = a.timestamp + 77;
		for (int t = 0; t < SECONDS * TICKS_PER_S; t++) {
			put_packet(&b, bytes, line_say(&b.line, TICK_MS, bytes), false);
			/* An old one, late: it must not turn the stream back. */
			if (t == 2)
				(void)jitter_put(&j, a.line.codec, a.timestamp - 160,
						(uint16_t)(a.sequence - 1), old, size);
			for (int f = 0; f < FRAMES_PER_TICK; f++)
				count += get_all(heard + count,
						_i ? 2 * SAMPLES - count : FRAME_SAMPLES);
		}
		ck_assert_uint_eq(j.rate, to->rate);
		/* The last second, wherever that is in the signal. */
		ck_assert_int_gt(count, rate);
		snr = speech_best(&speech, heard + count - rate, rate, SECONDS * rate - rate,
				rate / 5);

		ck_assert_msg(snr > 8, "%s to %s: %.1f dB", changes[k].from, changes[k].to, snr);
		line_close(&a.line);
		line_close(&b.line);
	}
}
END_TEST

START_TEST(the_copy_in_the_next_opus_packet_is_used)
{
	const struct codec *c = media_codec_find("opus", 4);
	double with = 0, without = 0;

	make_speech(c);
	for (int helped = 0; helped < 2; helped++) {
		struct line l;
		uint8_t bytes[2][CODEC_BYTES_MAX];
		int16_t truth[40][320], out[320];
		size_t size[2] = { 0, 0 };
		struct line good;
		double *error = helped ? &with : &without;

		line_open(&l, c);
		line_open(&good, c);
		for (int t = 0; t < 40; t++) {
			size[t % 2] = line_say(&l, TICK_MS, bytes[t % 2]);
			(void)line_hear(&good, bytes[t % 2], size[t % 2], truth[t]);
			if (t % 5 != 4) { /* the fourth of five is lost */
				if (t % 5 != 3)
					(void)line_hear(&l, bytes[t % 2], size[t % 2], out);
				continue;
			}
			c->conceal(l.decoder->state, helped ? bytes[t % 2] : NULL,
					helped ? size[t % 2] : 0, out, 320);
			for (int i = 0; i < 320; i++)
				*error += pow(out[i] - truth[t - 1][i], 2);
			(void)line_hear(&l, bytes[t % 2], size[t % 2], out);
		}
		line_close(&l);
		line_close(&good);
	}

	ck_assert_msg(with < without / 2, "%g with, %g without", with, without);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("coders");
	TCase *c = tcase_create("coders");

	tcase_set_timeout(c, 60);
	tcase_add_loop_test(c, speech_comes_back_as_well_as_the_codec_can, 0, CODECS);
	tcase_add_loop_test(c, a_coder_that_is_reset_is_as_new, 0, CODECS);
	tcase_add_test(c, g726_is_packed_from_the_low_bits_on);
	tcase_add_loop_test(c, aal2_has_the_same_codes_from_the_high_bits_on, 0, 4);
	tcase_add_test(c, the_length_of_a_packet_is_known_before_it_is_decoded);
	suite_add_tcase(s, c);
	c = tcase_create("jitter");
	tcase_set_timeout(c, 60);
	tcase_add_loop_test(c, packets_of_any_length_are_heard, 0, CODECS * LENGTHS * 2);
	tcase_add_loop_test(c, what_is_lost_is_made_up_and_the_rest_stays_in_place, 0, CODECS);
	tcase_add_loop_test(c, another_codec_in_midstream_is_followed, 0, 2);
	tcase_add_test(c, the_copy_in_the_next_opus_packet_is_used);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
