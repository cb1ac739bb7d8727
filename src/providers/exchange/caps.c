// SPDX-License-Identifier: MIT
/* caps.c - device and address capabilities and status: what is served, and nothing else. */
#include "caps.h"

#include "call.h"
#include "complete.h"
#include "exchange.h"
#include "extension.h"
#include "forward.h"
#include "queue.h"
#include "station.h"

#include "providers/kit/tsp_tones.h"
#include "providers/kit/varpart.h"

#include <tapi3const.h>

#define PARTY_FLAGS                                                                                \
	(LINECALLPARTYID_ADDRESS | LINECALLPARTYID_NAME | LINECALLPARTYID_BLOCKED |                \
			LINECALLPARTYID_UNAVAIL)

#define DISCONNECT_MODES                                                                           \
	(LINEDISCONNECTMODE_NORMAL | LINEDISCONNECTMODE_REJECT | LINEDISCONNECTMODE_BUSY |         \
			LINEDISCONNECTMODE_NOANSWER | LINEDISCONNECTMODE_BADADDRESS |              \
			LINEDISCONNECTMODE_UNREACHABLE | LINEDISCONNECTMODE_CONGESTION |           \
			LINEDISCONNECTMODE_INCOMPATIBLE | LINEDISCONNECTMODE_TEMPFAILURE |         \
			LINEDISCONNECTMODE_OUTOFORDER | LINEDISCONNECTMODE_PICKUP |                \
			LINEDISCONNECTMODE_FORWARDED | LINEDISCONNECTMODE_DONOTDISTURB)

#define CALL_INFO_STATES                                                                           \
	(LINECALLINFOSTATE_MEDIAMODE | LINECALLINFOSTATE_APPSPECIFIC |                             \
			LINECALLINFOSTATE_CALLEDID | LINECALLINFOSTATE_CONNECTEDID |               \
			LINECALLINFOSTATE_USERUSERINFO | LINECALLINFOSTATE_MONITORMODES |          \
			LINECALLINFOSTATE_OTHER | LINECALLINFOSTATE_BEARERMODE |                   \
			LINECALLINFOSTATE_RATE | LINECALLINFOSTATE_TREATMENT |                     \
			LINECALLINFOSTATE_QOS | LINECALLINFOSTATE_CALLDATA |                       \
			LINECALLINFOSTATE_TRUNK | LINECALLINFOSTATE_CHARGINGINFO |                 \
			LINECALLINFOSTATE_CALLID | LINECALLINFOSTATE_RELATEDCALLID |               \
			LINECALLINFOSTATE_REASON | LINECALLINFOSTATE_CALLERID |                    \
			LINECALLINFOSTATE_REDIRECTIONID | LINECALLINFOSTATE_REDIRECTINGID |        \
			LINECALLINFOSTATE_TERMINAL)

#define ADDR_CAP_FLAGS                                                                             \
	(LINEADDRCAPFLAGS_DIALED | LINEADDRCAPFLAGS_ORIGOFFHOOK | LINEADDRCAPFLAGS_PARTIALDIAL |   \
			LINEADDRCAPFLAGS_BLOCKIDOVERRIDE | LINEADDRCAPFLAGS_PICKUPGROUPID |        \
			LINEADDRCAPFLAGS_PICKUPCALLWAIT | LINEADDRCAPFLAGS_COMPLETIONID |          \
			LINEADDRCAPFLAGS_FWDNUMRINGS | LINEADDRCAPFLAGS_FWDSTATUSVALID |           \
			LINEADDRCAPFLAGS_FWDINTEXTADDR | LINEADDRCAPFLAGS_FWDBUSYNAADDR |          \
			LINEADDRCAPFLAGS_PREDICTIVEDIALER | LINEADDRCAPFLAGS_SECURE |              \
			LINEADDRCAPFLAGS_AUTORECONNECT | LINEADDRCAPFLAGS_TRANSFERHELD |           \
			LINEADDRCAPFLAGS_TRANSFERMAKE | LINEADDRCAPFLAGS_CONFERENCEHELD |          \
			LINEADDRCAPFLAGS_CONFERENCEMAKE | LINEADDRCAPFLAGS_SETUPCONFNULL |         \
			LINEADDRCAPFLAGS_CONFDROP)

