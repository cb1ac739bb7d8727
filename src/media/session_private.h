// SPDX-License-Identifier: MIT
/* session_private.h - a session from inside: session.c is the owner's side, session_tick.c the
 * clock thread's, session_rtcp.c its reports. */
#ifndef MEDIA_SESSION_PRIVATE_H
#define MEDIA_SESSION_PRIVATE_H

#include "media/coder.h"
#include "media/event.h"
#include "media/halfband.h"
#include "media/jitter.h"
#include "media/pulse.h"
#include "media/rtp.h"
#include "media/session.h"
#include "media/sound.h"

#define COMMANDS 8

enum command_kind { COMMAND_DIGITS, COMMAND_PULSES, COMMAND_TONE };

struct command {
	enum command_kind kind;
	uint32_t id;
	char digits[EVENT_DIGITS_MAX + 1];
	uint32_t duration_ms, pause_ms;
	struct media_tone tone;
};

struct published_plan {
	struct engine_retired retired;
	struct media_plan plan;
	struct coder *encoder, *decoders[SDP_CODECS_MAX]; /* of tx and rx; NULL while not agreed */
};

struct figures { /* written by the clock thread */
	_Atomic uint64_t packets, bytes, lost, late, duplicate, stranger, made;
	_Atomic uint32_t jitter_us, round_trip_us, delay_ms, ssrc, level;
};

struct held { /* sound that is no packet yet */
	int16_t samples[MS_TO_SAMPLES(CODEC_SEND_MS_MAX) + TICK_SAMPLES];
	unsigned int count;
	bool still; /* all of it */
};

struct sender {
	uint32_t ssrc, timestamp;
	uint16_t sequence;
	uint64_t packets_before, bytes_before; /* of earlier sources */
	bool reported;                         /* of this source */
	bool talking;                          /* else the next packet has the marker */
	struct event_sender digits;
	uint32_t digits_id;
	struct pulse_sender pulses; /* of digits_id, too */
	bool tone_on;
	struct tone tone;
	struct sound_player sound; /* in place of the tone, if by_name */
	bool by_name;
	uint32_t tone_id, tone_left; /* samples; UINT32_MAX: no end */
	struct coder *encoder;       /* of the plan of this tick */
	uint32_t clock;              /* of the codec in use; 0: nothing has been sent */
	struct halfband_down down;
	bool quiet; /* the last tick was silence, and has gone through the filter */
	struct held held;
};

struct playing {       /* in place of what would be heard */
	uint32_t turn; /* of the plan */
	struct sound_player sound;
};

struct hearing {          /* what taps and events have told */
	char sounding;    /* digit in the sound now; 0: none */
	bool told;        /* it has been reported */
	char event;       /* digit of an event now */
	bool event_known; /* it had been heard in the sound before */
	char last_sound, last_event;
	uint64_t last_sound_ns, last_event_ns; /* when they began, when they ended */
	enum media_kind kind;
	uint64_t kind_ns;
	bool kind_done; /* the rule of this kind has been gone by */
	struct halfband_down down;
	char tone_of; /* digit that is heard as a tone */
	struct tone tone;
};

struct receiver {
	struct rtp_source source;
	struct event_receiver digits;
	uint32_t event_clock; /* of the digits, a second */
	struct halfband_up up;
	bool heard; /* since this agreement */
	uint64_t heard_ns;
	unsigned int found;   /* packets of the peer, in the last tick */
	bool whole;           /* the last of them was a tick of sound, or more */
	struct jitter jitter; /* last: jitter_init knows what of it is to be touched */
};

struct media_session {
	struct engine_task task;
	struct engine_retired retired;
	uint64_t id;
	struct media_mailbox *mailbox;
	struct udp_pair sockets;
	bool stamped; /* the system tells when packets arrived */
	_Atomic(struct published_plan *) plan;
	uint32_t agreement;            /* of the plan the sockets are connected for; the owner's */
	_Atomic uint32_t latched_port; /* of the peer's RTP, if the plan says latch; 0: not yet */

	struct command commands[COMMANDS];
	_Atomic uint32_t command_head, command_tail;

	struct figures figures[MEDIA_DIRECTIONS];
	_Atomic(const struct codec *) heard; /* the last of the peer's */

