// SPDX-License-Identifier: MIT
/* test_bad_input.c - bad input for every function, made from the tables of functions, requests and
 * constants: handles, NULL, sizes, flags, strings, structures, states, privileges. A function that
 * is new is in it. */
#include "bad_input.h"

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

/* --- numbers from groups of constants --- */

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
		uint32_t all = group ? names_mask(group) : 0;

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

TRY_EACH(handles, bad_handles)
TRY_EACH(foreign, foreign_handles)
TRY_EACH(null, bad_null)
TRY_EACH(flags, bad_flags)
TRY_EACH(long_and_wrong_strings, bad_strings)
TRY_EACH(states, bad_states)

static const struct row rows[] = {
	TEST_IN(&scene_setting, "1.4 8.t1.2", "",
			"every function refuses handles that are not valid", handles),
	TEST_IN(&scene_setting, "1.4", "", "every function refuses handles of two applications",
			foreign),
	TEST_IN(&scene_setting, "1.4", "", "every function refuses NULL where it writes", null),
	TEST_IN(&scene_setting, "1.4", "", "every function refuses bits and values without a name",
			flags),
	TEST_IN(&scene_setting, "1.4", "",
			"every function refuses strings that are too long or no UTF-8",
			long_and_wrong_strings),
	TEST_IN(&scene_setting, "8.t1.4 8.t1.5", "",
			"every function refuses calls in a wrong state and of others", states),
};
CONFORMANCE(bad_input, rows)
