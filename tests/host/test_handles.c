// SPDX-License-Identifier: MIT
/* test_handles.c - a handle that a TSP kept too long names nothing. */
#include "../test_main.h"

#include "base/mem.h"
#include "tsphost/handles.h"

START_TEST(a_handle_names_its_object_and_kind)
{
	struct handles h = { 0 };
	int object;
	uint32_t handle = handles_add(&h, HANDLE_CALL, &object);

	ck_assert_uint_ne(handle, 0);
	ck_assert_ptr_eq(handles_find(&h, HANDLE_CALL, handle), &object);
	ck_assert_ptr_null(handles_find(&h, HANDLE_LINE, handle));
	ck_assert_ptr_null(handles_find(&h, HANDLE_CALL, handle + 1));
	ck_assert_ptr_null(handles_find(&h, HANDLE_CALL, 0));
	ck_assert_ptr_null(handles_find(&h, HANDLE_CALL, (uintptr_t)handle << 31));
	mem_free(h.slots);
}
END_TEST

START_TEST(a_stale_handle_names_nothing_though_its_slot_is_used_again)
{
	struct handles h = { 0 };
	int object;
	uint32_t first = handles_add(&h, HANDLE_CALL, &object), now = first;

	for (int i = 0; i < 1000; i++) {
		handles_remove(&h, now);
		ck_assert_ptr_null(handles_find(&h, HANDLE_CALL, now));
		handles_remove(&h, now); /* twice is harmless */
		now = handles_add(&h, HANDLE_CALL, &object);
		ck_assert_ptr_nonnull(handles_find(&h, HANDLE_CALL, now));
		ck_assert_ptr_null(handles_find(&h, HANDLE_CALL, first));
	}
	mem_free(h.slots);
}
END_TEST

START_TEST(a_full_table_refuses_and_goes_on_when_there_is_room)
{
	struct handles h = { 0 };
	int object;
	uint32_t last = 0, one;
	unsigned count = 0;

	while ((one = handles_add(&h, HANDLE_CALL, &object))) {
		last = one;
		count++;
	}
	handles_remove(&h, last);

	ck_assert_uint_eq(count, 65536);
	ck_assert_uint_ne(handles_add(&h, HANDLE_LINE, &object), 0);
	ck_assert_uint_eq(handles_add(&h, HANDLE_LINE, &object), 0);
	mem_free(h.slots);
}
END_TEST

START_TEST(clear_makes_all_stale_and_generations_go_on)
{
	struct handles h = { 0 };
	int object;
	uint32_t first = handles_add(&h, HANDLE_CALL, &object), cursor = 0;

	handles_clear(&h);

	ck_assert_ptr_null(handles_next(&h, HANDLE_CALL, &cursor));
	ck_assert_uint_ne(handles_add(&h, HANDLE_CALL, &object), first);
	ck_assert_ptr_null(handles_find(&h, HANDLE_CALL, first));
	mem_free(h.slots);
}
END_TEST

static Suite *handles(void)
{
	Suite *s = suite_create("host handles");
	TCase *t = tcase_create("handles");

	tcase_add_test(t, a_handle_names_its_object_and_kind);
	tcase_add_test(t, a_stale_handle_names_nothing_though_its_slot_is_used_again);
	tcase_add_test(t, a_full_table_refuses_and_goes_on_when_there_is_room);
	tcase_add_test(t, clear_makes_all_stale_and_generations_go_on);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(handles())
