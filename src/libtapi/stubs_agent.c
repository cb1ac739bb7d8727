// SPDX-License-Identifier: MIT
/* stubs_agent.c - agents, queues and proxies: one line each, see call.h. */
#include "libtapi/call.h"

LONG lineAgentSpecific(HLINE hLine, DWORD dwAddressID, DWORD dwAgentExtensionIDIndex,
		LPVOID lpParams, DWORD dwSize)
{
	return CALL(LineAgentSpecific, hLine, dwAddressID, dwAgentExtensionIDIndex, lpParams,
			dwSize);
}

LONG lineCreateAgent(HLINE hLine, LPSTR lpszAgentID, LPSTR lpszAgentPIN, LPHAGENT lphAgent)
{
	return CALL(LineCreateAgent, hLine, lpszAgentID, lpszAgentPIN, lphAgent);
}

LONG lineCreateAgentSession(HLINE hLine, HAGENT hAgent, LPSTR lpszAgentPIN,
		DWORD dwWorkingAddressID, LPGUID lpGroupID, LPHAGENTSESSION lphAgentSession)
{
	return CALL(LineCreateAgentSession, hLine, hAgent, lpszAgentPIN, dwWorkingAddressID,
			lpGroupID, lphAgentSession);
}

LONG lineGetAgentActivityList(HLINE hLine, DWORD dwAddressID,
		LPLINEAGENTACTIVITYLIST lpAgentActivityList)
{
	return CALL(LineGetAgentActivityList, hLine, dwAddressID, lpAgentActivityList);
}

LONG lineGetAgentCaps(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID, DWORD dwAppAPIVersion,
		LPLINEAGENTCAPS lpAgentCaps)
{
	return CALL(LineGetAgentCaps, APP(hLineApp), dwDeviceID, dwAddressID, dwAppAPIVersion,
			lpAgentCaps);
}

LONG lineGetAgentGroupList(HLINE hLine, DWORD dwAddressID, LPLINEAGENTGROUPLIST lpAgentGroupList)
{
	return CALL(LineGetAgentGroupList, hLine, dwAddressID, lpAgentGroupList);
}

LONG lineGetAgentInfo(HLINE hLine, HAGENT hAgent, LPLINEAGENTINFO lpAgentInfo)
{
	return CALL(LineGetAgentInfo, hLine, hAgent, lpAgentInfo);
}

LONG lineGetAgentSessionInfo(HLINE hLine, HAGENTSESSION hAgentSession,
		LPLINEAGENTSESSIONINFO lpAgentSessionInfo)
{
	return CALL(LineGetAgentSessionInfo, hLine, hAgentSession, lpAgentSessionInfo);
}

LONG lineGetAgentSessionList(HLINE hLine, HAGENT hAgent, LPLINEAGENTSESSIONLIST lpAgentSessionList)
{
	return CALL(LineGetAgentSessionList, hLine, hAgent, lpAgentSessionList);
}

LONG lineGetAgentStatus(HLINE hLine, DWORD dwAddressID, LPLINEAGENTSTATUS lpAgentStatus)
{
	return CALL(LineGetAgentStatus, hLine, dwAddressID, lpAgentStatus);
}

LONG lineGetGroupList(HLINE hLine, LPLINEAGENTGROUPLIST lpGroupList)
{
	return CALL(LineGetGroupList, hLine, lpGroupList);
}

LONG lineGetProxyStatus(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAppAPIVersion,
		LPLINEPROXYREQUESTLIST lpLineProxyReqestList)
{
	return CALL(LineGetProxyStatus, APP(hLineApp), dwDeviceID, dwAppAPIVersion,
			lpLineProxyReqestList);
}

LONG lineGetQueueInfo(HLINE hLine, DWORD dwQueueID, LPLINEQUEUEINFO lpLineQueueInfo)
{
	return CALL(LineGetQueueInfo, hLine, dwQueueID, lpLineQueueInfo);
}

LONG lineGetQueueList(HLINE hLine, LPGUID lpGroupID, LPLINEQUEUELIST lpQueueList)
{
	return CALL(LineGetQueueList, hLine, lpGroupID, lpQueueList);
}

LONG lineProxyMessage(HLINE hLine, HCALL hCall, DWORD dwMsg, DWORD dwParam1, DWORD dwParam2,
		DWORD dwParam3)
{
	return CALL(LineProxyMessage, hLine, hCall, dwMsg, dwParam1, dwParam2, dwParam3);
}

LONG lineSetAgentActivity(HLINE hLine, DWORD dwAddressID, DWORD dwActivityID)
{
	return CALL(LineSetAgentActivity, hLine, dwAddressID, dwActivityID);
}

LONG lineSetAgentGroup(HLINE hLine, DWORD dwAddressID, LPLINEAGENTGROUPLIST lpAgentGroupList)
{
	return CALL(LineSetAgentGroup, hLine, dwAddressID, lpAgentGroupList);
}

LONG lineSetAgentMeasurementPeriod(HLINE hLine, HAGENT hAgent, DWORD dwMeasurementPeriod)
{
	return CALL(LineSetAgentMeasurementPeriod, hLine, hAgent, dwMeasurementPeriod);
}

LONG lineSetAgentSessionState(HLINE hLine, HAGENTSESSION hAgentSession, DWORD dwAgentSessionState,
		DWORD dwNextAgentSessionState)
{
	return CALL(LineSetAgentSessionState, hLine, hAgentSession, dwAgentSessionState,
			dwNextAgentSessionState);
}

LONG lineSetAgentState(HLINE hLine, DWORD dwAddressID, DWORD dwAgentState, DWORD dwNextAgentState)
{
	return CALL(LineSetAgentState, hLine, dwAddressID, dwAgentState, dwNextAgentState);
}

LONG lineSetAgentStateEx(HLINE hLine, HAGENT hAgent, DWORD dwAgentState, DWORD dwNextAgentState)
{
	return CALL(LineSetAgentStateEx, hLine, hAgent, dwAgentState, dwNextAgentState);
}

LONG lineSetQueueMeasurementPeriod(HLINE hLine, DWORD dwQueueID, DWORD dwMeasurementPeriod)
{
	return CALL(LineSetQueueMeasurementPeriod, hLine, dwQueueID, dwMeasurementPeriod);
}
