// SPDX-License-Identifier: MIT
/* listeners.c - see listeners.h. */
#include "listeners.h"

#include "base/clock.h"
#include "base/mem.h"
#include "tapi.pb-c.h"
#include "wire/frame.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int listeners_init(struct listeners *all)
{
	all->base = event_base_new();
	all->list = mem_new_array(struct listener, all->count);
	if (!all->base || !all->list)
		return -ENOMEM;
	for (unsigned i = 0; i < all->count; i++)
		all->list[i].all = all;
	return all->window <= LISTENERS_WINDOW ? 0 : -EINVAL;
}

void listeners_fail(struct listeners *all, int err)
{
	all->err = err;
	(void)event_base_loopbreak(all->base);
}

static void ask_for_batch(struct listeners *all)
{
	const uint8_t n = (uint8_t)all->batch;

	if (all->trigger >= 0 && write(all->trigger, &n, 1) != 1)
		listeners_fail(all, -errno);
}

void listeners_got(struct listener *l, unsigned events)
{
	struct listeners *all = l->all;
	uint64_t before = l->events / all->batch;

	l->events += events;
	if (all->counting)
		all->delivered += events;
	if (all->trigger < 0)
		return;
	for (; before < l->events / all->batch; before++) {
		unsigned *reached = &all->reached[before % all->window];

		if (++*reached < all->count)
			continue;
		*reached = 0;
		ask_for_batch(all);
	}
}

static void acknowledge(struct listener *l, const struct frame_header *event)
{
	struct frame_header h = { .kind = FRAME_ACK, .serial = event->serial };
	uint8_t ack[FRAME_HEADER];

	frame_header_pack(&h, ack);
	if (write(l->fd, ack, sizeof(ack)) != (ssize_t)sizeof(ack))
		listeners_fail(l->all, -EIO);
}

static unsigned take_event(struct listener *l, const struct frame_header *h, const uint8_t *body)
{
	if (h->kind != FRAME_EVENT || !h->length)
		return 0;
	l->all->event_bytes = h->length;
	if (l->all->unpacks) {
		Event *e = event__unpack(NULL, h->length, body);

		if (!e)
			listeners_fail(l->all, -EPROTO);
		event__free_unpacked(e, NULL);
	}
	return 1;
}

static unsigned take(struct listener *l)
{
	struct frame_header h;
	unsigned events = 0;
	size_t at = 0;

	while (l->unread - at >= FRAME_HEADER) {
		frame_header_unpack(l->in + at, &h);
		if (l->unread - at < FRAME_HEADER + h.length)
			break;
		events += take_event(l, &h, l->in + at + FRAME_HEADER);
		at += FRAME_HEADER + h.length;
		if (h.flags & FLAG_WANT_ACK)
			acknowledge(l, &h);
	}
	l->unread -= at;
	if (l->unread)
		memmove(l->in, l->in + at, l->unread);
	return events;
}

static void on_readable(evutil_socket_t fd, short what, void *arg)
{
	struct listener *l = arg;
	ssize_t n = read(fd, l->in + l->unread, sizeof(l->in) - l->unread);

	(void)what;
	if (n > 0) {
		l->unread += (size_t)n;
		listeners_got(l, take(l));
	} else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
		listeners_fail(l->all, -ECONNRESET);
	}
}

int listeners_add(struct listener *l, int fd, event_callback_fn readable)
{
	struct event *e = event_new(l->all->base, fd, EV_READ | EV_PERSIST, readable, l);

	l->fd = fd;
	return e && event_add(e, NULL) == 0 ? 0 : -ENOMEM;
}

int listeners_add_wire(struct listener *l, int fd)
{
	return listeners_add(l, fd, on_readable);
}

/* sign: -1 before, +1 after. Unsigned arithmetic makes the difference. */
static void count_cpu(struct listeners *all, uint64_t sign)
{
	all->cpu_ns += sign * place_cpu_ns(0);
	for (size_t i = 0; i < LISTENERS_SERVERS && all->servers[i]; i++)
		all->server_cpu_ns[i] += sign * place_cpu_ns(all->servers[i]);
}

static void on_time(evutil_socket_t fd, short what, void *arg)
{
	struct listeners *all = arg;

	(void)fd;
	(void)what;
	count_cpu(all, all->counting ? 1 : (uint64_t)-1);
	if (all->counting) {
		all->end_ns = clock_now_ns();
		(void)event_base_loopbreak(all->base);
		return;
	}
	all->counting = true;
	all->begin_ns = clock_now_ns();
}

static void print(const struct listeners *all)
{
	double n = all->delivered ? (double)all->delivered : 1;

	printf("n=%llu per_s=%.0f event_bytes=%u client_cpu_us=%.3f",
			(unsigned long long)all->delivered,
			n * 1e9 / (double)(all->end_ns - all->begin_ns), all->event_bytes,
			(double)all->cpu_ns / n / 1e3);
	for (size_t i = 0; i < LISTENERS_SERVERS && all->servers[i]; i++)
		printf(" cpu%zu_us=%.3f", i, (double)all->server_cpu_ns[i] / n / 1e3);
	printf("\n");
}

static int pin(const struct listeners *all)
{
	int err = place_pin(0, all->place.others);

	for (size_t i = 0; !err && i < LISTENERS_SERVERS && all->servers[i]; i++)
		err = place_pin(all->servers[i], i ? all->place.others : all->place.daemon);
	return err;
}

int listeners_run(struct listeners *all)
{
	struct timeval warm_up = { .tv_usec = 100000 }, whole;
	double seconds = all->seconds + 0.1;
	int err = pin(all);

	whole.tv_sec = (time_t)seconds;
	whole.tv_usec = (suseconds_t)((seconds - (double)whole.tv_sec) * 1e6);
	if (err)
		return err;
	if (event_base_once(all->base, -1, EV_TIMEOUT, on_time, all, &warm_up) < 0 ||
			event_base_once(all->base, -1, EV_TIMEOUT, on_time, all, &whole) < 0)
		return -ENOMEM;
	for (unsigned i = 0; i < all->window; i++)
		ask_for_batch(all);
	(void)event_base_dispatch(all->base);
	if (!all->err)
		print(all);
	return all->err;
}
