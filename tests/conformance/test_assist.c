// SPDX-License-Identifier: MIT
/* test_assist.c - assisted telephony: requests, who is told of them, who is started. */
#include "app.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { INSTANCE = 4711 };

struct place {
	char folder[512];
};

/* The lists of programs to start are those in this folder. */
static void use_folder(void *arg)
{
	const struct place *p = arg;

	expect(setenv("XDG_CONFIG_HOME", p->folder, 1) == 0);
}

static struct place make_place(struct world *w)
{
	struct place p;

	(void)snprintf(p.folder, sizeof(p.folder), "%s", world_path(w, "config"));
	(void)mkdir(p.folder, 0700);
	(void)mkdir(world_path(w, "config/tapi"), 0700);
	return p;
}

/* A program that knows nothing of telephones. */
static struct app *start_asker(struct world *w)
{
	struct place p = make_place(w);
	struct app *a = app_start_bare(w, "spreadsheet.exe");

	app_do(a, use_folder, &p, sizeof(p));
	return a;
}

static void serve(void *arg)
{
	(void)arg;
	expect_ok(lineRegisterRequestRecipient(me.app, INSTANCE, LINEREQUESTMODE_MAKECALL, 1));
}

static void stop_serving(void *arg)
{
	(void)arg;
	expect_ok(lineRegisterRequestRecipient(me.app, 0, LINEREQUESTMODE_MAKECALL, 0));
}

static void ask_somebody(void *arg)
{
	(void)arg;
	expect_ok(tapiRequestMakeCall("102", "Spreadsheet", "Bob", "about the sum"));
}

static void ask_nobody(void *arg)
{
	(void)arg;
	expect_error(tapiRequestMakeCall("102", "Spreadsheet", NULL, NULL),
			TAPIERR_NOREQUESTRECIPIENT);
}

static void is_asked(void *arg)
{
	struct message m = next(LINE_REQUEST);

	(void)arg;
	expect_eq(m.device, 0);
	expect_eq(m.instance, INSTANCE);
	expect_eq(m.p1, LINEREQUESTMODE_MAKECALL);
	expect_eq(m.p2, 0);
	expect_eq(m.p3, 0);
}

static void is_not_asked(void *arg)
{
	(void)arg;
	expect_none(LINE_REQUEST, ANY, ANY);
}

static void take_one(void *arg)
{
	LINEREQMAKECALL r;

	(void)arg;
	memset(&r, 0x55, sizeof(r));
	expect_ok(lineGetRequest(me.app, LINEREQUESTMODE_MAKECALL, &r));
	expect_str(r.szDestAddress, "102");
	expect_str(r.szAppName, "Spreadsheet");
	expect_str(r.szCalledParty, "Bob");
	expect_str(r.szComment, "about the sum");
}

static void take_none(void *arg)
{
	LINEREQMAKECALL r;

	(void)arg;
	expect_error(lineGetRequest(me.app, LINEREQUESTMODE_MAKECALL, &r), LINEERR_NOREQUEST);
}

static void success_is_being_queued(struct world *w)
{
	struct app *server = app_start(w, "dialer.exe", 0), *asker = start_asker(w);

	app_do(asker, ask_nobody, NULL, 0);
	app_do(server, serve, NULL, 0);
	app_do(server, is_not_asked, NULL, 0); /* what failed is not queued */
	app_do(asker, ask_somebody, NULL, 0);
	app_do(server, is_asked, NULL, 0);
	app_do(server, take_one, NULL, 0);
	app_do(server, take_none, NULL, 0);
	app_do(server, is_not_asked, NULL, 0); /* once */
}

/* --- limits --- */

static const struct setting three_wait = {
	.providers = "[numbers]\nrequests = 3\n[provider exchange]\nextensions = 101-106\n"
};

static void fill_queue(void *arg)
{
	(void)arg;
	for (int i = 0; i < 3; i++)
		ask_somebody(NULL);
	expect_error(tapiRequestMakeCall("102", NULL, NULL, NULL), TAPIERR_REQUESTQUEUEFULL);
}

