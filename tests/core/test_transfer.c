// SPDX-License-Identifier: MIT
/* test_transfer.c - transfers, conferences and forwarding: the calls that they make, whose they
 * are, which calls belong together, and what is refused. */
#include "../test_main.h"
#include "mock_host.h"

struct fixture {
	struct world w;
	struct mock *host, *a, *b;
	uint32_t a_open, b_open;
	uint64_t call; /* of a, connected; b monitors it */
};

static void set_up(struct fixture *f)
{
	world_init(&f->w, "mock", "second");
	f->host = world_host(&f->w, "mock");
	f->a = world_app(&f->w, "a");
	f->b = world_app(&f->w, "b");
	f->a_open = app_open(f->a, 0, OWNER, VOICE);
	f->b_open = app_open(f->b, 0, MONITOR, 0);
	f->call = app_make_call(f->a, f->a_open, 0);
	host_state(f->host, f->call, LINECALLSTATE_CONNECTED, 0);
}

static const Event *event(const struct seen *s)
{
	ck_assert_ptr_nonnull(s);
	return (const Event *)(const void *)s->body;
}

static const void *returned(const struct mock *app)
{
	const struct seen *s = app_answer(app, FRAME_RETURN, app->serial);

	ck_assert_ptr_nonnull(s);
	return s->body;
}

static uint64_t set_up_transfer(struct fixture *f)
{
	LineSetupTransfer m = LINE_SETUP_TRANSFER__INIT;

	SET_ID(&m, call, f->call);
	ck_assert_int_eq(app_call(f->a, CALL_LineSetupTransfer, f->a_open, &m.base), 0);
	return ((const LineSetupTransferReply *)returned(f->a))->consult_call;
}

static int32_t complete_transfer(struct fixture *f, uint64_t consult, uint32_t mode)
{
	LineCompleteTransfer m = LINE_COMPLETE_TRANSFER__INIT;

	SET_ID(&m, call, f->call);
	SET_ID(&m, consult_call, consult);
	SET(&m, transfer_mode, mode);
	return app_call(f->a, CALL_LineCompleteTransfer, f->a_open, &m.base);
}

static int32_t set_up_conference(struct fixture *f, uint64_t call)
{
	LineSetupConference m = LINE_SETUP_CONFERENCE__INIT;

	if (call)
		SET_ID(&m, call, call);
	else
		SET_ID(&m, line, 0);
	SET(&m, num_parties, 3);
	return app_call(f->a, CALL_LineSetupConference, f->a_open, &m.base);
}

static uint32_t privilege(struct mock *app, uint32_t open, uint64_t call)
{
	const LineGetCallStatusReply *reply;

	if (app_on_call(app, CALL_LineGetCallStatus, open, call))
		return 0;
	reply = returned(app);
	return reply->call_status ? reply->call_status->call_privilege : 0;
}

START_TEST(consultation_call_is_the_askers_alone)
{
	struct fixture f;
	uint64_t consult;

	set_up(&f);
	mock_forget(f.b);
	consult = set_up_transfer(&f);
	ck_assert_uint_ne(consult, 0);
	ck_assert_uint_ne(consult, f.call);
	host_state(f.host, consult, LINECALLSTATE_DIALTONE, 0);

	ck_assert_uint_eq(privilege(f.a, f.a_open, consult), OWNER);
	ck_assert_uint_eq(privilege(f.b, f.b_open, consult), MONITOR);
	ck_assert_uint_eq(event(app_event(f.b, LINE_APPNEWCALL))->p2, consult);
	ck_assert_uint_eq(app_events(f.a, LINE_APPNEWCALL), 0);
	host_state(f.host, f.call, LINECALLSTATE_ONHOLDPENDTRANSFER, 0);
	ck_assert_uint_eq(app_state(f.a), LINECALLSTATE_ONHOLDPENDTRANSFER);
	world_fini(&f.w);
}
END_TEST

