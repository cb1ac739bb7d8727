// SPDX-License-Identifier: MIT
/* exchange.c - the lock, the clock's thread, and the table of extensions. */
#define LOG_TOPIC "exchange"
#include "exchange.h"

#include "call.h"
#include "complete.h"
#include "extension.h"
#include "station.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/random.h"

#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define SETTLE_MS 50

struct exchange exchange;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_cond_t wake;      /* the clock's thread has something to do */
static pthread_cond_t delivered; /* nobody is inside the host's procedures */
static pthread_t clock_thread;
static bool thread_runs, thread_ends;

/* Why the entry that holds the lock fails. */
static struct why failure;

static void init_once(void)
{
	pthread_condattr_t attr;

	(void)pthread_condattr_init(&attr);
	(void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&wake, &attr);
	(void)pthread_cond_init(&delivered, &attr);
	(void)pthread_condattr_destroy(&attr);
	outbox_init(&exchange.outbox, &tell_ops);
	list_init(&exchange.parked);
	list_init(&exchange.completions);
	timers_init(&exchange.timers);
}

void exchange_lock(void)
{
	(void)pthread_mutex_lock(&lock);
}

void exchange_unlock(void)
{
	(void)pthread_mutex_unlock(&lock);
}

static struct timespec at_ms(uint64_t ms)
{
	return (struct timespec){ .tv_sec = (time_t)(ms / 1000),
		.tv_nsec = (long)(ms % 1000) * 1000000L };
}

void exchange_delivered(void)
{
	(void)pthread_cond_broadcast(&delivered);
}

void exchange_settle(void)
{
	struct timespec until = at_ms(clock_now_ms() + SETTLE_MS);

	if (!thread_runs)
		return;
	while (exchange.outbox.delivering)
		if (pthread_cond_timedwait(&delivered, &lock, &until) == ETIMEDOUT)
			return;
}

void exchange_enter(void)
{
	(void)pthread_once(&once, init_once);
	exchange_lock();
	failure = (struct why){ 0 };
	if (!exchange.config.numbers && config_init(&exchange.config))
		log_error("out of memory: no configuration");
}

LONG exchange_leave(LONG result)
{
	struct why why = failure;
	TSPI_REASON reason = exchange.outbox.reason;

	outbox_deliver(&exchange.outbox);
	exchange_unlock();
	if (result < 0 && why.cause[0] && reason)
		reason(why.cause, why.sentence);
	return result;
}

void exchange_because(const char *cause, const char *fmt, ...)
{
	va_list args;

	(void)snprintf(failure.cause, sizeof(failure.cause), "%s", cause);
	va_start(args, fmt);
	(void)vsnprintf(failure.sentence, sizeof(failure.sentence), fmt, args);
	va_end(args);
}

static void *run_clock(void *arg)
{
	uint64_t due;

	(void)arg;
	exchange_lock();
	while (!thread_ends) {
		while (!thread_ends && timers_run_one(&exchange.timers, clock_now_ms()))
			outbox_deliver(&exchange.outbox);
		if (thread_ends)
			break;
		if (timers_next(&exchange.timers, &due)) {
			struct timespec until = at_ms(due);

			(void)pthread_cond_timedwait(&wake, &lock, &until);
		} else {
			(void)pthread_cond_wait(&wake, &lock);
		}
	}
	exchange_unlock();
	return NULL;
}

void exchange_arm(struct timer *t, uint64_t delay_ms)
{
	timer_arm(&exchange.timers, t, delay_ms);
	(void)pthread_cond_signal(&wake);
}

void exchange_advance(uint64_t ms)
{
	uint64_t end, due;

	exchange_enter();
	end = clock_now_ms() + ms;
	while (timers_next(&exchange.timers, &due) && due <= end) {
		if (due > clock_now_ms())
			clock_advance_ms(due - clock_now_ms());
		(void)timers_run_one(&exchange.timers, due);
		outbox_deliver(&exchange.outbox);
	}
	if (end > clock_now_ms())
		clock_advance_ms(end - clock_now_ms());
	(void)exchange_leave(0);
}

static void make_extensions(void)
{
	for (DWORD i = 0; i < exchange.count; i++) {
		struct extension *e = &exchange.extensions[i];

		e->index = i;
		memcpy(e->number, exchange.config.numbers[i], sizeof(e->number));
		config_name(&exchange.config, i, e->name);
		config_group(&exchange.config, i, e->group);
		e->kind = config_kind(&exchange.config, i);
		e->status_flags = STATION_AT_START;
		terminals_init(&e->terminals);
		phone_init(&e->phone, e);
		list_init(&e->calls);
		list_init(&e->instances);
	}
}

static LONG start_clock(void)
{
	if (exchange.config.virtual_clock) {
		clock_set_virtual(0);
		return 0;
	}
	thread_ends = false;
	if (pthread_create(&clock_thread, NULL, run_clock, NULL))
		return LINEERR_RESOURCEUNAVAIL;
	thread_runs = true;
	return 0;
}

LONG exchange_start(DWORD line_base, DWORD phone_base, ASYNC_COMPLETION complete)
{
	LONG err;

	if (exchange.count || !exchange.config.numbers)
		return LINEERR_OPERATIONFAILED;
	exchange.extensions = mem_new_array(struct extension, exchange.config.count);
	if (!exchange.extensions)
		return LINEERR_NOMEM;
	random_seed(exchange.config.seed);
	exchange.count = (DWORD)exchange.config.count;
	exchange.line_base = line_base;
	exchange.phone_base = phone_base;
	exchange.outbox.complete = complete;
	exchange.last_call_id = (DWORD)(random_u64() & 0x3fffffffu);
	make_extensions();
	err = start_clock();
	if (err)
		exchange_stop();
	return err;
}

void exchange_stop(void)
{
	complete_fini();
	for (DWORD i = 0; i < exchange.count; i++) {
		extension_close(&exchange.extensions[i]);
		phone_fini(&exchange.extensions[i].phone);
	}
	if (thread_runs) {
		thread_ends = true;
		(void)pthread_cond_signal(&wake);
		exchange_unlock();
		(void)pthread_join(clock_thread, NULL);
		exchange_lock();
		thread_runs = false;
	}
	outbox_fini(&exchange.outbox);
	map_fini(&exchange.calls);
	map_fini(&exchange.instances);
	mem_free(exchange.extensions);
	exchange.extensions = NULL;
	exchange.count = 0;
	config_fini(&exchange.config);
	config_fini(&exchange.collected);
	exchange.is_collecting = false;
}

uint64_t exchange_new_handle(void)
{
	return ++exchange.last_handle;
}

DWORD exchange_new_call_id(void)
{
	return ++exchange.last_call_id;
}

struct extension *exchange_device(DWORD device_id)
{
	DWORD index = device_id - exchange.line_base;

	return device_id >= exchange.line_base && index < exchange.count
			       ? &exchange.extensions[index]
			       : NULL;
}

struct extension *exchange_number(const char *number)
{
	for (DWORD i = 0; i < exchange.count; i++)
		if (strcmp(exchange.extensions[i].number, number) == 0)
			return &exchange.extensions[i];
	return NULL;
}
