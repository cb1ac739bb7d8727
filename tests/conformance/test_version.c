// SPDX-License-Identifier: MIT
/* test_version.c - section 6: applications of 1.3 to 3.0 on one line, extension versions; and the
 * three ways to be told, which tell the same. */
#include "app.h"

#include <poll.h>
#include <stddef.h>
#include <string.h>

/* --- API versions --- */

static const struct {
	DWORD version;
	size_t dev_caps; /* fixed part of LINEDEVCAPS */
} known[] = {
	{ 0x00010003, offsetof(LINEDEVCAPS, dwLineFeatures) },
	{ 0x00010004, offsetof(LINEDEVCAPS, dwSettableDevStatus) },
	{ 0x00020000, offsetof(LINEDEVCAPS, PermanentLineGuid) },
	{ 0x00020002, offsetof(LINEDEVCAPS, dwAddressTypes) },
	{ 0x00030000, sizeof(LINEDEVCAPS) },
};

static void sees_its_version(void *arg)
{
	const size_t fixed = *(size_t *)arg;
	union {
		LINEDEVCAPS caps;
		unsigned char bytes[sizeof(LINEDEVCAPS) + 64];
	} u;
	LINEEXTENSIONID extension = { 0 };
	DWORD version = 0;

	expect_ok(lineNegotiateAPIVersion(me.app, 0, 0x00010003, me.version, &version, &extension));
	expect_eq(version, me.version);
	expect(extension.dwExtensionID0 != 0); /* the exchange has extensions */
	memset(&u, 0xee, sizeof(u));
	u.caps.dwTotalSize = (DWORD)fixed;
	expect_ok(lineGetDevCaps(me.app, 0, version, 0, &u.caps));
	expect_eq(u.caps.dwUsedSize, fixed);
	expect_eq(u.bytes[fixed], 0xee);
	u.caps.dwTotalSize = (DWORD)fixed - 4;
	expect_error(lineGetDevCaps(me.app, 0, version, 0, &u.caps), LINEERR_STRUCTURETOOSMALL);
	(void)open_line(0, LINECALLPRIVILEGE_MONITOR, 0);
}

static void each_sees_its_version(struct world *w)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		size_t fixed = known[i].dev_caps;

		app_do(app_start(w, "one.exe", known[i].version), sees_its_version, &fixed,
				sizeof(fixed));
	}
}

static void nothing_in_common(void *arg)
{
	LINEDEVCAPS caps = { .dwTotalSize = sizeof(caps) };
	LINEEXTENSIONID extension;
	DWORD version = 0;
	HLINE line;

	(void)arg;
	expect_error(lineNegotiateAPIVersion(me.app, 0, 0x00040000, 0x00050000, &version,
				     &extension),
			LINEERR_INCOMPATIBLEAPIVERSION);
	expect_error(lineNegotiateAPIVersion(me.app, 0, 0x00010000, 0x00010002, &version,
				     &extension),
			LINEERR_INCOMPATIBLEAPIVERSION);
	expect_error(lineNegotiateAPIVersion(me.app, 0, 0x00020002, 0x00020000, &version,
				     &extension),
			LINEERR_INCOMPATIBLEAPIVERSION);
	expect_error(lineGetDevCaps(me.app, 0, 0x00030002, 0, &caps),
			LINEERR_INCOMPATIBLEAPIVERSION);
	expect_error(lineGetDevCaps(me.app, 0, 0x00010002, 0, &caps),
			LINEERR_INCOMPATIBLEAPIVERSION);
	expect_error(lineOpen(me.app, 0, &line, 0x00030002, 0, 0, LINECALLPRIVILEGE_NONE, 0, NULL),
			LINEERR_INCOMPATIBLEAPIVERSION);
}

static void versions_without_overlap(struct world *w)
{
	app_do(app_start(w, "one.exe", 0x00020002), nothing_in_common, NULL, 0);
}

static void bare(void *arg)
{
	DWORD version = 0x00090000;

	(void)arg;
	expect_ok(initialise(&version));
	expect_eq(version, 0x00030001); /* the server's own highest */
	version = 0x00010002;
	expect_error(initialise(&version), LINEERR_INCOMPATIBLEAPIVERSION);
}

static void the_server_says_its_highest(struct world *w)
{
	app_do(app_start_bare(w, "one.exe"), bare, NULL, 0);
}

/* A call, and how an old application and a new one see its end. */
static void watch(void *arg)
{
	(void)arg;
	(void)open_line(0, LINECALLPRIVILEGE_MONITOR, 0);
}

static void call_nobody(void *arg)
{
	HCALL call = dial(own_line(0), "103");
	struct message m;

	(void)arg;
	m = await_state(call, LINECALLSTATE_DISCONNECTED);
	expect_eq(m.p2, LINEDISCONNECTMODE_UNREACHABLE);
	done(lineDrop(call, NULL, 0));
}

