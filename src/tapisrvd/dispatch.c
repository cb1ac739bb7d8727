// SPDX-License-Identifier: MIT
/* dispatch.c - the one way in for requests: rule, objects held?, privilege, access, state; then
 * the body goes to the provider's host as it came, or to the handler. So every call gets
 * INVALLINEHANDLE, INVALCALLHANDLE, NOTOWNER, INVALCALLSTATE and OPERATIONUNAVAIL alike. */
#include "dispatch.h"

#include "access.h"
#include "base/trace.h"
#include "call.h"
#include "call_new.h"
#include "client.h"
#include "core.h"
#include "event.h"
#include "failure.h"
#include "host.h"
#include "line.h"
#include "message.h"
#include "msp.h"
#include "phone.h"
#include "provider.h"
#include "session.h"
#include "values.h"
#include "wire/phone_error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define LOG_TOPIC "dispatch"

static const handler handlers[CALL_MAX] = {
#define CALL(number, request, objects, privilege, role, kind, states, where)                       \
	[number] = handle_##where,
#include "calls.def"
#undef CALL
};

void request_because(struct request *r, const char *cause, const char *fmt, ...)
{
	char text[256];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	r->failure = failure_new(r->core, LAYER_SERVER, cause, "%s", text);
}

LONG request_not_kept(struct request *r, int err)
{
	r->failure = failure_not_kept(r->core, err);
	return err == -ENOMEM ? LINEERR_NOMEM : LINEERR_OPERATIONFAILED;
}

LONG request_return(struct request *r, const ProtobufCMessage *reply)
{
	if (!reply && r->frame->h.flags & FLAG_POSTED)
		client_return_later(r->client, r->frame->h.serial);
	else
		client_return(r->client, r->frame->h.serial, reply);
	return 0;
}

struct host *request_host(const struct request *r)
{
	return r->line && r->line->provider->state == PROVIDER_RUNNING ? r->line->provider->host
								       : NULL;
}

const uint32_t *request_number(const struct request *r, const char *name)
{
	const ProtobufCFieldDescriptor *f =
			protobuf_c_message_descriptor_get_field_by_name(r->rule->request, name);

	return f ? (const void *)((const char *)r->msg + f->offset) : NULL;
}

const Failure *answer_failure(struct core *core, const struct answer *a)
{
	const Failure *f = a->failure;

	if (a->frame && (a->frame->h.flags & FLAG_FAILURE))
		f = (const Failure *)arena_unpack(&core->arena, &failure__descriptor,
				a->frame->body, a->frame->h.length);
	return f ? f : failure_new(core, LAYER_PROVIDER, NULL, "%s", failure_sentence(a->result));
}

static uint64_t object_of(const ProtobufCMessage *m, const ProtobufCFieldDescriptor *f)
{
	const void *at = (const char *)m + f->offset;

	return f->type == PROTOBUF_C_TYPE_FIXED64 ? *(const uint64_t *)at : *(const uint32_t *)at;
}

static bool is_named(const ProtobufCMessage *m, const ProtobufCFieldDescriptor *f)
{
	const void *at = (const char *)m + f->quantifier_offset;

	return *(const protobuf_c_boolean *)at != 0;
}

/* By what the request calls it. */
static LONG bad_call(const ProtobufCFieldDescriptor *f)
{
	if (strcmp(f->name, "conf_call") == 0)
		return LINEERR_INVALCONFCALLHANDLE;
	return strcmp(f->name, "consult_call") == 0 ? LINEERR_INVALCONSULTCALLHANDLE
						    : LINEERR_INVALCALLHANDLE;
}

