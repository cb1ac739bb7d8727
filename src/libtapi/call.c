// SPDX-License-Identifier: MIT
/* call.c - the one way that every stub goes: find the application, fill the request, wait, fill the
 * out-arguments. What some calls change in our own books is in the table at the foot. */
#include "libtapi/call.h"

#include "libtapi/pending.h"

#include "base/mem.h"
#include "base/trace.h"

#include <stdlib.h>
#include <string.h>

enum { ENDING_MAX = 64 };

struct running {
	struct fill fill;
	struct request request;
	struct pending *pending; /* asynchronous calls: allocated before anything is sent */
	struct gather *gather;
};

/* --- which application --- */

static LONG no_handle(bool phone, LONG code, uint32_t handle)
{
	struct app *any = apps_oldest(phone);

	if (!any)
		return fail(LINEERR_UNINITIALIZED, "uninitialised",
				"%sInitializeEx has not been called", phone ? "phone" : "line");
	app_unref(any);
	return fail(code, "handle", "%#x is not a handle of the kind that is wanted here", handle);
}

/* TAPI: these are for programs too that have not called lineInitializeEx. */
static bool needs_no_app(const struct rule *rule)
{
	static const unsigned numbers[] = {
		CALL_LineGetAppPriority,
		CALL_LineGetCountry,
		CALL_LineGetTranslateCaps,
		CALL_LineSetAppPriority,
		CALL_LineSetCurrentLocation,
		CALL_LineSetTollList,
		CALL_LineTranslateAddress,
		CALL_TapiGetLocationInfo,
		CALL_TapiRequestMakeCall,
		CALL_TapixGetAppPriorities,
		CALL_TapixQueueMakeCall,
		CALL_TapixTranslateAddress,
	};

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (numbers[i] == rule->number)
			return true;
	return false;
}

static LONG app_by_app_handle(const struct rule *rule, uint32_t handle, struct app **out)
{
	bool phone = rule_is_phone(rule);

	if (!handle && needs_no_app(rule))
		return app_borrow(out);
	*out = handle_app(handle, phone ? HANDLE_PHONEAPP : HANDLE_LINEAPP);
	return *out ? 0 : no_handle(phone, LINEERR_INVALAPPHANDLE, handle);
}

static LONG app_by_object(const struct rule *rule, const ProtobufCFieldDescriptor *field,
		uint32_t handle, struct app **out)
{
	bool phone = rule_is_phone(rule);
	LONG code = LINEERR_INVALLINEHANDLE;

	if (field->type == PROTOBUF_C_TYPE_FIXED64) {
		*out = handle_app(handle, HANDLE_CALL);
		code = LINEERR_INVALCALLHANDLE;
		if (strcmp(field->name, "conf_call") == 0)
			code = LINEERR_INVALCONFCALLHANDLE;
	} else {
		*out = handle_app(handle, phone ? HANDLE_PHONE : HANDLE_LINE);
	}
	return *out ? 0 : no_handle(phone, code, handle);
}

static bool is_handle(const ProtobufCFieldDescriptor *field)
{
	return field->type == PROTOBUF_C_TYPE_FIXED64 ||
	       (field->type == PROTOBUF_C_TYPE_FIXED32 && strcmp(field->name, "device") != 0);
}

static LONG find_app(const struct rule *rule, const struct arg args[ARG_MAX], struct app **out)
{
	const ProtobufCMessageDescriptor *d = rule->request;
	const ProtobufCFieldDescriptor *first = NULL;
	bool phone = rule_is_phone(rule);

	for (unsigned i = 0; i < ARG_MAX; i++)
		if (args[i].kind == ARG_APP)
			return app_by_app_handle(rule, args[i].as.number, out);
	for (unsigned i = 0; i < d->n_fields; i++) {
		if (!is_handle(&d->fields[i]))
			continue;
		if (!first)
			first = &d->fields[i];
		if (args[d->fields[i].id - 1].as.number)
			return app_by_object(rule, &d->fields[i],
					args[d->fields[i].id - 1].as.number, out);
	}
	if (first)
		return app_by_object(rule, first, 0, out);
	if (needs_no_app(rule))
		return app_borrow(out);
	*out = apps_oldest(phone);
	return *out ? 0 : no_handle(phone, LINEERR_UNINITIALIZED, 0);
}

/* --- what a success changes here --- */

static void after_close(struct running *r)
{
	line_free(r->fill.outs.line);
}

