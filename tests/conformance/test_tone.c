// SPDX-License-Identifier: MIT
/* test_tone.c - digits and tones: generated, monitored and gathered in real sound between two lines
 * of one application; others watch. */
#include "app.h"

#include <stdio.h>
#include <string.h>
#include <tapi3.h>

#define DTMF LINEDIGITMODE_DTMF

static HCALL from, to; /* in talker.exe */

static DWORD features_of(HCALL call)
{
	return status_of(call)->dwCallFeatures;
}

/* Lines 0 and 1 talk to each other, with sound. */
static void talk(void *arg)
{
	(void)arg;
	expect_ok(tapi_line_media(own_line(0)));
	expect_ok(tapi_line_media(own_line(1)));
	from = dial(me.line[0], "102");
	to = next_call(LINECALLSTATE_OFFERING);
	done(lineAnswer(to, NULL, 0));
	(void)await_state(to, LINECALLSTATE_CONNECTED);
	(void)await_state(from, LINECALLSTATE_CONNECTED);
	expect(features_of(from) & LINECALLFEATURE_GENERATEDIGITS);
	expect(features_of(to) & LINECALLFEATURE_GENERATEDIGITS);
}

static struct app *talker(struct world *w)
{
	struct app *a = app_start(w, "talker.exe", 0);

	app_do(a, talk, NULL, 0);
	return a;
}

static void send(const char *digits)
{
	expect_ok(lineGenerateDigits(from, DTMF, digits, 60));
	expect_eq(next_of(LINE_GENERATE, from).p1, LINEGENERATETERM_DONE);
}

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
	send("4711");
	expect_gathered(LINEGATHERTERM_BUFFERFULL, "4711", 4);
	begin_gathering(6, "*#", 5000, 5000);
	send("12#");
	expect_gathered(LINEGATHERTERM_TERMDIGIT, "12#", 4);
	begin_gathering(4, NULL, 200, 0);
	expect_gathered(LINEGATHERTERM_FIRSTTIMEOUT, "", 1);
	begin_gathering(4, NULL, 0, 300);
	send("5");
	expect_gathered(LINEGATHERTERM_INTERTIMEOUT, "5", 2);
	begin_gathering(4, NULL, 0, 0);
	send("67");
	expect_ok(lineGatherDigits(to, DTMF, other, 1, NULL, 0, 0));
	expect_gathered(LINEGATHERTERM_CANCEL, "67", 3);
	send("8");
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
	send("31"); /* what was refused has changed nothing */
	expect_gathered(LINEGATHERTERM_BUFFERFULL, "31", 2);
	expect_str(digits, "zzz");
}

static void what_cannot_be_gathered_is_refused(struct world *w)
{
	app_do(talker(w), gather_badly, NULL, 0);
}

/* --- several applications ------------------------------------------------------------------------
 */

static HCALL watched;

static void watch(void *arg)
{
	HLINE line = open_line(1, LINECALLPRIVILEGE_MONITOR, 0);
	union {
		LINECALLLIST list;
		char room[256];
	} u;

	(void)arg;
	memset(&u, 0, sizeof(u));
	u.list.dwTotalSize = sizeof(u);
	expect_ok(lineGetNewCalls(line, 0, LINECALLSELECT_LINE, &u.list));
	expect_eq(u.list.dwCallsNumEntries, 1);
	memcpy(&watched, u.room + u.list.dwCallsOffset, sizeof(watched));
}

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
	send("67");
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
	send("5");
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
	send("42");
	for (int i = 0; i < 2; i++) {
		struct message m = next_of(LINE_MONITORDIGITS, to);

		expect_eq(m.p1 & 0xff, "42"[i]);
		expect_eq(m.p2, LINEDIGITMODE_DTMFEND);
		expect(m.p3 != 0);
	}
	expect_gathered(LINEGATHERTERM_BUFFERFULL, "42", 2);
	expect_none(LINE_MONITORDIGITS, ANY, ANY);
	expect_ok(lineMonitorDigits(to, 0));
	send("3");
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

