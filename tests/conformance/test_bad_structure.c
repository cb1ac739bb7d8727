// SPDX-License-Identifier: MIT
/* test_bad_structure.c - structures that are too small, or lead out of themselves, for every
 * function that has one; they lie at the end of memory. As test_bad_input.c, made from the tables.
 */
#include "bad_input.h"

#include "wire/flat_layout.h"
#include "wire/names.h"

#include <string.h>

/* --- dwTotalSize --- */

static const ProtobufCMessageDescriptor *out_structure(const struct function *f, unsigned i)
{
	const ProtobufCFieldDescriptor *reply = function_reply(f, i);

	if (!reply || reply->type != PROTOBUF_C_TYPE_MESSAGE || rule_is_reason(reply) ||
			!flat_header_slots(reply->descriptor))
		return NULL;
	return reply->descriptor;
}

/* The block may lie at any address. */
static void check_used(const struct function *f, const void *block, size_t size, DWORD needed)
{
	DWORD s[3];

	memcpy(s, block, sizeof(s));
	if (s[0] != size)
		found(f, "dwTotalSize was %zu and is %u", size, s[0]);
	if (s[2] > size || s[1] < s[2])
		found(f, "dwTotalSize %zu: needed %u, used %u", size, s[1], s[2]);
	if (needed && s[1] != needed)
		found(f, "dwTotalSize %zu: needed %u, with more room it was %u", size, s[1],
				needed);
}

/* `size` bytes, no more: what is touched behind them crashes. Returns dwNeededSize. */
static DWORD with_size(const struct function *f, unsigned i, size_t size, bool short_of_fixed,
		DWORD needed)
{
	struct value v[PARAMETERS_MAX];
	void *s;

	good_values(f, v);
	v[i].pointer = s = block(i, size < 4 ? 4 : size);
	flat_put(s, (DWORD)size);
	if (short_of_fixed) {
		must_fail(f, v, needed ? function_error(f, LINEERR_STRUCTURETOOSMALL) : 0,
				"dwTotalSize is %zu", size);
		return 0;
	}
	if (may_fail(f, v, "dwTotalSize is %zu", size)) {
		if (needed)
			found(f, "dwTotalSize %zu: it failed, with more room it did not", size);
		return 0;
	}
	check_used(f, s, size, needed);
	return flat_get((const uint8_t *)s + SLOT);
}

static void bad_sizes(const struct function *f)
{
	for (unsigned i = 0; i < function_parameters(f); i++) {
		const ProtobufCMessageDescriptor *d = out_structure(f, i);
		size_t fixed = d ? flat_fixed_size(d, me.version) : 0;
		const size_t small[] = { 0, 1, 4, 8, 11, 12, fixed - 4, fixed - 1 };
		DWORD needed = 0;

		if (!d)
			continue;
		if (function_rule(f)->kind == KIND_SYNC)
			needed = with_size(f, i, 65536, false, 0);
		for (unsigned k = 0; k < sizeof(small) / sizeof(small[0]); k++)
			if (small[k] < fixed)
				(void)with_size(f, i, small[k], true, needed);
		for (DWORD size = (DWORD)fixed; needed && size < needed + 2;
				size += size < fixed + 100 || size + 100 > needed ? 1 : 31)
			(void)with_size(f, i, size, false, needed);
	}
}

/* --- structures that are read --- */

static const ProtobufCMessageDescriptor *in_structure(const struct function *f, unsigned i)
{
	const ProtobufCFieldDescriptor *field = function_request(f, i);

	return field && field->type == PROTOBUF_C_TYPE_MESSAGE ? field->descriptor : NULL;
}

/* One with which the function could do something. */
static DWORD *in_block(const ProtobufCMessageDescriptor *d, unsigned i, size_t more)
{
	size_t size = flat_fixed_size(d, me.version) + more;
	DWORD *s = block(i, size);

	if (flat_header_slots(d))
		s[0] = (DWORD)size;
	if (!strcmp(d->short_name, "LineCallParams")) {
		s[1] = LINEBEARERMODE_VOICE;
		s[4] = LINEMEDIAMODE_INTERACTIVEVOICE;
	}
	return s;
}

