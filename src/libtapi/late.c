// SPDX-License-Identifier: MIT
/* late.c - what a request brings that nobody waits for any more, or that cannot be taken: a line
 * that is opened, calls that are made. The application knows nothing of them, so they end. */
#include "libtapi/internal.h"

#include "base/mem.h"

enum { CALLS_MADE = 2 };

struct late {
	struct list link; /* app.late: its RETURN or COMPLETION is still to come */
	const struct rule *rule;
	uint32_t serial, open, device;
	uint64_t calls[CALLS_MADE];
};

static struct late late_of(const struct request *r)
{
	return (struct late){
		.rule = r->rule, .serial = r->serial, .open = r->open, .device = r->device
	};
}

static struct late *find(const struct app *a, uint32_t serial)
{
	list_for(pos, &a->late) {
		struct late *late = list_entry(pos, struct late, link);

		if (late->serial == serial)
			return late;
	}
	return NULL;
}

static bool opens(const struct rule *rule)
{
	return rule->number == CALL_LineOpen || rule->number == CALL_PhoneOpen;
}

static void await(struct app *a, const struct late *what)
{
	struct late *late = mem_dup(what, sizeof(*what));

	if (!late)
		return;
	list_init(&late->link);
	list_append(&a->late, &late->link);
}

static void send(struct app *a, uint16_t kind, uint32_t open, const ProtobufCMessage *m)
{
	struct frame_header h = { .kind = kind, .serial = request_serial(a), .open = open };

	(void)link_send_message(a, &h, m);
}

static void close_open(struct app *a, const struct late *late, const struct frame *f,
		const ProtobufCMessage *reply)
{
	LineClose line = LINE_CLOSE__INIT;
	PhoneClose set = PHONE_CLOSE__INIT;

	if (!f->h.open || line_by_open(a, f->h.open))
		return;
	line.has_line = set.has_phone = 1;
	set.phone = late->device;
	if (late->rule->number == CALL_PhoneOpen) {
		send(a, CALL_PhoneClose, f->h.open, &set.base);
		return;
	}
	line.line = open_device((const LineOpenReply *)reply, late->device);
	send(a, CALL_LineClose, f->h.open, &line.base);
}

static void note_calls(struct late *late, const ProtobufCMessage *reply)
{
	const ProtobufCMessageDescriptor *d = late->rule->reply;
	unsigned count = 0;

	for (unsigned i = 0; reply && i < d->n_fields && count < CALLS_MADE; i++)
		if (d->fields[i].type == PROTOBUF_C_TYPE_FIXED64)
			late->calls[count++] =
					*(const uint64_t *)(const void *)((const char *)reply +
									  d->fields[i].offset);
}

/* A RETURN with 0. True: calls live only with the COMPLETION, which is to come. */
static bool undo(struct app *a, struct late *late, const struct frame *f)
{
	const ProtobufCMessage *reply;
	struct arena arena;

	arena_init(&arena, MESSAGE_MAX);
	reply = arena_unpack(&arena, late->rule->reply, f->body, f->h.length);
	if (opens(late->rule))
		close_open(a, late, f, reply);
	else if (late->rule->kind == KIND_ASYNC)
		note_calls(late, reply);
	arena_fini(&arena);
	return late->calls[0] || late->calls[1];
}

void late_await(struct app *a, const struct request *r)
{
	const struct late late = late_of(r);

	if (a->state != LINK_CLOSED && (opens(r->rule) || r->rule->kind == KIND_ASYNC))
		await(a, &late);
}

void late_refused(struct app *a, const struct request *r, const struct frame *f)
{
	struct late late = late_of(r);

	if (undo(a, &late, f))
		await(a, &late);
}

void late_returned(struct app *a, const struct frame *f)
{
	struct late *late = find(a, f->h.serial);

	if (!late)
		return;
	list_remove(&late->link); /* sending may find the connection lost, and forget all of them */
	if (!f->h.result && undo(a, late, f))
		await(a, late);
	mem_free(late);
}

bool late_completed(struct app *a, const struct frame *f)
{
	struct late *late = find(a, f->h.serial);

	if (!late)
		return false;
	list_remove(&late->link);
	for (unsigned i = 0; !f->h.result && i < CALLS_MADE; i++) {
		LineDrop drop = LINE_DROP__INIT;
		LineDeallocateCall forget = LINE_DEALLOCATE_CALL__INIT;

		if (!late->calls[i])
			continue;
		drop.has_call = forget.has_call = 1;
		drop.call = forget.call = late->calls[i];
		send(a, CALL_LineDrop, late->open, &drop.base);
		send(a, CALL_LineDeallocateCall, late->open, &forget.base);
	}
	mem_free(late);
	return true;
}

void late_forget(struct app *a)
{
	while (!list_empty(&a->late)) {
		struct late *late = list_entry(a->late.next, struct late, link);

		list_remove(&late->link);
		mem_free(late);
	}
}
