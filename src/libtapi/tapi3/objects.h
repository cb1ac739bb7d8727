// SPDX-License-Identifier: MIT
/* objects.h - what the sources of tapi3/ share: the objects behind tapi3.h.
 *
 * One lock for all objects of the process (objects_lock): it guards every member and every
 * reference count, and serialises all operations of all MSPs. It may be taken twice by one thread.
 * It is not held while the application's code runs, nor while a request waits for the daemon.
 * Order: this lock, then struct app's. */
#ifndef TAPI3_OBJECTS_H
#define TAPI3_OBJECTS_H

#include "libtapi/internal.h"

#include <mspi.h>
#include <tapi3.h>

enum object_kind {
	OBJECT_TAPI = 1,
	OBJECT_ADDRESS,
	OBJECT_CALL,
	OBJECT_STREAM,
	OBJECT_SUBSTREAM,
	OBJECT_TERMINAL,
	OBJECT_EVENT,
};

struct object {
	enum object_kind kind;
	atomic_uint refs; /* taken also where the lock may not be: tapi_hook */
};

enum { GUID_TEXT = 39, EVENT_KINDS = 26 };

/* Which sub-events of which kinds are switched off (ITAddress2, ITCallInfo2). */
struct filter {
	uint32_t off[EVENT_KINDS];
};

struct tapi {
	struct object object;
	struct list link; /* all of the process */
	struct app *app;  /* with a reference */
	HLINEAPP handle;
	HANDLE descriptor;
	DWORD devices;
	bool own; /* made by tapi_initialize: messages are for us alone */
	bool closed;
	bool forked; /* this process is a child of the one whose it was */
	bool delivering;
	struct sink sink;
	struct source source;
	int pipe[2];                  /* MSPs signal here */
	atomic_bool is_written;       /* since it was emptied last */
	struct list addresses, calls; /* of all that live */
	struct list instances, ended, registrations, requests, events;
	LONG next_registration;
	DWORD filter;
	tapi_event_callback callback;
	void *callback_arg;
	unsigned delivered; /* events, ever */
};

struct tapi_address {
	struct object object;
	struct list link;
	struct tapi *tapi; /* ref */
	DWORD device, id, api_version;
	LINEDEVCAPS *dev;
	LINEADDRESSCAPS *caps;
	char name[256], provider[128], dialable[128];
	bool gone;
	HLINE line; /* open for calls that are made here and for the MSP; 0 not yet */
	struct filter filter;
};

/* tapi_register_call_notifications and tapi_line_media. */
struct registration {
	struct list link;
	LONG id;                      /* 0: tapi_line_media */
	struct tapi_address *address; /* ref */
	HLINE line; /* 0: being opened, with the registration itself as its callback instance */
	LONG instance;
	bool retired; /* to be closed with its last call */
};

/* An MSP instance: one per address and application. */
struct instance {
	struct list link; /* tapi.instances, then .ended; first, so that leak checkers see it */
	struct msp msp;   /* libtapi's side */
	DWORD device, address_id;
	struct tapi *tapi;
	const struct msp_ops *ops;
	struct msp_address *address;
	HLINE line;  /* it was made on */
	bool linked; /* msp_create has succeeded */
	atomic_bool signalled;
	char *formats; /* that its calls prefer from their beginning; or NULL */
};

/* What a call is made with. */
struct call_params {
	char *destination, *called_party, *comment, *displayable, *calling_party;
	void *user_user;
	size_t user_user_size;
	DWORD address_type, media_types, bearer_mode, min_rate, max_rate, flags, country;
};

struct tapi_call {
	struct object object;
	struct list link;
	struct tapi_address *address; /* ref */
	struct call_params params;
	HLINE line;   /* the open that the handle belongs to */
	HCALL handle; /* 0 until lineMakeCall has succeeded */
	uint64_t id;  /* for the trace */
	bool own;     /* the handle is ours to deallocate */
	bool held;    /* the reference of the library: the call is alive */
	bool dialled, announce, dropping;
	DWORD line_state; /* LINECALLSTATE_ */
	CALL_STATE state;
	CALL_STATE_EVENT_CAUSE cause; /* of CS_DISCONNECTED */
	LONG error;                   /* of the request that failed */
	CALL_PRIVILEGE privilege;
	LONG callback_instance;
	void *user_data;
	char digits[256]; /* being gathered */
	bool gathering;   /* tapi.h may write there from now on */
	struct filter filter;
	struct tapi_call *original;   /* it is a consultation of this one, while that lives */
	struct tapi_call *conference; /* it is in this one, or is to join it, while that lives */
	struct instance *instance;    /* NULL: no media */
	struct msp_call *msp;
	struct list streams; /* of all that live */
	struct list selections;
};

