// SPDX-License-Identifier: MIT
/* exchange_door.c - the exchange's virtual clock, moved from outside. */
#include "machine.h"

#include "providers/exchange/exchange.h"

__attribute__((visibility("default"))) void exchange_door_advance(uint64_t ms)
{
	exchange_advance(ms);
}