#define LINE_FEATURES                                                                              \
	(LINEFEATURE_DEVSPECIFIC | LINEFEATURE_DEVSPECIFICFEAT | LINEFEATURE_SETDEVSTATUS |        \
			LINEFEATURE_FORWARD | LINEFEATURE_FORWARDFWD | LINEFEATURE_FORWARDDND)

#define ADDRESS_FEATURES                                                                           \
	(LINEADDRFEATURE_FORWARD | LINEADDRFEATURE_FORWARDFWD | LINEADDRFEATURE_FORWARDDND)

/* What needs room for one more call. */
#define PICKUP_FEATURES                                                                            \
	(LINEADDRFEATURE_PICKUP | LINEADDRFEATURE_PICKUPDIRECT | LINEADDRFEATURE_PICKUPGROUP |     \
			LINEADDRFEATURE_PICKUPWAITING | LINEADDRFEATURE_UNPARK)

#define ADDRESS_STATES                                                                             \
	(LINEADDRESSSTATE_INUSEZERO | LINEADDRESSSTATE_INUSEONE | LINEADDRESSSTATE_NUMCALLS |      \
			LINEADDRESSSTATE_TERMINALS | LINEADDRESSSTATE_FORWARD)

static const char device_classes[] = "tapi/line\0tapi/phone\0"; /* a list: two NULs at its end */

/* FNV-1a. */
DWORD caps_permanent_id(const struct extension *e)
{
	uint32_t hash = 0x811c9dc5u;

	for (const char *p = e->number; *p; p++)
		hash = (hash ^ (unsigned char)*p) * 0x01000193u;
	return hash;
}

static LINEDIALPARAMS no_dial_params(void)
{
	return (LINEDIALPARAMS){ 0, 0, 0, 0 };
}

/* The feature, if there are terminals. */
static DWORD terminal_feature(DWORD feature)
{
	return terminal_count() ? feature : 0;
}

/* Those that a line never has where calls only wait. */
static DWORD calling_features(const struct extension *e, DWORD features)
{
	return extension_is_waiting_place(e) ? 0 : features;
}

/* Whether a call can be made now. */
static bool can_call(const struct extension *e)
{
	return station_serves(e) && !(e->status_flags & LINEDEVSTATUSFLAGS_LOCKED) &&
	       !extension_is_waiting_place(e) && !extension_is_full(e);
}

static void fill_line(const struct extension *e, LINEDEVCAPS *out)
{
	static const GUID protocol = TAPIPROTOCOL_PSTN_INIT;

	out->dwPermanentLineID = caps_permanent_id(e);
	out->dwStringFormat = STRINGFORMAT_ASCII;
	out->dwAddressModes = LINEADDRESSMODE_ADDRESSID | LINEADDRESSMODE_DIALABLEADDR;
	out->dwNumAddresses = 1;
	out->dwBearerModes = BEARER_MODES;
	out->dwMaxRate = EXTENSION_RATE;
	out->dwMediaModes = MEDIA_MODES;
	tones_fill_caps(out);
	out->dwDevCapFlags = LINEDEVCAPFLAGS_CLOSEDROP | LINEDEVCAPFLAGS_MSP |
			     LINEDEVCAPFLAGS_CALLHUB | LINEDEVCAPFLAGS_CALLHUBTRACKING;
	out->dwAvailableTracking = LINECALLHUBTRACKING_PROVIDERLEVEL | LINECALLHUBTRACKING_ALLCALLS;
	out->dwMaxNumActiveCalls = extension_capacity(e);
	out->dwAnswerMode = LINEANSWERMODE_NONE;
	out->dwRingModes = RING_MODES;
	out->dwLineStates = LINEDEVSTATE_RINGING | LINEDEVSTATE_NUMCALLS | LINEDEVSTATE_TERMINALS |
			    LINEDEVSTATE_NUMCOMPLETIONS | LINEDEVSTATE_COMPLCANCEL |
			    station_states();
	out->dwSettableDevStatus = station_settable();
	out->dwUUIAcceptSize = exchange.config.uui_size;
	out->dwUUIAnswerSize = exchange.config.uui_size;
	out->dwUUIMakeCallSize = exchange.config.uui_size;
	out->dwUUIDropSize = exchange.config.uui_size;
	out->dwUUISendUserUserInfoSize = exchange.config.uui_size;
	out->dwUUICallInfoSize = exchange.config.uui_size;
	out->MinDialParams = no_dial_params();
	out->MaxDialParams = no_dial_params();
	out->DefaultDialParams = no_dial_params();
	out->dwLineFeatures = LINE_FEATURES | calling_features(e, LINEFEATURE_MAKECALL) |
			      terminal_feature(LINEFEATURE_SETTERMINAL);
	out->PermanentLineGuid = (GUID){ caps_permanent_id(e), 0x5e1c, 0x4f7a,
		{ 0x9d, 0x21, 0x65, 0x78, 0x63, 0x68, 0x67, 0x65 } };
	out->dwAddressTypes = LINEADDRESSTYPE_PHONENUMBER;
	out->ProtocolGuid = protocol;
}

