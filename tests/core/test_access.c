// SPDX-License-Identifier: MIT
/* test_access.c - who may do what: every refusal has the documented code and a sentence. */
#include "../test_main.h"
#include "world.h"

struct fixture {
	struct world w;
	struct mock *host, *app;
	uint32_t open;
};

static void set_up(struct fixture *f)
{
	world_init(&f->w, "mock", NULL);
	f->host = world_host(&f->w, "mock");
	f->app = world_app(&f->w, "first");
	f->open = app_open(f->app, 0, OWNER, VOICE);
	ck_assert_uint_ne(f->open, 0);
}

START_TEST(foreign_call_is_invalcallhandle)
{
	struct fixture f;
	struct mock *other;
	uint64_t call;
	uint32_t open;

	set_up(&f);
	call = app_make_call(f.app, f.open, 0);
	other = world_app(&f.w, "second");
	open = app_open(other, 0, OWNER, VOICE);

	ck_assert_int_eq(app_on_call(other, CALL_LineDrop, open, call), LINEERR_INVALCALLHANDLE);
	ck_assert_int_eq(app_on_call(other, CALL_LineGetCallInfo, open, call),
			LINEERR_INVALCALLHANDLE);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(deallocated_call_is_stale)
{
	struct fixture f;
	uint64_t call;

	set_up(&f);
	call = app_make_call(f.app, f.open, 0);
	ck_assert_int_eq(app_on_call(f.app, CALL_LineDeallocateCall, f.open, call), 0);

	ck_assert_int_eq(app_on_call(f.app, CALL_LineDrop, f.open, call), LINEERR_INVALCALLHANDLE);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(foreign_open_is_invallinehandle)
{
	struct fixture f;
	struct mock *other;
	LineMakeCall m = LINE_MAKE_CALL__INIT;

	set_up(&f);
	other = world_app(&f.w, "second");
	SET_ID(&m, line, 0);

	ck_assert_int_eq(app_call(other, CALL_LineMakeCall, f.open, &m.base),
			LINEERR_INVALLINEHANDLE);
	world_fini(&f.w);
}
END_TEST

START_TEST(open_of_another_line_is_invallinehandle)
{
	struct fixture f;
	LineMakeCall m = LINE_MAKE_CALL__INIT;

	set_up(&f);
	SET_ID(&m, line, 1);

	ck_assert_int_eq(app_call(f.app, CALL_LineMakeCall, f.open, &m.base),
			LINEERR_INVALLINEHANDLE);
	m.has_line = false; /* none at all is no line 0 */
	m.line = 0;
	ck_assert_int_eq(app_call(f.app, CALL_LineMakeCall, f.open, &m.base),
			LINEERR_INVALLINEHANDLE);
	world_fini(&f.w);
}
END_TEST

START_TEST(monitor_acting_as_owner_is_notowner)
{
	struct fixture f;
	struct mock *monitor;
	uint32_t open;
	uint64_t call;

	set_up(&f);
	monitor = world_app(&f.w, "monitor");
	open = app_open(monitor, 0, MONITOR, 0);
	call = host_new_call(f.host, 0, VOICE);

	ck_assert_int_eq(app_on_call(monitor, CALL_LineAnswer, open, call), LINEERR_NOTOWNER);
	ck_assert_int_eq(app_on_call(monitor, CALL_LineDrop, open, call), LINEERR_NOTOWNER);
	ck_assert_int_eq(app_on_call(monitor, CALL_LineGetCallInfo, open, call), 0);
	ck_assert_int_eq(app_on_call(f.app, CALL_LineAnswer, f.open, call), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineAnswer), 1);
	world_fini(&f.w);
}
END_TEST

/* What lineAnswer and lineHold say in each state. */
static const struct {
	uint32_t state, mode;
	int32_t answer, hold;
} states[] = {
	{ LINECALLSTATE_OFFERING, 0, 0, LINEERR_INVALCALLSTATE },
	{ LINECALLSTATE_ACCEPTED, 0, 0, LINEERR_INVALCALLSTATE },
	{ LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_ACTIVE, LINEERR_INVALCALLSTATE, 0 },
	{ LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_INACTIVE, 0, 0 },
	{ LINECALLSTATE_DISCONNECTED, 0, LINEERR_INVALCALLSTATE, LINEERR_INVALCALLSTATE },
	{ LINECALLSTATE_UNKNOWN, 0, 0, 0 },
	{ LINECALLSTATE_IDLE, 0, LINEERR_INVALCALLSTATE, LINEERR_INVALCALLSTATE },
	{ LINECALLSTATE_OFFERING | 0x5000000, 0, 0, LINEERR_INVALCALLSTATE }, /* a substate */
};

START_TEST(state_is_checked)
{
	struct fixture f;
	uint64_t call;

	set_up(&f);
	call = host_new_call(f.host, 0, VOICE);
	host_state(f.host, call, states[_i].state, states[_i].mode);

	ck_assert_int_eq(app_on_call(f.app, CALL_LineAnswer, f.open, call), states[_i].answer);
	ck_assert_int_eq(app_on_call(f.app, CALL_LineHold, f.open, call), states[_i].hold);
	world_fini(&f.w);
}
END_TEST

START_TEST(unknown_device_is_baddeviceid)
{
	struct fixture f;
	LineGetDevCaps m = LINE_GET_DEV_CAPS__INIT;

	set_up(&f);
	SET_ID(&m, device, 99);
	SET(&m, api_version, 0x00020002);

	ck_assert_int_eq(app_call(f.app, CALL_LineGetDevCaps, 0, &m.base), LINEERR_BADDEVICEID);
	world_fini(&f.w);
}
END_TEST

START_TEST(requests_of_the_core_are_not_for_clients)
{
	struct fixture f;
	TspiLineClose m = TSPI_LINE_CLOSE__INIT;

	set_up(&f);
	SET_ID(&m, line, 0);

	ck_assert_int_eq(app_call(f.app, CALL_TspiLineClose, f.open, &m.base),
			LINEERR_OPERATIONUNAVAIL);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineClose), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(figures_are_for_monitors_too_and_for_nobody_else)
{
	struct fixture f;
	TapixGetCallMedia m = TAPIX_GET_CALL_MEDIA__INIT;
	struct mock *other, *monitor;
	uint32_t open, watch;
	uint64_t call;

	set_up(&f);
	monitor = world_app(&f.w, "monitor");
	watch = app_open(monitor, 0, MONITOR, 0);
	other = world_app(&f.w, "other");
	open = app_open(other, 0, LINECALLPRIVILEGE_NONE, 0);
	call = app_make_call(f.app, f.open, 0);
	host_state(f.host, call, LINECALLSTATE_CONNECTED, 0);
	SET_ID(&m, call, call);
	SET(&m, media, 200);

	ck_assert_int_eq(app_call(other, CALL_TapixGetCallMedia, open, &m.base),
			LINEERR_INVALCALLHANDLE);
	ck_assert_uint_eq(host_asked(f.host, CALL_TapixGetCallMedia), 0);
	ck_assert_int_eq(app_call(monitor, CALL_TapixGetCallMedia, watch, &m.base), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TapixGetCallMedia), 1);
	ck_assert_uint_eq(app_answers(monitor, FRAME_COMPLETION, monitor->serial), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(failure_has_the_code_of_its_family)
{
	struct fixture f;
	LineAgentSpecific agent = LINE_AGENT_SPECIFIC__INIT;
	PhoneOpen phone = PHONE_OPEN__INIT;

	set_up(&f);
	SET_ID(&agent, line, 0);

	ck_assert_int_eq(app_call(f.app, CALL_LineAgentSpecific, f.open, &agent.base),
			LINEERR_OPERATIONUNAVAIL);
	SET_ID(&phone, device, 0);
	ck_assert_int_eq(app_call(f.app, CALL_PhoneOpen, 0, &phone.base), PHONEERR_BADDEVICEID);
	ck_assert_int_eq(app_call(f.app, 399, 0, &phone.base), LINEERR_OPERATIONUNAVAIL);
	world_fini(&f.w);
}
END_TEST

static const struct {
	uint32_t privileges, media, version;
	int32_t code;
} opens[] = {
	{ LINECALLPRIVILEGE_NONE, 0, 0x00020002, 0 },
	{ MONITOR, 0, 0x00010003, 0 },
	{ OWNER | MONITOR, VOICE, 0x00020002, 0 },
	{ LINECALLPRIVILEGE_NONE | OWNER, VOICE, 0x00020002, LINEERR_INVALPRIVSELECT },
	{ 0, 0, 0x00020002, LINEERR_INVALPRIVSELECT },
	{ OWNER, 0, 0x00020002, LINEERR_INVALMEDIAMODE },
	{ OWNER, 0x40000000, 0x00020002, LINEERR_INVALMEDIAMODE },
	{ OWNER, VOICE, 0x00010002, LINEERR_INCOMPATIBLEAPIVERSION },
	{ OWNER, VOICE, 0x00030001, LINEERR_INCOMPATIBLEAPIVERSION },
	{ OWNER | LINEOPENOPTION_PROXY, VOICE, 0x00020002, LINEERR_INVALPARAM },
	{ OWNER | LINEOPENOPTION_SINGLEADDRESS, VOICE, 0x00020002, LINEERR_INVALADDRESSID },
};

START_TEST(open_checks_its_arguments)
{
	struct fixture f;
	LineOpen m = LINE_OPEN__INIT;

	set_up(&f);
	SET_ID(&m, device, 2);
	SET(&m, privileges, opens[_i].privileges);
	SET(&m, media_modes, opens[_i].media);
	SET(&m, api_version, opens[_i].version);

	ck_assert_int_eq(app_call(f.app, CALL_LineOpen, 0, &m.base), opens[_i].code);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineOpen), opens[_i].code ? 1 : 2);
	world_fini(&f.w);
}
END_TEST

