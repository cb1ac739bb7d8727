// SPDX-License-Identifier: MIT
/* app_command.c - sip-app: what it can be told. One row of the table a command. */
#include "app.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tapi_sip.h>

struct words {
	int count;
	char *at[APP_WORDS];
	char *rest[APP_WORDS]; /* the text from that word to the end, as it was */
};

void app_request(struct app *a, const char *what, LONG id, int call0, int call1)
{
	if (id <= 0) {
		app_say("reply %s %s%s", what, app_error(id), id < 0 ? app_last_reason() : "");
		return;
	}
	for (size_t i = 0; i < APP_REQUESTS; i++) {
		struct app_request *q = &a->requests[i];

		if (q->id > 0)
			continue;
		q->id = id;
		q->call[0] = call0;
		q->call[1] = call1;
		(void)snprintf(q->what, sizeof(q->what), "%s", what);
		return;
	}
}

static const char *word(const struct words *w, int i)
{
	return i < w->count ? w->at[i] : "";
}

static int number(const struct words *w, int i)
{
	return (int)strtol(word(w, i), NULL, 10);
}

static struct app_call *call_of(struct app *a, const struct words *w, int i)
{
	int n = number(w, i);

	return n > 0 && n <= a->call_count ? &a->calls[n] : &a->calls[0];
}

static HLINE line_of(struct app *a, const struct words *w, int i)
{
	int n = number(w, i);

	return n >= 0 && n < a->line_count ? a->lines[n].handle : 0;
}

/* dial LINE ADDRESS [UUI] */
static void do_dial(struct app *a, const struct words *w)
{
	static struct {
		LINECALLPARAMS params;
		char text[512];
	} p;
	int n = app_call_new(a);

	memset(&p, 0, sizeof(p));
	p.params.dwTotalSize = sizeof(p);
	p.params.dwBearerMode = LINEBEARERMODE_VOICE;
	p.params.dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
	p.params.dwAddressMode = LINEADDRESSMODE_ADDRESSID;
	if (strcmp(word(w, 0), "hide") == 0)
		p.params.dwCallParamFlags = LINECALLPARAMFLAGS_BLOCKID;
	if (w->count > 3) {
		p.params.dwUserUserInfoSize = (DWORD)strlen(w->rest[3]);
		p.params.dwUserUserInfoOffset = sizeof(p.params);
		(void)snprintf(p.text, sizeof(p.text), "%s", w->rest[3]);
	}
	app_request(a, "dial",
			lineMakeCall(line_of(a, w, 1), &a->calls[n].handle, word(w, 2), 0,
					w->count > 3 || p.params.dwCallParamFlags ? &p.params
										  : NULL),
			n, 0);
}

static void do_answer(struct app *a, const struct words *w)
{
	app_request(a, "answer",
			lineAnswer(call_of(a, w, 1)->handle, w->count > 2 ? w->rest[2] : NULL,
					w->count > 2 ? (DWORD)strlen(w->rest[2]) : 0),
			0, 0);
}

static void do_accept(struct app *a, const struct words *w)
{
	app_request(a, "accept", lineAccept(call_of(a, w, 1)->handle, NULL, 0), 0, 0);
}

static void do_drop(struct app *a, const struct words *w)
{
	app_request(a, "drop",
			lineDrop(call_of(a, w, 1)->handle, w->count > 2 ? w->rest[2] : NULL,
					w->count > 2 ? (DWORD)strlen(w->rest[2]) : 0),
			0, 0);
}

static void do_hold(struct app *a, const struct words *w)
{
	app_request(a, "hold", lineHold(call_of(a, w, 1)->handle), 0, 0);
}

static void do_unhold(struct app *a, const struct words *w)
{
	app_request(a, "unhold", lineUnhold(call_of(a, w, 1)->handle), 0, 0);
}

static void do_swap(struct app *a, const struct words *w)
{
	app_request(a, "swap", lineSwapHold(call_of(a, w, 1)->handle, call_of(a, w, 2)->handle), 0,
			0);
}

static void do_redirect(struct app *a, const struct words *w)
{
	app_request(a, "redirect", lineRedirect(call_of(a, w, 1)->handle, word(w, 2), 0), 0, 0);
}

