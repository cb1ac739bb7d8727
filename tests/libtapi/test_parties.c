// SPDX-License-Identifier: MIT
/* test_parties.c - functions with more than one call: handles that requests make, the conference
 * that a state names, lists of calls, and forwarding instructions there and back. */
#include "client.h"
#include "../test_main.h"

#include <stdlib.h>

static struct world w;
static HLINE line;
static HCALL call;
static unsigned made;

/* Two calls more than there were, and what the test wants to know of the request. */
static bool makes_calls(struct mock *m, const struct frame *f)
{
	union {
		ProtobufCMessage base;
		LineSetupTransferReply transfer;
		LineSetupConferenceReply conference;
	} reply;
	const struct rule *rule = rule_find(f->h.kind);

	if (f->h.kind != CALL_LineSetupTransfer && f->h.kind != CALL_LineSetupConference)
		return false;
	protobuf_c_message_init(rule->reply, &reply);
	if (f->h.kind == CALL_LineSetupTransfer) {
		reply.transfer.has_consult_call = 1;
		reply.transfer.consult_call = MOCK_CALL + ++m->next_call;
	} else {
		reply.conference.has_conf_call = reply.conference.has_consult_call = 1;
		reply.conference.conf_call = MOCK_CALL + ++m->next_call;
		reply.conference.consult_call = MOCK_CALL + ++m->next_call;
	}
	made++;
	mock_return(m, &f->h, &reply.base);
	mock_complete(m, &f->h, NULL);
	return true;
}

static void setup(void)
{
	world_open(&w, LINEINITIALIZEEXOPTION_USEEVENT, 0x00020002);
	line = world_line(&w);
	ck_assert_int_gt(lineMakeCall(line, &call, "102", 0, NULL), 0);
	(void)world_expect(&w, LINE_REPLY);
	for (unsigned i = 0; i < 3; i++)
		(void)world_expect(&w, LINE_CALLSTATE);
	mock_lock(w.mock);
	w.mock->handler = makes_calls;
	mock_unlock(w.mock);
	made = 0;
}

static void teardown(void)
{
	world_close(&w);
}

START_TEST(consultation_call_is_valid_with_its_reply)
{
	HCALL consult = 0;
	LINECALLINFO info = { .dwTotalSize = sizeof(info) };
	LONG id = lineSetupTransfer(call, &consult, NULL);

	ck_assert_int_gt(id, 0);
	ck_assert_int_eq(lineGetCallInfo(consult, &info), LINEERR_INVALCALLHANDLE);
	ck_assert_int_eq(lineCompleteTransfer(call, consult, NULL, LINETRANSFERMODE_TRANSFER),
			LINEERR_INVALCONSULTCALLHANDLE);
	ck_assert_uint_eq(world_expect(&w, LINE_REPLY).dwParam1, (DWORD)id);

	ck_assert_uint_ne(consult, call);
	ck_assert_int_eq(lineGetCallInfo(consult, &info), 0);
	ck_assert_uint_eq(info.hLine, line);
	ck_assert_int_gt(lineCompleteTransfer(call, consult, NULL, LINETRANSFERMODE_TRANSFER), 0);
	(void)world_expect(&w, LINE_REPLY);
}
END_TEST

START_TEST(conference_makes_two_calls)
{
	HCALL conference = 0, consult = 0;

	ck_assert_int_gt(lineSetupConference(call, 0, &conference, &consult, 3, NULL), 0);
	(void)world_expect(&w, LINE_REPLY);
	ck_assert_uint_ne(conference, 0);
	ck_assert_uint_ne(consult, 0);
	ck_assert_uint_ne(conference, consult);

	ck_assert_int_gt(lineSetupConference(0, line, &conference, &consult, 3, NULL), 0);
	(void)world_expect(&w, LINE_REPLY);
	ck_assert_int_eq(lineAddToConference(conference + 999, consult),
			LINEERR_INVALCONFCALLHANDLE);
	ck_assert_int_gt(lineAddToConference(conference, consult), 0);
	(void)world_expect(&w, LINE_REPLY);
	ck_assert_uint_eq(made, 2);
}
END_TEST

START_TEST(conferenced_gives_the_handle_of_the_conference)
{
	HCALL conference = 0, consult = 0;
	LINEMESSAGE m;

	ck_assert_int_gt(lineSetupConference(call, 0, &conference, &consult, 3, NULL), 0);
	(void)world_expect(&w, LINE_REPLY);
	for (unsigned i = 0; i < 2; i++) {
		Event e = EVENT__INIT;

		e.has_object = e.has_msg = e.has_p1 = e.has_p2 = 1;
		e.object = MOCK_CALL + 1;
		e.msg = LINE_CALLSTATE;
		e.p1 = LINECALLSTATE_CONFERENCED | (_i ? 0x01000000 : 0); /* a substate */
		e.p2 = MOCK_CALL + 2;
		mock_event(w.mock, 1, 0, 0, 0, &e);
		m = world_expect(&w, LINE_CALLSTATE);
		ck_assert_uint_eq(m.hDevice, call);
		ck_assert_uint_eq(m.dwParam2, i ? 0 : conference);
		if (!i)
			ck_assert_int_eq(lineDeallocateCall(conference), 0);
	}
}
END_TEST

