// SPDX-License-Identifier: MIT
/* false_daemon.c - see false_daemon.h. Most of what it says makes sense, so that applications come
 * far; the rest is spoilt in a field, in its bytes, in its header, or does not come. */
#include "false_daemon.h"
#include "../hostile/mutant.h"
#include "survive.h"

#include "base/os.h"
#include "wire/calls.h"
#include "wire/conn.h"

#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CLIENTS = 16, BODY_MAX = 200 * 1024 };

#define COUNT(list) ((uint32_t)(sizeof(list) / sizeof((list)[0])))
#define SESSION     0x1122334455667788ULL
#define CALL_ID     0x100000000ULL

static struct {
	struct lies *lies;
	int listener;
	struct conn clients[CLIENTS];
	unsigned count;
	uint32_t open;
	struct chance chance;
	struct arena arena;
} d;

static bool one_in(uint32_t n)
{
	return chance_one_in(&d.chance, n);
}

/* --- what it says --- */

static const ProtobufCMessage *some_message(const ProtobufCMessageDescriptor *what)
{
	static const uint64_t calls[] = { CALL_ID + 1, CALL_ID + 2, CALL_ID + 3 };
	static const uint64_t others[] = { 0, CALL_ID + 99, SESSION };
	static const uint32_t devices[] = { 0, 0, 1, LINEMAPPER };
	static const char *const texts[] = { "102", "app", "wave/in", "102@example.net" };
	static const struct mutant_facts facts = { calls, others, COUNT(calls), COUNT(others),
		devices, COUNT(devices), texts, COUNT(texts) };
	const struct mutant m = { &d.chance, &facts, &d.arena };
	ProtobufCMessage *msg;

	arena_reset(&d.arena, MESSAGE_MAX);
	msg = mutant_make(&m, what);
	for (uint32_t n = one_in(2) ? chance_below(&d.chance, 4) : 0; msg && n; n--)
		mutant_spoil(&m, msg);
	return msg;
}

static void send_body(struct conn *c, struct frame_header *h, const ProtobufCMessage *msg)
{
	static uint8_t body[BODY_MAX];
	size_t size = msg ? mutant_pack(msg, body, sizeof(body)) : 0;
	int fd = one_in(100) ? open("/dev/null", O_RDONLY | O_CLOEXEC) : -1;

	if (one_in(100))
		size = mutant_spoil_bytes(&d.chance, body, size, sizeof(body));
	if (one_in(100))
		h->flags ^= (uint16_t)(1u << chance_below(&d.chance, 4));
	if (fd >= 0 && conn_send_fd(c, h, body, size, fd) == 0)
		;
	else
		(void)conn_send_bytes(c, h, body, size);
	if (fd >= 0)
		(void)close(fd);
}

static void say_hello(struct conn *c)
{
	struct frame_header h = { .kind = FRAME_HELLO };
	Hello hello = HELLO__INIT;

	if (one_in(16)) {
		h.flags = one_in(2) ? FLAG_CLOSING | FLAG_FAILURE : 0;
		send_body(c, &h, some_message(h.flags ? &failure__descriptor : &hello__descriptor));
		return;
	}
	hello.has_protocol = hello.has_session = hello.has_api_low = hello.has_api_high = 1;
	hello.protocol = WIRE_PROTOCOL;
	hello.session = SESSION;
	hello.api_low = 0x00010003;
	hello.api_high = 0x00030001;
	(void)conn_send(c, &h, &hello.base);
}

static int32_t some_result(void)
{
	static const int32_t results[] = { LINEERR_NOMEM, LINEERR_OPERATIONFAILED, 1, INT32_MIN,
		PHONEERR_NOMEM, -1, LINECALLPRIVILEGE_OWNER };

	return one_in(4) ? results[chance_below(&d.chance, COUNT(results))] : 0;
}