START_TEST(consultation_call_that_fails_was_never_there)
{
	struct fixture f;
	LineSetupTransfer m = LINE_SETUP_TRANSFER__INIT;
	LineSetupTransferReply reply = LINE_SETUP_TRANSFER_REPLY__INIT;
	const struct seen *asked;

	set_up(&f);
	f.host->manual[CALL_LineSetupTransfer] = true;
	mock_forget(f.b);
	SET_ID(&m, call, f.call);
	(void)app_send(f.a, CALL_LineSetupTransfer, f.a_open, &m.base);
	asked = host_request(f.host, CALL_LineSetupTransfer);
	SET_ID(&reply, consult_call, (uint64_t)f.host->provider_id << 32 | 50);
	host_return(f.host, asked, 0, &reply.base);
	world_turn(&f.w);
	ck_assert_int_eq(app_on_call(f.a, CALL_LineDrop, f.a_open, reply.consult_call),
			LINEERR_INVALCALLHANDLE);
	host_complete(f.host, asked->h.serial, LINEERR_OPERATIONFAILED);
	world_turn(&f.w);

	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 1);
	ck_assert_uint_eq(app_events(f.b, LINE_APPNEWCALL), 0);
	ck_assert_int_eq(app_on_call(f.a, CALL_LineDrop, f.a_open, reply.consult_call),
			LINEERR_INVALCALLHANDLE);
	world_fini(&f.w);
}
END_TEST

START_TEST(parameters_name_the_consultation_call)
{
	struct fixture f;
	LineSetupConference m = LINE_SETUP_CONFERENCE__INIT;
	LineCallParams params = LINE_CALL_PARAMS__INIT;
	const LineSetupConferenceReply *reply;
	uint64_t conference, consult;
	const LineGetCallInfoReply *info;

	set_up(&f);
	params.called_party = (char *)"Carol";
	SET_ID(&m, call, f.call);
	m.call_params = &params;
	ck_assert_int_eq(app_call(f.a, CALL_LineSetupConference, f.a_open, &m.base), 0);
	reply = returned(f.a);
	conference = reply->conf_call;
	consult = reply->consult_call;
	host_state(f.host, conference, LINECALLSTATE_ONHOLDPENDCONF, 0);
	host_state(f.host, consult, LINECALLSTATE_DIALTONE, 0);

	ck_assert_int_eq(app_on_call(f.a, CALL_LineGetCallInfo, f.a_open, consult), 0);
	info = returned(f.a);
	ck_assert_str_eq(info->call_info->called_party, "Carol");
	ck_assert_int_eq(app_on_call(f.a, CALL_LineGetCallInfo, f.a_open, conference), 0);
	info = returned(f.a);
	ck_assert_ptr_null(info->call_info->called_party);
	world_fini(&f.w);
}
END_TEST

START_TEST(transfer_makes_no_call_and_conference_makes_one)
{
	struct fixture f;
	uint64_t consult, conference;

	set_up(&f);
	consult = set_up_transfer(&f);
	host_state(f.host, f.call, LINECALLSTATE_ONHOLDPENDTRANSFER, 0);
	host_state(f.host, consult, LINECALLSTATE_CONNECTED, 0);
	ck_assert_int_eq(complete_transfer(&f, consult, LINETRANSFERMODE_TRANSFER), 0);
	ck_assert(!((const LineCompleteTransferReply *)returned(f.a))->has_conf_call);

	ck_assert_int_eq(complete_transfer(&f, consult, LINETRANSFERMODE_CONFERENCE), 0);
	conference = ((const LineCompleteTransferReply *)returned(f.a))->conf_call;
	ck_assert_uint_ne(conference, 0);
	host_state(f.host, conference, LINECALLSTATE_CONNECTED, 0);
	ck_assert_uint_eq(privilege(f.a, f.a_open, conference), OWNER);
	ck_assert_uint_eq(privilege(f.b, f.b_open, conference), MONITOR);
	world_fini(&f.w);
}
END_TEST

static int32_t set_privilege(struct mock *app, uint32_t open, uint64_t call, uint32_t privilege)
{
	LineSetCallPrivilege m = LINE_SET_CALL_PRIVILEGE__INIT;

	SET_ID(&m, call, call);
	SET(&m, call_privilege, privilege);
	return app_call(app, CALL_LineSetCallPrivilege, open, &m.base);
}

