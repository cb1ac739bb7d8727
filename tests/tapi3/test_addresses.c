// SPDX-License-Identifier: MIT
/* test_addresses.c - addresses: which there are, what they can do, also when a provider lies. */
#include "../test_main.h"
#include "scene.h"

static void setup(void)
{
	scene_open(true);
}

static void teardown(void)
{
	scene_close();
}

START_TEST(addresses_are_listed_and_have_names)
{
	struct tapi_address *second, *again;

	ck_assert_int_eq(tapi_get_address(scene.tapi, 1, &second), 0);
	ck_assert_int_eq(tapi_get_address(scene.tapi, 0, &again), 0);
	ck_assert_int_eq(tapi_get_address(scene.tapi, MOCK_LINES, &second), TAPI_E_NOITEMS);

	ck_assert_ptr_eq(again, scene.address);
	ck_assert_ptr_ne(second, scene.address);
	ck_assert_str_eq(tapi_address_get_name(scene.address), "line one");
	ck_assert_str_eq(tapi_address_get_provider_name(scene.address), "mock provider");
	ck_assert_str_eq(tapi_address_get_dialable(scene.address), "101");
	ck_assert_int_eq(tapi_address_get_state(scene.address), AS_INSERVICE);
	tapi_unref(again);
	tapi_unref(second);
}
END_TEST

START_TEST(capabilities_come_from_line_and_address)
{
	DWORD value = 0;
	char text[64];

	ck_assert_int_eq(tapi_address_get_capability(scene.address, AC_PERMANENTDEVICEID, &value),
			0);
	ck_assert_uint_eq(value, 77);
	ck_assert_int_eq(tapi_address_get_capability(scene.address, AC_MAXACTIVECALLS, &value), 0);
	ck_assert_uint_eq(value, 3);
	ck_assert_int_eq(tapi_address_get_capability(scene.address, AC_LINEID, &value), 0);
	ck_assert_uint_eq(value, 0);
	ck_assert_int_eq(tapi_address_get_capability(scene.address, (ADDRESS_CAPABILITY)99, &value),
			TAPI_E_NOTSUPPORTED);
	ck_assert_int_eq(tapi_address_get_capability_string(scene.address, ACS_PROVIDERSPECIFIC,
					 text, sizeof(text)),
			13);
	ck_assert_str_eq(text, "mock provider");
	ck_assert_int_eq(tapi_address_get_device_class(scene.address, 1, text, 4), 7);
	ck_assert_str_eq(text, "wav");
	ck_assert_int_eq(tapi_address_get_device_class(scene.address, 2, text, sizeof(text)),
			TAPI_E_NOITEMS);
	ck_assert_uint_eq(tapi_address_get_media_types(scene.address), TAPIMEDIATYPE_AUDIO);
	ck_assert_int_eq(tapi_address_query_media_type(scene.address, TAPIMEDIATYPE_AUDIO), 1);
	ck_assert_int_eq(tapi_address_query_media_type(scene.address, TAPIMEDIATYPE_VIDEO), 0);
}
END_TEST

/* Of the second line. */
static struct {
	uint32_t count, each;
	const char *text;
} messages;
static mock_handler usual;

static bool serve_messages(struct mock *m, const struct frame *f)
{
	LineGetAddressCapsReply reply = LINE_GET_ADDRESS_CAPS_REPLY__INIT;
	LineAddressCaps caps = LINE_ADDRESS_CAPS__INIT;

	if (f->h.kind != CALL_LineGetAddressCaps)
		return usual(m, f);
	caps.has_num_completion_messages = caps.has_completion_msg_text_entry_size =
			caps.has_completion_msg_text = 1;
	caps.num_completion_messages = messages.count;
	caps.completion_msg_text_entry_size = messages.each;
	caps.completion_msg_text.data = (uint8_t *)(uintptr_t)messages.text;
	caps.completion_msg_text.len = strlen(messages.text);
	reply.address_caps = &caps;
	mock_return(m, &f->h, &reply.base);
	return true;
}

static struct tapi_address *address_with_messages(uint32_t count, uint32_t each, const char *text)
{
	struct tapi_address *address;

	messages.count = count;
	messages.each = each;
	messages.text = text;
	mock_lock(scene.server);
	usual = scene.server->handler;
	scene.server->handler = serve_messages;
	mock_unlock(scene.server);
	ck_assert_int_eq(tapi_get_address(scene.tapi, 1, &address), 0);
	return address;
}

START_TEST(completion_messages_have_one_length)
{
	struct tapi_address *address = address_with_messages(3, 4,
			"call"
			"back"
			"soon");
	char text[8];

	ck_assert_int_eq(tapi_address_get_completion_message(address, 1, text, sizeof(text)), 4);
	ck_assert_str_eq(text, "back");
	ck_assert_int_eq(tapi_address_get_completion_message(address, 2, text, sizeof(text)), 4);
	ck_assert_str_eq(text, "soon");
	ck_assert_int_eq(tapi_address_get_completion_message(address, 3, text, sizeof(text)),
			TAPI_E_NOITEMS);
	tapi_unref(address);
}
END_TEST

static const struct {
	uint32_t count, each, index;
} lies[] = {
	{ 3, 5, 2 },
	{ 2, 13, 0 },
	{ 2, 0x80000000, 1 }, /* twice this is 0 in 32 bits */
	{ 0xffffffff, 0x10000001, 15 },
};

START_TEST(a_completion_message_outside_of_the_text_is_none)
{
	struct tapi_address *address =
			address_with_messages(lies[_i].count, lies[_i].each, "callbacksoon");
	char text[8];

	ck_assert_int_eq(tapi_address_get_completion_message(address, lies[_i].index, text,
					 sizeof(text)),
			TAPI_E_NOITEMS);
	tapi_unref(address);
}
END_TEST

static void await_device_event(LONG event)
{
	while (scene_expect(TE_TAPIOBJECT)->event != event)
		continue;
}

/* As a line does whose user may see it again. */
START_TEST(a_device_that_comes_back_is_the_one_that_went)
{
	struct tapi_address *first;

	scene_device_event(LINE_REMOVE, 0);
	await_device_event(TE_ADDRESSREMOVE);
	ck_assert_int_eq(tapi_get_address(scene.tapi, 0, &first), 0);
	ck_assert_ptr_ne(first, scene.address);
	tapi_unref(first);
	scene_device_event(LINE_CREATE, 0);
	await_device_event(TE_ADDRESSCREATE);

	ck_assert_int_eq(tapi_get_address(scene.tapi, 0, &first), 0);
	ck_assert_ptr_eq(first, scene.address);
	ck_assert_int_eq(tapi_address_get_state(scene.address), AS_INSERVICE);
	tapi_unref(first);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("tapi3 addresses");
	TCase *t = tcase_create("addresses");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, addresses_are_listed_and_have_names);
	tcase_add_test(t, capabilities_come_from_line_and_address);
	tcase_add_test(t, a_device_that_comes_back_is_the_one_that_went);
	tcase_add_test(t, completion_messages_have_one_length);
	tcase_add_loop_test(t, a_completion_message_outside_of_the_text_is_none, 0,
			sizeof(lies) / sizeof(lies[0]));
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
