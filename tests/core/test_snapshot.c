// SPDX-License-Identifier: MIT
/* test_snapshot.c - what a host keeps for the core and says to the next one: notes of calls, and
 * snapshots that no host of ours would send. */
#include "../oom.h"
#include "../test_main.h"
#include "mock_host.h"
#include "recovery.h"

#include <string.h>
#include <unistd.h>

/* --- notes --- */

/* So many letters, and a character of three bytes; so many bytes go into a note. */
static const struct {
	size_t letters, noted;
} texts[] = { { 93, 96 }, { 94, 94 }, { 95, 95 }, { 96, 96 } };

START_TEST(texts_of_a_note_are_cut_between_characters)
{
	struct two_apps f;
	LineMakeCall m = LINE_MAKE_CALL__INIT;
	LineCallParams params = LINE_CALL_PARAMS__INIT;
	const CallNote *said;
	const Note *note;
	struct arena arena;
	char text[128];

	memset(text, 'x', sizeof(text));
	(void)strcpy(text + texts[_i].letters, "\xe2\x82\xac");
	two_apps_init(&f, OWNER, OWNER);
	SET_ID(&m, line, 0);
	m.dest_address = (char *)"102";
	params.comment = text;
	m.call_params = &params;
	ck_assert_int_eq(app_call(f.a, CALL_LineMakeCall, f.a_open, &m.base), 0);

	note = (const void *)mock_last(f.host, FRAME_NOTE)->body;
	arena_init(&arena, MESSAGE_MAX);
	said = (const void *)arena_unpack(&arena, &call_note__descriptor, note->data.data,
			note->data.len);
	ck_assert_ptr_nonnull(said);
	ck_assert_uint_eq(strlen(said->comment), texts[_i].noted);
	ck_assert_mem_eq(said->comment, text, texts[_i].noted);
	arena_fini(&arena);
	world_fini(&f.w);
}
END_TEST

/* --- nonsense --- */

static void tell(struct recovery *f, const Snapshot *s)
{
	struct frame_header h = { .kind = FRAME_SNAPSHOT };

	mock_send(f->host, h, &s->base);
}

static void tell_nothing(struct recovery *f)
{
	Snapshot s = SNAPSHOT__INIT;

	tell(f, &s);
}

static void tell_of_call(struct recovery *f, uint32_t device)
{
	SnapshotCall call = SNAPSHOT_CALL__INIT;

	SET_ID(&call, call, f->call);
	SET_ID(&call, device, device);
	recovery_tell(f, &call);
}

static void tell_call_on_no_line(struct recovery *f)
{
	tell_of_call(f, 99);
}

static void tell_call_twice(struct recovery *f)
{
	tell_of_call(f, 0);
	tell_of_call(f, 0);
}

static void tell_no_line(struct recovery *f)
{
	SnapshotLine line = SNAPSHOT_LINE__INIT;

	SET_ID(&line, device, 99);
	recovery_tell_line(f, &line);
}

static void tell_instance_on_no_line(struct recovery *f)
{
	Snapshot s = SNAPSHOT__INIT;
	SnapshotMsp msp = SNAPSHOT_MSP__INIT;

	SET_ID(&msp, device, 99);
	s.msp = &msp;
	tell(f, &s);
}

static void tell_request(struct recovery *f, uint32_t serial, uint32_t kind)
{
	SnapshotRequest r = SNAPSHOT_REQUEST__INIT;

	SET(&r, serial, serial);
	SET(&r, kind, kind);
	recovery_tell_request(f, &r);
}

static void tell_request_without_serial(struct recovery *f)
{
	tell_request(f, 0, CALL_LineHold);
}

static void tell_request_twice(struct recovery *f)
{
	tell_request(f, 900, CALL_LineHold);
	tell_request(f, 900, CALL_LineHold);
}

static void tell_request_that_is_none(struct recovery *f)
{
	tell_request(f, 900, CALL_MAX + 1);
}

static void tell_request_that_is_over_at_once(struct recovery *f)
{
	tell_request(f, 900, CALL_LineGetDevCaps);
}

static void (*const nonsense[])(struct recovery *) = { tell_nothing, tell_call_on_no_line,
	tell_call_twice, tell_no_line, tell_instance_on_no_line, tell_request_without_serial,
	tell_request_twice, tell_request_that_is_none, tell_request_that_is_over_at_once };

START_TEST(nonsense_in_a_snapshot_ends_the_host)
{
	struct recovery f;

	recovery_init(&f);
	world_turn(&f.w);
	ck_assert(f.host->connected);
	nonsense[_i](&f);
	world_turn(&f.w);

	ck_assert(!f.host->connected);
	world_fini(&f.w);
}
END_TEST

/* Both are resumed; one says that it has what is the other's. */
static const struct {
	bool line, call, msp;
} thefts[] = { { .line = true }, { .call = true }, { .msp = true } };

