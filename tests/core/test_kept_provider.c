// SPDX-License-Identifier: MIT
/* test_kept_provider.c - what is kept of providers over starts of the daemon: who was added, its
 * keys, and device ids. */
#include "../scratch.h"
#include "../test_main.h"
#include "tapisrvd/provider.h"
#include "world.h"

#include <string.h>
#include <unistd.h>

struct kept {
	struct world w;
	char folder[256];
};

static void start(struct kept *k, const char *first, const char *second)
{
	memset(&k->w, 0, sizeof(k->w));
	world_init_state(&k->w, first, second, k->folder);
}

static void make_folder(struct kept *k)
{
	scratch_template(k->folder, sizeof(k->folder), "core-kept");
	ck_assert_ptr_nonnull(mkdtemp(k->folder));
}

static uint32_t base_of(struct kept *k, const char *name)
{
	return world_host(&k->w, name)->line_base;
}

START_TEST(ids_stay_whatever_the_order)
{
	struct kept k;
	uint32_t a, b;

	make_folder(&k);
	start(&k, "a", "b");
	ck_assert_uint_eq(base_of(&k, "a"), 0);
	ck_assert_uint_eq(base_of(&k, "b"), MOCK_LINES);
	a = provider_find(k.w.core, "a")->id;
	b = provider_find(k.w.core, "b")->id;
	world_fini(&k.w);

	start(&k, "b", "a");
	ck_assert_uint_eq(base_of(&k, "b"), MOCK_LINES);
	ck_assert_uint_eq(base_of(&k, "a"), 0);
	ck_assert_uint_eq(provider_find(k.w.core, "a")->id, a);
	ck_assert_uint_eq(provider_find(k.w.core, "b")->id, b);
	world_fini(&k.w);

	start(&k, "new", "b"); /* whose place in the file is a's; a's ids are free, its number is
				  not */
	ck_assert_uint_eq(base_of(&k, "new"), 0);
	ck_assert_uint_eq(base_of(&k, "b"), MOCK_LINES);
	ck_assert_uint_gt(provider_find(k.w.core, "new")->id, b);
	world_fini(&k.w);
}
END_TEST

START_TEST(one_that_has_grown_keeps_its_ids_if_it_is_the_first)
{
	struct kept k;
	struct mock *a;

	make_folder(&k);
	start(&k, "a", "b");
	(void)base_of(&k, "a");
	(void)base_of(&k, "b");
	world_fini(&k.w);
	start(&k, "a", "b");
	a = world_raw(&k.w, true, 0);
	a->more_lines = 2;
	(void)world_host_on(a, "a");
	ck_assert_uint_eq(a->line_base, 0);
	ck_assert_uint_eq(base_of(&k, "b"), MOCK_LINES + 2);
	world_fini(&k.w);
}
END_TEST

static uint32_t add(struct kept *k, const char *name)
{
	struct mock *app = world_app(&k->w, "admin");
	LineAddProvider m = LINE_ADD_PROVIDER__INIT;
	uint32_t serial;

	m.provider_filename = (char *)(uintptr_t)name;
	serial = app_send(app, CALL_LineAddProvider, 0, &m.base);
	(void)world_host(&k->w, name);
	ck_assert_int_eq(app_answer(app, FRAME_RETURN, serial)->h.result, 0);
	return ((const LineAddProviderReply *)(const void *)app_answer(app, FRAME_RETURN, serial)
					->body)
			->permanent_provider_id;
}

static void set_in(struct kept *k, uint32_t id, const char *key, const char *value)
{
	TapixSetProviderKeys m = TAPIX_SET_PROVIDER_KEYS__INIT;
	KeyValue pair = KEY_VALUE__INIT, *pairs = &pair;

	pair.key = (char *)(uintptr_t)key;
	pair.value = (char *)(uintptr_t)value;
	m.keys = &pairs;
	m.n_keys = 1;
	SET(&m, permanent_provider_id, id);
	ck_assert_int_eq(app_call(world_app(&k->w, "admin"), CALL_TapixSetProviderKeys, 0, &m.base),
			0);
}

START_TEST(what_was_added_is_there_again_with_its_keys)
{
	struct kept k;
	struct mock *host;
	uint32_t id;

	make_folder(&k);
	start(&k, "mock", NULL);
	(void)world_host(&k.w, "mock");
	id = add(&k, "late");
	set_in(&k, id, "x", "1");
	world_fini(&k.w);

	start(&k, "mock", NULL);
	(void)world_host(&k.w, "mock");
	host = world_host(&k.w, "late");
	ck_assert_uint_eq(provider_find(k.w.core, "late")->id, id);
	ck_assert(provider_find(k.w.core, "late")->added);
	ck_assert_uint_eq(host->line_base, MOCK_LINES);
	ck_assert_uint_eq(host->core_hello.n_config, 1);
	ck_assert_str_eq(host->core_hello.config[0]->key, "x");
	ck_assert_str_eq(host->core_hello.config[0]->value, "1");
	ck_assert_uint_eq(host_asked(host, CALL_TspiProviderInstall), 0);
	world_fini(&k.w);

	start(&k, "late", NULL); /* now the file has it */
	(void)world_host(&k.w, "late");
	ck_assert_uint_eq(provider_find(k.w.core, "late")->id, id);
	ck_assert(!provider_find(k.w.core, "late")->added);
	world_fini(&k.w);
}
END_TEST

START_TEST(one_that_was_only_being_added_is_not)
{
	struct kept k;
	LineAddProvider m = LINE_ADD_PROVIDER__INIT;

	make_folder(&k);
	start(&k, "mock", NULL);
	(void)world_host(&k.w, "mock");
	m.provider_filename = (char *)"late";
	(void)app_send(world_app(&k.w, "admin"), CALL_LineAddProvider, 0, &m.base);
	ck_assert_ptr_nonnull(provider_find(k.w.core, "late"));
	world_fini(&k.w);
	start(&k, "mock", NULL);
	ck_assert_ptr_null(provider_find(k.w.core, "late"));
	world_fini(&k.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core kept provider");
	TCase *t = tcase_create("kept");

	tcase_add_test(t, ids_stay_whatever_the_order);
	tcase_add_test(t, one_that_has_grown_keeps_its_ids_if_it_is_the_first);
	tcase_add_test(t, what_was_added_is_there_again_with_its_keys);
	tcase_add_test(t, one_that_was_only_being_added_is_not);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
