// SPDX-License-Identifier: MIT
/* session.c - tapictl as an application: start, open a line, the next message, and what an error
 * means for the exit code. */
#define _POSIX_C_SOURCE 200809L
#include "tapictl.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define API_LOW  0x00010004
#define API_HIGH 0x00030001

enum { PATIENCE_MS = 1000 };

static volatile sig_atomic_t stopped, terminated;
static uint64_t stopped_ms;           /* when the signal came */
static int stop_pipe[2] = { -1, -1 }; /* wakes a wait that had just begun */
static uint64_t limit_ms;             /* when the time is over, 0: never */
static bool expired;

static uint64_t now_ms(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000;
}

/* timeout(1) may send it twice: for a while that is one wish, also when what the first asked for is
 * under way already. Whoever asks again later does not want to wait until all is put in order. */
static void on_signal(int number)
{
	const uint64_t now = now_ms();
	const bool again = stopped_ms && now - stopped_ms < PATIENCE_MS;
	int saved = errno;

	if (again && (number == SIGINT || terminated))
		return;
	if (stopped && !again) {
		(void)signal(number, SIG_DFL);
		(void)raise(number);
	}
	if (number == SIGTERM)
		terminated = 1;
	stopped_ms = now;
	stopped = 1;
	(void)!write(stop_pipe[1], "", 1);
	errno = saved;
}

static int watch_signals(void)
{
	struct sigaction sa;

	if (stop_pipe[0] >= 0)
		return 0; /* a second application of the command */
	if (pipe(stop_pipe) < 0)
		return -errno;
	for (int i = 0; i < 2; i++) {
		(void)fcntl(stop_pipe[i], F_SETFD, FD_CLOEXEC);
		(void)fcntl(stop_pipe[i], F_SETFL, O_NONBLOCK);
	}
	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = on_signal;
	(void)sigaction(SIGINT, &sa, NULL);
	(void)sigaction(SIGTERM, &sa, NULL);
	return 0;
}

bool session_stopped(void)
{
	return stopped;
}

bool session_terminated(void)
{
	return terminated;
}

void session_go_on(void)
{
	char bytes[16];

	while (read(stop_pipe[0], bytes, sizeof(bytes)) > 0)
		continue;
	stopped = 0;
	limit_ms = 0;
}

void session_limit(double seconds)
{
	limit_ms = seconds < 0 ? 0 : now_ms() + (uint64_t)(seconds * 1000) + 1;
}

bool session_expired(void)
{
	return expired;
}

enum exit_code exit_code_for(LONG error)
{
	static const struct {
		LONG error;
		enum exit_code code;
	} codes[] = {
		{ LINEERR_BADDEVICEID, EXIT_NOT_FOUND },
		{ LINEERR_NODEVICE, EXIT_NOT_FOUND },
		{ LINEERR_NODRIVER, EXIT_NOT_FOUND },
		{ LINEERR_INVALADDRESS, EXIT_NOT_FOUND },
		{ LINEERR_INVALADDRESSID, EXIT_NOT_FOUND },
		{ LINEERR_INVALCALLHANDLE, EXIT_NOT_FOUND },
		{ LINEERR_DIALBILLING, EXIT_NOT_FOUND },
		{ LINEERR_DIALQUIET, EXIT_NOT_FOUND },
		{ LINEERR_DIALDIALTONE, EXIT_NOT_FOUND },
		{ LINEERR_DIALPROMPT, EXIT_NOT_FOUND },
		{ LINEERR_DIALVOICEDETECT, EXIT_NOT_FOUND },
		{ PHONEERR_BADDEVICEID, EXIT_NOT_FOUND },
		{ PHONEERR_NODEVICE, EXIT_NOT_FOUND },
		{ PHONEERR_NODRIVER, EXIT_NOT_FOUND },
		{ PHONEERR_INVALBUTTONLAMPID, EXIT_NOT_FOUND },
		{ PHONEERR_INUSE, EXIT_REFUSED },
		{ PHONEERR_NOTOWNER, EXIT_REFUSED },
		{ PHONEERR_INVALPHONESTATE, EXIT_REFUSED },
		{ PHONEERR_OPERATIONUNAVAIL, EXIT_REFUSED },
		{ PHONEERR_RESOURCEUNAVAIL, EXIT_REFUSED },
		{ LINEERR_NOTOWNER, EXIT_REFUSED },
		{ LINEERR_ALLOCATED, EXIT_REFUSED },
		{ LINEERR_INUSE, EXIT_REFUSED },
		{ LINEERR_CALLUNAVAIL, EXIT_REFUSED },
		{ LINEERR_OPERATIONUNAVAIL, EXIT_REFUSED },
		{ LINEERR_INVALCALLSTATE, EXIT_REFUSED },
		{ LINEERR_INVALMEDIAMODE, EXIT_REFUSED },
		{ LINEERR_RESOURCEUNAVAIL, EXIT_REFUSED },
	};

	if (error >= 0)
		return EXIT_DONE;
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (codes[i].error == error)
			return codes[i].code;
	return EXIT_FAILED;
}

