// SPDX-License-Identifier: MIT
/* template - the smallest complete telephony service provider: one line with one address, whose
 * calls answer themselves. Copy the folder, run make, put template.so where tapisrvd finds TSPs.
 *
 * A TSP is a shared object that exports TSPI_* functions (tspi.h). Its host looks each up by name;
 * a missing one means "not served", so leave out what you have not got. The host calls the entries
 * one after the other on one thread. You may have threads of your own: they speak to the host at
 * any time through the two procedures that it gives, `complete` and `event` below. Guard what both
 * sides touch by a lock, and do not hold it while you call them.
 *
 * Handles: the HDRV... ones are yours (any value but 0; a pointer fits), the host only keeps them.
 * The HTAPI... ones are the host's; you give them back in events. */
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <tspi.h>

#pragma GCC diagnostic ignored "-Wunused-parameter" /* few entries need all they get */

/* The TSPI version that we speak. From 3.0 on a TSP must name a media provider
 * (TSPI_lineMSPIdentify), which this one has not. Structures have the size of this version: later
 * members are not there. */
#define VERSION 0x00020002u

#define NUMBER      "100"
#define LINE_HANDLE ((HDRVLINE)1)
#define CALL_HANDLE ((HDRVCALL)2)

/* The whole provider. A real one has lists of these. */
static struct {
	DWORD device; /* the line's device id: the host chooses it */
	ASYNC_COMPLETION complete;
	TSPI_REASON reason;
	HTAPILINE ht_line;
	LINEEVENT event; /* NULL: the line is not open */
} line;

static struct {
	HTAPICALL ht_call; /* 0: there is no call */
	DWORD state;       /* LINECALLSTATE_ */
	DWORD app_specific;
	char called[TAPIMAXDESTADDRESSSIZE];
} call;

/* Say why something fails, right before the code is returned, completed or reported. */
static LONG fail(LONG code, const char *cause, const char *sentence)
{
	if (line.reason)
		line.reason(cause, sentence);
	return code;
}

/* The one place that changes the state. The third parameter is the call's media modes. */
static void set_state(DWORD state, DWORD mode)
{
	call.state = state;
	line.event(line.ht_line, call.ht_call, LINE_CALLSTATE, state, mode,
			LINEMEDIAMODE_INTERACTIVEVOICE);
}

/* Structures for applications are flat: a fixed part, then strings and other bytes that the fixed
 * part names by size and offset. What does not fit is left out whole, and counted in dwNeededSize.
 */
struct header {
	DWORD total, needed, used;
};

static bool begin(void *structure, size_t fixed)
{
	struct header *h = structure;

	if (h->total < fixed)
		return false;
	memset((char *)structure + sizeof(h->total), 0, fixed - sizeof(h->total));
	h->needed = h->used = (DWORD)fixed;
	return true;
}

static void add_text(void *structure, DWORD *size, DWORD *offset, const char *text)
{
	struct header *h = structure;
	DWORD count = (DWORD)strlen(text) + 1; /* the NUL counts */

	h->needed += count;
	if (count > h->total - h->used)
		return;
	memcpy((char *)structure + h->used, text, count);
	*size = count;
	*offset = h->used;
	h->used += count;
}

/* Ours, not TAPI's: where to say why. Called before everything else. */
void TSPI_providerSetReasonProc(TSPI_REASON proc)
{
	line.reason = proc;
}

/* Devices of others, and of before TSPI_providerInit, are none of our business. */
static LONG check(DWORD device, DWORD address_id)
{
	if (!line.complete || device != line.device)
		return LINEERR_BADDEVICEID;
	return address_id ? LINEERR_INVALADDRESSID : 0; /* there is one */
}

LONG TSPI_lineNegotiateTSPIVersion(DWORD device, DWORD low, DWORD high, DWORD *version)
{
	if (device != INITIALIZE_NEGOTIATION && check(device, 0))
		return LINEERR_BADDEVICEID;
	if (low > VERSION || high < VERSION)
		return fail(LINEERR_INCOMPATIBLEAPIVERSION, "TSPI version", "only 2.2 is spoken");
	*version = VERSION;
	return 0;
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
	*options = LINETSPIOPTION_NONREENTRANT; /* we have no lock: one entry at a time, please */
	return 0;
}

LONG TSPI_providerShutdown(DWORD version, DWORD provider)
{
	memset(&line, 0, sizeof(line)); /* nothing may survive into the next session */
	memset(&call, 0, sizeof(call));
	return 0;
}

