// SPDX-License-Identifier: MIT
/* figures.c - see figures.h. */
#include "figures.h"

#include "outbox.h"
#include "varpart.h"

#include "media/rtpmsg.h"

#include <string.h>

/* Header lines are longer than their names and values by ": " and the LF. */
enum { LINE_MORE = 3 };

static size_t append(char *to, struct rtpmsg_span span, const char *more)
{
	size_t size = span.size;

	if (size)
		memcpy(to, span.p, size);
	while (*more)
		to[size++] = *more++;
	return size;
}

LONG figures_write(const struct rtpmsg *m, LPVARSTRING out)
{
	char text[RTPMSG_HEADERS_MAX * (RTPMSG_NAME_MAX + RTPMSG_VALUE_MAX + LINE_MORE) + 1];
	struct varpart v;
	size_t used = 0;
	LONG err = varpart_begin(&v, out, sizeof(*out));

	if (err)
		return err;
	for (size_t i = 0; i < m->header_count; i++) {
		used += append(text + used, m->headers[i].name, ": ");
		used += append(text + used, m->headers[i].value, "\n");
	}
	text[used++] = '\0';
	out->dwStringFormat = STRINGFORMAT_ASCII;
	varpart_add(&v, &out->dwStringSize, &out->dwStringOffset, text, used);
	return varpart_end(&v);
}

bool figures_asked(struct figures *f, uint32_t id, DRV_REQUESTID request, LPVARSTRING out)
{
	if (f->count == FIGURES_MAX)
		return false;
	f->waiting[f->count].id = id;
	f->waiting[f->count].request = request;
	f->waiting[f->count].out = out;
	f->count++;
	return true;
}

static void take_out(struct figures *f, size_t index)
{
	f->count--;
	memmove(&f->waiting[index], &f->waiting[index + 1],
			(f->count - index) * sizeof(f->waiting[0]));
}

static void complete(const struct figures *f, size_t index, struct outbox *o,
		const struct rtpmsg *m)
{
	char reason[RTPMSG_VALUE_MAX + 1];
	struct why why = { 0 };

	if (m->verb == RTPMSG_FIGURES) {
		outbox_complete(o, f->waiting[index].request,
				figures_write(m, f->waiting[index].out), NULL);
		return;
	}
	(void)rtpmsg_text(m, "Reason", reason, sizeof(reason));
	why_set(&why, 0, "MSP", "the application's media provider says: %s", reason);
	outbox_complete(o, f->waiting[index].request, LINEERR_OPERATIONUNAVAIL, &why);
}

void figures_answered(struct figures *f, struct outbox *o, const struct rtpmsg *m)
{
	for (size_t i = 0; i < f->count; i++) {
		if (f->waiting[i].id != m->id)
			continue;
		complete(f, i, o, m);
		take_out(f, i);
		return;
	}
}

void figures_give_up(struct figures *f, struct outbox *o, const struct why *why)
{
	static const struct why nobody = { 0, "no media",
		"no application has media for this call any more" };

	for (size_t i = 0; i < f->count; i++)
		outbox_complete(o, f->waiting[i].request, LINEERR_OPERATIONUNAVAIL,
				why ? why : &nobody);
	f->count = 0;
}
