// SPDX-License-Identifier: MIT
/* resume.c - claims of a session that is back, set against what this core and the hosts know:
 * RESYNC says what is lost, then the client learns what has changed. */
#include "resume.h"

#include "assist.h"
#include "base/mem.h"
#include "base/random.h"
#include "call.h"
#include "claim.h"
#include "client.h"
#include "core.h"
#include "dispatch.h"
#include "event.h"
#include "failure.h"
#include "host.h"
#include "hub.h"
#include "line.h"
#include "monitor.h"
#include "msp.h"
#include "news.h"
#include "phone.h"
#include "provider.h"
#include "proxy.h"
#include "session.h"
#include "values.h"

#include <string.h>
#include <tapi.h>

#define LOG_TOPIC "resume"

enum {
	REASONS_MAX = 256,
	CLAIM_ROOM = 256, /* bytes that the claim of a call takes, once it is read */
};

void resume_end(struct client *c)
{
	if (c->peer.core->ready) {
		resume_finish(c);
		return;
	}
	c->ended = true;
	peer_pause(&c->peer, true);
	list_remove(&c->waiting); /* it may wait for its TapixInitialize, too */
	list_append(&c->peer.core->waiting, &c->waiting);
}

struct settling {
	struct session *session;
	struct arena arena; /* of the claims, and of what is lost */
	Snapshot **claims;
	size_t count;
	struct map opens, held, requests; /* of the claims: key_of() number, call, serial */
	struct map pending;   /* its own and the unclaimed that may be its: key_of() serial */
	struct map made;      /* by its requests: key_of() call */
	struct map lost_hubs; /* or not: key_of() hub_key() */
	uint64_t salt;
	Resync *lost;
	bool failed; /* memory is short */
};

/* A client chooses what it claims: not so that all of it falls on one place in a map. */
static uint64_t key_of(const struct settling *t, uint64_t number)
{
	const uint64_t product = (number ^ t->salt) * (t->salt | 1);

	return product ^ product >> 32;
}

static bool open_is_claimed(const struct settling *t, const struct open *o)
{
	return map_find(&t->opens, key_of(t, o->number)) != NULL;
}

/* What only its capabilities say is taken at its word while the provider has not said them all. */
static bool is_known(const struct line *line)
{
	return line->provider->state == PROVIDER_RUNNING;
}

static LONG check_as_line(struct request *r, const SnapshotOpen *claim)
{
	const uint32_t unknown = is_known(r->line) ? 0 : LINEOPENOPTION_SINGLEADDRESS;
	LineOpen m = LINE_OPEN__INIT;
	LineCallParams params = LINE_CALL_PARAMS__INIT;

	SET(&params, address_mode, LINEADDRESSMODE_ADDRESSID);
	SET(&params, address_id, claim->address_id);
	SET(&m, api_version, claim->api_version);
	SET(&m, ext_version, is_known(r->line) ? claim->ext_version : 0);
	SET(&m, privileges, claim->privileges & ~unknown);
	SET(&m, media_modes, claim->media_modes);
	m.call_params = &params;
	r->msg = &m.base;
	return line_check_open(r, &m);
}

static LONG check_as_phone(struct request *r, const SnapshotOpen *claim)
{
	PhoneOpen m = PHONE_OPEN__INIT;

	SET(&m, api_version, claim->api_version);
	SET(&m, ext_version, is_known(r->line) ? claim->ext_version : 0);
	SET(&m, privilege, claim->privileges);
	r->msg = &m.base;
	return phone_check_open(r, claim->privileges);
}

/* As lineOpen and phoneOpen: a phone has one owner, the first that claims it. */
static bool may_open_again(struct request *r, const SnapshotOpen *claim)
{
	const struct line *line = r->line;
	const enum role needed = access_of_privileges(claim->privileges, line->kind->is_phone);

	if (line->state != LINE_IS_OPEN || line->removed || r->session->open_count >= OPENS_MAX)
		return false;
	if (access_role(r->session, line) < needed) {
		(void)access_refuse(r);
		return false;
	}
	return (line->kind->is_phone ? check_as_phone(r, claim) : check_as_line(r, claim)) == 0;
}

