// SPDX-License-Identifier: MIT
/* tsp.c - the TSPI entries of the provider as a whole. Those of lines are in tsp_line.c, those of
 * calls in tsp_call.c; all of them only check handles and hand on. */
#include "account.h"
#include "config.h"
#include "sip.h"

TSPI_EXPORT void TSPIAPI TSPI_providerSetReasonProc(TSPI_REASON proc)
{
	sip_enter();
	sip.outbox.reason = proc;
	(void)sip_leave(0);
}

TSPI_EXPORT void TSPIAPI TSPI_providerSetBatchProc(TSPI_BATCH proc)
{
	sip_enter();
	sip.outbox.batch = proc;
	(void)sip_leave(0);
}

TSPI_EXPORT LONG TSPIAPI TSPI_providerConfigure(LPCSTR key, LPCSTR value)
{
	if (!key || !value)
		return LINEERR_INVALPOINTER;
	sip_enter();
	return sip_leave(sip_configure(key, value));
}

TSPI_EXPORT LONG TSPIAPI TSPI_providerConfigured(void)
{
	sip_enter();
	return sip_leave(sip_configured());
}

TSPI_EXPORT LONG TSPIAPI TSPI_providerDescribeKeys(TSPI_DESCRIBE describe, DWORD_PTR context)
{
	if (!describe)
		return LINEERR_INVALPOINTER;
	config_describe(describe, context);
	return 0;
}

static LONG negotiate(DWORD low, DWORD high, DWORD *version)
{
	if (!version)
		return LINEERR_INVALPOINTER;
	if (low > SIP_VERSION_HIGH || high < SIP_VERSION_LOW || low > high)
		return sip_fail(LINEERR_INCOMPATIBLEAPIVERSION, "TSPI version",
				"the SIP provider speaks TSPI 3.0 to 3.1");
	*version = high < SIP_VERSION_HIGH ? high : SIP_VERSION_HIGH;
	return 0;
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineNegotiateTSPIVersion(DWORD dwDeviceID, DWORD dwLowVersion,
		DWORD dwHighVersion, LPDWORD lpdwTSPIVersion)
{
	LONG result = LINEERR_BADDEVICEID;

	sip_enter();
	if (dwDeviceID == INITIALIZE_NEGOTIATION || sip_device(dwDeviceID))
		result = negotiate(dwLowVersion, dwHighVersion, lpdwTSPIVersion);
	return sip_leave(result);
}

/* TSPI: also a provider without phones answers for itself as a whole. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneNegotiateTSPIVersion(DWORD dwDeviceID, DWORD dwLowVersion,
		DWORD dwHighVersion, LPDWORD lpdwTSPIVersion)
{
	LONG result = PHONEERR_BADDEVICEID;

	sip_enter();
	if (dwDeviceID == INITIALIZE_NEGOTIATION)
		result = negotiate(dwLowVersion, dwHighVersion, lpdwTSPIVersion);
	return sip_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_providerEnumDevices(DWORD dwPermanentProviderID, LPDWORD lpdwNumLines,
		LPDWORD lpdwNumPhones, HPROVIDER hProvider, LINEEVENT lpfnLineCreateProc,
		PHONEEVENT lpfnPhoneCreateProc)
{
	LONG result = 0;

	(void)dwPermanentProviderID;
	(void)lpfnPhoneCreateProc;
	if (!lpdwNumLines || !lpdwNumPhones)
		return LINEERR_INVALPOINTER;
	sip_enter();
	sip.provider = hProvider;
	sip.create = lpfnLineCreateProc;
	if (!sip.is_configured) /* by a host that does not say when all keys are there */
		result = sip_configured();
	*lpdwNumLines = account_count();
	*lpdwNumPhones = 0;
	return sip_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_providerInit(DWORD dwTSPIVersion, DWORD dwPermanentProviderID,
		DWORD dwLineDeviceIDBase, DWORD dwPhoneDeviceIDBase, DWORD_PTR dwNumLines,
		DWORD_PTR dwNumPhones, ASYNC_COMPLETION lpfnCompletionProc, LPDWORD lpdwTSPIOptions)
{
	LONG result;

	(void)dwPermanentProviderID;
	(void)dwPhoneDeviceIDBase;
	(void)dwNumPhones;
	if (!lpfnCompletionProc)
		return LINEERR_INVALPOINTER;
	sip_enter();
	if (dwTSPIVersion < SIP_VERSION_LOW || dwTSPIVersion > SIP_VERSION_HIGH)
		result = LINEERR_INCOMPATIBLEAPIVERSION;
	else if (dwNumLines != account_count())
		result = sip_fail(LINEERR_OPERATIONFAILED, "lines", "there are %u accounts",
				(unsigned)account_count());
	else
		result = sip_start(dwLineDeviceIDBase, lpfnCompletionProc);
	if (!result && lpdwTSPIOptions)
		*lpdwTSPIOptions = 0; /* any entry may be called at any time */
	return sip_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_providerCreateLineDevice(DWORD_PTR dwTempID, DWORD dwDeviceID)
{
	sip_enter();
	return sip_leave(account_created((uint64_t)dwTempID, dwDeviceID));
}

TSPI_EXPORT LONG TSPIAPI TSPI_providerShutdown(DWORD dwTSPIVersion, DWORD dwPermanentProviderID)
{
	(void)dwTSPIVersion;
	(void)dwPermanentProviderID;
	sip_enter();
	sip_stop();
	return sip_leave(0);
}

/* Nothing outside of the daemon's configuration file has to be prepared or cleaned up. */
TSPI_EXPORT LONG TSPIAPI TSPI_providerInstall(HWND hwndOwner, DWORD dwPermanentProviderID)
{
	(void)hwndOwner;
	(void)dwPermanentProviderID;
	return 0;
}

TSPI_EXPORT LONG TSPIAPI TSPI_providerRemove(HWND hwndOwner, DWORD dwPermanentProviderID)
{
	(void)hwndOwner;
	(void)dwPermanentProviderID;
	return 0;
}
