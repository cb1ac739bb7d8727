// SPDX-License-Identifier: MIT
/* test_call.c - the life of calls: who gets them, who hears of them, how they end. */
#include "../test_main.h"
#include "world.h"

static unsigned position(const struct mock *m, const struct seen *s)
{
	return (unsigned)(s - m->seen);
}

START_TEST(reply_precedes_the_first_event)
{
	struct two_apps f;
	const struct seen *reply, *first;
	uint64_t call;

	two_apps_init(&f, OWNER, MONITOR);
	call = app_make_call(f.a, f.a_open, 0);
	host_state(f.host, call, LINECALLSTATE_DIALTONE, 0);

	reply = app_answer(f.a, FRAME_COMPLETION, f.a->serial);
	first = app_event(f.a, LINE_CALLSTATE);
	ck_assert_ptr_nonnull(reply);
	ck_assert_ptr_nonnull(first);
	ck_assert_uint_lt(position(f.a, reply), position(f.a, first));
	ck_assert_uint_eq(app_answers(f.a, FRAME_RETURN, f.a->serial), 1);
	ck_assert_uint_eq(app_answers(f.a, FRAME_COMPLETION, f.a->serial), 1);
	ck_assert_int_eq(first->h.result, 0); /* the maker knows that it is the owner */
	world_fini(&f.w);
}
END_TEST

START_TEST(completion_is_acknowledged)
{
	struct two_apps f;

	two_apps_init(&f, OWNER, MONITOR);
	(void)app_make_call(f.a, f.a_open, 0);

	ck_assert_uint_eq(mock_count(f.host, FRAME_ACK), 1);
	ck_assert_uint_eq(mock_last(f.host, FRAME_ACK)->h.serial,
			host_request(f.host, CALL_LineMakeCall)->h.serial);
	world_fini(&f.w);
}
END_TEST

