// SPDX-License-Identifier: MIT
/* test_device.c - lines as devices: ids, addresses, configuration. */
#include "app.h"

#include <stdio.h>
#include <string.h>

static union {
	VARSTRING s;
	char room[1024];
} u;

static const char *config_of(DWORD device)
{
	memset(&u, 0, sizeof(u));
	u.s.dwTotalSize = sizeof(u);
	expect_ok(lineGetDevConfig(device, &u.s, "tapi/line"));
	expect(u.s.dwStringSize > 0);
	return u.room + u.s.dwStringOffset;
}

/* Read, changed, written back: a call that is made here rings for a shorter time. */
static void ring_shortly(void *arg)
{
	static const char shorter[] = "no_answer_ms=100\n";
	char before[256];
	DWORD size;
	HCALL call;

	(void)arg;
	(void)own_line(0);
	(void)snprintf(before, sizeof(before), "%s", config_of(0));
	size = u.s.dwStringSize;
	expect_ok(lineSetDevConfig(0, shorter, sizeof(shorter) - 1, "tapi/line"));
	expect_str(config_of(0), shorter);
	call = dial(me.line[0], "102");
	expect_eq(await_state(call, LINECALLSTATE_DISCONNECTED).p2, LINEDISCONNECTMODE_NOANSWER);
	expect_error(lineSetDevConfig(0, "no_answer_ms=1", 14, "tapi/line"), LINEERR_INVALPARAM);
	expect_error(lineSetDevConfig(0, shorter, sizeof(shorter) - 1, "none"),
			LINEERR_INVALDEVICECLASS);
	expect_ok(lineSetDevConfig(0, before, size, "tapi/line"));
	expect_str(config_of(0), before);
}

static void configuration_is_read_and_written_back(struct world *w)
{
	struct app *a = app_start(w, "one.exe", 0), *b = app_start(w, "two.exe", 0);

	(void)app_open_line(b, 1, LINECALLPRIVILEGE_OWNER);
	app_do(a, ring_shortly, NULL, 0);
}

static void addresses(void *arg)
{
	HLINE line = own_line(2);
	DWORD id = 99, device;

	(void)arg;
	expect_ok(lineGetAddressID(line, &id, LINEADDRESSMODE_DIALABLEADDR, "103", 4));
	expect_eq(id, 0);
	expect_error(lineGetAddressID(line, &id, LINEADDRESSMODE_DIALABLEADDR, "104", 4),
			LINEERR_INVALADDRESS);
	expect_error(lineGetAddressID(line, &id, LINEADDRESSMODE_ADDRESSID, "103", 4),
			LINEERR_INVALADDRESSMODE);
	memset(&u, 0, sizeof(u));
	u.s.dwTotalSize = sizeof(u);
	expect_ok(lineGetID(line, 0, 0, LINECALLSELECT_LINE, &u.s, "tapi/line"));
	expect_eq(u.s.dwStringSize, sizeof(device));
	memcpy(&device, u.room + u.s.dwStringOffset, sizeof(device));
	expect_eq(device, 2);
	expect_error(lineGetID(line, 0, 0, LINECALLSELECT_LINE, &u.s, "no/class"),
			LINEERR_INVALDEVICECLASS);
}

static void ids_of_a_line(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), addresses, NULL, 0);
}

static const struct row rows[] = {
	TEST("", "lineGetDevConfig lineSetDevConfig",
			"a line's configuration is read, changed and written back",
			configuration_is_read_and_written_back),
	TEST("", "lineGetAddressID lineGetID", "an address and a device class have their ids",
			ids_of_a_line),
};
CONFORMANCE(device, rows)
