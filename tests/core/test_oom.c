// SPDX-License-Identifier: MIT
/* test_oom.c - the core while memory is short, in stories: whatever allocation fails, each request
 * is answered or its connection is closed, and what comes after it works. */
#include "../oom.h"
#include "../test_main.h"
#include "tapisrvd/line.h"
#include "tapisrvd/session.h"
#include "world.h"

#include <string.h>

struct fixture {
	struct world w;
	struct mock *host, *app, *late; /* late: has not said hello */
	struct mock *other;             /* that monitors the line */
	uint32_t open, other_open;
	uint64_t call, second_call, offered;
};

static uint32_t ask_to_open(struct mock *app, uint32_t device, uint32_t ext_version)
{
	LineOpen m = LINE_OPEN__INIT;

	SET_ID(&m, device, device);
	SET(&m, api_version, 0x00020002);
	SET(&m, ext_version, ext_version);
	SET(&m, privileges, OWNER);
	SET(&m, media_modes, VOICE);
	return app_send(app, CALL_LineOpen, 0, &m.base);
}

static void open_with_extension(struct fixture *f)
{
	(void)ask_to_open(f->app, 1, 1);
}

static void open_mapped(struct fixture *f)
{
	(void)ask_to_open(f->app, LINEMAPPER, 0);
}

static void make_calls(struct fixture *f)
{
	LineMakeCall call = LINE_MAKE_CALL__INIT;
	LineSetupConference conference = LINE_SETUP_CONFERENCE__INIT;
	LineCallParams params = LINE_CALL_PARAMS__INIT;

	SET_ID(&call, line, 0);
	call.dest_address = (char *)"102";
	params.called_party = (char *)"Bob";
	params.comment = (char *)"lunch";
	call.call_params = &params;
	(void)app_send(f->app, CALL_LineMakeCall, f->open, &call.base);
	SET_ID(&conference, line, 0);
	SET(&conference, num_parties, 3);
	(void)app_send(f->app, CALL_LineSetupConference, f->open, &conference.base);
}

static void call_from_outside(struct fixture *f)
{
	f->offered = host_new_call(f->host, 0, VOICE);
	host_state(f->host, f->offered, LINECALLSTATE_CONNECTED, 0);
	host_state(f->host, f->offered, LINECALLSTATE_IDLE, 0);
}

static void ask_about_the_call(struct fixture *f)
{
	LineMonitorDigits digits = LINE_MONITOR_DIGITS__INIT;
	LineGetNewCalls calls = LINE_GET_NEW_CALLS__INIT;
	LineGetDevCaps caps = LINE_GET_DEV_CAPS__INIT;

	(void)ask_to_open(f->app, 2, 0);
	SET_ID(&digits, call, f->call);
	SET(&digits, digit_modes, LINEDIGITMODE_DTMF);
	(void)app_send(f->app, CALL_LineMonitorDigits, f->open, &digits.base);
	SET_ID(&calls, line, 0);
	SET(&calls, select, LINECALLSELECT_LINE);
	SET(&calls, call_list, 100);
	(void)app_send(f->app, CALL_LineGetNewCalls, f->open, &calls.base);
	SET_ID(&caps, device, 1);
	SET(&caps, api_version, 0x00020002);
	(void)app_send(f->app, CALL_LineGetDevCaps, 0, &caps.base);
}

static uint32_t set_key(struct mock *app, const char *value)
{
	TapixSetProviderKeys m = TAPIX_SET_PROVIDER_KEYS__INIT;
	KeyValue pair = KEY_VALUE__INIT, *pairs = &pair;

	pair.key = (char *)"x";
	pair.value = (char *)(uintptr_t)value;
	m.keys = &pairs;
	m.n_keys = 1;
	SET(&m, permanent_provider_id, 1);
	return app_send(app, CALL_TapixSetProviderKeys, 0, &m.base);
}

static void set_keys(struct fixture *f)
{
	(void)set_key(f->app, "1");
	(void)set_key(f->app, "2");
}

static void join(struct fixture *f)
{
	LineGetNewCalls m = LINE_GET_NEW_CALLS__INIT;

	SET_ID(&m, line, 0);
	SET(&m, select, LINECALLSELECT_LINE);
	SET(&m, call_list, 100);
	(void)app_send(f->other, CALL_LineGetNewCalls, f->other_open, &m.base);
}

/* A device that the provider announces, with all that is asked of it. */
static void new_line(struct fixture *f)
{
	host_event(f->host, 0, LINE_CREATE, 0, 4711, 0, NULL);
}

static void go_away(struct fixture *f)
{
	mock_hang_up(f->other);
}

