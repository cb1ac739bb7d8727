// SPDX-License-Identifier: MIT
/* test_write.c - what cannot be written to the daemon, or not yet; threads that share the
 * connection. */
#define _GNU_SOURCE           /* ppoll, RTLD_NEXT */
#undef _FORTIFY_SOURCE        /* poll is a function of ours */
#include "libtapi/internal.h" /* before check.h, which has a macro named fail */

#include "../own_poll.h"
#include "../test_main.h"
#include "client.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/uio.h>

/* --- how this program waits and writes -------------------------------------------------------- */

static _Thread_local bool watched; /* the test's own thread, which is not the mock's */
static void (*before_room)(void);  /* once, before the next wait for room to write */
static int longest_wait;           /* ms */

/* The thread that is told to stands at the gate with its next wait for input, until it opens. */
static struct {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool reached, open;
} gate = { .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER };
static _Thread_local bool stops;

static void gate_stand(void)
{
	pthread_mutex_lock(&gate.lock);
	gate.reached = true;
	pthread_cond_broadcast(&gate.changed);
	while (!gate.open)
		pthread_cond_wait(&gate.changed, &gate.lock);
	pthread_mutex_unlock(&gate.lock);
}

static void gate_await(void)
{
	pthread_mutex_lock(&gate.lock);
	while (!gate.reached)
		pthread_cond_wait(&gate.changed, &gate.lock);
	pthread_mutex_unlock(&gate.lock);
}

static void gate_open(void)
{
	pthread_mutex_lock(&gate.lock);
	gate.open = true;
	pthread_cond_broadcast(&gate.changed);
	pthread_mutex_unlock(&gate.lock);
}

static int wait_for(struct pollfd *fds, nfds_t count, int timeout_ms)
{
	const struct timespec t = { timeout_ms / 1000, timeout_ms % 1000 * 1000000L };

	if (stops && fds->events == POLLIN) {
		stops = false;
		gate_stand();
	}
	if (watched && (timeout_ms < 0 || timeout_ms > longest_wait))
		longest_wait = timeout_ms;
	if (watched && before_room && fds->events == POLLOUT) {
		before_room();
		before_room = NULL;
	}
	return ppoll(fds, count, timeout_ms < 0 ? NULL : &t, NULL);
}

/* What the next frame of a kind meets that the test's thread writes. */
static struct {
	unsigned kind; /* 0: nothing */
	int error;
	bool opens; /* the gate, when it has been written after all */
} obstacle;

static bool is_in_the_way(const void *frames, size_t size)
{
	struct frame_header h;

	if (!watched || !obstacle.kind || size < FRAME_HEADER)
		return false;
	frame_header_unpack(frames, &h);
	return h.kind == obstacle.kind;
}

/* Once. */
static bool fails(bool meant)
{
	if (!meant || !obstacle.error)
		return false;
	errno = obstacle.error;
	obstacle.error = 0;
	return true;
}

/* It has been written after all. */
static ssize_t went(bool meant, ssize_t n)
{
	if (meant && obstacle.opens)
		gate_open();
	return n;
}

EXPORT ssize_t sendmsg(int fd, const struct msghdr *msg, int flags)
{
	static _Thread_local ssize_t (*real)(int, const struct msghdr *, int);
	const bool meant = is_in_the_way(msg->msg_iov->iov_base, msg->msg_iov->iov_len);

	if (!real) {
		void *found = dlsym(RTLD_NEXT, "sendmsg");

		memcpy(&real, &found, sizeof(real));
	}
	if (fails(meant))
		return -1;
	return went(meant, real(fd, msg, flags));
}

/* To a pipe. */
EXPORT ssize_t write(int fd, const void *data, size_t size);
EXPORT ssize_t write(int fd, const void *data, size_t size)
{
	const struct iovec iov = { (void *)(uintptr_t)data, size };
	const bool meant = is_in_the_way(data, size);

	if (fails(meant))
		return -1;
	return went(meant, writev(fd, &iov, 1));
}

#ifdef __linux__
/* ... where the kernel knows how to write without a signal. */
EXPORT ssize_t pwritev2(int fd, const struct iovec *iov, int count, off_t at, int flags)
{
	static _Thread_local ssize_t (*real)(int, const struct iovec *, int, off_t, int);
	const bool meant = is_in_the_way(iov->iov_base, iov->iov_len);

	if (!real) {
		void *found = dlsym(RTLD_NEXT, "pwritev2");

		memcpy(&real, &found, sizeof(real));
	}
	if (fails(meant))
		return -1;
	return went(meant, real(fd, iov, count, at, flags));
}
#endif

