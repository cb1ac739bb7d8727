// SPDX-License-Identifier: MIT
/* stack.c - sofia-sip's thread. Its loop is run, never stepped: its timers need that. Everything
 * that it says goes through stack_on_event(), under the lock. */
#define LOG_TOPIC "sip"
#include "stack_private.h"

#include "dialog.h"
#include "services.h"
#include "sip.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/trace.h"
#include "base/os.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <sofia-sip/msg_addr.h>
#include <sofia-sip/su_addrinfo.h>
#include <sofia-sip/su_log.h>
#include <sofia-sip/su_wait.h>

#define GOODBYE_MS    1000 /* the longest that BYE and REGISTER are waited for at the end */
#define STOP_MS       2500 /* and that sofia takes for its own end */
#define NEVER_MS      UINT64_MAX
#define CLOCK_STEP_US 5000
#define PORT_TRIES    16
#define BATCH_MAX     128 /* events, also those that are not told */

/* How nta marks the responses that it makes up (NTA_INTERNAL_MSG, which no header shows). */
#define SOFIA_INTERNAL (1 << 15)

static struct stack *stack; /* the one that runs; NULL: none */

/* --- Owners --- */

int owner_add(struct owner *o, void (*take)(struct owner *o, const struct sip_event *e))
{
	int err;

	o->key = sip_new_handle();
	o->take = take;
	err = map_set(&sip.owners, o->key, o);
	if (err)
		o->key = 0;
	return err;
}

void owner_remove(struct owner *o)
{
	if (o->key)
		(void)map_remove(&sip.owners, o->key);
	o->key = 0;
	if (stack && stack->is_stopping)
		(void)pthread_cond_broadcast(&stack->changed);
}

nua_hmagic_t *owner_magic(const struct owner *o)
{
	return (nua_hmagic_t *)(uintptr_t)o->key;
}

/* --- Events --- */

bool sip_event_is_local(const struct sip_event *e)
{
	return !e->sip || e->sip->sip_flags & SOFIA_INTERNAL;
}

static void find_source(struct sip_event *e, nua_t *nua, char *text, size_t size)
{
	su_sockaddr_t *from;

	text[0] = '\0';
	e->from = text;
	e->msg = nua_current_request(nua);
	from = e->msg ? msg_addr(e->msg) : NULL;
	if (!from || (from->su_family != AF_INET && from->su_family != AF_INET6))
		return;
	if (!su_inet_ntop(from->su_family, SU_ADDR(from), text, (socklen_t)size))
		text[0] = '\0';
}

/* A handle that sofia made for a request from outside, and nobody took. */
static void take_stray(const struct sip_event *e)
{
	if (e->event == nua_i_invite)
		dialog_take_invite(e);
	else if (!services_take_stray(e))
		log_debug("%s belongs to no call", nua_event_name(e->event));
	if (e->nh && !nua_handle_magic(e->nh))
		nua_handle_destroy(e->nh);
}

static void dispatch(const struct sip_event *e, nua_hmagic_t *magic)
{
	struct owner *o = magic ? map_find(&sip.owners, (uint64_t)(uintptr_t)magic) : NULL;

	if (o)
		o->take(o, e);
	else if (!magic && e->event != nua_i_terminated && e->event != nua_i_state)
		take_stray(e);
}

static void end_loop(struct stack *s)
{
	s->state = STACK_ENDED;
	(void)pthread_cond_broadcast(&s->changed);
	su_root_break(s->root);
}

static bool is_final(const tagi_t tags[])
{
	int state = nua_callstate_init;

	(void)tl_gets(tags, NUTAG_CALLSTATE_REF(state), TAG_END());
	return state == nua_callstate_terminated;
}

void stack_on_event(nua_event_t event, int status, char const *phrase, nua_t *nua,
		nua_magic_t *magic, nua_handle_t *nh, nua_hmagic_t *hmagic, sip_t const *sip_msg,
		tagi_t tags[])
{
	struct stack *s = (struct stack *)magic;
	struct sip_event e = { .event = event,
		.status = status,
		.nh = nh,
		.sip = sip_msg,
		.tags = tags,
		.phrase = phrase ? phrase : "" };
	char from[64];

	s->events++;
	if (event == nua_i_state && !is_final(tags))
		return; /* half of all events; not worth the lock, which the host's thread may have
			 */
	pace_count(&s->pace);
	sip_enter();
	if (event == nua_r_shutdown && status >= 200 && agents_ended(s, nua))
		end_loop(s);
	if (stack == s && s->state == STACK_RUNNING) {
		find_source(&e, nua, from, sizeof(from));
		log_debug("event %s %d %s", nua_event_name(event), status, e.phrase);
		dispatch(&e, hmagic);
	}
	if (s->is_draining)
		sip_unlock(); /* all is told at its end */
	else
		(void)sip_leave(0);
}

/* --- Batches --- */

/* Where an event wakes the host's thread, that one the core and the core the application, most of a
 * call's cost is waking. When many come, they are taken together. Sofia puts what it reads into a
 * queue and comes by here before it looks there. */
