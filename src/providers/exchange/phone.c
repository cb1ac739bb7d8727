// SPDX-License-Identifier: MIT
/* phone.c - opening and closing of a set, and what it reports of itself. */
#include "phone.h"

#include "exchange.h"
#include "extension.h"

#include <string.h>

void phone_init(struct phone *p, struct extension *line)
{
	p->line = line;
	p->status_flags = PHONESTATUSFLAGS_CONNECTED;
	for (DWORD i = 0; i < PHONE_SWITCHES; i++)
		p->switches[i] = (struct phone_switch){ PHONEHOOKSWITCHMODE_ONHOOK,
			PHONE_LEVEL_MAX / 2, PHONE_LEVEL_MAX / 2 };
	p->ring_volume = PHONE_LEVEL_MAX / 2;
	p->line_lamp = PHONELAMPMODE_OFF;
	memset(p->display, ' ', PHONE_CELLS);
	phone_init_buttons(p);
}

void phone_fini(struct phone *p)
{
	timer_stop(&p->release);
	p->is_open = false;
}

HDRVPHONE phone_handle(const struct phone *p)
{
	return (HDRVPHONE)p->line->index + 1;
}

struct phone *phone_find(HDRVPHONE handle)
{
	struct phone *p;

	if (handle == 0 || handle > exchange.count)
		return NULL;
	p = &exchange.extensions[handle - 1].phone;
	return p->is_open ? p : NULL;
}

DWORD phone_device_id(const struct phone *p)
{
	return exchange.phone_base + p->line->index;
}

struct phone *phone_device(DWORD device_id)
{
	DWORD index = device_id - exchange.phone_base;

	return device_id >= exchange.phone_base && index < exchange.count
			       ? &exchange.extensions[index].phone
			       : NULL;
}

LONG phone_open(struct phone *p, HTAPIPHONE ht_phone, PHONEEVENT event)
{
	if (p->is_open)
		return exchange_fail(PHONEERR_ALLOCATED, "already open",
				"the set of extension %s is open", p->line->number);
	p->is_open = true;
	p->opens++;
	p->ht_phone = ht_phone;
	p->event = event;
	p->states = p->button_modes = p->button_states = 0;
	p->ext_version = 0;
	return 0;
}

void phone_close(struct phone *p)
{
	p->is_open = false;
}

void phone_tell_state(const struct phone *p, DWORD state, DWORD detail)
{
	if (p->states & state)
		tell_phone(p, PHONE_STATE, state, detail, 0);
}

LONG phone_done(DRV_REQUESTID id)
{
	outbox_complete(&exchange.outbox, id, 0, NULL);
	return (LONG)id;
}

bool phone_serves(const struct phone *p)
{
	return p->status_flags == PHONESTATUSFLAGS_CONNECTED;
}

LONG phone_check(const struct phone *p)
{
	if (!(p->status_flags & PHONESTATUSFLAGS_CONNECTED))
		return exchange_fail(PHONEERR_INVALPHONESTATE, "disconnected",
				"the set of extension %s is not connected", p->line->number);
	if (p->status_flags & PHONESTATUSFLAGS_SUSPENDED)
		return exchange_fail(PHONEERR_INVALPHONESTATE, "suspended",
				"the exchange has taken the set of extension %s for itself",
				p->line->number);
	return 0;
}
