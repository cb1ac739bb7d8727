// SPDX-License-Identifier: MIT
/* test_service_line.c - what applications ask of a line: where its calls go, when they are
 * answered, its lamp, and what only its provider knows. */
#include "app.h"

#include <stddef.h>
#include <string.h>

/* --- forwarding ----------------------------------------------------------------------------- */

/* One instruction; to NULL: do not disturb. */
static LONG forward(HLINE line, DWORD mode, const char *caller, const char *to, DWORD rings)
{
	struct {
		LINEFORWARDLIST list;
		char caller[8], to[8];
	} s;
	HCALL consult = 1;
	LONG id;

	memset(&s, 0, sizeof(s));
	s.list.dwTotalSize = sizeof(s);
	s.list.dwNumEntries = 1;
	s.list.ForwardList[0].dwForwardMode = mode;
	if (caller) {
		(void)strcpy(s.caller, caller);
		s.list.ForwardList[0].dwCallerAddressSize = (DWORD)strlen(caller) + 1;
		s.list.ForwardList[0].dwCallerAddressOffset =
				(DWORD)((char *)s.caller - (char *)&s);
	}
	if (to) {
		(void)strcpy(s.to, to);
		s.list.ForwardList[0].dwDestAddressSize = (DWORD)strlen(to) + 1;
		s.list.ForwardList[0].dwDestAddressOffset = (DWORD)((char *)s.to - (char *)&s);
	}
	id = lineForward(line, 0, 0, &s.list, rings, &consult, NULL);
	if (id > 0)
		expect_eq(consult, 0);
	return id;
}

static const LINEADDRESSSTATUS *address_status(HLINE line)
{
	static union {
		LINEADDRESSSTATUS s;
		char room[2048];
	} u;

	u.s.dwTotalSize = sizeof(u);
	expect_ok(lineGetAddressStatus(line, 0, &u.s));
	return &u.s;
}

static void set_and_show(void *arg)
{
	HLINE line = own_line(1);
	const LINEADDRESSSTATUS *status;
	const LINEFORWARD *list;
	HCALL consult = 0;

	(void)arg;
	expect_ok(lineSetStatusMessages(line, 0, LINEADDRESSSTATE_FORWARD));
	expect_error(lineForward(line, 0, 0, NULL, 0, NULL, NULL), LINEERR_INVALPOINTER);
	expect_error(lineForward(line, 0, 1, NULL, 0, &consult, NULL), LINEERR_INVALADDRESSID);
	refused(forward(line, LINEFORWARDMODE_UNCOND, NULL, "999", 0), LINEERR_INVALADDRESS);
	done(forward(line, LINEFORWARDMODE_BUSYSPECIFIC, "104", "103", 3));
	expect_eq(next(LINE_ADDRESSSTATE).p2, LINEADDRESSSTATE_FORWARD);
	status = address_status(line);
	expect_eq(status->dwForwardNumEntries, 1);
	expect_eq(status->dwNumRingsNoAnswer, 3);
	list = (const void *)((const char *)status + status->dwForwardOffset);
	expect_eq(list->dwForwardMode, LINEFORWARDMODE_BUSYSPECIFIC);
	expect_str((const char *)status + list->dwCallerAddressOffset, "104");
	expect_str((const char *)status + list->dwDestAddressOffset, "103");
	done(forward(line, LINEFORWARDMODE_UNCOND, NULL, "103", 0)); /* replaces */
	expect_eq(address_status(line)->dwForwardNumEntries, 1);
	done(lineForward(line, 1, 0, NULL, 0, &consult, NULL));
	expect_eq(address_status(line)->dwForwardNumEntries, 0);
	expect_eq(count_of(LINE_ADDRESSSTATE, line, ANY), 3);
}

static void forwarding_is_set_told_and_shown(struct world *w)
{
	app_do(app_start(w, "forwarder.exe", 0), set_and_show, NULL, 0);
}

static void forward_102(void *arg)
{
	const DWORD *mode = arg;

	done(forward(own_line(1), *mode, NULL, "103", 1));
}

static void do_not_disturb(void *arg)
{
	(void)arg;
	done(forward(own_line(1), LINEFORWARDMODE_UNCOND, NULL, NULL, 0));
}

static void own_third(void *arg)
{
	(void)arg;
	(void)own_line(2);
}

static void call_102(void *arg)
{
	*(HCALL *)arg = dial(own_line(0), "102");
}

static void get_it(void *arg)
{
	HCALL call = next_call(LINECALLSTATE_OFFERING);

	expect_eq(info_of(call)->dwReason, *(DWORD *)arg);
	expect_str(part_of(info_of(call), dwRedirectingID), "102");
	expect_str(part_of(info_of(call), dwCallerID), "101");
}

