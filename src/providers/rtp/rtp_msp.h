// SPDX-License-Identifier: MIT
/* rtp_msp.h - the rtp MSP from inside: what an instance, a call, a stream and a terminal are.
 * Everything here is libtapi's one calling thread's; the clock thread is behind media/session.h. */
#ifndef RTP_MSP_H
#define RTP_MSP_H

#include "mspi.h"

#include "base/list.h"
#include "media/rtpmsg.h"
#include "media/sdp.h"
#include "media/session.h"
#include "media/terminal.h"

struct event { /* waits for get_event */
	struct list link;
	struct msp_event event;
	struct msp_call *call; /* whose end takes the event along; or NULL */
	unsigned char data[];  /* event.data points here */
};

struct msp_address {
	const struct msp_host *host;
	void *host_arg;
	struct media_mailbox mailbox;
	struct list calls, terminals, events;
	struct event *given; /* the last that get_event gave out */
	uint64_t last_id;
};

enum srtp_wish { SRTP_OFF, SRTP_OPTIONAL, SRTP_REQUIRED };

struct codec_list { /* best first */
	const struct codec *codecs[SDP_CODECS_MAX];
	size_t count;
};

struct settings { /* what the TSP says with its offers; AF_UNSPEC: nothing */
	struct sockaddr_storage address, advertise, latch;
	enum srtp_wish srtp;
	struct codec_list codecs; /* none: the TSP does not mind */
};

struct sounds { /* of one description: what may be heard, with its payload types */
	struct sdp_codec codecs[SDP_CODECS_MAX];
	size_t codec_count;
	struct sdp_event events[SDP_EVENTS_MAX];
	size_t event_count;
};

struct sdes {      /* of one description: its protocol, and a=crypto lines if there are any */
	bool savp; /* RTP/SAVP */
	struct crypto_line lines[CRYPTO_SUITES];
	size_t count;
};

struct agreement { /* with the peer */
	struct sockaddr_storage rtp, rtcp;
	struct sockaddr_storage latch; /* from where it is taken, and then to where; or AF_UNSPEC */
	struct sdp_codec tx;
	struct sdp_event tx_event;
	struct sdp_ask ask;
	struct sounds rx;
	unsigned int direction; /* SDP_, ours */
	size_t line;            /* of the audio in the peer's description */

	struct sdes sdes; /* of our description */
	struct crypto_key keys[MEDIA_DIRECTIONS];
	struct media_secure *secure[MEDIA_DIRECTIONS]; /* both, or none: plain RTP */
};

struct offer {         /* of ours */
	bool waits;    /* for its answer */
	bool answered; /* it has one, which another may replace */
	bool is_new;   /* nobody had asked for it */
	uint32_t id;
	struct sounds sounds;
};

#define PENDING_MAX 16
#define DYNAMIC_MAX 32 /* payload types from CODEC_DYNAMIC on */

struct pending { /* digits or tone that has no digits-done or tone-done yet */
	enum rtpmsg_verb done;
	uint32_t id;
};

#define LISTEN_MAX 64 /* tones of a list */
#define RULES_MAX  128

struct listening {                 /* to the peer, as the TSP wants it */
	bool digits, pulse, media; /* to be reported */
	struct tap_tone tones[LISTEN_MAX];
	size_t tone_count;
	struct media_rules rules;
	struct tap_tone rule_tones[LISTEN_MAX];
	size_t rule_tone_count;
};

struct msp_call {
	struct list link;
	struct msp_address *address;
	void *cookie;
	uint64_t id;
	DWORD media_types;
	struct list streams;

	/* The dialogue with the TSP */
	struct settings settings;
	const char *why; /* a better reason for the error that comes next; or NULL */
	struct offer offer,
			offer_before; /* the last, and what is in force if it comes to nothing */
	struct codec_list preferred;  /* by the application; none: it has no wish */
	char preferred_names[SDP_CODECS_MAX * CODEC_NAME_MAX]; /* as it is told */
	bool reoffer; /* it has changed its wish while an offer waits */
	bool trying;  /* a wish of which the peer has not heard; if it refuses: */
	struct codec_list preferred_before;
	bool agreed;
	struct agreement agreement;
	uint32_t agreement_number; /* counts peers */
	unsigned int wish;         /* SDP_; what hold leaves */
	bool hushed;               /* hold: silence is sent in place of sound */
	DWORD cause;               /* of the last change of direction */
	struct listening listening;
	struct media_tap *taps[MEDIA_TAPS]; /* that it needs */
	const struct sound *play;           /* in place of the peer, to the application; or NULL */
	uint32_t play_turn;                 /* counts what was to be played */
	struct pending pending[PENDING_MAX];
	unsigned int pending_count;
	uint32_t last_request; /* ids of our own */

	struct crypto_key keys[CRYPTO_SUITES]; /* ours, that are offered */
	bool has_keys, key_used[CRYPTO_SUITES];

