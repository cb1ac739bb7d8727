// SPDX-License-Identifier: MIT
/* tones.c - tapictl digits, tone, gather: what is sent into a call of another program, and what is
 * collected from it. The sound is that program's; who owns the call may ask for it. */
#include "control.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TONES_MAX = 4, GATHER_MAX = 255, VOLUME = 32768 };

static DWORD milliseconds(double seconds)
{
	return seconds < 0 ? 0 : (DWORD)(seconds * 1000 + 0.5);
}

/* --- digits and tones ------------------------------------------------------------------------- */

static void say_generated(struct control *c, const LINEMESSAGE *m)
{
	c->silent = true;
	if (m->dwParam1 != LINEGENERATETERM_DONE && !c->code)
		c->code = EXIT_FAILED;
	if (c->options->json) {
		printf("{\"call_id\":%u,\"ended\":\"%s\"", c->calls[0].call_id,
				full_name("LINEGENERATETERM_", (DWORD)m->dwParam1));
		control_say_end(c);
		return;
	}
	printf("call %u: %s\n", c->calls[0].call_id,
			m->dwParam1 == LINEGENERATETERM_DONE ? "sent" : "cancelled");
}

/* Until it is over; a signal cancels it, and then its end comes, too. */
static void await_generated(struct control *c, LONG error, const char *what)
{
	struct control_call *call = &c->calls[0];
	LINEMESSAGE m;

	if (error < 0) {
		(void)control_wait(c, error, what);
		return;
	}
	session_limit(c->options->timeout_s);
	if (!control_await(c, LINE_GENERATE, &m) && session_stopped()) {
		session_go_on();
		(void)lineGenerateDigits(call->call, LINEDIGITMODE_DTMF, NULL, 0);
		(void)control_await(c, LINE_GENERATE, &m);
	}
	if (m.dwMessageID == LINE_GENERATE)
		say_generated(c, &m);
	else if (!c->code)
		c->code = control_ended(call) ? EXIT_FAILED : EXIT_TIMED_OUT;
}

enum exit_code command_digits(const struct options *o)
{
	struct control c;
	DWORD mode = o->pulse ? LINEDIGITMODE_PULSE : LINEDIGITMODE_DTMF;

	if (control_open(&c, o, 1, true) == EXIT_DONE)
		await_generated(&c,
				lineGenerateDigits(c.calls[0].call, mode, o->argv[2],
						milliseconds(o->duration_s)),
				"the digits were not sent");
	return control_close(&c);
}

/* The next number of "440:500:500:32768"; false: there is none. */
static bool take_number(const char **at, char before, DWORD *out)
{
	char *end;
	unsigned long v;

	if (before && **at != before)
		return false;
	if (before)
		(*at)++;
	v = strtoul(*at, &end, 10);
	if (end == *at || v > 0xFFFFFFFFul)
		return false;
	*out = (DWORD)v;
	*at = end;
	return true;
}

/* "440+480", "1400:250:250", "1400:250:250:65535". The number of parts, 0: it is none. */
static DWORD parse_parts(const char *text, LINEGENERATETONE parts[TONES_MAX])
{
	DWORD count = 0;

	for (;; text++) {
		LINEGENERATETONE *t = &parts[count];

		*t = (LINEGENERATETONE){ .dwVolume = VOLUME };
		if (count == TONES_MAX || !take_number(&text, 0, &t->dwFrequency))
			return 0;
		count++;
		if (*text == ':' && (!take_number(&text, ':', &t->dwCadenceOn) ||
						    !take_number(&text, ':', &t->dwCadenceOff)))
			return 0;
		if (*text == ':' && !take_number(&text, ':', &t->dwVolume))
			return 0;
		if (!*text)
			return count;
		if (*text != '+')
			return 0;
	}
}

static DWORD named_tone(const char *word)
{
	static const DWORD modes[] = { LINETONEMODE_RINGBACK, LINETONEMODE_BUSY, LINETONEMODE_BEEP,
		LINETONEMODE_BILLING };

	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		if (strcmp(short_name("LINETONEMODE_", modes[i]), word) == 0)
			return modes[i];
	return 0;
}

enum exit_code command_tone(const struct options *o)
{
	LINEGENERATETONE parts[TONES_MAX];
	DWORD mode = named_tone(o->argv[2]), count = mode ? 0 : parse_parts(o->argv[2], parts);
	struct control c;

	if (!mode && !count) {
		fprintf(stderr,
				"tapictl: a tone is ringback, busy, beep or billing, or up to four "
				"frequencies such as 440+480, not '%s'\n",
				o->argv[2]);
		return EXIT_USAGE;
	}
	if (control_open(&c, o, 1, true) == EXIT_DONE)
		await_generated(&c,
				lineGenerateTone(c.calls[0].call, mode ? mode : LINETONEMODE_CUSTOM,
						milliseconds(o->duration_s), count, parts),
				"the tone was not sent");
	return control_close(&c);
}