static void after_deallocate(struct running *r)
{
	struct call *c = r->fill.call;

	if (c->line->api_version < 0x00020000)
		pendings_silence(r->fill.app, c->id); /* TAPI: suppressed before 2.0 */
	queue_purge(r->fill.app, 0, c->id);
	call_free(c);
}

static void after_privilege(struct running *r)
{
	r->fill.call->privilege = r->fill.outs.args[1].as.number;
}

static void after_monitor_digits(struct running *r)
{
	r->fill.call->digit_modes = r->fill.outs.args[1].as.number;
}

static void after_monitor_media(struct running *r)
{
	r->fill.call->media_modes = r->fill.outs.args[1].as.number;
}

static void after_monitor_tones(struct running *r)
{
	const LineMonitorTones *m = (const void *)r->fill.message;

	r->fill.call->tones = m->n_tone_list != 0;
}

static void after_media_control(struct running *r)
{
	const LineSetMediaControl *m = (const void *)r->fill.message;

	if (r->fill.call)
		r->fill.call->controls = m->n_digit_list + m->n_media_list + m->n_tone_list +
							 m->n_call_state_list !=
					 0;
}

static void after_status_messages(struct running *r)
{
	for (unsigned i = 0; i < 3; i++)
		if (r->fill.outs.args[i + 1].kind == ARG_NUMBER)
			r->fill.outs.line->states[i] = r->fill.outs.args[i + 1].as.number;
}

static void after_num_rings(struct running *r)
{
	uint32_t address = r->fill.outs.args[1].as.number;

	if (address < ADDRESSES_KEPT)
		r->fill.outs.line->num_rings[address] = r->fill.outs.args[2].as.number;
}

static void after_gather(struct running *r)
{
	struct gather *g = r->gather;

	r->gather = NULL;
	if (!r->fill.outs.args[2].as.out) { /* TAPI: NULL only cancels */
		mem_free(g);
		return;
	}
	g->serial = r->request.serial;
	g->buffer = r->fill.outs.args[2].as.out;
	g->size = r->fill.outs.args[3].as.number;
	list_append(&r->fill.call->gathers, &g->link);
}

static void after_register(struct running *r)
{
	const struct arg *args = r->fill.outs.args; /* app, instance, modes, enable */

	if (!args[3].as.number) {
		r->fill.app->request_modes &= ~args[2].as.number;
		return;
	}
	r->fill.app->request_modes |= args[2].as.number;
	r->fill.app->request_instance = args[1].as.number;
}

static const struct {
	unsigned number;
	void (*then)(struct running *r);
} after[] = {
	{ CALL_LineClose, after_close },
	{ CALL_PhoneClose, after_close },
	{ CALL_LineDeallocateCall, after_deallocate },
	{ CALL_LineSetCallPrivilege, after_privilege },
	{ CALL_LineMonitorDigits, after_monitor_digits },
	{ CALL_LineMonitorMedia, after_monitor_media },
	{ CALL_LineMonitorTones, after_monitor_tones },
	{ CALL_LineSetMediaControl, after_media_control },
	{ CALL_LineSetStatusMessages, after_status_messages },
	{ CALL_PhoneSetStatusMessages, after_status_messages },
	{ CALL_LineSetNumRings, after_num_rings },
	{ CALL_LineGatherDigits, after_gather },
	{ CALL_LineRegisterRequestRecipient, after_register },
};

/* The handles may have died while the answer was on its way (LINE_CLOSE, another thread). */
static bool still_there(const struct fill *f)
{
	enum handle_kind line = f->app->phone ? HANDLE_PHONE : HANDLE_LINE;

	return (!f->call_handle || handle_object(f->app, f->call_handle, HANDLE_CALL)) &&
	       (!f->line_handle || handle_object(f->app, f->line_handle, line));
}

static LONG lost_meanwhile(struct request *q, bool call)
{
	reason_set(&q->reason, TAPIX_LAYER_CLIENT, "closed",
			"the handle was closed while the request was under way");
	return call ? LINEERR_INVALCALLHANDLE : LINEERR_INVALLINEHANDLE;
}

/* --- the answer --- */

static void keep_pending(struct running *r, bool is_returned)
{
	struct pending *p = r->pending;

	r->pending = NULL;
	p->serial = r->request.serial;
	p->returned = is_returned;
	p->outs = r->fill.outs;
	p->call = r->fill.call ? r->fill.call->id : 0;
	p->instance = r->fill.outs.line ? r->fill.outs.line->instance : 0;
	list_append(&r->fill.app->pendings, &p->link);
}

