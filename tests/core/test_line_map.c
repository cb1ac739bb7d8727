// SPDX-License-Identifier: MIT
/* test_line_map.c - lineOpen of LINEMAPPER: which line it is, also when one refuses to be opened.
 */
#include "../test_main.h"
#include "world.h"

#include <string.h>

enum { MANY = 48, LARGE = 100 * 1024 };

struct mapped {
	struct world w;
	struct mock *host, *app;
	uint32_t serial;
};

static void ask_for_voice(struct mapped *f)
{
	LineOpen m = LINE_OPEN__INIT;

	f->app = world_app(&f->w, "app");
	SET_ID(&m, device, LINEMAPPER);
	SET(&m, api_version, 0x00020002);
	SET(&m, privileges, OWNER);
	SET(&m, media_modes, VOICE);
	f->serial = app_send(f->app, CALL_LineOpen, 0, &m.base);
	world_turn(&f->w);
}

/* Its provider is asked for the first line. */
static void mapped_init(struct mapped *f)
{
	memset(f, 0, sizeof(*f));
	world_init(&f->w, "mock", NULL);
	f->host = world_host(&f->w, "mock");
	f->host->manual[CALL_TspiLineOpen] = true;
	ask_for_voice(f);
}

static uint32_t asked_for(const struct mapped *f)
{
	return ((const TspiLineOpen *)(const void *)host_request(f->host, CALL_TspiLineOpen)->body)
			->device;
}

static void answer(struct mapped *f, int32_t result)
{
	host_return(f->host, host_request(f->host, CALL_TspiLineOpen), result, NULL);
	world_turn(&f->w);
}

static const struct seen *result_of(const struct mapped *f)
{
	return app_answer(f->app, FRAME_RETURN, f->serial);
}

START_TEST(the_next_line_is_tried_when_one_is_allocated)
{
	struct mapped f;

	mapped_init(&f);
	ck_assert_uint_eq(asked_for(&f), 0);
	answer(&f, LINEERR_ALLOCATED);
	ck_assert_uint_eq(asked_for(&f), 1);
	answer(&f, LINEERR_ALLOCATED);
	ck_assert_ptr_null(result_of(&f));
	ck_assert_uint_eq(asked_for(&f), 2);
	answer(&f, 0);

	ck_assert_int_eq(result_of(&f)->h.result, 0);
	ck_assert_uint_eq(((const LineOpenReply *)(const void *)result_of(&f)->body)->device, 2);
	ck_assert_uint_ne(app_make_call(f.app, result_of(&f)->h.open, 2), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(when_all_lines_are_allocated_that_is_the_answer)
{
	struct mapped f;

	mapped_init(&f);
	for (uint32_t i = 0; i < MOCK_LINES; i++) {
		ck_assert_uint_eq(asked_for(&f), i);
		answer(&f, LINEERR_ALLOCATED);
	}

	ck_assert_int_eq(result_of(&f)->h.result, LINEERR_ALLOCATED);
	ck_assert_str_eq(seen_failure(result_of(&f))->sentence, "the mock refuses");
	ck_assert_uint_eq(app_answers(f.app, FRAME_RETURN, f.serial), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(what_else_a_line_answers_counts)
{
	struct mapped f;

	mapped_init(&f);
	answer(&f, LINEERR_OPERATIONFAILED);

	ck_assert_int_eq(result_of(&f)->h.result, LINEERR_OPERATIONFAILED);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineOpen), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(no_other_line_is_tried_for_an_application_that_is_gone)
{
	struct mapped f;

	mapped_init(&f);
	mock_hang_up(f.app);
	world_turn(&f.w);
	answer(&f, LINEERR_ALLOCATED);

	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineOpen), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_line_that_was_asked_for_by_its_id_is_the_only_one)
{
	struct mapped f;
	LineOpen m = LINE_OPEN__INIT;

	mapped_init(&f);
	answer(&f, 0);
	SET_ID(&m, device, 1);
	SET(&m, api_version, 0x00020002);
	SET(&m, privileges, OWNER);
	SET(&m, media_modes, VOICE);
	f.serial = app_send(f.app, CALL_LineOpen, 0, &m.base);
	world_turn(&f.w);
	answer(&f, LINEERR_ALLOCATED);

	ck_assert_int_eq(result_of(&f)->h.result, LINEERR_ALLOCATED);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineOpen), 2);
	world_fini(&f.w);
}
END_TEST

/* Together more than a message may take. */
START_TEST(many_lines_with_large_capabilities_are_looked_at)
{
	struct mapped f;

	memset(&f, 0, sizeof(f));
	world_init(&f.w, "mock", NULL);
	f.host = world_raw(&f.w, true, 0);
	f.host->more_lines = MANY - MOCK_LINES;
	f.host->caps_bytes = LARGE;
	(void)world_host_on(f.host, "mock");
	ask_for_voice(&f);

	ck_assert_int_eq(result_of(&f)->h.result, 0);
	ck_assert_uint_eq(asked_for(&f), MANY - 1);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core line map");
	TCase *t = tcase_create("line map");

	tcase_add_test(t, the_next_line_is_tried_when_one_is_allocated);
	tcase_add_test(t, when_all_lines_are_allocated_that_is_the_answer);
	tcase_add_test(t, what_else_a_line_answers_counts);
	tcase_add_test(t, no_other_line_is_tried_for_an_application_that_is_gone);
	tcase_add_test(t, a_line_that_was_asked_for_by_its_id_is_the_only_one);
	tcase_add_test(t, many_lines_with_large_capabilities_are_looked_at);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
