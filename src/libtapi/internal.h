// SPDX-License-Identifier: MIT
/* internal.h - what the sources of libtapi share: applications (one connection each), open lines
 * and phones, calls, and the hooks by which tapi3/ takes part in the same connection.
 *
 * Locks: the table's lock (handles.c) is the innermost; struct app's lock guards everything in it
 * and in its lines and calls. The lock is never held while the application's or an MSP's code runs.
 */
#ifndef LIBTAPI_INTERNAL_H
#define LIBTAPI_INTERNAL_H

#include "base/list.h"
#include "base/log.h"
#include "base/map.h"
#include "wire/arena.h"
#include "wire/calls.h"
#include "wire/conn.h"
#include "wire/phone_error.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <tapi.h>
#include <tapix.h>

enum handle_kind {
	HANDLE_LINEAPP = 1,
	HANDLE_LINE,
	HANDLE_CALL,
	HANDLE_PHONEAPP,
	HANDLE_PHONE,
};

enum link_state {
	LINK_AWAY,     /* no connection; tried again at retry_at */
	LINK_GREETING, /* HELLO sent */
	LINK_RESUMING, /* the snapshot is sent, RESYNC not here yet */
	LINK_ONLINE,
	LINK_GONE,   /* away for too long: the session is lost */
	LINK_CLOSED, /* lineShutdown */
};

/* One socket; outlives its use by a thread that polls it. */
struct link {
	struct conn conn;
	unsigned refs;
	struct conn_ends ends;
	bool polling; /* a thread waits for its input and will read it */
	bool reading; /* its frames are being taken */
	bool broken;  /* nothing can be written any more; the end will be read */
};

enum {
	REPLIES_KEPT = 64,
	CLOSES_KEPT = 32,
	ADDRESSES_KEPT = 16,
	SOCKET_PATH_MAX = 108,
	NAME_MAX_SIZE = 128,
};

/* Milliseconds; tests shorten them. */
struct limits {
	uint32_t call_away;      /* how long a call waits for a daemon that has gone */
	uint32_t session_away;   /* how long an application stays without one */
	uint32_t retry;          /* between attempts */
	uint32_t start;          /* how long the first connection waits for a daemon that starts */
	_Atomic uint32_t answer; /* how long a daemon may take to answer */
};
extern struct limits limits;

struct kept_reason {
	uint32_t key; /* request id; for closed lines their handle */
	struct tapix_reason reason;
};

/* An HLINEAPP or HPHONEAPP: one connection to the daemon. */
struct app {
	struct list link_apps; /* of the process, oldest first; the table's lock */
	atomic_uint refs;
	pthread_mutex_t lock;
	pthread_cond_t changed; /* broadcast after input and at the end */
	uint32_t handle;
	bool phone, borrowed, tracks_hubs;

	DWORD api_version; /* what the application asked for, at most the server's */
	DWORD server_version;
	DWORD mode; /* LINEINITIALIZEEXOPTION_ */
	LINECALLBACK callback;
	DWORD request_modes, request_instance; /* lineRegisterRequestRecipient */
	DWORD devices;                         /* lines or phones there were at initialisation */
	char name[NAME_MAX_SIZE], friendly[NAME_MAX_SIZE];
	char socket[SOCKET_PATH_MAX];

	enum link_state state;
	struct link *link; /* NULL when away */
	atomic_int fds[3]; /* the same, for the child after a fork; -1 none */
	bool lacks_pipes;  /* they did not come */
	uint64_t session;
	uint64_t away_since, retry_at;
	struct tapix_reason away; /* why there is no connection */
	LONG refused;             /* the code for why there is none, if not OPERATIONFAILED */

	int gather, timer, wake[2];
	bool woken;     /* a byte is in the wake pipe */
	bool attention; /* dispatching has something to do beside the queue */
	bool dispatching;
	bool holds_posts; /* more of their kind are about to come */
	bool awaits_room; /* the timer runs for what the socket did not take */
	pthread_t dispatcher;

