// SPDX-License-Identifier: MIT
/* inbox.c - the queue behind a TSP's procedures. Rules: the mutex is held for a few instructions, a
 * foreign thread waits while the queue is full or when it is too fast, the host thread never. */
#define LOG_TOPIC "host"
#include "tsphost/inbox.h"

#include "base/clock.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/os.h"
#include "base/trace.h"
#include "tsphost/inbox_procs.h"
#include "tsphost/objects.h"
#include "tsphost/request.h"
#include "wire/frame.h"
#include "wire/names.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct inbox {
	bool ready, open, awake;
	pthread_mutex_t lock;
	pthread_cond_t room;
	pthread_t owner;
	int wake[2];
	struct list items;
	size_t bytes;
	uint32_t raised, early; /* since the clock was looked at; more than was due then */
	uint64_t looked_ms;
	struct handles handles;
	struct map expected; /* struct request by DRV_REQUESTID */
	uint32_t provider, calls;
	DRV_REQUESTID last_request;
	char name[64]; /* the provider's */
};

static struct inbox inboxes[INBOX_MAX];

/* The inboxes for which this thread is in a batch, a bit each. */
static _Thread_local uint32_t batches;

_Static_assert(INBOX_MAX <= 32, "each inbox has a bit");

static pthread_mutex_t inboxes_lock = PTHREAD_MUTEX_INITIALIZER;

/* Not locked; a thread of the TSP that comes late finds the name still there. */
static void complain(struct inbox *b, enum log_level level, const char *fmt, ...) LOG_PRINTF(3, 4);

