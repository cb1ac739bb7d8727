// SPDX-License-Identifier: MIT
/* test_proxy.c - who serves, what others hear of it, and what becomes of requests when it goes. */
#include "agents.h"

#include <string.h>

static const DWORD caps_only[] = { LINEPROXYREQUEST_GETAGENTCAPS };

static void serves_caps(void *unused)
{
	(void)unused;
	expect_ok(open_proxy(caps_only, 1));
}

static void may_not_serve_caps(void *unused)
{
	static const DWORD two[] = { LINEPROXYREQUEST_SETAGENTSTATE,
		LINEPROXYREQUEST_GETAGENTCAPS };
	static const DWORD unknown[] = { 0x15 };

	(void)unused;
	expect_error(open_proxy(two, 2), LINEERR_NOTREGISTERED);
	expect_error(open_proxy(unknown, 1), LINEERR_INVALPARAM);
	expect_error(open_proxy(unknown, 0), LINEERR_INVALPARAM);
	expect_ok(open_proxy(two, 1));
}

static void the_first_proxy_has_a_request(struct world *w)
{
	struct app *a = app_start(w, "acd.exe", 0), *b = app_start(w, "other.exe", 0);

	app_do(a, serves_caps, NULL, 0);
	app_do(b, may_not_serve_caps, NULL, 0);
}

static void nobody_serves(void *unused)
{
	LINEAGENTCAPS caps = { .dwTotalSize = sizeof(caps) };

	(void)unused;
	agent_opens(NULL);
	expect_error(lineGetAgentCaps(me.app, 0, 0, 0x00020002, &caps), LINEERR_OPERATIONUNAVAIL);
	expect_error(lineSetAgentState(me.line[0], 0, LINEAGENTSTATE_READY, 0),
			LINEERR_OPERATIONUNAVAIL);
	expect_error(lineProxyMessage(me.line[0], 0, LINE_AGENTSTATUS, 0, 0, 0),
			LINEERR_NOTREGISTERED);
	expect_error(lineProxyResponse(me.line[0], (LPLINEPROXYREQUEST)(void *)&caps, 0),
			LINEERR_INVALPOINTER);
}

static void without_a_proxy_nothing_is_served(struct world *w)
{
	app_do(app_start(w, "agent.exe", 0), nobody_serves, NULL, 0);
}

/* --- a proxy that dies --- */

static void ask_in_vain(void *unused)
{
	(void)unused;
	agent_opens(NULL);
	refused(lineSetAgentState(me.line[0], 0, LINEAGENTSTATE_READY, 0), LINEERR_OPERATIONFAILED);
}

static void takes_a_request(void *unused)
{
	(void)unused;
	(void)next_request(LINEPROXYREQUEST_SETAGENTSTATE);
}

static void hears_the_end(void *unused)
{
	(void)unused;
	for (DWORD type = 1; type <= LINEPROXYREQUEST_SETAGENTSTATEEX; type++) {
		struct message m = next_of(LINE_PROXYSTATUS, me.line[0]);

		expect_eq(m.p1, LINEPROXYSTATUS_CLOSE);
		expect_eq(m.p2, type);
	}
}

static void requests_of_a_proxy_that_dies_fail(struct world *w)
{
	struct app *proxy = proxy_start(w, "acd.exe");
	struct app *agent = app_start(w, "agent.exe", 0);
	struct app *supervisor = app_start(w, "supervisor.exe", 0);

	app_do(supervisor, agent_opens, NULL, 0);
	app_begin(agent, ask_in_vain, NULL, 0);
	app_do(proxy, takes_a_request, NULL, 0);
	app_kill(proxy);
	app_finish(agent, NULL, 0);
	app_do(supervisor, hears_the_end, NULL, 0);
}

static void close_without_answer(void *unused)
{
	(void)unused;
	(void)next_request(LINEPROXYREQUEST_SETAGENTSTATE);
	expect_ok(lineClose(me.line[0]));
}

