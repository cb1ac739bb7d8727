// SPDX-License-Identifier: MIT
/* resume.c - after the daemon has come back: what this side knows goes there as snapshots, what is
 * lost comes back as RESYNC and becomes messages. */
#define LOG_TOPIC "libtapi"
#include "libtapi/internal.h"
#include "libtapi/pending.h"

#include "base/log.h"

#include <errno.h>

#define OPEN_RETIRED 0x80000000U

static int send_snapshot(struct app *a, const Snapshot *s)
{
	struct frame_header h = { .kind = FRAME_SNAPSHOT };

	return link_send_message(a, &h, &s->base);
}

static void fill_states(SnapshotOpen *open, const struct line *l)
{
	open->has_phone = open->has_phone_states = open->has_button_modes =
			open->has_button_states = l->phone;
	open->has_line_states = open->has_address_states = !l->phone;
	open->phone = l->phone;
	open->line_states = open->phone_states = l->states[0];
	open->address_states = open->button_modes = l->states[1];
	open->button_states = l->states[2];
}

static int send_open(struct app *a, const struct line *l)
{
	Snapshot s = SNAPSHOT__INIT;
	SnapshotOpen open = SNAPSHOT_OPEN__INIT;
	uint32_t rings[ADDRESSES_KEPT], types[LINEPROXYREQUEST_SETAGENTSTATEEX];

	if (l->closed)
		return 0;
	s.open = &open;
	open.has_open = open.has_device = open.has_api_version = open.has_privileges =
			open.has_media_modes = open.has_ext_version = open.has_opened_at = 1;
	open.open = l->open;
	open.device = l->device;
	open.api_version = l->api_version;
	open.privileges = l->privileges;
	open.media_modes = l->media_modes;
	open.opened_at = l->opened_at;
	open.ext_version = l->ext_version;
	open.has_address_id = (l->privileges & LINEOPENOPTION_SINGLEADDRESS) != 0;
	open.address_id = l->address_id;
	fill_states(&open, l);
	open.proxy_requests = types;
	for (uint32_t type = 1; type <= LINEPROXYREQUEST_SETAGENTSTATEEX; type++)
		if (l->proxies & 1U << type)
			types[open.n_proxy_requests++] = type;
	open.num_rings = rings;
	for (unsigned i = 0; i < ADDRESSES_KEPT; i++) {
		rings[i] = l->num_rings[i];
		if (rings[i])
			open.n_num_rings = i + 1;
	}
	return send_snapshot(a, &s);
}

static int send_held(struct app *a, const SnapshotHeld *from)
{
	Snapshot s = SNAPSHOT__INIT;
	SnapshotHeld held = *from;

	s.held = &held;
	held.has_call = held.has_open = held.has_privilege = 1;
	held.has_state = held.state != 0;
	held.has_digit_modes = held.digit_modes != 0;
	held.has_media_modes = held.media_modes != 0;
	held.has_tones = held.tones != 0;
	held.has_gather = held.gather != 0;
	held.has_controls = held.controls != 0;
	held.has_hub = held.hub != 0;
	return send_snapshot(a, &s);
}

/* What the application will know of its calls when it has dispatched all that is queued: found in
 * one walk, because both may be thousands. */
struct known {
	struct map states; /* by call: the last item of its state */
	struct map hubs;   /* by call: the number of the hub that is known by it */
	struct map calls;  /* by hub: the id of the call that it is known by */
};

static void known_fini(struct known *k)
{
	map_fini(&k->states);
	map_fini(&k->hubs);
	map_fini(&k->calls);
}

static uint32_t last_state(const struct known *k, uint64_t call, uint32_t state)
{
	const struct item *i = map_find(&k->states, call);

	return i ? (uint32_t)i->p1 : state;
}

static uint32_t last_hub(const struct known *k, uint64_t call)
{
	return (uint32_t)(uintptr_t)map_find(&k->hubs, call);
}

