// SPDX-License-Identifier: MIT
/* test_version.c - API versions and versions of extensions: what is negotiated, what requests may
 * name, what is committed. */
#include "../test_main.h"
#include "tapisrvd/line.h"
#include "world.h"

static int32_t caps(struct mock *app, uint32_t version, uint32_t extension)
{
	LineGetDevCaps m = LINE_GET_DEV_CAPS__INIT;

	SET_ID(&m, device, 0);
	SET(&m, api_version, version);
	SET(&m, ext_version, extension);
	return app_call(app, CALL_LineGetDevCaps, 0, &m.base);
}

static int32_t open_with(struct mock *app, uint32_t version, uint32_t extension)
{
	LineOpen m = LINE_OPEN__INIT;

	SET_ID(&m, device, 0);
	SET(&m, api_version, version);
	SET(&m, ext_version, extension);
	SET(&m, privileges, LINECALLPRIVILEGE_NONE);
	return app_call(app, CALL_LineOpen, 0, &m.base);
}

/* The mock's TSP has 3.0, its applications 2.2. */
static const struct {
	uint32_t version;
	int32_t result;
} versions[] = {
	{ 0, LINEERR_INCOMPATIBLEAPIVERSION },
	{ 0x00010002, LINEERR_INCOMPATIBLEAPIVERSION },
	{ 0x00010003, 0 },
	{ 0x00010004, 0 },
	{ 0x00020000, 0 },
	{ 0x00020002, 0 },
	{ 0x00030000, LINEERR_INCOMPATIBLEAPIVERSION },
	{ 0x00040000, LINEERR_INCOMPATIBLEAPIVERSION },
};

START_TEST(requests_name_what_can_be_negotiated)
{
	struct two_apps f;

	two_apps_init(&f, MONITOR, MONITOR);
	ck_assert_int_eq(caps(f.a, versions[_i].version, 0), versions[_i].result);
	ck_assert_int_eq(open_with(f.a, versions[_i].version, 0), versions[_i].result);
	world_fini(&f.w);
}
END_TEST

static const struct {
	uint32_t low, high, got;
} ranges[] = {
	{ 0x00010003, 0x00030001, 0x00030000 },
	{ 0x00010003, 0x00020002, 0x00020002 },
	{ 0x00010000, 0x00010003, 0x00010003 },
	{ 0x00030001, 0x00030001, 0 },
	{ 0x00010000, 0x00010002, 0 },
	{ 0x00020002, 0x00020000, 0 },
};

START_TEST(the_highest_in_common_is_chosen)
{
	struct two_apps f;
	LineNegotiateApiVersion m = LINE_NEGOTIATE_API_VERSION__INIT;
	const LineNegotiateApiVersionReply *reply;

	two_apps_init(&f, MONITOR, MONITOR);
	SET_ID(&m, device, 0);
	SET(&m, api_low_version, ranges[_i].low);
	SET(&m, api_high_version, ranges[_i].high);
	ck_assert_int_eq(app_call(f.a, CALL_LineNegotiateApiVersion, 0, &m.base),
			ranges[_i].got ? 0 : LINEERR_INCOMPATIBLEAPIVERSION);
	if (ranges[_i].got) {
		reply = (const void *)app_answer(f.a, FRAME_RETURN, f.a->serial)->body;
		ck_assert_uint_eq(reply->api_version, ranges[_i].got);
		ck_assert_uint_eq(reply->extension_id->extension_id0, 0xab);
	}
	world_fini(&f.w);
}
END_TEST

static uint32_t negotiate_ext(struct mock *app, uint32_t low, uint32_t high)
{
	LineNegotiateExtVersion m = LINE_NEGOTIATE_EXT_VERSION__INIT;

	SET_ID(&m, device, 0);
	SET(&m, api_version, 0x00020002);
	SET(&m, ext_low_version, low);
	SET(&m, ext_high_version, high);
	return app_send(app, CALL_LineNegotiateExtVersion, 0, &m.base);
}

static void answer_ext(struct mock *host, uint32_t version)
{
	LineNegotiateExtVersionReply reply = LINE_NEGOTIATE_EXT_VERSION_REPLY__INIT;

	SET(&reply, ext_version, version);
	host_return(host, host_request(host, CALL_LineNegotiateExtVersion), 0, &reply.base);
	world_turn(host->world);
}

static int32_t result_of(struct mock *app, uint32_t serial)
{
	const struct seen *s = app_answer(app, FRAME_RETURN, serial);

	ck_assert_ptr_nonnull(s);
	return s->h.result;
}

