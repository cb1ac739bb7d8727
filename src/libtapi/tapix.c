// SPDX-License-Identifier: MIT
/* tapix.c - what is ours in the interface: the descriptor, providers and their state, structures
 * and constants as text. */
#include "libtapi/call.h"

#include "base/mem.h"
#include "wire/flat.h"
#include "wire/json.h"
#include "wire/names.h"

#include "call_descriptors.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

HANDLE tapixGetEventHandle(HLINEAPP hLineApp)
{
	struct app *a = handle_app(hLineApp, HANDLE_LINEAPP);
	HANDLE fd;

	if (!a)
		a = handle_app(hLineApp, HANDLE_PHONEAPP);
	if (!a)
		return fail(-1, "handle", "%#x is no application handle", hLineApp);
	fd = a->gather;
	app_unref(a);
	return fd;
}

static void copy_text(char *to, size_t size, const char *from)
{
	(void)snprintf(to, size, "%s", from ? from : "");
}

/* The program may have been built with a shorter or a longer struct. */
static void give_provider(void *array, DWORD index, size_t size, const struct tapix_provider *p)
{
	char *to = (char *)array + index * size;

	memset(to, 0, size);
	memcpy(to, p, size < sizeof(*p) ? size : sizeof(*p));
}

static void copy_provider(struct tapix_provider *to, const ProviderStatus *from)
{
	memset(to, 0, sizeof(*to));
	to->permanent_provider_id = from->permanent_provider_id;
	copy_text(to->name, sizeof(to->name), from->name);
	copy_text(to->path, sizeof(to->path), from->path);
	copy_text(to->state, sizeof(to->state), from->state);
	copy_text(to->isolation, sizeof(to->isolation), from->isolation);
	if (from->reason)
		reason_from(&to->reason, from->reason, LINEERR_OPERATIONFAILED);
	to->num_lines = from->num_lines;
	to->num_phones = from->num_phones;
	to->pid = from->pid;
	to->restarts = from->restarts;
}

static LONG ask_providers(struct app *a, struct arena *arena, const TapixGetProvidersReply **out)
{
	TapixGetProviders request = TAPIX_GET_PROVIDERS__INIT;
	ProtobufCMessage *reply = NULL;
	LONG result;

	app_lock(a);
	result = request_message(a, CALL_TapixGetProviders, 0, &request.base, arena, &reply);
	app_unlock(a);
	*out = (const TapixGetProvidersReply *)reply;
	return result;
}

LONG tapixGetProviders(HLINEAPP hLineApp, struct tapix_provider *providers, size_t element_size,
		DWORD *count)
{
	const TapixGetProvidersReply *reply;
	struct arena arena;
	struct app *a;
	DWORD room;
	LONG result = app_get(hLineApp, HANDLE_LINEAPP, &a);

	if (result)
		return result;
	if (!count || (*count && !providers)) {
		app_unref(a);
		return fail(LINEERR_INVALPOINTER, "NULL", "an argument is NULL");
	}
	arena_init(&arena, MESSAGE_MAX);
	result = ask_providers(a, &arena, &reply);
	if (!result) {
		room = *count;
		*count = (DWORD)reply->n_providers;
		for (DWORD i = 0; i < room && i < *count; i++) {
			struct tapix_provider p;

			copy_provider(&p, reply->providers[i]);
			give_provider(providers, i, element_size, &p);
		}
		if (room < *count)
			result = fail(LINEERR_STRUCTURETOOSMALL, "array", "there are %u providers",
					*count);
	}
	arena_fini(&arena);
	app_unref(a);
	return result;
}

LONG tapixGetAppPriorities(DWORD dwMediaMode, LPVARSTRING lpNames)
{
	return CALL(TapixGetAppPriorities, dwMediaMode, lpNames);
}

LONG tapixGetCallMedia(HCALL hCall, LPVARSTRING lpMedia)
{
	return CALL(TapixGetCallMedia, hCall, lpMedia);
}

/* The structures that travel: LINEDEVCAPS is LineDevCaps. */
static const ProtobufCMessageDescriptor *structure_find(const char *name)
{
	static const ProtobufCMessageDescriptor *const structures[] = {
#define STRUCTURE(name) &DESC_##name,
#include "structures.inc" /* made from the first part of tapi.proto */
#undef STRUCTURE
	};

	if (strcmp(name, "LINEFORWARD") == 0) /* these two share the name of a function */
		return &line_forward_entry__descriptor;
	if (strcmp(name, "LINEGENERATETONE") == 0)
		return &line_tone_entry__descriptor;
	for (size_t i = 0; i < sizeof(structures) / sizeof(structures[0]); i++) {
		const char *a = structures[i]->short_name, *b = name;

		while (*a && toupper((unsigned char)*a) == (unsigned char)*b)
			a++, b++;
		if (!*a && !*b)
			return structures[i];
	}
	return NULL;
}

LONG tapixStructToJson(LPCSTR name, const void *structure, char *buf, size_t size)
{
	const ProtobufCMessageDescriptor *d = name ? structure_find(name) : NULL;
	ProtobufCMessage *m = NULL;
	struct arena arena;
	DWORD total;
	size_t n;
	int err;

	if (!d)
		return fail(LINEERR_INVALPARAM, "name", "no structure %s is known",
				name ? name : "(NULL)");
	if (!structure || (!buf && size))
		return fail(LINEERR_INVALPOINTER, "NULL", "an argument is NULL");
	memcpy(&total, structure, sizeof(total));
	n = flat_header_slots(d) ? total : flat_fixed_size(d, 0);
	arena_init(&arena, MESSAGE_MAX);
	err = flat_read(d, structure, n, NULL, &arena, &m);
	n = err ? 0 : json_print(m, buf, size);
	arena_fini(&arena);
	if (err)
		return fail(lineerr_from_errno(err), "structure",
				"%s is too small or points outside of itself", name);
	return n > INT32_MAX ? INT32_MAX : (LONG)n;
}

LPCSTR tapixConstantName(LPCSTR group, DWORD value)
{
	return group ? names_constant(group, value) : NULL;
}

LPCSTR tapixBitNames(LPCSTR group, DWORD bits, char *buf, size_t size)
{
	if (size)
		(void)names_bits(group, bits, buf, size);
	return buf;
}
