// SPDX-License-Identifier: MIT
/* test_hostile.c - whatever an MSP sends, the exchange answers at most one error and goes on. */
#include "suites.h"
#include "world.h"

#include "providers/exchange/exchange.h"

#include "base/random.h"

#include <string.h>

static void connect(void)
{
	world_start(NULL);
	(void)world_add_msp("101");
	(void)world_add_msp("102");
	(void)world_make("101", "102", NULL);
	(void)world_msp_says(1, "TAPI-RTP/1 offer 1\n\nsdp A");
	(void)world_answer(2);
	(void)world_msp_says(2, "TAPI-RTP/1 answer 1\n\nsdp B");
	(void)world_take();
}

static const struct {
	const char *text, *log;
} rows[] = {
	{ "x", "101.1 msp error 0 [Code: 400]\n" },
	{ "\n", "101.1 msp error 0 [Code: 400]\n" },
	{ "TAPI-RTP/1 offer 7\n", "101.1 msp error 7 [Code: 400]\n" },
	{ "TAPI-RTP/2 offer 7\n\n", "101.1 msp error 0 [Code: 505]\n" },
	{ "TAPI-RTP/1 sing 7\n\n", "101.1 msp error 7 [Code: 405]\n" },
	{ "TAPI-RTP/1 offer 7\n\nsdp", "101.1 msp error 7 [Code: 481]\n" },
	{ "TAPI-RTP/1 offer 7\nNew: yes\n\n", "101.1 msp error 7 [Code: 400]\n" },
	{ "TAPI-RTP/1 answer 7\n\nsdp", "101.1 msp error 7 [Code: 481]\n" },
	{ "TAPI-RTP/1 answer 1\n\n", "101.1 msp error 1 [Code: 400]\n" },
	{ "TAPI-RTP/1 offer? 7\n\n", "101.1 msp error 7 [Code: 405]\n" },
	{ "TAPI-RTP/1 close 7\n\n", "101.1 msp error 7 [Code: 405]\n" },
	{ "TAPI-RTP/1 digits 7\nDigits: 1\n\n", "101.1 msp error 7 [Code: 405]\n" },
	/* nobody answers an error, or what is just news */
	{ "TAPI-RTP/1 error 0\nCode: 400\n\n", "" },
	{ "TAPI-RTP/1 error 7\n\n", "" },
	{ "TAPI-RTP/1 error 1\nCode: 99999999999\nReason: %s%n\n\n", "" },
	{ "TAPI-RTP/1 ok 7\n\n", "" },
	{ "TAPI-RTP/1 digits-done 7\n\n", "" },
	{ "TAPI-RTP/1 tone-done 7\n\n", "" },
	{ "TAPI-RTP/1 digit 7\n\n", "" },
	{ "TAPI-RTP/1 digit 7\nDigit: 12\nState: down\n\n", "" },
	{ "TAPI-RTP/1 digit 7\nDigit: !\nState: down\n\n", "" },
	{ "TAPI-RTP/1 digit 7\nDigit: 1\nState: sideways\n\n", "" },
};

