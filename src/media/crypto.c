// SPDX-License-Identifier: MIT
/* crypto.c - reading and writing a=crypto (RFC 4568, RFC 6188):
 *   tag suite inline:KEY[|LIFETIME][|MKI:LENGTH] [session parameters]
 * Whatever bytes arrive, the reader stays inside them. */
#include "media/crypto.h"

#include "base/mem.h"
#include "base/random.h"

#include <stdio.h>
#include <string.h>

#define TAG_DIGITS   9
#define LIFETIME_MIN 65536u /* packets; a key is never changed within a call (20 min of sound) */
#define BASE64_MAX   64

static const struct suite {
	const char *name;
	size_t key_size;
} suites[CRYPTO_SUITES] = {
	[CRYPTO_AES_128_80] = { "AES_CM_128_HMAC_SHA1_80", 30 },
	[CRYPTO_AES_128_32] = { "AES_CM_128_HMAC_SHA1_32", 30 },
	[CRYPTO_AES_256_80] = { "AES_256_CM_HMAC_SHA1_80", 46 },
};

static const char digits64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

struct text {
	const char *p;
	size_t size;
};

size_t crypto_key_size(enum crypto_suite suite)
{
	return suites[suite].key_size;
}

void crypto_make_key(struct crypto_key *out, enum crypto_suite suite)
{
	memset(out, 0, sizeof(*out));
	out->suite = suite;
	random_bytes(out->bytes, suites[suite].key_size);
}

bool crypto_same_key(const struct crypto_key *a, const struct crypto_key *b)
{
	return a->suite == b->suite && a->mki_size == b->mki_size &&
	       memcmp(a->mki, b->mki, sizeof(a->mki)) == 0 &&
	       memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}

/* The next piece before stop, which is skipped. */
static struct text take(struct text *rest, char stop)
{
	const char *end = rest->size ? memchr(rest->p, stop, rest->size) : NULL;
	struct text piece = { rest->p, end ? (size_t)(end - rest->p) : rest->size };

	rest->p += piece.size + (end != NULL);
	rest->size -= piece.size + (end != NULL);
	return piece;
}

static bool is(struct text t, const char *text)
{
	return t.size == strlen(text) && memcmp(t.p, text, t.size) == 0;
}

static bool begins(struct text t, const char *text)
{
	return t.size >= strlen(text) && memcmp(t.p, text, strlen(text)) == 0;
}

static bool number(struct text t, size_t digits, uint64_t *out)
{
	if (t.size == 0 || t.size > digits)
		return false;
	*out = 0;
	for (size_t i = 0; i < t.size; i++) {
		if (t.p[i] < '0' || t.p[i] > '9')
			return false;
		*out = *out * 10 + (uint64_t)(t.p[i] - '0');
	}
	return true;
}

static bool find_suite(struct text name, enum crypto_suite *out)
{
	for (int i = 0; i < CRYPTO_SUITES; i++) {
		if (is(name, suites[i].name)) {
			*out = (enum crypto_suite)i;
			return true;
		}
	}
	return false;
}

/* Exactly `size` bytes; some leave the padding out. */
static bool decode(struct text t, uint8_t *out, size_t size)
{
	uint32_t bits = 0;
	size_t have = 0, n = 0;

	for (int padding = 0; padding < 2 && t.size && t.p[t.size - 1] == '='; padding++)
		t.size--;
	if (t.size != (size * 8 + 5) / 6)
		return false;
	for (size_t i = 0; i < t.size; i++) {
		const char *d = t.p[i] ? strchr(digits64, t.p[i]) : NULL;

		if (!d)
			return false;
		bits = bits << 6 | (uint32_t)(d - digits64);
		have += 6;
		if (have >= 8) {
			have -= 8;
			if (n < size)
				out[n++] = (uint8_t)(bits >> have);
		}
	}
	return n == size && (bits & ((1u << have) - 1)) == 0;
}

