/* SPDX-License-Identifier: MIT */
/* centre.h - what acd.c, agent.c and supervisor.c share: one group with one queue, and how an
 * application waits for a reply. */
#ifndef CENTRE_H
#define CENTRE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tapi.h>
#include <tapix.h>

#define SALES                                                                                      \
	{                                                                                          \
		0x9a1e5000, 0x6c3d, 0x4b11,                                                        \
		{                                                                                  \
			0x8c, 0x01, 0x52, 0x7f, 0x10, 0x02, 0x0a, 0x44                             \
		}                                                                                  \
	}
#define QUEUE   1u
#define VERSION 0x00020002u

static HLINEAPP app;
static struct tapix_reason why; /* of what failed last */

/* What to do with a message that comes while something else is waited for. */
static void on_message(const LINEMESSAGE *m);

/* What a function that has just failed says of it. */
static void fail(const char *what)
{
	tapixGetLastReason(&why);
	fprintf(stderr, "%s: %s [%s]\n", what, why.sentence, why.cause);
	exit(1);
}

static DWORD begin(const char *name)
{
	LINEINITIALIZEEXPARAMS params = { .dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT };
	DWORD devices, version = VERSION;

	if (lineInitializeEx(&app, 0, NULL, name, &devices, &version, &params))
		fail("lineInitializeEx");
	return devices;
}

/* The result of an asynchronous function: 0 or an error, of which `why` says more. */
static inline LONG reply_to(LONG id)
{
	LINEMESSAGE m;

	while (id > 0 && lineGetMessage(app, &m, 0xffffffff) == 0) {
		if (m.dwMessageID == LINE_REPLY && m.dwParam1 == (DWORD_PTR)id) {
			(void)tapixGetReplyReason(app, (DWORD)id, &why);
			return (LONG)m.dwParam2;
		}
		on_message(&m);
	}
	tapixGetLastReason(&why);
	return id;
}

#endif
