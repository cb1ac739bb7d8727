// SPDX-License-Identifier: MIT
/* terminal.c - one row a terminal. */
#include "terminal.h"

#include "call.h"
#include "exchange.h"
#include "extension.h"

#include "providers/kit/varpart.h"

#define OF_THE_SET                                                                                 \
	(LINETERMMODE_BUTTONS | LINETERMMODE_LAMPS | LINETERMMODE_DISPLAY | LINETERMMODE_RINGER |  \
			LINETERMMODE_HOOKSWITCH)

static const struct {
	DWORD dev, modes;
	const char *name;
} rows[TERMINALS] = {
	[TERMINAL_SET] = { LINETERMDEV_PHONE, OF_THE_SET, "the set with its handset" },
	{ LINETERMDEV_SPEAKER, LINETERMMODE_HOOKSWITCH, "the speaker" },
	{ LINETERMDEV_HEADSET, LINETERMMODE_HOOKSWITCH, "the headset" },
};

void terminals_init(struct terminals *t)
{
	for (DWORD i = 0; i < TERMINALS; i++)
		t->modes[i] = rows[i].modes;
}

DWORD terminal_count(void)
{
	return exchange.config.sets_apart ? 0 : TERMINALS;
}

bool terminal_has(const struct terminals *t, DWORD terminal, DWORD mode)
{
	return (t->modes[terminal] & mode) != 0;
}

static LONG check(DWORD modes, DWORD terminal)
{
	if (!terminal_count())
		return exchange_fail(LINEERR_OPERATIONUNAVAIL, "terminals",
				"the sets of the exchange are apart from its lines");
	if (terminal >= TERMINALS)
		return exchange_fail(LINEERR_INVALTERMINALID, "terminal",
				"a line has terminals 0 to %u, not %u", TERMINALS - 1,
				(unsigned)terminal);
	if (!modes || modes & ~rows[terminal].modes)
		return exchange_fail(LINEERR_INVALTERMINALMODE, "terminal mode",
				"%s has not all of the modes %#x", rows[terminal].name,
				(unsigned)modes);
	return 0;
}

static void route(struct terminals *t, DWORD modes, DWORD terminal, bool enable)
{
	if (enable)
		t->modes[terminal] |= modes;
	else
		t->modes[terminal] &= ~modes;
}

/* The line's calls go with it; those to come begin with what it has then. */
static void route_line(struct extension *e, DWORD modes, DWORD terminal, bool enable)
{
	route(&e->terminals, modes, terminal, enable);
	list_for(l, &e->calls)
		route(&list_entry(l, struct call, link)->terminals, modes, terminal, enable);
}

static void tell(const struct extension *e, const struct call *c, DWORD select)
{
	if (select == LINECALLSELECT_CALL)
		call_info_changed(c, LINECALLINFOSTATE_TERMINAL);
	else if (select == LINECALLSELECT_LINE && e->line_states & LINEDEVSTATE_TERMINALS)
		tell_line(e, LINE_LINEDEVSTATE, LINEDEVSTATE_TERMINALS, 0, 0);
	else if (select == LINECALLSELECT_ADDRESS && e->address_states & LINEADDRESSSTATE_TERMINALS)
		tell_line(e, LINE_ADDRESSSTATE, 0, LINEADDRESSSTATE_TERMINALS, 0);
}

LONG terminal_set(struct extension *e, struct call *c, DRV_REQUESTID id, DWORD select, DWORD modes,
		DWORD terminal, bool enable)
{
	LONG err = check(modes, terminal);

	if (err)
		return err;
	outbox_complete(&exchange.outbox, id, 0, NULL);
	if (select == LINECALLSELECT_CALL)
		route(&c->terminals, modes, terminal, enable);
	else
		route_line(e, modes, terminal, enable);
	tell(e, c, select);
	phone_follow(e);
	return (LONG)id;
}

void terminal_caps(LINEDEVCAPS *out, struct varpart *v)
{
	LINETERMCAPS caps[TERMINALS];

	for (DWORD i = 0; i < TERMINALS; i++)
		caps[i] = (LINETERMCAPS){ rows[i].dev, rows[i].modes, LINETERMSHARING_PRIVATE };
	out->dwNumTerminals = terminal_count();
	if (out->dwNumTerminals)
		varpart_add(v, &out->dwTerminalCapsSize, &out->dwTerminalCapsOffset, caps,
				sizeof(caps));
}

void terminal_add(const struct terminals *t, DWORD *size, DWORD *offset, struct varpart *v)
{
	if (terminal_count())
		varpart_add(v, size, offset, t->modes, sizeof(t->modes));
}
