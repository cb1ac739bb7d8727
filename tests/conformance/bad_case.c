// SPDX-License-Identifier: MIT
/* bad_case.c - one case: what the function answers, whether that is documented, has a reason and
 * has changed nothing. All that is wrong is gathered, so that one run shows it. */
#include "bad_input.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { SHOWN_MAX = 200 };

static unsigned found_count, cases;

void found(const struct function *f, const char *fmt, ...)
{
	va_list ap;

	if (found_count++ >= SHOWN_MAX)
		return;
	fprintf(stderr, "%s: ", f->name);
	va_start(ap, fmt);
	(void)vfprintf(stderr, fmt, ap);
	va_end(ap);
	fprintf(stderr, "\n");
}

unsigned findings(void)
{
	return found_count;
}

static const char *error_name(LONG e)
{
	static const char *const groups[] = { "LINEERR_", "PHONEERR_", "TAPIERR_" };
	static char number[16];

	for (unsigned i = 0; e < 0 && i < 3; i++)
		if (tapixConstantName(groups[i], (DWORD)e))
			return tapixConstantName(groups[i], (DWORD)e);
	(void)snprintf(number, sizeof(number), "%d", e);
	return number;
}

struct outcome call_it(const struct function *f, const struct value *v)
{
	const struct rule *rule = function_rule(f);
	struct tapix_reason why = { 0 };
	struct outcome o = { .result = f->call(v) };
	struct message m;

	tapixGetLastReason(&why);
	if (o.result > 0 && rule && rule->kind == KIND_ASYNC) {
		LONG id = o.result;

		m = next(strncmp(f->name, "phone", 5) ? LINE_REPLY : PHONE_REPLY);
		o.result = (LONG)m.p2;
		if (m.p1 != (DWORD)id)
			found(f, "the reply is to %#lx, not to %#x", (unsigned long)m.p1,
					(unsigned)id);
		if (o.result)
			(void)tapixGetReplyReason(me.app, (DWORD)id, &why);
	}
	(void)snprintf(o.sentence, sizeof(o.sentence), "%s", why.sentence);
	return o;
}

/* Messages besides replies: somebody has been told of a change. */
static const struct message *told(unsigned since)
{
	for (unsigned i = since; i < messages(); i++)
		if (message_at(i)->id != LINE_REPLY && message_at(i)->id != PHONE_REPLY)
			return message_at(i);
	return NULL;
}

static struct outcome try(const struct function *f, const struct value *v, const char *what)
{
	unsigned before = messages();
	struct outcome o = call_it(f, v);
	const struct message *m;

	cases++;
	if (o.result < 0 && !function_documents(f, o.result))
		found(f, "%s: %s is not documented for it (%s)", what, error_name(o.result),
				o.sentence);
	if (o.result < 0 && !o.sentence[0])
		found(f, "%s: %s without a reason", what, error_name(o.result));
	m = o.result < 0 ? told(before) : NULL;
	if (m)
		found(f, "%s: it failed, but message %u about %#x came (%#lx)", what, m->id,
				m->device, (unsigned long)m->p1);
	return o;
}

void must_fail(const struct function *f, const struct value *v, LONG want, const char *fmt, ...)
{
	struct outcome o;
	char what[200];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	o = try(f, v, what);
	if (o.result >= 0)
		found(f, "%s: it succeeded", what);
	else if (want && o.result != want &&
			o.result != function_error(f, LINEERR_OPERATIONUNAVAIL))
		found(f, "%s: %s, not %s (%s)", what, error_name(o.result), error_name(want),
				o.sentence);
}

LONG may_fail(const struct function *f, const struct value *v, const char *fmt, ...)
{
	char what[200];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	return try(f, v, what).result;
}

/* --- nothing changed --- */

struct snapshot {
	size_t size;
	char bytes[1 << 18];
};

static void *room(struct snapshot *s, size_t size)
{
	void *p = s->bytes + s->size;

	expect(s->size + size <= sizeof(s->bytes));
	memset(p, 0, size);
	*(DWORD *)p = (DWORD)size;
	s->size += size;
	return p;
}

static void add_call(struct snapshot *s, HCALL call)
{
	if (!call)
		return;
	expect_ok(lineGetCallInfo(call, room(s, 2048)));
	expect_ok(lineGetCallStatus(call, room(s, 512)));
}

static void add_line(struct snapshot *s, HLINE line)
{
	DWORD states[3] = { 0 };

	if (!line)
		return;
	expect_ok(lineGetLineDevStatus(line, room(s, 1024)));
	expect_ok(lineGetAddressStatus(line, 0, room(s, 1024)));
	expect_ok(lineGetStatusMessages(line, &states[0], &states[1]));
	expect_ok(lineGetNumRings(line, 0, &states[2]));
	memcpy(room(s, sizeof(states)), states, sizeof(states));
}

static void take_snapshot(struct snapshot *s)
{
	struct tapix_provider p[8];
	DWORD count = 8;

	s->size = 0;
	for (unsigned i = 0; i < SCENE_CALLS; i++)
		add_call(s, scene.call[i]);
	add_call(s, scene.watched);
	for (unsigned i = 0; i < me.lines && i < APP_LINES; i++)
		add_line(s, me.line[i]);
	if (scene.phone)
		expect_ok(phoneGetStatus(scene.phone, room(s, 4096)));
	memset(p, 0, sizeof(p));
	expect_ok(tapixGetProviders(me.app, p, sizeof(p[0]), &count));
	for (DWORD i = 0; i < count; i++)
		memcpy(room(s, sizeof(p[0])), &p[i], sizeof(p[0])); /* also pid and restarts */
}

void each_function(void (*check)(const struct function *f))
{
	static struct snapshot before, after;
	const struct function *f;

	for (size_t i = 0; (f = functions_at(i)); i++) {
		if (!scene.phone && !strcmp(f->parameters[0].type, "HPHONE"))
			continue; /* there is no phone to try it on */
		take_snapshot(&before);
		check(f);
		take_snapshot(&after);
		if (before.size != after.size || memcmp(before.bytes, after.bytes, after.size))
			found(f, "it failed, but something has changed");
	}
	fprintf(stderr, "%u cases, %u findings\n", cases, found_count);
	expect_eq(found_count, 0);
}

struct trial {
	void (*check)(const struct function *f);
};

static void run_trial(void *arg)
{
	each_function(((struct trial *)arg)->check);
}

void scene_try(struct world *w, void (*check)(const struct function *f))
{
	struct app *a = app_start(w, "careless.exe", 0), *b = app_start(w, "careful.exe", 0);
	struct trial t = { check };

	scene_make(a, b);
	app_do(a, run_trial, &t, sizeof(t));
}
