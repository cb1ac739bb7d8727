// SPDX-License-Identifier: MIT
/* test_mix.c - conferences: three calls of one process, three peers with a tone each; who hears
 * what is measured in the packets and at the terminals. */
#include "peer.h"

#include "base/clock.h"
#include "media/codec.h"
#include "media/engine.h"
#include "media/mix.h"
#include "oom.h"
#include "test_main.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PARTIES  3
#define WINDOW   3200 /* samples at 8 kHz that are listened to */
#define LOCAL_HZ 1700

static const GUID media_stream = MSP_TERMINAL_MEDIA_STREAM;
static const GUID iid_media_stream = MSP_IID_MEDIA_STREAM;

static const double tones[PARTIES] = { 400, 700, 1100 };

static struct party {
	struct end end;
	struct peer peer;
	double phase;
	int16_t heard[WINDOW]; /* by the peer; the newest */
	struct msp_terminal *source, *sink;
	double source_phase;
	int16_t at_sink[WINDOW];
} party[PARTIES];

static int level = 4000; /* of each tone */

static void open_parties(void)
{
	level = 4000;
	memset(party, 0, sizeof(party));
	for (int i = 0; i < PARTIES; i++) {
		world_open(&party[i].end, "127.0.0.1");
		peer_open(&party[i].peer, "127.0.0.1");
		(void)peer_call(&party[i].peer, &party[i].end, "", "RTP/AVP", "");
	}
}

static void close_parties(void)
{
	for (int i = 0; i < PARTIES; i++) {
		end_close(&party[i].end);
		peer_close(&party[i].peer);
	}
}

static const char *members(struct end *e, const char *group)
{
	struct end_message m;
	char text[256];

	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 mix 5\n%s%s\n\n",
			group ? "Group: " : "X: ", group ? group : "y");
	end_send(e, text);
	m = end_expect(e, RTPMSG_OK);
	return message_header(&m, "Members");
}

static void tone(int16_t *out, int count, double hz, double *phase)
{
	for (int i = 0; i < count; i++) {
		out[i] = (int16_t)(level * sin(*phase));
		*phase += 2 * 3.14159265358979 * hz / 8000;
	}
}

static void keep(int16_t *window, const int16_t *samples, int count)
{
	memmove(window, window + count, (size_t)(WINDOW - count) * sizeof(*window));
	memcpy(window + WINDOW - count, samples, (size_t)count * sizeof(*samples));
}

static void speak(struct party *p, double hz)
{
	const struct codec *c = media_codec_static(0);
	uint8_t packet[RTP_HEADER_SIZE + 160];
	int16_t samples[160];

	tone(samples, 160, hz, &p->phase);
	rtp_write(packet, &p->peer.next);
	(void)c->encode(NULL, samples, 160, packet + RTP_HEADER_SIZE);
	peer_send(&p->peer, p->peer.sockets.rtp, &p->peer.theirs, packet, sizeof(packet));
	p->peer.next.sequence++;
	p->peer.next.timestamp += 160;
}

static void listen_peer(struct party *p)
{
	const struct codec *c = media_codec_static(0);
	uint8_t packet[RTP_PACKET_MAX];
	int16_t samples[160];
	ssize_t n;

	while ((n = recv(p->peer.sockets.rtp, packet, sizeof(packet), 0)) ==
			RTP_HEADER_SIZE + 160) {
		(void)c->decode(NULL, packet + RTP_HEADER_SIZE, 160, samples);
		keep(p->heard, samples, 160);
	}
}

static void use_terminals(struct party *p)
{
	int16_t samples[160];

	if (p->source) {
		const struct msp_media_stream *s = terminal_interface(p->source, &iid_media_stream);

		tone(samples, 160, LOCAL_HZ, &p->source_phase);
		(void)s->write(p->source, samples, 160);
	}
	if (p->sink) {
		const struct msp_media_stream *s = terminal_interface(p->sink, &iid_media_stream);

		for (long n; (n = s->read(p->sink, samples, 160)) > 0;)
			keep(p->at_sink, samples, (int)n);
	}
}

static void step(int ticks)
{
	for (; ticks; ticks--) {
		for (int i = 0; i < PARTIES; i++) {
			if (party[i].end.call)
				speak(&party[i], tones[i]);
			use_terminals(&party[i]);
		}
		clock_advance_ms(20);
		media_engine_step(clock_now_ns());
		for (int i = 0; i < PARTIES; i++) {
			if (party[i].end.address)
				end_drain(&party[i].end);
			listen_peer(&party[i]);
		}
	}
}

