// SPDX-License-Identifier: MIT
/* framing.c - frames that are cut, mixed, too long, too short, empty, out of place or never end:
 * what was whole is answered, what cannot be right ends its own connection.
 */
#include "hostile.h"
#include "../../bench/wire.h"

#include "base/clock.h"
#include "base/os.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { GREETING_MAX = 256, ANSWERS = 3, SILENT = 9, WAIT_MS = 5000, LATE_MS = 8000 };
enum { NEGOTIATE_SERIAL = 2, NEXT_SERIAL = 3 };

static struct framing *result;
static struct wire side; /* who is answered has been read as far as this one */
static uint8_t greeting[GREETING_MAX];
static size_t greeting_size, hello_size;

static size_t put_frame(uint8_t *to, uint16_t kind, uint32_t serial, const ProtobufCMessage *m)
{
	struct frame_header h = { .length = (uint32_t)protobuf_c_message_get_packed_size(m),
		.kind = kind,
		.serial = serial };

	frame_header_pack(&h, to);
	return FRAME_HEADER + protobuf_c_message_pack(m, to + FRAME_HEADER);
}

/* Three frames that are answered. */
static void make_greeting(void)
{
	LineNegotiateApiVersion negotiate = LINE_NEGOTIATE_API_VERSION__INIT;
	TapixInitialize initialize = TAPIX_INITIALIZE__INIT;
	Hello hello = HELLO__INIT;

	hello.has_protocol = hello.has_api_low = hello.has_api_high = 1;
	hello.protocol = WIRE_PROTOCOL;
	hello.api_low = negotiate.api_low_version = 0x00010003;
	hello.api_high = negotiate.api_high_version = 0x00030001;
	hello.app_name = hello.friendly_name = (char *)(uintptr_t) "framing";
	negotiate.has_device = negotiate.has_api_low_version = 1;
	negotiate.has_api_high_version = 1;
	negotiate.device = HOSTILE_DEVICE;
	hello_size = put_frame(greeting, FRAME_HELLO, 0, &hello.base);
	greeting_size = hello_size +
			put_frame(greeting + hello_size, CALL_TapixInitialize, 1, &initialize.base);
	greeting_size += put_frame(greeting + greeting_size, CALL_LineNegotiateApiVersion,
			NEGOTIATE_SERIAL, &negotiate.base);
}

/* --- one connection --- */

static struct conn open_one(void)
{
	struct conn c;
	int fd = os_unix_connect("socket");

	expect(fd >= 0);
	conn_init(&c, fd, LIMIT_EDGE);
	return c;
}

/* A daemon that has closed it is seen by reading. */
static void put(struct conn *c, const void *bytes, size_t size)
{
	const uint8_t *at = bytes;

	while (size) {
		struct pollfd p = { .fd = c->fd, .events = POLLOUT };
		ssize_t n = send(c->fd, at, size, MSG_NOSIGNAL);

		if (n < 0 && poll(&p, 1, WAIT_MS) != 1)
			return;
		if (n < 0 && p.revents & (POLLERR | POLLHUP))
			return;
		at += n > 0 ? n : 0;
		size -= n > 0 ? (size_t)n : 0;
	}
}

static void put_header(struct conn *c, uint32_t length, uint16_t kind, uint32_t serial)
{
	struct frame_header h = { .length = length, .kind = kind, .serial = serial };
	uint8_t bytes[FRAME_HEADER];

	frame_header_pack(&h, bytes);
	put(c, bytes, sizeof(bytes));
}

/* 1: the next frame, 0: none in time, -1: closed. */
static int next(struct conn *c, struct frame *f, unsigned ms)
{
	uint64_t until = clock_now_ms() + ms;
	int got;

	while ((got = conn_next(c, f)) == 0) {
		struct pollfd p = { .fd = c->fd, .events = POLLIN };
		uint64_t now = clock_now_ms();

		if (now >= until || poll(&p, 1, (int)(until - now)) != 1)
			return 0;
		if (conn_read(c))
			return -1;
	}
	return got;
}

static bool is_closed(struct conn *c, unsigned ms)
{
	struct frame f;
	int got;

	while ((got = next(c, &f, ms)) == 1)
		continue;
	return got < 0;
}

static bool is_answered(struct conn *c, uint32_t serial)
{
	struct frame f;

	while (next(c, &f, WAIT_MS) == 1)
		if (f.h.kind == FRAME_RETURN && f.h.serial == serial)
			return true;
	return false;
}

/* The greeting was understood. */
static bool is_greeted(struct conn *c)
{
	struct frame f;

	for (int i = 0; i < ANSWERS; i++)
		if (next(c, &f, WAIT_MS) != 1 || f.h.result || f.h.flags ||
				f.h.kind != (i ? FRAME_RETURN : FRAME_HELLO))
			return false;
	return true;
}

static struct conn open_greeted(void)
{
	struct conn c = open_one();

	put(&c, greeting, greeting_size);
	expect(is_greeted(&c));
	return c;
}

/* What was sent before this is read. */
static void let_it_read(void)
{
	LineGetLineDevStatus status = LINE_GET_LINE_DEV_STATUS__INIT;
	struct frame f;

	status.has_line = 1;
	status.line = HOSTILE_DEVICE;
	expect_eq(wire_request(&side, CALL_LineGetLineDevStatus, &status.base, &f), 0);
}

static void judge(struct conn *c, bool good, const char *what, uint32_t which)
{
	conn_fini(c);
	result->cases++;
	if (good)
		return;
	if (!result->wrong++)
		(void)snprintf(result->first, sizeof(result->first), "%s %u", what, which);
}

/* --- the cases --- */

