// SPDX-License-Identifier: MIT
/* fail.c - to be preloaded: the n-th system call of one program fails, once. $FAIL_IN is the
 * program's name, $FAIL_AT is n, $FAIL_KIND chooses among the ways in which a call can fail, or can
 * do less than it was asked to. What has failed is written to the file $FAIL_SAID; n = 0: how many
 * calls there were, at the end. A child that has not become another program yet counts on; a
 * program that is started behind that is spared. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define PUBLIC __attribute__((visibility("default")))

enum { LESS = -1 }; /* as much as one byte */

static struct {
	unsigned long at;
	unsigned kind;
	bool here;
	char said[256];
} how;
static _Atomic unsigned long calls;

static void say(const char *text)
{
	int fd = (int)syscall(SYS_openat, AT_FDCWD, how.said, O_WRONLY | O_CREAT | O_APPEND, 0600);

	(void)syscall(SYS_write, fd, text, strlen(text));
	(void)syscall(SYS_close, fd);
}

__attribute__((constructor)) static void begin(void)
{
	const char *in = getenv("FAIL_IN"), *at = getenv("FAIL_AT"), *kind = getenv("FAIL_KIND"),
		   *said = getenv("FAIL_SAID");

	if (!in || !at || !kind || !said || strcmp(in, program_invocation_short_name) != 0)
		return;
	how.at = strtoul(at, NULL, 10);
	how.kind = (unsigned)strtoul(kind, NULL, 10);
	(void)snprintf(how.said, sizeof(how.said), "%s", said);
	how.here = syscall(SYS_faccessat, AT_FDCWD, said, F_OK) != 0;
}

__attribute__((destructor)) static void end(void)
{
	char text[32];

	(void)snprintf(text, sizeof(text), "%lu calls\n", calls);
	if (how.here && !how.at)
		say(text);
}

/* 0: it is to work; else an errno, or LESS. */
static int fails(const char *name, const int ways[3])
{
	char text[96];
	int way;

	if (!how.here || ++calls != how.at)
		return 0;
	way = ways[how.kind % 3];
	(void)snprintf(text, sizeof(text), "%s: %s\n", name,
			way == LESS ? "less" : strerrorname_np(way));
	say(text);
	return way;
}

/* Disks have errors, sockets and pipes have ends; what does not wait is not interrupted; and the
 * one byte that wakes a loop always has room, or has been written already. */
static int fails_on(int fd, size_t size, const char *name, const int ways[3])
{
	static const int full[3] = { EAGAIN, EAGAIN, EAGAIN };
	static const int late[3] = { EINTR, EINTR, EINTR };
	bool waits = !(syscall(SYS_fcntl, fd, F_GETFL) & O_NONBLOCK);
	int way = ways[how.kind % 3];

	if (!waits && size == 1)
		return 0;
	if ((way == EIO || way == ENOSPC) && syscall(SYS_lseek, fd, 0, SEEK_CUR) < 0)
		return fails(name, waits ? late : full);
	return fails(name, !waits && way == EINTR ? full : ways);
}

