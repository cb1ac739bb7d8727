// SPDX-License-Identifier: MIT
/* app_message.c - sip-app: each message as a line of text. */
#include "app.h"

#include <stdio.h>
#include <string.h>

/* "CONNECTED" of "LINECALLSTATE_CONNECTED"; a set of bits joined by "|". */
static const char *name(const char *group, DWORD value)
{
	static char text[4][512];
	static int which;
	char *out = text[which++ % 4];
	char whole[512];
	size_t skip = strlen(group), at = 0;

	(void)tapixBitNames(group, value, whole, sizeof(whole));
	for (const char *p = whole; *p && at + 1 < sizeof(text[0]);) {
		if (strncmp(p, group, skip) == 0)
			p += skip;
		else
			out[at++] = *p++;
	}
	out[at] = '\0';
	return value ? out : "0";
}

static const char *line_of(const struct app *a, const LINEMESSAGE *m)
{
	for (int i = 0; i < a->line_count; i++)
		if (a->lines[i].handle == m->hDevice ||
				(a->lines[i].handle && a->lines[i].device == m->dwCallbackInstance))
			return a->lines[i].name;
	return "-";
}

static const char *mode_of(const LINEMESSAGE *m)
{
	static const struct {
		DWORD state;
		const char *group;
	} modes[] = {
		{ LINECALLSTATE_CONNECTED, "LINECONNECTEDMODE_" },
		{ LINECALLSTATE_BUSY, "LINEBUSYMODE_" },
		{ LINECALLSTATE_SPECIALINFO, "LINESPECIALINFO_" },
		{ LINECALLSTATE_DISCONNECTED, "LINEDISCONNECTMODE_" },
		{ LINECALLSTATE_OFFERING, "LINEOFFERINGMODE_" },
	};

	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		if (m->dwParam1 == modes[i].state)
			return name(modes[i].group, (DWORD)m->dwParam2);
	return "-";
}

static void do_automatic(struct app *a, int number)
{
	struct app_call *c = &a->calls[number];

	if (strcmp(a->automatic, "answer") == 0)
		app_request(a, "answer", lineAnswer(c->handle, NULL, 0), 0, 0);
	else if (strcmp(a->automatic, "accept") == 0)
		app_request(a, "accept", lineAccept(c->handle, NULL, 0), 0, 0);
	else if (strcmp(a->automatic, "drop") == 0)
		app_request(a, "drop", lineDrop(c->handle, NULL, 0), 0, 0);
}

static void end(struct app *a, int number)
{
	struct app_call *c = &a->calls[number];

	if (c->recorder)
		(void)tapi_terminal_stop(c->recorder);
	tapi_unref(c->player);
	tapi_unref(c->recorder);
	tapi_unref(c->object);
	c->player = c->recorder = NULL;
	c->object = NULL;
	(void)lineDeallocateCall(c->handle);
	c->gone = true;
	app_say("gone %d", number);
}

static void on_call_state(struct app *a, const LINEMESSAGE *m)
{
	int number = app_call_number(a, m->hDevice);
	struct tapix_reason r;

	if (!number)
		return;
	memset(&r, 0, sizeof(r));
	if (m->dwParam1 & (LINECALLSTATE_DISCONNECTED | LINECALLSTATE_IDLE | LINECALLSTATE_BUSY))
		(void)tapixGetCallReason(m->hDevice, &r);
	app_say("state %d %s %s%s", number, name("LINECALLSTATE_", (DWORD)m->dwParam1), mode_of(m),
			app_reason(&r));
	if (m->dwParam1 == LINECALLSTATE_OFFERING) {
		app_call_begin(a, number);
		do_automatic(a, number);
	}
	if (m->dwParam1 == LINECALLSTATE_DISCONNECTED && a->automatic[0])
		(void)lineDrop(m->hDevice, NULL, 0);
	if (m->dwParam1 == LINECALLSTATE_IDLE)
		end(a, number);
}

