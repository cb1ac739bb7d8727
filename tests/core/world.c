// SPDX-License-Identifier: MIT
/* world.c - the loop of the test's world, and what the two kinds of mocks share. */
#include "world.h"

#include "../scratch.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/os.h"
#include "mock_host.h"
#include "tapisrvd/peer.h"
#include "tapisrvd/provider.h"
#include "tapisrvd/reload.h"
#include "tapisrvd/store.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void discard(enum log_level level, const char *line, void *arg)
{
	(void)level;
	(void)line;
	(void)arg;
}

static void start_core(struct world *w)
{
	ck_assert_int_eq(core_new(w->base, &w->options, &w->core), 0);
	core_start(w->core);
}

void world_init(struct world *w, const char *provider, const char *second)
{
	world_init_state(w, provider, second, NULL);
}

void world_init_state(struct world *w, const char *provider, const char *second, const char *state)
{
	memset(w, 0, sizeof(*w));
	if (!getenv("WORLD_LOG"))
		log_set_sink(discard, NULL);
	(void)signal(SIGPIPE, SIG_IGN); /* as main.c does */
	clock_set_virtual(1000000000U);
	event_set_mem_functions(mem_alloc, mem_realloc, mem_free); /* likewise */
	w->base = event_base_new();
	ck_assert_ptr_nonnull(w->base);
	ck_assert_int_eq(options_init(&w->options), 0);
	w->options.launch = false;
	if (state)
		ck_assert_int_eq(options_set(&w->options.state, state), 0);
	if (provider)
		ck_assert_ptr_nonnull(options_provider(&w->options, provider));
	if (second)
		ck_assert_ptr_nonnull(options_provider(&w->options, second));
	ck_assert_int_eq(options_complete(&w->options), 0);
	start_core(w);
}

void world_reload(struct world *w, const char *text)
{
	struct options fresh;
	char path[256];
	int fd;

	scratch_template(path, sizeof(path), "core-reload");
	fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	ck_assert_int_eq(options_init(&fresh), 0);
	ck_assert_int_eq(config_read(&fresh, path), 0);
	list_for(l, &w->core->providers)
		ck_assert_ptr_nonnull(options_provider(&fresh,
				list_entry(l, struct provider, link)->options->name));
	ck_assert_int_eq(options_complete(&fresh), 0);
	ck_assert_int_eq(options_set(&w->options.file, "the.conf"), 0);
	core_begin_frame(w->core);
	reload_take(w->core, &w->options, &fresh);
	options_fini(&fresh);
	(void)unlink(path);
	world_turn(w);
}

static const ProtobufCMessageDescriptor *body_of(const struct mock *m, const struct frame_header *h)
{
	const struct rule *rule;

	if (h->flags & FLAG_FAILURE)
		return &failure__descriptor;
	switch (h->kind) {
	case FRAME_HELLO:
		return &hello__descriptor;
	case FRAME_EVENT:
		return &event__descriptor;
	case FRAME_NOTE:
		return &note__descriptor;
	case FRAME_RESYNC:
		return &resync__descriptor;
	case FRAME_RETURN:
	case FRAME_COMPLETION:
		rule = m->is_host || h->serial >= WORLD_SEEN
				       ? NULL
				       : rule_find((uint16_t)m->kinds[h->serial]);
		return rule ? rule->reply : NULL;
	default:
		rule = rule_find(h->kind);
		return rule ? rule->request : NULL;
	}
}

/* The ends of pipes, and that they are used from now on. */
static void take_pipes(struct mock *m, struct frame *f, const struct seen *s)
{
	const Hello *hello = (const Hello *)(const void *)s->body;

	if (f->h.kind == FRAME_PIPE)
		ck_assert_int_eq(conn_ends_take(&m->ends, f), 0);
	else if (f->h.kind == FRAME_HELLO && !(f->h.flags & FLAG_FAILURE) && hello->pipes)
		ck_assert_int_eq(conn_ends_use(&m->ends, &m->conn), 0);
}

static void take(struct mock *m, struct frame *f)
{
	const ProtobufCMessageDescriptor *d = body_of(m, &f->h);
	struct seen *s;

	if (m->forgets && m->count == WORLD_SEEN - 1)
		mock_forget(m);
	s = &m->seen[m->count++];
	ck_assert_uint_lt(m->count, WORLD_SEEN);
	s->h = f->h;
	s->body = d ? arena_unpack(&m->arena, d, f->body, f->h.length) : NULL;
	if (d)
		ck_assert_msg(s->body != NULL, "a body of kind %u is malformed", f->h.kind);
	take_pipes(m, f, s);
	s->fd = f->fd;
	if (m->is_host)
		mock_host_react(m, s);
}

/* Whether anything was said or heard. */
static bool listen_to(struct mock *m)
{
	struct frame f;
	unsigned before = m->count;
	bool spared;
	int err;

	if (m->conn.fd < 0 || m->deaf)
		return false;
	spared = mem_spare_thread(true); /* only the core is short of memory, in tests of that */
	(void)conn_flush(&m->conn);
	err = conn_read(&m->conn);
	while (conn_next(&m->conn, &f) == 1)
		take(m, &f);
	(void)conn_flush(&m->conn);
	(void)mem_spare_thread(spared);
	if (err < 0 && m->connected) {
		m->connected = false;
		return true;
	}
	return m->count != before;
}