/* Goertzel: the amplitude of a frequency. */
static double amplitude(const int16_t *samples, double hz)
{
	const double k = 2 * cos(2 * 3.14159265358979 * hz / 8000);
	double s1 = 0, s2 = 0;

	for (int i = 0; i < WINDOW; i++) {
		double s = samples[i] + k * s1 - s2;

		s2 = s1;
		s1 = s;
	}
	return 2 * sqrt(fmax(0, s1 * s1 + s2 * s2 - k * s1 * s2)) / WINDOW;
}

static void check_heard(const char *who, const int16_t *samples, double hz, bool expected)
{
	double a = amplitude(samples, hz);

	if (expected)
		ck_assert_msg(a > level * 0.9 && a < level * 1.1, "%s hears %g Hz with %g", who, hz,
				a);
	else
		ck_assert_msg(a < level * 0.02, "%s hears %g Hz with %g", who, hz, a);
}

/* A letter for each thing that a listener hears: 0, 1, 2 peers, L the terminal. */
static void check(const char *who, const int16_t *samples, const char *expected)
{
	for (int i = 0; i < PARTIES; i++)
		check_heard(who, samples, tones[i], strchr(expected, '0' + i) != NULL);
	check_heard(who, samples, LOCAL_HZ, strchr(expected, 'L') != NULL);
}

static void check_peers(const char *zero, const char *one, const char *two)
{
	check("peer 0", party[0].heard, zero);
	check("peer 1", party[1].heard, one);
	check("peer 2", party[2].heard, two);
}

START_TEST(each_hears_the_others_and_not_itself)
{
	open_parties();
	step(30);
	check_peers("", "", "");
	ck_assert_str_eq(members(&party[0].end, "g"), "1");
	ck_assert_str_eq(members(&party[1].end, "g"), "2");
	ck_assert_str_eq(members(&party[2].end, "g"), "3");
	ck_assert_str_eq(members(&party[2].end, "g"), "3"); /* again is the same */
	step(40);

	check_peers("12", "02", "01");
	close_parties();
}
END_TEST

START_TEST(terminals_speak_to_all_and_hear_all_peers)
{
	open_parties();
	for (int i = 0; i < PARTIES; i++)
		(void)members(&party[i].end, "g");
	party[0].source = end_terminal(&party[0].end, &media_stream, TD_CAPTURE);
	party[1].sink = end_terminal(&party[1].end, &media_stream, TD_RENDER);
	step(90); /* they begin when the peers have been heard */

	check_peers("12L", "02L", "01L");
	check("the terminal", party[1].at_sink, "012");
	close_parties();
}
END_TEST

START_TEST(who_leaves_is_alone_again)
{
	open_parties();
	for (int i = 0; i < PARTIES; i++)
		(void)members(&party[i].end, "g");
	party[1].sink = end_terminal(&party[1].end, &media_stream, TD_RENDER);
	step(40);
	ck_assert_str_eq(members(&party[1].end, NULL), "0");
	step(40);
	check_peers("2", "", "0");
	check("the terminal", party[1].at_sink, "1");
	ck_assert_str_eq(members(&party[1].end, "other"), "1");
	step(40);
	check_peers("2", "", "0");
	ck_assert_str_eq(members(&party[1].end, "g"), "3");
	step(40);

	check_peers("12", "02", "01");
	close_parties();
}
END_TEST

static const struct {
	const char *message;
	const char *zero, *one, *two, *sink;
} holds[] = {
	{ "TAPI-RTP/1 hold 7\n\n", "2", "", "0", "" },
	{ "TAPI-RTP/1 hold 7\nDirection: sendonly\n\n", "2", "02", "0", "" },
	{ "TAPI-RTP/1 hold 7\nDirection: recvonly\n\n", "12", "", "01", "012" },
	{ "TAPI-RTP/1 close 7\n\n", "2", "", "0", "" },
};

/* The last window of whom nothing is sent to any more is old. */
static void forget_heard(void)
{
	for (int i = 0; i < PARTIES; i++) {
		memset(party[i].heard, 0, sizeof(party[i].heard));
		memset(party[i].at_sink, 0, sizeof(party[i].at_sink));
	}
}

