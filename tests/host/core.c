// SPDX-License-Identifier: MIT
/* core.c - see core.h. */
#include "core.h"

#include "../scratch.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/os.h"
#include "tsphost/host.h"
#include "tsphost/tsphost.h"

#include <check.h>
#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <tapi.h>
#include <unistd.h>

enum { PATIENCE_MS = 30000 };

static const char *tsp_path(const char *name)
{
	static char path[512];
	const char *build = getenv("BUILD");

	(void)snprintf(path, sizeof(path), "%s/lib/host_%s.so", build ? build : "build/default",
			name);
	return path;
}

static void *run_host(void *arg)
{
	struct core *c = arg;

	c->exit_code = tsphost_run(c->host_fd, "mock");
	return NULL;
}

void core_adopt(struct core *c, int fd, const char *tsp)
{
	void *library, *symbol;
	const struct mock_api *(*api)(void);

	memset(c, 0, sizeof(*c));
	c->listener = -1;
	list_init(&c->got);
	list_init(&c->old);
	arena_init(&c->arena, MESSAGE_MAX);
	conn_init(&c->conn, fd, LIMIT_CORE);
	c->path = tsp_path(tsp);
	if (strcmp(tsp, "mock") != 0)
		return;
	library = dlopen(c->path, RTLD_NOW | RTLD_LOCAL);
	ck_assert_msg(library != NULL, "%s", dlerror());
	symbol = dlsym(library, "mock_api");
	memcpy(&api, &symbol, sizeof(api));
	c->mock = api();
}

static void start(struct core *c, const char *tsp, const char *path, const char *const (*keys)[2])
{
	int fds[2];

	ck_assert_int_eq(os_socketpair(fds), 0);
	core_adopt(c, fds[0], tsp);
	if (path)
		c->path = path;
	c->host_fd = fds[1];
	ck_assert_int_eq(pthread_create(&c->thread, NULL, run_host, c), 0);
	c->has_thread = 1;
	(void)core_take_hello(c);
	core_answer_keys(c, keys);
}

void core_start_with(struct core *c, const char *tsp, const char *key, const char *value)
{
	const char *const keys[][2] = { { key, value }, { NULL, NULL } };

	start(c, tsp, NULL, keys);
}

void core_start_keys(struct core *c, const char *tsp, const char *const (*keys)[2])
{
	start(c, tsp, NULL, keys);
}

void core_start_at(struct core *c, const char *path)
{
	start(c, "", path, NULL);
}

void core_start(struct core *c, const char *tsp)
{
	core_start_with(c, tsp, NULL, NULL);
}

const Hello *core_take_hello(struct core *c)
{
	const Hello *m = (const Hello *)core_expect(c, FRAME_HELLO)->body;

	ck_assert_uint_eq(m->protocol, WIRE_PROTOCOL);
	ck_assert_str_eq(m->provider, "mock");
	return m;
}

static void flush(struct core *c)
{
	int err;

	while ((err = conn_flush(&c->conn)) > 0) {
		struct pollfd p = { .fd = c->conn.out_fd, .events = POLLOUT };

		ck_assert_int_gt(poll(&p, 1, PATIENCE_MS), 0);
	}
	ck_assert_int_eq(err, 0);
}

KeyValue **core_pairs(struct core *c, const char *const (*keys)[2], size_t *count)
{
	KeyValue **list, *pair;
	size_t n = 0;

	while (keys && keys[n][0])
		n++;
	list = arena_alloc(&c->arena, (n + 1) * sizeof(*list));
	ck_assert_ptr_nonnull(list);
	for (size_t i = 0; i < n; i++) {
		pair = arena_alloc(&c->arena, sizeof(*pair));
		ck_assert_ptr_nonnull(pair);
		key_value__init(pair);
		pair->key = (char *)(uintptr_t)keys[i][0];
		pair->value = (char *)(uintptr_t)keys[i][1];
		list[i] = pair;
	}
	*count = n;
	return list;
}

void core_give_end(struct core *c, int fd)
{
	struct frame_header h = { .kind = FRAME_PIPE };

	ck_assert_int_eq(conn_send_fd(&c->conn, &h, NULL, 0, fd), 0);
	flush(c);
	close(fd);
}

void core_give_pipes(struct core *c)
{
	int up[2], down[2];

	ck_assert_int_eq(os_pipe(up), 0);
	ck_assert_int_eq(os_pipe(down), 0);
	core_give_end(c, up[1]);
	core_give_end(c, down[0]);
	c->ends[0] = up[0];
	c->ends[1] = down[1];
	c->gives_pipes = true;
}

void core_answer_hello(struct core *c, const char *key, const char *value)
{
	const char *const keys[][2] = { { key, value }, { NULL, NULL } };

	core_answer_keys(c, keys);
}

