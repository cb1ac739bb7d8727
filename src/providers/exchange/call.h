// SPDX-License-Identifier: MIT
/* call.h - one half of a call: what one extension sees of it. Two halves are joined by a
 * connection, and may be joined anew with others. A conference call is a half without another one;
 * its parties are halves of its line. States change only through call_step() in call_state.c. */
#ifndef EXCHANGE_CALL_H
#define EXCHANGE_CALL_H

#include "conference.h"
#include "media.h"
#include "service.h"
#include "tell.h"
#include "terminal.h"
#include "uui.h"

#include "base/list.h"
#include "providers/kit/timer.h"

#include <stdbool.h>
#include <tspi.h>

struct connection;
struct extension;

enum call_state {
	CALL_STATE_NEW, /* nothing reported yet */
	CALL_STATE_DIALTONE,
	CALL_STATE_DIALING,
	CALL_STATE_PROCEEDING,
	CALL_STATE_RINGBACK,
	CALL_STATE_BUSY,
	CALL_STATE_OFFERING,
	CALL_STATE_ACCEPTED,
	CALL_STATE_ANSWERING, /* answered, the media is being agreed; reported as ACCEPTED */
	CALL_STATE_CONNECTED,
	CALL_STATE_ONHOLD,
	CALL_STATE_ONHOLDPENDTRANSFER,
	CALL_STATE_ONHOLDPENDCONF,
	CALL_STATE_CONFERENCED, /* a party, answered or not */
	CALL_STATE_DISCONNECTED,
	CALL_STATE_IDLE,
	/* In rows of the table only: */
	CALL_STATE_UP,   /* CONNECTED, on hold or CONFERENCED */
	CALL_STATE_SAME, /* it stays what it is */
	CALL_STATE_ANY
};

enum call_event {
	CALL_EVENT_OFFHOOK, /* a call without a number yet */
	CALL_EVENT_DIGITS,  /* some digits; more will come */
	CALL_EVENT_NUMBER,  /* the number is complete */
	CALL_EVENT_RINGING, /* the other half alerts */
	CALL_EVENT_BUSY,
	CALL_EVENT_CAMP,  /* a busy one waits until the other one is free */
	CALL_EVENT_OFFER, /* the host has taken the new call */
	CALL_EVENT_ACCEPT,
	CALL_EVENT_ANSWER,
	CALL_EVENT_CONNECT, /* the media is agreed, or nobody waits for it any more */
	CALL_EVENT_HOLD,
	CALL_EVENT_HOLD_TRANSFER,
	CALL_EVENT_HOLD_CONF,
	CALL_EVENT_UNHOLD,
	CALL_EVENT_FAR_HOLD,   /* the other half holds, or does no longer */
	CALL_EVENT_CONFERENCE, /* it becomes a party */
	CALL_EVENT_LEAVE,      /* a party that has been answered is one no longer */
	CALL_EVENT_LEAVE_HELD,
	CALL_EVENT_LEAVE_RINGING, /* a party that has not */
	CALL_EVENT_END,           /* the exchange or the other half ends it */
	CALL_EVENT_DROP,
	CALL_EVENT_COUNT
};

/* How a call occupies its line. A party is part of its conference call. */
enum call_occupies {
	CALL_OCCUPIES_NOTHING,
	CALL_OCCUPIES_ACTIVE,
	CALL_OCCUPIES_HELD,
	CALL_OCCUPIES_PENDING, /* on hold for a transfer or conference */
	CALL_OCCUPIES_COUNT
};

struct call;

struct step {
	enum call_state in;
	enum call_event event;
	enum call_state becomes;
	void (*does)(struct call *c, const struct why *why);
};

enum call_side { CALL_SIDE_CALLER, CALL_SIDE_CALLED };

#define CALL_DIGITS_MAX 80
/* A consultation that calls its target address without being asked. */
#define CALL_PARAMS_AT_ONCE                                                                        \
	(LINECALLPARAMFLAGS_ONESTEPTRANSFER | LINECALLPARAMFLAGS_NOHOLDCONFERENCE)

enum call_party {
	PARTY_CALLER,
	PARTY_CALLED,
	PARTY_CONNECTED,
	PARTY_REDIRECTION, /* who it was sent to instead */
	PARTY_REDIRECTING, /* who has sent it there */
	PARTY_COUNT
};

/* LINECALLPARTYID_; the texts are those of an extension, or the digits of the call itself. */
struct party {
	DWORD flags;
	const char *number, *name; /* NULL: not known */
};

struct call {
	struct list link; /* in its extension's calls */
	uint64_t handle;  /* HDRVCALL */
	HTAPICALL ht_call;
	struct extension *line;
	struct connection *connection;
	enum call_side side; /* its place in the connection */

	DWORD call_id, related_call_id; /* dwCallID names the hub: all calls that belong together */
	DWORD origin, reason;           /* LINECALLORIGIN_, LINECALLREASON_ */
	DWORD completion_id;            /* of lineCompleteCall, which it comes from */
	struct party parties[PARTY_COUNT];
	struct call *consult, *original; /* a consultation, and the call that waits for it */
	bool is_hidden; /* no application knows of it: it calls for a blind transfer */
	DRV_REQUESTID transfer_request;  /* which its outcome completes */
	bool is_spent;                   /* it goes when nobody steps it any more */
	unsigned steps;                  /* of the table, under way */
	struct call *conference, *joins; /* of which it is a party, or will be */
	struct conference meeting;       /* if it is a conference call */

