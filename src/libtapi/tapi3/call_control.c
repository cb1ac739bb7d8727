// SPDX-License-Identifier: MIT
/* call_control.c - what an application wants of a call: requests of tapi.h whose LINE_REPLY becomes
 * the object's state. */
#include "libtapi/tapi3/objects.h"

#include "base/clock.h"
#include "base/mem.h"

#include <string.h>

/* --- Requests that are answered later -------------------------------------------------------- */

/* call NULL: whose it is does not matter. */
static struct call_request *request_begin(struct tapi *tapi, struct tapi_call *call,
		struct tapi_call *conference)
{
	struct call_request *r = mem_new(struct call_request);

	if (!r)
		return NULL;
	atomic_init(&r->id, 0);
	r->ours = r->running = true;
	objects_lock();
	r->tapi = tapi_ref(tapi);
	r->call = tapi_ref(call);
	r->conference = tapi_ref(conference);
	list_init(&r->link);
	if (!tapi->closed) /* else it is over when its thread has settled it */
		list_append(&tapi->requests, &r->link);
	objects_unlock();
	(void)request_watch(&r->id); /* last: what unlocking says are requests, too */
	return r;
}

struct call_request *call_request_begin(struct tapi_call *call)
{
	return request_begin(call->address->tapi, call, NULL);
}

struct call_request *call_request_begin_with(struct tapi_call *call, struct tapi_call *conference)
{
	return request_begin(call->address->tapi, call, conference);
}

/* Its thread frees it when that is still at it. */
static void request_end(struct call_request *r)
{
	list_remove(&r->link);
	if (r->running)
		return;
	tapi_unref(r->conference);
	tapi_unref(r->call);
	tapi_unref(r->tapi);
	mem_free(r);
}

LONG call_request_settle(struct call_request *r, LONG result)
{
	(void)request_watch(NULL);
	objects_lock();
	r->running = false;
	/* Its LINE_REPLY may have been faster. */
	if (result <= 0 || list_empty(&r->link))
		request_end(r);
	objects_unlock();
	return result < 0 ? result : 0;
}

static struct call_request *request_find(struct tapi *tapi, DWORD id)
{
	list_for(pos, &tapi->requests) {
		struct call_request *r = list_entry(pos, struct call_request, link);

		if (id && atomic_load(&r->id) == id)
			return r;
	}
	return NULL;
}

static void connected(struct tapi_call *call, LONG result, struct made_call made)
{
	call->handle = made.handle;
	call->id = made.id;
	if (result || !call->handle) {
		call->error = result ? result : TAPI_E_REQUESTFAILED;
		call->handle = 0;
		if (call->own) /* nobody knows the object of a call of tapi.h yet */
			tapi_call_set_state(call, CS_DISCONNECTED, CEC_DISCONNECT_FAILED,
					call->error);
		tapi_call_detach(call);
		tapi_call_over(call);
		return;
	}
	if (!call->held)
		tapi_ref(call);
	call->held = true;
	if (call->state == CS_IDLE)
		tapi_call_set_state(call, CS_INPROGRESS, CEC_NONE, 0);
}

/* Of a conference the application hears when it is there. */
static void conference_made(struct call_request *r, LONG result, struct made_call made)
{
	if (result || !made.handle) {
		tapi_call_detach(r->conference);
		return;
	}
	r->conference->own = true;
	connected(r->conference, 0, made);
	r->call->conference = r->conference;
	if (r->call->original)
		r->call->original->conference = r->conference;
}

/* Nobody has asked for it, so nobody is to hear of its LINE_REPLY. */
LONG call_hang_up(HCALL handle)
{
	struct app *a = handle_app(handle, HANDLE_CALL);
	struct call_request *r;
	struct tapi *tapi;
	LONG result;

	if (!a)
		return 0; /* it has ended */
	objects_lock();
	tapi = tapi_ref(tapi_find(a));
	objects_unlock();
	app_unref(a);
	r = tapi ? request_begin(tapi, NULL, NULL) : NULL;
	result = lineDrop(handle, NULL, 0);
	if (r)
		result = call_request_settle(r, result);
	tapi_unref(tapi);
	return result;
}

/* What is to be done with the call now. */
static LONG (*next_step(const struct call_request *r, LONG result))(HCALL handle)
{
	if (r->connect && r->call->dropping)
		return call_hang_up;
	if (r->consult && !result)
		return call_consult_dial;
	return r->dial && result ? call_hang_up : NULL;
}

