// SPDX-License-Identifier: MIT
/* test_store.c - what outlives the daemon: kept in a file, or in memory when no file is to be had;
 * each kind of broken disk costs what would have been kept and is named once. */
#include "../oom.h"
#include "../scratch.h"
#include "../test_main.h"
#include "base/log.h"
#include "tapisrvd/store.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[128], said[2048];
static unsigned lines_said;

static void listen_to_log(enum log_level level, const char *line, void *arg)
{
	size_t used = strlen(said);

	(void)level;
	(void)arg;
	lines_said++;
	(void)snprintf(said + used, sizeof(said) - used, "%s\n", line);
}

static void set_up(void)
{
	scratch_template(folder, sizeof(folder), "store");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	log_set_sink(listen_to_log, NULL);
}

static const char *state_db(void)
{
	static char path[160];

	(void)snprintf(path, sizeof(path), "%s/state.db", folder);
	return path;
}

static int keep(struct store *s, const char *name, const char *value)
{
	return store_run(s, "INSERT OR REPLACE INTO setting (uid, name, value) VALUES (?, ?, ?)",
			STORE_VALUES(STORE_N(7), STORE_T(name), STORE_T(value)), NULL, NULL);
}

static void take_text(void *arg, const struct store_row *row)
{
	(void)snprintf(arg, 64, "%s", store_text(row, 0));
}

static const char *kept(struct store *s, const char *name)
{
	static char value[64];

	value[0] = '\0';
	ck_assert_int_eq(store_run(s, "SELECT value FROM setting WHERE uid = ? AND name = ?",
					 STORE_VALUES(STORE_N(7), STORE_T(name)), take_text, value),
			0);
	return value;
}

static void take_number(void *arg, const struct store_row *row)
{
	*(int64_t *)arg = store_number(row, 0);
}

static int64_t number(struct store *s, const char *sql)
{
	int64_t n = -1;

	ck_assert_int_eq(store_run(s, sql, NULL, take_number, &n), 0);
	return n;
}

START_TEST(memory_keeps_until_it_is_closed)
{
	struct store *s = store_open(NULL);

	ck_assert(!store_is_kept(s));
	ck_assert_int_eq(keep(s, "colour", "green"), 0);
	ck_assert_str_eq(kept(s, "colour"), "green");
	ck_assert_uint_eq(store_failures(s), 0);
	ck_assert_uint_eq(lines_said, 0);
	store_close(s);
}
END_TEST

START_TEST(file_is_there_after_reopen)
{
	struct store *s = store_open(folder);
	struct stat st;

	ck_assert(store_is_kept(s));
	ck_assert_int_eq(keep(s, "colour", "blue"), 0);
	store_close(s);
	s = store_open(folder);

	ck_assert_str_eq(kept(s, "colour"), "blue");
	ck_assert_int_eq(number(s, "PRAGMA user_version"), (int64_t)store_step_count);
	ck_assert_int_eq(stat(state_db(), &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0600);
	store_close(s);
}
END_TEST

/* The process is gone without a word: what was written is there all the same. */
START_TEST(what_was_written_survives_a_kill)
{
	pid_t pid = fork();
	struct store *s;
	int status;

	if (pid == 0) {
		s = store_open(folder);
		_exit(keep(s, "colour", "red") || kill(getpid(), SIGKILL));
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFSIGNALED(status));
	s = store_open(folder);

	ck_assert_str_eq(kept(s, "colour"), "red");
	store_close(s);
}
END_TEST

START_TEST(folder_and_parents_are_made)
{
	char path[160];
	struct stat st;
	struct store *s;

	(void)snprintf(path, sizeof(path), "%s/a/b/c", folder);
	s = store_open(path);

	ck_assert(store_is_kept(s));
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0700);
	store_close(s);
}
END_TEST

START_TEST(values_come_back_as_they_went)
{
	struct store *s = store_open(NULL);
	char text[64] = "x";

	ck_assert_int_eq(store_run(s, "SELECT ?", STORE_VALUES(STORE_N(INT64_MIN)), take_text,
					 text),
			0);
	ck_assert_str_eq(text, "-9223372036854775808");
	ck_assert_int_eq(store_run(s, "SELECT ?", STORE_VALUES(STORE_T(NULL)), take_text, text), 0);
	ck_assert_str_eq(text, "");
	ck_assert_int_eq(store_run(s, "SELECT ?", STORE_VALUES(STORE_T("it's; --")), take_text,
					 text),
			0);
	ck_assert_str_eq(text, "it's; --");
	store_close(s);
}
END_TEST

