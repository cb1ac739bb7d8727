// SPDX-License-Identifier: MIT
/* test_service.c - park, unpark, pickup, completion and the like: what the core checks before the
 * provider is asked, and whose the calls are that they make. */
#include "../test_main.h"
#include "world.h"

#include <string.h>

static void on_line_0(LineUnpark *m, uint32_t address)
{
	SET_ID(m, line, 0);
	SET(m, address_id, address);
	m->dest_address = (char *)"700";
}

START_TEST(an_unparked_call_is_its_askers)
{
	struct two_apps f;
	LineUnpark m = LINE_UNPARK__INIT;
	const LineUnparkReply *reply;
	uint64_t call;

	two_apps_init(&f, OWNER, MONITOR);
	on_line_0(&m, 1);
	mock_forget(f.b);

	ck_assert_int_eq(app_call(f.a, CALL_LineUnpark, f.a_open, &m.base), 0);

	reply = (const void *)app_answer(f.a, FRAME_RETURN, f.a->serial)->body;
	call = reply->call;
	ck_assert_uint_ne(call, 0);
	ck_assert_uint_eq(seen_event(app_event(f.b, LINE_APPNEWCALL))->p2, call);
	ck_assert_uint_eq(app_state(f.b), LINECALLSTATE_UNKNOWN);
	ck_assert_uint_eq(app_events(f.a, LINE_APPNEWCALL), 0);
	ck_assert_int_eq(app_on_call(f.b, CALL_LineDrop, f.b_open, call), LINEERR_NOTOWNER);
	ck_assert_int_eq(app_on_call(f.a, CALL_LineDrop, f.a_open, call), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_picked_up_call_is_its_askers)
{
	struct two_apps f;
	LinePickup m = LINE_PICKUP__INIT;
	const LinePickup *asked;
	const LinePickupReply *reply;

	two_apps_init(&f, LINECALLPRIVILEGE_NONE, MONITOR);
	SET_ID(&m, line, 0);
	m.group_id = (char *)"sales";

	ck_assert_int_eq(app_call(f.a, CALL_LinePickup, f.a_open, &m.base), 0);

	asked = (const void *)host_request(f.host, CALL_LinePickup)->body;
	ck_assert_str_eq(asked->group_id, "sales");
	ck_assert_ptr_null(asked->dest_address);
	reply = (const void *)app_answer(f.a, FRAME_RETURN, f.a->serial)->body;
	ck_assert_int_eq(app_on_call(f.a, CALL_LineDrop, f.a_open, reply->call), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_pickup_that_fails_was_never_there)
{
	struct two_apps f;
	LinePickup m = LINE_PICKUP__INIT;
	const struct seen *asked;
	LinePickupReply reply = LINE_PICKUP_REPLY__INIT;

	two_apps_init(&f, OWNER, MONITOR);
	f.host->manual[CALL_LinePickup] = true;
	SET_ID(&m, line, 0);
	mock_forget(f.b);
	(void)app_send(f.a, CALL_LinePickup, f.a_open, &m.base);
	asked = host_request(f.host, CALL_LinePickup);
	SET_ID(&reply, call, (uint64_t)f.host->provider_id << 32 | 50);
	host_return(f.host, asked, 0, &reply.base);
	host_complete(f.host, asked->h.serial, LINEERR_INVALADDRESS);
	world_turn(&f.w);

	ck_assert_int_eq(app_answer(f.a, FRAME_COMPLETION, f.a->serial)->h.result,
			LINEERR_INVALADDRESS);
	ck_assert_uint_eq(app_events(f.b, LINE_APPNEWCALL), 0);
	ck_assert_int_eq(app_on_call(f.a, CALL_LineDrop, f.a_open, reply.call),
			LINEERR_INVALCALLHANDLE);
	world_fini(&f.w);
}
END_TEST

/* The mock's lines have two addresses. */
START_TEST(an_address_that_is_not_there_is_invaladdressid)
{
	struct two_apps f;
	LineUnpark unpark = LINE_UNPARK__INIT;
	LinePickup pickup = LINE_PICKUP__INIT;
	LineGetAddressStatus status = LINE_GET_ADDRESS_STATUS__INIT;
	LineGetNumRings rings = LINE_GET_NUM_RINGS__INIT;
	LineSetTerminal terminal = LINE_SET_TERMINAL__INIT;
	const struct {
		uint16_t kind;
		const ProtobufCMessage *body;
	} rows[] = {
		{ CALL_LineUnpark, &unpark.base },
		{ CALL_LinePickup, &pickup.base },
		{ CALL_LineGetAddressStatus, &status.base },
		{ CALL_LineGetNumRings, &rings.base },
		{ CALL_LineSetTerminal, &terminal.base },
	};

	two_apps_init(&f, OWNER, MONITOR);
	on_line_0(&unpark, 2);
	SET_ID(&pickup, line, 0);
	SET(&pickup, address_id, 2);
	SET_ID(&status, line, 0);
	SET(&status, address_id, 2);
	SET_ID(&rings, line, 0);
	SET(&rings, address_id, 2);
	SET_ID(&terminal, line, 0);
	SET(&terminal, address_id, 2);
	SET(&terminal, select, LINECALLSELECT_ADDRESS);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		ck_assert_int_eq(app_call(f.a, rows[i].kind, f.a_open, rows[i].body),
				LINEERR_INVALADDRESSID);
		ck_assert_ptr_nonnull(strstr(seen_failure(app_answer(f.a, FRAME_RETURN,
									  f.a->serial))
							     ->sentence,
				"no address 2"));
		ck_assert_uint_eq(host_asked(f.host, rows[i].kind), 0);
	}
	SET(&terminal, select, LINECALLSELECT_LINE);
	ck_assert_int_eq(app_call(f.a, CALL_LineSetTerminal, f.a_open, &terminal.base), 0);
	world_fini(&f.w);
}
END_TEST

static const struct {
	uint16_t kind;
	uint32_t good, bad;
} needs[] = {
	{ CALL_LinePark, LINECALLSTATE_CONNECTED, LINECALLSTATE_ONHOLD },
	{ CALL_LineCompleteCall, LINECALLSTATE_BUSY, LINECALLSTATE_CONNECTED },
	{ CALL_LineCompleteCall, LINECALLSTATE_RINGBACK, LINECALLSTATE_PROCEEDING },
	{ CALL_LineDial, LINECALLSTATE_DIALTONE, LINECALLSTATE_PROCEEDING },
	{ CALL_LineDial, LINECALLSTATE_DIALING, LINECALLSTATE_CONNECTED },
	{ CALL_LineSetCallParams, LINECALLSTATE_OFFERING, LINECALLSTATE_DISCONNECTED },
};

START_TEST(state_and_ownership_are_checked)
{
	struct two_apps f;
	uint64_t call;

	two_apps_init(&f, OWNER, MONITOR);
	call = app_make_call(f.a, f.a_open, 0);
	host_state(f.host, call, needs[_i].bad, 0);
	ck_assert_int_eq(app_on_call(f.a, needs[_i].kind, f.a_open, call), LINEERR_INVALCALLSTATE);
	host_state(f.host, call, needs[_i].good, 0);
	ck_assert_int_eq(app_on_call(f.b, needs[_i].kind, f.b_open, call), LINEERR_NOTOWNER);
	ck_assert_uint_eq(host_asked(f.host, needs[_i].kind), 0);

	ck_assert_int_eq(app_on_call(f.a, needs[_i].kind, f.a_open, call), 0);
	ck_assert_uint_eq(host_asked(f.host, needs[_i].kind), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_device_specific_message_may_be_the_extended_one)
{
	struct two_apps f;
	uint64_t call;

	two_apps_init(&f, OWNER, LINECALLPRIVILEGE_NONE);
	call = app_make_call(f.a, f.a_open, 0);
	mock_forget(f.a);

	host_event(f.host, 0, LINE_DEVSPECIFICEX, 1, 2, 3, NULL);
	ck_assert_uint_eq(app_events(f.a, LINE_DEVSPECIFICEX), 1);
	ck_assert_uint_eq(app_events(f.b, LINE_DEVSPECIFICEX), 1);
	host_event(f.host, call, LINE_DEVSPECIFICEX, 1, 2, 3, NULL);
	ck_assert_uint_eq(app_events(f.a, LINE_DEVSPECIFICEX), 2);
	ck_assert_uint_eq(seen_event(app_event(f.a, LINE_DEVSPECIFICEX))->object, call);
	ck_assert_uint_eq(app_events(f.b, LINE_DEVSPECIFICEX), 1);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core services");
	TCase *t = tcase_create("services");

	tcase_add_test(t, an_unparked_call_is_its_askers);
	tcase_add_test(t, a_picked_up_call_is_its_askers);
	tcase_add_test(t, a_pickup_that_fails_was_never_there);
	tcase_add_test(t, an_address_that_is_not_there_is_invaladdressid);
	tcase_add_loop_test(t, state_and_ownership_are_checked, 0,
			sizeof(needs) / sizeof(needs[0]));
	tcase_add_test(t, a_device_specific_message_may_be_the_extended_one);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
