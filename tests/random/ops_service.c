// SPDX-License-Identifier: MIT
/* ops_service.c - services of one call and of a line. */
#include "workload.h"

#include <stddef.h>
#include <string.h>

#define ALERTING (LINECALLSTATE_OFFERING | LINECALLSTATE_ACCEPTED)
#define HELD                                                                                       \
	(LINECALLSTATE_ONHOLD | LINECALLSTATE_ONHOLDPENDTRANSFER | LINECALLSTATE_ONHOLDPENDCONF)

static DWORD completion; /* the last one of anybody */

static LONG op_forward(struct app *a)
{
	struct {
		LINEFORWARDLIST list;
		char to[16];
	} s;
	HCALL *consult = new_calls(a); /* written by the reply */
	HLINE line;

	memset(&s, 0, sizeof(s));
	s.list.dwTotalSize = sizeof(s);
	s.list.dwNumEntries = machine_below(3) ? 1 : 0; /* or none any more */
	s.list.ForwardList[0].dwForwardMode = 1u << machine_below(17);
	if (machine_below(4)) {
		(void)strncpy(s.to, any_number(), sizeof(s.to) - 1);
		s.list.ForwardList[0].dwDestAddressSize = (DWORD)strlen(s.to) + 1;
		s.list.ForwardList[0].dwDestAddressOffset = (DWORD)((char *)s.to - (char *)&s);
	}
	line = any_line(a);
	return asked(a, "lineForward",
			lineForward(line, 1, 0, &s.list, machine_below(4), consult, NULL));
}

static LONG op_complete(struct app *a)
{
	HCALL call = call_in(a, LINECALLSTATE_BUSY | LINECALLSTATE_RINGBACK);
	DWORD mode = 1u << machine_below(4);

	return asked(a, "lineCompleteCall",
			lineCompleteCall(call, &completion, mode, machine_below(5)));
}

static LONG op_uncomplete(struct app *a)
{
	HLINE line = any_line(a);

	return asked(a, "lineUncompleteCall",
			lineUncompleteCall(line, completion - machine_below(2)));
}

static LONG op_orbit(struct app *a)
{
	static const char *const orbits[] = { "700", "701", "702" };
	const char *orbit = orbits[machine_below(3)];
	HCALL *made = new_calls(a);

	if (machine_below(2))
		return asked(a, "linePark",
				linePark(call_in(a, LINECALLSTATE_CONNECTED), LINEPARKMODE_DIRECTED,
						orbit, NULL));
	return asked_new(a, "lineUnpark", lineUnpark(any_line(a), 0, made, orbit), made, NULL);
}

/* Few: what is secured or out of service is in the way of everybody. */
static LONG op_secure(struct app *a)
{
	return asked(a, "lineSecureCall", lineSecureCall(any_call(a)));
}

static LONG op_dev_status(struct app *a)
{
	DWORD flag = 1u << machine_below(5);
	HLINE line = any_line(a);

	return asked(a, "lineSetLineDevStatus",
			lineSetLineDevStatus(line, flag,
					flag != LINEDEVSTATUSFLAGS_LOCKED && machine_below(8)));
}

static LONG op_data(struct app *a)
{
	static char data[5000];
	HCALL call = any_call(a);

	return asked(a, "lineSetCallData",
			lineSetCallData(call, data, machine_below(sizeof(data))));
}

static LONG op_params(struct app *a)
{
	static const DWORD bearers[] = { LINEBEARERMODE_VOICE, LINEBEARERMODE_DATA,
		LINEBEARERMODE_PASSTHROUGH, LINEBEARERMODE_MULTIUSE, 0 };
	HCALL call = machine_below(3) ? any_call(a) : call_in(a, ALERTING);
	DWORD bearer = bearers[machine_below(5)];

	return asked(a, "lineSetCallParams",
			lineSetCallParams(call, bearer, 0, machine_below(70000), NULL));
}

static LONG op_treatment(struct app *a)
{
	HCALL call = call_in(a, ALERTING | HELD);

	return asked(a, "lineSetCallTreatment", lineSetCallTreatment(call, machine_below(6)));
}

static LONG op_send_uui(struct app *a)
{
	HCALL call = any_call(a);

	return asked(a, "lineSendUserUserInfo",
			lineSendUserUserInfo(call, "information", machine_below(12)));
}

static LONG op_release_uui(struct app *a)
{
	return asked(a, "lineReleaseUserUserInfo", lineReleaseUserUserInfo(any_call(a)));
}

static LONG op_rings(struct app *a)
{
	HLINE line = any_line(a);
	DWORD address = machine_below(20) == 0;

	return lineSetNumRings(line, address, machine_below(10));
}

/* Made so that it is sent on by itself when it is answered. */
static LONG op_predictive(struct app *a)
{
	struct {
		LINECALLPARAMS p;
		char target[16];
	} s;
	HCALL *made = new_calls(a);
	HLINE line = any_line(a);

	memset(&s, 0, sizeof(s));
	s.p.dwTotalSize = sizeof(s);
	s.p.dwCallParamFlags = LINECALLPARAMFLAGS_PREDICTIVEDIAL;
	s.p.dwPredictiveAutoTransferStates = LINECALLSTATE_CONNECTED;
	(void)strncpy(s.target, any_number(), sizeof(s.target) - 1);
	s.p.dwTargetAddressSize = (DWORD)strlen(s.target) + 1;
	s.p.dwTargetAddressOffset = sizeof(s.p);
	return asked_new(a, "lineMakeCall", lineMakeCall(line, made, any_number(), 0, &s.p), made,
			NULL);
}

const struct operation service_operations[] = {
	{ "lineForward", 4, op_forward },
	{ "lineCompleteCall", 10, op_complete },
	{ "lineUncompleteCall", 3, op_uncomplete },
	{ "linePark, orbits", 6, op_orbit },
	{ "lineSecureCall", 1, op_secure },
	{ "lineSetLineDevStatus", 3, op_dev_status },
	{ "lineSetCallData", 4, op_data },
	{ "lineSetCallParams", 4, op_params },
	{ "lineSetCallTreatment", 4, op_treatment },
	{ "lineSendUserUserInfo", 4, op_send_uui },
	{ "lineReleaseUserUserInfo", 4, op_release_uui },
	{ "lineSetNumRings", 3, op_rings },
	{ "lineMakeCall, predictive", 5, op_predictive },
	{ NULL, 0, NULL },
};
