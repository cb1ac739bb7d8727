// SPDX-License-Identifier: MIT
/* mutant.c - see mutant.h. */
#include "mutant.h"

#include "wire/frame.h"
#include "wire/calls.h"
#include "wire/names.h"

#include <string.h>

enum { DEPTH_MAX = 6, LIST_MAX = 3, LONG_LIST = 20000, LONG_TEXT = PAYLOAD_MAX + 1 };

#define COUNT(list) ((uint32_t)(sizeof(list) / sizeof((list)[0])))

/* --- members --- */

static void *member(ProtobufCMessage *msg, const ProtobufCFieldDescriptor *f)
{
	return (char *)msg + f->offset;
}

static bool has_flag(const ProtobufCFieldDescriptor *f)
{
	return f->label == PROTOBUF_C_LABEL_OPTIONAL && f->type != PROTOBUF_C_TYPE_STRING &&
	       f->type != PROTOBUF_C_TYPE_MESSAGE;
}

static void set_present(ProtobufCMessage *msg, const ProtobufCFieldDescriptor *f, bool present)
{
	protobuf_c_boolean has = present;
	size_t none = 0;

	if (f->label == PROTOBUF_C_LABEL_REPEATED)
		memcpy((char *)msg + f->quantifier_offset, &none, sizeof(none));
	else if (has_flag(f))
		memcpy((char *)msg + f->quantifier_offset, &has, sizeof(has));
	else if (!present)
		memset(member(msg, f), 0, sizeof(void *));
}

static size_t list_count(const ProtobufCMessage *msg, const ProtobufCFieldDescriptor *f)
{
	size_t count;

	memcpy(&count, (const char *)msg + f->quantifier_offset, sizeof(count));
	return count;
}

static ProtobufCMessage *sub_message(ProtobufCMessage *msg, const ProtobufCFieldDescriptor *f)
{
	ProtobufCMessage *sub;

	memcpy(&sub, member(msg, f), sizeof(sub));
	return sub;
}

/* --- values that make sense --- */

static uint32_t below(const struct mutant *m, uint32_t n)
{
	return chance_below(m->chance, n);
}

static uint64_t some_call(const struct mutant *m)
{
	return m->facts->call_count ? m->facts->calls[below(m, m->facts->call_count)] : 1;
}

static uint32_t some_device(const struct mutant *m)
{
	return m->facts->device_count ? m->facts->devices[below(m, m->facts->device_count)] : 0;
}

static const char *some_text(const struct mutant *m)
{
	return m->facts->text_count ? m->facts->texts[below(m, m->facts->text_count)] : "x";
}

/* A constant of the group, most often one. */
static uint32_t some_constant(const struct mutant *m, const char *group)
{
	uint32_t value = 0;

	for (int tries = 0; tries < 64; tries++) {
		value = names_is_bits(group) ? (uint32_t)1 << below(m, 32) : below(m, 48);
		if (names_constant(group, value))
			break;
	}
	if (names_is_bits(group) && below(m, 4) == 0)
		value |= names_mask(group) & (uint32_t)chance_u64(m->chance);
	return value;
}

static uint32_t some_number(const struct mutant *m, const char *message, const char *field)
{
	static const uint32_t versions[] = { 0x00010003, 0x00010004, 0x00020000, 0x00020002,
		0x00030000, 0x00030001 };
	const char *group = names_group(message, field);

	if (group)
		return some_constant(m, group);
	if (strstr(field, "version"))
		return versions[below(m, COUNT(versions))];
	if (strstr(field, "size") || strstr(field, "params"))
		return below(m, 2000);
	return below(m, 4) ? below(m, 4) : below(m, 5000);
}

static char *copy_text(const struct mutant *m, const char *text, size_t size)
{
	char *copy = arena_alloc(m->arena, size + 1);

	if (copy && size)
		memcpy(copy, text, size);
	return copy;
}

