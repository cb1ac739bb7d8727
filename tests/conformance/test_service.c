// SPDX-License-Identifier: MIT
/* test_service.c - what applications ask of one call: to be parked, picked up, redirected,
 * completed later, and to be something else than it was. */
#include "app.h"

#include <stdio.h>
#include <string.h>

/* Takes what is told of the call until this has changed. */
static void await_info(HCALL call, DWORD what)
{
	while (!(next_of(LINE_CALLINFO, call).p1 & what))
		continue;
}

/* --- park and pickup ------------------------------------------------------------------------ */

struct parked {
	HCALL call;
	char at[32];
};

static void park(void *arg)
{
	struct parked *p = arg;
	union {
		VARSTRING v;
		char room[64];
	} u = { .v.dwTotalSize = sizeof(u.v) + 1 };

	refused(linePark(p->call, LINEPARKMODE_NONDIRECTED, NULL, &u.v), LINEERR_STRUCTURETOOSMALL);
	expect_eq(state_of(p->call), LINECALLSTATE_CONNECTED);
	expect_error(linePark(p->call, 0, "700", NULL), LINEERR_INVALPARKMODE);
	refused(linePark(p->call, LINEPARKMODE_DIRECTED, "999", NULL), LINEERR_INVALADDRESS);
	u.v.dwTotalSize = sizeof(u);
	done(linePark(p->call, LINEPARKMODE_NONDIRECTED, NULL, &u.v));
	(void)next_state(p->call, LINECALLSTATE_IDLE);
	expect_eq(u.v.dwStringFormat, STRINGFORMAT_ASCII);
	(void)snprintf(p->at, sizeof(p->at), "%s", u.room + u.v.dwStringOffset);
	expect(strlen(p->at) + 1 == u.v.dwStringSize);
	expect_error(linePark(p->call, LINEPARKMODE_DIRECTED, "701", NULL), LINEERR_INVALCALLSTATE);
}

static void unpark(void *arg)
{
	const struct parked *p = arg;
	HLINE line = own_line(2);
	HCALL call = 0;

	refused(lineUnpark(line, 0, &call, "709"), LINEERR_INVALADDRESS);
	expect_error(lineUnpark(line, 1, &call, p->at), LINEERR_INVALADDRESSID);
	done(lineUnpark(line, 0, &call, p->at));
	expect(call != 0);
	(void)await_state(call, LINECALLSTATE_CONNECTED);
	expect_eq(info_of(call)->dwReason, LINECALLREASON_UNPARK);
	expect_eq(status_of(call)->dwCallPrivilege, LINECALLPRIVILEGE_OWNER);
	expect_str(part_of(info_of(call), dwConnectedID), "101");
}

static void a_parked_call_is_taken_back_elsewhere(struct world *w)
{
	struct app *a = app_start(w, "caller.exe", 0), *b = app_start(w, "parker.exe", 0),
		   *c = app_start(w, "taker.exe", 0);
	struct connected k = app_connect(a, 0, b, 1);
	struct parked p = { .call = k.to };

	app_do(b, park, &p, sizeof(p));
	app_do(c, unpark, &p, sizeof(p));
}

static void park_there(void *arg)
{
	done(linePark(*(HCALL *)arg, LINEPARKMODE_DIRECTED, "701", NULL));
	(void)next_state(*(HCALL *)arg, LINECALLSTATE_IDLE);
}

static void be_reminded(void *arg)
{
	HCALL call = next_call(LINECALLSTATE_OFFERING);

	(void)arg;
	expect_eq(info_of(call)->dwReason, LINECALLREASON_REMINDER);
	done(lineAnswer(call, NULL, 0));
	(void)await_state(call, LINECALLSTATE_CONNECTED);
}

/* The old handle is still there. */
static void take_back(void *arg)
{
	HCALL old = *(HCALL *)arg, call = 0;

	done(lineUnpark(own_line(1), 0, &call, "701"));
	expect(call != 0 && call != old);
	expect_eq(state_of(old), LINECALLSTATE_IDLE);
	(void)await_state(call, LINECALLSTATE_CONNECTED);
}

