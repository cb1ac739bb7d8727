// SPDX-License-Identifier: MIT
/* call.c - call objects: how they come to be and end, and the media that goes with them. */
#define LOG_TOPIC "tapi3"
#include "libtapi/pending.h"
#include "libtapi/tapi3/objects.h"

#include "base/mem.h"
#include "base/trace.h"

#include <string.h>

struct tapi_call *tapi_call_new(struct tapi_address *address)
{
	struct tapi_call *call = mem_new(struct tapi_call);

	if (!call)
		return NULL;
	object_init(&call->object, OBJECT_CALL);
	list_init(&call->streams);
	list_init(&call->selections);
	call->address = tapi_ref(address);
	call->state = CS_IDLE;
	list_append(&address->tapi->calls, &call->link);
	return call;
}

/* --- Media ----------------------------------------------------------------------------------- */

/* What a line can carry, as far as streams are concerned. */
static DWORD default_types(const struct tapi_call *call)
{
	DWORD types = tapi_address_get_media_types(call->address);

	types &= TAPIMEDIATYPE_AUDIO | TAPIMEDIATYPE_VIDEO;
	return types ? types : TAPIMEDIATYPE_AUDIO;
}

static const char *flags_text(DWORD flags)
{
	if (flags & MSP_CALL_JOINED)
		return "joined";
	return flags & MSP_CALL_INCOMING ? "incoming" : "outgoing";
}

void tapi_call_attach(struct tapi_call *call, DWORD media_types, DWORD flags)
{
	struct tapi_address *address = call->address;
	struct instance *i;
	LONG result;

	if (call->msp)
		return;
	i = instance_find(address->tapi, address->device, address->id);
	if (!i || !i->address)
		return; /* a call without media */
	if (!media_types)
		media_types = default_types(call);
	trace_hop(TRACE_MSP, "CreateMSPCall", call->id, "%s", flags_text(flags));
	result = i->ops->create_call(i->address, call, media_types, flags, &call->msp);
	if (result == TAPI_E_INVALIDMEDIATYPE && media_types & TAPIMEDIATYPE_AUDIO)
		result = i->ops->create_call(i->address, call, TAPIMEDIATYPE_AUDIO, flags,
				&call->msp);
	if (result) {
		call->msp = NULL;
		log_warn("call %#llx: the MSP cannot make its media (%#x), it stays silent",
				(unsigned long long)call->id, (unsigned)result);
		return;
	}
	call->instance = i;
	call_prefer_formats(call);
}

void tapi_call_detach(struct tapi_call *call)
{
	struct msp_call *msp = call->msp;

	if (!msp)
		return;
	selections_clear(call);
	tapi_streams_cut(call);
	trace_hop(TRACE_MSP, "ShutdownMSPCall", call->id, "%s", "");
	call->instance->ops->shutdown_call(msp);
	call->msp = NULL;
	call->instance = NULL;
}

/* --- Life ------------------------------------------------------------------------------------ */

struct tapi_call *tapi_call_by_handle(struct tapi *tapi, HCALL handle)
{
	list_for(pos, &tapi->calls) {
		struct tapi_call *call = list_entry(pos, struct tapi_call, link);

		if (handle && call->handle == handle)
			return call;
	}
	return NULL;
}

struct tapi_call *tapi_call_adopt(struct tapi_address *address, HCALL handle, uint64_t id)
{
	struct tapi_call *call = tapi_call_by_handle(address->tapi, handle);

	if (!call)
		call = tapi_call_new(address);
	if (!call || call->handle == handle)
		return call;
	call->handle = handle;
	call->id = id;
	call->dialled = true;
	call->held = true; /* the first reference is the library's */
	return call;
}

void tapi_call_over(struct tapi_call *call)
{
	if (!call->held)
		return;
	call->held = false;
	call_leave_parties(call);
	tapi_call_detach(call);
	if (!call->own)
		call->handle = 0;
	if (call->state != CS_DISCONNECTED) {
		tapi_call_set_state(call, CS_DISCONNECTED, CEC_DISCONNECT_NORMAL, 0);
		tapi_wake(call->address->tapi);
	}
	tapi_unref(call);
}

static void params_free(struct call_params *p)
{
	mem_free(p->destination);
	mem_free(p->called_party);
	mem_free(p->comment);
	mem_free(p->displayable);
	mem_free(p->calling_party);
	mem_free(p->user_user);
}

void tapi_call_end(struct tapi_call *call)
{
	HCALL handle = call->own ? call->handle : 0;

	list_remove(&call->link);
	call_forget_party(call);
	tapi_call_detach(call);
	if (handle && !call->address->tapi->closed)
		objects_say_later(lineDeallocateCall, handle);
	if (call->gathering)
		gathers_disown(call->address->tapi->app, call->digits);
	params_free(&call->params);
	tapi_unref(call->address);
	mem_free(call);
}

