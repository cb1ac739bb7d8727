// SPDX-License-Identifier: MIT
/* test_peer.c - connections of applications: descriptors that pass through, and what becomes of one
 * that the system fails. */
#include "../oom.h"
#include "../test_main.h"
#include "base/os.h"
#include "tapisrvd/client.h"
#include "tapisrvd/session.h"
#include "world.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

struct fixture {
	struct world w;
	struct mock *host, *app, *other;
	uint32_t open, other_open;
};

static void set_up_with(struct fixture *f, bool pipes)
{
	world_init(&f->w, "mock", NULL);
	f->w.asks_pipes = pipes;
	f->host = world_host(&f->w, "mock");
	f->app = world_app(&f->w, "app");
	f->other = world_app(&f->w, "other");
	f->open = app_open(f->app, 0, OWNER, VOICE);
	f->other_open = app_open(f->other, 0, MONITOR, 0);
}

static void set_up(struct fixture *f)
{
	set_up_with(f, false);
}

static struct client *client_of(const struct mock *app)
{
	list_for(l, &app->world->core->clients) {
		struct client *c = list_entry(l, struct client, link);

		if (c->session && c->session->id == app->session)
			return c;
	}
	ck_abort_msg("the application has no client");
	return NULL;
}

/* --- descriptors --- */

/* lineGetID, which the provider answers with this descriptor; what the application gets. none_left:
 * the daemon takes it, and has no other for its copy. */
static const struct seen *get_id(struct fixture *f, int fd, bool none_left)
{
	LineGetId m = LINE_GET_ID__INIT;
	LineGetIdReply reply = LINE_GET_ID_REPLY__INIT;
	VarString id = VAR_STRING__INIT;
	struct frame_header h = { .kind = FRAME_RETURN };
	struct rlimit before, now;
	uint8_t bytes[64];
	int next;

	f->host->manual[CALL_LineGetId] = true;
	SET_ID(&m, line, 0);
	SET(&m, select, LINECALLSELECT_LINE);
	m.device_class = (char *)"comm/datamodem";
	(void)app_send(f->app, CALL_LineGetId, f->open, &m.base);
	h.serial = host_request(f->host, CALL_LineGetId)->h.serial;
	SET_BYTES(&id, string, (uint8_t *)(uintptr_t) "modem", 6);
	reply.device_id = &id;
	ck_assert_int_eq(conn_send_fd(&f->host->conn, &h, bytes,
					 line_get_id_reply__pack(&reply, bytes), fd),
			0);
	ck_assert_int_eq(conn_flush(&f->host->conn), 0);
	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
	now = before;
	next = dup(0);
	close(next);
	now.rlim_cur = (rlim_t)next + 1;
	if (none_left)
		ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &now), 0);
	world_turn(&f->w);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
	return app_answer(f->app, FRAME_RETURN, f->app->serial);
}

START_TEST(descriptor_of_a_provider_is_the_applications_alone)
{
	struct fixture f;
	const struct seen *s;
	int fds[2];
	char byte;

	set_up_with(&f, _i);
	ck_assert_int_eq(pipe(fds), 0);
	s = get_id(&f, fds[1], false);
	close(fds[1]);

	ck_assert_int_eq(s->h.result, 0);
	ck_assert_int_ge(s->fd, 0);
	ck_assert_int_eq(write(s->fd, "x", 1), 1);
	ck_assert_int_eq(read(fds[0], &byte, 1), 1);
	mock_hang_up(f.app);
	close(s->fd);
	f.app->count = 0;
	ck_assert_int_eq(read(fds[0], &byte, 1), 0); /* nobody else has it any more */
	close(fds[0]);
	world_fini(&f.w);
}
END_TEST

START_TEST(without_a_descriptor_left_the_request_fails_with_that_reason)
{
	struct fixture f;
	const struct seen *s;

	set_up_with(&f, _i);
	s = get_id(&f, 0, true);

	ck_assert_int_eq(s->h.result, LINEERR_RESOURCEUNAVAIL);
	ck_assert_str_eq(seen_failure(s)->cause, "descriptors");
	ck_assert(f.app->connected);
	ck_assert_int_eq(get_id(&f, 0, false)->h.result, 0);
	world_fini(&f.w);
}
END_TEST

/* --- the doomed --- */

START_TEST(nothing_is_said_to_who_is_cut_off)
{
	struct fixture f;
	struct frame_header wrong = { .kind = FRAME_RESYNC }, h = { .kind = FRAME_EVENT };
	Event e = EVENT__INIT;

	set_up(&f);
	SET_ID(&e, object, 0);
	SET(&e, msg, LINE_DEVSPECIFIC);
	ck_assert_int_eq(conn_send(&f.other->conn, &wrong, NULL), 0);
	ck_assert_int_eq(conn_flush(&f.other->conn), 0);
	ck_assert_int_eq(conn_send(&f.host->conn, &h, &e.base), 0);
	ck_assert_int_eq(conn_flush(&f.host->conn), 0);
	world_turn(&f.w);

	ck_assert(!f.other->connected);
	ck_assert_uint_eq(app_events(f.other, LINE_DEVSPECIFIC), 0);
	ck_assert_uint_eq(app_events(f.app, LINE_DEVSPECIFIC), 1);
	world_fini(&f.w);
}
END_TEST

