// SPDX-License-Identifier: MIT
/* test_admin.c - section 17: devices and providers that come and go. */
#include "app.h"
#include "puppet.h"

#include <stdio.h>
#include <string.h>

/* --- providers --- */

static void add(void *arg)
{
	DWORD id = 0, again;

	expect_ok(lineAddProvider("template", 0, &id));
	expect(id > 0);
	expect_error(lineAddProvider("template", 0, &again), LINEERR_NOMULTIPLEINSTANCE);
	expect_error(lineAddProvider("/usr/lib/evil.so", 0, &again), LINEERR_INVALPARAM);
	expect_error(lineAddProvider("not-there", 0, &again), LINEERR_OPERATIONFAILED);
	*(DWORD *)arg = id;
}

struct listed {
	DWORD id, count;
	bool found;
};

static void list(void *arg)
{
	struct listed *l = arg;
	union {
		LINEPROVIDERLIST list;
		char room[4096];
	} u = { .list = { .dwTotalSize = sizeof(u) } };
	const LINEPROVIDERENTRY *entries;

	expect_ok(lineGetProviderList(0x00020002, &u.list));
	entries = (const void *)(u.room + u.list.dwProviderListOffset);
	l->count = u.list.dwNumProviders;
	l->found = false;
	for (DWORD i = 0; i < l->count; i++) {
		const char *file = u.room + entries[i].dwProviderFilenameOffset;

		if (entries[i].dwPermanentProviderID == l->id)
			l->found = strstr(file, "template.so") != NULL;
	}
	expect_error(lineGetProviderList(0x00090000, &u.list), LINEERR_INCOMPATIBLEAPIVERSION);
	u.list.dwTotalSize = 8;
	expect_error(lineGetProviderList(0x00020002, &u.list), LINEERR_STRUCTURETOOSMALL);
}

static void sees_created(void *arg)
{
	struct message m = next(LINE_CREATE);

	(void)arg;
	expect_eq(m.p1, 6); /* behind those of the exchange */
	expect_eq(m.device, 0);
	(void)own_line(6);
	(void)next_state(dial(me.line[6], "100"), LINECALLSTATE_DIALING);
}

static void old_sees_reinit(void *arg)
{
	struct message m = next(LINE_LINEDEVSTATE);

	(void)arg;
	expect_eq(m.p1, LINEDEVSTATE_REINIT);
	expect_eq(m.p2, LINE_CREATE);
	expect_eq(m.p3, 6);
	expect_none(LINE_CREATE, ANY, ANY);
}

static void remove_it(void *arg)
{
	DWORD id = *(DWORD *)arg;

	expect_ok(lineRemoveProvider(id, 0));
	expect_error(lineRemoveProvider(id, 0), LINEERR_INVALPARAM);
	expect_error(lineRemoveProvider(999, 0), LINEERR_INVALPARAM);
	expect_error(lineRemoveProvider(1, 0), LINEERR_OPERATIONFAILED); /* of the file */
}

static void sees_removed(void *arg)
{
	LINEDEVCAPS caps = { .dwTotalSize = sizeof(caps) };
	struct tapix_reason why;
	struct message closed = next_of(LINE_CLOSE, me.line[6]), removed = next(LINE_REMOVE);

	(void)arg;
	expect(closed.at < removed.at);
	expect_eq(removed.p1, 6);
	expect_ok(tapixGetCloseReason(me.line[6], &why));
	expect(strstr(why.sentence, "removed") != NULL);
	expect_error(lineGetDevCaps(me.app, 6, 0x00020002, 0, &caps), LINEERR_NODRIVER);
	expect_error(lineOpen(me.app, 6, &me.line[6], 0x00020002, 0, 0, LINECALLPRIVILEGE_NONE, 0,
				     NULL),
			LINEERR_NODRIVER);
	me.line[6] = 0;
}

static void on_line_0(void *arg)
{
	*(HCALL *)arg = dial(own_line(0), "102");
	(void)next_state(*(HCALL *)arg, LINECALLSTATE_DIALING);
}

static void still_there(void *arg)
{
	expect(state_of(*(HCALL *)arg) != LINECALLSTATE_IDLE);
	expect_none(LINE_CLOSE, ANY, ANY);
}

static void providers_come_and_go(struct world *w)
{
	struct app *admin = app_start(w, "admin.exe", 0), *user = app_start(w, "user.exe", 0),
		   *other = app_start(w, "other.exe", 0),
		   *old = app_start(w, "old.exe", 0x00010003);
	struct listed l;
	HCALL call;
	DWORD id;

	app_do(other, on_line_0, &call, sizeof(call));
	app_do(admin, add, &id, sizeof(id));
	app_do(user, sees_created, NULL, 0);
	app_do(old, old_sees_reinit, NULL, 0);
	l.id = id;
	app_do(admin, list, &l, sizeof(l));
	expect_eq(l.count, 2);
	expect(l.found);
	app_do(admin, remove_it, &id, sizeof(id));
	app_do(user, sees_removed, NULL, 0);
	app_do(admin, list, &l, sizeof(l));
	expect_eq(l.count, 1);
	app_do(other, still_there, &call, sizeof(call));
}

