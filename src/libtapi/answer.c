// SPDX-License-Identifier: MIT
/* answer.c - replies become out-arguments: for each field of the reply's descriptor the argument at
 * the position of its tag; objects become handles, structures go through flat_write. */
#include "libtapi/call.h"

#include "base/mem.h"
#include "wire/flat.h"

#include <errno.h>
#include <string.h>

enum { LOCATION_CODE_SIZE = 8 }; /* of tapiGetLocationInfo's buffers */

struct filling {
	struct app *app;
	const struct outs *outs;
	const ProtobufCMessage *reply;
	int *fd;
	struct made_calls *made;
	bool reserve; /* calls that are made here are not valid yet */
};

static const void *member(const ProtobufCMessage *m, const ProtobufCFieldDescriptor *field)
{
	return (const char *)m + field->offset;
}

static void *out_of(const struct filling *f, const ProtobufCFieldDescriptor *field)
{
	return f->outs->args[field->id - 1].as.out;
}

/* The handle of a call that a request has made or found; 0: no memory, or no line for it. */
static uint32_t handle_of(const struct filling *f, uint64_t id, bool pending)
{
	struct call *c = id ? map_find(&f->app->calls, id) : NULL;

	if (!c && id && f->outs->line) {
		c = call_new(f->outs->line, id);
		if (c) {
			c->pending = pending;
			c->privilege = LINECALLPRIVILEGE_OWNER;
		}
	}
	return c ? c->handle : 0;
}

static LONG fill_call(const struct filling *f, const ProtobufCFieldDescriptor *field)
{
	uint32_t handle;
	uint64_t id;

	memcpy(&id, member(f->reply, field), sizeof(id));
	for (unsigned n = 0; n < f->made->count; n++)
		if (f->made->id[n] == id)
			return 0; /* reserved at the RETURN */
	handle = handle_of(f, id, f->reserve);
	if (id && !handle)
		return LINEERR_NOMEM;
	if (id && f->made->count < 2)
		f->made->id[f->made->count++] = id;
	if (id || f->reserve)
		memcpy(out_of(f, field), &handle, sizeof(handle));
	return 0;
}

static LONG fill_string(const struct filling *f, const ProtobufCFieldDescriptor *field)
{
	char *to = out_of(f, field);
	const char *text;
	size_t n;

	memcpy(&text, member(f->reply, field), sizeof(text));
	n = text ? strlen(text) : 0;
	if (n >= LOCATION_CODE_SIZE)
		n = LOCATION_CODE_SIZE - 1;
	memcpy(to, text ? text : "", n);
	to[n] = '\0';
	return 0;
}

static LONG fill_bytes(const struct filling *f, const ProtobufCFieldDescriptor *field)
{
	size_t room = f->outs->sizes[field->id - 1];
	ProtobufCBinaryData bytes;

	memcpy(&bytes, member(f->reply, field), sizeof(bytes));
	if (bytes.len && bytes.len <= room)
		memcpy(out_of(f, field), bytes.data, bytes.len);
	return bytes.len > room ? LINEERR_STRUCTURETOOSMALL : 0;
}

struct listing {
	const struct filling *f;
	bool failed;
};

/* lineGetNewCalls and lineGetConfRelatedCalls give handles, with the privilege of a monitor. */
static uint32_t list_handle(void *arg, uint64_t object)
{
	struct listing *l = arg;
	bool held = map_find(&l->f->app->calls, object) != NULL;
	uint32_t handle = handle_of(l->f, object, false);
	struct call *c = handle ? map_find(&l->f->app->calls, object) : NULL;

	if (c && !held)
		c->privilege = LINECALLPRIVILEGE_MONITOR;
	if (!c)
		l->failed = true;
	return handle;
}

/* LINECALLINFO.hLine is this application's handle of the line. */
static void set_line(const struct filling *f, ProtobufCMessage *structure)
{
	if (structure->descriptor == &line_call_info__descriptor) {
		LineCallInfo *info = (LineCallInfo *)structure;

		info->has_line = f->outs->line != NULL;
		info->line = f->outs->line ? f->outs->line->handle : 0;
	}
}

