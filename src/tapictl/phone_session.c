// SPDX-License-Identifier: MIT
/* phone_session.c - tapictl as an application of phones: start, find a phone, wait for a reply or
 * for what happens on one. */
#define _POSIX_C_SOURCE 200809L
#include "phones.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define API_LOW  0x00010004
#define API_HIGH 0x00030001

enum { REPLY_MS = 10000, ALL_STATES = 0x00ffffff, ALL_MODES = 0x3f, ALL_BUTTON_STATES = 0xf };

/* The lines are asked as well: they say which phone is theirs, and watch for signals. */
enum exit_code phone_session_open(struct phone_session *s)
{
	PHONEINITIALIZEEXPARAMS params;
	DWORD version = API_HIGH;
	enum exit_code code;
	LONG error;

	memset(s, 0, sizeof(*s));
	memset(&params, 0, sizeof(params));
	code = session_open(&s->lines);
	if (code)
		return code;
	params.dwTotalSize = sizeof(params);
	params.dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT;
	error = phoneInitializeEx(&s->app, 0, NULL, "tapictl", &s->count, &version, &params);
	if (error < 0) {
		(void)complain("no connection", error);
		session_close(&s->lines);
		return EXIT_UNREACHABLE;
	}
	s->event = params.Handles.hEvent;
	return EXIT_DONE;
}

void phone_session_close(struct phone_session *s)
{
	(void)phoneShutdown(s->app);
	session_close(&s->lines);
}

static enum exit_code phone_of_line(struct phone_session *s, DWORD line, DWORD *out)
{
	char space[sizeof(VARSTRING) + 64] = { 0 };
	VARSTRING *id = (VARSTRING *)(void *)space;
	HLINE handle;
	LONG error = session_open_line(&s->lines, line, LINECALLPRIVILEGE_NONE, 0, &handle);

	id->dwTotalSize = sizeof(space);
	if (error >= 0)
		error = lineGetID(handle, 0, 0, LINECALLSELECT_LINE, id, "tapi/phone");
	if (error < 0)
		return complain("the line's phone", error);
	(void)lineClose(handle);
	if (id->dwStringSize != sizeof(*out))
		return EXIT_NOT_FOUND;
	memcpy(out, space + id->dwStringOffset, sizeof(*out));
	return EXIT_DONE;
}

enum exit_code phone_session_find(struct phone_session *s, const char *word, DWORD *out)
{
	enum exit_code code;
	DWORD line;
	char *end;
	unsigned long number = strtoul(word, &end, 10);

	if (*word >= '0' && *word <= '9' && !*end && number < s->count) {
		*out = (DWORD)number;
		return EXIT_DONE;
	}
	code = session_line_as(&s->lines, "phone", word, &line);
	return code ? code : phone_of_line(s, line, out);
}

LONG phone_session_open_phone(struct phone_session *s, DWORD device, DWORD privilege, HPHONE *out)
{
	PHONEEXTENSIONID extension;
	DWORD version;
	LONG error = phoneNegotiateAPIVersion(s->app, device, API_LOW, API_HIGH, &version,
			&extension);

	return error < 0 ? error : phoneOpen(s->app, device, out, version, 0, device, privilege);
}

enum exit_code phone_finish(struct phone_talk *t, const char *what, LONG request)
{
	PHONEMESSAGE m;
	LONG error = request;

	if (request < 0)
		return complain(what, request);
	do {
		error = phoneGetMessage(t->session->app, &m, REPLY_MS);
		if (error < 0)
			return complain(what, error);
	} while (m.dwMessageID != PHONE_REPLY || (LONG)m.dwParam1 != request);
	error = (LONG)m.dwParam2;
	return error < 0 ? complain_reply(t->session->app, what, request, error) : EXIT_DONE;
}

/* --- what happens on it --- */

static const char *detail_group(DWORD state)
{
	const DWORD hooks = PHONESTATE_HANDSETHOOKSWITCH | PHONESTATE_SPEAKERHOOKSWITCH |
			    PHONESTATE_HEADSETHOOKSWITCH;

	return state & hooks ? "PHONEHOOKSWITCHMODE_" : NULL;
}

static void print_text(const PHONEMESSAGE *m, DWORD device)
{
	DWORD p1 = (DWORD)m->dwParam1, p2 = (DWORD)m->dwParam2, p3 = (DWORD)m->dwParam3;
	const char *group;

	printf("phone %-3u %-18s", device, full_name("PHONE_", m->dwMessageID));
	switch (m->dwMessageID) {
	case PHONE_STATE:
		group = detail_group(p1);
		printf(" %s", short_bits("PHONESTATE_", p1));
		if (group)
			printf(" %s\n", short_name(group, p2));
		else
			printf(" %u\n", p2);
		break;
	case PHONE_BUTTON:
		printf(" %u", p1);
		printf(" %s", short_name("PHONEBUTTONMODE_", p2));
		printf(" %s\n", short_name("PHONEBUTTONSTATE_", p3));
		break;
	default:
		printf(" %u %u %u\n", p1, p2, p3);
		break;
	}
}

static void print_names(const char *key, const char *group, DWORD value)
{
	char names[1024];

	printf(",\"%s\":\"%s\"", key, tapixBitNames(group, value, names, sizeof(names)));
}

static void print_as_json(const PHONEMESSAGE *m, DWORD device)
{
	DWORD p1 = (DWORD)m->dwParam1, p2 = (DWORD)m->dwParam2, p3 = (DWORD)m->dwParam3;

	printf("{\"msg\":\"%s\",\"device\":%u", full_name("PHONE_", m->dwMessageID), device);
	if (m->dwMessageID == PHONE_STATE)
		print_names("p1", "PHONESTATE_", p1);
	else
		printf(",\"p1\":%u", p1);
	if (m->dwMessageID == PHONE_BUTTON) {
		print_names("p2", "PHONEBUTTONMODE_", p2);
		print_names("p3", "PHONEBUTTONSTATE_", p3);
	} else {
		printf(",\"p2\":%u,\"p3\":%u", p2, p3);
	}
	printf("}\n");
}

static enum exit_code closed(const PHONEMESSAGE *m)
{
	struct tapix_reason r;

	memset(&r, 0, sizeof(r));
	(void)tapixGetCloseReason(m->hDevice, &r);
	tell_reason("the phone", &r);
	return EXIT_UNREACHABLE;
}

enum exit_code phone_monitor(struct phone_talk *t)
{
	LONG error = phoneSetStatusMessages(t->phone, ALL_STATES, ALL_MODES, ALL_BUTTON_STATES);
	PHONEMESSAGE m;

	if (error < 0)
		return complain("the phone", error);
	session_limit(t->options->timeout_s);
	while (session_await(t->session->event)) {
		if (phoneGetMessage(t->session->app, &m, 0) < 0)
			continue; /* what came was nothing for us */
		(t->options->json ? print_as_json : print_text)(&m, t->device);
		(void)fflush(stdout);
		if (m.dwMessageID == PHONE_CLOSE)
			return closed(&m);
	}
	return EXIT_DONE;
}
