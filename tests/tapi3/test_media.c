// SPDX-License-Identifier: MIT
/* test_media.c - media service providers: when their calls are made and ended, what passes between
 * TSP and MSP, streams and terminals, and media of calls that tapi.h made. */
#include "../test_main.h"
#include "scene.h"

#include <tspi.h>

static void setup(void)
{
	scene_open(true);
}

static void teardown(void)
{
	scene_close();
}

/* --- MSP calls ------------------------------------------------------------------------------- */

START_TEST(an_incoming_call_has_its_media_before_the_application_hears_of_it)
{
	uint64_t id;

	(void)scene_incoming(&id);

	ck_assert_uint_eq(scene.events[0].msp_calls, 1);
	ck_assert_uint_eq(scene_msp_did("create_call 1 0x8"), 1);
	ck_assert_ptr_nonnull(scene.msp->last_call);
}
END_TEST

START_TEST(an_outgoing_call_has_its_media_before_the_server_hears_of_it)
{
	struct tapi_call *call = scene_connected();

	ck_assert_uint_eq(scene.calls_at_make_call, 1);
	ck_assert_uint_eq(scene_msp_did("create_call 0 0x8"), 1);
	ck_assert_uint_eq(mock_count(scene.server, CALL_TapixCreateMspInstance), 1);
	tapi_unref(call);
}
END_TEST

START_TEST(media_ends_after_the_application_has_heard_of_the_end)
{
	struct tapi_call *call = scene_connected();
	struct kept_event *k;

	ck_assert_int_eq(tapi_call_disconnect(call, DC_NORMAL), 0);
	k = scene_expect(TE_CALLSTATE);

	ck_assert_int_eq(k->state, CS_DISCONNECTED);
	ck_assert_uint_eq(k->msp_calls, 1);
	ck_assert_uint_eq(scene.msp->calls, 0);
	tapi_unref(call);
}
END_TEST

START_TEST(a_call_without_msp_works)
{
	struct tapi_stream *stream;
	struct tapi_terminal *terminal;
	struct tapi_call *call;
	const char *file = "a.wav";

	scene.no_msp = true;
	call = scene_connected();

	ck_assert_int_eq(tapi_call_get_state(call), CS_CONNECTED);
	ck_assert_int_eq(tapi_call_get_stream(call, 0, &stream), TAPI_E_NOTSUPPORTED);
	ck_assert_int_eq(tapi_call_play(call, &file, 1, NULL), TAPI_E_NOTSUPPORTED);
	ck_assert_int_eq(tapi_address_create_terminal(scene.address,
					 CLSID_String_FilePlaybackTerminal, TAPIMEDIATYPE_AUDIO,
					 TD_CAPTURE, &terminal),
			TAPI_E_NODRIVER);
	tapi_unref(call);
}
END_TEST

START_TEST(an_msp_without_video_gets_a_call_without_video)
{
	struct tapi_call *call;

	scene.msp->only_types = TAPIMEDIATYPE_AUDIO;
	ck_assert_int_eq(tapi_address_create_call(scene.address, "102", LINEADDRESSTYPE_PHONENUMBER,
					 TAPIMEDIATYPE_AUDIO | TAPIMEDIATYPE_VIDEO, &call),
			0);

	ck_assert_uint_eq(scene_msp_did("create_call 0 0x8008"), 1);
	ck_assert_uint_eq(scene_msp_did("create_call 0 0x8"), 1);
	ck_assert_uint_eq(scene.msp->calls, 1);
	tapi_unref(call);
}
END_TEST

START_TEST(a_call_that_the_msp_refuses_is_silent)
{
	struct tapi_call *call;

	scene.msp->next_error = TAPI_E_RESOURCEUNAVAIL;
	call = scene_connected();

	ck_assert_int_eq(tapi_call_get_state(call), CS_CONNECTED);
	ck_assert_uint_eq(scene.msp->calls, 0);
	tapi_unref(call);
}
END_TEST

/* --- TSP and MSP ----------------------------------------------------------------------------- */

