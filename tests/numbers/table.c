// SPDX-License-Identifier: MIT
/* table.c - reads tab-separated tables; "-" is an empty cell where a code is. */
#include "table.h"

#include "tapisrvd/country.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS = 13, LOCATIONS = 64, CARDS = 16, RULES = 16, LINE = 2048 };

struct entry {
	char key[32];
	struct tapix_location v;
	struct tapix_area_rule rules[RULES];
	size_t rule_count;
};

static struct entry locations[LOCATIONS];
static struct tapix_card cards[CARDS];
static struct table_row rows[TABLE_ROWS];
static size_t location_count, card_count, row_count;

static struct {
	const char *file;
	int line;
	char text[LINE];
	char *cells[CELLS];
	int count;
} now;

static void die(const char *fmt, ...) LOG_PRINTF(1, 2);

static void die(const char *fmt, ...)
{
	va_list args;

	fprintf(stderr, "%s:%d: ", now.file, now.line);
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputs("\n", stderr);
	abort();
}

static void split(void)
{
	char *at = now.text;

	now.count = 0;
	at[strcspn(at, "\n")] = '\0';
	while (at && now.count < CELLS) {
		char *tab = strchr(at, '\t');

		if (tab)
			*tab = '\0';
		now.cells[now.count++] = at;
		at = tab ? tab + 1 : NULL;
	}
}

static const char *cell(int i)
{
	if (i >= now.count)
		die("it has no cell %d", i + 1);
	return strcmp(now.cells[i], "-") == 0 ? "" : now.cells[i];
}

static void text(char *to, size_t size, int i)
{
	if (strlen(cell(i)) >= size)
		die("'%s' is too long", cell(i));
	(void)snprintf(to, size, "%s", cell(i));
}
#define TEXT(to, i) text(to, sizeof(to), i)

static uint32_t number(int i)
{
	return (uint32_t)strtoul(cell(i), NULL, 10);
}

/* "area:prefixes:dial:F" */
static void read_rule(char *word, struct tapix_area_rule *r)
{
	char *parts[4];

	for (int i = 0; i < 4; i++) {
		parts[i] = word;
		word += strcspn(word, ":");
		if (*word)
			*word++ = '\0';
	}
	(void)snprintf(r->area_code, sizeof(r->area_code), "%s", parts[0]);
	(void)snprintf(r->prefixes, sizeof(r->prefixes), "%s", parts[1]);
	(void)snprintf(r->dial, sizeof(r->dial), "%s", strcmp(parts[2], "-") ? parts[2] : "");
	r->include_area_code = strcmp(parts[3], "F") == 0;
}

static void add_location(void)
{
	struct entry *e = &locations[location_count++];
	char *save = NULL;

	if (location_count > LOCATIONS)
		die("too many locations");
	TEXT(e->key, 0);
	e->v.country_id = number(1);
	TEXT(e->v.area_code, 2);
	TEXT(e->v.local_access, 3);
	TEXT(e->v.long_distance_access, 4);
	TEXT(e->v.international_access, 5);
	TEXT(e->v.long_distance_carrier, 6);
	TEXT(e->v.international_carrier, 7);
	e->v.options = strcmp(cell(8), "P") == 0 ? LINELOCATIONOPTION_PULSEDIAL : 0;
	TEXT(e->v.cancel_call_waiting, 9);
	TEXT(e->v.toll_prefixes, 10);
	e->v.preferred_card_id = number(11);
	if (!*cell(12))
		return;
	for (char *word = strtok_r(now.cells[12], " ", &save); word;
			word = strtok_r(NULL, " ", &save))
		read_rule(word, &e->rules[e->rule_count++]);
}

static void add_card(void)
{
	struct tapix_card *c = &cards[card_count++];

	if (card_count > CARDS)
		die("too many cards");
	c->permanent_card_id = number(0);
	TEXT(c->name, 1);
	TEXT(c->number, 2);
	TEXT(c->pin, 3);
	TEXT(c->local_access, 4);
	TEXT(c->long_distance_access, 5);
	TEXT(c->international_access, 6);
	TEXT(c->same_area_rule, 7);
	TEXT(c->long_distance_rule, 8);
	TEXT(c->international_rule, 9);
	if (!rule_is_valid(c->same_area_rule) || !rule_is_valid(c->long_distance_rule) ||
			!rule_is_valid(c->international_rule))
		die("card %s has a rule that is none", c->name);
}

struct letter {
	char letter;
	uint32_t bit;
};

static uint32_t bits(const char *letters, const struct letter *table)
{
	uint32_t all = 0;

	for (const char *c = letters; *c; c++) {
		const struct letter *l = table;

		while (l->letter && l->letter != *c)
			l++;
		if (!l->letter)
			die("unknown letter %c", *c);
		all |= l->bit;
	}
	return all;
}

