// SPDX-License-Identifier: MIT
/* recovery.h - a core that died while a call was up; its host and its application tell the new one
 * what they know. */
#ifndef TESTS_CORE_RECOVERY_H
#define TESTS_CORE_RECOVERY_H

#include "world.h"

struct recovery {
	struct world w;
	struct mock *host, *app;
	uint32_t open;
	uint64_t call;
};

/* One call up, then a new core; the host of before is back, its snapshot is open. */
void recovery_init(struct recovery *f);
/* The same with an application of this user; with a note of the line. */
void recovery_init_of(struct recovery *f, uid_t uid);
void recovery_init_noted(struct recovery *f, LineNote *note);
/* Parts of the host's snapshot; mock_host_end_snapshot() ends it. note: NULL: none. */
void recovery_tell_line(struct recovery *f, SnapshotLine *line);
void recovery_tell(struct recovery *f, SnapshotCall *call);
void recovery_tell_call(struct recovery *f, uint64_t id, uint32_t state, CallNote *note);
void recovery_tell_request(struct recovery *f, SnapshotRequest *request);
/* Calls that a request of the application (serial 41) is making, and that request (the host's 900).
 */
void recovery_tell_making(struct recovery *f, uint32_t kind, uint64_t *made, size_t count);
/* The application connects again; what it claims, and the end of that, is the caller's. */
struct mock *recovery_come_back(struct recovery *f, uid_t uid);
/* Another one, which a core knew by this number. */
struct mock *recovery_join(struct world *w, uint64_t session, uid_t uid);
/* The core closes its connection. */
void recovery_lose(struct mock *app);
void recovery_claim_open(struct mock *app, uint32_t number, uint32_t device); /* as owner */
void recovery_claim_open_as(struct mock *app, uint32_t number, uint32_t device,
		uint32_t privileges);
void recovery_claim(struct mock *app, SnapshotHeld *held);
void recovery_claim_call(struct mock *app, uint32_t open, uint64_t call, uint32_t state);
/* It knows the hub of this number by this call; 0: none. */
void recovery_claim_call_of(struct mock *app, uint32_t open, uint64_t call, uint32_t state,
		uint32_t hub);
void recovery_claim_request(struct mock *app, uint32_t serial, uint32_t kind, bool returned);
/* What the core names as lost; NULL: it says nothing yet. */
const Resync *recovery_end(struct mock *app);

#endif
