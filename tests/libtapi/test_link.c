// SPDX-License-Identifier: MIT
/* test_link.c - the connection to the daemon: it cannot be had; a daemon greets wrongly or not at
 * all; what is logged. */
#include "libtapi/internal.h" /* before check.h, which has a macro named fail */

#include "../test_main.h"
#include "base/os.h"
#include "client.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))

static struct world w;
static HLINE line;
static HCALL call;

static void set_limits(void)
{
	world_set_limits();
	limits.start = 0;
}

static void setup(void)
{
	set_limits();
	world_open(&w, LINEINITIALIZEEXOPTION_USEEVENT, 0x00030001);
	line = world_line(&w);
	call = world_offer(&w, NULL);
}

static void teardown(void)
{
	world_close(&w);
}

static LONG initialize(HLINEAPP *app, DWORD *version)
{
	LINEINITIALIZEEXPARAMS params = { .dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT };
	DWORD devices;

	return lineInitializeEx(app, 0, NULL, "test", &devices, version, &params);
}

static void expect_reason(const char *cause, const char *words)
{
	struct tapix_reason why;

	tapixGetLastReason(&why);
	ck_assert_uint_eq(why.layer, TAPIX_LAYER_CLIENT);
	ck_assert_str_eq(why.cause, cause);
	ck_assert_msg(strstr(why.sentence, words) != NULL, "%s", why.sentence);
	ck_assert_msg(strstr(why.sentence, "/socket") != NULL, "%s", why.sentence);
}

/* --- it cannot be had ------------------------------------------------------------------------- */

static void no_file(void)
{
}

/* A daemon was there, and has not cleaned up. */
static void nobody_listens(void)
{
	int fd = os_unix_listen(w.mock->path, 0600);

	ck_assert_int_ge(fd, 0);
	close(fd);
}

/* Root would be let in. */
static void be_a_stranger(void)
{
	if (getuid() == 0)
		ck_assert_int_eq(seteuid(65534), 0);
}

static void folder_is_anothers(void)
{
	mock_up(w.mock);
	ck_assert_int_eq(chmod(w.mock->folder, 0), 0);
	be_a_stranger();
}

/* From inside: the folders above may be nobody's but ours. */
static void socket_is_anothers(void)
{
	mock_up(w.mock);
	ck_assert_int_eq(chmod(w.mock->folder, 0711), 0);
	ck_assert_int_eq(chmod(w.mock->path, 0), 0);
	ck_assert_int_eq(chdir(w.mock->folder), 0);
	ck_assert_int_eq(tapixSetSocket("./socket"), 0);
	be_a_stranger();
}

static const struct {
	void (*prepare)(void);
	const char *cause, *words;
} unreachable[] = { { no_file, "ENOENT", "start it with" },
	{ nobody_listens, "ECONNREFUSED", "start it with" },
	{ folder_is_anothers, "EACCES", "no permission for its folder" },
	{ socket_is_anothers, "EACCES", "the socket is for user" } };

START_TEST(a_daemon_that_cannot_be_reached_has_a_cause)
{
	DWORD version = 0x00030001;
	int here = open(".", O_RDONLY);
	HLINEAPP app;
	LONG result;

	set_limits();
	w.mock = mock_new();
	mock_down(w.mock);
	unreachable[_i].prepare();
	result = initialize(&app, &version);
	ck_assert_int_eq(seteuid(getuid()), 0);
	ck_assert_int_eq(fchdir(here), 0);
	ck_assert_int_eq(chmod(w.mock->folder, 0700), 0);

	ck_assert_int_eq(result, LINEERR_OPERATIONFAILED);
	expect_reason(unreachable[_i].cause, unreachable[_i].words);
	(void)unlink(w.mock->path);
	mock_free(w.mock);
	close(here);
}
END_TEST

START_TEST(without_a_descriptor_there_is_no_way_back_until_there_is_one)
{
	struct rlimit before, none;
	struct tapix_reason why;

	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
	none = before;
	none.rlim_cur = 0;
	limits.call_away = 20;
	mock_down(w.mock);
	mock_up(w.mock);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	do { /* once it has tried */
		ck_assert_int_eq(world_get_info(call), LINEERR_OPERATIONFAILED);
		tapixGetLastReason(&why);
	} while (strcmp(why.cause, "EMFILE") != 0);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);

	expect_reason("EMFILE", "no connection");
	limits.call_away = 20000;
	ck_assert_int_eq(world_get_info(call), 0);
}
END_TEST

/* --- it greets wrongly, or not at all --------------------------------------------------------- */

static uint16_t first_frame;

static bool say_first_frame(struct mock *m, const struct frame *f)
{
	struct frame_header h = { .kind = first_frame, .serial = 1 };

	(void)f;
	mock_bytes(m, &h, NULL, 0);
	return true;
}

