// SPDX-License-Identifier: MIT
/* test_bodies.c - message summaries, progress of transfers, digits by INFO, and user-user
 * information. */
#include "parts.h"

#include "../oom.h"
#include "providers/sip/bodies.h"
#include "providers/sip/uui.h"

#include <errno.h>
#include <string.h>

static const struct {
	const char *body;
	bool read, is_waiting;
	unsigned new_count, old_count;
} summaries[] = {
	{ "Messages-Waiting: yes\r\nMessage-Account: sip:a@b.c\r\nVoice-Message: 2/8 (0/2)\r\n",
			true, true, 2, 8 },
	{ "messages-waiting:no\n", true, false, 0, 0 },
	{ "Messages-Waiting: maybe\r\n", false, false, 0, 0 },
	{ "Voice-Message: 1/0\r\n", false, false, 1, 0 },
	{ "Messages-Waiting: yes\r\nVoice-Message: 99999999999/x\r\n", true, true, 0, 0 },
	{ "Messages-Waiting", false, false, 0, 0 },
	{ "\r\n\r\n::", false, false, 0, 0 },
	{ "", false, false, 0, 0 },
};

START_TEST(each_summary)
{
	struct mwi m;

	ck_assert_int_eq(mwi_read(summaries[_i].body, strlen(summaries[_i].body), &m),
			summaries[_i].read);

	ck_assert_int_eq(m.is_waiting, summaries[_i].is_waiting);
	ck_assert_uint_eq(m.new_count, summaries[_i].new_count);
	ck_assert_uint_eq(m.old_count, summaries[_i].old_count);
}
END_TEST

static const struct {
	const char *body;
	int status; /* 0: cannot be read */
	const char *phrase;
} fragments[] = {
	{ "SIP/2.0 200 OK\r\n", 200, "OK" },
	{ "SIP/2.0 486 Busy Here\r\nTo: <sip:a@b.c>\r\n", 486, "Busy Here" },
	{ "SIP/2.0 100", 100, "" },
	{ "SIP/2.0 603 \x1b\xff", 603, "??" },
	{ "SIP/2.0 99 x", 0, "" },
	{ "SIP/2.0 700 x", 0, "" },
	{ "SIP/2.0 20O OK", 0, "" },
	{ "SIP/3.0 200 OK", 0, "" },
	{ "HTTP/1.1 200 OK", 0, "" },
	{ "SIP/2.0", 0, "" },
	{ "", 0, "" },
};

START_TEST(each_fragment)
{
	int status = 0;
	char phrase[32] = "";

	ck_assert_int_eq(sipfrag_read(fragments[_i].body, strlen(fragments[_i].body), &status,
					 phrase, sizeof(phrase)),
			fragments[_i].status != 0);

	ck_assert_int_eq(status, fragments[_i].status);
	ck_assert_str_eq(phrase, fragments[_i].phrase);
}
END_TEST

START_TEST(our_fragment_is_read_by_ourselves)
{
	char body[96], phrase[32];
	int status;

	sipfrag_write(180, "Ringing\r\nX: y", body, sizeof(body));
	ck_assert_str_eq(body, "SIP/2.0 180 Ringing??X: y\r\n");
	ck_assert(sipfrag_read(body, strlen(body), &status, phrase, sizeof(phrase)));
	ck_assert_int_eq(status, 180);
}
END_TEST

static const struct {
	const char *type, *body;
	char digit; /* 0: none */
	uint32_t duration_ms;
} infos[] = {
	{ "application/dtmf-relay", "Signal=5\r\nDuration=160\r\n", '5', 160 },
	{ "Application/DTMF-Relay; x=y", "Signal= *\nDuration= 250", '*', 250 },
	{ "application/dtmf-relay", "Signal=10", '*', 100 },
	{ "application/dtmf-relay", "Signal=11", '#', 100 },
	{ "application/dtmf-relay", "Signal=15", 'D', 100 },
	{ "application/dtmf-relay", "Signal=a", 'A', 100 },
	{ "application/dtmf-relay", "Signal=16", 0, 100 },
	{ "application/dtmf-relay", "Signal=1\r\nDuration=99999\r\n", '1', 100 },
	{ "application/dtmf-relay", "Duration=100", 0, 100 },
	{ "application/dtmf-relay", "", 0, 100 },
	{ "application/dtmf", "7\r\n", '7', 100 },
	{ "application/dtmf", "77", 0, 100 },
	{ "application/dtmf", "", 0, 100 },
	{ "application/sdp", "7", 0, 100 },
	{ "", "7", 0, 100 },
};

START_TEST(each_info)
{
	char digit = 0;
	uint32_t duration = 0;
	bool read = info_read(infos[_i].type, infos[_i].body, strlen(infos[_i].body), &digit,
			&duration);

	ck_assert_int_eq(read, infos[_i].digit != 0);
	ck_assert_uint_eq(duration, infos[_i].duration_ms);
	if (read)
		ck_assert_int_eq(digit, infos[_i].digit);
}
END_TEST

