// SPDX-License-Identifier: MIT
/* test_queue.c - queues and route points, predictive calls, calls from and to the outside. */
#include "suites.h"
#include "world.h"

#include "providers/exchange/exchange.h"

#include <string.h>

static const char *const config[] = { "extensions", "101-104", "queues", "300", "route_points",
	"400", "trunks", "201-202", "queue_ms", "20000", "route_ms", "3000", "route_to", "104",
	"no_answer_ms", "5000", NULL };

static void start(void)
{
	world_start(config);
}

static DWORD device_of(const char *line)
{
	for (size_t i = 0; i < exchange.config.count; i++)
		if (strcmp(exchange.config.numbers[i], line) == 0)
			return WORLD_LINE_BASE + (DWORD)i;
	ck_abort_msg("no line %s", line);
	return 0;
}

static DWORD cap_flags(const char *line)
{
	LINEADDRESSCAPS caps = { .dwTotalSize = sizeof(caps) };

	ck_assert_int_eq(TSPI_lineGetAddressCaps(device_of(line), 0, 0x30001, 0, &caps), 0);
	return caps.dwAddrCapFlags;
}

START_TEST(a_queue_does_not_offer_to_call)
{
	LINEDEVCAPS line = { .dwTotalSize = sizeof(line) };
	LINEADDRESSCAPS address = { .dwTotalSize = sizeof(address) };
	DWORD device = device_of("300");

	ck_assert_int_eq(TSPI_lineGetDevCaps(device, 0x30001, 0, &line), 0);
	ck_assert_int_eq(TSPI_lineGetAddressCaps(device, 0, 0x30001, 0, &address), 0);

	ck_assert_uint_eq(line.dwLineFeatures & LINEFEATURE_MAKECALL, 0);
	ck_assert_uint_eq(address.dwAddressFeatures & LINEADDRFEATURE_MAKECALL, 0);
	ck_assert_uint_eq(address.dwAddressFeatures & LINEADDRFEATURE_SETUPCONF, 0);
}
END_TEST

START_TEST(nobody_passes_through_a_queue)
{
	(void)world_make("101", "300", NULL);

	(void)TSPI_lineSetCallParams(50, world_call(2), LINEBEARERMODE_PASSTHROUGH, 0, 0, NULL);

	ck_assert_uint_eq(world_state(2), LINECALLSTATE_OFFERING);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_RINGBACK);
}
END_TEST

START_TEST(a_queue_says_what_it_is)
{
	ck_assert_uint_ne(cap_flags("300") & LINEADDRCAPFLAGS_QUEUE, 0);
	ck_assert_uint_ne(cap_flags("400") & LINEADDRCAPFLAGS_ROUTEPOINT, 0);
	ck_assert_uint_eq(cap_flags("101") & (LINEADDRCAPFLAGS_QUEUE | LINEADDRCAPFLAGS_ROUTEPOINT),
			0);
	ck_assert_int_eq(world_make("300", "101", NULL), LINEERR_OPERATIONUNAVAIL);
}
END_TEST

START_TEST(a_call_waits_in_the_queue_with_music)
{
	(void)world_add_msp("101");

	(void)world_make("101", "300", NULL);

	ck_assert_ptr_nonnull(strstr(world_take(), "101.1 msp play 2 [Sound: music]\n"));
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_OFFERING);
	ck_assert_uint_eq(world_info(2)->dwCallTreatment, LINECALLTREATMENT_MUSIC);
	ck_assert_uint_eq(world_features(2) & (LINECALLFEATURE_ANSWER | LINECALLFEATURE_ACCEPT), 0);
	ck_assert_uint_ne(world_features(2) & LINECALLFEATURE_SETTREATMENT, 0);
	ck_assert_int_eq(world_answer(2), LINEERR_INVALCALLSTATE);
	exchange_advance(19999); /* longer than anybody else may ring */
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_RINGBACK);
}
END_TEST

