// SPDX-License-Identifier: MIT
/* monitor.c - tapictl monitor: opens every line as a monitor and prints each message. */
#include "tapictl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* How a parameter is printed: by the names of its group, as a call's handle, as a number with a
 * word before it, or (NULL) as a number if it is none of nothing. */
#define A_CALL "call"

static const struct meaning {
	DWORD message;
	bool is_of_call; /* hDevice is a call's, or may be */
	const char *p[3];
} meanings[] = {
	{ LINE_ADDRESSSTATE, false, { "address", "LINEADDRESSSTATE_", NULL } },
	{ LINE_AGENTSESSIONSTATUS, false,
			{ "session", "LINEAGENTSESSIONSTATUS_", "LINEAGENTSESSIONSTATE_" } },
	{ LINE_AGENTSPECIFIC, false, { "extension", NULL, NULL } },
	{ LINE_AGENTSTATUS, false, { "address", "LINEAGENTSTATUS_", "LINEAGENTSTATE_" } },
	{ LINE_AGENTSTATUSEX, false, { "agent", "LINEAGENTSTATUSEX_", "LINEAGENTSTATEEX_" } },
	{ LINE_APPNEWCALL, false, { "address", A_CALL, "LINECALLPRIVILEGE_" } },
	{ LINE_APPNEWCALLHUB, false, { "tracking", NULL, NULL } },
	{ LINE_CALLHUBCLOSE, false, { NULL, NULL, NULL } },
	{ LINE_CALLINFO, true, { "LINECALLINFOSTATE_", NULL, NULL } },
	{ LINE_CALLSTATE, true, { "LINECALLSTATE_", NULL, "LINECALLPRIVILEGE_" } },
	{ LINE_CLOSE, false, { NULL, NULL, NULL } },
	{ LINE_CREATE, false, { "device", NULL, NULL } },
	{ LINE_DEVSPECIFIC, true, { "values", "", "" } },
	{ LINE_DEVSPECIFICEX, true, { "values", "", "" } },
	{ LINE_DEVSPECIFICFEATURE, true, { "PHONEBUTTONFUNCTION_", "", "" } },
	{ LINE_GATHERDIGITS, true, { "LINEGATHERTERM_", NULL, "tick" } },
	{ LINE_GENERATE, true, { "LINEGENERATETERM_", NULL, "tick" } },
	{ LINE_GROUPSTATUS, false, { NULL, "LINEGROUPSTATUS_", NULL } },
	{ LINE_LINEDEVSTATE, false, { "LINEDEVSTATE_", NULL, NULL } },
	{ LINE_MONITORDIGITS, true, { "digit", "LINEDIGITMODE_", "tick" } },
	{ LINE_MONITORMEDIA, true, { "LINEMEDIAMODE_", NULL, "tick" } },
	{ LINE_MONITORTONE, true, { "tone", NULL, "tick" } },
	{ LINE_PROXYREQUEST, false, { "request", NULL, NULL } },
	{ LINE_PROXYSTATUS, false, { "LINEPROXYSTATUS_", "LINEPROXYREQUEST_", NULL } },
	{ LINE_QUEUESTATUS, false, { "queue", "LINEQUEUESTATUS_", NULL } },
	{ LINE_REMOVE, false, { "device", NULL, NULL } },
	{ LINE_REPLY, false, { "request", "result", NULL } },
	{ LINE_REQUEST, false, { "LINEREQUESTMODE_", NULL, NULL } },
	{ TAPIX_RESYNCHRONISED, false, { "calls lost", "lines lost", "states missed" } },
};

static const struct meaning *meaning_of(const LINEMESSAGE *m)
{
	for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++)
		if (meanings[i].message == m->dwMessageID)
			return &meanings[i];
	return NULL;
}

/* Of a ring: its mode and its count. */
static const char *const ringing[] = { "LINEDEVSTATE_", "ring mode", "count" };

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
	const struct meaning *meaning = meaning_of(m);

	if (m->dwMessageID == LINE_CALLSTATE && parameter == 1)
		for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
			if (modes[i].state == m->dwParam1)
				return modes[i].group;
	if (m->dwMessageID == LINE_LINEDEVSTATE && m->dwParam1 == LINEDEVSTATE_RINGING)
		return ringing[parameter];
	return meaning ? meaning->p[parameter] : "";
}

/* Names of constants, unless a word or nothing is written there. */
static bool is_group(const char *group)
{
	return group && group[0] && group[strlen(group) - 1] == '_';
}

