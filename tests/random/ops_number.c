// SPDX-License-Identifier: MIT
/* ops_number.c - numbers and assisted telephony: locations, cards, translation, requests that one
 * application makes and another one takes. All are of one user. */
#include "workload.h"

#include <stdio.h>
#include <string.h>
#include <tapix.h>

enum { LOCATIONS = 8, NEWEST = 0x00030001, MODE = LINEREQUESTMODE_MAKECALL };

static LONG op_location(struct app *a)
{
	static const DWORD countries[] = { 0, 1, 49, 55, 39, 77777 };
	struct tapix_location l;

	memset(&l, 0, sizeof(l));
	l.permanent_location_id = machine_below(3) ? machine_below(LOCATIONS) : TAPIX_NEW;
	l.country_id = countries[machine_below(6)];
	(void)snprintf(l.name, sizeof(l.name), "Place %u", machine_below(LOCATIONS));
	(void)snprintf(l.area_code, sizeof(l.area_code), "%u", machine_below(1000));
	(void)snprintf(l.toll_prefixes, sizeof(l.toll_prefixes), "%s",
			machine_below(2) ? "555,88" : "");
	return tapixSetLocation(a->handle, &l, sizeof(l), NULL);
}

static LONG op_use_location(struct app *a)
{
	return lineSetCurrentLocation(a->handle, machine_below(LOCATIONS));
}

static LONG op_remove_location(struct app *a)
{
	return tapixRemoveLocation(a->handle, machine_below(LOCATIONS));
}

static LONG op_card(struct app *a)
{
	struct tapix_card c;

	memset(&c, 0, sizeof(c));
	c.permanent_card_id = machine_below(2) ? machine_below(LOCATIONS) : TAPIX_NEW;
	(void)snprintf(c.name, sizeof(c.name), "Card %u", machine_below(LOCATIONS));
	(void)snprintf(c.number, sizeof(c.number), "%u", machine_below(1u << 30));
	(void)snprintf(c.long_distance_rule, sizeof(c.long_distance_rule), "%s",
			machine_below(3) ? "J,HK,FG" : "");
	return machine_below(4) ? tapixSetCard(a->handle, &c, sizeof(c), NULL)
				: tapixRemoveCard(a->handle, c.permanent_card_id);
}

static LONG op_translate(struct app *a)
{
	static const char *const numbers[] = { "+1 (425) 882-8080", "+49 (30) 123", "+4930123",
		"102", "+55 (11) 5551212|4^x", "+1 (425", "sip:bob@example.net" };
	LINETRANSLATEOUTPUT *out = any_buffer(sizeof(*out));
	DWORD options = 1u << machine_below(5), device = machine_below(a->lines);
	const char *number = numbers[machine_below(7)];
	DWORD card = machine_below(LOCATIONS);
	LONG result = lineTranslateAddress(a->handle, device, NEWEST, number, card,
			machine_below(2) ? options : 0, out);

	if (result == 0)
		checker_sizes(checker, "LINETRANSLATEOUTPUT", out);
	return result;
}

static LONG op_caps(struct app *a)
{
	LINETRANSLATECAPS *caps = any_buffer(sizeof(*caps));
	LONG result = lineGetTranslateCaps(a->handle, NEWEST, caps);

	if (result == 0)
		checker_sizes(checker, "LINETRANSLATECAPS", caps);
	return result;
}

static LONG op_toll(struct app *a)
{
	return lineSetTollList(a->handle, 0, "+1 (425) 882-8080", 1 + machine_below(2));
}

static LONG op_register(struct app *a)
{
	return lineRegisterRequestRecipient(a->handle, a->number, MODE, machine_below(3) != 0);
}

/* Only while this application serves itself: else libtapi looks whom it could start. */
static LONG op_request(struct app *a)
{
	LONG result = lineRegisterRequestRecipient(a->handle, a->number, MODE, 1);

	return result ? result : tapiRequestMakeCall(any_number(), "workload", "somebody", NULL);
}

static LONG op_take(struct app *a)
{
	LINEREQMAKECALL r;
	LONG result = lineGetRequest(a->handle, MODE, &r);

	if (result == 0 && strcmp(r.szAppName, "workload") != 0)
		machine_fail("lineGetRequest: '%s'", r.szAppName);
	return result;
}

const struct operation number_operations[] = {
	{ "tapixSetLocation", 2, op_location },
	{ "lineSetCurrentLocation", 2, op_use_location },
	{ "tapixRemoveLocation", 1, op_remove_location },
	{ "tapixSetCard", 2, op_card },
	{ "lineTranslateAddress", 6, op_translate },
	{ "lineGetTranslateCaps", 2, op_caps },
	{ "lineSetTollList", 1, op_toll },
	{ "lineRegisterRequestRecipient", 2, op_register },
	{ "tapiRequestMakeCall", 3, op_request },
	{ "lineGetRequest", 6, op_take },
	{ NULL, 0, NULL },
};
