// SPDX-License-Identifier: MIT
/* pace.h - whether events of the stack come so fast that they are taken together, and how long to
 * wait for more of them. While few come nobody waits. */
#ifndef SIP_PACE_H
#define SIP_PACE_H

#include <stdint.h>

struct pace {
	uint64_t since_ns; /* when the counting began */
	uint32_t count, per_second;
};

/* An event has come. */
void pace_count(struct pace *p);
/* How long to rest once all that has come is dealt with. 0: not at all. */
uint64_t pace_rest_ns(struct pace *p, uint64_t now_ns);

#endif