START_TEST(what_fails_between_is_undone)
{
	struct store *s = store_open(folder);

	ck_assert_int_eq(store_begin(s), 0);
	ck_assert_int_eq(keep(s, "colour", "green"), 0);
	ck_assert_int_eq(store_end(s, -EINVAL), -EINVAL);
	ck_assert_str_eq(kept(s, "colour"), "");

	ck_assert_int_eq(store_begin(s), 0);
	ck_assert_int_eq(keep(s, "colour", "green"), 0);
	ck_assert_int_eq(store_end(s, 0), 0);
	ck_assert_str_eq(kept(s, "colour"), "green");
	store_close(s);
}
END_TEST

START_TEST(after_what_fails_between_nothing_more_is_done)
{
	struct store *s = store_open(folder);

	ck_assert_int_eq(keep(s, "colour", "green"), 0);
	ck_assert_int_eq(store_begin(s), 0);
	ck_assert_int_eq(store_run(s,
					 "INSERT INTO setting (uid, name, value)"
					 " VALUES (7, 'colour', 'blue')",
					 NULL, NULL, NULL),
			-EEXIST);
	ck_assert_int_eq(keep(s, "shape", "round"), -EEXIST);
	ck_assert_int_eq(store_end(s, 0), -EEXIST);

	ck_assert_uint_eq(store_failures(s), 1);
	ck_assert_str_eq(kept(s, "shape"), "");
	ck_assert_int_eq(keep(s, "shape", "round"), 0);
	store_close(s);
}
END_TEST

START_TEST(constraint_is_a_failure_that_is_counted)
{
	struct store *s = store_open(NULL);
	static const char sql[] = "INSERT INTO setting (uid, name, value) VALUES (1, 'a', 'b')";

	ck_assert_int_eq(store_run(s, sql, NULL, NULL, NULL), 0);
	ck_assert_int_eq(store_run(s, sql, NULL, NULL, NULL), -EEXIST);
	ck_assert_uint_eq(store_failures(s), 1);
	store_close(s);
}
END_TEST

START_TEST(oom_without_memory_there_is_no_store)
{
	for (struct oom o = OOM_START; oom_next(&o);) {
		struct store *s = store_open(folder);

		ck_assert_int_eq(s == NULL, oom_failed(&o));
		store_close(s);
	}
}
END_TEST

START_TEST(no_store_at_all_is_a_failure_not_a_crash)
{
	ck_assert_int_eq(keep(NULL, "colour", "green"), -ENOMEM);
	ck_assert_int_eq(store_begin(NULL), -ENOMEM);
	ck_assert_int_eq(store_end(NULL, -ENOMEM), -ENOMEM);
	store_shrink(NULL);
	store_close(NULL);
}
END_TEST

/* It lives on in memory, and the log says why. */
static void expect_memory(struct store *s, const char *why)
{
	ck_assert_ptr_nonnull(s);
	ck_assert(!store_is_kept(s));
	ck_assert_msg(strstr(said, why) != NULL, "it said: %s", said);
	ck_assert_ptr_nonnull(strstr(said, "in memory only"));
	ck_assert_uint_ge(store_failures(s), 1);
	ck_assert_int_eq(keep(s, "colour", "green"), 0);
	ck_assert_str_eq(kept(s, "colour"), "green");
	store_close(s);
}

START_TEST(newer_version_is_left_alone)
{
	struct store *s = store_open(folder);

	ck_assert_int_eq(keep(s, "colour", "blue"), 0);
	ck_assert_int_eq(store_run(s, "PRAGMA user_version = 99", NULL, NULL, NULL), 0);
	store_close(s);
	expect_memory(store_open(folder), "newer tapisrvd (version 99");

	s = store_open_steps(folder, store_steps, 99);
	ck_assert_str_eq(kept(s, "colour"), "blue");
	store_close(s);
}
END_TEST

START_TEST(version_that_is_none_is_not_used)
{
	struct store *s = store_open(folder);

	ck_assert_int_eq(store_run(s, "PRAGMA user_version = -1", NULL, NULL, NULL), 0);
	store_close(s);
	expect_memory(store_open(folder), "(version -1, known are 1 to");
}
END_TEST

START_TEST(corrupt_file_is_left_alone)
{
	static const char junk[] = "this is no database, but somebody's letter, longer than a "
				   "header of one hundred bytes, so that it is looked at";
	char back[sizeof(junk)] = "";
	int fd = open(state_db(), O_RDWR | O_CREAT, 0600);

	ck_assert_int_eq(write(fd, junk, sizeof(junk)), (ssize_t)sizeof(junk));
	expect_memory(store_open(folder), "not a database");

	ck_assert_int_eq(pread(fd, back, sizeof(back), 0), (ssize_t)sizeof(back));
	ck_assert_mem_eq(back, junk, sizeof(junk));
	close(fd);
}
END_TEST

