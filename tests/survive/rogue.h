// SPDX-License-Identifier: MIT
/* rogue.h - what an application orders the rogue provider to do, by lineDevSpecific. */
#ifndef SURVIVE_ROGUE_H
#define SURVIVE_ROGUE_H

#include <tapi.h>

enum misdeed {
	ROGUE_CRASH,        /* SIGSEGV in the entry */
	ROGUE_CRASH_THREAD, /* in a thread of its own, when the request is completed */
	ROGUE_HANG,         /* the entry does not return */
	ROGUE_HANG_UNASKED, /* an entry that the host calls by itself does not return */
	ROGUE_HOG,          /* a thread allocates without end */
	ROGUE_TWICE,        /* completes twice, with 0 and with an error */
	ROGUE_STUTTER,      /* completes without end */
	ROGUE_NEVER,        /* does not complete */
	ROGUE_LATE,         /* completes when the call has been closed */
	ROGUE_STORM,        /* a thread raises events without end about the line and the call */
	ROGUE_NOISE,        /* the same about what there is not */
	ROGUE_CALLS,        /* calls without end, and none ends */
	ROGUE_FLOOD,        /* an entry raises events without end */
};

/* The buffer of lineDevSpecific. */
struct rogue_order {
	DWORD misdeed, ms; /* what is without end lasts so long, except of an entry */
};

#endif
