// SPDX-License-Identifier: MIT
/* test_conn.c - frames over a socketpair: whole, in pieces, too long, many, with descriptors. */
#define _DEFAULT_SOURCE /* CMSG_SPACE */
#include "../oom.h"
#include "../test_main.h"
#include "pair.h"

#include "base/random.h"
#include "tapi.pb-c.h"
#include "wire/conn.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/* Frames as raw bytes, for what conn_send would not write. */
static void write_raw(const void *p, size_t size)
{
	ck_assert_int_eq(write(near.fd, p, size), (ssize_t)size);
}

static void pack_header(uint8_t out[FRAME_HEADER], uint32_t length, unsigned flags)
{
	struct frame_header h = {
		.length = length, .kind = FRAME_NOTE, .flags = (uint16_t)flags, .serial = 1
	};

	frame_header_pack(&h, out);
}

START_TEST(message_arrives_with_its_header)
{
	struct frame_header h = { .kind = FRAME_EVENT, .open = 7, .result = 4 };
	Event e = EVENT__INIT, *got;
	struct frame f;

	e.has_object = 1;
	e.object = 0x100000001U;
	ck_assert_int_eq(conn_send(&near, &h, &e.base), 0);
	ck_assert_int_eq(conn_flush(&near), 0);
	ck_assert_int_eq(conn_read(&far), 0);

	ck_assert_int_eq(conn_next(&far, &f), 1);
	ck_assert_uint_eq(f.h.kind, FRAME_EVENT);
	ck_assert_uint_eq(f.h.open, 7);
	ck_assert_int_eq(f.h.result, 4);
	ck_assert_int_eq(f.fd, -1);
	got = event__unpack(NULL, f.h.length, f.body);
	ck_assert_ptr_nonnull(got);
	ck_assert_uint_eq(got->object, 0x100000001U);
	event__free_unpacked(got, NULL);
	ck_assert_int_eq(conn_next(&far, &f), 0);
}
END_TEST

START_TEST(empty_body_is_a_frame)
{
	struct frame_header h = { .kind = FRAME_END };
	struct frame f;

	ck_assert_int_eq(conn_send(&near, &h, NULL), 0);
	ck_assert_int_eq(conn_flush(&near), 0);
	ck_assert_int_eq(conn_read(&far), 0);

	ck_assert_int_eq(conn_next(&far, &f), 1);
	ck_assert_uint_eq(f.h.length, 0);
	ck_assert_int_eq(conn_next(&far, &f), 0);
}
END_TEST

START_TEST(frame_in_single_bytes_arrives_with_the_last)
{
	uint8_t frame[FRAME_HEADER + 3];
	struct frame f;

	pack_header(frame, 3, 0);
	memcpy(frame + FRAME_HEADER, "abc", 3);
	for (size_t i = 0; i < sizeof(frame); i++) {
		ck_assert_int_eq(conn_next(&far, &f), 0);
		write_raw(frame + i, 1);
		ck_assert_int_eq(conn_read(&far), 0);
	}

	ck_assert_int_eq(conn_next(&far, &f), 1);
	ck_assert_int_eq(memcmp(f.body, "abc", 3), 0);
}
END_TEST

START_TEST(frame_at_the_limit_passes_and_above_it_does_not)
{
	uint8_t header[FRAME_HEADER];
	struct frame f;

	pack_header(header, LIMIT_CORE, 0);
	write_raw(header, sizeof(header));
	ck_assert_int_eq(conn_read(&far), 0);
	ck_assert_int_eq(conn_next(&far, &f), 0);
	far.limit--;

	ck_assert_int_eq(conn_next(&far, &f), -EPROTO);
	ck_assert_str_eq(far.why, "frame too long");
}
END_TEST

START_TEST(no_frame_is_sent_that_nobody_may_read)
{
	static uint8_t body[LIMIT_EDGE + 1];
	ProtobufCBinaryData data = { sizeof(body), body };
	struct frame_header h = { .kind = FRAME_NOTE };
	Note note = NOTE__INIT;

	note.has_data = 1;
	note.data = data;
	ck_assert_int_eq(conn_send_bytes(&near, &h, body, sizeof(body)), -EMSGSIZE);
	ck_assert_int_eq(conn_send(&near, &h, &note.base), -EMSGSIZE);
	ck_assert_uint_eq(conn_queued(&near), 0);
}
END_TEST

