// SPDX-License-Identifier: MIT
/* test_agent_handle.c - agents by handle, their sessions, and queues: the functions of 2.2. */
#include "agents.h"

#include <string.h>

enum { AGENT = 0xa9e17, SESSION = 0x5e55, QUEUE = 12 };

static union {
	LINEAGENTINFO agent;
	LINEAGENTSESSIONINFO session;
	LINEAGENTSESSIONLIST sessions;
	LINEQUEUELIST queues;
	LINEQUEUEINFO queue;
	DWORD total;
	char room[2048];
} buffer;

static void *sized(void)
{
	memset(&buffer, 0, sizeof(buffer));
	buffer.total = sizeof(buffer);
	return &buffer;
}

/* --- lineCreateAgent, lineCreateAgentSession --- */

static void ask_create(void *unused)
{
	char id[] = "carla", pin[] = "4711", wrong[] = "0000";
	HAGENT agent = 0;

	(void)unused;
	done(lineCreateAgent(me.line[0], id, pin, &agent));
	expect_eq(agent, AGENT);
	agent = 0;
	refused(lineCreateAgent(me.line[0], id, wrong, &agent), LINEERR_INVALPASSWORD);
	expect_eq(agent, 0);
	done(lineCreateAgent(me.line[0], id, NULL, &agent));
}

static void serve_create(void *unused)
{
	LINEPROXYREQUEST *r = next_request(LINEPROXYREQUEST_CREATEAGENT);

	(void)unused;
	expect_str((const char *)r + r->CreateAgent.dwAgentIDOffset, "carla");
	expect_str((const char *)r + r->CreateAgent.dwAgentPINOffset, "4711");
	r->CreateAgent.hAgent = AGENT;
	answer(r, 0);
	answer(next_request(LINEPROXYREQUEST_CREATEAGENT), LINEERR_INVALPASSWORD);
	r = next_request(LINEPROXYREQUEST_CREATEAGENT);
	expect_eq(r->CreateAgent.dwAgentPINSize, 0);
	r->CreateAgent.hAgent = AGENT;
	answer(r, 0);
}

static void an_agent_is_made_by_the_proxy(struct world *w)
{
	asked_and_served(w, ask_create, serve_create);
}

static void ask_create_session(void *unused)
{
	HAGENTSESSION session = 0;
	GUID group = sales;
	char pin[] = "4711";

	(void)unused;
	done(lineCreateAgentSession(me.line[0], AGENT, pin, 1, &group, &session));
	expect_eq(session, SESSION);
}

static void serve_create_session(void *unused)
{
	LINEPROXYREQUEST *r = next_request(LINEPROXYREQUEST_CREATEAGENTSESSION);

	(void)unused;
	expect_eq(r->CreateAgentSession.hAgent, AGENT);
	expect_eq(r->CreateAgentSession.dwWorkingAddressID, 1);
	expect_eq(memcmp(&r->CreateAgentSession.GroupID, &sales, sizeof(sales)), 0);
	expect_str((const char *)r + r->CreateAgentSession.dwAgentPINOffset, "4711");
	r->CreateAgentSession.hAgentSession = SESSION;
	answer(r, 0);
}

static void a_session_is_made_by_the_proxy(struct world *w)
{
	asked_and_served(w, ask_create_session, serve_create_session);
}

/* --- states --- */

static void ask_states(void *unused)
{
	(void)unused;
	done(lineSetAgentStateEx(me.line[0], AGENT, LINEAGENTSTATEEX_READY,
			LINEAGENTSTATEEX_NOTREADY));
}

static void serve_states(void *unused)
{
	LINEPROXYREQUEST *r = next_request(LINEPROXYREQUEST_SETAGENTSTATEEX);

	(void)unused;
	expect_eq(r->SetAgentStateEx.hAgent, AGENT);
	expect_eq(r->SetAgentStateEx.dwAgentState, LINEAGENTSTATEEX_READY);
	expect_eq(r->SetAgentStateEx.dwNextAgentState, LINEAGENTSTATEEX_NOTREADY);
	answer(r, 0);
}

static void state_of_an_agent_is_set(struct world *w)
{
	asked_and_served(w, ask_states, serve_states);
}

static void ask_session_state(void *unused)
{
	(void)unused;
	done(lineSetAgentSessionState(me.line[0], SESSION, LINEAGENTSESSIONSTATE_READY,
			LINEAGENTSESSIONSTATE_BUSYWRAPUP));
}

