// SPDX-License-Identifier: MIT
/* tapi_phone.h - phones: structures and functions.
 * Lines and phones are independent of each other. All phoneSet functions but
 * phoneSetStatusMessages, and no others, need owner privilege.
 */
#ifndef TAPI_PHONE_H
#define TAPI_PHONE_H

#include "tapi_types.h"
#include "tapi_phone_const.h"
#include "tapi_line_struct.h"

#ifdef __cplusplus
extern "C" {
#endif

#pragma pack(push, 4)

/** Which extensions of a provider a phone has; all zero is none. */
typedef struct phoneextensionid_tag {
	DWORD dwExtensionID0;
	DWORD dwExtensionID1;
	DWORD dwExtensionID2;
	DWORD dwExtensionID3;
} PHONEEXTENSIONID, *LPPHONEEXTENSIONID;

/** As LINEINITIALIZEEXPARAMS. */
typedef struct phoneinitializeexparams_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwOptions;
	union {
		HANDLE hEvent;
		HANDLE hCompletionPort;
	} Handles;
	DWORD dwCompletionKey;
} PHONEINITIALIZEEXPARAMS, *LPPHONEINITIALIZEEXPARAMS;

/** A message as phoneGetMessage gives it. */
typedef struct phonemessage_tag {
	DWORD hDevice;
	DWORD dwMessageID;
	DWORD_PTR dwCallbackInstance;
	DWORD_PTR dwParam1;
	DWORD_PTR dwParam2;
	DWORD_PTR dwParam3;
} PHONEMESSAGE, *LPPHONEMESSAGE;

/** What a phone has (phoneGetDevCaps). */
typedef struct phonecaps_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwProviderInfoSize;
	DWORD dwProviderInfoOffset;
	DWORD dwPhoneInfoSize;
	DWORD dwPhoneInfoOffset;
	DWORD dwPermanentPhoneID;
	DWORD dwPhoneNameSize;
	DWORD dwPhoneNameOffset;
	DWORD dwStringFormat;
	DWORD dwPhoneStates;
	DWORD dwHookSwitchDevs;
	DWORD dwHandsetHookSwitchModes;
	DWORD dwSpeakerHookSwitchModes;
	DWORD dwHeadsetHookSwitchModes;
	DWORD dwVolumeFlags;
	DWORD dwGainFlags;
	DWORD dwDisplayNumRows;
	DWORD dwDisplayNumColumns;
	DWORD dwNumRingModes;
	DWORD dwNumButtonLamps;
	DWORD dwButtonModesSize;
	DWORD dwButtonModesOffset;
	DWORD dwButtonFunctionsSize;
	DWORD dwButtonFunctionsOffset;
	DWORD dwLampModesSize;
	DWORD dwLampModesOffset;
	DWORD dwNumSetData;
	DWORD dwSetDataSize;
	DWORD dwSetDataOffset;
	DWORD dwNumGetData;
	DWORD dwGetDataSize;
	DWORD dwGetDataOffset;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
	/* since API version 2.0 */
	DWORD dwDeviceClassesSize;
	DWORD dwDeviceClassesOffset;
	DWORD dwPhoneFeatures;
	DWORD dwSettableHandsetHookSwitchModes;
	DWORD dwSettableSpeakerHookSwitchModes;
	DWORD dwSettableHeadsetHookSwitchModes;
	DWORD dwMonitoredHandsetHookSwitchModes;
	DWORD dwMonitoredSpeakerHookSwitchModes;
	DWORD dwMonitoredHeadsetHookSwitchModes;
	/* since API version 2.2 */
	GUID PermanentPhoneGuid;
} PHONECAPS, *LPPHONECAPS;