/* A terminal stays while it is selected. */
struct selection {
	struct list link;               /* tapi_call.selections */
	struct tapi_terminal *terminal; /* ref */
	struct msp_stream *stream;
	struct msp_substream *substream; /* or NULL */
};

struct tapi_stream {
	struct object object;
	struct list link;
	struct tapi_call *call; /* ref */
	struct msp_stream *msp; /* NULL: the call has ended */
	struct list substreams;
};

struct tapi_substream {
	struct object object;
	struct list link;
	struct tapi_stream *stream; /* ref */
	struct msp_substream *msp;  /* NULL: the call has ended */
};

struct tapi_terminal {
	struct object object;
	struct list link;             /* terminals, terminal.c */
	struct tapi_address *address; /* ref */
	struct instance *instance;    /* NULL: it has ended */
	struct msp_terminal *msp;
	bool dynamic; /* ours to release */
	char clsid[GUID_TEXT];
};

/* An asynchronous request of a call, until its LINE_REPLY. */
struct call_request {
	struct list link;             /* tapi.requests */
	atomic_uint id;               /* 0: not sent yet */
	struct tapi *tapi;            /* ref */
	struct tapi_call *call;       /* ref; NULL: a call that is only hung up */
	struct tapi_call *conference; /* ref: that it makes, too, before `call`; NULL */
	bool running;                 /* its thread still waits for the RETURN */
	bool connect;                 /* it makes the call */
	bool consult;                 /* ... which is to dial then */
	bool dial;                    /* it dials: without it the call is of no use */
	bool finish;                  /* the consultation is over then */
	bool ours;                    /* the LINE_REPLY is not for the application */
};

struct tapi_event {
	struct object object;
	struct list link;  /* tapi.events */
	struct tapi *tapi; /* the rest: refs or NULL */
	struct tapi_address *address;
	struct tapi_call *call;
	struct tapi_stream *stream;
	struct tapi_terminal *terminal;
	TAPI_EVENT kind;
	LONG event, state, cause, error, instance, termination;
	DWORD digit_mode, tick_count;
	char digit;
	char digits[256];
};

/* --- object.c -------------------------------------------------------------------------------- */

void objects_lock(void);
void objects_unlock(void);
/* A request about a handle of an object that ends, made by whoever lets the lock go: requests may
 * take seconds. With the lock. */
void objects_say_later(LONG (*say)(uint32_t handle), uint32_t handle);
void object_init(struct object *o, enum object_kind kind);
/* Is it one of ours, of this kind? */
bool object_is(const void *object, enum object_kind kind);
void guid_text(const GUID *guid, char out[GUID_TEXT]);
/* With or without braces. */
bool guid_parse(const char *text, GUID *out);
/* As snprintf; TAPI functions that give text return this. */
LONG text_out(const char *value, char *text, size_t size);

/* A function that tells a member of an object; `none` without one. */
#define TELLS(type, function, of, member, none)                                                    \
	type function(struct of *object)                                                           \
	{                                                                                          \
		type value = (none);                                                               \
                                                                                                   \
		if (!object)                                                                       \
			return value;                                                              \
		objects_lock();                                                                    \
		value = object->member;                                                            \
		objects_unlock();                                                                  \
		return value;                                                                      \
	}

/* --- tapi.c ---------------------------------------------------------------------------------- */

/* With the lock; NULL: none. */
struct tapi *tapi_find(const struct app *a);
void tapi_end(struct tapi *tapi); /* the last reference is gone */
/* In the child of a fork: nothing here can be used any more, and nothing is ended. */
void tapis_forget(void);
/* 0, or TAPI_E_NOT_INITIALIZED: the process has forked. With or without the lock. */
LONG tapi_need(const struct tapi *tapi);
/* What libtapi calls has a reference of the tapi meanwhile: until tapi_close takes sink and source
 * away the process has one, and that happens under struct app's lock. */
void tapi_hook(struct tapi *tapi, struct hook *h);
/* Handles that the application has closed take their media with them. With the lock. */
void tapi_sweep(struct tapi *tapi);
/* Something is queued outside a dispatch. */
void tapi_wake(struct tapi *tapi);
/* Takes what MSPs have to say. Without the lock. */
void tapi_drain(struct tapi *tapi);

/* --- registration.c -------------------------------------------------------------------------- */

