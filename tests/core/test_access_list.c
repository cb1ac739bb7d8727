// SPDX-License-Identifier: MIT
/* test_access_list.c - who is told which rules of access; and that short memory gives nobody more
 * than the rules. */
#include "../oom.h"
#include "../test_main.h"
#include "tapisrvd/access.h"
#include "tapisrvd/access_rule.h"
#include "tapisrvd/line.h"
#include "tapisrvd/session.h"
#include "world.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { ALICE = 4711, BOB = 4712, LINES = 1, PHONES = 2 };

static const char rules[] = "[access 4711]\n"
			    "own = line green, phone *\n"
			    "[access *]\n"
			    "monitor = all\n"
			    "[access no-such-user]\n"
			    "own = line blue\n";

struct fixture {
	struct world w;
	struct mock *host;
};

static void set_up(struct fixture *f, const char *text)
{
	world_init(&f->w, "mock", NULL);
	f->host = world_raw(&f->w, true, 0);
	f->host->names[0] = "green"; /* line and phone 0 */
	f->host->names[1] = "blue";
	f->host->phones = 1;
	(void)world_host_on(f->host, "mock");
	world_reload(&f->w, text);
}

/* "who role devices line;" of each rule, then the asker's own role. Root's and the daemon's user's
 * rules are "+". */
static const char *told(struct mock *app, unsigned kind, uint32_t device)
{
	static const uint16_t kinds[] = { CALL_TapixGetAccess, CALL_TapixGetLineAccess,
		CALL_TapixGetPhoneAccess };
	static char text[512];
	TapixGetLineAccess m = TAPIX_GET_LINE_ACCESS__INIT; /* that of phones is like it */
	TapixGetAccess all = TAPIX_GET_ACCESS__INIT;
	const TapixGetAccessReply *reply;
	size_t used = 0;

	SET_ID(&m, device, device);
	ck_assert_int_eq(app_call(app, kinds[kind], 0, kind ? &m.base : &all.base), 0);
	reply = (const void *)app_answer(app, FRAME_RETURN, app->serial)->body;
	text[0] = '\0';
	for (size_t i = 0; i < reply->n_rules; i++) {
		const AccessRule *rule = reply->rules[i];

		if (rule->role == 3 && !rule->line) {
			ck_assert_str_eq(rule->devices, "all");
			continue;
		}
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s %u %s %u%s;",
				rule->who, rule->role, rule->devices, rule->line,
				rule->unknown ? " unknown" : "");
	}
	(void)snprintf(text + used, sizeof(text) - used, " %u", reply->role);
	return text;
}

START_TEST(users_are_told_what_speaks_of_them)
{
	struct fixture f;
	struct mock *alice, *bob;

	set_up(&f, rules);
	alice = world_app_of(&f.w, "alice", ALICE);
	bob = world_app_of(&f.w, "bob", BOB);
	ck_assert_str_eq(told(alice, 0, 0), "4711 2 line green 2;4711 2 phone * 2;* 1 all 4; 0");
	ck_assert_str_eq(told(alice, LINES, 0), "4711 2 line green 2;* 1 all 4; 2");
	ck_assert_str_eq(told(alice, LINES, 1), "* 1 all 4; 1");
	ck_assert_str_eq(told(alice, PHONES, 0), "4711 2 phone * 2;* 1 all 4; 2");
	ck_assert_str_eq(told(bob, 0, 0), "* 1 all 4; 0");
	ck_assert_str_eq(told(bob, LINES, 0), "* 1 all 4; 1");
	world_fini(&f.w);
}
END_TEST

START_TEST(administrators_are_told_everything)
{
	struct fixture f;
	struct mock *app;
	const TapixGetAccessReply *reply;

	set_up(&f, rules);
	app = world_app(&f.w, "the daemon's");
	ck_assert_str_eq(told(app, LINES, 1), "* 1 all 4;no-such-user 2 line blue 6 unknown; 3");
	ck_assert_str_eq(told(app, 0, 0),
			"4711 2 line green 2;4711 2 phone * 2;* 1 all 4;no-such-user 2 line blue 6 "
			"unknown; 3");
	reply = (const void *)app_answer(app, FRAME_RETURN, app->serial)->body;
	ck_assert_str_eq(reply->rules[0]->who, "root");
	ck_assert_uint_eq(reply->n_rules, geteuid() ? 6 : 5);
	world_fini(&f.w);
}
END_TEST

START_TEST(the_user_of_the_daemon_is_an_administrator)
{
	struct fixture f;
	const uid_t before = geteuid();
	const TapixGetAccessReply *reply;
	struct mock *app;
	char own[16];

	set_up(&f, rules);
	app = world_app(&f.w, "root's");
	if (before == 0)
		ck_assert_int_eq(seteuid(BOB), 0);
	(void)told(app, 0, 0);
	(void)snprintf(own, sizeof(own), "%u", (unsigned)geteuid());
	ck_assert_int_eq(seteuid(before), 0);
	reply = (const void *)app_answer(app, FRAME_RETURN, app->serial)->body;
	ck_assert_str_eq(reply->rules[0]->who, "root");
	ck_assert_str_eq(reply->rules[1]->who, own);
	ck_assert_uint_eq(reply->rules[1]->role, 3);
	ck_assert_uint_eq(reply->n_rules, 6);
	world_fini(&f.w);
}
END_TEST

