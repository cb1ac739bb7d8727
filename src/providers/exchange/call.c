// SPDX-License-Identifier: MIT
/* call.c - birth and death of a half. */
#include "call.h"

#include "connection.h"
#include "exchange.h"
#include "extension.h"

#include "base/mem.h"

struct call *call_new(struct extension *line, struct connection *k, enum call_side side)
{
	struct call *c = mem_new(struct call);

	if (!c)
		return NULL;
	c->handle = exchange_new_handle();
	if (map_set(&exchange.calls, c->handle, c)) {
		mem_free(c);
		return NULL;
	}
	c->line = line;
	c->side = side;
	c->state = CALL_STATE_NEW;
	c->bearer_mode = LINEBEARERMODE_VOICE;
	c->rate = EXTENSION_RATE;
	services_init(&c->services);
	c->media_mode = LINEMEDIAMODE_INTERACTIVEVOICE;
	c->origin = side == CALL_SIDE_CALLER ? LINECALLORIGIN_OUTBOUND : LINECALLORIGIN_INTERNAL;
	c->reason = LINECALLREASON_DIRECT;
	c->no_answer_ms = line->config.no_answer_ms ? line->config.no_answer_ms
						    : exchange.config.no_answer_ms;
	for (int i = 0; i < PARTY_COUNT; i++)
		c->parties[i].flags = LINECALLPARTYID_UNAVAIL;
	timer_init(&c->timer, NULL);
	c->terminals = line->terminals;
	digits_init(c);
	c->connection = k;
	k->half[side] = c;
	list_append(&line->calls, &c->link);
	return c;
}

struct call *call_find(HDRVCALL handle)
{
	return map_find(&exchange.calls, handle);
}

void call_forget_consultation(struct call *c)
{
	if (c->consult)
		c->consult->original = NULL;
	if (c->original)
		c->original->consult = NULL;
	c->consult = c->original = NULL;
}

void call_discard(struct call *c)
{
	struct extension *line = c->line;

	timer_stop(&c->timer);
	service_ended(c);
	call_forget_consultation(c);
	(void)map_remove(&exchange.calls, c->handle);
	list_remove(&c->link);
	connection_leave(c->connection, c);
	uui_fini(&c->uui);
	services_fini(&c->services);
	media_fini(c);
	digits_fini(c);
	mem_free(c);
	extension_report(line);
}

void call_close(struct call *c)
{
	(void)call_step(c, CALL_EVENT_DROP, NULL);
	call_discard(c);
}

void call_announced(uint64_t handle, HTAPICALL ht_call)
{
	struct call *c = call_find(handle);
	struct why gone = { LINEDISCONNECTMODE_NORMAL, "Q.850 16 normal call clearing",
		"the call was over before it was offered" };

	if (!c)
		return;
	if (!ht_call) {
		connection_refused(c);
		call_discard(c);
		return;
	}
	c->ht_call = ht_call;
	if (c->side == CALL_SIDE_CALLER) {
		call_started(c);
		return;
	}
	connection_offered(c);
	if (c->is_doomed)
		(void)call_step(c, CALL_EVENT_END, &gone);
}
