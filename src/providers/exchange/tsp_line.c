// SPDX-License-Identifier: MIT
/* tsp_line.c - the TSPI entries of lines and addresses. */
#include "call.h"
#include "caps.h"
#include "devconfig.h"
#include "devspecific.h"
#include "exchange.h"
#include "extension.h"
#include "station.h"

#include "providers/kit/varpart.h"

#include <mspi.h>
#include <string.h>
#include <strings.h>

static LONG bad_line(void)
{
	return exchange_fail(LINEERR_INVALLINEHANDLE, "line", "the line is not open");
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetDevCaps(DWORD dwDeviceID, DWORD dwTSPIVersion,
		DWORD dwExtVersion, LPLINEDEVCAPS lpLineDevCaps)
{
	struct extension *e;

	(void)dwTSPIVersion;
	(void)dwExtVersion;
	exchange_enter();
	e = exchange_device(dwDeviceID);
	return exchange_leave(e ? caps_of_line(e, lpLineDevCaps) : LINEERR_BADDEVICEID);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetAddressCaps(DWORD dwDeviceID, DWORD dwAddressID,
		DWORD dwTSPIVersion, DWORD dwExtVersion, LPLINEADDRESSCAPS lpAddressCaps)
{
	struct extension *e;
	LONG result = LINEERR_BADDEVICEID;

	(void)dwTSPIVersion;
	(void)dwExtVersion;
	exchange_enter();
	e = exchange_device(dwDeviceID);
	if (e)
		result = dwAddressID ? LINEERR_INVALADDRESSID : caps_of_address(e, lpAddressCaps);
	return exchange_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetExtensionID(DWORD dwDeviceID, DWORD dwTSPIVersion,
		LPLINEEXTENSIONID lpExtensionID)
{
	LONG result = LINEERR_BADDEVICEID;

	(void)dwTSPIVersion;
	exchange_enter();
	if (exchange_device(dwDeviceID)) {
		*lpExtensionID = devspecific_id;
		result = 0;
	}
	return exchange_leave(result);
}

/* There is one version of the extensions, so a selection leaves nothing else to forbid. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineNegotiateExtVersion(DWORD dwDeviceID, DWORD dwTSPIVersion,
		DWORD dwLowVersion, DWORD dwHighVersion, LPDWORD lpdwExtVersion)
{
	LONG result = 0;

	(void)dwTSPIVersion;
	exchange_enter();
	if (!exchange_device(dwDeviceID))
		result = LINEERR_BADDEVICEID;
	else if (dwLowVersion > DEVSPECIFIC_VERSION || dwHighVersion < DEVSPECIFIC_VERSION)
		result = exchange_fail(LINEERR_INCOMPATIBLEEXTVERSION, "extension version",
				"the exchange has version 1.0 of its extensions");
	else
		*lpdwExtVersion = DEVSPECIFIC_VERSION;
	return exchange_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineSelectExtVersion(HDRVLINE hdLine, DWORD dwExtVersion)
{
	struct extension *e;
	LONG result = 0;

	exchange_enter();
	e = extension_find(hdLine);
	if (!e)
		result = bad_line();
	else if (dwExtVersion && dwExtVersion != DEVSPECIFIC_VERSION)
		result = LINEERR_INVALEXTVERSION;
	else
		e->ext_version = dwExtVersion;
	return exchange_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineOpen(DWORD dwDeviceID, HTAPILINE htLine, LPHDRVLINE lphdLine,
		DWORD dwTSPIVersion, LINEEVENT lpfnEventProc)
{
	struct extension *e;
	LONG result;

	if (!lphdLine || !lpfnEventProc)
		return LINEERR_INVALPOINTER;
	if (dwTSPIVersion < EXCHANGE_VERSION_LOW || dwTSPIVersion > EXCHANGE_VERSION_HIGH)
		return LINEERR_INCOMPATIBLEAPIVERSION;
	exchange_enter();
	e = exchange_device(dwDeviceID);
	result = e ? extension_open(e, htLine, lpfnEventProc) : LINEERR_BADDEVICEID;
	if (!result)
		*lphdLine = extension_handle(e);
	return exchange_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineClose(HDRVLINE hdLine)
{
	struct extension *e;
	LONG result = 0;

	exchange_enter();
	e = extension_find(hdLine);
	if (e) {
		extension_close(e);
		outbox_deliver(&exchange.outbox);
		exchange_settle();
	} else {
		result = bad_line();
	}
	return exchange_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetNumAddressIDs(HDRVLINE hdLine, LPDWORD lpdwNumAddressIDs)
{
	LONG result = 0;

	exchange_enter();
	if (extension_find(hdLine))
		*lpdwNumAddressIDs = 1;
	else
		result = bad_line();
	return exchange_leave(result);
}

static bool is_number(const struct extension *e, const char *text, size_t size)
{
	size_t length = strlen(e->number);

	while (size && text[size - 1] == '\0')
		size--;
	return size == length && memcmp(text, e->number, length) == 0;
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetAddressID(HDRVLINE hdLine, LPDWORD lpdwAddressID,
		DWORD dwAddressMode, LPCSTR lpsAddress, DWORD dwSize)
{
	struct extension *e;
	LONG result = 0;

	exchange_enter();
	e = extension_find(hdLine);
	if (!e)
		result = bad_line();
	else if (dwAddressMode != LINEADDRESSMODE_DIALABLEADDR)
		result = LINEERR_INVALADDRESSMODE;
	else if (!lpsAddress || !is_number(e, lpsAddress, dwSize))
		result = exchange_fail(LINEERR_INVALADDRESS, "address", "the line's address is %s",
				e->number);
	else
		*lpdwAddressID = 0;
	return exchange_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetLineDevStatus(HDRVLINE hdLine, LPLINEDEVSTATUS lpLineDevStatus)
{
	struct extension *e;

	exchange_enter();
	e = extension_find(hdLine);
	return exchange_leave(e ? status_of_line(e, lpLineDevStatus) : bad_line());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetAddressStatus(HDRVLINE hdLine, DWORD dwAddressID,
		LPLINEADDRESSSTATUS lpAddressStatus)
{
	struct extension *e;
	LONG result;

	exchange_enter();
	e = extension_find(hdLine);
	if (!e)
		result = bad_line();
	else
		result = dwAddressID ? LINEERR_INVALADDRESSID
				     : status_of_address(e, lpAddressStatus);
	return exchange_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineSetStatusMessages(HDRVLINE hdLine, DWORD dwLineStates,
		DWORD dwAddressStates)
{
	struct extension *e;
	LONG result = 0;

	exchange_enter();
	e = extension_find(hdLine);
	if (e) {
		e->line_states = dwLineStates;
		e->address_states = dwAddressStates;
	} else {
		result = bad_line();
	}
	return exchange_leave(result);
}

static LONG check_media_modes(DWORD modes)
{
	if (modes & ~(MEDIA_MODES | LINEMEDIAMODE_UNKNOWN))
		return exchange_fail(LINEERR_INVALMEDIAMODE, "media mode",
				"the exchange carries voice, data by modem and fax");
	return 0;
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineSetDefaultMediaDetection(HDRVLINE hdLine, DWORD dwMediaModes)
{
	struct extension *e;
	LONG result;

	exchange_enter();
	e = extension_find(hdLine);
	result = e ? check_media_modes(dwMediaModes) : bad_line();
	if (!result)
		extension_take_calls(e, dwMediaModes);
	return exchange_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineConditionalMediaDetection(HDRVLINE hdLine, DWORD dwMediaModes,
		const LINECALLPARAMS *lpCallParams)
{
	LONG result;

	exchange_enter();
	result = extension_find(hdLine) ? check_media_modes(dwMediaModes) : bad_line();
	if (!result && lpCallParams)
		result = call_check_params(extension_find(hdLine), lpCallParams);
	return exchange_leave(result);
}

static bool device_of_class(const struct extension *e, const char *device_class, DWORD *id)
{
	if (strcasecmp(device_class, "tapi/line") == 0)
		*id = extension_device(e);
	else if (strcasecmp(device_class, "tapi/phone") == 0)
		*id = phone_device_id(&e->phone);
	else
		return false;
	return true;
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineGetID(HDRVLINE hdLine, DWORD dwAddressID, HDRVCALL hdCall,
		DWORD dwSelect, LPVARSTRING lpDeviceID, LPCSTR lpszDeviceClass, int *descriptor)
{
	struct extension *e;
	struct varpart v;
	DWORD id;
	LONG result = 0;

	(void)dwAddressID;
	if (!lpDeviceID || !lpszDeviceClass)
		return LINEERR_INVALPOINTER;
	if (descriptor)
		*descriptor = -1;
	exchange_enter();
	if (dwSelect == LINECALLSELECT_CALL)
		e = call_find(hdCall) ? call_find(hdCall)->line : NULL;
	else
		e = extension_find(hdLine);
	if (!e)
		result = dwSelect == LINECALLSELECT_CALL ? LINEERR_INVALCALLHANDLE : bad_line();
	else if (!device_of_class(e, lpszDeviceClass, &id))
		result = exchange_fail(LINEERR_INVALDEVICECLASS, "device class",
				"an extension has the device classes tapi/line and tapi/phone");
	else
		result = varpart_begin(&v, lpDeviceID, sizeof(*lpDeviceID));
	if (!result) {
		lpDeviceID->dwStringFormat = STRINGFORMAT_BINARY;
		varpart_add(&v, &lpDeviceID->dwStringSize, &lpDeviceID->dwStringOffset, &id,
				sizeof(id));
		result = varpart_end(&v);
	}
	return exchange_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineSetTerminal(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		DWORD dwAddressID, HDRVCALL hdCall, DWORD dwSelect, DWORD dwTerminalModes,
		DWORD dwTerminalID, DWORD bEnable)
{
	struct extension *e;
	struct call *c = NULL;
	LONG result;

	exchange_enter();
	if (dwSelect == LINECALLSELECT_CALL)
		c = call_find(hdCall);
	e = c ? c->line : extension_find(hdLine);
	if (dwSelect == LINECALLSELECT_CALL && !c)
		result = LINEERR_INVALCALLHANDLE;
	else if (!e)
		result = bad_line();
	else if (dwSelect == LINECALLSELECT_ADDRESS && dwAddressID)
		result = LINEERR_INVALADDRESSID;
	else
		result = terminal_set(e, c, dwRequestID, dwSelect, dwTerminalModes, dwTerminalID,
				bEnable != 0);
	return exchange_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineDevSpecific(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		DWORD dwAddressID, HDRVCALL hdCall, LPVOID lpParams, DWORD dwSize)
{
	struct extension *e;
	struct call *c;
	LONG result;

	(void)dwAddressID;
	exchange_enter();
	e = extension_find(hdLine);
	c = hdCall ? call_find(hdCall) : NULL;
	if (!e)
		result = bad_line();
	else if (hdCall && !c)
		result = LINEERR_INVALCALLHANDLE;
	else
		result = devspecific_do(e, c, dwRequestID, lpParams, dwSize);
	return exchange_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineDevSpecificFeature(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		DWORD dwFeature, LPVOID lpParams, DWORD dwSize)
{
	struct extension *e;

	(void)lpParams; /* goes back as it came */
	exchange_enter();
	e = extension_find(hdLine);
	return exchange_leave(e ? devspecific_feature(e, dwRequestID, dwFeature, dwSize)
				: bad_line());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineSetLineDevStatus(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		DWORD dwStatusToChange, DWORD fStatus)
{
	struct extension *e;

	exchange_enter();
	e = extension_find(hdLine);
	return exchange_leave(e ? station_set(e, dwRequestID, dwStatusToChange, fStatus != 0)
				: bad_line());
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineMSPIdentify(DWORD dwDeviceID, GUID *pCLSID)
{
	static const GUID rtp = MSP_CLSID_RTP;
	LONG result = LINEERR_BADDEVICEID;

	exchange_enter();
	if (exchange_device(dwDeviceID)) {
		*pCLSID = rtp;
		result = 0;
	}
	return exchange_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineCreateMSPInstance(HDRVLINE hdLine, DWORD dwAddressID,
		HTAPIMSPLINE htMSPLine, LPHDRVMSPLINE lphdMSPLine)
{
	struct extension *e;
	LONG result;

	exchange_enter();
	e = extension_find(hdLine);
	if (!e)
		result = bad_line();
	else if (dwAddressID)
		result = LINEERR_INVALADDRESSID;
	else
		result = extension_add_instance(e, htMSPLine, lphdMSPLine);
	return exchange_leave(result);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineCloseMSPInstance(HDRVMSPLINE hdMSPLine)
{
	exchange_enter();
	return exchange_leave(extension_remove_instance(hdMSPLine));
}

/* Mandatory entries for what does not exist here. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetDevConfig(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig,
		LPCSTR lpszDeviceClass)
{
	struct extension *e;

	if (!lpDeviceConfig)
		return LINEERR_INVALPOINTER;
	exchange_enter();
	e = exchange_device(dwDeviceID);
	return exchange_leave(e ? devconfig_get(e, lpszDeviceClass, lpDeviceConfig)
				: LINEERR_BADDEVICEID);
}

TSPI_EXPORT LONG TSPIAPI TSPI_lineSetDevConfig(DWORD dwDeviceID, const void *lpDeviceConfig,
		DWORD dwSize, LPCSTR lpszDeviceClass)
{
	struct extension *e;

	exchange_enter();
	e = exchange_device(dwDeviceID);
	return exchange_leave(e ? devconfig_set(e, lpszDeviceClass, lpDeviceConfig, dwSize)
				: LINEERR_BADDEVICEID);
}
