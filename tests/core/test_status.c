// SPDX-License-Identifier: MIT
/* test_status.c - opens, status messages, caches, unions of what applications want of a line. */
#include "../test_main.h"
#include "mock_host.h"
#include "tapisrvd/line.h"
#include "world.h"

struct fixture {
	struct world w;
	struct mock *host, *a, *b;
};

static void set_up(struct fixture *f)
{
	world_init(&f->w, "mock", "other");
	f->host = world_host(&f->w, "mock");
	(void)world_host(&f->w, "other");
	f->a = world_app(&f->w, "a");
	f->b = world_app(&f->w, "b");
}

static uint32_t detecting(const struct mock *host)
{
	const struct seen *s = host_request(host, CALL_TspiLineSetDefaultMediaDetection);

	ck_assert_ptr_nonnull(s);
	return ((const TspiLineSetDefaultMediaDetection *)(const void *)s->body)->media_modes;
}

static int32_t want(struct mock *app, uint32_t open, uint32_t line, uint32_t address)
{
	LineSetStatusMessages m = LINE_SET_STATUS_MESSAGES__INIT;

	SET_ID(&m, line, 0);
	SET(&m, line_states, line);
	SET(&m, address_states, address);
	return app_call(app, CALL_LineSetStatusMessages, open, &m.base);
}

static int32_t close_line(struct mock *app, uint32_t open, uint32_t device)
{
	LineClose m = LINE_CLOSE__INIT;

	SET_ID(&m, line, device);
	return app_call(app, CALL_LineClose, open, &m.base);
}

START_TEST(media_detection_is_the_owners_union)
{
	struct fixture f;
	uint32_t a, b;

	set_up(&f);
	a = app_open(f.a, 0, OWNER, VOICE);
	ck_assert_uint_eq(detecting(f.host), VOICE);
	b = app_open(f.b, 0, OWNER, LINEMEDIAMODE_DATAMODEM);
	ck_assert_uint_eq(detecting(f.host), VOICE | LINEMEDIAMODE_DATAMODEM);
	ck_assert_int_eq(close_line(f.a, a, 0), 0);
	ck_assert_uint_eq(detecting(f.host), LINEMEDIAMODE_DATAMODEM);

	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineOpen), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineClose), 0);
	ck_assert_int_eq(close_line(f.b, b, 0), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineClose), 1);
	ck_assert_int_eq(close_line(f.b, b, 0), LINEERR_INVALLINEHANDLE);
	world_fini(&f.w);
}
END_TEST

