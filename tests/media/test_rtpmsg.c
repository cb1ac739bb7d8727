// SPDX-License-Identifier: MIT
/* test_rtpmsg.c - the messages between TSP and MSP: good ones, hostile ones, and writing. */
#include "media/rtpmsg.h"
#include "test_main.h"

#include <stdio.h>
#include <string.h>

START_TEST(a_message_is_read_as_it_was_written)
{
	static const char body[] = "v=0\r\nwhatever\0behind";
	char buffer[512], value[32];
	struct rtpmsg_writer w;
	struct rtpmsg m;
	uint32_t number;

	rtpmsg_begin(&w, buffer, sizeof(buffer), (enum rtpmsg_verb)_i, 2147483647);
	rtpmsg_add(&w, "Digits", "4711#");
	rtpmsg_add(&w, "Empty", "");
	rtpmsg_add_number(&w, "Duration", 4294967295u);
	size_t size = rtpmsg_end(&w, body, sizeof(body));

	ck_assert_int_eq(rtpmsg_parse(buffer, size, &m), 0);
	ck_assert_int_eq(m.verb, _i);
	ck_assert_uint_eq(m.id, 2147483647);
	ck_assert(rtpmsg_text(&m, "dIgItS", value, sizeof(value)));
	ck_assert_str_eq(value, "4711#");
	ck_assert(rtpmsg_text(&m, "empty", value, sizeof(value)));
	ck_assert_str_eq(value, "");
	ck_assert(rtpmsg_number(&m, "duration", UINT32_MAX, &number));
	ck_assert_uint_eq(number, 4294967295u);
	ck_assert(!rtpmsg_number(&m, "duration", 100, &number));
	ck_assert(!rtpmsg_number(&m, "digits", 100, &number));
	ck_assert(!rtpmsg_text(&m, "digits", value, 5));
	ck_assert(!rtpmsg_text(&m, "absent", value, sizeof(value)));
	ck_assert_uint_eq(m.body.size, sizeof(body));
	ck_assert_mem_eq(m.body.p, body, sizeof(body));
}
END_TEST

static const struct {
	const char *bytes;
	int code;
	uint32_t id;
} cases[] = {
	{ "TAPI-RTP/1 offer? 1\n\n", 0, 1 },
	{ "TAPI-RTP/1 offer? 1\r\n\r\n", 0, 1 },
	{ "TAPI-RTP/1 offer? 1\nA: b\r\n\nv=0", 0, 1 },
	{ "TAPI-RTP/1 figures? 1\n\n", 0, 1 },
	{ "TAPI-RTP/1 figures 1\nLost: 2\n\n", 0, 1 },
	{ "TAPI-RTP/1 mix 1\nGroup: a\n\n", 0, 1 },
	{ "TAPI-RTP/1 error 0\n\n", 0, 0 },
	{ "", 400, 0 },
	{ "\n", 400, 0 },
	{ "TAPI-RTP/1", 400, 0 },
	{ "TAPI-RTP/1\n\n", 400, 0 },
	{ "TAPI-RTP/1 \n\n", 400, 0 },
	{ "TAPI-RTP/1 offer\n\n", 400, 0 },
	{ "TAPI-RTP/1 offer \n\n", 400, 0 },
	{ "TAPI-RTP/1  offer 1\n\n", 400, 0 },
	{ "TAPI-RTP/1 offer 1 2\n\n", 400, 0 },
	{ "TAPI-RTP/1 offer 0\n\n", 400, 0 },
	{ "TAPI-RTP/1 offer 01\n\n", 400, 0 },
	{ "TAPI-RTP/1 offer -1\n\n", 400, 0 },
	{ "TAPI-RTP/1 offer 2147483648\n\n", 400, 0 },
	{ "TAPI-RTP/1 offer 99999999999999999999\n\n", 400, 0 },
	{ "TAPI-RTP/1 offer 5\n", 400, 5 },
	{ "TAPI-RTP/1 offer 5\nA: b\n", 400, 5 },
	{ "TAPI-RTP/1 offer 5\nno colon\n\n", 400, 5 },
	{ "TAPI-RTP/1 offer 5\n: b\n\n", 400, 5 },
	{ "TAPI-RTP/1 offer 5\nA b: c\n\n", 400, 5 },
	{ "TAPI-RTP/1 offer 5\nA: b\tc\n\n", 400, 5 },
	{ "TAPI-RTP/1 offer 5\nAaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: b\n\n", 413, 5 },
	{ "TAPI-RTP/1 OFFER 5\n\n", 405, 5 },
	{ "TAPI-RTP/1 offe 5\n\n", 405, 5 },
	{ "TAPI-RTP/2 offer 5\n\n", 505, 0 },
	{ "TAPI-RTP/11 offer 5\n\n", 505, 0 },
	{ "tapi-rtp/1 offer 5\n\n", 400, 0 },
	{ "GET / HTTP/1.1\n\n", 400, 0 },
};

