// SPDX-License-Identifier: MIT
/* daemon.c - see daemon.h. Takes the place of poll() for the whole program. */
#define _GNU_SOURCE    /* ppoll */
#undef _FORTIFY_SOURCE /* poll is a function of ours */
#include "daemon.h"
#include "../tests/own_poll.h"
#include "../tests/scratch.h"

#include "base/clock.h"
#include "base/os.h"
#include "wire/conn.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <tapi.h>
#include <tapix.h>
#include <unistd.h>

enum { KINDS = FRAME_ACK + 1, CLIENTS = 4, WAIT_MS = 50, CONNECT_MS = 10 };

#define SESSION 0x1122334455667788ULL
#define CALL_ID 0x100000000ULL

static const uint64_t calls[] = { CALL_ID + 1, CALL_ID + 2, CALL_ID + 3 };
static const uint64_t other_calls[] = { 0, CALL_ID + 99, SESSION };
static const uint32_t devices[] = { 0, 0, 1, LINEMAPPER };
static const char *const texts[] = { "102", "app", "wave/in", "102@example.net" };

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

const struct mutant_facts daemon_facts = { .calls = calls,
	.call_count = COUNT(calls),
	.other_calls = other_calls,
	.other_call_count = COUNT(other_calls),
	.devices = devices,
	.device_count = COUNT(devices),
	.texts = texts,
	.text_count = COUNT(texts) };

static struct {
	char folder[SCRATCH_MAX], path[108];
	int listener;
	struct conn clients[CLIENTS];
	unsigned count;
	bool at_work;
	uint32_t open;
	struct {
		bool given;
		struct step step;
	} sayings[DAEMON_SAYINGS][KINDS];
} d = { .listener = -1 };

static void send_bytes(struct conn *c, struct frame_header *h, const void *body, size_t size)
{
	int fd;

	if (h->flags & FLAG_DESCRIPTOR) {
		fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
		if (conn_send_fd(c, h, body, size, fd) && conn_send_bytes(c, h, body, size))
			abort();
		(void)close(fd);
	} else if (conn_send_bytes(c, h, body, size)) {
		abort();
	}
	(void)conn_flush(c);
}

/* The upper half of a step's flags: the result. */
static int32_t result_of(const struct step *s)
{
	static const int32_t results[] = { 0, LINEERR_NOMEM, LINEERR_OPERATIONFAILED, 1, INT32_MIN,
		PHONEERR_NOMEM, -1, LINECALLPRIVILEGE_OWNER };

	return results[(s->flags >> 4) % COUNT(results)];
}

static void say(struct conn *c, struct frame_header *h, const struct step *s)
{
	h->flags = s->flags & (FLAG_DESCRIPTOR | FLAG_FAILURE | FLAG_WANT_ACK | FLAG_CLOSING);
	h->result = result_of(s);
	send_bytes(c, h, s->body, s->size);
}

/* The same for the same request. */
static void say_usual(struct conn *c, struct frame_header *h,
		const ProtobufCMessageDescriptor *what, uint32_t seed)
{
	static uint8_t body[65536];
	struct chance chance;
	struct arena arena;
	const struct mutant m = { &chance, &daemon_facts, &arena };
	const ProtobufCMessage *msg;

	chance_seed(&chance, seed);
	arena_init(&arena, MESSAGE_MAX);
	msg = mutant_make(&m, what);
	send_bytes(c, h, body, msg ? mutant_pack(msg, body, sizeof(body)) : 0);
	arena_fini(&arena);
}

static void say_hello(struct conn *c)
{
	struct frame_header h = { .kind = FRAME_HELLO };
	Hello hello = HELLO__INIT;
	uint8_t body[64];

	if (d.sayings[DAEMON_RETURN][FRAME_HELLO].given) {
		say(c, &h, &d.sayings[DAEMON_RETURN][FRAME_HELLO].step);
		return;
	}
	hello.has_protocol = hello.has_session = hello.has_api_low = hello.has_api_high = 1;
	hello.protocol = WIRE_PROTOCOL;
	hello.session = SESSION;
	hello.api_low = 0x00010003;
	hello.api_high = 0x00030001;
	send_bytes(c, &h, body, hello__pack(&hello, body));
}

static void say_resync(struct conn *c)
{
	struct frame_header h = { .kind = FRAME_RESYNC };

	if (d.sayings[DAEMON_RETURN][FRAME_RESYNC].given)
		say(c, &h, &d.sayings[DAEMON_RETURN][FRAME_RESYNC].step);
	else
		send_bytes(c, &h, NULL, 0);
}

