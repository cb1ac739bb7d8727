// SPDX-License-Identifier: MIT
/* pace.c - see pace.h. */
#include "pace.h"

#define WINDOW_NS 100000000u
#define REST_NS   20000000u /* the longest */
#define FAST      600u /* events a second; a call that comes, is acknowledged and ends has four */
#define BATCH     64u  /* more need not be together, and socket buffers are small */
#define SECOND_NS 1000000000u

void pace_count(struct pace *p)
{
	p->count++;
}

uint64_t pace_rest_ns(struct pace *p, uint64_t now_ns)
{
	uint64_t passed = now_ns - p->since_ns, rest;

	if (passed >= WINDOW_NS) {
		p->per_second = (uint32_t)((uint64_t)p->count * SECOND_NS / passed);
		p->count = 0;
		p->since_ns = now_ns;
	}
	if (p->per_second < FAST)
		return 0;
	rest = (uint64_t)BATCH * SECOND_NS / p->per_second;
	return rest < REST_NS ? rest : REST_NS;
}
