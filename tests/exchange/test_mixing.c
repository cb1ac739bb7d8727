// SPDX-License-Identifier: MIT
/* test_mixing.c - the sound of a conference: calls join when their MSP mixes them. */
#include "suites.h"
#include "world.h"

#include "providers/exchange/exchange.h"

#include <stdio.h>
#include <string.h>

#define MSG(verb_id, body) "TAPI-RTP/1 " verb_id "\n\n" body

static const char *const config[] = { "extensions", "101-109", NULL };

static void start(void)
{
	world_start(config);
}

/* Calls 1-2 and 4-5 with media at 101, the conference is 3; the consultation is answered. */
static void set_up_with_media(void)
{
	(void)world_add_msp("101");
	(void)world_make("101", "102", NULL);
	(void)world_msp_says(1, MSG("offer 1", "sdp"));
	(void)world_answer(2);
	(void)world_setup_conference(1, NULL);
	(void)world_msp_says(1, "TAPI-RTP/1 ok 2\nMembers: 1\n\n");
	(void)world_dial(4, "103");
	(void)world_msp_says(4, MSG("offer 1", "sdp"));
	(void)world_answer(5);
	(void)world_take();
}

START_TEST(a_call_joins_when_it_is_mixed)
{
	set_up_with_media();

	ck_assert_int_gt(world_add(3, 4), 0);
	ck_assert_ptr_nonnull(strstr(world_take(), "101.4 msp mix "));
	ck_assert_uint_eq(world_state(4), LINECALLSTATE_CONNECTED);
	ck_assert_int_eq(world_prepare_add(3), LINEERR_INVALCALLSTATE);
	(void)world_msp_says(4, "TAPI-RTP/1 ok 2\nMembers: 2\n\n");

	ck_assert_uint_eq(world_state(4), LINECALLSTATE_CONFERENCED);
	ck_assert_ptr_nonnull(strstr(world_take(), "reply 6 0\n"));
}
END_TEST

static const char *const answers[] = {
	"TAPI-RTP/1 ok 2\nMembers: 1\n\n",                       /* in another process */
	"TAPI-RTP/1 error 2\nCode: 500\nReason: full\n\n", NULL, /* nothing, for too long */
};

START_TEST(a_call_that_is_not_mixed_does_not_join)
{
	set_up_with_media();
	(void)world_add(3, 4);
	(void)world_take();

	if (answers[_i])
		(void)world_msp_says(4, answers[_i]);
	else
		exchange_advance(2000);

	ck_assert_ptr_nonnull(strstr(world_take(), "reply 6 80000048\n"));
	ck_assert_uint_eq(world_state(4), LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_ONHOLDPENDCONF);
	ck_assert_int_gt(world_add(3, 4), 0);
}
END_TEST

START_TEST(a_call_without_media_joins_silent)
{
	set_up_with_media();
	(void)world_add(3, 4);
	(void)world_take();

	(void)world_msp_bytes(4, NULL, 0);

	ck_assert_uint_eq(world_state(4), LINECALLSTATE_CONFERENCED);
}
END_TEST

START_TEST(a_call_that_ends_does_not_join)
{
	set_up_with_media();
	(void)world_add(3, 4);
	(void)world_take();

	(void)world_drop(5);

	ck_assert_ptr_nonnull(strstr(world_take(), "reply 6 80000048\n"));
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_ONHOLDPENDCONF);
}
END_TEST

START_TEST(a_conference_that_ends_takes_the_join_along)
{
	set_up_with_media();
	(void)world_add(3, 4);
	(void)world_take();

	(void)world_drop(3);

	ck_assert_ptr_nonnull(strstr(world_take(), "reply 6 80000048\n"));
	ck_assert_uint_eq(world_state(4), LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_IDLE);
}
END_TEST

START_TEST(who_leaves_is_mixed_no_more)
{
	set_up_with_media();
	(void)world_add(3, 4);
	(void)world_msp_says(4, "TAPI-RTP/1 ok 2\nMembers: 2\n\n");
	(void)world_take();

	(void)world_remove(1);

	ck_assert_ptr_nonnull(strstr(world_take(), "101.1 msp mix 6\n"));
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_IDLE);
}
END_TEST

/* What behind "Group: " names the group of the next mix in the log. */
static void next_group(char group[64])
{
	const char *at = strstr(world_take(), "[Group: ");

	ck_assert_ptr_nonnull(at);
	ck_assert_int_eq(sscanf(at, "[Group: %63[^]]", group), 1);
}

START_TEST(a_conference_whose_hub_changes_is_mixed_on)
{
	char before[64], after[64];
	DWORD hub;

	(void)world_add_msp("101");
	(void)world_make("101", "102", NULL);
	(void)world_msp_says(1, MSG("offer 1", "sdp"));
	(void)world_answer(2);
	(void)world_setup_conference(1, NULL);
	hub = world_info(3)->dwCallID;
	next_group(before);
	(void)world_hold(2);
	world_connect("104", "102");
	(void)world_hold(6);

	/* 102 gives its place to 104: all are in the hub of that call */
	ck_assert_int_gt(world_complete_transfer(6, 2), 0);
	ck_assert_uint_ne(world_info(3)->dwCallID, hub);
	(void)world_dial(4, "103");
	(void)world_msp_says(4, MSG("offer 1", "sdp"));
	(void)world_answer(7);
	(void)world_take();
	(void)world_add(3, 4);

	next_group(after);
	ck_assert_str_eq(before, after);
}
END_TEST

START_TEST(an_instance_that_joins_a_party_mixes_it)
{
	const char *log;

	set_up_with_media();
	(void)world_add(3, 4);
	(void)world_msp_says(4, "TAPI-RTP/1 ok 2\nMembers: 2\n\n");
	(void)world_take();

	(void)world_msp_says(1, "TAPI-RTP/1 offer 1\nNew: yes\n\nsdp");

	log = world_take();
	ck_assert_ptr_nonnull(strstr(log, "101.1 msp mix 6 [Group: conference "));
}
END_TEST

TCase *mixing_case(void)
{
	TCase *tc = tcase_create("mixing");

	tcase_add_checked_fixture(tc, start, world_stop);
	tcase_add_test(tc, a_call_joins_when_it_is_mixed);
	tcase_add_loop_test(tc, a_call_that_is_not_mixed_does_not_join, 0, 3);
	tcase_add_test(tc, a_call_without_media_joins_silent);
	tcase_add_test(tc, a_call_that_ends_does_not_join);
	tcase_add_test(tc, a_conference_that_ends_takes_the_join_along);
	tcase_add_test(tc, who_leaves_is_mixed_no_more);
	tcase_add_test(tc, a_conference_whose_hub_changes_is_mixed_on);
	tcase_add_test(tc, an_instance_that_joins_a_party_mixes_it);
	return tc;
}
