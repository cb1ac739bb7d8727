// SPDX-License-Identifier: MIT
/* mix.c - the groups of this process and their sums.
 *
 * Members are served on several phases, each once in 20 ms. What a member gives lies in its slots
 * until its next turn, and is in the sums: when it gives something new, what it gave before is
 * taken out. So a member costs the same however many there are, and nobody waits for anybody: each
 * hears what the others gave last, in the same order in each round. Sums are whole numbers and
 * never drift; they are made anew when somebody has come or gone. A member that has not given for a
 * whole round belongs to a call that has no session now: it is taken out. */
#include "media/mix.h"

#include "base/list.h"
#include "base/mem.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

struct media_group {
	struct engine_retired retired;
	struct list link;
	char name[MIX_NAME_MAX + 1];
	unsigned int count;
	_Atomic int top; /* no member is at this place or behind it */
	_Atomic(struct media_member *) members[MIX_MEMBERS_MAX];
	_Atomic uint64_t changes; /* of the members */

	/* The clock thread's. */
	uint64_t turn, changes_seen;
	unsigned int speaking; /* members whose terminals are in the sum */
	int32_t peers[TICK_SAMPLES], terminals[TICK_SAMPLES];
};

struct slot { /* what a member has given last; all zeros unless it is in the sum */
	bool is_in;
	int16_t samples[TICK_SAMPLES];
};

struct media_member {
	struct engine_retired retired;
	struct media_group *group;

	/* The clock thread's. */
	uint64_t turn;         /* when it gave */
	uint64_t changes_seen; /* it is one of the members as of these */
	struct slot peer, terminals;
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
		atomic_fetch_add(&g->changes, 1);
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
	atomic_fetch_add(&g->changes, 1);
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

static void add(int32_t *restrict sum, const int16_t *restrict samples)
{
	for (int i = 0; i < TICK_SAMPLES; i++)
		sum[i] += samples[i];
}

static void give(struct slot *s, int32_t *restrict sum, const int16_t *restrict samples)
{
	int16_t *restrict before = s->samples;

	for (int i = 0; i < TICK_SAMPLES; i++) {
		sum[i] += samples[i] - before[i];
		before[i] = samples[i];
	}
	s->is_in = true;
}

static void take_out(struct slot *s, int32_t *restrict sum)
{
	int16_t *restrict before = s->samples;

	for (int i = 0; i < TICK_SAMPLES; i++)
		sum[i] -= before[i];
	memset(before, 0, sizeof(s->samples));
	s->is_in = false;
}

/* --- sums for somebody ---------------------------------------------------------------------- */

#ifdef __SSE2__
/* It has an instruction for this, which compilers do not find. */
static void clip(const int32_t *sum, int16_t *out)
{
	const __m128i *in = (const __m128i *)(const void *)sum;

	for (int i = 0; i < TICK_SAMPLES / 8; i++)
		_mm_storeu_si128((__m128i *)(void *)out + i,
				_mm_packs_epi32(_mm_loadu_si128(in + 2 * i),
						_mm_loadu_si128(in + 2 * i + 1)));
}
#else
static void clip(const int32_t *restrict sum, int16_t *restrict out)
{
	for (int i = 0; i < TICK_SAMPLES; i++)
		out[i] = sample_clip(sum[i]);
}
#endif

static void clip_without(const int32_t *restrict sum, const int16_t *restrict own,
		int16_t *restrict out)
{
	int32_t wide[TICK_SAMPLES];

	for (int i = 0; i < TICK_SAMPLES; i++)
		wide[i] = sum[i] - own[i];
	clip(wide, out);
}

static void clip_with(const int32_t *restrict sum, const int16_t *restrict own,
		const int32_t *restrict more, int16_t *restrict out)
{
	int32_t wide[TICK_SAMPLES];

	for (int i = 0; i < TICK_SAMPLES; i++)
		wide[i] = sum[i] - own[i] + more[i];
	clip(wide, out);
}

/* --- members -------------------------------------------------------------------------------- */

static void give_terminals(struct media_member *m, const int16_t *samples)
{
	m->group->speaking += !m->terminals.is_in;
	give(&m->terminals, m->group->terminals, samples);
}

static void take_out_terminals(struct media_member *m)
{
	if (!m->terminals.is_in)
		return;
	m->group->speaking--;
	take_out(&m->terminals, m->group->terminals);
}

static void clear(struct media_group *g)
{
	memset(g->peers, 0, sizeof(g->peers));
	memset(g->terminals, 0, sizeof(g->terminals));
	g->speaking = 0;
}

static void count_again(struct media_member *m)
{
	struct media_group *g = m->group;

	m->changes_seen = g->changes_seen;
	add(g->peers, m->peer.samples);
	add(g->terminals, m->terminals.samples);
	g->speaking += m->terminals.is_in;
}

/* The sums are of those who are members in this turn of the clock, and have given something new. */
static void begin_turn(struct media_group *g)
{
	const uint64_t turn = engine_turn(), changes = atomic_load(&g->changes);
	const bool changed = changes != g->changes_seen;

	if (g->turn == turn)
		return;
	g->turn = turn;
	g->changes_seen = changes;
	if (changed)
		clear(g);
	for (int i = 0, top = atomic_load(&g->top); i < top; i++) {
		struct media_member *m = atomic_load(&g->members[i]);

		if (!m)
			continue;
		if (changed)
			count_again(m);
		if (turn - m->turn <= ENGINE_PHASES)
			continue;
		if (m->peer.is_in)
			take_out(&m->peer, g->peers);
		take_out_terminals(m);
	}
}

/* Else it has come after the turn began, or goes: it is alone. */
static bool is_member(const struct media_member *m)
{
	return m->changes_seen == m->group->changes_seen;
}

void mix_hear(struct media_member *m, const int16_t *peer, int16_t *all)
{
	struct media_group *g = m->group;

	begin_turn(g);
	m->turn = g->turn;
	if (is_member(m))
		give(&m->peer, g->peers, peer);
	if (!all)
		return;
	if (is_member(m))
		clip(g->peers, all);
	else
		memcpy(all, peer, TICK_SAMPLES * sizeof(*all));
}

void mix_speak(struct media_member *m, int16_t *samples, bool sounds)
{
	const struct media_group *g = m->group;

	if (!is_member(m))
		return;
	if (sounds)
		give_terminals(m, samples);
	else
		take_out_terminals(m);
	if (g->speaking)
		clip_with(g->peers, m->peer.samples, g->terminals, samples);
	else
		clip_without(g->peers, m->peer.samples, samples);
}