LONG caps_of_line(const struct extension *e, LINEDEVCAPS *out)
{
	struct varpart v;
	LONG err = varpart_begin(&v, out, sizeof(*out));

	if (err)
		return err;
	fill_line(e, out);
	varpart_add_text(&v, &out->dwProviderInfoSize, &out->dwProviderInfoOffset,
			"tapisrvd exchange");
	varpart_add_text(&v, &out->dwSwitchInfoSize, &out->dwSwitchInfoOffset, "simulated PBX");
	varpart_add_text(&v, &out->dwLineNameSize, &out->dwLineNameOffset, e->name);
	varpart_add(&v, &out->dwDeviceClassesSize, &out->dwDeviceClassesOffset, device_classes,
			sizeof(device_classes));
	terminal_caps(out, &v);
	return varpart_end(&v);
}

static void fill_services(LINEADDRESSCAPS *out)
{
	out->dwParkModes = LINEPARKMODE_DIRECTED | LINEPARKMODE_NONDIRECTED;
	out->dwForwardModes = forward_modes();
	out->dwMaxForwardEntries = FORWARD_ENTRIES_MAX;
	out->dwMaxSpecificEntries = FORWARD_SPECIFIC_MAX;
	out->dwMinFwdNumRings = FORWARD_RINGS_MIN;
	out->dwMaxFwdNumRings = FORWARD_RINGS_MAX;
	out->dwMaxCallCompletions = COMPLETIONS_MAX;
	out->dwCallCompletionConds = LINECALLCOMPLCOND_BUSY | LINECALLCOMPLCOND_NOANSWER;
	out->dwCallCompletionModes = complete_modes();
	out->dwPredictiveAutoTransferStates = PREDICTIVE_STATES;
}

static void fill_address(const struct extension *e, LINEADDRESSCAPS *out)
{
	out->dwLineDeviceID = extension_device(e);
	out->dwAddressSharing = LINEADDRESSSHARING_PRIVATE;
	out->dwAddressStates = ADDRESS_STATES;
	out->dwCallInfoStates = CALL_INFO_STATES;
	out->dwCallerIDFlags = PARTY_FLAGS;
	out->dwCalledIDFlags = PARTY_FLAGS & ~(DWORD)LINECALLPARTYID_BLOCKED;
	out->dwConnectedIDFlags = PARTY_FLAGS;
	out->dwRedirectionIDFlags = PARTY_FLAGS;
	out->dwRedirectingIDFlags = PARTY_FLAGS;
	out->dwCallStates = call_possible_states();
	out->dwDialToneModes = LINEDIALTONEMODE_INTERNAL;
	out->dwBusyModes = LINEBUSYMODE_STATION;
	out->dwDisconnectModes = DISCONNECT_MODES;
	out->dwMaxNumActiveCalls = extension_capacity(e);
	out->dwMaxNumOnHoldCalls = HELD_CALLS_MAX;
	out->dwMaxNumOnHoldPendingCalls = HELD_CALLS_MAX;
	out->dwMaxNumConference = exchange.config.conference_parties;
	out->dwMaxNumTransConf = exchange.config.conference_parties + 1; /* TAPI: with oneself */
	out->dwAddrCapFlags = ADDR_CAP_FLAGS | queue_cap_flags(e) |
			      (exchange.config.lines[LINE_KIND_TRUNK].count
							      ? 0
							      : LINEADDRCAPFLAGS_NOEXTERNALCALLS);
	out->dwCallFeatures = call_possible_features();
	out->dwCallFeatures2 = call_possible_features2();
	out->dwMaxCallDataSize = CALL_DATA_MAX;
	out->dwAddressFeatures =
			ADDRESS_FEATURES |
			calling_features(e, PICKUP_FEATURES | LINEADDRFEATURE_UNCOMPLETECALL |
							    LINEADDRFEATURE_MAKECALL |
							    LINEADDRFEATURE_SETUPCONF) |
			terminal_feature(LINEADDRFEATURE_SETTERMINAL);
	fill_services(out);
	out->dwRemoveFromConfCaps = LINEREMOVEFROMCONF_ANY;
	out->dwRemoveFromConfState = LINECALLSTATE_CONNECTED;
	out->dwTransferModes = LINETRANSFERMODE_TRANSFER | LINETRANSFERMODE_CONFERENCE;
	out->dwMaxNoAnswerTimeout = exchange.config.no_answer_ms / 1000;
	out->dwConnectedModes = LINECONNECTEDMODE_ACTIVE | LINECONNECTEDMODE_ACTIVEHELD;
	out->dwOfferingModes = LINEOFFERINGMODE_ACTIVE;
	out->dwAvailableMediaModes = MEDIA_MODES;
}