static LONG check_call(struct request *r, const ProtobufCFieldDescriptor *f, uint64_t id,
		bool first)
{
	struct call *call = id ? call_find(r->core, id) : NULL;
	struct held *held = call && !call->pending ? held_find(r->session, call) : NULL;

	if (!held || (r->open && r->open->line != call->line))
		return bad_call(f);
	if (r->rule->privilege == PRIVILEGE_OWNER && held->privilege != LINECALLPRIVILEGE_OWNER)
		return LINEERR_NOTOWNER;
	if (!first && call->line->provider != r->line->provider)
		return request_fail(r, bad_call(f), "two providers",
				"the two calls are carried by different providers");
	if (!first)
		return 0;
	r->call = call;
	r->held = held;
	r->line = call->line;
	return 0;
}

static LONG check_state(struct request *r)
{
	uint32_t state = r->call ? r->call->state & 0x00ffffffU : 0;
	uint32_t inactive = LINECONNECTEDMODE_INACTIVE | LINECONNECTEDMODE_INACTIVEHELD;

	if (!state || state == LINECALLSTATE_UNKNOWN || (r->rule->states & state))
		return 0;
	if ((r->rule->states & STATES_JOIN) && state == LINECALLSTATE_CONNECTED &&
			(r->call->mode & inactive))
		return 0;
	return request_fail(r, LINEERR_INVALCALLSTATE, "call state",
			"the call is %s, which does not allow this", event_state_name(state));
}

static LONG check_device(struct request *r, uint32_t device)
{
	const struct line_kind *kind = line_kind_of(r->rule);
	uint32_t count = line_count(r->core, kind);
	const struct provider *p;

	r->line = line_find_kind(r->core, kind, device);
	if (!r->line && r->rule->number == CALL_LineOpen && device == LINEMAPPER)
		return 0;
	if (!r->line && device < count)
		return request_fail(r, LINEERR_NODEVICE, "device", "%s %u is there no more",
				kind->name, device);
	if (!r->line && !count)
		return request_fail(r, LINEERR_BADDEVICEID, "device", "there are no %ss",
				kind->name);
	if (!r->line)
		return request_fail(r, LINEERR_BADDEVICEID, "device",
				"there is no %s %u; the %ss are 0 to %u", kind->name, device,
				kind->name, count - 1);
	p = r->line->provider;
	if (p->state == PROVIDER_REMOVED)
		return request_fail(r, LINEERR_NODRIVER, p->reason.cause, "%s", p->reason.sentence);
	if (p->state == PROVIDER_FAILED)
		return request_fail(r, LINEERR_NODRIVER, p->reason.cause,
				"the provider %s failed: %s", p->options->name, p->reason.sentence);
	return r->line->removed ? LINEERR_NODEVICE : 0;
}

static LONG check_open(struct request *r, uint32_t device)
{
	r->open = session_find_open(r->session, r->frame->h.open);
	if (!r->open || r->open->line->device != device ||
			r->open->line->kind != line_kind_of(r->rule))
		return LINEERR_INVALLINEHANDLE;
	r->line = r->open->line;
	return 0;
}

/* An owner may do what a monitor may. */
static LONG check_phone(struct request *r, uint32_t device)
{
	if (check_open(r, device))
		return request_fail(r, PHONEERR_INVALPHONEHANDLE, "handle",
				"the application does not have phone %u open", device);
	if (r->rule->privilege == PRIVILEGE_OWNER && r->open->privileges != PHONEPRIVILEGE_OWNER)
		return request_fail(r, PHONEERR_NOTOWNER, "monitor",
				"the application has opened phone %u as a monitor", device);
	return 0;
}

/* dwSelect, where there is one, says which of line, address and call counts. */
static LONG check_select(struct request *r, const ProtobufCFieldDescriptor *field, uint64_t call)
{
	const uint32_t *select = request_number(r, "select");

	if (!select)
		return call ? check_call(r, field, call, true) : 0;
	if (*select == LINECALLSELECT_CALL)
		return check_call(r, field, call, true);
	return *select == LINECALLSELECT_LINE || *select == LINECALLSELECT_ADDRESS
			       ? 0
			       : LINEERR_INVALCALLSELECT;
}