LONG tapi_address_create_call(struct tapi_address *address, const char *destination,
		DWORD address_type, DWORD media_types, struct tapi_call **out)
{
	struct tapi_call *call;
	LONG result;

	if (!address || !out)
		return fail(LINEERR_INVALPOINTER, "NULL", "an argument is NULL");
	if (!media_modes_from_types(address, media_types))
		return fail(TAPI_E_INVALIDMEDIATYPE, "media type",
				"%s cannot have calls of these media types", address->name);
	result = tapi_address_open(address);
	if (result)
		return result;
	(void)instance_obtain(address, address->line);
	objects_lock();
	call = tapi_call_new(address);
	if (call) {
		call->params.destination = mem_strdup(destination ? destination : "");
		call->params.address_type = address_type;
		call->params.media_types = media_types;
		call->own = true;
		call->line = address->line;
		call->privilege = CP_OWNER;
	}
	if (call && !call->params.destination) {
		tapi_unref(call);
		call = NULL;
	}
	if (call)
		tapi_call_attach(call, media_types, MSP_CALL_OUTGOING);
	objects_unlock();
	*out = call;
	return call ? 0 : fail(TAPI_E_NOTENOUGHMEMORY, "ENOMEM", "no memory for a call");
}

LONG tapi_address_get_call(struct tapi_address *address, DWORD index, struct tapi_call **out)
{
	LONG result = TAPI_E_NOITEMS;

	if (!address || !out)
		return fail(LINEERR_INVALPOINTER, "NULL", "an argument is NULL");
	objects_lock();
	list_for(pos, &address->tapi->calls) {
		struct tapi_call *call = list_entry(pos, struct tapi_call, link);

		if (call->address != address || index--)
			continue;
		*out = tapi_ref(call);
		result = 0;
		break;
	}
	objects_unlock();
	return result;
}

/* --- A call of tapi.h ------------------------------------------------------------------------ */

struct handle_facts {
	HLINEAPP app;
	HLINE line;
	uint64_t id;
	DWORD device, state, privilege;
	bool given;
};

static LONG look_up(HCALL handle, struct handle_facts *out)
{
	struct app *a = handle_app(handle, HANDLE_CALL);
	const struct call *c = NULL;

	if (a) {
		app_lock(a);
		c = handle_object(a, handle, HANDLE_CALL);
		if (c)
			*out = (struct handle_facts){ a->handle, c->line->handle, c->id,
				c->line->device, c->state, c->privilege, c->given };
		app_unlock(a);
		app_unref(a);
	}
	return c ? 0 : fail(LINEERR_INVALCALLHANDLE, "handle", "%#x is no call handle", handle);
}

/* Only where a line has several is it worth a question. */
static DWORD address_id_of(HCALL handle, struct tapi *tapi, DWORD device)
{
	struct tapi_address *first;
	LINECALLINFO info = { .dwTotalSize = sizeof(info) };
	DWORD count;

	if (tapi_address_obtain(tapi, device, 0, &first))
		return 0;
	count = first->dev->dwNumAddresses;
	tapi_unref(first);
	return count > 1 && !lineGetCallInfo(handle, &info) ? info.dwAddressID : 0;
}

static LONG adopt(struct tapi *tapi, HCALL handle, const struct handle_facts *facts,
		struct tapi_call **out)
{
	struct tapi_address *address;
	struct tapi_call *call;
	LONG result = tapi_address_obtain(tapi, facts->device,
			address_id_of(handle, tapi, facts->device), &address);

	if (result)
		return result;
	if (facts->privilege == LINECALLPRIVILEGE_OWNER)
		(void)instance_obtain(address, facts->line);
	objects_lock();
	call = tapi_call_adopt(address, handle, facts->id);
	if (call) {
		call->line = call->line ? call->line : facts->line;
		if (!call->line_state)
			tapi_call_stepped(call, facts->state, 0);
		call->privilege =
				facts->privilege == LINECALLPRIVILEGE_OWNER ? CP_OWNER : CP_MONITOR;
		if (call->privilege == CP_OWNER && !facts->given)
			tapi_call_attach(call, 0, tapi_call_flags(facts->state));
		*out = tapi_ref(call);
	}
	objects_unlock();
	tapi_unref(address);
	return call ? 0 : fail(TAPI_E_NOTENOUGHMEMORY, "ENOMEM", "no memory for a call");
}

LONG tapi_call_from_handle(HCALL handle, struct tapi_call **out)
{
	struct handle_facts facts = { 0 };
	struct tapi *tapi;
	struct tapi_call *call;
	bool known;
	LONG result;

	if (!out)
		return fail(LINEERR_INVALPOINTER, "NULL", "out is NULL");
	result = look_up(handle, &facts);
	if (!result)
		result = tapi_from_handle(facts.app, &tapi);
	if (result)
		return result;
	objects_lock();
	call = tapi_call_by_handle(tapi, handle);
	known = call && call->msp;
	if (known)
		*out = tapi_ref(call);
	objects_unlock();
	if (!known)
		result = adopt(tapi, handle, &facts, out);
	tapi_unref(tapi);
	return result;
}

/* --- What a call is -------------------------------------------------------------------------- */

struct tapi_address *tapi_call_get_address(struct tapi_call *call)
{
	return call ? call->address : NULL;
}

TELLS(HCALL, tapi_call_get_handle, tapi_call, handle, 0)
TELLS(CALL_STATE, tapi_call_get_state, tapi_call, state, CS_DISCONNECTED)
TELLS(CALL_PRIVILEGE, tapi_call_get_privilege, tapi_call, privilege, CP_MONITOR)
TELLS(void *, tapi_call_get_user_data, tapi_call, user_data, NULL)

void tapi_call_set_user_data(struct tapi_call *call, void *data)
{
	if (!call)
		return;
	objects_lock();
	call->user_data = data;
	objects_unlock();
}
