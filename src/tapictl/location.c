// SPDX-License-Identifier: MIT
/* location.c - tapictl location: list, show, add, set, remove and use locations, and the rules for
 * area codes. */
#include "record.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_RULES = 256 };

static bool read_dialling(const char *word, DWORD *out)
{
	*out = strcmp(word, "pulse") == 0 ? LINELOCATIONOPTION_PULSEDIAL : 0;
	if (*out || strcmp(word, "tone") == 0)
		return true;
	fprintf(stderr, "tapictl: dialling is tone or pulse, not '%s'\n", word);
	return false;
}

static const char *write_dialling(DWORD value)
{
	return value & LINELOCATIONOPTION_PULSEDIAL ? "pulse" : "tone";
}

static bool read_card(const char *word, DWORD *out)
{
	struct tapix_card card;

	*out = 0; /* "", as the other keys: none */
	if (!*word)
		return true;
	if (record_find(&record_card, word, &card))
		return false;
	*out = card.permanent_card_id;
	return true;
}

static const struct record_key keys[] = {
	{ RECORD_NUMBER(tapix_location, permanent_location_id), .is_fixed = true },
	{ RECORD_TEXT(tapix_location, name) },
	{ .key = "country",
			.field = "country_id",
			.offset = offsetof(struct tapix_location, country_id),
			.read = country_read,
			.write = country_word },
	{ RECORD_TEXT(tapix_location, area_code) },
	{ .key = "dialling",
			.field = "options",
			.offset = offsetof(struct tapix_location, options),
			.read = read_dialling,
			.write = write_dialling },
	{ RECORD_TEXT(tapix_location, local_access) },
	{ RECORD_TEXT(tapix_location, long_distance_access) },
	{ RECORD_TEXT(tapix_location, international_access) },
	{ RECORD_TEXT(tapix_location, long_distance_carrier) },
	{ RECORD_TEXT(tapix_location, international_carrier) },
	{ RECORD_TEXT(tapix_location, cancel_call_waiting) },
	{ RECORD_TEXT(tapix_location, toll_prefixes) },
	{ .key = "card",
			.field = "preferred_card_id",
			.offset = offsetof(struct tapix_location, preferred_card_id),
			.read = read_card },
};

static bool read_yes(const char *word, DWORD *out)
{
	*out = strcmp(word, "yes") == 0;
	if (*out || strcmp(word, "no") == 0)
		return true;
	fprintf(stderr, "tapictl: include_area_code is yes or no, not '%s'\n", word);
	return false;
}

static const struct record_key rule_keys[] = {
	{ RECORD_TEXT(tapix_area_rule, area_code), .is_fixed = true },
	{ RECORD_TEXT(tapix_area_rule, prefixes) },
	{ RECORD_TEXT(tapix_area_rule, dial) },
	{ RECORD_NUMBER(tapix_area_rule, include_area_code), .read = read_yes },
};

enum {
	KEYS = sizeof(keys) / sizeof(keys[0]),
	RULE_KEYS = sizeof(rule_keys) / sizeof(rule_keys[0])
};

static DWORD current; /* as get() was told last */

static LONG get(void *all, size_t size, DWORD *count)
{
	return tapixGetLocations(0, all, size, count, &current);
}

static LONG put(const void *one, size_t size, DWORD *id)
{
	return tapixSetLocation(0, one, size, id);
}

static LONG take_out(DWORD id)
{
	return tapixRemoveLocation(0, id);
}

const struct record_noun record_location = {
	.name = "location",
	.plural = "the locations",
	.size = sizeof(struct tapix_location),
	.keys = keys,
	.count = KEYS,
	.get = get,
	.set = put,
	.remove = take_out,
};

/* A failure leaves none. */
static DWORD get_rules(DWORD location, struct tapix_area_rule *rules, enum exit_code *code)
{
	DWORD count = MAX_RULES;
	LONG error = tapixGetAreaRules(0, location, rules, sizeof(*rules), &count);

	*code = error ? complain("the area code rules", error) : EXIT_DONE;
	return error ? 0 : count;
}

static void list_row(const struct tapix_location *l)
{
	printf("%c%4u  %-24s %-28s %-8s %s\n", l->permanent_location_id == current ? '*' : ' ',
			l->permanent_location_id, l->name, country_word(l->country_id),
			l->area_code, write_dialling(l->options));
}

enum exit_code command_location_list(const struct options *o)
{
	enum exit_code code;
	DWORD count;
	struct tapix_location *all = record_all(&record_location, &count, &code);