static void configure(struct fixture *f)
{
	LineConfigProvider m = LINE_CONFIG_PROVIDER__INIT;

	f->host->fail[CALL_TspiProviderConfig] = LINEERR_OPERATIONUNAVAIL;
	SET(&m, permanent_provider_id, 1);
	(void)app_send(f->app, CALL_LineConfigProvider, 0, &m.base);
}

static void translate(struct fixture *f)
{
	LineTranslateAddress m = LINE_TRANSLATE_ADDRESS__INIT;

	SET_ID(&m, device, 1);
	SET(&m, api_version, 0x00020002);
	m.address_in = (char *)"+49 (30) 123";
	(void)app_send(f->app, CALL_LineTranslateAddress, 0, &m.base);
}

/* Both strings, or an error. */
static void check_translation(struct fixture *f)
{
	const struct seen *s = app_answer(f->app, FRAME_RETURN, f->app->serial);
	const LineTranslateAddressReply *reply = (const void *)s->body;

	if (s->h.result)
		return;
	ck_assert_ptr_nonnull(reply->translate_output->dialable_string);
	ck_assert_ptr_nonnull(reply->translate_output->displayable_string);
}

static void ask_for_keys(struct fixture *f)
{
	TapixGetProviderKeys m = TAPIX_GET_PROVIDER_KEYS__INIT;
	TspiProviderDescribeKeysReply reply = TSPI_PROVIDER_DESCRIBE_KEYS_REPLY__INIT;
	static char help[4000], name[] = "x";
	ProviderKey key = PROVIDER_KEY__INIT, *all[4] = { &key, &key, &key, &key };
	ProviderKeys keys = PROVIDER_KEYS__INIT;
	uint8_t bytes[20000];

	memset(help, 'h', sizeof(help) - 1);
	key.key = name;
	key.help = help; /* so long that each needs room of its own */
	keys.keys = all;
	keys.n_keys = 4;
	SET_BYTES(&reply, keys, bytes, provider_keys__pack(&keys, bytes));
	f->host->manual[CALL_TspiProviderDescribeKeys] = true;
	SET(&m, permanent_provider_id, 1);
	(void)app_send(f->app, CALL_TapixGetProviderKeys, 0, &m.base);
	if (host_request(f->host, CALL_TspiProviderDescribeKeys))
		host_return(f->host, host_request(f->host, CALL_TspiProviderDescribeKeys), 0,
				&reply.base);
	world_turn(&f->w);
}

/* All, or an error. */
static void check_keys(struct fixture *f)
{
	const struct seen *s = app_answer(f->app, FRAME_RETURN, f->app->serial);
	const TapixGetProviderKeysReply *reply = (const void *)s->body;

	if (!s->h.result && host_request(f->host, CALL_TspiProviderDescribeKeys))
		ck_assert_uint_eq(reply->n_keys, 4);
}

static void lose_the_host(struct fixture *f)
{
	mock_hang_up(f->host);
}

static void greet(struct fixture *f, uint64_t session)
{
	Hello hello = HELLO__INIT;

	SET(&hello, session, session);
	SET(&hello, resumed, session != 0);
	hello.app_name = (char *)"late";
	app_hello(f->late, &hello);
	world_turn(&f->w);
}

static void say_hello(struct fixture *f)
{
	greet(f, 0);
}

/* The other application, over another connection. */
static void come_back(struct fixture *f)
{
	greet(f, f->other->session);
	mock_send(f->late, (struct frame_header){ .kind = FRAME_END }, NULL);
	world_turn(&f->w);
}

/* Each is somebody's, or waits for him. */
static void check_sessions(struct fixture *f)
{
	list_for(l, &f->w.core->sessions) {
		const struct session *s = list_entry(l, struct session, link);

		ck_assert(s->client || timer_is_set(&s->grace_timer));
		ck_assert_ptr_nonnull(s->app_name);
		ck_assert_ptr_nonnull(s->friendly_name);
	}
}

static bool holds(struct mock *app, uint32_t open, uint64_t call)
{
	return app_on_call(app, CALL_LineDrop, open, call) != LINEERR_INVALCALLHANDLE;
}

/* Both calls, or none. */
static void check_join(struct fixture *f)
{
	bool ok = app_answer(f->other, FRAME_RETURN, f->other->serial)->h.result == 0;

	ck_assert_int_eq(holds(f->other, f->other_open, f->call), ok);
	ck_assert_int_eq(holds(f->other, f->other_open, f->second_call), ok);
}

/* Who is told nothing of what happens is not told that all is well either. */
static void check_line(struct fixture *f)
{
	const struct line *line = line_find(f->w.core, MOCK_LINES);

	if (!line || !line->announced)
		return;
	ck_assert_uint_eq(app_events(f->app, LINE_CREATE), 1);
	ck_assert_uint_eq(app_events(f->other, LINE_CREATE), 1);
}

