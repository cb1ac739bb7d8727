// SPDX-License-Identifier: MIT
/* fill.c - arguments become a request: for each field of the request's descriptor the argument at
 * the position of its tag; handles become objects, structures go through flat_read. */
#include "libtapi/call.h"

#include "wire/flat.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { LIST_MAX = 4096 };

const ProtobufCFieldDescriptor *fill_field(const ProtobufCMessageDescriptor *d, const char *name)
{
	return protobuf_c_message_descriptor_get_field_by_name(d, name);
}

static const ProtobufCFieldDescriptor *field_at(const ProtobufCMessageDescriptor *d,
		size_t position)
{
	return protobuf_c_message_descriptor_get_field(d, (unsigned)position);
}

static const struct arg *arg_of(const struct fill *f, const ProtobufCFieldDescriptor *field)
{
	assert(field->id >= 1 && field->id <= ARG_MAX);
	return &f->outs.args[field->id - 1];
}

static void *member(const struct fill *f, const ProtobufCFieldDescriptor *field)
{
	return (char *)f->message + field->offset;
}

static void set_present(const struct fill *f, const ProtobufCFieldDescriptor *field)
{
	protobuf_c_boolean yes = 1;

	memcpy((char *)f->message + field->quantifier_offset, &yes, sizeof(yes));
}

/* Objects are sent also when 0, numbers are not. */
static void set_call(const struct fill *f, const ProtobufCFieldDescriptor *field, uint64_t v)
{
	memcpy(member(f, field), &v, sizeof(v));
	set_present(f, field);
}

static void set_device(const struct fill *f, const ProtobufCFieldDescriptor *field, uint32_t v)
{
	memcpy(member(f, field), &v, sizeof(v));
	set_present(f, field);
}

static void set_number(const struct fill *f, const ProtobufCFieldDescriptor *field, uint32_t v)
{
	if (v)
		set_device(f, field, v);
}

static LONG null_argument(const ProtobufCFieldDescriptor *field)
{
	return fail(LINEERR_INVALPOINTER, "NULL", "argument %u (%s) is NULL", field->id,
			field->name);
}

static bool is_pointer(const struct arg *arg)
{
	return arg->kind != ARG_NONE && arg->kind != ARG_NUMBER && arg->kind != ARG_WORD &&
	       arg->kind != ARG_APP;
}

/* --- objects --- */

static bool names_device(const ProtobufCFieldDescriptor *field)
{
	return strcmp(field->name, "device") == 0;
}

static LONG bad_call(const ProtobufCFieldDescriptor *field, uint32_t handle)
{
	LONG code = LINEERR_INVALCALLHANDLE;

	if (strcmp(field->name, "conf_call") == 0)
		code = LINEERR_INVALCONFCALLHANDLE;
	else if (strcmp(field->name, "consult_call") == 0)
		code = LINEERR_INVALCONSULTCALLHANDLE;
	return fail(code, "handle",
			"argument %u: %#x is not the handle of a call, or not valid before its "
			"LINE_REPLY",
			field->id, handle);
}

/* dwSelect (or an absent call) says which of line and call counts. */
static bool counts(const struct fill *f, const ProtobufCFieldDescriptor *field)
{
	const ProtobufCMessageDescriptor *d = f->outs.rule->request;
	const ProtobufCFieldDescriptor *line = fill_field(d, "line");
	const ProtobufCFieldDescriptor *call = line ? fill_field(d, "call") : NULL;
	const ProtobufCFieldDescriptor *select;

	if (!call)
		return true;
	select = f->outs.rule->objects == ON_SELECT ? fill_field(d, "select") : NULL;
	if (select) {
		bool by_call = arg_of(f, select)->as.number == LINECALLSELECT_CALL;

		return by_call == (field == call);
	}
	if (field == call)
		return arg_of(f, call)->as.number != 0;
	return f->outs.rule->number != CALL_LineSetupConference || !arg_of(f, call)->as.number;
}

static LONG fill_call(struct fill *f, const ProtobufCFieldDescriptor *field)
{
	uint32_t handle = arg_of(f, field)->as.number;
	struct call *c = handle_object(f->app, handle, HANDLE_CALL);

	if (!c || c->pending)
		return bad_call(field, handle);
	if (!f->call) {
		f->call = c;
		f->object = c->id;
		f->outs.line = c->line;
		f->open = c->line->open;
		f->call_handle = handle;
		f->line_handle = c->line->handle;
	}
	set_call(f, field, c->id);
	return 0;
}

