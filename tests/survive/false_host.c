// SPDX-License-Identifier: MIT
/* false_host.c - takes the place of tapi-tsphost: it starts as a host does, then answers and
 * reports what chance makes of the schema. $FALSE_HOST is a file to which it appends a byte when
 * its lines are there. */
#include "../hostile/mutant.h"

#include "base/clock.h"
#include "base/os.h"
#include "wire/calls.h"
#include "wire/conn.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <tapi.h>
#include <tspi.h>
#include <unistd.h>

enum { LINES = 2, PHONES = 1, BODY_MAX = 200 * 1024, EVENT_MS = 2, HONEST_MS = 50 };

#define COUNT(list) ((uint32_t)(sizeof(list) / sizeof((list)[0])))

static struct {
	struct conn conn;
	struct chance chance;
	struct arena arena;
	uint64_t begun_ms; /* 0: it has no lines yet; for a moment it is honest */
	bool is_running;
	uint32_t line_base, phone_base;
	uint64_t first_call, made;
} self;

static bool one_in(uint32_t n)
{
	return chance_one_in(&self.chance, n);
}

static const ProtobufCMessage *some_message(const ProtobufCMessageDescriptor *what, bool spoilt)
{
	static const char *const texts[] = { "102", "app", "liar", "wave/in" };
	const uint64_t made = self.made, last = self.first_call + made;
	const uint64_t calls[] = { last, last + 1, self.first_call, last - (made > 0),
		self.line_base };
	const uint64_t others[] = { 0, (uint64_t)1 << 32 | 1, (uint64_t)1 << 32 | 2, last + 99 };
	const uint32_t devices[] = { self.line_base, self.line_base + 1, self.phone_base, 0,
		LINEMAPPER };
	const struct mutant_facts facts = { calls, others, COUNT(calls), COUNT(others), devices,
		COUNT(devices), texts, COUNT(texts) };
	const struct mutant m = { &self.chance, &facts, &self.arena };
	ProtobufCMessage *msg = mutant_make(&m, what);

	for (uint32_t n = spoilt ? chance_below(&self.chance, 3) : 0; msg && n; n--)
		mutant_spoil(&m, msg);
	return msg;
}

static void send_body(struct frame_header *h, const ProtobufCMessage *msg)
{
	static uint8_t body[BODY_MAX];
	size_t size = msg ? mutant_pack(msg, body, sizeof(body)) : 0;

	if (self.is_running && one_in(2000))
		size = mutant_spoil_bytes(&self.chance, body, size, sizeof(body));
	if (conn_send_bytes(&self.conn, h, body, size))
		exit(0);
}

static void say_end(uint16_t kind, uint32_t serial, const ProtobufCMessageDescriptor *reply)
{
	static const int32_t results[] = { LINEERR_NOMEM, LINEERR_OPERATIONFAILED, INT32_MIN, -1 };
	struct frame_header h = { .kind = kind, .serial = serial };

	if (self.is_running && one_in(4))
		h.result = results[chance_below(&self.chance, COUNT(results))];
	h.flags = h.result ? FLAG_FAILURE : 0;
	send_body(&h, some_message(h.result ? &failure__descriptor : reply, self.is_running));
}

/* What it takes to be taken for a host. */
static bool begin(const struct frame *f, const struct rule *rule)
{
	struct frame_header h = { .kind = FRAME_RETURN, .serial = f->h.serial };
	TspiLineNegotiateTspiVersionReply version = TSPI_LINE_NEGOTIATE_TSPI_VERSION_REPLY__INIT;
	TspiProviderEnumDevicesReply devices = TSPI_PROVIDER_ENUM_DEVICES_REPLY__INIT;
	const TspiProviderInit *init;

	version.has_tspi_version = devices.has_num_lines = devices.has_num_phones = 1;
	version.tspi_version = 0x00030001;
	devices.num_lines = LINES;
	devices.num_phones = PHONES;
	switch (rule->number) {
	case CALL_TspiLineNegotiateTspiVersion:
	case CALL_TspiPhoneNegotiateTspiVersion:
		send_body(&h, &version.base);
		return true;
	case CALL_TspiProviderEnumDevices:
		send_body(&h, &devices.base);
		return true;
	case CALL_TspiProviderInit:
		init = (const TspiProviderInit *)arena_unpack(&self.arena, rule->request, f->body,
				f->h.length);
		self.line_base = init ? init->line_device_id_base : 0;
		self.begun_ms = clock_now_ms();
		self.phone_base = init ? init->phone_device_id_base : 0;
		send_body(&h, NULL);
		return true;
	default:
		return false;
	}
}

