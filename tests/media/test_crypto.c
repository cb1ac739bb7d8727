// SPDX-License-Identifier: MIT
/* test_crypto.c - a=crypto lines as others write them, and our own. */
#include "media/crypto.h"
#include "test_main.h"

#include <stdlib.h>
#include <string.h>

#define KEY30 "d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj"
#define KEY46 "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLQ"

static const struct {
	const char *text;
	enum crypto_suite suite; /* CRYPTO_SUITES: not usable */
	uint32_t tag;
	size_t mki_size;
} lines[] = {
	/* RFC 4568 */
	{ "1 AES_CM_128_HMAC_SHA1_80 inline:" KEY30 "|2^20|1:32", CRYPTO_AES_128_80, 1, 32 },
	{ "2 AES_CM_128_HMAC_SHA1_32 inline:" KEY30, CRYPTO_AES_128_32, 2, 0 },
	{ "1 AES_CM_128_HMAC_SHA1_32 inline:" KEY30 "|1:4", CRYPTO_AES_128_32, 1, 4 },
	{ "7 AES_CM_128_HMAC_SHA1_80 inline:" KEY30 "|1048576", CRYPTO_AES_128_80, 7, 0 },
	{ "999999999 AES_CM_128_HMAC_SHA1_80 inline:" KEY30 "|2^48 WSH=64 -X=1", CRYPTO_AES_128_80,
			999999999, 0 },
	{ "1 AES_256_CM_HMAC_SHA1_80 inline:" KEY46 "==", CRYPTO_AES_256_80, 1, 0 },
	{ "1 AES_256_CM_HMAC_SHA1_80 inline:" KEY46, CRYPTO_AES_256_80, 1, 0 },
	{ "1 AES_CM_128_HMAC_SHA1_80 inline:" KEY30 " KDR=0", CRYPTO_AES_128_80, 1, 0 },

	{ "", CRYPTO_SUITES, 0, 0 },
	{ "1", CRYPTO_SUITES, 0, 0 },
	{ "1 AES_CM_128_HMAC_SHA1_80", CRYPTO_SUITES, 0, 0 },
	{ "x AES_CM_128_HMAC_SHA1_80 inline:" KEY30, CRYPTO_SUITES, 0, 0 },
	{ "1234567890 AES_CM_128_HMAC_SHA1_80 inline:" KEY30, CRYPTO_SUITES, 0, 0 },
	{ "1 F8_128_HMAC_SHA1_80 inline:" KEY30, CRYPTO_SUITES, 0, 0 },
	{ "1 AES_CM_128_HMAC_SHA1_80 outline:" KEY30, CRYPTO_SUITES, 0, 0 },
	{ "1 AES_CM_128_HMAC_SHA1_80 inline:" KEY30 "A", CRYPTO_SUITES, 0, 0 },
	{ "1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSo", CRYPTO_SUITES,
			0, 0 },
	{ "1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJS*j",
			CRYPTO_SUITES, 0, 0 },
	{ "1 AES_CM_128_HMAC_SHA1_80 inline:" KEY46, CRYPTO_SUITES, 0, 0 },
	{ "1 AES_256_CM_HMAC_SHA1_80 inline:" KEY30, CRYPTO_SUITES, 0, 0 },
	/* two keys, one of them later: never changed here */
	{ "1 AES_CM_128_HMAC_SHA1_80 inline:" KEY30 "|2^20|1:4;inline:" KEY30 "|2^20|2:4",
			CRYPTO_SUITES, 0, 0 },
	/* a key that does not last for a call */
	{ "1 AES_CM_128_HMAC_SHA1_80 inline:" KEY30 "|2^10", CRYPTO_SUITES, 0, 0 },
	{ "1 AES_CM_128_HMAC_SHA1_80 inline:" KEY30 "|2^49", CRYPTO_SUITES, 0, 0 },
	{ "1 AES_CM_128_HMAC_SHA1_80 inline:" KEY30 "|forever", CRYPTO_SUITES, 0, 0 },
	{ "1 AES_CM_128_HMAC_SHA1_80 inline:" KEY30 "|", CRYPTO_SUITES, 0, 0 },
	{ "1 AES_CM_128_HMAC_SHA1_80 inline:" KEY30 "|2^20|", CRYPTO_SUITES, 0, 0 },
	{ "1 AES_CM_128_HMAC_SHA1_80 inline:" KEY30 "|1:4|2^20", CRYPTO_SUITES, 0, 0 },
	{ "1 AES_CM_128_HMAC_SHA1_80 inline:" KEY30 "|256:1", CRYPTO_SUITES, 0, 0 },
	{ "1 AES_CM_128_HMAC_SHA1_80 inline:" KEY30 "|1:0", CRYPTO_SUITES, 0, 0 },
	{ "1 AES_CM_128_HMAC_SHA1_80 inline:" KEY30 "|1:129", CRYPTO_SUITES, 0, 0 },
	/* what would weaken it, or change its keys */
	{ "1 AES_CM_128_HMAC_SHA1_80 inline:" KEY30 " UNENCRYPTED_SRTP", CRYPTO_SUITES, 0, 0 },
	{ "1 AES_CM_128_HMAC_SHA1_80 inline:" KEY30 " UNENCRYPTED_SRTCP", CRYPTO_SUITES, 0, 0 },
	{ "1 AES_CM_128_HMAC_SHA1_80 inline:" KEY30 " UNAUTHENTICATED_SRTP", CRYPTO_SUITES, 0, 0 },
	{ "1 AES_CM_128_HMAC_SHA1_80 inline:" KEY30 " KDR=10", CRYPTO_SUITES, 0, 0 },
	{ "1 AES_CM_128_HMAC_SHA1_80 inline:" KEY30 " FEC_ORDER=FEC_SRTP", CRYPTO_SUITES, 0, 0 },
};

