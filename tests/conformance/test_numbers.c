// SPDX-License-Identifier: MIT
/* test_numbers.c - dialling rules through the interface: translation, locations, cards, countries.
 * The rules themselves are in tests/numbers. */
#include "app.h"

#include <stdio.h>
#include <string.h>

#define V2_2   0x00020002u
#define NEWEST 0x00030001u

/* A structure with room behind it. */
static union {
	LINETRANSLATEOUTPUT output;
	LINETRANSLATECAPS caps;
	LINECOUNTRYLIST countries;
	char room[65536];
} answer;

static void make_room(size_t size)
{
	memset(&answer, 0, sizeof(answer));
	answer.output.dwTotalSize = (DWORD)size; /* the first member of all of them */
}

static const LINETRANSLATEOUTPUT *translated(HLINEAPP app, const char *number, DWORD options)
{
	make_room(sizeof(answer));
	expect_ok(lineTranslateAddress(app, 0, NEWEST, number, 0, options, &answer.output));
	return &answer.output;
}

static const LINETRANSLATECAPS *caps_of(HLINEAPP app, DWORD version)
{
	make_room(sizeof(answer));
	expect_ok(lineGetTranslateCaps(app, version, &answer.caps));
	return &answer.caps;
}

/* The offsets of an entry count from the beginning of the whole. */
#define text_of(entry, member) ((entry)->member##Size ? answer.room + (entry)->member##Offset : "")

static DWORD new_location(const char *name, DWORD country, const char *area)
{
	struct tapix_location l;
	DWORD id = 0;

	memset(&l, 0, sizeof(l));
	l.permanent_location_id = TAPIX_NEW;
	l.country_id = country;
	(void)snprintf(l.name, sizeof(l.name), "%s", name);
	(void)snprintf(l.area_code, sizeof(l.area_code), "%s", area);
	(void)snprintf(l.local_access, sizeof(l.local_access), "9");
	(void)snprintf(l.long_distance_access, sizeof(l.long_distance_access), "8");
	(void)snprintf(l.cancel_call_waiting, sizeof(l.cancel_call_waiting), "*70,");
	expect_ok(tapixSetLocation(0, &l, sizeof(l), &id));
	return id;
}

static DWORD new_card(const char *name, const char *number, const char *rule)
{
	struct tapix_card c;
	DWORD id = 0;

	memset(&c, 0, sizeof(c));
	c.permanent_card_id = TAPIX_NEW;
	(void)snprintf(c.name, sizeof(c.name), "%s", name);
	(void)snprintf(c.number, sizeof(c.number), "%s", number);
	(void)snprintf(c.long_distance_rule, sizeof(c.long_distance_rule), "%s", rule);
	expect_ok(tapixSetCard(0, &c, sizeof(c), &id));
	return id;
}

static void redmond(void)
{
	expect_ok(lineSetCurrentLocation(me.app, new_location("Redmond", 1, "425")));
}

/* --- translation --- */

static void translate_forms(void *arg)
{
	const LINETRANSLATEOUTPUT *out;

	(void)arg;
	redmond();
	out = translated(me.app, "+1 (425) 882-8080", 0);
	expect_str(part_of(out, dwDialableString), "T98828080");
	expect_str(part_of(out, dwDisplayableString), "T9882-8080");
	expect_eq(out->dwTranslateResults, LINETRANSLATERESULT_CANONICAL |
							   LINETRANSLATERESULT_LOCAL |
							   LINETRANSLATERESULT_NOTINTOLLLIST);
	expect_eq(out->dwCurrentCountry, 1);
	expect_eq(out->dwDestCountry, 1);
	out = translated(me.app, "9,882 8080|4", 0);
	expect_str(part_of(out, dwDialableString), "9,882 8080|4");
	expect_str(part_of(out, dwDisplayableString), "9,882 8080");
	expect_eq(out->dwDestCountry, 0);
	expect_eq(out->dwTranslateResults, 0);
	expect_error(lineTranslateAddress(me.app, 0, NEWEST, "+1 (425 8828080", 0, 0,
				     &answer.output),
			LINEERR_INVALADDRESS);
}