START_TEST(data_of_the_tsp_reaches_the_msp_unchanged)
{
	static const unsigned char bytes[] = { 0, 1, 0xff, '\n', 'x', 0 };
	struct tapi_call *call = scene_connected();

	scene_tsp_data(scene_last_open(), MOCK_CALL + 1, bytes, sizeof(bytes));
	while (!scene_msp_did("receive_tsp_data call 6"))
		ck_assert_int_ge(tapi_dispatch(scene.tapi, 30000), 0);

	ck_assert_uint_eq(scene.msp->size, sizeof(bytes));
	ck_assert_mem_eq(scene.msp->bytes, bytes, sizeof(bytes));
	ck_assert_uint_eq(scene.empty_count, 0);
	tapi_unref(call);
}
END_TEST

START_TEST(the_longest_data_passes)
{
	static unsigned char bytes[MOCK_MSP_BYTES];
	struct tapi_call *call = scene_connected();

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)(i * 7);
	scene_tsp_data(scene_last_open(), MOCK_CALL + 1, bytes, sizeof(bytes));
	while (!scene_msp_did("receive_tsp_data call 65536"))
		ck_assert_int_ge(tapi_dispatch(scene.tapi, 30000), 0);

	ck_assert_mem_eq(scene.msp->bytes, bytes, sizeof(bytes));
	tapi_unref(call);
}
END_TEST

static void raise_data(const char *text)
{
	struct msp_event e = { .kind = ME_TSP_DATA,
		.call = scene.msp->last_call->cookie,
		.data = text,
		.size = (DWORD)strlen(text) };

	scene.raise(&e);
}

START_TEST(what_the_msp_says_reaches_the_server_in_order)
{
	struct tapi_call *call = scene_connected();

	raise_data("one");
	raise_data("two");
	raise_data("three");
	scene_await_count(&scene.sent_count, 3);

	ck_assert_str_eq(scene.sent, "one|two|three|");
	ck_assert_uint_eq(scene.sent_call, MOCK_CALL + 1);
	tapi_unref(call);
}
END_TEST

START_TEST(data_for_a_call_without_media_is_answered_empty)
{
	struct tapi_call *call;

	scene.msp->next_error = TAPI_E_RESOURCEUNAVAIL;
	call = scene_connected();
	scene_tsp_data(scene_last_open(), MOCK_CALL + 1, "x", 1);

	scene_await_count(&scene.empty_count, 1);

	ck_assert_uint_eq(scene_msp_did("receive_tsp_data call 1"), 0);
	tapi_unref(call);
}
END_TEST

/* --- Streams and terminals ------------------------------------------------------------------- */

START_TEST(streams_are_capture_and_render_and_stay_the_same)
{
	struct tapi_call *call = scene_connected();
	struct tapi_stream *capture, *render, *again;

	ck_assert_int_eq(tapi_call_get_stream(call, 0, &capture), 0);
	ck_assert_int_eq(tapi_call_get_stream(call, 1, &render), 0);
	ck_assert_int_eq(tapi_call_get_stream(call, 0, &again), 0);

	ck_assert_ptr_eq(capture, again);
	ck_assert_ptr_eq(tapi_stream_get_call(capture), call);
	ck_assert_int_eq(tapi_stream_get_direction(capture), TD_CAPTURE);
	ck_assert_int_eq(tapi_stream_get_direction(render), TD_RENDER);
	ck_assert_uint_eq(tapi_stream_get_media_type(render), TAPIMEDIATYPE_AUDIO);
	ck_assert_str_eq(tapi_stream_get_name(render), "audio render");
	ck_assert_int_eq(tapi_stream_pause(capture), 0);
	ck_assert_int_eq(tapi_stream_start(capture), 0);
	ck_assert_int_eq(tapi_stream_stop(capture), 0);
	ck_assert(scene_msp_order("pause audio capture", "stop audio capture"));
	ck_assert_int_eq(tapi_call_get_stream(call, 2, &again), TAPI_E_NOITEMS);
	tapi_unref(again);
	tapi_unref(render);
	tapi_unref(capture);
	tapi_unref(call);
}
END_TEST