static void note_that_it_runs(void)
{
	const char *path = getenv("FALSE_HOST");
	int fd = path ? open(path, O_WRONLY | O_APPEND | O_CREAT, 0600) : -1;

	self.is_running = true;
	if (fd >= 0)
		(void)!write(fd, "x", 1);
	if (fd >= 0)
		(void)close(fd);
}

static void answer(const struct frame *f)
{
	const struct rule *rule = rule_find(f->h.kind);

	if (!rule)
		return;
	if (rule->number == CALL_TspiProviderShutdown)
		exit(0);
	if (begin(f, rule))
		return;
	say_end(FRAME_RETURN, f->h.serial, rule->reply);
	if (rule->kind == KIND_ASYNC && !one_in(8))
		say_end(FRAME_COMPLETION, f->h.serial, rule->reply);
}

static void new_call(void)
{
	struct frame_header h = { .kind = FRAME_EVENT };
	Event e = EVENT__INIT;

	e.has_object = e.has_msg = e.has_p1 = 1;
	e.object = self.line_base + chance_below(&self.chance, LINES);
	e.msg = LINE_NEWCALL;
	e.p1 = self.first_call + ++self.made;
	send_body(&h, &e.base);
}

static void say_something(void)
{
	struct frame_header h = { .kind = FRAME_EVENT };
	const ProtobufCMessage *msg = some_message(&event__descriptor, one_in(2));

	if (one_in(20))
		new_call();
	if (one_in(3000)) {
		h.kind = (uint16_t)(FRAME_HELLO + chance_below(&self.chance, 10));
		h.serial = chance_below(&self.chance, 100);
	}
	if (msg)
		send_body(&h, msg);
}

static void take(const struct frame *f)
{
	const Hello *hello;

	arena_reset(&self.arena, MESSAGE_MAX);
	if (f->h.kind != FRAME_HELLO) {
		answer(f);
		return;
	}
	hello = (const Hello *)arena_unpack(&self.arena, &hello__descriptor, f->body, f->h.length);
	if (f->h.flags & FLAG_CLOSING || !hello)
		exit(1);
	self.first_call = (uint64_t)hello->permanent_provider_id << 32 | hello->first_call;
	chance_seed(&self.chance, self.first_call ^ clock_now_ns());
}

static void live(void)
{
	for (;;) {
		struct pollfd p = { .fd = self.conn.fd, .events = POLLIN };
		struct frame f;
		int ready;

		if (conn_queued(&self.conn))
			p.events |= POLLOUT;
		ready = poll(&p, 1, EVENT_MS);
		if (ready > 0 && p.revents & ~POLLOUT && conn_read(&self.conn))
			return;
		while (conn_next(&self.conn, &f) == 1)
			take(&f);
		if (!self.is_running && self.begun_ms && clock_now_ms() > self.begun_ms + HONEST_MS)
			note_that_it_runs();
		arena_reset(&self.arena, MESSAGE_MAX);
		for (uint32_t n = self.is_running ? chance_below(&self.chance, 8) : 0; n; n--)
			say_something();
		if (conn_flush(&self.conn) < 0)
			return;
	}
}

/* As tapi-tsphost: --socket PATH --provider NAME --lock PATH. */
int main(int argc, char **argv)
{
	struct frame_header h = { .kind = FRAME_HELLO };
	Hello hello = HELLO__INIT;
	int fd = argc == 7 ? os_unix_connect(argv[2]) : -1;

	if (fd < 0)
		return 1;
	conn_init(&self.conn, fd, LIMIT_EDGE);
	arena_init(&self.arena, MESSAGE_MAX);
	hello.has_protocol = hello.has_host_instance = 1;
	hello.protocol = WIRE_PROTOCOL;
	hello.provider = argv[4];
	hello.host_instance = clock_now_ns();
	if (conn_send(&self.conn, &h, &hello.base) || conn_flush(&self.conn) < 0)
		return 1;
	live();
	return 0;
}
