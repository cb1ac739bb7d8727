// SPDX-License-Identifier: MIT
/* fuzz_hello.c - strangers connect as applications and as hosts, say hello, claim to have been here
 * before, and say what they like after it; now and then the core dies and begins anew. Those who
 * were there and said nothing wrong are still there.
 *
 * Steps: who (a new application, the newest application, a new host, the newest host), the kind of
 * the frame, its serial, its flags in the upper half of the flags. With OWN_SESSION the sessions
 * that a hello or a snapshot names are that of the first application. */
#include "scene.h"

#include "tapisrvd/core.h"
#include "tapisrvd/provider.h"

#include <assert.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed);

enum { NEW_APP, APP, NEW_HOST, HOST, WHO };
enum { TIME = 1, AT_ONCE = 2, CORE_DIES = 4, OWN_SESSION = 8 };
enum { WAIT_MAX = 12000, STEPS = 64, DEATHS = 2, FEW = 64 };

struct cast {
	struct scene scene;
	struct mock *newest[2]; /* application, host */
	unsigned deaths;
};

static void kill_core(struct cast *c)
{
	if (c->deaths++ < DEATHS)
		world_kill_core(&c->scene.w);
}

static struct mock *speaker(struct cast *c, unsigned who)
{
	bool is_host = who >= NEW_HOST;

	if ((who == NEW_APP || who == NEW_HOST) && c->scene.w.peer_count < WORLD_PEERS) {
		c->newest[is_host] = world_raw(&c->scene.w, is_host, is_host ? 0 : SCENE_USER);
		c->newest[is_host]->forgets = true;
	}
	return c->newest[is_host];
}

static void name_session(Snapshot *s, uint64_t session)
{
	if (s->request)
		SET_ID(s->request, origin_session, session);
	if (s->call)
		SET_ID(s->call, origin_session, session);
	if (s->msp)
		SET_ID(s->msp, session, session);
}

/* Each device is asked for its capabilities: with thousands of them an input takes too long. */
static void be_brief(Hello *h)
{
	if (h->num_lines <= DEVICES_MAX)
		h->num_lines %= FEW;
	if (h->num_phones <= DEVICES_MAX)
		h->num_phones %= FEW;
}

/* As it is meant; NULL: as it is written. */
static ProtobufCMessage *understand(const struct cast *c, const struct step *s, struct arena *a)
{
	uint64_t session = c->scene.apps[0]->session;
	ProtobufCMessage *msg = NULL;

	if (s->kind == FRAME_HELLO)
		msg = arena_unpack(a, &hello__descriptor, s->body, s->size);
	else if (s->kind == FRAME_SNAPSHOT && s->flags & OWN_SESSION)
		msg = arena_unpack(a, &snapshot__descriptor, s->body, s->size);
	if (msg && s->kind == FRAME_SNAPSHOT)
		name_session((Snapshot *)msg, session);
	if (msg && s->kind == FRAME_HELLO)
		be_brief((Hello *)msg);
	if (msg && s->kind == FRAME_HELLO && s->flags & OWN_SESSION)
		SET_ID((Hello *)msg, session, session);
	return msg;
}

static void say(struct cast *c, const struct step *s)
{
	struct mock *m = speaker(c, s->who % WHO);
	ProtobufCMessage *msg;
	struct arena a;
	struct frame_header h = {
		.kind = s->kind, .serial = s->about, .open = 1, .flags = (uint16_t)(s->flags >> 4)
	};

	if (!m)
		return;
	arena_init(&a, MESSAGE_MAX);
	msg = understand(c, s, &a);
	ck_assert_int_eq(msg ? conn_send(&m->conn, &h, msg)
			     : conn_send_bytes(&m->conn, &h, s->body, s->size),
			0);
	arena_fini(&a);
}

static void play(struct cast *c, const struct step *s)
{
	if (s->flags & TIME)
		scene_wait(&c->scene, s->about % WAIT_MAX);
	else if (s->flags & CORE_DIES)
		kill_core(c);
	else
		say(c, s);
	if (!(s->flags & AT_ONCE))
		scene_turn(&c->scene);
}

/* A host of the same name takes nothing from the one that is there; a session may come back
 * elsewhere, so applications may lose theirs. */
static void check(const struct cast *c)
{
	for (unsigned i = 0; i < SCENE_HOSTS && !c->deaths; i++)
		assert(c->scene.hosts[i]->connected);
	assert(c->deaths || c->scene.apps[2]->connected); /* another user's */
	scene_check(&c->scene, false);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cast c = { .deaths = 0 };
	struct step step;

	scene_open(&c.scene, false);
	for (int i = 0; i < STEPS && play_next(&data, &size, &step); i++)
		play(&c, &step);
	scene_turn(&c.scene);
	check(&c);
	scene_close(&c.scene);
	return 0;
}

static const ProtobufCMessageDescriptor *message_of(const struct step *s)
{
	const struct rule *rule = rule_find(s->kind);

	if (s->flags & (TIME | CORE_DIES))
		return NULL;
	switch (s->kind) {
	case FRAME_HELLO:
		return &hello__descriptor;
	case FRAME_SNAPSHOT:
		return &snapshot__descriptor;
	case FRAME_EVENT:
		return &event__descriptor;
	case FRAME_RETURN:
	case FRAME_COMPLETION:
		return &failure__descriptor;
	default:
		return rule ? rule->request : NULL;
	}
}

static uint16_t some_kind(struct chance *c, unsigned who)
{
	static const uint16_t kinds[] = { FRAME_SNAPSHOT, FRAME_SNAPSHOT, FRAME_SNAPSHOT, FRAME_END,
		FRAME_EVENT, FRAME_ACK, FRAME_RETURN, FRAME_COMPLETION, CALL_TapixInitialize };

	if (who == NEW_APP || who == NEW_HOST)
		return chance_one_in(c, 20) ? FRAME_RETURN : FRAME_HELLO;
	return chance_one_in(c, 4) ? (uint16_t)chance_below(c, CALL_MAX)
				   : kinds[chance_below(c, sizeof(kinds) / sizeof(kinds[0]))];
}

static void invent(struct chance *c, struct step *s)
{
	s->who = (uint8_t)chance_below(c, WHO);
	s->kind = some_kind(c, s->who);
	s->about = (uint16_t)(1 + chance_below(c, 9));
	if (chance_one_in(c, 16))
		s->flags = CORE_DIES;
	else if (chance_one_in(c, 16))
		s->flags = TIME;
	else
		s->flags = (uint8_t)(chance_one_in(c, 3) ? AT_ONCE : 0);
	if (chance_one_in(c, 2))
		s->flags |= OWN_SESSION;
	if (chance_one_in(c, 8))
		s->flags |= (uint8_t)(chance_below(c, 16) << 4);
	if (s->flags & TIME)
		s->about = (uint16_t)chance_below(c, WAIT_MAX);
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed)
{
	const struct play_rules rules = { &scene_facts, message_of, invent };

	return play_mutate(&rules, data, size, max, seed);
}
