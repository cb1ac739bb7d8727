// SPDX-License-Identifier: MIT
/* event_line.c - status of lines, addresses and phones, devices that come and go, calls that
 * appear.
 */
#include "event_line.h"

#include "base/mem.h"
#include "base/trace.h"
#include "call.h"
#include "core.h"
#include "failure.h"
#include "host.h"
#include "line.h"
#include "provider.h"
#include "provider_admin.h"
#include "session.h"

#include <tapi.h>

#define LOG_TOPIC "event"

static void look_again(struct line *line)
{
	line_forget_caps(line);
	if (line->provider->state == PROVIDER_RUNNING)
		provider_look_at(line);
}

void event_address_state(struct event_source *s, Event *e)
{
	if (e->p2 & LINEADDRESSSTATE_CAPSCHANGE)
		look_again(s->line);
	event_to_opens(s->line, e, NULL);
}

void event_line_state(struct event_source *s, Event *e)
{
	if (e->p1 & LINEDEVSTATE_CAPSCHANGE)
		look_again(s->line);
	if (e->p1 & LINEDEVSTATE_REINIT)
		provider_admin_want_reinit(s->host->provider);
	event_to_opens(s->line, e, NULL);
}

void event_phone_state(struct event_source *s, Event *e)
{
	if (e->p1 & PHONESTATE_CAPSCHANGE)
		look_again(s->line);
	if (e->p1 & PHONESTATE_REINIT)
		provider_admin_want_reinit(s->host->provider);
	event_to_opens(s->line, e, NULL);
}

void event_line_close(struct event_source *s, Event *e)
{
	const Failure *reason = e->reason;

	if (!reason)
		reason = failure_new(s->core, LAYER_PROVIDER, event_name(e->msg),
				"the provider has closed the %s", s->line->kind->name);
	line_close_by_force(s->line, reason);
}

void event_new_call(struct event_source *s, Event *e)
{
	struct call *call;

	trace_hop(TRACE_TAPISRV, "LINE_NEWCALL", e->object, "call %#llx",
			(unsigned long long)e->p1);
	if (e->p1 >> 32 != s->host->provider->id || call_find(s->core, e->p1)) {
		log_warn("%s: a new call with the id %#llx, which is not its own",
				s->host->provider->options->name, (unsigned long long)e->p1);
		return;
	}
	if (call_is_too_many(s->host->provider)) {
		host_give_back_call(s->host, e->p1);
		return;
	}
	call = call_new(s->line, e->p1);
	if (!call) {
		log_error("out of memory: a call is not shown to anybody");
		return;
	}
	call->address_id = (uint32_t)e->p2;
	log_debug("call %#llx: new on line %u", (unsigned long long)call->id, s->line->device);
}

static void on_created(struct pending *p, const struct answer *a)
{
	struct line *line = line_of_pending(p);

	if (!line)
		return;
	line->offered = false;
	if (line->gone || a->result) {
		line_forget_removed_later(line->core);
		return;
	}
	line_set_removed(line, false);
	line->dynamic = true;
	line->tspi_version = line->provider->tspi_version;
	provider_look_at(line); /* then it is announced */
}

/* A TSP that makes devices without end is not listened to any more. */
static bool may_create(struct provider *p, uint32_t device)
{
	if (p->created > CREATED_MAX)
		return false;
	if (p->created < CREATED_MAX && device <= DEVICE_ID_MAX) {
		p->created++;
		return true;
	}
	log_warn("%s: has made too many devices: from now on none is taken", p->options->name);
	p->created = CREATED_MAX + 1;
	return false;
}

/* Both creation requests have the temporary id first, which may be wider than a device id. */
static void ask_to_take(struct line *line, uint64_t temp_id)
{
	TspiProviderCreateLineDevice as_line = TSPI_PROVIDER_CREATE_LINE_DEVICE__INIT;
	TspiProviderCreatePhoneDevice as_phone = TSPI_PROVIDER_CREATE_PHONE_DEVICE__INIT;
	bool phone = line->kind->is_phone;
	struct pending *p;

	SET(&as_line, temp_id, temp_id);
	SET_ID(&as_line, device, line->device);
	SET(&as_phone, temp_id, temp_id);
	SET_ID(&as_phone, device, line->device);
	p = host_call(line->provider->host, line->kind->tsp_taken,
			phone ? &as_phone.base : &as_line.base, on_created);
	if (p)
		p->object = line->device;
}

static const struct line_kind *kind_of(const Event *e)
{
	return e->msg == PHONE_CREATE || e->msg == PHONE_REMOVE ? &phone_kind : &line_kind;
}

/* The id is spent even if the TSP does not take the device: until it has it is one that is removed.
 */
void event_line_create(struct event_source *s, Event *e)
{
	const struct line_kind *kind = kind_of(e);
	uint32_t device = line_count(s->core, kind);
	struct line *line;

	if (!may_create(s->host->provider, device))
		return;
	line = line_new(s->host->provider, kind, device);
	if (!line) {
		log_error("out of memory: a %s is not shown to anybody", kind->name);
		return;
	}
	line->offered = true;
	line_set_removed(line, true);
	core_count_devices(s->core, kind, device + 1);
	ask_to_take(line, e->p2);
}

void event_line_remove(struct event_source *s, Event *e)
{
	struct line *line = line_find_kind(s->core, kind_of(e), (uint32_t)e->p1);

	if (!line || line->provider != s->host->provider || line->gone || line->went)
		return;
	line->gone = true;
	line_remove(line, e->reason ? e->reason
				    : failure_new(s->core, LAYER_PROVIDER, event_name(e->msg),
						      "the %s has been removed", line->kind->name));
}
