// SPDX-License-Identifier: MIT
/* listen.h - who comes in: applications by user and group, hosts of the daemon's own user. */
#ifndef TAPISRVD_LISTEN_H
#define TAPISRVD_LISTEN_H

struct core;

/* The descriptors of run_dir_open() go into the loop. 0 or -errno. */
int listen_start(struct core *core);
void listen_stop(struct core *core);
/* Somebody may not come in: a line of the log a second, however many there are. */
void listen_say_refused(struct core *core, const char *what, const char *why);

#endif
