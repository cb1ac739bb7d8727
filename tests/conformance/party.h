// SPDX-License-Identifier: MIT
/* party.h - for tests of hold, transfer and conference: steps inside of an application (for
 * app_do), and worlds in which applications talk, consult and confer. */
#ifndef CONFORMANCE_PARTY_H
#define CONFORMANCE_PARTY_H

#include "app.h"

/* What steps inside of one application hand on. */
struct party_calls {
	HCALL first, consult, conference;
	char number[16];
};

/* Runs a step whose argument is one call. */
#define PARTY(app, fn, call)                                                                       \
	do {                                                                                       \
		HCALL call_ = (call);                                                              \
		app_do(app, fn, &call_, sizeof(call_));                                            \
	} while (0)

/* With a call (HCALL): */
void party_hold(void *arg);
void party_unhold(void *arg);
void party_drop(void *arg);
void party_is_held(void *arg);   /* by the other side: CONNECTED, ACTIVEHELD comes */
void party_is_active(void *arg); /* CONNECTED, ACTIVE comes */
void party_stays(void *arg);     /* no state comes */
void party_answers(void *arg);   /* the next call; it is written there */

/* With struct party_calls: */
void party_sets_up_transfer(void *arg); /* of first; consult calls number */
void party_consult_connected(void *arg);
void party_completes(void *arg);
void party_sets_up_conference(void *arg);
void party_prepares(void *arg);
void party_adds(void *arg);

/* Extensions 101 (a), 102 (b) and 103 (d). */
struct parties {
	struct app *a, *b, *d;
	struct connected first;
	HCALL third; /* of d */
	struct party_calls calls;
};

/* a talks to b and consults d, which answers or not. */
struct parties party_consult(struct world *w, bool is_answered);
/* a has b and d in a conference. */
struct parties party_confer(struct world *w);

#endif
