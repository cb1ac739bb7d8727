// SPDX-License-Identifier: MIT
/* test_misuse.c - section 8: the error codes of common misuse. test_bad_input.c has what holds for
 * every function. */
#include "bad_input.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>

/* --- before anything is initialised --- */

static bool needs_no_application(const struct function *f)
{
	static const char *const names[] = { "lineInitialize", "lineInitializeEx",
		"phoneInitialize", "phoneInitializeEx", "tapiRequestMakeCall", "lineGetAppPriority",
		"lineSetAppPriority", "lineGetCountry", "lineGetTranslateCaps",
		"lineSetCurrentLocation", "lineSetTollList", "lineTranslateAddress",
		"tapiGetLocationInfo", "tapiRequestDrop", "tapiRequestMediaCall",
		"lineConfigDialog", "lineConfigDialogEdit", "lineGetIcon", "lineTranslateDialog",
		"phoneConfigDialog", "phoneGetIcon" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(names[i], f->name))
			return true;
	return false;
}

static void uninitialised(void *arg)
{
	const struct function *f;

	(void)arg;
	for (size_t i = 0; (f = functions_at(i)); i++) {
		struct value v[PARAMETERS_MAX];

		good_values(f, v);
		if (!needs_no_application(f))
			must_fail(f, v, function_error(f, LINEERR_UNINITIALIZED),
					"nothing is initialised");
	}
	expect_eq(findings(), 0);
}

static void nothing_works_before_initialising(struct world *w)
{
	struct app *a = app_start_bare(w, "one.exe");

	app_do(a, uninitialised, NULL, 0);
}

/* --- parameters of initialising --- */

/* A structure at the end of memory, of less than it says that it is made of. */
static void short_parameters(void *arg)
{
	static const DWORD sizes[] = { 0, 4, 8, 12, 16, sizeof(LINEINITIALIZEEXPARAMS) - 4 };
	DWORD devices, version = 0x00020000;
	HPHONEAPP phone_app;
	HLINEAPP app;

	(void)arg;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		DWORD *p = block(0, sizes[i] < 4 ? 4 : sizes[i]);

		*p = sizes[i];
		expect_error(lineInitializeEx(&app, 0, NULL, "one", &devices, &version, (void *)p),
				LINEERR_STRUCTURETOOSMALL);
		expect_error(phoneInitializeEx(&phone_app, 0, NULL, "one", &devices, &version,
					     (void *)p),
				PHONEERR_STRUCTURETOOSMALL);
	}
}

static void short_parameters_are_refused(struct world *w)
{
	app_do(app_start_bare(w, "one.exe"), short_parameters, NULL, 0);
}

/* --- devices --- */

static void unknown_devices(const struct function *f)
{
	static const DWORD devices[] = { 6, 1000, 0x7fffffff };
	int at = function_position(f, "dwDeviceID");
	bool phone = !strncmp(f->name, "phone", 5);

	for (size_t i = 0; at >= 0 && !needs_no_application(f) && i < 3; i++) {
		struct value v[PARAMETERS_MAX];

		good_values(f, v);
		v[at].number = phone ? devices[i] + 10000 : devices[i];
		must_fail(f, v, phone ? PHONEERR_BADDEVICEID : LINEERR_BADDEVICEID,
				"the device is %u", v[at].number);
	}
}

TRY_EACH(unknown_device_is_baddeviceid, unknown_devices)

/* --- lineGetMessage --- */

static void *shut_down_soon(void *arg)
{
	expect_ok(lineShutdown(*(HLINEAPP *)arg));
	return NULL;
}

static void waiting(void *arg)
{
	DWORD version = 0x00020000;
	HLINEAPP other = me.app; /* stays, so that the other one is a wrong handle then */
	LINEMESSAGE m;
	pthread_t thread;

	(void)arg;
	expect_error(lineGetMessage(me.app, &m, 0), LINEERR_OPERATIONFAILED);
	expect_error(lineGetMessage(me.app, &m, 10), LINEERR_OPERATIONFAILED);
	expect_ok(initialise(&version));
	expect_eq(pthread_create(&thread, NULL, shut_down_soon, &me.app), 0);
	expect_error(lineGetMessage(me.app, &m, INFINITE), LINEERR_INVALAPPHANDLE);
	expect_eq(pthread_join(thread, NULL), 0);
	expect_error(lineGetMessage(me.app, &m, 0), LINEERR_INVALAPPHANDLE);
	me.app = other;
}

static void lineGetMessage_ends(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), waiting, NULL, 0);
}

/* --- user-user information, dial strings --- */

static void too_much_user_data(void *arg)
{
	HCALL call = *(HCALL *)arg;
	char data[129];

	memset(data, 'u', sizeof(data));
	refused(lineSendUserUserInfo(call, data, sizeof(data)), LINEERR_USERUSERINFOTOOBIG);
	done(lineSendUserUserInfo(call, data, sizeof(data) - 1));
}

static void user_data_has_a_limit(struct world *w)
{
	struct app *a = app_start(w, "one.exe", 0), *b = app_start(w, "two.exe", 0);
	struct connected c = app_connect(a, 0, b, 1);

	app_do(a, too_much_user_data, &c.from, sizeof(c.from));
	app_do(b, too_much_user_data, &c.to, sizeof(c.to));
}