bool call_request_replied(struct tapi *tapi, DWORD id, LONG result, const struct made_call made[2])
{
	struct call_request *r = request_find(tapi, id);
	LONG (*next)(HCALL handle) = NULL;
	HCALL handle = 0;
	bool ours;

	if (!r)
		return false;
	ours = r->ours;
	if (r->conference)
		conference_made(r, result, made[0]);
	if (r->connect) {
		connected(r->call, result, made[r->conference != NULL]);
	} else if (result && r->call) {
		r->call->error = result;
		tapi_call_set_state(r->call, r->call->state, CEC_NONE, result);
	}
	if (r->call) {
		handle = r->call->handle;
		next = next_step(r, result);
		if (r->finish && !result)
			r->call->original = NULL;
	}
	request_end(r);
	if (next && handle)
		objects_say_later(next, handle);
	return ours;
}

void call_requests_forget(struct tapi *tapi, const struct tapi_call *call)
{
	list_for_safe(pos, &tapi->requests) {
		struct call_request *r = list_entry(pos, struct call_request, link);

		if (r->call == call)
			request_end(r);
	}
}

LONG tapi_call_no_handle(const struct tapi_call *call)
{
	LONG result = call ? tapi_need(call->address->tapi) : 0;

	return result ? result
		      : fail(TAPI_E_INVALCALLSTATE, "state",
					call ? "the call is not connected, or has ended"
					     : "there is no call");
}

HCALL tapi_call_need_handle(struct tapi_call *call)
{
	HCALL handle = tapi_call_get_handle(call);

	if (!handle)
		(void)tapi_call_no_handle(call);
	return handle;
}

/* `function` with the handle h of a call, and its LINE_REPLY. */
#define REQUEST(call, function)                                                                    \
	HCALL h = tapi_call_need_handle(call);                                                     \
	struct call_request *r = h ? call_request_begin(call) : NULL;                              \
                                                                                                   \
	if (!h)                                                                                    \
		return tapi_call_no_handle(call);                                                  \
	if (!r)                                                                                    \
		return fail(TAPI_E_NOTENOUGHMEMORY, "ENOMEM", "no memory for a request");          \
	return call_request_settle(r, (function))

/* --- Connect --------------------------------------------------------------------------------- */

/* LINECALLPARAMS with its texts behind it. */
struct made_params {
	LINECALLPARAMS p;
	char texts[];
};

static void add(struct made_params *m, size_t *at, const void *data, size_t size, DWORD *field_size,
		DWORD *field_offset)
{
	if (!data || !size)
		return;
	memcpy(m->texts + *at, data, size);
	*field_size = (DWORD)size;
	*field_offset = (DWORD)(sizeof(m->p) + *at);
	*at += size;
}

static size_t length(const char *text)
{
	return text ? strlen(text) + 1 : 0;
}

/* Under the lock. */
static struct made_params *make_params(const struct tapi_call *call)
{
	const struct call_params *c = &call->params;
	size_t size = length(c->called_party) + length(c->comment) + length(c->displayable) +
		      length(c->calling_party) + c->user_user_size;
	struct made_params *m = mem_zalloc(1, sizeof(*m) + size);
	DWORD modes = media_modes_from_types(call->address, c->media_types);
	size_t at = 0;

	if (!m)
		return NULL;
	m->p.dwTotalSize = (DWORD)(sizeof(m->p) + size);
	m->p.dwBearerMode = c->bearer_mode ? c->bearer_mode : LINEBEARERMODE_VOICE;
	m->p.dwMinRate = c->min_rate;
	m->p.dwMaxRate = c->max_rate;
	/* A call is made with one media mode. */
	m->p.dwMediaMode = modes & LINEMEDIAMODE_INTERACTIVEVOICE ? LINEMEDIAMODE_INTERACTIVEVOICE
								  : modes & (0 - modes);
	m->p.dwCallParamFlags = c->flags;
	m->p.dwAddressMode = LINEADDRESSMODE_ADDRESSID;
	m->p.dwAddressID = call->address->id;
	m->p.dwAddressType = c->address_type;
	add(m, &at, c->called_party, length(c->called_party), &m->p.dwCalledPartySize,
			&m->p.dwCalledPartyOffset);
	add(m, &at, c->comment, length(c->comment), &m->p.dwCommentSize, &m->p.dwCommentOffset);
	add(m, &at, c->displayable, length(c->displayable), &m->p.dwDisplayableAddressSize,
			&m->p.dwDisplayableAddressOffset);
	add(m, &at, c->calling_party, length(c->calling_party), &m->p.dwCallingPartyIDSize,
			&m->p.dwCallingPartyIDOffset);
	add(m, &at, c->user_user, c->user_user_size, &m->p.dwUserUserInfoSize,
			&m->p.dwUserUserInfoOffset);
	return m;
}

