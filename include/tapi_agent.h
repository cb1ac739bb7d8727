// SPDX-License-Identifier: MIT
/* tapi_agent.h - call centres: constants and functions of agents, groups, queues and the proxies
 * that serve them.
 * Agents, sessions and queues are invented by a proxy: a program that opened the line with
 * LINEOPENOPTION_PROXY and the request types it serves (an array of DWORD in the device-specific
 * part of LINECALLPARAMS). Providers have no part in it. Functions of 2.0 name an agent by
 * address, those of 2.2 by handle. Without a proxy for a request type they return
 * LINEERR_OPERATIONUNAVAIL.
 */
#ifndef TAPI_AGENT_H
#define TAPI_AGENT_H

#include "tapi_agent_struct.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What an agent handler offers. */
#define LINEAGENTFEATURE_SETAGENTGROUP             0x00000001u
#define LINEAGENTFEATURE_SETAGENTSTATE             0x00000002u
#define LINEAGENTFEATURE_SETAGENTACTIVITY          0x00000004u
#define LINEAGENTFEATURE_AGENTSPECIFIC             0x00000008u
#define LINEAGENTFEATURE_GETAGENTACTIVITYLIST      0x00000010u
#define LINEAGENTFEATURE_GETAGENTGROUP             0x00000020u

/* States of an agent at an address (2.0). */
#define LINEAGENTSTATE_LOGGEDOFF                   0x00000001u
#define LINEAGENTSTATE_NOTREADY                    0x00000002u
#define LINEAGENTSTATE_READY                       0x00000004u
#define LINEAGENTSTATE_BUSYACD                     0x00000008u
#define LINEAGENTSTATE_BUSYINCOMING                0x00000010u
#define LINEAGENTSTATE_BUSYOUTBOUND                0x00000020u
#define LINEAGENTSTATE_BUSYOTHER                   0x00000040u
#define LINEAGENTSTATE_WORKINGAFTERCALL            0x00000080u
#define LINEAGENTSTATE_UNKNOWN                     0x00000100u
#define LINEAGENTSTATE_UNAVAIL                     0x00000200u

/* What changed on an agent at an address (2.0). */
#define LINEAGENTSTATUS_GROUP                      0x00000001u
#define LINEAGENTSTATUS_STATE                      0x00000002u
#define LINEAGENTSTATUS_NEXTSTATE                  0x00000004u
#define LINEAGENTSTATUS_ACTIVITY                   0x00000008u
#define LINEAGENTSTATUS_ACTIVITYLIST               0x00000010u
#define LINEAGENTSTATUS_GROUPLIST                  0x00000020u
#define LINEAGENTSTATUS_CAPSCHANGE                 0x00000040u
#define LINEAGENTSTATUS_VALIDSTATES                0x00000080u
#define LINEAGENTSTATUS_VALIDNEXTSTATES            0x00000100u

/* States of an agent by handle (2.2). */
#define LINEAGENTSTATEEX_NOTREADY                  0x00000001u
#define LINEAGENTSTATEEX_READY                     0x00000002u
#define LINEAGENTSTATEEX_BUSYACD                   0x00000004u
#define LINEAGENTSTATEEX_BUSYINCOMING              0x00000008u
#define LINEAGENTSTATEEX_BUSYOUTGOING              0x00000010u
#define LINEAGENTSTATEEX_UNKNOWN                   0x00000020u
#define LINEAGENTSTATEEX_RELEASED                  0x00000040u

/* What changed on an agent by handle (2.2). */
#define LINEAGENTSTATUSEX_NEWAGENT                 0x00000001u
#define LINEAGENTSTATUSEX_STATE                    0x00000002u
#define LINEAGENTSTATUSEX_UPDATEINFO               0x00000004u

/* States of an agent's session (2.2). */
#define LINEAGENTSESSIONSTATE_NOTREADY             0x00000001u
#define LINEAGENTSESSIONSTATE_READY                0x00000002u
#define LINEAGENTSESSIONSTATE_BUSYONCALL           0x00000004u
#define LINEAGENTSESSIONSTATE_BUSYWRAPUP           0x00000008u
#define LINEAGENTSESSIONSTATE_ENDED                0x00000010u
#define LINEAGENTSESSIONSTATE_RELEASED             0x00000020u

