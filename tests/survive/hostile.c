// SPDX-License-Identifier: MIT
/* hostile.c - a client of another user sends requests that are wrong in one field or more, each
 * kind of them, while others go on as always. Each is answered once, with a reason if it fails; or
 * the connection is closed, for bytes that are no message.
 */
#define _DEFAULT_SOURCE /* setgroups */
#include "hostile.h"
#include "../../bench/wire.h"
#include "../conformance/app.h"
#include "../hostile/mutant.h"
#include "healthy.h"
#include "process.h"
#include "stage.h"

#include "base/clock.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <tapi.h>
#include <unistd.h>

enum { FIRST_NUMBER = 1000, LINES = 8, FIRST = HOSTILE_DEVICE, CALLS = 4, WINDOW = 16 };
enum { PER_CONNECTION = 500, SERIALS = PER_CONNECTION + 64 };
enum { GROWTH_KIB = 256 };

struct setting hostile_setting;

/* Those who attack are another user, if there may be one: it owns its lines and nothing else. */
static const struct passwd *other_user(void)
{
	return geteuid() == 0 ? getpwnam("nobody") : NULL;
}

const char *hostile_group(void)
{
	const struct passwd *user = other_user();
	const struct group *group = user ? getgrgid(user->pw_gid) : NULL;

	return group ? group->gr_name : NULL;
}

void hostile_prepare(void)
{
	static const char rules[] = "[access nobody]\nown = line Extension 1008, "
				    "line Extension 1009, line Extension 101?, "
				    "phone Extension 1008, phone Extension 1009\n";
	static char daemon[64], providers[512];
	const char *group = hostile_group();

	if (group)
		(void)snprintf(daemon, sizeof(daemon), "group = %s", group);
	(void)snprintf(providers, sizeof(providers),
			"%s[provider exchange]\nextensions = %u-%u\ndial_ms = 3600000\n"
			"setup_ms = 0\ncalls_per_line = 4\nlog = error\n",
			group ? rules : "", FIRST_NUMBER, FIRST_NUMBER + FIRST + LINES - 1);
	hostile_setting = (struct setting){
		.providers = providers,
		.daemon = daemon,
		.arguments = "--log=error" /* each connection that it closes is a line */
	};
}

/* --- inside of the attacker --- */

struct attack {
	char folder[256]; /* of the daemon's socket */
	unsigned each;    /* mutants of each kind */
	uint64_t seed;
	/* what came of it */
	unsigned kinds, sent, done, failed, closed;
	unsigned unanswered, twice, no_reason;
	uint64_t longest_ns;
};

static struct {
	struct attack *attack;
	struct wire wire;
	bool is_up;
	uint32_t opens[LINES + 1]; /* one of them a phone */
	uint64_t calls[CALLS];
	uint8_t returns[SERIALS], completions[SERIALS];
	bool accepted[SERIALS];
	uint32_t first, waiting; /* serials: of the first mutant, of the first without RETURN */
	uint64_t sent_ns[SERIALS];
	struct chance chance;
	struct arena arena;
} self;

/* Only once: from then on the folder's path is closed to it. */
bool hostile_become_other_user(const char *folder)
{
	static bool is_done, is_other;
	const struct passwd *user = is_done ? NULL : other_user();

	if (!is_done)
		expect(chdir(folder) == 0);
	expect(!user || (setgroups(0, NULL) == 0 && setgid(user->pw_gid) == 0 &&
					setuid(user->pw_uid) == 0));
	is_other = is_other || user;
	is_done = true;
	return is_other;
}

/* Asks without waiting. False: the connection is closed. */
static bool ask(uint16_t kind, uint32_t open, const void *body, size_t size)
{
	struct frame_header h = { .kind = kind, .serial = ++self.wire.serial, .open = open };

	self.sent_ns[h.serial] = clock_now_ns();
	return wire_send(&self.wire, &h, body, size) == 0;
}

