// SPDX-License-Identifier: MIT
/* test_queue.c - what a TSP raises waits for the host's thread: how much of it may, and batches. */
#include "../test_main.h"
#include "core.h"

#include "tsphost/inbox.h"

#include <tapi.h>

#include <poll.h>
#include <pthread.h>
#include <sched.h>

static struct inbox *inbox;
static pthread_barrier_t step;

static void *raise_a_batch(void *arg)
{
	const struct inbox_procs *procs = inbox_procs(inbox);

	procs->batch(1);
	procs->line(1, 0, LINE_DEVSPECIFIC, 1, 0, 0);
	(void)pthread_barrier_wait(&step);
	(void)pthread_barrier_wait(&step);
	procs->batch(0);
	return arg;
}

static int is_woken(void)
{
	struct pollfd p = { .fd = inbox_wake_fd(inbox), .events = POLLIN };

	return poll(&p, 1, 0);
}

START_TEST(a_batch_wakes_when_it_ends)
{
	pthread_t thread;

	inbox = inbox_open("mock");
	ck_assert_ptr_nonnull(inbox);
	ck_assert_int_eq(pthread_barrier_init(&step, NULL, 2), 0);
	ck_assert_int_eq(pthread_create(&thread, NULL, raise_a_batch, NULL), 0);
	(void)pthread_barrier_wait(&step);
	ck_assert(!inbox_is_empty(inbox));
	ck_assert_int_eq(is_woken(), 0);
	(void)pthread_barrier_wait(&step);
	ck_assert_int_eq(pthread_join(thread, NULL), 0);

	ck_assert_int_eq(is_woken(), 1);
	inbox_heard(inbox);
	ck_assert_int_eq(is_woken(), 0);
	inbox_close(inbox);
	(void)pthread_barrier_destroy(&step);
}
END_TEST

enum {
	EVENTS = 20000,
	ROOM = (INBOX_BYTES + (int)sizeof(struct item) - 1) / (int)sizeof(struct item),
	LOOKS = 100000,
};

struct flood {
	struct core *core;
	_Atomic int raised;
};

static void *flood(void *arg)
{
	struct flood *f = arg;

	for (int i = 0; i < EVENTS; i++) {
		f->core->mock->event(0, LINE_DEVSPECIFIC, (DWORD_PTR)i + 1, 0, 0);
		f->raised++;
	}
	return NULL;
}

static void *flood_in_a_batch(void *arg)
{
	struct flood *f = arg;

	f->core->mock->batch(1);
	(void)flood(f);
	f->core->mock->batch(0);
	return NULL;
}

static void take_flood(struct core *c)
{
	for (uint32_t i = 0, events = 0; events < EVENTS; i++) {
		const struct got *g = core_next(c);
		const Event *e = (const Event *)g->body;

		if (g->h.kind == FRAME_EVENT && e->msg == LINE_DEVSPECIFIC)
			ck_assert_uint_eq(e->p1, ++events);
		if (i % 1000 == 0)
			arena_reset(&c->arena, MESSAGE_MAX);
	}
}

START_TEST(a_full_queue_makes_the_thread_wait_and_loses_nothing)
{
	struct core c;
	struct flood f = { &c, 0 };
	pthread_t thread;
	uint32_t serial;

	core_world(&c);
	serial = core_dial(&c, "hang");
	c.mock->wait_hanging();
	ck_assert_int_eq(pthread_create(&thread, NULL, flood, &f), 0);
	while (f.raised < ROOM)
		(void)sched_yield();
	for (int i = 0; i < LOOKS; i++) {
		ck_assert_int_eq(f.raised, ROOM);
		(void)sched_yield();
	}
	c.mock->release();
	(void)core_return(&c, serial);
	take_flood(&c);
	ck_assert_int_eq(pthread_join(thread, NULL), 0);
	(void)core_stop(&c);
}
END_TEST

START_TEST(a_batch_that_finds_no_room_does_not_wait_for_its_own_end)
{
	struct core c;
	struct flood f = { &c, 0 };
	pthread_t thread;

	core_world(&c);
	ck_assert_int_eq(pthread_create(&thread, NULL, flood_in_a_batch, &f), 0);
	take_flood(&c);
	ck_assert_int_eq(pthread_join(thread, NULL), 0);
	(void)core_stop(&c);
}
END_TEST

START_TEST(what_an_entry_raises_without_end_is_lost_when_it_is_too_much)
{
	struct core c;
	const struct got *g;
	uint32_t last = 0;

	core_world(&c);
	(void)core_dial(&c, "storm");
	while ((g = core_next(&c))->h.kind != FRAME_COMPLETION) {
		if (g->h.kind == FRAME_EVENT)
			ck_assert_uint_eq(((const Event *)g->body)->p1, ++last);
		if (last % 1000 == 0)
			arena_reset(&c.arena, MESSAGE_MAX);
	}

	ck_assert_uint_eq(last, ENTRY_BYTES / sizeof(struct item) + 1);
	(void)core_stop(&c);
}
END_TEST

static Suite *queue(void)
{
	Suite *s = suite_create("host queue");
	TCase *t = tcase_create("queue");

	tcase_add_test(t, a_batch_wakes_when_it_ends);
	tcase_add_test(t, a_batch_that_finds_no_room_does_not_wait_for_its_own_end);
	tcase_add_test(t, a_full_queue_makes_the_thread_wait_and_loses_nothing);
	tcase_add_test(t, what_an_entry_raises_without_end_is_lost_when_it_is_too_much);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(queue())
