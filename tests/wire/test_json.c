// SPDX-License-Identifier: MIT
/* test_json.c - JSON of random messages is JSON, whatever the strings hold; and the rules for
 * names. */
#include "../test_main.h"
#include "sample.h"
#include "structs.h"

#include "base/random.h"
#include "tapi.pb-c.h"
#include "wire/json.h"

#include <tapi.h>

#include <math.h>
#include <string.h>

/* A checker of JSON's grammar: each function returns what follows, NULL if it is none. */
static const char *json_value(const char *s);

static const char *json_string(const char *s)
{
	if (*s++ != '"')
		return NULL;
	for (; *s != '"'; s++) {
		if ((unsigned char)*s < 0x20)
			return NULL;
		if (*s != '\\')
			continue;
		s++;
		if (*s == 'u') {
			if (strspn(s + 1, "0123456789abcdef") < 4)
				return NULL;
			s += 4;
		} else if (!*s || !strchr("\"\\", *s)) {
			return NULL;
		}
	}
	return s + 1;
}

static const char *json_list(const char *s, char close)
{
	if (*++s == close)
		return s + 1;
	for (;; s++) {
		if (close == '}') {
			s = json_string(s);
			if (!s || *s++ != ':')
				return NULL;
		}
		s = json_value(s);
		if (!s || (*s != ',' && *s != close))
			return NULL;
		if (*s == close)
			return s + 1;
	}
}

static const char *json_value(const char *s)
{
	char *end;

	if (*s == '"')
		return json_string(s);
	if (*s == '{' || *s == '[')
		return json_list(s, *s == '{' ? '}' : ']');
	if (!strncmp(s, "null", 4))
		return s + 4;
	(void)strtod(s, &end);
	return end == s ? NULL : end;
}

static bool is_json(const char *s)
{
	const char *end = json_value(s);

	return *s == '{' && end && !*end;
}

static struct arena arena;
static char text[65536];

static void start(void)
{
	arena_init(&arena, MESSAGE_MAX);
	random_seed(2);
}

static void stop(void)
{
	arena_fini(&arena);
	random_seed(0);
}

static const char *printed(const void *msg)
{
	size_t n = json_print(msg, text, sizeof(text));

	ck_assert_uint_lt(n, sizeof(text));
	ck_assert_uint_eq(strlen(text), n);
	return text;
}

START_TEST(any_message_is_json_with_all_its_fields)
{
	const ProtobufCMessageDescriptor *d = messages[_i];
	bool special = !strcmp(d->name, "Guid") || !strcmp(d->name, "SystemTime");

	for (int round = 0; round < 8 && !special; round++) {
		const char *s;

		arena_reset(&arena, MESSAGE_MAX);
		s = printed(sample_message(&arena, d));
		ck_assert_msg(is_json(s), "%s: %s", d->name, s);
	}
}
END_TEST

START_TEST(any_size_is_cut_and_says_the_whole_length)
{
	ProtobufCMessage *msg = sample_message(&arena, &line_address_caps__descriptor);
	size_t whole = json_print(msg, NULL, 0);
	char *copy = malloc(whole + 1);

	(void)printed(msg);
	for (size_t size = 1; size <= whole + 1; size++) {
		ck_assert_uint_eq(json_print(msg, copy, size), whole);
		ck_assert_uint_eq(strlen(copy), size - 1);
		ck_assert_int_eq(memcmp(copy, text, size - 1), 0);
	}
	free(copy);
}
END_TEST

START_TEST(constants_have_their_names)
{
	LineCallStatus status = LINE_CALL_STATUS__INIT;

	status.has_call_state = 1;
	status.call_state = LINECALLSTATE_DISCONNECTED;
	status.has_call_state_mode = 1;
	status.call_state_mode = LINEDISCONNECTMODE_BUSY;
	status.has_call_features = 1;
	status.call_features = LINECALLFEATURE_DROP | LINECALLFEATURE_HOLD;

	ck_assert_str_eq(printed(&status),
			"{\"call_state\":\"LINECALLSTATE_DISCONNECTED\","
			"\"call_state_mode\":\"LINEDISCONNECTMODE_BUSY\","
			"\"call_features\":[\"LINECALLFEATURE_DROP\",\"LINECALLFEATURE_HOLD\"]}");
}
END_TEST

