// SPDX-License-Identifier: MIT
/* access_request.c - who may do what, for those who ask. */
#include "access_rule.h"
#include "core.h"
#include "dispatch.h"
#include "failure.h"
#include "options.h"
#include "session.h"

#include <stdio.h>
#include <unistd.h>

enum { BUILT_IN = 2, DEVICES_TEXT = 224, WHO_TEXT = 16 };

struct listing {
	struct request *r;
	AccessRule **rules;
	size_t count;
};

/* As they travel: the requests' own roles between are nobody's. */
static uint32_t role_number(enum role role)
{
	return role < ROLE_MONITOR ? 0 : (uint32_t)(role - ROLE_MONITOR + 1);
}

static AccessRule *add(struct listing *l, const char *who, enum role role)
{
	AccessRule *rule = arena_alloc(&l->r->core->arena, sizeof(*rule));

	if (!rule)
		return NULL;
	access_rule__init(rule);
	rule->who = (char *)(uintptr_t)who;
	SET(rule, role, role_number(role));
	l->rules[l->count++] = rule;
	return rule;
}

/* Root, and the user that the daemon runs as. */
static bool add_built_in(struct listing *l)
{
	const uid_t own = geteuid();
	char *who = arena_alloc(&l->r->core->arena, WHO_TEXT);
	AccessRule *rule = add(l, "root", ROLE_ADMIN);

	if (!rule || !who)
		return false;
	rule->devices = (char *)(uintptr_t) "all";
	if (own == 0)
		return true;
	(void)snprintf(who, WHO_TEXT, "%u", (unsigned)own);
	rule = add(l, who, ROLE_ADMIN);
	if (rule)
		rule->devices = (char *)(uintptr_t) "all";
	return rule != NULL;
}

static bool is_to_be_told(const struct request *r, const struct access_rule *rule)
{
	const struct access *a = &r->session->access;

	if (r->line && !access_is_about(rule, r->line))
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (a->rules[i] == rule)
			return true;
	return a->is_admin;
}

static bool add_rule(struct listing *l, const struct access_rule *from)
{
	AccessRule *rule = add(l, from->who_text, from->role);
	char *devices = arena_alloc(&l->r->core->arena, DEVICES_TEXT);

	if (!rule || !devices)
		return false;
	access_rule_devices(from, devices, DEVICES_TEXT);
	rule->devices = devices;
	SET(rule, line, from->line);
	SET(rule, unknown, from->who == WHO_NOBODY ? 1 : 0);
	return true;
}

/* The replies of the three requests are alike, field by field. */
LONG handle_get_access(struct request *r)
{
	const struct list *rules = &r->core->options->access;
	TapixGetAccessReply reply = TAPIX_GET_ACCESS_REPLY__INIT;
	struct listing l = { .r = r };
	bool ok;

	l.rules = arena_alloc(&r->core->arena,
			(list_count(rules) + BUILT_IN) * sizeof(AccessRule *));
	ok = l.rules && (!r->session->access.is_admin || add_built_in(&l));
	list_for(i, rules) {
		const struct access_rule *rule = list_entry(i, struct access_rule, link);

		if (ok && is_to_be_told(r, rule))
			ok = add_rule(&l, rule);
	}
	if (!ok)
		return LINEERR_NOMEM;
	SET(&reply, role, role_number(access_role(r->session, r->line)));
	reply.rules = l.rules;
	reply.n_rules = l.count;
	return request_return(r, &reply.base);
}