LONG TSPI_lineGetDevCaps(DWORD device, DWORD version, DWORD ext_version, LINEDEVCAPS *caps)
{
	LONG bad = check(device, 0);

	if (bad || !begin(caps, offsetof(LINEDEVCAPS, dwAddressTypes)))
		return bad ? bad : LINEERR_STRUCTURETOOSMALL;
	add_text(caps, &caps->dwProviderInfoSize, &caps->dwProviderInfoOffset, "template");
	add_text(caps, &caps->dwLineNameSize, &caps->dwLineNameOffset, "Template line");
	caps->dwPermanentLineID = 1; /* the same line has the same one after every start */
	caps->dwStringFormat = STRINGFORMAT_ASCII;
	caps->dwAddressModes = LINEADDRESSMODE_ADDRESSID;
	caps->dwNumAddresses = 1;
	caps->dwBearerModes = LINEBEARERMODE_VOICE;
	caps->dwMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE;
	caps->dwMaxNumActiveCalls = 1;
	caps->dwDevCapFlags = LINEDEVCAPFLAGS_CLOSEDROP; /* TSPI_lineCloseCall ends the call */
	caps->dwLineFeatures = LINEFEATURE_MAKECALL;
	return 0;
}

LONG TSPI_lineGetAddressCaps(DWORD device, DWORD address_id, DWORD version, DWORD ext_version,
		LINEADDRESSCAPS *caps)
{
	LONG bad = check(device, address_id);

	if (bad || !begin(caps, sizeof(*caps)))
		return bad ? bad : LINEERR_STRUCTURETOOSMALL;
	add_text(caps, &caps->dwAddressSize, &caps->dwAddressOffset, NUMBER);
	caps->dwLineDeviceID = device;
	caps->dwAddressSharing = LINEADDRESSSHARING_PRIVATE;
	caps->dwCalledIDFlags = LINECALLPARTYID_ADDRESS;
	caps->dwCallStates = LINECALLSTATE_IDLE | LINECALLSTATE_DIALING | LINECALLSTATE_CONNECTED;
	caps->dwConnectedModes = LINECONNECTEDMODE_ACTIVE;
	caps->dwMaxNumActiveCalls = 1;
	caps->dwAddrCapFlags = LINEADDRCAPFLAGS_DIALED;
	caps->dwCallFeatures = LINECALLFEATURE_DROP;
	caps->dwAddressFeatures = LINEADDRFEATURE_MAKECALL;
	caps->dwAvailableMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE;
	return 0;
}

LONG TSPI_lineOpen(DWORD device, HTAPILINE ht_line, HDRVLINE *out, DWORD version, LINEEVENT event)
{
	if (check(device, 0))
		return LINEERR_BADDEVICEID;
	line.ht_line = ht_line;
	line.event = event;
	*out = LINE_HANDLE;
	return 0;
}

/* Complete what is pending, then be silent. Here every request completes at once. */
LONG TSPI_lineClose(HDRVLINE hd)
{
	line.event = NULL;
	call.ht_call = 0;
	return 0;
}

LONG TSPI_lineGetNumAddressIDs(HDRVLINE hd, DWORD *count)
{
	*count = 1;
	return 0;
}

LONG TSPI_lineGetAddressID(HDRVLINE hd, DWORD *id, DWORD mode, const char *text, DWORD size)
{
	if (mode != LINEADDRESSMODE_DIALABLEADDR)
		return LINEERR_INVALADDRESSMODE;
	*id = 0;
	return strncmp(text, NUMBER, size) == 0 ? 0 : LINEERR_INVALADDRESS;
}

LONG TSPI_lineGetLineDevStatus(HDRVLINE hd, LINEDEVSTATUS *status)
{
	if (!begin(status, sizeof(*status)))
		return LINEERR_STRUCTURETOOSMALL;
	status->dwNumActiveCalls = call.ht_call ? 1 : 0;
	status->dwLineFeatures = call.ht_call ? 0 : LINEFEATURE_MAKECALL;
	status->dwDevStatusFlags = LINEDEVSTATUSFLAGS_CONNECTED | LINEDEVSTATUSFLAGS_INSERVICE;
	return 0;
}

LONG TSPI_lineGetAddressStatus(HDRVLINE hd, DWORD address_id, LINEADDRESSSTATUS *status)
{
	if (address_id || !begin(status, sizeof(*status)))
		return address_id ? LINEERR_INVALADDRESSID : LINEERR_STRUCTURETOOSMALL;
	status->dwNumInUse = call.ht_call ? 1 : 0;
	status->dwNumActiveCalls = call.ht_call ? 1 : 0;
	status->dwAddressFeatures = call.ht_call ? 0 : LINEADDRFEATURE_MAKECALL;
	return 0;
}