/* Another thread may read this; the one that asks makes it its last reason. */
static void keep_reason(struct running *r, const LineGetLineDevStatusReply *reply)
{
	if (reply->reason)
		reason_from(&r->request.reason, reply->reason, 0);
}

static LONG fill_answer(struct app *a, struct running *r, struct frame *f)
{
	const struct rule *rule = r->request.rule;
	struct made_calls none = { .count = 0 };
	bool async = rule->kind == KIND_ASYNC;
	bool lost = frame_lost_descriptor(f); /* before the application takes it */
	const ProtobufCMessage *reply;
	struct arena arena;
	LONG result = LINEERR_OPERATIONFAILED;

	arena_init(&arena, MESSAGE_MAX);
	reply = arena_unpack(&arena, rule->reply, f->body, f->h.length);
	if (reply && rule->number == CALL_LineGetLineDevStatus)
		keep_reason(r, (const LineGetLineDevStatusReply *)reply);
	if (reply)
		result = answer_fill(a, &r->fill.outs, reply, async ? ANSWER_RETURN : ANSWER_SYNC,
				&f->fd, async ? &r->pending->made : &none);
	if (reply && lost) {
		result = LINEERR_RESOURCEUNAVAIL;
		reason_set(&r->request.reason, TAPIX_LAYER_CLIENT, "descriptors",
				"this program has no descriptor left for the answer");
	} else if (result)
		reason_set(&r->request.reason, TAPIX_LAYER_CLIENT,
				result == LINEERR_STRUCTURETOOSMALL ? "structure" : "answer",
				result == LINEERR_STRUCTURETOOSMALL
						? "the structure is too small for the answer"
						: "the answer could not be taken");
	if (result && async)
		pending_settle(a, r->pending, false);
	arena_fini(&arena);
	return result;
}

static LONG returned(struct app *a, struct request *q, struct frame *f)
{
	struct running *r = q->arg;
	LONG result;

	if (!still_there(&r->fill))
		return lost_meanwhile(q, r->fill.call != NULL);
	result = fill_answer(a, r, f);
	if (result)
		return result;
	if (r->pending) {
		keep_pending(r, true);
		return (LONG)q->serial;
	}
	for (size_t i = 0; i < sizeof(after) / sizeof(after[0]); i++)
		if (after[i].number == q->rule->number)
			after[i].then(r);
	return 0;
}

/* A daemon that was started again may not know a call that the application holds, and has said that
 * it is IDLE: nothing is left of it but the handle. */
static LONG deallocate_lost(struct running *r, LONG result)
{
	if (result != LINEERR_INVALCALLHANDLE || !still_there(&r->fill))
		return result;
	after_deallocate(r);
	return 0;
}

/* Nothing more is said of such a call, and there is nothing that could be refused: the answer need
 * not be awaited. */
static bool is_given_back(const struct running *r)
{
	const struct call *c = r->fill.call;

	return r->fill.outs.rule->number == CALL_LineDeallocateCall && c &&
	       c->state & LINECALLSTATE_IDLE && !c->hub && c->line->api_version >= 0x00020000 &&
	       r->fill.app->state == LINK_ONLINE;
}

/* False: it is to be asked and awaited. */
static bool give_back(struct running *r)
{
	if (!is_given_back(r) || request_post(r->fill.app, CALL_LineDeallocateCall, r->fill.open,
						 r->fill.message))
		return false;
	if (still_there(&r->fill))
		after_deallocate(r);
	return true;
}

/* --- the call --- */

/* TAPI: without a buffer the number does not count, with one it must not be 0. */
static LONG check_gather(struct fill *f)
{
	LineGatherDigits *m = (void *)f->message;

	if (!f->outs.args[2].as.out)
		m->digits = 0;
	else if (!m->digits)
		return fail(LINEERR_INVALPARAM, "dwNumDigits",
				"no digit is to be gathered into the buffer");
	return 0;
}

