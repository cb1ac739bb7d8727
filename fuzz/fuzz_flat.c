// SPDX-License-Identifier: MIT
/* fuzz_flat.c - flat structures, both ways. Memory of an application or a TSP is read; what was
 * read can be written again and is then the same. A message of the wire is written into any room;
 * what is written can be read. The first bytes choose the structure, the version, the way, the
 * room. */
#include "../tests/wire/sample.h"
#include "../tests/wire/structs.h"
#include "base/random.h"
#include "wire/flat.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEAD = 4, TRANSLATED = 0x80, ROOM_STEP = 24 };

struct input {
	const ProtobufCMessageDescriptor *d;
	const uint8_t *data;
	size_t size, room;
	struct flat_hooks hooks;
	struct arena *arena;
};

static uint32_t to_handle(void *arg, uint64_t object)
{
	(void)arg;
	return (uint32_t)object ^ 0x5a5a;
}

static uint64_t to_object(void *arg, uint32_t handle)
{
	(void)arg;
	return handle ^ 0x5a5a;
}

static uint32_t slot(const uint8_t *flat, size_t i)
{
	uint32_t v;

	memcpy(&v, flat + 4 * i, sizeof(v));
	return v;
}

static void read_memory(const struct input *in)
{
	ProtobufCMessage *once = NULL, *twice = NULL;
	size_t built;
	void *flat;
	int err = flat_read(in->d, in->data, in->size, &in->hooks, in->arena, &once);

	if (err && err != -EINVAL && err != -EOVERFLOW && err != -ENOMEM)
		abort();
	if (err)
		return;
	err = flat_build(once, &in->hooks, in->arena, &flat, &built);
	if (!err)
		err = flat_read(in->d, flat, built, &in->hooks, in->arena, &twice);
	if (err ? err != -ENOMEM : !sample_equal(once, twice))
		abort();
}

static void read_array(const struct input *in)
{
	size_t one = flat_fixed_size(in->d, in->hooks.version), count = in->size / one;
	ProtobufCMessage **once = NULL, **twice = NULL;
	uint8_t *built;

	if (!count || flat_header_slots(in->d) ||
			flat_read_array(in->d, in->data, count, &in->hooks, in->arena, &once))
		return;
	built = arena_alloc(in->arena, count * one);
	if (!built)
		return;
	flat_write_array(in->d, once, count, built, &in->hooks);
	if (flat_read_array(in->d, built, count, &in->hooks, in->arena, &twice))
		return;
	for (size_t i = 0; i < count; i++)
		if (!sample_equal(once[i], twice[i]))
			abort();
}

/* Whatever the room, the header tells the truth and what was written can be read. */
static void write_message(const struct input *in, const ProtobufCMessage *msg)
{
	uint8_t *flat = malloc(in->room + 1);
	ProtobufCMessage *again;
	size_t needed = 0;
	int err = flat ? flat_write(in->d, msg, flat, in->room, &in->hooks, &needed) : -ENOMEM;

	if (err && err != -EOVERFLOW && err != -ENOMEM)
		abort();
	if (err == -EOVERFLOW && needed <= in->room)
		abort();
	if (!err && flat_header_slots(in->d) == 3 &&
			(slot(flat, 0) != in->room || slot(flat, 1) != needed ||
					slot(flat, 2) > in->room || slot(flat, 2) > needed))
		abort();
	if (!err) {
		err = flat_read(in->d, flat, in->room, &in->hooks, in->arena, &again);
		if (err && err != -ENOMEM)
			abort();
	}
	free(flat);
}

static void write_wire(const struct input *in)
{
	const ProtobufCMessage *msg = arena_unpack(in->arena, in->d, in->data, in->size);

	if (msg)
		write_message(in, msg);
}

static ProtobufCMessage *sample(const struct input *in)
{
	uint32_t seed = 0;

	memcpy(&seed, in->data, in->size < sizeof(seed) ? in->size : sizeof(seed));
	random_seed((uint64_t)seed + 1);
	return sample_message(in->arena, in->d);
}

static void write_sample(const struct input *in)
{
	write_message(in, sample(in));
}

/* A good structure with some slots changed: three bytes say which, and to what. */
static void read_patched(const struct input *in)
{
	struct input patched = *in;
	const uint8_t *end = in->data + in->size, *patch = in->data + sizeof(uint32_t);
	uint8_t *exact;
	void *flat;

	if (flat_build(sample(in), &in->hooks, in->arena, &flat, &patched.size))
		return;
	for (; patch + 3 <= end; patch += 3) {
		size_t at = patch[0] * (size_t)4 % patched.size;
		uint32_t by = (uint32_t)patch[1] | (uint32_t)patch[2] << 8;
		uint32_t v;

		if (at + sizeof(v) > patched.size)
			continue;
		memcpy(&v, (char *)flat + at, sizeof(v));
		v = by & 0x8000 ? v + by - 0xc000 : by;
		memcpy((char *)flat + at, &v, sizeof(v));
	}
	exact = malloc(patched.size);
	if (exact) {
		memcpy(exact, flat, patched.size);
		patched.data = exact;
		read_memory(&patched);
		read_array(&patched);
	}
	free(exact);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static void (*const ways[])(const struct input *) = { read_memory, read_array, write_wire,
		write_sample, read_patched };
	static const uint32_t versions[] = { 0, 0x00010003, 0x00010004, 0x00020000, 0x00020002,
		0x00030000 };
	struct arena a;
	struct input in = { .arena = &a };

	if (size < HEAD)
		return 0;
	in.d = structures[data[0] % structure_count].d;
	in.hooks.version = versions[(data[1] & 0x7f) % (sizeof(versions) / sizeof(versions[0]))];
	if (data[1] & TRANSLATED) {
		in.hooks.handle = to_handle;
		in.hooks.object = to_object;
	}
	in.room = data[3] * (size_t)ROOM_STEP;
	in.data = data + HEAD;
	in.size = size - HEAD;
	if (!in.d)
		return 0;
	arena_init(&a, MESSAGE_MAX);
	ways[data[2] % (sizeof(ways) / sizeof(ways[0]))](&in);
	arena_fini(&a);
	return 0;
}