static LONG fill_line(struct fill *f, const ProtobufCFieldDescriptor *field)
{
	uint32_t handle = arg_of(f, field)->as.number;
	bool phone = strcmp(field->name, "phone") == 0;
	struct line *l = handle_object(f->app, handle, phone ? HANDLE_PHONE : HANDLE_LINE);

	if (!l)
		return fail(LINEERR_INVALLINEHANDLE, "handle",
				"%#x is not the handle of an open %s", handle,
				phone ? "phone" : "line");
	f->outs.line = l;
	f->open = l->open;
	f->line_handle = handle;
	if (!f->object)
		f->object = l->device;
	set_device(f, field, l->device);
	return 0;
}

static LONG fill_object(struct fill *f, const ProtobufCFieldDescriptor *field)
{
	assert(arg_of(f, field)->kind == ARG_NUMBER);
	if (field->type == PROTOBUF_C_TYPE_FIXED64)
		return counts(f, field) ? fill_call(f, field) : 0;
	if (names_device(field)) {
		f->object = arg_of(f, field)->as.number;
		set_device(f, field, arg_of(f, field)->as.number);
		return 0;
	}
	return counts(f, field) ? fill_line(f, field) : 0;
}

static bool is_object(const ProtobufCFieldDescriptor *field)
{
	return field->label != PROTOBUF_C_LABEL_REPEATED &&
	       (field->type == PROTOBUF_C_TYPE_FIXED64 || field->type == PROTOBUF_C_TYPE_FIXED32);
}

/* --- sizes --- */

/* Belongs to no field, so it says how long its neighbour is. */
static bool is_size(const struct fill *f, size_t position)
{
	const struct rule *rule = f->outs.rule;

	return position >= 1 && position <= ARG_MAX &&
	       f->outs.args[position - 1].kind == ARG_NUMBER &&
	       !field_at(rule->request, position) && !field_at(rule->reply, position);
}

/* Only lists have theirs before them: lineSetDevConfig has a size before the name of a class. */
static bool has_count(const struct fill *f, const ProtobufCFieldDescriptor *field, uint32_t *out)
{
	size_t next = field->id + 1U, before = field->id - 1U;
	bool found = true;

	if (is_size(f, next))
		*out = f->outs.args[next - 1].as.number;
	else if (field->label == PROTOBUF_C_LABEL_REPEATED && is_size(f, before))
		*out = f->outs.args[before - 1].as.number;
	else
		found = false;
	return found;
}

static uint32_t first_slot(const void *structure)
{
	uint32_t v;

	memcpy(&v, structure, sizeof(v));
	return v;
}

/* LINEREQMAKECALL and LINEREQMEDIACALL have no size member and no size argument. */
static uint32_t request_buffer_size(const struct fill *f)
{
	return f->outs.args[1].as.number == LINEREQUESTMODE_MAKECALL
			       ? (uint32_t)sizeof(LINEREQMAKECALL)
			       : (uint32_t)sizeof(LINEREQMEDIACALL);
}

static uint32_t buffer_size(const struct fill *f, const ProtobufCFieldDescriptor *field)
{
	const struct arg *arg = arg_of(f, field);
	uint32_t size;

	if (has_count(f, field, &size))
		return size;
	if (f->outs.rule->number == CALL_LineGetRequest)
		return request_buffer_size(f);
	return arg->as.in ? first_slot(arg->as.in) : 0;
}

/* --- values --- */

static LONG fill_number(struct fill *f, const ProtobufCFieldDescriptor *field)
{
	const struct arg *arg = arg_of(f, field);
	uint32_t value = arg->as.number;

	if (is_pointer(arg)) {
		value = arg->as.in ? buffer_size(f, field) : 0;
		f->outs.sizes[field->id - 1] = value;
	}
	set_number(f, field, value);
	return 0;
}

