// SPDX-License-Identifier: MIT
/* dialling_store.c - locations, rules and cards in the store. Columns are in the order of the
 * statements here. */
#include "dialling.h"

#include "base/log.h"
#include "base/mem.h"
#include "core.h"
#include "dispatch.h"
#include "store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOG_TOPIC "dialling"

/* Above these nobody has counted. */
enum { ID_MAX = 0x7fffffff };

/* --- reading --- */

/* A row as it is read, and what is wrong with it. */
struct reading {
	const struct store_row *row;
	const char *fault;
};

static void text(struct reading *r, int column, char *to, size_t size)
{
	const char *from = store_text(r->row, column);

	if (strlen(from) >= size)
		r->fault = "a text is too long";
	else
		memcpy(to, from, strlen(from) + 1);
}

#define TEXT(r, column, to) text(r, column, to, sizeof(to))

static uint32_t number(const struct store_row *row, int column)
{
	return (uint32_t)store_number(row, column);
}

static void say_lost(void)
{
	log_error("out of memory: a location or card is not known");
}

static struct dialling *of_row(void *core, const struct store_row *row)
{
	struct dialling *d = dialling_of(core, (uid_t)store_number(row, 0));

	if (!d)
		say_lost();
	return d;
}

static uint32_t id_of(struct reading *r)
{
	int64_t id = store_number(r->row, 1);

	if (id < 0 || id > ID_MAX)
		r->fault = "an id is not one of ours";
	return (uint32_t)id;
}

static bool is_refused(struct core *core, const struct reading *r, const char *table)
{
	if (r->fault)
		store_refuse(core->store, table, r->fault);
	return r->fault != NULL;
}

static void take_location(void *core, const struct store_row *row)
{
	struct reading r = { row, NULL };
	struct dialling *d = of_row(core, row);
	struct tapix_location v = { .permanent_location_id = id_of(&r),
		.country_id = number(row, 3),
		.preferred_card_id = number(row, 4),
		.options = number(row, 5) };
	struct location *l;

	if (!d)
		return;
	l = location_find(d, v.permanent_location_id);
	TEXT(&r, 2, v.name);
	TEXT(&r, 6, v.area_code);
	TEXT(&r, 7, v.local_access);
	TEXT(&r, 8, v.long_distance_access);
	TEXT(&r, 9, v.international_access);
	TEXT(&r, 10, v.long_distance_carrier);
	TEXT(&r, 11, v.international_carrier);
	TEXT(&r, 12, v.cancel_call_waiting);
	TEXT(&r, 13, v.toll_prefixes);
	if (!r.fault)
		r.fault = location_fault(&v);
	if (!l && list_count(&d->locations) >= LOCATIONS_MAX)
		r.fault = "there are too many";
	if (is_refused(core, &r, "location"))
		return;
	if (!l)
		l = location_new(d, v.permanent_location_id);
	if (l)
		l->v = v;
	else
		say_lost();
}

static void take_rule(void *core, const struct store_row *row)
{
	struct reading r = { row, NULL };
	struct dialling *d = of_row(core, row);
	struct tapix_area_rule v = { .include_area_code = number(row, 5) }, *rules;
	struct location *l;

	if (!d)
		return;
	l = location_find(d, id_of(&r));
	TEXT(&r, 2, v.area_code);
	TEXT(&r, 3, v.prefixes);
	TEXT(&r, 4, v.dial);
	if (!r.fault)
		r.fault = location_rule_fault(&v);
	if (!l)
		r.fault = "its location is not there";
	else if (l->rule_count >= AREA_RULES_MAX)
		r.fault = "there are too many";
	if (is_refused(core, &r, "area_rule"))
		return;
	rules = mem_realloc(l->rules, (l->rule_count + 1) * sizeof(*rules));
	if (!rules) {
		say_lost();
		return;
	}
	rules[l->rule_count++] = v;
	l->rules = rules;
}

static void take_card(void *core, const struct store_row *row)
{
	struct reading r = { row, NULL };
	struct dialling *d = of_row(core, row);
	struct tapix_card v = { .permanent_card_id = id_of(&r), .options = number(row, 3) };
	struct card *c;

	if (!d)
		return;
	c = card_find(d, v.permanent_card_id);
	TEXT(&r, 2, v.name);
	TEXT(&r, 4, v.number);
	TEXT(&r, 5, v.pin);
	TEXT(&r, 6, v.local_access);
	TEXT(&r, 7, v.long_distance_access);
	TEXT(&r, 8, v.international_access);
	TEXT(&r, 9, v.same_area_rule);
	TEXT(&r, 10, v.long_distance_rule);
	TEXT(&r, 11, v.international_rule);
	if (!r.fault)
		r.fault = card_fault(&v);
	if (c && !v.permanent_card_id)
		r.fault = "card 0 is built in";
	if (!c && list_count(&d->cards) >= CARDS_MAX)
		r.fault = "there are too many";
	if (!is_refused(core, &r, "card")) {
		v.number_digits = (DWORD)strlen(v.number);
		if (!c)
			c = card_new(d, v.permanent_card_id);
		if (c)
			c->v = v;
		else
			say_lost();
	}
	mem_wipe(&v, sizeof(v));
}

