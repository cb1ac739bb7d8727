// SPDX-License-Identifier: MIT
/* test_misuse.c - wrong handles, wrong arguments, old versions, a forked child: the documented
 * error, a reason, and nothing sent. */
#include "client.h"
#include "../test_main.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static struct world w;
static HLINE line;
static HCALL call;
static uint64_t call_id;

static void start(DWORD version)
{
	world_open(&w, LINEINITIALIZEEXOPTION_USEEVENT, version);
	line = world_line(&w);
	call_id = mock_offer(w.mock, 1);
	if (version >= 0x00020000)
		call = (HCALL)world_expect(&w, LINE_APPNEWCALL).dwParam2;
	call = (HCALL)world_expect(&w, LINE_CALLSTATE).hDevice;
}

static void setup(void)
{
	start(0x00030001);
}

static void teardown(void)
{
	world_close(&w);
}

static unsigned requests(void)
{
	unsigned n;

	mock_lock(w.mock);
	n = w.mock->seen_count;
	mock_unlock(w.mock);
	return n;
}

START_TEST(handles_of_another_kind_are_refused_here)
{
	unsigned before = requests();
	DWORD n;
	struct tapix_reason why;

	ck_assert_int_eq(lineHold(line), LINEERR_INVALCALLHANDLE);
	ck_assert_int_eq(lineHold(0), LINEERR_INVALCALLHANDLE);
	ck_assert_int_eq(lineClose(call), LINEERR_INVALLINEHANDLE);
	ck_assert_int_eq(lineGetNumRings(w.app, 0, &n), LINEERR_INVALLINEHANDLE);
	ck_assert_int_eq(lineAddToConference(line, call), LINEERR_INVALCONFCALLHANDLE);
	ck_assert_int_eq(lineAddToConference(call, line), LINEERR_INVALCONSULTCALLHANDLE);
	ck_assert_int_eq(lineShutdown(line), LINEERR_INVALAPPHANDLE);
	ck_assert_int_eq(lineShutdown(call ^ 0x00100000U), LINEERR_INVALAPPHANDLE);
	tapixGetLastReason(&why);
	ck_assert_uint_eq(why.layer, TAPIX_LAYER_CLIENT);
	ck_assert_str_ne(why.sentence, "");

	ck_assert_uint_eq(requests(), before);
}
END_TEST

START_TEST(a_stale_handle_stays_stale_when_its_place_is_taken)
{
	HLINE old = line, other;

	ck_assert_int_eq(lineClose(line), 0);
	for (int i = 0; i < 300; i++) {
		ck_assert_int_eq(lineOpen(w.app, 0, &other, 0x00030001, 0, 0,
						 LINECALLPRIVILEGE_NONE, 0, NULL),
				0);
		ck_assert_uint_ne(other, old);
		ck_assert_int_eq(lineClose(old), LINEERR_INVALLINEHANDLE);
		ck_assert_int_eq(lineClose(other), 0);
	}
	ck_assert_int_eq(lineHold(call), LINEERR_INVALCALLHANDLE);
}
END_TEST

START_TEST(null_where_something_is_needed_is_invalpointer)
{
	unsigned before = requests();
	DWORD n;
	HCALL made;

	ck_assert_int_eq(lineGetCallInfo(call, NULL), LINEERR_INVALPOINTER);
	ck_assert_int_eq(lineGetNumRings(line, 0, NULL), LINEERR_INVALPOINTER);
	ck_assert_int_eq(lineMakeCall(line, NULL, "1", 0, NULL), LINEERR_INVALPOINTER);
	ck_assert_int_eq(lineGetMessage(w.app, NULL, 0), LINEERR_INVALPOINTER);
	ck_assert_int_eq(lineOpen(w.app, 0, NULL, 0x00030001, 0, 0, LINECALLPRIVILEGE_NONE, 0,
					 NULL),
			LINEERR_INVALPOINTER);
	ck_assert_int_eq(lineInitializeEx(NULL, 0, world_callback, "x", &n, &n, NULL),
			LINEERR_INVALPOINTER);
	ck_assert_int_eq(lineSetupTransfer(call, &made, NULL) > 0, 1);
	ck_assert_uint_eq(requests(), before + 1);
}
END_TEST