static bool selects_call(const struct request *r)
{
	const uint32_t *select = request_number(r, "select");

	return select && *select == LINECALLSELECT_CALL;
}

/* A call brings its line along. */
static LONG check_unnamed(const struct request *r)
{
	switch (r->rule->objects) {
	case ON_DEVICE:
	case ON_PHONE_DEVICE:
		return LINEERR_BADDEVICEID;
	case ON_SELECT:
		return r->call || selects_call(r) ? 0 : LINEERR_INVALLINEHANDLE;
	default:
		return LINEERR_INVALLINEHANDLE;
	}
}

/* An open line; where a call counts, too, it must be that call's. */
static LONG check_line(struct request *r, uint32_t device)
{
	LONG code = check_open(r, device);

	return !code && r->call && r->call->line != r->line ? LINEERR_INVALLINEHANDLE : code;
}

static LONG check_line_or_phone(struct request *r, uint32_t device)
{
	switch (r->rule->objects) {
	case ON_DEVICE:
	case ON_PHONE_DEVICE:
		return check_device(r, device);
	case ON_PHONE:
		return check_phone(r, device);
	case ON_LINE:
	case ON_SELECT:
		return check_line(r, device);
	default:
		return 0;
	}
}

/* Each fixed64 and fixed32 field is an object that the session must hold. */
static LONG check_objects(struct request *r)
{
	const ProtobufCMessageDescriptor *d = r->rule->request;
	bool first = true;
	LONG code = 0;

	for (unsigned i = 0; i < d->n_fields && !code; i++) {
		const ProtobufCFieldDescriptor *f = &d->fields[i];
		bool is_call = f->type == PROTOBUF_C_TYPE_FIXED64;
		uint64_t id;

		if (f->label == PROTOBUF_C_LABEL_REPEATED ||
				(!is_call && f->type != PROTOBUF_C_TYPE_FIXED32))
			continue;
		id = object_of(r->msg, f);
		if (!is_call && !is_named(r->msg, f))
			code = check_unnamed(r);
		else if (is_call && r->rule->objects == ON_SELECT)
			code = check_select(r, f, id);
		else if (is_call && (id || r->rule->objects == ON_CALL))
			code = check_call(r, f, id, first || r->rule->objects != ON_CALL);
		else if (!is_call)
			code = check_line_or_phone(r, (uint32_t)id);
		first = first && !is_call;
	}
	return code;
}

/* An address of an open line, where the request means one: dwSelect or bAllAddresses may say that
 * it does not. */
static LONG check_address(struct request *r)
{
	const uint32_t *address, *select, *all;

	if (!r->line || (r->rule->objects != ON_LINE && r->rule->objects != ON_SELECT))
		return 0;
	address = request_number(r, "address_id");
	select = request_number(r, "select");
	all = request_number(r, "all_addresses");
	if (!address || (select && *select != LINECALLSELECT_ADDRESS) || (all && *all) ||
			*address < r->line->num_addresses)
		return 0;
	return request_fail(r, LINEERR_INVALADDRESSID, "address",
			"line %u has no address %u; the first is 0, and there are %u",
			r->line->device, *address, r->line->num_addresses);
}

static LONG check(struct request *r)
{
	LONG code;

	if (r->rule->role == ROLE_CORE)
		return handle_HOST(r);
	code = check_objects(r);
	if (!code)
		code = access_check(r);
	if (!code)
		code = check_address(r);
	if (!code)
		code = check_state(r);
	return code ? code : values_check(r);
}

static void answer_failed(struct request *r, LONG code)
{
	const Failure *f = r->failure;

	if (!f)
		f = failure_new(r->core, LAYER_SERVER, NULL, "%s", failure_sentence(code));
	if (rule_is_phone(r->rule))
		code = phone_error(code);
	log_debug("%s: %s: %#x %s", session_name(r->session), r->rule->name, (unsigned)code,
			f->sentence);
	client_fail(r->client, FRAME_RETURN, r->frame->h.serial, code, f);
}

