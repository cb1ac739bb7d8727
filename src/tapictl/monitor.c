// SPDX-License-Identifier: MIT
/* monitor.c - tapictl monitor: opens every line as a monitor and prints each message. */
#include "tapictl.h"

#include <stdio.h>
#include <stdlib.h>

/* What the parameters of the common messages are; the rest is printed as numbers. */
static const struct meaning {
	DWORD message;
	const char *p1, *p2; /* groups of constants, NULL: a number */
} meanings[] = {
	{ LINE_CALLSTATE, "LINECALLSTATE_", NULL },
	{ LINE_CALLINFO, "LINECALLINFOSTATE_", NULL },
	{ LINE_LINEDEVSTATE, "LINEDEVSTATE_", NULL },
	{ LINE_ADDRESSSTATE, NULL, "LINEADDRESSSTATE_" },
	{ LINE_MONITORDIGITS, NULL, "LINEDIGITMODE_" },
	{ LINE_GENERATE, "LINEGENERATETERM_", NULL },
	{ LINE_MONITORMEDIA, "LINEMEDIAMODE_", NULL },
};

static const struct meaning *meaning_of(DWORD message)
{
	for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++)
		if (meanings[i].message == message)
			return &meanings[i];
	return NULL;
}

static const char *value(const char *group, DWORD_PTR v, char *buf, size_t size)
{
	if (group)
		return tapixBitNames(group, (DWORD)v, buf, size);
	(void)snprintf(buf, size, "%llu", (unsigned long long)v);
	return buf;
}

static void print_message(const LINEMESSAGE *m, bool json)
{
	const struct meaning *meaning = meaning_of(m->dwMessageID);
	const char *name = tapixConstantName("LINE_", m->dwMessageID);
	char p1[512], p2[512];

	(void)value(meaning ? meaning->p1 : NULL, m->dwParam1, p1, sizeof(p1));
	(void)value(meaning ? meaning->p2 : NULL, m->dwParam2, p2, sizeof(p2));
	if (json)
		printf("{\"msg\":\"%s\",\"device\":%llu,\"object\":\"%#x\",\"p1\":\"%s\",\"p2\":\"%"
		       "s\","
		       "\"p3\":%llu}\n",
				name ? name : "?", (unsigned long long)m->dwCallbackInstance,
				m->hDevice, p1, p2, (unsigned long long)m->dwParam3);
	else
		printf("line %-3llu %-20s %#-10x %s %s %llu\n",
				(unsigned long long)m->dwCallbackInstance, name ? name : "?",
				m->hDevice, p1, p2, (unsigned long long)m->dwParam3);
	(void)fflush(stdout);
}

static enum exit_code open_line(struct session *s, DWORD device)
{
	HLINE line;
	LONG error = session_open_line(s, device, LINECALLPRIVILEGE_MONITOR, 0, &line);

	if (error >= 0)
		error = lineSetStatusMessages(line, ~0U & 0x01ffffffU, 0x1ffU);
	if (error < 0 && !is_gone(error) && error != LINEERR_OPERATIONUNAVAIL)
		return complain("a line cannot be watched", error);
	return EXIT_DONE;
}

static void handle(struct session *s, const LINEMESSAGE *m, bool json)
{
	print_message(m, json);
	if (m->dwMessageID == LINE_CREATE)
		(void)open_line(s, (DWORD)m->dwParam1);
	if (m->dwMessageID == LINE_CALLSTATE && m->dwParam1 == LINECALLSTATE_IDLE)
		(void)lineDeallocateCall(m->hDevice);
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
		LONG error = session_message(&s, &m, INFINITE);

		if (error >= 0)
			handle(&s, &m, o->json);
		else if (error != LINEERR_OPERATIONFAILED)
			code = complain("the connection", error);
		else if (m.dwMessageID == LINE_CLOSE)
			break;
	}
	session_close(&s);
	return code;
}