static void answer(struct conn *c, const struct frame *f)
{
	const struct rule *rule = rule_find(f->h.kind);
	struct frame_header h = { .kind = FRAME_RETURN, .serial = f->h.serial };
	bool failed = false;

	if (!rule)
		abort(); /* libtapi asks what there is */
	if (rule->number == CALL_LineOpen || rule->number == CALL_PhoneOpen)
		h.open = ++d.open;
	if (d.sayings[DAEMON_RETURN][rule->number].given) {
		failed = result_of(&d.sayings[DAEMON_RETURN][rule->number].step) != 0;
		say(c, &h, &d.sayings[DAEMON_RETURN][rule->number].step);
	} else {
		say_usual(c, &h, rule->reply, rule->number);
	}
	if (failed || rule->kind != KIND_ASYNC)
		return;
	h = (struct frame_header){ .kind = FRAME_COMPLETION, .serial = f->h.serial };
	if (d.sayings[DAEMON_COMPLETION][rule->number].given)
		say(c, &h, &d.sayings[DAEMON_COMPLETION][rule->number].step);
	else
		say_usual(c, &h, rule->reply, rule->number);
}

static void take(struct conn *c, const struct frame *f)
{
	switch (f->h.kind) {
	case FRAME_HELLO:
		say_hello(c);
		break;
	case FRAME_END:
		say_resync(c);
		break;
	case FRAME_ACK:
	case FRAME_SNAPSHOT:
		break;
	default:
		answer(c, f);
	}
}

static void hang_up(struct conn *c)
{
	conn_fini(c);
	*c = d.clients[--d.count];
}

/* Connecting again and again takes time, too. */
static void look_for_clients(void)
{
	int fd;

	while ((fd = accept(d.listener, NULL, NULL)) >= 0) {
		clock_advance_ms(CONNECT_MS);
		if (d.count == CLIENTS)
			hang_up(&d.clients[0]);
		conn_init(&d.clients[d.count++], fd, LIMIT_CORE);
	}
}

/* False: it has gone. */
static bool serve(struct conn *c)
{
	int err = conn_read(c);
	struct frame f;

	while (conn_next(c, &f) == 1)
		take(c, &f);
	return !err && conn_flush(c) >= 0;
}

static void work(void)
{
	d.at_work = true;
	look_for_clients();
	for (unsigned i = 0; i < d.count;) {
		if (serve(&d.clients[i]))
			i++;
		else
			hang_up(&d.clients[i]);
	}
	d.at_work = false;
}

/* Nothing more will happen by itself, so whoever waits has waited. */
static int wait_for(struct pollfd *fds, nfds_t count, int timeout_ms)
{
	int ready;

	if (!d.at_work && d.listener >= 0)
		work();
	ready = own_poll_look(fds, count);
	if (ready || !timeout_ms || d.at_work)
		return ready;
	clock_advance_ms(timeout_ms < 0 || timeout_ms > WAIT_MS ? WAIT_MS : (uint64_t)timeout_ms);
	return 0;
}

static void remove_folder(void)
{
	(void)unlink(d.path);
	(void)rmdir(d.folder);
}

void daemon_start(void)
{
	if (d.listener >= 0)
		return;
	scratch_template(d.folder, sizeof(d.folder), "tapi-fuzz");
	if (!mkdtemp(d.folder))
		abort();
	(void)snprintf(d.path, sizeof(d.path), "%s/socket", d.folder);
	d.listener = os_unix_listen(d.path, 0600);
	if (d.listener < 0 || os_nonblock(d.listener) || atexit(remove_folder) ||
			tapixSetSocket(d.path))
		abort();
}

static void hang_up_all(void)
{
	look_for_clients();
	while (d.count)
		hang_up(&d.clients[0]);
}

void daemon_forget(void)
{
	hang_up_all();
	memset(d.sayings, 0, sizeof(d.sayings));
	d.open = 0;
}

void daemon_says(enum daemon_saying what, const struct step *s)
{
	if (s->kind >= KINDS)
		return;
	d.sayings[what][s->kind].given = true;
	d.sayings[what][s->kind].step = *s;
}

void daemon_frame(const struct step *s)
{
	work();
	for (unsigned i = 0; i < d.count; i++) {
		struct frame_header h = { .kind = s->kind,
			.serial = s->about >> 4,
			.open = s->about & 15,
			.origin_serial = s->about >> 4 };

		say(&d.clients[i], &h, s);
	}
}

void daemon_hangs_up(void)
{
	work();
	hang_up_all();
}
