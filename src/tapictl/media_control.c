// SPDX-License-Identifier: MIT
/* media_control.c - tapictl control: what is heard on a call of another program starts, pauses or
 * changes the files that this plays and records. The rules last as long as this command. */
#include "control.h"

#include <stdio.h>
#include <string.h>

enum { RULES_MAX = 32, WHEN_MAX = 48 };

struct rules {
	LINEMEDIACONTROLDIGIT digits[RULES_MAX];
	LINEMEDIACONTROLTONE tones[RULES_MAX];
	LINEMEDIACONTROLCALLSTATE states[RULES_MAX];
	DWORD digit_count, tone_count, state_count;
};

/* One bit of a group by its short name, such as "pause". */
static bool find_bit(const char *group, const char *word, DWORD *out)
{
	for (unsigned i = 0; i < 32; i++) {
		*out = 1u << i;
		if (tapixConstantName(group, *out) && strcmp(short_name(group, *out), word) == 0)
			return true;
	}
	return false;
}

static bool add_rule(struct rules *r, const char *when, DWORD action)
{
	LINEMEDIACONTROLTONE *t = &r->tones[r->tone_count];
	LINEMEDIACONTROLCALLSTATE *s = &r->states[r->state_count];
	LINEMONITORTONE tone;

	if (when[0] && !when[1] && strchr("0123456789*#ABCD", when[0])) {
		r->digits[r->digit_count++] = (LINEMEDIACONTROLDIGIT){ (DWORD)when[0],
			LINEDIGITMODE_DTMF, action };
		return true;
	}
	if (find_bit("LINECALLSTATE_", when, &s->dwCallStates)) {
		s->dwMediaControl = action;
		r->state_count++;
		return true;
	}
	if (!tone_parse(when, &tone))
		return false;
	*t = (LINEMEDIACONTROLTONE){ .dwAppSpecific = r->tone_count + 1,
		.dwDuration = tone.dwDuration,
		.dwFrequency1 = tone.dwFrequency1,
		.dwFrequency2 = tone.dwFrequency2,
		.dwFrequency3 = tone.dwFrequency3,
		.dwMediaControl = action };
	r->tone_count++;
	return true;
}

/* "5=pause", "350+440/1000=reset", "onhold=pause" */
static bool parse_rule(struct rules *r, const char *word)
{
	const char *equals = strrchr(word, '=');
	char when[WHEN_MAX];
	DWORD action;

	if (!equals || (size_t)(equals - word) >= sizeof(when) ||
			!find_bit("LINEMEDIACONTROL_", equals + 1, &action))
		return false;
	(void)snprintf(when, sizeof(when), "%.*s", (int)(equals - word), word);
	return add_rule(r, when, action);
}

static bool parse_rules(const struct options *o, struct rules *r)
{
	memset(r, 0, sizeof(*r));
	if (o->argc - 2 > RULES_MAX) {
		fprintf(stderr, "tapictl: there may be %d rules\n", RULES_MAX);
		return false;
	}
	for (int i = 2; i < o->argc; i++) {
		if (parse_rule(r, o->argv[i]))
			continue;
		fprintf(stderr,
				"tapictl: a rule is WHEN=ACTION, such as 5=pause, onhold=pause or "
				"1100/500=reset, not '%s'; see tapictl control --help\n",
				o->argv[i]);
		return false;
	}
	return true;
}

enum exit_code command_control(const struct options *o)
{
	static struct rules r;
	struct control c;
	struct control_call *call = &c.calls[0];
	LONG error;

	if (!parse_rules(o, &r))
		return EXIT_USAGE;
	if (control_open(&c, o, 1, true) != EXIT_DONE)
		return control_close(&c);
	error = lineSetMediaControl(0, 0, call->call, LINECALLSELECT_CALL, r.digits, r.digit_count,
			NULL, 0, r.tones, r.tone_count, r.states, r.state_count);
	if (error < 0) {
		(void)control_wait(&c, error, "the call's media are not controlled");
		return control_close(&c);
	}
	control_say(&c);
	c.silent = true;
	session_limit(o->timeout_s);
	control_wait_end(&c, call);
	return control_close(&c);
}