START_TEST(lines_are_usable_or_not)
{
	size_t size = strlen(lines[_i].text);
	struct crypto_line got;
	char *exact = malloc(size + 1); /* so that a sanitizer sees the end */
	bool usable;

	memcpy(exact, lines[_i].text, size);
	usable = crypto_read(exact, size, &got);
	free(exact);

	ck_assert_msg(usable == (lines[_i].suite != CRYPTO_SUITES), "%s", lines[_i].text);
	if (!usable)
		return;
	ck_assert_int_eq(got.key.suite, lines[_i].suite);
	ck_assert_uint_eq(got.tag, lines[_i].tag);
	ck_assert_uint_eq(got.key.mki_size, lines[_i].mki_size);
	if (got.key.mki_size)
		ck_assert_uint_eq(got.key.mki[got.key.mki_size - 1], 1);
}
END_TEST

START_TEST(a_key_is_the_bytes_that_were_written)
{
	static const char text[] = "1 AES_256_CM_HMAC_SHA1_80 inline:" KEY46;
	struct crypto_line got;

	ck_assert(crypto_read(text, sizeof(text) - 1, &got));

	for (unsigned int i = 0; i < 46; i++)
		ck_assert_uint_eq(got.key.bytes[i], i);
}
END_TEST

START_TEST(every_cut_of_a_line_is_stood)
{
	static const char text[] = "1 AES_CM_128_HMAC_SHA1_80 inline:" KEY30 "|2^20|1:4 WSH=64";
	struct crypto_line got;

	for (size_t cut = 0; cut < sizeof(text); cut++)
		(void)crypto_read(text, cut, &got);
}
END_TEST

START_TEST(our_lines_are_read_as_what_they_are)
{
	struct crypto_line line = { .tag = 12 }, got;
	char text[CRYPTO_LINE_SIZE];

	crypto_make_key(&line.key, (enum crypto_suite)_i);
	crypto_write(&line, text);

	ck_assert(crypto_read(text, strlen(text), &got));
	ck_assert_uint_eq(got.tag, 12);
	ck_assert(crypto_same_key(&line.key, &got.key));
	crypto_make_key(&got.key, (enum crypto_suite)_i);
	ck_assert(!crypto_same_key(&line.key, &got.key));
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("crypto");
	TCase *c = tcase_create("crypto");

	tcase_add_loop_test(c, lines_are_usable_or_not, 0, (int)(sizeof(lines) / sizeof(lines[0])));
	tcase_add_test(c, a_key_is_the_bytes_that_were_written);
	tcase_add_test(c, every_cut_of_a_line_is_stood);
	tcase_add_loop_test(c, our_lines_are_read_as_what_they_are, 0, CRYPTO_SUITES);
	suite_add_tcase(s, c);
	return s;
}

TEST_MAIN(suite())
