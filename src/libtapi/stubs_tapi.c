// SPDX-License-Identifier: MIT
/* stubs_tapi.c - assisted telephony, which needs no application handle, and what has no meaning
 * without a screen: those fail with a reason. */
#include "libtapi/call.h"

/* These functions speak TAPIERR_, except of what does not exist. */
static LONG tapi_error(LONG result)
{
	switch (result) {
	case 0:
		return 0;
	case LINEERR_INVALPOINTER:
		return TAPIERR_INVALPOINTER;
	case LINEERR_OPERATIONUNAVAIL:
		return TAPIERR_NOREQUESTRECIPIENT;
	default:
		return TAPIERR_REQUESTFAILED;
	}
}

LONG tapiRequestMakeCall(LPCSTR lpszDestAddress, LPCSTR lpszAppName, LPCSTR lpszCalledParty,
		LPCSTR lpszComment)
{
	if (!lpszDestAddress)
		return fail(TAPIERR_INVALPOINTER, "NULL", "lpszDestAddress is NULL");
	return tapi_error(CALL(TapiRequestMakeCall, lpszDestAddress, lpszAppName, lpszCalledParty,
			lpszComment));
}

LONG tapiGetLocationInfo(LPSTR lpszCountryCode, LPSTR lpszCityCode)
{
	if (!lpszCountryCode || !lpszCityCode)
		return fail(TAPIERR_INVALPOINTER, "NULL", "an argument is NULL");
	return CALL(TapiGetLocationInfo, lpszCountryCode, lpszCityCode) ? TAPIERR_REQUESTFAILED : 0;
}

/* --- dead --- */

static LONG no_screen(const char *function)
{
	return fail(LINEERR_OPERATIONUNAVAIL, "no screen",
			"%s shows a dialog or an icon; there are none here (tapictl edits "
			"configurations)",
			function);
}

LONG lineConfigDialog(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass)
{
	(void)dwDeviceID, (void)hwndOwner, (void)lpszDeviceClass;
	return no_screen(__func__);
}

LONG lineConfigDialogEdit(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass,
		const void *lpDeviceConfigIn, DWORD dwSize, LPVARSTRING lpDeviceConfigOut)
{
	(void)dwDeviceID, (void)hwndOwner, (void)lpszDeviceClass;
	(void)lpDeviceConfigIn, (void)dwSize, (void)lpDeviceConfigOut;
	return no_screen(__func__);
}

LONG lineGetIcon(DWORD dwDeviceID, LPCSTR lpszDeviceClass, LPHICON lphIcon)
{
	(void)dwDeviceID, (void)lpszDeviceClass, (void)lphIcon;
	return no_screen(__func__);
}

LONG lineTranslateDialog(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion, HWND hwndOwner,
		LPCSTR lpszAddressIn)
{
	(void)hLineApp, (void)dwDeviceID, (void)dwAPIVersion, (void)hwndOwner, (void)lpszAddressIn;
	return no_screen(__func__);
}

LONG phoneConfigDialog(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass)
{
	(void)dwDeviceID, (void)hwndOwner, (void)lpszDeviceClass;
	return phone_error(no_screen(__func__));
}

LONG phoneGetIcon(DWORD dwDeviceID, LPCSTR lpszDeviceClass, LPHICON lphIcon)
{
	(void)dwDeviceID, (void)lpszDeviceClass, (void)lphIcon;
	return phone_error(no_screen(__func__));
}

/* TAPI: these two always fail. */
LONG tapiRequestDrop(HWND hwnd, WPARAM wRequestID)
{
	(void)hwnd, (void)wRequestID;
	return fail(TAPIERR_REQUESTFAILED, "retired", "tapiRequestDrop has been retired by TAPI");
}

LONG tapiRequestMediaCall(HWND hwnd, WPARAM wRequestID, LPCSTR lpszDeviceClass, LPCSTR lpDeviceID,
		DWORD dwSize, DWORD dwSecure, LPCSTR lpszDestAddress, LPCSTR lpszAppName,
		LPCSTR lpszCalledParty, LPCSTR lpszComment)
{
	(void)hwnd, (void)wRequestID, (void)lpszDeviceClass, (void)lpDeviceID, (void)dwSize;
	(void)dwSecure, (void)lpszDestAddress, (void)lpszAppName, (void)lpszCalledParty;
	(void)lpszComment;
	return fail(TAPIERR_REQUESTFAILED, "retired",
			"tapiRequestMediaCall has been retired by TAPI");
}
