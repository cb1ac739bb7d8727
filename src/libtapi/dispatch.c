// SPDX-License-Identifier: MIT
/* dispatch.c - hands what has arrived to the application, in order: hooks of tapi3/ first, then
 * the 2.x message. Only here does the application, or an MSP, get to run. */
#include "libtapi/internal.h"

#include "base/clock.h"
#include "base/trace.h"
#include "wire/names.h"

#include <poll.h>
#include <string.h>
#include <tspi.h>

enum { READER_MS = 10 }; /* for another thread that is about to read */

/* Another thread polls the socket, so it reads what is there; soon. */
static void await_reader(struct app *a)
{
	struct pollfd p = { .events = POLLIN };

	if (!a->link || !a->link->polling || !list_empty(&a->queue))
		return;
	p.fd = a->link->conn.in_fd;
	if (poll(&p, 1, 0) > 0)
		app_wait(a, clock_now_ms() + READER_MS);
}

void dispatch_begin(struct app *a)
{
	link_tick(a);
	if (list_empty(&a->queue)) { /* what has arrived first, then what comes new */
		link_flush(a);
		sources_ready(a);
		link_input(a);
	}
	await_reader(a);
	msp_tell_lost(a);
}

static void acknowledge(struct app *a, const struct item *i)
{
	struct frame_header h = { .kind = FRAME_ACK, .serial = i->serial };

	if (i->flags & FLAG_WANT_ACK && a->link && a->state != LINK_GREETING)
		(void)link_send(a, &h, NULL, 0);
}

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

static void trace_message(const struct message *m)
{
	DWORD msg = m->m.dwMessageID;
	DWORD p1 = (DWORD)m->m.dwParam1, p2 = (DWORD)m->m.dwParam2;
	uint64_t object = m->call ? m->call : m->device;
	const char *name = names_constant("LINE_", msg);
	const char *state;

	if (!name)
		name = or_empty(names_constant("PHONE_", msg));
	if (msg == LINE_CALLSTATE) {
		state = or_empty(names_constant("LINECALLSTATE_", p1));
		trace_hop(TRACE_APP, name, object, "%s",
				*state ? state + strlen("LINECALLSTATE_") : state);
	} else if (msg == LINE_REPLY) {
		trace_hop(TRACE_APP, name, object, "request %u: %s", p1,
				p2 ? or_empty(names_constant("LINEERR_", p2)) : "success");
	} else if (msg == LINE_MONITORDIGITS) {
		trace_hop(TRACE_APP, name, object, "%c", (char)(p1 & 0x7f));
	} else {
		trace_hop(TRACE_APP, name, object, "%#x", p1);
	}
}

/* Its record stands behind what the hooks did with it: their objects are there before the
 * application gets the message. */
static bool is_taken_by_sinks(struct app *a, const struct message *m)
{
	bool taken = sinks_message(a, m);

	if (trace_enabled())
		trace_message(m);
	return taken;
}

static bool is_for_msp(const struct item *i)
{
	return i->kind == FRAME_EVENT && i->msg == LINE_SENDMSPDATA;
}

static bool is_more_for_msp(const struct app *a)
{
	return !list_empty(&a->queue) && is_for_msp(list_entry(a->queue.next, struct item, link));
}

/* When many calls are answered at once, so are many MSPs asked: their answers go together. */
static void take_msp_data(struct app *a, struct item *i)
{
	a->holds_posts = is_more_for_msp(a);
	msp_receive(a, i);
	a->holds_posts = false;
	if (!is_more_for_msp(a))
		link_flush(a);
}

int dispatch_next(struct app *a, struct message *out)
{
	struct item *i;

	while ((i = queue_take(a))) {
		int wanted = 0;

		if (is_for_msp(i))
			take_msp_data(a, i);
		else if (i->kind == FRAME_EVENT)
			wanted = event_translate(a, i, out);
		else
			wanted = completion_translate(a, i, out);
		if (wanted && !is_taken_by_sinks(a, out)) {
			if (list_empty(&a->queue)) /* it may be at this one for long */
				link_flush(a);
			return 1;
		}
		acknowledge(a, i);
		item_free(i);
	}
	link_flush(a);
	return 0;
}

void dispatch_taken(struct app *a, struct message *m)
{
	acknowledge(a, m->item);
	item_free(m->item);
	m->item = NULL;
}