static void print_json_parameter(const char *group, int parameter, DWORD_PTR v)
{
	char names[1024];

	printf(",\"p%d\":", parameter + 1);
	if (group && strcmp(group, A_CALL) == 0)
		printf("\"%#x\"", (DWORD)v);
	else if (is_group(group) && v)
		printf("\"%s\"", tapixBitNames(group, (DWORD)v, names, sizeof(names)));
	else
		printf("%llu", (unsigned long long)v);
}

static void print_parameter(const LINEMESSAGE *m, int parameter, bool json)
{
	DWORD_PTR v = parameter == 0 ? m->dwParam1 : parameter == 1 ? m->dwParam2 : m->dwParam3;
	const char *group = group_of(m, parameter);

	if (json)
		print_json_parameter(group, parameter, v);
	else if (group && strcmp(group, A_CALL) == 0)
		printf(" %#x", (DWORD)v);
	else if (group && strcmp(group, "digit") == 0)
		printf(" digit %c", (char)v);
	else if (is_group(group) && v)
		printf(" %s", tapixConstantName(group, (DWORD)v) ? short_name(group, (DWORD)v)
								 : short_bits(group, (DWORD)v));
	else if (group && !is_group(group))
		printf(" %s%s%llu", group, *group ? " " : "", (unsigned long long)v);
	else if (v)
		printf(" %llu", (unsigned long long)v);
}

/* When it was printed, to the millisecond. */
static void print_time(bool json)
{
	struct timespec now;
	struct tm tm;

	(void)clock_gettime(CLOCK_REALTIME, &now);
	if (!localtime_r(&now.tv_sec, &tm))
		memset(&tm, 0, sizeof(tm));
	printf(json ? "{\"time\":\"%02d:%02d:%02d.%03d\"," : "%02d:%02d:%02d.%03d ", tm.tm_hour,
			tm.tm_min, tm.tm_sec, (int)(now.tv_nsec / 1000000));
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
	const struct meaning *meaning = meaning_of(m);
	HCALL call = m->dwMessageID == LINE_APPNEWCALL ? (HCALL)m->dwParam2
		     : meaning && meaning->is_of_call  ? m->hDevice
						       : 0;
	LONG error;
	LINECALLINFO *info = call ? get_call_info(call, &error) : NULL;
	DWORD id = info ? info->dwCallID : 0;

	free(info);
	return id;
}

static void print_message(const LINEMESSAGE *m, bool json)
{
	const char *name = m->dwMessageID == TAPIX_RESYNCHRONISED
					   ? "TAPIX_RESYNCHRONISED"
					   : full_name("LINE_", m->dwMessageID);
	bool list = m->dwMessageID == LINE_CREATE || m->dwMessageID == LINE_REMOVE;
	DWORD device = (DWORD)(list ? m->dwParam1 : m->dwCallbackInstance);
	DWORD call_id = call_id_of(m);

	print_time(json);
	if (json)
		printf("\"msg\":\"%s\",\"device\":%u,\"object\":\"%#x\"", name, device, m->hDevice);
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

/* --sound, --tone */
static bool hears_sound;
static LINEMONITORTONE tone;

static void watch_sound(HCALL call)
{
	if (hears_sound)
		tone_watch(call, tone.dwAppSpecific ? &tone : NULL);
}

/* Calls that are there are watched too. */
static void watch_calls(HLINE line)
{
	LONG error;
	LINECALLLIST *list = get_new_calls(line, &error);

	for (DWORD i = 0; list && i < list->dwCallsNumEntries; i++)
		watch_sound(((const HCALL *)(const void *)((const char *)list +
							   list->dwCallsOffset))[i]);
	free(list);
}

static enum exit_code open_line(struct session *s, DWORD device)
{
	HLINE line;
	LONG error = session_open_line(s, device, LINECALLPRIVILEGE_MONITOR, 0, &line);

	if (error >= 0)
		watch_calls(line);
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
	if (m->dwMessageID == LINE_APPNEWCALL)
		watch_sound((HCALL)m->dwParam2);
	if (m->dwMessageID == LINE_CALLSTATE && m->dwParam1 == LINECALLSTATE_IDLE)
		(void)lineDeallocateCall(m->hDevice);
	return EXIT_DONE;
}

enum exit_code command_monitor(const struct options *o)
{
	struct session s;
	enum exit_code code;
	LINEMESSAGE m;

	hears_sound = o->sound || o->tone;
	if (o->tone && !tone_parse(o->tone, &tone)) {
		fprintf(stderr,
				"tapictl: --tone takes up to three frequencies and milliseconds, "
				"such as 350+440/2000, not '%s'\n",
				o->tone);
		return EXIT_USAGE;
	}
	code = session_open(&s);
	if (code)
		return code;
	for (DWORD device = 0; device < s.lines && !code; device++)
		code = open_line(&s, device);
	session_limit(o->timeout_s);
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
