// SPDX-License-Identifier: MIT
/* mock_phone.c - the one phone of the mock TSP: a lamp. Lamp 9 is never lit: its request completes
 * only with TSPI_phoneClose. */
#include "mock_state.h"

enum { NEVER = 9 };

LONG TSPIAPI TSPI_phoneNegotiateTSPIVersion(DWORD dwDeviceID, DWORD dwLowVersion,
		DWORD dwHighVersion, LPDWORD lpdwTSPIVersion)
{
	(void)dwDeviceID;
	(void)dwLowVersion;
	*lpdwTSPIVersion = dwHighVersion;
	return 0;
}

LONG TSPIAPI TSPI_phoneOpen(DWORD dwDeviceID, HTAPIPHONE htPhone, LPHDRVPHONE lphdPhone,
		DWORD dwTSPIVersion, PHONEEVENT lpfnEventProc)
{
	(void)dwTSPIVersion;
	if (dwDeviceID < m.phone.base || m.phone.open)
		return PHONEERR_ALLOCATED;
	m.phone.ht = htPhone;
	m.phone.event = lpfnEventProc;
	m.phone.open = 1;
	*lphdPhone = (HDRVPHONE)&m.phone;
	return 0;
}

LONG TSPIAPI TSPI_phoneClose(HDRVPHONE hdPhone)
{
	(void)hdPhone;
	m.phone.open = 0;
	return 0;
}

LONG TSPIAPI TSPI_phoneSelectExtVersion(HDRVPHONE hdPhone, DWORD dwExtVersion)
{
	(void)hdPhone;
	if (dwExtVersion > 5)
		return PHONEERR_INVALEXTVERSION;
	m.phone.ext_version = dwExtVersion;
	return 0;
}

LONG TSPIAPI TSPI_phoneGetLamp(HDRVPHONE hdPhone, DWORD dwButtonLampID, LPDWORD lpdwLampMode)
{
	(void)hdPhone;
	(void)dwButtonLampID;
	*lpdwLampMode = m.phone.lamp;
	return 0;
}

LONG TSPIAPI TSPI_phoneSetLamp(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwButtonLampID,
		DWORD dwLampMode)
{
	(void)hdPhone;
	if (dwButtonLampID == NEVER)
		return (LONG)dwRequestID;
	m.phone.lamp = dwLampMode;
	m.complete(dwRequestID, 0);
	m.phone.event(m.phone.ht, PHONE_STATE, PHONESTATE_LAMP, dwButtonLampID, 0);
	return (LONG)dwRequestID;
}

LONG TSPIAPI TSPI_phoneSetButtonInfo(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		DWORD dwButtonLampID, const PHONEBUTTONINFO *lpButtonInfo)
{
	(void)hdPhone;
	(void)dwButtonLampID;
	m.phone.lamp = lpButtonInfo->dwButtonMode;
	m.complete(dwRequestID, 0);
	return (LONG)dwRequestID;
}

LONG TSPIAPI TSPI_providerCreatePhoneDevice(DWORD_PTR dwTempID, DWORD dwDeviceID)
{
	(void)dwDeviceID;
	return dwTempID == 4712 ? 0 : PHONEERR_OPERATIONFAILED;
}