/* Sends until the socket is full and on, reads in between: order and content stay. */
START_TEST(many_frames_through_a_full_socket)
{
	static uint8_t body[3000];
	unsigned sent = 0, got = 0, full = 0;
	struct frame f;

	for (size_t i = 0; i < sizeof(body); i++)
		body[i] = (uint8_t)i;
	while (got < 2000) {
		int err;

		for (int burst = 0; burst < 200 && sent < 2000; burst++, sent++)
			send_body(body, (size_t)(random_u64() % sizeof(body)), sent + 1);
		err = conn_flush(&near);
		ck_assert(err == 0 || err == 1);
		full += err == 1;
		ck_assert_int_eq(conn_read(&far), 0);
		while (conn_next(&far, &f) == 1) {
			ck_assert_uint_eq(f.h.serial, ++got);
			ck_assert_int_eq(memcmp(f.body, body, f.h.length), 0);
		}
	}

	ck_assert_uint_gt(full, 0);
	ck_assert_uint_eq(conn_queued(&near), 0);
	ck_assert_uint_eq(far.in.size, 0);
}
END_TEST

START_TEST(end_is_said_after_the_frames_before_it)
{
	static uint8_t body[2 * 16384 - FRAME_HEADER]; /* reads that are full to the last byte */
	struct frame f;

	send_body(body, sizeof(body), 1);
	ck_assert_int_eq(conn_flush(&near), 0);
	conn_fini(&near);

	ck_assert_int_eq(conn_read(&far), 0);
	ck_assert_int_eq(conn_next(&far, &f), 1);
	ck_assert_int_eq(conn_read(&far), -ECONNRESET);
	ck_assert_int_eq(conn_read(&far), -ECONNRESET);
}
END_TEST

START_TEST(writing_to_nobody_is_an_error_and_no_signal)
{
	conn_fini(&far);
	send_body("x", 1, 1);

	ck_assert_int_eq(conn_flush(&near), -EPIPE);
}
END_TEST

START_TEST(a_descriptor_that_finds_no_place_costs_its_frame_only)
{
	struct rlimit before;
	struct frame f;

	send_descriptor('a', "lost", 4);
	ck_assert_int_eq(conn_flush(&near), 0);
	before = no_descriptors();
	ck_assert_int_eq(conn_read(&far), 0);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);

	ck_assert_int_eq(conn_next(&far, &f), 1);
	ck_assert(frame_lost_descriptor(&f));
	ck_assert_mem_eq(f.body, "lost", 4);

	send_descriptor('b', "there", 5);
	ck_assert_int_eq(conn_flush(&near), 0);
	ck_assert_int_eq(conn_read(&far), 0);
	ck_assert_int_eq(conn_next(&far, &f), 1);
	ck_assert(!frame_lost_descriptor(&f));
	expect_descriptor(&f, 'b');
}
END_TEST

START_TEST(a_descriptor_that_cannot_be_copied_is_not_queued)
{
	struct frame_header h = { .kind = FRAME_NOTE };
	struct rlimit before = no_descriptors();
	int err = conn_send_fd(&near, &h, "x", 1, near.fd);

	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
	ck_assert_int_eq(err, -EMFILE);
	ck_assert_uint_eq(conn_queued(&near), 0);
	ck_assert_uint_eq(conn_queued_fds(&near), 0);
}
END_TEST

START_TEST(descriptors_arrive_with_their_frames)
{
	static const char order[] = "-ab-c--d";
	static const uint8_t body[100];
	size_t got = 0;
	struct frame f;

	for (const char *p = order; *p; p++) {
		if (*p == '-')
			send_body(body, sizeof(body), 1);
		else
			send_descriptor(*p, body, sizeof(body));
	}
	ck_assert_int_eq(conn_flush(&near), 0);
	ck_assert_uint_eq(conn_queued_fds(&near), 0);
	while (got < strlen(order)) {
		ck_assert_int_eq(conn_read(&far), 0);
		for (; conn_next(&far, &f) == 1; got++) {
			if (order[got] == '-')
				ck_assert_int_eq(f.fd, -1);
			else
				expect_descriptor(&f, order[got]);
		}
	}
}
END_TEST

