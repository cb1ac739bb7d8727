// SPDX-License-Identifier: MIT
/* test_flat.c - messages to flat structures and back: loops over all structures of tapi.h, then the
 * points that a loop cannot see, against the C structures themselves. */
#include "../oom.h"
#include "../sanitized.h"
#include "../test_main.h"
#include "sample.h"
#include "structs.h"

#include "base/mem.h"
#include "base/random.h"
#include "tapi.pb-c.h"
#include "wire/flat.h"

#include <tapi.h>

#include <errno.h>
#include <string.h>

#ifdef SANITIZED
enum { RANDOM_BUFFERS = 200000, ROUNDS = 40 };
#else
enum { RANDOM_BUFFERS = 40000, ROUNDS = 20 };
#endif

static struct arena arena;

static void start(void)
{
	arena_init(&arena, MESSAGE_MAX);
	random_seed(1);
}

static void stop(void)
{
	arena_fini(&arena);
	random_seed(0);
}

static void again(void)
{
	arena_reset(&arena, MESSAGE_MAX);
}

START_TEST(message_to_flat_to_message_is_identity)
{
	const struct structure *s = &structures[_i];

	for (int round = 0; s->d && round < ROUNDS; round++) {
		ProtobufCMessage *msg, *back = NULL;
		size_t size;
		void *flat;

		again();
		msg = sample_message(&arena, s->d);
		ck_assert_int_eq(flat_build(msg, NULL, &arena, &flat, &size), 0);
		ck_assert_int_eq(flat_read(s->d, flat, size, NULL, &arena, &back), 0);

		ck_assert_msg(sample_equal(msg, back), "%s", s->name);
	}
}
END_TEST

static uint32_t slot(const void *flat, unsigned index)
{
	uint32_t v;

	memcpy(&v, (const char *)flat + (size_t)index * 4, sizeof(v));
	return v;
}

/* Everything that the header of a structure of `size` bytes must say. */
static void check_header(const struct structure *s, const void *flat, size_t size, size_t needed)
{
	unsigned header = flat_header_slots(s->d);

	if (header >= 1)
		ck_assert_uint_eq(slot(flat, 0), size);
	if (header < 3)
		return;
	ck_assert_uint_eq(slot(flat, 1), needed);
	ck_assert_uint_le(slot(flat, 2), size);
	if (size < needed)
		ck_assert_uint_lt(slot(flat, 2), needed);
	else
		ck_assert_uint_eq(slot(flat, 2), needed);
}

/* In memory of exactly `size` bytes, so that a sanitizer sees a byte too many. */
static void check_truncated(const struct structure *s, const ProtobufCMessage *msg, size_t size,
		size_t needed)
{
	void *flat = mem_alloc(size);
	ProtobufCMessage *back = NULL;
	size_t said = 0;

	memset(flat, 0xee, size);
	ck_assert_int_eq(flat_write(s->d, msg, flat, size, NULL, &said), 0);
	ck_assert_uint_eq(said, needed);
	check_header(s, flat, size, needed);
	ck_assert_int_eq(flat_read(s->d, flat, size, NULL, &arena, &back), 0);
	ck_assert_int_eq(sample_equal(msg, back), size >= needed);
	mem_free(flat);
}

START_TEST(truncated_totals_say_what_is_needed_and_that_suffices)
{
	const struct structure *s = &structures[_i];

	for (int round = 0; s->d && round < 4; round++) {
		ProtobufCMessage *msg;
		size_t least, needed = 0;

		again();
		msg = sample_message(&arena, s->d);
		(void)flat_write(s->d, msg, NULL, 0, NULL, &needed);
		least = flat_fixed_size(s->d, 0);
		if (!strcmp(s->name, "LINEFORWARDLIST"))
			least += ((const LineForwardList *)msg)->n_forward * sizeof(LINEFORWARD);
		for (size_t size = least; size < needed; size += 1 + needed / 64)
			check_truncated(s, msg, size, needed);
		check_truncated(s, msg, needed, needed);
		ck_assert_int_eq(flat_write(s->d, msg, NULL, 0, NULL, NULL), -EOVERFLOW);
	}
}
END_TEST

START_TEST(larger_buffers_are_left_alone_behind_used)
{
	const struct structure *s = &structures[_i];
	ProtobufCMessage *msg;
	size_t needed = 0;
	uint8_t *flat;

	if (!s->d)
		return;
	msg = sample_message(&arena, s->d);
	(void)flat_write(s->d, msg, NULL, 0, NULL, &needed);
	flat = arena_alloc(&arena, needed + 64);
	memset(flat, 0xee, needed + 64);
	ck_assert_int_eq(flat_write(s->d, msg, flat, needed + 64, NULL, NULL), 0);

	check_header(s, flat, needed + 64, needed);
	for (size_t i = needed; i < needed + 64; i++)
		ck_assert_uint_eq(flat[i], 0xee);
}
END_TEST

START_TEST(null_message_writes_an_empty_structure)
{
	const struct structure *s = &structures[_i];
	ProtobufCMessage *back = NULL;
	uint8_t flat[512];
	size_t fixed;

	if (!s->d)
		return;
	fixed = flat_fixed_size(s->d, 0);
	memset(flat, 0xee, sizeof(flat));
	ck_assert_int_eq(flat_write(s->d, NULL, flat, fixed, NULL, NULL), 0);
	ck_assert_int_eq(flat_read(s->d, flat, fixed, NULL, &arena, &back), 0);

	ck_assert_uint_eq(protobuf_c_message_get_packed_size(back), 0);
	check_header(s, flat, fixed, fixed);
}
END_TEST

