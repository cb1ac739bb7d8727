// SPDX-License-Identifier: MIT
/* owners.h - up to four applications that have line 0 open: hand-off, privileges, priorities. */
#ifndef TESTS_CORE_OWNERS_H
#define TESTS_CORE_OWNERS_H

#include "world.h"

#define FAX     LINEMEDIAMODE_G3FAX
#define UNKNOWN LINEMEDIAMODE_UNKNOWN

enum { OWNERS_APPS = 4 };

struct owners {
	struct world w;
	struct mock *host, *app[OWNERS_APPS];
	uint32_t open[OWNERS_APPS];
};

void owners_set_up(struct owners *f);
void owners_add_app(struct owners *f, unsigned n, const char *name, uint32_t privileges,
		uint32_t media_modes);
/* All of them owners for voice. */
void owners_add_all(struct owners *f, unsigned count);
int32_t owners_hand_off(const struct owners *f, unsigned n, uint64_t call, const char *name,
		uint32_t mode);
int32_t owners_set_privilege(const struct owners *f, unsigned n, uint64_t call, uint32_t privilege);
const LineCallInfo *owners_info(const struct owners *f, unsigned n, uint64_t call);
uint32_t owners_privilege_of(const struct owners *f, unsigned n, uint64_t call);
int32_t owners_set_priority(struct mock *app, const char *name, uint32_t mode, uint32_t priority);
uint32_t owners_get_priority(struct mock *app, const char *name, uint32_t mode);

#endif
