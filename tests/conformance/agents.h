// SPDX-License-Identifier: MIT
/* agents.h - what the tests of agents share: a proxy, and agents that ask it. */
#ifndef CONFORMANCE_AGENTS_H
#define CONFORMANCE_AGENTS_H

#include "app.h"

extern const GUID sales;

/* A program that serves all twenty kinds of requests on line 0. */
struct app *proxy_start(struct world *w, const char *name);
/* Inside: opens line 0 to serve these types; 0 or the error. */
LONG open_proxy(const DWORD *types, DWORD count);
/* Inside the proxy: the next request, which must be of this type. */
LINEPROXYREQUEST *next_request(DWORD type);
void answer(LINEPROXYREQUEST *r, LONG result);
/* Inside: has line 0 open and asks; what it returned. */
void agent_opens(void *unused);

/* One request: `ask` runs in an agent, which waits for its reply; `serve` in the proxy. */
void asked_and_served(struct world *w, void (*ask)(void *), void (*serve)(void *));
/* Appends text to a variable part of a structure that ends at `used`: its offset. */
DWORD put_text(void *structure, DWORD *used, const char *text);
#define put_part(structure, member, text)                                                          \
	((structure)->member##Offset = put_text((structure), &(structure)->dwUsedSize, (text)),    \
			(structure)->member##Size = (DWORD)sizeof(text))

#endif
