// SPDX-License-Identifier: MIT
/* msp.c - the hooks of tapi3/: message sinks, descriptors more to wait for, MSP instances and the
 * relay of their data. */
#include "libtapi/internal.h"

#include "base/os.h"
#include "base/trace.h"

#include <string.h>

static void hold(struct hook *h)
{
	if (h->hold)
		h->hold(h->owner);
}

static void release(struct hook *h)
{
	if (h->release)
		h->release(h->owner);
}

/* The hook after h (NULL: the first), held and without the lock; h is let go. NULL: there is none
 * (any more), with the lock. */
static struct hook *step(struct app *a, struct list *head, struct hook *h)
{
	struct list *pos = h ? h->link.next : head->next;
	struct hook *next = NULL;

	if (pos != head && (!h || pos != &h->link))
		next = list_entry(pos, struct hook, link);
	if (next)
		hold(next);
	if (h || next)
		app_unlock_for_hook(a);
	if (h)
		release(h);
	if (h && !next)
		app_lock(a);
	return next;
}

static struct sink *sink_step(struct app *a, struct sink *s)
{
	struct hook *h = step(a, &a->sinks, s ? &s->hook : NULL);

	return h ? list_entry(h, struct sink, hook) : NULL;
}

static void add(struct app *a, struct list *head, struct hook *h)
{
	app_lock(a);
	list_append(head, &h->link);
	app_unlock(a);
}

static void take_away(struct app *a, struct hook *h)
{
	app_lock(a);
	list_remove(&h->link);
	app_unlock(a);
}

void sink_add(struct app *a, struct sink *s)
{
	add(a, &a->sinks, &s->hook);
}

void sink_remove(struct app *a, struct sink *s)
{
	take_away(a, &s->hook);
}

bool sinks_message(struct app *a, const struct message *m)
{
	bool taken = false;

	for (struct sink *s = sink_step(a, NULL); s; s = sink_step(a, s)) {
		taken = s->message(s, a, m) || taken;
		app_lock(a);
	}
	return taken;
}

/* One of the functions that a sink need not have. */
#define EACH_SINK(a, function, ...)                                                                \
	for (struct sink *s = sink_step(a, NULL); s; s = sink_step(a, s)) {                        \
		if (s->function)                                                                   \
			s->function(s, __VA_ARGS__);                                               \
		app_lock(a);                                                                       \
	}

struct sink *sinks_making(struct app *a, HLINE line, const LINECALLPARAMS *params)
{
	struct sink *waits = NULL;

	for (struct sink *s = sink_step(a, NULL); s; s = sink_step(a, s)) {
		if (s->making && s->making(s, a, line, params)) {
			hold(&s->hook);
			waits = s;
		}
		app_lock(a);
	}
	return waits;
}

void sink_tell_made(struct sink *s, struct app *a, HLINE line, LONG result)
{
	app_unlock_for_hook(a);
	s->made(s, a, line, result);
	release(&s->hook);
	app_lock(a);
}

void sinks_gone(struct app *a, HCALL call)
{
	EACH_SINK(a, gone, a, call)
}

void sinks_closing(struct app *a)
{
	EACH_SINK(a, closing, a)
}

void sources_ready(struct app *a)
{
	for (struct hook *h = step(a, &a->sources, NULL); h; h = step(a, &a->sources, h)) {
		struct source *s = list_entry(h, struct source, hook);

		s->ready(s, a);
		app_lock(a);
	}
}

LONG source_add(struct app *a, struct source *s)
{
	int err = s->fd >= 0 ? os_gather_add(a->gather, s->fd) : 0;

	if (err)
		return fail(lineerr_from_errno(err), "descriptor", "%s", os_error_text(-err));
	add(a, &a->sources, &s->hook);
	return 0;
}

void source_remove(struct app *a, struct source *s)
{
	take_away(a, &s->hook);
	if (s->fd >= 0)
		(void)os_gather_remove(a->gather, s->fd);
}

LONG msp_create(struct app *a, HLINE line, DWORD address_id, struct msp *m)
{
	TapixCreateMspInstance request = TAPIX_CREATE_MSP_INSTANCE__INIT;
	ProtobufCMessage *reply = NULL;
	struct arena arena;
	const struct line *l;
	LONG result;

	arena_init(&arena, MESSAGE_MAX);
	app_lock(a);
	l = handle_object(a, line, HANDLE_LINE);
	if (!l) {
		result = fail(LINEERR_INVALLINEHANDLE, "handle", "%#x is no line handle", line);
		goto out;
	}
	m->device = l->device;
	m->open = l->open;
	m->address_id = address_id;
	m->is_lost = false;
	request.has_line = request.has_address_id = 1;
	request.line = l->device;
	request.address_id = address_id;
	result = request_message(a, CALL_TapixCreateMspInstance, l->open, &request.base, &arena,
			&reply);
	if (result)
		goto out;
	m->msp_line = ((const TapixCreateMspInstanceReply *)reply)->msp_line;
	list_append(&a->msps, &m->hook.link);
out:
	app_unlock(a);
	arena_fini(&arena);
	return result;
}

