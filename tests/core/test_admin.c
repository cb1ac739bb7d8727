// SPDX-License-Identifier: MIT
/* test_admin.c - lineAddProvider and lineRemoveProvider: who hears what, what is undone when it
 * fails, and that other providers notice nothing. */
#include "../test_main.h"
#include "tapisrvd/provider.h"
#include "tapisrvd/store.h"
#include "world.h"

#include <string.h>
#include <unistd.h>

struct fixture {
	struct world w;
	struct mock *host, *app, *admin;
};

static void set_up(struct fixture *f)
{
	world_init(&f->w, "mock", NULL);
	f->host = world_host(&f->w, "mock");
	f->app = world_app(&f->w, "app");
	f->admin = world_app(&f->w, "admin");
}

static uint32_t add(struct fixture *f, const char *file)
{
	LineAddProvider m = LINE_ADD_PROVIDER__INIT;

	m.provider_filename = (char *)(uintptr_t)file;
	return app_send(f->admin, CALL_LineAddProvider, 0, &m.base);
}

static int32_t result_of(const struct mock *app, uint32_t serial)
{
	const struct seen *s = app_answer(app, FRAME_RETURN, serial);

	ck_assert_ptr_nonnull(s);
	ck_assert(s->h.result == 0 || seen_failure(s)->sentence);
	return s->h.result;
}

static const char *sentence_of(const struct mock *app, uint32_t serial)
{
	const Failure *failure = seen_failure(app_answer(app, FRAME_RETURN, serial));

	return failure ? failure->sentence : "";
}

static uint32_t remove_provider(struct fixture *f, uint32_t id)
{
	LineRemoveProvider m = LINE_REMOVE_PROVIDER__INIT;

	SET(&m, permanent_provider_id, id);
	return app_send(f->admin, CALL_LineRemoveProvider, 0, &m.base);
}

/* One that runs; its id. */
static uint32_t added(struct fixture *f, const char *name, struct mock **host)
{
	uint32_t serial = add(f, name);
	const LineAddProviderReply *reply;

	*host = world_host(&f->w, name);
	ck_assert_int_eq(result_of(f->admin, serial), 0);
	reply = (const void *)app_answer(f->admin, FRAME_RETURN, serial)->body;
	return reply->permanent_provider_id;
}

START_TEST(add_is_answered_when_the_provider_runs)
{
	struct fixture f;
	struct mock *host;
	uint32_t serial;

	set_up(&f);
	serial = add(&f, "late.so");
	ck_assert_ptr_null(app_answer(f.admin, FRAME_RETURN, serial));
	host = world_host(&f.w, "late");

	ck_assert_int_eq(result_of(f.admin, serial), 0);
	ck_assert_uint_eq(host_asked(host, CALL_TspiProviderInstall), 1);
	ck_assert_uint_eq(app_events(f.app, LINE_CREATE), MOCK_LINES);
	ck_assert_uint_ne(app_open(f.app, MOCK_LINES, OWNER, VOICE), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(install_is_for_what_is_added_only)
{
	struct fixture f;
	struct mock *host;

	set_up(&f);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiProviderInstall), 0);
	(void)added(&f, "late", &host);
	mock_hang_up(host);
	world_turn(&f.w);
	host = world_host(&f.w, "late");
	ck_assert_uint_eq(host_asked(host, CALL_TspiProviderInstall), 0);
	ck_assert_int_eq(provider_find(f.w.core, "late")->state, PROVIDER_RUNNING);
	world_fini(&f.w);
}
END_TEST

static const struct {
	const char *file;
	int32_t result;
} names[] = {
	{ "/tmp/evil.so", LINEERR_INVALPARAM },
	{ "../evil", LINEERR_INVALPARAM },
	{ "", LINEERR_INVALPARAM },
	{ ".so", LINEERR_INVALPARAM },
	{ "a b", LINEERR_INVALPARAM },
	{ "a.b", LINEERR_INVALPARAM },
	{ "a23456789012345678901234567890123456789012345678901234567890", LINEERR_INVALPARAM },
	{ "mock", LINEERR_NOMULTIPLEINSTANCE },
	{ "mock.so", LINEERR_NOMULTIPLEINSTANCE },
};

