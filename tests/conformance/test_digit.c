// SPDX-License-Identifier: MIT
/* test_digit.c - digits in real sound: gathered and monitored, by one application and by several.
 */
#include "talk.h"

#include <string.h>
#include <tapi3.h>

/* --- gathering -------------------------------------------------------------------------------- */

static char buffer[8];

static void begin_gathering(DWORD count, const char *terms, DWORD first, DWORD inter)
{
	memset(buffer, 'x', sizeof(buffer));
	expect_ok(lineGatherDigits(to, DTMF, buffer, count, terms, first, inter));
}

static void expect_gathered(DWORD why, const char *text, size_t size)
{
	struct message m = next_of(LINE_GATHERDIGITS, to);

	expect_eq(m.p1, why);
	expect_eq(m.p2, 0); /* the end-to-end id is not the application's */
	expect(memcmp(buffer, text, size) == 0);
	expect(buffer[size] == 'x');
}

static void gather_all_ways(void *arg)
{
	char other[4] = "yyyy";

	(void)arg;
	begin_gathering(4, NULL, 0, 0);
	talk_digits("4711");
	expect_gathered(LINEGATHERTERM_BUFFERFULL, "4711", 4);
	begin_gathering(6, "*#", 5000, 5000);
	talk_digits("12#");
	expect_gathered(LINEGATHERTERM_TERMDIGIT, "12#", 4);
	begin_gathering(4, NULL, 200, 0);
	expect_gathered(LINEGATHERTERM_FIRSTTIMEOUT, "", 1);
	begin_gathering(4, NULL, 0, 300);
	talk_digits("5");
	expect_gathered(LINEGATHERTERM_INTERTIMEOUT, "5", 2);
	begin_gathering(4, NULL, 0, 0);
	talk_digits("67");
	expect_ok(lineGatherDigits(to, DTMF, other, 1, NULL, 0, 0));
	expect_gathered(LINEGATHERTERM_CANCEL, "67", 3);
	talk_digits("8");
	expect_eq(next_of(LINE_GATHERDIGITS, to).p1, LINEGATHERTERM_BUFFERFULL);
	expect(memcmp(other, "8yyy", 4) == 0);
	begin_gathering(4, NULL, 0, 0);
	expect_ok(lineGatherDigits(to, DTMF, NULL, 0, NULL, 0, 0));
	expect_gathered(LINEGATHERTERM_CANCEL, "", 1);
	expect_none(LINE_GATHERDIGITS, ANY, ANY);
}

static void gathering_ends_in_five_ways(struct world *w)
{
	app_do(talker(w), gather_all_ways, NULL, 0);
}

static void gather_and_drop(void *arg)
{
	struct message idle, gathered;

	(void)arg;
	begin_gathering(4, NULL, 0, 0);
	done(lineDrop(to, NULL, 0));
	idle = await_state(to, LINECALLSTATE_IDLE);
	gathered = next_of(LINE_GATHERDIGITS, to);
	expect_eq(gathered.p1, LINEGATHERTERM_CANCEL);
	expect(gathered.at < idle.at);
	expect(memcmp(buffer, "\0x", 2) == 0);
}

static void gathering_ends_with_the_call(struct world *w)
{
	app_do(talker(w), gather_and_drop, NULL, 0);
}

static void gather_badly(void *arg)
{
	char digits[4] = "zzz";

	(void)arg;
	expect_error(lineGatherDigits(to, DTMF, digits, 0, NULL, 0, 0), LINEERR_INVALPARAM);
	expect_error(lineGatherDigits(to, LINEDIGITMODE_DTMFEND, digits, 4, NULL, 0, 0),
			LINEERR_INVALDIGITMODE);
	expect_error(lineGatherDigits(to, DTMF, digits, 4, "x", 0, 0), LINEERR_INVALDIGITS);
	expect_error(lineGatherDigits(to, DTMF, digits, 4, NULL, 5, 0), LINEERR_INVALTIMEOUT);
	expect_error(lineGatherDigits(to, DTMF, digits, 4, NULL, 0, 0x7fffffff),
			LINEERR_INVALTIMEOUT);
	begin_gathering(2, NULL, 0, 0);
	expect_error(lineGatherDigits(to, DTMF, digits, 4, NULL, 5, 0), LINEERR_INVALTIMEOUT);
	talk_digits("31"); /* what was refused has changed nothing */
	expect_gathered(LINEGATHERTERM_BUFFERFULL, "31", 2);
	expect_str(digits, "zzz");
}

