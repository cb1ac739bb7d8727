// SPDX-License-Identifier: MIT
/* line.c - line devices: making, finding, closing by force, what a restart leaves behind. */
#include "line.h"

#include "base/mem.h"
#include "call.h"
#include "client.h"
#include "core.h"
#include "event.h"
#include "failure.h"
#include "host.h"
#include "hub.h"
#include "message.h"
#include "msp.h"
#include "news.h"
#include "phone.h"
#include "provider.h"
#include "proxy.h"
#include "session.h"

#include <string.h>
#include <tapi.h>

#define LOG_TOPIC "line"

const struct line_kind line_kind = {
	.name = "line",
	.device_class = "tapi/line",
	.create = LINE_CREATE,
	.remove = LINE_REMOVE,
	.close = LINE_CLOSE,
	.tsp_open = CALL_TspiLineOpen,
	.tsp_close = CALL_TspiLineClose,
	.tsp_select_ext = CALL_TspiLineSelectExtVersion,
	.tsp_taken = CALL_TspiProviderCreateLineDevice,
	.tsp_version = CALL_TspiLineNegotiateTspiVersion,
	.tsp_extension = CALL_TspiLineGetExtensionId,
	.tsp_caps = CALL_LineGetDevCaps,
	.tsp_masks = CALL_LineSetStatusMessages,
	.own_masks = { LINEDEVSTATE_CAPSCHANGE | LINEDEVSTATE_REINIT, LINEADDRESSSTATE_CAPSCHANGE },
};

const struct line_kind *line_kind_of(const struct rule *rule)
{
	return rule_is_phone(rule) ? &phone_kind : &line_kind;
}

/* Ids of lines and of phones both begin at 0. */
static uint64_t key_of(const struct line_kind *kind, uint32_t device)
{
	return (uint64_t)kind->is_phone << 32 | device;
}

struct line *line_find_kind(const struct core *core, const struct line_kind *kind, uint32_t device)
{
	return map_find(&core->lines, key_of(kind, device));
}

struct line *line_find(const struct core *core, uint32_t device)
{
	return line_find_kind(core, &line_kind, device);
}

struct line *line_next(const struct core *core, const struct provider *p, size_t *cursor)
{
	struct line *line;

	while ((line = map_next(&core->lines, cursor)))
		if ((!p || line->provider == p) && !line->removed)
			return line;
	return NULL;
}

uint32_t line_count(const struct core *core, const struct line_kind *kind)
{
	return kind->is_phone ? core->phone_count : core->line_count;
}

struct pending *line_ask(struct line *line, uint16_t kind, const uint32_t *numbers, size_t count,
		pending_done done)
{
	ProtobufCMessage *request = message_about(&line->core->arena, rule_find(kind)->request,
			line->device, numbers, count);
	struct pending *p = request ? host_call(line->provider->host, kind, request, done) : NULL;

	if (p)
		p->object = line->device;
	return p;
}

struct line *line_of_pending(const struct pending *p)
{
	return p->host ? line_find_kind(p->host->peer.core, line_kind_of(p->rule),
					 (uint32_t)p->object)
		       : NULL;
}

struct line *line_new(struct provider *p, const struct line_kind *kind, uint32_t device)
{
	struct line *line = mem_new(struct line);

	if (!line)
		return NULL;
	if (map_set(&p->core->lines, key_of(kind, device), line) < 0) {
		mem_free(line);
		return NULL;
	}
	line->kind = kind;
	line->core = p->core;
	line->provider = p;
	line->device = device;
	line_extension_id__init(&line->extension);
	list_init(&line->opens);
	list_init(&line->calls);
	list_init(&line->msps);
	list_init(&line->in_removed);
	return line;
}

void line_forget_caps(struct line *line)
{
	mem_free(line->caps);
	line->caps = NULL;
	while (line->address_caps) {
		struct cached *c = line->address_caps;

		line->address_caps = c->next;
		mem_free(c);
	}
}

void line_free(struct line *line)
{
	while (!list_empty(&line->calls))
		call_free(list_entry(line->calls.next, struct call, in_line));
	while (!list_empty(&line->msps))
		msp_free(list_entry(line->msps.next, struct msp, in_line));
	while (!list_empty(&line->opens))
		open_free(list_entry(line->opens.next, struct open, in_line));
	list_remove(&line->in_removed);
	line_forget_caps(line);
	mem_free(line->name);
	(void)map_remove(&line->core->lines, key_of(line->kind, line->device));
	mem_free(line);
}

static void rename_to(struct line *line, const char *name)
{
	char *before = line->name;

	if (strcmp(before ? before : "", name ? name : "") == 0)
		return;
	line->name = mem_strdup(name); /* without memory it has none, and rules for a name fail */
	access_renamed(line, before);
	mem_free(before);
}

void line_keep_caps(struct line *line, const struct frame *frame, const ProtobufCMessage *reply)
{
	const ProtobufCMessage *caps =
			message_part(reply, line->kind->is_phone ? "phone_caps" : "line_dev_caps");

	if (!caps) {
		rename_to(line, NULL); /* that of before may be another device's */
		log_warn("%s %u: its capabilities are not known", line->kind->name, line->device);
		return;
	}
	line->num_addresses = message_number(caps, "num_addresses");
	line->media_modes = message_number(caps, "media_modes");
	line->bearer_modes = message_number(caps, "bearer_modes");
	line->max_rate = message_number(caps, "max_rate");
	line->address_types = message_number(caps, "address_types");
	line->dev_cap_flags = message_number(caps, "dev_cap_flags");
	rename_to(line, message_text(caps, line->kind->is_phone ? "phone_name" : "line_name"));
	mem_free(line->caps);
	line->caps = cached_new(frame);
}