	/* SDP */
	uint64_t sdp_id;
	uint32_t sdp_version;
	const void *payload_types[DYNAMIC_MAX]; /* what each has meant in this call; choice.c's */
	char *peer_sdp; /* the peer's last, for the order of its lines; or NULL */
	size_t peer_sdp_size;
	struct udp_pair video; /* a place for media that is kept, inactive */

	struct media_session *session; /* NULL in state IDLE */
	struct media_member *member;   /* of a conference, or NULL */
};

struct msp_stream {
	struct list link;
	struct msp_call *call;
	DWORD media_type, direction;
	struct msp_terminal *terminals[PLAN_TERMINALS];
	unsigned int count;
	enum media_run run;
	bool mute, active;
};

struct terminal_kind {
	GUID clsid;
	const char *name;
	bool capture, render;
	struct media_terminal *(*make)(uint64_t id, bool capture);
};

struct msp_terminal {
	struct list link;
	struct msp_address *address;
	const struct terminal_kind *kind;
	DWORD direction;
	struct media_terminal *media;
	struct msp_stream *stream; /* that has it, or NULL */
	bool released;             /* libtapi has forgotten it */
	bool fixed;                /* a static one, with a name of its own */
	char *name;                /* or NULL: that of the kind */
};

/* address.c */
LONG rtp_initialize(const struct msp_host *host, void *host_arg, struct msp_address **out);
void rtp_shutdown(struct msp_address *address);
LONG rtp_get_event(struct msp_address *address, struct msp_event *out);
/* Queues an event; data is copied. LONG error if there is no memory. */
LONG address_post(struct msp_address *address, struct msp_call *call,
		const struct msp_event *event);
/* Forgets the events of a call, stream or terminal that ends (those that are not NULL). */
void address_forget(struct msp_address *address, const struct msp_call *call,
		const struct msp_stream *stream, const struct msp_terminal *terminal);
void address_trace(struct msp_call *call, const char *what, const char *detail);
LONG rtp_error(int errno_negative);

/* call.c */
LONG rtp_create_call(struct msp_address *address, void *cookie, DWORD media_types, DWORD flags,
		struct msp_call **out);
void rtp_shutdown_call(struct msp_call *call);
LONG rtp_stream(struct msp_call *call, DWORD index, struct msp_stream **out);
LONG rtp_create_stream(struct msp_call *call, DWORD media_type, DWORD direction,
		struct msp_stream **out);
LONG rtp_remove_stream(struct msp_call *call, struct msp_stream *stream);
/* Sockets, if there are none yet. 0 or -errno. */
int call_open_session(struct msp_call *call);
void call_close_session(struct msp_call *call, DWORD cause);
/* Makes the clock thread go by what the call now says. 0 or -errno. */
int call_publish(struct msp_call *call);
void call_forget_sdp(struct msp_call *call);
/* Listens for that from now on. 0 or -errno, then nothing has changed. */
int call_listen(struct msp_call *call, const struct listening *next);
/* Into the conference of this name; "" leaves. 0 or -errno, then nothing has changed. */
int call_mix(struct msp_call *call, const char *group);
struct msp_stream *call_audio(struct msp_call *call, DWORD direction);
void call_stream_event(struct msp_stream *stream, DWORD event, DWORD cause);

/* stream.c */
DWORD rtp_stream_media_type(struct msp_stream *stream);
DWORD rtp_stream_direction(struct msp_stream *stream);
const char *rtp_stream_name(struct msp_stream *stream);
LONG rtp_start_stream(struct msp_stream *stream);
LONG rtp_pause_stream(struct msp_stream *stream);
LONG rtp_stop_stream(struct msp_stream *stream);
LONG rtp_select_terminal(struct msp_stream *stream, struct msp_terminal *terminal);
LONG rtp_unselect_terminal(struct msp_stream *stream, struct msp_terminal *terminal);
LONG rtp_stream_terminal(struct msp_stream *stream, DWORD index, struct msp_terminal **out);
/* Unselects everything. */
void stream_clear(struct msp_stream *stream);

/* terminal.c */
LONG rtp_terminal_class(struct msp_address *address, DWORD index, GUID *out);
LONG rtp_create_terminal(struct msp_address *address, const GUID *clsid, DWORD media_type,
		DWORD direction, struct msp_terminal **out);
void rtp_release_terminal(struct msp_terminal *terminal);
const char *rtp_terminal_name(struct msp_terminal *terminal);
DWORD rtp_terminal_state(struct msp_terminal *terminal);
DWORD rtp_terminal_type(struct msp_terminal *terminal);
GUID rtp_terminal_clsid(struct msp_terminal *terminal);
DWORD rtp_terminal_media_type(struct msp_terminal *terminal);
DWORD rtp_terminal_direction(struct msp_terminal *terminal);
LONG terminal_new(struct msp_address *address, const struct terminal_kind *kind, DWORD direction,
		struct msp_terminal **out);