static void on_new_call(struct app *a, const LINEMESSAGE *m)
{
	app_say("new %d line %s %s", app_call_number(a, (HCALL)m->dwParam2), line_of(a, m),
			name("LINECALLPRIVILEGE_", (DWORD)m->dwParam3));
}

static void on_reply(struct app *a, const LINEMESSAGE *m)
{
	struct tapix_reason r;

	for (size_t i = 0; i < APP_REQUESTS; i++) {
		struct app_request *q = &a->requests[i];
		LONG result = (LONG)m->dwParam2;

		if (q->id <= 0 || q->id != (LONG)m->dwParam1)
			continue;
		q->id = 0;
		memset(&r, 0, sizeof(r));
		if (result < 0)
			(void)tapixGetReplyReason(a->handle, (DWORD)m->dwParam1, &r);
		for (int k = 0; k < 2 && result >= 0; k++)
			if (q->call[k] && a->calls[q->call[k]].handle) {
				app_say("call %d by %s", q->call[k], q->what);
				app_call_begin(a, q->call[k]);
			}
		app_say("reply %s %s%s", q->what, app_error(result), app_reason(&r));
		return;
	}
	app_say("reply unknown %u %s", (unsigned)m->dwParam1, app_error((LONG)m->dwParam2));
}

static void on_call_info(struct app *a, const LINEMESSAGE *m)
{
	app_say("info %d %s", app_call_number(a, m->hDevice),
			name("LINECALLINFOSTATE_", (DWORD)m->dwParam1));
}

static void on_line_state(struct app *a, const LINEMESSAGE *m)
{
	app_say("line %s %s", line_of(a, m), name("LINEDEVSTATE_", (DWORD)m->dwParam1));
}

static void on_address_state(struct app *a, const LINEMESSAGE *m)
{
	app_say("address %s %s", line_of(a, m), name("LINEADDRESSSTATE_", (DWORD)m->dwParam2));
}

static void on_digit(struct app *a, const LINEMESSAGE *m)
{
	app_say("digit %d %c", app_call_number(a, m->hDevice), (char)m->dwParam1);
}

static void on_generate(struct app *a, const LINEMESSAGE *m)
{
	app_say("generated %d %s", app_call_number(a, m->hDevice),
			name("LINEGENERATETERM_", (DWORD)m->dwParam1));
}

static void on_create(struct app *a, const LINEMESSAGE *m)
{
	if (m->dwParam1 >= a->devices)
		a->devices = (DWORD)m->dwParam1 + 1;
	app_say("create %u", (unsigned)m->dwParam1);
}

static void on_remove(struct app *a, const LINEMESSAGE *m)
{
	(void)a;
	app_say("remove %u", (unsigned)m->dwParam1);
}

static void on_close(struct app *a, const LINEMESSAGE *m)
{
	struct tapix_reason r;

	memset(&r, 0, sizeof(r));
	(void)tapixGetCloseReason(m->hDevice, &r);
	app_say("closed %s%s", line_of(a, m), app_reason(&r));
	for (int i = 0; i < a->line_count; i++)
		if (a->lines[i].handle == m->hDevice)
			a->lines[i].handle = 0;
}

void app_message(struct app *a, const LINEMESSAGE *m)
{
	static const struct {
		DWORD message;
		void (*does)(struct app *a, const LINEMESSAGE *m);
	} rows[] = {
		{ LINE_CALLSTATE, on_call_state },
		{ LINE_APPNEWCALL, on_new_call },
		{ LINE_REPLY, on_reply },
		{ LINE_CALLINFO, on_call_info },
		{ LINE_LINEDEVSTATE, on_line_state },
		{ LINE_ADDRESSSTATE, on_address_state },
		{ LINE_MONITORDIGITS, on_digit },
		{ LINE_GENERATE, on_generate },
		{ LINE_CREATE, on_create },
		{ LINE_REMOVE, on_remove },
		{ LINE_CLOSE, on_close },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].message == m->dwMessageID) {
			rows[i].does(a, m);
			return;
		}
	app_say("message %u %llx %llx", m->dwMessageID, (unsigned long long)m->dwParam1,
			(unsigned long long)m->dwParam2);
}
