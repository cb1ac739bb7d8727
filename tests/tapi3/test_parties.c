// SPDX-License-Identifier: MIT
/* test_parties.c - consultation calls: transfer and conference of call objects, and how they end.
 */
#include "../test_main.h"
#include "scene.h"

static mock_handler usual;
static struct tapi_call *call, *consult;
static struct {
	uint16_t kind;
	uint64_t first, second; /* the calls that the request names */
	uint32_t mode;
	unsigned msp_calls;
} last; /* of the requests that are answered here */

static uint64_t next_call(struct mock *m)
{
	return MOCK_CALL + ++m->next_call;
}

static void done(struct mock *m, const struct frame *f, const ProtobufCMessage *reply)
{
	last.kind = f->h.kind;
	last.msp_calls = scene.msp->calls;
	mock_return(m, &f->h, reply);
	mock_complete(m, &f->h, NULL);
}

static void set_up_transfer(struct mock *m, const struct frame *f)
{
	LineSetupTransferReply reply = LINE_SETUP_TRANSFER_REPLY__INIT;

	reply.has_consult_call = 1;
	reply.consult_call = next_call(m);
	done(m, f, &reply.base);
}

static void set_up_conference(struct mock *m, const struct frame *f)
{
	LineSetupConferenceReply reply = LINE_SETUP_CONFERENCE_REPLY__INIT;

	reply.has_conf_call = reply.has_consult_call = 1;
	reply.conf_call = next_call(m);
	reply.consult_call = next_call(m);
	done(m, f, &reply.base);
}

static void prepare(struct mock *m, const struct frame *f)
{
	LinePrepareAddToConferenceReply reply = LINE_PREPARE_ADD_TO_CONFERENCE_REPLY__INIT;

	reply.has_consult_call = 1;
	reply.consult_call = next_call(m);
	done(m, f, &reply.base);
}

static void complete(struct mock *m, const struct frame *f)
{
	LineCompleteTransferReply reply = LINE_COMPLETE_TRANSFER_REPLY__INIT;
	LineCompleteTransfer *q = line_complete_transfer__unpack(NULL, f->h.length, f->body);

	last.first = q->call;
	last.second = q->consult_call;
	last.mode = q->transfer_mode;
	reply.has_conf_call = q->transfer_mode == LINETRANSFERMODE_CONFERENCE;
	if (reply.has_conf_call)
		reply.conf_call = next_call(m);
	line_complete_transfer__free_unpacked(q, NULL);
	done(m, f, &reply.base);
}

static void add(struct mock *m, const struct frame *f)
{
	LineAddToConference *q = line_add_to_conference__unpack(NULL, f->h.length, f->body);

	last.first = q->conf_call;
	last.second = q->consult_call;
	line_add_to_conference__free_unpacked(q, NULL);
	done(m, f, NULL);
}

static bool serve(struct mock *m, const struct frame *f)
{
	static const struct {
		uint16_t kind;
		void (*answer)(struct mock *m, const struct frame *f);
	} rows[] = {
		{ CALL_LineSetupTransfer, set_up_transfer },
		{ CALL_LineSetupConference, set_up_conference },
		{ CALL_LinePrepareAddToConference, prepare },
		{ CALL_LineCompleteTransfer, complete },
		{ CALL_LineAddToConference, add },
	};

	for (size_t i = 0; f->h.kind != scene.refuse_kind && i < sizeof(rows) / sizeof(rows[0]);
			i++)
		if (rows[i].kind == f->h.kind) {
			rows[i].answer(m, f);
			return true;
		}
	return usual(m, f);
}

static struct tapi_call *create(const char *destination)
{
	struct tapi_call *out;

	ck_assert_int_eq(tapi_address_create_call(scene.address, destination,
					 LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_AUDIO, &out),
			0);
	return out;
}

static void setup(void)
{
	scene_open(true);
	call = scene_connected(); /* MOCK_CALL + 1 */
	consult = create("103");
	mock_lock(scene.server);
	usual = scene.server->handler;
	scene.server->handler = serve;
	mock_unlock(scene.server);
	memset(&last, 0, sizeof(last));
}

