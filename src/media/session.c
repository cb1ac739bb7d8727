// SPDX-License-Identifier: MIT
/* session.c - the owner's side of the media of a call. */
#include "media/session_private.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/os.h"
#include "base/random.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define NTP_EPOCH 2208988800u

static void free_coders(struct published_plan *p)
{
	coder_unref(p->encoder);
	for (size_t i = 0; i < p->plan.rx_count; i++)
		coder_unref(p->decoders[i]);
}

static void plan_free(struct engine_retired *retired)
{
	struct published_plan *p =
			(struct published_plan *)(void *)((char *)retired -
							  offsetof(struct published_plan, retired));

	for (int w = 0; w < MEDIA_DIRECTIONS; w++) {
		for (unsigned int i = 0; i < p->plan.way[w].count; i++)
			media_terminal_unref(p->plan.way[w].terminals[i]);
	}
	for (int w = 0; w < MEDIA_DIRECTIONS; w++)
		media_secure_unref(p->plan.secure[w]);
	for (int i = 0; i < MEDIA_TAPS; i++)
		media_tap_unref(p->plan.taps[i]);
	free_coders(p);
	mem_free(p);
}

/* That of the plan before, as long as the peer is the same; else a new one. */
static struct coder *take_coder(struct coder *const *before, size_t count,
		const struct codec *codec, bool encodes)
{
	for (size_t i = 0; i < count; i++) {
		if (before[i] && before[i]->codec == codec)
			return coder_ref(before[i]);
	}
	return coder_new(codec, encodes);
}

/* 0 or -ENOMEM. */
static int make_coders(struct published_plan *p, const struct published_plan *before)
{
	if (!p->plan.agreement)
		return 0;
	if (before && before->plan.agreement != p->plan.agreement)
		before = NULL;
	p->encoder = take_coder(before ? &before->encoder : NULL, before != NULL, p->plan.tx.codec,
			true);
	for (size_t i = 0; p->encoder && i < p->plan.rx_count; i++) {
		p->decoders[i] = take_coder(before ? before->decoders : NULL,
				before ? before->plan.rx_count : 0, p->plan.rx[i].codec, false);
		if (!p->decoders[i])
			return -ENOMEM;
	}
	return p->encoder ? 0 : -ENOMEM;
}

static void name_session(struct media_session *s)
{
	char host[INET6_ADDRSTRLEN];

	address_text((const struct sockaddr *)&s->sockets.local, host, sizeof(host));
	(void)snprintf(s->cname, sizeof(s->cname), "%08lx@%s",
			(unsigned long)(uint32_t)random_u64(), host);
}

/* What sessions leave behind for the next ones: else each short call has the heap grow and shrink.
 */
static struct {
	pthread_mutex_t lock;
	unsigned int count;
	struct media_session *list[16];
} stock = { .lock = PTHREAD_MUTEX_INITIALIZER };

static struct media_session *take_from_stock(void)
{
	struct media_session *s;

	(void)pthread_mutex_lock(&stock.lock);
	s = stock.count ? stock.list[--stock.count] : NULL;
	(void)pthread_mutex_unlock(&stock.lock);
	return s;
}

static void give_to_stock(struct media_session *s)
{
	bool is_room;

	(void)pthread_mutex_lock(&stock.lock);
	is_room = stock.count < sizeof(stock.list) / sizeof(stock.list[0]);
	if (is_room)
		stock.list[stock.count++] = s;
	(void)pthread_mutex_unlock(&stock.lock);
	if (!is_room)
		mem_free(s);
}

/* All zero but the packets of the jitter buffer: 170 KiB that a short call never touches. */
static struct media_session *session_alloc(void)
{
	const size_t packets = offsetof(struct media_session, rx.jitter.slots);
	struct media_session *s = take_from_stock();
	size_t behind;

	if (!s)
		s = mem_alloc(sizeof(*s));
	if (!s)
		return NULL;
	behind = packets + sizeof(s->rx.jitter.slots);
	memset(s, 0, packets);
	memset((char *)s + behind, 0, sizeof(*s) - behind);
	return s;
}

int media_session_new(const struct sockaddr *address, uint64_t id, struct media_mailbox *mailbox,
		struct media_session **out)
{
	struct media_session *s = session_alloc();
	int r;

	if (!s)
		return -ENOMEM;
	r = udp_pair_open(address, udp_port_range(), &s->sockets);
	if (r < 0) {
		mem_free(s);
		return r;
	}
	s->id = id;
	s->mailbox = mailbox;
	s->task.tick = session_tick;
	s->wall_ns = ((uint64_t)clock_wall() + NTP_EPOCH) * 1000000000u - clock_now_ns();
	s->stamped = !clock_is_virtual() && os_stamp_arrivals(s->sockets.rtp) == 0 &&
		     os_stamp_arrivals(s->sockets.rtcp) == 0;
	s->turn = (uint32_t)id;
	name_session(s);
	session_reset(s);
	engine_add(&s->task);
	*out = s;
	return 0;
}

