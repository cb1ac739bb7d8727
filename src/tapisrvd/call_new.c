// SPDX-License-Identifier: MIT
/* call_new.c - requests that make calls: lineMakeCall, transfers, conferences,
 * linePickup, lineUnpark, lineForward. The
 * maker is the sole owner; monitors of the line learn of a call as UNKNOWN at the moment the maker
 * gets its LINE_REPLY. */
#include "call_new.h"

#include "base/mem.h"
#include "base/trace.h"
#include "call.h"
#include "core.h"
#include "dispatch.h"
#include "failure.h"
#include "host.h"
#include "line.h"
#include "provider.h"
#include "session.h"

#include <string.h>

#define LOG_TOPIC "call"

bool rule_makes_calls(const struct rule *rule)
{
	if (rule->kind != KIND_ASYNC)
		return false;
	for (unsigned i = 0; i < rule->reply->n_fields; i++)
		if (rule->reply->fields[i].type == PROTOBUF_C_TYPE_FIXED64)
			return true;
	return false;
}

bool call_new_is_conference(const struct rule *rule, unsigned slot)
{
	for (unsigned i = 0; i < rule->reply->n_fields; i++) {
		const ProtobufCFieldDescriptor *f = &rule->reply->fields[i];

		if (f->type == PROTOBUF_C_TYPE_FIXED64 && slot-- == 0)
			return strcmp(f->name, "conf_call") == 0;
	}
	return false;
}

unsigned call_new_ids(const struct rule *rule, const ProtobufCMessage *reply, uint64_t ids[2])
{
	unsigned slot = 0;

	ids[0] = ids[1] = 0;
	for (unsigned i = 0; i < rule->reply->n_fields && slot < 2; i++) {
		const ProtobufCFieldDescriptor *f = &rule->reply->fields[i];

		if (f->type == PROTOBUF_C_TYPE_FIXED64)
			memcpy(&ids[slot++], (const char *)reply + f->offset, sizeof(ids[0]));
	}
	return slot;
}

/* The session may be gone: then the call is dropped as soon as it lives. false: there is no room.
 */
static bool reserve(struct pending *p, uint64_t id, unsigned slot)
{
	struct core *core = p->host->peer.core;
	struct line *line = line_find(core, (uint32_t)p->object);
	struct open *o = p->session ? session_find_open(p->session, p->value) : NULL;
	struct call *call;

	if (!line || !id || call_find(core, id))
		return true;
	call = call_new(line, id);
	if (!call)
		return false;
	p->calls[slot] = id;
	call->pending = true;
	call->offered = true;
	call->address_id = p->other; /* until the TSP says: media may be sent before */
	if (!o)
		return true;
	if (!held_new(o, call, LINECALLPRIVILEGE_OWNER))
		return false;
	call->msp_session = p->session->id;
	call_set_app_name(call, p->session);
	return true;
}

/* What the application said of the call is the core's to tell, it overrides the TSP's. */
static void take_params(struct pending *p, struct call *call)
{
	if (!call)
		return;
	call->called_party = p->texts[0];
	call->comment = p->texts[1];
	call->displayable_address = p->texts[2];
	p->texts[0] = p->texts[1] = p->texts[2] = NULL;
}

/* The parameters are those of the last one: a consultation call comes behind its conference. */
static bool reserve_all(struct pending *p, const ProtobufCMessage *reply)
{
	struct core *core = p->host->peer.core;
	struct call *call = NULL;
	uint64_t ids[2];
	const unsigned count = call_new_ids(p->rule, reply, ids);

	for (unsigned slot = 0; slot < count; slot++) {
		if (!reserve(p, ids[slot], slot))
			return false;
		call = p->calls[slot] ? call_find(core, p->calls[slot]) : NULL;
		if (call)
			call->conference = call_new_is_conference(p->rule, slot);
	}
	take_params(p, call);
	return true;
}

