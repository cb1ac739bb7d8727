// SPDX-License-Identifier: MIT
/* core.h - the test plays the core: a socketpair, tsphost_run() on a thread at its other end, and
 * frames that are asked for in the order in which they came. */
#ifndef TESTS_HOST_CORE_H
#define TESTS_HOST_CORE_H

#include "mock/mock.h"

#include "base/list.h"
#include "wire/arena.h"
#include "wire/calls.h"
#include "wire/conn.h"

#include <pthread.h>
#include <stdatomic.h>

#define PROVIDER_ID 7u
#define LINE_BASE   10u
#define SESSION     0x5e5510000000abcdULL
#define CALL_ID(n)  ((uint64_t)PROVIDER_ID << 32 | (n))

/* One frame that came, unpacked. */
struct got {
	struct list link;
	struct frame_header h;
	int fd;
	ProtobufCMessage *body; /* of its kind, Failure when the flag says so */
};

struct core {
	struct conn conn;
	int ends[2]; /* of pipes that the answer to the hello puts to use: to read, to write */
	bool gives_pipes;
	pthread_t thread;
	int has_thread, exit_code, host_fd;
	const char *path; /* of the TSP */
	struct list got;  /* in order, not asked for yet */
	struct list old;  /* freed at the end */
	struct arena arena;
	uint16_t kinds[4096]; /* by serial: how to read the answer */
	uint32_t serial;
	const struct mock_api *mock;
	char folder[128], socket[160];
	int listener, stop[2];
	_Atomic int ended; /* the listening host has left its loop */
};

/* "mock" or "recorder", below $BUILD/lib. The hello is done. */
void core_start(struct core *c, const char *tsp);
void core_start_with(struct core *c, const char *tsp, const char *key, const char *value);
/* Several keys; { NULL, NULL } ends them. */
void core_start_keys(struct core *c, const char *tsp, const char *const (*keys)[2]);
void core_start_at(struct core *c, const char *path);
/* On a connection of the test's own (process mode); the hello is not done. */
void core_adopt(struct core *c, int fd, const char *tsp);
const Hello *core_take_hello(struct core *c);
/* Before that: two pipes, which that answer puts to use. */
void core_give_pipes(struct core *c);
/* One end of them, or what is none; closed here. */
void core_give_end(struct core *c, int fd);
void core_answer_hello(struct core *c, const char *key, const char *value);
void core_answer_keys(struct core *c, const char *const (*keys)[2]);
/* As a message has them. */
KeyValue **core_pairs(struct core *c, const char *const (*keys)[2], size_t *count);
/* The host runs on a thread as it does in its own process: it connects to a socket of the test's,
 * and again when the connection is gone. core_accept() takes the next connection, hello not done.
 */
void core_listen(struct core *c, const char *tsp);
void core_accept(struct core *c);
/* The core dies: connection and memory of requests are gone. */
void core_die(struct core *c);
/* Closes the connection and waits for the host; its exit code. */
int core_stop(struct core *c);

/* Sends a request with SESSION and the same serial as origin; the serial. */
uint32_t core_send(struct core *c, uint16_t kind, const void *request);
void core_send_frame(struct core *c, struct frame_header *h, const void *body, size_t size);
/* A private folder. */
void core_make_folder(struct core *c);
/* The next frame of any kind. */
struct got *core_next(struct core *c);
/* The next frame, which must be this. */
struct got *core_expect(struct core *c, uint16_t kind);
/* Until the RETURN of serial; what comes before stays. */
struct got *core_return(struct core *c, uint32_t serial);
/* Sends, waits for the RETURN, checks its result, gives its body. */
void *core_call(struct core *c, uint16_t kind, const void *request, LONG result);
/* The next frame must be an EVENT with this message. */
const Event *core_event(struct core *c, uint32_t msg);
/* Nothing more has been said: a request that the host answers at once comes back alone. */
void core_expect_silence(struct core *c);
const char *core_reason(const struct got *g);
void core_ack(struct core *c, uint32_t serial);

/* From the hello to TSPI_providerInit, and one open line (LINE_BASE). */
void core_run_provider(struct core *c);
/* Starts the mock and does all that. */
void core_world(struct core *c);
/* LineMakeCall: sends, the serial. */
uint32_t core_dial(struct core *c, const char *address);

#endif
