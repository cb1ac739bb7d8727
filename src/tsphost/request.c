// SPDX-License-Identifier: MIT
/* request.c - the life of a request after its RETURN: exactly one COMPLETION, kept until the ACK.
 */
#define LOG_TOPIC "host"
#include "tsphost/request.h"

#include "base/mem.h"
#include "tsphost/flatten.h"
#include "tsphost/host.h"
#include "tsphost/reply.h"

#include <string.h>

void request_free(struct request *r)
{
	for (unsigned i = 0; i < r->out_count; i++)
		mem_free(r->outs[i].data);
	mem_free(r->reply);
	mem_free(r);
}

struct out *request_out(struct request *r, uint32_t tag)
{
	for (unsigned i = 0; i < r->out_count; i++)
		if (r->outs[i].field->id == tag)
			return &r->outs[i];
	return NULL;
}

static void set_value(ProtobufCMessage *m, const ProtobufCFieldDescriptor *f, const void *value,
		size_t size)
{
	memcpy((char *)m + f->offset, value, size);
}

static void set_has(ProtobufCMessage *m, const ProtobufCFieldDescriptor *f)
{
	const protobuf_c_boolean yes = 1;

	memcpy((char *)m + f->quantifier_offset, &yes, sizeof(yes));
}

static int collect_structure(const struct request *r, const struct out *o, struct arena *a,
		ProtobufCMessage *reply)
{
	ProtobufCMessage *part = NULL;
	int err;

	if (!o->data)
		return 0;
	err = flatten_read(o->field->descriptor, o->data, o->size, r->version, a, &part);

	if (err)
		return err;
	if (o->field->descriptor == &line_call_info__descriptor && r->call)
		reply_name_line((LineCallInfo *)part, r->call);
	set_value(reply, o->field, &part, sizeof(part));
	return 0;
}

static int collect_out(const struct request *r, const struct out *o, struct arena *a,
		ProtobufCMessage *reply)
{
	ProtobufCBinaryData bytes = { o->size, o->data };

	switch (o->field->type) {
	case PROTOBUF_C_TYPE_MESSAGE:
		return collect_structure(r, o, a, reply);
	case PROTOBUF_C_TYPE_BYTES:
		if (!o->size)
			return 0;
		set_value(reply, o->field, &bytes, sizeof(bytes));
		set_has(reply, o->field);
		return 0;
	case PROTOBUF_C_TYPE_STRING:
		((char *)o->data)[o->size - 1] = '\0';
		set_value(reply, o->field, &o->data, sizeof(o->data));
		return 0;
	default:
		if (!o->number)
			return 0;
		set_value(reply, o->field, &o->number, sizeof(o->number));
		set_has(reply, o->field);
		return 0;
	}
}

LONG request_collect(struct request *r, struct arena *a, ProtobufCMessage **reply)
{
	ProtobufCMessage *m = arena_alloc(a, r->rule->reply->sizeof_message);

	if (!m)
		return LINEERR_NOMEM;
	r->rule->reply->message_init(m);
	*reply = m;
	for (unsigned i = 0; i < r->out_count; i++) {
		const struct out *o = &r->outs[i];

		if (o->field->type == PROTOBUF_C_TYPE_FIXED64)
			continue;
		if (collect_out(r, o, a, m) < 0) {
			reason_set(&r->reason, "malformed",
					"the provider answered %s with a malformed %s",
					r->rule->name, o->field->name);
			return LINEERR_OPERATIONFAILED;
		}
	}
	return 0;
}

/* The TSP answered "done": every call that it made needs a handle of its own. */
static LONG check_made(struct host *h, struct request *r)
{
	for (unsigned i = 0; i < r->out_count; i++) {
		struct out *o = &r->outs[i];

		if (!o->made || o->made->hd)
			continue;
		log_warn("%s: completed %s without a handle for its call", h->provider,
				r->rule->name);
		reason_set(&r->reason, "no handle",
				"the provider completed %s without a handle for its call",
				r->rule->name);
		return LINEERR_OPERATIONFAILED;
	}
	return 0;
}

/* A call whose making failed is closed in the TSP too; TSPs tolerate it. */
static void discard_made(struct host *h, struct request *r)
{
	for (unsigned i = 0; i < r->out_count; i++) {
		struct call *c = r->outs[i].made;

		r->outs[i].made = NULL;
		if (!c)
			continue;
		if (c->hd && h->tsp.lineCloseCall && !call_is_over(c))
			(void)h->tsp.lineCloseCall(c->hd);
		c->closed = true;
		h->reap = true;
	}
}

