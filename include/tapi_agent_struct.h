// SPDX-License-Identifier: MIT
/* tapi_agent_struct.h - structures of call centres: agents, groups, queues, proxies. */
#ifndef TAPI_AGENT_STRUCT_H
#define TAPI_AGENT_STRUCT_H

#include "tapi_types.h"

#pragma pack(push, 4)

/** One activity of LINEAGENTACTIVITYLIST. */
typedef struct lineagentactivityentry_tag {
	DWORD dwID;
	DWORD dwNameSize;
	DWORD dwNameOffset;
} LINEAGENTACTIVITYENTRY, *LPLINEAGENTACTIVITYENTRY;

/** Activities that an agent may name. */
typedef struct lineagentactivitylist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumEntries;
	DWORD dwListSize;
	DWORD dwListOffset;
} LINEAGENTACTIVITYLIST, *LPLINEAGENTACTIVITYLIST;

/** What an agent handler can do. */
typedef struct lineagentcaps_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwAgentHandlerInfoSize;
	DWORD dwAgentHandlerInfoOffset;
	DWORD dwCapsVersion;
	DWORD dwFeatures;
	DWORD dwStates;
	DWORD dwNextStates;
	DWORD dwMaxNumGroupEntries;
	DWORD dwAgentStatusMessages;
	DWORD dwNumAgentExtensionIDs;
	DWORD dwAgentExtensionIDListSize;
	DWORD dwAgentExtensionIDListOffset;
	/* since API version 2.2 */
	GUID ProxyGUID;
} LINEAGENTCAPS, *LPLINEAGENTCAPS;

/** One group of LINEAGENTGROUPLIST. */
typedef struct lineagentgroupentry_tag {
	struct {
		DWORD dwGroupID1;
		DWORD dwGroupID2;
		DWORD dwGroupID3;
		DWORD dwGroupID4;
	} GroupID;
	DWORD dwNameSize;
	DWORD dwNameOffset;
} LINEAGENTGROUPENTRY, *LPLINEAGENTGROUPENTRY;

/** Agent groups. */
typedef struct lineagentgrouplist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumEntries;
	DWORD dwListSize;
	DWORD dwListOffset;
} LINEAGENTGROUPLIST, *LPLINEAGENTGROUPLIST;

/** How the agent at an address is now. */
typedef struct lineagentstatus_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumEntries;
	DWORD dwGroupListSize;
	DWORD dwGroupListOffset;
	DWORD dwState;
	DWORD dwNextState;
	DWORD dwActivityID;
	DWORD dwActivitySize;
	DWORD dwActivityOffset;
	DWORD dwAgentFeatures;
	DWORD dwValidStates;
	DWORD dwValidNextStates;
} LINEAGENTSTATUS, *LPLINEAGENTSTATUS;

/** One agent of LINEAGENTLIST. */
typedef struct lineagententry_tag {
	HAGENT hAgent;
	DWORD dwNameSize;
	DWORD dwNameOffset;
	DWORD dwIDSize;
	DWORD dwIDOffset;
	DWORD dwPINSize;
	DWORD dwPINOffset;
} LINEAGENTENTRY, *LPLINEAGENTENTRY;

/** Agents. */
typedef struct lineagentlist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumEntries;
	DWORD dwListSize;
	DWORD dwListOffset;
} LINEAGENTLIST, *LPLINEAGENTLIST;

/** State and counters of an agent. Times in seconds. */
typedef struct lineagentinfo_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwAgentState;
	DWORD dwNextAgentState;
	DWORD dwMeasurementPeriod;
	CURRENCY cyOverallCallRate;
	DWORD dwNumberOfACDCalls;
	DWORD dwNumberOfIncomingCalls;
	DWORD dwNumberOfOutgoingCalls;
	DWORD dwTotalACDTalkTime;
	DWORD dwTotalACDCallTime;
	DWORD dwTotalACDWrapUpTime;
} LINEAGENTINFO, *LPLINEAGENTINFO;

