// SPDX-License-Identifier: MIT
/* state.c - LINECALLSTATEs become CALL_STATEs, and these become events. */
#include "libtapi/tapi3/objects.h"

static const struct {
	DWORD line_state;
	CALL_STATE state;
} states[] = {
	{ LINECALLSTATE_IDLE, CS_DISCONNECTED },
	{ LINECALLSTATE_OFFERING, CS_OFFERING },
	{ LINECALLSTATE_ACCEPTED, CS_OFFERING },
	{ LINECALLSTATE_DIALTONE, CS_INPROGRESS },
	{ LINECALLSTATE_DIALING, CS_INPROGRESS },
	{ LINECALLSTATE_RINGBACK, CS_INPROGRESS },
	{ LINECALLSTATE_BUSY, CS_DISCONNECTED },
	{ LINECALLSTATE_SPECIALINFO, CS_DISCONNECTED },
	{ LINECALLSTATE_CONNECTED, CS_CONNECTED },
	{ LINECALLSTATE_PROCEEDING, CS_INPROGRESS },
	{ LINECALLSTATE_ONHOLD, CS_HOLD },
	{ LINECALLSTATE_CONFERENCED, CS_CONNECTED },
	{ LINECALLSTATE_ONHOLDPENDCONF, CS_HOLD },
	{ LINECALLSTATE_ONHOLDPENDTRANSFER, CS_HOLD },
	{ LINECALLSTATE_DISCONNECTED, CS_DISCONNECTED },
};

static const struct {
	DWORD mode;
	CALL_STATE_EVENT_CAUSE cause;
} causes[] = {
	{ LINEDISCONNECTMODE_NORMAL, CEC_DISCONNECT_NORMAL },
	{ LINEDISCONNECTMODE_UNKNOWN, CEC_DISCONNECT_NORMAL },
	{ LINEDISCONNECTMODE_REJECT, CEC_DISCONNECT_REJECTED },
	{ LINEDISCONNECTMODE_BUSY, CEC_DISCONNECT_BUSY },
	{ LINEDISCONNECTMODE_NOANSWER, CEC_DISCONNECT_NOANSWER },
	{ LINEDISCONNECTMODE_BADADDRESS, CEC_DISCONNECT_BADADDRESS },
	{ LINEDISCONNECTMODE_CANCELLED, CEC_DISCONNECT_CANCELLED },
	{ LINEDISCONNECTMODE_BLOCKED, CEC_DISCONNECT_BLOCKED },
};

static CALL_STATE_EVENT_CAUSE cause_of(DWORD line_state, DWORD mode)
{
	switch (line_state) {
	case LINECALLSTATE_BUSY:
		return CEC_DISCONNECT_BUSY;
	case LINECALLSTATE_SPECIALINFO:
		return CEC_DISCONNECT_FAILED;
	case LINECALLSTATE_IDLE:
		return CEC_DISCONNECT_NORMAL;
	case LINECALLSTATE_DISCONNECTED:
		break;
	default:
		return CEC_NONE;
	}
	for (size_t i = 0; i < sizeof(causes) / sizeof(causes[0]); i++)
		if (causes[i].mode == mode)
			return causes[i].cause;
	return mode ? CEC_DISCONNECT_FAILED : CEC_DISCONNECT_NORMAL;
}

void tapi_call_set_state(struct tapi_call *call, CALL_STATE state, CALL_STATE_EVENT_CAUSE cause,
		LONG error)
{
	struct tapi_event *e;

	if (call->state == state && !error)
		return;
	call->state = state;
	if (state == CS_DISCONNECTED)
		call->cause = cause;
	e = event_new(call->address->tapi, TE_CALLSTATE, (LONG)state, call->address, call);
	if (!e)
		return;
	e->state = (LONG)state;
	e->cause = (LONG)cause;
	e->error = error;
	event_post(e);
}

void tapi_call_stepped(struct tapi_call *call, DWORD line_state, DWORD mode)
{
	if (call->line_state == LINECALLSTATE_CONFERENCED && line_state != call->line_state)
		call_leave_parties(call);
	call->line_state = line_state;
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (states[i].line_state == line_state)
			tapi_call_set_state(call, states[i].state, cause_of(line_state, mode), 0);
}

DWORD tapi_call_flags(DWORD line_state)
{
	switch (line_state) {
	case LINECALLSTATE_OFFERING:
	case LINECALLSTATE_ACCEPTED:
		return MSP_CALL_INCOMING;
	case LINECALLSTATE_CONNECTED:
	case LINECALLSTATE_ONHOLD:
	case LINECALLSTATE_CONFERENCED:
	case LINECALLSTATE_ONHOLDPENDCONF:
	case LINECALLSTATE_ONHOLDPENDTRANSFER:
		return MSP_CALL_JOINED;
	default:
		return MSP_CALL_OUTGOING;
	}
}
