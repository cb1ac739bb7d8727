// SPDX-License-Identifier: MIT
/* test_frames.c - hellos and garbage: what is wrong closes that connection, with one logged reason,
 * and touches nobody else. */
#include "../test_main.h"
#include "base/log.h"
#include "base/mem.h"
#include "tapisrvd/client.h"
#include "tapisrvd/host.h"
#include "tapisrvd/provider.h"
#include "world.h"

#include <string.h>
#include <unistd.h>

static struct {
	unsigned lines;
	char last[512];
} said;

static void listen_to_log(enum log_level level, const char *line, void *arg)
{
	(void)arg;
	if (level > LOG_WARN)
		return;
	said.lines++;
	(void)snprintf(said.last, sizeof(said.last), "%s", line);
}

static void send_raw(struct mock *m, const void *bytes, size_t size)
{
	ck_assert_int_eq(write(m->conn.fd, bytes, size), (ssize_t)size);
	world_turn(m->world);
}

struct fixture {
	struct world w;
	struct mock *host, *good, *bad;
	uint32_t open;
};

static void set_up(struct fixture *f)
{
	world_init(&f->w, "mock", NULL);
	f->host = world_host(&f->w, "mock");
	f->good = world_app(&f->w, "good");
	f->open = app_open(f->good, 0, OWNER, VOICE);
	f->bad = world_app(&f->w, "bad");
	memset(&said, 0, sizeof(said));
	log_set_sink(listen_to_log, NULL);
}

/* The bad one is gone with one line, the good one and the host go on. */
static void check_only_it_is_closed(struct fixture *f, const char *word)
{
	ck_assert(!f->bad->connected);
	ck_assert_uint_eq(said.lines, 1);
	ck_assert_msg(strstr(said.last, word) != NULL, "the log says: %s", said.last);
	ck_assert(f->host->connected);
	ck_assert_uint_ne(app_make_call(f->good, f->open, 0), 0);
	world_fini(&f->w);
}

static void put(uint8_t *to, uint32_t length, uint16_t kind, uint32_t serial)
{
	struct frame_header h = { .length = length, .kind = kind, .serial = serial };

	frame_header_pack(&h, to);
}

START_TEST(too_long_a_frame)
{
	struct fixture f;
	uint8_t bytes[FRAME_HEADER];

	set_up(&f);
	put(bytes, LIMIT_CORE + 1, CALL_LineDrop, 9);
	send_raw(f.bad, bytes, sizeof(bytes));
	check_only_it_is_closed(&f, "frame too long");
}
END_TEST

START_TEST(garbage_for_a_body)
{
	struct fixture f;
	uint8_t bytes[FRAME_HEADER + 8];

	set_up(&f);
	memset(bytes, 0xff, sizeof(bytes));
	put(bytes, 8, CALL_LineMakeCall, 9);
	send_raw(f.bad, bytes, sizeof(bytes));
	check_only_it_is_closed(&f, "LineMakeCall: the body is malformed");
}
END_TEST

static const uint16_t wrong_kinds[] = { FRAME_HELLO, FRAME_RETURN, FRAME_COMPLETION, FRAME_EVENT,
	FRAME_NOTE, FRAME_SNAPSHOT, FRAME_END, FRAME_RESYNC, 1009, 65535 };

START_TEST(kind_of_another_direction)
{
	struct fixture f;
	uint8_t bytes[FRAME_HEADER];

	set_up(&f);
	put(bytes, 0, wrong_kinds[_i], 9);
	send_raw(f.bad, bytes, sizeof(bytes));
	check_only_it_is_closed(&f, "does not belong here");
}
END_TEST

START_TEST(request_without_a_serial)
{
	struct fixture f;
	uint8_t bytes[FRAME_HEADER];

	set_up(&f);
	put(bytes, 0, CALL_LineDrop, 0);
	send_raw(f.bad, bytes, sizeof(bytes));
	check_only_it_is_closed(&f, "serial");
}
END_TEST

/* A body of 120 KiB that would take far more than 4 MiB: an empty list entry costs two bytes. */
START_TEST(amplifying_body)
{
	struct fixture f;
	uint32_t size = 120 * 1024;
	uint8_t *bytes = mem_zalloc(1, FRAME_HEADER + size);

	set_up(&f);
	put(bytes, size, CALL_LineGenerateTone, 9);
	for (uint32_t i = 0; i < size; i += 2) {
		bytes[FRAME_HEADER + i] = 5 << 3 | 2;
		bytes[FRAME_HEADER + i + 1] = 0;
	}
	for (uint32_t at = 0; at < FRAME_HEADER + size && f.bad->connected; at += 8192) {
		uint32_t left = FRAME_HEADER + size - at;

		send_raw(f.bad, bytes + at, left < 8192 ? left : 8192);
	}
	mem_free(bytes);
	check_only_it_is_closed(&f, "malformed or too large");
}
END_TEST

