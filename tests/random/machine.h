// SPDX-License-Identifier: MIT
/* machine.h - the whole of tapisrvd in one thread: the core, a provider host with the exchange, and
 * the applications, which use libtapi. Where libtapi would wait for the daemon, the machine runs
 * the daemon instead (poll.c); the clock stands still unless the machine moves it. So everything
 * that happens follows from the seed. */
#ifndef TESTS_RANDOM_MACHINE_H
#define TESTS_RANDOM_MACHINE_H

#include <stdbool.h>
#include <stdint.h>
#include <tapi.h>

enum { MACHINE_LINES = 20 };

/* Starts it; the socket is told to libtapi. */
void machine_start(uint64_t seed);
void machine_stop(void);
/* One step of core or host, by chance. False: nobody had anything to do for some steps. */
bool machine_step(void);
/* Until nobody has anything to say at this moment. */
void machine_settle(void);
/* Moves the clock of core and exchange. */
void machine_advance(uint64_t ms);
/* From now on (or no longer) the clock stands still whoever waits. */
void machine_freeze(bool frozen);
/* The machine is at work: who polls now is not an application. */
bool machine_is_at_work(void);

/* The chance of the workload. */
uint32_t machine_below(uint32_t n);
/* Ends the program with what went wrong and how to see it again. */
_Noreturn void machine_fail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* tapi_door.c: the daemon's number of a call, 0: none. */
uint64_t tapi_door_call(HCALL handle);
/* exchange_door.c, in the provider's file. */
void exchange_door_advance(uint64_t ms);

#endif
