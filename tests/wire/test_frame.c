// SPDX-License-Identifier: MIT
/* test_frame.c - the frame's header: its bytes are the protocol. */
#include "../test_main.h"

#include "base/random.h"
#include "wire/calls.h"
#include "wire/frame.h"

#include <string.h>

START_TEST(header_has_the_bytes_of_the_document)
{
	static const uint8_t want[FRAME_HEADER] = { 0x04, 0x03, 0x02, 0x01, 0xeb, 0x03, 0x05, 0x00,
		0xff, 0xff, 0xff, 0x7f, 0x09, 0x00, 0x00, 0x00, 0x88, 0x77, 0x66, 0x55, 0x44, 0x33,
		0x22, 0x11, 0x0d, 0x0c, 0x0b, 0x0a, 0x4b, 0x00, 0x00, 0x80 };
	struct frame_header h = { .length = 0x01020304,
		.kind = FRAME_EVENT,
		.flags = FLAG_DESCRIPTOR | FLAG_WANT_ACK,
		.serial = 0x7fffffff,
		.open = 9,
		.origin_session = 0x1122334455667788U,
		.origin_serial = 0x0a0b0c0d,
		.result = -0x7fffffb5 };
	uint8_t bytes[FRAME_HEADER];

	frame_header_pack(&h, bytes);

	ck_assert_int_eq(memcmp(bytes, want, sizeof(want)), 0);
}
END_TEST

START_TEST(any_header_comes_back_as_it_was)
{
	random_seed(3);
	for (int i = 0; i < 1000; i++) {
		uint8_t bytes[FRAME_HEADER], again[FRAME_HEADER];
		struct frame_header h;

		random_bytes(bytes, sizeof(bytes));
		frame_header_unpack(bytes, &h);
		frame_header_pack(&h, again);
		ck_assert_int_eq(memcmp(bytes, again, sizeof(bytes)), 0);
	}
	random_seed(0);
}
END_TEST

START_TEST(kinds_have_names)
{
	ck_assert_str_eq(frame_kind_name(FRAME_HELLO), "HELLO");
	ck_assert_str_eq(frame_kind_name(FRAME_ACK), "ACK");
	ck_assert_str_eq(frame_kind_name(CALL_LineMakeCall), "LineMakeCall");
	ck_assert_str_eq(frame_kind_name(0), "unknown");
	ck_assert_str_eq(frame_kind_name(FRAME_HELLO - 1), "unknown");
	ck_assert_str_eq(frame_kind_name(FRAME_PIPE + 1), "unknown");
	ck_assert_str_eq(frame_kind_name(65535), "unknown");
}
END_TEST

static Suite *frame_suite(void)
{
	Suite *s = suite_create("frame");
	TCase *t = tcase_create("frame");

	tcase_add_test(t, header_has_the_bytes_of_the_document);
	tcase_add_test(t, any_header_comes_back_as_it_was);
	tcase_add_test(t, kinds_have_names);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(frame_suite())
