// SPDX-License-Identifier: MIT
/* confer.c - tapictl confer: calls several addresses and makes a conference of them. The sound of
 * this program is that of the first call; the media service provider mixes all of them. */
#include "talk.h"

#include <stdio.h>
#include <stdlib.h>

/* The conference call is that of the talk; beside it there is one that consults, and the parties.
 */
struct confer {
	struct talk t;
	HCALL first, consult;
	DWORD consult_state, consult_mode;
};

static void on_other(struct talk *t, const LINEMESSAGE *m)
{
	struct confer *c = (struct confer *)t;

	if (m->hDevice != c->consult)
		return;
	c->consult_state = (DWORD)m->dwParam1;
	c->consult_mode = (DWORD)m->dwParam2;
}

static bool is_connected(const struct talk *t)
{
	return t->connected;
}

static bool has_answered(const struct talk *t)
{
	const DWORD ended = LINECALLSTATE_DISCONNECTED | LINECALLSTATE_BUSY | LINECALLSTATE_IDLE;

	return ((const struct confer *)t)->consult_state & (LINECALLSTATE_CONNECTED | ended);
}

static enum exit_code call_first(struct confer *c, const char *address)
{
	struct talk *t = &c->t;
	enum exit_code code;

	talk_set_timeout(t);
	code = talk_request(t, lineMakeCall(t->line, &t->call, address, 0, NULL),
			"the call was not made");

	if (code) {
		t->call = 0;
		return code;
	}
	talk_until(t, is_connected);
	c->first = t->call;
	if (t->connected)
		return EXIT_DONE;
	return t->code ? t->code : EXIT_TIMED_OUT;
}

/* The next address: a conference, or room for one more; then its number. */
static enum exit_code call_next(struct confer *c, const char *address)
{
	struct talk *t = &c->t;
	HCALL conference = t->call;
	enum exit_code code;

	c->consult_state = 0;
	if (conference == c->first)
		code = talk_request(t,
				lineSetupConference(c->first, 0, &conference, &c->consult,
						(DWORD)t->options->argc - 2, NULL),
				"the conference was not made");
	else
		code = talk_request(t, linePrepareAddToConference(conference, &c->consult, NULL),
				"there is no room for another party");
	t->call = code ? t->call : conference;
	return code ? code
		    : talk_request(t, lineDial(c->consult, address, 0), "a party was not called");
}

static enum exit_code explain(struct confer *c, const char *address)
{
	enum exit_code code = exit_code_of_end(c->consult_state, c->consult_mode);
	struct tapix_reason reason;

	if (!tapixGetCallReason(c->consult, &reason) && reason.sentence[0])
		tell_reason(address, &reason);
	else
		fprintf(stderr, "tapictl: %s did not join\n", address);
	if (c->t.code)
		return c->t.code;
	return code ? code : EXIT_FAILED;
}

static enum exit_code add(struct confer *c, const char *address)
{
	struct talk *t = &c->t;
	enum exit_code code;

	talk_set_timeout(t);
	code = call_next(c, address);
	if (code)
		return code;
	talk_until(t, has_answered);
	t->give_up_at_ms = 0;
	if (c->consult_state != LINECALLSTATE_CONNECTED)
		return explain(c, address);
	return talk_request(t, lineAddToConference(t->call, c->consult), "a party did not join");
}

static bool said_all(const struct talk *t)
{
	return t->options->duration_s < 0 && t->options->play_count && t->played;
}

enum exit_code command_confer(const struct options *o)
{
	struct confer c = { .first = 0 };
	struct talk *t = &c.t;

	t->code = talk_open(t, o, LINECALLPRIVILEGE_NONE);
	t->other = on_other;
	if (!t->code)
		t->code = call_first(&c, o->argv[2]);
	t->hang_up_at_ms = 0; /* counts when all are there */
	for (int i = 3; i < o->argc && !t->code && !t->ended; i++)
		t->code = add(&c, o->argv[i]);
	if (!t->code && !t->ended) {
		HCALL conference = t->call;

		t->code = talk_begin(t, c.first);
		t->call = conference;
		if (o->duration_s >= 0)
			t->hang_up_at_ms = talk_now_ms() + (uint64_t)(o->duration_s * 1000);
		talk_until(t, said_all);
	}
	return talk_close(t);
}
