// SPDX-License-Identifier: MIT
/* test_forward.c - calls that go elsewhere: by the called line's list, or by lineRedirect. */
#include "suites.h"
#include "world.h"

#include "providers/exchange/exchange.h"

#include <stddef.h>
#include <string.h>

static const char *const config[] = { "extensions", "101-106", "trunks", "201", "absent_ms", "0",
	"ring_ms", "1000", "calls_per_line", "1", NULL };

static void start(void)
{
	world_start(config);
}

/* At most two entries; to NULL: do not disturb. */
struct one {
	DWORD mode;
	const char *caller, *to;
};

static LONG forward(const char *line, const struct one *entries, DWORD count, DWORD rings)
{
	struct {
		LINEFORWARDLIST list;
		LINEFORWARD more;
		char texts[64];
	} s;
	LINEFORWARD *at = s.list.ForwardList;
	DWORD offset = (DWORD)offsetof(LINEFORWARDLIST, ForwardList) + 2 * sizeof(LINEFORWARD);

	memset(&s, 0, sizeof(s));
	s.list.dwTotalSize = sizeof(s);
	s.list.dwNumEntries = count;
	for (DWORD i = 0; i < count; i++) {
		at[i].dwForwardMode = entries[i].mode;
		if (entries[i].caller) {
			at[i].dwCallerAddressSize = 4;
			at[i].dwCallerAddressOffset = offset;
			memcpy((char *)&s + offset, entries[i].caller, 4);
			offset += 4;
		}
		if (entries[i].to) {
			at[i].dwDestAddressSize = 4;
			at[i].dwDestAddressOffset = offset;
			memcpy((char *)&s + offset, entries[i].to, 4);
			offset += 4;
		}
	}
	return TSPI_lineForward(world_request(), world_line(line), 1, 0, &s.list, rings, 0, NULL,
			NULL);
}

static LONG forward_one(const char *line, DWORD mode, const char *caller, const char *to)
{
	struct one entry = { mode, caller, to };

	return forward(line, &entry, 1, 2);
}

/* Calls 102, in the way that is to be forwarded, and says which extension is offered the call. */
static DWORD call_and_find(const char *from, DWORD mode)
{
	DWORD first = world_calls() + 1;

	(void)world_make(from, "102", NULL);
	if (mode & 0xff00)
		exchange_advance(2000);
	for (DWORD call = world_calls(); call > first; call--)
		if (world_state(call) == LINECALLSTATE_OFFERING)
			return call;
	return 0;
}

static const struct {
	DWORD mode;
	const char *caller; /* of SPECIFIC ones */
	DWORD reason;
} modes[] = {
	{ LINEFORWARDMODE_UNCOND, NULL, LINECALLREASON_FWDUNCOND },
	{ LINEFORWARDMODE_UNCONDINTERNAL, NULL, LINECALLREASON_FWDUNCOND },
	{ LINEFORWARDMODE_UNCONDSPECIFIC, "101", LINECALLREASON_FWDUNCOND },
	{ LINEFORWARDMODE_BUSY, NULL, LINECALLREASON_FWDBUSY },
	{ LINEFORWARDMODE_BUSYINTERNAL, NULL, LINECALLREASON_FWDBUSY },
	{ LINEFORWARDMODE_BUSYSPECIFIC, "101", LINECALLREASON_FWDBUSY },
	{ LINEFORWARDMODE_BUSYNA, NULL, LINECALLREASON_FWDBUSY },
	{ LINEFORWARDMODE_BUSYNAINTERNAL, NULL, LINECALLREASON_FWDBUSY },
	{ LINEFORWARDMODE_BUSYNASPECIFIC, "101", LINECALLREASON_FWDBUSY },
	{ LINEFORWARDMODE_NOANSW, NULL, LINECALLREASON_FWDNOANSWER },
	{ LINEFORWARDMODE_NOANSWINTERNAL, NULL, LINECALLREASON_FWDNOANSWER },
	{ LINEFORWARDMODE_NOANSWSPECIFIC, "101", LINECALLREASON_FWDNOANSWER },
	{ LINEFORWARDMODE_BUSYNA, NULL, LINECALLREASON_FWDNOANSWER },
	{ LINEFORWARDMODE_BUSYNAINTERNAL, NULL, LINECALLREASON_FWDNOANSWER },
	{ LINEFORWARDMODE_BUSYNASPECIFIC, "101", LINECALLREASON_FWDNOANSWER },
};

