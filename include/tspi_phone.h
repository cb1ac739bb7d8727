// SPDX-License-Identifier: MIT
/* tspi_phone.h - what a TSP exports for phones. tspi.h has the rules. */
#ifndef TSPI_PHONE_H
#define TSPI_PHONE_H

#include "tspi_types.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Close a phone: complete what is pending; no event may come after the return. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneClose(HDRVPHONE hdPhone);

/** Never called here: no windows. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneConfigDialog(DWORD dwDeviceID, HWND hwndOwner,
		LPCSTR lpszDeviceClass);

/**
 * Whatever else this TSP offers for the phone.
 *
 * Ownership: lpParams stays valid until the completion.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneDevSpecific(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		LPVOID lpParams, DWORD dwSize);

/**
 * Mode, function, text and state of a button; ids 0 to 11 are always the keypad.
 *
 * Errors:    PHONEERR_INVALBUTTONLAMPID.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetButtonInfo(HDRVPHONE hdPhone, DWORD dwButtonLampID,
		LPPHONEBUTTONINFO lpButtonInfo);

/**
 * Read one data area of the phone.
 *
 * Units:     dwSize in bytes.
 * Errors:    PHONEERR_INVALDATAID.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetData(HDRVPHONE hdPhone, DWORD dwDataID, LPVOID lpData,
		DWORD dwSize);

/**
 * What the phone has. Takes a device id; called with and without the phone open.
 *
 * Errors:    PHONEERR_BADDEVICEID.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetDevCaps(DWORD dwDeviceID, DWORD dwTSPIVersion,
		DWORD dwExtVersion, LPPHONECAPS lpPhoneCaps);

/** What the display shows. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetDisplay(HDRVPHONE hdPhone, LPVARSTRING lpDisplay);

/** Which extensions the phone has; all zero is none. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetExtensionID(DWORD dwDeviceID, DWORD dwTSPIVersion,
		LPPHONEEXTENSIONID lpExtensionID);

/**
 * Microphone gain of one hookswitch device.
 *
 * Units:     0 to 0xFFFF.
 * Errors:    PHONEERR_INVALHOOKSWITCHDEV.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetGain(HDRVPHONE hdPhone, DWORD dwHookSwitchDev,
		LPDWORD lpdwGain);

/** Which hookswitch devices are off hook. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetHookSwitch(HDRVPHONE hdPhone, LPDWORD lpdwHookSwitchDevs);

/** Never called here: no icons. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetIcon(DWORD dwDeviceID, LPCSTR lpszDeviceClass,
		LPHICON lphIcon);

/**
 * The device of a class that belongs to the phone; as TSPI_lineGetID.
 *
 * Ownership: *descriptor is -1 at the call; one stored there is taken over and closed by the host.
 * Errors:    PHONEERR_INVALDEVICECLASS.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetID(HDRVPHONE hdPhone, LPVARSTRING lpDeviceID,
		LPCSTR lpszDeviceClass, int *descriptor);

/**
 * The mode of one lamp.
 *
 * Errors:    PHONEERR_INVALBUTTONLAMPID.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetLamp(HDRVPHONE hdPhone, DWORD dwButtonLampID,
		LPDWORD lpdwLampMode);

/** How the phone rings now; mode 0 is not at all. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetRing(HDRVPHONE hdPhone, LPDWORD lpdwRingMode,
		LPDWORD lpdwVolume);

/** The present state of the phone; the server fills in owner and monitors. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetStatus(HDRVPHONE hdPhone, LPPHONESTATUS lpPhoneStatus);

/**
 * Speaker volume of one hookswitch device.
 *
 * Units:     0 to 0xFFFF.
 * Errors:    PHONEERR_INVALHOOKSWITCHDEV.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetVolume(HDRVPHONE hdPhone, DWORD dwHookSwitchDev,
		LPDWORD lpdwVolume);

/** Choose the extension version; as for lines. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneNegotiateExtVersion(DWORD dwDeviceID, DWORD dwTSPIVersion,
		DWORD dwLowVersion, DWORD dwHighVersion, LPDWORD lpdwExtVersion);

/**
 * Choose the TSPI version for one phone device.
 *
 * Errors:    PHONEERR_BADDEVICEID, PHONEERR_INCOMPATIBLEAPIVERSION.
 * Note:      of the basic set.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneNegotiateTSPIVersion(DWORD dwDeviceID, DWORD dwLowVersion,
		DWORD dwHighVersion, LPDWORD lpdwTSPIVersion);

/**
 * Open a phone; there is one open a phone at this level. As TSPI_lineOpen.
 *
 * Errors:    PHONEERR_ALLOCATED, PHONEERR_BADDEVICEID, PHONEERR_RESOURCEUNAVAIL.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneOpen(DWORD dwDeviceID, HTAPIPHONE htPhone,
		LPHDRVPHONE lphdPhone, DWORD dwTSPIVersion, PHONEEVENT lpfnEventProc);

/** Begin to speak this extension version; 0 ends it. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneSelectExtVersion(HDRVPHONE hdPhone, DWORD dwExtVersion);

/**
 * Change mode, function or text of a button.
 *
 * Errors:    PHONEERR_INVALBUTTONLAMPID, PHONEERR_INVALBUTTONMODE.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetButtonInfo(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		DWORD dwButtonLampID, const PHONEBUTTONINFO *lpButtonInfo);

/**
 * Write one data area of the phone.
 *
 * Errors:    PHONEERR_INVALDATAID.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetData(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		DWORD dwDataID, const void *lpData, DWORD dwSize);

/**
 * Write a string at row and column.
 *
 * Units:     dwSize in bytes.
 * Errors:    PHONEERR_INVALPARAM.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetDisplay(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		DWORD dwRow, DWORD dwColumn, LPCSTR lpsDisplay, DWORD dwSize);

/**
 * Set the microphone gain of one hookswitch device; muting keeps it.
 *
 * Units:     0 to 0xFFFF.
 * Errors:    PHONEERR_INVALHOOKSWITCHDEV.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetGain(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		DWORD dwHookSwitchDev, DWORD dwGain);

/**
 * Put one or several hookswitch devices into one mode; PHONE_STATE reports it.
 *
 * Errors:    PHONEERR_INVALHOOKSWITCHDEV, PHONEERR_INVALHOOKSWITCHMODE.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetHookSwitch(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		DWORD dwHookSwitchDevs, DWORD dwHookSwitchMode);

/**
 * Light a lamp in one PHONELAMPMODE_.
 *
 * Errors:    PHONEERR_INVALBUTTONLAMPID, PHONEERR_INVALLAMPMODE.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetLamp(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		DWORD dwButtonLampID, DWORD dwLampMode);

/**
 * Ring in a mode; 0 stops.
 *
 * Units:     volume 0 to 0xFFFF.
 * Errors:    PHONEERR_INVALRINGMODE.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetRing(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		DWORD dwRingMode, DWORD dwVolume);

/** Which changes some program wants; sending more does no harm. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetStatusMessages(HDRVPHONE hdPhone, DWORD dwPhoneStates,
		DWORD dwButtonModes, DWORD dwButtonStates);

/**
 * Set the speaker volume of one hookswitch device; muting keeps it.
 *
 * Units:     0 to 0xFFFF.
 * Errors:    PHONEERR_INVALHOOKSWITCHDEV.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetVolume(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		DWORD dwHookSwitchDev, DWORD dwVolume);

#ifdef __cplusplus
}
#endif

#endif