static void teardown(void)
{
	tapi_unref(consult);
	tapi_unref(call);
	scene_close();
}

/* Dispatches until the daemon has been asked that often. */
static void await(uint16_t kind, unsigned count)
{
	while (mock_count(scene.server, kind) < count)
		(void)tapi_dispatch(scene.tapi, 100);
}

static void settle(void)
{
	while (tapi_dispatch(scene.tapi, 100) != TAPI_E_TIMEOUT)
		;
}

static void state_of(uint64_t id, uint32_t state)
{
	mock_call_state(scene.server, scene_last_open(), id, state, 0);
	settle();
}

START_TEST(consultation_is_dialled_then_connected_with_the_peer)
{
	ck_assert_uint_eq(scene.msp->calls, 2); /* before the provider knows of it */
	ck_assert_int_eq(tapi_call_transfer(call, consult, 0), 0);
	ck_assert_uint_eq(last.kind, CALL_LineSetupTransfer);
	await(CALL_LineDial, 1);
	state_of(MOCK_CALL + 2, LINECALLSTATE_CONNECTED);
	ck_assert_int_eq(tapi_call_get_state(consult), CS_CONNECTED);
	state_of(MOCK_CALL + 1, LINECALLSTATE_ONHOLDPENDTRANSFER);
	ck_assert_int_eq(tapi_call_get_state(call), CS_HOLD);

	ck_assert_int_eq(tapi_call_finish(consult, FM_ASTRANSFER), 0);
	ck_assert_uint_eq(last.kind, CALL_LineCompleteTransfer);
	ck_assert_uint_eq(last.first, MOCK_CALL + 1);
	ck_assert_uint_eq(last.second, MOCK_CALL + 2);
	ck_assert_uint_eq(last.mode, LINETRANSFERMODE_TRANSFER);
	settle();
	ck_assert_int_eq(tapi_call_finish(consult, FM_ASTRANSFER), TAPI_E_INVALCALLSTATE);
}
END_TEST

START_TEST(transfer_can_be_finished_as_a_conference)
{
	ck_assert_int_eq(tapi_call_transfer(call, consult, 0), 0);
	await(CALL_LineDial, 1);
	ck_assert_int_eq(tapi_call_finish(consult, FM_ASCONFERENCE), 0);
	ck_assert_uint_eq(last.mode, LINETRANSFERMODE_CONFERENCE);
	ck_assert_uint_eq(last.msp_calls, 3); /* that of the conference, too */
	settle();
	ck_assert_uint_eq(scene.msp->calls, 3);
}
END_TEST

START_TEST(conference_grows)
{
	struct tapi_call *third = create("104");

	ck_assert_int_eq(tapi_call_conference(call, consult, 0), 0);
	ck_assert_uint_eq(last.kind, CALL_LineSetupConference);
	ck_assert_uint_eq(last.msp_calls, 4);
	await(CALL_LineDial, 1);
	ck_assert_int_eq(tapi_call_finish(consult, FM_ASTRANSFER), TAPI_E_INVALCALLSTATE);
	ck_assert_int_eq(tapi_call_finish(consult, FM_ASCONFERENCE), 0);
	ck_assert_uint_eq(last.kind, CALL_LineAddToConference);
	ck_assert_uint_eq(last.first, MOCK_CALL + 2);
	ck_assert_uint_eq(last.second, MOCK_CALL + 3);
	state_of(MOCK_CALL + 1, LINECALLSTATE_CONFERENCED);
	ck_assert_int_eq(tapi_call_get_state(call), CS_CONNECTED);

	ck_assert_int_eq(tapi_call_conference(call, third, 0), 0);
	ck_assert_uint_eq(last.kind, CALL_LinePrepareAddToConference);
	await(CALL_LineDial, 2);
	ck_assert_int_eq(tapi_call_finish(third, FM_ASCONFERENCE), 0);
	ck_assert_uint_eq(last.first, MOCK_CALL + 2);
	ck_assert_uint_eq(last.second, MOCK_CALL + 4);
	ck_assert_int_eq(tapi_call_remove_from_conference(third), 0);
	settle();
	tapi_unref(third);
}
END_TEST

