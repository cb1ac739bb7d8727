// SPDX-License-Identifier: MIT
/* gather.c - see gather.h. Each digit goes into the host's buffer at once, so that a host that ends
 * the gathering by itself finds there what has come. */
#include "gather.h"

#include "base/clock.h"

#include <string.h>

static const char dtmf_digits[] = "0123456789ABCD*#";

static void time_over(struct timer *t)
{
	struct gather *g = list_entry(t, struct gather, timer);

	gather_end(g, g->count ? LINEGATHERTERM_INTERTIMEOUT : LINEGATHERTERM_FIRSTTIMEOUT);
}

void gather_init(struct gather *g, const struct media_ops *ops, struct call *c)
{
	*g = (struct gather){ .ops = ops, .call = c };
	timer_init(&g->timer, time_over);
}

static bool is_timeout(DWORD ms)
{
	return !ms || (ms >= GATHER_TIMEOUT_MIN_MS && ms <= GATHER_TIMEOUT_MAX_MS);
}

LONG gather_check(const struct media_ops *ops, const struct gather_request *r)
{
	const char *valid = r->modes & LINEDIGITMODE_DTMF ? dtmf_digits : "0123456789";

	if (!r->buffer)
		return 0;
	if (!r->size)
		return ops->fail(LINEERR_INVALPARAM, "digits", "no digit is to be gathered");
	if (!r->modes || r->modes & ~(DWORD)GATHER_MODES)
		return ops->fail(LINEERR_INVALDIGITMODE, "digit mode",
				"digits are gathered as DTMF or pulses");
	if (r->terminators && (strlen(r->terminators) > GATHER_TERMINATORS ||
					      r->terminators[strspn(r->terminators, valid)]))
		return ops->fail(LINEERR_INVALDIGITS, "termination digits",
				"these are no digits of that mode, or more than 16");
	if (!is_timeout(r->first_ms) || !is_timeout(r->inter_ms))
		return ops->fail(LINEERR_INVALTIMEOUT, "timeout",
				"a timeout is 0, or 100 to 600000 milliseconds");
	return 0;
}

static void await(struct gather *g, DWORD ms)
{
	timer_stop(&g->timer);
	if (ms)
		g->ops->arm(&g->timer, ms);
}

static void finish(struct gather *g, DWORD why)
{
	if (!g->buffer)
		return;
	gather_forget(g);
	g->ops->tell(g->call, LINE_GATHERDIGITS, why, g->end_to_end, (DWORD)clock_now_ms());
}

void gather_start(struct gather *g, const struct gather_request *r)
{
	finish(g, LINEGATHERTERM_CANCEL);
	if (!r->buffer)
		return;
	g->buffer = r->buffer;
	g->size = r->size;
	g->count = 0;
	g->end_to_end = r->end_to_end;
	g->modes = r->modes;
	g->inter_ms = r->inter_ms;
	g->terminators[0] = '\0';
	if (r->terminators)
		strncpy(g->terminators, r->terminators, GATHER_TERMINATORS);
	g->buffer[0] = '\0';
	await(g, r->first_ms);
}

void gather_digit(struct gather *g, char digit, DWORD mode)
{
	if (!g->buffer || !(g->modes & mode))
		return;
	g->buffer[g->count++] = digit;
	if (g->count < g->size) /* TAPI: a full buffer has no NUL */
		g->buffer[g->count] = '\0';
	if (strchr(g->terminators, digit))
		gather_end(g, LINEGATHERTERM_TERMDIGIT);
	else if (g->count == g->size)
		gather_end(g, LINEGATHERTERM_BUFFERFULL);
	else
		await(g, g->inter_ms);
}

void gather_end(struct gather *g, DWORD why)
{
	if (!g->buffer)
		return;
	finish(g, why);
	g->ops->settle(g->call);
}

void gather_forget(struct gather *g)
{
	timer_stop(&g->timer);
	g->buffer = NULL;
}

DWORD gather_modes(const struct gather *g)
{
	return g->buffer ? g->modes : 0;
}
