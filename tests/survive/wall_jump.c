// SPDX-License-Identifier: MIT
/* wall_jump.c - the wall clock jumps while timers of everybody run: of the exchange and of SIP, of
 * the media service provider, of libtapi, of the daemon and of its supervisor. Each fires when it
 * is due; calls stay; nobody spins; and what people read has the new time. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "process.h"
#include "stage.h"
#include "wall.h"
#include "../conformance/talk.h"

#include "base/clock.h"
#include "base/os.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	INVITES = 5,     /* RFC 3261: those that nobody answers come at 0, 1, 3, 7, 15 times T1 */
	HELLO_MS = 5000, /* an application that says nothing */
	WATCHDOG_MS = 3000,
	EARLY_MS = 30, /* what clocks in steps of milliseconds make of it */
	LATE_MS = 300,
	BUSY_PERCENT = 15, /* of a core, of any process */
};

#define TEN_YEARS ((int64_t)10 * 365 * 86400)

/* What the scenario's applications wait for, each in its own way. */
enum wait { GATHER, NO_ANSWER, SIP, MESSAGE, HALF_OPEN, WAITS };

static struct {
	const char *what;
	unsigned due_ms, earliest_ms, latest_ms;
} waits[WAITS] = {
	[GATHER] = { "first digit of lineGatherDigits", 0, -1U, 0 },
	[NO_ANSWER] = { "no answer at the exchange", 0, -1U, 0 },
	[SIP] = { "the fifth time of an INVITE", 0, -1U, 0 },
	[MESSAGE] = { "lineGetMessage", 0, -1U, 0 },
	[HALF_OPEN] = { "connection that says nothing", HELLO_MS, -1U, 0 },
};

static char providers[512];
struct setting wall_setting = { .providers = providers, .arguments = "--supervise" };

static unsigned due_ms(void)
{
	return effort.brief ? 1000 : 1500;
}

void wall_prepare(void)
{
	for (enum wait i = 0; i < HALF_OPEN; i++)
		waits[i].due_ms = due_ms();
	(void)snprintf(providers, sizeof(providers),
			"[provider exchange]\nextensions = 101-104\nno_answer_ms = %u\n"
			"[provider sip]\nlisten = 127.0.0.1:0\nt1_ms = %u\n"
			"[sip alice]\nuser = alice\n[sip bob]\nuser = bob\n",
			due_ms(), due_ms() / 15);
}

/* --- the applications --- */

/* Goes to an application and comes back. */
struct probe {
	enum wait wait;
	unsigned ms;
	unsigned wrong_times; /* of states */
	char socket[256];
};

static HCALL mine, theirs; /* a SIP call that stays */

static unsigned since(uint64_t begun_ns)
{
	return (unsigned)((clock_now_ns() - begun_ns) / 1000000);
}

static bool is_now(const SYSTEMTIME *t)
{
	time_t now = time(NULL);

	for (int back = 0; back < 3; back++, now--) {
		struct tm tm;

		if (gmtime_r(&now, &tm) && t->wYear == tm.tm_year + 1900 &&
				t->wMonth == tm.tm_mon + 1 && t->wDay == tm.tm_mday &&
				t->wHour == tm.tm_hour && t->wMinute == tm.tm_min &&
				t->wSecond == tm.tm_sec)
			return true;
	}
	return false;
}

static void await_digits(void *arg)
{
	static char digits[4];
	struct probe *p = arg;
	uint64_t begun = clock_now_ns();

	expect_ok(lineGatherDigits(to, DTMF, digits, 4, NULL, due_ms(), 0));
	expect_eq(next_of(LINE_GATHERDIGITS, to).p1, LINEGATHERTERM_FIRSTTIMEOUT);
	p->ms = since(begun);
}

/* The time of its last state, which came after the jump, is what the wall clock has then. */
static void give_back(HCALL call, struct probe *p)
{
	done(lineDrop(call, NULL, 0));
	(void)await_state(call, LINECALLSTATE_IDLE);
	p->wrong_times += !is_now(&status_of(call)->tStateEntryTime);
	expect_ok(lineDeallocateCall(call));
}

static void await_answer(void *arg)
{
	struct probe *p = arg;
	HCALL call = dial(own_line(2), "104"), called = next_call(LINECALLSTATE_OFFERING);
	uint64_t begun = clock_now_ns();

	expect_eq(await_state(call, LINECALLSTATE_DISCONNECTED).p2, LINEDISCONNECTMODE_NOANSWER);
	p->ms = since(begun);
	give_back(call, p);
	give_back(called, p);
}