START_TEST(a_bad_structure_or_select_is_refused_here)
{
	LINECALLPARAMS p = { .dwTotalSize = 8 };
	char buf[100] = { 0 };
	VARSTRING *v = (VARSTRING *)(void *)buf;
	HCALL made;

	ck_assert_int_eq(lineMakeCall(line, &made, "1", 0, &p), LINEERR_STRUCTURETOOSMALL);
	p.dwTotalSize = sizeof(p);
	p.dwCommentSize = 50;
	p.dwCommentOffset = 0x7fffffff;
	ck_assert_int_eq(lineMakeCall(line, &made, "1", 0, &p), LINEERR_INVALPARAM);
	v->dwTotalSize = sizeof(buf);
	ck_assert_int_eq(lineGetID(line, 0, call, 3, v, "tapi/line"), LINEERR_INVALCALLSELECT);
}
END_TEST

START_TEST(too_much_user_user_info_is_refused_here)
{
	char *much = calloc(1, 70000);

	ck_assert_int_eq(lineDrop(call, much, 70000), LINEERR_USERUSERINFOTOOBIG);
	ck_assert_int_gt(lineDrop(call, much, 60000), 0);
	free(much);
}
END_TEST

START_TEST(completion_ports_are_refused_with_a_reason)
{
	LINEINITIALIZEEXPARAMS p = { .dwTotalSize = sizeof(p),
		.dwOptions = LINEINITIALIZEEXOPTION_USECOMPLETIONPORT };
	DWORD n, version = 0x00020000;
	HLINEAPP app;

	ck_assert_int_eq(lineInitializeEx(&app, 0, NULL, "x", &n, &version, &p),
			LINEERR_OPERATIONUNAVAIL);
	p.dwTotalSize = 8;
	ck_assert_int_eq(lineInitializeEx(&app, 0, NULL, "x", &n, &version, &p),
			LINEERR_STRUCTURETOOSMALL);
}
END_TEST

static int child(void)
{
	DWORD n;
	LINEMESSAGE m;

	if (lineHold(call) != LINEERR_UNINITIALIZED ||
			lineGetNumRings(line, 0, &n) != LINEERR_UNINITIALIZED ||
			lineGetMessage(w.app, &m, 0) != LINEERR_UNINITIALIZED ||
			lineShutdown(w.app) != LINEERR_UNINITIALIZED)
		return 1;
	return 0;
}

START_TEST(a_forked_child_is_uninitialised_and_the_parent_goes_on)
{
	LINECALLINFO info = { .dwTotalSize = sizeof(info) };
	int status;
	pid_t pid = fork();

	if (!pid)
		_exit(child());
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);

	ck_assert_int_eq(status, 0);
	ck_assert_int_eq(lineGetCallInfo(call, &info), 0);
}
END_TEST

START_TEST(the_end_is_seen_at_once_though_a_child_lives)
{
	int hold[2];
	char byte;
	pid_t pid;

	ck_assert_int_eq(pipe(hold), 0);
	pid = fork();
	if (!pid) {
		close(hold[1]);
		_exit((int)read(hold[0], &byte, 1)); /* until the parent closes it */
	}
	ck_assert_int_eq(lineShutdown(w.app), 0);
	mock_lock(w.mock);
	while (w.mock->connected)
		pthread_cond_wait(&w.mock->changed, &w.mock->lock);
	mock_unlock(w.mock);

	close(hold[1]);
	close(hold[0]);
	(void)waitpid(pid, NULL, 0);
	mock_free(w.mock);
	setup();
}
END_TEST

