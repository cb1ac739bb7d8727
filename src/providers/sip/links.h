// SPDX-License-Identifier: MIT
/* links.h - what a call has to do with other calls: transfers and conferences. Calls name each
 * other by their handles, so that a call may go at any time. */
#ifndef SIP_LINKS_H
#define SIP_LINKS_H

#include "providers/kit/timer.h"

#include <stdbool.h>
#include <stdint.h>
#include <tspi.h>

struct dialog;

struct links {
	uint64_t consult;  /* the call that consults for this one */
	uint64_t original; /* the call that this one consults for */

	/* We transfer it: a REFER is under way (transfer.c). */
	DRV_REQUESTID transfer_request;
	bool is_referred;     /* the peer has accepted the REFER */
	uint64_t transfer_to; /* the other call, which goes with it */
	struct timer transfer_timer;
	unsigned challenges;

	/* The dialog that waits while another one takes its place (takeover.c); NULL: none. */
	struct dialog *before;
	bool is_referral; /* because its peer said so */

	/* lineSwapHold: what is unheld as soon as this one is held. */
	uint64_t swap_with;
	DRV_REQUESTID swap_request;
};

#endif
