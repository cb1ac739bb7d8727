// SPDX-License-Identifier: MIT
/* scene.c - see scene.h. */
#include "scene.h"

#include "base/clock.h"
#include "base/random.h"

#include <assert.h>
#include <string.h>
#include <unistd.h>

enum { PHONES = 2, OTHER_USER = 4711 };

#define CALL_ID(provider, n) ((uint64_t)(provider) << 32 | (n))

static const uint64_t calls[] = { CALL_ID(1, 1), CALL_ID(1, 2), CALL_ID(1, 3) };
enum { SESSION_A, SESSION_B }; /* they are fixed64, as calls are */
static uint64_t other_calls[] = { [SESSION_A] = 0,
	[SESSION_B] = 0,
	CALL_ID(1, 4),
	CALL_ID(2, 1),
	CALL_ID(1, 99),
	CALL_ID(9, 1) };
static const uint32_t devices[] = { 0, 0, 0, 1, MOCK_LINES, 2, 7, LINEMAPPER };
static const char *const texts[] = { "102", "+49 (30) 12345", "app", "mock", "tapi/line", "wave/in",
	"other" };

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

const struct mutant_facts scene_facts = { .calls = calls,
	.call_count = COUNT(calls),
	.other_calls = other_calls,
	.other_call_count = COUNT(other_calls),
	.devices = devices,
	.device_count = COUNT(devices),
	.texts = texts,
	.text_count = COUNT(texts) };

static struct mock *open_host(struct world *w, const char *name)
{
	struct mock *host = world_raw(w, true, 0);

	host->phones = PHONES;
	host->forgets = true;
	return world_host_on(host, name);
}

static uint32_t open_phone(struct mock *app, uint32_t device)
{
	PhoneOpen m = PHONE_OPEN__INIT;

	SET_ID(&m, device, device);
	SET(&m, api_version, 0x00020002);
	SET(&m, privilege, PHONEPRIVILEGE_OWNER);
	ck_assert_int_eq(app_call(app, CALL_PhoneOpen, 0, &m.base), 0);
	return app_answer(app, FRAME_RETURN, app->serial)->h.open;
}

/* a: line 0 (open 1), phone 0 (open 2), a line of the other provider (open 3); b: line 0 as a
 * monitor, line 1. Calls of a: connected, on hold, offering; of b: one on line 1. */
static void make_calls(struct scene *s)
{
	struct mock *a = s->apps[0], *b = s->apps[1];
	uint32_t line = app_open(a, 0, OWNER, VOICE);
	uint64_t call;

	(void)open_phone(a, 0);
	(void)app_open(a, MOCK_LINES, OWNER, VOICE);
	(void)app_open(b, 0, MONITOR, 0);
	call = app_make_call(a, line, 0);
	host_state(s->hosts[0], call, LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_ACTIVE);
	call = app_make_call(a, line, 0);
	host_state(s->hosts[0], call, LINECALLSTATE_ONHOLD, 0);
	(void)host_new_call(s->hosts[0], 0, VOICE);
	(void)app_make_call(b, app_open(b, 1, OWNER, VOICE), 1);
}

void scene_open(struct scene *s, bool admins)
{
	uid_t uid = admins ? geteuid() : SCENE_USER;

	memset(s, 0, sizeof(*s));
	random_seed(1);
	world_init(&s->w, "mock", "other");
	s->hosts[0] = open_host(&s->w, "mock");
	s->hosts[1] = open_host(&s->w, "other");
	s->apps[0] = world_app_of(&s->w, "app", uid);
	s->apps[1] = world_app_of(&s->w, "other", uid);
	s->apps[2] = world_app_of(&s->w, "stranger", OTHER_USER);
	make_calls(s);
	for (unsigned i = 0; i < SCENE_APPS; i++)
		s->first[i] = s->apps[i]->serial + 1;
	scene_turn(s);
}

void scene_close(struct scene *s)
{
	world_fini(&s->w);
}

void scene_ask(struct scene *s, unsigned app, uint16_t kind, uint32_t open, const void *body,
		size_t size)
{
	struct mock *m = s->apps[app];
	struct frame_header h = { .kind = kind, .open = open, .serial = m->serial + 1 };

	if (h.serial >= SCENE_SERIALS || m->conn.fd < 0)
		return;
	m->serial++;
	m->kinds[m->serial] = kind;
	s->asked[app][m->serial].kind = kind;
	ck_assert_int_eq(conn_send_bytes(&m->conn, &h, body, size), 0);
}

static void note(struct asked *asked, const struct seen *seen)
{
	if (seen->h.kind == FRAME_RETURN) {
		asked->returns++;
		asked->failed = seen->h.result != 0;
	} else if (seen->h.kind == FRAME_COMPLETION) {
		asked->completions++;
		assert(asked->returns && !asked->failed);
	}
}

static void note_all(struct scene *s, unsigned app)
{
	const struct mock *m = s->apps[app];

	for (unsigned i = 0; i < m->count; i++) {
		const struct seen *seen = &m->seen[i];

		if (seen->h.serial >= s->first[app] && seen->h.serial <= m->serial)
			note(&s->asked[app][seen->h.serial], seen);
	}
}

static void forget(struct mock *m)
{
	for (unsigned i = 0; i < m->count; i++)
		if (m->seen[i].fd >= 0)
			(void)close(m->seen[i].fd);
	mock_forget(m);
}

void scene_turn(struct scene *s)
{
	world_turn(&s->w);
	for (unsigned i = 0; i < SCENE_APPS; i++)
		note_all(s, i);
	for (unsigned i = 0; i < s->w.peer_count; i++)
		forget(s->w.peers[i]);
}

void scene_wait(struct scene *s, unsigned ms)
{
	while (ms) {
		unsigned step = ms < 500 ? ms : 500;

		clock_advance_ms(step);
		core_begin_frame(s->w.core);
		timers_run(&s->w.core->timers);
		scene_turn(s);
		ms -= step;
	}
}

void scene_check(const struct scene *s, bool due)
{
	for (unsigned app = 0; app < SCENE_APPS; app++) {
		const struct mock *m = s->apps[app];

		for (uint32_t serial = s->first[app]; serial <= m->serial; serial++) {
			const struct asked *asked = &s->asked[app][serial];

			assert(asked->returns <= 1 && asked->completions <= 1);
			assert(asked->returns || !due || !m->connected);
		}
	}
}
