// SPDX-License-Identifier: MIT
/* address.c - address objects: one for each address of each line device that somebody asks for. */
#include "libtapi/tapi3/objects.h"

#include "base/mem.h"
#include "wire/utf8.h"

#include <stdio.h>
#include <string.h>

enum { OLDEST_API = 0x00020000 };

/* --- Asking what it can do ------------------------------------------------------------------- */

static LONG get_dev(const void *of, void *out)
{
	const struct tapi_address *address = of;

	return lineGetDevCaps(tapi_get_handle(address->tapi), address->device, address->api_version,
			0, out);
}

static LONG get_caps(const void *of, void *out)
{
	const struct tapi_address *address = of;

	return lineGetAddressCaps(tapi_get_handle(address->tapi), address->device, address->id,
			address->api_version, 0, out);
}

/* Texts end with NUL if their writer was kind. */
static void copy(char *to, size_t room, const void *structure, DWORD size, DWORD offset)
{
	const char *from = structure_text(structure, size, offset, &size);

	(void)snprintf(to, room, "%.*s", (int)size, from);
	utf8_trim(to);
}

static void name_it(struct tapi_address *address)
{
	const LINEDEVCAPS *d = address->dev;
	const LINEADDRESSCAPS *c = address->caps;
	char line[128];

	copy(line, sizeof(line), d, d->dwLineNameSize, d->dwLineNameOffset);
	copy(address->provider, sizeof(address->provider), d, d->dwProviderInfoSize,
			d->dwProviderInfoOffset);
	copy(address->dialable, sizeof(address->dialable), c, c->dwAddressSize, c->dwAddressOffset);
	if (!*line)
		(void)snprintf(line, sizeof(line), "line %u", address->device);
	if (d->dwNumAddresses > 1)
		(void)snprintf(address->name, sizeof(address->name), "%s, address %u", line,
				address->id);
	else
		(void)snprintf(address->name, sizeof(address->name), "%s", line);
}

static LONG learn(struct tapi_address *address)
{
	LINEEXTENSIONID extension;
	void *p = NULL;
	LONG result = lineNegotiateAPIVersion(tapi_get_handle(address->tapi), address->device,
			OLDEST_API, TAPI_CURRENT_VERSION, &address->api_version, &extension);

	if (!result)
		result = structure_obtain(get_dev, address, &p);
	if (result)
		return result;
	address->dev = p;
	result = structure_obtain(get_caps, address, &p);
	if (result)
		return result;
	address->caps = p;
	name_it(address);
	return 0;
}

/* --- Life ------------------------------------------------------------------------------------ */

struct tapi_address *tapi_address_find(struct tapi *tapi, DWORD device, DWORD id)
{
	list_for(pos, &tapi->addresses) {
		struct tapi_address *address = list_entry(pos, struct tapi_address, link);

		if (address->device == device && address->id == id)
			return address;
	}
	return NULL;
}

static struct tapi_address *address_new(struct tapi *tapi, DWORD device, DWORD id)
{
	struct tapi_address *address = mem_new(struct tapi_address);

	if (!address)
		return NULL;
	object_init(&address->object, OBJECT_ADDRESS);
	list_init(&address->link);
	address->tapi = tapi_ref(tapi);
	address->device = device;
	address->id = id;
	return address;
}

LONG tapi_address_obtain(struct tapi *tapi, DWORD device, DWORD id, struct tapi_address **out)
{
	struct tapi_address *address, *found;
	LONG result;

	objects_lock();
	found = tapi_ref(tapi_address_find(tapi, device, id));
	objects_unlock();
	*out = found;
	if (found)
		return 0;
	address = address_new(tapi, device, id);
	if (!address)
		return fail(TAPI_E_NOTENOUGHMEMORY, "ENOMEM", "no memory for an address");
	result = learn(address);
	if (result) {
		tapi_unref(address);
		return result;
	}
	objects_lock();
	found = tapi_ref(tapi_address_find(tapi, device, id)); /* another thread was faster */
	if (!found)
		list_append(&tapi->addresses, &address->link);
	objects_unlock();
	if (found)
		tapi_unref(address);
	*out = found ? found : address;
	return 0;
}

static void end_instances(struct tapi *tapi, HLINE line)
{
	list_for_safe(pos, &tapi->instances) {
		struct instance *i = list_entry(pos, struct instance, link);

		if (i->line == line)
			instance_end(i);
	}
}

void tapi_address_end(struct tapi_address *address)
{
	struct tapi *tapi = address->tapi;

	list_remove(&address->link);
	if (address->line && !tapi->closed) {
		end_instances(tapi, address->line);
		objects_say_later(lineClose, address->line);
	}
	mem_free(address->dev);
	mem_free(address->caps);
	mem_free(address);
	tapi_unref(tapi);
}

/* Its news are events (sink.c); a provider that tells none is no reason to fail. */
static void ask_for_status(HLINE line)
{
	(void)lineSetStatusMessages(line, STATUS_LINE_STATES, STATUS_ADDRESS_STATES);
}

LONG tapi_address_open(struct tapi_address *address)
{
	HLINE line;
	bool open;
	LONG result = tapi_need(address->tapi);

	if (result)
		return result;
	objects_lock();
	open = address->line != 0;
	objects_unlock();
	if (open)
		return 0;
	result = lineOpen(tapi_get_handle(address->tapi), address->device, &line,
			address->api_version, 0, 0, LINECALLPRIVILEGE_NONE, 0, NULL);
	if (result)
		return result;
	objects_lock();
	open = address->line != 0; /* another thread was faster */
	if (!open)
		address->line = line;
	objects_unlock();
	if (open)
		(void)lineClose(line);
	else
		ask_for_status(line);
	return 0;
}

