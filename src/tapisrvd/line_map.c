// SPDX-License-Identifier: MIT
/* line_map.c - lineOpen of LINEMAPPER: the first line that can all of what the application asks
 * for, by what the lines have said of themselves. */
#include "core.h"
#include "failure.h"
#include "line.h"
#include "provider.h"

#include <string.h>
#include <tapi.h>

/* What the application wants of a line. */
struct wish {
	uint32_t api_version, media_modes, bearer_modes, min_rate;
	const char *address; /* NULL: any will do */
};

static struct wish wish_of(const LineOpen *m)
{
	const LineCallParams *p = m->call_params;
	struct wish w = { .api_version = m->api_version };

	if (m->privileges & LINECALLPRIVILEGE_OWNER)
		w.media_modes = m->media_modes & ~LINEMEDIAMODE_UNKNOWN;
	if (!p)
		return w;
	w.media_modes |= p->media_mode & ~LINEMEDIAMODE_UNKNOWN;
	w.bearer_modes = p->bearer_mode;
	w.min_rate = p->min_rate;
	if (p->address_mode == LINEADDRESSMODE_DIALABLEADDR)
		w.address = p->orig_address ? p->orig_address : "";
	return w;
}

static bool has_address(struct line *line, const char *address)
{
	list_for(l, &line->address_caps) {
		const struct cached *c = list_entry(l, struct cached, link);
		const LineGetAddressCapsReply *reply =
				(const void *)arena_unpack(&line->core->arena,
						&line_get_address_caps_reply__descriptor,
						buf_head(&c->body), c->body.size);

		if (reply && reply->address_caps && reply->address_caps->address &&
				strcmp(reply->address_caps->address, address) == 0)
			return true;
	}
	return false;
}

static bool can(struct line *line, const struct wish *w)
{
	const LineGetDevCapsReply *reply;
	const LineDevCaps *caps;

	if (line->removed || line->provider->state != PROVIDER_RUNNING || !line->caps.size ||
			line->tspi_version < w->api_version)
		return false;
	reply = (const void *)arena_unpack(&line->core->arena, &line_get_dev_caps_reply__descriptor,
			buf_head(&line->caps), line->caps.size);
	caps = reply ? reply->line_dev_caps : NULL;
	return caps && !(w->media_modes & ~caps->media_modes) &&
	       !(w->bearer_modes & ~caps->bearer_modes) && w->min_rate <= caps->max_rate &&
	       (!w->address || has_address(line, w->address));
}

struct line *line_map(struct core *core, const LineOpen *m)
{
	const struct wish w = wish_of(m);

	for (uint32_t i = 0; i < core->line_count; i++) {
		struct line *line = line_find(core, i);

		if (line && can(line, &w))
			return line;
	}
	return NULL;
}