static void forwarded(struct world *w, DWORD mode, DWORD reason)
{
	struct app *a = app_start(w, "caller.exe", 0), *b = app_start(w, "forwarder.exe", 0),
		   *c = app_start(w, "third.exe", 0);
	HCALL call = 0;

	app_do(b, forward_102, &mode, sizeof(mode));
	app_do(c, own_third, NULL, 0);
	app_do(a, call_102, &call, sizeof(call));
	app_do(c, get_it, &reason, sizeof(reason));
}

static void calls_are_forwarded(struct world *w)
{
	forwarded(w, LINEFORWARDMODE_UNCOND, LINECALLREASON_FWDUNCOND);
}

static void unanswered_calls_are_forwarded(struct world *w)
{
	forwarded(w, LINEFORWARDMODE_NOANSW, LINECALLREASON_FWDNOANSWER);
}

static void be_turned_away(void *arg)
{
	expect_eq(await_state(*(HCALL *)arg, LINECALLSTATE_DISCONNECTED).p2,
			LINEDISCONNECTMODE_DONOTDISTURB);
}

static void nobody_is_disturbed(struct world *w)
{
	struct app *a = app_start(w, "caller.exe", 0), *b = app_start(w, "forwarder.exe", 0);
	HCALL call = 0;

	app_do(b, do_not_disturb, NULL, 0);
	app_do(a, call_102, &call, sizeof(call));
	app_do(a, be_turned_away, &call, sizeof(call));
}

/* --- rings, lamp, and the rest -------------------------------------------------------------- */

static void set_rings(void *arg)
{
	HLINE line = own_line(0);
	DWORD rings = 0;

	expect_ok(lineGetNumRings(line, 0, &rings));
	*(DWORD *)arg = rings;
	expect_ok(lineSetNumRings(line, 0, 4));
	expect_error(lineSetNumRings(line, 1, 4), LINEERR_INVALADDRESSID);
	expect_ok(lineGetNumRings(line, 0, &rings));
	expect_eq(rings, 4);
}

static void set_fewer_rings(void *arg)
{
	DWORD rings = 0;

	(void)arg;
	expect_ok(lineSetNumRings(own_line(0), 0, 2));
	expect_ok(lineGetNumRings(own_line(0), 0, &rings));
	expect_eq(rings, 2);
}

static void look_at_rings(void *arg)
{
	expect_ok(lineGetNumRings(me.line[0], 0, arg));
}

static void close_line(void *arg)
{
	(void)arg;
	expect_ok(lineClose(me.line[0]));
	me.line[0] = 0;
}

static void the_least_rings_count(struct world *w)
{
	struct app *a = app_start(w, "one.exe", 0), *b = app_start(w, "two.exe", 0);
	DWORD rings = 0;

	app_do(a, set_rings, &rings, sizeof(rings));
	expect_eq(rings, 0xFFFFFFFFu);
	app_do(b, set_fewer_rings, NULL, 0);
	app_do(a, look_at_rings, &rings, sizeof(rings));
	expect_eq(rings, 2);
	app_do(b, close_line, NULL, 0);
	app_do(a, look_at_rings, &rings, sizeof(rings));
	expect_eq(rings, 4);
}

static void watch_lamp(void *arg)
{
	HLINE line = open_line(0, LINECALLPRIVILEGE_MONITOR, 0);

	(void)arg;
	expect_ok(lineSetStatusMessages(line, LINEDEVSTATE_MSGWAITON | LINEDEVSTATE_MSGWAITOFF, 0));
}

static void turn_lamp(void *arg)
{
	HLINE line = open_line(0, LINECALLPRIVILEGE_NONE, 0);
	LINEDEVSTATUS status = { .dwTotalSize = sizeof(status) };

	(void)arg;
	refused(lineSetLineDevStatus(line, 0, 1), LINEERR_INVALPARAM);
	done(lineSetLineDevStatus(line, LINEDEVSTATUSFLAGS_MSGWAIT, 0xFFFFFFFFu));
	expect_ok(lineGetLineDevStatus(line, &status));
	expect(status.dwDevStatusFlags & LINEDEVSTATUSFLAGS_MSGWAIT);
	done(lineSetLineDevStatus(line, LINEDEVSTATUSFLAGS_MSGWAIT, 0));
}

static void see_lamp(void *arg)
{
	(void)arg;
	expect_eq(next(LINE_LINEDEVSTATE).p1, LINEDEVSTATE_MSGWAITON);
	expect_eq(next(LINE_LINEDEVSTATE).p1, LINEDEVSTATE_MSGWAITOFF);
}

static void every_monitor_sees_the_lamp(struct world *w)
{
	struct app *a = app_start(w, "one.exe", 0), *b = app_start(w, "two.exe", 0),
		   *c = app_start(w, "three.exe", 0);

	app_do(a, watch_lamp, NULL, 0);
	app_do(b, watch_lamp, NULL, 0);
	app_do(c, turn_lamp, NULL, 0);
	app_do(a, see_lamp, NULL, 0);
	app_do(b, see_lamp, NULL, 0);
}