/* \r, \n, and '' for nothing. */
static void unescape(char *s)
{
	char *to = s;

	if (strcmp(s, "''") == 0)
		*s = '\0';
	for (; *s; s++) {
		if (*s == '\\' && (s[1] == 'r' || s[1] == 'n'))
			*to++ = *++s == 'r' ? '\r' : '\n';
		else
			*to++ = *s;
	}
	*to = '\0';
}

static LONG error_of(const char *name)
{
	static const struct {
		const char *name;
		LONG error;
	} errors[] = { { "INVALADDRESS", LINEERR_INVALADDRESS },
		{ "INVALPARAM", LINEERR_INVALPARAM }, { "INVALCARD", LINEERR_INVALCARD },
		{ "OPERATIONFAILED", LINEERR_OPERATIONFAILED } };

	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (strcmp(errors[i].name, name) == 0)
			return errors[i].error;
	die("unknown error %s", name);
	return 0;
}

static const struct letter option_letters[] = { { 'c', LINETRANSLATEOPTION_CANCELCALLWAITING },
	{ 'l', LINETRANSLATEOPTION_FORCELOCAL }, { 'd', LINETRANSLATEOPTION_FORCELD },
	{ 'x', 0x00000010 }, { '\0', 0 } };
static const struct letter result_letters[] = { { 'C', LINETRANSLATERESULT_CANONICAL },
	{ 'L', LINETRANSLATERESULT_LOCAL }, { 'D', LINETRANSLATERESULT_LONGDISTANCE },
	{ 'I', LINETRANSLATERESULT_INTERNATIONAL }, { 't', LINETRANSLATERESULT_INTOLLLIST },
	{ 'n', LINETRANSLATERESULT_NOTINTOLLLIST }, { '$', LINETRANSLATERESULT_DIALBILLING },
	{ '@', LINETRANSLATERESULT_DIALQUIET }, { 'W', LINETRANSLATERESULT_DIALDIALTONE },
	{ '?', LINETRANSLATERESULT_DIALPROMPT }, { ':', LINETRANSLATERESULT_VOICEDETECT },
	{ '\0', 0 } };

static void add_row(void)
{
	struct table_row *r = &rows[row_count++];

	if (row_count > TABLE_ROWS || now.count != 9 || !*now.cells[8])
		die("nine cells are wanted, the last names the rule");
	r->line = now.line;
	TEXT(r->location, 0);
	r->options = bits(cell(2), option_letters);
	if (*cell(1)) {
		r->card = number(1);
		r->options |= LINETRANSLATEOPTION_CARDOVERRIDE;
	}
	TEXT(r->number, 3);
	TEXT(r->rule, 8);
	unescape(r->number);
	if (*now.cells[4] == '!') {
		r->error = error_of(now.cells[4] + 1);
		return;
	}
	TEXT(r->dialable, 4);
	text(r->displayable, sizeof(r->displayable), strcmp(now.cells[5], "=") ? 5 : 4);
	unescape(r->dialable);
	unescape(r->displayable);
	r->results = bits(cell(6), result_letters);
	r->country = number(7);
}

static void load(const char *folder, const char *name, void (*add)(void))
{
	char path[512];
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	now.file = name;
	now.line = 0;
	f = fopen(path, "r");
	if (!f)
		die("cannot be read");
	while (fgets(now.text, sizeof(now.text), f)) {
		now.line++;
		split();
		if (*now.text != '#' && *now.text)
			add();
	}
	(void)fclose(f);
}

size_t table_load(const char *folder)
{
	location_count = card_count = row_count = 0;
	memset(locations, 0, sizeof(locations));
	memset(cards, 0, sizeof(cards));
	memset(rows, 0, sizeof(rows));
	load(folder, "locations.tsv", add_location);
	load(folder, "cards.tsv", add_card);
	load(folder, "table.tsv", add_row);
	return row_count;
}

const struct table_row *table_row(size_t i)
{
	return &rows[i];
}

bool table_place(const struct table_row *row, struct place *out)
{
	const struct entry *e = locations;
	uint32_t card;

	while (e < locations + location_count && strcmp(e->key, row->location) != 0)
		e++;
	now.line = row->line;
	if (e == locations + location_count)
		die("there is no location %s", row->location);
	*out = (struct place){ .location = &e->v,
		.rules = e->rules,
		.rule_count = e->rule_count,
		.country = country_find(e->v.country_id) };
	card = row->options & LINETRANSLATEOPTION_CARDOVERRIDE ? row->card : e->v.preferred_card_id;
	for (size_t i = 0; i < card_count; i++)
		if (cards[i].permanent_card_id == card)
			out->card = &cards[i];
	return !card || out->card;
}