/* The descriptor goes with the first byte that fits, the rest of its frame follows later. */
START_TEST(descriptor_of_a_frame_that_is_written_in_pieces)
{
	static uint8_t body[LIMIT_CORE];
	int size = 4096, full = 0;
	struct frame f;

	ck_assert_int_eq(setsockopt(near.fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size)), 0);
	send_descriptor('x', body, sizeof(body));
	send_descriptor('y', body, 1);
	for (int got = 0; got < 2;) {
		int err = conn_flush(&near);

		ck_assert(err == 0 || err == 1);
		full += err;
		ck_assert_int_eq(conn_read(&far), 0);
		while (conn_next(&far, &f) == 1)
			expect_descriptor(&f, got++ ? 'y' : 'x');
	}

	ck_assert_int_gt(full, 0);
}
END_TEST

/* Bytes with our own descriptor, as often as wanted. */
static void write_with_descriptors(const void *p, size_t size, unsigned count)
{
	union {
		struct cmsghdr align;
		char space[256];
	} control = { .space = { 0 } };
	struct iovec iov = { (void *)(uintptr_t)p, size };
	struct msghdr msg = { .msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = control.space,
		.msg_controllen = CMSG_SPACE(count * sizeof(int)) };
	struct cmsghdr *m = CMSG_FIRSTHDR(&msg);

	m->cmsg_level = SOL_SOCKET;
	m->cmsg_type = SCM_RIGHTS;
	m->cmsg_len = CMSG_LEN(count * sizeof(int));
	for (unsigned i = 0; i < count; i++)
		memcpy(CMSG_DATA(m) + i * sizeof(int), &near.fd, sizeof(int));
	ck_assert_int_eq(sendmsg(near.fd, &msg, 0), (ssize_t)size);
}

/* A frame without the flag, sent with descriptors all the same. */
static void send_unannounced(unsigned count)
{
	uint8_t header[FRAME_HEADER];

	pack_header(header, 0, 0);
	write_with_descriptors(header, sizeof(header), count);
}

START_TEST(descriptor_of_a_first_byte_waits_for_its_frame)
{
	uint8_t plain[FRAME_HEADER], announced[FRAME_HEADER];
	struct frame f;

	pack_header(plain, 0, 0);
	pack_header(announced, 0, FLAG_DESCRIPTOR);
	write_raw(plain, sizeof(plain));
	write_with_descriptors(announced, 1, 1);
	ck_assert_int_eq(conn_read(&far), 0);
	ck_assert_int_eq(conn_next(&far, &f), 1);
	ck_assert_int_eq(f.fd, -1);
	ck_assert_int_eq(conn_next(&far, &f), 0);

	write_raw(announced + 1, sizeof(announced) - 1);
	ck_assert_int_eq(conn_read(&far), 0);
	ck_assert_int_eq(conn_next(&far, &f), 1);
	ck_assert_int_ge(f.fd, 0);
	close(f.fd);
}
END_TEST

START_TEST(descriptors_that_nobody_announced_are_closed)
{
	int before = open_descriptors();
	struct frame f;

	for (unsigned round = 0; round < 20; round++)
		send_unannounced(round % 12 + 1);
	for (int got = 0; got < 20;) {
		ck_assert_int_eq(conn_read(&far), 0);
		for (; conn_next(&far, &f) == 1; got++)
			ck_assert_int_eq(f.fd, -1);
	}

	ck_assert_int_eq(open_descriptors(), before);
}
END_TEST

START_TEST(unannounced_descriptor_is_not_taken_for_the_next_frames)
{
	struct frame f;

	send_unannounced(1);
	send_descriptor('z', "", 1);
	ck_assert_int_eq(conn_flush(&near), 0);
	ck_assert_int_eq(conn_read(&far), 0);
	ck_assert_int_eq(conn_next(&far, &f), 1);
	ck_assert_int_eq(f.fd, -1);
	if (conn_next(&far, &f) == 0) {
		ck_assert_int_eq(conn_read(&far), 0);
		ck_assert_int_eq(conn_next(&far, &f), 1);
	}

	expect_descriptor(&f, 'z');
}
END_TEST

