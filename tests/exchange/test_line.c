// SPDX-License-Identifier: MIT
/* test_line.c - capabilities, status, status messages, device specifics of a line. */
#include "suites.h"
#include "world.h"

#include "providers/exchange/exchange.h"

#include <mspi.h>
#include <string.h>

static void start(void)
{
	world_start(NULL);
}

static union {
	LINEDEVCAPS line;
	LINEADDRESSCAPS address;
	LINEDEVSTATUS line_status;
	LINEADDRESSSTATUS address_status;
	VARSTRING id;
	char room[4096];
} u;

static void *room(void)
{
	memset(&u, 0xAA, sizeof(u));
	u.line.dwTotalSize = sizeof(u);
	return &u;
}

START_TEST(a_line_says_what_it_can)
{
	LINEDEVCAPS *c = room();

	ck_assert_int_eq(TSPI_lineGetDevCaps(WORLD_LINE_BASE, 0x30001, 0, c), 0);

	ck_assert_str_eq(world_part(c, c->dwLineNameSize, c->dwLineNameOffset), "Extension 101");
	ck_assert_uint_eq(c->dwNumAddresses, 1);
	ck_assert_uint_eq(c->dwMaxNumActiveCalls, 2);
	ck_assert_uint_eq(c->dwUUIMakeCallSize, 128);
	ck_assert_uint_ne(c->dwDevCapFlags & LINEDEVCAPFLAGS_MSP, 0);
	ck_assert_uint_eq(c->dwGenerateToneModes, 31);
	ck_assert_uint_eq(c->dwGenerateToneMaxNumFreq, 4);
	ck_assert_uint_eq(c->dwMonitorToneMaxNumFreq, 3);
	ck_assert_uint_eq(c->dwMonitorDigitModes, 7);
	ck_assert_uint_eq(c->dwGatherDigitsMinTimeout, 100);
	ck_assert_uint_eq(c->dwNeededSize, c->dwUsedSize);
	ck_assert_int_eq(TSPI_lineGetDevCaps(WORLD_LINE_BASE + 4, 0x30001, 0, c),
			LINEERR_BADDEVICEID);
	ck_assert_int_eq(TSPI_lineGetDevCaps(0, 0x30001, 0, c), LINEERR_BADDEVICEID);
}
END_TEST

START_TEST(permanent_ids_differ_and_stay)
{
	DWORD ids[4];

	for (int round = 0; round < 2; round++) {
		for (DWORD i = 0; i < 4; i++) {
			LINEDEVCAPS *c = room();

			ck_assert_int_eq(TSPI_lineGetDevCaps(WORLD_LINE_BASE + i, 0x30001, 0, c),
					0);
			ck_assert(round == 0 || ids[i] == c->dwPermanentLineID);
			ids[i] = c->dwPermanentLineID;
			for (DWORD j = 0; j < i; j++)
				ck_assert_uint_ne(ids[i], ids[j]);
		}
		world_stop();
		world_start(NULL);
	}
}
END_TEST

