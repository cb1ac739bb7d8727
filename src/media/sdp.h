// SPDX-License-Identifier: MIT
/* sdp.h - the part of SDP (RFC 8866) that offers and answers of telephone calls need: reading into
 * a fixed structure without allocation, and writing. Whatever bytes arrive, it stays inside them.
 */
#ifndef MEDIA_SDP_H
#define MEDIA_SDP_H

#include "media/codec.h"
#include "media/crypto.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

#define SDP_MEDIA_MAX   8
#define SDP_CODECS_MAX  16
#define SDP_EVENTS_MAX  4
#define SDP_FORMATS_MAX 128
#define SDP_SIZE_MAX    8192 /* of what we write */

enum sdp_kind { SDP_AUDIO, SDP_VIDEO, SDP_OTHER };
enum { SDP_SEND = 1, SDP_RECV = 2, SDP_BOTH = 3 }; /* as the writer sees it */

struct sdp_codec {
	const struct codec *codec;
	uint8_t payload_type;
};

struct sdp_event { /* telephone-event; clock 0: none */
	uint32_t clock;
	uint8_t payload_type;
};

struct sdp_text {
	const char *p;
	size_t size;
};

struct sdp_media {
	enum sdp_kind kind;
	struct sdp_text word, protocol, formats; /* as written in m= */
	struct sdp_text section;                 /* the lines below m= */
	uint16_t port;                           /* 0: refused */
	bool plain_rtp, secure_rtp;              /* RTP/AVP, RTP/SAVP */
	bool has_address;
	struct sockaddr_storage rtp, rtcp; /* valid if has_address */
	unsigned int direction;
	struct sdp_codec codecs[SDP_CODECS_MAX]; /* those that we have, in the writer's order */
	size_t codec_count;
	struct sdp_event events[SDP_EVENTS_MAX];
	size_t event_count;
};

struct sdp {
	struct sdp_media media[SDP_MEDIA_MAX];
	size_t count;
};

/* Points into text. 0, -EINVAL (not an SDP) or -E2BIG (more media than SDP_MEDIA_MAX). */
int sdp_read(const char *text, size_t size, struct sdp *out);

/* How the writer wants to be spoken to: what it says of a codec and events of its own. */
struct sdp_ask {
	struct codec_wish wish;
	uint32_t packet_ms; /* what of a=ptime and a=maxptime can be done */
	uint32_t events;    /* bits */
};
void sdp_read_ask(const struct sdp_media *m, const struct sdp_codec *codec,
		const struct sdp_event *event, struct sdp_ask *out);

/* What follows the prefix in the next line of a section that has it, or false. */
bool sdp_next(struct sdp_text *rest, const char *prefix, struct sdp_text *value);

struct sdp_writer {
	char *p;
	size_t size, used;
	bool failed;
};

/* Head of a session; local is the address of c= and o=. */
void sdp_begin(struct sdp_writer *w, char *buffer, size_t size, const struct sockaddr *local,
		uint64_t id, uint32_t version);

struct sdp_audio {
	uint16_t port;
	const struct sdp_codec *codecs; /* in the order of preference */
	size_t codec_count;
	const struct sdp_event *events;
	size_t event_count;
	unsigned int direction;
	bool secure; /* RTP/SAVP */
};

/* One audio line. */
void sdp_add_audio(struct sdp_writer *w, const struct sdp_audio *audio);
/* An a=crypto of the audio above. */
void sdp_add_crypto(struct sdp_writer *w, const struct crypto_line *line);
/* The line of media that we do not play: port 0 refuses it, else it is kept, inactive. */
void sdp_add_kept(struct sdp_writer *w, const struct sdp_media *media, uint16_t port);
/* The size, or 0: it did not fit. */
size_t sdp_end(struct sdp_writer *w);

/* "127.0.0.1" or "::1"; port of it; both know IPv4 and IPv6 only. */
void address_text(const struct sockaddr *a, char *out, size_t size);
uint16_t address_port(const struct sockaddr *a);
void address_set_port(struct sockaddr *a, uint16_t port);
socklen_t address_size(const struct sockaddr *a);
bool address_equal(const struct sockaddr *a, const struct sockaddr *b);
bool address_same_host(const struct sockaddr *a, const struct sockaddr *b); /* any port */
/* Neither multicast nor "any". */
bool address_is_host(const struct sockaddr_storage *a);
/* Numeric only; false otherwise. */
bool address_parse(const char *text, size_t size, struct sockaddr_storage *out);

#endif