/** How a phone is now (phoneGetStatus). Volumes and gains 0 to 0xFFFF. */
typedef struct phonestatus_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwStatusFlags;
	DWORD dwNumOwners;
	DWORD dwNumMonitors;
	DWORD dwRingMode;
	DWORD dwRingVolume;
	DWORD dwHandsetHookSwitchMode;
	DWORD dwHandsetVolume;
	DWORD dwHandsetGain;
	DWORD dwSpeakerHookSwitchMode;
	DWORD dwSpeakerVolume;
	DWORD dwSpeakerGain;
	DWORD dwHeadsetHookSwitchMode;
	DWORD dwHeadsetVolume;
	DWORD dwHeadsetGain;
	DWORD dwDisplaySize;
	DWORD dwDisplayOffset;
	DWORD dwLampModesSize;
	DWORD dwLampModesOffset;
	DWORD dwOwnerNameSize;
	DWORD dwOwnerNameOffset;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
	/* since API version 2.0 */
	DWORD dwPhoneFeatures;
} PHONESTATUS, *LPPHONESTATUS;

/** A button and its lamp. */
typedef struct phonebuttoninfo_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwButtonMode;
	DWORD dwButtonFunction;
	DWORD dwButtonTextSize;
	DWORD dwButtonTextOffset;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
	/* since API version 1.4 */
	DWORD dwButtonState;
} PHONEBUTTONINFO, *LPPHONEBUTTONINFO;

#pragma pack(pop)

/* --- The program and the server -------------------------------------------------------------- */

/**
 * Take the next message of a phone registration in event mode; as lineGetMessage.
 *
 * Units:     dwTimeout in milliseconds; 0 polls, 0xFFFFFFFF waits for ever.
 * Errors:    PHONEERR_INVALAPPHANDLE, PHONEERR_OPERATIONFAILED when the time is over.
 */
TAPI_EXPORT LONG WINAPI phoneGetMessage(HPHONEAPP hPhoneApp, LPPHONEMESSAGE lpMessage,
		DWORD dwTimeout);

/**
 * Register for phones, the old way: as phoneInitializeEx with callback mode and API version 1.x.
 */
TAPI_EXPORT LONG WINAPI phoneInitialize(LPHPHONEAPP lphPhoneApp, HINSTANCE hInstance,
		PHONECALLBACK lpfnCallback, LPCSTR lpszAppName, LPDWORD lpdwNumDevs);

/**
 * Register the program with the server and learn how many phones there are; all else as
 * lineInitializeEx.
 *
 * Ownership: *lphPhoneApp is ended by phoneShutdown; the event descriptor belongs to the library.
 * Errors:    PHONEERR_INVALAPPNAME, PHONEERR_INIFILECORRUPT, PHONEERR_INVALPARAM,
 *            PHONEERR_NODRIVER, PHONEERR_REINIT.
 */
TAPI_EXPORT LONG WINAPI phoneInitializeEx(LPHPHONEAPP lphPhoneApp, HINSTANCE hInstance,
		PHONECALLBACK lpfnCallback, LPCSTR lpszFriendlyAppName, LPDWORD lpdwNumDevs,
		LPDWORD lpdwAPIVersion, LPPHONEINITIALIZEEXPARAMS lpPhoneInitializeExParams);

/** Leave: closes every phone of the registration and ends its handles and its event descriptor. */
TAPI_EXPORT LONG WINAPI phoneShutdown(HPHONEAPP hPhoneApp);

/* --- Versions -------------------------------------------------------------------------------- */

/**
 * Agree on the API version for one phone device; as lineNegotiateAPIVersion.
 *
 * Errors:    PHONEERR_BADDEVICEID, PHONEERR_NODRIVER, PHONEERR_INCOMPATIBLEAPIVERSION.
 */
TAPI_EXPORT LONG WINAPI phoneNegotiateAPIVersion(HPHONEAPP hPhoneApp, DWORD dwDeviceID,
		DWORD dwAPILowVersion, DWORD dwAPIHighVersion, LPDWORD lpdwAPIVersion,
		LPPHONEEXTENSIONID lpExtensionID);

