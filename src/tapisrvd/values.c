// SPDX-License-Identifier: MIT
/* values.c - each number of a request whose schema names a group of bits has only bits of it, each
 * string is UTF-8, also inside of structures. Whether a combination makes sense is for the handler
 * or the provider to say. */
#include "values.h"

#include "session.h"
#include "wire/names.h"
#include "wire/utf8.h"

#include <string.h>

/* The first row that suits says which error it is. NULL: any. */
static const struct {
	const char *message, *group;
	LONG code;
} codes[] = {
	{ "LineMediaControlDigit", NULL, LINEERR_INVALDIGITLIST },
	{ "LineMediaControlMedia", NULL, LINEERR_INVALMEDIALIST },
	{ "LineMediaControlTone", NULL, LINEERR_INVALTONELIST },
	{ "LineMediaControlCallState", NULL, LINEERR_INVALCALLSTATELIST },
	{ "PhoneButtonInfo", "PHONEBUTTONSTATE_", PHONEERR_INVALPARAM },
	{ NULL, "LINEADDRESSMODE_", LINEERR_INVALADDRESSMODE },
	{ NULL, "LINEADDRESSSTATE_", LINEERR_INVALADDRESSSTATE },
	{ NULL, "LINEAGENTSESSIONSTATE_", LINEERR_INVALAGENTSESSIONSTATE },
	{ NULL, "LINEAGENTSTATE_", LINEERR_INVALAGENTSTATE },
	{ NULL, "LINEAGENTSTATEEX_", LINEERR_INVALAGENTSTATE },
	{ NULL, "LINEBEARERMODE_", LINEERR_INVALBEARERMODE },
	{ NULL, "LINECALLCOMPLMODE_", LINEERR_INVALCALLCOMPLMODE },
	{ NULL, "LINECALLPRIVILEGE_", LINEERR_INVALCALLPRIVILEGE },
	{ NULL, "LINECALLSELECT_", LINEERR_INVALCALLSELECT },
	{ NULL, "LINEDEVSTATE_", LINEERR_INVALLINESTATE },
	{ NULL, "LINEDEVSTATUSFLAGS_", LINEERR_INVALLINESTATE },
	{ NULL, "LINEDIGITMODE_", LINEERR_INVALDIGITMODE },
	{ NULL, "LINEMEDIAMODE_", LINEERR_INVALMEDIAMODE },
	{ NULL, "LINEPARKMODE_", LINEERR_INVALPARKMODE },
	{ NULL, "LINEREQUESTMODE_", LINEERR_INVALREQUESTMODE },
	{ NULL, "LINETERMMODE_", LINEERR_INVALTERMINALMODE },
	{ NULL, "LINETONEMODE_", LINEERR_INVALTONEMODE },
	{ NULL, "LINETRANSFERMODE_", LINEERR_INVALTRANSFERMODE },
	{ NULL, "PHONEBUTTONMODE_", PHONEERR_INVALBUTTONMODE },
	{ NULL, "PHONEBUTTONSTATE_", PHONEERR_INVALBUTTONSTATE },
	{ NULL, "PHONEHOOKSWITCHDEV_", PHONEERR_INVALHOOKSWITCHDEV },
	{ NULL, "PHONEHOOKSWITCHMODE_", PHONEERR_INVALHOOKSWITCHMODE },
	{ NULL, "PHONELAMPMODE_", PHONEERR_INVALLAMPMODE },
	{ NULL, "PHONEPRIVILEGE_", PHONEERR_INVALPRIVILEGE },
	{ NULL, "PHONESTATE_", PHONEERR_INVALPHONESTATE },
	{ "LineCallParams", NULL, LINEERR_INVALCALLPARAMS },
	{ NULL, NULL, LINEERR_INVALPARAM },
};

/* lineOpen has no errors for what is in its call parameters. */
static LONG code_of(const struct request *r, const char *message, const char *group)
{
	size_t i = 0;

	if (r->rule->number == CALL_LineOpen)
		return LINEERR_INVALPARAM;

	while ((codes[i].message && strcmp(codes[i].message, message) != 0) ||
			(codes[i].group && strcmp(codes[i].group, group) != 0))
		i++;
	return codes[i].code;
}

/* The high bits of some groups belong to providers with an extension version, and to proxies. */
static uint32_t extension_bits(const struct open *o, const char *group)
{
	static const struct {
		const char *group;
		uint32_t bits;
		bool to_proxy;
	} rows[] = {
		{ "LINEADDRESSMODE_", 0xffff0000, false },
		{ "LINEAGENTSTATE_", 0xffff0000, true },
		{ "LINEBEARERMODE_", 0xffff0000, false },
		{ "LINECALLSTATE_", 0xff000000, false },
		{ "LINEMEDIACONTROL_", 0xffff0000, false },
		{ "LINEMEDIAMODE_", 0xff000000, false },
		{ "LINETONEMODE_", 0xffff0000, false },
		{ "PHONELAMPMODE_", 0xffff0000, false },
	};
	bool extended = o && o->ext_version;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (!strcmp(rows[i].group, group))
			return extended || rows[i].to_proxy ? rows[i].bits : 0;
	return 0;
}

uint32_t values_known(const struct open *o, const char *group)
{
	return names_mask(group) | extension_bits(o, group);
}

