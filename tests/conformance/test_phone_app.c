// SPDX-License-Identifier: MIT
/* test_phone_app.c - what sections 5, 6 and 12 say of applications with phones. */
#include "phones.h"

#include <poll.h>
#include <string.h>

enum { SET = 1 }; /* the phone that is used, that of 102 */

/* --- 5.13 --- */

static void is_async(LONG id)
{
	expect(id > 0);
	phone_done(id);
}

static void nine_are_asynchronous(void *arg)
{
	HPHONE phone = open_phone(SET, PHONEPRIVILEGE_OWNER);
	PHONEBUTTONINFO info = { .dwTotalSize = sizeof(info),
		.dwButtonMode = PHONEBUTTONMODE_LOCAL };
	static char words[] = "press 1";

	(void)arg;
	is_async(phoneDevSpecific(phone, words, sizeof(words)));
	is_async(phoneSetButtonInfo(phone, 15, &info));
	is_async(phoneSetData(phone, 1, "y", 1));
	is_async(phoneSetDisplay(phone, 0, 0, "y", 1));
	is_async(phoneSetGain(phone, PHONEHOOKSWITCHDEV_SPEAKER, 1));
	is_async(phoneSetHookSwitch(phone, PHONEHOOKSWITCHDEV_SPEAKER, PHONEHOOKSWITCHMODE_MIC));
	is_async(phoneSetLamp(phone, 15, PHONELAMPMODE_FLASH));
	is_async(phoneSetRing(phone, 0, 1));
	is_async(phoneSetVolume(phone, PHONEHOOKSWITCHDEV_SPEAKER, 1));
	expect_eq(phoneSetStatusMessages(phone, 0, 0, 0), 0);
}

static void the_phone_side_has_nine_asynchronous_functions(struct world *w)
{
	app_do(app_start(w, "a.exe", 0), nine_are_asynchronous, NULL, 0);
}

/* --- section 12, for phones --- */

static unsigned calls_back;
static DWORD called_for;

static void CALLBACK on_message(DWORD device, DWORD msg, DWORD_PTR instance, DWORD_PTR p1,
		DWORD_PTR p2, DWORD_PTR p3)
{
	(void)p1;
	(void)p2;
	(void)p3;
	if (msg != PHONE_BUTTON)
		return;
	calls_back++;
	called_for = device;
	expect_eq(instance, 31);
}

static void hears_by_callback(void *arg)
{
	PHONEINITIALIZEEXPARAMS p = { .dwTotalSize = sizeof(p),
		.dwOptions = PHONEINITIALIZEEXOPTION_USEHIDDENWINDOW };
	DWORD version = 0x00020002, count;
	PHONEMESSAGE m;
	HPHONEAPP app;
	HPHONE h;
	static char words[] = "press 3";

	(void)arg;
	expect_ok(phoneInitializeEx(&app, 0, on_message, me.name, &count, &version, &p));
	expect_error(phoneGetMessage(app, &m, 0), PHONEERR_OPERATIONFAILED);
	expect_ok(phoneOpen(app, SET, &h, 0x00020002, 0, 31, PHONEPRIVILEGE_MONITOR));
	want_all(h);
	expect(phoneDevSpecific(h, words, sizeof(words)) > 0);
	phone_settle(h); /* it has arrived, but nobody dispatches */
	expect_eq(calls_back, 0);
	while (calls_back < 2)
		expect(tapiDispatch(tapixGetEventHandle(app)) >= 0);
	expect_eq(called_for, h);
	expect_ok(phoneShutdown(app));
	expect_error(phoneClose(h), PHONEERR_UNINITIALIZED);
}