static ProtobufCBinaryData some_bytes(const struct mutant *m, size_t size)
{
	ProtobufCBinaryData b = { size, arena_alloc(m->arena, size + 1) };

	if (!b.data)
		b.len = 0;
	for (size_t i = 0; i < b.len; i++)
		b.data[i] = (uint8_t)chance_u64(m->chance);
	return b;
}

static ProtobufCMessage *make(const struct mutant *m, const ProtobufCMessageDescriptor *d,
		int depth);

static void make_value(const struct mutant *m, const ProtobufCMessageDescriptor *d,
		const ProtobufCFieldDescriptor *f, void *to, int depth)
{
	uint64_t wide = chance_u64(m->chance) >> below(m, 64);
	ProtobufCBinaryData bytes;
	const char *text;
	uint32_t number;
	void *p;

	switch (f->type) {
	case PROTOBUF_C_TYPE_STRING:
		text = some_text(m);
		p = copy_text(m, text, strlen(text));
		memcpy(to, &p, sizeof(p));
		break;
	case PROTOBUF_C_TYPE_MESSAGE:
		p = make(m, f->descriptor, depth + 1);
		memcpy(to, &p, sizeof(p));
		break;
	case PROTOBUF_C_TYPE_BYTES:
		bytes = some_bytes(m, below(m, 80));
		memcpy(to, &bytes, sizeof(bytes));
		break;
	case PROTOBUF_C_TYPE_FIXED32:
		number = some_device(m);
		memcpy(to, &number, sizeof(number));
		break;
	case PROTOBUF_C_TYPE_UINT32:
	case PROTOBUF_C_TYPE_SINT32:
		number = some_number(m, d->short_name, f->name);
		memcpy(to, &number, sizeof(number));
		break;
	case PROTOBUF_C_TYPE_FIXED64:
	case PROTOBUF_C_TYPE_UINT64: /* parameters of events may be calls */
		if (f->type == PROTOBUF_C_TYPE_FIXED64 || below(m, 3) == 0)
			wide = some_call(m);
		memcpy(to, &wide, sizeof(wide));
		break;
	default:
		memcpy(to, &wide, rule_value_size(f));
	}
}

/* Strings and messages of a list must be there. */
static bool is_whole(const ProtobufCFieldDescriptor *f, const char *element)
{
	const void *p;

	if (rule_value_size(f) != sizeof(void *) ||
			(f->type != PROTOBUF_C_TYPE_STRING && f->type != PROTOBUF_C_TYPE_MESSAGE))
		return true;
	memcpy(&p, element, sizeof(p));
	return p != NULL;
}

static void make_list(const struct mutant *m, ProtobufCMessage *msg,
		const ProtobufCFieldDescriptor *f, size_t count, int depth)
{
	size_t size = rule_value_size(f), made = 0;
	char *list = arena_alloc(m->arena, count * size + 1);

	while (list && made < count) {
		make_value(m, msg->descriptor, f, list + made * size, depth);
		if (!is_whole(f, list + made * size))
			break;
		made++;
	}
	memcpy((char *)msg + f->quantifier_offset, &made, sizeof(made));
	memcpy(member(msg, f), &list, sizeof(list));
}

static ProtobufCMessage *make(const struct mutant *m, const ProtobufCMessageDescriptor *d,
		int depth)
{
	ProtobufCMessage *msg = depth < DEPTH_MAX ? arena_alloc(m->arena, d->sizeof_message) : NULL;

	if (!msg)
		return NULL;
	protobuf_c_message_init(d, msg);
	for (unsigned i = 0; i < d->n_fields; i++) {
		const ProtobufCFieldDescriptor *f = &d->fields[i];
		bool object = f->type == PROTOBUF_C_TYPE_FIXED32 ||
			      f->type == PROTOBUF_C_TYPE_FIXED64;

		if (!object && below(m, 4) == 0)
			continue;
		if (f->label == PROTOBUF_C_LABEL_REPEATED) {
			make_list(m, msg, f, below(m, LIST_MAX + 1), depth);
			continue;
		}
		make_value(m, d, f, member(msg, f), depth);
		set_present(msg, f, true);
	}
	return msg;
}

