// SPDX-License-Identifier: MIT
/* line_map.c - lineOpen of LINEMAPPER: the first line that can all of what the application asks
 * for, by what the lines have said of themselves, and that is not held by somebody else. */
#include "access.h"
#include "core.h"
#include "dispatch.h"
#include "line.h"
#include "provider.h"
#include "provider_admin.h"
#include "session.h"

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

static bool names(const struct cached *c, const char *address)
{
	const LineGetAddressCapsReply *reply;
	struct arena arena;
	bool is_it;

	arena_init(&arena, MESSAGE_MAX);
	reply = (const void *)arena_unpack(&arena, &line_get_address_caps_reply__descriptor,
			c->body, c->size);
	is_it = reply && reply->address_caps && reply->address_caps->address &&
		strcmp(reply->address_caps->address, address) == 0;
	arena_fini(&arena);
	return is_it;
}

static bool has_address(const struct line *line, const char *address)
{
	const struct cached *c = line->address_caps;

	while (c && !names(c, address))
		c = c->next;
	return c != NULL;
}

static bool can(const struct line *line, const struct wish *w)
{
	return !line->removed && line->provider->state == PROVIDER_RUNNING &&
	       !line->provider->wants_reinit && line->caps &&
	       line->tspi_version >= w->api_version && !(w->media_modes & ~line->media_modes) &&
	       !(w->bearer_modes & ~line->bearer_modes) && w->min_rate <= line->max_rate &&
	       (!w->address || has_address(line, w->address));
}

LONG line_map(struct request *r, uint32_t from, uint32_t *proxies)
{
	const LineOpen *m = (const void *)r->msg;
	const struct wish w = wish_of(m);
	LONG code = request_fail(r, LINEERR_LINEMAPPERFAILED, "no line",
			"no line in service has all that is asked for");

	for (uint32_t i = from; i < r->core->line_count; i++) {
		r->line = line_find(r->core, i);
		if (!r->line || !access_allows(r) || !can(r->line, &w))
			continue;
		code = line_may_open(r, m, proxies);
		if (!code)
			break;
	}
	return code;
}

bool line_map_again(struct open *o)
{
	struct session *s = o->session;
	struct request r = {
		.core = s->core, .client = s->client, .session = s, .rule = rule_find(CALL_LineOpen)
	};
	uint32_t proxies;

	if (!o->mapped.size)
		return false;
	r.msg = arena_unpack(&r.core->arena, r.rule->request, buf_head(&o->mapped), o->mapped.size);
	if (!r.msg || line_map(&r, o->line->device + 1, &proxies))
		return false;
	list_remove(&o->in_line);
	provider_admin_closed(o->line->provider);
	o->line = r.line;
	list_append(&o->line->opens, &o->in_line);
	line_step(o->line);
	return true;
}
