// SPDX-License-Identifier: MIT
/* talk.c - the life of one call: the message loop and its deadlines. What a message does is a row
 * of a table. */
#include "talk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { HANG_UP_MS = 5000 };

uint64_t talk_now_ms(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000;
}

static void send_digits(struct talk *t)
{
	LONG error;

	if (!t->options->digits || t->sent || !t->connected || t->hanging_up)
		return;
	error = lineGenerateDigits(t->call, LINEDIGITMODE_DTMF, t->options->digits, 0);
	if (error < 0) {
		t->code = complain("the digits were not sent", error);
		t->sent = true;
	}
}

static void on_connected(struct talk *t)
{
	if (t->connected)
		return;
	t->connected = true;
	t->give_up_at_ms = 0;
	if (t->options->duration_s >= 0)
		t->hang_up_at_ms = talk_now_ms() + (uint64_t)(t->options->duration_s * 1000);
	(void)lineMonitorDigits(t->call, LINEDIGITMODE_DTMF);
	if (t->played)
		send_digits(t);
}

static void on_end(struct talk *t)
{
	(void)tapixGetCallReason(t->call, &t->reason);
	t->ended = true;
	if (!t->hanging_up && !t->code)
		t->code = talk_code_of_end(t);
	if (!t->hanging_up && t->reason.sentence[0])
		tell_reason("the call ended", &t->reason);
}

static void learn_call_id(struct talk *t)
{
	LONG error;
	LINECALLINFO *info = get_call_info(t->call, &error);

	t->call_id = info ? info->dwCallID : 0;
	free(info);
}

static void on_call_state(struct talk *t, const LINEMESSAGE *m)
{
	bool is_news;

	if (m->hDevice != t->call && t->other) {
		t->other(t, m);
		return;
	}
	if (m->hDevice != t->call) {
		if (m->dwParam1 == LINECALLSTATE_IDLE)
			(void)lineDeallocateCall(m->hDevice); /* one that was refused */
		return;
	}
	if (m->dwParam3 == LINECALLPRIVILEGE_OWNER)
		t->newer_owners = 0; /* it is ours, again perhaps */
	is_news = t->state != m->dwParam1 || t->mode != m->dwParam2;
	t->state = (DWORD)m->dwParam1;
	t->mode = (DWORD)m->dwParam2;
	if (t->state == LINECALLSTATE_DISCONNECTED)
		t->end_mode = t->mode;
	if (!t->call_id)
		learn_call_id(t);
	if (is_news)
		talk_say_state(t);
	if (t->state == LINECALLSTATE_CONNECTED)
		on_connected(t);
	if (t->state == LINECALLSTATE_IDLE || t->state == LINECALLSTATE_DISCONNECTED ||
			(t->state == LINECALLSTATE_BUSY && !t->options->stay))
		on_end(t);
	else
		t->busy = t->state == LINECALLSTATE_BUSY;
}

/* One call at a time: what is handed over is left to its giver, and others are refused. Who breaks
 * in is heard beside the first one. */
static void on_another_call(HCALL call)
{
	LONG error;
	LINECALLINFO *info = get_call_info(call, &error);

	if (info && info->dwNumOwners > 1)
		(void)lineDeallocateCall(call);
	else if (!info || !(info->dwReason & LINECALLREASON_INTRUDE))
		(void)lineDrop(call, NULL, 0);
	free(info);
}

static void on_new_call(struct talk *t, const LINEMESSAGE *m)
{
	HCALL call = (HCALL)m->dwParam2;

	if (!(m->dwParam3 & LINECALLPRIVILEGE_OWNER))
		(void)lineDeallocateCall(call);
	else if (!t->call && !t->hanging_up)
		t->call = call;
	else
		on_another_call(call);
}

/* Commands that act on a call are monitors of it first and own it then, for a moment. When an owner
 * came otherwise, the call was handed over: as soon as who did that has gone it is not ours to end
 * any more. Who had it before us (and has handed it to us) does not count. */
static void on_call_info(struct talk *t, const LINEMESSAGE *m)
{
	if (m->hDevice != t->call || t->hanging_up)
		return;
	if (m->dwParam1 & LINECALLINFOSTATE_NUMOWNERINCR) {
		t->newer_owners++;
		t->handed = t->handed || !(m->dwParam1 & LINECALLINFOSTATE_NUMMONITORS);
	}
	if (!(m->dwParam1 & LINECALLINFOSTATE_NUMOWNERDECR) || !t->newer_owners)
		return;
	if (--t->newer_owners && t->handed)
		t->given = t->ended = true;
}