static bool lists_calls(struct mock *m, const struct frame *f)
{
	LineGetConfRelatedCallsReply reply = LINE_GET_CONF_RELATED_CALLS_REPLY__INIT;
	LineCallList list = LINE_CALL_LIST__INIT;
	uint64_t calls[] = { MOCK_CALL + 8, MOCK_CALL + 1, MOCK_CALL + 9 };

	if (f->h.kind != CALL_LineGetConfRelatedCalls)
		return false;
	list.has_calls_num_entries = 1;
	list.calls_num_entries = 3;
	list.n_calls = 3;
	list.calls = calls;
	reply.call_list = &list;
	mock_return(m, &f->h, &reply.base);
	return true;
}

START_TEST(related_calls_have_handles)
{
	union {
		LINECALLLIST list;
		char room[64];
	} out = { .list = { .dwTotalSize = sizeof(out) } };
	HCALL handles[3];

	mock_lock(w.mock);
	w.mock->handler = lists_calls;
	mock_unlock(w.mock);
	ck_assert_int_eq(lineGetConfRelatedCalls(call, &out.list), 0);
	ck_assert_uint_eq(out.list.dwCallsNumEntries, 3);
	ck_assert_uint_eq(out.list.dwCallsSize, sizeof(handles));
	memcpy(handles, out.room + out.list.dwCallsOffset, sizeof(handles));
	ck_assert_uint_eq(handles[1], call);
	ck_assert_uint_ne(handles[0], 0);
	ck_assert_uint_ne(handles[0], handles[2]);

	out.list.dwTotalSize = sizeof(out.list);
	ck_assert_int_eq(lineGetConfRelatedCalls(call, &out.list), LINEERR_STRUCTURETOOSMALL);
}
END_TEST

/* --- forwarding: the list that lineForward sent is the status --- */

static LineForward *kept;

static bool forwards(struct mock *m, const struct frame *f)
{
	LineGetAddressStatusReply reply = LINE_GET_ADDRESS_STATUS_REPLY__INIT;
	LineAddressStatus status = LINE_ADDRESS_STATUS__INIT;

	if (f->h.kind == CALL_LineForward) {
		kept = line_forward__unpack(NULL, f->h.length, f->body);
		mock_return(m, &f->h, NULL);
		mock_complete(m, &f->h, NULL);
		return true;
	}
	if (f->h.kind != CALL_LineGetAddressStatus)
		return false;
	status.has_forward_num_entries = 1;
	status.forward_num_entries = (uint32_t)kept->forward_list->n_forward;
	status.n_forward = kept->forward_list->n_forward;
	status.forward = kept->forward_list->forward;
	reply.address_status = &status;
	mock_return(m, &f->h, &reply.base);
	return true;
}

/* Two instructions as an application of 2.2 writes them: without the members of 3.0. */
static LINEFORWARDLIST *make_list(void)
{
	static const char first[] = "200", second[] = "sip:carol@example.net";
	enum { ENTRY = 24, TEXTS = 8 + 2 * ENTRY };
	size_t size = TEXTS + sizeof(first) + sizeof(second);
	char *at = calloc(1, size);
	DWORD head[2] = { (DWORD)size, 2 };
	DWORD entries[2][6] = {
		{ LINEFORWARDMODE_BUSY, 0, 0, 49, sizeof(first), TEXTS },
		{ LINEFORWARDMODE_NOANSW, 0, 0, 0, sizeof(second), TEXTS + sizeof(first) },
	};

	ck_assert_ptr_nonnull(at);
	memcpy(at, head, sizeof(head));
	memcpy(at + 8, entries, sizeof(entries));
	memcpy(at + TEXTS, first, sizeof(first));
	memcpy(at + TEXTS + sizeof(first), second, sizeof(second));
	return (LINEFORWARDLIST *)(void *)at;
}

START_TEST(forwarding_goes_there_and_back)
{
	union {
		LINEADDRESSSTATUS status;
		char room[512];
	} out = { .status = { .dwTotalSize = sizeof(out) } };
	LINEFORWARDLIST *list = make_list();
	HCALL consult = 99;
	DWORD entry[6];

	mock_lock(w.mock);
	w.mock->handler = forwards;
	mock_unlock(w.mock);
	ck_assert_int_gt(lineForward(line, 1, 0, list, 3, &consult, NULL), 0);
	free(list);
	(void)world_expect(&w, LINE_REPLY);
	ck_assert_uint_eq(consult, 0); /* none was needed */
	ck_assert_uint_eq(kept->num_rings_no_answer, 3);
	ck_assert_uint_eq(kept->forward_list->n_forward, 2);
	ck_assert_uint_eq(kept->forward_list->forward[0]->dest_country_code, 49);

	ck_assert_int_eq(lineGetAddressStatus(line, 0, &out.status), 0);
	ck_assert_uint_eq(out.status.dwForwardNumEntries, 2);
	ck_assert_uint_eq(out.status.dwForwardSize, 2 * sizeof(entry));
	memcpy(entry, out.room + out.status.dwForwardOffset + sizeof(entry), sizeof(entry));
	ck_assert_uint_eq(entry[0], LINEFORWARDMODE_NOANSW);
	ck_assert_str_eq(out.room + entry[5], "sip:carol@example.net");
	line_forward__free_unpacked(kept, NULL);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("libtapi parties");
	TCase *t = tcase_create("parties");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, consultation_call_is_valid_with_its_reply);
	tcase_add_test(t, conference_makes_two_calls);
	tcase_add_loop_test(t, conferenced_gives_the_handle_of_the_conference, 0, 2);
	tcase_add_test(t, related_calls_have_handles);
	tcase_add_test(t, forwarding_goes_there_and_back);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
