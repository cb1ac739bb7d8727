// SPDX-License-Identifier: MIT
/* call_parties.c - transfers and conferences: a consultation call belongs to the call that it is
 * made for until tapi_call_finish says what becomes of both. */
#include "libtapi/tapi3/objects.h"

#include "base/mem.h"

enum { PARTIES = 3 };

void call_leave_parties(struct tapi_call *call)
{
	call->original = call->conference = NULL;
}

void call_forget_party(const struct tapi_call *call)
{
	list_for(pos, &call->address->tapi->calls) {
		struct tapi_call *other = list_entry(pos, struct tapi_call, link);

		if (other->original == call)
			other->original = NULL;
		if (other->conference == call)
			other->conference = NULL;
	}
}

/* 0: there is no call, or it has ended. */
static HCALL live_handle(const struct tapi_call *call)
{
	return call && call->held ? call->handle : 0;
}

/* An empty destination is dialled by the application. */
LONG call_consult_dial(HCALL handle)
{
	struct app *a = handle_app(handle, HANDLE_CALL);
	struct tapi_call *call = NULL;
	struct call_request *r = NULL;
	struct tapi *tapi;
	LONG result = 0;

	if (!a)
		return 0; /* it has ended */
	objects_lock();
	tapi = tapi_find(a);
	if (tapi)
		call = tapi_ref(tapi_call_by_handle(tapi, handle));
	objects_unlock();
	app_unref(a);
	if (call && *call->params.destination)
		r = call_request_begin(call);
	if (r) {
		r->dial = true;
		result = call_request_settle(r,
				lineDial(handle, call->params.destination, call->params.country));
	}
	if (result) {
		objects_lock();
		call->error = result;
		objects_unlock();
		(void)call_hang_up(handle);
	}
	tapi_unref(call);
	return result;
}

/* A consultation that is being made. */
struct consultation {
	struct tapi_call *call, *consult;
	struct tapi_call *conference; /* that it grows, or makes; NULL */
	HCALL handle;                 /* of the call, or of the conference that grows */
	const LINECALLPARAMS *params;
};

static LONG check_consult(struct tapi_call *call, struct tapi_call *consult)
{
	if (!call || !consult)
		return fail(LINEERR_INVALPOINTER, "NULL", "there is no call");
	if (call == consult || call->address != consult->address)
		return fail(LINEERR_INVALPARAM, "consultation",
				"a consultation is another call of the same address");
	return tapi_call_need_handle(call) ? 0 : tapi_call_no_handle(call);
}

/* The object of a conference that a request is about to make, with its media. */
static struct tapi_call *conference_new(const struct tapi_call *call)
{
	struct tapi_call *conference;

	objects_lock();
	conference = tapi_call_new(call->address);
	if (conference) {
		conference->line = call->line;
		conference->dialled = true;
		conference->privilege = CP_OWNER;
		tapi_call_attach(conference, 0, MSP_CALL_OUTGOING);
	}
	objects_unlock();
	return conference;
}

static LONG no_memory(void)
{
	return fail(TAPI_E_NOTENOUGHMEMORY, "ENOMEM", "no memory for a request");
}

/* The request that makes the consultation call; conference: that it makes, too. */
static struct call_request *begin(const struct consultation *c, struct tapi_call *conference)
{
	struct call_request *r = call_request_begin_with(c->consult, conference);

	if (r)
		r->connect = r->consult = true;
	return r;
}

static LONG set_up_transfer(struct consultation *c)
{
	struct call_request *r = begin(c, NULL);
	HCALL *made = &c->call->address->tapi->app->made;

	return r ? call_request_settle(r, lineSetupTransfer(c->handle, made, c->params))
		 : no_memory();
}

static LONG add_party(struct consultation *c)
{
	struct call_request *r = begin(c, NULL);
	HCALL *made = &c->call->address->tapi->app->made;

	return r ? call_request_settle(r, linePrepareAddToConference(c->handle, made, c->params))
		 : no_memory();
}

