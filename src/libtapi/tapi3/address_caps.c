// SPDX-License-Identifier: MIT
/* address_caps.c - ITAddressCapabilities: a capability is a member of LINEDEVCAPS or
 * LINEADDRESSCAPS. */
#include "libtapi/tapi3/objects.h"

#include <stddef.h>
#include <string.h>

#define DEV(capability, member)  [capability] = { 'd', offsetof(LINEDEVCAPS, member) }
#define ADDR(capability, member) [capability] = { 'a', offsetof(LINEADDRESSCAPS, member) }

static const struct {
	char from; /* 'd' LINEDEVCAPS, 'a' LINEADDRESSCAPS, 0: none of both */
	size_t offset;
} members[] = {
	DEV(AC_ADDRESSTYPES, dwAddressTypes),
	DEV(AC_BEARERMODES, dwBearerModes),
	ADDR(AC_MAXACTIVECALLS, dwMaxNumActiveCalls),
	ADDR(AC_MAXONHOLDCALLS, dwMaxNumOnHoldCalls),
	ADDR(AC_MAXONHOLDPENDINGCALLS, dwMaxNumOnHoldPendingCalls),
	ADDR(AC_MAXNUMCONFERENCE, dwMaxNumConference),
	ADDR(AC_MAXNUMTRANSCONF, dwMaxNumTransConf),
	DEV(AC_MONITORDIGITSUPPORT, dwMonitorDigitModes),
	DEV(AC_GENERATEDIGITSUPPORT, dwGenerateDigitModes),
	DEV(AC_GENERATETONEMODES, dwGenerateToneModes),
	DEV(AC_GENERATETONEMAXNUMFREQ, dwGenerateToneMaxNumFreq),
	DEV(AC_MONITORTONEMAXNUMFREQ, dwMonitorToneMaxNumFreq),
	DEV(AC_MONITORTONEMAXNUMENTRIES, dwMonitorToneMaxNumEntries),
	DEV(AC_DEVCAPFLAGS, dwDevCapFlags),
	DEV(AC_ANSWERMODES, dwAnswerMode),
	DEV(AC_LINEFEATURES, dwLineFeatures),
	DEV(AC_SETTABLEDEVSTATUS, dwSettableDevStatus),
	ADDR(AC_PARKSUPPORT, dwParkModes),
	ADDR(AC_CALLERIDSUPPORT, dwCallerIDFlags),
	ADDR(AC_CALLEDIDSUPPORT, dwCalledIDFlags),
	ADDR(AC_CONNECTEDIDSUPPORT, dwConnectedIDFlags),
	ADDR(AC_REDIRECTIONIDSUPPORT, dwRedirectionIDFlags),
	ADDR(AC_REDIRECTINGIDSUPPORT, dwRedirectingIDFlags),
	ADDR(AC_ADDRESSCAPFLAGS, dwAddrCapFlags),
	ADDR(AC_CALLFEATURES1, dwCallFeatures),
	ADDR(AC_CALLFEATURES2, dwCallFeatures2),
	ADDR(AC_REMOVEFROMCONFCAPS, dwRemoveFromConfCaps),
	ADDR(AC_REMOVEFROMCONFSTATE, dwRemoveFromConfState),
	ADDR(AC_TRANSFERMODES, dwTransferModes),
	ADDR(AC_ADDRESSFEATURES, dwAddressFeatures),
	ADDR(AC_PREDICTIVEAUTOTRANSFERSTATES, dwPredictiveAutoTransferStates),
	ADDR(AC_MAXCALLDATASIZE, dwMaxCallDataSize),
	ADDR(AC_FORWARDMODES, dwForwardModes),
	ADDR(AC_MAXFORWARDENTRIES, dwMaxForwardEntries),
	ADDR(AC_MAXSPECIFICENTRIES, dwMaxSpecificEntries),
	ADDR(AC_MINFWDNUMRINGS, dwMinFwdNumRings),
	ADDR(AC_MAXFWDNUMRINGS, dwMaxFwdNumRings),
	ADDR(AC_MAXCALLCOMPLETIONS, dwMaxCallCompletions),
	ADDR(AC_CALLCOMPLETIONCONDITIONS, dwCallCompletionConds),
	ADDR(AC_CALLCOMPLETIONMODES, dwCallCompletionModes),
	DEV(AC_PERMANENTDEVICEID, dwPermanentLineID),
	DEV(AC_GATHERDIGITSMINTIMEOUT, dwGatherDigitsMinTimeout),
	DEV(AC_GATHERDIGITSMAXTIMEOUT, dwGatherDigitsMaxTimeout),
	DEV(AC_GENERATEDIGITMINDURATION, MinDialParams.dwDigitDuration),
	DEV(AC_GENERATEDIGITMAXDURATION, MaxDialParams.dwDigitDuration),
	DEV(AC_GENERATEDIGITDEFAULTDURATION, DefaultDialParams.dwDigitDuration),
};