static void serve_session_state(void *unused)
{
	LINEPROXYREQUEST *r = next_request(LINEPROXYREQUEST_SETAGENTSESSIONSTATE);

	(void)unused;
	expect_eq(r->SetAgentSessionState.hAgentSession, SESSION);
	expect_eq(r->SetAgentSessionState.dwAgentSessionState, LINEAGENTSESSIONSTATE_READY);
	expect_eq(r->SetAgentSessionState.dwNextAgentSessionState,
			LINEAGENTSESSIONSTATE_BUSYWRAPUP);
	answer(r, 0);
}

static void state_of_a_session_is_set(struct world *w)
{
	asked_and_served(w, ask_session_state, serve_session_state);
}

/* --- figures --- */

static void ask_agent_info(void *unused)
{
	(void)unused;
	done(lineGetAgentInfo(me.line[0], AGENT, sized()));
	expect_eq(buffer.agent.dwAgentState, LINEAGENTSTATEEX_BUSYACD);
	expect_eq(buffer.agent.dwNumberOfACDCalls, 42);
	expect_eq(buffer.agent.dwTotalACDTalkTime, 4200);
	done(lineSetAgentMeasurementPeriod(me.line[0], AGENT, 3600));
}

static void serve_agent_info(void *unused)
{
	LINEPROXYREQUEST *r = next_request(LINEPROXYREQUEST_GETAGENTINFO);
	LINEAGENTINFO *info = &r->GetAgentInfo.AgentInfo;

	(void)unused;
	expect_eq(r->GetAgentInfo.hAgent, AGENT);
	info->dwNeededSize = info->dwUsedSize = sizeof(*info);
	info->dwAgentState = LINEAGENTSTATEEX_BUSYACD;
	info->dwNumberOfACDCalls = 42;
	info->dwTotalACDTalkTime = 4200;
	answer(r, 0);
	r = next_request(LINEPROXYREQUEST_SETAGENTMEASUREMENTPERIOD);
	expect_eq(r->SetAgentMeasurementPeriod.hAgent, AGENT);
	expect_eq(r->SetAgentMeasurementPeriod.dwMeasurementPeriod, 3600);
	answer(r, 0);
}

static void figures_of_an_agent_arrive(struct world *w)
{
	asked_and_served(w, ask_agent_info, serve_agent_info);
}

static void ask_sessions(void *unused)
{
	LINEAGENTSESSIONENTRY entry;

	(void)unused;
	done(lineGetAgentSessionList(me.line[0], AGENT, sized()));
	expect_eq(buffer.sessions.dwNumEntries, 1);
	memcpy(&entry, buffer.room + buffer.sessions.dwListOffset, sizeof(entry));
	expect_eq(entry.hAgentSession, SESSION);
	expect_eq(entry.hAgent, AGENT);
	expect_eq(memcmp(&entry.GroupID, &sales, sizeof(sales)), 0);
	expect_eq(entry.dwWorkingAddressID, 1);
	done(lineGetAgentSessionInfo(me.line[0], SESSION, sized()));
	expect_eq(buffer.session.dwAgentSessionState, LINEAGENTSESSIONSTATE_BUSYONCALL);
	expect(buffer.session.dateSessionStartTime == 44000.5);
	expect_eq(buffer.session.cyACDCallRate, 125000);
	expect_eq(buffer.session.dwAverageTimeToAnswer, 9);
}

static void serve_sessions(void *unused)
{
	LINEPROXYREQUEST *r = next_request(LINEPROXYREQUEST_GETAGENTSESSIONLIST);
	LINEAGENTSESSIONLIST *list = &r->GetAgentSessionList.SessionList;
	LINEAGENTSESSIONENTRY entry = {
		.hAgentSession = SESSION, .hAgent = AGENT, .GroupID = sales, .dwWorkingAddressID = 1
	};
	LINEAGENTSESSIONINFO *info;

	(void)unused;
	expect_eq(r->GetAgentSessionList.hAgent, AGENT);
	list->dwNumEntries = 1;
	list->dwListOffset = sizeof(*list);
	list->dwListSize = sizeof(entry);
	list->dwNeededSize = list->dwUsedSize = (DWORD)(sizeof(*list) + sizeof(entry));
	memcpy((char *)list + sizeof(*list), &entry, sizeof(entry));
	answer(r, 0);
	r = next_request(LINEPROXYREQUEST_GETAGENTSESSIONINFO);
	info = &r->GetAgentSessionInfo.SessionInfo;
	expect_eq(r->GetAgentSessionInfo.hAgentSession, SESSION);
	info->dwNeededSize = info->dwUsedSize = sizeof(*info);
	info->dwAgentSessionState = LINEAGENTSESSIONSTATE_BUSYONCALL;
	info->dateSessionStartTime = 44000.5;
	info->cyACDCallRate = 125000;
	info->dwAverageTimeToAnswer = 9;
	answer(r, 0);
}

