// SPDX-License-Identifier: MIT
/* test_state.c - section 2: what LINE_CALLSTATE says, and in which states a function is refused. */
#include "bad_input.h"

#include <string.h>
#include <tapi3.h>

/* --- messages --- */

static void talk_and_drop(void *arg)
{
	HLINE line = own_line(0);
	HCALL call, called;

	(void)arg;
	(void)own_line(1);
	call = dial(line, "102");
	called = next_call(LINECALLSTATE_OFFERING);
	done(lineAccept(called, NULL, 0));
	(void)await_state(called, LINECALLSTATE_ACCEPTED);
	done(lineAnswer(called, NULL, 0));
	(void)await_state(called, LINECALLSTATE_CONNECTED);
	(void)await_state(call, LINECALLSTATE_CONNECTED);
	done(lineDrop(called, NULL, 0));
	(void)await_state(call, LINECALLSTATE_DISCONNECTED);
	done(lineDrop(call, NULL, 0));
	(void)await_state(call, LINECALLSTATE_IDLE);
	expect_none(LINE_CALLSTATE, call, ANY);
	expect(lineDrop(call, NULL, 0) < 0);
	expect_none(LINE_CALLSTATE, call, ANY);
	expect_eq(state_of(call), LINECALLSTATE_IDLE);
}

static void each_state_is_one_bit(void *arg)
{
	unsigned states = 0;

	talk_and_drop(arg);
	for (unsigned i = 0; i < messages(); i++) {
		const struct message *m = message_at(i);
		DWORD state = (DWORD)m->p1 & 0x00ffffff;

		if (m->id != LINE_CALLSTATE)
			continue;
		states++;
		expect(state && !(state & (state - 1)));
	}
	expect(states >= 8);
}

static void idle_is_final(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), talk_and_drop, NULL, 0);
}

static void one_bit(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), each_state_is_one_bit, NULL, 0);
}

static void modes(void *arg)
{
	HLINE line = own_line(0);
	HCALL call, called;

	(void)arg;
	(void)own_line(1);
	call = dial(line, NULL);
	expect(next_state(call, LINECALLSTATE_DIALTONE).p2 != 0);
	done(lineDrop(call, NULL, 0));
	call = dial(line, "101");
	expect_eq(await_state(call, LINECALLSTATE_BUSY).p2, LINEBUSYMODE_STATION);
	done(lineDrop(call, NULL, 0));
	call = dial(line, "199");
	expect_eq(await_state(call, LINECALLSTATE_DISCONNECTED).p2, LINEDISCONNECTMODE_BADADDRESS);
	done(lineDrop(call, NULL, 0));
	call = dial(line, "102");
	called = (HCALL)next(LINE_APPNEWCALL).p2;
	expect_eq(next_state(called, LINECALLSTATE_OFFERING).p2, LINEOFFERINGMODE_ACTIVE);
	done(lineAnswer(called, NULL, 0));
	(void)await_state(called, LINECALLSTATE_CONNECTED);
	expect_eq(await_state(call, LINECALLSTATE_CONNECTED).p2 &
					~(DWORD_PTR)LINECONNECTEDMODE_ACTIVE,
			0);
	done(lineDrop(called, NULL, 0));
	expect_eq(await_state(call, LINECALLSTATE_DISCONNECTED).p2, LINEDISCONNECTMODE_NORMAL);
}

static void state_has_its_mode(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), modes, NULL, 0);
}

struct privileged {
	HCALL call;
	DWORD privilege;
};

/* The first state brings the privilege, later ones bring 0. */
static void first_privilege(void *arg)
{
	struct privileged *p = arg;
	struct message m = next(LINE_APPNEWCALL), s;

	expect_eq(m.p3, p->privilege);
	p->call = (HCALL)m.p2;
	s = next_of(LINE_CALLSTATE, p->call);
	expect_eq(s.p3, p->privilege);
}