uint32_t line_media_union(const struct line *line)
{
	uint32_t modes = 0;

	list_for(l, &line->opens) {
		const struct open *o = list_entry(l, struct open, in_line);

		if (o->privileges & LINECALLPRIVILEGE_OWNER)
			modes |= o->media_modes;
	}
	return modes;
}

static void tell_state(struct line *line, uint32_t state, const struct open *except)
{
	Event e = EVENT__INIT;

	SET_ID(&e, object, line->device);
	SET(&e, msg, LINE_LINEDEVSTATE);
	SET(&e, p1, state);
	event_to_opens(line, &e, except);
}

void line_tell_opened(struct line *line, const struct open *o)
{
	if (line->kind->is_phone)
		phone_tell_count(line, o->privileges, o);
	else
		tell_state(line, LINEDEVSTATE_OPEN, o);
}

void line_tell_closed(struct line *line, uint32_t privileges)
{
	if (line->kind->is_phone)
		phone_tell_count(line, privileges, NULL);
	else
		tell_state(line, LINEDEVSTATE_CLOSE, NULL);
}

void line_close_by_force(struct line *line, const Failure *reason)
{
	Event e = EVENT__INIT;
	size_t size;

	line_fail_opening(line, LINEERR_RESOURCEUNAVAIL, reason);
	while (!list_empty(&line->calls)) {
		struct call *call = list_entry(line->calls.next, struct call, in_line);

		if (!call_is_idle(call) && !call->pending)
			call_end_by_force(call, reason);
		call_free(call);
	}
	list_for(l, &line->opens) /* others hear of it */
		proxy_closing(list_entry(l, struct open, in_line));
	SET_ID(&e, object, line->device);
	SET(&e, msg, line->kind->close);
	e.reason = (Failure *)reason;
	size = event_pack(line->core, &e);
	list_for(l, &line->opens)
		event_to_open(list_entry(l, struct open, in_line), &e, 0, size);
	while (!list_empty(&line->opens))
		open_free(list_entry(line->opens.next, struct open, in_line));
	while (!list_empty(&line->msps))
		msp_close(list_entry(line->msps.next, struct msp, in_line));
	line_forget_tsp_state(line);
}

/* Before the daemon is ready nobody has counted, but sessions of before may come back. */
void line_announce(struct line *line)
{
	if (line->announced || line->removed)
		return;
	line->announced = true;
	if (!line->core->ready && !line->dynamic)
		return;
	line->came = ++line->core->news;
	if (line->core->ready)
		news_tell(line, line->kind->create);
}

/* Before 2.0 there was no LINE_REMOVE: whoever has it open hears it so, before LINE_CLOSE. */
static void tell_old_opens(const struct line *line)
{
	bool phone = line->kind->is_phone;
	Event e = EVENT__INIT;
	size_t size;

	SET_ID(&e, object, line->device);
	SET(&e, msg, phone ? PHONE_STATE : LINE_LINEDEVSTATE);
	SET(&e, p1, phone ? PHONESTATE_REMOVED : LINEDEVSTATE_REMOVED);
	size = event_pack(line->core, &e);
	list_for(l, &line->opens) {
		const struct open *o = list_entry(l, struct open, in_line);

		if (o->api_version < API_2_0)
			event_to_open(o, &e, 0, size);
	}
}

void line_remove(struct line *line, const Failure *reason)
{
	tell_old_opens(line);
	line_close_by_force(line, reason);
	line_forget_caps(line); /* it stays, so that its id does */
	line_set_removed(line, true);
	line_forget_removed_later(line->core);
	if (!line->announced)
		return;
	line->went = ++line->core->news;
	news_tell(line, line->kind->remove);
}

void line_forget_tsp_state(struct line *line)
{
	line->state = LINE_IS_CLOSED;
	line->detecting = 0;
	line->hub_tracking = 0;
	line->hub_asked = false;
	line->ext_version = 0;
	line->selecting = false;
	line->telling = 0;
	memset(line->told, 0, sizeof(line->told));
}

/* What the sessions of before the restart did not claim: calls are dropped, the line is closed. */
void line_release_orphans(struct line *line)
{
	list_for_safe(l, &line->calls) {
		struct call *call = list_entry(l, struct call, in_line);

		bool is_held = !list_empty(&call->holders);
		bool is_orphan = !is_held || (call->unclaimed && !call_owners(call));

		call->unclaimed = false;
		if (call->pending) /* when it completes, nobody holds it: call_new.c */
			continue;
		if (call->kept && !list_empty(&line->opens))
			continue;
		if (is_orphan && !call->released)
			call_drop(call, "owner lost", "its application did not come back");
		if (!is_held)
			call_close(call);
	}
	list_for_safe(m, &line->msps) {
		struct msp *msp = list_entry(m, struct msp, in_line);

		if (!msp->session)
			msp_close(msp);
	}
	hub_track(line); /* who wanted it may not have come back */
	if (line->state != LINE_IS_OPEN || !list_empty(&line->opens))
		return;
	(void)line_ask(line, line->kind->tsp_close, NULL, 0, NULL);
	line_forget_tsp_state(line);
}
