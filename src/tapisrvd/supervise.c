// SPDX-License-Identifier: MIT
/* supervise.c - the daemon is this program again, with what systemd would give it: the socket for
 * applications, which stays open while no daemon runs, and $NOTIFY_SOCKET with a watchdog. What it
 * says there goes on to the supervisor's own $NOTIFY_SOCKET. */
#include "supervise.h"

#include "base/clock.h"
#include "base/log.h"
#include "notify.h"
#include "options.h"
#include "run_dir.h"

#include <errno.h>
#include <event2/event.h>
#include <event2/event_struct.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define LOG_TOPIC "supervise"

enum {
	LIVED_LONG_MS = 1000, /* those that die sooner are counted */
	DEATHS_MAX = 8,       /* so many of them in a row are enough */
	BACKOFF_MS = 50,      /* after the second, then twice as long: applications wait 5 s */
	NO_PROCESS_MS = 1000, /* when there is none to be had */
	START_MS = 30000,     /* until READY=1 */
	WATCHDOG_MS = 30000,
	STEPS = 4,     /* the daemon speaks after two of them */
	LISTEN_FD = 3, /* where sd_listen_fds(3) has the first one */
	SIGNALS = 5,
};

struct supervisor {
	struct event_base *base;
	struct event signals[SIGNALS], told, timer;
	struct run_dir_supervised dir;
	char **argv;
	pid_t daemon; /* 0: none runs, the timer starts one */
	uint64_t started_ms, watchdog_ms;
	uint64_t silence_ms; /* that the daemon may have, in steps of which so many are left */
	unsigned steps_left, deaths, starts;
	bool ready, was_ready, reload, stopping, replacing;
	int exit_code;
};

/* --- the daemon starts --- */

/* In the child. Signals are blocked until the handlers are gone that exec would replace. */
static _Noreturn void become(const struct supervisor *s, const sigset_t *mask)
{
	const int numbers[] = { SIGTERM, SIGINT, SIGHUP, SIGUSR2, SIGCHLD };
	char pid[24], usec[24];

	for (size_t i = 0; i < SIGNALS; i++)
		(void)signal(numbers[i], SIG_DFL);
	(void)sigprocmask(SIG_SETMASK, mask, NULL);
	(void)snprintf(pid, sizeof(pid), "%ld", (long)getpid());
	(void)snprintf(usec, sizeof(usec), "%llu", (unsigned long long)s->watchdog_ms * 1000);
	if (setenv("LISTEN_PID", pid, 1) || setenv("LISTEN_FDS", "1", 1) ||
			setenv("WATCHDOG_PID", pid, 1) || setenv("WATCHDOG_USEC", usec, 1) ||
			setenv("NOTIFY_SOCKET", s->dir.notify, 1) ||
			dup2(s->dir.listen_fd, LISTEN_FD) < 0 || fcntl(LISTEN_FD, F_SETFD, 0) < 0)
		_exit(126);
	(void)execvp(s->argv[0], s->argv);
	log_error("%s cannot be started: %s", s->argv[0], strerror(errno));
	_exit(127);
}

static void wait_ms(struct supervisor *s, uint64_t ms)
{
	const struct timeval tv = { (time_t)(ms / 1000), (suseconds_t)(ms % 1000 * 1000) };

	(void)event_add(&s->timer, &tv);
}

/* A word of the daemon, within this time. While the machine stands still both of us do: that is one
 * step, however long it lasts, and the next ones are the daemon's to speak. */
static void await_word(struct supervisor *s, uint64_t ms)
{
	s->silence_ms = ms;
	s->steps_left = STEPS;
	wait_ms(s, ms / STEPS);
}

static void start(struct supervisor *s)
{
	sigset_t all, mask;

	(void)sigfillset(&all);
	(void)sigprocmask(SIG_BLOCK, &all, &mask);
	s->daemon = fork();
	if (s->daemon == 0)
		become(s, &mask);
	(void)sigprocmask(SIG_SETMASK, &mask, NULL);
	s->started_ms = clock_now_ms();
	s->ready = s->reload = s->replacing = false;
	if (s->daemon > 0) {
		s->starts++;
		log_info("the daemon is process %ld", (long)s->daemon);
		await_word(s, START_MS);
		return;
	}
	log_error("no process for the daemon: %s", strerror(errno));
	s->daemon = 0;
	wait_ms(s, NO_PROCESS_MS);
}

/* --- and says how it does --- */

static bool says(const char *text, const char *line)
{
	size_t size = strlen(line);

	return (text = strstr(text, line)) && (text[size] == '\0' || text[size] == '\n');
}

static void take_word(struct supervisor *s, const char *text)
{
	if (says(text, "READY=1")) {
		s->ready = s->was_ready = true;
		if (s->reload && s->daemon)
			(void)kill(s->daemon, SIGHUP);
		s->reload = false;
	}
	if (s->ready && s->daemon)
		await_word(s, s->watchdog_ms);
	notify_pass_on(text);
}

static void take_words(struct supervisor *s)
{
	char text[512];
	ssize_t n;

	while ((n = read(s->dir.notify_fd, text, sizeof(text) - 1)) >= 0) {
		text[n] = '\0';
		take_word(s, text);
	}
}

