// SPDX-License-Identifier: MIT
/* provider_launch.c - is the file one that may run, and how its host comes to life: a process of
 * its own, or a thread of the daemon. */
#define _XOPEN_SOURCE 700 /* S_ISVTX */
#include "base/log.h"
#include "base/mem.h"
#include "base/os.h"
#include "core.h"
#include "failure.h"
#include "host.h"
#include "provider.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOG_TOPIC "provider"

extern char **environ; /* NOLINT: POSIX has no header for it */

static bool folder_is_open_to_all(const char *path)
{
	char folder[512];
	const char *slash = strrchr(path, '/');
	struct stat st;

	if (!slash || snprintf(folder, sizeof(folder), "%.*s", (int)(slash - path), path) >=
					(int)sizeof(folder))
		return true;
	if (stat(*folder ? folder : "/", &st) < 0)
		return true;
	return (st.st_mode & (S_IWGRP | S_IWOTH)) && !(st.st_mode & S_ISVTX);
}

const char *provider_file_fault(const char *path, const char **cause)
{
	struct stat st;

	*cause = "file";
	if (stat(path, &st) < 0)
		return strerror(errno);
	if (!S_ISREG(st.st_mode))
		return "is not a file";
	*cause = "owner";
	if (st.st_uid != 0 && st.st_uid != geteuid())
		return "belongs neither to root nor to the daemon's user";
	*cause = "mode";
	if (st.st_mode & (S_IWGRP | S_IWOTH))
		return "others than its owner may write to it";
	if (folder_is_open_to_all(path))
		return "others than its owner may write to its folder";
	return NULL;
}

bool provider_check_file(struct provider *p)
{
	const char *cause, *fault = provider_file_fault(p->path, &cause);

	if (fault)
		provider_set_reason(p, LAYER_SERVER, cause, "%s: %s", p->path, fault);
	return !fault;
}

static int spawn(struct provider *p, const char *socket)
{
	const char *program = p->core->options->host_program;
	char memory[24];
	char *const argv[] = { (char *)(uintptr_t)program, (char *)(uintptr_t) "--socket",
		(char *)(uintptr_t)socket, (char *)(uintptr_t) "--provider",
		(char *)(uintptr_t)p->options->name, (char *)(uintptr_t) "--lock", p->lock_path,
		p->options->memory ? (char *)(uintptr_t) "--memory" : NULL, memory, NULL };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t pipe_signal;
	int err;

	(void)snprintf(memory, sizeof(memory), "%llu", (unsigned long long)p->options->memory);
	(void)sigemptyset(&pipe_signal);
	(void)sigaddset(&pipe_signal, SIGPIPE);
	(void)posix_spawn_file_actions_init(&files);
	(void)posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
	(void)posix_spawnattr_init(&attr);
	/* A group of its own: the terminal's Ctrl-C is for the daemon, which ends its hosts in
	 * order. */
	(void)posix_spawnattr_setpgroup(&attr, 0);
	(void)posix_spawnattr_setsigdefault(&attr, &pipe_signal);
	(void)posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
	err = posix_spawn(&p->pid, program, &files, &attr, argv, environ);
	(void)posix_spawnattr_destroy(&attr);
	(void)posix_spawn_file_actions_destroy(&files);
	return -err;
}

static bool launch_process(struct provider *p)
{
	char socket[512];
	int err;

	(void)snprintf(socket, sizeof(socket), "%s/host/socket", p->core->options->run_dir);
	err = spawn(p, socket);
	if (err) {
		p->pid = 0;
		provider_set_reason(p, LAYER_SERVER, "spawn", "%s cannot be started: %s",
				p->core->options->host_program, strerror(-err));
		return false;
	}
	p->is_child = true;
	log_debug("%s: host process %d", p->options->name, (int)p->pid);
	return true;
}

struct thread_start {
	int (*run)(int fd, const char *provider);
	int fd;
	char *name;
};

static void *run_thread(void *arg)
{
	struct thread_start *s = arg;

	(void)s->run(s->fd, s->name);
	mem_free(s->name);
	mem_free(s);
	return NULL;
}

static int start_thread(struct provider *p, int fd)
{
	struct thread_start *s = mem_new(struct thread_start);
	pthread_attr_t attr;
	pthread_t thread;
	int err;

	if (!s)
		return -ENOMEM;
	s->run = p->core->options->run_host;
	s->fd = fd;
	s->name = mem_strdup(p->options->name);
	(void)pthread_attr_init(&attr);
	(void)pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	err = s->name ? pthread_create(&thread, &attr, run_thread, s) : ENOMEM;
	(void)pthread_attr_destroy(&attr);
	if (!err)
		return 0;
	mem_free(s->name);
	mem_free(s);
	return -err;
}

static bool launch_thread(struct provider *p)
{
	int fds[2];
	int err = p->core->options->run_host ? os_socketpair(fds) : -ENOSYS;

	if (!err) {
		err = start_thread(p, fds[1]);
		if (err)
			core_close_fd(fds[1]);
		if (err)
			core_close_fd(fds[0]);
		else
			err = core_add_host(p->core, fds[0], 0);
	}
	if (err)
		provider_set_reason(p, LAYER_SERVER, "thread", "no thread could be started: %s",
				strerror(-err));
	return !err;
}

/* Without a descriptor for its connection a host would be started for nothing. */
static bool can_connect(struct provider *p)
{
	int fd = dup(p->core->host_listen_fd), err = errno;

	if (fd >= 0)
		core_close_fd(fd);
	else if (err == EMFILE || err == ENFILE)
		provider_set_reason(p, LAYER_SERVER, "descriptors",
				"the daemon has no descriptor left for its host: %s",
				strerror(err));
	return fd >= 0 || (err != EMFILE && err != ENFILE);
}

bool provider_launch(struct provider *p)
{
	p->state = p->state == PROVIDER_RESTARTING ? PROVIDER_RESTARTING : PROVIDER_STARTING;
	if (!can_connect(p))
		return false;
	return p->options->thread ? launch_thread(p) : launch_process(p);
}
