// SPDX-License-Identifier: MIT
/* mock.h - a thread that plays tapisrvd for one client at a time, on a socket in a private folder:
 * two lines, calls that connect as soon as they are made, as proto/README.md says. */
#ifndef TESTS_LIBTAPI_MOCK_H
#define TESTS_LIBTAPI_MOCK_H

#include "wire/calls.h"
#include "wire/conn.h"

#include <pthread.h>
#include <stdbool.h>

enum { MOCK_LINES = 2, MOCK_KINDS = 1000 };
/* So long is waited for what comes: no machine is that slow. */
enum { PATIENCE_MS = 30000 };
#define MOCK_CALL 0x100000000ULL /* call ids are this and a counter */

struct mock;
/* Answers a request in place of the mock; false: the mock shall do it. Called with the lock held.
 * Also sees snapshots. */
typedef bool (*mock_handler)(struct mock *m, const struct frame *f);

struct mock {
	char folder[64], path[96];
	int listener, wake[2];
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct conn conn;
	bool connected, stop, breaks, hold; /* hold: read requests and do not answer */
	bool pipes;                         /* it gives them to a client that can use them */
	uint64_t session;
	uint32_t next_open, next_call;
	unsigned connections, hellos, acks, snapshots, resumes, hangups;
	unsigned seen[MOCK_KINDS], seen_count; /* requests of each kind, and all of them */
	uint8_t last_body[65536 + 4096];
	uint32_t last_size, last_open, last_ack;
	mock_handler handler;
	mock_handler greeter; /* the same for a HELLO */
	Resync resync;        /* the answer to a snapshot */
	void *arg;
};

/* Makes the folder and listens; the program's socket is set to it. */
struct mock *mock_new(void);
void mock_free(struct mock *m);
/* Takes the daemon away (the socket too) and brings it back. */
void mock_down(struct mock *m);
void mock_up(struct mock *m);
/* Only the connection breaks. */
void mock_break(struct mock *m);

/* Not locked. */
void mock_handle(struct mock *m, mock_handler handler, mock_handler greeter);
void mock_lock(struct mock *m);
void mock_unlock(struct mock *m);

/* Locked: frames to the client. */
void mock_return(struct mock *m, const struct frame_header *request, const ProtobufCMessage *body);
void mock_fail(struct mock *m, const struct frame_header *request, uint16_t kind, int32_t result,
		const char *cause, const char *sentence);
void mock_complete(struct mock *m, const struct frame_header *request,
		const ProtobufCMessage *body);
void mock_bytes(struct mock *m, struct frame_header *h, const void *body, size_t size);
/* FRAME_PIPE with a copy of fd. */
void mock_pipe(struct mock *m, int fd);
void mock_event_locked(struct mock *m, uint32_t open, uint32_t result, uint16_t flags,
		uint32_t serial, const Event *e);
/* Not locked. */
void mock_event(struct mock *m, uint32_t open, uint32_t result, uint16_t flags, uint32_t serial,
		const Event *e);
void mock_call_state(struct mock *m, uint32_t open, uint64_t call, uint32_t state, uint32_t mode);
/* A new call, offered with owner privilege; returns its id. */
uint64_t mock_offer(struct mock *m, uint32_t open);
/* Waits until count requests of this kind have come (5 s, then the test fails). */
void mock_await(struct mock *m, uint16_t kind, unsigned count);
/* Waits until *counter, a member of m, has reached count. */
void mock_await_count(struct mock *m, const unsigned *counter, unsigned count);
unsigned mock_count(struct mock *m, uint16_t kind);
/* A counter that is a member of m. */
unsigned mock_value(struct mock *m, const unsigned *counter);

#endif
