// SPDX-License-Identifier: MIT
/* event_names.c - messages and call states as people know them. */
#include "event.h"

#include <tapi.h>
#include <tspi.h>

struct name {
	uint32_t value;
	const char *name;
};

static const char *find(const struct name *names, size_t count, uint32_t value)
{
	for (size_t i = 0; i < count; i++)
		if (names[i].value == value)
			return names[i].name;
	return "?";
}

#define M(name)                                                                                    \
	{                                                                                          \
		name, #name                                                                        \
	}
#define STATE(name)                                                                                \
	{                                                                                          \
		LINECALLSTATE_##name, #name                                                        \
	}

const char *event_name(uint32_t msg)
{
	static const struct name names[] = { M(LINE_ADDRESSSTATE), M(LINE_CALLINFO),
		M(LINE_CALLSTATE), M(LINE_CLOSE), M(LINE_DEVSPECIFIC), M(LINE_DEVSPECIFICFEATURE),
		M(LINE_GATHERDIGITS), M(LINE_GENERATE), M(LINE_LINEDEVSTATE), M(LINE_MONITORDIGITS),
		M(LINE_MONITORMEDIA), M(LINE_MONITORTONE), M(LINE_REPLY), M(LINE_CREATE),
		M(LINE_REMOVE), M(LINE_APPNEWCALL), M(LINE_NEWCALL), M(LINE_CALLDEVSPECIFIC),
		M(LINE_CALLDEVSPECIFICFEATURE), M(LINE_SENDMSPDATA), M(PHONE_BUTTON),
		M(PHONE_CLOSE), M(PHONE_CREATE), M(PHONE_DEVSPECIFIC), M(PHONE_REMOVE),
		M(PHONE_STATE) };

	return find(names, sizeof(names) / sizeof(names[0]), msg);
}

const char *event_state_name(uint32_t state)
{
	static const struct name names[] = { STATE(IDLE), STATE(OFFERING), STATE(ACCEPTED),
		STATE(DIALTONE), STATE(DIALING), STATE(RINGBACK), STATE(BUSY), STATE(SPECIALINFO),
		STATE(CONNECTED), STATE(PROCEEDING), STATE(ONHOLD), STATE(CONFERENCED),
		STATE(ONHOLDPENDCONF), STATE(ONHOLDPENDTRANSFER), STATE(DISCONNECTED),
		STATE(UNKNOWN) };

	return find(names, sizeof(names) / sizeof(names[0]), state & 0x00ffffffU);
}