static LONG judge(struct host *h, struct request *r, LONG result, ProtobufCMessage **reply)
{
	if (result > 0) {
		log_warn("%s: completed %s with %#lx, which is no error code", h->provider,
				r->rule->name, (unsigned long)result);
		reason_set(&r->reason, "bad result",
				"the provider completed %s with %#lx, which is no error code",
				r->rule->name, (unsigned long)result);
		return LINEERR_OPERATIONFAILED;
	}
	if (!result)
		result = check_made(h, r);
	if (!result)
		result = request_collect(r, &h->turn_arena, reply);
	return result;
}

/* Keeps the packed reply for a core that comes after this one. */
static void keep_reply(struct request *r, const ProtobufCMessage *reply)
{
	size_t size = reply ? protobuf_c_message_get_packed_size(reply) : 0;

	if (!size)
		return;
	r->reply = mem_alloc(size);
	if (!r->reply)
		return;
	r->reply_size = protobuf_c_message_pack(reply, r->reply);
}

void request_complete(struct host *h, struct request *r, LONG result)
{
	ProtobufCMessage *reply = NULL;

	if (!r->rule) {
		list_remove(&r->link);
		request_free(r);
		return;
	}
	arena_reset(&h->turn_arena, MESSAGE_MAX);
	r->result = judge(h, r, result, &reply);
	if (r->result) {
		reply = NULL;
		discard_made(h, r);
		reply_explain(&r->reason, r->rule, r->result);
	}
	r->completed = true;
	r->line = NULL;
	r->call = NULL;
	r->phone = NULL;
	keep_reply(r, reply);
	for (unsigned i = 0; i < r->out_count; i++)
		r->outs[i].made = NULL;
	reply_send(h, FRAME_COMPLETION, r, reply, -1);
}

static bool may_still_be_written(const struct request *r)
{
	for (unsigned i = 0; i < r->out_count; i++)
		if (r->outs[i].field->type != PROTOBUF_C_TYPE_FIXED64)
			return true;
	return false;
}

void request_fail_left(struct host *h, const struct line *l, const struct call *c,
		const struct phone *p)
{
	list_for_safe(i, &h->requests) {
		struct request *r = list_entry(i, struct request, link);

		if (r->completed || !((l && r->line == l) || (c && r->call == c) ||
						    (p && r->phone == p)))
			continue;
		if (inbox_has_completed(h->inbox, r)) { /* in time; its turn would come */
			inbox_forget(h->inbox, r);
			request_complete(h, r, r->done.result);
			continue;
		}
		r->abandoned = may_still_be_written(r);
		if (!r->abandoned)
			inbox_forget(h->inbox, r);
		reason_set(&r->reason, "closed",
				"the %s was closed before the provider had completed this",
				c   ? "call"
				: l ? "line"
				    : "phone");
		request_complete(h, r, p ? PHONEERR_OPERATIONFAILED : LINEERR_OPERATIONFAILED);
	}
}

void request_late(struct host *h, struct request *r)
{
	log_warn("%s: late completion of %s ignored", h->provider, r->rule->name);
	inbox_forget(h->inbox, r);
	r->abandoned = false;
	if (!r->acknowledged)
		return;
	list_remove(&r->link);
	request_free(r);
}

void request_acknowledged(struct host *h, uint32_t serial)
{
	list_for_safe(i, &h->requests) {
		struct request *r = list_entry(i, struct request, link);

		if (!r->completed || r->acknowledged || r->h.serial != serial)
			continue;
		r->acknowledged = true;
		if (r->abandoned)
			return;
		list_remove(&r->link);
		request_free(r);
		return;
	}
}

static void send_snapshot(struct host *h, struct request *r)
{
	struct frame_header header = { .kind = FRAME_SNAPSHOT };
	SnapshotRequest request = SNAPSHOT_REQUEST__INIT;
	Snapshot snapshot = SNAPSHOT__INIT;
	Failure failure;

	request.has_serial = request.has_kind = 1;
	request.serial = r->h.serial;
	request.kind = r->h.kind;
	request.has_origin_session = request.has_origin_serial = 1;
	request.origin_session = r->h.origin_session;
	request.origin_serial = r->h.origin_serial;
	request.has_completed = 1;
	request.completed = r->completed;
	request.calls = r->made;
	request.n_calls = r->made_count;
	request.has_result = r->completed;
	request.result = r->result;
	request.has_reply = r->reply_size != 0;
	request.reply.data = r->reply;
	request.reply.len = r->reply_size;
	if (r->completed && r->result) {
		reason_message(&r->reason, &failure);
		request.reason = &failure;
	}
	snapshot.request = &request;
	host_send(h, &header, &snapshot.base);
}

void request_send_snapshots(struct host *h)
{
	list_for(i, &h->requests) {
		struct request *r = list_entry(i, struct request, link);

		if (r->rule && !r->acknowledged)
			send_snapshot(h, r);
	}
}
