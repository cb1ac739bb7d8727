// SPDX-License-Identifier: MIT
/* scene.h - an application of tapi3.h against the mock of the daemon and the mock MSP. */
#ifndef TESTS_TAPI3_SCENE_H
#define TESTS_TAPI3_SCENE_H

#include "../libtapi/mock.h"
#include "mock_msp.h"

#include <check.h>
#include <string.h>
#include <tapi3.h>
#include <tapix.h>

enum { EVENTS_KEPT = 64, SENT_MAX = 4096, MSP_LINE = 5 };

struct kept_event {
	TAPI_EVENT kind;
	LONG event, state, cause, error, termination;
	char digit;
	struct tapi_call *
			call; /* pointers are only compared, but for calls: they have a reference */
	struct tapi_stream *stream;
	struct tapi_terminal *terminal;
	unsigned msp_calls; /* how many MSP calls lived when the event came */
};

struct scene {
	struct mock *server;
	struct mock_msp *msp; /* NULL until loaded */
	void (*raise)(const struct msp_event *e);
	struct tapi *tapi;
	struct tapi_address *address;
	struct kept_event events[EVENTS_KEPT];
	unsigned event_count;
	bool no_msp;         /* the provider names none */
	uint32_t modes;      /* LINEMEDIAMODE_ of the lines */
	uint32_t clsid_last; /* the last word of the class, when not the mock's */
	/* What MSPs said, each followed by '|'. */
	char sent[SENT_MAX];
	unsigned sent_count, empty_count;
	uint64_t sent_call;
	unsigned calls_at_make_call; /* MSP calls that lived when LineMakeCall came */
	uint16_t refuse_kind;        /* requests that fail in their COMPLETION */
	void (*on_event)(struct scene *s, struct tapi_event *e);
};
extern struct scene scene;

/* A tapi with the filter wide open. `own`: by tapi_initialize; else of an application of tapi.h,
 * whose handle is tapi_get_handle(). */
void scene_open(bool own);
void scene_close(void);
/* The event callback of the tapi, for another one. */
void scene_keep_event(struct tapi_event *e, void *arg);
/* Dispatches until there are that many events. */
void scene_await(unsigned count);
/* The event of this kind that comes after the ones looked at before. */
struct kept_event *scene_expect(TAPI_EVENT kind);
/* Dispatches until `*counter` has reached `count`. */
void scene_await_count(const unsigned *counter, unsigned count);
/* Registers for calls of the address. */
/* LINE_CREATE or LINE_REMOVE. */
void scene_device_event(uint32_t msg, uint32_t device);
void scene_register(void);
/* The number of the open that lineOpen was given last. */
uint32_t scene_last_open(void);
void scene_tsp_data(uint32_t open, uint64_t call, const void *data, size_t size);
/* A call that came in, offered. */
struct tapi_call *scene_incoming(uint64_t *id);
/* An outgoing one, connected. */
struct tapi_call *scene_connected(void);
/* Does the MSP's log have this line? How often? Does a come before b? */
unsigned scene_msp_did(const char *line);
bool scene_msp_order(const char *a, const char *b);

#endif