/* An asynchronous entry returns a negative code and nothing more happens, or it returns the
 * request's id and completes it exactly once: now or later, from any thread. */
LONG TSPI_lineMakeCall(DRV_REQUESTID id, HDRVLINE hd, HTAPICALL ht_call, HDRVCALL *out,
		const char *dest, DWORD country, const LINECALLPARAMS *params)
{
	if (call.ht_call)
		return fail(LINEERR_CALLUNAVAIL, "line in use", "the line carries one call");
	if (!dest || !*dest || strlen(dest) >= sizeof(call.called))
		return fail(LINEERR_INVALADDRESS, "no number", "there must be a number to call");
	if (strchr(dest, '?')) /* scan all of it before anything is dialled */
		return fail(LINEERR_DIALPROMPT, "?", "the application should ask the user");
	call.app_specific = 0;
	memcpy(call.called, dest, strlen(dest) + 1); /* dest is ours only until we return */
	call.ht_call = ht_call;
	*out = CALL_HANDLE;
	line.complete(id, 0);
	set_state(LINECALLSTATE_DIALING, 0);
	set_state(LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_ACTIVE);
	return (LONG)id;
}

LONG TSPI_lineDrop(DRV_REQUESTID id, HDRVCALL hd, const char *user_info, DWORD size)
{
	if (call.state == LINECALLSTATE_IDLE)
		return LINEERR_INVALCALLSTATE;
	line.complete(id, 0);
	set_state(LINECALLSTATE_IDLE, 0); /* final: nothing follows it */
	return (LONG)id;
}

/* The last application has let go: the handle ends here. */
LONG TSPI_lineCloseCall(HDRVCALL hd)
{
	call.ht_call = 0;
	return 0;
}

LONG TSPI_lineGetCallInfo(HDRVCALL hd, LINECALLINFO *info)
{
	if (!begin(info, offsetof(LINECALLINFO, dwCallerIDAddressType)))
		return LINEERR_STRUCTURETOOSMALL;
	info->dwLineDeviceID = line.device;
	info->dwBearerMode = LINEBEARERMODE_VOICE;
	info->dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
	info->dwAppSpecific = call.app_specific;
	info->dwCallStates = LINECALLSTATE_IDLE | LINECALLSTATE_DIALING | LINECALLSTATE_CONNECTED;
	info->dwOrigin = LINECALLORIGIN_OUTBOUND;
	info->dwReason = LINECALLREASON_DIRECT;
	info->dwCalledIDFlags = LINECALLPARTYID_ADDRESS;
	add_text(info, &info->dwCalledIDSize, &info->dwCalledIDOffset, call.called);
	return 0;
}

LONG TSPI_lineGetCallStatus(HDRVCALL hd, LINECALLSTATUS *status)
{
	if (!begin(status, sizeof(*status)))
		return LINEERR_STRUCTURETOOSMALL;
	status->dwCallState = call.state;
	if (call.state == LINECALLSTATE_IDLE)
		return 0;
	status->dwCallStateMode = LINECONNECTEDMODE_ACTIVE; /* who asks sees no other state */
	status->dwCallFeatures = LINECALLFEATURE_DROP;
	return 0;
}

LONG TSPI_lineSetAppSpecific(HDRVCALL hd, DWORD value)
{
	call.app_specific = value;
	line.event(line.ht_line, call.ht_call, LINE_CALLINFO, LINECALLINFOSTATE_APPSPECIFIC, 0, 0);
	return 0;
}

/* What every TSP must export, and this one has nothing to do for. */
/* clang-format off */
#define ABSENT(name, code, ...) LONG name(__VA_ARGS__) { return code; }

ABSENT(TSPI_lineSetStatusMessages, 0, HDRVLINE hd, DWORD line_states, DWORD address_states)
ABSENT(TSPI_lineAnswer, LINEERR_INVALCALLSTATE, DRV_REQUESTID r, HDRVCALL c, const char *p, DWORD n)
ABSENT(TSPI_lineDial, LINEERR_INVALCALLSTATE, DRV_REQUESTID r, HDRVCALL c, const char *p, DWORD n)
ABSENT(TSPI_lineGetID, LINEERR_INVALDEVICECLASS, HDRVLINE hd, DWORD address_id, HDRVCALL hd_call,
		DWORD select, VARSTRING *id, const char *device_class, int *descriptor)
ABSENT(TSPI_lineGetDevConfig, LINEERR_INVALDEVICECLASS, DWORD device, VARSTRING *v, const char *p)
ABSENT(TSPI_lineSetDevConfig, LINEERR_INVALDEVICECLASS, DWORD device, const void *p, DWORD size,
		const char *device_class)