void core_answer_keys(struct core *c, const char *const (*keys)[2])
{
	struct frame_header h = { .kind = FRAME_HELLO };
	Hello m = HELLO__INIT;

	m.has_protocol = m.has_permanent_provider_id = m.has_first_call = 1;
	m.protocol = WIRE_PROTOCOL;
	m.permanent_provider_id = PROVIDER_ID;
	m.first_call = 1;
	m.path = (char *)(uintptr_t)c->path;
	m.config = core_pairs(c, keys, &m.n_config);
	m.has_pipes = c->gives_pipes;
	m.pipes = 1;
	ck_assert_int_eq(conn_send(&c->conn, &h, &m.base), 0);
	flush(c);
	if (c->gives_pipes)
		conn_use_pipes(&c->conn, c->ends[0], c->ends[1]);
	c->gives_pipes = false;
}

void core_make_folder(struct core *c)
{
	scratch_template(c->folder, sizeof(c->folder), "host");
	ck_assert_ptr_nonnull(mkdtemp(c->folder));
	(void)snprintf(c->socket, sizeof(c->socket), "%s/socket", c->folder);
}

static void *run_seeking_host(void *arg)
{
	struct core *c = arg;
	struct host h;

	if (host_init(&h, "mock") < 0)
		abort();
	h.socket_path = c->socket;
	h.stop_fd = c->stop[0];
	h.lost_at_ms = clock_now_ms();
	c->exit_code = host_run(&h);
	c->ended = 1;
	host_fini(&h);
	return NULL;
}

void core_listen(struct core *c, const char *tsp)
{
	core_adopt(c, -1, tsp);
	core_make_folder(c);
	c->listener = os_unix_listen(c->socket, 0600);
	ck_assert_int_ge(c->listener, 0);
	ck_assert_int_eq(os_pipe(c->stop), 0);
	ck_assert_int_eq(pthread_create(&c->thread, NULL, run_seeking_host, c), 0);
	c->has_thread = 1;
}

void core_accept(struct core *c)
{
	struct pollfd p = { .fd = c->listener, .events = POLLIN };
	int fd;

	ck_assert_int_gt(poll(&p, 1, PATIENCE_MS), 0);
	fd = accept(c->listener, NULL, NULL);
	ck_assert_int_ge(fd, 0);
	conn_init(&c->conn, fd, LIMIT_CORE);
}

static void free_got(struct list *l)
{
	list_for_safe(i, l) {
		struct got *g = list_entry(i, struct got, link);

		if (g->fd >= 0)
			close(g->fd);
		list_remove(i);
		mem_free(g);
	}
}

void core_die(struct core *c)
{
	conn_fini(&c->conn);
	free_got(&c->got);
}

static void remove_folder(struct core *c)
{
	if (c->listener >= 0)
		close(c->listener);
	if (c->stop[1]) {
		close(c->stop[0]);
		close(c->stop[1]);
	}
	(void)unlink(c->socket);
	if (c->folder[0])
		ck_assert_int_eq(rmdir(c->folder), 0);
}

int core_stop(struct core *c)
{
	conn_fini(&c->conn);
	if (c->has_thread && c->listener >= 0)
		ck_assert_int_eq(write(c->stop[1], "", 1), 1);
	if (c->has_thread)
		ck_assert_int_eq(pthread_join(c->thread, NULL), 0);
	free_got(&c->got);
	free_got(&c->old);
	arena_fini(&c->arena);
	remove_folder(c);
	return c->exit_code;
}

void core_send_frame(struct core *c, struct frame_header *h, const void *body, size_t size)
{
	ck_assert_int_eq(conn_send_bytes(&c->conn, h, body, size), 0);
	flush(c);
}

uint32_t core_send(struct core *c, uint16_t kind, const void *request)
{
	struct frame_header h = { .kind = kind, .serial = ++c->serial };

	h.origin_session = SESSION;
	h.origin_serial = 1000 + h.serial;
	c->kinds[h.serial] = kind;
	ck_assert_int_eq(conn_send(&c->conn, &h, request), 0);
	flush(c);
	return h.serial;
}

static const ProtobufCMessageDescriptor *body_of(const struct core *c, const struct frame_header *h)
{
	switch (h->kind) {
	case FRAME_HELLO:
		return &hello__descriptor;
	case FRAME_EVENT:
		return &event__descriptor;
	case FRAME_SNAPSHOT:
		return &snapshot__descriptor;
	case FRAME_RETURN:
	case FRAME_COMPLETION:
		if (h->flags & FLAG_FAILURE)
			return &failure__descriptor;
		return c->kinds[h->serial] ? rule_find(c->kinds[h->serial])->reply : NULL;
	default:
		return NULL;
	}
}

static struct got *take(struct core *c, const struct frame *f)
{
	const ProtobufCMessageDescriptor *d = body_of(c, &f->h);
	struct got *g = mem_new(struct got);

	ck_assert(g != NULL);
	g->h = f->h;
	g->fd = f->fd;
	if (d) {
		g->body = arena_unpack(&c->arena, d, f->body, f->h.length);
		ck_assert_msg(g->body != NULL, "%s does not unpack", d->name);
	}
	return g;
}

/* From the wire, waiting. */
static struct got *receive(struct core *c)
{
	struct frame f;

