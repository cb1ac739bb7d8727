// SPDX-License-Identifier: MIT
/* dialog.h - the SIP side of a call: sofia's handle, what is sent on it, and what comes from it.
 *
 * A dialog outlives its call: BYE and CANCEL may be challenged, and a 200 may cross a CANCEL. A
 * dialog without a call only says good-bye. sofia's handle is bound to the dialog's key, a number,
 * so that an event that is already on its way finds nothing when the dialog is gone. */
#ifndef SIP_DIALOG_H
#define SIP_DIALOG_H

#include "dialog_name.h"
#include "stack.h"

#include "providers/kit/timer.h"
#include "providers/kit/why.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tspi.h>

#include <sofia-sip/nua.h>
#include <sofia-sip/sip.h>

struct account;
struct call;

enum dialog_state {
	DIALOG_STATE_NEW,       /* nothing sent; or an INVITE has come, nothing answered */
	DIALOG_STATE_EARLY,     /* an INVITE is on its way, not answered finally */
	DIALOG_STATE_CONFIRMED, /* 200 sent or received */
	DIALOG_STATE_ENDING,    /* BYE, CANCEL or a refusal is on its way */
	DIALOG_STATE_ENDED
};

struct dialog {
	struct owner owner;
	nua_handle_t *nh;
	struct account *account; /* a reference */
	struct call *call;       /* NULL: only the good-bye is left */
	enum dialog_state state;
	bool is_incoming;
	bool is_hidden;         /* the call does not say who we are */
	bool is_by_server;      /* called by our server, or through it */
	bool is_acked;          /* our 200 has been acknowledged, or there was none */
	bool has_ringing;       /* 180 received: decides what a timeout means */
	unsigned answered;      /* challenges: auth.h */
	unsigned hops;          /* 302 that have led here */
	char local_address[64]; /* from which the peer is reached; "" unknown */
	char peer_address[64];  /* where its messages came from; "" unknown */
	struct dialog_name name;
	uint64_t successor;           /* the call that goes on with another dialog (takeover.c) */
	struct timer linger;          /* how long it then waits for a good-bye */
	char *replaces, *referred_by; /* of our INVITE; NULL: none */
	msg_t *message; /* a reference: the INVITE, or the last response to ours; may be NULL */
	msg_t *update;  /* the UPDATE that waits for our answer; sofia keeps it */
};

/* For an outgoing call to this URI. NULL: out of memory. */
struct dialog *dialog_new(struct account *a, struct call *c, const char *to_uri);
/* For an incoming INVITE. */
struct dialog *dialog_new_incoming(struct account *a, const struct sip_event *e);
/* The call is over: sends BYE, CANCEL or a refusal if one is due, and lives on until that is
 * answered. `status` is for an INVITE that was not answered (0: 480); `why` becomes a Reason
 * header, `uui` goes with it; both may be NULL. */
struct uui;
void dialog_leave(struct dialog *d, int status, const struct why *why, const struct uui *uui);
/* At once, without a good-bye. */
void dialog_free(struct dialog *d);
/* All of them: the stack has ended. */
void dialogs_fini(void);

/* What a request on it gets while no call has it: it may be the call's again, or is over. */
int dialog_status_without_call(const struct dialog *d);

/* Nothing is in the way of a re-INVITE of ours. */
bool dialog_can_change(const struct dialog *d);

/* What we send. A body is an SDP with a NUL at its end; NULL: none. */
void dialog_invite(struct dialog *d, const char *sdp, const struct uui *uui);
void dialog_reinvite(struct dialog *d, const char *sdp);
void dialog_ring(struct dialog *d, int status, const char *sdp, const struct uui *uui);
void dialog_answer(struct dialog *d, const char *sdp, const struct uui *uui);
void dialog_refuse(struct dialog *d, int status, const char *phrase);
void dialog_redirect(struct dialog *d, const char *contact);
/* An answer to a re-INVITE or UPDATE that has an offer; status 200 or a refusal. */
void dialog_answer_change(struct dialog *d, int status, const char *sdp);
void dialog_ack(struct dialog *d, const char *sdp);

/* dialog_event.c: what comes. */
void dialog_take_event(struct owner *o, const struct sip_event *e);
/* An INVITE that belongs to no dialog yet. */
void dialog_take_invite(const struct sip_event *e);

#endif
