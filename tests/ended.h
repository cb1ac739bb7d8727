// SPDX-License-Identifier: MIT
/* ended.h - waits for a child's end, with a limit: by SIGCHLD, whose handler writes into a pipe. */
#ifndef TESTS_ENDED_H
#define TESTS_ENDED_H

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int ended_pipe[2];

static inline void ended_on_child(int number)
{
	int saved = errno;

	(void)number;
	(void)!write(ended_pipe[1], "", 1);
	errno = saved;
}

static inline long ended_now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Not yet waited for. Other children may end meanwhile. */
static inline bool ended_is(pid_t pid)
{
	siginfo_t info = { 0 };

	return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) || info.si_pid;
}

/* Has it ended within this time? It is the caller's to wait for its status. */
static inline bool ended_within(pid_t pid, long ms)
{
	long until = ended_now_ms() + ms, left;
	struct sigaction act, before;
	struct pollfd p = { .events = POLLIN };
	bool ended;
	char byte;

	if (pipe(ended_pipe) < 0)
		return false;
	(void)fcntl(ended_pipe[0], F_SETFD, FD_CLOEXEC);
	(void)fcntl(ended_pipe[1], F_SETFD, FD_CLOEXEC);
	memset(&act, 0, sizeof(act));
	act.sa_handler = ended_on_child;
	act.sa_flags = SA_RESTART;
	(void)sigaction(SIGCHLD, &act, &before);
	p.fd = ended_pipe[0];
	while (!(ended = ended_is(pid)) && (left = until - ended_now_ms()) > 0)
		if (poll(&p, 1, (int)left) > 0)
			(void)!read(ended_pipe[0], &byte, 1);
	(void)sigaction(SIGCHLD, &before, NULL);
	close(ended_pipe[0]);
	close(ended_pipe[1]);
	return ended;
}

#endif
