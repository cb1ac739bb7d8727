// SPDX-License-Identifier: MIT
/* checker.c - the books: what applications asked and were given. */
#include "books.h"

#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *name, *text;
} rules[] = {
#define RULE_ROW(name, text) { #name, text },
	CHECKER_RULES(RULE_ROW)
};

const char *rule_name(enum rule rule)
{
	return rules[rule].name;
}

const char *rule_text(enum rule rule)
{
	return rules[rule].text;
}

void broken(struct checker *c, unsigned app, enum rule rule, const char *fmt, ...)
{
	char text[256], more[160];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(more, sizeof(more), fmt, args);
	va_end(args);
	(void)snprintf(text, sizeof(text), "application %u: %s; %s", app, rule_text(rule), more);
	c->violated(c->arg, rule_name(rule), text);
}

struct checker *checker_new(void (*violated)(void *arg, const char *rule, const char *text),
		void *arg)
{
	struct checker *c = mem_new(struct checker);

	if (!c)
		return NULL;
	c->violated = violated;
	c->arg = arg;
	return c;
}

void checker_free(struct checker *c)
{
	mem_free(c);
}

void checker_begin(struct checker *c, unsigned app)
{
	memset(&c->apps[app], 0, sizeof(c->apps[app]));
	c->apps[app].alive = true;
}

void checker_end(struct checker *c, unsigned app)
{
	c->apps[app].alive = false;
}

struct book_line *book_line(struct book *b, HLINE handle)
{
	struct book_line *found = NULL;

	for (size_t i = 0; i < BOOK_LINES; i++)
		if (b->lines[i].handle == handle && (!found || b->lines[i].open))
			found = &b->lines[i];
	return found;
}

struct book_call *book_call(struct book *b, HCALL handle)
{
	struct book_call *found = NULL;

	for (size_t i = 0; i < BOOK_CALLS; i++)
		if (b->calls[i].handle == handle && (!found || b->calls[i].alive))
			found = &b->calls[i];
	return found;
}

void checker_line_opened(struct checker *c, unsigned app, HLINE line)
{
	struct book *b = &c->apps[app];
	struct book_line *l = book_line(b, line);

	if (l && l->open)
		broken(c, app, RULE_handle_reused, "line %#x", line);
	for (size_t i = 0; !l && i < BOOK_LINES; i++)
		if (!b->lines[i].open)
			l = &b->lines[i];
	if (l)
		*l = (struct book_line){ .handle = line, .open = true };
}

void checker_line_closed(struct checker *c, unsigned app, HLINE line)
{
	struct book *b = &c->apps[app];
	struct book_line *l = book_line(b, line);

	if (l)
		l->open = false;
	for (size_t i = 0; i < BOOK_REQUESTS; i++) /* what waits has no reply any more */
		if (b->requests[i].id && b->requests[i].line == line)
			b->requests[i].id = 0;
	for (size_t i = 0; i < BOOK_CALLS; i++)
		if (b->calls[i].line == line)
			b->calls[i].alive = false;
}

void checker_masks(struct checker *c, unsigned app, HLINE line, DWORD line_states,
		DWORD address_states)
{
	struct book_line *l = book_line(&c->apps[app], line);

	if (l) {
		l->line_states = line_states;
		l->address_states = address_states;
	}
}

void checker_request(struct checker *c, unsigned app, const char *what, LONG id, HLINE line,
		const HCALL *const made[CHECKER_NEW])
{
	struct book *b = &c->apps[app];
	struct book_request *room = NULL;

	if (id <= 0) {
		broken(c, app, RULE_request_id, "%s returned %d", what, id);
		return;
	}
	for (size_t i = 0; i < BOOK_REQUESTS; i++) {
		if (b->requests[i].id == id)
			broken(c, app, RULE_request_id, "%s returned %d again", what, id);
		if (!b->requests[i].id)
			room = &b->requests[i];
	}
	if (room)
		*room = (struct book_request){ id, what, { made[0], made[1] }, line };
	if (id > b->last_id)
		b->last_id = id;
}

struct book_call *book_give(struct checker *c, unsigned app, HCALL handle, HLINE line,
		DWORD privilege)
{
	struct book *b = &c->apps[app];
	struct book_call *call = book_call(b, handle);

	if (call && call->alive)
		broken(c, app, RULE_handle_reused, "call %#x", handle);
	for (size_t i = 0; !call && i < BOOK_CALLS; i++) {
		struct book_call *next = &b->calls[b->call_count++ % BOOK_CALLS];

		if (!next->alive)
			call = next;
	}
	if (call)
		*call = (struct book_call){
			.handle = handle, .line = line, .alive = true, .privilege = privilege
		};
	return call;
}

void checker_call_got(struct checker *c, unsigned app, HCALL call, HLINE line)
{
	struct book_call *known = book_call(&c->apps[app], call);

	if (!known || !known->alive)
		(void)book_give(c, app, call, line, LINECALLPRIVILEGE_MONITOR);
}

void checker_call_privilege(struct checker *c, unsigned app, HCALL call, DWORD privilege)
{
	struct book_call *known = book_call(&c->apps[app], call);

	if (known)
		known->privilege = privilege;
}

void checker_call_freed(struct checker *c, unsigned app, HCALL call)
{
	struct book_call *known = book_call(&c->apps[app], call);

	if (known)
		known->alive = false;
}

void checker_generating(struct checker *c, unsigned app, HCALL call)
{
	struct book_call *known = book_call(&c->apps[app], call);

	if (known)
		known->generating++;
}

void checker_gathering(struct checker *c, unsigned app, HCALL call)
{
	struct book_call *known = book_call(&c->apps[app], call);

	if (known)
		known->gathering++;
}

HCALL checker_call(const struct checker *c, unsigned app, size_t n)
{
	const struct book *b = &c->apps[app];

	for (size_t i = 0; i < BOOK_CALLS; i++)
		if (b->calls[i].alive && n-- == 0)
			return b->calls[i].handle;
	return 0;
}

HLINE checker_line(const struct checker *c, unsigned app, size_t n)
{
	const struct book *b = &c->apps[app];

	for (size_t i = 0; i < BOOK_LINES; i++)
		if (b->lines[i].open && n-- == 0)
			return b->lines[i].handle;
	return 0;
}

static const struct book_call *living(const struct checker *c, unsigned app, HCALL call)
{
	const struct book *b = &c->apps[app];

	for (size_t i = 0; i < BOOK_CALLS; i++)
		if (b->calls[i].alive && b->calls[i].handle == call)
			return &b->calls[i];
	return NULL;
}

DWORD checker_state(const struct checker *c, unsigned app, HCALL call)
{
	const struct book_call *known = living(c, app, call);

	return known ? known->state : 0;
}

DWORD checker_privilege(const struct checker *c, unsigned app, HCALL call)
{
	const struct book_call *known = living(c, app, call);

	return known ? known->privilege : 0;
}

HLINE checker_line_of(const struct checker *c, unsigned app, HCALL call)
{
	const struct book_call *known = living(c, app, call);

	return known ? known->line : 0;
}

size_t checker_waiting(const struct checker *c, unsigned app)
{
	size_t count = 0;

	for (size_t i = 0; i < BOOK_REQUESTS; i++)
		count += c->apps[app].requests[i].id != 0;
	return count;
}
