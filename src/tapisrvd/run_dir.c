// SPDX-License-Identifier: MIT
/* run_dir.c - nobody but the daemon's user may write where its sockets and locks are; who holds
 * core.lock is the core, and may replace a stale socket. */
#include "run_dir.h"

#include "activation.h"
#include "base/log.h"
#include "base/os.h"
#include "core.h"

#include <errno.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOG_TOPIC "run"

#define CORE_LOCK       "core.lock"
#define SUPERVISOR_LOCK "supervisor.lock"
#define SUPERVISED_LOCK "supervised.lock" /* of a core that a supervisor has started */

enum { PATH_SIZE = 512 };

static int check_folder(const char *path, mode_t forbidden)
{
	struct stat st;

	if (lstat(path, &st) < 0) {
		int err = -errno;

		log_error("%s: %s", path, strerror(-err));
		return err;
	}
	if (!S_ISDIR(st.st_mode) || st.st_uid != geteuid() || (st.st_mode & forbidden)) {
		log_error("%s: must be a folder of this user that others cannot %s", path,
				forbidden == 077 ? "enter" : "write to");
		return -EPERM;
	}
	return 0;
}

static int make_folder(const char *path, mode_t mode, mode_t forbidden)
{
	if (mkdir(path, mode) < 0 && errno != EEXIST) {
		int err = -errno;

		log_error("%s: cannot be made: %s", path, strerror(-err));
		return err;
	}
	return check_folder(path, forbidden);
}

/* "FOLDER/host/NAME" */
static void path_in(const struct options *o, const char *name, char *out, size_t size)
{
	(void)snprintf(out, size, "%s/host/%s", o->run_dir, name);
}

static int make_folders(const struct options *o)
{
	char path[PATH_SIZE];
	int err = make_folder(o->run_dir, 0755, 022);

	if (err)
		return err;
	if (snprintf(path, sizeof(path), "%s/host", o->run_dir) >= (int)sizeof(path) - 24)
		return -ENAMETOOLONG;
	return make_folder(path, 0700, 077);
}

static int already_running(const char *who, const char *path)
{
	log_error("already running: %s holds %s", who, path);
	return -EAGAIN;
}

static int lock(const struct options *o, const char *name, const char *who, int *out)
{
	char path[PATH_SIZE];

	path_in(o, name, path, sizeof(path));
	*out = os_lock_file(path);
	if (*out == -EAGAIN)
		return already_running(who, path);
	if (*out < 0)
		log_error("%s: %s", path, strerror(-*out));
	return *out < 0 ? *out : 0;
}

static int check_unlocked(const struct options *o, const char *name, const char *who)
{
	char path[PATH_SIZE];

	path_in(o, name, path, sizeof(path));
	return os_lock_is_held(path) == 1 ? already_running(who, path) : 0;
}

static bool find_group(const struct options *o, gid_t *out)
{
	const struct group *g = getgrnam(o->group);

	if (g)
		*out = g->gr_gid;
	return g != NULL;
}

static int listen_on(const char *path, mode_t mode, int *out)
{
	*out = os_unix_listen(path, mode);
	if (*out >= 0)
		return 0;
	log_error("%s: cannot listen: %s", path, strerror(-*out));
	return *out;
}

/* For applications. Not being a member of the group is no reason to fail: then only the user itself
 * and root come in. */
static int listen_for_clients(const struct options *o, int *out)
{
	int err = listen_on(o->socket, 0600, out);
	gid_t group;

	if (err || !find_group(o, &group))
		return err;
	if (chown(o->socket, (uid_t)-1, group) < 0 || chmod(o->socket, 0660) < 0)
		log_warn("%s: cannot be given to the group %s: %s", o->socket, o->group,
				strerror(errno));
	return 0;
}

/* Whoever opened it has said who may connect; who may use the daemon is asked anyway. */
static int take_activated(int *out, bool *is_activated)
{
	int fd = activation_take();

	if (fd < -1)
		return fd;
	*is_activated = fd >= 0;
	if (*is_activated) {
		*out = fd;
		log_info("started by its socket");
	}
	return 0;
}

