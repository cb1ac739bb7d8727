// SPDX-License-Identifier: MIT
/* version.c - messages for applications of an older version: what came later is translated, or not
 * told. Structures are cut by flat_write. */
#include "libtapi/internal.h"

#include <string.h>

enum { V1_4 = 0x00010004, V2_0 = 0x00020000, V2_2 = 0x00020002, V3_0 = 0x00030000 };

/* Messages that came after 1.3. LINE_CREATE and LINE_REMOVE have translations: event.c; those of
 * call hubs are for who asked for them. */
static const struct {
	uint32_t msg;
	DWORD since;
} messages[] = {
	{ LINE_AGENTSPECIFIC, V2_0 },
	{ LINE_AGENTSTATUS, V2_0 },
	{ LINE_APPNEWCALL, V2_0 },
	{ LINE_PROXYREQUEST, V2_0 },
	{ LINE_AGENTSESSIONSTATUS, V2_2 },
	{ LINE_QUEUESTATUS, V2_2 },
	{ LINE_AGENTSTATUSEX, V2_2 },
	{ LINE_GROUPSTATUS, V2_2 },
	{ LINE_PROXYSTATUS, V2_2 },
	{ LINE_DEVSPECIFICEX, V3_0 },
};

/* Bits of a set, in a message's first or second parameter. What a version does not know is left
 * out.
 */
static const struct {
	uint32_t msg;
	unsigned parameter;
	DWORD since;
	DWORD bits;
} sets[] = {
	{ LINE_LINEDEVSTATE, 1, V1_4,
			LINEDEVSTATE_CAPSCHANGE | LINEDEVSTATE_CONFIGCHANGE |
					LINEDEVSTATE_TRANSLATECHANGE | LINEDEVSTATE_COMPLCANCEL },
	{ LINE_ADDRESSSTATE, 2, V1_4, LINEADDRESSSTATE_CAPSCHANGE },
	{ LINE_CALLINFO, 1, V2_0,
			LINECALLINFOSTATE_TREATMENT | LINECALLINFOSTATE_QOS |
					LINECALLINFOSTATE_CALLDATA },
	{ PHONE_STATE, 1, V1_4, PHONESTATE_CAPSCHANGE },
};

static const struct {
	DWORD since, modes;
} disconnect_modes[] = {
	{ V1_4, LINEDISCONNECTMODE_NODIALTONE },
	{ V2_0, LINEDISCONNECTMODE_NUMBERCHANGED | LINEDISCONNECTMODE_OUTOFORDER |
					LINEDISCONNECTMODE_TEMPFAILURE |
					LINEDISCONNECTMODE_QOSUNAVAIL | LINEDISCONNECTMODE_BLOCKED |
					LINEDISCONNECTMODE_DONOTDISTURB |
					LINEDISCONNECTMODE_CANCELLED },
	{ V3_0, LINEDISCONNECTMODE_DESTINATIONBARRED | LINEDISCONNECTMODE_FDNRESTRICT },
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static DWORD_PTR *parameter(struct message *m, unsigned n)
{
	return n == 1 ? &m->m.dwParam1 : &m->m.dwParam2;
}

/* A soft demand: "something has changed that you have no message for". */
static void become_reinit(struct message *m, DWORD_PTR bits)
{
	bool phone = m->m.dwMessageID == PHONE_STATE;

	m->m.dwParam2 = m->m.dwMessageID ? m->m.dwMessageID : LINE_LINEDEVSTATE;
	m->m.dwParam3 = bits;
	m->m.dwParam1 = phone ? PHONESTATE_REINIT : LINEDEVSTATE_REINIT;
	m->m.dwMessageID = phone ? PHONE_STATE : LINE_LINEDEVSTATE;
}

/* What is left of a set; nothing: an application of 1.3 hears REINIT, others nothing. */
static int convert_set(struct message *m, DWORD version)
{
	for (size_t i = 0; i < COUNT(sets); i++) {
		DWORD_PTR *p = parameter(m, sets[i].parameter), newer = *p & sets[i].bits;

		if (sets[i].msg != m->m.dwMessageID || version >= sets[i].since || !newer)
			continue;
		*p &= ~newer;
		if (*p)
			return 1;
		if (sets[i].since != V1_4)
			return 0;
		become_reinit(m, newer);
		return 1;
	}
	return 1;
}

/* Connected modes came with 1.4, the detailed ones with 2.0; offering modes with 1.4. */
static DWORD_PTR older_connected(DWORD_PTR mode, DWORD version)
{
	bool inactive = mode == LINECONNECTEDMODE_INACTIVE ||
			mode == LINECONNECTEDMODE_INACTIVEHELD;

	if (version < V1_4)
		return 0;
	return inactive ? LINECONNECTEDMODE_INACTIVE : LINECONNECTEDMODE_ACTIVE;
}

static DWORD_PTR older_disconnect(DWORD_PTR mode, DWORD version)
{
	for (size_t i = 0; i < COUNT(disconnect_modes); i++)
		if (version < disconnect_modes[i].since && (mode & disconnect_modes[i].modes))
			return LINEDISCONNECTMODE_UNKNOWN;
	return mode;
}

static void convert_state(struct message *m, DWORD version)
{
	switch (m->m.dwParam1 & 0x00ffffffu) {
	case LINECALLSTATE_CONNECTED:
		if (version < V2_0)
			m->m.dwParam2 = older_connected(m->m.dwParam2, version);
		break;
	case LINECALLSTATE_OFFERING:
		if (version < V1_4)
			m->m.dwParam2 = 0;
		break;
	case LINECALLSTATE_DISCONNECTED:
		m->m.dwParam2 = older_disconnect(m->m.dwParam2, version);
		break;
	default:
		break;
	}
}

int version_convert(struct message *m, DWORD version)
{
	if (version >= V3_0)
		return 1;
	for (size_t i = 0; i < COUNT(messages); i++)
		if (messages[i].msg == m->m.dwMessageID && version < messages[i].since)
			return 0;
	if (m->m.dwMessageID == LINE_CALLSTATE)
		convert_state(m, version);
	return convert_set(m, version);
}
