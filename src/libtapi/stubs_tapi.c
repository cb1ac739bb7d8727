// SPDX-License-Identifier: MIT
/* stubs_tapi.c - assisted telephony, which needs no application handle, and what has no meaning
 * without a screen: those fail with a reason. */
#include "libtapi/call.h"

#include "wire/utf8.h"

#include <string.h>

/* These functions speak TAPIERR_, which are the numbers just below 0. */
static LONG tapi_error(LONG result)
{
	if (result >= TAPIERR_SCP_DOES_NOT_EXIST && result <= 0)
		return result;
	return result == LINEERR_INVALPOINTER ? TAPIERR_INVALPOINTER : TAPIERR_REQUESTFAILED;
}

/* Strings over their limit are cut, at a whole character. */
static const char *cut(const char *text, char *to, size_t size)
{
	size_t n = 0, next;

	if (!text)
		return NULL;
	while (text[n] && (next = utf8_length(text + n)) && n + next < size)
		n += next;
	if (text[n] && !utf8_length(text + n))
		return text; /* no UTF-8: the daemon says so */
	memcpy(to, text, n);
	to[n] = '\0';
	return to;
}

LONG tapiRequestMakeCall(LPCSTR lpszDestAddress, LPCSTR lpszAppName, LPCSTR lpszCalledParty,
		LPCSTR lpszComment)
{
	LINEREQMAKECALL room;
	const char *app = cut(lpszAppName, room.szAppName, sizeof(room.szAppName));
	const char *called = cut(lpszCalledParty, room.szCalledParty, sizeof(room.szCalledParty));
	const char *comment = cut(lpszComment, room.szComment, sizeof(room.szComment));
	LONG result;

	if (!lpszDestAddress)
		return fail(TAPIERR_INVALPOINTER, "NULL", "lpszDestAddress is NULL");
	if (strnlen(lpszDestAddress, TAPIMAXDESTADDRESSSIZE) == TAPIMAXDESTADDRESSSIZE)
		return fail(TAPIERR_INVALDESTADDRESS, "address", "an address has at most %u bytes",
				TAPIMAXDESTADDRESSSIZE - 1);
	result = tapi_error(CALL(TapiRequestMakeCall, lpszDestAddress, app, called, comment));
	if (result != TAPIERR_NOREQUESTRECIPIENT || !launch_recipient())
		return result;
	return tapi_error(CALL(TapixQueueMakeCall, lpszDestAddress, app, called, comment));
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
