// SPDX-License-Identifier: MIT
/* main.c - tapictl's table of commands, its help and its exit code. */
#include "tapictl.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const struct command {
	const char *name;
	enum exit_code (*run)(const struct options *);
	int least, most; /* words after the name */
	const char *arguments, *help;
	bool talks;
} commands[] = {
	{ "lines", command_lines, 0, 0, "", "list the lines", false },
	{ "line", command_line, 1, 1, "LINE",
			"show all of one line: capabilities, status, addresses", false },
	{ "calls", command_calls, 0, 0, "", "list the calls on all lines", false },
	{ "providers", command_providers, 0, 0, "",
			"list the providers, with the reason if one failed", false },
	{ "monitor", command_monitor, 0, 0, "", "print what happens on all lines until interrupted",
			false },
	{ "dial", command_dial, 2, 2, "LINE ADDRESS", "make a call", true },
	{ "answer", command_answer, 1, 1, "LINE", "wait for a call and answer it", true },
};

enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };

static void usage(FILE *to)
{
	fputs("usage: tapictl [options] COMMAND\n\n", to);
	for (int i = 0; i < COMMANDS; i++)
		fprintf(to, "  %-9s %-13s %s\n", commands[i].name, commands[i].arguments,
				commands[i].help);
	fputs("\nOptions of all commands:\n"
	      "  --json           one JSON object a line; keys are the field names of "
	      "proto/tapi.proto\n"
	      "  --socket PATH    the daemon's socket; else $TAPISRVD_SOCKET,\n"
	      "                   $XDG_RUNTIME_DIR/tapisrvd/socket, /run/tapisrvd/socket\n"
	      "  --timeout S      give up after S seconds (dial: until connected; answer: until a "
	      "call comes)\n"
	      "  --help           this text\n"
	      "  --version        its version\n"
	      "\nOptions of dial and answer:\n"
	      "  --play F.wav     play this file into the call once it is connected; may be given "
	      "several times\n"
	      "  --record F.wav   record what is heard\n"
	      "  --mic PCM        speak with this microphone, a PCM of ALSA such as default\n"
	      "  --speaker PCM    hear with this loudspeaker\n"
	      "  --digits S       send these DTMF digits after the files were played\n"
	      "  --duration S     hang up S seconds after the call was connected\n"
	      "  Without --duration, dial hangs up when all is played and sent, else when "
	      "interrupted;\n"
	      "  answer stays until the caller hangs up.\n"
	      "\nExit codes: 0 done, 1 failed, 2 usage, 3 not found, 4 refused, 5 daemon "
	      "unreachable,\n"
	      "6 timed out.\n",
			to);
}

static bool options_of_a_call(const struct options *o)
{
	return o->play_count || o->record || o->mic || o->speaker || o->digits ||
	       o->duration_s >= 0;
}

static int run(const struct command *c, const struct options *o)
{
	enum exit_code code;

	if (o->argc - 1 < c->least || o->argc - 1 > c->most) {
		fprintf(stderr, "usage: tapictl %s%s%s\n", c->name, c->most ? " " : "",
				c->arguments);
		return EXIT_USAGE;
	}
	if (!c->talks && options_of_a_call(o)) {
		fputs("tapictl: --play, --record, --mic, --speaker, --digits and --duration are "
		      "for dial and answer\n",
				stderr);
		return EXIT_USAGE;
	}
	code = c->run(o);
	if (fflush(stdout) == 0 && !ferror(stdout))
		return (int)code;
	fprintf(stderr, "tapictl: standard output: %s\n", strerror(errno));
	return code ? (int)code : EXIT_FAILED;
}

int main(int argc, char **argv)
{
	struct options o;

	if (!options_parse(argc, argv, &o))
		return EXIT_USAGE;
	if (o.version) {
		puts("tapictl " TAPI_VERSION);
		return EXIT_DONE;
	}
	if (o.help) {
		usage(stdout);
		return EXIT_DONE;
	}
	for (int i = 0; o.argc && i < COMMANDS; i++) {
		if (strcmp(commands[i].name, o.argv[0]) == 0)
			return run(&commands[i], &o);
	}
	if (o.argc)
		fprintf(stderr, "tapictl: no command '%s'; --help lists them\n", o.argv[0]);
	else
		usage(stderr);
	return EXIT_USAGE;
}