static void check_state(struct fixture *f)
{
	if (!holds(f->app, f->open, f->offered))
		return;
	ck_assert_uint_eq(app_events(f->app, LINE_APPNEWCALL), 1);
	ck_assert_uint_eq(app_state(f->app), LINECALLSTATE_IDLE);
}

static bool has_completed(const struct mock *app, uint32_t serial)
{
	const struct seen *s = app_answer(app, FRAME_COMPLETION, serial);

	return s && !s->h.result;
}

/* What has succeeded has given the call to who asked. */
static void check_made(struct fixture *f)
{
	uint32_t last = f->app->serial;
	const LineMakeCallReply *call =
			(const void *)app_answer(f->app, FRAME_RETURN, last - 1)->body;
	const LineSetupConferenceReply *conference =
			(const void *)app_answer(f->app, FRAME_RETURN, last)->body;

	if (has_completed(f->app, last - 1))
		ck_assert(holds(f->app, f->open, call->call));
	if (has_completed(f->app, last)) {
		ck_assert(holds(f->app, f->open, conference->conf_call));
		ck_assert(holds(f->app, f->open, conference->consult_call));
	}
}

static const struct story {
	const char *name;
	void (*tell)(struct fixture *f);
	void (*check)(struct fixture *f); /* while the application is connected; NULL: nothing */
} stories[] = {
	{ "open with an extension version", open_with_extension, NULL },
	{ "open of LINEMAPPER", open_mapped, NULL },
	{ "calls that are made", make_calls, check_made },
	{ "a call from outside", call_from_outside, check_state },
	{ "questions", ask_about_the_call, NULL },
	{ "a late joiner", join, check_join },
	{ "the end of an application", go_away, NULL },
	{ "a new line", new_line, check_line },
	{ "keys", set_keys, NULL },
	{ "a provider without dialogs", configure, NULL },
	{ "a translation", translate, check_translation },
	{ "keys and what they are", ask_for_keys, check_keys },
	{ "the end of a host", lose_the_host, NULL },
	{ "a hello", say_hello, check_sessions },
	{ "a session that is back", come_back, check_sessions },
};

static void set_up(struct fixture *f)
{
	memset(f, 0, sizeof(*f));
	world_init(&f->w, "mock", NULL);
	f->host = world_host(&f->w, "mock");
	f->app = world_app(&f->w, "app");
	f->late = world_raw(&f->w, false, 0);
	f->open = app_open(f->app, 0, OWNER, VOICE);
	f->other = world_app(&f->w, "other");
	f->other_open = app_open(f->other, 0, LINECALLPRIVILEGE_NONE, 0);
	f->call = app_make_call(f->app, f->open, 0);
	f->second_call = app_make_call(f->app, f->open, 0);
	buf_fini(&f->w.core->scratch); /* a long event is to come */
}

static bool is_answered(const struct mock *app, uint32_t serial)
{
	const struct seen *s = app_answer(app, FRAME_RETURN, serial);
	const struct rule *rule = rule_find((uint16_t)app->kinds[serial]);

	if (!s || app_answers(app, FRAME_RETURN, serial) != 1)
		return false;
	if (s->h.result || rule->kind != KIND_ASYNC)
		return true;
	return app_answers(app, FRAME_COMPLETION, serial) == 1;
}

static void check_answers(const struct mock *app, const char *name, unsigned long round)
{
	for (uint32_t serial = 1; serial <= app->serial && app->connected; serial++)
		ck_assert_msg(is_answered(app, serial),
				"%s, allocation %lu: request %u (%s) is not answered once", name,
				round, serial, rule_find((uint16_t)app->kinds[serial])->name);
}

/* The provider's host is started again if it was lost; then all is as ever. */
static void check_life(struct fixture *f, const char *name, unsigned long round)
{
	struct mock *app;
	uint32_t open;

	world_wait(&f->w, 100);
	if (!f->host->connected) {
		struct mock *host = world_raw(&f->w, true, 0);

		host->calls = f->host->calls;
		f->host = world_host_on(host, "mock");
	}
	app = world_app(&f->w, "after");
	open = app_open(app, 3, OWNER, VOICE);
	ck_assert_msg(open != 0, "%s, allocation %lu: no line can be opened", name, round);
	ck_assert_uint_ne(app_make_call(app, open, 3), 0);
	ck_assert_uint_eq(app_answers(app, FRAME_COMPLETION, app->serial), 1);
	ck_assert_int_eq(app_answer(app, FRAME_RETURN, set_key(app, "3"))->h.result, 0);
}

