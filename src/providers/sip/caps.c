// SPDX-License-Identifier: MIT
/* caps.c - device and address capabilities and status: what is served, and nothing else. */
#include "caps.h"

#include "account.h"
#include "call.h"
#include "conference.h"
#include "sip.h"

#include "providers/kit/tsp_tones.h"
#include "providers/kit/varpart.h"

#include <stdio.h>
#include <string.h>

#define PARTY_FLAGS (LINECALLPARTYID_ADDRESS | LINECALLPARTYID_NAME | LINECALLPARTYID_UNAVAIL)

#define DISCONNECT_MODES                                                                           \
	(LINEDISCONNECTMODE_NORMAL | LINEDISCONNECTMODE_UNKNOWN | LINEDISCONNECTMODE_REJECT |      \
			LINEDISCONNECTMODE_PICKUP | LINEDISCONNECTMODE_FORWARDED |                 \
			LINEDISCONNECTMODE_BUSY | LINEDISCONNECTMODE_NOANSWER |                    \
			LINEDISCONNECTMODE_BADADDRESS | LINEDISCONNECTMODE_UNREACHABLE |           \
			LINEDISCONNECTMODE_CONGESTION | LINEDISCONNECTMODE_INCOMPATIBLE |          \
			LINEDISCONNECTMODE_NUMBERCHANGED | LINEDISCONNECTMODE_OUTOFORDER |         \
			LINEDISCONNECTMODE_TEMPFAILURE | LINEDISCONNECTMODE_QOSUNAVAIL |           \
			LINEDISCONNECTMODE_BLOCKED | LINEDISCONNECTMODE_CANCELLED)

#define CALL_INFO_STATES                                                                           \
	(LINECALLINFOSTATE_MEDIAMODE | LINECALLINFOSTATE_APPSPECIFIC | LINECALLINFOSTATE_REASON |  \
			LINECALLINFOSTATE_CALLEDID | LINECALLINFOSTATE_CONNECTEDID |               \
			LINECALLINFOSTATE_REDIRECTIONID | LINECALLINFOSTATE_USERUSERINFO |         \
			LINECALLINFOSTATE_MONITORMODES)

#define ADDRESS_STATES                                                                             \
	(LINEADDRESSSTATE_INUSEZERO | LINEADDRESSSTATE_INUSEONE | LINEADDRESSSTATE_NUMCALLS |      \
			LINEADDRESSSTATE_FORWARD | LINEADDRESSSTATE_CAPSCHANGE)

#define LINE_STATES                                                                                \
	(LINEDEVSTATE_RINGING | LINEDEVSTATE_NUMCALLS | LINEDEVSTATE_INSERVICE |                   \
			LINEDEVSTATE_OUTOFSERVICE | LINEDEVSTATE_MSGWAITON |                       \
			LINEDEVSTATE_MSGWAITOFF | LINEDEVSTATE_CAPSCHANGE | LINEDEVSTATE_REMOVED)

#define LINE_FEATURES                                                                              \
	(LINEFEATURE_MAKECALL | LINEFEATURE_DEVSPECIFIC | LINEFEATURE_FORWARD |                    \
			LINEFEATURE_FORWARDFWD | LINEFEATURE_FORWARDDND)

#define ADDRESS_FEATURES                                                                           \
	(LINEADDRFEATURE_MAKECALL | LINEADDRFEATURE_FORWARD | LINEADDRFEATURE_FORWARDFWD |         \
			LINEADDRFEATURE_FORWARDDND)

static const char device_classes[] = "tapi/line\0"; /* a list: two NULs at its end */

/* The same in every start: from the name alone (FNV-1a). */
static DWORD permanent_id(const struct account *a)
{
	uint32_t hash = 0x811c9dc5u;

	for (const char *p = account_name(a); *p; p++)
		hash = (hash ^ (unsigned char)*p) * 0x01000193u;
	return hash;
}

static void fill_uui(const struct account *a, LINEDEVCAPS *out)
{
	DWORD size = a->config->uui_size;

	out->dwUUIAcceptSize = size;
	out->dwUUIAnswerSize = size;
	out->dwUUIMakeCallSize = size;
	out->dwUUIDropSize = size;
	out->dwUUICallInfoSize = size;
}

