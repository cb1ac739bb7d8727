// SPDX-License-Identifier: MIT
/* test_threads.c - the same with the real clock and both threads: what the owner does while the
 * clock thread is inside. Made for the thread sanitizer. */
#include "mspi.h"

#include "base/clock.h"
#include "base/os.h"
#include "media/engine.h"
#include "test_main.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const GUID tone_class = MSP_TERMINAL_TONE, stream_class = MSP_TERMINAL_MEDIA_STREAM;
static const GUID iid_tone = MSP_IID_TONE, iid_stream = MSP_IID_MEDIA_STREAM;
static const GUID iid_statistics = MSP_IID_RTP_STATISTICS;

struct side {
	struct msp_address *address;
	struct msp_call *call;
	struct msp_stream *streams[2];
	int wake[2];
	char message[4096];
	unsigned int active;
};

static void signal_host(void *arg)
{
	struct side *s = arg;

	(void)!write(s->wake[1], "", 1);
}

static const struct msp_host host = { .version = MSP_VERSION, .signal = signal_host };

static void open_side(struct side *s, DWORD flags)
{
	memset(s, 0, sizeof(*s));
	ck_assert_int_eq(os_pipe(s->wake), 0);
	ck_assert_int_eq(msp_provider.initialize(&host, s, &s->address), 0);
	ck_assert_int_eq(msp_provider.create_call(s->address, s, TAPIMEDIATYPE_AUDIO, flags,
					 &s->call),
			0);
	for (DWORD i = 0; i < 2; i++)
		ck_assert_int_eq(msp_provider.stream(s->call, i, &s->streams[i]), 0);
}

static void drain(struct side *s)
{
	struct msp_event e;
	char bytes[64];

	(void)!read(s->wake[0], bytes, sizeof(bytes));
	while (msp_provider.get_event(s->address, &e) == 0) {
		if (e.kind == ME_TSP_DATA) {
			memcpy(s->message, e.data, e.size);
			s->message[e.size] = '\0';
		}
		s->active += e.kind == ME_CALL_EVENT && e.event == CALL_STREAM_ACTIVE;
	}
}

static void send(struct side *s, const char *text)
{
	ck_assert_int_eq(msp_provider.receive_tsp_data(s->address, s->call, text,
					 (DWORD)strlen(text)),
			0);
	drain(s);
}

static void connect_sides(struct side *a, struct side *b)
{
	char text[4096];

	send(a, "TAPI-RTP/1 offer? 1\n\n");
	send(b, a->message);
	(void)snprintf(text, sizeof(text), "%s", b->message);
	send(a, text);
	while (a->active < 2 || b->active < 2) {
		struct pollfd p[] = { { a->wake[0], POLLIN, 0 }, { b->wake[0], POLLIN, 0 } };

		ck_assert_int_gt(poll(p, 2, 30000), 0);
		drain(a);
		drain(b);
	}
}

static void close_side(struct side *s)
{
	msp_provider.shutdown_call(s->call);
	msp_provider.shutdown(s->address);
	(void)close(s->wake[0]);
	(void)close(s->wake[1]);
}

START_TEST(the_owner_may_do_everything_while_the_clock_runs)
{
	static struct side a, b;
	const struct msp_tone_spec spec = { .frequency = { 440 }, .volume = 20000 };
	struct msp_terminal *tone, *sink;
	const struct msp_rtp_statistics *statistics;
	const struct msp_media_stream *stream;
	const struct msp_tone *set;
	struct msp_rtp_figures figures;
	int16_t heard[160];
	long loud = 0;
	const void *v;

	open_side(&a, MSP_CALL_OUTGOING);
	open_side(&b, MSP_CALL_INCOMING);
	connect_sides(&a, &b);
	ck_assert_int_eq(msp_provider.create_terminal(b.address, &stream_class, TAPIMEDIATYPE_AUDIO,
					 TD_RENDER, &sink),
			0);
	ck_assert_int_eq(msp_provider.query_terminal(sink, &iid_stream, &v), 0);
	stream = v;
	ck_assert_int_eq(msp_provider.query_stream(b.streams[1], &iid_statistics, &v), 0);
	statistics = v;
	ck_assert_int_eq(msp_provider.select_terminal(b.streams[1], sink), 0);
	for (int i = 0; i < 200 || !loud; i++) {
		ck_assert_int_eq(msp_provider.create_terminal(a.address, &tone_class,
						 TAPIMEDIATYPE_AUDIO, TD_CAPTURE, &tone),
				0);
		ck_assert_int_eq(msp_provider.query_terminal(tone, &iid_tone, &v), 0);
		set = v;
		ck_assert_int_eq(set->set_tone(tone, &spec), 0);
		ck_assert_int_eq(msp_provider.select_terminal(a.streams[0], tone), 0);
		ck_assert_int_eq(set->set_tone(tone, &spec), 0);
		(void)statistics->figures(b.streams[1], &figures);
		(void)poll(NULL, 0, i > 190 ? 20 : 0); /* now and then a turn of the clock */
		for (long n; (n = stream->read(sink, heard, 160)) > 0;) {
			for (long k = 0; k < n; k++)
				loud += heard[k] > 5000;
		}
		ck_assert_int_eq(msp_provider.unselect_terminal(a.streams[0], tone), 0);
		msp_provider.release_terminal(tone);
	}

	ck_assert_uint_eq(figures.lost, 0);
	close_side(&a);
	close_side(&b);
}
END_TEST