/* "current,next location,next card" */
static void take_setting(void *core, const struct store_row *row)
{
	struct dialling *d = of_row(core, row);
	unsigned long values[3] = { 0, 0, 0 };
	const char *at = store_text(row, 1);

	if (!d)
		return;
	for (int i = 0; i < 3; i++) {
		char *end;

		values[i] = strtoul(at, &end, 10);
		at = *end ? end + 1 : end;
	}
	if (values[0] <= ID_MAX && location_find(d, (uint32_t)values[0]))
		d->current = (uint32_t)values[0];
	if (values[1] > d->next_location && values[1] <= ID_MAX)
		d->next_location = (uint32_t)values[1];
	if (values[2] > d->next_card && values[2] <= ID_MAX)
		d->next_card = (uint32_t)values[2];
}

void dialling_load(struct core *core)
{
	(void)store_run(core->store,
			"SELECT uid, id, name, country, card, options, area, local_access,"
			" long_access, international_access, long_carrier,"
			" international_carrier, cancel_waiting, toll FROM location ORDER BY id",
			NULL, take_location, core);
	(void)store_run(core->store,
			"SELECT uid, location, area, prefixes, dial, include_area FROM area_rule"
			" ORDER BY uid, location, position",
			NULL, take_rule, core);
	(void)store_run(core->store,
			"SELECT uid, id, name, options, number, pin, local_access, long_access,"
			" international_access, same_rule, long_rule, international_rule"
			" FROM card ORDER BY id",
			NULL, take_card, core);
	(void)store_run(core->store, "SELECT uid, value FROM setting WHERE name = 'dialling'", NULL,
			take_setting, core);
}

/* --- writing --- */

void dialling_begin(const struct dialling *d)
{
	(void)store_begin(d->core->store);
}

LONG dialling_end(struct request *r)
{
	int err = store_end(r->core->store, 0);

	if (!err)
		return 0;
	dialling_free_all(r->core);
	dialling_load(r->core);
	return request_not_kept(r, err);
}

void location_save(const struct dialling *d, const struct location *l)
{
	const struct tapix_location *v = &l->v;

	(void)store_run(d->core->store,
			"REPLACE INTO location (uid, id, name, country, card, options, area,"
			" local_access, long_access, international_access, long_carrier,"
			" international_carrier, cancel_waiting, toll)"
			" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			STORE_VALUES(STORE_N(d->uid), STORE_N(v->permanent_location_id),
					STORE_T(v->name), STORE_N(v->country_id),
					STORE_N(v->preferred_card_id), STORE_N(v->options),
					STORE_T(v->area_code), STORE_T(v->local_access),
					STORE_T(v->long_distance_access),
					STORE_T(v->international_access),
					STORE_T(v->long_distance_carrier),
					STORE_T(v->international_carrier),
					STORE_T(v->cancel_call_waiting), STORE_T(v->toll_prefixes)),
			NULL, NULL);
}

static int erase_rules(const struct dialling *d, uint32_t location)
{
	return store_run(d->core->store, "DELETE FROM area_rule WHERE uid = ? AND location = ?",
			STORE_VALUES(STORE_N(d->uid), STORE_N(location)), NULL, NULL);
}

void location_save_rules(const struct dialling *d, const struct location *l)
{
	uint32_t id = l->v.permanent_location_id;

	(void)erase_rules(d, id);
	for (size_t i = 0; i < l->rule_count; i++) {
		const struct tapix_area_rule *r = &l->rules[i];

		(void)store_run(d->core->store,
				"INSERT INTO area_rule (uid, location, position, area, prefixes,"
				" dial, include_area) VALUES (?, ?, ?, ?, ?, ?, ?)",
				STORE_VALUES(STORE_N(d->uid), STORE_N(id), STORE_N(i),
						STORE_T(r->area_code), STORE_T(r->prefixes),
						STORE_T(r->dial), STORE_N(r->include_area_code)),
				NULL, NULL);
	}
}

void location_erase(const struct dialling *d, uint32_t id)
{
	(void)erase_rules(d, id);
	(void)store_run(d->core->store, "DELETE FROM location WHERE uid = ? AND id = ?",
			STORE_VALUES(STORE_N(d->uid), STORE_N(id)), NULL, NULL);
}

void card_save(const struct dialling *d, const struct card *c)
{
	const struct tapix_card *v = &c->v;

	(void)store_run(d->core->store,
			"REPLACE INTO card (uid, id, name, options, number, pin, local_access,"
			" long_access, international_access, same_rule, long_rule,"
			" international_rule) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			STORE_VALUES(STORE_N(d->uid), STORE_N(v->permanent_card_id),
					STORE_T(v->name), STORE_N(v->options), STORE_T(v->number),
					STORE_T(v->pin), STORE_T(v->local_access),
					STORE_T(v->long_distance_access),
					STORE_T(v->international_access),
					STORE_T(v->same_area_rule), STORE_T(v->long_distance_rule),
					STORE_T(v->international_rule)),
			NULL, NULL);
}

void card_erase(const struct dialling *d, uint32_t id)
{
	(void)store_run(d->core->store, "DELETE FROM card WHERE uid = ? AND id = ?",
			STORE_VALUES(STORE_N(d->uid), STORE_N(id)), NULL, NULL);
}

void dialling_save(const struct dialling *d)
{
	char value[40];

	(void)snprintf(value, sizeof(value), "%u,%u,%u", d->current, d->next_location,
			d->next_card);
	(void)store_run(d->core->store,
			"REPLACE INTO setting (uid, name, value) VALUES (?, 'dialling', ?)",
			STORE_VALUES(STORE_N(d->uid), STORE_T(value)), NULL, NULL);
}