START_TEST(each_odd_message)
{
	(void)TSPI_lineMonitorDigits(world_call(1), LINEDIGITMODE_DTMF | LINEDIGITMODE_DTMFEND);
	(void)world_take();

	ck_assert_int_eq(world_msp_says(1, rows[_i].text), 0);

	expect_log(rows[_i].log);
	ck_assert_uint_eq(world_state(1), LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(world_state(2), LINECALLSTATE_CONNECTED);
}
END_TEST

START_TEST(a_description_of_the_largest_size_is_passed_or_refused)
{
	static char text[65537];
	size_t head = strlen("TAPI-RTP/1 offer 9\nNew: yes\n\n");

	memcpy(text, "TAPI-RTP/1 offer 9\nNew: yes\n\n", head);
	memset(text + head, 'a', sizeof(text) - head);

	ck_assert_int_eq(world_msp_bytes(1, text, 65536), 0);
	ck_assert_int_eq(strncmp(world_take(), "102.2 msp offer 2 <aaa", 22), 0);
	ck_assert_int_eq(world_msp_bytes(1, text, 65537), 0);
	expect_log("101.1 msp error 0 [Code: 413]\n");

	/* an answer that fits, but not with the header that the exchange adds */
	head = strlen("TAPI-RTP/1 answer 2\n\n");
	memcpy(text, "TAPI-RTP/1 answer 2\n\n", head);
	memset(text + head, 'b', sizeof(text) - head);
	ck_assert_int_eq(world_msp_bytes(2, text, 65536), 0);
	expect_log("101.1 msp error 9 [Code: 413]\n");
}
END_TEST

START_TEST(a_dead_call_hears_nothing)
{
	(void)world_drop(1);
	(void)world_take();

	(void)world_msp_says(1, "TAPI-RTP/1 offer 1\nNew: yes\n\nsdp");
	(void)world_msp_says(2, "garbage");
	(void)world_msp_bytes(2, NULL, 0);

	expect_log("");
	(void)world_close_call(1);
	ck_assert_int_eq(TSPI_lineReceiveMSPData(0, world_call(1), 0, NULL, 0),
			LINEERR_INVALCALLHANDLE);
}
END_TEST

/* Words that a message is made of, so that chance gets far. */
static const char *const words[] = { "TAPI-RTP/1 ", "offer", "offer?", "answer", "error", "digit",
	"digits-done", "ok", " 1", " 2", " 3", " 4", "\n", "\n\n", "New: yes\n", "Code: 488\n",
	"Digit: 5\n", "State: down\n", "State: up\n", "sdp", "Result: done\n", "\r\n", ":", " ",
	"\xff", "2147483647", "TAPI-RTP/1 offer 1\n\nsdp", "TAPI-RTP/1 answer 1\n\nsdp",
	"TAPI-RTP/1 offer 5\nNew: yes\n\nsdp", "TAPI-RTP/1 error 1\nCode: 488\n\n" };

static size_t random_message(char out[512])
{
	size_t used = 0;

	for (uint64_t n = random_u64() % 8; n; n--) {
		const char *w = words[random_u64() % (sizeof(words) / sizeof(words[0]))];

		memcpy(out + used, w, strlen(w));
		used += strlen(w);
	}
	if (used && random_u64() % 4 == 0)
		out[random_u64() % used] = (char)random_u64();
	return used;
}

START_TEST(random_messages_to_random_calls)
{
	char text[512];

	random_seed(4711);
	for (int i = 0; i < 4000; i++) {
		DWORD call = 1 + (DWORD)(random_u64() % world_calls());
		size_t size = random_message(text);

		if (random_u64() % 64 == 0 && world_calls() < 1000)
			(void)world_make(random_u64() % 2 ? "101" : "102", "103", NULL);
		else if (random_u64() % 64 == 0)
			(void)world_answer(call);
		else if (random_u64() % 64 == 0)
			(void)world_drop(call);
		else if (random_u64() % 64 == 0)
			(void)TSPI_lineGenerateDigits(world_call(call), 5, LINEDIGITMODE_DTMF, "12",
					0);
		else
			(void)world_msp_bytes(call, text, (DWORD)size);
		exchange_advance(random_u64() % 100);
		(void)world_take();
	}

	/* it still works */
	(void)world_make("104", "101", NULL);
	ck_assert_ptr_nonnull(strstr(world_take(), "CALLSTATE"));
}
END_TEST

#define COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))

TCase *hostile_case(void)
{
	TCase *tc = tcase_create("hostile");

	tcase_add_checked_fixture(tc, connect, world_stop);
	tcase_add_loop_test(tc, each_odd_message, 0, COUNT(rows));
	tcase_add_test(tc, a_description_of_the_largest_size_is_passed_or_refused);
	tcase_add_test(tc, a_dead_call_hears_nothing);
	tcase_add_test(tc, random_messages_to_random_calls);
	return tc;
}
