// SPDX-License-Identifier: MIT
/* proxy.c - LINEPROXYREQUEST, the one structure whose arms differ by type. An arm is the members of
 * a request, or of its reply, in the order of a row below; so one function writes all arms and one
 * reads the reply out of them. */
#include "libtapi/proxy.h"

#include "base/mem.h"
#include "base/trace.h"
#include "wire/flat.h"
#include "wire/proxied.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>

enum {
	ARM_AT = 28, /* where the arms begin */
	ARM_PARTS = 5,
	USER_MAX = 128,
	ROOM = 32 * 1024, /* for a structure that the proxy fills: it need not count */
};

/* n: the field of the request with this tag; -n: of the reply. */
static const int arms[][ARM_PARTS] = {
	[LINEPROXYREQUEST_SETAGENTGROUP] = { 2, 3 },
	[LINEPROXYREQUEST_SETAGENTSTATE] = { 2, 3, 4 },
	[LINEPROXYREQUEST_SETAGENTACTIVITY] = { 2, 3 },
	[LINEPROXYREQUEST_GETAGENTCAPS] = { 3, -5 },
	[LINEPROXYREQUEST_GETAGENTSTATUS] = { 2, -3 },
	[LINEPROXYREQUEST_AGENTSPECIFIC] = { 2, 3, 4 },
	[LINEPROXYREQUEST_GETAGENTACTIVITYLIST] = { 2, -3 },
	[LINEPROXYREQUEST_GETAGENTGROUPLIST] = { 2, -3 },
	[LINEPROXYREQUEST_CREATEAGENT] = { -4, 2, 3 },
	[LINEPROXYREQUEST_SETAGENTMEASUREMENTPERIOD] = { 2, 3 },
	[LINEPROXYREQUEST_GETAGENTINFO] = { 2, -3 },
	[LINEPROXYREQUEST_CREATEAGENTSESSION] = { -6, 3, 2, 5, 4 },
	[LINEPROXYREQUEST_GETAGENTSESSIONLIST] = { 2, -3 },
	[LINEPROXYREQUEST_SETAGENTSESSIONSTATE] = { 2, 3, 4 },
	[LINEPROXYREQUEST_GETAGENTSESSIONINFO] = { 2, -3 },
	[LINEPROXYREQUEST_GETQUEUELIST] = { 2, -3 },
	[LINEPROXYREQUEST_SETQUEUEMEASUREMENTPERIOD] = { 2, 3 },
	[LINEPROXYREQUEST_GETQUEUEINFO] = { 2, -3 },
	[LINEPROXYREQUEST_GETGROUPLIST] = { -2 },
	[LINEPROXYREQUEST_SETAGENTSTATEEX] = { 2, 3, 4 },
};

/* One that the application has not answered. */
struct proxied {
	struct list link; /* in line->proxied */
	uint32_t id;
	uint32_t type; /* LINEPROXYREQUEST_ */
	bool lost;     /* with the connection: nobody waits for the answer */
	size_t size;
	uint32_t memory[]; /* the LINEPROXYREQUEST */
};

static const struct rule *rule_of(uint32_t type)
{
	return rule_find((uint16_t)proxied_call(type));
}

/* The field of a part; *out: of the reply. */
static const ProtobufCFieldDescriptor *field_of(uint32_t type, unsigned part, bool *out)
{
	const struct rule *rule = rule_of(type);
	int tag = part < ARM_PARTS ? arms[type][part] : 0;

	*out = tag < 0;
	return tag ? protobuf_c_message_descriptor_get_field(tag < 0 ? rule->reply : rule->request,
				     (unsigned)(tag < 0 ? -tag : tag))
		   : NULL;
}

static const void *value_of(const ProtobufCMessage *m, const ProtobufCFieldDescriptor *f)
{
	return (const char *)m + f->offset;
}

/* --- a request comes -------------------------------------------------------------------------- */

/* Without memory it only counts. */
struct writer {
	char *memory;
	size_t at, tail; /* at: in the arm; tail: where the next string goes */
};

static void put(struct writer *w, size_t *at, const void *data, size_t size)
{
	if (w->memory && size)
		memcpy(w->memory + *at, data, size);
	*at += size;
}

static void put_number(struct writer *w, uint32_t v)
{
	put(w, &w->at, &v, sizeof(v));
}