START_TEST(an_address_says_what_it_can)
{
	const DWORD basic = LINECALLFEATURE_ACCEPT | LINECALLFEATURE_ANSWER | LINECALLFEATURE_DIAL |
			    LINECALLFEATURE_DROP | LINECALLFEATURE_GENERATEDIGITS |
			    LINECALLFEATURE_MONITORDIGITS | LINECALLFEATURE_SENDUSERUSER |
			    LINECALLFEATURE_RELEASEUSERUSERINFO;
	LINEADDRESSCAPS *c = room();

	ck_assert_int_eq(TSPI_lineGetAddressCaps(WORLD_LINE_BASE + 2, 0, 0x30001, 0, c), 0);

	ck_assert_str_eq(world_part(c, c->dwAddressSize, c->dwAddressOffset), "103");
	ck_assert_uint_eq(c->dwLineDeviceID, WORLD_LINE_BASE + 2);
	ck_assert_uint_eq(c->dwCallStates,
			LINECALLSTATE_IDLE | LINECALLSTATE_OFFERING | LINECALLSTATE_ACCEPTED |
					LINECALLSTATE_DIALTONE | LINECALLSTATE_DIALING |
					LINECALLSTATE_RINGBACK | LINECALLSTATE_BUSY |
					LINECALLSTATE_CONNECTED | LINECALLSTATE_PROCEEDING |
					LINECALLSTATE_ONHOLD | LINECALLSTATE_ONHOLDPENDTRANSFER |
					LINECALLSTATE_ONHOLDPENDCONF | LINECALLSTATE_CONFERENCED |
					LINECALLSTATE_DISCONNECTED);
	ck_assert_uint_eq(c->dwCallFeatures & basic, basic);
	ck_assert_uint_eq(c->dwMaxNumOnHoldCalls, 16);
	ck_assert_uint_eq(c->dwMaxNumConference, 8);
	ck_assert_uint_eq(c->dwMaxNumTransConf, 9);
	ck_assert_uint_eq(c->dwTransferModes,
			LINETRANSFERMODE_TRANSFER | LINETRANSFERMODE_CONFERENCE);
	ck_assert_uint_eq(c->dwRemoveFromConfCaps, LINEREMOVEFROMCONF_ANY);
	ck_assert_uint_eq(c->dwRemoveFromConfState, LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(c->dwAddressFeatures & LINEADDRFEATURE_SETUPCONF,
			LINEADDRFEATURE_SETUPCONF);
	ck_assert_uint_eq(c->dwConnectedModes,
			LINECONNECTEDMODE_ACTIVE | LINECONNECTEDMODE_ACTIVEHELD);
	ck_assert_int_eq(TSPI_lineGetAddressCaps(WORLD_LINE_BASE, 1, 0x30001, 0, c),
			LINEERR_INVALADDRESSID);
}
END_TEST

START_TEST(status_counts_calls)
{
	LINEDEVSTATUS *line = room();

	ck_assert_int_eq(TSPI_lineGetLineDevStatus(world_line("101"), line), 0);
	ck_assert_uint_eq(line->dwNumActiveCalls, 0);
	ck_assert_uint_ne(line->dwLineFeatures & LINEFEATURE_MAKECALL, 0);

	world_connect("101", "102");
	world_connect("101", "103");

	line = room();
	ck_assert_int_eq(TSPI_lineGetLineDevStatus(world_line("101"), line), 0);
	ck_assert_uint_eq(line->dwNumActiveCalls, 2);
	ck_assert_uint_eq(line->dwLineFeatures & LINEFEATURE_MAKECALL, 0);
	ck_assert_uint_ne(line->dwLineFeatures & LINEFEATURE_DEVSPECIFIC, 0);
	(void)room();
	ck_assert_int_eq(TSPI_lineGetAddressStatus(world_line("102"), 0, &u.address_status), 0);
	ck_assert_uint_eq(u.address_status.dwNumActiveCalls, 1);
	ck_assert_uint_eq(u.address_status.dwNumInUse, 1);
	ck_assert_uint_ne(u.address_status.dwAddressFeatures & LINEADDRFEATURE_MAKECALL, 0);
}
END_TEST

START_TEST(status_messages_come_only_when_asked_for)
{
	ck_assert_int_eq(TSPI_lineSetStatusMessages(world_line("102"), 0xFFFFFFFFu,
					 LINEADDRESSSTATE_INUSEZERO | LINEADDRESSSTATE_INUSEONE),
			0);

	(void)world_make("101", "102", NULL);
	ck_assert_ptr_nonnull(strstr(world_take(), "102 NEWCALL 2\n"
						   "102.2 CALLSTATE OFFERING 1\n"
						   "102 LINEDEVSTATE 0x2 1 0\n"
						   "102 ADDRESSSTATE 0 0x8\n"
						   "102 LINEDEVSTATE 0x800 0 0\n"));
	exchange_advance(10000); /* a ring each five seconds, counted from 0 */
	expect_log("102 LINEDEVSTATE 0x2 1 1\n"
		   "102 LINEDEVSTATE 0x2 1 2\n");
	(void)world_answer(2);
	exchange_advance(10000);
	ck_assert_ptr_null(strstr(world_take(), "LINEDEVSTATE 0x2 "));
	(void)world_drop(2);
	ck_assert_ptr_nonnull(strstr(world_take(), "102 ADDRESSSTATE 0 0x4\n"
						   "102 LINEDEVSTATE 0x800 0 0\n"));
}
END_TEST

START_TEST(a_line_is_opened_once)
{
	HDRVLINE hd = 0;

	ck_assert_int_eq(TSPI_lineOpen(WORLD_LINE_BASE, 1, &hd, 0x30001, (LINEEVENT)NULL),
			LINEERR_INVALPOINTER);
	ck_assert_int_eq(TSPI_lineClose(world_line("101")), 0);
	ck_assert_int_eq(TSPI_lineSetStatusMessages(world_line("101"), 0, 0),
			LINEERR_INVALLINEHANDLE);
	ck_assert_int_eq(world_make("101", "102", NULL), LINEERR_INVALLINEHANDLE);
}
END_TEST

START_TEST(addresses_and_ids)
{
	DWORD id = 9, count = 9;
	int descriptor = 5;
	VARSTRING *v = room();

	ck_assert_int_eq(TSPI_lineGetAddressID(world_line("102"), &id, LINEADDRESSMODE_DIALABLEADDR,
					 "102", 4),
			0);
	ck_assert_uint_eq(id, 0);
	ck_assert_int_eq(TSPI_lineGetAddressID(world_line("102"), &id, LINEADDRESSMODE_DIALABLEADDR,
					 "101", 4),
			LINEERR_INVALADDRESS);
	ck_assert_int_eq(TSPI_lineGetNumAddressIDs(world_line("102"), &count), 0);
	ck_assert_uint_eq(count, 1);
	ck_assert_int_eq(TSPI_lineGetID(world_line("102"), 0, 0, LINECALLSELECT_LINE, v,
					 "TAPI/line", &descriptor),
			0);
	ck_assert_int_eq(descriptor, -1);
	ck_assert_uint_eq(v->dwStringSize, 4);
	memcpy(&id, (char *)v + v->dwStringOffset, sizeof(id));
	ck_assert_uint_eq(id, WORLD_LINE_BASE + 1);
	ck_assert_int_eq(TSPI_lineGetID(world_line("102"), 0, 0, LINECALLSELECT_LINE, room(),
					 "wave/in", &descriptor),
			LINEERR_INVALDEVICECLASS);
}
END_TEST

START_TEST(the_configuration_of_a_line_is_read_and_written_back)
{
	VARSTRING *v = room();

	ck_assert_int_eq(TSPI_lineGetDevConfig(WORLD_LINE_BASE, v, "tapi/line"), 0);
	ck_assert_uint_eq(v->dwStringSize, sizeof("no_answer_ms=60000\n") - 1);
	ck_assert_int_eq(memcmp(u.room + v->dwStringOffset, "no_answer_ms=60000\n",
					 v->dwStringSize),
			0);

	ck_assert_int_eq(TSPI_lineSetDevConfig(WORLD_LINE_BASE, "no_answer_ms=200", 16,
					 "tapi/line"),
			0);
	ck_assert_int_eq(TSPI_lineGetDevConfig(WORLD_LINE_BASE, room(), "tapi/line"), 0);
	ck_assert_int_eq(memcmp(u.room + v->dwStringOffset, "no_answer_ms=200\n", v->dwStringSize),
			0);
	ck_assert_int_eq(TSPI_lineGetDevConfig(WORLD_LINE_BASE + 1, room(), "tapi/line"), 0);
	ck_assert_uint_eq(v->dwStringSize, sizeof("no_answer_ms=60000\n") - 1);
}
END_TEST

START_TEST(a_wrong_configuration_changes_nothing)
{
	static const char *const wrong[] = { "", "no_answer_ms", "no_answer_ms=", "no_answer_ms=99",
		"no_answer_ms=-1", "no_answer_ms=200x", "no_answer_ms=3600001", "other=1",
		"no_answer_ms=200\nother=1" };
	VARSTRING *v = room();

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert_int_eq(TSPI_lineSetDevConfig(WORLD_LINE_BASE, wrong[i],
						 (DWORD)strlen(wrong[i]), "tapi/line"),
				LINEERR_INVALPARAM);
	ck_assert_int_eq(TSPI_lineSetDevConfig(WORLD_LINE_BASE, NULL, 0, "tapi/line"),
			LINEERR_INVALPARAM);
	ck_assert_int_eq(TSPI_lineSetDevConfig(WORLD_LINE_BASE, "no_answer_ms=200", 16, "wave/in"),
			LINEERR_INVALDEVICECLASS);
	ck_assert_int_eq(TSPI_lineGetDevConfig(WORLD_LINE_BASE, v, "wave/in"),
			LINEERR_INVALDEVICECLASS);
	ck_assert_int_eq(TSPI_lineGetDevConfig(WORLD_LINE_BASE, v, "tapi/line"), 0);
	ck_assert_int_eq(memcmp(u.room + v->dwStringOffset, "no_answer_ms=60000\n",
					 v->dwStringSize),
			0);
}
END_TEST

START_TEST(the_msp_is_the_rtp_one)
{
	static const GUID rtp = MSP_CLSID_RTP;
	GUID got;

	ck_assert_int_eq(TSPI_lineMSPIdentify(WORLD_LINE_BASE, &got), 0);

	ck_assert(IsEqualGUID(&got, &rtp));
}
END_TEST

START_TEST(msp_instances_are_made_and_closed)
{
	HDRVMSPLINE a = world_add_msp("101"), b = world_add_msp("101");

	ck_assert(a != b);
	ck_assert_int_eq(TSPI_lineCloseMSPInstance(a), 0);
	ck_assert_int_eq(TSPI_lineCloseMSPInstance(a), LINEERR_INVALPOINTER);
	ck_assert_int_eq(TSPI_lineClose(world_line("101")), 0);
	ck_assert_int_eq(TSPI_lineCloseMSPInstance(b), LINEERR_INVALPOINTER);
}
END_TEST

START_TEST(versions_out_of_range)
{
	DWORD version = 0;

	ck_assert_int_eq(TSPI_lineNegotiateTSPIVersion(WORLD_LINE_BASE, 0x10003, 0x20002, &version),
			LINEERR_INCOMPATIBLEAPIVERSION);
	ck_assert_int_eq(TSPI_lineNegotiateTSPIVersion(WORLD_LINE_BASE, 0x30000, 0x30000, &version),
			0);
	ck_assert_uint_eq(version, 0x30000);
	ck_assert_int_eq(TSPI_lineNegotiateTSPIVersion(77, 0x30000, 0x30000, &version),
			LINEERR_BADDEVICEID);
	ck_assert_int_eq(TSPI_lineNegotiateExtVersion(WORLD_LINE_BASE, 0x30001, 0x10000, 0x20000,
					 &version),
			0);
	ck_assert_uint_eq(version, 0x10000);
	ck_assert_int_eq(TSPI_lineNegotiateExtVersion(WORLD_LINE_BASE, 0x30001, 0x20000, 0x20000,
					 &version),
			LINEERR_INCOMPATIBLEEXTVERSION);
}
END_TEST

START_TEST(device_specific_echo_and_turn)
{
	char echo[] = "echo12", turn[] = "turn\x01\x02\x03", other[] = "what";

	ck_assert_int_eq(TSPI_lineDevSpecific(5, world_line("101"), 0, 0, echo, 6), 5);
	ck_assert_str_eq(echo, "echo12");
	expect_log("reply 5 0\n"
		   "101 MESSAGE 4 6 99\n");

	world_connect("101", "102");
	ck_assert_int_eq(TSPI_lineDevSpecific(6, world_line("101"), 0, world_call(1), turn, 7), 6);
	ck_assert_str_eq(turn, "turn\x03\x02\x01");
	expect_log("reply 6 0\n"
		   "101.1 MESSAGE 501 7 6\n");

	ck_assert_int_eq(TSPI_lineDevSpecific(7, world_line("101"), 0, 0, other, 4),
			LINEERR_INVALPARAM);
	ck_assert_int_eq(TSPI_lineDevSpecific(8, world_line("101"), 0, 0, echo, 3),
			LINEERR_INVALPARAM);
	ck_assert_int_eq(TSPI_lineDevSpecific(9, world_line("101"), 0, 0, NULL, 0),
			LINEERR_INVALPOINTER);
}
END_TEST

static DWORD tracking_of(const char *line)
{
	LINECALLHUBTRACKINGINFO info = { .dwTotalSize = sizeof(info) };

	ck_assert_int_eq(TSPI_lineGetCallHubTracking(world_line(line), &info), 0);
	ck_assert_uint_eq(info.dwAvailableTracking,
			LINECALLHUBTRACKING_PROVIDERLEVEL | LINECALLHUBTRACKING_ALLCALLS);
	ck_assert_uint_eq(info.dwUsedSize, sizeof(info));
	return info.dwCurrentTracking;
}

START_TEST(call_hubs_are_tracked_at_one_level_by_line)
{
	LINECALLHUBTRACKINGINFO info = { .dwTotalSize = sizeof(info),
		.dwCurrentTracking = LINECALLHUBTRACKING_ALLCALLS };

	ck_assert_int_eq(TSPI_lineSetCallHubTracking(world_line("101"), &info), 0);
	ck_assert_uint_eq(tracking_of("101"), LINECALLHUBTRACKING_ALLCALLS);
	ck_assert_uint_eq(tracking_of("102"), LINECALLHUBTRACKING_NONE);

	info.dwCurrentTracking = 3;
	ck_assert_int_eq(TSPI_lineSetCallHubTracking(world_line("101"), &info), LINEERR_INVALPARAM);
	info.dwCurrentTracking = 4;
	ck_assert_int_eq(TSPI_lineSetCallHubTracking(world_line("101"), &info), LINEERR_INVALPARAM);
	ck_assert_uint_eq(tracking_of("101"), LINECALLHUBTRACKING_ALLCALLS);
	ck_assert_int_eq(TSPI_lineGetCallHubTracking(4711, &info), LINEERR_INVALLINEHANDLE);
	ck_assert_int_eq(TSPI_lineSetCallHubTracking(4711, &info), LINEERR_INVALLINEHANDLE);
}
END_TEST

TCase *line_case(void)
{
	TCase *tc = tcase_create("line");

	tcase_add_checked_fixture(tc, start, world_stop);
	tcase_add_test(tc, a_line_says_what_it_can);
	tcase_add_test(tc, permanent_ids_differ_and_stay);
	tcase_add_test(tc, an_address_says_what_it_can);
	tcase_add_test(tc, status_counts_calls);
	tcase_add_test(tc, status_messages_come_only_when_asked_for);
	tcase_add_test(tc, a_line_is_opened_once);
	tcase_add_test(tc, addresses_and_ids);
	tcase_add_test(tc, the_configuration_of_a_line_is_read_and_written_back);
	tcase_add_test(tc, a_wrong_configuration_changes_nothing);
	tcase_add_test(tc, the_msp_is_the_rtp_one);
	tcase_add_test(tc, msp_instances_are_made_and_closed);
	tcase_add_test(tc, versions_out_of_range);
	tcase_add_test(tc, device_specific_echo_and_turn);
	tcase_add_test(tc, call_hubs_are_tracked_at_one_level_by_line);
	return tc;
}
