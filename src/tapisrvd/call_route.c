// SPDX-License-Identifier: MIT
/* call_route.c - whom a call that came from outside is given to: the first owner by media mode, and
 * everyone who monitors the line. A call that nobody takes is dropped. */
#include "base/trace.h"
#include "call.h"
#include "core.h"
#include "event.h"
#include "failure.h"
#include "line.h"
#include "priority.h"
#include "provider.h"
#include "session.h"

#include <tapi.h>

#define LOG_TOPIC "call"

void call_announce(const struct held *h, uint32_t state)
{
	const struct call *call = h->call;
	Event e = EVENT__INIT;

	SET_ID(&e, object, call->line->device);
	SET(&e, msg, LINE_APPNEWCALL);
	SET(&e, p1, call->address_id);
	SET(&e, p2, call->id);
	SET(&e, p3, h->privilege);
	event_to_holder(h, &e, 0, event_pack(call->core, &e));
	call_send_state(h, state, state == call->state ? call_mode(call) : 0, h->privilege);
}

struct held *call_give(struct call *call, struct open *o, uint32_t privilege, uint32_t state)
{
	struct held *h = held_new(o, call, privilege);

	if (h)
		call_announce(h, state);
	return h;
}

static bool takes(const struct open *o, const struct call *call, uint32_t mode)
{
	if (o->opening || !(o->privileges & LINECALLPRIVILEGE_OWNER) || !(o->media_modes & mode))
		return false;
	return !(o->privileges & LINEOPENOPTION_SINGLEADDRESS) || o->address_id == call->address_id;
}

/* In the order of the media modes' numbers (the unknown one first), which TAPI leaves open; of
 * those that want the same one by priority. */
static struct open *first_owner(const struct call *call)
{
	uint32_t modes = call->media_modes ? call->media_modes : LINEMEDIAMODE_UNKNOWN;

	for (uint32_t mode = LINEMEDIAMODE_UNKNOWN; mode; mode <<= 1) {
		struct open *best = NULL;

		if (!(modes & mode))
			continue;
		list_for(l, &call->line->opens) {
			struct open *o = list_entry(l, struct open, in_line);

			if (takes(o, call, mode) && priority_first(o, best, mode) == o)
				best = o;
		}
		if (best)
			return best;
	}
	return NULL;
}

void call_show_to_monitors(struct call *call, uint32_t state)
{
	call->shown = true;
	list_for(l, &call->line->opens) {
		struct open *o = list_entry(l, struct open, in_line);

		if (!o->opening && (o->privileges & LINECALLPRIVILEGE_MONITOR) &&
				!held_find(o->session, call))
			(void)call_give(call, o, LINECALLPRIVILEGE_MONITOR, state);
	}
}

/* Somebody has it, or had his chance. */
static bool is_there(const struct call *call)
{
	return call->offered && !call->pending && call->state && !call_is_idle(call);
}

void call_show_missed(struct call *call, struct open *o)
{
	if (!call->shown_before && is_there(call) && o->restored &&
			(o->privileges & LINECALLPRIVILEGE_MONITOR) && !held_find(o->session, call))
		(void)call_give(call, o, LINECALLPRIVILEGE_MONITOR, call->state);
}

void call_show_if_missed(struct call *call)
{
	if (call->shown_before || !is_there(call))
		return;
	if (!call->shown)
		list_for(l, &call->line->opens)
			call_show_missed(call, list_entry(l, struct open, in_line));
	call->shown = true;
	call_write_note(call);
}

/* Microsoft's pages say both: it is dropped, it is not. */
static void leave_unowned(struct call *call)
{
	call->kept = call->core->options->keep_unowned;
	if (call->kept)
		log_info("call %#llx: nobody owns it, it stays", (unsigned long long)call->id);
	else
		call_drop(call, "no owner", "no application wants calls of this kind on this line");
}

void call_route_if_new(struct call *call)
{
	struct open *owner;

	if (call->offered || !call->state || call->core->quiet)
		return;
	call->offered = true;
	call->unclaimed = false;
	owner = call_is_idle(call) ? NULL : first_owner(call);
	if (owner && !call_give(call, owner, LINECALLPRIVILEGE_OWNER, call->state))
		owner = NULL;
	if (owner)
		call->msp_session = owner->session->id;
	call_show_to_monitors(call, call->state);
	if (owner)
		log_info("call %#llx: goes to %s", (unsigned long long)call->id,
				session_name(owner->session));
	else if (!call_is_idle(call))
		leave_unowned(call);
	if (call->kept)
		call_write_note(call);
	else if (owner)
		call_write_note_later(call);
	else if (list_empty(&call->holders))
		call_close(call);
}
