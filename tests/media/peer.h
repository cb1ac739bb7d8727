// SPDX-License-Identifier: MIT
/* peer.h - somebody who is not ours at the other end of a call: sockets of its own, RTP as the test
 * wishes, on the virtual clock. */
#ifndef TESTS_MEDIA_PEER_H
#define TESTS_MEDIA_PEER_H

#include "pair.h"

#include "media/rtp.h"
#include "media/sdp.h"
#include "media/udp.h"

struct peer {
	struct udp_pair sockets;
	struct sockaddr_storage theirs, theirs_rtcp; /* the MSP's */
	struct rtp_header next;                      /* of what it sends */
};

/* Virtual time, no threads, $TAPI_MEDIA_ADDRESS as given (NULL: not set), one call. */
void world_open(struct end *e, const char *address);
void world_step(struct end *e, unsigned int ticks);
void peer_open(struct peer *p, const char *host);
void peer_close(struct peer *p);
/* A description of the peer, PCMU; extra: lines below m=, each with its end. */
const char *peer_sdp(const struct peer *p, const char *profile, const char *extra);
/* Makes e answer an offer of the peer; headers as in a message, each with its end. The answer's
 * addresses are taken over. */
struct end_message peer_call(struct peer *p, struct end *e, const char *headers,
		const char *profile, const char *extra);
void peer_take(struct peer *p, const struct end_message *m);
/* 20 ms of mu-law silence. */
void peer_say(struct peer *p);
void peer_send(struct peer *p, int fd, const struct sockaddr_storage *to, const void *bytes,
		size_t size);
/* The number of packets that have come since the last time. */
unsigned int peer_heard(struct peer *p);

#endif