static void complain(struct inbox *b, enum log_level level, const char *fmt, ...)
{
	char name[sizeof(b->name)], text[256];
	va_list args;

	pthread_mutex_lock(&b->lock);
	memcpy(name, b->name, sizeof(name));
	pthread_mutex_unlock(&b->lock);
	va_start(args, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	log_at(level, "%s: %s", name, text);
}

/* The pipe stays when the inbox is closed: a thread that comes late may be about to write to it. */
static bool prepare(struct inbox *b, const char *provider)
{
	if (!b->ready && os_pipe(b->wake) < 0)
		return false;
	if (!b->ready &&
			(pthread_mutex_init(&b->lock, NULL) || pthread_cond_init(&b->room, NULL))) {
		close(b->wake[0]);
		close(b->wake[1]);
		return false;
	}
	b->ready = true;
	pthread_mutex_lock(&b->lock);
	list_init(&b->items);
	(void)snprintf(b->name, sizeof(b->name), "%s", provider);
	b->bytes = 0;
	b->calls = 0;
	b->awake = false;
	b->owner = pthread_self();
	b->open = true;
	pthread_mutex_unlock(&b->lock);
	return true;
}

struct inbox *inbox_open(const char *provider)
{
	struct inbox *b = NULL;

	pthread_mutex_lock(&inboxes_lock);
	for (unsigned i = 0; i < INBOX_MAX && !b; i++)
		if (!inboxes[i].open)
			b = &inboxes[i];
	if (b && !prepare(b, provider))
		b = NULL;
	pthread_mutex_unlock(&inboxes_lock);
	return b;
}

void inbox_close(struct inbox *b)
{
	pthread_mutex_lock(&inboxes_lock);
	pthread_mutex_lock(&b->lock);
	b->open = false;
	list_for_safe(l, &b->items) {
		list_remove(l);
		item_free(list_entry(l, struct item, link));
	}
	handles_clear(&b->handles);
	map_fini(&b->expected);
	memset(&b->expected, 0, sizeof(b->expected));
	pthread_cond_broadcast(&b->room);
	pthread_mutex_unlock(&b->lock);
	pthread_mutex_unlock(&inboxes_lock);
}

bool inbox_is_empty(struct inbox *b)
{
	bool empty;

	pthread_mutex_lock(&b->lock);
	empty = list_empty(&b->items);
	pthread_mutex_unlock(&b->lock);
	return empty;
}

int inbox_wake_fd(const struct inbox *b)
{
	return b->wake[0];
}

const struct inbox_procs *inbox_procs(const struct inbox *b)
{
	return &inbox_procs_list[b - inboxes];
}

void inbox_set_calls(struct inbox *b, uint32_t permanent_id, uint32_t first)
{
	pthread_mutex_lock(&b->lock);
	b->provider = permanent_id;
	b->calls = first ? first - 1 : 0;
	pthread_mutex_unlock(&b->lock);
}

/* Locked by the caller. */
static uint64_t next_call_id(struct inbox *b)
{
	return (uint64_t)b->provider << 32 | ++b->calls;
}

uint64_t inbox_next_call_id(struct inbox *b)
{
	uint64_t id;

	pthread_mutex_lock(&b->lock);
	id = next_call_id(b);
	pthread_mutex_unlock(&b->lock);
	return id;
}

struct item *item_new(enum item_kind kind, DWORD msg, const void *data, size_t size)
{
	struct item *i = mem_alloc(sizeof(*i) + size);

	if (!i)
		return NULL;
	memset(i, 0, sizeof(*i));
	list_init(&i->link);
	i->kind = kind;
	i->msg = msg;
	if (size) {
		i->data = (uint8_t *)(i + 1);
		i->size = size;
		memcpy(i->data, data, size);
	}
	return i;
}

void item_free(struct item *i)
{
	if (!i || i->kind == ITEM_COMPLETION)
		return;
	mem_free(i->reason);
	mem_free(i);
}

static size_t cost(const struct item *i)
{
	return i->kind == ITEM_COMPLETION ? 0 : sizeof(*i) + i->size;
}

/* Locked. The wake byte may be on its way yet. */
static void hear(struct inbox *b)
{
	uint8_t byte;

	if (b->awake && read(b->wake[0], &byte, 1) == 1)
		b->awake = false;
}

void inbox_heard(struct inbox *b)
{
	pthread_mutex_lock(&b->lock);
	hear(b);
	pthread_mutex_unlock(&b->lock);
}

void inbox_take(struct inbox *b, struct list *out)
{
	pthread_mutex_lock(&b->lock);
	hear(b);
	while (!list_empty(&b->items)) {
		struct list *l = b->items.next;

		list_remove(l);
		list_append(out, l);
	}
	b->bytes = 0;
	pthread_cond_broadcast(&b->room);
	pthread_mutex_unlock(&b->lock);
}

/* Locked. */
static bool is_owner(const struct inbox *b)
{
	return pthread_equal(pthread_self(), b->owner) != 0;
}

static bool is_in_batch(const struct inbox *b)
{
	return batches >> (b - inboxes) & 1;
}

/* Locked. Whether the caller has to write the wake byte. */
static bool is_to_wake(struct inbox *b)
{
	if (b->awake || is_owner(b)) /* the owner looks by itself */
		return false;
	b->awake = true;
	return true;
}

/* Without the lock, which the thread that wakes wants at once. */
static void wake(struct inbox *b)
{
	(void)!write(b->wake[1], "", 1);
}

/* Locked. As is_to_wake(). */
static bool append(struct inbox *b, struct item *i)
{
	list_append(&b->items, &i->link);
	b->bytes += cost(i);
	return !is_in_batch(b) && is_to_wake(b);
}

/* Locked. Completions need no room: there is one for each request, and it lies in the request. */
static bool wait_for_room(struct inbox *b)
{
	while (b->open && b->bytes >= INBOX_BYTES && !is_owner(b)) {
		if (is_to_wake(b)) /* what fills it may be a batch */
			wake(b);
		pthread_cond_wait(&b->room, &b->lock);
	}
	return b->open && b->bytes < ENTRY_BYTES;
}

/* Locked. Whether the caller has to rest: everybody who raises, as long as it is too much. */
static bool is_too_fast(struct inbox *b)
{
	uint64_t now, due;

	if (is_owner(b))
		return false;
	if (++b->raised < PACE_A_MS && b->early + b->raised <= PACE_BURST)
		return false;
	now = clock_now_ms();
	due = (now - b->looked_ms) * PACE_A_MS;
	b->early = due < b->early ? b->early - (uint32_t)due : 0;
	b->early += b->early < 2 * PACE_BURST ? b->raised : 0; /* of very many threads */
	b->raised = 0;
	b->looked_ms = now;
	return b->early > PACE_BURST;
}

/* Locked, for what a batch has put in. As is_to_wake(). */
static bool has_news(struct inbox *b)
{
	return b->open && !list_empty(&b->items) && is_to_wake(b);
}

static void rest(void)
{
	const struct timespec ms = { .tv_nsec = 1000000 };

	(void)nanosleep(&ms, NULL);
}

/* Unlocks; late: the caller has to wake the owner. */
static void end_raise(struct inbox *b, bool late)
{
	const bool too_fast = is_too_fast(b);

	late = late || (too_fast && has_news(b));
	pthread_mutex_unlock(&b->lock);
	if (late)
		wake(b);
	if (too_fast)
		rest();
}

void inbox_batch(unsigned inbox, bool begins)
{
	struct inbox *b = &inboxes[inbox];
	const uint32_t bit = (uint32_t)1 << inbox;
	bool late;

	if (begins) {
		batches |= bit;
		return;
	}
	batches &= ~bit;
	pthread_mutex_lock(&b->lock);
	late = has_news(b);
	pthread_mutex_unlock(&b->lock);
	if (late)
		wake(b);
}

uint32_t inbox_add(struct inbox *b, enum handle_kind kind, void *object)
{
	uint32_t handle;

	pthread_mutex_lock(&b->lock);
	handle = handles_add(&b->handles, kind, object);
	pthread_mutex_unlock(&b->lock);
	return handle;
}

void *inbox_find(struct inbox *b, enum handle_kind kind, uintptr_t handle)
{
	void *object;

	pthread_mutex_lock(&b->lock);
	object = handles_find(&b->handles, kind, handle);
	pthread_mutex_unlock(&b->lock);
	return object;
}

void *inbox_any(struct inbox *b, enum handle_kind kind)
{
	uint32_t cursor = 0;
	void *object;

	pthread_mutex_lock(&b->lock);
	object = handles_next(&b->handles, kind, &cursor);
	pthread_mutex_unlock(&b->lock);
	return object;
}

bool inbox_was_given(struct inbox *b, enum handle_kind kind, uintptr_t handle)
{
	bool given;

	pthread_mutex_lock(&b->lock);
	given = handles_was_given(&b->handles, kind, handle);
	pthread_mutex_unlock(&b->lock);
	return given;
}

void inbox_remove(struct inbox *b, uintptr_t handle)
{
	pthread_mutex_lock(&b->lock);
	handles_remove(&b->handles, handle);
	pthread_mutex_unlock(&b->lock);
}

int inbox_expect(struct inbox *b, struct request *r)
{
	int err;

	pthread_mutex_lock(&b->lock);
	b->last_request = b->last_request == INT32_MAX ? 1 : b->last_request + 1;
	r->id = b->last_request;
	err = map_set(&b->expected, r->id, r);
	pthread_mutex_unlock(&b->lock);
	return err;
}

bool inbox_has_completed(struct inbox *b, const struct request *r)
{
	bool posted;

	pthread_mutex_lock(&b->lock);
	posted = r->posted;
	pthread_mutex_unlock(&b->lock);
	return posted;
}

void inbox_forget(struct inbox *b, struct request *r)
{
	pthread_mutex_lock(&b->lock);
	(void)map_remove(&b->expected, r->id);
	list_remove(&r->done.link);
	pthread_mutex_unlock(&b->lock);
}

void inbox_completion(unsigned inbox, DRV_REQUESTID id, LONG result)
{
	struct inbox *b = &inboxes[inbox];
	struct reason reason;
	struct request *r = NULL;
	const char *ignored = NULL;
	bool late = false;

	reason_take(&reason);
	pthread_mutex_lock(&b->lock);
	if (b->open)
		r = map_find(&b->expected, id);
	if (!r) {
		ignored = "is not pending";
	} else if (r->posted) {
		ignored = "has completed before";
	} else {
		trace_hop(TRACE_HOST, "ASYNC_COMPLETION", r->object, "%s result %#lx",
				r->rule ? r->rule->name : "-", (unsigned long)(uint32_t)result);
		r->posted = true;
		r->reason = reason;
		r->done.result = result;
		late = append(b, &r->done);
	}
	end_raise(b, late);
	if (ignored)
		complain(b, LOG_WARN, "completion of request %#x with %#x ignored: it %s", id,
				(unsigned)result, ignored);
}

/* Locked. Answers the TSP through p[1]; the host thread gives the call its place later. */
static bool take_new_call(struct inbox *b, struct item *i)
{
	HTAPICALL *answer = (HTAPICALL *)(uintptr_t)i->p[1];
	struct call *c = NULL;

	if (answer)
		*answer = 0;
	if (answer && handles_find(&b->handles, HANDLE_LINE, i->device))
		c = call_alloc(next_call_id(b), (HDRVCALL)i->p[0]);
	if (!c)
		return false;
	c->line_handle = (uint32_t)i->device;
	c->handle = handles_add(&b->handles, HANDLE_CALL, c);
	if (!c->handle) {
		call_dealloc(c);
		return false;
	}
	*answer = i->call = c->handle;
	return true;
}

/* Locked. What the trace calls the object of an event. */
static uint64_t name_of(const struct inbox *b, const struct item *i)
{
	const struct call *c = handles_find(&b->handles, HANDLE_CALL, i->call);
	const struct line *l = handles_find(&b->handles, HANDLE_LINE, i->device);

	return c ? c->id : l ? l->device : 0;
}

static void trace_event(uint64_t object, const struct item *i)
{
	const char *name;

	switch (i->msg) {
	case LINE_NEWCALL:
		trace_hop(TRACE_HOST, "LINE_NEWCALL", object, "%s", "");
		break;
	case LINE_CALLSTATE:
		name = names_constant("LINECALLSTATE_", (uint32_t)i->p[0]);
		trace_hop(TRACE_HOST, "LINE_CALLSTATE", object, "%s",
				name ? name + strlen("LINECALLSTATE_") : "?");
		break;
	case LINE_SENDMSPDATA:
		trace_hop(TRACE_HOST, "LINE_SENDMSPDATA", object, "%zu bytes", i->size);
		break;
	default:
		break;
	}
}

/* Takes the item. */
static void post(struct inbox *b, struct item *i)
{
	bool refused = false, is_bad = false, is_full = false, late = false;

	pthread_mutex_lock(&b->lock);
	if (!wait_for_room(b)) {
		refused = true;
		is_full = b->open;
	} else if (i->kind == ITEM_LINE && i->msg == LINE_NEWCALL && !take_new_call(b, i)) {
		refused = is_bad = true;
	} else {
		if (trace_enabled() && i->kind == ITEM_LINE)
			trace_event(name_of(b, i), i);
		late = append(b, i);
	}
	end_raise(b, late);
	if (is_bad)
		complain(b, LOG_WARN, "new call refused: unknown line handle %#lx, or no memory",
				(unsigned long)i->device);
	if (is_full)
		complain(b, LOG_WARN, "event %u is lost: an entry raises more than %d MiB", i->msg,
				ENTRY_BYTES >> 20);
	if (refused)
		item_free(i);
}

static struct item *event_new(struct inbox *b, enum item_kind kind, uintptr_t device, DWORD msg,
		const DWORD_PTR p[3], const void *data, size_t size)
{
	struct item *i = item_new(kind, msg, data, size);
	struct reason reason;

	if (!i) {
		complain(b, LOG_ERROR, "event %u is lost: no memory", msg);
		return NULL;
	}
	i->device = device;
	for (unsigned n = 0; n < 3; n++)
		i->p[n] = p[n];
	reason_take(&reason);
	if (reason.set)
		i->reason = mem_dup(&reason, sizeof(reason));
	return i;
}

/* There are no dialogs here: the TSP learns it from a handle of 0. */
static void refuse_dialog(struct inbox *b, DWORD msg, const DWORD_PTR p[3])
{
	TUISPICREATEDIALOGINSTANCEPARAMS *params;

	complain(b, LOG_WARN, "it asked for a dialog, which there is not");
	if (msg != LINE_CREATEDIALOGINSTANCE || !p[0])
		return;
	params = (TUISPICREATEDIALOGINSTANCEPARAMS *)p[0];
	params->htDlgInst = 0;
}

void inbox_line_event(unsigned inbox, HTAPILINE line, HTAPICALL call, DWORD msg,
		const DWORD_PTR p[3])
{
	struct inbox *b = &inboxes[inbox];
	const void *data = NULL;
	size_t size = 0;
	struct item *i;

	if (msg == LINE_CREATEDIALOGINSTANCE || msg == LINE_SENDDIALOGINSTANCEDATA) {
		refuse_dialog(b, msg, p);
		return;
	}
	if (msg == LINE_SENDMSPDATA) {
		data = (const void *)p[1];
		size = data ? p[2] : 0;
	}
	if (size > PAYLOAD_MAX) {
		complain(b, LOG_WARN, "LINE_SENDMSPDATA of %zu bytes ignored: %d is the most", size,
				PAYLOAD_MAX);
		return;
	}
	i = event_new(b, ITEM_LINE, line, msg, p, data, size);
	if (!i)
		return;
	i->call = call;
	post(b, i);
}

void inbox_phone_event(unsigned inbox, HTAPIPHONE phone, DWORD msg, const DWORD_PTR p[3])
{
	struct item *i = event_new(&inboxes[inbox], ITEM_PHONE, phone, msg, p, NULL, 0);

	if (i)
		post(&inboxes[inbox], i);
}