static void wrong_dial_strings(void *arg)
{
	static const struct {
		const char *text;
		LONG error;
	} rows[] = {
		{ "10$2", LINEERR_DIALBILLING },
		{ "10@2", LINEERR_DIALQUIET },
		{ "10W2", LINEERR_DIALDIALTONE },
		{ "10?2", LINEERR_DIALPROMPT },
		{ "10:2", LINEERR_DIALVOICEDETECT },
		{ "10x2", LINEERR_INVALADDRESS },
	};
	HLINE line = own_line(0);
	HCALL call = dial(line, NULL), other;

	(void)arg;
	(void)own_line(1);
	(void)await_state(call, LINECALLSTATE_DIALTONE);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		expect_error(lineMakeCall(line, &other, rows[i].text, 0, NULL), rows[i].error);
		expect_error(lineDial(call, rows[i].text, 0), rows[i].error);
		expect_eq(state_of(call), LINECALLSTATE_DIALTONE);
	}
	expect_none(LINE_CALLSTATE, ANY, ANY);
	done(lineDial(call, "102", 0)); /* and these are the first digits */
	(void)await_state(call, LINECALLSTATE_RINGBACK);
}

static void wrong_dial_strings_dial_nothing(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), wrong_dial_strings, NULL, 0);
}

/* --- numbers --- */

/* All that the headers document. */
static void all_errors(void *arg)
{
	const struct function *f;
	unsigned seen = 0;

	(void)arg;
	for (size_t i = 0; (f = functions_at(i)); i++)
		for (LONG e = INT32_MIN; e < INT32_MIN + 256; e++)
			seen += function_documents(f, e);
	expect(seen > 145);
	for (size_t i = 0; (f = functions_at(i)); i++)
		for (const char *at = strstr(f->errors, "ERR_"); at; at = strstr(at + 1, "ERR_"))
			expect(!function_documents(f, 1));
	for (DWORD e = 0x80000000; e < 0x90000100; e = e == 0x800000ff ? 0x90000000 : e + 1)
		if (tapixConstantName("LINEERR_", e) || tapixConstantName("PHONEERR_", e))
			expect((LONG)e < 0 && e < 0xc0000000);
	for (DWORD e = 0xc0000000; e < 0xc0000100; e++)
		expect(!tapixConstantName("LINEERR_", e) && !tapixConstantName("PHONEERR_", e));
}

static void errors_are_negative(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), all_errors, NULL, 0);
}

/* --- a server that stops --- */

/* The signal may take its time, and who is being let in then is sent away. */
static void until_reinit(void *arg)
{
	DWORD version = 0x00020000;
	LONG result;

	(void)arg;
	while ((result = initialise(&version)) == 0 || result == LINEERR_OPERATIONFAILED)
		if (!result)
			(void)lineShutdown(me.app);
	me.app = 0;
	expect_error(result, LINEERR_REINIT);
}

static void stopping_server_is_reinit(struct world *w)
{
	struct app *a = app_start_bare(w, "one.exe");
	pid_t host = world_host(w, "exchange");

	expect(host > 0);
	expect_eq(kill(host, SIGSTOP), 0); /* the daemon waits for it */
	expect_eq(kill(world_daemon(w), SIGTERM), 0);
	app_do(a, until_reinit, NULL, 0);
	expect_eq(kill(host, SIGCONT), 0);
	world_await_stop(w);
}

/* --- shortage --- */

static void one_call_too_many(void *arg)
{
	HLINE line = own_line(0);
	HCALL call = dial(line, NULL), other;

	(void)arg;
	expect_error(lineMakeCall(line, &other, NULL, 0, NULL), LINEERR_CALLUNAVAIL);
	done(lineDrop(call, NULL, 0));
	(void)dial(line, NULL);
}

static void no_free_appearance(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), one_call_too_many, NULL, 0);
}

static const struct setting one_call = { .exchange = "calls_per_line = 1\n" };

static const struct row rows[] = {
	TEST("8.t1.1", "", "every function is UNINITIALIZED before one initialises",
			nothing_works_before_initialising),
	TEST("7.1 7.3", "lineInitializeEx phoneInitializeEx",
			"nothing is read behind dwTotalSize when initialising",
			short_parameters_are_refused),
	TEST_IN(&scene_setting, "8.t1.3", "", "a device that was never there is BADDEVICEID",
			unknown_device_is_baddeviceid),
	TEST("8.t1.8 12.2", "lineGetMessage",
			"lineGetMessage ends with its time or with the application",
			lineGetMessage_ends),
	TEST("8.t1.11", "lineSendUserUserInfo", "user-user information has the line's limit",
			user_data_has_a_limit),
	TEST("8.t1.12 14.3 14.4", "lineMakeCall lineDial",
			"a dial string with what is not supported dials nothing",
			wrong_dial_strings_dial_nothing),
	TEST("8.1", "", "errors are negative and leave room for the device's", errors_are_negative),
	TEST("8.t1.13", "lineInitializeEx", "a server that stops lets nobody in",
			stopping_server_is_reinit),
	TEST_IN(&one_call, "8.t1.14", "lineMakeCall", "a line without a free appearance says so",
			no_free_appearance),
};
CONFORMANCE(misuse, rows)
