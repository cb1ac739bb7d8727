// SPDX-License-Identifier: MIT
/* test_random.c - two applications and a provider that say well-formed frames with random fields:
 * nothing breaks, and no request is answered twice. RANDOM_SEEDS=n runs more of them. */
#include "../test_main.h"
#include "base/random.h"
#include "mock_host.h"
#include "world.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FRAMES = 250, SEEDS = 12 };

struct chaos {
	struct world w;
	struct mock *host, *other, *apps[2];
	struct arena arena;
};

static uint32_t below(uint32_t n)
{
	return (uint32_t)(random_u64() % n);
}

static uint64_t any_call(const struct chaos *c)
{
	return below(8) ? (uint64_t)c->host->provider_id << 32 | below(c->host->calls + 2)
			: random_u64();
}

static uint32_t any_number(void)
{
	static const uint32_t usual[] = { 0, 1, 2, 3, 4, OWNER, MONITOR, OWNER | MONITOR, VOICE,
		0x00020002, 0x00030000, 41, 42, 100, 65536 };

	switch (below(4)) {
	case 0:
		return 1U << below(32);
	case 1:
		return (uint32_t)random_u64();
	default:
		return usual[below(sizeof(usual) / sizeof(usual[0]))];
	}
}

static ProtobufCMessage *any_message(struct chaos *c, const ProtobufCMessageDescriptor *d);

static void fill(struct chaos *c, char *at, const ProtobufCFieldDescriptor *f)
{
	ProtobufCBinaryData *bytes = (void *)(at + f->offset);

	switch (f->type) {
	case PROTOBUF_C_TYPE_FIXED64:
		*(uint64_t *)(void *)(at + f->offset) = any_call(c);
		break;
	case PROTOBUF_C_TYPE_UINT64:
		*(uint64_t *)(void *)(at + f->offset) = below(2) ? any_call(c) : any_number();
		break;
	case PROTOBUF_C_TYPE_FIXED32:
		*(uint32_t *)(void *)(at + f->offset) = below(8) ? below(2) : any_number();
		break;
	case PROTOBUF_C_TYPE_STRING:
		*(const char **)(void *)(at + f->offset) = below(2) ? "102" : "tapi/line";
		return;
	case PROTOBUF_C_TYPE_MESSAGE:
		*(ProtobufCMessage **)(void *)(at + f->offset) = any_message(c, f->descriptor);
		return;
	case PROTOBUF_C_TYPE_BYTES:
		bytes->len = below(100);
		bytes->data = arena_alloc(&c->arena, 100);
		break;
	default:
		*(uint32_t *)(void *)(at + f->offset) = any_number();
		break;
	}
	*(protobuf_c_boolean *)(void *)(at + f->quantifier_offset) = 1;
}

static ProtobufCMessage *any_message(struct chaos *c, const ProtobufCMessageDescriptor *d)
{
	ProtobufCMessage *m = arena_alloc(&c->arena, d->sizeof_message);

	ck_assert_ptr_nonnull(m);
	protobuf_c_message_init(d, m);
	for (unsigned i = 0; i < d->n_fields; i++)
		if (d->fields[i].label != PROTOBUF_C_LABEL_REPEATED && below(8))
			fill(c, (char *)m, &d->fields[i]);
	return m;
}

static const struct rule *any_rule(void)
{
	static const uint16_t often[] = { CALL_LineOpen, CALL_LineOpen, CALL_LineClose,
		CALL_LineMakeCall, CALL_LineDrop, CALL_LineDeallocateCall, CALL_LineGetNewCalls,
		CALL_LineSetCallPrivilege, CALL_LineMonitorDigits, CALL_TapixCreateMspInstance,
		CALL_TapixMspData, CALL_TapixCloseMspInstance };
	const struct rule *r;

	if (below(3))
		return rule_find(often[below(sizeof(often) / sizeof(often[0]))]);
	while (!(r = rule_find((uint16_t)below(CALL_MAX))))
		;
	return r;
}

