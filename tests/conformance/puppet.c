// SPDX-License-Identifier: MIT
/* puppet.c - a provider of one line that does what its application orders (puppet.h). Its calls are
 * CONNECTED at once. Everything happens on the host's thread. */
#include "puppet.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <tspi.h>

#pragma GCC diagnostic ignored "-Wunused-parameter" /* few entries need all they get */

#define VERSION     0x00020002u
#define EXT_VERSION 1u

enum { CALLS_MAX = 32 };

struct call {
	HTAPICALL ht; /* 0: free */
	DWORD state, mode, states;
	DRV_REQUESTID kept; /* 0: no request is open */
};

static struct {
	DWORD device;
	ASYNC_COMPLETION complete;
	HTAPILINE ht;
	LINEEVENT event;
	struct puppet_order next; /* for the next lineMakeCall, or request on a call */
	bool bridged, wait;       /* wait: with the next order */
	DRV_REQUESTID waiting;    /* an order that waits; 0: none */
	struct puppet_order order;
	DWORD closed, dropped;
	struct call calls[CALLS_MAX];
} line;

static struct call *call_of(HDRVCALL hd)
{
	return &line.calls[hd - 1];
}

static HDRVCALL handle_of(const struct call *c)
{
	return (HDRVCALL)(c - line.calls) + 1;
}

static struct call *free_call(void)
{
	for (unsigned i = 0; i < CALLS_MAX; i++)
		if (!line.calls[i].ht)
			return &line.calls[i];
	return NULL;
}

static void set_state(struct call *c, DWORD state, DWORD mode, DWORD media)
{
	c->state = state;
	c->mode = mode;
	c->states |= state;
	line.event(line.ht, c->ht, LINE_CALLSTATE, state, mode, media);
}

static bool begin(void *structure, size_t fixed)
{
	DWORD *h = structure;

	if (h[0] < fixed)
		return false;
	memset(h + 1, 0, fixed - sizeof(h[0]));
	h[1] = h[2] = (DWORD)fixed;
	return true;
}

/* --- the provider and its line --- */

LONG TSPI_lineNegotiateTSPIVersion(DWORD device, DWORD low, DWORD high, DWORD *version)
{
	*version = VERSION;
	return low > VERSION || high < VERSION ? LINEERR_INCOMPATIBLEAPIVERSION : 0;
}

LONG TSPI_providerEnumDevices(DWORD provider, DWORD *lines, DWORD *phones, HPROVIDER h,
		LINEEVENT line_create, PHONEEVENT phone_create)
{
	*lines = 1;
	*phones = 0;
	return 0;
}

LONG TSPI_providerInit(DWORD version, DWORD provider, DWORD line_base, DWORD phone_base,
		DWORD_PTR lines, DWORD_PTR phones, ASYNC_COMPLETION complete, DWORD *options)
{
	line.device = line_base;
	line.complete = complete;
	*options = LINETSPIOPTION_NONREENTRANT;
	return 0;
}

LONG TSPI_providerShutdown(DWORD version, DWORD provider)
{
	memset(&line, 0, sizeof(line));
	return 0;
}

LONG TSPI_lineGetDevCaps(DWORD device, DWORD version, DWORD ext_version, LINEDEVCAPS *caps)
{
	if (!begin(caps, offsetof(LINEDEVCAPS, dwAddressTypes)))
		return LINEERR_STRUCTURETOOSMALL;
	caps->dwPermanentLineID = 1;
	caps->dwAddressModes = LINEADDRESSMODE_ADDRESSID;
	caps->dwNumAddresses = 1;
	caps->dwBearerModes = LINEBEARERMODE_VOICE;
	caps->dwMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE;
	caps->dwMaxNumActiveCalls = CALLS_MAX;
	caps->dwLineFeatures = LINEFEATURE_MAKECALL | LINEFEATURE_DEVSPECIFIC;
	return 0;
}

LONG TSPI_lineGetAddressCaps(DWORD device, DWORD address_id, DWORD version, DWORD ext_version,
		LINEADDRESSCAPS *caps)
{
	if (address_id || !begin(caps, sizeof(*caps)))
		return address_id ? LINEERR_INVALADDRESSID : LINEERR_STRUCTURETOOSMALL;
	caps->dwLineDeviceID = device;
	caps->dwMaxNumActiveCalls = CALLS_MAX;
	return 0;
}

LONG TSPI_lineGetExtensionID(DWORD device, DWORD version, LINEEXTENSIONID *id)
{
	*id = (LINEEXTENSIONID){ 1, 2, 3, 4 };
	return 0;
}