#define NEXT(name)                                                                                 \
	static __typeof__(name) *next;                                                             \
	if (!next)                                                                                 \
		*(void **)(void *)&next = dlsym(RTLD_NEXT, #name);

/* name(params) as it is, but for the errors; `size` is what LESS makes one, or unused. */
#define CALL(result, bad, name, params, args, size, ...)                                           \
	PUBLIC result name params;                                                                 \
	PUBLIC result name params                                                                  \
	{                                                                                          \
		static const int ways[3] = { __VA_ARGS__ };                                        \
		int way;                                                                           \
		NEXT(name)                                                                         \
		way = fails_on(fd, size, #name, ways);                                             \
		if (way > 0) {                                                                     \
			errno = way;                                                               \
			return bad;                                                                \
		}                                                                                  \
		if (way == LESS && (size) > 1)                                                     \
			size = 1;                                                                  \
		return next args;                                                                  \
	}
#define FIXED(name, params, args, ...)                                                             \
	PUBLIC int name params;                                                                    \
	PUBLIC int name params                                                                     \
	{                                                                                          \
		static const int ways[3] = { __VA_ARGS__ };                                        \
		int way;                                                                           \
		NEXT(name)                                                                         \
		way = fails(#name, ways);                                                          \
		if (way > 0) {                                                                     \
			errno = way;                                                               \
			return -1;                                                                 \
		}                                                                                  \
		return next args;                                                                  \
	}

PUBLIC ssize_t pwritev2(int fd, const struct iovec *v, int n, off_t at, int flags);
PUBLIC ssize_t pwritev2(int fd, const struct iovec *v, int n, off_t at, int flags)
{
	static const int ways[3] = { EINTR, EOPNOTSUPP, EAGAIN };
	int way;
	NEXT(pwritev2)
	way = fails_on(fd, v->iov_len, "pwritev2", ways);
	errno = way;
	return way ? -1 : next(fd, v, n, at, flags);
}

/* clang-format off */
CALL(ssize_t, -1, read, (int fd, void *p, size_t n), (fd, p, n), n, EINTR, LESS, EIO)
CALL(ssize_t, -1, __read_chk, (int fd, void *p, size_t n, size_t room), (fd, p, n, room), n, EINTR, LESS, EIO)
CALL(ssize_t, -1, write, (int fd, const void *p, size_t n), (fd, p, n), n, EINTR, LESS, ENOSPC)
CALL(ssize_t, -1, pread64, (int fd, void *p, size_t n, off64_t at), (fd, p, n, at), n, EINTR, EIO, EIO)
CALL(ssize_t, -1, pwrite64, (int fd, const void *p, size_t n, off64_t at), (fd, p, n, at), n, ENOSPC, LESS, EIO)
CALL(ssize_t, -1, send, (int fd, const void *p, size_t n, int flags), (fd, p, n, flags), n, EAGAIN, LESS, EPIPE)
CALL(ssize_t, -1, recv, (int fd, void *p, size_t n, int flags), (fd, p, n, flags), n, EINTR, LESS, ECONNRESET)
CALL(ssize_t, -1, __recv_chk, (int fd, void *p, size_t n, size_t room, int flags), (fd, p, n, room, flags), n,
	EINTR, LESS, ECONNRESET)
CALL(ssize_t, -1, sendto, (int fd, const void *p, size_t n, int flags, __CONST_SOCKADDR_ARG to, socklen_t size),
	(fd, p, n, flags, to, size), n, EINTR, ECONNREFUSED, ENOBUFS)
CALL(ssize_t, -1, recvfrom, (int fd, void *p, size_t n, int flags, __SOCKADDR_ARG from, socklen_t *size),
	(fd, p, n, flags, from, size), n, EINTR, EAGAIN, ENOMEM)
FIXED(socket, (int family, int type, int protocol), (family, type, protocol), EMFILE, ENFILE, ENOBUFS)
FIXED(socketpair, (int family, int type, int protocol, int fds[2]), (family, type, protocol, fds), EMFILE, ENFILE, ENOMEM)
FIXED(accept, (int fd, __SOCKADDR_ARG a, socklen_t *n), (fd, a, n), EINTR, EMFILE, ECONNABORTED)
FIXED(accept4, (int fd, __SOCKADDR_ARG a, socklen_t *n, int flags), (fd, a, n, flags), EINTR, EMFILE, ECONNABORTED)
FIXED(connect, (int fd, __CONST_SOCKADDR_ARG a, socklen_t n), (fd, a, n), EINTR, ECONNREFUSED, EAGAIN)
FIXED(bind, (int fd, __CONST_SOCKADDR_ARG a, socklen_t n), (fd, a, n), EADDRINUSE, EACCES, ENOMEM)
FIXED(listen, (int fd, int n), (fd, n), EADDRINUSE, ENOMEM, EADDRINUSE)
FIXED(setsockopt, (int fd, int level, int name, const void *p, socklen_t n), (fd, level, name, p, n), ENOMEM, ENOBUFS, ENOMEM)
FIXED(getsockopt, (int fd, int level, int name, void *p, socklen_t *n), (fd, level, name, p, n), ENOBUFS, ENOBUFS, ENOBUFS)
FIXED(pipe, (int fds[2]), (fds), EMFILE, ENFILE, EMFILE)
FIXED(pipe2, (int fds[2], int flags), (fds, flags), EMFILE, ENFILE, EMFILE)
FIXED(dup, (int fd), (fd), EMFILE, EMFILE, EMFILE)
FIXED(dup2, (int from, int to), (from, to), EINTR, EBUSY, EMFILE)
FIXED(epoll_create, (int n), (n), EMFILE, ENFILE, ENOMEM)
FIXED(epoll_create1, (int flags), (flags), EMFILE, ENFILE, ENOMEM)
FIXED(epoll_wait, (int fd, struct epoll_event *e, int n, int ms), (fd, e, n, ms), EINTR, EINTR, EINTR)
FIXED(poll, (struct pollfd *p, nfds_t n, int ms), (p, n, ms), EINTR, ENOMEM, EINTR)
FIXED(__poll_chk, (struct pollfd *p, nfds_t n, int ms, size_t room), (p, n, ms, room), EINTR, ENOMEM, EINTR)
FIXED(eventfd, (unsigned n, int flags), (n, flags), EMFILE, ENFILE, ENOMEM)
FIXED(timerfd_create, (int clock, int flags), (clock, flags), EMFILE, ENFILE, ENOMEM)
FIXED(fsync, (int fd), (fd), EIO, ENOSPC, EINTR)
FIXED(fdatasync, (int fd), (fd), EIO, ENOSPC, EINTR)
FIXED(ftruncate64, (int fd, off64_t n), (fd, n), EIO, EINTR, EFBIG)
FIXED(mkdir, (const char *path, mode_t mode), (path, mode), ENOSPC, EACCES, EROFS)
FIXED(unlink, (const char *path), (path), EACCES, EROFS, EIO)
FIXED(chmod, (const char *path, mode_t mode), (path, mode), EPERM, EROFS, EIO)
FIXED(rename, (const char *from, const char *to), (from, to), ENOSPC, EACCES, EIO)
FIXED(flock, (int fd, int op), (fd, op), EINTR, ENOLCK, EINTR)
FIXED(fork, (void), (), EAGAIN, ENOMEM, EAGAIN)
FIXED(waitpid, (pid_t pid, int *status, int flags), (pid, status, flags), EINTR, EINTR, EINTR)
FIXED(fstat, (int fd, struct stat *out), (fd, out), EIO, ENOMEM, EIO)
FIXED(stat, (const char *path, struct stat *out), (path, out), EACCES, EIO, ENOMEM)
FIXED(lstat, (const char *path, struct stat *out), (path, out), EACCES, EIO, ENOMEM)
/* clang-format on */

/* The first byte of the first piece that has one. */
static struct msghdr first_of(const struct msghdr *m, struct iovec *piece)
{
	struct msghdr one = *m;
	size_t i = 0;

	while (i + 1 < m->msg_iovlen && !m->msg_iov[i].iov_len)
		i++;
	if (!m->msg_iovlen)
		return one;
	*piece = m->msg_iov[i];
	piece->iov_len = piece->iov_len ? 1 : 0;
	one.msg_iov = piece;
	one.msg_iovlen = 1;
	return one;
}

#define MESSAGE(name, type, ...)                                                                   \
	PUBLIC ssize_t name(int fd, type *m, int flags)                                            \
	{                                                                                          \
		static const int ways[3] = { __VA_ARGS__ };                                        \
		struct iovec piece;                                                                \
		struct msghdr less;                                                                \
		ssize_t done;                                                                      \
		int way;                                                                           \
		NEXT(name)                                                                         \
		way = fails(#name, ways);                                                          \
		if (way > 0) {                                                                     \
			errno = way;                                                               \
			return -1;                                                                 \
		}                                                                                  \
		if (way != LESS)                                                                   \
			return next(fd, m, flags);                                                 \
		less = first_of(m, &piece);                                                        \
		done = next(fd, &less, flags);                                                     \
		take_back(m, &less);                                                               \
		return done;                                                                       \
	}
#define take_back(m, less) (void)(less)
MESSAGE(sendmsg, const struct msghdr, EAGAIN, LESS, EPIPE)
#undef take_back
#define take_back(m, less)                                                                         \
	((m)->msg_controllen = (less)->msg_controllen, (m)->msg_flags = (less)->msg_flags,         \
			(m)->msg_namelen = (less)->msg_namelen)
MESSAGE(recvmsg, struct msghdr, EINTR, LESS, ECONNRESET)

/* Only what is new takes memory. */
PUBLIC int epoll_ctl(int fd, int op, int of, struct epoll_event *e)
{
	static const int ways[3] = { ENOMEM, ENOSPC, ENOMEM };
	int way;
	NEXT(epoll_ctl)
	way = op == EPOLL_CTL_ADD ? fails("epoll_ctl", ways) : 0;
	if (!way)
		return next(fd, op, of, e);
	errno = way;
	return -1;
}

/* Those with a mode that is only there sometimes. */
#define OPEN(name)                                                                                 \
	PUBLIC int name(const char *path, int flags, ...)                                          \
	{                                                                                          \
		static const int ways[3] = { EMFILE, EACCES, ENFILE };                             \
		va_list args;                                                                      \
		mode_t mode;                                                                       \
		int way;                                                                           \
		NEXT(name)                                                                         \
		va_start(args, flags);                                                             \
		mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;                                 \
		va_end(args);                                                                      \
		way = fails(#name, ways);                                                          \
		if (way > 0) {                                                                     \
			errno = way;                                                               \
			return -1;                                                                 \
		}                                                                                  \
		return next(path, flags, mode);                                                    \
	}
OPEN(open)
OPEN(open64)

#define FILE_OF(name)                                                                              \
	PUBLIC FILE *name(const char *path, const char *mode)                                      \
	{                                                                                          \
		static const int ways[3] = { EMFILE, EACCES, ENOMEM };                             \
		int way;                                                                           \
		NEXT(name)                                                                         \
		way = fails(#name, ways);                                                          \
		if (way > 0) {                                                                     \
			errno = way;                                                               \
			return NULL;                                                               \
		}                                                                                  \
		return next(path, mode);                                                           \
	}
FILE_OF(fopen)
FILE_OF(fopen64)

/* Those that give the error. */
PUBLIC int pthread_create(pthread_t *out, const pthread_attr_t *attr, void *(*run)(void *),
		void *arg)
{
	static const int ways[3] = { EAGAIN, EAGAIN, ENOMEM };
	int way;
	NEXT(pthread_create)
	way = fails("pthread_create", ways);
	return way ? way : next(out, attr, run, arg);
}

PUBLIC int posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions,
		const posix_spawnattr_t *attr, char *const argv[], char *const envp[])
{
	static const int ways[3] = { EAGAIN, ENOMEM, EAGAIN };
	int way;
	NEXT(posix_spawn)
	way = fails("posix_spawn", ways);
	return way ? way : next(pid, path, actions, attr, argv, envp);
}