/* Pages of the middle are gone: reading fails then, and nothing else does. */
START_TEST(file_that_breaks_later_costs_only_what_it_kept)
{
	static const char junk[4096] = { 0x55 };
	struct store *s = store_open(folder);
	struct stat st;
	int fd;

	for (int i = 0; i < 200; i++) {
		char name[16];

		(void)snprintf(name, sizeof(name), "n%d", i);
		ck_assert_int_eq(keep(s, name, "a value that fills pages, page after page"), 0);
	}
	store_close(s);
	ck_assert_int_eq(stat(state_db(), &st), 0);
	fd = open(state_db(), O_RDWR);
	for (off_t at = 4096; at < st.st_size; at += 4096)
		ck_assert_int_eq(pwrite(fd, junk, sizeof(junk), at), (ssize_t)sizeof(junk));
	close(fd);
	s = store_open(folder);

	ck_assert_int_lt(keep(s, "colour", "green"), 0);
	ck_assert_uint_ge(store_failures(s), 1);
	ck_assert_ptr_nonnull(strstr(said, "malformed"));
	store_close(s);
}
END_TEST

START_TEST(folder_that_cannot_be_written_is_named)
{
	ck_assert_int_eq(chmod(folder, 0500), 0);
	if (geteuid() == 0) {
		ck_assert_int_eq(chown(folder, 65534, 65534), 0);
		ck_assert_int_eq(seteuid(65534), 0);
	}
	expect_memory(store_open(folder), strerror(EACCES));

	if (getuid() == 0)
		ck_assert_int_eq(seteuid(0), 0);
	ck_assert_int_eq(chmod(folder, 0700), 0);
}
END_TEST

START_TEST(folder_of_others_is_not_trusted)
{
	ck_assert_int_eq(chmod(folder, _i ? 0700 : 0777), 0);
	if (_i && chown(folder, geteuid() + 1, (gid_t)-1))
		return; /* only root can give it away */
	expect_memory(store_open(folder), "others cannot write to");
}
END_TEST

START_TEST(place_that_is_no_folder_is_named)
{
	char link[160];

	expect_memory(store_open("/dev/null/state"), strerror(ENOTDIR));
	expect_memory(store_open("/dev/null"), strerror(ENOTDIR));
	(void)snprintf(link, sizeof(link), "%s/to-nowhere", folder);
	ck_assert_int_eq(symlink("nowhere", link), 0);
	expect_memory(store_open(link), strerror(ENOENT));
}
END_TEST

/* Of the folder, of the file in it. */
static const size_t lengths[] = { 1100, 1020 };

START_TEST(name_that_is_too_long_is_named)
{
	char path[2048];
	size_t used = (size_t)snprintf(path, sizeof(path), "%s", folder);

	while (used < lengths[_i]) {
		path[used] = used % 100 ? 'x' : '/';
		used++;
	}
	path[used - 1] = 'x';
	path[used] = '\0';
	expect_memory(store_open(path), strerror(ENAMETOOLONG));
}
END_TEST

/* Another process holds the file: the start does not wait long, nor does anything later. */
START_TEST(locked_file_costs_writes_and_is_named_once)
{
	struct store *s = store_open(folder), *other = store_open(folder);
	unsigned before = lines_said;

	ck_assert_int_eq(store_begin(other), 0);
	ck_assert_int_eq(keep(s, "colour", "green"), -EBUSY);
	ck_assert_int_eq(keep(s, "colour", "green"), -EBUSY);
	ck_assert_str_eq(kept(s, "colour"), "");
	ck_assert_uint_eq(store_failures(s), 2);
	ck_assert_int_eq(store_end(other, 0), 0);

	ck_assert_int_eq(keep(s, "colour", "green"), 0);
	ck_assert_str_eq(kept(s, "colour"), "green");
	ck_assert_uint_ge(lines_said, before + 1);
	ck_assert_ptr_nonnull(strstr(said, "locked"));
	store_close(s);
	store_close(other);
}
END_TEST

/* It cannot be brought up now, so it is not used at all. */
START_TEST(older_file_that_is_locked_is_left_alone)
{
	static const char *const steps[] = { "CREATE TABLE pet (name TEXT);",
		"INSERT INTO pet VALUES ('rex');" };
	struct store *other = store_open_steps(folder, steps, 1), *s;

	ck_assert_int_eq(store_begin(other), 0);
	s = store_open_steps(folder, steps, 2);
	ck_assert(!store_is_kept(s));
	ck_assert_ptr_nonnull(strstr(said, "locked"));
	store_close(s);
	ck_assert_int_eq(store_end(other, 0), 0);

	ck_assert_int_eq(number(other, "PRAGMA user_version"), 1);
	ck_assert_int_eq(number(other, "SELECT count(*) FROM pet"), 0);
	store_close(other);
}
END_TEST