START_TEST(oom_answers_all_and_goes_on)
{
	const struct story *s = &stories[_i];

	for (unsigned long round = 1;; round++) {
		struct fixture f;
		unsigned long before;
		bool failed;

		set_up(&f);
		before = mem_count();
		mem_fail_at(round);
		s->tell(&f);
		failed = mem_count() - before >= round;
		mem_fail_at(0);
		world_turn(&f.w);
		check_answers(f.app, s->name, round);
		check_answers(f.other, s->name, round);
		if (s->check && f.app->connected && (f.other->connected || s->tell == come_back))
			s->check(&f);
		check_life(&f, s->name, round);
		world_fini(&f.w);
		if (!failed)
			break;
	}
}
END_TEST

/* The buffer in which events are packed has to be had anew. */
START_TEST(oom_who_cannot_be_told_of_a_request_is_disconnected)
{
	bool failed = true;

	for (unsigned long round = 1; failed; round++) {
		struct fixture f;
		LineRegisterRequestRecipient serve = LINE_REGISTER_REQUEST_RECIPIENT__INIT;
		TapiRequestMakeCall ask = TAPI_REQUEST_MAKE_CALL__INIT;
		const struct seen *answer;
		unsigned long before;

		set_up(&f);
		SET(&serve, request_mode, LINEREQUESTMODE_MAKECALL);
		SET(&serve, enable, 1);
		ck_assert_int_eq(app_call(f.other, CALL_LineRegisterRequestRecipient, 0,
						 &serve.base),
				0);
		ask.dest_address = (char *)"102";
		buf_fini(&f.w.core->scratch);
		before = mem_count();
		mem_fail_at(round);
		(void)app_send(f.app, CALL_TapiRequestMakeCall, 0, &ask.base);
		failed = mem_count() - before >= round;
		mem_fail_at(0);
		world_turn(&f.w);
		answer = app_answer(f.app, FRAME_RETURN, f.app->serial);
		if (answer && answer->h.result == 0 && !app_events(f.other, LINE_REQUEST))
			ck_assert_msg(!f.other->connected, "allocation %lu: it is not told", round);
		world_fini(&f.w);
	}
}
END_TEST

START_TEST(oom_a_provider_has_all_its_lines_or_starts_again)
{
	bool failed = true;

	for (unsigned long round = 1; failed; round++) {
		unsigned long before;
		struct mock *host, *app;
		struct world w;

		world_init(&w, "mock", NULL);
		host = world_raw(&w, true, 0);
		before = mem_count();
		mem_fail_at(round);
		(void)world_host_on(host, "mock");
		failed = mem_count() - before >= round;
		mem_fail_at(0);
		world_turn(&w);
		if (!host->connected) {
			world_wait(&w, 1000);
			(void)world_host(&w, "mock");
		}
		app = world_app(&w, "app");
		for (uint32_t device = 0; device < MOCK_LINES; device++)
			ck_assert_msg(app_open(app, device, OWNER, VOICE) != 0,
					"allocation %lu: line %u is missing", round, device);
		world_fini(&w);
	}
}
END_TEST

/* It is longer than what is kept for messages. */
static void ask_at_length(struct fixture *f)
{
	static char address[20000];
	LineTranslateAddress m = LINE_TRANSLATE_ADDRESS__INIT;

	memset(address, '1', sizeof(address) - 1);
	SET_ID(&m, device, 1);
	SET(&m, api_version, 0x00020002);
	m.address_in = address;
	(void)app_send(f->app, CALL_LineTranslateAddress, 0, &m.base);
}

START_TEST(oom_a_request_that_finds_no_room_is_answered)
{
	unsigned answered = 0;
	bool failed = true;

	for (unsigned long round = 1; failed; round++) {
		const struct seen *s;
		unsigned long before;
		struct fixture f;

		set_up(&f);
		before = mem_count();
		mem_fail_at(round);
		ask_at_length(&f);
		failed = mem_count() - before >= round;
		mem_fail_at(0);
		world_turn(&f.w);
		s = app_answer(f.app, FRAME_RETURN, f.app->serial);
		answered += f.app->connected && s && s->h.result == LINEERR_NOMEM;
		world_fini(&f.w);
	}
	ck_assert_uint_gt(answered, 0);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core oom");
	TCase *t = tcase_create("oom");

	tcase_add_loop_test(t, oom_answers_all_and_goes_on, 0,
			(int)(sizeof(stories) / sizeof(stories[0])));
	tcase_add_test(t, oom_who_cannot_be_told_of_a_request_is_disconnected);
	tcase_add_test(t, oom_a_provider_has_all_its_lines_or_starts_again);
	tcase_add_test(t, oom_a_request_that_finds_no_room_is_answered);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