START_TEST(refused_detection_fails_the_open)
{
	struct fixture f;

	set_up(&f);
	(void)app_open(f.a, 0, OWNER, VOICE);
	f.host->fail[CALL_TspiLineSetDefaultMediaDetection] = LINEERR_INVALMEDIAMODE;

	ck_assert_uint_eq(app_open(f.b, 0, OWNER, LINEMEDIAMODE_DATAMODEM), 0);
	ck_assert_int_eq(mock_last(f.b, FRAME_RETURN)->h.result, LINEERR_INVALMEDIAMODE);
	ck_assert_str_eq(seen_failure(mock_last(f.b, FRAME_RETURN))->cause, "MOCK");
	ck_assert_uint_ne(app_open(f.b, 0, MONITOR, 0), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(refused_open_fails_with_the_provider_s_reason)
{
	struct fixture f;

	set_up(&f);
	f.host->fail[CALL_TspiLineOpen] = LINEERR_ALLOCATED;
	ck_assert_uint_eq(app_open(f.a, 0, OWNER, VOICE), 0);
	ck_assert_int_eq(mock_last(f.a, FRAME_RETURN)->h.result, LINEERR_ALLOCATED);
	ck_assert_uint_eq(seen_failure(mock_last(f.a, FRAME_RETURN))->layer, LAYER_PROVIDER);

	f.host->fail[CALL_TspiLineOpen] = 0;
	ck_assert_uint_ne(app_open(f.a, 0, OWNER, VOICE), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(two_opens_at_once_open_the_tsp_once)
{
	struct fixture f;
	LineOpen m = LINE_OPEN__INIT;

	set_up(&f);
	f.host->manual[CALL_TspiLineOpen] = true;
	SET_ID(&m, device, 0);
	SET(&m, api_version, 0x00020002);
	SET(&m, privileges, MONITOR);
	(void)app_send(f.a, CALL_LineOpen, 0, &m.base);
	(void)app_send(f.b, CALL_LineOpen, 0, &m.base);
	ck_assert_ptr_null(app_answer(f.a, FRAME_RETURN, f.a->serial));

	host_return(f.host, host_request(f.host, CALL_TspiLineOpen), 0, NULL);
	world_turn(&f.w);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineOpen), 1);
	ck_assert_int_eq(app_answer(f.a, FRAME_RETURN, f.a->serial)->h.result, 0);
	ck_assert_int_eq(app_answer(f.b, FRAME_RETURN, f.b->serial)->h.result, 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(mapper_finds_the_first_line_that_fits)
{
	struct fixture f;
	LineOpen m = LINE_OPEN__INIT;
	const LineOpenReply *reply;

	set_up(&f);
	SET_ID(&m, device, LINEMAPPER);
	SET(&m, api_version, 0x00020002);
	SET(&m, privileges, OWNER);
	SET(&m, media_modes, LINEMEDIAMODE_DATAMODEM);
	ck_assert_int_eq(app_call(f.a, CALL_LineOpen, 0, &m.base), 0);
	reply = (const void *)mock_last(f.a, FRAME_RETURN)->body;
	ck_assert(reply->has_device);
	ck_assert_uint_eq(reply->device, 0);
	ck_assert_uint_ne(reply->opened_at, 0);

	SET(&m, media_modes, LINEMEDIAMODE_G3FAX);
	ck_assert_int_eq(app_call(f.a, CALL_LineOpen, 0, &m.base), LINEERR_LINEMAPPERFAILED);
	world_fini(&f.w);
}
END_TEST

START_TEST(status_messages_are_filtered)
{
	struct fixture f;
	uint32_t a, b;
	const Event *e;

	set_up(&f);
	a = app_open(f.a, 0, MONITOR, 0);
	b = app_open(f.b, 0, MONITOR, 0);
	mock_forget(f.a);
	host_event(f.host, 0, LINE_LINEDEVSTATE, LINEDEVSTATE_RINGING, 1, 0, NULL);
	ck_assert_uint_eq(app_events(f.a, LINE_LINEDEVSTATE), 0); /* off until asked for */

	ck_assert_int_eq(want(f.a, a, LINEDEVSTATE_RINGING, LINEADDRESSSTATE_FORWARD), 0);
	ck_assert_int_eq(want(f.b, b, LINEDEVSTATE_RINGING | LINEDEVSTATE_BATTERY, 0), 0);
	host_event(f.host, 0, LINE_LINEDEVSTATE, LINEDEVSTATE_RINGING | LINEDEVSTATE_BATTERY, 1, 0,
			NULL);
	host_event(f.host, 0, LINE_ADDRESSSTATE, 1, LINEADDRESSSTATE_FORWARD, 0, NULL);
	e = (const void *)app_event(f.a, LINE_LINEDEVSTATE)->body;
	ck_assert_uint_eq(e->p1, LINEDEVSTATE_RINGING);
	e = (const void *)app_event(f.b, LINE_LINEDEVSTATE)->body;
	ck_assert_uint_eq(e->p1, LINEDEVSTATE_RINGING | LINEDEVSTATE_BATTERY);
	ck_assert_uint_eq(app_events(f.a, LINE_ADDRESSSTATE), 1);
	ck_assert_uint_eq(app_events(f.b, LINE_ADDRESSSTATE), 0);

	host_event(f.host, 0, LINE_LINEDEVSTATE, LINEDEVSTATE_REINIT, 0, 0, NULL);
	ck_assert_uint_eq(app_events(f.a, LINE_LINEDEVSTATE), 2); /* cannot be masked */
	ck_assert_int_eq(want(f.a, a, 0x80000000, 0), LINEERR_INVALLINESTATE);
	ck_assert_int_eq(want(f.a, a, 0, 0x8000), LINEERR_INVALADDRESSSTATE);
	world_fini(&f.w);
}
END_TEST

/* What the TSP was told last. */
static const LineSetStatusMessages *wanted_of_tsp(const struct mock *host)
{
	return (const void *)host_request(host, CALL_LineSetStatusMessages)->body;
}

/* TAPI: the TSP gets the union of what applications want. The core looks at changes of capabilities
 * for itself, and REINIT cannot be masked. */
START_TEST(a_tsp_is_told_the_union_of_the_status_messages_that_are_wanted)
{
	const uint32_t own = LINEDEVSTATE_CAPSCHANGE | LINEDEVSTATE_REINIT;
	struct fixture f;
	uint32_t a, b;

	set_up(&f);
	a = app_open(f.a, 0, MONITOR, 0);
	b = app_open(f.b, 0, MONITOR, 0);
	ck_assert_uint_eq(wanted_of_tsp(f.host)->line_states, own);
	ck_assert_uint_eq(wanted_of_tsp(f.host)->address_states, LINEADDRESSSTATE_CAPSCHANGE);

	ck_assert_int_eq(want(f.a, a, LINEDEVSTATE_NUMCALLS, LINEADDRESSSTATE_NUMCALLS), 0);
	ck_assert_int_eq(want(f.b, b, LINEDEVSTATE_RINGING, LINEADDRESSSTATE_FORWARD), 0);
	ck_assert_uint_eq(wanted_of_tsp(f.host)->line_states,
			own | LINEDEVSTATE_NUMCALLS | LINEDEVSTATE_RINGING);
	ck_assert_uint_eq(wanted_of_tsp(f.host)->address_states,
			LINEADDRESSSTATE_CAPSCHANGE | LINEADDRESSSTATE_NUMCALLS |
					LINEADDRESSSTATE_FORWARD);
	mock_forget(f.host);
	ck_assert_int_eq(want(f.b, b, LINEDEVSTATE_RINGING, LINEADDRESSSTATE_FORWARD), 0);
	ck_assert_ptr_null(host_request(f.host, CALL_LineSetStatusMessages));

	ck_assert_int_eq(close_line(f.a, a, 0), 0);
	ck_assert_uint_eq(wanted_of_tsp(f.host)->line_states, own | LINEDEVSTATE_RINGING);
	ck_assert_int_eq(close_line(f.b, b, 0), 0);
	a = app_open(f.a, 0, MONITOR, 0);
	ck_assert_uint_eq(wanted_of_tsp(f.host)->line_states, own); /* opened anew */
	ck_assert_int_eq(close_line(f.a, a, 0), 0);
	world_fini(&f.w);
}
END_TEST

static const uint32_t told[] = { LINEDEVSTATE_MSGWAITON, LINEDEVSTATE_MSGWAITOFF,
	LINEDEVSTATE_INSERVICE, LINEDEVSTATE_OUTOFSERVICE, LINEDEVSTATE_CONNECTED };

START_TEST(news_of_a_line_reach_who_asked_for_them)
{
	struct fixture f;
	uint32_t a;

	set_up(&f);
	a = app_open(f.a, 0, MONITOR, 0);
	(void)app_open(f.b, 0, MONITOR, 0);
	ck_assert_int_eq(want(f.a, a, told[_i], 0), 0);
	ck_assert_uint_ne(wanted_of_tsp(f.host)->line_states & told[_i], 0);
	mock_forget(f.a);
	mock_forget(f.b);
	host_event(f.host, 0, LINE_LINEDEVSTATE, told[_i], 0, 0, NULL);

	ck_assert_uint_eq(app_events(f.a, LINE_LINEDEVSTATE), 1);
	ck_assert_uint_eq(((const Event *)(const void *)app_event(f.a, LINE_LINEDEVSTATE)->body)
					  ->p1,
			told[_i]);
	ck_assert_uint_eq(app_events(f.b, LINE_LINEDEVSTATE), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(opens_and_closes_are_told_by_the_server)
{
	struct fixture f;
	uint32_t a, b;
	const Event *e;

	set_up(&f);
	a = app_open(f.a, 0, MONITOR, 0);
	ck_assert_int_eq(want(f.a, a, LINEDEVSTATE_OPEN | LINEDEVSTATE_CLOSE, 0), 0);
	b = app_open(f.b, 0, MONITOR, 0);
	e = (const void *)app_event(f.a, LINE_LINEDEVSTATE)->body;
	ck_assert_uint_eq(e->p1, LINEDEVSTATE_OPEN);
	ck_assert_int_eq(close_line(f.b, b, 0), 0);
	e = (const void *)app_event(f.a, LINE_LINEDEVSTATE)->body;
	ck_assert_uint_eq(e->p1, LINEDEVSTATE_CLOSE);
	world_fini(&f.w);
}
END_TEST

START_TEST(caps_are_asked_once_until_they_change)
{
	struct fixture f;
	LineGetDevCaps m = LINE_GET_DEV_CAPS__INIT;
	LineGetAddressCaps address = LINE_GET_ADDRESS_CAPS__INIT;
	const LineGetDevCapsReply *reply;

	set_up(&f);
	SET_ID(&m, device, 0);
	SET(&m, api_version, 0x00020002);
	mock_forget(f.host); /* all were asked when the line was found */
	ck_assert_int_eq(app_call(f.a, CALL_LineGetDevCaps, 0, &m.base), 0);
	reply = (const void *)mock_last(f.a, FRAME_RETURN)->body;
	ck_assert_str_eq(reply->line_dev_caps->line_name, "mock line");
	ck_assert_uint_eq(host_asked(f.host, CALL_LineGetDevCaps), 0);
	host_event(f.host, 0, LINE_LINEDEVSTATE, LINEDEVSTATE_CAPSCHANGE, 0, 0, NULL);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineGetDevCaps), 1);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineGetAddressCaps), 2);

	SET_ID(&address, device, 0);
	SET(&address, address_id, 1);
	SET(&address, api_version, 0x00020002);
	ck_assert_int_eq(app_call(f.a, CALL_LineGetAddressCaps, 0, &address.base), 0);
	ck_assert_int_eq(app_call(f.b, CALL_LineGetAddressCaps, 0, &address.base), 0);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineGetAddressCaps), 2);
	SET(&address, address_id, 2);
	ck_assert_int_eq(app_call(f.a, CALL_LineGetAddressCaps, 0, &address.base),
			LINEERR_INVALADDRESSID);
	world_fini(&f.w);
}
END_TEST

