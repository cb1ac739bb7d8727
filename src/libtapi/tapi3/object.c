// SPDX-License-Identifier: MIT
/* object.c - what all objects have in common: the lock, references, text of GUIDs. */
#include "libtapi/tapi3/objects.h"

#include "base/mem.h"

#include <stdio.h>
#include <string.h>

static pthread_mutex_t lock;
static pthread_once_t lock_once = PTHREAD_ONCE_INIT;
static unsigned depth; /* how often its holder has taken it */
static struct list farewells = LIST_INIT(farewells);

/* What the daemon is to hear of an object that has ended: said when the lock has been let go. */
struct farewell {
	struct list link;
	LONG (*say)(uint32_t handle);
	uint32_t handle;
};

static void lock_init(void)
{
	pthread_mutexattr_t attr;

	(void)pthread_mutexattr_init(&attr);
	(void)pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE);
	(void)pthread_mutex_init(&lock, &attr);
	(void)pthread_mutexattr_destroy(&attr);
}

/* So that the child finds everything whole. */
static void before_fork(void)
{
	(void)pthread_mutex_lock(&lock);
}

static void in_parent(void)
{
	(void)pthread_mutex_unlock(&lock);
}

/* The lock knows its holder by a number that the child does not have. */
static void in_child(void)
{
	lock_init();
	for (unsigned i = 0; i < depth; i++)
		(void)pthread_mutex_lock(&lock);
	list_init(&farewells); /* the parent says them */
	tapis_forget();
	terminals_forget();
}

static void lock_once_init(void)
{
	lock_init();
	(void)pthread_atfork(before_fork, in_parent, in_child);
}

void objects_lock(void)
{
	(void)pthread_once(&lock_once, lock_once_init);
	(void)pthread_mutex_lock(&lock);
	depth++;
}

/* The application's last reason, and the request that this thread is about to make, are not about
 * these. */
static void say_farewells(struct list *all)
{
	atomic_uint *watched = request_watch(NULL);
	struct tapix_reason before;

	tapixGetLastReason(&before);
	while (!list_empty(all)) {
		struct farewell *f = list_entry(all->next, struct farewell, link);

		list_remove(&f->link);
		(void)f->say(f->handle);
		mem_free(f);
	}
	(void)fail_with(0, &before);
	(void)request_watch(watched);
}

void objects_unlock(void)
{
	struct list mine;

	list_init(&mine);
	while (depth == 1 && !list_empty(&farewells)) {
		struct list *first = farewells.next;

		list_remove(first);
		list_append(&mine, first);
	}
	depth--;
	(void)pthread_mutex_unlock(&lock);
	if (!list_empty(&mine))
		say_farewells(&mine);
}

void objects_say_later(LONG (*say)(uint32_t handle), uint32_t handle)
{
	struct farewell *f = mem_new(struct farewell);

	if (!f) { /* without memory all wait for it */
		(void)say(handle);
		return;
	}
	f->say = say;
	f->handle = handle;
	list_append(&farewells, &f->link);
}

void object_init(struct object *o, enum object_kind kind)
{
	o->kind = kind;
	atomic_init(&o->refs, 1);
}

bool object_is(const void *object, enum object_kind kind)
{
	return object && ((const struct object *)object)->kind == kind;
}

void *tapi_ref(void *object)
{
	struct object *o = object;

	if (!o)
		return NULL;
	objects_lock();
	o->refs++;
	objects_unlock();
	return object;
}

/* With the lock. */
static void end(struct object *o)
{
	switch (o->kind) {
	case OBJECT_TAPI:
		tapi_end((struct tapi *)o);
		break;
	case OBJECT_ADDRESS:
		tapi_address_end((struct tapi_address *)o);
		break;
	case OBJECT_CALL:
		tapi_call_end((struct tapi_call *)o);
		break;
	case OBJECT_STREAM:
		tapi_stream_end((struct tapi_stream *)o);
		break;
	case OBJECT_SUBSTREAM:
		tapi_substream_end((struct tapi_substream *)o);
		break;
	case OBJECT_TERMINAL:
		tapi_terminal_end((struct tapi_terminal *)o);
		break;
	case OBJECT_EVENT:
		tapi_event_end((struct tapi_event *)o);
		break;
	}
}

