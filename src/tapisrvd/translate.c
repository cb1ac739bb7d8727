// SPDX-License-Identifier: MIT
/* translate.c - the order in which the rules are applied: what kind of call it is, then pulse or
 * tone, cancelling of call waiting, the access code, and the rule of the card or the country. Each
 * step says what it did. tapi-numbers(7) has the same order. */
#include "translate.h"

#include "country.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define ALL_OPTIONS                                                                                \
	(LINETRANSLATEOPTION_CARDOVERRIDE | LINETRANSLATEOPTION_CANCELCALLWAITING |                \
			LINETRANSLATEOPTION_FORCELOCAL | LINETRANSLATEOPTION_FORCELD)

struct work {
	const struct place *from;
	struct translation *t;
	struct address address;
	struct letters letters;
	uint32_t options, api_version;
	enum call_kind kind;
	const struct tapix_area_rule *rule; /* that has decided, or NULL */
};

static const char *const kind_names[] = { "local", "long distance", "international" };

void translation_fini(struct translation *t)
{
	buf_fini(&t->dialable);
	buf_fini(&t->displayable);
	buf_fini(&t->steps);
}

bool piece_is(struct piece p, const char *text)
{
	return p.size == strlen(text) && (!p.size || memcmp(p.text, text, p.size) == 0);
}

/* --- which kind of call --- */

static size_t begins_with(struct piece p, const char *area)
{
	size_t size = strlen(area);

	return size < p.size && memcmp(p.text, area, size) == 0 ? size : 0;
}

/* A number in E.164 form does not say where its area code ends; those that the location knows can
 * be recognised, for area codes of one country are prefix-free. */
static void split_known_area(struct work *w)
{
	struct address *a = &w->address;
	size_t size;

	if (!a->e164 || a->area.size)
		return;
	size = begins_with(a->subscriber, w->from->location->area_code);
	for (size_t i = 0; i < w->from->rule_count && !size; i++)
		size = begins_with(a->subscriber, w->from->rules[i].area_code);
	a->area = (struct piece){ a->subscriber.text, size };
	a->subscriber.text += size;
	a->subscriber.size -= size;
}

/* The rule with the longest prefix; one for the whole area code is as a prefix of length 0. */
static const struct tapix_area_rule *find_area_rule(const struct work *w)
{
	const struct tapix_area_rule *best = NULL;
	size_t length = 0;

	for (size_t i = 0; i < w->from->rule_count; i++) {
		const struct tapix_area_rule *r = &w->from->rules[i];
		size_t match = *r->prefixes ? list_match(r->prefixes, w->address.subscriber) : 0;

		if (!piece_is(w->address.area, r->area_code) || (*r->prefixes && !match))
			continue;
		if (!best || match > length) {
			best = r;
			length = match;
		}
	}
	return best;
}

static void decide_by_area_rule(struct work *w, const struct tapix_area_rule *r)
{
	w->rule = r;
	w->kind = *r->dial ? KIND_LONG_DISTANCE : KIND_LOCAL;
	translation_say(w->t, "area-rule",
			"the location's rule for area code %s%s%.60s: %s%s, the area code is%s "
			"dialled",
			*r->area_code ? r->area_code : "(none)", *r->prefixes ? ", prefixes " : "",
			r->prefixes, *r->dial ? "dial " : "a local call", r->dial,
			r->include_area_code ? "" : " not");
}

static void decide_same_area(struct work *w)
{
	const struct tapix_location *l = w->from->location;
	bool toll = country_has_toll(w->from->country);
	size_t prefix = toll ? list_match(l->toll_prefixes, w->address.subscriber) : 0;

	w->kind = prefix ? KIND_LONG_DISTANCE : KIND_LOCAL;
	translation_say(w->t, "same-area", "area code %s is the location's own",
			*l->area_code ? l->area_code : "(none)");
	if (prefix) {
		w->t->results |= LINETRANSLATERESULT_INTOLLLIST;
		translation_say(w->t, "toll-list", "a prefix of %zu digits is in the toll list",
				prefix);
	} else if (toll) {
		w->t->results |= LINETRANSLATERESULT_NOTINTOLLLIST;
		translation_say(w->t, "toll-list", "its prefix is not in the toll list");
	}
}

