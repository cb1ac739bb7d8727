// SPDX-License-Identifier: MIT
/* puppet.h - what an application orders a provider to do, by lineDevSpecific: what no switch does
 * when asked. */
#ifndef CONFORMANCE_PUPPET_H
#define CONFORMANCE_PUPPET_H

#include <tapi.h>

enum puppet_what {
	PUPPET_EVENT, /* `msg` with p1 to p3, about the call if one is given, else about the line */
	PUPPET_RING,  /* LINE_NEWCALL, then LINE_CALLSTATE p1 to p3 */
	PUPPET_EARLY, /* the next lineMakeCall: p1 states, then the completion, then the return */
	PUPPET_TWICE, /* the next lineMakeCall completes twice */
	PUPPET_FAIL,  /* the next lineMakeCall completes with p1 */
	PUPPET_KEEP,  /* the next request on a call stays open; closing completes it */
	PUPPET_BRIDGE, /* p1: drop and hold make calls INACTIVE */
	PUPPET_WAIT,   /* the next order waits, open, until one more has come */
	PUPPET_COUNT, /* p1 becomes how often a call was closed, p2 dropped, p3 how many calls there
			 are */
};

/* The buffer of lineDevSpecific; it comes back. */
struct puppet_order {
	DWORD what, msg, p1, p2, p3;
};

#endif
