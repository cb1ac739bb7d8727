// SPDX-License-Identifier: MIT
/* station.c - one row a status bit: the line state that tells of its coming and of its going. */
#include "station.h"

#include "exchange.h"
#include "extension.h"

/* clang-format off */
static const struct {
	DWORD flag, on, off;
} bits[] = {
	{ LINEDEVSTATUSFLAGS_CONNECTED, LINEDEVSTATE_CONNECTED, LINEDEVSTATE_DISCONNECTED },
	{ LINEDEVSTATUSFLAGS_MSGWAIT,   LINEDEVSTATE_MSGWAITON, LINEDEVSTATE_MSGWAITOFF },
	{ LINEDEVSTATUSFLAGS_INSERVICE, LINEDEVSTATE_INSERVICE, LINEDEVSTATE_OUTOFSERVICE },
	{ LINEDEVSTATUSFLAGS_LOCKED,    LINEDEVSTATE_LOCK,      LINEDEVSTATE_LOCK },
};
/* clang-format on */

#define BITS (sizeof(bits) / sizeof(bits[0]))

DWORD station_settable(void)
{
	DWORD flags = 0;

	for (size_t i = 0; i < BITS; i++)
		flags |= bits[i].flag;
	return flags;
}

DWORD station_states(void)
{
	DWORD states = 0;

	for (size_t i = 0; i < BITS; i++)
		states |= bits[i].on | bits[i].off;
	return states;
}

void station_change(struct extension *e, DWORD flags, bool on)
{
	DWORD states = 0;

	for (size_t i = 0; i < BITS; i++)
		if (flags & bits[i].flag && on != !!(e->status_flags & bits[i].flag))
			states |= on ? bits[i].on : bits[i].off;
	e->status_flags = on ? e->status_flags | flags : e->status_flags & ~flags;
	if (flags & LINEDEVSTATUSFLAGS_MSGWAIT && !on)
		e->message[0] = '\0';
	states &= e->line_states;
	if (states)
		tell_line(e, LINE_LINEDEVSTATE, states, 0, 0);
	phone_follow(e);
}

LONG station_set(struct extension *e, DRV_REQUESTID id, DWORD flags, bool on)
{
	if (!flags || flags & ~station_settable())
		return exchange_fail(LINEERR_INVALPARAM, "line status",
				"%#x are not status bits of a line", (unsigned)flags);
	outbox_complete(&exchange.outbox, id, 0, NULL);
	station_change(e, flags, on);
	return (LONG)id;
}

bool station_serves(const struct extension *e)
{
	return (e->status_flags & STATION_AT_START) == STATION_AT_START;
}

LONG station_check_calling(const struct extension *e)
{
	if (!station_serves(e))
		return exchange_fail(LINEERR_RESOURCEUNAVAIL, "out of service",
				"extension %s is out of service", e->number);
	if (extension_is_waiting_place(e))
		return exchange_fail(LINEERR_OPERATIONUNAVAIL, "line",
				"%s makes no calls: calls only wait there", e->name);
	if (e->status_flags & LINEDEVSTATUSFLAGS_LOCKED)
		return exchange_fail(LINEERR_CALLUNAVAIL, "locked",
				"extension %s is locked: it makes no calls", e->number);
	return 0;
}
