// SPDX-License-Identifier: MIT
/* test_phone.c - section 13. */
#include "phones.h"

#include <stdio.h>
#include <string.h>

enum { SET = 1 }; /* the phone that is used, that of 102 */

static HPHONE phone; /* of each application its own */

static void open_as_owner(void *arg)
{
	(void)arg;
	phone = open_phone(SET, PHONEPRIVILEGE_OWNER);
	want_all(phone);
}

static void open_as_monitor(void *arg)
{
	(void)arg;
	phone = open_phone(SET, PHONEPRIVILEGE_MONITOR);
	want_all(phone);
}

static void close_it(void *arg)
{
	(void)arg;
	expect_ok(phoneClose(phone));
}

/* --- 13.1 --- */

static void is_in_use(void *arg)
{
	DWORD version = me.version;
	HPHONE second = 0;

	(void)arg;
	if (!me.phone_app)
		expect_ok(initialise_phone(&version));
	expect_error(phoneOpen(me.phone_app, SET, &second, me.version, 0, 0, PHONEPRIVILEGE_OWNER),
			PHONEERR_INUSE);
	expect_eq(second, 0);
}

struct opens {
	DWORD owners, monitors;
	char owner[64];
};

static void count_opens(void *arg)
{
	const struct opens *o = arg;
	const PHONESTATUS *s = phone_status_of(phone);

	expect_eq(s->dwNumOwners, o->owners);
	expect_eq(s->dwNumMonitors, o->monitors);
	expect_str(part_of(s, dwOwnerName), o->owner);
}

static void hears_of_owners(void *arg)
{
	next_phone_state(PHONESTATE_OWNER, *(const DWORD *)arg);
}

static void hears_of_monitors(void *arg)
{
	next_phone_state(PHONESTATE_MONITORS, *(const DWORD *)arg);
}

static void one_owner_and_any_number_of_monitors(struct world *w)
{
	struct app *a = app_start(w, "a.exe", 0), *b = app_start(w, "b.exe", 0);
	struct app *c = app_start(w, "c.exe", 0);
	struct opens o = { 1, 2, "a.exe" };
	DWORD n = 1;

	app_do(b, open_as_monitor, NULL, 0);
	app_do(a, open_as_owner, NULL, 0);
	app_do(b, hears_of_owners, &n, sizeof(n));
	app_do(c, is_in_use, NULL, 0);
	app_do(a, is_in_use, NULL, 0);
	app_do(c, open_as_monitor, NULL, 0);
	n = 2;
	app_do(b, hears_of_monitors, &n, sizeof(n));
	app_do(a, hears_of_monitors, &n, sizeof(n));
	app_do(b, count_opens, &o, sizeof(o));
	app_do(a, close_it, NULL, 0);
	n = 0;
	app_do(b, hears_of_owners, &n, sizeof(n));
	o = (struct opens){ 0, 2, "" };
	app_do(b, count_opens, &o, sizeof(o));
	app_do(c, open_as_owner, NULL, 0); /* beside its monitor's handle */
	n = 1;
	app_do(b, hears_of_owners, &n, sizeof(n));
	app_kill(c);
	app_do(b, hears_of_monitors, &n, sizeof(n));
	n = 0;
	app_do(b, hears_of_owners, &n, sizeof(n));
	app_do(a, open_as_owner, NULL, 0); /* the dead have closed */
}

static void owner_may_all(void *arg)
{
	PHONEBUTTONINFO info = { .dwTotalSize = sizeof(info),
		.dwButtonMode = PHONEBUTTONMODE_FEATURE };
	DWORD a, b, c;

	(void)arg;
	phone_done(phoneSetButtonInfo(phone, 14, &info));
	phone_done(phoneSetData(phone, 0, "x", 1));
	phone_done(phoneSetDisplay(phone, 0, 0, "x", 1));
	phone_done(phoneSetGain(phone, PHONEHOOKSWITCHDEV_HANDSET, 5));
	phone_done(phoneSetHookSwitch(phone, PHONEHOOKSWITCHDEV_HANDSET,
			PHONEHOOKSWITCHMODE_ONHOOK));
	phone_done(phoneSetLamp(phone, 13, PHONELAMPMODE_STEADY));
	phone_done(phoneSetRing(phone, 1, 1));
	phone_done(phoneSetVolume(phone, PHONEHOOKSWITCHDEV_HANDSET, 5));
	expect_ok(phoneGetStatusMessages(phone, &a, &b, &c));
}