START_TEST(who_has_left_the_conference_begins_another)
{
	struct tapi_call *third = create("104");

	ck_assert_int_eq(tapi_call_conference(call, consult, 0), 0);
	await(CALL_LineDial, 1);
	state_of(MOCK_CALL + 1, LINECALLSTATE_CONFERENCED);
	state_of(MOCK_CALL + 1, LINECALLSTATE_CONNECTED);
	ck_assert_int_eq(tapi_call_conference(call, third, 0), 0);

	ck_assert_uint_eq(mock_count(scene.server, CALL_LineSetupConference), 2);
	settle();
	tapi_unref(third);
}
END_TEST

START_TEST(conference_that_has_ended_is_forgotten)
{
	ck_assert_int_eq(tapi_call_conference(call, consult, 0), 0);
	await(CALL_LineDial, 1);
	ck_assert_uint_eq(scene.msp->calls, 3);
	state_of(MOCK_CALL + 2, LINECALLSTATE_IDLE);

	ck_assert_uint_eq(scene.msp->calls, 2);
	ck_assert_int_eq(tapi_call_finish(consult, FM_ASCONFERENCE), 0);
	ck_assert_uint_eq(last.kind, CALL_LineCompleteTransfer);
	settle();
}
END_TEST

START_TEST(refused_consultation_ends_with_the_error)
{
	scene.refuse_kind = CALL_LineSetupTransfer;
	ck_assert_int_eq(tapi_call_transfer(call, consult, 1), LINEERR_CALLUNAVAIL);

	ck_assert_int_eq(tapi_call_get_state(consult), CS_DISCONNECTED);
	ck_assert_int_eq(tapi_call_get_state(call), CS_CONNECTED);
	ck_assert_uint_eq(scene.msp->calls, 1);
	ck_assert_uint_eq(mock_count(scene.server, CALL_LineDial), 0);
}
END_TEST

START_TEST(consultation_that_cannot_dial_is_hung_up)
{
	scene.refuse_kind = CALL_LineDial;
	ck_assert_int_eq(tapi_call_transfer(call, consult, 1), LINEERR_CALLUNAVAIL);

	ck_assert_int_eq(tapi_call_get_state(consult), CS_DISCONNECTED);
	ck_assert_uint_eq(mock_count(scene.server, CALL_LineDrop), 1);
	ck_assert_int_eq(tapi_call_get_state(call), CS_CONNECTED);
}
END_TEST

START_TEST(consultation_is_another_call_of_the_address)
{
	ck_assert_int_eq(tapi_call_transfer(call, call, 0), LINEERR_INVALPARAM);
	ck_assert_int_eq(tapi_call_transfer(call, NULL, 0), LINEERR_INVALPOINTER);
	ck_assert_int_eq(tapi_call_transfer(consult, call, 0), TAPI_E_INVALCALLSTATE);
	ck_assert_int_eq(tapi_call_finish(call, FM_ASTRANSFER), TAPI_E_INVALCALLSTATE);
	ck_assert_int_eq(tapi_call_finish(consult, FM_ASTRANSFER), TAPI_E_INVALCALLSTATE);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("tapi3 parties");
	TCase *t = tcase_create("parties");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, consultation_is_dialled_then_connected_with_the_peer);
	tcase_add_test(t, transfer_can_be_finished_as_a_conference);
	tcase_add_test(t, conference_grows);
	tcase_add_test(t, who_has_left_the_conference_begins_another);
	tcase_add_test(t, conference_that_has_ended_is_forgotten);
	tcase_add_test(t, refused_consultation_ends_with_the_error);
	tcase_add_test(t, consultation_that_cannot_dial_is_hung_up);
	tcase_add_test(t, consultation_is_another_call_of_the_address);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