static void queue_has_a_limit(struct world *w)
{
	struct app *server = app_start(w, "dialer.exe", 0), *asker = start_asker(w);

	app_do(server, serve, NULL, 0);
	app_do(asker, fill_queue, NULL, 0);
	for (int i = 0; i < 3; i++) {
		app_do(server, is_asked, NULL, 0);
		app_do(server, take_one, NULL, 0);
	}
	app_do(server, take_none, NULL, 0);
	app_do(asker, ask_somebody, NULL, 0);
}

static void ask_at_length(void *arg)
{
	static char longest[65537];

	(void)arg;
	memset(longest, 'x', sizeof(longest) - 1);
	expect_error(tapiRequestMakeCall(longest, NULL, NULL, NULL), TAPIERR_INVALDESTADDRESS);
	longest[TAPIMAXDESTADDRESSSIZE] = '\0';
	expect_error(tapiRequestMakeCall(longest, NULL, NULL, NULL), TAPIERR_INVALDESTADDRESS);
	longest[TAPIMAXDESTADDRESSSIZE - 1] = '\0';
	expect_ok(tapiRequestMakeCall(longest, NULL, NULL, NULL)); /* any 79 bytes will do */
	longest[TAPIMAXDESTADDRESSSIZE - 1] = longest[TAPIMAXDESTADDRESSSIZE] = 'x';
	expect_ok(tapiRequestMakeCall("not a number?", longest, longest, longest));
	longest[TAPIMAXAPPNAMESIZE - 2] = '\xc3'; /* a character of two bytes at the limit */
	longest[TAPIMAXAPPNAMESIZE - 1] = '\xa4';
	expect_ok(tapiRequestMakeCall("1", longest, NULL, NULL));
	expect_error(tapiRequestMakeCall("1", "\xff", NULL, NULL), TAPIERR_REQUESTFAILED);
	expect_error(tapiRequestMakeCall("\xff", NULL, NULL, NULL), TAPIERR_REQUESTFAILED);
	expect_error(tapiRequestMakeCall(NULL, NULL, NULL, NULL), TAPIERR_INVALPOINTER);
}

static void expect_request(const char *address, size_t app, size_t called, size_t comment)
{
	LINEREQMAKECALL r;

	expect_ok(lineGetRequest(me.app, LINEREQUESTMODE_MAKECALL, &r));
	if (address)
		expect_str(r.szDestAddress, address);
	else
		expect_eq(strlen(r.szDestAddress), TAPIMAXDESTADDRESSSIZE - 1);
	expect_eq(strlen(r.szAppName), app);
	expect_eq(strlen(r.szCalledParty), called);
	expect_eq(strlen(r.szComment), comment);
}

static void take_at_length(void *arg)
{
	(void)arg;
	expect_request(NULL, 0, 0, 0);
	expect_request("not a number?", TAPIMAXAPPNAMESIZE - 1, TAPIMAXCALLEDPARTYSIZE - 1,
			TAPIMAXCOMMENTSIZE - 1);
	expect_request("1", TAPIMAXAPPNAMESIZE - 2, 0, 0);
	take_none(NULL);
}

static void strings_are_cut_but_not_the_address(struct world *w)
{
	struct app *server = app_start(w, "dialer.exe", 0), *asker = start_asker(w);

	app_do(server, serve, NULL, 0);
	app_do(asker, ask_at_length, NULL, 0);
	app_do(server, take_at_length, NULL, 0);
}

/* --- who is told --- */

static void put_first(void *arg)
{
	(void)arg;
	expect_ok(lineSetAppPriority(me.name, 0, NULL, LINEREQUESTMODE_MAKECALL, NULL, 1));
}

static void the_first_of_the_list_is_asked(struct world *w)
{
	struct app *a = app_start(w, "first.exe", 0), *b = app_start(w, "second.exe", 0);
	struct app *asker = start_asker(w);

	app_do(a, serve, NULL, 0);
	app_do(b, serve, NULL, 0);
	app_do(asker, ask_somebody, NULL, 0); /* nobody has a priority: who was there first */
	app_do(a, is_asked, NULL, 0);
	app_do(a, take_one, NULL, 0);
	app_do(b, put_first, NULL, 0);
	app_do(asker, ask_somebody, NULL, 0);
	app_do(b, is_asked, NULL, 0);
	app_do(a, is_not_asked, NULL, 0);
	app_do(a, take_one, NULL, 0); /* but may take it */
}