START_TEST(an_application_sends_it_to_somebody)
{
	const LINECALLINFO *i;

	(void)world_make("101", "300", NULL);

	ck_assert_int_gt(world_redirect(2, "102"), 0);

	ck_assert_uint_eq(world_state(2), LINECALLSTATE_IDLE);
	i = world_info(2);
	ck_assert_str_eq(world_part(i, i->dwRedirectionIDSize, i->dwRedirectionIDOffset), "102");
	ck_assert_uint_eq(world_state(3), LINECALLSTATE_OFFERING);
	(void)world_answer(3);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(many_wait_at_a_time)
{
	for (int i = 0; i < 4; i++)
		(void)world_make(i % 2 ? "101" : "102", "300", NULL);

	ck_assert_uint_eq(world_state(2), LINECALLSTATE_OFFERING);
	ck_assert_uint_eq(world_state(8), LINECALLSTATE_OFFERING);
}
END_TEST

START_TEST(who_leaves_has_abandoned_it)
{
	(void)world_make("101", "300", NULL);
	(void)world_drop(1);

	ck_assert_uint_eq(world_state(2), LINECALLSTATE_DISCONNECTED);
}
END_TEST

START_TEST(when_its_time_is_over_it_goes_to_the_usual_line)
{
	(void)world_make("101", "400", NULL);
	ck_assert_uint_eq(world_info(2)->dwReason, LINECALLREASON_ROUTEREQUEST);

	exchange_advance(3000);

	ck_assert_uint_eq(world_state(2), LINECALLSTATE_IDLE);
	ck_assert_uint_eq(world_info(3)->dwLineDeviceID, WORLD_LINE_BASE + 3);
	ck_assert_uint_eq(world_info(3)->dwReason, LINECALLREASON_REDIRECT);
	exchange_advance(5000);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_DISCONNECTED);
}
END_TEST

START_TEST(without_an_application_it_goes_there_at_once)
{
	(void)TSPI_lineSetDefaultMediaDetection(world_line("400"), 0);

	(void)world_make("101", "400", NULL);

	ck_assert_uint_eq(world_info(2)->dwLineDeviceID, WORLD_LINE_BASE + 3);
}
END_TEST

START_TEST(without_a_usual_line_it_ends)
{
	static const char *const alone[] = { "route_points", "400", "route_ms", "1000", NULL };

	world_stop();
	world_start(alone);
	(void)world_make("101", "400", NULL);

	exchange_advance(1000);

	ck_assert_uint_eq(world_state(1), LINECALLSTATE_DISCONNECTED);
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_DISCONNECTED);
}
END_TEST

struct predictive_params {
	LINECALLPARAMS p;
	char target[4];
};

static struct predictive_params predictive(DWORD states)
{
	struct predictive_params s = {
		{ .dwTotalSize = sizeof(s),
				.dwCallParamFlags = LINECALLPARAMFLAGS_PREDICTIVEDIAL,
				.dwPredictiveAutoTransferStates = states,
				.dwTargetAddressSize = 4,
				.dwTargetAddressOffset = sizeof(s.p),
				.dwNoAnswerTimeout = 3 },
		"300"
	};

	return s;
}