/* Those of the first suffice: a claim may name thousands. */
static void add_reason(Failure **reasons, size_t *count, const Failure *why)
{
	static const Failure none = FAILURE__INIT;

	if (*count < REASONS_MAX)
		reasons[(*count)++] = (Failure *)(why ? why : &none);
}

/* What this core has given itself stays as it was given. */
static struct open *open_again(const struct settling *t, struct line *line,
		const SnapshotOpen *claim)
{
	struct open *o = open_new(t->session, line, claim->open);

	if (!o)
		return NULL;
	o->restored = true;
	o->api_version = claim->api_version;
	o->ext_version = claim->ext_version;
	o->privileges = claim->privileges;
	o->media_modes = claim->privileges & LINECALLPRIVILEGE_OWNER ? claim->media_modes : 0;
	o->address_id = claim->address_id;
	if (claim->privileges & LINEOPENOPTION_PROXY)
		proxy_claimed(o, claim->proxy_requests, claim->n_proxy_requests);
	if (claim->opened_at)
		o->opened_at = claim->opened_at;
	return o;
}

static void settle_open(struct settling *t, const SnapshotOpen *claim)
{
	struct open *o = session_find_open(t->session, claim->open);
	struct line *line = line_find_kind(t->session->core,
			claim->phone ? &phone_kind : &line_kind, claim->device);
	struct request r = { .core = t->session->core, .session = t->session, .line = line };

	if (!o && line && may_open_again(&r, claim))
		o = open_again(t, line, claim);
	if (!o || o->line != line) {
		t->lost->lost_opens[t->lost->n_lost_opens++] = claim->open;
		add_reason(t->lost->open_reasons, &t->lost->n_open_reasons, r.failure);
		return;
	}
	o->line_states = claim->line_states & values_known(o, "LINEDEVSTATE_");
	o->address_states = claim->address_states & values_known(o, "LINEADDRESSSTATE_");
	o->phone_states = claim->phone_states & values_known(o, "PHONESTATE_");
	o->button_modes = claim->button_modes & values_known(o, "PHONEBUTTONMODE_");
	o->button_states = claim->button_states & values_known(o, "PHONEBUTTONSTATE_");
	line_tell_masks(line);
	if (access_role(t->session, line) < ROLE_OWN)
		return; /* as lineSetNumRings */
	for (uint32_t i = 0; i < claim->n_num_rings && i < line->num_addresses; i++)
		(void)open_set_rings(o, i, claim->num_rings[i]);
}

/* As lineSetCallPrivilege. */
static bool may_hold(const struct session *s, const struct call *call, uint32_t privilege)
{
	if (privilege != LINECALLPRIVILEGE_OWNER && privilege != LINECALLPRIVILEGE_MONITOR)
		return false;
	return access_role(s, call->line) >= access_of_privileges(privilege, false);
}

/* NULL: no rule is why. */
static const Failure *why_not(struct settling *t, struct call *call, const SnapshotHeld *claim)
{
	struct request r = { .core = t->session->core, .session = t->session };

	for (size_t i = 0; i < t->lost->n_open_reasons; i++)
		if (t->lost->lost_opens[i] == claim->open)
			return t->lost->open_reasons[i]; /* it was lost with its line */
	if (!call || may_hold(t->session, call, claim->privilege))
		return NULL;
	r.line = call->line;
	(void)access_refuse(&r);
	return r.failure;
}

static void settle_held(struct settling *t, const SnapshotHeld *claim)
{
	struct call *call = call_find(t->session->core, claim->call);
	struct open *o = session_find_open(t->session, claim->open);
	struct held *h = call ? held_find(t->session, call) : NULL;

	if (!h && call && o && o->line == call->line &&
			may_hold(t->session, call, claim->privilege))
		h = held_new(o, call, claim->privilege);
	if (!h) {
		t->lost->lost_calls[t->lost->n_lost_calls++] = claim->call;
		add_reason(t->lost->call_reasons, &t->lost->n_call_reasons,
				why_not(t, call, claim));
		return;
	}
	t->failed |= !hub_remember(h, claim->hub);
	if (h->privilege == LINECALLPRIVILEGE_OWNER) {
		call->unclaimed = false;
		call->offered = true;   /* also if that word was lost on its way to the host */
		if (!call->msp_session) /* somebody who passed by had it */
			call_media_to(call, t->session);
	}
	monitor_claim(h, claim);
	if (call->state && call->state != claim->state)
		t->lost->missing_events++;
}