static void requests_that_wait_are_told(struct world *w)
{
	struct app *a = app_start(w, "first.exe", 0), *b = app_start(w, "second.exe", 0);
	struct app *asker = start_asker(w);

	app_do(a, serve, NULL, 0);
	app_do(asker, ask_somebody, NULL, 0);
	app_do(a, is_asked, NULL, 0);
	app_do(b, serve, NULL, 0);
	app_do(b, is_not_asked, NULL, 0); /* another one has been told */
	app_do(a, stop_serving, NULL, 0);
	app_do(b, is_asked, NULL, 0); /* now it is the first */
	app_do(b, stop_serving, NULL, 0);
	app_do(a, serve, NULL, 0);
	app_do(a, is_asked, NULL, 0); /* registering with requests that wait */
	app_do(asker, ask_somebody, NULL, 0);
	app_do(a, is_asked, NULL, 0);
	app_do(b, serve, NULL, 0);
	app_end(a); /* lineShutdown deregisters */
	app_do(b, is_asked, NULL, 0);
	app_do(b, take_one, NULL, 0);
	app_do(b, take_one, NULL, 0);
	app_do(b, take_none, NULL, 0);
}

static void refuse_recipients(void *arg)
{
	LINEREQMEDIACALL r;
	const DWORD make = LINEREQUESTMODE_MAKECALL, media = LINEREQUESTMODE_MEDIACALL;

	(void)arg;
	expect_error(lineGetRequest(me.app, make, &r), LINEERR_NOTREGISTERED);
	expect_error(lineRegisterRequestRecipient(me.app, 1, 0, 1), LINEERR_INVALREQUESTMODE);
	for (DWORD bit = 8; bit; bit <<= 1)
		expect_error(lineRegisterRequestRecipient(me.app, 1, bit, 1),
				LINEERR_INVALREQUESTMODE);
	expect_ok(lineRegisterRequestRecipient(me.app, 1, make | media, 1));
	expect_error(lineGetRequest(me.app, make | media, &r), LINEERR_INVALREQUESTMODE);
	expect_error(lineGetRequest(me.app, LINEREQUESTMODE_DROP, &r), LINEERR_INVALREQUESTMODE);
	expect_error(lineGetRequest(me.app, 0, &r), LINEERR_INVALREQUESTMODE);
	expect_error(lineGetRequest(me.app, media, &r), LINEERR_NOREQUEST);
	expect_error(lineGetRequest(me.app, make, NULL), LINEERR_INVALPOINTER);
	expect_error(lineGetRequest(me.app + 77, make, &r), LINEERR_INVALAPPHANDLE);
	expect_ok(lineRegisterRequestRecipient(me.app, 1, make | media, 0));
	expect_error(lineGetRequest(me.app, make, &r), LINEERR_NOTREGISTERED);
	expect_ok(lineRegisterRequestRecipient(me.app, 1, make, 0)); /* again */
}

static void bad_registrations_are_refused(struct world *w)
{
	app_do(app_start(w, "dialer.exe", 0), refuse_recipients, NULL, 0);
}

/* --- what outlives what --- */

static void queue_and_registration_outlive_the_daemon(struct world *w)
{
	struct app *server = app_start(w, "dialer.exe", 0), *asker = start_asker(w);

	app_do(server, serve, NULL, 0);
	app_do(asker, ask_somebody, NULL, 0);
	app_do(server, is_asked, NULL, 0);
	world_kill(w);
	world_launch(w);
	app_do(server, is_asked, NULL, 0); /* again: it may not have seen it */
	app_do(asker, ask_somebody, NULL, 0);
	app_do(server, is_asked, NULL, 0);
	app_do(server, take_one, NULL, 0);
	app_do(server, take_one, NULL, 0);
	app_do(server, take_none, NULL, 0);
}

/* --- who is started --- */

