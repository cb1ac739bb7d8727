// SPDX-License-Identifier: MIT
/* hub.c - which calls belong together. dwRelatedCallID is where a call was before. */
#include "hub.h"

#include "call.h"
#include "connection.h"
#include "exchange.h"
#include "extension.h"

static void move(struct call *c, DWORD into)
{
	c->related_call_id = c->call_id;
	c->call_id = into;
	if (c->state != CALL_STATE_NEW)
		call_info_changed(c, LINECALLINFOSTATE_CALLID | LINECALLINFOSTATE_RELATEDCALLID);
}

void hub_merge(DWORD from, DWORD into)
{
	if (from == into)
		return;
	for (DWORD i = 0; i < exchange.count; i++)
		list_for(l, &exchange.extensions[i].calls) {
			struct call *c = list_entry(l, struct call, link);

			if (c->call_id == from && call_is_active(c))
				move(c, into);
		}
}

void hub_leave(struct call *c)
{
	struct call *peer = connection_peer(c);
	DWORD id = exchange_new_call_id();

	move(c, id);
	if (peer)
		move(peer, id);
}