START_TEST(second_call_must_be_owned_too)
{
	struct fixture f;
	uint64_t consult;

	set_up(&f);
	consult = set_up_transfer(&f);
	host_state(f.host, f.call, LINECALLSTATE_ONHOLD, 0);
	ck_assert_int_eq(complete_transfer(&f, consult + 40, LINETRANSFERMODE_TRANSFER),
			LINEERR_INVALCONSULTCALLHANDLE);
	ck_assert_int_eq(set_privilege(f.b, f.b_open, consult, OWNER), 0);
	ck_assert_int_eq(set_privilege(f.a, f.a_open, consult, MONITOR), 0);

	ck_assert_int_eq(complete_transfer(&f, consult, LINETRANSFERMODE_TRANSFER),
			LINEERR_NOTOWNER);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineCompleteTransfer), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(calls_of_two_providers_do_not_meet)
{
	struct fixture f;
	struct mock *second;
	LineAddToConference m = LINE_ADD_TO_CONFERENCE__INIT;
	uint64_t foreign;
	uint32_t open;

	set_up(&f);
	second = world_host(&f.w, "second");
	open = app_open(f.a, second->line_base, OWNER, VOICE);
	foreign = app_make_call(f.a, open, second->line_base);
	ck_assert_int_eq(set_up_conference(&f, f.call), 0);
	SET_ID(&m, conf_call, ((const LineSetupConferenceReply *)returned(f.a))->conf_call);
	SET_ID(&m, consult_call, foreign);

	ck_assert_int_eq(app_call(f.a, CALL_LineAddToConference, f.a_open, &m.base),
			LINEERR_INVALCONSULTCALLHANDLE);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineAddToConference), 0);
	SET_ID(&m, conf_call, f.call + 30);
	ck_assert_int_eq(app_call(f.a, CALL_LineAddToConference, f.a_open, &m.base),
			LINEERR_INVALCONFCALLHANDLE);
	world_fini(&f.w);
}
END_TEST

static const struct {
	uint16_t kind;
	uint32_t good, bad;
} needs[] = {
	{ CALL_LineSetupTransfer, LINECALLSTATE_CONNECTED, LINECALLSTATE_RINGBACK },
	{ CALL_LineSetupConference, LINECALLSTATE_CONNECTED, LINECALLSTATE_OFFERING },
	{ CALL_LinePrepareAddToConference, LINECALLSTATE_CONNECTED, LINECALLSTATE_ONHOLDPENDCONF },
	{ CALL_LineRemoveFromConference, LINECALLSTATE_CONFERENCED, LINECALLSTATE_CONNECTED },
	{ CALL_LineBlindTransfer, LINECALLSTATE_CONNECTED, LINECALLSTATE_ONHOLD },
	{ CALL_LineHold, LINECALLSTATE_CONNECTED, LINECALLSTATE_ONHOLD },
	{ CALL_LineUnhold, LINECALLSTATE_ONHOLD, LINECALLSTATE_CONNECTED },
	{ CALL_LineUnhold, LINECALLSTATE_ONHOLDPENDTRANSFER, LINECALLSTATE_CONFERENCED },
	{ CALL_LineUnhold, LINECALLSTATE_ONHOLDPENDCONF, LINECALLSTATE_PROCEEDING },
	{ CALL_LineRedirect, LINECALLSTATE_OFFERING, LINECALLSTATE_ACCEPTED },
};

