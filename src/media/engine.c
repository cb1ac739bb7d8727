// SPDX-License-Identifier: MIT
/* engine.c - the clock thread and the file thread. */
#include "media/engine.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#define STEP_NS       (TICK_NS / ENGINE_PHASES)
#define FILE_TURN_NS  50000000u
#define ENDS_NS       10000000u
#define QUIESCE_NS    200000u
#define BEHIND_MAX_NS 5000000000u /* so long a stop is not made up for */

static struct engine {
	pthread_mutex_t lock; /* of what is below; never taken by the clock thread */
	unsigned int refs;
	bool manual;
	struct engine_retired *retired;
	pthread_t clock_thread, file_thread;
	sem_t clock_wake, file_wake;
	pthread_cond_t alone;
	unsigned int threads; /* besides these two */
	pthread_t ended;      /* the last of them that has, not yet joined */
	bool has_ended;

	pthread_mutex_t file_lock;
	struct list files;

	/* Lists that the clock may walk while they change. */
	_Atomic(struct engine_task *) tasks[ENGINE_PHASES];
	atomic_uint count[ENGINE_PHASES];
	_Atomic uint64_t turn_begun, turn_ended;
	atomic_bool running;
} engine = {
	.lock = PTHREAD_MUTEX_INITIALIZER,
	.alone = PTHREAD_COND_INITIALIZER,
	.file_lock = PTHREAD_MUTEX_INITIALIZER,
	.files = LIST_INIT(engine.files),
};

static void sleep_until(uint64_t ns)
{
	const struct timespec t = { (time_t)(ns / 1000000000u), (long)(ns % 1000000000u) };

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR)
		;
}

static void run_phase(unsigned int phase, uint64_t now_ns)
{
	uint64_t turn = atomic_load(&engine.turn_begun) + 1;
	struct engine_task *task;

	atomic_store(&engine.turn_begun, turn);
	for (task = atomic_load(&engine.tasks[phase]); task; task = atomic_load(&task->next))
		task->tick(task, now_ns);
	atomic_store(&engine.turn_ended, turn);
}

uint64_t engine_turn(void)
{
	return atomic_load_explicit(&engine.turn_begun, memory_order_relaxed);
}

static bool has_tasks(void)
{
	for (int i = 0; i < ENGINE_PHASES; i++) {
		if (atomic_load(&engine.tasks[i]))
			return true;
	}
	return false;
}

static void *clock_main(void *arg)
{
	uint64_t deadline = clock_now_ns() / STEP_NS;

	(void)arg;
	while (atomic_load(&engine.running)) {
		uint64_t now;

		if (!has_tasks()) {
			while (sem_wait(&engine.clock_wake) < 0 && errno == EINTR)
				;
			deadline = clock_now_ns() / STEP_NS + 1;
			continue;
		}
		if (atomic_load(&engine.count[deadline % ENGINE_PHASES]) == 0) {
			deadline++;
			continue;
		}
		sleep_until(deadline * STEP_NS);
		now = clock_now_ns();
		if (now > deadline * STEP_NS + BEHIND_MAX_NS)
			deadline = now / STEP_NS;
		run_phase((unsigned int)(deadline % ENGINE_PHASES), now);
		deadline++;
	}
	return NULL;
}

/* Frees what the clock thread has left behind. */
static void sweep(void)
{
	struct engine_retired *list = NULL, **p;
	uint64_t ended;

	(void)pthread_mutex_lock(&engine.lock);
	ended = atomic_load(&engine.turn_ended);
	for (p = &engine.retired; *p;) {
		struct engine_retired *r = *p;

		if (r->stamp > ended) {
			p = &r->next;
			continue;
		}
		*p = r->next;
		r->next = list;
		list = r;
	}
	(void)pthread_mutex_unlock(&engine.lock);
	while (list) {
		struct engine_retired *r = list;

		list = r->next;
		r->free(r);
	}
}

