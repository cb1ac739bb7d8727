// SPDX-License-Identifier: MIT
/* priority.h - which application comes first, as the user has set it: one list for each user and
 * media mode (0: requests of assisted telephony). It outlives the daemon. */
#ifndef TAPISRVD_PRIORITY_H
#define TAPISRVD_PRIORITY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct core;
struct open;
struct session;

void priority_load(struct core *core);
void priority_fini(struct core *core);
/* From 1, the top; 0: it is not in the list. */
uint32_t priority_of(const struct core *core, uid_t uid, uint32_t media_mode, const char *app);
/* To the top of the list of each media mode, or out of it. 0, or -ENOMEM: nothing has changed. */
int priority_set(struct core *core, uid_t uid, uint32_t media_modes, const char *app, bool top);
/* Who of two comes first for a call of this media mode: by the list of its own user, then who
 * opened first. b may be NULL. */
const struct open *priority_first(const struct open *a, const struct open *b, uint32_t media_mode);

#endif
