// SPDX-License-Identifier: MIT
/* run_dir.h - the daemon's place in the file system: a private folder for its hosts, locks,
 * sockets. */
#ifndef TAPISRVD_RUN_DIR_H
#define TAPISRVD_RUN_DIR_H

struct core;

/* Makes and checks the folders, takes core.lock. 0; -EAGAIN: another core runs; -errno; logged. */
int run_dir_open(struct core *core);
/* Removes the client socket; the lock goes with the process. */
void run_dir_close(struct core *core);

#endif
