// SPDX-License-Identifier: MIT
/* pending.c - COMPLETIONs become LINE_REPLY: out-arguments are written and handles become valid at
 * the moment the application is told, not before. */
#include "libtapi/pending.h"

#include "base/mem.h"

#include <string.h>

struct pending *pending_find(struct app *a, uint32_t serial)
{
	list_for(pos, &a->pendings) {
		struct pending *p = list_entry(pos, struct pending, link);

		if (p->serial == serial)
			return p;
	}
	return NULL;
}

static void free_pending(struct pending *p)
{
	list_remove(&p->link);
	mem_free(p);
}

void pendings_forget(struct app *a, const struct line *l)
{
	list_for_safe(pos, &a->pendings) {
		struct pending *p = list_entry(pos, struct pending, link);

		if (p->outs.line == l)
			free_pending(p);
	}
}

void pendings_silence(struct app *a, uint64_t call)
{
	list_for(pos, &a->pendings) {
		struct pending *p = list_entry(pos, struct pending, link);

		p->silent = p->silent || p->call == call;
	}
}

void pendings_clear(struct app *a)
{
	while (!list_empty(&a->pendings))
		free_pending(list_entry(a->pendings.next, struct pending, link));
}

void gathers_clear(struct call *c)
{
	while (!list_empty(&c->gathers)) {
		struct gather *g = list_entry(c->gathers.next, struct gather, link);

		list_remove(&g->link);
		mem_free(g);
	}
}

void gathers_disown(struct app *a, const char *buffer)
{
	const struct call *c;
	size_t cursor = 0;

	app_lock(a);
	while ((c = map_next(&a->calls, &cursor)))
		list_for(pos, &c->gathers) {
			struct gather *g = list_entry(pos, struct gather, link);

			if (g->buffer == buffer)
				g->buffer = NULL;
		}
	app_unlock(a);
}

void pending_settle(struct app *a, const struct pending *p, bool valid)
{
	for (unsigned n = 0; n < p->made.count; n++) {
		struct call *c = map_find(&a->calls, p->made.id[n]);

		if (c && c->pending && valid)
			c->pending = false;
		else if (c && c->pending)
			call_free(c);
	}
}

static void keep_reason(struct app *a, uint32_t serial, const struct tapix_reason *r)
{
	struct kept_reason *k = &a->replies[a->reply_count++ % REPLIES_KEPT];

	k->key = serial;
	k->reason = *r;
}

static LONG succeed(struct app *a, struct pending *p, const struct item *i,
		struct tapix_reason *reason)
{
	const ProtobufCMessage *reply;
	struct arena arena;
	LONG result = LINEERR_OPERATIONFAILED;

	arena_init(&arena, MESSAGE_MAX);
	reply = arena_unpack(&arena, p->outs.rule->reply, i->data, i->size);
	if (reply)
		result = answer_fill(a, &p->outs, reply, ANSWER_COMPLETION, NULL, &p->made);
	arena_fini(&arena);
	if (result)
		reason_set(reason, TAPIX_LAYER_CLIENT, "answer",
				"the answer does not fit what the application asked with");
	return result;
}

static LONG say_why(const struct item *i, struct tapix_reason *reason)
{
	LONG result = i->result < 0 ? i->result : LINEERR_OPERATIONFAILED;
	struct arena arena;
	const Failure *f = NULL;

	if (i->reason) {
		*reason = *i->reason;
		return result;
	}
	arena_init(&arena, MESSAGE_MAX);
	if (i->flags & FLAG_FAILURE)
		f = (const Failure *)arena_unpack(&arena, &failure__descriptor, i->data, i->size);
	reason_from(reason, f, result);
	arena_fini(&arena);
	return result;
}

int completion_translate(struct app *a, struct item *i, struct message *out)
{
	struct pending *p = pending_find(a, i->serial);
	struct tapix_reason reason;
	LONG result;

	memset(out, 0, sizeof(*out));
	out->item = i;
	if (!p)
		return 0; /* its line was closed */
	if (p->silent) {
		pending_settle(a, p, i->result == 0);
		free_pending(p);
		return 0;
	}
	result = i->result == 0 ? succeed(a, p, i, &reason) : say_why(i, &reason);
	if (result)
		keep_reason(a, i->serial, &reason);
	pending_settle(a, p, result == 0);
	out->m.dwMessageID = a->phone ? PHONE_REPLY : LINE_REPLY;
	out->m.dwCallbackInstance = p->instance;
	out->m.dwParam1 = i->serial;
	out->m.dwParam2 = (DWORD)(a->phone ? phone_error(result) : result);
	if (p->outs.line)
		out->device = p->outs.line->device;
	out->call = p->made.count ? p->made.id[0] : p->call;
	if (!result)
		memcpy(out->made, p->made.id, p->made.count * sizeof(out->made[0]));
	free_pending(p);
	return 1;
}