void tapi_unref(void *object)
{
	struct object *o = object;

	if (!o)
		return;
	objects_lock();
	if (--o->refs == 0) {
		end(o); /* takes it off its list before anybody else can find it */
		objects_unlock();
		return;
	}
	if (o->kind == OBJECT_CALL && o->refs == 1) {
		o->refs++;
		objects_unlock();
		tapi_call_drop_if_left((struct tapi_call *)o);
		objects_lock();
		if (--o->refs == 0)
			end(o);
	}
	objects_unlock();
}

static LONG query_object(struct object *o, const GUID *iid, const void **vtable, void **self)
{
	const struct tapi_call *call;
	const struct tapi_stream *stream;
	const struct tapi_terminal *terminal;
	const struct msp_ops *ops;

	switch (o->kind) {
	case OBJECT_CALL:
		call = (const struct tapi_call *)o;
		if (!call->msp || !call->instance->ops->query_call)
			return TAPI_E_NOTSUPPORTED;
		*self = call->msp;
		return call->instance->ops->query_call(call->msp, iid, vtable);
	case OBJECT_STREAM:
		stream = (const struct tapi_stream *)o;
		if (!stream->msp)
			return TAPI_E_INVALIDSTREAM;
		ops = stream->call->instance->ops;
		*self = stream->msp;
		return ops->query_stream ? ops->query_stream(stream->msp, iid, vtable)
					 : TAPI_E_NOTSUPPORTED;
	case OBJECT_TERMINAL:
		terminal = (const struct tapi_terminal *)o;
		if (!terminal->instance)
			return TAPI_E_INVALIDTERMINAL;
		ops = terminal->instance->ops;
		*self = terminal->msp;
		return ops->query_terminal ? ops->query_terminal(terminal->msp, iid, vtable)
					   : TAPI_E_NOTSUPPORTED;
	default:
		return TAPI_E_NOTSUPPORTED;
	}
}

LONG tapi_object_query(void *object, const GUID *iid, const void **vtable, void **self)
{
	LONG result;

	if (!object || !iid || !vtable || !self)
		return fail(LINEERR_INVALPOINTER, "NULL", "an argument is NULL");
	objects_lock();
	result = query_object(object, iid, vtable, self);
	objects_unlock();
	return result;
}

void guid_text(const GUID *g, char out[GUID_TEXT])
{
	(void)snprintf(out, GUID_TEXT, "{%08X-%04X-%04X-%02X%02X-%02X%02X%02X%02X%02X%02X}",
			(unsigned)g->Data1, g->Data2, g->Data3, g->Data4[0], g->Data4[1],
			g->Data4[2], g->Data4[3], g->Data4[4], g->Data4[5], g->Data4[6],
			g->Data4[7]);
}

static int nibble(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool guid_parse(const char *text, GUID *out)
{
	static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
	uint8_t b[16] = { 0 };
	unsigned digits = 0;

	text += *text == '{';
	for (const char *s = shape; *s; s++, text++) {
		int n = nibble(*text);

		if (*s == '-' ? *text != '-' : n < 0)
			return false;
		if (*s == 'x') {
			b[digits / 2] = (uint8_t)(b[digits / 2] << 4 | n);
			digits++;
		}
	}
	if (*text == '}')
		text++;
	if (*text)
		return false;
	out->Data1 = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
	out->Data2 = (uint16_t)(b[4] << 8 | b[5]);
	out->Data3 = (uint16_t)(b[6] << 8 | b[7]);
	memcpy(out->Data4, b + 8, 8);
	return true;
}

LONG text_out(const char *value, char *text, size_t size)
{
	if (!text && size)
		return fail(LINEERR_INVALPOINTER, "NULL", "there is no room for the text");
	return (LONG)snprintf(text, size, "%s", value);
}