START_TEST(calls_come_and_go_while_the_clock_runs)
{
	static struct side keep, a, b;

	open_side(&keep, MSP_CALL_OUTGOING);
	for (int i = 0; i < 5; i++) {
		open_side(&a, MSP_CALL_OUTGOING);
		open_side(&b, MSP_CALL_INCOMING);
		connect_sides(&a, &b);
		send(&a, "TAPI-RTP/1 digits 2\nDigits: 1\n\n");
		close_side(&a);
		close_side(&b);
	}
	close_side(&keep);
}
END_TEST

START_TEST(conferences_change_while_the_clock_runs)
{
	static struct side sides[4];

	for (int i = 0; i < 4; i += 2) {
		open_side(&sides[i], MSP_CALL_OUTGOING);
		open_side(&sides[i + 1], MSP_CALL_INCOMING);
		connect_sides(&sides[i], &sides[i + 1]);
	}
	for (int i = 0; i < 200; i++) {
		struct side *s = &sides[i * 7 % 4];

		send(s, i % 5 == 4 ? "TAPI-RTP/1 mix 2\n\n" : "TAPI-RTP/1 mix 2\nGroup: g\n\n");
		(void)poll(NULL, 0, i % 2);
	}
	for (int i = 0; i < 4; i++)
		close_side(&sides[i]);
}
END_TEST

START_TEST(codecs_change_while_the_clock_runs)
{
	static const char *const codecs[] = { "opus", "PCMU", "G722", "G726-32" };
	static struct side a, b;
	char text[8192];

	open_side(&a, MSP_CALL_OUTGOING);
	open_side(&b, MSP_CALL_INCOMING);
	connect_sides(&a, &b);
	for (int i = 0; i < 24; i++) {
		(void)snprintf(text, sizeof(text), "TAPI-RTP/1 offer? %d\nCodecs: %s\n\n", i + 2,
				codecs[i % 4]);
		send(&a, text);
		(void)snprintf(text, sizeof(text), "TAPI-RTP/1 offer %d\nCodecs: %s\n%s", i + 2,
				codecs[i % 4], strchr(a.message, '\n') + 1);
		send(&b, text);
		(void)snprintf(text, sizeof(text), "%s", b.message);
		send(&a, text);
		(void)poll(NULL, 0, i % 8 == 7 ? 30 : 1);
		drain(&a);
		drain(&b);
	}

	ck_assert_ptr_nonnull(strstr(b.message, "G726-32"));
	close_side(&a);
	close_side(&b);
}
END_TEST

enum { ENDED = 20, ROUNDS = 50, WANTED = 5, ENDS_MS = 10, FREED_MS = 30000 };

static struct ended {
	struct engine_retired retired; /* first */
	unsigned int there_were;       /* when it was freed */
} ended[ENDED];
static atomic_uint retired_count, freed_count;
static _Atomic uint64_t first_ms; /* freed */

static void note_freed(struct engine_retired *r)
{
	((struct ended *)(void *)r)->there_were = atomic_load(&retired_count);
	if (atomic_fetch_add(&freed_count, 1) == 0)
		atomic_store(&first_ms, clock_now_ms());
}

static void await_freed(unsigned int count)
{
	const uint64_t until = clock_now_ms() + FREED_MS;

	while (atomic_load(&freed_count) < count) {
		ck_assert_uint_lt(clock_now_ms(), until);
		(void)poll(NULL, 0, 1);
	}
}

/* All of them, as fast as it goes. True: they were freed together, and not before the file thread
 * had waited for more. It may have begun to wait for what ended before, so not every time. */
static bool end_together(void)
{
	const uint64_t began = clock_now_ms();

	atomic_store(&retired_count, 0);
	atomic_store(&freed_count, 0);
	for (int i = 0; i < ENDED; i++) {
		engine_retire_later(&ended[i].retired, note_freed);
		atomic_fetch_add(&retired_count, 1);
	}
	await_freed(ENDED);
	for (int i = 0; i < ENDED; i++) {
		if (ended[i].there_were < ENDED)
			return false;
	}
	return atomic_load(&first_ms) - began >= ENDS_MS - 1;
}

START_TEST(what_ends_in_the_same_moment_is_freed_together)
{
	int together = 0;

	ck_assert_int_eq(media_engine_ref(), 0);

	for (int i = 0; i < ROUNDS && together < WANTED; i++)
		together += end_together();

	ck_assert_int_eq(together, WANTED);
	media_engine_unref();
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("threads");
	TCase *c = tcase_create("threads");

	(void)setenv("TAPI_MEDIA_ADDRESS", "127.0.0.1", 1);
	tcase_add_test(c, the_owner_may_do_everything_while_the_clock_runs);
	tcase_add_test(c, calls_come_and_go_while_the_clock_runs);
	tcase_add_test(c, codecs_change_while_the_clock_runs);
	tcase_add_test(c, conferences_change_while_the_clock_runs);
	tcase_add_test(c, what_ends_in_the_same_moment_is_freed_together);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
