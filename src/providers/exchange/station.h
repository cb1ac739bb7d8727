// SPDX-License-Identifier: MIT
/* station.h - the status bits of a line that applications may set: its message waiting lamp, its
 * lock, and whether it serves at all. */
#ifndef EXCHANGE_STATION_H
#define EXCHANGE_STATION_H

#include <stdbool.h>
#include <tspi.h>

struct extension;

/* LINEDEVSTATUSFLAGS_ that can be set, and what they are when the exchange starts. */
DWORD station_settable(void);
#define STATION_AT_START (LINEDEVSTATUSFLAGS_CONNECTED | LINEDEVSTATUSFLAGS_INSERVICE)
/* LINEDEVSTATE_ that tell of them. */
DWORD station_states(void);

LONG station_set(struct extension *e, DRV_REQUESTID id, DWORD flags, bool on);
/* From inside of the exchange: nothing happens if they are so already. */
void station_change(struct extension *e, DWORD flags, bool on);
/* It is connected and in service. */
bool station_serves(const struct extension *e);
/* 0, or why no call can be made from it. */
LONG station_check_calling(const struct extension *e);

#endif