static void on_reply(struct talk *t, const LINEMESSAGE *m)
{
	if ((LONG)m->dwParam1 != t->request)
		return;
	t->request = 0;
	t->reply = (LONG)m->dwParam2;
}

static void on_digit(struct talk *t, const LINEMESSAGE *m)
{
	if (m->hDevice != t->call || t->heard_count + 1 >= sizeof(t->heard))
		return;
	t->heard[t->heard_count] = (char)m->dwParam1;
	if (!strchr("0123456789*#ABCD", t->heard[t->heard_count]))
		t->heard[t->heard_count] = '?'; /* a provider's idea of a digit */
	t->heard_count++;
	t->heard[t->heard_count] = '\0';
}

static void on_generated(struct talk *t, const LINEMESSAGE *m)
{
	if (m->hDevice == t->call)
		t->sent = true;
}

static void on_close(struct talk *t, const LINEMESSAGE *m)
{
	(void)m;
	(void)tapixGetCloseReason(t->line, &t->reason);
	tell_reason("the line was closed", &t->reason);
	t->ended = true;
	t->state = LINECALLSTATE_IDLE;
	t->code = t->reason.layer == TAPIX_LAYER_CLIENT ? EXIT_UNREACHABLE : EXIT_FAILED;
}

static void handle(struct talk *t, const LINEMESSAGE *m)
{
	static const struct {
		DWORD message;
		void (*does)(struct talk *t, const LINEMESSAGE *m);
	} rows[] = {
		{ LINE_CALLSTATE, on_call_state },
		{ LINE_APPNEWCALL, on_new_call },
		{ LINE_CALLINFO, on_call_info },
		{ LINE_REPLY, on_reply },
		{ LINE_MONITORDIGITS, on_digit },
		{ LINE_GENERATE, on_generated },
		{ LINE_CLOSE, on_close },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].message == m->dwMessageID)
			rows[i].does(t, m);
}

static void on_event(struct tapi_event *event, void *arg)
{
	struct talk *t = arg;

	if (tapi_event_get_kind(event) == TE_CALLMEDIA) {
		if (tapi_event_get_event(event) == CME_TERMINAL_FAIL)
			talk_say_device(t, tapi_event_get_terminal(event));
		return;
	}
	if (tapi_event_get_error(event) < 0 && tapi_event_get_kind(event) == TE_FILETERMINAL)
		fprintf(stderr, "tapictl: a file could not be played or recorded\n");
	if (tapi_event_get_terminal(event) != t->player || !t->player ||
			tapi_event_get_state(event) != TMS_IDLE)
		return;
	t->played = true;
	send_digits(t);
}

/* From the first offer on: before there is a call. */
static LONG prefer_formats(const struct talk *t)
{
	struct tapi_address *address;
	LONG error = tapi_address_from_handle(t->line, 0, &address);

	if (error < 0)
		return error;
	error = tapi_address_set_format_preference(address, t->options->codecs);
	tapi_unref(address);
	return error;
}

enum exit_code talk_open(struct talk *t, const struct options *o, DWORD privileges)
{
	enum exit_code code;
	LONG error;

	memset(t, 0, sizeof(*t));
	t->options = o;
	t->played = !o->play_count;
	t->sent = !o->digits;
	code = talk_check_files(o);
	if (!code)
		code = session_open(&t->session);
	if (!code)
		code = session_line(&t->session, o->argv[1], &t->device);
	if (code)
		return code;
	error = session_open_line(&t->session, t->device, privileges,
			privileges & LINECALLPRIVILEGE_OWNER ? LINEMEDIAMODE_INTERACTIVEVOICE : 0,
			&t->line);
	if (error < 0)
		return complain("the line cannot be opened", error);
	error = tapi_from_handle(t->session.app, &t->tapi);
	if (error < 0)
		return complain("no media", error);
	(void)tapi_set_event_callback(t->tapi, on_event, t);
	(void)tapi_set_event_filter(t->tapi, TE_FILETERMINAL | TE_CALLMEDIA);
	error = tapi_line_media(t->line);
	t->has_media = error >= 0;
	if (error < 0 && (o->play_count || o->record || o->mic || o->speaker || o->codecs))
		return complain("the line has no media", error);
	if (o->codecs && (error = prefer_formats(t)) < 0)
		return complain("--codecs", error);
	return t->has_media ? talk_find_devices(t) : EXIT_DONE;
}

