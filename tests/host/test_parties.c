// SPDX-License-Identifier: MIT
/* test_parties.c - transfers, conferences, hold and forwarding through the host: which calls the
 * TSP is given, which it makes, and what it says of them. */
#include "../test_main.h"
#include "core.h"

#include <tapi.h>

#include <string.h>

/* Past what only brings the snapshot of a call that was just made. */
static const Event *expect_state(struct core *c, uint64_t call, uint32_t state, uint64_t mode)
{
	const Event *e;

	do
		e = (const Event *)core_expect(c, FRAME_EVENT)->body;
	while (e->msg == LINE_CALLINFO && !e->p1);
	ck_assert_uint_eq(e->msg, LINE_CALLSTATE);
	ck_assert_uint_eq(e->object, call);
	ck_assert_uint_eq(e->p1, state);
	ck_assert_uint_eq(e->p2, mode);
	return e;
}

/* The bodies of a RETURN with 0 and of a COMPLETION with 0. */
static const void *expect_done(struct core *c, uint32_t serial)
{
	struct got *g = core_expect(c, FRAME_RETURN), *done;

	ck_assert_uint_eq(g->h.serial, serial);
	ck_assert_msg(g->h.result == 0, "%s", g->h.result ? core_reason(g) : "");
	done = core_expect(c, FRAME_COMPLETION);
	ck_assert_uint_eq(done->h.serial, serial);
	ck_assert_msg(done->h.result == 0, "%s", done->h.result ? core_reason(done) : "");
	return g->body;
}

static uint64_t connected_call(struct core *c)
{
	uint32_t serial = core_dial(c, "early");
	uint64_t call = ((const LineMakeCallReply *)expect_done(c, serial))->call;

	(void)expect_state(c, call, LINECALLSTATE_CONNECTED, 0);
	return call;
}

/* A request whose only object is this call, in field 1. */
static uint32_t send_on_call(struct core *c, uint16_t kind, uint64_t call)
{
	LineHold q = LINE_HOLD__INIT;

	q.has_call = 1;
	q.call = call;
	return core_send(c, kind, &q);
}

static uint64_t set_up_transfer(struct core *c, uint64_t call)
{
	uint32_t serial = send_on_call(c, CALL_LineSetupTransfer, call);
	uint64_t consult = ((const LineSetupTransferReply *)expect_done(c, serial))->consult_call;

	/* What the TSP said before it completed comes after that. */
	ck_assert_ptr_nonnull(expect_state(c, consult, LINECALLSTATE_DIALTONE, 0)->state);
	(void)expect_state(c, call, LINECALLSTATE_ONHOLDPENDTRANSFER, 0);
	return consult;
}

static uint32_t complete_transfer(struct core *c, uint64_t call, uint64_t consult, uint32_t mode)
{
	LineCompleteTransfer q = LINE_COMPLETE_TRANSFER__INIT;

	q.has_call = q.has_consult_call = q.has_transfer_mode = 1;
	q.call = call;
	q.consult_call = consult;
	q.transfer_mode = mode;
	return core_send(c, CALL_LineCompleteTransfer, &q);
}

START_TEST(transfer_takes_both_calls_away)
{
	struct core c;
	uint64_t call, consult;
	uint32_t serial;

	core_world(&c);
	call = connected_call(&c);
	consult = set_up_transfer(&c, call);
	serial = complete_transfer(&c, call, consult, LINETRANSFERMODE_TRANSFER);

	ck_assert(!((const LineCompleteTransferReply *)expect_done(&c, serial))->has_conf_call);
	(void)expect_state(&c, call, LINECALLSTATE_IDLE, 0);
	(void)expect_state(&c, consult, LINECALLSTATE_IDLE, 0);
	core_expect_silence(&c);
	(void)core_stop(&c);
}
END_TEST

START_TEST(transfer_may_become_a_conference)
{
	struct core c;
	uint64_t call, consult, conference;
	uint32_t serial;

	core_world(&c);
	call = connected_call(&c);
	consult = set_up_transfer(&c, call);
	serial = complete_transfer(&c, call, consult, LINETRANSFERMODE_CONFERENCE);
	conference = ((const LineCompleteTransferReply *)expect_done(&c, serial))->conf_call;

	ck_assert_uint_eq(conference, CALL_ID(3));
	(void)expect_state(&c, conference, LINECALLSTATE_CONNECTED, 0);
	(void)expect_state(&c, call, LINECALLSTATE_CONFERENCED, conference);
	(void)expect_state(&c, consult, LINECALLSTATE_CONFERENCED, conference);
	core_expect_silence(&c);
	(void)core_stop(&c);
}
END_TEST

static uint32_t set_up_conference(struct core *c, uint64_t call, uint32_t parties)
{
	LineSetupConference q = LINE_SETUP_CONFERENCE__INIT;

	q.has_call = call != 0;
	q.call = call;
	q.has_line = !call;
	q.line = LINE_BASE;
	q.has_num_parties = 1;
	q.num_parties = parties;
	return core_send(c, CALL_LineSetupConference, &q);
}

