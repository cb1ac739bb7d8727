// SPDX-License-Identifier: MIT
/* control.c - finding calls of other programs, asking something of them, letting go of them. */
#include "control.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { REPLY_MS = 40000, STATE_MS = 5000 };

static uint64_t now_ms(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000;
}

/* --- finding -------------------------------------------------------------------------------- */

/* "7"; "0:7" and "alice:7" where calls of several lines have the same id; "0:7.2", the second of
 * them on its line. Without that a conference call stands for its parties, too. */
struct wanted {
	const char *word;
	char line[256]; /* "": any */
	DWORD call_id, device, nth;
	DWORD last_device, passed; /* how many of its id have been seen on that line */
	bool is_conference;        /* the one that was found */
	int found;
};

static enum exit_code parse_wanted(const char *word, struct wanted *out)
{
	const char *colon = strrchr(word, ':'), *digits = colon ? colon + 1 : word;
	unsigned long n;
	char *end;

	memset(out, 0, sizeof(*out));
	out->word = word;
	errno = 0;
	n = strtoul(digits, &end, 10);
	if (*end == '.' && end[1] >= '1' && end[1] <= '9')
		out->nth = (DWORD)strtoul(end + 1, &end, 10);
	if (*end || *digits < '0' || *digits > '9' || errno || n > INFINITE) {
		fprintf(stderr, "tapictl: a call is a number, not '%s'; tapictl calls shows them\n",
				word);
		return EXIT_USAGE;
	}
	out->call_id = (DWORD)n;
	if (colon)
		(void)snprintf(out->line, sizeof(out->line), "%.*s", (int)(colon - word), word);
	return EXIT_DONE;
}

/* What can be wrong before anybody is asked. */
static enum exit_code parse_all(const struct options *o, struct wanted *wanted, int count)
{
	enum exit_code code = EXIT_DONE;

	for (int i = 0; i < count && !code; i++)
		code = parse_wanted(o->argv[1 + i], &wanted[i]);
	if (code || count < 2 || wanted[0].call_id != wanted[1].call_id ||
			wanted[0].nth != wanted[1].nth ||
			strcmp(wanted[0].line, wanted[1].line) != 0)
		return code;
	(void)fputs("tapictl: it takes two different calls\n", stderr);
	return EXIT_USAGE;
}

static void keep(struct control_call *kept, HLINE line, HCALL call, DWORD device, DWORD call_id)
{
	memset(kept, 0, sizeof(*kept));
	kept->line = line;
	kept->call = call;
	kept->device = device;
	kept->call_id = call_id;
	control_look(kept);
}

static void tell_twins(const struct wanted *w, const struct control_call *first, DWORD device)
{
	if (first->device == device)
		fprintf(stderr, "tapictl: line %u has several calls %u; say %u:%u.1 or %u:%u.2\n",
				device, w->call_id, device, w->call_id, device, w->call_id);
	else
		fprintf(stderr, "tapictl: call %u is on line %u too; say %u:%u or %u:%u\n",
				w->call_id, device, first->device, w->call_id, device, w->call_id);
}

/* Is it the one that was meant? A conference call takes the place of a party found before. */
static bool take(struct wanted *w, const struct control_call *found, DWORD device,
		bool is_conference)
{
	if (w->last_device != device)
		w->passed = 0;
	w->last_device = device;
	w->passed++;
	if (w->nth && w->passed != w->nth)
		return false;
	if (w->found && found->device == device && (is_conference || w->is_conference)) {
		w->is_conference = true;
		return is_conference;
	}
	w->is_conference = is_conference;
	if (w->found++ == 0)
		return true;
	tell_twins(w, found, device);
	return false;
}

/* True: the call is one of those wanted. */
static bool match(struct control *c, struct wanted *wanted, int count, HLINE line, DWORD device,
		HCALL call)
{
	LONG error;
	LINECALLINFO *info = get_call_info(call, &error);
	bool matched = false;

	for (int i = 0; info && i < count && !matched; i++) {
		struct wanted *w = &wanted[i];

		if (w->call_id != info->dwCallID || (w->line[0] && w->device != device) ||
				!take(w, &c->calls[i], device,
						info->dwOrigin == LINECALLORIGIN_CONFERENCE))
			continue;
		if (c->calls[i].call)
			(void)lineDeallocateCall(c->calls[i].call); /* a party of it */
		keep(&c->calls[i], line, call, device, w->call_id);
		matched = true;
	}
	free(info);
	return matched;
}

/* The line stays open if a call on it is wanted. */
static enum exit_code search_line(struct control *c, struct wanted *wanted, int count, DWORD device)
{
	LINECALLLIST *list;
	bool any = false;
	HLINE line;
	LONG error = session_open_line(&c->session, device, LINECALLPRIVILEGE_MONITOR, 0, &line);