	uint32_t next_serial;
	bool serials_wrapped;
	struct list requests; /* struct request, in flight */
	struct list pendings; /* struct pending, RETURNed asynchronous requests */
	struct list posts;    /* of request.c: MSP data without its RETURN */
	struct list late;     /* of late.c: requests that nobody waits for any more */
	unsigned posted;
	struct list queue; /* struct item, arrived and not yet dispatched */
	unsigned queued;
	size_t queued_bytes;
	struct map queued_of;   /* how many of them are about a call, by its id */
	bool queued_of_is_less; /* there was no memory to count all */
	struct list lines;
	struct map calls; /* struct call by id */
	struct list msps, sinks, sources;

	/* Where calls of tapi3/ write their handle when their LINE_REPLY is dispatched; nobody
	 * reads it. It must live as long as the request, and objects may not. */
	HCALL made, conference[2];
	struct kept_reason replies[REPLIES_KEPT]; /* of failed requests */
	unsigned reply_count;
};

/* An HLINE or HPHONE: one lineOpen or phoneOpen. */
struct line {
	struct list link;
	struct app *app;
	uint32_t handle;
	bool phone;
	bool closed;           /* its LINE_CLOSE or PHONE_CLOSE is in the queue */
	uint32_t open, device; /* the core's number of the open; the device id */
	DWORD api_version, ext_version, privileges, media_modes, address_id;
	DWORD states[3];                 /* lineSetStatusMessages, phoneSetStatusMessages */
	uint64_t opened_at;              /* as the core said */
	DWORD num_rings[ADDRESSES_KEPT]; /* lineSetNumRings, 0: not set */
	DWORD_PTR instance;
	uint32_t proxies;    /* LINEPROXYREQUEST_ types that it serves, a bit each */
	struct list proxied; /* of proxy.c: requests that the application has not answered */
};

struct call {
	uint64_t id;
	uint32_t handle;
	struct line *line;
	bool pending; /* reserved by a request, not valid until its LINE_REPLY */
	uint32_t hub; /* dwCallID of the call hub that is known by this call */
	bool given;   /* LINE_APPNEWCALL has told of it, its LINE_CALLSTATE follows */
	DWORD privilege, state;
	DWORD digit_modes, media_modes; /* that are monitored */
	bool tones, controls;           /* lineMonitorTones, lineSetMediaControl */
	struct list gathers;            /* struct gather */
	struct tapix_reason reason;
};

/* --- handles.c -------------------------------------------------------------------------------- */

/* 0 when memory is short. Application handles belong to the table until handle_remove. */
uint32_t handle_new(enum handle_kind kind, struct app *a, void *object);
void handle_remove(uint32_t handle);
/* The application that a handle belongs to, with a reference; NULL: stale, foreign or of another
 * kind. */
struct app *handle_app(uint32_t handle, enum handle_kind kind);
/* Under the lock of a: its object behind the handle, or NULL. */
void *handle_object(const struct app *a, uint32_t handle, enum handle_kind kind);
/* Lets the process know an application, so that handle_oldest and a fork find it. */
void apps_add(struct app *a);
void apps_remove(struct app *a);
/* With a reference; phone: only HPHONEAPPs, else HLINEAPPs before HPHONEAPPs. NULL: none is live.
 */
struct app *apps_oldest(bool phone);
struct app *apps_by_descriptor(int gather);

/* --- app.c ------------------------------------------------------------------------------------ */

struct app_options {
	bool phone;
	DWORD api_version, mode;
	LINECALLBACK callback;
	const char *friendly; /* NULL: the program's name */
	bool borrowed;        /* of borrow.c: no program finds it */
	bool tracks_hubs;     /* LINEINITIALIZEEXOPTION_CALLHUBTRACKING */
};
/* Connects and greets. The handle is made, the reference is the caller's. 0 or a LINEERR_, last
 * reason set. */
LONG app_open(const struct app_options *options, struct app **out);
/* An application handle's application with a reference, or the documented error. */
LONG app_get(uint32_t handle, enum handle_kind kind, struct app **out);
/* lineShutdown; the caller's reference remains. */
void app_close(struct app *a);
struct app *app_ref(struct app *a);
void app_unref(struct app *a);
void app_lock(struct app *a);
void app_unlock(struct app *a);
/* For the time of a hook: whoever dispatches comes back, so nobody is woken for what is queued. */
void app_unlock_for_hook(struct app *a);
/* Sets the wake byte as the queue says; before the lock is given up in any way. */
void app_wake(struct app *a);
/* Waits on app.changed. */
void app_wait(struct app *a, uint64_t deadline_ms);

