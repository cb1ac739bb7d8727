// SPDX-License-Identifier: MIT
/* test_tone.c - digits and tones are generated in real sound, tones and kinds of media are
 * monitored. */
#include "talk.h"

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

/* Time is that of the sound, not of the machine: what is heard 100 ms behind the end of a tone is
 * heard after it. */
static void monitor_cng(void *arg)
{
	enum { CNG = 1, QUIET = 2 };
	const LINEMONITORTONE tones[] = { { CNG, 500, 1100, 0, 0 }, { QUIET, 100, 0, 0, 0 } };

	(void)arg;
	expect_ok(lineMonitorTones(to, tones, 2));
	expect_eq(next_of(LINE_MONITORTONE, to).p1, QUIET);
	beep(1100, 500);
	expect_eq(next_of(LINE_MONITORTONE, to).p1, CNG);
	expect_eq(next_of(LINE_MONITORTONE, to).p1, QUIET);
	beep(1100, 460); /* too short */
	expect_eq(next_of(LINE_MONITORTONE, to).p1, QUIET);
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

static const struct row rows[] = {
	TALK_TEST("9.8 9.9 9.4", "lineGenerateDigits lineGenerateTone",
			"digits and tones share one place", one_place_for_digits_and_tones),
	TALK_TEST("9.8", "lineGenerateDigits lineMonitorDigits", "pulses are heard as pulses",
			pulses_are_heard_as_pulses),
	TALK_TEST("9.9", "lineGenerateDigits lineGenerateTone",
			"what cannot be generated is refused", what_cannot_be_generated_is_refused),
	TALK_TEST("9.10", "lineMonitorTones", "each application has its list of tones",
			each_application_has_its_tones),
	TALK_TEST("9.10", "lineMonitorTones", "a tone counts after its duration",
			a_tone_counts_after_its_duration),
	TALK_TEST("9.6", "lineMonitorMedia", "CED is the sound of a fax", ced_is_a_fax),
};
CONFORMANCE(tone, rows)
