// SPDX-License-Identifier: MIT
/* test_too_many.c - a provider has so many calls and no more, and the daemon does not ask it
 * without end, whoever is the reason for that. */
#include "../test_main.h"
#include "mock_host.h"
#include "recovery.h"
#include "tapisrvd/call.h"
#include "tapisrvd/host.h"
#include "tapisrvd/provider.h"
#include "world.h"

#include <string.h>

/* --- calls --- */

/* The first is one that the application makes. Its id. */
static uint64_t fill(struct two_hosts *f)
{
	uint64_t first;

	two_hosts_init(f);
	first = app_make_call(f->app, f->open, 0);
	f->host->forgets = true;
	for (uint64_t n = 1; n < CALLS_MAX; n++) {
		host_event(f->host, 0, LINE_NEWCALL, first + n, 0, 0, NULL);
		if (n % 64 == 0)
			world_turn(&f->w);
	}
	world_turn(&f->w);
	ck_assert_uint_eq(host_asked(f->host, CALL_LineDrop), 0);
	return first;
}

static struct provider *provider_of(struct world *w)
{
	return provider_find(w->core, "mock");
}

static void check_given_back(const struct mock *host, uint64_t call)
{
	ck_assert_uint_eq(host_asked(host, CALL_LineDrop), 1);
	ck_assert_uint_eq(((const LineDrop *)(const void *)host_request(host, CALL_LineDrop)->body)
					  ->call,
			call);
	ck_assert_uint_eq(host_asked(host, CALL_TspiLineCloseCall), 1);
}

START_TEST(call_too_many_is_refused)
{
	struct two_hosts f;
	uint64_t first = fill(&f);

	host_event(f.host, 0, LINE_NEWCALL, first + CALLS_MAX, 0, 0, NULL);
	host_event(f.host, first + CALLS_MAX, LINE_CALLSTATE, LINECALLSTATE_OFFERING, 0, 0, NULL);
	world_turn(&f.w);

	check_given_back(f.host, first + CALLS_MAX);
	ck_assert_uint_eq(provider_of(&f.w)->calls, CALLS_MAX);
	ck_assert_ptr_null(call_find(f.w.core, first + CALLS_MAX));
	ck_assert_uint_eq(app_events(f.app, LINE_CLOSE), 0);
	world_fini(&f.w);
}
END_TEST

/* That is more than a client that does not read may have queued. */
START_TEST(who_has_all_calls_hears_of_their_end)
{
	struct two_hosts f;
	uint64_t last = 0;

	two_hosts_init(&f);
	f.host->forgets = f.app->forgets = true;
	for (unsigned n = 0; n < CALLS_MAX; n++) {
		last = host_new_call(f.host, 0, VOICE);
		if (n % 16 == 0)
			world_turn(&f.w);
	}
	world_turn(&f.w);
	ck_assert(!list_empty(&call_find(f.w.core, last)->holders));
	mock_hang_up(f.host);

	ck_assert(f.app->connected);
	world_fini(&f.w);
}
END_TEST

START_TEST(call_too_many_is_not_made)
{
	struct two_hosts f;
	LineMakeCall m = LINE_MAKE_CALL__INIT;
	unsigned asked;

	(void)fill(&f);
	asked = host_asked(f.host, CALL_LineMakeCall);
	SET_ID(&m, line, 0);
	m.dest_address = (char *)"102";
	ck_assert_int_eq(app_call(f.app, CALL_LineMakeCall, f.open, &m.base),
			LINEERR_RESOURCEUNAVAIL);

	ck_assert_ptr_nonnull(strstr(seen_failure(mock_last(f.app, FRAME_RETURN))->sentence,
			"has 12288 calls"));
	ck_assert_uint_eq(host_asked(f.host, CALL_LineMakeCall), asked);
	world_fini(&f.w);
}
END_TEST

/* It may make none, or end some. */
START_TEST(what_makes_no_call_is_not_refused_for_calls_too_many)
{
	struct two_hosts f;
	LineForward m = LINE_FORWARD__INIT;

	(void)fill(&f);
	SET_ID(&m, line, 0);
	SET(&m, all_addresses, 1);
	ck_assert_int_eq(app_call(f.app, CALL_LineForward, f.open, &m.base), 0);
	world_fini(&f.w);
}
END_TEST

/* As if there were so many, whatever they are: none of them is looked at. */
static void set_calls(struct world *w, uint32_t calls)
{
	provider_of(w)->calls = calls;
}

