// SPDX-License-Identifier: MIT
/* proxied.c - requests of agents, by type. */
#include "wire/proxied.h"

#include "wire/calls.h"

#include <stddef.h>
#include <tapi.h>

static const uint16_t calls[] = {
	[LINEPROXYREQUEST_SETAGENTGROUP] = CALL_LineSetAgentGroup,
	[LINEPROXYREQUEST_SETAGENTSTATE] = CALL_LineSetAgentState,
	[LINEPROXYREQUEST_SETAGENTACTIVITY] = CALL_LineSetAgentActivity,
	[LINEPROXYREQUEST_GETAGENTCAPS] = CALL_LineGetAgentCaps,
	[LINEPROXYREQUEST_GETAGENTSTATUS] = CALL_LineGetAgentStatus,
	[LINEPROXYREQUEST_AGENTSPECIFIC] = CALL_LineAgentSpecific,
	[LINEPROXYREQUEST_GETAGENTACTIVITYLIST] = CALL_LineGetAgentActivityList,
	[LINEPROXYREQUEST_GETAGENTGROUPLIST] = CALL_LineGetAgentGroupList,
	[LINEPROXYREQUEST_CREATEAGENT] = CALL_LineCreateAgent,
	[LINEPROXYREQUEST_SETAGENTMEASUREMENTPERIOD] = CALL_LineSetAgentMeasurementPeriod,
	[LINEPROXYREQUEST_GETAGENTINFO] = CALL_LineGetAgentInfo,
	[LINEPROXYREQUEST_CREATEAGENTSESSION] = CALL_LineCreateAgentSession,
	[LINEPROXYREQUEST_GETAGENTSESSIONLIST] = CALL_LineGetAgentSessionList,
	[LINEPROXYREQUEST_SETAGENTSESSIONSTATE] = CALL_LineSetAgentSessionState,
	[LINEPROXYREQUEST_GETAGENTSESSIONINFO] = CALL_LineGetAgentSessionInfo,
	[LINEPROXYREQUEST_GETQUEUELIST] = CALL_LineGetQueueList,
	[LINEPROXYREQUEST_SETQUEUEMEASUREMENTPERIOD] = CALL_LineSetQueueMeasurementPeriod,
	[LINEPROXYREQUEST_GETQUEUEINFO] = CALL_LineGetQueueInfo,
	[LINEPROXYREQUEST_GETGROUPLIST] = CALL_LineGetGroupList,
	[LINEPROXYREQUEST_SETAGENTSTATEEX] = CALL_LineSetAgentStateEx,
};

enum { TYPES = sizeof(calls) / sizeof(calls[0]) };

unsigned proxied_call(uint32_t type)
{
	return type < TYPES ? calls[type] : 0;
}

uint32_t proxied_type(unsigned call)
{
	for (uint32_t type = 1; type < TYPES; type++)
		if (calls[type] == call)
			return type;
	return 0;
}
