// SPDX-License-Identifier: MIT
/* kit_raise.c - requests and events: each completion once, each event of something that is there,
 * in the order of the contract. */
#include "kit_raise.h"

#include "base/clock.h"
#include "wire/names.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t raised;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static struct kit_request requests[REQUESTS_MAX];
static DWORD request_count;
static struct kit_call calls[CALLS_MAX];
static DWORD call_count;
static DWORD line_handles;
static bool over;

static void init(void)
{
	pthread_condattr_t attr;

	(void)pthread_condattr_init(&attr);
	(void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&raised, &attr);
	(void)pthread_condattr_destroy(&attr);
}

static void enter(void)
{
	(void)pthread_once(&once, init);
	pthread_mutex_lock(&lock);
}

static void enter_callback(const char *what)
{
	enter();
	if (over)
		fault("it raises %s after TSPI_providerShutdown has returned", what);
}

static void leave_callback(void)
{
	(void)pthread_cond_broadcast(&raised);
	pthread_mutex_unlock(&lock);
}

static const char *message_name(DWORD msg)
{
	const char *name = names_constant("LINE_", msg);

	return name ? name : "a message that there is not";
}

static struct kit_line *find_line(HTAPILINE ht)
{
	for (DWORD i = 0; i < kit.lines && i < LINES_MAX; i++)
		if (ht && kit.line[i].ht == ht)
			return &kit.line[i];
	return NULL;
}

static struct kit_call *find_call(HTAPICALL ht)
{
	for (DWORD i = 0; i < call_count; i++)
		if (calls[i].ht == ht)
			return &calls[i];
	return NULL;
}

static struct kit_call *new_call(struct kit_line *l)
{
	struct kit_call *c = &calls[call_count];

	if (call_count == CALLS_MAX)
		stop("the kit has no room for more calls");
	*c = (struct kit_call){ .ht = 0x2000 + ++call_count, .line = l };
	return c;
}

static void on_new_call(struct kit_line *l, HDRVCALL hd, DWORD_PTR where)
{
	struct kit_call *c;

	if (!hd)
		fault("LINE_NEWCALL names the call handle 0, which means none");
	if (!where) {
		fault("LINE_NEWCALL has no place (dwParam2) for the host's handle");
		return;
	}
	c = new_call(l);
	c->hd = hd;
	*(HTAPICALL *)where = c->ht;
}

static void on_call_state(struct kit_call *c, DWORD_PTR state)
{
	DWORD low = (DWORD)state & 0xffffff;

	if (!low || (low & (low - 1)) || !names_constant("LINECALLSTATE_", low))
		fault("LINE_CALLSTATE says %#lx, which is not exactly one LINECALLSTATE_",
				(unsigned long)state);
	if (c->idle)
		fault("a call that is IDLE becomes %s: IDLE is final",
				names_constant("LINECALLSTATE_", low)
						? names_constant("LINECALLSTATE_", low)
						: "something else");
	c->state = low;
	c->idle = c->idle || low == LINECALLSTATE_IDLE;
}

static void on_call_event(struct kit_call *c, DWORD msg, DWORD_PTR p1)
{
	const struct kit_request *r = c->making;

	if (r && !r->completions)
		fault("%s of a new call comes before the completion of its %s", message_name(msg),
				r->what);
	else if (r && r->result)
		fault("%s comes of a call whose %s has failed", message_name(msg), r->what);
	if (c->closed)
		fault("%s comes of a call that was closed", message_name(msg));
	if (!c->raised && !r && msg != LINE_CALLSTATE && msg != LINE_CALLINFO &&
			msg != LINE_SENDMSPDATA)
		fault("%s comes before the first LINE_CALLSTATE of a new call", message_name(msg));
	c->raised = true;
	if (msg == LINE_CALLSTATE)
		on_call_state(c, p1);
}

static bool needs_no_line(DWORD msg)
{
	return msg == LINE_CREATE || msg == LINE_REMOVE || msg == LINE_SENDMSPDATA ||
	       msg == LINE_CREATEDIALOGINSTANCE;
}

void CALLBACK raise_line(HTAPILINE ht_line, HTAPICALL ht_call, DWORD msg, DWORD_PTR p1,
		DWORD_PTR p2, DWORD_PTR p3)
{
	struct kit_line *l;
	struct kit_call *c;

	(void)p3;
	enter_callback(message_name(msg));
	l = find_line(ht_line);
	c = ht_call ? find_call(ht_call) : NULL;
	if (!l && !needs_no_line(msg))
		fault("%s names the line handle %#lx, which it was never given", message_name(msg),
				(unsigned long)ht_line);
	else if (l && !l->open && l->was_open && !needs_no_line(msg))
		fault("%s comes of a line that was closed", message_name(msg));
	else if (ht_call && !c)
		fault("%s names the call handle %#lx, which it was never given", message_name(msg),
				(unsigned long)ht_call);
	else if (msg == LINE_NEWCALL)
		on_new_call(l, (HDRVCALL)p1, p2);
	else if (c)
		on_call_event(c, msg, p1);
	else if (msg == LINE_CALLSTATE)
		fault("LINE_CALLSTATE names no call");
	leave_callback();
}

