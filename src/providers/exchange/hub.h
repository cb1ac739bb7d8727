// SPDX-License-Identifier: MIT
/* hub.h - call hubs: all calls that have the same dwCallID. */
#ifndef EXCHANGE_HUB_H
#define EXCHANGE_HUB_H

#include <tspi.h>

struct call;

/* Whatever is in the hub `from` goes on in `into`. */
void hub_merge(DWORD from, DWORD into);
/* A call and its peer get a hub of their own. */
void hub_leave(struct call *c);

#endif