START_TEST(a_name_that_is_none_is_refused)
{
	struct fixture f;

	set_up(&f);
	ck_assert_int_eq(result_of(f.admin, add(&f, names[_i].file)), names[_i].result);
	ck_assert_uint_eq(f.w.core->last_provider_id, 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(only_administrators_may)
{
	struct fixture f;
	LineAddProvider m = LINE_ADD_PROVIDER__INIT;

	set_up(&f);
	f.app = world_app_of(&f.w, "user", getuid() + 4711);
	m.provider_filename = (char *)"late";
	ck_assert_int_eq(app_call(f.app, CALL_LineAddProvider, 0, &m.base),
			LINEERR_OPERATIONFAILED);
	ck_assert_ptr_null(provider_find(f.w.core, "late"));
	world_fini(&f.w);
}
END_TEST

/* Each step of a start that may fail; after the install it is taken back. */
static const struct {
	uint16_t step;
	unsigned removes;
} steps[] = {
	{ CALL_TspiLineNegotiateTspiVersion, 0 },
	{ CALL_TspiProviderInstall, 0 },
	{ CALL_TspiProviderEnumDevices, 1 },
	{ CALL_TspiProviderInit, 1 },
};

START_TEST(a_failing_start_is_taken_back)
{
	struct fixture f;
	struct mock *host;
	uint32_t serial;

	set_up(&f);
	serial = add(&f, "late");
	host = world_raw(&f.w, true, 0);
	host->fail[steps[_i].step] = LINEERR_RESOURCEUNAVAIL;
	(void)world_host_on(host, "late");

	ck_assert_int_eq(result_of(f.admin, serial), LINEERR_OPERATIONFAILED);
	ck_assert_ptr_nonnull(strstr(sentence_of(f.admin, serial), "the mock refuses"));
	ck_assert_uint_eq(host_asked(host, CALL_TspiProviderRemove), steps[_i].removes);
	ck_assert(!host->connected);
	ck_assert_ptr_null(provider_find(f.w.core, "late"));
	ck_assert_uint_eq(app_events(f.app, LINE_CREATE), 0);
	(void)added(&f, "late", &host); /* another attempt is free to work */
	world_fini(&f.w);
}
END_TEST

START_TEST(one_that_does_not_export_install_needs_none)
{
	struct fixture f;
	struct mock *host;
	uint32_t serial;
	Failure why = FAILURE__INIT;
	struct frame_header h = {
		.kind = FRAME_RETURN, .flags = FLAG_FAILURE, .result = LINEERR_OPERATIONUNAVAIL
	};

	set_up(&f);
	serial = add(&f, "late");
	host = world_raw(&f.w, true, 0);
	host->manual[CALL_TspiProviderInstall] = true;
	(void)world_host_on(host, "late");
	why.cause = (char *)"refused by the host";
	h.serial = host_request(host, CALL_TspiProviderInstall)->h.serial;
	mock_send(host, h, &why.base);
	world_turn(&f.w);

	ck_assert_int_eq(result_of(f.admin, serial), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_host_that_dies_while_it_is_added_is_no_provider)
{
	struct fixture f;
	struct mock *host;
	uint32_t serial;

	set_up(&f);
	serial = add(&f, "late");
	host = world_raw(&f.w, true, 0);
	host->manual[CALL_TspiProviderInit] = true;
	(void)world_host_on(host, "late");
	mock_hang_up(host);
	world_turn(&f.w);

	ck_assert_int_eq(result_of(f.admin, serial), LINEERR_OPERATIONFAILED);
	ck_assert_ptr_null(provider_find(f.w.core, "late"));
	world_fini(&f.w);
}
END_TEST

START_TEST(who_asked_may_go_meanwhile)
{
	struct fixture f;

	set_up(&f);
	(void)add(&f, "late");
	mock_hang_up(f.admin);
	(void)world_host(&f.w, "late");
	ck_assert_int_eq(provider_find(f.w.core, "late")->state, PROVIDER_RUNNING);
	world_fini(&f.w);
}
END_TEST

START_TEST(remove_closes_by_force_and_ids_say_nodriver)
{
	struct fixture f;
	struct mock *host;
	uint32_t id, serial, open;
	uint64_t call;

	set_up(&f);
	id = added(&f, "late", &host);
	open = app_open(f.app, MOCK_LINES, OWNER, VOICE);
	call = app_make_call(f.app, open, MOCK_LINES);
	host_state(host, call, LINECALLSTATE_CONNECTED, 0);
	serial = remove_provider(&f, id);

	ck_assert_uint_eq(host_asked(host, CALL_TspiProviderRemove), 1);
	ck_assert_uint_eq(app_events(f.app, LINE_CLOSE), 1);
	ck_assert_uint_eq(app_state(f.app), LINECALLSTATE_IDLE);
	ck_assert_uint_eq(app_events(f.app, LINE_REMOVE), MOCK_LINES);
	ck_assert_uint_eq(app_open(f.app, MOCK_LINES, OWNER, VOICE), 0);
	ck_assert_int_eq(mock_last(f.app, FRAME_RETURN)->h.result, LINEERR_NODRIVER);
	ck_assert_ptr_null(app_answer(f.admin, FRAME_RETURN, serial)); /* it shuts down */
	mock_hang_up(host);
	ck_assert_int_eq(result_of(f.admin, serial), 0);
	ck_assert_uint_eq(app_open(f.app, MOCK_LINES, OWNER, VOICE), 0);
	ck_assert_int_eq(mock_last(f.app, FRAME_RETURN)->h.result, LINEERR_NODRIVER);
	world_fini(&f.w);
}
END_TEST

START_TEST(calls_of_others_go_on)
{
	struct fixture f;
	struct mock *host;
	uint32_t id, serial, open;
	uint64_t call;

	set_up(&f);
	open = app_open(f.app, 0, OWNER, VOICE);
	call = app_make_call(f.app, open, 0);
	host_state(f.host, call, LINECALLSTATE_CONNECTED, 0);
	id = added(&f, "late", &host);
	serial = remove_provider(&f, id);
	mock_hang_up(host);

	ck_assert_int_eq(result_of(f.admin, serial), 0);
	ck_assert_uint_eq(app_state(f.app), LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(app_events(f.app, LINE_CLOSE), 0);
	ck_assert_int_eq(app_on_call(f.app, CALL_LineHold, open, call), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_provider_that_refuses_to_go_stays)
{
	struct fixture f;
	struct mock *host;
	uint32_t id;

	set_up(&f);
	id = added(&f, "late", &host);
	host->fail[CALL_TspiProviderRemove] = LINEERR_RESOURCEUNAVAIL;
	ck_assert_int_eq(result_of(f.admin, remove_provider(&f, id)), LINEERR_OPERATIONFAILED);
	ck_assert_uint_eq(app_events(f.app, LINE_REMOVE), 0);
	ck_assert_uint_ne(app_open(f.app, MOCK_LINES, OWNER, VOICE), 0);
	host->fail[CALL_TspiProviderRemove] = 0;
	(void)remove_provider(&f, id);
	ck_assert_uint_eq(app_events(f.app, LINE_REMOVE), MOCK_LINES);
	world_fini(&f.w);
}
END_TEST

START_TEST(one_that_cannot_be_kept_is_not_added)
{
	struct fixture f;
	struct mock *host;
	uint32_t serial;

	set_up(&f);
	world_store_fails(&f.w, true);
	serial = add(&f, "late");
	ck_assert_int_eq(result_of(f.admin, serial), LINEERR_OPERATIONFAILED);
	ck_assert_ptr_nonnull(strstr(sentence_of(f.admin, serial), "nothing has changed"));
	ck_assert_ptr_null(provider_find(f.w.core, "late"));

	world_store_fails(&f.w, false); /* and again when it has been started */
	serial = add(&f, "late");
	world_store_fails(&f.w, true);
	host = world_host(&f.w, "late");
	ck_assert_int_eq(result_of(f.admin, serial), LINEERR_OPERATIONFAILED);
	ck_assert_ptr_nonnull(strstr(sentence_of(f.admin, serial), "nothing has changed"));
	ck_assert_uint_eq(host_asked(host, CALL_TspiProviderRemove), 1);
	ck_assert(!host->connected);
	ck_assert_ptr_null(provider_find(f.w.core, "late"));
	ck_assert_uint_eq(app_events(f.app, LINE_CREATE), 0);

	world_store_fails(&f.w, false);
	(void)added(&f, "late", &host);
	world_fini(&f.w);
}
END_TEST

START_TEST(one_that_cannot_be_forgotten_stays)
{
	struct fixture f;
	struct mock *host;
	uint32_t id, serial;

	set_up(&f);
	id = added(&f, "late", &host);
	world_store_fails(&f.w, true);
	serial = remove_provider(&f, id);

	ck_assert_int_eq(result_of(f.admin, serial), LINEERR_OPERATIONFAILED);
	ck_assert_ptr_nonnull(strstr(sentence_of(f.admin, serial), "nothing has changed"));
	ck_assert_uint_eq(host_asked(host, CALL_TspiProviderRemove), 0);
	ck_assert_uint_eq(app_events(f.app, LINE_REMOVE), 0);
	ck_assert_int_eq(provider_find(f.w.core, "late")->state, PROVIDER_RUNNING);
	world_fini(&f.w);
}
END_TEST

static void count(void *arg, const struct store_row *row)
{
	*(int64_t *)arg = store_number(row, 0);
}

START_TEST(one_that_refuses_to_go_is_still_kept)
{
	struct fixture f;
	struct mock *host;
	int64_t kept = 0;
	uint32_t id;

	set_up(&f);
	id = added(&f, "late", &host);
	host->fail[CALL_TspiProviderRemove] = LINEERR_RESOURCEUNAVAIL;
	ck_assert_int_eq(result_of(f.admin, remove_provider(&f, id)), LINEERR_OPERATIONFAILED);

	ck_assert_int_eq(store_run(f.w.core->store,
					 "SELECT count(*) FROM provider WHERE id = ? AND origin = 1"
					 " AND num_lines = ?",
					 STORE_VALUES(STORE_N(id), STORE_N(MOCK_LINES)), count,
					 &kept),
			0);
	ck_assert_int_eq(kept, 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_provider_that_does_not_shut_down_is_ended)
{
	struct fixture f;
	struct mock *host;
	uint32_t serial;

	set_up(&f);
	serial = add(&f, "late");
	host = world_host(&f.w, "late");
	ck_assert_int_eq(result_of(f.admin, serial), 0);
	host->manual[CALL_TspiProviderShutdown] = true;
	serial = remove_provider(&f, provider_find(f.w.core, "late")->id);
	world_wait(&f.w, f.w.options.kill_ms + 200);

	ck_assert_int_eq(result_of(f.admin, serial), 0);
	ck_assert(!host->connected);
	world_fini(&f.w);
}
END_TEST

START_TEST(what_cannot_be_removed_says_so)
{
	struct fixture f;
	struct mock *host;
	uint32_t id, serial;

	set_up(&f);
	ck_assert_int_eq(result_of(f.admin, remove_provider(&f, 99)), LINEERR_INVALPARAM);
	serial = remove_provider(&f, 1);
	ck_assert_int_eq(result_of(f.admin, serial), LINEERR_OPERATIONFAILED);
	ck_assert_ptr_nonnull(strstr(sentence_of(f.admin, serial), "configuration file"));
	id = added(&f, "late", &host);
	(void)remove_provider(&f, id);
	ck_assert_int_eq(result_of(f.admin, remove_provider(&f, id)), LINEERR_OPERATIONFAILED);
	mock_hang_up(host);
	ck_assert_int_eq(result_of(f.admin, remove_provider(&f, id)), LINEERR_INVALPARAM);
	world_fini(&f.w);
}
END_TEST

START_TEST(one_that_comes_again_is_another)
{
	struct fixture f;
	struct mock *host;
	uint32_t id, again;

	set_up(&f);
	id = added(&f, "late", &host);
	(void)remove_provider(&f, id);
	mock_hang_up(host);
	again = added(&f, "late", &host);
	ck_assert_uint_ne(id, again);
	ck_assert_uint_eq(host->line_base, 2 * MOCK_LINES);
	world_fini(&f.w);
}
END_TEST

static const uint16_t starts[] = { CALL_TspiLineNegotiateTspiVersion, CALL_TspiProviderEnumDevices,
	CALL_TspiProviderInit, CALL_TspiLineGetExtensionId };

/* Its host was started again, and has come as far as this. */
START_TEST(one_that_is_just_starting_again_goes_for_good)
{
	struct fixture f;
	struct mock *host;
	uint32_t id, serial;

	set_up(&f);
	id = added(&f, "late", &host);
	mock_hang_up(host);
	host = world_raw(&f.w, true, 0);
	host->stops_at = starts[_i];
	host->manual[CALL_TspiProviderShutdown] = true;
	(void)world_host_on(host, "late");
	mock_forget(f.app);
	serial = remove_provider(&f, id);
	world_turn(&f.w);
	ck_assert_uint_eq(host_asked(host, CALL_TspiProviderShutdown), 1);
	host_go_on(host);

	ck_assert_ptr_null(app_answer(f.admin, FRAME_RETURN, serial)); /* it shuts down */
	ck_assert_uint_eq(app_events(f.app, LINE_CREATE), 0);
	ck_assert_int_eq(provider_find(f.w.core, "late")->state, PROVIDER_REMOVED);
	world_wait(&f.w, f.w.options.kill_ms + 200);
	ck_assert(!host->connected);
	ck_assert_int_eq(result_of(f.admin, serial), 0);
	ck_assert_uint_eq(app_answers(f.admin, FRAME_RETURN, serial), 1);
	ck_assert_ptr_null(provider_find(f.w.core, "late"));
	world_fini(&f.w);
}
END_TEST

START_TEST(ids_of_one_that_had_no_host_say_nodriver)
{
	struct fixture f;
	struct mock *host;
	uint32_t id;

	set_up(&f);
	id = added(&f, "late", &host);
	mock_hang_up(host);
	world_turn(&f.w);
	ck_assert_int_eq(result_of(f.admin, remove_provider(&f, id)), 0);

	ck_assert_uint_eq(app_open(f.app, MOCK_LINES, OWNER, VOICE), 0);
	ck_assert_int_eq(mock_last(f.app, FRAME_RETURN)->h.result, LINEERR_NODRIVER);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core_admin");
	TCase *c = tcase_create("add");

	tcase_add_test(c, add_is_answered_when_the_provider_runs);
	tcase_add_test(c, install_is_for_what_is_added_only);
	tcase_add_loop_test(c, a_name_that_is_none_is_refused, 0,
			(int)(sizeof(names) / sizeof(names[0])));
	tcase_add_test(c, only_administrators_may);
	tcase_add_loop_test(c, a_failing_start_is_taken_back, 0,
			(int)(sizeof(steps) / sizeof(steps[0])));
	tcase_add_test(c, one_that_does_not_export_install_needs_none);
	tcase_add_test(c, a_host_that_dies_while_it_is_added_is_no_provider);
	tcase_add_test(c, who_asked_may_go_meanwhile);
	suite_add_tcase(s, c);
	c = tcase_create("remove");
	tcase_add_test(c, remove_closes_by_force_and_ids_say_nodriver);
	tcase_add_test(c, calls_of_others_go_on);
	tcase_add_test(c, a_provider_that_refuses_to_go_stays);
	tcase_add_test(c, one_that_cannot_be_kept_is_not_added);
	tcase_add_test(c, one_that_cannot_be_forgotten_stays);
	tcase_add_test(c, one_that_refuses_to_go_is_still_kept);
	tcase_add_test(c, a_provider_that_does_not_shut_down_is_ended);
	tcase_add_test(c, what_cannot_be_removed_says_so);
	tcase_add_test(c, one_that_comes_again_is_another);
	tcase_add_loop_test(c, one_that_is_just_starting_again_goes_for_good, 0,
			(int)(sizeof(starts) / sizeof(starts[0])));
	tcase_add_test(c, ids_of_one_that_had_no_host_say_nodriver);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
