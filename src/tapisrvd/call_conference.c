// SPDX-License-Identifier: MIT
/* call_conference.c - which calls belong together: parties are CONFERENCED, and that state names
 * the call of their conference. */
#include "call.h"
#include "core.h"
#include "dispatch.h"
#include "failure.h"
#include "line.h"
#include "session.h"

struct call *call_conference(struct call *call)
{
	if (call->conference || !(call->state & LINECALLSTATE_CONFERENCED))
		return call->conference ? call : NULL;
	return call_find(call->core, call_mode(call));
}

/* The conference itself is the first, then its parties. */
LONG handle_get_conf_related_calls(struct request *r)
{
	const LineGetConfRelatedCalls *m = (const void *)r->msg;
	LineGetConfRelatedCallsReply reply = LINE_GET_CONF_RELATED_CALLS_REPLY__INIT;
	struct call *parent = call_conference(r->call);
	LineCallList list;
	LONG code;

	if (!parent || parent->line != r->line || parent->pending)
		return request_fail(r, LINEERR_NOCONFERENCE, "no conference",
				"the call is neither a conference nor in one");
	code = call_list_make(r, &list);
	if (code)
		return code;
	list.calls[list.n_calls++] = parent->id;
	list_for(l, &r->line->calls) {
		struct call *call = list_entry(l, struct call, in_line);

		if (call != parent && !call->pending && call_conference(call) == parent)
			list.calls[list.n_calls++] = call->id;
	}
	code = call_list_give(r, &list, r->held->open, m->call_list);
	if (code)
		return code;
	SET(&list, calls_num_entries, (uint32_t)list.n_calls);
	reply.call_list = &list;
	return request_return(r, &reply.base);
}