START_TEST(conference_grows_and_shrinks)
{
	struct core c;
	LineAddToConference add = LINE_ADD_TO_CONFERENCE__INIT;
	const LineSetupConferenceReply *reply;
	uint64_t call, conference, consult;
	uint32_t serial;

	core_world(&c);
	call = connected_call(&c);
	reply = expect_done(&c, set_up_conference(&c, call, 3));
	conference = reply->conf_call;
	consult = reply->consult_call;
	(void)expect_state(&c, conference, LINECALLSTATE_ONHOLDPENDCONF, 0);
	(void)expect_state(&c, consult, LINECALLSTATE_DIALTONE, 0);
	(void)expect_state(&c, call, LINECALLSTATE_CONFERENCED, conference);

	add.has_conf_call = add.has_consult_call = 1;
	add.conf_call = conference;
	add.consult_call = consult;
	(void)expect_done(&c, core_send(&c, CALL_LineAddToConference, &add));
	(void)expect_state(&c, consult, LINECALLSTATE_CONFERENCED, conference);
	(void)expect_state(&c, conference, LINECALLSTATE_CONNECTED, 0);

	serial = send_on_call(&c, CALL_LinePrepareAddToConference, conference);
	add.consult_call = ((const LinePrepareAddToConferenceReply *)expect_done(&c, serial))
					   ->consult_call;
	ck_assert_uint_eq(add.consult_call, CALL_ID(4));
	(void)expect_state(&c, conference, LINECALLSTATE_ONHOLDPENDCONF, 0);
	(void)expect_state(&c, add.consult_call, LINECALLSTATE_DIALTONE, 0);

	(void)expect_done(&c, send_on_call(&c, CALL_LineRemoveFromConference, consult));
	(void)expect_state(&c, consult, LINECALLSTATE_CONNECTED, 0);
	core_expect_silence(&c);
	(void)core_stop(&c);
}
END_TEST

START_TEST(conference_can_begin_on_a_line)
{
	struct core c;
	const LineSetupConferenceReply *reply;

	core_world(&c);
	reply = expect_done(&c, set_up_conference(&c, 0, 3));
	(void)expect_state(&c, reply->conf_call, LINECALLSTATE_ONHOLDPENDCONF, 0);
	(void)expect_state(&c, reply->consult_call, LINECALLSTATE_DIALTONE, 0);
	core_expect_silence(&c);
	(void)core_stop(&c);
}
END_TEST

START_TEST(refused_conference_leaves_no_call)
{
	struct core c;
	struct got *g;

	core_world(&c);
	(void)set_up_conference(&c, 0, 6);
	g = core_expect(&c, FRAME_RETURN);

	ck_assert_int_eq(g->h.result, LINEERR_CONFERENCEFULL);
	core_expect_silence(&c);
	(void)core_stop(&c);
}
END_TEST

static const struct {
	uint16_t kind;
	uint32_t state;
} steps[] = {
	{ CALL_LineHold, LINECALLSTATE_ONHOLD },
	{ CALL_LineUnhold, LINECALLSTATE_CONNECTED },
	{ CALL_LineBlindTransfer, LINECALLSTATE_IDLE },
	{ CALL_LineRedirect, LINECALLSTATE_IDLE },
};

START_TEST(one_call_is_handed_to_the_tsp_as_it_is)
{
	struct core c;
	LineBlindTransfer q = LINE_BLIND_TRANSFER__INIT; /* a superset of the others */

	core_world(&c);
	(void)connected_call(&c);
	q.has_call = 1;
	q.call = connected_call(&c);
	q.dest_address = (char *)(uintptr_t) "200";
	(void)expect_done(&c, core_send(&c, steps[_i].kind, &q));

	(void)expect_state(&c, q.call, steps[_i].state, 0);
	core_expect_silence(&c);
	(void)core_stop(&c);
}
END_TEST

START_TEST(calls_are_swapped)
{
	struct core c;
	LineSwapHold q = LINE_SWAP_HOLD__INIT;

	core_world(&c);
	q.has_active_call = q.has_held_call = 1;
	q.held_call = connected_call(&c);
	q.active_call = connected_call(&c);
	(void)expect_done(&c, core_send(&c, CALL_LineSwapHold, &q));
	(void)expect_state(&c, q.active_call, LINECALLSTATE_ONHOLD, 0);
	(void)expect_state(&c, q.held_call, LINECALLSTATE_CONNECTED, 0);
	q.held_call = CALL_ID(77);
	(void)core_call(&c, CALL_LineSwapHold, &q, LINEERR_INVALCALLHANDLE);
	(void)core_stop(&c);
}
END_TEST

static uint32_t forward(struct core *c, const char *first)
{
	LineForward q = LINE_FORWARD__INIT;
	LineForwardList list = LINE_FORWARD_LIST__INIT;
	LineForwardEntry a = LINE_FORWARD_ENTRY__INIT, b = LINE_FORWARD_ENTRY__INIT;
	LineForwardEntry *entries[] = { &a, &b };

	a.has_forward_mode = b.has_forward_mode = 1;
	a.forward_mode = LINEFORWARDMODE_BUSY;
	a.dest_address = (char *)(uintptr_t)first;
	b.forward_mode = LINEFORWARDMODE_NOANSW;
	b.dest_address = (char *)(uintptr_t) "201";
	list.n_forward = 2;
	list.forward = entries;
	q.has_line = q.has_num_rings_no_answer = 1;
	q.line = LINE_BASE;
	q.num_rings_no_answer = 5;
	q.forward_list = first ? &list : NULL;
	return core_send(c, CALL_LineForward, &q);
}

