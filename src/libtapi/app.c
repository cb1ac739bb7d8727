// SPDX-License-Identifier: MIT
/* app.c - an application's life: its descriptors, its lock, its lines and calls. */
#include "libtapi/internal.h"
#include "libtapi/pending.h"
#include "libtapi/proxy.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/os.h"
#include "wire/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { START_POLL_MS = 20, ANSWER_MS = 30000 };

struct limits limits = {
	.call_away = 2000, .session_away = 5000, .retry = 100, .start = 1000, .answer = ANSWER_MS
};

void tapixSetAnswerLimit(DWORD ms)
{
	limits.answer = ms ? ms : ANSWER_MS;
}

struct app *app_ref(struct app *a)
{
	atomic_fetch_add(&a->refs, 1);
	return a;
}

static void close_if_open(int fd)
{
	if (fd >= 0)
		(void)close(fd);
}

void app_unref(struct app *a)
{
	if (atomic_fetch_sub(&a->refs, 1) != 1)
		return;
	close_if_open(a->gather);
	close_if_open(a->timer);
	close_if_open(a->wake[0]);
	close_if_open(a->wake[1]);
	map_fini(&a->calls);
	map_fini(&a->queued_of);
	(void)pthread_cond_destroy(&a->changed);
	(void)pthread_mutex_destroy(&a->lock);
	mem_free(a);
}

void app_lock(struct app *a)
{
	pthread_mutex_lock(&a->lock);
}

void app_wake(struct app *a)
{
	bool want = !list_empty(&a->queue) || a->attention ||
		    a->state == LINK_CLOSED; /* wakes all, for good */
	char byte = 0;

	link_await_room(a);
	if (want == a->woken)
		return;
	if (want ? write(a->wake[1], &byte, 1) == 1 : read(a->wake[0], &byte, 1) == 1)
		a->woken = want;
}

void app_unlock(struct app *a)
{
	app_wake(a);
	pthread_mutex_unlock(&a->lock);
}

void app_unlock_for_hook(struct app *a)
{
	pthread_mutex_unlock(&a->lock);
}

void app_wait(struct app *a, uint64_t deadline_ms)
{
	uint64_t now = clock_now_ms();
	uint64_t left = deadline_ms > now ? deadline_ms - now : 0;
	struct timespec at;

	app_wake(a);
	(void)clock_gettime(CLOCK_MONOTONIC, &at);
	at.tv_sec += (time_t)(left / 1000);
	at.tv_nsec += (long)(left % 1000) * 1000000L;
	if (at.tv_nsec >= 1000000000L) {
		at.tv_sec++;
		at.tv_nsec -= 1000000000L;
	}
	(void)pthread_cond_timedwait(&a->changed, &a->lock, &at);
}

