// SPDX-License-Identifier: MIT
/* acd.c - a small call centre: acd QUEUE-LINE AGENT-LINE... Callers who dial the first line wait
 * there; the longest waiting one goes to an agent who is ready on one of the others. It is the
 * proxy of the agents' lines: agents (agent.c) log in and say when they are ready, supervisors
 * (supervisor.c) ask and are told. The password of everybody is 1234. */
#include "centre.h"

#include <time.h>

enum { LINES_MAX = 32, AGENTS_MAX = 32, WAITING_MAX = 64 };

struct desk { /* a line that agents work at */
	HLINE line;
	char number[32];
};

struct agent {
	char id[32];
	DWORD state, calls;
};

struct session {
	HAGENT agent;
	struct desk *desk;
	DWORD state, calls;
	HCALL call; /* that its agent has now, as a monitor sees it */
};

struct waiting {
	HCALL call;
	time_t since;
};

static const GUID sales = SALES;
static HLINE queue_line;
static struct desk desks[LINES_MAX];
static struct agent agents[AGENTS_MAX]; /* handle: index + 1 */
static struct session sessions[AGENTS_MAX];
static struct waiting waiting[WAITING_MAX];
static unsigned desk_count, agent_count, session_count, waiting_count;
static DWORD queued, abandoned, flowed_out, longest, waited, period = 3600;

/* --- telling ---------------------------------------------------------------------------------- */

static void tell(DWORD message, DWORD p1, DWORD p2, DWORD p3)
{
	for (unsigned i = 0; i < desk_count; i++)
		(void)lineProxyMessage(desks[i].line, 0, message, p1, p2, p3);
}

static void set_session_state(unsigned i, DWORD state)
{
	struct session *s = &sessions[i];

	s->state = state;
	agents[s->agent - 1].state = state == LINEAGENTSESSIONSTATE_READY ? LINEAGENTSTATEEX_READY
				     : state == LINEAGENTSESSIONSTATE_BUSYONCALL
						     ? LINEAGENTSTATEEX_BUSYACD
						     : LINEAGENTSTATEEX_NOTREADY;
	tell(LINE_AGENTSESSIONSTATUS, i + 1, LINEAGENTSESSIONSTATUS_STATE, state);
	tell(LINE_AGENTSTATUSEX, s->agent, LINEAGENTSTATUSEX_STATE, agents[s->agent - 1].state);
}

/* --- the queue -------------------------------------------------------------------------------- */

static struct waiting take(unsigned i)
{
	struct waiting w = waiting[i];

	waiting_count--;
	memmove(&waiting[i], &waiting[i + 1], (waiting_count - i) * sizeof(w));
	return w;
}

/* Who waits longest goes to an agent who is ready. Supervisors hear of the queue only when it has
 * changed: a request of theirs comes by here too, and what they hear makes them ask. */
static void distribute(int has_changed)
{
	for (unsigned i = 0; i < session_count && waiting_count; i++) {
		struct waiting w;
		DWORD time_waited;

		if (sessions[i].state != LINEAGENTSESSIONSTATE_READY)
			continue;
		if (lineRedirect(waiting[0].call, sessions[i].desk->number, 0) < 0) {
			tapixGetLastReason(&why);
			fprintf(stderr, "acd: %s [%s]\n", why.sentence, why.cause);
			break;
		}
		w = take(0);
		has_changed = 1;
		time_waited = (DWORD)(time(NULL) - w.since);
		flowed_out++;
		waited += time_waited;
		if (time_waited > longest)
			longest = time_waited;
		printf("to %s after %u s\n", sessions[i].desk->number, time_waited);
		set_session_state(i, LINEAGENTSESSIONSTATE_BUSYONCALL);
	}
	if (has_changed)
		tell(LINE_QUEUESTATUS, QUEUE, LINEQUEUESTATUS_UPDATEINFO, 0);
}

static void on_queue_state(HCALL call, DWORD state)
{
	unsigned i = 0;

	while (i < waiting_count && waiting[i].call != call)
		i++;
	if (state == LINECALLSTATE_OFFERING && i == waiting_count && i < WAITING_MAX) {
		waiting[waiting_count++] = (struct waiting){ call, time(NULL) };
		queued++;
		distribute(1);
	} else if (state == LINECALLSTATE_DISCONNECTED || state == LINECALLSTATE_IDLE) {
		if (i < waiting_count) {
			(void)take(i);
			abandoned++;
			printf("abandoned\n");
			tell(LINE_QUEUESTATUS, QUEUE, LINEQUEUESTATUS_UPDATEINFO, 0);
		}
		if (state == LINECALLSTATE_DISCONNECTED)
			(void)lineDrop(call, NULL, 0);
		else
			(void)lineDeallocateCall(call);
	}
}

