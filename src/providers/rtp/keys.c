// SPDX-License-Identifier: MIT
/* keys.c - SRTP of a call (SDES, RFC 4568): which keys are ours, which line of the peer's is taken,
 * and the contexts of an agreement. */
#include "rtp_msp.h"

#include "base/mem.h"

#include <string.h>

/* The first line that we can use. In an answer: one that takes up a line of our offer. */
static bool find_line(const struct sdp_media *m, bool answer, struct crypto_line *out)
{
	struct sdp_text rest = m->section, value;

	while (sdp_next(&rest, "a=crypto:", &value)) {
		if (!crypto_read(value.p, value.size, out))
			continue;
		if (!answer || out->tag == (uint32_t)out->key.suite + 1)
			return true;
	}
	return false;
}

const char *keys_why_not(const struct msp_call *call, const struct sdp_media *m, bool answer)
{
	enum srtp_wish wish = call->settings.srtp;
	struct crypto_line line;
	bool found;

	if (!m->plain_rtp && !m->secure_rtp)
		return "the audio is neither RTP/AVP nor RTP/SAVP";
	if (wish == SRTP_OFF)
		return m->secure_rtp ? "the peer wants SRTP, which is switched off here" : NULL;
	if (wish == SRTP_OPTIONAL && m->plain_rtp)
		return NULL;
	found = find_line(m, answer, &line);
	mem_wipe(&line, sizeof(line));
	return found ? NULL : "there is no a=crypto that can be used, and SRTP is required";
}

static void make_keys(struct msp_call *call)
{
	for (int i = 0; i < CRYPTO_SUITES; i++)
		crypto_make_key(&call->keys[i], (enum crypto_suite)i);
	call->has_keys = true;
	memset(call->key_used, 0, sizeof(call->key_used));
}

/* A key whose count of packets has been forgotten must not be used again. */
static void renew_keys(struct msp_call *call)
{
	const struct agreement *a = &call->agreement;

	if (!call->has_keys)
		make_keys(call);
	for (int i = 0; i < CRYPTO_SUITES; i++) {
		bool in_use = call->agreed && a->secure[MEDIA_CAPTURE] &&
			      crypto_same_key(&a->keys[MEDIA_CAPTURE], &call->keys[i]);

		if (!call->key_used[i] || in_use)
			continue;
		crypto_make_key(&call->keys[i], (enum crypto_suite)i);
		call->key_used[i] = false;
	}
}

void keys_offer(struct msp_call *call, struct sdes *out)
{
	enum srtp_wish wish = call->settings.srtp;

	if (wish == SRTP_OFF)
		return;
	renew_keys(call);
	out->savp = wish == SRTP_REQUIRED || (call->agreed && call->agreement.sdes.savp);
	for (; out->count < CRYPTO_SUITES; out->count++) {
		out->lines[out->count].tag = (uint32_t)out->count + 1;
		out->lines[out->count].key = call->keys[out->count];
	}
}

/* The context that the last agreement has for this key, or a new one. 0 or -errno. */
static int take_context(const struct msp_call *call, struct agreement *next, int way)
{
	const struct agreement *before = &call->agreement;

	if (call->agreed && before->secure[way] &&
			crypto_same_key(&before->keys[way], &next->keys[way])) {
		next->secure[way] = media_secure_ref(before->secure[way]);
		return 0;
	}
	return media_secure_new(&next->keys[way], way == MEDIA_RENDER, &next->secure[way]);
}

/* Our key: as long as the peer's is the same, ours is; in an answer the peer has chosen it. */
static void choose_our_key(struct msp_call *call, struct agreement *next, bool answer)
{
	const struct agreement *before = &call->agreement;
	enum crypto_suite suite = next->keys[MEDIA_RENDER].suite;

	if (!answer && call->agreed && before->secure[MEDIA_RENDER] &&
			crypto_same_key(&before->keys[MEDIA_RENDER], &next->keys[MEDIA_RENDER])) {
		next->keys[MEDIA_CAPTURE] = before->keys[MEDIA_CAPTURE];
		return;
	}
	if (!answer)
		make_keys(call);
	next->keys[MEDIA_CAPTURE] = call->keys[suite];
	call->key_used[suite] = true;
}

int keys_take(struct msp_call *call, const struct sdp_media *m, bool answer, struct agreement *next)
{
	struct crypto_line line;

	next->sdes.savp = m->secure_rtp;
	if (call->settings.srtp == SRTP_OFF || !find_line(m, answer, &line))
		return 0;
	next->keys[MEDIA_RENDER] = line.key;
	choose_our_key(call, next, answer);
	next->sdes.lines[0] = (struct crypto_line){ line.tag, next->keys[MEDIA_CAPTURE] };
	next->sdes.count = 1;
	mem_wipe(&line, sizeof(line));
	if (take_context(call, next, MEDIA_CAPTURE) < 0 ||
			take_context(call, next, MEDIA_RENDER) < 0) {
		keys_drop(next);
		return 500;
	}
	return 0;
}

void keys_drop(struct agreement *a)
{
	for (int w = 0; w < MEDIA_DIRECTIONS; w++) {
		media_secure_unref(a->secure[w]);
		a->secure[w] = NULL;
	}
	mem_wipe(a->keys, sizeof(a->keys));
	mem_wipe(a->sdes.lines, sizeof(a->sdes.lines));
	a->sdes.count = 0;
}

void keys_forget(struct msp_call *call)
{
	keys_drop(&call->agreement);
	mem_wipe(call->keys, sizeof(call->keys));
	call->has_keys = false;
}
