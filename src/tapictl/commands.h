// SPDX-License-Identifier: MIT
/* commands.h - the table of what tapictl can do, by group, and the help that is made from it. */
#ifndef TAPICTL_COMMANDS_H
#define TAPICTL_COMMANDS_H

#include "tapictl.h"

#include <stdio.h>

struct command {
	const char *name; /* one word, or a noun and what is done with it: "location add" */
	enum exit_code (*run)(const struct options *); /* argv[0] is the last word of the name */
	int least, most;                               /* words after the name */
	const char *arguments, *help;
	const char *options; /* besides those of all commands, with blanks between; NULL: none */
	const char *notes;   /* more for its own help; NULL: none */
};

struct group {
	const char *title;
	const struct command *commands;
	int count;
};

/* A word that begins the names of several commands. */
struct noun {
	const char *name, *help;
};

extern const struct group command_groups[];
extern const int command_group_count;
extern const struct noun command_nouns[];
extern const int command_noun_count;

/* The command that the words begin with; *words is the number of words its name has. NULL: none. */
const struct command *command_find(const struct options *o, int *words);
/* NULL: no command begins with this word and another one. */
const struct noun *noun_find(const char *word);

/* All commands, short; those of one noun; one with its own options. */
void help_all(FILE *to);
void help_noun(FILE *to, const struct noun *n);
void help_command(FILE *to, const struct command *c);
/* "usage: tapictl dial LINE ADDRESS". */
void help_usage(FILE *to, const struct command *c);

#endif
