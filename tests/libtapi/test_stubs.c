// SPDX-License-Identifier: MIT
/* test_stubs.c - each stub is called once, with a value that tells its position, against a server
 * that checks every field of the request and answers with values that tell theirs. The calls are
 * made from the prototypes in the headers (stubs.awk), so a function without its stub does not
 * link. */
#include "client.h"
#include "../test_main.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

enum { BLOCK = 8192, TOTAL = 4000, POSITIONS = 13, NUMBER = 100, ANSWER = 1000, MADE = 0x5000 };

static HLINEAPP app;
static HPHONEAPP phone_app;
static HLINE line;
static HPHONE phone;
static HCALL call;
static uint64_t call_id;
static struct mock *mock;

/* What position n is called with. */
static uint32_t numbers[POSITIONS];
static char texts[POSITIONS][BLOCK];
static uint32_t blocks[POSITIONS][BLOCK / 4];
static HICON icon;

#define T_DWORD(n)         ((DWORD)(NUMBER + (n)))
#define T_SELECT(n)        ((DWORD)LINECALLSELECT_CALL)
#define T_VERSION(n)       ((DWORD)0x00030001)
#define T_HCALL(n)         call
#define T_HLINE(n)         line
#define T_HPHONE(n)        phone
#define T_HLINEAPP(n)      app
#define T_HPHONEAPP(n)     phone_app
#define T_HAGENT(n)        T_DWORD(n)
#define T_HAGENTSESSION(n) T_DWORD(n)
#define T_HWND(n)          0
#define T_WPARAM(n)        0
#define T_TEXT(n)          texts[n]
#define T_NUMBERS(n)       &numbers[n]
#define T_ICON(n)          &icon
#define T_BLOCK(n)         (void *)blocks[n]

#define STUB(name, ...)                                                                            \
	static LONG run_##name(void)                                                               \
	{                                                                                          \
		return name(__VA_ARGS__);                                                          \
	}
#define LOCAL(name)
#include "libtapi_stubs.inc"
#undef STUB
#undef LOCAL

static const struct stub {
	const char *name;
	LONG (*run)(void);
} stubs[] = {
#define STUB(name, ...) { #name, run_##name },
#define LOCAL(name)     { #name, NULL },
#include "libtapi_stubs.inc"
};

enum { STUBS = sizeof(stubs) / sizeof(stubs[0]) };

static const struct rule *rule_of(const char *function)
{
	const struct rule *r;
	unsigned cursor = 0;

	while ((r = rule_next(&cursor)))
		if (strcasecmp(r->name, function) == 0)
			return r;
	return NULL;
}

/* --- the server's side --- */

static unsigned fields_checked;
static char wrong[256];

static void complain(const char *request, const ProtobufCFieldDescriptor *f, const char *what)
{
	(void)snprintf(wrong, sizeof(wrong), "%s.%s: %s", request, f->name, what);
}

static bool is_present(const ProtobufCMessage *m, const ProtobufCFieldDescriptor *f)
{
	protobuf_c_boolean has;

	memcpy(&has, (const char *)m + f->quantifier_offset, sizeof(has));
	return has;
}

static const void *value(const ProtobufCMessage *m, const ProtobufCFieldDescriptor *f)
{
	return (const char *)m + f->offset;
}

static bool is_plain_number(const struct rule *r, uint32_t v, unsigned position)
{
	const ProtobufCFieldDescriptor *reply =
			protobuf_c_message_descriptor_get_field(r->reply, position);

	if (reply) /* the size of a buffer: its own total, or a neighbouring argument */
		return v == TOTAL || v == NUMBER + position + 1 || v == NUMBER + position - 1 ||
		       r->number == CALL_LineGetRequest;
	return v == NUMBER + position || v == LINECALLSELECT_CALL || v == 0x00030001;
}

static void check_number(const struct rule *r, const ProtobufCMessage *m,
		const ProtobufCFieldDescriptor *f)
{
	uint32_t v;

	memcpy(&v, value(m, f), sizeof(v));
	if (!is_present(m, f) || !is_plain_number(r, v, f->id))
		complain(r->name, f, "not the number of its position");
}