static void request(struct chaos *c, struct mock *app)
{
	static const uint32_t privileges[] = { OWNER, MONITOR, OWNER | MONITOR,
		LINECALLPRIVILEGE_NONE };
	const struct rule *r = any_rule();
	uint32_t device = c->host->line_base + below(2), serial;

	if (!app->connected || app->serial + 1 >= WORLD_SEEN)
		return;
	if (!below(4)) {
		LineOpen m = LINE_OPEN__INIT;

		SET_ID(&m, device, device);
		SET(&m, api_version, 0x00020002);
		SET(&m, privileges, privileges[below(4)]);
		SET(&m, media_modes, VOICE);
		(void)app_send(app, CALL_LineOpen, 0, &m.base); /* it may wait for a host */
	} else {
		serial = app_send(app, r->number, below(4), any_message(c, r->request));
		ck_assert_uint_le(app_answers(app, FRAME_RETURN, serial), 1);
		ck_assert_uint_le(app_answers(app, FRAME_COMPLETION, serial), 1);
	}
}

static void say(struct chaos *c, struct mock *m, uint16_t kind, const ProtobufCMessageDescriptor *d)
{
	struct frame_header h = { .kind = kind };

	if (m->connected)
		mock_send(m, h, d ? any_message(c, d) : NULL);
	world_turn(&c->w);
}

/* The application comes back and claims what it likes. */
static void greet(struct chaos *c, struct mock **app)
{
	Hello hello = HELLO__INIT;
	struct mock *again;

	again = world_raw(&c->w, false, getuid());
	SET(&hello, session, (*app)->session);
	SET(&hello, resumed, 1);
	app_hello(again, &hello);
	again->session = (*app)->session;
	again->serial = (*app)->serial; /* requests of before may still be answered */
	memcpy(again->kinds, (*app)->kinds, sizeof(again->kinds));
	*app = again;
	for (unsigned n = below(10); n && again->connected; n--)
		say(c, again, FRAME_SNAPSHOT, &snapshot__descriptor);
	say(c, again, FRAME_END, NULL);
}

static void come_back(struct chaos *c, struct mock **app)
{
	if (c->w.peer_count == WORLD_PEERS)
		return;
	say(c, *app, FRAME_RESYNC, NULL); /* nothing that an application may say */
	ck_assert(!(*app)->connected);
	greet(c, app);
}

static void event(struct chaos *c)
{
	static const uint32_t messages[] = { LINE_CALLSTATE, LINE_CALLINFO, LINE_CLOSE, LINE_REMOVE,
		LINE_CREATE, LINE_SENDMSPDATA, LINE_MONITORDIGITS, LINE_LINEDEVSTATE,
		LINE_ADDRESSSTATE, LINE_NEWCALL, LINE_GENERATE, LINE_DEVSPECIFIC };
	struct frame_header h = { .kind = FRAME_EVENT };
	Event *e = (Event *)any_message(c, &event__descriptor);

	if (!c->host->connected)
		return;
	if (!below(4)) {
		(void)host_new_call(c->host, c->host->line_base + below(2), VOICE);
		return;
	}
	SET_ID(e, object, below(2) ? any_call(c) : c->host->line_base + below(2));
	SET(e, msg, messages[below(sizeof(messages) / sizeof(messages[0]))]);
	mock_send(c->host, h, &e->base);
	world_turn(&c->w);
}

/* What a slow host owes comes at any time, in any order. */
static void settle(struct chaos *c)
{
	struct mock *host = c->host;
	unsigned n;

	if (!host->connected)
		return;
	host->slow = below(4) != 0;
	for (n = below(4); n && host->owed_count; n--) {
		uint32_t *one = &host->owed[below(host->owed_count)];
		uint32_t serial = *one;

		*one = host->owed[--host->owed_count];
		host_complete(host, serial, below(4) ? 0 : LINEERR_OPERATIONFAILED);
		world_turn(&c->w);
	}
}

static bool has_room(const struct chaos *c, unsigned peers)
{
	return c->w.peer_count + peers <= WORLD_PEERS;
}

/* It dies; the next one may find its calls gone. */
static void lose_host(struct chaos *c)
{
	uint32_t calls = c->host->calls;

	if (!has_room(c, 1))
		return;
	mock_hang_up(c->host);
	world_turn(&c->w);
	world_wait(&c->w, 1000 * below(40));
	c->host = world_raw(&c->w, true, 0);
	c->host->calls = calls;
	c->host->slow = below(2);
	(void)world_host_on(c->host, "mock");
}

