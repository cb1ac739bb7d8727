// SPDX-License-Identifier: MIT
/* provider_admin.c - see provider_admin.h. A provider that was removed stays as long as the core
 * lives, without a host and in a list of its own: its device ids go on to say NODRIVER. */
#include "provider_admin.h"

#include "core.h"
#include "dispatch.h"
#include "failure.h"
#include "host.h"
#include "line.h"
#include "provider.h"
#include "provider_store.h"
#include "session.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#define LOG_TOPIC "provider"

/* --- the end of one --- */

static bool has_lines(const struct provider *p)
{
	const struct line *line;
	size_t cursor = 0;

	while ((line = map_next(&p->core->lines, &cursor)))
		if (line->provider == p)
			return true;
	return false;
}

/* Those that never had a device need not be remembered. */
static void sweep(struct core *core)
{
	list_for_safe(l, &core->removed_providers) {
		struct provider *p = list_entry(l, struct provider, link);

		if (!has_lines(p))
			provider_free(p);
	}
}

void provider_admin_free_all(struct core *core)
{
	while (!list_empty(&core->removed_providers))
		provider_free(list_entry(core->removed_providers.next, struct provider, link));
}

static void bury(struct provider *p)
{
	log_info("%s: is gone", p->options->name);
	p->state = PROVIDER_REMOVED;
	p->admin = ADMIN_NONE;
	timer_clear(&p->timer);
	list_remove(&p->link);
	list_append(&p->core->removed_providers, &p->link);
	(void)provider_store_forget(p);
	asker_return(p->core, &p->asker, NULL);
}

static void remove_lines(struct provider *p)
{
	const Failure *why;
	struct line *line;
	size_t cursor = 0;

	p->state = PROVIDER_REMOVED;
	provider_set_reason(p, LAYER_SERVER, "removed", "the provider %s has been removed",
			p->options->name);
	why = failure_new(p->core, LAYER_SERVER, "removed", "%s", p->reason.sentence);
	while ((line = map_next(&p->core->lines, &cursor)))
		if (line->provider == p && !line->removed)
			line_remove(line, why);
}

static void end_host(struct provider *p)
{
	provider_stop(p);
	if (p->host)
		timer_set(&p->core->timers, &p->timer, p->core->options->kill_ms);
}

/* Its devices are no more; its host is asked to end. */
static void leave(struct provider *p)
{
	remove_lines(p);
	end_host(p);
	if (!p->host)
		bury(p);
}

void provider_admin_gone(struct provider *p)
{
	remove_lines(p);
	bury(p);
}

/* --- TSPI_providerInstall and TSPI_providerRemove, both optional --- */

static void on_installed(struct pending *pending, const struct answer *a)
{
	struct provider *p = pending->host ? pending->host->provider : NULL;

	if (!p)
		return; /* provider_host_gone() follows */
	if (a->result && !host_has_no_export(p->core, a)) {
		provider_give_up(p, a, "TSPI_providerInstall failed");
		return;
	}
	p->installed = !a->result;
	p->installed_then(p);
}

bool provider_admin_install(struct provider *p, void (*then)(struct provider *))
{
	TspiProviderInstall request = TSPI_PROVIDER_INSTALL__INIT;

	if (p->admin != ADMIN_ADDING)
		return false;
	p->installed_then = then;
	SET(&request, permanent_provider_id, p->id);
	return host_call(p->host, CALL_TspiProviderInstall, &request.base, on_installed) != NULL;
}

static struct pending *ask_to_remove(struct provider *p, pending_done done)
{
	TspiProviderRemove request = TSPI_PROVIDER_REMOVE__INIT;

	SET(&request, permanent_provider_id, p->id);
	return host_call(p->host, CALL_TspiProviderRemove, &request.base, done);
}

static void on_rolled_back(struct pending *pending, const struct answer *a)
{
	(void)a;
	if (pending->host)
		peer_doom(&pending->host->peer, PEER_CLOSED_BY_US, "the provider failed");
}