static void fill_line(const struct account *a, LINEDEVCAPS *out)
{
	out->dwPermanentLineID = permanent_id(a);
	out->dwStringFormat = STRINGFORMAT_ASCII;
	out->dwAddressModes = LINEADDRESSMODE_ADDRESSID | LINEADDRESSMODE_DIALABLEADDR;
	out->dwNumAddresses = 1;
	out->dwBearerModes = BEARER_MODES;
	out->dwMaxRate = ACCOUNT_RATE;
	out->dwMediaModes = MEDIA_MODES;
	tones_fill_caps(out);
	if (a->config->digits == DIGITS_INFO)
		out->dwGenerateDigitModes = LINEDIGITMODE_DTMF;
	out->dwDevCapFlags = LINEDEVCAPFLAGS_CLOSEDROP | LINEDEVCAPFLAGS_MSP;
	out->dwMaxNumActiveCalls = a->config->calls;
	out->dwAnswerMode = LINEANSWERMODE_NONE;
	out->dwRingModes = 1;
	out->dwLineStates = LINE_STATES;
	fill_uui(a, out);
	out->dwLineFeatures = LINE_FEATURES;
	out->PermanentLineGuid = (GUID){ permanent_id(a), 0x3261, 0x4aec,
		{ 0xa8, 0x64, 0x74, 0x61, 0x70, 0x69, 0x73, 0x70 } };
	out->dwAddressTypes = LINEADDRESSTYPE_PHONENUMBER | LINEADDRESSTYPE_EMAILNAME |
			      LINEADDRESSTYPE_IPADDRESS;
	/* TAPI has no GUID for SIP; it is named by the capability flags of none of its others. */
	out->ProtocolGuid = (GUID){ 0x5061, 0x3261, 0x4aec,
		{ 0xa8, 0x64, 0x74, 0x61, 0x70, 0x69, 0x73, 0x70 } };
}

LONG caps_of_line(const struct account *a, LINEDEVCAPS *out)
{
	char server[CONFIG_TEXT_MAX + 16];
	struct varpart v;
	LONG err = varpart_begin(&v, out, sizeof(*out));

	if (err)
		return err;
	fill_line(a, out);
	host_port_write(&a->config->server, server, sizeof(server));
	varpart_add_text(&v, &out->dwProviderInfoSize, &out->dwProviderInfoOffset, "tapisrvd sip");
	varpart_add_text(&v, &out->dwSwitchInfoSize, &out->dwSwitchInfoOffset,
			*server ? server : "peer to peer");
	varpart_add_text(&v, &out->dwLineNameSize, &out->dwLineNameOffset, account_name(a));
	varpart_add(&v, &out->dwDeviceClassesSize, &out->dwDeviceClassesOffset, device_classes,
			sizeof(device_classes));
	return varpart_end(&v);
}

static void fill_services(LINEADDRESSCAPS *out)
{
	out->dwMaxNumConference = CONFERENCE_MAX;
	out->dwMaxNumTransConf = CONFERENCE_MAX;
	out->dwRemoveFromConfCaps = LINEREMOVEFROMCONF_ANY;
	out->dwRemoveFromConfState = LINECALLSTATE_CONNECTED;
	out->dwTransferModes = LINETRANSFERMODE_TRANSFER | LINETRANSFERMODE_CONFERENCE;
	out->dwForwardModes = FORWARD_MODES;
	out->dwMaxForwardEntries = FORWARD_ENTRIES_MAX;
	out->dwMaxSpecificEntries = FORWARD_ENTRIES_MAX;
	out->dwMinFwdNumRings = FORWARD_RINGS_MIN;
	out->dwMaxFwdNumRings = FORWARD_RINGS_MAX;
	out->dwAddrCapFlags = LINEADDRCAPFLAGS_FWDNUMRINGS | LINEADDRCAPFLAGS_FWDSTATUSVALID |
			      LINEADDRCAPFLAGS_FWDBUSYNAADDR | LINEADDRCAPFLAGS_DIALED |
			      LINEADDRCAPFLAGS_ORIGOFFHOOK | LINEADDRCAPFLAGS_PARTIALDIAL |
			      LINEADDRCAPFLAGS_BLOCKIDOVERRIDE | LINEADDRCAPFLAGS_ACCEPTTOALERT |
			      LINEADDRCAPFLAGS_AUTORECONNECT | LINEADDRCAPFLAGS_TRANSFERHELD |
			      LINEADDRCAPFLAGS_TRANSFERMAKE | LINEADDRCAPFLAGS_CONFERENCEHELD |
			      LINEADDRCAPFLAGS_CONFERENCEMAKE | LINEADDRCAPFLAGS_SETUPCONFNULL |
			      LINEADDRCAPFLAGS_CONFDROP;
}

static void fill_address(const struct account *a, LINEADDRESSCAPS *out)
{
	out->dwLineDeviceID = a->device;
	out->dwAddressSharing = LINEADDRESSSHARING_PRIVATE;
	out->dwAddressStates = ADDRESS_STATES;
	out->dwCallInfoStates = CALL_INFO_STATES;
	out->dwCallerIDFlags = PARTY_FLAGS | LINECALLPARTYID_BLOCKED;
	out->dwCalledIDFlags = PARTY_FLAGS;
	out->dwConnectedIDFlags = PARTY_FLAGS | LINECALLPARTYID_BLOCKED;
	out->dwRedirectionIDFlags = PARTY_FLAGS;
	out->dwRedirectingIDFlags = PARTY_FLAGS | LINECALLPARTYID_BLOCKED;
	out->dwCallStates = call_possible_states();
	out->dwDialToneModes = LINEDIALTONEMODE_NORMAL;
	out->dwBusyModes = LINEBUSYMODE_STATION;
	out->dwDisconnectModes = DISCONNECT_MODES;
	out->dwMaxNumActiveCalls = a->config->calls;
	out->dwMaxNumOnHoldCalls = a->config->calls;
	out->dwMaxNumOnHoldPendingCalls = a->config->calls;
	out->dwCallFeatures = call_possible_features();
	out->dwAddressFeatures = ADDRESS_FEATURES;
	out->dwMaxNoAnswerTimeout = a->config->no_answer_ms / 1000;
	out->dwConnectedModes = LINECONNECTEDMODE_ACTIVE | LINECONNECTEDMODE_ACTIVEHELD;
	out->dwOfferingModes = LINEOFFERINGMODE_ACTIVE;
	out->dwAvailableMediaModes = MEDIA_MODES;
	fill_services(out);
}

