// SPDX-License-Identifier: MIT
/* test_async.c - section 5: requests, ids, replies. */
#include "bad_input.h"

#include <string.h>

static void ids(void *arg)
{
	HLINE line = own_line(0);
	HCALL call;
	LONG id, last = 0;

	(void)arg;
	for (int i = 0; i < 20; i++) {
		id = expect_ok(lineMakeCall(line, &call, NULL, 0, NULL));
		expect(id >= 1 && id != last);
		last = id;
		expect_eq(next(LINE_REPLY).p1, id);
		done(lineDrop(call, NULL, 0));
		expect_ok(lineDeallocateCall(call));
	}
	expect_error(lineMakeCall(line, &call, "?", 0, NULL), LINEERR_DIALPROMPT);
	expect_none(LINE_REPLY, ANY, ANY);
}

static void ids_are_positive(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), ids, NULL, 0);
}

/* The exchange's word "turn" gives the rest back reversed. */
static void written_with_the_reply(void *arg)
{
	char text[] = "turnabc";
	LINEEXTENSIONID extension;
	DWORD version, ext = 0;
	HLINE line;
	LONG id;

	(void)arg;
	expect_ok(lineNegotiateAPIVersion(me.app, 0, 0x00010003, me.version, &version, &extension));
	expect_ok(lineNegotiateExtVersion(me.app, 0, version, 0x00010000, 0x00010000, &ext));
	expect_ok(lineOpen(me.app, 0, &line, version, ext, 0, LINECALLPRIVILEGE_NONE, 0, NULL));
	id = expect_ok(lineDevSpecific(line, 0, 0, text, sizeof(text) - 1));
	settle_unread();
	expect_str(text, "turnabc");
	expect_eq(next(LINE_REPLY).p1, id);
	expect_str(text, "turncba");
	expect_eq(next(LINE_DEVSPECIFIC).p1, sizeof(text) - 1);
}

static void output_comes_with_the_reply(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), written_with_the_reply, NULL, 0);
}

/* What the functions have read is gone when they return. */
static void overwrite(void *arg)
{
	char number[] = "102", words[] = "hello";
	const LINECALLINFO *info;
	HCALL call, called;
	LONG id;

	(void)arg;
	(void)own_line(1);
	id = expect_ok(lineMakeCall(own_line(0), &call, number, 0, NULL));
	memset(number, 'x', sizeof(number));
	expect_eq(next(LINE_REPLY).p1, id);
	(void)await_state(call, LINECALLSTATE_RINGBACK);
	called = next_call(LINECALLSTATE_OFFERING);
	id = expect_ok(lineSendUserUserInfo(call, words, sizeof(words)));
	memset(words, 'x', sizeof(words));
	expect_eq(next(LINE_REPLY).p1, id);
	while (next_of(LINE_CALLINFO, called).p1 != LINECALLINFOSTATE_USERUSERINFO)
		;
	info = info_of(called);
	expect_str(part_of(info, dwUserUserInfo), "hello");
	done(lineReleaseUserUserInfo(called));
	expect_eq(info_of(called)->dwUserUserInfoSize, 0);
}

static void input_is_copied(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), overwrite, NULL, 0);
}

/* The number is on its way when the reply comes; what controls is done. */
static void meaning_of_success(void *arg)
{
	HLINE line = own_line(0);
	HCALL call, called;
	struct message m;

	(void)arg;
	(void)own_line(1);
	call = dial(line, "102");
	m = *message_at(messages() - 1);
	for (unsigned i = 0; i < messages() && message_at(i)->id != LINE_REPLY; i++)
		expect(message_at(i)->device != call);
	called = next_call(LINECALLSTATE_OFFERING);
	done(lineAccept(called, NULL, 0));
	expect_eq(state_of(called), LINECALLSTATE_ACCEPTED);
	(void)m;
	done(lineDrop(call, NULL, 0));
	expect_eq(state_of(call), LINECALLSTATE_IDLE);
}

static void success_means_done(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), meaning_of_success, NULL, 0);
}

static void no_reply_here(void *arg)
{
	(void)next_of(LINE_CALLSTATE, ANY);
	(void)arg;
	expect_none(LINE_REPLY, ANY, ANY);
}

static void mask_and_dial(void *arg)
{
	(void)arg;
	expect_ok(lineSetStatusMessages(me.line[0], 0, 0));
	(void)dial(me.line[0], "102"); /* has waited for its reply */
}

static void reply_goes_to_the_requester(struct world *w)
{
	struct app *a = app_start(w, "one.exe", 0), *b = app_start(w, "watcher.exe", 0);

	(void)app_open_line(a, 0, LINECALLPRIVILEGE_OWNER);
	(void)app_open_line(b, 0, LINECALLPRIVILEGE_MONITOR);
	app_do(a, mask_and_dial, NULL, 0);
	app_do(b, no_reply_here, NULL, 0);
}