static int open_port(unsigned *port)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(a);
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	expect(bind(fd, (struct sockaddr *)&a, sizeof(a)) == 0);
	expect(getsockname(fd, (struct sockaddr *)&a, &size) == 0);
	*port = ntohs(a.sin_port);
	return fd;
}

static void await_invites(void *arg)
{
	struct probe *p = arg;
	struct pollfd fd = { .events = POLLIN };
	char address[64], text[4096];
	unsigned port;
	uint64_t begun;
	HCALL call;

	fd.fd = open_port(&port);
	(void)snprintf(address, sizeof(address), "sip:nobody@127.0.0.1:%u", port);
	begun = clock_now_ns();
	call = dial(me.line[4], address);
	for (unsigned i = 0; i < INVITES; i++) {
		expect_eq(poll(&fd, 1, PATIENCE_MS), 1);
		expect(recv(fd.fd, text, sizeof(text), 0) > 6 && !memcmp(text, "INVITE", 6));
	}
	p->ms = since(begun);
	(void)next_state(call, LINECALLSTATE_DIALING);
	(void)await_state(call, LINECALLSTATE_PROCEEDING);
	close(fd.fd);
	give_back(call, p);
	expect_eq(state_of(mine), LINECALLSTATE_CONNECTED);
	expect_eq(state_of(theirs), LINECALLSTATE_CONNECTED);
}

static void await_message(void *arg)
{
	struct probe *p = arg;
	uint64_t begun = clock_now_ns();
	LINEMESSAGE m;

	expect_error(lineGetMessage(me.app, &m, due_ms()), LINEERR_OPERATIONFAILED);
	p->ms = since(begun);
}

static void await_end(void *arg)
{
	struct probe *p = arg;
	struct pollfd fd = { .fd = os_unix_connect(p->socket), .events = POLLIN };
	uint64_t begun = clock_now_ns();

	expect(fd.fd >= 0);
	expect_eq(poll(&fd, 1, 4 * HELLO_MS), 1);
	p->ms = since(begun);
	close(fd.fd);
}

static const char *address_of(DWORD device)
{
	static union {
		LINEADDRESSCAPS caps;
		char room[4096];
	} u;

	u.caps.dwTotalSize = sizeof(u);
	expect_ok(lineGetAddressCaps(me.app, device, 0, me.version, 0, &u.caps));
	return part_of(&u.caps, dwAddress);
}

static void call_by_sip(void *arg)
{
	(void)arg;
	(void)own_line(5);
	mine = dial(own_line(4), address_of(5));
	theirs = next_call(LINECALLSTATE_OFFERING);
	done(lineAnswer(theirs, NULL, 0));
	(void)await_state(theirs, LINECALLSTATE_CONNECTED);
	(void)await_state(mine, LINECALLSTATE_CONNECTED);
}

static void expect_calls(void *arg)
{
	(void)arg;
	expect_eq(state_of(from), LINECALLSTATE_CONNECTED);
	expect_eq(state_of(to), LINECALLSTATE_CONNECTED);
}

/* --- what they use of the processor --- */

enum { PROCESSES = 8 };

static struct {
	const char *what;
	pid_t pid;
	uint64_t cpu_ns;
} processes[PROCESSES];
static unsigned process_count, busiest;
static const char *busiest_one = "nobody";

static void watch_process(const char *what, pid_t pid)
{
	expect(process_count < PROCESSES && pid > 0);
	processes[process_count].what = what;
	processes[process_count++].pid = pid;
}

static void begin_to_count(void)
{
	for (unsigned i = 0; i < process_count; i++)
		processes[i].cpu_ns = process_cpu_ns(processes[i].pid);
}

static void count(unsigned ms)
{
	for (unsigned i = 0; i < process_count; i++) {
		uint64_t used = process_cpu_ns(processes[i].pid) - processes[i].cpu_ns;
		unsigned percent = (unsigned)(used / (ms * 10000ULL));

		if (percent <= busiest)
			continue;
		busiest = percent;
		busiest_one = processes[i].what;
	}
}

/* --- a jump --- */

static void (*const functions[WAITS])(void *probe) = {
	[GATHER] = await_digits,
	[NO_ANSWER] = await_answer,
	[SIP] = await_invites,
	[MESSAGE] = await_message,
	[HALF_OPEN] = await_end,
};
static struct app *apps[WAITS];
static unsigned wrong_times;