START_TEST(bytes_that_come_one_by_one_are_a_request)
{
	struct fixture f;
	uint8_t bytes[FRAME_HEADER];

	set_up(&f);
	put(bytes, 0, CALL_TapixGetProviders, 77);
	f.bad->kinds[77] = CALL_TapixGetProviders;
	for (unsigned i = 0; i < sizeof(bytes); i++)
		send_raw(f.bad, bytes + i, 1);
	ck_assert_ptr_nonnull(app_answer(f.bad, FRAME_RETURN, 77));
	world_fini(&f.w);
}
END_TEST

START_TEST(nothing_behind_garbage_is_done)
{
	struct fixture f;
	uint8_t bytes[2 * FRAME_HEADER];
	unsigned before;

	set_up(&f);
	before = f.bad->count;
	put(bytes, 0, FRAME_EVENT, 0);
	put(bytes + FRAME_HEADER, 0, CALL_TapixGetProviders, 99);
	send_raw(f.bad, bytes, sizeof(bytes));
	ck_assert_uint_eq(f.bad->count, before);
	check_only_it_is_closed(&f, "does not belong here");
}
END_TEST

START_TEST(one_application_cannot_fill_the_daemon)
{
	struct fixture f;
	uint8_t bytes[FRAME_HEADER + 64];
	LineGetLineDevStatus m = LINE_GET_LINE_DEV_STATUS__INIT;
	uint32_t open;
	size_t size;

	set_up(&f);
	open = app_open(f.bad, 0, MONITOR, 0);
	f.host->manual[CALL_LineGetLineDevStatus] = true;
	f.host->deaf = true;
	SET_ID(&m, line, 0);
	size = line_get_line_dev_status__pack(&m, bytes + FRAME_HEADER);
	for (unsigned i = 0; i < 1024 + 1; i++) {
		struct frame_header h = { .length = (uint32_t)size,
			.kind = CALL_LineGetLineDevStatus,
			.serial = 1000 + i,
			.open = open };

		frame_header_pack(&h, bytes);
		send_raw(f.bad, bytes, FRAME_HEADER + size);
	}
	ck_assert_int_eq(mock_last(f.bad, FRAME_RETURN)->h.result, LINEERR_RESOURCEUNAVAIL);
	ck_assert_uint_eq(mock_last(f.bad, FRAME_RETURN)->h.serial, 1000 + 1024);
	ck_assert(f.bad->connected);
	world_fini(&f.w);
}
END_TEST

START_TEST(malformed_event_closes_the_host_only)
{
	struct fixture f;
	uint8_t bytes[FRAME_HEADER + 4];

	set_up(&f);
	memset(bytes, 0xff, sizeof(bytes));
	put(bytes, 4, FRAME_EVENT, 0);
	send_raw(f.host, bytes, sizeof(bytes));
	ck_assert(!f.host->connected);
	ck_assert(f.good->connected);
	ck_assert_uint_eq(app_events(f.good, LINE_CLOSE), 1);
	world_fini(&f.w);
}
END_TEST

static void say_hello(struct mock *m, uint32_t protocol, uint32_t low, uint32_t high,
		const char *name, const char *friendly)
{
	struct frame_header h = { .kind = FRAME_HELLO };
	Hello hello = HELLO__INIT;

	SET(&hello, protocol, protocol);
	SET(&hello, api_low, low);
	SET(&hello, api_high, high);
	hello.app_name = (char *)(uintptr_t)name;
	hello.friendly_name = (char *)(uintptr_t)friendly;
	mock_send(m, h, &hello.base);
	world_turn(m->world);
}

static const struct {
	uint32_t protocol, low, high;
	int32_t result;
	const char *name, *friendly;
} hellos[] = {
	{ 0, 0x10003, 0x20002, LINEERR_OPERATIONFAILED, "a", "A" },
	{ WIRE_PROTOCOL + 1, 0x10003, 0x20002, LINEERR_OPERATIONFAILED, "a", "A" },
	{ WIRE_PROTOCOL, 0, 0x10002, LINEERR_INCOMPATIBLEAPIVERSION, "a", "A" },
	{ WIRE_PROTOCOL, 0x40000, 0x50000, LINEERR_INCOMPATIBLEAPIVERSION, "a", "A" },
	{ WIRE_PROTOCOL, 0x20000, 0x10004, LINEERR_INCOMPATIBLEAPIVERSION, "a", "A" },
	{ WIRE_PROTOCOL, 0x10003, 0x20002, LINEERR_INVALPARAM, "\xff", "A" },
	{ WIRE_PROTOCOL, 0x10003, 0x20002, LINEERR_INVALPARAM, "a", "A\xc3" },
};

/* A host is told that a call has been shown: if the daemon dies in between, nobody shows it again.
 */
