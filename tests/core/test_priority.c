// SPDX-License-Identifier: MIT
/* test_priority.c - lineSetAppPriority, and whom a call from outside goes to. */
#include "../oom.h"
#include "../scratch.h"
#include "../test_main.h"
#include "owners.h"
#include "tapisrvd/priority.h"
#include "tapisrvd/store.h"

#include <string.h>
#include <unistd.h>

START_TEST(listed_application_owns_before_the_first_opener)
{
	struct owners f;
	uint64_t call;

	owners_set_up(&f);
	owners_add_all(&f, 3);
	ck_assert_int_eq(owners_set_priority(f.app[0], "c", VOICE, 1), 0);
	call = host_new_call(f.host, 0, VOICE);

	ck_assert_uint_eq(owners_privilege_of(&f, 2, call), OWNER);
	ck_assert_uint_eq(owners_privilege_of(&f, 0, call), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(priority_counts_for_its_own_media_mode_only)
{
	struct owners f;
	uint64_t call;

	owners_set_up(&f);
	owners_add_all(&f, 2);
	ck_assert_int_eq(owners_set_priority(f.app[0], "b", FAX, 1), 0);
	call = host_new_call(f.host, 0, VOICE);

	ck_assert_uint_eq(owners_privilege_of(&f, 0, call), OWNER);
	world_fini(&f.w);
}
END_TEST

START_TEST(newest_is_at_the_top_and_the_removed_one_is_gone)
{
	struct owners f;
	struct mock *app;

	owners_set_up(&f);
	owners_add_all(&f, 1);
	app = f.app[0];
	ck_assert_uint_eq(owners_get_priority(app, "x", VOICE), 0);
	ck_assert_int_eq(owners_set_priority(app, "x", VOICE, 1), 0);
	ck_assert_int_eq(owners_set_priority(app, "y", VOICE, 1), 0);
	ck_assert_int_eq(owners_set_priority(app, "z", VOICE, 1), 0);
	ck_assert_uint_eq(owners_get_priority(app, "z", VOICE), 1);
	ck_assert_uint_eq(owners_get_priority(app, "y", VOICE), 2);
	ck_assert_uint_eq(owners_get_priority(app, "x", VOICE), 3);
	ck_assert_int_eq(owners_set_priority(app, "x", VOICE, 1), 0); /* moves up */
	ck_assert_uint_eq(owners_get_priority(app, "x", VOICE), 1);
	ck_assert_uint_eq(owners_get_priority(app, "z", VOICE), 2);
	ck_assert_uint_eq(owners_get_priority(app, "y", VOICE), 3);
	ck_assert_int_eq(owners_set_priority(app, "z", VOICE, 0), 0);
	ck_assert_int_eq(owners_set_priority(app, "z", VOICE, 0), 0); /* absent: no error */

	ck_assert_uint_eq(owners_get_priority(app, "z", VOICE), 0);
	ck_assert_uint_eq(owners_get_priority(app, "y", VOICE), 2);
	ck_assert_uint_eq(owners_get_priority(app, "x", FAX), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(several_media_modes_and_none_have_lists_of_their_own)
{
	struct owners f;
	struct mock *app;

	owners_set_up(&f);
	owners_add_all(&f, 1);
	app = f.app[0];
	ck_assert_int_eq(owners_set_priority(app, "x", VOICE | FAX, 1), 0);
	ck_assert_int_eq(owners_set_priority(app, "dialer", 0, 1), 0);

	ck_assert_uint_eq(owners_get_priority(app, "x", VOICE), 1);
	ck_assert_uint_eq(owners_get_priority(app, "x", FAX), 1);
	ck_assert_uint_eq(owners_get_priority(app, "x", UNKNOWN), 0);
	ck_assert_uint_eq(owners_get_priority(app, "x", 0), 0);
	ck_assert_uint_eq(owners_get_priority(app, "dialer", 0), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(list_can_be_read)
{
	struct owners f;
	TapixGetAppPriorities m = TAPIX_GET_APP_PRIORITIES__INIT;
	const TapixGetAppPrioritiesReply *reply;

	owners_set_up(&f);
	owners_add_all(&f, 1);
	ck_assert_int_eq(owners_set_priority(f.app[0], "x", VOICE, 1), 0);
	ck_assert_int_eq(owners_set_priority(f.app[0], "other", FAX, 1), 0);
	ck_assert_int_eq(owners_set_priority(f.app[0], "the y", VOICE, 1), 0);
	SET(&m, media_mode, VOICE);
	ck_assert_int_eq(app_call(f.app[0], CALL_TapixGetAppPriorities, 0, &m.base), 0);
	reply = (const void *)app_answer(f.app[0], FRAME_RETURN, f.app[0]->serial)->body;

	ck_assert_uint_eq(reply->names->string.len, strlen("the y\nx"));
	ck_assert_mem_eq(reply->names->string.data, "the y\nx", strlen("the y\nx"));
	SET(&m, media_mode, VOICE | FAX);
	ck_assert_int_eq(app_call(f.app[0], CALL_TapixGetAppPriorities, 0, &m.base),
			LINEERR_INVALMEDIAMODE);
	world_fini(&f.w);
}
END_TEST

START_TEST(open_without_a_priority_is_told_to_old_applications)
{
	struct owners f;

	owners_set_up(&f);
	owners_add_all(&f, 1);

	ck_assert_uint_eq(owners_get_priority(f.app[0], "a", VOICE), 0xffffffff);
	ck_assert_uint_eq(owners_get_priority(f.app[0], "a", FAX), 0);
	world_fini(&f.w);
}
END_TEST

static const struct {
	const char *name;
	uint32_t media_mode, request_mode, priority;
	int32_t code, get; /* of lineSetAppPriority, lineGetAppPriority */
} wrong[] = {
	{ NULL, VOICE, 0, 1, LINEERR_INVALPOINTER, LINEERR_INVALPOINTER },
	{ "", VOICE, 0, 1, LINEERR_INVALAPPNAME, LINEERR_INVALAPPNAME },
	{ "/usr/bin/x", VOICE, 0, 1, LINEERR_INVALAPPNAME, LINEERR_INVALAPPNAME },
	{ "x\ny", VOICE, 0, 1, LINEERR_INVALAPPNAME, LINEERR_INVALAPPNAME },
	{ "x", 1, 0, 1, LINEERR_INVALMEDIAMODE, LINEERR_INVALMEDIAMODE },
	{ "x", 0x00010000, 0, 1, LINEERR_INVALMEDIAMODE, LINEERR_INVALMEDIAMODE },
	{ "x", VOICE | FAX, 0, 1, 0, LINEERR_INVALMEDIAMODE },
	{ "x", 0, LINEREQUESTMODE_MEDIACALL, 1, LINEERR_INVALREQUESTMODE,
			LINEERR_INVALREQUESTMODE },
	{ "x", 0, 0, 1, LINEERR_INVALREQUESTMODE, LINEERR_INVALREQUESTMODE },
	{ "x", VOICE, LINEREQUESTMODE_DROP, 1, 0, 0 }, /* ignored */
	{ "x", VOICE, 0, 2, LINEERR_INVALPARAM, 0 },
	{ "x", VOICE, 0, 0xffffffff, LINEERR_INVALPARAM, 0 },
};

START_TEST(wrong_priorities_are_refused)
{
	struct owners f;
	LineSetAppPriority set = LINE_SET_APP_PRIORITY__INIT;
	LineGetAppPriority get = LINE_GET_APP_PRIORITY__INIT;

	owners_set_up(&f);
	owners_add_all(&f, 1);
	set.app_filename = get.app_filename = (char *)(uintptr_t)wrong[_i].name;
	SET(&set, media_mode, wrong[_i].media_mode);
	SET(&get, media_mode, wrong[_i].media_mode);
	SET(&set, request_mode, wrong[_i].request_mode);
	SET(&get, request_mode, wrong[_i].request_mode);
	SET(&set, priority, wrong[_i].priority);

	ck_assert_int_eq(app_call(f.app[0], CALL_LineSetAppPriority, 0, &set.base), wrong[_i].code);
	ck_assert_int_eq(app_call(f.app[0], CALL_LineGetAppPriority, 0, &get.base), wrong[_i].get);
	if (wrong[_i].code)
		ck_assert_uint_eq(owners_get_priority(f.app[0], "x", VOICE), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(name_may_have_255_bytes)
{
	struct owners f;
	char name[257];

	owners_set_up(&f);
	owners_add_all(&f, 1);
	memset(name, 'x', sizeof(name));
	name[256] = '\0';
	ck_assert_int_eq(owners_set_priority(f.app[0], name, VOICE, 1), LINEERR_INVALAPPNAME);
	name[255] = '\0';
	ck_assert_int_eq(owners_set_priority(f.app[0], name, VOICE, 1), 0);

	ck_assert_uint_eq(owners_get_priority(f.app[0], name, VOICE), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(list_is_bounded_and_the_last_one_falls_out)
{
	struct owners f;
	char name[16];

	owners_set_up(&f);
	owners_add_all(&f, 1);
	for (int i = 0; i < 70; i++) {
		(void)snprintf(name, sizeof(name), "x%d", i);
		ck_assert_int_eq(owners_set_priority(f.app[0], name, VOICE, 1), 0);
	}

	ck_assert_uint_eq(owners_get_priority(f.app[0], "x69", VOICE), 1);
	ck_assert_uint_eq(owners_get_priority(f.app[0], "x6", VOICE), 64);
	ck_assert_uint_eq(owners_get_priority(f.app[0], "x5", VOICE), 0);
	world_fini(&f.w);
}
END_TEST

/* Another user's application sees its own user's list. */
START_TEST(two_users_have_separate_lists)
{
	struct owners f;
	struct mock *other;

	owners_set_up(&f);
	owners_add_all(&f, 1);
	other = world_app_of(&f.w, "a", getuid() + 1);
	ck_assert_int_eq(owners_set_priority(f.app[0], "x", VOICE, 1), 0);
	ck_assert_uint_eq(owners_get_priority(other, "x", VOICE), 0);
	ck_assert_int_eq(owners_set_priority(other, "y", VOICE, 1), 0);

	ck_assert_uint_eq(owners_get_priority(other, "y", VOICE), 1);
	ck_assert_uint_eq(owners_get_priority(f.app[0], "y", VOICE), 0);
	ck_assert_uint_eq(owners_get_priority(f.app[0], "x", VOICE), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(priorities_outlive_the_daemon)
{
	char folder[64];
	struct owners f;
	struct mock *app;

	scratch_template(folder, sizeof(folder), "prio");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	owners_set_up(&f);
	ck_assert_int_eq(options_set(&f.w.options.state, folder), 0);
	world_kill_core(&f.w);
	app = world_app(&f.w, "a");
	ck_assert_int_eq(owners_set_priority(app, "x", VOICE, 1), 0);
	ck_assert_int_eq(owners_set_priority(app, "gone", VOICE, 1), 0);
	ck_assert_int_eq(owners_set_priority(app, "y", VOICE, 1), 0);
	ck_assert_int_eq(owners_set_priority(app, "gone", VOICE, 0), 0);
	ck_assert_int_eq(owners_set_priority(app, "dialer", 0, 1), 0);
	world_kill_core(&f.w);
	app = world_app(&f.w, "a");

	ck_assert_uint_eq(owners_get_priority(app, "y", VOICE), 1);
	ck_assert_uint_eq(owners_get_priority(app, "x", VOICE), 2);
	ck_assert_uint_eq(owners_get_priority(app, "gone", VOICE), 0);
	ck_assert_uint_eq(owners_get_priority(app, "dialer", 0), 1);
	world_fini(&f.w);
}
END_TEST

static void store(const char *folder, const char *sql, const char *app)
{
	struct store *s = store_open(folder);

	ck_assert_ptr_nonnull(s);
	ck_assert_int_eq(store_run(s, sql, STORE_VALUES(STORE_N(getuid()), STORE_T(app)), NULL,
					 NULL),
			0);
	store_close(s);
}

/* As somebody else wrote it: too many, too long, with a line's end. */
START_TEST(only_sound_rows_of_the_store_are_taken)
{
	static const char row[] = "INSERT INTO priority (uid, media_mode, rank, app) VALUES (?, 4, "
				  "(SELECT count(*) FROM priority), ?)";
	static const char many[] = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
				   "WHERE i < 300) INSERT INTO priority (uid, media_mode, rank, "
				   "app) SELECT ?, 4, i + 9, ? || i FROM n";
	char folder[64], name[70000];
	TapixGetAppPriorities m = TAPIX_GET_APP_PRIORITIES__INIT;
	const TapixGetAppPrioritiesReply *reply;
	struct owners f;
	struct mock *app;

	scratch_template(folder, sizeof(folder), "prio");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	owners_set_up(&f);
	ck_assert_int_eq(options_set(&f.w.options.state, folder), 0);
	memset(name, 'x', sizeof(name));
	name[sizeof(name) - 1] = '\0';
	store(folder, row, name);
	store(folder, row, "a\nb");
	store(folder, row, "");
	store(folder, row, "sound");
	name[200] = '\0';
	store(folder, many, name);
	world_kill_core(&f.w);
	app = world_app(&f.w, "a");
	SET(&m, media_mode, VOICE);
	ck_assert_int_eq(app_call(app, CALL_TapixGetAppPriorities, 0, &m.base), 0);
	reply = (const void *)app_answer(app, FRAME_RETURN, app->serial)->body;

	ck_assert_uint_eq(owners_get_priority(app, "sound", VOICE), 1);
	ck_assert_mem_eq(reply->names->string.data, "sound\nxxx", 9);
	ck_assert_uint_lt(reply->names->string.len, 64 * 256);
	world_fini(&f.w);
}
END_TEST

/* For all media modes that are named, or for none. */
START_TEST(oom_changes_all_lists_or_none)
{
	struct owners f;

	owners_set_up(&f);
	for (struct oom o = OOM_START; oom_next(&o);) {
		int err = priority_set(f.w.core, 7, VOICE | FAX | UNKNOWN, "x", true);
		bool failed = oom_failed(&o);

		mem_fail_at(0);
		for (uint32_t mode = UNKNOWN; mode <= FAX; mode <<= 1) {
			uint32_t wanted = (mode & (VOICE | FAX | UNKNOWN)) && !err;

			ck_assert_uint_eq(priority_of(f.w.core, 7, mode, "x"), wanted);
		}
		if (err)
			ck_assert(failed);
		ck_assert_int_eq(priority_set(f.w.core, 7, VOICE | FAX | UNKNOWN, "x", false), 0);
		if (!failed)
			break;
	}
	world_fini(&f.w);
}
END_TEST

/* --- probing --- */

/* A fax program with the highest priority probes first, then hands the call to the voice program:
 * row by row as TAPI tells it. */
START_TEST(unknown_call_is_probed_by_one_after_the_other)
{
	struct owners f;
	uint64_t call;

	owners_set_up(&f);
	owners_add_app(&f, 0, "voice", OWNER, UNKNOWN | VOICE);
	owners_add_app(&f, 1, "fax", OWNER, UNKNOWN | FAX);
	ck_assert_int_eq(owners_set_priority(f.app[0], "voice", UNKNOWN, 1), 0);
	ck_assert_int_eq(owners_set_priority(f.app[0], "fax", UNKNOWN, 1), 0);
	call = host_new_call(f.host, 0, UNKNOWN | VOICE | FAX);
	ck_assert_uint_eq(owners_privilege_of(&f, 1, call), OWNER);
	ck_assert_uint_eq(owners_privilege_of(&f, 0, call), 0);

	ck_assert_int_eq(owners_hand_off(&f, 1, call, NULL, UNKNOWN), LINEERR_TARGETSELF);
	ck_assert_int_eq(owners_hand_off(&f, 1, call, NULL, VOICE), 0);
	ck_assert_int_eq(app_on_call(f.app[1], CALL_LineDeallocateCall, f.open[1], call), 0);
	ck_assert_uint_eq(owners_privilege_of(&f, 0, call), OWNER);
	ck_assert_uint_eq(owners_info(&f, 0, call)->num_owners, 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	world_fini(&f.w);
}
END_TEST

/* The server itself tries one candidate after the other, for the first owner only. */
START_TEST(first_owner_is_looked_for_in_all_candidates)
{
	struct owners f;
	uint64_t call;

	owners_set_up(&f);
	owners_add_app(&f, 0, "data", OWNER, LINEMEDIAMODE_DATAMODEM);
	owners_add_app(&f, 1, "fax", OWNER, FAX);
	call = host_new_call(f.host, 0, UNKNOWN | VOICE | FAX);

	ck_assert_uint_eq(owners_privilege_of(&f, 1, call), OWNER);
	ck_assert_uint_eq(owners_privilege_of(&f, 0, call), 0);
	ck_assert_int_eq(owners_hand_off(&f, 1, call, NULL, UNKNOWN), LINEERR_TARGETNOTFOUND);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core priority");
	TCase *t;

	t = tcase_create("priority");
	tcase_add_test(t, listed_application_owns_before_the_first_opener);
	tcase_add_test(t, priority_counts_for_its_own_media_mode_only);
	tcase_add_test(t, newest_is_at_the_top_and_the_removed_one_is_gone);
	tcase_add_test(t, several_media_modes_and_none_have_lists_of_their_own);
	tcase_add_test(t, list_can_be_read);
	tcase_add_test(t, open_without_a_priority_is_told_to_old_applications);
	tcase_add_loop_test(t, wrong_priorities_are_refused, 0, sizeof(wrong) / sizeof(wrong[0]));
	tcase_add_test(t, name_may_have_255_bytes);
	tcase_add_test(t, list_is_bounded_and_the_last_one_falls_out);
	tcase_add_test(t, two_users_have_separate_lists);
	tcase_add_test(t, priorities_outlive_the_daemon);
	tcase_add_test(t, only_sound_rows_of_the_store_are_taken);
	suite_add_tcase(s, t);
	t = tcase_create("oom");
	tcase_add_test(t, oom_changes_all_lists_or_none);
	suite_add_tcase(s, t);
	t = tcase_create("probing");
	tcase_add_test(t, unknown_call_is_probed_by_one_after_the_other);
	tcase_add_test(t, first_owner_is_looked_for_in_all_candidates);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