START_TEST(plural_is_always_a_list_and_singular_only_when_it_must)
{
	LineCallInfo info = LINE_CALL_INFO__INIT;

	info.has_media_mode = 1;
	info.media_mode = LINEMEDIAMODE_DATAMODEM;
	info.has_monitor_media_modes = 1;
	info.monitor_media_modes = LINEMEDIAMODE_DATAMODEM;
	ck_assert_str_eq(printed(&info), "{\"media_mode\":\"LINEMEDIAMODE_DATAMODEM\","
					 "\"monitor_media_modes\":[\"LINEMEDIAMODE_DATAMODEM\"]}");

	info.media_mode = LINEMEDIAMODE_UNKNOWN | LINEMEDIAMODE_DATAMODEM;
	info.monitor_media_modes = 0x80000000U;
	ck_assert_str_eq(printed(&info),
			"{\"media_mode\":[\"LINEMEDIAMODE_UNKNOWN\",\"LINEMEDIAMODE_DATAMODEM\"],"
			"\"monitor_media_modes\":[\"0x80000000\"]}");

	info.media_mode = 0;
	info.monitor_media_modes = 0;
	ck_assert_str_eq(printed(&info), "{\"media_mode\":0,\"monitor_media_modes\":[]}");
}
END_TEST

START_TEST(messages_of_lines_and_phones_have_names)
{
	Event e = EVENT__INIT;

	e.has_object = 1;
	e.object = 0x100000001U;
	e.has_msg = 1;
	e.msg = LINE_CALLSTATE;
	ck_assert_str_eq(printed(&e), "{\"object\":\"0x100000001\",\"msg\":\"LINE_CALLSTATE\"}");

	e.msg = PHONE_STATE;
	ck_assert_str_eq(printed(&e), "{\"object\":\"0x100000001\",\"msg\":\"PHONE_STATE\"}");
}
END_TEST

START_TEST(strings_are_escaped_and_checked)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "", "\"\"" },
		{ "a\"b\\c\n\x7f", "\"a\\\"b\\\\c\\u000a\\u007f\"" },
		{ "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80",
				"\"\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\"" },
		{ "\xff", "\"\xef\xbf\xbd\"" },
		{ "\xc3", "\"\xef\xbf\xbd\"" },
		{ "\xc0\xaf", "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
		{ "\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
		{ "\xf4\x90\x80\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		KeyValue kv = KEY_VALUE__INIT;
		char in[32], want[64] = "{\"key\":";

		(void)strcpy(in, cases[i].in);
		kv.key = in;
		(void)strcat(strcat(want, cases[i].out), "}");
		ck_assert_str_eq(printed(&kv), want);
	}
}
END_TEST

START_TEST(guids_times_bytes_and_numbers)
{
	LineAgentSessionInfo info = LINE_AGENT_SESSION_INFO__INIT;
	TapixMspIdentifyReply reply = TAPIX_MSP_IDENTIFY_REPLY__INIT;
	LineCallStatus status = LINE_CALL_STATUS__INIT;
	uint8_t bytes[] = { 0, 0x7f, 0xff };
	SystemTime when = SYSTEM_TIME__INIT;
	Guid guid = GUID__INIT;

	guid.data1 = 0x01234567;
	guid.data2 = 0xcdef89abU;
	guid.data3 = 0x67452301;
	guid.data4 = 0xefcdab89U;
	reply.clsid = &guid;
	ck_assert_str_eq(printed(&reply), "{\"clsid\":\"{01234567-89AB-CDEF-0123-456789ABCDEF}\"}");

	when.year_month = 2026 | 7 << 16;
	when.day_of_week_day = 5 | 31 << 16;
	when.hour_minute = 23 | 4 << 16;
	when.second_milliseconds = 5 | 60 << 16;
	status.state_entry_time = &when;
	status.has_dev_specific = 1;
	status.dev_specific = (ProtobufCBinaryData){ sizeof(bytes), bytes };
	ck_assert_str_eq(printed(&status), "{\"dev_specific\":\"007fff\","
					   "\"state_entry_time\":\"2026-07-31T23:04:05.060\"}");

	info.has_session_start_time = 1;
	info.session_start_time = 1.5;
	info.has_acd_call_rate = 1;
	info.acd_call_rate = -20000;
	ck_assert_str_eq(printed(&info), "{\"session_start_time\":1.5,\"acd_call_rate\":-20000}");
	info.session_start_time = (double)NAN;
	ck_assert_str_eq(printed(&info), "{\"session_start_time\":null,\"acd_call_rate\":-20000}");
}
END_TEST

static Suite *json_suite(void)
{
	Suite *s = suite_create("json");
	TCase *t = tcase_create("json");

	tcase_add_checked_fixture(t, start, stop);
	tcase_add_loop_test(t, any_message_is_json_with_all_its_fields, 0, (int)message_count);
	tcase_add_test(t, any_size_is_cut_and_says_the_whole_length);
	tcase_add_test(t, constants_have_their_names);
	tcase_add_test(t, plural_is_always_a_list_and_singular_only_when_it_must);
	tcase_add_test(t, messages_of_lines_and_phones_have_names);
	tcase_add_test(t, strings_are_escaped_and_checked);
	tcase_add_test(t, guids_times_bytes_and_numbers);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(json_suite())
