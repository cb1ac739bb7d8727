// SPDX-License-Identifier: MIT
/* notify.c - datagrams to $NOTIFY_SOCKET, if there is one. */
#include "notify.h"

#include "base/log.h"
#include "core.h"
#include "timer.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define LOG_TOPIC "core"

/* 0 or -errno. */
static int say(const char *text)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	socklen_t size;
	int fd, err = 0;

	if (!path || (*path != '/' && *path != '@') || strlen(path) >= sizeof(to.sun_path))
		return 0;
	memcpy(to.sun_path, path, strlen(path));
	if (*path == '@') /* an abstract name */
		to.sun_path[0] = '\0';
	size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(path));
	fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	if (fd < 0)
		return -errno;
	if (sendto(fd, text, strlen(text), MSG_NOSIGNAL | MSG_DONTWAIT, (struct sockaddr *)&to,
			    size) < 0)
		err = -errno;
	close(fd);
	return err;
}

static struct {
	struct timer timer;
	struct core *core;
	uint64_t period_ms; /* 0: nobody watches */
	pid_t parent;
	bool is_gone; /* who watched */
} watchdog;

static uint64_t number_of(const char *name)
{
	const char *text = getenv(name);

	return text ? strtoull(text, NULL, 10) : 0;
}

/* Half of what the manager waits, as sd_watchdog_enabled(3) advises. */
static void on_watchdog(struct timer *t)
{
	const int err = say("WATCHDOG=1");
	const bool is_gone = err == -ECONNREFUSED || err == -ENOENT;

	if (is_gone && !watchdog.is_gone)
		log_error("nobody watches this daemon any more: process %ld, which would start it "
			  "again, has gone; one that is started now takes its calls over",
				(long)watchdog.parent);
	watchdog.is_gone = is_gone;
	timer_set(&watchdog.core->timers, t, watchdog.period_ms);
}

uint64_t notify_watchdog_ms(void)
{
	uint64_t pid = number_of("WATCHDOG_PID");

	return pid && pid != (uint64_t)getpid() ? 0 : number_of("WATCHDOG_USEC") / 1000;
}

static void start_watchdog(struct core *core)
{
	watchdog.core = core;
	watchdog.parent = getppid();
	watchdog.period_ms = notify_watchdog_ms() / 2;
	if (!watchdog.period_ms)
		return;
	timer_init(&watchdog.timer, on_watchdog);
	timer_set(&core->timers, &watchdog.timer, watchdog.period_ms);
}

void notify_ready(struct core *core)
{
	start_watchdog(core);
	(void)say("READY=1");
}

void notify_alive(void)
{
	if (watchdog.period_ms)
		on_watchdog(&watchdog.timer);
}

void notify_reloading(void)
{
	(void)say("RELOADING=1");
}

void notify_reloaded(void)
{
	(void)say("READY=1");
}

void notify_stopping(void)
{
	(void)say("STOPPING=1");
}

void notify_pass_on(const char *text)
{
	(void)say(text);
}
