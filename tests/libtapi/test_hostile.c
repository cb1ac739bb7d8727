// SPDX-License-Identifier: MIT
/* test_hostile.c - a server that sends what it may not: the connection ends, the application lives.
 */
#include "libtapi/internal.h" /* before check.h, which has a macro named fail */

#include "client.h"
#include "../test_main.h"

#include "base/random.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <tapix.h>
#include <unistd.h>

static struct world w;
static HLINE line;

static void setup(void)
{
	world_set_limits();
	world_open(&w, LINEINITIALIZEEXOPTION_USEEVENT, 0x00030001);
	line = world_line(&w);
}

static void teardown(void)
{
	world_close(&w);
}

static void send_raw(const void *p, size_t size)
{
	mock_lock(w.mock);
	if (w.mock->connected)
		(void)!write(w.mock->conn.fd, p, size);
	mock_unlock(w.mock);
}

static void send_frame(uint16_t kind, const void *body, size_t size)
{
	struct frame_header h = { .kind = kind, .serial = 1, .open = 1, .length = (uint32_t)size };
	uint8_t out[FRAME_HEADER + 512];

	ck_assert_uint_le(size, 512);
	frame_header_pack(&h, out);
	if (size)
		memcpy(out + FRAME_HEADER, body, size);
	send_raw(out, FRAME_HEADER + size);
}

static LONG ask(void)
{
	DWORD a, b;

	return lineGetStatusMessages(line, &a, &b);
}

static const struct {
	uint16_t kind;
	const char *body;
	size_t size;
} bad[] = {
	{ FRAME_HELLO, "", 0 },                                         /* a second one */
	{ FRAME_EVENT, "\xff\xff\xff\xff", 4 },                         /* does not unpack */
	{ FRAME_RESYNC, "", 0 },                                        /* not asked for */
	{ FRAME_NOTE, "", 0 },                                          /* wrong direction */
	{ FRAME_SNAPSHOT, "", 0 }, { FRAME_END, "", 0 }, { 12, "", 0 }, /* a request */
	{ 4000, "", 0 },                                                /* unknown */
};

START_TEST(a_wrong_frame_ends_the_connection_and_a_new_one_works)
{
	unsigned before = w.mock->connections;

	send_frame(bad[_i].kind, bad[_i].body, bad[_i].size);

	ck_assert_int_eq(ask(), 0);
	mock_await_count(w.mock, &w.mock->connections, before + 1);
}
END_TEST

START_TEST(a_frame_that_is_too_long_ends_the_connection)
{
	uint8_t header[FRAME_HEADER];
	struct frame_header h = { .kind = FRAME_EVENT, .length = LIMIT_EDGE + 1 };

	frame_header_pack(&h, header);
	send_raw(header, sizeof(header));

	ck_assert_int_eq(ask(), 0);
	ck_assert_uint_eq(w.mock->connections, 2);
}
END_TEST

START_TEST(answers_to_nothing_are_ignored)
{
	LINEMESSAGE m;

	send_frame(FRAME_COMPLETION, "abc", 3);
	send_frame(FRAME_RETURN, "abc", 3);

	ck_assert_int_eq(ask(), 0);
	ck_assert_int_eq(lineGetMessage(w.app, &m, 0), LINEERR_OPERATIONFAILED);
	ck_assert_uint_eq(w.mock->connections, 1);
}
END_TEST

/* The request's own serial with a body of garbage. */
static bool garbage(struct mock *m, const struct frame *f)
{
	const struct rule *r = rule_find(f->h.kind);
	struct frame_header h = { .kind = FRAME_RETURN, .serial = f->h.serial };
	uint8_t body[200];

	if (f->h.kind == CALL_TapixInitialize)
		return false;
	random_bytes(body, sizeof(body));
	mock_bytes(m, &h, body, random_u64() % sizeof(body));
	h.kind = FRAME_COMPLETION;
	if (r->kind == KIND_ASYNC)
		mock_bytes(m, &h, body, random_u64() % sizeof(body));
	return true;
}

START_TEST(garbage_in_answers_fails_the_call_only)
{
	char buf[2000];
	LINEDEVCAPS *caps = (LINEDEVCAPS *)(void *)buf;
	LINEMESSAGE m;
	HCALL call;

	random_seed((uint64_t)_i + 1);
	mock_lock(w.mock);
	w.mock->handler = garbage;
	mock_unlock(w.mock);
	for (int i = 0; i < 50; i++) {
		caps->dwTotalSize = sizeof(buf);
		(void)lineGetDevCaps(w.app, 0, 0x00030001, 0, caps);
		(void)lineMakeCall(line, &call, "1", 0, NULL);
		(void)lineGetMessage(w.app, &m, 0);
	}
	mock_lock(w.mock);
	w.mock->handler = NULL;
	mock_unlock(w.mock);
	ck_assert_int_eq(ask(), 0);
}
END_TEST

static bool refuse_without_a_word(struct mock *m, const struct frame *f)
{
	if (f->h.kind == CALL_LineGetStatusMessages)
		mock_fail(m, &f->h, FRAME_RETURN, LINEERR_NOMEM, "", "");
	return f->h.kind == CALL_LineGetStatusMessages;
}