/* One dispatcher at a time, so that callbacks come in order. */
static LONG enter(struct app *a)
{
	if (a->mode != LINEINITIALIZEEXOPTION_USEHIDDENWINDOW)
		return fail(LINEERR_OPERATIONFAILED, "notification mode",
				"this application takes its messages with lineGetMessage");
	if (a->dispatching && pthread_equal(a->dispatcher, pthread_self()))
		return fail(LINEERR_OPERATIONFAILED, "nested",
				"tapiDispatch may not be called from inside a callback");
	if (a->dispatching)
		return 1;
	a->dispatching = true;
	a->dispatcher = pthread_self();
	return 0;
}

static LONG run_callbacks(struct app *a)
{
	LINECALLBACK callback = a->callback;
	struct message m;
	LONG count = 0;

	dispatch_begin(a);
	while (a->state != LINK_CLOSED && dispatch_next(a, &m)) {
		app_unlock(a);
		if (callback)
			callback(m.m.hDevice, m.m.dwMessageID, m.m.dwCallbackInstance, m.m.dwParam1,
					m.m.dwParam2, m.m.dwParam3);
		app_lock(a);
		dispatch_taken(a, &m);
		count++;
	}
	if (!count && a->state == LINK_GONE)
		return fail_with(LINEERR_OPERATIONFAILED, &a->away);
	return count;
}

LONG tapiDispatch(HANDLE hEvent)
{
	struct app *a = apps_by_descriptor((int)hEvent);
	LONG result;

	if (!a)
		return fail(LINEERR_INVALAPPHANDLE, "descriptor",
				"%ld is not the descriptor of an application handle", (long)hEvent);
	app_lock(a);
	result = enter(a);
	if (!result) {
		result = run_callbacks(a);
		a->dispatching = false;
	} else if (result > 0) {
		result = 0; /* another thread is at it */
	}
	app_unlock(a);
	app_unref(a);
	return result;
}

/* The descriptor gathers all that can bring a message: socket, queue, timer, MSPs. */
static void wait_for_message(struct app *a, uint64_t deadline)
{
	uint64_t now = clock_now_ms();
	uint64_t left = deadline > now ? deadline - now : 0;
	struct pollfd p = { .fd = a->gather, .events = POLLIN };

	app_unlock(a);
	(void)poll(&p, 1, left > 60000 ? 60000 : (int)left);
	app_lock(a);
}

static LONG next_message(struct app *a, LINEMESSAGE *out, DWORD timeout)
{
	uint64_t deadline = timeout == 0xffffffffU ? UINT64_MAX : clock_now_ms() + timeout;
	struct message m;

	if (a->mode != LINEINITIALIZEEXOPTION_USEEVENT)
		return fail(LINEERR_OPERATIONFAILED, "notification mode",
				"this application handle was not initialised with the event "
				"option");
	for (;;) {
		dispatch_begin(a);
		if (a->state == LINK_CLOSED)
			return fail(LINEERR_INVALAPPHANDLE, "shutdown",
					"another thread has shut this application handle down");
		if (dispatch_next(a, &m)) {
			*out = m.m;
			dispatch_taken(a, &m);
			return 0;
		}
		if (a->state == LINK_GONE)
			return fail_with(LINEERR_OPERATIONFAILED, &a->away);
		if (clock_now_ms() >= deadline)
			return fail(LINEERR_OPERATIONFAILED, "timeout", "no message came in time");
		wait_for_message(a, deadline);
	}
}

LONG lineGetMessage(HLINEAPP hLineApp, LPLINEMESSAGE lpMessage, DWORD dwTimeout)
{
	struct app *a;
	LONG result = app_get(hLineApp, HANDLE_LINEAPP, &a);

	if (result)
		return result;
	if (!lpMessage) {
		result = fail(LINEERR_INVALPOINTER, "NULL", "lpMessage is NULL");
	} else {
		app_lock(a);
		result = next_message(a, lpMessage, dwTimeout);
		app_unlock(a);
	}
	app_unref(a);
	return result;
}

LONG phoneGetMessage(HPHONEAPP hPhoneApp, LPPHONEMESSAGE lpMessage, DWORD dwTimeout)
{
	struct app *a;
	LONG result = app_get(hPhoneApp, HANDLE_PHONEAPP, &a);
	LINEMESSAGE m;

	if (result)
		return result;
	if (!lpMessage) {
		result = fail(PHONEERR_INVALPOINTER, "NULL", "lpMessage is NULL");
	} else {
		app_lock(a);
		result = phone_error(next_message(a, &m, dwTimeout));
		app_unlock(a);
		if (!result)
			memcpy(lpMessage, &m, sizeof(*lpMessage)); /* the same members */
	}
	app_unref(a);
	return result;
}