/* Half of them noise, half a good structure with a few bytes changed. */
static size_t noise(const struct structure *s, uint8_t *flat, size_t room)
{
	size_t size = 0;

	if (random_u64() % 2) {
		size = (size_t)(random_u64() % room);
		random_bytes(flat, size);
		for (size_t i = 0; i + 4 <= size && random_u64() % 4; i += 4)
			flat[i + 1] = flat[i + 2] = flat[i + 3] = 0; /* plausible sizes */
		return size;
	}
	(void)flat_write(s->d, sample_message(&arena, s->d), NULL, 0, NULL, &size);
	if (size > room)
		size = room;
	(void)flat_write(s->d, sample_message(&arena, s->d), flat, size, NULL, NULL);
	for (int i = 0; size && i < 4; i++)
		flat[random_u64() % size] = (uint8_t)random_u64();
	return size;
}

START_TEST(random_bytes_never_crash)
{
	static uint8_t room[4096];
	unsigned accepted = 0, refused = 0;

	for (int i = 0; i < RANDOM_BUFFERS; i++) {
		const struct structure *s = &structures[random_u64() % structure_count];
		ProtobufCMessage *msg = NULL;
		size_t size;
		uint8_t *exact;
		int err;

		if (!s->d)
			continue;
		again();
		size = noise(s, room, sizeof(room));
		exact = mem_dup(room, size);
		err = flat_read(s->d, exact, size, NULL, &arena, &msg);
		mem_free(exact);
		ck_assert(err == 0 || err == -EINVAL || err == -EOVERFLOW);
		err ? refused++ : accepted++;
		if (!err)
			(void)protobuf_c_message_get_packed_size(msg);
	}

	ck_assert_uint_gt(accepted, RANDOM_BUFFERS / 10);
	ck_assert_uint_gt(refused, RANDOM_BUFFERS / 10);
}
END_TEST

START_TEST(every_version_reads_what_it_writes)
{
	static const uint32_t versions[] = { 0x00010003, 0x00010004, 0x00020000, 0x00020002,
		0x00030000, 0x00030001 };
	const struct structure *s = &structures[_i];

	for (size_t v = 0; s->d && v < sizeof(versions) / sizeof(versions[0]); v++) {
		struct flat_hooks hooks = { .version = versions[v] };
		ProtobufCMessage *msg, *once = NULL, *twice = NULL;
		size_t size;
		void *flat;

		again();
		msg = sample_message(&arena, s->d);
		ck_assert_int_eq(flat_build(msg, &hooks, &arena, &flat, &size), 0);
		ck_assert_int_eq(flat_read(s->d, flat, size, &hooks, &arena, &once), 0);
		ck_assert_int_eq(flat_build(once, &hooks, &arena, &flat, &size), 0);
		ck_assert_int_eq(flat_read(s->d, flat, size, &hooks, &arena, &twice), 0);

		ck_assert_msg(sample_equal(once, twice), "%s in %#x", s->name, versions[v]);
		ck_assert_int_eq(flat_read(s->d, flat, flat_fixed_size(s->d, versions[v]) - 1,
						 &hooks, &arena, &once),
				-EOVERFLOW);
	}
}
END_TEST

START_TEST(every_failed_allocation_is_enomem)
{
	for (size_t i = 0; i < structure_count; i++) {
		const struct structure *s = &structures[i];
		ProtobufCMessage *msg, *back;
		size_t size;
		void *flat;

		if (!s->d)
			continue;
		again();
		msg = sample_message(&arena, s->d);
		ck_assert_int_eq(flat_build(msg, NULL, &arena, &flat, &size), 0);
		for (struct oom o = OOM_START; oom_next(&o);) {
			struct arena small;
			int err;

			arena_init(&small, MESSAGE_MAX);
			err = flat_read(s->d, flat, size, NULL, &small, &back);
			ck_assert_int_eq(err, oom_failed(&o) ? -ENOMEM : 0);
			arena_fini(&small);
		}
	}
}
END_TEST

START_TEST(every_cap_is_enomem_or_enough)
{
	for (size_t i = 0; i < structure_count; i++) {
		const struct structure *s = &structures[i];
		ProtobufCMessage *back;
		size_t size;
		void *flat;
		int err = -ENOMEM;

		if (!s->d)
			continue;
		again();
		ck_assert_int_eq(flat_build(sample_message(&arena, s->d), NULL, &arena, &flat,
						 &size),
				0);
		for (size_t cap = 0; err; cap += 16) {
			struct arena small;

			arena_init(&small, cap);
			err = flat_read(s->d, flat, size, NULL, &small, &back);
			ck_assert(err == 0 || err == -ENOMEM);
			arena_fini(&small);
		}
	}
}
END_TEST

static Suite *flat_suite(void)
{
	Suite *s = suite_create("flat");
	TCase *t = tcase_create("structures");
	TCase *oom = tcase_create("oom");
	int count = (int)structure_count;

	tcase_add_checked_fixture(t, start, stop);
	tcase_add_loop_test(t, message_to_flat_to_message_is_identity, 0, count);
	tcase_add_loop_test(t, truncated_totals_say_what_is_needed_and_that_suffices, 0, count);
	tcase_add_loop_test(t, larger_buffers_are_left_alone_behind_used, 0, count);
	tcase_add_loop_test(t, null_message_writes_an_empty_structure, 0, count);
	tcase_add_loop_test(t, every_version_reads_what_it_writes, 0, count);
	tcase_add_test(t, random_bytes_never_crash);
	tcase_set_timeout(t, 60);
	suite_add_tcase(s, t);
	tcase_add_checked_fixture(oom, start, stop);
	tcase_add_test(oom, every_failed_allocation_is_enomem);
	tcase_add_test(oom, every_cap_is_enomem_or_enough);
	suite_add_tcase(s, oom);
	return s;
}

TEST_MAIN(flat_suite())
