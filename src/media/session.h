// SPDX-License-Identifier: MIT
/* session.h - the media of one call: a pair of sockets, what has been agreed with the peer, and the
 * terminals on both directions. The owner (one thread at a time) sets plans and gives commands; the
 * clock thread does the rest and answers by news. */
#ifndef MEDIA_SESSION_H
#define MEDIA_SESSION_H

#include "media/mailbox.h"
#include "media/mix.h"
#include "media/sdp.h"
#include "media/secure.h"
#include "media/sound.h"
#include "media/tap.h"
#include "media/terminal.h"
#include "media/udp.h"

#define PLAN_TERMINALS 4

struct media_session;

enum { MEDIA_CAPTURE, MEDIA_RENDER, MEDIA_DIRECTIONS }; /* as TD_CAPTURE, TD_RENDER */

enum media_run { MEDIA_RUN, MEDIA_HUSH, MEDIA_STOP }; /* HUSH: silence is sent, or heard */

struct media_way {   /* one direction */
	bool agreed; /* by both sides */
	enum media_run run;
	uint32_t cause; /* MSP_CALL_EVENT_CAUSE of the last change of the two above */
	struct media_terminal *terminals[PLAN_TERMINALS];
	unsigned int count;
};

enum media_when { WHEN_DOWN, WHEN_UP, WHEN_PULSE, MEDIA_WHENS };

#define MEDIA_DIGITS 17       /* those of event.h */
#define MEDIA_RULE   0x10000u /* a tone of this number and above: the action is the rest */

/* What the clock thread does with the terminals by itself; enum terminal_action, 0: nothing. */
struct media_rules {
	uint8_t digit[MEDIA_WHENS][MEDIA_DIGITS];
	struct {
		uint8_t action;
		uint32_t after_ms;
	} kind[MEDIA_KINDS];
};

/* The place of a digit in rules, or -1. */
MEDIA_API int media_rule_digit(char digit);

/* What the clock thread goes by. */
struct media_plan {
	uint32_t agreement; /* 0: none yet. Another number: another peer, begin anew */
	struct sockaddr_storage rtp, rtcp; /* of the peer */
	struct sockaddr_storage latch;     /* the host of the first good packet; or AF_UNSPEC */
	struct sdp_codec tx;
	struct sdp_event tx_event; /* digits; none: send tones */
	struct sdp_ask ask;        /* how the peer wants to have these two */
	struct sdp_codec rx[SDP_CODECS_MAX];
	size_t rx_count;
	struct sdp_event rx_events[SDP_EVENTS_MAX];
	size_t rx_event_count;
	struct media_way way[MEDIA_DIRECTIONS];
	struct media_secure *secure[MEDIA_DIRECTIONS]; /* both or none */
	struct media_member *mix;                      /* of a conference, or NULL */
	const struct sound *play;           /* to the terminals, in place of all that; or NULL */
	uint32_t play_turn;                 /* another number: from its beginning */
	struct media_tap *taps[MEDIA_TAPS]; /* NULL: nobody listens for that */
	struct media_rules rules;
};

struct media_figures {
	uint64_t packets, bytes;
	uint64_t lost, late, duplicate, stranger, made;
	uint32_t jitter_us, round_trip_us, delay_ms, ssrc, level;
};

/* Binds sockets at address. id names the session in news. 0 or -errno. */
MEDIA_API int media_session_new(const struct sockaddr *address, uint64_t id,
		struct media_mailbox *mailbox, struct media_session **out);
/* Says goodbye and closes. The mailbox must outlive the clock's turn (media_engine_quiesce). */
MEDIA_API void media_session_free(struct media_session *s);
MEDIA_API const struct sockaddr *media_session_local(const struct media_session *s);
/* Copies the plan and takes references on its terminals, taps and keys. 0 or -errno, then nothing
 * changed. */
MEDIA_API int media_session_set_plan(struct media_session *s, const struct media_plan *plan);
/* Send digits; another list ends the one before, "" only that. News DIGITS_DONE with the id.
 * 0, -E2BIG, -EAGAIN (too many commands in one tick). */
MEDIA_API int media_session_send_digits(struct media_session *s, uint32_t id, const char *digits,
		uint32_t duration_ms, uint32_t pause_ms);
/* The same as pulses. */
MEDIA_API int media_session_send_pulses(struct media_session *s, uint32_t id, const char *digits);

struct media_tone {
	const struct sound *sound; /* or NULL: */
	struct tone_part parts[TONE_FREQUENCIES];
	uint32_t duration_ms; /* 0: until the next command */
};

/* Send a tone instead of the terminals; one of nothing ends the running one. News TONE_DONE. */
MEDIA_API int media_session_send_tone(struct media_session *s, uint32_t id,
		const struct media_tone *tone);
MEDIA_API void media_session_figures(const struct media_session *s, int way,
		struct media_figures *out);

/* What the peer was last heard in; NULL: nothing yet. */
MEDIA_API const struct codec *media_session_heard(const struct media_session *s);

/* Where a session is to be bound; wanted may be AF_UNSPEC. */
MEDIA_API void media_local_address(const struct sockaddr_storage *wanted,
		struct sockaddr_storage *out);
/* Where RTP goes: what the plan says, or the port that the first good packet came from. */
MEDIA_API void media_session_remote(const struct media_session *s, struct sockaddr_storage *out);

#endif
