// SPDX-License-Identifier: MIT
/* test_layout.c - the flat structures as C programs see them: what loops over descriptors cannot
 * prove. */
#include "../test_main.h"

#include "tapi.pb-c.h"
#include "wire/flat.h"

#include <tapi.h>

#include <errno.h>
#include <string.h>

static struct arena arena;
static _Alignas(8) uint8_t room[4096];

static void start(void)
{
	arena_init(&arena, MESSAGE_MAX);
	memset(room, 0xee, sizeof(room));
}

static void stop(void)
{
	arena_fini(&arena);
}

#define MESSAGE(m)         (&(m).base)
#define PART(flat, member) ((const char *)(flat) + (flat)->dw##member##Offset)

static int write_room(const ProtobufCMessage *msg, size_t size, const struct flat_hooks *hooks)
{
	return flat_write(msg->descriptor, msg, room, size, hooks, NULL);
}

static void *read_room(const ProtobufCMessageDescriptor *d, size_t size, int want)
{
	ProtobufCMessage *msg = NULL;

	ck_assert_int_eq(flat_read(d, room, size, NULL, &arena, &msg), want);
	return want ? NULL : msg;
}

START_TEST(strings_count_their_nul_and_follow_the_fixed_part)
{
	LINECALLINFO *flat = (LINECALLINFO *)(void *)room;
	LineCallInfo m = LINE_CALL_INFO__INIT;
	char id[] = "4711", name[] = "";

	m.caller_id = id;
	m.caller_id_name = name;
	ck_assert_int_eq(write_room(MESSAGE(m), sizeof(room), NULL), 0);

	ck_assert_uint_eq(flat->dwCallerIDSize, 5);
	ck_assert_uint_eq(flat->dwCallerIDOffset, sizeof(LINECALLINFO));
	ck_assert_str_eq(PART(flat, CallerID), "4711");
	ck_assert_uint_eq(flat->dwCallerIDNameSize, 1);
	ck_assert_str_eq(PART(flat, CallerIDName), "");
	ck_assert_uint_eq(flat->dwCalledIDSize, 0);
	ck_assert_uint_eq(flat->dwCalledIDOffset, 0);
	ck_assert_uint_eq(flat->dwUsedSize, sizeof(LINECALLINFO) + 6);
}
END_TEST

START_TEST(part_that_does_not_fit_is_absent_and_the_next_may_fit)
{
	LINECALLINFO *flat = (LINECALLINFO *)(void *)room;
	LineCallInfo m = LINE_CALL_INFO__INIT;
	char id[] = "0123456789", name[] = "ab";

	m.caller_id = id;
	m.caller_id_name = name;
	ck_assert_int_eq(write_room(MESSAGE(m), sizeof(*flat) + 4, NULL), 0);

	ck_assert_uint_eq(flat->dwCallerIDSize, 0);
	ck_assert_uint_eq(flat->dwCallerIDOffset, 0);
	ck_assert_str_eq(PART(flat, CallerIDName), "ab");
	ck_assert_uint_eq(flat->dwTotalSize, sizeof(*flat) + 4);
	ck_assert_uint_eq(flat->dwUsedSize, sizeof(*flat) + 3);
	ck_assert_uint_eq(flat->dwNeededSize, sizeof(*flat) + 11 + 3);
}
END_TEST

START_TEST(device_classes_are_a_list_with_two_nuls)
{
	static const char want[] = "tapi/line\0comm";
	LINEDEVCAPS *flat = (LINEDEVCAPS *)(void *)room;
	char a[] = "tapi/line", b[] = "comm", *list[] = { a, b };
	LineDevCaps m = LINE_DEV_CAPS__INIT, *back;

	m.n_device_classes = 2;
	m.device_classes = list;
	ck_assert_int_eq(write_room(MESSAGE(m), sizeof(room), NULL), 0);
	ck_assert_uint_eq(flat->dwDeviceClassesSize, sizeof(want) + 1);
	ck_assert_int_eq(memcmp(PART(flat, DeviceClasses), want, sizeof(want)), 0);
	ck_assert_int_eq(PART(flat, DeviceClasses)[sizeof(want)], '\0');

	flat->dwDeviceClassesSize -= 2; /* both NULs at the end forgotten */
	back = read_room(m.base.descriptor, sizeof(room), 0);
	ck_assert_uint_eq(back->n_device_classes, 2);
	ck_assert_str_eq(back->device_classes[1], "comm");
}
END_TEST