bool provider_admin_roll_back(struct provider *p)
{
	if (!p->installed)
		return false;
	p->installed = false;
	return ask_to_remove(p, on_rolled_back) != NULL;
}

/* --- lineAddProvider --- */

bool provider_admin_keep(struct provider *p)
{
	int err = p->admin == ADMIN_ADDING && p->core->store ? provider_store_added(p) : 0;
	struct answer a = { .result = LINEERR_OPERATIONFAILED };

	if (!err)
		return true;
	a.failure = failure_not_kept(p->core, err);
	provider_give_up(p, &a, "it is not added");
	return false;
}

void provider_admin_running(struct provider *p)
{
	LineAddProviderReply reply = LINE_ADD_PROVIDER_REPLY__INIT;

	if (p->admin == ADMIN_STARTING)
		asker_return(p->core, &p->asker, NULL);
	p->admin = ADMIN_NONE;
	SET(&reply, permanent_provider_id, p->id);
	asker_return(p->core, &p->asker, &reply.base);
}

static void fail_asker(struct provider *p)
{
	asker_fail(p->core, &p->asker, LINEERR_OPERATIONFAILED,
			failure_new(p->core, p->reason.layer,
					p->reason.cause[0] ? p->reason.cause : NULL, "%s",
					p->reason.sentence));
}

void provider_admin_failed(struct provider *p)
{
	if (p->admin != ADMIN_ADDING && p->admin != ADMIN_STARTING)
		return;
	fail_asker(p);
	p->admin = p->admin == ADMIN_ADDING ? ADMIN_REMOVING : ADMIN_NONE;
	if (p->admin == ADMIN_REMOVING && !p->host)
		bury(p);
}

/* "exchange" or "exchange.so": a file of the provider folder, and the provider's name. */
static bool name_of_file(const char *file, char name[PROVIDER_NAME_MAX + 1])
{
	size_t size = strlen(file);

	if (size > 3 && strcmp(file + size - 3, ".so") == 0)
		size -= 3;
	if (!size || size > PROVIDER_NAME_MAX)
		return false;
	memcpy(name, file, size);
	name[size] = '\0';
	return provider_name_is_valid(name);
}

LONG handle_add_provider(struct request *r)
{
	const LineAddProvider *m = (const void *)r->msg;
	const char *file = m->provider_filename ? m->provider_filename : "";
	char name[PROVIDER_NAME_MAX + 1];
	struct provider *p;

	if (!name_of_file(file, name))
		return request_fail(r, LINEERR_INVALPARAM, "file name",
				"a provider is named by its file in %s, without a folder",
				r->core->options->tsp_path);
	if (provider_find(r->core, name))
		return request_fail(r, LINEERR_NOMULTIPLEINSTANCE, "name",
				"there is a provider %s already", name);
	sweep(r->core);
	p = provider_new_added(r->core, name);
	if (!p)
		return LINEERR_NOMEM;
	if (p->store_err && r->core->store) {
		LONG code = request_not_kept(r, p->store_err);

		provider_free(p);
		return code;
	}
	log_info("%s: is added by %s", name, session_name(r->session));
	p->admin = ADMIN_ADDING;
	asker_note(&p->asker, r);
	provider_start(p);
	return 0;
}

/* --- tapixRestartProvider --- */

bool provider_admin_retrying(struct provider *p)
{
	if (p->admin == ADMIN_RESTARTING) { /* its host has ended as it was told to */
		p->admin = ADMIN_STARTING;
	} else if (p->admin == ADMIN_STARTING) {
		p->admin = ADMIN_NONE;
		fail_asker(p);
	}
	return p->admin != ADMIN_ADDING;
}

static void restart(struct provider *p)
{
	p->admin = ADMIN_RESTARTING;
	provider_end_lines(p,
			failure_new(p->core, LAYER_SERVER, "restart",
					"the provider %s is started again", p->options->name));
	end_host(p);
}

