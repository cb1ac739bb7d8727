// SPDX-License-Identifier: MIT
/* store.c - the one file of SQLite. WAL with synchronous = NORMAL: a write reaches the disk at the
 * next checkpoint, so the loop never waits for it; after a power cut the file is older, not broken.
 */
#include "store.h"

#include "base/log.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOG_TOPIC "store"

enum { START_BUSY_MS = 200, BUSY_MS = 20, PATH_ROOM = 1024 };

struct store {
	sqlite3 *db;
	bool kept;
	bool refused;     /* some row */
	bool is_changing; /* between store_begin() and store_end(), */
	int broken;       /* and what has failed since */
	unsigned failures;
	int said; /* the failure that has been logged; a success makes it worth a line again */
};

/* sqlite3_stmt under a name of ours: no other file knows SQLite. */
static sqlite3_stmt *stmt_of(const struct store_row *row)
{
	return (sqlite3_stmt *)(uintptr_t)row;
}

static int errno_of(int rc)
{
	static const struct {
		int rc, err;
	} rows[] = { { SQLITE_OK, 0 }, { SQLITE_DONE, 0 }, { SQLITE_BUSY, EBUSY },
		{ SQLITE_LOCKED, EBUSY }, { SQLITE_NOMEM, ENOMEM }, { SQLITE_FULL, ENOSPC },
		{ SQLITE_READONLY, EROFS }, { SQLITE_CANTOPEN, EACCES }, { SQLITE_PERM, EACCES },
		{ SQLITE_CONSTRAINT, EEXIST }, { SQLITE_TOOBIG, E2BIG } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].rc == (rc & 0xff))
			return -rows[i].err;
	return -EIO;
}

static int judge(struct store *s, int rc)
{
	if (rc == SQLITE_OK || rc == SQLITE_DONE) {
		s->said = 0;
		return 0;
	}
	s->failures++;
	if (s->said != rc)
		log_error("state is not kept: %s", sqlite3_errmsg(s->db));
	s->said = rc;
	return errno_of(rc);
}

static int bind(sqlite3_stmt *stmt, int i, const struct store_value *v)
{
	if (v->type == STORE_NUMBER)
		return sqlite3_bind_int64(stmt, i, v->number);
	return sqlite3_bind_text(stmt, i, v->text, -1, SQLITE_STATIC);
}

int store_run(struct store *s, const char *sql, const struct store_value *values, store_row_fn *row,
		void *arg)
{
	sqlite3_stmt *stmt = NULL;
	int rc;

	if (!s)
		return -ENOMEM;
	if (s->is_changing && s->broken)
		return s->broken;
	rc = sqlite3_prepare_v2(s->db, sql, -1, &stmt, NULL);
	for (int i = 0; rc == SQLITE_OK && values && values[i].type != STORE_END; i++)
		rc = bind(stmt, i + 1, &values[i]);
	if (rc == SQLITE_OK) {
		while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
			if (row)
				row(arg, (const struct store_row *)stmt);
	}
	rc = judge(s, rc);
	(void)sqlite3_finalize(stmt);
	s->broken = s->broken ? s->broken : rc;
	return rc;
}

int store_begin(struct store *s)
{
	int err;

	if (s)
		s->broken = 0;
	err = store_run(s, "BEGIN IMMEDIATE", NULL, NULL, NULL);
	if (s)
		s->is_changing = true;
	return err;
}

int store_end(struct store *s, int err)
{
	if (!s)
		return err;
	s->is_changing = false;
	if (!err)
		err = s->broken;
	if (!err)
		err = store_run(s, "COMMIT", NULL, NULL, NULL);
	if (err && !sqlite3_get_autocommit(s->db)) /* some failures have rolled back already */
		(void)sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	return err;
}

int64_t store_number(const struct store_row *row, int column)
{
	return sqlite3_column_int64(stmt_of(row), column);
}

const char *store_text(const struct store_row *row, int column)
{
	const unsigned char *text = sqlite3_column_text(stmt_of(row), column);

	return text ? (const char *)text : "";
}

int64_t store_last_id(const struct store *s)
{
	return sqlite3_last_insert_rowid(s->db);
}

void store_refuse(struct store *s, const char *table, const char *why)
{
	if (!s->refused)
		log_error("the state file: a row of %s is left out, and maybe more: %s", table,
				why);
	s->refused = true;
}

bool store_is_kept(const struct store *s)
{
	return s->kept;
}

unsigned store_failures(const struct store *s)
{
	return s->failures;
}