static TELLS(bool, is_gone, tapi_address, gone, true)

		/* Devices that come later are counted as they come. */
		static bool is_device(const struct tapi *tapi, DWORD device)
{
	bool yes;

	objects_lock();
	yes = device < tapi->devices;
	objects_unlock();
	return yes;
}

LONG tapi_get_address(struct tapi *tapi, DWORD index, struct tapi_address **out)
{
	struct tapi_address *first;
	DWORD count;

	if (!tapi || !out)
		return fail(LINEERR_INVALPOINTER, "NULL", "an argument is NULL");
	if (!tapi_get_handle(tapi))
		return fail(TAPI_E_NOT_INITIALIZED, "shutdown", "there is no connection");
	for (DWORD device = 0; is_device(tapi, device); device++) {
		if (tapi_address_obtain(tapi, device, 0, &first))
			continue; /* a device that is gone has no addresses */
		count = is_gone(first) ? 0 : first->dev->dwNumAddresses;
		if (index == 0 && count) {
			*out = first;
			return 0;
		}
		tapi_unref(first);
		if (index < count)
			return tapi_address_obtain(tapi, device, index, out);
		index -= count;
	}
	return fail(TAPI_E_NOITEMS, "list", "there are no more addresses");
}

/* --- Media types ----------------------------------------------------------------------------- */

static const struct {
	DWORD type, modes;
} media[] = {
	{ TAPIMEDIATYPE_AUDIO, LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_AUTOMATEDVOICE },
	{ TAPIMEDIATYPE_VIDEO, LINEMEDIAMODE_VIDEO },
	{ TAPIMEDIATYPE_DATAMODEM, LINEMEDIAMODE_DATAMODEM },
	{ TAPIMEDIATYPE_G3FAX, LINEMEDIAMODE_G3FAX },
};

DWORD media_modes_from_types(const struct tapi_address *address, DWORD types)
{
	DWORD modes = 0;

	for (size_t i = 0; i < sizeof(media) / sizeof(media[0]); i++)
		if (types & media[i].type)
			modes |= media[i].modes;
	return modes & address->dev->dwMediaModes;
}

DWORD tapi_address_get_media_types(struct tapi_address *address)
{
	DWORD types = 0;

	if (!address)
		return 0;
	for (size_t i = 0; i < sizeof(media) / sizeof(media[0]); i++)
		if (address->dev->dwMediaModes & media[i].modes)
			types |= media[i].type;
	return types;
}

int tapi_address_query_media_type(struct tapi_address *address, DWORD media_type)
{
	DWORD types = tapi_address_get_media_types(address);

	return media_type && (types & media_type) == media_type;
}

/* --- What it is called ----------------------------------------------------------------------- */

struct tapi *tapi_address_get_tapi(struct tapi_address *address)
{
	return address ? address->tapi : NULL;
}

const char *tapi_address_get_name(struct tapi_address *address)
{
	return address ? address->name : "";
}

const char *tapi_address_get_provider_name(struct tapi_address *address)
{
	return address ? address->provider : "";
}

const char *tapi_address_get_dialable(struct tapi_address *address)
{
	return address ? address->dialable : "";
}

ADDRESS_STATE tapi_address_get_state(struct tapi_address *address)
{
	LINEDEVSTATUS status = { .dwTotalSize = sizeof(status) };
	HLINE line;

	if (is_gone(address))
		return AS_OUTOFSERVICE;
	objects_lock();
	line = address->line;
	objects_unlock();
	/* Only an open line can be asked; a device that is there counts as in service. */
	if (!line || lineGetLineDevStatus(line, &status))
		return AS_INSERVICE;
	return status.dwDevStatusFlags & LINEDEVSTATUSFLAGS_INSERVICE ? AS_INSERVICE
								      : AS_OUTOFSERVICE;
}

/* --- What it shows --------------------------------------------------------------------------- */

static LONG line_of(struct tapi_address *address, HLINE *out)
{
	LONG result = address ? tapi_address_open(address)
			      : fail(LINEERR_INVALPOINTER, "NULL", "there is no address");

	if (result)
		return result;
	objects_lock();
	*out = address->line;
	objects_unlock();
	return 0;
}

LONG tapi_address_set_message_waiting(struct tapi_address *address, int waiting)
{
	HLINE line;
	LONG result = line_of(address, &line);

	if (!result)
		result = lineSetLineDevStatus(line, LINEDEVSTATUSFLAGS_MSGWAIT, waiting != 0);
	return result < 0 ? result : 0;
}

LONG tapi_address_get_message_waiting(struct tapi_address *address, int *out)
{
	LINEDEVSTATUS status = { .dwTotalSize = sizeof(status) };
	HLINE line;
	LONG result = line_of(address, &line);

	if (!result)
		result = lineGetLineDevStatus(line, &status);
	if (!result && out)
		*out = (status.dwDevStatusFlags & LINEDEVSTATUSFLAGS_MSGWAIT) != 0;
	return result;
}

LONG tapi_address_negotiate_ext_version(struct tapi_address *address, DWORD low, DWORD high,
		DWORD *out)
{
	if (!address)
		return fail(LINEERR_INVALPOINTER, "NULL", "there is no address");
	return lineNegotiateExtVersion(tapi_get_handle(address->tapi), address->device,
			address->api_version, low, high, out);
}
