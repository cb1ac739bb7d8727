// SPDX-License-Identifier: MIT
/* test_set.c - the set of an extension and its line: lifting, keys, putting down, ringing, and what
 * lineSetTerminal switches off. The set is 102's, phone and line 1. */
#include "phones.h"

#include <string.h>

enum { LINE_OF_SET = 1, SET = 1 };

static HPHONE phone;

static void open_both(void *arg)
{
	(void)arg;
	(void)own_line(LINE_OF_SET);
	phone = open_phone(SET, PHONEPRIVILEGE_OWNER);
	want_all(phone);
}

static void take_calls_of_103(void *arg)
{
	(void)arg;
	(void)own_line(2);
}

static DWORD id_in(const VARSTRING *v)
{
	DWORD id;

	expect_eq(v->dwStringSize, sizeof(id));
	memcpy(&id, (const char *)v + v->dwStringOffset, sizeof(id));
	return id;
}

static void name_each_other(void *arg)
{
	union {
		VARSTRING v;
		char room[64];
	} u = { .v = { .dwTotalSize = sizeof(u) } };

	(void)arg;
	expect_ok(phoneGetID(phone, &u.v, "tapi/line"));
	expect_eq(id_in(&u.v), LINE_OF_SET);
	expect_ok(phoneGetID(phone, &u.v, "tapi/phone"));
	expect_eq(id_in(&u.v), SET);
	expect_ok(lineGetID(me.line[LINE_OF_SET], 0, 0, LINECALLSELECT_LINE, &u.v, "tapi/phone"));
	expect_eq(id_in(&u.v), SET);
	expect_error(phoneGetID(phone, &u.v, "wave/in"), PHONEERR_INVALDEVICECLASS);
}

static void line_and_phone_name_each_other(struct world *w)
{
	struct app *a = app_start(w, "a.exe", 0);

	app_do(a, open_both, NULL, 0);
	app_do(a, name_each_other, NULL, 0);
}

/* --- a call from the set --- */

static void lift_and_dial(void *arg)
{
	HCALL *call = arg;

	touch(phone, "offhook");
	next_phone_state(PHONESTATE_HANDSETHOOKSWITCH, PHONEHOOKSWITCHMODE_MICSPEAKER);
	*call = next_call(LINECALLSTATE_DIALTONE);
	expect_eq(info_of(*call)->dwOrigin, LINECALLORIGIN_OUTBOUND);
	touch(phone, "press 1");
	(void)next_state(*call, LINECALLSTATE_DIALING);
	touch(phone, "press 0");
	touch(phone, "press 3");
	(void)await_state(*call, LINECALLSTATE_RINGBACK);
	expect_str(part_of(info_of(*call), dwCalledID), "103");
}

static void answer_it(void *arg)
{
	HCALL *call = arg;

	*call = next_call(LINECALLSTATE_OFFERING);
	done(lineAnswer(*call, NULL, 0));
	(void)await_state(*call, LINECALLSTATE_CONNECTED);
}

static void put_down(void *arg)
{
	HCALL call = *(const HCALL *)arg;

	(void)await_state(call, LINECALLSTATE_CONNECTED);
	touch(phone, "onhook");
	(void)next_state(call, LINECALLSTATE_IDLE);
}

static void is_over(void *arg)
{
	(void)next_state(*(const HCALL *)arg, LINECALLSTATE_DISCONNECTED);
}

static void keys_dial_and_putting_down_drops(struct world *w)
{
	struct app *a = app_start(w, "a.exe", 0), *b = app_start(w, "b.exe", 0);
	HCALL from = 0, to = 0;

	app_do(b, take_calls_of_103, NULL, 0);
	app_do(a, open_both, NULL, 0);
	app_do(a, lift_and_dial, &from, sizeof(from));
	app_do(b, answer_it, &to, sizeof(to));
	app_do(a, put_down, &from, sizeof(from));
	app_do(b, is_over, &to, sizeof(to));
}

/* --- a call to the set --- */

static void call_102(void *arg)
{
	HCALL *call = arg;

	*call = dial(own_line(0), "102");
	(void)await_state(*call, LINECALLSTATE_RINGBACK);
}

static DWORD ring_mode(void)
{
	DWORD mode, volume;

	expect_ok(phoneGetRing(phone, &mode, &volume));
	return mode;
}