START_TEST(streams_of_a_call_that_has_ended_say_so)
{
	struct tapi_call *call = scene_connected();
	struct tapi_stream *stream;

	ck_assert_int_eq(tapi_call_get_stream(call, 0, &stream), 0);
	ck_assert_int_eq(tapi_call_disconnect(call, DC_NORMAL), 0);
	(void)scene_expect(TE_CALLSTATE);

	ck_assert_int_eq(tapi_stream_start(stream), TAPI_E_INVALIDSTREAM);
	ck_assert_str_eq(tapi_stream_get_name(stream), "");
	ck_assert_ptr_eq(tapi_stream_get_call(stream), call);
	tapi_unref(stream);
	tapi_unref(call);
}
END_TEST

START_TEST(a_selected_terminal_lives_until_its_call_ends)
{
	struct tapi_call *call = scene_connected();
	struct tapi_terminal *terminal;

	ck_assert_int_eq(tapi_call_request_terminal(call, CLSID_String_FilePlaybackTerminal,
					 TAPIMEDIATYPE_AUDIO, TD_CAPTURE, &terminal),
			0);
	ck_assert_int_eq(tapi_terminal_get_state(terminal), TS_NOTINUSE);
	ck_assert_int_eq(tapi_call_select_terminal(call, terminal), 0);
	ck_assert_int_eq(tapi_terminal_get_state(terminal), TS_INUSE);
	tapi_unref(terminal);
	ck_assert_uint_eq(scene.msp->terminals, 1);

	ck_assert_int_eq(tapi_call_disconnect(call, DC_NORMAL), 0);
	(void)scene_expect(TE_CALLSTATE);

	ck_assert_uint_eq(scene.msp->terminals, 0);
	ck_assert_uint_eq(scene_msp_did("release_terminal while selected"), 0);
	ck_assert(scene_msp_order("unselect on audio capture", "release_terminal"));
	ck_assert(scene_msp_order("release_terminal", "shutdown_call"));
	tapi_unref(call);
}
END_TEST

START_TEST(an_unselected_terminal_is_free_again)
{
	struct tapi_call *call = scene_connected();
	struct tapi_terminal *terminal, *on_stream;
	struct tapi_stream *stream;

	ck_assert_int_eq(tapi_call_request_terminal(call, CLSID_String_FileRecordingTerminal,
					 TAPIMEDIATYPE_AUDIO, TD_RENDER, &terminal),
			0);
	ck_assert_int_eq(tapi_call_get_stream(call, 1, &stream), 0);
	ck_assert_int_eq(tapi_stream_select_terminal(stream, terminal), 0);
	ck_assert_int_eq(tapi_stream_get_terminal(stream, 0, &on_stream), 0);
	ck_assert_ptr_eq(on_stream, terminal);
	ck_assert_int_eq(tapi_call_unselect_terminal(call, terminal), 0);
	ck_assert_int_eq(tapi_call_unselect_terminal(call, terminal), TAPI_E_INVALIDTERMINAL);
	tapi_unref(on_stream);
	tapi_unref(terminal);

	ck_assert_uint_eq(scene.msp->terminals, 0);
	ck_assert_int_eq(tapi_stream_select_terminal(stream, NULL), TAPI_E_INVALIDTERMINAL);
	tapi_unref(stream);
	tapi_unref(call);
}
END_TEST

