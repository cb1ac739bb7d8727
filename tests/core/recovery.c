// SPDX-License-Identifier: MIT
/* recovery.c - a core that died, and those who bring back what they know. */
#include "recovery.h"

#include "mock_host.h"

#include <unistd.h>

void recovery_tell_line(struct recovery *f, SnapshotLine *line)
{
	struct frame_header h = { .kind = FRAME_SNAPSHOT };
	Snapshot s = SNAPSHOT__INIT;

	s.line = line;
	mock_send(f->host, h, &s.base);
}

static void begin(struct recovery *f, uid_t uid, LineNote *note)
{
	struct mock *before;
	SnapshotLine line = SNAPSHOT_LINE__INIT;
	uint8_t packed[NOTE_MAX];

	world_init(&f->w, "mock", NULL);
	before = world_host(&f->w, "mock");
	f->app = world_app_of(&f->w, "app", uid);
	f->open = app_open(f->app, 0, OWNER, VOICE);
	f->call = app_make_call(f->app, f->open, 0);
	host_state(before, f->call, LINECALLSTATE_CONNECTED, 0);
	world_kill_core(&f->w);
	f->host = mock_host_resume(&f->w, before);
	SET_ID(&line, device, 0);
	SET(&line, tspi_version, 0x00030000);
	if (note)
		SET_BYTES(&line, note, packed, line_note__pack(note, packed));
	recovery_tell_line(f, &line);
}

void recovery_init(struct recovery *f)
{
	begin(f, getuid(), NULL);
}

void recovery_init_of(struct recovery *f, uid_t uid)
{
	begin(f, uid, NULL);
}

void recovery_init_noted(struct recovery *f, LineNote *note)
{
	begin(f, getuid(), note);
}

void recovery_tell(struct recovery *f, SnapshotCall *call)
{
	struct frame_header h = { .kind = FRAME_SNAPSHOT };
	Snapshot s = SNAPSHOT__INIT;

	s.call = call;
	mock_send(f->host, h, &s.base);
}

void recovery_tell_call(struct recovery *f, uint64_t id, uint32_t state, CallNote *note)
{
	SnapshotCall call = SNAPSHOT_CALL__INIT;
	uint8_t packed[NOTE_MAX];

	SET_ID(&call, call, id);
	SET_ID(&call, device, 0);
	SET(&call, state, state);
	SET(&call, media_mode, VOICE);
	if (note)
		SET_BYTES(&call, note, packed, call_note__pack(note, packed));
	recovery_tell(f, &call);
}

void recovery_tell_request(struct recovery *f, SnapshotRequest *request)
{
	struct frame_header h = { .kind = FRAME_SNAPSHOT };
	Snapshot s = SNAPSHOT__INIT;

	s.request = request;
	mock_send(f->host, h, &s.base);
}

void recovery_tell_making(struct recovery *f, uint32_t kind, uint64_t *made, size_t count)
{
	SnapshotRequest pending = SNAPSHOT_REQUEST__INIT;

	for (size_t i = 0; i < count; i++)
		recovery_tell_call(f, made[i], 0, NULL);
	SET(&pending, serial, 900);
	SET(&pending, kind, kind);
	SET(&pending, origin_session, f->app->session);
	SET(&pending, origin_serial, 41);
	pending.n_calls = count;
	pending.calls = made;
	recovery_tell_request(f, &pending);
}

void recovery_lose(struct mock *app)
{
	struct frame_header nonsense = { .kind = FRAME_EVENT };

	mock_send(app, nonsense, NULL);
	world_turn(app->world);
	ck_assert(!app->connected);
}

struct mock *recovery_join(struct world *w, uint64_t session, uid_t uid)
{
	struct mock *app = world_raw(w, false, uid);
	Hello hello = HELLO__INIT;

	SET(&hello, session, session);
	SET(&hello, resumed, 1);
	SET(&hello, call_hub_tracking, 1);
	hello.app_name = (char *)"app";
	app_hello(app, &hello);
	world_turn(w);
	app->session = ((const Hello *)(const void *)mock_last(app, FRAME_HELLO)->body)->session;
	return app;
}

struct mock *recovery_come_back(struct recovery *f, uid_t uid)
{
	struct mock *app = recovery_join(&f->w, f->app->session, uid);

	app->serial = f->app->serial;
	return app;
}

void recovery_claim_open_as(struct mock *app, uint32_t number, uint32_t device, uint32_t privileges)
{
	struct frame_header h = { .kind = FRAME_SNAPSHOT };
	Snapshot s = SNAPSHOT__INIT;
	SnapshotOpen open = SNAPSHOT_OPEN__INIT;

	SET(&open, open, number);
	SET_ID(&open, device, device);
	SET(&open, api_version, 0x00020002);
	SET(&open, privileges, privileges);
	SET(&open, media_modes, VOICE);
	SET(&open, opened_at, 5);
	s.open = &open;
	mock_send(app, h, &s.base);
}

void recovery_claim_open(struct mock *app, uint32_t number, uint32_t device)
{
	recovery_claim_open_as(app, number, device, OWNER);
}

void recovery_claim(struct mock *app, SnapshotHeld *held)
{
	struct frame_header h = { .kind = FRAME_SNAPSHOT };
	Snapshot s = SNAPSHOT__INIT;

	s.held = held;
	mock_send(app, h, &s.base);
}

void recovery_claim_call(struct mock *app, uint32_t open, uint64_t call, uint32_t state)
{
	recovery_claim_call_of(app, open, call, state, 0);
}

void recovery_claim_call_of(struct mock *app, uint32_t open, uint64_t call, uint32_t state,
		uint32_t hub)
{
	SnapshotHeld held = SNAPSHOT_HELD__INIT;

	SET_ID(&held, call, call);
	SET(&held, open, open);
	SET(&held, privilege, OWNER);
	SET(&held, state, state);
	SET(&held, hub, hub);
	recovery_claim(app, &held);
}

void recovery_claim_request(struct mock *app, uint32_t serial, uint32_t kind, bool returned)
{
	struct frame_header h = { .kind = FRAME_SNAPSHOT };
	Snapshot s = SNAPSHOT__INIT;
	SnapshotRequest request = SNAPSHOT_REQUEST__INIT;

	SET(&request, serial, serial);
	SET(&request, kind, kind);
	SET(&request, returned, returned ? 1 : 0);
	app->kinds[serial] = kind;
	s.request = &request;
	mock_send(app, h, &s.base);
}

const Resync *recovery_end(struct mock *app)
{
	struct frame_header h = { .kind = FRAME_END };

	mock_send(app, h, NULL);
	world_turn(app->world);
	return mock_last(app, FRAME_RESYNC)
			       ? (const Resync *)(const void *)mock_last(app, FRAME_RESYNC)->body
			       : NULL;
}
