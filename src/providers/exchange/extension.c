// SPDX-License-Identifier: MIT
/* extension.c - opening and closing of a line, its MSP instances, and what it reports of itself. */
#include "extension.h"

#include "call.h"
#include "complete.h"
#include "connection.h"
#include "exchange.h"
#include "queue.h"

#include "base/mem.h"

struct extension *extension_find(HDRVLINE handle)
{
	if (handle == 0 || handle > exchange.count)
		return NULL;
	return exchange.extensions[handle - 1].is_open ? &exchange.extensions[handle - 1] : NULL;
}

HDRVLINE extension_handle(const struct extension *e)
{
	return (HDRVLINE)e->index + 1;
}

DWORD extension_device(const struct extension *e)
{
	return exchange.line_base + e->index;
}

LONG extension_open(struct extension *e, HTAPILINE ht_line, LINEEVENT event)
{
	if (e->is_open)
		return exchange_fail(LINEERR_ALLOCATED, "already open",
				"the line of extension %s is open", e->number);
	e->is_open = true;
	e->opens++;
	e->ht_line = ht_line;
	e->event = event;
	e->offered_modes = 0; /* until TSPI_lineSetDefaultMediaDetection */
	e->line_states = 0;
	e->address_states = 0;
	e->ext_version = 0;
	e->hub_tracking = LINECALLHUBTRACKING_NONE;
	e->known_use = (struct line_use){ 0 };
	return 0;
}

void extension_take_calls(struct extension *e, DWORD media_modes)
{
	e->offered_modes = media_modes;
	if (media_modes)
		connection_line_ready(e);
}

static void instance_free(struct instance *i)
{
	(void)map_remove(&exchange.instances, i->handle);
	list_remove(&i->link);
	mem_free(i);
}

void extension_close(struct extension *e)
{
	while (!list_empty(&e->calls)) /* one may take others with it */
		call_close(list_entry(e->calls.next, struct call, link));
	list_for_safe(m, &e->instances)
		instance_free(list_entry(m, struct instance, link));
	mem_free(e->control);
	e->control = NULL;
	e->is_open = false;
	e->offered_modes = 0;
}

LONG extension_add_instance(struct extension *e, HTAPIMSPLINE ht, HDRVMSPLINE *out)
{
	struct instance *i = mem_new(struct instance);

	if (!i)
		return LINEERR_NOMEM;
	i->handle = exchange_new_handle();
	i->ht_msp_line = ht;
	if (map_set(&exchange.instances, i->handle, i)) {
		mem_free(i);
		return LINEERR_NOMEM;
	}
	list_append(&e->instances, &i->link);
	*out = (HDRVMSPLINE)i->handle;
	return 0;
}

LONG extension_remove_instance(HDRVMSPLINE handle)
{
	struct instance *i = map_find(&exchange.instances, handle);

	if (!i)
		return exchange_fail(LINEERR_INVALPOINTER, "no such MSP instance",
				"the MSP instance was closed before");
	instance_free(i);
	return 0;
}

struct line_use extension_use(const struct extension *e)
{
	DWORD count[CALL_OCCUPIES_COUNT] = { 0 };

	list_for(l, &e->calls)
		count[call_occupies(list_entry(l, struct call, link))]++;
	return (struct line_use){ count[CALL_OCCUPIES_ACTIVE], count[CALL_OCCUPIES_HELD],
		count[CALL_OCCUPIES_PENDING] };
}

DWORD extension_capacity(const struct extension *e)
{
	return extension_is_waiting_place(e) ? QUEUE_CALLS_MAX : exchange.config.calls_per_line;
}

bool extension_is_full(const struct extension *e)
{
	return extension_use(e).active >= extension_capacity(e);
}

bool extension_is_busy(const struct extension *e)
{
	list_for(l, &e->calls) {
		const struct call *c = list_entry(l, struct call, link);

		if (c->services.is_secure && call_is_active(c))
			return true;
	}
	return extension_is_full(e);
}

LONG extension_check_room(const struct extension *e, LONG error)
{
	if (!extension_is_full(e))
		return 0;
	return exchange_fail(error, "line",
			"extension %s has all the calls it can have that are not on hold: %u",
			e->number, (unsigned)extension_capacity(e));
}

LONG extension_check_held(const struct extension *e)
{
	struct line_use use = extension_use(e);

	if (use.held + use.pending < HELD_CALLS_MAX)
		return 0;
	return exchange_fail(LINEERR_RESOURCEUNAVAIL, "line",
			"extension %s has %d calls on hold already", e->number, HELD_CALLS_MAX);
}

void extension_report(struct extension *e)
{
	struct line_use use = extension_use(e), before = e->known_use;
	DWORD calls = use.active + use.held + use.pending;
	DWORD had = before.active + before.held + before.pending, address, line;

	phone_follow(e);
	e->known_use = use;
	if (use.active == before.active && use.held == before.held && use.pending == before.pending)
		return;
	complete_line_changed(e);
	address = LINEADDRESSSTATE_NUMCALLS;
	if (calls == 0 && had)
		address |= LINEADDRESSSTATE_INUSEZERO;
	else if (calls && had == 0)
		address |= LINEADDRESSSTATE_INUSEONE; /* one station uses it: this line */
	address &= e->address_states;
	line = LINEDEVSTATE_NUMCALLS & e->line_states;
	if (address)
		tell_line(e, LINE_ADDRESSSTATE, 0, address, 0);
	if (line)
		tell_line(e, LINE_LINEDEVSTATE, line, 0, 0);
}

void extension_ring(const struct extension *e, enum ring_mode mode, DWORD count)
{
	if (e->line_states & LINEDEVSTATE_RINGING)
		tell_line(e, LINE_LINEDEVSTATE, LINEDEVSTATE_RINGING, mode, count);
}
