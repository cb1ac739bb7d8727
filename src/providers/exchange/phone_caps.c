// SPDX-License-Identifier: MIT
/* phone_caps.c - what a set has, and how it is now. */
#include "phone.h"

#include "caps.h"
#include "exchange.h"
#include "extension.h"

#include "providers/kit/varpart.h"

#define ALL_SWITCHES                                                                               \
	(PHONEHOOKSWITCHDEV_HANDSET | PHONEHOOKSWITCHDEV_SPEAKER | PHONEHOOKSWITCHDEV_HEADSET)

#define SWITCH_MODES                                                                               \
	(PHONEHOOKSWITCHMODE_ONHOOK | PHONEHOOKSWITCHMODE_MIC | PHONEHOOKSWITCHMODE_SPEAKER |      \
			PHONEHOOKSWITCHMODE_MICSPEAKER)

/* All that there is but PHONEFEATURE_GENERICPHONE: a set needs its line. */
#define ALL_FEATURES (PHONEFEATURE_GENERICPHONE - 1)

#define STATES                                                                                     \
	(PHONESTATE_CONNECTED | PHONESTATE_DISCONNECTED | PHONESTATE_OWNER | PHONESTATE_MONITORS | \
			PHONESTATE_DISPLAY | PHONESTATE_LAMP | PHONESTATE_RINGMODE |               \
			PHONESTATE_RINGVOLUME | PHONESTATE_HANDSETHOOKSWITCH |                     \
			PHONESTATE_HANDSETVOLUME | PHONESTATE_HANDSETGAIN |                        \
			PHONESTATE_SPEAKERHOOKSWITCH | PHONESTATE_SPEAKERVOLUME |                  \
			PHONESTATE_SPEAKERGAIN | PHONESTATE_HEADSETHOOKSWITCH |                    \
			PHONESTATE_HEADSETVOLUME | PHONESTATE_HEADSETGAIN | PHONESTATE_SUSPEND |   \
			PHONESTATE_RESUME | PHONESTATE_OTHER | PHONESTATE_CAPSCHANGE)

/* What needs nothing of the set: all below the first that sets something. */
#define GET_FEATURES (PHONEFEATURE_SETBUTTONINFO - 1)

/* A list: two NULs at its end. */
static const char device_classes[] = "tapi/phone\0tapi/line\0";

static LONG begin(struct varpart *v, void *structure, size_t fixed)
{
	return varpart_begin(v, structure, fixed) ? PHONEERR_STRUCTURETOOSMALL : 0;
}

static void fill(const struct phone *p, PHONECAPS *out)
{
	out->dwPermanentPhoneID = caps_permanent_id(p->line);
	out->dwStringFormat = STRINGFORMAT_ASCII;
	out->dwPhoneStates = STATES;
	out->dwHookSwitchDevs = out->dwVolumeFlags = out->dwGainFlags = ALL_SWITCHES;
	out->dwHandsetHookSwitchModes = out->dwSpeakerHookSwitchModes =
			out->dwHeadsetHookSwitchModes = SWITCH_MODES;
	out->dwSettableHandsetHookSwitchModes = out->dwSettableSpeakerHookSwitchModes =
			out->dwSettableHeadsetHookSwitchModes = SWITCH_MODES;
	out->dwMonitoredHandsetHookSwitchModes = out->dwMonitoredSpeakerHookSwitchModes =
			out->dwMonitoredHeadsetHookSwitchModes = SWITCH_MODES;
	out->dwDisplayNumRows = PHONE_ROWS;
	out->dwDisplayNumColumns = PHONE_COLUMNS;
	out->dwNumRingModes = PHONE_RING_MODES;
	out->dwNumButtonLamps = PHONE_BUTTONS;
	out->dwNumSetData = out->dwNumGetData = PHONE_AREAS;
	out->dwPhoneFeatures = ALL_FEATURES;
	out->PermanentPhoneGuid = (GUID){ caps_permanent_id(p->line), 0x5e1c, 0x4f7b,
		{ 0x9d, 0x21, 0x65, 0x78, 0x63, 0x68, 0x67, 0x65 } };
}

static void add_lists(const struct phone *p, PHONECAPS *out, struct varpart *v)
{
	DWORD modes[PHONE_BUTTONS], functions[PHONE_BUTTONS], lamps[PHONE_BUTTONS];
	DWORD areas[PHONE_AREAS];

	for (DWORD i = 0; i < PHONE_BUTTONS; i++) {
		modes[i] = p->buttons[i].mode;
		functions[i] = p->buttons[i].function;
		lamps[i] = phone_lamp_modes(i);
	}
	for (DWORD i = 0; i < PHONE_AREAS; i++)
		areas[i] = PHONE_AREA_SIZE;
	varpart_add(v, &out->dwButtonModesSize, &out->dwButtonModesOffset, modes, sizeof(modes));
	varpart_add(v, &out->dwButtonFunctionsSize, &out->dwButtonFunctionsOffset, functions,
			sizeof(functions));
	varpart_add(v, &out->dwLampModesSize, &out->dwLampModesOffset, lamps, sizeof(lamps));
	varpart_add(v, &out->dwSetDataSize, &out->dwSetDataOffset, areas, sizeof(areas));
	varpart_add(v, &out->dwGetDataSize, &out->dwGetDataOffset, areas, sizeof(areas));
}

LONG phone_caps(const struct phone *p, PHONECAPS *out)
{
	struct varpart v;
	LONG err = begin(&v, out, sizeof(*out));

	if (err)
		return err;
	fill(p, out);
	varpart_add_text(&v, &out->dwProviderInfoSize, &out->dwProviderInfoOffset,
			"tapisrvd exchange");
	varpart_add_text(&v, &out->dwPhoneInfoSize, &out->dwPhoneInfoOffset, "simulated set");
	varpart_add_text(&v, &out->dwPhoneNameSize, &out->dwPhoneNameOffset, p->line->name);
	add_lists(p, out, &v);
	varpart_add(&v, &out->dwDeviceClassesSize, &out->dwDeviceClassesOffset, device_classes,
			sizeof(device_classes));
	return varpart_end(&v);
}

LONG phone_status(const struct phone *p, PHONESTATUS *out)
{
	const struct phone_switch *s = p->switches;
	DWORD lamps[PHONE_BUTTONS];
	struct varpart v;
	LONG err = begin(&v, out, sizeof(*out));

	if (err)
		return err;
	for (DWORD i = 0; i < PHONE_BUTTONS; i++)
		lamps[i] = p->buttons[i].lamp;
	out->dwStatusFlags = p->status_flags;
	out->dwRingMode = p->ring_mode;
	out->dwRingVolume = p->ring_volume;
	out->dwHandsetHookSwitchMode = s[0].mode;
	out->dwHandsetVolume = s[0].volume;
	out->dwHandsetGain = s[0].gain;
	out->dwSpeakerHookSwitchMode = s[1].mode;
	out->dwSpeakerVolume = s[1].volume;
	out->dwSpeakerGain = s[1].gain;
	out->dwHeadsetHookSwitchMode = s[2].mode;
	out->dwHeadsetVolume = s[2].volume;
	out->dwHeadsetGain = s[2].gain;
	out->dwPhoneFeatures = phone_serves(p) ? ALL_FEATURES : GET_FEATURES;
	varpart_add_text(&v, &out->dwDisplaySize, &out->dwDisplayOffset, p->display);
	varpart_add(&v, &out->dwLampModesSize, &out->dwLampModesOffset, lamps, sizeof(lamps));
	return varpart_end(&v);
}