ProtobufCMessage *mutant_make(const struct mutant *m, const ProtobufCMessageDescriptor *d)
{
	return make(m, d, 0);
}

/* --- values that make none --- */

static uint32_t bad_number(const struct mutant *m, uint32_t was)
{
	static const uint32_t edges[] = { 0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff,
		0x10000, 0x7ffffffe, 0x7fffffff, 0x80000000, 0x80000001, 0xfffffffe, 0xffffffff };

	switch (below(m, 5)) {
	case 0:
		return was ^ (uint32_t)1 << below(m, 32);
	case 1:
		return was + 1;
	case 2:
		return was - 1;
	case 3:
		return (uint32_t)chance_u64(m->chance);
	default:
		return edges[below(m, COUNT(edges))];
	}
}

static uint64_t bad_call(const struct mutant *m, uint64_t was)
{
	switch (below(m, 6)) {
	case 0:
		return 0;
	case 1:
		return was ^ (uint64_t)1 << below(m, 64);
	case 2:
		return UINT64_MAX;
	case 3:
		return was + 1;
	default:
		return m->facts->other_call_count
				       ? m->facts->other_calls[below(m, m->facts->other_call_count)]
				       : chance_u64(m->chance);
	}
}

static char *bad_text(const struct mutant *m, const char *was)
{
	static const struct {
		const char *text;
		size_t size;
	} texts[] = {
		{ "", 0 },
		{ "\xff\xfe", 2 },
		{ "\xc0\x80", 2 },
		{ "\xed\xa0\x80", 3 },
		{ "\xf4\x90\x80\x80", 4 },
		{ "abc\xe2\x82", 5 },
		{ "%s%n%x", 6 },
		{ "../../../etc/passwd", 19 },
		{ "\x01\x1b[2J\x7f", 6 },
		{ "+", 1 },
		{ "|^", 2 },
		{ "1;2;3;", 6 },
	};
	uint32_t i = below(m, COUNT(texts) + 2);
	size_t size = i == COUNT(texts) ? LONG_TEXT : 300;
	char *text;

	if (i < COUNT(texts))
		return copy_text(m, texts[i].text, texts[i].size);
	text = arena_alloc(m->arena, size + 1);
	if (text)
		memset(text, was && *was ? *was : 'a', size);
	return text;
}

static void spoil_text(const struct mutant *m, ProtobufCMessage *msg,
		const ProtobufCFieldDescriptor *f)
{
	const char *was;
	char *now;

	memcpy(&was, member(msg, f), sizeof(was));
	now = bad_text(m, was);
	memcpy(member(msg, f), &now, sizeof(now));
}

static void spoil_bytes_field(const struct mutant *m, ProtobufCMessage *msg,
		const ProtobufCFieldDescriptor *f)
{
	static const uint32_t sizes[] = { 0, 1, 3, 4, 255, 4096, PAYLOAD_MAX, PAYLOAD_MAX + 1,
		100000 };
	ProtobufCBinaryData bytes = some_bytes(m, sizes[below(m, COUNT(sizes))]);

	memcpy(member(msg, f), &bytes, sizeof(bytes));
	set_present(msg, f, true);
}

static void spoil_number(const struct mutant *m, ProtobufCMessage *msg,
		const ProtobufCFieldDescriptor *f)
{
	uint64_t wide = 0;
	uint32_t number;

	if (rule_value_size(f) == sizeof(number)) {
		memcpy(&number, member(msg, f), sizeof(number));
		number = f->type == PROTOBUF_C_TYPE_FIXED32 && below(m, 2) ? some_device(m)
									   : bad_number(m, number);
		memcpy(member(msg, f), &number, sizeof(number));
	} else {
		memcpy(&wide, member(msg, f), sizeof(wide));
		wide = bad_call(m, wide);
		memcpy(member(msg, f), &wide, sizeof(wide));
	}
	set_present(msg, f, true);
}