static void a_call_that_is_taken_back_is_a_new_one(struct world *w)
{
	struct app *a = app_start(w, "caller.exe", 0), *b = app_start(w, "parker.exe", 0);
	struct connected k = app_connect(a, 0, b, 1);

	app_do(b, park_there, &k.to, sizeof(k.to));
	app_do(b, take_back, &k.to, sizeof(k.to));
}

static void who_parks_is_reminded(struct world *w)
{
	struct app *a = app_start(w, "caller.exe", 0), *b = app_start(w, "parker.exe", 0);
	struct connected k = app_connect(a, 0, b, 1);

	app_do(b, park_there, &k.to, sizeof(k.to));
	app_do(b, be_reminded, NULL, 0);
}

static void own(void *arg)
{
	(void)own_line(*(DWORD *)arg);
}

static void call_102(void *arg)
{
	*(HCALL *)arg = dial(own_line(0), "102");
	(void)await_state(*(HCALL *)arg, LINECALLSTATE_RINGBACK);
}

static void pick_up(void *arg)
{
	HLINE line = own_line(2);
	HCALL call = 0;

	(void)arg;
	refused(linePickup(line, 0, &call, "104", NULL), LINEERR_OPERATIONFAILED);
	refused(linePickup(line, 0, &call, NULL, "nobody"), LINEERR_INVALGROUPID);
	done(linePickup(line, 0, &call, "102", NULL));
	(void)await_state(call, LINECALLSTATE_CONNECTED);
	expect_eq(info_of(call)->dwReason, LINECALLREASON_PICKUP);
	expect_str(part_of(info_of(call), dwCallerID), "101");
}

static void lose_it(void *arg)
{
	HCALL call = next_call(LINECALLSTATE_OFFERING);

	(void)arg;
	expect_eq(next_state(call, LINECALLSTATE_DISCONNECTED).p2, LINEDISCONNECTMODE_PICKUP);
}

static void a_call_is_picked_up_elsewhere(struct world *w)
{
	struct app *a = app_start(w, "caller.exe", 0), *b = app_start(w, "called.exe", 0),
		   *c = app_start(w, "taker.exe", 0);
	DWORD one = 1;
	HCALL call = 0;

	app_do(b, own, &one, sizeof(one));
	app_do(a, call_102, &call, sizeof(call));
	app_do(c, pick_up, NULL, 0);
	app_do(b, lose_it, NULL, 0);
	app_state(a, call, LINECALLSTATE_CONNECTED);
}

struct waiting {
	HCALL first;
};

static void pick_up_waiting(void *arg)
{
	HCALL first = ((struct waiting *)arg)->first, offered, call = 0;

	offered = next_call(LINECALLSTATE_OFFERING);
	done(linePickup(own_line(1), 0, &call, NULL, NULL));
	expect(call != offered);
	(void)await_state(call, LINECALLSTATE_CONNECTED);
	(void)await_state(offered, LINECALLSTATE_DISCONNECTED);
	(void)await_state(first, LINECALLSTATE_ONHOLD);
	expect_eq(info_of(call)->dwReason, LINECALLREASON_PICKUP);
}

static void a_waiting_call_is_picked_up(struct world *w)
{
	struct app *a = app_start(w, "caller.exe", 0), *b = app_start(w, "called.exe", 0);
	struct connected k = app_connect(a, 0, b, 1);
	struct waiting wait = { k.to };
	HCALL second = 0;

	app_do(a, call_102, &second, sizeof(second));
	app_do(b, pick_up_waiting, &wait, sizeof(wait));
}

/* --- accept and redirect -------------------------------------------------------------------- */

static void redirect(void *arg)
{
	HCALL call = next_call(LINECALLSTATE_OFFERING);

	(void)arg;
	refused(lineRedirect(call, "999", 0), LINEERR_INVALADDRESS);
	refused(lineRedirect(call, "1?3", 0), LINEERR_DIALPROMPT);
	done(lineRedirect(call, "103", 0));
	(void)await_state(call, LINECALLSTATE_IDLE);
	expect_str(part_of(info_of(call), dwRedirectionID), "103");
}

