// SPDX-License-Identifier: MIT
/* tapi.c - the tapi object: an application's connection as TAPI 3 sees it, its dispatch, and who is
 * told of new calls. */
#define LOG_TOPIC "tapi3"
#include "libtapi/tapi3/objects.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/os.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

static struct list tapis = LIST_INIT(tapis);

struct tapi *tapi_find(const struct app *a)
{
	list_for(pos, &tapis) {
		struct tapi *t = list_entry(pos, struct tapi, link);

		if (t->app == a)
			return t;
	}
	return NULL;
}

/* --- In dispatch context --------------------------------------------------------------------- */

static void empty_pipe(struct tapi *tapi)
{
	char bytes[64];

	if (!atomic_exchange(&tapi->is_written, false))
		return;
	while (read(tapi->pipe[0], bytes, sizeof(bytes)) == (ssize_t)sizeof(bytes))
		continue;
}

void tapi_wake(struct tapi *tapi)
{
	char byte = 0;

	(void)!write(tapi->pipe[1], &byte, 1); /* a full pipe is signal enough */
	atomic_store(&tapi->is_written, true); /* in this order, or the byte might stay */
}

static struct instance *signalled(struct tapi *tapi)
{
	list_for(pos, &tapi->instances) {
		struct instance *i = list_entry(pos, struct instance, link);

		if (atomic_load(&i->signalled))
			return i;
	}
	return NULL;
}

void tapi_drain(struct tapi *tapi)
{
	struct instance *i;

	objects_lock();
	if (tapi->closed) {
		objects_unlock();
		return;
	}
	tapi_ref(tapi);
	while ((i = signalled(tapi)))
		instance_drain(i);
	objects_unlock();
	events_deliver(tapi);
	tapi_unref(tapi);
}

static bool line_is_open(const struct tapi *tapi, HLINE line)
{
	struct app *a = handle_app(line, HANDLE_LINE);

	if (a)
		app_unref(a);
	return a == tapi->app;
}

static bool call_is_there(const struct tapi *tapi, HCALL call)
{
	struct app *a = handle_app(call, HANDLE_CALL);

	if (a)
		app_unref(a);
	return a == tapi->app;
}

/* The application of tapi.h closes its handles without a word to us. */
void tapi_sweep(struct tapi *tapi)
{
	list_for_safe(pos, &tapi->calls) {
		struct tapi_call *call = list_entry(pos, struct tapi_call, link);

		if (call->held && call->handle && !call_is_there(tapi, call->handle)) {
			tapi_call_over(call);
			pos_next = tapi->calls.next; /* others may have gone with it */
		}
	}
	list_for_safe(pos, &tapi->registrations) {
		struct registration *r = list_entry(pos, struct registration, link);

		if (r->id == 0 && !line_is_open(tapi, r->line))
			registration_free(r);
	}
	list_for_safe(pos, &tapi->instances) {
		struct instance *i = list_entry(pos, struct instance, link);

		if (!line_is_open(tapi, i->line))
			instance_end(i);
	}
}

static void ready(struct source *s, struct app *a)
{
	struct tapi *tapi = list_entry(s, struct tapi, source);

	(void)a;
	objects_lock();
	if (tapi->closed) {
		objects_unlock();
		return;
	}
	empty_pipe(tapi);
	tapi_sweep(tapi);
	objects_unlock();
	registrations_close_retired(tapi);
	tapi_drain(tapi);
}

/* tapi_ref where the lock may not be taken. */
static void hold(void *tapi)
{
	atomic_fetch_add(&((struct tapi *)tapi)->object.refs, 1);
}

void tapi_hook(struct tapi *tapi, struct hook *h)
{
	list_init(&h->link);
	h->owner = tapi;
	h->hold = hold;
	h->release = tapi_unref;
}

/* --- Life ------------------------------------------------------------------------------------ */

static void tapi_init(struct tapi *tapi)
{
	object_init(&tapi->object, OBJECT_TAPI);
	list_init(&tapi->link);
	list_init(&tapi->addresses);
	list_init(&tapi->calls);
	list_init(&tapi->instances);
	list_init(&tapi->ended);
	list_init(&tapi->registrations);
	list_init(&tapi->requests);
	list_init(&tapi->events);
	tapi_hook(tapi, &tapi->sink.hook);
	tapi_hook(tapi, &tapi->source.hook);
	tapi->sink.message = sink_message;
	tapi->sink.making = sink_making;
	tapi->sink.made = sink_made;
	tapi->sink.gone = sink_gone;
	tapi->sink.closing = sink_closing;
	tapi->source.ready = ready;
}