/* Under the lock. NULL: no memory. */
struct line *line_new(struct app *a, uint32_t open, uint32_t device);
void line_free(struct line *l); /* with its calls */
struct line *line_by_open(const struct app *a, uint32_t open);
struct call *call_new(struct line *l, uint64_t id);
void call_free(struct call *c);

/* TapixInitialize: waits until the providers have reported; how many devices there are. */
LONG app_await_providers(struct app *a, LPDWORD devices);

/* --- borrow.c --------------------------------------------------------------------------------- */

/* The program's oldest application, else one for this call; to be given back. 0 or an error, last
 * reason set. */
LONG app_borrow(struct app **out);
void app_give_back(struct app *a);

/* --- launch.c --------------------------------------------------------------------------------- */

/* Starts the first program of the user's list that can be started, for requests of assisted
 * telephony. False: none can, last reason set. */
bool launch_recipient(void);

/* --- socket.c --------------------------------------------------------------------------------- */

void socket_path(char out[SOCKET_PATH_MAX]);

/* --- reason.c --------------------------------------------------------------------------------- */

void reason_clear(struct tapix_reason *r);
void reason_set(struct tapix_reason *r, DWORD layer, const char *cause, const char *fmt, ...)
		LOG_PRINTF(4, 5);
/* From the wire; f may be NULL. code: whose name stands in when nothing was said. */
void reason_from(struct tapix_reason *r, const Failure *f, LONG code);
/* Note why the current function fails, and return code. */
#define fail(code, ...) (fail_because(__VA_ARGS__), (code))
void fail_because(const char *cause, const char *fmt, ...) LOG_PRINTF(2, 3);
LONG fail_with(LONG code, const struct tapix_reason *r);
/* A line or phone was closed by the daemon. */
void reason_closed(uint32_t handle, const struct tapix_reason *r);
LONG lineerr_from_errno(int err);

/* --- link.c, resume.c ------------------------------------------------------------------------- */

/* All under the lock. */
/* There is no connection: connects now if it is time to; greets. 0, or -errno of connecting. */
int link_try(struct app *a);
void link_lost(struct app *a, const char *cause, const char *fmt, ...) LOG_PRINTF(3, 4);
/* unreachable.c: the same because there is no connecting to it (an errno below 0). */
void link_unreachable(struct app *a, const char *cause, int err);
/* Nothing is wrong with the daemon: it is we who have no descriptor or memory left. */
bool link_lacks(int err);
/* Reads what is there, unless another thread is about to. */
void link_input(struct app *a);
/* Waits until something may have changed, or the deadline; does the reading where nobody else does.
 */
void link_step(struct app *a, uint64_t deadline_ms);
/* What time alone brings: attempts, giving up. */
void link_tick(struct app *a);
/* There is a connection: queues a frame and writes what the socket takes. 0 or -errno; a broken
 * link is noted. */
int link_send(struct app *a, struct frame_header *h, const void *body, size_t size);
int link_send_message(struct app *a, struct frame_header *h, const ProtobufCMessage *body);
/* Queues it; it goes with what is sent next, or by link_flush(), which needs no connection. */
int link_send_later(struct app *a, struct frame_header *h, const ProtobufCMessage *body);
void link_flush(struct app *a);
/* Before the lock is given up: what the socket did not take, and no message brings back to, has the
 * descriptor call for dispatching soon. */
void link_await_room(struct app *a);
void link_close(struct app *a);
void link_unref(struct link *l);

/* Sends what this side knows, see proto/README.md section 4. */
int resume_send(struct app *a);
void resume_resync(struct app *a, const Resync *r);
/* The session is lost: every request, call and line ends. */
void resume_give_up(struct app *a);
/* The same, but there is a new session. */
void resume_anew(struct app *a);

/* --- request.c -------------------------------------------------------------------------------- */

/* On the stack of the thread that waits for its RETURN. */
struct request {
	struct list link;
	const struct rule *rule;
	uint32_t serial, open;
	const uint8_t *body;
	size_t size;
	uint32_t device; /* that it opens */
	bool sent, done;
	uint64_t send_by; /* while not sent, or sent before the link broke */
	LONG result;
	struct tapix_reason reason;
	/* The RETURN came with result 0: under the lock, on any thread. Returns the function's
	 * value. */
	LONG (*returned)(struct app *a, struct request *r, struct frame *f);
	void *arg;
};

