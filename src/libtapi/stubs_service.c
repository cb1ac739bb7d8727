// SPDX-License-Identifier: MIT
/* stubs_service.c - providers, dialling rules, priorities and requests: one line each, see
 * call.h. */
#include "libtapi/call.h"

LONG lineAddProvider(LPCSTR lpszProviderFilename, HWND hwndOwner, LPDWORD lpdwPermanentProviderID)
{
	return CALL(LineAddProvider, lpszProviderFilename, hwndOwner, lpdwPermanentProviderID);
}

LONG lineConfigProvider(HWND hwndOwner, DWORD dwPermanentProviderID)
{
	return CALL(LineConfigProvider, hwndOwner, dwPermanentProviderID);
}

LONG lineGetAppPriority(LPCSTR lpszAppFilename, DWORD dwMediaMode, LPLINEEXTENSIONID lpExtensionID,
		DWORD dwRequestMode, LPVARSTRING lpExtensionName, LPDWORD lpdwPriority)
{
	struct app *a = apps_oldest(false);
	bool is_old = a && a->api_version < 0x00020000;
	LONG result = CALL(LineGetAppPriority, lpszAppFilename, dwMediaMode, lpExtensionID,
			dwRequestMode, lpExtensionName, lpdwPriority);

	/* TAPI: only before 2.0 it is told apart from who is in no list. */
	if (!result && *lpdwPriority == 0xffffffffU && !is_old)
		*lpdwPriority = 0;
	if (a)
		app_unref(a);
	return result;
}

/* TAPI: applications of before 2.0 must have one. */
static LONG check_app(HLINEAPP app, DWORD version)
{
	if (app || version >= 0x00020000)
		return 0;
	return fail(LINEERR_INVALAPPHANDLE, "handle",
			"hLineApp is 0, which is for applications of version 2.0 and up");
}

LONG lineGetCountry(DWORD dwCountryID, DWORD dwAPIVersion, LPLINECOUNTRYLIST lpLineCountryList)
{
	return CALL(LineGetCountry, dwCountryID, dwAPIVersion, lpLineCountryList);
}

LONG lineGetProviderList(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList)
{
	return CALL(LineGetProviderList, dwAPIVersion, lpProviderList);
}

LONG lineGetRequest(HLINEAPP hLineApp, DWORD dwRequestMode, LPVOID lpRequestBuffer)
{
	if (!lpRequestBuffer)
		return fail(LINEERR_INVALPOINTER, "NULL", "lpRequestBuffer is NULL");
	return CALL(LineGetRequest, APP(hLineApp), dwRequestMode, lpRequestBuffer);
}

LONG lineGetTranslateCaps(HLINEAPP hLineApp, DWORD dwAPIVersion,
		LPLINETRANSLATECAPS lpTranslateCaps)
{
	LONG error = check_app(hLineApp, dwAPIVersion);

	return error ? error
		     : CALL(LineGetTranslateCaps, APP(hLineApp), dwAPIVersion, lpTranslateCaps);
}

LONG lineRegisterRequestRecipient(HLINEAPP hLineApp, DWORD dwRegistrationInstance,
		DWORD dwRequestMode, DWORD bEnable)
{
	return CALL(LineRegisterRequestRecipient, APP(hLineApp), dwRegistrationInstance,
			dwRequestMode, bEnable);
}

LONG lineRemoveProvider(DWORD dwPermanentProviderID, HWND hwndOwner)
{
	return CALL(LineRemoveProvider, dwPermanentProviderID, hwndOwner);
}

LONG lineSetAppPriority(LPCSTR lpszAppFilename, DWORD dwMediaMode, LPLINEEXTENSIONID lpExtensionID,
		DWORD dwRequestMode, LPCSTR lpszExtensionName, DWORD dwPriority)
{
	return CALL(LineSetAppPriority, lpszAppFilename, dwMediaMode, lpExtensionID, dwRequestMode,
			lpszExtensionName, dwPriority);
}

LONG lineSetCurrentLocation(HLINEAPP hLineApp, DWORD dwLocation)
{
	return CALL(LineSetCurrentLocation, APP(hLineApp), dwLocation);
}

LONG lineSetTollList(HLINEAPP hLineApp, DWORD dwDeviceID, LPCSTR lpszAddressIn,
		DWORD dwTollListOption)
{
	if (!lpszAddressIn)
		return fail(LINEERR_INVALPOINTER, "NULL", "lpszAddressIn is NULL");
	return CALL(LineSetTollList, APP(hLineApp), dwDeviceID, lpszAddressIn, dwTollListOption);
}

LONG lineTranslateAddress(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
		LPCSTR lpszAddressIn, DWORD dwCard, DWORD dwTranslateOptions,
		LPLINETRANSLATEOUTPUT lpTranslateOutput)
{
	LONG error = check_app(hLineApp, dwAPIVersion);

	if (error)
		return error;
	if (!lpszAddressIn)
		return fail(LINEERR_INVALPOINTER, "NULL", "lpszAddressIn is NULL");
	return CALL(LineTranslateAddress, APP(hLineApp), dwDeviceID, dwAPIVersion, lpszAddressIn,
			dwCard, dwTranslateOptions, lpTranslateOutput);
}