/* A request that makes calls, of an application or of nobody. */
static void claim_request(struct chaos *c)
{
	static const uint16_t kinds[] = { CALL_LineMakeCall, CALL_LineSetupConference,
		CALL_LineSetupTransfer, CALL_LineForward, CALL_LineHold };
	struct frame_header h = { .kind = FRAME_SNAPSHOT };
	Snapshot s = SNAPSHOT__INIT;
	SnapshotRequest r = SNAPSHOT_REQUEST__INIT;
	uint64_t calls[2] = { any_call(c), any_call(c) };
	struct mock *app = c->apps[below(2)];

	SET(&r, serial, 1000 + c->host->owed_count);
	SET(&r, kind, kinds[below(5)]);
	SET(&r, completed, !below(4));
	SET(&r, origin_session, below(4) ? app->session : 0);
	SET(&r, origin_serial, below(app->serial + 1));
	r.n_calls = r.kind == CALL_LineHold ? 0 : 1 + below(2);
	r.calls = calls;
	s.request = &r;
	if (!r.completed)
		c->host->owed[c->host->owed_count++] = r.serial;
	mock_send(c->host, h, &s.base);
	world_turn(&c->w);
}

static void claim(struct chaos *c)
{
	struct frame_header h = { .kind = FRAME_SNAPSHOT };
	Snapshot s = SNAPSHOT__INIT;

	switch (below(8)) {
	case 0:
		say(c, c->host, FRAME_SNAPSHOT, &snapshot__descriptor);
		return;
	case 1:
	case 2:
		claim_request(c);
		return;
	case 3:
		s.line = (SnapshotLine *)any_message(c, &snapshot_line__descriptor);
		SET_ID(s.line, device, c->host->line_base + below(2));
		break;
	case 4:
		s.msp = (SnapshotMsp *)any_message(c, &snapshot_msp__descriptor);
		SET_ID(s.msp, device, c->host->line_base + below(2));
		SET(s.msp, session, c->apps[below(2)]->session);
		break;
	default:
		s.call = (SnapshotCall *)any_message(c, &snapshot_call__descriptor);
		SET_ID(s.call, device, c->host->line_base + below(2));
		SET(s.call, origin_session, below(4) ? c->apps[below(2)]->session : 0);
	}
	mock_send(c->host, h, &s.base);
	world_turn(&c->w);
}

/* Everybody comes to a new core, and says what it likes. */
static void lose_core(struct chaos *c)
{
	struct mock *other = c->other;

	if (!has_room(c, 4))
		return;
	world_kill_core(&c->w);
	c->host = mock_host_resume(&c->w, c->host);
	c->host->slow = below(2);
	for (unsigned n = below(12); n && c->host->connected; n--)
		claim(c);
	say(c, c->host, FRAME_END, NULL);
	c->other = mock_host_resume(&c->w, other);
	mock_host_end_snapshot(c->other);
	for (unsigned i = 0; i < 2; i++)
		greet(c, &c->apps[i]);
}

static void step(struct chaos *c)
{
	struct mock **app = &c->apps[below(2)];

	arena_reset(&c->arena, MESSAGE_MAX);
	switch (below(16)) {
	case 0:
		world_wait(&c->w, below(3000));
		break;
	case 1:
		come_back(c, app);
		break;
	case 2:
	case 3:
	case 4:
		event(c);
		break;
	case 5:
	case 6:
		settle(c);
		break;
	case 7:
		if (!below(8))
			lose_host(c);
		else if (!below(8))
			lose_core(c);
		break;
	default:
		request(c, *app);
		break;
	}
	for (unsigned i = 0; i < c->w.peer_count; i++)
		if (c->w.peers[i]->count > WORLD_SEEN / 4)
			mock_forget(c->w.peers[i]);
}

static void run(uint64_t seed)
{
	struct chaos c = { 0 };

	random_seed(seed);
	arena_init(&c.arena, MESSAGE_MAX);
	world_init(&c.w, "mock", "second");
	c.host = world_host(&c.w, "mock");
	c.other = world_host(&c.w, "second");
	c.apps[0] = world_app(&c.w, "a");
	c.apps[1] = world_app(&c.w, "b");
	for (unsigned i = 0; i < FRAMES; i++)
		step(&c);
	ck_assert(c.other->connected); /* the other provider noticed nothing */
	world_fini(&c.w);
	arena_fini(&c.arena);
}

START_TEST(random_frames_break_nothing)
{
	const char *more = getenv("RANDOM_SEEDS");
	int seeds = more ? atoi(more) : SEEDS;

	for (int i = 1; i <= seeds; i++)
		run((uint64_t)i);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("core random");
	TCase *t = tcase_create("random");

	tcase_add_test(t, random_frames_break_nothing);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