START_TEST(announced_descriptor_that_does_not_come_closes)
{
	uint8_t header[FRAME_HEADER];
	struct frame f;

	pack_header(header, 0, FLAG_DESCRIPTOR);
	write_raw(header, sizeof(header));
	ck_assert_int_eq(conn_read(&far), 0);

	ck_assert_int_eq(conn_next(&far, &f), -EPROTO);
	ck_assert_ptr_nonnull(strstr(far.why, "descriptor"));
}
END_TEST

START_TEST(fini_closes_what_was_on_its_way)
{
	int before = open_descriptors();

	send_descriptor('a', "", 1);
	ck_assert_int_eq(conn_flush(&near), 0);
	send_descriptor('b', "", 1);
	ck_assert_int_eq(conn_read(&far), 0);
	ck_assert_int_eq(open_descriptors(), before + 2);

	pair_stop();
	ck_assert_int_eq(open_descriptors(), before - 2);
	pair_start();
}
END_TEST

START_TEST(too_many_descriptors_wait_for_the_next_turn)
{
	struct frame_header h = { .kind = FRAME_NOTE };

	for (int i = 0; i < CONN_FDS; i++)
		ck_assert_int_eq(conn_send_fd(&near, &h, "", 0, near.fd), 0);

	ck_assert_int_eq(conn_send_fd(&near, &h, "", 0, near.fd), -EMSGSIZE);
}
END_TEST

START_TEST(want_of_memory_loses_no_bytes)
{
	static uint8_t body[5000];
	struct frame f;

	for (struct oom o = OOM_START; oom_next(&o);) {
		struct frame_header h = { .kind = FRAME_NOTE };
		int err = conn_send_bytes(&near, &h, body, sizeof(body));

		ck_assert(err == 0 || (err == -ENOMEM && oom_failed(&o)));
		if (err)
			continue;
		ck_assert_int_eq(conn_flush(&near), 0);
		err = conn_read(&far);
		ck_assert(err == 0 || (err == -ENOMEM && oom_failed(&o)));
		if (err)
			ck_assert_int_eq(conn_read(&far), 0);
		ck_assert_int_eq(conn_next(&far, &f), 1);
		ck_assert_uint_eq(f.h.length, sizeof(body));
		pair_stop();
		pair_start();
	}
}
END_TEST

static Suite *conn_suite(void)
{
	Suite *s = suite_create("conn");
	TCase *t = tcase_create("frames");
	TCase *d = tcase_create("descriptors");
	TCase *oom = tcase_create("oom");

	tcase_add_checked_fixture(t, pair_start, pair_stop);
	tcase_add_test(t, message_arrives_with_its_header);
	tcase_add_test(t, empty_body_is_a_frame);
	tcase_add_test(t, frame_in_single_bytes_arrives_with_the_last);
	tcase_add_test(t, frame_at_the_limit_passes_and_above_it_does_not);
	tcase_add_test(t, no_frame_is_sent_that_nobody_may_read);
	tcase_add_test(t, many_frames_through_a_full_socket);
	tcase_add_test(t, end_is_said_after_the_frames_before_it);
	tcase_add_test(t, writing_to_nobody_is_an_error_and_no_signal);
	suite_add_tcase(s, t);
	tcase_add_checked_fixture(d, pair_start, pair_stop);
	tcase_add_test(d, descriptors_arrive_with_their_frames);
	tcase_add_test(d, descriptor_of_a_frame_that_is_written_in_pieces);
	tcase_add_test(d, descriptor_of_a_first_byte_waits_for_its_frame);
	tcase_add_test(d, descriptors_that_nobody_announced_are_closed);
	tcase_add_test(d, unannounced_descriptor_is_not_taken_for_the_next_frames);
	tcase_add_test(d, announced_descriptor_that_does_not_come_closes);
	tcase_add_test(d, a_descriptor_that_finds_no_place_costs_its_frame_only);
	tcase_add_test(d, a_descriptor_that_cannot_be_copied_is_not_queued);
	tcase_add_test(d, fini_closes_what_was_on_its_way);
	tcase_add_test(d, too_many_descriptors_wait_for_the_next_turn);
	suite_add_tcase(s, d);
	tcase_add_checked_fixture(oom, pair_start, pair_stop);
	tcase_add_test(oom, want_of_memory_loses_no_bytes);
	suite_add_tcase(s, oom);
	return s;
}

TEST_MAIN(conn_suite())