static void check_object(const struct rule *r, const ProtobufCMessage *m,
		const ProtobufCFieldDescriptor *f)
{
	bool by_call = fields_checked > 0 &&
		       r->objects == ON_SELECT; /* then the line is left out */
	uint64_t id = 0;
	uint32_t device = 0;

	if (f->type == PROTOBUF_C_TYPE_FIXED64) {
		memcpy(&id, value(m, f), sizeof(id));
		if (!is_present(m, f) || id != call_id)
			complain(r->name, f, "not the call");
		return;
	}
	memcpy(&device, value(m, f), sizeof(device));
	if (strcmp(f->name, "device") == 0) {
		if (!is_present(m, f) || device != NUMBER + f->id)
			complain(r->name, f, "not the device");
	} else if (!is_present(m, f) && !by_call && r->objects != ON_SELECT) {
		complain(r->name, f, "the open device is missing");
	}
}

static void check_field(const struct rule *r, const ProtobufCMessage *m,
		const ProtobufCFieldDescriptor *f)
{
	char text[16];
	const char *s;
	ProtobufCBinaryData b;

	switch (f->type) {
	case PROTOBUF_C_TYPE_UINT32:
		check_number(r, m, f);
		break;
	case PROTOBUF_C_TYPE_FIXED32:
	case PROTOBUF_C_TYPE_FIXED64:
		check_object(r, m, f);
		break;
	case PROTOBUF_C_TYPE_STRING:
		memcpy(&s, value(m, f), sizeof(s));
		(void)snprintf(text, sizeof(text), "text%u", f->id);
		if (!s || strcmp(s, text) != 0)
			complain(r->name, f, "not the text of its position");
		break;
	case PROTOBUF_C_TYPE_BYTES:
		memcpy(&b, value(m, f), sizeof(b));
		if (!is_present(m, f) || (b.len != NUMBER + f->id + 1 && b.len != TOTAL))
			complain(r->name, f, "not as many bytes as the next argument says");
		break;
	case PROTOBUF_C_TYPE_MESSAGE:
		memcpy(&s, value(m, f), sizeof(s));
		if (f->label != PROTOBUF_C_LABEL_REPEATED && !s)
			complain(r->name, f, "the structure is missing");
		break;
	default:
		complain(r->name, f, "an unexpected kind of field");
	}
	fields_checked++;
}

static void check_request(const struct rule *r, const struct frame *f)
{
	ProtobufCMessage *m = protobuf_c_message_unpack(r->request, NULL, f->h.length, f->body);

	if (!m) {
		(void)snprintf(wrong, sizeof(wrong), "%s does not unpack", r->name);
		return;
	}
	for (unsigned i = 0; i < r->request->n_fields; i++)
		check_field(r, m, &r->request->fields[i]);
	protobuf_c_message_free_unpacked(m, NULL);
}

static char reply_text[] = "rep", reply_bytes[] = "abc";
static VarString varstring;
static LineCallList call_list;
static uint64_t listed[1];

static void fill_reply_field(ProtobufCMessage *m, const ProtobufCFieldDescriptor *f)
{
	void *to = (char *)m + f->offset;
	uint32_t number = ANSWER + f->id;
	uint64_t id = MOCK_CALL + MADE + f->id;
	ProtobufCBinaryData bytes = { 3, (uint8_t *)reply_bytes };
	protobuf_c_boolean yes = 1;
	char *text = reply_text;
	void *sub = NULL;

	if (f->type == PROTOBUF_C_TYPE_UINT32)
		memcpy(to, &number, sizeof(number));
	else if (f->type == PROTOBUF_C_TYPE_FIXED64)
		memcpy(to, &id, sizeof(id));
	else if (f->type == PROTOBUF_C_TYPE_BYTES)
		memcpy(to, &bytes, sizeof(bytes));
	else if (f->type == PROTOBUF_C_TYPE_STRING)
		memcpy(to, &text, sizeof(text));
	else if (f->descriptor == &var_string__descriptor)
		sub = &varstring;
	else if (f->descriptor == &line_call_list__descriptor)
		sub = &call_list;
	if (sub)
		memcpy(to, &sub, sizeof(sub));
	if (f->type != PROTOBUF_C_TYPE_STRING && f->type != PROTOBUF_C_TYPE_MESSAGE)
		memcpy((char *)m + f->quantifier_offset, &yes, sizeof(yes));
}

