// SPDX-License-Identifier: MIT
/* reload.c - what is different in the file that was read again: keys of providers are given to
 * them, times are taken over, and everything else is named as needing a restart of the daemon. */
#include "reload.h"

#include "access.h"
#include "base/log.h"
#include "core.h"
#include "options.h"
#include "provider.h"
#include "provider_keys.h"

#include <string.h>

#define LOG_TOPIC "config"

static void compare_daemon(struct options *running, const struct options *fresh)
{
	const struct {
		const char *key, *before, *now;
	} texts[] = { { "socket", running->socket, fresh->socket },
		{ "run_dir", running->run_dir, fresh->run_dir },
		{ "tsp_path", running->tsp_path, fresh->tsp_path },
		{ "host", running->host_program, fresh->host_program },
		{ "group", running->group, fresh->group },
		{ "state", running->state, fresh->state } };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (texts[i].before && texts[i].now && strcmp(texts[i].before, texts[i].now) != 0)
			log_warn("[daemon] %s has changed: it needs a restart of the daemon",
					texts[i].key);
	running->dispatch_ms = fresh->dispatch_ms;
	running->entry_ms = fresh->entry_ms;
	running->kill_ms = fresh->kill_ms;
	running->idle_ms = fresh->idle_ms;
	running->keep_unowned = fresh->keep_unowned;
}

static void compare_provider(struct provider *p, struct options *fresh)
{
	struct provider_options *now = options_take(fresh, p->options->name);

	if (!now) {
		log_warn("[provider %s] is gone: it needs a restart of the daemon",
				p->options->name);
		return;
	}
	if (strcmp(now->path, p->options->path) != 0 || now->thread != p->options->thread)
		log_warn("[provider %s] path or isolation has changed: it needs a restart of the "
			 "daemon",
				p->options->name);
	p->options->memory = now->memory; /* of its next host */
	provider_keys_reloaded(p, now);
	provider_take_options(p, now);
}

void reload_take(struct core *core, struct options *running, struct options *fresh)
{
	compare_daemon(running, fresh);
	if (access_reload(core, running, fresh))
		log_error("out of memory: the rules in [access] stay as they were");
	list_for(l, &core->providers) {
		struct provider *p = list_entry(l, struct provider, link);

		if (!p->added)
			compare_provider(p, fresh);
	}
	list_for(l, &fresh->providers)
		log_warn("[provider %s] is new: it needs a restart of the daemon",
				list_entry(l, struct provider_options, link)->name);
}
