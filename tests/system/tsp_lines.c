// SPDX-License-Identifier: MIT
/* tsp_lines.c - a TSP whose lines are the sections [lines NAME] with a key "number": they come and
 * go with each reload. A call is connected at once and has no sound. "refuse = yes" in a section
 * refuses the whole. All of it in the entries, on the host's one thread. */
#include "providers/kit/varpart.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <tspi.h>

#pragma GCC diagnostic ignored "-Wunused-parameter"

enum { LINES = 16, CALLS = 4, NAME = 32 };

#define VERSION 0x00020002u

struct call {
	HTAPICALL ht; /* 0: free */
	DWORD state;
};

struct line {
	char name[NAME], number[NAME];
	bool used, has_device;
	DWORD device;
	HTAPILINE ht;
	LINEEVENT event;
	struct call calls[CALLS];
};

struct setting {
	char name[NAME], number[NAME];
	bool refuse;
};

static struct {
	struct line lines[LINES];
	struct setting next[LINES]; /* of the set that is being given */
	unsigned next_count;
	bool is_running;
	HPROVIDER provider;
	LINEEVENT create;
	ASYNC_COMPLETION complete;
	TSPI_REASON reason;
} self;

static LONG fail(LONG code, const char *cause, const char *sentence)
{
	if (self.reason)
		self.reason(cause, sentence);
	return code;
}

void TSPI_providerSetReasonProc(TSPI_REASON proc)
{
	self.reason = proc;
}

static struct setting *setting_of(const char *name, size_t size)
{
	struct setting *s;

	for (unsigned i = 0; i < self.next_count; i++)
		if (strlen(self.next[i].name) == size && !strncmp(self.next[i].name, name, size))
			return &self.next[i];
	if (self.next_count == LINES || size >= NAME)
		return NULL;
	s = &self.next[self.next_count++];
	memset(s, 0, sizeof(*s));
	memcpy(s->name, name, size);
	return s;
}

LONG TSPI_providerConfigure(LPCSTR key, LPCSTR value)
{
	const char *slash = strchr(key, '/');
	struct setting *s = slash ? setting_of(key, (size_t)(slash - key)) : NULL;

	if (s && !strcmp(slash, "/number")) {
		(void)snprintf(s->number, sizeof(s->number), "%.31s", value);
		return 0;
	}
	if (s && !strcmp(slash, "/refuse")) {
		s->refuse = true;
		return 0;
	}
	self.next_count = 0;
	return fail(LINEERR_INVALPARAM, key, "there is no such key");
}

static struct line *line_named(const char *name)
{
	for (unsigned i = 0; i < LINES; i++)
		if (self.lines[i].used && !strcmp(self.lines[i].name, name))
			return &self.lines[i];
	return NULL;
}

static void add_line(const struct setting *s)
{
	for (unsigned i = 0; i < LINES; i++) {
		struct line *l = &self.lines[i];

		if (l->used)
			continue;
		memset(l, 0, sizeof(*l));
		l->used = true;
		memcpy(l->name, s->name, sizeof(l->name));
		memcpy(l->number, s->number, sizeof(l->number));
		if (self.is_running)
			self.create(0, 0, LINE_CREATE, self.provider, i, 0);
		return;
	}
}

static bool is_wanted(const struct line *l)
{
	for (unsigned i = 0; i < self.next_count; i++)
		if (!strcmp(self.next[i].name, l->name))
			return true;
	return false;
}

static void apply(void)
{
	for (unsigned i = 0; i < LINES; i++) {
		struct line *l = &self.lines[i];

		if (!l->used || is_wanted(l))
			continue;
		if (l->has_device)
			self.create(0, 0, LINE_REMOVE, l->device, 0, 0);
		l->used = false;
	}
	for (unsigned i = 0; i < self.next_count; i++) {
		struct line *l = line_named(self.next[i].name);

		if (l)
			memcpy(l->number, self.next[i].number, sizeof(l->number));
		else
			add_line(&self.next[i]);
	}
}

LONG TSPI_providerConfigured(void)
{
	for (unsigned i = 0; i < self.next_count; i++) {
		const struct setting *s = &self.next[i];
		char name[NAME];

		if (s->number[0] && !s->refuse)
			continue;
		memcpy(name, s->name, sizeof(name));
		self.next_count = 0;
		return fail(LINEERR_INVALPARAM, name,
				s->refuse ? "the line is refused" : "the line has no number");
	}
	apply();
	self.next_count = 0;
	return 0;
}

LONG TSPI_lineNegotiateTSPIVersion(DWORD device, DWORD low, DWORD high, DWORD *version)
{
	*version = VERSION;
	return low > VERSION || high < VERSION ? LINEERR_INCOMPATIBLEAPIVERSION : 0;
}

