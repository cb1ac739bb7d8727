// SPDX-License-Identifier: MIT
/* test_structure.c - section 7: variable-sized structures as applications see them. */
#include "app.h"

#include "wire/calls.h"
#include "wire/flat_layout.h"

#include <string.h>

/* Every string that the structure has ends with NUL, within dwUsedSize, and has no other. */
static unsigned check_strings(const ProtobufCMessageDescriptor *d, const void *structure)
{
	const uint8_t *s = structure;
	unsigned found = 0;

	for (unsigned i = 0; i < d->n_fields; i++) {
		const ProtobufCFieldDescriptor *f = &d->fields[i];
		uint32_t size, offset;

		if (flat_kind(f) != FLAT_PART || f->type != PROTOBUF_C_TYPE_STRING ||
				f->label == PROTOBUF_C_LABEL_REPEATED)
			continue;
		size = flat_get(s + flat_field_offset(f));
		offset = flat_get(s + flat_field_offset(f) + SLOT);
		if (!size)
			continue;
		found++;
		if (offset + size > flat_get(s + 8))
			fail_test("%s.%s ends behind dwUsedSize", d->short_name, f->name);
		if (strnlen((const char *)s + offset, size) != size - 1)
			fail_test("%s.%s: its size does not count its NUL", d->short_name, f->name);
	}
	return found;
}

static void strings(void *arg)
{
	static union {
		LINEDEVCAPS dev;
		LINEADDRESSCAPS address;
		char room[32768];
	} u;
	HCALL call = dial(own_line(0), "102");

	(void)arg;
	u.dev.dwTotalSize = sizeof(u);
	expect_ok(lineGetDevCaps(me.app, 0, me.version, 0, &u.dev));
	expect(check_strings(&line_dev_caps__descriptor, &u.dev) >= 2);
	memset(&u, 0, sizeof(u));
	u.address.dwTotalSize = sizeof(u);
	expect_ok(lineGetAddressCaps(me.app, 0, 0, me.version, 0, &u.address));
	expect(check_strings(&line_address_caps__descriptor, &u.address) >= 1);
	expect(check_strings(&line_call_info__descriptor, info_of(call)) >= 1);
}

static void strings_end_with_nul(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), strings, NULL, 0);
}

/* The fixed part of each version, not a byte more. */
static void too_small(void *arg)
{
	union {
		LINEDEVCAPS dev;
		char room[16384];
	} u = { .dev = { .dwTotalSize = sizeof(u) } };
	DWORD fixed = (DWORD)flat_fixed_size(&line_dev_caps__descriptor, me.version), needed;

	(void)arg;
	expect_ok(lineGetDevCaps(me.app, 0, me.version, 0, &u.dev));
	needed = u.dev.dwNeededSize;
	expect(needed > fixed && u.dev.dwLineNameSize > 0);
	memset(&u, 0xee, sizeof(u));
	u.dev.dwTotalSize = fixed;
	expect_ok(lineGetDevCaps(me.app, 0, me.version, 0, &u.dev));
	expect_eq(u.dev.dwNeededSize, needed);
	expect_eq(u.dev.dwUsedSize, fixed);
	expect_eq(u.dev.dwLineNameSize, 0);
	expect_eq(u.dev.dwLineNameOffset, 0);
	expect_eq(u.dev.dwProviderInfoSize, 0);
	expect_eq((unsigned char)u.room[fixed], 0xee);
	u.dev.dwTotalSize = fixed - 1;
	expect_error(lineGetDevCaps(me.app, 0, me.version, 0, &u.dev), LINEERR_STRUCTURETOOSMALL);
}

static void parts_that_do_not_fit_are_absent(struct world *w)
{
	app_do(app_start(w, "new.exe", 0x00020002), too_small, NULL, 0);
	app_do(app_start(w, "middle.exe", 0x00010004), too_small, NULL, 0);
	app_do(app_start(w, "old.exe", 0x00010003), too_small, NULL, 0);
}

/* --- what the server adds to LINECALLINFO --- */

struct names {
	LINECALLPARAMS p;
	char text[96];
};

/* Appends a text; returns its offset. */
static DWORD put(struct names *n, const char *text, DWORD *size)
{
	DWORD at = (DWORD)sizeof(n->p);

	while (((char *)n)[at])
		at += (DWORD)strlen((char *)n + at) + 1;
	*size = (DWORD)strlen(text) + 1;
	memcpy((char *)n + at, text, *size);
	return at;
}

static void named_call(void *arg)
{
	struct names n;
	const LINECALLINFO *info;
	HCALL call;

	(void)arg;
	memset(&n, 0, sizeof(n));
	n.p.dwTotalSize = sizeof(n);
	n.p.dwBearerMode = LINEBEARERMODE_VOICE;
	n.p.dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
	n.p.dwCalledPartyOffset = put(&n, "Bob", &n.p.dwCalledPartySize);
	n.p.dwCommentOffset = put(&n, "about lunch", &n.p.dwCommentSize);
	n.p.dwDisplayableAddressOffset = put(&n, "+1 (one) 02", &n.p.dwDisplayableAddressSize);
	done(lineMakeCall(own_line(0), &call, "102", 0, &n.p));
	info = info_of(call);
	expect_str(part_of(info, dwCalledParty), "Bob");
	expect_str(part_of(info, dwComment), "about lunch");
	expect_str(part_of(info, dwDisplayableAddress), "+1 (one) 02");
	expect_str(part_of(info, dwAppName), "one.exe");
	expect_str(part_of(info, dwCalledID), "102");           /* the provider's */
	expect(info->dwCalledIDOffset < info->dwAppNameOffset); /* the server's are behind */
	expect(info->dwCalledIDOffset < info->dwCommentOffset);
}

static void server_adds_its_parts(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), named_call, NULL, 0);
}

static const struct row rows[] = {
	TEST("7.1 7.2 7.3", "lineGetDevCaps",
			"a part that does not fit is absent, and that is success",
			parts_that_do_not_fit_are_absent),
	TEST("7.4 7.5", "lineMakeCall lineGetCallInfo",
			"what the server keeps of a call overrides the provider and follows it",
			server_adds_its_parts),
	TEST("7.6", "lineGetDevCaps lineGetAddressCaps lineGetCallInfo",
			"strings end with NUL, which their size counts", strings_end_with_nul),
};
CONFORMANCE(structure, rows)
