// SPDX-License-Identifier: MIT
/* send.h - sip-send: one SIP message of a file, as the bytes that go out, and its answer. */
#ifndef TESTS_SIP_SEND_H
#define TESTS_SIP_SEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

enum { MESSAGE_MAX = 65000 };

struct message {
	char name[64];   /* of the file, without folder and ending */
	char expect[64]; /* the answers that are right: "486,4xx,none,any" */
	char known[64];  /* what comes instead, and why that is so stands in the file */
	char only[8];    /* "udp" or "tcp", "" both */
	size_t size;
	char bytes[MESSAGE_MAX + 1];
};

struct target {
	bool tcp;
	char host[64]; /* as it stands in URIs, an IPv6 address in brackets */
	char port[8];
	struct sockaddr_storage address;
	socklen_t address_size;
};

/* "udp:127.0.0.1:5060", "tcp:[::1]:5060". 0 or -errno. */
int target_parse(const char *text, struct target *out);
/* A connected socket; local: "127.0.0.1:4711" of this end. The descriptor or -errno. */
int target_connect(const struct target *t, char *local, size_t size);

/* Reads a file in the notation of RFC 4475 (<hex>, <repeat count=N>, <allOneLine>), lines that
 * begin with
 * "# " say what is expected. @HOST@ @PORT@ @LOCAL@ @TRANSPORT@ @RANDOM@ @USER@ and @LENGTH@ (of the
 * body) are replaced. 0 or -errno. */
int message_load(const char *path, const struct target *t, const char *local, const char *user,
		struct message *out);
/* Sends it and waits: the code of the final answer, 0 none in time, -1 the connection was closed.
 */
int message_exchange(int fd, const char *bytes, size_t size, int timeout_ms);
/* Is it one of the list? */
bool message_matches(const char *list, int code);

#endif