static void sessions_of_an_agent_arrive(struct world *w)
{
	asked_and_served(w, ask_sessions, serve_sessions);
}

static void ask_queues(void *unused)
{
	LINEQUEUEENTRY entry;
	GUID group = sales;

	(void)unused;
	done(lineGetQueueList(me.line[0], &group, sized()));
	memcpy(&entry, buffer.room + buffer.queues.dwListOffset, sizeof(entry));
	expect_eq(entry.dwQueueID, QUEUE);
	expect_str(buffer.room + entry.dwNameOffset, "first line");
	done(lineSetQueueMeasurementPeriod(me.line[0], QUEUE, 60));
	done(lineGetQueueInfo(me.line[0], QUEUE, sized()));
	expect_eq(buffer.queue.dwTotalCallsAbandoned, 3);
	expect_eq(buffer.queue.dwAverageWaitTime, 21);
}

static void serve_queues(void *unused)
{
	LINEPROXYREQUEST *r = next_request(LINEPROXYREQUEST_GETQUEUELIST);
	LINEQUEUELIST *list = &r->GetQueueList.QueueList;
	LINEQUEUEENTRY entry = { .dwQueueID = QUEUE, .dwNameSize = sizeof("first line") };
	LINEQUEUEINFO *info;

	(void)unused;
	expect_eq(memcmp(&r->GetQueueList.GroupID, &sales, sizeof(sales)), 0);
	list->dwNumEntries = 1;
	list->dwListOffset = sizeof(*list);
	list->dwListSize = sizeof(entry);
	list->dwUsedSize = (DWORD)(sizeof(*list) + sizeof(entry));
	entry.dwNameOffset = put_text(list, &list->dwUsedSize, "first line");
	memcpy((char *)list + sizeof(*list), &entry, sizeof(entry));
	list->dwNeededSize = list->dwUsedSize;
	answer(r, 0);
	r = next_request(LINEPROXYREQUEST_SETQUEUEMEASUREMENTPERIOD);
	expect_eq(r->SetQueueMeasurementPeriod.dwQueueID, QUEUE);
	expect_eq(r->SetQueueMeasurementPeriod.dwMeasurementPeriod, 60);
	answer(r, 0);
	r = next_request(LINEPROXYREQUEST_GETQUEUEINFO);
	info = &r->GetQueueInfo.QueueInfo;
	expect_eq(r->GetQueueInfo.dwQueueID, QUEUE);
	info->dwNeededSize = info->dwUsedSize = sizeof(*info);
	info->dwTotalCallsAbandoned = 3;
	info->dwAverageWaitTime = 21;
	answer(r, 0);
}

static void queues_of_a_group_arrive(struct world *w)
{
	asked_and_served(w, ask_queues, serve_queues);
}

static const struct row rows[] = {
	TEST("16.2 16.6", "lineCreateAgent lineProxyResponse",
			"an agent's handle is the proxy's, by identifier and password",
			an_agent_is_made_by_the_proxy),
	TEST("16.6", "lineCreateAgentSession", "a session's handle is the proxy's",
			a_session_is_made_by_the_proxy),
	TEST("16.7", "lineSetAgentStateEx", "an agent by handle has a state",
			state_of_an_agent_is_set),
	TEST("16.7", "lineSetAgentSessionState", "a session has a state",
			state_of_a_session_is_set),
	TEST("16.7", "lineGetAgentInfo lineSetAgentMeasurementPeriod", "figures of an agent arrive",
			figures_of_an_agent_arrive),
	TEST("16.6", "lineGetAgentSessionList lineGetAgentSessionInfo",
			"sessions of an agent arrive, with dates and amounts",
			sessions_of_an_agent_arrive),
	TEST("16.6", "lineGetQueueList lineGetQueueInfo lineSetQueueMeasurementPeriod",
			"queues of a group arrive", queues_of_a_group_arrive),
};
CONFORMANCE(agent_handle, rows)