/* --- generating ------------------------------------------------------------------------------- */

static void generate(void *arg)
{
	const LINEGENERATETONE tone = { 1400, 0, 0, 30000 };

	(void)arg;
	expect_ok(lineMonitorDigits(to, DTMF));
	expect_ok(lineGenerateDigits(from, DTMF, "1x y2!", 1)); /* clamped; the rest is skipped */
	expect_eq(next_of(LINE_MONITORDIGITS, to).p1 & 0xff, '1');
	expect_eq(next_of(LINE_MONITORDIGITS, to).p1 & 0xff, '2');
	expect_eq(next_of(LINE_GENERATE, from).p1, LINEGENERATETERM_DONE);
	expect_ok(lineGenerateDigits(from, DTMF, "3,,,4", 0)); /* six seconds of pause */
	expect_eq(next_of(LINE_MONITORDIGITS, to).p1 & 0xff, '3');
	expect_ok(lineGenerateTone(from, LINETONEMODE_CUSTOM, 100, 1, &tone));
	expect_eq(next_of(LINE_GENERATE, from).p1, LINEGENERATETERM_CANCEL);
	expect_eq(next_of(LINE_GENERATE, from).p1, LINEGENERATETERM_DONE);
	expect_ok(lineGenerateTone(from, LINETONEMODE_BUSY, 0, 0, NULL));
	expect_ok(lineGenerateDigits(from, DTMF, NULL, 0)); /* only cancels */
	expect_eq(next_of(LINE_GENERATE, from).p1, LINEGENERATETERM_CANCEL);
	expect_none(LINE_GENERATE, ANY, ANY);
	expect_none(LINE_MONITORDIGITS, ANY, ANY);
}

static void one_place_for_digits_and_tones(struct world *w)
{
	app_do(talker(w), generate, NULL, 0);
}

static void generate_pulses(void *arg)
{
	(void)arg;
	expect_ok(lineMonitorDigits(to, LINEDIGITMODE_PULSE));
	expect_ok(lineGenerateDigits(from, LINEDIGITMODE_PULSE, "31", 0));
	for (int i = 0; i < 2; i++) {
		struct message m = next_of(LINE_MONITORDIGITS, to);

		expect_eq(m.p1 & 0xff, "31"[i]);
		expect_eq(m.p2, LINEDIGITMODE_PULSE);
	}
	expect_eq(next_of(LINE_GENERATE, from).p1, LINEGENERATETERM_DONE);
}

static void pulses_are_heard_as_pulses(struct world *w)
{
	app_do(talker(w), generate_pulses, NULL, 0);
}

static void generate_badly(void *arg)
{
	LINEGENERATETONE tone = { 4000, 0, 0, 30000 };

	(void)arg;
	expect_error(lineGenerateDigits(from, DTMF | LINEDIGITMODE_PULSE, "1", 0),
			LINEERR_INVALDIGITMODE);
	expect_error(lineGenerateDigits(from, LINEDIGITMODE_DTMFEND, "1", 0),
			LINEERR_INVALDIGITMODE);
	expect_error(lineGenerateTone(from, LINETONEMODE_BUSY | LINETONEMODE_BEEP, 0, 0, NULL),
			LINEERR_INVALTONEMODE);
	expect_error(lineGenerateTone(from, LINETONEMODE_CUSTOM, 0, 1, &tone), LINEERR_INVALTONE);
	expect_error(lineGenerateTone(from, LINETONEMODE_CUSTOM, 0, 0, NULL), LINEERR_INVALTONE);
	done(lineDrop(from, NULL, 0));
	expect_error(lineGenerateDigits(from, DTMF, "1", 0), LINEERR_INVALCALLSTATE);
	expect_none(LINE_GENERATE, ANY, ANY);
}

static void what_cannot_be_generated_is_refused(struct world *w)
{
	app_do(talker(w), generate_badly, NULL, 0);
}

/* --- tones and media ----------------------------------------------------------------------------
 */

