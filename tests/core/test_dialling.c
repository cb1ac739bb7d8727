// SPDX-License-Identifier: MIT
/* test_dialling.c - what belongs to a user: locations, cards, requests of assisted telephony. Other
 * users have their own, and all of it outlives the core. */
#include "../scratch.h"
#include "../test_main.h"
#include "tapisrvd/dialling.h"
#include "tapisrvd/line.h"
#include "world.h"

#include <stdio.h>
#include <string.h>

static struct world w;
static struct mock *host, *one, *other;

#define NEWEST 0x00030001u

static void set_up(void)
{
	world_init(&w, "exchange", NULL);
	host = world_host(&w, "exchange");
	one = world_app_of(&w, "one", 0);
	other = world_app_of(&w, "other", 4711);
}

static void tear_down(void)
{
	world_fini(&w);
}

/* protobuf-c knows no const. */
static char *text(const char *constant)
{
	return (char *)(uintptr_t)constant;
}

static uint32_t add_location(struct mock *app, const char *name)
{
	TapixSetLocation m = TAPIX_SET_LOCATION__INIT;
	DialLocation l = DIAL_LOCATION__INIT;
	uint32_t serial;

	SET(&l, permanent_location_id, TAPIX_NEW);
	SET(&l, country_id, 49);
	l.name = text(name);
	l.area_code = text("30");
	m.location = &l;
	serial = app_send(app, CALL_TapixSetLocation, 0, &m.base);
	ck_assert_int_eq(app_answer(app, FRAME_RETURN, serial)->h.result, 0);
	return ((const TapixSetLocationReply *)app_answer(app, FRAME_RETURN, serial)->body)->id;
}

static size_t count_locations(struct mock *app, uint32_t *current)
{
	TapixGetLocations m = TAPIX_GET_LOCATIONS__INIT;
	uint32_t serial = app_send(app, CALL_TapixGetLocations, 0, &m.base);
	const TapixGetLocationsReply *reply =
			(const void *)app_answer(app, FRAME_RETURN, serial)->body;

	*current = reply->current;
	return reply->n_locations;
}

static int32_t use_location(struct mock *app, uint32_t id)
{
	LineSetCurrentLocation m = LINE_SET_CURRENT_LOCATION__INIT;

	SET(&m, location, id);
	return app_call(app, CALL_LineSetCurrentLocation, 0, &m.base);
}

static int32_t serve_modes(struct mock *app, uint32_t modes, bool enable)
{
	LineRegisterRequestRecipient m = LINE_REGISTER_REQUEST_RECIPIENT__INIT;

	SET(&m, request_mode, modes);
	SET(&m, registration_instance, 5);
	SET(&m, enable, enable);
	return app_call(app, CALL_LineRegisterRequestRecipient, 0, &m.base);
}

static int32_t serve(struct mock *app, bool enable)
{
	return serve_modes(app, LINEREQUESTMODE_MAKECALL, enable);
}

static int32_t ask(struct mock *app, const char *address)
{
	TapiRequestMakeCall m = TAPI_REQUEST_MAKE_CALL__INIT;

	m.dest_address = text(address);
	return app_call(app, CALL_TapiRequestMakeCall, 0, &m.base);
}

static int32_t take(struct mock *app, char address[TAPIMAXDESTADDRESSSIZE])
{
	LineGetRequest m = LINE_GET_REQUEST__INIT;
	LINEREQMAKECALL call;
	const struct seen *seen;
	uint32_t serial;

	SET(&m, request_mode, LINEREQUESTMODE_MAKECALL);
	serial = app_send(app, CALL_LineGetRequest, 0, &m.base);
	seen = app_answer(app, FRAME_RETURN, serial);
	if (seen->h.result == 0) {
		const LineGetRequestReply *reply = (const void *)seen->body;

		ck_assert_uint_eq(reply->request_buffer.len, sizeof(call));
		memcpy(&call, reply->request_buffer.data, sizeof(call));
		(void)snprintf(address, TAPIMAXDESTADDRESSSIZE, "%s", call.szDestAddress);
	}
	return seen->h.result;
}

START_TEST(locations_are_the_users_own)
{
	uint32_t mine = add_location(one, "Mine"), current;
	struct mock *again = world_app_of(&w, "again", 0);

	ck_assert_int_eq(use_location(one, mine), 0);
	ck_assert_uint_eq(count_locations(again, &current), 2);
	ck_assert_uint_eq(current, mine);
	ck_assert_uint_eq(count_locations(other, &current), 1);
	ck_assert_uint_eq(current, 0);
	ck_assert_int_eq(use_location(other, mine), LINEERR_INVALLOCATION);
}
END_TEST