static const LineAddressStatus *status(struct core *c)
{
	LineGetAddressStatus q = LINE_GET_ADDRESS_STATUS__INIT;
	const LineGetAddressStatusReply *reply;

	q.has_line = 1;
	q.line = LINE_BASE;
	reply = core_call(c, CALL_LineGetAddressStatus, &q, 0);
	return reply->address_status;
}

START_TEST(forwarding_comes_back_in_the_status)
{
	struct core c;
	const LineAddressStatus *s;
	const Event *e;

	core_world(&c);
	ck_assert(!((const LineForwardReply *)expect_done(&c, forward(&c, "200")))
					->has_consult_call);
	e = core_event(&c, LINE_ADDRESSSTATE);
	ck_assert_uint_eq(e->object, LINE_BASE);
	ck_assert_uint_eq(e->p2, LINEADDRESSSTATE_FORWARD);
	s = status(&c);
	ck_assert_uint_eq(s->num_rings_no_answer, 5);
	ck_assert_uint_eq(s->forward_num_entries, 2);
	ck_assert_uint_eq(s->n_forward, 2);
	ck_assert_uint_eq(s->forward[0]->forward_mode, LINEFORWARDMODE_BUSY);
	ck_assert_str_eq(s->forward[0]->dest_address, "200");
	ck_assert_str_eq(s->forward[1]->dest_address, "201");

	(void)expect_done(&c, forward(&c, NULL));
	(void)core_event(&c, LINE_ADDRESSSTATE);
	ck_assert_uint_eq(status(&c)->n_forward, 0);
	(void)core_stop(&c);
}
END_TEST

START_TEST(forwarding_makes_a_call_if_the_tsp_needs_one)
{
	struct core c;
	uint64_t consult;

	core_world(&c);
	consult = ((const LineForwardReply *)expect_done(&c, forward(&c, "ask")))->consult_call;
	ck_assert_uint_ne(consult, 0);
	ck_assert_uint_eq(core_event(&c, LINE_CALLINFO)->object, consult);
	(void)core_event(&c, LINE_ADDRESSSTATE);
	core_expect_silence(&c);
	(void)core_stop(&c);
}
END_TEST

START_TEST(conference_survives_the_core)
{
	struct core c;
	const Snapshot *s;
	uint64_t call, consult, conference;
	uint32_t serial;
	unsigned seen = 0;

	core_listen(&c, "mock");
	core_accept(&c);
	(void)core_take_hello(&c);
	core_answer_hello(&c, NULL, NULL);
	core_run_provider(&c);
	(void)core_event(&c, LINE_CREATE);
	call = connected_call(&c);
	consult = set_up_transfer(&c, call);
	serial = complete_transfer(&c, call, consult, LINETRANSFERMODE_CONFERENCE);
	conference = ((const LineCompleteTransferReply *)expect_done(&c, serial))->conf_call;
	(void)expect_state(&c, conference, LINECALLSTATE_CONNECTED, 0);
	(void)expect_state(&c, call, LINECALLSTATE_CONFERENCED, conference);
	(void)expect_state(&c, consult, LINECALLSTATE_CONFERENCED, conference);
	core_die(&c);
	core_accept(&c);
	(void)core_take_hello(&c);
	core_answer_hello(&c, NULL, NULL);

	for (struct got *g = core_next(&c); g->h.kind == FRAME_SNAPSHOT; g = core_next(&c)) {
		s = (const Snapshot *)g->body;
		if (!s->call || s->call->state != LINECALLSTATE_CONFERENCED)
			continue;
		ck_assert_uint_eq(s->call->state_mode, (uint32_t)conference);
		seen++;
	}
	ck_assert_uint_eq(seen, 2);
	(void)core_stop(&c);
}
END_TEST

static Suite *parties(void)
{
	Suite *s = suite_create("host parties");
	TCase *t = tcase_create("parties");

	tcase_add_test(t, transfer_takes_both_calls_away);
	tcase_add_test(t, transfer_may_become_a_conference);
	tcase_add_test(t, conference_grows_and_shrinks);
	tcase_add_test(t, conference_can_begin_on_a_line);
	tcase_add_test(t, refused_conference_leaves_no_call);
	tcase_add_loop_test(t, one_call_is_handed_to_the_tsp_as_it_is, 0,
			sizeof(steps) / sizeof(steps[0]));
	tcase_add_test(t, calls_are_swapped);
	tcase_add_test(t, forwarding_comes_back_in_the_status);
	tcase_add_test(t, forwarding_makes_a_call_if_the_tsp_needs_one);
	tcase_add_test(t, conference_survives_the_core);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(parties())