static void fill_reply(const struct rule *r, ProtobufCMessage *m, bool calls, bool others)
{
	protobuf_c_message_init(r->reply, m);
	var_string__init(&varstring);
	varstring.has_string = 1;
	varstring.string.data = (uint8_t *)reply_bytes;
	varstring.string.len = 3;
	line_call_list__init(&call_list);
	listed[0] = MOCK_CALL + MADE;
	call_list.n_calls = call_list.calls_num_entries = 1;
	call_list.has_calls_num_entries = 1;
	call_list.calls = listed;
	for (unsigned i = 0; i < r->reply->n_fields; i++) {
		const ProtobufCFieldDescriptor *f = &r->reply->fields[i];

		if (f->type == PROTOBUF_C_TYPE_FIXED64 ? calls : others)
			fill_reply_field(m, f);
	}
}

static const struct rule *wanted;

static bool check_and_answer(struct mock *m, const struct frame *f)
{
	union {
		ProtobufCMessage base;
		char room[512];
	} reply;

	if (!wanted || f->h.kind != wanted->number)
		return false;
	check_request(wanted, f);
	ck_assert_uint_le(wanted->reply->sizeof_message, sizeof(reply));
	fill_reply(wanted, &reply.base, true, wanted->kind == KIND_SYNC);
	mock_return(m, &f->h, &reply.base);
	if (wanted->kind == KIND_SYNC)
		return true;
	fill_reply(wanted, &reply.base, false, true);
	mock_complete(m, &f->h, &reply.base);
	return true;
}

/* --- the client's side --- */

static void start(bool phones)
{
	LINEINITIALIZEEXPARAMS p = { .dwTotalSize = sizeof(p),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT };
	PHONEINITIALIZEEXPARAMS q;
	DWORD devices, version = 0x00030001;
	LINEMESSAGE msg;

	memcpy(&q, &p, sizeof(q));
	mock = mock_new();
	if (phones) {
		ck_assert_int_eq(phoneInitializeEx(&phone_app, 0, NULL, "stubs", &devices, &version,
						 &q),
				0);
		ck_assert_int_eq(phoneOpen(phone_app, 0, &phone, 0x00030001, 0, 1,
						 PHONEPRIVILEGE_OWNER),
				0);
		return;
	}
	ck_assert_int_eq(lineInitializeEx(&app, 0, NULL, "stubs", &devices, &version, &p), 0);
	ck_assert_int_eq(lineOpen(app, 0, &line, 0x00030001, 0, 1, LINECALLPRIVILEGE_OWNER,
					 LINEMEDIAMODE_INTERACTIVEVOICE, NULL),
			0);
	call_id = mock_offer(mock, 1);
	ck_assert_int_eq(lineGetMessage(app, &msg, PATIENCE_MS), 0);
	call = (HCALL)msg.dwParam2;
	ck_assert_int_eq(lineGetMessage(app, &msg, PATIENCE_MS), 0);
}

static void fill_arguments(void)
{
	for (int n = 0; n < POSITIONS; n++) {
		numbers[n] = 0;
		(void)snprintf(texts[n], sizeof(texts[n]), "text%d", n);
		memset(blocks[n], 0, sizeof(blocks[n]));
		blocks[n][0] = TOTAL;
	}
}

static void await_reply(bool phones, LONG id)
{
	LINEMESSAGE m;
	PHONEMESSAGE q;

	ck_assert_int_gt(id, 0);
	if (phones) {
		ck_assert_int_eq(phoneGetMessage(phone_app, &q, PATIENCE_MS), 0);
		memcpy(&m, &q, sizeof(m));
	} else {
		ck_assert_int_eq(lineGetMessage(app, &m, PATIENCE_MS), 0);
	}
	ck_assert_uint_eq(m.dwMessageID, phones ? PHONE_REPLY : LINE_REPLY);
	ck_assert_uint_eq(m.dwParam1, (DWORD)id);
	ck_assert_int_eq((LONG)m.dwParam2, 0);
}