START_TEST(inline_structures_lie_in_place)
{
	LINECALLINFO *flat = (LINECALLINFO *)(void *)room;
	LineDialParams dial = LINE_DIAL_PARAMS__INIT;
	LineCallInfo m = LINE_CALL_INFO__INIT, *back;

	dial.has_digit_duration = 1;
	dial.digit_duration = 95;
	m.dial_params = &dial;
	ck_assert_int_eq(write_room(MESSAGE(m), sizeof(room), NULL), 0);
	ck_assert_uint_eq(flat->DialParams.dwDigitDuration, 95);
	ck_assert_uint_eq(flat->DialParams.dwWaitForDialtone, 0);

	back = read_room(m.base.descriptor, sizeof(room), 0);
	ck_assert_uint_eq(back->dial_params->digit_duration, 95);
	ck_assert(!back->dial_params->has_dial_pause);
	flat->DialParams.dwDigitDuration = 0;
	back = read_room(m.base.descriptor, sizeof(room), 0);
	ck_assert_ptr_null(back->dial_params);
}
END_TEST

START_TEST(currency_and_date_take_two_slots)
{
	LINEAGENTSESSIONINFO *flat = (LINEAGENTSESSIONINFO *)(void *)room;
	LineAgentSessionInfo m = LINE_AGENT_SESSION_INFO__INIT, *back;

	m.has_session_start_time = 1;
	m.session_start_time = 46234.25;
	m.has_acd_call_rate = 1;
	m.acd_call_rate = -12345678901;
	ck_assert_int_eq(write_room(MESSAGE(m), sizeof(room), NULL), 0);
	ck_assert(flat->dateSessionStartTime == 46234.25);
	ck_assert_int_eq(flat->cyACDCallRate, -12345678901);

	back = read_room(m.base.descriptor, sizeof(room), 0);
	ck_assert(back->session_start_time == 46234.25);
	ck_assert_int_eq(back->acd_call_rate, -12345678901);
}
END_TEST

START_TEST(system_time_and_guid_are_in_their_halves)
{
	LINECALLSTATUS *status = (LINECALLSTATUS *)(void *)room;
	LineCallStatus m = LINE_CALL_STATUS__INIT;
	SystemTime when = SYSTEM_TIME__INIT;

	when.has_year_month = when.has_day_of_week_day = when.has_second_milliseconds = 1;
	when.year_month = 2026 | 12U << 16;
	when.day_of_week_day = 4 | 31U << 16;
	when.second_milliseconds = 59 | 999U << 16;
	m.state_entry_time = &when;
	ck_assert_int_eq(write_room(MESSAGE(m), sizeof(room), NULL), 0);

	ck_assert_uint_eq(status->tStateEntryTime.wYear, 2026);
	ck_assert_uint_eq(status->tStateEntryTime.wMonth, 12);
	ck_assert_uint_eq(status->tStateEntryTime.wDayOfWeek, 4);
	ck_assert_uint_eq(status->tStateEntryTime.wDay, 31);
	ck_assert_uint_eq(status->tStateEntryTime.wSecond, 59);
	ck_assert_uint_eq(status->tStateEntryTime.wMilliseconds, 999);
}
END_TEST

static uint32_t to_handle(void *arg, uint64_t object)
{
	*(int *)arg += 1;
	return (uint32_t)(object >> 32) * 1000 + (uint32_t)object;
}

static uint64_t to_object(void *arg, uint32_t handle)
{
	*(int *)arg += 1;
	return (uint64_t)(handle / 1000) << 32 | handle % 1000;
}

START_TEST(call_list_holds_handles)
{
	uint64_t calls[] = { (uint64_t)7 << 32 | 1, (uint64_t)7 << 32 | 2 };
	LINECALLLIST *flat = (LINECALLLIST *)(void *)room;
	LineCallList m = LINE_CALL_LIST__INIT, *back;
	ProtobufCMessage *msg;
	int translated = 0;
	struct flat_hooks hooks = { .handle = to_handle, .object = to_object, .arg = &translated };
	HCALL handles[2];

	m.has_calls_num_entries = 1;
	m.calls_num_entries = 2;
	m.n_calls = 2;
	m.calls = calls;
	ck_assert_int_eq(write_room(MESSAGE(m), sizeof(room), &hooks), 0);
	ck_assert_uint_eq(flat->dwCallsNumEntries, 2);
	ck_assert_uint_eq(flat->dwCallsSize, 8);
	memcpy(handles, PART(flat, Calls), sizeof(handles));
	ck_assert_uint_eq(handles[0], 7001);
	ck_assert_uint_eq(handles[1], 7002);

	ck_assert_int_eq(flat_read(m.base.descriptor, room, sizeof(room), &hooks, &arena, &msg), 0);
	back = (LineCallList *)(void *)msg;
	ck_assert_uint_eq(back->n_calls, 2);
	ck_assert_uint_eq(back->calls[1], calls[1]);
	ck_assert_int_eq(translated, 4);
}
END_TEST

