// SPDX-License-Identifier: MIT
/* numbers.c - see numbers.h. */
#include "numbers.h"

#include <stdio.h>
#include <string.h>

union dialling_answer dialling;

void make_room(size_t size)
{
	memset(&dialling, 0, sizeof(dialling));
	dialling.output.dwTotalSize = (DWORD)size; /* the first member of all of them */
}

const LINETRANSLATEOUTPUT *translated(HLINEAPP app, const char *number, DWORD options)
{
	make_room(sizeof(dialling));
	expect_ok(lineTranslateAddress(app, 0, NEWEST, number, 0, options, &dialling.output));
	return &dialling.output;
}

const LINETRANSLATECAPS *caps_of(HLINEAPP app, DWORD version)
{
	make_room(sizeof(dialling));
	expect_ok(lineGetTranslateCaps(app, version, &dialling.caps));
	return &dialling.caps;
}

DWORD new_location(const char *name, DWORD country, const char *area)
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

DWORD new_card(const char *name, const char *number, const char *rule)
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

void redmond(void)
{
	expect_ok(lineSetCurrentLocation(me.app, new_location("Redmond", 1, "425")));
}