/* moves: it was known by another call until then. */
static int know_hub(struct known *k, uint64_t *call, uint32_t hub, bool moves)
{
	uint64_t key = *call >> 32 << 32 | hub;
	const uint64_t *other = moves ? map_find(&k->calls, key) : NULL;
	int err;

	if (other && last_hub(k, *other) == hub)
		(void)map_remove(&k->hubs, *other);
	(void)map_remove(&k->hubs, *call);
	if (!hub)
		return 0;
	err = map_set(&k->hubs, *call, (void *)(uintptr_t)hub);
	return err ? err : map_set(&k->calls, key, call);
}

static int know_item(struct known *k, struct item *i)
{
	if (i->kind != FRAME_EVENT)
		return 0;
	switch (i->msg) {
	case LINE_CALLSTATE:
		return map_set(&k->states, i->object, i);
	case LINE_APPNEWCALLHUB:
		return know_hub(k, &i->object, (uint32_t)i->p3, i->p2 != 0);
	case LINE_CALLHUBCLOSE:
		return know_hub(k, &i->object, 0, false);
	default:
		return 0;
	}
}

static int known_init(struct known *k, struct app *a)
{
	struct call *c;
	size_t cursor = 0;
	int err = 0;

	while (!err && (c = map_next(&a->calls, &cursor)))
		if (c->hub)
			err = know_hub(k, &c->id, c->hub, false);
	list_for(pos, &a->queue) {
		if (!err)
			err = know_item(k, list_entry(pos, struct item, link));
	}
	return err;
}

static const struct item *queued_completion(const struct app *a, uint32_t serial)
{
	list_for(pos, &a->queue) {
		const struct item *i = list_entry(pos, struct item, link);

		if (i->kind == FRAME_COMPLETION && i->serial == serial)
			return i;
	}
	return NULL;
}

static int send_held_call(struct app *a, const struct known *k, const struct call *c,
		DWORD privilege)
{
	SnapshotHeld held = SNAPSHOT_HELD__INIT;

	if (c->line->closed)
		return 0;
	held.call = c->id;
	held.open = c->line->open;
	held.privilege = privilege;
	held.state = last_state(k, c->id, c->state);
	held.hub = last_hub(k, c->id);
	held.digit_modes = c->digit_modes;
	held.media_modes = c->media_modes;
	held.tones = c->tones;
	held.controls = c->controls;
	if (!list_empty(&c->gathers))
		held.gather = list_entry(c->gathers.prev, struct gather, link)->serial;
	return send_held(a, &held);
}

static int send_calls(struct app *a, const struct known *k)
{
	const struct call *c;
	size_t cursor = 0;
	int err = 0;

	while (!err && (c = map_next(&a->calls, &cursor)))
		if (!c->pending)
			err = send_held_call(a, k, c, c->privilege);
	return err;
}

static bool is_closed(const struct app *a, uint32_t open)
{
	const struct line *l = line_by_open(a, open);

	return !l || l->closed;
}

/* Calls whose LINE_APPNEWCALL has come and is not dispatched yet. */
static int send_queued_calls(struct app *a, const struct known *k)
{
	int err = 0;

	list_for(pos, &a->queue) {
		const struct item *i = list_entry(pos, struct item, link);
		SnapshotHeld held = SNAPSHOT_HELD__INIT;

		if (i->kind != FRAME_EVENT || i->msg != LINE_APPNEWCALL ||
				map_find(&a->calls, i->p2) || is_closed(a, i->open))
			continue;
		held.call = i->p2;
		held.open = i->open;
		held.privilege = (uint32_t)i->p3;
		held.state = last_state(k, i->p2, 0);
		held.hub = last_hub(k, i->p2);
		err = send_held(a, &held);
		if (err)
			break;
	}
	return err;
}