static void settle_msp(struct settling *t, SnapshotMsp *claim)
{
	struct line *line = line_find(t->session->core, claim->device);
	struct msp *m = line ? msp_find(line, claim->msp_line) : NULL;

	if (m && !m->session && m->session_id == t->session->id &&
			access_role(t->session, line) >= ROLE_OWN) {
		list_for(l, &t->session->opens) {
			const struct open *o = list_entry(l, struct open, in_session);

			if (o->line == line && !m->session)
				msp_set_session(m, t->session, o->number);
		}
	}
	if (!m || m->session != t->session)
		t->lost->lost_msps[t->lost->n_lost_msps++] = claim;
}

static void hold_made_call(struct session *s, uint64_t id)
{
	struct call *call = id ? call_find(s->core, id) : NULL;

	if (!call || held_find(s, call) || !may_hold(s, call, LINECALLPRIVILEGE_OWNER))
		return;
	list_for(l, &s->opens) {
		struct open *o = list_entry(l, struct open, in_session);

		if (o->line == call->line) {
			(void)held_new(o, call, LINECALLPRIVILEGE_OWNER);
			call->unclaimed = false;
			return;
		}
	}
}

static void settle_request(struct settling *t, const SnapshotRequest *claim)
{
	struct session *s = t->session;
	struct pending *p = map_find(&t->pending, key_of(t, claim->serial));

	if (!p) {
		t->lost->lost_requests[t->lost->n_lost_requests++] = claim->serial;
		return;
	}
	if (p->session == s)
		return;
	pending_set_session(p, s);
	/* Calls that it makes are held from its RETURN on. */
	hold_made_call(s, p->calls[0]);
	hold_made_call(s, p->calls[1]);
}

static const SnapshotRequest *request_claim(const struct settling *t, const struct pending *p)
{
	return map_find(&t->requests, key_of(t, p->client_serial));
}

static bool msp_is_claimed(const struct settling *t, const struct msp *m)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->claims[i]->msp && t->claims[i]->msp->msp_line == m->number)
			return true;
	return false;
}

/* What this core kept for the session and the client does not know: an open whose RETURN was lost,
 * an answer that it has seen. */
static void end_unclaimed(struct settling *t)
{
	struct session *s = t->session;

	list_for_safe(p, &s->pending) {
		struct pending *pending = list_entry(p, struct pending, in_session);

		if (!request_claim(t, pending))
			pending_seen(pending);
	}
	list_for_safe(u, &s->core->unclaimed) {
		struct pending *pending = list_entry(u, struct pending, in_session);

		if (pending->unclaimed == s->id)
			pending_seen(pending);
	}
	list_for_safe(m, &s->msps) {
		struct msp *msp = list_entry(m, struct msp, in_session);

		if (!msp_is_claimed(t, msp))
			msp_close(msp);
	}
	list_for_safe(o, &s->opens) {
		struct open *open = list_entry(o, struct open, in_session);

		if (!open_is_claimed(t, open))
			line_close_open(open);
	}
}

static const SnapshotHeld *held_claim(const struct settling *t, const struct call *call)
{
	return map_find(&t->held, key_of(t, call->id));
}

static bool is_being_made(const struct settling *t, const struct call *call)
{
	return call->pending || map_find(&t->made, key_of(t, call->id));
}

/* A call that it was given while it was away is announced again. */
static void tell_new_calls(struct settling *t)
{
	list_for(l, &t->session->held) {
		struct held *h = list_entry(l, struct held, in_session);

		if (!held_claim(t, h->call) && !is_being_made(t, h->call))
			call_announce(h, h->call->state);
	}
}

