// SPDX-License-Identifier: MIT
/* healthy.c - applications that go on as always. */
#include "healthy.h"
#include "stage.h"
#include "../conformance/app.h"

#include "base/clock.h"

#include <stdlib.h>
#include <time.h>

enum {
	SAMPLES_MAX = 1 << 16,
	SENT_MAX = 1 << 12,
	TICK_US = 5000,
	FLOOR_US = 1000,
	NOISY_US = 20000, /* quiet times above that are no measure */
	WORK_STEPS = 20000,
	SLOW_TIMES = 2,
	MOMENT_MS = 10,
	SLOW_SHARE = 8, /* those beside slow moments are not what they should be, either */
	START_MS = 20000
};
enum phase { SILENT, QUIET, BESIDE, PHASES, END = PHASES };
enum kind_of_time { REQUEST, EVENT, WORK, KINDS };

struct samples {
	unsigned count;
	struct sample {
		uint32_t when_ms, us; /* of WORK ns */
	} list[SAMPLES_MAX];
};

/* What one of them tells; its neighbour reads when it has sent what. */
struct one {
	atomic_uint phase; /* that it has come to */
	atomic_bool is_ready;
	atomic_uint sent, heard, failed;
	_Atomic uint64_t sent_ns[SENT_MAX];
	struct samples samples[PHASES][KINDS];
};

static struct shared {
	DWORD device;
	unsigned number;
	atomic_uint phase;
	struct one one[HEALTHY];
} * shared;

static struct app *apps[HEALTHY];

/* --- inside of one --- */

static struct {
	unsigned index;
	struct one *one, *neighbour;
	HLINE line;
	HCALL call, watched;
	bool is_up;
} self;

