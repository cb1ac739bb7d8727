// SPDX-License-Identifier: MIT
/* figures.h - the answer of TSPI_lineGetCallMedia, out of what the MSP says of its session; and the
 * requests that wait for it. No lock of its own. */
#ifndef KIT_FIGURES_H
#define KIT_FIGURES_H

#include "why.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tspi.h>

struct outbox;
struct rtpmsg;

enum { FIGURES_MAX = 8 };

/* Requests at one MSP; all-zero: none. */
struct figures {
	struct {
		uint32_t id; /* of our `figures?` */
		DRV_REQUESTID request;
		LPVARSTRING out;
	} waiting[FIGURES_MAX];
	size_t count;
};

/* The headers of the message as lines `Name: value`. 0, also if only the size fits, or
 * LINEERR_STRUCTURETOOSMALL. */
LONG figures_write(const struct rtpmsg *m, LPVARSTRING out);

/* `figures?` with this id has been sent. false: too many wait. */
bool figures_asked(struct figures *f, uint32_t id, DRV_REQUESTID request, LPVARSTRING out);
/* `figures` or `error` has come; completes the request, if that id was one. */
void figures_answered(struct figures *f, struct outbox *o, const struct rtpmsg *m);
/* Nobody will answer any more. `why` may be NULL. */
void figures_give_up(struct figures *f, struct outbox *o, const struct why *why);

#endif
