// SPDX-License-Identifier: MIT
/* line_open.c - lineOpen and lineClose: the first opens the line at the TSP, each tells it the
 * union of media modes that owners wait for, the last closes it. */
#include "base/mem.h"
#include "base/trace.h"
#include "call.h"
#include "client.h"
#include "core.h"
#include "dispatch.h"
#include "event.h"
#include "failure.h"
#include "host.h"
#include "hub.h"
#include "line.h"
#include "message.h"
#include "msp.h"
#include "phone.h"
#include "provider.h"
#include "proxy.h"
#include "session.h"
#include "wire/phone_error.h"

#include <tapi.h>

#define LOG_TOPIC "line"

#define OPTIONS (LINEOPENOPTION_SINGLEADDRESS | LINEOPENOPTION_PROXY)

/* NULL: it is away, or not whole again; then its lineOpen has failed already. */
static struct client *asker(const struct open *o)
{
	struct client *c = o->session->client;

	return c && !c->resuming ? c : NULL;
}

static void answer_open(struct open *o)
{
	struct client *c = asker(o);
	bool phone = o->line->kind->is_phone; /* whose reply says nothing */
	LineOpenReply reply = LINE_OPEN_REPLY__INIT;
	struct frame_header h = { .kind = FRAME_RETURN, .serial = o->serial, .open = o->number };

	o->opening = false;
	buf_fini(&o->mapped);
	SET_ID(&reply, device, o->line->device);
	SET(&reply, opened_at, o->opened_at);
	log_info("%s: opened %s %u", session_name(o->session), o->line->kind->name,
			o->line->device);
	trace_hop(TRACE_TAPISRV, "RETURN", o->line->device, "%sOpen", o->line->kind->name);
	if (c)
		peer_send(&c->peer, &h, phone ? NULL : &reply.base);
	line_tell_opened(o->line, o);
	proxy_opened(o);
	hub_track(o->line);
}

void open_fail(struct open *o, int32_t result, const Failure *failure)
{
	struct client *c = asker(o);

	if (c && result == LINEERR_ALLOCATED && line_map_again(o))
		return;
	if (o->line->kind->is_phone)
		result = phone_error(result);
	if (c)
		client_fail(c, FRAME_RETURN, o->serial, result, failure);
	open_free(o);
}

void line_fail_opening(struct line *line, int32_t result, const Failure *failure)
{
	list_for_safe(l, &line->opens) {
		struct open *o = list_entry(l, struct open, in_line);

		if (o->opening)
			open_fail(o, result, failure);
	}
}

static void tell_detection(struct line *line, pending_done done)
{
	uint32_t modes = line_media_union(line);
	struct pending *p = line_ask(line, CALL_TspiLineSetDefaultMediaDetection, &modes, 1, done);

	if (p)
		p->value = modes;
}

static void on_detection(struct pending *p, const struct answer *a)
{
	struct line *line = line_of_pending(p);

	if (!line || line->state != LINE_IS_OPEN)
		return;
	/* A TSP that detects nothing has no such entry; that is no refusal. */
	if (!a->result || a->result == LINEERR_OPERATIONUNAVAIL) {
		line->detecting = p->value;
		line_step(line);
		return;
	}
	line_fail_opening(line, a->result, answer_failure(line->core, a));
	if (list_empty(&line->opens))
		line_close_at_tsp(line);
	else
		line_drop_extension(line);
}

static void on_opened(struct pending *p, const struct answer *a)
{
	struct line *line = line_of_pending(p);

	if (!line)
		return; /* the host is gone, line_close_by_force() has answered */
	if (a->result) {
		line->state = LINE_IS_CLOSED;
		line_fail_opening(line, a->result, answer_failure(line->core, a));
		return;
	}
	line->state = LINE_IS_OPEN;
	line_step(line);
}

static void open_at_tsp(struct line *line)
{
	if (line->provider->state != PROVIDER_RUNNING)
		return; /* provider_running() and provider_fail() go on */
	if (line_ask(line, line->kind->tsp_open, &line->tspi_version, 1, on_opened))
		line->state = LINE_IS_OPENING;
}

static bool has_opening(const struct line *line)
{
	list_for(l, &line->opens)
		if (list_entry(l, struct open, in_line)->opening)
			return true;
	return false;
}

void line_step(struct line *line)
{
	if (line->state == LINE_IS_OPENING)
		return;
	if (line->state == LINE_IS_CLOSED) {
		if (has_opening(line))
			open_at_tsp(line);
		return;
	}
	if (list_empty(&line->opens)) {
		line_close_at_tsp(line);
		return;
	}
	if (line_select_extension(line))
		return;
	if (line->detecting != line_media_union(line)) {
		tell_detection(line, on_detection);
		return;
	}
	line_tell_masks(line);
	list_for_safe(l, &line->opens) {
		struct open *o = list_entry(l, struct open, in_line);

		if (o->opening)
			answer_open(o);
	}
}

/* Nobody can take them any more. */
static void end_kept_calls(struct line *line)
{
	list_for_safe(l, &line->calls) {
		struct call *call = list_entry(l, struct call, in_line);

		if (!call->kept)
			continue;
		call_drop(call, "line closed", "no application has the line open any more");
		call_close(call);
	}
}

void line_close_at_tsp(struct line *line)
{
	if (line->state != LINE_IS_OPEN || core_awaits_sessions(line->core))
		return; /* those of before a restart may come back: line_release_orphans() */
	end_kept_calls(line);
	(void)line_ask(line, line->kind->tsp_close, NULL, 0, NULL);
	line_forget_tsp_state(line);
}