static void monitor_may_get_only(void *arg)
{
	PHONEBUTTONINFO info = { .dwTotalSize = sizeof(info),
		.dwButtonMode = PHONEBUTTONMODE_FEATURE };
	char bytes[4];
	DWORD a, b, c;

	(void)arg;
	expect_error(phoneSetButtonInfo(phone, 14, &info), PHONEERR_NOTOWNER);
	expect_error(phoneSetData(phone, 0, "x", 1), PHONEERR_NOTOWNER);
	expect_error(phoneSetDisplay(phone, 0, 0, "x", 1), PHONEERR_NOTOWNER);
	expect_error(phoneSetGain(phone, PHONEHOOKSWITCHDEV_HANDSET, 5), PHONEERR_NOTOWNER);
	expect_error(phoneSetHookSwitch(phone, 1, PHONEHOOKSWITCHMODE_ONHOOK), PHONEERR_NOTOWNER);
	expect_error(phoneSetLamp(phone, 13, PHONELAMPMODE_STEADY), PHONEERR_NOTOWNER);
	expect_error(phoneSetRing(phone, 1, 1), PHONEERR_NOTOWNER);
	expect_error(phoneSetVolume(phone, PHONEHOOKSWITCHDEV_HANDSET, 5), PHONEERR_NOTOWNER);
	expect_ok(phoneGetButtonInfo(phone, 14, &info));
	expect_ok(phoneGetData(phone, 0, bytes, sizeof(bytes)));
	expect_str(display_of(phone), "x");
	expect_ok(phoneGetGain(phone, PHONEHOOKSWITCHDEV_HANDSET, &a));
	expect_eq(a, 5);
	expect_ok(phoneGetHookSwitch(phone, &a));
	expect_ok(phoneGetLamp(phone, 13, &a));
	expect_eq(a, PHONELAMPMODE_STEADY);
	expect_ok(phoneGetRing(phone, &a, &b));
	expect_ok(phoneGetVolume(phone, PHONEHOOKSWITCHDEV_HANDSET, &a));
	expect_ok(phoneGetStatusMessages(phone, &a, &b, &c));
}

static void sets_need_an_owner_and_gets_a_monitor(struct world *w)
{
	struct app *a = app_start(w, "a.exe", 0), *b = app_start(w, "b.exe", 0);

	app_do(a, open_as_owner, NULL, 0);
	app_do(b, open_as_monitor, NULL, 0);
	app_do(a, owner_may_all, NULL, 0);
	app_do(b, monitor_may_get_only, NULL, 0);
}

/* --- what is set is got, and told to all who watch --- */

static DWORD function_in_caps(DWORD button)
{
	static union {
		PHONECAPS c;
		char room[4096];
	} u;
	DWORD function;

	u.c.dwTotalSize = sizeof(u);
	expect_ok(phoneGetDevCaps(me.phone_app, SET, me.version, 0, &u.c));
	expect(u.c.dwButtonFunctionsSize > button * sizeof(function));
	memcpy(&function, u.room + u.c.dwButtonFunctionsOffset + button * sizeof(function),
			sizeof(function));
	return function;
}

