// SPDX-License-Identifier: MIT
/* sink.c - messages of tapi.h become states and events of objects, before the application of tapi.h
 * gets them; and what tapi.h does to lines and calls that have media here. */
#include "libtapi/tapi3/objects.h"

#include "base/mem.h"

#include <string.h>

/* A call as the 2.x part knows it. */
struct known_call {
	HCALL handle;
	HLINE line;
	DWORD state, privilege;
};

static bool known_call(struct app *a, uint64_t id, struct known_call *out)
{
	const struct call *c;

	app_lock(a);
	c = id ? map_find(&a->calls, id) : NULL;
	if (c)
		*out = (struct known_call){ c->handle, c->line->handle, c->state, c->privilege };
	app_unlock(a);
	return c != NULL;
}

static CALL_PRIVILEGE privilege_of(DWORD linecallprivilege)
{
	return linecallprivilege & LINECALLPRIVILEGE_OWNER ? CP_OWNER : CP_MONITOR;
}

/* --- New calls ------------------------------------------------------------------------------- */

/* The registration that a call of this line belongs to makes it ours, or only gives it media. */
static struct tapi_call *take_call(struct registration *r, HCALL handle, uint64_t id,
		DWORD privilege)
{
	struct tapi_call *call = tapi_call_adopt(r->address, handle, id);

	if (!call)
		return NULL;
	call->line = r->line;
	call->own = r->id != 0;
	call->callback_instance = r->instance;
	call->privilege = privilege_of(privilege);
	return call;
}

static bool new_call(struct tapi *tapi, struct app *a, const struct message *m)
{
	struct registration *r;
	struct tapi_call *call;

	(void)a;
	registration_opened(tapi, m->m.hDevice, m->m.dwCallbackInstance);
	r = tapi_registration(tapi, m->m.hDevice, (DWORD)m->m.dwParam1);
	if (!r)
		return false;
	call = take_call(r, (HCALL)m->m.dwParam2, m->call, (DWORD)m->m.dwParam3);
	if (!call)
		return false;
	call->announce = call->own;
	return call->own; /* its media comes with the LINE_CALLSTATE that follows: which kind? */
}

static void announce(struct tapi_call *call)
{
	LONG what = call->privilege == CP_OWNER ? CNE_OWNER : CNE_MONITOR;
	struct tapi_event *e = event_new(call->address->tapi, TE_CALLNOTIFICATION, what,
			call->address, call);

	call->announce = false;
	if (e)
		event_post(e);
}

/* --- What happens to calls ------------------------------------------------------------------- */

/* A call made with tapi.h on a line with media gets its media here, unless it has it since
 * lineMakeCall: consultation calls, conferences, and those whose LINE_REPLY went by without us. */
static struct tapi_call *take_made(struct tapi *tapi, struct app *a, uint64_t id)
{
	struct registration *r;
	struct tapi_call *call;
	struct known_call k;

	if (!known_call(a, id, &k))
		return NULL;
	call = tapi_call_by_handle(tapi, k.handle);
	if (call)
		return call;
	r = tapi_registration(tapi, k.line, 0);
	if (!r || r->id || k.privilege != LINECALLPRIVILEGE_OWNER)
		return NULL;
	call = take_call(r, k.handle, id, k.privilege);
	if (call)
		tapi_call_attach(call, 0, tapi_call_flags(k.state));
	return call;
}

static struct tapi_call *call_of(struct tapi *tapi, struct app *a, const struct message *m)
{
	struct tapi_call *call = tapi_call_by_handle(tapi, m->m.hDevice);

	return call ? call : take_made(tapi, a, m->call);
}

