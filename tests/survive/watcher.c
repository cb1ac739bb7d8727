// SPDX-License-Identifier: MIT
/* watcher.c - the application that monitors all lines and tracks call hubs. */
#include "board.h"
#include "../conformance/app.h"

#include <string.h>

static unsigned hubs; /* that it has been told of and that are not closed */

static void begin(unsigned index)
{
	LINEINITIALIZEEXPARAMS p = { .dwTotalSize = sizeof(p),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT |
			     LINEINITIALIZEEXOPTION_CALLHUBTRACKING };

	(void)index;
	me.version = 0x00020002;
	expect_ok(lineInitializeEx(&me.app, 0, NULL, me.name, &me.lines, &me.version, &p));
	me.event = p.Handles.hEvent;
	for (DWORD device = 0; device < board->scenes * PLACES; device++)
		(void)actor_open(device, LINECALLPRIVILEGE_MONITOR);
}

static void message(const LINEMESSAGE *m)
{
	struct own *o;

	if (m->dwMessageID == LINE_APPNEWCALL) {
		o = own_new((DWORD)m->dwCallbackInstance, (unsigned)m->dwCallbackInstance / PLACES);
		o->call = (HCALL)m->dwParam2;
	} else if (m->dwMessageID == LINE_APPNEWCALLHUB) {
		hubs++;
	} else if (m->dwMessageID == LINE_CALLHUBCLOSE) {
		hubs--;
	}
}

/* Only while nothing happens: who gives back a call hears no more of a hub by it. */
static void clean(void)
{
	for (unsigned i = 0; i < OWN_MAX; i++)
		if (owns[i].used && owns[i].told & LINECALLSTATE_IDLE &&
				succeeded(lineDeallocateCall(owns[i].call)))
			own_end(&owns[i]);
}

static bool is_new(const struct seen *list, unsigned count, DWORD hub)
{
	while (count)
		if (list[--count].hub == hub)
			return false;
	return true;
}

/* By the calls that it sees: those with one dwCallID are one. */
static unsigned hubs_there_are(void)
{
	static struct seen all[DEVICES_MAX * CALLS_MAX];
	unsigned count = 0, n = 0;

	for (unsigned d = 0; d < board->scenes * PLACES; d++)
		for (unsigned i = 0; i < board->watched[d].count; i++) {
			const struct seen *s = &board->watched[d].call[i];

			if (s->state & LINECALLSTATE_IDLE)
				continue;
			n += is_new(all, count, s->hub);
			all[count++] = *s;
		}
	return n;
}

static void judge(void)
{
	struct tapix_provider list[4];
	DWORD count = 4;
	unsigned there_are = hubs_there_are();

	if (there_are != hubs)
		fprintf(stderr, "%s: %u hubs were told, there are %u\n", me.name, hubs, there_are);
	tally()->hubs_wrong += there_are != hubs;
	if (succeeded(tapixGetProviders(me.app, list, sizeof(list[0]), &count)) && count == 1)
		board->host = list[0].pid;
}

const struct part watcher_part = {
	.begin = begin,
	.message = message,
	.judge = judge,
	.clean = clean,
};
