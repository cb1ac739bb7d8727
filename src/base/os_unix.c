// SPDX-License-Identifier: MIT
/* os_unix.c - the parts of os.h that POSIX gives everywhere. */
#include "base/os.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

int os_nonblock(int fd)
{
	int flags = fcntl(fd, F_GETFL);

	return flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0 ? -errno : 0;
}

int os_cloexec(int fd)
{
	return fcntl(fd, F_SETFD, FD_CLOEXEC) < 0 ? -errno : 0;
}

int os_pipe(int fds[2])
{
	if (pipe(fds) < 0)
		return -errno;
	for (int i = 0; i < 2; i++) {
		(void)os_cloexec(fds[i]);
		(void)os_nonblock(fds[i]);
	}
	return 0;
}

int os_socketpair(int fds[2])
{
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) < 0)
		return -errno;
	(void)os_cloexec(fds[0]);
	(void)os_cloexec(fds[1]);
	return 0;
}

static int unix_socket(const char *path, struct sockaddr_un *addr)
{
	int fd;

	memset(addr, 0, sizeof(*addr));
	addr->sun_family = AF_UNIX;
	if (strlen(path) >= sizeof(addr->sun_path))
		return -ENAMETOOLONG;
	memcpy(addr->sun_path, path, strlen(path));
	fd = socket(AF_UNIX, SOCK_STREAM, 0);
	if (fd < 0)
		return -errno;
	(void)os_cloexec(fd);
	return fd;
}

int os_unix_listen(const char *path, mode_t mode)
{
	struct sockaddr_un addr;
	int fd = unix_socket(path, &addr);
	int err;

	if (fd < 0)
		return fd;
	(void)unlink(path);
	if (bind(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0 || chmod(path, mode) < 0 ||
			listen(fd, 128) < 0) {
		err = -errno;
		close(fd);
		return err;
	}
	(void)os_nonblock(fd);
	return fd;
}

int os_unix_connect(const char *path)
{
	struct sockaddr_un addr;
	int fd = unix_socket(path, &addr);
	int err;

	if (fd < 0)
		return fd;
	while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
		if (errno == EINTR)
			continue;
		err = -errno;
		close(fd);
		return err;
	}
	(void)os_nonblock(fd);
	return fd;
}

static int try_lock(int fd, short type, int command, struct flock *l)
{
	memset(l, 0, sizeof(*l));
	l->l_type = type;
	l->l_whence = SEEK_SET;
	return fcntl(fd, command, l) < 0 ? -errno : 0;
}

int os_lock_file(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT, 0600);
	struct flock l;
	int err;

	if (fd < 0)
		return -errno;
	(void)os_cloexec(fd);
	err = try_lock(fd, F_WRLCK, F_SETLK, &l);
	if (!err)
		return fd;
	close(fd);
	return err == -EACCES ? -EAGAIN : err;
}

int os_lock_is_held(const char *path)
{
	int fd = open(path, O_RDWR);
	struct flock l;
	int err;

	if (fd < 0)
		return errno == ENOENT ? 0 : -errno;
	(void)os_cloexec(fd);
	err = try_lock(fd, F_WRLCK, F_GETLK, &l);
	close(fd);
	return err ? err : l.l_type != F_UNLCK;
}
