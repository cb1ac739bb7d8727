// SPDX-License-Identifier: MIT
/* sample.c - see sample.h. */
#include "sample.h"

#include "base/mem.h"
#include "base/random.h"
#include "wire/calls.h"

#include <assert.h>
#include <string.h>

static size_t below(size_t n)
{
	return (size_t)(random_u64() % n);
}

static void *take(struct arena *a, size_t size)
{
	void *p = arena_alloc(a, size);

	assert(p);
	return p;
}

static char *sample_string(struct arena *a, size_t least)
{
	size_t n = least + below(12);
	char *s = take(a, n + 1);

	for (size_t i = 0; i < n; i++)
		s[i] = (char)(' ' + below(94));
	return s;
}

static ProtobufCBinaryData sample_bytes(struct arena *a)
{
	ProtobufCBinaryData b = { .len = 1 + below(40) };

	b.data = take(a, b.len);
	random_bytes(b.data, b.len);
	return b;
}

static uint32_t sample_number(void)
{
	return (uint32_t)below(UINT32_MAX) + 1;
}

static void fill(struct arena *a, const ProtobufCFieldDescriptor *f, void *to)
{
	uint32_t number = sample_number();
	uint64_t wide = sample_number();
	ProtobufCBinaryData bytes;
	void *p;

	switch (f->type) {
	case PROTOBUF_C_TYPE_STRING:
		p = sample_string(a, f->label == PROTOBUF_C_LABEL_REPEATED ? 1 : 0);
		memcpy(to, &p, sizeof(p));
		break;
	case PROTOBUF_C_TYPE_MESSAGE:
		p = sample_message(a, f->descriptor);
		memcpy(to, &p, sizeof(p));
		break;
	case PROTOBUF_C_TYPE_BYTES:
		bytes = sample_bytes(a);
		memcpy(to, &bytes, sizeof(bytes));
		break;
	case PROTOBUF_C_TYPE_UINT32:
	case PROTOBUF_C_TYPE_FIXED32:
	case PROTOBUF_C_TYPE_SINT32:
		memcpy(to, &number, sizeof(number));
		break;
	default:
		memcpy(to, &wide, sizeof(wide));
	}
}

static void fill_repeated(struct arena *a, const ProtobufCFieldDescriptor *f, ProtobufCMessage *msg)
{
	size_t count = below(4);
	char *list = count ? take(a, count * rule_value_size(f)) : NULL;

	for (size_t i = 0; i < count; i++)
		fill(a, f, list + i * rule_value_size(f));
	memcpy((char *)msg + f->quantifier_offset, &count, sizeof(count));
	memcpy((char *)msg + f->offset, &list, sizeof(list));
}

/* LINEFORWARDLIST's count is the number of its elements. */
static void set_forward_count(ProtobufCMessage *msg)
{
	const ProtobufCFieldDescriptor *f = msg->descriptor->fields;
	size_t count;
	uint32_t number;
	protobuf_c_boolean has;

	memcpy(&count, (char *)msg + f[1].quantifier_offset, sizeof(count));
	number = (uint32_t)count;
	has = count > 0;
	memcpy((char *)msg + f[0].offset, &number, sizeof(number));
	memcpy((char *)msg + f[0].quantifier_offset, &has, sizeof(has));
}

ProtobufCMessage *sample_message(struct arena *a, const ProtobufCMessageDescriptor *d)
{
	ProtobufCMessage *msg = take(a, d->sizeof_message);
	size_t always = d->n_fields ? below(d->n_fields) : 0;
	protobuf_c_boolean yes = 1;

	protobuf_c_message_init(d, msg);
	for (unsigned i = 0; i < d->n_fields; i++) {
		const ProtobufCFieldDescriptor *f = &d->fields[i];

		if (i != always && below(4) == 0)
			continue;
		if (f->label == PROTOBUF_C_LABEL_REPEATED) {
			fill_repeated(a, f, msg);
			continue;
		}
		fill(a, f, (char *)msg + f->offset);
		if (f->type != PROTOBUF_C_TYPE_STRING && f->type != PROTOBUF_C_TYPE_MESSAGE)
			memcpy((char *)msg + f->quantifier_offset, &yes, sizeof(yes));
	}
	if (!strcmp(d->name, "LineForwardList"))
		set_forward_count(msg);
	return msg;
}

bool sample_equal(const ProtobufCMessage *a, const ProtobufCMessage *b)
{
	size_t n = protobuf_c_message_get_packed_size(a);
	uint8_t *x, *y;
	bool same;

	if (protobuf_c_message_get_packed_size(b) != n)
		return false;
	x = mem_alloc(n);
	y = mem_alloc(n);
	assert(x && y);
	(void)protobuf_c_message_pack(a, x);
	(void)protobuf_c_message_pack(b, y);
	same = !memcmp(x, y, n);
	mem_free(x);
	mem_free(y);
	return same;
}