START_TEST(a_change_is_told_to_the_user_only)
{
	uint32_t open = app_open(one, 0, MONITOR, 0);
	LineSetStatusMessages m = LINE_SET_STATUS_MESSAGES__INIT;

	SET_ID(&m, line, 0);
	SET(&m, line_states, LINEDEVSTATE_TRANSLATECHANGE);
	ck_assert_int_eq(app_call(one, CALL_LineSetStatusMessages, open, &m.base), 0);
	(void)add_location(one, "New");
	ck_assert_uint_eq(app_events(one, LINE_LINEDEVSTATE), 1);
	ck_assert_uint_eq(seen_event(app_event(one, LINE_LINEDEVSTATE))->p1,
			LINEDEVSTATE_TRANSLATECHANGE);
	(void)add_location(other, "Theirs");
	ck_assert_uint_eq(app_events(one, LINE_LINEDEVSTATE), 1);
}
END_TEST

static int32_t set_rule(struct mock *app, const char *prefixes)
{
	TapixSetAreaRules m = TAPIX_SET_AREA_RULES__INIT;
	DialAreaRule rule = DIAL_AREA_RULE__INIT, *rules = &rule;

	rule.area_code = text("30");
	rule.prefixes = text(prefixes);
	rule.dial = text("0");
	SET(&rule, include_area_code, 1);
	m.rules = &rules;
	m.n_rules = 1;
	return app_call(app, CALL_TapixSetAreaRules, 0, &m.base);
}

START_TEST(rules_of_a_location_are_a_change_too)
{
	uint32_t open = app_open(one, 0, MONITOR, 0);
	LineSetStatusMessages m = LINE_SET_STATUS_MESSAGES__INIT;

	SET_ID(&m, line, 0);
	SET(&m, line_states, LINEDEVSTATE_TRANSLATECHANGE);
	ck_assert_int_eq(app_call(one, CALL_LineSetStatusMessages, open, &m.base), 0);
	ck_assert_int_eq(set_rule(one, "555"), 0);
	ck_assert_uint_eq(app_events(one, LINE_LINEDEVSTATE), 1);
	ck_assert_int_eq(set_rule(one, "not digits"), LINEERR_INVALPARAM);
	ck_assert_uint_eq(app_events(one, LINE_LINEDEVSTATE), 1);
}
END_TEST

START_TEST(requests_are_the_users_own)
{
	char address[TAPIMAXDESTADDRESSSIZE];

	ck_assert_int_eq(serve(one, true), 0);
	ck_assert_int_eq(ask(one, "102"), 0);
	ck_assert_uint_eq(app_events(one, LINE_REQUEST), 1);
	ck_assert_uint_eq(seen_event(app_event(one, LINE_REQUEST))->p3, 5);
	ck_assert_int_eq(ask(other, "103"), TAPIERR_NOREQUESTRECIPIENT);
	ck_assert_int_eq(serve(other, true), 0);
	ck_assert_int_eq(take(other, address), LINEERR_NOREQUEST);
	ck_assert_int_eq(take(one, address), 0);
	ck_assert_str_eq(address, "102");
	ck_assert_int_eq(take(one, address), LINEERR_NOREQUEST);
}
END_TEST

static uint32_t translate_results(uint32_t version, const char *dialable)
{
	LineTranslateAddress m = LINE_TRANSLATE_ADDRESS__INIT;
	const LineTranslateAddressReply *reply;
	uint32_t serial;

	SET_ID(&m, device, 0);
	SET(&m, api_version, version);
	m.address_in = text("+49 (30) 1");
	serial = app_send(one, CALL_LineTranslateAddress, 0, &m.base);
	ck_assert_int_eq(app_answer(one, FRAME_RETURN, serial)->h.result, 0);
	reply = (const void *)app_answer(one, FRAME_RETURN, serial)->body;
	ck_assert_str_eq(reply->translate_output->dialable_string, dialable);
	return reply->translate_output->translate_results;
}

START_TEST(a_line_that_takes_no_numbers_translates_none)
{
	const uint32_t international =
			LINETRANSLATERESULT_CANONICAL | LINETRANSLATERESULT_INTERNATIONAL;
	const uint32_t types[] = { 0, LINEADDRESSTYPE_EMAILNAME | LINEADDRESSTYPE_PHONENUMBER };

	ck_assert_uint_eq(translate_results(NEWEST, "T+49301"), international);
	for (size_t i = 0; i < 2; i++) {
		line_find(w.core, 0)->address_types = types[i];
		ck_assert_uint_eq(translate_results(NEWEST, "T+49301"), international);
	}
	world_fini(&w);
	world_init(&w, "exchange", NULL);
	host = world_raw(&w, true, 0);
	host->address_types = LINEADDRESSTYPE_EMAILNAME;
	(void)world_host_on(host, "exchange");
	one = world_app_of(&w, "one", 0);
	ck_assert_uint_eq(translate_results(NEWEST, "+49 (30) 1"),
			LINETRANSLATERESULT_NOTRANSLATION);
	ck_assert_uint_eq(translate_results(0x00020002, "+49 (30) 1"), 0);
}
END_TEST

