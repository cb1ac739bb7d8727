// SPDX-License-Identifier: MIT
/* line_version.c - API versions and versions of a provider's extensions: what is negotiated for a
 * device, and what other requests may name of it. Nothing is committed here: lineOpen does that. */
#include "core.h"
#include "dispatch.h"
#include "failure.h"
#include "host.h"
#include "line.h"
#include "message.h"
#include "provider.h"
#include "session.h"

static bool has_extensions(const struct line *line)
{
	const LineExtensionId *id = &line->extension;

	return id->extension_id0 || id->extension_id1 || id->extension_id2 || id->extension_id3;
}

/* The highest that application, daemon and TSP can have negotiated. */
static uint32_t highest(const struct request *r)
{
	uint32_t high = r->session->api_high < CORE_API_HIGH ? r->session->api_high : CORE_API_HIGH;

	return r->line->tspi_version && r->line->tspi_version < high ? r->line->tspi_version : high;
}

static LONG check_api(struct request *r, uint32_t version)
{
	if (version >= CORE_API_LOW && version <= highest(r))
		return 0;
	return request_fail(r, LINEERR_INCOMPATIBLEAPIVERSION, "API version",
			"API version %#x is none that can be negotiated for %s %u, which has %#x "
			"to %#x",
			version, r->line->kind->name, r->line->device, CORE_API_LOW, highest(r));
}

/* One version at a time: while some program has the device open with one, there is no other. */
static LONG check_extension(struct request *r, uint32_t low, uint32_t high)
{
	const struct line *line = r->line;

	if (!has_extensions(line))
		return request_fail(r, LINEERR_INCOMPATIBLEEXTVERSION, "extension",
				"%s %u has no extensions", line->kind->name, line->device);
	if (line->ext_version && (line->ext_version < low || line->ext_version > high))
		return request_fail(r, LINEERR_INCOMPATIBLEEXTVERSION, "extension",
				"%s %u is open with extension version %#x", line->kind->name,
				line->device, line->ext_version);
	return 0;
}

LONG line_check_versions(struct request *r)
{
	uint32_t extension = message_number(r->msg, "ext_version");
	LONG code = check_api(r, message_number(r->msg, "api_version"));

	return code || !extension ? code : check_extension(r, extension, extension);
}

static LONG return_version(struct request *r, uint32_t version)
{
	LineNegotiateApiVersionReply line = LINE_NEGOTIATE_API_VERSION_REPLY__INIT;
	PhoneNegotiateApiVersionReply phone = PHONE_NEGOTIATE_API_VERSION_REPLY__INIT;
	PhoneExtensionId id = PHONE_EXTENSION_ID__INIT;

	if (!r->line->kind->is_phone) {
		SET(&line, api_version, version);
		line.extension_id = &r->line->extension;
		return request_return(r, &line.base);
	}
	SET(&id, extension_id0, r->line->extension.extension_id0);
	SET(&id, extension_id1, r->line->extension.extension_id1);
	SET(&id, extension_id2, r->line->extension.extension_id2);
	SET(&id, extension_id3, r->line->extension.extension_id3);
	SET(&phone, api_version, version);
	phone.extension_id = &id;
	return request_return(r, &phone.base);
}

/* The highest that the application, this daemon and the TSP share. */
LONG handle_negotiate_api_version(struct request *r)
{
	uint32_t lowest = message_number(r->msg, "api_low_version"), low = lowest;
	uint32_t high = message_number(r->msg, "api_high_version");

	if (!r->line->tspi_version)
		return request_fail(r, LINEERR_RESOURCEUNAVAIL, "starting",
				"the provider of %s %u has not started yet", r->line->kind->name,
				r->line->device);
	if (low < CORE_API_LOW)
		low = CORE_API_LOW;
	if (high > r->line->tspi_version)
		high = r->line->tspi_version;
	if (high > CORE_API_HIGH)
		high = CORE_API_HIGH;
	if (low > high)
		return request_fail(r, LINEERR_INCOMPATIBLEAPIVERSION, "API version",
				"%s %u speaks at most version %#x, the application at least %#x",
				r->line->kind->name, r->line->device, r->line->tspi_version,
				lowest);
	return return_version(r, high);
}

static void on_extension(struct pending *p, const struct answer *a)
{
	uint32_t got = a->reply ? message_number(a->reply, "ext_version") : 0;

	if (a->reply && (got < p->value || got > p->other))
		pending_fail(p, LINEERR_INCOMPATIBLEEXTVERSION,
				failure_new(p->host->peer.core, LAYER_PROVIDER, "extension",
						"the provider chose extension version %#x, which "
						"is not "
						"between %#x and %#x",
						got, p->value, p->other));
	else
		pending_relay(p, a);
}

/* The TSP chooses, of the range that is left. */
LONG handle_negotiate_ext_version(struct request *r)
{
	uint32_t low = message_number(r->msg, "ext_low_version");
	uint32_t high = message_number(r->msg, "ext_high_version");
	LONG code = check_api(r, message_number(r->msg, "api_version"));
	struct pending *p;

	if (!code && low > high)
		code = request_fail(r, LINEERR_INCOMPATIBLEEXTVERSION, "extension",
				"the range of extension versions is empty");
	if (!code)
		code = check_extension(r, low, high);
	if (code)
		return code;
	p = host_forward(request_host(r), r->session, r->rule, r->frame, on_extension);
	if (!p)
		return LINEERR_RESOURCEUNAVAIL;
	p->object = r->line->device;
	p->value = low;
	p->other = high;
	return 0;
}

/* Before it, nobody has said which extensions are meant. */
LONG handle_dev_specific(struct request *r)
{
	if (r->open && !r->open->ext_version && has_extensions(r->line))
		return request_fail(r, LINEERR_OPERATIONUNAVAIL, "extension",
				"%s %u was opened without an extension version: negotiate one, and "
				"open with it",
				r->line->kind->name, r->line->device);
	return handle_FORWARD(r);
}
