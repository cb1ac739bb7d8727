// SPDX-License-Identifier: MIT
/* test_host.c - hosts that die, hang, talk nonsense; the others notice nothing. */
#include "../test_main.h"
#include "base/os.h"
#include "mock_host.h"
#include "tapisrvd/call.h"
#include "tapisrvd/provider.h"
#include "world.h"

#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

START_TEST(death_of_a_host_ends_its_calls_with_a_cause)
{
	struct two_hosts f;
	uint64_t call;

	two_hosts_init(&f);
	call = app_make_call(f.app, f.open, 0);
	host_state(f.host, call, LINECALLSTATE_CONNECTED, 0);
	mock_hang_up(f.host);

	ck_assert_uint_eq(app_state(f.app), LINECALLSTATE_IDLE);
	ck_assert_str_eq(seen_event(app_event(f.app, LINE_CALLSTATE))->reason->cause, "host ended");
	ck_assert_uint_eq(app_events(f.app, LINE_CLOSE), 1);
	ck_assert_uint_eq(app_event(f.app, LINE_CLOSE)->h.open, f.open);
	ck_assert_ptr_nonnull(seen_event(app_event(f.app, LINE_CLOSE))->reason->sentence);
	ck_assert_int_eq(app_on_call(f.app, CALL_LineDrop, f.open, call), LINEERR_INVALCALLHANDLE);
	world_fini(&f.w);
}
END_TEST

/* The child: the mock's end of the connection, which it has inherited, is not its own. */
static void be_child(int fd)
{
	char how = 'r';

	for (int i = 3; i < 256; i++)
		if (i != fd)
			close(i);
	if (write(fd, &how, 1) == 1 && read(fd, &how, 1) == 1 && how == 'k')
		(void)kill(getpid(), SIGKILL);
	_exit(3);
}

/* A process that ends when the returned descriptor is written to, as the host's child. */
static int give_child(struct two_hosts *f)
{
	struct provider *p = provider_find(f->w.core, "mock");
	int ends[2];
	char ready;

	ck_assert_int_eq(os_socketpair(ends), 0);
	p->pid = fork();
	ck_assert_int_ge(p->pid, 0);
	p->is_child = true;
	if (!p->pid)
		be_child(ends[0]);
	close(ends[0]);
	ck_assert_int_eq(recv(ends[1], &ready, 1, MSG_WAITALL), 1);
	return ends[1];
}

static void end_child(struct two_hosts *f, int child, const char *how)
{
	siginfo_t info;

	ck_assert_int_eq(write(child, how, 1), 1);
	close(child);
	ck_assert_int_eq(waitid(P_PID, (id_t)provider_find(f->w.core, "mock")->pid, &info,
					 WEXITED | WNOWAIT),
			0);
}

static const struct {
	const char *how, *sentence;
} ends[] = {
	{ "k", "the host of the provider mock ended: killed by signal 9" },
	{ "e", "the host of the provider mock ended: exited with 3" },
};

START_TEST(end_of_a_host_has_the_same_words_whoever_is_first)
{
	struct two_hosts f;
	LineDrop drop = LINE_DROP__INIT;
	bool connection_first = _i & 1;
	uint32_t serial;
	uint64_t call;
	int child;

	two_hosts_init(&f);
	call = app_make_call(f.app, f.open, 0);
	host_state(f.host, call, LINECALLSTATE_CONNECTED, 0);
	f.host->manual[CALL_LineDrop] = true;
	SET_ID(&drop, call, call);
	serial = app_send(f.app, CALL_LineDrop, f.open, &drop.base);
	child = give_child(&f);
	if (!connection_first)
		end_child(&f, child, ends[_i / 2].how);
	mock_hang_up(f.host);
	world_turn(&f.w);
	if (connection_first) {
		world_wait(&f.w, 150);
		ck_assert_uint_eq(app_events(f.app, LINE_CLOSE), 0);
		end_child(&f, child, ends[_i / 2].how);
		core_begin_frame(f.w.core);
		provider_child_changed(f.w.core);
		world_turn(&f.w);
	}

	ck_assert_str_eq(seen_event(app_event(f.app, LINE_CLOSE))->reason->sentence,
			ends[_i / 2].sentence);
	ck_assert_str_eq(seen_failure(app_answer(f.app, FRAME_RETURN, serial))->sentence,
			ends[_i / 2].sentence);
	world_fini(&f.w);
}
END_TEST