START_TEST(state_and_privilege_are_checked)
{
	struct fixture f;

	set_up(&f);
	host_state(f.host, f.call, needs[_i].bad, 0);
	ck_assert_int_eq(app_on_call(f.a, needs[_i].kind, f.a_open, f.call),
			LINEERR_INVALCALLSTATE);
	host_state(f.host, f.call, needs[_i].good, 0);
	ck_assert_int_eq(app_on_call(f.b, needs[_i].kind, f.b_open, f.call), LINEERR_NOTOWNER);
	ck_assert_uint_eq(host_asked(f.host, needs[_i].kind), 0);

	ck_assert_int_eq(app_on_call(f.a, needs[_i].kind, f.a_open, f.call), 0);
	ck_assert_uint_eq(host_asked(f.host, needs[_i].kind), 1);
	ck_assert_uint_eq(app_answers(f.a, FRAME_COMPLETION, f.a->serial), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(calls_are_swapped_by_their_owner_only)
{
	struct fixture f;
	LineSwapHold m = LINE_SWAP_HOLD__INIT;
	uint64_t held;

	set_up(&f);
	held = app_make_call(f.a, f.a_open, 0);
	host_state(f.host, held, LINECALLSTATE_ONHOLD, 0);
	SET_ID(&m, active_call, f.call);
	SET_ID(&m, held_call, held);

	ck_assert_int_eq(app_call(f.b, CALL_LineSwapHold, f.b_open, &m.base), LINEERR_NOTOWNER);
	ck_assert_int_eq(app_call(f.a, CALL_LineSwapHold, f.a_open, &m.base), 0);
	SET_ID(&m, active_call, held);
	SET_ID(&m, held_call, f.call);
	ck_assert_int_eq(app_call(f.a, CALL_LineSwapHold, f.a_open, &m.base),
			LINEERR_INVALCALLSTATE);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineSwapHold), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(conference_can_begin_without_a_call)
{
	struct fixture f;
	const LineSetupConferenceReply *reply;

	set_up(&f);
	ck_assert_int_eq(set_up_conference(&f, 0), 0);
	reply = returned(f.a);
	ck_assert_uint_ne(reply->conf_call, 0);
	ck_assert_uint_ne(reply->consult_call, 0);
	ck_assert_uint_ne(reply->consult_call, reply->conf_call);
	f.a_open += 70;
	ck_assert_int_eq(set_up_conference(&f, 0), LINEERR_INVALLINEHANDLE);
	world_fini(&f.w);
}
END_TEST

START_TEST(conference_does_not_begin_on_another_line_than_its_call)
{
	struct fixture f;
	LineSetupConference m = LINE_SETUP_CONFERENCE__INIT;
	uint32_t other;

	set_up(&f);
	other = app_open(f.a, 1, OWNER, VOICE);
	SET_ID(&m, call, f.call);
	SET_ID(&m, line, 1);

	ck_assert_int_eq(app_call(f.a, CALL_LineSetupConference, other, &m.base),
			LINEERR_INVALLINEHANDLE);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineSetupConference), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(device_of_a_call_needs_no_line)
{
	struct fixture f;
	LineGetId m = LINE_GET_ID__INIT;

	set_up(&f);
	SET_ID(&m, call, f.call);
	SET(&m, select, LINECALLSELECT_CALL);
	m.device_class = (char *)"tapi/line";

	ck_assert_int_eq(app_call(f.a, CALL_LineGetId, f.a_open, &m.base), 0);
	SET(&m, select, LINECALLSELECT_LINE);
	ck_assert_int_eq(app_call(f.a, CALL_LineGetId, f.a_open, &m.base), LINEERR_INVALLINEHANDLE);
	world_fini(&f.w);
}
END_TEST

/* A conference of two: the parent's id; the parties are the fixture's call and *second. */
static uint64_t conference_of_two(struct fixture *f, uint64_t *second)
{
	const LineSetupConferenceReply *reply;
	uint64_t parent;

	ck_assert_int_eq(set_up_conference(f, f->call), 0);
	reply = returned(f->a);
	parent = reply->conf_call;
	*second = reply->consult_call;
	host_state(f->host, parent, LINECALLSTATE_CONNECTED, 0);
	host_event(f->host, f->call, LINE_CALLSTATE, LINECALLSTATE_CONFERENCED, parent, VOICE,
			NULL);
	host_event(f->host, *second, LINE_CALLSTATE, LINECALLSTATE_CONFERENCED, parent, VOICE,
			NULL);
	return parent;
}

static int32_t related(struct mock *app, uint32_t open, uint64_t call, uint32_t room)
{
	LineGetConfRelatedCalls m = LINE_GET_CONF_RELATED_CALLS__INIT;

	SET_ID(&m, call, call);
	SET(&m, call_list, room);
	return app_call(app, CALL_LineGetConfRelatedCalls, open, &m.base);
}

START_TEST(conferenced_names_the_conference)
{
	struct fixture f;
	uint64_t parent, second;

	set_up(&f);
	parent = conference_of_two(&f, &second);
	ck_assert_uint_eq(event(app_event(f.a, LINE_CALLSTATE))->object, second);
	ck_assert_uint_eq(event(app_event(f.a, LINE_CALLSTATE))->p2, parent);
	ck_assert_uint_eq(event(app_event(f.b, LINE_CALLSTATE))->p2, parent);

	host_event(f.host, f.call, LINE_CALLSTATE, LINECALLSTATE_CONFERENCED, parent + 20, VOICE,
			NULL);
	ck_assert_uint_eq(event(app_event(f.a, LINE_CALLSTATE))->p2, 0); /* there is no such call */
	world_fini(&f.w);
}
END_TEST

START_TEST(related_calls_are_the_conference_and_its_parties)
{
	struct fixture f;
	uint64_t parent, second;
	const LineCallList *list;

	set_up(&f);
	parent = conference_of_two(&f, &second);
	ck_assert_int_eq(related(f.a, f.a_open, second, 100), 0);
	list = ((const LineGetConfRelatedCallsReply *)returned(f.a))->call_list;
	ck_assert_uint_eq(list->n_calls, 3);
	ck_assert_uint_eq(list->calls[0], parent);
	ck_assert_uint_eq(list->calls[1], f.call);
	ck_assert_uint_eq(list->calls[2], second);

	host_state(f.host, second, LINECALLSTATE_CONNECTED, 0); /* it has left */
	ck_assert_int_eq(related(f.a, f.a_open, parent, 100), 0);
	list = ((const LineGetConfRelatedCallsReply *)returned(f.a))->call_list;
	ck_assert_uint_eq(list->n_calls, 2);
	ck_assert_int_eq(related(f.a, f.a_open, second, 100), LINEERR_NOCONFERENCE);
	ck_assert_uint_eq(privilege(f.a, f.a_open, parent), OWNER); /* as before */
	world_fini(&f.w);
}
END_TEST

static int32_t get_new_calls(struct mock *app, uint32_t open)
{
	LineGetNewCalls m = LINE_GET_NEW_CALLS__INIT;

	SET_ID(&m, line, 0);
	SET(&m, select, LINECALLSELECT_LINE);
	SET(&m, call_list, 100);
	return app_call(app, CALL_LineGetNewCalls, open, &m.base);
}

START_TEST(related_calls_that_are_new_come_as_a_monitors)
{
	struct fixture f;
	struct mock *late;
	uint64_t parent, second;
	uint32_t open;

	set_up(&f);
	parent = conference_of_two(&f, &second);
	late = world_app(&f.w, "late");
	open = app_open(late, 0, LINECALLPRIVILEGE_NONE, 0);
	ck_assert_int_eq(get_new_calls(late, open), 0);
	(void)app_on_call(late, CALL_LineDeallocateCall, open, f.call);
	(void)app_on_call(late, CALL_LineDeallocateCall, open, parent);

	ck_assert_int_eq(related(late, open, second, 24 + 2 * 4), 0); /* one too few */
	ck_assert_uint_eq(privilege(late, open, f.call), 0);
	ck_assert_int_eq(related(late, open, second, 24 + 3 * 4), 0);
	ck_assert_uint_eq(privilege(late, open, f.call), MONITOR);
	ck_assert_uint_eq(privilege(late, open, parent), MONITOR);
	world_fini(&f.w);
}
END_TEST

static void snapshot_party(struct mock *host, uint64_t id, uint64_t parent)
{
	struct frame_header h = { .kind = FRAME_SNAPSHOT };
	Snapshot s = SNAPSHOT__INIT;
	SnapshotCall call = SNAPSHOT_CALL__INIT;

	SET_ID(&call, call, id);
	SET_ID(&call, device, 0);
	SET(&call, state, LINECALLSTATE_CONFERENCED);
	SET(&call, state_mode, (uint32_t)parent);
	s.call = &call;
	mock_send(host, h, &s.base);
}

START_TEST(parties_find_their_conference_after_a_restart)
{
	struct fixture f;
	struct mock *host, *late;
	uint64_t parent, second;
	uint32_t open;

	set_up(&f);
	parent = conference_of_two(&f, &second);
	world_kill_core(&f.w);
	host = mock_host_resume(&f.w, f.host);
	snapshot_party(host, second, parent);
	snapshot_party(host, parent, 0);
	mock_host_end_snapshot(host);
	late = world_app(&f.w, "late");
	open = app_open(late, 0, MONITOR, 0);
	(void)get_new_calls(late, open);

	ck_assert_int_eq(related(late, open, second, 100), 0);
	ck_assert_uint_eq(((const LineGetConfRelatedCallsReply *)returned(late))
					  ->call_list->calls[0],
			parent);
	world_fini(&f.w);
}
END_TEST

START_TEST(forwarding_goes_to_the_provider_with_its_list)
{
	struct fixture f;
	LineForward m = LINE_FORWARD__INIT;
	LineForwardList list = LINE_FORWARD_LIST__INIT;
	LineForwardEntry entry = LINE_FORWARD_ENTRY__INIT, *entries[] = { &entry };
	const LineForward *got;

	set_up(&f);
	SET(&entry, forward_mode, LINEFORWARDMODE_BUSY);
	entry.dest_address = (char *)"200";
	list.n_forward = 1;
	list.forward = entries;
	SET_ID(&m, line, 0);
	SET(&m, address_id, 1);
	SET(&m, num_rings_no_answer, 4);
	m.forward_list = &list;
	ck_assert_int_eq(app_call(f.a, CALL_LineForward, f.a_open, &m.base), 0);
	ck_assert_uint_eq(app_answers(f.a, FRAME_COMPLETION, f.a->serial), 1);
	ck_assert(!((const LineForwardReply *)returned(f.a))->has_consult_call);
	got = (const void *)host_request(f.host, CALL_LineForward)->body;
	ck_assert_uint_eq(got->num_rings_no_answer, 4);
	ck_assert_str_eq(got->forward_list->forward[0]->dest_address, "200");

	SET(&m, address_id, 2);
	ck_assert_int_eq(app_call(f.a, CALL_LineForward, f.a_open, &m.base),
			LINEERR_INVALADDRESSID);
	SET(&m, all_addresses, 1);
	ck_assert_int_eq(app_call(f.a, CALL_LineForward, f.a_open, &m.base), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(forwarding_may_need_a_consultation)
{
	struct fixture f;
	LineForward m = LINE_FORWARD__INIT;
	LineCallParams params = LINE_CALL_PARAMS__INIT;
	uint64_t consult;

	set_up(&f);
	mock_forget(f.b);
	SET_ID(&m, line, 0);
	m.call_params = &params;
	ck_assert_int_eq(app_call(f.a, CALL_LineForward, f.a_open, &m.base), 0);
	consult = ((const LineForwardReply *)returned(f.a))->consult_call;
	host_state(f.host, consult, LINECALLSTATE_DIALTONE, 0);

	ck_assert_uint_eq(privilege(f.a, f.a_open, consult), OWNER);
	ck_assert_uint_eq(event(app_event(f.b, LINE_APPNEWCALL))->p2, consult);
	world_fini(&f.w);
}
END_TEST

START_TEST(consultation_call_has_its_makers_media)
{
	struct fixture f;
	TapixCreateMspInstance m = TAPIX_CREATE_MSP_INSTANCE__INIT;
	CallState state = CALL_STATE__INIT;
	LineCallInfo info = LINE_CALL_INFO__INIT;
	uint64_t consult;

	set_up(&f);
	SET(&info, address_id, 1); /* the second one of the line */
	state.info = &info;
	host_event(f.host, f.call, LINE_CALLSTATE, LINECALLSTATE_CONNECTED, 0, VOICE, &state);
	SET_ID(&m, line, 0);
	SET(&m, address_id, 1);
	ck_assert_int_eq(app_call(f.a, CALL_TapixCreateMspInstance, f.a_open, &m.base), 0);
	consult = set_up_transfer(&f);
	host_event(f.host, consult, LINE_SENDMSPDATA, 0, 0, 0, NULL);

	ck_assert_uint_eq(app_events(f.a, LINE_SENDMSPDATA), 1);
	ck_assert_uint_eq(event(app_event(f.a, LINE_SENDMSPDATA))->object, consult);
	ck_assert_uint_eq(app_events(f.b, LINE_SENDMSPDATA), 0);
	world_fini(&f.w);
}
END_TEST

static Suite *transfer(void)
{
	Suite *s = suite_create("core transfer");
	TCase *t = tcase_create("transfer");

	tcase_add_test(t, consultation_call_is_the_askers_alone);
	tcase_add_test(t, consultation_call_that_fails_was_never_there);
	tcase_add_test(t, parameters_name_the_consultation_call);
	tcase_add_test(t, transfer_makes_no_call_and_conference_makes_one);
	tcase_add_test(t, second_call_must_be_owned_too);
	tcase_add_test(t, calls_of_two_providers_do_not_meet);
	tcase_add_loop_test(t, state_and_privilege_are_checked, 0,
			sizeof(needs) / sizeof(needs[0]));
	tcase_add_test(t, calls_are_swapped_by_their_owner_only);
	tcase_add_test(t, conference_can_begin_without_a_call);
	tcase_add_test(t, conference_does_not_begin_on_another_line_than_its_call);
	tcase_add_test(t, device_of_a_call_needs_no_line);
	tcase_add_test(t, conferenced_names_the_conference);
	tcase_add_test(t, related_calls_are_the_conference_and_its_parties);
	tcase_add_test(t, related_calls_that_are_new_come_as_a_monitors);
	tcase_add_test(t, parties_find_their_conference_after_a_restart);
	tcase_add_test(t, forwarding_goes_to_the_provider_with_its_list);
	tcase_add_test(t, forwarding_may_need_a_consultation);
	tcase_add_test(t, consultation_call_has_its_makers_media);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(transfer())
