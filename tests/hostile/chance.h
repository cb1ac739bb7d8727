// SPDX-License-Identifier: MIT
/* chance.h - numbers that follow from a seed, apart from those of the program under test. */
#ifndef TESTS_HOSTILE_CHANCE_H
#define TESTS_HOSTILE_CHANCE_H

#include <stdbool.h>
#include <stdint.h>

struct chance {
	uint64_t state;
};

static inline void chance_seed(struct chance *c, uint64_t seed)
{
	c->state = seed * 0x9e3779b97f4a7c15ULL + 0x2545f4914f6cdd1dULL;
}

/* splitmix64 */
static inline uint64_t chance_u64(struct chance *c)
{
	uint64_t z = c->state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
	return z ^ z >> 31;
}

static inline uint32_t chance_below(struct chance *c, uint32_t n)
{
	return (uint32_t)((chance_u64(c) >> 32) * n >> 32);
}

static inline bool chance_one_in(struct chance *c, uint32_t n)
{
	return chance_below(c, n) == 0;
}

#endif
