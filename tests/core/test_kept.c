// SPDX-License-Identifier: MIT
/* test_kept.c - a state file with rows that the daemon never wrote: what it would refuse from an
 * application it leaves out, too, and says so in one line. */
#include "../scratch.h"
#include "../test_main.h"
#include "base/log.h"
#include "tapisrvd/dialling.h"
#include "tapisrvd/provider.h"
#include "tapisrvd/store.h"
#include "world.h"

#include <string.h>

enum { USER = 7, MANY = 300 };

static char folder[128];
static unsigned left_out;
static struct world w;

static void count_log(enum log_level level, const char *line, void *arg)
{
	(void)level;
	(void)arg;
	left_out += strstr(line, "is left out") != NULL;
}

static void set_up(void)
{
	scratch_template(folder, sizeof(folder), "kept");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	left_out = 0;
}

static void tear_down(void)
{
	char command[200];

	world_fini(&w);
	(void)snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	ck_assert_int_eq(system(command), 0);
}

/* Ids count from 1. */
static void write_rows(const char *sql, int count)
{
	struct store *s = store_open(folder);

	ck_assert(store_is_kept(s));
	ck_assert_int_eq(store_begin(s), 0);
	for (int i = 1; i <= count; i++)
		ck_assert_int_eq(store_run(s, sql, STORE_VALUES(STORE_N(USER), STORE_N(i)), NULL,
						 NULL),
				0);
	ck_assert_int_eq(store_end(s, 0), 0);
	store_close(s);
}

static struct mock *start(void)
{
	world_init_state(&w, "mock", NULL, folder);
	log_set_sink(count_log, NULL);
	world_kill_core(&w); /* its start is heard this time */
	return world_app_of(&w, "app", USER);
}

static const void *ask(struct mock *app, uint16_t kind, const ProtobufCMessage *m)
{
	uint32_t serial = app_send(app, kind, 0, m);
	const struct seen *s = app_answer(app, FRAME_RETURN, serial);

	ck_assert_ptr_nonnull(s);
	ck_assert_int_eq(s->h.result, 0);
	return s->body;
}

static size_t locations(struct mock *app)
{
	TapixGetLocations m = TAPIX_GET_LOCATIONS__INIT;
	const TapixGetLocationsReply *reply = ask(app, CALL_TapixGetLocations, &m.base);

	return reply->n_locations;
}

static size_t cards(struct mock *app)
{
	TapixGetCards m = TAPIX_GET_CARDS__INIT;
	const TapixGetCardsReply *reply = ask(app, CALL_TapixGetCards, &m.base);

	return reply->n_cards;
}

START_TEST(there_are_no_more_locations_than_a_user_may_have)
{
	struct mock *app;

	write_rows("INSERT INTO location (uid, id, name, country) VALUES (?, ?, 'x', 49)", MANY);
	app = start();

	ck_assert_uint_eq(locations(app), LOCATIONS_MAX);
	ck_assert_uint_eq(left_out, 1);
}
END_TEST

START_TEST(there_are_no_more_cards_than_a_user_may_have)
{
	struct mock *app;

	write_rows("INSERT INTO card (uid, id, name) VALUES (?, ?, 'x')", MANY);
	app = start();

	ck_assert_uint_eq(cards(app), CARDS_MAX);
	ck_assert_uint_eq(left_out, 1);
}
END_TEST

START_TEST(there_are_no_more_rules_than_a_location_may_have)
{
	TapixGetAreaRules m = TAPIX_GET_AREA_RULES__INIT;
	const TapixGetAreaRulesReply *reply;
	struct mock *app;

	write_rows("INSERT INTO area_rule (uid, location, position, area) VALUES (?, 0, ?, '30')",
			MANY);
	app = start();
	reply = ask(app, CALL_TapixGetAreaRules, &m.base);

	ck_assert_uint_eq(reply->n_rules, AREA_RULES_MAX);
	ck_assert_uint_eq(left_out, 1);
}
END_TEST

static const char *const bad_locations[] = {
	"INSERT INTO location (uid, id, name, country, area) VALUES (?, ?, 'x', 49, 'a')",
	"INSERT INTO location (uid, id, name, country, options) VALUES (?, ?, 'x', 49, 1024)",
	"INSERT INTO location (uid, id, name, country) VALUES (?, ?, x'ff', 49)",
	"INSERT INTO location (uid, id, name, country) VALUES (?, -?, 'x', 49)",
	"INSERT INTO location (uid, id, name, country) VALUES (?, 4294967294 + ?, 'x', 49)",
	("INSERT INTO location (uid, id, name, country, area) VALUES (?, ?, 'x', 49, "
	 "printf('%01000d', 1))"),
};