LONG caps_of_address(const struct extension *e, LINEADDRESSCAPS *out)
{
	struct varpart v;
	LONG err = varpart_begin(&v, out, sizeof(*out));

	if (err)
		return err;
	fill_address(e, out);
	varpart_add_text(&v, &out->dwAddressSize, &out->dwAddressOffset, e->number);
	varpart_add(&v, &out->dwDeviceClassesSize, &out->dwDeviceClassesOffset, device_classes,
			sizeof(device_classes));
	treatment_list(out, &v);
	complete_messages(out, &v);
	return varpart_end(&v);
}

LONG status_of_line(const struct extension *e, LINEDEVSTATUS *out)
{
	struct line_use use = extension_use(e);
	struct varpart v;
	LONG err = varpart_begin(&v, out, sizeof(*out));

	if (err)
		return err;
	out->dwNumActiveCalls = use.active;
	out->dwNumOnHoldCalls = use.held;
	out->dwNumOnHoldPendCalls = use.pending;
	out->dwLineFeatures = LINE_FEATURES | terminal_feature(LINEFEATURE_SETTERMINAL);
	out->dwSignalLevel = 0xFFFFu;
	out->dwBatteryLevel = 0xFFFFu;
	out->dwRoamMode = LINEROAMMODE_UNAVAIL;
	out->dwDevStatusFlags = e->status_flags;
	out->dwNumCallCompletions = complete_pending(e);
	if (can_call(e)) {
		out->dwLineFeatures |= LINEFEATURE_MAKECALL;
		out->dwAvailableMediaModes = MEDIA_MODES;
	}
	terminal_add(&e->terminals, &out->dwTerminalModesSize, &out->dwTerminalModesOffset, &v);
	if (e->message[0])
		varpart_add_text(&v, &out->dwDevSpecificSize, &out->dwDevSpecificOffset,
				e->message);
	return varpart_end(&v);
}

LONG status_of_address(const struct extension *e, LINEADDRESSSTATUS *out)
{
	struct line_use use = extension_use(e);
	struct varpart v;
	LONG err = varpart_begin(&v, out, sizeof(*out));

	if (err)
		return err;
	out->dwNumActiveCalls = use.active;
	out->dwNumOnHoldCalls = use.held;
	out->dwNumOnHoldPendCalls = use.pending;
	out->dwNumInUse = use.active + use.held + use.pending ? 1 : 0;
	out->dwAddressFeatures = ADDRESS_FEATURES | terminal_feature(LINEADDRFEATURE_SETTERMINAL);
	if (can_call(e))
		out->dwAddressFeatures |= PICKUP_FEATURES | LINEADDRFEATURE_MAKECALL |
					  LINEADDRFEATURE_SETUPCONF;
	if (complete_pending(e))
		out->dwAddressFeatures |= LINEADDRFEATURE_UNCOMPLETECALL;
	forward_status(e, out, &v);
	terminal_add(&e->terminals, &out->dwTerminalModesSize, &out->dwTerminalModesOffset, &v);
	return varpart_end(&v);
}
