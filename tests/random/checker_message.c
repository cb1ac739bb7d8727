// SPDX-License-Identifier: MIT
/* checker_message.c - what each message must be. */
#include "books.h"

#define SUBSTATE 0xff000000u /* the device's own bits beside a state */

static bool is_privilege(DWORD_PTR p)
{
	return p == LINECALLPRIVILEGE_MONITOR || p == LINECALLPRIVILEGE_OWNER;
}

/* The call of an event; NULL: there should be none. */
static struct book_call *event_call(struct checker *c, unsigned app, const LINEMESSAGE *m)
{
	struct book_call *call = book_call(&c->apps[app], m->hDevice);

	if (!call)
		broken(c, app, RULE_event_first, "message %u on call %#x", m->dwMessageID,
				m->hDevice);
	else if (!call->alive)
		broken(c, app, RULE_event_late, "message %u on call %#x", m->dwMessageID,
				m->hDevice);
	return call && call->alive ? call : NULL;
}

static struct book_line *event_line(struct checker *c, unsigned app, const LINEMESSAGE *m)
{
	struct book_line *line = book_line(&c->apps[app], m->hDevice);

	if (!line)
		broken(c, app, RULE_line_unknown, "message %u on line %#x", m->dwMessageID,
				m->hDevice);
	else if (!line->open)
		broken(c, app, RULE_line_closed, "message %u on line %#x", m->dwMessageID,
				m->hDevice);
	return line && line->open ? line : NULL;
}

static void on_reply(struct checker *c, unsigned app, const LINEMESSAGE *m)
{
	struct book *b = &c->apps[app];
	LONG id = (LONG)m->dwParam1, result = (LONG)m->dwParam2;
	struct book_request *r = NULL;

	for (size_t i = 0; i < BOOK_REQUESTS; i++)
		if (b->requests[i].id == id && id)
			r = &b->requests[i];
	if (!r) {
		broken(c, app, id > 0 && id <= b->last_id ? RULE_reply_twice : RULE_reply_unknown,
				"id %d", id);
		return;
	}
	if (result > 0)
		broken(c, app, RULE_reply_value, "%s: %d", r->what, result);
	for (int i = 0; !result && i < CHECKER_NEW; i++) {
		if (!r->made[i])
			continue;
		if (!*r->made[i])
			broken(c, app, RULE_new_handle, "%s", r->what);
		else
			(void)book_give(c, app, *r->made[i], r->line, LINECALLPRIVILEGE_OWNER);
	}
	r->id = 0;
}

static void on_state(struct checker *c, unsigned app, const LINEMESSAGE *m)
{
	struct book *b = &c->apps[app];
	struct book_call *call = event_call(c, app, m);
	DWORD state = (DWORD)m->dwParam1 & ~SUBSTATE;
	const struct book_call *parent;

	b->announced = 0;
	if (!call)
		return;
	if (!state || (state & (state - 1)))
		broken(c, app, RULE_state_bits, "%#x", (DWORD)m->dwParam1);
	if (call->state == LINECALLSTATE_IDLE && state != LINECALLSTATE_IDLE)
		broken(c, app, RULE_state_idle, "call %#x went from IDLE to %#x", call->handle,
				state);
	if (m->dwParam3 && !is_privilege(m->dwParam3))
		broken(c, app, RULE_state_privilege, "%#x", (DWORD)m->dwParam3);
	if (state == LINECALLSTATE_CONFERENCED && m->dwParam2) {
		parent = book_call(b, (HCALL)m->dwParam2);
		if (!parent || !parent->alive)
			broken(c, app, RULE_conference, "call %#x", (HCALL)m->dwParam2);
	}
	call->state = state;
	if (is_privilege(m->dwParam3))
		call->privilege = (DWORD)m->dwParam3;
}

static void on_new_call(struct checker *c, unsigned app, const LINEMESSAGE *m)
{
	struct book *b = &c->apps[app];
	struct book_line *line = event_line(c, app, m);
	HCALL handle = (HCALL)m->dwParam2;
	const struct book_call *known = book_call(b, handle);

	if (!is_privilege(m->dwParam3))
		broken(c, app, RULE_new_call_privilege, "%#x", (DWORD)m->dwParam3);
	if (known && known->alive)
		broken(c, app, RULE_new_call_held, "call %#x", handle);
	else
		(void)book_give(c, app, handle, line ? line->handle : 0, (DWORD)m->dwParam3);
	b->announced = handle;
}

