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
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOG_TOPIC "run"

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

static int lock(struct core *core, const char *path)
{
	core->lock_fd = os_lock_file(path);
	if (core->lock_fd == -EAGAIN)
		log_error("already running: another tapisrvd holds %s", path);
	else if (core->lock_fd < 0)
		log_error("%s: %s", path, strerror(-core->lock_fd));
	return core->lock_fd < 0 ? core->lock_fd : 0;
}

static void find_group(struct core *core)
{
	const struct group *g = getgrnam(core->options->group);

	if (!g)
		return;
	core->group = g->gr_gid;
	core->has_group = true;
}

static int listen_on(const char *path, mode_t mode, int *out)
{
	*out = os_unix_listen(path, mode);
	if (*out >= 0)
		return 0;
	log_error("%s: cannot listen: %s", path, strerror(-*out));
	return *out;
}

/* Whoever opened it has said who may connect; who may use the daemon is asked anyway. */
static int take_activated(struct core *core)
{
	int fd = activation_take();

	if (fd < -1)
		return fd;
	if (fd >= 0) {
		core->listen_fd = fd;
		core->is_activated = true;
		log_info("started by its socket");
	}
	return 0;
}

static int open_sockets(struct core *core, const char *host_socket)
{
	const char *path = core->options->socket;
	int err = listen_on(host_socket, 0600, &core->host_listen_fd);

	if (!err)
		err = take_activated(core);
	if (!err && !core->is_activated)
		err = listen_on(path, 0600, &core->listen_fd);
	if (err || core->is_activated || !core->has_group)
		return err;
	/* Not being a member is no reason to fail: then only the user itself and root come in. */
	if (chown(path, (uid_t)-1, core->group) < 0 || chmod(path, 0660) < 0)
		log_warn("%s: cannot be given to the group %s: %s", path, core->options->group,
				strerror(errno));
	return 0;
}

int run_dir_open(struct core *core)
{
	const char *dir = core->options->run_dir;
	char path[512];
	int err = make_folder(dir, 0755, 022);

	if (err)
		return err;
	if (snprintf(path, sizeof(path), "%s/host", dir) >= (int)sizeof(path) - 16)
		return -ENAMETOOLONG;
	err = make_folder(path, 0700, 077);
	if (err)
		return err;
	(void)snprintf(path, sizeof(path), "%s/host/core.lock", dir);
	err = lock(core, path);
	if (err)
		return err;
	find_group(core);
	(void)snprintf(path, sizeof(path), "%s/host/socket", dir);
	return open_sockets(core, path);
}

void run_dir_close(struct core *core)
{
	char path[512];

	if (core->listen_fd >= 0) {
		if (!core->is_activated)
			(void)unlink(core->options->socket);
		core_close_fd(core->listen_fd);
	}
	if (core->host_listen_fd >= 0) {
		(void)snprintf(path, sizeof(path), "%s/host/socket", core->options->run_dir);
		(void)unlink(path);
		core_close_fd(core->host_listen_fd);
	}
	if (core->lock_fd >= 0)
		core_close_fd(core->lock_fd);
	core->listen_fd = core->host_listen_fd = core->lock_fd = -1;
}
