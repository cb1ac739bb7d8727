// SPDX-License-Identifier: MIT
/* asking.h - requests of our own that have no stub of one line: their application (borrowed when
 * the handle is 0), the arena of their answer, arrays of our structs from it. */
#ifndef LIBTAPI_ASKING_H
#define LIBTAPI_ASKING_H

#include "libtapi/internal.h"

#include "wire/record.h"

struct asking {
	struct app *app;
	struct arena arena;
	const ProtobufCMessage *reply;
};

/* 0: to be ended with asking_end(). */
LONG asking_begin(struct asking *q, HLINEAPP handle);
void asking_end(struct asking *q);
LONG asking_run(struct asking *q, unsigned kind, const ProtobufCMessage *request);
/* An argument is NULL. */
LONG asking_null(void);
/* The messages into the program's array of *count structs of `size` bytes. */
LONG asking_give(const struct record *r, ProtobufCMessage **from, size_t there, void *to,
		size_t size, DWORD *count);

/* All of it for a reply that is only a list of records. */
LONG asking_list(HLINEAPP handle, unsigned kind, const ProtobufCMessage *request,
		const struct record *r, void *to, size_t size, DWORD *count);

#endif
