// SPDX-License-Identifier: MIT
/* test_rows.c - calls.def against the schema and the facts: every number has a request, a reply and
 * a rule, and a field's tag is the position of an argument of its type and name. */
#include "../rules.h"
#include "../test_main.h"
#include "structs.h"

#include "wire/calls.h"
#include "wire/frame.h"

#include <tapi.h>

#include <ctype.h>
#include <string.h>
#include <strings.h>

static const struct function {
	unsigned number; /* 0: TSPI */
	const char *name;
	int is_async;
	const char *parameters;
} functions[] = {
#include "wiretest/functions.inc"
};

enum { FUNCTIONS = sizeof(functions) / sizeof(functions[0]) };

/* libtapi answers these alone, or they have no meaning without a screen. */
static const char *const local[] = { "lineConfigDialog", "lineConfigDialogEdit", "lineGetIcon",
	"lineGetMessage", "lineInitialize", "lineInitializeEx", "lineShutdown",
	"lineTranslateDialog", "phoneConfigDialog", "phoneGetIcon", "phoneGetMessage",
	"phoneInitialize", "phoneInitializeEx", "phoneShutdown", "tapiRequestDrop",
	"tapiRequestMediaCall" };

/* lineOpen's reply says what LINEMAPPER chose and the number of the open; no argument has that. */
static bool is_ours(const ProtobufCMessageDescriptor *d)
{
	return !strcmp(d->name, "LineOpenReply");
}

struct parameter {
	char type[64], name[64]; /* the name without its Hungarian prefix, in lower case */
};

static void plain_name(const char *name, char out[64])
{
	const char *end = name + strlen(name);
	const char *start = name;
	size_t n = 0;

	while (islower((unsigned char)*start))
		start++;
	if (start == end)
		start = name;
	for (; start < end && n < 63; start++)
		if (*start != '_')
			out[n++] = (char)tolower((unsigned char)*start);
	out[n] = '\0';
}

/* Splits "LPCSTR lpszName" at its last space. False: there is no such parameter. */
static bool parameter_at(const struct function *fn, unsigned position, struct parameter *out)
{
	const char *s = fn->parameters, *end, *name;
	size_t n;

	for (unsigned i = 1; i < position; i++) {
		s = strchr(s, ',');
		if (!s++)
			return false;
	}
	s += strspn(s, " ");
	n = strcspn(s, ",");
	end = s + n;
	for (name = end; name > s && name[-1] != ' '; name--)
		;
	if (name == s)
		return false;
	while (*name == '*')
		name++;
	n = (size_t)(name - s) < sizeof(out->type) ? (size_t)(name - s) : sizeof(out->type) - 1;
	memcpy(out->type, s, n);
	out->type[n] = '\0';
	{
		char raw[64];
		size_t m = (size_t)(end - name) < sizeof(raw) ? (size_t)(end - name) : 63;

		memcpy(raw, name, m);
		raw[m] = '\0';
		plain_name(raw, out->name);
	}
	return true;
}

static const struct function *function_of(const struct rule *r)
{
	for (size_t i = 0; i < FUNCTIONS; i++) {
		const struct function *fn = &functions[i];
		char name[128] = "";

		if (r->number < 200 ? fn->number == r->number : fn->number == 0) {
			for (const char *p = fn->name; *p; p++)
				if (*p != '_')
					strncat(name, p, 1);
			if (!strcasecmp(name, r->name))
				return fn;
		}
	}
	return NULL;
}

static bool is_pointer(const char *type)
{
	return strstr(type, "LP") == type || strchr(type, '*');
}

static bool starts(const char *s, const char *with)
{
	return !strncmp(s, with, strlen(with));
}

/* The type that a field may have for a parameter. */
static bool type_fits(const ProtobufCFieldDescriptor *f, const char *type, bool reply)
{
	if (reply && !is_pointer(type) && !starts(type, "LP"))
		return false;
	switch (f->type) {
	case PROTOBUF_C_TYPE_FIXED64:
		return reply ? strstr(type, "CALL") != NULL
			     : starts(type, "HCALL") || starts(type, "HDRVCALL");
	case PROTOBUF_C_TYPE_FIXED32:
		return starts(type, "HLINE") || starts(type, "HPHONE") || starts(type, "HDRV") ||
		       starts(type, "DWORD");
	case PROTOBUF_C_TYPE_STRING:
		return strstr(type, "STR") || starts(type, "LPVOID");
	case PROTOBUF_C_TYPE_BYTES:
		return is_pointer(type);
	case PROTOBUF_C_TYPE_MESSAGE:
		return is_pointer(type) && !starts(type, "LPDWORD");
	default:
		return !starts(type, "HCALL") && !starts(type, "HLINE") && !starts(type, "HPHONE");
	}
}

