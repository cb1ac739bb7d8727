// SPDX-License-Identifier: MIT
/* app.c - sip-app: start, the loop, and what the library says. */
#include "app.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
		"usage: sip-app [--silent] [--auto answer|accept|drop] [--play WAV] [--record "
		"WAV]\n"
		"               FIFO LINE...\n"
		"\n"
		"Opens the lines of these names as owner, says \"ready\", then each message and "
		"what became\n"
		"of each command that is written to FIFO. --silent: no media. %d in a file's name "
		"is\n"
		"the call's number.\n";

static volatile sig_atomic_t stopping;

static void on_term(int n)
{
	(void)n;
	stopping = 1;
}

void app_say(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)vprintf(fmt, ap);
	va_end(ap);
	(void)putchar('\n');
	(void)fflush(stdout);
}

const char *app_reason(const struct tapix_reason *r)
{
	static char text[512];

	if (!r->cause[0] && !r->sentence[0])
		return "";
	(void)snprintf(text, sizeof(text), " [%s] %s", r->cause, r->sentence);
	return text;
}

const char *app_last_reason(void)
{
	struct tapix_reason r;

	memset(&r, 0, sizeof(r));
	tapixGetLastReason(&r);
	return app_reason(&r);
}

const char *app_error(LONG error)
{
	const char *name = error < 0 ? tapixConstantName("LINEERR_", (DWORD)error) : "0";

	return name ? name : "an unnamed error";
}

void app_say_json(const char *head, const char *name, const void *structure)
{
	static char text[65536];

	if (tapixStructToJson(name, structure, text, sizeof(text)) < 0)
		app_say("%s no %s", head, name);
	else
		app_say("%s %s", head, text);
}

int app_call_new(struct app *a)
{
	if (a->call_count + 1 >= APP_CALLS)
		return 0;
	return ++a->call_count;
}

int app_call_number(struct app *a, HCALL handle)
{
	int n;

	for (int i = a->call_count; i > 0; i--)
		if (a->calls[i].handle == handle && !a->calls[i].gone)
			return i;
	n = app_call_new(a);
	if (n)
		a->calls[n].handle = handle;
	return n;
}

/* "%d" in a file's name is the number of the call. */
static void name_file(const char *pattern, int number, char *out, size_t size)
{
	const char *at = strstr(pattern, "%d");

	if (at)
		(void)snprintf(out, size, "%.*s%d%s", (int)(at - pattern), pattern, number, at + 2);
	else
		(void)snprintf(out, size, "%s", pattern);
}

void app_call_begin(struct app *a, int number)
{
	struct app_call *c = &a->calls[number];
	char path[512];
	const char *files[] = { path };

	if (!a->media || c->object || tapi_call_from_handle(c->handle, &c->object) < 0)
		return;
	if (a->play) {
		name_file(a->play, number, path, sizeof(path));
		if (tapi_call_play(c->object, files, 1, &c->player) < 0)
			app_say("error play %d%s", number, app_last_reason());
	}
	if (a->record) {
		name_file(a->record, number, path, sizeof(path));
		if (tapi_call_record(c->object, path, &c->recorder) < 0)
			app_say("error record %d%s", number, app_last_reason());
	}
}

static bool line_has_name(struct app *a, DWORD device, const char *name, DWORD *version)
{
	static union {
		LINEDEVCAPS caps;
		char room[16384];
	} u;
	LINEEXTENSIONID extension;

	memset(&u, 0, sizeof(u.caps));
	u.caps.dwTotalSize = sizeof(u);
	if (lineNegotiateAPIVersion(a->handle, device, 0x00020000, 0x00030001, version,
			    &extension) < 0 ||
			lineGetDevCaps(a->handle, device, *version, 0, &u.caps) < 0)
		return false;
	return u.caps.dwLineNameSize && strcmp(u.room + u.caps.dwLineNameOffset, name) == 0;
}

void app_open(struct app *a, const char *name, DWORD privileges)
{
	struct app_line *l = &a->lines[a->line_count];
	DWORD version = 0, extension = 0;
	LONG error;

	if (a->line_count == APP_LINES)
		return;
	for (l->device = 0; l->device < a->devices; l->device++)
		if (line_has_name(a, l->device, name, &version))
			break;
	if (l->device == a->devices) {
		app_say("error open no line '%s'", name);
		return;
	}
	/* Without extensions the line cannot agree on a version of them; that is right, too. */
	(void)lineNegotiateExtVersion(a->handle, l->device, version, 1, 0xffffffffu, &extension);
	error = lineOpen(a->handle, l->device, &l->handle, version, extension, l->device,
			privileges,
			privileges & LINECALLPRIVILEGE_OWNER ? LINEMEDIAMODE_INTERACTIVEVOICE : 0,
			NULL);
	if (error < 0) {
		app_say("error open %s %s%s", name, app_error(error), app_last_reason());
		return;
	}
	(void)snprintf(l->name, sizeof(l->name), "%s", name);
	(void)lineSetStatusMessages(l->handle, 0x01ffffff, 0x1ff);
	if (a->media && tapi_line_media(l->handle) < 0)
		app_say("error media %s%s", name, app_last_reason());
	app_say("open %d %s device %u", a->line_count, name, l->device);
	a->line_count++;
}

