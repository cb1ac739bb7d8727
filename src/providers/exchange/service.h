// SPDX-License-Identifier: MIT
/* service.h - what applications may ask of one call besides making and answering it: in which state
 * each of these services is possible, and what a half keeps of them. */
#ifndef EXCHANGE_SERVICE_H
#define EXCHANGE_SERVICE_H

#include "base/list.h"
#include "providers/kit/timer.h"

#include <stdbool.h>
#include <tspi.h>

struct call;
struct extension;

#define CALL_DATA_MAX     4096u
#define FLOWSPEC_SIZE     32u /* eight numbers, the first one a rate in bytes a second */
#define FLOWSPEC_SIZE_MAX 1024u

struct blob {
	void *bytes;
	DWORD size;
};

/* A copy takes the place of what was there; false: out of memory, and nothing has changed. */
bool blob_set(struct blob *b, const void *bytes, DWORD size);
void blob_fini(struct blob *b);

#define PARKING_DIGITS 80

/* Where a party is parked, and who is to be reminded. */
struct parking {
	char at[PARKING_DIGITS + 1]; /* "": it is not */
	struct extension *by;
	struct timer timer;
	struct list link; /* exchange.parked */
};

/* lineMakeCall with LINECALLPARAMFLAGS_PREDICTIVEDIAL: where the call goes in these states. */
#define PREDICTIVE_STATES LINECALLSTATE_CONNECTED

struct predictive {
	DWORD states; /* LINECALLSTATE_, 0: none */
	char target[PARKING_DIGITS + 1];
	struct timer timer;
};

struct services {
	struct blob data; /* lineSetCallData, the same in both halves */
	struct blob sending_flowspec, receiving_flowspec;
	DWORD treatment;  /* LINECALLTREATMENT_, what the other side hears while it waits */
	DWORD hears;      /* of the other side's: what our MSP plays now, 0: the call */
	bool is_secure;   /* no other call may disturb this one */
	bool is_intruded; /* it is mixed with one that has broken in */
	DWORD units;      /* charged so far */
	struct timer charging;
	struct parking parking;
	struct predictive predictive;
};

void services_init(struct services *s);
void services_fini(struct services *s);
/* LINECALLFEATURE_ that the state allows and other things do not. */
DWORD service_impossible(const struct call *c);
/* Both sides talk. */
void service_connected(struct call *c);
/* The call ends. */
void service_ended(struct call *c);
/* It is in another state. */
void service_stepped(struct call *c);

/* LINECALLFEATURE_ of services in this state, but for those that are impossible for another reason;
 * *features2: LINECALLFEATURE2_ likewise. */
DWORD service_features(const struct call *c, DWORD impossible, DWORD *features2);
DWORD service_possible_features(DWORD *features2);
/* 0, or INVALCALLSTATE: "a call in state X cannot be WHAT". */
LONG service_check(const struct call *c, DWORD feature, const char *what);

/* What one half has of the call is given to a half that becomes its partner. */
void service_joined(struct call *a, struct call *b);
/* Their parts of LINECALLINFO. */
struct varpart;
void service_info(const struct call *c, LINECALLINFO *out, struct varpart *v);

/* params.c */

/* 0, or why the exchange cannot carry this; 0 in `bearer` and rates means the usual. */
LONG params_check(DWORD bearer, DWORD min_rate, DWORD max_rate);
LONG params_check_data(const struct blob *data);
LONG params_check_flowspec(const struct blob *spec);
/* The highest rate that both the application and the exchange can do; 0: no limit. */
DWORD params_rate(DWORD max_rate);
LONG params_set(struct call *c, DRV_REQUESTID id, DWORD bearer, DWORD min_rate, DWORD max_rate);
LONG params_secure(struct call *c, DRV_REQUESTID id);
LONG params_set_data(struct call *c, DRV_REQUESTID id, const struct blob *data);
LONG params_set_qos(struct call *c, DRV_REQUESTID id, const struct blob *sending,
		const struct blob *receiving);

/* treatment.c */

LONG treatment_set(struct call *c, DRV_REQUESTID id, DWORD treatment);
/* Its state has changed, or an MSP has joined the other side: that side hears what it should. */
void treatment_update(struct call *c, bool again);
/* This side hears it, 0: no more. */
void treatment_play(struct call *c, DWORD treatment);
/* The list for LINEADDRESSCAPS. */
void treatment_list(LINEADDRESSCAPS *out, struct varpart *v);

#endif
