// SPDX-License-Identifier: MIT
/* tspi_line.h - what a TSP exports for lines and addresses. tspi.h has the rules. */
#ifndef TSPI_LINE_H
#define TSPI_LINE_H

#include "tspi_types.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Close a line: no event on it may come after the return.
 *
 * Complete what is pending first (LINEERR_OPERATIONFAILED). Active calls are dropped only if the
 * line declares LINEDEVCAPFLAGS_CLOSEDROP.
 *
 * Note:      of the basic set.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineClose(HDRVLINE hdLine);

/** End one instance of TSPI_lineCreateMSPInstance; nothing may be sent to its htMSPLine after. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineCloseMSPInstance(HDRVMSPLINE hdMSPLine);

/**
 * Could this line detect these media and meet these parameters? Asked for LINEMAPPER; changes
 * nothing.
 *
 * Errors:    LINEERR_INVALMEDIAMODE, LINEERR_RESOURCEUNAVAIL.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineConditionalMediaDetection(HDRVLINE hdLine, DWORD dwMediaModes,
		const LINECALLPARAMS *lpCallParams);

/** Never called here: no windows. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineConfigDialog(DWORD dwDeviceID, HWND hwndOwner,
		LPCSTR lpszDeviceClass);

/** Never called here: no windows. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineConfigDialogEdit(DWORD dwDeviceID, HWND hwndOwner,
		LPCSTR lpszDeviceClass, const void *lpDeviceConfigIn, DWORD dwSize,
		LPVARSTRING lpDeviceConfigOut);

/**
 * An application made an MSP instance for an address; keep htMSPLine to send it LINE_SENDMSPDATA.
 *
 * There is one call a program, so a line may have many instances. Data about a call goes to the
 * instance of the program that made it or last came to own it.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineCreateMSPInstance(HDRVLINE hdLine, DWORD dwAddressID,
		HTAPIMSPLINE htMSPLine, LPHDRVMSPLINE lphdMSPLine);

/**
 * Whatever else this TSP offers; the block is its own format and is overwritten with the answer.
 *
 * Ownership: lpParams stays valid until the completion.
 * Units:     dwSize in bytes.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineDevSpecific(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		DWORD dwAddressID, HDRVCALL hdCall, LPVOID lpParams, DWORD dwSize);

/**
 * A feature button (PHONEBUTTONFUNCTION_) with a block of the TSP's own format.
 *
 * Ownership: lpParams stays valid until the completion.
 * Errors:    LINEERR_INVALFEATURE.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineDevSpecificFeature(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		DWORD dwFeature, LPVOID lpParams, DWORD dwSize);

/**
 * Replace the whole forwarding of one or all addresses; NULL or an empty list cancels.
 *
 * htConsultCall is a new call only if the switch needs a consultation; else store 0.
 * LINE_ADDRESSSTATE(FORWARD) confirms.
 *
 * Units:     dwNumRingsNoAnswer in rings.
 * Errors:    LINEERR_INVALADDRESS, LINEERR_INVALADDRESSID, LINEERR_INVALPARAM.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineForward(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		DWORD bAllAddresses, DWORD dwAddressID, const LINEFORWARDLIST *lpForwardList,
		DWORD dwNumRingsNoAnswer, HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
		const LINECALLPARAMS *lpCallParams);

/**
 * What one address can do. Takes a device id; called with and without the line open.
 *
 * Errors:    LINEERR_BADDEVICEID, LINEERR_INVALADDRESSID, LINEERR_INCOMPATIBLEAPIVERSION.
 * Note:      of the basic set.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetAddressCaps(DWORD dwDeviceID, DWORD dwAddressID,
		DWORD dwTSPIVersion, DWORD dwExtVersion, LPLINEADDRESSCAPS lpAddressCaps);

/**
 * The id of the address with this dialable form.
 *
 * Units:     dwSize in bytes.
 * Errors:    LINEERR_INVALADDRESS, LINEERR_INVALADDRESSMODE.
 * Note:      of the basic set.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetAddressID(HDRVLINE hdLine, LPDWORD lpdwAddressID,
		DWORD dwAddressMode, LPCSTR lpsAddress, DWORD dwSize);

/**
 * The present state of one address, with forwarding and the features possible now.
 *
 * Errors:    LINEERR_INVALADDRESSID.
 * Note:      of the basic set.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetAddressStatus(HDRVLINE hdLine, DWORD dwAddressID,
		LPLINEADDRESSSTATUS lpAddressStatus);

/** Which call hub tracking the TSP offers and does (3.0). */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetCallHubTracking(HDRVLINE hdLine,
		LPLINECALLHUBTRACKINGINFO lpTrackingInfo);