START_TEST(host_that_hangs_up_and_lives_on_is_waited_for_200_ms)
{
	struct two_hosts f;
	pid_t pid;
	int child;

	two_hosts_init(&f);
	child = give_child(&f);
	pid = provider_find(f.w.core, "mock")->pid;
	mock_hang_up(f.host);
	world_turn(&f.w);
	world_wait(&f.w, 150);
	ck_assert_uint_eq(app_events(f.app, LINE_CLOSE), 0);
	world_wait(&f.w, 100);

	ck_assert_str_eq(seen_event(app_event(f.app, LINE_CLOSE))->reason->sentence,
			"the host of the provider mock ended: it closed the connection");
	while (kill(pid, 0) == 0) /* until the core has been told, and has waited for it */
		provider_child_changed(f.w.core);
	close(child);
	world_fini(&f.w);
}
END_TEST

/* An entry that the host calls by itself, for an event, does not return. */
START_TEST(host_of_which_nothing_is_asked_is_asked_whether_it_lives)
{
	struct two_hosts f;
	unsigned asked, other_asked;

	two_hosts_init(&f);
	asked = host_asked(f.host, CALL_TspiLineNegotiateTspiVersion);
	other_asked = host_asked(f.other, CALL_TspiLineNegotiateTspiVersion);
	f.host->silent = true;
	world_wait(&f.w, f.w.options.entry_ms);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineNegotiateTspiVersion), asked + 1);
	ck_assert_uint_eq(app_events(f.app, LINE_CLOSE), 0);
	world_wait(&f.w, f.w.options.kill_ms + 1000);

	ck_assert_uint_eq(app_events(f.app, LINE_CLOSE), 1);
	ck_assert_uint_eq(app_event(f.app, LINE_CLOSE)->h.open, f.open);
	ck_assert_ptr_nonnull(strstr(seen_event(app_event(f.app, LINE_CLOSE))->reason->sentence,
			"did not return for 10 s"));
	ck_assert_uint_gt(host_asked(f.other, CALL_TspiLineNegotiateTspiVersion), other_asked);
	world_fini(&f.w);
}
END_TEST

START_TEST(host_is_not_asked_whether_it_lives_where_nobody_would_notice)
{
	struct two_hosts f;
	unsigned asked;

	two_hosts_init(&f);
	mock_hang_up(f.app);
	world_turn(&f.w);
	asked = host_asked(f.host, CALL_TspiLineNegotiateTspiVersion);
	world_wait(&f.w, 60000);

	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineNegotiateTspiVersion), asked);
	world_fini(&f.w);
}
END_TEST

