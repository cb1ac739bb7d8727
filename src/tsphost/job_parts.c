// SPDX-License-Identifier: MIT
/* job_parts.c - the tag is the slot: a field of the reply says by its type what the TSP writes
 * there. */
#define LOG_TOPIC "host"
#include "tsphost/job_parts.h"

#include "base/mem.h"
#include "tsphost/flatten.h"

#include <assert.h>
#include <string.h>

enum { TEXT_ROOM = 512 }; /* of a string that the TSP writes */

static const void *value_at(const struct job *j, const ProtobufCFieldDescriptor *f)
{
	return (const char *)j->request + f->offset;
}

static bool is_present(const struct job *j, const ProtobufCFieldDescriptor *f)
{
	protobuf_c_boolean has;

	memcpy(&has, (const char *)j->request + f->quantifier_offset, sizeof(has));
	return has;
}

static uint32_t number_at(const struct job *j, const ProtobufCFieldDescriptor *f)
{
	uint32_t v;

	memcpy(&v, value_at(j, f), sizeof(v));
	return v;
}

static LONG resolve_call(struct job *j, const ProtobufCFieldDescriptor *f, unsigned *count)
{
	uint64_t id;
	unsigned n = (*count)++;

	assert(n < sizeof(j->calls) / sizeof(j->calls[0]));
	memcpy(&id, value_at(j, f), sizeof(id));
	if (!is_present(j, f) || !id)
		return n == 0 && j->r->rule->objects == ON_CALL
				       ? job_refuse(j, FAULT_NO_CALL, "the request names no call")
				       : 0;
	j->calls[n] = call_find(j->host, id);
	if (!j->calls[n])
		return job_refuse(j, FAULT_NO_CALL, "the provider has no call %#llx",
				(unsigned long long)id);
	if (n == 0)
		j->r->object = id;
	return 0;
}

static LONG resolve_device(struct job *j, const ProtobufCFieldDescriptor *f)
{
	enum rule_objects objects = j->r->rule->objects;

	if (!is_present(j, f))
		return 0;
	j->device = number_at(j, f);
	if (!j->r->object)
		j->r->object = j->device;
	if (objects == ON_PHONE) {
		j->phone = phone_find(j->host, j->device);
		return j->phone ? 0
				: job_refuse(j, FAULT_NOT_OPEN, "phone %u is not open", j->device);
	}
	if (objects != ON_LINE && objects != ON_SELECT)
		return 0;
	j->line = line_find(j->host, j->device);
	return j->line ? 0 : job_refuse(j, FAULT_NOT_OPEN, "line %u is not open", j->device);
}

static uint32_t version_of(const struct job *j)
{
	const struct devices *d = j->r->rule->objects == ON_PHONE_DEVICE ? &j->host->phones_known
									 : &j->host->lines_known;
	const struct device *device;

	if (j->line)
		return j->line->version;
	if (j->phone)
		return j->phone->version;
	device = devices_find(d, j->device);
	return device && device->version ? device->version : j->host->version;
}

static LONG check_objects(struct job *j)
{
	if (!j->line && j->calls[0])
		j->line = j->calls[0]->line;
	switch (j->r->rule->objects) {
	case ON_LINE:
	case ON_SELECT:
		return j->line ? 0 : job_refuse(j, FAULT_NOT_OPEN, "the request names no line");
	case ON_PHONE:
		return j->phone ? 0 : job_refuse(j, FAULT_NOT_OPEN, "the request names no phone");
	case ON_NOTHING:
	case ON_CALL:
	case ON_DEVICE:
	case ON_PHONE_DEVICE:
		break;
	}
	return 0;
}

LONG parts_resolve(struct job *j)
{
	const ProtobufCMessageDescriptor *d = j->r->rule->request;
	unsigned calls = 0;
	LONG err = 0;

	for (unsigned i = 0; i < d->n_fields && !err; i++) {
		if (d->fields[i].type == PROTOBUF_C_TYPE_FIXED64)
			err = resolve_call(j, &d->fields[i], &calls);
		else if (d->fields[i].type == PROTOBUF_C_TYPE_FIXED32)
			err = resolve_device(j, &d->fields[i]);
	}
	if (!err)
		err = check_objects(j);
	if (err)
		return err;
	j->r->line = j->line;
	j->r->call = j->calls[0];
	j->r->phone = j->phone;
	j->r->version = version_of(j);
	return 0;
}

static LONG flatten_one(struct job *j, const ProtobufCFieldDescriptor *f, void **out)
{
	const struct flat_hooks hooks = { .version = j->r->version };
	const ProtobufCMessage *m;
	size_t size;

	memcpy(&m, value_at(j, f), sizeof(m));
	if (flat_build(m, &hooks, &j->host->arena, out, &size) < 0)
		return job_refuse(j, FAULT_NO_MEMORY, "no memory for %s", f->name);
	return 0;
}

