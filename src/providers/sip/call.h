// SPDX-License-Identifier: MIT
/* call.h - one call as TAPI sees it. States change only through call_step() in call_state.c. Its
 * SIP side is a dialog (dialog.h), its sound a leg (leg.h). */
#ifndef SIP_CALL_H
#define SIP_CALL_H

#include "info_digits.h"
#include "leg.h"
#include "links.h"
#include "parties.h"
#include "uui.h"

#include "base/list.h"
#include "providers/kit/timer.h"
#include "providers/kit/why.h"

#include <stdbool.h>
#include <tspi.h>

struct account;
struct dialog;

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
	CALL_STATE_CONFERENCED,
	CALL_STATE_DISCONNECTED,
	CALL_STATE_IDLE,
	CALL_STATE_ANY
};

enum call_event {
	CALL_EVENT_OFFHOOK, /* a call without a number yet */
	CALL_EVENT_DIGITS,  /* some digits; more will come */
	CALL_EVENT_NUMBER,  /* the number is complete */
	CALL_EVENT_PROCEED, /* the request is on its way */
	CALL_EVENT_RINGING, /* the far side alerts, or is heard already */
	CALL_EVENT_BUSY,
	CALL_EVENT_OFFER, /* the host has taken the new call */
	CALL_EVENT_ACCEPT,
	CALL_EVENT_ANSWER,
	CALL_EVENT_CONNECT,       /* answered, and the media is agreed or nobody waits for it */
	CALL_EVENT_HELD,          /* our hold is agreed */
	CALL_EVENT_HELD_TRANSFER, /* the same for lineSetupTransfer */
	CALL_EVENT_HELD_CONF,     /* and for lineSetupConference, linePrepareAddToConference */
	CALL_EVENT_UNHELD,        /* our hold has ended */
	CALL_EVENT_FAR_HOLD,      /* the far side holds, or holds no longer: the mode changes */
	CALL_EVENT_SETTLED,       /* a hold or unhold that changes no state */
	CALL_EVENT_CONFERENCE,    /* it is a party of a conference */
	CALL_EVENT_END,           /* the far side or the network ends it */
	CALL_EVENT_DROP,
	CALL_EVENT_COUNT
};

struct call;

struct step {
	enum call_state in;
	enum call_event event;
	enum call_state becomes;
	void (*does)(struct call *c, const struct why *why);
};

#define CALL_DIALLED_MAX 512

struct call {
	struct list link; /* in its account's calls */
	uint64_t handle;  /* HDRVCALL */
	HTAPICALL ht_call;
	struct account *line;
	struct dialog *dialog; /* NULL: no SIP yet, or no longer */
	bool is_incoming;
	DWORD call_id, related_call_id;

	enum call_state state;
	DWORD mode; /* LINEBUSYMODE_, LINEDISCONNECTMODE_ and so on, of the state */
	SYSTEMTIME since;
	bool is_doomed; /* ended before the host has taken the new call: doom says why */
	struct why doom;

	DWORD bearer_mode, media_mode, app_specific, param_flags, country;
	DWORD origin, reason;
	uint32_t no_answer_ms;
	char dialled[CALL_DIALLED_MAX + 1]; /* so far, as the application gave it */
	struct parties parties;
	struct uui_queue uui;
	struct uui made_with; /* what goes with the INVITE */

	DRV_REQUESTID answer_request; /* 0: none is pending */
	DRV_REQUESTID hold_request;   /* hold or unhold */
	bool is_hold_pending;         /* its re-INVITE is under way */
	enum call_event hold_event;   /* what its success is */
	DWORD rings;
	struct timer timer;         /* dialling, ringing: one at a time */
	struct timer forward_timer; /* until it is forwarded for want of an answer */
	struct timer media_timer;   /* the longest that this waits for the MSP, or until it tries
				       again */
	struct links links;
	struct info_digits info;
	struct leg leg;
	struct listening listening; /* to what its MSP hears; a conference: those of its parties */
};