/**
 * Agree on the version of a phone's own extensions; as lineNegotiateExtVersion.
 *
 * Errors:    PHONEERR_BADDEVICEID, PHONEERR_INCOMPATIBLEAPIVERSION,
 *            PHONEERR_INCOMPATIBLEEXTVERSION.
 */
TAPI_EXPORT LONG WINAPI phoneNegotiateExtVersion(HPHONEAPP hPhoneApp, DWORD dwDeviceID,
		DWORD dwAPIVersion, DWORD dwExtLowVersion, DWORD dwExtHighVersion,
		LPDWORD lpdwExtVersion);

/* --- Phones ---------------------------------------------------------------------------------- */

/** Close a phone; replies that are outstanding are not delivered, PHONE_CLOSE is not sent. */
TAPI_EXPORT LONG WINAPI phoneClose(HPHONE hPhone);

/**
 * Mode, function, text and state of a button; ids 0-9, 10 (star) and 11 (hash) are the keypad.
 *
 * Errors:    PHONEERR_INVALBUTTONLAMPID, PHONEERR_STRUCTURETOOSMALL.
 */
TAPI_EXPORT LONG WINAPI phoneGetButtonInfo(HPHONE hPhone, DWORD dwButtonLampID,
		LPPHONEBUTTONINFO lpButtonInfo);

/**
 * Read one of the phone's data areas.
 *
 * Units:     dwSize in bytes.
 * Errors:    PHONEERR_INVALDATAID, PHONEERR_INVALPARAM.
 */
TAPI_EXPORT LONG WINAPI phoneGetData(HPHONE hPhone, DWORD dwDataID, LPVOID lpData, DWORD dwSize);

/**
 * What a phone has: hookswitches, display, ring modes, buttons, lamps, data areas, features.
 *
 * Errors:    PHONEERR_BADDEVICEID, PHONEERR_INCOMPATIBLEAPIVERSION,
 *            PHONEERR_INCOMPATIBLEEXTVERSION, PHONEERR_STRUCTURETOOSMALL.
 */
TAPI_EXPORT LONG WINAPI phoneGetDevCaps(HPHONEAPP hPhoneApp, DWORD dwDeviceID, DWORD dwAPIVersion,
		DWORD dwExtVersion, LPPHONECAPS lpPhoneCaps);

/**
 * What the display shows, row after row.
 *
 * Errors:    PHONEERR_STRUCTURETOOSMALL.
 */
TAPI_EXPORT LONG WINAPI phoneGetDisplay(HPHONE hPhone, LPVARSTRING lpDisplay);

/**
 * Microphone gain of one hookswitch device.
 *
 * Units:     0 to 0xFFFF.
 * Errors:    PHONEERR_INVALHOOKSWITCHDEV.
 */
TAPI_EXPORT LONG WINAPI phoneGetGain(HPHONE hPhone, DWORD dwHookSwitchDev, LPDWORD lpdwGain);

/** Which hookswitch devices are off hook, as PHONEHOOKSWITCHDEV_ bits. */
TAPI_EXPORT LONG WINAPI phoneGetHookSwitch(HPHONE hPhone, LPDWORD lpdwHookSwitchDevs);

/**
 * The device of a class that belongs to the phone; as lineGetID.
 *
 * Errors:    PHONEERR_INVALDEVICECLASS, PHONEERR_STRUCTURETOOSMALL.
 */
TAPI_EXPORT LONG WINAPI phoneGetID(HPHONE hPhone, LPVARSTRING lpDeviceID, LPCSTR lpszDeviceClass);

/**
 * The mode of a lamp (one PHONELAMPMODE_).
 *
 * Errors:    PHONEERR_INVALBUTTONLAMPID.
 */
TAPI_EXPORT LONG WINAPI phoneGetLamp(HPHONE hPhone, DWORD dwButtonLampID, LPDWORD lpdwLampMode);

/**
 * How the phone rings now.
 *
 * Units:     mode 0 is not ringing; volume 0 to 0xFFFF.
 */
