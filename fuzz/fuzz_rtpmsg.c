// SPDX-License-Identifier: MIT
/* fuzz_rtpmsg.c - any bytes as a message of a TSP: the reader by itself, then a whole instance of
 * the rtp MSP, which must answer with one message at most that is an error, or do as told. */
#include "mspi.h"

#include "base/clock.h"
#include "base/log.h"
#include "media/engine.h"
#include "media/rtpmsg.h"
#include "media/sdp.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ignore(void *host)
{
	(void)host;
}

static const struct msp_host host = { .version = MSP_VERSION, .signal = ignore };

static void check_asks(const struct sdp *sdp)
{
	for (size_t i = 0; i < sdp->count; i++) {
		const struct sdp_media *m = &sdp->media[i];
		struct sdp_ask ask;

		for (size_t c = 0; c < m->codec_count; c++) {
			sdp_read_ask(m, &m->codecs[c], &m->events[0], &ask);
			assert(ask.packet_ms >= 10 && ask.packet_ms <= CODEC_SEND_MS_MAX);
		}
	}
}

/* What the reader says is inside the buffer. */
static void check_reader(const uint8_t *data, size_t size)
{
	const char *begin = (const char *)data, *end = begin + size;
	struct crypto_line line;
	struct rtpmsg m;
	struct sdp sdp;

	if (sdp_read(begin, size, &sdp) == 0)
		check_asks(&sdp);
	if (crypto_read(begin, size, &line))
		assert(line.key.suite < CRYPTO_SUITES && line.key.mki_size <= CRYPTO_MKI_MAX);
	if (rtpmsg_parse(data, size, &m))
		return;
	for (size_t i = 0; i < m.header_count; i++) {
		assert(m.headers[i].name.p >= begin);
		assert(m.headers[i].value.p + m.headers[i].value.size <= end);
	}
	assert(m.body.p + m.body.size == end);
}

static void drain(struct msp_address *address)
{
	struct msp_event event;
	struct rtpmsg m;

	while (msp_provider.get_event(address, &event) == 0) {
		if (event.kind == ME_TSP_DATA)
			assert(rtpmsg_parse(event.data, event.size, &m) == 0);
	}
}

/* Messages are divided by a zero byte, so that one input can hold a dialogue. */
static void check_instance(const uint8_t *data, size_t size)
{
	struct msp_address *address;
	struct msp_call *call;

	if (msp_provider.initialize(&host, NULL, &address))
		abort();
	if (msp_provider.create_call(address, NULL, TAPIMEDIATYPE_AUDIO | TAPIMEDIATYPE_VIDEO, 0,
			    &call))
		abort();
	while (size) {
		const uint8_t *zero = memchr(data, 0, size);
		size_t n = zero ? (size_t)(zero - data) : size;

		(void)msp_provider.receive_tsp_data(address, call, data, (DWORD)n);
		media_engine_step(clock_now_ns());
		clock_advance_ms(20);
		drain(address);
		data += n + (zero != NULL);
		size -= n + (zero != NULL);
	}
	msp_provider.shutdown_call(call);
	msp_provider.shutdown(address);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	log_set_level(LOG_ERROR);
	(void)setenv("TAPI_MEDIA_ADDRESS", "127.0.0.1", 1);
	media_engine_set_manual(true);
	clock_set_virtual(1000000000u);
	check_reader(data, size);
	check_instance(data, size);
	return 0;
}