/* blind CALL ADDRESS */
static void do_blind(struct app *a, const struct words *w)
{
	app_request(a, "blind", lineBlindTransfer(call_of(a, w, 1)->handle, word(w, 2), 0), 0, 0);
}

/* setup CALL: a consultation call */
static void do_setup(struct app *a, const struct words *w)
{
	int n = app_call_new(a);

	app_request(a, "setup",
			lineSetupTransfer(call_of(a, w, 1)->handle, &a->calls[n].handle, NULL), n,
			0);
}

/* to CALL ADDRESS: dials on a consultation call */
static void do_to(struct app *a, const struct words *w)
{
	app_request(a, "to", lineDial(call_of(a, w, 1)->handle, word(w, 2), 0), 0, 0);
}

/* complete CALL CONSULTATION */
static void do_complete(struct app *a, const struct words *w)
{
	app_request(a, "complete",
			lineCompleteTransfer(call_of(a, w, 1)->handle, call_of(a, w, 2)->handle,
					NULL, LINETRANSFERMODE_TRANSFER),
			0, 0);
}

/* threeway CALL CONSULTATION: the same as a conference */
static void do_threeway(struct app *a, const struct words *w)
{
	int n = app_call_new(a);

	app_request(a, "threeway",
			lineCompleteTransfer(call_of(a, w, 1)->handle, call_of(a, w, 2)->handle,
					&a->calls[n].handle, LINETRANSFERMODE_CONFERENCE),
			n, 0);
}

/* conference CALL: the conference call and a consultation call */
static void do_conference(struct app *a, const struct words *w)
{
	int conference = app_call_new(a), consultation = app_call_new(a);

	app_request(a, "conference",
			lineSetupConference(call_of(a, w, 1)->handle, 0,
					&a->calls[conference].handle,
					&a->calls[consultation].handle, 3, NULL),
			conference, consultation);
}

/* add CONFERENCE CALL */
static void do_add(struct app *a, const struct words *w)
{
	app_request(a, "add",
			lineAddToConference(call_of(a, w, 1)->handle, call_of(a, w, 2)->handle), 0,
			0);
}

static void do_prepare(struct app *a, const struct words *w)
{
	int n = app_call_new(a);

	app_request(a, "prepare",
			linePrepareAddToConference(call_of(a, w, 1)->handle, &a->calls[n].handle,
					NULL),
			n, 0);
}

static void do_remove(struct app *a, const struct words *w)
{
	app_request(a, "remove", lineRemoveFromConference(call_of(a, w, 1)->handle), 0, 0);
}

/* forward LINE [MODE ADDRESS]...; MODE: always, busy, noanswer */
static void do_forward(struct app *a, const struct words *w)
{
	static const struct {
		const char *word;
		DWORD mode;
	} modes[] = { { "always", LINEFORWARDMODE_UNCOND }, { "busy", LINEFORWARDMODE_BUSY },
		{ "noanswer", LINEFORWARDMODE_NOANSW } };
	static union {
		LINEFORWARDLIST list;
		char room[4096];
	} u;
	static HCALL consult;
	size_t at = sizeof(LINEFORWARDLIST) + 7 * sizeof(LINEFORWARD);

	memset(&u, 0, sizeof(u));
	for (int i = 2; i + 1 < w->count && u.list.dwNumEntries < 8; i += 2)
		for (size_t k = 0; k < sizeof(modes) / sizeof(modes[0]); k++) {
			LINEFORWARD *f = &u.list.ForwardList[u.list.dwNumEntries];

			if (strcmp(modes[k].word, word(w, i)) != 0)
				continue;
			f->dwForwardMode = modes[k].mode;
			f->dwDestAddressOffset = (DWORD)at;
			f->dwDestAddressSize = (DWORD)strlen(word(w, i + 1)) + 1;
			memcpy(u.room + at, word(w, i + 1), f->dwDestAddressSize);
			at += f->dwDestAddressSize;
			u.list.dwNumEntries++;
		}
	u.list.dwTotalSize = (DWORD)at;
	app_request(a, "forward",
			lineForward(line_of(a, w, 1), 1, 0, u.list.dwNumEntries ? &u.list : NULL, 3,
					&consult, NULL),
			0, 0);
}