static void hears_by_descriptor(void *arg)
{
	PHONEINITIALIZEEXPARAMS p = { .dwTotalSize = sizeof(p),
		.dwOptions = PHONEINITIALIZEEXOPTION_USECOMPLETIONPORT };
	DWORD version = 0x00020002, count;
	struct pollfd ready = { .events = POLLIN };
	PHONEMESSAGE m;
	HPHONEAPP app;
	HPHONE h;
	static char words[] = "press 3";

	(void)arg;
	expect_error(phoneInitializeEx(&app, 0, NULL, me.name, &count, &version, &p),
			PHONEERR_OPERATIONUNAVAIL);
	p.dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT;
	expect_ok(phoneInitializeEx(&app, 0, NULL, me.name, &count, &version, &p));
	expect_ok(phoneOpen(app, SET, &h, 0x00020002, 0, 0, PHONEPRIVILEGE_MONITOR));
	expect_error(phoneGetMessage(app, &m, 0), PHONEERR_OPERATIONFAILED); /* 0 polls */
	expect(phoneDevSpecific(h, words, sizeof(words)) > 0);
	ready.fd = (int)p.Handles.hEvent;
	expect_eq(poll(&ready, 1, PATIENCE_MS), 1);
	expect_ok(phoneGetMessage(app, &m, PATIENCE_MS));
	expect_eq(m.dwMessageID, PHONE_REPLY);
	expect_eq(m.hDevice, 0);
	expect_ok(phoneShutdown(app));
	expect_error(phoneGetMessage(app, &m, 0), PHONEERR_UNINITIALIZED);
}

static void hears_the_old_way(void *arg)
{
	DWORD count = 0;
	HPHONEAPP app;

	(void)arg;
	expect_ok(phoneInitialize(&app, 0, on_message, me.name, &count));
	expect_eq(count, 6);
	expect_ok(phoneShutdown(app));
	expect_error(phoneShutdown(app), PHONEERR_UNINITIALIZED);
}

static void phones_are_heard_in_each_way(struct world *w)
{
	app_do(app_start_bare(w, "callback.exe"), hears_by_callback, NULL, 0);
	app_do(app_start_bare(w, "event.exe"), hears_by_descriptor, NULL, 0);
	app_do(app_start_bare(w, "old.exe"), hears_the_old_way, NULL, 0);
}

/* --- versions --- */

static void sees_old_structures(void *arg)
{
	static char room[4096];
	PHONECAPS *caps = (PHONECAPS *)(void *)room;
	const DWORD old = (DWORD)((char *)&caps->dwDeviceClassesSize - room);

	(void)arg;
	(void)open_phone(SET, PHONEPRIVILEGE_MONITOR);
	memset(room, 0x55, sizeof(room));
	caps->dwTotalSize = old;
	expect_ok(phoneGetDevCaps(me.phone_app, SET, 0x00010004, 0, caps));
	expect_eq(room[old], 0x55); /* nothing of 2.0 is written */
	expect_eq(caps->dwNumButtonLamps, 24);
	expect_error(phoneGetDevCaps(me.phone_app, SET, 0x00020000, 0, caps),
			PHONEERR_STRUCTURETOOSMALL);
	caps->dwTotalSize = old - 4;
	expect_error(phoneGetDevCaps(me.phone_app, SET, 0x00010004, 0, caps),
			PHONEERR_STRUCTURETOOSMALL);
}

static void old_applications_see_old_structures(struct world *w)
{
	app_do(app_start(w, "old.exe", 0x00010004), sees_old_structures, NULL, 0);
}

static const struct row rows[] = {
	TEST("5.13", "phoneDevSpecific phoneSetData", "nine functions of phones are asynchronous",
			the_phone_side_has_nine_asynchronous_functions),
	TEST("12.1 12.2 12.3 12.4 12.5",
			"phoneInitialize phoneInitializeEx phoneShutdown phoneGetMessage",
			"phones are heard by callback, by descriptor and the old way",
			phones_are_heard_in_each_way),
	TEST("6.1 7.1", "phoneGetDevCaps", "applications of 1.4 see PHONECAPS of 1.4",
			old_applications_see_old_structures),
};
CONFORMANCE(phone_app, rows)
