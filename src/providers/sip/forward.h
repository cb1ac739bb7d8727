// SPDX-License-Identifier: MIT
/* forward.h - the forwarding of a line, kept here and answered by 302: which calls go where. */
#ifndef SIP_FORWARD_H
#define SIP_FORWARD_H

#include "parties.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tspi.h>

#define FORWARD_ENTRIES_MAX 16
#define FORWARD_ADDRESS_MAX 255
#define FORWARD_RINGS_MIN   1
#define FORWARD_RINGS_MAX   20
#define FORWARD_RINGS       4 /* where the program says 0 */
#define FORWARD_MODES                                                                              \
	(LINEFORWARDMODE_UNCOND | LINEFORWARDMODE_UNCONDSPECIFIC | LINEFORWARDMODE_BUSY |          \
			LINEFORWARDMODE_BUSYSPECIFIC | LINEFORWARDMODE_NOANSW |                    \
			LINEFORWARDMODE_NOANSWSPECIFIC | LINEFORWARDMODE_BUSYNA |                  \
			LINEFORWARDMODE_BUSYNASPECIFIC)

struct forward_entry {
	DWORD mode;                            /* one LINEFORWARDMODE_ */
	char caller[FORWARD_ADDRESS_MAX + 1];  /* of the specific modes, as it was given */
	char dest[FORWARD_ADDRESS_MAX + 1];    /* as it was given; "": do not disturb */
	char uri[2 * FORWARD_ADDRESS_MAX + 1]; /* what a 302 says; "" with dest */
};

struct forwarding {
	struct forward_entry entries[FORWARD_ENTRIES_MAX];
	size_t count;
	DWORD rings; /* before "no answer" */
};

enum forward_when { FORWARD_AT_ONCE, FORWARD_IF_BUSY, FORWARD_IF_NOT_ANSWERED };

/**
 * The whole list in place of the old one; NULL or no entries: none.
 *
 * Ownership: on an error nothing has changed, and *why is a static sentence.
 * Errors:    LINEERR_INVALADDRESS, LINEERR_INVALPARAM, as dial_read().
 */
LONG forward_set(struct forwarding *f, const LINEFORWARDLIST *list, DWORD rings, const char *domain,
		const char **why);

/* The entry for a call of this party; a specific one is preferred. NULL: none. */
const struct forward_entry *forward_find(const struct forwarding *f, enum forward_when when,
		const struct party *caller);

/* As LINEADDRESSSTATUS has them: room for `count` LINEFORWARDs and their texts at `out`, offsets
 * from the beginning of the status. Returns the bytes needed; writes nothing if room is less. */
size_t forward_write(const struct forwarding *f, void *out, size_t room, DWORD offset);

#endif
