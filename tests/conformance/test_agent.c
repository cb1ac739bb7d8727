// SPDX-License-Identifier: MIT
/* test_agent.c - agents by address, the functions of 2.0: what an agent asks arrives at the proxy
 * as it was asked, and what the proxy answers at the agent. */
#include "agents.h"

#include <string.h>

enum { SIZE = 2048 };

static union {
	LINEAGENTCAPS caps;
	LINEAGENTSTATUS status;
	LINEAGENTACTIVITYLIST activities;
	LINEAGENTGROUPLIST groups;
	DWORD total;
	char room[SIZE];
} buffer;

static void *sized(void)
{
	memset(&buffer, 0, sizeof(buffer));
	buffer.total = sizeof(buffer);
	return &buffer;
}

/* --- lineGetAgentCaps --- */

static void ask_caps(void *unused)
{
	const LINEAGENTCAPS *caps = sized();

	(void)unused;
	done(lineGetAgentCaps(me.app, 0, 0, 0x00020002, &buffer.caps));
	expect_eq(caps->dwStates, LINEAGENTSTATE_READY | LINEAGENTSTATE_LOGGEDOFF);
	expect_str(part_of(caps, dwAgentHandlerInfo), "a test of agents");
	expect_eq(memcmp(&caps->ProxyGUID, &sales, sizeof(sales)), 0);
	expect_eq(caps->dwNeededSize, caps->dwUsedSize);
}

static void serve_caps(void *unused)
{
	LINEPROXYREQUEST *r = next_request(LINEPROXYREQUEST_GETAGENTCAPS);
	LINEAGENTCAPS *caps = &r->GetAgentCaps.AgentCaps;

	(void)unused;
	expect_eq(r->GetAgentCaps.dwAddressID, 0);
	expect(caps->dwTotalSize >= sizeof(*caps) + 64);
	caps->dwUsedSize = sizeof(*caps);
	caps->dwStates = LINEAGENTSTATE_READY | LINEAGENTSTATE_LOGGEDOFF;
	caps->ProxyGUID = sales;
	put_part(caps, dwAgentHandlerInfo, "a test of agents");
	caps->dwNeededSize = caps->dwUsedSize;
	answer(r, 0);
}

static void caps_of_the_proxy_arrive(struct world *w)
{
	asked_and_served(w, ask_caps, serve_caps);
}

/* Too small for the text: it is left out, and how much is needed is said. */
static void ask_caps_short(void *unused)
{
	(void)unused;
	(void)sized();
	buffer.caps.dwTotalSize = sizeof(buffer.caps) + 4;
	done(lineGetAgentCaps(me.app, 0, 0, 0x00020002, &buffer.caps));
	expect_eq(buffer.caps.dwAgentHandlerInfoSize, 0);
	expect_eq(buffer.caps.dwStates, LINEAGENTSTATE_READY | LINEAGENTSTATE_LOGGEDOFF);
	expect_eq(buffer.caps.dwNeededSize, sizeof(buffer.caps) + sizeof("a test of agents"));
}

static void a_short_buffer_of_the_agent_is_not_the_proxys_care(struct world *w)
{
	asked_and_served(w, ask_caps_short, serve_caps);
}

/* --- lineGetAgentStatus --- */

static void ask_status(void *unused)
{
	const LINEAGENTSTATUS *status = sized();
	LINEAGENTGROUPENTRY group;

	(void)unused;
	done(lineGetAgentStatus(me.line[0], 0, &buffer.status));
	expect_eq(status->dwState, LINEAGENTSTATE_BUSYACD);
	expect_eq(status->dwNextState, LINEAGENTSTATE_WORKINGAFTERCALL);
	expect_eq(status->dwActivityID, 17);
	expect_str(part_of(status, dwActivity), "claims");
	expect_eq(status->dwNumEntries, 1);
	expect_eq(status->dwGroupListSize, sizeof(group));
	memcpy(&group, buffer.room + status->dwGroupListOffset, sizeof(group));
	expect_eq(memcmp(&group.GroupID, &sales, sizeof(sales)), 0);
	expect_str(buffer.room + group.dwNameOffset, "sales");
}

static void put_group(void *structure, DWORD *used, DWORD *size, DWORD *offset)
{
	LINEAGENTGROUPENTRY group;

	memset(&group, 0, sizeof(group));
	memcpy(&group.GroupID, &sales, sizeof(sales));
	*offset = *used;
	*size = sizeof(group);
	*used += (DWORD)sizeof(group);
	group.dwNameSize = sizeof("sales");
	group.dwNameOffset = put_text(structure, used, "sales");
	memcpy((char *)structure + *offset, &group, sizeof(group));
}

