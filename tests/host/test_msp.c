// SPDX-License-Identifier: MIT
/* test_msp.c - data between a TSP and the MSPs of applications, and where it stands among what else
 * is said in a turn. */
#include "../test_main.h"
#include "core.h"

#include <string.h>
#include <tapi.h>

/* An incoming call, which has been reported. */
static uint64_t ringing(struct core *c)
{
	core_world(c);
	(void)c->mock->ring();
	return core_event(c, LINE_NEWCALL)->p1;
}

static uint32_t create_msp(struct core *c)
{
	TspiLineCreateMspInstance q = TSPI_LINE_CREATE_MSP_INSTANCE__INIT;
	const TspiLineCreateMspInstanceReply *r;

	q.has_line = 1;
	q.line = LINE_BASE;
	r = core_call(c, CALL_TspiLineCreateMspInstance, &q, 0);
	ck_assert_uint_ne(r->msp_line, 0);
	return r->msp_line;
}

START_TEST(media_data_passes_unchanged_both_ways)
{
	struct core c;
	TspiLineReceiveMspData q = TSPI_LINE_RECEIVE_MSP_DATA__INIT;
	char bytes[] = { 'o', 'f', 0, 'f', 'e', 'r' };
	const Event *e;
	DWORD size;
	HDRVCALL hd;
	HDRVMSPLINE msp;

	q.has_line = q.has_call = q.has_msp_line = q.has_buffer = 1;
	q.call = ringing(&c);
	q.line = LINE_BASE;
	q.msp_line = create_msp(&c);
	c.mock->event(1, LINE_SENDMSPDATA, c.mock->msp(), (DWORD_PTR)bytes, sizeof(bytes));
	e = core_event(&c, LINE_SENDMSPDATA);
	q.buffer.data = (uint8_t *)bytes;
	q.buffer.len = sizeof(bytes);
	(void)core_call(&c, CALL_TspiLineReceiveMspData, &q, 0);

	ck_assert_uint_eq(e->object, q.call);
	ck_assert_uint_eq(e->p1, q.msp_line);
	ck_assert_uint_eq(e->data.len, sizeof(bytes));
	ck_assert_int_eq(memcmp(e->data.data, bytes, sizeof(bytes)), 0);
	ck_assert_int_eq(memcmp(c.mock->received(&size, &hd, &msp), bytes, sizeof(bytes)), 0);
	ck_assert_uint_eq(size, sizeof(bytes));
	ck_assert_uint_eq(msp, 99);
	ck_assert_uint_ne(hd, 0);
	(void)core_stop(&c);
}
END_TEST

struct said {
	DWORD msg;
	uint64_t call;
};

static void expect_said(struct core *c, const struct said *said, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const Event *e = (const Event *)core_expect(c, FRAME_EVENT)->body;

		ck_assert_uint_eq(e->msg, said[i].msg);
		ck_assert_uint_eq((e->msg == LINE_NEWCALL ? e->p1 : e->object), said[i].call);
	}
	core_expect_silence(c);
}

static void send_msp_data(const struct core *c)
{
	c->mock->event(1, LINE_SENDMSPDATA, c->mock->msp(), (DWORD_PTR) "offer", 5);
}

START_TEST(media_data_goes_behind_what_is_said_of_other_calls)
{
	const uint64_t one = CALL_ID(1), other = CALL_ID(2);
	const struct said said[] = { { LINE_NEWCALL, one }, { LINE_CALLSTATE, one },
		{ LINE_NEWCALL, other }, { LINE_CALLSTATE, other }, { LINE_SENDMSPDATA, one },
		{ LINE_SENDMSPDATA, one }, { LINE_SENDMSPDATA, other } };
	struct core c;

	core_world(&c);
	(void)create_msp(&c);
	c.mock->batch(1);
	(void)c.mock->ring();
	c.mock->state(LINECALLSTATE_OFFERING, 0, 0);
	send_msp_data(&c);
	send_msp_data(&c);
	(void)c.mock->ring();
	c.mock->state(LINECALLSTATE_OFFERING, 0, 0);
	send_msp_data(&c);
	c.mock->batch(0);

	expect_said(&c, said, sizeof(said) / sizeof(said[0]));
	(void)core_stop(&c);
}
END_TEST

/* Nor does what is for an MSP overtake. */
START_TEST(media_data_stays_before_what_follows_for_its_call)
{
	const uint64_t one = CALL_ID(1), other = CALL_ID(2);
	const struct said said[] = { { LINE_NEWCALL, one }, { LINE_SENDMSPDATA, one },
		{ LINE_NEWCALL, other }, { LINE_SENDMSPDATA, other }, { LINE_CALLSTATE, other },
		{ LINE_SENDMSPDATA, other } };
	struct core c;

	core_world(&c);
	(void)create_msp(&c);
	c.mock->batch(1);
	(void)c.mock->ring();
	send_msp_data(&c);
	(void)c.mock->ring();
	send_msp_data(&c);
	c.mock->state(LINECALLSTATE_OFFERING, 0, 0);
	send_msp_data(&c);
	c.mock->batch(0);

	expect_said(&c, said, sizeof(said) / sizeof(said[0]));
	(void)core_stop(&c);
}
END_TEST

START_TEST(media_data_stays_before_what_follows_for_its_line)
{
	const uint64_t one = CALL_ID(1);
	const struct said said[] = { { LINE_NEWCALL, one }, { LINE_SENDMSPDATA, one },
		{ LINE_DEVSPECIFIC, LINE_BASE } };
	struct core c;

	core_world(&c);
	(void)create_msp(&c);
	c.mock->batch(1);
	(void)c.mock->ring();
	send_msp_data(&c);
	c.mock->event(0, LINE_DEVSPECIFIC, 0, 0, 0);
	c.mock->batch(0);

	expect_said(&c, said, sizeof(said) / sizeof(said[0]));
	(void)core_stop(&c);
}
END_TEST

START_TEST(no_media_for_a_call_is_size_0_without_an_instance)
{
	struct core c;
	TspiLineReceiveMspData q = TSPI_LINE_RECEIVE_MSP_DATA__INIT;
	DWORD size = 1;
	HDRVCALL hd;
	HDRVMSPLINE msp = 1;

	q.has_line = q.has_call = 1;
	q.call = ringing(&c);
	q.line = LINE_BASE;
	(void)core_call(&c, CALL_TspiLineReceiveMspData, &q, 0);

	(void)c.mock->received(&size, &hd, &msp);
	ck_assert_uint_eq(size, 0);
	ck_assert_uint_eq(msp, 0);
	(void)core_stop(&c);
}
END_TEST

START_TEST(media_data_for_no_instance_is_ignored)
{
	struct core c;

	(void)ringing(&c);
	c.mock->event(1, LINE_SENDMSPDATA, 12345, (DWORD_PTR) "x", 1);
	core_expect_silence(&c);
	(void)core_stop(&c);
}
END_TEST

static Suite *msp(void)
{
	Suite *s = suite_create("host msp");
	TCase *t = tcase_create("msp");

	tcase_add_test(t, media_data_passes_unchanged_both_ways);
	tcase_add_test(t, media_data_goes_behind_what_is_said_of_other_calls);
	tcase_add_test(t, media_data_stays_before_what_follows_for_its_call);
	tcase_add_test(t, media_data_stays_before_what_follows_for_its_line);
	tcase_add_test(t, no_media_for_a_call_is_size_0_without_an_instance);
	tcase_add_test(t, media_data_for_no_instance_is_ignored);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(msp())