static void beep(DWORD hz, DWORD ms)
{
	const LINEGENERATETONE tone = { hz, 0, 0, 30000 };

	expect_ok(lineGenerateTone(from, LINETONEMODE_CUSTOM, ms, 1, &tone));
	expect_eq(next_of(LINE_GENERATE, from).p1, LINEGENERATETERM_DONE);
}

static void monitor_watched_tones(void *arg)
{
	const LINEMONITORTONE tones[] = { { 77, 100, 1400, 0, 0 } };

	(void)arg;
	expect_ok(lineMonitorTones(watched, tones, 1));
}

static void monitor_tones(void *arg)
{
	const LINEMONITORTONE tones[] = { { 11, 100, 1400, 0, 0 }, { 12, 150, 1400, 0, 0 },
		{ 13, 100, 700, 0, 0 }, { 14, 1000, 0, 0, 0 } };
	struct message m;

	(void)arg;
	expect_ok(lineMonitorTones(to, tones, 4));
	beep(1400, 400);
	expect_eq(next_of(LINE_MONITORTONE, to).p1, 11); /* one detection, two entries */
	expect_eq(next_of(LINE_MONITORTONE, to).p1, 12);
	m = next_of(LINE_MONITORTONE, to);
	expect_eq(m.p1, 14); /* silence */
	expect(m.p3 != 0);
	expect_ok(lineMonitorTones(to, NULL, 0));
	beep(1400, 400);
	expect_none(LINE_MONITORTONE, ANY, ANY);
}

static void expect_watched_tones(void *arg)
{
	(void)arg;
	expect_eq(next_of(LINE_MONITORTONE, watched).p1, 77);
	expect_eq(next_of(LINE_MONITORTONE, watched).p1, 77);
	expect_none(LINE_MONITORTONE, ANY, ANY);
}

static void each_application_has_its_tones(struct world *w)
{
	struct app *a = talker(w), *b = app_start(w, "other.exe", 0);

	app_do(b, watch, NULL, 0);
	app_do(b, monitor_watched_tones, NULL, 0);
	app_do(a, monitor_tones, NULL, 0);
	app_do(b, expect_watched_tones, NULL, 0);
}

static void monitor_cng(void *arg)
{
	const LINEMONITORTONE cng = { 1, 500, 1100, 0, 0 };
	struct message heard;
	DWORD took;

	(void)arg;
	expect_ok(lineMonitorTones(to, &cng, 1));
	expect_ok(lineMonitorDigits(to, DTMF));
	send("1"); /* a point in time on the clock of the ticks, 60 ms before its end */
	beep(1100, 700);
	heard = next_of(LINE_MONITORTONE, to);
	took = (DWORD)heard.p3 - (DWORD)next_of(LINE_MONITORDIGITS, to).p3;
	expect(took >= 560 && took <= 560 + 50 + 200);
	beep(1100, 300); /* too short */
	expect_none(LINE_MONITORTONE, ANY, ANY);
}

static void a_tone_counts_after_its_duration(struct world *w)
{
	app_do(talker(w), monitor_cng, NULL, 0);
}

static void monitor_media(void *arg)
{
	(void)arg;
	expect_ok(lineMonitorMedia(to, LINEMEDIAMODE_G3FAX | LINEMEDIAMODE_DATAMODEM));
	beep(2100, 1500); /* CED */
	expect_eq(next_of(LINE_MONITORMEDIA, to).p1, LINEMEDIAMODE_G3FAX);
	expect_none(LINE_MONITORMEDIA, ANY, ANY);
	expect_eq(info_of(to)->dwMediaMode & LINEMEDIAMODE_G3FAX, 0); /* nobody has set it */
	expect_ok(lineMonitorMedia(to, 0));
	beep(2225, 1500);
	expect_none(LINE_MONITORMEDIA, ANY, ANY);
	expect_error(lineMonitorMedia(to, LINEMEDIAMODE_TELEX), LINEERR_INVALMEDIAMODE);
}

