// SPDX-License-Identifier: MIT
/* greet.c - the answer to a HELLO, and the pipes that come before it: a message through a pipe
 * costs half of one through a socket. */
#include "base/os.h"
#include "core.h"
#include "failure.h"
#include "peer.h"

#include <sys/socket.h>

/* The answer must go into the socket as a whole, before the pipes are used. The kernel counts what
 * it keeps beside the bytes, too. */
static bool goes_at_once(const struct peer *p, const Hello *answer)
{
	int room;
	socklen_t size = sizeof(room);

	return getsockopt(p->conn.fd, SOL_SOCKET, SO_SNDBUF, &room, &size) == 0 &&
	       hello__get_packed_size(answer) < (size_t)room / 4;
}

static bool send_end(struct peer *p, int fd)
{
	struct frame_header h = { .kind = FRAME_PIPE };

	return peer_send_fd(p, &h, NULL, 0, fd);
}

static void close_pair(const int pair[2])
{
	core_close_fd(pair[0]);
	core_close_fd(pair[1]);
}

/* `up` is what the peer writes to. False: there are better uses for the descriptors. */
static bool make_pipes(struct peer *p, int up[2], int down[2])
{
	if (os_pipe(up) < 0)
		return false;
	if (os_pipe(down) < 0) {
		close_pair(up);
		return false;
	}
	if (os_has_spare_fds(down[1]) && send_end(p, up[1]) && send_end(p, down[0]))
		return true;
	close_pair(up);
	close_pair(down);
	return false;
}

void peer_greet(struct peer *p, Hello *answer, bool can_pipes)
{
	struct frame_header h = { .kind = FRAME_HELLO };
	int up[2], down[2];
	bool has_pipes = can_pipes && goes_at_once(p, answer) && make_pipes(p, up, down);

	SET(answer, pipes, has_pipes ? 1 : 0);
	peer_send(p, &h, &answer->base);
	if (!has_pipes)
		return;
	peer_use_pipes(p, up[0], down[1]);
	core_close_fd(up[1]);
	core_close_fd(down[0]);
}
