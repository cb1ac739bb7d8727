// SPDX-License-Identifier: MIT
/* test_hold.c - `hold` and `resume`: what is sent and heard meanwhile. */
#include "pair.h"
#include "test_main.h"

static const GUID media_stream = MSP_TERMINAL_MEDIA_STREAM;
static const GUID iid_media_stream = MSP_IID_MEDIA_STREAM;
static const GUID iid_statistics = MSP_IID_RTP_STATISTICS;
static const GUID iid_stream_audio = MSP_IID_STREAM_AUDIO;

START_TEST(hold_stops_media_and_resume_brings_it_back)
{
	static struct pair p;
	const struct msp_rtp_statistics *stats;
	struct msp_rtp_figures before, after;

	pair_open(&p);
	pair_connect(&p);
	pair_flow(&p);
	stats = stream_interface(p.a.capture, &iid_statistics);
	end_send(&p.a, "TAPI-RTP/1 hold 5\n\n");
	(void)end_expect(&p.a, RTPMSG_OK);
	pair_step(&p, 1);
	ck_assert_uint_eq(p.a.inactive, 2);
	(void)stats->figures(p.a.capture, &before);
	pair_step(&p, 20);
	(void)stats->figures(p.a.capture, &after);
	ck_assert_uint_eq(before.packets, after.packets);

	end_send(&p.a, "TAPI-RTP/1 resume 6\n\n");
	(void)end_expect(&p.a, RTPMSG_OK);
	pair_step(&p, 20);
	(void)stats->figures(p.a.capture, &after);

	ck_assert_uint_ge(after.packets, before.packets + 19);
	ck_assert_uint_eq(p.a.active, 4);
	pair_close(&p);
}
END_TEST

/* A loud application for 40 ticks; the level that b hears then. */
static DWORD heard_at_b(struct pair *p, struct msp_terminal *source)
{
	const struct msp_media_stream *s = terminal_interface(source, &iid_media_stream);
	const struct msp_stream_audio *audio = stream_interface(p->b.render, &iid_stream_audio);
	int16_t said[160];
	DWORD level;

	for (int i = 0; i < 160; i++)
		said[i] = 8000;
	for (int i = 0; i < 40; i++) {
		(void)s->write(source, said, 160);
		pair_step(p, 1);
	}
	ck_assert_int_eq(audio->level(p->b.render, &level), 0);
	return level;
}

START_TEST(a_silent_hold_sends_packets_in_which_nothing_is_heard)
{
	static struct pair p;
	const struct msp_rtp_statistics *stats;
	struct msp_rtp_figures before, after;
	struct msp_terminal *source;

	pair_open(&p);
	source = end_terminal(&p.a, &media_stream, TD_CAPTURE);
	pair_connect(&p);
	pair_flow(&p);
	ck_assert_uint_gt(heard_at_b(&p, source), 7000);
	stats = stream_interface(p.a.capture, &iid_statistics);
	(void)stats->figures(p.a.capture, &before);

	end_send(&p.a, "TAPI-RTP/1 hold 5\nDirection: sendonly\nSilent: yes\n\n");
	(void)end_expect(&p.a, RTPMSG_OK);

	ck_assert_uint_lt(heard_at_b(&p, source), 16);
	(void)stats->figures(p.a.capture, &after);
	ck_assert_uint_ge(after.packets, before.packets + 39);
	end_send(&p.a, "TAPI-RTP/1 resume 6\n\n");
	(void)end_expect(&p.a, RTPMSG_OK);
	ck_assert_uint_gt(heard_at_b(&p, source), 7000);
	pair_close(&p);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("hold");
	TCase *c = tcase_create("hold");

	tcase_set_timeout(c, 30);
	tcase_add_test(c, hold_stops_media_and_resume_brings_it_back);
	tcase_add_test(c, a_silent_hold_sends_packets_in_which_nothing_is_heard);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
