// SPDX-License-Identifier: MIT
/* verify.c - see verify.h. A handle that was good once is no fault: the thread that raised the
 * event could not know yet. */
#define LOG_TOPIC "host"
#include "tsphost/verify.h"

#include "base/log.h"
#include "wire/names.h"

#include <assert.h>

static const char *name_of(const struct item *i)
{
	const char *name = names_constant(i->kind == ITEM_LINE ? "LINE_" : "PHONE_", i->msg);

	return name ? name : "a message";
}

static bool is_line_message(DWORD msg)
{
	switch (msg) {
	case LINE_ADDRESSSTATE:
	case LINE_CALLDEVSPECIFIC:
	case LINE_CALLDEVSPECIFICFEATURE:
	case LINE_CALLINFO:
	case LINE_CALLSTATE:
	case LINE_CLOSE:
	case LINE_CREATE:
	case LINE_DEVSPECIFIC:
	case LINE_DEVSPECIFICEX:
	case LINE_DEVSPECIFICFEATURE:
	case LINE_GATHERDIGITS:
	case LINE_GENERATE:
	case LINE_LINEDEVSTATE:
	case LINE_MONITORDIGITS:
	case LINE_MONITORMEDIA:
	case LINE_MONITORTONE:
	case LINE_NEWCALL:
	case LINE_QOSINFO:
	case LINE_REMOVE:
	case LINE_SENDMSPDATA:
		return true;
	default:
		return false;
	}
}

static bool is_phone_message(DWORD msg)
{
	switch (msg) {
	case PHONE_BUTTON:
	case PHONE_CLOSE:
	case PHONE_CREATE:
	case PHONE_DEVSPECIFIC:
	case PHONE_REMOVE:
	case PHONE_STATE:
		return true;
	default:
		return false;
	}
}

bool verify_message(const struct host *h, const struct item *i)
{
	if (i->kind == ITEM_LINE ? is_line_message(i->msg) : is_phone_message(i->msg))
		return true;
	log_warn("%s: unknown message %u for line %#lx call %#lx ignored", h->provider, i->msg,
			(unsigned long)i->device, (unsigned long)i->call);
	return false;
}

/* The low 24 bits are exactly one LINECALLSTATE_, the others a substate of the device. */
static bool is_call_state(uint64_t state)
{
	uint32_t low = (uint32_t)state & 0xffffff;

	return state <= UINT32_MAX && low && !(low & (low - 1)) &&
	       names_constant("LINECALLSTATE_", low);
}

bool verify_event(struct host *h, const struct item *i)
{
	if (i->on_call && i->device != i->on_call->line_handle) {
		log_warn("%s: %s for the unknown line %#lx call %#llx ignored", h->provider,
				name_of(i), (unsigned long)i->device,
				(unsigned long long)i->on_call->id);
		return false;
	}
	if (i->kind != ITEM_LINE || i->msg != LINE_CALLSTATE || is_call_state(i->p[0]))
		return true;
	assert(i->on_call); /* turn.c: needs_call() */
	log_warn("%s: call %#llx: the call state %#llx is not one LINECALLSTATE_, ignored",
			h->provider, (unsigned long long)i->on_call->id,
			(unsigned long long)i->p[0]);
	return false;
}

void verify_unresolved(struct host *h, const struct item *i)
{
	const char *what = i->kind == ITEM_PHONE ? "phone" : i->call ? "call" : "line";
	uintptr_t handle = i->kind == ITEM_LINE && i->call ? i->call : i->device;
	enum handle_kind kind = i->kind == ITEM_PHONE ? HANDLE_PHONE
				: i->call             ? HANDLE_CALL
						      : HANDLE_LINE;

	if (!inbox_was_given(h->inbox, kind, handle))
		log_warn("%s: %s for the unknown %s %#lx ignored", h->provider, name_of(i), what,
				(unsigned long)handle);
	else if (kind == HANDLE_LINE && inbox_find(h->inbox, kind, handle) && i->on_line &&
			!i->on_line->closed && !i->on_line->closing)
		log_warn("%s: %s without a call for line %#lx ignored", h->provider, name_of(i),
				(unsigned long)handle);
	else
		log_debug("%s: %s for the %s %#lx ignored: it has gone", h->provider, name_of(i),
				what, (unsigned long)handle);
}
