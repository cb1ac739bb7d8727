// SPDX-License-Identifier: MIT
/* false_daemon.h - a process that listens as tapisrvd does, and answers with what chance makes of
 * the schema. */
#ifndef SURVIVE_FALSE_DAEMON_H
#define SURVIVE_FALSE_DAEMON_H

#include <stdint.h>
#include <sys/types.h>

struct lies {
	unsigned answers, events, hung_up, silent;
};

/* It listens when this returns; what it has said is counted in *lies, which both share. */
pid_t false_daemon_start(const char *path, uint64_t seed, struct lies *lies);

#endif
