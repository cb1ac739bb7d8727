// SPDX-License-Identifier: MIT
/* exchange.h - the one exchange of this process: its lock, clock, extensions and calls.
 *
 * Every TSPI entry takes the lock with exchange_enter() and gives it back with exchange_leave();
 * everything else in this folder runs under it. What the host is to hear goes into the outbox,
 * which is emptied without the lock, in order, by one thread at a time. */
#ifndef EXCHANGE_EXCHANGE_H
#define EXCHANGE_EXCHANGE_H

#include "config.h"
#include "tell.h"

#include "base/log.h"
#include "base/map.h"
#include "providers/kit/timer.h"

#include <stdbool.h>
#include <tspi.h>

#define EXCHANGE_VERSION_LOW  0x00030000u /* TSPI versions: with MSPs, so not below 3.0 */
#define EXCHANGE_VERSION_HIGH 0x00030001u

struct extension;

struct exchange {
	struct config config;
	struct config collected; /* keys of the next one, while is_collecting */
	bool is_collecting;
	struct extension *extensions;
	DWORD count; /* of extensions; 0: not started */
	DWORD line_base, phone_base;
	struct outbox outbox;
	struct timers timers;
	struct map calls;     /* HDRVCALL -> struct call */
	struct map instances; /* HDRVMSPLINE -> struct instance */
	uint64_t last_handle; /* never used again while the TSP is loaded */
	DWORD last_call_id, last_completion_id;
	struct list parked;      /* halves that are parked */
	struct list completions; /* complete.c */
};

extern struct exchange exchange;

/* The bare lock, for the outbox. */
void exchange_lock(void);
void exchange_unlock(void);
/* The outbox is empty and nobody is inside the host's procedures. */
void exchange_delivered(void);
/* Waits a moment for another thread that is inside the host's procedures, so that it does not speak
 * of what is being closed. Not for ever: it may wait for the host's thread, which is this one. */
void exchange_settle(void);

/* Takes the lock; the first entry of the process makes the configuration. */
void exchange_enter(void);
/* Empties the outbox, gives the lock back, says why a negative result is one; returns it. */
LONG exchange_leave(LONG result);
/* Say why this entry fails (exchange_leave tells the host), and return the code. */
#define exchange_fail(code, ...) (exchange_because(__VA_ARGS__), (code))
void exchange_because(const char *cause, const char *fmt, ...) LOG_PRINTF(2, 3);

/* configure.c: one key, and that they are all; the same from a host that does not say that. */
LONG exchange_configure(const char *key, const char *value);
LONG exchange_configured(void);
void exchange_configure_late(void);

/* 0 or a LINEERR_ code; takes over the configuration. */
LONG exchange_start(DWORD line_base, DWORD phone_base, ASYNC_COMPLETION complete);
/* Ends every call silently, stops the thread; also right when nothing was started. Lock held. */
void exchange_stop(void);
uint64_t exchange_new_handle(void);
DWORD exchange_new_call_id(void);

/* A timer was armed: the thread may have to wake earlier. */
void exchange_arm(struct timer *t, uint64_t delay_ms);

/* Virtual clock only: move it by ms, running each timer at its moment. Takes the lock itself. */
void exchange_advance(uint64_t ms);

/* The line of a device id, or NULL. */
struct extension *exchange_device(DWORD device_id);
struct extension *exchange_number(const char *number);

#endif