/* Its permanent id and its lines are there after a start. */
static void find_line_6(void *arg)
{
	LINEDEVCAPS caps = { .dwTotalSize = sizeof(caps) };
	struct listed l = { .id = *(DWORD *)arg };

	expect_ok(lineGetDevCaps(me.app, 6, 0x00020002, 0, &caps));
	list(&l);
	expect(l.found);
}

static void added_providers_stay(struct world *w)
{
	struct app *admin = app_start(w, "admin.exe", 0);
	DWORD id;

	app_do(admin, add, &id, sizeof(id));
	app_end(admin);
	world_stop(w);
	world_launch(w);
	app_do(app_start(w, "user.exe", 0), find_line_6, &id, sizeof(id));
}

/* --- configuration --- */

static void configure(void *arg)
{
	static struct tapix_key keys[64];
	struct tapix_setting good[] = { { "no_answer_ms", "12345" }, { "calls_per_line", "3" } },
			     bad[] = { { "no_answer_ms", "1000" }, { "calls_per_line", "101" } };
	DWORD count = 64, effect = 0;
	bool seen = false;
	struct tapix_reason why;

	(void)arg;
	expect_ok(lineConfigProvider(0, 1));
	expect_error(lineConfigProvider(0, 99), LINEERR_INVALPARAM);
	expect_ok(tapixSetProviderKeys(me.app, 1, good, 2, &effect));
	expect_eq(effect, TAPIX_EFFECT_NOW);
	expect_error(tapixSetProviderKeys(me.app, 1, bad, 2, &effect), LINEERR_INVALPARAM);
	tapixGetLastReason(&why);
	expect_str(why.cause, "calls_per_line");
	expect_ok(lineConfigProvider(0, 1));
	expect_ok(tapixGetProviderKeys(me.app, 1, keys, sizeof(keys[0]), &count));
	for (DWORD i = 0; i < count; i++) {
		if (strcmp(keys[i].key, "no_answer_ms") != 0)
			continue;
		seen = true;
		expect_eq(keys[i].type, TAPIX_KEY_NUMBER);
		expect_str(keys[i].value, "12345");
		expect_eq(keys[i].source, TAPIX_SOURCE_SET);
	}
	expect(seen);
}

static void keys_are_set_at_run_time(struct world *w)
{
	app_do(app_start(w, "admin.exe", 0), configure, NULL, 0);
}

static void ask(void *arg)
{
	char block[256] = "calls", small[3] = { 'x' };

	(void)arg;
	(void)own_line(0);
	expect_ok(tapixProviderDialog(me.app, TAPIX_OBJECT_LINE, 0, block, sizeof(block)));
	expect(strstr(block, "101: 0 active") != NULL);
	expect_error(tapixProviderDialog(me.app, TAPIX_OBJECT_PROVIDER, 1, small, sizeof(small)),
			LINEERR_INVALPARAM);
	expect_error(tapixProviderDialog(me.app, TAPIX_OBJECT_PROVIDER, 9, block, sizeof(block)),
			LINEERR_INVALPARAM);
	expect_error(tapixProviderDialog(me.app, TAPIX_OBJECT_LINE, 77, block, sizeof(block)),
			LINEERR_BADDEVICEID);
	expect_error(lineConfigDialog(0, 0, "tapi/line"), LINEERR_OPERATIONUNAVAIL);
}

static void a_block_is_changed_in_place(struct world *w)
{
	app_do(app_start(w, "ui.exe", 0), ask, NULL, 0);
}

/* --- lines --- */

#define LINES "[provider exchange]\n\n[provider lines]\npath = $BUILD/lib/tests/lines.so\n"
static const struct setting two_lines = { .providers = LINES
					  "[lines alice]\nnumber = 1\n[lines bob]\nnumber = 2\n" };
static const struct setting carol_for_bob = {
	.providers = LINES "[lines alice]\nnumber = 1\n[lines carol]\nnumber = 3\n"
};

