// SPDX-License-Identifier: MIT
/* inbox.h - where the threads of a TSP meet the host thread. The event and completion procedures
 * may be called from any thread, also inside an entry: they only append under one mutex and write a
 * wake byte; a thread of the TSP's own that raises too much rests a moment in them (PACE_BURST).
 * The same mutex guards what the procedures look into: handles and pending requests.
 *
 * Inboxes are never freed, so that a thread of a TSP that comes late finds a closed inbox and no
 * freed memory. Each has procedures of its own: they say whose TSP is calling. */
#ifndef TSPHOST_INBOX_H
#define TSPHOST_INBOX_H

#include "base/list.h"
#include "tsphost/handles.h"
#include "tsphost/reason.h"

#include <tspi.h>

/* ENTRY_BYTES: what the host thread itself may raise, in an entry, before it looks. LINE_CREATE and
 * PHONE_CREATE for all devices that there can be are less. */
enum { INBOX_MAX = 32, INBOX_BYTES = 1024 * 1024, ENTRY_BYTES = 32 * INBOX_BYTES };
/* A thread of a TSP that raises without end would have one processor, and what becomes of it
 * another one. PACE_BURST is taken as it comes, PACE_A_MS is always due, both of all threads
 * together; who raises more waits a millisecond, in a batch, too. 4000 SIP calls in a second are
 * 40 in a millisecond. */
enum { PACE_BURST = 2048, PACE_A_MS = 48 };

struct call;
struct inbox;
struct line;
struct phone;
struct request;

enum item_kind { ITEM_COMPLETION, ITEM_LINE, ITEM_PHONE };

struct item {
	struct list link;
	enum item_kind kind;
	struct request *request; /* of a completion, which lives inside it */
	LONG result;
	uintptr_t device, call; /* handles as the TSP gave them */
	DWORD msg;
	uint64_t p[3];
	struct reason *reason; /* NULL: none */
	uint8_t *data;         /* in the same block */
	size_t size;
	/* what the handles named, filled in by the host thread */
	struct call *on_call;
	struct line *on_line;
	struct phone *on_phone;
};

struct inbox_procs {
	ASYNC_COMPLETION completion;
	TSPI_BATCH batch;
	LINEEVENT line;
	PHONEEVENT phone;
};

/* For this provider, whose name begins what is logged. The calling thread becomes the owner, which
 * never waits. NULL: too many, or no descriptors. */
struct inbox *inbox_open(const char *provider);
/* Everything in it is forgotten; threads that wait for room go on. */
void inbox_close(struct inbox *b);
/* Readable when another thread than the owner has put something in. What the owner itself puts in
 * (a TSP in its entries) wakes nobody: it asks inbox_is_empty() before it waits. */
int inbox_wake_fd(const struct inbox *b);
bool inbox_is_empty(struct inbox *b);
const struct inbox_procs *inbox_procs(const struct inbox *b);
/* Call ids are provider << 32 | a number from first. */
void inbox_set_calls(struct inbox *b, uint32_t permanent_id, uint32_t first);
uint64_t inbox_next_call_id(struct inbox *b);

/* inbox_wake_fd() was readable. */
void inbox_heard(struct inbox *b);
/* Moves what came so far to the end of out. Events are the caller's: item_free(). */
void inbox_take(struct inbox *b, struct list *out);
/* A host-made item as if the TSP had raised it, NULL when memory is short. */
struct item *item_new(enum item_kind kind, DWORD msg, const void *data, size_t size);
/* Does nothing to completions, which belong to their request. */
void item_free(struct item *i);

uint32_t inbox_add(struct inbox *b, enum handle_kind kind, void *object);
void *inbox_find(struct inbox *b, enum handle_kind kind, uintptr_t handle);
/* Some object of the kind has or had this handle. */
bool inbox_was_given(struct inbox *b, enum handle_kind kind, uintptr_t handle);
void inbox_remove(struct inbox *b, uintptr_t handle);
/* Any object of the kind, NULL: none left. */
void *inbox_any(struct inbox *b, enum handle_kind kind);

/* Gives r an id and lets the TSP complete it. Ids go on when the inbox is opened again, so that a
 * completion that comes late meets no new request. 0 or -ENOMEM. */
int inbox_expect(struct inbox *b, struct request *r);
/* The TSP has completed it, whether that was taken or not. */
bool inbox_has_completed(struct inbox *b, const struct request *r);
/* Also takes a completion that waits out of the inbox. */
void inbox_forget(struct inbox *b, struct request *r);

#endif