/* Offsets count from the beginning of LINEPROXYREQUEST. */
static void put_string(struct writer *w, const char *text)
{
	size_t size = text ? strlen(text) + 1 : 0;

	put_number(w, (uint32_t)size);
	put_number(w, size ? (uint32_t)w->tail : 0);
	put(w, &w->tail, text, size);
}

/* In a structure within, offsets count from its own beginning. What goes to the proxy has its size,
 * what the proxy is to fill has room. */
static int put_structure(struct writer *w, const ProtobufCMessageDescriptor *d,
		const ProtobufCMessage *m, bool out)
{
	const uint32_t room = ROOM;
	size_t needed = 0;
	int err = 0;

	if (out) {
		if (w->memory)
			memcpy(w->memory + w->at, &room, sizeof(room));
		w->at += room;
		return 0;
	}
	(void)flat_write(d, m, NULL, 0, NULL, &needed);
	if (w->memory)
		err = flat_write(d, m, w->memory + w->at, needed, NULL, &needed);
	w->at += needed;
	return err;
}

static void put_bytes(struct writer *w, const ProtobufCBinaryData *bytes)
{
	put_number(w, (uint32_t)bytes->len);
	put(w, &w->at, bytes->data, bytes->len);
}

/* m NULL: the reply's, which is still empty. */
static int put_part(struct writer *w, const ProtobufCFieldDescriptor *f, const ProtobufCMessage *m)
{
	ProtobufCBinaryData bytes = { 0, NULL };
	const char *text = NULL;
	const ProtobufCMessage *sub = NULL;
	uint32_t number = 0;

	switch (f->type) {
	case PROTOBUF_C_TYPE_STRING:
		memcpy(&text, value_of(m, f), sizeof(text));
		put_string(w, text);
		return 0;
	case PROTOBUF_C_TYPE_BYTES:
		memcpy(&bytes, value_of(m, f), sizeof(bytes));
		put_bytes(w, &bytes);
		return 0;
	case PROTOBUF_C_TYPE_MESSAGE:
		if (m)
			memcpy(&sub, value_of(m, f), sizeof(sub));
		return put_structure(w, f->descriptor, sub, m == NULL);
	default:
		if (m)
			memcpy(&number, value_of(m, f), sizeof(number));
		put_number(w, number);
		return 0;
	}
}

/* Here and not in the daemon, which must not wait for a directory of users. */
static void user_name(uid_t uid, char out[USER_MAX])
{
	char room[1024];
	struct passwd entry, *found = NULL;

	if (getpwuid_r(uid, &entry, room, sizeof(room), &found) == 0 && found)
		(void)snprintf(out, USER_MAX, "%s", found->pw_name);
	else
		(void)snprintf(out, USER_MAX, "%lu", (unsigned long)uid);
}

/* size: of the whole, once it is known. */
static int write_all(struct writer *w, const ProxyRequest *from, const char *user,
		const ProtobufCMessage *m, size_t size)
{
	const ProtobufCFieldDescriptor *f;
	bool out;
	int err = 0;

	put_number(w, (uint32_t)size);
	put_string(w, from->machine_name);
	put_string(w, user);
	put_number(w, from->api_version);
	put_number(w, from->type);
	for (unsigned i = 0; !err && (f = field_of(from->type, i, &out)) != NULL; i++)
		err = put_part(w, f, out ? NULL : m);
	return err;
}

static struct proxied *build(const ProxyRequest *from, const ProtobufCMessage *m)
{
	char user[USER_MAX];
	struct writer count = { 0 }, w = { 0 };
	struct proxied *q;
	size_t end, size;

	user_name((uid_t)from->uid, user);
	(void)write_all(&count, from, user, m, 0);
	end = count.at < sizeof(LINEPROXYREQUEST) ? sizeof(LINEPROXYREQUEST) : count.at;
	size = end + count.tail;
	q = mem_alloc(sizeof(*q) + size);
	if (!q)
		return NULL;
	memset(q, 0, sizeof(*q) + size);
	q->id = from->id;
	q->type = from->type;
	q->size = size;
	w.memory = (char *)q->memory;
	w.tail = end;
	if (write_all(&w, from, user, m, size) == 0)
		return q;
	mem_free(q);
	return NULL;
}

