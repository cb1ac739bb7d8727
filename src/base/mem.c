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

/* What is kept for hard times; nobody writes to it, so it costs addresses and no pages. */
static void *_Atomic reserve;
static _Atomic size_t reserve_size;

bool mem_keep_reserve(size_t size)
{
	atomic_store(&reserve_size, size);
	return !mem_is_short();
}

bool mem_is_short(void)
{
	size_t size = atomic_load(&reserve_size);
	void *none = NULL, *p;

	if (!size || atomic_load(&reserve))
		return false;
	p = malloc(size);
	if (p && !atomic_compare_exchange_strong(&reserve, &none, p))
		free(p);
	return !p;
}

/* Nothing was to be had. True: there may be room now. */
static bool is_worth_another(void)
{
	void *p = atomic_exchange(&reserve, NULL);

	free(p);
	if (!p && on_exhaustion)
		on_exhaustion();
	return p != NULL;
}

void *mem_zalloc(size_t count, size_t size)
{
	void *p;

	if ((size && count > SIZE_MAX / size) || must_fail())
		return NULL;
	do
		p = calloc(count ? count : 1, size ? size : 1);
	while (!p && is_worth_another());
	return p;
}

void *mem_alloc(size_t size)
{
	void *p;

	if (must_fail())
		return NULL;
	do
		p = malloc(size ? size : 1);
	while (!p && is_worth_another());
	return p;
}

void *mem_realloc(void *old, size_t size)
{
	void *p;

	if (must_fail())
		return NULL;
	do
		p = realloc(old, size ? size : 1);
	while (!p && is_worth_another());
	return p;
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
	static void *(*const volatile set)(void *, int, size_t) = memset;

	(void)set(p, 0, size);
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
