// SPDX-License-Identifier: MIT
/* test_locations.c - editing of locations, area code rules and cards: what is refused, what stays,
 * who is told. */
#include "app.h"
#include "numbers.h"

#include <stdio.h>
#include <string.h>

struct ids {
	DWORD first, second, card;
};

static void make_ids(void *arg)
{
	struct ids *ids = arg;

	ids->first = new_location("One", 1, "425");
	ids->second = new_location("Two", 1, "206");
	ids->card = new_card("Permanent", "1234", "HFG");
	expect_ok(tapixRemoveLocation(0, ids->first));
	expect_ok(lineSetCurrentLocation(0, ids->second));
	expect_error(tapixRemoveLocation(0, ids->second), LINEERR_INUSE);
	expect_error(lineSetCurrentLocation(0, ids->first), LINEERR_INVALLOCATION);
	expect(new_location("Three", 1, "360") != ids->first);
}

static void find_ids(void *arg)
{
	const struct ids *ids = arg;
	const LINETRANSLATECAPS *caps = caps_of(0, NEWEST);
	const LINELOCATIONENTRY *l = (const void *)(dialling.room + caps->dwLocationListOffset);
	const LINECARDENTRY *c = (const void *)(dialling.room + caps->dwCardListOffset);

	expect_eq(caps->dwNumLocations, 3);
	expect_eq(caps->dwCurrentLocationID, ids->second);
	expect_eq(l[0].dwPermanentLocationID, 0);
	expect_eq(l[1].dwPermanentLocationID, ids->second);
	expect_str(text_of(&l[1], dwLocationName), "Two");
	expect_str(text_of(&l[1], dwCityCode), "206");
	expect_str(text_of(&l[1], dwLocalAccessCode), "9");
	expect_str(text_of(&l[1], dwCancelCallWaiting), "*70,");
	expect_eq(l[1].dwCountryID, 1);
	expect_eq(caps->dwNumCards, 2);
	expect_eq(c[0].dwPermanentCardID, 0);
	expect_eq(c[0].dwOptions, LINECARDOPTION_PREDEFINED);
	expect_eq(c[1].dwPermanentCardID, ids->card);
	expect_eq(c[1].dwCardNumberDigits, 4);
	expect_str(text_of(&c[1], dwLongDistanceRule), "HFG");
	make_room(sizeof(dialling));
	expect_ok(lineTranslateAddress(0, 0, NEWEST, "+1 (425) 1", ids->card,
			LINETRANSLATEOPTION_CARDOVERRIDE, &dialling.output));
	expect_str(part_of(&dialling.output, dwDialableString), "T812344251");
	expect(new_location("Four", 1, "509") > ids->second + 1);
}

static void ids_are_permanent(struct world *w)
{
	struct ids ids;

	app_do(app_start_bare(w, "first.exe"), make_ids, &ids, sizeof(ids));
	world_stop(w);
	world_launch(w);
	app_do(app_start_bare(w, "second.exe"), find_ids, &ids, sizeof(ids));
}

/* --- editing --- */

static void edit_locations(void)
{
	struct tapix_location all[4], l;
	const DWORD id = new_location("First", 49, "30");
	DWORD count = 1, current = 77;

	expect_error(tapixGetLocations(0, all, sizeof(all[0]), &count, &current),
			LINEERR_STRUCTURETOOSMALL);
	expect_eq(count, 2);
	expect_eq(current, 0);
	expect_ok(tapixGetLocations(me.app, all, sizeof(all[0]), &count, NULL));
	expect_eq(all[1].permanent_location_id, id);
	expect_eq(all[1].country_code, 49);
	expect_str(all[1].name, "First");
	l = all[1];
	(void)snprintf(l.name, sizeof(l.name), "here"); /* as location 0, in small letters */
	expect_error(tapixSetLocation(0, &l, sizeof(l), NULL), LINEERR_INVALPARAM);
	l = all[1];
	l.country_id = 800; /* nobody dials from international freephone */
	expect_error(tapixSetLocation(0, &l, sizeof(l), NULL), LINEERR_INVALCOUNTRYCODE);
	l.country_id = 49;
	l.preferred_card_id = 7;
	expect_error(tapixSetLocation(0, &l, sizeof(l), NULL), LINEERR_INVALCARD);
	l = all[1];
	l.options = 2;
	expect_error(tapixSetLocation(0, &l, sizeof(l), NULL), LINEERR_INVALPARAM);
	l = all[1];
	memset(l.area_code, '1', sizeof(l.area_code)); /* no NUL */
	expect_error(tapixSetLocation(0, &l, sizeof(l), NULL), LINEERR_INVALPARAM);
	l = all[1];
	l.permanent_location_id = 99;
	(void)snprintf(l.name, sizeof(l.name), "Nowhere");
	expect_error(tapixSetLocation(0, &l, sizeof(l), NULL), LINEERR_INVALLOCATION);
	expect_error(tapixSetLocation(0, NULL, sizeof(l), NULL), LINEERR_INVALPOINTER);
	expect_error(tapixRemoveLocation(0, 0), LINEERR_INUSE);
	expect_error(tapixRemoveLocation(0, 99), LINEERR_INVALLOCATION);
}

