// SPDX-License-Identifier: MIT
/* run_dir.h - the daemon's place in the file system: a private folder for its hosts, locks,
 * sockets. */
#ifndef TAPISRVD_RUN_DIR_H
#define TAPISRVD_RUN_DIR_H

#include <stdbool.h>

struct core;
struct options;

/* Makes and checks the folders, takes core.lock. 0; -EAGAIN: another core runs; -errno; logged. */
int run_dir_open(struct core *core);
/* Removes the client socket; the lock goes with the process. */
void run_dir_close(struct core *core);

/* What a supervisor keeps while daemons come and go. */
struct run_dir_supervised {
	int listen_fd, notify_fd, lock_fd;
	char notify[128];  /* the path of notify_fd */
	bool is_activated; /* listen_fd was handed over: its path is not ours */
};
/* As run_dir_open(). A daemon that it has not started stays out of the folder from then on; one
 * that a supervisor has left that died is ended. */
int run_dir_supervise(const struct options *o, struct run_dir_supervised *out);
void run_dir_unsupervise(const struct options *o, struct run_dir_supervised *s);

#endif
