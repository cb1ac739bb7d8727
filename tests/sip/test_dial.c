// SPDX-License-Identifier: MIT
/* test_dial.c - what can be dialled, and what becomes of it. */
#include "parts.h"

#include "providers/sip/dial.h"

#include <string.h>

#define BAD LINEERR_INVALADDRESS

static const struct {
	const char *text, *domain;
	LONG result;
	const char *uri; /* "": partial, if the result is 0 */
} rows[] = {
	{ "sip:bob@example.net", "", 0, "sip:bob@example.net" },
	{ "SIP:bob@example.net:5070;transport=tcp", "", 0,
			"sip:bob@example.net:5070;transport=tcp" },
	{ "sips:bob@[2001:db8::1]:5071", "", 0, "sips:bob@[2001:db8::1]:5071" },
	{ "sip:127.0.0.1:5080", "", 0, "sip:127.0.0.1:5080" },
	{ "sip:+49-30;x=y@example.net;user=phone", "", 0, "sip:+49-30;x=y@example.net;user=phone" },
	{ "sip:b%20b@example.net", "", 0, "sip:b%20b@example.net" },
	{ " sip:bob@example.net ", "", 0, "sip:bob@example.net" },
	{ "sip:bob@example.net|77^Bob", "", 0, "sip:bob@example.net" },
	{ "sip:bob@example.net^Bob\r\nsip:carol@example.net", "", 0, "sip:bob@example.net" },
	{ "bob@example.net", "", 0, "sip:bob@example.net" },
	{ "bob@example.net:5070", "x", 0, "sip:bob@example.net:5070" },
	{ "101@127.0.0.1", "x", 0, "sip:101@127.0.0.1" },
	{ "101", "example.net", 0, "sip:101@example.net" },
	{ "101", "2001:db8::1", 0, "sip:101@[2001:db8::1]" },
	{ "+49 (30) 1234", "example.net", 0, "sip:+49301234@example.net" },
	{ "+49 (30) 1234|77^Bob Miller", "example.net", 0, "sip:+49301234@example.net" },
	{ "030/12.34-5", "example.net", 0, "sip:03012345@example.net" },
	{ "*21#", "example.net", 0, "sip:*21%23@example.net" },
	{ "T0,30!p1", "example.net", 0, "sip:0301@example.net" },
	{ "T+4930123", "example.net", 0, "sip:+4930123@example.net" }, /* as translated */
	{ "bob", "example.net", 0, "sip:bob@example.net" },
	{ "bob.miller", "example.net", 0, "sip:bob.miller@example.net" },
	{ "tel:+49-30-1234", "example.net", 0, "sip:+49301234@example.net;user=phone" },
	{ "tel:1234;phone-context=+49", "example.net", 0,
			"sip:1234;phone-context=+49@example.net;user=phone" },
	{ "tel:12#", "example.net", 0, "sip:12%23@example.net;user=phone" },
	{ "12;", "example.net", 0, "" },
	{ ";", "example.net", 0, "" },
	{ "1;2", "example.net", BAD, "" },
	{ "sip:bob@example.net;", "", BAD, "" },
	{ "", "example.net", BAD, "" },
	{ "  ", "example.net", BAD, "" },
	{ "|77", "example.net", BAD, "" },
	{ ",,", "example.net", BAD, "" },
	{ "101", "", BAD, "" },
	{ "bob", "", BAD, "" },
	{ "tel:101", "", BAD, "" },
	{ "tel:", "example.net", BAD, "" },
	{ "tel:+", "example.net", BAD, "" },
	{ "tel:1+2", "example.net", BAD, "" },
	{ "tel:bob", "example.net", BAD, "" },
	{ "tel:1;phone-context=<>", "example.net", BAD, "" },
	{ "sip:", "", BAD, "" },
	{ "sip:@example.net", "", BAD, "" },
	{ "sip:bob@", "", BAD, "" },
	{ "sip:bob@exa mple", "", BAD, "" },
	{ "sip:bob@example.net:99999", "", BAD, "" },
	{ "sip:bob:secret@example.net", "", BAD, "" },
	{ "sip:bob@carol@example.net", "", BAD, "" },
	{ "sip:bob@example.net;<x>", "", BAD, "" },
	{ "sip:b%2@example.net", "", BAD, "" },
	{ "sip:b%zz@example.net", "", BAD, "" },
	{ "<sip:bob@example.net>", "example.net", BAD, "" },
	{ "sip:bob@1.2.3", "", BAD, "" },
	{ "mailto:bob@example.net", "example.net", BAD, "" },
	{ "http://example.net", "example.net", BAD, "" },
	{ "b\xc3\xb6", "example.net", BAD, "" },
	{ "a\tb", "example.net", BAD, "" },
	{ "sip:bob@example.net?Replaces=1", "", LINEERR_DIALPROMPT, "" },
	{ "10?1", "example.net", LINEERR_DIALPROMPT, "" },
	{ "1$2", "example.net", LINEERR_DIALBILLING, "" },
	{ "101@", "example.net", LINEERR_DIALQUIET, "" },
	{ "1@2", "example.net", LINEERR_DIALQUIET, "" },
	{ "0W1", "example.net", LINEERR_DIALDIALTONE, "" },
	{ "0w1", "example.net", LINEERR_DIALDIALTONE, "" },
	{ ":102", "example.net", LINEERR_DIALVOICEDETECT, "" },
};

START_TEST(each_address)
{
	struct dial d;
	const char *why = NULL;

	ck_assert_int_eq(dial_read(rows[_i].text, rows[_i].domain, &d, &why), rows[_i].result);

	ck_assert_str_eq(d.uri, rows[_i].uri);
	ck_assert_int_eq(d.is_partial, rows[_i].result == 0 && !rows[_i].uri[0]);
	ck_assert_int_eq(why != NULL, rows[_i].result != 0);
}
END_TEST

/* Of every kind, and longer than there is room. */
static const char *const starts[] = { "sip:a@", "1", "tel:1", "b", "a@b.c;x=", "##", "tel:##",
	"tel:1;phone-context=" };

START_TEST(long_addresses_are_refused_or_fit)
{
	for (size_t size = strlen(starts[_i]); size < 1200; size++) {
		char text[1200];
		struct dial d;
		const char *why = NULL;
		LONG result;

		memset(text, starts[_i][strlen(starts[_i]) - 1] == '#' ? '#' : '1', size);
		memcpy(text, starts[_i], strlen(starts[_i]));
		text[size] = '\0';

		result = dial_read(text, "example.net", &d, &why);

		ck_assert(result == 0 || result == BAD);
		ck_assert(size < 600 || result == BAD);
		ck_assert_uint_le(strlen(d.uri), DIAL_URI_MAX);
	}
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

TCase *dial_case(void)
{
	TCase *c = tcase_create("dial");

	tcase_add_loop_test(c, each_address, 0, COUNT(rows));
	tcase_add_loop_test(c, long_addresses_are_refused_or_fit, 0, COUNT(starts));
	return c;
}
