// SPDX-License-Identifier: MIT
/* access.h - who may do what. The rules of the configuration (access_rule.h) are the one table:
 * what none of them gives is denied. What a request needs stands in its row of calls.def, and
 * dispatch() compares the two for every request, in access_check(). LINEMAPPER finds only lines
 * that pass, and claims after a restart are held against the same rules. What is open when a rule
 * goes, or a device gets another name, is closed as soon as it would not be given any more. */
#ifndef TAPISRVD_ACCESS_H
#define TAPISRVD_ACCESS_H

#include "wire/calls.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tapi.h>

struct access_rule;
struct core;
struct line;
struct open;
struct options;
struct request;
struct session;

/* The rules that speak of a session's user; in struct session. */
struct access {
	bool is_known, is_admin;
	size_t count;
	const struct access_rule **rules; /* of core->options */
	const struct access_rule **room;  /* for those that come, while they come */
};

/* Memory for access_enter(). 0 or -ENOMEM. */
int access_prepare(struct session *s);
/* A connection of the session is there, or the rules have changed: looks up what speaks of its
 * user, and lets what is open follow. */
void access_enter(struct session *s);
void access_leave(struct session *s);
/* What the user may on a line or phone; NULL: what is about none. */
enum role access_role(const struct session *s, const struct line *line);
/* ROLE_OWN: these privileges, of a lineOpen or phoneOpen, are an owner's. Else ROLE_MONITOR. */
enum role access_of_privileges(uint32_t privileges, bool is_phone);
bool access_allows(const struct request *r);
/* The one check of dispatch(): 0, or the code of a refusal whose reason is kept. */
LONG access_check(struct request *r);

/* Does the rule speak of the device? */
bool access_is_about(const struct access_rule *rule, const struct line *line);

/* That refusal, for who has found out by other means; its reason names the rule. */
LONG access_refuse(struct request *r);

/* The rules have changed: takes those of fresh, in exchange. 0, or -ENOMEM: nothing has changed. */
int access_reload(struct core *core, struct options *running, struct options *fresh);
/* The line has another name than `before` (NULL: none) since now. */
void access_renamed(struct line *line, const char *before);

#endif