TAPI_EXPORT LONG WINAPI phoneGetRing(HPHONE hPhone, LPDWORD lpdwRingMode, LPDWORD lpdwVolume);

/**
 * The whole present state of an open phone.
 *
 * Errors:    PHONEERR_STRUCTURETOOSMALL.
 */
TAPI_EXPORT LONG WINAPI phoneGetStatus(HPHONE hPhone, LPPHONESTATUS lpPhoneStatus);

/** Which messages this program gets for the phone. */
TAPI_EXPORT LONG WINAPI phoneGetStatusMessages(HPHONE hPhone, LPDWORD lpdwPhoneStates,
		LPDWORD lpdwButtonModes, LPDWORD lpdwButtonStates);

/**
 * Speaker volume of one hookswitch device.
 *
 * Units:     0 to 0xFFFF.
 * Errors:    PHONEERR_INVALHOOKSWITCHDEV.
 */
TAPI_EXPORT LONG WINAPI phoneGetVolume(HPHONE hPhone, DWORD dwHookSwitchDev, LPDWORD lpdwVolume);

/**
 * Open a phone: as owner, who may change it and is alone in that, or as monitor, who watches.
 *
 * Ownership: *lphPhone is ended by phoneClose.
 * In:        versions as negotiated; exactly one PHONEPRIVILEGE_.
 * Errors:    PHONEERR_ALLOCATED, PHONEERR_BADDEVICEID, PHONEERR_INCOMPATIBLEAPIVERSION,
 *            PHONEERR_INCOMPATIBLEEXTVERSION, PHONEERR_INUSE (there is an owner),
 *            PHONEERR_INVALPRIVILEGE, PHONEERR_NODRIVER, PHONEERR_REINIT.
 */
TAPI_EXPORT LONG WINAPI phoneOpen(HPHONEAPP hPhoneApp, DWORD dwDeviceID, LPHPHONE lphPhone,
		DWORD dwAPIVersion, DWORD dwExtVersion, DWORD_PTR dwCallbackInstance,
		DWORD dwPrivilege);

/**
 * Change mode, function or text of a button.
 *
 * Reply:     PHONE_REPLY. Owner.
 * Errors:    PHONEERR_INVALBUTTONLAMPID, PHONEERR_INVALBUTTONMODE, PHONEERR_INVALBUTTONSTATE,
 *            PHONEERR_INVALPARAM, PHONEERR_INVALPHONESTATE, PHONEERR_STRUCTURETOOSMALL.
 */
TAPI_EXPORT LONG WINAPI phoneSetButtonInfo(HPHONE hPhone, DWORD dwButtonLampID,
		const PHONEBUTTONINFO *lpButtonInfo);

/**
 * Write one of the phone's data areas.
 *
 * Units:     dwSize in bytes.
 * Reply:     PHONE_REPLY. Owner.
 * Errors:    PHONEERR_INVALDATAID, PHONEERR_INVALPARAM, PHONEERR_INVALPHONESTATE.
 */
TAPI_EXPORT LONG WINAPI phoneSetData(HPHONE hPhone, DWORD dwDataID, const void *lpData,
		DWORD dwSize);

/**
 * Write a string on the display at a row and column; what does not fit is cut.
 *
 * Units:     rows and columns from 0; dwSize in bytes.
 * Reply:     PHONE_REPLY. Owner.
 * Errors:    PHONEERR_INVALPARAM, PHONEERR_INVALPHONESTATE.
 */
TAPI_EXPORT LONG WINAPI phoneSetDisplay(HPHONE hPhone, DWORD dwRow, DWORD dwColumn,
		LPCSTR lpsDisplay, DWORD dwSize);

/**
 * Set the microphone gain of one hookswitch device; muting keeps it.
 *
 * Units:     0 to 0xFFFF; more is clamped.
 * Reply:     PHONE_REPLY. Owner.
 * Errors:    PHONEERR_INVALHOOKSWITCHDEV, PHONEERR_INVALPHONESTATE.
 */