static int send_request(struct app *a, const struct known *k, const struct pending *p)
{
	const struct item *done = queued_completion(a, p->serial);
	uint64_t calls[2] = { p->made.id[0], p->made.id[1] };
	Snapshot s = SNAPSHOT__INIT;
	SnapshotRequest request = SNAPSHOT_REQUEST__INIT;
	int err = 0;

	if (!done) {
		s.request = &request;
		request.has_serial = request.has_kind = request.has_returned = 1;
		request.returned = p->returned;
		request.calls = calls;
		request.n_calls = p->made.count;
		request.serial = p->serial;
		request.kind = p->outs.rule->number;
		return send_snapshot(a, &s);
	}
	for (unsigned n = 0; !err && done->result == 0 && n < p->made.count; n++) {
		const struct call *c = map_find(&a->calls, p->made.id[n]);

		if (c)
			err = send_held_call(a, k, c, LINECALLPRIVILEGE_OWNER);
	}
	return err;
}

/* The RETURN has not come. */
static int send_unreturned(struct app *a, const struct request *r)
{
	Snapshot s = SNAPSHOT__INIT;
	SnapshotRequest request = SNAPSHOT_REQUEST__INIT;

	if (!r->sent || r->done)
		return 0;
	s.request = &request;
	request.has_serial = request.has_kind = 1;
	request.serial = r->serial;
	request.kind = r->rule->number;
	return send_snapshot(a, &s);
}

static int send_msp(struct app *a, const struct msp *m)
{
	Snapshot s = SNAPSHOT__INIT;
	SnapshotMsp msp = SNAPSHOT_MSP__INIT;

	if (m->is_lost)
		return 0;
	s.msp = &msp;
	msp.has_msp_line = msp.has_device = msp.has_address_id = 1;
	msp.msp_line = m->msp_line;
	msp.device = m->device;
	msp.address_id = m->address_id;
	return send_snapshot(a, &s);
}

static int send_recipient(struct app *a)
{
	Snapshot s = SNAPSHOT__INIT;
	SnapshotRecipient recipient = SNAPSHOT_RECIPIENT__INIT;

	if (!a->request_modes)
		return 0;
	s.recipient = &recipient;
	recipient.has_request_modes = recipient.has_registration_instance = 1;
	recipient.request_modes = a->request_modes;
	recipient.registration_instance = a->request_instance;
	return send_snapshot(a, &s);
}

int resume_send(struct app *a)
{
	struct frame_header end = { .kind = FRAME_END };
	struct known k = { .states = { 0 } };
	int err = known_init(&k, a);

	if (!err)
		err = send_recipient(a);
	list_for(pos, &a->lines) {
		if (!err)
			err = send_open(a, list_entry(pos, struct line, link));
	}
	if (!err)
		err = send_calls(a, &k);
	if (!err)
		err = send_queued_calls(a, &k);
	list_for(pos, &a->msps) {
		if (!err)
			err = send_msp(a, list_entry(pos, struct msp, hook.link));
	}
	list_for(pos, &a->pendings) {
		if (!err)
			err = send_request(a, &k, list_entry(pos, struct pending, link));
	}
	list_for(pos, &a->requests) {
		if (!err)
			err = send_unreturned(a, list_entry(pos, struct request, link));
	}
	known_fini(&k);
	return err ? err : link_send(a, &end, NULL, 0);
}

static void lose_call(struct app *a, uint64_t id, uint32_t open, const struct tapix_reason *why)
{
	const struct call *c = map_find(&a->calls, id);

	(void)queue_event(a, c ? c->line->open : open, LINE_CALLSTATE, id, LINECALLSTATE_IDLE, why);
}

static void close_hub(struct app *a, uint64_t id)
{
	const struct call *c = map_find(&a->calls, id);

	if (c)
		(void)queue_event(a, c->line->open, LINE_CALLHUBCLOSE, id, 0, NULL);
}

