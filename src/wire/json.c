// SPDX-License-Identifier: MIT
/* json.c - walks descriptors and appends to a buffer that may be too small; the length counts on.
 */
#include "wire/json.h"

#include "wire/calls.h"
#include "wire/names.h"
#include "wire/utf8.h"

#include "call_descriptors.h"
#include "tapi.pb-c.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct text {
	char *buf;
	size_t size, length;
};

static void put(struct text *t, const char *s, size_t n)
{
	if (t->length < t->size) {
		size_t room = t->size - t->length;

		memcpy(t->buf + t->length, s, n < room ? n : room);
	}
	t->length += n;
}

static void puts_at(struct text *t, const char *s)
{
	put(t, s, strlen(s));
}

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static void
print(struct text *t, const char *fmt, ...)
{
	char line[64];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	puts_at(t, line);
}

static void put_string(struct text *t, const char *string)
{
	puts_at(t, "\"");
	for (const char *s = string; *s;) {
		uint8_t c = (uint8_t)*s;
		size_t n = utf8_length(s);

		if (!n)
			puts_at(t, "\xef\xbf\xbd");
		else if (c == '"' || c == '\\')
			print(t, "\\%c", c);
		else if (c < 0x20 || c == 0x7f)
			print(t, "\\u%04x", c);
		else
			put(t, s, n);
		s += n ? n : 1;
	}
	puts_at(t, "\"");
}

static void put_bytes(struct text *t, const ProtobufCBinaryData *b)
{
	puts_at(t, "\"");
	for (size_t i = 0; i < b->len; i++)
		print(t, "%02x", b->data[i]);
	puts_at(t, "\"");
}

/* The field's name is a plural: modes, states, features2. */
static bool is_plural(const char *name)
{
	size_t n = strlen(name);

	while (n && name[n - 1] >= '0' && name[n - 1] <= '9')
		n--;
	return n && name[n - 1] == 's';
}

static void put_bits(struct text *t, const char *group, uint32_t bits)
{
	const char *comma = "";
	uint32_t rest = 0;

	puts_at(t, "[");
	for (unsigned i = 0; i < 32; i++) {
		uint32_t bit = bits & (uint32_t)1 << i;
		const char *name = bit ? names_constant(group, bit) : NULL;

		if (!name) {
			rest |= bit;
			continue;
		}
		print(t, "%s\"%s\"", comma, name);
		comma = ",";
	}
	if (rest)
		print(t, "%s\"0x%" PRIx32 "\"", comma, rest);
	puts_at(t, "]");
}

/* A list of several numbers is not a set although its name is a plural. */
static void put_number(struct text *t, const ProtobufCFieldDescriptor *f, const char *group,
		uint32_t v)
{
	bool one = f->label == PROTOBUF_C_LABEL_REPEATED || !is_plural(f->name);
	bool bits = group && names_is_bits(group);
	const char *name = group ? names_constant(group, v) : NULL;

	if (group && !name && !strcmp(group, "LINE_")) /* messages have one numbering */
		name = names_constant("PHONE_", v);
	if (bits && (!one || (!name && v & (v - 1))))
		put_bits(t, group, v);
	else if (name)
		print(t, "\"%s\"", name);
	else
		print(t, "%" PRIu32, v);
}

static void put_wide(struct text *t, const ProtobufCFieldDescriptor *f, const void *p)
{
	uint64_t v;
	double d;

	memcpy(&v, p, sizeof(v));
	memcpy(&d, p, sizeof(d));
	if (f->type == PROTOBUF_C_TYPE_FIXED64)
		print(t, "\"0x%" PRIx64 "\"", v);
	else if (f->type == PROTOBUF_C_TYPE_SFIXED64)
		print(t, "%" PRId64, (int64_t)v);
	else if (f->type != PROTOBUF_C_TYPE_DOUBLE)
		print(t, "%" PRIu64, v);
	else if (d - d == 0) /* not infinite, not NaN */
		print(t, "%.17g", d);
	else
		puts_at(t, "null");
}

static void put_guid(struct text *t, const Guid *g)
{
	print(t, "\"{%08" PRIX32 "-%04X-%04X-%02X%02X-", g->data1, g->data2 & 0xffff,
			g->data2 >> 16, g->data3 & 0xff, g->data3 >> 8 & 0xff);
	print(t, "%02X%02X%02X%02X%02X%02X}\"", g->data3 >> 16 & 0xff, g->data3 >> 24,
			g->data4 & 0xff, g->data4 >> 8 & 0xff, g->data4 >> 16 & 0xff,
			g->data4 >> 24);
}

