// SPDX-License-Identifier: MIT
/* test_arena.c - no message makes its reader allocate more than the cap, however it amplifies, and
 * the schema has no depth that the sender chooses. */
#include "../oom.h"
#include "../test_main.h"
#include "sample.h"
#include "structs.h"

#include "base/random.h"
#include "tapi.pb-c.h"
#include "wire/arena.h"

#include <stdint.h>
#include <string.h>

static struct arena arena;
static uint8_t room[1024 * 1024];

static void start(void)
{
	arena_init(&arena, MESSAGE_MAX);
	random_seed(5);
}

static void stop(void)
{
	arena_fini(&arena);
	random_seed(0);
}

START_TEST(pieces_are_aligned_separate_and_zeroed)
{
	unsigned char *before = NULL;

	for (size_t size = 1; size < 3000; size += 7) {
		unsigned char *p = arena_alloc(&arena, size);

		ck_assert_ptr_nonnull(p);
		ck_assert_uint_eq((uintptr_t)p % 16, 0);
		for (size_t i = 0; i < size; i++)
			ck_assert_uint_eq(p[i], 0);
		memset(p, 0xff, size);
		if (before)
			ck_assert_uint_eq(before[0], 0xff);
		before = p;
	}
	ck_assert_str_eq(arena_strdup(&arena, "text"), "text");
}
END_TEST

START_TEST(cap_is_never_passed)
{
	static const size_t sizes[] = { 1, 16, 4100, 8192, 100000, MESSAGE_MAX / 2 };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		size_t got = 0;

		arena_reset(&arena, MESSAGE_MAX);
		while (arena_alloc(&arena, sizes[i]))
			got += sizes[i];
		ck_assert_uint_le(got, MESSAGE_MAX);
		ck_assert_uint_ge(got, MESSAGE_MAX / 20); /* one byte takes 16 */
		ck_assert_uint_le(arena.left, MESSAGE_MAX);
	}
	ck_assert_ptr_null(arena_alloc(&arena, MESSAGE_MAX + 1));
	ck_assert_ptr_null(arena_alloc(&arena, SIZE_MAX));
}
END_TEST

START_TEST(reset_gives_all_of_the_cap_again)
{
	for (int round = 0; round < 3; round++) {
		arena_reset(&arena, MESSAGE_MAX);
		ck_assert_ptr_nonnull(arena_alloc(&arena, 100));
		ck_assert_ptr_nonnull(arena_alloc(&arena, MESSAGE_MAX - 3 * 8192));
		ck_assert_ptr_null(arena_alloc(&arena, 3 * 8192));
	}
	arena_reset(&arena, MESSAGE_MAX); /* and no more: the block that is kept counts */
	ck_assert_ptr_null(arena_alloc(&arena, MESSAGE_MAX - 1024));
}
END_TEST

/* As large as the one before, small or not. */
START_TEST(second_message_allocates_nothing)
{
	static const size_t sizes[] = { 100, 4000 };
	unsigned long before;

	for (int i = 0; i < 2; i++) {
		ck_assert_ptr_nonnull(arena_alloc(&arena, 100));
		ck_assert_ptr_nonnull(arena_alloc(&arena, sizes[i]));
		arena_reset(&arena, MESSAGE_MAX);
		before = mem_count();

		ck_assert_ptr_nonnull(arena_alloc(&arena, 100));
		ck_assert_ptr_nonnull(arena_alloc(&arena, sizes[i]));
		ck_assert_uint_eq(mem_count(), before);
	}
}
END_TEST

/* The longest chain of messages in messages below d; asserts that d is not on it again. */
static unsigned depth(const ProtobufCMessageDescriptor *d, const ProtobufCMessageDescriptor **path,
		unsigned length)
{
	unsigned deepest = length;

	for (unsigned i = 0; i < length; i++)
		ck_assert_msg(path[i] != d, "%s contains itself", d->name);
	ck_assert_uint_lt(length, 16);
	path[length] = d;
	for (unsigned i = 0; i < d->n_fields; i++) {
		unsigned below;

		if (d->fields[i].type != PROTOBUF_C_TYPE_MESSAGE)
			continue;
		below = depth(d->fields[i].descriptor, path, length + 1);
		if (below > deepest)
			deepest = below;
	}
	return deepest;
}

