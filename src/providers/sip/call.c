// SPDX-License-Identifier: MIT
/* call.c - birth and death of a call. */
#include "call.h"

#include "account.h"
#include "dialog.h"
#include "sip.h"
#include "takeover.h"

#include "base/mem.h"

static void waited_enough(struct timer *t)
{
	leg_wait_over(list_entry(t, struct call, media_timer));
}

struct call *call_new(struct account *line, bool is_incoming)
{
	struct call *c = mem_new(struct call);

	if (!c)
		return NULL;
	c->handle = sip_new_handle();
	if (map_set(&sip.calls, c->handle, c)) {
		mem_free(c);
		return NULL;
	}
	c->line = line;
	c->is_incoming = is_incoming;
	c->state = CALL_STATE_NEW;
	c->call_id = ++sip.last_call_id;
	c->bearer_mode = LINEBEARERMODE_VOICE;
	c->media_mode = LINEMEDIAMODE_INTERACTIVEVOICE;
	c->origin = is_incoming ? LINECALLORIGIN_EXTERNAL : LINECALLORIGIN_OUTBOUND;
	c->reason = LINECALLREASON_DIRECT;
	c->no_answer_ms = line->config->no_answer_ms;
	parties_init(&c->parties);
	timer_init(&c->timer, NULL);
	timer_init(&c->forward_timer, NULL);
	timer_init(&c->media_timer, waited_enough);
	timer_init(&c->links.timer, NULL);
	digits_init(c);
	list_append(&line->calls, &c->link);
	line->active_calls++;
	return c;
}

struct call *call_find(HDRVCALL handle)
{
	return map_find(&sip.calls, (uint64_t)handle);
}

void call_discard(struct call *c)
{
	struct account *line = c->line;

	timer_stop(&c->timer);
	timer_stop(&c->forward_timer);
	timer_stop(&c->media_timer);
	timer_stop(&c->links.timer);
	takeover_call_ended(c);
	if (c->dialog)
		dialog_leave(c->dialog, 0, NULL, NULL);
	(void)map_remove(&sip.calls, c->handle);
	list_remove(&c->link);
	if (call_is_active(c) && !c->links.is_conference)
		line->active_calls--;
	uui_queue_fini(&c->uui);
	uui_fini(&c->made_with);
	leg_fini(c);
	digits_fini(c);
	mem_free(c);
	account_report(line);
}

void call_close(struct call *c)
{
	(void)call_step(c, CALL_EVENT_DROP, NULL);
	call_discard(c);
}

void call_announced(uint64_t handle, HTAPICALL ht_call)
{
	struct call *c = call_find((HDRVCALL)handle);

	if (!c)
		return;
	if (!ht_call) {
		if (c->dialog)
			dialog_leave(c->dialog, 480, NULL, NULL);
		call_discard(c);
		return;
	}
	c->ht_call = ht_call;
	(void)call_step(c, CALL_EVENT_OFFER, NULL);
	if (c->is_doomed)
		(void)call_step(c, CALL_EVENT_END, &c->doom);
}