START_TEST(each_mode_sends_calls_elsewhere)
{
	const LINECALLINFO *i;
	DWORD call;

	ck_assert_int_gt(forward_one("102", modes[_i].mode, modes[_i].caller, "103"), 0);
	if (modes[_i].reason == LINECALLREASON_FWDBUSY)
		world_connect("104", "102");

	call = call_and_find("101", modes[_i].mode);

	ck_assert_uint_ne(call, 0);
	i = world_info(call);
	ck_assert_uint_eq(i->dwLineDeviceID, WORLD_LINE_BASE + 2);
	ck_assert_uint_eq(i->dwReason, modes[_i].reason);
	ck_assert_str_eq(world_part(i, i->dwRedirectingIDSize, i->dwRedirectingIDOffset), "102");
	ck_assert_str_eq(world_part(i, i->dwRedirectionIDSize, i->dwRedirectionIDOffset), "103");
	ck_assert_str_eq(world_part(i, i->dwCallerIDSize, i->dwCallerIDOffset), "101");
	(void)world_answer(call);
	ck_assert_uint_eq(world_state(call), LINECALLSTATE_CONNECTED);
}
END_TEST

static const struct {
	DWORD mode;
	const char *caller, *from;
} others[] = {
	{ LINEFORWARDMODE_UNCONDEXTERNAL, NULL, "101" },
	{ LINEFORWARDMODE_UNCONDINTERNAL, NULL, "201" },
	{ LINEFORWARDMODE_UNCONDSPECIFIC, "105", "101" },
	{ LINEFORWARDMODE_BUSY, NULL, "101" },
	{ LINEFORWARDMODE_NOANSW, NULL, "101" },
};

START_TEST(calls_that_are_not_meant_arrive)
{
	ck_assert_int_gt(forward_one("102", others[_i].mode, others[_i].caller, "103"), 0);

	(void)world_make(others[_i].from, "102", NULL);

	ck_assert_uint_eq(world_info(2)->dwLineDeviceID, WORLD_LINE_BASE + 1);
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_OFFERING);
}
END_TEST

START_TEST(calls_from_outside_may_go_elsewhere)
{
	ck_assert_int_gt(forward_one("102", LINEFORWARDMODE_UNCONDEXTERNAL, NULL, "103"), 0);

	(void)world_make("201", "102", NULL);

	ck_assert_uint_eq(world_info(2)->dwLineDeviceID, WORLD_LINE_BASE + 2);
	ck_assert_uint_eq(world_info(2)->dwOrigin, LINECALLORIGIN_EXTERNAL);
}
END_TEST

START_TEST(the_most_special_instruction_counts)
{
	const struct one entries[] = { { LINEFORWARDMODE_UNCOND, NULL, "103" },
		{ LINEFORWARDMODE_UNCONDSPECIFIC, "105", "104" } };

	ck_assert_int_gt(forward("102", entries, 2, 0), 0);

	(void)world_make("105", "102", NULL);
	(void)world_make("101", "102", NULL);

	ck_assert_uint_eq(world_info(2)->dwLineDeviceID, WORLD_LINE_BASE + 3);
	ck_assert_uint_eq(world_info(4)->dwLineDeviceID, WORLD_LINE_BASE + 2);
}
END_TEST

START_TEST(no_destination_is_do_not_disturb)
{
	ck_assert_int_gt(forward_one("102", LINEFORWARDMODE_UNCOND, NULL, NULL), 0);
	(void)world_take();

	(void)world_make("101", "102", NULL);

	ck_assert_uint_eq(world_calls(), 1);
	ck_assert_ptr_nonnull(strstr(world_take(), "because Q.850 21 call rejected\n"
						   "101.1 CALLSTATE DISCONNECTED 262144\n"));
}
END_TEST

START_TEST(the_line_that_did_not_answer_is_told_so)
{
	ck_assert_int_gt(forward_one("102", LINEFORWARDMODE_NOANSW, NULL, "103"), 0);
	(void)world_make("101", "102", NULL);
	(void)world_take();

	exchange_advance(1999);
	expect_log("");
	exchange_advance(1);
	expect_log("102.2 CALLINFO 0xc0000\n"
		   "101.1 CALLINFO 0xc0000\n"
		   "103 NEWCALL 3\n"
		   "because Q.850 19 no answer from user\n"
		   "102.2 CALLSTATE DISCONNECTED 16\n"
		   "103.3 CALLSTATE OFFERING 1\n"
		   "101.1 CALLINFO 0x10000\n");
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_RINGBACK);
	(void)world_drop(2);
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_OFFERING);
}
END_TEST