static int open_sockets(struct core *core)
{
	const struct options *o = core->options;
	char path[PATH_SIZE];
	int err = take_activated(&core->listen_fd, &core->is_activated);

	if (!err && !core->is_activated)
		err = check_unlocked(o, SUPERVISOR_LOCK, "a supervisor");
	if (err)
		return err;
	path_in(o, "socket", path, sizeof(path));
	err = listen_on(path, 0600, &core->host_listen_fd);
	if (!err && !core->is_activated)
		err = listen_for_clients(o, &core->listen_fd);
	return err;
}

/* By what it was told to speak to. */
static bool is_supervised(const struct options *o)
{
	const char *notify = getenv("NOTIFY_SOCKET");
	char path[PATH_SIZE];

	path_in(o, "notify", path, sizeof(path));
	return notify && strcmp(notify, path) == 0;
}

int run_dir_open(struct core *core)
{
	int err = make_folders(core->options);

	if (!err && is_supervised(core->options))
		err = lock(core->options, SUPERVISED_LOCK, "another tapisrvd",
				&core->supervised_fd);
	if (!err)
		err = lock(core->options, CORE_LOCK, "another tapisrvd", &core->lock_fd);
	if (err)
		return err;
	core->has_group = find_group(core->options, &core->group);
	return open_sockets(core);
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		core_close_fd(*fd);
	*fd = -1;
}

void run_dir_close(struct core *core)
{
	char path[PATH_SIZE];

	if (core->listen_fd >= 0 && !core->is_activated)
		(void)unlink(core->options->socket);
	if (core->host_listen_fd >= 0) {
		path_in(core->options, "socket", path, sizeof(path));
		(void)unlink(path);
	}
	close_fd(&core->listen_fd);
	close_fd(&core->host_listen_fd);
	close_fd(&core->lock_fd);
	close_fd(&core->supervised_fd);
}

/* --- with a supervisor --- */

/* The core of a supervisor that is dead, since its lock is ours; 0: there is none. */
static pid_t orphan_of(const struct options *o)
{
	char path[PATH_SIZE];

	path_in(o, SUPERVISED_LOCK, path, sizeof(path));
	return os_lock_holder(path);
}

/* As one is ended that a new version replaces: the next one finds hosts and applications. */
static int end_orphan(const struct options *o, pid_t pid)
{
	static const char *const locks[] = { SUPERVISED_LOCK, CORE_LOCK };
	char path[PATH_SIZE];
	int err = 0;

	log_warn("process %ld is replaced: its supervisor has gone", (long)pid);
	(void)kill(pid, SIGKILL);
	for (size_t i = 0; !err && i < sizeof(locks) / sizeof(locks[0]); i++) {
		path_in(o, locks[i], path, sizeof(path));
		err = os_lock_await(path);
	}
	return err;
}

int run_dir_supervise(const struct options *o, struct run_dir_supervised *s)
{
	int err = make_folders(o);
	pid_t orphan = 0;

	s->listen_fd = s->notify_fd = s->lock_fd = -1;
	s->is_activated = false;
	path_in(o, "notify", s->notify, sizeof(s->notify));
	if (!err)
		err = lock(o, SUPERVISOR_LOCK, "another supervisor", &s->lock_fd);
	if (!err)
		orphan = orphan_of(o);
	if (!err && !orphan)
		err = check_unlocked(o, CORE_LOCK, "another tapisrvd");
	if (!err)
		err = take_activated(&s->listen_fd, &s->is_activated);
	if (!err && !s->is_activated)
		err = listen_for_clients(o, &s->listen_fd);
	if (!err && orphan)
		err = end_orphan(o, orphan);
	if (err)
		return err;
	s->notify_fd = os_unix_datagrams(s->notify);
	if (s->notify_fd >= 0)
		return 0;
	log_error("%s: %s", s->notify, strerror(-s->notify_fd));
	return s->notify_fd;
}

void run_dir_unsupervise(const struct options *o, struct run_dir_supervised *s)
{
	if (s->listen_fd >= 0 && !s->is_activated)
		(void)unlink(o->socket);
	if (s->notify_fd >= 0)
		(void)unlink(s->notify);
	close_fd(&s->listen_fd);
	close_fd(&s->notify_fd);
	close_fd(&s->lock_fd);
}
