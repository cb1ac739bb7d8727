// SPDX-License-Identifier: MIT
/* owner.c - tapictl handoff and priority: which program has a call, which one gets the next. */
#include "control.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_MODE LINEMEDIAMODE_UNKNOWN
#define LAST_MODE  LINEMEDIAMODE_VIDEO

/* The list of who serves requests of assisted telephony, among the media modes. */
static const char requests[] = "requests";

/* "g3fax", and "voice" and "fax" for what people mean by them. */
static bool parse_mode(const char *word, DWORD *out)
{
	static const struct {
		const char *word;
		DWORD mode;
	} others[] = { { "voice", LINEMEDIAMODE_INTERACTIVEVOICE }, { "fax", LINEMEDIAMODE_G3FAX },
		{ "data", LINEMEDIAMODE_DATAMODEM } };

	for (DWORD mode = FIRST_MODE; mode <= LAST_MODE; mode <<= 1) {
		*out = mode;
		if (strcmp(word, short_name("LINEMEDIAMODE_", mode)) == 0)
			return true;
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		*out = others[i].mode;
		if (strcmp(word, others[i].word) == 0)
			return true;
	}
	return false;
}

static enum exit_code bad_mode(const char *word)
{
	fprintf(stderr, "tapictl: '%s' is no media mode; they are", word);
	for (DWORD mode = FIRST_MODE; mode <= LAST_MODE; mode <<= 1)
		fprintf(stderr, " %s", short_name("LINEMEDIAMODE_", mode));
	(void)fputs("\n", stderr);
	return EXIT_USAGE;
}

/* --- hand-off ------------------------------------------------------------------------------- */

enum exit_code command_handoff(const struct options *o)
{
	const char *target = o->argv[2];
	struct control c;
	DWORD mode = 0;
	LONG error;

	if (o->media && !parse_mode(target, &mode))
		return bad_mode(target);
	if (control_open(&c, o, 1, true) == EXIT_DONE) {
		error = lineHandoff(c.calls[0].call, o->media ? NULL : target, mode);
		if (error < 0)
			c.code = complain("the call is not handed over", error);
	}
	return control_close(&c);
}

/* --- priority ------------------------------------------------------------------------------- */

static const char *mode_word(DWORD mode)
{
	return mode ? short_name("LINEMEDIAMODE_", mode) : requests;
}

/* The names end with a NUL. NULL: *error. To be freed. */
static VARSTRING *get_list(DWORD mode, LONG *error)
{
	DWORD size = 1024;

	for (;;) {
		VARSTRING *v = calloc(1, size + 1);
		DWORD needed;

		*error = v ? 0 : LINEERR_NOMEM;
		if (!v)
			return NULL;
		v->dwTotalSize = size;
		*error = tapixGetAppPriorities(mode, v);
		needed = v->dwNeededSize;
		if (*error >= 0 && needed <= size)
			return v;
		free(v);
		if (*error < 0)
			return NULL;
		size = needed;
	}
}

/* With line ends between, which are taken out. */
static void say_names(char *names, bool json)
{
	const char *before = "";

	for (char *name = strtok(names, "\n"); name; name = strtok(NULL, "\n")) {
		if (json) {
			printf("%s", before);
			print_json_text(name);
		} else {
			printf(" %s", name);
		}
		before = ",";
	}
}

/* In text only those that have a list, unless asked for. */
static enum exit_code show(DWORD mode, bool json, bool always)
{
	LONG error;
	VARSTRING *v = get_list(mode, &error);
	char *names;

	if (!v)
		return complain("the priorities", error);
	names = (char *)v + v->dwStringOffset;
	if (json) {
		printf("{\"media_mode\":\"%s\",\"apps\":[",
				mode ? full_name("LINEMEDIAMODE_", mode) : "requests");
		say_names(names, true);
		printf("]}\n");
	} else if (always || v->dwStringSize) {
		printf("%s:", mode_word(mode));
		say_names(names, false);
		printf("\n");
	}
	free(v);
	return EXIT_DONE;
}

static enum exit_code show_all(bool json)
{
	enum exit_code code = show(0, json, false);

	for (DWORD mode = FIRST_MODE; mode <= LAST_MODE && !code; mode <<= 1)
		code = show(mode, json, false);
	return code;
}

/* Which words were given: MEDIA, set or remove, APP. */
static enum exit_code change(const struct options *o, DWORD mode)
{
	bool set = strcmp(o->argv[2], "set") == 0;
	LONG error;

	if (o->argc != 4 || (!set && strcmp(o->argv[2], "remove") != 0)) {
		(void)fputs("tapictl: after the media mode comes set APP or remove APP\n", stderr);
		return EXIT_USAGE;
	}
	error = lineSetAppPriority(o->argv[3], mode, NULL, LINEREQUESTMODE_MAKECALL, NULL, set);
	return error < 0 ? complain("the priority is not changed", error)
			 : show(mode, o->json, true);
}

enum exit_code command_priority(const struct options *o)
{
	struct session s;
	DWORD mode = 0;
	enum exit_code code;

	if (o->argc > 1 && strcmp(o->argv[1], requests) != 0 && !parse_mode(o->argv[1], &mode))
		return bad_mode(o->argv[1]);
	code = session_open(&s);
	if (code)
		return code;
	if (o->argc == 1)
		code = show_all(o->json);
	else if (o->argc == 2)
		code = show(mode, o->json, true);
	else
		code = change(o, mode);
	session_close(&s);
	return code;
}