START_TEST(before_2_0_there_is_no_appnewcall_and_no_new_modes)
{
	LINEMESSAGE m;

	teardown();
	start(0x00010004); /* expects LINE_CALLSTATE at once */

	mock_call_state(w.mock, 1, call_id, LINECALLSTATE_CONNECTED,
			LINECONNECTEDMODE_INACTIVEHELD);
	m = world_expect(&w, LINE_CALLSTATE);
	ck_assert_uint_eq(m.dwParam2, LINECONNECTEDMODE_INACTIVE);
}
END_TEST

START_TEST(after_the_last_shutdown_all_is_uninitialised)
{
	DWORD n;

	ck_assert_int_eq(lineShutdown(w.app), 0);
	ck_assert_int_eq(lineHold(call), LINEERR_UNINITIALIZED);
	ck_assert_int_eq(lineGetProviderList(0x00020000, NULL), LINEERR_UNINITIALIZED);
	ck_assert_int_eq(phoneGetGain(1, 1, &n), PHONEERR_UNINITIALIZED);
	mock_free(w.mock);
	setup();
}
END_TEST

START_TEST(assisted_telephony_opens_a_connection_for_the_call)
{
	ck_assert_int_eq(lineShutdown(w.app), 0);

	ck_assert_int_eq(tapiRequestMakeCall("4711", "test", "somebody", NULL), 0);
	ck_assert_uint_eq(mock_count(w.mock, CALL_TapiRequestMakeCall), 1);
	ck_assert_int_eq(tapiRequestMakeCall(NULL, NULL, NULL, NULL), TAPIERR_INVALPOINTER);
	ck_assert_int_eq(tapiRequestDrop(0, 0), TAPIERR_REQUESTFAILED);
	mock_free(w.mock);
	setup();
}
END_TEST

START_TEST(gathered_digits_come_with_their_message)
{
	char digits[8] = "xxxxxxx";
	Event e = EVENT__INIT;
	uint8_t got[] = { 3 << 3 | 2, 2, '4', '7' }; /* LineGatherDigitsReply */

	ck_assert_int_eq(lineGatherDigits(call, LINEDIGITMODE_DTMF, digits, 5, "#", 1000, 1000), 0);
	e.has_object = e.has_msg = e.has_p1 = e.has_data = 1;
	e.object = call_id;
	e.msg = LINE_GATHERDIGITS;
	e.p1 = LINEGATHERTERM_INTERTIMEOUT;
	e.data.data = got;
	e.data.len = sizeof(got);
	mock_event(w.mock, 1, 0, 0, 0, &e);

	(void)world_expect(&w, LINE_GATHERDIGITS);
	ck_assert_str_eq(digits, "47");
	ck_assert_int_eq(lineGatherDigits(call, LINEDIGITMODE_DTMF, digits, 0, NULL, 0, 0),
			LINEERR_INVALPARAM);
	ck_assert_int_eq(lineGatherDigits(call, LINEDIGITMODE_DTMF, NULL, 7, NULL, 0, 0), 0);
	ck_assert_uint_eq(mock_count(w.mock, CALL_LineGatherDigits), 2);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("libtapi misuse");
	TCase *t = tcase_create("misuse");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, handles_of_another_kind_are_refused_here);
	tcase_add_test(t, a_stale_handle_stays_stale_when_its_place_is_taken);
	tcase_add_test(t, null_where_something_is_needed_is_invalpointer);
	tcase_add_test(t, a_bad_structure_or_select_is_refused_here);
	tcase_add_test(t, too_much_user_user_info_is_refused_here);
	tcase_add_test(t, completion_ports_are_refused_with_a_reason);
	tcase_add_test(t, a_forked_child_is_uninitialised_and_the_parent_goes_on);
	tcase_add_test(t, the_end_is_seen_at_once_though_a_child_lives);
	tcase_add_test(t, before_2_0_there_is_no_appnewcall_and_no_new_modes);
	tcase_add_test(t, after_the_last_shutdown_all_is_uninitialised);
	tcase_add_test(t, assisted_telephony_opens_a_connection_for_the_call);
	tcase_add_test(t, gathered_digits_come_with_their_message);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