START_TEST(our_info_is_read_by_ourselves)
{
	char body[64], digit;
	uint32_t duration;

	info_write('#', 120, body, sizeof(body));
	ck_assert(info_read("application/dtmf-relay", body, strlen(body), &digit, &duration));
	ck_assert_int_eq(digit, '#');
	ck_assert_uint_eq(duration, 120);
}
END_TEST

static const struct {
	const char *value;
	int result;
	const char *bytes;
} headers[] = {
	{ "48656c6C6F;encoding=hex", 0, "Hello" },
	{ "48656c6c6f", 0, "Hello" },
	{ "\"48656c6c6f\" ; encoding = HEX ; purpose=isdn-uui;content=isdn-uui", 0, "Hello" },
	{ "48656c6c6f;encoding=\"hex\"", 0, "Hello" },
	{ "SGVsbG8=;encoding=base64, 48656c6c6f", 0, "Hello" },
	{ "4865;encoding=base64", -EINVAL, "" },
	{ "486", -EINVAL, "" },
	{ "zz", -EINVAL, "" },
	{ "\"", -EINVAL, "" },
	{ "\"\"", -EINVAL, "" },
	{ "", -EINVAL, "" },
	{ ";encoding=hex", -EINVAL, "" },
	{ "48656c6c6f48656c6c6f", -ENOSPC, "" },
};

START_TEST(each_user_to_user_header)
{
	char bytes[8] = "";
	size_t size = 0;

	ck_assert_int_eq(uui_read(headers[_i].value, bytes, sizeof(bytes), &size),
			headers[_i].result);

	ck_assert_uint_eq(size, strlen(headers[_i].bytes));
	ck_assert_int_eq(memcmp(bytes, headers[_i].bytes, size), 0);
}
END_TEST

START_TEST(all_bytes_come_back)
{
	unsigned char bytes[UUI_SIZE_MAX + 1], back[UUI_SIZE_MAX];
	char value[UUI_HEADER_MAX];
	struct uui u = { UUI_SIZE_MAX, bytes };
	size_t size;

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)i;

	ck_assert(uui_write(&u, value, sizeof(value)));
	ck_assert_int_eq(uui_read(value, back, sizeof(back), &size), 0);
	ck_assert_uint_eq(size, UUI_SIZE_MAX);
	ck_assert_int_eq(memcmp(back, bytes, size), 0);

	u.size++;
	ck_assert(!uui_write(&u, value, sizeof(value)));
	u.size = 10;
	ck_assert(!uui_write(&u, value, 33));
	ck_assert(uui_write(&u, value, 34));
}
END_TEST

START_TEST(the_queue_shows_one_after_the_other)
{
	struct uui_queue q = { .count = 0 };

	ck_assert(!uui_queue_add(&q, "x", 0));
	ck_assert(uui_queue_add(&q, "a", 1));
	for (char c = 'b'; c < 'b' + UUI_QUEUE_MAX - 1; c++)
		ck_assert(!uui_queue_add(&q, &c, 1));
	ck_assert(!uui_queue_add(&q, "z", 1));
	ck_assert_uint_eq(q.count, UUI_QUEUE_MAX);

	ck_assert(uui_queue_release(&q));
	ck_assert_int_eq(*(char *)q.items[0].bytes, 'b');
	uui_queue_fini(&q);
	ck_assert(!uui_queue_release(&q));
}
END_TEST

START_TEST(no_memory_for_user_information)
{
	for (struct oom o = OOM_START; oom_next(&o);) {
		struct uui_queue q = { .count = 0 };
		bool added = uui_queue_add(&q, "a", 1);

		ck_assert_int_eq(added, !oom_failed(&o));
		ck_assert_uint_eq(q.count, added ? 1 : 0);
		uui_queue_fini(&q);
	}
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

TCase *bodies_case(void)
{
	TCase *c = tcase_create("bodies");

	tcase_add_loop_test(c, each_summary, 0, COUNT(summaries));
	tcase_add_loop_test(c, each_fragment, 0, COUNT(fragments));
	tcase_add_test(c, our_fragment_is_read_by_ourselves);
	tcase_add_loop_test(c, each_info, 0, COUNT(infos));
	tcase_add_test(c, our_info_is_read_by_ourselves);
	return c;
}

TCase *uui_case(void)
{
	TCase *c = tcase_create("uui");

	tcase_add_loop_test(c, each_user_to_user_header, 0, COUNT(headers));
	tcase_add_test(c, all_bytes_come_back);
	tcase_add_test(c, the_queue_shows_one_after_the_other);
	return c;
}

TCase *uui_oom_case(void)
{
	TCase *c = tcase_create("oom");

	tcase_add_test(c, no_memory_for_user_information);
	return c;
}
