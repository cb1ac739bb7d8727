// SPDX-License-Identifier: MIT
/* tsp_tones.h - the TSPI entries of digits, tones and media control. They are the same for every
 * provider whose sound is an MSP's; what differs is in these hooks, which the provider defines. */
#ifndef KIT_TSP_TONES_H
#define KIT_TSP_TONES_H

#include "generate.h"
#include "listen.h"

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
	struct generations *(*generations)(struct call *c);
	struct listening *(*listening)(struct call *c);
	void (*info_changed)(const struct call *c, DWORD what); /* LINECALLINFOSTATE_ */
	/* What the calls of an open line have that have none of their own; NULL: no such line. */
	struct control **(*line_control)(HDRVLINE line);
	void (*line_changed)(HDRVLINE line);
};

extern const struct tones_tsp tones_tsp;

/* What they can do, as capabilities of a line. */
void tones_fill_caps(LINEDEVCAPS *out);

#endif