static void sees_new_call(void *arg)
{
	bool is_old = me.version < 0x00020000;

	(void)arg;
	settle();
	expect_eq(count_of(LINE_APPNEWCALL, ANY, ANY) != 0, !is_old);
	expect(count_of(LINE_CALLSTATE, ANY, ANY) >= 2);
	expect_eq(count_of(LINE_CALLSTATE, ANY, LINECALLSTATE_DISCONNECTED), 1);
}

static void messages_are_of_the_version(struct world *w)
{
	struct app *old = app_start(w, "old.exe", 0x00010004), *new = app_start(w, "new.exe", 0);

	app_do(old, watch, NULL, 0);
	app_do(new, watch, NULL, 0);
	app_do(app_start(w, "caller.exe", 0), call_nobody, NULL, 0);
	app_do(old, sees_new_call, NULL, 0);
	app_do(new, sees_new_call, NULL, 0);
}

/* --- the first open binds --- */

static void open_newest(void *arg)
{
	(void)arg;
	(void)own_line(0);
}

static void later_opens(void *arg)
{
	LINEEXTENSIONID extension;
	DWORD version;

	(void)arg;
	expect_ok(lineNegotiateAPIVersion(me.app, 0, 0x00010003, 0x00090000, &version, &extension));
	expect(version <= 0x00030001); /* what the provider was opened with */
	(void)open_line(0, LINECALLPRIVILEGE_MONITOR, 0);
	expect_error(lineOpen(me.app, 0, &me.line[1], 0x00030002, 0, 0, LINECALLPRIVILEGE_NONE, 0,
				     NULL),
			LINEERR_INCOMPATIBLEAPIVERSION);
}

static void the_line_has_one_provider_version(struct world *w)
{
	app_do(app_start(w, "old.exe", 0x00010004), open_newest, NULL, 0);
	app_do(app_start(w, "new.exe", 0x00030001), later_opens, NULL, 0);
}

/* --- extension versions --- */

static void open_extended(void *arg)
{
	LINEEXTENSIONID extension;
	DWORD version, ext = 0;

	(void)arg;
	expect_ok(lineNegotiateAPIVersion(me.app, 0, 0x00010003, me.version, &version, &extension));
	expect_ok(lineNegotiateExtVersion(me.app, 0, version, 0, 0xffffffff, &ext));
	expect_eq(ext, 0x00010000);
	expect_error(lineNegotiateExtVersion(me.app, 0, version, 0x00020000, 0x00030000, &ext),
			LINEERR_INCOMPATIBLEEXTVERSION);
	expect_error(lineOpen(me.app, 0, &me.line[0], version, 0x00020000, 0,
				     LINECALLPRIVILEGE_NONE, 0, NULL),
			LINEERR_INCOMPATIBLEEXTVERSION);
	expect_ok(lineOpen(me.app, 0, &me.line[0], version, 0x00010000, 0, LINECALLPRIVILEGE_NONE,
			0, NULL));
}

static void try_another(void *arg)
{
	LINEEXTENSIONID extension;
	DWORD version, ext = 0;
	HLINE plain;

	(void)arg;
	expect_ok(lineNegotiateAPIVersion(me.app, 0, 0x00010003, me.version, &version, &extension));
	expect_error(lineNegotiateExtVersion(me.app, 0, version, 0x00010001, 0xffffffff, &ext),
			LINEERR_INCOMPATIBLEEXTVERSION);
	expect_ok(lineNegotiateExtVersion(me.app, 0, version, 0, 0xffffffff, &ext));
	expect_eq(ext, 0x00010000);
	expect_ok(lineOpen(me.app, 0, &plain, version, 0, 0, LINECALLPRIVILEGE_NONE, 0, NULL));
	expect_error(lineDevSpecific(plain, 0, 0, (char[]){ "echo" }, 4), LINEERR_OPERATIONUNAVAIL);
	expect_ok(lineClose(plain));
	expect_ok(lineOpen(me.app, 0, &me.line[0], version, ext, 0, LINECALLPRIVILEGE_NONE, 0,
			NULL));
}

static void speak(void *arg)
{
	char bytes[] = "turnab";

	(void)arg;
	done(lineDevSpecific(me.line[0], 0, 0, bytes, 6));
	expect(memcmp(bytes, "turnba", 6) == 0);
	done(lineDevSpecificFeature(me.line[0], PHONEBUTTONFUNCTION_MSGWAITON, bytes, 6));
}

static void close_it(void *arg)
{
	(void)arg;
	expect_ok(lineClose(me.line[0]));
	me.line[0] = 0;
}

static void extensions_are_selected(struct world *w)
{
	struct app *a = app_start(w, "one.exe", 0), *b = app_start(w, "two.exe", 0);

	app_do(a, open_extended, NULL, 0);
	app_do(b, try_another, NULL, 0);
	app_do(b, speak, NULL, 0);
	app_do(a, close_it, NULL, 0);
	app_do(b, speak, NULL, 0); /* the last one still has it */
	app_do(b, close_it, NULL, 0);
	app_do(a, open_extended, NULL, 0);
	app_do(a, speak, NULL, 0);
}

/* --- three ways to be told --- */

enum { TOLD = 10 };

/* The same for handles of each application: only which of its handles it is. */
struct told {
	DWORD id, p1, p2;
};