static void requests_of_a_proxy_that_closes_fail(struct world *w)
{
	struct app *proxy = proxy_start(w, "acd.exe");
	struct app *agent = app_start(w, "agent.exe", 0);

	app_begin(agent, ask_in_vain, NULL, 0);
	app_do(proxy, close_without_answer, NULL, 0);
	app_finish(agent, NULL, 0);
}

/* --- what others hear --- */

static void hears_the_beginning(void *unused)
{
	struct message m;

	(void)unused;
	for (DWORD type = 1; type <= LINEPROXYREQUEST_SETAGENTSTATEEX; type++) {
		m = next_of(LINE_PROXYSTATUS, me.line[0]);
		expect_eq(m.p1, LINEPROXYSTATUS_OPEN);
		expect_eq(m.p2, type);
	}
	m = next_of(LINE_PROXYSTATUS, me.line[0]);
	expect_eq(m.p1, LINEPROXYSTATUS_ALLOPENFORACD);
}

static void sees_all_served(void *unused)
{
	struct {
		LINEPROXYREQUESTLIST list;
		DWORD types[LINEPROXYREQUEST_SETAGENTSTATEEX];
	} l = { .list.dwTotalSize = sizeof(l) };

	(void)unused;
	expect_ok(lineGetProxyStatus(me.app, 0, 0x00020002, &l.list));
	expect_eq(l.list.dwNumEntries, LINEPROXYREQUEST_SETAGENTSTATEEX);
	expect_eq(l.list.dwListSize, sizeof(l.types));
	for (DWORD i = 0; i < LINEPROXYREQUEST_SETAGENTSTATEEX; i++) {
		DWORD type;

		memcpy(&type, (char *)&l + l.list.dwListOffset + i * sizeof(type), sizeof(type));
		expect_eq(type, i + 1);
	}
	expect_error(lineGetProxyStatus(me.app, 0, 0x00020000, &l.list),
			LINEERR_INCOMPATIBLEAPIVERSION);
}

static void who_has_the_line_hears_who_serves(struct world *w)
{
	struct app *agent = app_start(w, "agent.exe", 0);

	app_do(agent, agent_opens, NULL, 0);
	(void)proxy_start(w, "acd.exe");
	app_do(agent, hears_the_beginning, NULL, 0);
	app_do(agent, sees_all_served, NULL, 0);
}

static void says(void *unused)
{
	(void)unused;
	expect_ok(lineProxyMessage(me.line[0], 0, LINE_AGENTSTATUS, 1, LINEAGENTSTATUS_STATE,
			LINEAGENTSTATE_READY));
	expect_ok(lineProxyMessage(me.line[0], 0, LINE_AGENTSTATUSEX, 0xa9e17,
			LINEAGENTSTATUSEX_STATE, LINEAGENTSTATEEX_READY));
	expect_ok(lineProxyMessage(me.line[0], 0, LINE_AGENTSESSIONSTATUS, 0x5e55,
			LINEAGENTSESSIONSTATUS_NEWSESSION, 0));
	expect_ok(lineProxyMessage(me.line[0], 0, LINE_QUEUESTATUS, 12, LINEQUEUESTATUS_NEWQUEUE,
			0));
	expect_ok(lineProxyMessage(me.line[0], 0, LINE_GROUPSTATUS, 0, LINEGROUPSTATUS_NEWGROUP,
			0));
	expect_ok(lineProxyMessage(me.line[0], 0, LINE_AGENTSPECIFIC, 1, 2, 3));
	expect_error(lineProxyMessage(me.line[0], 0, LINE_CALLSTATE, 0, 0, 0), LINEERR_INVALPARAM);
	expect_error(lineProxyMessage(me.line[0], 0x1234, LINE_AGENTSPECIFIC, 0, 0, 0),
			LINEERR_INVALCALLHANDLE);
	expect_none(LINE_AGENTSTATUS, ANY, ANY);
}