/* "LineMakeCall" is lineMakeCall to people. */
static void trace_taken(const struct request *r)
{
	char name[64];

	if (!trace_enabled() || r->rule->number == CALL_TapixMspData)
		return;
	(void)snprintf(name, sizeof(name), "%s", r->rule->name);
	name[0] = (char)(name[0] | 0x20);
	trace_hop(TRACE_TAPISRV, name,
			r->call   ? r->call->id
			: r->line ? r->line->device
				  : 0,
			"%s", session_name(r->session));
}

/* It needs memory for longer than itself. */
static bool is_new_work(const struct rule *rule)
{
	switch (rule->number) {
	case CALL_LineOpen:
	case CALL_PhoneOpen:
	case CALL_LineAddProvider:
		return true;
	default:
		return rule_makes_calls(rule);
	}
}

static LONG check_memory(struct request *r)
{
	if (!core_is_short(r->core) || !is_new_work(r->rule))
		return 0;
	return request_fail(r, LINEERR_NOMEM, "memory",
			"the daemon has not enough memory for anything new");
}

/* A body that cannot be read is a reason to go, but not that there was no room to read it. */
static void unreadable(struct client *c, const struct frame *f, const struct rule *rule)
{
	struct core *core = c->peer.core;

	if (core->arena.no_memory) {
		core_begin_frame(core);
		client_fail(c, FRAME_RETURN, f->h.serial,
				rule_is_phone(rule) ? phone_error(LINEERR_NOMEM) : LINEERR_NOMEM,
				failure_no_memory());
		return;
	}
	peer_doom(&c->peer, PEER_CLOSED_BY_US, "%s: the body is malformed or too large",
			rule->name);
}

void dispatch(struct client *c, const struct frame *f)
{
	struct request r = { .core = c->peer.core,
		.client = c,
		.session = c->session,
		.frame = f,
		.rule = rule_find(f->h.kind) };
	LONG code;

	if (!f->h.serial || f->h.serial > 0x7fffffff) {
		peer_doom(&c->peer, PEER_CLOSED_BY_US, "a request without a valid serial");
		return;
	}
	if (!r.rule) { /* a newer client */
		client_fail(c, FRAME_RETURN, f->h.serial, LINEERR_OPERATIONUNAVAIL,
				failure_new(r.core, LAYER_SERVER, "not known",
						"this daemon does not know request %u", f->h.kind));
		return;
	}
	r.msg = arena_unpack(&r.core->arena, r.rule->request, f->body, f->h.length);
	if (!r.msg) {
		unreadable(c, f, r.rule);
		return;
	}
	code = check_memory(&r);
	if (!code)
		code = check(&r);
	trace_taken(&r);
	if (!code)
		code = handlers[r.rule->number](&r);
	if (code)
		answer_failed(&r, code);
}

LONG handle_HOST(struct request *r)
{
	return request_fail(r, LINEERR_OPERATIONUNAVAIL, "not for applications",
			"only the daemon itself asks this of a provider");
}

LONG handle_FORWARD(struct request *r)
{
	struct host *h = request_host(r);
	struct pending *p;

	if (rule_makes_calls(r->rule))
		return call_new_forward(r);
	if (!h)
		return LINEERR_RESOURCEUNAVAIL;
	if (r->rule->number == CALL_LineAnswer || r->rule->number == CALL_LineAccept) {
		if (msp_may_take(r->call, r->session))
			call_media_to(r->call, r->session);
		call_set_app_name(r->call, r->session);
		call_write_note(r->call);
	}
	p = host_forward(h, r->session, r->rule, r->frame, NULL);
	if (!p)
		return LINEERR_RESOURCEUNAVAIL;
	p->object = r->call ? r->call->id : r->line->device;
	return 0;
}
