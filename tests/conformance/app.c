// SPDX-License-Identifier: MIT
/* app.c - applications: forked from the test before it has used libtapi, they run functions of this
 * program that come by a socket, and tell how they fared. */
#include "internal.h"
#include "app.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct app {
	struct app *next;
	char name[64];
	pid_t pid;
	int fd; /* -1: ended */
};

struct order {
	void (*fn)(void *arg);
	size_t size; /* of arg, which follows */
};

struct outcome {
	size_t size; /* of arg, which follows; or of the text, if it failed */
	bool failed;
};

enum { ARG_MAX_SIZE = 1 << 20 };

void app_set_next(struct app *a, struct app *n)
{
	a->next = n;
}

pid_t app_pid(const struct app *a)
{
	return a->pid;
}

/* False: the other side has gone. */
static bool put(int fd, const void *data, size_t size)
{
	const char *p = data;

	while (size) {
		ssize_t n = send(fd, p, size, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		p += n;
		size -= (size_t)n;
	}
	return true;
}

static bool get(int fd, void *data, size_t size)
{
	char *p = data;

	while (size) {
		ssize_t n = recv(fd, p, size, 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		p += n;
		size -= (size_t)n;
	}
	return true;
}

/* --- the child --- */

static int to_test = -1;

static void tell_failure(const char *text)
{
	struct outcome o = { .size = strlen(text) + 1, .failed = true };

	fprintf(stderr, "--- what %s has been told\n", me.name);
	inside_show_messages(stderr);
	(void)put(to_test, &o, sizeof(o));
	(void)put(to_test, text, o.size);
}

static _Noreturn void serve(void)
{
	char *arg = malloc(ARG_MAX_SIZE);
	struct order order;

	while (arg && get(to_test, &order, sizeof(order)) && get(to_test, arg, order.size)) {
		struct outcome o = { .size = order.size };

		if (!order.fn)
			break;
		order.fn(arg);
		if (!put(to_test, &o, sizeof(o)) || !put(to_test, arg, o.size))
			break;
	}
	free(arg);
	inside_shut_down();
	fflush(NULL);
	exit(0);
}

static void set_program_name(const char *name)
{
#ifdef __GLIBC__
	extern char *program_invocation_short_name;

	program_invocation_short_name = (char *)(intptr_t)name;
#else
	extern void setprogname(const char *);

	setprogname(name);
#endif
}

/* --- the test's side --- */

/* Sockets of other applications stay open in this one; they are ended by an order, not by a close.
 */
struct app *app_start_bare(struct world *w, const char *name)
{
	struct app *a = calloc(1, sizeof(*a));
	int fds[2];

	expect(a != NULL);
	(void)snprintf(a->name, sizeof(a->name), "%s", name);
	expect(socketpair(AF_UNIX, SOCK_STREAM, 0, fds) == 0);
	fflush(NULL);
	a->pid = fork();
	expect(a->pid >= 0);
	if (a->pid == 0) {
		(void)close(fds[0]);
		to_test = fds[1];
		me.name = a->name;
		set_program_name(a->name);
		expect_tell_to(tell_failure);
		serve();
	}
	(void)close(fds[1]);
	a->fd = fds[0];
	world_add_app(w, a);
	return a;
}

static void start(void *arg)
{
	expect_ok(initialise(arg));
}

struct app *app_start(struct world *w, const char *name, DWORD version)
{
	struct app *a = app_start_bare(w, name);

	version = version ? version : 0x00020002;
	app_do(a, start, &version, sizeof(version));
	return a;
}

static _Noreturn void died(const struct app *a, const char *when)
{
	int status = 0;

	(void)waitpid(a->pid, &status, 0);
	fail_test("%s ended %s: %s %d", a->name, when, WIFSIGNALED(status) ? "signal" : "status",
			WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
}

void app_begin(struct app *a, void (*fn)(void *arg), const void *arg, size_t size)
{
	struct order o = { fn, size };

	expect(size <= ARG_MAX_SIZE);
	if (a->fd < 0 || !put(a->fd, &o, sizeof(o)) || !put(a->fd, arg, size))
		died(a, "before it was asked");
}

void app_finish(struct app *a, void *arg, size_t size)
{
	struct outcome o;
	char text[1400];

	if (!get(a->fd, &o, sizeof(o)))
		died(a, "while it was busy");
	if (!o.failed) {
		expect_eq(o.size, size);
		if (!get(a->fd, arg, size))
			died(a, "while it was busy");
		return;
	}
	memset(text, 0, sizeof(text));
	(void)get(a->fd, text, o.size < sizeof(text) ? o.size : sizeof(text) - 1);
	fprintf(stderr, "%s: %s\n", a->name, text);
	world_show_log();
	fflush(NULL);
	_exit(1);
}

void app_do(struct app *a, void (*fn)(void *arg), void *arg, size_t size)
{
	app_begin(a, fn, arg, size);
	app_finish(a, arg, size);
}

static void gone(struct app *a)
{
	(void)close(a->fd);
	a->fd = -1;
}

void app_end(struct app *a)
{
	struct order last = { NULL, 0 };
	int status = 0;
	unsigned ended;

	if (a->fd < 0)
		return;
	ended = world_connections_ended(a->name);
	(void)put(a->fd, &last, sizeof(last));
	if (waitpid(a->pid, &status, 0) != a->pid || status)
		fail_test("%s ended with %#x", a->name, (unsigned)status);
	gone(a);
	world_await_end_of(a->name, ended);
}

void app_kill(struct app *a)
{
	expect(kill(a->pid, SIGKILL) == 0);
	(void)waitpid(a->pid, NULL, 0);
	gone(a);
}

void app_finish_all(struct app *first)
{
	for (struct app *a = first; a; a = a->next)
		app_end(a);
}