/* call.c */

/* It occupies its line from now on. NULL: out of memory. */
struct call *call_new(struct account *line, bool is_incoming);
struct call *call_find(HDRVCALL handle);
/* The host has closed the call: end it if it lives, complete what is pending, free it. */
void call_close(struct call *c);
/* Free a call that nobody has heard of yet. */
void call_discard(struct call *c);
/* The host's answer to LINE_NEWCALL; 0: refused. */
void call_announced(uint64_t handle, HTAPICALL ht_call);

/* call_state.c */

/* The whole table, for tests. */
const struct step *call_steps(size_t *count);
/* False: the event means nothing in this state, and nothing has changed. `why` may be NULL. */
bool call_step(struct call *c, enum call_event event, const struct why *why);
bool call_can(const struct call *c, enum call_event event);
bool call_is_active(const struct call *c);
bool call_is_on_hold(const struct call *c); /* by us, in any of the ways */
bool call_is_up(const struct call *c);      /* answered, and not ended */
const char *call_state_name(enum call_state state);
DWORD call_reported_state(const struct call *c); /* LINECALLSTATE_ */
DWORD call_features(const struct call *c);       /* LINECALLFEATURE_ that work now */
DWORD call_possible_states(void);
DWORD call_possible_features(void);
void call_info_changed(const struct call *c, DWORD what); /* LINECALLINFOSTATE_ */

/* call_dial.c */

/* A call of a program that has not been dialled yet. `params` may be NULL. 0 or a LINEERR_. */
LONG call_new_outgoing(struct account *a, HTAPICALL ht_call, const LINECALLPARAMS *params,
		struct call **out);

LONG call_make(struct account *a, DRV_REQUESTID id, HTAPICALL ht_call, HDRVCALL *out,
		const char *dest, DWORD country, const LINECALLPARAMS *params);
/* 0, or why a call from this line could not be made with these. */
LONG call_check_params(const struct account *a, const LINECALLPARAMS *p);
LONG call_dial(struct call *c, DRV_REQUESTID id, const char *dest);

/* call_answer.c */

LONG call_accept(struct call *c, DRV_REQUESTID id, const void *uui, DWORD size);
LONG call_answer(struct call *c, DRV_REQUESTID id, const void *uui, DWORD size);
/* 0, or why these bytes cannot be sent. */
LONG call_check_uui(const struct account *a, const void *bytes, DWORD size);
LONG call_redirect(struct call *c, DRV_REQUESTID id, const char *dest);
LONG call_drop(struct call *c, DRV_REQUESTID id, const void *uui, DWORD size);
LONG call_release_uui(struct call *c, DRV_REQUESTID id);
/* An answer is pending: complete it. */
void call_answer_done(struct call *c, LONG result, const struct why *why);

/* call_hold.c */

LONG call_hold(struct call *c, DRV_REQUESTID id);
LONG call_unhold(struct call *c, DRV_REQUESTID id);
/**
 * Hold the call as a part of something greater (a consultation, a conference): `becomes` is the
 * event of its success, CALL_EVENT_HELD_TRANSFER for instance. `id` 0: nobody waits for it.
 */
LONG call_hold_as(struct call *c, DRV_REQUESTID id, enum call_event becomes);
/* The re-INVITE of a hold or unhold has ended: the call steps on, or stays as it was. */
void call_hold_settled(struct call *c, LONG result, const struct why *why);
/* A hold or unhold is pending: complete it. */
void call_hold_done(struct call *c, LONG result, const struct why *why);

/* Hold or unhold without a word to the host: the state stays. False: it is being done already. */
bool call_hold_quietly(struct call *c, bool hold);

/* call_info.c */

LONG call_get_info(const struct call *c, LINECALLINFO *out);
LONG call_get_status(const struct call *c, LINECALLSTATUS *out);
LONG call_set_media_mode(struct call *c, DWORD mode);

#endif