static LONG tapi_new(HLINEAPP handle, bool own, struct tapi **out)
{
	struct tapi *tapi = mem_new(struct tapi);
	LONG result;
	int err;

	if (!tapi)
		return fail(TAPI_E_NOTENOUGHMEMORY, "ENOMEM", "no memory for a tapi object");
	tapi_init(tapi);
	tapi->app = handle_app(handle, HANDLE_LINEAPP);
	if (!tapi->app) {
		result = fail(LINEERR_INVALAPPHANDLE, "handle", "%#x is no application handle",
				handle);
		goto free_tapi;
	}
	err = os_pipe(tapi->pipe);
	if (err) {
		result = fail(lineerr_from_errno(err), "descriptors", "%s", os_error_text(-err));
		goto unref_app;
	}
	tapi->handle = handle;
	tapi->own = own;
	tapi->devices = tapi->app->devices;
	tapi->descriptor = tapixGetEventHandle(handle);
	tapi->source.fd = tapi->pipe[0];
	result = source_add(tapi->app, &tapi->source);
	if (result)
		goto close_pipe;
	sink_add(tapi->app, &tapi->sink);
	list_append(&tapis, &tapi->link);
	*out = tapi;
	return 0;

close_pipe:
	(void)close(tapi->pipe[0]);
	(void)close(tapi->pipe[1]);
unref_app:
	app_unref(tapi->app);
free_tapi:
	mem_free(tapi);
	return result;
}

/* Its own messages never reach the application. */
static void CALLBACK no_message(DWORD device, DWORD message, DWORD_PTR instance, DWORD_PTR p1,
		DWORD_PTR p2, DWORD_PTR p3)
{
	(void)device, (void)message, (void)instance, (void)p1, (void)p2, (void)p3;
}

LONG tapi_initialize(const char *app_name, struct tapi **out)
{
	LINEINITIALIZEEXPARAMS params = { .dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEHIDDENWINDOW };
	DWORD version = TAPI_CURRENT_VERSION, devices = 0;
	HLINEAPP handle;
	LONG result;

	if (!out)
		return fail(LINEERR_INVALPOINTER, "NULL", "out is NULL");
	result = lineInitializeEx(&handle, 0, no_message, app_name, &devices, &version, &params);
	if (result)
		return result;
	objects_lock();
	result = tapi_new(handle, true, out);
	if (!result)
		tapi_ref(*out); /* one is the process's, until tapi_shutdown */
	objects_unlock();
	if (result)
		(void)lineShutdown(handle);
	return result;
}

LONG tapi_from_handle(HLINEAPP app, struct tapi **out)
{
	struct app *a = handle_app(app, HANDLE_LINEAPP);
	LONG result = 0;

	if (!a || !out) {
		if (a)
			app_unref(a);
		return fail(LINEERR_INVALAPPHANDLE, "handle", "%#x is no application handle", app);
	}
	objects_lock();
	*out = tapi_find(a);
	if (!*out)
		result = tapi_new(app, false, out);
	if (!result)
		tapi_ref(*out);
	objects_unlock();
	app_unref(a);
	return result;
}

/* The media ends first, so that nothing is heard of the handles that die with the connection. */
static void close_objects(struct tapi *tapi)
{
	while (!list_empty(&tapi->instances))
		instance_end(list_entry(tapi->instances.next, struct instance, link));
	while (!list_empty(&tapi->requests)) {
		struct call_request *r = list_entry(tapi->requests.next, struct call_request, link);

		call_requests_forget(tapi, r->call);
	}
	while (!list_empty(&tapi->registrations))
		registration_free(list_entry(tapi->registrations.next, struct registration, link));
	events_clear(tapi);
	list_for_safe(pos, &tapi->calls) {
		struct tapi_call *call = list_entry(pos, struct tapi_call, link);

		if (call->held) {
			tapi_call_over(call);
			pos_next = tapi->calls.next;
		}
	}
}

/* Once; the reference of the process goes. Without the lock. */
static void tapi_close(struct tapi *tapi)
{
	bool first;

	objects_lock();
	first = !tapi->closed;
	if (first) {
		tapi->closed = true;
		tapi_ref(tapi);
		close_objects(tapi);
		list_remove(&tapi->link);
		tapi->handle = 0;
	}
	objects_unlock();
	if (!first)
		return;
	sink_remove(tapi->app, &tapi->sink);
	source_remove(tapi->app, &tapi->source);
	tapi_unref(tapi);
	tapi_unref(tapi);
}

LONG tapi_shutdown(struct tapi *tapi)
{
	HLINEAPP handle;

	if (!tapi)
		return fail(LINEERR_INVALPOINTER, "NULL", "there is no tapi object");
	tapi_ref(tapi);
	handle = tapi_get_handle(tapi);
	tapi_close(tapi);
	if (handle)
		(void)lineShutdown(handle);
	tapi_unref(tapi);
	return 0;
}

void tapi_end(struct tapi *tapi)
{
	while (!list_empty(&tapi->ended)) {
		struct instance *i = list_entry(tapi->ended.next, struct instance, link);

		list_remove(&i->link);
		mem_free(i->formats);
		mem_free(i);
	}
	if (!tapi->forked) {
		(void)close(tapi->pipe[0]);
		(void)close(tapi->pipe[1]);
	}
	app_unref(tapi->app);
	mem_free(tapi);
}

