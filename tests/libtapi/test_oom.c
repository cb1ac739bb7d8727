// SPDX-License-Identifier: MIT
/* test_oom.c - an application whose memory is short: whatever fails, fails with an error, the rest
 * goes on, and all can be let go. */
#include "libtapi/internal.h" /* before check.h, which has a macro named fail */

#include "client.h"
#include "../oom.h"
#include "../test_main.h"

static struct mock *mock;
static struct oom turn;

struct program {
	HLINEAPP app;
	HLINE line;
	HCALL call;
};

enum { LOOK_MS = 10 };

/* Messages until this one. What a failed allocation has lost is not waited for; it may fail while
 * we wait. */
static bool take(const struct program *p, DWORD message, LINEMESSAGE *m)
{
	for (unsigned left = PATIENCE_MS / LOOK_MS; left; left--) {
		const bool hopeless =
				turn.round && oom_failed(&turn); /* round 0: before the first */

		while (lineGetMessage(p->app, m, hopeless ? 0 : LOOK_MS) == 0)
			if (m->dwMessageID == message)
				return true;
		if (hopeless)
			return false;
	}
	return false;
}

static bool makes_two_calls(struct mock *m, const struct frame *f)
{
	LineSetupConferenceReply reply = LINE_SETUP_CONFERENCE_REPLY__INIT;

	if (f->h.kind != CALL_LineSetupConference)
		return false;
	reply.has_conf_call = reply.has_consult_call = 1;
	reply.conf_call = MOCK_CALL + ++m->next_call;
	reply.consult_call = MOCK_CALL + ++m->next_call;
	mock_return(m, &f->h, &reply.base);
	mock_complete(m, &f->h, NULL);
	return true;
}

static bool begin(struct program *p)
{
	LINEINITIALIZEEXPARAMS params = { .dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT };
	DWORD devices, version = 0x00030001;

	return lineInitializeEx(&p->app, 0, NULL, "test", &devices, &version, &params) == 0;
}

static bool make_call(struct program *p)
{
	LINECALLPARAMS params = { .dwTotalSize = sizeof(params) };
	LINEMESSAGE m;

	if (lineOpen(p->app, 0, &p->line, 0x00030001, 0, 0, LINECALLPRIVILEGE_OWNER,
			    LINEMEDIAMODE_INTERACTIVEVOICE, NULL))
		return false;
	if (lineMakeCall(p->line, &p->call, "102", 0, &params) < 0)
		return false;
	do
		if (!take(p, LINE_CALLSTATE, &m))
			return false;
	while (m.dwParam1 != LINECALLSTATE_CONNECTED);
	return true;
}

/* Calls that wait for the LINE_REPLY of the request that makes them. */
static unsigned pending_calls(const struct program *p)
{
	struct app *a = handle_app(p->app, HANDLE_LINEAPP);
	unsigned count = 0;
	const struct call *c;
	size_t cursor = 0;

	app_lock(a);
	while ((c = map_next(&a->calls, &cursor)))
		count += c->pending;
	app_unlock(a);
	app_unref(a);
	return count;
}

static bool use_call(struct program *p)
{
	char digits[8], buf[600] = { 0 };
	LINECALLINFO *info = (LINECALLINFO *)(void *)buf;
	HCALL conference, consult;
	LINEMESSAGE m;

	info->dwTotalSize = sizeof(buf);
	if (lineGetCallInfo(p->call, info) ||
			lineGatherDigits(p->call, LINEDIGITMODE_DTMF, digits, 4, "#", 0, 0))
		return false;
	if (lineSetupConference(p->call, 0, &conference, &consult, 3, NULL) < 0) {
		ck_assert_uint_eq(pending_calls(p), 0);
		return false;
	}
	if (!take(p, LINE_REPLY, &m) || m.dwParam2)
		return false;
	return lineGetCallInfo(consult, info) == 0;
}

static bool answer_call(struct program *p)
{
	LINEMESSAGE m;

	(void)mock_offer(mock, mock->next_open);
	if (!take(p, LINE_APPNEWCALL, &m) || !take(p, LINE_CALLSTATE, &m))
		return false;
	if (lineAnswer(m.hDevice, "hello", 6) < 0 || !take(p, LINE_REPLY, &m))
		return false;
	return lineDeallocateCall(p->call) == 0;
}

static void end(struct program *p, bool fine)
{
	LONG closed = p->line ? lineClose(p->line) : 0;

	if (fine)
		ck_assert(closed == 0 || oom_failed(&turn));
	if (p->app)
		ck_assert_int_eq(lineShutdown(p->app), 0);
}

START_TEST(each_allocation_may_fail)
{
	limits.retry = 1;
	limits.call_away = 50;
	mock = mock_new();
	mock->handler = makes_two_calls;
	for (turn = (struct oom)OOM_START; oom_next(&turn);) {
		struct program p = { 0, 0, 0 };
		bool fine = begin(&p) && make_call(&p) && use_call(&p) && answer_call(&p);

		end(&p, fine);
		ck_assert(fine || oom_failed(&turn));
	}
	ck_assert_uint_gt(turn.round, 50);
	mock_free(mock);
}
END_TEST

/* Large enough that the buffer of the connection has to grow each time. */
START_TEST(msp_data_is_sent_or_refused)
{
	static const char data[40000];
	struct program p = { 0, 0, 0 };
	struct msp m = { .msp_line = 0 };
	unsigned sent = 0;
	struct app *a;

	mock = mock_new();
	ck_assert(begin(&p) && make_call(&p));
	list_init(&m.hook.link);
	a = handle_app(p.app, HANDLE_LINEAPP);
	ck_assert_int_eq(msp_create(a, p.line, 0, &m), 0);
	for (turn = (struct oom)OOM_START; oom_next(&turn);)
		if (msp_send(a, &m, 0, data, sizeof(data)) == 0)
			mock_await(mock, CALL_TapixMspData, ++sent);
	ck_assert_uint_gt(turn.round, 3);
	msp_close(a, &m);
	app_unref(a);
	end(&p, true);
	mock_free(mock);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("libtapi oom");
	TCase *t = tcase_create("oom");

	tcase_set_timeout(t, 60);
	tcase_add_test(t, each_allocation_may_fail);
	tcase_add_test(t, msp_data_is_sent_or_refused);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
