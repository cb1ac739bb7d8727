// SPDX-License-Identifier: MIT
/* tell.c - which event procedure and which handles an event goes to. */
#include "tell.h"

#include "call.h"
#include "exchange.h"
#include "extension.h"

static bool find_phone(const struct outbox_about *about, struct outbox_receiver *out)
{
	const struct phone *p = phone_find((HDRVPHONE)about->phone);

	if (!p || p->opens != about->opens)
		return false;
	out->phone_event = p->event;
	out->phone = p->ht_phone;
	return true;
}

static bool find_line(const struct outbox_about *about, struct outbox_receiver *out)
{
	const struct extension *e = extension_find((HDRVLINE)about->line);
	const struct call *c;

	if (!e || e->opens != about->opens)
		return false;
	out->event = e->event;
	out->line = e->ht_line;
	if (!about->call)
		return true;
	c = call_find((HDRVCALL)about->call);
	if (c)
		out->call = c->ht_call;
	return c != NULL;
}

static bool find(const struct outbox_about *about, struct outbox_receiver *out)
{
	return about->phone ? find_phone(about, out) : find_line(about, out);
}

const struct outbox_ops tell_ops = {
	.lock = exchange_lock,
	.unlock = exchange_unlock,
	.find = find,
	.announced = call_announced,
	.delivered = exchange_delivered,
};

static struct outbox_about about_line(const struct extension *e)
{
	return (struct outbox_about){ .line = extension_handle(e), .opens = e->opens };
}

static struct outbox_about about_call(const struct call *c)
{
	struct outbox_about about = about_line(c->line);

	about.call = c->handle;
	return about;
}

void tell_line(const struct extension *e, DWORD msg, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3)
{
	struct outbox_about about = about_line(e);

	outbox_event(&exchange.outbox, &about, msg, p1, p2, p3, NULL);
}

void tell_phone(const struct phone *p, DWORD msg, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3)
{
	struct outbox_about about = { .phone = phone_handle(p), .opens = p->opens };

	outbox_event(&exchange.outbox, &about, msg, p1, p2, p3, NULL);
}

void tell_call(const struct call *c, DWORD msg, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3,
		const struct why *why)
{
	struct outbox_about about = about_call(c);

	outbox_event(&exchange.outbox, &about, msg, p1, p2, p3, why);
}

void tell_new_call(const struct call *c)
{
	struct outbox_about about = about_call(c);

	outbox_new_call(&exchange.outbox, &about);
}

void tell_msp(const struct call *c, const void *data, size_t size)
{
	struct outbox_about about = about_call(c);

	outbox_msp_data(&exchange.outbox, &about, data, size);
}
