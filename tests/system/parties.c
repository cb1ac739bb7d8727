// SPDX-License-Identifier: MIT
/* parties.c - sys-parties: an application that makes, with the mock TSP on line 0, a transfer, a
 * conference out of it, a second conference, and forwards the line. Exit 0 if all was as it should
 * be; else it says where not. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tapi.h>
#include <tapix.h>

enum { WAIT_MS = 5000 };

static HLINEAPP app;
static HLINE line;

#define CHECK(condition) check((condition), #condition, __LINE__)

static void check(int holds, const char *what, int at)
{
	struct tapix_reason why;

	if (holds)
		return;
	tapixGetLastReason(&why);
	fprintf(stderr, "sys-parties: line %d: not %s (%s)\n", at, what, why.sentence);
	exit(1);
}

static LINEMESSAGE next(DWORD message)
{
	LINEMESSAGE m = { 0 };

	do
		CHECK(lineGetMessage(app, &m, WAIT_MS) == 0);
	while (m.dwMessageID == LINE_CALLINFO && message != LINE_CALLINFO);
	CHECK(m.dwMessageID == message);
	return m;
}

/* The reply to a request, without an error. */
static void done(LONG id)
{
	LINEMESSAGE m;

	CHECK(id > 0);
	m = next(LINE_REPLY);
	CHECK(m.dwParam1 == (DWORD)id);
	CHECK(m.dwParam2 == 0);
}

static void state(HCALL call, DWORD wanted, HCALL conference)
{
	LINEMESSAGE m = next(LINE_CALLSTATE);

	CHECK(m.hDevice == call);
	CHECK(m.dwParam1 == wanted);
	CHECK(m.dwParam2 == conference);
}

static HCALL dial(void)
{
	HCALL call = 0;

	done(lineMakeCall(line, &call, "early", 0, NULL));
	state(call, LINECALLSTATE_CONNECTED, 0);
	return call;
}

static HCALL consult(HCALL call)
{
	HCALL out = 0;

	done(lineSetupTransfer(call, &out, NULL));
	state(out, LINECALLSTATE_DIALTONE, 0);
	state(call, LINECALLSTATE_ONHOLDPENDTRANSFER, 0);
	done(lineDial(out, "103", 0));
	return out;
}

static void transfer(void)
{
	HCALL call = dial(), other = consult(call);

	CHECK(lineBlindTransfer(call, "200", 0) == LINEERR_INVALCALLSTATE);
	CHECK(lineCompleteTransfer(call, call + 999, NULL, LINETRANSFERMODE_TRANSFER) ==
			LINEERR_INVALCONSULTCALLHANDLE);
	done(lineCompleteTransfer(call, other, NULL, LINETRANSFERMODE_TRANSFER));
	state(call, LINECALLSTATE_IDLE, 0);
	state(other, LINECALLSTATE_IDLE, 0);
	CHECK(lineDeallocateCall(call) == 0);
	CHECK(lineDeallocateCall(other) == 0);
}

static DWORD related(HCALL call, HCALL handles[8])
{
	union {
		LINECALLLIST list;
		char room[256];
	} out = { .list = { .dwTotalSize = sizeof(out) } };

	CHECK(lineGetConfRelatedCalls(call, &out.list) == 0);
	CHECK(out.list.dwCallsNumEntries <= 8);
	memcpy(handles, out.room + out.list.dwCallsOffset, out.list.dwCallsSize);
	return out.list.dwCallsNumEntries;
}

static void transfer_to_conference(void)
{
	HCALL call = dial(), other = consult(call), conference = 0, calls[8];

	done(lineCompleteTransfer(call, other, &conference, LINETRANSFERMODE_CONFERENCE));
	state(conference, LINECALLSTATE_CONNECTED, 0);
	state(call, LINECALLSTATE_CONFERENCED, conference);
	state(other, LINECALLSTATE_CONFERENCED, conference);
	CHECK(related(other, calls) == 3);
	CHECK(calls[0] == conference);
	done(lineRemoveFromConference(other));
	state(other, LINECALLSTATE_CONNECTED, 0);
	CHECK(related(call, calls) == 2);
	CHECK(lineGetConfRelatedCalls(other, &(LINECALLLIST){ .dwTotalSize = 24 }) ==
			LINEERR_NOCONFERENCE);
}