static bool call_state(struct tapi *tapi, struct app *a, const struct message *m)
{
	DWORD state = (DWORD)m->m.dwParam1 & 0x00ffffffu, privilege = (DWORD)m->m.dwParam3;
	struct tapi_call *call = call_of(tapi, a, m);

	if (!call)
		return false;
	if (privilege) {
		call->privilege = privilege_of(privilege);
		if (call->privilege == CP_OWNER) /* handed over, perhaps */
			tapi_call_attach(call, 0, tapi_call_flags(state));
	}
	if (call->announce) {
		call->line_state = state;
		announce(call);
	}
	tapi_call_stepped(call, state, (DWORD)m->m.dwParam2);
	return call->own;
}

static bool reply(struct tapi *tapi, struct app *a, const struct message *m)
{
	LONG result = (LONG)m->m.dwParam2;
	struct made_call made[2] = { { 0 } };
	struct known_call k;
	bool ours;

	for (unsigned i = 0; i < 2; i++)
		if (known_call(a, m->made[i], &k))
			made[i] = (struct made_call){ k.handle, m->made[i] };
	ours = call_request_replied(tapi, (DWORD)m->m.dwParam1, result, made);
	for (unsigned i = 0; i < 2; i++) /* before the TSP's first word to their MSP calls */
		(void)take_made(tapi, a, m->made[i]);
	return ours;
}

static bool call_info(struct tapi *tapi, struct app *a, const struct message *m)
{
	static const struct {
		DWORD bit;
		CALLINFOCHANGE_CAUSE cause;
	} bits[] = {
		{ LINECALLINFOSTATE_OTHER, CIC_OTHER },
		{ LINECALLINFOSTATE_DEVSPECIFIC, CIC_DEVSPECIFIC },
		{ LINECALLINFOSTATE_BEARERMODE, CIC_BEARERMODE },
		{ LINECALLINFOSTATE_RATE, CIC_RATE },
		{ LINECALLINFOSTATE_MEDIAMODE, CIC_MEDIATYPE },
		{ LINECALLINFOSTATE_APPSPECIFIC, CIC_APPSPECIFIC },
		{ LINECALLINFOSTATE_CALLID, CIC_CALLID },
		{ LINECALLINFOSTATE_RELATEDCALLID, CIC_RELATEDCALLID },
		{ LINECALLINFOSTATE_ORIGIN, CIC_ORIGIN },
		{ LINECALLINFOSTATE_REASON, CIC_REASON },
		{ LINECALLINFOSTATE_COMPLETIONID, CIC_COMPLETIONID },
		{ LINECALLINFOSTATE_NUMOWNERINCR, CIC_NUMOWNERINCR },
		{ LINECALLINFOSTATE_NUMOWNERDECR, CIC_NUMOWNERDECR },
		{ LINECALLINFOSTATE_NUMMONITORS, CIC_NUMMONITORS },
		{ LINECALLINFOSTATE_TRUNK, CIC_TRUNK },
		{ LINECALLINFOSTATE_CALLERID, CIC_CALLERID },
		{ LINECALLINFOSTATE_CALLEDID, CIC_CALLEDID },
		{ LINECALLINFOSTATE_CONNECTEDID, CIC_CONNECTEDID },
		{ LINECALLINFOSTATE_REDIRECTIONID, CIC_REDIRECTIONID },
		{ LINECALLINFOSTATE_REDIRECTINGID, CIC_REDIRECTINGID },
		{ LINECALLINFOSTATE_USERUSERINFO, CIC_USERUSERINFO },
		{ LINECALLINFOSTATE_HIGHLEVELCOMP, CIC_HIGHLEVELCOMP },
		{ LINECALLINFOSTATE_LOWLEVELCOMP, CIC_LOWLEVELCOMP },
		{ LINECALLINFOSTATE_CHARGINGINFO, CIC_CHARGINGINFO },
		{ LINECALLINFOSTATE_TREATMENT, CIC_TREATMENT },
		{ LINECALLINFOSTATE_CALLDATA, CIC_CALLDATA },
	};
	struct tapi_call *call = tapi_call_by_handle(tapi, m->m.hDevice);

	(void)a;
	if (!call)
		return false;
	for (size_t i = 0; i < sizeof(bits) / sizeof(bits[0]); i++) {
		struct tapi_event *e;

		if (!(m->m.dwParam1 & bits[i].bit))
			continue;
		e = event_new(tapi, TE_CALLINFOCHANGE, (LONG)bits[i].cause, call->address, call);
		if (!e)
			continue;
		e->cause = (LONG)bits[i].cause;
		event_post(e);
	}
	return call->own;
}

