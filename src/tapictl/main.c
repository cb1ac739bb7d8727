// SPDX-License-Identifier: MIT
/* main.c - finds the command, checks its words, gives its exit code. */
#include "commands.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* A daemon that answers at all may take a moment on a busy machine, or on one that stood still. */
static void limit_answers(double seconds)
{
	const double least = 5, most = 4000000;

	if (seconds >= 0 && seconds < most)
		tapixSetAnswerLimit((DWORD)((seconds < least ? least : seconds) * 1000));
}

static int run(const struct command *c, const struct options *o)
{
	enum exit_code code;

	if (o->argc - 1 < c->least || o->argc - 1 > c->most) {
		help_usage(stderr, c);
		return EXIT_USAGE;
	}
	if (!options_fit(o, c->name, c->options))
		return EXIT_USAGE;
	limit_answers(o->timeout_s);
	code = c->run(o);
	if (session_expired()) {
		fprintf(stderr, "tapictl: %g s are over\n", o->timeout_s);
		code = EXIT_TIMED_OUT;
	}
	if (fflush(stdout) == 0 && !ferror(stdout))
		return (int)code;
	fprintf(stderr, "tapictl: standard output: %s\n", strerror(errno));
	return code ? (int)code : EXIT_FAILED;
}

/* The words begin with no command. */
static int unknown(const struct options *o)
{
	const struct noun *n = o->argc ? noun_find(o->argv[0]) : NULL;
	FILE *to = o->help ? stdout : stderr;

	if (n && !o->help && o->argc > 1)
		fprintf(stderr, "tapictl: no command '%s %s'; 'tapictl %s --help' lists them\n",
				o->argv[0], o->argv[1], o->argv[0]);
	else if (n)
		help_noun(to, n);
	else if (!o->argc)
		help_all(to);
	else
		fprintf(stderr, "tapictl: no command '%s'; --help lists them\n", o->argv[0]);
	return o->help && (n || !o->argc) ? EXIT_DONE : EXIT_USAGE;
}

int main(int argc, char **argv)
{
	const struct command *c;
	struct options o;
	int words;

	if (!options_parse(argc, argv, &o))
		return EXIT_USAGE;
	if (o.version) {
		puts("tapictl " TAPI_VERSION);
		return EXIT_DONE;
	}
	c = command_find(&o, &words);
	if (!c)
		return unknown(&o);
	if (o.help) {
		help_command(stdout, c);
		return EXIT_DONE;
	}
	o.argc -= words - 1;
	memmove(o.argv, o.argv + words - 1, (size_t)o.argc * sizeof(o.argv[0]));
	return run(c, &o);
}