static void close_open(struct open *o, const char *cause, const char *sentence)
{
	struct line *line = o->line;
	struct session *s = o->session;
	uint32_t privileges = o->privileges;
	bool was_open = !o->opening;

	list_for_safe(l, &s->held) {
		struct held *h = list_entry(l, struct held, in_session);

		if (h->open == o)
			call_release(h, true, cause, sentence);
	}
	list_for_safe(m, &s->msps) {
		struct msp *msp = list_entry(m, struct msp, in_session);

		if (msp->open == o->number)
			msp_close(msp);
	}
	open_free(o);
	if (list_empty(&line->opens)) {
		line_close_at_tsp(line);
		return;
	}
	line_drop_extension(line);
	hub_track(line);
	if (line->state == LINE_IS_OPEN && line->detecting != line_media_union(line))
		tell_detection(line, on_detection);
	line_tell_masks(line);
	if (was_open)
		line_tell_closed(line, privileges);
}

void line_close_open(struct open *o)
{
	close_open(o, "owner gone", "its application closed the line");
}

void line_take_open(struct open *o, const Failure *why)
{
	Event e = EVENT__INIT;

	SET_ID(&e, object, o->line->device);
	SET(&e, msg, o->line->kind->close);
	e.reason = (Failure *)why;
	event_to_open(o, &e, 0, event_pack(o->line->core, &e));
	close_open(o, why->cause, why->sentence);
}

static bool names_address(const struct line *line, const LineOpen *m)
{
	const LineCallParams *p = m->call_params;

	return p && p->address_mode == LINEADDRESSMODE_ADDRESSID &&
	       p->address_id < line->num_addresses;
}

static LONG check_open(struct request *r, const LineOpen *m)
{
	uint32_t privileges = m->privileges & ~OPTIONS;

	if (privileges != LINECALLPRIVILEGE_NONE && privileges != LINECALLPRIVILEGE_MONITOR &&
			privileges != LINECALLPRIVILEGE_OWNER &&
			privileges != (LINECALLPRIVILEGE_OWNER | LINECALLPRIVILEGE_MONITOR))
		return LINEERR_INVALPRIVSELECT;
	if (m->api_version < API_2_0 && m->privileges != privileges)
		return request_fail(r, LINEERR_INVALPRIVSELECT, "API version",
				"options of lineOpen came with API version 2.0");
	if ((privileges & LINECALLPRIVILEGE_OWNER) &&
			(!m->media_modes || m->media_modes & ~LINE_MEDIA_MODES))
		return LINEERR_INVALMEDIAMODE;
	if ((m->privileges & LINEOPENOPTION_SINGLEADDRESS) && !names_address(r->line, m))
		return request_fail(r, LINEERR_INVALADDRESSID, "address",
				"LINEOPENOPTION_SINGLEADDRESS needs call parameters with the id of "
				"an address of the line");
	return 0;
}

LONG line_check_open(struct request *r, const LineOpen *m)
{
	LONG code = line_check_versions(r);

	return code ? code : check_open(r, m);
}

LONG line_may_open(struct request *r, const LineOpen *m, uint32_t *proxies)
{
	LONG code = line_check_open(r, m);

	*proxies = 0;
	if (!code && (m->privileges & LINEOPENOPTION_PROXY))
		code = proxy_check_open(r, m, proxies);
	return code;
}

LONG line_begin_open(struct request *r, struct open **out)
{
	struct open *o;

	if (r->line->provider->state == PROVIDER_FAILED ||
			r->line->provider->state == PROVIDER_STOPPED)
		return request_fail(r, LINEERR_NODRIVER, r->line->provider->reason.cause,
				"the provider %s is not running: %s",
				r->line->provider->options->name,
				r->line->provider->reason.sentence);
	if (r->line->provider->wants_reinit)
		return request_fail(r, LINEERR_REINIT, "reinit",
				"the provider %s asks to be initialised again; that waits until "
				"all applications have closed its devices",
				r->line->provider->options->name);
	if (r->session->open_count == OPENS_MAX)
		return request_fail(r, LINEERR_RESOURCEUNAVAIL, "limit",
				"the application has %d %ss open", OPENS_MAX, r->line->kind->name);
	o = open_new(r->session, r->line, 0);
	if (!o)
		return LINEERR_NOMEM;
	o->opening = true;
	o->serial = r->frame->h.serial;
	o->api_version = message_number(r->msg, "api_version");
	o->ext_version = message_number(r->msg, "ext_version");
	*out = o;
	return 0;
}

LONG handle_line_open(struct request *r)
{
	const LineOpen *m = (const void *)r->msg;
	bool mapped = m->device == LINEMAPPER;
	uint32_t proxies;
	struct open *o;
	LONG code = mapped ? line_map(r, 0, &proxies) : line_may_open(r, m, &proxies);

	if (!code)
		code = line_begin_open(r, &o);
	if (code)
		return code;
	if (mapped && buf_add(&o->mapped, r->frame->body, r->frame->h.length)) {
		open_free(o);
		return LINEERR_NOMEM;
	}
	o->privileges = m->privileges;
	o->proxies = proxies;
	o->media_modes = m->privileges & LINECALLPRIVILEGE_OWNER ? m->media_modes : 0;
	if (m->privileges & LINEOPENOPTION_SINGLEADDRESS)
		o->address_id = m->call_params->address_id;
	line_step(r->line);
	return 0;
}

LONG handle_line_close(struct request *r)
{
	client_return(r->client, r->frame->h.serial, NULL);
	line_close_open(r->open);
	return 0;
}