START_TEST(version_is_the_overlap)
{
	struct fixture f;
	LineNegotiateApiVersion m = LINE_NEGOTIATE_API_VERSION__INIT;
	const LineNegotiateApiVersionReply *reply;

	set_up(&f);
	SET_ID(&m, device, 0);
	SET(&m, api_low_version, 0x00010003);
	SET(&m, api_high_version, 0x00030001);
	ck_assert_int_eq(app_call(f.app, CALL_LineNegotiateApiVersion, 0, &m.base), 0);
	reply = (const void *)mock_last(f.app, FRAME_RETURN)->body;
	ck_assert_uint_eq(reply->api_version, 0x00030000); /* the mock's highest */
	ck_assert_ptr_nonnull(reply->extension_id);

	SET(&m, api_low_version, 0x00030001);
	ck_assert_int_eq(app_call(f.app, CALL_LineNegotiateApiVersion, 0, &m.base),
			LINEERR_INCOMPATIBLEAPIVERSION);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core access");
	TCase *t = tcase_create("access");

	tcase_add_test(t, foreign_call_is_invalcallhandle);
	tcase_add_test(t, deallocated_call_is_stale);
	tcase_add_test(t, foreign_open_is_invallinehandle);
	tcase_add_test(t, open_of_another_line_is_invallinehandle);
	tcase_add_test(t, monitor_acting_as_owner_is_notowner);
	tcase_add_loop_test(t, state_is_checked, 0, sizeof(states) / sizeof(states[0]));
	tcase_add_test(t, unknown_device_is_baddeviceid);
	tcase_add_test(t, requests_of_the_core_are_not_for_clients);
	tcase_add_test(t, figures_are_for_monitors_too_and_for_nobody_else);
	tcase_add_test(t, failure_has_the_code_of_its_family);
	tcase_add_loop_test(t, open_checks_its_arguments, 0, sizeof(opens) / sizeof(opens[0]));
	tcase_add_test(t, version_is_the_overlap);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
