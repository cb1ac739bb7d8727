// SPDX-License-Identifier: MIT
/* manager.c - sys-manager UNIT SOCKET PROGRAM ARGUMENTS...: what systemd does with a service and
 * its socket. The settings are read from the unit: Type, Restart, KillMode, WatchdogSec
 * ($WATCHDOG_MS instead: in this time). It listens, starts the program when somebody connects, and
 * again as Restart says. Processes that the program leaves become its own, as in a control group.
 * What happens is told, a line each; SIGTERM is systemctl stop. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

enum { TICK_MS = 10, START_MS = 90000, ABORT_MS = 300, LISTEN_FD = 3 };

static struct {
	bool notifies, restarts, leaves_others;
	long watchdog_ms;
} unit;

static struct {
	pid_t pid;
	unsigned number;
	long deadline, abort; /* when it must have said something; 0: nobody waits */
	bool ready;
} main_process;

static char notify_path[128];
static volatile sig_atomic_t stopping;

static void say(const char *what, long number)
{
	(void)printf("%s %u %ld\n", what, main_process.number, number);
	(void)fflush(stdout);
}

static long now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void on_term(int number)
{
	(void)number;
	stopping = 1;
}

/* --- the unit and its sockets --- */

static bool is_set(const char *line, const char *key, const char *value)
{
	size_t size = strlen(key);

	return strncmp(line, key, size) == 0 && line[size] == '=' &&
	       (!value || strcmp(line + size + 1, value) == 0);
}

static bool read_unit(const char *path)
{
	const char *instead = getenv("WATCHDOG_MS");
	FILE *f = fopen(path, "r");
	char line[512];

	while (f && fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		unit.notifies |= is_set(line, "Type", "notify");
		unit.restarts |= is_set(line, "Restart", "on-failure");
		unit.leaves_others |= is_set(line, "KillMode", "process");
		if (is_set(line, "WatchdogSec", NULL))
			unit.watchdog_ms = instead ? atol(instead) : atol(line + 12) * 1000;
	}
	return f && fclose(f) == 0;
}

static int open_socket(const char *path, int type)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, type, 0);

	if (fd < 0 || strlen(path) >= sizeof(to.sun_path))
		return -1;
	memcpy(to.sun_path, path, strlen(path));
	(void)unlink(path);
	(void)fcntl(fd, F_SETFD, FD_CLOEXEC);
	if (bind(fd, (struct sockaddr *)&to, sizeof(to)) < 0 ||
			(type == SOCK_STREAM && listen(fd, 16) < 0))
		return -1;
	return fd;
}

/* --- the program --- */

static void set_number(const char *name, long value)
{
	char text[32];

	(void)snprintf(text, sizeof(text), "%ld", value);
	(void)setenv(name, text, 1);
}

static _Noreturn void become(int fd, char **argv)
{
	(void)signal(SIGTERM, SIG_DFL);
	set_number("LISTEN_PID", (long)getpid());
	set_number("LISTEN_FDS", 1);
	(void)setenv("LISTEN_FDNAMES", "tapisrvd.socket", 1);
	if (unit.notifies)
		(void)setenv("NOTIFY_SOCKET", notify_path, 1);
	if (unit.watchdog_ms) {
		set_number("WATCHDOG_PID", (long)getpid());
		set_number("WATCHDOG_USEC", unit.watchdog_ms * 1000);
	}
	if (dup2(fd, LISTEN_FD) < 0 || fcntl(LISTEN_FD, F_SETFD, 0) < 0)
		_exit(126);
	(void)execv(argv[0], argv);
	_exit(127);
}

static void start(int fd, char **argv)
{
	main_process.number++;
	main_process.ready = false;
	main_process.abort = 0;
	main_process.deadline = unit.notifies ? now_ms() + START_MS : 0;
	main_process.pid = fork();
	if (main_process.pid == 0)
		become(fd, argv);
	say("start", (long)main_process.pid);
}

static void listen_to_it(int notify)
{
	char text[256];
	ssize_t n;

	while ((n = recv(notify, text, sizeof(text) - 1, MSG_DONTWAIT)) >= 0) {
		text[n] = '\0';
		if (strstr(text, "READY=1"))
			say("ready", (long)main_process.pid);
		if (strstr(text, "WATCHDOG=1"))
			say("alive", (long)main_process.pid);
		main_process.ready |= strstr(text, "READY=1") != NULL;
		if (main_process.ready)
			main_process.deadline = unit.watchdog_ms ? now_ms() + unit.watchdog_ms : 0;
	}
}

/* As systemd: SIGABRT, for the core file, then SIGKILL. */
static void watch(void)
{
	long now = now_ms();

	if (main_process.deadline && now >= main_process.deadline) {
		say(main_process.ready ? "watchdog" : "timeout", (long)main_process.pid);
		(void)kill(main_process.pid, SIGABRT);
		main_process.deadline = 0;
		main_process.abort = now + ABORT_MS;
	} else if (main_process.abort && now >= main_process.abort) {
		(void)kill(main_process.pid, SIGKILL);
		main_process.abort = 0;
	}
}

/* Those that the program has left: orphans come to us. */
static void end_others(void)
{
	char path[64];
	FILE *f;
	long pid;

	(void)snprintf(path, sizeof(path), "/proc/self/task/%ld/children", (long)getpid());
	f = fopen(path, "r");
	while (f && fscanf(f, "%ld", &pid) == 1)
		(void)kill((pid_t)pid, SIGKILL);
	if (f)
		(void)fclose(f);
}

/* Its status, when it has ended; -1 before that. */
static int look_for_end(void)
{
	int status, its = -1;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		if (pid == main_process.pid)
			its = status;
	if (its == -1)
		return -1;
	if (WIFEXITED(its))
		say("end", WEXITSTATUS(its));
	else
		say("died", WTERMSIG(its));
	main_process.pid = 0;
	if (!unit.leaves_others)
		end_others();
	return its;
}

static bool is_failure(int status)
{
	return !WIFEXITED(status) || WEXITSTATUS(status) != 0;
}

int main(int argc, char **argv)
{
	int fd, notify, status = 0;
	bool told_to_stop = false;

	(void)snprintf(notify_path, sizeof(notify_path), "%s.notify", argc > 3 ? argv[2] : "");
	if (argc < 4 || !read_unit(argv[1]) ||
			(notify = open_socket(notify_path, SOCK_DGRAM)) < 0 ||
			(fd = open_socket(argv[2], SOCK_STREAM)) < 0)
		return 2;
#ifdef __linux__
	(void)prctl(PR_SET_CHILD_SUBREAPER, 1);
#endif
	(void)signal(SIGTERM, on_term);
	while (!stopping || main_process.pid) {
		struct pollfd p[] = { { .fd = notify, .events = POLLIN },
			{ .fd = main_process.pid ? -1 : fd, .events = POLLIN } };

		(void)poll(p, 2, TICK_MS);
		listen_to_it(notify);
		if (!main_process.pid && !stopping && (p[1].revents & POLLIN))
			start(fd, argv + 3);
		if (!main_process.pid)
			continue;
		if (stopping && !told_to_stop)
			told_to_stop = kill(main_process.pid, SIGTERM) == 0;
		watch();
		status = look_for_end();
		if (status != -1 && !stopping && unit.restarts && is_failure(status))
			start(fd, argv + 3);
	}
	return is_failure(status);
}
