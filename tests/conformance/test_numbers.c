// SPDX-License-Identifier: MIT
/* test_numbers.c - dialling rules through the interface: translation, locations, cards, countries.
 * The rules themselves are in tests/numbers. */
#include "app.h"
#include "numbers.h"

#include <stdio.h>
#include <string.h>

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
				     &dialling.output),
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
	make_room(sizeof(dialling));
	expect_ok(lineTranslateAddress(me.app, 0, 0x00010004, "1:2", 0, 0, &dialling.output));
	expect_eq(dialling.output.dwTranslateResults, 0);
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
	make_room(sizeof(dialling));
	expect_ok(lineTranslateAddress(me.app, 0, NEWEST, "+1 (206) 555-1212", card,
			LINETRANSLATEOPTION_CARDOVERRIDE, &dialling.output));
	expect_str(part_of(&dialling.output, dwDialableString), "T818005551000,987654,2065551212");
	expect_str(part_of(&dialling.output, dwDisplayableString),
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
	expect_str(part_of(&dialling.output, dwDialableString), "T814258828080");
	caps = caps_of(me.app, NEWEST);
	here = (const void *)(dialling.room + caps->dwLocationListOffset);
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
	LINETRANSLATEOUTPUT *out = &dialling.output;
	static char longest[4098];

	(void)arg;
	make_room(sizeof(dialling));
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
	make_room(sizeof(dialling));
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
	make_room(sizeof(dialling));
	expect_ok(lineGetCountry(49, NEWEST, &dialling.countries));
	expect_error(lineTranslateAddress(0, 0, 0x00010004, "1", 0, 0, &dialling.output),
			LINEERR_INVALAPPHANDLE);
	expect_error(lineGetTranslateCaps(0, 0x00010004, &dialling.caps), LINEERR_INVALAPPHANDLE);
	expect_error(lineGetTranslateCaps(77, NEWEST, &dialling.caps), LINEERR_UNINITIALIZED);
}

static void app_handle_may_be_null(struct world *w)
{
	app_do(app_start_bare(w, "word.exe"), translate_without_app, NULL, 0);
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
	expect_error(lineGetTranslateCaps(me.app, 0x00040000, &dialling.caps),
			LINEERR_INCOMPATIBLEAPIVERSION);
	make_room(sizeof(LINETRANSLATECAPS) - 1);
	expect_error(lineGetTranslateCaps(me.app, NEWEST, &dialling.caps),
			LINEERR_STRUCTURETOOSMALL);
	expect_error(lineGetTranslateCaps(me.app, NEWEST, NULL), LINEERR_INVALPOINTER);
}

static void old_entries_are_smaller(struct world *w)
{
	app_do(app_start(w, "old.exe", 0x00010004), read_old_caps, NULL, 0);
}

static void explain(void *arg)
{
	union {
		VARSTRING v;
		char room[2048];
	} steps;
	const DWORD id = new_location("Munich", 49, "89");

	(void)arg;
	make_room(sizeof(dialling));
	memset(&steps, 0, sizeof(steps));
	steps.v.dwTotalSize = sizeof(steps);
	expect_ok(tapixTranslateAddress(0, 0, NEWEST, "+49 (89) 123", id, 0, 0, &dialling.output,
			&steps.v));
	expect_str(part_of(&dialling.output, dwDialableString), "T9123");
	expect_str(part_of(&steps.v, dwString),
			"canonical: country code 49, area code 89, subscriber 123\n"
			"same-area: area code 89 is the location's own\n"
			"tone: tone dialling: T\n"
			"access-code: the access code is 9\n"
			"direct: local rule of Germany: G\n");
	expect_error(tapixTranslateAddress(0, 0, NEWEST, "+49 (89) 123", 99, 0, 0, &dialling.output,
				     &steps.v),
			LINEERR_INVALLOCATION);
	expect_error(tapixTranslateAddress(0, 0, NEWEST, NULL, id, 0, 0, &dialling.output,
				     &steps.v),
			LINEERR_INVALPOINTER);
}

static void translations_are_explained(struct world *w)
{
	app_do(app_start_bare(w, "dialer.exe"), explain, NULL, 0);
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
	make_room(sizeof(dialling));
	expect_ok(lineGetCountry(0, NEWEST, &dialling.countries));
	count = dialling.countries.dwNumCountries;
	all = (const void *)(dialling.room + dialling.countries.dwCountryListOffset);
	expect(count > 240);
	expect_eq(dialling.countries.dwCountryListSize, count * sizeof(*all));
	expect_eq(all[0].dwCountryID, 1);
	for (DWORD i = 0; i < count; i++)
		expect_eq(all[i].dwNextCountryID, i + 1 < count ? all[i + 1].dwCountryID : 0);
	while (id) { /* the same, by its links */
		make_room(1024);
		expect_ok(lineGetCountry(id, NEWEST, &dialling.countries));
		expect_eq(dialling.countries.dwNumCountries, 1);
		all = (const void *)(dialling.room + dialling.countries.dwCountryListOffset);
		expect_eq(all->dwCountryID, id);
		id = all->dwNextCountryID;
		seen++;
	}
	expect_eq(seen, count);
	make_room(1024);
	expect_ok(lineGetCountry(49, NEWEST, &dialling.countries));
	all = (const void *)(dialling.room + dialling.countries.dwCountryListOffset);
	expect_str(text_of(all, dwCountryName), "Germany");
	expect_str(text_of(all, dwLongDistanceRule), "0FG");
	expect_str(text_of(all, dwInternationalRule), "00EFG");
	expect_error(lineGetCountry(2, NEWEST, &dialling.countries), LINEERR_INVALCOUNTRYCODE);
	expect_error(lineGetCountry(0, 0x00010003, &dialling.countries),
			LINEERR_INCOMPATIBLEAPIVERSION);
	expect_error(lineGetCountry(0, NEWEST, NULL), LINEERR_INVALPOINTER);
	make_room(sizeof(LINECOUNTRYLIST) - 1);
	expect_error(lineGetCountry(0, NEWEST, &dialling.countries), LINEERR_STRUCTURETOOSMALL);
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
	TEST("14.8 6.3", "lineGetTranslateCaps", "entries have the size of the version asked for",
			old_entries_are_smaller),
	TEST("14.7", "", "a translation says which rules were applied", translations_are_explained),
	TEST("6.3", "lineGetCountry", "countries are a linked list that begins with 1",
			countries_are_a_list),
	TEST("14.7", "tapiGetLocationInfo", "location info fits in eight bytes",
			location_info_fits_in_eight_bytes),
	TEST_IN(&in_berlin, "14.7", "tapiGetLocationInfo",
			"the configuration says where users begin",
			configuration_says_where_users_begin),
};
CONFORMANCE(numbers, rows)