static void set_parts(void *arg)
{
	union {
		PHONEBUTTONINFO i;
		char room[sizeof(PHONEBUTTONINFO) + 8];
	} u = { .i = { .dwTotalSize = sizeof(u),
				.dwButtonMode = PHONEBUTTONMODE_FEATURE,
				.dwButtonFunction = PHONEBUTTONFUNCTION_PARK,
				.dwButtonTextSize = 5,
				.dwButtonTextOffset = sizeof(u.i) } };
	char back[8];
	DWORD mode, volume;

	(void)arg;
	expect_eq(function_in_caps(17), PHONEBUTTONFUNCTION_ABBREVDIAL);
	strcpy(u.room + sizeof(u.i), "Park");
	phone_done(phoneSetButtonInfo(phone, 17, &u.i));
	expect_eq(function_in_caps(17), PHONEBUTTONFUNCTION_PARK);
	memset(&u, 0, sizeof(u));
	u.i.dwTotalSize = sizeof(u);
	expect_ok(phoneGetButtonInfo(phone, 17, &u.i));
	expect_eq(u.i.dwButtonFunction, PHONEBUTTONFUNCTION_PARK);
	expect_str(part_of(&u.i, dwButtonText), "Park");
	phone_done(phoneSetLamp(phone, 13, PHONELAMPMODE_FLUTTER));
	expect_ok(phoneGetLamp(phone, 13, &mode));
	expect_eq(mode, PHONELAMPMODE_FLUTTER);
	phone_done(phoneSetDisplay(phone, 1, 2, "there", 5));
	expect_str(display_of(phone) + 20, "  there");
	phone_done(phoneSetRing(phone, 2, 300));
	expect_ok(phoneGetRing(phone, &mode, &volume));
	expect_eq(mode, 2);
	expect_eq(volume, 300);
	phone_done(phoneSetVolume(phone, PHONEHOOKSWITCHDEV_SPEAKER, 0x12345));
	expect_ok(phoneGetVolume(phone, PHONEHOOKSWITCHDEV_SPEAKER, &volume));
	expect_eq(volume, 0xffff); /* clamped */
	phone_done(phoneSetGain(phone, PHONEHOOKSWITCHDEV_HEADSET, 9));
	expect_ok(phoneGetGain(phone, PHONEHOOKSWITCHDEV_HEADSET, &volume));
	expect_eq(volume, 9);
	phone_done(phoneSetData(phone, 2, "a\0b", 3));
	expect_ok(phoneGetData(phone, 2, back, sizeof(back)));
	expect(memcmp(back, "a\0b\0", 4) == 0);
}

static void sees_parts_set(void *arg)
{
	(void)arg;
	next_phone_state(PHONESTATE_CAPSCHANGE, 0);
	next_phone_state(PHONESTATE_LAMP, 13);
	next_phone_state(PHONESTATE_DISPLAY, 0);
	next_phone_state(PHONESTATE_RINGMODE, 2);
	next_phone_state(PHONESTATE_RINGVOLUME, 300);
	next_phone_state(PHONESTATE_SPEAKERVOLUME, 0xffff);
	next_phone_state(PHONESTATE_HEADSETGAIN, 9);
}

static void each_part_is_got_as_it_was_set(struct world *w)
{
	struct app *a = app_start(w, "a.exe", 0), *b = app_start(w, "b.exe", 0);

	app_do(a, open_as_owner, NULL, 0);
	app_do(b, open_as_monitor, NULL, 0);
	app_do(a, set_parts, NULL, 0);
	app_do(b, sees_parts_set, NULL, 0);
}

/* --- 13.2 --- */

static void features_are_true(void *arg)
{
	union {
		PHONECAPS c;
		char room[4096];
	} u = { .c = { .dwTotalSize = sizeof(u) } };
	DWORD version = 0, ext = 0;
	PHONEEXTENSIONID id;

	(void)arg;
	expect(me.line[SET] == 0); /* no line is open */
	expect_ok(phoneNegotiateAPIVersion(me.phone_app, SET, 0x00010004, me.version, &version,
			&id));
	expect_eq(version, me.version);
	expect_ok(phoneNegotiateExtVersion(me.phone_app, SET, version, 0x00010000, 0x00010000,
			&ext));
	expect_error(phoneNegotiateExtVersion(me.phone_app, SET, version, 0x00020000, 0x00020000,
				     &ext),
			PHONEERR_INCOMPATIBLEEXTVERSION);
	expect_ok(phoneGetDevCaps(me.phone_app, SET, version, 0, &u.c));
	expect_eq(u.c.dwPhoneFeatures, PHONEFEATURE_GENERICPHONE - 1);
	expect_eq(phone_status_of(phone)->dwPhoneFeatures, u.c.dwPhoneFeatures);
	expect_eq(u.c.dwNumButtonLamps, 24);
	touch(phone, "suspend"); /* then only gets work */
	expect_eq(phone_status_of(phone)->dwPhoneFeatures, PHONEFEATURE_SETBUTTONINFO - 1);
}