static void spoil_list(const struct mutant *m, ProtobufCMessage *msg,
		const ProtobufCFieldDescriptor *f)
{
	size_t count = list_count(msg, f);
	ProtobufCMessage **list;

	if (f->type == PROTOBUF_C_TYPE_MESSAGE && count && below(m, 2)) {
		memcpy(&list, member(msg, f), sizeof(list));
		mutant_spoil(m, list[below(m, (uint32_t)count)]);
		return;
	}
	make_list(m, msg, f, below(m, 4) ? below(m, 70) : below(m, LONG_LIST), DEPTH_MAX - 2);
}

static void spoil_sub(const struct mutant *m, ProtobufCMessage *msg,
		const ProtobufCFieldDescriptor *f)
{
	ProtobufCMessage *sub = sub_message(msg, f);

	if (!sub || below(m, 8) == 0)
		sub = mutant_make(m, f->descriptor);
	if (sub)
		mutant_spoil(m, sub);
	memcpy(member(msg, f), &sub, sizeof(sub));
}

static void spoil_field(const struct mutant *m, ProtobufCMessage *msg,
		const ProtobufCFieldDescriptor *f)
{
	if (below(m, 6) == 0)
		set_present(msg, f, false);
	else if (f->label == PROTOBUF_C_LABEL_REPEATED)
		spoil_list(m, msg, f);
	else if (f->type == PROTOBUF_C_TYPE_MESSAGE)
		spoil_sub(m, msg, f);
	else if (f->type == PROTOBUF_C_TYPE_STRING)
		spoil_text(m, msg, f);
	else if (f->type == PROTOBUF_C_TYPE_BYTES)
		spoil_bytes_field(m, msg, f);
	else
		spoil_number(m, msg, f);
}

void mutant_spoil(const struct mutant *m, ProtobufCMessage *msg)
{
	const ProtobufCMessageDescriptor *d = msg->descriptor;

	if (d->n_fields)
		spoil_field(m, msg, &d->fields[below(m, d->n_fields)]);
}

/* --- bytes --- */

size_t mutant_pack(const ProtobufCMessage *msg, uint8_t *out, size_t room)
{
	if (protobuf_c_message_get_packed_size(msg) > room)
		return 0;
	return protobuf_c_message_pack(msg, out);
}

static size_t append(uint8_t *bytes, size_t size, size_t room, const void *more, size_t count)
{
	if (count > room - size)
		return size;
	memmove(bytes + size, more, count);
	return size + count;
}

size_t mutant_spoil_bytes(struct chance *c, uint8_t *bytes, size_t size, size_t room)
{
	static const struct {
		const char *bytes;
		size_t size;
	} tails[] = {
		{ "\xc0\xb8\x02\x07", 4 },                              /* an unknown field */
		{ "\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11 }, /* 64 bits for 32 */
		{ "\x08\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01", 13 }, /* too long */
		{ "\x12\xff\xff\xff\xff\x0f", 6 }, /* a length beyond the end */
		{ "\x12\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11 }, /* and beyond all */
		{ "\x0b\x0c", 2 },                                      /* a group */
		{ "\x00", 1 },                                          /* field 0 */
		{ "\x0f", 1 },                                          /* type 7 */
		{ "\x0a\x06\x0a\x04\x0a\x02\x0a\x00", 8 },              /* deeper and deeper */
	};
	uint32_t i = chance_below(c, COUNT(tails) + 4);

	if (i < COUNT(tails))
		return append(bytes, size, room, tails[i].bytes, tails[i].size);
	if (!size)
		return size;
	switch (i - COUNT(tails)) {
	case 0:
		return chance_below(c, (uint32_t)size); /* cut */
	case 1:
		return append(bytes, size, room, bytes, size); /* all of it twice */
	case 2:
		bytes[0] ^= (uint8_t)(1 + chance_below(c, 7)); /* of another type */
		return size;
	default:
		bytes[chance_below(c, (uint32_t)size)] = (uint8_t)chance_u64(c);
		return size;
	}
}
