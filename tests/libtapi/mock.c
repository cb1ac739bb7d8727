// SPDX-License-Identifier: MIT
/* mock.c - see mock.h. */
#include "mock.h"

#include "../scratch.h"
#include "base/mem.h"
#include "base/os.h"

#include <check.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <tapi.h>
#include <tapix.h>
#include <time.h>
#include <unistd.h>

void mock_lock(struct mock *m)
{
	pthread_mutex_lock(&m->lock);
}

void mock_unlock(struct mock *m)
{
	pthread_mutex_unlock(&m->lock);
}

static void nudge(struct mock *m)
{
	char byte = 0;

	ck_assert_int_eq(write(m->wake[1], &byte, 1), 1);
}

void mock_bytes(struct mock *m, struct frame_header *h, const void *body, size_t size)
{
	bool before = mem_spare_thread(true);

	if (m->connected) {
		ck_assert_int_eq(conn_send_bytes(&m->conn, h, body, size), 0);
		(void)conn_flush(&m->conn);
	}
	(void)mem_spare_thread(before);
}

static void send_message(struct mock *m, struct frame_header *h, const ProtobufCMessage *body)
{
	bool before = mem_spare_thread(true);

	if (m->connected) {
		ck_assert_int_eq(conn_send(&m->conn, h, body), 0);
		(void)conn_flush(&m->conn);
	}
	(void)mem_spare_thread(before);
}

void mock_pipe(struct mock *m, int fd)
{
	struct frame_header h = { .kind = FRAME_PIPE };

	ck_assert_int_eq(conn_send_fd(&m->conn, &h, NULL, 0, fd), 0);
	(void)conn_flush(&m->conn);
}

void mock_return(struct mock *m, const struct frame_header *request, const ProtobufCMessage *body)
{
	struct frame_header h = { .kind = FRAME_RETURN, .serial = request->serial };

	send_message(m, &h, body);
}

void mock_complete(struct mock *m, const struct frame_header *request, const ProtobufCMessage *body)
{
	struct frame_header h = { .kind = FRAME_COMPLETION, .serial = request->serial };

	send_message(m, &h, body);
}

void mock_fail(struct mock *m, const struct frame_header *request, uint16_t kind, int32_t result,
		const char *cause, const char *sentence)
{
	struct frame_header h = {
		.kind = kind, .flags = FLAG_FAILURE, .serial = request->serial, .result = result
	};
	Failure f = FAILURE__INIT;
	char c[64], s[128];

	(void)snprintf(c, sizeof(c), "%s", cause);
	(void)snprintf(s, sizeof(s), "%s", sentence);
	f.has_layer = 1;
	f.layer = TAPIX_LAYER_SERVER;
	f.cause = c;
	f.sentence = s;
	send_message(m, &h, &f.base);
}

void mock_event_locked(struct mock *m, uint32_t open, uint32_t result, uint16_t flags,
		uint32_t serial, const Event *e)
{
	struct frame_header h = { .kind = FRAME_EVENT,
		.flags = flags,
		.serial = serial,
		.open = open,
		.result = (int32_t)result };

	send_message(m, &h, &e->base);
}

void mock_event(struct mock *m, uint32_t open, uint32_t result, uint16_t flags, uint32_t serial,
		const Event *e)
{
	mock_lock(m);
	mock_event_locked(m, open, result, flags, serial, e);
	mock_unlock(m);
}

static Event call_state(uint64_t call, uint32_t state, uint32_t mode)
{
	Event e = EVENT__INIT;

	e.has_object = e.has_msg = e.has_p1 = e.has_p2 = 1;
	e.object = call;
	e.msg = LINE_CALLSTATE;
	e.p1 = state;
	e.p2 = mode;
	return e;
}

void mock_call_state(struct mock *m, uint32_t open, uint64_t call, uint32_t state, uint32_t mode)
{
	Event e = call_state(call, state, mode);

	mock_event(m, open, 0, 0, 0, &e);
}

uint64_t mock_offer(struct mock *m, uint32_t open)
{
	Event e = EVENT__INIT;
	uint64_t call;

	mock_lock(m);
	call = MOCK_CALL + ++m->next_call;
	e.has_object = e.has_msg = e.has_p2 = e.has_p3 = 1;
	e.msg = LINE_APPNEWCALL;
	e.p2 = call;
	e.p3 = LINECALLPRIVILEGE_OWNER;
	mock_event_locked(m, open, 0, 0, 0, &e);
	e = call_state(call, LINECALLSTATE_OFFERING, LINEOFFERINGMODE_ACTIVE);
	mock_event_locked(m, open, LINECALLPRIVILEGE_OWNER, 0, 0, &e);
	mock_unlock(m);
	return call;
}

