// SPDX-License-Identifier: MIT
/* access.c - rules held against sessions: what they may do, and what becomes of that when it
 * changes. */
#include "access.h"

#include "access_rule.h"
#include "base/mem.h"
#include "base/os.h"
#include "client.h"
#include "core.h"
#include "dispatch.h"
#include "event.h"
#include "failure.h"
#include "host.h"
#include "line.h"
#include "message.h"
#include "msp.h"
#include "news.h"
#include "provider.h"
#include "session.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LOG_TOPIC "access"

enum { FULL_NAME_MAX = 256 };

/* '*' any characters, '?' any one. */
static bool fits(const char *pattern, const char *text)
{
	const char *star = NULL, *from = NULL;

	while (*text) {
		if (*pattern == '*') {
			star = pattern++;
			from = text;
		} else if (*pattern == '?' || *pattern == *text) {
			pattern++;
			text++;
		} else if (star) {
			pattern = star + 1;
			text = ++from;
		} else {
			return false;
		}
	}
	return !pattern[strspn(pattern, "*")];
}

/* A device is known by its name alone, and by that of its provider before it. */
static bool is_about(const struct access_rule *rule, const struct line *line, const char *name)
{
	char full[FULL_NAME_MAX];

	if (rule->devices == DEVICES_ALL)
		return true;
	if ((rule->devices == DEVICES_PHONES) != line->kind->is_phone)
		return false;
	if (fits(rule->name, name ? name : ""))
		return true;
	(void)snprintf(full, sizeof(full), "%s/%s", line->provider->options->name,
			name ? name : "");
	return strchr(rule->name, '/') && fits(rule->name, full);
}

/* The strongest; NULL: there is none. */
static const struct access_rule *find(const struct access *a, const struct line *line,
		const char *name)
{
	const struct access_rule *best = NULL;

	for (size_t i = 0; i < a->count; i++)
		if ((!best || a->rules[i]->role > best->role) && is_about(a->rules[i], line, name))
			best = a->rules[i];
	return best;
}

static enum role role_of(const struct access *a, const struct line *line, const char *name)
{
	const struct access_rule *rule;

	if (a->is_admin)
		return ROLE_ADMIN;
	if (!line)
		return ROLE_USER;
	rule = find(a, line, name);
	return rule ? rule->role : ROLE_NONE;
}

bool access_is_about(const struct access_rule *rule, const struct line *line)
{
	return is_about(rule, line, line->name);
}

enum role access_role(const struct session *s, const struct line *line)
{
	return role_of(&s->access, line, line ? line->name : NULL);
}

enum role access_of_privileges(uint32_t privileges, bool is_phone)
{
	const uint32_t harmless = LINECALLPRIVILEGE_NONE | LINECALLPRIVILEGE_MONITOR |
				  LINEOPENOPTION_SINGLEADDRESS;

	if (is_phone)
		return privileges & ~(uint32_t)PHONEPRIVILEGE_MONITOR ? ROLE_OWN : ROLE_MONITOR;
	return privileges & ~harmless ? ROLE_OWN : ROLE_MONITOR;
}

static enum role needed_by(const struct request *r)
{
	static const char *const fields[] = { "privileges", "privilege", "call_privilege" };

	if (r->rule->role != ROLE_ASKED)
		return r->rule->role;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		const uint32_t *asked = request_number(r, fields[i]);

		if (asked)
			return access_of_privileges(*asked, rule_is_phone(r->rule));
	}
	return ROLE_CORE; /* it does not say */
}

bool access_allows(const struct request *r)
{
	const enum role needed = needed_by(r);

	return needed != ROLE_NONE && access_role(r->session, r->line) >= needed;
}

LONG access_refuse(struct request *r)
{
	const struct line *line = r->line;
	const struct access_rule *rule = line ? find(&r->session->access, line, line->name) : NULL;
	char devices[128];

	if (!line)
		return request_fail(r, LINEERR_OPERATIONFAILED, "not allowed",
				"only root, the daemon's own user and whom [access] lets "
				"administrate may do this");
	if (!rule)
		return request_fail(r, LINEERR_NODEVICE, "not allowed",
				"no rule in [access] lets user %u see %s %u",
				(unsigned)r->session->uid, line->kind->name, line->device);
	access_rule_devices(rule, devices, sizeof(devices));
	return request_fail(r, LINEERR_OPERATIONFAILED, "not allowed",
			"user %u may only %s %s %u (%s): no rule goes beyond \"%s = %s\" in "
			"[access %s], line %u of the configuration",
			(unsigned)r->session->uid, role_name(rule->role), line->kind->name,
			line->device, line->name ? line->name : "", role_name(rule->role), devices,
			rule->who_text, rule->line);
}

LONG access_check(struct request *r)
{
	/* LINEMAPPER: line_map() asks of each line. */
	return (!r->line && r->rule->role == ROLE_ASKED) || access_allows(r) ? 0 : access_refuse(r);
}

/* --- What changes ---------------------------------------------------------------------------- */

/* Of a group: as the kernel says of the connection, or, while there is none, as was found then. */
static bool is_member(const struct session *s, const struct access *before, uint32_t group)
{
	if (s->client)
		return os_peer_is_in_group(s->client->peer.conn.fd, group);
	for (size_t i = 0; i < before->count; i++)
		if (before->rules[i]->who == WHO_GROUP && before->rules[i]->id == group)
			return true;
	return false;
}