static void canonical_and_dialable(struct world *w)
{
	app_do(app_start(w, "dialer.exe", NEWEST), translate_forms, NULL, 0);
}

static void translate_characters(void *arg)
{
	static const struct {
		const char *number;
		DWORD bit;
	} rows[] = { { "1$2", LINETRANSLATERESULT_DIALBILLING },
		{ "1@2", LINETRANSLATERESULT_DIALQUIET },
		{ "1w2", LINETRANSLATERESULT_DIALDIALTONE },
		{ "1W2", LINETRANSLATERESULT_DIALDIALTONE },
		{ "1?2", LINETRANSLATERESULT_DIALPROMPT },
		{ "1:2", LINETRANSLATERESULT_VOICEDETECT }, { "ABCD0123456789*#,!pPtT+;", 0 } };

	(void)arg;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect_eq(translated(me.app, rows[i].number, 0)->dwTranslateResults, rows[i].bit);
	make_room(sizeof(answer));
	expect_ok(lineTranslateAddress(me.app, 0, 0x00010004, "1:2", 0, 0, &answer.output));
	expect_eq(answer.output.dwTranslateResults, 0);
}

static void characters_are_reported(struct world *w)
{
	app_do(app_start(w, "dialer.exe", NEWEST), translate_characters, NULL, 0);
}

static void translate_several(void *arg)
{
	const LINETRANSLATEOUTPUT *out;

	(void)arg;
	redmond();
	out = translated(me.app, "+1 (425) 882-8080|1^A\r\n+1 (206) 555-1212", 0);
	expect_str(part_of(out, dwDialableString), "T98828080|1^A");
	expect_str(part_of(out, dwDisplayableString), "T9882-8080");
}

static void only_the_first_is_translated(struct world *w)
{
	app_do(app_start(w, "dialer.exe", NEWEST), translate_several, NULL, 0);
}

static void translate_with_card(void *arg)
{
	const DWORD card = new_card("Test card", "987654", "18005551000,H,FG");
	const LINETRANSLATEOUTPUT *out;

	(void)arg;
	redmond();
	out = translated(me.app, "+1 (206) 555-1212", LINETRANSLATEOPTION_CANCELCALLWAITING);
	expect_str(part_of(out, dwDialableString), "T*70,812065551212");
	make_room(sizeof(answer));
	expect_ok(lineTranslateAddress(me.app, 0, NEWEST, "+1 (206) 555-1212", card,
			LINETRANSLATEOPTION_CARDOVERRIDE, &answer.output));
	expect_str(part_of(&answer.output, dwDialableString), "T818005551000,987654,2065551212");
	expect_str(part_of(&answer.output, dwDisplayableString),
			"T818005551000,[Test card],206555-1212");
	out = translated(me.app, "+1 (206) 5551212", LINETRANSLATEOPTION_FORCELOCAL);
	expect_str(part_of(out, dwDialableString), "T95551212");
	out = translated(me.app, "+1 (425) 5551212", LINETRANSLATEOPTION_FORCELD);
	expect_str(part_of(out, dwDialableString), "T814255551212");
	expect_eq(out->dwTranslateResults,
			LINETRANSLATERESULT_CANONICAL | LINETRANSLATERESULT_LONGDISTANCE);
}

static void options_and_cards(struct world *w)
{
	app_do(app_start(w, "dialer.exe", NEWEST), translate_with_card, NULL, 0);
}

