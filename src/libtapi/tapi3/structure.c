// SPDX-License-Identifier: MIT
/* structure.c - structures of variable size, as large as what they are to hold. */
#include "libtapi/tapi3/objects.h"

#include "base/mem.h"

#include <string.h>

enum { FIRST_GUESS = 1024 };

LONG structure_obtain(LONG (*get)(const void *of, void *structure), const void *of, void **out)
{
	DWORD total = FIRST_GUESS;
	DWORD *head = NULL; /* dwTotalSize, dwNeededSize */
	LONG result;

	for (;;) {
		DWORD *bigger = mem_realloc(head, total);

		if (!bigger) {
			mem_free(head);
			return fail(LINEERR_NOMEM, "ENOMEM", "no memory for a structure");
		}
		head = bigger;
		memset(head, 0, total);
		head[0] = total;
		result = get(of, head);
		if (result || head[1] <= total)
			break;
		total = head[1];
	}
	if (result)
		mem_free(head);
	else
		*out = head;
	return result;
}

const char *structure_text(const void *structure, DWORD size, DWORD offset, DWORD *length)
{
	if (length)
		*length = size;
	return size && offset ? (const char *)structure + offset : "";
}