/* Of the list before it. */
static bool is_count(const struct function *f, unsigned i)
{
	return i < function_parameters(f) && strstr(f->parameters[i].name, "NumEntries");
}

static void bad_fields(const struct function *f, unsigned i, const ProtobufCMessageDescriptor *d)
{
	for (unsigned k = 0; k < d->n_fields; k++) {
		const ProtobufCFieldDescriptor *field = &d->fields[k];
		const char *group = names_group(d->short_name, field->name);
		size_t at = flat_field_offset(field);
		uint32_t all = group ? names_mask(group) : 0;

		if (!group || flat_kind(field) != FLAT_NUMBER ||
				at + SLOT > flat_fixed_size(d, me.version))
			continue;
		for (unsigned bit = 0; bit < 32; bit++) {
			struct value v[PARAMETERS_MAX];
			DWORD *s;

			if (all & (UINT32_C(1) << bit))
				continue;
			good_values(f, v);
			v[i].pointer = s = in_block(d, i, 0);
			if (is_count(f, i + 1))
				v[i + 1].number = 1;
			s[at / SLOT] |= UINT32_C(1) << bit;
			must_fail(f, v, 0, "%s.%s is %#x", d->short_name, field->name,
					s[at / SLOT]);
		}
	}
}

/* Sizes and offsets that lead out of the structure. */
static void bad_parts(const struct function *f, unsigned i, const ProtobufCMessageDescriptor *d)
{
	DWORD total = (DWORD)flat_fixed_size(d, me.version) + 8;
	const struct {
		DWORD size, offset;
	} parts[] = {
		{ 9, total - 8 },
		{ 1, total },
		{ 8, 0 },
		{ 8, 4 },
		{ 0xffffffff, total - 8 },
		{ 0x80000000, 0x80000000 },
		{ 8, 0xfffffffc },
		{ total, 0xffffffff - total + 1 },
	};

	for (unsigned k = 0; k < d->n_fields; k++) {
		const ProtobufCFieldDescriptor *field = &d->fields[k];
		size_t at = flat_field_offset(field);

		if (flat_kind(field) != FLAT_PART || at + 2 * (size_t)SLOT > total - 8)
			continue;
		for (unsigned n = 0; n < sizeof(parts) / sizeof(parts[0]); n++) {
			struct value v[PARAMETERS_MAX];
			DWORD *s;

			good_values(f, v);
			v[i].pointer = s = in_block(d, i, 8);
			s[at / SLOT] = parts[n].size;
			s[at / SLOT + 1] = parts[n].offset;
			must_fail(f, v, 0, "%s.%s has %u bytes at %#x of %u", d->short_name,
					field->name, parts[n].size, parts[n].offset, total);
		}
	}
}

static void bad_structures(const struct function *f)
{
	for (unsigned i = 0; i < function_parameters(f); i++) {
		const ProtobufCMessageDescriptor *d = in_structure(f, i);
		size_t fixed = d ? flat_fixed_size(d, 0x00010003) : 0;
		const size_t small[] = { 0, 4, fixed - 1 };

		if (!d)
			continue;
		for (unsigned k = 0; flat_header_slots(d) && k < 3; k++) {
			struct value v[PARAMETERS_MAX];

			good_values(f, v);
			v[i].pointer = block(i, small[k] < 4 ? 4 : small[k]);
			flat_put(v[i].pointer, (DWORD)small[k]);
			must_fail(f, v, function_error(f, LINEERR_STRUCTURETOOSMALL),
					"dwTotalSize of %s is %zu", f->parameters[i].name,
					small[k]);
		}
		bad_fields(f, i, d);
		bad_parts(f, i, d);
	}
}

/* --- */

TRY_EACH(small_ones, bad_sizes)
TRY_EACH(inconsistent_ones, bad_structures)

static const struct row rows[] = {
	TEST_IN(&scene_setting, "1.4 7.1 7.2 7.3", "", "every function keeps to dwTotalSize",
			small_ones),
	TEST_IN(&scene_setting, "1.4 7.1", "",
			"every function refuses structures that lead out of themselves",
			inconsistent_ones),
};
CONFORMANCE(bad_structure, rows)
