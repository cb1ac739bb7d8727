// SPDX-License-Identifier: MIT
/* os_linux.c - SO_PEERCRED, getrandom, epoll. */
#ifdef __linux__
#define _GNU_SOURCE /* struct ucred */
#include "base/os.h"

#include <errno.h>
#include <link.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <unistd.h>

enum { HEAP_STEP = 1 << 20 };

int os_peer(int fd, struct os_peer *out)
{
	struct ucred cred;
	socklen_t size = sizeof(cred);

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &cred, &size) < 0)
		return -errno;
	out->uid = cred.uid;
	out->gid = cred.gid;
	out->pid = cred.pid;
	return 0;
}

void os_entropy(void *p, size_t size)
{
	char *to = p;

	while (size) {
		ssize_t n = getrandom(to, size, 0);

		if (n < 0 && errno != EINTR)
			abort(); /* no entropy: session numbers could be guessed */
		if (n > 0) {
			to += n;
			size -= (size_t)n;
		}
	}
}

#ifndef RWF_NOSIGNAL
#define RWF_NOSIGNAL 0x00000100
#endif

bool os_write_without_signal(int fd, const void *data, size_t size, ssize_t *n)
{
#ifdef RWF_HIPRI /* the header knows pwritev2() */
	const struct iovec part = { (void *)(uintptr_t)data, size };

	if (atomic_load_explicit(&os_is_older, memory_order_relaxed))
		return false;
	*n = pwritev2(fd, &part, 1, -1, RWF_NOSIGNAL);
	if (*n >= 0 || (errno != EOPNOTSUPP && errno != EINVAL && errno != ENOSYS &&
				       errno != EPERM))
		return true;
	atomic_store(&os_is_older, true);
#else
	(void)fd;
	(void)data;
	(void)size;
	(void)n;
#endif
	return false;
}

int os_gather_new(void)
{
	int fd = epoll_create1(EPOLL_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

int os_gather_add(int gather, int fd)
{
	struct epoll_event ev = { .events = EPOLLIN, .data.fd = fd };

	return epoll_ctl(gather, EPOLL_CTL_ADD, fd, &ev) < 0 ? -errno : 0;
}

int os_gather_remove(int gather, int fd)
{
	return epoll_ctl(gather, EPOLL_CTL_DEL, fd, NULL) < 0 ? -errno : 0;
}

int os_timer_new(void)
{
	int fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);

	return fd < 0 ? -errno : fd;
}

int os_timer_set(int timer, uint32_t ms)
{
	struct itimerspec at = { .it_value = { ms / 1000, (long)(ms % 1000) * 1000000L } };

	return timerfd_settime(timer, 0, &at, NULL) < 0 ? -errno : 0;
}

void os_one_heap(void)
{
#ifdef M_ARENA_MAX /* glibc: the heaps of threads grow page by page, with a system call for each   \
		    */
	(void)mallopt(M_ARENA_MAX, 1);
	(void)mallopt(M_TOP_PAD, HEAP_STEP);
	(void)mallopt(M_TRIM_THRESHOLD, 2 * HEAP_STEP);
#endif
}

/* What is written to counts, whether it came by brk or mmap; libraries and their constants do not.
 */
int os_limit_memory(uint64_t bytes)
{
	const struct rlimit limit = { (rlim_t)bytes, (rlim_t)bytes };

	return setrlimit(RLIMIT_DATA, &limit) < 0 ? -errno : 0;
}

static bool is_traced(void)
{
	FILE *f = fopen("/proc/self/status", "re");
	static const char key[] = "TracerPid:";
	long tracer = 1; /* unknown */
	char line[256];

	while (f && fgets(line, sizeof(line), f))
		if (strncmp(line, key, sizeof(key) - 1) == 0)
			tracer = strtol(line + sizeof(key) - 1, NULL, 10);
	if (f)
		(void)fclose(f);
	return tracer != 0;
}

static bool has_text_relocations(const struct dl_phdr_info *o)
{
	for (int i = 0; i < o->dlpi_phnum; i++) {
		const ElfW(Phdr) *ph = &o->dlpi_phdr[i];
		const ElfW(Dyn) *d = (const void *)(uintptr_t)(o->dlpi_addr + ph->p_vaddr);

		for (; ph->p_type == PT_DYNAMIC && d->d_tag != DT_NULL; d++)
			if (d->d_tag == DT_TEXTREL ||
					(d->d_tag == DT_FLAGS && (d->d_un.d_val & DF_TEXTREL)))
				return true;
	}
	return false;
}

/* Only what nobody has ever written to: whatever differs from the file would be lost. */
static int give_back_object(struct dl_phdr_info *o, size_t size, void *arg)
{
	const uintptr_t page = *(const uintptr_t *)arg;

	(void)size;
	if (has_text_relocations(o))
		return 0;
	for (int i = 0; i < o->dlpi_phnum; i++) {
		const ElfW(Phdr) *ph = &o->dlpi_phdr[i];
		uintptr_t from = (o->dlpi_addr + ph->p_vaddr) & ~(page - 1);
		uintptr_t to = o->dlpi_addr + ph->p_vaddr + ph->p_filesz;

		if (ph->p_type == PT_LOAD && !(ph->p_flags & PF_W))
			(void)madvise((void *)from, to - from, MADV_DONTNEED);
	}
	return 0;
}

void os_give_back(void)
{
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);

#ifdef M_TRIM_THRESHOLD /* glibc */
	(void)malloc_trim(0);
#endif
	if (!is_traced())
		(void)dl_iterate_phdr(give_back_object, &page);
}

void os_program_name(char *out, size_t size)
{
	(void)snprintf(out, size, "%s", program_invocation_short_name);
}
#endif
