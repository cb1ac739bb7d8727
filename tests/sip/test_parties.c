// SPDX-License-Identifier: MIT
/* test_parties.c - who calls, as the headers say it. */
#include "parts.h"

#include "providers/sip/parties.h"

#include <string.h>

#define SHOWN   (LINECALLPARTYID_ADDRESS | LINECALLPARTYID_NAME)
#define ADDRESS LINECALLPARTYID_ADDRESS
#define BLOCKED LINECALLPARTYID_BLOCKED
#define UNAVAIL LINECALLPARTYID_UNAVAIL

static const struct {
	const char *value;
	DWORD flags; /* 0: cannot be read */
	const char *address, *name;
} values[] = {
	{ "\"Bob\" <sip:bob@example.org>;tag=1", SHOWN, "sip:bob@example.org", "Bob" },
	{ "Bob Miller <sip:bob@example.org;transport=tcp>", SHOWN, "sip:bob@example.org",
			"Bob Miller" },
	{ "sip:bob@example.org;tag=1", ADDRESS, "sip:bob@example.org", "" },
	{ "<sip:101@example.net>", ADDRESS, "101", "" },
	{ "<sip:101@EXAMPLE.NET:5060>", ADDRESS, "101", "" },
	{ "<sip:101@example.org>", ADDRESS, "sip:101@example.org", "" },
	{ "<sip:bob@example.net>", ADDRESS, "sip:bob@example.net", "" },
	{ "<sip:+4930@gw.example.org;user=phone>", ADDRESS, "+4930", "" },
	{ "<sip:1;phone-context=+49@gw;user=phone>", ADDRESS, "1", "" },
	{ "<tel:+49-30-12;x=y>", ADDRESS, "+49-30-12", "" },
	{ "<sip:bob:pw@example.org>", ADDRESS, "sip:bob@example.org", "" },
	{ "<sip:192.0.2.1:5070>", ADDRESS, "sip:192.0.2.1:5070", "" },
	{ "<sip:a@[::1]:5070>", ADDRESS, "sip:a@[::1]:5070", "" },
	{ "\"A \\\"B\\\" <C>\" <sips:a@b.c>", SHOWN, "sip:a@b.c", "A \"B\" <C>" },
	{ "\"\" <sip:a@b.c>", ADDRESS, "sip:a@b.c", "" },
	{ "\"M\xc3\xbcller\xff\x01\" <sip:a@b.c>", SHOWN, "sip:a@b.c", "M\xc3\xbcller??" },
	{ "\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=1", BLOCKED, "", "" },
	{ "<sip:anonymous@192.0.2.1>", BLOCKED, "", "" },
	{ "<mailto:a@b.c>", 0, "", "" },
	{ "<sip:a@b.c", 0, "", "" },
	{ "\"<sip:a@b.c>", 0, "", "" },
	{ "<sip:>", 0, "", "" },
	{ "<sip:a@>", 0, "", "" },
	{ "", 0, "", "" },
	{ "<", 0, "", "" },
	{ "<tel:>", 0, "", "" },
};

START_TEST(each_value)
{
	struct party p = { 0 };
	bool read = party_read(&p, values[_i].value, "example.net");

	ck_assert_int_eq(read, values[_i].flags != 0);
	ck_assert_uint_eq(p.flags, values[_i].flags);
	ck_assert_str_eq(p.address, values[_i].address);
	ck_assert_str_eq(p.name, values[_i].name);
}
END_TEST

#define FROM                                                                                       \
	{                                                                                          \
		"From", "\"Bob\" <sip:bob@example.org>;tag=1"                                      \
	}

