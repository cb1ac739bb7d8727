// SPDX-License-Identifier: MIT
/* fuzz_host.c - a provider host answers what it is asked with anything, and reports what it likes:
 * its connection may end, but applications and the other host notice nothing but failures with a
 * reason, and each request is answered once.
 *
 * Steps: who (0: what is said from now on when `kind` is asked, as its RETURN; 1: as its
 * COMPLETION; 2: a frame of `kind` with the serial `about`; 3: an application asks `kind` on the
 * open `about`), flags: the frame's; in the upper half which result, and TIME. */
#include "scene.h"

#include "base/clock.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed);

enum { AS_RETURN, AS_COMPLETION, A_FRAME, AN_APP, WHO };
enum {
	FRAME_FLAGS = FLAG_FAILURE | FLAG_WANT_ACK,
	TIME = 8,
	RESULT_SHIFT = 4,
	WAIT_MAX = 6000,
	STEPS = 64,
	RESTART_MS = 3000,
	LAST_MS = 11000
};

static const int32_t results[] = { 0, LINEERR_NOMEM, LINEERR_OPERATIONUNAVAIL, 1, INT32_MIN };

/* What the host says; the bodies are the input's. */
static struct {
	bool given;
	struct step step;
} sayings[2][CALL_MAX];

static void answer_with(struct mock *host, uint16_t kind, uint32_t serial, const struct step *s)
{
	struct frame_header h = { .kind = kind,
		.serial = serial,
		.flags = s->flags & FRAME_FLAGS,
		.result = results[(s->flags >> RESULT_SHIFT) %
				  (sizeof(results) / sizeof(results[0]))] };

	ck_assert_int_eq(conn_send_bytes(&host->conn, &h, s->body, s->size), 0);
}

static bool answer(struct mock *host, const struct seen *request)
{
	uint16_t kind = request->h.kind;
	const struct step *s = &sayings[AS_RETURN][kind].step;

	if (!sayings[AS_RETURN][kind].given)
		return false;
	answer_with(host, FRAME_RETURN, request->h.serial, s);
	if (rule_find(kind)->kind != KIND_ASYNC || s->flags >> RESULT_SHIFT)
		return true;
	if (sayings[AS_COMPLETION][kind].given)
		answer_with(host, FRAME_COMPLETION, request->h.serial,
				&sayings[AS_COMPLETION][kind].step);
	return true;
}

static void say_frame(struct scene *s, const struct step *step)
{
	struct mock *host = s->hosts[0];
	struct frame_header h = { .kind = step->kind,
		.flags = step->flags & FRAME_FLAGS,
		.serial = step->about,
		.origin_session = s->apps[0]->session,
		.origin_serial = step->about,
		.result = results[(step->flags >> RESULT_SHIFT) %
				  (sizeof(results) / sizeof(results[0]))] };

	ck_assert_int_eq(conn_send_bytes(&host->conn, &h, step->body, step->size), 0);
}

/* Applications are good ones here: their connections must stay. */
static void ask(struct scene *s, const struct step *step)
{
	const struct rule *rule = rule_find(step->kind);
	struct arena a;

	arena_init(&a, MESSAGE_MAX);
	if (rule && arena_unpack(&a, rule->request, step->body, step->size))
		scene_ask(s, step->who / WHO % 2, step->kind, step->about, step->body, step->size);
	arena_fini(&a);
}

static void play(struct scene *s, const struct step *step)
{
	unsigned who = step->who % WHO;

	if (step->flags & TIME) {
		scene_wait(s, step->about % WAIT_MAX);
	} else if (who == A_FRAME) {
		say_frame(s, step);
	} else if (who == AN_APP) {
		ask(s, step);
	} else if (step->kind < CALL_MAX) {
		sayings[who][step->kind].given = true;
		sayings[who][step->kind].step = *step;
	}
	scene_turn(s);
}

/* A host whose connection has ended is started again, as the daemon would. Whoever was asked has
 * failed or answered then. */
static void check(struct scene *s)
{
	scene_wait(s, RESTART_MS);
	if (!s->hosts[0]->connected)
		(void)world_host(&s->w, "mock");
	scene_wait(s, LAST_MS);
	assert(s->hosts[1]->connected);
	for (unsigned i = 0; i < SCENE_APPS; i++)
		assert(s->apps[i]->connected);
	scene_check(s, true);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct scene s;
	struct step step;

	memset(sayings, 0, sizeof(sayings));
	scene_open(&s, false);
	s.hosts[0]->script = answer;
	for (int i = 0; i < STEPS && play_next(&data, &size, &step); i++)
		play(&s, &step);
	check(&s);
	scene_close(&s);
	return 0;
}

static const ProtobufCMessageDescriptor *message_of(const struct step *s)
{
	const struct rule *rule = rule_find(s->kind);

	if (s->flags & TIME)
		return NULL;
	switch (s->who % WHO) {
	case A_FRAME:
		return s->kind == FRAME_EVENT ? &event__descriptor : &failure__descriptor;
	case AN_APP:
		return rule ? rule->request : NULL;
	default:
		if (s->flags & FLAG_FAILURE)
			return &failure__descriptor;
		return rule ? rule->reply : NULL;
	}
}

static uint16_t some_rule(struct chance *c, bool to_host)
{
	const struct rule *rule;

	do
		rule = rule_find((uint16_t)chance_below(c, CALL_MAX));
	while (!rule || (to_host && strcmp(rule->where, "UNSERVED") == 0));
	return rule->number;
}

static void invent(struct chance *c, struct step *s)
{
	static const uint8_t whos[] = { AS_RETURN, AS_RETURN, AS_COMPLETION, A_FRAME, A_FRAME,
		AN_APP, AN_APP, AN_APP };

	s->who = whos[chance_below(c, sizeof(whos))];
	s->kind = some_rule(c, s->who != AN_APP);
	if (s->who == A_FRAME)
		s->kind = (uint16_t)(chance_one_in(c, 8) ? FRAME_HELLO + chance_below(c, 10)
							 : FRAME_EVENT);
	s->about = (uint16_t)chance_below(c, s->who == AN_APP ? 4 : 12);
	if (chance_one_in(c, 3) && s->who != AN_APP)
		s->flags = (uint8_t)(chance_below(c, 5) << RESULT_SHIFT);
	if (s->flags || chance_one_in(c, 20))
		s->flags |= FLAG_FAILURE;
	if (chance_one_in(c, 30))
		s->flags |= TIME;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed)
{
	const struct play_rules rules = { &scene_facts, message_of, invent };

	return play_mutate(&rules, data, size, max, seed);
}
