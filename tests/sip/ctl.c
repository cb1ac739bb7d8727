// SPDX-License-Identifier: MIT
/* ctl.c - sip-ctl PORT FIFO: the one control connection that baresip's ctrl_tcp has. Each line
 * "COMMAND [PARAMS]" of the FIFO becomes a command; answers and events (netstrings of JSON) are
 * printed one a line, until SIGTERM. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ROOM = 65536 };

struct input {
	int fd;
	size_t have;
	char buf[ROOM];
};

static int dial(const char *port)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((in_port_t)atoi(port)) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || connect(fd, (struct sockaddr *)&a, sizeof(a)) < 0) {
		fprintf(stderr, "sip-ctl: %s: %s\n", port, strerror(errno));
		return -1;
	}
	return fd;
}

static int more(struct input *in)
{
	ssize_t n = read(in->fd, in->buf + in->have, sizeof(in->buf) - in->have);

	if (n <= 0)
		return -1;
	in->have += (size_t)n;
	return 0;
}

static void eat(struct input *in, size_t size)
{
	in->have -= size;
	memmove(in->buf, in->buf + size, in->have);
}

static void send_command(int fd, char *line)
{
	char json[1024], frame[1100];
	char *blank = strchr(line, ' ');
	int n;

	if (blank)
		*blank = '\0';
	n = snprintf(json, sizeof(json), "{\"command\":\"%s\",\"params\":\"%s\",\"token\":\"t\"}",
			line, blank ? blank + 1 : "");
	n = snprintf(frame, sizeof(frame), "%d:%s,", n, json);
	if (send(fd, frame, (size_t)n, MSG_NOSIGNAL) != n)
		fprintf(stderr, "sip-ctl: '%s' was not sent\n", line);
}

static void take_commands(struct input *in, int fd)
{
	char *end;

	while ((end = memchr(in->buf, '\n', in->have))) {
		*end = '\0';
		send_command(fd, in->buf);
		eat(in, (size_t)(end - in->buf) + 1);
	}
}

static void print_netstrings(struct input *in)
{
	const char *colon;

	while ((colon = memchr(in->buf, ':', in->have))) {
		size_t n = (size_t)strtoul(in->buf, NULL, 10);
		size_t head = (size_t)(colon - in->buf) + 1;

		if (in->have < head + n + 1)
			return;
		printf("%.*s\n", (int)n, colon + 1);
		(void)fflush(stdout);
		eat(in, head + n + 1);
	}
}

int main(int argc, char **argv)
{
	static struct input phone, orders;
	struct pollfd p[2] = { { .events = POLLIN }, { .events = POLLIN } };

	if (argc != 3) {
		fprintf(stderr, "usage: sip-ctl PORT FIFO\n");
		return 2;
	}
	phone.fd = p[0].fd = dial(argv[1]);
	orders.fd = p[1].fd = open(argv[2], O_RDWR | O_CLOEXEC); /* RDWR: it never ends */
	if (phone.fd < 0 || orders.fd < 0)
		return 1;
	puts("ready");
	(void)fflush(stdout);
	while (poll(p, 2, -1) > 0) {
		if (p[0].revents) {
			if (more(&phone) < 0)
				return 0;
			print_netstrings(&phone);
		}
		if (p[1].revents & POLLIN) {
			(void)more(&orders);
			take_commands(&orders, phone.fd);
		}
	}
	return 1;
}
