// SPDX-License-Identifier: MIT
/* fuzz_uri.c - any bytes as a link that a browser hands over: an address without control characters
 * that fits, or a reason. */
#include "lines.h"
#include "tapidial/uri.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROOM = 81 };

static void check(const char *uri, size_t room)
{
	char *out = malloc(room);
	const char *why;

	assert(out);
	why = uri_to_address(uri, out, room);
	assert(memchr(out, '\0', room));
	assert(why ? *why : *out);
	for (const char *c = out; *c && !why; c++)
		assert(!iscntrl((unsigned char)*c));
	free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *uri = lines_text(data, size);

	check(uri, ROOM);
	check(uri, 1 + size % ROOM);
	free(uri);
	return 0;
}