	for (;;) {
		struct pollfd p = { .fd = c->conn.in_fd, .events = POLLIN };
		int got = conn_next(&c->conn, &f);

		ck_assert_int_ge(got, 0);
		if (got)
			return take(c, &f);
		ck_assert_msg(poll(&p, 1, PATIENCE_MS) > 0, "the host says nothing");
		ck_assert_int_eq(conn_read(&c->conn), 0);
	}
}

struct got *core_next(struct core *c)
{
	struct got *g;

	if (list_empty(&c->got)) {
		g = receive(c);
	} else {
		g = list_entry(c->got.next, struct got, link);
		list_remove(&g->link);
	}
	list_append(&c->old, &g->link);
	return g;
}

struct got *core_expect(struct core *c, uint16_t kind)
{
	struct got *g = core_next(c);

	ck_assert_msg(g->h.kind == kind, "%s instead of %s", frame_kind_name(g->h.kind),
			frame_kind_name(kind));
	return g;
}

struct got *core_return(struct core *c, uint32_t serial)
{
	for (;;) {
		struct got *g = receive(c);

		if (g->h.kind == FRAME_RETURN && g->h.serial == serial) {
			list_append(&c->old, &g->link);
			return g;
		}
		list_append(&c->got, &g->link);
	}
}

const char *core_reason(const struct got *g)
{
	const Failure *f = (const Failure *)g->body;

	ck_assert(g->h.flags & FLAG_FAILURE);
	ck_assert(f->sentence != NULL);
	return f->sentence;
}

void *core_call(struct core *c, uint16_t kind, const void *request, LONG result)
{
	struct got *g = core_return(c, core_send(c, kind, request));

	ck_assert_msg(g->h.result == result, "%s: %#x instead of %#x: %s", frame_kind_name(kind),
			(unsigned)g->h.result, (unsigned)result,
			g->h.flags & FLAG_FAILURE ? core_reason(g) : "");
	return g->body;
}

const Event *core_event(struct core *c, uint32_t msg)
{
	const Event *e = (const Event *)core_expect(c, FRAME_EVENT)->body;

	ck_assert_uint_eq(e->msg, msg);
	return e;
}

void core_expect_silence(struct core *c)
{
	TspiLineGetNumAddressIds q = TSPI_LINE_GET_NUM_ADDRESS_IDS__INIT;
	uint32_t serial;

	q.has_line = 1;
	q.line = LINE_BASE + 99;
	serial = core_send(c, CALL_TspiLineGetNumAddressIds, &q);
	ck_assert_uint_eq(core_expect(c, FRAME_RETURN)->h.serial, serial);
}

void core_ack(struct core *c, uint32_t serial)
{
	struct frame_header h = { .kind = FRAME_ACK, .serial = serial };

	core_send_frame(c, &h, NULL, 0);
}

static void start_provider(struct core *c)
{
	TspiLineNegotiateTspiVersion negotiate = TSPI_LINE_NEGOTIATE_TSPI_VERSION__INIT;
	TspiProviderEnumDevices devices = TSPI_PROVIDER_ENUM_DEVICES__INIT;
	TspiProviderInit init = TSPI_PROVIDER_INIT__INIT;
	const TspiProviderEnumDevicesReply *counts;

	negotiate.has_device = negotiate.has_low_version = negotiate.has_high_version = 1;
	negotiate.device = INITIALIZE_NEGOTIATION;
	negotiate.low_version = 0x00020000;
	negotiate.high_version = 0x00030001;
	(void)core_call(c, CALL_TspiLineNegotiateTspiVersion, &negotiate, 0);
	devices.has_permanent_provider_id = 1;
	devices.permanent_provider_id = PROVIDER_ID;
	counts = core_call(c, CALL_TspiProviderEnumDevices, &devices, 0);
	init.has_tspi_version = init.has_permanent_provider_id = 1;
	init.tspi_version = 0x00030001;
	init.permanent_provider_id = PROVIDER_ID;
	init.has_line_device_id_base = init.has_num_lines = 1;
	init.line_device_id_base = LINE_BASE;
	init.num_lines = counts->num_lines;
	init.has_num_phones = 1;
	init.num_phones = counts->num_phones;
	(void)core_call(c, CALL_TspiProviderInit, &init, 0);
}

void core_run_provider(struct core *c)
{
	TspiLineOpen open = TSPI_LINE_OPEN__INIT;

	start_provider(c);
	open.has_device = open.has_tspi_version = 1;
	open.device = LINE_BASE;
	open.tspi_version = 0x00030001;
	(void)core_call(c, CALL_TspiLineOpen, &open, 0);
}

void core_world(struct core *c)
{
	core_start(c, "mock");
	core_run_provider(c);
	(void)core_event(c, LINE_CREATE);
}

uint32_t core_dial(struct core *c, const char *address)
{
	LineMakeCall q = LINE_MAKE_CALL__INIT;

	q.has_line = 1;
	q.line = LINE_BASE;
	q.dest_address = (char *)(uintptr_t)address;
	return core_send(c, CALL_LineMakeCall, &q);
}
