// SPDX-License-Identifier: MIT
/* udp.h - the pair of sockets of one RTP session, and which address and ports to take. */
#ifndef MEDIA_UDP_H
#define MEDIA_UDP_H

#include <netinet/in.h>
#include <stdint.h>
#include <sys/socket.h>

struct udp_pair {
	int rtp, rtcp;                 /* non-blocking, close-on-exec; -1 when closed */
	struct sockaddr_storage local; /* of rtp */
};

struct udp_range {
	uint16_t first, last;
};

/* $TAPI_MEDIA_ADDRESS (if it is of the family of what is wanted), else what is wanted, else the
 * address from which the outside would be reached, else 127.0.0.1. wanted may be AF_UNSPEC. */
void udp_local_address(const struct sockaddr_storage *wanted, struct sockaddr_storage *out);
/* $TAPI_MEDIA_PORTS ("FIRST-LAST"), else 16384-32767. */
struct udp_range udp_port_range(void);

/* Binds an even port and the odd one after it, starting anywhere in the range. 0 or -errno
 * (-EADDRINUSE: none is left). */
int udp_pair_open(const struct sockaddr *address, struct udp_range range, struct udp_pair *out);
/* From now on only packets of these two arrive. 0 or -errno. */
int udp_pair_connect(const struct udp_pair *p, const struct sockaddr *rtp,
		const struct sockaddr *rtcp);
/* From now on anybody's arrive. 0 or -errno. */
int udp_pair_disconnect(const struct udp_pair *p);
void udp_pair_close(struct udp_pair *p);

#endif
