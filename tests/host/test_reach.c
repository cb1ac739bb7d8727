// SPDX-License-Identifier: MIT
/* test_reach.c - every TSPI function of the fact table is entered through the host: a recording
 * TSP, and requests that are made by walking the descriptors. */
#include "../test_main.h"
#include "core.h"
#include "mock/recorder.h"

#include "tsphost/job.h"

#include <tapi.h>

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

enum { NUMBER = 64, CLOSING = 8 };

/* What opens is done first, what closes last, in this order. */
static const uint16_t closing[CLOSING] = { CALL_TspiLineCloseMspInstance, CALL_TspiLineCloseCall,
	CALL_TspiLineClose, CALL_TspiPhoneClose, CALL_TspiProviderShutdown };

static bool is_closing(uint16_t kind)
{
	for (unsigned i = 0; i < CLOSING; i++)
		if (kind == closing[i])
			return true;
	return false;
}

static uint32_t msp_line;

static void put(ProtobufCMessage *m, const ProtobufCFieldDescriptor *f, const void *value,
		size_t size)
{
	const protobuf_c_boolean yes = 1;

	memcpy((char *)m + f->offset, value, size);
	if (f->label == PROTOBUF_C_LABEL_OPTIONAL && f->type != PROTOBUF_C_TYPE_STRING &&
			f->type != PROTOBUF_C_TYPE_MESSAGE)
		memcpy((char *)m + f->quantifier_offset, &yes, sizeof(yes));
}

static void fill_message(struct core *c, ProtobufCMessage *m, const ProtobufCFieldDescriptor *f)
{
	const ProtobufCMessageDescriptor *d = f->descriptor;
	ProtobufCMessage *part = arena_alloc(&c->arena, d->sizeof_message);
	ProtobufCMessage **list = arena_alloc(&c->arena, sizeof(part));
	const size_t one = 1;

	d->message_init(part);
	*list = part;
	if (f->label != PROTOBUF_C_LABEL_REPEATED) {
		put(m, f, &part, sizeof(part));
		return;
	}
	put(m, f, &list, sizeof(list));
	memcpy((char *)m + f->quantifier_offset, &one, sizeof(one));
}

/* Something in each field: the call, the line, a number, a text. */
static void fill(struct core *c, ProtobufCMessage *m, const ProtobufCFieldDescriptor *f)
{
	uint64_t call = CALL_ID(1), wide = 1;
	uint32_t line = LINE_BASE, number = NUMBER;
	const char *text = "text";
	ProtobufCBinaryData bytes = { 4, (uint8_t *)(uintptr_t)text };

	switch (f->type) {
	case PROTOBUF_C_TYPE_FIXED64:
		put(m, f, &call, sizeof(call));
		break;
	case PROTOBUF_C_TYPE_FIXED32:
		put(m, f, &line, sizeof(line));
		break;
	case PROTOBUF_C_TYPE_UINT64:
		put(m, f, &wide, sizeof(wide));
		break;
	case PROTOBUF_C_TYPE_STRING:
		put(m, f, &text, sizeof(text));
		break;
	case PROTOBUF_C_TYPE_BYTES:
		put(m, f, &bytes, sizeof(bytes));
		break;
	case PROTOBUF_C_TYPE_MESSAGE:
		fill_message(c, m, f);
		break;
	default:
		if (!strcmp(f->name, "msp_line"))
			number = msp_line;
		put(m, f, &number, sizeof(number));
		break;
	}
}

static void reach(struct core *c, const struct rule *rule)
{
	ProtobufCMessage *m = arena_alloc(&c->arena, rule->request->sizeof_message);
	struct got *g;

	rule->request->message_init(m);
	for (unsigned i = 0; i < rule->request->n_fields; i++)
		fill(c, m, &rule->request->fields[i]);
	g = core_return(c, core_send(c, rule->number, m));
	ck_assert_msg(g->h.result == 0, "%s: %#x %s", rule->name, (unsigned)g->h.result,
			g->h.result ? core_reason(g) : "");
	if (rule->number == CALL_TspiLineCreateMspInstance)
		msp_line = ((const TspiLineCreateMspInstanceReply *)g->body)->msp_line;
}

/* The line is open and the phone too; a call and an MSP instance exist. */
static void open_all(struct core *c)
{
	TspiPhoneOpen phone = TSPI_PHONE_OPEN__INIT;

	core_run_provider(c);
	phone.has_device = 1;
	phone.device = LINE_BASE;
	(void)core_call(c, CALL_TspiPhoneOpen, &phone, 0);
	reach(c, rule_find(CALL_LineMakeCall));
	reach(c, rule_find(CALL_TspiLineCreateMspInstance));
}