START_TEST(a_location_that_could_not_be_set_is_not_there)
{
	struct mock *app;

	write_rows(bad_locations[_i], 1);
	app = start();

	ck_assert_uint_eq(locations(app), 1); /* the one that is built in */
	ck_assert_uint_eq(left_out, 1);
}
END_TEST

static const char *const bad_cards[] = {
	"INSERT INTO card (uid, id, name) VALUES (?, ?, '')",
	"INSERT INTO card (uid, id, name, number) VALUES (?, ?, 'x', 'y')",
	"INSERT INTO card (uid, id, name, long_rule) VALUES (?, ?, 'x', 'y')",
	"INSERT INTO card (uid, id, name, options) VALUES (?, ?, 'x', 4)",
	"INSERT INTO card (uid, id, name) VALUES (?, 0 * ?, 'x')",
};

START_TEST(a_card_that_could_not_be_set_is_not_there)
{
	struct mock *app;

	write_rows(bad_cards[_i], 1);
	app = start();

	ck_assert_uint_eq(cards(app), 1);
	ck_assert_uint_eq(left_out, 1);
}
END_TEST

static const struct {
	const char *sql;
	int count;
	size_t size; /* of the list */
} priorities[] = {
	{ "INSERT INTO priority VALUES (?, 4, ?, 'x')", MANY, 2 * 64 - 1 },
	{ "INSERT INTO priority VALUES (?, 4, ?, printf('%0600d', 1))", 1, 0 },
	{ "INSERT INTO priority VALUES (?, 4, ?, 'a/b')", 1, 0 },
};

START_TEST(lists_of_priorities_are_as_short_as_ever)
{
	TapixGetAppPriorities m = TAPIX_GET_APP_PRIORITIES__INIT;
	const TapixGetAppPrioritiesReply *reply;
	struct mock *app;

	write_rows(priorities[_i].sql, priorities[_i].count);
	app = start();
	SET(&m, media_mode, VOICE);
	reply = ask(app, CALL_TapixGetAppPriorities, &m.base);

	ck_assert_uint_eq(reply->names->string.len, priorities[_i].size);
	ck_assert_uint_eq(left_out, 1);
}
END_TEST

static const char *const bad_providers[] = {
	"INSERT INTO provider (name, file, origin) VALUES ('../x', ?, 1 + 0 * ?)",
	"INSERT INTO provider (name, file, origin, id) VALUES ('mock', ?, 0, 4294967296 + 0 * ?)",
	"INSERT INTO provider (name, file, origin, id) VALUES ('mock', ?, 0, -?)",
	("INSERT INTO provider (name, file, origin, line_base) VALUES ('mock', ?, 0, 4294967294 + "
	 "?)"),
	"INSERT INTO provider (name, file, origin, num_phones) VALUES ('mock', ?, 0, -?)",
};

START_TEST(a_provider_that_nobody_could_add_is_not_there)
{
	const struct provider *p;

	write_rows(bad_providers[_i], 1);
	(void)start();
	(void)world_host(&w, "mock");
	p = provider_find(w.core, "mock");

	ck_assert_uint_eq(list_count(&w.core->providers), 1);
	ck_assert_uint_ge(p->id, 1);
	ck_assert_uint_eq(p->line_base, 0);
	ck_assert_uint_eq(p->num_lines, MOCK_LINES);
	ck_assert_uint_eq(left_out, 1);
}
END_TEST

#define COUNT(list) ((int)(sizeof(list) / sizeof((list)[0])))

static Suite *suite(void)
{
	Suite *s = suite_create("kept");
	TCase *t = tcase_create("rows");

	tcase_add_checked_fixture(t, set_up, tear_down);
	tcase_add_test(t, there_are_no_more_locations_than_a_user_may_have);
	tcase_add_test(t, there_are_no_more_cards_than_a_user_may_have);
	tcase_add_test(t, there_are_no_more_rules_than_a_location_may_have);
	tcase_add_loop_test(t, a_location_that_could_not_be_set_is_not_there, 0,
			COUNT(bad_locations));
	tcase_add_loop_test(t, a_card_that_could_not_be_set_is_not_there, 0, COUNT(bad_cards));
	tcase_add_loop_test(t, lists_of_priorities_are_as_short_as_ever, 0, COUNT(priorities));
	tcase_add_loop_test(t, a_provider_that_nobody_could_add_is_not_there, 0,
			COUNT(bad_providers));
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