static const struct {
	struct header headers[5];
	DWORD caller;
	const char *address, *name;
	DWORD reason;
	const char *redirecting;
} invites[] = {
	{ { FROM }, SHOWN, "sip:bob@example.org", "Bob", LINECALLREASON_DIRECT, "" },
	{ { { "To", "x" } }, UNAVAIL, "", "", LINECALLREASON_DIRECT, "" },
	{ { { "From", "nonsense" } }, UNAVAIL, "", "", LINECALLREASON_DIRECT, "" },
	{ { FROM, { "p-asserted-identity", "\"B\" <sip:7@example.net>" } }, SHOWN, "7", "B",
			LINECALLREASON_DIRECT, "" },
	{ { FROM, { "P-Asserted-Identity", "\"B\" <sip:b@x.y>, <tel:+497>" } }, SHOWN, "+497", "B",
			LINECALLREASON_DIRECT, "" },
	{ { FROM, { "P-Asserted-Identity", "\"B\" <sip:b@x.y>" },
			  { "P-Asserted-Identity", "<tel:+497>" } },
			SHOWN, "+497", "B", LINECALLREASON_DIRECT, "" },
	{ { FROM, { "P-Asserted-Identity", "<<>>" } }, SHOWN, "sip:bob@example.org", "Bob",
			LINECALLREASON_DIRECT, "" },
	{ { FROM, { "P-Asserted-Identity", "<sip:b@x.y>" }, { "Privacy", "none;id" } }, BLOCKED, "",
			"", LINECALLREASON_DIRECT, "" },
	{ { FROM, { "Privacy", "none" } }, SHOWN, "sip:bob@example.org", "Bob",
			LINECALLREASON_DIRECT, "" },
	{ { FROM, { "Privacy", "session;header" } }, BLOCKED, "", "", LINECALLREASON_DIRECT, "" },
	{ { FROM, { "Remote-Party-ID", "\"R\" <sip:9@example.net>;party=calling;privacy=off" } },
			SHOWN, "9", "R", LINECALLREASON_DIRECT, "" },
	{ { FROM, { "Remote-Party-ID", "<sip:9@example.net>;party=calling;privacy=full" } },
			BLOCKED, "", "", LINECALLREASON_DIRECT, "" },
	{ { FROM, { "Remote-Party-ID", "<sip:9@example.net>;party=called" },
			  { "Remote-Party-ID", "<sip:8@example.net>" } },
			ADDRESS, "8", "", LINECALLREASON_DIRECT, "" },
	{ { { "From", "<sip:anonymous@anonymous.invalid>" },
			  { "P-Asserted-Identity", "<sip:7@example.net>" } },
			ADDRESS, "7", "", LINECALLREASON_DIRECT, "" },
	{ { FROM, { "Referred-By", "<sip:c@d.e>" } }, SHOWN, "sip:bob@example.org", "Bob",
			LINECALLREASON_TRANSFER, "" },
	{ { FROM, { "Diversion", "<sip:102@example.net>;reason=user-busy;counter=1" } }, SHOWN,
			"sip:bob@example.org", "Bob", LINECALLREASON_FWDBUSY, "102" },
	{ { FROM, { "Diversion", "<tel:102>;reason=\"no-answer\", <tel:103>;reason=away" } }, SHOWN,
			"sip:bob@example.org", "Bob", LINECALLREASON_FWDNOANSWER, "102" },
	{ { FROM, { "Diversion", "<tel:102>;reason=unconditional;privacy=full" } }, SHOWN,
			"sip:bob@example.org", "Bob", LINECALLREASON_FWDUNCOND, "" },
	{ { FROM, { "Diversion", "<tel:102>" } }, SHOWN, "sip:bob@example.org", "Bob",
			LINECALLREASON_REDIRECT, "102" },
	{ { FROM, { "Diversion", "\"" } }, SHOWN, "sip:bob@example.org", "Bob",
			LINECALLREASON_DIRECT, "" },
	{ { FROM, { "History-Info", "<sip:104@example.net?Reason=SIP%3Bcause%3D302>;index=1, "
				    "<sip:101@example.net>;index=1.1" } },
			SHOWN, "sip:bob@example.org", "Bob", LINECALLREASON_FWDUNCOND, "104" },
	{ { FROM, { "History-Info", "<sip:104@example.net?Reason=SIP%3bcause%3d486>;index=1" },
			  { "History-Info", "<sip:101@example.net>;index=1.1;mp=1" } },
			SHOWN, "sip:bob@example.org", "Bob", LINECALLREASON_FWDBUSY, "104" },
	{ { FROM, { "History-Info", "<sip:104@example.net>;index=1, "
				    "<sip:101@example.net;cause=408>;index=1.1" } },
			SHOWN, "sip:bob@example.org", "Bob", LINECALLREASON_FWDNOANSWER, "104" },
	{ { FROM, { "History-Info", "<sip:104@example.net>;index=1, <sip:1@2.3>;index=1.1;rc=1" } },
			SHOWN, "sip:bob@example.org", "Bob", LINECALLREASON_DIRECT, "" },
};

