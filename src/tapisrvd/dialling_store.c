// SPDX-License-Identifier: MIT
/* dialling_store.c - locations, rules and cards in the store. Columns are in the order of the
 * statements here. */
#include "dialling.h"

#include "base/log.h"
#include "base/mem.h"
#include "core.h"
#include "store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOG_TOPIC "dialling"

#define TEXT(to, row, column) (void)snprintf(to, sizeof(to), "%s", store_text(row, column))

/* --- reading --- */

static uint32_t number(const struct store_row *row, int column)
{
	return (uint32_t)store_number(row, column);
}

static struct dialling *of_row(void *core, const struct store_row *row)
{
	struct dialling *d = dialling_of(core, (uid_t)store_number(row, 0));

	if (!d)
		log_error("out of memory: a location or card is not known");
	return d;
}

static void take_location(void *core, const struct store_row *row)
{
	struct dialling *d = of_row(core, row);
	struct location *l = d ? location_find(d, number(row, 1)) : NULL;

	if (d && !l)
		l = location_new(d, number(row, 1));
	if (!l)
		return;
	TEXT(l->v.name, row, 2);
	l->v.country_id = number(row, 3);
	l->v.preferred_card_id = number(row, 4);
	l->v.options = number(row, 5);
	TEXT(l->v.area_code, row, 6);
	TEXT(l->v.local_access, row, 7);
	TEXT(l->v.long_distance_access, row, 8);
	TEXT(l->v.international_access, row, 9);
	TEXT(l->v.long_distance_carrier, row, 10);
	TEXT(l->v.international_carrier, row, 11);
	TEXT(l->v.cancel_call_waiting, row, 12);
	TEXT(l->v.toll_prefixes, row, 13);
}

static void take_rule(void *core, const struct store_row *row)
{
	struct dialling *d = of_row(core, row);
	struct location *l = d ? location_find(d, number(row, 1)) : NULL;
	struct tapix_area_rule *rules;

	if (!l || l->rule_count >= AREA_RULES_MAX)
		return;
	rules = mem_realloc(l->rules, (l->rule_count + 1) * sizeof(*rules));
	if (!rules)
		return;
	l->rules = rules;
	rules += l->rule_count++;
	memset(rules, 0, sizeof(*rules));
	TEXT(rules->area_code, row, 2);
	TEXT(rules->prefixes, row, 3);
	TEXT(rules->dial, row, 4);
	rules->include_area_code = number(row, 5);
}

static void take_card(void *core, const struct store_row *row)
{
	struct dialling *d = of_row(core, row);
	struct card *c = d ? card_find(d, number(row, 1)) : NULL;

	if (d && !c)
		c = card_new(d, number(row, 1));
	if (!c)
		return;
	TEXT(c->v.name, row, 2);
	c->v.options = number(row, 3);
	TEXT(c->v.number, row, 4);
	TEXT(c->v.pin, row, 5);
	TEXT(c->v.local_access, row, 6);
	TEXT(c->v.long_distance_access, row, 7);
	TEXT(c->v.international_access, row, 8);
	TEXT(c->v.same_area_rule, row, 9);
	TEXT(c->v.long_distance_rule, row, 10);
	TEXT(c->v.international_rule, row, 11);
	c->v.number_digits = (DWORD)strlen(c->v.number);
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
	if (location_find(d, (uint32_t)values[0]))
		d->current = (uint32_t)values[0];
	if (values[1] > d->next_location)
		d->next_location = (uint32_t)values[1];
	if (values[2] > d->next_card)
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
	int err = store_begin(d->core->store);

	if (!err)
		err = erase_rules(d, id);
	for (size_t i = 0; i < l->rule_count && !err; i++) {
		const struct tapix_area_rule *r = &l->rules[i];

		err = store_run(d->core->store,
				"INSERT INTO area_rule (uid, location, position, area, prefixes,"
				" dial, include_area) VALUES (?, ?, ?, ?, ?, ?, ?)",
				STORE_VALUES(STORE_N(d->uid), STORE_N(id), STORE_N(i),
						STORE_T(r->area_code), STORE_T(r->prefixes),
						STORE_T(r->dial), STORE_N(r->include_area_code)),
				NULL, NULL);
	}
	(void)store_end(d->core->store, err);
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
