// SPDX-License-Identifier: MIT
/* crypto.h - keys of SRTP and how SDP carries them: a=crypto, RFC 4568 (SDES). Text only; the
 * ciphers are behind secure.h. */
#ifndef MEDIA_CRYPTO_H
#define MEDIA_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CRYPTO_KEY_MAX   46
#define CRYPTO_MKI_MAX   128
#define CRYPTO_LINE_SIZE 160 /* of what we write */

enum crypto_suite { /* best known first */
	CRYPTO_AES_128_80,
	CRYPTO_AES_128_32,
	CRYPTO_AES_256_80,
	CRYPTO_SUITES
};

struct crypto_key {
	enum crypto_suite suite;
	uint8_t bytes[CRYPTO_KEY_MAX]; /* the master key, then the salt; the rest is zero */
	uint8_t mki[CRYPTO_MKI_MAX];   /* that comes in each packet */
	size_t mki_size;               /* 0: none does */
};

struct crypto_line {
	uint32_t tag;
	struct crypto_key key;
};

size_t crypto_key_size(enum crypto_suite suite);
/* A key that nobody can guess. */
void crypto_make_key(struct crypto_key *out, enum crypto_suite suite);
bool crypto_same_key(const struct crypto_key *a, const struct crypto_key *b);

/* What stands behind "a=crypto:". False: malformed, or it asks for what we have not. */
bool crypto_read(const char *text, size_t size, struct crypto_line *out);
/* The same for our own key, with a NUL. */
void crypto_write(const struct crypto_line *line, char out[CRYPTO_LINE_SIZE]);

#endif