static bool appears(const char *path)
{
	struct stat st;

	for (int i = 0; i < 1000; i++) {
		if (stat(path, &st) == 0)
			return true;
		(void)poll(NULL, 0, PATIENCE_MS / 1000);
	}
	return false;
}

static void programs_are_started(struct world *w)
{
	struct app *asker = start_asker(w), *server;
	char list[2048];

	(void)snprintf(list, sizeof(list),
			"# a comment\n"
			"missing = /nonexistent/program\n"
			"plain = /bin/touch %s \"%s\"\n"
			"ranked = /bin/touch %s\n",
			world_path(w, "plain"), world_path(w, "two words"),
			world_path(w, "ranked"));
	world_write(w, "config/tapi/recipients", list);
	app_do(asker, ask_somebody, NULL, 0); /* queued, for the program that has been started */
	expect(appears(world_path(w, "plain")) && appears(world_path(w, "two words")));
	expect(remove(world_path(w, "plain")) == 0);
	app_do(asker, ask_somebody, NULL, 0); /* it is still starting: no second one */
	server = app_start(w, "ranked", 0);
	app_do(server, serve, NULL, 0);
	app_do(server, is_asked, NULL, 0);
	app_do(server, take_one, NULL, 0);
	app_do(server, take_one, NULL, 0);
	app_do(server, put_first, NULL, 0);
	app_end(server);
	expect(access(world_path(w, "plain"), F_OK) != 0);
	app_do(asker, ask_somebody, NULL, 0);
	expect(appears(world_path(w, "ranked"))); /* the first of the user's priorities */
	expect(access(world_path(w, "plain"), F_OK) != 0);
}

static void lists_of_others_start_nothing(struct world *w)
{
	struct app *asker = start_asker(w);
	char list[1024];

	(void)snprintf(list, sizeof(list), "plain = /bin/touch %s\n", world_path(w, "plain"));
	world_write(w, "config/tapi/recipients", list);
	expect(chmod(world_path(w, "config/tapi/recipients"), 0666) == 0);
	app_do(asker, ask_nobody, NULL, 0);
	world_write(w, "config/tapi/recipients", "missing = /nonexistent/program\nempty =\n= x\n");
	expect(chmod(world_path(w, "config/tapi/recipients"), 0600) == 0);
	app_do(asker, ask_nobody, NULL, 0);
	expect(access(world_path(w, "plain"), F_OK) != 0);
}

static void ask_the_dead(void *arg)
{
	(void)arg;
	expect_error(tapiRequestDrop(0, 1), TAPIERR_REQUESTFAILED);
	expect_error(tapiRequestMediaCall(0, 1, "wave", "", 0, 0, "102", "x", "y", "z"),
			TAPIERR_REQUESTFAILED);
}

static void dead_functions_fail(struct world *w)
{
	app_do(app_start_bare(w, "old.exe"), ask_the_dead, NULL, 0);
}

#define ALL "tapiRequestMakeCall lineRegisterRequestRecipient lineGetRequest"

static const struct row rows[] = {
	TEST("15.1 15.3", ALL, "success of a request is that it is queued",
			success_is_being_queued),
	TEST_IN(&three_wait, "15.1", ALL, "a queue that is full refuses", queue_has_a_limit),
	TEST("15.2", ALL, "long strings are cut, a long address is refused",
			strings_are_cut_but_not_the_address),
	TEST("15.3", ALL " lineSetAppPriority", "the first of the list is told, once",
			the_first_of_the_list_is_asked),
	TEST("15.3 8.t1.9", ALL, "who becomes the first is told of what waits",
			requests_that_wait_are_told),
	TEST("15.3 8.t1.9", "lineRegisterRequestRecipient lineGetRequest",
			"bad registrations are refused", bad_registrations_are_refused),
	TEST("15.1", ALL, "requests and registrations outlive the daemon",
			queue_and_registration_outlive_the_daemon),
	TEST("15.1", ALL, "if nobody serves, a program of the list is started",
			programs_are_started),
	TEST("15.1", "tapiRequestMakeCall", "what others may write starts nothing",
			lists_of_others_start_nothing),
	TEST("15.4", "", "the retired functions fail", dead_functions_fail),
};
CONFORMANCE(assist, rows)