/* What changed on a session (2.2). */
#define LINEAGENTSESSIONSTATUS_NEWSESSION          0x00000001u
#define LINEAGENTSESSIONSTATUS_STATE               0x00000002u
#define LINEAGENTSESSIONSTATUS_UPDATEINFO          0x00000004u

/* What changed on a queue (2.2). */
#define LINEQUEUESTATUS_UPDATEINFO                 0x00000001u
#define LINEQUEUESTATUS_NEWQUEUE                   0x00000002u
#define LINEQUEUESTATUS_QUEUEREMOVED               0x00000004u

/* What changed on the agent groups (2.2). */
#define LINEGROUPSTATUS_NEWGROUP                   0x00000001u
#define LINEGROUPSTATUS_GROUPREMOVED               0x00000002u

/* The requests that a proxy can serve. */
#define LINEPROXYREQUEST_SETAGENTGROUP             0x00000001u
#define LINEPROXYREQUEST_SETAGENTSTATE             0x00000002u
#define LINEPROXYREQUEST_SETAGENTACTIVITY          0x00000003u
#define LINEPROXYREQUEST_GETAGENTCAPS              0x00000004u
#define LINEPROXYREQUEST_GETAGENTSTATUS            0x00000005u
#define LINEPROXYREQUEST_AGENTSPECIFIC             0x00000006u
#define LINEPROXYREQUEST_GETAGENTACTIVITYLIST      0x00000007u
#define LINEPROXYREQUEST_GETAGENTGROUPLIST         0x00000008u
#define LINEPROXYREQUEST_CREATEAGENT               0x00000009u
#define LINEPROXYREQUEST_SETAGENTMEASUREMENTPERIOD 0x0000000Au
#define LINEPROXYREQUEST_GETAGENTINFO              0x0000000Bu
#define LINEPROXYREQUEST_CREATEAGENTSESSION        0x0000000Cu
#define LINEPROXYREQUEST_GETAGENTSESSIONLIST       0x0000000Du
#define LINEPROXYREQUEST_SETAGENTSESSIONSTATE      0x0000000Eu
#define LINEPROXYREQUEST_GETAGENTSESSIONINFO       0x0000000Fu
#define LINEPROXYREQUEST_GETQUEUELIST              0x00000010u
#define LINEPROXYREQUEST_SETQUEUEMEASUREMENTPERIOD 0x00000011u
#define LINEPROXYREQUEST_GETQUEUEINFO              0x00000012u
#define LINEPROXYREQUEST_GETGROUPLIST              0x00000013u
#define LINEPROXYREQUEST_SETAGENTSTATEEX           0x00000014u

/* What a proxy did (LINE_PROXYSTATUS). */
#define LINEPROXYSTATUS_OPEN                       0x00000001u
#define LINEPROXYSTATUS_CLOSE                      0x00000002u
#define LINEPROXYSTATUS_ALLOPENFORACD              0x00000004u

/* --- Agents ---------------------------------------------------------------------------------- */

/**
 * Reach what only this agent handler offers; as lineDevSpecific, but served by a proxy.
 *
 * Ownership: lpParams must stay valid until the reply, which writes it.
 * Reply:     LINE_REPLY, with the proxy's answer.
 */
TAPI_EXPORT LONG WINAPI lineAgentSpecific(HLINE hLine, DWORD dwAddressID,
		DWORD dwAgentExtensionIDIndex, LPVOID lpParams, DWORD dwSize);

/**
 * Make an agent object (2.2).
 *
 * Ownership: *lphAgent is written with the reply and lives as long as the proxy keeps it.
 * Reply:     LINE_REPLY, with the proxy's answer.
 * Errors:    LINEERR_INVALAGENTID, LINEERR_INVALPASSWORD.
 */
TAPI_EXPORT LONG WINAPI lineCreateAgent(HLINE hLine, LPSTR lpszAgentID, LPSTR lpszAgentPIN,
		LPHAGENT lphAgent);

/**
 * Open a session of an agent in a group, at an address.
 *
 * Ownership: *lphAgentSession is written with the reply.
 * Reply:     LINE_REPLY, with the proxy's answer.
 * Errors:    LINEERR_INVALADDRESSID, LINEERR_INVALAGENTGROUP, LINEERR_INVALAGENTID,
 *            LINEERR_INVALPASSWORD.
 */
