// SPDX-License-Identifier: MIT
/* media.c - many G.711 calls through the rtp MSP in one process, as an application has them,
 * against a generator in another: plain (no terminals: silence is sent), sound (a media stream
 * terminal on each direction), secure (the same with SRTP), digits, tones, kinds (plain, and that
 * is listened for), detect (all that can be), bridged (each two calls are a conference, and digits
 * are listened for), conference (each ten are one). The MSP is linked in. */
#include "mspi.h"

#include "generator.h"
#include "media/engine.h"
#include "media/sdp.h"
#include "place.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static const char usage[] =
		"usage: bench-media STREAMS SECONDS MODE PLACE\n"
		"\n"
		"MODE: plain, sound, secure, digits, tones, kinds, detect, bridged or conference.\n"
		"PLACE: 0:1 the streams on CPU 0, the generator on 1.\n";

#define CRYPTO "1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj"

#define CNG "TAPI-RTP/1 tones 4\n\n1 500 1100\n"

static const struct mode {
	const char *name, *detect, *tones; /* headers; a message */
	bool terminals, secure;
	unsigned int mixed; /* so many are a conference; 0: none */
} modes[] = {
	{ .name = "plain" },
	{ .name = "sound", .terminals = true },
	{ .name = "secure", .terminals = true, .secure = true },
	{ .name = "digits", .detect = "Digits: on\n" },
	{ .name = "tones", .tones = CNG },
	{ .name = "kinds", .detect = "Digits: off\nMedia: on\n" },
	{ .name = "detect", .detect = "Digits: on\nPulse: on\nMedia: on\n", .tones = CNG },
	{ .name = "bridged", .detect = "Digits: on\n", .mixed = 2 },
	{ .name = "conference", .mixed = 10 },
};

static const struct mode *find_mode(const char *name)
{
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		if (strcmp(modes[i].name, name) == 0)
			return &modes[i];
	}
	return NULL;
}

static void ignore(void *host)
{
	(void)host;
}

static const struct msp_host host = { .version = MSP_VERSION, .signal = ignore };
static const GUID media_stream = MSP_TERMINAL_MEDIA_STREAM;
static const GUID iid_statistics = MSP_IID_RTP_STATISTICS;

static int tell(struct msp_address *address, struct msp_call *call, const char *text)
{
	return msp_provider.receive_tsp_data(address, call, text, (DWORD)strlen(text)) ? -EIO : 0;
}

/* The port of the answer in the events that wait. */
static uint16_t answered_port(struct msp_address *address)
{
	struct msp_event event;
	uint16_t port = 0;

	while (msp_provider.get_event(address, &event) == 0) {
		char text[4096] = "";
		const char *body;
		struct sdp sdp;

		if (event.kind != ME_TSP_DATA || event.size >= sizeof(text))
			continue;
		memcpy(text, event.data, event.size);
		body = strstr(text, "\n\n");
		if (body && sdp_read(body + 2, strlen(body + 2), &sdp) == 0 && sdp.count)
			port = sdp.media[0].port;
	}
	return port;
}

static int add_terminals(struct msp_address *address, struct msp_call *call)
{
	for (DWORD direction = TD_CAPTURE; direction <= TD_RENDER; direction++) {
		struct msp_terminal *t;
		struct msp_stream *s;

		if (msp_provider.stream(call, direction, &s) ||
				msp_provider.create_terminal(address, &media_stream,
						TAPIMEDIATYPE_AUDIO, direction, &t) ||
				msp_provider.select_terminal(s, t))
			return -ENOMEM;
	}
	return 0;
}

static int listen_for(struct msp_address *address, struct msp_call *call, const struct mode *mode)
{
	char text[256];
	int r = 0;

	(void)snprintf(text, sizeof(text), "TAPI-RTP/1 detect 3\n%s\n",
			mode->detect ? mode->detect : "");
	if (mode->detect)
		r = tell(address, call, text);
	return r || !mode->tones ? r : tell(address, call, mode->tones);
}

static int open_call(struct msp_address *address, size_t i, const struct mode *mode, uint16_t peer,
		struct msp_call **call, uint16_t *port)
{
	char text[512];
	int r;