static void make_call(unsigned from, unsigned to)
{
	LineMakeCall m = LINE_MAKE_CALL__INIT;
	const LineMakeCallReply *reply;
	char number[16];
	struct frame f;

	m.has_line = 1;
	m.line = FIRST + from;
	m.dest_address = number;
	(void)snprintf(number, sizeof(number), "%u", FIRST_NUMBER + FIRST + to);
	self.wire.open = self.opens[from];
	if (wire_request(&self.wire, CALL_LineMakeCall, &m.base, &f))
		return; /* the line is not as it was */
	arena_reset(&self.arena, MESSAGE_MAX);
	reply = (const LineMakeCallReply *)arena_unpack(&self.arena,
			&line_make_call_reply__descriptor, f.body, f.h.length);
	expect(reply != NULL);
	self.calls[from] = reply->call;
}

/* Lines and a phone are open; one call will be connected, one is offered. */
static void begin(void)
{
	PhoneOpen phone = PHONE_OPEN__INIT;
	struct frame f;

	expect_eq(wire_connect(&self.wire, "socket"), 0);
	for (unsigned i = 0; i < LINES; i++) {
		expect_eq(wire_open_line(&self.wire, FIRST + i, LINECALLPRIVILEGE_OWNER), 0);
		self.opens[i] = self.wire.open;
	}
	phone.has_device = phone.has_api_version = phone.has_privilege = 1;
	phone.device = FIRST;
	phone.api_version = 0x00020002;
	phone.privilege = PHONEPRIVILEGE_OWNER;
	expect_eq(wire_request(&self.wire, CALL_PhoneOpen, &phone.base, &f), 0);
	self.opens[LINES] = f.h.open;
	for (unsigned i = 0; i < CALLS; i += 2)
		make_call(i, i + 1);
	memset(self.returns, 0, sizeof(self.returns));
	memset(self.completions, 0, sizeof(self.completions));
	memset(self.accepted, 0, sizeof(self.accepted));
	self.first = self.waiting = self.wire.serial + 1;
	self.is_up = true;
}

/* The first is answered. */
static void take_event(const struct frame *f)
{
	const Event *e;
	uint64_t line;
	LineAnswer answer = LINE_ANSWER__INIT;
	uint8_t body[32];

	arena_reset(&self.arena, MESSAGE_MAX);
	e = (const Event *)arena_unpack(&self.arena, &event__descriptor, f->body, f->h.length);
	expect(e != NULL);
	line = e->object - FIRST;
	if (e->msg != LINE_APPNEWCALL || line >= CALLS)
		return;
	self.calls[line] = e->p2;
	answer.has_call = 1;
	answer.call = e->p2;
	if (line == 1)
		(void)ask(CALL_LineAnswer, self.opens[line], body,
				line_answer__pack(&answer, body));
}

/* A session whose connection the daemon has closed is kept, unless it comes back and ends. */
static void end(void)
{
	uint64_t session = self.wire.session;

	wire_close(&self.wire);
	self.is_up = false;
	expect_eq(wire_hello(&self.wire, "socket", session), 0);
	wire_close(&self.wire);
}

static bool has_reason(const struct frame *f)
{
	const Failure *why;

	arena_reset(&self.arena, MESSAGE_MAX);
	why = f->h.flags & FLAG_FAILURE
			      ? (const Failure *)arena_unpack(&self.arena, &failure__descriptor,
						f->body, f->h.length)
			      : NULL;
	return why && why->sentence && *why->sentence;
}

static void take(const struct frame *f)
{
	struct attack *a = self.attack;
	uint32_t serial = f->h.serial;

	if (f->h.kind == FRAME_EVENT)
		take_event(f);
	if ((f->h.kind != FRAME_RETURN && f->h.kind != FRAME_COMPLETION) || serial < self.first)
		return;
	expect(serial <= self.wire.serial);
	if (f->h.result)
		a->no_reason += !has_reason(f);
	if (f->h.kind == FRAME_COMPLETION) {
		a->twice += !self.accepted[serial] || self.completions[serial]++;
		return;
	}
	a->twice += self.returns[serial]++;
	self.accepted[serial] = f->h.result == 0;
	a->done += f->h.result == 0;
	a->failed += f->h.result != 0;
	if (clock_now_ns() - self.sent_ns[serial] > a->longest_ns)
		a->longest_ns = clock_now_ns() - self.sent_ns[serial];
}

