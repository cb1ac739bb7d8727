// SPDX-License-Identifier: MIT
/* raw.c - sys-raw: speaks to the daemon's socket as no library would, one attack a run, then waits
 * until the daemon closes the connection. */
#include "base/clock.h"
#include "base/os.h"
#include "wire/calls.h"
#include "wire/conn.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const char usage[] = "usage: sys-raw SOCKET ATTACK\n"
			    "Exit: 0 the daemon closed the connection, 1 it did not within 20 s, 3 "
			    "no connection.\n";

enum { BIG = 128 * 1024, WAIT_MS = 20000, CROWD = 300, LET_BE = 32 };

static const char *socket_path;
static uint8_t zeros[BIG + FRAME_HEADER + 1];

static void put(int fd, const void *p, size_t size)
{
	struct pollfd ready = { .fd = fd, .events = POLLOUT };
	const uint8_t *at = p;

	while (size) {
		ssize_t n = send(fd, at, size, MSG_NOSIGNAL);

		if (n < 0 && errno == EAGAIN)
			(void)poll(&ready, 1, WAIT_MS);
		else if (n < 0)
			return; /* closed: what we are here for */
		else
			at += n, size -= (size_t)n;
	}
}

static void put_header(int fd, uint32_t length, uint16_t kind, uint32_t serial)
{
	struct frame_header h = { .length = length, .kind = kind, .serial = serial };
	uint8_t bytes[FRAME_HEADER];

	frame_header_pack(&h, bytes);
	put(fd, bytes, sizeof(bytes));
}

static void put_message(int fd, uint16_t kind, uint32_t serial, const ProtobufCMessage *m)
{
	uint8_t body[1024];
	size_t size = protobuf_c_message_get_packed_size(m);

	if (size > sizeof(body))
		abort();
	(void)protobuf_c_message_pack(m, body);
	put_header(fd, (uint32_t)size, kind, serial);
	put(fd, body, size);
}

static void put_hello(int fd, uint32_t protocol)
{
	Hello hello = HELLO__INIT;

	hello.has_protocol = hello.has_api_low = hello.has_api_high = 1;
	hello.protocol = protocol;
	hello.api_low = 0x00010003;
	hello.api_high = 0x00030001;
	hello.app_name = hello.friendly_name = (char *)(uintptr_t) "sys-raw";
	put_message(fd, FRAME_HELLO, 0, &hello.base);
}

/* A hello that is accepted; what is sent next belongs to a session. */
static void greet(int fd)
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };
	uint8_t bytes[512];

	put_hello(fd, WIRE_PROTOCOL);
	if (poll(&ready, 1, WAIT_MS) <= 0 || recv(fd, bytes, sizeof(bytes), 0) <= 0)
		fprintf(stderr, "sys-raw: no answer to the hello\n");
}

static void garbage(int fd)
{
	uint8_t bytes[300];

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(i * 167 + 13);
	put(fd, bytes, sizeof(bytes));
}

static void wrong_version(int fd)
{
	put_hello(fd, WIRE_PROTOCOL + 98);
}

static void request_before_hello(int fd)
{
	put_header(fd, 0, CALL_TapixInitialize, 1);
}

static void malformed_hello(int fd)
{
	put_header(fd, 8, FRAME_HELLO, 0);
	put(fd, "\xff\xff\xff\xff\xff\xff\xff\xff", 8);
}

static void too_long_before_hello(int fd)
{
	put_header(fd, LIMIT_BEFORE_HELLO + 1, FRAME_HELLO, 0);
}

static void too_long(int fd)
{
	greet(fd);
	put_header(fd, LIMIT_CORE + 1, CALL_LineDevSpecific, 1);
}

/* The length says less than the message needs: its last field is cut. */
static void too_short(int fd)
{
	greet(fd);
	put_header(fd, 3, CALL_LineGetLineDevStatus, 1);
	put(fd, "\x0d\x00\x00", 3);
}

static void unknown_kind(int fd)
{
	greet(fd);
	put_header(fd, 0, 1999, 1);
}

static void wrong_direction(int fd)
{
	greet(fd);
	put_header(fd, 0, FRAME_EVENT, 1);
}

static void no_serial(int fd)
{
	greet(fd);
	put_header(fd, 0, CALL_TapixInitialize, 0);
}

/* A field inside a field inside a field ..., as deep as a frame allows. */
static void deep(int fd)
{
	static uint8_t body[BIG];
	size_t at = sizeof(body);
	size_t inside = 0;

	while (at > 6) {
		uint8_t tag[6];
		size_t n = 0, rest = inside;

		tag[n++] = (9 << 3) | 2; /* LineOpen.call_params, and so on below it */
		for (; rest >= 0x80; rest >>= 7)
			tag[n++] = (uint8_t)(rest | 0x80);
		tag[n++] = (uint8_t)rest;
		at -= n;
		memcpy(body + at, tag, n);
		inside += n;
	}
	greet(fd);
	put_header(fd, (uint32_t)inside, CALL_LineOpen, 1);
	put(fd, body + at, inside);
	put_header(fd, 0, 1999, 2); /* deep alone is no crime if nothing reads it: end here */
}