static HLINE open_with_extensions(void)
{
	LINEEXTENSIONID extension;
	DWORD version, ext;
	HLINE line;

	expect_ok(lineNegotiateAPIVersion(me.app, 0, 0x00010003, me.version, &version, &extension));
	expect_ok(lineNegotiateExtVersion(me.app, 0, version, 0x00010000, 0x0001ffff, &ext));
	expect_ok(lineOpen(me.app, 0, &line, version, ext, 0, LINECALLPRIVILEGE_OWNER,
			LINEMEDIAMODE_INTERACTIVEVOICE, NULL));
	return line;
}

static void be_specific(void *arg)
{
	HLINE line = open_with_extensions();
	char bytes[] = "turnabc";
	struct message m;

	(void)arg;
	done(lineDevSpecific(line, 0, 0, bytes, 7));
	expect(memcmp(bytes, "turncba", 7) == 0);
	m = next(LINE_DEVSPECIFIC);
	expect_eq(m.p1, 7);
	expect_eq(m.p2, 'a' + 'b' + 'c');
	refused(lineDevSpecific(line, 0, 0, (char[]){ "what" }, 4), LINEERR_INVALPARAM);
	memcpy(bytes, "exte", 4);
	done(lineDevSpecific(line, 0, 0, bytes, 7));
	expect_eq(next(LINE_DEVSPECIFICEX).p1, 7);
	done(lineDevSpecificFeature(line, PHONEBUTTONFUNCTION_MSGWAITON, bytes, 7));
	m = next(LINE_DEVSPECIFICFEATURE);
	expect_eq(m.p1, PHONEBUTTONFUNCTION_MSGWAITON);
	expect_eq(m.p2, 7);
	refused(lineDevSpecificFeature(line, PHONEBUTTONFUNCTION_INTERCOM, bytes, 7),
			LINEERR_INVALFEATURE);
}

static void the_provider_is_asked_in_its_own_words(struct world *w)
{
	app_do(app_start(w, "special.exe", 0x00030000), be_specific, NULL, 0);
}

/* --- a queue -------------------------------------------------------------------------------- */

static const struct setting with_queue = { .exchange = "queues = 300\nroute_to = 103\nqueue_ms = "
						       "60000" };

static void watch_queue(void *arg)
{
	(void)arg;
	(void)own_line(6);
}

static void call_queue(void *arg)
{
	*(HCALL *)arg = dial(own_line(0), "300");
}

static void send_on(void *arg)
{
	HCALL call = next_call(LINECALLSTATE_OFFERING);

	(void)arg;
	expect_eq(info_of(call)->dwCallTreatment, LINECALLTREATMENT_MUSIC);
	expect_eq(address_status(me.line[6])->dwNumActiveCalls, 1);
	expect_error(lineAnswer(call, NULL, 0), LINEERR_INVALCALLSTATE);
	done(lineRedirect(call, "102", 0));
	(void)await_state(call, LINECALLSTATE_IDLE);
	expect_str(part_of(info_of(call), dwRedirectionID), "102");
}

static void own_second(void *arg)
{
	(void)arg;
	(void)own_line(1);
}

static void answer(void *arg)
{
	HCALL call = next_call(LINECALLSTATE_OFFERING);

	(void)arg;
	done(lineAnswer(call, NULL, 0));
}

static void a_call_waits_in_a_queue(struct world *w)
{
	struct app *a = app_start(w, "caller.exe", 0), *q = app_start(w, "queue.exe", 0),
		   *b = app_start(w, "agent.exe", 0);
	HCALL call = 0;

	app_do(q, watch_queue, NULL, 0);
	app_do(b, own_second, NULL, 0);
	app_do(a, call_queue, &call, sizeof(call));
	app_do(q, send_on, NULL, 0);
	app_do(b, answer, NULL, 0);
}

static const struct row rows[] = {
	TEST("10.11", "lineForward lineGetAddressStatus",
			"forwarding is set, told, shown, replaced and cancelled",
			forwarding_is_set_told_and_shown),
	TEST("10.11", "lineForward", "every call is forwarded", calls_are_forwarded),
	TEST("10.11", "lineForward", "a call that is not answered is forwarded after so many rings",
			unanswered_calls_are_forwarded),
	TEST("10.11", "lineForward", "without a destination nobody is disturbed",
			nobody_is_disturbed),
	TEST("4.11", "lineSetNumRings lineGetNumRings", "the least number of rings counts",
			the_least_rings_count),
	TEST("", "lineSetLineDevStatus lineGetLineDevStatus",
			"every monitor sees the message waiting lamp", every_monitor_sees_the_lamp),
	TEST("", "lineDevSpecific lineDevSpecificFeature", "the provider is asked in its own words",
			the_provider_is_asked_in_its_own_words),
	TEST_IN(&with_queue, "", "lineRedirect", "a call waits in a queue until it is sent on",
			a_call_waits_in_a_queue),
};
CONFORMANCE(service_line, rows)
