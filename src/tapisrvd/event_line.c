// SPDX-License-Identifier: MIT
/* event_line.c - status of lines and addresses, lines that come and go, calls that appear. */
#include "event_line.h"

#include "base/mem.h"
#include "base/trace.h"
#include "call.h"
#include "core.h"
#include "failure.h"
#include "host.h"
#include "line.h"
#include "provider.h"
#include "session.h"

#include <tapi.h>

#define LOG_TOPIC "event"

static void look_again(struct line *line)
{
	line_forget_caps(line);
	if (line->provider->state == PROVIDER_RUNNING)
		provider_look_at(line->provider, line->device);
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
	event_to_opens(s->line, e, NULL);
}

void event_line_close(struct event_source *s, Event *e)
{
	const Failure *reason = e->reason;

	if (!reason)
		reason = failure_new(s->core, LAYER_PROVIDER, "LINE_CLOSE",
				"the provider has closed the line");
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
	struct provider *provider = p->host ? p->host->provider : NULL;
	struct line *line;

	if (!provider || a->result)
		return;
	line = line_find(provider->core, (uint32_t)p->object);
	if (!line || line->gone)
		return;
	line->removed = false;
	line->dynamic = true;
	line->tspi_version = provider->tspi_version;
	provider_look_at(provider, line->device); /* then it is announced */
}

/* A TSP that makes lines without end is not listened to any more. */
static bool may_create(struct provider *p)
{
	if (p->created > CREATED_MAX)
		return false;
	if (p->created < CREATED_MAX && p->core->line_count <= DEVICE_ID_MAX) {
		p->created++;
		return true;
	}
	log_warn("%s: has made too many lines: from now on none is taken", p->options->name);
	p->created = CREATED_MAX + 1;
	return false;
}

/* The id is spent even if the TSP does not take the line: until it has it is one that is removed.
 */
void event_line_create(struct event_source *s, Event *e)
{
	TspiProviderCreateLineDevice request = TSPI_PROVIDER_CREATE_LINE_DEVICE__INIT;
	struct line *line;
	struct pending *p;

	if (!may_create(s->host->provider))
		return;
	line = line_new(s->host->provider, s->core->line_count);
	if (!line) {
		log_error("out of memory: a line is not shown to anybody");
		return;
	}
	line->removed = true;
	core_count_devices(s->core, line->device + 1, 0);
	SET(&request, temp_id, e->p2);
	SET_ID(&request, device, line->device);
	p = host_call(s->host, CALL_TspiProviderCreateLineDevice, &request.base, on_created);
	if (p)
		p->object = line->device;
}

void event_line_remove(struct event_source *s, Event *e)
{
	struct line *line = line_find(s->core, (uint32_t)e->p1);

	if (!line || line->provider != s->host->provider || line->gone || line->went)
		return;
	line->gone = true;
	line_remove(line, e->reason ? e->reason
				    : failure_new(s->core, LAYER_PROVIDER, "LINE_REMOVE",
						      "the line has been removed"));
}