void terminal_free(struct msp_terminal *terminal);
bool guid_equal(const GUID *a, const GUID *b);

/* audio.c: devices of this machine */
LONG rtp_static_terminal(struct msp_address *address, DWORD index, struct msp_terminal **out);
LONG rtp_default_static_terminal(struct msp_address *address, DWORD media_type, DWORD direction,
		struct msp_terminal **out);
extern const struct msp_audio_device audio_device;

/* interface.c */
LONG rtp_query_call(struct msp_call *object, const GUID *iid, const void **vtable);
LONG rtp_query_stream(struct msp_stream *object, const GUID *iid, const void **vtable);
LONG rtp_query_terminal(struct msp_terminal *object, const GUID *iid, const void **vtable);

/* dialog.c */
LONG rtp_receive_tsp_data(struct msp_address *address, struct msp_call *call, const void *data,
		DWORD size);
/* Says the offer of an instance that joins a connected call. */
LONG dialog_join(struct msp_call *call);
/* What the call wants has changed: an offer now, or when the one that waits has its answer; none if
 * nothing has been said yet. */
LONG dialog_reoffer(struct msp_call *call);
/* For dialog_sound.c. */
LONG dialog_send(struct msp_call *call, const void *data, size_t size);
LONG dialog_send_error(struct msp_call *call, uint32_t id, int code);
LONG dialog_send_ok(struct msp_call *call, uint32_t id);

/* dialog_sound.c */
/* Reports the end of digits or of a tone, once. */
LONG dialog_send_done(struct msp_call *call, enum rtpmsg_verb verb, uint32_t id, bool cancelled);
LONG dialog_on_digits(struct msp_call *call, const struct rtpmsg *m);
LONG dialog_on_tone(struct msp_call *call, const struct rtpmsg *m);
LONG dialog_on_play(struct msp_call *call, const struct rtpmsg *m);

/* dialog_listen.c */
LONG dialog_on_detect(struct msp_call *call, const struct rtpmsg *m);
LONG dialog_on_tones(struct msp_call *call, const struct rtpmsg *m);
LONG dialog_on_controls(struct msp_call *call, const struct rtpmsg *m);
LONG dialog_on_control(struct msp_call *call, const struct rtpmsg *m);
/* News of the clock thread that the TSP is to hear. */
void dialog_news(struct msp_call *call, const struct media_news *news);

/* figures.c */
void call_address_text(const struct sockaddr *a, char *out, size_t size);
/* The message `figures`, of a call that is agreed. As rtpmsg_end. */
size_t figures_write(struct msp_call *call, uint32_t id, void *buffer, size_t size);

/* keys.c */
/* Why the call's wish for SRTP and an audio line do not fit; NULL: they do. */
const char *keys_why_not(const struct msp_call *call, const struct sdp_media *m, bool answer);
/* Puts our keys into a description of ours. */
void keys_offer(struct msp_call *call, struct sdes *out);
/* The keys of an offer or answer that keys_why_not has nothing against. 0 or 500. */
int keys_take(struct msp_call *call, const struct sdp_media *m, bool answer,
		struct agreement *next);
void keys_drop(struct agreement *a);
/* The session ends. */
void keys_forget(struct msp_call *call);

/* settings.c */
/* Names with blanks between; those that are not ours are skipped. */
void codec_list_read(struct codec_list *list, const char *names);
/* Both 0, or the Code of the error and its reason. */
int settings_read(struct settings *s, const struct rtpmsg *m, const char **why);
/* Whether they fit to sockets that are bound. */
int settings_check(const struct settings *s, const struct sockaddr *local, const char **why);

/* format.c: MSP_IID_FORMAT_CONTROL */
extern const struct msp_format_control format_control;

/* choice.c - which codecs and payload types. The codecs of the call, by the TSP and the
 * application; there may be none. */
void choice_wanted(const struct msp_call *call, struct codec_list *out);
/* What of them we offer. */
void choice_offer(struct msp_call *call, const struct sdp_media *peer, struct sounds *out);
/* The first of the peer's order that is ours, with its event; false: none. In an offer of the peer,
 * the order of the application goes before that, if it has one. */
bool choice_first(const struct msp_call *call, const struct sdp_media *peer, bool answer,
		struct sdp_codec *codec, struct sdp_event *event);
/* Answering: the peer's payload types are ours too. */
void choice_answer(struct msp_call *call, const struct sdp_codec *codec,
		const struct sdp_event *event, struct sounds *out);
/* Being answered: those of our offer that the answer names. */
void choice_answered(const struct msp_call *call, const struct sdp_media *peer, struct sounds *out);

/* agree.c: 0, or the Code of the error to answer with, call->why may say more. Nothing has
 * changed then. */
int agree_offer(struct msp_call *call, char *sdp, size_t *size);
int agree_take_offer(struct msp_call *call, const char *offer, size_t offer_size, char *answer,
		size_t *answer_size);
int agree_take_answer(struct msp_call *call, const char *answer, size_t size);

#endif