	/* From here: the clock thread's. */
	uint32_t adopted; /* agreement that is being worked by */
	uint64_t adopted_ns;
	bool flowing, timed_out;
	uint32_t chance;    /* for intervals; base/random.h takes a lock */
	uint64_t report_ns; /* when the next RTCP report is due */
	uint32_t turn;      /* of looking for what is not due */
	bool looks;         /* this tick does */
	uint64_t wall_ns;   /* NTP time minus monotonic time */
	char cname[64];
	struct sockaddr_storage latched[2]; /* by media_port; AF_UNSPEC: not yet */
	bool active[MEDIA_DIRECTIONS];      /* as has been told */
	uint64_t lost_before;               /* of sources that were there before */
	uint64_t made_before;               /* frames, as last seen in the jitter buffer */
	struct sender tx;
	struct playing playing;
	struct hearing hearing;
	struct receiver rx; /* last: most of it is seldom touched */
};

/* session_rtcp.c */
void rtcp_receive(struct media_session *s, const struct media_plan *plan, uint64_t now_ns);
void rtcp_send_due(struct media_session *s, uint64_t now_ns);
/* Also from the owner, once the clock has left the session. */
void rtcp_send(struct media_session *s, bool bye);

/* session_net.c */
enum media_port { PORT_RTP, PORT_RTCP };
/* The size of the next packet (buffer: RTP_PACKET_MAX); 0: it is a stranger's, -1: there is none.
 */
struct arrival {
	uint64_t now_ns; /* in: of this tick */
	struct sockaddr_storage from;
	uint64_t at_ns;
};
ssize_t session_take(struct media_session *s, const struct media_plan *plan, enum media_port port,
		uint8_t *packet, struct arrival *a);
/* The packet was good: a peer of whom only the host was known is at this address. */
void session_latch(struct media_session *s, const struct media_plan *plan, enum media_port port,
		const struct sockaddr_storage *from);
void session_unlatch(struct media_session *s);
/* Undoes SRTP. False: the packet is not the peer's (it has been counted). */
bool session_open(struct media_session *s, const struct media_plan *plan, enum media_port port,
		uint8_t *packet, size_t *size);
/* Does SRTP in place: there is room for SECURE_TRAILER bytes behind the packet, which is aligned.
 */
bool session_send(struct media_session *s, const struct media_plan *plan, enum media_port port,
		uint8_t *packet, size_t size);

/* session_receive.c */
/* The source that is heard now is no longer the one that counts. */
void session_forget_source(struct media_session *s);
/* It says nothing more of a digit: that has ended. */
void session_forget_digits(struct media_session *s, const struct media_plan *plan, uint64_t now_ns);
void session_receive(struct media_session *s, const struct media_plan *plan, uint64_t now_ns);

/* session_hear.c - a frame of the peer as it was decoded, count samples. */
void session_hear(struct media_session *s, const struct media_plan *plan, const int16_t *frame,
		unsigned int count, uint64_t now_ns);
static inline bool session_listens(const struct media_plan *plan)
{
	return plan->taps[TAP_DIGITS] || plan->taps[TAP_PULSE] || plan->taps[TAP_TONES] ||
	       plan->taps[TAP_MEDIA];
}
/* A digit of an event. */
void session_hear_event(struct media_session *s, const struct media_plan *plan,
		const struct event_change *change, uint32_t ms, uint64_t now_ns);
/* Once a tick: rules that wait for their time. */
void session_hear_tick(struct media_session *s, const struct media_plan *plan, uint64_t now_ns);

/* session_render.c */
static inline bool session_wants(const struct media_way *way)
{
	return way->agreed && way->run != MEDIA_STOP;
}
/* A terminal of this way gives or takes real sound. */
bool session_has_sound(const struct media_way *way);
/* Its news, if it is a file or a device that has any. */
void session_tell_file(struct media_session *s, struct media_terminal *t, uint64_t now_ns);
void session_watch_level(struct figures *f, const int16_t *frame, unsigned int count);
void session_render(struct media_session *s, const struct media_plan *plan, uint64_t now_ns);
/* Nothing is agreed yet: the sound that is played, if there is one. */
void session_render_unagreed(struct media_session *s, const struct media_plan *plan,
		uint64_t now_ns);

/* session_tick.c */
void session_post(struct media_session *s, enum media_news_kind kind, uint32_t a, uint32_t b,
		uint32_t c, uint64_t now_ns);
void session_count(_Atomic uint64_t *figure, uint64_t n);
void session_tick(struct engine_task *task, uint64_t now_ns);
void session_reset(struct media_session *s);

#endif