static void encode(const uint8_t *bytes, size_t size, char *out)
{
	size_t n = 0;

	for (size_t i = 0; i < size; i += 3) {
		uint32_t v = (uint32_t)bytes[i] << 16;

		v |= i + 1 < size ? (uint32_t)bytes[i + 1] << 8 : 0;
		v |= i + 2 < size ? bytes[i + 2] : 0;
		out[n++] = digits64[v >> 18];
		out[n++] = digits64[v >> 12 & 63];
		out[n++] = i + 1 < size ? digits64[v >> 6 & 63] : '=';
		out[n++] = i + 2 < size ? digits64[v & 63] : '=';
	}
	out[n] = '\0';
}

/* "2^20" or "1048576" packets. */
static bool read_lifetime(struct text t)
{
	uint64_t n;

	if (begins(t, "2^")) {
		t.p += 2;
		t.size -= 2;
		return number(t, 2, &n) && n <= 48 && (uint64_t)1 << n >= LIFETIME_MIN;
	}
	return number(t, 15, &n) && n <= (uint64_t)1 << 48 && n >= LIFETIME_MIN;
}

/* "1:4": the value 1 in four bytes. */
static bool read_mki(struct text t, struct crypto_key *key)
{
	struct text value = take(&t, ':');
	uint64_t v, size;

	if (!number(value, 19, &v) || !number(t, 3, &size) || size == 0 || size > CRYPTO_MKI_MAX)
		return false;
	if (size < 8 && v >> (8 * size))
		return false;
	key->mki_size = (size_t)size;
	for (size_t i = 0; i < size && i < sizeof(v); i++)
		key->mki[size - 1 - i] = (uint8_t)(v >> (8 * i));
	return true;
}

static bool read_key(struct text t, struct crypto_key *key)
{
	struct text part;

	if (!begins(t, "inline:"))
		return false;
	t.p += 7;
	t.size -= 7;
	part = take(&t, '|');
	if (!decode(part, key->bytes, suites[key->suite].key_size))
		return false;
	if (!t.size)
		return part.p + part.size == t.p; /* no bar at the end */
	part = take(&t, '|');
	if (!memchr(part.p, ':', part.size)) {
		if (!read_lifetime(part))
			return false;
		if (!t.size)
			return part.p + part.size == t.p;
		part = take(&t, '|');
	}
	return !t.size && part.p + part.size == t.p && read_mki(part, key);
}

/* What we need not know, or can do. WSH is a hint; "-" marks what may be left out. */
static bool may_ignore(struct text parameter)
{
	return parameter.size == 0 || begins(parameter, "-") || begins(parameter, "WSH=") ||
	       is(parameter, "KDR=0");
}

bool crypto_read(const char *text, size_t size, struct crypto_line *out)
{
	struct text rest = { text, size }, word;
	uint64_t tag;

	memset(out, 0, sizeof(*out));
	if (!number(take(&rest, ' '), TAG_DIGITS, &tag) ||
			!find_suite(take(&rest, ' '), &out->key.suite))
		return false;
	out->tag = (uint32_t)tag;
	word = take(&rest, ' ');
	if (!read_key(word, &out->key)) {
		mem_wipe(out, sizeof(*out));
		return false;
	}
	while (rest.size) {
		if (!may_ignore(take(&rest, ' '))) {
			mem_wipe(out, sizeof(*out));
			return false;
		}
	}
	return true;
}

void crypto_write(const struct crypto_line *line, char out[CRYPTO_LINE_SIZE])
{
	const struct suite *s = &suites[line->key.suite];
	char key[BASE64_MAX + 1];

	encode(line->key.bytes, s->key_size, key);
	(void)snprintf(out, CRYPTO_LINE_SIZE, "%lu %s inline:%s", (unsigned long)line->tag, s->name,
			key);
	mem_wipe(key, sizeof(key));
}
