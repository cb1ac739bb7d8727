// SPDX-License-Identifier: MIT
/* test_delivery.c - section 12: how messages reach an application. */
#include "app.h"

#include <poll.h>
#include <string.h>

static unsigned called;
static LINEMESSAGE reply; /* the last LINE_REPLY that the callback got */
static DWORD_PTR call_instance;

static void CALLBACK on_message(DWORD device, DWORD message, DWORD_PTR instance, DWORD_PTR p1,
		DWORD_PTR p2, DWORD_PTR p3)
{
	called++;
	if (message == LINE_REPLY)
		reply = (LINEMESSAGE){ device, message, instance, p1, p2, p3 };
	else
		call_instance = instance;
}

static bool is_readable(HANDLE event, int timeout_ms)
{
	struct pollfd p = { .fd = (int)event, .events = POLLIN };

	return poll(&p, 1, timeout_ms) == 1;
}

/* A call is made, and its reply waits. */
static LONG make_call(HLINEAPP app)
{
	LINEEXTENSIONID extension;
	static HCALL call;
	DWORD version;
	HLINE line;

	expect_ok(lineNegotiateAPIVersion(app, 0, 0x00010003, 0x00010004, &version, &extension));
	expect_ok(lineOpen(app, 0, &line, version, 0, 4711, LINECALLPRIVILEGE_NONE, 0, NULL));
	return expect_ok(lineMakeCall(line, &call, NULL, 0, NULL));
}

static void dispatched(HLINEAPP app, LONG id)
{
	HANDLE event = tapixGetEventHandle(app);
	LINEMESSAGE m;

	expect(event >= 0 && is_readable(event, PATIENCE_MS));
	expect_eq(called, 0);
	expect_error(lineGetMessage(app, &m, 0), LINEERR_OPERATIONFAILED);
	expect_eq(called, 0);
	while (called < 2) { /* the reply and a state */
		expect(is_readable(event, PATIENCE_MS));
		expect_ok(tapiDispatch(event));
	}
	expect_eq(reply.dwParam1, id);
	expect_eq(reply.hDevice, 0);
	expect_eq(call_instance, 4711);
	expect_ok(lineShutdown(app));
	called = 0;
}

static void callbacks(void *arg)
{
	LINEINITIALIZEEXPARAMS p = { .dwTotalSize = sizeof(p),
		.dwOptions = LINEINITIALIZEEXOPTION_USEHIDDENWINDOW };
	DWORD devices, version = 0x00020000;
	HLINEAPP app;

	(void)arg;
	expect_ok(lineInitializeEx(&app, 0, on_message, "callback", &devices, &version, &p));
	expect_eq(devices, 6);
	dispatched(app, make_call(app));
	expect_ok(lineInitialize(&app, 0, on_message, "old callback", &devices));
	expect_eq(devices, 6);
	dispatched(app, make_call(app));
}

static void callback_runs_when_dispatching(struct world *w)
{
	app_do(app_start_bare(w, "one.exe"), callbacks, NULL, 0);
}

static void phone_callbacks(void *arg)
{
	DWORD devices = 77, version = 0x00020000;
	PHONEINITIALIZEEXPARAMS p = { .dwTotalSize = sizeof(p),
		.dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT };
	PHONEMESSAGE m;
	HPHONEAPP app;

	(void)arg;
	expect_ok(phoneInitialize(&app, 0, on_message, "old", &devices));
	expect(devices != 77);
	expect_error(phoneGetMessage(app, &m, 0), PHONEERR_OPERATIONFAILED);
	expect_ok(phoneShutdown(app));
	expect_error(phoneShutdown(app), PHONEERR_UNINITIALIZED);
	expect_ok(phoneInitializeEx(&app, 0, NULL, "new", &devices, &version, &p));
	expect(version >= 0x00020000 && p.Handles.hEvent >= 0);
	expect(!is_readable(p.Handles.hEvent, 0));
	expect_error(phoneGetMessage(app, &m, 0), PHONEERR_OPERATIONFAILED);
	expect_ok(phoneShutdown(app));
}

static void phones_are_initialised_likewise(struct world *w)
{
	app_do(app_start_bare(w, "one.exe"), phone_callbacks, NULL, 0);
}

static void events(void *arg)
{
	LINEINITIALIZEEXPARAMS p = { .dwTotalSize = sizeof(p),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT };
	DWORD devices, version = 0x00020000;
	LINEMESSAGE m;
	HLINEAPP app;
	LONG id;

	(void)arg;
	expect_ok(lineInitializeEx(&app, 0, on_message, "event", &devices, &version, &p));
	expect(!is_readable(p.Handles.hEvent, 0));
	expect_error(lineGetMessage(app, &m, 0), LINEERR_OPERATIONFAILED);
	id = make_call(app);
	expect_ok(lineGetMessage(app, &m, PATIENCE_MS)); /* without waiting on the descriptor */
	expect_eq(m.dwMessageID, LINE_REPLY);
	expect_eq(m.dwParam1, id);
	expect_eq(m.hDevice, 0);
	expect(is_readable(p.Handles.hEvent, PATIENCE_MS));
	expect_ok(lineGetMessage(app, &m, PATIENCE_MS));
	expect_eq(m.dwMessageID, LINE_CALLSTATE);
	expect_eq(m.dwCallbackInstance, 4711);
	expect_eq(called, 0); /* the callback is not for this mode */
	expect_ok(lineShutdown(app));
}

static void event_mode_has_a_descriptor(struct world *w)
{
	app_do(app_start_bare(w, "one.exe"), events, NULL, 0);
}

static void completion_ports(void *arg)
{
	LINEINITIALIZEEXPARAMS p = { .dwTotalSize = sizeof(p),
		.dwOptions = LINEINITIALIZEEXOPTION_USECOMPLETIONPORT };
	DWORD devices, version = 0x00020000;
	HLINEAPP app;

	(void)arg;
	expect_error(lineInitializeEx(&app, 0, NULL, "port", &devices, &version, &p),
			LINEERR_OPERATIONUNAVAIL);
}

static void completion_ports_are_refused(struct world *w)
{
	app_do(app_start_bare(w, "one.exe"), completion_ports, NULL, 0);
}

static const struct row rows[] = {
	TEST("12.1 12.2 12.4 12.5",
			"lineInitialize lineInitializeEx lineShutdown lineNegotiateAPIVersion",
			"a callback runs while its application dispatches, and not else",
			callback_runs_when_dispatching),
	TEST("12.1 12.2", "phoneInitialize phoneInitializeEx phoneGetMessage phoneShutdown",
			"phones have the same ways", phones_are_initialised_likewise),
	TEST("12.2 12.4 12.5", "lineInitializeEx lineGetMessage",
			"the descriptor is readable while a message waits",
			event_mode_has_a_descriptor),
	TEST("12.3", "lineInitializeEx", "there are no completion ports",
			completion_ports_are_refused),
};
CONFORMANCE(delivery, rows)