static int32_t open_extended(struct mock *app, uint32_t version)
{
	LineOpen m = LINE_OPEN__INIT;

	SET_ID(&m, device, 0);
	SET(&m, api_version, 0x00020002);
	SET(&m, privileges, MONITOR);
	SET(&m, ext_version, version);
	return app_call(app, CALL_LineOpen, 0, &m.base);
}

static uint32_t selected(const struct mock *host)
{
	const struct seen *s = host_request(host, CALL_TspiLineSelectExtVersion);

	ck_assert_ptr_nonnull(s);
	return ((const TspiLineSelectExtVersion *)(const void *)s->body)->ext_version;
}

START_TEST(first_extension_version_binds_the_line)
{
	struct fixture f;

	set_up(&f);
	f.host->fail[CALL_TspiLineSelectExtVersion] = LINEERR_INVALEXTVERSION;
	ck_assert_int_eq(open_extended(f.a, 7), LINEERR_INCOMPATIBLEEXTVERSION);
	f.host->fail[CALL_TspiLineSelectExtVersion] = 0;
	ck_assert_int_eq(open_extended(f.a, 7), 0);
	ck_assert_uint_eq(selected(f.host), 7);
	ck_assert_int_eq(open_extended(f.b, 8), LINEERR_INCOMPATIBLEEXTVERSION);
	ck_assert_int_eq(open_extended(f.b, 0), 0);
	ck_assert_int_eq(close_line(f.a, app_answer(f.a, FRAME_RETURN, f.a->serial)->h.open, 0), 0);
	ck_assert_uint_eq(selected(f.host), 0);
	ck_assert_int_eq(open_extended(f.a, 8), 0);
	ck_assert_uint_eq(selected(f.host), 8);
	world_fini(&f.w);
}
END_TEST

