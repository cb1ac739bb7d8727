// SPDX-License-Identifier: MIT
/* control_calls.c - tapictl hold, unhold, drop, swap, transfer, conference and leave. */
#include "control.h"

#include <stdio.h>
#include <tapi3.h>

#define HELD                                                                                       \
	(LINECALLSTATE_ONHOLD | LINECALLSTATE_ONHOLDPENDTRANSFER | LINECALLSTATE_ONHOLDPENDCONF)

enum { UNHOLD_TRIES = 20, UNHOLD_PAUSE_MS = 100 };

/* "call 7 WHAT" */
static const char *about(const struct control_call *call, const char *what)
{
	static char text[96];

	(void)snprintf(text, sizeof(text), "call %u %s", call->call_id, what);
	return text;
}

static LONG drop(HCALL call)
{
	return lineDrop(call, NULL, 0);
}

/* One request about one call. */
static enum exit_code act(const struct options *o, LONG (*request)(HCALL), const char *failure,
		DWORD states)
{
	struct control c;
	struct control_call *call = &c.calls[0];

	if (control_open(&c, o, 1, true) == EXIT_DONE &&
			control_wait(&c, request(call->call), about(call, failure)) >= 0)
		control_wait_state(&c, call, states);
	return control_close(&c);
}

enum exit_code command_hold(const struct options *o)
{
	return act(o, lineHold, "was not put on hold", HELD);
}

enum exit_code command_unhold(const struct options *o)
{
	return act(o, lineUnhold, "was not taken off hold", LINECALLSTATE_CONNECTED);
}

enum exit_code command_drop(const struct options *o)
{
	return act(o, drop, "was not ended", LINECALLSTATE_IDLE);
}

enum exit_code command_leave(const struct options *o)
{
	struct control c;
	struct control_call *call = &c.calls[0];

	if (control_open(&c, o, 1, true) == EXIT_DONE &&
			control_wait(&c, lineRemoveFromConference(call->call),
					about(call, "was not taken out of its conference")) >= 0) {
		control_wait_state(&c, call, LINECALLSTATE_CONNECTED | HELD);
		call->call_id = 0; /* it has another one now */
	}
	return control_close(&c);
}

enum exit_code command_swap(const struct options *o)
{
	struct control c;

	if (control_open(&c, o, 2, true) == EXIT_DONE) {
		int held = c.calls[0].state & HELD ? 0 : 1;
		struct control_call *active = &c.calls[1 - held], *other = &c.calls[held];

		if (control_wait(&c, lineSwapHold(active->call, other->call),
				    about(active, "was not swapped")) >= 0) {
			control_wait_state(&c, other, LINECALLSTATE_CONNECTED);
			control_wait_state(&c, active, HELD);
		}
	}
	return control_close(&c);
}

/* --- transfer ------------------------------------------------------------------------------- */

static void transfer_blind(struct control *c, const char *address)
{
	struct control_call *call = &c->calls[0];

	if (control_wait(c, lineBlindTransfer(call->call, address, 0),
			    about(call, "was not transferred")) >= 0)
		control_wait_state(c, call, LINECALLSTATE_IDLE);
}

/* What was begun is taken back: the first call is with its party again. */
static void give_up(struct control *c, struct control_call *call, struct control_call *consult)
{
	enum exit_code code = c->code;

	if (consult->state != LINECALLSTATE_IDLE)
		(void)control_wait(c, lineDrop(consult->call, NULL, 0), "the consultation call");
	control_wait_state(c, call, LINECALLSTATE_CONNECTED);
	if (call->state & HELD)
		(void)control_wait(c, lineUnhold(call->call), "the first call stays on hold");
	control_wait_state(c, call, LINECALLSTATE_CONNECTED);
	c->code = code;
}

/* The third party is asked; true: it can have the call now. */
static bool consult_third(struct control *c, struct control_call *consult, const char *address)
{
	if (consult->state == LINECALLSTATE_CONNECTED || consult->state == LINECALLSTATE_RINGBACK)
		return true;
	if (control_wait(c, lineDial(consult->call, address, 0), "the third party") < 0)
		return false;
	control_wait_state(c, consult, LINECALLSTATE_CONNECTED | LINECALLSTATE_RINGBACK);
	if (consult->state == LINECALLSTATE_CONNECTED || consult->state == LINECALLSTATE_RINGBACK)
		return true;
	if (control_ended(consult) && consult->reason.sentence[0])
		tell_reason("the third party", &consult->reason);
	else
		fprintf(stderr, "tapictl: the third party was not reached\n");
	c->reason = consult->reason;
	c->code = !control_ended(consult) ? EXIT_TIMED_OUT
		  : consult->end          ? consult->end
					  : EXIT_FAILED;
	return false;
}