START_TEST(the_provider_chooses_an_extension_version_of_the_range)
{
	struct two_apps f;
	uint32_t serial;

	two_apps_init(&f, MONITOR, MONITOR);
	f.host->manual[CALL_LineNegotiateExtVersion] = true;
	serial = negotiate_ext(f.a, 1, 9);
	answer_ext(f.host, 7);
	ck_assert_int_eq(result_of(f.a, serial), 0);
	serial = negotiate_ext(f.a, 1, 9);
	answer_ext(f.host, 10);
	ck_assert_int_eq(result_of(f.a, serial), LINEERR_INCOMPATIBLEEXTVERSION);
	ck_assert_int_eq(result_of(f.a, negotiate_ext(f.a, 9, 1)), LINEERR_INCOMPATIBLEEXTVERSION);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_selected_extension_version_is_the_only_one)
{
	struct two_apps f;

	two_apps_init(&f, MONITOR, MONITOR);
	ck_assert_int_eq(open_with(f.a, 0x00020002, 7), 0);
	ck_assert_int_eq(result_of(f.b, negotiate_ext(f.b, 1, 6)), LINEERR_INCOMPATIBLEEXTVERSION);
	ck_assert_int_eq(result_of(f.b, negotiate_ext(f.b, 8, 9)), LINEERR_INCOMPATIBLEEXTVERSION);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineNegotiateExtVersion), 0);
	ck_assert_int_eq(caps(f.b, 0x00020002, 8), LINEERR_INCOMPATIBLEEXTVERSION);
	ck_assert_int_eq(caps(f.b, 0x00020002, 7), 0);
	ck_assert_int_eq(open_with(f.b, 0x00020002, 8), LINEERR_INCOMPATIBLEEXTVERSION);
	ck_assert_int_eq(open_with(f.b, 0x00020002, 7), 0);
	ck_assert_int_eq(open_with(f.b, 0x00020002, 0), 0); /* without extensions is no conflict */
	world_fini(&f.w);
}
END_TEST

/* Who opened with it is gone before the TSP has said yes. */
static uint32_t last_selected(const struct mock *host)
{
	const TspiLineSelectExtVersion *m =
			(const void *)host_request(host, CALL_TspiLineSelectExtVersion)->body;

	return m->ext_version;
}

START_TEST(an_extension_version_that_nobody_waits_for_is_cancelled)
{
	struct two_apps f;
	LineOpen m = LINE_OPEN__INIT;

	two_apps_init(&f, MONITOR, MONITOR);
	f.host->manual[CALL_TspiLineSelectExtVersion] = true;
	SET_ID(&m, device, 0);
	SET(&m, api_version, 0x00020002);
	SET(&m, ext_version, 7);
	SET(&m, privileges, MONITOR);
	(void)app_send(f.a, CALL_LineOpen, 0, &m.base);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineSelectExtVersion), 1);
	mock_hang_up(f.a);
	world_turn(&f.w);
	f.host->manual[CALL_TspiLineSelectExtVersion] = false;
	host_return(f.host, host_request(f.host, CALL_TspiLineSelectExtVersion), 0, NULL);
	world_turn(&f.w);

	ck_assert_uint_eq(last_selected(f.host), 0);
	ck_assert_int_eq(open_with(f.b, 0x00020002, 8), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(an_extension_version_goes_with_the_open_that_fails_later)
{
	struct two_apps f;
	LineOpen m = LINE_OPEN__INIT;

	two_apps_init(&f, MONITOR, MONITOR);
	f.host->fail[CALL_TspiLineSetDefaultMediaDetection] = LINEERR_OPERATIONFAILED;
	SET_ID(&m, device, 0);
	SET(&m, api_version, 0x00020002);
	SET(&m, ext_version, 7);
	SET(&m, privileges, OWNER);
	SET(&m, media_modes, VOICE);
	ck_assert_int_eq(app_call(f.a, CALL_LineOpen, 0, &m.base), LINEERR_OPERATIONFAILED);

	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineSelectExtVersion), 2);
	ck_assert_uint_eq(last_selected(f.host), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(a_device_without_extensions_has_no_version_of_them)
{
	struct two_apps f;

	two_apps_init(&f, MONITOR, MONITOR);
	line_find(f.w.core, 0)->extension.extension_id0 = 0;
	ck_assert_int_eq(result_of(f.a, negotiate_ext(f.a, 0, 9)), LINEERR_INCOMPATIBLEEXTVERSION);
	ck_assert_int_eq(open_with(f.a, 0x00020002, 7), LINEERR_INCOMPATIBLEEXTVERSION);
	world_fini(&f.w);
}
END_TEST

static int32_t dev_specific(struct mock *app, uint32_t open)
{
	LineDevSpecific m = LINE_DEV_SPECIFIC__INIT;

	SET_ID(&m, line, 0);
	return app_call(app, CALL_LineDevSpecific, open, &m.base);
}

START_TEST(device_specific_functions_need_an_extension_version)
{
	struct two_apps f;
	uint32_t open;

	two_apps_init(&f, MONITOR, MONITOR);
	ck_assert_int_eq(dev_specific(f.a, f.a_open), LINEERR_OPERATIONUNAVAIL);
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDevSpecific), 0);
	ck_assert_int_eq(open_with(f.a, 0x00020002, 7), 0);
	open = mock_last(f.a, FRAME_RETURN)->h.open;
	ck_assert_int_eq(dev_specific(f.a, open), 0);
	line_find(f.w.core, 0)->extension.extension_id0 = 0; /* it has none to negotiate */
	ck_assert_int_eq(dev_specific(f.a, f.a_open), 0);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core version");
	TCase *t = tcase_create("version");

	tcase_add_loop_test(t, requests_name_what_can_be_negotiated, 0,
			(int)(sizeof(versions) / sizeof(versions[0])));
	tcase_add_loop_test(t, the_highest_in_common_is_chosen, 0,
			(int)(sizeof(ranges) / sizeof(ranges[0])));
	tcase_add_test(t, the_provider_chooses_an_extension_version_of_the_range);
	tcase_add_test(t, a_selected_extension_version_is_the_only_one);
	tcase_add_test(t, an_extension_version_that_nobody_waits_for_is_cancelled);
	tcase_add_test(t, an_extension_version_goes_with_the_open_that_fails_later);
	tcase_add_test(t, a_device_without_extensions_has_no_version_of_them);
	tcase_add_test(t, device_specific_functions_need_an_extension_version);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
