// SPDX-License-Identifier: MIT
/* call.h - a call as the core knows it: who holds it, its last state, what only the core knows of
 * it. The state comes from events alone; IDLE is final. */
#ifndef TAPISRVD_CALL_H
#define TAPISRVD_CALL_H

#include "base/list.h"
#include "monitor.h"
#include "tapi.pb-c.h"

#include <stdbool.h>
#include <stdint.h>

struct core;
struct held;
struct hub;
struct line;
struct open;
struct provider;
struct session;

struct call {
	struct core *core;
	struct line *line;
	struct list in_line;
	uint64_t id;
	uint32_t state, mode; /* of the last LINE_CALLSTATE, 0: none yet; see call_mode() */
	uint32_t media_modes, address_id;
	bool pending;        /* its request has not completed: no events, in no count */
	bool offered;        /* an owner was looked for once */
	bool dropping;       /* the core has dropped it */
	bool conference;     /* made as the parent of others */
	bool released;       /* its last owner deallocated it: goes on without one */
	bool kept;           /* nobody owns it, and it stays all the same: unowned_calls = keep */
	bool shown;          /* monitors of the line have been told of it */
	bool shown_before;   /* those of before a restart */
	bool adopted;        /* of before a restart: who else holds it may not be back yet */
	bool unclaimed;      /* of before a restart, no owner of then is back */
	struct list holders; /* struct held, in_call */
	/* What the host said last of it: LineCallInfo and LineCallStatus, packed, without what the
	 * core adds when it is asked. data NULL: it is not known. */
	ProtobufCBinaryData info, status;
	uint32_t features, features2; /* LINECALLFEATURE_, of that status */
	struct monitoring monitoring; /* what of its sound is listened for */
	uint32_t hub_id;              /* dwCallID of the snapshot, 0: none */
	struct hub *hub, *named;      /* that it is in; that it has the number of, though idle */
	struct list in_hub, in_hub_news;
	uint64_t msp_session; /* whose MSP instance has its media, 0: nobody's */
	char *app_name, *called_party, *comment, *displayable_address;
	/* Why the core dropped it, for the next DISCONNECTED or IDLE; or why it has ended, from a
	 * host's snapshot. */
	uint32_t end_layer;
	char *end_cause, *end_sentence;
};

/* It has CALLS_MAX, which the log says. */
bool call_is_too_many(const struct provider *p);
/* NULL: memory is short, or the provider has CALLS_MOST. */
struct call *call_new(struct line *line, uint64_t id);
void call_free(struct call *call);
struct call *call_find(const struct core *core, uint64_t id);

uint32_t call_owners(const struct call *call);
uint32_t call_monitors(const struct call *call);
static inline bool call_is_idle(const struct call *call)
{
	return (call->state & 1U) != 0; /* LINECALLSTATE_IDLE */
}

/* For who asks now: UNKNOWN before the first LINE_CALLSTATE. */
static inline uint32_t call_state_now(const struct call *call)
{
	return call->state ? call->state : 0x01000000U /* LINECALLSTATE_UNKNOWN */;
}

/* The parameter of its state. CONFERENCED: the id of the conference's call, 0 if it is not there;
 * it is of the same provider, so that its lower half is enough to remember. */
uint64_t call_mode(const struct call *call);
/* The call of the conference that this is, or is in; NULL: none. */
struct call *call_conference(struct call *call);

/* The core drops it (TSPI_lineDrop); reason goes to whoever holds it. */
void call_drop(struct call *call, const char *cause, const char *sentence);
/* Why it ends, if that is not known yet. */
void call_ends_for(struct call *call, uint32_t layer, const char *cause, const char *sentence);
/* Ends one handle: tells the others, closes the call behind the last. drop: as lineClose does with
 * calls that nobody else owns. The call may be gone afterwards. */
void call_release(struct held *h, bool drop, const char *cause, const char *sentence);
/* Nobody holds it: TSPI_lineCloseCall, then it is forgotten. */
void call_close(struct call *call);
/* Its line is gone: IDLE with this reason to whoever holds it. */
void call_end_by_force(struct call *call, const Failure *reason);
/* LINE_CALLINFO to the other holders: an owner or monitor more or less. Not to who caused it, nor
 * to who learns it otherwise; both may be NULL. */
void call_tell_counts(struct call *call, uint32_t bits, const struct held *cause,
		const struct held *told);
/* The session has become an owner of it: media follows if it has an MSP instance, or nobody has. */
void call_owned_by(struct call *call, const struct session *s);
/* Keeps the CallState of an event or snapshot; forgets it. */
void call_keep_snapshot(struct call *call, const CallState *state);
void call_forget_snapshot(struct call *call);

/* First owner by media mode, monitors; nobody: the call is dropped. Only once a call, not in the
 * quiet second. */
void call_route_if_new(struct call *call);
/* LINE_APPNEWCALL and its LINE_CALLSTATE. */
void call_announce(const struct held *h, uint32_t state);
/* A new handle, announced. */
struct held *call_give(struct call *call, struct open *o, uint32_t privilege, uint32_t state);
/* LINE_CALLSTATE to one holder. */
void call_send_state(const struct held *h, uint32_t state, uint64_t mode, uint32_t privilege);
/* A LINE_CALLSTATE has come: keeps it, sends it on. */
void call_step(struct call *call, Event *e);

/* Monitors of the line learn of a call that somebody else made. */
void call_show_to_monitors(struct call *call, uint32_t state);
/* The core died before they did: one that was its monitor's then, or all of them. */
void call_show_missed(struct call *call, struct open *o);
void call_show_if_missed(struct call *call);

/* What only the core knows is kept with the host, so that a new core learns it. */
void call_write_note(struct call *call);
/* With the next frame: for what the applications know as well, and say when they come back. */
void call_write_note_later(struct call *call);
void call_read_note(struct call *call, const ProtobufCBinaryData *note);
/* Media goes to this session's MSP instance from now on. */
void call_media_to(struct call *call, const struct session *s);
void call_set_app_name(struct call *call, const struct session *s);

#endif
