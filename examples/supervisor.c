// SPDX-License-Identifier: MIT
/* supervisor.c - watches the call centre of acd.c: supervisor AGENT-LINE CALLS. Says what agents do
 * and how the queue is, until so many calls have been talked to or given up. */
#include "centre.h"

static HLINE line;
static DWORD ended, gone;
static int ask_queue, ask_agent;

static void on_message(const LINEMESSAGE *m)
{
	switch (m->dwMessageID) {
	case LINE_AGENTSTATUSEX:
		if (m->dwParam2 & LINEAGENTSTATUSEX_NEWAGENT)
			printf("agent %u logs in\n", (DWORD)m->dwParam1);
		if (m->dwParam2 & LINEAGENTSTATUSEX_STATE)
			ask_agent = (int)m->dwParam1;
		break;
	case LINE_AGENTSESSIONSTATUS:
		if (m->dwParam2 & LINEAGENTSESSIONSTATUS_STATE)
			printf("session %u: %s\n", (DWORD)m->dwParam1,
					tapixConstantName("LINEAGENTSESSIONSTATE_",
							(DWORD)m->dwParam3));
		ended += m->dwParam3 == LINEAGENTSESSIONSTATE_BUSYWRAPUP;
		break;
	case LINE_QUEUESTATUS:
		ask_queue = 1;
		break;
	case LINE_PROXYSTATUS:
		if (m->dwParam1 == LINEPROXYSTATUS_CLOSE)
			gone++;
		break;
	default:
		break;
	}
}

static DWORD show_queue(void)
{
	LINEQUEUEINFO q = { .dwTotalSize = sizeof(q) };

	ask_queue = 0;
	if (reply_to(lineGetQueueInfo(line, QUEUE, &q))) {
		printf("no queue: %s [%s]\n", why.sentence, why.cause);
		return 0;
	}
	printf("queue: %u came, %u wait, %u gave up, %u went on, %u s on average\n",
			q.dwTotalCallsQueued, q.dwCurrentCallsQueued, q.dwTotalCallsAbandoned,
			q.dwTotalCallsFlowedOut, q.dwAverageWaitTime);
	return q.dwTotalCallsAbandoned;
}

static void show_agent(HAGENT agent)
{
	LINEAGENTINFO a = { .dwTotalSize = sizeof(a) };

	ask_agent = 0;
	if (reply_to(lineGetAgentInfo(line, agent, &a)) == 0)
		printf("agent %u: %s, %u calls\n", agent,
				tapixConstantName("LINEAGENTSTATEEX_", a.dwAgentState),
				a.dwNumberOfACDCalls);
}

int main(int argc, char **argv)
{
	LINEEXTENSIONID extension;
	DWORD version, device, wanted, given_up = 0;
	LINEMESSAGE m;

	if (argc != 3)
		return fprintf(stderr, "usage: supervisor AGENT-LINE CALLS\n"), 2;
	(void)begin("supervisor");
	(void)setvbuf(stdout, NULL, _IOLBF, 0);
	device = (DWORD)strtoul(argv[1], NULL, 10);
	wanted = (DWORD)strtoul(argv[2], NULL, 10);
	if (lineNegotiateAPIVersion(app, device, VERSION, VERSION, &version, &extension) ||
			lineOpen(app, device, &line, version, 0, 0, LINECALLPRIVILEGE_NONE, 0,
					NULL))
		fail("lineOpen");
	printf("watching\n");
	(void)show_queue();
	while (ended + given_up < wanted && !gone && lineGetMessage(app, &m, 0xffffffff) == 0) {
		on_message(&m);
		while (ask_agent || ask_queue) { /* what comes during a question may ask again */
			if (ask_agent)
				show_agent((HAGENT)ask_agent);
			if (ask_queue)
				given_up = show_queue();
		}
	}
	(void)show_queue();
	if (gone)
		printf("the call centre has closed\n");
	return lineShutdown(app) != 0;
}