static void accept(void *arg)
{
	HCALL call = next_call(LINECALLSTATE_OFFERING);

	(void)arg;
	expect_eq(info_of(call)->dwReason, LINECALLREASON_REDIRECT);
	expect_str(part_of(info_of(call), dwRedirectingID), "102");
	done(lineAccept(call, NULL, 0));
	(void)next_state(call, LINECALLSTATE_ACCEPTED);
	expect_error(lineAccept(call, NULL, 0), LINEERR_INVALCALLSTATE);
	expect_error(lineRedirect(call, "104", 0), LINEERR_INVALCALLSTATE);
	done(lineAnswer(call, NULL, 0));
	(void)await_state(call, LINECALLSTATE_CONNECTED);
}

static void an_offered_call_is_redirected(struct world *w)
{
	struct app *a = app_start(w, "caller.exe", 0), *b = app_start(w, "called.exe", 0),
		   *c = app_start(w, "third.exe", 0);
	DWORD one = 1, two = 2;
	HCALL call = 0;

	app_do(b, own, &one, sizeof(one));
	app_do(c, own, &two, sizeof(two));
	app_do(a, call_102, &call, sizeof(call));
	app_do(b, redirect, NULL, 0);
	app_do(c, accept, NULL, 0);
	app_state(a, call, LINECALLSTATE_CONNECTED);
}

/* --- completion ----------------------------------------------------------------------------- */

static const struct setting one_call = { .exchange = "calls_per_line = 1\npark_ms = 200" };

static void find_busy(void *arg)
{
	DWORD id = 0;
	HCALL call = dial(own_line(2), "102");

	(void)await_state(call, LINECALLSTATE_BUSY);
	expect_error(lineUncompleteCall(me.line[2], 77), LINEERR_INVALCOMPLETIONID);
	refused(lineCompleteCall(call, &id, 3, 0), LINEERR_INVALCALLCOMPLMODE);
	refused(lineCompleteCall(call, &id, LINECALLCOMPLMODE_MESSAGE, 1000),
			LINEERR_INVALMESSAGEID);
	done(lineCompleteCall(call, &id, LINECALLCOMPLMODE_CALLBACK, 0));
	(void)await_state(call, LINECALLSTATE_IDLE);
	expect(id != 0);
	*(DWORD *)arg = id;
}

static void be_called_back(void *arg)
{
	HCALL call = next_call(LINECALLSTATE_OFFERING);

	expect_eq(info_of(call)->dwReason, LINECALLREASON_CALLCOMPLETION);
	expect_eq(info_of(call)->dwCompletionID, *(DWORD *)arg);
	done(lineAnswer(call, NULL, 0));
	(void)await_state(call, LINECALLSTATE_RINGBACK);
}

static void give_up_waiting(void *arg)
{
	DWORD id = *(DWORD *)arg;

	done(lineUncompleteCall(me.line[2], id));
	refused(lineUncompleteCall(me.line[2], id), LINEERR_INVALCOMPLETIONID);
}

static void drop(void *arg)
{
	done(lineDrop(*(HCALL *)arg, NULL, 0));
}

static void a_busy_call_is_completed_later(struct world *w)
{
	struct app *a = app_start(w, "caller.exe", 0), *b = app_start(w, "called.exe", 0),
		   *c = app_start(w, "third.exe", 0);
	struct connected k = app_connect(a, 0, b, 1);
	DWORD id = 0;

	app_do(c, find_busy, &id, sizeof(id));
	app_do(b, drop, &k.to, sizeof(k.to));
	app_do(c, be_called_back, &id, sizeof(id));
}

static void waiting_is_given_up(struct world *w)
{
	struct app *a = app_start(w, "caller.exe", 0), *b = app_start(w, "called.exe", 0),
		   *c = app_start(w, "third.exe", 0);
	DWORD id = 0;

	(void)app_connect(a, 0, b, 1);
	app_do(c, find_busy, &id, sizeof(id));
	app_do(c, give_up_waiting, &id, sizeof(id));
}

/* --- what a call is ------------------------------------------------------------------------- */