/* --- LINEDEVSTATE_REINIT --- */

static bool is_open(const struct provider *p)
{
	const struct line *line;
	size_t cursor = 0;

	while ((line = line_next(p->core, p, &cursor)))
		if (!list_empty(&line->opens))
			return true;
	return false;
}

static bool may_reinit(const struct provider *p)
{
	return p->wants_reinit && p->state == PROVIDER_RUNNING && p->admin == ADMIN_NONE &&
	       p->host && !p->core->stopping;
}

/* In a turn of its own: whoever closes has more to say of the device. */
void provider_admin_closed(struct provider *p)
{
	if (may_reinit(p))
		timer_set(&p->core->timers, &p->timer, 0);
}

void provider_admin_want_reinit(struct provider *p)
{
	if (p->wants_reinit)
		return;
	log_warn("%s: asks to be initialised again; that waits until no device of it is open",
			p->options->name);
	p->wants_reinit = true;
	provider_admin_closed(p);
}

bool provider_admin_reinit(struct provider *p)
{
	if (!may_reinit(p))
		return false;
	if (!is_open(p))
		restart(p);
	return true;
}

LONG handle_restart_provider(struct request *r)
{
	const TapixRestartProvider *m = (const void *)r->msg;
	struct provider *p = provider_by_id(r->core, m->permanent_provider_id);

	if (!p)
		return request_fail(r, LINEERR_INVALPARAM, "id", "no provider has the id %u",
				m->permanent_provider_id);
	if (p->options->thread)
		return request_fail(r, LINEERR_OPERATIONUNAVAIL, "thread",
				"the provider %s is on a thread of the daemon: it needs a restart "
				"of that",
				p->options->name);
	if (p->admin != ADMIN_NONE || (p->host && p->state != PROVIDER_RUNNING))
		return request_fail(r, LINEERR_OPERATIONFAILED, "busy",
				"the provider %s is busy with another change or its start",
				p->options->name);
	log_info("%s: is restarted by %s", p->options->name, session_name(r->session));
	asker_note(&p->asker, r);
	p->failures = 0;
	if (p->host) {
		restart(p);
		return 0;
	}
	p->admin = ADMIN_STARTING;
	provider_start_again(p);
	return 0;
}

/* --- lineRemoveProvider --- */

static void on_removed(struct pending *pending, const struct answer *a)
{
	struct provider *p = pending->host ? pending->host->provider : NULL;

	if (!p)
		return; /* provider_host_gone() goes on */
	if (a->result && !host_has_no_export(p->core, a)) {
		p->admin = ADMIN_NONE;
		(void)provider_store_again(p); /* logged: it would be gone at the next start */
		asker_fail(p->core, &p->asker, LINEERR_OPERATIONFAILED, answer_failure(p->core, a));
		return;
	}
	leave(p);
}

LONG handle_remove_provider(struct request *r)
{
	const LineRemoveProvider *m = (const void *)r->msg;
	struct provider *p = provider_by_id(r->core, m->permanent_provider_id);
	int err;

	if (!p)
		return request_fail(r, LINEERR_INVALPARAM, "id", "no provider has the id %u",
				m->permanent_provider_id);
	if (!p->added)
		return request_fail(r, LINEERR_OPERATIONFAILED, "configuration file",
				"the provider %s is one of the configuration file: take its "
				"section out and restart the daemon",
				p->options->name);
	if (p->admin != ADMIN_NONE)
		return request_fail(r, LINEERR_OPERATIONFAILED, "busy",
				"the provider %s is just being added or removed", p->options->name);
	err = provider_store_forget(p);
	if (err)
		return request_not_kept(r, err);
	log_info("%s: is removed by %s", p->options->name, session_name(r->session));
	p->admin = ADMIN_REMOVING;
	asker_note(&p->asker, r);
	if (p->state != PROVIDER_RUNNING || !ask_to_remove(p, on_removed))
		leave(p);
	return 0;
}