/* --- what it answers --- */

static void *unpack(const struct rule *rule, const struct frame *f)
{
	return protobuf_c_message_unpack(rule->request, NULL, f->h.length, f->body);
}

static void answer_dev_caps(struct mock *m, const struct frame *f)
{
	LineGetDevCapsReply reply = LINE_GET_DEV_CAPS_REPLY__INIT;
	LineDevCaps caps = LINE_DEV_CAPS__INIT;
	char name[] = "mock line", line[] = "tapi/line", wave[] = "wave/in";
	char *classes[] = { line, wave };

	caps.line_name = name;
	caps.has_num_addresses = 1;
	caps.num_addresses = 1;
	caps.has_available_tracking = 1;
	caps.available_tracking = 7;
	caps.n_device_classes = 2;
	caps.device_classes = classes;
	reply.line_dev_caps = &caps;
	mock_return(m, &f->h, &reply.base);
}

static void answer_call_info(struct mock *m, const struct frame *f)
{
	LineGetCallInfoReply reply = LINE_GET_CALL_INFO_REPLY__INIT;
	LineCallInfo info = LINE_CALL_INFO__INIT;
	char number[] = "4711";

	info.has_media_mode = 1;
	info.media_mode = LINEMEDIAMODE_INTERACTIVEVOICE;
	info.caller_id = number;
	reply.call_info = &info;
	mock_return(m, &f->h, &reply.base);
}

static void answer_open(struct mock *m, const struct frame *f)
{
	struct frame_header h = {
		.kind = FRAME_RETURN, .serial = f->h.serial, .open = ++m->next_open
	};
	LineOpenReply reply = LINE_OPEN_REPLY__INIT;
	LineOpen *request = unpack(rule_find(CALL_LineOpen), f);

	reply.has_device = reply.has_opened_at = 1;
	reply.device = request->device == LINEMAPPER ? 1 : request->device;
	reply.opened_at = 1000 + h.open;
	send_message(m, &h, &reply.base);
	protobuf_c_message_free_unpacked(&request->base, NULL);
}

static void answer_make_call(struct mock *m, const struct frame *f)
{
	static const uint32_t states[] = { LINECALLSTATE_DIALING, LINECALLSTATE_PROCEEDING,
		LINECALLSTATE_CONNECTED };
	LineMakeCallReply reply = LINE_MAKE_CALL_REPLY__INIT;
	uint64_t call = MOCK_CALL + ++m->next_call;

	reply.has_call = 1;
	reply.call = call;
	mock_return(m, &f->h, &reply.base);
	reply.has_call = 0;
	mock_complete(m, &f->h, &reply.base);
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		Event e = call_state(call, states[i], 0);

		mock_event_locked(m, f->h.open, 0, 0, 0, &e);
	}
}

static void answer_drop(struct mock *m, const struct frame *f)
{
	LineDrop *request = unpack(rule_find(CALL_LineDrop), f);
	Event e = call_state(request->call, LINECALLSTATE_IDLE, 0);

	mock_return(m, &f->h, NULL);
	mock_complete(m, &f->h, NULL);
	mock_event_locked(m, f->h.open, 0, 0, 0, &e);
	protobuf_c_message_free_unpacked(&request->base, NULL);
}

static void answer_initialize(struct mock *m, const struct frame *f)
{
	TapixInitializeReply reply = TAPIX_INITIALIZE_REPLY__INIT;

	reply.has_num_lines = reply.has_num_phones = 1;
	reply.num_lines = MOCK_LINES;
	reply.num_phones = 1;
	mock_return(m, &f->h, &reply.base);
}

static void answer_negotiate(struct mock *m, const struct frame *f)
{
	LineNegotiateApiVersionReply reply = LINE_NEGOTIATE_API_VERSION_REPLY__INIT;
	LineNegotiateApiVersion *request = unpack(rule_find(CALL_LineNegotiateApiVersion), f);

	reply.has_api_version = 1;
	reply.api_version = request->api_high_version;
	mock_return(m, &f->h, &reply.base);
	protobuf_c_message_free_unpacked(&request->base, NULL);
}

static void answer_phone_open(struct mock *m, const struct frame *f)
{
	struct frame_header h = {
		.kind = FRAME_RETURN, .serial = f->h.serial, .open = ++m->next_open
	};

	send_message(m, &h, NULL);
}

