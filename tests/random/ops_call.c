// SPDX-License-Identifier: MIT
/* ops_call.c - operations on one call. */
#include "workload.h"

#include <string.h>

#define ALERTING (LINECALLSTATE_OFFERING | LINECALLSTATE_ACCEPTED)

static LONG op_make(struct app *a)
{
	HCALL *made = new_calls(a);
	HLINE line = any_line(a);

	return asked_new(a, "lineMakeCall", lineMakeCall(line, made, any_number(), 0, NULL), made,
			NULL);
}

static LONG op_dial(struct app *a)
{
	HCALL call = call_in(a, LINECALLSTATE_DIALTONE | LINECALLSTATE_DIALING);

	return asked(a, "lineDial", lineDial(call, any_number(), 0));
}

static LONG op_accept(struct app *a)
{
	return asked(a, "lineAccept", lineAccept(call_in(a, LINECALLSTATE_OFFERING), NULL, 0));
}

static LONG op_answer(struct app *a)
{
	return asked(a, "lineAnswer", lineAnswer(call_in(a, ALERTING), NULL, 0));
}

static LONG op_redirect(struct app *a)
{
	HCALL call = call_in(a, LINECALLSTATE_OFFERING);

	return asked(a, "lineRedirect", lineRedirect(call, any_number(), 0));
}

static LONG op_drop(struct app *a)
{
	return asked(a, "lineDrop", lineDrop(any_call(a), NULL, 0));
}

static LONG op_free(struct app *a)
{
	HCALL call = call_in(a, machine_below(4) ? LINECALLSTATE_IDLE : 0xffffff);
	LONG result = lineDeallocateCall(call);

	if (result == 0)
		checker_call_freed(checker, a->number, call);
	return result;
}

static LONG op_privilege(struct app *a)
{
	HCALL call = any_call(a);
	DWORD privilege = machine_below(2) ? LINECALLPRIVILEGE_OWNER : LINECALLPRIVILEGE_MONITOR;
	LONG result = lineSetCallPrivilege(call, privilege);

	if (result == 0) {
		observe(a); /* what was given before this */
		checker_call_privilege(checker, a->number, call, privilege);
	}
	return result;
}

static LONG op_info(struct app *a)
{
	LINECALLINFO *info = any_buffer(sizeof(LINECALLINFO));
	LONG result = lineGetCallInfo(any_call(a), info);

	if (result == 0)
		checker_sizes(checker, "LINECALLINFO", info);
	return result;
}

static LONG op_status(struct app *a)
{
	LINECALLSTATUS *status = any_buffer(sizeof(LINECALLSTATUS));
	LONG result = lineGetCallStatus(any_call(a), status);

	if (result == 0)
		checker_sizes(checker, "LINECALLSTATUS", status);
	return result;
}

static LONG op_app_specific(struct app *a)
{
	HCALL call = any_call(a);

	return lineSetAppSpecific(call, machine_below(100));
}

static LONG op_media_mode(struct app *a)
{
	static const DWORD modes[] = { LINEMEDIAMODE_INTERACTIVEVOICE, LINEMEDIAMODE_AUTOMATEDVOICE,
		LINEMEDIAMODE_UNKNOWN | LINEMEDIAMODE_INTERACTIVEVOICE };
	HCALL call = any_call(a);

	return lineSetMediaMode(call, modes[machine_below(3)]);
}

static LONG op_monitor_digits(struct app *a)
{
	HCALL call = any_call(a);

	return lineMonitorDigits(call,
			machine_below(2) ? LINEDIGITMODE_DTMF : LINEDIGITMODE_DTMFEND);
}

static LONG op_generate(struct app *a)
{
	HCALL call = call_in(a, LINECALLSTATE_CONNECTED);
	LONG result = lineGenerateDigits(call, LINEDIGITMODE_DTMF, "12#", 60);

	if (result == 0)
		checker_generating(checker, a->number, call);
	return result;
}

static LONG op_gather(struct app *a)
{
	HCALL call = call_in(a, LINECALLSTATE_CONNECTED);
	LONG result = lineGatherDigits(call, LINEDIGITMODE_DTMF, a->digits, 4, "#", 2000, 1000);

	if (result == 0)
		checker_gathering(checker, a->number, call);
	return result;
}

static LONG op_user_info(struct app *a)
{
	return asked(a, "lineSendUserUserInfo",
			lineSendUserUserInfo(call_in(a, LINECALLSTATE_CONNECTED), "hello", 5));
}

static LONG op_call_data(struct app *a)
{
	static char data[64] = "data";
	HCALL call = any_call(a);

	return asked(a, "lineSetCallData",
			lineSetCallData(call, data, machine_below(sizeof(data))));
}

static LONG op_secure(struct app *a)
{
	return asked(a, "lineSecureCall", lineSecureCall(any_call(a)));
}

static LONG op_complete(struct app *a)
{
	static DWORD id;

	return asked(a, "lineCompleteCall",
			lineCompleteCall(call_in(a, LINECALLSTATE_BUSY | LINECALLSTATE_RINGBACK),
					&id, LINECALLCOMPLMODE_CALLBACK, 0));
}

const struct operation call_operations[] = {
	{ "lineMakeCall", 60, op_make },
	{ "lineDial", 10, op_dial },
	{ "lineAccept", 10, op_accept },
	{ "lineAnswer", 70, op_answer },
	{ "lineRedirect", 5, op_redirect },
	{ "lineDrop", 20, op_drop },
	{ "lineDeallocateCall", 80, op_free },
	{ "lineSetCallPrivilege", 15, op_privilege },
	{ "lineGetCallInfo", 10, op_info },
	{ "lineGetCallStatus", 10, op_status },
	{ "lineSetAppSpecific", 3, op_app_specific },
	{ "lineSetMediaMode", 3, op_media_mode },
	{ "lineMonitorDigits", 5, op_monitor_digits },
	{ "lineGenerateDigits", 5, op_generate },
	{ "lineGatherDigits", 5, op_gather },
	{ "lineSendUserUserInfo", 5, op_user_info },
	{ "lineSetCallData", 5, op_call_data },
	{ "lineSecureCall", 3, op_secure },
	{ "lineCompleteCall", 4, op_complete },
	{ NULL, 0, NULL },
};
