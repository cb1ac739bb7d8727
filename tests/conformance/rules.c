// SPDX-License-Identifier: MIT
/* rules.c - rules.tsv: id, rule, and why it cannot be tested. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

enum { RULES_MAX = 400 };

struct rules {
	size_t count;
	struct rule_line lines[RULES_MAX];
};

static void copy_field(char *to, size_t size, char **from)
{
	char *end = strchr(*from, '\t');

	(void)snprintf(to, size, "%.*s", (int)(end ? end - *from : (long)strlen(*from)), *from);
	*from = end ? end + 1 : *from + strlen(*from);
}

struct rules *rules_read(const char *path)
{
	struct rules *r = calloc(1, sizeof(*r));
	FILE *f = fopen(path, "r");
	char line[1024];

	if (!r || !f) {
		fprintf(stderr, "%s cannot be read; start in the top folder\n", path);
		exit(2);
	}
	(void)!fgets(line, sizeof(line), f); /* the heads of the columns */
	while (r->count < RULES_MAX && fgets(line, sizeof(line), f)) {
		struct rule_line *l = &r->lines[r->count++];
		char *at = line;

		line[strcspn(line, "\n")] = '\0';
		copy_field(l->id, sizeof(l->id), &at);
		copy_field(l->text, sizeof(l->text), &at);
		copy_field(l->reason, sizeof(l->reason), &at);
	}
	(void)fclose(f);
	return r;
}

struct rule_line *rules_find(struct rules *r, const char *id, size_t length)
{
	for (size_t i = 0; i < r->count; i++)
		if (strlen(r->lines[i].id) == length && !memcmp(r->lines[i].id, id, length))
			return &r->lines[i];
	return NULL;
}

struct rule_line *rules_at(struct rules *r, size_t i)
{
	return i < r->count ? &r->lines[i] : NULL;
}