START_TEST(who_is_on_hold_neither_speaks_nor_hears)
{
	open_parties();
	for (int i = 0; i < PARTIES; i++)
		(void)members(&party[i].end, "g");
	party[1].sink = end_terminal(&party[1].end, &media_stream, TD_RENDER);
	step(40);
	end_send(&party[1].end, holds[_i].message);
	step(10);
	forget_heard();
	step(30);
	check_peers(holds[_i].zero, holds[_i].one, holds[_i].two);
	check("the terminal", party[1].at_sink, holds[_i].sink);
	if (strstr(holds[_i].message, "close"))
		(void)peer_call(&party[1].peer, &party[1].end, "", "RTP/AVP", "");
	else
		end_send(&party[1].end, "TAPI-RTP/1 resume 8\n\n");
	step(40);

	check_peers("12", "02", "01");
	check("the terminal", party[1].at_sink, "012");
	close_parties();
}
END_TEST

START_TEST(a_call_that_ends_is_gone_from_the_conference)
{
	open_parties();
	for (int i = 0; i < PARTIES; i++)
		(void)members(&party[i].end, "g");
	step(40);
	if (_i)
		end_close(&party[1].end);
	else {
		msp_provider.shutdown_call(party[1].end.call);
		party[1].end.call = NULL;
	}
	step(40);

	check("peer 0", party[0].heard, "2");
	check("peer 2", party[2].heard, "0");
	ck_assert_str_eq(members(&party[0].end, "g"), "2");
	close_parties();
}
END_TEST

START_TEST(a_muted_member_hears_and_is_not_heard)
{
	static const GUID iid = MSP_IID_STREAM_AUDIO;
	const struct msp_stream_audio *audio;

	open_parties();
	for (int i = 0; i < PARTIES; i++)
		(void)members(&party[i].end, "g");
	party[0].source = end_terminal(&party[0].end, &media_stream, TD_CAPTURE);
	audio = stream_interface(party[0].end.capture, &iid);
	ck_assert_int_eq(audio->set_mute(party[0].end.capture, 1), 0);
	step(90);

	check_peers("12", "02", "01"); /* the peers are not muted, the terminal is */
	close_parties();
}
END_TEST

START_TEST(two_conferences_do_not_hear_each_other)
{
	open_parties();
	(void)members(&party[0].end, "g");
	(void)members(&party[1].end, "g");
	ck_assert_str_eq(members(&party[2].end, "h"), "1");
	step(40);

	check_peers("1", "0", "");
	close_parties();
}
END_TEST

START_TEST(what_is_too_loud_is_clipped)
{
	int loudest = 0, jumps = 0;

	open_parties();
	level = 30000;
	for (int i = 0; i < PARTIES; i++)
		(void)members(&party[i].end, "g");
	step(60);

	for (int i = 1; i < WINDOW; i++) {
		int now = party[0].heard[i], before = party[0].heard[i - 1];

		loudest = abs(now) > loudest ? abs(now) : loudest;
		jumps += abs(now - before) > 50000; /* what wraps around jumps */
	}
	ck_assert_int_ge(loudest, 30000);
	ck_assert_int_eq(jumps, 0);
	close_parties();
}
END_TEST

/* 64 bytes at most. */
START_TEST(a_group_has_a_name)
{
	static const char *const bad[] = { "TAPI-RTP/1 mix 5\nGroup:\n\n",
		"TAPI-RTP/1 mix 5\nGroup: "
		"0123456789012345678901234567890123456789012345678901234567890123X\n\n" };
	struct end_message m;

	open_parties();
	ck_assert_str_eq(members(&party[0].end,
					 "012345678901234567890123456789012345678901234567890123456"
					 "7890123"),
			"1");
	end_send(&party[0].end, bad[_i]);

	m = end_expect(&party[0].end, RTPMSG_ERROR);
	ck_assert_str_eq(message_header(&m, "Code"), "400");
	close_parties();
}
END_TEST

/* What a member of a group has given last, and whether that is in the sums. */
static struct model {
	struct media_member *m;
	bool known; /* since the turn began */
	int gave;   /* in which step */
	int16_t peer, terminals;
} model[8];

#define MODELS ((int)(sizeof(model) / sizeof(model[0])))

/* Who comes later in this step is alone until the next; who was silent for two is left out. */
static void model_begin(int at)
{
	for (int i = 0; i < MODELS; i++) {
		model[i].known = model[i].m != NULL;
		if (at - model[i].gave > 1)
			model[i].peer = model[i].terminals = 0;
	}
}

static void check_samples(const int16_t *samples, int32_t expected)
{
	int right = 0;

	for (int i = 0; i < TICK_SAMPLES; i++)
		right += samples[i] == sample_clip(expected);
	ck_assert_msg(right == TICK_SAMPLES, "%d, not %d", samples[0], sample_clip(expected));
}

