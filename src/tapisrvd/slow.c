// SPDX-License-Identifier: MIT
/* slow.c - see slow.h. */
#include "slow.h"

#include "base/mem.h"
#include "call.h"
#include "client.h"
#include "core.h"
#include "event.h"
#include "failure.h"
#include "session.h"

#include <tapi.h>

enum {
	SLOW_BYTES = 256 * 1024, /* queued, and it counts as slow */
	CHANGES_MAX = 1024,      /* of one client; more are queued as everything else */
};

/* All that has changed about one object, for one open of it. */
struct change {
	struct list link; /* in client->changes */
	uint32_t open, count;
	uint32_t msg;
	uint64_t object, p1, p2, p3;
};

/* The parameter that holds bits; the others say whose or what. NULL: no message of that kind. */
static uint64_t *bits_of(struct change *c)
{
	switch (c->msg) {
	case LINE_CALLINFO:
	case LINE_LINEDEVSTATE:
	case PHONE_STATE:
		return &c->p1;
	case LINE_ADDRESSSTATE:
		return &c->p2;
	default:
		return NULL;
	}
}

static bool add_up(struct change *c, const struct change *news)
{
	struct change add = *news;
	uint64_t *bits = bits_of(c), *more = bits_of(&add), bit;

	if (!bits || !more)
		return false;
	bit = *more;
	*more = *bits;
	if (c->open != add.open || c->msg != add.msg || c->object != add.object ||
			c->p1 != add.p1 || c->p2 != add.p2 || c->p3 != add.p3)
		return false;
	*bits |= bit;
	c->count++;
	return true;
}

bool slow_keeps(struct client *c, uint32_t open, const Event *e)
{
	struct change news = { .open = open,
		.count = 1,
		.msg = e->msg,
		.object = e->object,
		.p1 = e->p1,
		.p2 = e->p2,
		.p3 = e->p3 };
	struct change *k;

	if ((list_empty(&c->changes) && conn_queued(&c->peer.conn) <= SLOW_BYTES) ||
			!bits_of(&news))
		return false;
	list_for(l, &c->changes)
		if (add_up(list_entry(l, struct change, link), &news))
			return true;
	k = c->change_count < CHANGES_MAX ? mem_new(struct change) : NULL;
	if (!k)
		return false;
	*k = news;
	list_append(&c->changes, &k->link);
	c->change_count++;
	return true;
}

static uint32_t drop(struct client *c, struct change *k)
{
	uint32_t count = k->count;

	list_remove(&k->link);
	c->change_count--;
	mem_free(k);
	return count;
}

/* What it concerns may be gone since. */
static bool is_held(const struct client *c, const struct change *k)
{
	const struct call *call;

	if (!session_find_open(c->session, k->open))
		return false;
	if (k->msg != LINE_CALLINFO)
		return true;
	call = call_find(c->peer.core, k->object);
	return call && held_find(c->session, call);
}

static void tell(struct client *c, const struct change *k)
{
	Event e = EVENT__INIT;

	SET(&e, msg, k->msg);
	SET_ID(&e, object, k->object);
	SET(&e, p1, k->p1);
	SET(&e, p2, k->p2);
	SET(&e, p3, k->p3);
	event_to_client(c, k->open, &e);
}

void slow_tell(struct client *c)
{
	if (list_empty(&c->changes) || conn_queued(&c->peer.conn))
		return;
	while (!list_empty(&c->changes)) {
		struct change *k = list_entry(c->changes.next, struct change, link);

		if (c->session && !c->resuming && is_held(c, k))
			tell(c, k);
		(void)drop(c, k);
	}
}

uint32_t slow_forget(struct client *c)
{
	uint32_t count = 0;

	while (!list_empty(&c->changes))
		count += drop(c, list_entry(c->changes.next, struct change, link));
	return count;
}