/* Dialled once; from then on the library holds the call. */
LONG call_dialling_begin(struct tapi_call *call, LINECALLPARAMS **params)
{
	struct made_params *m;

	objects_lock();
	m = call->dialled ? NULL : make_params(call);
	if (m) {
		call->dialled = call->held = true;
		tapi_ref(call);
	}
	objects_unlock();
	*params = m ? &m->p : NULL;
	if (m)
		return 0;
	return call->dialled ? fail(TAPI_E_INVALCALLSTATE, "state", "this call is dialled already")
			     : fail(TAPI_E_NOTENOUGHMEMORY, "ENOMEM", "no memory to dial");
}

void call_dialling_undo(struct tapi_call *call)
{
	objects_lock();
	call->dialled = call->held = false;
	tapi_unref(call);
	objects_unlock();
}

static LONG dial(struct tapi_call *call)
{
	struct call_request *r;
	LINECALLPARAMS *params;
	LONG result = tapi_need(call->address->tapi);

	if (!result)
		result = call_dialling_begin(call, &params);

	if (result)
		return result;
	r = call_request_begin(call);
	if (r) {
		r->connect = true;
		result = call_request_settle(r,
				lineMakeCall(call->line, &call->address->tapi->app->made,
						call->params.destination, call->params.country,
						params));
	} else {
		result = fail(TAPI_E_NOTENOUGHMEMORY, "ENOMEM", "no memory to dial");
	}
	mem_free(params);
	if (result)
		call_dialling_undo(call);
	return result;
}

static LONG outcome(const struct tapi_call *call)
{
	LONG result = TAPI_E_REQUESTFAILED;

	objects_lock();
	if (call->state == CS_CONNECTED)
		result = 0;
	else if (call->error)
		result = call->error;
	else if (call->cause == CEC_DISCONNECT_BUSY)
		result = TAPI_E_DESTBUSY;
	else if (call->cause == CEC_DISCONNECT_NOANSWER)
		result = TAPI_E_DESTNOANSWER;
	else if (call->cause == CEC_DISCONNECT_BADADDRESS)
		result = TAPI_E_INVALADDRESS;
	objects_unlock();
	return result;
}

/* Another thread may have taken the news from the descriptor before this one was waiting for it. */
enum { AWAIT_MS = 50 };

LONG call_await(struct tapi_call *call)
{
	struct tapi *tapi = call->address->tapi;
	LONG result = 0;

	while (result >= 0) {
		CALL_STATE state = tapi_call_get_state(call);

		if (state == CS_CONNECTED || state == CS_DISCONNECTED)
			return outcome(call);
		result = tapi_dispatch(tapi, AWAIT_MS);
		if (result == TAPI_E_TIMEOUT)
			result = 0;
	}
	return result;
}

LONG tapi_call_connect(struct tapi_call *call, int sync)
{
	LONG result;

	if (!call)
		return fail(LINEERR_INVALPOINTER, "NULL", "there is no call");
	tapi_ref(call);
	result = dial(call);
	if (!result && sync)
		result = call_await(call);
	tapi_unref(call);
	return result;
}

/* --- The rest -------------------------------------------------------------------------------- */

LONG tapi_call_answer(struct tapi_call *call)
{
	REQUEST(call, lineAnswer(h, NULL, 0));
}

/* Before the LINE_REPLY of lineMakeCall there is nothing to drop yet; before lineMakeCall nothing
 * at all. */
static bool ended_without_handle(struct tapi_call *call)
{
	bool done = true;

	objects_lock();
	if (call->handle)
		done = call->line_state == LINECALLSTATE_IDLE;
	else if (call->dialled && call->held)
		call->dropping = true;
	else
		tapi_call_set_state(call, CS_DISCONNECTED, CEC_DISCONNECT_CANCELLED, 0);
	tapi_wake(call->address->tapi);
	objects_unlock();
	return done;
}

static LONG drop(struct tapi_call *call)
{
	REQUEST(call, lineDrop(h, NULL, 0));
}

LONG tapi_call_disconnect(struct tapi_call *call, DISCONNECT_CODE code)
{
	(void)code; /* the network learns it from the state: OFFERING is a refusal */
	if (!call)
		return fail(LINEERR_INVALPOINTER, "NULL", "there is no call");
	if (tapi_need(call->address->tapi))
		return TAPI_E_NOT_INITIALIZED;
	return ended_without_handle(call) ? 0 : drop(call);
}

