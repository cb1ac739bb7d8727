// SPDX-License-Identifier: MIT
/* crypto_lines.h - lines a=crypto of SDP (RFC 4568) as a peer writes them, with keys of its own. */
#ifndef TESTS_MEDIA_CRYPTO_LINES_H
#define TESTS_MEDIA_CRYPTO_LINES_H

#define KEY                   "d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj"
#define OTHER                 "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz"
#define LINE(tag, suite, key) "a=crypto:" tag " " suite " inline:" key "\r\n"
#define A80                   "AES_CM_128_HMAC_SHA1_80"
#define A32                   "AES_CM_128_HMAC_SHA1_32"
#define B80                   "AES_256_CM_HMAC_SHA1_80"
#define BIG                   KEY "SXlOMldCa0Fnb2Q2eHZKVA" /* 62 digits */

#endif