/* A TSP closes no call that is being made: it goes back when it has been. */
START_TEST(call_is_not_taken_where_there_are_far_too_many)
{
	struct two_hosts f;
	LineForward m = LINE_FORWARD__INIT;
	LineCallParams params = LINE_CALL_PARAMS__INIT;

	two_hosts_init(&f);
	SET_ID(&m, line, 0);
	SET(&m, all_addresses, 1);
	m.call_params = &params;
	set_calls(&f.w, CALLS_MOST - 1);
	ck_assert_int_eq(app_call(f.app, CALL_LineForward, f.open, &m.base), 0);
	ck_assert_uint_eq(provider_of(&f.w)->calls, CALLS_MOST);
	f.host->slow = true;
	ck_assert_int_eq(app_call(f.app, CALL_LineForward, f.open, &m.base), LINEERR_NOMEM);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineCloseCall), 0);
	host_complete(f.host, f.host->owed[0], 0);
	world_turn(&f.w);

	check_given_back(f.host, (uint64_t)f.host->provider_id << 32 | f.host->calls);
	ck_assert_uint_eq(mock_count(f.app, FRAME_COMPLETION), 1); /* of the first */
	set_calls(&f.w, 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(snapshot_of_calls_without_end_is_nonsense)
{
	struct recovery f;

	recovery_init(&f);
	set_calls(&f.w, CALLS_MOST - 1);
	recovery_tell_call(&f, f.call, LINECALLSTATE_CONNECTED, NULL);
	world_turn(&f.w);
	ck_assert(f.host->connected);
	ck_assert_ptr_nonnull(call_find(f.w.core, f.call));
	recovery_tell_call(&f, f.call + 1, LINECALLSTATE_CONNECTED, NULL);
	world_turn(&f.w);

	ck_assert(!f.host->connected);
	world_fini(&f.w);
}
END_TEST

/* --- what is asked of a host --- */

static unsigned asked_caps(const struct mock *host)
{
	return host_asked(host, CALL_LineGetDevCaps);
}

START_TEST(line_that_changes_without_end_is_looked_at_once_more)
{
	struct two_hosts f;
	unsigned asked;

	two_hosts_init(&f);
	asked = asked_caps(f.host);
	f.host->stops_at = CALL_TspiLineNegotiateTspiVersion;
	for (int i = 0; i < 5; i++)
		host_event(f.host, 0, LINE_LINEDEVSTATE, LINEDEVSTATE_CAPSCHANGE, 0, 0, NULL);
	ck_assert_uint_eq(asked_caps(f.host), asked + 1);
	host_event(f.host, 1, LINE_LINEDEVSTATE, LINEDEVSTATE_CAPSCHANGE, 0, 0, NULL);
	ck_assert_uint_eq(asked_caps(f.host), asked + 2); /* another line */
	host_go_on(f.host);
	ck_assert_uint_eq(asked_caps(f.host), asked + 3);

	host_event(f.host, 0, LINE_LINEDEVSTATE, LINEDEVSTATE_CAPSCHANGE, 0, 0, NULL);
	ck_assert_uint_eq(asked_caps(f.host), asked + 4);
	world_fini(&f.w);
}
END_TEST

/* The new host is asked, although the old one has left the question open. */
START_TEST(line_is_looked_at_again_when_its_host_has_died_over_it)
{
	struct two_hosts f;
	unsigned asked;

	two_hosts_init(&f);
	f.host->silent = true;
	host_event(f.host, 0, LINE_LINEDEVSTATE, LINEDEVSTATE_CAPSCHANGE, 0, 0, NULL);
	mock_hang_up(f.host);
	world_wait(&f.w, 5000);
	f.host = world_host(&f.w, "mock");
	world_turn(&f.w);
	asked = asked_caps(f.host);
	ck_assert_uint_ge(asked, MOCK_LINES);
	host_event(f.host, 0, LINE_LINEDEVSTATE, LINEDEVSTATE_CAPSCHANGE, 0, 0, NULL);

	ck_assert_uint_eq(asked_caps(f.host), asked + 1);
	world_fini(&f.w);
}
END_TEST

static void set_masks(struct two_hosts *f, uint32_t states)
{
	LineSetStatusMessages m = LINE_SET_STATUS_MESSAGES__INIT;

	SET_ID(&m, line, 0);
	SET(&m, line_states, states);
	ck_assert_int_eq(app_call(f->app, CALL_LineSetStatusMessages, f->open, &m.base), 0);
}

static uint32_t told_masks(const struct mock *host)
{
	const struct seen *s = host_request(host, CALL_LineSetStatusMessages);

	return ((const LineSetStatusMessages *)(const void *)s->body)->line_states;
}

START_TEST(status_messages_that_change_without_end_are_told_when_the_host_returns)
{
	struct two_hosts f;
	const uint32_t own = (two_hosts_init(&f), told_masks(f.host));
	const unsigned asked = host_asked(f.host, CALL_LineSetStatusMessages);
	unsigned most;

	f.host->stops_at = CALL_LineSetStatusMessages;
	for (uint32_t i = 0; i < 100; i++)
		set_masks(&f, i % 2 ? LINEDEVSTATE_RINGING : 0);
	most = host_asked(f.host, CALL_LineSetStatusMessages);
	ck_assert_uint_lt(most, asked + 50);
	set_masks(&f, LINEDEVSTATE_MSGWAITON);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineSetStatusMessages), most);
	host_go_on(f.host);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineSetStatusMessages), most + 1);
	ck_assert_uint_eq(told_masks(f.host), own | LINEDEVSTATE_MSGWAITON);

	set_masks(&f, 0);
	ck_assert_uint_eq(told_masks(f.host), own);
	world_fini(&f.w);
}
END_TEST

