// SPDX-License-Identifier: MIT
/* stubs_tapi.c - assisted telephony, which needs no application handle, and what has no meaning
 * without a screen: those fail with a reason. */
#include "libtapi/call.h"

/* With one made for this call when the program has none. */
static LONG borrow_app(struct app **out)
{
	struct app_options options = { .api_version = 0x00030001,
		.mode = LINEINITIALIZEEXOPTION_USEEVENT };

	*out = apps_oldest(false);
	return *out ? 0 : app_open(&options, out);
}

static void give_back(struct app *a, bool ours)
{
	if (ours)
		app_close(a);
	app_unref(a);
}

static bool is_ours(void)
{
	struct app *any = apps_oldest(false);

	if (any)
		app_unref(any);
	return !any;
}

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
	bool ours = is_ours();
	struct app *a;
	LONG result;

	if (!lpszDestAddress)
		return fail(TAPIERR_INVALPOINTER, "NULL", "lpszDestAddress is NULL");
	result = borrow_app(&a);
	if (result)
		return tapi_error(result);
	result = CALL(TapiRequestMakeCall, lpszDestAddress, lpszAppName, lpszCalledParty,
			lpszComment);
	give_back(a, ours);
	return tapi_error(result);
}

LONG tapiGetLocationInfo(LPSTR lpszCountryCode, LPSTR lpszCityCode)
{
	bool ours = is_ours();
	struct app *a;
	LONG result;

	if (!lpszCountryCode || !lpszCityCode)
		return fail(TAPIERR_INVALPOINTER, "NULL", "an argument is NULL");
	result = borrow_app(&a);
	if (result)
		return tapi_error(result);
	result = CALL(TapiGetLocationInfo, lpszCountryCode, lpszCityCode);
	give_back(a, ours);
	return result ? TAPIERR_REQUESTFAILED : 0;
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