START_TEST(messages_get_the_code_they_deserve)
{
	struct rtpmsg m;
	int code = rtpmsg_parse(cases[_i].bytes, strlen(cases[_i].bytes), &m);

	ck_assert_msg(code == cases[_i].code, "%d for %s", code, cases[_i].bytes);
	ck_assert_uint_eq(m.id, cases[_i].id);
	ck_assert_str_ne(rtpmsg_reason(code), "");
}
END_TEST

START_TEST(limits_hold_to_the_byte)
{
	static char big[RTPMSG_SIZE_MAX + 1];
	struct rtpmsg m;
	char text[4096];
	int n;

	memset(big, 'x', sizeof(big));
	memcpy(big, "TAPI-RTP/1 offer 1\n\n", 20);
	ck_assert_int_eq(rtpmsg_parse(big, RTPMSG_SIZE_MAX, &m), 0);
	ck_assert_int_eq(rtpmsg_parse(big, RTPMSG_SIZE_MAX + 1, &m), 413);
	for (int count = RTPMSG_HEADERS_MAX; count <= RTPMSG_HEADERS_MAX + 1; count++) {
		n = snprintf(text, sizeof(text), "TAPI-RTP/1 offer 1\n");
		for (int i = 0; i < count; i++)
			n += snprintf(text + n, sizeof(text) - (size_t)n, "H: 1\n");
		n += snprintf(text + n, sizeof(text) - (size_t)n, "\n");
		ck_assert_int_eq(rtpmsg_parse(text, (size_t)n, &m),
				count > RTPMSG_HEADERS_MAX ? 413 : 0);
	}
	for (int size = RTPMSG_VALUE_MAX; size <= RTPMSG_VALUE_MAX + 1; size++) {
		n = snprintf(text, sizeof(text), "TAPI-RTP/1 offer 1\nA: %0*d\n\n", size, 0);
		ck_assert_int_eq(rtpmsg_parse(text, (size_t)n, &m),
				size > RTPMSG_VALUE_MAX ? 413 : 0);
	}
	ck_assert_int_eq(rtpmsg_parse(NULL, 0, &m), 400);
}
END_TEST

START_TEST(the_writer_stays_inside_its_buffer)
{
	char buffer[64];
	struct rtpmsg_writer w;

	for (size_t size = 0; size < 40; size++) {
		memset(buffer, '#', sizeof(buffer));
		rtpmsg_begin(&w, buffer, size, RTPMSG_DIGITS, 1);
		rtpmsg_add(&w, "Digits", "123");
		size_t used = rtpmsg_end(&w, "", 0);

		ck_assert_uint_eq(used, size >= 33 ? 33 : 0);
		ck_assert_int_eq(buffer[size], '#');
	}
}
END_TEST

START_TEST(a_value_cannot_end_its_line)
{
	char buffer[128];
	struct rtpmsg m;
	size_t size = rtpmsg_error(buffer, sizeof(buffer), 3, 488, "bad\n\nv=0\r\x7f");

	ck_assert_int_eq(rtpmsg_parse(buffer, size, &m), 0);
	ck_assert_uint_eq(m.body.size, 0);
	ck_assert_uint_eq(m.header_count, 2);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("rtpmsg");
	TCase *c = tcase_create("rtpmsg");

	tcase_add_loop_test(c, a_message_is_read_as_it_was_written, 0, RTPMSG_VERB_COUNT);
	tcase_add_loop_test(c, messages_get_the_code_they_deserve, 0,
			(int)(sizeof(cases) / sizeof(cases[0])));
	tcase_add_test(c, limits_hold_to_the_byte);
	tcase_add_test(c, the_writer_stays_inside_its_buffer);
	tcase_add_test(c, a_value_cannot_end_its_line);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