/* 128 KiB that ask for far more memory: empty elements of a list. */
static void amplifying(int fd)
{
	static uint8_t body[BIG];

	for (size_t i = 0; i + 1 < sizeof(body); i += 2)
		body[i] = (5 << 3) | 2; /* LineGenerateTone.tones, 0 bytes */
	greet(fd);
	put_header(fd, sizeof(body), CALL_LineGenerateTone, 1);
	put(fd, body, sizeof(body));
}

/* Asks and never reads. */
static void never_reading(int fd)
{
	LineGetDevCaps caps = LINE_GET_DEV_CAPS__INIT;
	LineNegotiateApiVersion negotiate = LINE_NEGOTIATE_API_VERSION__INIT;
	uint64_t end = clock_now_ms() + WAIT_MS;
	struct pollfd ready = { .fd = fd, .events = POLLOUT };

	greet(fd);
	negotiate.has_device = negotiate.has_api_low_version = negotiate.has_api_high_version = 1;
	negotiate.api_low_version = 0x00010003;
	negotiate.api_high_version = 0x00030001;
	put_message(fd, CALL_LineNegotiateApiVersion, 1, &negotiate.base);
	caps.has_device = caps.has_api_version = 1;
	caps.api_version = 0x00030001;
	for (uint32_t serial = 2; clock_now_ms() < end; serial++) {
		put_message(fd, CALL_LineGetDevCaps, serial, &caps.base);
		if (poll(&ready, 1, 1000) > 0 && ready.revents & (POLLHUP | POLLERR))
			return;
	}
}

/* Descriptors with a frame that announces none. */
static void descriptors(int fd)
{
	union {
		struct cmsghdr header;
		char room[CMSG_SPACE(8 * sizeof(int))];
	} control;
	uint8_t bytes[FRAME_HEADER];
	struct frame_header h = { .kind = 1999, .serial = 1 };
	struct iovec iov = { .iov_base = bytes, .iov_len = sizeof(bytes) };
	struct msghdr m = { .msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = control.room,
		.msg_controllen = sizeof(control.room) };
	int fds[8] = { 0, 1, 2, fd, 0, 1, 2, fd };

	greet(fd);
	memset(&control, 0, sizeof(control));
	frame_header_pack(&h, bytes);
	CMSG_FIRSTHDR(&m)->cmsg_level = SOL_SOCKET;
	CMSG_FIRSTHDR(&m)->cmsg_type = SCM_RIGHTS;
	CMSG_FIRSTHDR(&m)->cmsg_len = CMSG_LEN(sizeof(fds));
	memcpy(CMSG_DATA(CMSG_FIRSTHDR(&m)), fds, sizeof(fds));
	(void)sendmsg(fd, &m, MSG_NOSIGNAL);
}

static void silent(int fd)
{
	(void)fd;
}

/* Connections that say nothing: prints how many the daemon lets be. Those that it does not it
 * closes, when it comes to it. */
static void crowd(int fd)
{
	struct pollfd all[CROWD] = { { .fd = fd, .events = POLLIN } };
	unsigned kept = 1;

	for (; kept < CROWD; kept++)
		all[kept] = (struct pollfd){ .fd = os_unix_connect(socket_path), .events = POLLIN };
	while (poll(all, CROWD, kept > LET_BE ? WAIT_MS : 300) > 0)
		for (unsigned i = 0; i < CROWD; i++)
			if (all[i].revents) {
				close(all[i].fd);
				all[i].fd = -1;
				kept--;
			}
	printf("kept: %u of %d\n", kept, CROWD);
}

static const struct attack {
	const char *name;
	void (*run)(int fd);
} attacks[] = {
	{ "garbage", garbage },
	{ "wrong_version", wrong_version },
	{ "request_before_hello", request_before_hello },
	{ "malformed_hello", malformed_hello },
	{ "too_long_before_hello", too_long_before_hello },
	{ "too_long", too_long },
	{ "too_short", too_short },
	{ "unknown_kind", unknown_kind },
	{ "wrong_direction", wrong_direction },
	{ "no_serial", no_serial },
	{ "deep", deep },
	{ "amplifying", amplifying },
	{ "never_reading", never_reading },
	{ "descriptors", descriptors },
	{ "silent", silent },
	{ "crowd", crowd },
};

/* Reads what still comes; 0 when the end came. */
static int wait_for_end(int fd)
{
	uint64_t end = clock_now_ms() + WAIT_MS;
	struct pollfd ready = { .fd = fd, .events = POLLIN };

	while (clock_now_ms() < end) {
		ssize_t n;

		(void)poll(&ready, 1, 100);
		n = recv(fd, zeros, sizeof(zeros), MSG_DONTWAIT);
		if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
			return 0;
	}
	return 1;
}

int main(int argc, char **argv)
{
	int fd;

	(void)signal(SIGPIPE, SIG_IGN);
	for (size_t i = 0; argc == 3 && i < sizeof(attacks) / sizeof(attacks[0]); i++) {
		if (strcmp(attacks[i].name, argv[2]) != 0)
			continue;
		socket_path = argv[1];
		fd = os_unix_connect(socket_path);
		if (fd < 0) {
			fprintf(stderr, "sys-raw: %s: %s\n", argv[1], strerror(-fd));
			return 3;
		}
		attacks[i].run(fd);
		return wait_for_end(fd);
	}
	fputs(usage, stderr);
	return 2;
}
