// SPDX-License-Identifier: MIT
/* mix.c - the groups of this process and their sums.
 *
 * Members are served on several phases, each once in 20 ms. What a member gives lies in its slots
 * until its next turn. The first member that is served in a turn of the clock adds up all slots;
 * each one takes out of the sum what it gave itself the last time. So the work grows with the
 * number of members, not with its square, and nobody waits for anybody. A slot that has not been
 * filled for a whole round belongs to a call that has no session now: it is left out. */
#include "media/mix.h"

#include "base/list.h"
#include "base/mem.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>

struct media_group {
	struct engine_retired retired;
	struct list link;
	char name[MIX_NAME_MAX + 1];
	unsigned int count;
	_Atomic int top; /* no member is at this place or behind it */
	_Atomic(struct media_member *) members[MIX_MEMBERS_MAX];

	/* The clock thread's: the sums, as of its turn. */
	uint64_t turn;
	int32_t peers[TICK_SAMPLES], terminals[TICK_SAMPLES];
};

struct slot { /* what a member has given last, and in which turn */
	uint64_t turn;
	bool counted; /* in the sum of this turn */
	int16_t samples[TICK_SAMPLES];
};

struct media_member {
	struct engine_retired retired;
	struct media_group *group;

	struct slot peer, terminals;  /* the clock thread's, as is the next */
	int32_t others[TICK_SAMPLES]; /* peers of this turn, without its own */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of the list and its counts */
static struct list groups = LIST_INIT(groups);

static struct media_group *find_group(const char *name)
{
	list_for(link, &groups) {
		struct media_group *g = list_entry(link, struct media_group, link);

		if (strcmp(g->name, name) == 0)
			return g;
	}
	return NULL;
}

/* An empty one that has the name, or NULL. */
static struct media_group *make_group(const char *name)
{
	struct media_group *g = mem_new(struct media_group);

	if (!g)
		return NULL;
	memcpy(g->name, name, strlen(name) + 1);
	list_append(&groups, &g->link);
	return g;
}

static int enter(struct media_group *g, struct media_member *m)
{
	for (int i = 0; i < MIX_MEMBERS_MAX; i++) {
		if (atomic_load(&g->members[i]))
			continue;
		m->group = g;
		g->count++;
		atomic_store(&g->members[i], m);
		if (i >= atomic_load(&g->top))
			atomic_store(&g->top, i + 1);
		return 0;
	}
	return -ENOSPC;
}

int media_mix_join(const char *group, struct media_member **out)
{
	struct media_group *g;
	struct media_member *m;
	int r = -ENOMEM;

	if (*group == '\0' || strlen(group) > MIX_NAME_MAX)
		return -EINVAL;
	m = mem_new(struct media_member);
	if (!m)
		return -ENOMEM;
	(void)pthread_mutex_lock(&lock);
	g = find_group(group);
	if (!g)
		g = make_group(group);
	if (g)
		r = enter(g, m);
	(void)pthread_mutex_unlock(&lock);
	if (r < 0)
		mem_free(m);
	else
		*out = m;
	return r;
}

static void free_member(struct engine_retired *retired)
{
	mem_free((char *)retired - offsetof(struct media_member, retired));
}

static void free_group(struct engine_retired *retired)
{
	mem_free((char *)retired - offsetof(struct media_group, retired));
}

void media_mix_leave(struct media_member *m)
{
	struct media_group *g;
	bool last;

	if (!m)
		return;
	g = m->group;
	(void)pthread_mutex_lock(&lock);
	for (int i = 0; i < MIX_MEMBERS_MAX; i++) {
		if (atomic_load(&g->members[i]) == m)
			atomic_store(&g->members[i], NULL);
	}
	last = --g->count == 0;
	if (last)
		list_remove(&g->link);
	(void)pthread_mutex_unlock(&lock);
	engine_retire(&m->retired, free_member);
	if (last)
		engine_retire(&g->retired, free_group);
}

const char *media_mix_name(const struct media_member *m)
{
	return m->group->name;
}

unsigned int media_mix_count(const struct media_member *m)
{
	unsigned int count;

	if (!m)
		return 0;
	(void)pthread_mutex_lock(&lock);
	count = m->group->count;
	(void)pthread_mutex_unlock(&lock);
	return count;
}

/* --- the clock thread's ---------------------------------------------------------------------- */

static void add(int32_t *sum, const int16_t *samples)
{
	for (int i = 0; i < TICK_SAMPLES; i++)
		sum[i] += samples[i];
}

static void count_slot(struct slot *s, uint64_t turn, int32_t *sum)
{
	s->counted = s->turn && turn - s->turn <= ENGINE_PHASES;
	if (s->counted)
		add(sum, s->samples);
}

static void add_up(struct media_group *g)
{
	uint64_t turn = engine_turn();

	if (g->turn == turn)
		return;
	g->turn = turn;
	memset(g->peers, 0, sizeof(g->peers));
	memset(g->terminals, 0, sizeof(g->terminals));
	for (int i = 0, top = atomic_load(&g->top); i < top; i++) {
		struct media_member *m = atomic_load(&g->members[i]);

		if (!m)
			continue;
		count_slot(&m->peer, turn, g->peers);
		count_slot(&m->terminals, turn, g->terminals);
	}
}

/* The sum without what the slot has in it, which is replaced. */
static void exchange(struct slot *s, const int32_t *sum, const int16_t *samples, uint64_t turn,
		int32_t *others)
{
	memcpy(others, sum, TICK_SAMPLES * sizeof(*sum));
	if (s->counted) {
		for (int i = 0; i < TICK_SAMPLES; i++)
			others[i] -= s->samples[i];
	}
	memcpy(s->samples, samples, sizeof(s->samples));
	s->turn = turn;
	s->counted = false;
}

void mix_hear(struct media_member *m, const int16_t *peer, int16_t *all)
{
	struct media_group *g = m->group;

	add_up(g);
	exchange(&m->peer, g->peers, peer, g->turn, m->others);
	for (int i = 0; i < TICK_SAMPLES; i++)
		all[i] = sample_clip(m->others[i] + peer[i]);
}

void mix_speak(struct media_member *m, int16_t *samples)
{
	struct media_group *g = m->group;
	int32_t sum[TICK_SAMPLES];

	exchange(&m->terminals, g->terminals, samples, g->turn, sum);
	for (int i = 0; i < TICK_SAMPLES; i++)
		samples[i] = sample_clip(sum[i] + samples[i] + m->others[i]);
}