LONG TSPI_providerEnumDevices(DWORD provider, DWORD *lines, DWORD *phones, HPROVIDER h,
		LINEEVENT line_create, PHONEEVENT phone_create)
{
	*lines = *phones = 0;
	for (unsigned i = 0; i < LINES; i++)
		*lines += self.lines[i].used;
	self.provider = h;
	self.create = line_create;
	return 0;
}

LONG TSPI_providerInit(DWORD version, DWORD provider, DWORD line_base, DWORD phone_base,
		DWORD_PTR lines, DWORD_PTR phones, ASYNC_COMPLETION complete, DWORD *options)
{
	for (unsigned i = 0; i < LINES; i++) {
		if (!self.lines[i].used)
			continue;
		self.lines[i].device = line_base++;
		self.lines[i].has_device = true;
	}
	self.complete = complete;
	self.is_running = true;
	*options = 0;
	return 0;
}

LONG TSPI_providerShutdown(DWORD version, DWORD provider)
{
	memset(&self, 0, sizeof(self));
	return 0;
}

LONG TSPI_providerCreateLineDevice(DWORD_PTR temp_id, DWORD device)
{
	struct line *l = temp_id < LINES ? &self.lines[temp_id] : NULL;

	if (!l || !l->used)
		return LINEERR_NODEVICE; /* it has gone again */
	l->device = device;
	l->has_device = true;
	return 0;
}

static struct line *line_of(DWORD device)
{
	for (unsigned i = 0; i < LINES; i++)
		if (self.lines[i].used && self.lines[i].has_device &&
				self.lines[i].device == device)
			return &self.lines[i];
	return NULL;
}

LONG TSPI_lineGetDevCaps(DWORD device, DWORD version, DWORD ext_version, LINEDEVCAPS *caps)
{
	struct varpart v;
	struct line *l = line_of(device);

	if (!l)
		return LINEERR_NODEVICE;
	if (varpart_begin(&v, caps, offsetof(LINEDEVCAPS, dwAddressTypes)))
		return LINEERR_STRUCTURETOOSMALL;
	varpart_add_text(&v, &caps->dwLineNameSize, &caps->dwLineNameOffset, l->name);
	caps->dwStringFormat = STRINGFORMAT_ASCII;
	caps->dwAddressModes = LINEADDRESSMODE_ADDRESSID;
	caps->dwNumAddresses = 1;
	caps->dwBearerModes = LINEBEARERMODE_VOICE;
	caps->dwMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE;
	caps->dwMaxNumActiveCalls = CALLS;
	caps->dwDevCapFlags = LINEDEVCAPFLAGS_CLOSEDROP;
	caps->dwLineFeatures = LINEFEATURE_MAKECALL;
	return varpart_end(&v);
}

LONG TSPI_lineGetAddressCaps(DWORD device, DWORD address_id, DWORD version, DWORD ext_version,
		LINEADDRESSCAPS *caps)
{
	struct varpart v;
	struct line *l = line_of(device);

	if (!l || address_id)
		return l ? LINEERR_INVALADDRESSID : LINEERR_NODEVICE;
	if (varpart_begin(&v, caps, sizeof(*caps)))
		return LINEERR_STRUCTURETOOSMALL;
	varpart_add_text(&v, &caps->dwAddressSize, &caps->dwAddressOffset, l->number);
	caps->dwLineDeviceID = device;
	caps->dwAddressSharing = LINEADDRESSSHARING_PRIVATE;
	caps->dwCallStates = LINECALLSTATE_IDLE | LINECALLSTATE_CONNECTED;
	caps->dwMaxNumActiveCalls = CALLS;
	caps->dwAddrCapFlags = LINEADDRCAPFLAGS_DIALED;
	caps->dwCallFeatures = LINECALLFEATURE_DROP;
	caps->dwAddressFeatures = LINEADDRFEATURE_MAKECALL;
	caps->dwAvailableMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE;
	return varpart_end(&v);
}

LONG TSPI_lineOpen(DWORD device, HTAPILINE ht_line, HDRVLINE *out, DWORD version, LINEEVENT event)
{
	struct line *l = line_of(device);

	if (!l)
		return LINEERR_NODEVICE;
	l->ht = ht_line;
	l->event = event;
	*out = (HDRVLINE)l;
	return 0;
}

LONG TSPI_lineClose(HDRVLINE hd)
{
	memset(((struct line *)hd)->calls, 0, sizeof(((struct line *)hd)->calls));
	return 0;
}

LONG TSPI_lineGetNumAddressIDs(HDRVLINE hd, DWORD *count)
{
	*count = 1;
	return 0;
}

LONG TSPI_lineGetAddressID(HDRVLINE hd, DWORD *id, DWORD mode, const char *text, DWORD size)
{
	*id = 0;
	return 0;
}