static void what_cannot_be_gathered_is_refused(struct world *w)
{
	app_do(talker(w), gather_badly, NULL, 0);
}

/* --- several applications ------------------------------------------------------------------------
 */

static void own_watched(void *arg)
{
	(void)arg;
	expect_ok(lineSetCallPrivilege(watched, LINECALLPRIVILEGE_OWNER));
	memset(buffer, 'x', sizeof(buffer));
	expect_ok(lineGatherDigits(watched, DTMF, buffer, 2, NULL, 0, 0));
}

static void expect_taken_over(void *arg)
{
	(void)arg;
	expect_gathered(LINEGATHERTERM_CANCEL, "5", 2);
	talk_digits("67");
	expect_none(LINE_GATHERDIGITS, ANY, ANY);
}

static void expect_own_gathered(void *arg)
{
	(void)arg;
	expect_eq(next_of(LINE_GATHERDIGITS, watched).p1, LINEGATHERTERM_BUFFERFULL);
	expect(memcmp(buffer, "67xx", 4) == 0);
	expect_none(LINE_GATHERDIGITS, ANY, ANY);
}

static void gather_one(void *arg)
{
	(void)arg;
	begin_gathering(4, NULL, 0, 0);
	talk_digits("5");
}

static void one_gathering_is_of_all_owners(struct world *w)
{
	struct app *a = talker(w), *b = app_start(w, "other.exe", 0);

	app_do(b, watch, NULL, 0);
	app_do(a, gather_one, NULL, 0);
	app_do(b, own_watched, NULL, 0);
	app_do(a, expect_taken_over, NULL, 0);
	app_do(b, expect_own_gathered, NULL, 0);
}

static void monitor_downs(void *arg)
{
	(void)arg;
	expect_error(lineGatherDigits(watched, DTMF, buffer, 2, NULL, 0, 0), LINEERR_NOTOWNER);
	expect_ok(lineMonitorDigits(watched, DTMF));
}

static void monitor_ups_and_gather(void *arg)
{
	(void)arg;
	expect_ok(lineMonitorDigits(to, LINEDIGITMODE_DTMFEND));
	begin_gathering(2, NULL, 0, 0);
	talk_digits("42");
	for (int i = 0; i < 2; i++) {
		struct message m = next_of(LINE_MONITORDIGITS, to);

		expect_eq(m.p1 & 0xff, "42"[i]);
		expect_eq(m.p2, LINEDIGITMODE_DTMFEND);
		expect(m.p3 != 0);
	}
	expect_gathered(LINEGATHERTERM_BUFFERFULL, "42", 2);
	expect_none(LINE_MONITORDIGITS, ANY, ANY);
	expect_ok(lineMonitorDigits(to, 0));
	talk_digits("3");
	expect_none(LINE_MONITORDIGITS, ANY, ANY);
}

static void expect_downs(void *arg)
{
	(void)arg;
	for (int i = 0; i < 3; i++) {
		struct message m = next_of(LINE_MONITORDIGITS, watched);

		expect_eq(m.p1 & 0xff, "423"[i]);
		expect_eq(m.p2, DTMF);
	}
	expect_none(LINE_MONITORDIGITS, ANY, ANY);
	expect_none(LINE_GATHERDIGITS, ANY, ANY);
}

static void monitoring_is_per_application(struct world *w)
{
	struct app *a = talker(w), *b = app_start(w, "other.exe", 0);

	app_do(b, watch, NULL, 0);
	app_do(b, monitor_downs, NULL, 0);
	app_do(a, monitor_ups_and_gather, NULL, 0);
	app_do(b, expect_downs, NULL, 0);
}

