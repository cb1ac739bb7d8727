// SPDX-License-Identifier: MIT
/* main.c - tapictl's table of commands, its help and its exit code. */
#include "tapictl.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define TALK "--play --record --mic --speaker --codecs --digits --duration"

static const struct command {
	const char *name;
	enum exit_code (*run)(const struct options *);
	int least, most; /* words after the name */
	const char *arguments, *help;
	const char *options; /* besides those of all commands */
} commands[] = {
	{ "lines", command_lines, 0, 0, "", "list the lines and their state", "" },
	{ "line", command_line, 1, 1, "LINE",
			"show all of one line: capabilities, status, addresses", "" },
	{ "calls", command_calls, 0, 0, "", "list the calls on all lines", "" },
	{ "call", command_call, 1, 1, "CALL", "show all of one call; its sound with --media",
			"--media" },
	{ "providers", command_providers, 0, 0, "",
			"list the providers, with the reason if one failed", "" },
	{ "monitor", command_monitor, 0, 0, "", "print what happens on all lines until interrupted",
			"" },
	{ "dial", command_dial, 2, 2, "LINE ADDRESS", "make a call", TALK },
	{ "answer", command_answer, 1, 1, "LINE", "wait for a call and answer it",
			TALK " --reject --redirect" },
	{ "hold", command_hold, 1, 1, "CALL", "put a call on hold", "" },
	{ "unhold", command_unhold, 1, 1, "CALL", "take it off hold", "" },
	{ "drop", command_drop, 1, 1, "CALL", "end a call", "" },
	{ "transfer", command_transfer, 2, 2, "CALL ADDRESS",
			"send a call on; with --consult, ask there first", "--consult" },
	{ "swap", command_swap, 2, 2, "CALL CALL", "exchange a held call with an active one", "" },
	{ "conference", command_conference, 2, 2, "CALL CALL",
			"make a conference of two calls, until interrupted", "" },
	{ "forward", command_forward, 1, 1, "LINE", "show, set or end forwarding",
			"--always --busy --noanswer --off" },
};

enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };

static void usage(FILE *to)
{
	fputs("usage: tapictl [options] COMMAND\n\n", to);
	for (int i = 0; i < COMMANDS; i++)
		fprintf(to, "  %-10s %-13s %s\n", commands[i].name, commands[i].arguments,
				commands[i].help);
	fputs("\nA LINE is its number, its name or its address; a CALL the number that calls "
	      "shows,\n"
	      "or LINE:NUMBER. Commands on calls act beside the program that has the call, whose "
	      "sound\nstays where it is.\n"
	      "\nOptions of all commands:\n"
	      "  --json           one JSON object a line; keys are the field names of "
	      "proto/tapi.proto\n"
	      "  --socket PATH    the daemon's socket; else $TAPISRVD_SOCKET,\n"
	      "                   $XDG_RUNTIME_DIR/tapisrvd/socket, /run/tapisrvd/socket\n"
	      "  --timeout S      give up after S seconds (dial: until connected; answer: until a "
	      "call comes)\n"
	      "  --help           this text\n"
	      "  --version        its version\n",
			to);
	fputs("\nOptions of dial and answer:\n"
	      "  --play F.wav     play this file into the call once it is connected; may be given "
	      "several times\n"
	      "  --record F.wav   record what is heard\n"
	      "  --mic PCM        speak with this microphone, a PCM of ALSA such as default\n"
	      "  --speaker PCM    hear with this loudspeaker\n"
	      "  --codecs LIST    use these formats only, the best first: \"G722 PCMU\"\n"
	      "  --digits S       send these DTMF digits after the files were played\n"
	      "  --duration S     hang up S seconds after the call was connected\n"
	      "  --reject         (answer) refuse the call that comes\n"
	      "  --redirect A     (answer) send it on to address A unanswered\n"
	      "  Without --duration, dial hangs up when all is played and sent, else when "
	      "interrupted;\n"
	      "  answer stays until the caller hangs up.\n"
	      "\nOptions of forward; what is given replaces all that was set:\n"
	      "  --always A       every call to address A\n"
	      "  --busy A         when the line is busy\n"
	      "  --noanswer A     when nobody answers\n"
	      "  --off            none\n"
	      "\nExit codes: 0 done, 1 failed, 2 usage, 3 not found, 4 refused, 5 daemon "
	      "unreachable,\n"
	      "6 timed out.\n",
			to);
}

static int run(const struct command *c, const struct options *o)
{
	enum exit_code code;

	if (o->argc - 1 < c->least || o->argc - 1 > c->most) {
		fprintf(stderr, "usage: tapictl %s%s%s\n", c->name, c->most ? " " : "",
				c->arguments);
		return EXIT_USAGE;
	}
	if (!options_fit(o, c->options))
		return EXIT_USAGE;
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
