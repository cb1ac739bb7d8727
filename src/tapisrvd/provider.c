// SPDX-License-Identifier: MIT
/* provider.c - the life of a provider's host: start, wait for one that outlived the last core,
 * restart with back-off, stop. Other providers notice nothing of it. */
#include "provider.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/os.h"
#include "core.h"
#include "failure.h"
#include "host.h"
#include "line.h"
#include "provider_admin.h"
#include "provider_keys.h"
#include "provider_store.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <tapi.h>

#define LOG_TOPIC "provider"

enum { POLL_MS = 100, BACKOFF_MAX_S = 30, LIVED_LONG_MS = 30000 };

const char *provider_state_name(const struct provider *p)
{
	switch (p->state) {
	case PROVIDER_STARTING:
		return "starting";
	case PROVIDER_RUNNING:
		return "running";
	case PROVIDER_FAILED:
		return "failed";
	case PROVIDER_RESTARTING:
		return "restarting";
	case PROVIDER_STOPPED:
		return "stopped";
	case PROVIDER_REMOVED:
		return "removed";
	}
	return "";
}

struct provider *provider_find(const struct core *core, const char *name)
{
	list_for(l, &core->providers) {
		struct provider *p = list_entry(l, struct provider, link);

		if (strcmp(p->options->name, name) == 0)
			return p;
	}
	return NULL;
}

struct provider *provider_by_id(const struct core *core, uint32_t id)
{
	list_for(l, &core->providers) {
		struct provider *p = list_entry(l, struct provider, link);

		if (p->id == id)
			return p;
	}
	return NULL;
}

void provider_set_reason(struct provider *p, uint32_t layer, const char *cause, const char *fmt,
		...)
{
	va_list args;

	p->reason.layer = layer;
	(void)snprintf(p->reason.cause, sizeof(p->reason.cause), "%s", cause ? cause : "");
	va_start(args, fmt);
	(void)vsnprintf(p->reason.sentence, sizeof(p->reason.sentence), fmt, args);
	va_end(args);
}

void provider_end_lines(struct provider *p, const Failure *why)
{
	size_t cursor = 0;
	struct line *line;

	while ((line = line_next(p->core, p, &cursor))) {
		line_forget_caps(line);
		if (line->dynamic && !p->host) /* a new host makes it anew */
			line_remove(line, why);
		else
			line_close_by_force(line, why);
	}
}

static void end_lines(struct provider *p)
{
	provider_end_lines(p, failure_new(p->core, LAYER_PROVIDER,
					      p->reason.cause[0] ? p->reason.cause : NULL, "%s",
					      p->reason.sentence));
}

static void report(struct provider *p)
{
	p->reported = true;
	core_check_ready(p->core);
}

void provider_fail(struct provider *p)
{
	p->state = PROVIDER_FAILED;
	timer_clear(&p->timer);
	log_error("%s: failed: %s", p->options->name, p->reason.sentence);
	end_lines(p);
	report(p);
	provider_admin_failed(p);
}

void provider_running(struct provider *p)
{
	size_t cursor = 0;
	struct line *line;

	if (!provider_admin_keep(p))
		return;
	p->state = PROVIDER_RUNNING;
	p->started_ms = clock_now_ms();
	timer_clear(&p->timer);
	log_info("%s: running, %u lines from %u, %u phones", p->options->name, p->num_lines,
			p->line_base, p->num_phones);
	while ((line = line_next(p->core, p, &cursor))) {
		line_announce(line);
		line_step(line);
	}
	report(p);
	provider_admin_running(p);
	provider_admin_closed(p);
	provider_configure(p);
}

static void wait_for_connection(struct provider *p)
{
	timer_set(&p->core->timers, &p->timer, p->core->options->hello_ms);
}

static void retry(struct provider *p)
{
	uint32_t delay_s;

	if (!provider_admin_retrying(p)) { /* it has to work at once */
		provider_fail(p);
		return;
	}
	delay_s = p->failures ? 1U << (p->failures - 1 < 5 ? p->failures - 1 : 5) : 0;
	if (delay_s > BACKOFF_MAX_S)
		delay_s = BACKOFF_MAX_S;
	p->failures++;
	p->restarts++;
	p->state = PROVIDER_RESTARTING;
	p->wait_until_ms = 0;
	log_warn("%s: started again in %u s: %s", p->options->name, delay_s, p->reason.sentence);
	timer_set(&p->core->timers, &p->timer, delay_s * 1000);
	if (delay_s)
		end_lines(p);
	report(p);
}

