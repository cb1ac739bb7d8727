// SPDX-License-Identifier: MIT
/* control.h - lineSetMediaControl: what is to happen to the sound of a call by itself. The MSP gets
 * digits, tones and media as rules; call states are acted on here. */
#ifndef KIT_CONTROL_H
#define KIT_CONTROL_H

#include "media_ops.h"

#define CONTROL_DIGITS_MAX 32
#define CONTROL_MEDIA_MAX  4
#define CONTROL_TONES_MAX  8
#define CONTROL_STATES_MAX 16

/* The arguments of TSPI_lineSetMediaControl, as they came; lists that are NULL have no entries. */
struct control_lists {
	const LINEMEDIACONTROLDIGIT *digits;
	DWORD digit_count;
	const LINEMEDIACONTROLMEDIA *media;
	DWORD media_count;
	const LINEMEDIACONTROLTONE *tones;
	DWORD tone_count;
	const LINEMEDIACONTROLCALLSTATE *states;
	DWORD state_count;
};

struct control {          /* one set */
	uint32_t version; /* unique; 0: nothing is controlled */
	LINEMEDIACONTROLDIGIT digits[CONTROL_DIGITS_MAX];
	LINEMEDIACONTROLMEDIA media[CONTROL_MEDIA_MAX];
	LINEMEDIACONTROLTONE tones[CONTROL_TONES_MAX];
	LINEMEDIACONTROLCALLSTATE states[CONTROL_STATES_MAX];
	DWORD digit_count, media_count, tone_count, state_count;
};

/* 0 or which list is wrong. */
LONG control_check(const struct media_ops *ops, const struct control_lists *lists);
/* *set becomes a new one, NULL if all lists are empty; the old one is freed. 0 or LINEERR_NOMEM. */
LONG control_replace(struct control **set, const struct control_lists *lists);
/* The body of `controls`. Returns its size, at most CONTROL_BODY_MAX. NULL: nothing. */
enum { CONTROL_BODY_MAX = 6144 };
size_t control_write(const struct control *set, char *out);
/* The word for the action of this LINECALLSTATE_, or NULL. */
const char *control_of_state(const struct control *set, DWORD state);

#endif