/* No file may grow: what the kernel says is what a full disk says. */
START_TEST(full_disk_costs_writes_only)
{
	const struct rlimit none = { 0, RLIM_INFINITY }, all = { RLIM_INFINITY, RLIM_INFINITY };
	struct store *s = store_open(folder);

	(void)signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(keep(s, "colour", "green"), 0);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &none), 0);
	ck_assert_int_lt(keep(s, "colour", "blue"), 0);
	ck_assert_int_lt(keep(s, "colour", "blue"), 0);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &all), 0);

	ck_assert_uint_eq(store_failures(s), 2);
	ck_assert_uint_eq(lines_said, 1);
	ck_assert_str_eq(kept(s, "colour"), "green");
	ck_assert_int_eq(keep(s, "colour", "blue"), 0);
	ck_assert_str_eq(kept(s, "colour"), "blue");
	store_close(s);
}
END_TEST

static const char *const three_steps[] = {
	"CREATE TABLE pet (name TEXT); INSERT INTO pet VALUES ('rex');",
	"ALTER TABLE pet ADD COLUMN legs INTEGER NOT NULL DEFAULT 4;",
	"INSERT INTO pet VALUES ('tweety', 2); INSERT INTO nowhere VALUES (1);",
};

START_TEST(older_file_is_brought_up)
{
	struct store *s = store_open_steps(folder, three_steps, 1);

	ck_assert(store_is_kept(s));
	store_close(s);
	s = store_open_steps(folder, three_steps, 2);

	ck_assert(store_is_kept(s));
	ck_assert_int_eq(number(s, "SELECT legs FROM pet WHERE name = 'rex'"), 4);
	ck_assert_int_eq(number(s, "SELECT count(*) FROM pet"), 1);
	ck_assert_int_eq(number(s, "PRAGMA user_version"), 2);
	store_close(s);
}
END_TEST

START_TEST(step_that_fails_changes_nothing)
{
	struct store *s = store_open_steps(folder, three_steps, 1);

	store_close(s);
	ck_assert_ptr_null(store_open_steps(folder, three_steps, 3));
	ck_assert_ptr_nonnull(strstr(said, "nowhere"));

	s = store_open_steps(folder, three_steps, 1);
	ck_assert(store_is_kept(s));
	ck_assert_int_eq(number(s, "SELECT count(*) FROM pet"), 1);
	store_close(s);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core store");
	TCase *t = tcase_create("store");

	tcase_add_checked_fixture(t, set_up, NULL);
	tcase_add_test(t, memory_keeps_until_it_is_closed);
	tcase_add_test(t, file_is_there_after_reopen);
	tcase_add_test(t, what_was_written_survives_a_kill);
	tcase_add_test(t, folder_and_parents_are_made);
	tcase_add_test(t, values_come_back_as_they_went);
	tcase_add_test(t, what_fails_between_is_undone);
	tcase_add_test(t, after_what_fails_between_nothing_more_is_done);
	tcase_add_test(t, constraint_is_a_failure_that_is_counted);
	tcase_add_test(t, no_store_at_all_is_a_failure_not_a_crash);
	suite_add_tcase(s, t);

	t = tcase_create("trouble");
	tcase_add_checked_fixture(t, set_up, NULL);
	tcase_add_test(t, newer_version_is_left_alone);
	tcase_add_test(t, version_that_is_none_is_not_used);
	tcase_add_test(t, corrupt_file_is_left_alone);
	tcase_add_test(t, file_that_breaks_later_costs_only_what_it_kept);
	tcase_add_test(t, folder_that_cannot_be_written_is_named);
	tcase_add_loop_test(t, folder_of_others_is_not_trusted, 0, 2);
	tcase_add_test(t, place_that_is_no_folder_is_named);
	tcase_add_loop_test(t, name_that_is_too_long_is_named, 0, 2);
	tcase_add_test(t, locked_file_costs_writes_and_is_named_once);
	tcase_add_test(t, older_file_that_is_locked_is_left_alone);
	tcase_add_test(t, full_disk_costs_writes_only);
	tcase_add_test(t, older_file_is_brought_up);
	tcase_add_test(t, step_that_fails_changes_nothing);
	suite_add_tcase(s, t);

	t = tcase_create("oom");
	tcase_add_checked_fixture(t, set_up, NULL);
	tcase_add_test(t, oom_without_memory_there_is_no_store);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
