// SPDX-License-Identifier: MIT
/* world.h - a core with mock hosts and mock applications over socketpairs, all in one thread, on
 * the virtual clock. Nothing waits: world_turn() runs the loop until nobody has anything to say. */
#ifndef TESTS_CORE_WORLD_H
#define TESTS_CORE_WORLD_H

#include "tapisrvd/core.h"
#include "tapisrvd/failure.h"
#include "wire/arena.h"
#include "wire/calls.h"
#include "wire/conn.h"

#include <check.h>
#include <tapi.h>
#include <tspi.h>

enum { WORLD_SEEN = 512, WORLD_PEERS = 16, MOCK_LINES = 4, MOCK_OWED = 64 };

/* A frame that a mock has received. */
struct seen {
	struct frame_header h;
	ProtobufCMessage *body; /* unpacked by its kind; NULL if empty of meaning */
	int fd;
};

struct mock {
	struct world *world;
	struct conn conn;
	struct conn_ends ends;
	bool is_host, connected; /* connected: the core has not closed it */
	struct arena arena;
	struct seen seen[WORLD_SEEN];
	unsigned count;
	bool forgets; /* what it has seen when there is no room for more */
	/* hosts */
	const char *name;
	uint32_t provider_id, line_base, calls;
	int more_lines;         /* than MOCK_LINES */
	uint32_t address_types; /* of its lines */
	uint32_t caps_bytes;    /* more in their capabilities; then the last has voice, no other */
	uint32_t phones;        /* it has none by itself */
	uint32_t phone_base;
	const char *names[12]; /* of lines and phones, from its first; NULL: "mock line" */
	bool manual[CALL_MAX]; /* not answered by itself */
	/* True: it has been answered here. */
	bool (*script)(struct mock *host, const struct seen *request);
	bool silent;       /* answers nothing at all */
	uint16_t stops_at; /* from the first of this kind on: until host_go_on() */
	unsigned stopped;  /* at which of seen, counted from 1 */
	bool deaf;         /* does not read */
	bool slow;         /* completes nothing by itself: it owes these */
	uint32_t owed[MOCK_OWED];
	unsigned owed_count;
	int32_t fail[CALL_MAX]; /* RETURN this instead of 0 */
	Hello core_hello;       /* first_call and the like */
	/* applications */
	uint64_t session;
	uint32_t serial;
	uint32_t kinds[WORLD_SEEN]; /* of the requests sent, by serial */
};

struct world {
	struct event_base *base;
	struct options options;
	struct core *core;
	struct mock *peers[WORLD_PEERS];
	unsigned peer_count;
	bool asks_pipes; /* the mocks do, in their hello */
	bool is_real;    /* what can wait a moment does; else it is written in the same turn */
};

/* Two applications that have line 0 of one provider open. */
struct two_apps {
	struct world w;
	struct mock *host, *a, *b;
	uint32_t a_open, b_open;
};

/* Two providers, an application that owns the first line of each. */
struct two_hosts {
	struct world w;
	struct mock *host, *other, *app;
	uint32_t open, other_open;
};

/* With the named providers (NULL ends), no host yet. */
void world_init(struct world *w, const char *provider, const char *second);
/* With a state folder, which stays when the world ends. */
void world_init_state(struct world *w, const char *provider, const char *second, const char *state);
void world_fini(struct world *w);
void world_turn(struct world *w);
/* SIGHUP with this text as the file; the providers of the start are there in any case. */
void world_reload(struct world *w, const char *text);
/* Nothing can be written to the store; or it has no room for anything long. */
void world_store_fails(struct world *w, bool fails);
void world_store_is_full(struct world *w);
/* Moves the clock in steps, as a loop would see it. */
void world_wait(struct world *w, unsigned ms);
/* The core dies without a word and a new one starts; hosts and applications lose their connections.
 */
void world_kill_core(struct world *w);

/* With these privileges. */
void two_apps_init(struct two_apps *f, uint32_t a, uint32_t b);
void two_hosts_init(struct two_hosts *f);