void msp_close(struct app *a, struct msp *m)
{
	TapixCloseMspInstance request = TAPIX_CLOSE_MSP_INSTANCE__INIT;

	app_lock(a);
	list_remove(&m->hook.link);
	request.has_line = request.has_msp_line = 1;
	request.line = m->device;
	request.msp_line = m->msp_line;
	if (!m->is_lost && line_by_open(a, m->open))
		(void)request_post(a, CALL_TapixCloseMspInstance, m->open, &request.base);
	app_unlock(a);
}

/* Locked. */
static LONG post_data(struct app *a, uint32_t open, uint32_t device, uint64_t call,
		uint32_t msp_line, ProtobufCBinaryData data)
{
	TapixMspData request = TAPIX_MSP_DATA__INIT;

	request.has_line = 1;
	request.line = device;
	request.has_call = call != 0;
	request.call = call;
	request.has_msp_line = 1;
	request.msp_line = msp_line;
	request.has_data = data.len != 0;
	request.data = data;
	return request_post(a, CALL_TapixMspData, open, &request.base);
}

LONG msp_send(struct app *a, const struct msp *m, HCALL call, const void *data, size_t size)
{
	ProtobufCBinaryData bytes = { size, NULL };
	const struct call *c;
	LONG result;

	if (size > PAYLOAD_MAX)
		return fail(LINEERR_INVALPARAM, "too long", "MSP data has at most %d bytes",
				PAYLOAD_MAX);
	memcpy(&bytes.data, &data, sizeof(data)); /* protobuf-c has no const; it is only read */
	app_lock(a);
	c = call ? handle_object(a, call, HANDLE_CALL) : NULL;
	if (call && !c)
		result = fail(LINEERR_INVALCALLHANDLE, "handle", "%#x is no call handle", call);
	else if (m->is_lost)
		result = fail(LINEERR_OPERATIONFAILED, "lost with the server",
				"the server has lost this MSP instance");
	else
		result = post_data(a, m->open, m->device, c ? c->id : 0, m->msp_line, bytes);
	app_unlock(a);
	return result;
}

LONG msp_identify(struct app *a, DWORD device, GUID *clsid)
{
	TapixMspIdentify request = TAPIX_MSP_IDENTIFY__INIT;
	ProtobufCMessage *reply = NULL;
	const Guid *guid;
	struct arena arena;
	LONG result;

	arena_init(&arena, MESSAGE_MAX);
	request.has_device = 1;
	request.device = device;
	app_lock(a);
	result = request_message(a, CALL_TapixMspIdentify, 0, &request.base, &arena, &reply);
	app_unlock(a);
	guid = reply ? ((const TapixMspIdentifyReply *)reply)->clsid : NULL;
	if (!result && !guid)
		result = fail(LINEERR_OPERATIONUNAVAIL, "no MSP", "line %u has no MSP", device);
	if (!result) {
		uint32_t slots[4] = { guid->data1, guid->data2, guid->data3, guid->data4 };

		memcpy(clsid, slots, sizeof(*clsid));
	}
	arena_fini(&arena);
	return result;
}

/* msp_line is unique only in the host that made it, so the device counts too. */
static struct msp *find(struct app *a, const struct line *l, uint32_t msp_line)
{
	list_for(pos, &a->msps) {
		struct msp *m = list_entry(pos, struct msp, hook.link);

		if (l && m->device == l->device && m->msp_line == msp_line)
			return m;
	}
	return NULL;
}

void msp_receive(struct app *a, const struct item *i)
{
	ProtobufCBinaryData nothing = { 0, NULL };
	const struct line *l = line_by_open(a, i->open);
	bool about_call = i->object >> 32 != 0;
	const struct call *c = about_call ? map_find(&a->calls, i->object) : NULL;
	struct msp *m = find(a, l, (uint32_t)i->p1);
	HCALL handle = c && !c->pending ? c->handle : 0;
	bool taken = false;

	trace_hop(TRACE_APP, "LINE_SENDMSPDATA", i->object, "%zu bytes", i->size);
	if (m && !m->is_lost) {
		hold(&m->hook);
		app_unlock_for_hook(a);
		taken = m->data(m, a, handle, about_call ? i->object : 0, i->data, i->size);
		release(&m->hook);
		app_lock(a);
		l = line_by_open(a, i->open);
	}
	if (!taken && about_call && l)
		(void)post_data(a, l->open, l->device, i->object, (uint32_t)i->p1, nothing);
}

static struct msp *lost_one(struct app *a)
{
	list_for(pos, &a->msps) {
		struct msp *m = list_entry(pos, struct msp, hook.link);

		if (m->is_lost)
			return m;
	}
	return NULL;
}

void msp_tell_lost(struct app *a)
{
	struct msp *m;

	if (!a->attention)
		return;
	a->attention = false;
	while ((m = lost_one(a))) {
		list_remove(&m->hook.link);
		if (!m->lost)
			continue;
		hold(&m->hook);
		app_unlock(a);
		m->lost(m, a);
		release(&m->hook);
		app_lock(a);
	}
}