/* Of a call that it made it has heard nothing before its reply. */
static bool is_news(const struct settling *t, const struct call *call)
{
	const SnapshotHeld *claim = held_claim(t, call);

	if (claim)
		return claim->state != call->state;
	return is_being_made(t, call) && !call->pending;
}

/* States that it has not seen; behind the hubs, since who hears that a call is idle may forget it.
 */
static void tell_states(struct settling *t)
{
	list_for(l, &t->session->held) {
		struct held *h = list_entry(l, struct held, in_session);

		if (h->call->state && is_news(t, h->call))
			call_send_state(h, h->call->state, call_mode(h->call), 0);
	}
}

/* Answers that it waits for; requests that it does not claim have ended. */
static void tell_answers(struct settling *t)
{
	list_for_safe(l, &t->session->pending) {
		struct pending *p = list_entry(l, struct pending, in_session);
		const SnapshotRequest *claim = request_claim(t, p);

		if (claim)
			pending_resend(p, claim->returned != 0);
	}
}

/* Calls that this core was told of, or the one before was about to tell of. */
static void tell_monitors(const struct session *s)
{
	list_for(l, &s->opens) {
		struct open *o = list_entry(l, struct open, in_session);

		list_for(c, &o->line->calls)
			call_show_missed(list_entry(c, struct call, in_line), o);
		o->restored = o->restored && s->core->quiet;
	}
}

/* Of two that say the same the first counts. */
static bool note_one(struct map *claims, uint64_t key, void *claim)
{
	return map_find(claims, key) || map_set(claims, key, claim) == 0;
}

static bool note_claim(struct settling *t, Snapshot *s)
{
	return (!s->open || note_one(&t->opens, key_of(t, s->open->open), s->open)) &&
	       (!s->held || note_one(&t->held, key_of(t, s->held->call), s->held)) &&
	       (!s->request || note_one(&t->requests, key_of(t, s->request->serial), s->request));
}

/* One that was told has ended: that was on its way when the connection broke. */
static bool may_claim(const struct session *s, const struct pending *p)
{
	return p->session == s ? !p->told || p->kept : p->unclaimed == s->id;
}

static bool note_pending(struct settling *t, const struct list *all)
{
	list_for(l, all) {
		struct pending *p = list_entry(l, struct pending, in_session);

		if (may_claim(t->session, p) &&
				!note_one(&t->pending, key_of(t, p->client_serial), p))
			return false;
	}
	return true;
}

/* What is left when all has been claimed. */
static bool note_made(struct settling *t)
{
	list_for(l, &t->session->pending) {
		struct pending *p = list_entry(l, struct pending, in_session);

		for (unsigned i = 0; i < 2; i++)
			if (p->calls[i] && !note_one(&t->made, key_of(t, p->calls[i]), p))
				return false;
	}
	return true;
}

static bool prepare(struct settling *t)
{
	struct arena *arena = &t->arena;
	size_t n = t->session->claim_count + 1;

	arena_init(arena, MESSAGE_MAX + n * CLAIM_ROOM);
	t->claims = arena_alloc(arena, n * sizeof(*t->claims));
	t->lost->lost_opens = arena_alloc(arena, n * sizeof(uint32_t));
	t->lost->lost_calls = arena_alloc(arena, n * sizeof(uint64_t));
	t->lost->lost_requests = arena_alloc(arena, n * sizeof(uint32_t));
	t->lost->closed_hubs = arena_alloc(arena, n * sizeof(uint64_t));
	t->lost->lost_msps = arena_alloc(arena, n * sizeof(*t->lost->lost_msps));
	t->lost->open_reasons = arena_alloc(arena, REASONS_MAX * sizeof(Failure *));
	t->lost->call_reasons = arena_alloc(arena, REASONS_MAX * sizeof(Failure *));
	if (!t->lost->open_reasons || !t->lost->call_reasons)
		return false;
	if (!t->claims || !t->lost->lost_opens || !t->lost->lost_calls || !t->lost->lost_requests ||
			!t->lost->lost_msps || !t->lost->closed_hubs)
		return false;
	list_for(l, &t->session->claims) {
		const struct claim *claim = list_entry(l, struct claim, link);
		Snapshot *s = (Snapshot *)arena_unpack(arena, &snapshot__descriptor, claim->data,
				claim->size);

		if (!s || !note_claim(t, s))
			return false;
		t->claims[t->count++] = s;
	}
	return note_pending(t, &t->session->pending) &&
	       note_pending(t, &t->session->core->unclaimed);
}