	if (msp_provider.create_call(address, call, TAPIMEDIATYPE_AUDIO, MSP_CALL_INCOMING, call))
		return -ENOMEM;
	(void)snprintf(text, sizeof(text),
			"TAPI-RTP/1 offer 1\nAddress: 127.0.0.1\nSRTP: %s\n\nv=0\r\no=- 1 1 IN IP4 "
			"127.0.0.1\r\n"
			"s=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio %u RTP/AVP 0\r\n%s",
			mode->secure ? "required" : "off", (unsigned int)peer,
			mode->secure ? "a=crypto:" CRYPTO "\r\n" : "");
	r = tell(address, *call, text);
	*port = answered_port(address);
	if (r || !*port)
		return -EADDRINUSE;
	if (mode->terminals)
		return add_terminals(address, *call);
	if (mode->mixed) {
		(void)snprintf(text, sizeof(text), "TAPI-RTP/1 mix 2\nGroup: %zu\n\n",
				i / mode->mixed);
		r = tell(address, *call, text);
	}
	return r ? r : listen_for(address, *call, mode);
}

/* What the calls have missed of what was sent to them. */
static uint64_t missed(struct msp_call *const *calls, size_t count)
{
	uint64_t lost = 0;

	for (size_t i = 0; i < count; i++) {
		const struct msp_rtp_statistics *statistics;
		struct msp_rtp_figures f;
		struct msp_stream *s;
		const void *v;

		if (msp_provider.stream(calls[i], 1, &s) ||
				msp_provider.query_stream(s, &iid_statistics, &v))
			continue;
		statistics = v;
		if (statistics->figures(s, &f) == 0)
			lost += f.lost;
	}
	return lost;
}

static void run(struct msp_address *address, size_t count, const struct generator_times *times)
{
	uint64_t ticks = (times->end_ns - times->begin_ns) / 20000000u, cpu;
	struct msp_event event;

	generator_sleep_until(times->begin_ns);
	while (msp_provider.get_event(address, &event) == 0)
		;
	cpu = place_cpu_ns(0);
	generator_sleep_until(times->end_ns);
	cpu = place_cpu_ns(0) - cpu;
	printf("cpu_us=%.3f ", (double)cpu / 1000 / (double)(count * ticks));
}

int main(int argc, char **argv)
{
	size_t count = argc == 5 ? strtoul(argv[1], NULL, 10) & ~1ul : 0;
	const struct mode *mode = argc == 5 ? find_mode(argv[3]) : NULL;
	struct place place = argc == 5 ? place_parse(argv[4]) : (struct place){ 0, 0 };
	const struct rlimit limit = { 2 * count + 100, 2 * count + 100 };
	struct msp_call **calls = calloc(count + 1, sizeof(struct msp_call *));
	uint16_t *ports = calloc(count + 1, sizeof(*ports));
	struct generator_result result;
	struct generator_times times;
	struct msp_address *address;
	struct generator g;
	int r;

	if (!mode || !count || !calls || !ports) {
		fputs(usage, stderr);
		return 2;
	}
	(void)setrlimit(RLIMIT_NOFILE, &limit);
	(void)setenv("TAPI_MEDIA_PORTS", "10000-32767", 1);
	r = generator_start(&g, place.others, mode->secure ? CRYPTO : NULL);
	(void)place_pin(0, place.daemon);
	if (!r && msp_provider.initialize(&host, NULL, &address))
		r = -EAGAIN;
	for (size_t i = 0; !r && i < count; i++)
		r = open_call(address, i, mode, g.port[i % GENERATOR_SOCKETS], &calls[i],
				&ports[i]);
	times.start_ns = generator_now() + 100000000u;
	times.begin_ns = times.start_ns + 1500000000u;
	times.end_ns = times.begin_ns + (uint64_t)(atof(argv[2]) * 1e9);
	if (!r)
		r = generator_run(&g, ports, count, &times);
	if (r) {
		fprintf(stderr, "bench-media: %s\n", strerror(-r));
		return 1;
	}
	/* Or the clock thread could keep us from ending when there is too much to do. */
	(void)place_pin_me(place.others);
	run(address, count, &times);
	r = generator_end(&g, &result);
	printf("missed=%llu ", (unsigned long long)missed(calls, count));
	generator_print(&result);
	puts("");
	for (size_t i = 0; i < count; i++)
		msp_provider.shutdown_call(calls[i]);
	msp_provider.shutdown(address);
	return r ? 1 : 0;
}
