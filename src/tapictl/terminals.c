// SPDX-License-Identifier: MIT
/* terminals.c - tapictl terminals LINE: which devices of a line's set take part in its calls. */
#include "control.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const LINETERMCAPS *terminals_of(const LINEDEVCAPS *caps)
{
	return (const void *)((const char *)caps + caps->dwTerminalCapsOffset);
}

/* The modes that a terminal has now. */
static DWORD modes_now(const LINEDEVSTATUS *status, DWORD id)
{
	const DWORD *modes = (const void *)((const char *)status + status->dwTerminalModesOffset);

	return id < status->dwTerminalModesSize / sizeof(*modes) ? modes[id] : 0;
}

static void show_terminal(const LINETERMCAPS *t, DWORD id, DWORD now, bool json)
{
	char names[256];

	if (!json) {
		printf("%8u  %-8s", id, short_bits("LINETERMDEV_", t->dwTermDev));
		printf("  %s\n", now ? short_bits("LINETERMMODE_", now) : "off");
		return;
	}
	printf("%s{\"terminal_id\":%u,\"term_dev\":\"%s\"", id ? "," : "", id,
			tapixBitNames("LINETERMDEV_", t->dwTermDev, names, sizeof(names)));
	printf(",\"term_modes\":\"%s\"}",
			now ? tapixBitNames("LINETERMMODE_", now, names, sizeof(names)) : "");
}

static void show(struct control *c, DWORD device, HLINE line, const LINEDEVCAPS *caps)
{
	LONG error;
	LINEDEVSTATUS *status = get_line_status(line, &error);
	bool json = c->options->json;

	if (!status) {
		c->code = complain("the terminals of the line", error);
		return;
	}
	if (json)
		printf("{\"device\":%u,\"terminals\":[", device);
	else
		printf(caps->dwNumTerminals ? "terminal  device    what it does\n"
					    : "no terminals\n");
	for (DWORD i = 0; i < caps->dwNumTerminals; i++)
		show_terminal(&terminals_of(caps)[i], i, modes_now(status, i), json);
	if (json)
		printf("]}\n");
	free(status);
}

static LONG set(struct control *c, HLINE line, const LINEDEVCAPS *caps)
{
	DWORD id, on = strcmp(c->options->argv[3], "on") == 0;

	(void)parse_number(c->options->argv[2], &id);
	if (id >= caps->dwNumTerminals) {
		fprintf(stderr, "tapictl: the line has no terminal %u\n", id);
		c->code = EXIT_NOT_FOUND;
		return LINEERR_INVALTERMINALID;
	}
	return control_wait(c,
			lineSetTerminal(line, 0, 0, LINECALLSELECT_LINE,
					terminals_of(caps)[id].dwTermModes, id, on),
			"the terminal was not switched");
}

static enum exit_code check(const struct options *o)
{
	DWORD id;

	if (o->argc == 2)
		return EXIT_DONE;
	if (o->argc == 4 && parse_number(o->argv[2], &id) &&
			(strcmp(o->argv[3], "on") == 0 || strcmp(o->argv[3], "off") == 0))
		return EXIT_DONE;
	(void)fputs("tapictl: after the line comes the number of a terminal, and on or off\n",
			stderr);
	return EXIT_USAGE;
}

enum exit_code command_terminals(const struct options *o)
{
	enum exit_code code = check(o);
	LINEDEVCAPS *caps;
	struct control c;
	DWORD device;
	HLINE line;
	LONG error;

	if (code)
		return code;
	if (control_open_line(&c, o, &device, &line)) {
		caps = get_dev_caps(&c.session, device, &error);
		if (!caps)
			c.code = complain("the line's capabilities", error);
		else if (o->argc == 2 || set(&c, line, caps) >= 0)
			show(&c, device, line, caps);
		free(caps);
	}
	c.silent = !c.code;
	return control_close(&c);
}
