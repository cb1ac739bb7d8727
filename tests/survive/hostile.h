// SPDX-License-Identifier: MIT
/* hostile.h - peers that send what none should: scenarios. */
#ifndef SURVIVE_HOSTILE_H
#define SURVIVE_HOSTILE_H

#include "survive.h"

extern struct setting hostile_setting;
void hostile_prepare(void);
void hostile_client(struct world *w);

/* --- hostile_daemon.c --- */

void hostile_daemon(struct world *w);

/* --- hostile_host.c --- */

extern struct setting host_setting;
void hostile_host_prepare(void);
void hostile_host(struct world *w);

/* --- between them --- */

/* Of those who attack, if they may be another user; else NULL. */
const char *hostile_group(void);

struct process;
/* It is alive, and has no more than it had then, apart from so much memory. */
void hostile_judge_process(const char *what, pid_t pid, const struct process *then, long more_kib);
/* The first line of those who attack. */
enum { HOSTILE_DEVICE = 8 };
/* Goes to the folder of the daemon's socket, and becomes a user who may use these lines and nothing
 * else, if there may be one. */
bool hostile_become_other_user(const char *folder);

/* --- framing.c: for app_do() --- */

struct framing {
	char folder[256];
	unsigned cases, wrong;
	char first[64]; /* of the wrong ones */
};
void framing_try(void *arg);

#endif