START_TEST(dev_status_names_the_applications)
{
	struct fixture f;
	LineGetLineDevStatus m = LINE_GET_LINE_DEV_STATUS__INIT;
	const LineGetLineDevStatusReply *reply;
	uint32_t a;

	set_up(&f);
	a = app_open(f.a, 0, OWNER, VOICE);
	(void)app_open(f.b, 0, MONITOR, 0);
	SET_ID(&m, line, 0);
	ck_assert_int_eq(app_call(f.a, CALL_LineGetLineDevStatus, a, &m.base), 0);
	reply = (const void *)mock_last(f.a, FRAME_RETURN)->body;
	ck_assert_uint_eq(reply->line_dev_status->num_opens, 2);
	ck_assert_uint_eq(reply->line_dev_status->open_media_modes, VOICE);
	ck_assert_uint_eq(reply->line_dev_status->ring_mode, 7);
	ck_assert_uint_eq(reply->line_dev_status->n_app_info, 2);
	ck_assert_str_eq(reply->line_dev_status->app_info[1]->friendly_name, "b");
	ck_assert_str_eq(reply->reason->sentence, "the mock is out of service");
	world_fini(&f.w);
}
END_TEST

/* Its extension version is selected, its media modes are not. */
START_TEST(dev_status_leaves_out_who_waits_for_the_line)
{
	struct fixture f;
	LineGetLineDevStatus m = LINE_GET_LINE_DEV_STATUS__INIT;
	LineOpen open = LINE_OPEN__INIT;
	const LineDevStatus *status;
	uint32_t a, asked;

	set_up(&f);
	a = app_open(f.a, 0, OWNER, VOICE);
	f.host->stops_at = CALL_TspiLineSelectExtVersion;
	f.host->manual[CALL_TspiLineSetDefaultMediaDetection] = true;
	SET_ID(&open, device, 0);
	SET(&open, api_version, 0x00020002);
	SET(&open, ext_version, 7);
	SET(&open, privileges, OWNER);
	SET(&open, media_modes, LINEMEDIAMODE_DATAMODEM);
	(void)app_send(f.b, CALL_LineOpen, 0, &open.base);
	SET_ID(&m, line, 0);
	asked = app_send(f.a, CALL_LineGetLineDevStatus, a, &m.base);
	host_go_on(f.host);

	status = ((const LineGetLineDevStatusReply *)(const void *)app_answer(f.a, FRAME_RETURN,
				  asked)
					->body)
				 ->line_dev_status;
	ck_assert_uint_eq(status->num_opens, 1);
	ck_assert_uint_eq(status->open_media_modes, VOICE);
	ck_assert_uint_eq(status->n_app_info, 1);
	ck_assert_str_eq(status->app_info[0]->friendly_name, "a");
	world_fini(&f.w);
}
END_TEST