/* The library's reference is one, the caller's the other. */
void tapi_call_drop_if_left(struct tapi_call *call)
{
	bool left;

	objects_lock();
	left = call->held && call->own && call->handle && !call->dropping &&
	       call->object.refs == 2 && call->state == CS_DISCONNECTED &&
	       call->line_state != LINECALLSTATE_IDLE && !call->address->tapi->closed;
	if (left)
		call->dropping = true;
	objects_unlock();
	if (left)
		(void)drop(call);
}

LONG tapi_call_hold(struct tapi_call *call, int hold)
{
	REQUEST(call, hold ? lineHold(h) : lineUnhold(h));
}

LONG tapi_call_swap_hold(struct tapi_call *call, struct tapi_call *other)
{
	HCALL held = tapi_call_need_handle(other);

	REQUEST(call, lineSwapHold(h, held));
}

LONG tapi_call_blind_transfer(struct tapi_call *call, const char *destination)
{
	REQUEST(call, lineBlindTransfer(h, destination, 0));
}

LONG tapi_call_dial(struct tapi_call *call, const char *digits)
{
	REQUEST(call, lineDial(h, digits, 0));
}

LONG tapi_call_handoff_direct(struct tapi_call *call, const char *app_name)
{
	REQUEST(call, lineHandoff(h, app_name, 0));
}

LONG tapi_call_handoff_indirect(struct tapi_call *call, DWORD media_type)
{
	DWORD mode = media_type == TAPIMEDIATYPE_AUDIO ? LINEMEDIAMODE_INTERACTIVEVOICE
						       : media_type;

	REQUEST(call, lineHandoff(h, NULL, mode));
}

LONG tapi_call_park_direct(struct tapi_call *call, const char *park_address)
{
	REQUEST(call, linePark(h, LINEPARKMODE_DIRECTED, park_address, NULL));
}

LONG tapi_call_remove_from_conference(struct tapi_call *call)
{
	REQUEST(call, lineRemoveFromConference(h));
}

LONG tapi_call_release_user_user_info(struct tapi_call *call)
{
	REQUEST(call, lineReleaseUserUserInfo(h));
}

LONG tapi_call_set_media_type(struct tapi_call *call, DWORD media_type)
{
	HCALL h = tapi_call_need_handle(call);

	return h ? lineSetMediaMode(h, media_modes_from_types(call->address, media_type))
		 : tapi_call_no_handle(call);
}

LONG tapi_call_monitor_media(struct tapi_call *call, DWORD media_types)
{
	HCALL h = tapi_call_need_handle(call);

	return h ? lineMonitorMedia(h, media_modes_from_types(call->address, media_types))
		 : tapi_call_no_handle(call);
}

/* --- Digits and tones: their end is an event, LINE_GENERATE or LINE_GATHERDIGITS ------------- */

LONG tapi_call_detect_digits(struct tapi_call *call, DWORD modes)
{
	HCALL h = tapi_call_need_handle(call);

	return h ? lineMonitorDigits(h, modes) : tapi_call_no_handle(call);
}

LONG tapi_call_generate_digits(struct tapi_call *call, const char *digits, DWORD mode,
		DWORD duration_ms)
{
	HCALL h = tapi_call_need_handle(call);

	return h ? lineGenerateDigits(h, mode, digits, duration_ms) : tapi_call_no_handle(call);
}

/* What was gathered before, and is cancelled now, may be written at the same moment. */
static void clear_digits(struct tapi_call *call)
{
	struct app *a = call->address->tapi->app;

	objects_lock();
	app_lock(a);
	memset(call->digits, 0, sizeof(call->digits));
	app_unlock(a);
	call->gathering = true;
	objects_unlock();
}

LONG tapi_call_gather_digits(struct tapi_call *call, DWORD modes, DWORD count,
		const char *termination_digits, DWORD first_timeout_ms, DWORD inter_timeout_ms)
{
	HCALL h = tapi_call_need_handle(call);

	if (!h)
		return tapi_call_no_handle(call);
	if (count >= sizeof(call->digits))
		return fail(LINEERR_INVALPARAM, "count", "at most %zu digits can be gathered",
				sizeof(call->digits) - 1);
	if (count)
		clear_digits(call);
	return lineGatherDigits(h, modes, count ? call->digits : NULL, count, termination_digits,
			first_timeout_ms, inter_timeout_ms);
}

LONG tapi_call_generate_tone(struct tapi_call *call, TAPI_TONEMODE mode, DWORD duration_ms)
{
	HCALL h = tapi_call_need_handle(call);

	return h ? lineGenerateTone(h, (DWORD)mode, duration_ms, 0, NULL)
		 : tapi_call_no_handle(call);
}
