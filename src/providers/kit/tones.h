// SPDX-License-Identifier: MIT
/* tones.h - lineMonitorTones: lists by dwToneListID, one for each application, that the MSP knows
 * as one list of numbers. */
#ifndef KIT_TONES_H
#define KIT_TONES_H

#include "media_ops.h"

#include "base/list.h"

#define TONES_LIST_MAX    16 /* entries of a list */
#define TONES_ALL_MAX     64 /* of all lists of a call */
#define TONES_FREQUENCIES 3

struct tones {
	struct list lists;    /* struct tone_list */
	uint32_t last_number; /* given to an entry */
	uint32_t version;     /* counts changes; 0: there never was a tone */
	DWORD count;          /* of all entries */
};

void tones_init(struct tones *t);
void tones_fini(struct tones *t);
/* The list of this id is that from now on, NULL or none takes it away. 0 or why not. */
LONG tones_set(struct tones *t, const struct media_ops *ops, DWORD id, const LINEMONITORTONE *tones,
		DWORD count);
/* The body of `tones`. Returns its size, at most TONES_BODY_MAX. */
enum { TONES_BODY_MAX = TONES_ALL_MAX * 48 };
size_t tones_write(const struct tones *t, char *out);
/* The MSP has heard the tone of this number. */
void tones_heard(const struct tones *t, const struct media_ops *ops, const struct call *c,
		uint32_t number, DWORD tick);

/* For other lists of tones. Frequencies that are 0 are not used. */
bool tone_is_valid(DWORD duration_ms, const DWORD hz[TONES_FREQUENCIES]);
/* " 350 440" behind what is there. */
size_t tone_write_frequencies(char *out, size_t size, const DWORD hz[TONES_FREQUENCIES]);

#endif
