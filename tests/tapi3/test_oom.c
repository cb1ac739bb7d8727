// SPDX-License-Identifier: MIT
/* test_oom.c - objects when memory is short: whatever fails, fails with an error or is silent, and
 * all can be let go. */
#include "../oom.h"
#include "../test_main.h"
#include "scene.h"

static struct oom turn;
static mock_handler usual;
static uint32_t lost[16];

/* A connection that broke for want of memory: the server has no request of before. */
static bool lose_requests(struct mock *m, const struct frame *f)
{
	Snapshot *s;

	if (f->h.kind != FRAME_SNAPSHOT)
		return usual(m, f);
	s = snapshot__unpack(NULL, f->h.length, f->body);
	if (s->request)
		lost[m->resync.n_lost_requests++ % 16] = s->request->serial;
	if (m->resync.n_lost_requests > 16)
		m->resync.n_lost_requests = 16;
	m->resync.lost_requests = lost;
	snapshot__free_unpacked(s, NULL);
	return true;
}

static void setup(void)
{
	scene_open(true);
	mock_lock(scene.server);
	usual = scene.server->handler;
	scene.server->handler = lose_requests;
	mock_unlock(scene.server);
}

static void teardown(void)
{
	mem_fail_at(0);
	scene_close();
}

/* What a failed allocation has lost is not waited for. */
static bool await(struct tapi_call *call, CALL_STATE state)
{
	while (tapi_call_get_state(call) != state)
		if (tapi_dispatch(scene.tapi, oom_failed(&turn) ? 0 : 30000) <= 0 &&
				oom_failed(&turn))
			return false;
	return true;
}

static void forget_events(void)
{
	for (unsigned i = 0; i < EVENTS_KEPT; i++) {
		tapi_unref(scene.events[i].call);
		scene.events[i].call = NULL;
	}
}

static bool use_media(struct tapi_call *call)
{
	const char *file = "a.wav";
	struct tapi_terminal *player = NULL, *recorder = NULL;
	struct tapi_stream *stream;
	bool fine = tapi_call_play(call, &file, 1, &player) == 0 &&
		    tapi_call_record(call, "b.wav", &recorder) == 0 &&
		    tapi_call_get_stream(call, 0, &stream) == 0;

	if (fine) {
		fine = tapi_stream_stop(stream) == 0;
		tapi_unref(stream);
	}
	if (player)
		(void)tapi_call_unselect_terminal(call, player);
	tapi_unref(player);
	tapi_unref(recorder);
	return fine;
}

static bool use_call(struct tapi_call *call)
{
	char text[32];

	return tapi_call_set_info_string(call, CIS_COMMENT, "a comment") == 0 &&
	       tapi_call_connect(call, 0) == 0 && await(call, CS_CONNECTED) && use_media(call) &&
	       tapi_call_get_info_string(call, CIS_CALLERIDNUMBER, text, sizeof(text)) >= 0 &&
	       tapi_call_gather_digits(call, LINEDIGITMODE_DTMF, 3, "#", 0, 0) == 0 &&
	       tapi_call_disconnect(call, DC_NORMAL) == 0 && await(call, CS_DISCONNECTED);
}

START_TEST(a_call_when_each_allocation_may_fail)
{
	for (turn = (struct oom)OOM_START; oom_next(&turn);) {
		struct tapi_call *call;
		bool fine = tapi_address_create_call(scene.address, "102",
					    LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_AUDIO,
					    &call) == 0;

		if (fine) {
			fine = use_call(call);
			tapi_unref(call);
		}
		forget_events();
		ck_assert(fine || oom_failed(&turn));
	}
	ck_assert_uint_gt(turn.round, 20);
}
END_TEST

static bool take_call(void)
{
	struct tapi_call *call = NULL;
	unsigned before = scene.event_count;

	(void)mock_offer(scene.server, scene_last_open());
	while (!call) {
		if (tapi_dispatch(scene.tapi, oom_failed(&turn) ? 0 : 30000) <= 0 &&
				oom_failed(&turn))
			return false;
		for (; before < scene.event_count; before++)
			if (scene.events[before % EVENTS_KEPT].kind == TE_CALLNOTIFICATION)
				call = scene.events[before % EVENTS_KEPT].call;
	}
	return tapi_call_answer(call) == 0;
}

START_TEST(a_program_when_each_allocation_may_fail)
{
	forget_events();
	tapi_unref(scene.address);
	ck_assert_int_eq(tapi_shutdown(scene.tapi), 0);
	tapi_unref(scene.tapi);
	for (turn = (struct oom)OOM_START; oom_next(&turn);) {
		struct tapi_address *address = NULL;
		LONG id;
		bool fine = tapi_initialize("test", &scene.tapi) == 0;

		if (fine) {
			(void)tapi_set_event_callback(scene.tapi, scene_keep_event, &scene);
			(void)tapi_set_event_filter(scene.tapi, 0xffffffffu);
			fine = tapi_get_address(scene.tapi, 0, &address) == 0 &&
			       tapi_register_call_notifications(scene.tapi, address, 0, 1,
					       TAPIMEDIATYPE_AUDIO, 1, &id) == 0 &&
			       take_call();
			forget_events();
			tapi_unref(address);
			ck_assert_int_eq(tapi_shutdown(scene.tapi), 0);
			tapi_unref(scene.tapi);
		}
		ck_assert(fine || oom_failed(&turn));
		ck_assert_uint_eq(scene.msp->addresses, 0);
	}
	ck_assert_uint_gt(turn.round, 20);
	ck_assert_int_eq(tapi_initialize("test", &scene.tapi), 0);
	scene.address = NULL;
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("tapi3 oom");
	TCase *t = tcase_create("oom");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, a_call_when_each_allocation_may_fail);
	tcase_add_test(t, a_program_when_each_allocation_may_fail);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
