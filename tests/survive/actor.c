// SPDX-License-Identifier: MIT
/* actor.c - an application that lives through the kills: it dispatches all the time, keeps books of
 * its calls and requests, and does what its part is. */
#include "board.h"
#include "../conformance/app.h"

#include "base/clock.h"
#include "base/random.h"

#include <limits.h>
#include <poll.h>
#include <string.h>
#include <tapix.h>

enum { LINES_MAX = DEVICES_MAX, BOOK_MAX = 2048, TICK_MS = 5, LOST_MS = 15000 };

struct own owns[OWN_MAX];

static struct entry {
	LONG id; /* 0: free */
	const char *what;
	struct own *about[3];
	bool at_kill;
} book[BOOK_MAX];

static struct {
	const struct part *part;
	struct actor *board;
	HLINE line[LINES_MAX];
	DWORD device[LINES_MAX];
	unsigned lines, used; /* owns[] from there on are free */
	unsigned handled;     /* messages since the last order */
} self;

struct tally *tally(void)
{
	return &self.board->tally;
}

bool chance(unsigned n)
{
	return random_u64() % n == 0;
}

HLINE actor_open(DWORD device, DWORD privileges)
{
	HLINE line;

	expect(self.lines < LINES_MAX);
	expect_ok(lineOpen(me.app, device, &line, 0x00020002, 0, device, privileges,
			privileges == LINECALLPRIVILEGE_OWNER ? LINEMEDIAMODE_INTERACTIVEVOICE : 0,
			NULL));
	self.line[self.lines] = line;
	self.device[self.lines++] = device;
	return line;
}

/* --- calls --- */

struct own *own_new(DWORD device, unsigned scene)
{
	for (unsigned i = 0; i < OWN_MAX; i++) {
		if (owns[i].used)
			continue;
		owns[i] = (struct own){ .device = device, .scene = scene, .used = true };
		if (i >= self.used)
			self.used = i + 1;
		return &owns[i];
	}
	fail_test("there are too many calls");
}

static struct own *next_own(const struct own *after)
{
	size_t i = after ? (size_t)(after - owns) + 1 : 0;

	for (; i < self.used; i++)
		if (owns[i].used && owns[i].call)
			return &owns[i];
	return NULL;
}

struct own *own_of(HCALL call)
{
	for (struct own *o = next_own(NULL); o; o = next_own(o))
		if (o->call == call)
			return o;
	return NULL;
}

static enum class class_of(DWORD state) {
	if (is_held(state)) return CLASS_HELD;
	if (state & (LINECALLSTATE_OFFERING | LINECALLSTATE_ACCEPTED)) return CLASS_RINGING;
	return state & (LINECALLSTATE_CONNECTED | LINECALLSTATE_CONFERENCED) ? CLASS_CONNECTED
									     : CLASS_DIALLING;
}

static void tell_loss(const struct own *o)
{
	struct tapix_reason why = { 0 };

	(void)tapixGetCallReason(o->call, &why);
	fprintf(stderr, "%s: scene %u, line %u: call %#x was %#x at kill %u, is lost: [%s] %s\n",
			me.name, o->scene, o->device, o->call, o->at_kill, board->kills, why.cause,
			why.sentence);
}

/* What became of a call that was there at the kill. */
static void conclude(struct own *o, DWORD state)
{
	enum mood mood = scene_mood(o->scene);
	struct tally *t = tally();
	bool over = is_over(state);

	if (!o->counted)
		return;
	o->counted = false;
	if (over && !o->dropped && !o->is_conference && self.part != &watcher_part) {
		t->ended++;
		t->no_cause += !o->has_cause;
		if (!o->has_cause || mood != MORTAL)
			tell_loss(o);
	}
	if (mood != MORTAL) {
		t->all[class_of(o->at_kill)]++;
		t->kept[class_of(o->at_kill)] += !over;
	}
	if (mood == STILL) {
		t->still++;
		t->moved += state != o->at_kill || o->changes;
	}
}

void own_end(struct own *o)
{
	conclude(o, LINECALLSTATE_IDLE);
	o->used = false;
}

static void take_state(const LINEMESSAGE *m)
{
	struct own *o = own_of(m->hDevice);
	struct tapix_reason why;

	if (!o)
		return;
	o->told = (DWORD)m->dwParam1 & 0x00ffffffu;
	o->changes++;
	if (is_over(o->told) && tapixGetCallReason(o->call, &why) == 0 && why.cause[0])
		o->has_cause = true;
}

/* --- requests --- */

/* All of them are seen when the scenario ends early, or with KEEP. */
static void must_say_why(const struct tapix_reason *why)
{
	tally()->no_reason += !why->sentence[0];
	fprintf(stderr, "%s: kill %u: [%s] %s\n", me.name, board->kills, why->cause, why->sentence);
}