TAPI_EXPORT LONG WINAPI lineCreateAgentSession(HLINE hLine, HAGENT hAgent, LPSTR lpszAgentPIN,
		DWORD dwWorkingAddressID, LPGUID lpGroupID, LPHAGENTSESSION lphAgentSession);

/**
 * The activities that an agent at this address may name with lineSetAgentActivity.
 *
 * Reply:     LINE_REPLY, with the proxy's answer.
 * Errors:    LINEERR_INVALADDRESSID.
 */
TAPI_EXPORT LONG WINAPI lineGetAgentActivityList(HLINE hLine, DWORD dwAddressID,
		LPLINEAGENTACTIVITYLIST lpAgentActivityList);

/**
 * What the agent handler of an address can do.
 *
 * Reply:     LINE_REPLY, with the proxy's answer.
 * Errors:    LINEERR_BADDEVICEID, LINEERR_INCOMPATIBLEAPIVERSION, LINEERR_INVALADDRESSID.
 */
TAPI_EXPORT LONG WINAPI lineGetAgentCaps(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID,
		DWORD dwAppAPIVersion, LPLINEAGENTCAPS lpAgentCaps);

/**
 * The groups into which an agent can log in at this address.
 *
 * Reply:     LINE_REPLY, with the proxy's answer.
 * Errors:    LINEERR_INVALADDRESSID.
 */
TAPI_EXPORT LONG WINAPI lineGetAgentGroupList(HLINE hLine, DWORD dwAddressID,
		LPLINEAGENTGROUPLIST lpAgentGroupList);

/**
 * State and counters of an agent in the measurement period.
 *
 * Reply:     LINE_REPLY, with the proxy's answer.
 */
TAPI_EXPORT LONG WINAPI lineGetAgentInfo(HLINE hLine, HAGENT hAgent, LPLINEAGENTINFO lpAgentInfo);

/**
 * State and counters of an agent's session.
 *
 * Reply:     LINE_REPLY, with the proxy's answer.
 */
TAPI_EXPORT LONG WINAPI lineGetAgentSessionInfo(HLINE hLine, HAGENTSESSION hAgentSession,
		LPLINEAGENTSESSIONINFO lpAgentSessionInfo);

/**
 * The sessions of an agent.
 *
 * Reply:     LINE_REPLY, with the proxy's answer.
 */
TAPI_EXPORT LONG WINAPI lineGetAgentSessionList(HLINE hLine, HAGENT hAgent,
		LPLINEAGENTSESSIONLIST lpAgentSessionList);

/**
 * State, groups and activity of the agent at an address.
 *
 * Reply:     LINE_REPLY, with the proxy's answer.
 * Errors:    LINEERR_INVALADDRESSID.
 */
TAPI_EXPORT LONG WINAPI lineGetAgentStatus(HLINE hLine, DWORD dwAddressID,
		LPLINEAGENTSTATUS lpAgentStatus);

/**
 * All agent groups of the proxy.
 *
 * Reply:     LINE_REPLY, with the proxy's answer.
 */
TAPI_EXPORT LONG WINAPI lineGetGroupList(HLINE hLine, LPLINEAGENTGROUPLIST lpGroupList);

/**
 * Counters of a queue in its measurement period.
 *
 * Reply:     LINE_REPLY, with the proxy's answer.
 */
TAPI_EXPORT LONG WINAPI lineGetQueueInfo(HLINE hLine, DWORD dwQueueID,
		LPLINEQUEUEINFO lpLineQueueInfo);

/**
 * The queues of a group.
 *
 * Reply:     LINE_REPLY, with the proxy's answer.
 */
TAPI_EXPORT LONG WINAPI lineGetQueueList(HLINE hLine, LPGUID lpGroupID,
		LPLINEQUEUELIST lpQueueList);

/**
 * Name what the agent at an address is doing.
 *
 * Reply:     LINE_REPLY, with the proxy's answer.
 * Errors:    LINEERR_INVALADDRESSID, LINEERR_INVALAGENTACTIVITY.
 */
TAPI_EXPORT LONG WINAPI lineSetAgentActivity(HLINE hLine, DWORD dwAddressID, DWORD dwActivityID);

/**
 * Log the agent at an address into groups; an empty list logs off.
 *
 * Reply:     LINE_REPLY, with the proxy's answer.
 * Errors:    LINEERR_INVALADDRESSID, LINEERR_INVALAGENTGROUP, LINEERR_INVALAGENTID,
 *            LINEERR_INVALPASSWORD.
 */