/* A call at a desk, which the proxy sees as a monitor. */
static void on_desk_state(struct session *s, HCALL call, DWORD state)
{
	unsigned i = (unsigned)(s - sessions);

	if (state == LINECALLSTATE_CONNECTED && !s->call) {
		s->call = call;
		s->calls++;
		agents[s->agent - 1].calls++;
		set_session_state(i, LINEAGENTSESSIONSTATE_BUSYONCALL);
	} else if (state == LINECALLSTATE_IDLE || state == LINECALLSTATE_DISCONNECTED) {
		/* Wrapping up; or the call never reached the agent, who is ready again. */
		if (s->call == call)
			set_session_state(i, LINEAGENTSESSIONSTATE_BUSYWRAPUP);
		else if (!s->call && s->state == LINEAGENTSESSIONSTATE_BUSYONCALL)
			set_session_state(i, LINEAGENTSESSIONSTATE_READY);
		if (s->call == call)
			s->call = 0;
	}
}

static HLINE line_of(HCALL call)
{
	union {
		LINECALLINFO info;
		char room[4096];
	} u = { .info = { .dwTotalSize = sizeof(u) } };

	return lineGetCallInfo(call, &u.info) ? 0 : u.info.hLine;
}

static void on_call_state(HCALL call, DWORD state)
{
	HLINE line = line_of(call);

	if (line == queue_line) {
		on_queue_state(call, state);
		return;
	}
	for (unsigned i = 0; i < session_count; i++)
		if (sessions[i].desk->line == line &&
				sessions[i].state != LINEAGENTSESSIONSTATE_ENDED)
			on_desk_state(&sessions[i], call, state);
	if (state == LINECALLSTATE_IDLE)
		(void)lineDeallocateCall(call);
}

/* --- requests: each fills in its arm and says 0 or an error ------------------------------------
 */

static struct desk *desk_of(HLINE line)
{
	for (unsigned i = 0; i < desk_count; i++)
		if (desks[i].line == line)
			return &desks[i];
	return NULL;
}

static int has_pin(const LINEPROXYREQUEST *r, DWORD size, DWORD offset)
{
	return size && strcmp((const char *)r + offset, "1234") == 0;
}

static LONG create_agent(HLINE line, LINEPROXYREQUEST *r)
{
	const char *id = (const char *)r + r->CreateAgent.dwAgentIDOffset;

	(void)line;
	if (!r->CreateAgent.dwAgentIDSize || !*id)
		return LINEERR_INVALAGENTID;
	if (!has_pin(r, r->CreateAgent.dwAgentPINSize, r->CreateAgent.dwAgentPINOffset))
		return LINEERR_INVALPASSWORD;
	if (agent_count == AGENTS_MAX)
		return LINEERR_RESOURCEUNAVAIL;
	(void)snprintf(agents[agent_count].id, sizeof(agents[0].id), "%s", id);
	agents[agent_count].state = LINEAGENTSTATEEX_NOTREADY;
	r->CreateAgent.hAgent = ++agent_count;
	printf("agent %s\n", agents[agent_count - 1].id);
	tell(LINE_AGENTSTATUSEX, agent_count, LINEAGENTSTATUSEX_NEWAGENT, 0);
	return 0;
}

static LONG create_session(HLINE line, LINEPROXYREQUEST *r)
{
	struct session *s = &sessions[session_count];

	if (!r->CreateAgentSession.hAgent || r->CreateAgentSession.hAgent > agent_count)
		return LINEERR_INVALAGENTID;
	if (memcmp(&r->CreateAgentSession.GroupID, &sales, sizeof(sales)) != 0)
		return LINEERR_INVALAGENTGROUP;
	if (!has_pin(r, r->CreateAgentSession.dwAgentPINSize,
			    r->CreateAgentSession.dwAgentPINOffset))
		return LINEERR_INVALPASSWORD;
	if (session_count == AGENTS_MAX)
		return LINEERR_RESOURCEUNAVAIL;
	*s = (struct session){ .agent = r->CreateAgentSession.hAgent,
		.desk = desk_of(line),
		.state = LINEAGENTSESSIONSTATE_NOTREADY };
	r->CreateAgentSession.hAgentSession = ++session_count;
	tell(LINE_AGENTSESSIONSTATUS, session_count, LINEAGENTSESSIONSTATUS_NEWSESSION, 0);
	return 0;
}

