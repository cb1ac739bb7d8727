// SPDX-License-Identifier: MIT
/* tsp_many.c - a TSP with any number of lines (key "lines"), each with any number of calls that are
 * connected at once and have no sound. A byte n in the fifo "trigger" makes n events at once: the
 * latest call's mode changes between ACTIVE and INACTIVE. */
#include "providers/kit/varpart.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tspi.h>
#include <unistd.h>

#pragma GCC diagnostic ignored "-Wunused-parameter"

#define VERSION 0x00020002u
#define VOICE   LINEMEDIAMODE_INTERACTIVEVOICE

struct line {
	DWORD device;
	HTAPILINE ht;
	LINEEVENT event;
};

struct call {
	struct line *line;
	HTAPICALL ht;
	DWORD state;
};

static struct {
	DWORD base, count;
	struct line *lines;
	ASYNC_COMPLETION complete;
	char trigger[108];
	pthread_t thread;
	bool has_thread;
	pthread_mutex_t lock; /* guards: */
	struct call *latest;  /* the one that is triggered */
} self = { .count = 1, .lock = PTHREAD_MUTEX_INITIALIZER };

LONG TSPI_providerConfigure(LPCSTR key, LPCSTR value)
{
	if (strcmp(key, "lines") == 0)
		self.count = (DWORD)strtoul(value, NULL, 10);
	else if (strcmp(key, "trigger") == 0)
		(void)snprintf(self.trigger, sizeof(self.trigger), "%s", value);
	else
		return LINEERR_INVALPARAM;
	return 0;
}

LONG TSPI_providerConfigured(void)
{
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
	*lines = self.count;
	*phones = 0;
	return 0;
}

static void *run_trigger(void *arg)
{
	int fd = open(self.trigger, O_RDWR); /* never at its end */
	DWORD mode = LINECONNECTEDMODE_ACTIVE;
	unsigned char n;

	(void)arg;
	while (fd >= 0 && read(fd, &n, 1) == 1 && n) {
		(void)pthread_mutex_lock(&self.lock);
		for (; n && self.latest; n--) {
			const struct call *c = self.latest;

			mode ^= LINECONNECTEDMODE_ACTIVE | LINECONNECTEDMODE_INACTIVE;
			c->line->event(c->line->ht, c->ht, LINE_CALLSTATE, LINECALLSTATE_CONNECTED,
					mode, VOICE);
		}
		(void)pthread_mutex_unlock(&self.lock);
	}
	(void)close(fd);
	return NULL;
}

LONG TSPI_providerInit(DWORD version, DWORD provider, DWORD line_base, DWORD phone_base,
		DWORD_PTR lines, DWORD_PTR phones, ASYNC_COMPLETION complete, DWORD *options)
{
	self.lines = calloc(lines, sizeof(*self.lines));
	if (!self.lines && lines)
		return LINEERR_NOMEM;
	self.base = line_base;
	self.complete = complete;
	for (DWORD i = 0; i < lines; i++)
		self.lines[i].device = line_base + i;
	if (self.trigger[0])
		self.has_thread = pthread_create(&self.thread, NULL, run_trigger, NULL) == 0;
	*options = 0;
	return 0;
}

static void end_thread(void)
{
	int fd = open(self.trigger, O_WRONLY);

	if (fd >= 0 && write(fd, "", 1) == 1)
		(void)pthread_join(self.thread, NULL);
	(void)close(fd);
	self.has_thread = false;
}

LONG TSPI_providerShutdown(DWORD version, DWORD provider)
{
	if (self.has_thread)
		end_thread();
	free(self.lines);
	self.lines = NULL;
	return 0;
}

static void add_number(struct varpart *v, DWORD *size, DWORD *offset, DWORD number)
{
	char text[16];

	(void)snprintf(text, sizeof(text), "%u", number);
	varpart_add_text(v, size, offset, text);
}

LONG TSPI_lineGetDevCaps(DWORD device, DWORD version, DWORD ext_version, LINEDEVCAPS *caps)
{
	struct varpart v;

	if (varpart_begin(&v, caps, offsetof(LINEDEVCAPS, dwAddressTypes)))
		return LINEERR_STRUCTURETOOSMALL;
	add_number(&v, &caps->dwLineNameSize, &caps->dwLineNameOffset, device);
	caps->dwPermanentLineID = device - self.base + 1;
	caps->dwStringFormat = STRINGFORMAT_ASCII;
	caps->dwAddressModes = LINEADDRESSMODE_ADDRESSID;
	caps->dwNumAddresses = 1;
	caps->dwBearerModes = LINEBEARERMODE_VOICE;
	caps->dwMediaModes = VOICE;
	caps->dwMaxNumActiveCalls = 100000;
	caps->dwDevCapFlags = LINEDEVCAPFLAGS_CLOSEDROP;
	caps->dwLineFeatures = LINEFEATURE_MAKECALL;
	return varpart_end(&v);
}

