// SPDX-License-Identifier: MIT
/* fuzz_sdp.c - any bytes as a session description and as a key of SRTP. What was read is written
 * again, and is then read as the same. */
#include "base/mem.h"
#include "media/sdp.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A text of the reader lies in its buffer. */
static void check_text(struct sdp_text t, const char *text, size_t size)
{
	assert(!t.size || (t.p >= text && t.p + t.size <= text + size));
}

static void check_asks(const struct sdp_media *m)
{
	const struct sdp_event none = { .clock = 0 };
	struct sdp_ask ask;

	for (size_t c = 0; c < m->codec_count; c++) {
		sdp_read_ask(m, &m->codecs[c], m->event_count ? &m->events[0] : &none, &ask);
		assert(ask.packet_ms >= 10 && ask.packet_ms <= CODEC_SEND_MS_MAX);
	}
}

static void write_media(struct sdp_writer *w, const struct sdp_media *m)
{
	const struct sdp_audio audio = { .port = m->port,
		.codecs = m->codecs,
		.codec_count = m->codec_count,
		.events = m->events,
		.event_count = m->event_count,
		.direction = m->direction,
		.secure = m->secure_rtp };

	if (m->kind == SDP_AUDIO && m->codec_count)
		sdp_add_audio(w, &audio);
	else
		sdp_add_kept(w, m, m->port);
}

static void check_again(const struct sdp_media *m, const struct sdp_media *again)
{
	assert(again->kind == m->kind && again->port == m->port);
	if (m->kind != SDP_AUDIO || !m->codec_count)
		return;
	assert(again->codec_count == m->codec_count && again->event_count == m->event_count);
	assert(again->direction == m->direction && again->secure_rtp == m->secure_rtp);
	for (size_t i = 0; i < m->event_count; i++)
		assert(again->events[i].clock == m->events[i].clock);
}

/* Payload types that are given twice are written twice: the reader takes the first. */
static bool has_types_once(const struct sdp_media *m)
{
	bool seen[128] = { false };

	for (size_t i = 0; i < m->codec_count + m->event_count; i++) {
		uint8_t type = i < m->codec_count ? m->codecs[i].payload_type
						  : m->events[i - m->codec_count].payload_type;

		if (seen[type])
			return false;
		seen[type] = true;
	}
	return true;
}

static void write_again(const struct sdp *sdp)
{
	static char text[SDP_SIZE_MAX];
	struct sockaddr_storage local;
	struct sdp_writer w;
	struct sdp again;
	size_t size;

	assert(address_parse("192.0.2.1", 9, &local));
	sdp_begin(&w, text, sizeof(text), (const struct sockaddr *)&local, 1, 1);
	for (size_t i = 0; i < sdp->count; i++)
		write_media(&w, &sdp->media[i]);
	size = sdp_end(&w);
	if (!size)
		return;
	assert(sdp_read(text, size, &again) == 0 && again.count == sdp->count);
	for (size_t i = 0; i < sdp->count; i++)
		if (has_types_once(&sdp->media[i]))
			check_again(&sdp->media[i], &again.media[i]);
}

static void check_address(const struct sdp_media *m)
{
	const struct sockaddr *rtp = (const struct sockaddr *)&m->rtp;
	struct sockaddr_storage again;
	char text[INET6_ADDRSTRLEN];

	if (!m->has_address)
		return;
	(void)address_is_host(&m->rtp);
	address_text(rtp, text, sizeof(text));
	assert(address_parse(text, strlen(text), &again));
	address_set_port((struct sockaddr *)&again, address_port(rtp));
	assert(address_equal(rtp, (const struct sockaddr *)&again));
	assert(address_size(rtp) <= sizeof(again));
}

static void check_key(const char *text, size_t size)
{
	struct crypto_line line, again;
	char written[CRYPTO_LINE_SIZE];

	if (!crypto_read(text, size, &line))
		return;
	assert(line.key.suite < CRYPTO_SUITES && line.key.mki_size <= CRYPTO_MKI_MAX);
	line.key.mki_size = 0; /* never written: ours have none */
	memset(line.key.mki, 0, sizeof(line.key.mki));
	crypto_write(&line, written);
	assert(crypto_read(written, strlen(written), &again));
	assert(again.tag == line.tag && crypto_same_key(&line.key, &again.key));
}

static void check_keys(const struct sdp_media *m)
{
	struct sdp_text rest = m->section, value;

	while (sdp_next(&rest, "a=crypto:", &value))
		check_key(value.p, value.size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct sdp sdp;

	check_key(text, size);
	if (sdp_read(text, size, &sdp))
		return 0;
	for (size_t i = 0; i < sdp.count; i++) {
		const struct sdp_media *m = &sdp.media[i];

		check_text(m->word, text, size);
		check_text(m->protocol, text, size);
		check_text(m->formats, text, size);
		check_text(m->section, text, size);
		check_asks(m);
		check_address(m);
		check_keys(m);
	}
	write_again(&sdp);
	return 0;
}