/* Until no more than so many are on their way. */
static void await_answers(unsigned few)
{
	while (self.is_up) {
		struct frame f;
		int err;

		while (self.waiting <= self.wire.serial && self.returns[self.waiting])
			self.waiting++;
		if (self.wire.serial + 1 - self.waiting <= few)
			return;
		err = wire_next(&self.wire, &f);
		if (!err) {
			take(&f);
			continue;
		}
		self.attack->closed += err != -ETIMEDOUT;
		self.attack->unanswered += err == -ETIMEDOUT;
		end();
	}
}

/* About the line, most often, and its call. */
static const ProtobufCMessage *spoilt(const struct rule *rule, unsigned line)
{
	static const uint64_t others[] = { 0, (uint64_t)1 << 32 | 1, (uint64_t)1 << 32 | 2,
		(uint64_t)1 << 32 | 99, (uint64_t)9 << 32 | 1 };
	static const char *const texts[] = { "1008", "1009", "1010", "9999", "+49 (30) 12345",
		"attacker", "tapi/line", "wave/in", "exchange" };
	const uint32_t own = FIRST + line;
	const uint32_t devices[] = { own, own, own, own, own, own, FIRST, 0, FIRST + LINES,
		LINEMAPPER };
	const uint64_t call = self.calls[line % CALLS];
	const uint64_t calls[] = { call, call, call, call, self.calls[0], self.calls[1],
		self.calls[2], self.calls[3] };
	const struct mutant_facts facts = { .calls = calls,
		.call_count = sizeof(calls) / sizeof(calls[0]),
		.other_calls = others,
		.other_call_count = sizeof(others) / sizeof(others[0]),
		.devices = devices,
		.device_count = sizeof(devices) / sizeof(devices[0]),
		.texts = texts,
		.text_count = sizeof(texts) / sizeof(texts[0]) };
	const struct mutant m = { &self.chance, &facts, &self.arena };
	ProtobufCMessage *msg;

	arena_reset(&self.arena, MESSAGE_MAX);
	msg = mutant_make(&m, rule->request);
	for (uint32_t n = chance_below(&self.chance, 4); msg && n; n--)
		mutant_spoil(&m, msg);
	return msg;
}

static void send_mutant(const struct rule *rule)
{
	static uint8_t body[LIMIT_CORE];
	unsigned line = rule_is_phone(rule) ? 0 : chance_below(&self.chance, LINES);
	const ProtobufCMessage *msg = spoilt(rule, line);
	size_t size = msg ? mutant_pack(msg, body, sizeof(body)) : 0;
	uint32_t open = self.opens[rule_is_phone(rule) ? LINES : line];

	if (chance_one_in(&self.chance, 32))
		open ^= (uint32_t)chance_u64(&self.chance);
	if (chance_one_in(&self.chance, 64))
		size = mutant_spoil_bytes(&self.chance, body, size, sizeof(body));
	self.attack->sent++;
	if (ask(rule->number, open, body, size))
		return;
	self.attack->closed++;
	end();
}

static void attack_with(const struct rule *rule)
{
	for (unsigned i = 0; i < self.attack->each; i++) {
		if (self.is_up && self.wire.serial + 1 >= self.first + PER_CONNECTION) {
			await_answers(0);
			if (self.is_up)
				end();
		}
		if (!self.is_up)
			begin();
		send_mutant(rule);
		await_answers(WINDOW - 1);
	}
	await_answers(0);
}

static void attack(void *arg)
{
	const struct rule *rule;
	unsigned cursor = 0;
	bool is_other;

	self.attack = arg;
	chance_seed(&self.chance, self.attack->seed);
	arena_init(&self.arena, MESSAGE_MAX);
	is_other = hostile_become_other_user(self.attack->folder);
	while ((rule = rule_next(&cursor))) {
		if (rule->role == ROLE_ADMIN && !is_other)
			continue; /* it would be obeyed */
		self.attack->kinds++;
		attack_with(rule);
	}
	if (self.is_up)
		end();
	arena_fini(&self.arena);
}