static bool is_done(uint16_t kind)
{
	return kind == CALL_TspiLineNegotiateTspiVersion || kind == CALL_TspiProviderEnumDevices ||
	       kind == CALL_TspiProviderInit || kind == CALL_TspiLineOpen ||
	       kind == CALL_TspiPhoneOpen || kind == CALL_LineMakeCall ||
	       kind == CALL_TspiLineCreateMspInstance || is_closing(kind);
}

static bool is_dead(const char *name)
{
	return !strcmp(name, "TSPI_lineDropNoOwner") || !strcmp(name, "TSPI_lineDropOnClose") ||
	       !strcmp(name, "TSPI_lineSetCurrentLocation");
}

static unsigned (*load_recorder(const struct core *c))(const char *)
{
	void *library = dlopen(c->path, RTLD_NOW | RTLD_LOCAL);
	void *symbol = library ? dlsym(library, "recorder_count") : NULL;
	unsigned (*count)(const char *);

	ck_assert_ptr_nonnull(symbol);
	memcpy(&count, &symbol, sizeof(count));
	return count;
}

/* name, completion, parameters, required: the first fields of a row. */
static bool next_fact(FILE *facts, char name[64], char completion[16], char required[16])
{
	char line[2048];

	while (fgets(line, sizeof(line), facts))
		if (sscanf(line, "%63[^\t]\t%15[^\t]\t%*[^\t]\t%15[^\t]", name, completion,
				    required) == 3 &&
				!strncmp(name, "TSPI_", 5))
			return true;
	return false;
}

START_TEST(every_function_of_the_table_is_entered)
{
	FILE *facts = fopen("tests/facts/tspi.tsv", "r");
	char name[64], completion[16], required[16];
	unsigned (*count)(const char *);
	const struct rule *rule;
	unsigned cursor = 0, functions = 0;
	struct core c;

	ck_assert_ptr_nonnull(facts);
	core_start(&c, "recorder");
	count = load_recorder(&c);
	open_all(&c);
	while ((rule = rule_next(&cursor)))
		if (thunk_find(rule->number) && !is_done(rule->number))
			reach(&c, rule);
	for (unsigned i = 0; i < CLOSING && closing[i]; i++)
		reach(&c, rule_find(closing[i]));

	while (next_fact(facts, name, completion, required)) {
		if (is_dead(name))
			continue;
		functions++;
		ck_assert_msg(count(name) > 0, "%s was not entered", name);
	}
	ck_assert_uint_eq(functions, 114);
	ck_assert_int_eq(fclose(facts), 0);
	(void)core_stop(&c);
}
END_TEST

static const struct thunk *thunk_of(const char *name)
{
	const struct rule *rule;
	unsigned cursor = 0;

	while ((rule = rule_next(&cursor))) {
		const struct thunk *t = thunk_find(rule->number);

		if (t && !strcmp(tsp_name(t->function), name))
			return t;
	}
	return NULL;
}

START_TEST(rows_agree_with_the_table_in_completion_and_need)
{
	FILE *facts = fopen("tests/facts/tspi.tsv", "r");
	char name[64], completion[16], required[16];

	ck_assert_ptr_nonnull(facts);
	while (next_fact(facts, name, completion, required)) {
		const struct thunk *t = thunk_of(name);
		bool is_async = !strcmp(completion, "async");

		if (is_dead(name))
			continue;
		ck_assert_msg(t != NULL, "no request for %s", name);
		ck_assert_msg((rule_find(t->kind)->kind == KIND_ASYNC) == is_async, "%s", name);
		if (!strcmp(name, "TSPI_lineGetIcon")) /* no screen, no need */
			continue;
		ck_assert_msg((tsp_need(t->function) != TSP_OPTIONAL) ==
						!strcmp(required, "mandatory"),
				"%s", name);
	}
	ck_assert_int_eq(fclose(facts), 0);
}
END_TEST

static Suite *reach_suite(void)
{
	Suite *s = suite_create("host reach");
	TCase *t = tcase_create("reach");

	tcase_add_test(t, every_function_of_the_table_is_entered);
	tcase_add_test(t, rows_agree_with_the_table_in_completion_and_need);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(reach_suite())
