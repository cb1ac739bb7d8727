// SPDX-License-Identifier: MIT
/* asking.c - see asking.h. */
#include "libtapi/asking.h"

#include <string.h>
#include <tapix.h>

LONG asking_begin(struct asking *q, HLINEAPP handle)
{
	LONG result = handle ? app_get(handle, HANDLE_LINEAPP, &q->app) : app_borrow(&q->app);

	if (!result)
		arena_init(&q->arena, MESSAGE_MAX);
	return result;
}

void asking_end(struct asking *q)
{
	arena_fini(&q->arena);
	app_give_back(q->app);
}

LONG asking_run(struct asking *q, unsigned kind, const ProtobufCMessage *request)
{
	ProtobufCMessage *reply = NULL;
	LONG result;

	app_lock(q->app);
	result = request_message(q->app, kind, 0, request, &q->arena, &reply);
	app_unlock(q->app);
	q->reply = reply;
	return result;
}

LONG asking_null(void)
{
	return fail(LINEERR_INVALPOINTER, "NULL", "an argument is NULL");
}

/* The program may have been built with a shorter or a longer struct. */
static void give(const struct record *r, const ProtobufCMessage *from, void *to, size_t size)
{
	union {
		struct tapix_location location;
		struct tapix_area_rule rule;
		struct tapix_card card;
		struct tapix_request request;
	} v;

	(void)record_from_message(r, from, &v);
	memset(to, 0, size);
	memcpy(to, &v, size < r->size ? size : r->size);
}

LONG asking_give(const struct record *r, ProtobufCMessage **from, size_t there, void *to,
		size_t size, DWORD *count)
{
	DWORD room = *count;

	*count = (DWORD)there;
	for (DWORD i = 0; i < room && i < there; i++)
		give(r, from[i], (char *)to + i * size, size);
	return there > room ? fail(LINEERR_STRUCTURETOOSMALL, "array", "there are %zu", there) : 0;
}

LONG asking_list(HLINEAPP handle, unsigned kind, const ProtobufCMessage *request,
		const struct record *r, void *to, size_t size, DWORD *count)
{
	const ProtobufCFieldDescriptor *f = &rule_find((uint16_t)kind)->reply->fields[0];
	ProtobufCMessage **list;
	struct asking q;
	size_t there;
	LONG result;

	if (!count || (*count && !to))
		return asking_null();
	result = asking_begin(&q, handle);
	if (result)
		return result;
	result = asking_run(&q, kind, request);
	if (!result) {
		memcpy(&list, (const char *)q.reply + f->offset, sizeof(list));
		memcpy(&there, (const char *)q.reply + f->quantifier_offset, sizeof(there));
		result = asking_give(r, list, there, to, size, count);
	}
	asking_end(&q);
	return result;
}