/* --- the program ------------------------------------------------------------------------------ */

static struct world w;
static HLINE line;
static HCALL call;

static void setup(void)
{
	watched = true;
	limits.retry = 5;
	limits.call_away = 20000;
	world_open(&w, LINEINITIALIZEEXOPTION_USEEVENT, 0x00030001);
	line = world_line(&w);
	call = world_offer(&w, NULL);
}

static void setup_with_pipes(void)
{
	w.pipes = true;
	setup();
}

static void teardown(void)
{
	world_close(&w);
}

static LONG get_messages(void)
{
	DWORD lines, addresses;

	return lineGetStatusMessages(line, &lines, &addresses);
}

/* --- it cannot be written to ------------------------------------------------------------------ */

/* EPIPE: what it has said is read, and it has not gone. */
static const int errors[] = { ENOBUFS, EPIPE, ECONNRESET };

START_TEST(a_write_that_fails_makes_a_new_connection)
{
	obstacle.kind = CALL_LineSetCallPrivilege;
	obstacle.error = errors[_i];

	ck_assert_int_eq(lineSetCallPrivilege(call, LINECALLPRIVILEGE_OWNER), 0);

	ck_assert_uint_eq(mock_value(w.mock, &w.mock->connections), 2);
	ck_assert_uint_eq(mock_value(w.mock, &w.mock->resumes), 1);
	ck_assert_uint_eq(mock_count(w.mock, CALL_LineSetCallPrivilege), 1);
	(void)world_expect(&w, TAPIX_RESYNCHRONISED);
}
END_TEST

/* A session that the daemon does not know is greeted as a new one, and goes at once. */
static bool greet_and_go(struct mock *m, const struct frame *f)
{
	struct frame_header h = { .kind = FRAME_HELLO };
	Hello reply = HELLO__INIT;
	uint8_t body[64];

	(void)f;
	reply.has_session = 1;
	reply.session = ++m->session;
	m->greeter = NULL;
	mock_bytes(m, &h, body, hello__pack(&reply, body));
	conn_fini(&m->conn);
	m->connected = false;
	return true;
}

START_TEST(a_daemon_that_goes_with_its_greeting_is_found_again)
{
	HLINE again;

	ck_assert_int_eq(lineRegisterRequestRecipient(w.app, 42, LINEREQUESTMODE_MAKECALL, 1), 0);
	mock_handle(w.mock, NULL, greet_and_go);
	obstacle.kind = CALL_TapixInitialize;
	obstacle.error = EPIPE; /* it may go a moment later */
	mock_break(w.mock);

	ck_assert_int_eq(lineOpen(w.app, 0, &again, 0x00030001, 0, 0, LINECALLPRIVILEGE_NONE, 0,
					 NULL),
			0);
	ck_assert_uint_eq(mock_value(w.mock, &w.mock->hellos), 3);
	ck_assert_uint_eq(mock_value(w.mock, &w.mock->snapshots), 1); /* who serves requests */
	(void)world_expect(&w, TAPIX_RESYNCHRONISED);
	(void)world_expect(&w, LINE_CALLSTATE);
	(void)world_expect(&w, LINE_CLOSE);
}
END_TEST

START_TEST(a_new_session_begins_although_nothing_can_be_written_at_first)
{
	HLINE again;

	mock_lock(w.mock);
	w.mock->session++;
	mock_unlock(w.mock);
	obstacle.kind = CALL_TapixInitialize;
	obstacle.error = EAGAIN;
	mock_break(w.mock);

	ck_assert_int_eq(lineOpen(w.app, 0, &again, 0x00030001, 0, 0, LINECALLPRIVILEGE_NONE, 0,
					 NULL),
			0);
	ck_assert_int_eq(obstacle.error, 0);
	ck_assert_uint_eq(mock_value(w.mock, &w.mock->connections), 2);
}
END_TEST

START_TEST(no_wait_is_longer_than_a_minute)
{
	tapixSetAnswerLimit(0xffffffff);
	ck_assert_int_eq(world_get_info(call), 0);
	tapixSetAnswerLimit(0);

	ck_assert_int_eq(longest_wait, 60000);
}
END_TEST

/* --- threads that share it -------------------------------------------------------------------- */

static struct frame_header held;

