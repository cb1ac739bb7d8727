// SPDX-License-Identifier: MIT
/* claim.h - what a session that comes back says it had, until all of it is settled (resume.h). */
#ifndef TAPISRVD_CLAIM_H
#define TAPISRVD_CLAIM_H

#include "base/list.h"

#include <stdint.h>

struct client;
struct frame;
struct session;

struct claim {
	struct list link;
	size_t size;
	uint8_t data[]; /* a packed Snapshot */
};

/* A SNAPSHOT frame of a client. */
void claim_take(struct client *c, const struct frame *f);
void claims_forget(struct session *s);

#endif
