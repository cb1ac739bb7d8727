// SPDX-License-Identifier: MIT
/* uui.c - limits, the queue of what has arrived, and the two requests. */
#include "uui.h"

#include "call.h"
#include "connection.h"
#include "exchange.h"

#include "base/mem.h"

#include <string.h>

void uui_fini(struct uui_queue *q)
{
	for (size_t i = 0; i < q->count; i++)
		mem_free(q->items[i].bytes);
	q->count = 0;
}

LONG uui_check(const void *bytes, DWORD size)
{
	if (!bytes || size <= exchange.config.uui_size)
		return 0;
	return exchange_fail(LINEERR_USERUSERINFOTOOBIG, "user-user information",
			"%u bytes were given, the exchange takes %u", (unsigned)size,
			(unsigned)exchange.config.uui_size);
}

void uui_deliver(struct call *to, const void *bytes, DWORD size)
{
	struct uui *u;

	if (!to || !bytes || size == 0 || to->uui.count == UUI_QUEUE_MAX)
		return;
	u = &to->uui.items[to->uui.count];
	u->bytes = mem_dup(bytes, size);
	if (!u->bytes)
		return;
	u->size = size;
	if (to->uui.count++ == 0 && to->state != CALL_STATE_NEW)
		call_info_changed(to, LINECALLINFOSTATE_USERUSERINFO);
}

LONG uui_send(struct call *c, DRV_REQUESTID id, const void *bytes, DWORD size)
{
	struct call *peer = connection_peer(c);
	LONG err;

	if (!(call_features(c) & LINECALLFEATURE_SENDUSERUSER))
		return exchange_fail(LINEERR_INVALCALLSTATE, "call state",
				"user-user information cannot be sent in state %s",
				call_state_name(c->state));
	err = uui_check(bytes, size);
	if (err)
		return err;
	if (peer && peer->uui.count == UUI_QUEUE_MAX)
		return exchange_fail(LINEERR_RESOURCEUNAVAIL, "user-user information",
				"the other side has not released the last %d ones", UUI_QUEUE_MAX);
	outbox_complete(&exchange.outbox, id, 0, NULL);
	uui_deliver(peer, bytes, size);
	return (LONG)id;
}

LONG uui_release(struct call *c, DRV_REQUESTID id)
{
	outbox_complete(&exchange.outbox, id, 0, NULL);
	if (c->uui.count == 0)
		return (LONG)id;
	mem_free(c->uui.items[0].bytes);
	c->uui.count--;
	memmove(&c->uui.items[0], &c->uui.items[1], c->uui.count * sizeof(c->uui.items[0]));
	call_info_changed(c, LINECALLINFOSTATE_USERUSERINFO);
	return (LONG)id;
}