	if (is_gone(error))
		return EXIT_DONE;
	if (error < 0)
		return complain("a line cannot be opened", error);
	list = get_new_calls(line, &error);
	for (DWORD i = 0; list && i < list->dwCallsNumEntries; i++) {
		const HCALL *calls = (const void *)((const char *)list + list->dwCallsOffset);

		if (match(c, wanted, count, line, device, calls[i]))
			any = true;
		else
			(void)lineDeallocateCall(calls[i]);
	}
	free(list);
	if (!any)
		(void)lineClose(line);
	return list || error >= 0 ? EXIT_DONE : complain("the calls of a line", error);
}

static enum exit_code find(struct control *c, struct wanted *wanted, int count)
{
	enum exit_code code = EXIT_DONE;

	for (int i = 0; i < count && !code; i++)
		if (wanted[i].line[0])
			code = session_line(&c->session, wanted[i].line, &wanted[i].device);
	for (DWORD device = 0; count && device < c->session.lines && !code; device++)
		code = search_line(c, wanted, count, device);
	for (int i = 0; i < count && !code; i++) {
		if (wanted[i].found == 1)
			continue;
		if (!wanted[i].found)
			fprintf(stderr, "tapictl: there is no call %s; tapictl calls shows them\n",
					wanted[i].word);
		code = wanted[i].found ? EXIT_USAGE : EXIT_NOT_FOUND;
	}
	c->count = count;
	return code;
}

enum exit_code control_open(struct control *c, const struct options *o, int count, bool own)
{
	struct wanted wanted[2];

	memset(c, 0, sizeof(*c));
	c->options = o;
	c->code = parse_all(o, wanted, count);
	if (!c->code)
		c->code = session_open(&c->session);
	if (!c->code)
		c->code = find(c, wanted, count);
	for (int i = 0; i < count && own && !c->code; i++) {
		LONG error = lineSetCallPrivilege(c->calls[i].call, LINECALLPRIVILEGE_OWNER);

		if (error < 0)
			c->code = complain("the call is not given", error);
	}
	return c->code;
}

bool control_open_line(struct control *c, const struct options *o, DWORD *device, HLINE *line)
{
	LONG error;

	if (control_open(c, o, 0, false) != EXIT_DONE)
		return false;
	c->code = session_line(&c->session, o->argv[1], device);
	if (c->code)
		return false;
	error = session_open_line(&c->session, *device, LINECALLPRIVILEGE_NONE, 0, line);
	if (error < 0)
		c->code = complain("the line cannot be opened", error);
	return error >= 0;
}

struct control_call *control_add(struct control *c, const struct control_call *beside)
{
	struct control_call *call = &c->calls[c->count++];

	memset(call, 0, sizeof(*call));
	call->line = beside->line;
	call->device = beside->device;
	return call;
}

/* --- what happens --------------------------------------------------------------------------- */

void control_look(struct control_call *call)
{
	LONG error;
	LINECALLSTATUS *status = call->call ? get_call_status(call->call, &error) : NULL;

	if (status)
		call->state = status->dwCallState;
	free(status);
}

bool control_ended(const struct control_call *call)
{
	return call->state == LINECALLSTATE_IDLE || call->state == LINECALLSTATE_DISCONNECTED ||
	       call->state == LINECALLSTATE_BUSY;
}

static void on_state(struct control *c, const LINEMESSAGE *m)
{
	for (int i = 0; i < c->count; i++) {
		struct control_call *call = &c->calls[i];

		if (call->call != m->hDevice)
			continue;
		call->state = (DWORD)m->dwParam1;
		if (!control_ended(call))
			continue;
		(void)tapixGetCallReason(call->call, &call->reason);
		if (call->state != LINECALLSTATE_IDLE)
			call->end = exit_code_of_end(call->state, (DWORD)m->dwParam2);
	}
}

/* One message; false: none came in time, or there is nobody to send any more. */
static bool step(struct control *c, uint64_t until_ms)
{
	uint64_t now = now_ms();
	LINEMESSAGE m;
	LONG error;

	if (now >= until_ms || session_stopped())
		return false;
	error = session_message(&c->session, &m, (DWORD)(until_ms - now));
	if (error < 0 && error != LINEERR_OPERATIONFAILED)
		c->code = complain("the connection", error);
	if (error < 0)
		return error == LINEERR_OPERATIONFAILED && !session_stopped();
	if (m.dwMessageID == LINE_CALLSTATE)
		on_state(c, &m);
	if (m.dwMessageID == c->awaited && c->count && m.hDevice == c->calls[0].call) {
		c->got = m;
		c->awaited = 0;
	}
	if (m.dwMessageID == LINE_REPLY && (LONG)m.dwParam1 == c->request) {
		c->request = 0;
		c->reply = (LONG)m.dwParam2;
	}
	return true;
}

