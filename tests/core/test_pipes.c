// SPDX-License-Identifier: MIT
/* test_pipes.c - applications and hosts that ask for pipes: who gets them, that all goes through
 * them, and that their end is the end. */
#include "../test_main.h"
#include "mock_host.h"
#include "recovery.h"
#include "tapisrvd/client.h"
#include "tapisrvd/host.h"
#include "tapisrvd/options.h"
#include "tapisrvd/provider.h"
#include "tapisrvd/session.h"

#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

static struct {
	struct world w;
	struct mock *host, *app;
	uint32_t open;
	uint64_t call;
} f;

static void start(void)
{
	world_init(&f.w, "mock", NULL);
	f.w.asks_pipes = true;
	f.host = world_host(&f.w, "mock");
	f.app = world_app(&f.w, "app");
	f.open = app_open(f.app, 0, OWNER, VOICE);
	ck_assert_uint_ne(f.open, 0);
}

static void stop(void)
{
	world_fini(&f.w);
}

static void start_with_call(void)
{
	start();
	f.call = app_make_call(f.app, f.open, 0);
	host_state(f.host, f.call, LINECALLSTATE_CONNECTED, 0);
}

static const Hello *hello_of(const struct mock *m)
{
	const struct seen *s = mock_last(m, FRAME_HELLO);

	ck_assert_ptr_nonnull(s);
	ck_assert(!(s->h.flags & FLAG_FAILURE));
	return (const Hello *)(const void *)s->body;
}

static bool has_pipes(const struct mock *m)
{
	bool has = m->conn.in_fd != m->conn.fd;

	ck_assert_uint_eq(hello_of(m)->pipes, has);
	ck_assert_uint_eq(mock_count(m, FRAME_PIPE), has ? 2 : 0);
	return has;
}