static void edit_rules(void)
{
	struct tapix_area_rule rules[2] = { { .area_code = "331", .dial = "0331" },
		{ .area_code = "331", .prefixes = "6,7", .include_area_code = 1 } };
	struct tapix_area_rule got[2];
	DWORD count = 2;

	expect_ok(tapixSetAreaRules(0, 0, rules, sizeof(rules[0]), 2));
	expect_ok(tapixGetAreaRules(0, 0, got, sizeof(got[0]), &count));
	expect_eq(count, 2);
	expect(memcmp(got, rules, sizeof(rules)) == 0);
	rules[1].prefixes[0] = '\0'; /* now the same as the first */
	expect_error(tapixSetAreaRules(0, 0, rules, sizeof(rules[0]), 2), LINEERR_INVALPARAM);
	rules[1].prefixes[0] = ',';
	expect_error(tapixSetAreaRules(0, 0, rules, sizeof(rules[0]), 2), LINEERR_INVALPARAM);
	expect_error(tapixSetAreaRules(0, 99, rules, sizeof(rules[0]), 1), LINEERR_INVALLOCATION);
	expect_error(tapixSetAreaRules(0, 0, NULL, sizeof(rules[0]), 1), LINEERR_INVALPOINTER);
	count = 2;
	expect_ok(tapixGetAreaRules(0, 0, got, sizeof(got[0]), &count));
	expect_str(got[1].prefixes, "6,7"); /* what is refused changes nothing */
	expect_ok(tapixSetAreaRules(0, 0, NULL, 0, 0));
	count = 0;
	expect_ok(tapixGetAreaRules(0, 0, NULL, 0, &count));
}

static void edit_cards(void)
{
	struct tapix_card all[3], c;
	const DWORD id = new_card("First", "123456", "HFG");
	DWORD count = 3;

	expect_ok(tapixGetCards(0, all, sizeof(all[0]), &count));
	expect_eq(count, 2);
	expect_eq(all[1].permanent_card_id, id);
	expect_eq(all[1].number_digits, 6);
	expect_str(all[1].number, ""); /* never given */
	c = all[1];
	(void)snprintf(c.pin, sizeof(c.pin), "99");
	expect_ok(tapixSetCard(0, &c, sizeof(c), NULL)); /* the number stays */
	expect_ok(tapixGetCards(0, all, sizeof(all[0]), &count));
	expect_eq(all[1].number_digits, 6);
	(void)snprintf(c.number, sizeof(c.number), "-");
	expect_ok(tapixSetCard(0, &c, sizeof(c), NULL));
	expect_ok(tapixGetCards(0, all, sizeof(all[0]), &count));
	expect_eq(all[1].number_digits, 0);
	c.options = LINECARDOPTION_HIDDEN;
	expect_ok(tapixSetCard(0, &c, sizeof(c), NULL));
	expect_eq(caps_of(0, NEWEST)->dwNumCards, 1); /* TAPI: hidden ones are not listed */
	c.options = LINECARDOPTION_PREDEFINED;
	expect_error(tapixSetCard(0, &c, sizeof(c), NULL), LINEERR_INVALPARAM);
	c = all[1];
	(void)snprintf(c.international_rule, sizeof(c.international_rule), "EFX");
	expect_error(tapixSetCard(0, &c, sizeof(c), NULL), LINEERR_INVALPARAM);
	expect_error(tapixSetCard(0, &all[0], sizeof(c), NULL), LINEERR_INVALPARAM);
	expect_error(tapixRemoveCard(0, 0), LINEERR_INVALCARD);
	expect_ok(tapixRemoveCard(0, id));
	expect_error(tapixRemoveCard(0, id), LINEERR_INVALCARD);
}