START_TEST(without_a_section_there_is_one_rule)
{
	struct fixture f;

	set_up(&f, "");
	ck_assert_str_eq(told(world_app_of(&f.w, "bob", BOB), LINES, 0), "* 2 all 0; 2");
	world_fini(&f.w);
}
END_TEST

static const char *add_rules(struct list *list)
{
	const char *detail;

	return access_rules_add(list, "*", "own", "line a, phone b, all", 1, &detail);
}

START_TEST(oom_no_rule_is_half)
{
	for (struct oom o = OOM_START; oom_next(&o);) {
		struct list list;
		const char *fault;

		list_init(&list);
		fault = add_rules(&list);
		ck_assert_int_eq(fault != NULL, oom_failed(&o));
		if (!fault)
			ck_assert_uint_eq(list_count(&list), 3);
		list_for(l, &list) {
			const struct access_rule *rule = list_entry(l, struct access_rule, link);

			ck_assert_int_eq(rule->name != NULL, rule->devices != DEVICES_ALL);
		}
		access_rules_free(&list);
	}
}
END_TEST

/* So many that not even their places fit into one block of what is kept for messages. */
enum { MANY = 1200, A_LINE = 40 };

static const char *many_rules(void)
{
	static char text[MANY * 8];
	size_t used = (size_t)snprintf(text, sizeof(text), "[access *]");

	for (unsigned i = 0; i < MANY; i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s",
				i % A_LINE ? ",all" : "\nown = all");
	return text;
}

START_TEST(oom_rules_are_all_told_or_none)
{
	unsigned refused = 0;
	bool failed = true;

	for (unsigned long round = 1; failed; round++) {
		TapixGetAccess m = TAPIX_GET_ACCESS__INIT;
		const TapixGetAccessReply *reply;
		const struct seen *s;
		unsigned long before;
		struct mock *app;
		struct fixture f;

		set_up(&f, many_rules());
		app = world_app(&f.w, "app");
		before = mem_count();
		mem_fail_at(round);
		(void)app_send(app, CALL_TapixGetAccess, 0, &m.base);
		failed = mem_count() - before >= round;
		mem_fail_at(0);
		s = app_answer(app, FRAME_RETURN, app->serial);
		reply = s ? (const void *)s->body : NULL;
		ck_assert(s || !app->connected);
		refused += s && s->h.result == LINEERR_NOMEM;
		if (s && !s->h.result)
			ck_assert_uint_ge(reply->n_rules, MANY + 1);
		world_fini(&f.w);
	}
	ck_assert_uint_ge(refused, 2); /* of their places, of rules */
}
END_TEST

static enum role role_of(struct world *w, const struct mock *app, uid_t uid)
{
	return access_role(session_find(w->core, app->session, uid), line_find(w->core, 0));
}

/* All have the new rules, or all the old ones. */
START_TEST(oom_new_rules_count_for_all_or_none)
{
	struct fixture f;
	struct mock *alice, *bob;
	struct options fresh;

	set_up(&f, "");
	alice = world_app_of(&f.w, "alice", ALICE);
	bob = world_app_of(&f.w, "bob", BOB);
	ck_assert_uint_ne(app_open(alice, 0, OWNER, VOICE), 0);
	ck_assert_int_eq(options_init(&fresh), 0);
	fresh.has_access = true;
	for (struct oom o = OOM_START; oom_next(&o);) {
		int err = access_reload(f.w.core, &f.w.options, &fresh);
		enum role role = err ? ROLE_OWN : ROLE_NONE;

		ck_assert(!err || oom_failed(&o));
		ck_assert_int_eq(role_of(&f.w, alice, ALICE), role);
		ck_assert_int_eq(role_of(&f.w, bob, BOB), role);
		ck_assert_uint_eq(session_find(f.w.core, alice->session, ALICE)->open_count,
				err ? 1 : 0);
		if (!err)
			break; /* what follows is events, and those may be lost */
	}
	mem_fail_at(0);
	options_fini(&fresh);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core access list");
	TCase *t = tcase_create("list");

	tcase_add_test(t, users_are_told_what_speaks_of_them);
	tcase_add_test(t, administrators_are_told_everything);
	tcase_add_test(t, the_user_of_the_daemon_is_an_administrator);
	tcase_add_test(t, without_a_section_there_is_one_rule);
	suite_add_tcase(s, t);
	t = tcase_create("oom");
	tcase_add_test(t, oom_no_rule_is_half);
	tcase_add_test(t, oom_rules_are_all_told_or_none);
	tcase_add_test(t, oom_new_rules_count_for_all_or_none);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
