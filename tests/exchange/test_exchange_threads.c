// SPDX-License-Identifier: MIT
/* test_exchange_threads.c - the exchange as a file: its own thread meets that of the host. */
#include "tspfile.h"

#include "../test_main.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#define VERSION  0x00030001u
#define LINES    4
#define CALLS    600
#define REQUESTS (3 * CALLS)

struct host_call {
	HDRVCALL hd;
	DWORD state;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static HDRVLINE lines[LINES];
static struct host_call calls[2 * CALLS]; /* HTAPICALL is the index plus 1 */
static DWORD call_count, over;
static int replies[REQUESTS + 1]; /* a request is never 0 */
static atomic_int inside;
static pthread_t host_thread;
/* A full queue: the exchange's thread has to wait in the procedure. */
static bool is_full, somebody_waits;

static void enter(void)
{
	ck_assert_int_eq(atomic_fetch_add(&inside, 1), 0); /* TSPI: never twice at a time */
	pthread_mutex_lock(&lock);
	while (is_full && !pthread_equal(pthread_self(), host_thread)) {
		somebody_waits = true;
		pthread_cond_broadcast(&changed);
		pthread_cond_wait(&changed, &lock);
	}
}

static void leave(void)
{
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
	atomic_fetch_sub(&inside, 1);
}

static void on_completion(DRV_REQUESTID id, LONG result)
{
	enter();
	(void)result;
	ck_assert_uint_le(id, REQUESTS);
	replies[id]++;
	leave();
}

static void on_call_state(struct host_call *c, DWORD state)
{
	ck_assert_msg(c->state != LINECALLSTATE_IDLE, "a state after IDLE");
	c->state = state;
	if (state == LINECALLSTATE_DISCONNECTED)
		over++;
}

static void on_event(HTAPILINE line, HTAPICALL call, DWORD msg, DWORD_PTR p1, DWORD_PTR p2,
		DWORD_PTR p3)
{
	enter();
	(void)p3;
	ck_assert_uint_ge(line, 1);
	if (msg == LINE_NEWCALL) {
		ck_assert_uint_lt(call_count, 2 * CALLS);
		calls[call_count] = (struct host_call){ p1, 0 };
		*(HTAPICALL *)p2 = ++call_count;
	} else if (msg == LINE_CALLSTATE) {
		on_call_state(&calls[call - 1], (DWORD)p1);
	}
	leave();
}

static void on_reason(const char *cause, const char *sentence)
{
	ck_assert_ptr_nonnull(cause);
	ck_assert_ptr_nonnull(sentence);
}

static void start_with(const char *const *config)
{
	DWORD version = 0, count = 0, phones = 0, options = 9;

	host_thread = pthread_self();
	tsp_open("exchange");
	tsp.providerSetReasonProc(on_reason);
	for (; *config; config += 2)
		ck_assert_int_eq(tsp.providerConfigure(config[0], config[1]), 0);
	ck_assert_int_eq(tsp.lineNegotiateTSPIVersion(INITIALIZE_NEGOTIATION, VERSION, VERSION,
					 &version),
			0);
	ck_assert_int_eq(tsp.providerEnumDevices(1, &count, &phones, 1, on_event, NULL), 0);
	ck_assert_uint_eq(count, LINES);
	ck_assert_int_eq(tsp.providerInit(VERSION, 1, 0, 0, LINES, LINES, on_completion, &options),
			0);
	for (DWORD i = 0; i < LINES; i++) {
		ck_assert_int_eq(tsp.lineOpen(i, i + 1, &lines[i], VERSION, on_event), 0);
		ck_assert_int_eq(tsp.lineSetDefaultMediaDetection(lines[i],
						 LINEMEDIAMODE_INTERACTIVEVOICE),
				0);
	}
}

static void stop(void)
{
	ck_assert_int_eq(tsp.providerShutdown(VERSION, 1), 0);
}

/* The name is taken under the lock: new calls come from the other thread meanwhile. */
static DWORD make(DRV_REQUESTID id, DWORD from, const char *dest)
{
	HDRVCALL hd = 0;
	DWORD number;
	LONG result;

	pthread_mutex_lock(&lock);
	number = ++call_count;
	pthread_mutex_unlock(&lock);
	result = tsp.lineMakeCall(id, lines[from], number, &hd, dest, 0, NULL);
	if (result < 0) {
		replies[id] = 1; /* it was refused at once, no completion comes */
		return 0;
	}
	pthread_mutex_lock(&lock);
	calls[number - 1].hd = hd;
	pthread_mutex_unlock(&lock);
	return number;
}

static const char *const quick[] = { "no_answer_ms", "100", NULL };

START_TEST(no_answer_comes_from_the_clocks_thread)
{
	start_with(quick);

	(void)make(1, 0, "102");
	pthread_mutex_lock(&lock);
	while (over < 2)
		pthread_cond_wait(&changed, &lock);
	pthread_mutex_unlock(&lock);

	ck_assert_uint_eq(calls[0].state, LINECALLSTATE_DISCONNECTED);
	ck_assert_uint_eq(calls[1].state, LINECALLSTATE_DISCONNECTED);
	stop();
}
END_TEST

static HDRVCALL handle_of(DWORD number)
{
	HDRVCALL hd;

	pthread_mutex_lock(&lock);
	hd = calls[number - 1].hd;
	pthread_mutex_unlock(&lock);
	return hd;
}

static const char *const nervous[] = { "setup_jitter_ms", "3", "calls_per_line", "16",
	"no_answer_ms", "100", NULL };

START_TEST(both_threads_at_work)
{
	static const char *const numbers[] = { "101", "102", "103", "104" };
	DWORD newest;

	start_with(nervous);
	for (DWORD i = 1; i <= CALLS; i++) {
		DWORD number = make(i, i % LINES, numbers[(i / LINES) % LINES]);

		pthread_mutex_lock(&lock);
		newest = call_count;
		pthread_mutex_unlock(&lock);
		(void)number;
		if (handle_of(newest) && tsp.lineAnswer(CALLS + i, handle_of(newest), NULL, 0) < 0)
			replies[CALLS + i] = 1;
		if (newest > 8 && handle_of(newest - 8))
			(void)tsp.lineCloseCall(handle_of(newest - 8));
	}
	for (DWORD i = 0; i < LINES; i++)
		ck_assert_int_eq(tsp.lineClose(lines[i]), 0);
	stop();

	for (DWORD i = 1; i <= CALLS; i++)
		ck_assert_int_eq(replies[i], 1);
	for (DWORD i = CALLS + 1; i <= REQUESTS; i++)
		ck_assert_int_le(replies[i], 1);
}
END_TEST

static const char *const delayed[] = { "setup_ms", "1", NULL };

/* A second is enough for who is going to. */
static bool somebody_waits_soon(void)
{
	struct timespec until;
	bool waits;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec++;
	pthread_mutex_lock(&lock);
	while (!somebody_waits && pthread_cond_timedwait(&changed, &lock, &until) != ETIMEDOUT)
		;
	waits = somebody_waits;
	pthread_mutex_unlock(&lock);
	return waits;
}

START_TEST(a_thread_that_waits_in_the_host_stops_nobody)
{
	LINECALLSTATUS status = { .dwTotalSize = sizeof(status) };
	DWORD number;

	start_with(delayed);
	pthread_mutex_lock(&lock);
	is_full = true;
	pthread_mutex_unlock(&lock);
	number = make(1, 0, "102");
	while (!somebody_waits_soon()) { /* slow to leave, we have told all of it ourselves */
		ck_assert_int_eq(tsp.lineCloseCall(handle_of(number)), 0);
		number = make(1, 0, "102");
	}

	/* the host's thread goes on, whatever the other one waits for */
	ck_assert_int_eq(tsp.lineGetCallStatus(handle_of(number), &status), 0);
	ck_assert_int_eq(tsp.lineDrop(2, handle_of(number), NULL, 0), 2);
	ck_assert_int_eq(tsp.lineCloseCall(handle_of(number)), 0);
	ck_assert_int_eq(tsp.lineClose(lines[0]), 0);

	pthread_mutex_lock(&lock);
	is_full = false;
	pthread_cond_broadcast(&changed);
	while (!replies[2])
		pthread_cond_wait(&changed, &lock);
	pthread_mutex_unlock(&lock);
	stop();
}
END_TEST

START_TEST(bad_keys_are_refused)
{
	tsp_open("exchange");

	ck_assert_int_lt(tsp.providerConfigure("colour", "red"), 0);
	ck_assert_int_lt(tsp.providerConfigure("extensions", "none"), 0);
	ck_assert_int_lt(tsp.providerConfigure(NULL, NULL), 0);
	ck_assert_int_eq(tsp.providerConfigure("extensions", "1-3"), 0);
}
END_TEST

START_TEST(only_what_is_served_is_exported)
{
	tsp_open("exchange");

	ck_assert(tsp_exports("TSPI_lineMonitorDigits"));
	ck_assert(!tsp_exports("TSPI_lineDropOnClose"));
	ck_assert(tsp_exports("TSPI_lineGenerateTone"));
	ck_assert(!tsp_exports("exchange_enter"));
	ck_assert(!tsp_exports("rtpmsg_parse"));
}
END_TEST

static Suite *threads_suite(void)
{
	Suite *s = suite_create("threads");
	TCase *tc = tcase_create("threads");

	tcase_set_timeout(tc, 30);
	tcase_add_test(tc, no_answer_comes_from_the_clocks_thread);
	tcase_add_test(tc, both_threads_at_work);
	tcase_add_test(tc, a_thread_that_waits_in_the_host_stops_nobody);
	tcase_add_test(tc, bad_keys_are_refused);
	tcase_add_test(tc, only_what_is_served_is_exported);
	suite_add_tcase(s, tc);
	return s;
}

TEST_MAIN(threads_suite())
