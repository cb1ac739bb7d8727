// SPDX-License-Identifier: MIT
/* tapi_line.h - functions on lines, addresses and providers. */
#ifndef TAPI_LINE_H
#define TAPI_LINE_H

#include "tapi_call_struct.h"
#include "tapi_line_const.h"
#include "tapi_line_struct.h"

#ifdef __cplusplus
extern "C" {
#endif

/* --- The program and the server -------------------------------------------------------------- */

/**
 * Take the next message of a registration in event mode.
 *
 * It needs no poll before it and works in event mode only.
 *
 * Units:     dwTimeout in milliseconds; 0 polls, 0xFFFFFFFF waits for ever.
 * Errors:    LINEERR_INVALAPPHANDLE, also when another thread shuts down meanwhile;
 *            LINEERR_OPERATIONFAILED when the time is over.
 */
TAPI_EXPORT LONG WINAPI lineGetMessage(HLINEAPP hLineApp, LPLINEMESSAGE lpMessage,
		DWORD dwTimeout);

/**
 * Register with the server, the old way: as lineInitializeEx with callback mode and API version
 * 1.x.
 *
 * Errors:    as lineInitializeEx. New programs call lineInitializeEx.
 * Context:   messages arrive in lpfnCallback, from tapiDispatch().
 */
TAPI_EXPORT LONG WINAPI lineInitialize(LPHLINEAPP lphLineApp, HINSTANCE hInstance,
		LINECALLBACK lpfnCallback, LPCSTR lpszAppName, LPDWORD lpdwNumDevs);

/**
 * Register the program with the server and learn how many lines there are.
 *
 * The first registration waits until each provider has reported or failed, 5 s at most. Where
 * nobody listens it tries for 1 s, for a server that is just being started; then, or at once when
 * there is no folder for a server's socket, it is LINEERR_OPERATIONFAILED.
 *
 * Ownership: *lphLineApp is ended by lineShutdown. The params' Handles.hEvent belongs to the
 *            library: poll it for reading, never read, write or close it.
 * In:        *lpdwAPIVersion is the highest version the program knows; dwOptions of the params
 *            chooses the event mode (LINEINITIALIZEEXOPTION_). lpfnCallback is used in callback
 *            mode only.
 * Out:       *lpdwAPIVersion is the highest version of the server; *lpdwNumDevs counts device ids
 *            from 0, of which some may meanwhile be gone.
 * Errors:    LINEERR_INVALAPPNAME, LINEERR_INIFILECORRUPT, LINEERR_INVALPARAM, LINEERR_NODRIVER,
 *            LINEERR_NOMULTIPLEINSTANCE, LINEERR_REINIT, LINEERR_STRUCTURETOOSMALL.
 */
TAPI_EXPORT LONG WINAPI lineInitializeEx(LPHLINEAPP lphLineApp, HINSTANCE hInstance,
		LINECALLBACK lpfnCallback, LPCSTR lpszFriendlyAppName, LPDWORD lpdwNumDevs,
		LPDWORD lpdwAPIVersion, LPLINEINITIALIZEEXPARAMS lpLineInitializeExParams);

/**
 * Leave: closes every line of the registration as lineClose does, and ends all its handles and its
 * event descriptor.
 *
 * Requests that are still pending are cancelled without a reply.
 *
 * Context:   a lineGetMessage that waits on another thread returns LINEERR_INVALAPPHANDLE.
 */
TAPI_EXPORT LONG WINAPI lineShutdown(HLINEAPP hLineApp);

/* --- Versions -------------------------------------------------------------------------------- */

/**
 * Agree on the API version for one line device; do this before anything else with it.
 *
 * Negotiating commits to nothing; lineOpen does. The version is the highest in the overlap of
 * program, library and provider.
 *
 * Out:       *lpExtensionID is all zero if the device has no extensions.
 * Errors:    LINEERR_BADDEVICEID, LINEERR_NODRIVER, LINEERR_INCOMPATIBLEAPIVERSION when the ranges
 *            do not overlap.
 */
TAPI_EXPORT LONG WINAPI lineNegotiateAPIVersion(HLINEAPP hLineApp, DWORD dwDeviceID,
		DWORD dwAPILowVersion, DWORD dwAPIHighVersion, LPDWORD lpdwAPIVersion,
		LPLINEEXTENSIONID lpExtensionID);

/**
 * Agree on the version of a device's own extensions, needed before lineDevSpecific.
 *
 * While some program has the line open with one extension version, only that one is given.
 *
 * Errors:    LINEERR_BADDEVICEID, LINEERR_INCOMPATIBLEAPIVERSION, LINEERR_INCOMPATIBLEEXTVERSION.
 */
TAPI_EXPORT LONG WINAPI lineNegotiateExtVersion(HLINEAPP hLineApp, DWORD dwDeviceID,
		DWORD dwAPIVersion, DWORD dwExtLowVersion, DWORD dwExtHighVersion,
		LPDWORD lpdwExtVersion);

/* --- Lines and addresses --------------------------------------------------------------------- */

/**
 * Close a line; calls of which this program is the sole owner are dropped, and all its call
 * handles of the line end.
 *
 * Replies that are outstanding are not delivered. LINE_CLOSE is not sent for it.
 */
TAPI_EXPORT LONG WINAPI lineClose(HLINE hLine);

/**
 * What one address of a line can do: its dialable form, call states and features, transfer, park
 * and forward modes, treatments.
 *
 * Errors:    as lineGetDevCaps, and LINEERR_INVALADDRESSID.
 */
TAPI_EXPORT LONG WINAPI lineGetAddressCaps(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID,
		DWORD dwAPIVersion, DWORD dwExtVersion, LPLINEADDRESSCAPS lpAddressCaps);

/**
 * The id of the address with this dialable form.
 *
 * Units:     dwSize in bytes; dwAddressMode is LINEADDRESSMODE_DIALABLEADDR.
 * Errors:    LINEERR_INVALADDRESS, LINEERR_INVALADDRESSMODE.
 */
TAPI_EXPORT LONG WINAPI lineGetAddressID(HLINE hLine, LPDWORD lpdwAddressID, DWORD dwAddressMode,
		LPCSTR lpsAddress, DWORD dwSize);

/**
 * The present state of one address: calls on it, features possible now, forwarding, terminals.
 *
 * Errors:    LINEERR_INVALADDRESSID, LINEERR_STRUCTURETOOSMALL.
 */
TAPI_EXPORT LONG WINAPI lineGetAddressStatus(HLINE hLine, DWORD dwAddressID,
		LPLINEADDRESSSTATUS lpAddressStatus);

/**
 * What a line device can do: addresses, media, digits, features, limits, device classes, permanent
 * id.
 *
 * Works with and without the line open. dwAPIVersion is the negotiated one.
 *
 * Errors:    LINEERR_BADDEVICEID, LINEERR_INCOMPATIBLEAPIVERSION, LINEERR_INCOMPATIBLEEXTVERSION,
 *            LINEERR_NODRIVER, LINEERR_STRUCTURETOOSMALL.
 */
TAPI_EXPORT LONG WINAPI lineGetDevCaps(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
		DWORD dwExtVersion, LPLINEDEVCAPS lpLineDevCaps);

/**
 * Read the configuration of one media class of a device as an opaque block, to give it to
 * lineSetDevConfig later.
 *
 * Errors:    LINEERR_BADDEVICEID, LINEERR_INVALDEVICECLASS, LINEERR_STRUCTURETOOSMALL.
 */
TAPI_EXPORT LONG WINAPI lineGetDevConfig(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig,
		LPCSTR lpszDeviceClass);

/**
 * The device of a class that belongs to the line, address or call that dwSelect names.
 *
 * Class "tapi/line" and "tapi/phone" give a device id (DWORD), the wave classes a PCM name, the
 * comm classes an open descriptor. Which classes a device has is in its capabilities.
 *
 * Ownership: a descriptor is the caller's to close.
 * Errors:    LINEERR_INVALADDRESSID, LINEERR_INVALCALLSELECT, LINEERR_INVALDEVICECLASS,
 *            LINEERR_STRUCTURETOOSMALL.
 */
TAPI_EXPORT LONG WINAPI lineGetID(HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect,
		LPVARSTRING lpDeviceID, LPCSTR lpszDeviceClass);

/**
 * The present state of an open line: calls, features possible now, ring mode, service, message
 * waiting, and who has it open. Why it is out of service tapixGetLastReason says, also when 0 was
 * returned.
 *
 * Errors:    LINEERR_STRUCTURETOOSMALL.
 */
TAPI_EXPORT LONG WINAPI lineGetLineDevStatus(HLINE hLine, LPLINEDEVSTATUS lpLineDevStatus);

/**
 * How often an inbound call should ring before it is answered (toll saver): the smallest number
 * that any program set for the address.
 *
 * Out:       0xFFFFFFFF when nobody set one.
 * Errors:    LINEERR_INVALADDRESSID.
 */
TAPI_EXPORT LONG WINAPI lineGetNumRings(HLINE hLine, DWORD dwAddressID, LPDWORD lpdwNumRings);

/** Which status messages this program gets for the line, as set with lineSetStatusMessages. */
TAPI_EXPORT LONG WINAPI lineGetStatusMessages(HLINE hLine, LPDWORD lpdwLineStates,
		LPDWORD lpdwAddressStates);

/**
 * Open a line device, to place calls, to own calls of certain media, or to watch.
 *
 * Opening always permits to place calls. The privilege says what becomes of calls that others or
 * the network make: LINECALLPRIVILEGE_NONE, _MONITOR, _OWNER or both, with LINEOPENOPTION_ bits.
 * Media modes count with OWNER only and make the program a candidate first owner; among several
 * the priority list decides, else who opened first. Calls that exist already are not announced:
 * ask with lineGetNewCalls.
 * LINEMAPPER as device id takes the first line that can do what lpCallParams asks, passing over those
 * that answer LINEERR_ALLOCATED; lineGetID with class "tapi/line" tells which. lpCallParams is also read with LINEOPENOPTION_SINGLEADDRESS and
 * _PROXY.
 *
 * Ownership: *lphLine is ended by lineClose.
 * In:        dwAPIVersion and dwExtVersion (0: no extensions) as negotiated; dwCallbackInstance
 *            comes back in each message of the line and its calls.
 * Errors:    LINEERR_ALLOCATED (held by another program for good), LINEERR_BADDEVICEID,
 *            LINEERR_INCOMPATIBLEAPIVERSION, LINEERR_INCOMPATIBLEEXTVERSION,
 *            LINEERR_INVALADDRESSID, LINEERR_INVALMEDIAMODE, LINEERR_INVALPRIVSELECT,
 *            LINEERR_LINEMAPPERFAILED, LINEERR_NODRIVER, LINEERR_NOTREGISTERED (another proxy
 *            serves that request type), LINEERR_REINIT, LINEERR_RESOURCEUNAVAIL (passing
 *            shortage).
 */
TAPI_EXPORT LONG WINAPI lineOpen(HLINEAPP hLineApp, DWORD dwDeviceID, LPHLINE lphLine,
		DWORD dwAPIVersion, DWORD dwExtVersion, DWORD_PTR dwCallbackInstance,
		DWORD dwPrivileges, DWORD dwMediaModes, const LINECALLPARAMS *lpCallParams);

/**
 * Apply a block of lineGetDevConfig to the same device and class.
 *
 * Errors:    LINEERR_BADDEVICEID, LINEERR_INVALDEVICECLASS, LINEERR_INVALPARAM,
 *            LINEERR_INVALLINESTATE.
 */
TAPI_EXPORT LONG WINAPI lineSetDevConfig(DWORD dwDeviceID, const void *lpDeviceConfig,
		DWORD dwSize, LPCSTR lpszDeviceClass);

/**
 * Switch message waiting, service or lock of the line (LINEDEVSTATUSFLAGS_); the result is seen as
 * LINE_LINEDEVSTATE.
 *
 * Reply:     LINE_REPLY.
 * Errors:    LINEERR_INVALLINESTATE, LINEERR_INVALPARAM.
 */
TAPI_EXPORT LONG WINAPI lineSetLineDevStatus(HLINE hLine, DWORD dwStatusToChange, DWORD fStatus);

/**
 * Set this program's number for lineGetNumRings; the server keeps it and does nothing with it.
 *
 * Errors:    LINEERR_INVALADDRESSID.
 */
TAPI_EXPORT LONG WINAPI lineSetNumRings(HLINE hLine, DWORD dwAddressID, DWORD dwNumRings);

/**
 * Choose which LINE_LINEDEVSTATE and LINE_ADDRESSSTATE changes are reported; none are until this
 * is called.
 *
 * LINEDEVSTATE_REINIT cannot be switched off, and LINE_CALLSTATE, LINE_REPLY and LINE_CLOSE always
 * come.
 *
 * In:        LINEDEVSTATE_ bits; LINEADDRESSSTATE_ bits.
 * Errors:    LINEERR_INVALADDRESSSTATE, LINEERR_INVALLINESTATE, LINEERR_INVALPARAM.
 */
TAPI_EXPORT LONG WINAPI lineSetStatusMessages(HLINE hLine, DWORD dwLineStates,
		DWORD dwAddressStates);

/**
 * Route classes of low-level events and media of a line, address or call to or away from a
 * terminal of the line's set.
 *
 * Reply:     LINE_REPLY. Owner of the call, when one is named.
 * Errors:    LINEERR_INVALADDRESSID, LINEERR_INVALCALLSELECT, LINEERR_INVALCALLSTATE,
 *            LINEERR_INVALTERMINALID, LINEERR_INVALTERMINALMODE.
 */
TAPI_EXPORT LONG WINAPI lineSetTerminal(HLINE hLine, DWORD dwAddressID, HCALL hCall,
		DWORD dwSelect, DWORD dwTerminalModes, DWORD dwTerminalID, DWORD bEnable);

/* --- Forwarding ------------------------------------------------------------------------------ */

/**
 * Set the forwarding of one or all addresses; the list replaces the previous one whole.
 *
 * NULL or an empty list cancels; an entry without destination is do-not-disturb. The reply means
 * that the switch took it, LINE_ADDRESSSTATE(FORWARD) that it holds.
 *
 * Ownership: *lphConsultCall is written with the reply where the switch wants a consultation call,
 *            else 0; the pointer is required.
 * Units:     dwNumRingsNoAnswer in rings.
 * Reply:     LINE_REPLY.
 * Errors:    as lineMakeCall for the parameters; LINEERR_INVALADDRESS, LINEERR_INVALADDRESSID,
 *            LINEERR_INVALPARAM.
 */
TAPI_EXPORT LONG WINAPI lineForward(HLINE hLine, DWORD bAllAddresses, DWORD dwAddressID,
		const LINEFORWARDLIST *lpForwardList, DWORD dwNumRingsNoAnswer,
		LPHCALL lphConsultCall, const LINECALLPARAMS *lpCallParams);

/* --- Privileges and priorities --------------------------------------------------------------- */

/**
 * The place of a program in the list for a media mode (or, with media mode 0, for a kind of
 * assisted-telephony request).
 *
 * No application handle is needed. Each user has lists of its own.
 *
 * Out:       1 is the highest; 0: not in the list. Before API 2.0, 0xFFFFFFFF: not in the list, but
 *            it has a line open for that media mode. lpExtensionID and lpExtensionName are ignored.
 * Errors:    LINEERR_INVALAPPNAME, LINEERR_INVALMEDIAMODE, LINEERR_INVALREQUESTMODE.
 */
TAPI_EXPORT LONG WINAPI lineGetAppPriority(LPCSTR lpszAppFilename, DWORD dwMediaMode,
		LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode, LPVARSTRING lpExtensionName,
		LPDWORD lpdwPriority);

/**
 * Give ownership of a call to another program, by its file name, or with NULL by a media mode.
 *
 * The giver's own privilege stays: deallocate, or become monitor, afterwards. The target gets
 * LINE_APPNEWCALL if it did not hold the call, and LINE_CALLSTATE with OWNER in any case.
 *
 * A name can be the program's own: another instance gets the call, first one that does not own it
 * yet; without another one nothing changes. Names are compared as they are, upper and lower case
 * too. The media modes for which the target has the line open do not matter then.
 *
 * In:        a file name without path; dwMediaMode is exactly one bit, read only with a NULL name.
 * Errors:    LINEERR_INVALMEDIAMODE, LINEERR_NOTOWNER, LINEERR_TARGETNOTFOUND, LINEERR_TARGETSELF
 *            (the caller itself is the best target).
 */
TAPI_EXPORT LONG WINAPI lineHandoff(HCALL hCall, LPCSTR lpszFileName, DWORD dwMediaMode);

/**
 * Put a program at the top of such a list (1) or take it out (0); kept for good, counts from the
 * next call on.
 *
 * In:        file name without path. lpExtensionID and lpszExtensionName are ignored.
 * Errors:    LINEERR_INVALAPPNAME, LINEERR_INVALMEDIAMODE, LINEERR_INVALPARAM (any other
 *            priority), LINEERR_INVALREQUESTMODE.
 */
TAPI_EXPORT LONG WINAPI lineSetAppPriority(LPCSTR lpszAppFilename, DWORD dwMediaMode,
		LPLINEEXTENSIONID lpExtensionID, DWORD dwRequestMode, LPCSTR lpszExtensionName,
		DWORD dwPriority);

/**
 * Become owner or monitor of a call whose handle is held.
 *
 * The sole owner of a call that is not IDLE cannot become monitor.
 *
 * Errors:    LINEERR_INVALCALLPRIVILEGE, LINEERR_INVALCALLSTATE.
 */
TAPI_EXPORT LONG WINAPI lineSetCallPrivilege(HCALL hCall, DWORD dwCallPrivilege);

/* --- The provider's own ---------------------------------------------------------------------- */

/**
 * Reach what only this provider offers. The block is the provider's own format and is overwritten
 * with its answer.
 *
 * It needs a negotiated extension version.
 *
 * Ownership: lpParams must stay valid until the reply, which writes it.
 * Units:     dwSize in bytes, at most 65536.
 * Reply:     LINE_REPLY.
 * Errors:    LINEERR_INVALADDRESSID, LINEERR_INVALPARAM.
 */
TAPI_EXPORT LONG WINAPI lineDevSpecific(HLINE hLine, DWORD dwAddressID, HCALL hCall,
		LPVOID lpParams, DWORD dwSize);

/**
 * Press a feature button that only this provider knows (PHONEBUTTONFUNCTION_), with a block of its
 * own format.
 *
 * Ownership: lpParams must stay valid until the reply.
 * Reply:     LINE_REPLY.
 * Errors:    LINEERR_INVALFEATURE.
 */
TAPI_EXPORT LONG WINAPI lineDevSpecificFeature(HLINE hLine, DWORD dwFeature, LPVOID lpParams,
		DWORD dwSize);

/* --- Providers ------------------------------------------------------------------------------- */

/**
 * Install a provider; no file is copied, and a failing one is taken out again.
 *
 * Out:       its permanent id.
 * Errors:    LINEERR_INIFILECORRUPT, LINEERR_NOMULTIPLEINSTANCE, LINEERR_OPERATIONFAILED.
 */
TAPI_EXPORT LONG WINAPI lineAddProvider(LPCSTR lpszProviderFilename, HWND hwndOwner,
		LPDWORD lpdwPermanentProviderID);

/**
 * Would show a provider's dialog; not offered (configuration is key and value, see tapictl).
 * Returns OPERATIONUNAVAIL.
 */
TAPI_EXPORT LONG WINAPI lineConfigProvider(HWND hwndOwner, DWORD dwPermanentProviderID);

/**
 * The providers that are installed, with their permanent ids and file names.
 *
 * dwAPIVersion is the highest the program knows. Needs no registration.
 *
 * Errors:    LINEERR_INCOMPATIBLEAPIVERSION, LINEERR_STRUCTURETOOSMALL.
 */
TAPI_EXPORT LONG WINAPI lineGetProviderList(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList);

/**
 * Take a provider out; its open lines and phones are closed by force and its device ids then give
 * NODRIVER.
 *
 * Errors:    LINEERR_INVALPARAM.
 */
TAPI_EXPORT LONG WINAPI lineRemoveProvider(DWORD dwPermanentProviderID, HWND hwndOwner);

/* --- Windows: not offered -------------------------------------------------------------------- */

/** Would show a device's dialog; not offered. Returns OPERATIONUNAVAIL. */
TAPI_EXPORT LONG WINAPI lineConfigDialog(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass);

/** Would edit a configuration block in a dialog; not offered. Returns OPERATIONUNAVAIL. */
TAPI_EXPORT LONG WINAPI lineConfigDialogEdit(DWORD dwDeviceID, HWND hwndOwner,
		LPCSTR lpszDeviceClass, const void *lpDeviceConfigIn, DWORD dwSize,
		LPVARSTRING lpDeviceConfigOut);

/** Would give an icon; there are none. Returns OPERATIONUNAVAIL. */
TAPI_EXPORT LONG WINAPI lineGetIcon(DWORD dwDeviceID, LPCSTR lpszDeviceClass, LPHICON lphIcon);

/** Would show the dialog of locations and calling cards; not offered. Returns OPERATIONUNAVAIL. */
TAPI_EXPORT LONG WINAPI lineTranslateDialog(HLINEAPP hLineApp, DWORD dwDeviceID,
		DWORD dwAPIVersion, HWND hwndOwner, LPCSTR lpszAddressIn);

#ifdef __cplusplus
}
#endif

#endif