bool succeeded(LONG result)
{
	struct tapix_reason why;

	if (result >= 0)
		return true;
	tapixGetLastReason(&why);
	must_say_why(&why);
	return false;
}

/* A call that was to be made and is not. */
static void release(struct own *o, LONG busy)
{
	if (!o)
		return;
	o->busy = busy;
	if (!busy && !o->call)
		o->used = false;
}

void asked_for(LONG id, const char *what, struct own *a, struct own *b, struct own *c)
{
	struct entry *e = book;

	if (!succeeded(id))
		id = 0;
	release(a, id);
	release(b, id);
	release(c, id);
	if (!id)
		return;
	while (e < book + BOOK_MAX && e->id)
		e++;
	if (e == book + BOOK_MAX)
		fail_test("there are too many requests");
	*e = (struct entry){ id, what, { a, b, c }, false };
}

static void take_reply(const LINEMESSAGE *m)
{
	struct tapix_reason why = { 0 };
	struct entry *e = book;

	while (e < book + BOOK_MAX && (!e->id || e->id != (LONG)m->dwParam1))
		e++;
	if (e == book + BOOK_MAX) {
		tally()->unexpected++;
		return;
	}
	if (m->dwParam2) {
		(void)tapixGetReplyReason(me.app, (DWORD)m->dwParam1, &why);
		must_say_why(&why);
	}
	if (e->at_kill && m->dwParam2)
		tally()->failed++;
	else if (e->at_kill)
		tally()->done++;
	e->id = 0;
	for (unsigned i = 0; i < 3; i++)
		release(e->about[i], 0);
}

bool own_clean(struct own *o)
{
	if (o->told & (LINECALLSTATE_DISCONNECTED | LINECALLSTATE_BUSY))
		own_drop(o);
	else if (!(o->told & LINECALLSTATE_IDLE))
		return false;
	else if (succeeded(lineDeallocateCall(o->call)))
		own_end(o);
	return true;
}

void own_drop(struct own *o)
{
	o->dropped = o->dropped || !is_over(o->told);
	asked(lineDrop(o->call, NULL, 0), o, NULL, NULL);
}

/* --- the kill --- */

static void take_resync(void)
{
	self.board->resyncs++;
	for (struct own *o = next_own(NULL); o; o = next_own(o)) {
		if (o->counted || !o->told || is_over(o->told) || o->dropped)
			continue;
		o->counted = true;
		o->at_kill = o->told;
		o->changes = 0;
	}
	for (struct entry *e = book; e < book + BOOK_MAX; e++) {
		if (!e->id || e->at_kill)
			continue;
		e->at_kill = true;
		tally()->waiting++;
	}
}

/* A call that nobody ends in this round. */
static struct own *lasting(void)
{
	for (struct own *o = next_own(NULL); o; o = next_own(o))
		if (o->told && !is_over(o->told) && scene_mood(o->scene) != MORTAL)
			return o;
	return NULL;
}

static LONG use_a_handle(void)
{
	union {
		LINECALLSTATUS call;
		LINEDEVSTATUS line;
		char room[2048];
	} u;
	const struct own *o = lasting();

	memset(&u, 0, sizeof(u));
	u.call.dwTotalSize = sizeof(u);
	if (!o)
		return lineGetLineDevStatus(self.line[0], &u.line);
	return lineGetCallStatus(o->call, &u.call);
}

/* The time from the kill until a handle works; only then is anything else done. */
static void look_for_kill(void)
{
	unsigned kills = board->kills;
	uint64_t killed = board->killed_ns;

	if (kills == self.board->kills)
		return;
	while (!succeeded(use_a_handle()))
		if (clock_now_ns() - killed > LOST_MS * 1000000ULL)
			fail_test("%s: no handle works %d s after the kill", me.name,
					LOST_MS / 1000);
	self.board->valid_ns = clock_now_ns() - killed;
	self.board->kills = kills;
}

/* --- orders --- */

static void handle(const LINEMESSAGE *m)
{
	self.handled++;
	if (m->dwMessageID == LINE_CALLSTATE)
		take_state(m);
	else if (m->dwMessageID == LINE_REPLY)
		take_reply(m);
	else if (m->dwMessageID == TAPIX_RESYNCHRONISED)
		take_resync();
	else if (m->dwMessageID == LINE_CLOSE)
		tally()->bad_lines++;
	self.part->message(m);
}

void dispatch(void (*take)(const LINEMESSAGE *m), int wait_ms)
{
	struct pollfd p = { .fd = (int)me.event, .events = POLLIN };
	LINEMESSAGE m;

	if (wait_ms)
		(void)poll(&p, 1, wait_ms);
	while (lineGetMessage(me.app, &m, 0) == 0)
		take(&m);
}

static void drain(void)
{
	dispatch(handle, 0);
}

void actor_await(const struct own *o)
{
	LINEMESSAGE m;

	while (o->busy)
		if (succeeded(lineGetMessage(me.app, &m, PATIENCE_MS)))
			handle(&m);
		else
			fail_test("%s: no reply came", me.name);
}