static void do_digits(struct app *a, const struct words *w)
{
	app_request(a, "digits",
			lineGenerateDigits(call_of(a, w, 1)->handle, LINEDIGITMODE_DTMF, word(w, 2),
					100),
			0, 0);
}

static void do_listen(struct app *a, const struct words *w)
{
	app_request(a, "listen", lineMonitorDigits(call_of(a, w, 1)->handle, LINEDIGITMODE_DTMF), 0,
			0);
}

static void do_uui(struct app *a, const struct words *w)
{
	app_request(a, "uui", lineReleaseUserUserInfo(call_of(a, w, 1)->handle), 0, 0);
}

/* special LINE CALL WORD...: lineDevSpecific; "-" for no call. The answer is said by `special`. */
static void do_special(struct app *a, const struct words *w)
{
	static char text[4096];
	DWORD version = 0;

	if (w->count == 1) {
		app_say("special %s", text);
		return;
	}
	(void)snprintf(text, sizeof(text), "%s", w->count > 3 ? w->rest[3] : "");
	(void)lineNegotiateExtVersion(a->handle, (DWORD)number(w, 1), 0x00030000,
			TAPI_SIP_EXTENSION_VERSION, TAPI_SIP_EXTENSION_VERSION, &version);
	app_request(a, "special",
			lineDevSpecific(line_of(a, w, 1), 0,
					word(w, 2)[0] == '-' ? 0 : call_of(a, w, 2)->handle, text,
					sizeof(text)),
			0, 0);
}

static void do_callinfo(struct app *a, const struct words *w)
{
	static union {
		LINECALLINFO info;
		char room[16384];
	} u;

	memset(&u, 0, sizeof(u.info));
	u.info.dwTotalSize = sizeof(u);
	if (lineGetCallInfo(call_of(a, w, 1)->handle, &u.info) < 0)
		app_say("callinfo %d error%s", number(w, 1), app_last_reason());
	else
		app_say_json("callinfo", "LINECALLINFO", &u.info);
}

static void do_callstatus(struct app *a, const struct words *w)
{
	static union {
		LINECALLSTATUS status;
		char room[4096];
	} u;

	memset(&u, 0, sizeof(u.status));
	u.status.dwTotalSize = sizeof(u);
	if (lineGetCallStatus(call_of(a, w, 1)->handle, &u.status) < 0)
		app_say("callstatus %d error%s", number(w, 1), app_last_reason());
	else
		app_say_json("callstatus", "LINECALLSTATUS", &u.status);
}

/* status LINE: with the reason why it is out of service */
static void do_status(struct app *a, const struct words *w)
{
	static union {
		LINEDEVSTATUS status;
		char room[4096];
	} u;
	struct tapix_reason r;
	LONG error;

	memset(&u, 0, sizeof(u.status));
	memset(&r, 0, sizeof(r));
	u.status.dwTotalSize = sizeof(u);
	error = lineGetLineDevStatus(line_of(a, w, 1), &u.status);
	tapixGetLastReason(&r);
	app_say("status %s %s%s%s", error < 0 ? app_error(error) : a->lines[number(w, 1)].name,
			u.status.dwDevStatusFlags & LINEDEVSTATUSFLAGS_INSERVICE ? "in" : "out",
			u.status.dwDevStatusFlags & LINEDEVSTATUSFLAGS_MSGWAIT ? " message" : "",
			app_reason(&r));
}

/* play CALL FILE..., record CALL FILE */
static void do_play(struct app *a, const struct words *w)
{
	struct app_call *c = call_of(a, w, 1);
	LONG error;

	app_call_begin(a, number(w, 1));
	error = tapi_call_play(c->object, (const char *const *)(w->at + 2), (DWORD)(w->count - 2),
			&c->player);
	app_say("reply play %s%s", app_error(error), error < 0 ? app_last_reason() : "");
}

