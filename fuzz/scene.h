// SPDX-License-Identifier: MIT
/* scene.h - a core in the middle of its work: two providers, two applications of one user and one
 * of another, open lines and phones, calls in several states. */
#ifndef FUZZ_SCENE_H
#define FUZZ_SCENE_H

#include "../tests/core/world.h"
#include "../tests/hostile/mutant.h"
#include "play.h"

enum { SCENE_APPS = 3, SCENE_HOSTS = 2, SCENE_SERIALS = 256, SCENE_USER = 1000 };

/* What an application has asked and been told. */
struct asked {
	uint16_t kind;
	unsigned returns, completions;
	bool failed; /* its RETURN says so: no COMPLETION follows */
};

struct scene {
	struct world w;
	struct mock *hosts[SCENE_HOSTS], *apps[SCENE_APPS];
	struct asked asked[SCENE_APPS][SCENE_SERIALS];
	uint32_t first[SCENE_APPS]; /* serial of the fuzzer's first request */
};

/* Ids are the same each time. */
extern const struct mutant_facts scene_facts;

/* admins: the applications may end providers. */
void scene_open(struct scene *s, bool admins);
void scene_close(struct scene *s);
/* A request as bytes; nothing once its serials are used up. */
void scene_ask(struct scene *s, unsigned app, uint16_t kind, uint32_t open, const void *body,
		size_t size);
/* Runs the core until it is quiet, and notes what has come. */
void scene_turn(struct scene *s);
void scene_wait(struct scene *s, unsigned ms);
/* Requests of an application whose connection stands have one RETURN each, and no more than one
 * COMPLETION; those that are `due` have had their time. */
void scene_check(const struct scene *s, bool due);

#endif