static void forget_notes(struct settling *t)
{
	map_fini(&t->opens);
	map_fini(&t->held);
	map_fini(&t->requests);
	map_fini(&t->pending);
	map_fini(&t->made);
	map_fini(&t->lost_hubs);
	arena_fini(&t->arena);
}

/* Each is looked for once. */
static bool hub_of_is_lost(struct settling *t, const SnapshotHeld *claim)
{
	static bool yes, no;
	const uint64_t hub = hub_key(claim->call, claim->hub);
	const uint64_t key = key_of(t, hub);
	const bool *known = map_find(&t->lost_hubs, key);

	if (!known) {
		known = hub_is_lost(t->session, hub) ? &yes : &no;
		t->failed |= map_set(&t->lost_hubs, key, (void *)(uintptr_t)known) < 0;
	}
	return known == &yes;
}

static void settle_hubs(struct settling *t)
{
	for (size_t i = 0; i < t->count; i++) {
		const SnapshotHeld *claim = t->claims[i]->held;
		const struct call *call = claim ? call_find(t->session->core, claim->call) : NULL;

		if (claim && claim->hub && (!call || !held_find(t->session, call)) &&
				hub_of_is_lost(t, claim))
			t->lost->closed_hubs[t->lost->n_closed_hubs++] = claim->call;
	}
}

static bool settle(struct settling *t)
{
	hub_forget_told(t->session);
	for (size_t i = 0; i < t->count; i++)
		if (t->claims[i]->open)
			settle_open(t, t->claims[i]->open);
	for (size_t i = 0; i < t->count; i++) {
		if (t->claims[i]->held)
			settle_held(t, t->claims[i]->held);
		else if (t->claims[i]->msp)
			settle_msp(t, t->claims[i]->msp);
		else if (t->claims[i]->request)
			settle_request(t, t->claims[i]->request);
	}
	end_unclaimed(t);
	settle_hubs(t);
	return note_made(t) && !t->failed;
}

/* It serves requests, and hears again of those that wait. */
static void tell_requests(const struct settling *t)
{
	for (size_t i = 0; i < t->count; i++) {
		const SnapshotRecipient *claim = t->claims[i]->recipient;

		if (claim)
			assist_register(t->session, claim->request_modes,
					claim->registration_instance);
	}
}

void resume_finish(struct client *c)
{
	struct frame_header h = { .kind = FRAME_RESYNC };
	Resync lost = RESYNC__INIT;
	struct settling t = { .session = c->session, .lost = &lost };

	peer_pause(&c->peer, false);
	c->ended = false;
	t.salt = random_u64();
	if (!prepare(&t) || !settle(&t)) {
		forget_notes(&t);
		peer_doom(&c->peer, PEER_CLOSED_BY_US, "no room for its snapshot");
		return;
	}
	c->resuming = false;
	SET(&lost, missing_events, lost.missing_events + (uint32_t)t.session->missed);
	t.session->missed = 0;
	log_info("%s: resumed; lost: %zu opens, %zu calls, %zu requests", session_name(t.session),
			lost.n_lost_opens, lost.n_lost_calls, lost.n_lost_requests);
	peer_send(&c->peer, &h, &lost.base);
	tell_answers(&t);
	news_catch_up(c);
	tell_new_calls(&t);
	tell_monitors(t.session);
	hub_claimed(t.session);
	tell_states(&t);
	monitor_give_kept(c);
	tell_requests(&t);
	list_for(o, &t.session->opens) {
		line_step(list_entry(o, struct open, in_session)->line);
		hub_track(list_entry(o, struct open, in_session)->line);
	}
	forget_notes(&t);
	claims_forget(t.session);
}