static void edit_toll_list(void *arg)
{
	const LINETRANSLATECAPS *caps;
	const LINELOCATIONENTRY *here;

	(void)arg;
	redmond();
	expect_ok(lineSetTollList(me.app, 0, "+1 (425) 882-8080", LINETOLLLISTOPTION_ADD));
	expect_ok(lineSetTollList(me.app, 0, "+1 (425) 882-1234", LINETOLLLISTOPTION_ADD));
	expect_ok(lineSetTollList(me.app, 0, "+1 (425) 555-1234", LINETOLLLISTOPTION_ADD));
	expect_eq(translated(me.app, "+1 (425) 882-8080", 0)->dwTranslateResults,
			LINETRANSLATERESULT_CANONICAL | LINETRANSLATERESULT_LONGDISTANCE |
					LINETRANSLATERESULT_INTOLLLIST);
	expect_str(part_of(&answer.output, dwDialableString), "T814258828080");
	caps = caps_of(me.app, NEWEST);
	here = (const void *)(answer.room + caps->dwLocationListOffset);
	expect_str(text_of(&here[1], dwTollPrefixList), "882,555");
	expect_ok(lineSetTollList(me.app, 0, "+1 (425) 882-8080", LINETOLLLISTOPTION_REMOVE));
	expect_ok(lineSetTollList(me.app, 0, "+1 (425) 882-8080", LINETOLLLISTOPTION_REMOVE));
	expect_str(part_of(translated(me.app, "+1 (425) 882-8080", 0), dwDialableString),
			"T98828080");
	expect_error(lineSetTollList(me.app, 0, "+1 (425) 882-8080", 3), LINEERR_INVALPARAM);
	expect_error(lineSetTollList(me.app, 0, "8828080", LINETOLLLISTOPTION_ADD),
			LINEERR_INVALADDRESS);
	expect_error(lineSetTollList(me.app, 0, "+1 (206) 8828080", LINETOLLLISTOPTION_ADD),
			LINEERR_INVALADDRESS);
	expect_error(lineSetTollList(me.app, 77, "+1 (425) 8828080", LINETOLLLISTOPTION_ADD),
			LINEERR_BADDEVICEID);
	expect_error(lineSetTollList(me.app, 0, NULL, LINETOLLLISTOPTION_ADD),
			LINEERR_INVALPOINTER);
}

static void toll_list_makes_calls_long_distance(struct world *w)
{
	app_do(app_start(w, "dialer.exe", NEWEST), edit_toll_list, NULL, 0);
}

static void refuse_translation(void *arg)
{
	LINETRANSLATEOUTPUT *out = &answer.output;
	static char longest[4098];

	(void)arg;
	make_room(sizeof(answer));
	expect_error(lineTranslateAddress(me.app, 77, NEWEST, "1", 0, 0, out), LINEERR_BADDEVICEID);
	expect_error(lineTranslateAddress(me.app, 0, 0x00010002, "1", 0, 0, out),
			LINEERR_INCOMPATIBLEAPIVERSION);
	expect_error(lineTranslateAddress(me.app, 0, 0x00040000, "1", 0, 0, out),
			LINEERR_INCOMPATIBLEAPIVERSION);
	expect_error(lineTranslateAddress(me.app, 0, NEWEST, NULL, 0, 0, out),
			LINEERR_INVALPOINTER);
	expect_error(lineTranslateAddress(me.app, 0, NEWEST, "1", 0, 0, NULL),
			LINEERR_INVALPOINTER);
	expect_error(lineTranslateAddress(me.app, 0, NEWEST, "\xff\xfe", 0, 0, out),
			LINEERR_INVALADDRESS);
	expect_error(lineTranslateAddress(me.app, 0, NEWEST, "1", 99,
				     LINETRANSLATEOPTION_CARDOVERRIDE, out),
			LINEERR_INVALCARD);
	for (DWORD bit = 0x10; bit; bit <<= 1)
		expect_error(lineTranslateAddress(me.app, 0, NEWEST, "1", 0, bit, out),
				LINEERR_INVALPARAM);
	make_room(sizeof(*out) - 1);
	expect_error(lineTranslateAddress(me.app, 0, NEWEST, "1", 0, 0, out),
			LINEERR_STRUCTURETOOSMALL);
	make_room(sizeof(*out));
	expect_ok(lineTranslateAddress(me.app, 0, NEWEST, "1", 99, 0, out)); /* not looked at */
	expect_eq(out->dwDialableStringSize, 0);
	expect(out->dwNeededSize > out->dwUsedSize);
	make_room(sizeof(answer));
	memset(longest, '5', 4097);
	expect_error(lineTranslateAddress(me.app, 0, NEWEST, longest, 0, 0, out),
			LINEERR_INVALADDRESS);
	longest[4096] = '\0';
	expect_ok(lineTranslateAddress(me.app, 0, NEWEST, longest, 0, 0, out));
	expect_str(part_of(out, dwDialableString), longest);
}

