// SPDX-License-Identifier: MIT
/* test_call.c - the life of calls: who gets them, who hears of them, how they end. */
#include "../test_main.h"
#include "world.h"

struct fixture {
	struct world w;
	struct mock *host, *a, *b;
	uint32_t a_open, b_open;
};

static void set_up(struct fixture *f, uint32_t a, uint32_t b)
{
	world_init(&f->w, "mock", NULL);
	f->host = world_host(&f->w, "mock");
	f->a = world_app(&f->w, "a");
	f->b = world_app(&f->w, "b");
	f->a_open = app_open(f->a, 0, a, a & OWNER ? VOICE : 0);
	f->b_open = app_open(f->b, 0, b, b & OWNER ? VOICE : 0);
	ck_assert_uint_ne(f->a_open, 0);
	ck_assert_uint_ne(f->b_open, 0);
}

static unsigned position(const struct mock *m, const struct seen *s)
{
	return (unsigned)(s - m->seen);
}

static const Event *event(const struct seen *s)
{
	ck_assert_ptr_nonnull(s);
	return (const Event *)(const void *)s->body;
}

START_TEST(reply_precedes_the_first_event)
{
	struct fixture f;
	const struct seen *reply, *first;
	uint64_t call;

	set_up(&f, OWNER, MONITOR);
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
	struct fixture f;

	set_up(&f, OWNER, MONITOR);
	(void)app_make_call(f.a, f.a_open, 0);

	ck_assert_uint_eq(mock_count(f.host, FRAME_ACK), 1);
	ck_assert_uint_eq(mock_last(f.host, FRAME_ACK)->h.serial,
			host_request(f.host, CALL_LineMakeCall)->h.serial);
	world_fini(&f.w);
}
END_TEST

