// SPDX-License-Identifier: MIT
/* bad_scene.c - what bad input is tried on: an application with calls in several states, handles
 * that are no longer valid, and good arguments for every function. */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "bad_input.h"

#include "wire/flat.h"
#include "wire/names.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct scene scene;

const struct setting scene_setting = {
	.providers = "[provider exchange]\n"
		     "extensions = 101-106\n"
		     "calls_per_line = 8\n"
		     "ring_ms = 60000\n"
		     "dial_ms = 3600000\n"
		     "no_answer_ms = 3600000\n",
};

void *block(unsigned parameter, size_t size)
{
	static char *areas[PARAMETERS_MAX];
	char *end;

	if (!areas[parameter]) {
		areas[parameter] = mmap(NULL, BLOCK_MAX + 65536, PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		expect(areas[parameter] != MAP_FAILED);
		expect(mprotect(areas[parameter] + BLOCK_MAX, 65536, PROT_NONE) == 0);
	}
	expect(size <= BLOCK_MAX);
	end = areas[parameter] + BLOCK_MAX;
	memset(areas[parameter], 0, BLOCK_MAX);
	return end - size;
}

/* --- the scene --- */

static const struct {
	DWORD line;
	const char *number;
	DWORD state;
} dialled[SCENE_CALLS] = {
	[CALL_CONNECTED] = { 0, "102", LINECALLSTATE_CONNECTED },
	[CALL_RINGING] = { 2, "105", LINECALLSTATE_RINGBACK },
	[CALL_DIALTONE] = { 3, NULL, LINECALLSTATE_DIALTONE },
};

static void make_call(void *arg)
{
	enum scene_call i = *(enum scene_call *)arg;

	scene.call[i] = dial(own_line(dialled[i].line), dialled[i].number);
	scene.state[i] = dialled[i].state;
}

static void await(void *arg)
{
	enum scene_call i = *(enum scene_call *)arg;

	(void)await_state(scene.call[i], scene.state[i]);
}

static void answer_one(void *arg)
{
	HCALL call = next_call(LINECALLSTATE_OFFERING);

	(void)arg;
	done(lineAnswer(call, NULL, 0));
	(void)await_state(call, LINECALLSTATE_CONNECTED);
}

static void call_106(void *arg)
{
	(void)arg;
	(void)dial(own_line(4), "106");
}

static void take_offer(void *arg)
{
	(void)arg;
	scene.call[CALL_OFFERING] = next_call(LINECALLSTATE_OFFERING);
	scene.state[CALL_OFFERING] = LINECALLSTATE_OFFERING;
}

static HCALL idle_call(void)
{
	HCALL call = dial(own_line(3), "199");

	done(lineDrop(call, NULL, 0));
	(void)await_state(call, LINECALLSTATE_IDLE);
	return call;
}

static void old_handles(void *arg)
{
	(void)arg;
	scene.line = own_line(0);
	scene.old_call = idle_call();
	expect_ok(lineDeallocateCall(scene.old_call));
	scene.call[CALL_IDLE] = idle_call();
	scene.state[CALL_IDLE] = LINECALLSTATE_IDLE;
	expect_ok(lineOpen(me.app, 3, &scene.old_line, me.version, 0, 0, LINECALLPRIVILEGE_NONE, 0,
			NULL));
	expect_ok(lineClose(scene.old_line));
}

static HCALL new_call_of(HLINE line)
{
	union {
		LINECALLLIST list;
		char room[256];
	} u = { .list = { .dwTotalSize = sizeof(u) } };
	HCALL call;

	expect_ok(lineGetNewCalls(line, 0, LINECALLSELECT_LINE, &u.list));
	expect(u.list.dwCallsNumEntries > 0);
	memcpy(&call, u.room + u.list.dwCallsOffset, sizeof(call));
	return call;
}

static void watch(void *arg)
{
	LINEINITIALIZEEXPARAMS p = { .dwTotalSize = sizeof(p),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT };
	DWORD devices, version = me.version;

	(void)arg;
	(void)open_line(1, LINECALLPRIVILEGE_MONITOR, 0);
	scene.watched = new_call_of(me.line[1]);
	expect_ok(lineInitializeEx(&scene.other_app, 0, NULL, "other", &devices, &version, &p));
	expect_ok(lineOpen(scene.other_app, 0, &scene.other_line, me.version, 0, 0,
			LINECALLPRIVILEGE_MONITOR, 0, NULL));
	scene.other_call = new_call_of(scene.other_line);
}

static void open_phone(void *arg)
{
	DWORD version = me.version;

	(void)arg;
	expect_ok(initialise_phone(&version));
	scene.phone_app = me.phone_app;
	if (me.phones > 0)
		expect_ok(phoneOpen(me.phone_app, 0, &scene.phone, me.version, 0, 0,
				PHONEPRIVILEGE_OWNER));
}

static void begin_watching(void *arg)
{
	(void)arg;
	for (DWORD i = 0; i < me.lines && i < APP_LINES; i++)
		if (me.line[i])
			(void)lineSetStatusMessages(me.line[i], 0x01ffffff & ~LINEDEVSTATE_RINGING,
					0x1ff);
	forget_messages();
}

static void one(struct app *a, void (*fn)(void *arg), enum scene_call i)
{
	app_do(a, fn, &i, sizeof(i));
}

void scene_make(struct app *a, struct app *b)
{
	(void)app_open_line(a, 0, LINECALLPRIVILEGE_OWNER);
	(void)app_open_line(a, 5, LINECALLPRIVILEGE_OWNER);
	(void)app_open_line(b, 1, LINECALLPRIVILEGE_OWNER);
	(void)app_open_line(b, 4, LINECALLPRIVILEGE_OWNER);
	one(a, make_call, CALL_CONNECTED);
	app_do(b, answer_one, NULL, 0);
	one(a, await, CALL_CONNECTED);
	one(a, make_call, CALL_RINGING);
	one(a, await, CALL_RINGING);
	app_do(a, old_handles, NULL, 0);
	one(a, make_call, CALL_DIALTONE);
	one(a, await, CALL_DIALTONE);
	app_do(b, call_106, NULL, 0);
	app_do(a, take_offer, NULL, 0);
	app_do(a, watch, NULL, 0);
	app_do(a, open_phone, NULL, 0);
	app_do(a, begin_watching, NULL, 0);
}

HCALL call_in_states(uint32_t states)
{
	for (unsigned i = 0; i < SCENE_CALLS; i++)
		if (scene.call[i] && (scene.state[i] & states))
			return scene.call[i];
	return scene.call[CALL_CONNECTED];
}

/* --- good arguments --- */

/* The numbers that no table tells. */
static uint32_t plain_number(const struct parameter *p)
{
	static const struct {
		const char *name;
		uint32_t value;
	} known[] = {
		{ "dwAPIVersion", 0x00020002 },
		{ "dwAppAPIVersion", 0x00020002 },
		{ "dwAPILowVersion", 0x00010003 },
		{ "dwAPIHighVersion", 0x00020002 },
		{ "dwNumDigits", 4 },
		{ "dwNumEntries", 1 },
		{ "dwNumTones", 1 },
		{ "dwSize", 4 },
		{ "dwNumParties", 3 },
		{ "dwDuration", 100 },
		{ "dwPrivileges", LINECALLPRIVILEGE_OWNER },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (!strcmp(known[i].name, p->name))
			return known[i].value;
	return 0;
}

static uint32_t first_of_group(const char *group)
{
	for (unsigned bit = 0; bit < 32; bit++)
		if (names_constant(group, UINT32_C(1) << bit))
			return UINT32_C(1) << bit;
	return 0;
}

static uint32_t good_number(const struct function *f, unsigned i)
{
	const struct parameter *p = &f->parameters[i];
	const ProtobufCFieldDescriptor *field = function_request(f, i);
	const struct rule *rule = function_rule(f);
	const char *group = NULL;

	if (!strcmp(p->type, "HLINEAPP"))
		return me.app;
	if (!strcmp(p->type, "HPHONEAPP"))
		return scene.phone_app;
	if (!strcmp(p->type, "HLINE"))
		return scene.line;
	if (!strcmp(p->type, "HPHONE"))
		return scene.phone;
	if (!strcmp(p->type, "HCALL"))
		return i > 0 && !strcmp(f->parameters[0].type, "HCALL")
				       ? scene.call[CALL_DIALTONE]
				       : call_in_states(rule ? rule->states : ~UINT32_C(0));
	if (field)
		group = names_group(rule->request->short_name, field->name);
	return group && !plain_number(p) ? first_of_group(group) : plain_number(p);
}

/* What an out-structure is made of, or an in-structure. */
static const ProtobufCMessageDescriptor *structure(const struct function *f, unsigned i)
{
	const ProtobufCFieldDescriptor *field = function_reply(f, i);

	if (!field || field->type != PROTOBUF_C_TYPE_MESSAGE)
		field = function_request(f, i);
	return field && field->type == PROTOBUF_C_TYPE_MESSAGE ? field->descriptor : NULL;
}

static void *good_structure(const ProtobufCMessageDescriptor *d, unsigned i, bool out)
{
	size_t size = out ? 65536 : flat_fixed_size(d, me.version);
	uint32_t *p;

	if (!flat_header_slots(d))
		size = flat_fixed_size(d, 0);
	p = block(i, size);
	if (flat_header_slots(d))
		p[0] = (uint32_t)size;
	return p;
}

static void *good_pointer(const struct function *f, unsigned i)
{
	const struct parameter *p = &f->parameters[i];
	const ProtobufCMessageDescriptor *d = structure(f, i);
	bool optional = strstr(p->name, "Params") != NULL && strncmp(p->type, "const", 5) == 0;

	if (!strcmp(p->type, "LPCSTR"))
		return strcpy(block(i, 4), "102");
	if (optional)
		return NULL;
	if (d)
		return good_structure(d, i, function_reply(f, i) != NULL);
	return block(i, !strcmp(p->type, "LPSTR") ? 64 : 8192);
}

void good_values(const struct function *f, struct value v[PARAMETERS_MAX])
{
	memset(v, 0, PARAMETERS_MAX * sizeof(v[0]));
	for (unsigned i = 0; i < function_parameters(f); i++) {
		const char *type = f->parameters[i].type;

		if (!strncmp(type, "LP", 2) || strchr(type, '*'))
			v[i].pointer = good_pointer(f, i);
		else
			v[i].number = good_number(f, i);
	}
}