static void transfer_consult(struct control *c, const char *address)
{
	struct control_call *call = &c->calls[0], *consult = control_add(c, call);

	/* After the privilege, so that the sound of the first call stays with its program. */
	(void)tapi_line_media(call->line);
	if (control_wait(c, lineSetupTransfer(call->call, &consult->call, NULL),
			    about(call, "was not prepared for a transfer")) < 0) {
		c->count--;
		return;
	}
	control_wait_state(c, consult, LINECALLSTATE_DIALTONE | LINECALLSTATE_CONNECTED);
	if (!consult_third(c, consult, address)) {
		give_up(c, call, consult);
		return;
	}
	if (control_wait(c,
			    lineCompleteTransfer(call->call, consult->call, NULL,
					    LINETRANSFERMODE_TRANSFER),
			    about(call, "was not transferred")) < 0) {
		give_up(c, call, consult);
		return;
	}
	control_wait_state(c, call, LINECALLSTATE_IDLE);
	control_wait_state(c, consult, LINECALLSTATE_IDLE);
}

enum exit_code command_transfer(const struct options *o)
{
	struct control c;

	if (control_open(&c, o, 1, true) == EXIT_DONE)
		(o->consult ? transfer_consult : transfer_blind)(&c, o->argv[2]);
	return control_close(&c);
}

/* --- conference ----------------------------------------------------------------------------- */

/* One of the two must be held; which one does not matter. NULL: neither could be. */
static struct control_call *find_held(struct control *c)
{
	for (int i = 0; i < 2; i++)
		if (c->calls[i].state & HELD)
			return &c->calls[i];
	return NULL;
}

static LONG hold(struct control *c, struct control_call *call)
{
	LONG error = control_wait(c, lineHold(call->call), about(call, "was not put on hold"));

	if (error >= 0)
		control_wait_state(c, call, HELD);
	return error;
}

static LONG join(struct control *c, struct control_call *held, struct control_call *other)
{
	struct control_call *conference = control_add(c, held);
	LONG error = control_wait(c,
			lineCompleteTransfer(held->call, other->call, &conference->call,
					LINETRANSFERMODE_CONFERENCE),
			"the calls were not joined");

	if (error < 0) {
		c->count--;
		return error;
	}
	control_wait_state(c, held, LINECALLSTATE_CONFERENCED);
	control_wait_state(c, other, LINECALLSTATE_CONFERENCED);
	control_wait_state(c, conference, LINECALLSTATE_CONNECTED);
	return 0;
}

/* What this command held itself does not stay so when nothing came of it. */
static void unhold(struct control *c, struct control_call *call)
{
	enum exit_code code = c->code;
	struct tapix_reason reason = c->reason;
	LONG request = lineUnhold(call->call);

	/* The provider may be taking back what it had begun. */
	for (int i = 0; request == LINEERR_INVALCALLSTATE && i < UNHOLD_TRIES; i++) {
		control_pause(c, UNHOLD_PAUSE_MS);
		request = lineUnhold(call->call);
	}
	if (control_wait(c, request, about(call, "stays on hold")) >= 0)
		control_wait_state(c, call, LINECALLSTATE_CONNECTED);
	c->code = code;
	c->reason = reason;
}

/* Nobody else has the call that is the conference: it lasts as long as this program. */
static void stay(struct control *c)
{
	struct control_call *conference = &c->calls[c->count - 1];

	control_say(c);
	control_wait_end(c, conference);
	if (control_ended(conference) || c->code)
		return;
	session_go_on();
	if (control_wait(c, lineDrop(conference->call, NULL, 0), "the conference was not ended") >=
			0)
		control_wait_state(c, conference, LINECALLSTATE_IDLE);
}

enum exit_code command_conference(const struct options *o)
{
	struct control c;

	if (control_open(&c, o, 2, true) == EXIT_DONE) {
		struct control_call *before = find_held(&c), *held = before;

		if (!held && hold(&c, &c.calls[0]) >= 0)
			held = &c.calls[0];
		if (held && join(&c, held, held == &c.calls[0] ? &c.calls[1] : &c.calls[0]) >= 0)
			stay(&c);
		else if (held && !before)
			unhold(&c, held);
	}
	return control_close(&c);
}
