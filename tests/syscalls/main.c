// SPDX-License-Identifier: MIT
/* main.c - syscalls [--all] [--who WHO] [--at N --kind K]: rounds in which one system call fails.
 *
 * A round is a daemon with the exchange, an application that plays the scene, and a second one
 * beside which nothing fails any more: that one has to succeed, unless the daemon has said at its
 * start why it does not run. The daemon ends cleanly at SIGTERM and has no more descriptors than
 * after a round in which nothing failed. */
#define _GNU_SOURCE
#include "scene.h"
#include "../ended.h"

#include "base/clock.h"

#include <dirent.h>
#include <getopt.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

enum { PATIENCE_MS = 45000, LOOK_NS = 2000000, KINDS = 3, SAMPLES = 8 };

static const struct who {
	const char *name, *program;
} whos[] = { { "daemon", "tapisrvd" }, { "host", "tapi-tsphost" }, { "application", "syscalls" } };
#define WHOS (sizeof(whos) / sizeof(whos[0]))

static char folder[512];
static const char *build, *self;
static unsigned descriptors; /* after a round without failures */

static struct turn {
	const struct who *who;
	unsigned long at;
	unsigned kind;
	pid_t daemon;
	bool over; /* it has ended */
	int status;
} now;

static const char *path(const char *name)
{
	static char text[4][1024];
	static unsigned turn;

	turn = (turn + 1) % 4;
	(void)snprintf(text[turn], sizeof(text[turn]), "%s/%s", folder, name);
	return text[turn];
}

/* The file's text; lives until the next call. */
static const char *text_of(const char *name)
{
	static char text[1 << 16];
	FILE *f = fopen(path(name), "r");
	size_t n = f ? fread(text, 1, sizeof(text) - 1, f) : 0;

	text[n] = '\0';
	if (f)
		(void)fclose(f);
	return text;
}

/* Its last lines. */
static const char *end_of(const char *text)
{
	const char *at = text + strlen(text);

	for (int lines = 0; at > text && lines < 25; at--)
		lines += at[-1] == '\n';
	return at;
}

__attribute__((format(printf, 1, 2))) static _Noreturn void wrong(const char *fmt, ...)
{
	char said[256];
	va_list args;

	(void)snprintf(said, sizeof(said), "%s", text_of("said"));
	said[strcspn(said, "\n")] = '\0';
	fprintf(stderr, "FAIL WHO=%s AT=%lu KIND=%u (%s): ", now.who->name, now.at, now.kind, said);
	va_start(args, fmt);
	(void)vfprintf(stderr, fmt, args);
	va_end(args);
	fprintf(stderr, "\n--- the application\n%s", end_of(text_of("scene")));
	fprintf(stderr, "--- the daemon\n%s", end_of(text_of("log")));
	if (now.daemon && !now.over)
		(void)kill(now.daemon, SIGKILL);
	exit(1);
}

static void pause_shortly(void)
{
	(void)nanosleep(&(struct timespec){ .tv_nsec = LOOK_NS }, NULL);
}

/* --- processes --- */

static void set_failing(const char *program)
{
	char preload[PATH_MAX], at[32], kind[32];

	if (strcmp(program, now.who->program) != 0 &&
			!(strcmp(program, "tapisrvd") == 0 &&
					strcmp(now.who->program, "tapi-tsphost") == 0))
		return;
	(void)snprintf(preload, sizeof(preload), "%s/lib/tests/fail.so", build);
	(void)snprintf(at, sizeof(at), "%lu", now.at);
	(void)snprintf(kind, sizeof(kind), "%u", now.kind);
	(void)setenv("LD_PRELOAD", preload, 1);
	(void)setenv("FAIL_IN", now.who->program, 1);
	(void)setenv("FAIL_AT", at, 1);
	(void)setenv("FAIL_KIND", kind, 1);
	(void)setenv("FAIL_SAID", path("said"), 1);
	(void)setenv("ASAN_OPTIONS", "verify_asan_link_order=0", 0);
}