LONG TSPI_lineNegotiateExtVersion(DWORD device, DWORD version, DWORD low, DWORD high, DWORD *out)
{
	*out = EXT_VERSION;
	return low > EXT_VERSION || high < EXT_VERSION ? LINEERR_INCOMPATIBLEEXTVERSION : 0;
}

LONG TSPI_lineSelectExtVersion(HDRVLINE hd, DWORD version)
{
	return 0;
}

LONG TSPI_lineOpen(DWORD device, HTAPILINE ht, HDRVLINE *out, DWORD version, LINEEVENT event)
{
	line.ht = ht;
	line.event = event;
	*out = 1;
	return 0;
}

static void complete_kept(struct call *c)
{
	DRV_REQUESTID id = c->kept;

	c->kept = 0;
	if (id)
		line.complete(id, LINEERR_OPERATIONFAILED);
}

LONG TSPI_lineClose(HDRVLINE hd)
{
	for (unsigned i = 0; i < CALLS_MAX; i++)
		complete_kept(&line.calls[i]);
	memset(line.calls, 0, sizeof(line.calls));
	line.event = NULL;
	return 0;
}

LONG TSPI_lineGetNumAddressIDs(HDRVLINE hd, DWORD *count)
{
	*count = 1;
	return 0;
}

LONG TSPI_lineGetLineDevStatus(HDRVLINE hd, LINEDEVSTATUS *status)
{
	if (!begin(status, sizeof(*status)))
		return LINEERR_STRUCTURETOOSMALL;
	status->dwDevStatusFlags = LINEDEVSTATUSFLAGS_CONNECTED | LINEDEVSTATUSFLAGS_INSERVICE;
	return 0;
}

LONG TSPI_lineGetAddressStatus(HDRVLINE hd, DWORD address_id, LINEADDRESSSTATUS *status)
{
	return begin(status, sizeof(*status)) ? 0 : LINEERR_STRUCTURETOOSMALL;
}

/* --- calls --- */

LONG TSPI_lineMakeCall(DRV_REQUESTID id, HDRVLINE hd, HTAPICALL ht, HDRVCALL *out, const char *dest,
		DWORD country, const LINECALLPARAMS *params)
{
	struct puppet_order order = line.next;
	struct call *c = free_call();

	memset(&line.next, 0, sizeof(line.next));
	if (!c)
		return LINEERR_CALLUNAVAIL;
	memset(c, 0, sizeof(*c));
	c->ht = ht;
	*out = handle_of(c);
	for (DWORD i = 0; order.what == PUPPET_EARLY && i < order.p1; i++)
		set_state(c, LINECALLSTATE_DIALING, 0, LINEMEDIAMODE_INTERACTIVEVOICE);
	line.complete(id, order.what == PUPPET_FAIL ? (LONG)order.p1 : 0);
	if (order.what == PUPPET_TWICE)
		line.complete(id, LINEERR_OPERATIONFAILED);
	if (order.what != PUPPET_FAIL)
		set_state(c, LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_ACTIVE,
				LINEMEDIAMODE_INTERACTIVEVOICE);
	return (LONG)id;
}

/* Done with a new state, or kept. */
static LONG change(DRV_REQUESTID id, struct call *c, DWORD state, DWORD mode)
{
	if (line.next.what == PUPPET_KEEP) {
		memset(&line.next, 0, sizeof(line.next));
		c->kept = id;
		return (LONG)id;
	}
	line.complete(id, 0);
	set_state(c, state, mode, LINEMEDIAMODE_INTERACTIVEVOICE);
	return (LONG)id;
}

LONG TSPI_lineAnswer(DRV_REQUESTID id, HDRVCALL hd, const char *info, DWORD size)
{
	return change(id, call_of(hd), LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_ACTIVE);
}

LONG TSPI_lineHold(DRV_REQUESTID id, HDRVCALL hd)
{
	if (line.bridged)
		return change(id, call_of(hd), LINECALLSTATE_CONNECTED,
				LINECONNECTEDMODE_INACTIVEHELD);
	return change(id, call_of(hd), LINECALLSTATE_ONHOLD, 0);
}

LONG TSPI_lineDrop(DRV_REQUESTID id, HDRVCALL hd, const char *info, DWORD size)
{
	line.dropped++;
	if (line.bridged)
		return change(id, call_of(hd), LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_INACTIVE);
	return change(id, call_of(hd), LINECALLSTATE_IDLE, 0);
}

LONG TSPI_lineCloseCall(HDRVCALL hd)
{
	complete_kept(call_of(hd));
	memset(call_of(hd), 0, sizeof(struct call));
	line.closed++;
	return 0;
}

LONG TSPI_lineGetCallAddressID(HDRVCALL hd, DWORD *id)
{
	*id = 0;
	return 0;
}