/* A host that answers by itself; the core has greeted it when this returns. */
struct mock *world_host(struct world *w, const char *provider);
/* On a connection of the test's, which may have said what is not answered by itself. */
struct mock *world_host_on(struct mock *host, const char *provider);
/* A socket pair, its other end given to the core as a host or client. */
struct mock *world_raw(struct world *w, bool is_host, uid_t uid);
/* An application that has said hello and has initialised. */
struct mock *world_app(struct world *w, const char *name);
/* The same of another user. */
struct mock *world_app_of(struct world *w, const char *name, uid_t uid);
/* Its first frame, of our protocol and API versions; hello says the rest. */
void app_hello(struct mock *app, Hello *hello);
/* Closes a mock's end. */
void mock_hang_up(struct mock *m);

void mock_send(struct mock *m, struct frame_header h, const ProtobufCMessage *body);
/* Frames of this kind so far; the last of them. */
unsigned mock_count(const struct mock *m, uint16_t kind);
const struct seen *mock_last(const struct mock *m, uint16_t kind);
void mock_forget(struct mock *m);

/* Comes back as the session that it was, on a connection of its own; its claims are to follow. */
struct mock *app_again(struct world *w, uint64_t session, const char *name);
/* Sends a request and returns its serial. */
uint32_t app_send(struct mock *app, uint16_t kind, uint32_t open, const ProtobufCMessage *body);
/* The same, and it does not wait for the RETURN. */
uint32_t app_post(struct mock *app, uint16_t kind, uint32_t open, const ProtobufCMessage *body);
/* Sends it and returns the result of its RETURN, which must come at once. */
int32_t app_call(struct mock *app, uint16_t kind, uint32_t open, const ProtobufCMessage *body);
/* The answer to a serial, NULL if none has come. kind: FRAME_RETURN or FRAME_COMPLETION. */
const struct seen *app_answer(const struct mock *app, uint16_t kind, uint32_t serial);
unsigned app_answers(const struct mock *app, uint16_t kind, uint32_t serial);
const Failure *seen_failure(const struct seen *s);
/* The body of an event, which must have come. */
const Event *seen_event(const struct seen *s);
/* lineOpen; the open's number, 0 when it failed. */
uint32_t app_open(struct mock *app, uint32_t device, uint32_t privileges, uint32_t media_modes);
/* lineMakeCall through to its COMPLETION; the call's id. */
uint64_t app_make_call(struct mock *app, uint32_t open, uint32_t device);
int32_t app_on_call(struct mock *app, uint16_t kind, uint32_t open, uint64_t call);
/* Events with this message so far; the last of them (NULL: none). */
unsigned app_events(const struct mock *app, uint32_t msg);
const struct seen *app_event(const struct mock *app, uint32_t msg);
/* LINE_APPNEWCALLHUB that the application gets: not those that only say by which call it is known.
 */
unsigned app_new_hubs(const struct mock *app);
/* The state of the last LINE_CALLSTATE, 0: none came. */
uint32_t app_state(const struct mock *app);
/* Takes the event that asked to be acknowledged. */
void app_ack(struct mock *app);

void host_event(struct mock *host, uint64_t object, uint32_t msg, uint64_t p1, uint64_t p2,
		uint64_t p3, CallState *state);
/* A new call from outside: LINE_NEWCALL and OFFERING with a snapshot. Its id. */
uint64_t host_new_call(struct mock *host, uint32_t device, uint32_t media_modes);
/* LINE_CALLSTATE with a snapshot. */
void host_state(struct mock *host, uint64_t call, uint32_t state, uint32_t mode);
void host_return(struct mock *host, const struct seen *request, int32_t result,
		const ProtobufCMessage *reply);
/* Answers what has come since it stopped. */
void host_go_on(struct mock *host);
/* The answer to TspiProviderEnumDevices, where it is not given by itself. */
void host_return_devices(struct mock *host);
void host_complete(struct mock *host, uint32_t serial, int32_t result);
/* How often the core asked this of the host; the last time. */
unsigned host_asked(const struct mock *host, uint16_t kind);
const struct seen *host_request(const struct mock *host, uint16_t kind);

#define OWNER   LINECALLPRIVILEGE_OWNER
#define MONITOR LINECALLPRIVILEGE_MONITOR
#define VOICE   LINEMEDIAMODE_INTERACTIVEVOICE

#endif