LONG TSPI_lineGetLineDevStatus(HDRVLINE hd, LINEDEVSTATUS *status)
{
	struct varpart v;

	if (varpart_begin(&v, status, sizeof(*status)))
		return LINEERR_STRUCTURETOOSMALL;
	status->dwLineFeatures = LINEFEATURE_MAKECALL;
	status->dwDevStatusFlags = LINEDEVSTATUSFLAGS_CONNECTED | LINEDEVSTATUSFLAGS_INSERVICE;
	return varpart_end(&v);
}

LONG TSPI_lineGetAddressStatus(HDRVLINE hd, DWORD address_id, LINEADDRESSSTATUS *status)
{
	struct varpart v;

	if (varpart_begin(&v, status, sizeof(*status)))
		return LINEERR_STRUCTURETOOSMALL;
	status->dwAddressFeatures = LINEADDRFEATURE_MAKECALL;
	return varpart_end(&v);
}

static struct line *line_of_call(const struct call *c)
{
	for (unsigned i = 0; i < LINES; i++)
		if (c >= self.lines[i].calls && c < self.lines[i].calls + CALLS)
			return &self.lines[i];
	return NULL;
}

static void set_state(struct call *c, DWORD state)
{
	struct line *l = line_of_call(c);

	c->state = state;
	l->event(l->ht, c->ht, LINE_CALLSTATE, state, 0, LINEMEDIAMODE_INTERACTIVEVOICE);
}

LONG TSPI_lineMakeCall(DRV_REQUESTID id, HDRVLINE hd, HTAPICALL ht_call, HDRVCALL *out,
		const char *dest, DWORD country, const LINECALLPARAMS *params)
{
	struct line *l = (struct line *)hd;

	for (unsigned i = 0; i < CALLS; i++) {
		if (l->calls[i].ht)
			continue;
		l->calls[i].ht = ht_call;
		*out = (HDRVCALL)&l->calls[i];
		self.complete(id, 0);
		set_state(&l->calls[i], LINECALLSTATE_CONNECTED);
		return (LONG)id;
	}
	return LINEERR_CALLUNAVAIL;
}

LONG TSPI_lineDrop(DRV_REQUESTID id, HDRVCALL hd, const char *user_info, DWORD size)
{
	self.complete(id, 0);
	set_state((struct call *)hd, LINECALLSTATE_IDLE);
	return (LONG)id;
}

LONG TSPI_lineCloseCall(HDRVCALL hd)
{
	((struct call *)hd)->ht = 0;
	return 0;
}

LONG TSPI_lineGetCallInfo(HDRVCALL hd, LINECALLINFO *info)
{
	struct varpart v;

	if (varpart_begin(&v, info, offsetof(LINECALLINFO, dwCallerIDAddressType)))
		return LINEERR_STRUCTURETOOSMALL;
	info->dwLineDeviceID = line_of_call((struct call *)hd)->device;
	info->dwBearerMode = LINEBEARERMODE_VOICE;
	info->dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
	info->dwCallStates = LINECALLSTATE_IDLE | LINECALLSTATE_CONNECTED;
	info->dwOrigin = LINECALLORIGIN_OUTBOUND;
	return varpart_end(&v);
}

LONG TSPI_lineGetCallStatus(HDRVCALL hd, LINECALLSTATUS *status)
{
	struct varpart v;

	if (varpart_begin(&v, status, sizeof(*status)))
		return LINEERR_STRUCTURETOOSMALL;
	status->dwCallState = ((struct call *)hd)->state;
	status->dwCallFeatures = LINECALLFEATURE_DROP;
	return varpart_end(&v);
}

/* What every TSP must export, and this one has nothing to do for. */
/* clang-format off */
#define ABSENT(name, code, ...) LONG name(__VA_ARGS__) { return code; }

ABSENT(TSPI_lineSetAppSpecific, 0, HDRVCALL hd, DWORD value)
ABSENT(TSPI_lineSetStatusMessages, 0, HDRVLINE hd, DWORD line_states, DWORD address_states)
ABSENT(TSPI_lineAnswer, LINEERR_INVALCALLSTATE, DRV_REQUESTID r, HDRVCALL c, const char *p, DWORD n)
ABSENT(TSPI_lineDial, LINEERR_INVALCALLSTATE, DRV_REQUESTID r, HDRVCALL c, const char *p, DWORD n)
ABSENT(TSPI_lineGetID, LINEERR_INVALDEVICECLASS, HDRVLINE hd, DWORD address_id, HDRVCALL hd_call,
		DWORD select, VARSTRING *id, const char *device_class, int *descriptor)
ABSENT(TSPI_lineGetDevConfig, LINEERR_INVALDEVICECLASS, DWORD device, VARSTRING *v, const char *p)
ABSENT(TSPI_lineSetDevConfig, LINEERR_INVALDEVICECLASS, DWORD device, const void *p, DWORD size,
		const char *device_class)