START_TEST(terminals_are_listed_and_described)
{
	struct tapi_terminal *microphone, *by_default, *terminal;
	char text[64];

	ck_assert_int_eq(tapi_address_get_static_terminal(scene.address, 0, &microphone), 0);
	ck_assert_int_eq(tapi_address_get_default_static_terminal(scene.address,
					 TAPIMEDIATYPE_AUDIO, TD_CAPTURE, &by_default),
			0);
	ck_assert_ptr_eq(microphone, by_default);
	ck_assert_int_eq(tapi_address_get_static_terminal(scene.address, 1, &terminal),
			TAPI_E_NOITEMS);
	ck_assert_str_eq(tapi_terminal_get_name(microphone), "microphone");
	ck_assert_str_eq(tapi_terminal_get_class(microphone), CLSID_String_MicrophoneTerminal);
	ck_assert_int_eq(tapi_terminal_get_type(microphone), TT_STATIC);
	ck_assert_int_eq(tapi_terminal_get_direction(microphone), TD_CAPTURE);
	ck_assert_int_eq(tapi_terminal_start(microphone), TAPI_E_NOTSUPPORTED);

	ck_assert_int_eq(tapi_address_get_terminal_class(scene.address, 0, text, sizeof(text)), 38);
	ck_assert_str_eq(text, CLSID_String_FilePlaybackTerminal);
	ck_assert_int_eq(tapi_address_get_terminal_class(scene.address, 2, text, sizeof(text)),
			TAPI_E_NOITEMS);
	ck_assert_int_eq(tapi_address_create_terminal(scene.address, TAPI_TERMINAL_TONE,
					 TAPIMEDIATYPE_AUDIO, TD_CAPTURE, &terminal),
			TAPI_E_INVALIDTERMINALCLASS);
	ck_assert_int_eq(tapi_address_create_terminal(scene.address, "speaker", TAPIMEDIATYPE_AUDIO,
					 TD_CAPTURE, &terminal),
			TAPI_E_INVALIDTERMINALCLASS);
	tapi_unref(microphone);
	tapi_unref(by_default);
}
END_TEST

START_TEST(playing_makes_names_selects_and_starts)
{
	static const char *const files[] = { "a.wav", "b.wav" };
	struct tapi_call *call = scene_connected();
	struct tapi_terminal *player;
	TERMINAL_MEDIA_STATE state;
	char text[32];

	ck_assert_int_eq(tapi_call_play(call, files, 2, &player), 0);
	ck_assert(scene_msp_order("select on audio capture", "play or record a.wav b.wav"));
	ck_assert_int_eq(tapi_terminal_get_media_state(player, &state), 0);
	ck_assert_int_eq(state, TMS_ACTIVE);
	ck_assert_int_gt(tapi_terminal_get_play_list(player, 0, text, sizeof(text)), 0);
	ck_assert_int_eq(tapi_terminal_stop(player), 0);
	ck_assert_uint_eq(scene_msp_did("rewind"), 1);
	tapi_unref(player);

	ck_assert_int_eq(tapi_call_record(call, "c.wav", NULL), 0);
	ck_assert(scene_msp_order("select on audio render", "play or record c.wav"));
	ck_assert_uint_eq(scene.msp->terminals, 2);
	tapi_unref(call);
}
END_TEST

START_TEST(playing_what_cannot_be_played_leaves_nothing)
{
	struct tapi_call *call = scene_connected();
	struct tapi_terminal *player = NULL;
	const char *files[] = { "" };

	ck_assert_int_eq(tapi_call_play(call, files, 1, &player), TAPI_E_WRONG_STATE);

	ck_assert_ptr_null(player);
	ck_assert_uint_eq(scene.msp->terminals, 0);
	tapi_unref(call);
}
END_TEST

START_TEST(a_file_that_cannot_be_played_is_named_in_the_reason)
{
	const char *files[] = { "good.wav", "bad.wav" };
	struct tapi_terminal *player = NULL;
	struct tapix_reason why;
	struct tapi_call *call;

	ck_assert_int_eq(tapi_address_create_terminal(scene.address,
					 CLSID_String_FilePlaybackTerminal, TAPIMEDIATYPE_AUDIO,
					 TD_CAPTURE, &player),
			0);
	ck_assert_int_eq(tapi_terminal_set_play_list(player, files, 2), TAPI_E_INVALIDTERMINAL);
	tapixGetLastReason(&why);
	ck_assert_ptr_nonnull(strstr(why.sentence, "bad.wav: it is bad"));
	ck_assert_int_eq(tapi_terminal_set_play_list(player, files, 1), 0);
	ck_assert_int_eq(tapi_terminal_set_play_list(player, NULL, 1), LINEERR_INVALPOINTER);
	tapi_unref(player);

	call = scene_connected();
	ck_assert_int_eq(tapi_call_play(call, files, 2, NULL), TAPI_E_INVALIDTERMINAL);
	tapixGetLastReason(&why);
	ck_assert_ptr_nonnull(strstr(why.sentence, "bad.wav: it is bad"));
	ck_assert_str_eq(why.cause, "file");
	tapi_unref(call);
}
END_TEST

