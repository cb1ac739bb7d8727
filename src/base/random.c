// SPDX-License-Identifier: MIT
/* random.c - getentropy, or splitmix64 when a seed was given. */
#include "base/random.h"

#include "base/os.h"

#include <pthread.h>
#include <string.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static uint64_t state;

static uint64_t next(void)
{
	uint64_t z = (state += 0x9e3779b97f4a7c15U);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
	return z ^ (z >> 31);
}

void random_seed(uint64_t seed)
{
	pthread_mutex_lock(&lock);
	state = seed;
	pthread_mutex_unlock(&lock);
}

void random_bytes(void *p, size_t size)
{
	unsigned char *to = p;

	pthread_mutex_lock(&lock);
	if (!state) {
		os_entropy(p, size);
	} else {
		for (size_t i = 0; i < size; i += sizeof(uint64_t)) {
			uint64_t v = next();

			memcpy(to + i, &v, size - i < sizeof(v) ? size - i : sizeof(v));
		}
	}
	pthread_mutex_unlock(&lock);
}

uint64_t random_u64(void)
{
	uint64_t v;

	random_bytes(&v, sizeof(v));
	return v;
}