static LONG flatten_array(struct job *j, const ProtobufCFieldDescriptor *f, void **out,
		uint32_t *count)
{
	const struct flat_hooks hooks = { .version = j->r->version };
	const ProtobufCMessageDescriptor *d = f->descriptor;
	ProtobufCMessage *const *list;
	size_t n;

	memcpy(&n, (const char *)j->request + f->quantifier_offset, sizeof(n));
	memcpy(&list, value_at(j, f), sizeof(list));
	if (!n)
		return 0;
	*out = arena_alloc(&j->host->arena, n * flat_fixed_size(d, hooks.version));
	if (!*out)
		return job_refuse(j, FAULT_NO_MEMORY, "no memory for %s", f->name);
	flat_write_array(d, list, n, *out, &hooks);
	*count = (uint32_t)n;
	return 0;
}

static LONG prepare_in(struct job *j, const ProtobufCFieldDescriptor *f)
{
	unsigned n = j->in_count++;

	assert(n < JOB_INS);
	j->ins[n].tag = f->id;
	return f->label == PROTOBUF_C_LABEL_REPEATED
			       ? flatten_array(j, f, &j->ins[n].data, &j->ins[n].count)
			       : flatten_one(j, f, &j->ins[n].data);
}

/* A synchronous get is made as large as it needs; an asynchronous one acts, so the caller's size
 * decides before it does. */
static LONG prepare_structure(struct job *j, struct out *o, const ProtobufCFieldDescriptor *asked)
{
	const ProtobufCMessageDescriptor *d = o->field->descriptor;
	size_t fixed = flat_fixed_size(d, 0);

	if (j->r->rule->kind == KIND_ASYNC && asked && !is_present(j, asked))
		return 0; /* NULL: whether the TSP needs it depends on what is asked */
	o->size = flat_header_slots(d) ? fixed + FLAT_ROOM : fixed;
	if (j->r->rule->kind == KIND_ASYNC && asked) {
		o->size = number_at(j, asked);
		if (o->size < flat_fixed_size(d, j->r->version))
			return job_refuse(j, FAULT_TOO_SMALL, "%u bytes are too few for %s",
					(unsigned)o->size, o->field->name);
		if (o->size > PAYLOAD_MAX)
			o->size = PAYLOAD_MAX;
	}
	o->data = mem_alloc(o->size);
	if (!o->data)
		return job_refuse(j, FAULT_NO_MEMORY, "no memory for %s", o->field->name);
	flatten_prepare(d, o->data, o->size, j->r->version);
	return 0;
}

/* Bytes: as many as asked for, or the request's own, which the TSP may change in place. */
static LONG prepare_bytes(struct job *j, struct out *o, const ProtobufCFieldDescriptor *asked)
{
	ProtobufCBinaryData given = { 0, NULL };

	if (o->field->type == PROTOBUF_C_TYPE_STRING)
		o->size = TEXT_ROOM;
	else if (asked && asked->type == PROTOBUF_C_TYPE_UINT32)
		o->size = number_at(j, asked);
	else if (asked && asked->type == PROTOBUF_C_TYPE_BYTES)
		memcpy(&given, value_at(j, asked), sizeof(given));
	if (given.len)
		o->size = given.len;
	if (o->size > PAYLOAD_MAX)
		return job_refuse(j, FAULT_BAD_PARAMETER, "%zu bytes are more than %d", o->size,
				PAYLOAD_MAX);
	if (!o->size)
		return 0;
	o->data = mem_zalloc(1, o->size);
	if (!o->data)
		return job_refuse(j, FAULT_NO_MEMORY, "no memory for %s", o->field->name);
	if (given.len)
		memcpy(o->data, given.data, given.len);
	return 0;
}

static LONG prepare_call(struct job *j, struct out *o)
{
	const struct frame_header *h = &j->frame->h;

	if (!j->line)
		return job_refuse(j, FAULT_NOT_OPEN, "the request names no line for its call");
	o->made = call_new(j->host, j->line);
	if (!o->made)
		return job_refuse(j, FAULT_NO_MEMORY, "no memory for a call");
	o->made->origin_session = h->origin_session;
	o->made->origin_serial = h->origin_serial;
	if (j->r->object <= UINT32_MAX) /* the call says more than its line */
		j->r->object = o->made->id;
	return 0;
}

