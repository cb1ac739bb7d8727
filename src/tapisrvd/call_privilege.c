// SPDX-License-Identifier: MIT
/* call_privilege.c - who holds a call: lineGetNewCalls, lineSetCallPrivilege, lineDeallocateCall.
 */
#include "base/mem.h"
#include "call.h"
#include "client.h"
#include "core.h"
#include "dispatch.h"
#include "failure.h"
#include "host.h"
#include "line.h"
#include "msp.h"
#include "session.h"

enum { LIST_FIXED = 24, HANDLE_SIZE = 4 }; /* LINECALLLIST */

/* All of those that are new to the session, or none. */
static bool hold_all(struct request *r, const LineCallList *list, struct open *o,
		struct held **given, size_t *count)
{
	for (size_t i = 0; i < list->n_calls; i++) {
		struct call *call = call_find(r->core, list->calls[i]);

		if (held_find(r->session, call))
			continue;
		given[*count] = held_new(o, call, LINECALLPRIVILEGE_MONITOR);
		if (given[*count]) {
			++*count;
			continue;
		}
		while (*count)
			held_free(given[--*count]);
		return false;
	}
	return true;
}

LONG call_list_give(struct request *r, LineCallList *list, struct open *o, uint32_t room)
{
	struct held **given = arena_alloc(&r->core->arena, (list->n_calls + 1) * sizeof(*given));
	size_t count = 0;

	if (LIST_FIXED + list->n_calls * HANDLE_SIZE > room)
		return 0;
	if (!given || !hold_all(r, list, o, given, &count))
		return LINEERR_NOMEM;
	for (size_t i = 0; i < count; i++)
		call_tell_counts(given[i]->call, LINECALLINFOSTATE_NUMMONITORS, given[i], NULL);
	return 0;
}

LONG call_list_make(struct request *r, LineCallList *list)
{
	size_t count = 0;

	line_call_list__init(list);
	list_for(l, &r->line->calls)
		count++;
	list->calls = arena_alloc(&r->core->arena, (count + 1) * sizeof(*list->calls));
	return list->calls ? 0 : LINEERR_NOMEM;
}

static bool is_new_to(const struct request *r, const struct call *call, const LineGetNewCalls *m)
{
	bool is_routed = call->offered || call->state; /* a made one may have no state yet */

	if (call->pending || !is_routed || call_is_idle(call) || held_find(r->session, call))
		return false;
	return m->select == LINECALLSELECT_LINE || call->address_id == m->address_id;
}

LONG handle_get_new_calls(struct request *r)
{
	const LineGetNewCalls *m = (const void *)r->msg;
	LineGetNewCallsReply reply = LINE_GET_NEW_CALLS_REPLY__INIT;
	LineCallList list;
	LONG code;

	if (m->select != LINECALLSELECT_LINE && m->select != LINECALLSELECT_ADDRESS)
		return LINEERR_INVALCALLSELECT;
	code = call_list_make(r, &list);
	if (code)
		return code;
	list_for(l, &r->line->calls) {
		const struct call *call = list_entry(l, struct call, in_line);

		if (is_new_to(r, call, m))
			list.calls[list.n_calls++] = call->id;
	}
	code = call_list_give(r, &list, r->open, m->call_list);
	if (code)
		return code;
	SET(&list, calls_num_entries, (uint32_t)list.n_calls);
	reply.call_list = &list;
	return request_return(r, &reply.base);
}

void call_owned_by(struct call *call, const struct session *s)
{
	bool takes = call->msp_session != s->id && msp_may_take(call, s);

	if (!takes && !call->released && !call->kept)
		return;
	call->released = call->kept = false;
	if (takes)
		call->msp_session = s->id;
	call_write_note(call);
}

LONG handle_set_call_privilege(struct request *r)
{
	const LineSetCallPrivilege *m = (const void *)r->msg;
	uint32_t wanted = m->call_privilege, had = r->held->privilege;
	bool sole = had == LINECALLPRIVILEGE_OWNER && call_owners(r->call) == 1;

	if (wanted != LINECALLPRIVILEGE_OWNER && wanted != LINECALLPRIVILEGE_MONITOR)
		return LINEERR_INVALCALLPRIVILEGE;
	if (wanted == LINECALLPRIVILEGE_MONITOR && sole && !call_is_idle(r->call))
		return request_fail(r, LINEERR_INVALCALLSTATE, "sole owner",
				"the only owner of a call cannot become a monitor of it");
	if (wanted != had) {
		held_set_privilege(r->held, wanted);
		call_tell_counts(r->call,
				LINECALLINFOSTATE_NUMMONITORS |
						(wanted == LINECALLPRIVILEGE_OWNER
										? LINECALLINFOSTATE_NUMOWNERINCR
										: LINECALLINFOSTATE_NUMOWNERDECR),
				r->held, NULL);
	}
	if (wanted == LINECALLPRIVILEGE_OWNER)
		call_owned_by(r->call, r->session);
	else if (msp_let_go(r->call, r->session)) /* monitors get none */
		call_write_note(r->call);
	return request_return(r, NULL);
}

LONG handle_deallocate_call(struct request *r)
{
	bool sole = r->held->privilege == LINECALLPRIVILEGE_OWNER && call_owners(r->call) == 1;

	if (sole && !call_is_idle(r->call) && r->held->open->api_version < API_2_0)
		return request_fail(r, LINEERR_INVALCALLSTATE, "sole owner",
				"before API 2.0 the only owner must drop the call first");
	(void)request_return(r, NULL);
	if (sole && !call_is_idle(r->call)) {
		r->call->released = true;
		call_write_note(r->call);
	}
	call_release(r->held, false, NULL, NULL);
	return 0;
}
