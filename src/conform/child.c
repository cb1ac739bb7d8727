// SPDX-License-Identifier: MIT
/* child.c - a check in a process of its own: what it finds comes through a pipe, one line a record;
 * its end, or its silence, says the rest. */
#include "conform.h"

#include "base/clock.h"
#include "base/os.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The first byte of a record. */
enum record {
	FAULT = 'F',
	SKIP = 'S',
	ENTER = 'E',
	LEAVE = 'L',
	AFTER = 'A',
	ALIVE = '.',
	DONE = 'D'
};

static int out = -1;
static pthread_mutex_t out_lock = PTHREAD_MUTEX_INITIALIZER;

/* --- in the child --- */

static void say(enum record r, const char *text)
{
	char line[TEXT_SIZE + 2];
	int n = snprintf(line, sizeof(line), "%c%s", r, text);
	size_t size = n < (int)sizeof(line) ? (size_t)n : sizeof(line) - 1;

	for (size_t i = 0; i < size; i++)
		if (line[i] == '\n')
			line[i] = ' ';
	line[size] = '\n';
	pthread_mutex_lock(&out_lock);
	(void)!write(out, line, size + 1); /* less than PIPE_BUF: as one */
	pthread_mutex_unlock(&out_lock);
}

static void vsay(enum record r, const char *fmt, va_list args) LOG_PRINTF(2, 0);

static void vsay(enum record r, const char *fmt, va_list args)
{
	char text[TEXT_SIZE];

	(void)vsnprintf(text, sizeof(text), fmt, args);
	say(r, text);
}

void fault(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsay(FAULT, fmt, args);
	va_end(args);
}

_Noreturn static void leave(void)
{
	say(DONE, "");
	_exit(0);
}

void stop(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsay(FAULT, fmt, args);
	va_end(args);
	leave();
}

void skip(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsay(SKIP, fmt, args);
	va_end(args);
	leave();
}

void child_enter(const char *function)
{
	say(ENTER, function);
}

void child_leave(void)
{
	say(LEAVE, "");
}

void child_after(const char *what)
{
	say(AFTER, what);
}

void child_is_alive(void)
{
	say(ALIVE, "");
}

/* What the TSP writes to its standard output is no part of the report. */
_Noreturn static void run(const struct check *c, int fd)
{
	out = fd;
	(void)dup2(STDERR_FILENO, STDOUT_FILENO);
	(void)signal(SIGPIPE, SIG_IGN);
	log_set_level(LOG_ERROR);
	c->run();
	leave();
}

/* --- in the parent --- */

struct watching {
	struct finding *finding;
	char line[TEXT_SIZE + 2];
	size_t used;
	char inside[96], after[96]; /* the entry that has not returned; what was done last */
	bool done;
	uint64_t until_ms;
};

static void note_fault(struct finding *f, const char *fmt, ...) LOG_PRINTF(2, 3);

static void note_fault(struct finding *f, const char *fmt, ...)
{
	va_list args;

	f->verdict = FAILED;
	if (f->fault_count < FAULTS_MAX) {
		va_start(args, fmt);
		(void)vsnprintf(f->faults[f->fault_count], TEXT_SIZE, fmt, args);
		va_end(args);
	}
	f->fault_count++;
}

static void copy(char *to, size_t size, const char *from)
{
	(void)snprintf(to, size, "%s", from);
}

static void take_record(struct watching *w)
{
	const char *text = w->line + 1;

	w->until_ms = clock_now_ms() + ENTER_MS;
	switch ((enum record)w->line[0]) {
	case FAULT:
		note_fault(w->finding, "%s", text);
		break;
	case SKIP:
		if (w->finding->verdict == PASSED)
			w->finding->verdict = SKIPPED;
		copy(w->finding->note, sizeof(w->finding->note), text);
		break;
	case ENTER:
		copy(w->inside, sizeof(w->inside), text);
		break;
	case LEAVE:
		copy(w->after, sizeof(w->after), w->inside);
		w->inside[0] = '\0';
		break;
	case AFTER:
		copy(w->after, sizeof(w->after), text);
		break;
	case ALIVE:
		break;
	case DONE:
		w->done = true;
		break;
	}
}

static void take_bytes(struct watching *w, const char *p, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (p[i] != '\n') {
			if (w->used + 1 < sizeof(w->line))
				w->line[w->used++] = p[i];
			continue;
		}
		w->line[w->used] = '\0';
		if (w->used)
			take_record(w);
		w->used = 0;
	}
}

/* true: it has said all; false: it is silent for too long. */
static bool listen_to(struct watching *w, int fd)
{
	w->until_ms = clock_now_ms() + ENTER_MS;
	for (;;) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		uint64_t now = clock_now_ms();
		char bytes[1024];
		ssize_t n;

		if (now >= w->until_ms)
			return false;
		if (poll(&p, 1, (int)(w->until_ms - now)) <= 0)
			continue;
		n = read(fd, bytes, sizeof(bytes));
		if (n > 0)
			take_bytes(w, bytes, (size_t)n);
		else if (n == 0 || (errno != EAGAIN && errno != EINTR))
			return true;
		if (w->done)
			return true;
	}
}

static void judge_end(struct watching *w, int status)
{
	char where[160];

	if (w->inside[0])
		(void)snprintf(where, sizeof(where), "in %s", w->inside);
	else if (w->after[0])
		(void)snprintf(where, sizeof(where), "on a thread of its own, after %s", w->after);
	else
		(void)snprintf(where, sizeof(where), "while it was loaded");
	if (WIFSIGNALED(status))
		note_fault(w->finding, "it crashed (signal %d) %s", WTERMSIG(status), where);
	else
		note_fault(w->finding, "it ended its process (exit code %d) %s",
				WEXITSTATUS(status), where);
}

static void watch(struct watching *w, int fd, pid_t pid)
{
	bool silent = !listen_to(w, fd);
	int status = 0;

	if (silent)
		note_fault(w->finding, "it does not return from %s within %d s",
				w->inside[0] ? w->inside : "its code", ENTER_MS / 1000);
	if (silent || w->done)
		(void)kill(pid, SIGKILL); /* it has nothing more to say */
	(void)waitpid(pid, &status, 0);
	if (!silent && !w->done)
		judge_end(w, status);
}

int child_run(const struct check *c, struct finding *found)
{
	struct watching w = { .finding = found };
	int fds[2], err;
	pid_t pid;

	memset(found, 0, sizeof(*found));
	err = os_pipe(fds);
	if (err)
		return err;
	(void)fflush(NULL);
	pid = fork();
	if (pid == 0) {
		(void)close(fds[0]);
		run(c, fds[1]);
	}
	(void)close(fds[1]);
	if (pid > 0)
		watch(&w, fds[0], pid);
	err = pid < 0 ? -errno : 0;
	(void)close(fds[0]);
	return err;
}