static void time_a_key(void *arg)
{
	struct message down, up;
	DWORD held;

	(void)arg;
	expect_ok(lineMonitorDigits(to, DTMF | LINEDIGITMODE_DTMFEND));
	expect_ok(lineGenerateDigits(from, DTMF, "9", 500));
	down = next_of(LINE_MONITORDIGITS, to);
	up = next_of(LINE_MONITORDIGITS, to);
	expect_eq(down.p2, DTMF);
	expect_eq(up.p2, LINEDIGITMODE_DTMFEND);
	held = (DWORD)up.p3 - (DWORD)down.p3;
	expect(held >= 400 && held <= 700);
	done(lineDrop(from, NULL, 0));
	(void)await_state(to, LINECALLSTATE_DISCONNECTED);
	expect_error(lineMonitorDigits(to, DTMF), LINEERR_INVALCALLSTATE);
}

static void a_key_goes_down_and_up(struct world *w)
{
	app_do(talker(w), time_a_key, NULL, 0);
}

/* --- conferences ------------------------------------------------------------------------------ */

/* 102 and 103 are parties of a conference of line 0; all in one application, which mixes them. */
static void confer_and_monitor(void *arg)
{
	HCALL conference = 0, consult = 0, third;

	(void)arg;
	expect_ok(tapi_line_media(own_line(2)));
	done(lineSetupConference(from, me.line[0], &conference, &consult, 3, NULL));
	done(lineDial(consult, "103", 0));
	third = next_call(LINECALLSTATE_OFFERING);
	done(lineAnswer(third, NULL, 0));
	(void)await_state(consult, LINECALLSTATE_CONNECTED);
	done(lineAddToConference(conference, consult));
	(void)await_state(conference, LINECALLSTATE_CONNECTED);
	expect_error(lineMonitorDigits(consult, DTMF), LINEERR_INVALCALLSTATE);
	expect_ok(lineMonitorDigits(conference, DTMF));
	memset(buffer, 'x', sizeof(buffer));
	expect_ok(lineGatherDigits(conference, DTMF, buffer, 2, NULL, 0, 0));
	expect_ok(lineGenerateDigits(to, DTMF, "7", 0));
	expect_eq(next_of(LINE_MONITORDIGITS, conference).p1 & 0xff, '7');
	expect_ok(lineGenerateDigits(third, DTMF, "8", 0));
	expect_eq(next_of(LINE_MONITORDIGITS, conference).p1 & 0xff, '8');
	expect_eq(next_of(LINE_GATHERDIGITS, conference).p1, LINEGATHERTERM_BUFFERFULL);
	expect(memcmp(buffer, "78x", 3) == 0);
	expect_none(LINE_MONITORDIGITS, from, ANY);
	expect_none(LINE_MONITORDIGITS, consult, ANY);
}

static void a_conference_hears_its_parties(struct world *w)
{
	app_do(talker(w), confer_and_monitor, NULL, 0);
}

static const struct row rows[] = {
	TALK_TEST("9.2 9.3 9.4 9.5", "lineGatherDigits lineGenerateDigits",
			"gathering ends in five ways", gathering_ends_in_five_ways),
	TALK_TEST("9.3", "lineGatherDigits", "gathering ends with the call, before IDLE",
			gathering_ends_with_the_call),
	TALK_TEST("9.2 9.5", "lineGatherDigits",
			"what cannot be gathered is refused and changes nothing",
			what_cannot_be_gathered_is_refused),
	TALK_TEST("9.1 9.3 22.t1.4", "lineGatherDigits", "one gathering is of all owners",
			one_gathering_is_of_all_owners),
	TALK_TEST("9.6", "lineMonitorDigits lineGatherDigits",
			"monitoring is each application's own, beside gathering",
			monitoring_is_per_application),
	TALK_TEST("9.7 9.12 9.6", "lineMonitorDigits", "a key goes down and up, in its time",
			a_key_goes_down_and_up),
	TALK_TEST("9.11", "lineMonitorDigits lineGatherDigits", "a conference hears its parties",
			a_conference_hears_its_parties),
};
CONFORMANCE(digit, rows)
