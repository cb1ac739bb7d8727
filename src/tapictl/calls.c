// SPDX-License-Identifier: MIT
/* calls.c - tapictl calls: what every line says of its calls, seen as a monitor. */
#include "tapictl.h"

#include <stdio.h>
#include <stdlib.h>

/* Calls of one line may have the same id: those of a conference. */
struct twins {
	DWORD nth, count;
};

/* What is known of each call of a line; NULL: it ended in between. */
struct row {
	LINECALLINFO *info;
	LINECALLSTATUS *status;
};

static struct twins twins_of(const struct row *rows, DWORD count, DWORD at)
{
	struct twins t = { 0, 0 };

	for (DWORD i = 0; i < count; i++) {
		t.count += rows[i].info && rows[i].info->dwCallID == rows[at].info->dwCallID;
		t.nth = i == at ? t.count : t.nth;
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

static enum exit_code ask_call(HCALL call, struct row *row)
{
	LONG error;

	row->info = get_call_info(call, &error);
	row->status = row->info ? get_call_status(call, &error) : NULL;
	if (row->status)
		return EXIT_DONE;
	free(row->info);
	row->info = NULL;
	return error == LINEERR_INVALCALLHANDLE ? EXIT_DONE : complain("a call", error);
}

static void show_call(DWORD device, const struct row *row, struct twins t, bool json)
{
	if (!json) {
		call_row(row->info, row->status, t);
		return;
	}
	printf("{\"device\":%u", device);
	print_json("call_info", "LINECALLINFO", row->info, true);
	print_json("call_status", "LINECALLSTATUS", row->status, true);
	printf("}\n");
}

static enum exit_code show_list(DWORD device, const LINECALLLIST *list, bool json)
{
	const HCALL *calls = (const void *)((const char *)list + list->dwCallsOffset);
	const DWORD count = list->dwCallsNumEntries;
	struct row *rows = calloc(count + 1, sizeof(*rows));
	enum exit_code code = EXIT_DONE;

	if (!rows)
		return complain("the calls of a line", LINEERR_NOMEM);
	for (DWORD i = 0; i < count; i++) {
		enum exit_code one = ask_call(calls[i], &rows[i]);

		code = one ? one : code;
	}
	for (DWORD i = 0; i < count; i++)
		if (rows[i].info)
			show_call(device, &rows[i], twins_of(rows, count, i), json);
	for (DWORD i = 0; i < count; i++) {
		free(rows[i].info);
		free(rows[i].status);
	}
	free(rows);
	return code;
}

static enum exit_code show_calls_of(struct session *s, DWORD device, bool json)
{
	enum exit_code code;
	HLINE line;
	LINECALLLIST *list;
	LONG error = session_open_line(s, device, LINECALLPRIVILEGE_MONITOR, 0, &line);

	if (is_gone(error))
		return EXIT_DONE;
	if (error < 0)
		return complain("a line cannot be opened", error);
	list = get_new_calls(line, &error);
	code = list ? show_list(device, list, json) : complain("the calls of a line", error);
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