static void ced_is_a_fax(struct world *w)
{
	app_do(talker(w), monitor_media, NULL, 0);
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

/* --- media control ---------------------------------------------------------------------------- */

enum { WAVE_SECONDS = 20, WAVE_RATE = 8000 };

static void make_wave(const char *path)
{
	static const unsigned char head[44] = "RIFF____WAVEfmt \20\0\0\0\1\0\1\0\x40\x1f\0\0"
					      "\x80\x3e\0\0\2\0\20\0data\0\xe2\4";
	FILE *f = fopen(path, "w");

	expect(f && fwrite(head, sizeof(head), 1, f) == 1);
	for (int i = 0; i < WAVE_SECONDS * WAVE_RATE; i++)
		expect(fputc(0, f) == 0 && fputc(i / 8 % 2 ? 16 : 240, f) >= 0);
	expect(fclose(f) == 0);
}

static TERMINAL_MEDIA_STATE state_of_player(struct tapi_terminal *player)
{
	TERMINAL_MEDIA_STATE state;

	expect_ok(tapi_terminal_get_media_state(player, &state));
	return state;
}

static LONG control(HCALL call, const LINEMEDIACONTROLDIGIT *digits, DWORD count)
{
	return lineSetMediaControl(me.line[0], 0, call, LINECALLSELECT_CALL, digits, count, NULL, 0,
			NULL, 0, NULL, 0);
}

/* `to` presses a key. */
static void press(const char *digit)
{
	expect_ok(lineGenerateDigits(to, DTMF, digit, 60));
	expect_eq(next_of(LINE_GENERATE, to).p1, LINEGENERATETERM_DONE);
	settle();
}

static void control_a_wave(void *arg)
{
	const LINEMEDIACONTROLDIGIT digits[] = { { '5', DTMF, LINEMEDIACONTROL_PAUSE },
		{ '6', DTMF, LINEMEDIACONTROL_RESUME } };
	const char *files[1] = { arg };
	struct tapi_terminal *player;
	struct tapi_call *object;

	make_wave(arg);
	expect_ok(tapi_call_from_handle(from, &object));
	expect_ok(tapi_call_play(object, files, 1, &player));
	expect_ok(control(from, digits, 2));
	expect_eq(state_of_player(player), TMS_ACTIVE);
	press("4");
	expect_eq(state_of_player(player), TMS_ACTIVE);
	press("5");
	expect_eq(state_of_player(player), TMS_PAUSED);
	press("6");
	expect_eq(state_of_player(player), TMS_ACTIVE);
	expect_ok(control(from, &digits[1], 1)); /* replaces all */
	press("5");
	expect_eq(state_of_player(player), TMS_ACTIVE);
	expect_ok(control(from, digits, 2));
	expect_ok(control(from, NULL, 0)); /* off */
	press("5");
	expect_eq(state_of_player(player), TMS_ACTIVE);
	expect_none(LINE_MONITORDIGITS, ANY, ANY);
	tapi_unref(player);
	tapi_unref(object);
}

static void digit_5_pauses_the_wave(struct world *w)
{
	char path[512];

	(void)snprintf(path, sizeof(path), "%s", world_path(w, "wave.wav"));
	app_do(talker(w), control_a_wave, path, sizeof(path));
}

static void control_badly(void *arg)
{
	LINEMEDIACONTROLDIGIT digit = { 'x', DTMF, LINEMEDIACONTROL_PAUSE };
	LINEMEDIACONTROLMEDIA media = { LINEMEDIAMODE_TELEX, 0, LINEMEDIACONTROL_PAUSE };
	LINEMEDIACONTROLTONE tone = { 0, 100, 5000, 0, 0, LINEMEDIACONTROL_PAUSE };
	HLINE line = me.line[0];

	(void)arg;
	expect_error(control(from, &digit, 1), LINEERR_INVALDIGITLIST);
	expect_error(lineSetMediaControl(line, 0, from, LINECALLSELECT_CALL, NULL, 0, &media, 1,
				     NULL, 0, NULL, 0),
			LINEERR_INVALMEDIALIST);
	expect_error(lineSetMediaControl(line, 0, from, LINECALLSELECT_CALL, NULL, 0, NULL, 0,
				     &tone, 1, NULL, 0),
			LINEERR_INVALTONELIST);
	digit.dwDigit = '1';
	expect_error(lineSetMediaControl(line, 7, 0, LINECALLSELECT_ADDRESS, &digit, 1, NULL, 0,
				     NULL, 0, NULL, 0),
			LINEERR_INVALADDRESSID);
	expect_ok(lineSetMediaControl(line, 0, 0, LINECALLSELECT_LINE, &digit, 1, NULL, 0, NULL, 0,
			NULL, 0));
}

static void control_watched(void *arg)
{
	const LINEMEDIACONTROLDIGIT digit = { '5', DTMF, LINEMEDIACONTROL_PAUSE };

	(void)arg;
	expect_error(lineSetMediaControl(me.line[1], 0, watched, LINECALLSELECT_CALL, &digit, 1,
				     NULL, 0, NULL, 0, NULL, 0),
			LINEERR_NOTOWNER);
}

static void what_cannot_be_controlled_is_refused(struct world *w)
{
	struct app *a = talker(w), *b = app_start(w, "other.exe", 0);

	app_do(a, control_badly, NULL, 0);
	app_do(b, watch, NULL, 0);
	app_do(b, control_watched, NULL, 0);
}

/* Media is agreed before the call is connected, however slow the machine is. */
static const struct setting patient = {
	.providers = "[provider exchange]\nextensions = 101-106\nmedia_ms = 2000\n"
		     "absent_ms = 200\nring_ms = 100\ndial_ms = 1000\n"
};

#define TONE_TEST(rules, functions, name, test) TEST_IN(&patient, rules, functions, name, test)

static const struct row rows[] = {
	TONE_TEST("9.2 9.3 9.4 9.5", "lineGatherDigits lineGenerateDigits",
			"gathering ends in five ways", gathering_ends_in_five_ways),
	TONE_TEST("9.3", "lineGatherDigits", "gathering ends with the call, before IDLE",
			gathering_ends_with_the_call),
	TONE_TEST("9.2 9.5", "lineGatherDigits",
			"what cannot be gathered is refused and changes nothing",
			what_cannot_be_gathered_is_refused),
	TONE_TEST("9.1 9.3 22.t1.4", "lineGatherDigits", "one gathering is of all owners",
			one_gathering_is_of_all_owners),
	TONE_TEST("9.6", "lineMonitorDigits lineGatherDigits",
			"monitoring is each application's own, beside gathering",
			monitoring_is_per_application),
	TONE_TEST("9.7 9.12 9.6", "lineMonitorDigits", "a key goes down and up, in its time",
			a_key_goes_down_and_up),
	TONE_TEST("9.8 9.9 9.4", "lineGenerateDigits lineGenerateTone",
			"digits and tones share one place", one_place_for_digits_and_tones),
	TONE_TEST("9.8", "lineGenerateDigits lineMonitorDigits", "pulses are heard as pulses",
			pulses_are_heard_as_pulses),
	TONE_TEST("9.9", "lineGenerateDigits lineGenerateTone",
			"what cannot be generated is refused", what_cannot_be_generated_is_refused),
	TONE_TEST("9.10", "lineMonitorTones", "each application has its list of tones",
			each_application_has_its_tones),
	TONE_TEST("9.10 9.12", "lineMonitorTones", "a tone counts after its duration",
			a_tone_counts_after_its_duration),
	TONE_TEST("9.6", "lineMonitorMedia", "CED is the sound of a fax", ced_is_a_fax),
	TONE_TEST("9.11", "lineMonitorDigits lineGatherDigits", "a conference hears its parties",
			a_conference_hears_its_parties),
	TONE_TEST("9.13", "lineSetMediaControl",
			"a digit pauses the wave without a word to the application",
			digit_5_pauses_the_wave),
	TONE_TEST("9.13", "lineSetMediaControl", "what cannot be controlled is refused",
			what_cannot_be_controlled_is_refused),
};
CONFORMANCE(tone, rows)