void world_turn(struct world *w)
{
	bool busy = true;

	for (unsigned quiet = 0; quiet < 3; quiet = busy ? 0 : quiet + 1) {
		peers_wake(w->core);
		busy = peers_go_on(w->core);
		(void)event_base_loop(w->base, EVLOOP_ONCE | EVLOOP_NONBLOCK);
		if (!w->is_real)
			peers_flush_later(w->core);
		core_end_turn(w->core);
		for (unsigned i = 0; i < w->peer_count; i++)
			busy = listen_to(w->peers[i]) || busy;
	}
}

void world_wait(struct world *w, unsigned ms)
{
	while (ms) {
		unsigned step = ms < 100 ? ms : 100;

		clock_advance_ms(step);
		core_begin_frame(w->core);
		timers_run(&w->core->timers);
		world_turn(w);
		ms -= step;
	}
}

void world_store_fails(struct world *w, bool fails)
{
	ck_assert_int_eq(store_run(w->core->store,
					 fails ? "PRAGMA query_only = 1" : "PRAGMA query_only = 0",
					 NULL, NULL, NULL),
			0);
}

void world_store_is_full(struct world *w)
{
	ck_assert_int_eq(store_run(w->core->store, "PRAGMA max_page_count = 1", NULL, NULL, NULL),
			0);
}

void world_kill_core(struct world *w)
{
	/* Not core_free: that would close everything too, but orderly; here nobody is told. */
	core_free(w->core);
	start_core(w);
	world_turn(w);
}

static void free_mock(struct mock *m)
{
	for (unsigned i = 0; i < m->count; i++)
		if (m->seen[i].fd >= 0)
			close(m->seen[i].fd);
	conn_ends_close(&m->ends);
	conn_fini(&m->conn);
	arena_fini(&m->arena);
	mem_free(m);
}

void world_fini(struct world *w)
{
	core_free(w->core);
	for (unsigned i = 0; i < w->peer_count; i++)
		free_mock(w->peers[i]);
	event_base_free(w->base);
	options_fini(&w->options);
	log_set_sink(NULL, NULL);
}

struct mock *world_raw(struct world *w, bool is_host, uid_t uid)
{
	struct mock *m = mem_new(struct mock);
	int fds[2];

	ck_assert_ptr_nonnull(m);
	ck_assert_uint_lt(w->peer_count, WORLD_PEERS);
	ck_assert_int_eq(os_socketpair(fds), 0);
	m->world = w;
	m->is_host = is_host;
	m->connected = true;
	arena_init(&m->arena, SIZE_MAX / 2);
	conn_init(&m->conn, fds[0], LIMIT_EDGE);
	w->peers[w->peer_count++] = m;
	if (is_host)
		ck_assert_int_eq(core_add_host(w->core, fds[1], 0), 0);
	else
		ck_assert_int_eq(core_add_client(w->core, fds[1], uid), 0);
	return m;
}

void mock_hang_up(struct mock *m)
{
	conn_fini(&m->conn);
	m->connected = false;
	world_turn(m->world);
}

void mock_send(struct mock *m, struct frame_header h, const ProtobufCMessage *body)
{
	bool spared = mem_spare_thread(true);

	ck_assert_int_eq(conn_send(&m->conn, &h, body), 0);
	(void)mem_spare_thread(spared);
}

unsigned mock_count(const struct mock *m, uint16_t kind)
{
	unsigned count = 0;

	for (unsigned i = 0; i < m->count; i++)
		count += m->seen[i].h.kind == kind;
	return count;
}

const struct seen *mock_last(const struct mock *m, uint16_t kind)
{
	for (unsigned i = m->count; i-- > 0;)
		if (m->seen[i].h.kind == kind)
			return &m->seen[i];
	return NULL;
}

void mock_forget(struct mock *m)
{
	m->count = 0;
}

const Failure *seen_failure(const struct seen *s)
{
	return s && (s->h.flags & FLAG_FAILURE) ? (const Failure *)(const void *)s->body : NULL;
}

const Event *seen_event(const struct seen *s)
{
	ck_assert_ptr_nonnull(s);
	return (const Event *)(const void *)s->body;
}

void two_apps_init(struct two_apps *f, uint32_t a, uint32_t b)
{
	world_init(&f->w, "mock", NULL);
	f->host = world_host(&f->w, "mock");
	f->a = world_app(&f->w, "a");
	f->b = world_app(&f->w, "b");
	f->a_open = app_open(f->a, 0, a, a & OWNER ? VOICE : 0);
	f->b_open = app_open(f->b, 0, b, b & OWNER ? VOICE : 0);
	ck_assert_uint_ne(f->a_open, 0);
	ck_assert_uint_ne(f->b_open, 0);
}

void two_hosts_init(struct two_hosts *f)
{
	world_init(&f->w, "mock", "other");
	f->host = world_host(&f->w, "mock");
	f->other = world_host(&f->w, "other");
	f->app = world_app(&f->w, "app");
	f->open = app_open(f->app, 0, OWNER, VOICE);
	f->other_open = app_open(f->app, MOCK_LINES, OWNER, VOICE);
	ck_assert_uint_ne(f->open, 0);
	ck_assert_uint_ne(f->other_open, 0);
}