	for (DWORD i = 0; all && i < count; i++) {
		if (!o->json) {
			list_row(&all[i]);
			continue;
		}
		printf("{\"current\":%s,\"location\":",
				all[i].permanent_location_id == current ? "true" : "false");
		record_json(keys, KEYS, &all[i]);
		printf("}\n");
	}
	free(all);
	return code;
}

static void show_json(const struct tapix_location *l, const struct tapix_area_rule *rules,
		DWORD count)
{
	printf("{\"location\":");
	record_json(keys, KEYS, l);
	printf(",\"rules\":[");
	for (DWORD i = 0; i < count; i++) {
		printf("%s", i ? "," : "");
		record_json(rule_keys, RULE_KEYS, &rules[i]);
	}
	printf("]}\n");
}

enum exit_code command_location_show(const struct options *o)
{
	static struct tapix_area_rule rules[MAX_RULES];
	struct tapix_location l;
	enum exit_code code = record_find(&record_location, o->argv[1], &l);
	DWORD count;

	if (code)
		return code;
	count = get_rules(l.permanent_location_id, rules, &code);
	if (o->json) {
		show_json(&l, rules, count);
		return code;
	}
	printf("location %u\n", l.permanent_location_id);
	record_show(keys + 1, KEYS - 1, &l);
	for (DWORD i = 0; i < count; i++)
		printf("  %-22s area code %s%s%s: %s%s, area code %s\n", "rule", rules[i].area_code,
				*rules[i].prefixes ? ", prefixes " : "", rules[i].prefixes,
				*rules[i].dial ? "dial " : "local call", rules[i].dial,
				rules[i].include_area_code ? "dialled" : "not dialled");
	return code;
}

enum exit_code command_location_add(const struct options *o)
{
	struct tapix_location l;

	return record_add(&record_location, o, &l);
}

enum exit_code command_location_set(const struct options *o)
{
	struct tapix_location l;

	return record_set(&record_location, o, &l);
}

enum exit_code command_location_remove(const struct options *o)
{
	struct tapix_location l;

	return record_remove(&record_location, o, &l);
}

enum exit_code command_location_use(const struct options *o)
{
	struct tapix_location l;
	enum exit_code code = record_find(&record_location, o->argv[1], &l);
	LONG error;

	if (code)
		return code;
	error = lineSetCurrentLocation(0, l.permanent_location_id);
	return error ? complain("the location is not used", error) : EXIT_DONE;
}

/* The one for the same area code and prefixes, or NULL. */
static struct tapix_area_rule *find_rule(struct tapix_area_rule *rules, DWORD count,
		const struct tapix_area_rule *like)
{
	for (DWORD i = 0; i < count; i++)
		if (strcmp(rules[i].area_code, like->area_code) == 0 &&
				strcmp(rules[i].prefixes, like->prefixes) == 0)
			return &rules[i];
	return NULL;
}

/* rules has room for one more. */
static DWORD change_rules(const struct options *o, struct tapix_area_rule *rules, DWORD count,
		const struct tapix_area_rule *rule)
{
	struct tapix_area_rule *found = find_rule(rules, count, rule);

	if (!o->off) {
		*(found ? found : &rules[count]) = *rule;
		return found ? count : count + 1;
	}
	if (!found)
		return count;
	memmove(found, found + 1, (size_t)(rules + count - found - 1) * sizeof(*found));
	return count - 1;
}

enum exit_code command_location_rule(const struct options *o)
{
	static struct tapix_area_rule rules[MAX_RULES + 1];
	struct tapix_area_rule rule;
	struct tapix_location l;
	enum exit_code code = record_find(&record_location, o->argv[1], &l);
	DWORD count;
	LONG error;

	if (code)
		return code;
	memset(&rule, 0, sizeof(rule));
	(void)snprintf(rule.area_code, sizeof(rule.area_code), "%s", o->argv[2]);
	code = record_take(o, 3, rule_keys, RULE_KEYS, &rule);
	if (code)
		return code;
	count = get_rules(l.permanent_location_id, rules, &code);
	if (code)
		return code;
	if (o->off && !find_rule(rules, count, &rule)) {
		fprintf(stderr, "tapictl: there is no such rule\n");
		return EXIT_NOT_FOUND;
	}
	count = change_rules(o, rules, count, &rule);
	error = tapixSetAreaRules(0, l.permanent_location_id, rules, sizeof(rules[0]), count);
	return error ? complain("the rule was not set", error) : EXIT_DONE;
}