START_TEST(monitors_learn_of_a_made_call_as_unknown)
{
	struct two_apps f;
	uint64_t call;

	two_apps_init(&f, OWNER, MONITOR);
	call = app_make_call(f.a, f.a_open, 0);

	ck_assert_uint_eq(app_events(f.b, LINE_APPNEWCALL), 1);
	ck_assert_uint_eq(seen_event(app_event(f.b, LINE_APPNEWCALL))->p2, call);
	ck_assert_uint_eq(app_state(f.b), LINECALLSTATE_UNKNOWN);
	ck_assert_int_eq(app_event(f.b, LINE_CALLSTATE)->h.result, MONITOR);
	ck_assert_uint_eq(app_events(f.a, LINE_APPNEWCALL), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(first_opener_owns_the_call)
{
	struct two_apps f;
	uint64_t call;

	two_apps_init(&f, OWNER, OWNER | MONITOR);
	call = host_new_call(f.host, 0, VOICE);

	ck_assert_uint_eq(seen_event(app_event(f.a, LINE_APPNEWCALL))->p3, OWNER);
	ck_assert_uint_eq(seen_event(app_event(f.a, LINE_APPNEWCALL))->p2, call);
	ck_assert_uint_eq(seen_event(app_event(f.b, LINE_APPNEWCALL))->p3, MONITOR);
	ck_assert_uint_eq(position(f.a, app_event(f.a, LINE_APPNEWCALL)) + 1,
			position(f.a, app_event(f.a, LINE_CALLSTATE)));
	ck_assert_uint_eq(app_state(f.a), LINECALLSTATE_OFFERING);
	ck_assert_int_eq(app_event(f.a, LINE_CALLSTATE)->h.result, OWNER);
	ck_assert(!seen_event(app_event(f.a, LINE_CALLSTATE))->has_p3);
	world_fini(&f.w);
}
END_TEST

START_TEST(call_goes_by_media_mode)
{
	struct two_apps f;
	struct mock *modem;

	two_apps_init(&f, OWNER, OWNER);
	modem = world_app(&f.w, "modem");
	(void)app_open(modem, 0, OWNER, LINEMEDIAMODE_DATAMODEM);
	(void)host_new_call(f.host, 0, LINEMEDIAMODE_DATAMODEM);

	ck_assert_uint_eq(app_events(modem, LINE_APPNEWCALL), 1);
	ck_assert_uint_eq(app_events(f.a, LINE_APPNEWCALL), 0);
	ck_assert_uint_eq(app_events(f.b, LINE_APPNEWCALL), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(single_address_limits_ownership)
{
	struct two_apps f;
	LineOpen m = LINE_OPEN__INIT;
	LineCallParams params = LINE_CALL_PARAMS__INIT;

	two_apps_init(&f, MONITOR, MONITOR);
	SET_ID(&m, device, 1);
	SET(&m, api_version, 0x00020002);
	SET(&m, privileges, OWNER | LINEOPENOPTION_SINGLEADDRESS);
	SET(&m, media_modes, VOICE);
	SET(&params, address_mode, LINEADDRESSMODE_ADDRESSID);
	SET(&params, address_id, 1);
	m.call_params = &params;
	ck_assert_int_eq(app_call(f.a, CALL_LineOpen, 0, &m.base), 0);
	(void)host_new_call(f.host, 1, VOICE); /* on address 0 */

	ck_assert_uint_eq(app_events(f.a, LINE_APPNEWCALL), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(call_that_nobody_wants_is_dropped)
{
	struct two_apps f;
	uint64_t call;

	two_apps_init(&f, LINECALLPRIVILEGE_NONE, MONITOR);
	call = host_new_call(f.host, 0, VOICE);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 0); /* b monitors it */
	ck_assert_uint_eq(app_events(f.a, LINE_APPNEWCALL), 0);
	ck_assert_uint_eq(app_events(f.b, LINE_APPNEWCALL), 1);

	host_state(f.host, call, LINECALLSTATE_IDLE, 0);
	ck_assert_str_eq(seen_event(app_event(f.b, LINE_CALLSTATE))->reason->cause, "no owner");
	world_fini(&f.w);
}
END_TEST

START_TEST(idle_is_final)
{
	struct two_apps f;
	uint64_t call;

	two_apps_init(&f, OWNER, MONITOR);
	call = host_new_call(f.host, 0, VOICE);
	host_state(f.host, call, LINECALLSTATE_IDLE, 0);
	host_state(f.host, call, LINECALLSTATE_CONNECTED, 0);

	ck_assert_uint_eq(app_state(f.a), LINECALLSTATE_IDLE);
	ck_assert_uint_eq(app_events(f.a, LINE_CALLSTATE), 2);
	ck_assert_int_eq(app_on_call(f.a, CALL_LineGetCallInfo, f.a_open, call), 0); /* readable */
	world_fini(&f.w);
}
END_TEST

START_TEST(death_of_the_sole_owner_drops_the_call)
{
	struct two_apps f;
	uint64_t call;

	two_apps_init(&f, OWNER, MONITOR);
	call = app_make_call(f.a, f.a_open, 0);
	host_state(f.host, call, LINECALLSTATE_CONNECTED, 0);
	mock_hang_up(f.a);

	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 0);
	host_state(f.host, call, LINECALLSTATE_IDLE, 0);
	ck_assert_uint_eq(app_state(f.b), LINECALLSTATE_IDLE);
	ck_assert_str_eq(seen_event(app_event(f.b, LINE_CALLSTATE))->reason->cause, "owner gone");
	ck_assert_int_eq(app_on_call(f.b, CALL_LineDeallocateCall, f.b_open, call), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(death_while_the_call_is_being_made_drops_it)
{
	struct two_apps f;
	LineMakeCall m = LINE_MAKE_CALL__INIT;
	LineMakeCallReply reply = LINE_MAKE_CALL_REPLY__INIT;
	struct seen request;

	two_apps_init(&f, OWNER, MONITOR);
	f.host->manual[CALL_LineMakeCall] = true;
	SET_ID(&m, line, 0);
	(void)app_send(f.a, CALL_LineMakeCall, f.a_open, &m.base);
	request = *host_request(f.host, CALL_LineMakeCall);
	SET_ID(&reply, call, (uint64_t)1 << 32 | 9);
	host_return(f.host, &request, 0, &reply.base);
	world_turn(&f.w);
	mock_hang_up(f.a);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0); /* not valid yet */
	host_complete(f.host, request.h.serial, 0);
	world_turn(&f.w);

	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 1);
	ck_assert_uint_eq(mock_count(f.host, FRAME_ACK), 2); /* its completion and the drop's */
	ck_assert_uint_eq(app_events(f.b, LINE_APPNEWCALL), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(failed_make_call_leaves_nothing)
{
	struct two_apps f;
	LineMakeCall m = LINE_MAKE_CALL__INIT;
	LineMakeCallReply reply = LINE_MAKE_CALL_REPLY__INIT;
	struct seen request;
	uint64_t call = (uint64_t)1 << 32 | 9;

	two_apps_init(&f, OWNER, MONITOR);
	f.host->manual[CALL_LineMakeCall] = true;
	SET_ID(&m, line, 0);
	(void)app_send(f.a, CALL_LineMakeCall, f.a_open, &m.base);
	request = *host_request(f.host, CALL_LineMakeCall);
	SET_ID(&reply, call, call);
	host_return(f.host, &request, 0, &reply.base);
	host_complete(f.host, request.h.serial, LINEERR_CALLUNAVAIL);
	world_turn(&f.w);

	ck_assert_int_eq(app_answer(f.a, FRAME_COMPLETION, f.a->serial)->h.result,
			LINEERR_CALLUNAVAIL);
	ck_assert_ptr_nonnull(seen_failure(app_answer(f.a, FRAME_COMPLETION, f.a->serial))
					      ->sentence);
	ck_assert_int_eq(app_on_call(f.a, CALL_LineDrop, f.a_open, call), LINEERR_INVALCALLHANDLE);
	ck_assert_uint_eq(app_events(f.b, LINE_APPNEWCALL), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(reserved_call_is_not_valid_before_its_completion)
{
	struct two_apps f;
	LineMakeCall m = LINE_MAKE_CALL__INIT;
	LineMakeCallReply reply = LINE_MAKE_CALL_REPLY__INIT;
	struct seen request;
	uint64_t call = (uint64_t)1 << 32 | 9;

	two_apps_init(&f, OWNER, MONITOR);
	f.host->manual[CALL_LineMakeCall] = true;
	SET_ID(&m, line, 0);
	(void)app_send(f.a, CALL_LineMakeCall, f.a_open, &m.base);
	request = *host_request(f.host, CALL_LineMakeCall);
	SET_ID(&reply, call, call);
	host_return(f.host, &request, 0, &reply.base);
	world_turn(&f.w);

	ck_assert_int_eq(app_on_call(f.a, CALL_LineDrop, f.a_open, call), LINEERR_INVALCALLHANDLE);
	host_complete(f.host, request.h.serial, 0);
	world_turn(&f.w);
	ck_assert_int_eq(app_on_call(f.a, CALL_LineDrop, f.a_open, call), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(sole_owner_cannot_become_monitor)
{
	struct two_apps f;
	LineSetCallPrivilege m = LINE_SET_CALL_PRIVILEGE__INIT;
	uint64_t call;

	two_apps_init(&f, OWNER, MONITOR);
	call = host_new_call(f.host, 0, VOICE);
	SET_ID(&m, call, call);
	SET(&m, call_privilege, MONITOR);
	ck_assert_int_eq(app_call(f.a, CALL_LineSetCallPrivilege, f.a_open, &m.base),
			LINEERR_INVALCALLSTATE);

	SET(&m, call_privilege, OWNER);
	ck_assert_int_eq(app_call(f.b, CALL_LineSetCallPrivilege, f.b_open, &m.base), 0);
	ck_assert_uint_eq(app_events(f.a, LINE_CALLINFO), 1); /* the other one is told */
	ck_assert_uint_eq(app_events(f.b, LINE_CALLINFO), 0);
	SET(&m, call_privilege, MONITOR);
	ck_assert_int_eq(app_call(f.a, CALL_LineSetCallPrivilege, f.a_open, &m.base), 0);
	SET(&m, call_privilege, OWNER | MONITOR);
	ck_assert_int_eq(app_call(f.a, CALL_LineSetCallPrivilege, f.a_open, &m.base),
			LINEERR_INVALCALLPRIVILEGE);
	world_fini(&f.w);
}
END_TEST

/* Made a moment ago: the provider has not said how far it is. */
START_TEST(late_joiner_finds_a_call_without_a_state)
{
	struct two_apps f;
	LineGetNewCalls m = LINE_GET_NEW_CALLS__INIT;
	uint64_t call;

	two_apps_init(&f, LINECALLPRIVILEGE_NONE, LINECALLPRIVILEGE_NONE);
	call = app_make_call(f.a, f.a_open, 0);
	SET_ID(&m, line, 0);
	SET(&m, select, LINECALLSELECT_LINE);
	SET(&m, call_list, 100);
	ck_assert_int_eq(app_call(f.b, CALL_LineGetNewCalls, f.b_open, &m.base), 0);

	ck_assert_int_eq(app_on_call(f.b, CALL_LineDrop, f.b_open, call), LINEERR_NOTOWNER);
	world_fini(&f.w);
}
END_TEST

static const struct {
	uint32_t mode;
	int32_t code;
} media_modes[] = {
	{ VOICE, 0 },
	{ LINEMEDIAMODE_UNKNOWN, 0 },
	{ LINEMEDIAMODE_UNKNOWN | VOICE | LINEMEDIAMODE_G3FAX, 0 },
	{ VOICE | LINEMEDIAMODE_G3FAX, LINEERR_INVALMEDIAMODE },
	{ 0, LINEERR_INVALMEDIAMODE },
	{ 1, LINEERR_INVALMEDIAMODE },
	{ 0x00010000, LINEERR_INVALMEDIAMODE },
	{ LINEMEDIAMODE_UNKNOWN | 0x00010000, LINEERR_INVALMEDIAMODE },
};

START_TEST(several_media_modes_need_the_unknown_one)
{
	struct two_apps f;
	LineSetMediaMode m = LINE_SET_MEDIA_MODE__INIT;
	uint64_t call;

	two_apps_init(&f, OWNER, MONITOR);
	call = host_new_call(f.host, 0, VOICE);
	SET_ID(&m, call, call);
	SET(&m, media_modes, media_modes[_i].mode);

	ck_assert_int_eq(app_call(f.a, CALL_LineSetMediaMode, f.a_open, &m.base),
			media_modes[_i].code);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineSetMediaMode), !media_modes[_i].code);
	ck_assert_int_eq(app_call(f.b, CALL_LineSetMediaMode, f.b_open, &m.base), LINEERR_NOTOWNER);
	world_fini(&f.w);
}
END_TEST

/* The host learns of it with the next frame, and its client waits for nothing. */
START_TEST(call_that_is_over_is_given_back_and_wakes_nobody)
{
	struct two_apps f;
	LineDeallocateCall m = LINE_DEALLOCATE_CALL__INIT;
	unsigned returns;

	two_apps_init(&f, OWNER, LINECALLPRIVILEGE_NONE);
	SET_ID(&m, call, host_new_call(f.host, 0, VOICE));
	host_state(f.host, m.call, LINECALLSTATE_IDLE, 0);
	world_turn(&f.w);
	returns = mock_count(f.a, FRAME_RETURN);
	f.w.is_real = true;
	(void)app_post(f.a, CALL_LineDeallocateCall, f.a_open, &m.base);

	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 0);
	ck_assert_uint_eq(mock_count(f.a, FRAME_RETURN), returns);
	f.w.is_real = false;
	world_turn(&f.w);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 1);
	ck_assert_uint_eq(mock_count(f.a, FRAME_RETURN), returns + 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(note_of_who_was_offered_a_call_wakes_no_host)
{
	struct two_apps f;
	unsigned before, seen;
	uint64_t call;

	two_apps_init(&f, OWNER, MONITOR);
	before = mock_count(f.host, FRAME_NOTE);
	f.w.is_real = true;
	call = host_new_call(f.host, 0, VOICE);
	ck_assert_uint_eq(app_events(f.a, LINE_APPNEWCALL), 1);
	ck_assert_uint_eq(mock_count(f.host, FRAME_NOTE), before);

	seen = f.host->count;
	ck_assert_int_eq(app_on_call(f.a, CALL_LineDrop, f.a_open, call), 0);
	ck_assert_uint_eq(mock_count(f.host, FRAME_NOTE), before + 1);
	ck_assert_uint_eq(f.host->seen[seen].h.kind, FRAME_NOTE); /* in its turn */
	world_fini(&f.w);
}
END_TEST

START_TEST(late_joiner_monitors_what_fits_its_structure)
{
	struct two_apps f;
	LineGetNewCalls m = LINE_GET_NEW_CALLS__INIT;
	const LineGetNewCallsReply *reply;
	uint64_t call;

	two_apps_init(&f, OWNER, LINECALLPRIVILEGE_NONE);
	call = host_new_call(f.host, 0, VOICE);
	SET_ID(&m, line, 0);
	SET(&m, select, LINECALLSELECT_LINE);
	SET(&m, call_list, 24);
	ck_assert_int_eq(app_call(f.b, CALL_LineGetNewCalls, f.b_open, &m.base), 0);
	reply = (const void *)mock_last(f.b, FRAME_RETURN)->body;
	ck_assert_uint_eq(reply->call_list->n_calls, 1);
	ck_assert_int_eq(app_on_call(f.b, CALL_LineGetCallInfo, f.b_open, call),
			LINEERR_INVALCALLHANDLE);

	SET(&m, call_list, 28);
	ck_assert_int_eq(app_call(f.b, CALL_LineGetNewCalls, f.b_open, &m.base), 0);
	ck_assert_int_eq(app_on_call(f.b, CALL_LineGetCallInfo, f.b_open, call), 0);
	ck_assert_int_eq(app_on_call(f.b, CALL_LineDrop, f.b_open, call), LINEERR_NOTOWNER);
	ck_assert_uint_eq(app_events(f.a, LINE_CALLINFO), 1);
	ck_assert_int_eq(app_call(f.b, CALL_LineGetNewCalls, f.b_open, &m.base), 0);
	reply = (const void *)mock_last(f.b, FRAME_RETURN)->body;
	ck_assert_uint_eq(reply->call_list->n_calls, 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(info_has_the_core_s_parts)
{
	struct two_apps f;
	LineMakeCall m = LINE_MAKE_CALL__INIT;
	LineCallParams params = LINE_CALL_PARAMS__INIT;
	const LineGetCallInfoReply *reply;
	uint64_t call;

	two_apps_init(&f, OWNER, MONITOR);
	SET_ID(&m, line, 0);
	params.comment = (char *)"mine";
	m.call_params = &params;
	ck_assert_int_eq(app_call(f.a, CALL_LineMakeCall, f.a_open, &m.base), 0);
	call = (uint64_t)1 << 32 | 1;
	host_state(f.host, call, LINECALLSTATE_CONNECTED, 0);
	ck_assert_int_eq(app_on_call(f.b, CALL_LineGetCallInfo, f.b_open, call), 0);

	reply = (const void *)mock_last(f.b, FRAME_RETURN)->body;
	ck_assert_str_eq(reply->call_info->comment, "mine");
	ck_assert_str_eq(reply->call_info->app_name, "a");
	ck_assert_str_eq(reply->call_info->called_id, "102");
	ck_assert_uint_eq(reply->call_info->num_owners, 1);
	ck_assert_uint_eq(reply->call_info->num_monitors, 1);
	ck_assert(reply->call_info->call_states & LINECALLSTATE_UNKNOWN);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineGetCallInfo), 0); /* from the cache */
	world_fini(&f.w);
}
END_TEST

START_TEST(the_core_s_zero_counts_more_than_a_number_of_the_provider)
{
	struct two_apps f;
	const LineGetCallInfoReply *info;
	const LineGetCallStatusReply *status;
	uint64_t call;

	two_apps_init(&f, OWNER, LINECALLPRIVILEGE_NONE);
	call = app_make_call(f.a, f.a_open, 0);
	host_state(f.host, call, LINECALLSTATE_PROCEEDING, 0);

	ck_assert_int_eq(app_on_call(f.a, CALL_LineGetCallInfo, f.a_open, call), 0);
	info = (const void *)mock_last(f.a, FRAME_RETURN)->body;
	ck_assert_uint_eq(info->call_info->num_monitors, 0);
	ck_assert_int_eq(app_on_call(f.a, CALL_LineGetCallStatus, f.a_open, call), 0);
	status = (const void *)mock_last(f.a, FRAME_RETURN)->body;
	ck_assert_uint_eq(status->call_status->call_state_mode, 0);
	ck_assert_uint_eq(status->call_status->call_privilege, OWNER);
	world_fini(&f.w);
}
END_TEST

START_TEST(monitor_sees_no_owner_s_features)
{
	struct two_apps f;
	const LineGetCallStatusReply *reply;
	uint64_t call;

	two_apps_init(&f, OWNER, MONITOR);
	call = app_make_call(f.a, f.a_open, 0);
	host_state(f.host, call, LINECALLSTATE_CONNECTED, 0);

	ck_assert_int_eq(app_on_call(f.b, CALL_LineGetCallStatus, f.b_open, call), 0);
	reply = (const void *)mock_last(f.b, FRAME_RETURN)->body;
	ck_assert_uint_eq(reply->call_status->call_privilege, MONITOR);
	ck_assert_uint_eq(reply->call_status->call_features, LINECALLFEATURE_MONITORDIGITS);
	ck_assert_uint_eq(reply->call_status->call_state, LINECALLSTATE_CONNECTED);
	ck_assert_int_eq(app_on_call(f.a, CALL_LineGetCallStatus, f.a_open, call), 0);
	reply = (const void *)mock_last(f.a, FRAME_RETURN)->body;
	ck_assert(reply->call_status->call_features & LINECALLFEATURE_DROP);
	world_fini(&f.w);
}
END_TEST

static int32_t monitor_digits(struct mock *app, uint32_t open, uint64_t call, uint32_t modes)
{
	LineMonitorDigits m = LINE_MONITOR_DIGITS__INIT;

	SET_ID(&m, call, call);
	SET(&m, digit_modes, modes);
	return app_call(app, CALL_LineMonitorDigits, open, &m.base);
}

START_TEST(digits_are_a_union_and_a_filter)
{
	struct two_apps f;
	const LineMonitorDigits *told;
	uint64_t call;

	two_apps_init(&f, OWNER, MONITOR);
	call = app_make_call(f.a, f.a_open, 0);
	host_state(f.host, call, LINECALLSTATE_CONNECTED, 0);
	ck_assert_int_eq(monitor_digits(f.a, f.a_open, call, LINEDIGITMODE_DTMF), 0);
	ck_assert_int_eq(monitor_digits(f.b, f.b_open, call, LINEDIGITMODE_DTMFEND), 0);
	told = (const void *)host_request(f.host, CALL_LineMonitorDigits)->body;
	ck_assert_uint_eq(told->digit_modes, LINEDIGITMODE_DTMF | LINEDIGITMODE_DTMFEND);

	host_event(f.host, call, LINE_MONITORDIGITS, '4', LINEDIGITMODE_DTMF, 0, NULL);
	ck_assert_uint_eq(app_events(f.a, LINE_MONITORDIGITS), 1);
	ck_assert_uint_eq(app_events(f.b, LINE_MONITORDIGITS), 0);

	ck_assert_int_eq(monitor_digits(f.a, f.a_open, call, 0), 0);
	told = (const void *)host_request(f.host, CALL_LineMonitorDigits)->body;
	ck_assert_uint_eq(told->digit_modes, LINEDIGITMODE_DTMFEND);
	ck_assert_int_eq(monitor_digits(f.a, f.a_open, call, 8), LINEERR_INVALDIGITMODE);
	mock_hang_up(f.b);
	told = (const void *)host_request(f.host, CALL_LineMonitorDigits)->body;
	ck_assert_uint_eq(told->digit_modes, 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(generation_ends_at_the_one_that_asked)
{
	struct two_apps f;
	struct frame_header h = { .kind = FRAME_EVENT };
	Event e = EVENT__INIT;
	uint64_t call;

	two_apps_init(&f, OWNER, MONITOR);
	call = app_make_call(f.a, f.a_open, 0);
	SET_ID(&e, object, call);
	SET(&e, msg, LINE_GENERATE);
	SET(&e, p1, LINEGENERATETERM_DONE);
	SET(&e, p2, 12345);
	h.origin_session = f.a->session;
	h.origin_serial = 17;
	mock_send(f.host, h, &e.base);
	world_turn(&f.w);

	ck_assert_uint_eq(app_events(f.a, LINE_GENERATE), 1);
	ck_assert_uint_eq(app_events(f.b, LINE_GENERATE), 0);
	ck_assert_uint_eq(app_event(f.a, LINE_GENERATE)->h.origin_serial, 17);
	ck_assert(!seen_event(app_event(f.a, LINE_GENERATE))->has_p2);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core call");
	TCase *t = tcase_create("call");

	tcase_add_test(t, reply_precedes_the_first_event);
	tcase_add_test(t, completion_is_acknowledged);
	tcase_add_test(t, monitors_learn_of_a_made_call_as_unknown);
	tcase_add_test(t, first_opener_owns_the_call);
	tcase_add_test(t, call_goes_by_media_mode);
	tcase_add_test(t, single_address_limits_ownership);
	tcase_add_test(t, call_that_nobody_wants_is_dropped);
	tcase_add_test(t, idle_is_final);
	tcase_add_test(t, death_of_the_sole_owner_drops_the_call);
	tcase_add_test(t, death_while_the_call_is_being_made_drops_it);
	tcase_add_test(t, failed_make_call_leaves_nothing);
	tcase_add_test(t, reserved_call_is_not_valid_before_its_completion);
	tcase_add_test(t, sole_owner_cannot_become_monitor);
	tcase_add_test(t, late_joiner_finds_a_call_without_a_state);
	tcase_add_loop_test(t, several_media_modes_need_the_unknown_one, 0,
			sizeof(media_modes) / sizeof(media_modes[0]));
	tcase_add_test(t, late_joiner_monitors_what_fits_its_structure);
	tcase_add_test(t, call_that_is_over_is_given_back_and_wakes_nobody);
	tcase_add_test(t, note_of_who_was_offered_a_call_wakes_no_host);
	tcase_add_test(t, info_has_the_core_s_parts);
	tcase_add_test(t, the_core_s_zero_counts_more_than_a_number_of_the_provider);
	tcase_add_test(t, monitor_sees_no_owner_s_features);
	tcase_add_test(t, digits_are_a_union_and_a_filter);
	tcase_add_test(t, generation_ends_at_the_one_that_asked);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