START_TEST(applications_are_told_before_hosts)
{
	struct two_apps f;
	struct frame_header h = { .kind = FRAME_ACK };
	struct peer *app, *host;

	two_apps_init(&f, OWNER, OWNER);
	app = &list_entry(f.w.core->clients.next, struct client, link)->peer;
	host = &list_entry(f.w.core->providers.next, struct provider, link)->host->peer;
	peer_send_bytes(host, &h, NULL, 0);
	peer_send_bytes(app, &h, NULL, 0);

	ck_assert_ptr_eq(f.w.core->dirty.next, &app->dirty);
	ck_assert_ptr_eq(f.w.core->dirty.prev, &host->dirty);
	core_end_turn(f.w.core);
	world_fini(&f.w);
}
END_TEST

START_TEST(hello_is_refused_with_a_reason)
{
	struct world w;
	struct mock *m;
	const struct seen *s;

	world_init(&w, NULL, NULL);
	m = world_raw(&w, false, getuid());
	say_hello(m, hellos[_i].protocol, hellos[_i].low, hellos[_i].high, hellos[_i].name,
			hellos[_i].friendly);
	s = mock_last(m, FRAME_HELLO);
	ck_assert_ptr_nonnull(s);
	ck_assert(s->h.flags & FLAG_CLOSING);
	ck_assert_int_eq(s->h.result, hellos[_i].result);
	ck_assert_ptr_nonnull(seen_failure(s)->sentence);
	ck_assert(!m->connected);
	world_fini(&w);
}
END_TEST

START_TEST(request_before_the_hello_closes)
{
	struct world w;
	struct mock *m;
	uint8_t bytes[FRAME_HEADER];

	world_init(&w, NULL, NULL);
	m = world_raw(&w, false, getuid());
	put(bytes, 0, CALL_TapixGetProviders, 1);
	send_raw(m, bytes, sizeof(bytes));
	ck_assert(!m->connected);
	ck_assert_uint_eq(m->count, 0);
	world_fini(&w);
}
END_TEST

START_TEST(little_is_read_before_the_hello)
{
	struct world w;
	struct mock *m;
	uint8_t bytes[FRAME_HEADER];

	world_init(&w, NULL, NULL);
	m = world_raw(&w, false, getuid());
	put(bytes, LIMIT_BEFORE_HELLO + 1, FRAME_HELLO, 0);
	send_raw(m, bytes, sizeof(bytes));
	ck_assert(!m->connected);
	world_fini(&w);
}
END_TEST

START_TEST(hello_that_does_not_come_closes)
{
	struct world w;
	struct mock *m;

	world_init(&w, NULL, NULL);
	m = world_raw(&w, false, getuid());
	world_wait(&w, 4900);
	ck_assert(m->connected);
	world_wait(&w, 200);
	ck_assert(!m->connected);
	world_fini(&w);
}
END_TEST

START_TEST(reader_that_stops_is_disconnected_and_keeps_its_session)
{
	struct fixture f;
	static char text[32768];
	uint32_t open;

	set_up(&f);
	open = app_open(f.bad, 1, MONITOR, 0);
	ck_assert_uint_ne(open, 0);
	memset(text, 'x', sizeof(text));
	f.bad->deaf = true;
	for (unsigned i = 0; i < 200 && said.lines == 0; i++) {
		struct frame_header h = { .kind = FRAME_EVENT };
		Event e = EVENT__INIT;

		SET_ID(&e, object, 1);
		SET(&e, msg, LINE_DEVSPECIFIC);
		SET_BYTES(&e, data, (uint8_t *)text, sizeof(text));
		mock_send(f.host, h, &e.base);
		world_turn(&f.w);
	}
	ck_assert_uint_eq(said.lines, 1);
	ck_assert_ptr_nonnull(strstr(said.last, "does not read"));
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineClose), 0); /* not lineShutdown */
	world_wait(&f.w, 5100);
	ck_assert_uint_eq(host_asked(f.host, CALL_TspiLineClose), 1);
	ck_assert_uint_ne(app_make_call(f.good, f.open, 0), 0);
	world_fini(&f.w);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core frames");
	TCase *t = tcase_create("frames");

	tcase_add_test(t, too_long_a_frame);
	tcase_add_test(t, garbage_for_a_body);
	tcase_add_loop_test(t, kind_of_another_direction, 0,
			sizeof(wrong_kinds) / sizeof(wrong_kinds[0]));
	tcase_add_test(t, request_without_a_serial);
	tcase_add_test(t, amplifying_body);
	tcase_add_test(t, bytes_that_come_one_by_one_are_a_request);
	tcase_add_test(t, nothing_behind_garbage_is_done);
	tcase_add_test(t, one_application_cannot_fill_the_daemon);
	tcase_add_test(t, malformed_event_closes_the_host_only);
	tcase_add_test(t, applications_are_told_before_hosts);
	tcase_add_loop_test(t, hello_is_refused_with_a_reason, 0,
			sizeof(hellos) / sizeof(hellos[0]));
	tcase_add_test(t, request_before_the_hello_closes);
	tcase_add_test(t, little_is_read_before_the_hello);
	tcase_add_test(t, hello_that_does_not_come_closes);
	tcase_add_test(t, reader_that_stops_is_disconnected_and_keeps_its_session);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