static void bad_translations_are_refused(struct world *w)
{
	app_do(app_start(w, "dialer.exe", NEWEST), refuse_translation, NULL, 0);
}

/* --- without an application --- */

static void translate_without_app(void *arg)
{
	char country[8], city[8];
	DWORD id;

	(void)arg;
	id = new_location("Munich", 49, "89");
	expect_ok(lineSetCurrentLocation(0, id));
	expect_str(part_of(translated(0, "+49 (89) 123", 0), dwDialableString), "T9123");
	expect_eq(caps_of(0, V2_2)->dwCurrentLocationID, id);
	expect_ok(tapiGetLocationInfo(country, city));
	expect_str(country, "49");
	expect_str(city, "89");
	make_room(sizeof(answer));
	expect_ok(lineGetCountry(49, NEWEST, &answer.countries));
	expect_error(lineTranslateAddress(0, 0, 0x00010004, "1", 0, 0, &answer.output),
			LINEERR_INVALAPPHANDLE);
	expect_error(lineGetTranslateCaps(0, 0x00010004, &answer.caps), LINEERR_INVALAPPHANDLE);
	expect_error(lineGetTranslateCaps(77, NEWEST, &answer.caps), LINEERR_UNINITIALIZED);
}

static void app_handle_may_be_null(struct world *w)
{
	app_do(app_start_bare(w, "word.exe"), translate_without_app, NULL, 0);
}

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
	const LINELOCATIONENTRY *l = (const void *)(answer.room + caps->dwLocationListOffset);
	const LINECARDENTRY *c = (const void *)(answer.room + caps->dwCardListOffset);

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
	make_room(sizeof(answer));
	expect_ok(lineTranslateAddress(0, 0, NEWEST, "+1 (425) 1", ids->card,
			LINETRANSLATEOPTION_CARDOVERRIDE, &answer.output));
	expect_str(part_of(&answer.output, dwDialableString), "T812344251");
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

/* Entries are as large as the application's version knows them. */
static void read_old_caps(void *arg)
{
	const LINETRANSLATECAPS *caps;

	(void)arg;
	redmond();
	caps = caps_of(me.app, 0x00010003);
	expect_eq(caps->dwNumLocations, 2);
	expect_eq(caps->dwLocationListSize, 2 * 28);
	expect_eq(caps->dwCardListSize, 12);
	caps = caps_of(me.app, 0x00010004);
	expect_eq(caps->dwLocationListSize, 2 * sizeof(LINELOCATIONENTRY));
	expect_eq(caps->dwCardListSize, sizeof(LINECARDENTRY));
	expect_error(lineGetTranslateCaps(me.app, 0x00040000, &answer.caps),
			LINEERR_INCOMPATIBLEAPIVERSION);
	make_room(sizeof(LINETRANSLATECAPS) - 1);
	expect_error(lineGetTranslateCaps(me.app, NEWEST, &answer.caps), LINEERR_STRUCTURETOOSMALL);
	expect_error(lineGetTranslateCaps(me.app, NEWEST, NULL), LINEERR_INVALPOINTER);
}

