// SPDX-License-Identifier: MIT
/* test_news.c - devices that come and go by the thousand: who reads is told of each one, and nobody
 * is cut off for what others have brought. */
#include "../test_main.h"
#include "tapisrvd/client.h"
#include "tapisrvd/line.h"
#include "tapisrvd/session.h"
#include "world.h"

#include <unistd.h>

enum { MANY = 3000, MAX_QUEUED = 64 * 1024, DEVICES = 4 * MANY };

static struct two_hosts f;
static bool known[DEVICES]; /* to the application, by what it was told */
static unsigned told;

static void set_up(void)
{
	two_hosts_init(&f);
	f.w.options.max_queued = MAX_QUEUED;
	f.app->deaf = true; /* it is read here */
	for (unsigned i = 0; i < DEVICES; i++)
		known[i] = i < 2 * MOCK_LINES;
	told = 0;
}

static void end(void)
{
	world_fini(&f.w);
}

static void come_again_with(unsigned lines)
{
	mock_hang_up(f.host);
	f.host = world_raw(&f.w, true, 0);
	f.host->forgets = true;
	f.host->more_lines = (int)lines - MOCK_LINES;
	(void)world_host_on(f.host, "mock");
	ck_assert_uint_ge(f.w.core->line_count, lines);
}

static void hear(const Event *e)
{
	bool came = e->msg == LINE_CREATE;

	if (!came && e->msg != LINE_REMOVE)
		return;
	ck_assert_uint_lt(e->p1, DEVICES);
	ck_assert_msg(known[e->p1] != came, "%s of line %u, once too often",
			came ? "LINE_CREATE" : "LINE_REMOVE", (unsigned)e->p1);
	known[e->p1] = came;
	told++;
}

/* As long as anything comes. */
static void read_all(void)
{
	for (bool any = true; any;) {
		struct frame frame;

		(void)core_turn(f.w.core, false);
		any = false;
		ck_assert_int_eq(conn_read(&f.app->conn), 0);
		while (conn_next(&f.app->conn, &frame) == 1) {
			Event *e = NULL;

			any = true;
			if (frame.h.kind == FRAME_EVENT)
				e = event__unpack(NULL, frame.h.length, frame.body);
			if (e)
				hear(e);
			if (e)
				event__free_unpacked(e, NULL);
		}
	}
}

static struct client *client(void)
{
	struct session *s = session_find(f.w.core, f.app->session, getuid());

	return s ? s->client : NULL;
}

/* What it was told is what there is. */
static void check_known(void)
{
	for (unsigned i = 0; i < DEVICES; i++) {
		const struct line *line = line_find(f.w.core, i);

		ck_assert_msg(known[i] == (line && !line->removed), "line %u", i);
	}
}

START_TEST(lines_by_the_thousand_are_told_part_by_part)
{
	come_again_with(MANY);
	ck_assert_ptr_nonnull(client());
	ck_assert_uint_lt(conn_queued(&client()->peer.conn), MAX_QUEUED / 2);
	read_all();

	ck_assert_uint_ge(told, MANY);
	check_known();
}
END_TEST

START_TEST(lines_that_go_before_they_were_told_of_leave_nothing_behind)
{
	come_again_with(MANY);
	come_again_with(MANY - 1);
	come_again_with(MANY);
	ck_assert_ptr_nonnull(client());
	read_all();

	check_known();
	host_event(f.host, 0, LINE_CREATE, 0, 4711, 0, NULL); /* and at once again */
	told = 0;
	read_all();
	ck_assert_uint_eq(told, 1);
	check_known();
}
END_TEST

START_TEST(who_comes_back_to_thousands_of_lines_is_told_part_by_part)
{
	struct frame_header h = { .kind = FRAME_END };
	uint64_t session = f.app->session;

	peer_doom(&client()->peer, PEER_CLOSED_BY_US, "a test");
	world_turn(&f.w);
	come_again_with(MANY);
	mock_hang_up(f.app);
	f.app = app_again(&f.w, session, "app");
	f.app->deaf = true;
	ck_assert_int_eq(conn_send(&f.app->conn, &h, NULL), 0);
	ck_assert_int_eq(conn_flush(&f.app->conn), 0);
	read_all();

	ck_assert_ptr_nonnull(client());
	ck_assert_uint_ge(told, MANY);
	check_known();
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core news");
	TCase *t = tcase_create("news");

	tcase_add_checked_fixture(t, set_up, end);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, lines_by_the_thousand_are_told_part_by_part);
	tcase_add_test(t, lines_that_go_before_they_were_told_of_leave_nothing_behind);
	tcase_add_test(t, who_comes_back_to_thousands_of_lines_is_told_part_by_part);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