static void are_in_a_row(void *arg)
{
	static const char *const names[] = { "Extension 101", "Extension 102", "Extension 103",
		"Extension 104", "alice", "bob" };

	(void)arg;
	expect_eq(me.lines, 6);
	for (DWORD i = 0; i < 6; i++) {
		union {
			LINEDEVCAPS caps;
			char room[8192];
		} u = { .caps = { .dwTotalSize = sizeof(u) } };

		expect_ok(lineGetDevCaps(me.app, i, 0x00010003, 0, &u.caps));
		expect_str(part_of(&u.caps, dwLineName), names[i]);
	}
	(void)own_line(4);
	(void)own_line(5);
}

static void sees_change(void *arg)
{
	LINEDEVCAPS caps = { .dwTotalSize = sizeof(caps) };
	HLINE bob = me.line[5];
	struct message created, closed, removed;

	(void)arg;
	created = next(LINE_CREATE);
	expect_eq(created.p1, 6); /* appended */
	expect_ok(lineGetDevCaps(me.app, 6, 0x00020002, 0, &caps));
	closed = next_of(LINE_CLOSE, bob);
	removed = next(LINE_REMOVE);
	expect_eq(removed.p1, 5);
	expect_eq(removed.device, 0);
	expect(closed.at < removed.at);
	expect_error(lineGetDevCaps(me.app, 5, 0x00020002, 0, &caps), LINEERR_NODEVICE);
	expect_error(lineMakeCall(bob, &(HCALL){ 0 }, "1", 0, NULL), LINEERR_INVALLINEHANDLE);
	(void)dial(me.line[4], "1"); /* the others go on */
}

static void old_sees_change(void *arg)
{
	struct message removed = next_of(LINE_LINEDEVSTATE, me.line[5]);

	(void)arg;
	expect_eq(removed.p1, LINEDEVSTATE_REMOVED);
	expect(removed.at < next_of(LINE_CLOSE, me.line[5]).at);
	expect_eq(next(LINE_CREATE).p1, 6); /* that it knows */
	expect_none(LINE_REMOVE, ANY, ANY);
}

static void lines_come_and_go(struct world *w)
{
	struct app *new = app_start(w, "new.exe", 0), *old = app_start(w, "old.exe", 0x00010004);

	app_do(new, are_in_a_row, NULL, 0);
	app_do(old, are_in_a_row, NULL, 0);
	world_configure(w, &carol_for_bob);
	world_reload(w);
	app_do(new, sees_change, NULL, 0);
	app_do(old, old_sees_change, NULL, 0);
}

static const struct setting puppet = {
	.providers = "[provider puppet]\npath = $BUILD/lib/tests/puppet.so\n"
};

static void unplug(void *arg)
{
	struct puppet_order o = { PUPPET_EVENT, LINE_LINEDEVSTATE, LINEDEVSTATE_DISCONNECTED, 0,
		0 };
	LINEEXTENSIONID extension;
	DWORD version, ext;

	(void)arg;
	expect_ok(lineNegotiateAPIVersion(me.app, 0, 0x00010003, me.version, &version, &extension));
	expect_ok(lineNegotiateExtVersion(me.app, 0, version, 1, 1, &ext));
	expect_ok(lineOpen(me.app, 0, &me.line[0], version, ext, 0, LINECALLPRIVILEGE_OWNER,
			LINEMEDIAMODE_INTERACTIVEVOICE, NULL));
	expect_ok(lineSetStatusMessages(me.line[0],
			LINEDEVSTATE_DISCONNECTED | LINEDEVSTATE_OUTOFSERVICE, 0));
	done(lineDevSpecific(me.line[0], 0, 0, &o, sizeof(o)));
	expect_eq(next(LINE_LINEDEVSTATE).p1, LINEDEVSTATE_DISCONNECTED);
	expect_none(LINE_REMOVE, ANY, ANY);
	expect_none(LINE_CLOSE, ANY, ANY);
	(void)dial(me.line[0], "1"); /* the handle is good */
}

static void unplugging_is_no_removal(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), unplug, NULL, 0);
}

static const struct row rows[] = {
	TEST("11.3 17.2 17.5 8.t1.3", "lineAddProvider lineRemoveProvider lineGetProviderList",
			"a provider comes and goes while a call of another goes on",
			providers_come_and_go),
	TEST("17.5", "lineAddProvider", "a provider that was added is there after a start",
			added_providers_stay),
	TEST("17.5", "lineConfigProvider", "keys are set while a provider runs, or none is",
			keys_are_set_at_run_time),
	TEST("17.6", "", "a block of the provider's own is changed in place",
			a_block_is_changed_in_place),
	TEST_IN(&two_lines, "17.1 17.2 17.3 8.t1.3", "lineGetDevCaps",
			"lines are numbered in a row, come behind it, and go for good",
			lines_come_and_go),
	TEST_IN(&puppet, "17.4", "lineSetStatusMessages", "a line that is unplugged stays",
			unplugging_is_no_removal),
};
CONFORMANCE(admin, rows)