/* The application dies; what it has not taken goes to the next. */
START_TEST(a_recipient_that_dies_leaves_its_requests)
{
	struct mock *next = world_app_of(&w, "next", 0);
	char address[TAPIMAXDESTADDRESSSIZE];

	ck_assert_int_eq(serve(one, true), 0);
	ck_assert_int_eq(serve(next, true), 0);
	ck_assert_int_eq(ask(next, "102"), 0);
	ck_assert_uint_eq(app_events(next, LINE_REQUEST), 0);

	mock_hang_up(one);
	world_turn(&w);

	ck_assert_uint_eq(app_events(next, LINE_REQUEST), 1);
	ck_assert_int_eq(take(next, address), 0);
}
END_TEST

START_TEST(a_program_that_was_started_has_its_time)
{
	TapixQueueMakeCall m = TAPIX_QUEUE_MAKE_CALL__INIT;

	m.dest_address = text("102");
	ck_assert_int_eq(ask(one, "101"), TAPIERR_NOREQUESTRECIPIENT);
	ck_assert_int_eq(app_call(one, CALL_TapixQueueMakeCall, 0, &m.base), 0);
	ck_assert_int_eq(ask(one, "103"), 0); /* it is on its way */
	world_wait(&w, 20000);
	ck_assert_int_eq(ask(one, "104"), TAPIERR_NOREQUESTRECIPIENT);
	ck_assert_int_eq(serve(one, true), 0);
	ck_assert_uint_eq(app_events(one, LINE_REQUEST), 1);
}
END_TEST

START_TEST(ending_one_registration_keeps_the_other)
{
	LineGetRequest m = LINE_GET_REQUEST__INIT;

	SET(&m, request_mode, LINEREQUESTMODE_MEDIACALL);
	ck_assert_int_eq(serve_modes(one, LINEREQUESTMODE_MAKECALL | LINEREQUESTMODE_MEDIACALL,
					 true),
			0);

	ck_assert_int_eq(serve(one, false), 0);

	ck_assert_int_eq(app_call(one, CALL_LineGetRequest, 0, &m.base), LINEERR_NOREQUEST);
	ck_assert_int_eq(ask(one, "101"), TAPIERR_NOREQUESTRECIPIENT);
}
END_TEST

START_TEST(all_of_it_outlives_the_core)
{
	char folder[64], address[TAPIMAXDESTADDRESSSIZE];
	uint32_t id, current;

	scratch_template(folder, sizeof(folder), "dialling");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	world_fini(&w);
	world_init_state(&w, "exchange", NULL, folder);
	host = world_host(&w, "exchange");
	one = world_app_of(&w, "one", 0);
	id = add_location(one, "Kept");
	ck_assert_int_eq(use_location(one, id), 0);
	ck_assert_int_eq(serve(one, true), 0);
	ck_assert_int_eq(ask(one, "102"), 0);
	ck_assert_int_eq(ask(one, "103"), 0);
	ck_assert_int_eq(take(one, address), 0);

	world_fini(&w);
	world_init_state(&w, "exchange", NULL, folder);
	host = world_host(&w, "exchange");
	one = world_app_of(&w, "one", 0);

	ck_assert_uint_eq(count_locations(one, &current), 2);
	ck_assert_uint_eq(current, id);
	ck_assert_int_eq(serve(one, true), 0);
	ck_assert_uint_eq(app_events(one, LINE_REQUEST), 1);
	ck_assert_int_eq(take(one, address), 0);
	ck_assert_str_eq(address, "103");
	ck_assert_int_eq(take(one, address), LINEERR_NOREQUEST);
}
END_TEST

START_TEST(a_user_has_so_many_locations_and_no_more)
{
	TapixSetLocation m = TAPIX_SET_LOCATION__INIT;
	DialLocation l = DIAL_LOCATION__INIT;
	char name[32];

	for (int i = 1; i < LOCATIONS_MAX; i++) {
		(void)snprintf(name, sizeof(name), "Location %d", i);
		mock_forget(one);
		(void)add_location(one, name);
	}
	SET(&l, permanent_location_id, TAPIX_NEW);
	l.name = text("One more");
	m.location = &l;
	mock_forget(one);
	ck_assert_int_eq(app_call(one, CALL_TapixSetLocation, 0, &m.base), LINEERR_RESOURCEUNAVAIL);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("dialling");
	TCase *t = tcase_create("users");

	tcase_add_checked_fixture(t, set_up, tear_down);
	tcase_add_test(t, locations_are_the_users_own);
	tcase_add_test(t, a_change_is_told_to_the_user_only);
	tcase_add_test(t, rules_of_a_location_are_a_change_too);
	tcase_add_test(t, requests_are_the_users_own);
	tcase_add_test(t, a_line_that_takes_no_numbers_translates_none);
	tcase_add_test(t, a_recipient_that_dies_leaves_its_requests);
	tcase_add_test(t, a_program_that_was_started_has_its_time);
	tcase_add_test(t, ending_one_registration_keeps_the_other);
	tcase_add_test(t, all_of_it_outlives_the_core);
	tcase_add_test(t, a_user_has_so_many_locations_and_no_more);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
