// SPDX-License-Identifier: MIT
/* calls.c - tapictl calls: what every line says of its calls, seen as a monitor. */
#include "tapictl.h"

#include <stdio.h>
#include <stdlib.h>

/* Calls of one line may have the same id: those of a conference. */
struct twins {
	DWORD nth, count;
};

static struct twins twins_of(const LINECALLINFO *info, const HCALL *calls, DWORD count, DWORD at)
{
	struct twins t = { 0, 0 };
	LONG error;

	for (DWORD i = 0; i < count; i++) {
		LINECALLINFO *other = get_call_info(calls[i], &error);

		t.count += other && other->dwCallID == info->dwCallID;
		t.nth = i == at ? t.count : t.nth;
		free(other);
	}
	return t;
}

static void call_row(const LINECALLINFO *info, const LINECALLSTATUS *status, struct twins t)
{
	char id[32];

	(void)snprintf(id, sizeof(id), t.count > 1 ? "%u.%u" : "%u", info->dwCallID, t.nth);
	printf("%10s  %4u  %-14s %-8s %-16s %-16s %u/%u\n", id, info->dwLineDeviceID,
			short_name("LINECALLSTATE_", status->dwCallState),
			info->dwOrigin & LINECALLORIGIN_OUTBOUND ? "out" : "in",
			part(info, info->dwCallerIDSize, info->dwCallerIDOffset),
			part(info, info->dwCalledIDSize, info->dwCalledIDOffset), info->dwNumOwners,
			info->dwNumMonitors - 1); /* without this one */
}

static enum exit_code show_call(DWORD device, const LINECALLLIST *list, DWORD at, bool json)
{
	const HCALL *calls = (const void *)((const char *)list + list->dwCallsOffset);
	enum exit_code code = EXIT_DONE;
	LONG error;
	LINECALLINFO *info = get_call_info(calls[at], &error);
	LINECALLSTATUS *status = info ? get_call_status(calls[at], &error) : NULL;

	if (!status && error == LINEERR_INVALCALLHANDLE) {
		code = EXIT_DONE; /* it ended in between */
	} else if (!status) {
		code = complain("a call", error);
	} else if (json) {
		printf("{\"device\":%u", device);
		print_json("call_info", "LINECALLINFO", info, true);
		print_json("call_status", "LINECALLSTATUS", status, true);
		printf("}\n");
	} else {
		call_row(info, status, twins_of(info, calls, list->dwCallsNumEntries, at));
	}
	free(info);
	free(status);
	return code;
}

static enum exit_code show_calls_of(struct session *s, DWORD device, bool json)
{
	enum exit_code code = EXIT_DONE;
	HLINE line;
	LINECALLLIST *list;
	LONG error = session_open_line(s, device, LINECALLPRIVILEGE_MONITOR, 0, &line);

	if (is_gone(error))
		return EXIT_DONE;
	if (error < 0)
		return complain("a line cannot be opened", error);
	list = get_new_calls(line, &error);
	if (!list)
		code = complain("the calls of a line", error);
	for (DWORD i = 0; list && i < list->dwCallsNumEntries; i++) {
		enum exit_code one = show_call(device, list, i, json);

		code = one ? one : code;
	}
	free(list);
	(void)lineClose(line);
	return code;
}

enum exit_code command_calls(const struct options *o)
{
	struct session s;
	enum exit_code code = session_open(&s);

	if (code)
		return code;
	if (!o->json)
		printf("      call  line  state          way      from             to              "
		       " "
		       "owners/monitors\n");
	for (DWORD device = 0; device < s.lines; device++) {
		enum exit_code one = show_calls_of(&s, device, o->json);

		code = one ? one : code;
	}
	session_close(&s);
	return code;
}