TAPI_EXPORT LONG WINAPI lineSetAgentGroup(HLINE hLine, DWORD dwAddressID,
		LPLINEAGENTGROUPLIST lpAgentGroupList);

/**
 * Set over how long an agent's counters run.
 *
 * Units:     seconds.
 * Reply:     LINE_REPLY, with the proxy's answer.
 */
TAPI_EXPORT LONG WINAPI lineSetAgentMeasurementPeriod(HLINE hLine, HAGENT hAgent,
		DWORD dwMeasurementPeriod);

/**
 * Set the state of a session and the one that follows it.
 *
 * In:        one LINEAGENTSESSIONSTATE_ each, or 0 to leave it.
 * Reply:     LINE_REPLY, with the proxy's answer.
 * Errors:    LINEERR_INVALAGENTSESSIONSTATE.
 */
TAPI_EXPORT LONG WINAPI lineSetAgentSessionState(HLINE hLine, HAGENTSESSION hAgentSession,
		DWORD dwAgentSessionState, DWORD dwNextAgentSessionState);

/**
 * Set the state of the agent at an address and the one that follows it (2.0).
 *
 * In:        one LINEAGENTSTATE_ each, or 0 to leave it.
 * Reply:     LINE_REPLY, with the proxy's answer.
 * Errors:    LINEERR_INVALADDRESSID, LINEERR_INVALAGENTSTATE.
 */
TAPI_EXPORT LONG WINAPI lineSetAgentState(HLINE hLine, DWORD dwAddressID, DWORD dwAgentState,
		DWORD dwNextAgentState);

/**
 * Set the state of an agent by its handle (2.2).
 *
 * In:        one LINEAGENTSTATEEX_ each.
 * Reply:     LINE_REPLY, with the proxy's answer.
 * Errors:    LINEERR_INVALAGENTSTATE.
 */
TAPI_EXPORT LONG WINAPI lineSetAgentStateEx(HLINE hLine, HAGENT hAgent, DWORD dwAgentState,
		DWORD dwNextAgentState);

/**
 * Set over how long a queue's counters run.
 *
 * Units:     seconds.
 * Reply:     LINE_REPLY, with the proxy's answer.
 */
TAPI_EXPORT LONG WINAPI lineSetQueueMeasurementPeriod(HLINE hLine, DWORD dwQueueID,
		DWORD dwMeasurementPeriod);

/* --- Proxies --------------------------------------------------------------------------------- */

/**
 * Which proxy request types are served on a line device now.
 *
 * Errors:    LINEERR_BADDEVICEID, LINEERR_INCOMPATIBLEAPIVERSION, LINEERR_OPERATIONUNAVAIL,
 *            LINEERR_STRUCTURETOOSMALL.
 */
TAPI_EXPORT LONG WINAPI lineGetProxyStatus(HLINEAPP hLineApp, DWORD dwDeviceID,
		DWORD dwAppAPIVersion, LPLINEPROXYREQUESTLIST lpLineProxyReqestList);

/**
 * Send an agent message from a proxy to every other program that has the line open; handles are
 * translated.
 *
 * Errors:    LINEERR_INVALPARAM (a message that no proxy sends), LINEERR_NOTREGISTERED.
 */
TAPI_EXPORT LONG WINAPI lineProxyMessage(HLINE hLine, HCALL hCall, DWORD dwMsg, DWORD dwParam1,
		DWORD dwParam2, DWORD dwParam3);

/**
 * Answer a LINE_PROXYREQUEST, exactly once, with the pointer that came with it and the data filled
 * in. When the connection to the daemon has broken meanwhile, who asked has been told so already:
 * then this only takes the pointer back, and succeeds.
 *
 * Ownership: takes lpProxyRequest back on success.
 * In:        dwResult is 0 or a LINEERR_ code for the requesting program's LINE_REPLY.
 * Errors:    LINEERR_INVALPARAM, LINEERR_NOTREGISTERED.
 */
TAPI_EXPORT LONG WINAPI lineProxyResponse(HLINE hLine, LPLINEPROXYREQUEST lpProxyRequest,
		DWORD dwResult);

#ifdef __cplusplus
}
#endif

#endif
