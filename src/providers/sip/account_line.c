// SPDX-License-Identifier: MIT
/* account_line.c - an account as an open line: its MSP instances, and what it reports of itself. */
#include "account.h"

#include "call.h"
#include "sip.h"
#include "tell.h"

#include "base/mem.h"

LONG account_open(struct account *a, HTAPILINE ht_line, LINEEVENT event)
{
	if (a->is_open)
		return sip_fail(LINEERR_ALLOCATED, "already open", "line %s is open",
				account_name(a));
	a->is_open = true;
	a->opens++;
	a->handle = sip_new_handle();
	a->ht_line = ht_line;
	a->event = event;
	a->offered_modes = 0; /* until TSPI_lineSetDefaultMediaDetection */
	a->line_states = 0;
	a->address_states = 0;
	a->ext_version = 0;
	a->known_calls = 0;
	return 0;
}

static void instance_free(struct instance *i)
{
	(void)map_remove(&sip.instances, i->handle);
	list_remove(&i->link);
	mem_free(i);
}

void account_close(struct account *a)
{
	list_for_safe(l, &a->calls)
		call_close(list_entry(l, struct call, link));
	list_for_safe(m, &a->instances)
		instance_free(list_entry(m, struct instance, link));
	mem_free(a->control);
	a->control = NULL;
	a->is_open = false;
	a->offered_modes = 0;
}

LONG account_add_instance(struct account *a, HTAPIMSPLINE ht, HDRVMSPLINE *out)
{
	struct instance *i = mem_new(struct instance);

	if (!i)
		return LINEERR_NOMEM;
	i->handle = sip_new_handle();
	i->ht_msp_line = ht;
	if (map_set(&sip.instances, i->handle, i)) {
		mem_free(i);
		return LINEERR_NOMEM;
	}
	list_append(&a->instances, &i->link);
	*out = (HDRVMSPLINE)i->handle;
	return 0;
}

LONG account_remove_instance(HDRVMSPLINE handle)
{
	struct instance *i = map_find(&sip.instances, handle);

	if (!i)
		return sip_fail(LINEERR_INVALPOINTER, "no such MSP instance",
				"the MSP instance was closed before");
	instance_free(i);
	return 0;
}

bool account_has_instance(const struct account *a)
{
	return !list_empty(&a->instances);
}

DWORD account_active_calls(const struct account *a)
{
	return a->active_calls;
}

bool account_is_full(const struct account *a)
{
	return account_active_calls(a) >= a->config->calls;
}

void account_report(struct account *a)
{
	DWORD calls = account_active_calls(a), before = a->known_calls, address, line;

	a->known_calls = calls;
	if (calls == before)
		return;
	address = LINEADDRESSSTATE_NUMCALLS;
	if (calls == 0)
		address |= LINEADDRESSSTATE_INUSEZERO;
	else if (before == 0)
		address |= LINEADDRESSSTATE_INUSEONE; /* one station uses it: this line */
	address &= a->address_states;
	line = LINEDEVSTATE_NUMCALLS & a->line_states;
	if (address)
		tell_line(a, LINE_ADDRESSSTATE, 0, address, 0, NULL);
	if (line)
		tell_line(a, LINE_LINEDEVSTATE, line, 0, 0, NULL);
}

void account_ring(const struct account *a, DWORD count)
{
	if (a->line_states & LINEDEVSTATE_RINGING)
		tell_line(a, LINE_LINEDEVSTATE, LINEDEVSTATE_RINGING, 1, count, NULL);
}

void account_tell_state(const struct account *a, DWORD state, const struct why *why)
{
	if (a->line_states & state)
		tell_line(a, LINE_LINEDEVSTATE, state, 0, 0, why);
}