static void check_out(const struct rule *r, const ProtobufCFieldDescriptor *f)
{
	const VARSTRING *v;
	const LINECALLLIST *l;

	if (r->number == CALL_LineGatherDigits || rule_is_reason(f))
		return; /* with LINE_GATHERDIGITS; by tapixGetLastReason */
	v = (const VARSTRING *)(const void *)blocks[f->id];
	l = (const LINECALLLIST *)(const void *)blocks[f->id];
	if (f->type == PROTOBUF_C_TYPE_UINT32) {
		ck_assert_uint_eq(numbers[f->id], ANSWER + f->id);
	} else if (f->type == PROTOBUF_C_TYPE_FIXED64) {
		ck_assert_uint_ne(numbers[f->id], 0);
	} else if (f->type == PROTOBUF_C_TYPE_BYTES) {
		ck_assert_mem_eq(blocks[f->id], "abc", 3);
	} else if (f->type == PROTOBUF_C_TYPE_STRING) {
		ck_assert_str_eq(texts[f->id], "rep");
	} else if (f->descriptor == &var_string__descriptor) {
		ck_assert_uint_eq(v->dwStringSize, 3);
		ck_assert_mem_eq((const char *)v + v->dwStringOffset, "abc", 3);
	} else if (f->descriptor == &line_call_list__descriptor) {
		ck_assert_uint_eq(l->dwCallsNumEntries, 1);
		ck_assert_uint_eq(l->dwCallsSize, sizeof(HCALL));
		ck_assert_uint_ne(blocks[f->id][l->dwCallsOffset / 4], 0);
	} else if (blocks[f->id][0]) { /* a plain structure has no header */
		ck_assert_uint_eq(blocks[f->id][0], TOTAL);
		ck_assert_uint_gt(blocks[f->id][1], 0);
	}
}

START_TEST(stub_sends_its_arguments_and_fills_its_results)
{
	const struct stub *s = &stubs[_i];
	const struct rule *r = rule_of(s->name);
	bool phones = strncmp(s->name, "phone", 5) == 0;
	LONG result;

	if (!s->run)
		return;
	start(phones);
	fill_arguments();
	if (!r) { /* dead, or shows a dialog */
		ck_assert_int_lt(s->run(), 0);
		goto out;
	}
	mock_lock(mock);
	wanted = r;
	mock->handler = check_and_answer;
	mock_unlock(mock);

	result = s->run();

	ck_assert_str_eq(wrong, "");
	if (r->kind == KIND_ASYNC)
		await_reply(phones, result);
	else
		ck_assert_int_eq(result, 0);
	ck_assert_uint_eq(mock_count(mock, r->number), 1);
	ck_assert_uint_eq(fields_checked, r->request->n_fields);
	for (unsigned i = 0; i < r->reply->n_fields; i++)
		check_out(r, &r->reply->fields[i]);
out:
	ck_assert_int_eq(phones ? phoneShutdown(phone_app) : lineShutdown(app), 0);
	mock_free(mock);
}
END_TEST

START_TEST(every_call_of_the_table_has_a_stub)
{
	const struct rule *r;
	unsigned cursor = 0;

	while ((r = rule_next(&cursor))) {
		bool found = r->number >= 200; /* the core's own, and ours */

		for (int i = 0; i < STUBS; i++)
			found = found || strcasecmp(stubs[i].name, r->name) == 0;
		ck_assert_msg(found, "%s has no stub", r->name);
	}
	ck_assert_int_eq(STUBS, 145);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("libtapi stubs");
	TCase *t = tcase_create("stubs");

	tcase_add_loop_test(t, stub_sends_its_arguments_and_fills_its_results, 0, STUBS);
	tcase_add_test(t, every_call_of_the_table_has_a_stub);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