static void dial_in_parts(void *arg)
{
	HLINE line = own_line(0);
	HCALL call = dial(line, NULL);

	(void)arg;
	(void)own_line(1);
	(void)next_state(call, LINECALLSTATE_DIALTONE);
	expect_error(lineDial(call, "1?2", 0), LINEERR_DIALPROMPT);
	expect_error(lineDial(call, "1$2", 0), LINEERR_DIALBILLING);
	done(lineDial(call, "1;", 0));
	(void)next_state(call, LINECALLSTATE_DIALING);
	done(lineDial(call, "0;", 0));
	done(lineDial(call, "2", 0));
	(void)next_state(call, LINECALLSTATE_PROCEEDING);
	(void)await_state(call, LINECALLSTATE_RINGBACK);
	expect_error(lineDial(call, "3", 0), LINEERR_INVALCALLSTATE);
	expect_str(part_of(info_of(call), dwCalledID), "102");
}

static void a_number_is_dialled_in_parts(struct world *w)
{
	app_do(app_start(w, "caller.exe", 0), dial_in_parts, NULL, 0);
}

static void change_params(void *arg)
{
	HCALL call = *(HCALL *)arg;

	refused(lineSetCallParams(call, LINEBEARERMODE_DATA, 64001, 64001, NULL),
			LINEERR_RATEUNAVAIL);
	refused(lineSetCallParams(call, LINEBEARERMODE_DATA, 2, 1, NULL), LINEERR_INVALRATE);
	refused(lineSetCallParams(call, LINEBEARERMODE_MULTIUSE, 0, 0, NULL),
			LINEERR_BEARERMODEUNAVAIL);
	done(lineSetCallParams(call, LINEBEARERMODE_DATA, 0, 9600, NULL));
	await_info(call, LINECALLINFOSTATE_BEARERMODE);
	expect_eq(info_of(call)->dwBearerMode, LINEBEARERMODE_DATA);
	expect_eq(info_of(call)->dwRate, 9600);
	done(lineDrop(call, NULL, 0));
	(void)await_state(call, LINECALLSTATE_IDLE);
	expect_error(lineSetCallParams(call, LINEBEARERMODE_VOICE, 0, 0, NULL),
			LINEERR_INVALCALLSTATE);
}

static void bearer_and_rate_change(struct world *w)
{
	struct app *a = app_start(w, "caller.exe", 0), *b = app_start(w, "called.exe", 0);
	struct connected k = app_connect(a, 0, b, 1);

	app_do(a, change_params, &k.from, sizeof(k.from));
}

static void pass_through(void *arg)
{
	LINECALLPARAMS p = { .dwTotalSize = sizeof(p),
		.dwBearerMode = LINEBEARERMODE_PASSTHROUGH,
		.dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE };
	HCALL call = 0;

	(void)arg;
	done(lineMakeCall(own_line(0), &call, NULL, 0, &p));
	(void)next_state(call, LINECALLSTATE_CONNECTED);
	done(lineSetCallParams(call, LINEBEARERMODE_VOICE, 0, 0, NULL));
	(void)next_state(call, LINECALLSTATE_DISCONNECTED);
}

static void pass_through_offered(void *arg)
{
	HCALL call = next_call(LINECALLSTATE_OFFERING);

	(void)arg;
	done(lineSetCallParams(call, LINEBEARERMODE_PASSTHROUGH, 0, 0, NULL));
	(void)await_state(call, LINECALLSTATE_CONNECTED);
}

static void passthrough_connects(struct world *w)
{
	struct app *a = app_start(w, "caller.exe", 0), *b = app_start(w, "called.exe", 0);
	DWORD one = 1;
	HCALL call = 0;

	app_do(a, pass_through, NULL, 0);
	app_do(b, own, &one, sizeof(one));
	app_do(a, call_102, &call, sizeof(call));
	app_do(b, pass_through_offered, NULL, 0);
}

