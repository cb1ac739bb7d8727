// SPDX-License-Identifier: MIT
/* hub.c - which calls are one hub, and who has been told of it. */
#include "hub.h"

#include "base/mem.h"
#include "call.h"
#include "core.h"
#include "event.h"
#include "host.h"
#include "line.h"
#include "provider.h"
#include "session.h"

#include <tapi.h>

#define LOG_TOPIC "hub"

/* It is there as long as a call has its number, or who comes back says to know it; it has ended
 * when none is left that is not idle: then nobody is told of it. */
struct hub {
	uint64_t key; /* the provider's number above dwCallID */
	struct core *core;
	unsigned calls;         /* that are not idle: call.hub */
	struct list named;      /* struct call, in_hub: idle ones, too */
	struct list told;       /* struct held, in_hub: by which handle an application knows it */
	struct list remembered; /* the same, in_remembered: told before the restart */
};

/* --- Which there are --- */

uint64_t hub_key(uint64_t call, uint32_t number)
{
	return call >> 32 << 32 | number;
}

static struct hub *hub_of(struct core *core, uint64_t key)
{
	struct hub *hub = map_find(&core->hubs, key);

	if (hub)
		return hub;
	hub = mem_new(struct hub);
	if (!hub || map_set(&core->hubs, key, hub) < 0) {
		log_error("out of memory: a call is in no hub");
		mem_free(hub);
		return NULL;
	}
	hub->key = key;
	hub->core = core;
	list_init(&hub->named);
	list_init(&hub->told);
	list_init(&hub->remembered);
	return hub;
}

static void free_if_empty(struct hub *hub)
{
	if (hub->calls || !list_empty(&hub->named) || !list_empty(&hub->remembered))
		return;
	(void)map_remove(&hub->core->hubs, hub->key);
	mem_free(hub);
}

static void unname(struct call *call)
{
	struct hub *hub = call->named;

	if (!hub)
		return;
	call->named = NULL;
	list_remove(&call->in_hub);
	free_if_empty(hub);
}

static void name(struct call *call)
{
	const uint64_t key = call->hub_id ? hub_key(call->id, call->hub_id) : 0;

	if (call->named && call->named->key == key)
		return;
	unname(call);
	call->named = key ? hub_of(call->core, key) : NULL;
	if (call->named)
		list_append(&call->named->named, &call->in_hub);
}

/* --- Who is told --- */

/* p3: which hub, for the next core; p2: it is no news. The application sees neither. */
static void tell_hub(const struct held *h, const struct hub *hub, bool is_known)
{
	Event e = EVENT__INIT;

	SET_ID(&e, object, h->call->id);
	SET(&e, msg, LINE_APPNEWCALLHUB);
	SET(&e, p1, h->call->line->hub_tracking);
	SET(&e, p2, is_known);
	SET(&e, p3, (uint32_t)hub->key);
	event_to_holder(h, &e, 0, event_pack(h->session->core, &e));
}

static void unknow(struct held *h)
{
	h->hub = NULL;
	list_remove(&h->in_hub);
}

/* A handle is one to tell by of one hub at a time. */
static void know(struct hub *hub, struct held *h)
{
	unknow(h);
	h->hub = hub;
	list_append(&hub->told, &h->in_hub);
}

static bool knows(const struct session *s, const struct hub *hub)
{
	list_for(l, &hub->told)
		if (list_entry(l, struct held, in_hub)->session == s)
			return true;
	return false;
}

/* An idle one is found, one that is not is it. */
static bool other_fits(struct held *other, const struct held *h, const struct hub *hub,
		struct held **found)
{
	if (!other || other->call == h->call || other->call->named != hub)
		return false;
	if (other->hub && other->hub != hub)
		return false;
	*found = other;
	return other->call->hub == hub;
}

/* Another call of the hub that the session holds; idle ones, too: one that is not, if there is. The
 * hub may have very many calls, or the session: the shorter of both lists ends it. */
static struct held *other_of(const struct held *h, const struct hub *hub, bool idle)
{
	const struct list *held = h->session->held.next;
	struct held *found = NULL;

	list_for(l, &hub->named) {
		const struct call *call = list_entry(l, struct call, in_hub);
		struct held *other = held_find(h->session, call);

		if (other_fits(other, h, hub, &found))
			return other;
		if (held == &h->session->held)
			break;
		other = list_entry(held, struct held, in_session);
		if (other_fits(other, h, hub, &found))
			return other;
		held = held->next;
	}
	return idle ? found : NULL;
}

/* p2: another call of it. The application may be giving the first one back just now. */
static void tell_closed(const struct held *h, const struct hub *hub)
{
	const struct held *other = hub ? other_of(h, hub, true) : NULL;
	Event e = EVENT__INIT;

	SET_ID(&e, object, h->call->id);
	SET(&e, msg, LINE_CALLHUBCLOSE);
	if (other)
		SET(&e, p2, other->call->id);
	event_to_holder(h, &e, 0, event_pack(h->session->core, &e));
}

