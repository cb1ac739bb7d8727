// SPDX-License-Identifier: MIT
/* world.c - a daemon with the exchange in a folder below $BUILD. It says through $NOTIFY_SOCKET
 * that it listens. The runner ends the whole process group after the test. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "internal.h"
#include "../ended.h"
#include "app.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { AGAIN_MS = 1000 };

struct world {
	char folder[256];
	const struct setting *setting;
	pid_t daemon;
	int notify;
	struct app *apps;
};

static struct world *the_world; /* of this test process: for its log */

static const char exchange[] = "[provider exchange]\n"
			       "extensions = 101-106\n"
			       "absent_ms = 200\n"
			       "ring_ms = 100\n"
			       "media_ms = 200\n"
			       "dial_ms = 30000\n";

const char *world_build(void)
{
	const char *build = getenv("BUILD");

	return build ? build : "build/default";
}

/* Absolute: applications and the daemon may be anywhere. */
static const char *build_folder(void)
{
	static char path[256];
	char *real = path[0] ? NULL : realpath(world_build(), NULL);

	if (real)
		(void)snprintf(path, sizeof(path), "%s", real);
	free(real);
	return path;
}

const char *world_path(const struct world *w, const char *name)
{
	static char path[4][512];
	static unsigned turn;

	turn = (turn + 1) % 4;
	(void)snprintf(path[turn], sizeof(path[turn]), "%s/%s", w->folder, name);
	return path[turn];
}

void world_write(struct world *w, const char *name, const char *text)
{
	FILE *f = fopen(world_path(w, name), "w");

	expect(f && fputs(text, f) >= 0 && fclose(f) == 0);
}

const char *world_log(struct world *w)
{
	static char *text;
	static size_t room;
	FILE *f = fopen(world_path(w, "log"), "r");
	struct stat st = { 0 };
	size_t n = 0;

	if (f && fstat(fileno(f), &st) == 0 && (size_t)st.st_size >= room) {
		room = (size_t)st.st_size + 1;
		free(text);
		text = malloc(room);
		expect(text != NULL);
	}
	if (f) {
		n = fread(text, 1, room - 1, f);
		(void)fclose(f);
	}
	if (!text)
		return "";
	text[n] = '\0';
	return text;
}

void world_show_log(void)
{
	const char *text = the_world ? world_log(the_world) : "", *at = text + strlen(text);

	for (int lines = 0; at > text && lines < 40; at--)
		lines += at[-1] == '\n' && at[0];
	fprintf(stderr, "--- the end of the daemon's log\n%s---\n", at);
}

/* "$BUILD" in a text becomes the build folder. */
static void expand(const char *text, char *out, size_t size)
{
	static const char word[] = "$BUILD";
	size_t n = 0;

	while (*text && n < size) {
		bool is_word = !strncmp(text, word, sizeof(word) - 1);

		n += (size_t)snprintf(out + n, size - n, is_word ? "%s" : "%.1s",
				is_word ? build_folder() : text);
		text += is_word ? sizeof(word) - 1 : 1;
	}
	expect(n < size);
}

/* A test that is not about them has no limits of the daemon that a stalled machine reaches. */
static const char *limits_besides(const char *daemon)
{
	return daemon && strstr(daemon, "_timeout") ? ""
						    : "dispatch_timeout = 60\nentry_timeout = 60\n";
}

void world_configure(struct world *w, const struct setting *s)
{
	static const struct setting usual;
	const char *build = build_folder();
	char text[16384], providers[8192];
	int n;

	s = s ? s : &usual;
	w->setting = s;
	expand(s->providers ? s->providers : exchange, providers, sizeof(providers));
	n = snprintf(text, sizeof(text),
			"[daemon]\nsocket = %s/run/socket\nrun_dir = %s/run\n"
			"tsp_path = %s/lib/tapi/tsp\nhost = %s/bin/tapi-tsphost\n%s%s\n\n%s%s\n",
			w->folder, w->folder, build, build, limits_besides(s->daemon),
			s->daemon ? s->daemon : "", providers, s->exchange ? s->exchange : "");
	expect(n < (int)sizeof(text));
	world_write(w, "conf", text);
}

static void run_daemon(const struct world *w)
{
	char program[512];
	int out = open(world_path(w, "log"), O_WRONLY | O_CREAT | O_APPEND, 0600);

	(void)snprintf(program, sizeof(program), "%s/bin/tapisrvd", world_build());
	if (out < 0 || dup2(out, 1) < 0 || dup2(out, 2) < 0)
		_exit(99);
	(void)setenv("STATE_DIRECTORY", world_path(w, "state"), 1);
	(void)setenv("NOTIFY_SOCKET", world_path(w, "notify"), 1);
	(void)execl(program, program, "--log=info", "--config", world_path(w, "conf"),
			w->setting->arguments, (char *)NULL);
	_exit(98);
}

void world_await_ready(struct world *w)
{
	struct pollfd p = { .fd = w->notify, .events = POLLIN };
	char text[32] = "";

	while (strncmp(text, "READY=1", 7) != 0) { /* not what the one before said at its end */
		if (poll(&p, 1, PATIENCE_MS) != 1)
			fail_test("the daemon does not listen");
		expect(read(w->notify, text, sizeof(text)) > 0);
	}
}

void world_launch(struct world *w)
{
	fflush(NULL);
	w->daemon = fork();
	expect(w->daemon >= 0);
	if (!w->daemon)
		run_daemon(w);
	world_await_ready(w);
}

