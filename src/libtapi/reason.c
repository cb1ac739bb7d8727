// SPDX-License-Identifier: MIT
/* reason.c - reasons behind error codes: the last one of each thread, and what keeps them. */
#include "libtapi/internal.h"

#include "wire/names.h"
#include "wire/utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static _Thread_local struct tapix_reason last;

void reason_clear(struct tapix_reason *r)
{
	memset(r, 0, sizeof(*r));
}

/* Providers and networks write these, applications show them: no control characters. */
static void defuse(char *text)
{
	for (char *p = text; *p; p++) {
		unsigned char c = (unsigned char)*p, after = (unsigned char)p[1];

		if (c < ' ' || c == 0x7f)
			*p = ' ';
		else if (c == 0xc2 && after >= 0x80 && after < 0xa0) /* U+0080 to U+009F */
			p[0] = p[1] = ' ';
	}
}

static void set(struct tapix_reason *r, DWORD layer, const char *cause, const char *fmt,
		va_list args) LOG_PRINTF(4, 0);

static void set(struct tapix_reason *r, DWORD layer, const char *cause, const char *fmt,
		va_list args)
{
	reason_clear(r);
	r->layer = layer;
	(void)snprintf(r->cause, sizeof(r->cause), "%s", cause);
	(void)vsnprintf(r->sentence, sizeof(r->sentence), fmt, args);
	utf8_trim(r->cause);
	utf8_trim(r->sentence);
	defuse(r->cause);
	defuse(r->sentence);
}

void reason_set(struct tapix_reason *r, DWORD layer, const char *cause, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	set(r, layer, cause, fmt, args);
	va_end(args);
}

static const char *error_name(LONG code)
{
	const char *name = names_constant("LINEERR_", (uint32_t)code);

	if (!name)
		name = names_constant("PHONEERR_", (uint32_t)code);
	return name ? name : "device specific error";
}

/* A failure has a sentence, whatever it comes with; code 0: none is due. */
void reason_from(struct tapix_reason *r, const Failure *f, LONG code)
{
	const char *name = code ? error_name(code) : "";

	reason_set(r, f ? f->layer : TAPIX_LAYER_SERVER, f && f->cause ? f->cause : name, "%s",
			f && f->sentence ? f->sentence : "");
	if (code && !r->sentence[0])
		(void)snprintf(r->sentence, sizeof(r->sentence),
				"tapisrvd gave no reason for this error");
}

void fail_because(const char *cause, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	set(&last, TAPIX_LAYER_CLIENT, cause, fmt, args);
	va_end(args);
}

LONG fail_with(LONG code, const struct tapix_reason *r)
{
	last = *r;
	return code;
}

LONG lineerr_from_errno(int err)
{
	switch (-err) {
	case ENOMEM:
		return LINEERR_NOMEM;
	case EOVERFLOW:
		return LINEERR_STRUCTURETOOSMALL;
	case EINVAL:
		return LINEERR_INVALPARAM;
	case EMFILE:
	case ENFILE:
		return LINEERR_RESOURCEUNAVAIL;
	default:
		return LINEERR_OPERATIONFAILED;
	}
}

void tapixGetLastReason(struct tapix_reason *reason)
{
	if (reason)
		*reason = last;
}

/* The newest entry with this key. */
static const struct tapix_reason *kept(const struct kept_reason *ring, unsigned size,
		unsigned count, uint32_t key)
{
	for (unsigned i = 0; i < size && i < count; i++) {
		const struct kept_reason *k = &ring[(count - 1 - i) % size];

		if (k->key == key)
			return &k->reason;
	}
	return NULL;
}

LONG tapixGetReplyReason(HLINEAPP hLineApp, DWORD dwRequestID, struct tapix_reason *reason)
{
	struct app *a = handle_app(hLineApp, HANDLE_LINEAPP);
	const struct tapix_reason *found;

	if (!a)
		a = handle_app(hLineApp, HANDLE_PHONEAPP);
	if (!a)
		return fail(LINEERR_INVALAPPHANDLE, "handle", "%#x is no application handle",
				hLineApp);
	app_lock(a);
	found = kept(a->replies, REPLIES_KEPT, a->reply_count, dwRequestID);
	if (found && reason)
		*reason = *found;
	app_unlock(a);
	app_unref(a);
	return found ? 0
		     : fail(LINEERR_INVALPARAM, "request id", "no failed request %u is remembered",
				       dwRequestID);
}

LONG tapixGetCallReason(HCALL hCall, struct tapix_reason *reason)
{
	struct app *a = handle_app(hCall, HANDLE_CALL);
	const struct call *c;

	if (!a)
		return fail(LINEERR_INVALCALLHANDLE, "handle", "%#x is no call handle", hCall);
	app_lock(a);
	c = handle_object(a, hCall, HANDLE_CALL);
	if (c && reason)
		*reason = c->reason;
	app_unlock(a);
	app_unref(a);
	return c ? 0 : fail(LINEERR_INVALCALLHANDLE, "handle", "%#x is no call handle", hCall);
}

static pthread_mutex_t closes_lock = PTHREAD_MUTEX_INITIALIZER;
static struct kept_reason closes[CLOSES_KEPT];
static unsigned close_count;

void reason_closed(uint32_t handle, const struct tapix_reason *r)
{
	struct kept_reason *k;

	pthread_mutex_lock(&closes_lock);
	k = &closes[close_count++ % CLOSES_KEPT];
	k->key = handle;
	k->reason = *r;
	pthread_mutex_unlock(&closes_lock);
}

/* The handle is dead by now, so this is not kept with its application. */
LONG tapixGetCloseReason(HLINE hLine, struct tapix_reason *reason)
{
	const struct tapix_reason *found;

	pthread_mutex_lock(&closes_lock);
	found = kept(closes, CLOSES_KEPT, close_count, hLine);
	if (found && reason)
		*reason = *found;
	pthread_mutex_unlock(&closes_lock);
	return found ? 0
		     : fail(LINEERR_INVALPARAM, "handle",
				       "line %#x has not been closed by the daemon", hLine);
}