/* By a host that is still ending, or one that another core has left. */
static bool is_in_use(const struct provider *p, uint64_t now)
{
	return p->dying || (os_lock_is_held(p->lock_path) == 1 && now < p->wait_until_ms);
}

void provider_start(struct provider *p)
{
	struct core *core = p->core;
	uint64_t now = clock_now_ms();

	if (p->host || core->stopping)
		return;
	if (!core->options->launch) {
		wait_for_connection(p);
		return;
	}
	if (!provider_check_file(p)) {
		provider_fail(p);
		return;
	}
	if (!p->wait_until_ms)
		p->wait_until_ms = now + core->options->wait_host_ms;
	if (!p->options->thread && is_in_use(p, now)) {
		timer_set(&core->timers, &p->timer, POLL_MS);
		return;
	}
	if (!provider_launch(p))
		retry(p);
	else if (!p->host)
		wait_for_connection(p);
}

static void on_timer(struct timer *t)
{
	struct provider *p = list_entry(t, struct provider, timer);

	if (p->host && (p->admin == ADMIN_REMOVING || p->admin == ADMIN_RESTARTING)) {
		peer_doom(&p->host->peer, PEER_CLOSED_BY_US, "it does not shut down");
		return;
	}
	if (p->host) {
		if (!provider_admin_reinit(p))
			provider_take_turn(p);
		return;
	}
	if (!p->pid || p->state == PROVIDER_RESTARTING) {
		provider_start(p);
		return;
	}
	provider_set_reason(p, LAYER_SERVER, "timeout", "its host did not connect");
	provider_kill(p);
	retry(p);
}

bool provider_reap(struct provider *p, char *text, size_t size)
{
	int status;

	if (!p->is_child || !p->pid || waitpid(p->pid, &status, WNOHANG) != p->pid)
		return false;
	p->pid = 0;
	if (WIFSIGNALED(status))
		(void)snprintf(text, size, "killed by signal %d", WTERMSIG(status));
	else if (WEXITSTATUS(status) == HOST_EXIT_NO_MEMORY)
		(void)snprintf(text, size, "it had no memory left");
	else
		(void)snprintf(text, size, "exited with %d", WEXITSTATUS(status));
	return true;
}

static void reap_dying(struct provider *p, int flags)
{
	int status;

	if (p->dying && waitpid(p->dying, &status, flags) != 0)
		p->dying = 0;
}

/* One that has much memory takes a while to end; nobody waits for it. */
void provider_kill(struct provider *p)
{
	if (!p->pid)
		return;
	if (p->is_child || os_lock_is_held(p->lock_path) == 1)
		(void)kill(p->pid, SIGKILL);
	if (p->is_child) {
		reap_dying(p, 0); /* of the one before */
		p->dying = p->pid;
		reap_dying(p, WNOHANG);
	}
	p->pid = 0;
}

void provider_take_pid(struct provider *p, pid_t pid, bool resumed)
{
	if (!pid || pid == p->pid || (p->is_child && p->pid && !resumed))
		return; /* a wrapper that was started as the host stays the one to watch */
	if (p->is_child)
		provider_kill(p);
	p->pid = pid;
	p->is_child = false;
}

void provider_host_gone(struct provider *p, const char *why, bool stuck)
{
	bool was_failed = p->state == PROVIDER_FAILED;

	provider_kill(p);
	if (!was_failed)
		provider_set_reason(p, LAYER_PROVIDER, "host ended",
				"the host of the provider %s ended: %s", p->options->name, why);
	provider_keys_lost(p);
	provider_keep_newest(p);
	p->is_asked = p->wants_reinit = false;
	p->enumerated = false;
	provider_stop_looking(p);
	line_forget_offers(p);
	end_lines(p);
	if (p->core->stopping) {
		p->state = PROVIDER_STOPPED;
		timer_clear(&p->timer);
		provider_check_stopped(p->core);
	} else if (p->admin == ADMIN_REMOVING) {
		provider_admin_gone(p);
	} else if (stuck && p->options->thread) { /* a thread cannot be ended */
		provider_set_reason(p, LAYER_PROVIDER, "timeout",
				"the thread of the provider %s is given up: %s", p->options->name,
				why);
		provider_fail(p);
	} else if (!was_failed) {
		if (p->state == PROVIDER_RUNNING && clock_now_ms() - p->started_ms > LIVED_LONG_MS)
			p->failures = 0;
		retry(p);
	}
}