static void on_prepoll(su_prepoll_magic_t *magic, su_root_t *root)
{
	struct stack *s = (struct stack *)magic;
	uint64_t rest_ns = s->is_draining ? 0 : pace_rest_ns(&s->pace, clock_now_ns());
	const unsigned long before = s->events;
	unsigned long seen;

	if (!rest_ns)
		return;
	s->is_draining = true;
	do {
		seen = s->events;
		(void)su_root_step(root, 0);
	} while (s->events != seen && s->events - before < BATCH_MAX);
	s->is_draining = false;
	if (s->events == before)
		return;
	sip_enter();
	(void)sip_leave(0);
	if (s->events == seen)
		(void)nanosleep(&(struct timespec){ .tv_nsec = (long)rest_ns }, NULL);
}

/* --- Timers --- */

static void on_timer(su_root_magic_t *magic, su_timer_t *t, su_timer_arg_t *arg);

/* On the thread itself. */
static void set_timer(struct stack *s)
{
	uint64_t now = clock_now_ms(), due;
	uint64_t wait;

	if (!timers_next(&sip.timers, &due)) {
		s->due_ms = NEVER_MS;
		(void)su_timer_reset(s->timer);
		return;
	}
	wait = due > now ? due - now : 0;
	s->due_ms = due;
	(void)su_timer_set_interval(s->timer, on_timer, (su_timer_arg_t *)s,
			(su_duration_t)(wait > 3600000 ? 3600000 : wait + 1));
}

static void on_timer(su_root_magic_t *magic, su_timer_t *t, su_timer_arg_t *arg)
{
	struct stack *s = (struct stack *)arg;

	(void)magic;
	(void)t;
	sip_enter();
	if (stack == s) {
		while (timers_run_one(&sip.timers, clock_now_ms()))
			;
		set_timer(s);
	}
	(void)sip_leave(0);
}

static void on_wake(su_root_magic_t *magic, su_msg_r msg, su_msg_arg_t *arg)
{
	(void)magic;
	(void)msg;
	(void)arg;
	sip_enter();
	if (stack && stack->timer)
		set_timer(stack);
	(void)sip_leave(0);
}

void stack_wake(uint64_t due_ms)
{
	su_msg_r msg = SU_MSG_R_INIT;

	if (!stack || stack->state != STACK_RUNNING || due_ms >= stack->due_ms)
		return;
	if (su_msg_create(msg, su_root_task(stack->root), su_task_null, on_wake, 0) ||
			su_msg_send(msg))
		return;
	stack->due_ms = due_ms;
}

/* --- The thread --- */

/* Sofia's own hooks of its clocks, since 1900; its headers do not show them. */
extern void (*_su_time)(su_time_t *tv);
extern uint64_t (*_su_nanotime)(uint64_t *ns);

static uint64_t clock_base_us; /* on its clocks, when ours is 0 */

/* Sofia goes by the wall clock, which people set: then its timers would fire at once, or never. So
 * it has the wall's time when the first stack starts, and from then on goes as our clock does.
 *
 * Its loop cuts what it waits to whole milliseconds and spins for the rest, for each timer, and
 * each transaction has one. On a clock that goes in steps no rest is left, and timers come
 * together. */
static uint64_t steady_us(void)
{
	uint64_t us = clock_base_us + clock_now_ns() / 1000;

	return us - us % CLOCK_STEP_US;
}

static void steady_time(su_time_t *now)
{
	uint64_t us = steady_us();

	now->tv_sec = (unsigned long)(us / 1000000);
	now->tv_usec = (unsigned long)(us % 1000000);
}

static uint64_t steady_nanotime(uint64_t *ns)
{
	return *ns = steady_us() * 1000;
}

static void steady_clock(void)
{
	if (!clock_base_us)
		clock_base_us = ((uint64_t)clock_wall() + SU_TIME_EPOCH) * 1000000 -
				clock_now_ns() / 1000;
	_su_time = steady_time;
	_su_nanotime = steady_nanotime;
}

static void say_start_failed(struct stack *s, int err)
{
	char said[160], where[CONFIG_TEXT_MAX + 16];

	stack_log_complaint(said, sizeof(said));
	host_port_write(&s->listen, where, sizeof(where));
	why_set(&s->why, 0, "listen", "%s%s: %s%s%s", where,
			s->has_tls ? " or the address for TLS" : "",
			err ? os_error_text(err) : "cannot be opened", said[0] ? "; " : "", said);
	s->state = STACK_FAILED;
}

static void free_stack(struct stack *s)
{
	(void)pthread_cond_destroy(&s->changed);
	mem_free(s);
}

static bool set_up(struct stack *s)
{
	steady_clock();
	s->root = su_root_create(NULL);
	if (!s->root)
		return false;
	(void)su_root_threading(s->root, 0);
	(void)su_root_add_prepoll(s->root, on_prepoll, (su_prepoll_magic_t *)s);
	s->timer = su_timer_create(su_root_task(s->root), 0);
	errno = 0;
	if (!s->timer || !agents_begin(s))
		return false;
	network_attach(s);
	return true;
}

