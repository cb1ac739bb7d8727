// SPDX-License-Identifier: MIT
/* checker_call.c - what must agree while nothing happens. */
#include "books.h"

#include <string.h>

/* What a monitor may do with a call. */
#define MONITOR_FEATURES                                                                           \
	(LINECALLFEATURE_MONITORDIGITS | LINECALLFEATURE_MONITORMEDIA |                            \
			LINECALLFEATURE_MONITORTONES)

void checker_sizes(struct checker *c, const char *what, const void *structure)
{
	DWORD size[3]; /* dwTotalSize, dwNeededSize, dwUsedSize */

	memcpy(size, structure, sizeof(size));
	if (size[2] > size[1] || size[2] > size[0])
		broken(c, 0, RULE_sizes, "%s: total %u, needed %u, used %u", what, size[0], size[1],
				size[2]);
}

void checker_quiet_begin(struct checker *c)
{
	c->seen_count = 0;
	for (unsigned app = 0; app < CHECKER_APPS; app++) {
		const struct book *b = &c->apps[app];

		if (!b->alive)
			continue;
		for (size_t i = 0; i < BOOK_REQUESTS; i++)
			if (b->requests[i].id)
				broken(c, app, RULE_reply_missing, "%s, id %d", b->requests[i].what,
						b->requests[i].id);
		if (b->announced)
			broken(c, app, RULE_new_call_alone, "call %#x, then nothing", b->announced);
	}
}

void checker_call_seen(struct checker *c, unsigned app, HCALL handle, uint64_t number,
		const LINECALLINFO *info, const LINECALLSTATUS *status)
{
	const struct book_call *call = book_call(&c->apps[app], handle);
	DWORD state = status->dwCallState & 0x00ffffffu;

	if (!call)
		return;
	checker_sizes(c, "LINECALLINFO", info);
	checker_sizes(c, "LINECALLSTATUS", status);
	if (call->state && state != call->state)
		broken(c, app, RULE_state_differs, "call %#x: message %#x, status %#x", handle,
				call->state, state);
	if (status->dwCallPrivilege != call->privilege)
		broken(c, app, RULE_privilege_differs, "call %#x: given %#x, status %#x", handle,
				call->privilege, status->dwCallPrivilege);
	if (status->dwCallPrivilege == LINECALLPRIVILEGE_MONITOR &&
			(status->dwCallFeatures & ~MONITOR_FEATURES))
		broken(c, app, RULE_features, "call %#x: %#x", handle, status->dwCallFeatures);
	if (c->seen_count < BOOK_SEEN)
		c->seen[c->seen_count++] = (struct book_seen){ app, number, info->dwCallID, state,
			call->privilege, info->dwNumOwners, info->dwNumMonitors };
}

static void check_counts(struct checker *c, const struct book_seen *of)
{
	DWORD owners = 0, monitors = 0;

	for (size_t i = 0; i < c->seen_count; i++) {
		if (c->seen[i].number != of->number)
			continue;
		owners += c->seen[i].privilege == LINECALLPRIVILEGE_OWNER;
		monitors += c->seen[i].privilege == LINECALLPRIVILEGE_MONITOR;
	}
	if (owners != of->owners)
		broken(c, of->app, RULE_owners, "call %#llx: said %u, are %u",
				(unsigned long long)of->number, of->owners, owners);
	if (monitors != of->monitors)
		broken(c, of->app, RULE_monitors, "call %#llx: said %u, are %u",
				(unsigned long long)of->number, of->monitors, monitors);
}

static void check_hub(struct checker *c, const struct book_seen *of)
{
	if (of->state == LINECALLSTATE_CONNECTED && !of->id)
		broken(c, of->app, RULE_hub, "call %#llx is connected and has no call id",
				(unsigned long long)of->number);
}

void checker_quiet_end(struct checker *c)
{
	for (size_t i = 0; i < c->seen_count; i++) {
		const struct book_seen *s = &c->seen[i];

		check_hub(c, s);
		check_counts(c, s);
	}
}