void provider_child_changed(struct core *core)
{
	char text[64];

	list_for(l, &core->removed_providers)
		reap_dying(list_entry(l, struct provider, link), WNOHANG);
	list_for_safe(l, &core->providers) {
		struct provider *p = list_entry(l, struct provider, link);

		reap_dying(p, WNOHANG);
		if (p->host) {
			host_child_changed(p->host);
			continue;
		}
		if (!provider_reap(p, text, sizeof(text)))
			continue;
		provider_set_reason(p, LAYER_PROVIDER, "host ended",
				"the host of the provider %s ended before it had connected: %s",
				p->options->name, text);
		if (core->stopping) {
			p->state = PROVIDER_STOPPED;
			provider_check_stopped(core);
		} else if (p->state != PROVIDER_FAILED) {
			retry(p);
		}
	}
}

/* One that has not got as far as TSPI_providerInit has nothing to shut down. */
static void on_shut_down(struct pending *pending, const struct answer *a)
{
	if (pending->host && a->result)
		peer_doom(&pending->host->peer, PEER_CLOSED_BY_US, "it ends before it runs");
}

void provider_stop(struct provider *p)
{
	TspiProviderShutdown request = TSPI_PROVIDER_SHUTDOWN__INIT;

	timer_clear(&p->timer);
	if (p->host) {
		SET(&request, tspi_version, p->tspi_version);
		SET(&request, permanent_provider_id, p->id);
		(void)host_call(p->host, CALL_TspiProviderShutdown, &request.base, on_shut_down);
		return;
	}
	provider_kill(p);
	p->state = PROVIDER_STOPPED;
}

void provider_check_stopped(struct core *core)
{
	list_for(l, &core->providers)
		if (list_entry(l, struct provider, link)->host)
			return;
	timer_clear(&core->stop_timer);
	core->stopped = true;
}

struct provider *provider_new_added(struct core *core, const char *name)
{
	struct provider_options *o = provider_options_new(name);

	if (!o)
		return NULL;
	if (provider_options_locate(o, core->options->tsp_path)) {
		provider_options_free(o);
		return NULL;
	}
	return provider_new(core, o, true);
}

struct provider *provider_new(struct core *core, struct provider_options *o, bool added)
{
	struct provider *p = mem_new(struct provider);
	size_t size;

	if (!p)
		goto free_options;
	p->added = added;
	list_init(&p->from_file);
	list_init(&p->set);
	list_init(&p->candidate);
	p->core = core;
	p->options = o;
	p->path = mem_strdup(o->path);
	size = strlen(core->options->run_dir ? core->options->run_dir : "") + strlen(o->name) +
	       sizeof("/host/.lock");
	p->lock_path = mem_alloc(size);
	if (!p->path || !p->lock_path)
		goto free_provider;
	(void)snprintf(p->lock_path, size, "%s/host/%s.lock",
			core->options->run_dir ? core->options->run_dir : "", o->name);
	timer_init(&p->timer, on_timer);
	provider_store_take(p);
	provider_keys_begin(p);
	list_append(&core->providers, &p->link);
	return p;

free_provider:
	mem_free(p->path);
	mem_free(p->lock_path);
	mem_free(p);
free_options:
	if (added)
		provider_options_free(o);
	return NULL;
}

void provider_free(struct provider *p)
{
	size_t cursor = 0;
	struct line *line;

	timer_clear(&p->timer);
	p->wants_reinit = false;
	if (p->host)
		host_free(p->host);
	if (p->is_child)
		provider_kill(p);
	reap_dying(p, 0);
	while ((line = map_next(&p->core->lines, &cursor)))
		if (line->provider == p)
			line_free(line);
	list_remove(&p->link);
	provider_options_free(p->fresh);
	provider_options_free(p->asked);
	provider_keys_free(p);
	provider_stop_looking(p);
	if (p->added)
		provider_options_free(p->options);
	mem_free(p->path);
	mem_free(p->lock_path);
	mem_free(p);
}