	enum call_state state;
	DWORD mode; /* LINEBUSYMODE_, LINEDISCONNECTMODE_ and so on, of the state */
	SYSTEMTIME since;
	bool is_doomed; /* ended before the host has taken the new call */

	DWORD bearer_mode, rate, media_mode, app_specific, param_flags, country;
	uint32_t no_answer_ms;
	char digits[CALL_DIGITS_MAX + 1]; /* dialled so far */
	DRV_REQUESTID answer_request;     /* 0: none is pending */
	DWORD rings;
	struct timer timer; /* dialling, setting up or ringing: one at a time */
	struct uui_queue uui;
	struct services services;
	struct terminals terminals; /* parts of the set that it uses */
	struct leg leg;
	struct listening listening; /* to what its MSP hears; a conference: those of its parties */
};

/* A half of `k`; it occupies its line from now on. NULL: out of memory. */
struct call *call_new(struct extension *line, struct connection *k, enum call_side side);
struct call *call_find(HDRVCALL handle);
/* The host has closed the call: end it if it lives, complete what is pending, free it. */
void call_close(struct call *c);
/* A half that nobody has heard of yet goes away. */
void call_discard(struct call *c);
/* The host's answer to LINE_NEWCALL; 0: refused. */
void call_announced(uint64_t handle, HTAPICALL ht_call);

/* call_state.c */

/* The whole table, for tests. */
const struct step *call_steps(size_t *count);
/* It ends; one that the host has not taken yet does when it is taken. */
void call_end(struct call *c, const struct why *why);
/* False: the event means nothing in this state, and nothing has changed. `why` may be NULL. */
bool call_step(struct call *c, enum call_event event, const struct why *why);
bool call_can(const struct call *c, enum call_event event);
bool call_is_active(const struct call *c); /* neither DISCONNECTED nor IDLE */
bool call_state_is_up(enum call_state state);
bool call_is_up(const struct call *c);      /* CONNECTED, on hold or CONFERENCED */
bool call_is_on_hold(const struct call *c); /* in one of its three states */
enum call_occupies call_occupies(const struct call *c);
const char *call_state_name(enum call_state state);
DWORD call_reported_state(const struct call *c); /* LINECALLSTATE_ */
DWORD call_features(const struct call *c);       /* LINECALLFEATURE_ that work now */
DWORD call_features2(const struct call *c);      /* LINECALLFEATURE2_ likewise */
DWORD call_possible_states(void);
DWORD call_possible_features(void);
DWORD call_possible_features2(void);
void call_info_changed(const struct call *c, DWORD what); /* LINECALLINFOSTATE_ */

/* call_dial.c */

/* A caller's half that the host knows by ht_call; nothing is dialled. The line's capacity is not
 * looked at. */
LONG call_new_outgoing(struct extension *e, HTAPICALL ht_call, const LINECALLPARAMS *params,
		struct call **out);

LONG call_make(struct extension *e, DRV_REQUESTID id, HTAPICALL ht_call, HDRVCALL *out,
		const char *dest, DWORD country, const LINECALLPARAMS *params);
/* A call that is started on the set, its host is told of it; NULL: out of memory. */
struct call *call_start(struct extension *e);
/* ... the host has taken it: dial tone, and what was keyed meanwhile. */
void call_started(struct call *c);
/* A key of the set: dials, or is sent as a digit. */
void call_key(struct call *c, char digit);
LONG call_dial(struct call *c, DRV_REQUESTID id, const char *dest);
/* A whole number, for a service that dials it. 0, or why it cannot be dialled. */
LONG call_read_number(const char *dest, char out[CALL_DIGITS_MAX + 1]);
/* A consultation gets dial tone, or calls its target at once. */
void call_begin_consult(struct call *c);
/* Nothing has been dialled yet: dial this. */
void call_dial_number(struct call *c, const char *number);

/* call_params.c */

/* 0, or why a call from this line could not be made with these. */
LONG call_check_params(const struct extension *e, const LINECALLPARAMS *p);
/* Checked before; fields that are 0 mean the usual thing. 0 or LINEERR_NOMEM. */
/* The same for flags of other functions. `p` may be NULL. */
LONG call_forbid_params(const LINECALLPARAMS *p, DWORD flags);
LONG call_apply_params(struct call *c, const LINECALLPARAMS *p);

/* call_answer.c */

LONG call_accept(struct call *c, DRV_REQUESTID id, const void *uui, DWORD size);
LONG call_answer(struct call *c, DRV_REQUESTID id, const void *uui, DWORD size);
LONG call_drop(struct call *c, DRV_REQUESTID id, const void *uui, DWORD size);
/* An answer is pending: complete it. */
void call_answer_done(struct call *c, LONG result, const struct why *why);

/* Neither is the other's consultation any more. */
void call_forget_consultation(struct call *c);

/* call_hold.c */

LONG call_hold(struct call *c, DRV_REQUESTID id);
LONG call_unhold(struct call *c, DRV_REQUESTID id);
LONG call_swap_hold(struct call *active, struct call *held, DRV_REQUESTID id);
/* For the table: the sound of the call, or of all parties, stops or goes on. */
void call_hold_media(struct call *c, bool hold);

/* call_info.c */

struct party party_of_line(const struct extension *e);
/* Who the other side sees at this half: its line, unless it hides. */
struct party party_of_call(const struct call *c);
/* Takes effect at once; whoever sets it says so by call_info_changed(). */
void call_set_party(struct call *c, enum call_party which, struct party who);

LONG call_get_info(const struct call *c, LINECALLINFO *out);
LONG call_get_status(const struct call *c, LINECALLSTATUS *out);
LONG call_set_media_mode(struct call *c, DWORD mode);

#endif
