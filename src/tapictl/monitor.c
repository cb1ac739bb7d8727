// SPDX-License-Identifier: MIT
/* monitor.c - tapictl monitor: opens every line as a monitor and prints each message. */
#include "tapictl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How a parameter is printed: by the names of its group, as a call's handle, or as a number. */
#define A_CALL "call"

/* What the parameters of the common messages are; the rest is printed as numbers. */
static const struct meaning {
	DWORD message;
	const char *p[3];
} meanings[] = {
	{ LINE_CALLSTATE, { "LINECALLSTATE_", NULL, "LINECALLPRIVILEGE_" } },
	{ LINE_APPNEWCALL, { NULL, A_CALL, "LINECALLPRIVILEGE_" } },
	{ LINE_CALLINFO, { "LINECALLINFOSTATE_", NULL, NULL } },
	{ LINE_LINEDEVSTATE, { "LINEDEVSTATE_", NULL, NULL } },
	{ LINE_GATHERDIGITS, { "LINEGATHERTERM_", NULL, NULL } },
	{ LINE_ADDRESSSTATE, { NULL, "LINEADDRESSSTATE_", NULL } },
	{ LINE_MONITORDIGITS, { NULL, "LINEDIGITMODE_", NULL } },
	{ LINE_GENERATE, { "LINEGENERATETERM_", NULL, NULL } },
	{ LINE_MONITORMEDIA, { "LINEMEDIAMODE_", NULL, NULL } },
};

/* The second parameter of LINE_CALLSTATE, by the state; of CONFERENCED it is the conference. */
static const struct {
	DWORD state;
	const char *group;
} modes[] = {
	{ LINECALLSTATE_OFFERING, "LINEOFFERINGMODE_" },
	{ LINECALLSTATE_CONNECTED, "LINECONNECTEDMODE_" },
	{ LINECALLSTATE_DIALTONE, "LINEDIALTONEMODE_" },
	{ LINECALLSTATE_BUSY, "LINEBUSYMODE_" },
	{ LINECALLSTATE_SPECIALINFO, "LINESPECIALINFO_" },
	{ LINECALLSTATE_DISCONNECTED, "LINEDISCONNECTMODE_" },
	{ LINECALLSTATE_CONFERENCED, A_CALL },
};

static const char *group_of(const LINEMESSAGE *m, int parameter)
{
	if (m->dwMessageID == LINE_CALLSTATE && parameter == 1)
		for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
			if (modes[i].state == m->dwParam1)
				return modes[i].group;
	for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++)
		if (meanings[i].message == m->dwMessageID)
			return meanings[i].p[parameter];
	return NULL;
}

static void print_parameter(const LINEMESSAGE *m, int parameter, bool json)
{
	DWORD_PTR v = parameter == 0 ? m->dwParam1 : parameter == 1 ? m->dwParam2 : m->dwParam3;
	const char *group = group_of(m, parameter);
	char names[1024];

	if (json)
		printf(",\"p%d\":", parameter + 1);
	if (group && strcmp(group, A_CALL) == 0)
		printf(json ? "\"%#x\"" : " %#x", (DWORD)v);
	else if (group && v && json)
		printf("\"%s\"", tapixBitNames(group, (DWORD)v, names, sizeof(names)));
	else if (group && v)
		printf(" %s", short_bits(group, (DWORD)v));
	else
		printf(json ? "%llu" : " %llu", (unsigned long long)v);
}

/* Why the line does not serve, if it does not. */
static void ask_line(const LINEMESSAGE *m, struct tapix_reason *r)
{
	LONG error;
	LINEDEVSTATUS *status = get_line_status(m->hDevice, &error);

	if (status)
		(void)line_state(status, r);
	free(status);
}

static void find_reason(const LINEMESSAGE *m, struct tapix_reason *r)
{
	const DWORD serves = LINEDEVSTATE_INSERVICE | LINEDEVSTATE_OUTOFSERVICE |
			     LINEDEVSTATE_CONNECTED | LINEDEVSTATE_DISCONNECTED;
	const DWORD ends = LINECALLSTATE_DISCONNECTED | LINECALLSTATE_IDLE | LINECALLSTATE_BUSY |
			   LINECALLSTATE_SPECIALINFO;

	memset(r, 0, sizeof(*r));
	if (m->dwMessageID == LINE_CALLSTATE && m->dwParam1 & ends)
		(void)tapixGetCallReason(m->hDevice, r);
	else if (m->dwMessageID == LINE_CLOSE)
		(void)tapixGetCloseReason(m->hDevice, r);
	else if (m->dwMessageID == LINE_LINEDEVSTATE && m->dwParam1 & serves)
		ask_line(m, r);
}

