// SPDX-License-Identifier: MIT
/* test_uri.c - what tapi-dial makes of what browsers hand over. */
#include "../test_main.h"
#include "tapidial/uri.h"

#include <string.h>

static const struct {
	const char *uri, *address; /* NULL: refused */
} rows[] = {
	{ "tel:+49-30-1234567", "+49301234567" },
	{ "tel:+1-201-555-0123", "+12015550123" },
	{ "TEL:+12015550123", "+12015550123" },
	{ "tel:7042;phone-context=example.com", "7042" },
	{ "tel:863-1234;phone-context=+1-914-555", "8631234" },
	{ "tel:+1(201)555.0123", "+12015550123" },
	{ "tel:%2B49%2030%20123", "+4930123" },
	{ "tel:+4930123;ext=5", "+4930123" },
	{ "tel:+4930123;isub=411", "+4930123|411" },
	{ "tel:+4930123;ext=1;ISUB=4%201;x=y", "+4930123|4 1" },
	{ "tel:*31#0123,,4", "*31#0123,,4" },
	{ "tel:12p3w4", "12p3w4" },
	{ "tel:", NULL },
	{ "tel:---", NULL },
	{ "tel:;isub=1", NULL },
	{ "tel:hello", NULL },
	{ "tel:49+30", NULL },
	{ "tel:12%0a34", NULL },
	{ "tel:12%zz", NULL },
	{ "tel:12%4", NULL },
	{ "tel:+4930123;isub=a|b", NULL },
	{ "callto:+49 30 123", "+4930123" },
	{ "callto://+4930123?x=y", "+4930123" },
	{ "callto:102", "102" },
	{ "callto:bob@example.net", "bob@example.net" },
	{ "callto:bob%40example.net", "bob@example.net" },
	{ "callto:bob%00", NULL },
	{ "callto:", NULL },
	{ "sip:bob@example.net;transport=tcp", "sip:bob@example.net;transport=tcp" },
	{ "sips:bob@example.net", "sips:bob@example.net" },
	{ "sip:bob\n@example.net", NULL },
	{ "+49 (30) 123-456", "+49 (30) 123-456" },
	{ "102", "102" },
	{ "bob", "bob" },
	{ "mailto:bob@example.net", NULL },
	{ "javascript:alert(1)", NULL },
	{ "file:///etc/passwd", NULL },
	{ "", NULL },
	{ "tel:1234567890123456789012345678901234567890", NULL }, /* too long for the test's room */
	{ "sip:a-name-that-is-too-long-for-it@example.net", NULL },
};

START_TEST(each_uri_becomes_its_address)
{
	char out[34];
	const char *why = uri_to_address(rows[_i].uri, out, sizeof(out));

	if (rows[_i].address)
		ck_assert_msg(!why && strcmp(out, rows[_i].address) == 0, "%s: %s", rows[_i].uri,
				why ? why : out);
	else
		ck_assert_msg(why, "%s: %s", rows[_i].uri, out);
	ck_assert_uint_lt(strlen(out), sizeof(out));
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("uri");
	TCase *t = tcase_create("uri");

	tcase_add_loop_test(t, each_uri_becomes_its_address, 0,
			(int)(sizeof(rows) / sizeof(rows[0])));
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
