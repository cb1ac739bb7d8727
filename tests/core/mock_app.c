// SPDX-License-Identifier: MIT
/* mock_app.c - an application that speaks the wire itself. */
#include "world.h"

#include <unistd.h>

void app_hello(struct mock *app, Hello *hello)
{
	struct frame_header h = { .kind = FRAME_HELLO };

	SET(hello, protocol, WIRE_PROTOCOL);
	SET(hello, api_low, 0x00010003);
	SET(hello, api_high, 0x00020002);
	SET(hello, pipes, app->world->asks_pipes);
	mock_send(app, h, &hello->base);
}

struct mock *world_app_of(struct world *w, const char *name, uid_t uid)
{
	struct mock *app = world_raw(w, false, uid);
	TapixInitialize initialize = TAPIX_INITIALIZE__INIT;
	Hello hello = HELLO__INIT;
	const Hello *answer;

	hello.app_name = hello.friendly_name = (char *)(uintptr_t)name;
	app_hello(app, &hello);
	world_turn(w);
	ck_assert_ptr_nonnull(mock_last(app, FRAME_HELLO));
	answer = (const void *)mock_last(app, FRAME_HELLO)->body;
	app->session = answer->session;
	(void)app_send(app, CALL_TapixInitialize, 0, &initialize.base);
	world_turn(w);
	return app;
}

struct mock *world_app(struct world *w, const char *name)
{
	return world_app_of(w, name, getuid());
}

struct mock *app_again(struct world *w, uint64_t session, const char *name)
{
	struct mock *app = world_raw(w, false, getuid());
	Hello hello = HELLO__INIT;

	app->session = session;
	SET(&hello, session, session);
	SET(&hello, resumed, 1);
	hello.app_name = (char *)(uintptr_t)name;
	app_hello(app, &hello);
	return app;
}

static uint32_t send_flagged(struct mock *app, uint16_t kind, uint32_t open,
		const ProtobufCMessage *body, uint16_t flags)
{
	struct frame_header h = {
		.kind = kind, .flags = flags, .serial = ++app->serial, .open = open
	};

	ck_assert_uint_lt(app->serial, WORLD_SEEN);
	app->kinds[app->serial] = kind;
	mock_send(app, h, body);
	world_turn(app->world);
	return app->serial;
}

uint32_t app_send(struct mock *app, uint16_t kind, uint32_t open, const ProtobufCMessage *body)
{
	return send_flagged(app, kind, open, body, 0);
}

uint32_t app_post(struct mock *app, uint16_t kind, uint32_t open, const ProtobufCMessage *body)
{
	return send_flagged(app, kind, open, body, FLAG_POSTED);
}

const struct seen *app_answer(const struct mock *app, uint16_t kind, uint32_t serial)
{
	for (unsigned i = 0; i < app->count; i++)
		if (app->seen[i].h.kind == kind && app->seen[i].h.serial == serial)
			return &app->seen[i];
	return NULL;
}

unsigned app_answers(const struct mock *app, uint16_t kind, uint32_t serial)
{
	unsigned count = 0;

	for (unsigned i = 0; i < app->count; i++)
		count += app->seen[i].h.kind == kind && app->seen[i].h.serial == serial;
	return count;
}

int32_t app_call(struct mock *app, uint16_t kind, uint32_t open, const ProtobufCMessage *body)
{
	const struct seen *s = app_answer(app, FRAME_RETURN, app_send(app, kind, open, body));
	const Failure *failure = seen_failure(s);

	ck_assert_msg(s != NULL, "no RETURN came");
	if (s->h.result) { /* an error without a reason is a bug */
		ck_assert_ptr_nonnull(failure);
		ck_assert_ptr_nonnull(failure->sentence);
		ck_assert_uint_ne(failure->layer, 0);
	}
	return s->h.result;
}

uint32_t app_open(struct mock *app, uint32_t device, uint32_t privileges, uint32_t media_modes)
{
	LineOpen m = LINE_OPEN__INIT;

	SET_ID(&m, device, device);
	SET(&m, api_version, 0x00020002);
	SET(&m, privileges, privileges);
	SET(&m, media_modes, media_modes);
	if (app_call(app, CALL_LineOpen, 0, &m.base))
		return 0;
	return app_answer(app, FRAME_RETURN, app->serial)->h.open;
}

uint64_t app_make_call(struct mock *app, uint32_t open, uint32_t device)
{
	LineMakeCall m = LINE_MAKE_CALL__INIT;
	const LineMakeCallReply *reply;

	SET_ID(&m, line, device);
	m.dest_address = (char *)"102";
	ck_assert_int_eq(app_call(app, CALL_LineMakeCall, open, &m.base), 0);
	reply = (const void *)app_answer(app, FRAME_RETURN, app->serial)->body;
	return reply->call;
}

int32_t app_on_call(struct mock *app, uint16_t kind, uint32_t open, uint64_t call)
{
	LineDrop m = LINE_DROP__INIT; /* the call is field 1 in all of them */

	SET_ID(&m, call, call);
	return app_call(app, kind, open, &m.base);
}

static const Event *event_of(const struct seen *s)
{
	return s->h.kind == FRAME_EVENT ? (const Event *)(const void *)s->body : NULL;
}

unsigned app_events(const struct mock *app, uint32_t msg)
{
	unsigned count = 0;

	for (unsigned i = 0; i < app->count; i++)
		count += event_of(&app->seen[i]) && event_of(&app->seen[i])->msg == msg;
	return count;
}

unsigned app_new_hubs(const struct mock *app)
{
	unsigned n = 0;

	for (unsigned i = 0; i < app->count; i++) {
		const Event *e = event_of(&app->seen[i]);

		n += e && e->msg == LINE_APPNEWCALLHUB && !e->p2;
	}
	return n;
}

const struct seen *app_event(const struct mock *app, uint32_t msg)
{
	for (unsigned i = app->count; i-- > 0;)
		if (event_of(&app->seen[i]) && event_of(&app->seen[i])->msg == msg)
			return &app->seen[i];
	return NULL;
}

uint32_t app_state(const struct mock *app)
{
	const struct seen *s = app_event(app, LINE_CALLSTATE);

	return s ? (uint32_t)event_of(s)->p1 : 0;
}

void app_ack(struct mock *app)
{
	struct frame_header ack = { .kind = FRAME_ACK };

	for (unsigned i = 0; i < app->count; i++)
		if (event_of(&app->seen[i]) && (app->seen[i].h.flags & FLAG_WANT_ACK))
			ack.serial = app->seen[i].h.serial;
	ck_assert_uint_ne(ack.serial, 0);
	mock_send(app, ack, NULL);
	world_turn(app->world);
}
