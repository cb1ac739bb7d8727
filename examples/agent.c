// SPDX-License-Identifier: MIT
/* agent.c - a member of the call centre of acd.c: agent LINE NAME PIN CALLS. Logs in, says that it
 * is ready, answers what comes, talks a second, wraps up, and is ready again, so many times. */
#include "centre.h"

#include <time.h>

static HLINE line;
static HCALL current;
static DWORD calls;

/* A reply that says no. */
static void quit(const char *what, LONG error)
{
	fprintf(stderr, "agent: %s: %s: %s [%s]\n", what,
			tapixConstantName("LINEERR_", (DWORD)error), why.sentence, why.cause);
	exit(1);
}

static void set_state(HAGENTSESSION session, DWORD state, const char *text)
{
	LONG error = reply_to(lineSetAgentSessionState(line, session, state, 0));

	if (error)
		quit(text, error);
	printf("%s\n", text);
}

static void on_state(HCALL call, DWORD state)
{
	switch (state) {
	case LINECALLSTATE_OFFERING:
		(void)lineAnswer(call, NULL, 0);
		break;
	case LINECALLSTATE_CONNECTED:
		printf("talking\n");
		current = call;
		break;
	case LINECALLSTATE_DISCONNECTED:
		(void)lineDrop(call, NULL, 0);
		break;
	case LINECALLSTATE_IDLE:
		(void)lineDeallocateCall(call);
		if (call == current) {
			current = 0;
			calls++;
		}
		break;
	default:
		break;
	}
}

static void on_message(const LINEMESSAGE *m)
{
	if (m->dwMessageID == LINE_CALLSTATE)
		on_state(m->hDevice, (DWORD)m->dwParam1);
}

static HAGENTSESSION log_in(char *name, char *pin)
{
	GUID sales = SALES;
	HAGENT agent = 0;
	HAGENTSESSION session = 0;
	LONG error = reply_to(lineCreateAgent(line, name, pin, &agent));

	if (!error)
		error = reply_to(lineCreateAgentSession(line, agent, pin, 0, &sales, &session));
	if (error)
		quit("cannot log in", error);
	printf("logged in\n");
	return session;
}

/* One call: answered, a second of talk, its end, whoever ends it. */
static void take_call(void)
{
	DWORD before = calls;
	time_t until = 0;
	LINEMESSAGE m;

	while (calls == before) {
		if (lineGetMessage(app, &m, 100) == 0)
			on_message(&m);
		if (current && !until)
			until = time(NULL) + 1;
		if (current && time(NULL) > until) {
			(void)lineDrop(current, NULL, 0);
			until = time(NULL) + 60;
		}
	}
}

int main(int argc, char **argv)
{
	LINEEXTENSIONID extension;
	HAGENTSESSION session;
	DWORD version, device, wanted;

	if (argc != 5)
		return fprintf(stderr, "usage: agent LINE NAME PIN CALLS\n"), 2;
	(void)begin("agent");
	(void)setvbuf(stdout, NULL, _IOLBF, 0);
	device = (DWORD)strtoul(argv[1], NULL, 10);
	wanted = (DWORD)strtoul(argv[4], NULL, 10);
	if (lineNegotiateAPIVersion(app, device, VERSION, VERSION, &version, &extension) ||
			lineOpen(app, device, &line, version, 0, 0, LINECALLPRIVILEGE_OWNER,
					LINEMEDIAMODE_INTERACTIVEVOICE, NULL))
		fail("lineOpen");
	session = log_in(argv[2], argv[3]);
	while (calls < wanted) {
		set_state(session, LINEAGENTSESSIONSTATE_READY, "ready");
		take_call();
		printf("wrapping up\n");
	}
	set_state(session, LINEAGENTSESSIONSTATE_ENDED, "logged off");
	return lineShutdown(app) != 0;
}