START_TEST(schema_is_acyclic_and_shallow)
{
	const ProtobufCMessageDescriptor *path[16];

	for (size_t i = 0; i < message_count; i++)
		ck_assert_uint_le(depth(messages[i], path, 0), 4);
}
END_TEST

START_TEST(every_message_comes_back_through_an_arena)
{
	uint8_t packed[16384];

	for (size_t i = 0; i < message_count; i++) {
		ProtobufCMessage *msg, *back;
		size_t size;

		arena_reset(&arena, MESSAGE_MAX);
		msg = sample_message(&arena, messages[i]);
		size = protobuf_c_message_get_packed_size(msg);
		ck_assert_uint_le(size, sizeof(packed));
		(void)protobuf_c_message_pack(msg, packed);
		back = arena_unpack(&arena, messages[i], packed, size);
		ck_assert_ptr_nonnull(back);
		ck_assert(sample_equal(msg, back));
	}
}
END_TEST

static size_t repeat(uint8_t *to, size_t limit, const void *unit, size_t size)
{
	size_t n = 0;

	for (; n + size <= limit; n += size)
		memcpy(to + n, unit, size);
	return n;
}

/* Field tag of wire type 2 with an empty value: the dearest bytes for any field that may be one. */
static size_t empty_field(uint8_t out[8], uint32_t id)
{
	size_t n = 0;

	for (uint32_t key = id << 3 | 2; key || !n; key >>= 7)
		out[n++] = (uint8_t)((key & 0x7f) | (key >> 7 ? 0x80 : 0));
	out[n++] = 0;
	return n;
}

/* Every field, repeated to 30 kB, lists to the frame's limit: refused or below the cap. */
static void amplify(const ProtobufCMessageDescriptor *d)
{
	for (unsigned i = 0; i < d->n_fields; i++) {
		bool list = d->fields[i].label == PROTOBUF_C_LABEL_REPEATED;
		uint8_t unit[8];
		size_t n = empty_field(unit, d->fields[i].id);
		size_t size = repeat(room, list ? sizeof(room) : 30000, unit, n);

		arena_reset(&arena, MESSAGE_MAX);
		(void)arena_unpack(&arena, d, room, size);
		ck_assert_uint_le(arena.left, MESSAGE_MAX);
	}
}

START_TEST(amplifying_messages_stay_below_the_cap)
{
	for (size_t i = 0; i < message_count; i++)
		amplify(messages[i]);
}
END_TEST

START_TEST(megabyte_of_empty_elements_is_refused_and_30_kB_pass)
{
	uint8_t unit[8];
	size_t n = empty_field(unit, 21); /* LineDevStatus.app_info */
	size_t size = repeat(room, sizeof(room), unit, n);
	const LineDevStatus *status;

	ck_assert_ptr_null(arena_unpack(&arena, &line_dev_status__descriptor, room, size));

	arena_reset(&arena, MESSAGE_MAX);
	size = 30000 / n * n;
	status = (const LineDevStatus *)(const void *)arena_unpack(&arena,
			&line_dev_status__descriptor, room, size);
	ck_assert_ptr_nonnull(status);
	ck_assert_uint_eq(status->n_app_info, size / n);
}
END_TEST

START_TEST(unknown_fields_are_capped_too)
{
	uint8_t unit[8];
	size_t size = repeat(room, sizeof(room), unit, empty_field(unit, 1900));

	ck_assert_ptr_null(arena_unpack(&arena, &line_hold__descriptor, room, size));
}
END_TEST

START_TEST(deep_nesting_of_unknown_fields_is_only_bytes)
{
	size_t at = 30000;

	while (at > 8) { /* each level is a field of wire type 3, a group: refused by protobuf-c */
		room[--at] = 0x7b;
	}
	ck_assert_ptr_null(arena_unpack(&arena, &event__descriptor, room + at, 30000 - at));
}
END_TEST

/* libprotobuf-c takes the first three, and would pack them as bytes that it refuses. */
static const struct {
	const char *bytes;
	size_t size;
	bool taken;
} tags[] = {
	{ "\x81\x00\1\1\1\1\1\1\1\1", 10, false }, /* field 0 */
	{ "\x82\x80\x80\x00\x00", 5, false },
	{ "\x80\x00\x07", 3, false },
	{ "\x00\x07", 2, false },
	{ "\xc0\xb8\x82\x00\x07", 5, true }, /* unknown, too long */
	{ "\xc0\xb8\x02\x07", 4, true },
};