static uint64_t cpu_now_ns(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static void take(enum kind_of_time kind, uint64_t time)
{
	struct samples *s = &self.one->samples[self.one->phase][kind];

	if (s->count < SAMPLES_MAX)
		s->list[s->count++] = (struct sample){ (uint32_t)clock_now_ms(), (uint32_t)time };
}

static void take_time(enum kind_of_time kind, uint64_t since_ns)
{
	take(kind, (clock_now_ns() - since_ns) / 1000);
}

static void hear(void)
{
	take_time(EVENT, self.neighbour->sent_ns[self.one->heard % SENT_MAX]);
	self.one->heard++;
}

static void take_state(const LINEMESSAGE *m)
{
	if (m->hDevice != self.call)
		return;
	if (m->dwParam1 == LINECALLSTATE_OFFERING)
		expect(lineAnswer(self.call, NULL, 0) > 0);
	self.one->failed += self.is_up;
	self.is_up = m->dwParam1 == LINECALLSTATE_CONNECTED;
}

static void handle(const LINEMESSAGE *m)
{
	bool is_own = m->dwCallbackInstance == self.index;

	if (m->dwMessageID == LINE_APPNEWCALL)
		*(is_own ? &self.call : &self.watched) = (HCALL)m->dwParam2;
	else if (m->dwMessageID == LINE_CALLSTATE)
		take_state(m);
	else if (m->dwMessageID == LINE_CALLINFO && m->hDevice == self.watched &&
			m->dwParam1 & LINECALLINFOSTATE_APPSPECIFIC)
		hear();
	else if (m->dwMessageID == LINE_CLOSE || m->dwMessageID == TAPIX_RESYNCHRONISED)
		self.one->failed++;
}

/* Messages are dispatched when they come, until it is this time. Who is late takes those that are
 * there: else they would wait for him, not he for them. */
static void listen_until(uint64_t due_ns)
{
	dispatch(handle, 0);
	for (uint64_t now = clock_now_ns(); now < due_ns; now = clock_now_ns())
		dispatch(handle, (int)((due_ns - now) / 1000000 + 1));
}

static void ask(void)
{
	LINECALLSTATUS status = { .dwTotalSize = sizeof(status) };
	uint64_t begun = clock_now_ns();

	if (lineGetCallStatus(self.call, &status) != 0 ||
			status.dwCallState != LINECALLSTATE_CONNECTED)
		self.one->failed++;
	take_time(REQUEST, begun);
}

/* The same steps take longer only when the machine itself gets less of the real one. */
static void work(void)
{
	uint64_t begun = cpu_now_ns();

	for (volatile unsigned i = 0; i < WORK_STEPS; i++)
		continue;
	take(WORK, cpu_now_ns() - begun);
}

static void speak(void)
{
	unsigned n = self.one->sent;

	self.one->sent_ns[n % SENT_MAX] = clock_now_ns();
	if (lineSetAppSpecific(self.call, n + 1) == 0)
		self.one->sent++;
	else
		self.one->failed++;
}

static HLINE open_as(unsigned index, DWORD privilege)
{
	HLINE line;

	expect_ok(lineOpen(me.app, shared->device + index, &line, 0x00020002, 0, index, privilege,
			privilege == LINECALLPRIVILEGE_OWNER ? LINEMEDIAMODE_INTERACTIVEVOICE : 0,
			NULL));
	return line;
}

static void begin(void)
{
	DWORD version = 0x00020002;
	char number[16];
	bool calls = self.index % 2 == 1; /* its neighbour is there already */

	expect_ok(initialise(&version));
	self.line = open_as(self.index, LINECALLPRIVILEGE_OWNER);
	(void)open_as(self.index ^ 1, LINECALLPRIVILEGE_MONITOR);
	(void)snprintf(number, sizeof(number), "%u", shared->number + (self.index ^ 1));
	if (calls)
		expect(lineMakeCall(self.line, &self.call, number, 0, NULL) > 0);
	else
		self.one->is_ready = true;
	while (!self.is_up || !self.watched)
		listen_until(clock_now_ns() + 1000000);
	self.one->is_ready = true;
}

static void live(void *arg)
{
	uint64_t due;

	self.index = *(unsigned *)arg;
	self.one = &shared->one[self.index];
	self.neighbour = &shared->one[self.index ^ 1];
	begin();
	due = clock_now_ns();
	for (unsigned phase; (phase = shared->phase) != END;) {
		self.one->phase = phase;
		if (phase != SILENT) {
			ask();
			speak();
			work();
		}
		due += TICK_US * 1000;
		listen_until(due);
	}
}

/* --- from outside --- */

static void await(bool (*is_so)(const struct one *o), const char *what)
{
	uint64_t until = clock_now_ms() + START_MS;

	for (unsigned i = 0; i < HEALTHY; i++)
		while (apps[i] && !is_so(&shared->one[i])) {
			pause_ms(1);
			if (clock_now_ms() > until)
				fail_test("healthy application %u %s", i, what);
		}
}

static bool is_ready(const struct one *o)
{
	return o->is_ready;
}

static bool is_in_phase(const struct one *o)
{
	return o->phase == shared->phase;
}

static bool has_heard_all(const struct one *o)
{
	return o->heard >= shared->one[(unsigned)(o - shared->one) ^ 1].sent;
}

static void set_phase(enum phase phase)
{
	shared->phase = phase;
	await(is_in_phase, "does not go on");
}

void healthy_start(struct world *w, DWORD first_device, unsigned first_number)
{
	char name[32];

	shared = shared_new(sizeof(*shared));
	shared->device = first_device;
	shared->number = first_number;
	for (unsigned i = 0; i < HEALTHY; i++) {
		(void)snprintf(name, sizeof(name), "healthy-%u", i);
		apps[i] = app_start_bare(w, name);
		app_begin(apps[i], live, &i, sizeof(i));
		await(is_ready, "has no call");
	}
	await(is_ready, "has no call");
}

void healthy_quiet(unsigned ms)
{
	set_phase(QUIET);
	pause_ms(ms);
	healthy_apart();
}

void healthy_beside(void)
{
	goals_calm();
	for (unsigned i = 0; i < HEALTHY; i++)
		for (unsigned k = 0; k < KINDS; k++)
			shared->one[i].samples[BESIDE][k].count = 0;
	set_phase(BESIDE);
}

void healthy_apart(void)
{
	uint64_t until = clock_now_ms() + PATIENCE_MS;

	set_phase(SILENT);
	for (unsigned i = 0; i < HEALTHY; i++)
		while (!has_heard_all(&shared->one[i]) && clock_now_ms() < until)
			pause_ms(STEP_MS);
}

static int by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/* Moments in which the same work took twice the processor's time that it usually takes: others
 * than we had the real one. What was measured then says nothing about us. */
static bool was_slow[1 << 16];

static bool *moment(uint32_t when_ms)
{
	return &was_slow[when_ms / MOMENT_MS % (sizeof(was_slow) / sizeof(was_slow[0]))];
}

static bool is_of_slow_moment(const struct sample *s)
{
	for (uint32_t ms = s->when_ms - s->us / 1000; ms < s->when_ms; ms += MOMENT_MS)
		if (*moment(ms))
			return true;
	return *moment(s->when_ms);
}

struct times {
	uint32_t us[HEALTHY * SAMPLES_MAX]; /* of WORK ns, and all that there are */
	size_t count, left_out;
};

static void gather(struct times *t, enum phase phase, enum kind_of_time kind)
{
	t->count = t->left_out = 0;
	for (unsigned i = 0; i < HEALTHY; i++) {
		const struct samples *s = &shared->one[i].samples[phase][kind];

		for (unsigned k = 0; k < s->count; k++)
			if (kind != WORK && is_of_slow_moment(&s->list[k]))
				t->left_out++;
			else
				t->us[t->count++] = s->list[k].us;
	}
	qsort(t->us, t->count, sizeof(t->us[0]), by_value);
}

static void look_for_slow_moments(enum phase phase)
{
	static struct times t;
	uint32_t usual;

	gather(&t, QUIET, WORK);
	usual = t.count ? t.us[t.count / 2] : 0;
	for (unsigned i = 0; i < HEALTHY; i++) {
		const struct samples *s = &shared->one[i].samples[phase][WORK];

		for (unsigned k = 0; k < s->count; k++)
			if (s->list[k].us > SLOW_TIMES * usual)
				for (unsigned m = 0; m < 3; m++)
					*moment(s->list[k].when_ms + (m - 1) * MOMENT_MS) = true;
	}
}

/* A machine that stood still all the time has none: that is as noisy as can be. */
static uint32_t p99(enum phase phase, enum kind_of_time kind)
{
	static struct times t;

	gather(&t, phase, kind);
	if (phase == BESIDE && t.left_out > t.count / SLOW_SHARE)
		goals_noisy("the machine is slow too often: of %zu times %zu were left out",
				t.left_out + t.count, t.left_out);
	return t.count ? t.us[(t.count - 1) * 99 / 100] : UINT32_MAX;
}

/* What lasts less than a millisecond is the scheduler's. */
static void goal_p99(const char *what, const char *of, enum kind_of_time kind)
{
	uint32_t quiet = p99(QUIET, kind), beside = p99(BESIDE, kind);
	uint32_t limit = 2 * (quiet > FLOOR_US ? quiet : FLOOR_US);
	char text[96];

	if (quiet > NOISY_US)
		goals_noisy("with nothing beside it %s p99 is %u ms", of, quiet / 1000);
	(void)snprintf(text, sizeof(text), "%s: others' %s p99", what, of);
	goal_time(text, quiet <= NOISY_US && beside <= limit, "<= 2 x quiet", "%.2f ms (%.2f)",
			beside / 1000.0, quiet / 1000.0);
}

void healthy_goals(const char *what)
{
	unsigned failed = 0, lost = 0;
	char text[96];

	for (unsigned i = 0; i < HEALTHY; i++) {
		struct one *o = &shared->one[i];
		unsigned sent = shared->one[i ^ 1].sent;

		failed += atomic_exchange(&o->failed, 0);
		lost += sent > o->heard ? sent - o->heard : o->heard - sent;
		o->heard = sent;
	}
	(void)snprintf(text, sizeof(text), "%s: others' requests failed, events lost", what);
	goal(text, !failed && !lost, "0, 0", "%u, %u", failed, lost);
	stage_judge_noise();
	look_for_slow_moments(QUIET);
	look_for_slow_moments(BESIDE);
	goal_p99(what, "request", REQUEST);
	goal_p99(what, "event", EVENT);
}

double healthy_event_p99(void)
{
	return p99(BESIDE, EVENT) / 1000.0;
}

void healthy_end(void)
{
	shared->phase = END;
	for (unsigned i = 0; i < HEALTHY; i++) {
		app_finish(apps[i], &i, sizeof(i));
		app_end(apps[i]);
		apps[i] = NULL;
	}
}