void sink_closing(struct sink *s, struct app *a)
{
	(void)a;
	tapi_close(list_entry(s, struct tapi, sink));
}

/* --- After a fork ---------------------------------------------------------------------------- */

static void call_forget(struct tapi_call *call)
{
	tapi_streams_cut(call);
	call->held = call->own = call->gathering = false;
	call->handle = 0;
	call->instance = NULL;
	call->msp = NULL;
	call->state = CS_DISCONNECTED;
}

static void forget(struct tapi *tapi)
{
	tapi->closed = tapi->forked = true;
	tapi->handle = 0;
	(void)close(tapi->pipe[0]);
	(void)close(tapi->pipe[1]);
	tapi->pipe[0] = tapi->pipe[1] = -1;
	list_for(pos, &tapi->calls)
		call_forget(list_entry(pos, struct tapi_call, link));
	list_for(pos, &tapi->addresses)
		list_entry(pos, struct tapi_address, link)->line = 0;
	list_for(pos, &tapi->instances)
		list_entry(pos, struct instance, link)->address = NULL;
	list_init(&tapi->instances);
	list_init(&tapi->registrations);
	list_init(&tapi->requests);
	list_init(&tapi->events);
}

void tapis_forget(void)
{
	list_for_safe(pos, &tapis) {
		struct tapi *tapi = list_entry(pos, struct tapi, link);

		list_remove(&tapi->link);
		forget(tapi);
	}
}

LONG tapi_need(const struct tapi *tapi)
{
	return tapi->forked ? fail(TAPI_E_NOT_INITIALIZED, "fork",
					      "the tapi object is of the process that has forked; "
					      "a child makes its own")
			    : 0;
}

/* --- The application's requests -------------------------------------------------------------- */

TELLS(HLINEAPP, tapi_get_handle, tapi, handle, 0)
TELLS(DWORD, tapi_get_event_filter, tapi, filter, 0)
static TELLS(unsigned, delivered, tapi, delivered, 0)

		HANDLE tapi_get_descriptor(struct tapi *tapi)
{
	return tapi_get_handle(tapi) ? tapi->descriptor : -1;
}

LONG tapi_set_event_callback(struct tapi *tapi, tapi_event_callback callback, void *arg)
{
	if (!tapi)
		return fail(LINEERR_INVALPOINTER, "NULL", "there is no tapi object");
	objects_lock();
	tapi->callback = callback;
	tapi->callback_arg = arg;
	objects_unlock();
	return 0;
}

LONG tapi_set_event_filter(struct tapi *tapi, DWORD kinds)
{
	if (!tapi)
		return fail(LINEERR_INVALPOINTER, "NULL", "there is no tapi object");
	objects_lock();
	tapi->filter = kinds;
	objects_unlock();
	return 0;
}

/* With a reference. */
static LONG dispatch(struct tapi *tapi, int timeout_ms)
{
	struct pollfd p = { .fd = (int)tapi->descriptor, .events = POLLIN };
	unsigned before;
	LONG result;
	int n;

	if (tapi_need(tapi))
		return TAPI_E_NOT_INITIALIZED;
	if (!tapi_get_handle(tapi))
		return fail(TAPI_E_NOT_INITIALIZED, "shutdown", "there is no connection");
	n = poll(&p, 1, timeout_ms);
	if (n == 0 && timeout_ms > 0)
		return fail(TAPI_E_TIMEOUT, "timeout", "nothing has happened");
	if (n < 0 && errno != EINTR)
		return fail(LINEERR_OPERATIONFAILED, "poll", "%s", os_error_text(errno));
	before = delivered(tapi);
	result = tapiDispatch(tapi->descriptor);
	return result < 0 ? result : (LONG)(delivered(tapi) - before);
}

LONG tapi_dispatch(struct tapi *tapi, int timeout_ms)
{
	LONG result;

	if (!tapi)
		return fail(TAPI_E_NOT_INITIALIZED, "NULL", "there is no tapi object");
	tapi_ref(tapi);
	result = dispatch(tapi, timeout_ms);
	tapi_unref(tapi);
	return result;
}

LONG tapi_set_application_priority(struct tapi *tapi, const char *app_name, DWORD media_type,
		int priority)
{
	DWORD mode = media_type == TAPIMEDIATYPE_AUDIO ? LINEMEDIAMODE_INTERACTIVEVOICE
						       : media_type;

	if (!tapi)
		return fail(LINEERR_INVALPOINTER, "NULL", "there is no tapi object");
	return lineSetAppPriority(app_name, mode, NULL, 0, NULL, priority ? 1 : 0);
}

LONG tapi_set_assisted_telephony_priority(struct tapi *tapi, const char *app_name, int priority)
{
	if (!tapi)
		return fail(LINEERR_INVALPOINTER, "NULL", "there is no tapi object");
	return lineSetAppPriority(app_name, 0, NULL, LINEREQUESTMODE_MAKECALL, NULL,
			priority ? 1 : 0);
}
