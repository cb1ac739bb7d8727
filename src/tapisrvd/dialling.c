// SPDX-License-Identifier: MIT
/* dialling.c - the users' sets of locations and cards. */
#include "dialling.h"

#include "base/mem.h"
#include "core.h"
#include "country.h"
#include "event.h"
#include "failure.h"
#include "line.h"
#include "session.h"
#include "translate.h"

#include <stdio.h>
#include <string.h>
#include <tapi.h>

struct location *location_find(const struct dialling *d, uint32_t id)
{
	list_for(l, &d->locations) {
		struct location *location = list_entry(l, struct location, link);

		if (location->v.permanent_location_id == id)
			return location;
	}
	return NULL;
}

struct card *card_find(const struct dialling *d, uint32_t id)
{
	list_for(l, &d->cards) {
		struct card *card = list_entry(l, struct card, link);

		if (card->v.permanent_card_id == id)
			return card;
	}
	return NULL;
}

struct location *location_current(const struct dialling *d)
{
	return location_find(d, d->current);
}

struct location *location_new(struct dialling *d, uint32_t id)
{
	struct location *l = mem_new(struct location);

	if (!l)
		return NULL;
	l->v.permanent_location_id = id;
	if (id >= d->next_location)
		d->next_location = id + 1;
	list_append(&d->locations, &l->link);
	return l;
}

struct card *card_new(struct dialling *d, uint32_t id)
{
	struct card *c = mem_new(struct card);

	if (!c)
		return NULL;
	c->v.permanent_card_id = id;
	if (id >= d->next_card)
		d->next_card = id + 1;
	list_append(&d->cards, &c->link);
	return c;
}

void location_free(struct location *l)
{
	if (!l)
		return;
	list_remove(&l->link);
	mem_free(l->rules);
	mem_free(l);
}

void card_free(struct card *c)
{
	if (!c)
		return;
	list_remove(&c->link);
	mem_wipe(&c->v, sizeof(c->v));
	mem_free(c);
}

void location_place(const struct dialling *d, const struct location *l, uint32_t card,
		struct place *out)
{
	const struct card *c = card ? card_find(d, card) : NULL;

	*out = (struct place){ .location = &l->v,
		.rules = l->rules,
		.rule_count = l->rule_count,
		.country = country_find(l->v.country_id),
		.card = c ? &c->v : NULL };
}

static void dialling_free(struct dialling *d)
{
	list_for_safe(l, &d->locations)
		location_free(list_entry(l, struct location, link));
	list_for_safe(l, &d->cards)
		card_free(list_entry(l, struct card, link));
	list_remove(&d->link);
	mem_free(d);
}

void dialling_free_all(struct core *core)
{
	list_for_safe(l, &core->dialling)
		dialling_free(list_entry(l, struct dialling, link));
}

/* Location 0 is where the configuration says; card 0 is direct dial. */
static bool build_in(struct dialling *d)
{
	struct location *location = location_new(d, 0);
	struct card *card = card_new(d, 0);

	if (!location || !card)
		return false;
	(void)snprintf(location->v.name, sizeof(location->v.name), "Here");
	location->v.country_id = d->core->options->country;
	(void)snprintf(location->v.area_code, sizeof(location->v.area_code), "%s",
			d->core->options->area_code);
	(void)snprintf(card->v.name, sizeof(card->v.name), "None (direct dial)");
	card->v.options = LINECARDOPTION_PREDEFINED;
	return true;
}

struct dialling *dialling_of(struct core *core, uid_t uid)
{
	struct dialling *d;

	list_for(l, &core->dialling) {
		d = list_entry(l, struct dialling, link);
		if (d->uid == uid)
			return d;
	}
	d = mem_new(struct dialling);
	if (!d)
		return NULL;
	d->core = core;
	d->uid = uid;
	list_init(&d->locations);
	list_init(&d->cards);
	list_append(&core->dialling, &d->link);
	if (build_in(d))
		return d;
	dialling_free(d);
	return NULL;
}

static void tell(const struct open *o)
{
	Event e = EVENT__INIT;

	if (!(o->line_states & LINEDEVSTATE_TRANSLATECHANGE))
		return;
	SET_ID(&e, object, o->line->device);
	SET(&e, msg, LINE_LINEDEVSTATE);
	SET(&e, p1, LINEDEVSTATE_TRANSLATECHANGE);
	event_to_open(o, &e, 0, event_pack(o->session->core, &e));
}

void dialling_changed(struct dialling *d)
{
	list_for(l, &d->core->sessions) {
		const struct session *s = list_entry(l, struct session, link);

		if (s->uid != d->uid)
			continue;
		list_for(i, &s->opens)
			tell(list_entry(i, struct open, in_session));
	}
}