/* --- Digits ---------------------------------------------------------------------------------- */

static bool digit_event(struct tapi *tapi, const struct message *m, TAPI_EVENT kind,
		void (*say)(struct tapi_event *e, const struct message *m, struct tapi_call *call))
{
	struct tapi_call *call = tapi_call_by_handle(tapi, m->m.hDevice);
	struct tapi_event *e;

	if (!call)
		return false;
	e = event_new(tapi, kind, -1, call->address, call);
	if (!e)
		return call->own;
	e->tick_count = (DWORD)m->m.dwParam3;
	say(e, m, call);
	event_post(e);
	return call->own;
}

static void say_digit(struct tapi_event *e, const struct message *m, struct tapi_call *call)
{
	(void)call;
	e->digit = (char)(m->m.dwParam1 & 0xff);
	e->digit_mode = (DWORD)m->m.dwParam2;
}

static void say_gathered(struct tapi_event *e, const struct message *m, struct tapi_call *call)
{
	e->termination = (LONG)m->m.dwParam1;
	memcpy(e->digits, call->digits, sizeof(e->digits) - 1);
}

static void say_generated(struct tapi_event *e, const struct message *m, struct tapi_call *call)
{
	(void)call;
	e->termination = (LONG)m->m.dwParam1;
}

static bool monitor_digits(struct tapi *tapi, struct app *a, const struct message *m)
{
	(void)a;
	return digit_event(tapi, m, TE_DIGITEVENT, say_digit);
}

static bool gather_digits(struct tapi *tapi, struct app *a, const struct message *m)
{
	(void)a;
	return digit_event(tapi, m, TE_GATHERDIGITS, say_gathered);
}

static bool generate(struct tapi *tapi, struct app *a, const struct message *m)
{
	(void)a;
	return digit_event(tapi, m, TE_GENERATEEVENT, say_generated);
}

/* --- Lines and devices ----------------------------------------------------------------------- */

/* Is this a line that an object here has opened? */
static bool is_our_line(struct tapi *tapi, HLINE line)
{
	const struct registration *r = tapi_registration(tapi, line, 0);

	if (r)
		return r->id != 0;
	list_for(pos, &tapi->addresses) {
		const struct tapi_address *address = list_entry(pos, struct tapi_address, link);

		if (address->line == line)
			return true;
	}
	return false;
}

static void tell_device(struct tapi *tapi, DWORD device, TAPI_EVENT kind, LONG what, bool gone)
{
	list_for(pos, &tapi->addresses) {
		struct tapi_address *address = list_entry(pos, struct tapi_address, link);
		struct tapi_event *e;

		if (address->device != device)
			continue;
		address->gone = address->gone || gone;
		e = event_new(tapi, kind, what, address, NULL);
		if (e)
			event_post(e);
	}
}

static bool line_close(struct tapi *tapi, struct app *a, const struct message *m)
{
	bool ours = is_our_line(tapi, m->m.hDevice);

	(void)a;
	tapi_sweep(tapi); /* its calls are gone */
	list_for(pos, &tapi->addresses) {
		struct tapi_address *address = list_entry(pos, struct tapi_address, link);

		if (address->line == m->m.hDevice)
			address->line = 0;
	}
	tell_device(tapi, m->device, TE_TAPIOBJECT, TE_ADDRESSCLOSE, false);
	return ours;
}