static void on_media_event(struct tapi_event *event, void *arg)
{
	struct app *a = arg;

	for (int i = 1; i <= a->call_count; i++)
		if (a->calls[i].player && a->calls[i].player == tapi_event_get_terminal(event) &&
				tapi_event_get_state(event) == TMS_IDLE)
			app_say("played %d", i);
}

static int start(struct app *a)
{
	DWORD version = 0x00030001;
	LINEINITIALIZEEXPARAMS params = { .dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT };
	LONG error = lineInitializeEx(&a->handle, 0, NULL, "sip-app", &a->devices, &version,
			&params);

	if (error < 0) {
		app_say("error start %s%s", app_error(error), app_last_reason());
		return 1;
	}
	a->event = params.Handles.hEvent;
	if (a->media && tapi_from_handle(a->handle, &a->tapi) >= 0) {
		(void)tapi_set_event_callback(a->tapi, on_media_event, a);
		(void)tapi_set_event_filter(a->tapi, TE_FILETERMINAL);
	}
	return 0;
}

/* Whole lines of the FIFO; a half one stays in the buffer. */
static void read_commands(struct app *a, int fd)
{
	static char buf[65536];
	static size_t have;
	ssize_t n = read(fd, buf + have, sizeof(buf) - 1 - have);
	char *line = buf, *end;

	if (n <= 0)
		return;
	have += (size_t)n;
	buf[have] = '\0';
	while ((end = strchr(line, '\n'))) {
		*end = '\0';
		app_command(a, line);
		line = end + 1;
	}
	have -= (size_t)(line - buf);
	memmove(buf, line, have);
}

static void loop(struct app *a, int fifo)
{
	struct pollfd p[] = { { .fd = (int)a->event, .events = POLLIN },
		{ .fd = fifo, .events = POLLIN } };
	LINEMESSAGE m;

	while (!a->quit && !stopping) {
		LONG error;

		while ((error = lineGetMessage(a->handle, &m, 0)) >= 0)
			app_message(a, &m);
		if (error != LINEERR_OPERATIONFAILED) {
			app_say("error connection %s%s", app_error(error), app_last_reason());
			return;
		}
		(void)poll(p, 2, -1);
		if (p[1].revents & POLLIN)
			read_commands(a, fifo);
	}
}

static int options(struct app *a, int argc, char **argv)
{
	int i = 1;

	a->media = true;
	for (; i < argc && argv[i][0] == '-'; i++) {
		if (strcmp(argv[i], "--silent") == 0)
			a->media = false;
		else if (strcmp(argv[i], "--auto") == 0 && i + 1 < argc)
			(void)snprintf(a->automatic, sizeof(a->automatic), "%s", argv[++i]);
		else if (strcmp(argv[i], "--play") == 0 && i + 1 < argc)
			a->play = argv[++i];
		else if (strcmp(argv[i], "--record") == 0 && i + 1 < argc)
			a->record = argv[++i];
		else
			return -1;
	}
	return i < argc ? i : -1;
}

int main(int argc, char **argv)
{
	static struct app a;
	struct sigaction term = { .sa_handler = on_term };
	int i = options(&a, argc, argv), fifo;

	if (i < 0) {
		fputs(usage, stderr);
		return 2;
	}
	(void)sigaction(SIGTERM, &term, NULL);
	(void)sigaction(SIGINT, &term, NULL);
	fifo = open(argv[i], O_RDWR | O_NONBLOCK | O_CLOEXEC); /* RDWR: it never ends */
	if (fifo < 0) {
		fprintf(stderr, "sip-app: %s: %s\n", argv[i], strerror(errno));
		return 2;
	}
	if (start(&a))
		return 1;
	for (i++; i < argc; i++)
		app_open(&a, argv[i], LINECALLPRIVILEGE_OWNER);
	app_say("ready");
	loop(&a, fifo);
	for (i = 1; i <= a.call_count; i++)
		if (a.calls[i].recorder)
			(void)tapi_terminal_stop(a.calls[i].recorder);
	(void)lineShutdown(a.handle);
	app_say("bye");
	return 0;
}
