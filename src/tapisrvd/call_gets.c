// SPDX-License-Identifier: MIT
/* call_gets.c - lineGetCallInfo and lineGetCallStatus: what the TSP said last, with the core's
 * parts. They are asked most often, so what the TSP said stays packed. */
#include "base/mem.h"
#include "call.h"
#include "client.h"
#include "core.h"
#include "dispatch.h"
#include "failure.h"
#include "host.h"
#include "hub.h"
#include "line.h"
#include "message.h"
#include "session.h"

#define MONITOR_FEATURES                                                                           \
	(LINECALLFEATURE_MONITORDIGITS | LINECALLFEATURE_MONITORMEDIA |                            \
			LINECALLFEATURE_MONITORTONES)

/* A string of the core's counts if there is one. */
static void put_own_info(const struct call *call, LineCallInfo *info)
{
	SET_ID(info, line, call->line->device);
	SET(info, line_device_id, call->line->device);
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

static void fix_info(LineCallInfo *info)
{
	SET(info, call_states, info->call_states | LINECALLSTATE_UNKNOWN);
}

/* The event decides the state; the features follow the privilege. */
static void put_own_status(const struct held *h, LineCallStatus *status)
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

/* NULL forgets it. Without memory it is not kept, and gets are forwarded. */
static void keep(ProtobufCBinaryData *kept, const ProtobufCMessage *m)
{
	mem_free(kept->data);
	kept->len = m ? protobuf_c_message_get_packed_size(m) : 0;
	kept->data = m ? mem_alloc(kept->len + 1) : NULL; /* empty is not unknown */
	if (kept->data)
		(void)protobuf_c_message_pack(m, kept->data);
}

static void keep_info(struct call *call, const LineCallInfo *from)
{
	LineCallInfo info = *from;

	call->address_id = info.address_id;
	if (info.media_mode)
		call->media_modes = info.media_mode;
	call->hub_id = info.call_id;
	hub_look_at(call);
	fix_info(&info);
	info.has_line = info.has_line_device_id = false;
	info.has_num_owners = info.has_num_monitors = false;
	info.has_monitor_digit_modes = info.has_monitor_media_modes = false;
	keep(&call->info, &info.base);
}

static void keep_status(struct call *call, const LineCallStatus *from)
{
	LineCallStatus status = *from;

	call->features = status.call_features;
	call->features2 = status.call_features2;
	status.has_call_state = status.has_call_state_mode = status.has_call_privilege = false;
	status.has_call_features = status.has_call_features2 = false;
	keep(&call->status, &status.base);
}

void call_keep_snapshot(struct call *call, const CallState *state)
{
	if (state->info)
		keep_info(call, state->info);
	else
		keep(&call->info, NULL);
	if (state->status)
		keep_status(call, state->status);
	else
		keep(&call->status, NULL);
}

void call_forget_snapshot(struct call *call)
{
	keep(&call->info, NULL);
	keep(&call->status, NULL);
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
	fix_info(reply->call_info);
	put_own_info(h->call, reply->call_info);
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
	put_own_status(h, reply->call_status);
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

static LONG return_kept(struct request *r, const ProtobufCBinaryData *kept,
		const ProtobufCMessage *own)
{
	ProtobufCBinaryData reply;

	if (!message_merge(&r->core->arena, r->rule->reply, kept, own, &reply))
		return LINEERR_NOMEM;
	client_return_bytes(r->client, r->frame->h.serial, reply.data, reply.len);
	return 0;
}

LONG handle_get_call_info(struct request *r)
{
	LineCallInfo own = LINE_CALL_INFO__INIT;

	if (!r->call->info.data)
		return ask_host(r, info_done);
	put_own_info(r->call, &own);
	return return_kept(r, &r->call->info, &own.base);
}

LONG handle_get_call_status(struct request *r)
{
	LineCallStatus own = LINE_CALL_STATUS__INIT;

	if (!r->call->status.data)
		return ask_host(r, status_done);
	SET(&own, call_features, r->call->features);
	SET(&own, call_features2, r->call->features2);
	put_own_status(r->held, &own);
	return return_kept(r, &r->call->status, &own.base);
}