static void rings_and_is_lifted(void *arg)
{
	HCALL *call = arg;
	DWORD lamp;

	*call = next_call(LINECALLSTATE_OFFERING);
	expect_eq(ring_mode(), 1);
	expect_ok(phoneGetLamp(phone, 12, &lamp));
	expect_eq(lamp, PHONELAMPMODE_FLASH);
	expect_str(display_of(phone), "Call from 101");
	/* A program that lifts it does what a hand does. */
	phone_done(phoneSetHookSwitch(phone, PHONEHOOKSWITCHDEV_HEADSET,
			PHONEHOOKSWITCHMODE_MICSPEAKER));
	(void)await_state(*call, LINECALLSTATE_CONNECTED);
	expect_eq(ring_mode(), 0);
	expect_ok(phoneGetLamp(phone, 12, &lamp));
	expect_eq(lamp, PHONELAMPMODE_STEADY);
}

static void lifting_answers(struct world *w)
{
	struct app *a = app_start(w, "a.exe", 0), *b = app_start(w, "b.exe", 0);
	HCALL from = 0, to = 0;

	app_do(a, open_both, NULL, 0);
	app_do(b, call_102, &from, sizeof(from));
	app_do(a, rings_and_is_lifted, &to, sizeof(to));
	app_state(b, from, LINECALLSTATE_CONNECTED);
}

/* --- terminals --- */

static void switch_ringer_off(void *arg)
{
	HLINE line = me.line[LINE_OF_SET];
	union {
		LINEDEVCAPS c;
		char room[2048];
	} u = { .c = { .dwTotalSize = sizeof(u) } };

	(void)arg;
	expect_ok(lineGetDevCaps(me.app, LINE_OF_SET, me.version, 0, &u.c));
	expect_eq(u.c.dwNumTerminals, 3);
	expect_eq(u.c.dwTerminalCapsSize, 3 * sizeof(LINETERMCAPS));
	expect_ok(lineSetStatusMessages(line, LINEDEVSTATE_TERMINALS | LINEDEVSTATE_RINGING,
			LINEADDRESSSTATE_TERMINALS));
	refused(lineSetTerminal(line, 0, 0, LINECALLSELECT_LINE, LINETERMMODE_RINGER, 3, 0),
			LINEERR_INVALTERMINALID);
	refused(lineSetTerminal(line, 0, 0, LINECALLSELECT_LINE, LINETERMMODE_MEDIATOLINE, 0, 0),
			LINEERR_INVALTERMINALMODE);
	done(lineSetTerminal(line, 0, 0, LINECALLSELECT_LINE, LINETERMMODE_RINGER, 0, 0));
	expect_eq(next(LINE_LINEDEVSTATE).p1, LINEDEVSTATE_TERMINALS);
}

static void is_told_but_silent(void *arg)
{
	HCALL *call = arg;
	struct message m;

	*call = next_call(LINECALLSTATE_OFFERING);
	m = next(LINE_LINEDEVSTATE);
	expect_eq(m.p1, LINEDEVSTATE_RINGING);
	expect_eq(ring_mode(), 0);
	done(lineSetTerminal(0, 0, *call, LINECALLSELECT_CALL, LINETERMMODE_RINGER, 0, 1));
	expect_eq(next_of(LINE_CALLINFO, *call).p1, LINECALLINFOSTATE_TERMINAL);
	expect_eq(ring_mode(), 1);
}

static void ringing_that_is_routed_off_is_told_only(struct world *w)
{
	struct app *a = app_start(w, "a.exe", 0), *b = app_start(w, "b.exe", 0);
	HCALL from = 0, to = 0;

	app_do(a, open_both, NULL, 0);
	app_do(a, switch_ringer_off, NULL, 0);
	app_do(b, call_102, &from, sizeof(from));
	app_do(a, is_told_but_silent, &to, sizeof(to));
}

static const struct row rows[] = {
	TEST("13.2", "phoneGetID lineGetID", "line and phone of an extension name each other",
			line_and_phone_name_each_other),
	TEST("13.3 2.t1.1", "phoneDevSpecific",
			"a lifted set gets dial tone, its keys dial, putting it down drops",
			keys_dial_and_putting_down_drops),
	TEST("13.4", "phoneSetHookSwitch phoneGetRing phoneGetLamp phoneGetDisplay",
			"the set rings when its line does, and lifting it answers",
			lifting_answers),
	TEST("13.2 11.4", "lineSetTerminal",
			"ringing that is routed off is told, but the set is silent",
			ringing_that_is_routed_off_is_told_only),
};
CONFORMANCE(set, rows)