/* One that was out of its user's sight has the objects that it had. */
static void take_back(struct tapi *tapi, DWORD device)
{
	list_for(pos, &tapi->addresses) {
		struct tapi_address *address = list_entry(pos, struct tapi_address, link);

		if (address->device == device)
			address->gone = false;
	}
}

static bool device_created(struct tapi *tapi, struct app *a, const struct message *m)
{
	struct tapi_event *e = event_new(tapi, TE_TAPIOBJECT, TE_ADDRESSCREATE, NULL, NULL);

	(void)a;
	if ((DWORD)m->m.dwParam1 >= tapi->devices)
		tapi->devices = (DWORD)m->m.dwParam1 + 1;
	take_back(tapi, (DWORD)m->m.dwParam1);
	if (e)
		event_post(e);
	return false;
}

static bool device_removed(struct tapi *tapi, struct app *a, const struct message *m)
{
	(void)a;
	tell_device(tapi, (DWORD)m->m.dwParam1, TE_TAPIOBJECT, TE_ADDRESSREMOVE, true);
	return false;
}

static bool resynchronised(struct tapi *tapi, struct app *a, const struct message *m)
{
	struct tapi_event *e = event_new(tapi, TE_TAPIOBJECT, TE_RESYNCHRONISED, NULL, NULL);

	(void)a;
	(void)m;
	if (e)
		event_post(e);
	return false;
}

/* Each address hears it once: by its own line, which has asked for it; without one by whatever line
 * an application of tapi.h has asked on. */
static bool is_told(const struct tapi_address *address, const struct message *m)
{
	if (address->device != m->device)
		return false;
	return !address->line || address->line == m->m.hDevice;
}

static void tell_address(struct tapi *tapi, struct tapi_address *address, ADDRESS_EVENT what)
{
	struct tapi_event *e = event_new(tapi, TE_ADDRESS, (LONG)what, address, NULL);

	if (e)
		event_post(e);
}