static void on_info(struct checker *c, unsigned app, const LINEMESSAGE *m)
{
	const DWORD counts = LINECALLINFOSTATE_NUMOWNERINCR | LINECALLINFOSTATE_NUMOWNERDECR |
			     LINECALLINFOSTATE_NUMMONITORS;
	const struct book_call *call = event_call(c, app, m);

	if (!call)
		return;
	if (!m->dwParam1)
		broken(c, app, RULE_info_bits, "call %#x", call->handle);
	if (call->state == LINECALLSTATE_IDLE && (m->dwParam1 & counts))
		broken(c, app, RULE_info_idle, "call %#x: %#x", call->handle, (DWORD)m->dwParam1);
}

static void on_device_state(struct checker *c, unsigned app, const LINEMESSAGE *m)
{
	const struct book_line *line;

	if (m->dwParam1 == LINEDEVSTATE_REINIT && !m->hDevice)
		return;
	line = event_line(c, app, m);
	if (line && !(m->dwParam1 & (line->line_states | LINEDEVSTATE_REINIT)))
		broken(c, app, RULE_masked, "line state %#x", (DWORD)m->dwParam1);
}

static void on_address_state(struct checker *c, unsigned app, const LINEMESSAGE *m)
{
	const struct book_line *line = event_line(c, app, m);

	if (line && !(m->dwParam2 & line->address_states))
		broken(c, app, RULE_masked, "address state %#x", (DWORD)m->dwParam2);
}

static void on_generate(struct checker *c, unsigned app, const LINEMESSAGE *m)
{
	struct book_call *call = event_call(c, app, m);

	if (call && call->generating-- <= 0)
		broken(c, app, RULE_generate, "call %#x", call->handle);
}

static void on_gather(struct checker *c, unsigned app, const LINEMESSAGE *m)
{
	struct book_call *call = event_call(c, app, m);

	if (call && call->gathering-- <= 0)
		broken(c, app, RULE_gather, "call %#x", call->handle);
}

static void on_call_event(struct checker *c, unsigned app, const LINEMESSAGE *m)
{
	(void)event_call(c, app, m);
}

static void on_phone_event(struct checker *c, unsigned app, const LINEMESSAGE *m)
{
	(void)event_line(c, app, m);
}

static void on_close(struct checker *c, unsigned app, const LINEMESSAGE *m)
{
	if (event_line(c, app, m))
		checker_line_closed(c, app, m->hDevice);
}

static const struct {
	DWORD message;
	void (*check)(struct checker *, unsigned app, const LINEMESSAGE *);
} messages[] = {
	{ LINE_REPLY, on_reply },
	{ LINE_CALLSTATE, on_state },
	{ LINE_APPNEWCALL, on_new_call },
	{ LINE_CALLINFO, on_info },
	{ LINE_LINEDEVSTATE, on_device_state },
	{ LINE_ADDRESSSTATE, on_address_state },
	{ LINE_GENERATE, on_generate },
	{ LINE_GATHERDIGITS, on_gather },
	{ LINE_MONITORDIGITS, on_call_event },
	{ LINE_MONITORMEDIA, on_call_event },
	{ LINE_MONITORTONE, on_call_event },
	{ LINE_CLOSE, on_close },
	{ PHONE_REPLY, on_reply },
	{ PHONE_STATE, on_phone_event },
	{ PHONE_BUTTON, on_phone_event },
	{ PHONE_CLOSE, on_close },
};

void checker_message(struct checker *c, unsigned app, const LINEMESSAGE *m)
{
	HCALL announced = c->apps[app].announced;

	if (announced && (m->dwMessageID != LINE_CALLSTATE || m->hDevice != announced))
		broken(c, app, RULE_new_call_alone, "call %#x, then message %u", announced,
				m->dwMessageID);
	c->apps[app].announced = 0;
	for (size_t i = 0; i < sizeof(messages) / sizeof(messages[0]); i++)
		if (messages[i].message == m->dwMessageID)
			messages[i].check(c, app, m);
}