static void session_free(struct engine_retired *retired)
{
	struct media_session *s =
			(struct media_session *)(void *)((char *)retired -
							 offsetof(struct media_session, retired));
	struct published_plan *p = atomic_load(&s->plan);

	if (p && s->tx.ssrc && s->adopted)
		rtcp_send(s, true);
	udp_pair_close(&s->sockets);
	if (p)
		plan_free(&p->retired);
	give_to_stock(s);
}

void media_session_free(struct media_session *s)
{
	if (!s)
		return;
	engine_remove(&s->task);
	engine_retire(&s->retired, session_free);
}

const struct sockaddr *media_session_local(const struct media_session *s)
{
	return (const struct sockaddr *)&s->sockets.local;
}

static int connect_to(struct media_session *s, const struct media_plan *plan)
{
	if (plan->latch.ss_family != AF_UNSPEC)
		return udp_pair_disconnect(&s->sockets);
	return udp_pair_connect(&s->sockets, (const struct sockaddr *)&plan->rtp,
			(const struct sockaddr *)&plan->rtcp);
}

int media_session_set_plan(struct media_session *s, const struct media_plan *plan)
{
	struct published_plan *p = mem_new(struct published_plan), *old = atomic_load(&s->plan);
	int r;

	if (!p)
		return -ENOMEM;
	p->plan = *plan;
	r = make_coders(p, old);
	if (r < 0)
		goto free_plan;
	if (plan->agreement && plan->agreement != s->agreement)
		r = connect_to(s, plan);
	if (r < 0) {
		if (s->agreement)
			(void)connect_to(s, &old->plan);
		goto free_plan;
	}
	s->agreement = plan->agreement;
	for (int w = 0; w < MEDIA_DIRECTIONS; w++) {
		for (unsigned int i = 0; i < plan->way[w].count; i++)
			(void)media_terminal_ref(plan->way[w].terminals[i]);
	}
	for (int w = 0; w < MEDIA_DIRECTIONS; w++)
		(void)media_secure_ref(plan->secure[w]);
	for (int i = 0; i < MEDIA_TAPS; i++)
		(void)media_tap_ref(plan->taps[i]);
	old = atomic_exchange(&s->plan, p);
	if (old)
		engine_retire(&old->retired, plan_free);
	return 0;

free_plan:
	free_coders(p);
	mem_free(p);
	return r;
}

static int give_command(struct media_session *s, const struct command *c)
{
	uint32_t tail = atomic_load_explicit(&s->command_tail, memory_order_relaxed);

	if (tail - atomic_load_explicit(&s->command_head, memory_order_acquire) == COMMANDS)
		return -EAGAIN;
	s->commands[tail % COMMANDS] = *c;
	atomic_store_explicit(&s->command_tail, tail + 1, memory_order_release);
	return 0;
}

int media_session_send_digits(struct media_session *s, uint32_t id, const char *digits,
		uint32_t duration_ms, uint32_t pause_ms)
{
	struct command c = {
		.kind = COMMAND_DIGITS, .id = id, .duration_ms = duration_ms, .pause_ms = pause_ms
	};

	if (strlen(digits) > EVENT_DIGITS_MAX)
		return -E2BIG;
	memcpy(c.digits, digits, strlen(digits) + 1);
	return give_command(s, &c);
}

int media_session_send_pulses(struct media_session *s, uint32_t id, const char *digits)
{
	struct command c = { .kind = COMMAND_PULSES, .id = id };

	if (strlen(digits) > EVENT_DIGITS_MAX)
		return -E2BIG;
	memcpy(c.digits, digits, strlen(digits) + 1);
	return give_command(s, &c);
}

int media_session_send_tone(struct media_session *s, uint32_t id, const struct media_tone *tone)
{
	const struct command c = { .kind = COMMAND_TONE, .id = id, .tone = *tone };

	return give_command(s, &c);
}

void media_session_figures(const struct media_session *s, int way, struct media_figures *out)
{
	const struct figures *f = &s->figures[way];

	out->packets = atomic_load(&f->packets);
	out->bytes = atomic_load(&f->bytes);
	out->lost = atomic_load(&f->lost);
	out->late = atomic_load(&f->late);
	out->duplicate = atomic_load(&f->duplicate);
	out->stranger = atomic_load(&f->stranger);
	out->made = atomic_load(&f->made);
	out->jitter_us = atomic_load(&f->jitter_us);
	out->round_trip_us = atomic_load(&f->round_trip_us);
	out->delay_ms = atomic_load(&f->delay_ms);
	out->ssrc = atomic_load(&f->ssrc);
	out->level = atomic_load(&f->level);
}

const struct codec *media_session_heard(const struct media_session *s)
{
	return atomic_load(&s->heard);
}

void media_local_address(const struct sockaddr_storage *wanted, struct sockaddr_storage *out)
{
	udp_local_address(wanted, out);
}

void media_session_remote(const struct media_session *s, struct sockaddr_storage *out)
{
	const struct published_plan *p = atomic_load(&s->plan);
	uint32_t port = atomic_load(&s->latched_port);

	*out = p->plan.rtp;
	if (p->plan.latch.ss_family == AF_UNSPEC || !port)
		return;
	*out = p->plan.latch;
	address_set_port((struct sockaddr *)out, (uint16_t)port);
}