/* What their sessions have left behind counts, too. */
START_TEST(requests_that_are_never_completed_are_bounded)
{
	struct two_hosts f;
	uint64_t call;

	two_hosts_init(&f);
	call = app_make_call(f.app, f.open, 0);
	host_state(f.host, call, LINECALLSTATE_CONNECTED, 0);
	f.w.options.max_open = 3;
	f.host->slow = true;
	for (int i = 0; i < 3; i++)
		ck_assert_int_eq(app_on_call(f.app, CALL_LineHold, f.open, call), 0);
	ck_assert_int_eq(app_on_call(f.app, CALL_LineHold, f.open, call), LINEERR_RESOURCEUNAVAIL);
	ck_assert_ptr_nonnull(seen_failure(mock_last(f.app, FRAME_RETURN))->sentence);
	host_complete(f.host, f.host->owed[0], 0);
	world_turn(&f.w);

	ck_assert_int_eq(app_on_call(f.app, CALL_LineHold, f.open, call), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(other_providers_notice_nothing)
{
	struct two_hosts f;
	uint64_t call;

	two_hosts_init(&f);
	call = app_make_call(f.app, f.other_open, MOCK_LINES);
	host_state(f.other, call, LINECALLSTATE_CONNECTED, 0);
	mock_hang_up(f.host);

	ck_assert_uint_eq(app_state(f.app), LINECALLSTATE_CONNECTED);
	ck_assert_int_eq(app_on_call(f.app, CALL_LineDrop, f.other_open, call), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(requests_of_a_dead_host_fail_once_each)
{
	struct two_hosts f;
	LineGetLineDevStatus get = LINE_GET_LINE_DEV_STATUS__INIT;
	LineDrop drop = LINE_DROP__INIT;
	uint32_t sync, async;
	uint64_t call;

	two_hosts_init(&f);
	call = app_make_call(f.app, f.open, 0);
	f.host->manual[CALL_LineGetLineDevStatus] = f.host->manual[CALL_LineDrop] = true;
	SET_ID(&drop, call, call);
	async = app_send(f.app, CALL_LineDrop, f.open, &drop.base);
	host_return(f.host, host_request(f.host, CALL_LineDrop), 0, NULL);
	world_turn(&f.w);
	SET_ID(&get, line, 0);
	sync = app_send(f.app, CALL_LineGetLineDevStatus, f.open, &get.base);
	mock_hang_up(f.host);

	ck_assert_uint_eq(app_answers(f.app, FRAME_RETURN, sync), 1);
	ck_assert_int_eq(app_answer(f.app, FRAME_RETURN, sync)->h.result, LINEERR_OPERATIONFAILED);
	ck_assert_ptr_nonnull(seen_failure(app_answer(f.app, FRAME_RETURN, sync))->sentence);
	ck_assert_uint_eq(app_answers(f.app, FRAME_RETURN, async), 1);
	ck_assert_uint_eq(app_answers(f.app, FRAME_COMPLETION, async), 1);
	ck_assert_int_eq(app_answer(f.app, FRAME_COMPLETION, async)->h.result,
			LINEERR_OPERATIONFAILED);
	world_fini(&f.w);
}
END_TEST

START_TEST(open_waits_for_a_host_that_is_started_again)
{
	struct two_hosts f;
	LineOpen m = LINE_OPEN__INIT;
	uint32_t serial;

	two_hosts_init(&f);
	mock_hang_up(f.host);
	SET_ID(&m, device, 0);
	SET(&m, api_version, 0x00020002);
	SET(&m, privileges, MONITOR);
	serial = app_send(f.app, CALL_LineOpen, 0, &m.base);
	ck_assert_ptr_null(app_answer(f.app, FRAME_RETURN, serial));
	(void)world_host(&f.w, "mock");
	ck_assert_ptr_nonnull(app_answer(f.app, FRAME_RETURN, serial));
	ck_assert_int_eq(app_answer(f.app, FRAME_RETURN, serial)->h.result, 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(entry_that_hangs_fails_its_request_then_its_host)
{
	struct two_hosts f;
	LineDrop drop = LINE_DROP__INIT;
	uint32_t serial;
	uint64_t call;

	two_hosts_init(&f);
	call = app_make_call(f.app, f.open, 0);
	f.host->silent = true;
	SET_ID(&drop, call, call);
	serial = app_send(f.app, CALL_LineDrop, f.open, &drop.base);
	world_wait(&f.w, 4900);
	ck_assert_ptr_null(app_answer(f.app, FRAME_RETURN, serial));
	world_wait(&f.w, 200);
	ck_assert_int_eq(app_answer(f.app, FRAME_RETURN, serial)->h.result,
			LINEERR_OPERATIONFAILED);
	ck_assert_str_eq(seen_failure(app_answer(f.app, FRAME_RETURN, serial))->cause, "timeout");
	ck_assert(f.host->connected);
	ck_assert_uint_ne(app_open(f.app, MOCK_LINES + 1, MONITOR, 0), 0); /* others go on */
	world_wait(&f.w, 5000);
	ck_assert(!f.host->connected);
	ck_assert_uint_eq(app_events(f.app, LINE_CLOSE), 1);
	ck_assert_uint_eq(app_answers(f.app, FRAME_RETURN, serial), 1);
	ck_assert_uint_eq(app_answers(f.app, FRAME_COMPLETION, serial), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(thread_that_hangs_is_reported_and_not_started_again)
{
	struct two_hosts f;
	TapixGetProviders m = TAPIX_GET_PROVIDERS__INIT;
	const TapixGetProvidersReply *reply;
	LineGetLineDevStatus get = LINE_GET_LINE_DEV_STATUS__INIT;

	two_hosts_init(&f);
	list_entry(f.w.options.providers.next, struct provider_options, link)->thread = true;
	f.host->silent = true;
	SET_ID(&get, line, 0);
	(void)app_send(f.app, CALL_LineGetLineDevStatus, f.open, &get.base);
	world_wait(&f.w, 10100);

	ck_assert_uint_eq(app_events(f.app, LINE_CLOSE), 1);
	ck_assert_int_eq(app_call(f.app, CALL_TapixGetProviders, 0, &m.base), 0);
	reply = (const void *)mock_last(f.app, FRAME_RETURN)->body;
	ck_assert_str_eq(reply->providers[0]->state, "failed");
	ck_assert_ptr_nonnull(strstr(reply->providers[0]->reason->sentence, "did not return"));
	ck_assert_str_eq(reply->providers[1]->state, "running");
	ck_assert_uint_eq(app_open(f.app, 0, MONITOR, 0), 0);
	ck_assert_int_eq(mock_last(f.app, FRAME_RETURN)->h.result, LINEERR_NODRIVER);
	world_fini(&f.w);
}
END_TEST

START_TEST(late_answer_is_not_told_twice)
{
	struct two_hosts f;
	LineMakeCall m = LINE_MAKE_CALL__INIT;
	LineMakeCallReply reply = LINE_MAKE_CALL_REPLY__INIT;
	struct seen request;

	two_hosts_init(&f);
	f.host->manual[CALL_LineMakeCall] = true;
	SET_ID(&m, line, 0);
	(void)app_send(f.app, CALL_LineMakeCall, f.open, &m.base);
	request = *host_request(f.host, CALL_LineMakeCall);
	world_wait(&f.w, 6000);
	SET_ID(&reply, call, (uint64_t)1 << 32 | 50);
	host_return(f.host, &request, 0, &reply.base);
	host_complete(f.host, request.h.serial, 0);
	world_turn(&f.w);

	ck_assert_uint_eq(app_answers(f.app, FRAME_RETURN, f.app->serial), 1);
	ck_assert_uint_eq(app_answers(f.app, FRAME_COMPLETION, f.app->serial), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1); /* taken back */
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 1);
	ck_assert(f.host->connected);
	world_fini(&f.w);
}
END_TEST

START_TEST(clock_starts_when_a_request_becomes_the_head)
{
	struct two_hosts f;
	LineGetLineDevStatus get = LINE_GET_LINE_DEV_STATUS__INIT;
	uint32_t first, second;

	two_hosts_init(&f);
	f.host->manual[CALL_LineGetLineDevStatus] = true;
	SET_ID(&get, line, 0);
	first = app_send(f.app, CALL_LineGetLineDevStatus, f.open, &get.base);
	second = app_send(f.app, CALL_LineGetLineDevStatus, f.open, &get.base);
	world_wait(&f.w, 4000);
	for (unsigned i = 0; i < f.host->count; i++)
		if (f.host->seen[i].h.kind == CALL_LineGetLineDevStatus) {
			host_return(f.host, &f.host->seen[i], LINEERR_OPERATIONFAILED, NULL);
			break;
		}
	world_turn(&f.w);
	ck_assert_ptr_nonnull(app_answer(f.app, FRAME_RETURN, first));
	world_wait(&f.w, 4000);
	ck_assert_ptr_null(app_answer(f.app, FRAME_RETURN, second));
	world_wait(&f.w, 1200);
	ck_assert_ptr_nonnull(app_answer(f.app, FRAME_RETURN, second));
	world_fini(&f.w);
}
END_TEST

START_TEST(return_out_of_order_closes_the_host)
{
	struct two_hosts f;
	struct frame_header h = { .kind = FRAME_RETURN, .serial = 12345 };

	two_hosts_init(&f);
	mock_send(f.host, h, NULL);
	world_turn(&f.w);
	ck_assert(!f.host->connected);
	ck_assert(f.other->connected);
	ck_assert(f.app->connected);
	ck_assert_uint_eq(app_events(f.app, LINE_CLOSE), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(events_for_another_s_line_are_ignored)
{
	struct two_hosts f;

	two_hosts_init(&f);
	host_event(f.other, 0, LINE_CLOSE, 0, 0, 0, NULL);
	ck_assert_uint_eq(app_events(f.app, LINE_CLOSE), 0);
	host_event(f.other, (uint64_t)9 << 32, LINE_CALLSTATE, 1, 0, 0, NULL);
	ck_assert(f.other->connected);
	world_fini(&f.w);
}
END_TEST

START_TEST(forced_close_ends_opens_and_calls)
{
	struct two_hosts f;
	uint64_t call;

	two_hosts_init(&f);
	call = app_make_call(f.app, f.open, 0);
	host_event(f.host, 0, LINE_CLOSE, 0, 0, 0, NULL);
	ck_assert_uint_eq(app_events(f.app, LINE_CLOSE), 1);
	ck_assert_int_eq(app_on_call(f.app, CALL_LineDrop, f.open, call), LINEERR_INVALCALLHANDLE);
	ck_assert_uint_ne(app_open(f.app, 0, OWNER, VOICE), 0);
	world_fini(&f.w);
}
END_TEST

static const struct {
	LONG result;
	enum provider_state state;
} starts[] = { { LINEERR_RESOURCEUNAVAIL, PROVIDER_RESTARTING },
	{ LINEERR_NOMEM, PROVIDER_RESTARTING }, { LINEERR_OPERATIONFAILED, PROVIDER_FAILED } };

START_TEST(provider_that_lacks_something_at_its_start_is_started_again)
{
	const struct provider *p;
	struct mock *host;
	struct world w;

	world_init(&w, "mock", NULL);
	host = world_raw(&w, true, 0);
	host->fail[CALL_TspiProviderInit] = starts[_i].result;
	(void)world_host_on(host, "mock");
	p = provider_find(w.core, "mock");

	ck_assert(!host->connected);
	ck_assert_int_eq(p->state, starts[_i].state);
	ck_assert_ptr_nonnull(strstr(p->reason.sentence, "TSPI_providerInit failed: "));
	if (p->state == PROVIDER_RESTARTING) {
		(void)world_host(&w, "mock");
		ck_assert_int_eq(p->state, PROVIDER_RUNNING);
	}
	world_fini(&w);
}
END_TEST

START_TEST(failed_provider_is_listed_with_its_reason)
{
	struct world w;
	struct mock *host, *app;
	TapixGetProviders m = TAPIX_GET_PROVIDERS__INIT;
	const TapixGetProvidersReply *reply;
	struct frame_header h = { .kind = FRAME_HELLO };
	Hello hello = HELLO__INIT;

	world_init(&w, "mock", NULL);
	host = world_raw(&w, true, 0);
	host->fail[CALL_TspiLineNegotiateTspiVersion] = LINEERR_NODRIVER;
	SET(&hello, protocol, WIRE_PROTOCOL);
	hello.provider = (char *)"mock";
	mock_send(host, h, &hello.base);
	world_turn(&w);
	app = world_app(&w, "app");
	ck_assert_int_eq(app_call(app, CALL_TapixGetProviders, 0, &m.base), 0);
	reply = (const void *)mock_last(app, FRAME_RETURN)->body;
	ck_assert_str_eq(reply->providers[0]->state, "failed");
	ck_assert_str_eq(reply->providers[0]->reason->cause, "MOCK");
	ck_assert_ptr_nonnull(strstr(reply->providers[0]->reason->sentence, "the mock refuses"));
	ck_assert(!host->connected);
	world_wait(&w, 2000);
	world_fini(&w);
}
END_TEST

START_TEST(initialise_waits_for_providers_five_seconds_at_most)
{
	struct world w;
	struct mock *app;
	const struct seen *answer;

	world_init(&w, "mock", NULL);
	app = world_app(&w, "app");
	ck_assert_ptr_null(mock_last(app, FRAME_RETURN));
	world_wait(&w, 4900);
	ck_assert_ptr_null(mock_last(app, FRAME_RETURN));
	world_wait(&w, 200);
	answer = mock_last(app, FRAME_RETURN);
	ck_assert_ptr_nonnull(answer);
	ck_assert_int_eq(answer->h.result, 0);
	world_fini(&w);
}
END_TEST

START_TEST(unknown_host_is_refused)
{
	struct world w;
	struct mock *host, *twice;

	world_init(&w, "mock", NULL);
	host = world_host(&w, "nobody");
	ck_assert(!host->connected);
	ck_assert(mock_last(host, FRAME_HELLO)->h.flags & FLAG_CLOSING);
	(void)world_host(&w, "mock");
	twice = world_host(&w, "mock");
	ck_assert(!twice->connected);
	world_fini(&w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core host");
	TCase *t = tcase_create("host");

	tcase_add_test(t, death_of_a_host_ends_its_calls_with_a_cause);
	tcase_add_loop_test(t, end_of_a_host_has_the_same_words_whoever_is_first, 0, 4);
	tcase_add_test(t, host_that_hangs_up_and_lives_on_is_waited_for_200_ms);
	tcase_add_test(t, host_of_which_nothing_is_asked_is_asked_whether_it_lives);
	tcase_add_test(t, host_is_not_asked_whether_it_lives_where_nobody_would_notice);
	tcase_add_test(t, requests_that_are_never_completed_are_bounded);
	tcase_add_test(t, other_providers_notice_nothing);
	tcase_add_test(t, requests_of_a_dead_host_fail_once_each);
	tcase_add_test(t, open_waits_for_a_host_that_is_started_again);
	tcase_add_test(t, entry_that_hangs_fails_its_request_then_its_host);
	tcase_add_test(t, thread_that_hangs_is_reported_and_not_started_again);
	tcase_add_test(t, late_answer_is_not_told_twice);
	tcase_add_test(t, clock_starts_when_a_request_becomes_the_head);
	tcase_add_test(t, return_out_of_order_closes_the_host);
	tcase_add_test(t, events_for_another_s_line_are_ignored);
	tcase_add_test(t, forced_close_ends_opens_and_calls);
	tcase_add_loop_test(t, provider_that_lacks_something_at_its_start_is_started_again, 0,
			(int)(sizeof(starts) / sizeof(starts[0])));
	tcase_add_test(t, failed_provider_is_listed_with_its_reason);
	tcase_add_test(t, initialise_waits_for_providers_five_seconds_at_most);
	tcase_add_test(t, unknown_host_is_refused);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