START_TEST(each_invite)
{
	struct parties_rules rules = { "example.net", true };
	struct parties p;
	size_t count = 0;

	while (count < 5 && invites[_i].headers[count].name)
		count++;

	ck_assert_uint_eq(parties_of_invite(&p, invites[_i].headers, count, &rules),
			invites[_i].reason);

	ck_assert_uint_eq(p.caller.flags, invites[_i].caller);
	ck_assert_str_eq(p.caller.address, invites[_i].address);
	ck_assert_str_eq(p.caller.name, invites[_i].name);
	ck_assert_str_eq(p.redirecting.address, invites[_i].redirecting);
}
END_TEST

START_TEST(a_stranger_asserts_nothing)
{
	const struct header headers[] = { FROM, { "P-Asserted-Identity", "<sip:7@example.net>" },
		{ "Remote-Party-ID", "<sip:8@example.net>" } };
	struct parties_rules rules = { "", false };
	struct parties p;

	(void)parties_of_invite(&p, headers, 3, &rules);
	ck_assert_str_eq(p.caller.address, "sip:bob@example.org");
	ck_assert(!parties_of_answer(&p, headers, 3, &rules));
}
END_TEST

START_TEST(an_answer_says_who_is_connected)
{
	struct header header = { "P-Asserted-Identity", "\"C\" <sip:9@example.net>" };
	const struct header hidden[] = { header, { "Privacy", "id" } };
	struct parties_rules rules = { "example.net", true };
	struct parties p;

	parties_init(&p);
	ck_assert(parties_of_answer(&p, &header, 1, &rules));
	ck_assert_str_eq(p.connected.address, "9");
	ck_assert(!parties_of_answer(&p, &header, 1, &rules));
	ck_assert(parties_of_answer(&p, hidden, 2, &rules));
	ck_assert_uint_eq(p.connected.flags, BLOCKED);
	ck_assert(!parties_of_answer(&p, NULL, 0, &rules));
}
END_TEST

START_TEST(long_values_are_cut)
{
	char value[4000];
	struct party p;

	memset(value, 'x', sizeof(value) - 1);
	value[sizeof(value) - 1] = '\0';
	memcpy(value + 1000, "<sip:", 5);
	memcpy(value + sizeof(value) - 2, ">", 1);
	ck_assert(party_read(&p, value, ""));
	ck_assert_uint_eq(strlen(p.name), PARTY_NAME_MAX);
	ck_assert_uint_eq(strlen(p.address), PARTY_ADDRESS_MAX);
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

TCase *parties_case(void)
{
	TCase *c = tcase_create("parties");

	tcase_add_loop_test(c, each_value, 0, COUNT(values));
	tcase_add_loop_test(c, each_invite, 0, COUNT(invites));
	tcase_add_test(c, a_stranger_asserts_nothing);
	tcase_add_test(c, an_answer_says_who_is_connected);
	tcase_add_test(c, long_values_are_cut);
	return c;
}
