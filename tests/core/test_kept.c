// SPDX-License-Identifier: MIT
/* test_kept.c - a state file with rows that the daemon never wrote: what it would refuse from an
 * application it leaves out, too, and says so in one line. */
#include "../oom.h"
#include "../scratch.h"
#include "../test_main.h"
#include "base/log.h"
#include "tapisrvd/dialling.h"
#include "tapisrvd/provider.h"
#include "tapisrvd/store.h"
#include "world.h"

#include <string.h>
#include <tapix_numbers.h>

enum { USER = 7, MANY = 300 };

static char folder[128];
static unsigned left_out, no_memory;
static struct world w;

static void count_log(enum log_level level, const char *line, void *arg)
{
	(void)level;
	(void)arg;
	left_out += strstr(line, "is left out") != NULL;
	no_memory += strstr(line, "out of memory") != NULL;
}

static void set_up(void)
{
	scratch_template(folder, sizeof(folder), "kept");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	left_out = 0;
}

static void tear_down(void)
{
	world_fini(&w);
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

static const char *const bad_rules[] = {
	"INSERT INTO area_rule (uid, location, position, area) VALUES (?, ?, 1, '30')",
	"INSERT INTO area_rule (uid, location, position, area) VALUES (?, 0 * ?, 1, 'x')",
	("INSERT INTO area_rule (uid, location, position, area) VALUES (?, 0, ?, printf('%0999d', "
	 "1))"),
};

START_TEST(a_rule_that_could_not_be_set_is_not_there)
{
	TapixGetAreaRules m = TAPIX_GET_AREA_RULES__INIT;
	const TapixGetAreaRulesReply *reply;
	struct mock *app;

	write_rows(bad_rules[_i], 1);
	app = start();
	reply = ask(app, CALL_TapixGetAreaRules, &m.base);

	ck_assert_uint_eq(reply->n_rules, 0);
	ck_assert_uint_eq(left_out, 1);
}
END_TEST

/* The current location, the next ids of locations and cards; location 1 is there. */
static const struct {
	const char *value;
	uint32_t current, next_location, next_card;
} settings[] = {
	{ "1,9,8", 1, 9, 8 },
	{ "1", 1, 2, 1 },
	{ "", 0, 2, 1 },
	{ "7,1,0", 0, 2, 1 },
	{ "4294967297,4294967296,4294967296", 0, 2, 1 },
	{ "99999999999999999999,x", 0, 2, 1 },
};

START_TEST(a_setting_says_what_it_can)
{
	const struct dialling *d;
	char sql[128];

	write_rows("INSERT INTO location (uid, id, name, country) VALUES (?, ?, 'x', 49)", 1);
	(void)snprintf(sql, sizeof(sql),
			"INSERT INTO setting (uid, name, value) VALUES (? + 0 * ?, 'dialling', "
			"'%s')",
			settings[_i].value);
	write_rows(sql, 1);
	(void)start();
	d = dialling_of(w.core, USER);

	ck_assert_uint_eq(d->current, settings[_i].current);
	ck_assert_uint_eq(d->next_location, settings[_i].next_location);
	ck_assert_uint_eq(d->next_card, settings[_i].next_card);
	ck_assert_uint_eq(left_out, 0);
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
	"INSERT INTO provider (name, file, origin, line_base) VALUES ('mock', ?, 0, -?)",
	"INSERT INTO provider (name, file, origin, num_lines) VALUES ('mock', ?, 0, 1000000 + ?)",
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

static const struct seen *add_location(struct mock *app)
{
	TapixSetLocation m = TAPIX_SET_LOCATION__INIT;
	DialLocation l = DIAL_LOCATION__INIT;
	uint32_t serial;

	SET(&l, permanent_location_id, TAPIX_NEW);
	SET(&l, country_id, 49);
	l.name = (char *)"x";
	m.location = &l;
	serial = app_send(app, CALL_TapixSetLocation, 0, &m.base);
	return app_answer(app, FRAME_RETURN, serial);
}

START_TEST(a_location_that_cannot_be_kept_is_refused)
{
	struct mock *app = start();
	struct store *other = store_open(folder);
	const struct seen *s;

	ck_assert_int_eq(store_begin(other), 0); /* nobody else can write */
	s = add_location(app);
	ck_assert_int_eq(s->h.result, LINEERR_OPERATIONFAILED);
	ck_assert_str_eq(seen_failure(s)->cause, "store");
	ck_assert_uint_eq(locations(app), 1);

	ck_assert_int_eq(store_end(other, 0), 0);
	ck_assert_int_eq(add_location(app)->h.result, 0);
	ck_assert_uint_eq(locations(app), 2);
	store_close(other);
}
END_TEST

/* Memory was short when the daemon started. */
START_TEST(without_a_store_a_location_is_there_as_long_as_the_daemon)
{
	struct mock *app = start();

	store_close(w.core->store);
	w.core->store = NULL;

	ck_assert_int_eq(add_location(app)->h.result, 0);
	ck_assert_uint_eq(locations(app), 2);
}
END_TEST

static const char *const good[] = {
	"INSERT INTO location (uid, id, name, country) VALUES (?, ?, 'x', 49)",
	"INSERT INTO area_rule (uid, location, position, area) VALUES (?, 1, ?, '30')",
	"INSERT INTO area_rule (uid, location, position, area) VALUES (? + 1, 0, ?, '30')",
	"INSERT INTO card (uid, id, name) VALUES (? + 2, ?, 'x')",
	"INSERT INTO setting (uid, name, value) VALUES (? + 3 * ?, 'dialling', '0,9,8')",
	"INSERT INTO provider (id, name, file, origin) VALUES (?, 'added', 'added', ?)",
	"INSERT INTO provider_key VALUES (?, 'key', ?)",
	"INSERT INTO priority VALUES (?, 4, ?, 'x')",
	("INSERT INTO request (uid, id, at, address, app, called, comment)"
	 " VALUES (?, ?, 0, '102', '', '', '')"),
};

static bool all_is_there(void)
{
	const struct provider *p = provider_find(w.core, "added");
	const struct location *l = location_find(dialling_of(w.core, USER), 1);
	const struct location *built_in = location_find(dialling_of(w.core, USER + 1), 0);

	return l && l->rule_count == 1 && built_in->rule_count == 1 &&
	       card_find(dialling_of(w.core, USER + 2), 1) &&
	       dialling_of(w.core, USER + 3)->next_card == 8 && p && p->id == USER &&
	       settings_find(&p->set, "key") && list_count(&w.core->priorities) == 1 &&
	       list_count(&w.core->assists) == 1;
}

START_TEST(oom_what_is_kept_is_there_or_missed_with_a_word)
{
	for (int i = 0; i < (int)(sizeof(good) / sizeof(good[0])); i++)
		write_rows(good[i], 1);
	(void)start();
	ck_assert(all_is_there());
	for (struct oom o = OOM_START; oom_next(&o);) {
		int err;
		bool failed;

		mem_fail_at(0);
		core_free(w.core);
		no_memory = 0;
		o.before = mem_count();
		mem_fail_at(o.round);
		err = core_new(w.base, &w.options, &w.core);
		if (!err)
			core_start(w.core);
		failed = oom_failed(&o);
		mem_fail_at(0);
		if (err)
			ck_assert_int_eq(core_new(w.base, &w.options, &w.core), 0);
		else
			ck_assert_msg(no_memory || all_is_there(), "allocation %lu", o.round);
		if (!failed)
			break;
	}
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
	tcase_add_loop_test(t, a_rule_that_could_not_be_set_is_not_there, 0, COUNT(bad_rules));
	tcase_add_loop_test(t, a_setting_says_what_it_can, 0, COUNT(settings));
	tcase_add_loop_test(t, a_card_that_could_not_be_set_is_not_there, 0, COUNT(bad_cards));
	tcase_add_loop_test(t, lists_of_priorities_are_as_short_as_ever, 0, COUNT(priorities));
	tcase_add_loop_test(t, a_provider_that_nobody_could_add_is_not_there, 0,
			COUNT(bad_providers));
	tcase_add_test(t, a_location_that_cannot_be_kept_is_refused);
	tcase_add_test(t, without_a_store_a_location_is_there_as_long_as_the_daemon);
	suite_add_tcase(s, t);
	t = tcase_create("oom");
	tcase_add_checked_fixture(t, set_up, tear_down);
	tcase_add_test(t, oom_what_is_kept_is_there_or_missed_with_a_word);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