static pid_t start(const char *program, const char *out, bool failing, const char *one,
		const char *two)
{
	pid_t pid = fork();
	int fd;

	if (pid)
		return pid;
	fd = open(path(out), O_WRONLY | O_CREAT | O_APPEND, 0600);
	if (fd < 0 || dup2(fd, 1) < 0 || dup2(fd, 2) < 0)
		_exit(99);
	(void)close(fd);
	if (failing)
		set_failing(strrchr(program, '/') + 1);
	(void)execl(program, program, one, two, (char *)NULL);
	_exit(98);
}

static int status_of(pid_t pid, const char *what)
{
	int status = 0;

	if (!ended_within(pid, PATIENCE_MS)) {
		(void)kill(pid, SIGKILL);
		(void)waitpid(pid, &status, 0);
		wrong("%s does not end", what);
	}
	(void)waitpid(pid, &status, 0);
	return status;
}

static bool daemon_is_over(void)
{
	if (!now.over && waitpid(now.daemon, &now.status, WNOHANG) == now.daemon)
		now.over = true;
	return now.over;
}

static bool somebody_listens(void)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool does;

	memcpy(a.sun_path, path("run/socket"), strlen(path("run/socket")));
	does = connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0;
	(void)close(fd);
	return does;
}

static unsigned count_descriptors(void)
{
	char name[64];
	unsigned n = 0;
	DIR *d;

	(void)snprintf(name, sizeof(name), "/proc/%d/fd", (int)now.daemon);
	d = opendir(name);
	while (d && readdir(d))
		n++;
	if (d)
		(void)closedir(d);
	return n;
}

/* --- a round --- */

static void prepare(void)
{
	char command[PATH_MAX + 64];
	FILE *f;

	(void)snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	if (system(command) || mkdir(folder, 0700) || mkdir(path("run"), 0700) ||
			mkdir(path("state"), 0700) || !(f = fopen(path("conf"), "w")))
		exit(99);
	fprintf(f,
			"[daemon]\nsocket = %s/run/socket\nrun_dir = %s/run\n"
			"tsp_path = %s/lib/tapi/tsp\nhost = %s/bin/tapi-tsphost\n\n"
			"[provider exchange]\nextensions = 101-102\nring_ms = 100\nmedia_ms = "
			"100\n",
			folder, folder, build, build);
	(void)fclose(f);
	(void)setenv("TAPISRVD_SOCKET", path("run/socket"), 1);
	(void)setenv("XDG_STATE_HOME", path("state"), 1);
	(void)setenv("STATE_DIRECTORY", path("state"), 1);
}

/* Only a start may fail. */
static bool ended_with_a_reason(void)
{
	return WIFEXITED(now.status) && WEXITSTATUS(now.status) &&
	       strstr(text_of("log"), "error ") && !strstr(text_of("log"), "core: ready");
}

/* It listens, or it has said why not. */
static bool start_daemon(void)
{
	char program[PATH_MAX];
	uint64_t until = clock_now_ms() + PATIENCE_MS;

	(void)snprintf(program, sizeof(program), "%s/bin/tapisrvd", build);
	now.over = false;
	now.daemon = start(program, "log", true, "--config", path("conf"));
	while (!somebody_listens() && !daemon_is_over()) {
		if (clock_now_ms() > until)
			wrong("the daemon does not listen");
		pause_shortly();
	}
	if (!daemon_is_over())
		return true;
	if (!ended_with_a_reason())
		wrong("the daemon ends at its start without a word");
	return false;
}

static enum scene play(bool failing, const char *mend)
{
	int status = status_of(start(self, "scene", failing, "--scene", mend), "the application");

	if (!WIFEXITED(status))
		wrong("the application ends by signal %s", strsignal(WTERMSIG(status)));
	if (WEXITSTATUS(status) > SCENE_REFUSED)
		wrong("the application %s", WEXITSTATUS(status) == SCENE_NO_REASON
							    ? "is refused without a reason"
							    : "waits for ever");
	return (enum scene)WEXITSTATUS(status);
}

