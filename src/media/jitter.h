// SPDX-License-Identifier: MIT
/* jitter.h - puts the packets of one sender back on their timeline and decodes them, frame by
 * frame.
 *
 * Position is the RTP timestamp, and lengths are ticks of the codec's RTP clock unless they are
 * called samples. Another clock or sampling rate in mid-stream begins a new timeline. Two ways of
 * working:
 *   paced    a listener hears it now: a small delay (40 ms) is kept, it grows when packets come
 * late (nothing that arrives in the wrong moment is lost by that), and shrinks in silence. patient
 * nobody waits for it (a recording): frames are given as soon as they are complete, what is late is
 * waited for, and no sample is invented or left out unless it was really lost.
 */
#ifndef MEDIA_JITTER_H
#define MEDIA_JITTER_H

#include "media/coder.h"
#include "media/frame.h"
#include "media/plc.h"

#include <stdbool.h>

#define JITTER_SLOTS         128
#define JITTER_PAYLOAD_MAX   1280
#define JITTER_TARGET_MS     40 /* of delay to begin with */
#define JITTER_TARGET_MAX_MS 500
#define JITTER_PATIENCE_MS   2000 /* without a packet until a recording goes on */
#define JITTER_REORDER_MS    200  /* of later packets until a hole counts as lost */

enum jitter_put { JITTER_TAKEN, JITTER_DUPLICATE, JITTER_LATE, JITTER_FULL };
enum jitter_got {
	JITTER_WAIT,  /* nothing was written: not begun, or (patient) not yet */
	JITTER_SOUND, /* at least partly what was sent */
	JITTER_QUIET, /* the sender sent nothing here */
	JITTER_MADE   /* lost or late, made up */
};

struct jitter_slot {
	uint32_t timestamp, length;
	uint16_t sequence, size;
	const struct codec *codec;
	char digit; /* instead of sound; 0: none */
	uint8_t payload[JITTER_PAYLOAD_MAX];
};

struct jitter_block { /* samples that have been decoded, or made up, and not all played */
	int16_t samples[CODEC_SAMPLES_MAX];
	unsigned int count, at;
};

struct jitter {
	uint8_t order[JITTER_SLOTS]; /* slots by timestamp, oldest first; free ones behind */
	unsigned int count;          /* slots in use */
	bool begun, seen;            /* playing; a packet has been put */
	unsigned int breaks;         /* how often the sender has begun a new timeline */
	bool patient;
	uint32_t clock, rate;     /* of the timeline, a second; samples a second */
	const struct codec *last; /* played */
	struct coder *const *decoders;
	size_t decoder_count;
	bool opened;               /* the oldest slot has been decoded into block */
	struct jitter_block block; /* else: what is left of the last that was made up */
	uint32_t next;             /* timestamp of the next sample to play */
	char digit;                /* in the frame that was given last; 0: none */
	char in_digit;             /* of what was played last */
	bool digit_lasts;          /* the one that was put last has not ended */
	uint16_t last_sequence;    /* of the last packet that was played */
	uint16_t newest_sequence;  /* of those that have been put */
	uint32_t credit;           /* given while nothing was there */
	uint32_t dry;              /* paced: for so long nothing was there, since the last packet */
	uint32_t waited;           /* local time since the last packet */
	bool gave_up;              /* patient: it went on without waiting longer */
	uint32_t target;           /* delay to keep (paced) */
	uint32_t least, least_for; /* smallest delay, and how long it was looked for */
	uint32_t surplus;          /* to leave out when it does not hurt */
	unsigned int late_in_row;
	uint64_t made; /* frames */
	struct plc plc;
	struct jitter_slot slots[JITTER_SLOTS]; /* last: only those that are used are touched */
};

/* Another sender: everything begins anew, but the way of working and the decoders stay. All zeros
 * before the first time. */
void jitter_init(struct jitter *j);
/* May change at any time between frames. */
void jitter_set_patient(struct jitter *j, bool patient);
/* Those with the states of the codecs that have one; read by jitter_get. */
void jitter_set_decoders(struct jitter *j, struct coder *const *decoders, size_t count);
enum jitter_put jitter_put(struct jitter *j, const struct codec *codec, uint32_t timestamp,
		uint16_t sequence, const uint8_t *payload, size_t size);
/* What a packet of RFC 4733 adds to a digit: the tones are silence in frames, j->digit says whose
 * they are. Digits of another clock than the sound's follow the sound that was there before. */
struct jitter_digit {
	char digit;
	uint32_t from, length, clock; /* length 0: nothing, but the packet is known */
	bool lasts;                   /* more of it will come */
};
void jitter_put_digit(struct jitter *j, const struct jitter_digit *d, uint16_t sequence);
/* 10 ms of local time have passed: once before each frame (paced), or each run of frames. */
void jitter_tick(struct jitter *j);
/* One frame of jitter_samples(). Paced: once a tick, WAIT is to be heard as silence. Patient: until
 * it says WAIT. */
enum jitter_got jitter_get(struct jitter *j, int16_t *out);
/* In a frame: FRAME_SAMPLES or half of them. */
static inline unsigned int jitter_samples(const struct jitter *j)
{
	return j->rate / FRAMES_PER_S;
}
/* Between what is played and the newest that has arrived. */
uint32_t jitter_delay(const struct jitter *j);
uint32_t jitter_delay_ms(const struct jitter *j);

#endif