static void answer_it(void *arg)
{
	done(lineAnswer(((struct privileged *)arg)->call, NULL, 0));
}

static void no_privilege(void *arg)
{
	const struct privileged *p = arg;

	expect_eq(await_state(p->call, LINECALLSTATE_CONNECTED).p3, 0);
}

static void dial_102(void *arg)
{
	(void)arg;
	(void)dial(me.line[0], "102");
}

static void third_parameter_is_the_privilege(struct world *w)
{
	struct app *a = app_start(w, "caller.exe", 0), *b = app_start(w, "owner.exe", 0);
	struct app *c = app_start(w, "watcher.exe", 0);
	struct privileged owner = { 0, LINECALLPRIVILEGE_OWNER };
	struct privileged monitor = { 0, LINECALLPRIVILEGE_MONITOR };

	(void)app_open_line(a, 0, LINECALLPRIVILEGE_OWNER);
	(void)app_open_line(b, 1, LINECALLPRIVILEGE_OWNER);
	(void)app_open_line(c, 1, LINECALLPRIVILEGE_MONITOR);
	app_do(a, dial_102, NULL, 0);
	app_do(b, first_privilege, &owner, sizeof(owner));
	app_do(c, first_privilege, &monitor, sizeof(monitor));
	app_do(b, answer_it, &owner, sizeof(owner));
	app_do(b, no_privilege, &owner, sizeof(owner));
	app_do(c, no_privilege, &monitor, sizeof(monitor));
}

static void unknown_is_in_call_states(void *arg)
{
	HCALL call = dial(own_line(0), NULL);

	(void)arg;
	expect(info_of(call)->dwCallStates & LINECALLSTATE_UNKNOWN);
	expect(info_of(call)->dwCallStates & LINECALLSTATE_DIALTONE);
}

static void info_admits_unknown(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), unknown_is_in_call_states, NULL, 0);
}

/* Digits that a call sends are no dialling, in whatever state it is. */
static void send_digits(void *arg)
{
	HLINE line = own_line(0);
	HCALL call, called;
	LONG result;

	(void)arg;
	expect_ok(tapi_line_media(line));
	expect_ok(tapi_line_media(own_line(1)));
	call = dial(line, NULL);
	(void)await_state(call, LINECALLSTATE_DIALTONE);
	result = lineGenerateDigits(call, LINEDIGITMODE_DTMF, "1", 50);
	expect(result == 0 || result == LINEERR_INVALCALLSTATE);
	expect_none(LINE_CALLSTATE, call, ANY);
	expect_eq(state_of(call), LINECALLSTATE_DIALTONE);
	done(lineDial(call, "102", 0));
	called = next_call(LINECALLSTATE_OFFERING);
	done(lineAnswer(called, NULL, 0));
	(void)await_state(call, LINECALLSTATE_CONNECTED);
	expect_ok(lineGenerateDigits(call, LINEDIGITMODE_DTMF, "12", 50));
	while (next_of(LINE_GENERATE, call).p1 != LINEGENERATETERM_DONE)
		;
	expect_none(LINE_CALLSTATE, call, ANY);
	expect_eq(state_of(call), LINECALLSTATE_CONNECTED);
}

static void generated_digits_are_no_dialling(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), send_digits, NULL, 0);
}

static DWORD first_state(const char *number, HCALL *call)
{
	*call = dial(own_line(0), number);
	return (DWORD)next_of(LINE_CALLSTATE, *call).p1;
}