static bool is_for(const struct access_rule *rule, const struct session *s,
		const struct access *before)
{
	switch (rule->who) {
	case WHO_EVERYBODY:
		return true;
	case WHO_USER:
		return rule->id == s->uid;
	case WHO_GROUP:
		return is_member(s, before, rule->id);
	case WHO_NOBODY:
		break;
	}
	return false;
}

static bool make_room(struct session *s, const struct list *rules)
{
	mem_free(s->access.room);
	s->access.room = mem_alloc(list_count(rules) * sizeof(*s->access.room) + 1);
	return s->access.room != NULL;
}

/* Into the room that there is. */
static void gather(struct session *s, const struct access *before)
{
	struct access *a = &s->access;

	a->rules = a->room;
	a->room = NULL;
	a->is_admin = s->uid == 0 || s->uid == geteuid();
	a->count = 0;
	list_for(l, &s->core->options->access) {
		const struct access_rule *rule = list_entry(l, struct access_rule, link);

		if (!is_for(rule, s, before))
			continue;
		a->rules[a->count++] = rule;
		a->is_admin = a->is_admin || rule->role == ROLE_ADMIN;
	}
	a->is_known = true;
}

static bool has_owners_request(const struct open *o)
{
	list_for(l, &o->session->pending) {
		const struct pending *p = list_entry(l, struct pending, in_session);

		if (p->open == o->number && p->rule->role >= ROLE_OWN)
			return true;
	}
	return false;
}

/* What of the rules the open stands on: its privileges, and what came of it since. */
static enum role stands_on(const struct open *o)
{
	const struct session *s = o->session;

	if (has_owners_request(o))
		return ROLE_OWN;
	list_for(l, &s->held) {
		const struct held *h = list_entry(l, struct held, in_session);

		if (h->open == o && h->privilege == LINECALLPRIVILEGE_OWNER)
			return ROLE_OWN;
	}
	list_for(l, &s->msps)
		if (list_entry(l, struct msp, in_session)->open == o->number)
			return ROLE_OWN;
	return access_of_privileges(o->privileges, o->line->kind->is_phone);
}

static void take_opens(struct session *s, struct line *line, enum role now)
{
	const Failure *why = failure_new(s->core, LAYER_SERVER, "not allowed",
			"by the rules in [access] user %u may %s %s %u now", (unsigned)s->uid,
			now == ROLE_MONITOR ? "only monitor" : "not even see", line->kind->name,
			line->device);

	list_for_safe(l, &s->opens) {
		struct open *o = list_entry(l, struct open, in_session);

		if (o->line != line || stands_on(o) <= now)
			continue;
		log_info("%s: loses %s %u: %s", session_name(s), line->kind->name, line->device,
				why->sentence);
		if (o->opening)
			open_fail(o, LINEERR_OPERATIONFAILED, why);
		else
			line_take_open(o, why);
	}
}

static void settle(struct session *s, struct line *line, enum role was)
{
	const enum role now = access_role(s, line);
	struct client *c = session_is_away(s) ? NULL : s->client;
	bool is_known = c && line->announced && news_is_told(s, line);

	if (is_known && was < ROLE_MONITOR && now >= ROLE_MONITOR)
		event_of_device(c, line->kind->create, line->device);
	if (now < was)
		take_opens(s, line, now);
	if (is_known && was >= ROLE_MONITOR && now < ROLE_MONITOR)
		event_of_device(c, line->kind->remove, line->device);
}

void access_enter(struct session *s)
{
	struct access old = s->access;
	struct line *line;
	size_t cursor = 0;

	gather(s, &old);
	while (old.is_known && (line = line_next(s->core, NULL, &cursor)))
		settle(s, line, role_of(&old, line, line->name));
	mem_free(old.rules);
}

int access_prepare(struct session *s)
{
	return make_room(s, &s->core->options->access) ? 0 : -ENOMEM;
}

void access_leave(struct session *s)
{
	mem_free(s->access.rules);
	mem_free(s->access.room);
	memset(&s->access, 0, sizeof(s->access));
}

static void exchange(struct list *a, struct list *b)
{
	struct list of_a;

	list_init(&of_a);
	list_move(&of_a, a);
	list_move(a, b);
	list_move(b, &of_a);
}

/* Who has not enough memory to learn what it may keeps what it had. */
static bool make_room_for_all(struct core *core, const struct list *rules)
{
	bool enough = true;

	list_for(l, &core->sessions)
		enough = enough && make_room(list_entry(l, struct session, link), rules);
	list_for(l, &core->sessions) {
		struct access *a = &list_entry(l, struct session, link)->access;

		if (enough)
			continue;
		mem_free(a->room);
		a->room = NULL;
	}
	return enough;
}

int access_reload(struct core *core, struct options *running, struct options *fresh)
{
	if (!make_room_for_all(core, &fresh->access))
		return -ENOMEM;
	exchange(&running->access, &fresh->access);
	running->has_access = fresh->has_access;
	list_for(l, &core->sessions)
		access_enter(list_entry(l, struct session, link));
	return 0;
}

void access_renamed(struct line *line, const char *before)
{
	list_for(l, &line->core->sessions) {
		struct session *s = list_entry(l, struct session, link);

		settle(s, line, role_of(&s->access, line, before));
	}
}
