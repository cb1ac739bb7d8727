// SPDX-License-Identifier: MIT
/* client.h - an application against the mock: what the tests share. */
#ifndef TESTS_LIBTAPI_CLIENT_H
#define TESTS_LIBTAPI_CLIENT_H

#include "mock.h"

#include <check.h>
#include <stddef.h>
#include <string.h>
#include <tapi.h>
#include <tapix.h>

struct world {
	struct mock *mock;
	HLINEAPP app;
	DWORD devices, version, wanted; /* version: what lineInitializeEx answered */
	HANDLE event;
	bool pipes; /* of the mock; before world_open() */
};

enum { CALLBACKS_KEPT = 64 };
extern LINEMESSAGE callback_messages[CALLBACKS_KEPT];
extern unsigned callback_count;
void world_callback(DWORD device, DWORD message, DWORD_PTR instance, DWORD_PTR p1, DWORD_PTR p2,
		DWORD_PTR p3);

/* Attempts to come back follow each other fast; what a daemon that is away is given, no machine
 * takes that comes back. Before world_open(). */
void world_set_limits(void);
void world_open(struct world *w, DWORD mode, DWORD version);
void world_close(struct world *w);
/* Another application on the same mock is not possible; another line is. Instance 0x77. */
HLINE world_line(struct world *w);
/* The call that comes on the first line that was opened, OFFERING; id: its number, or NULL. */
HCALL world_offer(struct world *w, uint64_t *id);
/* lineGetCallInfo, into the smallest structure. */
LONG world_get_info(HCALL call);
/* What the daemon has sent so far has come: it answers in order. */
void world_await_daemon(const struct world *w);
/* That this program has open. */
int world_count_descriptors(void);
/* The next message, which must be this one. */
LINEMESSAGE world_expect(struct world *w, DWORD message);
/* Polls the descriptor and dispatches until that many callbacks have run. */
void world_dispatch_until(struct world *w, unsigned count);
/* The next request of this kind fails in its RETURN or COMPLETION. */
void world_refuse_at(struct world *w, uint16_t kind, uint16_t frame, LONG result,
		const char *cause);

#endif