/* The message becomes its body. 0, or LINEERR_NOMEM with the last reason set. */
LONG request_pack(struct request *r, const ProtobufCMessage *m, struct arena *arena);
/* Under the lock, which is given up while it waits. 0 or an error; the last reason is set. */
LONG request_run(struct app *a, struct request *r);
void request_return(struct app *a, struct frame *f);
/* open.c: what was opened; LINEMAPPER: the reply says which. */
uint32_t open_device(const LineOpenReply *reply, uint32_t asked);
/* late.c: a request was given up; its RETURN may come all the same, and what it opens or makes then
 * ends. */
void late_await(struct app *a, const struct request *r);
/* A RETURN with 0, which this side could not take. */
void late_refused(struct app *a, const struct request *r, const struct frame *f);
/* A RETURN that no request waits for; a COMPLETION. False: it is for somebody. */
void late_returned(struct app *a, const struct frame *f);
bool late_completed(struct app *a, const struct frame *f);
/* The next daemon ends what is not claimed. */
void late_forget(struct app *a);
/* The link broke: gets will be sent again, asynchronous ones asked for, all else fails. */
void requests_interrupted(struct app *a);
/* The session is lost: those that were sent fail. */
void requests_fail(struct app *a);
/* A request that only this side has. */
bool request_fail_lost(struct app *a, uint32_t serial);
/* Sends an asynchronous one and does not wait for its RETURN: a refusal becomes its LINE_REPLY.
 * False: it has not come to the daemon. */
bool request_start(struct app *a, struct request *r);
/* Send without waiting; the answer is ignored. MSP data, and that a call is given back, are kept
 * until they are answered, and sent again after the link was lost. That a call is given back may
 * stay here as long as messages wait for the application. */
LONG request_post(struct app *a, unsigned kind, uint32_t open, const ProtobufCMessage *m);
/* Packs m, waits, and unpacks the reply into the arena. Under the lock. */
LONG request_message(struct app *a, unsigned kind, uint32_t open, const ProtobufCMessage *m,
		struct arena *arena, ProtobufCMessage **reply);
uint32_t request_serial(struct app *a);
/* The next request of this thread that will have a LINE_REPLY writes its serial there before it is
 * sent. NULL: no more. Returns what was set before. */
atomic_uint *request_watch(atomic_uint *serial);
/* After a resume. */
void posts_send_again(struct app *a);
void posts_clear(struct app *a);

/* --- queue.c ---------------------------------------------------------------------------------- */

/* Something that arrived and waits for dispatch. */
struct item {
	struct list link;
	uint16_t kind; /* FRAME_EVENT or FRAME_COMPLETION */
	uint16_t flags;
	uint32_t serial, open, origin; /* origin: the request that an event ends */
	int32_t result;
	uint32_t msg;
	uint64_t object, p1, p2, p3;
	struct tapix_reason *reason; /* NULL: none */
	uint8_t *data;               /* the event's bytes, or the body of a COMPLETION */
	size_t size;
};

/* 0 or -ENOMEM, -EPROTO (does not unpack). */
int queue_frame(struct app *a, const struct frame *f);
/* An event made here: lost calls and lines, messages split for old applications. */
int queue_event(struct app *a, uint32_t open, uint32_t msg, uint64_t object, uint64_t p1,
		const struct tapix_reason *reason);
/* TAPIX_RESYNCHRONISED. */
int queue_resynchronised(struct app *a, uint64_t calls, uint64_t lines, uint64_t missing);
/* A reply made here. */
int queue_reply(struct app *a, uint32_t serial, LONG result, const struct tapix_reason *reason);
struct item *queue_take(struct app *a);
void item_free(struct item *i);
/* Forgets the events of an open (0: of none) or of a call (0: of none) and replies to nobody. */
void queue_purge(struct app *a, uint32_t open, uint64_t call);
/* The same of a message, without open or call. */
void queue_forget(struct app *a, uint32_t msg);
void queue_clear(struct app *a);

/* --- dispatch.c ------------------------------------------------------------------------------- */

/* What the application is told. */
struct message {
	LINEMESSAGE m;
	uint32_t device;  /* line or phone device id */
	uint64_t call;    /* 0: not about a call */
	uint64_t made[2]; /* LINE_REPLY: the calls that the request has made */
	struct item *item;
};