TAPI_EXPORT LONG WINAPI phoneSetGain(HPHONE hPhone, DWORD dwHookSwitchDev, DWORD dwGain);

/**
 * Put one or several hookswitch devices into one mode; PHONE_STATE reports the change. Volume and
 * gain stay.
 *
 * Reply:     PHONE_REPLY. Owner.
 * Errors:    PHONEERR_INVALHOOKSWITCHDEV, PHONEERR_INVALHOOKSWITCHMODE,
 *            PHONEERR_INVALPHONESTATE.
 */
TAPI_EXPORT LONG WINAPI phoneSetHookSwitch(HPHONE hPhone, DWORD dwHookSwitchDevs,
		DWORD dwHookSwitchMode);

/**
 * Light a lamp in a mode.
 *
 * Reply:     PHONE_REPLY. Owner.
 * Errors:    PHONEERR_INVALBUTTONLAMPID, PHONEERR_INVALLAMPMODE, PHONEERR_INVALPHONESTATE.
 */
TAPI_EXPORT LONG WINAPI phoneSetLamp(HPHONE hPhone, DWORD dwButtonLampID, DWORD dwLampMode);

/**
 * Ring the phone in one of its modes; 0 stops.
 *
 * Units:     volume 0 to 0xFFFF; more is clamped.
 * Reply:     PHONE_REPLY. Owner.
 * Errors:    PHONEERR_INVALRINGMODE, PHONEERR_INVALPHONESTATE.
 */
TAPI_EXPORT LONG WINAPI phoneSetRing(HPHONE hPhone, DWORD dwRingMode, DWORD dwVolume);

/**
 * Choose which PHONE_STATE and PHONE_BUTTON messages come; none do before. PHONESTATE_REINIT
 * cannot be switched off.
 *
 * Errors:    PHONEERR_INVALBUTTONMODE, PHONEERR_INVALBUTTONSTATE, PHONEERR_INVALPHONESTATE.
 */
TAPI_EXPORT LONG WINAPI phoneSetStatusMessages(HPHONE hPhone, DWORD dwPhoneStates,
		DWORD dwButtonModes, DWORD dwButtonStates);

/**
 * Set the speaker volume of one hookswitch device; muting keeps it.
 *
 * Units:     0 to 0xFFFF; more is clamped.
 * Reply:     PHONE_REPLY. Owner.
 * Errors:    PHONEERR_INVALHOOKSWITCHDEV, PHONEERR_INVALPHONESTATE.
 */
TAPI_EXPORT LONG WINAPI phoneSetVolume(HPHONE hPhone, DWORD dwHookSwitchDev, DWORD dwVolume);

/* --- The provider's own ---------------------------------------------------------------------- */

/**
 * Reach what only this provider offers for the phone; as lineDevSpecific.
 *
 * Ownership: lpParams must stay valid until the reply, which writes it.
 * Units:     dwSize in bytes, at most 65536.
 * Reply:     PHONE_REPLY. Owners and monitors.
 * Errors:    the provider's; PHONEERR_INVALPARAM, PHONEERR_INVALBUTTONLAMPID,
 *            PHONEERR_INVALHOOKSWITCHDEV, PHONEERR_INVALPHONESTATE.
 */
TAPI_EXPORT LONG WINAPI phoneDevSpecific(HPHONE hPhone, LPVOID lpParams, DWORD dwSize);

/* --- Windows: not offered -------------------------------------------------------------------- */

/** Would show a device's dialog; not offered. Returns OPERATIONUNAVAIL. */
TAPI_EXPORT LONG WINAPI phoneConfigDialog(DWORD dwDeviceID, HWND hwndOwner,
		LPCSTR lpszDeviceClass);

/** Would give an icon; there are none. Returns OPERATIONUNAVAIL. */
TAPI_EXPORT LONG WINAPI phoneGetIcon(DWORD dwDeviceID, LPCSTR lpszDeviceClass, LPHICON lphIcon);

#ifdef __cplusplus
}
#endif

#endif
