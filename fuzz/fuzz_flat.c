// SPDX-License-Identifier: MIT
/* fuzz_flat.c - a flat structure from an application or a TSP. What can be read can be written
 * again and is then the same. The first two bytes choose the structure and the version. */
// fuzz-links: $(call obj,tests/wire/structs.c tests/wire/sample.c)
#include "../tests/wire/sample.h"
#include "../tests/wire/structs.h"
#include "wire/flat.h"

#include <errno.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_and_write(const ProtobufCMessageDescriptor *d, const uint8_t *flat, size_t size,
		const struct flat_hooks *hooks)
{
	ProtobufCMessage *once = NULL, *twice = NULL;
	struct arena a;
	size_t built;
	void *again;
	int err;

	arena_init(&a, MESSAGE_MAX);
	err = flat_read(d, flat, size, hooks, &a, &once);
	if (err && err != -EINVAL && err != -EOVERFLOW)
		abort();
	if (!err) {
		if (flat_build(once, hooks, &a, &again, &built) ||
				flat_read(d, again, built, hooks, &a, &twice) ||
				!sample_equal(once, twice))
			abort();
	}
	arena_fini(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint32_t versions[] = { 0, 0x00010003, 0x00010004, 0x00020000, 0x00020002,
		0x00030000 };
	struct flat_hooks hooks = { .version = 0 };
	const struct structure *s;

	if (size < 2)
		return 0;
	s = &structures[data[0] % structure_count];
	hooks.version = versions[data[1] % (sizeof(versions) / sizeof(versions[0]))];
	if (s->d)
		read_and_write(s->d, data + 2, size - 2, &hooks);
	return 0;
}
