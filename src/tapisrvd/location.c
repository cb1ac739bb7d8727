// SPDX-License-Identifier: MIT
/* location.c - editing of locations and their area code rules. What a member may hold is a row. */
#include "base/mem.h"
#include "core.h"
#include "country.h"
#include "dialling.h"
#include "dispatch.h"
#include "failure.h"
#include "translate.h"
#include "translate_request.h"
#include "wire/record.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

static const struct field_check {
	size_t offset;
	bool (*is_valid)(const char *text);
	const char *sentence;
} location_checks[] = {
	{ offsetof(struct tapix_location, name), text_is_plain,
			"the name has control characters or is no UTF-8" },
	{ offsetof(struct tapix_location, area_code), text_is_digits,
			"the area code has something else than digits" },
	{ offsetof(struct tapix_location, local_access), text_is_dialable,
			"the access code for local calls cannot be dialled" },
	{ offsetof(struct tapix_location, long_distance_access), text_is_dialable,
			"the access code for long distance calls cannot be dialled" },
	{ offsetof(struct tapix_location, international_access), text_is_dialable,
			"the access code for international calls cannot be dialled" },
	{ offsetof(struct tapix_location, long_distance_carrier), text_is_digits,
			"the long distance carrier has something else than digits" },
	{ offsetof(struct tapix_location, international_carrier), text_is_digits,
			"the international carrier has something else than digits" },
	{ offsetof(struct tapix_location, cancel_call_waiting), text_is_dialable,
			"what cancels call waiting cannot be dialled" },
	{ offsetof(struct tapix_location, toll_prefixes), list_is_valid,
			"the toll list is not of digits with single commas between" },
};

static const struct field_check rule_checks[] = {
	{ offsetof(struct tapix_area_rule, area_code), text_is_digits,
			"the area code of a rule has something else than digits" },
	{ offsetof(struct tapix_area_rule, prefixes), list_is_valid,
			"the prefixes of a rule are not of digits with single commas between" },
	{ offsetof(struct tapix_area_rule, dial), text_is_dialable,
			"what a rule dials cannot be dialled" },
};

static const char *find_fault(const struct field_check *checks, size_t count, const void *what)
{
	for (size_t i = 0; i < count; i++)
		if (!checks[i].is_valid((const char *)what + checks[i].offset))
			return checks[i].sentence;
	return NULL;
}

const char *location_fault(const struct tapix_location *v)
{
	if (v->options & ~LINELOCATIONOPTION_PULSEDIAL)
		return "unknown bits in the options of the location";
	return find_fault(location_checks, sizeof(location_checks) / sizeof(location_checks[0]), v);
}

const char *location_rule_fault(const struct tapix_area_rule *v)
{
	if (v->include_area_code > 1)
		return "include_area_code is neither 0 nor 1";
	return find_fault(rule_checks, sizeof(rule_checks) / sizeof(rule_checks[0]), v);
}

static bool name_is_taken(const struct dialling *d, const struct tapix_location *v)
{
	list_for(l, &d->locations) {
		const struct location *other = list_entry(l, struct location, link);

		if (other->v.permanent_location_id != v->permanent_location_id &&
				strcasecmp(other->v.name, v->name) == 0)
			return true;
	}
	return false;
}

/* A country where nobody dials from (a service) has no rules. */
static LONG check_location(struct request *r, const struct dialling *d,
		const struct tapix_location *v)
{
	const struct country *country = country_find(v->country_id);
	const char *fault = location_fault(v);

	if (v->country_id && (!country || !*country->international))
		return request_fail(r, LINEERR_INVALCOUNTRYCODE, "country",
				"nobody dials from a country with the id %u", v->country_id);
	if (!card_find(d, v->preferred_card_id))
		return request_fail(r, LINEERR_INVALCARD, "card", "there is no card with the id %u",
				v->preferred_card_id);
	if (!*v->name || name_is_taken(d, v))
		return request_fail(r, LINEERR_INVALPARAM, "name", "%s",
				*v->name ? "another location has this name"
					 : "the location has no name");
	return fault ? request_fail(r, LINEERR_INVALPARAM, "location", "%s", fault) : 0;
}

