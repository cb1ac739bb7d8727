// SPDX-License-Identifier: MIT
/* reply.c - see reply.h. */
#define LOG_TOPIC "host"
#include "tsphost/reply.h"

#include "tsphost/fault.h"
#include "tsphost/host.h"
#include "wire/names.h"
#include "wire/phone_error.h"

#include <stdio.h>
#include <string.h>

void reply_name_line(LineCallInfo *info, const struct call *c)
{
	info->has_line = 1;
	info->line = c->line->device;
}

void reply_explain(struct reason *reason, const struct rule *rule, LONG result)
{
	const char *group = rule->objects == ON_PHONE || rule->objects == ON_PHONE_DEVICE
					    ? "PHONEERR_"
					    : "LINEERR_";
	const char *name = names_constant(group, (uint32_t)result);
	char number[16];

	if (reason->set && reason->sentence[0])
		return;
	(void)snprintf(number, sizeof(number), "%#x", (unsigned)result);
	if (!name)
		name = number;
	if (reason->set && reason->cause[0]) {
		char cause[sizeof(reason->cause)];

		memcpy(cause, reason->cause, sizeof(cause));
		reason_set(reason, cause, "the provider refused %s: %s (%s)", rule->name, cause,
				name);
		return;
	}
	reason_set(reason, name, "the provider answered %s with %s", rule->name, name);
}

/* The largest bytes field of m and what it contains, NULL if there is none. */
static ProtobufCBinaryData *largest_bytes(const ProtobufCMessage *m)
{
	ProtobufCBinaryData *best = NULL;

	for (unsigned i = 0; i < m->descriptor->n_fields; i++) {
		const ProtobufCFieldDescriptor *f = &m->descriptor->fields[i];
		char *at = (char *)(uintptr_t)m + f->offset;
		ProtobufCBinaryData *found = NULL;
		ProtobufCMessage *part;

		if (f->label == PROTOBUF_C_LABEL_REPEATED)
			continue;
		if (f->type == PROTOBUF_C_TYPE_BYTES) {
			found = (ProtobufCBinaryData *)(void *)at;
		} else if (f->type == PROTOBUF_C_TYPE_MESSAGE) {
			memcpy(&part, at, sizeof(part));
			found = part ? largest_bytes(part) : NULL;
		}
		if (found && found->len && (!best || found->len > best->len))
			best = found;
	}
	return best;
}

bool reply_fit(const struct host *h, const ProtobufCMessage *m, uint64_t object)
{
	while (protobuf_c_message_get_packed_size(m) > LIMIT_CORE) {
		ProtobufCBinaryData *bytes = largest_bytes(m);

		if (!bytes)
			return false;
		log_warn("%s: object %#llx: %zu bytes left out, the answer is too long",
				h->provider, (unsigned long long)object, bytes->len);
		bytes->len = 0;
	}
	return true;
}

/* The core sends these for applications that have their answer already. */
static bool is_awaited(const struct frame_header *header, const struct rule *rule)
{
	return header->kind != FRAME_RETURN ||
	       (rule->number != CALL_TspiLineReceiveMspData &&
			       rule->number != CALL_TspiLineCloseCall);
}

static const char no_memory[] = "memory", no_descriptor[] = "descriptor";

/* NULL, or what is missing for it. */
static const char *send_body(struct host *h, struct frame_header *header, const struct rule *rule,
		const ProtobufCMessage *reply, int fd)
{
	size_t size = protobuf_c_message_get_packed_size(reply);
	uint8_t *body;

	if (fd < 0 && is_awaited(header, rule)) {
		host_send(h, header, reply);
		return NULL;
	}
	if (fd < 0) {
		host_send_later(h, header, reply);
		return NULL;
	}
	body = arena_alloc(&h->arena, size + 1);
	if (!body)
		return no_memory;
	(void)protobuf_c_message_pack(reply, body);
	return host_send_fd(h, header, body, size, fd) ? NULL : no_descriptor;
}

void reply_send(struct host *h, uint16_t kind, struct request *r, const ProtobufCMessage *reply,
		int fd)
{
	struct frame_header header = { .kind = kind,
		.serial = r->h.serial,
		.open = r->h.open,
		.origin_session = r->h.origin_session,
		.origin_serial = r->h.origin_serial };
	const char *missing;
	Failure failure;

	if (!r->result && reply && !reply_fit(h, reply, r->object)) {
		r->result = fault_code(FAULT_TOO_LONG, r->rule);
		reason_set(&r->reason, "too long", "the provider's answer to %s is too long",
				r->rule->name);
	}
	if (!h->welcome) /* the next core learns it from the snapshot */
		return;
	if (!r->result && !reply) {
		host_send(h, &header, NULL);
		return;
	}
	if (!r->result) {
		missing = send_body(h, &header, r->rule, reply, fd);
		if (!missing)
			return;
		r->result = missing == no_memory ? LINEERR_NOMEM : LINEERR_RESOURCEUNAVAIL;
		if (rule_is_phone(r->rule))
			r->result = phone_error(r->result);
		reason_set(&r->reason, missing, "there is no %s for the answer to %s", missing,
				r->rule->name);
	}
	reason_message(&r->reason, &failure);
	header.result = r->result;
	header.flags = FLAG_FAILURE;
	host_send(h, &header, &failure.base);
}