START_TEST(a_failure_without_a_sentence_has_one)
{
	struct tapix_reason reason;

	mock_lock(w.mock);
	w.mock->handler = refuse_without_a_word;
	mock_unlock(w.mock);
	ck_assert_int_eq(ask(), LINEERR_NOMEM);

	tapixGetLastReason(&reason);
	ck_assert_str_ne(reason.sentence, "");
}
END_TEST

START_TEST(random_events_do_no_harm)
{
	LINEMESSAGE m;

	random_seed((uint64_t)_i + 1);
	for (int i = 0; i < 200; i++) {
		Event e = EVENT__INIT;
		uint8_t bytes[40];

		e.has_object = e.has_msg = e.has_p1 = e.has_p2 = e.has_p3 = e.has_data = 1;
		e.object = random_u64() % 3 ? MOCK_CALL + random_u64() % 4 : random_u64() % 3;
		e.msg = (uint32_t)(random_u64() % 36);
		if (e.msg == 35)
			e.msg = 505;
		e.p1 = random_u64() % 5;
		e.p2 = random_u64() % 2 ? MOCK_CALL + random_u64() % 4 : random_u64();
		e.p3 = random_u64() % 8;
		random_bytes(bytes, sizeof(bytes));
		e.data.data = bytes;
		e.data.len = random_u64() % sizeof(bytes);
		mock_event(w.mock, (uint32_t)(random_u64() % 2), (uint32_t)(random_u64() % 5),
				random_u64() % 2 ? FLAG_WANT_ACK : 0, 7, &e);
	}
	while (lineGetMessage(w.app, &m, 20) == 0)
		continue;
}
END_TEST

enum { FLOOD = 80, LARGE = 1000000 };

static bool flood(struct mock *m, const struct frame *f)
{
	struct frame_header h = { .kind = FRAME_EVENT, .open = 1 };
	Event e = EVENT__INIT;
	uint8_t *body;
	size_t size;

	if (f->h.kind != CALL_LineGetStatusMessages)
		return false;
	e.has_msg = e.has_data = 1;
	e.msg = LINE_LINEDEVSTATE;
	e.data.len = LARGE;
	e.data.data = calloc(1, LARGE);
	size = event__get_packed_size(&e);
	body = calloc(1, size);
	(void)event__pack(&e, body);
	for (int i = 0; i < FLOOD; i++)
		mock_bytes(m, &h, body, size);
	free(e.data.data);
	free(body);
	return false;
}

START_TEST(an_application_that_takes_nothing_is_not_drowned)
{
	struct tapix_reason why;
	unsigned count = 0;
	LINEMESSAGE m;

	mock_lock(w.mock);
	w.mock->handler = flood;
	mock_unlock(w.mock);

	ck_assert_int_eq(ask(), LINEERR_OPERATIONFAILED);

	tapixGetLastReason(&why);
	ck_assert_str_eq(why.cause, "not dispatched");
	while (lineGetMessage(w.app, &m, 0) == 0 && m.dwMessageID == LINE_LINEDEVSTATE)
		count++;
	ck_assert_uint_gt(count, FLOOD / 2);
	ck_assert_uint_lt(count, FLOOD);
	ck_assert_uint_eq(m.dwMessageID, LINE_CLOSE);
}
END_TEST

START_TEST(a_stray_descriptor_is_closed)
{
	union {
		struct cmsghdr align;
		char space[64];
	} control = { .space = { 0 } };
	uint8_t header[FRAME_HEADER];
	struct frame_header h = { .kind = FRAME_RETURN, .serial = 77 };
	struct iovec iov = { header, sizeof(header) };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = &control };
	struct cmsghdr *c = &control.align;
	int fds[2];
	char byte;

	ck_assert_int_eq(pipe(fds), 0);
	frame_header_pack(&h, header);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = sizeof(*c) + sizeof(int);
	memcpy(c + 1, &fds[1], sizeof(int));
	msg.msg_controllen = sizeof(*c) + sizeof(int);
	mock_lock(w.mock);
	ck_assert_int_gt(sendmsg(w.mock->conn.fd, &msg, 0), 0);
	mock_unlock(w.mock);
	close(fds[1]);

	ck_assert_int_eq(ask(), 0);
	ck_assert_int_eq(read(fds[0], &byte, 1), 0); /* no writer is left anywhere */
	close(fds[0]);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("libtapi hostile");
	TCase *t = tcase_create("hostile");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, a_wrong_frame_ends_the_connection_and_a_new_one_works, 0,
			(int)(sizeof(bad) / sizeof(bad[0])));
	tcase_add_test(t, a_frame_that_is_too_long_ends_the_connection);
	tcase_add_test(t, answers_to_nothing_are_ignored);
	tcase_add_loop_test(t, garbage_in_answers_fails_the_call_only, 0, 10);
	tcase_add_test(t, a_failure_without_a_sentence_has_one);
	tcase_add_loop_test(t, random_events_do_no_harm, 0, 10);
	tcase_add_test(t, an_application_that_takes_nothing_is_not_drowned);
	tcase_add_test(t, a_stray_descriptor_is_closed);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