static const struct {
	uint16_t kind;
	void (*answer)(struct mock *m, const struct frame *f);
} answers[] = {
	{ CALL_TapixInitialize, answer_initialize },
	{ CALL_LineNegotiateApiVersion, answer_negotiate },
	{ CALL_LineGetDevCaps, answer_dev_caps },
	{ CALL_LineGetCallInfo, answer_call_info },
	{ CALL_LineOpen, answer_open },
	{ CALL_PhoneOpen, answer_phone_open },
	{ CALL_LineMakeCall, answer_make_call },
	{ CALL_LineDrop, answer_drop },
};

static void answer(struct mock *m, const struct frame *f)
{
	const struct rule *rule = rule_find(f->h.kind);

	ck_assert_ptr_nonnull(rule);
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		if (answers[i].kind == f->h.kind) {
			answers[i].answer(m, f);
			return;
		}
	}
	mock_return(m, &f->h, NULL);
	if (rule->kind == KIND_ASYNC)
		mock_complete(m, &f->h, NULL);
}

/* --- frames --- */

static void greet_with_pipes(struct mock *m, Hello *reply)
{
	struct frame_header h = { .kind = FRAME_HELLO };
	int up[2], down[2];

	ck_assert_int_eq(os_pipe(up), 0);
	ck_assert_int_eq(os_pipe(down), 0);
	mock_pipe(m, up[1]);
	mock_pipe(m, down[0]);
	close(up[1]);
	close(down[0]);
	reply->has_pipes = 1;
	reply->pipes = 1;
	send_message(m, &h, &reply->base);
	conn_use_pipes(&m->conn, up[0], down[1]);
}

static void hello(struct mock *m, const struct frame *f)
{
	struct frame_header h = { .kind = FRAME_HELLO };
	Hello reply = HELLO__INIT;
	Hello *client = hello__unpack(NULL, f->h.length, f->body);

	ck_assert_ptr_nonnull(client);
	if (client->resumed)
		m->resumes++;
	reply.has_protocol = reply.has_session = reply.has_api_low = reply.has_api_high = 1;
	reply.protocol = WIRE_PROTOCOL;
	reply.session = m->session;
	reply.api_low = 0x00010003;
	reply.api_high = 0x00030001;
	if (m->pipes && client->pipes)
		greet_with_pipes(m, &reply);
	else
		send_message(m, &h, &reply.base);
	hello__free_unpacked(client, NULL);
}

static void end_of_snapshot(struct mock *m)
{
	struct frame_header h = { .kind = FRAME_RESYNC };

	send_message(m, &h, &m->resync.base);
}

static void take(struct mock *m, const struct frame *f)
{
	switch (f->h.kind) {
	case FRAME_HELLO:
		m->hellos++;
		if (!(m->greeter && m->greeter(m, f)))
			hello(m, f);
		break;
	case FRAME_ACK:
		m->acks++;
		m->last_ack = f->h.serial;
		break;
	case FRAME_SNAPSHOT:
		m->snapshots++;
		if (m->handler)
			(void)m->handler(m, f);
		break;
	case FRAME_END:
		end_of_snapshot(m);
		break;
	default:
		ck_assert_uint_lt(f->h.kind, MOCK_KINDS);
		m->seen[f->h.kind]++;
		m->seen_count++;
		ck_assert_uint_le(f->h.length, sizeof(m->last_body));
		memcpy(m->last_body, f->body, f->h.length);
		m->last_size = f->h.length;
		m->last_open = f->h.open;
		if (!(m->handler && m->handler(m, f)) && !m->hold)
			answer(m, f);
	}
}

static void drop_client(struct mock *m)
{
	if (m->connected)
		conn_fini(&m->conn);
	m->connected = false;
}

static void read_client(struct mock *m)
{
	int err = conn_read(&m->conn);
	struct frame f;

	while (m->connected && conn_next(&m->conn, &f) == 1)
		take(m, &f);
	if (err) {
		m->hangups++;
		drop_client(m);
	}
	pthread_cond_broadcast(&m->changed);
}

static void accept_client(struct mock *m)
{
	int fd = accept(m->listener, NULL, NULL);

	if (fd < 0)
		return;
	drop_client(m);
	conn_init(&m->conn, fd, LIMIT_CORE);
	m->conn.spares_signal = true;
	m->connected = true;
	m->connections++;
	pthread_cond_broadcast(&m->changed);
}