static void serve_status(void *unused)
{
	LINEPROXYREQUEST *r = next_request(LINEPROXYREQUEST_GETAGENTSTATUS);
	LINEAGENTSTATUS *s = &r->GetAgentStatus.AgentStatus;

	(void)unused;
	expect_eq(r->GetAgentStatus.dwAddressID, 0);
	s->dwUsedSize = sizeof(*s);
	s->dwNumEntries = 1;
	put_group(s, &s->dwUsedSize, &s->dwGroupListSize, &s->dwGroupListOffset);
	s->dwState = LINEAGENTSTATE_BUSYACD;
	s->dwNextState = LINEAGENTSTATE_WORKINGAFTERCALL;
	s->dwActivityID = 17;
	put_part(s, dwActivity, "claims");
	s->dwNeededSize = s->dwUsedSize;
	answer(r, 0);
}

static void status_of_an_agent_arrives(struct world *w)
{
	asked_and_served(w, ask_status, serve_status);
}

/* --- lineSetAgentGroup, lineGetAgentGroupList --- */

static void ask_set_group(void *unused)
{
	LINEAGENTGROUPLIST *list = sized();

	(void)unused;
	list->dwUsedSize = sizeof(*list);
	list->dwNumEntries = 1;
	put_group(list, &list->dwUsedSize, &list->dwListSize, &list->dwListOffset);
	list->dwNeededSize = list->dwUsedSize;
	done(lineSetAgentGroup(me.line[0], 0, list));
}

static void serve_set_group(void *unused)
{
	LINEPROXYREQUEST *r = next_request(LINEPROXYREQUEST_SETAGENTGROUP);
	const LINEAGENTGROUPLIST *list = &r->SetAgentGroup.GroupList;
	LINEAGENTGROUPENTRY group;

	(void)unused;
	expect_eq(r->SetAgentGroup.dwAddressID, 0);
	expect_eq(list->dwNumEntries, 1);
	memcpy(&group, (const char *)list + list->dwListOffset, sizeof(group));
	expect_eq(memcmp(&group.GroupID, &sales, sizeof(sales)), 0);
	expect_str((const char *)list + group.dwNameOffset, "sales");
	answer(r, 0);
}

static void group_of_an_agent_is_set(struct world *w)
{
	asked_and_served(w, ask_set_group, serve_set_group);
}

static void check_groups(const LINEAGENTGROUPLIST *list)
{
	LINEAGENTGROUPENTRY group;

	expect_eq(list->dwNumEntries, 1);
	memcpy(&group, (const char *)list + list->dwListOffset, sizeof(group));
	expect_eq(memcmp(&group.GroupID, &sales, sizeof(sales)), 0);
}

static void fill_groups(LINEAGENTGROUPLIST *list)
{
	list->dwUsedSize = sizeof(*list);
	list->dwNumEntries = 1;
	put_group(list, &list->dwUsedSize, &list->dwListSize, &list->dwListOffset);
	list->dwNeededSize = list->dwUsedSize;
}

static void ask_agent_groups(void *unused)
{
	(void)unused;
	done(lineGetAgentGroupList(me.line[0], 0, sized()));
	check_groups(&buffer.groups);
}

static void serve_agent_groups(void *unused)
{
	LINEPROXYREQUEST *r = next_request(LINEPROXYREQUEST_GETAGENTGROUPLIST);

	(void)unused;
	expect_eq(r->GetAgentGroupList.dwAddressID, 0);
	fill_groups(&r->GetAgentGroupList.GroupList);
	answer(r, 0);
}

static void groups_of_an_address_arrive(struct world *w)
{
	asked_and_served(w, ask_agent_groups, serve_agent_groups);
}

static void ask_groups(void *unused)
{
	(void)unused;
	done(lineGetGroupList(me.line[0], sized()));
	check_groups(&buffer.groups);
}

static void serve_groups(void *unused)
{
	LINEPROXYREQUEST *r = next_request(LINEPROXYREQUEST_GETGROUPLIST);

	(void)unused;
	fill_groups(&r->GetGroupList.GroupList);
	answer(r, 0);
}

static void groups_of_the_centre_arrive(struct world *w)
{
	asked_and_served(w, ask_groups, serve_groups);
}

/* --- lineSetAgentState, lineSetAgentActivity, lineGetAgentActivityList --- */

static void ask_state(void *unused)
{
	(void)unused;
	done(lineSetAgentState(me.line[0], 0, LINEAGENTSTATE_READY, LINEAGENTSTATE_NOTREADY));
	refused(lineSetAgentState(me.line[0], 0, 0x40000000, 0), LINEERR_INVALAGENTSTATE);
}

static void serve_state(void *unused)
{
	LINEPROXYREQUEST *r = next_request(LINEPROXYREQUEST_SETAGENTSTATE);

	(void)unused;
	expect_eq(r->SetAgentState.dwAddressID, 0);
	expect_eq(r->SetAgentState.dwAgentState, LINEAGENTSTATE_READY);
	expect_eq(r->SetAgentState.dwNextAgentState, LINEAGENTSTATE_NOTREADY);
	expect_error(lineProxyResponse(me.line[0], r, 5), LINEERR_INVALPARAM);
	answer(r, 0);
	expect_error(lineProxyResponse(me.line[0], r, 0), LINEERR_INVALPOINTER); /* once only */
	answer(next_request(LINEPROXYREQUEST_SETAGENTSTATE), LINEERR_INVALAGENTSTATE);
}

