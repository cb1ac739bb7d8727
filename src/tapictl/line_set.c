// SPDX-License-Identifier: MIT
/* line_set.c - tapictl rings, waiting and uncomplete: one request about a line. */
#include "control.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool parse_number(const char *word, DWORD *out)
{
	unsigned long n;
	char *end;

	errno = 0;
	n = strtoul(word, &end, 10);
	*out = (DWORD)n;
	return !*end && *word >= '0' && *word <= '9' && !errno && n < INFINITE;
}

static enum exit_code not_a_number(const char *word)
{
	fprintf(stderr, "tapictl: a number is needed, not '%s'\n", word);
	return EXIT_USAGE;
}

enum exit_code command_waiting(const struct options *o)
{
	bool on = strcmp(o->argv[2], "on") == 0;
	struct control c;
	DWORD device;
	HLINE line;

	if (!on && strcmp(o->argv[2], "off") != 0) {
		fprintf(stderr, "tapictl: the lamp is on or off, not '%s'\n", o->argv[2]);
		return EXIT_USAGE;
	}
	if (control_open_line(&c, o, &device, &line))
		(void)control_wait(&c,
				lineSetLineDevStatus(line, LINEDEVSTATUSFLAGS_MSGWAIT,
						on ? 0xFFFFFFFFu : 0),
				"the lamp was not turned");
	return control_close(&c);
}

enum exit_code command_uncomplete(const struct options *o)
{
	struct control c;
	DWORD device, id;
	HLINE line;

	if (!parse_number(o->argv[2], &id))
		return not_a_number(o->argv[2]);
	if (control_open_line(&c, o, &device, &line))
		(void)control_wait(&c, lineUncompleteCall(line, id),
				"that is not given up, since it was not waited for");
	return control_close(&c);
}

static void say_rings(const struct options *o, DWORD rings)
{
	if (o->json)
		printf("{\"command\":\"rings\",\"num_rings\":%u}\n", rings);
	else
		printf("%u rings\n", rings);
	(void)fflush(stdout);
}

/* TAPI: the number counts as long as the program that has said it has the line open. */
enum exit_code command_rings(const struct options *o)
{
	struct control c;
	DWORD device, rings, least = 0;
	HLINE line;
	LONG error;

	if (!parse_number(o->argv[2], &rings))
		return not_a_number(o->argv[2]);
	if (control_open_line(&c, o, &device, &line)) {
		error = lineSetNumRings(line, 0, rings);
		if (error >= 0)
			error = lineGetNumRings(line, 0, &least);
		if (error < 0)
			c.code = complain("the rings of the line", error);
		else
			say_rings(o, least);
		c.silent = true;
		session_limit(o->timeout_s);
		while (error >= 0 && !session_stopped() && !c.code)
			control_pause(&c, 60000);
	}
	return control_close(&c);
}
