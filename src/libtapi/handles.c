// SPDX-License-Identifier: MIT
/* handles.c - the table behind all handles of the process: kind (3 bits), generation (9), index
 * (20). A forked child finds it empty, and does not keep the parent's connections open. */
#include "libtapi/internal.h"

#include "base/mem.h"

#include <string.h>
#include <unistd.h>

enum { INDEX_BITS = 20, GENERATION_BITS = 9 };
enum { INDEX_MAX = 1 << INDEX_BITS, GENERATION_MAX = 1 << GENERATION_BITS };

struct slot {
	uint32_t handle; /* 0: free */
	uint32_t generation;
	uint32_t next_free; /* index + 1, 0: the last */
	struct app *app;
	void *object;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t fork_once = PTHREAD_ONCE_INIT;
static struct list apps = LIST_INIT(apps);
static struct slot *slots;
static uint32_t slot_count, first_free, last_free; /* first and last: index + 1 */

static void before_fork(void)
{
	pthread_mutex_lock(&lock);
}

static void in_parent(void)
{
	pthread_mutex_unlock(&lock);
}

static void close_copy(int fd)
{
	if (fd >= 0)
		(void)close(fd);
}

/* The memory stays: other threads may have held any other lock. */
static void in_child(void)
{
	list_for(pos, &apps) {
		struct app *a = list_entry(pos, struct app, link_apps);

		for (size_t i = 0; i < sizeof(a->fds) / sizeof(a->fds[0]); i++)
			close_copy(atomic_load(&a->fds[i]));
		close_copy(a->gather);
		close_copy(a->timer);
		close_copy(a->wake[0]);
		close_copy(a->wake[1]);
	}
	list_init(&apps);
	slots = NULL;
	slot_count = first_free = last_free = 0;
	pthread_mutex_unlock(&lock);
}

static void watch_forks(void)
{
	(void)pthread_atfork(before_fork, in_parent, in_child);
}

/* Oldest free slot first, so that a generation lasts. */
static struct slot *free_slot(void)
{
	struct slot *s, *bigger;
	uint32_t count;

	if (first_free) {
		s = &slots[first_free - 1];
		first_free = s->next_free;
		if (!first_free)
			last_free = 0;
		return s;
	}
	count = slot_count ? slot_count * 2 : 64;
	if (count > INDEX_MAX)
		return NULL;
	bigger = mem_realloc(slots, count * sizeof(*slots));
	if (!bigger)
		return NULL;
	slots = bigger;
	memset(slots + slot_count, 0, (count - slot_count) * sizeof(*slots));
	for (uint32_t i = slot_count + 1; i < count; i++)
		slots[i].next_free = i + 1 < count ? i + 2 : 0;
	first_free = slot_count + 2;
	last_free = count;
	s = &slots[slot_count];
	slot_count = count;
	return s;
}

uint32_t handle_new(enum handle_kind kind, struct app *a, void *object)
{
	struct slot *s;
	uint32_t handle = 0;

	pthread_mutex_lock(&lock);
	s = free_slot();
	if (s) {
		s->generation = (s->generation + 1) % GENERATION_MAX;
		s->app = a;
		s->object = object;
		handle = s->handle = (uint32_t)kind << (INDEX_BITS + GENERATION_BITS) |
				     s->generation << INDEX_BITS | (uint32_t)(s - slots);
		if (object == a)
			a->handle = handle;
	}
	pthread_mutex_unlock(&lock);
	return handle;
}

/* Under the lock. */
static struct slot *slot_find(uint32_t handle)
{
	uint32_t index = handle & (INDEX_MAX - 1);

	return handle && index < slot_count && slots[index].handle == handle ? &slots[index] : NULL;
}

void handle_remove(uint32_t handle)
{
	struct slot *s;
	uint32_t index;

	pthread_mutex_lock(&lock);
	s = slot_find(handle);
	if (s) {
		index = (uint32_t)(s - slots) + 1;
		if (s->object == s->app)
			s->app->handle = 0;
		s->handle = 0;
		s->app = NULL;
		s->object = NULL;
		s->next_free = 0;
		if (last_free)
			slots[last_free - 1].next_free = index;
		else
			first_free = index;
		last_free = index;
	}
	pthread_mutex_unlock(&lock);
}

static bool is_kind(uint32_t handle, enum handle_kind kind)
{
	return handle >> (INDEX_BITS + GENERATION_BITS) == (uint32_t)kind;
}

struct app *handle_app(uint32_t handle, enum handle_kind kind)
{
	struct slot *s;
	struct app *a = NULL;

	pthread_mutex_lock(&lock);
	s = is_kind(handle, kind) ? slot_find(handle) : NULL;
	if (s)
		a = app_ref(s->app);
	pthread_mutex_unlock(&lock);
	return a;
}

void *handle_object(const struct app *a, uint32_t handle, enum handle_kind kind)
{
	struct slot *s;
	void *object = NULL;

	pthread_mutex_lock(&lock);
	s = is_kind(handle, kind) ? slot_find(handle) : NULL;
	if (s && s->app == a)
		object = s->object;
	pthread_mutex_unlock(&lock);
	return object;
}

void apps_add(struct app *a)
{
	pthread_once(&fork_once, watch_forks);
	pthread_mutex_lock(&lock);
	list_append(&apps, &a->link_apps);
	pthread_mutex_unlock(&lock);
}

void apps_remove(struct app *a)
{
	pthread_mutex_lock(&lock);
	list_remove(&a->link_apps);
	pthread_mutex_unlock(&lock);
}

struct app *apps_oldest(bool phone)
{
	struct app *found = NULL;

	pthread_mutex_lock(&lock);
	list_for(pos, &apps) {
		struct app *a = list_entry(pos, struct app, link_apps);

		if (a->handle && !a->borrowed && (!phone || a->phone) &&
				(!found || (found->phone && !a->phone)))
			found = a;
	}
	if (found)
		app_ref(found);
	pthread_mutex_unlock(&lock);
	return found;
}

struct app *apps_by_descriptor(int gather)
{
	struct app *found = NULL;

	pthread_mutex_lock(&lock);
	list_for(pos, &apps) {
		struct app *a = list_entry(pos, struct app, link_apps);

		if (a->gather == gather)
			found = app_ref(a);
	}
	pthread_mutex_unlock(&lock);
	return found;
}