static int init_locks(struct app *a)
{
	pthread_condattr_t attr;
	int err = pthread_mutex_init(&a->lock, NULL);

	if (err)
		return -err;
	(void)pthread_condattr_init(&attr);
	(void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	err = pthread_cond_init(&a->changed, &attr);
	(void)pthread_condattr_destroy(&attr);
	if (err)
		(void)pthread_mutex_destroy(&a->lock);
	return -err;
}

static int open_descriptors(struct app *a)
{
	int err;

	a->gather = os_gather_new();
	a->timer = os_timer_new();
	if (a->gather < 0 || a->timer < 0)
		return a->gather < 0 ? a->gather : a->timer;
	err = os_pipe(a->wake);
	if (!err)
		err = os_gather_add(a->gather, a->wake[0]);
	if (!err)
		err = os_gather_add(a->gather, a->timer);
	return err;
}

static struct app *app_new(const struct app_options *o)
{
	struct app *a = mem_new(struct app);

	log_as_library();
	if (!a || init_locks(a)) {
		mem_free(a);
		return NULL;
	}
	atomic_init(&a->refs, 1);
	for (size_t i = 0; i < sizeof(a->fds) / sizeof(a->fds[0]); i++)
		atomic_init(&a->fds[i], -1);
	a->gather = a->timer = a->wake[0] = a->wake[1] = -1;
	list_init(&a->link_apps);
	list_init(&a->requests);
	list_init(&a->pendings);
	list_init(&a->posts);
	list_init(&a->late);
	list_init(&a->queue);
	list_init(&a->lines);
	list_init(&a->msps);
	list_init(&a->sinks);
	list_init(&a->sources);
	a->phone = o->phone;
	a->borrowed = o->borrowed;
	a->tracks_hubs = o->tracks_hubs;
	a->api_version = o->api_version;
	a->mode = o->mode;
	a->callback = o->callback;
	os_program_name(a->name, sizeof(a->name));
	utf8_copy(a->friendly, sizeof(a->friendly), o->friendly ? o->friendly : a->name);
	socket_path(a->socket);
	return a;
}

/* The folder of the socket is there, or the one in which a daemon makes it. */
static bool daemon_may_start(const char *socket)
{
	char folder[SOCKET_PATH_MAX];
	char *slash;

	(void)snprintf(folder, sizeof(folder), "%s", socket);
	for (int i = 0; i < 2; i++) {
		slash = strrchr(folder, '/');
		if (!slash || slash == folder)
			return true; /* the current folder, or the root */
		*slash = '\0';
		if (access(folder, F_OK) == 0)
			return true;
	}
	return false;
}

/* The first attempts: a daemon that was started a moment ago may not listen yet. */
static void first_connect(struct app *a)
{
	uint64_t give_up = clock_now_ms() + limits.start;
	int err = link_try(a);

	while ((err == -ENOENT || err == -ECONNREFUSED) && clock_now_ms() < give_up &&
			daemon_may_start(a->socket)) {
		app_wait(a, clock_now_ms() + START_POLL_MS);
		socket_path(a->socket); /* it may be the other one that appears */
		a->retry_at = 0;
		err = link_try(a);
	}
}

static LONG greet(struct app *a)
{
	uint64_t deadline = clock_now_ms() + limits.answer;

	a->away_since = clock_now_ms();
	first_connect(a);
	while (a->state == LINK_GREETING && clock_now_ms() < deadline)
		link_step(a, deadline);
	if (a->state == LINK_ONLINE)
		return 0;
	if (a->state == LINK_GREETING)
		return fail(LINEERR_OPERATIONFAILED, "timeout", "tapisrvd at %s does not answer",
				a->socket);
	return fail_with(a->refused ? a->refused : LINEERR_OPERATIONFAILED, &a->away);
}

LONG app_open(const struct app_options *options, struct app **out)
{
	struct app *a = app_new(options);
	LONG result;
	int err;

	if (!a)
		return fail(LINEERR_NOMEM, "ENOMEM", "no memory for an application handle");
	err = open_descriptors(a);
	if (err) {
		result = fail(lineerr_from_errno(err), "descriptors", "%s", os_error_text(-err));
		goto close;
	}
	apps_add(a);
	app_lock(a);
	result = greet(a);
	if (!result) {
		if (!handle_new(a->phone ? HANDLE_PHONEAPP : HANDLE_LINEAPP, a, a))
			result = fail(LINEERR_NOMEM, "ENOMEM", "no memory for a handle");
	}
	app_unlock(a);
	if (!result) {
		*out = app_ref(a); /* and one for the handle */
		return 0;
	}
close:
	app_close(a);
	app_unref(a);
	return options->phone ? phone_error(result) : result;
}

LONG app_get(uint32_t handle, enum handle_kind kind, struct app **out)
{
	bool phone = kind == HANDLE_PHONEAPP;
	struct app *any;

	*out = handle_app(handle, kind);
	if (*out)
		return 0;
	any = apps_oldest(phone);
	if (!any)
		return fail(phone ? PHONEERR_UNINITIALIZED : LINEERR_UNINITIALIZED, "uninitialised",
				"%sInitializeEx has not been called", phone ? "phone" : "line");
	app_unref(any);
	return fail(phone ? PHONEERR_INVALAPPHANDLE : LINEERR_INVALAPPHANDLE, "handle",
			"%#x is no application handle", handle);
}

void app_close(struct app *a)
{
	bool has_handle;

	app_lock(a);
	sinks_closing(a);
	has_handle = a->handle != 0;
	handle_remove(a->handle);
	link_flush(a); /* calls that were given back */
	a->state = LINK_CLOSED;
	link_close(a);
	apps_remove(a); /* until then a child closes its copies of the connection */
	while (!list_empty(&a->lines))
		line_free(list_entry(a->lines.next, struct line, link));
	pendings_clear(a);
	posts_clear(a);
	late_forget(a);
	queue_clear(a);
	pthread_cond_broadcast(&a->changed);
	app_unlock(a);
	if (has_handle)
		app_unref(a);
}

struct line *line_new(struct app *a, uint32_t open, uint32_t device)
{
	struct line *l = mem_new(struct line);

	if (!l)
		return NULL;
	l->handle = handle_new(a->phone ? HANDLE_PHONE : HANDLE_LINE, a, l);
	if (!l->handle) {
		mem_free(l);
		return NULL;
	}
	l->app = a;
	l->phone = a->phone;
	l->open = open;
	l->device = device;
	list_init(&l->proxied);
	list_append(&a->lines, &l->link);
	return l;
}

void line_free(struct line *l)
{
	struct app *a = l->app;
	struct call *c;
	size_t cursor = 0;

	pendings_forget(a, l);
	proxy_forget(l);
	while ((c = map_next(&a->calls, &cursor)))
		if (c->line == l)
			call_free(c);
	queue_purge(a, l->open, 0);
	list_remove(&l->link);
	handle_remove(l->handle);
	mem_free(l);
}

struct line *line_by_open(const struct app *a, uint32_t open)
{
	list_for(pos, &a->lines) {
		struct line *l = list_entry(pos, struct line, link);

		if (l->open == open)
			return l;
	}
	return NULL;
}

struct call *call_new(struct line *l, uint64_t id)
{
	struct call *c = mem_new(struct call);

	if (!c)
		return NULL;
	c->handle = handle_new(HANDLE_CALL, l->app, c);
	if (!c->handle)
		goto free_call;
	if (map_set(&l->app->calls, id, c))
		goto free_handle;
	c->id = id;
	c->line = l;
	list_init(&c->gathers);
	return c;

free_handle:
	handle_remove(c->handle);
free_call:
	mem_free(c);
	return NULL;
}

void call_free(struct call *c)
{
	(void)map_remove(&c->line->app->calls, c->id);
	gathers_clear(c);
	handle_remove(c->handle);
	mem_free(c);
}
