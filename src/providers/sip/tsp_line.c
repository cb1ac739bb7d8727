// SPDX-License-Identifier: MIT
/* tsp_line.c - the TSPI entries of lines and addresses. */
#include "call.h"
#include "caps.h"
#include "devspecific.h"
#include "sip.h"
#include "account.h"

#include "providers/kit/varpart.h"

#include <mspi.h>
#include <string.h>
#include <strings.h>

static LONG bad_line(void)
{
	return sip_fail(LINEERR_INVALLINEHANDLE, "line", "the line is not open");
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetDevCaps(DWORD dwDeviceID, DWORD dwTSPIVersion,
		DWORD dwExtVersion, LPLINEDEVCAPS lpLineDevCaps)
{
	struct account *a;

	(void)dwTSPIVersion;
	(void)dwExtVersion;
	sip_enter();
	a = sip_device(dwDeviceID);
	return sip_leave(a ? caps_of_line(a, lpLineDevCaps) : LINEERR_BADDEVICEID);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetAddressCaps(DWORD dwDeviceID, DWORD dwAddressID,
		DWORD dwTSPIVersion, DWORD dwExtVersion, LPLINEADDRESSCAPS lpAddressCaps)
{
	struct account *a;
	LONG result = LINEERR_BADDEVICEID;

	(void)dwTSPIVersion;
	(void)dwExtVersion;
	sip_enter();
	a = sip_device(dwDeviceID);
	if (a)
		result = dwAddressID ? LINEERR_INVALADDRESSID : caps_of_address(a, lpAddressCaps);
	return sip_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetExtensionID(DWORD dwDeviceID, DWORD dwTSPIVersion,
		LPLINEEXTENSIONID lpExtensionID)
{
	LONG result = LINEERR_BADDEVICEID;

	(void)dwTSPIVersion;
	sip_enter();
	if (sip_device(dwDeviceID)) {
		*lpExtensionID = devspecific_id;
		result = 0;
	}
	return sip_leave(result);
}

/* There is one version of the extensions, so a selection leaves nothing else to forbid. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineNegotiateExtVersion(DWORD dwDeviceID, DWORD dwTSPIVersion,
		DWORD dwLowVersion, DWORD dwHighVersion, LPDWORD lpdwExtVersion)
{
	LONG result = 0;

	(void)dwTSPIVersion;
	sip_enter();
	if (!sip_device(dwDeviceID))
		result = LINEERR_BADDEVICEID;
	else if (dwLowVersion > DEVSPECIFIC_VERSION || dwHighVersion < DEVSPECIFIC_VERSION)
		result = sip_fail(LINEERR_INCOMPATIBLEEXTVERSION, "extension version",
				"version 1.0 of the extensions is there");
	else
		*lpdwExtVersion = DEVSPECIFIC_VERSION;
	return sip_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineSelectExtVersion(HDRVLINE hdLine, DWORD dwExtVersion)
{
	struct account *a;
	LONG result = 0;

	sip_enter();
	a = account_find(hdLine);
	if (!a)
		result = bad_line();
	else if (dwExtVersion && dwExtVersion != DEVSPECIFIC_VERSION)
		result = LINEERR_INVALEXTVERSION;
	else
		a->ext_version = dwExtVersion;
	return sip_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineOpen(DWORD dwDeviceID, HTAPILINE htLine, LPHDRVLINE lphdLine,
		DWORD dwTSPIVersion, LINEEVENT lpfnEventProc)
{
	struct account *a;
	LONG result;

	if (!lphdLine || !lpfnEventProc)
		return LINEERR_INVALPOINTER;
	if (dwTSPIVersion < SIP_VERSION_LOW || dwTSPIVersion > SIP_VERSION_HIGH)
		return LINEERR_INCOMPATIBLEAPIVERSION;
	sip_enter();
	a = sip_device(dwDeviceID);
	result = a ? account_open(a, htLine, lpfnEventProc) : LINEERR_BADDEVICEID;
	if (!result)
		*lphdLine = (HDRVLINE)a->handle;
	return sip_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineClose(HDRVLINE hdLine)
{
	struct account *a;
	LONG result = 0;

	sip_enter();
	a = account_find(hdLine);
	if (a) {
		account_close(a);
		outbox_deliver(&sip.outbox);
		sip_settle();
	} else {
		result = bad_line();
	}
	return sip_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetNumAddressIDs(HDRVLINE hdLine, LPDWORD lpdwNumAddressIDs)
{
	LONG result = 0;

	sip_enter();
	if (account_find(hdLine))
		*lpdwNumAddressIDs = 1;
	else
		result = bad_line();
	return sip_leave(result);
}

static bool is_text(const char *wanted, const char *text, size_t size)
{
	size_t length = strlen(wanted);

	while (size && text[size - 1] == '\0')
		size--;
	return size == length && memcmp(text, wanted, length) == 0;
}

static bool is_address(const struct account *a, const char *text, size_t size)
{
	return is_text(a->config->user, text, size) || is_text(a->aor, text, size);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetAddressID(HDRVLINE hdLine, LPDWORD lpdwAddressID,
		DWORD dwAddressMode, LPCSTR lpsAddress, DWORD dwSize)
{
	struct account *a;
	LONG result = 0;

	sip_enter();
	a = account_find(hdLine);
	if (!a)
		result = bad_line();
	else if (dwAddressMode != LINEADDRESSMODE_DIALABLEADDR)
		result = LINEERR_INVALADDRESSMODE;
	else if (!lpsAddress || !is_address(a, lpsAddress, dwSize))
		result = sip_fail(LINEERR_INVALADDRESS, "address", "the line's address is %s",
				a->aor);
	else
		*lpdwAddressID = 0;
	return sip_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetLineDevStatus(HDRVLINE hdLine, LPLINEDEVSTATUS lpLineDevStatus)
{
	struct account *a;

	sip_enter();
	a = account_find(hdLine);
	return sip_leave(a ? status_of_line(a, lpLineDevStatus) : bad_line());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetAddressStatus(HDRVLINE hdLine, DWORD dwAddressID,
		LPLINEADDRESSSTATUS lpAddressStatus)
{
	struct account *a;
	LONG result;

	sip_enter();
	a = account_find(hdLine);
	if (!a)
		result = bad_line();
	else
		result = dwAddressID ? LINEERR_INVALADDRESSID
				     : status_of_address(a, lpAddressStatus);
	return sip_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineSetStatusMessages(HDRVLINE hdLine, DWORD dwLineStates,
		DWORD dwAddressStates)
{
	struct account *a;
	LONG result = 0;

	sip_enter();
	a = account_find(hdLine);
	if (a) {
		a->line_states = dwLineStates;
		a->address_states = dwAddressStates;
	} else {
		result = bad_line();
	}
	return sip_leave(result);
}

static LONG check_media_modes(DWORD modes)
{
	if (modes & ~(MEDIA_MODES | LINEMEDIAMODE_UNKNOWN))
		return sip_fail(LINEERR_INVALMEDIAMODE, "media mode",
				"SIP lines carry interactive and automated voice");
	return 0;
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineSetDefaultMediaDetection(HDRVLINE hdLine, DWORD dwMediaModes)
{
	struct account *a;
	LONG result;

	sip_enter();
	a = account_find(hdLine);
	result = a ? check_media_modes(dwMediaModes) : bad_line();
	if (!result)
		a->offered_modes = dwMediaModes;
	return sip_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineConditionalMediaDetection(HDRVLINE hdLine, DWORD dwMediaModes,
		const LINECALLPARAMS *lpCallParams)
{
	LONG result;

	sip_enter();
	result = account_find(hdLine) ? check_media_modes(dwMediaModes) : bad_line();
	if (!result && lpCallParams)
		result = call_check_params(account_find(hdLine), lpCallParams);
	return sip_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetID(HDRVLINE hdLine, DWORD dwAddressID, HDRVCALL hdCall,
		DWORD dwSelect, LPVARSTRING lpDeviceID, LPCSTR lpszDeviceClass, int *descriptor)
{
	struct account *a;
	struct varpart v;
	DWORD id;
	LONG result = 0;

	(void)dwAddressID;
	if (!lpDeviceID || !lpszDeviceClass)
		return LINEERR_INVALPOINTER;
	if (descriptor)
		*descriptor = -1;
	sip_enter();
	if (dwSelect == LINECALLSELECT_CALL)
		a = call_find(hdCall) ? call_find(hdCall)->line : NULL;
	else
		a = account_find(hdLine);
	if (!a)
		result = dwSelect == LINECALLSELECT_CALL ? LINEERR_INVALCALLHANDLE : bad_line();
	else if (strcasecmp(lpszDeviceClass, "tapi/line") != 0)
		result = sip_fail(LINEERR_INVALDEVICECLASS, "device class",
				"a SIP line has the device class tapi/line only");
	else
		result = varpart_begin(&v, lpDeviceID, sizeof(*lpDeviceID));
	if (!result) {
		id = a->device;
		lpDeviceID->dwStringFormat = STRINGFORMAT_BINARY;
		varpart_add(&v, &lpDeviceID->dwStringSize, &lpDeviceID->dwStringOffset, &id,
				sizeof(id));
		result = varpart_end(&v);
	}
	return sip_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineDevSpecific(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		DWORD dwAddressID, HDRVCALL hdCall, LPVOID lpParams, DWORD dwSize)
{
	struct account *a;
	struct call *c;
	LONG result;

	(void)dwAddressID;
	sip_enter();
	a = account_find(hdLine);
	c = hdCall ? call_find(hdCall) : NULL;
	if (!a)
		result = bad_line();
	else if (hdCall && !c)
		result = LINEERR_INVALCALLHANDLE;
	else
		result = devspecific_do(a, c, dwRequestID, lpParams, dwSize);
	return sip_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineMSPIdentify(DWORD dwDeviceID, GUID *pCLSID)
{
	static const GUID rtp = MSP_CLSID_RTP;
	LONG result = LINEERR_BADDEVICEID;

	sip_enter();
	if (sip_device(dwDeviceID)) {
		*pCLSID = rtp;
		result = 0;
	}
	return sip_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineCreateMSPInstance(HDRVLINE hdLine, DWORD dwAddressID,
		HTAPIMSPLINE htMSPLine, LPHDRVMSPLINE lphdMSPLine)
{
	struct account *a;
	LONG result;

	sip_enter();
	a = account_find(hdLine);
	if (!a)
		result = bad_line();
	else if (dwAddressID)
		result = LINEERR_INVALADDRESSID;
	else
		result = account_add_instance(a, htMSPLine, lphdMSPLine);
	return sip_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineCloseMSPInstance(HDRVMSPLINE hdMSPLine)
{
	sip_enter();
	return sip_leave(account_remove_instance(hdMSPLine));
}

/* Mandatory entries for what does not exist here. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetDevConfig(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig,
		LPCSTR lpszDeviceClass)
{
	(void)dwDeviceID;
	(void)lpDeviceConfig;
	(void)lpszDeviceClass;
	return LINEERR_INVALDEVICECLASS; /* no class of a SIP line has a configuration */
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineSetDevConfig(DWORD dwDeviceID, const void *lpDeviceConfig,
		DWORD dwSize, LPCSTR lpszDeviceClass)
{
	(void)dwDeviceID;
	(void)lpDeviceConfig;
	(void)dwSize;
	(void)lpszDeviceClass;
	return LINEERR_INVALDEVICECLASS;
}