/* The application is told that it failed, so the calls may not be. */
static void take_back(struct pending *p, const struct answer *a)
{
	struct core *core = p->host->peer.core;

	for (unsigned i = 0; i < 2; i++) {
		struct call *call = p->calls[i] ? call_find(core, p->calls[i]) : NULL;

		if (call)
			call_free(call);
		p->calls[i] = 0;
	}
	pending_fail(p, LINEERR_NOMEM, failure_no_memory());
	p->told = true;
	host_undo(p, a->frame);
}

static void made(struct call *call)
{
	call->pending = false;
	if (!list_empty(&call->holders))
		call_show_to_monitors(call, LINECALLSTATE_UNKNOWN);
	call_write_note(call);
	if (!list_empty(&call->holders))
		return;
	if (core_awaits_sessions(call->core))
		return; /* its session may come back and claim it */
	/* Its application is gone: as if it had closed the line now. */
	call_drop(call, "owner gone", "its application is gone");
	call_close(call);
}

static void settle(struct pending *p, bool success)
{
	for (unsigned i = 0; i < 2; i++) {
		struct core *core = p->host ? p->host->peer.core : NULL;
		struct call *call = core && p->calls[i] ? call_find(core, p->calls[i]) : NULL;

		if (call && success)
			made(call);
		else if (call)
			call_close(call);
		else if (core && p->calls[i] && p->told) /* host_undo() */
			host_give_back_call(p->host, p->calls[i]);
	}
}

void call_new_done(struct pending *p, const struct answer *a)
{
	if (!p->told && !a->completion && !a->result && a->reply && !reserve_all(p, a->reply)) {
		take_back(p, a);
		return;
	}
	if (p->session || p->unclaimed)
		pending_relay(p, a);
	if (a->completion || a->result)
		settle(p, !a->result);
}

void call_new_undo(struct pending *p, const ProtobufCMessage *reply)
{
	(void)call_new_ids(p->rule, reply, p->calls);
	p->done = call_new_done;
}

static void keep_params(struct pending *p, const struct request *r)
{
	const ProtobufCFieldDescriptor *f =
			protobuf_c_message_descriptor_get_field_by_name(r->rule->request,
					"call_params");
	const uint32_t *address = request_number(r, "address_id");
	const LineCallParams *params = NULL;

	if (f)
		memcpy(&params, (const char *)r->msg + f->offset, sizeof(params));
	if (r->call)
		p->other = r->call->address_id;
	else if (address)
		p->other = *address;
	else if (params && params->address_mode == LINEADDRESSMODE_ADDRESSID)
		p->other = params->address_id;
	if (!params)
		return;
	p->texts[0] = mem_strdup(params->called_party);
	p->texts[1] = mem_strdup(params->comment);
	p->texts[2] = mem_strdup(params->displayable_address);
}

/* Of these two some do, but most do not, and the first may end calls. */
static bool is_sure_to_make(const struct rule *rule)
{
	return rule->number != CALL_LineCompleteTransfer && rule->number != CALL_LineForward;
}

int32_t call_new_forward(struct request *r)
{
	struct host *h = request_host(r);
	struct pending *p;

	if (!h)
		return LINEERR_RESOURCEUNAVAIL;
	if (is_sure_to_make(r->rule) && call_is_too_many(h->provider))
		return request_fail(r, LINEERR_RESOURCEUNAVAIL, "calls",
				"the provider %s has %d calls, and cannot have more",
				h->provider->options->name, CALLS_MAX);
	p = host_forward(h, r->session, r->rule, r->frame, call_new_done);
	if (!p)
		return LINEERR_RESOURCEUNAVAIL;
	p->object = r->line->device;
	/* New calls belong to the open that has the one that they started from. */
	p->value = r->held ? r->held->open->number : p->open;
	keep_params(p, r);
	return 0;
}

LONG handle_make_call(struct request *r)
{
	const LineMakeCall *m = (const void *)r->msg;

	if (m->call_params && m->call_params->address_mode == LINEADDRESSMODE_ADDRESSID &&
			m->call_params->address_id >= r->line->num_addresses)
		return request_fail(r, LINEERR_INVALADDRESSID, "address",
				"the line has no address %u", m->call_params->address_id);
	return call_new_forward(r);
}