static void *serve(void *arg)
{
	struct mock *m = arg;

	(void)mem_spare_thread(true);
	mock_lock(m);
	while (!m->stop) {
		const bool queued = m->connected && conn_queued(&m->conn);
		struct pollfd p[4] = { { m->listener, POLLIN, 0 }, { m->wake[0], POLLIN, 0 },
			{ m->connected ? m->conn.in_fd : -1, POLLIN, 0 },
			{ queued ? m->conn.out_fd : -1, POLLOUT, 0 } };
		char bytes[16];

		mock_unlock(m);
		(void)poll(p, 4, -1);
		mock_lock(m);
		if (p[1].revents)
			(void)!read(m->wake[0], bytes, sizeof(bytes));
		if (m->breaks) {
			drop_client(m);
			m->breaks = false;
			pthread_cond_broadcast(&m->changed);
		}
		if (p[3].revents && m->connected && m->conn.out_fd == p[3].fd)
			(void)conn_flush(&m->conn);
		if (p[2].revents && m->connected && m->conn.in_fd == p[2].fd)
			read_client(m);
		if (p[0].revents && m->listener == p[0].fd)
			accept_client(m);
	}
	drop_client(m);
	mock_unlock(m);
	return NULL;
}

/* --- life --- */

/* On its own thread, so that nobody polls what ends. */
static void break_client(struct mock *m)
{
	m->breaks = true;
	nudge(m);
	while (m->breaks)
		pthread_cond_wait(&m->changed, &m->lock);
}

void mock_up(struct mock *m)
{
	mock_lock(m);
	m->listener = os_unix_listen(m->path, 0600);
	ck_assert_int_ge(m->listener, 0);
	mock_unlock(m);
	nudge(m);
}

void mock_down(struct mock *m)
{
	mock_lock(m);
	close(m->listener);
	m->listener = -1;
	(void)unlink(m->path);
	break_client(m);
	mock_unlock(m);
}

void mock_break(struct mock *m)
{
	mock_lock(m);
	break_client(m);
	mock_unlock(m);
}

struct mock *mock_new(void)
{
	struct mock *m = mem_new(struct mock);

	ck_assert_ptr_nonnull(m);
	scratch_template(m->folder, sizeof(m->folder), "libtapi");
	ck_assert_ptr_nonnull(mkdtemp(m->folder));
	(void)snprintf(m->path, sizeof(m->path), "%s/socket", m->folder);
	ck_assert_int_eq(os_pipe(m->wake), 0);
	pthread_mutex_init(&m->lock, NULL);
	pthread_cond_init(&m->changed, NULL);
	m->session = 0x1122334455667788ULL;
	m->resync = (Resync)RESYNC__INIT;
	mock_up(m);
	ck_assert_int_eq(pthread_create(&m->thread, NULL, serve, m), 0);
	ck_assert_int_eq(tapixSetSocket(m->path), 0);
	return m;
}

void mock_free(struct mock *m)
{
	mock_lock(m);
	m->stop = true;
	mock_unlock(m);
	nudge(m);
	pthread_join(m->thread, NULL);
	if (m->listener >= 0)
		close(m->listener);
	(void)unlink(m->path);
	(void)rmdir(m->folder);
	close(m->wake[0]);
	close(m->wake[1]);
	pthread_mutex_destroy(&m->lock);
	pthread_cond_destroy(&m->changed);
	mem_free(m);
}

void mock_handle(struct mock *m, mock_handler handler, mock_handler greeter)
{
	mock_lock(m);
	m->handler = handler;
	m->greeter = greeter;
	mock_unlock(m);
}

unsigned mock_value(struct mock *m, const unsigned *counter)
{
	unsigned count;

	mock_lock(m);
	count = *counter;
	mock_unlock(m);
	return count;
}

unsigned mock_count(struct mock *m, uint16_t kind)
{
	return mock_value(m, &m->seen[kind]);
}

static struct timespec patience(void)
{
	struct timespec at;

	(void)clock_gettime(CLOCK_REALTIME, &at);
	at.tv_sec += PATIENCE_MS / 1000;
	return at;
}

void mock_await(struct mock *m, uint16_t kind, unsigned count)
{
	struct timespec at = patience();

	mock_lock(m);
	while (m->seen[kind] < count)
		ck_assert_int_eq(pthread_cond_timedwait(&m->changed, &m->lock, &at), 0);
	mock_unlock(m);
}

void mock_await_count(struct mock *m, const unsigned *counter, unsigned count)
{
	struct timespec at = patience();

	mock_lock(m);
	while (*counter < count)
		ck_assert_int_eq(pthread_cond_timedwait(&m->changed, &m->lock, &at), 0);
	mock_unlock(m);
}