LONG handle_get_locations(struct request *r)
{
	TapixGetLocationsReply reply = TAPIX_GET_LOCATIONS_REPLY__INIT;
	DialLocation *all;
	LONG error;
	const struct dialling *d = request_dialling(r, &error);

	if (!d)
		return error;
	all = arena_alloc(&r->core->arena, LOCATIONS_MAX * sizeof(*all));
	reply.locations = arena_alloc(&r->core->arena, LOCATIONS_MAX * sizeof(*reply.locations));
	if (!all || !reply.locations)
		return LINEERR_NOMEM;
	list_for(l, &d->locations) {
		struct tapix_location *v = &list_entry(l, struct location, link)->v;
		const struct country *country = country_find(v->country_id);
		DialLocation *to = &all[reply.n_locations];

		v->country_code = country ? country->code : 0;
		dial_location__init(to);
		record_to_message(&record_location, v, &to->base);
		reply.locations[reply.n_locations++] = to;
	}
	SET(&reply, current, d->current);
	return request_return(r, &reply.base);
}

/* NULL: *error. */
static struct location *to_be_set(struct request *r, struct dialling *d,
		const struct tapix_location *v, LONG *error)
{
	struct location *l;

	if (v->permanent_location_id != TAPIX_NEW) {
		l = location_find(d, v->permanent_location_id);
		if (!l)
			*error = request_fail(r, LINEERR_INVALLOCATION, "location",
					"there is no location with the id %u",
					v->permanent_location_id);
		return l;
	}
	if (list_count(&d->locations) >= LOCATIONS_MAX) {
		*error = request_fail(r, LINEERR_RESOURCEUNAVAIL, "locations",
				"there are %d locations already", LOCATIONS_MAX);
		return NULL;
	}
	l = location_new(d, d->next_location);
	*error = l ? 0 : LINEERR_NOMEM;
	return l;
}

LONG handle_set_location(struct request *r)
{
	const TapixSetLocation *m = (const void *)r->msg;
	TapixSetLocationReply reply = TAPIX_SET_LOCATION_REPLY__INIT;
	struct tapix_location v;
	struct location *l;
	const char *field;
	LONG error;
	struct dialling *d = request_dialling(r, &error);

	if (!d)
		return error;
	if (!m->location)
		return request_fail(r, LINEERR_INVALPARAM, "location", "there is no location");
	field = record_from_message(&record_location, &m->location->base, &v);
	if (field)
		return request_fail(r, LINEERR_INVALPARAM, "location", "%s is too long", field);
	error = check_location(r, d, &v);
	l = error ? NULL : to_be_set(r, d, &v, &error);
	if (!l)
		return error;
	v.permanent_location_id = l->v.permanent_location_id;
	l->v = v;
	dialling_begin(d);
	location_save(d, l);
	dialling_save(d);
	error = dialling_end(r);
	if (error)
		return error;
	dialling_changed(d);
	SET(&reply, id, v.permanent_location_id);
	return request_return(r, &reply.base);
}

/* Location 0 is built in: it would be there again after a restart. */
LONG handle_remove_location(struct request *r)
{
	const TapixRemoveLocation *m = (const void *)r->msg;
	LONG error;
	struct dialling *d = request_dialling(r, &error);
	struct location *l = d ? location_find(d, m->location) : NULL;

	if (!d)
		return error;
	if (!l)
		return request_fail(r, LINEERR_INVALLOCATION, "location",
				"there is no location with the id %u", m->location);
	if (m->location == d->current || !m->location)
		return request_fail(r, LINEERR_INUSE, "location", "%s",
				m->location ? "it is the current location"
					    : "location 0 is built in; it can be changed");
	location_free(l);
	dialling_begin(d);
	location_erase(d, m->location);
	error = dialling_end(r);
	if (error)
		return error;
	dialling_changed(d);
	return request_return(r, NULL);
}