/* --- what the system refuses --- */

/* A descriptor that cannot be waited for, in the place of this one or for itself. */
static int put_file(int at)
{
	int fd = open("/dev/null", O_RDWR | O_CLOEXEC);

	ck_assert_int_ge(fd, 0);
	if (at < 0)
		return fd;
	ck_assert_int_eq(dup2(fd, at), at);
	close(fd);
	return at;
}

static bool can_wait_for_files(const struct world *w)
{
	return strcmp(event_base_get_method(w->base), "epoll") != 0;
}

START_TEST(connection_that_cannot_be_waited_for_is_closed)
{
	struct fixture f;
	int fd;

	set_up(&f);
	fd = put_file(-1);
	if (!can_wait_for_files(&f.w)) {
		ck_assert_int_eq(core_add_client(f.w.core, fd, 4711), -ENOMEM);
		ck_assert_int_eq(fcntl(fd, F_GETFD), -1);
		ck_assert_uint_eq(client_count(f.w.core, 4711), 0);
		ck_assert_uint_eq(list_count(&f.w.core->clients), 2);
	}
	world_fini(&f.w);
}
END_TEST

START_TEST(application_that_cannot_be_written_to_has_hung_up)
{
	struct fixture f;

	set_up(&f);
	(void)put_file(client_of(f.other)->peer.conn.fd);
	host_event(f.host, 0, LINE_DEVSPECIFIC, 0, 0, 0, NULL);

	ck_assert(!f.other->connected);
	ck_assert_uint_eq(list_count(&f.w.core->sessions), 1);
	ck_assert_uint_eq(app_events(f.app, LINE_DEVSPECIFIC), 1);
	world_fini(&f.w);
}
END_TEST

START_TEST(application_that_cannot_be_read_again_keeps_its_session)
{
	struct fixture f;
	struct peer *p;

	set_up(&f);
	p = &client_of(f.other)->peer;
	peer_pause(p, true);
	(void)put_file(p->conn.fd);
	peer_pause(p, false);
	if (!can_wait_for_files(&f.w)) {
		ck_assert(p->is_doomed);
		peer_pause(p, true); /* nothing more becomes of it */
		ck_assert(!p->paused);
		world_turn(&f.w);
		ck_assert(!f.other->connected);
		ck_assert_uint_eq(list_count(&f.w.core->sessions), 2);
	}
	world_fini(&f.w);
}
END_TEST

/* A reader that stops for a while, with more than a socket holds: it has all of it later, or its
 * connection ends. */
START_TEST(oom_all_that_waits_is_written_or_the_connection_ends)
{
	enum { EVENTS = 20, SIZE = 32768 };
	static uint8_t text[SIZE];
	unsigned cut_off = 0;

	for (struct oom o = OOM_START; oom_next(&o);) {
		struct fixture f;
		bool failed;

		mem_fail_at(0);
		set_up(&f);
		f.other->deaf = true;
		o.before = mem_count();
		mem_fail_at(o.round);
		for (unsigned i = 0; i < EVENTS; i++) {
			struct frame_header h = { .kind = FRAME_EVENT };
			Event e = EVENT__INIT;

			SET_ID(&e, object, 0);
			SET(&e, msg, LINE_DEVSPECIFIC);
			SET_BYTES(&e, data, text, SIZE);
			mock_send(f.host, h, &e.base);
			world_turn(&f.w);
		}
		failed = oom_failed(&o);
		f.other->deaf = false;
		world_turn(&f.w);
		if (f.other->connected && f.host->connected)
			ck_assert_uint_eq(app_events(f.other, LINE_DEVSPECIFIC), EVENTS);
		cut_off += !f.other->connected;
		world_fini(&f.w);
		if (!failed)
			break;
	}
	mem_fail_at(0);
	ck_assert_uint_gt(cut_off, 0);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core peer");
	TCase *t = tcase_create("peer");

	tcase_add_loop_test(t, descriptor_of_a_provider_is_the_applications_alone, 0, 2);
	tcase_add_loop_test(t, without_a_descriptor_left_the_request_fails_with_that_reason, 0, 2);
	tcase_add_test(t, nothing_is_said_to_who_is_cut_off);
	tcase_add_test(t, connection_that_cannot_be_waited_for_is_closed);
	tcase_add_test(t, application_that_cannot_be_written_to_has_hung_up);
	tcase_add_test(t, application_that_cannot_be_read_again_keeps_its_session);
	suite_add_tcase(s, t);
	t = tcase_create("oom");
	tcase_add_test(t, oom_all_that_waits_is_written_or_the_connection_ends);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