static bool name_fits(const ProtobufCFieldDescriptor *f, const struct parameter *p)
{
	char name[64];
	size_t n = 0;

	for (const char *s = f->name; *s && n < 63; s++)
		if (*s != '_')
			name[n++] = *s;
	name[n] = '\0';
	if (!strcmp(name, "device") && !strcmp(p->name, "deviceid"))
		return true;
	if (!strcmp(name, "hddlginst")) /* kept its prefix */
		return !strcmp(p->name, "dlginst");
	return !strcmp(name, p->name);
}

static void check_fields(const struct rule *r, const struct function *fn,
		const ProtobufCMessageDescriptor *d)
{
	bool reply = d == r->reply;

	for (unsigned i = 0; i < d->n_fields && !is_ours(d); i++) {
		const ProtobufCFieldDescriptor *f = &d->fields[i];
		struct parameter p;

		if (reply && rule_is_reason(f))
			continue;
		ck_assert_msg(parameter_at(fn, f->id, &p), "%s.%s: %s has no parameter %u", d->name,
				f->name, fn->name, f->id);
		ck_assert_msg(type_fits(f, p.type, reply), "%s.%s is %s", d->name, f->name, p.type);
		ck_assert_msg(name_fits(f, &p), "%s.%s is %s", d->name, f->name, p.name);
	}
}

START_TEST(every_row_is_found_under_its_number)
{
	const struct rule *r = rule_at(_i), *before = _i ? rule_at(_i - 1) : NULL;
	char reply[128] = "";

	ck_assert_ptr_eq(rule_find(r->number), r);
	ck_assert_uint_lt(r->number, CALL_MAX);
	ck_assert_uint_lt(r->number, FRAME_HELLO);
	ck_assert(!before || before->number < r->number);
	ck_assert_str_eq(r->request->name, r->name);
	strcat(strcat(reply, r->name), "Reply");
	ck_assert_str_eq(r->reply->name, reply);
	ck_assert_ptr_null(r->number == 1 ? rule_find(0) : NULL);
}
END_TEST

START_TEST(every_field_is_an_argument)
{
	const struct rule *r = rule_at(_i);
	const struct function *fn = function_of(r);

	if (r->number > 300 || r->number == CALL_TspiProviderConfigured ||
			r->number == CALL_TspiProviderDescribeKeys) /* ours */
		return;
	ck_assert_msg(fn != NULL, "%s %u is no function of the facts", r->name, r->number);
	check_fields(r, fn, r->request);
	check_fields(r, fn, r->reply);
	if (fn->number)
		ck_assert_int_eq(r->kind == KIND_ASYNC, fn->is_async);
}
END_TEST

static const ProtobufCFieldDescriptor *first_object(const struct rule *r, ProtobufCType type)
{
	for (unsigned i = 0; i < r->request->n_fields; i++)
		if (r->request->fields[i].type == type)
			return &r->request->fields[i];
	return NULL;
}

START_TEST(every_row_names_the_objects_it_checks)
{
	const struct rule *r = rule_at(_i);
	bool call = first_object(r, PROTOBUF_C_TYPE_FIXED64) != NULL;
	bool device = first_object(r, PROTOBUF_C_TYPE_FIXED32) != NULL;

	switch (r->objects) {
	case ON_NOTHING:
		ck_assert_msg(!call && !device, "%s", r->name);
		break;
	case ON_CALL:
		ck_assert_msg(call, "%s", r->name);
		break;
	case ON_SELECT:
		ck_assert_msg(call && device, "%s", r->name);
		break;
	case ON_LINE:
	case ON_DEVICE:
	case ON_PHONE:
	case ON_PHONE_DEVICE:
		ck_assert_msg(device, "%s", r->name);
	}
	if (r->objects == ON_PHONE || r->objects == ON_PHONE_DEVICE)
		ck_assert_msg(strstr(r->name, "Phone") != NULL, "%s", r->name);
}
END_TEST

