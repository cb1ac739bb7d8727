// SPDX-License-Identifier: MIT
/* access_rule.h - a rule of the configuration: to whom it gives which role on which devices.
 * tapisrvd.conf(5), [access WHO]. */
#ifndef TAPISRVD_ACCESS_RULE_H
#define TAPISRVD_ACCESS_RULE_H

#include "base/list.h"
#include "wire/calls.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum access_who { WHO_NOBODY, WHO_EVERYBODY, WHO_USER, WHO_GROUP };
enum access_devices { DEVICES_ALL, DEVICES_LINES, DEVICES_PHONES };

struct access_rule {
	struct list link; /* in options.access */
	enum access_who who;
	uint32_t id; /* uid or gid */
	enum role role;
	enum access_devices devices;
	char *name;     /* a pattern, of lines and phones */
	char *who_text; /* as it is written: "alice", "@sales" */
	unsigned line;  /* of the file; 0: not written, the default */
};

/* Who that is now; WHO_NOBODY: the system does not know him. */
enum access_who access_who_find(const char *text, uint32_t *id);
/* Adds a rule for each device of "KEY = VALUE". NULL, or what is wrong; *detail is the part. */
const char *access_rules_add(struct list *rules, const char *who, const char *key,
		const char *value, unsigned line, const char **detail);
/* Everybody may own everything. 0 or -ENOMEM. */
int access_rules_open(struct list *rules);
void access_rules_free(struct list *rules);

/* "line alice", "all" */
void access_rule_devices(const struct access_rule *rule, char *to, size_t size);
const char *role_name(enum role role);

#endif