int proxy_request(struct app *a, const struct item *i, struct message *out)
{
	struct line *l = line_by_open(a, i->open);
	struct proxied *q = NULL;
	struct arena arena;
	const ProxyRequest *from;
	const ProtobufCMessage *m = NULL;
	const struct rule *rule;

	if (!l)
		return 0;
	arena_init(&arena, MESSAGE_MAX);
	from = (const ProxyRequest *)arena_unpack(&arena, &proxy_request__descriptor, i->data,
			i->size);
	rule = from ? rule_of(from->type) : NULL;
	if (rule)
		m = arena_unpack(&arena, rule->request, from->body.data, from->body.len);
	if (m)
		q = build(from, m);
	arena_fini(&arena);
	if (!q)
		return 0;
	list_init(&q->link);
	list_append(&l->proxied, &q->link);
	out->m.hDevice = l->handle;
	out->m.dwCallbackInstance = l->instance;
	out->m.dwParam1 = (DWORD_PTR)q->memory;
	out->m.dwParam2 = out->m.dwParam3 = 0;
	out->device = l->device;
	return 1;
}

void proxy_forget(struct line *l)
{
	while (!list_empty(&l->proxied)) {
		struct proxied *q = list_entry(l->proxied.next, struct proxied, link);

		list_remove(&q->link);
		mem_free(q);
	}
}

void proxies_lost(struct app *a)
{
	queue_forget(a, LINE_PROXYREQUEST);
	list_for(pos, &a->lines) {
		struct line *l = list_entry(pos, struct line, link);

		list_for(at, &l->proxied)
			list_entry(at, struct proxied, link)->lost = true;
	}
}

/* --- its answer goes -------------------------------------------------------------------------- */

static struct proxied *proxied_find(const struct line *l, const void *memory)
{
	list_for(pos, &l->proxied) {
		struct proxied *q = list_entry(pos, struct proxied, link);

		if ((const void *)q->memory == memory)
			return q;
	}
	return NULL;
}

static void set_member(ProtobufCMessage *m, const ProtobufCFieldDescriptor *f, const void *value,
		size_t size)
{
	const protobuf_c_boolean yes = 1;

	memcpy((char *)m + f->offset, value, size);
	if (f->type != PROTOBUF_C_TYPE_MESSAGE)
		memcpy((char *)m + f->quantifier_offset, &yes, sizeof(yes));
}

static uint32_t number_at(const struct proxied *q, size_t at)
{
	uint32_t v;

	memcpy(&v, (const char *)q->memory + at, sizeof(v));
	return v;
}

/* How much of a structure that the proxy filled may be read. */
static size_t size_within(const struct proxied *q, size_t at)
{
	size_t claimed = number_at(q, at), most = q->size - at;

	return claimed < most ? claimed : most;
}

/* A part of the reply, at its place in the arm. */
static int take_part(const struct proxied *q, const ProtobufCFieldDescriptor *f, size_t at,
		struct arena *arena, ProtobufCMessage *reply)
{
	char *memory = (char *)(uintptr_t)q->memory + at;
	ProtobufCMessage *sub = NULL;
	uint32_t number = number_at(q, at);
	int err;

	if (f->type != PROTOBUF_C_TYPE_MESSAGE) {
		set_member(reply, f, &number, sizeof(number));
		return 0;
	}
	err = flat_read(f->descriptor, memory, size_within(q, at), NULL, arena, &sub);
	if (!err)
		set_member(reply, f, &sub, sizeof(sub));
	return err;
}

/* lineAgentSpecific: the block goes both ways. */
static void take_bytes(const struct proxied *q, size_t at, ProtobufCMessage *reply)
{
	const ProtobufCFieldDescriptor *f =
			protobuf_c_message_descriptor_get_field(reply->descriptor, 4);
	ProtobufCBinaryData bytes;
	size_t most = q->size - at - sizeof(uint32_t);

	bytes.len = number_at(q, at) < most ? number_at(q, at) : most;
	bytes.data = (uint8_t *)(uintptr_t)q->memory + at + sizeof(uint32_t);
	if (f)
		set_member(reply, f, &bytes, sizeof(bytes));
}

/* The parts before the last are of known sizes: only what comes last is long. */
static size_t fixed_size(const ProtobufCFieldDescriptor *f)
{
	switch (f->type) {
	case PROTOBUF_C_TYPE_STRING:
		return 2 * sizeof(uint32_t);
	case PROTOBUF_C_TYPE_MESSAGE:
		return flat_fixed_size(f->descriptor, 0);
	default:
		return sizeof(uint32_t);
	}
}