/* With its parents. */
static int make_folder(const char *folder)
{
	char path[PATH_ROOM];
	struct stat st;

	if (snprintf(path, sizeof(path), "%s", folder) >= (int)sizeof(path))
		return -ENAMETOOLONG;
	for (char *c = path + 1; *c; c++) {
		if (*c != '/')
			continue;
		*c = '\0';
		(void)mkdir(path, 0755); /* the last one tells */
		*c = '/';
	}
	if (mkdir(path, 0700) < 0 && errno != EEXIST)
		return -errno;
	if (stat(path, &st) < 0)
		return -errno;
	if (!S_ISDIR(st.st_mode))
		return -ENOTDIR;
	/* What others put there would be read as ours. */
	return st.st_uid == geteuid() && !(st.st_mode & 022) ? 0 : -EPERM;
}

/* SQLite gives its other files the mode of this one: calling cards have secrets. */
static int make_file(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return -errno;
	(void)close(fd);
	return 0;
}

static void take_version(void *arg, const struct store_row *row)
{
	*(int64_t *)arg = store_number(row, 0);
}

static int migrate(struct store *s, const char *const *steps, unsigned count)
{
	int64_t version = 0;
	char sql[64];
	int rc = SQLITE_OK;
	int err = store_run(s, "PRAGMA user_version", NULL, take_version, &version);

	if (!err && (version < 0 || version > count)) {
		log_error("the state file is of a newer tapisrvd (version %lld, known are 1 to "
			  "%u): it stays untouched",
				(long long)version, count);
		return -ENOTSUP;
	}
	if (err || version == count)
		return err;
	err = store_begin(s);
	for (unsigned i = (unsigned)version; i < count && !err; i++) {
		rc = sqlite3_exec(s->db, steps[i], NULL, NULL, NULL);
		err = judge(s, rc);
	}
	(void)snprintf(sql, sizeof(sql), "PRAGMA user_version = %u", count);
	if (!err)
		err = store_run(s, sql, NULL, NULL, NULL);
	return store_end(s, err);
}

/* Whether anything can be written is found out here, and not with the first thing to keep. */
static int prepare(struct store *s, const char *const *steps, unsigned count)
{
	static const char *const settings[] = { "PRAGMA trusted_schema = OFF",
		"PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL",
		"PRAGMA foreign_keys = ON" };
	int err = 0;

	(void)sqlite3_busy_timeout(s->db, START_BUSY_MS);
	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]) && !err; i++)
		err = store_run(s, settings[i], NULL, NULL, NULL);
	if (!err)
		err = migrate(s, steps, count);
	(void)sqlite3_busy_timeout(s->db, BUSY_MS);
	return err;
}

static int open_db(struct store *s, const char *path, const char *const *steps, unsigned count)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	int err = judge(s, sqlite3_open_v2(path, &s->db, flags, NULL));

	if (!err)
		err = prepare(s, steps, count);
	if (err) {
		(void)sqlite3_close(s->db);
		s->db = NULL;
	}
	return err;
}

static int open_folder(struct store *s, const char *folder, const char *const *steps,
		unsigned count)
{
	char path[PATH_ROOM];
	int err = make_folder(folder);

	if (err == -EPERM)
		log_error("%s: must be a folder of this user that others cannot write to", folder);
	if (!err && snprintf(path, sizeof(path), "%s/state.db", folder) >= (int)sizeof(path))
		err = -ENAMETOOLONG;
	if (!err)
		err = make_file(path);
	if (!err)
		err = open_db(s, path, steps, count);
	return err;
}

struct store *store_open_steps(const char *folder, const char *const *steps, unsigned count)
{
	struct store *s = mem_new(struct store);
	int err;

	if (!s) {
		log_error("out of memory: no state is kept, nor is what was kept known");
		return NULL;
	}
	if (folder) {
		err = open_folder(s, folder, steps, count);
		s->kept = !err;
		if (!err)
			return s;
		s->failures++;
		log_error("no state is kept, it lives in memory only: %s: %s", strerror(-err),
				folder);
	}
	s->said = 0;
	if (open_db(s, ":memory:", steps, count) == 0)
		return s;
	mem_free(s);
	return NULL;
}

struct store *store_open(const char *folder)
{
	return store_open_steps(folder, store_steps, store_step_count);
}

void store_shrink(struct store *s)
{
	if (s)
		(void)sqlite3_db_release_memory(s->db);
}

void store_close(struct store *s)
{
	if (!s)
		return;
	(void)sqlite3_close(s->db);
	mem_free(s);
}