/* Classes of devices that are opened come with a descriptor: as a HANDLE before the name. */
/* Of no other function does the application know that there is one to close. */
static bool gives_descriptor(const struct rule *rule)
{
	return rule->number == CALL_LineGetId || rule->number == CALL_PhoneGetId;
}

static LONG prepend_descriptor(const struct filling *f, ProtobufCMessage *structure, void **block)
{
	VarString *v = (VarString *)structure;
	HANDLE handle;
	uint8_t *bytes;

	*block = NULL;
	if (!f->fd || *f->fd < 0 || !gives_descriptor(f->outs->rule) ||
			structure->descriptor != &var_string__descriptor)
		return 0;
	bytes = mem_alloc(sizeof(handle) + v->string.len);
	if (!bytes)
		return LINEERR_NOMEM;
	handle = *f->fd;
	memcpy(bytes, &handle, sizeof(handle));
	if (v->string.len)
		memcpy(bytes + sizeof(handle), v->string.data, v->string.len);
	v->has_string = 1;
	v->string.data = bytes;
	v->string.len += sizeof(handle);
	*block = bytes;
	return 0;
}

static LONG fill_structure(const struct filling *f, const ProtobufCFieldDescriptor *field)
{
	const ProtobufCMessageDescriptor *d = field->descriptor;
	struct listing listing = { f, false };
	struct flat_hooks hooks = {
		.version = f->outs->version, .handle = list_handle, .arg = &listing
	};
	size_t size, needed = 0;
	ProtobufCMessage *structure;
	void *block = NULL;
	LONG result = 0;
	int err;

	memcpy(&structure, member(f->reply, field), sizeof(structure));
	if (structure) {
		set_line(f, structure);
		result = prepend_descriptor(f, structure, &block);
	}
	size = flat_header_slots(d) ? f->outs->sizes[field->id - 1]
				    : flat_fixed_size(d, hooks.version);
	err = result ? 0 : flat_write(d, structure, out_of(f, field), size, &hooks, &needed);
	if (err)
		result = lineerr_from_errno(err);
	else if (!result && needed > size && d == &line_call_list__descriptor)
		result = LINEERR_STRUCTURETOOSMALL;
	else if (listing.failed)
		result = LINEERR_NOMEM;
	if (block && !result && needed <= size)
		*f->fd = -1; /* the application's now */
	mem_free(block);
	return result;
}

static LONG fill_one(const struct filling *f, const ProtobufCFieldDescriptor *field)
{
	if (!out_of(f, field))
		return 0;
	switch (field->type) {
	case PROTOBUF_C_TYPE_FIXED64:
		return fill_call(f, field);
	case PROTOBUF_C_TYPE_UINT32:
		memcpy(out_of(f, field), member(f->reply, field), sizeof(uint32_t));
		return 0;
	case PROTOBUF_C_TYPE_STRING:
		return fill_string(f, field);
	case PROTOBUF_C_TYPE_BYTES:
		return fill_bytes(f, field);
	case PROTOBUF_C_TYPE_MESSAGE:
		return fill_structure(f, field);
	default:
		return LINEERR_OPERATIONFAILED;
	}
}

LONG answer_fill(struct app *a, const struct outs *o, const ProtobufCMessage *reply,
		enum answer_stage stage, int *fd, struct made_calls *made)
{
	const ProtobufCMessageDescriptor *d = reply->descriptor;
	struct filling f = { a, o, reply, fd, made, stage == ANSWER_RETURN };
	LONG result = 0;

	for (unsigned i = 0; !result && i < d->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &d->fields[i];

		if (rule_is_reason(field))
			continue;
		if (stage != ANSWER_RETURN || field->type == PROTOBUF_C_TYPE_FIXED64)
			result = fill_one(&f, field);
	}
	return result;
}
