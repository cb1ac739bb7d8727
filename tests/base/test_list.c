// SPDX-License-Identifier: MIT
/* test_list.c - the ring of links. */
#include "../test_main.h"

#include "base/list.h"

#include <string.h>

struct thing {
	char name;
	struct list link;
};

static struct list head;
static struct thing a = { 'a', { NULL, NULL } }, b = { 'b', { NULL, NULL } },
		    c = { 'c', { NULL, NULL } };

static void start(void)
{
	list_init(&head);
	list_init(&a.link);
	list_init(&b.link);
	list_init(&c.link);
}

static const char *order(void)
{
	static char names[8];
	size_t n = 0;

	list_for(pos, &head)
		names[n++] = list_entry(pos, struct thing, link)->name;
	names[n] = '\0';
	return names;
}

START_TEST(append_and_prepend_keep_the_order)
{
	ck_assert(list_empty(&head));
	list_append(&head, &b.link);
	list_append(&head, &c.link);
	list_prepend(&head, &a.link);

	ck_assert(!list_empty(&head));
	ck_assert_str_eq(order(), "abc");
}
END_TEST

START_TEST(moving_takes_all_in_their_order)
{
	struct list other = LIST_INIT(other);

	list_append(&other, &b.link);
	list_append(&other, &c.link);
	list_append(&head, &a.link);
	list_move(&head, &other);

	ck_assert_str_eq(order(), "abc");
	ck_assert(list_empty(&other));
	list_move(&head, &other);
	ck_assert_str_eq(order(), "abc");
}
END_TEST

START_TEST(removing_twice_is_harmless)
{
	list_append(&head, &a.link);
	list_append(&head, &b.link);
	list_remove(&a.link);
	list_remove(&a.link);

	ck_assert_str_eq(order(), "b");
	ck_assert(list_empty(&a.link));
}
END_TEST

START_TEST(link_may_be_removed_while_walking)
{
	list_append(&head, &a.link);
	list_append(&head, &b.link);
	list_append(&head, &c.link);
	list_for_safe(pos, &head) {
		struct thing *t = list_entry(pos, struct thing, link);

		if (t->name == 'b')
			continue;
		list_remove(pos);
		memset(&t->link, 0, sizeof(t->link)); /* as if freed */
	}

	ck_assert_str_eq(order(), "b");
}
END_TEST

START_TEST(static_head_is_empty)
{
	struct list fresh = LIST_INIT(fresh);

	ck_assert(list_empty(&fresh));
}
END_TEST

static Suite *list_suite(void)
{
	Suite *s = suite_create("list");
	TCase *t = tcase_create("list");

	tcase_add_checked_fixture(t, start, NULL);
	tcase_add_test(t, append_and_prepend_keep_the_order);
	tcase_add_test(t, moving_takes_all_in_their_order);
	tcase_add_test(t, removing_twice_is_harmless);
	tcase_add_test(t, link_may_be_removed_while_walking);
	tcase_add_test(t, static_head_is_empty);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(list_suite())
