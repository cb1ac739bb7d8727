// SPDX-License-Identifier: MIT
/* outside.c - a line of the list of trunks stands for the public network. */
#include "outside.h"

#include "call.h"
#include "connection.h"
#include "exchange.h"
#include "extension.h"

#include "providers/kit/varpart.h"

#include <stdio.h>

/* The first trunk is 0. */
static DWORD trunk_of(const struct extension *e)
{
	DWORD trunk = 0;

	if (e->kind != LINE_KIND_TRUNK)
		return NO_TRUNK;
	for (DWORD i = 0; i < e->index; i++)
		trunk += exchange.extensions[i].kind == LINE_KIND_TRUNK;
	return trunk;
}

/* That the call crosses, as seen from this half; its own line is none to it. */
static DWORD trunk_crossed(const struct call *c)
{
	const struct call *peer = connection_peer(c);

	return peer ? trunk_of(peer->line) : NO_TRUNK;
}

void outside_prepare(struct call *called, const struct call *caller)
{
	if (caller->line->kind == LINE_KIND_TRUNK)
		called->origin = LINECALLORIGIN_EXTERNAL;
}

static void charge(struct timer *t)
{
	struct call *c = list_entry(t, struct call, services.charging);

	if (trunk_crossed(c) == NO_TRUNK || !c->connection->is_connected)
		return; /* it has been sent elsewhere */
	c->services.units++;
	call_info_changed(c, LINECALLINFOSTATE_CHARGINGINFO);
	exchange_arm(t, exchange.config.charge_ms);
}

/* Who calls over a trunk pays. */
void outside_connected(struct call *c)
{
	DWORD trunk = trunk_crossed(c);

	if (trunk == NO_TRUNK)
		return;
	call_info_changed(c, LINECALLINFOSTATE_TRUNK);
	if (c->side != CALL_SIDE_CALLER || !exchange.config.charge_ms)
		return;
	c->services.charging.run = charge; /* it may run already, for who was there before */
	exchange_arm(&c->services.charging, exchange.config.charge_ms);
}

void outside_ended(struct call *c)
{
	timer_stop(&c->services.charging);
}

static void add(struct varpart *v, DWORD *size, DWORD *offset, const char *text)
{
	if (text)
		varpart_add_text(v, size, offset, text);
}

void outside_info(const struct call *c, LINECALLINFO *out, struct varpart *v)
{
	char charges[32];

	out->dwTrunk = trunk_crossed(c);
	add(v, &out->dwDisplaySize, &out->dwDisplayOffset, exchange.config.display);
	add(v, &out->dwCommentSize, &out->dwCommentOffset, exchange.config.comment);
	if (!c->services.units)
		return;
	(void)snprintf(charges, sizeof(charges), "%u units", (unsigned)c->services.units);
	add(v, &out->dwChargingInfoSize, &out->dwChargingInfoOffset, charges);
}