/* Nobody hears of the call before the other function is asked. */
static bool hold_info(struct mock *m, const struct frame *f)
{
	LineGetCallInfoReply reply = LINE_GET_CALL_INFO_REPLY__INIT;
	LineCallInfo info = LINE_CALL_INFO__INIT;

	if (f->h.kind == CALL_LineGetCallInfo) {
		held = f->h;
		return true;
	}
	reply.call_info = &info;
	if (f->h.kind == CALL_LineGetStatusMessages)
		mock_return(m, &held, &reply.base);
	return false;
}

static void *ask_at_the_gate(void *result)
{
	stops = true;
	*(LONG *)result = world_get_info(call);
	return NULL;
}

/* Another thread waits for the socket, and will not see what comes before the gate opens. */
static pthread_t start_reader(LONG *result)
{
	pthread_t reader;

	*result = -1;
	mock_handle(w.mock, hold_info, NULL);
	ck_assert_int_eq(pthread_create(&reader, NULL, ask_at_the_gate, result), 0);
	gate_await();
	mock_await(w.mock, CALL_LineGetCallInfo, 1);
	obstacle.kind = CALL_LineGetStatusMessages;
	return reader;
}

START_TEST(who_cannot_write_leaves_the_end_to_who_reads)
{
	LONG result;
	pthread_t reader = start_reader(&result);

	mock_handle(w.mock, NULL, NULL);
	mock_break(w.mock);
	obstacle.opens = true;
	ck_assert_int_eq(get_messages(), 0);
	ck_assert_int_eq(pthread_join(reader, NULL), 0);

	ck_assert_int_eq(result, 0);
	ck_assert_uint_eq(mock_value(w.mock, &w.mock->connections), 2);
	ck_assert_uint_eq(mock_count(w.mock, CALL_LineGetStatusMessages), 1);
	ck_assert_uint_eq(mock_count(w.mock, CALL_LineGetCallInfo), 2);
}
END_TEST

START_TEST(who_cannot_write_yet_waits_for_room_beside_who_reads)
{
	LONG result;
	pthread_t reader = start_reader(&result);

	obstacle.error = EAGAIN;
	obstacle.opens = true;
	ck_assert_int_eq(get_messages(), 0);
	ck_assert_int_eq(pthread_join(reader, NULL), 0);

	ck_assert_int_eq(obstacle.error, 0);
	ck_assert_int_eq(result, 0);
	ck_assert_uint_eq(mock_value(w.mock, &w.mock->connections), 1);
}
END_TEST

static void go_away_meanwhile(void)
{
	mock_handle(w.mock, NULL, NULL);
	mock_break(w.mock);
	gate_open();
	mock_await_count(w.mock, &w.mock->resumes, 1);
}

START_TEST(who_waited_for_room_on_a_connection_that_has_gone_writes_to_the_new_one)
{
	LONG result;
	pthread_t reader = start_reader(&result);

	obstacle.error = EAGAIN;
	before_room = go_away_meanwhile;
	ck_assert_int_eq(get_messages(), 0);
	ck_assert_int_eq(pthread_join(reader, NULL), 0);

	ck_assert_int_eq(result, 0);
	ck_assert_uint_eq(mock_value(w.mock, &w.mock->connections), 2);
	ck_assert_uint_eq(mock_count(w.mock, CALL_LineGetStatusMessages), 1);
}
END_TEST

static TCase *tests(const char *name, void (*set_up)(void))
{
	TCase *t = tcase_create(name);

	tcase_add_checked_fixture(t, set_up, teardown);
	tcase_add_loop_test(t, a_write_that_fails_makes_a_new_connection, 0,
			(int)(sizeof(errors) / sizeof(errors[0])));
	tcase_add_test(t, a_daemon_that_goes_with_its_greeting_is_found_again);
	tcase_add_test(t, a_new_session_begins_although_nothing_can_be_written_at_first);
	tcase_add_test(t, no_wait_is_longer_than_a_minute);
	tcase_add_test(t, who_cannot_write_leaves_the_end_to_who_reads);
	tcase_add_test(t, who_cannot_write_yet_waits_for_room_beside_who_reads);
	tcase_add_test(t, who_waited_for_room_on_a_connection_that_has_gone_writes_to_the_new_one);
	return t;
}

static Suite *suite(void)
{
	Suite *s = suite_create("libtapi write");

	suite_add_tcase(s, tests("socket", setup));
	suite_add_tcase(s, tests("pipes", setup_with_pipes));
	return s;
}

TEST_MAIN(suite())