void CALLBACK raise_phone(HTAPIPHONE ht_phone, DWORD msg, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3)
{
	(void)ht_phone;
	(void)msg;
	(void)p1;
	(void)p2;
	(void)p3;
	enter_callback("a phone's message");
	leave_callback();
}

void CALLBACK raise_completion(DRV_REQUESTID id, LONG result)
{
	struct kit_request *r;

	enter_callback("a completion");
	r = id && id <= request_count ? &requests[id - 1] : NULL;
	if (!r) {
		fault("it completes the request %#x, which it was never given", (unsigned)id);
		leave_callback();
		return;
	}
	if (r->completions++)
		fault("it completes %s %u times", r->what, r->completions);
	if (result > 0)
		fault("it completes %s with %#x, which is no error code", r->what,
				(unsigned)result);
	if (r->completions == 1)
		r->result = result;
	leave_callback();
}

void raise_open(struct kit_line *l)
{
	enter();
	l->ht = 0x1000 + ++line_handles;
	l->open = true;
	pthread_mutex_unlock(&lock);
}

static bool is_on(const struct kit_request *r, const struct kit_line *l, const struct kit_call *c)
{
	return c ? r->call == c : r->line == l;
}

void raise_closed(struct kit_line *l, struct kit_call *c)
{
	enter();
	for (DWORD i = 0; i < request_count; i++) {
		const struct kit_request *r = &requests[i];

		if (is_on(r, l, c) && r->accepted && !r->completions)
			fault("%s returns with %s uncompleted",
					c ? "TSPI_lineCloseCall" : "TSPI_lineClose", r->what);
	}
	if (c)
		c->closed = true;
	for (DWORD i = 0; l && i < call_count; i++)
		if (calls[i].line == l)
			calls[i].closed = true;
	pthread_mutex_unlock(&lock);
}

void raise_session_over(void)
{
	enter();
	over = true;
	pthread_mutex_unlock(&lock);
	kit_idle(100);
	enter();
	over = false;
	for (DWORD i = 0; i < call_count; i++)
		calls[i].closed = true;
	pthread_mutex_unlock(&lock);
}

/* --- requests --- */

struct kit_request *kit_request(const char *what, struct kit_line *l, struct kit_call *c)
{
	struct kit_request *r;

	enter();
	if (request_count == REQUESTS_MAX)
		stop("the kit has no room for more requests");
	r = &requests[request_count++];
	*r = (struct kit_request){ .what = what, .id = request_count, .line = l, .call = c };
	pthread_mutex_unlock(&lock);
	return r;
}

struct kit_call *kit_call(struct kit_line *l, struct kit_request *r)
{
	struct kit_call *c;

	enter();
	c = new_call(l);
	c->making = r;
	pthread_mutex_unlock(&lock);
	return c;
}

LONG kit_returned(struct kit_request *r, LONG result)
{
	enter();
	if (result >= 0 && result != (LONG)r->id)
		fault("%s returns %d, which is neither the request's id nor an error", r->what,
				(int)result);
	if (result < 0 && r->completions)
		fault("%s fails with %s although it was completed", r->what, kit_error(result));
	r->accepted = result == (LONG)r->id;
	pthread_mutex_unlock(&lock);
	return result;
}

/* Under the lock: waits until something is raised; false: the time is over. */
static bool wait_more(uint64_t until_ms)
{
	uint64_t now = clock_now_ms();
	struct timespec at;

	if (now >= until_ms)
		return false;
	now = until_ms - now < 500 ? until_ms - now : 500;
	(void)clock_gettime(CLOCK_MONOTONIC, &at);
	at.tv_nsec += (long)now * 1000000;
	at.tv_sec += at.tv_nsec / 1000000000;
	at.tv_nsec %= 1000000000;
	(void)pthread_cond_timedwait(&raised, &lock, &at);
	child_is_alive();
	return true;
}

LONG kit_wait(struct kit_request *r)
{
	uint64_t until = clock_now_ms() + WAIT_MS;
	LONG result;

	enter();
	while (!r->completions && wait_more(until))
		continue;
	if (!r->completions)
		fault("%s is not completed within %d s", r->what, WAIT_MS / 1000);
	result = r->completions ? r->result : LINEERR_OPERATIONFAILED;
	pthread_mutex_unlock(&lock);
	return result;
}

bool kit_await(struct kit_call *c, DWORD states, unsigned ms)
{
	uint64_t until = clock_now_ms() + ms;
	bool is_there;

	enter();
	while (!(c->state & states) && wait_more(until))
		continue;
	is_there = (c->state & states) != 0;
	pthread_mutex_unlock(&lock);
	return is_there;
}

void kit_idle(unsigned ms)
{
	uint64_t until = clock_now_ms() + ms;

	enter();
	while (wait_more(until))
		continue;
	pthread_mutex_unlock(&lock);
}