static bool is_in_socket(const struct mock *m)
{
	char byte;

	return recv(m->conn.fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

static struct client *client_of(const struct mock *app)
{
	struct session *s = session_find(f.w.core, app->session, getuid());

	return s ? s->client : NULL;
}

static int open_descriptors(void)
{
	int count = 0;

	for (int fd = 0; fd < 256; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

/* An application of this user that has said hello. */
static struct mock *greeted(uid_t uid)
{
	struct mock *app = world_raw(&f.w, false, uid);
	Hello hello = HELLO__INIT;

	hello.app_name = (char *)"another";
	app_hello(app, &hello);
	world_turn(&f.w);
	app->session = hello_of(app)->session;
	return app;
}

START_TEST(all_goes_through_the_pipes)
{
	ck_assert(has_pipes(f.app));
	ck_assert(has_pipes(f.host));
	f.call = app_make_call(f.app, f.open, 0);
	ck_assert_uint_ne(f.call, 0);
	ck_assert_ptr_nonnull(app_answer(f.app, FRAME_COMPLETION, f.app->serial));
	host_state(f.host, f.call, LINECALLSTATE_CONNECTED, 0);

	ck_assert_uint_eq(app_state(f.app), LINECALLSTATE_CONNECTED);
	ck_assert(!is_in_socket(f.app));
	ck_assert(!is_in_socket(f.host));
}
END_TEST

START_TEST(who_does_not_ask_gets_none)
{
	struct mock *app;

	f.w.asks_pipes = false;
	app = world_app(&f.w, "old");
	ck_assert(!has_pipes(app));
	ck_assert_uint_ne(app_open(app, 0, MONITOR, 0), 0);
}
END_TEST

START_TEST(another_user_gets_none)
{
	const uid_t uid = getuid() + 4711;
	struct mock *app = greeted(uid);

	ck_assert(!has_pipes(app));
	ck_assert_int_eq(app_call(app, CALL_TapixGetProviders, 0, NULL), 0);
}
END_TEST

START_TEST(the_end_of_what_it_writes_is_the_end_of_its_session)
{
	int before = open_descriptors(), socket = dup(f.app->conn.fd);

	mock_hang_up(f.app); /* its socket stays */

	ck_assert_ptr_null(session_find(f.w.core, f.app->session, getuid()));
	ck_assert_uint_eq(host_asked(f.host, CALL_LineDrop), 1);
	close(socket);
	ck_assert_int_eq(open_descriptors(), before - 6); /* of both sides */
}
END_TEST

START_TEST(the_end_of_its_socket_alone_is_none)
{
	ck_assert_int_eq(shutdown(f.app->conn.fd, SHUT_RDWR), 0);
	world_turn(&f.w);

	ck_assert_ptr_nonnull(client_of(f.app));
	ck_assert_int_eq(app_on_call(f.app, CALL_LineHold, f.open, f.call), 0);
}
END_TEST

/* It is told what nobody can read any more. */
START_TEST(the_end_of_what_it_reads_is_noticed_too)
{
	int nowhere = open("/dev/null", O_RDONLY | O_CLOEXEC);

	ck_assert_int_eq(dup2(nowhere, f.app->conn.in_fd), f.app->conn.in_fd);
	close(nowhere);
	f.app->deaf = true;
	host_state(f.host, f.call, LINECALLSTATE_ONHOLD, 0);

	ck_assert_ptr_null(session_find(f.w.core, f.app->session, getuid()));
}
END_TEST

START_TEST(who_leaves_before_it_is_greeted_leaves_nothing)
{
	struct mock *app = world_raw(&f.w, false, getuid());
	int before = open_descriptors();
	Hello hello = HELLO__INIT;
	unsigned sessions = 0;

	app_hello(app, &hello);
	ck_assert_int_eq(conn_flush(&app->conn), 0);
	mock_hang_up(app);

	list_for(l, &f.w.core->sessions)
		sessions++;
	ck_assert_uint_eq(sessions, 1);
	ck_assert_int_eq(open_descriptors(), before - 2);
}
END_TEST

START_TEST(a_session_that_comes_back_gets_them_again)
{
	struct frame_header wrong = { .kind = FRAME_EVENT };
	struct mock *back;

	mock_send(f.app, wrong, NULL);
	world_turn(&f.w);
	ck_assert(!f.app->connected);

	back = app_again(&f.w, f.app->session, "app");
	world_turn(&f.w);
	ck_assert(has_pipes(back));
	recovery_claim_open(back, f.open, 0);
	recovery_claim_call(back, f.open, f.call, LINECALLSTATE_CONNECTED);
	ck_assert_ptr_nonnull(recovery_end(back));
	ck_assert_int_eq(app_on_call(back, CALL_LineHold, f.open, f.call), 0);
}
END_TEST

/* Only so many descriptors may there be: so many more than there are now; or half of them. */
static struct rlimit limit_descriptors(int more)
{
	struct rlimit before, now;
	int lowest = dup(0);

	close(lowest);
	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
	now = before;
	now.rlim_cur = (rlim_t)(more < 0 ? 2 * lowest : lowest + more);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &now), 0);
	return before;
}

START_TEST(without_descriptors_to_spare_the_socket_serves)
{
	struct mock *app = world_raw(&f.w, false, getuid());
	TapixInitialize initialize = TAPIX_INITIALIZE__INIT;
	Hello hello = HELLO__INIT;
	int before = open_descriptors();
	struct rlimit limit = limit_descriptors(_i);

	app_hello(app, &hello);
	world_turn(&f.w);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);

	ck_assert(!has_pipes(app));
	ck_assert_int_eq(open_descriptors(), before);
	ck_assert_int_eq(app_call(app, CALL_TapixInitialize, 0, &initialize.base), 0);
	ck_assert_uint_ne(app_open(app, 0, MONITOR, 0), 0);
}
END_TEST

START_TEST(who_never_reads_its_pipe_is_disconnected_and_told_how_much_it_missed)
{
	const Resync *lost;
	struct mock *back;

	f.app->deaf = true;
	for (int i = 0; client_of(f.app) && i < 60000; i++) {
		f.host->count = 0;
		host_state(f.host, f.call, i % 2 ? LINECALLSTATE_CONNECTED : LINECALLSTATE_ONHOLD,
				0);
	}
	ck_assert_ptr_null(client_of(f.app));

	back = app_again(&f.w, f.app->session, "app");
	lost = recovery_end(back);
	ck_assert_ptr_nonnull(lost);
	ck_assert_uint_gt(lost->missing_events, 10000);
}
END_TEST

START_TEST(who_reads_its_pipe_late_gets_everything)
{
	enum { EVENTS = 3000 }; /* more than the pipe takes */
	unsigned got = 0;

	f.app->deaf = true;
	for (int i = 0; i < EVENTS; i++) {
		f.host->count = 0;
		host_state(f.host, f.call, i % 2 ? LINECALLSTATE_CONNECTED : LINECALLSTATE_ONHOLD,
				0);
	}
	ck_assert_uint_gt(conn_queued(&client_of(f.app)->peer.conn), 0);
	f.app->deaf = false;
	f.app->forgets = true;
	mock_forget(f.app);
	for (bool any = true; any;) {
		struct frame frame;

		core_end_turn(f.w.core);
		(void)event_base_loop(f.w.base, EVLOOP_NONBLOCK);
		any = false;
		ck_assert_int_eq(conn_read(&f.app->conn), 0);
		for (; conn_next(&f.app->conn, &frame) == 1; any = true)
			got += frame.h.kind == FRAME_EVENT;
	}

	ck_assert_uint_ge(got, EVENTS);
	ck_assert_uint_eq(conn_queued(&client_of(f.app)->peer.conn), 0);
}
END_TEST

/* Those that nobody asked for are closed, each with its frame. */
START_TEST(descriptors_of_an_application_are_closed)
{
	struct frame_header h = { .kind = CALL_TapixGetProviders };
	int before = open_descriptors();

	for (unsigned i = 0; i < 20; i++) {
		h.serial = ++f.app->serial;
		f.app->kinds[h.serial] = CALL_TapixGetProviders;
		ck_assert_int_eq(conn_send_fd(&f.app->conn, &h, NULL, 0, f.app->conn.fd), 0);
		world_turn(&f.w);
		ck_assert_ptr_nonnull(app_answer(f.app, FRAME_RETURN, h.serial));
	}

	ck_assert_int_eq(open_descriptors(), before);
}
END_TEST

/* It is the last that goes through the socket, and nothing waits for that. */
START_TEST(who_must_be_greeted_at_length_gets_none_where_sockets_take_little)
{
	static char value[20 * 1024];
	const struct host *host;
	int little = 4096;

	memset(value, 'x', sizeof(value) - 1);
	world_init(&f.w, "mock", NULL);
	f.w.asks_pipes = true;
	ck_assert_ptr_nonnull(settings_append(&provider_find(f.w.core, "mock")->options->settings,
			"key", value, 1));
	f.host = world_raw(&f.w, true, 0);
	host = list_entry(f.w.core->greeting.next, struct host, greeting);
	if (_i)
		ck_assert_int_eq(setsockopt(host->peer.conn.fd, SOL_SOCKET, SO_SNDBUF, &little,
						 sizeof(little)),
				0);
	(void)world_host_on(f.host, "mock");
	for (int i = 0; i < 20; i++) /* piece by piece */
		world_turn(&f.w);

	ck_assert(f.host->connected);
	ck_assert_int_eq(has_pipes(f.host), !_i);
	ck_assert_uint_ne(app_open(world_app(&f.w, "app"), 0, MONITOR, 0), 0);
	world_fini(&f.w);
}
END_TEST

START_TEST(the_end_of_a_hosts_pipe_is_its_end)
{
	mock_hang_up(f.host);

	ck_assert_uint_eq(app_state(f.app), LINECALLSTATE_IDLE);
	ck_assert_ptr_null(provider_find(f.w.core, "mock")->host);
	ck_assert_ptr_nonnull(client_of(f.app));
}
END_TEST

START_TEST(a_host_that_outlived_a_core_gets_them_from_the_next)
{
	struct mock *host;

	world_kill_core(&f.w);
	host = mock_host_resume(&f.w, f.host);
	ck_assert(has_pipes(host));
	mock_host_end_snapshot(host);
	f.app = world_app(&f.w, "new");
	ck_assert_uint_ne(app_open(f.app, 0, MONITOR, 0), 0);
	ck_assert(!is_in_socket(host));
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core-pipes");
	TCase *t = tcase_create("greeting");
	TCase *c = tcase_create("call");
	TCase *own = tcase_create("own");

	tcase_add_checked_fixture(t, start, stop);
	tcase_add_test(t, all_goes_through_the_pipes);
	tcase_add_test(t, who_does_not_ask_gets_none);
	tcase_add_test(t, another_user_gets_none);
	tcase_add_test(t, who_leaves_before_it_is_greeted_leaves_nothing);
	tcase_add_loop_test(t, without_descriptors_to_spare_the_socket_serves, -1, 5);
	suite_add_tcase(s, t);
	tcase_add_checked_fixture(c, start_with_call, stop);
	tcase_set_timeout(c, 120);
	tcase_add_test(c, the_end_of_what_it_writes_is_the_end_of_its_session);
	tcase_add_test(c, the_end_of_its_socket_alone_is_none);
	tcase_add_test(c, the_end_of_what_it_reads_is_noticed_too);
	tcase_add_test(c, a_session_that_comes_back_gets_them_again);
	tcase_add_test(c, who_never_reads_its_pipe_is_disconnected_and_told_how_much_it_missed);
	tcase_add_test(c, who_reads_its_pipe_late_gets_everything);
	tcase_add_test(c, descriptors_of_an_application_are_closed);
	tcase_add_test(c, the_end_of_a_hosts_pipe_is_its_end);
	tcase_add_test(c, a_host_that_outlived_a_core_gets_them_from_the_next);
	suite_add_tcase(s, c);
	tcase_add_loop_test(own, who_must_be_greeted_at_length_gets_none_where_sockets_take_little,
			0, 2);
	suite_add_tcase(s, own);
	return s;
}

TEST_MAIN(suite())