START_TEST(rings_are_kept_in_range)
{
	union {
		LINEADDRESSSTATUS s;
		char room[512];
	} u = { .s.dwTotalSize = sizeof(u) };
	struct one entry = { LINEFORWARDMODE_NOANSW, NULL, "103" };

	(void)forward("102", &entry, 1, 0);
	(void)TSPI_lineGetAddressStatus(world_line("102"), 0, &u.s);
	ck_assert_uint_eq(u.s.dwNumRingsNoAnswer, 1);
	(void)forward("102", &entry, 1, 99);
	(void)TSPI_lineGetAddressStatus(world_line("102"), 0, &u.s);
	ck_assert_uint_eq(u.s.dwNumRingsNoAnswer, 15);
}
END_TEST

START_TEST(the_list_is_told_and_shown_and_cancelled)
{
	union {
		LINEADDRESSSTATUS s;
		char room[512];
	} u = { .s.dwTotalSize = sizeof(u) };
	const struct one entries[] = { { LINEFORWARDMODE_BUSYSPECIFIC, "105", "104" },
		{ LINEFORWARDMODE_NOANSW, NULL, NULL } };
	const LINEFORWARD *list;

	(void)TSPI_lineSetStatusMessages(world_line("102"), 0, LINEADDRESSSTATE_FORWARD);
	ck_assert_int_gt(forward("102", entries, 2, 4), 0);
	expect_log("reply 1 0\n"
		   "102 ADDRESSSTATE 0 0x40\n");

	ck_assert_int_eq(TSPI_lineGetAddressStatus(world_line("102"), 0, &u.s), 0);
	ck_assert_uint_eq(u.s.dwForwardNumEntries, 2);
	ck_assert_uint_eq(u.s.dwNumRingsNoAnswer, 4);
	ck_assert_uint_eq(u.s.dwNeededSize, u.s.dwUsedSize);
	list = (const void *)(u.room + u.s.dwForwardOffset);
	ck_assert_uint_eq(list[0].dwForwardMode, LINEFORWARDMODE_BUSYSPECIFIC);
	ck_assert_str_eq(u.room + list[0].dwCallerAddressOffset, "105");
	ck_assert_str_eq(u.room + list[0].dwDestAddressOffset, "104");
	ck_assert_uint_eq(list[1].dwDestAddressSize, 0);

	ck_assert_int_gt(TSPI_lineForward(world_request(), world_line("102"), 1, 0, NULL, 0, 0,
					 NULL, NULL),
			0);
	(void)TSPI_lineGetAddressStatus(world_line("102"), 0, &u.s);
	ck_assert_uint_eq(u.s.dwForwardNumEntries, 0);
}
END_TEST

START_TEST(a_status_that_is_too_small_has_no_list)
{
	LINEADDRESSSTATUS s = { .dwTotalSize = sizeof(s) };

	(void)forward_one("102", LINEFORWARDMODE_UNCOND, NULL, "103");

	ck_assert_int_eq(TSPI_lineGetAddressStatus(world_line("102"), 0, &s), 0);
	ck_assert_uint_eq(s.dwForwardSize, 0);
	ck_assert_uint_ge(s.dwNeededSize, sizeof(s) + sizeof(LINEFORWARD) + 4);
	ck_assert_uint_eq(s.dwForwardNumEntries, 0);
	ck_assert_uint_eq(s.dwUsedSize, sizeof(s));
}
END_TEST

static const struct {
	struct one entry;
	LONG result;
} bad[] = {
	{ { 0, NULL, "103" }, LINEERR_INVALPARAM },
	{ { LINEFORWARDMODE_UNKNOWN, NULL, "103" }, LINEERR_INVALPARAM },
	{ { LINEFORWARDMODE_UNCOND | LINEFORWARDMODE_BUSY, NULL, "103" }, LINEERR_INVALPARAM },
	{ { LINEFORWARDMODE_UNCOND, NULL, "999" }, LINEERR_INVALADDRESS },
	{ { LINEFORWARDMODE_UNCOND, NULL, "102" }, LINEERR_INVALADDRESS },
	{ { LINEFORWARDMODE_UNCOND, NULL, "1x3" }, LINEERR_INVALADDRESS },
	{ { LINEFORWARDMODE_UNCONDSPECIFIC, NULL, "103" }, LINEERR_INVALADDRESS },
};