static void a_phone_needs_no_line(struct world *w)
{
	struct app *a = app_start(w, "a.exe", 0);

	app_do(a, open_as_owner, NULL, 0);
	app_do(a, features_are_true, NULL, 0);
}

/* --- 13.3 --- */

static void press_keys(void *arg)
{
	(void)arg;
	touch(phone, "press 7");
	touch(phone, "press *");
	touch(phone, "down #");
	touch(phone, "down 14"); /* another finger is not there: # comes up */
	touch(phone, "up");
}

static void sees_downs_and_ups(void *arg)
{
	static const struct {
		DWORD id, mode;
	} wanted[] = {
		{ 7, PHONEBUTTONMODE_KEYPAD },
		{ 10, PHONEBUTTONMODE_KEYPAD },
		{ 11, PHONEBUTTONMODE_KEYPAD },
		{ 14, PHONEBUTTONMODE_FEATURE },
	};

	(void)arg;
	for (unsigned i = 0; i < 4; i++) {
		struct message down = next(PHONE_BUTTON), up = next(PHONE_BUTTON);

		expect_eq(down.device, phone);
		expect_eq(down.instance, 7000 + SET);
		expect_eq(down.p1, wanted[i].id);
		expect_eq(down.p2, wanted[i].mode);
		expect_eq(down.p3, PHONEBUTTONSTATE_DOWN);
		expect_eq(up.p1, wanted[i].id);
		expect_eq(up.p3, PHONEBUTTONSTATE_UP);
	}
}

static void sees_only_that(void *arg)
{
	struct message m;

	(void)arg;
	phone_settle(phone);
	m = next(PHONE_BUTTON);
	expect_eq(m.p1, 14);
	expect_eq(m.p3, PHONEBUTTONSTATE_DOWN);
	expect(!arrived(PHONE_BUTTON, ANY, ANY));
}

static void open_for_features(void *arg)
{
	DWORD states, modes, buttons;

	(void)arg;
	phone = open_phone(SET, PHONEPRIVILEGE_MONITOR);
	expect_error(phoneSetStatusMessages(phone, 0, PHONEBUTTONMODE_FEATURE, 0),
			PHONEERR_INVALBUTTONSTATE);
	expect_ok(phoneSetStatusMessages(phone, PHONESTATE_LAMP, PHONEBUTTONMODE_FEATURE,
			PHONEBUTTONSTATE_DOWN));
	expect_ok(phoneGetStatusMessages(phone, &states, &modes, &buttons));
	expect_eq(states, PHONESTATE_LAMP);
	expect_eq(modes, PHONEBUTTONMODE_FEATURE);
	expect_eq(buttons, PHONEBUTTONSTATE_DOWN);
}

static void open_and_ask_nothing(void *arg)
{
	(void)arg;
	phone = open_phone(SET, PHONEPRIVILEGE_MONITOR);
}

static void sees_nothing(void *arg)
{
	(void)arg;
	phone_settle(phone);
	expect(!arrived(PHONE_BUTTON, ANY, ANY));
	expect(!arrived(PHONE_STATE, ANY, ANY));
}

