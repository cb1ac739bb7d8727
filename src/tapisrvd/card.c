// SPDX-License-Identifier: MIT
/* card.c - editing of calling cards. Their numbers come in and are dialled; they never go out. */
#include "base/mem.h"
#include "core.h"
#include "dialling.h"
#include "dispatch.h"
#include "failure.h"
#include "translate.h"
#include "translate_request.h"
#include "wire/record.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

static bool is_secret(const char *text)
{
	return strcmp(text, "-") == 0 || text_is_digits(text);
}

static bool is_card_name(const char *text)
{
	return *text && !strpbrk(text, "[]") && text_is_plain(text);
}

static const struct {
	size_t offset;
	bool (*is_valid)(const char *text);
	const char *sentence;
} checks[] = {
	{ offsetof(struct tapix_card, name), is_card_name,
			"the name is empty, or has brackets or control characters" },
	{ offsetof(struct tapix_card, number), is_secret,
			"the card number has something else than digits" },
	{ offsetof(struct tapix_card, pin), is_secret, "the PIN has something else than digits" },
	{ offsetof(struct tapix_card, local_access), text_is_dialable,
			"the access number for local calls cannot be dialled" },
	{ offsetof(struct tapix_card, long_distance_access), text_is_dialable,
			"the access number for long distance calls cannot be dialled" },
	{ offsetof(struct tapix_card, international_access), text_is_dialable,
			"the access number for international calls cannot be dialled" },
	{ offsetof(struct tapix_card, same_area_rule), rule_is_valid,
			"the rule for the same area has an unknown letter" },
	{ offsetof(struct tapix_card, long_distance_rule), rule_is_valid,
			"the rule for long distance calls has an unknown letter" },
	{ offsetof(struct tapix_card, international_rule), rule_is_valid,
			"the rule for international calls has an unknown letter" },
};

const char *card_fault(const struct tapix_card *v)
{
	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
		if (!checks[i].is_valid((const char *)v + checks[i].offset))
			return checks[i].sentence;
	return v->options & ~LINECARDOPTION_HIDDEN ? "a card can only be hidden" : NULL;
}

static LONG check_card(struct request *r, const struct dialling *d, const struct tapix_card *v)
{
	const char *fault = card_fault(v);

	if (fault)
		return request_fail(r, LINEERR_INVALPARAM, "card", "%s", fault);
	list_for(l, &d->cards) {
		const struct card *other = list_entry(l, struct card, link);

		if (other->v.permanent_card_id != v->permanent_card_id &&
				strcasecmp(other->v.name, v->name) == 0)
			return request_fail(r, LINEERR_INVALPARAM, "name",
					"another card has this name");
	}
	return 0;
}

LONG handle_get_cards(struct request *r)
{
	TapixGetCardsReply reply = TAPIX_GET_CARDS_REPLY__INIT;
	DialCard *all;
	LONG error;
	const struct dialling *d = request_dialling(r, &error);

	if (!d)
		return error;
	all = arena_alloc(&r->core->arena, CARDS_MAX * sizeof(*all));
	reply.cards = arena_alloc(&r->core->arena, CARDS_MAX * sizeof(*reply.cards));
	if (!all || !reply.cards)
		return LINEERR_NOMEM;
	list_for(l, &d->cards) {
		DialCard *to = &all[reply.n_cards];

		dial_card__init(to);
		record_to_message(&record_card, &list_entry(l, struct card, link)->v, &to->base);
		to->number = NULL;
		to->pin = NULL;
		reply.cards[reply.n_cards++] = to;
	}
	return request_return(r, &reply.base);
}

/* NULL: *error. */
static struct card *to_be_set(struct request *r, struct dialling *d, uint32_t id, LONG *error)
{
	struct card *c = id && id != TAPIX_NEW ? card_find(d, id) : NULL;

	if (id != TAPIX_NEW) {
		if (!c)
			*error = request_fail(r, LINEERR_INVALCARD, "card", "%s",
					id ? "there is no card with this id"
					   : "card 0 is direct dial; it stays as it is");
		return c;
	}
	if (list_count(&d->cards) >= CARDS_MAX) {
		*error = request_fail(r, LINEERR_RESOURCEUNAVAIL, "cards",
				"there are %d cards already", CARDS_MAX);
		return NULL;
	}
	c = card_new(d, d->next_card);
	*error = c ? 0 : LINEERR_NOMEM;
	return c;
}

/* "" leaves it as it was, "-" removes it. */
static void keep_secret(char *now, const char *before, size_t size)
{
	if (!*now)
		memcpy(now, before, size);
	else if (strcmp(now, "-") == 0)
		memset(now, 0, size);
}

LONG handle_set_card(struct request *r)
{
	const TapixSetCard *m = (const void *)r->msg;
	TapixSetCardReply reply = TAPIX_SET_CARD_REPLY__INIT;
	struct tapix_card v;
	const char *field;
	struct card *c;
	LONG error;
	struct dialling *d = request_dialling(r, &error);

	if (!d)
		return error;
	if (!m->card)
		return request_fail(r, LINEERR_INVALPARAM, "card", "there is no card");
	field = record_from_message(&record_card, &m->card->base, &v);
	if (field)
		return request_fail(r, LINEERR_INVALPARAM, "card", "%s is too long", field);
	error = check_card(r, d, &v);
	c = error ? NULL : to_be_set(r, d, v.permanent_card_id, &error);
	if (!c)
		return error;
	v.permanent_card_id = c->v.permanent_card_id;
	keep_secret(v.number, c->v.number, sizeof(v.number));
	keep_secret(v.pin, c->v.pin, sizeof(v.pin));
	v.number_digits = (DWORD)strlen(v.number);
	c->v = v;
	mem_wipe(&v, sizeof(v));
	dialling_begin(d);
	card_save(d, c);
	dialling_save(d);
	error = dialling_end(r);
	if (error)
		return error;
	dialling_changed(d);
	SET(&reply, id, c->v.permanent_card_id);
	return request_return(r, &reply.base);
}

LONG handle_remove_card(struct request *r)
{
	const TapixRemoveCard *m = (const void *)r->msg;
	LONG error;
	struct dialling *d = request_dialling(r, &error);
	struct card *c = d && m->card ? card_find(d, m->card) : NULL;

	if (!d)
		return error;
	if (!c)
		return request_fail(r, LINEERR_INVALCARD, "card", "%s",
				m->card ? "there is no card with this id"
					: "card 0 is direct dial; it stays");
	list_for(l, &d->locations) {
		const struct location *location = list_entry(l, struct location, link);

		if (location->v.preferred_card_id == m->card)
			return request_fail(r, LINEERR_INUSE, "card",
					"location %s prefers this card", location->v.name);
	}
	card_free(c);
	dialling_begin(d);
	card_erase(d, m->card);
	error = dialling_end(r);
	if (error)
		return error;
	dialling_changed(d);
	return request_return(r, NULL);
}
