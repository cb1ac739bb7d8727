// SPDX-License-Identifier: MIT
/* tsp_tones.h - digits, tones and media control of every provider whose sound is an MSP's: the TSPI
 * entries (tsp_tones.c), and what goes between calls and MSPs (tsp_digits.c). What differs is in
 * these hooks, which the provider defines. */
#ifndef KIT_TSP_TONES_H
#define KIT_TSP_TONES_H

#include "generate.h"
#include "listen.h"

struct msp;

struct tones_tsp {
	const struct media_ops *ops;
	void (*enter)(void); /* takes the lock */
	LONG (*leave)(LONG result);
	struct call *(*find)(HDRVCALL handle);
	/* 0, or why nothing can be sent, or heard (of a LINECALLFEATURE_), now. */
	LONG (*check_send)(const struct call *c, bool tone);
	LONG (*check_listen)(const struct call *c, DWORD feature);
	/* generate_digits(), or another way. */
	LONG(*send_digits)
	(struct call *c, DWORD end_to_end, DWORD mode, const char *digits, DWORD duration_ms);
	struct msp *(*msp)(struct call *c);
	struct listening *(*listening)(struct call *c);
	/* Whose sound its MSP hears: the call itself, or the conference that it is a party of. */
	struct call *(*owner)(struct call *c);
	/* Each call whose MSP hears what c hears: c, or the parties of the conference. */
	void (*each_leg)(struct call *c, void (*act)(struct call *leg, struct call *c));
	DWORD (*reported_state)(const struct call *c);          /* LINECALLSTATE_ */
	void (*info_changed)(const struct call *c, DWORD what); /* LINECALLINFOSTATE_ */
	/* What the calls of an open line have that have none of their own; NULL: no such line. */
	struct control **(*line_control)(HDRVLINE line);
	const struct control *(*control_of_line)(const struct call *c);
	void (*line_changed)(HDRVLINE line);
};

extern const struct tones_tsp tones_tsp;

/* What they can do, as capabilities of a line. */
void tones_fill_caps(LINEDEVCAPS *out);

/* --- tsp_digits.c --- */

struct rtpmsg;

void digits_init(struct call *c);
void digits_fini(struct call *c);
/* The call has ended, and all listening with it. */
void digits_end(struct call *c);
/* Bring the MSP's detection in line with what the host wants; `again`: a new instance. */
void digits_detect(struct call *c, bool again);
/* The same for all MSPs that hear what the call hears; for media_ops.settle. */
void digits_settle(struct call *c);
/* Its state has changed, or whose party it is. */
void digits_state(struct call *c);
/* For struct msp_hooks: all that was being sent ends; it has been sent, or not; `digit`, `heard` or
 * `media` has come. */
void digits_cancel_all(struct call *c);
void digits_done(struct call *c, uint32_t id, bool complete);
void digits_heard(struct call *c, const struct rtpmsg *m);

#endif