static void decide_in_country(struct work *w)
{
	const struct tapix_location *l = w->from->location;
	const struct tapix_area_rule *r;

	split_known_area(w);
	r = find_area_rule(w);
	if (w->options & LINETRANSLATEOPTION_FORCELOCAL) {
		w->kind = KIND_LOCAL;
		translation_say(w->t, "force-local", "LINETRANSLATEOPTION_FORCELOCAL was asked");
	} else if (w->options & LINETRANSLATEOPTION_FORCELD) {
		w->kind = KIND_LONG_DISTANCE;
		translation_say(w->t, "force-long-distance",
				"LINETRANSLATEOPTION_FORCELD was asked");
	} else if (r) {
		decide_by_area_rule(w, r);
	} else if (piece_is(w->address.area, l->area_code)) {
		decide_same_area(w);
	} else {
		w->kind = KIND_LONG_DISTANCE;
		translation_say(w->t, "other-area", "area code %.*s is not the location's (%s)",
				w->address.area.size ? (int)w->address.area.size : 6,
				w->address.area.size ? w->address.area.text : "(none)",
				*l->area_code ? l->area_code : "none");
	}
}

static void decide(struct work *w)
{
	static const uint32_t bits[] = { LINETRANSLATERESULT_LOCAL,
		LINETRANSLATERESULT_LONGDISTANCE, LINETRANSLATERESULT_INTERNATIONAL };
	const struct country *c = w->from->country;

	if (c && c->code == w->address.code) {
		decide_in_country(w);
	} else {
		w->kind = KIND_INTERNATIONAL;
		if (c)
			translation_say(w->t, "other-country",
					"country code %" PRIu32 " is not the location's (%" PRIu32
					")",
					w->address.code, c->code);
		else
			translation_say(w->t, "no-country",
					"the location has no country: the number is dialled as "
					"+E.164");
	}
	w->t->results |= bits[w->kind];
}

/* --- what is dialled --- */

static void dial_text(struct work *w, const char *rule, const char *what, const char *text)
{
	if (!*text)
		return;
	translation_add(w->t, text, text);
	translation_say(w->t, rule, "%s %s", what, text);
}

static void dial_prefixes(struct work *w)
{
	const struct tapix_location *l = w->from->location;
	bool pulse = l->options & LINELOCATIONOPTION_PULSEDIAL;
	const char *access = l->local_access;

	dial_text(w, pulse ? "pulse" : "tone",
			pulse ? "pulse dialling:" : "tone dialling:", pulse ? "P" : "T");
	if (w->options & LINETRANSLATEOPTION_CANCELCALLWAITING) {
		dial_text(w, "cancel-call-waiting", "call waiting is cancelled by",
				l->cancel_call_waiting);
		if (!*l->cancel_call_waiting)
			translation_say(w->t, "cancel-call-waiting",
					"the location has nothing to cancel call waiting with");
	}
	if (w->kind == KIND_LONG_DISTANCE)
		access = l->long_distance_access;
	if (w->kind == KIND_INTERNATIONAL)
		access = *l->international_access ? l->international_access
						  : l->long_distance_access;
	dial_text(w, "access-code", "the access code is", access);
}

static const char *card_rule(const struct work *w)
{
	const struct tapix_card *card = w->from->card;

	if (!card)
		return "";
	if (w->kind == KIND_LOCAL)
		return card->same_area_rule;
	return w->kind == KIND_LONG_DISTANCE ? card->long_distance_rule : card->international_rule;
}

static const char *country_rule(const struct work *w)
{
	const struct country *c = w->from->country;

	if (!c)
		return "+EFG";
	if (w->kind == KIND_LOCAL)
		return c->same_area;
	return w->kind == KIND_LONG_DISTANCE ? c->long_distance : c->international;
}

static LONG dial_area_rule(struct work *w)
{
	const char *letters = w->rule->include_area_code ? "FG" : "G";

	translation_add(w->t, w->rule->dial, w->rule->dial);
	translation_say(w->t, "direct", "dialled by the area code rule as %s%s", w->rule->dial,
			letters);
	return rule_apply(w->t, letters, &w->letters);
}

static LONG dial_number(struct work *w)
{
	const struct tapix_card *card = w->from->card;
	const char *rule = card_rule(w);

	w->letters.location = w->from->location;
	w->letters.card = card;
	w->letters.kind = w->kind;
	w->letters.area = w->address.area;
	w->letters.subscriber = w->address.subscriber;
	(void)snprintf(w->letters.code, sizeof(w->letters.code), "%" PRIu32, w->address.code);
	if (*rule) {
		translation_say(w->t, "card", "%s calls go by card %s: rule %s",
				kind_names[w->kind], card->name, rule);
		return rule_apply(w->t, rule, &w->letters);
	}
	if (card)
		translation_say(w->t, "card", "card %s has no rule for %s calls, so it is not used",
				card->name, kind_names[w->kind]);
	if (w->rule)
		return dial_area_rule(w);
	rule = country_rule(w);
	translation_say(w->t, "direct", "%s rule of %s: %s", kind_names[w->kind],
			w->from->country ? w->from->country->name : "E.164", rule);
	return rule_apply(w->t, rule, &w->letters);
}