/* A program that was built with a shorter struct. */
static void edit_with_old_structs(void)
{
	struct tapix_location l;
	const size_t old = offsetof(struct tapix_location, local_access);
	DWORD count = 1;

	memset(&l, 0x55, sizeof(l));
	expect_error(tapixGetLocations(0, &l, old, &count, NULL), LINEERR_STRUCTURETOOSMALL);
	expect_eq(l.permanent_location_id, 0);
	expect_eq(l.local_access[0], 0x55);
}

static void edit(void *arg)
{
	(void)arg;
	edit_locations();
	edit_rules();
	edit_cards();
	edit_with_old_structs();
}

static void locations_rules_and_cards_are_edited(struct world *w)
{
	app_do(app_start(w, "dialer.exe", 0), edit, NULL, 0);
}

/* --- changes are told --- */

static void watch(void *arg)
{
	HLINE *line = arg;

	*line = open_line(0, LINECALLPRIVILEGE_MONITOR, 0);
	expect_ok(lineSetStatusMessages(*line, LINEDEVSTATE_TRANSLATECHANGE, 0));
}

static void watch_nothing(void *arg)
{
	HLINE *line = arg;

	*line = open_line(0, LINECALLPRIVILEGE_MONITOR, 0);
}

static void see_change(void *arg)
{
	struct message m = next_of(LINE_LINEDEVSTATE, *(HLINE *)arg);

	expect_eq(m.p1, LINEDEVSTATE_TRANSLATECHANGE);
	expect_none(LINE_LINEDEVSTATE, ANY, ANY);
}

static void see_three(void *arg)
{
	for (int i = 0; i < 3; i++)
		expect_eq(next_of(LINE_LINEDEVSTATE, *(HLINE *)arg).p1,
				LINEDEVSTATE_TRANSLATECHANGE);
	expect_none(LINE_LINEDEVSTATE, ANY, ANY);
}

static void see_nothing(void *arg)
{
	(void)arg;
	expect_none(LINE_LINEDEVSTATE, ANY, ANY);
}

static void make_location(void *arg)
{
	*(DWORD *)arg = new_location("There", 49, "30");
}

static void go_there(void *arg)
{
	expect_ok(lineSetCurrentLocation(me.app, *(DWORD *)arg));
}

static void add_toll(void *arg)
{
	(void)arg;
	redmond();
	expect_ok(lineSetTollList(me.app, 0, "+1 (425) 882-8080", LINETOLLLISTOPTION_ADD));
}

static void changes_are_told_to_all(struct world *w)
{
	struct app *a = app_start(w, "watcher.exe", 0), *b = app_start(w, "dialer.exe", 0);
	struct app *c = app_start(w, "silent.exe", 0);
	HLINE line, other;
	DWORD id;

	app_do(a, watch, &line, sizeof(line));
	app_do(c, watch_nothing, &other, sizeof(other));
	app_do(b, make_location, &id, sizeof(id));
	app_do(a, see_change, &line, sizeof(line)); /* the list has changed */
	app_do(b, go_there, &id, sizeof(id));
	app_do(a, see_change, &line, sizeof(line));
	app_do(b, go_there, &id, sizeof(id)); /* nothing changes */
	app_do(a, see_nothing, NULL, 0);
	app_do(b, add_toll, NULL, 0);
	app_do(a, see_three, &line, sizeof(line)); /* a location more, another one, its list */
	app_do(c, see_nothing, NULL, 0);
}

static const struct row rows[] = {
	TEST("14.8", "lineGetTranslateCaps lineSetCurrentLocation",
			"ids of locations and cards outlive the daemon", ids_are_permanent),
	TEST("14.8", "", "locations, area code rules and cards are edited",
			locations_rules_and_cards_are_edited),
	TEST("14.9", "lineSetCurrentLocation lineSetTollList",
			"a change is told by TRANSLATECHANGE to those who asked",
			changes_are_told_to_all),
};
CONFORMANCE(locations, rows)