START_TEST(events_of_streams_and_files_carry_their_objects)
{
	struct tapi_call *call = scene_connected();
	const char *file = "a.wav";
	struct tapi_terminal *player;
	struct tapi_stream *stream;
	struct kept_event *k;
	struct msp_event e = { .kind = ME_CALL_EVENT,
		.call = scene.msp->last_call->cookie,
		.stream = &scene.msp->last_call->streams[1],
		.event = CALL_STREAM_ACTIVE,
		.cause = CALL_CAUSE_REMOTE_REQUEST };

	ck_assert_int_eq(tapi_call_get_stream(call, 1, &stream), 0);
	ck_assert_int_eq(tapi_call_play(call, &file, 1, &player), 0);
	scene.raise(&e);
	k = scene_expect(TE_CALLMEDIA);
	ck_assert_int_eq(k->event, CME_STREAM_ACTIVE);
	ck_assert_int_eq(k->cause, CMC_REMOTE_REQUEST);
	ck_assert_ptr_eq(k->stream, stream);
	ck_assert_ptr_eq(k->call, call);

	e.kind = ME_FILE_TERMINAL_EVENT;
	e.stream = NULL;
	e.terminal = scene.msp->last_terminal;
	e.event = TMS_IDLE;
	e.cause = FTEC_END_OF_FILE;
	scene.raise(&e);
	k = scene_expect(TE_FILETERMINAL);
	ck_assert_int_eq(k->state, TMS_IDLE);
	ck_assert_int_eq(k->cause, FTEC_END_OF_FILE);
	ck_assert_ptr_eq(k->terminal, player);
	tapi_unref(player);
	tapi_unref(stream);
	tapi_unref(call);
}
END_TEST

START_TEST(interfaces_of_the_msp_are_reached_by_query)
{
	static const GUID iid = MSP_IID_MEDIA_STREAM;
	struct tapi_call *call = scene_connected();
	struct tapi_terminal *terminal;
	const void *vtable = NULL;
	int16_t samples[160] = { 0 };
	void *self = NULL;

	ck_assert_int_eq(tapi_call_request_terminal(call, CLSID_String_MediaStreamTerminal,
					 TAPIMEDIATYPE_AUDIO, TD_CAPTURE, &terminal),
			0);
	ck_assert_int_eq(tapi_object_query(terminal, &iid, &vtable, &self), 0);
	ck_assert_ptr_eq(self, scene.msp->last_terminal);
	ck_assert_int_eq(((const struct msp_media_stream *)vtable)->write(self, samples, 160), 80);
	ck_assert_int_eq(tapi_terminal_write(terminal, samples, 40), 40);
	ck_assert_int_eq(tapi_object_query(call, &iid, &vtable, &self), TAPI_E_NOTSUPPORTED);
	tapi_unref(terminal);
	tapi_unref(call);
}
END_TEST

START_TEST(nowhere_to_put_an_answer_is_an_error)
{
	struct tapi_call *call = scene_connected();
	struct tapi_terminal *terminal;

	ck_assert_int_eq(tapi_call_request_terminal(call, CLSID_String_MediaStreamTerminal,
					 TAPIMEDIATYPE_AUDIO, TD_RENDER, &terminal),
			0);

	ck_assert_int_eq(tapi_terminal_get_ready(terminal, NULL), LINEERR_INVALPOINTER);
	ck_assert_int_eq(tapi_terminal_read(terminal, NULL, 160), LINEERR_INVALPOINTER);
	ck_assert_int_eq(tapi_terminal_write(terminal, NULL, 160), LINEERR_INVALPOINTER);
	ck_assert_int_eq(tapi_terminal_get_volume(terminal, NULL), TAPI_E_NOTSUPPORTED);
	tapi_unref(terminal);
	tapi_unref(call);
}
END_TEST

