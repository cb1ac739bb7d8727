// SPDX-License-Identifier: MIT
/* line_caps.c - capabilities through a cache of the host's own bytes. Versions of structures are
 * converted down in libtapi, so one copy serves all. */
#include "base/mem.h"
#include "call.h"
#include "client.h"
#include "core.h"
#include "dispatch.h"
#include "failure.h"
#include "host.h"
#include "line.h"
#include "message.h"
#include "provider.h"
#include "session.h"

#include <string.h>

struct cached *cached_new(const struct frame *reply)
{
	struct cached *c = mem_alloc(sizeof(*c) + reply->h.length);

	if (!c)
		return NULL;
	c->next = NULL;
	c->address_id = 0;
	c->size = reply->h.length;
	memcpy(c->body, reply->body, c->size);
	return c;
}

static LONG return_cached(struct request *r, const struct cached *c)
{
	client_return_bytes(r->client, r->frame->h.serial, c->body, c->size);
	return 0;
}

static void caps_done(struct pending *p, const struct answer *a)
{
	struct line *line = line_of_pending(p);

	if (line && a->reply)
		line_keep_caps(line, a->frame, a->reply);
	pending_relay(p, a);
}

/* In the line's own version, whatever the client has. */
static LONG ask_dev_caps(struct request *r)
{
	const ProtobufCMessage *caps = message_about(&r->core->arena, r->rule->request,
			r->line->device, &r->line->tspi_version, 1);
	struct pending *p = caps ? host_forward_message(request_host(r), r->session, r->rule,
						   r->frame, caps, caps_done)
				 : NULL;

	if (!p)
		return LINEERR_RESOURCEUNAVAIL;
	p->object = r->line->device;
	return 0;
}

LONG handle_get_dev_caps(struct request *r)
{
	LONG code = line_check_versions(r);

	if (code)
		return code;
	if (message_number(r->msg, "ext_version"))
		return handle_FORWARD(r);
	return r->line->caps ? return_cached(r, r->line->caps) : ask_dev_caps(r);
}

static const struct cached *find_address_caps(const struct line *line, uint32_t address_id)
{
	const struct cached *c = line->address_caps;

	while (c && c->address_id != address_id)
		c = c->next;
	return c;
}

void line_keep_address_caps(struct line *line, uint32_t address_id, const struct frame *reply)
{
	struct cached *c = find_address_caps(line, address_id) ? NULL : cached_new(reply);

	if (!c)
		return;
	c->address_id = address_id;
	c->next = line->address_caps;
	line->address_caps = c;
}

static void address_caps_done(struct pending *p, const struct answer *a)
{
	struct line *line = line_of_pending(p);

	pending_relay(p, a);
	if (line && a->reply)
		line_keep_address_caps(line, p->value, a->frame);
}

LONG handle_get_address_caps(struct request *r)
{
	const LineGetAddressCaps *m = (const void *)r->msg;
	LineGetAddressCaps caps = LINE_GET_ADDRESS_CAPS__INIT;
	LONG code = line_check_versions(r);
	const struct cached *c;
	struct pending *p;

	if (code)
		return code;
	if (m->address_id >= r->line->num_addresses)
		return LINEERR_INVALADDRESSID;
	if (m->ext_version)
		return handle_FORWARD(r);
	c = find_address_caps(r->line, m->address_id);
	if (c)
		return return_cached(r, c);
	caps = *m;
	SET(&caps, api_version, r->line->tspi_version);
	p = host_forward_message(request_host(r), r->session, r->rule, r->frame, &caps.base,
			address_caps_done);
	if (!p)
		return LINEERR_RESOURCEUNAVAIL;
	p->object = r->line->device;
	p->value = m->address_id;
	return 0;
}