LONG TSPI_lineGetCallInfo(HDRVCALL hd, LINECALLINFO *info)
{
	if (!begin(info, offsetof(LINECALLINFO, dwCallerIDAddressType)))
		return LINEERR_STRUCTURETOOSMALL;
	info->dwLineDeviceID = line.device;
	info->dwBearerMode = LINEBEARERMODE_VOICE;
	info->dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
	info->dwCallStates = call_of(hd)->states;
	return 0;
}

LONG TSPI_lineGetCallStatus(HDRVCALL hd, LINECALLSTATUS *status)
{
	if (!begin(status, sizeof(*status)))
		return LINEERR_STRUCTURETOOSMALL;
	status->dwCallState = call_of(hd)->state;
	status->dwCallStateMode = call_of(hd)->mode;
	status->dwCallFeatures = LINECALLFEATURE_DROP | LINECALLFEATURE_HOLD;
	return 0;
}

/* --- orders --- */

static LONG ring(const struct puppet_order *o)
{
	struct call *c = free_call();
	DWORD_PTR ht = 0;

	if (!c)
		return LINEERR_CALLUNAVAIL;
	memset(c, 0, sizeof(*c));
	line.event(line.ht, 0, LINE_NEWCALL, (DWORD_PTR)handle_of(c), (DWORD_PTR)&ht, 0);
	c->ht = (HTAPICALL)ht;
	if (c->ht)
		set_state(c, o->p1, o->p2, o->p3);
	return 0;
}

static LONG obey(struct puppet_order *o, struct call *c)
{
	switch ((enum puppet_what)o->what) {
	case PUPPET_EVENT:
		if (c && o->msg == LINE_CALLSTATE)
			set_state(c, o->p1, o->p2, o->p3);
		else
			line.event(line.ht, c ? c->ht : 0, o->msg, o->p1, o->p2, o->p3);
		return 0;
	case PUPPET_RING:
		return ring(o);
	case PUPPET_EARLY:
	case PUPPET_TWICE:
	case PUPPET_FAIL:
	case PUPPET_KEEP:
		line.next = *o;
		return 0;
	case PUPPET_BRIDGE:
		line.bridged = o->p1;
		return 0;
	case PUPPET_WAIT:
		line.wait = true;
		return 0;
	case PUPPET_COUNT:
		o->p1 = line.closed;
		o->p2 = line.dropped;
		o->p3 = 0;
		for (unsigned i = 0; i < CALLS_MAX; i++)
			o->p3 += line.calls[i].ht != 0;
		return 0;
	}
	return LINEERR_INVALPARAM;
}

LONG TSPI_lineDevSpecific(DRV_REQUESTID id, HDRVLINE hd, DWORD address, HDRVCALL call, void *params,
		DWORD size)
{
	struct puppet_order o;
	LONG result;

	if (size != sizeof(o))
		return LINEERR_INVALPARAM;
	memcpy(&o, params, sizeof(o));
	if (line.wait) {
		line.wait = false;
		line.waiting = id;
		line.order = o;
		return (LONG)id;
	}
	result = obey(&o, call ? call_of(call) : NULL);
	if (result)
		return result;
	if (line.waiting) {
		(void)obey(&line.order, NULL);
		line.complete(line.waiting, 0);
		line.waiting = 0;
	}
	memcpy(params, &o, sizeof(o));
	line.complete(id, 0);
	return (LONG)id;
}

/* What every TSP must export, and this one has nothing to do for. */
/* clang-format off */
#define ABSENT(name, code, ...) LONG name(__VA_ARGS__) { return code; }

ABSENT(TSPI_lineGetAddressID, LINEERR_INVALADDRESS, HDRVLINE hd, DWORD *id, DWORD mode, const char *p, DWORD n)
ABSENT(TSPI_lineSetAppSpecific, 0, HDRVCALL c, DWORD value)
ABSENT(TSPI_lineSetStatusMessages, 0, HDRVLINE hd, DWORD line_states, DWORD address_states)
ABSENT(TSPI_lineDial, LINEERR_INVALCALLSTATE, DRV_REQUESTID r, HDRVCALL c, const char *p, DWORD n)
ABSENT(TSPI_lineGetID, LINEERR_INVALDEVICECLASS, HDRVLINE hd, DWORD address_id, HDRVCALL hd_call,
		DWORD select, VARSTRING *id, const char *device_class, int *descriptor)
ABSENT(TSPI_lineGetDevConfig, LINEERR_INVALDEVICECLASS, DWORD device, VARSTRING *v, const char *p)
ABSENT(TSPI_lineSetDevConfig, LINEERR_INVALDEVICECLASS, DWORD device, const void *p, DWORD size,
		const char *device_class)
/* clang-format on */