LONG TSPI_lineGetAddressCaps(DWORD device, DWORD address_id, DWORD version, DWORD ext_version,
		LINEADDRESSCAPS *caps)
{
	struct varpart v;

	if (varpart_begin(&v, caps, sizeof(*caps)))
		return LINEERR_STRUCTURETOOSMALL;
	add_number(&v, &caps->dwAddressSize, &caps->dwAddressOffset, 1000000 + device);
	caps->dwLineDeviceID = device;
	caps->dwAddressSharing = LINEADDRESSSHARING_PRIVATE;
	caps->dwCallStates = LINECALLSTATE_IDLE | LINECALLSTATE_CONNECTED;
	caps->dwConnectedModes = LINECONNECTEDMODE_ACTIVE | LINECONNECTEDMODE_INACTIVE;
	caps->dwMaxNumActiveCalls = 100000;
	caps->dwAddrCapFlags = LINEADDRCAPFLAGS_DIALED;
	caps->dwCallFeatures = LINECALLFEATURE_DROP;
	caps->dwAddressFeatures = LINEADDRFEATURE_MAKECALL;
	caps->dwAvailableMediaModes = VOICE;
	return varpart_end(&v);
}

LONG TSPI_lineOpen(DWORD device, HTAPILINE ht_line, HDRVLINE *out, DWORD version, LINEEVENT event)
{
	struct line *l = &self.lines[device - self.base];

	l->ht = ht_line;
	l->event = event;
	*out = (HDRVLINE)l;
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

static void set_state(struct call *c, DWORD state)
{
	c->state = state;
	c->line->event(c->line->ht, c->ht, LINE_CALLSTATE, state,
			state == LINECALLSTATE_CONNECTED ? LINECONNECTEDMODE_ACTIVE : 0, VOICE);
}

LONG TSPI_lineMakeCall(DRV_REQUESTID id, HDRVLINE hd, HTAPICALL ht_call, HDRVCALL *out,
		const char *dest, DWORD country, const LINECALLPARAMS *params)
{
	struct call *c = calloc(1, sizeof(*c));

	if (!c)
		return LINEERR_NOMEM;
	c->line = (struct line *)hd;
	c->ht = ht_call;
	*out = (HDRVCALL)c;
	self.complete(id, 0);
	set_state(c, LINECALLSTATE_CONNECTED);
	(void)pthread_mutex_lock(&self.lock);
	self.latest = c;
	(void)pthread_mutex_unlock(&self.lock);
	return (LONG)id;
}

LONG TSPI_lineDrop(DRV_REQUESTID id, HDRVCALL hd, const char *user_info, DWORD size)
{
	self.complete(id, 0);
	set_state((struct call *)hd, LINECALLSTATE_IDLE);
	return (LONG)id;
}

LONG TSPI_lineCloseCall(HDRVCALL hd)
{
	(void)pthread_mutex_lock(&self.lock);
	if (self.latest == (struct call *)hd)
		self.latest = NULL;
	(void)pthread_mutex_unlock(&self.lock);
	free((struct call *)hd);
	return 0;
}

LONG TSPI_lineGetCallInfo(HDRVCALL hd, LINECALLINFO *info)
{
	struct varpart v;

	if (varpart_begin(&v, info, offsetof(LINECALLINFO, dwCallerIDAddressType)))
		return LINEERR_STRUCTURETOOSMALL;
	info->dwLineDeviceID = ((struct call *)hd)->line->device;
	info->dwBearerMode = LINEBEARERMODE_VOICE;
	info->dwMediaMode = VOICE;
	info->dwCallStates = LINECALLSTATE_IDLE | LINECALLSTATE_CONNECTED;
	info->dwOrigin = LINECALLORIGIN_OUTBOUND;
	info->dwReason = LINECALLREASON_DIRECT;
	info->dwCalledIDFlags = LINECALLPARTYID_ADDRESS;
	add_number(&v, &info->dwCalledIDSize, &info->dwCalledIDOffset, 4711);
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

ABSENT(TSPI_lineClose, 0, HDRVLINE hd)
ABSENT(TSPI_lineSetAppSpecific, 0, HDRVCALL hd, DWORD value)
ABSENT(TSPI_lineSetStatusMessages, 0, HDRVLINE hd, DWORD line_states, DWORD address_states)
ABSENT(TSPI_lineAnswer, LINEERR_INVALCALLSTATE, DRV_REQUESTID r, HDRVCALL c, const char *p, DWORD n)
ABSENT(TSPI_lineDial, LINEERR_INVALCALLSTATE, DRV_REQUESTID r, HDRVCALL c, const char *p, DWORD n)
ABSENT(TSPI_lineGetID, LINEERR_INVALDEVICECLASS, HDRVLINE hd, DWORD address_id, HDRVCALL hd_call,
		DWORD select, VARSTRING *id, const char *device_class, int *descriptor)
ABSENT(TSPI_lineGetDevConfig, LINEERR_INVALDEVICECLASS, DWORD device, VARSTRING *v, const char *p)
ABSENT(TSPI_lineSetDevConfig, LINEERR_INVALDEVICECLASS, DWORD device, const void *p, DWORD size,
		const char *device_class)