/* That of the line and address, else of the line; NULL: none. With the lock. */
struct registration *tapi_registration(struct tapi *tapi, HLINE line, DWORD address_id);
/* A message of a line with this callback instance: it may be that of a registration. With the lock.
 */
void registration_opened(struct tapi *tapi, HLINE line, DWORD_PTR instance);
void registration_free(struct registration *r);
/* Lines whose notifications are not wanted any more stay open for the calls that they have. Without
 * the lock. */
void registrations_close_retired(struct tapi *tapi);

/* --- address.c ------------------------------------------------------------------------------- */

/* Without the lock: asks the daemon. */
LONG tapi_address_obtain(struct tapi *tapi, DWORD device, DWORD id, struct tapi_address **out);
struct tapi_address *tapi_address_find(struct tapi *tapi, DWORD device, DWORD id);
void tapi_address_end(struct tapi_address *address);
/* What an address's own line asks for. */
#define STATUS_LINE_STATES                                                                         \
	(LINEDEVSTATE_RINGING | LINEDEVSTATE_INSERVICE | LINEDEVSTATE_OUTOFSERVICE |               \
			LINEDEVSTATE_MSGWAITON | LINEDEVSTATE_MSGWAITOFF |                         \
			LINEDEVSTATE_CAPSCHANGE | LINEDEVSTATE_CONFIGCHANGE)
#define STATUS_ADDRESS_STATES (LINEADDRESSSTATE_FORWARD | LINEADDRESSSTATE_CAPSCHANGE)
/* The line for calls made here. Without the lock. */
LONG tapi_address_open(struct tapi_address *address);
DWORD media_modes_from_types(const struct tapi_address *address, DWORD types);

/* --- structure.c ------------------------------------------------------------------------------ */

/* What `get` gives, as large as it has to be; to be freed. */
LONG structure_obtain(LONG (*get)(const void *of, void *structure), const void *of, void **out);
/* What the size-and-offset pair of a structure shows; "" if nothing. */
const char *structure_text(const void *structure, DWORD size, DWORD offset, DWORD *length);

/* --- module.c -------------------------------------------------------------------------------- */

/* TAPI_E_NODRIVER with a reason: not installed, or not to be trusted. */
LONG module_find(const GUID *clsid, const struct msp_ops **out);

/* --- instance.c ------------------------------------------------------------------------------ */

/* The instance of an address, made on `line` if there is none. Without the lock. */
LONG instance_obtain(struct tapi_address *address, HLINE line);
struct instance *instance_find(struct tapi *tapi, DWORD device, DWORD address_id);
/* With its calls and terminals. */
void instance_end(struct instance *i);
/* GetEvent until TAPI_E_NOEVENT. */
void instance_drain(struct instance *i);

/* --- call.c ---------------------------------------------------------------------------------- */

struct tapi_call *tapi_call_new(struct tapi_address *address);
void tapi_call_end(struct tapi_call *call);
struct tapi_call *tapi_call_by_handle(struct tapi *tapi, HCALL handle);
/* The object for a handle of an address; may be new. NULL: no memory. With the lock. */
struct tapi_call *tapi_call_adopt(struct tapi_address *address, HCALL handle, uint64_t id);
/* CreateMSPCall, if there is an instance and it has not been. With the lock. */
void tapi_call_attach(struct tapi_call *call, DWORD media_types, DWORD flags);
/* ShutdownMSPCall. */
void tapi_call_detach(struct tapi_call *call);
/* The library lets go: the call is IDLE or its handle is gone. */
void tapi_call_over(struct tapi_call *call);
/* MSP_CALL_ flags for a call in this state. */
DWORD tapi_call_flags(DWORD line_state);

/* --- call_control.c -------------------------------------------------------------------------- */

/* A request that will have a LINE_REPLY: begun before it is made, settled with its result, which
 * comes back. Without the lock. NULL: no memory. */
struct call_request *call_request_begin(struct tapi_call *call);
/* conference: the object of the one that it makes, too; or NULL. */
struct call_request *call_request_begin_with(struct tapi_call *call, struct tapi_call *conference);
LONG call_request_settle(struct call_request *r, LONG result);
struct made_call {
	HCALL handle; /* 0: none */
	uint64_t id;
};
/* A LINE_REPLY: true if it is not for the application. made: the calls that it made. With the lock.
 */
bool call_request_replied(struct tapi *tapi, DWORD id, LONG result, const struct made_call made[2]);
void call_requests_forget(struct tapi *tapi, const struct tapi_call *call);
/* Nobody wants it any more and the peer has gone: hang up. Without the lock. */
void tapi_call_drop_if_left(struct tapi_call *call);
/* What a call is made with, to be freed; it is dialled once. Undone when it was not made after all.
 * Without the lock. */
