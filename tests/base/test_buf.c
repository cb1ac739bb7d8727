// SPDX-License-Identifier: MIT
/* test_buf.c - bytes come out as they went in, whatever the pieces. */
#include "../oom.h"
#include "../test_main.h"

#include "base/buf.h"
#include "base/random.h"

#include <errno.h>
#include <string.h>

START_TEST(bytes_come_out_in_order)
{
	struct buf b = { NULL, 0, 0, 0 };
	uint8_t in = 0, out = 0;
	size_t wrong = 0;

	random_seed(7);
	for (int step = 0; step < 5000; step++) {
		size_t n = (size_t)(random_u64() % 700);
		uint8_t *to = buf_reserve(&b, n);

		ck_assert_ptr_nonnull(to);
		for (size_t i = 0; i < n; i++)
			to[i] = in++;
		buf_added(&b, n);
		n = (size_t)(random_u64() % 700);
		if (n > b.size || step % 100 == 0)
			n = b.size;
		for (size_t i = 0; i < n; i++)
			wrong += buf_head(&b)[i] != out++;
		buf_eat(&b, n);
	}
	ck_assert_uint_eq(wrong, 0);
	ck_assert_uint_eq((uint8_t)(in - out), (uint8_t)b.size);
	buf_fini(&b);
	random_seed(0);
}
END_TEST

START_TEST(reserved_bytes_count_only_when_added)
{
	struct buf b = { NULL, 0, 0, 0 };

	ck_assert_ptr_nonnull(buf_reserve(&b, 100));
	ck_assert_uint_eq(b.size, 0);
	buf_added(&b, 3);
	ck_assert_uint_eq(b.size, 3);
	buf_fini(&b);
}
END_TEST

START_TEST(empty_large_buffer_gives_its_memory_back)
{
	struct buf b = { NULL, 0, 0, 0 };

	ck_assert_ptr_nonnull(buf_reserve(&b, 1000000));
	buf_added(&b, 1000000);
	buf_eat(&b, 1000000);
	ck_assert_ptr_null(buf_head(&b));
	ck_assert_uint_eq(b.capacity, 0);
	ck_assert_int_eq(buf_add(&b, "x", 1), 0);
	buf_eat(&b, 1);
	ck_assert_uint_ne(b.capacity, 0); /* a small one is kept */
	buf_fini(&b);
}
END_TEST

START_TEST(absurd_size_is_refused)
{
	struct buf b = { NULL, 0, 0, 0 };

	ck_assert_int_eq(buf_add(&b, "abc", 3), 0);
	ck_assert_ptr_null(buf_reserve(&b, SIZE_MAX));
	ck_assert_ptr_null(buf_reserve(&b, SIZE_MAX - 2));
	ck_assert_uint_eq(b.size, 3);
	ck_assert_int_eq(memcmp(buf_head(&b), "abc", 3), 0);
	buf_fini(&b);
}
END_TEST

START_TEST(want_of_memory_loses_no_bytes)
{
	for (struct oom o = OOM_START; oom_next(&o);) {
		struct buf b = { NULL, 0, 0, 0 };
		char want[4000];
		size_t n = 0;

		for (int i = 0; i < 10; i++) {
			char piece[300];
			int err;

			memset(piece, 'a' + i, sizeof(piece));
			err = buf_add(&b, piece, sizeof(piece));
			ck_assert(err == 0 || err == -ENOMEM);
			if (!err) {
				memcpy(want + n, piece, sizeof(piece));
				n += sizeof(piece);
			}
		}
		ck_assert_uint_eq(b.size, n);
		ck_assert_int_eq(memcmp(buf_head(&b), want, n), 0);
		buf_fini(&b);
	}
}
END_TEST

static Suite *buf_suite(void)
{
	Suite *s = suite_create("buf");
	TCase *t = tcase_create("buf"), *oom = tcase_create("oom");

	tcase_add_test(t, bytes_come_out_in_order);
	tcase_add_test(t, reserved_bytes_count_only_when_added);
	tcase_add_test(t, empty_large_buffer_gives_its_memory_back);
	tcase_add_test(t, absurd_size_is_refused);
	suite_add_tcase(s, t);
	tcase_add_test(oom, want_of_memory_loses_no_bytes);
	suite_add_tcase(s, oom);
	return s;
}

TEST_MAIN(buf_suite())