START_TEST(media_outlives_the_server)
{
	struct tapi_call *call = scene_connected();
	unsigned hellos = scene.server->hellos;

	mock_down(scene.server);
	mock_up(scene.server);
	scene_await_count(&scene.server->snapshots, 1);
	scene_await_count(&scene.server->hellos, hellos + 1);
	ck_assert_int_eq(scene_expect(TE_TAPIOBJECT)->event, TE_RESYNCHRONISED);
	raise_data("still here");
	scene_await_count(&scene.sent_count, 1);

	ck_assert_uint_eq(scene.msp->calls, 1);
	ck_assert_uint_eq(scene_msp_did("initialize"), 1);
	ck_assert_uint_eq(scene_msp_did("shutdown_call"), 0);
	ck_assert_str_eq(scene.sent, "still here|");
	tapi_unref(call);
}
END_TEST

START_TEST(a_removed_stream_is_left_alone_when_its_call_ends)
{
	struct tapi_call *call = scene_connected();
	struct tapi_terminal *player;
	struct tapi_stream *stream;
	const char *file = "a.wav";

	ck_assert_int_eq(tapi_call_play(call, &file, 1, &player), 0);
	ck_assert_int_eq(tapi_call_get_stream(call, 0, &stream), 0);
	ck_assert_int_eq(tapi_call_remove_stream(call, stream), 0);
	tapi_unref(player);
	ck_assert_uint_eq(scene.msp->terminals, 0);
	ck_assert_int_eq(tapi_call_disconnect(call, DC_NORMAL), 0);
	(void)scene_expect(TE_CALLSTATE);

	ck_assert_uint_eq(scene.msp->calls, 0);
	ck_assert(!scene.msp->touched_removed);
	tapi_unref(stream);
	tapi_unref(call);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("tapi3 media");
	TCase *own = tcase_create("media");

	tcase_add_checked_fixture(own, setup, teardown);
	tcase_add_test(own, an_incoming_call_has_its_media_before_the_application_hears_of_it);
	tcase_add_test(own, an_outgoing_call_has_its_media_before_the_server_hears_of_it);
	tcase_add_test(own, media_ends_after_the_application_has_heard_of_the_end);
	tcase_add_test(own, a_call_without_msp_works);
	tcase_add_test(own, an_msp_without_video_gets_a_call_without_video);
	tcase_add_test(own, a_call_that_the_msp_refuses_is_silent);
	tcase_add_test(own, data_of_the_tsp_reaches_the_msp_unchanged);
	tcase_add_test(own, the_longest_data_passes);
	tcase_add_test(own, what_the_msp_says_reaches_the_server_in_order);
	tcase_add_test(own, data_for_a_call_without_media_is_answered_empty);
	tcase_add_test(own, streams_are_capture_and_render_and_stay_the_same);
	tcase_add_test(own, streams_of_a_call_that_has_ended_say_so);
	tcase_add_test(own, a_selected_terminal_lives_until_its_call_ends);
	tcase_add_test(own, an_unselected_terminal_is_free_again);
	tcase_add_test(own, terminals_are_listed_and_described);
	tcase_add_test(own, playing_makes_names_selects_and_starts);
	tcase_add_test(own, playing_what_cannot_be_played_leaves_nothing);
	tcase_add_test(own, a_file_that_cannot_be_played_is_named_in_the_reason);
	tcase_add_test(own, events_of_streams_and_files_carry_their_objects);
	tcase_add_test(own, interfaces_of_the_msp_are_reached_by_query);
	tcase_add_test(own, nowhere_to_put_an_answer_is_an_error);
	tcase_add_test(own, a_removed_stream_is_left_alone_when_its_call_ends);
	tcase_add_test(own, media_outlives_the_server);
	suite_add_tcase(s, own);
	return s;
}

TEST_MAIN(suite())
