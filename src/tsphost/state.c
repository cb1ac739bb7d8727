// SPDX-License-Identifier: MIT
/* state.c - two gets with buffers that stay. */
#define LOG_TOPIC "host"
#include "tsphost/state.h"

#include "base/mem.h"
#include "tsphost/flatten.h"
#include "tsphost/reply.h"

enum { ATTEMPTS = 4 };

static LONG ask(struct host *h, const struct call *c, const ProtobufCMessageDescriptor *d,
		void *buf)
{
	if (d == &line_call_info__descriptor)
		return h->tsp.lineGetCallInfo(c->hd, buf);
	return h->tsp.lineGetCallStatus(c->hd, buf);
}

static bool make_room(struct scratch *s, size_t size)
{
	void *data;

	if (s->size >= size)
		return true;
	data = mem_realloc(s->data, size);
	if (!data)
		return false;
	s->data = data;
	s->size = size;
	return true;
}

static ProtobufCMessage *take(struct host *h, const struct call *c,
		const ProtobufCMessageDescriptor *d, struct scratch *s, struct arena *a)
{
	uint32_t version = c->line->version;
	size_t wanted = flat_fixed_size(d, 0) + FLAT_ROOM;
	ProtobufCMessage *m = NULL;
	LONG result = LINEERR_NOMEM;

	for (unsigned i = 0; i < ATTEMPTS && wanted && make_room(s, wanted); i++) {
		flatten_prepare(d, s->data, s->size, version);
		result = ask(h, c, d, s->data);
		wanted = result ? 0 : flatten_wants(d, s->data, s->size);
		if (wanted > FLAT_MAX)
			wanted = s->size < FLAT_MAX ? FLAT_MAX : 0;
	}
	if (result || flatten_read(d, s->data, s->size, version, a, &m) < 0) {
		log_warn("%s: call %#llx: the provider does not give its %s (%#x)", h->provider,
				(unsigned long long)c->id, d->name, (unsigned)result);
		return NULL;
	}
	return m;
}

void state_take(struct host *h, const struct call *c, struct arena *a, CallState *out)
{
	struct reason unused;

	call_state__init(out);
	out->info = (LineCallInfo *)take(h, c, &line_call_info__descriptor, &h->info, a);
	if (out->info)
		reply_name_line(out->info, c);
	out->status = (LineCallStatus *)take(h, c, &line_call_status__descriptor, &h->status, a);
	reason_take(&unused);
}

uint32_t state_address_id(struct host *h, const struct call *c, struct arena *a)
{
	const LineCallInfo *info;
	DWORD address = 0;

	if (h->tsp.lineGetCallAddressID && !h->tsp.lineGetCallAddressID(c->hd, &address))
		return address;
	info = (LineCallInfo *)take(h, c, &line_call_info__descriptor, &h->info, a);
	return info ? info->address_id : 0;
}