static void do_record(struct app *a, const struct words *w)
{
	struct app_call *c = call_of(a, w, 1);
	LONG error;

	app_call_begin(a, number(w, 1));
	error = tapi_call_record(c->object, word(w, 2), &c->recorder);
	app_say("reply record %s%s", app_error(error), error < 0 ? app_last_reason() : "");
}

/* format CALL */
static void do_format(struct app *a, const struct words *w)
{
	struct app_call *c = call_of(a, w, 1);
	struct tapi_stream_format f = { 0 };
	struct tapi_stream *stream;
	LONG error = tapi_call_get_stream(c->object, 0, &stream);

	if (error == 0) {
		error = tapi_stream_get_current_format(stream, &f, sizeof(f));
		tapi_unref(stream);
	}
	app_say("format %s %s", app_error(error), f.codec);
}

/* formats CALL NAMES */
static void do_formats(struct app *a, const struct words *w)
{
	struct app_call *c = call_of(a, w, 1);
	struct tapi_stream *stream;
	LONG error = tapi_call_get_stream(c->object, 0, &stream);

	if (error == 0) {
		error = tapi_stream_set_format_preference(stream, w->count > 2 ? w->rest[2] : "");
		tapi_unref(stream);
	}
	app_say("reply formats %s%s", app_error(error), error < 0 ? app_last_reason() : "");
}

static void do_auto(struct app *a, const struct words *w)
{
	(void)snprintf(a->automatic, sizeof(a->automatic), "%s",
			strcmp(word(w, 1), "none") == 0 ? "" : word(w, 1));
	app_say("reply auto 0");
}

static void do_open(struct app *a, const struct words *w)
{
	app_open(a, word(w, 1), LINECALLPRIVILEGE_OWNER);
}

/* All calls of before are over for the script: what is left of them is dropped. */
static void do_dropall(struct app *a, const struct words *w)
{
	(void)w;
	for (int i = 1; i <= a->call_count; i++)
		if (a->calls[i].handle && !a->calls[i].gone)
			(void)lineDrop(a->calls[i].handle, NULL, 0);
	app_say("reply dropall 0");
}

static void do_quit(struct app *a, const struct words *w)
{
	(void)w;
	a->quit = true;
}

static void split(char *text, struct words *w)
{
	static char copy[65536];

	(void)snprintf(copy, sizeof(copy), "%s", text);
	w->count = 0;
	for (size_t at = 0; text[at] && w->count < APP_WORDS;) {
		size_t n = strcspn(text + at, " ");

		if (n) {
			w->at[w->count] = text + at;
			w->rest[w->count++] = copy + at;
		}
		at += n;
		if (text[at])
			text[at++] = '\0';
	}
}

void app_command(struct app *a, char *text)
{
	static const struct {
		const char *word;
		void (*does)(struct app *a, const struct words *w);
	} rows[] = {
		{ "dial", do_dial },
		{ "hide", do_dial },
		{ "answer", do_answer },
		{ "accept", do_accept },
		{ "drop", do_drop },
		{ "hold", do_hold },
		{ "unhold", do_unhold },
		{ "swap", do_swap },
		{ "redirect", do_redirect },
		{ "blind", do_blind },
		{ "setup", do_setup },
		{ "to", do_to },
		{ "complete", do_complete },
		{ "threeway", do_threeway },
		{ "conference", do_conference },
		{ "add", do_add },
		{ "prepare", do_prepare },
		{ "remove", do_remove },
		{ "forward", do_forward },
		{ "digits", do_digits },
		{ "listen", do_listen },
		{ "uui", do_uui },
		{ "special", do_special },
		{ "callinfo", do_callinfo },
		{ "callstatus", do_callstatus },
		{ "status", do_status },
		{ "play", do_play },
		{ "record", do_record },
		{ "format", do_format },
		{ "formats", do_formats },
		{ "auto", do_auto },
		{ "open", do_open },
		{ "dropall", do_dropall },
		{ "quit", do_quit },
	};
	struct words w;

	split(text, &w);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]) && w.count; i++)
		if (strcmp(rows[i].word, w.at[0]) == 0) {
			rows[i].does(a, &w);
			return;
		}
	app_say("error no command '%s'", word(&w, 0));
}