enum { TAGS = sizeof(tags) / sizeof(tags[0]) };

/* In a message, in one inside, and in one of a list inside that. */
START_TEST(field_0_is_refused_and_what_is_taken_can_be_packed_again)
{
	static const struct {
		const ProtobufCMessageDescriptor *message;
		uint8_t field; /* of the message in the next row */
	} path[] = { { &line_forward__descriptor, 4 }, { &line_forward_list__descriptor, 3 },
		{ &line_forward_entry__descriptor, 0 } };

	for (int depth = 2; depth >= 0; depth--) {
		size_t size = tags[_i].size;
		const ProtobufCMessage *msg;

		memcpy(room, tags[_i].bytes, size);
		for (int i = 1; i >= depth; i--, size += 2) {
			memmove(room + 2, room, size);
			room[0] = (uint8_t)(path[i].field << 3 | 2);
			room[1] = (uint8_t)size;
		}
		arena_reset(&arena, MESSAGE_MAX);
		msg = arena_unpack(&arena, path[depth].message, room, size);
		ck_assert_int_eq(msg != NULL, tags[_i].taken);
		if (!msg)
			continue;
		size = protobuf_c_message_pack(msg, room);
		ck_assert_ptr_nonnull(arena_unpack(&arena, path[depth].message, room, size));
	}
}
END_TEST

START_TEST(noise_is_refused_without_harm)
{
	for (unsigned i = 0; i < 20000; i++) {
		const ProtobufCMessageDescriptor *d = messages[random_u64() % message_count];
		size_t size = (size_t)(random_u64() % 2048) / (i % 8 + 1);

		arena_reset(&arena, MESSAGE_MAX);
		random_bytes(room, size);
		(void)arena_unpack(&arena, d, room, size);
	}
}
END_TEST

START_TEST(want_of_memory_is_null)
{
	uint8_t packed[16384];

	for (size_t i = 0; i < message_count; i += 7) {
		ProtobufCMessage *msg;
		size_t size;

		arena_reset(&arena, MESSAGE_MAX);
		msg = sample_message(&arena, messages[i]);
		size = protobuf_c_message_pack(msg, packed);
		for (struct oom o = OOM_START; oom_next(&o);) {
			struct arena a;
			void *back;

			arena_init(&a, MESSAGE_MAX);
			back = arena_unpack(&a, messages[i], packed, size);
			ck_assert_int_eq(back == NULL, oom_failed(&o));
			arena_fini(&a);
		}
	}
}
END_TEST

static Suite *arena_suite(void)
{
	Suite *s = suite_create("arena");
	TCase *t = tcase_create("arena");
	TCase *oom = tcase_create("oom");

	tcase_add_checked_fixture(t, start, stop);
	tcase_set_timeout(t, 30);
	tcase_add_test(t, pieces_are_aligned_separate_and_zeroed);
	tcase_add_test(t, cap_is_never_passed);
	tcase_add_test(t, reset_gives_all_of_the_cap_again);
	tcase_add_test(t, second_message_allocates_nothing);
	tcase_add_test(t, schema_is_acyclic_and_shallow);
	tcase_add_test(t, every_message_comes_back_through_an_arena);
	tcase_add_test(t, amplifying_messages_stay_below_the_cap);
	tcase_add_test(t, megabyte_of_empty_elements_is_refused_and_30_kB_pass);
	tcase_add_test(t, unknown_fields_are_capped_too);
	tcase_add_test(t, deep_nesting_of_unknown_fields_is_only_bytes);
	tcase_add_loop_test(t, field_0_is_refused_and_what_is_taken_can_be_packed_again, 0, TAGS);
	tcase_add_test(t, noise_is_refused_without_harm);
	suite_add_tcase(s, t);
	tcase_add_checked_fixture(oom, start, stop);
	tcase_add_test(oom, want_of_memory_is_null);
	suite_add_tcase(s, oom);
	return s;
}

TEST_MAIN(arena_suite())
