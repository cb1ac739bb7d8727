// SPDX-License-Identifier: MIT
/* options.c - the command line: options may stand anywhere. */
#include "tapictl.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool parse_seconds(const char *name, const char *word, double *out)
{
	char *end;

	*out = strtod(word, &end);
	if (*end || end == word || !isfinite(*out) || *out < 0 || *out > 1e6) {
		fprintf(stderr, "tapictl: %s takes seconds, not '%s'\n", name, word);
		return false;
	}
	return true;
}

static bool add_play(struct options *o, const char *file)
{
	if (o->play_count == MAX_PLAY) {
		fprintf(stderr, "tapictl: at most %d files to play\n", MAX_PLAY);
		return false;
	}
	o->play[o->play_count++] = file;
	return true;
}

static bool take_value(struct options *o, const char *name, const char *value)
{
	if (!*value) {
		fprintf(stderr, "tapictl: %s needs a value, not an empty one\n", name);
		return false;
	}
	if (strcmp(name, "--socket") == 0) {
		LONG error = tapixSetSocket(value);

		if (error < 0)
			fprintf(stderr, "tapictl: --socket: '%s' is too long for a socket's name\n",
					value);
		return error >= 0;
	}
	if (strcmp(name, "--timeout") == 0)
		return parse_seconds(name, value, &o->timeout_s);
	if (strcmp(name, "--duration") == 0)
		return parse_seconds(name, value, &o->duration_s);
	if (strcmp(name, "--play") == 0)
		return add_play(o, value);
	if (strcmp(name, "--record") == 0) {
		o->record = value;
		return true;
	}
	if (strcmp(name, "--mic") == 0 || strcmp(name, "--speaker") == 0) {
		*(name[2] == 'm' ? &o->mic : &o->speaker) = value;
		return true;
	}
	o->digits = value;
	if (value[strspn(value, "0123456789*#ABCDabcd,")] == '\0')
		return true;
	fprintf(stderr, "tapictl: --digits takes 0-9, *, #, A-D and , (a pause), not '%s'\n",
			value);
	return false;
}

static bool takes_value(const char *name)
{
	static const char *const names[] = { "--socket", "--timeout", "--duration", "--play",
		"--record", "--digits", "--mic", "--speaker" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

bool options_parse(int argc, char **argv, struct options *o)
{
	memset(o, 0, sizeof(*o));
	o->duration_s = o->timeout_s = -1;
	for (int i = 1; i < argc; i++) {
		const char *word = argv[i];

		if (strcmp(word, "--json") == 0) {
			o->json = true;
		} else if (strcmp(word, "--version") == 0) {
			o->version = true;
		} else if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
			o->help = true;
		} else if (takes_value(word)) {
			if (i + 1 == argc) {
				fprintf(stderr, "tapictl: %s needs a value\n", word);
				return false;
			}
			if (!take_value(o, word, argv[++i]))
				return false;
		} else if (!*word) {
			fprintf(stderr, "tapictl: an empty word is nothing to go by\n");
			return false;
		} else if (word[0] == '-' && word[1]) {
			fprintf(stderr, "tapictl: no option '%s'; --help lists them\n", word);
			return false;
		} else if (o->argc == (int)(sizeof(o->argv) / sizeof(o->argv[0]))) {
			fprintf(stderr, "tapictl: too many words at '%s'\n", word);
			return false;
		} else {
			o->argv[o->argc++] = word;
		}
	}
	return true;
}