START_TEST(rows_of_hosts_are_for_the_core_only)
{
	const struct rule *r = rule_at(_i);
	bool host = !strcmp(r->where, "HOST");

	ck_assert_int_eq(host, r->role == ROLE_CORE);
	ck_assert_int_eq(host, r->privilege == PRIVILEGE_NOBODY);
	ck_assert_int_eq(host, r->number > 200 && r->number < 300);
	if (r->privilege == PRIVILEGE_OWNER || r->privilege == PRIVILEGE_MONITOR)
		ck_assert_msg(r->objects == ON_CALL || r->objects == ON_PHONE ||
						r->objects == ON_SELECT,
				"%s", r->name); /* its call may be absent, then its line counts */
}
END_TEST

/* By its name a request only looks, or ends what was given, or is about the user's own things. */
static bool is_harmless(const char *name)
{
	static const char *const harmless[] = { "LineGet", "PhoneGet", "LineNegotiate",
		"PhoneNegotiate", "LineMonitor", "LineClose", "PhoneClose", "LineDeallocateCall",
		"LineTranslateAddress", "LineSetTollList", "LineSetStatusMessages",
		"PhoneSetStatusMessages", "TapixTranslateAddress", "TapixMspIdentify",
		"TapixCloseMspInstance", "TapixGet" };

	for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++)
		if (starts(name, harmless[i]))
			return true;
	return false;
}

START_TEST(what_changes_a_device_needs_the_role_of_an_owner)
{
	const struct rule *r = rule_at(_i);
	bool descriptor = !strcmp(r->name, "LineGetId") || !strcmp(r->name, "PhoneGetId");
	bool asked = !strcmp(r->name, "LineOpen") || !strcmp(r->name, "PhoneOpen") ||
		     !strcmp(r->name, "LineSetCallPrivilege");

	if (r->objects == ON_NOTHING || r->role == ROLE_CORE)
		return;
	ck_assert_msg(asked == (r->role == ROLE_ASKED), "%s", r->name);
	if (!asked) /* a descriptor lets one act on the device */
		ck_assert_msg((r->role == ROLE_MONITOR) == (is_harmless(r->name) && !descriptor),
				"%s", r->name);
}
END_TEST

START_TEST(every_function_of_the_facts_has_a_row_or_is_local)
{
	for (size_t i = 0; i < FUNCTIONS && functions[i].number; i++) {
		bool is_local = false;

		for (size_t k = 0; k < sizeof(local) / sizeof(local[0]); k++)
			is_local = is_local || !strcmp(local[k], functions[i].name);
		ck_assert_msg(is_local == !rule_find((uint16_t)functions[i].number), "%s",
				functions[i].name);
	}
}
END_TEST

static size_t size_of(const ProtobufCMessageDescriptor *d, const char *field)
{
	return rule_value_size(protobuf_c_message_descriptor_get_field_by_name(d, field));
}

START_TEST(a_value_has_the_size_of_its_type)
{
	ck_assert_uint_eq(size_of(&var_string__descriptor, "string"), sizeof(ProtobufCBinaryData));
	ck_assert_uint_eq(size_of(&line_dev_caps__descriptor, "line_name"), sizeof(char *));
	ck_assert_uint_eq(size_of(&line_dev_caps__descriptor, "num_addresses"), sizeof(uint32_t));
	ck_assert_uint_eq(size_of(&event__descriptor, "object"), sizeof(uint64_t));
}
END_TEST

static Suite *rows_suite(void)
{
	Suite *s = suite_create("rows");
	TCase *t = tcase_create("rows");
	int count = rule_count();

	tcase_add_loop_test(t, every_row_is_found_under_its_number, 0, count);
	tcase_add_loop_test(t, every_field_is_an_argument, 0, count);
	tcase_add_loop_test(t, every_row_names_the_objects_it_checks, 0, count);
	tcase_add_loop_test(t, rows_of_hosts_are_for_the_core_only, 0, count);
	tcase_add_loop_test(t, what_changes_a_device_needs_the_role_of_an_owner, 0, count);
	tcase_add_test(t, every_function_of_the_facts_has_a_row_or_is_local);
	tcase_add_test(t, a_value_has_the_size_of_its_type);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(rows_suite())