static const uint16_t no_greetings[] = { FRAME_RETURN, FRAME_COMPLETION, FRAME_EVENT, FRAME_RESYNC,
	FRAME_HELLO, FRAME_END };

START_TEST(who_does_not_greet_first_is_no_daemon)
{
	DWORD version = 0x00030001;
	HLINEAPP app;

	set_limits();
	w.mock = mock_new();
	first_frame = no_greetings[_i];
	mock_handle(w.mock, NULL, say_first_frame);

	ck_assert_int_eq(initialize(&app, &version), LINEERR_OPERATIONFAILED);
	expect_reason("EPROTO", "sent what cannot be taken");
	mock_free(w.mock);
}
END_TEST

static uint32_t api_high;

static bool greet_in_version(struct mock *m, const struct frame *f)
{
	struct frame_header h = { .kind = FRAME_HELLO };
	Hello reply = HELLO__INIT;
	uint8_t body[64];

	(void)f;
	reply.has_session = 1;
	reply.session = m->session;
	reply.has_api_high = api_high != 0;
	reply.api_high = api_high;
	mock_bytes(m, &h, body, hello__pack(&reply, body));
	return true;
}

static const uint32_t versions[][2] = { { 0, 0x00030001 }, { 0x00020002, 0x00020002 } };

START_TEST(the_version_is_the_daemons_or_the_newest)
{
	DWORD version = 0x00030001;
	HLINEAPP app;

	set_limits();
	w.mock = mock_new();
	api_high = versions[_i][0];
	mock_handle(w.mock, NULL, greet_in_version);

	ck_assert_int_eq(initialize(&app, &version), 0);
	ck_assert_uint_eq(version, versions[_i][1]);
	ck_assert_int_eq(lineShutdown(app), 0);
	mock_free(w.mock);
}
END_TEST

static bool say_nothing(struct mock *m, const struct frame *f)
{
	(void)m;
	(void)f;
	return true;
}

/* The greeting is waited for longer than the function may take, but not for ever. */
START_TEST(a_function_waits_no_longer_for_a_daemon_that_does_not_greet)
{
	limits.retry = 40;
	limits.call_away = 60;
	mock_handle(w.mock, NULL, say_nothing);
	mock_break(w.mock);
	ck_assert_int_eq(world_get_info(call), LINEERR_OPERATIONFAILED);
	mock_handle(w.mock, NULL, NULL);
	mock_break(w.mock);
	limits.call_away = 20000;

	ck_assert_int_eq(world_get_info(call), 0);
}
END_TEST

START_TEST(lines_close_when_the_daemon_never_greets)
{
	LINEMESSAGE m;

	limits.call_away = 10000;
	limits.session_away = 60;
	mock_handle(w.mock, NULL, say_nothing);
	mock_break(w.mock);
	ck_assert_int_eq(world_get_info(call), LINEERR_OPERATIONFAILED);

	(void)world_expect(&w, LINE_CALLSTATE);
	(void)world_expect(&w, LINE_CLOSE);
	ck_assert_int_eq(lineGetMessage(w.app, &m, 0), LINEERR_OPERATIONFAILED);
	ck_assert_int_eq(world_get_info(call), LINEERR_INVALCALLHANDLE);
}
END_TEST

/* --- what is logged --------------------------------------------------------------------------- */

static char logged[4096];

static void keep_line(enum log_level level, const char *text, void *arg)
{
	size_t used = strlen(logged);

	(void)arg;
	ck_assert_int_eq(level, LOG_DEBUG);
	(void)snprintf(logged + used, sizeof(logged) - used, "%s\n", text);
}

START_TEST(that_the_connection_went_and_came_is_logged_for_who_looks)
{
	log_set_sink(keep_line, NULL);
	log_set_level(_i ? LOG_DEBUG : LOG_INFO);
	mock_break(w.mock);
	ck_assert_int_eq(world_get_info(call), 0);
	log_set_sink(NULL, NULL);

	ck_assert_int_eq(strstr(logged, "the connection to tapisrvd is back") != NULL, _i);
	ck_assert_int_eq(strstr(logged, w.mock->path) != NULL, _i);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("libtapi link");
	TCase *t = tcase_create("first");

	tcase_add_loop_test(t, a_daemon_that_cannot_be_reached_has_a_cause, 0, COUNT(unreachable));
	tcase_add_loop_test(t, who_does_not_greet_first_is_no_daemon, 0, COUNT(no_greetings));
	tcase_add_loop_test(t, the_version_is_the_daemons_or_the_newest, 0, COUNT(versions));
	suite_add_tcase(s, t);
	t = tcase_create("again");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, without_a_descriptor_there_is_no_way_back_until_there_is_one);
	tcase_add_test(t, a_function_waits_no_longer_for_a_daemon_that_does_not_greet);
	tcase_add_test(t, lines_close_when_the_daemon_never_greets);
	tcase_add_loop_test(t, that_the_connection_went_and_came_is_logged_for_who_looks, 0, 2);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
