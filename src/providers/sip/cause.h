// SPDX-License-Identifier: MIT
/* cause.h - what a response, a timeout or a Reason header means for a call, and the way back. One
 * table; tapi-sip(7) has it for people. */
#ifndef SIP_CAUSE_H
#define SIP_CAUSE_H

#include "providers/kit/why.h"

#include <stdbool.h>
#include <stddef.h>
#include <tspi.h>

enum cause_end {
	CAUSE_DISCONNECTED, /* why.mode is a LINEDISCONNECTMODE_ */
	CAUSE_BUSY          /* why.mode is a LINEBUSYMODE_ */
};

/* A call that we made was refused. */
struct cause_facts {
	int status;         /* of the response */
	const char *phrase; /* may be NULL */
	const char *reason; /* the value of its Reason header (RFC 3326), or NULL */
	bool is_local;      /* no peer said so: a timeout, or it could not be sent */
	const char *server; /* who was not reached then, for people; NULL: the peer */
	const char *tls;    /* what was wrong with the TLS connection to it, "" or NULL: nothing */
	bool was_ringing;   /* 180 came before */
	bool has_secret;    /* for 401 and 407: there was something to answer with */
};

enum cause_end cause_of_refusal(const struct cause_facts *facts, struct why *why);

/* The far side hung up (BYE), or gave up before we answered (CANCEL); `reason` as above. */
void cause_of_bye(const char *reason, struct why *why);
void cause_of_cancel(const char *reason, struct why *why);

/* A Reason header's value for a BYE or CANCEL of ours: `Q.850;cause=19;text="..."`, if that is what
 * the cause says ("Q.850 19"). False: nothing to say. `why` may be NULL. */
bool cause_write_reason(const struct why *why, char *out, size_t size);

/* A row of the table, for tests and for the manual. */
struct cause_row {
	int first, last; /* statuses */
	enum cause_end end;
	DWORD mode;
	bool is_vague; /* a Q.850 cause in the Reason header knows better */
	const char *sentence;
};
const struct cause_row *cause_rows(size_t *count);

#endif
