// SPDX-License-Identifier: MIT
/* sip.h - the one SIP provider of this process: its lock, its accounts, and the thread in which
 * sofia-sip runs.
 *
 * Every TSPI entry takes the lock with sip_enter() and gives it back with sip_leave(); so does the
 * one procedure that sofia-sip calls (stack.c), and so do the timers, which run on its thread.
 * Everything else in this folder runs under the lock. nua_ functions only post messages to that
 * thread, so they are called with the lock held. What the host is to hear goes into the outbox. */
#ifndef SIP_SIP_H
#define SIP_SIP_H

#include "config.h"

#include "base/list.h"
#include "base/log.h"
#include "base/map.h"
#include "providers/kit/outbox.h"
#include "providers/kit/timer.h"

#include <pthread.h>
#include <stdbool.h>
#include <tspi.h>

#define SIP_VERSION_LOW  0x00030000u /* TSPI versions: with MSPs, so not below 3.0 */
#define SIP_VERSION_HIGH 0x00030001u

struct account;

struct sip {
	struct config collected; /* what TSPI_providerConfigure has brought so far */
	bool is_collecting;      /* the next key adds to it; else it begins anew */
	struct config config;    /* what runs; its list of accounts is empty: see accounts */
	bool is_configured;

	struct list accounts; /* struct account, in the order of their devices */
	bool is_started;      /* between TSPI_providerInit and TSPI_providerShutdown */
	HPROVIDER provider;
	LINEEVENT create; /* for LINE_CREATE and LINE_REMOVE */

	struct outbox outbox;
	struct timers timers;
	struct map calls;     /* HDRVCALL -> struct call */
	struct map owners;    /* key -> struct owner: what handles of sofia are bound to */
	struct map instances; /* HDRVMSPLINE -> struct instance */
	uint64_t last_handle; /* never used again while the TSP is loaded */
	DWORD last_call_id;
};

extern struct sip sip;

/* The bare lock, for the outbox. */
void sip_lock(void);
void sip_unlock(void);
/* With the lock, which is given up meanwhile. False: the time is over. */
void sip_wait(pthread_cond_t *cond);
bool sip_wait_until(pthread_cond_t *cond, uint64_t until_ms);
/* The outbox is empty and nobody is inside the host's procedures. */
void sip_delivered(void);
/* Waits a moment for another thread that is inside the host's procedures, so that it does not speak
 * of what is being closed. Not for ever: it may wait for the host's thread, which is this one. */
void sip_settle(void);

/* Takes the lock; the first entry of the process makes the configuration. */
void sip_enter(void);
/* Empties the outbox, gives the lock back, says why a result is what it is; returns it. */
LONG sip_leave(LONG result);
/* Say why this entry fails (sip_leave tells the host), and return the code. */
#define sip_fail(code, ...) (sip_because(__VA_ARGS__), (code))
void sip_because(const char *cause, const char *fmt, ...) LOG_PRINTF(2, 3);
/* Say something with a result of 0: "why is this line out of service". */
void sip_explain(const struct why *why);

/* 0 or a LINEERR_ code. The accounts of the configuration get the devices from line_base on. */
LONG sip_start(DWORD line_base, ASYNC_COMPLETION complete);
/* Ends every call silently, unregisters, stops the thread; also right when nothing was started. */
void sip_stop(void);
uint64_t sip_new_handle(void);

/* A timer runs on sofia's thread, with the lock. */
void sip_arm(struct timer *t, uint64_t delay_ms);

/* The account of a device id, or of an account's name, or NULL. */
struct account *sip_device(DWORD device_id);
struct account *sip_account(const char *name);

/* configure.c: TSPI_providerConfigure and TSPI_providerConfigured. */
LONG sip_configure(const char *key, const char *value);
LONG sip_configured(void);

#endif