static void fill(int16_t *samples, int16_t value)
{
	for (int i = 0; i < TICK_SAMPLES; i++)
		samples[i] = value;
}

static void model_speak(struct model *me, int at, int16_t peer, int16_t terminals)
{
	int16_t said[TICK_SAMPLES], all[TICK_SAMPLES];
	int32_t sum = 0, peers;

	fill(said, peer);
	mix_hear(me->m, said, all);
	me->gave = at;
	fill(said, terminals);
	mix_speak(me->m, said, terminals != 0);
	if (!me->known) {
		check_samples(all, peer);
		check_samples(said, terminals);
		return;
	}
	me->peer = peer;
	me->terminals = terminals;
	for (int i = 0; i < MODELS; i++)
		sum += model[i].known ? model[i].peer : 0;
	check_samples(all, sum);
	peers = sum - peer;
	for (int i = 0; i < MODELS; i++)
		peers += model[i].known ? model[i].terminals : 0;
	check_samples(said, peers);
}

static void model_come_or_go(struct model *me, unsigned int chance)
{
	if (!me->m && chance % 8 == 0) {
		ck_assert_int_eq(media_mix_join("model", &me->m), 0);
		*me = (struct model){ .m = me->m };
	} else if (me->m && chance % 16 == 0) {
		media_mix_leave(me->m);
		me->m = NULL;
		me->known = false;
	}
}

START_TEST(each_hears_exactly_what_the_others_gave_last)
{
	unsigned int chance = 1;

	media_engine_set_manual(true);
	memset(model, 0, sizeof(model));
	ck_assert_int_eq(media_mix_join("model", &model[0].m), 0); /* and never goes */
	for (int at = 1; at < 1000; at++) {
		bool begun = false;

		media_engine_step(0);
		for (int i = 1; i < MODELS; i++)
			model_come_or_go(&model[i], (chance = chance * 1664525u + 1u) >> 16);
		for (int i = 0; i < MODELS; i++) {
			chance = chance * 1664525u + 1013904223u;
			if (model[i].m && chance >> 28) {
				if (!begun)
					model_begin(at);
				begun = true;
				model_speak(&model[i], at, (int16_t)(chance >> 8),
						chance >> 31 ? 0 : (int16_t)(chance >> 4));
			} else if (!model[i].m && begun) {
				model_come_or_go(&model[i], chance >> 20);
			}
		}
	}
	for (int i = 0; i < MODELS; i++)
		media_mix_leave(model[i].m);
}
END_TEST

START_TEST(a_full_conference_says_so)
{
	struct media_member *all[MIX_MEMBERS_MAX], *more;

	media_engine_set_manual(true);
	for (int i = 0; i < MIX_MEMBERS_MAX; i++)
		ck_assert_int_eq(media_mix_join("full", &all[i]), 0);
	ck_assert_int_eq(media_mix_join("full", &more), -ENOSPC);
	media_mix_leave(all[7]);
	ck_assert_int_eq(media_mix_join("full", &all[7]), 0);

	for (int i = 0; i < MIX_MEMBERS_MAX; i++)
		media_mix_leave(all[i]);
}
END_TEST

START_TEST(memory_that_fails_changes_nothing)
{
	media_engine_set_manual(true);
	for (struct oom o = OOM_START; oom_next(&o);) {
		struct media_member *m = NULL;

		if (media_mix_join("oom", &m) == 0)
			media_mix_leave(m);
	}
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("mix");
	TCase *c = tcase_create("mix");

	tcase_add_test(c, each_hears_the_others_and_not_itself);
	tcase_add_test(c, terminals_speak_to_all_and_hear_all_peers);
	tcase_add_test(c, who_leaves_is_alone_again);
	tcase_add_loop_test(c, who_is_on_hold_neither_speaks_nor_hears, 0,
			(int)(sizeof(holds) / sizeof(holds[0])));
	tcase_add_loop_test(c, a_call_that_ends_is_gone_from_the_conference, 0, 2);
	tcase_add_test(c, a_muted_member_hears_and_is_not_heard);
	tcase_add_test(c, two_conferences_do_not_hear_each_other);
	tcase_add_test(c, what_is_too_loud_is_clipped);
	tcase_add_loop_test(c, a_group_has_a_name, 0, 2);
	tcase_add_test(c, each_hears_exactly_what_the_others_gave_last);
	tcase_add_test(c, a_full_conference_says_so);
	suite_add_tcase(s, c);
	c = tcase_create("oom");
	tcase_add_test(c, memory_that_fails_changes_nothing);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