START_TEST(what_is_anothers_ends_the_host)
{
	struct two_hosts f;
	struct mock *other, *thief;
	struct frame_header h = { .kind = FRAME_SNAPSHOT };
	Snapshot s = SNAPSHOT__INIT;
	SnapshotLine line = SNAPSHOT_LINE__INIT;
	SnapshotCall call = SNAPSHOT_CALL__INIT;
	SnapshotMsp msp = SNAPSHOT_MSP__INIT;

	two_hosts_init(&f);
	world_kill_core(&f.w);
	other = mock_host_resume(&f.w, f.other);
	thief = mock_host_resume(&f.w, f.host);
	SET_ID(&line, device, MOCK_LINES);
	SET_ID(&call, device, MOCK_LINES);
	SET_ID(&call, call, (uint64_t)thief->provider_id << 32 | 9);
	SET_ID(&msp, device, MOCK_LINES);
	s.line = thefts[_i].line ? &line : NULL;
	s.call = thefts[_i].call ? &call : NULL;
	s.msp = thefts[_i].msp ? &msp : NULL;
	mock_send(thief, h, &s.base);
	world_turn(&f.w);

	ck_assert(!thief->connected);
	ck_assert(other->connected);
	world_fini(&f.w);
}
END_TEST

/* --- requests --- */

START_TEST(what_the_core_asked_itself_is_acknowledged)
{
	struct recovery f;
	SnapshotRequest done = SNAPSHOT_REQUEST__INIT;
	SnapshotRequest under_way = SNAPSHOT_REQUEST__INIT;

	recovery_init(&f);
	SET(&done, serial, 900);
	SET(&done, kind, CALL_LineDrop);
	SET(&done, completed, 1);
	recovery_tell_request(&f, &done);
	world_turn(&f.w);
	ck_assert_uint_eq(mock_last(f.host, FRAME_ACK)->h.serial, 900);

	SET(&under_way, serial, 800);
	SET(&under_way, kind, CALL_LineDrop);
	recovery_tell_request(&f, &under_way);
	mock_host_end_snapshot(f.host);
	ck_assert_uint_gt(host_request(f.host, CALL_LineGetDevCaps)->h.serial, 900);
	host_complete(f.host, 800, 0);
	world_turn(&f.w);
	ck_assert_uint_eq(mock_last(f.host, FRAME_ACK)->h.serial, 800);
	ck_assert(f.host->connected);
	world_fini(&f.w);
}
END_TEST

/* The connection to the host ends, or all of it is known. */
START_TEST(oom_a_snapshot_is_known_or_the_host_has_to_come_again)
{
	unsigned ended = 0;

	for (struct oom o = OOM_START; oom_next(&o);) {
		SnapshotRequest kept = SNAPSHOT_REQUEST__INIT;
		Failure why = FAILURE__INIT;
		CallNote note = CALL_NOTE__INIT;
		const Resync *lost;
		struct recovery f;
		struct mock *app;
		bool failed;

		mem_fail_at(0);
		recovery_init(&f);
		note.comment = (char *)"lunch";
		recovery_tell_call(&f, f.call, LINECALLSTATE_CONNECTED, &note);
		SET(&kept, serial, 900);
		SET(&kept, kind, CALL_LineHold);
		SET(&kept, origin_session, f.app->session);
		SET(&kept, origin_serial, 41);
		SET(&kept, completed, 1);
		SET(&kept, result, LINEERR_RESOURCEUNAVAIL);
		why.sentence = (char *)"the switch is full";
		kept.reason = &why;
		recovery_tell_request(&f, &kept);
		o.before = mem_count();
		mem_fail_at(o.round);
		world_turn(&f.w);
		failed = oom_failed(&o);
		mem_fail_at(0);
		ended += !f.host->connected;
		if (f.host->connected) {
			mock_host_end_snapshot(f.host);
			app = recovery_come_back(&f, getuid());
			recovery_claim_open(app, f.open, 0);
			recovery_claim_call(app, f.open, f.call, LINECALLSTATE_CONNECTED);
			recovery_claim_request(app, 41, CALL_LineHold, true);
			lost = recovery_end(app);
			ck_assert_uint_eq(lost->n_lost_calls + lost->n_lost_requests, 0);
			ck_assert_str_eq(seen_failure(app_answer(app, FRAME_COMPLETION, 41))
							 ->sentence,
					"the switch is full");
		}
		world_fini(&f.w);
		if (!failed)
			break;
	}
	ck_assert_uint_gt(ended, 0);
}
END_TEST

#define COUNT(list) ((int)(sizeof(list) / sizeof((list)[0])))

static Suite *suite(void)
{
	Suite *s = suite_create("core snapshot");
	TCase *t = tcase_create("snapshot");

	tcase_add_loop_test(t, texts_of_a_note_are_cut_between_characters, 0, COUNT(texts));
	tcase_add_loop_test(t, nonsense_in_a_snapshot_ends_the_host, 0, COUNT(nonsense));
	tcase_add_loop_test(t, what_is_anothers_ends_the_host, 0, COUNT(thefts));
	tcase_add_test(t, what_the_core_asked_itself_is_acknowledged);
	suite_add_tcase(s, t);
	t = tcase_create("oom");
	tcase_add_test(t, oom_a_snapshot_is_known_or_the_host_has_to_come_again);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