/* What counts only beside something else, and has options among it: their handlers look. */
static bool is_for_handler(const char *message, const char *field)
{
	static const struct {
		const char *message, *field;
	} rows[] = {
		{ "LineGetAppPriority", "request_mode" },
		{ "LineHandoff", "media_mode" },
		{ "LineOpen", "privileges" },
		{ "LineOpen", "media_modes" },
		{ "LineSetAppPriority", "request_mode" },
		{ "PhoneSetStatusMessages", "button_states" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (!strcmp(rows[i].message, message) && !strcmp(rows[i].field, field))
			return true;
	return false;
}

/* What the schema says of a field. A list has thousands of them, and names are searched for. */
struct known {
	const ProtobufCFieldDescriptor *field;
	const char *group; /* NULL: any number will do */
	uint32_t bits;
};

static const struct known *known_of(const ProtobufCMessage *m, const ProtobufCFieldDescriptor *f)
{
	static struct known all[256]; /* those that were asked for last */
	struct known *k = &all[(uintptr_t)f / sizeof(*f) % (sizeof(all) / sizeof(all[0]))];
	const char *group;

	if (k->field == f)
		return k;
	group = names_group(m->descriptor->short_name, f->name);
	if (group && !names_is_bits(group))
		group = NULL;
	*k = (struct known){ f, group, group ? names_mask(group) : 0 };
	return k;
}

static LONG check_number(struct request *r, const ProtobufCMessage *m,
		const ProtobufCFieldDescriptor *f)
{
	uint32_t v = *(const uint32_t *)(const void *)((const char *)m + f->offset);
	const char *message = m->descriptor->short_name;
	const struct known *k = v ? known_of(m, f) : NULL;

	if (!k || !k->group || !(v & ~k->bits) ||
			!(v & ~k->bits & ~extension_bits(r->open, k->group)) ||
			is_for_handler(message, f->name))
		return 0;
	return request_fail(r, code_of(r, message, k->group), "value",
			"%s: %#x has bits that are no %s constants", f->name, v, k->group);
}

static LONG check_string(struct request *r, const ProtobufCMessage *m, const char *text,
		const char *name)
{
	bool address = m == r->msg && strstr(name, "address");

	if (!text || utf8_is_valid(text))
		return 0;
	return request_fail(r, address ? LINEERR_INVALADDRESS : LINEERR_INVALPARAM, "UTF-8",
			"%s is not UTF-8", name);
}

static LONG check_message(struct request *r, const ProtobufCMessage *m);

static LONG check_value(struct request *r, const ProtobufCMessage *m,
		const ProtobufCFieldDescriptor *f)
{
	const void *at = (const char *)m + f->offset;

	switch (f->type) {
	case PROTOBUF_C_TYPE_UINT32:
		return check_number(r, m, f);
	case PROTOBUF_C_TYPE_STRING:
		return check_string(r, m, *(char *const *)at, f->name);
	case PROTOBUF_C_TYPE_MESSAGE:
		return check_message(r, *(ProtobufCMessage *const *)at);
	default:
		return 0;
	}
}

static LONG check_list(struct request *r, const ProtobufCMessage *m,
		const ProtobufCFieldDescriptor *f)
{
	size_t count = *(const size_t *)(const void *)((const char *)m + f->quantifier_offset);
	void *const *list = *(void *const *const *)(const void *)((const char *)m + f->offset);
	LONG code = 0;

	for (size_t i = 0; i < count && !code; i++) {
		if (f->type == PROTOBUF_C_TYPE_MESSAGE)
			code = check_message(r, list[i]);
		else if (f->type == PROTOBUF_C_TYPE_STRING)
			code = check_string(r, m, list[i], f->name);
		else
			break; /* numbers */
	}
	return code;
}

static LONG check_message(struct request *r, const ProtobufCMessage *m)
{
	LONG code = 0;

	for (unsigned i = 0; m && i < m->descriptor->n_fields && !code; i++) {
		const ProtobufCFieldDescriptor *f = &m->descriptor->fields[i];

		code = f->label == PROTOBUF_C_LABEL_REPEATED ? check_list(r, m, f)
							     : check_value(r, m, f);
	}
	return code;
}

/* What a provider reads without asking whether it is there. */
static LONG check_needed(struct request *r)
{
	static const struct {
		unsigned number;
		const char *field;
	} rows[] = {
		{ CALL_PhoneSetButtonInfo, "button_info" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const ProtobufCFieldDescriptor *f;

		if (rows[i].number != r->rule->number)
			continue;
		f = protobuf_c_message_descriptor_get_field_by_name(r->rule->request,
				rows[i].field);
		if (!*(void *const *)(const void *)((const char *)r->msg + f->offset))
			return request_fail(r, LINEERR_INVALPOINTER, "NULL", "%s is NULL", f->name);
	}
	return 0;
}

static bool may_be_bad(const ProtobufCMessageDescriptor *d)
{
	for (unsigned i = 0; i < d->n_fields; i++) {
		const ProtobufCFieldDescriptor *f = &d->fields[i];

		if (f->type == PROTOBUF_C_TYPE_STRING || f->type == PROTOBUF_C_TYPE_MESSAGE)
			return true;
		if (f->type == PROTOBUF_C_TYPE_UINT32 && names_group(d->short_name, f->name))
			return true;
	}
	return false;
}

/* Most requests, and those that are made most often, have only ids and sizes. */
static bool has_values(const struct rule *rule)
{
	static enum { UNKNOWN, NO, YES } known[CALL_MAX];

	if (known[rule->number] == UNKNOWN)
		known[rule->number] = may_be_bad(rule->request) ? YES : NO;
	return known[rule->number] == YES;
}

LONG values_check(struct request *r)
{
	LONG code;

	if (!has_values(r->rule))
		return 0;
	code = check_needed(r);
	return code ? code : check_message(r, r->msg);
}