static LONG fill_string(struct fill *f, const ProtobufCFieldDescriptor *field)
{
	const struct arg *arg = arg_of(f, field);
	const char *text = arg->as.in;
	uint32_t size = 0;
	size_t length;
	char *copy;

	assert(arg->kind == ARG_TEXT || arg->kind == ARG_CHARS);
	if (!text)
		return has_count(f, field, &size) && size ? null_argument(field) : 0;
	length = has_count(f, field, &size) ? strnlen(text, size) : strlen(text);
	if (length > PAYLOAD_MAX)
		return fail(LINEERR_INVALPARAM, "too long", "argument %u (%s) is too long",
				field->id, field->name);
	copy = arena_alloc(f->arena, length + 1);
	if (!copy)
		return fail(LINEERR_NOMEM, "ENOMEM", "no memory for a request");
	memcpy(copy, text, length);
	memcpy(member(f, field), &copy, sizeof(copy));
	return 0;
}

static LONG fill_bytes(struct fill *f, const ProtobufCFieldDescriptor *field)
{
	const struct arg *arg = arg_of(f, field);
	ProtobufCBinaryData bytes;

	assert(is_pointer(arg));
	if (!arg->as.in) /* on calls it is user-user information that need not be there */
		return rule_is_phone(f->outs.rule) && buffer_size(f, field) ? null_argument(field)
									    : 0;
	bytes.len = buffer_size(f, field);
	f->outs.sizes[field->id - 1] = (uint32_t)bytes.len;
	if (bytes.len > PAYLOAD_MAX)
		return fail(strcmp(field->name, "user_user_info") == 0 ? LINEERR_USERUSERINFOTOOBIG
								       : LINEERR_INVALPARAM,
				"too long", "argument %u (%s) has more than %d bytes", field->id,
				field->name, PAYLOAD_MAX);
	memcpy(&bytes.data, &arg->as.in, sizeof(bytes.data)); /* only read */
	memcpy(member(f, field), &bytes, sizeof(bytes));
	set_present(f, field);
	return 0;
}

static LONG flat_failed(int err, const ProtobufCFieldDescriptor *field)
{
	const char *why = "no memory";

	if (err == -EOVERFLOW)
		why = "its dwTotalSize is below its fixed part";
	else if (err == -EINVAL)
		why = "a size or an offset points outside of it";
	return fail(lineerr_from_errno(err), "structure", "argument %u (%s): %s", field->id,
			field->name, why);
}

static LONG fill_structure(struct fill *f, const ProtobufCFieldDescriptor *field)
{
	const ProtobufCMessageDescriptor *d = field->descriptor;
	struct flat_hooks hooks = { .version = f->outs.version };
	const void *p = arg_of(f, field)->as.in;
	ProtobufCMessage *sub = NULL;
	size_t size;
	int err;

	assert(is_pointer(arg_of(f, field)));
	if (!p) /* most are parameters that need not be there */
		return f->outs.rule->number == CALL_PhoneSetButtonInfo ? null_argument(field) : 0;
	size = flat_header_slots(d) ? first_slot(p) : flat_fixed_size(d, hooks.version);
	err = flat_read(d, p, size, &hooks, f->arena, &sub);
	if (err)
		return flat_failed(err, field);
	memcpy(member(f, field), &sub, sizeof(sub));
	return 0;
}

static LONG fill_list(struct fill *f, const ProtobufCFieldDescriptor *field)
{
	struct flat_hooks hooks = { .version = f->outs.version };
	const void *p = arg_of(f, field)->as.in;
	ProtobufCMessage **list = NULL;
	uint32_t given = 0;
	size_t count;
	int err;

	assert(is_pointer(arg_of(f, field)));
	if (!has_count(f, field, &given) || !given || !p)
		return given && !p ? null_argument(field) : 0;
	if (given > LIST_MAX)
		return fail(LINEERR_INVALPARAM, "too long", "argument %u (%s) has %u entries",
				field->id, field->name, given);
	err = flat_read_array(field->descriptor, p, given, &hooks, f->arena, &list);
	if (err)
		return flat_failed(err, field);
	count = given;
	memcpy(member(f, field), &list, sizeof(list));
	memcpy((char *)f->message + field->quantifier_offset, &count, sizeof(count));
	return 0;
}