static void say_end(struct conn *c, uint16_t kind, uint32_t serial, uint32_t open,
		const struct rule *rule)
{
	struct frame_header h = { .kind = kind, .open = open, .result = some_result() };

	h.serial = one_in(200) ? (uint32_t)chance_u64(&d.chance) : serial;
	h.flags = h.result && !one_in(8) ? FLAG_FAILURE : 0;
	d.lies->answers++;
	send_body(c, &h, some_message(h.flags ? &failure__descriptor : rule->reply));
}

static void say_event(struct conn *c)
{
	struct frame_header h = { .kind = FRAME_EVENT, .open = chance_below(&d.chance, 4) };

	if (one_in(50))
		h.kind = (uint16_t)(FRAME_HELLO + chance_below(&d.chance, 10));
	h.serial = one_in(4) ? chance_below(&d.chance, 100) : 0;
	h.flags = one_in(8) ? FLAG_WANT_ACK : 0;
	d.lies->events++;
	send_body(c, &h, some_message(&event__descriptor));
}

static void answer(struct conn *c, const struct frame *f)
{
	const struct rule *rule = rule_find(f->h.kind);
	uint32_t serial = f->h.serial, open = 0;

	if (!rule)
		return;
	if (rule->number == CALL_LineOpen || rule->number == CALL_PhoneOpen)
		open = one_in(32) ? chance_below(&d.chance, 4) : ++d.open;
	while (one_in(3))
		say_event(c);
	if (one_in(500)) {
		d.lies->silent++;
		return;
	}
	say_end(c, FRAME_RETURN, serial, open, rule);
	if (one_in(64))
		say_end(c, FRAME_RETURN, serial, open, rule);
	if (rule->kind == KIND_ASYNC && !one_in(16))
		say_end(c, FRAME_COMPLETION, serial, 0, rule);
	while (one_in(3))
		say_event(c);
}

static void take(struct conn *c, const struct frame *f)
{
	struct frame_header h = { .kind = FRAME_RESYNC };

	if (f->h.kind == FRAME_HELLO)
		say_hello(c);
	else if (f->h.kind == FRAME_END)
		send_body(c, &h, some_message(&resync__descriptor));
	else
		answer(c, f);
}

/* --- whom it says it to --- */

static void look_for_clients(void)
{
	int fd;

	while ((fd = accept(d.listener, NULL, NULL)) >= 0) {
		if (d.count == CLIENTS) {
			(void)close(fd);
			continue;
		}
		conn_init(&d.clients[d.count++], fd, LIMIT_CORE);
	}
}

/* False: one of the two has gone. */
static bool serve(struct conn *c, bool readable)
{
	struct frame f;

	if (readable && conn_read(c))
		return false;
	while (conn_next(c, &f) == 1)
		take(c, &f);
	if (readable && one_in(200)) {
		d.lies->hung_up++;
		return false;
	}
	return conn_flush(c) >= 0;
}

static _Noreturn void live(void)
{
	for (;;) {
		struct pollfd p[CLIENTS + 1] = { { .fd = d.listener, .events = POLLIN } };
		unsigned count = d.count;

		for (unsigned i = 0; i < count; i++)
			p[i + 1] = (struct pollfd){ .fd = d.clients[i].fd,
				.events = (short)(POLLIN |
						  (conn_queued(&d.clients[i]) ? POLLOUT : 0)) };
		if (poll(p, count + 1, -1) < 0)
			continue;
		for (unsigned i = count; i-- > 0;) {
			if (!p[i + 1].revents ||
					serve(&d.clients[i], (p[i + 1].revents & ~POLLOUT) != 0))
				continue;
			conn_fini(&d.clients[i]);
			d.clients[i] = d.clients[--d.count];
		}
		look_for_clients();
	}
}

pid_t false_daemon_start(const char *path, uint64_t seed, struct lies *lies)
{
	pid_t pid;

	d.lies = lies;
	d.listener = os_unix_listen(path, 0600);
	expect(d.listener >= 0 && os_nonblock(d.listener) == 0);
	fflush(NULL);
	pid = fork();
	expect(pid >= 0);
	if (pid)
		return close(d.listener), pid;
	chance_seed(&d.chance, seed);
	arena_init(&d.arena, MESSAGE_MAX);
	live();
}
