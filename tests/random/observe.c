// SPDX-License-Identifier: MIT
/* observe.c - all that an application can see goes to the checker, and into a sum of it all. */
#include "workload.h"

#include <string.h>

enum { SETTLE_MS = 20000, STEP_MS = 500 };

static unsigned long long sum = 0xcbf29ce484222325ULL;

static void add(unsigned long long value)
{
	for (int i = 0; i < 8; i++, value >>= 8) {
		sum ^= value & 0xff;
		sum *= 0x100000001b3ULL;
	}
}

unsigned long long observed(void)
{
	return sum;
}

static void see(unsigned app, const LINEMESSAGE *m)
{
	add(app);
	add(m->dwMessageID);
	add(m->hDevice);
	add(m->dwParam1);
	if (m->dwMessageID != LINE_GENERATE && m->dwMessageID != LINE_GATHERDIGITS)
		add(m->dwParam2); /* else a time */
	checker_message(checker, app, m);
}

void observe(struct app *a)
{
	PHONEMESSAGE p;
	LINEMESSAGE m;

	while (a->alive && lineGetMessage(a->handle, &m, 0) == 0)
		see(a->number, &m);
	while (a->phones && phoneGetMessage(a->phones, &p, 0) == 0) {
		m = (LINEMESSAGE){ p.hDevice, p.dwMessageID, p.dwCallbackInstance, p.dwParam1,
			p.dwParam2, p.dwParam3 };
		see(phones_of(a), &m);
	}
}

static void look_at_calls(struct app *a)
{
	union {
		LINECALLINFO head;
		char room[8192];
	} info;
	union {
		LINECALLSTATUS head;
		char room[1024];
	} status;
	HCALL call;

	for (size_t n = 0; (call = checker_call(checker, a->number, n)) != 0; n++) {
		info.head.dwTotalSize = sizeof(info);
		status.head.dwTotalSize = sizeof(status);
		if (lineGetCallInfo(call, &info.head) || lineGetCallStatus(call, &status.head))
			machine_fail("application %u: call %#x cannot be looked at", a->number,
					call);
		checker_call_seen(checker, a->number, call, tapi_door_call(call), &info.head,
				&status.head);
	}
}

void observe_all(struct app *apps, size_t count)
{
	for (int ms = 0; ms < SETTLE_MS; ms += STEP_MS) {
		machine_advance(STEP_MS);
		for (size_t i = 0; i < count; i++)
			observe(&apps[i]);
	}
	machine_settle();
	for (size_t i = 0; i < count; i++)
		observe(&apps[i]);
	machine_freeze(true);
	checker_quiet_begin(checker);
	for (size_t i = 0; i < count; i++)
		if (apps[i].alive)
			look_at_calls(&apps[i]);
	checker_quiet_end(checker);
	machine_freeze(false);
}