static bool file_turn(void)
{
	bool more;

	sweep();
	engine_file_lock();
	list_for_safe(link, &engine.files) {
		struct engine_file *file = list_entry(link, struct engine_file, link);

		file->turn(file);
	}
	more = !list_empty(&engine.files);
	engine_file_unlock();
	(void)pthread_mutex_lock(&engine.lock);
	more = more || engine.retired;
	(void)pthread_mutex_unlock(&engine.lock);
	return more;
}

static bool has_files(void)
{
	bool some;

	engine_file_lock();
	some = !list_empty(&engine.files);
	engine_file_unlock();
	return some;
}

/* What ends is in no hurry: others end soon, and one turn is for all of them. */
static void await_work(void)
{
	while (sem_wait(&engine.file_wake) < 0 && errno == EINTR)
		;
	if (!has_files())
		sleep_until(clock_now_ns() + ENDS_NS);
	while (sem_trywait(&engine.file_wake) == 0)
		continue;
}

static void *file_main(void *arg)
{
	(void)arg;
	while (atomic_load(&engine.running)) {
		if (file_turn())
			sleep_until(clock_now_ns() + FILE_TURN_NS);
		else
			await_work();
	}
	return NULL;
}

/* Both threads, or none. The application's signals are not ours. */
static int start_threads(void)
{
	sigset_t all, before;
	int r;

	if (sem_init(&engine.clock_wake, 0, 0) < 0 || sem_init(&engine.file_wake, 0, 0) < 0)
		return -errno;
	atomic_store(&engine.running, true);
	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &before);
	r = -pthread_create(&engine.clock_thread, NULL, clock_main, NULL);
	if (!r) {
		r = -pthread_create(&engine.file_thread, NULL, file_main, NULL);
		if (r) {
			atomic_store(&engine.running, false);
			(void)sem_post(&engine.clock_wake);
			(void)pthread_join(engine.clock_thread, NULL);
		}
	}
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	return r;
}

static void stop_threads(void)
{
	atomic_store(&engine.running, false);
	(void)sem_post(&engine.clock_wake);
	(void)sem_post(&engine.file_wake);
	(void)pthread_join(engine.clock_thread, NULL);
	(void)pthread_join(engine.file_thread, NULL);
	(void)sem_destroy(&engine.clock_wake);
	(void)sem_destroy(&engine.file_wake);
}

struct thread {
	void (*main)(void *arg);
	void *arg;
};

/* A thread that ends waits for the one that ended before it, so one is left to be joined. */
static void *thread_main(void *arg)
{
	struct thread t = *(struct thread *)arg;
	pthread_t before;
	bool wait;

	mem_free(arg);
	t.main(t.arg);
	(void)pthread_mutex_lock(&engine.lock);
	wait = engine.has_ended;
	before = engine.ended;
	engine.ended = pthread_self();
	engine.has_ended = true;
	engine.threads--;
	(void)pthread_cond_broadcast(&engine.alone);
	(void)pthread_mutex_unlock(&engine.lock);
	if (wait)
		(void)pthread_join(before, NULL);
	return NULL;
}

int engine_thread(void (*main)(void *arg), void *arg)
{
	struct thread *t = mem_new(struct thread);
	sigset_t all, before;
	pthread_t id;
	int r;

	if (!t)
		return -ENOMEM;
	*t = (struct thread){ .main = main, .arg = arg };
	(void)sigfillset(&all);
	(void)pthread_mutex_lock(&engine.lock);
	(void)pthread_sigmask(SIG_SETMASK, &all, &before);
	r = -pthread_create(&id, NULL, thread_main, t);
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (!r)
		engine.threads++;
	(void)pthread_mutex_unlock(&engine.lock);
	if (r)
		mem_free(t);
	return r;
}