static void lose_line(struct app *a, const struct line *l, const struct tapix_reason *why)
{
	(void)queue_event(a, l->open, l->phone ? PHONE_CLOSE : LINE_CLOSE, l->device, 0, why);
}

static void lose_msp(struct app *a, const SnapshotMsp *lost)
{
	list_for(pos, &a->msps) {
		struct msp *m = list_entry(pos, struct msp, hook.link);

		if (m->msp_line == lost->msp_line && m->device == lost->device)
			m->is_lost = a->attention = true;
	}
}

/* Why the one at i is lost, if the daemon says more of it than that. */
static const struct tapix_reason *reason_at(Failure *const *reasons, size_t count, size_t i,
		const struct tapix_reason *lost, struct tapix_reason *room)
{
	if (i >= count || !reasons[i]->sentence)
		return lost;
	reason_from(room, reasons[i], 0);
	return room;
}

void resume_resync(struct app *a, const Resync *r)
{
	struct tapix_reason why, room;

	reason_set(&why, TAPIX_LAYER_SERVER, "lost with the server",
			"tapisrvd was started again and could not take this over");
	(void)queue_resynchronised(a, r->n_lost_calls, r->n_lost_opens, r->missing_events);
	for (size_t i = 0; i < r->n_lost_requests; i++)
		if (!request_fail_lost(a, r->lost_requests[i]) &&
				pending_find(a, r->lost_requests[i]))
			(void)queue_reply(a, r->lost_requests[i], LINEERR_OPERATIONFAILED, &why);
	for (size_t i = 0; i < r->n_closed_hubs; i++)
		close_hub(a, r->closed_hubs[i]);
	for (size_t i = 0; i < r->n_lost_calls; i++)
		lose_call(a, r->lost_calls[i], 0,
				reason_at(r->call_reasons, r->n_call_reasons, i, &why, &room));
	for (size_t i = 0; i < r->n_lost_opens; i++) {
		const struct line *l = line_by_open(a, r->lost_opens[i]);

		if (l)
			lose_line(a, l,
					reason_at(r->open_reasons, r->n_open_reasons, i, &why,
							&room));
	}
	for (size_t i = 0; i < r->n_lost_msps; i++)
		lose_msp(a, r->lost_msps[i]);
	if (r->missing_events)
		log_debug("at least %u messages were lost with the server", r->missing_events);
}

/* The numbers may be used again by a new session, before these lines' LINE_CLOSE is dispatched. */
static void retire_opens(struct app *a)
{
	list_for(pos, &a->lines)
		list_entry(pos, struct line, link)->open |= OPEN_RETIRED;
	list_for(pos, &a->queue) {
		struct item *i = list_entry(pos, struct item, link);

		if (i->open)
			i->open |= OPEN_RETIRED;
	}
}

void resume_anew(struct app *a)
{
	const struct call *c;
	size_t cursor = 0, calls = 0, lines = 0;

	while ((c = map_next(&a->calls, &cursor)))
		calls += !c->pending;
	list_for(pos, &a->lines)
		lines++;
	(void)queue_resynchronised(a, calls, lines, 0);
	resume_give_up(a);
}

void resume_give_up(struct app *a)
{
	const struct call *c;
	size_t cursor = 0;

	retire_opens(a);
	list_for(pos, &a->pendings) {
		const struct pending *p = list_entry(pos, struct pending, link);

		if (!queued_completion(a, p->serial))
			(void)queue_reply(a, p->serial, LINEERR_OPERATIONFAILED, &a->away);
	}
	while ((c = map_next(&a->calls, &cursor)))
		if (!c->pending)
			lose_call(a, c->id, c->line->open, &a->away);
	list_for(pos, &a->lines)
		lose_line(a, list_entry(pos, struct line, link), &a->away);
	list_for(pos, &a->msps)
		list_entry(pos, struct msp, hook.link)->is_lost = a->attention = true;
	posts_clear(a);
	log_debug("lines and calls of this application are lost: %s", a->away.sentence);
}