START_TEST(rings_are_the_least_of_all)
{
	struct fixture f;
	LineSetNumRings set = LINE_SET_NUM_RINGS__INIT;
	LineGetNumRings get = LINE_GET_NUM_RINGS__INIT;
	const LineGetNumRingsReply *reply;
	uint32_t a, b;

	set_up(&f);
	a = app_open(f.a, 0, MONITOR, 0);
	b = app_open(f.b, 0, MONITOR, 0);
	SET_ID(&set, line, 0);
	SET_ID(&get, line, 0);
	ck_assert_int_eq(app_call(f.a, CALL_LineGetNumRings, a, &get.base), 0);
	reply = (const void *)mock_last(f.a, FRAME_RETURN)->body;
	ck_assert_uint_eq(reply->num_rings, 0xffffffff);
	SET(&set, num_rings, 5);
	ck_assert_int_eq(app_call(f.a, CALL_LineSetNumRings, a, &set.base), 0);
	SET(&set, num_rings, 3);
	ck_assert_int_eq(app_call(f.b, CALL_LineSetNumRings, b, &set.base), 0);
	ck_assert_int_eq(app_call(f.a, CALL_LineGetNumRings, a, &get.base), 0);
	reply = (const void *)mock_last(f.a, FRAME_RETURN)->body;
	ck_assert_uint_eq(reply->num_rings, 3);
	world_fini(&f.w);
}
END_TEST