static void on_told(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	take_words(arg);
}

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct supervisor *s = arg;

	(void)fd;
	(void)what;
	if (!s->daemon) {
		start(s);
		return;
	}
	if (s->steps_left > 1) {
		s->steps_left--;
		wait_ms(s, s->silence_ms / STEPS);
		return;
	}
	log_error("process %ld is killed: for %llu ms it has not said that it %s", (long)s->daemon,
			s->ready ? (unsigned long long)s->watchdog_ms : START_MS,
			s->ready ? "is alive" : "is ready");
	(void)kill(s->daemon, SIGKILL);
}

/* --- the daemon ends --- */

static void end(struct supervisor *s, int exit_code)
{
	s->exit_code = exit_code;
	(void)event_base_loopbreak(s->base);
}

static void start_again(struct supervisor *s)
{
	uint64_t lived_ms = clock_now_ms() - s->started_ms;
	uint64_t delay_ms;

	s->deaths = lived_ms < LIVED_LONG_MS && !s->replacing ? s->deaths + 1 : 0;
	if (s->deaths == DEATHS_MAX) {
		log_error("gives up: the daemon has died %u times, each within %u ms", s->deaths,
				LIVED_LONG_MS);
		end(s, SUPERVISE_GAVE_UP);
		return;
	}
	delay_ms = s->deaths > 1 ? (uint64_t)BACKOFF_MS << (s->deaths - 2) : 0;
	log_warn("start %u in %llu ms", s->starts + 1, (unsigned long long)delay_ms);
	if (delay_ms)
		wait_ms(s, delay_ms);
	else
		start(s);
}

static void say_how(pid_t pid, int status)
{
	if (WIFSIGNALED(status))
		log_error("process %ld died of signal %d (%s)", (long)pid, WTERMSIG(status),
				strsignal(WTERMSIG(status)));
	else
		log_info("process %ld exited with %d", (long)pid, WEXITSTATUS(status));
}

static void daemon_ended(struct supervisor *s, int status)
{
	bool exited = WIFEXITED(status);

	say_how(s->daemon, status);
	s->daemon = 0;
	take_words(s); /* its last ones are not the next one's */
	(void)event_del(&s->timer);
	if (s->stopping) /* SIGTERM before it had a handler is an end, too */
		end(s, exited ? WEXITSTATUS(status) : WTERMSIG(status) != SIGTERM);
	else if (exited && (WEXITSTATUS(status) == 0 || !s->was_ready)) /* it would be the same */
		end(s, WEXITSTATUS(status));
	else
		start_again(s);
}

/* Also of what nobody else waits for, if this is the first process. */
static void reap(struct supervisor *s)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		if (pid == s->daemon)
			daemon_ended(s, status);
}

static void on_signal(evutil_socket_t number, short what, void *arg)
{
	struct supervisor *s = arg;

	(void)what;
	if (number == SIGCHLD) {
		reap(s);
	} else if (number == SIGHUP) { /* it may have read the file already, without a handler */
		s->reload = !s->ready;
		if (s->ready && s->daemon)
			(void)kill(s->daemon, SIGHUP);
	} else if (number == SIGUSR2 && s->daemon) {
		log_info("process %ld is replaced", (long)s->daemon);
		s->replacing = true;
		(void)kill(s->daemon, SIGKILL);
	} else if (number == SIGTERM || number == SIGINT) {
		s->stopping = true;
		if (s->daemon)
			(void)kill(s->daemon, SIGTERM);
		else
			end(s, 0);
	}
}

/* --- the supervisor --- */

static int watch(struct supervisor *s)
{
	const int numbers[] = { SIGTERM, SIGINT, SIGHUP, SIGUSR2, SIGCHLD };

	s->base = event_base_new();
	if (!s->base)
		return -ENOMEM;
	event_assign(&s->timer, s->base, -1, 0, on_timer, s);
	event_assign(&s->told, s->base, s->dir.notify_fd, EV_READ | EV_PERSIST, on_told, s);
	if (event_add(&s->told, NULL) < 0)
		return -ENOMEM;
	for (size_t i = 0; i < SIGNALS; i++) {
		evsignal_assign(&s->signals[i], s->base, numbers[i], on_signal, s);
		if (event_add(&s->signals[i], NULL) < 0)
			return -ENOMEM;
	}
	return 0;
}

int supervise(const struct options *o, char **argv, int at)
{
	struct supervisor s = { .argv = argv, .exit_code = 1, .watchdog_ms = notify_watchdog_ms() };

	for (char **word = argv + at; *word; word++)
		word[0] = word[1];
	if (!s.watchdog_ms)
		s.watchdog_ms = WATCHDOG_MS;
	if (run_dir_supervise(o, &s.dir) == 0 && watch(&s) == 0) {
		log_info("keeps %s open", o->socket);
		start(&s);
		(void)event_base_dispatch(s.base);
		for (size_t i = 0; i < SIGNALS; i++)
			(void)event_del(&s.signals[i]);
		(void)event_del(&s.told);
		(void)event_del(&s.timer);
	}
	run_dir_unsupervise(o, &s.dir);
	if (s.base)
		event_base_free(s.base);
	return s.exit_code;
}
