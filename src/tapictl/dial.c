// SPDX-License-Identifier: MIT
/* dial.c - tapictl dial, answer, unpark and pickup: calls that this program has itself. */
#include "talk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool dialled_and_said_all(const struct talk *t)
{
	const struct options *o = t->options;

	if (o->duration_s >= 0 || (!o->play_count && !o->digits))
		return false; /* the clock or the user ends it */
	return t->connected && t->played && t->sent;
}

static bool call_came(const struct talk *t)
{
	return t->call && t->state; /* a new call is followed by its state */
}

static bool never(const struct talk *t)
{
	(void)t;
	return false;
}

/* How a program comes to a call by asking for it, and what it says if it does not. */
struct asking {
	LONG (*ask)(const struct talk *t, HCALL *call);
	const char *failure;
};

/* As with NULL, and the user-user information, with its NUL. */
static LINECALLPARAMS *new_params(const char *uui)
{
	size_t size = strlen(uui) + 1;
	LINECALLPARAMS *params = calloc(1, sizeof(*params) + size);

	if (!params)
		return NULL;
	params->dwTotalSize = (DWORD)(sizeof(*params) + size);
	params->dwBearerMode = LINEBEARERMODE_VOICE;
	params->dwMinRate = params->dwMaxRate = 3100;
	params->dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
	params->dwAddressMode = LINEADDRESSMODE_ADDRESSID;
	params->dwUserUserInfoSize = (DWORD)size;
	params->dwUserUserInfoOffset = sizeof(*params);
	memcpy(params + 1, uui, size);
	return params;
}

static LONG ask_make(const struct talk *t, HCALL *call)
{
	const struct options *o = t->options;
	LINECALLPARAMS *params = o->uui ? new_params(o->uui) : NULL;
	LONG request;

	if (o->uui && !params)
		return LINEERR_NOMEM;
	request = lineMakeCall(t->line, call, t->number ? t->number : o->argv[2], 0, params);
	free(params);
	return request;
}

static LONG ask_unpark(const struct talk *t, HCALL *call)
{
	return lineUnpark(t->line, 0, call, t->options->argv[2]);
}

static LONG ask_pickup(const struct talk *t, HCALL *call)
{
	const struct options *o = t->options;

	return linePickup(t->line, 0, call, o->argc > 2 ? o->argv[2] : NULL, o->group);
}

static enum exit_code get_call(struct talk *t, const struct asking *a)
{
	HCALL call = 0;
	LONG request = a->ask(t, &call);
	enum exit_code code;

	t->call = request < 0 ? 0 : call; /* its states may follow the reply at once */
	code = talk_request(t, request, a->failure);
	if (!code)
		return talk_begin(t, call);
	t->call = 0;
	return code;
}

/* As the current location has it, unless the address is dialable already. */
static enum exit_code translate(struct talk *t)
{
	const char *given = t->options->argv[2];

	return *given != '+' || t->options->as_is
			       ? EXIT_DONE
			       : translate_for(t->options, t->device, given, &t->number);
}

static enum exit_code talk_with(const struct options *o, const struct asking *a)
{
	struct talk t;

	t.code = talk_open(&t, o, LINECALLPRIVILEGE_NONE);
	if (!t.code && a->ask == ask_make)
		t.code = translate(&t);
	if (!t.code) {
		talk_set_timeout(&t);
		t.code = get_call(&t, a);
		if (!t.code)
			talk_until(&t, dialled_and_said_all);
	}
	return talk_close(&t);
}

enum exit_code command_dial(const struct options *o)
{
	static const struct asking make = { ask_make, "the call was not made" };

	return talk_with(o, &make);
}

enum exit_code command_unpark(const struct options *o)
{
	static const struct asking unpark = { ask_unpark, "the call was not taken back" };

	return talk_with(o, &unpark);
}

enum exit_code command_pickup(const struct options *o)
{
	static const struct asking pickup = { ask_pickup, "no call was picked up" };

	return talk_with(o, &pickup);
}

/* The end that is waited for is no failure. */
static enum exit_code redirect(struct talk *t)
{
	LONG request = lineRedirect(t->call, t->options->redirect, 0);
	enum exit_code code;

	t->hanging_up = request >= 0;
	code = talk_request(t, request, "the call was not redirected");
	if (code)
		return code;
	talk_until(t, never);
	return EXIT_DONE;
}

/* Whoever hands it over has answered it, perhaps. */
static bool is_offered(const struct talk *t)
{
	return t->state == LINECALLSTATE_OFFERING || t->state == LINECALLSTATE_ACCEPTED;
}

static LONG ask_answer(const struct talk *t)
{
	const char *uui = t->options->uui;

	return lineAnswer(t->call, uui, uui ? (DWORD)strlen(uui) + 1 : 0);
}

static enum exit_code answer(struct talk *t)
{
	enum exit_code code;

	if (!t->call || t->options->reject)
		return t->code; /* hanging up refuses it */
	if (t->options->redirect)
		return redirect(t);
	t->code = talk_begin(t, t->call);
	if (t->code)
		return t->code;
	t->give_up_at_ms = 0;
	if (is_offered(t)) {
		code = talk_request(t, ask_answer(t), "the call was not answered");
		if (code && !t->request) /* else the call or the user has ended it before */
			return code;
	}
	talk_until(t, never);
	return t->code;
}

enum exit_code command_answer(const struct options *o)
{
	struct talk t;

	if (o->reject && o->redirect) {
		(void)fputs("tapictl: a call is either refused or redirected\n", stderr);
		return EXIT_USAGE;
	}
	t.code = talk_open(&t, o, LINECALLPRIVILEGE_OWNER);
	if (!t.code) {
		talk_set_timeout(&t);
		talk_until(&t, call_came);
		t.code = answer(&t);
	}
	return talk_close(&t);
}
