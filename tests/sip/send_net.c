// SPDX-License-Identifier: MIT
/* send_net.c - sockets, and waiting for the final answer. */
#include "base/clock.h"
#include "send.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int target_parse(const char *text, struct target *out)
{
	struct addrinfo hints = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV }, *found;
	const char *colon = strrchr(text, ':');
	char plain[64];
	size_t n;

	memset(out, 0, sizeof(*out));
	if ((strncmp(text, "udp:", 4) != 0 && strncmp(text, "tcp:", 4) != 0) || colon <= text + 4)
		return -EINVAL;
	out->tcp = text[0] == 't';
	(void)snprintf(out->host, sizeof(out->host), "%.*s", (int)(colon - text - 4), text + 4);
	(void)snprintf(out->port, sizeof(out->port), "%s", colon + 1);
	n = strlen(out->host);
	(void)snprintf(plain, sizeof(plain), "%s", out->host);
	if (plain[0] == '[' && plain[n - 1] == ']')
		(void)snprintf(plain, sizeof(plain), "%.*s", (int)n - 2, out->host + 1);
	if (getaddrinfo(plain, out->port, &hints, &found))
		return -EINVAL;
	memcpy(&out->address, found->ai_addr, found->ai_addrlen);
	out->address_size = found->ai_addrlen;
	freeaddrinfo(found);
	return 0;
}

int target_connect(const struct target *t, char *local, size_t size)
{
	struct sockaddr_storage a;
	socklen_t length = sizeof(a);
	char host[64] = "", port[8] = "";
	int fd = socket(t->address.ss_family, t->tcp ? SOCK_STREAM : SOCK_DGRAM, 0), err;

	if (fd < 0)
		return -errno;
	if (connect(fd, (const struct sockaddr *)&t->address, t->address_size) < 0 ||
			getsockname(fd, (struct sockaddr *)&a, &length) < 0) {
		err = -errno;
		(void)close(fd);
		return err;
	}
	(void)getnameinfo((struct sockaddr *)&a, length, host, sizeof(host), port, sizeof(port),
			NI_NUMERICHOST | NI_NUMERICSERV);
	(void)snprintf(local, size, strchr(host, ':') ? "[%s]:%s" : "%s:%s", host, port);
	return fd;
}

/* The code of the last final answer in what has come, 0 none. */
static int final_code(const char *text)
{
	int code = 0;

	for (const char *p = text; (p = strstr(p, "SIP/2.0 ")); p += 8) {
		int c = atoi(p + 8);

		if ((p == text || p[-1] == '\n') && c >= 200 && c < 1000)
			code = c;
	}
	return code;
}

int message_exchange(int fd, const char *bytes, size_t size, int timeout_ms)
{
	static char answer[65536];
	uint64_t end = clock_now_ms() + (uint64_t)timeout_ms;
	struct pollfd p = { .fd = fd, .events = POLLIN };
	size_t have = 0;

	while (recv(fd, answer, sizeof(answer), MSG_DONTWAIT) > 0)
		continue; /* answers to earlier ones */
	for (size_t sent = 0; sent < size;) {
		ssize_t n = send(fd, bytes + sent, size - sent, MSG_NOSIGNAL);

		if (n < 0)
			return errno == EMSGSIZE ? 0 : -1;
		sent += (size_t)n;
	}
	for (;;) {
		uint64_t now = clock_now_ms();
		ssize_t n;

		if (now >= end || poll(&p, 1, (int)(end - now)) <= 0)
			return 0;
		n = recv(fd, answer + have, sizeof(answer) - 1 - have, 0);
		if (n < 0 && errno == ECONNREFUSED)
			return 0;
		if (n <= 0)
			return -1;
		have += (size_t)n;
		answer[have] = '\0';
		if (final_code(answer))
			return final_code(answer);
		if (have > sizeof(answer) / 2)
			have = 0;
	}
}

bool message_matches(const char *list, int code)
{
	char copy[64], *save, *word;

	(void)snprintf(copy, sizeof(copy), "%s", list);
	for (word = strtok_r(copy, ",", &save); word; word = strtok_r(NULL, ",", &save)) {
		if (strcmp(word, "any") == 0)
			return true;
		if (strcmp(word, "none") == 0 && code <= 0)
			return true;
		if (code > 0 && strlen(word) == 3 && word[1] == 'x' && word[0] == code / 100 + '0')
			return true;
		if (code > 0 && atoi(word) == code)
			return true;
	}
	return false;
}