static LONG fill_value(struct fill *f, const ProtobufCFieldDescriptor *field)
{
	if (field->label == PROTOBUF_C_LABEL_REPEATED)
		return fill_list(f, field);
	switch (field->type) {
	case PROTOBUF_C_TYPE_UINT32:
		return fill_number(f, field);
	case PROTOBUF_C_TYPE_STRING:
		return fill_string(f, field);
	case PROTOBUF_C_TYPE_BYTES:
		return fill_bytes(f, field);
	case PROTOBUF_C_TYPE_MESSAGE:
		return fill_structure(f, field);
	default:
		assert(false && "a kind of field that no request has");
		return LINEERR_OPERATIONFAILED;
	}
}

/* --- the whole --- */

/* Out-arguments that may be NULL. */
static bool may_be_null(const struct fill *f, unsigned position)
{
	static const struct {
		unsigned number, position;
	} optional[] = {
		{ CALL_LinePark, 4 },             /* only for LINEPARKMODE_NONDIRECTED */
		{ CALL_LineCompleteTransfer, 3 }, /* only for LINETRANSFERMODE_CONFERENCE */
		{ CALL_LineGetAppPriority, 5 }, { CALL_LineGatherDigits, 3 }, /* only cancels */
	};

	for (size_t i = 0; i < sizeof(optional) / sizeof(optional[0]); i++)
		if (optional[i].number == f->outs.rule->number && optional[i].position == position)
			return true;
	return false;
}

/* Before anything is done for an answer that has no place. */
static LONG check_room(const struct fill *f, const ProtobufCFieldDescriptor *field)
{
	const void *p = arg_of(f, field)->as.in;

	if (field->type != PROTOBUF_C_TYPE_MESSAGE || !flat_header_slots(field->descriptor) ||
			first_slot(p) >= flat_fixed_size(field->descriptor, f->outs.version))
		return 0;
	return fail(LINEERR_STRUCTURETOOSMALL, "structure",
			"argument %u (%s): its dwTotalSize is below its fixed part", field->id,
			field->name);
}

static LONG check_outs(const struct fill *f)
{
	const ProtobufCMessageDescriptor *d = f->outs.rule->reply;

	for (unsigned i = 0; i < d->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &d->fields[i];
		bool bytes = field->type == PROTOBUF_C_TYPE_BYTES; /* NULL with size 0 is right */
		uint32_t size = 0;
		LONG result = 0;

		if (rule_is_reason(field))
			continue;
		if (arg_of(f, field)->as.in)
			result = check_room(f, field);
		else if (!may_be_null(f, field->id) &&
				(!bytes || (has_count(f, field, &size) && size)))
			result = null_argument(field);
		if (result)
			return result;
	}
	return 0;
}

static void find_version(struct fill *f)
{
	static const char *const names[] = { "api_version", "app_api_version" };

	f->outs.version = f->outs.line ? f->outs.line->api_version : f->app->api_version;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const ProtobufCFieldDescriptor *field = fill_field(f->outs.rule->request, names[i]);

		if (field && arg_of(f, field)->kind == ARG_NUMBER && arg_of(f, field)->as.number)
			f->outs.version = arg_of(f, field)->as.number;
	}
}

static LONG check_select(const struct fill *f)
{
	const ProtobufCFieldDescriptor *select = fill_field(f->outs.rule->request, "select");
	uint32_t v = select ? arg_of(f, select)->as.number : 0;

	if (!select || v == LINECALLSELECT_LINE || v == LINECALLSELECT_ADDRESS ||
			v == LINECALLSELECT_CALL || v == LINECALLSELECT_DEVICEID)
		return 0;
	return fail(LINEERR_INVALCALLSELECT, "dwSelect", "%#x is not one LINECALLSELECT_ value", v);
}

LONG fill_request(struct fill *f)
{
	const ProtobufCMessageDescriptor *d = f->outs.rule->request;
	LONG result = check_select(f);

	f->message = arena_alloc(f->arena, d->sizeof_message);
	if (!f->message)
		return fail(LINEERR_NOMEM, "ENOMEM", "no memory for a request");
	protobuf_c_message_init(d, f->message);
	for (unsigned i = 0; !result && i < d->n_fields; i++)
		if (is_object(&d->fields[i]))
			result = fill_object(f, &d->fields[i]);
	find_version(f);
	if (!result)
		result = check_outs(f);
	for (unsigned i = 0; !result && i < d->n_fields; i++)
		if (!is_object(&d->fields[i]))
			result = fill_value(f, &d->fields[i]);
	return result;
}
