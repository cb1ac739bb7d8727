// SPDX-License-Identifier: MIT
/* test_bad_input.c - bad input for every function, made from the tables of functions, requests and
 * constants: handles, NULL, sizes, flags, strings, structures, states, privileges. A function that
 * is new is in it. */
#include "bad_input.h"

#include "wire/flat.h"
#include "wire/flat_layout.h"
#include "wire/names.h"

#include <string.h>

/* Functions for which something is no bad input. parameter NULL: all of it. */
struct exception {
	const char *function, *parameter;
};

static bool is_excepted(const struct exception *list, size_t count, const struct function *f,
		const struct parameter *p)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(list[i].function, f->name) &&
				(!list[i].parameter || !strcmp(list[i].parameter, p->name)))
			return true;
	return false;
}
#define IS_IN(list, f, p) is_excepted(list, sizeof(list) / sizeof((list)[0]), f, p)

static bool starts(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* --- handles --- */

static LONG handle_error(const struct parameter *p)
{
	static const struct {
		const char *word; /* the parameter's name or type */
		LONG error;
	} rows[] = {
		{ "hConfCall", LINEERR_INVALCONFCALLHANDLE },
		{ "hConsultCall", LINEERR_INVALCONSULTCALLHANDLE },
		{ "HCALL", LINEERR_INVALCALLHANDLE },
		{ "HLINE", LINEERR_INVALLINEHANDLE },
		{ "HPHONE", LINEERR_INVALLINEHANDLE }, /* becomes INVALPHONEHANDLE */
		{ "HLINEAPP", LINEERR_INVALAPPHANDLE },
		{ "HPHONEAPP", LINEERR_INVALAPPHANDLE },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (!strcmp(rows[i].word, p->name) || !strcmp(rows[i].word, p->type))
			return rows[i].error;
	return 0;
}

/* The handle under test is the one that counts. */
static void select_handle(const struct function *f, unsigned i, struct value *v)
{
	int select = function_position(f, "dwSelect");
	int call = function_position(f, "hCall");
	bool is_call = !strcmp(f->parameters[i].type, "HCALL");

	if (select >= 0)
		v[select].number = is_call ? LINECALLSELECT_CALL : LINECALLSELECT_LINE;
	if (!is_call && call >= 0)
		v[call].number = 0;
}

static void bad_handles(const struct function *f)
{
	static const struct exception zero_is_good[] = {
		{ "lineTranslateAddress", "hLineApp" },
		{ "lineGetTranslateCaps", "hLineApp" },
		{ "lineSetCurrentLocation", "hLineApp" },
		{ "lineSetTollList", "hLineApp" },
		{ "lineTranslateDialog", "hLineApp" },
		{ "lineSetupConference", "hCall" },
		{ "lineSetupConference", "hLine" }, /* both 0: either error */
		{ "lineDevSpecific", "hCall" },
		{ "lineProxyMessage", "hCall" },
	};
	const HCALL bad[] = { 0, 1, 0x7fffffff, 0xffffffff, scene.old_line, scene.old_call,
		scene.line ^ 0x00100000U, scene.call[CALL_CONNECTED] ^ 0x00100000U,
		scene.call[CALL_CONNECTED] + 0x1000U, me.app + 0x1000U };

	for (unsigned i = 0; i < function_parameters(f); i++) {
		const struct parameter *p = &f->parameters[i];
		LONG want = handle_error(p);

		for (unsigned k = 0; want && k < sizeof(bad) / sizeof(bad[0]); k++) {
			struct value v[PARAMETERS_MAX];

			if (bad[k] == 0 && IS_IN(zero_is_good, f, p))
				continue;
			good_values(f, v);
			select_handle(f, i, v);
			v[i].number = bad[k];
			must_fail(f, v, function_error(f, want), "%s is %#x", p->name, bad[k]);
		}
	}
}

/* Two handles of one request must be of one application. */
static void foreign_handles(const struct function *f)
{
	static const struct exception one_counts[] = { { "lineSetupConference", "hLine" } };
	bool mine = false;

	for (unsigned i = 0; i < function_parameters(f); i++) {
		const struct parameter *p = &f->parameters[i];
		struct value v[PARAMETERS_MAX];
		bool call = !strcmp(p->type, "HCALL");

		if (mine && (call || !strcmp(p->type, "HLINE"))) {
			good_values(f, v);
			if (function_position(f, "dwSelect") >= 0 || IS_IN(one_counts, f, p))
				continue;
			v[i].number = call ? scene.other_call : scene.other_line;
			must_fail(f, v, 0, "%s is another application's", p->name);
		}
		mine = mine || call || !strcmp(p->type, "HLINE");
	}
}

/* --- NULL --- */

static bool is_pointer(const struct parameter *p)
{
	return starts(p->type, "LP") || strchr(p->type, '*');
}

static bool is_out(const struct function *f, unsigned i)
{
	const ProtobufCFieldDescriptor *reply = function_reply(f, i);

	return reply && reply->type != PROTOBUF_C_TYPE_BYTES && !rule_is_reason(reply);
}

static void bad_null(const struct function *f)
{
	static const struct exception null_is_good[] = {
		{ "lineCompleteTransfer", "lphConfCall" },
		{ "linePark", "lpNonDirAddress" },
		{ "lineGatherDigits", "lpsDigits" },
		{ "lineGetAppPriority", "lpExtensionName" },
	};
	static const struct exception needed[] = {
		{ "lineInitialize", "lphLineApp" },
		{ "lineInitialize", "lpdwNumDevs" },
		{ "lineInitializeEx", "lphLineApp" },
		{ "lineInitializeEx", "lpdwNumDevs" },
		{ "lineInitializeEx", "lpdwAPIVersion" },
		{ "phoneInitialize", "lphPhoneApp" },
		{ "phoneInitialize", "lpdwNumDevs" },
		{ "phoneInitializeEx", "lphPhoneApp" },
		{ "phoneInitializeEx", "lpdwNumDevs" },
		{ "phoneInitializeEx", "lpdwAPIVersion" },
		{ "lineGetMessage", "lpMessage" },
		{ "phoneGetMessage", "lpMessage" },
		{ "lineOpen", "lphLine" },
		{ "phoneOpen", "lphPhone" },
		{ "lineGetID", "lpszDeviceClass" },
		{ "phoneGetID", "lpszDeviceClass" },
		{ "lineGetAddressID", "lpsAddress" },
		{ "lineBlindTransfer", "lpszDestAddress" },
		{ "lineRedirect", "lpszDestAddress" },
		{ "lineUnpark", "lpszDestAddress" },
		{ "lineGetDevConfig", "lpszDeviceClass" },
		{ "lineSetDevConfig", "lpszDeviceClass" },
		{ "lineTranslateAddress", "lpszAddressIn" },
		{ "lineSetTollList", "lpszAddressIn" },
		{ "lineAddProvider", "lpszProviderFilename" },
		{ "lineSetAppPriority", "lpszAppFilename" },
		{ "lineGetAppPriority", "lpszAppFilename" },
		{ "tapiRequestMakeCall", "lpszDestAddress" },
		{ "tapiGetLocationInfo", "lpszCountryCode" },
		{ "tapiGetLocationInfo", "lpszCityCode" },
		{ "phoneSetButtonInfo", "lpButtonInfo" },
	};

	for (unsigned i = 0; i < function_parameters(f); i++) {
		const struct parameter *p = &f->parameters[i];
		struct value v[PARAMETERS_MAX];

		if (!is_pointer(p) || IS_IN(null_is_good, f, p) ||
				!(is_out(f, i) || IS_IN(needed, f, p)))
			continue;
		good_values(f, v);
		v[i].pointer = NULL;
		must_fail(f, v, is_out(f, i) ? function_error(f, LINEERR_INVALPOINTER) : 0,
				"%s is NULL", p->name);
	}
}

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

/* --- numbers from groups of constants --- */

static uint32_t all_of_group(const char *group)
{
	uint32_t all = 0;

	for (unsigned bit = 0; bit < 32; bit++)
		if (names_constant(group, UINT32_C(1) << bit))
			all |= UINT32_C(1) << bit;
	return all;
}

static void bad_flags(const struct function *f)
{
	static const struct exception not_looked_at[] = { /* TAPI: beside a media mode */
		{ "lineSetAppPriority", "dwRequestMode" },
		{ "lineGetAppPriority", "dwRequestMode" }
	};
	const struct rule *rule = function_rule(f);

	for (unsigned i = 0; rule && i < function_parameters(f); i++) {
		const ProtobufCFieldDescriptor *field = function_request(f, i);
		const char *group =
				field ? names_group(rule->request->short_name, field->name) : NULL;
		uint32_t all = group ? all_of_group(group) : 0;

		if (IS_IN(not_looked_at, f, &f->parameters[i]))
			continue;
		for (unsigned bit = 0; group && bit < 32; bit++) {
			uint32_t wrong = UINT32_C(1) << bit;
			struct value v[PARAMETERS_MAX];

			if (names_is_bits(group) ? all & wrong
						 : names_constant(group, wrong) != NULL)
				continue;
			good_values(f, v);
			v[i].number |= names_is_bits(group) ? wrong : 0;
			must_fail(f, v, 0, "%s is %#x", f->parameters[i].name, v[i].number | wrong);
			good_values(f, v);
			v[i].number = wrong;
			must_fail(f, v, 0, "%s is %#x", f->parameters[i].name, wrong);
		}
	}
}

/* --- strings --- */

static const struct {
	const char *text; /* NULL: long ones */
	size_t length;
	const char *what;
} strings[] = {
	{ NULL, 65536, "of 64 KiB" },
	{ NULL, 65535, "of 64 KiB less one" },
	{ NULL, 120000, "of 120000 bytes" },
	{ "\xff", 1, "\\xff" },
	{ "10\x80", 3, "a continuation without a start" },
	{ "\xc0\x80", 2, "an overlong NUL" },
	{ "\xed\xa0\x80", 3, "a surrogate" },
	{ "\xf4\x90\x80\x80", 4, "above U+10FFFF" },
	{ "1\xe2\x82", 3, "cut in a character" },
};

static void bad_strings(const struct function *f)
{
	static const struct exception is_cut[] = {
		/* or not looked at, or given back */
		{ "lineSetAppPriority", "lpszExtensionName" },
		{ "lineTranslateAddress", "lpszAddressIn" },
		{ "phoneSetDisplay", "lpsDisplay" },
		{ "tapiRequestMakeCall", "lpszAppName" },
		{ "tapiRequestMakeCall", "lpszCalledParty" },
		{ "tapiRequestMakeCall", "lpszComment" },
		{ "tapiRequestMakeCall", "lpszDestAddress" },
	};

	for (unsigned i = 0; i < function_parameters(f); i++) {
		const ProtobufCFieldDescriptor *field = function_request(f, i);
		int size = function_position(f, "dwSize");

		if (!field || field->type != PROTOBUF_C_TYPE_STRING)
			continue;
		for (unsigned k = 0; k < sizeof(strings) / sizeof(strings[0]); k++) {
			struct value v[PARAMETERS_MAX];
			char *p;

			if (!strings[k].text && IS_IN(is_cut, f, &f->parameters[i]))
				continue;
			good_values(f, v);
			v[i].pointer = p = block(i, strings[k].length + 1);
			memset(p, '1', strings[k].length);
			if (strings[k].text)
				memcpy(p, strings[k].text, strings[k].length);
			if (size == (int)i + 1)
				v[size].number = (uint32_t)strings[k].length;
			must_fail(f, v, 0, "%s is %s", f->parameters[i].name, strings[k].what);
		}
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
		uint32_t all = group ? all_of_group(group) : 0;

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

/* --- states and privileges --- */

static void bad_states(const struct function *f)
{
	const struct rule *rule = function_rule(f);
	struct value v[PARAMETERS_MAX];

	if (!rule || rule->objects != ON_CALL)
		return;
	for (unsigned i = 0; i < SCENE_CALLS; i++) {
		if (!scene.call[i] || (rule->states & scene.state[i]))
			continue;
		good_values(f, v);
		v[0].number = scene.call[i];
		must_fail(f, v, LINEERR_INVALCALLSTATE, "the call's state is %#x", scene.state[i]);
	}
	if (rule->privilege != PRIVILEGE_OWNER)
		return;
	good_values(f, v);
	v[0].number = scene.watched;
	must_fail(f, v, LINEERR_NOTOWNER, "the call is another's");
}

/* --- */

static void run_handles(void *arg)
{
	(void)arg;
	each_function(bad_handles);
}

static void run_foreign(void *arg)
{
	(void)arg;
	each_function(foreign_handles);
}

static void run_null(void *arg)
{
	(void)arg;
	each_function(bad_null);
}

static void run_sizes(void *arg)
{
	(void)arg;
	each_function(bad_sizes);
}

static void run_flags(void *arg)
{
	(void)arg;
	each_function(bad_flags);
}

static void run_strings(void *arg)
{
	(void)arg;
	each_function(bad_strings);
}

static void run_structures(void *arg)
{
	(void)arg;
	each_function(bad_structures);
}

static void run_states(void *arg)
{
	(void)arg;
	each_function(bad_states);
}

static void in_scene(struct world *w, void (*fn)(void *arg))
{
	struct app *a = app_start(w, "careless.exe", 0), *b = app_start(w, "careful.exe", 0);

	scene_make(a, b);
	app_do(a, fn, NULL, 0);
}

static void handles(struct world *w)
{
	in_scene(w, run_handles);
}

static void foreign(struct world *w)
{
	in_scene(w, run_foreign);
}

static void null(struct world *w)
{
	in_scene(w, run_null);
}

static void sizes(struct world *w)
{
	in_scene(w, run_sizes);
}

static void flags(struct world *w)
{
	in_scene(w, run_flags);
}

static void long_and_wrong_strings(struct world *w)
{
	in_scene(w, run_strings);
}

static void structures(struct world *w)
{
	in_scene(w, run_structures);
}

static void states(struct world *w)
{
	in_scene(w, run_states);
}

static const struct row rows[] = {
	TEST_IN(&scene_setting, "1.4 8.t1.2", "",
			"every function refuses handles that are not valid", handles),
	TEST_IN(&scene_setting, "1.4", "", "every function refuses handles of two applications",
			foreign),
	TEST_IN(&scene_setting, "1.4", "", "every function refuses NULL where it writes", null),
	TEST_IN(&scene_setting, "1.4 7.1 7.2 7.3", "", "every function keeps to dwTotalSize",
			sizes),
	TEST_IN(&scene_setting, "1.4", "", "every function refuses bits and values without a name",
			flags),
	TEST_IN(&scene_setting, "1.4", "",
			"every function refuses strings that are too long or no UTF-8",
			long_and_wrong_strings),
	TEST_IN(&scene_setting, "1.4 7.1", "",
			"every function refuses structures that lead out of themselves",
			structures),
	TEST_IN(&scene_setting, "8.t1.4 8.t1.5", "",
			"every function refuses calls in a wrong state and of others", states),
};
CONFORMANCE(bad_input, rows)
