// SPDX-License-Identifier: MIT
/* line_ext.c - extension versions: the first application that opens a line with one commits the TSP
 * to it (TSPI_lineSelectExtVersion); when the last such closes, 0 cancels it. */
#include "core.h"
#include "dispatch.h"
#include "failure.h"
#include "host.h"
#include "line.h"
#include "provider.h"
#include "session.h"

#include <tapi.h>

static struct pending *select_version(struct line *line, uint32_t version, pending_done done)
{
	return line_ask(line, line->kind->tsp_select_ext, &version, 1, done);
}

/* Fails the opens that wait for this version. */
static void refuse(struct line *line, uint32_t version, int32_t result, const Failure *failure)
{
	list_for_safe(l, &line->opens) {
		struct open *o = list_entry(l, struct open, in_line);

		if (o->opening && o->ext_version == version)
			open_fail(o, result, failure);
	}
}

/* The functions that open know one code for it. */
static LONG code_of_opening(LONG code)
{
	if (code == LINEERR_INVALEXTVERSION)
		return LINEERR_INCOMPATIBLEEXTVERSION;
	return code == PHONEERR_INVALEXTVERSION ? PHONEERR_INCOMPATIBLEEXTVERSION : code;
}

static void on_selected(struct pending *p, const struct answer *a)
{
	struct line *line = line_of_pending(p);

	if (!line || line->state != LINE_IS_OPEN)
		return;
	line->selecting = false;
	if (a->result)
		refuse(line, p->value, code_of_opening(a->result), answer_failure(line->core, a));
	else
		line->ext_version = p->value;
	line_drop_extension(line); /* who opened with it may be gone */
	line_step(line);
}

static struct open *next_with_version(const struct line *line)
{
	list_for(l, &line->opens) {
		struct open *o = list_entry(l, struct open, in_line);

		if (o->opening && o->ext_version && o->ext_version != line->ext_version)
			return o;
	}
	return NULL;
}

bool line_select_extension(struct line *line)
{
	struct open *o;
	struct pending *p;

	if (line->selecting)
		return true;
	while ((o = next_with_version(line)) && line->ext_version)
		refuse(line, o->ext_version, LINEERR_INCOMPATIBLEEXTVERSION,
				failure_new(line->core, LAYER_SERVER, "extension",
						"%s %u is open with extension version %#x",
						line->kind->name, line->device, line->ext_version));
	if (!o)
		return false;
	p = select_version(line, o->ext_version, on_selected);
	if (!p)
		return false;
	p->value = o->ext_version;
	line->selecting = true;
	return true;
}

void line_drop_extension(struct line *line)
{
	if (!line->ext_version || line->state != LINE_IS_OPEN)
		return;
	list_for(l, &line->opens)
		if (list_entry(l, struct open, in_line)->ext_version)
			return;
	line->ext_version = 0;
	(void)select_version(line, 0, NULL);
}
