// SPDX-License-Identifier: MIT
/* call_handoff.c - lineHandoff: another application becomes an owner of a call, found by its file
 * name or by media mode. The giver stays what it is. And lineSetMediaMode, which goes before it. */
#include "call.h"
#include "core.h"
#include "dispatch.h"
#include "event.h"
#include "line.h"
#include "priority.h"
#include "session.h"

#include <string.h>

#define LOG_TOPIC "call"

static bool may_own(const struct open *o)
{
	return !o->opening && (o->privileges & LINECALLPRIVILEGE_OWNER);
}

static bool owns(const struct session *s, const struct call *call)
{
	const struct held *h = held_find(s, call);

	return h && h->privilege == LINECALLPRIVILEGE_OWNER;
}

/* Not known, probably one of several; or known. */
LONG handle_set_media_mode(struct request *r)
{
	uint32_t modes = ((const LineSetMediaMode *)(const void *)r->msg)->media_modes;

	if (modes && ((modes & LINEMEDIAMODE_UNKNOWN) || !(modes & (modes - 1))))
		return handle_FORWARD(r);
	return request_fail(r, LINEERR_INVALMEDIAMODE, "media mode",
			"%#x is not one media mode; several go only with "
			"LINEMEDIAMODE_UNKNOWN",
			modes);
}

/* How well it fits who asks for that name, 0 not at all: an instance that does not own the call
 * yet, one that does, and the giver itself when there is no other. */
static int fit(const struct request *r, const struct open *o, const char *name)
{
	if (!may_own(o) || strcmp(o->session->app_name, name) != 0)
		return 0;
	if (o->session == r->session)
		return 1;
	return owns(o->session, r->call) ? 2 : 3;
}

/* Its media modes do not matter. */
static struct open *by_name(const struct request *r, const char *name)
{
	struct open *best = NULL;
	int best_fit = 0;

	list_for(l, &r->line->opens) {
		struct open *o = list_entry(l, struct open, in_line);
		int f = fit(r, o, name);

		if (f > best_fit || (f && f == best_fit && o->opened_at < best->opened_at)) {
			best = o;
			best_fit = f;
		}
	}
	return best;
}

static struct open *by_media_mode(const struct request *r, uint32_t mode)
{
	struct open *best = NULL;

	list_for(l, &r->line->opens) {
		struct open *o = list_entry(l, struct open, in_line);

		if (may_own(o) && (o->media_modes & mode) && priority_first(o, best, mode) == o)
			best = o;
	}
	return best;
}

static LONG find_target(struct request *r, const LineHandoff *m, struct open **out)
{
	uint32_t mode = m->media_mode;

	if (m->file_name) {
		*out = by_name(r, m->file_name);
		return *out ? 0
			    : request_fail(r, LINEERR_TARGETNOTFOUND, "no target",
					      "no application of that name has the line open as "
					      "owner");
	}
	if (!mode || (mode & (mode - 1)) || (mode & ~LINE_MEDIA_MODES))
		return request_fail(r, LINEERR_INVALMEDIAMODE, "media mode",
				"one LINEMEDIAMODE_ value is wanted, not %#x", mode);
	*out = by_media_mode(r, mode);
	if (!*out)
		return request_fail(r, LINEERR_TARGETNOTFOUND, "no target",
				"no application has the line open as owner for that media mode");
	return (*out)->session != r->session
			       ? 0
			       : request_fail(r, LINEERR_TARGETSELF, "self",
						 "the application itself comes first for that "
						 "media mode");
}

/* It keeps the handle that it has, and hears of the hand-off even if it was owner before. */
static uint32_t give_to_holder(struct held *h)
{
	uint32_t bits = LINECALLINFOSTATE_NUMOWNERINCR | LINECALLINFOSTATE_NUMMONITORS;
	const struct call *call = h->call;

	if (h->privilege == LINECALLPRIVILEGE_OWNER)
		bits = 0;
	held_set_privilege(h, LINECALLPRIVILEGE_OWNER);
	call_send_state(h, call_state_now(call), call_mode(call), LINECALLPRIVILEGE_OWNER);
	return bits;
}

LONG handle_handoff(struct request *r)
{
	const LineHandoff *m = (const void *)r->msg;
	struct open *o = NULL;
	struct held *h;
	uint32_t bits = LINECALLINFOSTATE_NUMOWNERINCR;
	LONG code = find_target(r, m, &o);

	if (code)
		return code;
	if (o->session == r->session) /* by its own name: it has it already */
		return request_return(r, NULL);
	h = held_find(o->session, r->call);
	if (h)
		bits = give_to_holder(h);
	else
		h = call_give(r->call, o, LINECALLPRIVILEGE_OWNER, call_state_now(r->call));
	if (!h)
		return LINEERR_NOMEM;
	log_info("call %#llx: %s hands it to %s", (unsigned long long)r->call->id,
			session_name(r->session), session_name(o->session));
	call_tell_counts(r->call, bits, r->held, h);
	call_owned_by(r->call, o->session);
	return request_return(r, NULL);
}
