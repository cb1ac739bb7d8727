// SPDX-License-Identifier: MIT
/* core.c - the turn of the loop, and when the daemon counts as started. */
#include "core.h"

#include "base/clock.h"
#include "base/os.h"
#include "assist.h"
#include "base/mem.h"
#include "call.h"
#include "client.h"
#include "dialling.h"
#include "failure.h"
#include "host.h"
#include "idle.h"
#include "hub.h"
#include "line.h"
#include "monitor.h"
#include "notify.h"
#include "priority.h"
#include "provider.h"
#include "provider_admin.h"
#include "proxy.h"
#include "provider_store.h"
#include "session.h"
#include "store.h"

#include <errno.h>
#include <tapi.h>
#include <unistd.h>

#define LOG_TOPIC "core"

enum { SETTLE_MS = 1000, SAY_MS = 1000, STALL_MS = 1000 };

void core_begin_frame(struct core *core)
{
	arena_reset(&core->arena, MESSAGE_MAX);
}

bool core_is_short(struct core *core)
{
	uint64_t now = clock_now_ms();

	if (!mem_is_short())
		return false;
	if (!core->short_ms || now >= core->short_ms + SAY_MS) {
		core->short_ms = now;
		log_error("memory is short: nothing new is begun");
	}
	return true;
}

void core_close_fd(int fd)
{
	close(fd);
}

/* Then the others may not have run either, and nobody is late yet. */
static bool has_stood_still(struct core *core)
{
	uint64_t now = clock_now_ms(), due = core->tick_ms;

	if (!due || now < due + STALL_MS)
		return false;
	log_warn("has not run for %llu ms: all limits are so much later",
			(unsigned long long)(now - due));
	timers_delay(&core->timers, now - due + STALL_MS);
	notify_alive();
	return true;
}

static void on_tick(evutil_socket_t fd, short what, void *arg)
{
	struct core *core = arg;
	bool late = has_stood_still(core);

	(void)fd;
	(void)what;
	core->tick_ms = 0;
	if (late)
		return;
	core_begin_frame(core);
	timers_run(&core->timers);
}

static void on_rested(struct timer *t)
{
	peers_wake(list_entry(t, struct core, rest_timer));
}

static void on_late(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	peers_flush_later(arg);
}

static void arm_tick(struct core *core)
{
	struct timeval tv = { 0, 0 };
	uint64_t due, now;

	if (!timers_next(&core->timers, &due)) {
		if (core->tick_ms)
			(void)event_del(&core->tick);
		core->tick_ms = 0;
		return;
	}
	now = clock_now_ms();
	if (due == core->tick_ms && due > now)
		return;
	if (due > now) {
		tv.tv_sec = (time_t)((due - now) / 1000);
		tv.tv_usec = (suseconds_t)((due - now) % 1000 * 1000);
	}
	core->tick_ms = event_add(&core->tick, &tv) ? 0 : due;
}

/* Clients first: a completion is acknowledged to its host once it is written to the client, and a
 * note says that a call has been shown. If we die in between, the next core asks the client. */
static void flush_dirty(struct core *core)
{
	while (!list_empty(&core->dirty))
		peer_flush(list_entry(core->dirty.next, struct peer, dirty));
}

void core_end_turn(struct core *core)
{
	do {
		hub_end_turn(core);
		flush_dirty(core);
		while (!list_empty(&core->doomed)) {
			struct peer *p = list_entry(core->doomed.next, struct peer, doomed);

			list_remove(&p->doomed);
			core_begin_frame(core);
			p->ops->gone(p);
		}
	} while (!list_empty(&core->dirty) || !list_empty(&core->hub_news));
	arm_tick(core);
}

/* libevent: without ONCE it stays in the loop as long as anything is readable. */
int core_turn(struct core *core, bool wait)
{
	int result;

	if (peers_go_on(core))
		wait = false;
	result = event_base_loop(core->base, EVLOOP_ONCE | (wait ? 0 : EVLOOP_NONBLOCK));
	core_end_turn(core);
	return result;
}

void core_run(struct core *core)
{
	core_end_turn(core);
	while (!core->stopped && core_turn(core, true) >= 0)
		continue;
}

