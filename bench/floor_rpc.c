// SPDX-License-Identifier: MIT
/* floor_rpc.c - what a request and its answer cost at least on this machine: a ping-pong of the
 * very bytes that libtapi and the daemon exchange (recorded by bench-relay), over a Unix stream
 * socket, packed and unpacked by protobuf-c on both sides, and nothing else. Server and client
 * block (F1), or the server is a libevent loop with own buffers (F2). */
#include "base/os.h"
#include "floor_frames.h"
#include "floor_server.h"
#include "slice.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char usage[] =
		"usage: bench-floor-rpc blocking|event FRAMES SECONDS PLACE\n"
		"\n"
		"FRAMES: a file with a request and its answer, recorded by bench-relay.\n"
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
	reply = floor_unpack(&c->in, f->reply->descriptor);
	if (!reply)
		return -EPROTO;
	protobuf_c_message_free_unpacked(reply, NULL);
	return 0;
}

static int run(struct floor_frames *frames, bool event, double seconds, struct place place)
{
	struct client c = { .frames = frames };
	struct slice s = { .length_ns = (uint64_t)(seconds * 1e9),
		.place = place,
		.round_trip = round_trip,
		.arg = &c };
	int fds[2], err = os_socketpair(fds);
	pid_t pid = err ? -1 : fork();

	if (pid < 0)
		return err ? err : -errno;
	if (pid == 0) {
		(void)close(fds[0]);
		_exit(event ? floor_serve_event(fds[1], frames)
			    : floor_serve_blocking(fds[1], frames));
	}
	(void)close(fds[1]);
	c.fd = fds[0];
	s.servers[0] = pid;
	err = slice_run(&s);
	(void)close(fds[0]); /* the server ends */
	(void)waitpid(pid, NULL, 0);
	if (!err)
		slice_print(&s);
	return err;
}

int main(int argc, char **argv)
{
	struct floor_frames frames;
	int err;

	if (argc != 5) {
		fputs(usage, stderr);
		return 2;
	}
	(void)signal(SIGPIPE, SIG_IGN);
	err = floor_frames_read(&frames, argv[2]);
	if (!err)
		err = run(&frames, strcmp(argv[1], "event") == 0, atof(argv[3]),
				place_parse(argv[4]));
	floor_frames_fini(&frames);
	if (err)
		fprintf(stderr, "bench-floor-rpc: %s: %s\n", argv[2], strerror(-err));
	return err ? 1 : 0;
}
