// SPDX-License-Identifier: MIT
/* figures.c - how the sound of a call does: the MSP knows, and is asked. */
#include "leg.h"

#include "account.h"
#include "call.h"
#include "sip.h"
#include "tell.h"

#include "media/rtpmsg.h"
#include "providers/kit/varpart.h"

#include <stdio.h>
#include <string.h>

#define TEXT_MAX 4096

static void take_out(struct leg *l, size_t i, struct figures *out)
{
	*out = l->figures[i];
	l->figures_count--;
	memmove(&l->figures[i], &l->figures[i + 1], (l->figures_count - i) * sizeof(l->figures[0]));
}

static bool find(struct leg *l, uint32_t id, struct figures *out)
{
	for (size_t i = 0; i < l->figures_count; i++)
		if (l->figures[i].id == id) {
			take_out(l, i, out);
			return true;
		}
	return false;
}

LONG figures_get(struct call *c, DRV_REQUESTID id, VARSTRING *out)
{
	struct leg *l = &c->leg;
	struct rtpmsg_writer w;
	uint32_t number;

	if (!out)
		return LINEERR_INVALPOINTER;
	if (!l->is_agreed)
		return sip_fail(LINEERR_OPERATIONUNAVAIL, "no media",
				"no application has media for this call");
	if (l->figures_count == LEG_FIGURES_MAX)
		return sip_fail(LINEERR_RESOURCEUNAVAIL, "media",
				"%d requests for figures wait already", LEG_FIGURES_MAX);
	number = leg_begin(c, &w, RTPMSG_FIGURES_WANTED);
	if (!leg_end(c, &w, NULL, 0))
		return LINEERR_OPERATIONFAILED;
	l->figures[l->figures_count++] = (struct figures){ number, id, out };
	return (LONG)id;
}

static LONG write_text(VARSTRING *out, const char *text)
{
	struct varpart v;
	LONG err = varpart_begin(&v, out, sizeof(*out));

	if (err)
		return err;
	out->dwStringFormat = STRINGFORMAT_ASCII;
	varpart_add_text(&v, &out->dwStringSize, &out->dwStringOffset, text);
	return varpart_end(&v);
}

void figures_heard(struct call *c, const struct rtpmsg *m)
{
	char text[TEXT_MAX];
	struct figures f;
	size_t used = 0;

	if (!find(&c->leg, m->id, &f))
		return;
	text[0] = '\0';
	for (size_t i = 0; i < m->header_count; i++) {
		const struct rtpmsg_header *h = &m->headers[i];
		int n = snprintf(text + used, sizeof(text) - used, "%.*s: %.*s\n",
				(int)h->name.size, h->name.p, (int)h->value.size, h->value.p);

		if (n < 0 || (size_t)n >= sizeof(text) - used)
			break;
		used += (size_t)n;
	}
	text[used] = '\0';
	tell_done(f.request, write_text(f.out, text), NULL);
}

bool figures_failed(struct call *c, uint32_t id, int code, const char *reason)
{
	struct why why = { 0 };
	struct figures f;

	if (!find(&c->leg, id, &f))
		return false;
	why_set(&why, 0, "media", "the media service provider says %d %s", code, reason);
	tell_done(f.request, LINEERR_OPERATIONUNAVAIL, &why);
	return true;
}

void figures_cancel_all(struct call *c)
{
	struct figures f;

	while (c->leg.figures_count) {
		take_out(&c->leg, 0, &f);
		tell_done(f.request, LINEERR_OPERATIONFAILED, NULL);
	}
}
