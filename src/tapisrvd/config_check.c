// SPDX-License-Identifier: MIT
/* config_check.c - asks each TSP whether it would take its keys: in the host program, in a process
 * of its own, which never starts the provider. Keys go through a socket, for they may be secrets.
 */
#include "base/buf.h"
#include "base/clock.h"
#include "base/os.h"
#include "options.h"
#include "provider.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ; /* NOLINT: POSIX has no header for it */

enum { ANSWER_ROOM = 1024 };

struct asking {
	const struct options *options;
	const struct provider_options *provider;
	int fd; /* its standard input and output */
	pid_t pid;
	uint64_t until_ms;
	struct buf keys;
	char line[ANSWER_ROOM];
	size_t used;
	unsigned faults;
};

static void complain(struct asking *a, unsigned line, const char *cause, const char *sentence)
{
	a->faults++;
	if (*cause)
		config_complain(a->options, line, "%s: %s", cause, sentence);
	else
		config_complain(a->options, line, "%s: %s", a->provider->name, sentence);
}

static int spawn(struct asking *a, int fd)
{
	char *const argv[] = { a->options->host_program, (char *)(uintptr_t) "--check",
		a->provider->path, NULL };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t pipe_signal;
	int err;

	(void)sigemptyset(&pipe_signal);
	(void)sigaddset(&pipe_signal, SIGPIPE);
	(void)posix_spawn_file_actions_init(&files);
	(void)posix_spawn_file_actions_adddup2(&files, fd, STDIN_FILENO);
	(void)posix_spawn_file_actions_adddup2(&files, fd, STDOUT_FILENO);
	(void)posix_spawnattr_init(&attr);
	(void)posix_spawnattr_setsigdefault(&attr, &pipe_signal);
	(void)posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGDEF);
	err = posix_spawn(&a->pid, argv[0], &files, &attr, argv, environ);
	(void)posix_spawnattr_destroy(&attr);
	(void)posix_spawn_file_actions_destroy(&files);
	return -err;
}

static int collect_keys(struct asking *a)
{
	int err = 0;

	list_for(l, &a->provider->settings) {
		const struct setting *s = list_entry(l, struct setting, link);

		if (!err)
			err = buf_add(&a->keys, s->key, strlen(s->key));
		if (!err)
			err = buf_add(&a->keys, "=", 1);
		if (!err)
			err = buf_add(&a->keys, s->value, strlen(s->value));
		if (!err)
			err = buf_add(&a->keys, "\n", 1);
	}
	return err;
}

static void take_line(struct asking *a)
{
	char *sentence = strchr(a->line, '\t');
	unsigned line;

	if (!sentence)
		return;
	*sentence++ = '\0';
	line = options_line_of(a->provider, a->line);
	complain(a, line ? line : a->provider->line, a->line, sentence);
}

static void take_answer(struct asking *a, const char *p, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (p[i] != '\n') {
			if (a->used + 1 < sizeof(a->line))
				a->line[a->used++] = p[i];
			continue;
		}
		a->line[a->used] = '\0';
		a->used = 0;
		take_line(a);
	}
}

/* Writes what is left of the keys; at their end its standard input ends. */
static int write_keys(struct asking *a)
{
	ssize_t n = write(a->fd, buf_head(&a->keys), a->keys.size);

	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -errno;
	buf_eat(&a->keys, (size_t)n);
	if (!a->keys.size)
		(void)shutdown(a->fd, SHUT_WR);
	return 0;
}

/* 0: it has said all. */
static int talk(struct asking *a)
{
	char text[ANSWER_ROOM];

	if (!a->keys.size)
		(void)shutdown(a->fd, SHUT_WR);
	for (;;) {
		struct pollfd p = { .fd = a->fd,
			.events = (short)(POLLIN | (a->keys.size ? POLLOUT : 0)) };
		uint64_t now = clock_now_ms();
		ssize_t n;

		if (now >= a->until_ms)
			return -ETIMEDOUT;
		if (poll(&p, 1, (int)(a->until_ms - now)) <= 0)
			continue;
		if ((p.revents & POLLOUT) && a->keys.size && write_keys(a) < 0)
			buf_eat(&a->keys, a->keys.size); /* its answer says why */
		n = (p.revents & ~POLLOUT) ? read(a->fd, text, sizeof(text)) : 1;
		if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
			return 0;
		if (n > 0 && (p.revents & ~POLLOUT))
			take_answer(a, text, (size_t)n);
	}
}

static void judge(struct asking *a, int err)
{
	int status = 0;

	if (err)
		(void)kill(a->pid, SIGKILL);
	(void)waitpid(a->pid, &status, 0);
	if (a->faults)
		return;
	if (err)
		complain(a, a->provider->line, "",
				"the provider does not return from its configuration");
	else if (WIFSIGNALED(status))
		complain(a, a->provider->line, "", "the provider crashed on its configuration");
	else if (WEXITSTATUS(status))
		complain(a, a->provider->line, "", "the provider could not be asked");
}

static void ask(struct asking *a)
{
	int fds[2];
	int err = collect_keys(a);

	if (!err)
		err = os_socketpair(fds);
	if (!err) {
		a->fd = fds[0];
		(void)os_nonblock(a->fd);
		a->until_ms = clock_now_ms() + a->options->kill_ms;
		err = spawn(a, fds[1]);
		(void)close(fds[1]);
		if (!err)
			judge(a, talk(a));
		(void)close(a->fd);
		if (err)
			complain(a, 0, a->options->host_program, strerror(-err));
	} else {
		complain(a, 0, "", strerror(-err));
	}
	buf_fini(&a->keys);
}

int config_check(const struct options *o)
{
	unsigned faults = 0;

	list_for(l, &o->providers) {
		struct asking a = { .options = o,
			.provider = list_entry(l, struct provider_options, link) };
		const char *cause, *fault = provider_file_fault(a.provider->path, &cause);

		if (fault)
			complain(&a, a.provider->line, a.provider->path, fault);
		else
			ask(&a);
		faults += a.faults;
	}
	return faults ? -EINVAL : 0;
}