/* The provider does not offer it at all: that is another thing than a refusal. */
static enum exit_code refused(struct control *c, const char *what, LONG request, LONG error)
{
	memset(&c->reason, 0, sizeof(c->reason));
	if (request)
		(void)tapixGetReplyReason(c->session.app, (DWORD)request, &c->reason);
	else
		tapixGetLastReason(&c->reason);
	if (error != LINEERR_OPERATIONUNAVAIL)
		return request ? complain_reply(c->session.app, what, request, error)
			       : complain(what, error);
	fprintf(stderr, "tapictl: %s: the provider of the line does not offer this%s%s%s, %s\n",
			what, c->reason.sentence[0] ? " (" : "", c->reason.sentence,
			c->reason.sentence[0] ? ")" : "", full_name("LINEERR_", (DWORD)error));
	return exit_code_for(error);
}

LONG control_wait(struct control *c, LONG request, const char *what)
{
	uint64_t until = now_ms() + REPLY_MS;

	if (c->options->timeout_s >= 0)
		until = now_ms() + (uint64_t)(c->options->timeout_s * 1000);
	if (request < 0) {
		c->code = refused(c, what, 0, request);
		return request;
	}
	c->request = request;
	while (c->request && step(c, until))
		continue;
	if (!c->request) {
		if (c->reply < 0)
			c->code = refused(c, what, request, c->reply);
		return c->reply;
	}
	if (!c->code) {
		fprintf(stderr, "tapictl: %s: no answer came in time\n", what);
		c->code = EXIT_TIMED_OUT;
	}
	return LINEERR_OPERATIONFAILED;
}

bool control_await(struct control *c, DWORD message, LINEMESSAGE *out)
{
	c->awaited = message;
	memset(&c->got, 0, sizeof(c->got));
	while (c->awaited && !control_ended(&c->calls[0]) && !session_stopped() && !c->code)
		(void)step(c, now_ms() + STATE_MS);
	c->awaited = 0;
	*out = c->got;
	return c->got.dwMessageID == message;
}

void control_pause(struct control *c, DWORD ms)
{
	uint64_t until = now_ms() + ms;

	while (step(c, until))
		continue;
}

void control_wait_state(struct control *c, const struct control_call *call, DWORD states)
{
	uint64_t until = now_ms() + STATE_MS;

	if (c->options->timeout_s >= 0)
		until = now_ms() + (uint64_t)(c->options->timeout_s * 1000);
	while (!(call->state & states) && !control_ended(call) && step(c, until))
		continue;
}

void control_wait_end(struct control *c, const struct control_call *call)
{
	while (!control_ended(call) && !session_stopped() && !c->code)
		(void)step(c, now_ms() + STATE_MS);
}

/* --- the end -------------------------------------------------------------------------------- */

static void say_calls(const struct control *c)
{
	for (int i = 0; i < c->count; i++) {
		const struct control_call *call = &c->calls[i];

		if (!call->state)
			continue;
		if (c->options->json)
			printf("%s{\"device\":%u,\"call_id\":%u,\"call_state\":\"%s\"}",
					i ? "," : "", call->device, call->call_id,
					full_name("LINECALLSTATE_", call->state));
		else
			printf("call %u: %s%s%s\n", call->call_id,
					short_name("LINECALLSTATE_", call->state),
					call->reason.sentence[0] ? ", " : "",
					call->reason.sentence);
	}
}

void control_say_end(const struct control *c)
{
	printf(",\"result\":\"%s\",\"exit\":%d", exit_word(c->code), (int)c->code);
	if (c->reason.sentence[0]) {
		printf(",\"reason\":");
		print_json_reason(&c->reason);
	}
	printf("}\n");
}

static void say_result(const struct control *c)
{
	printf("{\"command\":");
	print_json_text(c->options->argv[0]);
	printf(",\"calls\":[");
	say_calls(c);
	printf("]");
	control_say_end(c);
}

static void learn_id(struct control_call *call)
{
	LONG error;
	LINECALLINFO *info =
			call->call && !call->call_id ? get_call_info(call->call, &error) : NULL;

	if (info)
		call->call_id = info->dwCallID;
	free(info);
}

void control_say(struct control *c)
{
	for (int i = 0; i < c->count; i++)
		learn_id(&c->calls[i]);
	if (c->options->json)
		say_result(c);
	else
		say_calls(c);
	(void)fflush(stdout);
}

enum exit_code control_close(struct control *c)
{
	if (!c->silent && c->code != EXIT_USAGE && (c->count || c->options->json))
		control_say(c);
	/* Each by itself: a call of which all handles are given back is not dropped. */
	for (int i = 0; i < c->count; i++) {
		if (c->calls[i].call)
			(void)lineDeallocateCall(c->calls[i].call);
	}
	if (c->session.app)
		session_close(&c->session);
	return c->code;
}
