// SPDX-License-Identifier: MIT
/* floor_fanout.c - what an event to many listeners costs at least on this machine: a process that
 * writes the same frames to each socket, over and over, and one that reads them all. */
#include "base/mem.h"
#include "base/os.h"
#include "listeners.h"
#include "wire/frame.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char usage[] = "usage: bench-floor-fanout CLIENTS BATCH BYTES SECONDS PLACE\n"
			    "\n"
			    "BATCH frames in one write, each with a body of BYTES.\n";

enum { ROOM = 16384 };

static size_t fill(uint8_t *to, unsigned batch, unsigned bytes)
{
	struct frame_header h = { .kind = FRAME_EVENT, .length = bytes };

	memset(to, 0, ROOM);
	for (unsigned i = 0; i < batch; i++)
		frame_header_pack(&h, to + i * (FRAME_HEADER + bytes));
	return batch * (FRAME_HEADER + bytes);
}

static void serve(const int *fds, unsigned count, unsigned batch, unsigned bytes)
{
	static uint8_t frames[ROOM];
	size_t size = fill(frames, batch, bytes);

	for (;;)
		for (unsigned i = 0; i < count; i++)
			if (write(fds[i], frames, size) != (ssize_t)size)
				_exit(0);
}

static int open_all(struct listeners *all, int *fds)
{
	int err = listeners_init(all);

	for (unsigned i = 0; i < all->count && !err; i++) {
		int pair[2];

		err = os_socketpair(pair);
		if (err)
			break;
		fds[i] = pair[0];
		err = listeners_add_wire(&all->list[i], pair[1]);
	}
	return err;
}

static int run(struct listeners *all, unsigned bytes)
{
	int *fds = mem_new_array(int, all->count);
	int err = fds ? open_all(all, fds) : -ENOMEM;
	pid_t pid = err ? -1 : fork();

	if (pid == 0) {
		for (unsigned i = 0; i < all->count; i++)
			(void)close(all->list[i].fd);
		serve(fds, all->count, all->batch, bytes);
	}
	if (pid < 0)
		return err ? err : -errno;
	all->servers[0] = pid;
	err = event_reinit(all->base) < 0 ? -EIO : listeners_run(all);
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
	mem_free(fds);
	return err;
}

int main(int argc, char **argv)
{
	struct listeners all = { .trigger = -1 };
	unsigned bytes;
	int err;

	if (argc != 6) {
		fputs(usage, stderr);
		return 2;
	}
	(void)signal(SIGPIPE, SIG_IGN);
	all.count = (unsigned)atoi(argv[1]);
	all.batch = (unsigned)atoi(argv[2]);
	bytes = (unsigned)atoi(argv[3]);
	all.seconds = atof(argv[4]);
	all.place = place_parse(argv[5]);
	err = all.batch * (FRAME_HEADER + bytes) <= ROOM ? run(&all, bytes) : -EINVAL;
	if (err)
		fprintf(stderr, "bench-floor-fanout: %s\n", strerror(-err));
	return err ? 1 : 0;
}
