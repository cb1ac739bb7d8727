// SPDX-License-Identifier: MIT
/* bad_functions.c - the table of all functions, and what their requests say of their parameters. */
#include "bad_input.h"

#include <string.h>
#include <strings.h>

#define FUNCTION(name, errors, as, call, ...)                                                      \
	static LONG call_##name(const struct value *v)                                             \
	{                                                                                          \
		(void)v;                                                                           \
		return call;                                                                       \
	}
#include "conform_functions.inc"
#undef FUNCTION

static const struct function functions[] = {
#define FUNCTION(name, errors, as, call, ...) { #name, errors, as, call_##name, { __VA_ARGS__ } },
#include "conform_functions.inc"
#undef FUNCTION
};
enum { FUNCTIONS = sizeof(functions) / sizeof(functions[0]) };

const struct function *functions_at(size_t i)
{
	return i < FUNCTIONS ? &functions[i] : NULL;
}

const struct function *functions_find(const char *name)
{
	for (size_t i = 0; i < FUNCTIONS; i++)
		if (!strcmp(functions[i].name, name))
			return &functions[i];
	return NULL;
}

unsigned function_parameters(const struct function *f)
{
	unsigned n = 0;

	while (n < PARAMETERS_MAX && f->parameters[n].name)
		n++;
	return n;
}

int function_position(const struct function *f, const char *parameter)
{
	for (unsigned i = 0; i < function_parameters(f); i++)
		if (!strcmp(f->parameters[i].name, parameter))
			return (int)i;
	return -1;
}

const struct rule *function_rule(const struct function *f)
{
	const struct rule *r;
	unsigned cursor = 0;

	while ((r = rule_next(&cursor)))
		if (!strcasecmp(r->name, f->name))
			return r;
	return NULL;
}

static const ProtobufCFieldDescriptor *field_at(const ProtobufCMessageDescriptor *d, unsigned tag)
{
	return protobuf_c_message_descriptor_get_field(d, tag);
}

const ProtobufCFieldDescriptor *function_request(const struct function *f, unsigned position)
{
	const struct rule *r = function_rule(f);

	return r ? field_at(r->request, position + 1) : NULL;
}

const ProtobufCFieldDescriptor *function_reply(const struct function *f, unsigned position)
{
	const struct rule *r = function_rule(f);

	return r ? field_at(r->reply, position + 1) : NULL;
}

/* --- errors --- */

static const struct pair {
	const char *name;
	LONG line, phone, tapi;
} pairs[] = {
#define PAIR(name)                                                                                 \
	{                                                                                          \
#name, LINEERR_##name, PHONEERR_##name, 0                                          \
	}
	{ "INVALPOINTER", LINEERR_INVALPOINTER, PHONEERR_INVALPOINTER, TAPIERR_INVALPOINTER },
	{ "OPERATIONFAILED", LINEERR_OPERATIONFAILED, PHONEERR_OPERATIONFAILED,
			TAPIERR_REQUESTFAILED },
	PAIR(UNINITIALIZED),
	PAIR(NOMEM),
	PAIR(RESOURCEUNAVAIL),
	PAIR(INVALAPPHANDLE),
	PAIR(NODEVICE),
	PAIR(OPERATIONUNAVAIL),
	PAIR(STRUCTURETOOSMALL),
	PAIR(INVALPARAM),
	PAIR(NOTOWNER),
	{ "INVALLINEHANDLE", LINEERR_INVALLINEHANDLE, PHONEERR_INVALPHONEHANDLE, 0 },
	{ "INVALCALLHANDLE", LINEERR_INVALCALLHANDLE, 0, 0 },
#undef PAIR
};

LONG function_error(const struct function *f, LONG line_error)
{
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		if (pairs[i].line != line_error)
			continue;
		if (!strncmp(f->name, "tapi", 4))
			return pairs[i].tapi;
		return strncmp(f->name, "phone", 5) ? pairs[i].line : pairs[i].phone;
	}
	return line_error;
}

/* "RULES FOR ALL FUNCTIONS" of tapi.h. */
static bool is_general(const struct function *f, LONG error)
{
	static const LONG general[] = { LINEERR_UNINITIALIZED, LINEERR_NOMEM,
		LINEERR_OPERATIONFAILED, LINEERR_RESOURCEUNAVAIL, LINEERR_INVALPOINTER,
		LINEERR_NODEVICE, LINEERR_OPERATIONUNAVAIL };

	for (size_t i = 0; i < sizeof(general) / sizeof(general[0]); i++)
		if (function_error(f, general[i]) == error)
			return true;
	return false;
}

static bool type_is(const char *type, const char *a, const char *b)
{
	return !strcmp(type, a) || !strcmp(type, b);
}

/* For each handle and structure that it takes. */
static bool is_of_parameters(const struct function *f, LONG error)
{
	for (unsigned i = 0; i < function_parameters(f); i++) {
		const char *type = f->parameters[i].type, *name = f->parameters[i].name;
		LONG code = 0;

		if (type_is(type, "HLINEAPP", "HPHONEAPP"))
			code = LINEERR_INVALAPPHANDLE;
		else if (type_is(type, "HLINE", "HPHONE"))
			code = LINEERR_INVALLINEHANDLE;
		else if (!strcmp(name, "hConfCall"))
			code = LINEERR_INVALCONFCALLHANDLE;
		else if (!strcmp(name, "hConsultCall"))
			code = LINEERR_INVALCONSULTCALLHANDLE;
		else if (!strcmp(type, "HCALL"))
			code = LINEERR_INVALCALLHANDLE;
		else if (strncmp(type, "LP", 2) == 0 || strchr(type, '*'))
			code = LINEERR_STRUCTURETOOSMALL;
		if (code && function_error(f, code) == error)
			return true;
		if (code == LINEERR_STRUCTURETOOSMALL &&
				function_error(f, LINEERR_INVALPARAM) == error)
			return true; /* no UTF-8, too long, out of the structure */
	}
	return false;
}

static bool is_listed(const struct function *f, const char *error)
{
	size_t n = strlen(error);

	for (const char *at = f->errors; (at = strstr(at, error)); at += n)
		if ((at == f->errors || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
			return true;
	return false;
}

static const char *error_name(const struct function *f, LONG error)
{
	const char *group = !strncmp(f->name, "phone", 5)  ? "PHONEERR_"
			    : !strncmp(f->name, "tapi", 4) ? "TAPIERR_"
							   : "LINEERR_";

	return tapixConstantName(group, (DWORD)error);
}

bool function_documents(const struct function *f, LONG error)
{
	const char *name = error_name(f, error);
	const struct function *as = f->as[0] ? functions_find(f->as) : NULL;

	if (is_general(f, error) || is_of_parameters(f, error))
		return true;
	return name && (is_listed(f, name) || (as && is_listed(as, name)));
}
