// SPDX-License-Identifier: MIT
/* fuzz_request.c - applications ask whatever the schema knows, in any order and with any bytes: the
 * core answers each request once, its hosts notice nothing wrong, and it goes on.
 *
 * Steps: who asks, flags (TIME: as many ms pass as `about` says; AT_ONCE: the next one comes
 * before this is handled), the number of the request, the open that it is for. In an input of an
 * odd size the applications are administrators. */
#include "scene.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed);

enum { TIME = 1, AT_ONCE = 2, HANG_UP = 4, WAIT_MAX = 6000, STEPS = 64 };

static void play(struct scene *s, const struct step *step)
{
	unsigned who = step->who % SCENE_APPS;

	if (step->flags & TIME)
		scene_wait(s, step->about % WAIT_MAX);
	else if (step->flags & HANG_UP && s->apps[who]->connected)
		mock_hang_up(s->apps[who]);
	else
		scene_ask(s, who, step->kind, step->about, step->body, step->size);
	if (!(step->flags & AT_ONCE))
		scene_turn(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const bool admins = size & 1;
	struct scene s;
	struct step step;

	scene_open(&s, admins);
	for (int i = 0; i < STEPS && play_next(&data, &size, &step); i++)
		play(&s, &step);
	scene_turn(&s);
	scene_check(&s, false);
	for (unsigned i = 0; i < SCENE_HOSTS && !admins; i++)
		assert(s.hosts[i]->connected);
	scene_close(&s);
	return 0;
}

static const ProtobufCMessageDescriptor *message_of(const struct step *s)
{
	const struct rule *rule = s->flags & (TIME | HANG_UP) ? NULL : rule_find(s->kind);

	return rule ? rule->request : NULL;
}

static void invent(struct chance *c, struct step *s)
{
	const struct rule *rule;

	do
		rule = rule_find((uint16_t)chance_below(c, CALL_MAX));
	while (!rule);
	s->who = (uint8_t)(chance_one_in(c, 6) ? 1 + chance_below(c, 2) : 0);
	s->flags = chance_one_in(c, 24) ? TIME : chance_one_in(c, 4) ? AT_ONCE : 0;
	s->flags |= chance_one_in(c, 60) ? HANG_UP : 0;
	s->kind = rule->number;
	s->about = (uint16_t)chance_below(c, s->flags & TIME ? WAIT_MAX : 5);
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed)
{
	const struct play_rules rules = { &scene_facts, message_of, invent };

	return play_mutate(&rules, data, size, max, seed);
}
