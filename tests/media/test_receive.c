// SPDX-License-Identifier: MIT
/* test_receive.c - how often a session asks its sockets, and that nothing lies there for that: what
 * comes too early, too late, in a burst, in small packets, behind a stranger's. */
#define _GNU_SOURCE    /* RTLD_NEXT */
#undef _POSIX_C_SOURCE /* make's, which says less */
#define _POSIX_C_SOURCE 200809L
#include "peer.h"

#include "test_main.h"

#include <dlfcn.h>
#include <string.h>

#define LOOK_TICKS 5 /* so long may lie what is not due */

static unsigned int asked; /* how often the socket of sound was */

static bool is_of_sound(int fd)
{
	struct sockaddr_storage a;
	socklen_t size = sizeof(a);

	return getsockname(fd, (struct sockaddr *)&a, &size) == 0 &&
	       address_port((struct sockaddr *)&a) % 2 == 0;
}

__attribute__((visibility("default"))) ssize_t recvmsg(int fd, struct msghdr *m, int flags)
{
	static ssize_t (*next)(int, struct msghdr *, int);

	if (!next)
		*(void **)(void *)&next = dlsym(RTLD_NEXT, "recvmsg");
	asked += is_of_sound(fd);
	return next(fd, m, flags);
}

static struct end e;
static struct peer p;

static void setup(void)
{
	world_open(&e, "127.0.0.1");
	peer_open(&p, "127.0.0.1");
	(void)peer_call(&p, &e, "", "RTP/AVP", "");
}

static void teardown(void)
{
	end_close(&e);
	peer_close(&p);
}

static unsigned long taken(void)
{
	return end_figure(&e, "Received-Packets");
}

/* A packet in each tick. */
static void talk(unsigned int ticks)
{
	for (; ticks; ticks--) {
		peer_say(&p);
		world_step(&e, 1);
	}
}

static void send_sound(uint8_t payload_type, size_t samples)
{
	struct rtp_header h = p.next;
	uint8_t packet[RTP_HEADER_SIZE + 160];

	memset(packet, 0xff, sizeof(packet));
	h.payload_type = payload_type;
	rtp_write(packet, &h);
	peer_send(&p, p.sockets.rtp, &p.theirs, packet, RTP_HEADER_SIZE + samples);
	if (payload_type)
		return;
	p.next.sequence++;
	p.next.timestamp += (uint32_t)samples;
}

START_TEST(a_socket_from_which_a_packet_comes_each_tick_is_asked_once)
{
	unsigned long before;

	talk(20);
	before = taken();
	asked = 0;

	talk(2 * LOOK_TICKS);

	ck_assert_uint_eq(taken(), before + 2 * LOOK_TICKS);
	ck_assert_uint_eq(asked, 2 * LOOK_TICKS + 2); /* sometimes for more */
}
END_TEST

START_TEST(one_packet_too_many_lies_for_a_tenth_of_a_second_at_most)
{
	unsigned long before;

	talk(20 + (unsigned int)_i); /* wherever it is in its round */
	before = taken();
	peer_say(&p);

	talk(LOOK_TICKS);

	ck_assert_uint_eq(taken(), before + LOOK_TICKS + 1);
	ck_assert_uint_eq(end_figure(&e, "Late"), 0);
}
END_TEST

START_TEST(what_comes_together_after_a_pause_is_taken_together)
{
	unsigned long before;

	talk(20 + (unsigned int)_i);
	before = taken();
	world_step(&e, 3);
	for (int i = 0; i < 4; i++)
		peer_say(&p);

	world_step(&e, 1);

	ck_assert_uint_eq(taken(), before + 4);
}
END_TEST

START_TEST(packets_of_half_a_tick_are_all_taken)
{
	unsigned long before = taken();

	for (unsigned int i = 1; i < 40; i++) {
		if (i % 8 == 0) { /* the second one is late */
			send_sound(0, 80);
			world_step(&e, 1);
			send_sound(0, 80);
		} else {
			send_sound(0, 80);
			send_sound(0, 80);
			world_step(&e, 1);
			ck_assert_uint_eq(taken(), before + 2 * i);
		}
	}
}
END_TEST

START_TEST(a_strangers_packet_hides_none_of_the_peer)
{
	unsigned long before;

	talk(20 + (unsigned int)_i);
	before = taken();
	send_sound(77, 160); /* nothing that was agreed */
	peer_say(&p);

	world_step(&e, 1);

	ck_assert_uint_eq(taken(), before + 1);
	ck_assert_uint_eq(end_figure(&e, "Stranger"), 1);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("receive");
	TCase *t = tcase_create("receive");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_socket_from_which_a_packet_comes_each_tick_is_asked_once);
	tcase_add_loop_test(t, one_packet_too_many_lies_for_a_tenth_of_a_second_at_most, 0,
			LOOK_TICKS);
	tcase_add_loop_test(t, what_comes_together_after_a_pause_is_taken_together, 0, LOOK_TICKS);
	tcase_add_test(t, packets_of_half_a_tick_are_all_taken);
	tcase_add_loop_test(t, a_strangers_packet_hides_none_of_the_peer, 0, LOOK_TICKS);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