static LONG prepare(struct running *r)
{
	struct fill *f = &r->fill;
	const struct rule *rule = f->outs.rule;
	LONG result = fill_request(f);

	if (!result && rule->number == CALL_LineGatherDigits)
		result = check_gather(f);
	if (result)
		return result;
	r->request = (struct request){
		.rule = rule, .open = f->open, .returned = returned, .arg = r
	};
	if (rule->kind == KIND_ASYNC)
		r->pending = mem_new(struct pending);
	if (rule->number == CALL_LineGatherDigits)
		r->gather = mem_new(struct gather);
	if ((rule->kind == KIND_ASYNC && !r->pending) ||
			(rule->number == CALL_LineGatherDigits && !r->gather))
		return fail(LINEERR_NOMEM, "ENOMEM", "no memory for a request");
	if (r->pending)
		list_init(&r->pending->link);
	return request_pack(&r->request, f->message, f->arena);
}

/* What is asked of each of many calls, one after the other. As far as this side knows the daemon
 * will not refuse it, and the application has other messages to go on with: it need not wait until
 * the provider has said that it begins. */
static bool is_likely(const struct running *r)
{
	const struct rule *rule = r->fill.outs.rule;
	const struct call *c = r->fill.call;
	const struct app *a = r->fill.app;
	bool drops = rule->number == CALL_LineDrop;

	if (!drops && rule->number != CALL_LineAnswer && rule->number != CALL_LineAccept)
		return false;
	if (!c || c->privilege != LINECALLPRIVILEGE_OWNER || list_empty(&a->queue))
		return false;
	if (drops)
		return !(c->state & LINECALLSTATE_IDLE);
	return c->state & rule->states && !a->queued_of_is_less && !map_find(&a->queued_of, c->id);
}

static LONG start_or_run(struct running *r)
{
	if (!is_likely(r) || !request_start(r->fill.app, &r->request))
		return request_run(r->fill.app, &r->request);
	keep_pending(r, false);
	return (LONG)r->request.serial;
}

/* The calls whose handles end with lineClose or lineDeallocateCall, for the hooks. */
struct ending {
	HCALL calls[ENDING_MAX];
	unsigned count;
};

static void note_ending(const struct running *r, struct ending *e)
{
	const struct fill *f = &r->fill;
	const struct call *c;
	size_t cursor = 0;

	e->count = 0;
	if (f->outs.rule->number == CALL_LineDeallocateCall && f->call)
		e->calls[e->count++] = f->call->handle;
	if (f->outs.rule->number != CALL_LineClose || list_empty(&f->app->sinks))
		return;
	while (e->count < ENDING_MAX && (c = map_next(&f->app->calls, &cursor)))
		if (c->line == f->outs.line && !c->pending)
			e->calls[e->count++] = c->handle;
}

/* Locked. With what the hooks of tapi3/ want to know. */
static LONG run_prepared(struct running *r)
{
	struct app *a = r->fill.app;
	struct sink *making = NULL;
	HLINE line = r->fill.line_handle;
	struct ending ending;
	LONG result;

	note_ending(r, &ending);
	if (r->fill.outs.rule->number == CALL_LineMakeCall)
		making = sinks_making(a, line, r->fill.outs.args[4].as.in);
	result = give_back(r) ? 0 : start_or_run(r);
	if (r->fill.outs.rule->number == CALL_LineDeallocateCall)
		result = deallocate_lost(r, result);
	if (making)
		sink_tell_made(making, a, line, result);
	if (result == 0 && r->fill.outs.rule->number == CALL_LineGetLineDevStatus)
		(void)fail_with(0, &r->request.reason);
	for (unsigned i = 0; result == 0 && i < ending.count; i++)
		sinks_gone(a, ending.calls[i]);
	return result;
}

LONG call_run(unsigned number, const char *function, const struct arg args[ARG_MAX])
{
	const struct rule *rule = rule_find((uint16_t)number);
	struct running r = { .fill = { .outs = { .rule = rule } } };
	struct arena arena;
	LONG result;

	result = find_app(rule, args, &r.fill.app);
	if (result)
		return rule_is_phone(rule) ? phone_error(result) : result;
	arena_init(&arena, MESSAGE_MAX);
	r.fill.arena = &arena;
	memcpy(r.fill.outs.args, args, sizeof(r.fill.outs.args));
	app_lock(r.fill.app);
	result = prepare(&r);
	trace_hop(TRACE_APP, function, r.fill.object, "%s", result ? "refused by libtapi" : "");
	if (!result)
		result = run_prepared(&r);
	app_unlock(r.fill.app);
	mem_free(r.pending);
	mem_free(r.gather);
	arena_fini(&arena);
	app_give_back(r.fill.app);
	return rule_is_phone(rule) ? phone_error(result) : result;
}
