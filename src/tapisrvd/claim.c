// SPDX-License-Identifier: MIT
/* claim.c - claims are kept as they came, and bounded. */
#include "claim.h"

#include "base/mem.h"
#include "client.h"
#include "core.h"
#include "provider.h"
#include "session.h"

#include <string.h>

enum { CLAIMS_MAX = 2 * CALLS_MAX + 4096 /* protobuf-c reads no more in a RESYNC */ };

void claim_take(struct client *c, const struct frame *f)
{
	struct session *s = c->session;
	struct claim *claim;

	if (s->claim_count == CLAIMS_MAX || f->h.length > MESSAGE_MAX - s->claim_bytes ||
			!arena_unpack(&s->core->arena, &snapshot__descriptor, f->body,
					f->h.length)) {
		peer_doom(&c->peer, PEER_CLOSED_BY_US, "a snapshot that makes no sense");
		return;
	}
	claim = mem_alloc(sizeof(*claim) + f->h.length);
	if (!claim) {
		peer_doom(&c->peer, PEER_CLOSED_BY_US, "out of memory");
		return;
	}
	claim->size = f->h.length;
	memcpy(claim->data, f->body, f->h.length);
	list_append(&s->claims, &claim->link);
	s->claim_count++;
	s->claim_bytes += f->h.length;
}

void claims_forget(struct session *s)
{
	while (!list_empty(&s->claims)) {
		struct claim *claim = list_entry(s->claims.next, struct claim, link);

		list_remove(&claim->link);
		mem_free(claim);
	}
	s->claim_count = 0;
	s->claim_bytes = 0;
}
