// SPDX-License-Identifier: MIT
/* os.h - what differs between systems, and nowhere else. os_unix.c holds what they share. */
#ifndef BASE_OS_H
#define BASE_OS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct sockaddr_storage;

struct os_peer {
	uid_t uid;
	gid_t gid;
	pid_t pid; /* 0 where the system does not tell */
};

/* Who is at the other end of a Unix socket, as the kernel says. 0 or -errno. */
int os_peer(int fd, struct os_peer *out);
/* Whether that process was in the group when it connected. Where the kernel does not tell its
 * groups (Linux, FreeBSD and macOS do) the user database is asked, which may be far away. */
bool os_peer_is_in_group(int fd, gid_t group);
void os_entropy(void *p, size_t size);

/* strerror() for any thread: what it says holds until the thread asks again. */
const char *os_error_text(int err);

/* 0 or -errno. */
int os_nonblock(int fd);
int os_cloexec(int fd);
bool os_is_pipe(int fd);
/* With fd, the newest one, not even half of those that this process may have are in use. */
bool os_has_spare_fds(int fd);
int os_pipe(int fds[2]); /* both close-on-exec and non-blocking */
/* As write(2), but to a pipe that nobody reads there is no SIGPIPE, whatever the program does. */
ssize_t os_write_quietly(int fd, const void *data, size_t size);
/* Its way where the kernel knows how (Linux 6.18): a system call instead of three. false: it does
 * not, nothing has been written; os_is_older, for tests, makes it say so. */
bool os_write_without_signal(int fd, const void *data, size_t size, ssize_t *n);
extern atomic_bool os_is_older;
int os_udp_socket(int family);                     /* likewise; the descriptor or -errno */
int os_socketpair(int fds[2]);                     /* stream, both close-on-exec */
int os_unix_listen(const char *path, mode_t mode); /* returns the descriptor or -errno */
int os_unix_datagrams(const char *path);           /* likewise, for this user, without blocking */
int os_unix_connect(const char *path); /* likewise; blocking connect, then non-blocking */
/* Opens and locks a file for this process's life: the descriptor, -EAGAIN if another holds it. */
int os_lock_file(const char *path);
/* 0: free, 1: somebody holds it, or -errno. */
int os_lock_is_held(const char *path);
/* The process that holds it; 0: none, or nobody can say. */
pid_t os_lock_holder(const char *path);
/* Returns when nobody holds it: 0 or -errno. */
int os_lock_await(const char *path);

/* Datagrams of this socket come with the time of their arrival from now on. 0 or -errno. */
int os_stamp_arrivals(int fd);
/* One datagram, without waiting: its size or -errno. *age_ns: how long ago it arrived, 0 where
 * the system does not tell. */
ssize_t os_receive(int fd, void *p, size_t size, struct sockaddr_storage *from, uint64_t *age_ns);

/* One descriptor that is readable when any member is (epoll, kqueue). Descriptor or -errno. */
int os_gather_new(void);
int os_gather_add(int gather, int fd); /* 0 or -errno */
int os_gather_remove(int gather, int fd);

/* A descriptor that becomes readable ms after os_timer_set and stays so until it is set again; 0
 * switches it off. Descriptor or -errno; 0 or -errno. */
int os_timer_new(void);
int os_timer_set(int timer, uint32_t ms);

/* For a program that has few threads and allocates a little for long: one heap for all of them,
 * which grows and shrinks in large steps, where the C library can be told so. Before the first
 * thread. */
void os_one_heap(void);
/* So many bytes of memory this process may have for itself from now on, however it gets them, and
 * never more again. 0 or -errno. */
int os_limit_memory(uint64_t bytes);
/* What was needed for the start only need not stay resident: free heap, and pages of code and
 * constants, which come from their files again when they are used. Does nothing under a debugger,
 * whose breakpoints such pages may hold, and where the system cannot. */
void os_give_back(void);

/* A descriptor that becomes readable when an interface gains or loses an address; what can be read
 * from it is of no interest. Descriptor, or -ENOSYS where the system tells nothing, or -errno. */
int os_network_watch(void);
/* The addresses of the interfaces that are up, without link-local ones. 0 or -errno. */
int os_addresses(void (*each)(const char *ip, void *arg), void *arg);

/* The file name of this program, without its path. */
void os_program_name(char *out, size_t size);

#endif