static void old_entries_are_smaller(struct world *w)
{
	app_do(app_start(w, "old.exe", 0x00010004), read_old_caps, NULL, 0);
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

/* --- what is dialled in parts --- */

static void dial_in_parts(void *arg)
{
	HLINE line = own_line(0);
	HCALL call = 0;

	(void)arg;
	done(lineMakeCall(line, &call, NULL, 0, NULL));
	(void)await_state(call, LINECALLSTATE_DIALTONE);
	settle();
	expect_eq(state_of(call), LINECALLSTATE_DIALTONE); /* nothing is dialled */
	done(lineDial(call, "1;", 0));
	(void)await_state(call, LINECALLSTATE_DIALING);
	done(lineDial(call, "0;", 0));
	settle();
	expect_eq(state_of(call), LINECALLSTATE_DIALING); /* more will come */
	done(lineDial(call, "2", 0));
	(void)await_state(call, LINECALLSTATE_RINGBACK);
	done(lineDrop(call, NULL, 0));
	(void)await_state(call, LINECALLSTATE_IDLE);
	done(lineMakeCall(line, &call, ";", 0, NULL));
	(void)await_state(call, LINECALLSTATE_DIALTONE);
	done(lineDrop(call, NULL, 0));
	(void)await_state(call, LINECALLSTATE_IDLE);
	done(lineMakeCall(line, &call, "102;", 0, NULL));
	(void)await_state(call, LINECALLSTATE_DIALING);
	settle();
	expect_eq(state_of(call), LINECALLSTATE_DIALING);
	done(lineDial(call, "", 0)); /* that was all */
	(void)await_state(call, LINECALLSTATE_RINGBACK);
}

static void serve_102(void *arg)
{
	(void)arg;
	(void)own_line(1);
}

static void semicolon_says_that_more_comes(struct world *w)
{
	app_do(app_start(w, "called.exe", 0), serve_102, NULL, 0);
	app_do(app_start(w, "dialer.exe", 0), dial_in_parts, NULL, 0);
}

/* --- countries --- */

static void walk_countries(void *arg)
{
	const LINECOUNTRYENTRY *all;
	DWORD count, id = 1, seen = 0;

	(void)arg;
	make_room(sizeof(answer));
	expect_ok(lineGetCountry(0, NEWEST, &answer.countries));
	count = answer.countries.dwNumCountries;
	all = (const void *)(answer.room + answer.countries.dwCountryListOffset);
	expect(count > 240);
	expect_eq(answer.countries.dwCountryListSize, count * sizeof(*all));
	expect_eq(all[0].dwCountryID, 1);
	for (DWORD i = 0; i < count; i++)
		expect_eq(all[i].dwNextCountryID, i + 1 < count ? all[i + 1].dwCountryID : 0);
	while (id) { /* the same, by its links */
		make_room(1024);
		expect_ok(lineGetCountry(id, NEWEST, &answer.countries));
		expect_eq(answer.countries.dwNumCountries, 1);
		all = (const void *)(answer.room + answer.countries.dwCountryListOffset);
		expect_eq(all->dwCountryID, id);
		id = all->dwNextCountryID;
		seen++;
	}
	expect_eq(seen, count);
	make_room(1024);
	expect_ok(lineGetCountry(49, NEWEST, &answer.countries));
	all = (const void *)(answer.room + answer.countries.dwCountryListOffset);
	expect_str(text_of(all, dwCountryName), "Germany");
	expect_str(text_of(all, dwLongDistanceRule), "0FG");
	expect_str(text_of(all, dwInternationalRule), "00EFG");
	expect_error(lineGetCountry(2, NEWEST, &answer.countries), LINEERR_INVALCOUNTRYCODE);
	expect_error(lineGetCountry(0, 0x00010003, &answer.countries),
			LINEERR_INCOMPATIBLEAPIVERSION);
	expect_error(lineGetCountry(0, NEWEST, NULL), LINEERR_INVALPOINTER);
	make_room(sizeof(LINECOUNTRYLIST) - 1);
	expect_error(lineGetCountry(0, NEWEST, &answer.countries), LINEERR_STRUCTURETOOSMALL);
}

static void countries_are_a_list(struct world *w)
{
	app_do(app_start_bare(w, "country.exe"), walk_countries, NULL, 0);
}

/* --- tapiGetLocationInfo --- */

static void ask_location(void *arg)
{
	char country[8] = "xxxxxxx", city[8] = "xxxxxxx";

	(void)arg;
	expect_ok(tapiGetLocationInfo(country, city));
	expect_str(country, ""); /* none is set */
	expect_str(city, "");
	expect_ok(lineSetCurrentLocation(0, new_location("Long", 358, "123456789")));
	expect_ok(tapiGetLocationInfo(country, city));
	expect_str(country, "358");
	expect_str(city, "1234567"); /* never more than 8 bytes */
	expect_error(tapiGetLocationInfo(NULL, city), TAPIERR_INVALPOINTER);
}

static void location_info_fits_in_eight_bytes(struct world *w)
{
	app_do(app_start_bare(w, "word.exe"), ask_location, NULL, 0);
}

static const struct setting in_berlin = {
	.providers = "[numbers]\ncountry = DE\narea_code = 30\n[provider exchange]\n"
		     "extensions = 101-106\n"
};

static void ask_configured(void *arg)
{
	char country[8], city[8];

	(void)arg;
	expect_ok(tapiGetLocationInfo(country, city));
	expect_str(country, "49");
	expect_str(city, "30");
	expect_str(part_of(translated(0, "+49 (30) 123", 0), dwDialableString), "T123");
}

static void configuration_says_where_users_begin(struct world *w)
{
	app_do(app_start_bare(w, "word.exe"), ask_configured, NULL, 0);
}

static const struct row rows[] = {
	TEST("14.1", "lineTranslateAddress",
			"canonical addresses are translated, others come back as they are",
			canonical_and_dialable),
	TEST("14.2", "lineTranslateAddress", "characters that ask something of the line are told",
			characters_are_reported),
	TEST("14.5", "lineMakeCall lineDial",
			"; says that more comes, lineDial without it that all is said",
			semicolon_says_that_more_comes),
	TEST("14.6", "lineTranslateAddress", "of several addresses the first is translated",
			only_the_first_is_translated),
	TEST("14.7", "lineTranslateAddress",
			"prefixes, access codes and cards are dialled, the card is not shown",
			options_and_cards),
	TEST("14.7", "lineSetTollList lineGetTranslateCaps",
			"numbers of the toll list go as long distance",
			toll_list_makes_calls_long_distance),
	TEST("14.7 7.2", "lineTranslateAddress", "a translation is refused for documented reasons",
			bad_translations_are_refused),
	TEST("14.8",
			"lineTranslateAddress lineGetTranslateCaps lineSetCurrentLocation "
			"lineGetCountry",
			"dialling needs no application handle from 2.0 on", app_handle_may_be_null),
	TEST("14.8", "lineGetTranslateCaps lineSetCurrentLocation",
			"ids of locations and cards outlive the daemon", ids_are_permanent),
	TEST("14.8 6.3", "lineGetTranslateCaps", "entries have the size of the version asked for",
			old_entries_are_smaller),
	TEST("14.9", "lineSetCurrentLocation lineSetTollList",
			"a change is told by TRANSLATECHANGE to those who asked",
			changes_are_told_to_all),
	TEST("6.3", "lineGetCountry", "countries are a linked list that begins with 1",
			countries_are_a_list),
	TEST("14.7", "tapiGetLocationInfo", "location info fits in eight bytes",
			location_info_fits_in_eight_bytes),
	TEST_IN(&in_berlin, "14.7", "tapiGetLocationInfo",
			"the configuration says where users begin",
			configuration_says_where_users_begin),
};
CONFORMANCE(numbers, rows)