static LONG set_session(HLINE line, LINEPROXYREQUEST *r)
{
	HAGENTSESSION i = r->SetAgentSessionState.hAgentSession;

	(void)line;
	if (!i || i > session_count)
		return LINEERR_INVALAGENTSESSIONSTATE;
	set_session_state(i - 1, r->SetAgentSessionState.dwAgentSessionState);
	return 0;
}

static LONG get_session(HLINE line, LINEPROXYREQUEST *r)
{
	LINEAGENTSESSIONINFO *info = &r->GetAgentSessionInfo.SessionInfo;
	HAGENTSESSION i = r->GetAgentSessionInfo.hAgentSession;

	(void)line;
	if (!i || i > session_count)
		return LINEERR_INVALPARAM;
	info->dwNeededSize = info->dwUsedSize = sizeof(*info);
	info->dwAgentSessionState = sessions[i - 1].state;
	info->dwNumberOfCalls = sessions[i - 1].calls;
	return 0;
}

static LONG get_agent(HLINE line, LINEPROXYREQUEST *r)
{
	LINEAGENTINFO *info = &r->GetAgentInfo.AgentInfo;
	HAGENT i = r->GetAgentInfo.hAgent;

	(void)line;
	if (!i || i > agent_count)
		return LINEERR_INVALAGENTID;
	info->dwNeededSize = info->dwUsedSize = sizeof(*info);
	info->dwAgentState = agents[i - 1].state;
	info->dwNumberOfACDCalls = agents[i - 1].calls;
	return 0;
}

static LONG get_groups(HLINE line, LINEPROXYREQUEST *r)
{
	LINEAGENTGROUPLIST *list = &r->GetGroupList.GroupList;
	LINEAGENTGROUPENTRY entry;
	static const char name[] = "sales";

	(void)line;
	memset(&entry, 0, sizeof(entry));
	memcpy(&entry.GroupID, &sales, sizeof(sales));
	entry.dwNameSize = sizeof(name);
	entry.dwNameOffset = sizeof(*list) + sizeof(entry);
	list->dwNumEntries = 1;
	list->dwListSize = sizeof(entry);
	list->dwListOffset = sizeof(*list);
	list->dwNeededSize = list->dwUsedSize = entry.dwNameOffset + entry.dwNameSize;
	memcpy((char *)list + list->dwListOffset, &entry, sizeof(entry));
	memcpy((char *)list + entry.dwNameOffset, name, sizeof(name));
	return 0;
}

static LONG get_queues(HLINE line, LINEPROXYREQUEST *r)
{
	LINEQUEUELIST *list = &r->GetQueueList.QueueList;
	LINEQUEUEENTRY entry = { .dwQueueID = QUEUE };
	static const char name[] = "sales";

	(void)line;
	entry.dwNameSize = sizeof(name);
	entry.dwNameOffset = sizeof(*list) + sizeof(entry);
	list->dwNumEntries = 1;
	list->dwListSize = sizeof(entry);
	list->dwListOffset = sizeof(*list);
	list->dwNeededSize = list->dwUsedSize = entry.dwNameOffset + entry.dwNameSize;
	memcpy((char *)list + list->dwListOffset, &entry, sizeof(entry));
	memcpy((char *)list + entry.dwNameOffset, name, sizeof(name));
	return 0;
}

static LONG get_queue(HLINE line, LINEPROXYREQUEST *r)
{
	LINEQUEUEINFO *info = &r->GetQueueInfo.QueueInfo;
	time_t now = time(NULL);

	(void)line;
	if (r->GetQueueInfo.dwQueueID != QUEUE)
		return LINEERR_INVALPARAM;
	info->dwNeededSize = info->dwUsedSize = sizeof(*info);
	info->dwMeasurementPeriod = period;
	info->dwTotalCallsQueued = queued;
	info->dwCurrentCallsQueued = waiting_count;
	info->dwTotalCallsAbandoned = abandoned;
	info->dwTotalCallsFlowedOut = flowed_out;
	info->dwLongestEverWaitTime = longest;
	info->dwCurrentLongestWaitTime = waiting_count ? (DWORD)(now - waiting[0].since) : 0;
	info->dwAverageWaitTime = flowed_out ? waited / flowed_out : 0;
	return 0;
}