START_TEST(line_comes_and_goes)
{
	struct fixture f;
	uint32_t open;
	const Event *e;

	set_up(&f);
	host_event(f.host, 0, LINE_CREATE, 0, 4711, 0, NULL);
	ck_assert_uint_eq(((const TspiProviderCreateLineDevice *)(const void *)host_request(f.host,
					   CALL_TspiProviderCreateLineDevice)
							  ->body)
					  ->temp_id,
			4711);
	e = (const void *)app_event(f.b, LINE_CREATE)->body;
	ck_assert_uint_eq(e->p1, 2 * MOCK_LINES); /* above those of both providers */
	open = app_open(f.a, 2 * MOCK_LINES, MONITOR, 0);
	ck_assert_uint_ne(open, 0);

	host_event(f.host, 0, LINE_REMOVE, 2 * MOCK_LINES, 0, 0, NULL);
	ck_assert_uint_eq(app_events(f.a, LINE_CLOSE), 1);
	ck_assert_uint_eq(app_events(f.b, LINE_REMOVE), 1);
	ck_assert_uint_eq(app_open(f.a, 2 * MOCK_LINES, MONITOR, 0), 0);
	ck_assert_int_eq(mock_last(f.a, FRAME_RETURN)->h.result, LINEERR_NODEVICE);
	ck_assert_ptr_null(line_find(f.w.core, 2 * MOCK_LINES)->caps);
	world_fini(&f.w);
}
END_TEST

/* Its number is spent: programs that count lines pass over it. */
START_TEST(line_that_the_provider_does_not_take_is_no_device)
{
	struct fixture f;

	set_up(&f);
	f.host->fail[CALL_TspiProviderCreateLineDevice] = LINEERR_OPERATIONFAILED;
	host_event(f.host, 0, LINE_CREATE, 0, 4711, 0, NULL);

	ck_assert_uint_eq(app_events(f.b, LINE_CREATE), 0);
	ck_assert_uint_eq(app_open(f.a, 2 * MOCK_LINES, MONITOR, 0), 0);
	ck_assert_int_eq(mock_last(f.a, FRAME_RETURN)->h.result, LINEERR_NODEVICE);
	ck_assert_uint_eq(app_open(f.a, 2 * MOCK_LINES + 1, MONITOR, 0), 0);
	ck_assert_int_eq(mock_last(f.a, FRAME_RETURN)->h.result, LINEERR_BADDEVICEID);
	world_fini(&f.w);
}
END_TEST

