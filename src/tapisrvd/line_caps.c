// SPDX-License-Identifier: MIT
/* line_caps.c - capabilities through a cache of the host's own bytes, and API version negotiation.
 * Versions of structures are converted down in libtapi, so one copy serves all. */
#include "base/mem.h"
#include "call.h"
#include "client.h"
#include "core.h"
#include "dispatch.h"
#include "failure.h"
#include "host.h"
#include "line.h"
#include "provider.h"
#include "session.h"

static LONG return_bytes(struct request *r, const struct buf *body)
{
	client_return_bytes(r->client, r->frame->h.serial, buf_head(body), body->size);
	return 0;
}

static LONG check_version(struct request *r, uint32_t version)
{
	if (version >= CORE_API_LOW && version <= CORE_API_HIGH)
		return 0;
	return request_fail(r, LINEERR_INCOMPATIBLEAPIVERSION, "API version",
			"API version %#x was not negotiated for line %u", version, r->line->device);
}

static void caps_done(struct pending *p, const struct answer *a)
{
	struct line *line = p->host ? line_find(p->host->peer.core, (uint32_t)p->object) : NULL;
	const LineGetDevCapsReply *reply = (const void *)a->reply;

	if (line && reply)
		line_keep_caps(line, a->frame, reply->line_dev_caps);
	pending_relay(p, a);
}

/* In the line's own version, whatever the client has. */
static LONG ask_dev_caps(struct request *r)
{
	LineGetDevCaps caps = LINE_GET_DEV_CAPS__INIT;
	struct pending *p;

	SET_ID(&caps, device, r->line->device);
	SET(&caps, api_version, r->line->tspi_version);
	p = host_forward_message(request_host(r), r->session, r->rule, r->frame, &caps.base,
			caps_done);
	if (!p)
		return LINEERR_RESOURCEUNAVAIL;
	p->object = r->line->device;
	return 0;
}

LONG handle_get_dev_caps(struct request *r)
{
	const LineGetDevCaps *m = (const void *)r->msg;
	LONG code = check_version(r, m->api_version);

	if (code)
		return code;
	if (m->ext_version)
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

static void address_caps_done(struct pending *p, const struct answer *a)
{
	struct line *line = p->host ? line_find(p->host->peer.core, (uint32_t)p->object) : NULL;
	struct cached *c;

	pending_relay(p, a);
	if (!line || !a->reply || find_address_caps(line, p->value))
		return;
	c = mem_new(struct cached);
	if (!c || buf_add(&c->body, a->frame->body, a->frame->h.length)) {
		mem_free(c);
		return;
	}
	c->address_id = p->value;
	list_append(&line->address_caps, &c->link);
}

LONG handle_get_address_caps(struct request *r)
{
	const LineGetAddressCaps *m = (const void *)r->msg;
	LineGetAddressCaps caps = LINE_GET_ADDRESS_CAPS__INIT;
	LONG code = check_version(r, m->api_version);
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

/* The highest that the application, this daemon and the TSP share. */
LONG handle_negotiate_api_version(struct request *r)
{
	const LineNegotiateApiVersion *m = (const void *)r->msg;
	LineNegotiateApiVersionReply reply = LINE_NEGOTIATE_API_VERSION_REPLY__INIT;
	uint32_t low = m->api_low_version, high = m->api_high_version;

	if (!r->line->tspi_version)
		return request_fail(r, LINEERR_RESOURCEUNAVAIL, "starting",
				"the provider of line %u has not started yet", r->line->device);
	if (low < CORE_API_LOW)
		low = CORE_API_LOW;
	if (high > r->line->tspi_version)
		high = r->line->tspi_version;
	if (high > CORE_API_HIGH)
		high = CORE_API_HIGH;
	if (low > high)
		return request_fail(r, LINEERR_INCOMPATIBLEAPIVERSION, "API version",
				"line %u speaks at most version %#x, the application at least %#x",
				r->line->device, r->line->tspi_version, m->api_low_version);
	SET(&reply, api_version, high);
	reply.extension_id = &r->line->extension;
	return request_return(r, &reply.base);
}