START_TEST(a_predictive_call_goes_to_the_queue_when_it_is_answered)
{
	struct predictive_params s = predictive(LINECALLSTATE_CONNECTED);

	(void)world_make("101", "102", &s.p);
	(void)world_answer(2);
	exchange_advance(0);

	ck_assert_uint_eq(world_state(1), LINECALLSTATE_IDLE);
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(world_info(3)->dwLineDeviceID, WORLD_LINE_BASE + 6);
	ck_assert_uint_eq(world_info(3)->dwReason, LINECALLREASON_TRANSFER);
	ck_assert_int_gt(world_redirect(3, "103"), 0);
	(void)world_answer(4);
	ck_assert_uint_eq(world_state(4), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(calls_that_are_not_answered_are_sorted_out)
{
	struct predictive_params s = predictive(LINECALLSTATE_CONNECTED);

	(void)world_make("101", "102", &s.p);
	exchange_advance(3000);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_DISCONNECTED);
	(void)world_drop(1);
	world_connect("102", "103");
	world_connect("102", "104");
	(void)world_make("101", "102", &s.p);
	ck_assert_uint_eq(world_state(world_calls()), LINECALLSTATE_BUSY);
}
END_TEST

START_TEST(without_states_the_application_transfers_itself)
{
	struct predictive_params s = predictive(0);

	(void)world_make("101", "102", &s.p);
	(void)world_answer(2);
	exchange_advance(0);

	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(a_target_must_be_there)
{
	struct predictive_params s = predictive(LINECALLSTATE_CONNECTED);

	memcpy(s.target, "999", 4);
	ck_assert_int_eq(world_make("101", "102", &s.p), LINEERR_INVALADDRESS);
	s.p.dwPredictiveAutoTransferStates = LINECALLSTATE_BUSY;
	ck_assert_int_eq(world_make("101", "102", &s.p), LINEERR_INVALCALLPARAMS);
	s = predictive(LINECALLSTATE_CONNECTED);
	s.p.dwCallParamFlags = 0;
	ck_assert_int_eq(world_make("101", "102", &s.p), LINEERR_INVALCALLPARAMS);
}
END_TEST

START_TEST(a_call_over_a_trunk_shows_it_and_costs)
{
	static const char *const costly[] = { "trunks", "201-202", "charge_ms", "1000", "display",
		"Good morning", "comment", "Main exchange", NULL };
	const LINECALLINFO *i;

	world_stop();
	world_start(costly);
	(void)world_make("101", "202", NULL);
	(void)world_answer(2);
	ck_assert_uint_eq(world_info(1)->dwTrunk, 1);
	ck_assert_uint_eq(world_info(2)->dwTrunk, 0xFFFFFFFFu);
	ck_assert_uint_eq(world_info(1)->dwChargingInfoSize, 0);
	ck_assert_ptr_nonnull(strstr(world_take(), "101.1 CALLINFO 0x4000\n"));

	exchange_advance(2500);

	expect_log("101.1 CALLINFO 0x1000000\n"
		   "101.1 CALLINFO 0x1000000\n");
	i = world_info(1);
	ck_assert_str_eq(world_part(i, i->dwChargingInfoSize, i->dwChargingInfoOffset), "2 units");
	ck_assert_str_eq(world_part(i, i->dwDisplaySize, i->dwDisplayOffset), "Good morning");
	ck_assert_str_eq(world_part(i, i->dwCommentSize, i->dwCommentOffset), "Main exchange");
	ck_assert_uint_eq(world_info(2)->dwChargingInfoSize, 0);
	(void)world_drop(1);
	(void)world_take();
	exchange_advance(5000);
	expect_log("");
}
END_TEST

START_TEST(a_call_from_outside_rings_otherwise)
{
	(void)TSPI_lineSetStatusMessages(world_line("102"), LINEDEVSTATE_RINGING, 0);

	(void)world_make("201", "102", NULL);
	(void)world_make("101", "102", NULL);

	ck_assert_uint_eq(world_info(2)->dwOrigin, LINECALLORIGIN_EXTERNAL);
	ck_assert_uint_eq(world_info(2)->dwTrunk, 0);
	ck_assert_uint_eq(world_info(4)->dwOrigin, LINECALLORIGIN_INTERNAL);
	{
		const char *log = world_take();

		ck_assert_ptr_nonnull(strstr(log, "102 LINEDEVSTATE 0x2 2 0\n"));
		ck_assert_ptr_nonnull(strstr(log, "102 LINEDEVSTATE 0x2 1 0\n"));
	}
}
END_TEST

TCase *queue_case(void)
{
	TCase *tc = tcase_create("queue");

	tcase_add_checked_fixture(tc, start, world_stop);
	tcase_add_test(tc, a_queue_says_what_it_is);
	tcase_add_test(tc, a_queue_does_not_offer_to_call);
	tcase_add_test(tc, nobody_passes_through_a_queue);
	tcase_add_test(tc, a_call_waits_in_the_queue_with_music);
	tcase_add_test(tc, an_application_sends_it_to_somebody);
	tcase_add_test(tc, many_wait_at_a_time);
	tcase_add_test(tc, who_leaves_has_abandoned_it);
	tcase_add_test(tc, when_its_time_is_over_it_goes_to_the_usual_line);
	tcase_add_test(tc, without_an_application_it_goes_there_at_once);
	tcase_add_test(tc, without_a_usual_line_it_ends);
	tcase_add_test(tc, a_predictive_call_goes_to_the_queue_when_it_is_answered);
	tcase_add_test(tc, calls_that_are_not_answered_are_sorted_out);
	tcase_add_test(tc, without_states_the_application_transfers_itself);
	tcase_add_test(tc, a_target_must_be_there);
	tcase_add_test(tc, a_call_over_a_trunk_shows_it_and_costs);
	tcase_add_test(tc, a_call_from_outside_rings_otherwise);
	return tc;
}
