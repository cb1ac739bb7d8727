// SPDX-License-Identifier: MIT
/* help.c - the texts that --help prints; all of them come from the tables of commands.c and
 * options.c. */
#include "commands.h"

#include <string.h>

enum { COLUMN = 26 };

/* "  name arguments   help"; a long left side puts the help into the next line. */
static void row(FILE *to, const char *name, const char *arguments, const char *help)
{
	int n = fprintf(to, "  %s%s%s", name, *arguments ? " " : "", arguments);

	if (n >= COLUMN)
		n = fprintf(to, "\n") - 1;
	while (*help) {
		int length = (int)strcspn(help, "\n");

		fprintf(to, "%*s%.*s\n", COLUMN - n, "", length, help);
		help += length + (help[length] == '\n');
		n = 0;
	}
}

/* Is it one of the noun's? */
static bool is_of(const struct command *c, const struct noun *n)
{
	size_t length = strlen(n->name);

	return strncmp(c->name, n->name, length) == 0 && c->name[length] == ' ';
}

static const struct noun *noun_of(const struct command *c)
{
	for (int i = 0; i < command_noun_count; i++)
		if (is_of(c, &command_nouns[i]))
			return &command_nouns[i];
	return NULL;
}

static void group_help(FILE *to, const struct group *g)
{
	const struct noun *said = NULL;

	fprintf(to, "\n%s\n", g->title);
	for (int i = 0; i < g->count; i++) {
		const struct command *c = &g->commands[i];
		const struct noun *n = noun_of(c);

		if (!n)
			row(to, c->name, c->arguments, c->help);
		else if (n != said)
			row(to, n->name, "...", n->help);
		said = n;
	}
}

void help_all(FILE *to)
{
	(void)fputs("usage: tapictl [options] COMMAND\n", to);
	for (int i = 0; i < command_group_count; i++)
		group_help(to, &command_groups[i]);
	(void)fputs("\nOptions of all commands\n", to);
	help_options(to, NULL);
	(void)fputs("\n`tapictl COMMAND --help` says more of one command.\n"
		    "Exit codes: 0 done, 1 failed, 2 usage, 3 not found, 4 refused, 5 daemon "
		    "unreachable,\n6 timed out.\n",
			to);
}

void help_noun(FILE *to, const struct noun *n)
{
	fprintf(to, "usage: tapictl %s ...   %s\n\n", n->name, n->help);
	for (int g = 0; g < command_group_count; g++) {
		const struct group *group = &command_groups[g];

		for (int i = 0; i < group->count; i++)
			if (is_of(&group->commands[i], n))
				row(to, group->commands[i].name, group->commands[i].arguments,
						group->commands[i].help);
	}
}

void help_usage(FILE *to, const struct command *c)
{
	fprintf(to, "usage: tapictl %s%s%s\n", c->name, *c->arguments ? " " : "", c->arguments);
}

void help_command(FILE *to, const struct command *c)
{
	help_usage(to, c);
	fprintf(to, "\n%s\n", c->help);
	if (c->options) {
		(void)fputs("\n", to);
		help_options(to, c->options);
	}
	if (c->notes)
		fprintf(to, "\n%s\n", c->notes);
}
