// SPDX-License-Identifier: MIT
/* pair.h - two instances of the rtp MSP in one process, with a TSP between them that is this test;
 * time is virtual and moves 20 ms with each pair_step. */
#ifndef TESTS_MEDIA_PAIR_H
#define TESTS_MEDIA_PAIR_H

#include "mspi.h"

#include "media/rtpmsg.h"

#include <stdbool.h>
#include <stddef.h>

#define END_MESSAGES 64

struct end_message {
	char bytes[4096];
	size_t size;
};

struct end {
	struct msp_address *address;
	struct msp_call *call;
	struct msp_stream *capture, *render;
	unsigned int signals;
	struct end_message messages[END_MESSAGES]; /* to the TSP, oldest first */
	unsigned int message_count;
	unsigned int active, inactive, files, failed; /* events seen */
	struct msp_terminal *failed_terminal;
	DWORD last_cause;
};

struct pair {
	struct end a, b;
};

void end_open(struct end *e, DWORD media_types, DWORD flags);
void end_close(struct end *e);
/* Fetches all events. */
void end_drain(struct end *e);
void end_send(struct end *e, const char *text);
/* "TAPI-RTP/1 VERB ID" and a body taken from a message of the other end. */
void end_send_sdp(struct end *e, const char *verb, int id, const struct end_message *from);
/* Takes the oldest message out; fails the test if there is none, or it is not of this verb. */
struct end_message end_expect(struct end *e, enum rtpmsg_verb verb);
/* Asks for the figures: one of them; whether SRTP is on. */
unsigned long end_figure(struct end *of, const char *name);
bool end_is_secure(struct end *of);
/* The value of a header of a message, or "". */
const char *message_header(const struct end_message *m, const char *name);
/* The n-th a=crypto line of a message, without its end; three more calls leave it as it is. */
const char *message_crypto(const struct end_message *m, int n);

/* Two calls, nothing agreed. */
void pair_open(struct pair *p);
/* offer?, offer, answer: both AGREED. */
void pair_connect(struct pair *p);
void pair_step(struct pair *p, unsigned int ticks);
/* Steps until both directions of both ends are active. */
void pair_flow(struct pair *p);
void pair_close(struct pair *p);

/* A terminal of this class, selected. */
struct msp_terminal *end_terminal(struct end *e, const GUID *clsid, DWORD direction);
const void *terminal_interface(struct msp_terminal *t, const GUID *iid);
const void *stream_interface(struct msp_stream *s, const GUID *iid);
unsigned int open_descriptors(void);

#endif