static void successors(void *arg)
{
	const DWORD begins = LINECALLSTATE_DIALTONE | LINECALLSTATE_DIALING |
			     LINECALLSTATE_PROCEEDING | LINECALLSTATE_CONNECTED;
	HCALL call, called;

	(void)arg;
	(void)own_line(1);
	expect_eq(first_state(NULL, &call), LINECALLSTATE_DIALTONE);
	done(lineDrop(call, NULL, 0));
	expect_eq(first_state("10;", &call), LINECALLSTATE_DIALING);
	done(lineDrop(call, NULL, 0));
	expect(first_state("101", &call) & begins); /* its own number */
	(void)await_state(call, LINECALLSTATE_PROCEEDING);
	(void)next_state(call, LINECALLSTATE_BUSY);
	done(lineDrop(call, NULL, 0));
	expect(first_state("103", &call) & begins); /* where nobody is */
	(void)await_state(call, LINECALLSTATE_PROCEEDING);
	(void)next_state(call, LINECALLSTATE_DISCONNECTED);
	done(lineDrop(call, NULL, 0));
	expect(first_state("102", &call) & begins);
	(void)await_state(call, LINECALLSTATE_PROCEEDING);
	(void)next_state(call, LINECALLSTATE_RINGBACK);
	called = next_call(LINECALLSTATE_OFFERING);
	done(lineDrop(called, NULL, 0)); /* rejects it */
	(void)next_state(call, LINECALLSTATE_DISCONNECTED);
	done(lineDrop(call, NULL, 0));
	(void)first_state("102", &call);
	(void)await_state(call, LINECALLSTATE_RINGBACK);
	done(lineAnswer(next_call(LINECALLSTATE_OFFERING), NULL, 0));
	(void)next_state(call, LINECALLSTATE_CONNECTED);
}

static void outgoing_calls_go_their_way(struct world *w)
{
	app_do(app_start(w, "one.exe", 0), successors, NULL, 0);
}

/* --- which states a function wants --- */

#define S(state)  LINECALLSTATE_##state
#define ANY_STATE 0x00ffffffU
#define HELD      (S(ONHOLD) | S(ONHOLDPENDTRANSFER) | S(ONHOLDPENDCONF))

struct wanted_states {
	const char *functions;
	DWORD states;
	bool join; /* also CONNECTED, but INACTIVE */
};

/* Refused in each other state that a call of the scene is in, and nothing else is refused by the
 * rule. */
static void check_states(const struct function *f, const struct wanted_states *want)
{
	const struct rule *rule = function_rule(f);
	struct value v[PARAMETERS_MAX];

	expect_eq(rule->states & ANY_STATE, want->states & ANY_STATE);
	expect_eq((rule->states & STATES_JOIN) != 0, want->join);
	for (unsigned i = 0; i < SCENE_CALLS; i++) {
		if (!scene.call[i] || (want->states & scene.state[i]))
			continue;
		good_values(f, v);
		v[0].number = scene.call[i];
		must_fail(f, v, LINEERR_INVALCALLSTATE, "the call's state is %#x", scene.state[i]);
	}
}

static const struct wanted_states *wanted_now;

static void check_one(const struct function *f)
{
	char name[64];
	size_t n = strlen(f->name);
	const char *at = strstr(wanted_now->functions, f->name);

	(void)name;
	if (at && (at[n] == ' ' || !at[n]) && (at == wanted_now->functions || at[-1] == ' '))
		check_states(f, wanted_now);
}

static void run_states(void *arg)
{
	memcpy(&wanted_now, arg, sizeof(wanted_now));
	each_function(check_one);
}

static void states_of(struct world *w, const struct wanted_states *want)
{
	struct app *a = app_start(w, "one.exe", 0), *b = app_start(w, "two.exe", 0);

	scene_make(a, b);
	app_do(a, run_states, &want, sizeof(want));
}

/* clang-format off */
#define STATES(name, functions, states, join)                                                      \
	static void name(struct world *w)                                                          \
	{                                                                                          \
		static const struct wanted_states want = { functions, states, join };              \
                                                                                                   \
		states_of(w, &want);                                                               \
	}