/* A drop is under way when the handle goes. */
static void drop_then_deallocate(void *arg)
{
	bool wanted = *(bool *)arg;
	HCALL call = dial(own_line(0), NULL);
	LONG id = expect_ok(lineDrop(call, NULL, 0));

	expect_ok(lineDeallocateCall(call));
	if (wanted)
		expect_eq(next(LINE_REPLY).p1, id);
	else
		expect_none(LINE_REPLY, ANY, (DWORD)id);
}

static void drop_then_close(void *arg)
{
	HLINE line = own_line(1);
	LONG id;

	(void)arg;
	id = expect_ok(lineDrop(dial(line, NULL), NULL, 0));
	expect_ok(lineClose(line));
	expect_none(LINE_REPLY, ANY, (DWORD)id);
}

static void replies_after_the_end(struct world *w)
{
	struct app *a = app_start(w, "two.exe", 0x00020000);
	struct app *b = app_start(w, "one.exe", 0x00010004);
	bool yes = true, no = false;

	app_do(a, drop_then_deallocate, &yes, sizeof(yes));
	app_do(b, drop_then_deallocate, &no, sizeof(no));
	app_do(a, drop_then_close, NULL, 0);
}

/* --- the kinds, by the rules and by what they return --- */

static bool is_async(const char *name)
{
	const struct rule *rule = function_rule(functions_find(name));

	return rule && rule->kind == KIND_ASYNC;
}

static void not_async(void *arg)
{
	static const char *const names[] = { "lineGatherDigits", "lineGenerateDigits",
		"lineGenerateTone", "lineHandoff", "lineSetMediaMode", "lineSetCallPrivilege",
		"lineSetMediaControl", "lineSetStatusMessages", "lineProxyMessage",
		"lineProxyResponse", "lineGetProxyStatus" };
	HCALL call = dial(own_line(0), NULL);

	(void)arg;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (is_async(names[i]))
			fail_test("%s has a reply", names[i]);
	expect_eq(lineSetMediaMode(call, LINEMEDIAMODE_INTERACTIVEVOICE), 0);
	expect_eq(lineSetCallPrivilege(call, LINECALLPRIVILEGE_OWNER), 0);
	expect_eq(lineSetStatusMessages(me.line[0], LINEDEVSTATE_RINGING, 0), 0);
	expect_none(LINE_REPLY, ANY, ANY);
}

static void some_are_not_asynchronous(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), not_async, NULL, 0);
}

static void phone_kinds(void *arg)
{
	static const char *const names[] = { "phoneDevSpecific", "phoneSetButtonInfo",
		"phoneSetData", "phoneSetDisplay", "phoneSetGain", "phoneSetHookSwitch",
		"phoneSetLamp", "phoneSetRing", "phoneSetVolume" };
	const struct function *f;
	unsigned count = 0;

	(void)arg;
	for (size_t i = 0; (f = functions_at(i)); i++)
		count += !strncmp(f->name, "phone", 5) && is_async(f->name);
	expect_eq(count, sizeof(names) / sizeof(names[0]));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!is_async(names[i]))
			fail_test("%s has no reply", names[i]);
}

static void nine_of_the_phone(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), phone_kinds, NULL, 0);
}

static const struct row rows[] = {
	TEST("5.1", "lineMakeCall", "a request has a positive id and one reply, a refused one none",
			ids_are_positive),
	TEST("5.5 6.7", "lineDevSpecific lineNegotiateExtVersion lineOpen",
			"what a request writes is written with its reply",
			output_comes_with_the_reply),
	TEST("5.6", "lineMakeCall lineSendUserUserInfo lineReleaseUserUserInfo",
			"what a request reads is copied before it returns", input_is_copied),
	TEST("5.7", "lineAccept lineDrop lineMakeCall",
			"lineMakeCall succeeds early, what controls succeeds when it is done",
			success_means_done),
	TEST("5.8", "lineMakeCall", "a reply goes to the requester only and cannot be masked",
			reply_goes_to_the_requester),
	TEST("5.9 22.t1.6", "lineDeallocateCall lineClose",
			"replies survive the end of a handle from API 2.0 on, not the end of a "
			"line",
			replies_after_the_end),
	TEST("5.12", "lineSetMediaMode lineSetCallPrivilege lineSetStatusMessages",
			"functions that only set something have no reply",
			some_are_not_asynchronous),
	TEST("5.13", "", "nine functions of the phone have replies", nine_of_the_phone),
};
CONFORMANCE(async, rows)