/**
 * What a line device can do. Takes a device id; called with and without the line open.
 *
 * Errors:    LINEERR_BADDEVICEID, LINEERR_INCOMPATIBLEAPIVERSION.
 * Note:      of the basic set.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetDevCaps(DWORD dwDeviceID, DWORD dwTSPIVersion,
		DWORD dwExtVersion, LPLINEDEVCAPS lpLineDevCaps);

/**
 * The configuration of one device class as an opaque block.
 *
 * Errors:    LINEERR_BADDEVICEID, LINEERR_INVALDEVICECLASS.
 * Note:      of the basic set.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetDevConfig(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig,
		LPCSTR lpszDeviceClass);

/** Which extensions the device has; all zero is none. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetExtensionID(DWORD dwDeviceID, DWORD dwTSPIVersion,
		LPLINEEXTENSIONID lpExtensionID);

/**
 * Never called here: no icons.
 *
 * Note:      of the basic set.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetIcon(DWORD dwDeviceID, LPCSTR lpszDeviceClass,
		LPHICON lphIcon);

/**
 * The device of a class that belongs to line, address or call.
 *
 * "tapi/line" and "tapi/phone" are answered before they come here. Wave classes: a PCM name,
 * *descriptor stays -1. Comm classes: *descriptor becomes an open descriptor that goes to the
 * application.
 *
 * Ownership: *descriptor is -1 at the call; one stored there is taken over and closed by the host.
 * Errors:    LINEERR_INVALADDRESSID, LINEERR_INVALDEVICECLASS, LINEERR_NODEVICE.
 * Note:      of the basic set.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetID(HDRVLINE hdLine, DWORD dwAddressID, HDRVCALL hdCall,
		DWORD dwSelect, LPVARSTRING lpDeviceID, LPCSTR lpszDeviceClass, int *descriptor);

/**
 * The present state of a line; the server fills in opens, open media modes and applications. Of a
 * line that is not in service (dwDevStatusFlags) say why by the reason procedure, and return 0:
 * "SIP 403", "Forbidden".
 *
 * Note:      of the basic set.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetLineDevStatus(HDRVLINE hdLine,
		LPLINEDEVSTATUS lpLineDevStatus);

/**
 * How many addresses the line has; their ids are 0 to that number less one.
 *
 * Note:      of the basic set.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetNumAddressIDs(HDRVLINE hdLine, LPDWORD lpdwNumAddressIDs);

/** The class of the MSP for this line; asked only if the line declares LINEDEVCAPFLAGS_MSP. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineMSPIdentify(DWORD dwDeviceID, GUID *pCLSID);

/**
 * Choose the extension version from the range; while one is selected, only that one.
 *
 * Errors:    LINEERR_INCOMPATIBLEEXTVERSION.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineNegotiateExtVersion(DWORD dwDeviceID, DWORD dwTSPIVersion,
		DWORD dwLowVersion, DWORD dwHighVersion, LPDWORD lpdwExtVersion);

/**
 * Choose the TSPI version from the range, for one line device or, with INITIALIZE_NEGOTIATION, for
 * the provider as a whole.
 *
 * INITIALIZE_NEGOTIATION must be answered by every TSP, also by one without lines.
 *
 * Errors:    LINEERR_BADDEVICEID, LINEERR_INCOMPATIBLEAPIVERSION.
 * Note:      of the basic set.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineNegotiateTSPIVersion(DWORD dwDeviceID, DWORD dwLowVersion,
		DWORD dwHighVersion, LPDWORD lpdwTSPIVersion);

/**
 * Open a line; there is one open a line, whatever number of programs share it.
 *
 * Store htLine and the event procedure, and *lphdLine before returning. It must not block.
 *
 * Errors:    LINEERR_ALLOCATED, LINEERR_BADDEVICEID, LINEERR_RESOURCEUNAVAIL.
 * Note:      of the basic set.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineOpen(DWORD dwDeviceID, HTAPILINE htLine, LPHDRVLINE lphdLine,
		DWORD dwTSPIVersion, LINEEVENT lpfnEventProc);

/**
 * Take a block that the MSP sent; the bytes are what the MSP gave, in its order for each call.
 *
 * OURS: dwSize 0 says that no MSP instance in any program has this call, or that the last one went
 * away: the TSP must not wait for its media. A real MSP never sends an empty block.
 *
 * Ownership: pBuffer is the caller's and ends with the call.
 * Units:     dwSize in bytes, at most 65536.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineReceiveMSPData(HDRVLINE hdLine, HDRVCALL hdCall,
		HDRVMSPLINE hdMSPLine, LPVOID pBuffer, DWORD dwSize);

/**
 * Begin to speak this extension version on the line; 0 ends it.
 *
 * Errors:    LINEERR_INCOMPATIBLEEXTVERSION.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSelectExtVersion(HDRVLINE hdLine, DWORD dwExtVersion);

/** Switch call hub tracking (3.0). */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetCallHubTracking(HDRVLINE hdLine,
		LPLINECALLHUBTRACKINGINFO lpTrackingInfo);

