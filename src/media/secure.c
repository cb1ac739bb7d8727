// SPDX-License-Identifier: MIT
/* secure.c - SRTP by libsrtp2. The library finds a context by SSRC and makes one from a template
 * for the first good packet of an SSRC; which SSRCs are let in is decided before
 * (rtp_source_admits). */
#define LOG_TOPIC "media"
#include "media/secure.h"

#include "base/log.h"
#include "base/mem.h"

#include <errno.h>
#include <pthread.h>
#include <srtp2/srtp.h>
#include <stdatomic.h>
#include <string.h>

#define WINDOW 128 /* packets; older ones are refused, as are those seen before */

struct media_secure {
	atomic_uint refs;
	srtp_t context;
	bool mki;
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
/* Fails if the application has done so before; whether the library works, its use will tell. */
static void start(void)
{
	(void)srtp_init();
}

/* SRTCP has the long tag with all suites (RFC 4568 6.2.2). */
static void set_suite(srtp_policy_t *p, enum crypto_suite suite)
{
	switch (suite) {
	case CRYPTO_AES_128_80:
		srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&p->rtp);
		srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&p->rtcp);
		break;
	case CRYPTO_AES_128_32:
		srtp_crypto_policy_set_aes_cm_128_hmac_sha1_32(&p->rtp);
		srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&p->rtcp);
		break;
	case CRYPTO_AES_256_80:
	case CRYPTO_SUITES:
		srtp_crypto_policy_set_aes_cm_256_hmac_sha1_80(&p->rtp);
		srtp_crypto_policy_set_aes_cm_256_hmac_sha1_80(&p->rtcp);
		break;
	}
}

static srtp_err_status_t create(srtp_t *out, const struct crypto_key *key, bool inbound)
{
	struct crypto_key copy = *key; /* the library's pointers are not const */
	srtp_master_key_t master = { copy.bytes, copy.mki, (unsigned int)copy.mki_size };
	srtp_master_key_t *masters[] = { &master };
	srtp_err_status_t r;
	srtp_policy_t policy;

	memset(&policy, 0, sizeof(policy));
	set_suite(&policy, key->suite);
	policy.ssrc.type = inbound ? ssrc_any_inbound : ssrc_any_outbound;
	policy.window_size = WINDOW;
	if (key->mki_size) {
		policy.keys = masters;
		policy.num_master_keys = 1;
	} else {
		policy.key = copy.bytes;
	}
	r = srtp_create(out, &policy);
	mem_wipe(&copy, sizeof(copy));
	return r;
}

int media_secure_new(const struct crypto_key *key, bool inbound, struct media_secure **out)
{
	struct media_secure *s;
	srtp_err_status_t r;

	(void)pthread_once(&once, start);
	s = mem_new(struct media_secure);
	if (!s)
		return -ENOMEM;
	r = create(&s->context, key, inbound);
	if (r != srtp_err_status_ok) {
		log_error("libsrtp2 makes no context: status %d", (int)r);
		mem_free(s);
		return r == srtp_err_status_alloc_fail ? -ENOMEM : -EIO;
	}
	atomic_store(&s->refs, 1);
	s->mki = key->mki_size != 0;
	*out = s;
	return 0;
}

struct media_secure *media_secure_ref(struct media_secure *s)
{
	if (s)
		atomic_fetch_add(&s->refs, 1);
	return s;
}

void media_secure_unref(struct media_secure *s)
{
	if (!s || atomic_fetch_sub(&s->refs, 1) != 1)
		return;
	(void)srtp_dealloc(s->context); /* wipes its keys */
	mem_free(s);
}

bool secure_protect(struct media_secure *s, bool rtcp, uint8_t *packet, size_t *size)
{
	int n = (int)*size;
	srtp_err_status_t r = rtcp ? srtp_protect_rtcp_mki(s->context, packet, &n, s->mki, 0)
				   : srtp_protect_mki(s->context, packet, &n, s->mki, 0);

	*size = (size_t)n;
	return r == srtp_err_status_ok;
}

enum secure_result secure_unprotect(struct media_secure *s, bool rtcp, uint8_t *packet,
		size_t *size)
{
	int n = (int)*size;
	srtp_err_status_t r = rtcp ? srtp_unprotect_rtcp_mki(s->context, packet, &n, s->mki)
				   : srtp_unprotect_mki(s->context, packet, &n, s->mki);

	if (r == srtp_err_status_replay_fail || r == srtp_err_status_replay_old)
		return SECURE_REPEATED;
	if (r != srtp_err_status_ok)
		return SECURE_BAD;
	*size = (size_t)n;
	return SECURE_GOOD;
}
