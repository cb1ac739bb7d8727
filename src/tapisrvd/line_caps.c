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

static LONG return_bytes(struct request *r, const struct buf *body)
{
	client_return_bytes(r->client, r->frame->h.serial, buf_head(body), body->size);
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
	return r->line->caps.size ? return_bytes(r, &r->line->caps) : ask_dev_caps(r);
}

static struct cached *find_address_caps(struct line *line, uint32_t address_id)
{
	list_for(l, &line->address_caps) {
		struct cached *c = list_entry(l, struct cached, link);

		if (c->address_id == address_id)
			return c;
	}
	return NULL;
}

void line_keep_address_caps(struct line *line, uint32_t address_id, const struct frame *reply)
{
	struct cached *c = find_address_caps(line, address_id) ? NULL : mem_new(struct cached);

	if (!c || buf_add(&c->body, reply->body, reply->h.length)) {
		mem_free(c);
		return;
	}
	c->address_id = address_id;
	list_append(&line->address_caps, &c->link);
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
	struct cached *c;
	struct pending *p;

	if (code)
		return code;
	if (m->address_id >= r->line->num_addresses)
		return LINEERR_INVALADDRESSID;
	if (m->ext_version)
		return handle_FORWARD(r);
	c = find_address_caps(r->line, m->address_id);
	if (c)
		return return_bytes(r, &c->body);
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