static void buttons_go_down_and_up(struct world *w)
{
	struct app *a = app_start(w, "a.exe", 0), *b = app_start(w, "b.exe", 0);
	struct app *c = app_start(w, "c.exe", 0), *d = app_start(w, "d.exe", 0);

	app_do(a, open_as_owner, NULL, 0);
	app_do(b, open_as_monitor, NULL, 0);
	app_do(c, open_for_features, NULL, 0);
	app_do(d, open_and_ask_nothing, NULL, 0);
	app_do(b, press_keys, NULL, 0); /* a hand needs not be the owner's */
	app_do(a, sees_downs_and_ups, NULL, 0);
	app_do(b, sees_downs_and_ups, NULL, 0);
	app_do(c, sees_only_that, NULL, 0);
	app_do(d, sees_nothing, NULL, 0);
}

/* --- 13.4 --- */

static void set_hooks(void *arg)
{
	DWORD devs, value;

	(void)arg;
	phone_done(phoneSetVolume(phone, PHONEHOOKSWITCHDEV_HEADSET, 111));
	phone_done(phoneSetGain(phone, PHONEHOOKSWITCHDEV_HEADSET, 222));
	forget_messages();
	phone_settle(phone);
	while (arrived(PHONE_STATE, ANY, ANY))
		(void)next(PHONE_STATE);
	phone_done(phoneSetHookSwitch(phone,
			PHONEHOOKSWITCHDEV_SPEAKER | PHONEHOOKSWITCHDEV_HEADSET,
			PHONEHOOKSWITCHMODE_MICSPEAKER));
	next_phone_state(PHONESTATE_SPEAKERHOOKSWITCH, PHONEHOOKSWITCHMODE_MICSPEAKER);
	next_phone_state(PHONESTATE_HEADSETHOOKSWITCH, PHONEHOOKSWITCHMODE_MICSPEAKER);
	expect_ok(phoneGetHookSwitch(phone, &devs));
	expect_eq(devs, PHONEHOOKSWITCHDEV_SPEAKER | PHONEHOOKSWITCHDEV_HEADSET);
	phone_done(phoneSetHookSwitch(phone, PHONEHOOKSWITCHDEV_HEADSET,
			PHONEHOOKSWITCHMODE_SPEAKER)); /* muted */
	next_phone_state(PHONESTATE_HEADSETHOOKSWITCH, PHONEHOOKSWITCHMODE_SPEAKER);
	expect_ok(phoneGetVolume(phone, PHONEHOOKSWITCHDEV_HEADSET, &value));
	expect_eq(value, 111);
	expect_ok(phoneGetGain(phone, PHONEHOOKSWITCHDEV_HEADSET, &value));
	expect_eq(value, 222);
}

static void hookswitches_are_set_together(struct world *w)
{
	struct app *a = app_start(w, "a.exe", 0);

	app_do(a, open_as_owner, NULL, 0);
	app_do(a, set_hooks, NULL, 0);
}

/* --- 13.6, 22: closing --- */

static void closes_by_itself(void *arg)
{
	(void)arg;
	forget_messages();
	expect_ok(phoneSetLamp(phone, 13, PHONELAMPMODE_WINK)); /* its reply is outstanding */
	expect_ok(phoneClose(phone));
	expect_error(phoneClose(phone), PHONEERR_INVALPHONEHANDLE);
	phone = open_phone(SET, PHONEPRIVILEGE_MONITOR);
	phone_settle(phone);
	expect(!arrived(PHONE_CLOSE, ANY, ANY));
	expect(!arrived(PHONE_REPLY, ANY, ANY));
}

static void is_closed(void *arg)
{
	struct tapix_reason why;
	struct message m = next(PHONE_CLOSE);

	(void)arg;
	expect_eq(m.device, phone);
	expect_ok(tapixGetCloseReason(m.device, &why));
	expect(why.sentence[0] != '\0');
	expect_error(phoneClose(phone), PHONEERR_INVALPHONEHANDLE);
}

static void only_forced_closes_are_told(struct world *w)
{
	struct app *a = app_start(w, "a.exe", 0);

	app_do(a, open_as_owner, NULL, 0);
	app_do(a, closes_by_itself, NULL, 0);
	world_kill_host(w, "exchange");
	app_do(a, is_closed, NULL, 0);
}

/* --- 13.7 --- */