/* Whoever hears of it can use it at once. */
START_TEST(line_is_known_when_it_is_announced)
{
	struct fixture f;
	LineGetAddressStatus get = LINE_GET_ADDRESS_STATUS__INIT;
	uint32_t open;

	set_up(&f);
	f.host->manual[CALL_LineGetDevCaps] = true;
	host_event(f.host, 0, LINE_CREATE, 0, 4711, 0, NULL);
	ck_assert_uint_eq(app_events(f.b, LINE_CREATE), 0);
	f.host->manual[CALL_LineGetDevCaps] = false;
	mock_host_react(f.host, host_request(f.host, CALL_LineGetDevCaps));
	world_turn(&f.w);

	ck_assert_uint_eq(app_events(f.b, LINE_CREATE), 1);
	open = app_open(f.a, 2 * MOCK_LINES, MONITOR, 0);
	SET_ID(&get, line, 2 * MOCK_LINES);
	SET(&get, address_id, 1);
	ck_assert_int_eq(app_call(f.a, CALL_LineGetAddressStatus, open, &get.base), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(removed_line_takes_its_calls_and_leaves_others_alone)
{
	struct fixture f;
	uint32_t open, other;
	uint64_t call, stays;

	set_up(&f);
	open = app_open(f.a, 0, OWNER, VOICE);
	other = app_open(f.a, 1, OWNER, VOICE);
	call = app_make_call(f.a, open, 0);
	stays = app_make_call(f.a, other, 1);
	host_state(f.host, call, LINECALLSTATE_CONNECTED, 0);
	host_state(f.host, stays, LINECALLSTATE_CONNECTED, 0);
	mock_forget(f.host);
	host_event(f.host, 0, LINE_REMOVE, 0, 0, 0, NULL);

	ck_assert_uint_eq(app_state(f.a), LINECALLSTATE_IDLE);
	ck_assert_uint_eq(((const Event *)(const void *)app_event(f.a, LINE_CALLSTATE)->body)
					  ->object,
			call);
	ck_assert_uint_eq(app_event(f.a, LINE_CLOSE)->h.open, open);
	ck_assert_uint_eq(app_events(f.a, LINE_CLOSE), 1);
	ck_assert_uint_eq(app_events(f.a, LINE_REMOVE), 1);
	ck_assert_uint_eq(f.host->count, 0); /* the TSP is not called for it any more */
	ck_assert_int_eq(app_on_call(f.a, CALL_LineDrop, other, stays), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(provider_list_and_states)
{
	struct fixture f;
	TapixGetProviders m = TAPIX_GET_PROVIDERS__INIT;
	const TapixGetProvidersReply *reply;
	LineGetProviderList list = LINE_GET_PROVIDER_LIST__INIT;
	const LineGetProviderListReply *names;

	set_up(&f);
	ck_assert_int_eq(app_call(f.a, CALL_TapixGetProviders, 0, &m.base), 0);
	reply = (const void *)mock_last(f.a, FRAME_RETURN)->body;
	ck_assert_uint_eq(reply->n_providers, 2);
	ck_assert_str_eq(reply->providers[1]->name, "other");
	ck_assert_str_eq(reply->providers[1]->state, "running");
	ck_assert_uint_eq(reply->providers[1]->num_lines, MOCK_LINES);
	SET(&list, api_version, 0x00020002);
	ck_assert_int_eq(app_call(f.a, CALL_LineGetProviderList, 0, &list.base), 0);
	names = (const void *)mock_last(f.a, FRAME_RETURN)->body;
	ck_assert_uint_eq(names->provider_list->n_provider_list, 2);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core status");
	TCase *t = tcase_create("status");

	tcase_add_test(t, media_detection_is_the_owners_union);
	tcase_add_test(t, a_tsp_is_told_the_union_of_the_status_messages_that_are_wanted);
	tcase_add_test(t, refused_detection_fails_the_open);
	tcase_add_test(t, refused_open_fails_with_the_provider_s_reason);
	tcase_add_test(t, two_opens_at_once_open_the_tsp_once);
	tcase_add_test(t, mapper_finds_the_first_line_that_fits);
	tcase_add_test(t, status_messages_are_filtered);
	tcase_add_loop_test(t, news_of_a_line_reach_who_asked_for_them, 0,
			sizeof(told) / sizeof(told[0]));
	tcase_add_test(t, opens_and_closes_are_told_by_the_server);
	tcase_add_test(t, caps_are_asked_once_until_they_change);
	tcase_add_test(t, first_extension_version_binds_the_line);
	tcase_add_test(t, dev_status_names_the_applications);
	tcase_add_test(t, dev_status_leaves_out_who_waits_for_the_line);
	tcase_add_test(t, rings_are_the_least_of_all);
	tcase_add_test(t, line_comes_and_goes);
	tcase_add_test(t, line_that_the_provider_does_not_take_is_no_device);
	tcase_add_test(t, line_is_known_when_it_is_announced);
	tcase_add_test(t, removed_line_takes_its_calls_and_leaves_others_alone);
	tcase_add_test(t, provider_list_and_states);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
