// SPDX-License-Identifier: MIT
/* uui.h - user-user information: what one half sends with a call, and the other reads one by one.
 */
#ifndef EXCHANGE_UUI_H
#define EXCHANGE_UUI_H

#include <stddef.h>
#include <tspi.h>

#define UUI_QUEUE_MAX 8

struct call;

struct uui {
	DWORD size;
	void *bytes;
};

/* The first one shows in LINECALLINFO; releasing it lets the next one show. */
struct uui_queue {
	struct uui items[UUI_QUEUE_MAX];
	size_t count;
};

void uui_fini(struct uui_queue *q);
/* 0, or why these bytes cannot be sent. */
LONG uui_check(const void *bytes, DWORD size);
/* Give them to `to` (NULL: nobody is there). What its full queue cannot take is lost; only
 * uui_send() looks first, since no call must fail for it. Nothing if there are none. */
void uui_deliver(struct call *to, const void *bytes, DWORD size);

LONG uui_send(struct call *c, DRV_REQUESTID id, const void *bytes, DWORD size);
LONG uui_release(struct call *c, DRV_REQUESTID id);

#endif