/** One session of LINEAGENTSESSIONLIST. */
typedef struct lineagentsessionentry_tag {
	HAGENTSESSION hAgentSession;
	HAGENT hAgent;
	GUID GroupID;
	DWORD dwWorkingAddressID;
} LINEAGENTSESSIONENTRY, *LPLINEAGENTSESSIONENTRY;

/** Sessions of an agent. */
typedef struct lineagentsessionlist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumEntries;
	DWORD dwListSize;
	DWORD dwListOffset;
} LINEAGENTSESSIONLIST, *LPLINEAGENTSESSIONLIST;

/** State and counters of a session. Times in seconds. */
typedef struct lineagentsessioninfo_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwAgentSessionState;
	DWORD dwNextAgentSessionState;
	DATE dateSessionStartTime;
	DWORD dwSessionDuration;
	DWORD dwNumberOfCalls;
	DWORD dwTotalTalkTime;
	DWORD dwAverageTalkTime;
	DWORD dwTotalCallTime;
	DWORD dwAverageCallTime;
	DWORD dwTotalWrapUpTime;
	DWORD dwAverageWrapUpTime;
	CURRENCY cyACDCallRate;
	DWORD dwLongestTimeToAnswer;
	DWORD dwAverageTimeToAnswer;
} LINEAGENTSESSIONINFO, *LPLINEAGENTSESSIONINFO;

/** One queue of LINEQUEUELIST. */
typedef struct linequeueentry_tag {
	DWORD dwQueueID;
	DWORD dwNameSize;
	DWORD dwNameOffset;
} LINEQUEUEENTRY, *LPLINEQUEUEENTRY;

/** Queues of a group. */
typedef struct linequeuelist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumEntries;
	DWORD dwListSize;
	DWORD dwListOffset;
} LINEQUEUELIST, *LPLINEQUEUELIST;

/** Counters of a queue. Times in seconds. */
typedef struct linequeueinfo_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwMeasurementPeriod;
	DWORD dwTotalCallsQueued;
	DWORD dwCurrentCallsQueued;
	DWORD dwTotalCallsAbandoned;
	DWORD dwTotalCallsFlowedIn;
	DWORD dwTotalCallsFlowedOut;
	DWORD dwLongestEverWaitTime;
	DWORD dwCurrentLongestWaitTime;
	DWORD dwAverageWaitTime;
	DWORD dwFinalDisposition;
} LINEQUEUEINFO, *LPLINEQUEUEINFO;

/** The proxy request types that are served: an array of DWORD. */
typedef struct lineproxyrequestlist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumEntries;
	DWORD dwListSize;
	DWORD dwListOffset;
} LINEPROXYREQUESTLIST, *LPLINEPROXYREQUESTLIST;

struct lineproxyrequest_setagentgroup {
	DWORD dwAddressID;
	LINEAGENTGROUPLIST GroupList;
};

struct lineproxyrequest_setagentstate {
	DWORD dwAddressID;
	DWORD dwAgentState;
	DWORD dwNextAgentState;
};

struct lineproxyrequest_setagentactivity {
	DWORD dwAddressID;
	DWORD dwActivityID;
};

struct lineproxyrequest_getagentcaps {
	DWORD dwAddressID;
	LINEAGENTCAPS AgentCaps;
};

struct lineproxyrequest_getagentstatus {
	DWORD dwAddressID;
	LINEAGENTSTATUS AgentStatus;
};

/* One byte of parameters follows the header: the facts count 13 bytes, so no padding here. */
#pragma pack(push, 1)
struct lineproxyrequest_agentspecific {
	DWORD dwAddressID;
	DWORD dwAgentExtensionIDIndex;
	DWORD dwSize;
	BYTE Params[1];
};
#pragma pack(pop)

struct lineproxyrequest_getagentactivitylist {
	DWORD dwAddressID;
	LINEAGENTACTIVITYLIST ActivityList;
};

struct lineproxyrequest_getagentgrouplist {
	DWORD dwAddressID;
	LINEAGENTGROUPLIST GroupList;
};