static int read_reply(const struct proxied *q, struct arena *arena, ProtobufCMessage *reply)
{
	const ProtobufCFieldDescriptor *f;
	size_t at = ARM_AT;
	bool out;
	int err = 0;

	for (unsigned i = 0; !err && (f = field_of(q->type, i, &out)) != NULL; i++) {
		if (out)
			err = take_part(q, f, at, arena, reply);
		else if (f->type == PROTOBUF_C_TYPE_BYTES)
			take_bytes(q, at, reply);
		at += fixed_size(f);
	}
	return err;
}

static LONG make_answer(const struct proxied *q, struct arena *arena, ProxyAnswer *answer)
{
	const ProtobufCMessageDescriptor *d = rule_of(q->type)->reply;
	ProtobufCMessage *reply = arena_alloc(arena, d->sizeof_message);
	int err;

	if (!reply)
		return fail(LINEERR_NOMEM, "ENOMEM", "no memory for the answer");
	protobuf_c_message_init(d, reply);
	err = read_reply(q, arena, reply);
	if (err)
		return fail(err == -ENOMEM ? LINEERR_NOMEM : LINEERR_INVALPARAM, "structure",
				"a size or an offset in the answer points outside of it");
	answer->body.len = protobuf_c_message_get_packed_size(reply);
	answer->body.data = arena_alloc(arena, answer->body.len + 1);
	if (!answer->body.data)
		return fail(LINEERR_NOMEM, "ENOMEM", "no memory for the answer");
	(void)protobuf_c_message_pack(reply, answer->body.data);
	answer->has_body = 1;
	return 0;
}

static LONG send_answer(struct app *a, const struct line *l, const struct proxied *q, DWORD result,
		struct arena *arena)
{
	LineProxyResponse request = LINE_PROXY_RESPONSE__INIT;
	ProxyAnswer answer = PROXY_ANSWER__INIT;
	ProtobufCMessage *unused;
	LONG failed = 0;

	answer.has_id = 1;
	answer.id = q->id;
	if (!result)
		failed = make_answer(q, arena, &answer);
	if (failed)
		return failed;
	request.has_line = request.has_result = request.has_proxy_request = 1;
	request.line = l->device;
	request.result = result;
	request.proxy_request.len = proxy_answer__get_packed_size(&answer);
	request.proxy_request.data = arena_alloc(arena, request.proxy_request.len + 1);
	if (!request.proxy_request.data)
		return fail(LINEERR_NOMEM, "ENOMEM", "no memory for the answer");
	(void)proxy_answer__pack(&answer, request.proxy_request.data);
	return request_message(a, CALL_LineProxyResponse, l->open, &request.base, arena, &unused);
}

/* The line may be closed while the answer is on its way: only who still finds the request frees
 * it. */
static void end_request(const struct app *a, HLINE line, const void *memory)
{
	const struct line *l = handle_object(a, line, HANDLE_LINE);
	struct proxied *q = l ? proxied_find(l, memory) : NULL;

	if (!q)
		return;
	list_remove(&q->link);
	mem_free(q);
}

static LONG respond(struct app *a, HLINE line, const void *memory, DWORD result)
{
	const struct line *l = handle_object(a, line, HANDLE_LINE);
	const struct proxied *q = l ? proxied_find(l, memory) : NULL;
	struct arena arena;
	LONG answered;

	if (!l)
		return fail(LINEERR_INVALLINEHANDLE, "handle",
				"%#x is not the handle of an open line", line);
	if (!q)
		return fail(LINEERR_INVALPOINTER, "pointer",
				"lpProxyRequest did not come with a LINE_PROXYREQUEST of this "
				"line, or was answered before");
	arena_init(&arena, MESSAGE_MAX);
	answered = q->lost ? 0 : send_answer(a, l, q, result, &arena);
	arena_fini(&arena);
	if (!answered)
		end_request(a, line, memory);
	return answered;
}

LONG lineProxyResponse(HLINE hLine, LPLINEPROXYREQUEST lpProxyRequest, DWORD dwResult)
{
	struct app *a = handle_app(hLine, HANDLE_LINE);
	LONG result;

	trace_hop(TRACE_APP, __func__, hLine, "%s", "");
	if (!a) {
		result = app_get(0, HANDLE_LINEAPP, &a); /* nobody is initialised, or: */
		return result == LINEERR_UNINITIALIZED
				       ? result
				       : fail(LINEERR_INVALLINEHANDLE, "handle",
							 "%#x is not the handle of an open line",
							 hLine);
	}
	app_lock(a);
	result = respond(a, hLine, lpProxyRequest, dwResult);
	app_unlock(a);
	app_unref(a);
	return result;
}