static LONG prepare_out(struct job *j, const ProtobufCFieldDescriptor *f)
{
	const ProtobufCFieldDescriptor *asked =
			protobuf_c_message_descriptor_get_field(j->r->rule->request, f->id);
	struct out *o = &j->r->outs[j->r->out_count++];

	assert(j->r->out_count <= REQUEST_OUTS);
	o->field = f;
	switch (f->type) {
	case PROTOBUF_C_TYPE_MESSAGE:
		return prepare_structure(j, o, asked);
	case PROTOBUF_C_TYPE_BYTES:
	case PROTOBUF_C_TYPE_STRING:
		return prepare_bytes(j, o, asked);
	case PROTOBUF_C_TYPE_FIXED64:
		return prepare_call(j, o);
	default:
		return 0;
	}
}

/* Before the TSP acts, so that nothing can go wrong after it. */
static LONG prepare_reserved(struct job *j)
{
	const ProtobufCMessageDescriptor *d = j->r->rule->reply;

	j->reserved = arena_alloc(&j->host->arena, d->sizeof_message);
	if (!j->reserved)
		return job_refuse(j, FAULT_NO_MEMORY, "no memory for the answer");
	d->message_init(j->reserved);
	return 0;
}

LONG parts_prepare(struct job *j)
{
	const struct rule *rule = j->r->rule;
	LONG err = 0;

	if (rule->number == CALL_TspiProviderConfigured) /* its list is no structure of TAPI */
		return 0;
	for (unsigned i = 0; i < rule->request->n_fields && !err; i++)
		if (rule->request->fields[i].type == PROTOBUF_C_TYPE_MESSAGE)
			err = prepare_in(j, &rule->request->fields[i]);
	/* Gathered digits come with an event, into memory of their own (tags.h). */
	if (rule->number == CALL_LineGatherDigits)
		return err;
	for (unsigned i = 0; i < rule->reply->n_fields && !err; i++)
		if (!rule_is_reason(&rule->reply->fields[i]))
			err = prepare_out(j, &rule->reply->fields[i]);
	return err || rule->kind == KIND_SYNC ? err : prepare_reserved(j);
}

bool parts_grow(struct job *j)
{
	for (unsigned i = 0; i < j->r->out_count; i++) {
		struct out *o = &j->r->outs[i];
		size_t wanted = o->field->type == PROTOBUF_C_TYPE_MESSAGE
						? flatten_wants(o->field->descriptor, o->data,
								  o->size)
						: 0;
		void *data;

		if (!wanted || o->size >= FLAT_MAX)
			continue;
		if (wanted > FLAT_MAX)
			wanted = FLAT_MAX;
		data = mem_realloc(o->data, wanted);
		if (!data)
			return false; /* what fits is an answer, too */
		o->data = data;
		o->size = wanted;
		flatten_prepare(o->field->descriptor, o->data, o->size, j->r->version);
		return true;
	}
	return false;
}

ProtobufCMessage *parts_reserved(struct job *j)
{
	const protobuf_c_boolean yes = 1;

	for (unsigned i = 0; i < j->r->out_count; i++) {
		const struct out *o = &j->r->outs[i];
		char *m = (char *)j->reserved;

		if (!o->made)
			continue;
		memcpy(m + o->field->offset, &o->made->id, sizeof(o->made->id));
		memcpy(m + o->field->quantifier_offset, &yes, sizeof(yes));
		j->r->made[j->r->made_count++] = o->made->id;
	}
	return j->reserved;
}

HDRVCALL job_call(const struct job *j, unsigned n)
{
	return j->calls[n] ? j->calls[n]->hd : 0;
}

HDRVLINE job_line(const struct job *j)
{
	return j->line ? j->line->hd : 0;
}

HDRVPHONE job_phone(const struct job *j)
{
	return j->phone ? j->phone->hd : 0;
}

void *job_in(const struct job *j, uint32_t tag)
{
	for (unsigned i = 0; i < j->in_count; i++)
		if (j->ins[i].tag == tag)
			return j->ins[i].data;
	return NULL;
}

DWORD job_in_count(const struct job *j, uint32_t tag)
{
	for (unsigned i = 0; i < j->in_count; i++)
		if (j->ins[i].tag == tag)
			return j->ins[i].count;
	return 0;
}

DWORD *job_number(const struct job *j, uint32_t tag)
{
	return &request_out(j->r, tag)->number;
}

void *job_out(const struct job *j, uint32_t tag)
{
	return request_out(j->r, tag)->data;
}

DWORD job_out_size(const struct job *j, uint32_t tag)
{
	return (DWORD)request_out(j->r, tag)->size;
}

HTAPICALL job_made(const struct job *j, uint32_t tag)
{
	const struct call *c = request_out(j->r, tag)->made;

	return c ? c->handle : 0;
}

HDRVCALL *job_made_hd(const struct job *j, uint32_t tag)
{
	struct call *c = request_out(j->r, tag)->made;

	return c ? &c->hd : NULL;
}

void job_unmake(struct job *j, uint32_t tag)
{
	struct out *o = request_out(j->r, tag);

	if (o->made)
		call_free(j->host, o->made);
	o->made = NULL;
}
