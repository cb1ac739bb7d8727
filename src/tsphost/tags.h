// SPDX-License-Identifier: MIT
/* tags.h - the numbers that a TSP gives back in LINE_GENERATE, LINE_GATHERDIGITS (dwEndToEndID) and
 * LINE_MONITORTONE (dwToneListID): made here, and mapped back to the request of the application. */
#ifndef TSPHOST_TAGS_H
#define TSPHOST_TAGS_H

#include "base/list.h"

#include <stddef.h>
#include <stdint.h>

struct call;
struct frame_header;
struct host;

enum tag_kind { TAG_GENERATE, TAG_GATHER, TAG_TONES };

struct tag {
	struct list link;
	enum tag_kind kind;
	uint32_t id;
	struct call *call;
	uint64_t session;
	uint32_t serial;
	char *digits; /* TAG_GATHER: where the TSP writes them */
	size_t size;
};

/* size: of the digits, 0 none. A tone list keeps its number for the same call and session. */
struct tag *tag_new(struct host *h, enum tag_kind kind, struct call *c,
		const struct frame_header *origin, size_t size);
void tag_free(struct tag *t);
/* NULL: answered before, cancelled, or never given. */
struct tag *tag_find(const struct host *h, enum tag_kind kind, uint64_t id);
/* The one that a call has, NULL: none. */
struct tag *tag_of_call(const struct host *h, enum tag_kind kind, const struct call *c);
void tags_forget_call(struct host *h, const struct call *c);

#endif
