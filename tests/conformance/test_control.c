// SPDX-License-Identifier: MIT
/* test_control.c - media control: digits, tones and media that act on files with no word to
 * anybody. */
#include "talk.h"

#include <stdio.h>
#include <tapi3.h>

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

static const struct row rows[] = {
	TALK_TEST("9.13", "lineSetMediaControl",
			"a digit pauses the wave without a word to the application",
			digit_5_pauses_the_wave),
	TALK_TEST("9.13", "lineSetMediaControl", "what cannot be controlled is refused",
			what_cannot_be_controlled_is_refused),
};
CONFORMANCE(control, rows)