static void state_of_an_agent_is_set_or_refused(struct world *w)
{
	asked_and_served(w, ask_state, serve_state);
}

static void ask_activity(void *unused)
{
	(void)unused;
	done(lineSetAgentActivity(me.line[0], 0, 17));
}

static void serve_activity(void *unused)
{
	LINEPROXYREQUEST *r = next_request(LINEPROXYREQUEST_SETAGENTACTIVITY);

	(void)unused;
	expect_eq(r->SetAgentActivity.dwAddressID, 0);
	expect_eq(r->SetAgentActivity.dwActivityID, 17);
	answer(r, 0);
}

static void activity_of_an_agent_is_set(struct world *w)
{
	asked_and_served(w, ask_activity, serve_activity);
}

static void ask_activities(void *unused)
{
	LINEAGENTACTIVITYENTRY entry;

	(void)unused;
	done(lineGetAgentActivityList(me.line[0], 0, sized()));
	expect_eq(buffer.activities.dwNumEntries, 1);
	memcpy(&entry, buffer.room + buffer.activities.dwListOffset, sizeof(entry));
	expect_eq(entry.dwID, 17);
	expect_str(buffer.room + entry.dwNameOffset, "claims");
}

static void serve_activities(void *unused)
{
	LINEPROXYREQUEST *r = next_request(LINEPROXYREQUEST_GETAGENTACTIVITYLIST);
	LINEAGENTACTIVITYLIST *list = &r->GetAgentActivityList.ActivityList;
	LINEAGENTACTIVITYENTRY entry = { .dwID = 17, .dwNameSize = sizeof("claims") };

	(void)unused;
	list->dwNumEntries = 1;
	list->dwListOffset = sizeof(*list);
	list->dwListSize = sizeof(entry);
	list->dwUsedSize = (DWORD)(sizeof(*list) + sizeof(entry));
	entry.dwNameOffset = put_text(list, &list->dwUsedSize, "claims");
	memcpy((char *)list + list->dwListOffset, &entry, sizeof(entry));
	list->dwNeededSize = list->dwUsedSize;
	answer(r, 0);
}

static void activities_arrive(struct world *w)
{
	asked_and_served(w, ask_activities, serve_activities);
}

/* --- lineAgentSpecific --- */

static void ask_specific(void *unused)
{
	char block[] = "question";

	(void)unused;
	done(lineAgentSpecific(me.line[0], 0, 2, block, sizeof(block)));
	expect_str(block, "answered");
}

static void serve_specific(void *unused)
{
	LINEPROXYREQUEST *r = next_request(LINEPROXYREQUEST_AGENTSPECIFIC);

	(void)unused;
	expect_eq(r->AgentSpecific.dwAddressID, 0);
	expect_eq(r->AgentSpecific.dwAgentExtensionIDIndex, 2);
	expect_eq(r->AgentSpecific.dwSize, sizeof("question"));
	expect_str((const char *)r->AgentSpecific.Params, "question");
	memcpy(r->AgentSpecific.Params, "answered", sizeof("answered"));
	answer(r, 0);
}

static void a_block_goes_to_the_proxy_and_back(struct world *w)
{
	asked_and_served(w, ask_specific, serve_specific);
}

static const struct row rows[] = {
	TEST("16.2 16.7", "lineGetAgentCaps lineProxyResponse",
			"what an agent handler can do is what it says", caps_of_the_proxy_arrive),
	TEST("16.2 7.2", "lineGetAgentCaps",
			"an agent's short buffer has what fits and says what is needed",
			a_short_buffer_of_the_agent_is_not_the_proxys_care),
	TEST("16.2 16.7", "lineGetAgentStatus lineProxyResponse",
			"the status of an agent has groups and activity",
			status_of_an_agent_arrives),
	TEST("16.2", "lineSetAgentGroup lineProxyResponse", "an agent's groups are set",
			group_of_an_agent_is_set),
	TEST("16.2", "lineGetAgentGroupList", "the groups of an address are listed",
			groups_of_an_address_arrive),
	TEST("16.2", "lineGetGroupList", "the groups of the call centre are listed",
			groups_of_the_centre_arrive),
	TEST("16.2 16.7", "lineSetAgentState lineProxyResponse",
			"a proxy answers once, with success or its error",
			state_of_an_agent_is_set_or_refused),
	TEST("16.2", "lineSetAgentActivity", "an agent's activity is set",
			activity_of_an_agent_is_set),
	TEST("16.2", "lineGetAgentActivityList", "activities are listed", activities_arrive),
	TEST("16.2", "lineAgentSpecific", "a block of bytes goes to the proxy and comes back",
			a_block_goes_to_the_proxy_and_back),
};
CONFORMANCE(agent, rows)
