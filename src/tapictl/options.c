// SPDX-License-Identifier: MIT
/* options.c - the command line: options may stand anywhere. What an option takes is a row. */
#include "tapictl.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum kind { FLAG, TEXT, SECONDS, DIGITS, FILES, SOCKET };

static const struct row {
	const char *name;
	enum kind kind;
	size_t at; /* in struct options */
	bool everywhere;
	const char *value, *help; /* for its line of help */
} rows[] = {
	{ "--json", FLAG, offsetof(struct options, json), true, "",
			"one JSON object a line, keys as in proto/tapi.proto" },
	{ "--socket", SOCKET, 0, true, "PATH",
			"the daemon's socket; else $TAPISRVD_SOCKET,\n"
			"$XDG_RUNTIME_DIR/tapisrvd/socket, /run/tapisrvd/socket" },
	{ "--timeout", SECONDS, offsetof(struct options, timeout_s), true, "S",
			"give up, or end what lasts until interrupted, after S seconds" },
	{ "--help", FLAG, offsetof(struct options, help), true, "", "this text" },
	{ "-h", FLAG, offsetof(struct options, help), true, "", NULL },
	{ "--version", FLAG, offsetof(struct options, version), true, "", "its version" },
	{ "--play", FILES, 0, false, "F.wav",
			"play this file into the call once it is connected;\n"
			"may be given several times" },
	{ "--record", TEXT, offsetof(struct options, record), false, "F.wav",
			"record what is heard" },
	{ "--mic", TEXT, offsetof(struct options, mic), false, "PCM",
			"speak with this microphone, a PCM of ALSA such as default" },
	{ "--speaker", TEXT, offsetof(struct options, speaker), false, "PCM",
			"hear with this loudspeaker" },
	{ "--codecs", TEXT, offsetof(struct options, codecs), false, "LIST",
			"use these formats only, the best first: \"G722 PCMU\"" },
	{ "--digits", DIGITS, offsetof(struct options, digits), false, "S",
			"send these DTMF digits after the files were played" },
	{ "--uui", TEXT, offsetof(struct options, uui), false, "TEXT",
			"user-user information that goes with the call or the answer" },
	{ "--duration", SECONDS, offsetof(struct options, duration_s), false, "S",
			"hang up S seconds after the call was connected" },
	{ "--stay", FLAG, offsetof(struct options, stay), false, "",
			"do not hang up when it is busy, so that complete can say what\n"
			"is to happen" },
	{ "--reject", FLAG, offsetof(struct options, reject), false, "",
			"refuse the call that comes" },
	{ "--redirect", TEXT, offsetof(struct options, redirect), false, "A",
			"send it on to address A unanswered" },
	{ "--media", FLAG, offsetof(struct options, media), false, "",
			"call: also codec, addresses, packets, losses of its sound;\n"
			"handoff: the word is a media mode, such as voice" },
	{ "--consult", FLAG, offsetof(struct options, consult), false, "",
			"hold the call, call the address, and join the two" },
	{ "--always", TEXT, offsetof(struct options, always), false, "A",
			"every call to address A" },
	{ "--busy", TEXT, offsetof(struct options, busy), false, "A", "when the line is busy" },
	{ "--noanswer", TEXT, offsetof(struct options, noanswer), false, "A",
			"when nobody answers" },
	{ "--rings", TEXT, offsetof(struct options, rings), false, "N",
			"so many rings are no answer; 4 if it is not said" },
	{ "--off", FLAG, offsetof(struct options, off), false, "", "end it" },
	{ "--as-is", FLAG, offsetof(struct options, as_is), false, "",
			"dial what was given, also when it begins with +" },
	{ "--location", TEXT, offsetof(struct options, location), false, "LOCATION",
			"from there instead of the current location" },
	{ "--card", TEXT, offsetof(struct options, card), false, "CARD",
			"with this calling card; 0: without any" },
	{ "--line", TEXT, offsetof(struct options, line), false, "LINE",
			"for this line instead of line 0" },
	{ "--explain", FLAG, offsetof(struct options, explain), false, "",
			"say which rules were applied, in their order" },
	{ "--as-local", FLAG, offsetof(struct options, as_local), false, "",
			"as a local call, whatever the rules say" },
	{ "--as-long-distance", FLAG, offsetof(struct options, as_long_distance), false, "",
			"as a long distance call" },
	{ "--once", FLAG, offsetof(struct options, once), false, "", "end after the first one" },
	{ "--cancel-waiting", FLAG, offsetof(struct options, cancel_waiting), false, "",
			"cancel call waiting first" },
	{ "--group", TEXT, offsetof(struct options, group), false, "G",
			"a call that rings in this pickup group" },
	{ "--mode", TEXT, offsetof(struct options, mode), false, "MODE",
			"campon: wait until the line is free\n"
			"callback: be called when it is (the usual)\n"
			"intrude: join the call there\n"
			"message: leave a message" },
	{ "--message", TEXT, offsetof(struct options, message), false, "N",
			"the message to leave: one of those that line shows, the first is 0" },
	{ "--pulse", FLAG, offsetof(struct options, pulse), false, "",
			"pulse digits instead of DTMF" },
	{ "--count", TEXT, offsetof(struct options, count), false, "N", "so many digits at most" },
	{ "--term", TEXT, offsetof(struct options, term), false, "DIGITS",
			"one of these ends it, and is the last" },
	{ "--sound", FLAG, offsetof(struct options, sound), false, "",
			"also digits, voice, fax and modems that are heard on calls" },
	{ "--tone", TEXT, offsetof(struct options, tone), false, "HZ[+HZ][/MS]",
			"also this tone, after so many milliseconds (500): 1100, 350+440/2000" },
	{ "--file", TEXT, offsetof(struct options, file), false, "F",
			"the bytes of this file instead of a text" },
};

enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

_Static_assert((int)ROWS <= (int)MAX_OPTIONS, "a row has its place in given[]");

static const struct row *find_row(const char *name)
{
	for (int i = 0; i < ROWS; i++)
		if (strcmp(rows[i].name, name) == 0)
			return &rows[i];
	return NULL;
}

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

static bool set_socket(const char *value)
{
	LONG error = tapixSetSocket(value);

	if (error < 0)
		fprintf(stderr, "tapictl: --socket: '%s' is too long for a socket's name\n", value);
	return error >= 0;
}

static bool check_digits(const char *value)
{
	if (value[strspn(value, "0123456789*#ABCDabcd,")] == '\0')
		return true;
	fprintf(stderr, "tapictl: --digits takes 0-9, *, #, A-D and , (a pause), not '%s'\n",
			value);
	return false;
}

static bool take_value(struct options *o, const struct row *row, const char *value)
{
	void *at = (char *)o + row->at;

	if (!*value) {
		fprintf(stderr, "tapictl: %s needs a value, not an empty one\n", row->name);
		return false;
	}
	switch (row->kind) {
	case FLAG:
		break;
	case SECONDS:
		return parse_seconds(row->name, value, at);
	case FILES:
		return add_play(o, value);
	case SOCKET:
		return set_socket(value);
	case DIGITS:
	case TEXT:
		*(const char **)at = value;
		return row->kind == TEXT || check_digits(value);
	}
	return true;
}

/* words[*i] begins with a hyphen. */
static bool take_option(struct options *o, int argc, char **words, int *i)
{
	const struct row *row = find_row(words[*i]);

	if (!row) {
		fprintf(stderr, "tapictl: no option '%s'; --help lists them\n", words[*i]);
		return false;
	}
	o->given[row - rows] = true;
	if (row->kind == FLAG) {
		*(bool *)(void *)((char *)o + row->at) = true;
		return true;
	}
	if (*i + 1 == argc) {
		fprintf(stderr, "tapictl: %s needs a value\n", row->name);
		return false;
	}
	return take_value(o, row, words[++*i]);
}

bool options_parse(int argc, char **argv, struct options *o)
{
	memset(o, 0, sizeof(*o));
	o->duration_s = o->timeout_s = -1;
	for (int i = 1; i < argc; i++) {
		const char *word = argv[i];

		if (!*word) {
			fprintf(stderr, "tapictl: an empty word is nothing to go by\n");
			return false;
		}
		if (word[0] == '-' && word[1]) {
			if (!take_option(o, argc, argv, &i))
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

/* Is name one of the words of list? */
static bool listed(const char *list, const char *name)
{
	size_t n = strlen(name);

	for (const char *at = list; at && (at = strstr(at, name)); at += n)
		if ((at == list || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0'))
			return true;
	return false;
}

bool options_fit(const struct options *o, const char *command, const char *allowed)
{
	for (int i = 0; i < ROWS; i++) {
		if (!o->given[i] || rows[i].everywhere || listed(allowed, rows[i].name))
			continue;
		fprintf(stderr, "tapictl: %s is not for %s; `tapictl %s --help` lists what is\n",
				rows[i].name, command, command);
		return false;
	}
	return true;
}

static void row_help(FILE *to, const struct row *row)
{
	int n = fprintf(to, "  %s%s%s", row->name, *row->value ? " " : "", row->value);

	for (const char *line = row->help; *line;) {
		int length = (int)strcspn(line, "\n");

		fprintf(to, "%*s%.*s\n", n < 20 ? 20 - n : 1, "", length, line);
		line += length + (line[length] == '\n');
		n = 0;
	}
}

void help_options(FILE *to, const char *allowed)
{
	for (int i = 0; i < ROWS; i++)
		if (rows[i].help && (allowed ? listed(allowed, rows[i].name) : rows[i].everywhere))
			row_help(to, &rows[i]);
}