/* A provider whose host has died is back soon, one that could not be loaded when it is told to. */
static void play_unharmed(void)
{
	uint64_t until = clock_now_ms() + PATIENCE_MS;

	while (play(false, "--mend") != SCENE_DONE) {
		if (daemon_is_over())
			wrong("the daemon has ended");
		if (clock_now_ms() > until)
			wrong("nothing fails any more, and the application is still refused");
		pause_shortly();
	}
}

static void judge_descriptors(void)
{
	uint64_t until = clock_now_ms() + PATIENCE_MS;
	unsigned n = count_descriptors();

	if (!now.at)
		descriptors = n > descriptors ? n : descriptors;
	while (n > descriptors && clock_now_ms() < until) {
		pause_shortly();
		n = count_descriptors();
	}
	if (n > descriptors)
		wrong("the daemon has %u descriptors, not %u", n, descriptors);
}

/* What failed is in the file "said"; empty: the call was never made. */
static void play_round(const struct who *who, unsigned long at, unsigned kind)
{
	now.who = who;
	now.at = at;
	now.kind = kind;
	prepare();
	if (!start_daemon())
		return;
	(void)play(true, NULL);
	if (!daemon_is_over())
		play_unharmed();
	else if (ended_with_a_reason())
		return;
	else
		wrong("the daemon has ended");
	judge_descriptors();
	(void)kill(now.daemon, SIGTERM);
	now.status = status_of(now.daemon, "the daemon");
	now.over = true;
	if (!WIFEXITED(now.status) || WEXITSTATUS(now.status))
		wrong("the daemon's end is not clean");
}

/* --- all of them --- */

static unsigned walk(const struct who *who, bool all)
{
	unsigned long count, step;
	unsigned rounds = 0;

	play_round(who, 0, 0);
	count = strtoul(text_of("said"), NULL, 10);
	if (!count)
		wrong("no system call was seen");
	step = all ? 1 : count / SAMPLES + 1;
	for (unsigned kind = 0; kind < KINDS; kind++)
		for (unsigned long at = 1 + kind * step / KINDS; at <= count; at += step, rounds++)
			play_round(who, at, kind);
	printf("  syscalls: %-12s %u of %lu failed in turn\n", who->name, rounds, count * KINDS);
	(void)fflush(stdout);
	return rounds;
}

int main(int argc, char **argv)
{
	static const struct option rows[] = { { "all", no_argument, NULL, 'a' },
		{ "who", required_argument, NULL, 'w' }, { "at", required_argument, NULL, 'n' },
		{ "kind", required_argument, NULL, 'k' }, { "scene", no_argument, NULL, 's' },
		{ "mend", no_argument, NULL, 'm' }, { NULL, 0, NULL, 0 } };
	const char *only = NULL;
	unsigned long at = 0, kind = 0;
	bool all = false, scene = false, mend = false;
	int got;

	while ((got = getopt_long(argc, argv, "", rows, NULL)) != -1) {
		scene = scene || got == 's';
		mend = mend || got == 'm';
		all = all || got == 'a';
		only = got == 'w' ? optarg : only;
		at = got == 'n' ? strtoul(optarg, NULL, 10) : at;
		kind = got == 'k' ? strtoul(optarg, NULL, 10) : kind;
		if (got == '?')
			return 2;
	}
	if (scene)
		return (int)scene_play(mend);
	if (!(build = realpath(getenv("BUILD") ? getenv("BUILD") : "build/default", NULL)) ||
			!(self = realpath("/proc/self/exe", NULL)))
		return 2;
	(void)snprintf(folder, sizeof(folder), "%s/syscalls", build);
	if (strlen(path("run/socket")) >= sizeof(((struct sockaddr_un *)NULL)->sun_path))
		return 2;
	for (size_t i = 0; i < WHOS; i++) {
		if (only && strcmp(only, whos[i].name) != 0)
			continue;
		if (at) {
			play_round(&whos[i], 0, 0);
			play_round(&whos[i], at, (unsigned)kind);
			printf("%s%s", text_of("said"), text_of("scene"));
		} else {
			(void)walk(&whos[i], all);
		}
	}
	return 0;
}