static void tell_bits(struct tapi *tapi, struct tapi_address *address, DWORD bits)
{
	static const struct {
		DWORD bit;
		ADDRESS_EVENT what;
	} rows[] = {
		{ LINEDEVSTATE_RINGING, AE_RINGING },
		{ LINEDEVSTATE_INSERVICE, AE_STATE },
		{ LINEDEVSTATE_OUTOFSERVICE, AE_STATE },
		{ LINEDEVSTATE_MSGWAITON, AE_MSGWAITON },
		{ LINEDEVSTATE_MSGWAITOFF, AE_MSGWAITOFF },
		{ LINEDEVSTATE_CAPSCHANGE, AE_CAPSCHANGE },
		{ LINEDEVSTATE_CONFIGCHANGE, AE_CONFIGCHANGE },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (bits & rows[i].bit)
			tell_address(tapi, address, rows[i].what);
}

static bool line_state(struct tapi *tapi, struct app *a, const struct message *m)
{
	(void)a;
	list_for(pos, &tapi->addresses) {
		struct tapi_address *address = list_entry(pos, struct tapi_address, link);

		if (is_told(address, m))
			tell_bits(tapi, address, (DWORD)m->m.dwParam1);
	}
	return is_our_line(tapi, m->m.hDevice);
}

static bool address_state(struct tapi *tapi, struct app *a, const struct message *m)
{
	(void)a;
	list_for(pos, &tapi->addresses) {
		struct tapi_address *address = list_entry(pos, struct tapi_address, link);

		if (!is_told(address, m) || address->id != (DWORD)m->m.dwParam1)
			continue;
		if (m->m.dwParam2 & LINEADDRESSSTATE_FORWARD)
			tell_address(tapi, address, AE_FORWARD);
		if (m->m.dwParam2 & LINEADDRESSSTATE_CAPSCHANGE)
			tell_address(tapi, address, AE_CAPSCHANGE);
	}
	return is_our_line(tapi, m->m.hDevice);
}

/* --- The hooks ------------------------------------------------------------------------------- */

static const struct {
	DWORD message;
	/* True: not for the application of tapi.h. */
	bool (*handle)(struct tapi *tapi, struct app *a, const struct message *m);
} handlers[] = {
	{ LINE_APPNEWCALL, new_call },
	{ LINE_CALLSTATE, call_state },
	{ LINE_REPLY, reply },
	{ LINE_CALLINFO, call_info },
	{ LINE_MONITORDIGITS, monitor_digits },
	{ LINE_GATHERDIGITS, gather_digits },
	{ LINE_GENERATE, generate },
	{ LINE_CLOSE, line_close },
	{ LINE_CREATE, device_created },
	{ LINE_REMOVE, device_removed },
	{ TAPIX_RESYNCHRONISED, resynchronised },
	{ LINE_LINEDEVSTATE, line_state },
	{ LINE_ADDRESSSTATE, address_state },
};

/* The application has heard of the new state. Our own calls let their media go at the end; those
 * that nobody holds are hung up when the peer has gone. */
static void settle(struct tapi *tapi, const struct message *m)
{
	struct tapi_call *call;

	objects_lock();
	call = tapi->closed ? NULL : tapi_ref(tapi_call_by_handle(tapi, m->m.hDevice));
	if (call && call->own && (m->m.dwParam1 & LINECALLSTATE_IDLE))
		tapi_call_over(call);
	objects_unlock();
	if (!call)
		return;
	tapi_call_drop_if_left(call);
	tapi_unref(call);
	registrations_close_retired(tapi);
}

bool sink_message(struct sink *s, struct app *a, const struct message *m)
{
	struct tapi *tapi = list_entry(s, struct tapi, sink);
	bool taken = tapi->own;

	objects_lock();
	if (tapi->closed) {
		objects_unlock();
		return taken;
	}
	tapi_ref(tapi);
	for (size_t i = 0; i < sizeof(handlers) / sizeof(handlers[0]); i++)
		if (handlers[i].message == m->m.dwMessageID)
			taken = handlers[i].handle(tapi, a, m) || taken;
	objects_unlock();
	tapi_drain(tapi);
	if (m->m.dwMessageID == LINE_CALLSTATE)
		settle(tapi, m);
	tapi_unref(tapi);
	return taken;
}

/* Between sink_making and sink_made, which are one lineMakeCall of this thread. */
static _Thread_local struct call_request *making;

bool sink_making(struct sink *s, struct app *a, HLINE line, const LINECALLPARAMS *params)
{
	struct tapi *tapi = list_entry(s, struct tapi, sink);
	struct registration *r;
	struct tapi_call *call = NULL;

	(void)a;
	objects_lock();
	r = tapi->closed ? NULL : tapi_registration(tapi, line, params ? params->dwAddressID : 0);
	if (r && r->id == 0)
		call = tapi_call_new(r->address);
	if (call) {
		call->line = line;
		call->dialled = true;
		call->privilege = CP_OWNER;
		tapi_call_attach(call, 0, MSP_CALL_OUTGOING);
	}
	objects_unlock();
	if (!call)
		return false;
	making = call_request_begin(call);
	if (making) {
		making->connect = true;
		making->ours = false;
	}
	tapi_unref(call); /* the request has it */
	return making != NULL;
}

void sink_made(struct sink *s, struct app *a, HLINE line, LONG result)
{
	(void)s, (void)a, (void)line;
	(void)call_request_settle(making, result);
	making = NULL;
}

void sink_gone(struct sink *s, struct app *a, HCALL handle)
{
	struct tapi *tapi = list_entry(s, struct tapi, sink);
	struct tapi_call *call;

	(void)a;
	objects_lock();
	call = tapi->closed ? NULL : tapi_call_by_handle(tapi, handle);
	if (call)
		tapi_call_over(call);
	objects_unlock();
}