static void put_time(struct text *t, const SystemTime *s)
{
	print(t, "\"%04u-%02u-%02uT", s->year_month & 0xffff, s->year_month >> 16,
			s->day_of_week_day >> 16);
	print(t, "%02u:%02u:%02u.%03u\"", s->hour_minute & 0xffff, s->hour_minute >> 16,
			s->second_milliseconds & 0xffff, s->second_milliseconds >> 16);
}

static void put_message(struct text *t, const ProtobufCMessage *msg);

static void put_value(struct text *t, const ProtobufCFieldDescriptor *f, const char *group,
		const void *p)
{
	ProtobufCBinaryData bytes;
	const void *pointer;
	uint32_t number;

	switch (f->type) {
	case PROTOBUF_C_TYPE_STRING:
		memcpy(&pointer, p, sizeof(pointer));
		put_string(t, pointer);
		break;
	case PROTOBUF_C_TYPE_MESSAGE:
		memcpy(&pointer, p, sizeof(pointer));
		put_message(t, pointer);
		break;
	case PROTOBUF_C_TYPE_BYTES:
		memcpy(&bytes, p, sizeof(bytes));
		put_bytes(t, &bytes);
		break;
	case PROTOBUF_C_TYPE_SINT32:
		memcpy(&number, p, sizeof(number));
		print(t, "%" PRId32, (int32_t)number);
		break;
	case PROTOBUF_C_TYPE_UINT32:
	case PROTOBUF_C_TYPE_FIXED32:
		memcpy(&number, p, sizeof(number));
		put_number(t, f, group, number);
		break;
	default:
		put_wide(t, f, p);
	}
}

static void put_list(struct text *t, const ProtobufCFieldDescriptor *f, const char *group,
		const char *list, size_t count)
{
	puts_at(t, "[");
	for (size_t i = 0; i < count; i++) {
		puts_at(t, i ? "," : "");
		put_value(t, f, group, list + i * rule_value_size(f));
	}
	puts_at(t, "]");
}

static bool is_present(const ProtobufCMessage *msg, const ProtobufCFieldDescriptor *f)
{
	const char *quantifier = (const char *)msg + f->quantifier_offset;
	protobuf_c_boolean has;
	const void *pointer;
	size_t count;

	if (f->label == PROTOBUF_C_LABEL_REPEATED) {
		memcpy(&count, quantifier, sizeof(count));
		return count > 0;
	}
	if (f->type == PROTOBUF_C_TYPE_STRING || f->type == PROTOBUF_C_TYPE_MESSAGE) {
		memcpy(&pointer, (const char *)msg + f->offset, sizeof(pointer));
		return pointer != NULL;
	}
	memcpy(&has, quantifier, sizeof(has));
	return has;
}

/* dwCallStateMode's constants depend on the state beside it. */
static const char *group_of(const ProtobufCMessage *msg, const ProtobufCFieldDescriptor *f)
{
	if (msg->descriptor == &DESC_LineCallStatus && !strcmp(f->name, "call_state_mode"))
		return names_mode_group(((const LineCallStatus *)msg)->call_state);
	if (msg->descriptor == &DESC_SnapshotCall && !strcmp(f->name, "state_mode"))
		return names_mode_group(((const SnapshotCall *)msg)->state);
	return names_group(msg->descriptor->name, f->name);
}

static void put_field(struct text *t, const ProtobufCMessage *msg,
		const ProtobufCFieldDescriptor *f)
{
	const char *group = group_of(msg, f);
	const void *list;
	size_t count;

	print(t, "\"%s\":", f->name);
	if (f->label != PROTOBUF_C_LABEL_REPEATED) {
		put_value(t, f, group, (const char *)msg + f->offset);
		return;
	}
	memcpy(&list, (const char *)msg + f->offset, sizeof(list));
	memcpy(&count, (const char *)msg + f->quantifier_offset, sizeof(count));
	put_list(t, f, group, list, count);
}

static void put_message(struct text *t, const ProtobufCMessage *msg)
{
	const ProtobufCMessageDescriptor *d = msg->descriptor;
	const char *comma = "";

	if (d == &DESC_Guid) {
		put_guid(t, (const Guid *)msg);
		return;
	}
	if (d == &DESC_SystemTime) {
		put_time(t, (const SystemTime *)msg);
		return;
	}
	puts_at(t, "{");
	for (unsigned i = 0; i < d->n_fields; i++) {
		if (!is_present(msg, &d->fields[i]))
			continue;
		puts_at(t, comma);
		put_field(t, msg, &d->fields[i]);
		comma = ",";
	}
	puts_at(t, "}");
}

size_t json_print(const ProtobufCMessage *msg, char *buf, size_t size)
{
	struct text t = { buf, size, 0 };

	put_message(&t, msg);
	if (size)
		buf[t.length < size ? t.length : size - 1] = '\0';
	return t.length;
}
