// SPDX-License-Identifier: MIT
/* test_uui.c - user-user information, from every request that can carry it. */
#include "suites.h"
#include "world.h"

#include "providers/exchange/exchange.h"
#include "providers/exchange/uui.h"

#include <string.h>

static const char *const small[] = { "uui_size", "10", NULL };

static void start(void)
{
	world_start(small);
}

static const char *uui_of(DWORD call)
{
	const LINECALLINFO *i = world_info(call);

	return world_part(i, i->dwUserUserInfoSize, i->dwUserUserInfoOffset);
}

static void make_with(const char *text, DWORD size)
{
	struct {
		LINECALLPARAMS p;
		char text[64];
	} s = { .p = { .dwTotalSize = sizeof(s),
				.dwUserUserInfoSize = size,
				.dwUserUserInfoOffset = sizeof(s.p) } };

	memcpy(s.text, text, size);
	(void)world_make("101", "102", &s.p);
}

START_TEST(it_comes_with_the_call)
{
	make_with("hello", 5);

	ck_assert_str_eq(uui_of(2), "hello");
	ck_assert_ptr_null(strstr(world_take(), "CALLINFO 0x200000"));
}
END_TEST

START_TEST(too_much_makes_no_call)
{
	make_with("hello world", 11);

	expect_log("because user-user information\n");
	ck_assert_uint_eq(world_calls(), 0);
}
END_TEST

START_TEST(accept_answer_and_drop_carry_it)
{
	(void)world_make("101", "102", NULL);
	(void)world_take();

	ck_assert_int_eq(TSPI_lineAccept(50, world_call(2), "one", 3), 50);
	expect_log("reply 50 0\n"
		   "101.1 CALLINFO 0x200000\n"
		   "102.2 CALLSTATE ACCEPTED 0\n");
	ck_assert_int_eq(TSPI_lineAnswer(51, world_call(2), "two", 3), 51);
	ck_assert_int_eq(TSPI_lineDrop(52, world_call(2), "three", 5), 52);
	(void)world_take();

	ck_assert_str_eq(uui_of(1), "one");
	ck_assert_int_eq(TSPI_lineReleaseUserUserInfo(53, world_call(1)), 53);
	expect_log("reply 53 0\n"
		   "101.1 CALLINFO 0x200000\n");
	ck_assert_str_eq(uui_of(1), "two");
	(void)TSPI_lineReleaseUserUserInfo(54, world_call(1));
	ck_assert_str_eq(uui_of(1), "three");
	(void)TSPI_lineReleaseUserUserInfo(55, world_call(1));
	ck_assert_uint_eq(world_info(1)->dwUserUserInfoSize, 0);
}
END_TEST

START_TEST(it_is_sent_on_its_own)
{
	world_connect("101", "102");

	ck_assert_int_eq(TSPI_lineSendUserUserInfo(60, world_call(1), "ping", 4), 60);

	expect_log("reply 60 0\n"
		   "102.2 CALLINFO 0x200000\n");
	ck_assert_str_eq(uui_of(2), "ping");
	ck_assert_uint_ne(world_features(2) & LINECALLFEATURE_RELEASEUSERUSERINFO, 0);
	ck_assert_uint_eq(world_features(1) & LINECALLFEATURE_RELEASEUSERUSERINFO, 0);
}
END_TEST

START_TEST(too_much_is_refused_everywhere)
{
	static const char big[11] = "0123456789";

	(void)world_make("101", "102", NULL);
	(void)world_take();

	ck_assert_int_eq(TSPI_lineAccept(70, world_call(2), big, 11), LINEERR_USERUSERINFOTOOBIG);
	ck_assert_int_eq(TSPI_lineAnswer(71, world_call(2), big, 11), LINEERR_USERUSERINFOTOOBIG);
	ck_assert_int_eq(TSPI_lineDrop(72, world_call(2), big, 11), LINEERR_USERUSERINFOTOOBIG);
	ck_assert_int_eq(TSPI_lineSendUserUserInfo(73, world_call(2), big, 11),
			LINEERR_USERUSERINFOTOOBIG);
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_OFFERING);
}
END_TEST

START_TEST(what_is_not_released_stops_the_sender)
{
	world_connect("101", "102");
	for (DWORD i = 0; i < UUI_QUEUE_MAX; i++)
		ck_assert_int_eq(TSPI_lineSendUserUserInfo(80 + i, world_call(1), "x", 1),
				(LONG)(80 + i));

	ck_assert_int_eq(TSPI_lineSendUserUserInfo(99, world_call(1), "x", 1),
			LINEERR_RESOURCEUNAVAIL);
	ck_assert_int_gt(TSPI_lineDrop(100, world_call(1), "x", 1), 0);
}
END_TEST

START_TEST(it_needs_somebody_to_send_to)
{
	(void)world_make("101", NULL, NULL);

	ck_assert_int_eq(TSPI_lineSendUserUserInfo(60, world_call(1), "x", 1),
			LINEERR_INVALCALLSTATE);
}
END_TEST

TCase *uui_case(void)
{
	TCase *tc = tcase_create("user-user information");

	tcase_add_checked_fixture(tc, start, world_stop);
	tcase_add_test(tc, it_comes_with_the_call);
	tcase_add_test(tc, too_much_makes_no_call);
	tcase_add_test(tc, accept_answer_and_drop_carry_it);
	tcase_add_test(tc, it_is_sent_on_its_own);
	tcase_add_test(tc, too_much_is_refused_everywhere);
	tcase_add_test(tc, what_is_not_released_stops_the_sender);
	tcase_add_test(tc, it_needs_somebody_to_send_to);
	return tc;
}