/* The application knows the hub by another handle, if it has one. */
static bool hand_on(struct held *h, bool idle)
{
	struct hub *hub = h->hub;
	struct held *other = other_of(h, hub, idle);

	unknow(h);
	if (!other)
		return false;
	know(hub, other);
	tell_hub(other, hub, true);
	return true;
}

static void forget_remembered(struct held *h)
{
	struct hub *hub = h->remembered;

	if (!hub)
		return;
	h->remembered = NULL;
	list_remove(&h->in_remembered);
	free_if_empty(hub);
}

/* Told before the restart, by whatever handles. The hub has a call. */
static bool was_told(const struct session *s, struct hub *hub)
{
	bool told = false;

	list_for_safe(l, &hub->remembered) {
		struct held *h = list_entry(l, struct held, in_remembered);

		if (h->session != s)
			continue;
		forget_remembered(h);
		told = true;
	}
	return told;
}

static void announce(struct held *h)
{
	struct hub *hub = h->call->hub;

	if (!h->session->tracks_hubs || knows(h->session, hub))
		return;
	know(hub, h);
	tell_hub(h, hub, was_told(h->session, hub));
}

static void say_closed(struct held *h)
{
	tell_closed(h, h->hub);
	unknow(h);
}

/* --- Who is in it --- */

static uint64_t key_of(const struct call *call)
{
	if (call->pending || !call->state || call_is_idle(call) || !call->hub_id)
		return 0;
	return hub_key(call->id, call->hub_id);
}

static void join(struct call *call)
{
	call->hub = call->named;
	if (call->hub)
		call->hub->calls++;
}

static void leave(struct call *call)
{
	struct hub *hub = call->hub;

	call->hub = NULL;
	if (--hub->calls)
		return;
	while (!list_empty(&hub->told))
		say_closed(list_entry(hub->told.next, struct held, in_hub));
	free_if_empty(hub);
}

/* Who knows the hub by this call knows it by another one; or by the end of this one, until the hub
 * itself ends; or no more, if the call is in another hub now. */
static void leave_for(struct call *call, uint64_t key)
{
	struct hub *hub = call->hub;

	list_for(l, &call->holders) {
		struct held *h = list_entry(l, struct held, in_call);

		if (h->hub != hub || hub->calls == 1 || hand_on(h, false))
			continue;
		if (key)
			tell_closed(h, hub);
		else
			know(hub, h);
	}
	leave(call);
}

/* It has been in none for a while, and who knew its hub by it knew it still. */
static void leave_last(struct call *call)
{
	list_for(l, &call->holders) {
		struct held *h = list_entry(l, struct held, in_call);
		struct hub *hub = h->hub;

		if (hub && hub != call->hub && !hand_on(h, false))
			tell_closed(h, hub);
	}
}

static void look(struct call *call)
{
	uint64_t key = key_of(call);

	if (call->hub && call->hub->key != key)
		leave_for(call, key);
	if (key && !call->hub)
		join(call);
	if (!call->hub)
		return;
	leave_last(call);
	list_for(l, &call->holders)
		announce(list_entry(l, struct held, in_call));
}

void hub_look_at(struct call *call)
{
	name(call);
	list_remove(&call->in_hub_news);
	list_append(&call->core->hub_news, &call->in_hub_news);
}

void hub_end_turn(struct core *core)
{
	while (!list_empty(&core->hub_news)) {
		struct call *call = list_entry(core->hub_news.next, struct call, in_hub_news);

		list_remove(&call->in_hub_news);
		look(call);
	}
}

void hub_forget_call(struct call *call)
{
	list_remove(&call->in_hub_news);
	if (call->hub)
		leave_for(call, 0);
	unname(call);
}

void hub_forget_held(struct held *h)
{
	if (h->hub)
		(void)hand_on(h, true);
	forget_remembered(h);
}

/* --- After a restart --- */

static void remember(struct held *h, struct hub *hub)
{
	if (h->remembered == hub)
		return;
	forget_remembered(h);
	if (!hub)
		return;
	h->remembered = hub;
	list_append(&hub->remembered, &h->in_remembered);
}

void hub_forget_told(struct session *s)
{
	list_for(l, &s->held) {
		struct held *h = list_entry(l, struct held, in_session);

		unknow(h);
		forget_remembered(h);
	}
}

bool hub_remember(struct held *h, uint32_t number)
{
	struct hub *hub = number ? hub_of(h->session->core, hub_key(h->call->id, number)) : NULL;

	remember(h, hub);
	return hub || !number;
}