/** Obsolete, never called: LINEDEVSTATE_TRANSLATECHANGE is sent. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetCurrentLocation(DWORD dwLocation);

/**
 * Detect these media on new inbound calls: the union over all owners, may be 0. A failure fails
 * the program's lineOpen.
 *
 * Errors:    LINEERR_INVALMEDIAMODE, LINEERR_RESOURCEUNAVAIL.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetDefaultMediaDetection(HDRVLINE hdLine, DWORD dwMediaModes);

/**
 * Apply a block of TSPI_lineGetDevConfig.
 *
 * Errors:    LINEERR_BADDEVICEID, LINEERR_INVALDEVICECLASS, LINEERR_INVALLINESTATE,
 *            LINEERR_INVALPARAM.
 * Note:      of the basic set.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetDevConfig(DWORD dwDeviceID, const void *lpDeviceConfig,
		DWORD dwSize, LPCSTR lpszDeviceClass);

/**
 * Switch message waiting, service or lock; the result is seen as LINE_LINEDEVSTATE.
 *
 * Errors:    LINEERR_INVALLINESTATE, LINEERR_INVALPARAM.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetLineDevStatus(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		DWORD dwStatusToChange, DWORD fStatus);

/**
 * Which state changes some program wants; sending more does no harm, they are filtered.
 *
 * In:        LINEDEVSTATE_ bits; LINEADDRESSSTATE_ bits.
 * Errors:    LINEERR_INVALADDRESSSTATE, LINEERR_INVALLINESTATE.
 * Note:      of the basic set.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetStatusMessages(HDRVLINE hdLine, DWORD dwLineStates,
		DWORD dwAddressStates);

/**
 * Route classes of events and media of line, address or call to or away from a terminal.
 *
 * Errors:    LINEERR_INVALTERMINALID, LINEERR_INVALTERMINALMODE.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetTerminal(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		DWORD dwAddressID, HDRVCALL hdCall, DWORD dwSelect, DWORD dwTerminalModes,
		DWORD dwTerminalID, DWORD bEnable);

/**
 * Cancel a request of TSPI_lineCompleteCall.
 *
 * Errors:    LINEERR_INVALCOMPLETIONID.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineUncompleteCall(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		DWORD dwCompletionID);

#ifdef __cplusplus
}
#endif

#endif
