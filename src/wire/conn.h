// SPDX-License-Identifier: MIT
/* conn.h - one framed connection, for a loop of any kind: read what is there, take frames, queue
 * frames, flush. Never blocks on its own; the caller waits (libevent, poll, epoll). */
#ifndef WIRE_CONN_H
#define WIRE_CONN_H

#include "base/buf.h"
#include "wire/frame.h"

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>

enum { CONN_FDS = 8 };

struct conn_fds {
	unsigned count;
	struct conn_fd {
		uint64_t at; /* position in the whole stream */
		size_t size; /* going out: of its frame */
		int fd;
	} list[CONN_FDS];
};

struct conn {
	int fd;             /* the socket */
	int in_fd, out_fd;  /* what is read and written: the socket, or pipes beside it */
	bool spares_signal; /* of a library: SIGPIPE is the program's */
	uint32_t limit;     /* of the bodies that come in */
	struct buf in, out;
	size_t taken;                      /* bytes of the frame that conn_next gave last */
	uint64_t in_done;                  /* bytes ever taken out of `in` */
	struct conn_fds *in_fds, *out_fds; /* NULL: there was none yet; few connections have any */
	uint64_t out_done;                 /* bytes ever written */
	size_t out_rest;                   /* bytes of the frame that is half written, 0: none is */
	const char *why;                   /* after -EPROTO: what was wrong */
};

struct frame {
	struct frame_header h;
	const uint8_t *body; /* until the next conn_ call */
	int fd;              /* the descriptor that came with it, the reader's to close; -1 none */
};

/* It came with a descriptor, for which there was none left in this process. */
static inline bool frame_lost_descriptor(const struct frame *f)
{
	return f->fd < 0 && (f->h.flags & FLAG_DESCRIPTOR);
}

/* fd becomes non-blocking and belongs to the conn. */
void conn_init(struct conn *c, int fd, uint32_t limit);
/* From now on frames go through these, which belong to the conn and do not block: a message through
 * a pipe costs half of one through a socket. Nothing may be queued. Descriptors still come through
 * the socket, before their frame. */
void conn_use_pipes(struct conn *c, int in, int out);
/* The ends of pipes that come with FRAME_PIPE before the core's HELLO: to write, to read. */
struct conn_ends {
	int fds[2];
	unsigned count;
};

/* Takes frame->fd. 0 or -EPROTO. */
int conn_ends_take(struct conn_ends *ends, struct frame *frame);
/* The HELLO says that they are to be used: 0, or -EPROTO if they did not come. */
int conn_ends_use(struct conn_ends *ends, struct conn *c);
void conn_ends_close(struct conn_ends *ends);
/* The connection ends now, also for a child that is forked later, though threads may poll it: they
 * see the end. */
void conn_hang_up(const struct conn *c, const struct conn_ends *ends);
/* Closes everything. */
void conn_fini(struct conn *c);

/* Reads what is there. 0; -ECONNRESET at the peer's end; -errno. An end or error that follows bytes
 * is said by the next call, so that their frames are taken first. */
int conn_read(struct conn *c);
/* 1: *out is the next frame; 0: not whole yet; -EPROTO: close, conn.why says why. */
int conn_next(struct conn *c, struct frame *out);
/* Whether a whole one follows, which conn_next may still refuse. */
bool conn_has_next(const struct conn *c);

/* Queues a frame; h->length is filled in. body may be NULL (empty). 0 or -ENOMEM/-EMSGSIZE. */
int conn_send(struct conn *c, struct frame_header *h, const ProtobufCMessage *body);
int conn_send_bytes(struct conn *c, struct frame_header *h, const void *body, size_t size);
/* As conn_send_bytes, with a descriptor (duplicated here; FLAG_DESCRIPTOR is set). */
int conn_send_fd(struct conn *c, struct frame_header *h, const void *body, size_t size, int fd);
/* 0: all written; 1: the socket is full, wait until writable; -errno. */
int conn_flush(struct conn *c);
/* Events that are queued and not wholly written: who closes now loses as many. */
size_t conn_count_unsent(const struct conn *c);
static inline size_t conn_queued(const struct conn *c)
{
	return c->out.size;
}

/* How many descriptors wait to be written; no more than CONN_FDS can. */
static inline unsigned conn_queued_fds(const struct conn *c)
{
	return c->out_fds ? c->out_fds->count : 0;
}

#endif