/* --- area code rules --- */

static struct location *rules_of(struct request *r, struct dialling **d, uint32_t id, LONG *error)
{
	struct location *l;

	*d = request_dialling(r, error);
	l = *d ? location_find(*d, id) : NULL;
	if (*d && !l)
		*error = request_fail(r, LINEERR_INVALLOCATION, "location",
				"there is no location with the id %u", id);
	return l;
}

LONG handle_get_area_rules(struct request *r)
{
	const TapixGetAreaRules *m = (const void *)r->msg;
	TapixGetAreaRulesReply reply = TAPIX_GET_AREA_RULES_REPLY__INIT;
	struct dialling *d;
	DialAreaRule *all;
	LONG error;
	const struct location *l = rules_of(r, &d, m->location, &error);

	if (!l)
		return error;
	all = arena_alloc(&r->core->arena, l->rule_count * sizeof(*all) + 1);
	reply.rules = arena_alloc(&r->core->arena, l->rule_count * sizeof(*reply.rules) + 1);
	if (!all || !reply.rules)
		return LINEERR_NOMEM;
	for (size_t i = 0; i < l->rule_count; i++) {
		dial_area_rule__init(&all[i]);
		record_to_message(&record_area_rule, &l->rules[i], &all[i].base);
		reply.rules[reply.n_rules++] = &all[i];
	}
	return request_return(r, &reply.base);
}

static LONG check_rule(struct request *r, const struct tapix_area_rule *rules, size_t i)
{
	const char *fault = location_rule_fault(&rules[i]);
	LONG error = fault ? request_fail(r, LINEERR_INVALPARAM, "rule", "%s", fault) : 0;

	for (size_t other = 0; !error && other < i; other++)
		if (strcmp(rules[other].area_code, rules[i].area_code) == 0 &&
				strcmp(rules[other].prefixes, rules[i].prefixes) == 0)
			error = request_fail(r, LINEERR_INVALPARAM, "rule",
					"two rules are for area code %s and the same prefixes",
					rules[i].area_code);
	return error;
}

static LONG read_rules(struct request *r, const TapixSetAreaRules *m, struct tapix_area_rule *rules)
{
	LONG error = 0;

	for (size_t i = 0; i < m->n_rules && !error; i++) {
		const char *field = record_from_message(&record_area_rule, &m->rules[i]->base,
				&rules[i]);

		error = field ? request_fail(r, LINEERR_INVALPARAM, "rule", "%s is too long", field)
			      : check_rule(r, rules, i);
	}
	return error;
}

LONG handle_set_area_rules(struct request *r)
{
	const TapixSetAreaRules *m = (const void *)r->msg;
	struct tapix_area_rule *rules;
	struct dialling *d;
	LONG error;
	struct location *l = rules_of(r, &d, m->location, &error);

	if (!l)
		return error;
	if (m->n_rules > AREA_RULES_MAX)
		return request_fail(r, LINEERR_RESOURCEUNAVAIL, "rules",
				"a location has at most %d rules", AREA_RULES_MAX);
	rules = mem_new_array(struct tapix_area_rule, m->n_rules + 1);
	if (!rules)
		return LINEERR_NOMEM;
	error = read_rules(r, m, rules);
	if (error) {
		mem_free(rules);
		return error;
	}
	mem_free(l->rules);
	l->rules = rules;
	l->rule_count = m->n_rules;
	dialling_begin(d);
	if (!l->v.permanent_location_id)
		location_save(d, l); /* the built-in one has no row until it is changed */
	location_save_rules(d, l);
	error = dialling_end(r);
	if (error)
		return error;
	dialling_changed(d);
	return request_return(r, NULL);
}
