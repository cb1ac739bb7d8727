// SPDX-License-Identifier: MIT
/* links.h - what a call has to do with other calls: transfers and conferences. Calls name each
 * other by their handles, so that a call may go at any time. */
#ifndef SIP_LINKS_H
#define SIP_LINKS_H

#include "providers/kit/timer.h"
#include "providers/kit/why.h"

#include <stdbool.h>
#include <stdint.h>
#include <tspi.h>

struct dialog;

enum conference_task {
	CONFERENCE_TASK_NONE,
	CONFERENCE_TASK_SETUP,   /* the first party is held */
	CONFERENCE_TASK_PREPARE, /* all parties are held for a consultation */
	CONFERENCE_TASK_JOIN,    /* all are brought back and mixed */
	CONFERENCE_TASK_HOLD,
	CONFERENCE_TASK_UNHOLD
};

struct links {
	uint64_t consult;  /* the call that consults for this one */
	uint64_t original; /* the call that this one consults for */

	/* We transfer it: a REFER is under way (transfer.c). */
	DRV_REQUESTID transfer_request;
	bool is_referred;     /* the peer has accepted the REFER */
	uint64_t transfer_to; /* the other call, which goes with it */
	struct timer timer;   /* the longest that a transfer, or a task of a conference, takes */
	unsigned challenges;

	/* The dialog that waits while another one takes its place (takeover.c); NULL: none. */
	struct dialog *before;
	bool is_changing; /* the newer one is not agreed yet; `before` may be gone */
	bool is_referral; /* because its peer said so */

	/* Conferences (conference.c). A party, who joins, or who consults: */
	uint64_t conference;
	bool is_party, is_joining, was_no_consult, is_mixed;
	bool is_asked_to_hold; /* the conference waits for this hold or unhold */
	uint32_t mix_id;       /* and for the answer to this */
	/* The conference call itself: */
	bool is_conference, has_shrunk;
	enum conference_task task;
	DRV_REQUESTID task_request;
	unsigned pending; /* answers that the task waits for */
	unsigned mixing, members;
	bool has_failed;
	struct why failure;

	/* lineSwapHold: what is unheld as soon as this one is held. */
	uint64_t swap_with;
	DRV_REQUESTID swap_request;
};

#endif
