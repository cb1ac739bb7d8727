// SPDX-License-Identifier: MIT
/* parties.h - who calls whom: what the headers of a request or response say, as TAPI shows it.
 * Plain data without heap; any bytes may come in. */
#ifndef SIP_PARTIES_H
#define SIP_PARTIES_H

#include <stdbool.h>
#include <stddef.h>
#include <tspi.h>

#define PARTY_ADDRESS_MAX 255
#define PARTY_NAME_MAX    127

struct party {
	DWORD flags; /* LINECALLPARTYID_ */
	DWORD type;  /* LINEADDRESSTYPE_ */
	/* A number, or sip:user@host: what can be dialled to reach it; "" none. */
	char address[PARTY_ADDRESS_MAX + 1];
	char name[PARTY_NAME_MAX + 1];
};

struct parties {
	struct party caller, called, connected;
	struct party redirecting; /* who has diverted the call the last time */
	struct party redirection; /* to whom */
};

struct header {
	const char *name; /* in its long form; case does not matter */
	const char *value;
};

/* How the headers are to be understood. */
struct parties_rules {
	/* Numbers of this domain are shown without it; "": none is. */
	const char *domain;
	/* The peer is our server: what it asserts of others is believed (RFC 3325). */
	bool is_trusted;
};

/* Nothing is known: all UNAVAIL. */
void parties_init(struct parties *p);
/* A party that we know without headers; name may be NULL. */
void party_set(struct party *p, const char *address, const char *name);

/* The headers of an incoming INVITE. Returns LINECALLREASON_: DIRECT, FWDBUSY, ... */
DWORD parties_of_invite(struct parties *p, const struct header *headers, size_t count,
		const struct parties_rules *rules);
/* A response or a re-INVITE may say to whom we are connected. True: *connected has changed. */
bool parties_of_answer(struct parties *p, const struct header *headers, size_t count,
		const struct parties_rules *rules);

/* One header value: `"Bob" <sip:bob@example.net>;tag=1`. False: it cannot be read. */
bool party_read(struct party *p, const char *value, const char *domain);

#endif
