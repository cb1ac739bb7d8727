// SPDX-License-Identifier: MIT
/* idle.c - see idle.h. A call that goes on without any application keeps the daemon alive, too. */
#include "idle.h"

#include "call.h"
#include "core.h"
#include "provider.h"
#include "provider_admin.h"

#define LOG_TOPIC "core"

void idle_want_reinit(struct provider *p)
{
	if (p->wants_reinit)
		return;
	log_warn("%s: asks to be initialised again; that waits until no application is left",
			p->options->name);
	p->wants_reinit = p->core->reinit = true;
	idle_check(p->core);
}

static void reinit(struct core *core)
{
	core->reinit = false;
	list_for_safe(l, &core->providers) {
		struct provider *p = list_entry(l, struct provider, link);

		if (p->wants_reinit)
			provider_admin_reinit(p);
		p->wants_reinit = false;
	}
}

static bool has_calls(const struct core *core)
{
	const struct call *call;
	size_t cursor = 0;

	while ((call = map_next(&core->calls, &cursor)))
		if (!call_is_idle(call))
			return true;
	return false;
}

static void on_idle(struct timer *t)
{
	struct core *core = list_entry(t, struct core, idle_timer);

	if (has_calls(core)) {
		timer_set(&core->timers, t, core->options->idle_ms);
		return;
	}
	log_info("no application for %g s", core->options->idle_ms / 1e3);
	core_stop(core);
}

void idle_init(struct core *core)
{
	timer_init(&core->idle_timer, on_idle);
}

void idle_check(struct core *core)
{
	bool is_left = !list_empty(&core->sessions) || !list_empty(&core->clients);

	if (is_left || !core->ready || core->stopping) {
		timer_clear(&core->idle_timer);
		return;
	}
	if (core->reinit)
		reinit(core);
	if (core->options->idle_ms && !timer_is_set(&core->idle_timer))
		timer_set(&core->timers, &core->idle_timer, core->options->idle_ms);
}
