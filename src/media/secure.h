// SPDX-License-Identifier: MIT
/* secure.h - SRTP and SRTCP of one direction of a session (RFC 3711, by libsrtp2). Made by the
 * owner, used by the clock thread, shared by the plans that know it: the count of packets goes on
 * as long as the key is the same. */
#ifndef MEDIA_SECURE_H
#define MEDIA_SECURE_H

#include "media/crypto.h"
#include "media/frame.h"

#define SECURE_TRAILER 148 /* bytes that protecting may write behind a packet */

struct media_secure;

enum secure_result { SECURE_GOOD, SECURE_REPEATED, SECURE_BAD };

/* 0, -ENOMEM or -EIO (the library does not work). */
MEDIA_API int media_secure_new(const struct crypto_key *key, bool inbound,
		struct media_secure **out);
MEDIA_API struct media_secure *media_secure_ref(struct media_secure *s); /* NULL in, NULL out */
MEDIA_API void media_secure_unref(struct media_secure *s);

/* In place; the packet is aligned to four bytes. False: it must not be sent. */
bool secure_protect(struct media_secure *s, bool rtcp, uint8_t *packet, size_t *size);
enum secure_result secure_unprotect(struct media_secure *s, bool rtcp, uint8_t *packet,
		size_t *size);

#endif