/* The structures are packed to 4 bytes, so members are read byte by byte. */
static LONG member(const struct tapi_address *address, unsigned which, DWORD *out)
{
	const char *from;

	if (which >= sizeof(members) / sizeof(members[0]) || !members[which].from)
		return fail(TAPI_E_NOTSUPPORTED, "capability", "%u is no capability", which);
	from = members[which].from == 'd' ? (const char *)address->dev
					  : (const char *)address->caps;
	memcpy(out, from + members[which].offset, sizeof(*out));
	return 0;
}

LONG tapi_address_get_capability(struct tapi_address *address, ADDRESS_CAPABILITY which, DWORD *out)
{
	if (!address || !out)
		return fail(LINEERR_INVALPOINTER, "NULL", "an argument is NULL");
	switch ((unsigned)which) {
	case AC_LINEID:
		*out = address->device;
		return 0;
	case AC_ADDRESSID:
		*out = address->id;
		return 0;
	default:
		return member(address, (unsigned)which, out);
	}
}

/* Texts need not end with NUL. */
static LONG bytes_out(const char *from, DWORD size, char *text, size_t room)
{
	size_t n = 0;

	while (n < size && from[n])
		n++;
	if (!text && room)
		return fail(LINEERR_INVALPOINTER, "NULL", "there is no room for the text");
	if (room) {
		size_t fits = n < room ? n : room - 1;

		memcpy(text, from, fits);
		text[fits] = '\0';
	}
	return (LONG)n;
}

static LONG part_out(const void *structure, DWORD size, DWORD offset, char *text, size_t room)
{
	const char *from = structure_text(structure, size, offset, &size);

	return bytes_out(from, size, text, room);
}

LONG tapi_address_get_capability_string(struct tapi_address *address,
		ADDRESS_CAPABILITY_STRING which, char *text, size_t size)
{
	char guid[GUID_TEXT];
	const LINEDEVCAPS *d;
	const LINEADDRESSCAPS *c;

	if (!address)
		return fail(LINEERR_INVALPOINTER, "NULL", "there is no address");
	d = address->dev;
	c = address->caps;
	switch (which) {
	case ACS_PROTOCOL:
		guid_text(&d->ProtocolGuid, guid);
		return text_out(guid, text, size);
	case ACS_PERMANENTDEVICEGUID:
		guid_text(&d->PermanentLineGuid, guid);
		return text_out(guid, text, size);
	case ACS_ADDRESSDEVICESPECIFIC:
		return part_out(c, c->dwDevSpecificSize, c->dwDevSpecificOffset, text, size);
	case ACS_LINEDEVICESPECIFIC:
		return part_out(d, d->dwDevSpecificSize, d->dwDevSpecificOffset, text, size);
	case ACS_PROVIDERSPECIFIC:
		return part_out(d, d->dwProviderInfoSize, d->dwProviderInfoOffset, text, size);
	case ACS_SWITCHSPECIFIC:
		return part_out(d, d->dwSwitchInfoSize, d->dwSwitchInfoOffset, text, size);
	}
	return fail(TAPI_E_NOTSUPPORTED, "capability", "%d is no capability", (int)which);
}

LONG tapi_address_get_call_treatment(struct tapi_address *address, DWORD index, char *text,
		size_t size)
{
	LINECALLTREATMENTENTRY entry;
	const LINEADDRESSCAPS *c;

	if (!address)
		return fail(LINEERR_INVALPOINTER, "NULL", "there is no address");
	c = address->caps;
	if (index >= c->dwNumCallTreatments || index >= c->dwCallTreatmentListSize / sizeof(entry))
		return TAPI_E_NOITEMS;
	memcpy(&entry, (const char *)c + c->dwCallTreatmentListOffset + index * sizeof(entry),
			sizeof(entry));
	return part_out(c, entry.dwCallTreatmentNameSize, entry.dwCallTreatmentNameOffset, text,
			size);
}

LONG tapi_address_get_completion_message(struct tapi_address *address, DWORD index, char *text,
		size_t size)
{
	const LINEADDRESSCAPS *c;
	DWORD each;

	if (!address)
		return fail(LINEERR_INVALPOINTER, "NULL", "there is no address");
	c = address->caps;
	each = c->dwCompletionMsgTextEntrySize;
	if (index >= c->dwNumCompletionMessages ||
			(each && index >= c->dwCompletionMsgTextSize / each))
		return TAPI_E_NOITEMS;
	return part_out(c, each, c->dwCompletionMsgTextOffset + index * each, text, size);
}

/* The classes stand one after the other, each with its NUL, one more NUL behind the last. */
LONG tapi_address_get_device_class(struct tapi_address *address, DWORD index, char *text,
		size_t size)
{
	const char *list;
	DWORD length, at = 0;

	if (!address)
		return fail(LINEERR_INVALPOINTER, "NULL", "there is no address");
	list = structure_text(address->caps, address->caps->dwDeviceClassesSize,
			address->caps->dwDeviceClassesOffset, &length);
	while (at < length && list[at]) {
		DWORD n = 0;

		while (at + n < length && list[at + n])
			n++;
		if (index-- == 0)
			return bytes_out(list + at, n, text, size);
		at += n + 1;
	}
	return TAPI_E_NOITEMS;
}
