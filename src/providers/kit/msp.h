// SPDX-License-Identifier: MIT
/* msp.h - what a TSP says to the MSP of a call and hears from it (tapi-rtp-msp(7)), as far as it is
 * the same for all TSPs: numbers and building of messages, which answer belongs to which request,
 * what is refused. No lock of its own. */
#ifndef KIT_MSP_H
#define KIT_MSP_H

#include "figures.h"
#include "generate.h"
#include "listen.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tspi.h>

struct call;
struct outbox;
struct rtpmsg;
struct rtpmsg_writer;

enum msp_state {
	MSP_STATE_NONE,  /* nothing said, or nobody there */
	MSP_STATE_ASKED, /* offer? sent */
	MSP_STATE_GIVEN, /* an offer of the other side sent */
	MSP_STATE_QUIET  /* no offer is waited for, nor an answer */
};

/* The TSP's view of the MSP of one call. */
struct msp {
	enum msp_state state;
	bool is_agreed;             /* media flows */
	uint32_t last_id, asked_id; /* our requests: the last one; the offer? or offer that waits */
	struct listen_told told;    /* what to listen for */
	struct generations generations;
	struct figures figures; /* TSPI_lineGetCallMedia that wait for it */
};

struct msp_hooks {
	struct outbox *outbox;
	struct msp *(*of)(struct call *c);
	void (*tell)(const struct call *c, const void *data, size_t size);
	/* Keeps the sentence for the host and returns the code. */
	LONG (*fail)(LONG code, const char *cause, const char *sentence);
	/* It offers: as it was asked to, or because it has joined (is_new). */
	void (*offer)(struct call *c, const struct rtpmsg *m, bool is_new);
	/* It answers the offer that it was given; the state is the TSP's to change. */
	void (*answer)(struct call *c, const struct rtpmsg *m);
	void (*error)(struct call *c, const struct rtpmsg *m, int code, const char *reason);
	void (*ok)(struct call *c, const struct rtpmsg *m);
	/* `digit`, `heard` or `media`. */
	void (*heard)(struct call *c, const struct rtpmsg *m);
	/* Digits or a tone have been sent, or not. */
	void (*done)(struct call *c, uint32_t id, bool complete);
	void (*cancel)(struct call *c); /* all that was being sent */
	/* The core has no instance for the call; `was`: what was waited for. */
	void (*absent)(struct call *c, enum msp_state was);
};

/* A new request; returns its id. Then msp_end() sends it; false: it is too long. */
uint32_t msp_begin(const struct msp_hooks *hooks, struct call *c, struct rtpmsg_writer *w,
		int verb);
/* Not a request but the reply to the MSP's own with this id. */
void msp_reply(struct rtpmsg_writer *w, int verb, uint32_t id);
bool msp_end(const struct msp_hooks *hooks, const struct call *c, struct rtpmsg_writer *w,
		const void *body, size_t size);
/* A request without headers. */
void msp_say(const struct msp_hooks *hooks, struct call *c, int verb);
void msp_refuse(const struct msp_hooks *hooks, const struct call *c, uint32_t id, int code,
		const char *reason);

/* The reply to what was asked last, in this state. */
bool msp_is_asked(const struct msp *p, enum msp_state state, const struct rtpmsg *m);
/* One buffer of an MSP, any content. Empty: there is none. */
void msp_receive(const struct msp_hooks *hooks, struct call *c, const void *data, size_t size);
/* TSPI_lineGetCallMedia: what it has counted; the completion brings it. */
LONG msp_get_figures(const struct msp_hooks *hooks, struct call *c, DRV_REQUESTID id,
		LPVARSTRING out);
/* `close`, if it has heard of the call or has offered by itself, and the end of what was running.
 */
void msp_stop(const struct msp_hooks *hooks, struct call *c, bool has_offered);

#endif