enum exit_code talk_begin(struct talk *t, HCALL call)
{
	const struct options *o = t->options;
	LONG error;

	t->call = call;

	if (!t->has_media)
		return EXIT_DONE;
	error = tapi_call_from_handle(call, &t->object);
	if (error >= 0 && o->record)
		error = tapi_call_record(t->object, o->record, &t->recorder);
	if (error < 0)
		return complain(o->record ? o->record : "the call's media", error);
	error = talk_use_devices(t);
	if (error < 0)
		return complain("the sound devices", error);
	if (o->play_count)
		error = tapi_call_play(t->object, o->play, (DWORD)o->play_count, &t->player);
	return error < 0 ? complain("a file to play", error) : EXIT_DONE;
}

bool talk_is_over(const struct talk *t)
{
	return t->ended;
}

/* How long the next wait may be; false: a deadline has passed. */
static bool next_wait(struct talk *t, DWORD *wait_ms)
{
	uint64_t now = talk_now_ms();
	uint64_t at = t->hang_up_at_ms;

	if (t->give_up_at_ms && (!at || t->give_up_at_ms < at))
		at = t->give_up_at_ms;
	if (at && at <= now)
		return false;
	*wait_ms = at ? (DWORD)(at - now) : INFINITE;
	return true;
}

static void give_up(struct talk *t)
{
	if (t->hanging_up)
		fprintf(stderr, "tapictl: the call did not end within %g s\n", HANG_UP_MS / 1e3);
	else
		fprintf(stderr, "tapictl: %s within %g s\n",
				t->call ? "the call was not connected" : "no call came",
				t->options->timeout_s);
	t->code = t->code ? t->code : EXIT_TIMED_OUT;
}

void talk_until(struct talk *t, bool (*done)(const struct talk *t))
{
	DWORD wait_ms;
	LINEMESSAGE m;

	while (!t->ended && !done(t) && !session_stopped()) {
		LONG error;

		if (!next_wait(t, &wait_ms)) {
			if (t->give_up_at_ms && talk_now_ms() >= t->give_up_at_ms)
				give_up(t);
			return;
		}
		error = session_message(&t->session, &m, wait_ms);
		if (error >= 0) {
			handle(t, &m);
		} else if (error != LINEERR_OPERATIONFAILED) {
			t->code = complain("the connection", error);
			t->ended = true;
		}
	}
}

void talk_set_timeout(struct talk *t)
{
	if (t->options->timeout_s >= 0)
		t->give_up_at_ms = talk_now_ms() + (uint64_t)(t->options->timeout_s * 1000);
}

static bool replied(const struct talk *t)
{
	return !t->request;
}

enum exit_code talk_request(struct talk *t, LONG request, const char *failure)
{
	if (request < 0)
		return complain(failure, request);
	t->request = request;
	talk_until(t, replied);
	if (t->request)
		return t->code ? t->code : EXIT_TIMED_OUT;
	return t->reply < 0 ? complain_reply(t->session.app, failure, request, t->reply)
			    : EXIT_DONE;
}

static void hang_up(struct talk *t)
{
	if (!t->call || t->given || t->state == LINECALLSTATE_IDLE)
		return;
	session_go_on();
	t->hanging_up = true;
	t->ended = false;
	t->hang_up_at_ms = 0;
	t->give_up_at_ms = talk_now_ms() + HANG_UP_MS;
	t->request = lineDrop(t->call, NULL, 0);
	if (t->request < 0) {
		enum exit_code code = complain("the call was not hung up", t->request);

		t->code = t->code ? t->code : code;
		return;
	}
	while (!t->ended || t->state != LINECALLSTATE_IDLE) {
		t->ended = false;
		talk_until(t, talk_is_over);
		if (!t->ended)
			return; /* time is up; closing drops it all the same */
	}
}

enum exit_code talk_close(struct talk *t)
{
	hang_up(t);
	if (t->recorder)
		(void)tapi_terminal_stop(t->recorder);
	talk_say_result(t);
	tapi_unref(t->mic);
	tapi_unref(t->speaker);
	tapi_unref(t->player);
	tapi_unref(t->recorder);
	tapi_unref(t->object);
	if (t->call)
		(void)lineDeallocateCall(t->call);
	tapi_unref(t->tapi);
	free(t->number);
	if (t->session.app)
		session_close(&t->session);
	return t->code;
}
