// SPDX-License-Identifier: MIT
/* tapi3const_agent.h - enumerations of call centres. */
#ifndef TAPI3CONST_AGENT_H
#define TAPI3CONST_AGENT_H

/** What happened to an agent. */
typedef enum AGENT_EVENT {
	AE_NOT_READY = 0,
	AE_READY = 1,
	AE_BUSY_ACD = 2,
	AE_BUSY_INCOMING = 3,
	AE_BUSY_OUTGOING = 4,
	AE_UNKNOWN = 5,
} AGENT_EVENT;

/** States of an agent. */
typedef enum AGENT_STATE {
	AS_NOT_READY = 0,
	AS_READY = 1,
	AS_BUSY_ACD = 2,
	AS_BUSY_INCOMING = 3,
	AS_BUSY_OUTGOING = 4,
	AS_UNKNOWN = 5,
} AGENT_STATE;

/** What happened to a session. */
typedef enum AGENT_SESSION_EVENT {
	ASE_NEW_SESSION = 0,
	ASE_NOT_READY = 1,
	ASE_READY = 2,
	ASE_BUSY = 3,
	ASE_WRAPUP = 4,
	ASE_END = 5,
} AGENT_SESSION_EVENT;

/** States of a session. */
typedef enum AGENT_SESSION_STATE {
	ASST_NOT_READY = 0,
	ASST_READY = 1,
	ASST_BUSY_ON_CALL = 2,
	ASST_BUSY_WRAPUP = 3,
	ASST_SESSION_ENDED = 4,
} AGENT_SESSION_STATE;

/** An agent handler came or went. */
typedef enum AGENTHANDLER_EVENT {
	AHE_NEW_AGENTHANDLER = 0,
	AHE_AGENTHANDLER_REMOVED = 1,
} AGENTHANDLER_EVENT;

/** A group came or went. */
typedef enum ACDGROUP_EVENT {
	ACDGE_NEW_GROUP = 0,
	ACDGE_GROUP_REMOVED = 1,
} ACDGROUP_EVENT;

/** A queue came or went. */
typedef enum ACDQUEUE_EVENT {
	ACDQE_NEW_QUEUE = 0,
	ACDQE_QUEUE_REMOVED = 1,
} ACDQUEUE_EVENT;

#endif
