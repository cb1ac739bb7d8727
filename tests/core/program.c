// SPDX-License-Identifier: MIT
/* program.c - see program.h. */
#include "../ended.h"
#include "../scratch.h"
#include "program.h"
#include "base/mem.h"
#include "base/os.h"
#include "tapisrvd/failure.h"
#include "wire/arena.h"
#include "wire/calls.h"
#include "wire/conn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { AGAIN_MS = 5000 };

static char folder[128], program[512];
static int notify = -1;

const char *program_path(const char *name)
{
	static char path[4][256];
	static unsigned next;

	next = (next + 1) % 4;
	(void)snprintf(path[next], sizeof(path[next]), "%s/%s", folder, name);
	return path[next];
}

void program_write(const char *path, const char *text, mode_t mode)
{
	FILE *f = fopen(path, "w");

	ck_assert_ptr_nonnull(f);
	ck_assert_int_ge(fputs(text, f), 0);
	ck_assert_int_eq(fclose(f), 0);
	ck_assert_int_eq(chmod(path, mode), 0);
}

void program_set_up(void)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	const char *build = getenv("BUILD");

	(void)snprintf(program, sizeof(program), "%s/bin/tapisrvd",
			build ? build : "build/default");
	scratch_template(folder, sizeof(folder), "core");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_lt(snprintf(addr.sun_path, sizeof(addr.sun_path), "%s/notify", folder),
			(int)sizeof(addr.sun_path));
	notify = socket(AF_UNIX, SOCK_DGRAM, 0);
	ck_assert_int_eq(bind(notify, (struct sockaddr *)&addr, sizeof(addr)), 0);
	(void)os_cloexec(notify);
	ck_assert_int_eq(setenv("NOTIFY_SOCKET", addr.sun_path, 1), 0);
	ck_assert_int_eq(mkdir(program_path("tsp"), 0755), 0);
}

void program_tear_down(void)
{
	close(notify);
}

pid_t program_spawn_as(const char *name, const char *option, const char *config)
{
	pid_t pid = fork();
	int out;

	ck_assert_int_ge(pid, 0);
	if (pid)
		return pid;
	out = open(program_path("log"), O_WRONLY | O_CREAT | O_APPEND, 0600);
	if (out < 0 || dup2(out, 2) < 0)
		_exit(99);
	(void)execl(program, name, "--config", config, option, (char *)NULL);
	_exit(98);
}

pid_t program_spawn(const char *option, const char *config)
{
	return program_spawn_as(program, option, config);
}

/* What it tells its manager next, but for words of the one before; "": nothing in that time. */
const char *program_told(int ms)
{
	static char text[64];
	struct pollfd p = { .fd = notify, .events = POLLIN };
	ssize_t n = poll(&p, 1, ms) == 1 ? read(notify, text, sizeof(text) - 1) : 0;

	text[n > 0 ? n : 0] = '\0';
	return text;
}

void program_await_ready(void)
{
	const char *told;

	do {
		told = program_told(PATIENCE_MS);
		ck_assert_str_ne(told, "");
	} while (strcmp(told, "READY=1") != 0);
}

pid_t program_start(const char *config)
{
	pid_t pid = program_spawn("--log=info", config);

	program_await_ready();
	return pid;
}

int program_wait(pid_t pid)
{
	int status;

	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* TSan keeps a signal back until the process makes its next system call; one that comes right
 * before epoll_wait may so wait for the next one. Nobody else gets a second one. */
#if defined(__SANITIZE_THREAD__)
#define SIGNALS_ARE_LATE 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define SIGNALS_ARE_LATE 1
#endif
#endif
#ifndef SIGNALS_ARE_LATE
#define SIGNALS_ARE_LATE 0
#endif

int program_stop(pid_t pid)
{
	do
		ck_assert_int_eq(kill(pid, SIGTERM), 0);
	while (SIGNALS_ARE_LATE && !ended_within(pid, AGAIN_MS));
	return program_wait(pid);
}

const char *program_log(void)
{
	static char text[16384];
	FILE *f = fopen(program_path("log"), "r");
	size_t n = f ? fread(text, 1, sizeof(text) - 1, f) : 0;

	text[n] = '\0';
	if (f)
		(void)fclose(f);
	return text;
}

const char *program_config(const char *providers)
{
	char text[1024];

	(void)snprintf(text, sizeof(text),
			"[daemon]\nrun_dir = %s/run\nstate = %s/state\ntsp_path = %s/tsp\n"
			"host = /bin/false\n%s",
			folder, folder, folder, providers);
	program_write(program_path("conf"), text, 0600);
	return program_path("conf");
}

const ProtobufCMessage *program_receive(struct conn *c, struct arena *a, uint16_t kind,
		const ProtobufCMessageDescriptor *d)
{
	struct pollfd p = { .fd = c->fd, .events = POLLIN };
	struct frame f;

	while (conn_next(c, &f) != 1) {
		ck_assert_int_eq(poll(&p, 1, PATIENCE_MS), 1);
		ck_assert_int_eq(conn_read(c), 0);
	}
	ck_assert_uint_eq(f.h.kind, kind);
	return arena_unpack(a, d, f.body, f.h.length);
}

void program_ask(struct conn *c, uint16_t kind, uint32_t serial, const ProtobufCMessage *m)
{
	struct frame_header h = { .kind = kind, .serial = serial };

	ck_assert_int_eq(conn_send(c, &h, m), 0);
	ck_assert_int_eq(conn_flush(c), 0);
}

void program_hello(struct conn *c)
{
	Hello hello = HELLO__INIT;

	conn_init(c, os_unix_connect(program_path("run/socket")), LIMIT_EDGE);
	ck_assert_int_ge(c->fd, 0);
	SET(&hello, protocol, WIRE_PROTOCOL);
	SET(&hello, api_low, 0x10003);
	SET(&hello, api_high, 0x20002);
	program_ask(c, FRAME_HELLO, 0, &hello.base);
}

const TapixGetProvidersReply *program_providers(struct arena *a)
{
	TapixInitialize initialize = TAPIX_INITIALIZE__INIT;
	TapixGetProviders get = TAPIX_GET_PROVIDERS__INIT;
	const TapixGetProvidersReply *reply;
	struct conn c;

	program_hello(&c);
	ck_assert_ptr_nonnull(program_receive(&c, a, FRAME_HELLO, &hello__descriptor));
	program_ask(&c, CALL_TapixInitialize, 1, &initialize.base);
	(void)program_receive(&c, a, FRAME_RETURN, &tapix_initialize_reply__descriptor);
	program_ask(&c, CALL_TapixGetProviders, 2, &get.base);
	reply = (const void *)program_receive(&c, a, FRAME_RETURN,
			&tapix_get_providers_reply__descriptor);
	ck_assert_ptr_nonnull(reply);
	conn_fini(&c);
	return reply;
}