static LONG set_period(HLINE line, LINEPROXYREQUEST *r)
{
	(void)line;
	period = r->SetQueueMeasurementPeriod.dwMeasurementPeriod;
	return 0;
}

static const struct {
	DWORD type;
	LONG (*serve)(HLINE line, LINEPROXYREQUEST *r);
} served[] = {
	{ LINEPROXYREQUEST_CREATEAGENT, create_agent },
	{ LINEPROXYREQUEST_CREATEAGENTSESSION, create_session },
	{ LINEPROXYREQUEST_SETAGENTSESSIONSTATE, set_session },
	{ LINEPROXYREQUEST_GETAGENTSESSIONINFO, get_session },
	{ LINEPROXYREQUEST_GETAGENTINFO, get_agent },
	{ LINEPROXYREQUEST_GETGROUPLIST, get_groups },
	{ LINEPROXYREQUEST_GETQUEUELIST, get_queues },
	{ LINEPROXYREQUEST_GETQUEUEINFO, get_queue },
	{ LINEPROXYREQUEST_SETQUEUEMEASUREMENTPERIOD, set_period },
};

enum { SERVED = sizeof(served) / sizeof(served[0]) };

static void on_request(HLINE line, LINEPROXYREQUEST *r)
{
	LONG result = LINEERR_OPERATIONUNAVAIL;

	for (int i = 0; i < SERVED; i++)
		if (served[i].type == r->dwRequestType)
			result = served[i].serve(line, r);
	(void)lineProxyResponse(line, r, (DWORD)result);
	distribute(0);
}

static void on_message(const LINEMESSAGE *m)
{
	if (m->dwMessageID == LINE_PROXYREQUEST)
		on_request(m->hDevice, (LINEPROXYREQUEST *)m->dwParam1);
	else if (m->dwMessageID == LINE_CALLSTATE)
		on_call_state(m->hDevice, (DWORD)m->dwParam1);
}

/* --- lines ------------------------------------------------------------------------------------ */

static DWORD negotiate(DWORD device)
{
	LINEEXTENSIONID extension;
	DWORD version;

	if (lineNegotiateAPIVersion(app, device, VERSION, VERSION, &version, &extension))
		fail("lineNegotiateAPIVersion");
	return version;
}

static void open_desk(DWORD device)
{
	struct {
		LINECALLPARAMS params;
		DWORD types[SERVED];
	} p = { .params = { .dwTotalSize = sizeof(p),
				.dwDevSpecificSize = sizeof(p.types),
				.dwDevSpecificOffset = sizeof(p.params) } };
	union {
		LINEADDRESSCAPS caps;
		char room[4096];
	} u = { .caps = { .dwTotalSize = sizeof(u) } };
	DWORD version = negotiate(device);
	struct desk *d = &desks[desk_count];

	for (int i = 0; i < SERVED; i++)
		p.types[i] = served[i].type;
	if (lineOpen(app, device, &d->line, version, 0, 0,
			    LINECALLPRIVILEGE_MONITOR | LINEOPENOPTION_PROXY, 0, &p.params))
		fail("lineOpen as proxy");
	if (lineGetAddressCaps(app, device, 0, version, 0, &u.caps))
		fail("lineGetAddressCaps");
	(void)snprintf(d->number, sizeof(d->number), "%s", u.room + u.caps.dwAddressOffset);
	desk_count++;
}

int main(int argc, char **argv)
{
	LINEMESSAGE m;

	if (argc < 3 || argc > LINES_MAX)
		return fprintf(stderr, "usage: acd QUEUE-LINE AGENT-LINE...\n"), 2;
	(void)begin("acd");
	(void)setvbuf(stdout, NULL, _IOLBF, 0);
	if (lineOpen(app, (DWORD)strtoul(argv[1], NULL, 10), &queue_line,
			    negotiate((DWORD)strtoul(argv[1], NULL, 10)), 0, 0,
			    LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_INTERACTIVEVOICE, NULL))
		fail("lineOpen of the queue");
	for (int i = 2; i < argc; i++)
		open_desk((DWORD)strtoul(argv[i], NULL, 10));
	printf("open\n");
	while (lineGetMessage(app, &m, 0xffffffff) == 0)
		on_message(&m);
	return lineShutdown(app) != 0;
}
