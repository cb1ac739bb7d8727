// SPDX-License-Identifier: MIT
/* rtpmsg.h - the language between a TSP and the rtp MSP (tapi-rtp-msp(7)): reading and writing of
 * its messages. No allocation, no state, nothing but base: a TSP compiles rtpmsg.c into itself. */
#ifndef MEDIA_RTPMSG_H
#define MEDIA_RTPMSG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RTPMSG_SIZE_MAX    65536u
#define RTPMSG_HEADERS_MAX 32
#define RTPMSG_NAME_MAX    32
#define RTPMSG_VALUE_MAX   512

enum rtpmsg_verb {
	RTPMSG_OFFER_WANTED, /* "offer?" */
	RTPMSG_OFFER,
	RTPMSG_ANSWER,
	RTPMSG_CLOSE,
	RTPMSG_HOLD,
	RTPMSG_RESUME,
	RTPMSG_DIGITS,
	RTPMSG_DIGITS_DONE,
	RTPMSG_DETECT,
	RTPMSG_DIGIT,
	RTPMSG_TONE,
	RTPMSG_TONE_DONE,
	RTPMSG_JOIN,
	RTPMSG_FIGURES_WANTED, /* "figures?" */
	RTPMSG_FIGURES,
	RTPMSG_MIX,
	RTPMSG_TONES,
	RTPMSG_HEARD,
	RTPMSG_MEDIA,
	RTPMSG_CONTROL,
	RTPMSG_CONTROLS,
	RTPMSG_PLAY,
	RTPMSG_OK,
	RTPMSG_ERROR,
	RTPMSG_VERB_COUNT /* also: a word that is none of them */
};

struct rtpmsg_span {
	const char *p;
	size_t size;
};

struct rtpmsg_header {
	struct rtpmsg_span name, value;
};

/* A message as read; everything points into the buffer that was given to rtpmsg_parse. */
struct rtpmsg {
	enum rtpmsg_verb verb;
	uint32_t id; /* 0 only in an error that answers something unreadable */
	struct rtpmsg_header headers[RTPMSG_HEADERS_MAX];
	size_t header_count;
	struct rtpmsg_span body; /* size 0: none */
};

/**
 * Read one message. What is wrong comes back as the Code of the `error` to answer with: 0 good,
 * 400 malformed, 405 unknown verb, 413 too large, 505 another version.
 *
 * On 405 `out->id` is set; on the others it and `out->verb` are, if the first line could be read
 * that far. Whoever finds RTPMSG_ERROR there does not answer.
 */
int rtpmsg_parse(const void *data, size_t size, struct rtpmsg *out);
/* A sentence for a code that rtpmsg_parse returned. */
const char *rtpmsg_reason(int code);
const char *rtpmsg_verb_name(enum rtpmsg_verb verb);

/* Names are compared without case. False: no such header. */
bool rtpmsg_find(const struct rtpmsg *m, const char *name, struct rtpmsg_span *out);
/* A copy with a NUL; false: absent, or longer than size - 1 (then out is ""). */
bool rtpmsg_text(const struct rtpmsg *m, const char *name, char *out, size_t size);
/* Decimal digits only; false: absent, or not a number up to max. */
bool rtpmsg_number(const struct rtpmsg *m, const char *name, uint32_t max, uint32_t *out);
bool rtpmsg_is(struct rtpmsg_span span, const char *text); /* without case */
/* For bodies: the next line without its LF, the next word of a line up to one space; what is read
 * moves out of the first argument. False: none is left. A number as in rtpmsg_number. */
bool rtpmsg_line(struct rtpmsg_span *rest, struct rtpmsg_span *line);
bool rtpmsg_word(struct rtpmsg_span *line, struct rtpmsg_span *word);
bool rtpmsg_value(struct rtpmsg_span span, uint32_t max, uint32_t *out);

/* A message being written; it fails silently once and rtpmsg_end tells. */
struct rtpmsg_writer {
	char *p;
	size_t size, used;
	bool failed;
};

void rtpmsg_begin(struct rtpmsg_writer *w, void *buffer, size_t size, enum rtpmsg_verb verb,
		uint32_t id);
/* Bytes below 32 and 127 in value become spaces: a reason from elsewhere cannot end a line. */
void rtpmsg_add(struct rtpmsg_writer *w, const char *name, const char *value);
void rtpmsg_add_number(struct rtpmsg_writer *w, const char *name, uint32_t value);
/* The bytes to send, or 0 if they did not fit into the buffer or the limits. */
size_t rtpmsg_end(struct rtpmsg_writer *w, const void *body, size_t body_size);

/* "Code" and "Reason" in one go. Returns as rtpmsg_end. */
size_t rtpmsg_error(void *buffer, size_t size, uint32_t id, int code, const char *reason);

#endif