static struct told told[TOLD];
static unsigned told_count;

static void CALLBACK on_message(DWORD device, DWORD id, DWORD_PTR instance, DWORD_PTR p1,
		DWORD_PTR p2, DWORD_PTR p3)
{
	(void)device;
	(void)instance;
	(void)p3;
	if (told_count < TOLD && id != LINE_APPNEWCALL) /* whose second number is a handle */
		told[told_count++] = (struct told){ id, (DWORD)p1, (DWORD)p2 };
}

enum way { BY_CALLBACK, BY_EVENT, BY_OWN_LOOP };

static HLINEAPP app;

static void begin(void *arg)
{
	enum way way = *(enum way *)arg;
	LINEINITIALIZEEXPARAMS p = { .dwTotalSize = sizeof(p),
		.dwOptions = way == BY_EVENT ? LINEINITIALIZEEXOPTION_USEEVENT
					     : LINEINITIALIZEEXOPTION_USEHIDDENWINDOW };
	DWORD version = 0x00020002, lines;
	HLINE line;

	told_count = 0;
	expect_ok(lineInitializeEx(&app, 0, on_message, "way", &lines, &version, &p));
	expect_ok(lineOpen(app, 0, &line, version, 0, 0, LINECALLPRIVILEGE_MONITOR, 0, NULL));
	expect_ok(lineSetStatusMessages(line, LINEDEVSTATE_NUMCALLS, 0));
}

static void take_event(void)
{
	LINEMESSAGE m;

	expect_ok(lineGetMessage(app, &m, PATIENCE_MS));
	on_message(m.hDevice, m.dwMessageID, m.dwCallbackInstance, m.dwParam1, m.dwParam2,
			m.dwParam3);
}

static void take_dispatched(bool in_a_loop_of_its_own)
{
	struct pollfd p = { .fd = (int)tapixGetEventHandle(app), .events = POLLIN };

	if (in_a_loop_of_its_own)
		expect(poll(&p, 1, PATIENCE_MS) == 1);
	(void)expect_ok(tapiDispatch(p.fd));
}

static void collect(void *arg)
{
	struct told *out = arg;
	enum way way = (enum way)out[0].id;

	while (told_count < TOLD) {
		if (way == BY_EVENT)
			take_event();
		else
			take_dispatched(way == BY_OWN_LOOP);
	}
	memcpy(out, told, sizeof(told));
	expect_ok(lineShutdown(app));
}

static void make_calls(void *arg)
{
	HCALL call;

	(void)arg;
	for (unsigned i = 0; i < 3; i++) {
		call = dial(own_line(0), "103");
		(void)await_state(call, LINECALLSTATE_DISCONNECTED);
		done(lineDrop(call, NULL, 0));
		(void)await_state(call, LINECALLSTATE_IDLE);
		expect_ok(lineDeallocateCall(call));
	}
}

static void three_ways_tell_the_same(struct world *w)
{
	struct told got[3][TOLD];
	struct app *apps[3];

	for (unsigned i = 0; i < 3; i++) {
		enum way way = (enum way)i;

		apps[i] = app_start_bare(w, i == 0 ? "a.exe" : i == 1 ? "b.exe" : "c.exe");
		app_do(apps[i], begin, &way, sizeof(way));
	}
	app_do(app_start(w, "caller.exe", 0), make_calls, NULL, 0);
	for (unsigned i = 0; i < 3; i++) {
		memset(got[i], 0, sizeof(got[i]));
		got[i][0].id = i;
		app_do(apps[i], collect, got[i], sizeof(got[i]));
	}
	for (unsigned i = 0; i < TOLD; i++) {
		expect_eq(got[1][i].id, got[0][i].id);
		expect_eq(got[1][i].p1, got[0][i].p1);
		expect_eq(got[2][i].id, got[0][i].id);
		expect_eq(got[2][i].p1, got[0][i].p1);
	}
}

static const struct row rows[] = {
	TEST("6.1 6.2 7.1 7.2", "lineNegotiateAPIVersion lineGetDevCaps",
			"applications of 1.3 to 3.0 see structures of their version",
			each_sees_its_version),
	TEST("6.2 6.3", "lineNegotiateAPIVersion", "without a version in common there is none",
			versions_without_overlap),
	TEST("6.1", "lineInitializeEx", "the server says which version it has",
			the_server_says_its_highest),
	TEST("3.7 6.1", "", "messages that came with a version do not go to older applications",
			messages_are_of_the_version),
	TEST("6.4 6.5", "lineOpen lineNegotiateAPIVersion",
			"a line is open with one version of its provider",
			the_line_has_one_provider_version),
	TEST("6.6 6.7",
			"lineNegotiateExtVersion lineDevSpecific lineDevSpecificFeature lineOpen "
			"lineClose",
			"an extension version is selected by the first open with one",
			extensions_are_selected),
	TEST("12.1 12.2", "lineInitializeEx lineGetMessage lineOpen lineSetStatusMessages",
			"callback, descriptor and a loop of one's own are told the same",
			three_ways_tell_the_same),
};
CONFORMANCE(version, rows)