static bool end_no_call(struct mock *host, const struct seen *s)
{
	if (s->h.kind != CALL_LineDrop)
		return false;
	host_return(host, s, 0, NULL);
	return true;
}

/* Nobody has the line open: the daemon drops and closes each. */
START_TEST(host_that_ends_no_call_has_to_go)
{
	struct two_hosts f;

	two_hosts_init(&f);
	mock_hang_up(f.app);
	world_wait(&f.w, f.w.options.grace_ms + 1000);
	f.w.options.max_open = 4;
	f.host->script = _i ? end_no_call : NULL;
	for (int i = 0; i < 7; i++)
		(void)host_new_call(f.host, 0, VOICE);
	ck_assert(f.host->connected);
	ck_assert_uint_eq(provider_of(&f.w)->host->accepted.count, _i ? 7 : 0);
	(void)host_new_call(f.host, 0, VOICE);

	ck_assert_uint_eq(f.host->connected, !_i);
	world_fini(&f.w);
}
END_TEST

START_TEST(host_that_does_not_return_has_to_go)
{
	struct two_hosts f;
	struct host *host;

	two_hosts_init(&f);
	host = provider_of(&f.w)->host;
	ck_assert_uint_eq(host->queued, 0);
	f.host->silent = true;
	host_event(f.host, 0, LINE_LINEDEVSTATE, LINEDEVSTATE_CAPSCHANGE, 0, 0, NULL);
	ck_assert_uint_eq(host->queued, 3);
	host->queued = HOST_QUEUE_MAX; /* as if there were so many */
	host_event(f.host, 1, LINE_LINEDEVSTATE, LINEDEVSTATE_CAPSCHANGE, 0, 0, NULL);

	ck_assert(!f.host->connected);
	ck_assert_ptr_nonnull(strstr(seen_event(app_event(f.app, LINE_CLOSE))->reason->sentence,
			"has not returned from 2097152 requests"));
	world_fini(&f.w);
}
END_TEST

static void tell_request(struct recovery *f, uint32_t serial, bool completed)
{
	SnapshotRequest request = SNAPSHOT_REQUEST__INIT;

	SET(&request, serial, 900 + serial);
	SET(&request, kind, CALL_LineHold);
	SET(&request, origin_session, f->app->session);
	SET(&request, origin_serial, serial);
	SET(&request, completed, completed);
	recovery_tell_request(f, &request);
	world_turn(&f->w);
}

START_TEST(snapshot_of_requests_without_end_is_nonsense)
{
	struct recovery f;

	recovery_init(&f);
	f.w.options.max_open = 2;
	for (uint32_t i = 1; i <= 4; i++)
		tell_request(&f, i, false);
	ck_assert(f.host->connected);
	tell_request(&f, 5, false);

	ck_assert(!f.host->connected);
	world_fini(&f.w);
}
END_TEST

/* They have waited for their sessions, without which nothing bounds them. */
START_TEST(of_very_many_completed_requests_some_are_kept)
{
	struct recovery f;

	recovery_init(&f);
	f.w.options.max_open = 2;
	for (uint32_t i = 1; i <= 2; i++)
		tell_request(&f, i, true);
	ck_assert_uint_eq(mock_count(f.host, FRAME_ACK), 0);
	tell_request(&f, 3, true);

	ck_assert(f.host->connected);
	ck_assert_uint_eq(mock_count(f.host, FRAME_ACK), 1);
	ck_assert_uint_eq(mock_last(f.host, FRAME_ACK)->h.serial, 903);
	world_fini(&f.w);
}
END_TEST

static Suite *too_many(void)
{
	Suite *s = suite_create("core too many");
	TCase *t = tcase_create("calls");

	tcase_set_timeout(t, 30);
	tcase_add_test(t, call_too_many_is_refused);
	tcase_add_test(t, who_has_all_calls_hears_of_their_end);
	tcase_add_test(t, call_too_many_is_not_made);
	tcase_add_test(t, what_makes_no_call_is_not_refused_for_calls_too_many);
	tcase_add_test(t, call_is_not_taken_where_there_are_far_too_many);
	tcase_add_test(t, snapshot_of_calls_without_end_is_nonsense);
	suite_add_tcase(s, t);
	t = tcase_create("requests");
	tcase_add_test(t, line_that_changes_without_end_is_looked_at_once_more);
	tcase_add_test(t, line_is_looked_at_again_when_its_host_has_died_over_it);
	tcase_add_test(t, status_messages_that_change_without_end_are_told_when_the_host_returns);
	tcase_add_loop_test(t, host_that_ends_no_call_has_to_go, 0, 2);
	tcase_add_test(t, host_that_does_not_return_has_to_go);
	tcase_add_test(t, of_very_many_completed_requests_some_are_kept);
	tcase_add_test(t, snapshot_of_requests_without_end_is_nonsense);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(too_many())
