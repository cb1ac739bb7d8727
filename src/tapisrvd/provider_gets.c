// SPDX-License-Identifier: MIT
/* provider_gets.c - the first request of an application, and what it may know of providers. */
#include "client.h"
#include "core.h"
#include "dispatch.h"
#include "failure.h"
#include "line.h"
#include "provider.h"
#include "session.h"

LONG handle_initialize(struct request *r)
{
	if (r->client->initialize)
		return request_fail(r, LINEERR_OPERATIONFAILED, "twice",
				"the application waits for an initialisation already");
	r->client->initialize = r->frame->h.serial;
	if (r->core->ready)
		client_ready(r->client);
	else
		list_append(&r->core->waiting, &r->client->waiting);
	return 0;
}

static size_t count_providers(const struct core *core)
{
	size_t count = 0;

	list_for(l, &core->providers)
		count++;
	return count;
}

LONG handle_get_provider_list(struct request *r)
{
	const LineGetProviderList *m = (const void *)r->msg;
	LineGetProviderListReply reply = LINE_GET_PROVIDER_LIST_REPLY__INIT;
	LineProviderList list = LINE_PROVIDER_LIST__INIT;
	size_t count = count_providers(r->core);
	LineProviderEntry *entries = arena_alloc(&r->core->arena, count * sizeof(*entries) + 1);

	if (m->api_version < CORE_API_LOW || m->api_version > CORE_API_HIGH)
		return request_fail(r, LINEERR_INCOMPATIBLEAPIVERSION, "API version",
				"API version %#x is none of %#x to %#x", m->api_version,
				CORE_API_LOW, CORE_API_HIGH);
	list.provider_list = arena_alloc(&r->core->arena, count * sizeof(*list.provider_list) + 1);
	if (!entries || !list.provider_list)
		return LINEERR_NOMEM;
	list_for(l, &r->core->providers) {
		struct provider *p = list_entry(l, struct provider, link);
		LineProviderEntry *entry = &entries[list.n_provider_list];

		line_provider_entry__init(entry);
		SET(entry, permanent_provider_id, p->id);
		entry->provider_filename = p->path;
		list.provider_list[list.n_provider_list++] = entry;
	}
	SET(&list, num_providers, (uint32_t)count);
	reply.provider_list = &list;
	return request_return(r, &reply.base);
}

/* Devices that came and went while it ran included. */
static uint32_t count_devices(const struct provider *p, const struct line_kind *kind)
{
	const struct line *line;
	uint32_t count = 0;
	size_t cursor = 0;

	while ((line = line_next(p->core, p, &cursor)))
		count += line->kind == kind;
	return count;
}

static void fill(struct core *core, ProviderStatus *status, struct provider *p)
{
	provider_status__init(status);
	SET(status, permanent_provider_id, p->id);
	status->name = p->options->name;
	status->path = p->path;
	status->state = (char *)(uintptr_t)provider_state_name(p);
	if (p->reason.sentence[0])
		status->reason = (Failure *)(uintptr_t)failure_new(core, p->reason.layer,
				p->reason.cause, "%s", p->reason.sentence);
	SET(status, num_lines, count_devices(p, &line_kind));
	SET(status, num_phones, count_devices(p, &phone_kind));
	status->isolation = (char *)(uintptr_t)(p->options->thread ? "thread" : "process");
	SET(status, pid, (uint32_t)p->pid);
	SET(status, restarts, p->restarts);
}

LONG handle_get_providers(struct request *r)
{
	TapixGetProvidersReply reply = TAPIX_GET_PROVIDERS_REPLY__INIT;
	size_t count = count_providers(r->core);
	ProviderStatus *all = arena_alloc(&r->core->arena, count * sizeof(*all) + 1);

	reply.providers = arena_alloc(&r->core->arena, count * sizeof(*reply.providers) + 1);
	if (!all || !reply.providers)
		return LINEERR_NOMEM;
	list_for(l, &r->core->providers) {
		fill(r->core, &all[reply.n_providers], list_entry(l, struct provider, link));
		reply.providers[reply.n_providers] = &all[reply.n_providers];
		reply.n_providers++;
	}
	return request_return(r, &reply.base);
}
