// SPDX-License-Identifier: MIT
/* ops.c - operations on the application, its lines and its status. */
#include "workload.h"

#include <stdio.h>
#include <string.h>
#include <tapix.h>

/* The first row: what an application that is not alive does. */
static LONG op_begin(struct app *a)
{
	LINEINITIALIZEEXPARAMS params = { .dwTotalSize = sizeof(params),
		.dwNeededSize = sizeof(params),
		.dwUsedSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT };
	static const DWORD versions[] = { 0x00020000, 0x00020001, 0x00020002, 0x00030000 };
	DWORD version = versions[machine_below(4)];
	char name[16];
	LONG result;

	if (a->alive)
		return 0;
	(void)snprintf(name, sizeof(name), "app%u", a->number % 3);
	result = lineInitializeEx(&a->handle, 0, NULL, name, &a->lines, &version, &params);
	if (result) {
		struct tapix_reason why;

		tapixGetLastReason(&why);
		machine_fail("lineInitializeEx: %s", why.sentence);
	}
	if (a->lines != MACHINE_LINES)
		machine_fail("%u lines", a->lines);
	a->alive = true;
	checker_begin(checker, a->number);
	return 0;
}

/* A program that ends and one that is killed look the same from outside: the connection is gone. */
static LONG op_end(struct app *a)
{
	LONG result = lineShutdown(a->handle);

	a->alive = false;
	checker_end(checker, a->number);
	return result;
}

static LONG op_open(struct app *a)
{
	static const DWORD privileges[] = { LINECALLPRIVILEGE_OWNER, LINECALLPRIVILEGE_OWNER,
		LINECALLPRIVILEGE_MONITOR, LINECALLPRIVILEGE_OWNER | LINECALLPRIVILEGE_MONITOR,
		LINECALLPRIVILEGE_NONE, 0 };
	static const DWORD media[] = { LINEMEDIAMODE_INTERACTIVEVOICE,
		LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_UNKNOWN,
		LINEMEDIAMODE_AUTOMATEDVOICE };
	DWORD device = machine_below(10) == 0 ? LINEMAPPER : machine_below(a->lines);
	DWORD privilege = privileges[machine_below(6)], modes = media[machine_below(3)];
	DWORD version;
	LINEEXTENSIONID extension;
	HLINE line = 0;
	LONG result;

	if (checker_line(checker, a->number, 24))
		return 0;
	if (lineNegotiateAPIVersion(a->handle, machine_below(a->lines), 0x00020000, 0x00030001,
			    &version, &extension))
		machine_fail("lineNegotiateAPIVersion");
	result = lineOpen(a->handle, device, &line, version, 0, a->number, privilege, modes, NULL);
	if (result == 0)
		checker_line_opened(checker, a->number, line);
	return result;
}

static LONG op_close(struct app *a)
{
	HLINE line = any_line(a);
	LONG result = lineClose(line);

	if (result == 0)
		checker_line_closed(checker, a->number, line);
	return result;
}

static LONG op_masks(struct app *a)
{
	static const DWORD states[] = { 0, LINEDEVSTATE_RINGING, LINEDEVSTATE_NUMCALLS,
		LINEDEVSTATE_OPEN | LINEDEVSTATE_CLOSE, 0x01ffffff };
	static const DWORD addresses[] = { 0, LINEADDRESSSTATE_NUMCALLS, LINEADDRESSSTATE_FORWARD,
		0x000001ff };
	HLINE line = any_line(a);
	DWORD line_states = states[machine_below(5)];
	DWORD address_states = addresses[machine_below(4)];
	LONG result = lineSetStatusMessages(line, line_states, address_states);

	if (result == 0) {
		/* What is on its way is of before or of after. */
		checker_masks(checker, a->number, line, 0x01ffffff, 0x000001ff);
		observe(a);
		checker_masks(checker, a->number, line, line_states, address_states);
	}
	return result;
}

static LONG op_status(struct app *a)
{
	LINEDEVSTATUS *status = any_buffer(sizeof(LINEDEVSTATUS));
	LONG result = lineGetLineDevStatus(any_line(a), status);

	if (result == 0)
		checker_sizes(checker, "LINEDEVSTATUS", status);
	return result;
}

static LONG op_address_status(struct app *a)
{
	LINEADDRESSSTATUS *status = any_buffer(sizeof(LINEADDRESSSTATUS));
	HLINE line = any_line(a);
	LONG result = lineGetAddressStatus(line, machine_below(20) == 0, status);

	if (result == 0)
		checker_sizes(checker, "LINEADDRESSSTATUS", status);
	return result;
}

static LONG op_caps(struct app *a)
{
	LINEDEVCAPS *caps = any_buffer(sizeof(LINEDEVCAPS));
	LONG result = lineGetDevCaps(a->handle, machine_below(a->lines + 1), 0x00020000, 0, caps);

	if (result == 0)
		checker_sizes(checker, "LINEDEVCAPS", caps);
	return result;
}

static LONG op_address_caps(struct app *a)
{
	LINEADDRESSCAPS *caps = any_buffer(sizeof(LINEADDRESSCAPS));
	LONG result = lineGetAddressCaps(a->handle, machine_below(a->lines), 0, 0x00020000, 0,
			caps);

	if (result == 0)
		checker_sizes(checker, "LINEADDRESSCAPS", caps);
	return result;
}

void take_list(struct app *a, const LINECALLLIST *list, HLINE line)
{
	HCALL call;

	checker_sizes(checker, "LINECALLLIST", list);
	for (DWORD i = 0; list->dwCallsSize && i < list->dwCallsNumEntries; i++) {
		memcpy(&call, (const char *)list + list->dwCallsOffset + i * sizeof(call),
				sizeof(call));
		checker_call_got(checker, a->number, call, line);
	}
}

static LONG op_new_calls(struct app *a)
{
	LINECALLLIST *list = any_buffer(sizeof(LINECALLLIST));
	HLINE line = any_line(a);
	LONG result = lineGetNewCalls(line, 0, LINECALLSELECT_LINE, list);

	if (result == 0)
		take_list(a, list, line);
	return result;
}

const struct operation session_operations[] = {
	{ "lineInitializeEx", 0, op_begin },
	{ "lineShutdown", 1, op_end },
	{ "lineOpen", 40, op_open },
	{ "lineClose", 6, op_close },
	{ "lineSetStatusMessages", 8, op_masks },
	{ "lineGetLineDevStatus", 4, op_status },
	{ "lineGetAddressStatus", 4, op_address_status },
	{ "lineGetDevCaps", 3, op_caps },
	{ "lineGetAddressCaps", 3, op_address_caps },
	{ "lineGetNewCalls", 12, op_new_calls },
	{ NULL, 0, NULL },
};
