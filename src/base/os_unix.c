// SPDX-License-Identifier: MIT
/* os_unix.c - the parts of os.h that POSIX gives everywhere. */
#include "base/os.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define AGE_MAX_NS 1000000000

const char *os_error_text(int err)
{
	static _Thread_local char text[128];

	if (strerror_r(err, text, sizeof(text)) != 0)
		(void)snprintf(text, sizeof(text), "error %d", err);
	return text;
}

int os_nonblock(int fd)
{
	int flags = fcntl(fd, F_GETFL);

	return flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0 ? -errno : 0;
}

int os_cloexec(int fd)
{
	return fcntl(fd, F_SETFD, FD_CLOEXEC) < 0 ? -errno : 0;
}

#ifdef SO_TIMESTAMP

int os_stamp_arrivals(int fd)
{
	const int on = 1;

	return setsockopt(fd, SOL_SOCKET, SO_TIMESTAMP, &on, sizeof(on)) < 0 ? -errno : 0;
}

/* By the wall clock, which may have been set in between: then 0. */
static uint64_t age_of(struct msghdr *m)
{
	struct cmsghdr *c = CMSG_FIRSTHDR(m);
	struct timespec now;
	struct timeval at;
	int64_t age;

	if (!c || c->cmsg_level != SOL_SOCKET || c->cmsg_type != SO_TIMESTAMP)
		return 0;
	memcpy(&at, CMSG_DATA(c), sizeof(at));
	(void)clock_gettime(CLOCK_REALTIME, &now);
	age = ((int64_t)now.tv_sec - at.tv_sec) * 1000000000 + now.tv_nsec -
	      (int64_t)at.tv_usec * 1000;
	return age > 0 && age < AGE_MAX_NS ? (uint64_t)age : 0;
}

#else

int os_stamp_arrivals(int fd)
{
	(void)fd;
	return -ENOTSUP;
}

static uint64_t age_of(struct msghdr *m)
{
	(void)m;
	return 0;
}

#endif

ssize_t os_receive(int fd, void *p, size_t size, struct sockaddr_storage *from, uint64_t *age_ns)
{
	_Alignas(struct cmsghdr) char control[64];
	struct iovec v = { p, size };
	struct msghdr m = { .msg_name = from,
		.msg_namelen = sizeof(*from),
		.msg_iov = &v,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof(control) };
	ssize_t n = recvmsg(fd, &m, MSG_DONTWAIT);

	if (n < 0)
		return -errno;
	*age_ns = age_of(&m);
	return n;
}

bool os_is_pipe(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISFIFO(st.st_mode);
}

bool os_has_spare_fds(int fd)
{
	struct rlimit limit;

	return getrlimit(RLIMIT_NOFILE, &limit) == 0 &&
	       (limit.rlim_cur == RLIM_INFINITY || (rlim_t)fd < limit.rlim_cur / 2);
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

static bool is_pending(int signal)
{
	sigset_t pending;

	return sigpending(&pending) == 0 && sigismember(&pending, signal);
}

atomic_bool os_is_older;

ssize_t os_write_quietly(int fd, const void *data, size_t size)
{
	sigset_t pipe_signal, before;
	bool was_pending;
	ssize_t n;
	int err, which;

	if (os_write_without_signal(fd, data, size, &n))
		return n;
	(void)sigemptyset(&pipe_signal);
	(void)sigaddset(&pipe_signal, SIGPIPE);
	(void)pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
	was_pending = sigismember(&before, SIGPIPE) && is_pending(SIGPIPE);
	n = write(fd, data, size);
	err = errno;
	if (n < 0 && err == EPIPE && !was_pending && is_pending(SIGPIPE))
		(void)sigwait(&pipe_signal, &which);
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	errno = err;
	return n;
}

int os_udp_socket(int family)
{
#if defined SOCK_CLOEXEC && defined SOCK_NONBLOCK
	int fd = socket(family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	return fd < 0 ? -errno : fd;
#else
	int fd = socket(family, SOCK_DGRAM, 0);

	if (fd < 0)
		return -errno;
	(void)os_cloexec(fd);
	(void)os_nonblock(fd);
	return fd;
#endif
}

int os_socketpair(int fds[2])
{
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) < 0)
		return -errno;
	(void)os_cloexec(fds[0]);
	(void)os_cloexec(fds[1]);
	return 0;
}

static int unix_socket(const char *path, int type, struct sockaddr_un *addr)
{
	int fd;

	memset(addr, 0, sizeof(*addr));
	addr->sun_family = AF_UNIX;
	if (strlen(path) >= sizeof(addr->sun_path))
		return -ENAMETOOLONG;
	memcpy(addr->sun_path, path, strlen(path));
	fd = socket(AF_UNIX, type, 0);
	if (fd < 0)
		return -errno;
	(void)os_cloexec(fd);
	return fd;
}

static int unix_bind(const char *path, int type, mode_t mode)
{
	struct sockaddr_un addr;
	int fd = unix_socket(path, type, &addr);
	int err;

	if (fd < 0)
		return fd;
	(void)unlink(path);
	if (bind(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0 || chmod(path, mode) < 0 ||
			(type == SOCK_STREAM && listen(fd, 128) < 0)) {
		err = -errno;
		close(fd);
		return err;
	}
	(void)os_nonblock(fd);
	return fd;
}

int os_unix_listen(const char *path, mode_t mode)
{
	return unix_bind(path, SOCK_STREAM, mode);
}

int os_unix_datagrams(const char *path)
{
	return unix_bind(path, SOCK_DGRAM, 0600);
}

int os_unix_connect(const char *path)
{
	struct sockaddr_un addr;
	int fd = unix_socket(path, SOCK_STREAM, &addr);
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

/* What the lock of a file says; 0 or -errno. */
static int ask_lock(const char *path, int command, struct flock *l)
{
	int fd = open(path, O_RDWR);
	int err;

	if (fd < 0)
		return -errno;
	(void)os_cloexec(fd);
	do
		err = try_lock(fd, F_WRLCK, command, l);
	while (err == -EINTR);
	close(fd);
	return err;
}

int os_lock_is_held(const char *path)
{
	struct flock l;
	int err = ask_lock(path, F_GETLK, &l);

	if (err)
		return err == -ENOENT ? 0 : err;
	return l.l_type != F_UNLCK;
}

pid_t os_lock_holder(const char *path)
{
	struct flock l;
	int err = ask_lock(path, F_GETLK, &l);

	return !err && l.l_type != F_UNLCK && l.l_pid > 0 ? l.l_pid : 0;
}

int os_lock_await(const char *path)
{
	struct flock l;

	return ask_lock(path, F_SETLKW, &l);
}
