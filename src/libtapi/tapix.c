// SPDX-License-Identifier: MIT
/* tapix.c - what is ours in the interface: the descriptor, structures and constants as text. */
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
