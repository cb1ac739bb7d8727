// SPDX-License-Identifier: MIT
/* stubs_phone.c - phones: one line each, see call.h. */
#include "libtapi/call.h"

LONG phoneClose(HPHONE hPhone)
{
	return CALL(PhoneClose, hPhone);
}

LONG phoneDevSpecific(HPHONE hPhone, LPVOID lpParams, DWORD dwSize)
{
	return CALL(PhoneDevSpecific, hPhone, lpParams, dwSize);
}

LONG phoneGetButtonInfo(HPHONE hPhone, DWORD dwButtonLampID, LPPHONEBUTTONINFO lpButtonInfo)
{
	return CALL(PhoneGetButtonInfo, hPhone, dwButtonLampID, lpButtonInfo);
}

LONG phoneGetData(HPHONE hPhone, DWORD dwDataID, LPVOID lpData, DWORD dwSize)
{
	return CALL(PhoneGetData, hPhone, dwDataID, lpData, dwSize);
}

LONG phoneGetDevCaps(HPHONEAPP hPhoneApp, DWORD dwDeviceID, DWORD dwAPIVersion, DWORD dwExtVersion,
		LPPHONECAPS lpPhoneCaps)
{
	return CALL(PhoneGetDevCaps, APP(hPhoneApp), dwDeviceID, dwAPIVersion, dwExtVersion,
			lpPhoneCaps);
}

LONG phoneGetDisplay(HPHONE hPhone, LPVARSTRING lpDisplay)
{
	return CALL(PhoneGetDisplay, hPhone, lpDisplay);
}

LONG phoneGetGain(HPHONE hPhone, DWORD dwHookSwitchDev, LPDWORD lpdwGain)
{
	return CALL(PhoneGetGain, hPhone, dwHookSwitchDev, lpdwGain);
}

LONG phoneGetHookSwitch(HPHONE hPhone, LPDWORD lpdwHookSwitchDevs)
{
	return CALL(PhoneGetHookSwitch, hPhone, lpdwHookSwitchDevs);
}

LONG phoneGetID(HPHONE hPhone, LPVARSTRING lpDeviceID, LPCSTR lpszDeviceClass)
{
	return CALL(PhoneGetId, hPhone, lpDeviceID, lpszDeviceClass);
}

LONG phoneGetLamp(HPHONE hPhone, DWORD dwButtonLampID, LPDWORD lpdwLampMode)
{
	return CALL(PhoneGetLamp, hPhone, dwButtonLampID, lpdwLampMode);
}

LONG phoneGetRing(HPHONE hPhone, LPDWORD lpdwRingMode, LPDWORD lpdwVolume)
{
	return CALL(PhoneGetRing, hPhone, lpdwRingMode, lpdwVolume);
}

LONG phoneGetStatus(HPHONE hPhone, LPPHONESTATUS lpPhoneStatus)
{
	return CALL(PhoneGetStatus, hPhone, lpPhoneStatus);
}

LONG phoneGetStatusMessages(HPHONE hPhone, LPDWORD lpdwPhoneStates, LPDWORD lpdwButtonModes,
		LPDWORD lpdwButtonStates)
{
	return CALL(PhoneGetStatusMessages, hPhone, lpdwPhoneStates, lpdwButtonModes,
			lpdwButtonStates);
}

LONG phoneGetVolume(HPHONE hPhone, DWORD dwHookSwitchDev, LPDWORD lpdwVolume)
{
	return CALL(PhoneGetVolume, hPhone, dwHookSwitchDev, lpdwVolume);
}

LONG phoneNegotiateAPIVersion(HPHONEAPP hPhoneApp, DWORD dwDeviceID, DWORD dwAPILowVersion,
		DWORD dwAPIHighVersion, LPDWORD lpdwAPIVersion, LPPHONEEXTENSIONID lpExtensionID)
{
	return CALL(PhoneNegotiateApiVersion, APP(hPhoneApp), dwDeviceID, dwAPILowVersion,
			dwAPIHighVersion, lpdwAPIVersion, lpExtensionID);
}

LONG phoneNegotiateExtVersion(HPHONEAPP hPhoneApp, DWORD dwDeviceID, DWORD dwAPIVersion,
		DWORD dwExtLowVersion, DWORD dwExtHighVersion, LPDWORD lpdwExtVersion)
{
	return CALL(PhoneNegotiateExtVersion, APP(hPhoneApp), dwDeviceID, dwAPIVersion,
			dwExtLowVersion, dwExtHighVersion, lpdwExtVersion);
}

LONG phoneSetButtonInfo(HPHONE hPhone, DWORD dwButtonLampID, const PHONEBUTTONINFO *lpButtonInfo)
{
	return CALL(PhoneSetButtonInfo, hPhone, dwButtonLampID, lpButtonInfo);
}

LONG phoneSetData(HPHONE hPhone, DWORD dwDataID, const void *lpData, DWORD dwSize)
{
	return CALL(PhoneSetData, hPhone, dwDataID, lpData, dwSize);
}

LONG phoneSetDisplay(HPHONE hPhone, DWORD dwRow, DWORD dwColumn, LPCSTR lpsDisplay, DWORD dwSize)
{
	return CALL(PhoneSetDisplay, hPhone, dwRow, dwColumn, lpsDisplay, dwSize);
}

LONG phoneSetGain(HPHONE hPhone, DWORD dwHookSwitchDev, DWORD dwGain)
{
	return CALL(PhoneSetGain, hPhone, dwHookSwitchDev, dwGain);
}

LONG phoneSetHookSwitch(HPHONE hPhone, DWORD dwHookSwitchDevs, DWORD dwHookSwitchMode)
{
	return CALL(PhoneSetHookSwitch, hPhone, dwHookSwitchDevs, dwHookSwitchMode);
}

LONG phoneSetLamp(HPHONE hPhone, DWORD dwButtonLampID, DWORD dwLampMode)
{
	return CALL(PhoneSetLamp, hPhone, dwButtonLampID, dwLampMode);
}

LONG phoneSetRing(HPHONE hPhone, DWORD dwRingMode, DWORD dwVolume)
{
	return CALL(PhoneSetRing, hPhone, dwRingMode, dwVolume);
}

LONG phoneSetStatusMessages(HPHONE hPhone, DWORD dwPhoneStates, DWORD dwButtonModes,
		DWORD dwButtonStates)
{
	return CALL(PhoneSetStatusMessages, hPhone, dwPhoneStates, dwButtonModes, dwButtonStates);
}

LONG phoneSetVolume(HPHONE hPhone, DWORD dwHookSwitchDev, DWORD dwVolume)
{
	return CALL(PhoneSetVolume, hPhone, dwHookSwitchDev, dwVolume);
}
