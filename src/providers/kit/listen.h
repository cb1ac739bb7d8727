// SPDX-License-Identifier: MIT
/* listen.h - all that the host wants to hear of a call's sound: digits and media that are
 * monitored, digits that are gathered, lists of tones, and what is controlled by itself. The MSPs
 * that have the sound are told what to listen for, and what they hear comes here. A conference has
 * one of these and a leg for each of its parties. */
#ifndef KIT_LISTEN_H
#define KIT_LISTEN_H

#include "control.h"
#include "gather.h"
#include "kind.h"
#include "tones.h"

#define LISTEN_DIGIT_MODES (LINEDIGITMODE_PULSE | LINEDIGITMODE_DTMF | LINEDIGITMODE_DTMFEND)

struct rtpmsg;

struct listening {                      /* of a call */
	DWORD digit_modes, media_modes; /* monitored */
	struct gather gather;
	struct tones tones;
	struct control *control; /* NULL: that of the line */
};

struct listen_told { /* an MSP; all-zero: nothing yet */
	bool digits, pulse, media;
	uint32_t tones, control; /* versions */
};

void listen_init(struct listening *l, const struct media_ops *ops, struct call *c);
/* Nothing is reported any more. */
void listen_fini(struct listening *l);
/* The call has ended: gathering is reported, the rest ends silently. */
void listen_end(struct listening *l);

/* 0 or why not. */
LONG listen_check_digits(const struct media_ops *ops, DWORD modes);
LONG listen_check_media(const struct media_ops *ops, DWORD modes);

/* Says to the MSP that has call c what has changed since it was told; control: in force for it. */
void listen_say(const struct listening *l, const struct control *control, struct listen_told *told,
		const struct media_ops *ops, struct call *c);
/* `digit`, `heard` or `media`; c: whose listening it is. */
void listen_take(struct listening *l, const struct media_ops *ops, const struct call *c,
		const struct rtpmsg *m);
/* A digit that came another way. */
void listen_digit(struct listening *l, const struct media_ops *ops, const struct call *c,
		char digit, DWORD mode, DWORD tick);
/* `control` with the action of a call state, if there is one. */
void listen_control(const struct control *control, DWORD state, const struct media_ops *ops,
		struct call *c);

#endif