struct world *world_new(const struct setting *s)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	struct world *w = calloc(1, sizeof(*w));
	char modules[300];

	expect(w != NULL);
	(void)umask(022);
	(void)snprintf(w->folder, sizeof(w->folder), "%s/conform/%ld", build_folder(),
			(long)getpid());
	expect(mkdir(w->folder, 0700) == 0);
	expect(mkdir(world_path(w, "run"), 0700) == 0);
	expect(mkdir(world_path(w, "state"), 0700) == 0);
	the_world = w;
	expect(strlen(world_path(w, "run/socket")) < sizeof(addr.sun_path));
	strcpy(addr.sun_path, world_path(w, "notify"));
	w->notify = socket(AF_UNIX, SOCK_DGRAM, 0);
	expect(bind(w->notify, (struct sockaddr *)&addr, sizeof(addr)) == 0);
	(void)fcntl(w->notify, F_SETFD, FD_CLOEXEC);
	(void)setenv("TAPISRVD_SOCKET", world_path(w, "run/socket"), 1);
	(void)setenv("XDG_STATE_HOME", world_path(w, "state"), 1);
	(void)setenv("TAPI_MEDIA_ADDRESS", "127.0.0.1", 1);
	(void)snprintf(modules, sizeof(modules), "%s/lib/tapi/msp", build_folder());
	(void)setenv("TAPI_MSP_PATH", modules, 1);
	world_configure(w, s);
	world_launch(w);
	return w;
}

pid_t world_daemon(const struct world *w)
{
	return w->daemon;
}

pid_t world_core(const struct world *w)
{
	struct flock l = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int fd = open(world_path(w, "run/host/core.lock"), O_RDWR | O_CLOEXEC);

	expect(fd >= 0 && fcntl(fd, F_GETLK, &l) == 0 && l.l_type != F_UNLCK);
	close(fd);
	return l.l_pid;
}

void world_add_app(struct world *w, struct app *a)
{
	app_set_next(a, w->apps);
	w->apps = a;
}

/* Of the daemon that runs: what was connected to one before is not any more. */
static unsigned count_in_log(const char *name, const char *what)
{
	FILE *f = fopen(world_path(the_world, "log"), "r");
	char wanted[128], line[1024];
	unsigned n = 0;

	(void)snprintf(wanted, sizeof(wanted), "client: %s: %s", name, what);
	while (f && fgets(line, sizeof(line), f))
		n = strstr(line, "main: listens on ") ? 0 : n + (strstr(line, wanted) != NULL);
	if (f)
		(void)fclose(f);
	return n;
}

unsigned world_connections_ended(const char *name)
{
	return count_in_log(name, "closed");
}

/* The daemon logs what it knows of its clients; a file cannot be waited for in a portable way. */
void world_await_end_of(const char *name, unsigned ended_before)
{
	const struct timespec pause = { .tv_nsec = 1000000 };

	if (!the_world->daemon ||
			count_in_log(name, "hello") + count_in_log(name, "is back") <= ended_before)
		return;
	for (int i = 0; i < PATIENCE_MS && world_connections_ended(name) <= ended_before; i++)
		(void)nanosleep(&pause, NULL);
}

/* A signal may be kept back until the next system call (TSan); nobody else gets a second one. */
static int ended(struct world *w, int signal)
{
	int status = 0;

	for (int i = 0; i < PATIENCE_MS / AGAIN_MS; i++) {
		(void)kill(w->daemon, signal);
		if (!ended_within(w->daemon, AGAIN_MS))
			continue;
		expect(waitpid(w->daemon, &status, 0) == w->daemon);
		w->daemon = 0;
		return status;
	}
	fail_test("the daemon does not end");
}

static void stop(struct world *w, int signal)
{
	int status = ended(w, signal);

	if (!WIFEXITED(status) || WEXITSTATUS(status))
		fail_test("the daemon ended with %s %d", WIFEXITED(status) ? "status" : "signal",
				WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
}

void world_stop(struct world *w)
{
	stop(w, SIGTERM);
}

void world_await_stop(struct world *w)
{
	stop(w, 0);
}

void world_kill(struct world *w)
{
	(void)ended(w, SIGKILL);
}

void world_reload(struct world *w)
{
	expect(kill(w->daemon, SIGHUP) == 0);
}

struct host_pid {
	char provider[64];
	DWORD pid;
};

static void ask_host(void *arg)
{
	struct tapix_provider providers[16];
	struct host_pid *h = arg;
	DWORD count = 16;

	expect_ok(tapixGetProviders(me.app, providers, sizeof(providers[0]), &count));
	for (DWORD i = 0; i < count && i < 16; i++)
		if (strcmp(providers[i].name, h->provider) == 0)
			h->pid = providers[i].pid;
}

pid_t world_host(struct world *w, const char *provider)
{
	struct app *a = app_start(w, "conform-host", 0);
	struct host_pid h = { .pid = 0 };

	(void)snprintf(h.provider, sizeof(h.provider), "%s", provider);
	app_do(a, ask_host, &h, sizeof(h));
	app_end(a);
	return (pid_t)h.pid;
}

void world_kill_host(struct world *w, const char *provider)
{
	pid_t pid = world_host(w, provider);

	expect(pid > 0);
	expect(kill(pid, SIGKILL) == 0);
}

void world_end(struct world *w)
{
	const char *log;

	app_finish_all(w->apps);
	if (w->daemon)
		world_stop(w);
	log = world_log(w);
	if (strstr(log, "Sanitizer: ") || strstr(log, "runtime error: "))
		fail_test("a sanitizer has something to say");
}
