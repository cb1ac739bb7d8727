// SPDX-License-Identifier: MIT
/* open.c - lineOpen and phoneOpen: written by hand, because the callback instance never travels,
 * and because the line must be known before the first event of it is read. */
#include "libtapi/internal.h"

#include "base/mem.h"
#include "base/trace.h"
#include "wire/flat.h"

#include <string.h>

struct opening {
	uint32_t *handle;
	struct line as; /* what the new line is to be */
};

uint32_t open_device(const LineOpenReply *reply, uint32_t asked)
{
	return reply && reply->has_device ? reply->device : asked;
}

static struct line *opened(struct app *a, const struct opening *o, uint32_t open, uint32_t device)
{
	struct line *l = line_by_open(a, open) ? NULL : line_new(a, open, device);

	if (!l)
		return NULL;
	l->api_version = o->as.api_version;
	l->ext_version = o->as.ext_version;
	l->privileges = o->as.privileges;
	l->media_modes = o->as.media_modes;
	l->address_id = o->as.address_id;
	l->opened_at = o->as.opened_at;
	l->instance = o->as.instance;
	l->proxies = o->as.proxies;
	*o->handle = l->handle;
	return l;
}

static LONG returned(struct app *a, struct request *r, struct frame *f)
{
	struct opening *o = r->arg;
	uint32_t device;
	const LineOpenReply *reply;
	struct arena arena;

	arena_init(&arena, MESSAGE_MAX);
	reply = r->rule->number == CALL_LineOpen
				? (const LineOpenReply *)arena_unpack(&arena, r->rule->reply,
						  f->body, f->h.length)
				: NULL;
	device = open_device(reply, o->as.device);
	o->as.opened_at = reply ? reply->opened_at : 0;
	arena_fini(&arena);
	if (f->h.open && opened(a, o, f->h.open, device))
		return 0;
	reason_set(&r->reason, TAPIX_LAYER_CLIENT, "open",
			"the answer names no new open line, or memory is short");
	return LINEERR_OPERATIONFAILED;
}

static LONG run(struct app *a, unsigned number, const ProtobufCMessage *message, struct opening *o,
		struct arena *arena)
{
	struct request r = { .rule = rule_find((uint16_t)number),
		.device = o->as.device,
		.returned = returned,
		.arg = o };
	LONG result = request_pack(&r, message, arena);

	return result ? result : request_run(a, &r);
}

/* NULL is allowed; the address counts only with LINEOPENOPTION_SINGLEADDRESS. */
static LONG read_params(const LINECALLPARAMS *p, DWORD version, struct arena *arena,
		LineCallParams **out)
{
	struct flat_hooks hooks = { .version = version };
	ProtobufCMessage *m = NULL;
	DWORD total;
	int err;

	*out = NULL;
	if (!p)
		return 0;
	memcpy(&total, p, sizeof(total)); /* it may lie anywhere */
	err = flat_read(&line_call_params__descriptor, p, total, &hooks, arena, &m);
	if (err)
		return fail(lineerr_from_errno(err), "structure",
				"lpCallParams is too small or points outside of itself");
	*out = (LineCallParams *)m;
	return 0;
}

/* Kept, since a daemon that is started again has to be told. */
static uint32_t proxy_types(const LineCallParams *p)
{
	uint32_t bits = 0, type;

	for (size_t at = 0; p && at + sizeof(type) <= p->dev_specific.len; at += sizeof(type)) {
		memcpy(&type, p->dev_specific.data + at, sizeof(type));
		if (type && type <= LINEPROXYREQUEST_SETAGENTSTATEEX)
			bits |= 1U << type;
	}
	return bits;
}

LONG lineOpen(HLINEAPP hLineApp, DWORD dwDeviceID, LPHLINE lphLine, DWORD dwAPIVersion,
		DWORD dwExtVersion, DWORD_PTR dwCallbackInstance, DWORD dwPrivileges,
		DWORD dwMediaModes, const LINECALLPARAMS *lpCallParams)
{
	LineOpen request = LINE_OPEN__INIT;
	struct opening o = { lphLine, { .device = dwDeviceID,
						      .api_version = dwAPIVersion,
						      .ext_version = dwExtVersion,
						      .privileges = dwPrivileges,
						      .media_modes = dwMediaModes,
						      .instance = dwCallbackInstance } };
	struct arena arena;
	struct app *a;
	LONG result = app_get(hLineApp, HANDLE_LINEAPP, &a);

	if (result)
		return result;
	arena_init(&arena, MESSAGE_MAX);
	trace_hop(TRACE_APP, __func__, dwDeviceID, "%s", "");
	result = lphLine ? read_params(lpCallParams, dwAPIVersion, &arena, &request.call_params)
			 : fail(LINEERR_INVALPOINTER, "NULL", "lphLine is NULL");
	if (request.call_params)
		o.as.address_id = request.call_params->address_id;
	if (dwPrivileges & LINEOPENOPTION_PROXY)
		o.as.proxies = proxy_types(request.call_params);
	request.has_device = request.has_api_version = request.has_ext_version =
			request.has_privileges = request.has_media_modes = 1;
	request.device = dwDeviceID;
	request.api_version = dwAPIVersion;
	request.ext_version = dwExtVersion;
	request.privileges = dwPrivileges;
	request.media_modes = dwMediaModes;
	app_lock(a);
	if (!result)
		result = run(a, CALL_LineOpen, &request.base, &o, &arena);
	app_unlock(a);
	arena_fini(&arena);
	app_unref(a);
	return result;
}

LONG phoneOpen(HPHONEAPP hPhoneApp, DWORD dwDeviceID, LPHPHONE lphPhone, DWORD dwAPIVersion,
		DWORD dwExtVersion, DWORD_PTR dwCallbackInstance, DWORD dwPrivilege)
{
	PhoneOpen request = PHONE_OPEN__INIT;
	struct opening o = { lphPhone, { .device = dwDeviceID,
						       .api_version = dwAPIVersion,
						       .ext_version = dwExtVersion,
						       .privileges = dwPrivilege,
						       .instance = dwCallbackInstance } };
	struct arena arena;
	struct app *a;
	LONG result = app_get(hPhoneApp, HANDLE_PHONEAPP, &a);

	if (result)
		return result;
	arena_init(&arena, MESSAGE_MAX);
	trace_hop(TRACE_APP, __func__, dwDeviceID, "%s", "");
	request.has_device = request.has_api_version = request.has_ext_version =
			request.has_privilege = 1;
	request.device = dwDeviceID;
	request.api_version = dwAPIVersion;
	request.ext_version = dwExtVersion;
	request.privilege = dwPrivilege;
	app_lock(a);
	result = lphPhone ? run(a, CALL_PhoneOpen, &request.base, &o, &arena)
			  : fail(PHONEERR_INVALPOINTER, "NULL", "lphPhone is NULL");
	app_unlock(a);
	arena_fini(&arena);
	app_unref(a);
	return phone_error(result);
}
