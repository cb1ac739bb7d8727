// SPDX-License-Identifier: MIT
/* engine.h - the two threads of media in a process: the clock, which serves every session each
 * 20 ms at its phase and never waits for anybody, and one for files.
 *
 * What the clock thread looks at is published by an atomic pointer and never changed afterwards;
 * what is no longer published is *retired* and freed when the clock thread cannot see it any more.
 */
#ifndef MEDIA_ENGINE_H
#define MEDIA_ENGINE_H

#include "base/list.h"
#include "media/frame.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#define ENGINE_PHASES 2

struct engine_task { /* embedded in what the clock serves */
	void (*tick)(struct engine_task *task, uint64_t now_ns);
	unsigned int phase; /* chosen by engine_add */
	_Atomic(struct engine_task *) next;
};

struct engine_file { /* embedded in what the file thread serves */
	struct list link;
	void (*turn)(struct engine_file *file);
};

struct engine_retired { /* embedded in what was published */
	struct engine_retired *next;
	uint64_t stamp;
	void (*free)(struct engine_retired *retired);
};

/* The threads live from the first ref to the last unref. 0 or -errno. */
MEDIA_API int media_engine_ref(void);
MEDIA_API void media_engine_unref(void);

/* Returns when the turn that the clock thread may be making now has ended (about a millisecond). */
MEDIA_API void media_engine_quiesce(void);

/* For tests, before the first ref: no threads; the test calls media_engine_step for each 20 ms. */
MEDIA_API void media_engine_set_manual(bool manual);
MEDIA_API void media_engine_step(uint64_t now_ns);

/* Counts turns of the clock, one for each phase that has tasks; from 1. */
uint64_t engine_turn(void);

void engine_add(struct engine_task *task);
/* The clock may be inside the task until it has been retired and freed. */
void engine_remove(struct engine_task *task);
void engine_retire(struct engine_retired *retired, void (*free)(struct engine_retired *));
/* The same with the file lock held: nothing is freed before the file thread's next turn. */
void engine_retire_later(struct engine_retired *retired, void (*free)(struct engine_retired *));

/* A thread of its own for something slow; the last unref waits for its end. 0 or -errno. */
int engine_thread(void (*main)(void *arg), void *arg);

/* Files: everything about them is done under this lock; turns are made with it held. */
void engine_file_lock(void);
void engine_file_unlock(void);
void engine_file_add(struct engine_file *file);    /* lock held */
void engine_file_remove(struct engine_file *file); /* lock held */

#endif
