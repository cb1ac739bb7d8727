// SPDX-License-Identifier: MIT
/* tell.c - which event procedure and which handles an event goes to. */
#include "tell.h"

#include "account.h"
#include "call.h"
#include "sip.h"

static bool find(const struct outbox_about *about, struct outbox_receiver *out)
{
	const struct account *a;
	const struct call *c;

	if (!about->line) {
		out->event = sip.create;
		return sip.create != NULL;
	}
	a = account_find((HDRVLINE)about->line);
	if (!a || a->opens != about->opens)
		return false;
	out->event = a->event;
	out->line = a->ht_line;
	if (!about->call)
		return true;
	c = call_find((HDRVCALL)about->call);
	if (c)
		out->call = c->ht_call;
	return c != NULL;
}

const struct outbox_ops tell_ops = {
	.lock = sip_lock,
	.unlock = sip_unlock,
	.find = find,
	.announced = call_announced,
	.delivered = sip_delivered,
};

static struct outbox_about about_line(const struct account *a)
{
	return (struct outbox_about){ .line = a->handle, .opens = a->opens };
}

static struct outbox_about about_call(const struct call *c)
{
	struct outbox_about about = about_line(c->line);

	about.call = c->handle;
	return about;
}

void tell_provider(DWORD msg, DWORD_PTR p1, DWORD_PTR p2)
{
	struct outbox_about about = { 0 };

	outbox_event(&sip.outbox, &about, msg, p1, p2, 0, NULL);
}

void tell_line(const struct account *a, DWORD msg, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3,
		const struct why *why)
{
	struct outbox_about about = about_line(a);

	if (a->is_open)
		outbox_event(&sip.outbox, &about, msg, p1, p2, p3, why);
}

void tell_call(const struct call *c, DWORD msg, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3,
		const struct why *why)
{
	struct outbox_about about = about_call(c);

	outbox_event(&sip.outbox, &about, msg, p1, p2, p3, why);
}

void tell_new_call(const struct call *c)
{
	struct outbox_about about = about_call(c);

	outbox_new_call(&sip.outbox, &about);
}

void tell_msp(const struct call *c, const void *data, size_t size)
{
	struct outbox_about about = about_call(c);

	outbox_msp_data(&sip.outbox, &about, data, size);
}

void tell_done(DRV_REQUESTID id, LONG result, const struct why *why)
{
	outbox_complete(&sip.outbox, id, result, why);
}