static LONG set_up_conference(struct consultation *c)
{
	struct tapi_call *conference = conference_new(c->call);
	struct call_request *r = conference ? begin(c, conference) : NULL;
	HCALL *made = c->call->address->tapi->app->conference;
	LONG result = r ? call_request_settle(r, lineSetupConference(c->handle, 0, &made[0],
								 &made[1], PARTIES, c->params))
			: no_memory();

	tapi_unref(conference);
	return result;
}

static LONG consult_by(struct consultation *c, int sync, LONG (*set_up)(struct consultation *c))
{
	LINECALLPARAMS *params;
	LONG result = call_dialling_begin(c->consult, &params);

	if (result)
		return result;
	c->params = params;
	objects_lock();
	c->consult->line = c->call->line;
	c->consult->original = c->call;
	c->consult->conference = c->conference;
	objects_unlock();
	result = set_up(c);
	mem_free(params);
	if (!result)
		return sync ? call_await(c->consult) : 0;
	objects_lock();
	call_leave_parties(c->consult);
	objects_unlock();
	call_dialling_undo(c->consult);
	return result;
}

LONG tapi_call_transfer(struct tapi_call *call, struct tapi_call *consult, int sync)
{
	struct consultation c = { .call = call, .consult = consult };
	LONG result = check_consult(call, consult);

	if (result)
		return result;
	c.handle = tapi_call_get_handle(call);
	if (!tapi_call_get_handle(consult))
		return consult_by(&c, sync, set_up_transfer);
	objects_lock(); /* it is up already */
	consult->original = call;
	consult->conference = NULL;
	objects_unlock();
	return 0;
}

LONG tapi_call_conference(struct tapi_call *call, struct tapi_call *consult, int sync)
{
	struct consultation c = { .call = call, .consult = consult };
	LONG result = check_consult(call, consult);

	if (result)
		return result;
	objects_lock();
	c.handle = call->handle;
	if (live_handle(call->conference)) {
		c.conference = call->conference;
		c.handle = c.conference->handle;
	}
	objects_unlock();
	return consult_by(&c, sync, c.conference ? add_party : set_up_conference);
}

static LONG finish_request(struct tapi_call *consult, struct tapi_call *conference,
		struct call_request **out)
{
	struct call_request *r = call_request_begin_with(consult, conference);

	*out = r;
	if (r)
		r->finish = true;
	return r ? 0 : no_memory();
}

static LONG finish_transfer(HCALL original, HCALL h, struct tapi_call *consult)
{
	struct call_request *r;
	LONG result = finish_request(consult, NULL, &r);

	return result ? result
		      : call_request_settle(r, lineCompleteTransfer(original, h, NULL,
							       LINETRANSFERMODE_TRANSFER));
}

static LONG join(HCALL conference, HCALL h, struct tapi_call *consult)
{
	struct call_request *r;
	LONG result = finish_request(consult, NULL, &r);

	return result ? result : call_request_settle(r, lineAddToConference(conference, h));
}

/* What began as a transfer. */
static LONG finish_conference(HCALL original, HCALL h, struct tapi_call *consult)
{
	struct tapi_call *conference = conference_new(consult);
	struct call_request *r;
	LONG result = conference ? finish_request(consult, conference, &r) : no_memory();

	if (!result)
		result = call_request_settle(r,
				lineCompleteTransfer(original, h,
						&consult->address->tapi->app->conference[0],
						LINETRANSFERMODE_CONFERENCE));
	tapi_unref(conference);
	return result;
}

LONG tapi_call_finish(struct tapi_call *consult, FINISH_MODE mode)
{
	HCALL h = tapi_call_need_handle(consult), original, conference;

	if (!h)
		return tapi_call_no_handle(consult);
	objects_lock();
	original = live_handle(consult->original);
	conference = live_handle(consult->conference);
	objects_unlock();
	if (!original)
		return fail(TAPI_E_INVALCALLSTATE, "consultation",
				"the call is no consultation, or its first call has ended");
	if (mode == FM_ASTRANSFER && !conference)
		return finish_transfer(original, h, consult);
	if (mode != FM_ASCONFERENCE)
		return fail(mode == FM_ASTRANSFER ? TAPI_E_INVALCALLSTATE : LINEERR_INVALPARAM,
				"mode", "this consultation cannot be finished in this way");
	return conference ? join(conference, h, consult) : finish_conference(original, h, consult);
}
