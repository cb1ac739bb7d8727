// SPDX-License-Identifier: MIT
/* exhaust_ports.c - an application has UDP ports for the sound of one call (TAPI_MEDIA_PORTS) and
 * makes more; then SIP is to be taken at a port that somebody else has. */
#include "exhaust.h"
#include "../conformance/app.h"

#include "base/clock.h"
#include "base/random.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <tapi3.h>
#include <time.h>
#include <unistd.h>

enum { FIRST_PORT = 10000, PORTS = 6000, TRIES = 200 };

static char providers[256];
struct setting ports_setting = { .providers = providers };
static uint16_t port;

/* -1: somebody has it. */
static int take_port(uint16_t number)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(number) };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	expect(fd >= 0 && fcntl(fd, F_SETFD, FD_CLOEXEC) == 0);
	if (bind(fd, (struct sockaddr *)&a, sizeof(a)) == 0)
		return fd;
	close(fd);
	return -1;
}

/* One that is free now; fd: taken, or NULL. */
static uint16_t choose_port(int *fd)
{
	for (int i = 0; i < TRIES; i++) {
		uint16_t number = (uint16_t)((FIRST_PORT + random_u64() % PORTS) & ~1ULL);
		int taken = take_port(number);

		if (taken < 0)
			continue;
		if (fd)
			*fd = taken;
		else
			close(taken);
		return number;
	}
	fail_test("no port is free");
}

static void write_providers(uint16_t at)
{
	(void)snprintf(providers, sizeof(providers),
			"[provider sip]\nlisten = 127.0.0.1:%u\n"
			"[sip alice]\nuser = alice\n[sip bob]\nuser = bob\n",
			at);
}

void ports_prepare(void)
{
	port = choose_port(NULL);
	write_providers(port);
}

static void with_sound(void *arg)
{
	char range[32];
	uint16_t first = choose_port(NULL);

	(void)snprintf(range, sizeof(range), "%u-%u", first, first + 1);
	expect(setenv("TAPI_MEDIA_PORTS", range, 1) == 0);
	expect_ok(tapi_line_media(own_line(*(DWORD *)arg)));
}

/* --- calls --- */

struct sip_call {
	HCALL call;
	char number[64];
	struct tapix_reason reason;
	unsigned received;
};

static void call_bob(void *arg)
{
	struct sip_call *c = arg;

	c->call = dial(own_line(0), c->number);
}

static void answer(void *arg)
{
	struct sip_call *c = arg;

	c->call = next_call(LINECALLSTATE_OFFERING);
	done(lineAnswer(c->call, NULL, 0));
	(void)await_state(c->call, LINECALLSTATE_CONNECTED);
}

static void await_connected(void *arg)
{
	(void)await_state(((struct sip_call *)arg)->call, LINECALLSTATE_CONNECTED);
}

static void see_refusal(void *arg)
{
	struct sip_call *c = arg;

	(void)await_state(c->call, LINECALLSTATE_DISCONNECTED);
	memset(&c->reason, 0, sizeof(c->reason));
	expect_ok(tapixGetCallReason(c->call, &c->reason));
	done(lineDrop(c->call, NULL, 0));
	expect_ok(lineDeallocateCall(c->call));
}

static void drop(void *arg)
{
	struct sip_call *c = arg;

	done(lineDrop(c->call, NULL, 0));
	(void)await_state(c->call, LINECALLSTATE_IDLE);
	expect_ok(lineDeallocateCall(c->call));
}

static void see_end(void *arg)
{
	(void)await_state(((struct sip_call *)arg)->call, LINECALLSTATE_DISCONNECTED);
	drop(arg);
}

static void measure(void *arg)
{
	static const char name[] = "Received-Packets: ";
	struct sip_call *c = arg;
	union {
		VARSTRING v;
		char room[4096];
	} u;
	const char *at;

	memset(&u, 0, sizeof(u));
	u.v.dwTotalSize = sizeof(u) - 1;
	done(tapixGetCallMedia(c->call, &u.v));
	at = strstr(u.room + u.v.dwStringOffset, name);
	c->received = at ? (unsigned)strtoul(at + sizeof(name) - 1, NULL, 10) : 0;
}

#define IN(app, fn, call) app_do((app), (fn), (call), sizeof(*(call)))

static void connect_both(struct app *alice, struct app *bob, struct sip_call *from,
		struct sip_call *to)
{
	(void)snprintf(from->number, sizeof(from->number), "sip:bob@127.0.0.1:%u", port);
	IN(alice, call_bob, from);
	IN(bob, answer, to);
	IN(alice, await_connected, from);
}

/* --- a port for SIP --- */

static void ask_provider(void *arg)
{
	struct tapix_provider *sip = arg, all[4];
	DWORD count = 4;

	expect_ok(tapixGetProviders(me.app, all, sizeof(all[0]), &count));
	*sip = all[0];
}

static void begin(void *version)
{
	expect_ok(initialise(version));
}

static void await_provider(struct app *a, const char *state, struct tapix_provider *sip)
{
	const struct timespec pause = { .tv_nsec = 20000000 };

	for (int i = 0; i < PATIENCE_MS / 20; i++) {
		IN(a, ask_provider, sip);
		if (strcmp(sip->state, state) == 0)
			return;
		(void)nanosleep(&pause, NULL);
	}
	fail_test("the provider is %s, not %s: %s", sip->state, state, sip->reason.sentence);
}

static void start_at_a_taken_port(struct world *w)
{
	struct app *a = app_start_bare(w,
			"clerk"); /* before there is a port that it would have too */
	struct tapix_provider sip;
	DWORD version = 0x00020002;
	struct watch k;
	int fd;

	world_stop(w);
	fd = take_port(port);
	expect(fd >= 0);
	world_launch(w);
	app_do(a, begin, &version, sizeof(version));
	await_provider(a, "restarting", &sip);
	watch_begin(&k, w, world_daemon(w), 0, 0);
	goal("ports: a provider without its port says so",
			strstr(sip.reason.sentence, "Address already in use") != NULL, "yes",
			"%.24s", sip.reason.cause);
	watch_end(&k, "port of SIP", 2);
	close(fd);
	await_provider(a, "running", &sip);
	goal("ports: it runs when it can have it", true, "yes", "yes");
}

void exhaust_ports(struct world *w)
{
	struct app *alice = app_start(w, "alice", 0), *bob = app_start(w, "bob", 0);
	struct sip_call from = { .call = 0 }, to = from, more;
	DWORD lines[2] = { 0, 1 };
	struct watch k;
	unsigned before;

	app_do(alice, with_sound, &lines[0], sizeof(lines[0]));
	app_do(bob, with_sound, &lines[1], sizeof(lines[1]));
	connect_both(alice, bob, &from, &to);
	IN(alice, measure, &from);
	before = from.received;
	watch_begin(&k, w, world_daemon(w), world_host(w, "sip"), 0);
	more = from;
	IN(alice, call_bob, &more);
	IN(alice, see_refusal, &more);
	watch_end(&k, "ports", 1);
	goal("ports: a call without a port for sound ends with a reason",
			more.reason.layer && more.reason.cause[0] && more.reason.sentence[0], "yes",
			"%.24s", more.reason.cause);
	IN(alice, measure, &from);
	goal("ports: the sound of the first call goes on", from.received > before, "> 0 packets",
			"%u", from.received - before);
	IN(alice, drop, &from);
	IN(bob, see_end, &to);
	connect_both(alice, bob, &from, &to);
	goal("ports: afterwards there is another call", true, "yes", "yes");
	app_end(alice);
	app_end(bob);
	start_at_a_taken_port(w);
}