START_TEST(elements_name_their_strings_from_the_outer_start)
{
	LINEPROVIDERLIST *flat = (LINEPROVIDERLIST *)(void *)room;
	LineProviderEntry a = LINE_PROVIDER_ENTRY__INIT, b = LINE_PROVIDER_ENTRY__INIT;
	LineProviderEntry *list[] = { &a, &b };
	LineProviderList m = LINE_PROVIDER_LIST__INIT;
	char sip[] = "sip.so", exchange[] = "exchange.so";
	LINEPROVIDERENTRY entry[2];

	a.provider_filename = sip;
	b.provider_filename = exchange;
	m.n_provider_list = 2;
	m.provider_list = list;
	ck_assert_int_eq(write_room(MESSAGE(m), sizeof(room), NULL), 0);

	ck_assert_uint_eq(flat->dwProviderListSize, sizeof(entry));
	memcpy(entry, PART(flat, ProviderList), sizeof(entry));
	ck_assert_str_eq((char *)room + entry[0].dwProviderFilenameOffset, "sip.so");
	ck_assert_str_eq((char *)room + entry[1].dwProviderFilenameOffset, "exchange.so");
}
END_TEST

START_TEST(elements_of_old_versions_are_shorter)
{
	struct flat_hooks old = { .version = 0x00020002 };
	LINEADDRESSSTATUS *flat = (LINEADDRESSSTATUS *)(void *)room;
	LineForwardEntry a = LINE_FORWARD_ENTRY__INIT, b = LINE_FORWARD_ENTRY__INIT;
	LineForwardEntry *list[] = { &a, &b };
	LineAddressStatus m = LINE_ADDRESS_STATUS__INIT, *back;
	ProtobufCMessage *msg;
	char dest[] = "100";

	a.has_dest_address_type = b.has_dest_country_code = 1;
	a.dest_address_type = LINEADDRESSTYPE_SDP;
	b.dest_country_code = 49;
	b.dest_address = dest;
	m.n_forward = 2;
	m.forward = list;
	ck_assert_int_eq(write_room(MESSAGE(m), sizeof(room), &old), 0);
	ck_assert_uint_eq(flat->dwForwardSize, 2 * 24);

	ck_assert_int_eq(flat_read(m.base.descriptor, room, sizeof(room), &old, &arena, &msg), 0);
	back = (LineAddressStatus *)(void *)msg;
	ck_assert_uint_eq(back->n_forward, 2);
	ck_assert(!back->forward[0]->has_dest_address_type);
	ck_assert_uint_eq(back->forward[1]->dest_country_code, 49);
	ck_assert_str_eq(back->forward[1]->dest_address, "100");
}
END_TEST