static void conference(HCALL call)
{
	HCALL parent = 0, party = 0, third = 0;

	done(lineSetupConference(call, call ? 0 : line, &parent, &party, 3, NULL));
	state(parent, LINECALLSTATE_ONHOLDPENDCONF, 0);
	state(party, LINECALLSTATE_DIALTONE, 0);
	if (call)
		state(call, LINECALLSTATE_CONFERENCED, parent);
	done(lineAddToConference(parent, party));
	state(party, LINECALLSTATE_CONFERENCED, parent);
	state(parent, LINECALLSTATE_CONNECTED, 0);
	done(linePrepareAddToConference(parent, &third, NULL));
	state(parent, LINECALLSTATE_ONHOLDPENDCONF, 0);
	state(third, LINECALLSTATE_DIALTONE, 0);
	done(lineAddToConference(parent, third));
	state(third, LINECALLSTATE_CONFERENCED, parent);
	state(parent, LINECALLSTATE_CONNECTED, 0);
}

static void hold(void)
{
	HCALL first = dial(), second;

	done(lineHold(first));
	state(first, LINECALLSTATE_ONHOLD, 0);
	second = dial();
	done(lineSwapHold(second, first));
	state(second, LINECALLSTATE_ONHOLD, 0);
	state(first, LINECALLSTATE_CONNECTED, 0);
	done(lineUnhold(second));
	state(second, LINECALLSTATE_CONNECTED, 0);
	CHECK(lineBlindTransfer(first, "nobody", 0) == LINEERR_INVALADDRESS);
	done(lineBlindTransfer(first, "200", 0));
	state(first, LINECALLSTATE_IDLE, 0);
}

static void forward(void)
{
	static const char address[] = "200";
	struct {
		LINEFORWARDLIST list;
		char text[8];
	} to = { .list = { .dwTotalSize = sizeof(to), .dwNumEntries = 1 } };
	union {
		LINEADDRESSSTATUS status;
		char room[512];
	} out = { .status = { .dwTotalSize = sizeof(out) } };
	LINEFORWARD got;
	HCALL none = 1;

	to.list.ForwardList[0].dwForwardMode = LINEFORWARDMODE_UNCOND;
	to.list.ForwardList[0].dwDestAddressSize = sizeof(address);
	to.list.ForwardList[0].dwDestAddressOffset = sizeof(to.list);
	memcpy(to.text, address, sizeof(address));
	CHECK(lineSetStatusMessages(line, 0, LINEADDRESSSTATE_FORWARD) == 0);
	done(lineForward(line, 0, 0, &to.list, 4, &none, NULL));
	CHECK(none == 0);
	CHECK(next(LINE_ADDRESSSTATE).dwParam2 == LINEADDRESSSTATE_FORWARD);
	CHECK(lineGetAddressStatus(line, 0, &out.status) == 0);
	CHECK(out.status.dwForwardNumEntries == 1);
	CHECK(out.status.dwNumRingsNoAnswer == 4);
	memcpy(&got, out.room + out.status.dwForwardOffset, sizeof(got));
	CHECK(got.dwForwardMode == LINEFORWARDMODE_UNCOND);
	CHECK(strcmp(out.room + got.dwDestAddressOffset, address) == 0);
	done(lineForward(line, 1, 0, NULL, 0, &none, NULL));
	CHECK(next(LINE_ADDRESSSTATE).dwParam2 == LINEADDRESSSTATE_FORWARD);
}

int main(void)
{
	LINEINITIALIZEEXPARAMS params = { .dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT };
	DWORD devices, version = 0x00030001;

	CHECK(lineInitializeEx(&app, 0, NULL, "sys-parties", &devices, &version, &params) == 0);
	CHECK(lineOpen(app, 0, &line, version, 0, 0, LINECALLPRIVILEGE_NONE, 0, NULL) == 0);
	transfer();
	transfer_to_conference();
	conference(dial());
	conference(0);
	hold();
	forward();
	CHECK(lineShutdown(app) == 0);
	printf("all as it should be\n");
	return 0;
}