/* The start is over: most of what it touched, in libraries above all, is not needed again. */
static void on_settled(struct timer *t)
{
	store_shrink(list_entry(t, struct core, settle_timer)->store);
	os_give_back();
}

static void become_ready(struct core *core)
{
	if (core->ready)
		return;
	core->ready = true;
	core->resume_until_ms = clock_now_ms() + core->options->grace_ms;
	timer_clear(&core->start_timer);
	timer_set(&core->timers, &core->settle_timer, SETTLE_MS);
	log_info("ready: %u lines, %u phones", core->line_count, core->phone_count);
	while (!list_empty(&core->waiting)) {
		struct client *c = list_entry(core->waiting.next, struct client, waiting);

		list_remove(&c->waiting);
		core_begin_frame(core); /* each has room of its own for reasons */
		client_ready(c);
	}
	if (core->adopted)
		timer_set(&core->timers, &core->orphan_timer, core->options->grace_ms);
	idle_check(core);
}

static void on_start_late(struct timer *t)
{
	struct core *core = list_entry(t, struct core, start_timer);

	log_warn("not all providers have reported within %u ms", core->options->ready_ms);
	become_ready(core);
}

void core_count_devices(struct core *core, const struct line_kind *kind, uint32_t count)
{
	uint32_t *at = kind->is_phone ? &core->phone_count : &core->line_count;

	if (count > *at)
		*at = count;
}

void core_check_ready(struct core *core)
{
	provider_give_bases(core);
	list_for(l, &core->providers)
		if (!list_entry(l, struct provider, link)->reported)
			return;
	become_ready(core);
}

static void end_restoring(struct core *core)
{
	list_for(s, &core->sessions)
		list_for(o, &list_entry(s, struct session, link)->opens)
			list_entry(o, struct open, in_session)->restored = false;
}

static void on_quiet_over(struct timer *t)
{
	struct core *core = list_entry(t, struct core, quiet_timer);
	size_t cursor = 0;
	struct call *call;

	core->quiet = false;
	while ((call = map_next(&core->calls, &cursor))) {
		const uint64_t id = call->id;

		call_route_if_new(call); /* which may close it */
		call = call_find(core, id);
		if (call)
			call_show_if_missed(call);
	}
	end_restoring(core);
}

void core_set_quiet(struct core *core)
{
	core->quiet = core->adopted = true;
	core->resume_until_ms = clock_now_ms() + core->options->grace_ms;
	if (core->ready) /* the host came late */
		timer_set(&core->timers, &core->orphan_timer, core->options->grace_ms);
	timer_set(&core->timers, &core->quiet_timer, core->options->quiet_ms);
}

/* The sessions of before had their time to come back: what nobody claimed ends now. */
static void on_orphans(struct timer *t)
{
	struct core *core = list_entry(t, struct core, orphan_timer);
	size_t cursor = 0;
	struct line *line;

	list_for_safe(l, &core->unclaimed)
		pending_seen(list_entry(l, struct pending, in_session));
	while ((line = map_next(&core->lines, &cursor)))
		line_release_orphans(line);
}

static void on_stop_late(struct timer *t)
{
	struct core *core = list_entry(t, struct core, stop_timer);

	list_for(l, &core->providers) {
		struct provider *p = list_entry(l, struct provider, link);

		if (!p->host)
			continue;
		log_warn("%s: did not shut down in time", p->options->name);
		provider_kill(p); /* also one that outlived another core */
	}
	core->stopped = true;
}

