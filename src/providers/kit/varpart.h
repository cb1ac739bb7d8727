// SPDX-License-Identifier: MIT
/* varpart.h - the variable parts of a flat TAPI structure: put behind the fixed part while they
 * fit, counted in dwNeededSize whether they fit or not. */
#ifndef KIT_VARPART_H
#define KIT_VARPART_H

#include <stddef.h>
#include <tspi.h>

struct varpart {
	char *base;
	DWORD total, needed, used;
};

/* Clears the fixed part except dwTotalSize. 0, or LINEERR_STRUCTURETOOSMALL. */
LONG varpart_begin(struct varpart *v, void *structure, size_t fixed);
/* TSPI: what does not fit has size and offset 0, nothing is cut. */
void varpart_add(struct varpart *v, DWORD *size, DWORD *offset, const void *p, size_t count);
/* A list whose elements point at bytes behind it: `total` is the size of both. The bytes follow by
 * varpart_put(), if *size is not 0 then. */
void varpart_add_list(struct varpart *v, DWORD *size, DWORD *offset, const void *p, size_t count,
		size_t total);
void varpart_put(struct varpart *v, const void *p, size_t count);
/* With its NUL. */
void varpart_add_text(struct varpart *v, DWORD *size, DWORD *offset, const char *text);
/* Writes dwNeededSize and dwUsedSize, the second and third members; returns 0. */
LONG varpart_end(const struct varpart *v);

#endif
