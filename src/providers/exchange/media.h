// SPDX-License-Identifier: MIT
/* media.h - what the exchange says to the MSPs of the two halves (tapi-rtp-msp(7)). It passes the
 * session descriptions on unread, and digits only as requests: it carries no media itself. */
#ifndef EXCHANGE_MEDIA_H
#define EXCHANGE_MEDIA_H

#include "providers/kit/msp.h"
#include "providers/kit/tsp_tones.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tspi.h>

struct call;
struct connection;

/* The exchange's view of the MSP of one half. */
struct leg {
	struct msp msp;
	bool is_holding;        /* told to hold */
	bool is_renewal_wanted; /* it is to offer anew when nothing else is under way */
	/* An offer of this MSP that nobody has answered yet. */
	char *offer;
	size_t offer_size;
	uint32_t offer_id;
	bool offer_is_new; /* it came unasked: an instance has joined */
	uint32_t mix_id;   /* our `mix` that waits; 0: none */
	bool is_mixed;
};

/* The caller's media: ask for an offer, if its line has an MSP at all. */
void media_start(struct call *c);
/* The called half has been answered: give it what the caller offers. */
void media_answer(struct connection *k);
/* This half hears and says nothing, or does again: at once, and then by a new agreement. */
void media_hold(struct call *c, bool hold);
/* The call's sound joins a group, or is alone again (NULL). True: conference_mixed() or
 * conference_unmixed() follows. */
bool media_mix(struct call *c, const char *group);
/* The halves get others: what was under way between them is forgotten. */
void media_part(struct connection *k);
/* They are others than before, and agree anew. */
void media_join(struct connection *k);
/* `close`, and the end of what was running. */
void media_stop(struct call *c);
void media_fini(struct call *c);
/* What its MSP has counted; the completion brings it. */
LONG media_figures(struct call *c, DRV_REQUESTID id, LPVARSTRING out);
/* One buffer of an MSP, any content. */
void media_receive(struct call *c, const void *data, size_t size);

/* digits.c */

/* Keys of the set that has the call. */
void digits_press(struct call *c, const char *digits);

/* media.c, for digits.c and treatment.c */
extern const struct msp_hooks media_msp;
struct rtpmsg_writer;
uint32_t media_begin(struct call *c, struct rtpmsg_writer *w, int verb);
bool media_end(struct call *c, struct rtpmsg_writer *w, const void *body, size_t size);

#endif