static void *run(void *arg)
{
	struct stack *s = arg;
	bool good, is_abandoned;

	stack_log_forget();
	good = set_up(s);
	sip_lock();
	if (good) {
		s->state = STACK_RUNNING;
		set_timer(s);
	} else {
		say_start_failed(s, errno);
	}
	(void)pthread_cond_broadcast(&s->changed);
	sip_unlock();
	if (good) {
		su_root_run(s->root);
		network_detach(s);
		agents_destroy(s);
	}
	if (s->timer)
		su_timer_destroy(s->timer);
	if (s->root)
		su_root_destroy(s->root);
	sip_lock();
	is_abandoned = s->is_abandoned;
	sip_unlock();
	if (is_abandoned)
		free_stack(s);
	return NULL;
}

/* --- Beginning and end --- */

/* 0: any. */
static int bind_port(int type, uint16_t *port)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(*port) };
	socklen_t size = sizeof(a);
	int fd = socket(AF_INET, type, 0);

	if (fd < 0)
		return -1;
	if (bind(fd, (struct sockaddr *)&a, sizeof(a)) < 0 ||
			getsockname(fd, (struct sockaddr *)&a, &size) < 0) {
		(void)close(fd);
		return -1;
	}
	*port = ntohs(a.sin_port);
	return fd;
}

/* "Any" port is chosen here, so that we know it: it stands in Contact. One that is free for UDP may
 * be somebody's for TCP. */
static void choose_port(struct host_port *h)
{
	bool any = h->port == 0;
	int udp, tcp = -1;

	for (unsigned i = 0; any && i < PORT_TRIES && tcp < 0; i++) {
		h->port = 0;
		udp = bind_port(SOCK_DGRAM, &h->port);
		if (udp < 0)
			return;
		tcp = bind_port(SOCK_STREAM, &h->port);
		(void)close(udp);
	}
	if (tcp >= 0)
		(void)close(tcp);
}

static int prepare(struct stack *s, const struct config *c, bool with_tls, struct why *why)
{
	s->listen = c->listen;
	choose_port(&s->listen);
	(void)snprintf(s->user_agent, sizeof(s->user_agent), "%s", c->user_agent);
	s->t1_ms = c->t1_ms;
	s->tls_verify = c->tls_verify;
	if (!with_tls && !c->listen_tls.host[0])
		return 0;
	s->listen_tls = c->listen_tls;
	if (!s->listen_tls.host[0]) { /* for our own connections only */
		s->listen_tls = c->listen;
		s->listen_tls.port = 0;
	}
	choose_port(&s->listen_tls);
	s->has_tls = true;
	return stack_tls_prepare(c, s->folder, sizeof(s->folder), why);
}

uint16_t stack_port(bool tls)
{
	return !stack ? 0 : tls ? stack->listen_tls.port : stack->listen.port;
}

const char *stack_host(bool tls)
{
	const struct host_port *h = !stack ? NULL : tls ? &stack->listen_tls : &stack->listen;

	return !h || strcmp(h->host, "*") == 0 || strcmp(h->host, "::") == 0 ||
					       strcmp(h->host, "0.0.0.0") == 0
			       ? ""
			       : h->host;
}

int stack_start(const struct config *c, bool with_tls, struct why *why)
{
	struct stack *s = mem_new(struct stack);
	pthread_condattr_t attr;
	int err;

	if (!s)
		return -ENOMEM;
	(void)pthread_condattr_init(&attr);
	(void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&s->changed, &attr);
	(void)pthread_condattr_destroy(&attr);
	s->due_ms = NEVER_MS;
	s->watch_fd = -1;
	stack_log_start(c->tls_certificate[0]);
	err = prepare(s, c, with_tls, why);
	if (!err)
		err = -pthread_create(&s->thread, NULL, run, s);
	if (err) {
		free_stack(s);
		return err;
	}
	stack = s;
	while (s->state == STACK_STARTING)
		sip_wait(&s->changed);
	stack_tls_remove(s->folder);
	if (s->state == STACK_RUNNING)
		return 0;
	*why = s->why;
	stack = NULL;
	sip_unlock();
	(void)pthread_join(s->thread, NULL);
	sip_lock();
	free_stack(s);
	return -EADDRNOTAVAIL;
}

void stack_stop(void)
{
	struct stack *s = stack;
	uint64_t until = clock_now_ms() + STOP_MS, goodbye = clock_now_ms() + GOODBYE_MS;

	if (!s)
		return;
	s->is_stopping = true;
	while (sip.owners.count && sip_wait_until(&s->changed, goodbye))
		;
	agents_shutdown(s);
	while (s->state != STACK_ENDED)
		if (!sip_wait_until(&s->changed, until))
			break;
	stack = NULL;
	if (s->state != STACK_ENDED) {
		/* A server that does not answer; sofia gives up by itself later. */
		s->is_abandoned = true;
		(void)pthread_detach(s->thread);
		return;
	}
	sip_unlock();
	(void)pthread_join(s->thread, NULL);
	sip_lock();
	free_stack(s);
}

struct stack *stack_running(void)
{
	return stack;
}

void stack_drop_handle(nua_handle_t *nh)
{
	if (nh && stack_nua(NULL))
		nua_handle_destroy(nh);
}
