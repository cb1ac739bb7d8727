// SPDX-License-Identifier: MIT
/* mem.c - malloc and friends with a counter that can say no. */
#include "base/mem.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static _Atomic unsigned long allocations;
static _Atomic unsigned long fail_at;

static _Thread_local bool is_spared;

static bool must_fail(void)
{
	unsigned long n;

	if (is_spared)
		return false;
	n = atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed) + 1;

	return n == atomic_load_explicit(&fail_at, memory_order_relaxed);
}

static void (*on_exhaustion)(void);

void mem_on_exhaustion(void (*fn)(void))
{
	on_exhaustion = fn;
}

static void *given(void *p)
{
	if (!p && on_exhaustion)
		on_exhaustion();
	return p;
}

void *mem_zalloc(size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		return NULL;
	return must_fail() ? NULL : given(calloc(count, size));
}

void *mem_alloc(size_t size)
{
	return must_fail() ? NULL : given(malloc(size ? size : 1));
}

void *mem_realloc(void *p, size_t size)
{
	return must_fail() ? NULL : given(realloc(p, size ? size : 1));
}

void *mem_dup(const void *p, size_t size)
{
	void *copy = mem_alloc(size);

	if (copy && size)
		memcpy(copy, p, size);
	return copy;
}

char *mem_strndup(const char *s, size_t n)
{
	char *copy = n < SIZE_MAX ? mem_alloc(n + 1) : NULL;

	if (!copy)
		return NULL;
	memcpy(copy, s, n);
	copy[n] = '\0';
	return copy;
}

char *mem_strdup(const char *s)
{
	return s ? mem_strndup(s, strlen(s)) : NULL;
}

void mem_free(void *p)
{
	free(p);
}

void mem_wipe(void *p, size_t size)
{
	volatile unsigned char *to = p;

	while (size--)
		*to++ = 0;
}

void mem_fail_at(unsigned long n)
{
	atomic_store(&fail_at, n ? atomic_load(&allocations) + n : 0);
}

bool mem_spare_thread(bool yes)
{
	bool before = is_spared;

	is_spared = yes;
	return before;
}

unsigned long mem_count(void)
{
	return atomic_load(&allocations);
}
