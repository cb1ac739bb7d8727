// SPDX-License-Identifier: MIT
/* main.c - tapi-dial: asks the user's telephone program to call somebody, for programs that know
 * nothing of telephones: tel: links, address books, scripts. */
#define _POSIX_C_SOURCE 200809L
#include "uri.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tapix.h>
#include <unistd.h>

/* As tapictl's. */
enum exit_code { EXIT_DONE, EXIT_FAILED, EXIT_USAGE, EXIT_REFUSED = 4, EXIT_UNREACHABLE };

struct options {
	const char *uri, *app, *party, *comment;
	bool print, help, version;
};

static void usage(FILE *to)
{
	(void)fputs("usage: tapi-dial [options] URI\n\n"
		    "Ask the user's telephone program to call a tel:, callto: or sip: URI, or a "
		    "number.\n\n"
		    "  --name NAME      who is called, for people\n"
		    "  --comment TEXT   why, likewise\n"
		    "  --app NAME       who asks; else tapi-dial\n"
		    "  --print          print the address, ask nobody\n"
		    "  --socket PATH    the daemon's socket\n"
		    "  --help           this text\n"
		    "  --version        its version\n\n"
		    "Exit codes: 0 asked, 1 failed, 2 usage, 4 nobody serves it or too many wait, "
		    "5 "
		    "daemon "
		    "unreachable.\n",
			to);
}

/* A click in a browser has no terminal: the desktop says it, if it can. */
static void tell(const char *what, const char *why)
{
	char text[512];

	(void)snprintf(text, sizeof(text), "%s: %s", what, why);
	fprintf(stderr, "tapi-dial: %s\n", text);
	if (isatty(STDERR_FILENO) || (!getenv("DISPLAY") && !getenv("WAYLAND_DISPLAY")))
		return;
	if (fork() == 0) {
		(void)execlp("notify-send", "notify-send", "-i", "call-start", "No call", text,
				(char *)NULL);
		_exit(1);
	}
}

static bool take_flag(struct options *o, const char *word)
{
	const struct {
		const char *name;
		bool *to;
	} flags[] = { { "--print", &o->print }, { "--help", &o->help },
		{ "--version", &o->version } };

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if (strcmp(word, flags[i].name) == 0)
			return *flags[i].to = true;
	return false;
}

static bool take_text(struct options *o, const char *word, const char *value)
{
	const struct {
		const char *name;
		const char **to;
	} texts[] = { { "--name", &o->party }, { "--comment", &o->comment }, { "--app", &o->app } };

	if (!value)
		return false;
	if (strcmp(word, "--socket") == 0)
		return tapixSetSocket(value) >= 0;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (strcmp(word, texts[i].name) != 0)
			continue;
		*texts[i].to = value;
		return true;
	}
	return false;
}

static bool parse(int argc, char **argv, struct options *o)
{
	memset(o, 0, sizeof(*o));
	o->app = "tapi-dial";
	for (int i = 1; i < argc; i++) {
		if (strncmp(argv[i], "--", 2) == 0) {
			if (take_flag(o, argv[i]))
				continue;
			if (!take_text(o, argv[i], argv[i + 1]))
				return false;
			i++;
		} else if (o->uri || !*argv[i]) {
			return false;
		} else {
			o->uri = argv[i];
		}
	}
	return o->uri || o->help || o->version;
}

static enum exit_code ask(const struct options *o, const char *address)
{
	LONG error = tapiRequestMakeCall(address, o->app, o->party, o->comment);
	struct tapix_reason r;

	if (!error)
		return EXIT_DONE;
	tapixGetLastReason(&r);
	tell(address, r.sentence[0] ? r.sentence : "the request failed");
	if (error == TAPIERR_NOREQUESTRECIPIENT || error == TAPIERR_REQUESTQUEUEFULL)
		return EXIT_REFUSED;
	return error == TAPIERR_REQUESTFAILED && r.layer == TAPIX_LAYER_CLIENT ? EXIT_UNREACHABLE
									       : EXIT_FAILED;
}

int main(int argc, char **argv)
{
	char address[TAPIMAXDESTADDRESSSIZE];
	struct options o;
	const char *why;

	if (!parse(argc, argv, &o)) {
		usage(stderr);
		return EXIT_USAGE;
	}
	if (o.help) {
		usage(stdout);
		return EXIT_DONE;
	}
	if (o.version) {
		puts("tapi-dial " TAPI_VERSION);
		return EXIT_DONE;
	}
	why = uri_to_address(o.uri, address, sizeof(address));
	if (why) {
		tell(o.uri, why);
		return EXIT_USAGE;
	}
	if (!o.print)
		return (int)ask(&o, address);
	puts(address);
	return EXIT_DONE;
}