enum exit_code exit_code_of_end(DWORD state, DWORD mode)
{
	static const struct {
		DWORD mode;
		enum exit_code code;
	} codes[] = {
		{ LINEDISCONNECTMODE_BUSY, EXIT_REFUSED },
		{ LINEDISCONNECTMODE_REJECT, EXIT_REFUSED },
		{ LINEDISCONNECTMODE_INCOMPATIBLE, EXIT_REFUSED },
		{ LINEDISCONNECTMODE_BADADDRESS, EXIT_NOT_FOUND },
		{ LINEDISCONNECTMODE_UNREACHABLE, EXIT_NOT_FOUND },
		{ LINEDISCONNECTMODE_NOANSWER, EXIT_TIMED_OUT },
	};

	if (state == LINECALLSTATE_BUSY)
		return EXIT_REFUSED;
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (codes[i].mode == mode)
			return codes[i].code;
	return EXIT_DONE;
}

const char *exit_word(enum exit_code code)
{
	static const char *const words[] = { "done", "failed", "usage", "not found", "refused",
		"unreachable", "timed out" };

	return words[code];
}

bool is_gone(LONG error)
{
	return error == LINEERR_NODEVICE || error == LINEERR_NODRIVER ||
	       error == PHONEERR_NODEVICE || error == PHONEERR_NODRIVER;
}

void tell_reason(const char *what, const struct tapix_reason *r)
{
	fprintf(stderr, "tapictl: %s: %s%s%s%s\n", what,
			r->sentence[0] ? r->sentence : "no reason was given",
			r->cause[0] ? " [" : "", r->cause, r->cause[0] ? "]" : "");
}

static enum exit_code tell_error(const char *what, LONG error, const struct tapix_reason *r)
{
	/* Codes of TAPI 3 have no name here; their sentence says it. */
	const char *group = (DWORD)error >> 28 == 9 ? "PHONEERR_" : "LINEERR_";
	bool with_code = tapixConstantName(group, (DWORD)error) || !r->sentence[0];

	fprintf(stderr, "tapictl: %s: %s%s%s%s%s%s\n", what,
			r->sentence[0] ? r->sentence : "the call failed", r->cause[0] ? " [" : "",
			r->cause, r->cause[0] ? "]" : "", with_code ? ", " : "",
			with_code ? full_name(group, (DWORD)error) : "");
	if ((error == LINEERR_OPERATIONFAILED || error == PHONEERR_OPERATIONFAILED) &&
			r->layer == TAPIX_LAYER_CLIENT)
		return strcmp(r->cause, "timeout") == 0 ? EXIT_TIMED_OUT
							: EXIT_UNREACHABLE; /* there is no daemon */
	if (r->layer == TAPIX_LAYER_SERVER && strcmp(r->cause, "not allowed") == 0)
		return EXIT_REFUSED; /* by a rule of access */
	return exit_code_for(error);
}

enum exit_code complain(const char *what, LONG error)
{
	struct tapix_reason r;

	tapixGetLastReason(&r);
	return tell_error(what, error, &r);
}

enum exit_code complain_reply(HLINEAPP app, const char *what, LONG request, LONG error)
{
	struct tapix_reason r;

	memset(&r, 0, sizeof(r));
	(void)tapixGetReplyReason(app, (DWORD)request, &r);
	return tell_error(what, error, &r);
}

void session_close(struct session *s)
{
	(void)lineShutdown(s->app);
}

enum exit_code session_open(struct session *s)
{
	DWORD version = API_HIGH;
	LINEINITIALIZEEXPARAMS params;
	LONG error;

	memset(s, 0, sizeof(*s));
	memset(&params, 0, sizeof(params));
	params.dwTotalSize = sizeof(params);
	params.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
	error = lineInitializeEx(&s->app, 0, NULL, "tapictl", &s->lines, &version, &params);
	if (error < 0) {
		(void)complain("no connection", error);
		return EXIT_UNREACHABLE;
	}
	s->event = params.Handles.hEvent;
	if (watch_signals() < 0) { /* before, there was nothing to put in order */
		fprintf(stderr, "tapictl: no descriptors: %s\n", strerror(errno));
		session_close(s);
		return EXIT_FAILED;
	}
	return EXIT_DONE;
}

LONG session_open_line(struct session *s, DWORD device, DWORD privileges, DWORD media, HLINE *out)
{
	LINEEXTENSIONID extension;
	DWORD version;
	LONG error = lineNegotiateAPIVersion(s->app, device, API_LOW, API_HIGH, &version,
			&extension);

	if (error < 0)
		return error;
	return lineOpen(s->app, device, out, version, 0, device, privileges, media, NULL);
}

/* The time until then, or until the limit. */
static int sooner(int timeout_ms)
{
	uint64_t now = now_ms();
	int left = limit_ms > now ? (int)(limit_ms - now) : 0;

	return limit_ms && (timeout_ms < 0 || left < timeout_ms) ? left : timeout_ms;
}

static bool await(HANDLE event, int timeout_ms)
{
	struct pollfd p[] = { { .fd = (int)event, .events = POLLIN },
		{ .fd = stop_pipe[0], .events = POLLIN } };

	if (poll(p, 2, sooner(timeout_ms)) > 0)
		return !p[1].revents;
	if (limit_ms && now_ms() >= limit_ms) {
		expired = true;
		stopped_ms = now_ms();
		stopped = 1;
	}
	return false;
}

LONG session_message(struct session *s, LINEMESSAGE *out, DWORD timeout_ms)
{
	if (!await(s->event, timeout_ms == INFINITE ? -1 : (int)timeout_ms))
		return LINEERR_OPERATIONFAILED;
	return lineGetMessage(s->app, out, 0);
}

bool session_await(HANDLE event)
{
	return await(event, -1);
}
