// SPDX-License-Identifier: MIT
/* stop.c - the orderly end of a TSP: drop the calls, wait a little for it, close everything. */
#define LOG_TOPIC "host"
#include "tsphost/host.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/trace.h"

#include <poll.h>

static void drop_call(struct host *h, struct call *c)
{
	struct request *r;
	LONG result;

	if (!c->hd || c->pending || call_is_over(c) || c->state == LINECALLSTATE_IDLE)
		return;
	r = mem_new(struct request);
	if (!r)
		return;
	list_init(&r->done.link);
	r->done.kind = ITEM_COMPLETION;
	r->done.request = r;
	r->object = c->id;
	if (inbox_expect(h->inbox, r) < 0) {
		request_free(r);
		return;
	}
	list_append(&h->requests, &r->link);
	trace_hop(TRACE_TSP, "TSPI_lineDrop", c->id, "%s", "the host ends");
	result = h->tsp.lineDrop(r->id, c->hd, NULL, 0);
	if (result == (LONG)r->id)
		return;
	inbox_forget(h->inbox, r);
	list_remove(&r->link);
	request_free(r);
}

static bool is_dropping(const struct host *h)
{
	list_for(l, &h->requests)
		if (!list_entry(l, struct request, link)->rule)
			return true;
	return false;
}

static void wait_for_drops(struct host *h)
{
	uint64_t until = clock_now_ms() + DROP_PATIENCE_MS;

	turn_run(h);
	while (is_dropping(h) && clock_now_ms() < until) {
		struct pollfd wake = { .fd = inbox_wake_fd(h->inbox), .events = POLLIN };
		uint64_t now = clock_now_ms();
		bool is_to_wait = inbox_is_empty(h->inbox) && now < until;

		if (poll(&wake, 1, is_to_wait ? (int)(until - now) : 0) > 0)
			inbox_heard(h->inbox);
		turn_run(h);
	}
	list_for_safe(l, &h->requests) {
		struct request *r = list_entry(l, struct request, link);

		if (r->rule)
			continue;
		log_warn("%s: call %#llx did not drop within %d ms", h->provider,
				(unsigned long long)r->object, DROP_PATIENCE_MS);
		inbox_forget(h->inbox, r);
		list_remove(&r->link);
		request_free(r);
	}
}

LONG stop_line(struct host *h, struct line *l)
{
	uint32_t handle = l->handle;
	LONG result;

	list_for(i, &l->calls) {
		struct call *c = list_entry(i, struct call, link);

		if (c->hd && !c->pending && h->tsp.lineCloseCall)
			(void)h->tsp.lineCloseCall(c->hd);
	}
	list_for(i, &h->msps) {
		struct msp *m = list_entry(i, struct msp, link);

		if (m->line == l && h->tsp.lineCloseMSPInstance)
			(void)h->tsp.lineCloseMSPInstance(m->hd);
	}
	result = h->tsp.lineClose(l->hd);
	turn_run_closing(h, l, NULL);
	if (!inbox_find(h->inbox, HANDLE_LINE, handle))
		return result; /* the TSP has removed it meanwhile */
	request_fail_left(h, l, NULL, NULL);
	line_free(h, l);
	return result;
}

LONG stop_phone(struct host *h, struct phone *p)
{
	uint32_t handle = p->handle;
	LONG result = h->tsp.phoneClose ? h->tsp.phoneClose(p->hd) : 0;

	turn_run(h);
	if (!inbox_find(h->inbox, HANDLE_PHONE, handle))
		return result; /* the TSP has closed it meanwhile */
	request_fail_left(h, NULL, NULL, p);
	phone_free(h, p);
	return result;
}

void stop_provider(struct host *h)
{
	struct reason unused;

	if (h->stage != HOST_RUNNING)
		return;
	list_for(l, &h->lines) {
		struct line *line = list_entry(l, struct line, link);

		list_for_safe(c, &line->calls)
			drop_call(h, list_entry(c, struct call, link));
	}
	wait_for_drops(h);
	while (!list_empty(&h->lines))
		(void)stop_line(h, list_entry(h->lines.next, struct line, link));
	while (!list_empty(&h->phones))
		(void)stop_phone(h, list_entry(h->phones.next, struct phone, link));
	trace_hop(TRACE_TSP, "TSPI_providerShutdown", 0, "%s", "");
	(void)h->tsp.providerShutdown(h->version, h->permanent_id);
	reason_take(&unused);
	turn_run(h);
	h->stage = HOST_STOPPED;
	log_info("%s: shut down", h->provider);
}
