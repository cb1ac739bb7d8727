// SPDX-License-Identifier: MIT
/* registration.c - whose calls are of interest: lines with call notifications, and lines of tapi.h
 * whose calls only get media. */
#include "libtapi/tapi3/objects.h"

#include "base/mem.h"

struct registration *tapi_registration(struct tapi *tapi, HLINE line, DWORD address_id)
{
	struct registration *any = NULL;

	list_for(pos, &tapi->registrations) {
		struct registration *r = list_entry(pos, struct registration, link);

		if (!line || r->line != line)
			continue;
		if (r->address->id == address_id)
			return r;
		any = any ? any : r;
	}
	return any;
}

void registration_opened(struct tapi *tapi, HLINE line, DWORD_PTR instance)
{
	list_for(pos, &tapi->registrations) {
		struct registration *r = list_entry(pos, struct registration, link);

		if (!r->line && (DWORD_PTR)r == instance)
			r->line = line;
	}
}

static struct registration *find(struct tapi *tapi, LONG id)
{
	list_for(pos, &tapi->registrations) {
		struct registration *r = list_entry(pos, struct registration, link);

		if (r->id == id)
			return r;
	}
	return NULL;
}

void registration_free(struct registration *r)
{
	list_remove(&r->link);
	tapi_unref(r->address);
	mem_free(r);
}

static bool has_calls(const struct tapi *tapi, HLINE line)
{
	list_for(pos, &tapi->calls) {
		const struct tapi_call *call = list_entry(pos, struct tapi_call, link);

		if (call->line == line && call->held)
			return true;
	}
	return false;
}

/* Lines whose notifications are not wanted any more stay open for the calls that they have. */
void registrations_close_retired(struct tapi *tapi)
{
	struct registration *found;

	do {
		found = NULL;
		objects_lock();
		list_for(pos, &tapi->registrations) {
			struct registration *r = list_entry(pos, struct registration, link);

			if (r->retired && !has_calls(tapi, r->line))
				found = r;
		}
		if (found)
			list_remove(&found->link);
		objects_unlock();
		if (found) {
			(void)lineClose(found->line);
			registration_free(found);
		}
	} while (found);
}

static LONG registration_add(struct tapi *tapi, struct tapi_address *address, HLINE line,
		LONG instance, struct registration **out)
{
	struct registration *r = mem_new(struct registration);

	if (!r)
		return fail(TAPI_E_NOTENOUGHMEMORY, "ENOMEM", "no memory for a registration");
	r->address = tapi_ref(address);
	r->line = line;
	r->instance = instance;
	list_append(&tapi->registrations, &r->link);
	*out = r;
	return 0;
}

/* The registration is there before its line: another thread may dispatch a call of that line before
 * this one has it. */
static LONG open_line(struct tapi *tapi, struct tapi_address *address, DWORD privileges,
		DWORD modes, struct registration *r)
{
	const LONG id = r->id;
	HLINE line;
	LONG result = lineOpen(tapi_get_handle(tapi), address->device, &line, address->api_version,
			0, (DWORD_PTR)r, privileges, modes, NULL);

	objects_lock();
	r = find(tapi, id);
	if (r && result)
		registration_free(r);
	else if (r)
		r->line = line;
	objects_unlock();
	if (result || r)
		return result;
	(void)lineClose(line);
	return fail(TAPI_E_NOT_INITIALIZED, "shutdown", "there is no connection any more");
}

LONG tapi_register_call_notifications(struct tapi *tapi, struct tapi_address *address, int monitor,
		int owner, DWORD media_types, LONG instance, LONG *registration)
{
	DWORD modes, privileges = (owner ? LINECALLPRIVILEGE_OWNER : 0) |
				  (monitor ? LINECALLPRIVILEGE_MONITOR : 0);
	struct registration *r;
	LONG result, id;

	if (!tapi || !address || !registration || address->tapi != tapi || !privileges)
		return fail(LINEERR_INVALPARAM, "argument",
				"a registration needs a tapi, one of its addresses and a "
				"privilege");
	modes = media_modes_from_types(address, media_types);
	if (owner && !modes)
		return fail(TAPI_E_INVALIDMEDIATYPE, "media type",
				"%s cannot have calls of these media types", address->name);
	/* The MSP has to be there before the first call. Without one calls have no media. */
	result = tapi_address_open(address);
	if (result)
		return result;
	(void)instance_obtain(address, address->line);
	objects_lock();
	result = tapi->closed ? fail(TAPI_E_NOT_INITIALIZED, "shutdown", "there is no connection")
			      : registration_add(tapi, address, 0, instance, &r);
	if (!result)
		id = r->id = ++tapi->next_registration;
	objects_unlock();
	if (!result)
		result = open_line(tapi, address, privileges, owner ? modes : 0, r);
	if (!result)
		*registration = id;
	return result;
}

LONG tapi_unregister_notifications(struct tapi *tapi, LONG registration)
{
	HLINE line = 0;

	if (!tapi)
		return fail(LINEERR_INVALPOINTER, "NULL", "there is no tapi object");
	objects_lock();
	list_for_safe(pos, &tapi->registrations) {
		struct registration *r = list_entry(pos, struct registration, link);

		if (r->id != registration || !registration || !r->line || r->retired)
			continue;
		line = r->line;
		r->retired = true;
	}
	objects_unlock();
	if (!line)
		return fail(TAPI_E_NOTREGISTERED, "registration", "%d is no registration",
				registration);
	registrations_close_retired(tapi);
	return 0;
}

static LONG address_media(struct tapi *tapi, HLINE line, DWORD device, DWORD id, DWORD *count)
{
	struct tapi_address *address;
	struct registration *r;
	LONG result = tapi_address_obtain(tapi, device, id, &address);

	if (result)
		return result;
	*count = address->dev->dwNumAddresses;
	result = instance_obtain(address, line);
	objects_lock();
	r = tapi_registration(tapi, line, id);
	if (!result && (!r || r->address != address))
		result = registration_add(tapi, address, line, 0, &r);
	objects_unlock();
	tapi_unref(address);
	return result;
}

/* Whose line it is, and which. */
static LONG find_line(HLINE line, struct tapi **tapi, DWORD *device)
{
	struct app *a = handle_app(line, HANDLE_LINE);
	const struct line *l;
	LONG result;

	if (!a)
		return fail(LINEERR_INVALLINEHANDLE, "handle", "%#x is no line handle", line);
	app_lock(a);
	l = handle_object(a, line, HANDLE_LINE);
	*device = l ? l->device : 0;
	app_unlock(a);
	result = tapi_from_handle(a->handle, tapi);
	app_unref(a);
	return result;
}

LONG tapi_address_from_handle(HLINE line, DWORD address_id, struct tapi_address **out)
{
	struct tapi *tapi = NULL;
	DWORD device;
	LONG result = out ? find_line(line, &tapi, &device)
			  : fail(LINEERR_INVALPOINTER, "NULL", "out is NULL");

	if (!result)
		result = tapi_address_obtain(tapi, device, address_id, out);
	tapi_unref(tapi);
	return result;
}

LONG tapi_line_media(HLINE line)
{
	struct tapi *tapi = NULL;
	DWORD device = 0, count = 1;
	LONG result = find_line(line, &tapi, &device);

	for (DWORD id = 0; !result && id < count; id++)
		result = address_media(tapi, line, device, id, &count);
	tapi_unref(tapi);
	return result;
}