LONG call_dialling_begin(struct tapi_call *call, LINECALLPARAMS **params);
void call_dialling_undo(struct tapi_call *call);
/* Dispatches until the call is up or has ended. */
LONG call_await(struct tapi_call *call);
/* Drops a call that nobody has asked for. */
LONG call_hang_up(HCALL handle);
/* The handle, or 0 with the last reason set. */
HCALL tapi_call_need_handle(struct tapi_call *call);
/* What to fail with when there was none. */
LONG tapi_call_no_handle(const struct tapi_call *call);

/* --- call_parties.c -------------------------------------------------------------------------- */

/* The consultation call of this handle is there: dial what it was made for. Without the lock. */
LONG call_consult_dial(HCALL handle);
/* It is in no conference any more, and no consultation. With the lock. */
void call_leave_parties(struct tapi_call *call);
/* The object ends: others forget it. With the lock. */
void call_forget_party(const struct tapi_call *call);

/* --- state.c --------------------------------------------------------------------------------- */

/* A LINE_CALLSTATE came: new state, events. With the lock. */
void tapi_call_stepped(struct tapi_call *call, DWORD line_state, DWORD mode);
void tapi_call_set_state(struct tapi_call *call, CALL_STATE state, CALL_STATE_EVENT_CAUSE cause,
		LONG error);

/* --- stream.c, terminal.c -------------------------------------------------------------------- */

/* New references; NULL: no memory. With the lock. */
struct tapi_stream *tapi_stream_of(struct tapi_call *call, struct msp_stream *msp);
void tapi_stream_end(struct tapi_stream *stream);
void tapi_streams_cut(struct tapi_call *call);
/* Looks an interface of the MSP up; under the lock afterwards, whatever comes out. */
LONG stream_enter(const struct tapi_stream *stream, const GUID *iid, const void **vtable);
/* Gives the lock back; a failure gets the reason "the MSP refuses: WHAT". */
LONG stream_leave(LONG result, const char *what);
/* A call that has just got its media gets what its address prefers. */
void call_prefer_formats(struct tapi_call *call);
void tapi_substream_end(struct tapi_substream *substream);
/* The instance of an address, made if need be; under the lock afterwards, whatever comes out. */
LONG address_enter(struct tapi_address *address, struct instance **out);
struct tapi_terminal *tapi_terminal_of(struct instance *i, struct tapi_address *address,
		struct msp_terminal *msp);
void tapi_terminal_end(struct tapi_terminal *terminal);
void tapi_terminals_cut(struct instance *i);
void terminals_forget(void);
LONG tapi_terminal_make(struct tapi_address *address, const char *clsid, DWORD media_type,
		TERMINAL_DIRECTION direction, struct tapi_terminal **out);
/* Puts the terminal on a stream, or takes it off. substream: of the stream; or NULL. */
LONG selection_add(struct tapi_call *call, struct tapi_terminal *terminal,
		struct msp_stream *stream, struct msp_substream *substream);
LONG selection_remove(struct tapi_call *call, const struct tapi_terminal *terminal,
		struct msp_stream *stream, struct msp_substream *substream);
/* The MSP has ended the stream (substream NULL) or the substream. */
void selections_forget(struct tapi_call *call, const struct msp_stream *stream,
		const struct msp_substream *substream);
void selections_clear(struct tapi_call *call);

/* --- event.c --------------------------------------------------------------------------------- */

/* NULL: nobody wants it (the filters), or no memory. To be filled in, then event_post. With the
 * lock. */
struct tapi_event *event_new(struct tapi *tapi, TAPI_EVENT kind, LONG sub_event,
		struct tapi_address *address, struct tapi_call *call);
void event_post(struct tapi_event *event);
void tapi_event_end(struct tapi_event *event);
/* Runs the callback for what is queued. Without the lock. */
void events_deliver(struct tapi *tapi);
void events_clear(struct tapi *tapi);

/* --- sink.c ---------------------------------------------------------------------------------- */

bool sink_message(struct sink *s, struct app *a, const struct message *m);
bool sink_making(struct sink *s, struct app *a, HLINE line, const LINECALLPARAMS *params);
void sink_made(struct sink *s, struct app *a, HLINE line, LONG result);
void sink_gone(struct sink *s, struct app *a, HCALL call);
void sink_closing(struct sink *s, struct app *a); /* tapi.c */

#endif
