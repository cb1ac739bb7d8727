// SPDX-License-Identifier: MIT
/* access_rule.c - rules as they are written, and whom they mean. */
#include "access_rule.h"

#include "base/mem.h"

#include <ctype.h>
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ID_DIGITS = 10, PART_MAX = 200 };

static const struct {
	const char *name;
	enum role role;
} keys[] = {
	{ "monitor", ROLE_MONITOR },
	{ "own", ROLE_OWN },
	{ "administrate", ROLE_ADMIN },
};

const char *role_name(enum role role)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (keys[i].role == role)
			return keys[i].name;
	return "nothing";
}

/* Names of digits only are numbers. */
static bool is_id(const char *text, uint32_t *id)
{
	size_t length = strspn(text, "0123456789");
	unsigned long long value;

	if (!length || text[length] || length > ID_DIGITS)
		return false;
	value = strtoull(text, NULL, 10);
	*id = (uint32_t)value;
	return value < UINT32_MAX; /* -1 is nobody */
}

static bool is_user(const char *name, uint32_t *id)
{
	const struct passwd *pw = getpwnam(name);

	if (pw)
		*id = pw->pw_uid;
	return pw != NULL;
}

static bool is_group(const char *name, uint32_t *id)
{
	const struct group *g = getgrnam(name);

	if (g)
		*id = g->gr_gid;
	return g != NULL;
}

enum access_who access_who_find(const char *text, uint32_t *id)
{
	*id = 0;
	if (strcmp(text, "*") == 0)
		return WHO_EVERYBODY;
	if (*text == '@')
		return is_id(text + 1, id) || is_group(text + 1, id) ? WHO_GROUP : WHO_NOBODY;
	return is_id(text, id) || is_user(text, id) ? WHO_USER : WHO_NOBODY;
}

static void free_rule(struct access_rule *rule)
{
	list_remove(&rule->link);
	mem_free(rule->name);
	mem_free(rule->who_text);
	mem_free(rule);
}

/* Takes what is written of devices; NULL, or what is wrong. */
static const char *set_devices(struct access_rule *rule, const char *text)
{
	static const struct {
		const char *word;
		enum access_devices devices;
	} kinds[] = { { "line", DEVICES_LINES }, { "phone", DEVICES_PHONES } };

	if (strcmp(text, "all") == 0)
		return NULL;
	if (rule->role == ROLE_ADMIN)
		return "administrate is for all, not for";
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		size_t length = strlen(kinds[i].word);

		if (strncmp(text, kinds[i].word, length) != 0 || text[length] != ' ')
			continue;
		rule->devices = kinds[i].devices;
		rule->name = mem_strdup(text + length + strspn(text + length, " \t"));
		return rule->name ? NULL : "out of memory";
	}
	return "a device is all, line NAME or phone NAME, not";
}

static const char *add(struct list *rules, const char *who, enum role role, const char *text,
		unsigned line)
{
	struct access_rule *rule = mem_new(struct access_rule);
	const char *fault;

	if (!rule)
		return "out of memory";
	list_append(rules, &rule->link);
	rule->who = access_who_find(who, &rule->id);
	rule->role = role;
	rule->line = line;
	rule->who_text = mem_strdup(who);
	fault = rule->who_text ? set_devices(rule, text) : "out of memory";
	if (fault)
		free_rule(rule);
	return fault;
}

/* One of the parts between commas, without blanks around it; *from goes behind it. */
static void next_part(const char **from, char part[PART_MAX])
{
	size_t length = strcspn(*from, ",");
	const char *start = *from;

	*from += length + ((*from)[length] == ',');
	while (length && isspace((unsigned char)*start)) {
		start++;
		length--;
	}
	while (length && isspace((unsigned char)start[length - 1]))
		length--;
	(void)snprintf(part, PART_MAX, "%.*s", (int)length, start);
}

const char *access_rules_add(struct list *rules, const char *who, const char *key,
		const char *value, unsigned line, const char **detail)
{
	static char part[PART_MAX];
	enum role role = ROLE_NONE;
	const char *fault;

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (strcmp(keys[i].name, key) == 0)
			role = keys[i].role;
	*detail = key;
	if (!role)
		return "a role is monitor, own or administrate, not";
	*detail = part;
	do {
		next_part(&value, part);
		fault = add(rules, who, role, part, line);
	} while (!fault && *value);
	return fault;
}

int access_rules_open(struct list *rules)
{
	return add(rules, "*", ROLE_OWN, "all", 0) ? -ENOMEM : 0;
}

void access_rules_free(struct list *rules)
{
	list_for_safe(l, rules)
		free_rule(list_entry(l, struct access_rule, link));
}

void access_rule_devices(const struct access_rule *rule, char *to, size_t size)
{
	const char *const words[] = { "all", "line ", "phone " };

	(void)snprintf(to, size, "%s%s", words[rule->devices], rule->name ? rule->name : "");
}