/* The answer of the provider comes behind all that it has said before. */
static void sync(void)
{
	union {
		VARSTRING s;
		char room[256];
	} u = { .s = { .dwTotalSize = sizeof(u) } };

	(void)succeeded(lineGetDevConfig(self.device[0], &u.s, "tapi/line"));
	drain();
	self.board->handled = self.handled;
	self.handled = 0;
}

static DWORD state_now(const struct own *o, DWORD *hub)
{
	union {
		LINECALLSTATUS status;
		LINECALLINFO info;
		char room[4096];
	} u;
	DWORD state = 0;

	memset(&u, 0, sizeof(u));
	u.status.dwTotalSize = sizeof(u);
	if (succeeded(lineGetCallStatus(o->call, &u.status))) {
		state = u.status.dwCallState;
		tally()->wrong_privilege += u.status.dwCallPrivilege !=
					    (self.part == &watcher_part ? LINECALLPRIVILEGE_MONITOR
									: LINECALLPRIVILEGE_OWNER);
	}
	memset(&u, 0, sizeof(u));
	u.info.dwTotalSize = sizeof(u);
	*hub = succeeded(lineGetCallInfo(o->call, &u.info)) ? u.info.dwCallID : 0;
	return state;
}

static void show(struct view *views, const struct own *o, DWORD state, DWORD hub)
{
	struct view *v = &views[o->device];

	expect(v->count < CALLS_MAX);
	v->call[v->count++] = (struct seen){ state, hub };
}

static void report(bool is_judged)
{
	struct view *views = self.part == &watcher_part ? board->watched : board->owned;
	DWORD hub;

	for (unsigned i = 0; i < self.lines; i++)
		views[self.device[i]].count = 0;
	for (struct own *o = next_own(NULL); o; o = next_own(o)) {
		DWORD state = o->told ? state_now(o, &hub) : 0;

		if (!o->told)
			continue;
		if (!(state & LINECALLSTATE_IDLE))
			show(views, o, state, hub);
		if (!is_judged)
			continue;
		tally()->told_wrong += state != o->told;
		conclude(o, state);
	}
}

static void show_open_requests(void)
{
	for (const struct entry *e = book; e < book + BOOK_MAX; e++)
		if (e->id)
			fprintf(stderr, "%s: request %d, %s, line %u%s\n", me.name, e->id, e->what,
					e->about[0]->device,
					e->at_kill ? ", was under way at the kill" : "");
}

static void judge(void)
{
	LINEDEVSTATUS status = { .dwTotalSize = sizeof(status) };

	report(true);
	for (unsigned i = 0; i < self.lines; i++)
		tally()->bad_lines += !succeeded(lineGetLineDevStatus(self.line[i], &status));
	show_open_requests();
	for (struct entry *e = book; e < book + BOOK_MAX; e++) {
		tally()->unanswered += e->id != 0;
		e->id = 0;
	}
	if (self.part->judge)
		self.part->judge();
}

static void show_restless(void)
{
	DWORD hub;

	show_open_requests();
	for (const struct own *o = owns; o < owns + self.used; o++)
		if (o->used && o->scene + 1 == self.board->restless)
			fprintf(stderr,
					"%s: scene %u, line %u: call %#x, told %#x, is %#x, "
					"request %d\n",
					me.name, o->scene, o->device, o->call, o->told,
					o->call ? state_now(o, &hub) : 0, o->busy);
}

static void obey(void)
{
	unsigned orders = board->orders;

	if (orders == self.board->done)
		return;
	if (board->order == ORDER_CLEAN && self.part->clean)
		self.part->clean();
	else if (board->order == ORDER_SYNC)
		sync();
	else if (board->order == ORDER_REPORT)
		report(false);
	else if (board->order == ORDER_SHOW)
		show_restless();
	else if (board->order == ORDER_JUDGE)
		judge();
	self.board->done = orders;
}

static unsigned has_open_requests(void)
{
	for (const struct entry *e = book; e < book + BOOK_MAX; e++)
		if (e->id)
			return e->about[0] ? e->about[0]->scene + 1 : UINT_MAX;
	return 0;
}

static unsigned restless(void)
{
	unsigned scene = has_open_requests();

	if (scene || !self.part->restless)
		return scene;
	return self.part->restless();
}

void actor_live(void *arg)
{
	const struct cast *c = arg;

	self.part = c->part;
	self.board = &board->actor[c->actor];
	random_seed(effort.seed * ACTORS_MAX + c->actor + 1);
	self.part->begin(c->index);
	while (board->mode != MODE_END) {
		struct pollfd p = { .fd = (int)me.event, .events = POLLIN };

		(void)poll(&p, 1, TICK_MS);
		look_for_kill();
		drain();
		if (self.part->act)
			self.part->act();
		self.board->restless = restless();
		obey();
	}
}