LONG caps_of_address(const struct account *a, LINEADDRESSCAPS *out)
{
	struct varpart v;
	LONG err = varpart_begin(&v, out, sizeof(*out));

	if (err)
		return err;
	fill_address(a, out);
	varpart_add_text(&v, &out->dwAddressSize, &out->dwAddressOffset, a->aor);
	varpart_add(&v, &out->dwDeviceClassesSize, &out->dwDeviceClassesOffset, device_classes,
			sizeof(device_classes));
	return varpart_end(&v);
}

/* How many calls with a peer are in a state that `is` asks for. */
static DWORD count_calls(const struct account *a, bool (*is)(const struct call *c))
{
	DWORD count = 0;

	list_for(l, &a->calls)
		if (is(list_entry(l, struct call, link)) &&
				!list_entry(l, struct call, link)->links.is_conference)
			count++;
	return count;
}

static bool is_held(const struct call *c)
{
	return c->state == CALL_STATE_ONHOLD;
}

static bool is_pending(const struct call *c)
{
	return c->state == CALL_STATE_ONHOLDPENDTRANSFER || c->state == CALL_STATE_ONHOLDPENDCONF;
}

static bool can_make_calls(const struct account *a)
{
	return !account_is_full(a) && registration_is_in_service(a);
}

LONG status_of_line(const struct account *a, LINEDEVSTATUS *out)
{
	struct varpart v;
	LONG err = varpart_begin(&v, out, sizeof(*out));

	if (err)
		return err;
	out->dwNumOnHoldCalls = count_calls(a, is_held);
	out->dwNumOnHoldPendCalls = count_calls(a, is_pending);
	out->dwNumActiveCalls =
			account_active_calls(a) - out->dwNumOnHoldCalls - out->dwNumOnHoldPendCalls;
	out->dwLineFeatures = LINE_FEATURES & ~(DWORD)LINEFEATURE_MAKECALL;
	out->dwSignalLevel = 0xFFFFu;
	out->dwBatteryLevel = 0xFFFFu;
	out->dwRoamMode = LINEROAMMODE_UNAVAIL;
	out->dwDevStatusFlags = LINEDEVSTATUSFLAGS_CONNECTED;
	if (a->waiting.is_on)
		out->dwDevStatusFlags |= LINEDEVSTATUSFLAGS_MSGWAIT;
	if (registration_is_in_service(a))
		out->dwDevStatusFlags |= LINEDEVSTATUSFLAGS_INSERVICE;
	else
		sip_explain(&a->registration.why);
	if (can_make_calls(a)) {
		out->dwLineFeatures |= LINEFEATURE_MAKECALL;
		out->dwAvailableMediaModes = MEDIA_MODES;
	}
	return varpart_end(&v);
}

/* TAPI: the offsets of the entries count from the beginning of the whole structure; their texts
 * follow them. */
static void add_forwarding(const struct account *a, LINEADDRESSSTATUS *out, struct varpart *v)
{
	char block[FORWARD_ENTRIES_MAX * (sizeof(LINEFORWARD) + 2 * (FORWARD_ADDRESS_MAX + 1))];
	size_t size = forward_write(&a->forwarding, block, sizeof(block), v->used);

	varpart_add(v, &out->dwForwardSize, &out->dwForwardOffset, block, size);
	if (!out->dwForwardSize)
		return;
	out->dwForwardNumEntries = (DWORD)a->forwarding.count;
	out->dwForwardSize = (DWORD)(a->forwarding.count * sizeof(LINEFORWARD));
}

LONG status_of_address(const struct account *a, LINEADDRESSSTATUS *out)
{
	struct varpart v;
	LONG err = varpart_begin(&v, out, sizeof(*out));

	if (err)
		return err;
	out->dwNumOnHoldCalls = count_calls(a, is_held);
	out->dwNumOnHoldPendCalls = count_calls(a, is_pending);
	out->dwNumActiveCalls =
			account_active_calls(a) - out->dwNumOnHoldCalls - out->dwNumOnHoldPendCalls;
	out->dwNumInUse = account_active_calls(a) ? 1 : 0;
	out->dwAddressFeatures = ADDRESS_FEATURES & ~(DWORD)LINEADDRFEATURE_MAKECALL;
	if (can_make_calls(a))
		out->dwAddressFeatures |= LINEADDRFEATURE_MAKECALL;
	out->dwNumRingsNoAnswer = a->forwarding.count ? a->forwarding.rings : 0xFFFFFFFFu;
	add_forwarding(a, out, &v);
	return varpart_end(&v);
}