STATES(answer_wants, "lineAnswer", S(OFFERING) | S(ACCEPTED), true)
STATES(accept_wants, "lineAccept lineRedirect", S(OFFERING), false)
STATES(dial_wants, "lineDial", S(DIALTONE) | S(DIALING), false)
STATES(connected_is_wanted, "lineHold linePark lineBlindTransfer lineSetupTransfer lineSetupConference", S(CONNECTED), false)
STATES(unhold_wants, "lineUnhold", HELD, false)
STATES(swap_wants, "lineSwapHold", S(CONNECTED), false)
STATES(complete_transfer_wants, "lineCompleteTransfer", S(ONHOLD) | S(ONHOLDPENDTRANSFER), false)
STATES(prepare_wants, "linePrepareAddToConference", S(CONNECTED), false)
STATES(complete_call_wants, "lineCompleteCall", S(BUSY) | S(RINGBACK), false)
STATES(user_user_wants, "lineSendUserUserInfo", S(CONNECTED) | S(OFFERING) | S(ACCEPTED) | S(RINGBACK), false)
STATES(params_want, "lineSetCallParams lineMonitorDigits", ANY_STATE & ~(S(IDLE) | S(DISCONNECTED)), false)
STATES(media_wants, "lineMonitorMedia", ANY_STATE & ~S(IDLE), false)
STATES(any_state_will_do, "lineDrop lineSecureCall lineSetMediaMode lineHandoff lineGatherDigits lineGenerateDigits", ANY_STATE, false)
/* clang-format on */

static const struct row rows[] = {
	TEST("2.1 2.t1.13", "lineAccept lineAnswer lineDrop", "nothing follows IDLE",
			idle_is_final),
	TEST("2.3", "", "each LINE_CALLSTATE has one state", one_bit),
	TEST("2.5 2.6", "", "a state comes with its mode", state_has_its_mode),
	TEST("2.4", "lineGenerateDigits", "generated digits are no dialling",
			generated_digits_are_no_dialling),
	TEST("2.t1.2 2.t1.7 2.t1.8", "lineMakeCall lineAnswer",
			"an outgoing call goes from dialling to its end",
			outgoing_calls_go_their_way),
	TEST("2.9", "lineOpen",
			"the first state of a handle brings the privilege, later ones bring none",
			third_parameter_is_the_privilege),
	TEST("2.10", "lineGetCallInfo", "UNKNOWN is among the states of LINECALLINFO",
			info_admits_unknown),
	TEST_IN(&scene_setting, "2.t2.1", "", "lineAnswer wants a call that is offered",
			answer_wants),
	TEST_IN(&scene_setting, "2.t2.2", "", "lineAccept and lineRedirect want OFFERING",
			accept_wants),
	TEST_IN(&scene_setting, "2.t2.3", "", "lineDial wants DIALTONE or DIALING", dial_wants),
	TEST_IN(&scene_setting, "2.t2.4", "", "hold, park, transfer and conference want CONNECTED",
			connected_is_wanted),
	TEST_IN(&scene_setting, "2.t2.5", "", "lineUnhold wants a call on hold", unhold_wants),
	TEST_IN(&scene_setting, "2.t2.6", "", "lineSwapHold wants an active call", swap_wants),
	TEST_IN(&scene_setting, "2.t2.7", "", "lineCompleteTransfer wants a call on hold",
			complete_transfer_wants),
	TEST_IN(&scene_setting, "2.t2.8", "", "linePrepareAddToConference wants CONNECTED",
			prepare_wants),
	TEST_IN(&scene_setting, "2.t2.11", "", "lineCompleteCall wants BUSY or RINGBACK",
			complete_call_wants),
	TEST_IN(&scene_setting, "2.t2.12", "", "user-user information wants a call that has a peer",
			user_user_wants),
	TEST_IN(&scene_setting, "2.t2.13 22.t1.8", "",
			"call parameters want a call that is not over", params_want),
	TEST_IN(&scene_setting, "2.t2.14", "", "lineMonitorMedia wants a call that is not IDLE",
			media_wants),
	TEST_IN(&scene_setting, "2.t2.15", "", "some functions want no state", any_state_will_do),
};
CONFORMANCE(state, rows)