START_TEST(monitors_learn_of_a_made_call_as_unknown)
{
	struct fixture f;
	uint64_t call;

	set_up(&f, OWNER, MONITOR);
	call = app_make_call(f.a, f.a_open, 0);

	ck_assert_uint_eq(app_events(f.b, LINE_APPNEWCALL), 1);
	ck_assert_uint_eq(event(app_event(f.b, LINE_APPNEWCALL))->p2, call);
	ck_assert_uint_eq(app_state(f.b), LINECALLSTATE_UNKNOWN);
	ck_assert_int_eq(app_event(f.b, LINE_CALLSTATE)->h.result, MONITOR);
	ck_assert_uint_eq(app_events(f.a, LINE_APPNEWCALL), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(first_opener_owns_the_call)
{
	struct fixture f;
	uint64_t call;

	set_up(&f, OWNER, OWNER | MONITOR);
	call = host_new_call(f.host, 0, VOICE);

	ck_assert_uint_eq(event(app_event(f.a, LINE_APPNEWCALL))->p3, OWNER);
	ck_assert_uint_eq(event(app_event(f.a, LINE_APPNEWCALL))->p2, call);
	ck_assert_uint_eq(event(app_event(f.b, LINE_APPNEWCALL))->p3, MONITOR);
	ck_assert_uint_eq(position(f.a, app_event(f.a, LINE_APPNEWCALL)) + 1,
			position(f.a, app_event(f.a, LINE_CALLSTATE)));
	ck_assert_uint_eq(app_state(f.a), LINECALLSTATE_OFFERING);
	ck_assert_int_eq(app_event(f.a, LINE_CALLSTATE)->h.result, OWNER);
	ck_assert(!event(app_event(f.a, LINE_CALLSTATE))->has_p3);
	world_fini(&f.w);
}
END_TEST

START_TEST(call_goes_by_media_mode)
{
	struct fixture f;
	struct mock *modem;

	set_up(&f, OWNER, OWNER);
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
	struct fixture f;
	LineOpen m = LINE_OPEN__INIT;
	LineCallParams params = LINE_CALL_PARAMS__INIT;

	set_up(&f, MONITOR, MONITOR);
	SET_ID(&m, device, 1);
	SET(&m, api_version, 0x00020002);
	SET(&m, privileges, OWNER | LINEOPENOPTION_SINGLEADDRESS);
	SET(&m, media_modes, VOICE);
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
	struct fixture f;
	uint64_t call;

	set_up(&f, LINECALLPRIVILEGE_NONE, MONITOR);
	call = host_new_call(f.host, 0, VOICE);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 0); /* b monitors it */
	ck_assert_uint_eq(app_events(f.a, LINE_APPNEWCALL), 0);
	ck_assert_uint_eq(app_events(f.b, LINE_APPNEWCALL), 1);

	host_state(f.host, call, LINECALLSTATE_IDLE, 0);
	ck_assert_str_eq(event(app_event(f.b, LINE_CALLSTATE))->reason->cause, "no owner");
	world_fini(&f.w);
}
END_TEST

START_TEST(idle_is_final)
{
	struct fixture f;
	uint64_t call;

	set_up(&f, OWNER, MONITOR);
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
	struct fixture f;
	uint64_t call;

	set_up(&f, OWNER, MONITOR);
	call = app_make_call(f.a, f.a_open, 0);
	host_state(f.host, call, LINECALLSTATE_CONNECTED, 0);
	mock_hang_up(f.a);

	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 0);
	host_state(f.host, call, LINECALLSTATE_IDLE, 0);
	ck_assert_uint_eq(app_state(f.b), LINECALLSTATE_IDLE);
	ck_assert_str_eq(event(app_event(f.b, LINE_CALLSTATE))->reason->cause, "owner gone");
	ck_assert_int_eq(app_on_call(f.b, CALL_LineDeallocateCall, f.b_open, call), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(death_while_the_call_is_being_made_drops_it)
{
	struct fixture f;
	LineMakeCall m = LINE_MAKE_CALL__INIT;
	LineMakeCallReply reply = LINE_MAKE_CALL_REPLY__INIT;
	struct seen request;

	set_up(&f, OWNER, MONITOR);
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
	struct fixture f;
	LineMakeCall m = LINE_MAKE_CALL__INIT;
	LineMakeCallReply reply = LINE_MAKE_CALL_REPLY__INIT;
	struct seen request;
	uint64_t call = (uint64_t)1 << 32 | 9;

	set_up(&f, OWNER, MONITOR);
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
	struct fixture f;
	LineMakeCall m = LINE_MAKE_CALL__INIT;
	LineMakeCallReply reply = LINE_MAKE_CALL_REPLY__INIT;
	struct seen request;
	uint64_t call = (uint64_t)1 << 32 | 9;

	set_up(&f, OWNER, MONITOR);
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
	struct fixture f;
	LineSetCallPrivilege m = LINE_SET_CALL_PRIVILEGE__INIT;
	uint64_t call;

	set_up(&f, OWNER, MONITOR);
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

START_TEST(late_joiner_monitors_what_fits_its_structure)
{
	struct fixture f;
	LineGetNewCalls m = LINE_GET_NEW_CALLS__INIT;
	const LineGetNewCallsReply *reply;
	uint64_t call;

	set_up(&f, OWNER, LINECALLPRIVILEGE_NONE);
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
	struct fixture f;
	LineMakeCall m = LINE_MAKE_CALL__INIT;
	LineCallParams params = LINE_CALL_PARAMS__INIT;
	const LineGetCallInfoReply *reply;
	uint64_t call;

	set_up(&f, OWNER, MONITOR);
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

START_TEST(monitor_sees_no_owner_s_features)
{
	struct fixture f;
	const LineGetCallStatusReply *reply;
	uint64_t call;

	set_up(&f, OWNER, MONITOR);
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
	struct fixture f;
	const LineMonitorDigits *told;
	uint64_t call;

	set_up(&f, OWNER, MONITOR);
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

START_TEST(application_that_does_not_dispatch_loses_its_call)
{
	struct fixture f;
	uint64_t call;
	struct frame_header ack = { .kind = FRAME_ACK };

	set_up(&f, OWNER, MONITOR);
	call = host_new_call(f.host, 0, VOICE);
	ck_assert(f.a->seen[f.a->count - 1].h.flags & FLAG_WANT_ACK ||
			f.a->seen[f.a->count - 2].h.flags & FLAG_WANT_ACK);
	world_wait(&f.w, 4900);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	world_wait(&f.w, 200);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	host_state(f.host, call, LINECALLSTATE_DISCONNECTED, 0);
	ck_assert_str_eq(event(app_event(f.a, LINE_CALLSTATE))->reason->sentence,
			"the application did not dispatch for 5.0 s");
	ck_assert_uint_eq(mock_count(f.b, FRAME_EVENT), 3); /* a monitor is not asked */
	for (unsigned i = 0; i < f.b->count; i++)
		ck_assert(!(f.b->seen[i].h.flags & FLAG_WANT_ACK) ||
				f.b->seen[i].h.kind != FRAME_EVENT);
	mock_send(f.a, ack, NULL); /* of nothing: ignored */
	world_turn(&f.w);
	ck_assert(f.a->connected);
	world_fini(&f.w);
}
END_TEST

START_TEST(application_that_dispatches_keeps_its_call)
{
	struct fixture f;

	set_up(&f, OWNER, MONITOR);
	(void)host_new_call(f.host, 0, VOICE);
	app_ack(f.a);
	world_wait(&f.w, 6000);

	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(owner_that_has_just_answered_is_not_asked_again)
{
	struct fixture f;
	uint64_t call;

	set_up(&f, OWNER, MONITOR);
	call = host_new_call(f.host, 0, VOICE);
	app_ack(f.a);
	world_wait(&f.w, 900);
	host_state(f.host, call, LINECALLSTATE_ACCEPTED, 0);
	ck_assert_uint_eq(app_event(f.a, LINE_CALLSTATE)->h.flags & FLAG_WANT_ACK, 0);
	world_wait(&f.w, 100);
	host_state(f.host, call, LINECALLSTATE_CONNECTED, 0);
	ck_assert_uint_ne(app_event(f.a, LINE_CALLSTATE)->h.flags & FLAG_WANT_ACK, 0);
	world_wait(&f.w, 5100);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(application_that_hangs_on_loses_the_next_call_too)
{
	struct fixture f;
	uint64_t call;

	set_up(&f, OWNER, MONITOR);
	call = host_new_call(f.host, 0, VOICE);
	world_wait(&f.w, 5100);
	host_state(f.host, call, LINECALLSTATE_IDLE, 0);
	ck_assert_int_eq(app_on_call(f.a, CALL_LineDeallocateCall, f.a_open, call), 0);
	(void)host_new_call(f.host, 0, VOICE); /* it has not answered to this day */
	world_wait(&f.w, 5100);

	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 2);
	world_fini(&f.w);
}
END_TEST

/* Empty events about nothing that ask for an answer. */
static unsigned probes(const struct mock *app)
{
	unsigned count = 0;

	for (unsigned i = 0; i < app->count; i++)
		count += app->seen[i].h.kind == FRAME_EVENT && !app->seen[i].h.length &&
			 (app->seen[i].h.flags & FLAG_WANT_ACK) != 0;
	return count;
}

START_TEST(quiet_owner_is_asked_after_half_the_limit)
{
	struct fixture f;
	uint64_t call;

	set_up(&f, OWNER, MONITOR);
	call = host_new_call(f.host, 0, VOICE);
	app_ack(f.a);
	world_wait(&f.w, 2400);
	ck_assert_uint_eq(probes(f.a), 0);
	world_wait(&f.w, 200);
	ck_assert_uint_eq(probes(f.a), 1);
	world_wait(&f.w, 4000);
	ck_assert_uint_eq(probes(f.a), 1); /* one question at a time */
	app_ack(f.a);
	world_wait(&f.w, 2600);
	ck_assert_uint_eq(probes(f.a), 2); /* it answered: asked again later */
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	world_wait(&f.w, 5100); /* it does not answer */

	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	host_state(f.host, call, LINECALLSTATE_DISCONNECTED, 0);
	ck_assert_str_eq(event(app_event(f.a, LINE_CALLSTATE))->reason->sentence,
			"the application did not dispatch for 5.0 s");
	ck_assert_uint_eq(probes(f.b), 0); /* a monitor is not asked */
	world_fini(&f.w);
}
END_TEST

START_TEST(hanging_owner_loses_only_what_nobody_else_owns)
{
	struct fixture f;
	LineSetCallPrivilege m = LINE_SET_CALL_PRIVILEGE__INIT;

	set_up(&f, OWNER, MONITOR);
	SET_ID(&m, call, host_new_call(f.host, 0, VOICE));
	SET(&m, call_privilege, OWNER);
	ck_assert_int_eq(app_call(f.b, CALL_LineSetCallPrivilege, f.b_open, &m.base), 0);
	app_ack(f.a);
	world_wait(&f.w, 2600);
	ck_assert_uint_eq(probes(f.a), 1);
	world_wait(&f.w, 5100);

	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(generation_ends_at_the_one_that_asked)
{
	struct fixture f;
	struct frame_header h = { .kind = FRAME_EVENT };
	Event e = EVENT__INIT;
	uint64_t call;

	set_up(&f, OWNER, MONITOR);
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
	ck_assert(!event(app_event(f.a, LINE_GENERATE))->has_p2);
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
	tcase_add_test(t, late_joiner_monitors_what_fits_its_structure);
	tcase_add_test(t, info_has_the_core_s_parts);
	tcase_add_test(t, monitor_sees_no_owner_s_features);
	tcase_add_test(t, digits_are_a_union_and_a_filter);
	tcase_add_test(t, application_that_does_not_dispatch_loses_its_call);
	tcase_add_test(t, application_that_dispatches_keeps_its_call);
	tcase_add_test(t, owner_that_has_just_answered_is_not_asked_again);
	tcase_add_test(t, application_that_hangs_on_loses_the_next_call_too);
	tcase_add_test(t, quiet_owner_is_asked_after_half_the_limit);
	tcase_add_test(t, hanging_owner_loses_only_what_nobody_else_owns);
	tcase_add_test(t, generation_ends_at_the_one_that_asked);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
