// SPDX-License-Identifier: MIT
/* mem.h - the one door to the heap, so that a test can make the n-th allocation fail. */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>

/* Zeroed memory for one object, or NULL. */
#define mem_new(type) ((type *)mem_zalloc(1, sizeof(type)))
/* A zeroed array; NULL also when count * size would overflow. */
#define mem_new_array(type, count) ((type *)mem_zalloc((count), sizeof(type)))

void *mem_zalloc(size_t count, size_t size);
void *mem_alloc(size_t size);
/* Like realloc; on NULL the old block stays valid. */
void *mem_realloc(void *p, size_t size);
void *mem_dup(const void *p, size_t size);
/* NULL in, NULL out. */
char *mem_strdup(const char *s);
char *mem_strndup(const char *s, size_t n);
void mem_free(void *p);
/* Zeros that no compiler leaves out: for keys. */
void mem_wipe(void *p, size_t size);

/* What is called, by any thread, when the system gives no memory; it need not return. Before the
 * first thread. */
void mem_on_exhaustion(void (*fn)(void));

/* Keeps so many bytes back: when there is no other memory they are given up, so that what is going
 * on can go on. As long as they are missing nothing new should begin. False: they are missing. */
bool mem_keep_reserve(size_t size);
/* The reserve is missing, and cannot be had back yet. */
bool mem_is_short(void);

/* The n-th allocation from now (1 = the next) fails, once; 0 switches this off. */
void mem_fail_at(unsigned long n);
/* Those of the calling thread do not count and never fail from now on, or do again: for a test that
 * plays the other side. What it was before. */
bool mem_spare_thread(bool yes);
/* Allocations since the start of the process, for check-oom's loop. */
unsigned long mem_count(void);

#endif
