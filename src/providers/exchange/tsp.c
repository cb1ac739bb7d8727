// SPDX-License-Identifier: MIT
/* tsp.c - the TSPI entries of the provider as a whole. Those of lines are in tsp_line.c, those of
 * calls in tsp_call.c; all of them only check handles and hand on. */
#include "exchange.h"
#include "extension.h"

TSPI_EXPORT void TSPIAPI TSPI_providerSetReasonProc(TSPI_REASON proc)
{
	exchange_enter();
	exchange.outbox.reason = proc;
	(void)exchange_leave(0);
}

TSPI_EXPORT void TSPIAPI TSPI_providerSetBatchProc(TSPI_BATCH proc)
{
	exchange_enter();
	exchange.outbox.batch = proc;
	(void)exchange_leave(0);
}

TSPI_EXPORT LONG TSPIAPI TSPI_providerConfigure(LPCSTR key, LPCSTR value)
{
	if (!key || !value)
		return LINEERR_INVALPOINTER;
	exchange_enter();
	return exchange_leave(exchange_configure(key, value));
}

TSPI_EXPORT LONG TSPIAPI TSPI_providerConfigured(void)
{
	exchange_enter();
	return exchange_leave(exchange_configured());
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
	if (low > EXCHANGE_VERSION_HIGH || high < EXCHANGE_VERSION_LOW || low > high)
		return exchange_fail(LINEERR_INCOMPATIBLEAPIVERSION, "TSPI version",
				"the exchange speaks TSPI 3.0 to 3.1");
	*version = high < EXCHANGE_VERSION_HIGH ? high : EXCHANGE_VERSION_HIGH;
	return 0;
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineNegotiateTSPIVersion(DWORD dwDeviceID, DWORD dwLowVersion,
		DWORD dwHighVersion, LPDWORD lpdwTSPIVersion)
{
	LONG result = LINEERR_BADDEVICEID;

	exchange_enter();
	if (dwDeviceID == INITIALIZE_NEGOTIATION || exchange_device(dwDeviceID))
		result = negotiate(dwLowVersion, dwHighVersion, lpdwTSPIVersion);
	return exchange_leave(result);
}

static LONG phone_result(LONG result)
{
	return result == LINEERR_INCOMPATIBLEAPIVERSION ? PHONEERR_INCOMPATIBLEAPIVERSION
	       : result == LINEERR_INVALPOINTER         ? PHONEERR_INVALPOINTER
							: result;
}

TSPI_EXPORT LONG TSPIAPI TSPI_phoneNegotiateTSPIVersion(DWORD dwDeviceID, DWORD dwLowVersion,
		DWORD dwHighVersion, LPDWORD lpdwTSPIVersion)
{
	LONG result = PHONEERR_BADDEVICEID;

	exchange_enter();
	if (dwDeviceID == INITIALIZE_NEGOTIATION || phone_device(dwDeviceID))
		result = phone_result(negotiate(dwLowVersion, dwHighVersion, lpdwTSPIVersion));
	return exchange_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_providerEnumDevices(DWORD dwPermanentProviderID, LPDWORD lpdwNumLines,
		LPDWORD lpdwNumPhones, HPROVIDER hProvider, LINEEVENT lpfnLineCreateProc,
		PHONEEVENT lpfnPhoneCreateProc)
{
	(void)dwPermanentProviderID;
	(void)hProvider;
	(void)lpfnLineCreateProc;
	(void)lpfnPhoneCreateProc;
	if (!lpdwNumLines || !lpdwNumPhones)
		return LINEERR_INVALPOINTER;
	exchange_enter();
	exchange_configure_late();
	*lpdwNumLines = (DWORD)exchange.config.count;
	*lpdwNumPhones = (DWORD)exchange.config.count; /* each line has a set */
	return exchange_leave(0);
}

TSPI_EXPORT LONG TSPIAPI TSPI_providerInit(DWORD dwTSPIVersion, DWORD dwPermanentProviderID,
		DWORD dwLineDeviceIDBase, DWORD dwPhoneDeviceIDBase, DWORD_PTR dwNumLines,
		DWORD_PTR dwNumPhones, ASYNC_COMPLETION lpfnCompletionProc, LPDWORD lpdwTSPIOptions)
{
	LONG result;

	(void)dwPermanentProviderID;
	if (!lpfnCompletionProc)
		return LINEERR_INVALPOINTER;
	exchange_enter();
	if (dwTSPIVersion < EXCHANGE_VERSION_LOW || dwTSPIVersion > EXCHANGE_VERSION_HIGH)
		result = LINEERR_INCOMPATIBLEAPIVERSION;
	else if (dwNumLines != exchange.config.count || dwNumPhones != exchange.config.count)
		result = exchange_fail(LINEERR_OPERATIONFAILED, "lines",
				"the exchange has %u lines and as many phones",
				(unsigned)exchange.config.count);
	else
		result = exchange_start(dwLineDeviceIDBase, dwPhoneDeviceIDBase,
				lpfnCompletionProc);
	if (!result && lpdwTSPIOptions)
		*lpdwTSPIOptions = 0; /* any entry may be called at any time */
	return exchange_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_providerShutdown(DWORD dwTSPIVersion, DWORD dwPermanentProviderID)
{
	(void)dwTSPIVersion;
	(void)dwPermanentProviderID;
	exchange_enter();
	exchange_stop();
	return exchange_leave(0);
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
