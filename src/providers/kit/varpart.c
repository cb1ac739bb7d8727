// SPDX-License-Identifier: MIT
/* varpart.c - writing of flat structures. */
#include "varpart.h"

#include <string.h>

LONG varpart_begin(struct varpart *v, void *structure, size_t fixed)
{
	DWORD total;

	memcpy(&total, structure, sizeof(total));
	if (total < fixed)
		return LINEERR_STRUCTURETOOSMALL;
	memset((char *)structure + sizeof(total), 0, fixed - sizeof(total));
	*v = (struct varpart){ structure, total, (DWORD)fixed, (DWORD)fixed };
	return 0;
}

void varpart_add(struct varpart *v, DWORD *size, DWORD *offset, const void *p, size_t count)
{
	if (count == 0)
		return;
	v->needed += (DWORD)count;
	if (count > v->total - v->used)
		return;
	memcpy(v->base + v->used, p, count);
	*size = (DWORD)count;
	*offset = v->used;
	v->used += (DWORD)count;
}

void varpart_add_list(struct varpart *v, DWORD *size, DWORD *offset, const void *p, size_t count,
		size_t total)
{
	v->needed += (DWORD)total;
	if (count == 0 || total > v->total - v->used)
		return;
	memcpy(v->base + v->used, p, count);
	*size = (DWORD)count;
	*offset = v->used;
	v->used += (DWORD)count;
}

void varpart_put(struct varpart *v, const void *p, size_t count)
{
	memcpy(v->base + v->used, p, count);
	v->used += (DWORD)count;
}

void varpart_add_text(struct varpart *v, DWORD *size, DWORD *offset, const char *text)
{
	varpart_add(v, size, offset, text, strlen(text) + 1);
}

LONG varpart_end(const struct varpart *v)
{
	memcpy(v->base + sizeof(DWORD), &v->needed, sizeof(v->needed));
	memcpy(v->base + 2 * sizeof(DWORD), &v->used, sizeof(v->used));
	return 0;
}
