// SPDX-License-Identifier: MIT
/* launch.c - starts who serves requests of assisted telephony, in the session and with the rights
 * of the user who asks: the daemon runs nothing that a client names. Which programs there are is
 * said by two files, the user's and the system's, of lines
 *
 *	softphone = /usr/bin/softphone --serve "two words"
 *
 * whose names are file names as in lineSetAppPriority: who is first there is tried first, then the
 * files in their order. No shell reads them. */
#define _POSIX_C_SOURCE 200809L
#include "libtapi/internal.h"

#include "base/mem.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <tapix.h>
#include <unistd.h>

enum { ENTRIES = 32, WORDS = 16, LINE_SIZE = 1024, NAMES = 4096 };

struct entry {
	char name[64], command[LINE_SIZE];
	bool tried;
};

struct list_of_programs {
	struct entry entries[ENTRIES];
	unsigned count;
};

/* --- the files --- */

/* Others must not say what the user starts. */
static bool is_safe(FILE *f)
{
	struct stat st;

	return fstat(fileno(f), &st) == 0 && S_ISREG(st.st_mode) &&
	       (st.st_uid == getuid() || st.st_uid == 0) && !(st.st_mode & (S_IWGRP | S_IWOTH));
}

static bool is_known(const struct list_of_programs *l, const char *name)
{
	for (unsigned i = 0; i < l->count; i++)
		if (strcmp(l->entries[i].name, name) == 0)
			return true;
	return false;
}

static size_t trim(const char *text, size_t size)
{
	while (size && isspace((unsigned char)text[size - 1]))
		size--;
	return size;
}

/* What the user's file has goes before the system's. */
static void take_line(struct list_of_programs *l, const char *line)
{
	struct entry *e = &l->entries[l->count];
	const char *value = strchr(line, '=');
	size_t size;

	line += strspn(line, " \t");
	if (*line == '#' || !value || value < line || l->count == ENTRIES)
		return;
	size = trim(line, (size_t)(value - line));
	value += 1 + strspn(value + 1, " \t");
	if (!size || size >= sizeof(e->name) || !trim(value, strlen(value)))
		return;
	(void)snprintf(e->name, sizeof(e->name), "%.*s", (int)size, line);
	(void)snprintf(e->command, sizeof(e->command), "%.*s", (int)trim(value, strlen(value)),
			value);
	e->tried = false;
	if (!is_known(l, e->name))
		l->count++;
}

static void read_file(struct list_of_programs *l, const char *folder, const char *name)
{
	char path[512], line[LINE_SIZE];
	int n = snprintf(path, sizeof(path), "%s%s", folder, name);
	FILE *f = n > 0 && (size_t)n < sizeof(path) ? fopen(path, "re") : NULL;

	if (!f)
		return;
	if (is_safe(f))
		while (fgets(line, sizeof(line), f))
			take_line(l, line);
	(void)fclose(f);
}

static void read_files(struct list_of_programs *l)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

	l->count = 0;
	if (config && *config == '/')
		read_file(l, config, "/tapi/recipients");
	else if (home && *home == '/')
		read_file(l, home, "/.config/tapi/recipients");
	read_file(l, TAPI_SYSCONFDIR, "/tapi/recipients");
}

/* --- starting --- */

/* Words with blanks between; "..." is one. Changes the text. */
static bool split(char *text, char *words[WORDS + 1])
{
	int count = 0;

	for (;;) {
		bool quoted;

		text += strspn(text, " \t");
		if (!*text || count == WORDS)
			break;
		quoted = *text == '"';
		words[count++] = text += quoted;
		text += strcspn(text, quoted ? "\"" : " \t");
		if (*text)
			*text++ = '\0';
	}
	words[count] = NULL;
	return count > 0 && !*text;
}

/* In the child of a child, which nobody has to wait for. Only what is safe after a fork. */
static _Noreturn void become(char *const words[], int report)
{
	int err;

	(void)setsid();
	if (fork() == 0) {
		(void)execvp(words[0], words);
		err = errno;
		(void)!write(report, &err, sizeof(err));
	}
	_exit(0);
}

/* 0, or -errno of what failed. */
static int start(char *const words[])
{
	int report[2], err = 0;
	ssize_t n;
	pid_t pid;

	if (pipe(report) < 0)
		return -errno;
	(void)fcntl(report[0], F_SETFD, FD_CLOEXEC);
	(void)fcntl(report[1], F_SETFD, FD_CLOEXEC);
	pid = fork();
	if (pid == 0)
		become(words, report[1]);
	err = pid < 0 ? errno : 0;
	(void)close(report[1]);
	while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		continue;
	do { /* the end of the pipe is closed by exec */
		n = err ? 0 : read(report[0], &err, sizeof(err));
	} while (n < 0 && errno == EINTR);
	(void)close(report[0]);
	return -err;
}

static bool try(struct entry *e)
{
	char *words[WORDS + 1];

	if (e->tried)
		return false;
	e->tried = true;
	return split(e->command, words) && start(words) == 0;
}

/* The names that the user has ranked, one a line. */
static void ask_ranks(char names[NAMES])
{
	union {
		VARSTRING v;
		char room[NAMES];
	} list;

	memset(&list, 0, sizeof(list));
	list.v.dwTotalSize = sizeof(list);
	names[0] = '\0';
	if (tapixGetAppPriorities(0, &list.v) || list.v.dwStringSize >= NAMES)
		return;
	memcpy(names, list.room + list.v.dwStringOffset, list.v.dwStringSize);
	names[list.v.dwStringSize] = '\0';
}

static bool try_named(struct list_of_programs *l, const char *name, size_t size)
{
	for (unsigned i = 0; i < l->count; i++)
		if (strlen(l->entries[i].name) == size &&
				memcmp(l->entries[i].name, name, size) == 0)
			return try(&l->entries[i]);
	return false;
}

static bool launch(struct list_of_programs *l)
{
	char names[NAMES];

	ask_ranks(names);
	for (const char *at = names; *at; at += *at == '\n') {
		size_t size = strcspn(at, "\n");

		if (try_named(l, at, size))
			return true;
		at += size;
	}
	for (unsigned i = 0; i < l->count; i++)
		if (try(&l->entries[i]))
			return true;
	return false;
}

bool launch_recipient(void)
{
	struct list_of_programs *l;
	bool started = false;

	if (getuid() != geteuid() || getgid() != getegid())
		return fail(0, "privileged", "a set-user-ID program starts no other") != 0;
	l = mem_new(struct list_of_programs);
	if (l) {
		read_files(l);
		started = launch(l);
	}
	if (!started && l && !l->count)
		(void)fail(0, "recipient",
				"no program has registered for such requests, and no file names "
				"one to start (see tapi-dial(1))");
	else if (!started)
		(void)fail(0, "recipient",
				"no program has registered for such requests, and of the %u in the "
				"lists none can be started (see tapi-dial(1))",
				l ? l->count : 0);
	mem_free(l);
	return started;
}