START_TEST(forward_list_has_its_elements_inline)
{
	LINEFORWARDLIST *flat = (LINEFORWARDLIST *)(void *)room;
	LineForwardEntry a = LINE_FORWARD_ENTRY__INIT, b = LINE_FORWARD_ENTRY__INIT;
	LineForwardEntry *list[] = { &a, &b };
	LineForwardList m = LINE_FORWARD_LIST__INIT, *back;
	char dest[] = "200";
	const LINEFORWARD *second;

	a.has_forward_mode = b.has_forward_mode = 1;
	a.forward_mode = LINEFORWARDMODE_BUSY;
	b.forward_mode = LINEFORWARDMODE_NOANSW;
	b.dest_address = dest;
	m.n_forward = 2;
	m.forward = list;
	ck_assert_int_eq(write_room(MESSAGE(m), sizeof(room), NULL), 0);
	ck_assert_uint_eq(flat->dwTotalSize, sizeof(room));
	ck_assert_uint_eq(flat->dwNumEntries, 2);
	ck_assert_uint_eq(flat->ForwardList[0].dwForwardMode, LINEFORWARDMODE_BUSY);
	second = (const LINEFORWARD *)(const void *)(room + 8 + sizeof(LINEFORWARD));
	ck_assert_uint_eq(second->dwForwardMode, LINEFORWARDMODE_NOANSW);
	ck_assert_str_eq((char *)room + second->dwDestAddressOffset, "200");

	back = read_room(m.base.descriptor, sizeof(room), 0);
	ck_assert_uint_eq(back->n_forward, 2);
	ck_assert_str_eq(back->forward[1]->dest_address, "200");
	flat->dwTotalSize = 8 + 2 * sizeof(LINEFORWARD) - 1;
	(void)read_room(m.base.descriptor, sizeof(room), -EINVAL);
	flat->dwNumEntries = UINT32_MAX;
	(void)read_room(m.base.descriptor, sizeof(room), -EINVAL);
	flat->dwNumEntries = 0;
	back = read_room(m.base.descriptor, sizeof(room), 0);
	ck_assert_uint_eq(back->n_forward, 0);
}
END_TEST

START_TEST(varstring_carries_any_bytes)
{
	VARSTRING *flat = (VARSTRING *)(void *)room;
	uint8_t bytes[] = { 1, 0, 2 };
	VarString m = VAR_STRING__INIT, *back;

	m.has_string_format = 1;
	m.string_format = STRINGFORMAT_BINARY;
	m.has_string = 1;
	m.string = (ProtobufCBinaryData){ sizeof(bytes), bytes };
	ck_assert_int_eq(write_room(MESSAGE(m), sizeof(room), NULL), 0);
	ck_assert_uint_eq(flat->dwStringSize, 3);
	ck_assert_int_eq(memcmp(PART(flat, String), bytes, 3), 0);

	back = read_room(m.base.descriptor, sizeof(room), 0);
	ck_assert_uint_eq(back->string.len, 3);
}
END_TEST

START_TEST(arrays_are_elements_without_header)
{
	LineMonitorTone a = LINE_MONITOR_TONE__INIT, b = LINE_MONITOR_TONE__INIT;
	ProtobufCMessage *list[] = { MESSAGE(a), MESSAGE(b) }, **back;
	LINEMONITORTONE tones[2];

	a.has_frequency1 = b.has_app_specific = 1;
	a.frequency1 = 425;
	b.app_specific = 9;
	flat_write_array(a.base.descriptor, list, 2, tones, NULL);
	ck_assert_uint_eq(tones[0].dwFrequency1, 425);
	ck_assert_uint_eq(tones[1].dwAppSpecific, 9);

	memcpy(room + 1, tones, sizeof(tones)); /* unaligned, as TSPs pack them */
	ck_assert_int_eq(flat_read_array(a.base.descriptor, room + 1, 2, NULL, &arena, &back), 0);
	ck_assert_uint_eq(((LineMonitorTone *)(void *)back[1])->app_specific, 9);
}
END_TEST

START_TEST(unaligned_structure_is_read)
{
	LineCallInfo m = LINE_CALL_INFO__INIT, *back;
	uint32_t modes[] = { 1, 2, 3 };

	m.n_terminal_modes = 3;
	m.terminal_modes = modes;
	ck_assert_int_eq(flat_write(m.base.descriptor, MESSAGE(m), room, 1024, NULL, NULL), 0);
	memmove(room + 1, room, 1024);

	ck_assert_int_eq(flat_read(m.base.descriptor, room + 1, 1024, NULL, &arena,
					 (ProtobufCMessage **)&back),
			0);
	ck_assert_uint_eq(back->n_terminal_modes, 3);
	ck_assert_uint_eq(back->terminal_modes[2], 3);
}
END_TEST

START_TEST(parts_outside_are_refused)
{
	static const struct {
		uint32_t size, offset;
		int want;
	} cases[] = {
		{ 1, sizeof(VARSTRING), 0 }, { 8, sizeof(VARSTRING), 0 },
		{ 9, sizeof(VARSTRING), -EINVAL }, { 1, sizeof(VARSTRING) + 7, 0 },
		{ 1, sizeof(VARSTRING) + 8, -EINVAL },
		{ 1, sizeof(VARSTRING) - 1, -EINVAL }, /* into the fixed part */
		{ 1, 0, -EINVAL }, { UINT32_MAX, sizeof(VARSTRING), -EINVAL },
		{ 1, UINT32_MAX, -EINVAL }, { 0, UINT32_MAX, 0 }, /* no part at all */
	};
	VARSTRING *flat = (VARSTRING *)(void *)room;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		memset(room, 0, sizeof(room));
		flat->dwTotalSize = sizeof(*flat) + 8;
		flat->dwStringSize = cases[i].size;
		flat->dwStringOffset = cases[i].offset;
		(void)read_room(&var_string__descriptor, sizeof(room), cases[i].want);
	}
}
END_TEST