/* --- gathering -------------------------------------------------------------------------------- */

static void say_gathered(struct control *c, const LINEMESSAGE *m, const char *digits)
{
	static const struct {
		DWORD how;
		const char *words;
		enum exit_code code;
	} ends[] = {
		{ LINEGATHERTERM_BUFFERFULL, "all of them", EXIT_DONE },
		{ LINEGATHERTERM_TERMDIGIT, "ended by a digit", EXIT_DONE },
		{ LINEGATHERTERM_FIRSTTIMEOUT, "no digit in time", EXIT_TIMED_OUT },
		{ LINEGATHERTERM_INTERTIMEOUT, "no other digit in time", EXIT_TIMED_OUT },
		{ LINEGATHERTERM_CANCEL, "cancelled", EXIT_FAILED },
	};
	size_t i = 0;

	while (i + 1 < sizeof(ends) / sizeof(ends[0]) && ends[i].how != m->dwParam1)
		i++;
	c->silent = true;
	if (!c->code)
		c->code = ends[i].code;
	if (c->options->json) {
		printf("{\"call_id\":%u,\"digits\":\"%s\",\"ended\":\"%s\"", c->calls[0].call_id,
				digits, full_name("LINEGATHERTERM_", (DWORD)m->dwParam1));
		control_say_end(c);
		return;
	}
	printf("%s%s(%s)\n", digits, *digits ? "  " : "", ends[i].words);
}

static void gather(struct control *c, DWORD count)
{
	const struct options *o = c->options;
	const DWORD ms = milliseconds(o->timeout_s);
	struct control_call *call = &c->calls[0];
	char digits[GATHER_MAX + 1] = "";
	LINEMESSAGE m;
	LONG error = lineGatherDigits(call->call,
			o->pulse ? LINEDIGITMODE_PULSE : LINEDIGITMODE_DTMF, digits, count,
			o->term ? o->term : "", ms, ms);

	if (error < 0) {
		(void)control_wait(c, error, "no digits are gathered");
		return;
	}
	if (!control_await(c, LINE_GATHERDIGITS, &m) && session_stopped()) {
		session_go_on();
		(void)lineGatherDigits(call->call, 0, NULL, 0, NULL, 0, 0);
		(void)control_await(c, LINE_GATHERDIGITS, &m);
	}
	digits[count] = '\0'; /* a full buffer ends without it */
	if (m.dwMessageID == LINE_GATHERDIGITS)
		say_gathered(c, &m, digits);
	else if (!c->code)
		c->code = EXIT_FAILED;
}

enum exit_code command_gather(const struct options *o)
{
	DWORD count = GATHER_MAX;
	struct control c;

	if (o->count && (!parse_number(o->count, &count) || !count || count > GATHER_MAX)) {
		fprintf(stderr, "tapictl: --count takes a number from 1 to %d, not '%s'\n",
				GATHER_MAX, o->count);
		return EXIT_USAGE;
	}
	if (!o->count && !o->term && o->timeout_s < 0) {
		(void)fputs("tapictl: gather needs an end: --count, --term or --timeout\n", stderr);
		return EXIT_USAGE;
	}
	if (control_open(&c, o, 1, true) == EXIT_DONE)
		gather(&c, count);
	return control_close(&c);
}

/* --- listening, for monitor ----------------------------------------------------------------------
 */

/* "1100", "350+440/2000": up to three frequencies and how long, 500 ms if it does not say. */
bool tone_parse(const char *text, LINEMONITORTONE *out)
{
	DWORD hz[3] = { 0 };
	int count = 0;

	*out = (LINEMONITORTONE){ .dwAppSpecific = 1, .dwDuration = 500 };
	do {
		if (count == 3 || !take_number(&text, count ? '+' : 0, &hz[count]))
			return false;
		count++;
	} while (*text == '+');
	if (*text == '/' && !take_number(&text, '/', &out->dwDuration))
		return false;
	out->dwFrequency1 = hz[0];
	out->dwFrequency2 = hz[1];
	out->dwFrequency3 = hz[2];
	return *text == '\0';
}

/* What the provider cannot do is not heard. */
void tone_watch(HCALL call, const LINEMONITORTONE *tone)
{
	(void)lineMonitorDigits(call,
			LINEDIGITMODE_PULSE | LINEDIGITMODE_DTMF | LINEDIGITMODE_DTMFEND);
	(void)lineMonitorMedia(call, LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_DATAMODEM |
						     LINEMEDIAMODE_G3FAX);
	if (tone)
		(void)lineMonitorTones(call, tone, 1);
}