/* Until they are gone altogether: what libc keeps for a thread is freed after its last line. */
static void wait_for_threads(void)
{
	pthread_t last;
	bool join = false;

	(void)pthread_mutex_lock(&engine.lock);
	while (engine.threads && engine.refs == 0)
		(void)pthread_cond_wait(&engine.alone, &engine.lock);
	if (!engine.threads && engine.has_ended) {
		last = engine.ended;
		engine.has_ended = false;
		join = true;
	}
	(void)pthread_mutex_unlock(&engine.lock);
	if (join)
		(void)pthread_join(last, NULL);
}

int media_engine_ref(void)
{
	int r = 0;

	log_as_library();
	(void)pthread_mutex_lock(&engine.lock);
	if (engine.refs == 0 && !engine.manual)
		r = start_threads();
	if (!r)
		engine.refs++;
	(void)pthread_mutex_unlock(&engine.lock);
	return r;
}

void media_engine_unref(void)
{
	bool last;

	(void)pthread_mutex_lock(&engine.lock);
	last = --engine.refs == 0;
	(void)pthread_mutex_unlock(&engine.lock);
	if (!last)
		return;
	if (!engine.manual)
		stop_threads();
	sweep();
	wait_for_threads();
}

void media_engine_quiesce(void)
{
	uint64_t turn = atomic_load(&engine.turn_begun);

	while (!engine.manual && atomic_load(&engine.turn_ended) < turn)
		sleep_until(clock_now_ns() + QUIESCE_NS);
}

void media_engine_set_manual(bool manual)
{
	engine.manual = manual;
}

void media_engine_step(uint64_t now_ns)
{
	(void)file_turn();
	for (unsigned int phase = 0; phase < ENGINE_PHASES; phase++)
		run_phase(phase, now_ns);
}

static void wake(sem_t *s)
{
	if (!engine.manual)
		(void)sem_post(s);
}

void engine_retire_later(struct engine_retired *retired, void (*free)(struct engine_retired *))
{
	retired->free = free;
	(void)pthread_mutex_lock(&engine.lock);
	retired->stamp = atomic_load(&engine.turn_begun);
	retired->next = engine.retired;
	engine.retired = retired;
	(void)pthread_mutex_unlock(&engine.lock);
	wake(&engine.file_wake);
}

void engine_retire(struct engine_retired *retired, void (*free)(struct engine_retired *))
{
	engine_retire_later(retired, free);
	sweep();
}

void engine_add(struct engine_task *task)
{
	unsigned int best = 0;

	(void)pthread_mutex_lock(&engine.lock);
	for (unsigned int i = 1; i < ENGINE_PHASES; i++) {
		if (atomic_load(&engine.count[i]) < atomic_load(&engine.count[best]))
			best = i;
	}
	task->phase = best;
	atomic_store(&task->next, atomic_load(&engine.tasks[best]));
	atomic_store(&engine.tasks[best], task);
	atomic_fetch_add(&engine.count[best], 1);
	(void)pthread_mutex_unlock(&engine.lock);
	wake(&engine.clock_wake);
}

void engine_remove(struct engine_task *task)
{
	_Atomic(struct engine_task *) *p = &engine.tasks[task->phase];

	(void)pthread_mutex_lock(&engine.lock);
	while (atomic_load(p) && atomic_load(p) != task)
		p = &atomic_load(p)->next;
	if (atomic_load(p)) {
		/* task->next stays: the clock may be standing on the task. */
		atomic_store(p, atomic_load(&task->next));
		atomic_fetch_sub(&engine.count[task->phase], 1);
	}
	(void)pthread_mutex_unlock(&engine.lock);
}

void engine_file_lock(void)
{
	(void)pthread_mutex_lock(&engine.file_lock);
}

void engine_file_unlock(void)
{
	(void)pthread_mutex_unlock(&engine.file_lock);
}

void engine_file_add(struct engine_file *file)
{
	list_append(&engine.files, &file->link);
	wake(&engine.file_wake);
}

void engine_file_remove(struct engine_file *file)
{
	list_remove(&file->link);
}