int core_new(struct event_base *base, const struct options *options, struct core **out)
{
	struct core *core = mem_new(struct core);

	if (!core)
		return -ENOMEM;
	core->base = base;
	core->options = options;
	timers_init(&core->timers);
	arena_init(&core->arena, MESSAGE_MAX);
	list_init(&core->dirty);
	list_init(&core->busy);
	list_init(&core->resting);
	list_init(&core->hub_news);
	list_init(&core->doomed);
	list_init(&core->later);
	list_init(&core->providers);
	list_init(&core->removed_providers);
	list_init(&core->removed_lines);
	list_init(&core->greeting);
	list_init(&core->clients);
	list_init(&core->sessions);
	list_init(&core->priorities);
	list_init(&core->waiting);
	list_init(&core->unclaimed);
	list_init(&core->kept_answers);
	list_init(&core->dialling);
	list_init(&core->assists);
	list_init(&core->recipients);
	timer_init(&core->start_timer, on_start_late);
	timer_init(&core->quiet_timer, on_quiet_over);
	timer_init(&core->orphan_timer, on_orphans);
	timer_init(&core->settle_timer, on_settled);
	timer_init(&core->stop_timer, on_stop_late);
	timer_init(&core->rest_timer, on_rested);
	timer_init(&core->accept_timer, NULL);
	timer_init(&core->spent_timer, NULL);
	idle_init(core);
	event_assign(&core->tick, base, -1, 0, on_tick, core);
	event_assign(&core->late, base, -1, 0, on_late, core);
	core->listen_fd = core->host_listen_fd = core->lock_fd = core->supervised_fd = -1;
	core->spare_fd = -1;
	*out = core;
	return 0;
}

void core_start(struct core *core)
{
	core->store = store_open(core->options->state);
	priority_load(core);
	dialling_load(core);
	assist_load(core);
	list_for(l, &core->options->providers) {
		if (!provider_new(core, list_entry(l, struct provider_options, link), false))
			log_error("out of memory");
	}
	provider_store_restore(core);
	timer_set(&core->timers, &core->start_timer, core->options->ready_ms);
	list_for_safe(l, &core->providers)
		provider_start(list_entry(l, struct provider, link));
	core_check_ready(core);
	core_end_turn(core);
}

/* Applications hear why their requests, calls and lines end while they can be told. */
static void say_goodbye(struct core *core)
{
	const Failure *why;

	core_begin_frame(core);
	why = failure_new(core, LAYER_SERVER, "stopping", "the daemon is stopping");
	list_for(l, &core->sessions)
		pending_fail_all(list_entry(l, struct session, link), LINEERR_OPERATIONFAILED, why);
	list_for(l, &core->providers)
		provider_end_lines(list_entry(l, struct provider, link), why);
}

void core_stop(struct core *core)
{
	if (core->stopping)
		return;
	core->stopping = true;
	log_info("stopping");
	say_goodbye(core);
	list_for_safe(l, &core->clients)
		peer_doom(&list_entry(l, struct client, link)->peer, PEER_CLOSED_BY_US,
				"the daemon stops");
	timer_set(&core->timers, &core->stop_timer, core->options->kill_ms);
	list_for_safe(p, &core->providers)
		provider_stop(list_entry(p, struct provider, link));
	provider_check_stopped(core);
}

void core_free(struct core *core)
{
	if (!core)
		return;
	while (!list_empty(&core->clients))
		client_free(list_entry(core->clients.next, struct client, link));
	list_for(l, &core->providers) {
		struct provider *p = list_entry(l, struct provider, link);

		if (p->host)
			host_forget_requests(p->host);
	}
	while (!list_empty(&core->unclaimed))
		pending_free(list_entry(core->unclaimed.next, struct pending, in_session));
	list_for(l, &core->sessions) /* what proxies were asked is pending with others */
		proxy_reconnected(list_entry(l, struct session, link));
	while (!list_empty(&core->sessions))
		session_free(list_entry(core->sessions.next, struct session, link));
	while (!list_empty(&core->providers))
		provider_free(list_entry(core->providers.next, struct provider, link));
	provider_admin_free_all(core);
	while (!list_empty(&core->greeting))
		host_free(list_entry(core->greeting.next, struct host, greeting));
	dialling_free_all(core);
	monitor_forget_kept(core, 0);
	assist_fini(core);
	(void)event_del(&core->tick);
	(void)event_del(&core->late);
	map_fini(&core->clients_by_user);
	map_fini(&core->sessions_by_id);
	map_fini(&core->lines);
	mem_free(core->spent[0].bits);
	mem_free(core->spent[1].bits);
	map_fini(&core->calls);
	map_fini(&core->hubs);
	for (unsigned i = 0; i < core->spare_count; i++)
		buf_fini(&core->spare[i]);
	buf_fini(&core->scratch);
	arena_fini(&core->arena);
	priority_fini(core);
	store_close(core->store);
	mem_free(core);
}