START_TEST(bad_instructions_change_nothing)
{
	(void)forward_one("102", LINEFORWARDMODE_UNCOND, NULL, "104");
	(void)world_take();

	ck_assert_int_eq(forward_one("102", bad[_i].entry.mode, bad[_i].entry.caller,
					 bad[_i].entry.to),
			bad[_i].result);

	ck_assert_int_eq(strncmp(world_take(), "because ", 8), 0);
	(void)world_make("101", "102", NULL);
	ck_assert_uint_eq(world_info(2)->dwLineDeviceID, WORLD_LINE_BASE + 3);
}
END_TEST

START_TEST(a_circle_of_lines_ends)
{
	(void)forward_one("102", LINEFORWARDMODE_UNCOND, NULL, "103");
	(void)forward_one("103", LINEFORWARDMODE_UNCOND, NULL, "102");

	(void)world_make("101", "102", NULL);

	ck_assert_uint_eq(world_state(1), LINECALLSTATE_DISCONNECTED);
	ck_assert_ptr_nonnull(strstr(world_take(), "Q.850 25 exchange routing error"));
}
END_TEST

START_TEST(an_offered_call_is_redirected)
{
	const LINECALLINFO *i;

	(void)world_make("101", "102", NULL);
	(void)world_take();

	ck_assert_int_gt(world_redirect(2, "103"), 0);

	expect_log("102.2 CALLINFO 0xc0000\n"
		   "101.1 CALLINFO 0xc0000\n"
		   "103 NEWCALL 3\n"
		   "reply 2 0\n"
		   "102.2 CALLSTATE IDLE 0\n"
		   "103.3 CALLSTATE OFFERING 1\n"
		   "101.1 CALLINFO 0x10000\n");
	i = world_info(3);
	ck_assert_uint_eq(i->dwReason, LINECALLREASON_REDIRECT);
	ck_assert_str_eq(world_part(i, i->dwRedirectingIDSize, i->dwRedirectingIDOffset), "102");
	i = world_info(2);
	ck_assert_str_eq(world_part(i, i->dwRedirectionIDSize, i->dwRedirectionIDOffset), "103");
	(void)world_answer(3);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(redirection_needs_an_offered_call_and_a_line)
{
	(void)world_make("101", "102", NULL);

	ck_assert_int_eq(world_redirect(2, "999"), LINEERR_INVALADDRESS);
	ck_assert_int_eq(world_redirect(2, "102"), LINEERR_INVALADDRESS);
	ck_assert_int_eq(world_redirect(2, NULL), LINEERR_INVALADDRESS);
	ck_assert_int_eq(world_redirect(1, "103"), LINEERR_INVALCALLSTATE);
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_OFFERING);
	ck_assert_uint_ne(world_features(2) & LINECALLFEATURE_REDIRECT, 0);
	(void)world_accept(2);
	ck_assert_uint_eq(world_features(2) & LINECALLFEATURE_REDIRECT, 0);
	ck_assert_int_eq(world_redirect(2, "103"), LINEERR_INVALCALLSTATE);
	(void)world_answer(2);
	ck_assert_int_eq(world_redirect(2, "103"), LINEERR_INVALCALLSTATE);
}
END_TEST

#define COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))

TCase *forward_case(void)
{
	TCase *tc = tcase_create("forward");

	tcase_add_checked_fixture(tc, start, world_stop);
	tcase_add_loop_test(tc, each_mode_sends_calls_elsewhere, 0, COUNT(modes));
	tcase_add_loop_test(tc, calls_that_are_not_meant_arrive, 0, COUNT(others));
	tcase_add_test(tc, calls_from_outside_may_go_elsewhere);
	tcase_add_test(tc, the_most_special_instruction_counts);
	tcase_add_test(tc, no_destination_is_do_not_disturb);
	tcase_add_test(tc, the_line_that_did_not_answer_is_told_so);
	tcase_add_test(tc, rings_are_kept_in_range);
	tcase_add_test(tc, the_list_is_told_and_shown_and_cancelled);
	tcase_add_test(tc, a_status_that_is_too_small_has_no_list);
	tcase_add_loop_test(tc, bad_instructions_change_nothing, 0, COUNT(bad));
	tcase_add_test(tc, a_circle_of_lines_ends);
	tcase_add_test(tc, an_offered_call_is_redirected);
	tcase_add_test(tc, redirection_needs_an_offered_call_and_a_line);
	return tc;
}