static void set_data(void *arg)
{
	static char blob[4097];
	HCALL call = *(HCALL *)arg;

	memset(blob, 'd', sizeof(blob));
	refused(lineSetCallData(call, blob, sizeof(blob)), LINEERR_INVALPARAM);
	done(lineSetCallData(call, blob, 4096));
	await_info(call, LINECALLINFOSTATE_CALLDATA);
}

static void has_data(void *arg)
{
	const LINECALLINFO *info = info_of(*(HCALL *)arg);

	expect_eq(info->dwCallDataSize, 4096);
	expect_eq(((const char *)info)[info->dwCallDataOffset + 4095], 'd');
}

static void remove_data(void *arg)
{
	HCALL call = *(HCALL *)arg;

	done(lineSetCallData(call, NULL, 0));
	expect_eq(info_of(call)->dwCallDataSize, 0);
}

static void data_are_seen_by_everybody(struct world *w)
{
	struct app *a = app_start(w, "caller.exe", 0), *b = app_start(w, "called.exe", 0);
	struct connected k = app_connect(a, 0, b, 1);

	app_do(a, set_data, &k.from, sizeof(k.from));
	app_do(b, has_data, &k.to, sizeof(k.to));
	app_do(b, remove_data, &k.to, sizeof(k.to));
}

static void send_uui(void *arg)
{
	static char big[1000];
	HCALL call = *(HCALL *)arg;

	refused(lineSendUserUserInfo(call, big, sizeof(big)), LINEERR_USERUSERINFOTOOBIG);
	done(lineSendUserUserInfo(call, "one", 4));
	done(lineSendUserUserInfo(call, "two", 4));
}

static void read_uui(void *arg)
{
	HCALL call = *(HCALL *)arg;

	await_info(call, LINECALLINFOSTATE_USERUSERINFO);
	expect_str(part_of(info_of(call), dwUserUserInfo), "one");
	done(lineReleaseUserUserInfo(call));
	expect_str(part_of(info_of(call), dwUserUserInfo), "two");
	done(lineReleaseUserUserInfo(call));
	expect_eq(info_of(call)->dwUserUserInfoSize, 0);
}

static void user_user_information_is_read_one_by_one(struct world *w)
{
	struct app *a = app_start(w, "caller.exe", 0), *b = app_start(w, "called.exe", 0);
	struct connected k = app_connect(a, 0, b, 1);

	app_do(a, send_uui, &k.from, sizeof(k.from));
	app_do(b, read_uui, &k.to, sizeof(k.to));
}

static void treat(void *arg)
{
	HCALL call = next_call(LINECALLSTATE_OFFERING);

	(void)arg;
	refused(lineSetCallTreatment(call, 99), LINEERR_INVALPARAM);
	done(lineSetCallTreatment(call, LINECALLTREATMENT_MUSIC));
	await_info(call, LINECALLINFOSTATE_TREATMENT);
	expect_eq(info_of(call)->dwCallTreatment, LINECALLTREATMENT_MUSIC);
}

static void a_waiting_caller_is_given_a_treatment(struct world *w)
{
	struct app *a = app_start(w, "caller.exe", 0), *b = app_start(w, "called.exe", 0);
	DWORD one = 1;
	HCALL call = 0;

	app_do(b, own, &one, sizeof(one));
	app_do(a, call_102, &call, sizeof(call));
	app_do(b, treat, NULL, 0);
}

static void secure(void *arg)
{
	done(lineSecureCall(*(HCALL *)arg));
	expect(info_of(*(HCALL *)arg)->dwCallParamFlags & LINECALLPARAMFLAGS_SECURE);
}

static void hear_busy(void *arg)
{
	HCALL call = dial(own_line(2), "102");

	(void)arg;
	(void)await_state(call, LINECALLSTATE_BUSY);
}

static void nothing_disturbs_a_secured_call(struct world *w)
{
	struct app *a = app_start(w, "caller.exe", 0), *b = app_start(w, "called.exe", 0),
		   *c = app_start(w, "third.exe", 0);
	struct connected k = app_connect(a, 0, b, 1);

	app_do(b, secure, &k.to, sizeof(k.to));
	app_do(c, hear_busy, NULL, 0);
}