static void split(void)
{
	for (size_t i = 1; i < greeting_size; i++) {
		struct conn c = open_one();

		put(&c, greeting, i);
		let_it_read();
		put(&c, greeting + i, greeting_size - i);
		judge(&c, is_greeted(&c), "split", (uint32_t)i);
	}
}

/* As many connections, each in pieces of one size, in turn. */
static void interleave(void)
{
	static const size_t pieces[] = { 1, 2, 3, 7, 16, 31, 32, 33, 64, 100 };
	enum { TOGETHER = 4 };

	for (size_t k = 0; k < sizeof(pieces) / sizeof(pieces[0]); k++) {
		struct conn c[TOGETHER];

		for (unsigned i = 0; i < TOGETHER; i++)
			c[i] = open_one();
		for (size_t at = 0; at < greeting_size; at += pieces[k])
			for (unsigned i = 0; i < TOGETHER; i++)
				put(&c[i], greeting + at,
						pieces[k] < greeting_size - at
								? pieces[k]
								: greeting_size - at);
		for (unsigned i = 0; i < TOGETHER; i++)
			judge(&c[i], is_greeted(&c[i]), "interleaved", (uint32_t)pieces[k]);
	}
}

static void oversize(void)
{
	static const uint32_t lengths[] = { LIMIT_BEFORE_HELLO + 1, LIMIT_CORE, LIMIT_CORE + 1,
		0x7fffffff, 0x80000000, 0xffffffff };

	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		struct conn c = open_one();

		put_header(&c, lengths[i], FRAME_HELLO, 0);
		judge(&c, is_closed(&c, WAIT_MS), "too long for a hello", lengths[i]);
		if (lengths[i] <= LIMIT_CORE)
			continue;
		c = open_greeted();
		put_header(&c, lengths[i], CALL_LineDevSpecific, NEXT_SERIAL);
		judge(&c, is_closed(&c, WAIT_MS), "too long", lengths[i]);
	}
}

/* Just as long as may be, of nothing but zeros. */
static void longest(void)
{
	static const uint8_t zeros[LIMIT_CORE];
	struct conn c = open_one();

	put_header(&c, LIMIT_BEFORE_HELLO, FRAME_HELLO, 0);
	put(&c, zeros, LIMIT_BEFORE_HELLO);
	judge(&c, is_closed(&c, WAIT_MS), "longest hello", 0);
	c = open_greeted();
	put_header(&c, LIMIT_CORE, CALL_LineDevSpecific, NEXT_SERIAL);
	put(&c, zeros, LIMIT_CORE);
	judge(&c, is_closed(&c, WAIT_MS), "longest", 0);
}

/* Behind the last frame: the beginning of another, or a whole header of nonsense. */
static void trail(void)
{
	uint8_t ones[64];

	memset(ones, 0xff, sizeof(ones));
	for (uint32_t n = 1; n < sizeof(ones); n += 3) {
		struct conn c = open_one();

		put(&c, greeting, greeting_size);
		put(&c, ones, n);
		judge(&c, n < FRAME_HEADER ? is_greeted(&c) : is_closed(&c, WAIT_MS), "trailing",
				n);
	}
	for (uint32_t n = 1; n <= 4; n++) { /* inside of the last frame */
		struct conn c = open_one();

		put(&c, greeting, hello_size);
		put_header(&c, n, CALL_TapixInitialize, 1);
		put(&c, ones, n);
		judge(&c, is_closed(&c, WAIT_MS), "trailing inside", n);
	}
}

static void empty(void)
{
	const struct rule *rule;
	unsigned cursor = 0;

	while ((rule = rule_next(&cursor))) {
		struct conn c = open_greeted();

		put_header(&c, 0, rule->number, NEXT_SERIAL);
		judge(&c, is_answered(&c, NEXT_SERIAL), "empty request", rule->number);
	}
	for (uint16_t kind = FRAME_HELLO; kind <= FRAME_ACK + 1; kind++) {
		struct conn c = open_greeted();
		bool goes_on = kind == FRAME_ACK;

		put_header(&c, 0, kind, NEXT_SERIAL);
		put_header(&c, 0, CALL_LineGetLineDevStatus, NEXT_SERIAL + 1);
		judge(&c, goes_on ? is_answered(&c, NEXT_SERIAL + 1) : is_closed(&c, WAIT_MS),
				"empty frame", kind);
	}
}

static void without_hello(void)
{
	static const uint16_t kinds[] = { 0, 1, CALL_LineOpen, CALL_TapixInitialize, 999,
		FRAME_HELLO, FRAME_RETURN, FRAME_COMPLETION, FRAME_EVENT, FRAME_NOTE,
		FRAME_SNAPSHOT, FRAME_END, FRAME_RESYNC, FRAME_ACK, FRAME_ACK + 1, 0xffff };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct conn c = open_one();

		put_header(&c, 0, kinds[i], 1);
		judge(&c, is_closed(&c, WAIT_MS), "without a hello", kinds[i]);
	}
}

/* Of the hello; then nothing more. */
static void begin_to_say(struct conn c[SILENT])
{
	for (size_t i = 0; i < SILENT; i++) {
		c[i] = open_one();
		put(&c[i], greeting, i * (hello_size - 1) / (SILENT - 1));
	}
}

void framing_try(void *arg)
{
	struct conn silent[SILENT];

	result = arg;
	(void)hostile_become_other_user(result->folder);
	make_greeting();
	expect_eq(wire_connect(&side, "socket"), 0);
	expect_eq(wire_open_line(&side, HOSTILE_DEVICE, LINECALLPRIVILEGE_NONE), 0);
	begin_to_say(silent);
	split();
	interleave();
	oversize();
	longest();
	trail();
	empty();
	without_hello();
	for (uint32_t i = 0; i < SILENT; i++)
		judge(&silent[i], is_closed(&silent[i], LATE_MS), "silent", i);
	wire_close(&side);
}