/* Runs the sources and reads what is there. Locked; unlocked while hooks run. */
void dispatch_begin(struct app *a);
/* Translates until a message for the application comes up. 1: *out is it, to be given back to
 * dispatch_taken; 0: nothing. Locked; unlocked while hooks run. */
int dispatch_next(struct app *a, struct message *out);
/* The application has it. */
void dispatch_taken(struct app *a, struct message *m);

/* event.c: 1: *out is filled; 0: nothing for the application (any more). */
int event_translate(struct app *a, struct item *i, struct message *out);
/* version.c: as an application of this version knows it. 1; 0: it does not. */
int version_convert(struct message *m, DWORD version);
/* pending.c: the same for a COMPLETION. */
int completion_translate(struct app *a, struct item *i, struct message *out);

/* --- msp.c and the hooks of tapi3/ ------------------------------------------------------------ */

/* What a sink, a source and an MSP instance begin with: its place in the application's list, and
 * what keeps its owner (NULL: nothing has to) while one of its functions runs. hold is called under
 * the lock, release without it. */
struct hook {
	struct list link;
	void *owner;
	void (*hold)(void *owner);
	void (*release)(void *owner);
};

/* Called in dispatch context for every message, before the 2.x application gets it; true: it is
 * taken and the 2.x application does not get it. The lock is not held. */
struct sink {
	struct hook hook;
	bool (*message)(struct sink *s, struct app *a, const struct message *m);
	/* The others may be NULL; they are called without the lock, on the thread of the function:
	 * before a lineMakeCall, and after it if that was true, also when the sink is removed
	 * meanwhile (one sink at most), ... */
	bool (*making)(struct sink *s, struct app *a, HLINE line, const LINECALLPARAMS *params);
	void (*made)(struct sink *s, struct app *a, HLINE line, LONG result);
	/* ... when lineDeallocateCall or lineClose has ended a call's handle, ... */
	void (*gone)(struct sink *s, struct app *a, HCALL call);
	/* ... and before lineShutdown ends everything. */
	void (*closing)(struct sink *s, struct app *a);
};
void sink_add(struct app *a, struct sink *s);
void sink_remove(struct app *a, struct sink *s);
/* Locked; unlocked while the hooks run. */
bool sinks_message(struct app *a, const struct message *m);
/* The sink whose `made` is due, held; or NULL. */
struct sink *sinks_making(struct app *a, HLINE line, const LINECALLPARAMS *params);
void sink_tell_made(struct sink *s, struct app *a, HLINE line, LONG result);
void sinks_gone(struct app *a, HCALL call);
void sinks_closing(struct app *a);

/* A descriptor more in the application's gather (an MSP's signal pipe). `ready` runs at the
 * beginning of every dispatch, whether readable or not, without the lock. */
struct source {
	struct hook hook;
	int fd; /* -1: none */
	void (*ready)(struct source *s, struct app *a);
};
LONG source_add(struct app *a, struct source *s);
void source_remove(struct app *a, struct source *s);
/* Locked; unlocked while they run. */
void sources_ready(struct app *a);

/* One MSP instance on an open line. */
struct msp {
	struct hook hook;
	uint32_t msp_line, device, address_id, open;
	/* LINE_SENDMSPDATA. call 0: for the address. False: nobody there takes it. Without the
	 * lock. */
	bool (*data)(struct msp *m, struct app *a, HCALL call, uint64_t call_id, const void *data,
			size_t size);
	/* The server has lost the instance. Without the lock. */
	void (*lost)(struct msp *m, struct app *a);
	bool is_lost;
};
/* The lock must not be held by the caller of these. */
LONG msp_create(struct app *a, HLINE line, DWORD address_id, struct msp *m);
void msp_close(struct app *a, struct msp *m);
/* Does not wait for an answer. call 0: for the address. */
LONG msp_send(struct app *a, const struct msp *m, HCALL call, const void *data, size_t size);
LONG msp_identify(struct app *a, DWORD device, GUID *clsid);
/* Takes a LINE_SENDMSPDATA item; locked, unlocked while the MSP runs. */
void msp_receive(struct app *a, const struct item *i);
void msp_tell_lost(struct app *a);

#endif
