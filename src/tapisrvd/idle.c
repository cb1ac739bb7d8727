// SPDX-License-Identifier: MIT
/* idle.c - see idle.h. A call that goes on without any application keeps the daemon alive, too. */
#include "idle.h"

#include "call.h"
#include "core.h"

#define LOG_TOPIC "core"

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
	if (core->options->idle_ms && !timer_is_set(&core->idle_timer))
		timer_set(&core->timers, &core->idle_timer, core->options->idle_ms);
}
