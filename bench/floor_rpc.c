// SPDX-License-Identifier: MIT
/* floor_rpc.c - what a request and its answer cost at least on this machine: a ping-pong of the
 * very bytes that libtapi and the daemon exchange (recorded by bench-relay), over a Unix stream
 * socket, packed and unpacked by protobuf-c on both sides, and nothing else. Server and client
 * block (F1), or the server is a libevent loop with own buffers (F2), which can also be a process
 * of its own with any number of clients. */
#include "base/os.h"
#include "floor_frames.h"
#include "floor_server.h"
#include "slice.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char usage[] =
		"usage: bench-floor-rpc blocking|event FRAMES LENGTH PLACE\n"
		"       bench-floor-rpc connect FRAMES LENGTH PLACE SOCKET\n"
		"       bench-floor-rpc serve FRAMES SOCKET\n"
		"\n"
		"FRAMES: a file with a request and its answer, recorded by bench-relay.\n"
		"LENGTH: 0.4: seconds; 20000x: round trips.\n"
		"PLACE: 1: both processes on CPU 1; 0:1: the server on 0, the client on 1.\n";

struct client {
	int fd;
	const struct floor_frames *frames;
	struct floor_buffer in, out;
};

static int round_trip(void *arg)
{
	struct client *c = arg;
	const struct floor_frames *f = c->frames;
	ProtobufCMessage *reply;
	int err = floor_pack(&c->out, f->kind, f->request);

	if (!err)
		err = floor_write(c->fd, &c->out);
	if (!err)
		err = floor_read(c->fd, &c->in);
	if (err)
		return err;
	reply = floor_unpack(&c->in, 0, c->in.size, f->reply->descriptor);
	if (!reply)
		return -EPROTO;
	protobuf_c_message_free_unpacked(reply, NULL);
	return 0;
}

/* Another process that serves until the client hangs up. */
static pid_t start_server(const struct floor_frames *frames, bool event, int *fd)
{
	int fds[2], err = os_socketpair(fds);
	pid_t pid = err ? err : fork();

	if (pid == 0) {
		(void)close(fds[0]);
		_exit(event ? floor_serve_event(fds[1], frames)
			    : floor_serve_blocking(fds[1], frames));
	}
	if (!err)
		(void)close(fds[1]);
	*fd = fds[0];
	return pid;
}

static int connect_to(const char *path)
{
	int fd = os_unix_connect(path);

	if (fd >= 0)
		(void)fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
	return fd;
}

static int run(const struct floor_frames *frames, char **argv)
{
	static struct client c;
	struct slice s = { .place = place_parse(argv[4]), .round_trip = round_trip, .arg = &c };
	bool connects = strcmp(argv[1], "connect") == 0;
	int err;

	slice_set_length(&s, argv[3]);
	c.frames = frames;
	if (connects)
		c.fd = connect_to(argv[5]);
	else
		s.servers[0] = start_server(frames, strcmp(argv[1], "event") == 0, &c.fd);
	if (c.fd < 0 || s.servers[0] < 0)
		return c.fd < 0 ? c.fd : -errno;
	err = slice_run(&s);
	(void)close(c.fd); /* its server ends */
	if (!connects)
		(void)waitpid(s.servers[0], NULL, 0);
	if (!err)
		slice_print(&s);
	return err;
}

int main(int argc, char **argv)
{
	bool serves = argc == 4 && strcmp(argv[1], "serve") == 0;
	struct floor_frames frames;
	int err;

	if (!serves && argc != (argc > 1 && strcmp(argv[1], "connect") == 0 ? 6 : 5)) {
		fputs(usage, stderr);
		return 2;
	}
	(void)signal(SIGPIPE, SIG_IGN);
	err = floor_frames_read(&frames, argv[2]);
	if (!err && serves)
		err = floor_serve_socket(argv[3], &frames) ? -EIO : 0;
	else if (!err)
		err = run(&frames, argv);
	floor_frames_fini(&frames);
	if (err)
		fprintf(stderr, "bench-floor-rpc: %s: %s\n", argv[2], strerror(-err));
	return err ? 1 : 0;
}