static void print_reason(const LINEMESSAGE *m, bool json)
{
	struct tapix_reason r;

	find_reason(m, &r);
	if (!r.sentence[0])
		return;
	if (json) {
		printf(",\"reason\":");
		print_json_reason(&r);
	} else {
		printf("  (%s%s%s%s)", r.sentence, r.cause[0] ? " [" : "", r.cause,
				r.cause[0] ? "]" : "");
	}
}

/* The number under which other commands know the call; 0: the message is about none. */
static DWORD call_id_of(const LINEMESSAGE *m)
{
	HCALL call = m->dwMessageID == LINE_APPNEWCALL  ? (HCALL)m->dwParam2
		     : m->dwMessageID == LINE_CALLSTATE ? m->hDevice
							: 0;
	LONG error;
	LINECALLINFO *info = call ? get_call_info(call, &error) : NULL;
	DWORD id = info ? info->dwCallID : 0;

	free(info);
	return id;
}

static void print_message(const LINEMESSAGE *m, bool json)
{
	const char *name = full_name("LINE_", m->dwMessageID);
	bool list = m->dwMessageID == LINE_CREATE || m->dwMessageID == LINE_REMOVE;
	DWORD device = (DWORD)(list ? m->dwParam1 : m->dwCallbackInstance);
	DWORD call_id = call_id_of(m);

	if (json)
		printf("{\"msg\":\"%s\",\"device\":%u,\"object\":\"%#x\"", name, device,
				m->hDevice);
	else
		printf("line %-3u %-20s %#-10x", device, name, m->hDevice);
	for (int i = 0; i < 3; i++)
		print_parameter(m, i, json);
	if (call_id)
		printf(json ? ",\"call_id\":%u" : "  call %u", call_id);
	print_reason(m, json);
	printf(json ? "}\n" : "\n");
	(void)fflush(stdout);
}

/* Lines whose provider is just being started again: they are opened as soon as they can be. */
enum { AGAIN_MS = 500, AWAITED_MAX = 1024 };
static DWORD awaited[AWAITED_MAX];
static size_t awaited_count;

static enum exit_code open_line(struct session *s, DWORD device)
{
	HLINE line;
	LONG error = session_open_line(s, device, LINECALLPRIVILEGE_MONITOR, 0, &line);

	if (error >= 0) {
		LONG calls_error;

		free(get_new_calls(line, &calls_error)); /* calls that are there are watched too */
	}
	if (error >= 0)
		error = lineSetStatusMessages(line, ~0U & 0x01ffffffU, 0x1ffU);
	if (error == LINEERR_RESOURCEUNAVAIL && awaited_count < AWAITED_MAX)
		awaited[awaited_count++] = device;
	else if (error < 0 && !is_gone(error) && error != LINEERR_OPERATIONUNAVAIL)
		return complain("a line cannot be watched", error);
	return EXIT_DONE;
}

static enum exit_code open_awaited(struct session *s)
{
	size_t count = awaited_count;
	enum exit_code code = EXIT_DONE;

	awaited_count = 0; /* those that still do not come are put back, never before their place */
	for (size_t i = 0; i < count && !code; i++)
		code = open_line(s, awaited[i]);
	return code;
}

/* The provider's host has ended and comes again, or there is no daemon any more. */
static enum exit_code line_closed(struct session *s, const LINEMESSAGE *m)
{
	struct tapix_reason r;

	memset(&r, 0, sizeof(r));
	(void)tapixGetCloseReason(m->hDevice, &r);
	if (r.layer != TAPIX_LAYER_CLIENT && strcmp(r.cause, "stopping") != 0)
		return open_line(s, (DWORD)m->dwCallbackInstance);
	tell_reason("the connection", &r);
	return EXIT_UNREACHABLE;
}

static enum exit_code handle(struct session *s, const LINEMESSAGE *m, bool json)
{
	print_message(m, json);
	if (m->dwMessageID == LINE_CLOSE)
		return line_closed(s, m);
	if (m->dwMessageID == LINE_CREATE)
		return open_line(s, (DWORD)m->dwParam1);
	if (m->dwMessageID == LINE_CALLSTATE && m->dwParam1 == LINECALLSTATE_IDLE)
		(void)lineDeallocateCall(m->hDevice);
	return EXIT_DONE;
}

enum exit_code command_monitor(const struct options *o)
{
	struct session s;
	enum exit_code code = session_open(&s);
	LINEMESSAGE m;

	if (code)
		return code;
	for (DWORD device = 0; device < s.lines && !code; device++)
		code = open_line(&s, device);
	while (!code && !session_stopped()) {
		LONG error = session_message(&s, &m, awaited_count ? AGAIN_MS : INFINITE);

		if (error >= 0)
			code = handle(&s, &m, o->json);
		else if (error == LINEERR_OPERATIONFAILED)
			code = open_awaited(&s);
		else
			code = complain("the connection", error);
	}
	session_close(&s);
	return code;
}
