// SPDX-License-Identifier: MIT
/* tap.c - what all taps share. */
#include "media/tap.h"

struct media_tap *media_tap_ref(struct media_tap *t)
{
	if (t)
		atomic_fetch_add(&t->refs, 1);
	return t;
}

void media_tap_unref(struct media_tap *t)
{
	if (t && atomic_fetch_sub(&t->refs, 1) == 1)
		t->free(t);
}