struct lineproxyrequest_createagent {
	HAGENT hAgent;
	DWORD dwAgentIDSize;
	DWORD dwAgentIDOffset;
	DWORD dwAgentPINSize;
	DWORD dwAgentPINOffset;
};

struct lineproxyrequest_setagentstateex {
	HAGENT hAgent;
	DWORD dwAgentState;
	DWORD dwNextAgentState;
};

struct lineproxyrequest_setagentmeasurementperiod {
	HAGENT hAgent;
	DWORD dwMeasurementPeriod;
};

struct lineproxyrequest_getagentinfo {
	HAGENT hAgent;
	LINEAGENTINFO AgentInfo;
};

struct lineproxyrequest_createagentsession {
	HAGENTSESSION hAgentSession;
	DWORD dwAgentPINSize;
	DWORD dwAgentPINOffset;
	HAGENT hAgent;
	GUID GroupID;
	DWORD dwWorkingAddressID;
};

struct lineproxyrequest_getagentsessionlist {
	HAGENT hAgent;
	LINEAGENTSESSIONLIST SessionList;
};

struct lineproxyrequest_getagentsessioninfo {
	HAGENTSESSION hAgentSession;
	LINEAGENTSESSIONINFO SessionInfo;
};

struct lineproxyrequest_setagentsessionstate {
	HAGENTSESSION hAgentSession;
	DWORD dwAgentSessionState;
	DWORD dwNextAgentSessionState;
};

struct lineproxyrequest_getqueuelist {
	GUID GroupID;
	LINEQUEUELIST QueueList;
};

struct lineproxyrequest_setqueuemeasurementperiod {
	DWORD dwQueueID;
	DWORD dwMeasurementPeriod;
};

struct lineproxyrequest_getqueueinfo {
	DWORD dwQueueID;
	LINEQUEUEINFO QueueInfo;
};

struct lineproxyrequest_getgrouplist {
	LINEAGENTGROUPLIST GroupList;
};

/**
 * What a proxy is asked for; dwRequestType says which arm holds. Offsets inside an arm's structure
 * count from that structure.
 */
typedef struct lineproxyrequest_tag {
	DWORD dwSize;
	DWORD dwClientMachineNameSize;
	DWORD dwClientMachineNameOffset;
	DWORD dwClientUserNameSize;
	DWORD dwClientUserNameOffset;
	DWORD dwClientAppAPIVersion;
	DWORD dwRequestType;
	union {
		struct lineproxyrequest_setagentgroup SetAgentGroup;
		struct lineproxyrequest_setagentstate SetAgentState;
		struct lineproxyrequest_setagentactivity SetAgentActivity;
		struct lineproxyrequest_getagentcaps GetAgentCaps;
		struct lineproxyrequest_getagentstatus GetAgentStatus;
		struct lineproxyrequest_agentspecific AgentSpecific;
		struct lineproxyrequest_getagentactivitylist GetAgentActivityList;
		struct lineproxyrequest_getagentgrouplist GetAgentGroupList;
		/* since API version 2.2 */
		struct lineproxyrequest_createagent CreateAgent;
		struct lineproxyrequest_setagentstateex SetAgentStateEx;
		struct lineproxyrequest_setagentmeasurementperiod SetAgentMeasurementPeriod;
		struct lineproxyrequest_getagentinfo GetAgentInfo;
		struct lineproxyrequest_createagentsession CreateAgentSession;
		struct lineproxyrequest_getagentsessionlist GetAgentSessionList;
		struct lineproxyrequest_getagentsessioninfo GetAgentSessionInfo;
		struct lineproxyrequest_setagentsessionstate SetAgentSessionState;
		struct lineproxyrequest_getqueuelist GetQueueList;
		struct lineproxyrequest_setqueuemeasurementperiod SetQueueMeasurementPeriod;
		struct lineproxyrequest_getqueueinfo GetQueueInfo;
		struct lineproxyrequest_getgrouplist GetGroupList;
	};
} LINEPROXYREQUEST, *LPLINEPROXYREQUEST;

#pragma pack(pop)

#endif