static void set_qos(void *arg)
{
	HCALL call = *(HCALL *)arg;
	DWORD spec[8] = { 8000 };

	done(lineSetCallQualityOfService(call, spec, sizeof(spec), spec, sizeof(spec)));
	await_info(call, LINECALLINFOSTATE_QOS);
	expect_eq(info_of(call)->dwSendingFlowspecSize, sizeof(spec));
	spec[0] = 1000000;
	refused(lineSetCallQualityOfService(call, spec, sizeof(spec), NULL, 0),
			LINEERR_RATEUNAVAIL);
	expect_eq(info_of(call)->dwReceivingFlowspecSize, sizeof(spec));
}

static void quality_of_service_is_agreed(struct world *w)
{
	struct app *a = app_start(w, "caller.exe", 0), *b = app_start(w, "called.exe", 0);
	struct connected k = app_connect(a, 0, b, 1);

	app_do(a, set_qos, &k.from, sizeof(k.from));
}

static void tag(void *arg)
{
	HCALL call = *(HCALL *)arg;

	expect_ok(lineSetAppSpecific(call, 4711));
	await_info(call, LINECALLINFOSTATE_APPSPECIFIC);
	expect_eq(info_of(call)->dwAppSpecific, 4711);
}

static void an_application_tags_its_call(struct world *w)
{
	struct app *a = app_start(w, "caller.exe", 0), *b = app_start(w, "called.exe", 0);
	struct connected k = app_connect(a, 0, b, 1);

	app_do(a, tag, &k.from, sizeof(k.from));
}

static const struct setting soon = { .exchange = "park_ms = 200" };

static const struct row rows[] = {
	TEST("10.8 7.8 2.t2.4", "linePark lineUnpark",
			"a call parked at an orbit is taken back from another line",
			a_parked_call_is_taken_back_elsewhere),
	TEST("10.8", "linePark lineUnpark", "a call that is taken back has a new handle",
			a_call_that_is_taken_back_is_a_new_one),
	TEST_IN(&soon, "10.8", "linePark", "who parked a call is reminded of it",
			who_parks_is_reminded),
	TEST("10.9", "linePickup", "a call is picked up elsewhere, and its old leg ends so",
			a_call_is_picked_up_elsewhere),
	TEST("10.9", "linePickup", "a waiting call is picked up, the other one held",
			a_waiting_call_is_picked_up),
	TEST("2.t1.3 2.t2.2 2.t1.4", "lineRedirect lineAccept",
			"an offered call is redirected, and accepted elsewhere",
			an_offered_call_is_redirected),
	TEST_IN(&one_call, "10.10 2.t2.11 2.t1.9", "lineCompleteCall",
			"who found the line busy is called back with the completion id",
			a_busy_call_is_completed_later),
	TEST_IN(&one_call, "10.10", "lineUncompleteCall", "a completion is given up",
			waiting_is_given_up),
	TEST("14.3 14.4 14.5 2.t1.5 2.t1.6 2.t2.3", "lineDial", "a number is dialled in parts",
			a_number_is_dialled_in_parts),
	TEST("2.t2.13", "lineSetCallParams", "bearer mode and rate of a call change",
			bearer_and_rate_change),
	TEST("10.12", "lineSetCallParams", "passthrough connects a call, voice ends it",
			passthrough_connects),
	TEST("", "lineSetCallData", "call data are seen by all who have the call",
			data_are_seen_by_everybody),
	TEST("2.t2.12", "lineSendUserUserInfo lineReleaseUserUserInfo",
			"user-user information is read one by one",
			user_user_information_is_read_one_by_one),
	TEST("", "lineSetCallTreatment", "a waiting caller is given a treatment",
			a_waiting_caller_is_given_a_treatment),
	TEST("2.t2.15", "lineSecureCall", "nothing disturbs a secured call",
			nothing_disturbs_a_secured_call),
	TEST("", "lineSetCallQualityOfService", "a quality of service is agreed, or refused",
			quality_of_service_is_agreed),
	TEST("", "lineSetAppSpecific", "an application tags its call",
			an_application_tags_its_call),
};
CONFORMANCE(service, rows)
