// SPDX-License-Identifier: MIT
/* sip.c - the lock, the reason of a failure, the beginning and the end of a session. */
#define LOG_TOPIC "sip"
#include "sip.h"

#include "account.h"
#include "call.h"
#include "dialog.h"
#include "network.h"
#include "services.h"
#include "stack.h"
#include "tell.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/random.h"
#include "base/os.h"

#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define SETTLE_MS 50

struct sip sip;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_cond_t delivered; /* nobody is inside the host's procedures */

/* What the entry that holds the lock has to say. Its outbox may be emptied by another thread
 * meanwhile, so it is taken out before the lock is given back. */
static struct why words;

static void init_once(void)
{
	pthread_condattr_t attr;

	(void)pthread_condattr_init(&attr);
	(void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&delivered, &attr);
	(void)pthread_condattr_destroy(&attr);
	outbox_init(&sip.outbox, &tell_ops);
	timers_init(&sip.timers);
	list_init(&sip.accounts);
	config_init(&sip.collected);
	config_init(&sip.config);
}

void sip_lock(void)
{
	(void)pthread_mutex_lock(&lock);
}

void sip_unlock(void)
{
	(void)pthread_mutex_unlock(&lock);
}

void sip_wait(pthread_cond_t *cond)
{
	(void)pthread_cond_wait(cond, &lock);
}

bool sip_wait_until(pthread_cond_t *cond, uint64_t until_ms)
{
	struct timespec until = { .tv_sec = (time_t)(until_ms / 1000),
		.tv_nsec = (long)(until_ms % 1000) * 1000000L };

	return pthread_cond_timedwait(cond, &lock, &until) != ETIMEDOUT;
}

void sip_delivered(void)
{
	(void)pthread_cond_broadcast(&delivered);
}

void sip_settle(void)
{
	uint64_t until = clock_now_ms() + SETTLE_MS;

	if (!sip.is_started)
		return;
	while (sip.outbox.delivering)
		if (!sip_wait_until(&delivered, until))
			return;
}

void sip_enter(void)
{
	(void)pthread_once(&once, init_once);
	sip_lock();
	words = (struct why){ 0 };
}

LONG sip_leave(LONG result)
{
	struct why why = words;
	TSPI_REASON reason = sip.outbox.reason;

	words = (struct why){ 0 };
	outbox_deliver(&sip.outbox);
	sip_unlock();
	if (why.cause[0] && reason)
		reason(why.cause, why.sentence);
	return result;
}

void sip_because(const char *cause, const char *fmt, ...)
{
	char sentence[sizeof(words.sentence)];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(sentence, sizeof(sentence), fmt, args);
	va_end(args);
	why_set(&words, 0, cause, "%s", sentence);
}

void sip_explain(const struct why *why)
{
	words = *why;
}

uint64_t sip_new_handle(void)
{
	return ++sip.last_handle;
}

void sip_arm(struct timer *t, uint64_t delay_ms)
{
	timer_arm(&sip.timers, t, delay_ms);
	stack_wake(t->due_ms);
}

struct account *sip_device(DWORD device_id)
{
	list_for(l, &sip.accounts) {
		struct account *a = list_entry(l, struct account, link);

		if (a->has_device && !a->is_removed && a->device == device_id)
			return a;
	}
	return NULL;
}

struct account *sip_account(const char *name)
{
	list_for(l, &sip.accounts) {
		struct account *a = list_entry(l, struct account, link);

		if (!a->is_removed && strcmp(account_name(a), name) == 0)
			return a;
	}
	return NULL;
}

static bool wants_tls(void)
{
	list_for(l, &sip.accounts)
		if (list_entry(l, struct account, link)->config->transport == TRANSPORT_TLS)
			return true;
	return false;
}

/* A port that somebody has, or an interface that is not up yet, can be had later. */
static LONG start_code(int err)
{
	return err == -EADDRNOTAVAIL || err == -ENOMEM || err == -EAGAIN ? LINEERR_RESOURCEUNAVAIL
									 : LINEERR_OPERATIONFAILED;
}

LONG sip_start(DWORD line_base, ASYNC_COMPLETION complete)
{
	struct why why = { 0 };
	DWORD device = line_base;
	int err;

	if (sip.is_started)
		return sip_fail(LINEERR_OPERATIONFAILED, "session", "the provider runs already");
	sip.outbox.complete = complete;
	sip.last_call_id = (DWORD)(random_u64() & 0x3fffffffu);
	err = stack_start(&sip.config, wants_tls(), &why);
	if (err)
		return sip_fail(start_code(err), why.cause[0] ? why.cause : "SIP stack", "%s",
				why.sentence[0] ? why.sentence : os_error_text(-err));
	sip.is_started = true;
	list_for(l, &sip.accounts) {
		struct account *a = list_entry(l, struct account, link);

		a->device = device++;
		a->has_device = true;
		registration_start(a);
	}
	network_start();
	return 0;
}

void sip_stop(void)
{
	network_stop();
	list_for(l, &sip.accounts) {
		struct account *a = list_entry(l, struct account, link);

		account_close(a);
		services_account_changed(a);
		registration_stop(a);
	}
	stack_stop();
	dialogs_fini();
	registration_forget_goodbyes();
	services_fini();
	list_for_safe(m, &sip.accounts) {
		struct account *a = list_entry(m, struct account, link);

		registration_fini(a);
		list_remove(&a->link);
		account_unref(a);
	}
	outbox_fini(&sip.outbox);
	map_fini(&sip.calls);
	map_fini(&sip.owners);
	map_fini(&sip.instances);
	config_fini(&sip.collected);
	config_fini(&sip.config);
	config_init(&sip.collected);
	config_init(&sip.config);
	sip.is_collecting = sip.is_configured = sip.is_started = false;
}