bool hub_is_lost(const struct session *s, uint64_t key)
{
	struct hub *hub = map_find(&s->core->hubs, key);

	if (!hub)
		return true;
	list_for(l, &hub->named) {
		const struct call *other = list_entry(l, struct call, in_hub);
		struct held *h = key_of(other) ? held_find(s, other) : NULL;

		if (!h)
			continue;
		remember(h, hub);
		return false;
	}
	return true;
}

/* Its call has left that hub: until the hub ends, if others are in it; or it has ended meanwhile.
 */
static void settle_remembered(struct held *h)
{
	struct hub *hub = h->remembered;

	if (hub->calls && !h->call->hub)
		know(hub, h);
	else
		tell_closed(h, hub);
	forget_remembered(h);
}

/* Its call is in another hub, and no other handle is one of a call in that hub. */
static bool has_moved(const struct held *h)
{
	const uint64_t key = key_of(h->call);

	return key && key != h->remembered->key && !other_of(h, h->remembered, false);
}

void hub_claimed(struct session *s)
{
	list_for(l, &s->held) {
		struct held *h = list_entry(l, struct held, in_session);

		if (h->remembered && has_moved(h)) { /* it hears of the end before the beginning */
			tell_closed(h, h->remembered);
			forget_remembered(h);
		}
	}
	hub_end_turn(s->core);
	list_for(l, &s->held) {
		struct held *h = list_entry(l, struct held, in_session);

		if (h->call->hub)
			announce(h);
	}
	list_for(l, &s->held) {
		struct held *h = list_entry(l, struct held, in_session);

		if (h->remembered)
			settle_remembered(h);
	}
}

/* --- What the TSP is asked to track --- */

static uint32_t wanted(const struct line *line)
{
	list_for(l, &line->opens)
		if (list_entry(l, struct open, in_line)->session->tracks_hubs)
			return LINECALLHUBTRACKING_ALLCALLS | LINECALLHUBTRACKING_PROVIDERLEVEL;
	return LINECALLHUBTRACKING_NONE;
}

static void on_set(struct pending *p, const struct answer *a)
{
	struct line *line = line_of_pending(p);
	LineNote note = LINE_NOTE__INIT;
	uint8_t packed[NOTE_MAX];

	if (line)
		line->hub_asked = false;
	if (!line || a->result || line->state != LINE_IS_OPEN)
		return;
	line->hub_tracking = p->value;
	SET(&note, hub_tracking, p->value);
	host_send_note(p->host, line->device, packed, line_note__pack(&note, packed), false);
	hub_track(line); /* something else may be wanted since */
}

void hub_read_note(struct line *line, const ProtobufCBinaryData *data)
{
	const LineNote *note = (const LineNote *)arena_unpack(&line->core->arena,
			&line_note__descriptor, data->data, data->len);

	if (note)
		line->hub_tracking = note->hub_tracking;
}

static void set_tracking(struct line *line, uint32_t level)
{
	LineCallHubTrackingInfo info = LINE_CALL_HUB_TRACKING_INFO__INIT;
	TspiLineSetCallHubTracking request = TSPI_LINE_SET_CALL_HUB_TRACKING__INIT;
	struct pending *p;

	SET(&info, current_tracking, level);
	SET_ID(&request, line, line->device);
	request.tracking_info = &info;
	p = host_call(line->provider->host, CALL_TspiLineSetCallHubTracking, &request.base, on_set);
	if (!p)
		return;
	p->object = line->device;
	p->value = level;
	line->hub_asked = true;
}

/* The highest level that it offers; a TSP without such entries has dwCallID all the same. */
static void on_got(struct pending *p, const struct answer *a)
{
	const TspiLineGetCallHubTrackingReply *reply = (const void *)a->reply;
	struct line *line = line_of_pending(p);
	uint32_t levels;

	if (line)
		line->hub_asked = false;
	if (!line || a->result || !reply || !reply->tracking_info || line->state != LINE_IS_OPEN)
		return;
	levels = reply->tracking_info->available_tracking & wanted(line);
	if (levels & LINECALLHUBTRACKING_ALLCALLS)
		set_tracking(line, LINECALLHUBTRACKING_ALLCALLS);
	else if (levels & LINECALLHUBTRACKING_PROVIDERLEVEL)
		set_tracking(line, LINECALLHUBTRACKING_PROVIDERLEVEL);
}

void hub_track(struct line *line)
{
	if (line->kind->is_phone || line->state != LINE_IS_OPEN || line->hub_asked)
		return;
	if (wanted(line) && !line->hub_tracking)
		line->hub_asked = line_ask(line, CALL_TspiLineGetCallHubTracking, NULL, 0, on_got);
	else if (!wanted(line) && line->hub_tracking && !core_awaits_sessions(line->core))
		set_tracking(line, LINECALLHUBTRACKING_NONE);
}
