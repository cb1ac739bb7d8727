// SPDX-License-Identifier: MIT
/* access.c - tapictl access: who may do what, with all or with one line or phone. */
#include "phones.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is asked about, and what came. */
struct access_of {
	DWORD type, device;
	struct tapix_access *rules;
	DWORD count, role;
};

static const char *role_word(DWORD role)
{
	static const char *const words[] = { "nothing", "monitor", "own", "administrate" };

	return role < sizeof(words) / sizeof(words[0]) ? words[role] : "?";
}

/* To be freed, all there are; the number may grow between two questions. */
static LONG get_rules(HLINEAPP app, struct access_of *a)
{
	LONG error;

	do {
		struct tapix_access *more =
				realloc(a->rules, (a->count + 1) * sizeof(struct tapix_access));

		if (!more)
			return LINEERR_NOMEM;
		a->rules = more;
		error = tapixGetAccess(app, a->type, a->device, a->rules, sizeof(*a->rules),
				&a->count, &a->role);
	} while (error == LINEERR_STRUCTURETOOSMALL);
	return error;
}

static const char *place(const struct tapix_access *rule)
{
	static char text[32];

	if (rule->line)
		(void)snprintf(text, sizeof(text), "line %u", rule->line);
	else
		(void)snprintf(text, sizeof(text), "%s",
				rule->role == TAPIX_ROLE_ADMINISTRATE ? "always" : "no [access]");
	return text;
}

static void show_text(const struct access_of *a)
{
	printf("%-16s %-13s %-32s %s\n", "who", "may", "on", "rule");
	for (DWORD i = 0; i < a->count; i++) {
		const struct tapix_access *rule = &a->rules[i];

		printf("%-16s %-13s %-32s %s%s\n", rule->who, role_word(rule->role), rule->devices,
				place(rule), rule->unknown ? ", unknown here: gives nothing" : "");
	}
	if (a->type == TAPIX_OBJECT_NONE)
		return;
	printf("you %s %s %s %u\n", a->role == TAPIX_ROLE_MONITOR ? "may only" : "may",
			role_word(a->role), a->type == TAPIX_OBJECT_PHONE ? "phone" : "line",
			a->device);
}

static void show_json(const struct access_of *a)
{
	printf("{");
	if (a->type != TAPIX_OBJECT_NONE)
		printf("\"%s\":%u,", a->type == TAPIX_OBJECT_PHONE ? "phone" : "line", a->device);
	printf("\"role\":");
	print_json_text(role_word(a->role));
	printf(",\"rules\":[");
	for (DWORD i = 0; i < a->count; i++) {
		printf("%s{\"who\":", i ? "," : "");
		print_json_text(a->rules[i].who);
		printf(",\"role\":");
		print_json_text(role_word(a->rules[i].role));
		printf(",\"devices\":");
		print_json_text(a->rules[i].devices);
		printf(",\"line\":%u,\"unknown\":%s}", a->rules[i].line,
				a->rules[i].unknown ? "true" : "false");
	}
	printf("]}\n");
}

static enum exit_code show(HLINEAPP app, const struct options *o, struct access_of *a)
{
	LONG error = get_rules(app, a);

	if (error >= 0)
		(o->json ? show_json : show_text)(a);
	free(a->rules);
	return error < 0 ? complain("the rules of access", error) : EXIT_DONE;
}

static enum exit_code of_phone(const struct options *o, const char *word)
{
	struct access_of a = { .type = TAPIX_OBJECT_PHONE };
	struct phone_session s;
	enum exit_code code = phone_session_open(&s);

	if (code)
		return code;
	code = phone_session_find(&s, word, &a.device);
	if (!code)
		code = show(s.lines.app, o, &a);
	phone_session_close(&s);
	return code;
}

enum exit_code command_access(const struct options *o)
{
	struct access_of a = { .type = o->argc > 1 ? TAPIX_OBJECT_LINE : TAPIX_OBJECT_NONE };
	struct session s;
	enum exit_code code;

	if (o->argc == 3 && strcmp(o->argv[1], "phone") == 0)
		return of_phone(o, o->argv[2]);
	if (o->argc == 3) {
		fprintf(stderr, "tapictl: access is of a LINE, or of phone PHONE\n");
		return EXIT_USAGE;
	}
	code = session_open(&s);
	if (code)
		return code;
	if (o->argc > 1)
		code = session_line(&s, o->argv[1], &a.device);
	if (!code)
		code = show(s.app, o, &a);
	session_close(&s);
	return code;
}
