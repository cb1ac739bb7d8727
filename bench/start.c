// SPDX-License-Identifier: MIT
/* start.c - bench-start: how long a program takes from exec until it says that it is ready; then it
 * is ended. */
#include "base/clock.h"
#include "base/os.h"
#include "slice.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static const char usage[] =
		"usage: bench-start RUNS READY FOLDER PROGRAM ARGUMENTS...\n"
		"\n"
		"READY: notify: READY=1 to $NOTIFY_SOCKET, which is made in FOLDER; exit: its "
		"end;\n"
		"else a text in what it prints.\n";

enum { RUNS_MAX = 1000, WAIT_MS = 20000 };

struct start {
	const char *ready;
	char **command;
	char path[100];
	int notify;
};

static int open_notify(struct start *s)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

	(void)snprintf(a.sun_path, sizeof(a.sun_path), "%s", s->path);
	(void)unlink(s->path);
	if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof(a)) < 0 ||
			setenv("NOTIFY_SOCKET", s->path, 1) < 0)
		return -errno;
	s->notify = fd;
	return os_cloexec(fd);
}

static void become(const struct start *s, int out)
{
	int null = open("/dev/null", O_RDWR);

	(void)dup2(null, 0);
	(void)dup2(out >= 0 ? out : null, 1);
	(void)dup2(out >= 0 ? out : null, 2);
	(void)execv(s->command[0], s->command);
	_exit(127);
}

static int await_text(int fd, const char *text)
{
	char seen[8192];
	size_t size = 0;

	while (size < sizeof(seen) - 1) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		ssize_t n = poll(&p, 1, WAIT_MS) > 0
					    ? read(fd, seen + size, sizeof(seen) - 1 - size)
					    : 0;

		if (n <= 0 && !(n < 0 && errno == EAGAIN))
			return -EIO;
		size += n > 0 ? (size_t)n : 0;
		seen[size] = '\0';
		if (strstr(seen, text))
			return 0;
	}
	return -EIO;
}

/* What else it says there is not that: of the one before, STOPPING=1 may still be unread. */
static int await_notify(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char text[256];
	ssize_t n;

	while (poll(&p, 1, WAIT_MS) > 0 && (n = recv(fd, text, sizeof(text) - 1, 0)) >= 0) {
		text[n] = '\0';
		if (strcmp(text, "READY=1") == 0)
			return 0;
	}
	return -EIO;
}

static int await(const struct start *s, pid_t pid, int out)
{
	if (strcmp(s->ready, "exit") == 0)
		return waitpid(pid, NULL, 0) == pid ? 0 : -errno;
	if (strcmp(s->ready, "notify") != 0)
		return await_text(out, s->ready);
	return await_notify(s->notify);
}

static int run_once(const struct start *s, uint32_t *ns)
{
	bool prints = strcmp(s->ready, "notify") != 0 && strcmp(s->ready, "exit") != 0;
	int out[2] = { -1, -1 }, err = prints ? os_pipe(out) : 0;
	uint64_t begin = clock_now_ns();
	pid_t pid = err ? -1 : fork();

	if (pid < 0)
		return err ? err : -errno;
	if (pid == 0)
		become(s, out[1]);
	(void)close(out[1]);
	err = await(s, pid, out[0]);
	*ns = (uint32_t)(clock_now_ns() - begin);
	if (strcmp(s->ready, "exit") != 0) {
		(void)kill(pid, SIGTERM);
		(void)waitpid(pid, NULL, 0);
	}
	(void)close(out[0]);
	return err;
}

int main(int argc, char **argv)
{
	static uint32_t samples[RUNS_MAX];
	struct start s = { 0 };
	int runs, err;

	if (argc < 5) {
		fputs(usage, stderr);
		return 2;
	}
	runs = atoi(argv[1]);
	s.ready = argv[2];
	s.command = argv + 4;
	(void)snprintf(s.path, sizeof(s.path), "%s/notify", argv[3]);
	err = runs > 0 && runs <= RUNS_MAX ? 0 : -EINVAL;
	if (!err && strcmp(s.ready, "notify") == 0)
		err = open_notify(&s);
	for (int i = 0; i < runs && !err; i++)
		err = run_once(&s, &samples[i]);
	if (err) {
		fprintf(stderr, "bench-start: %s: %s\n", argv[4], strerror(-err));
		return 1;
	}
	printf("n=%d p50_us=%.0f", runs, slice_percentile(samples, (size_t)runs, 50) / 1e3);
	printf(" p99_us=%.0f\n", slice_percentile(samples, (size_t)runs, 99) / 1e3);
	return 0;
}