/* --- from outside --- */

/* Unless it was said how many. */
static unsigned mutants_of_a_kind(void)
{
	return effort.mutants ? effort.mutants : effort.brief ? 40 : 10000;
}

/* Half of it, so that what has grown to its size in the first does not grow in the second. */
static struct attack attack_half(struct app *app, struct world *w, unsigned half)
{
	struct attack a = { .each = (mutants_of_a_kind() + half) / 2,
		.seed = effort.seed * 2 + half };

	(void)snprintf(a.folder, sizeof(a.folder), "%s", world_path(w, "run"));
	app_do(app, attack, &a, sizeof(a));
	return a;
}

static void add_goals(const struct attack *a, const struct attack *b)
{
	goal("mutants of requests: of kinds, done, refused, turned out", a->done && b->done, "",
			"%u: %u, %u, %u, %u", a->sent + b->sent, b->kinds, a->done + b->done,
			a->failed + b->failed, a->closed + b->closed);
	goal_none("mutants of requests without a RETURN", a->unanswered + b->unanswered);
	goal_none("mutants of requests answered twice", a->twice + b->twice);
	goal_none("mutants of requests refused without a reason", a->no_reason + b->no_reason);
	goal_time("mutants of requests: longest time to a RETURN", b->longest_ns < 1000000000,
			"< 1 s", "%.3f s", (double)b->longest_ns / 1e9);
}

static void add_goals_of_framing(const struct framing *f)
{
	goal("frames cut, mixed, too long, empty, out of place: as due", !f->wrong, "all",
			"%u of %u%s%s", f->cases - f->wrong, f->cases, f->wrong ? ", not " : "",
			f->first);
}

/* What grows to its size at first is no leak: the short form does not judge memory. */
void hostile_judge_process(const char *what, pid_t pid, const struct process *then, long more_kib)
{
	struct process now = process_at_rest(pid);
	char text[96], limit[32];

	(void)snprintf(text, sizeof(text), "%s: descriptors as before", what);
	goal(text, now.descriptors <= then->descriptors, "yes", "%u (%u)", now.descriptors,
			then->descriptors);
	(void)snprintf(text, sizeof(text), "%s: memory as before", what);
	(void)snprintf(limit, sizeof(limit), "+%ld KiB", more_kib);
	goal_time(text, now.own_kib <= then->own_kib + more_kib, limit, "%ld KiB (%ld)",
			now.own_kib, then->own_kib);
}

void hostile_client(struct world *w)
{
	struct app *attacker = app_start_bare(w, "attacker"), *framer;
	pid_t host_pid = world_host(w, "exchange");
	struct framing framing = { .cases = 0 };
	struct process core, host;
	struct attack first, second;

	expect(chmod(world_path(w, "run"), 0711) == 0);
	framer = app_start_bare(w, "framer");
	(void)snprintf(framing.folder, sizeof(framing.folder), "%s", world_path(w, "run"));
	healthy_start(w, 0, FIRST_NUMBER);
	first = attack_half(attacker, w, 0);
	core = process_at_rest(world_daemon(w));
	host = process_at_rest(host_pid);
	healthy_quiet(effort.brief ? 300 : 4000);
	healthy_beside();
	app_begin(framer, framing_try, &framing, sizeof(framing));
	second = attack_half(attacker, w, 1);
	app_finish(framer, &framing, sizeof(framing));
	healthy_apart();
	add_goals(&first, &second);
	add_goals_of_framing(&framing);
	healthy_goals("mutants of requests");
	hostile_judge_process("mutants of requests: the daemon", world_daemon(w), &core,
			GROWTH_KIB);
	hostile_judge_process("mutants of requests: the host", host_pid, &host, GROWTH_KIB);
	healthy_end();
}
