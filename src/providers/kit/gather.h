// SPDX-License-Identifier: MIT
/* gather.h - lineGatherDigits: one gathering a call, into a buffer of the host's. */
#ifndef KIT_GATHER_H
#define KIT_GATHER_H

#include "media_ops.h"
#include "timer.h"

#define GATHER_TIMEOUT_MIN_MS 100u /* of the capabilities; 0: none at all */
#define GATHER_TIMEOUT_MAX_MS 600000u
#define GATHER_MODES          (LINEDIGITMODE_PULSE | LINEDIGITMODE_DTMF)
#define GATHER_TERMINATORS    16

struct gather {
	struct timer timer;
	const struct media_ops *ops;
	struct call *call;
	char *buffer; /* NULL: nothing is gathered */
	DWORD size, count;
	DWORD end_to_end, modes, inter_ms;
	char terminators[GATHER_TERMINATORS + 1];
};

struct gather_request {
	DWORD end_to_end, modes;
	char *buffer; /* NULL: only cancels */
	DWORD size;
	const char *terminators; /* NULL: none */
	DWORD first_ms, inter_ms;
};

void gather_init(struct gather *g, const struct media_ops *ops, struct call *c);
/* 0 or why not. */
LONG gather_check(const struct media_ops *ops, const struct gather_request *r);
/* What has been checked takes the place of what was; that one's end is reported. */
void gather_start(struct gather *g, const struct gather_request *r);
/* DTMF: when it goes down. */
void gather_digit(struct gather *g, char digit, DWORD mode);
/* Ends it; nothing happens if there is none. */
void gather_end(struct gather *g, DWORD why);
/* The buffer is no longer ours; nothing is reported. */
void gather_forget(struct gather *g);
DWORD gather_modes(const struct gather *g); /* 0: none is wanted */

#endif