/* A piece of the address as it stands. */
static void copy(struct translation *t, struct buf *to, struct piece p)
{
	if (p.size && buf_add(to, p.text, p.size))
		t->failed = true;
}

static void note_characters(struct translation *t, uint32_t api_version)
{
	static const struct {
		const char *characters;
		uint32_t bit, since;
		const char *meaning;
	} rows[] = {
		{ "$", LINETRANSLATERESULT_DIALBILLING, 0, "waits for a billing tone" },
		{ "@", LINETRANSLATERESULT_DIALQUIET, 0, "waits for quiet" },
		{ "Ww", LINETRANSLATERESULT_DIALDIALTONE, 0, "waits for a dial tone" },
		{ "?", LINETRANSLATERESULT_DIALPROMPT, 0, "asks the user" },
		{ ":", LINETRANSLATERESULT_VOICEDETECT, 0x00020000, "waits for a voice prompt" },
	};
	const char *text = (const char *)buf_head(&t->dialable);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *found = NULL;

		for (const char *c = rows[i].characters; *c && !found && text; c++)
			found = memchr(text, *c, t->dialable.size);
		if (!found || api_version < rows[i].since)
			continue;
		t->results |= rows[i].bit;
		translation_say(t, "characters", "%c %s", *found, rows[i].meaning);
	}
}

/* TAPI: what does not begin with + is dialable, and is returned unmodified. What a character asks
 * of the line counts in a telephone number only, not in sip:bob@example.net. */
static void give_back(struct work *w, const char *text, const char *why)
{
	struct piece shown = w->address.whole;

	shown.size -= w->address.ancillary.size;
	translation_say(w->t, "dialable", "%s, so it is dialled as it is", why);
	copy(w->t, &w->t->displayable, shown);
	copy(w->t, &w->t->dialable, shown);
	if (piece_is_number(shown))
		note_characters(w->t, w->api_version);
	copy(w->t, &w->t->dialable, (struct piece){ text + shown.size, strlen(text) - shown.size });
}

static LONG translate_canonical(struct work *w)
{
	LONG error;

	w->t->dest_country = w->address.code;
	if (w->address.canonical)
		w->t->results |= LINETRANSLATERESULT_CANONICAL;
	translation_say(w->t, w->address.canonical ? "canonical" : "e164",
			"country code %" PRIu32 ", area code %.*s, subscriber %.*s",
			w->address.code, w->address.area.size ? (int)w->address.area.size : 6,
			w->address.area.size ? w->address.area.text : "(none)",
			(int)w->address.subscriber.size, w->address.subscriber.text);
	decide(w);
	dial_prefixes(w);
	error = dial_number(w);
	note_characters(w->t, w->api_version);
	if (w->address.ancillary.size)
		translation_say(w->t, "ancillary",
				"subaddress and name are dialled, but not shown");
	copy(w->t, &w->t->dialable, w->address.ancillary);
	return error;
}

LONG translate(const struct place *from, const char *address, uint32_t options,
		uint32_t api_version, struct translation *out)
{
	struct work w = { .from = from, .t = out, .options = options, .api_version = api_version };
	const uint32_t both = LINETRANSLATEOPTION_FORCELOCAL | LINETRANSLATEOPTION_FORCELD;
	const char *why = NULL;
	LONG error;

	memset(out, 0, sizeof(*out));
	if (options & ~ALL_OPTIONS || (options & both) == both) {
		(void)snprintf(out->why, sizeof(out->why), "%s",
				options & ~ALL_OPTIONS ? "unknown bits in the options"
						       : "a call is not both local and long "
							 "distance");
		return LINEERR_INVALPARAM;
	}
	error = address_parse(address, &w.address, &why);
	if (error && !from->takes_no_numbers) {
		(void)snprintf(out->why, sizeof(out->why), "%s", why);
		return error;
	}
	error = 0;
	out->current_country = from->country ? from->country->code : 0;
	if (*address != '+')
		give_back(&w, address, "the address does not begin with +");
	else if (from->takes_no_numbers)
		give_back(&w, address, "the line takes no telephone numbers");
	else
		error = translate_canonical(&w);
	if (from->takes_no_numbers && api_version >= 0x00030000)
		out->results |= LINETRANSLATERESULT_NOTRANSLATION;
	return !error && out->failed ? LINEERR_NOMEM : error;
}
