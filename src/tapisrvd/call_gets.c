// SPDX-License-Identifier: MIT
/* call_gets.c - lineGetCallInfo and lineGetCallStatus: what the TSP said last, with the core's
 * parts. */
#include "call.h"
#include "core.h"
#include "dispatch.h"
#include "failure.h"
#include "host.h"
#include "line.h"
#include "session.h"

#define MONITOR_FEATURES                                                                           \
	(LINECALLFEATURE_MONITORDIGITS | LINECALLFEATURE_MONITORMEDIA |                            \
			LINECALLFEATURE_MONITORTONES)

static void merge_info(const struct call *call, LineCallInfo *info)
{
	SET_ID(info, line, call->line->device);
	SET(info, line_device_id, call->line->device);
	SET(info, call_states, info->call_states | LINECALLSTATE_UNKNOWN);
	SET(info, num_owners, call_owners(call));
	SET(info, num_monitors, call_monitors(call));
	SET(info, monitor_digit_modes, call->monitoring.told[MONITOR_DIGITS]);
	SET(info, monitor_media_modes, call->monitoring.told[MONITOR_MEDIA]);
	if (call->app_name)
		info->app_name = call->app_name;
	if (call->called_party)
		info->called_party = call->called_party;
	if (call->comment)
		info->comment = call->comment;
	if (call->displayable_address)
		info->displayable_address = call->displayable_address;
}

/* The event decides the state; the features follow the privilege. */
static void merge_status(const struct held *h, LineCallStatus *status)
{
	SET(status, call_state, h->call->state ? h->call->state : LINECALLSTATE_UNKNOWN);
	SET(status, call_state_mode,
			h->call->state & LINECALLSTATE_CONFERENCED ? 0 : h->call->mode);
	SET(status, call_privilege, h->privilege);
	if (h->privilege == LINECALLPRIVILEGE_OWNER)
		return;
	SET(status, call_features, status->call_features & MONITOR_FEATURES);
	SET(status, call_features2, 0);
}

static CallState *snapshot(struct core *core, const struct call *call)
{
	return call->snapshot.size
			       ? (CallState *)arena_unpack(&core->arena, &call_state__descriptor,
						 buf_head(&call->snapshot), call->snapshot.size)
			       : NULL;
}

static struct held *held_of(const struct pending *p)
{
	struct call *call = p->session ? call_find(p->session->core, p->object) : NULL;

	return call ? held_find(p->session, call) : NULL;
}

static void info_done(struct pending *p, const struct answer *a)
{
	LineGetCallInfoReply *reply = (LineGetCallInfoReply *)(uintptr_t)a->reply;
	struct held *h = held_of(p);

	if (!reply || !reply->call_info || !h) {
		pending_relay(p, a);
		return;
	}
	merge_info(h->call, reply->call_info);
	pending_return(p, &reply->base);
}

static void status_done(struct pending *p, const struct answer *a)
{
	LineGetCallStatusReply *reply = (LineGetCallStatusReply *)(uintptr_t)a->reply;
	struct held *h = held_of(p);

	if (!reply || !reply->call_status || !h) {
		pending_relay(p, a);
		return;
	}
	merge_status(h, reply->call_status);
	pending_return(p, &reply->base);
}

static LONG ask_host(struct request *r, pending_done done)
{
	struct host *h = request_host(r);
	struct pending *p = host_forward(h, r->session, r->rule, r->frame, done);

	if (!p)
		return LINEERR_RESOURCEUNAVAIL;
	p->object = r->call->id;
	return 0;
}

LONG handle_get_call_info(struct request *r)
{
	LineGetCallInfoReply reply = LINE_GET_CALL_INFO_REPLY__INIT;
	CallState *state = snapshot(r->core, r->call);

	if (!state || !state->info)
		return ask_host(r, info_done);
	merge_info(r->call, state->info);
	reply.call_info = state->info;
	return request_return(r, &reply.base);
}

LONG handle_get_call_status(struct request *r)
{
	LineGetCallStatusReply reply = LINE_GET_CALL_STATUS_REPLY__INIT;
	CallState *state = snapshot(r->core, r->call);

	if (!state || !state->status)
		return ask_host(r, status_done);
	merge_status(r->held, state->status);
	reply.call_status = state->status;
	return request_return(r, &reply.base);
}