static void hears_all(void *unused)
{
	struct message m = next_of(LINE_AGENTSTATUS, me.line[0]);

	(void)unused;
	expect_eq(m.p1, 1);
	expect_eq(m.p2, LINEAGENTSTATUS_STATE);
	expect_eq(m.p3, LINEAGENTSTATE_READY);
	m = next_of(LINE_AGENTSTATUSEX, me.line[0]);
	expect_eq(m.p2, LINEAGENTSTATUSEX_STATE);
	expect_eq(m.p3, LINEAGENTSTATEEX_READY);
	expect_eq(next_of(LINE_AGENTSESSIONSTATUS, me.line[0]).p1, 0x5e55);
	expect_eq(next_of(LINE_QUEUESTATUS, me.line[0]).p2, LINEQUEUESTATUS_NEWQUEUE);
	expect_eq(next_of(LINE_GROUPSTATUS, me.line[0]).p2, LINEGROUPSTATUS_NEWGROUP);
	expect_eq(next_of(LINE_AGENTSPECIFIC, me.line[0]).p3, 3);
}

static void hears_what_2_0_has(void *unused)
{
	(void)unused;
	(void)next_of(LINE_AGENTSTATUS, me.line[0]);
	(void)next_of(LINE_AGENTSPECIFIC, me.line[0]);
	expect_none(LINE_AGENTSTATUSEX, ANY, ANY);
	expect_none(LINE_QUEUESTATUS, ANY, ANY);
}

static void messages_of_a_proxy_go_to_all_others(struct world *w)
{
	struct app *proxy = proxy_start(w, "acd.exe");
	struct app *agent = app_start(w, "agent.exe", 0);
	struct app *old = app_start(w, "old.exe", 0x00020000);

	app_do(agent, agent_opens, NULL, 0);
	app_do(old, agent_opens, NULL, 0);
	app_do(proxy, says, NULL, 0);
	app_do(agent, hears_all, NULL, 0);
	app_do(old, hears_what_2_0_has, NULL, 0);
}

/* --- a daemon that is started again --- */

static void ask_state(void *unused)
{
	(void)unused;
	done(lineSetAgentState(me.line[0], 0, LINEAGENTSTATE_READY, 0));
}

static void serve_state(void *unused)
{
	(void)unused;
	answer(next_request(LINEPROXYREQUEST_SETAGENTSTATE), 0);
}

static void comes_back(void *unused)
{
	(void)unused;
	settle();
}

static void a_proxy_goes_on_serving_after_a_crash_of_the_daemon(struct world *w)
{
	struct app *proxy = proxy_start(w, "acd.exe");
	struct app *agent = app_start(w, "agent.exe", 0);

	app_do(agent, agent_opens, NULL, 0);
	world_kill(w);
	world_launch(w);
	app_do(proxy, comes_back, NULL, 0);
	app_do(agent, sees_all_served, NULL, 0);
	app_begin(agent, ask_state, NULL, 0);
	app_do(proxy, serve_state, NULL, 0);
	app_finish(agent, NULL, 0);
}

static const struct row rows[] = {
	TEST("16.1 8.t1.10", "lineOpen", "the first proxy for a request has it",
			the_first_proxy_has_a_request),
	TEST("16.3", "", "without a proxy nothing is served", without_a_proxy_nothing_is_served),
	TEST("16.3", "lineSetAgentState", "requests of a proxy that dies fail",
			requests_of_a_proxy_that_dies_fail),
	TEST("16.3", "lineSetAgentState", "requests of a proxy that closes its line fail",
			requests_of_a_proxy_that_closes_fail),
	TEST("16.5", "lineGetProxyStatus", "who has the line open hears who serves what",
			who_has_the_line_hears_who_serves),
	TEST("16.4 22.t1.11", "lineProxyMessage",
			"a proxy's messages go to all others, by their version",
			messages_of_a_proxy_go_to_all_others),
	TEST("16.1", "lineSetAgentState lineGetProxyStatus",
			"a proxy goes on serving after a crash of the daemon",
			a_proxy_goes_on_serving_after_a_crash_of_the_daemon),
};
CONFORMANCE(proxy, rows)