START_TEST(total_is_a_claim_and_the_buffer_the_limit)
{
	VARSTRING *flat = (VARSTRING *)(void *)room;

	memset(room, 0, sizeof(room));
	flat->dwTotalSize = UINT32_MAX;
	flat->dwStringSize = 9;
	flat->dwStringOffset = sizeof(*flat);
	(void)read_room(&var_string__descriptor, sizeof(*flat) + 8, -EINVAL);
	(void)read_room(&var_string__descriptor, sizeof(*flat) + 9, 0);
	flat->dwTotalSize = sizeof(*flat) - 1;
	(void)read_room(&var_string__descriptor, sizeof(room), -EOVERFLOW);
	flat->dwTotalSize = 0;
	(void)read_room(&var_string__descriptor, sizeof(room), -EOVERFLOW);
}
END_TEST

/* One string named by many slots would cost its reader many times the structure. */
START_TEST(parts_together_are_no_longer_than_the_structure)
{
	LINECALLINFO *flat = (LINECALLINFO *)(void *)room;

	memset(room, 0, sizeof(room));
	flat->dwTotalSize = sizeof(room);
	flat->dwCallerIDSize = flat->dwCalledIDSize = (sizeof(room) - sizeof(*flat)) / 2;
	flat->dwCallerIDOffset = flat->dwCalledIDOffset = sizeof(*flat);
	(void)read_room(&line_call_info__descriptor, sizeof(room), 0);

	flat->dwCalledIDSize += 2;
	(void)read_room(&line_call_info__descriptor, sizeof(room), -EINVAL);
}
END_TEST

START_TEST(string_without_its_nul_is_taken_whole)
{
	LINECALLINFO *flat = (LINECALLINFO *)(void *)room;
	LineCallInfo *m;

	memset(room, 0, sizeof(room));
	flat->dwTotalSize = sizeof(*flat) + 3;
	flat->dwCallerIDSize = 3;
	flat->dwCallerIDOffset = sizeof(*flat);
	memcpy(room + sizeof(*flat), "123456", 6);

	m = read_room(&line_call_info__descriptor, sizeof(room), 0);
	ck_assert_str_eq(m->caller_id, "123");
}
END_TEST

static TCase *reading(void)
{
	TCase *t = tcase_create("reading");

	tcase_add_checked_fixture(t, start, stop);
	tcase_add_test(t, unaligned_structure_is_read);
	tcase_add_test(t, parts_outside_are_refused);
	tcase_add_test(t, total_is_a_claim_and_the_buffer_the_limit);
	tcase_add_test(t, parts_together_are_no_longer_than_the_structure);
	tcase_add_test(t, string_without_its_nul_is_taken_whole);
	return t;
}

static Suite *layout_suite(void)
{
	Suite *s = suite_create("layout");
	TCase *t = tcase_create("layout");

	tcase_add_checked_fixture(t, start, stop);
	tcase_add_test(t, strings_count_their_nul_and_follow_the_fixed_part);
	tcase_add_test(t, part_that_does_not_fit_is_absent_and_the_next_may_fit);
	tcase_add_test(t, device_classes_are_a_list_with_two_nuls);
	tcase_add_test(t, inline_structures_lie_in_place);
	tcase_add_test(t, currency_and_date_take_two_slots);
	tcase_add_test(t, system_time_and_guid_are_in_their_halves);
	tcase_add_test(t, call_list_holds_handles);
	tcase_add_test(t, elements_name_their_strings_from_the_outer_start);
	tcase_add_test(t, elements_of_old_versions_are_shorter);
	tcase_add_test(t, forward_list_has_its_elements_inline);
	tcase_add_test(t, varstring_carries_any_bytes);
	tcase_add_test(t, arrays_are_elements_without_header);
	suite_add_tcase(s, t);
	suite_add_tcase(s, reading());
	return s;
}

TEST_MAIN(layout_suite())
