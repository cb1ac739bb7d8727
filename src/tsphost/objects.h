// SPDX-License-Identifier: MIT
/* objects.h - lines, phones, calls and MSP instances as the host knows them: which handle of the
 * TSP belongs to which name on the wire. Only the host thread touches them, except that a call
 * reported by LINE_NEWCALL is made on the TSP's thread (call_alloc), before the host thread sees
 * it. */
#ifndef TSPHOST_OBJECTS_H
#define TSPHOST_OBJECTS_H

#include "base/list.h"

#include <tspi.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct host;
struct item;
struct reason;

struct note {
	uint8_t *data;
	size_t size;
};

struct line {
	struct list link; /* host.lines */
	struct list calls;
	uint32_t device, handle;
	uint32_t version;     /* TSPI version that it was opened with */
	uint32_t ext_version; /* TSPI_lineSelectExtVersion */
	HDRVLINE hd;
	struct note note;
	bool closing; /* TSPI_lineClose was called: no more events, nothing is asked */
	bool closed;  /* by the TSP; forgotten at the end of the turn */
};

struct call {
	struct list link;  /* line.calls */
	struct list held;  /* events that came before the completion */
	struct line *line; /* NULL until the host thread has seen its LINE_NEWCALL */
	uint64_t id;
	uint32_t handle, line_handle;
	HDRVCALL hd;
	uint32_t state, mode, media_modes; /* as the last event said */
	uint64_t origin_session;           /* who made it, 0: it came from outside */
	uint32_t origin_serial;
	struct reason *why; /* of that state; NULL: the TSP did not say */
	struct note note;
	struct item *last; /* in this turn: the event that carries the state */
	uint64_t turn;     /* the last one in which something else than MSP data was about it */
	bool pending;      /* made by a request that has not completed */
	bool closing;      /* TSPI_lineCloseCall was called */
	bool closed;       /* its making failed; forgotten at the end of the turn */
};

struct phone {
	struct list link;
	uint32_t device, handle, version, ext_version;
	HDRVPHONE hd;
	struct note note;
	bool closed;
};

struct msp {
	struct list link;
	uint32_t handle; /* also its number on the wire */
	HDRVMSPLINE hd;
	struct line *line;
	uint32_t address_id;
	uint64_t session; /* whose instance */
};

/* NULL when memory is short. Handles are added; the rest is the caller's. */
struct line *line_new(struct host *h, uint32_t device);
/* With all its calls and MSP instances; TSPI is not called. */
void line_free(struct host *h, struct line *l);
struct line *line_find(const struct host *h, uint32_t device);

/* Any thread: no handle, no line yet. */
struct call *call_alloc(uint64_t id, HDRVCALL hd);
void call_dealloc(struct call *c);
/* A call that a request makes: pending. */
struct call *call_new(struct host *h, struct line *l);
/* Gives a call its place in the host: 0 or -ENOMEM. */
int call_settle(struct host *h, struct call *c, struct line *l);
void call_free(struct host *h, struct call *c);
struct call *call_find(const struct host *h, uint64_t id);
/* Closed, closing, or its line is: the TSP knows it no more. */
bool call_is_over(const struct call *c);

struct phone *phone_new(struct host *h, uint32_t device);
void phone_free(struct host *h, struct phone *p);
struct phone *phone_find(const struct host *h, uint32_t device);

struct msp *msp_new(struct host *h, struct line *l, uint32_t address_id, uint64_t session);
void msp_free(struct host *h, struct msp *m);
struct msp *msp_find(const struct host *h, uint32_t number);

/* size 0 forgets it. 0 or -ENOMEM. */
int note_set(struct note *n, const void *data, size_t size);
/* Frees what was closed during a turn. */
void objects_reap(struct host *h);

#endif