static void set_is_taken_away(void *arg)
{
	DWORD mode;

	(void)arg;
	touch(phone, "suspend");
	next_phone_state(PHONESTATE_SUSPEND, 0);
	expect_eq(phone_status_of(phone)->dwStatusFlags,
			PHONESTATUSFLAGS_CONNECTED | PHONESTATUSFLAGS_SUSPENDED);
	phone_refused(phoneSetLamp(phone, 13, PHONELAMPMODE_WINK), PHONEERR_INVALPHONESTATE);
	expect_ok(phoneGetLamp(phone, 13, &mode));
	expect_eq(mode, PHONELAMPMODE_OFF);
	touch(phone, "resume");
	next_phone_state(PHONESTATE_RESUME, 0);
	phone_done(phoneSetLamp(phone, 13, PHONELAMPMODE_WINK));
	touch(phone, "unplug");
	next_phone_state(PHONESTATE_LAMP, 13);
	next_phone_state(PHONESTATE_DISCONNECTED, 0);
	expect_eq(phone_status_of(phone)->dwStatusFlags, 0);
}

static void the_switch_takes_the_set_away(struct world *w)
{
	struct app *a = app_start(w, "a.exe", 0);

	app_do(a, open_as_owner, NULL, 0);
	app_do(a, set_is_taken_away, NULL, 0);
}

/* --- a daemon that dies --- */

static void still_owns_it(void *arg)
{
	(void)arg;
	phone_done(phoneSetLamp(phone, 16, PHONELAMPMODE_STEADY));
	next_phone_state(PHONESTATE_LAMP, 16);
	expect(!arrived(PHONE_CLOSE, ANY, ANY));
}

static void phones_outlive_the_daemon(struct world *w)
{
	struct app *a = app_start(w, "a.exe", 0), *b = app_start(w, "b.exe", 0);

	app_do(a, open_as_owner, NULL, 0);
	world_kill(w);
	world_launch(w);
	app_do(a, still_owns_it, NULL, 0);
	app_do(b, is_in_use, NULL, 0);
}

static const struct row rows[] = {
	TEST("13.1 8.t1.4", "phoneOpen phoneClose phoneGetStatus phoneSetStatusMessages",
			"a phone has one owner and any number of monitors",
			one_owner_and_any_number_of_monitors),
	TEST("13.1",
			"phoneSetButtonInfo phoneSetData phoneSetDisplay phoneSetGain "
			"phoneSetHookSwitch phoneSetLamp phoneSetRing phoneSetVolume "
			"phoneGetStatusMessages",
			"sets need an owner, gets a monitor",
			sets_need_an_owner_and_gets_a_monitor),
	TEST("13.1",
			"phoneGetButtonInfo phoneGetData phoneGetDisplay phoneGetGain phoneGetLamp "
			"phoneGetRing phoneGetVolume",
			"each part is got as it was set, and its change told to all who watch",
			each_part_is_got_as_it_was_set),
	TEST("13.2", "phoneGetDevCaps phoneNegotiateAPIVersion phoneNegotiateExtVersion",
			"a phone needs no line, and dwPhoneFeatures says what works",
			a_phone_needs_no_line),
	TEST("13.3", "phoneDevSpecific phoneSetStatusMessages phoneGetStatusMessages",
			"each button that goes down comes up, for those who asked for it",
			buttons_go_down_and_up),
	TEST("13.4", "phoneSetHookSwitch phoneGetHookSwitch",
			"one mode for all devices of the mask; mute keeps volume and gain",
			hookswitches_are_set_together),
	TEST("13.6 5.9 22.t1.9", "phoneClose",
			"phoneClose sends no PHONE_CLOSE and no replies, a dead host does",
			only_forced_closes_are_told),
	TEST("13.7", "phoneDevSpecific phoneGetStatus", "the switch takes a set away for a time",
			the_switch_takes_the_set_away),
	TEST("13.1", "phoneOpen phoneSetLamp", "an owner stays one over the death of the daemon",
			phones_outlive_the_daemon),
};
CONFORMANCE(phone, rows)