static void begin_wait(struct world *w, enum wait i)
{
	struct probe p = { .wait = i };

	(void)snprintf(p.socket, sizeof(p.socket), "%s", world_path(w, "run/socket"));
	app_begin(apps[i], functions[i], &p, sizeof(p));
}

static void end_wait(enum wait i)
{
	struct probe p;

	app_finish(apps[i], &p, sizeof(p));
	if (p.ms < waits[i].earliest_ms)
		waits[i].earliest_ms = p.ms;
	if (p.ms > waits[i].latest_ms)
		waits[i].latest_ms = p.ms;
	wrong_times += p.wrong_times;
}

static void jump(struct world *w, int64_t seconds)
{
	uint64_t begun = clock_now_ns();

	begin_to_count();
	for (enum wait i = 0; i < HALF_OPEN; i++)
		begin_wait(w, i);
	pause_ms(due_ms() / 3);
	wall_set(seconds);
	for (enum wait i = 0; i < HALF_OPEN; i++)
		end_wait(i);
	count(since(begun));
}

/* --- the scenario --- */

static void start_apps(struct world *w)
{
	static const char *const names[WAITS] = { NULL, "no-answer", "sip", "message",
		"half-open" };

	apps[GATHER] = talker(w);
	for (enum wait i = NO_ANSWER; i < HALF_OPEN; i++)
		apps[i] = app_start(w, names[i], 0);
	apps[HALF_OPEN] = app_start_bare(w, names[HALF_OPEN]);
	app_do(apps[SIP], call_by_sip, NULL, 0);
	app_open_line(apps[NO_ANSWER], 3, LINECALLPRIVILEGE_OWNER);
	watch_process("supervisor", world_daemon(w));
	watch_process("daemon", world_core(w));
	watch_process("exchange", world_host(w, "exchange"));
	watch_process("sip", world_host(w, "sip"));
	for (enum wait i = 0; i < HALF_OPEN; i++)
		watch_process(i == GATHER ? "talker" : names[i], app_pid(apps[i]));
}

static void add_goals(bool is_same_daemon)
{
	for (enum wait i = 0; i < WAITS; i++) {
		char what[96], limit[32];

		(void)snprintf(what, sizeof(what), "ms until the end: %s", waits[i].what);
		(void)snprintf(limit, sizeof(limit), ">= %u", waits[i].due_ms - EARLY_MS);
		goal(what, waits[i].earliest_ms >= waits[i].due_ms - EARLY_MS, limit, "%u",
				waits[i].earliest_ms);
		(void)snprintf(what, sizeof(what), "  the longest");
		(void)snprintf(limit, sizeof(limit), "<= %u", waits[i].due_ms + LATE_MS);
		goal_time(what, waits[i].latest_ms <= waits[i].due_ms + LATE_MS, limit, "%u",
				waits[i].latest_ms);
	}
	goal_none("states whose time is not what the wall clock says", wrong_times);
	goal("the watchdog was satisfied", is_same_daemon, "yes", "%s",
			is_same_daemon ? "yes" : "no");
	goal("the busiest process", busiest <= BUSY_PERCENT, "<= 15 %", "%s, %u %%", busiest_one,
			busiest);
}

void wall_jump(struct world *w)
{
	/* An hour, back a day, ten years, back all: to now. It begins past the end of NTP's first
	 * era (2036), and gets past that of 32 bits (2038). */
	static const int64_t seconds[] = { TEN_YEARS + 3600, TEN_YEARS - 86400, 2 * TEN_YEARS, 0 };
	char preload[300], usec[16];
	pid_t daemon;

	world_stop(w); /* it has the machine's clock */
	(void)snprintf(preload, sizeof(preload), "%s/lib/tests/wall.so", world_build());
	(void)snprintf(usec, sizeof(usec), "%u", WATCHDOG_MS * 1000);
	(void)setenv("WATCHDOG_USEC", usec, 1);
	wall_begin(realpath(preload, NULL));
	wall_set(TEN_YEARS);
	world_launch(w);
	start_apps(w);
	daemon = world_core(w);
	begin_wait(w, HALF_OPEN);
	for (unsigned i = 0; i < (effort.brief ? 3 : sizeof(seconds) / sizeof(seconds[0])); i++)
		jump(w, seconds[i]);
	end_wait(HALF_OPEN);
	app_do(apps[GATHER], expect_calls, NULL, 0);
	stage_judge_noise();
	add_goals(world_core(w) == daemon);
}
