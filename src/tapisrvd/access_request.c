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

struct told {
	AccessRule rule;
	char devices[DEVICES_TEXT];
};

struct listing {
	struct request *r;
	AccessRule **rules;
	size_t count;
	bool is_short; /* of memory */
};

/* As they travel: the requests' own roles between are nobody's. */
static uint32_t role_number(enum role role)
{
	return role < ROLE_MONITOR ? 0 : (uint32_t)(role - ROLE_MONITOR + 1);
}

static void add(struct listing *l, const struct access_rule *from)
{
	struct told *t = arena_alloc(&l->r->core->arena, sizeof(*t));

	if (!t) {
		l->is_short = true;
		return;
	}
	access_rule__init(&t->rule);
	access_rule_devices(from, t->devices, sizeof(t->devices));
	t->rule.who = from->who_text;
	t->rule.devices = t->devices;
	SET(&t->rule, role, role_number(from->role));
	SET(&t->rule, line, from->line);
	SET(&t->rule, unknown, from->who == WHO_NOBODY ? 1 : 0);
	l->rules[l->count++] = &t->rule;
}

/* Root, and the user that the daemon runs as; own: room for his number. */
static void add_built_in(struct listing *l, char *own)
{
	static char root[] = "root";
	struct access_rule rule = {
		.who = WHO_USER, .role = ROLE_ADMIN, .devices = DEVICES_ALL, .who_text = root
	};

	add(l, &rule);
	if (geteuid() == 0)
		return;
	(void)snprintf(own, WHO_TEXT, "%u", (unsigned)geteuid());
	rule.who_text = own;
	add(l, &rule);
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

/* The replies of the three requests are alike, field by field. */
LONG handle_get_access(struct request *r)
{
	const struct list *rules = &r->core->options->access;
	TapixGetAccessReply reply = TAPIX_GET_ACCESS_REPLY__INIT;
	struct listing l = { .r = r };
	char own[WHO_TEXT];

	l.rules = arena_alloc(&r->core->arena,
			(list_count(rules) + BUILT_IN) * sizeof(AccessRule *));
	if (!l.rules)
		return LINEERR_NOMEM;
	if (r->session->access.is_admin)
		add_built_in(&l, own);
	list_for(i, rules) {
		const struct access_rule *rule = list_entry(i, struct access_rule, link);

		if (is_to_be_told(r, rule))
			add(&l, rule);
	}
	if (l.is_short)
		return LINEERR_NOMEM;
	SET(&reply, role, role_number(access_role(r->session, r->line)));
	reply.rules = l.rules;
	reply.n_rules = l.count;
	return request_return(r, &reply.base);
}
