// SPDX-License-Identifier: MIT
/* tspi_call.h - what a TSP exports for calls. tspi.h has the rules.
 * The server checks the state of a call first: a function is called in its documented states only,
 * or UNKNOWN. The TSP still returns INVALCALLSTATE when the call has moved meanwhile.
 */
#ifndef TSPI_CALL_H
#define TSPI_CALL_H

#include "tspi_types.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Begin to alert for an OFFERING call, which normally moves to ACCEPTED.
 *
 * Units:     dwSize in bytes; lpsUserUserInfo NULL for none.
 * Errors:    LINEERR_INVALCALLSTATE, LINEERR_USERUSERINFOTOOBIG.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineAccept(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpsUserUserInfo, DWORD dwSize);

/**
 * Put the consulted party into the conference; membership is what LINE_CALLSTATE(CONFERENCED) then
 * says.
 *
 * Errors:    LINEERR_CONFERENCEFULL, LINEERR_INVALCALLSTATE.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineAddToConference(DRV_REQUESTID dwRequestID, HDRVCALL hdConfCall,
		HDRVCALL hdConsultCall);

/**
 * Answer an OFFERING or ACCEPTED call, or join a CONNECTED one that is INACTIVE on a bridged line.
 *
 * A call without an MSP instance must connect, too: silent, never waiting.
 *
 * Errors:    LINEERR_INUSE, LINEERR_INVALCALLSTATE, LINEERR_USERUSERINFOTOOBIG.
 * Note:      of the basic set.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineAnswer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpsUserUserInfo, DWORD dwSize);

/**
 * Transfer a CONNECTED call without consultation; it normally ends IDLE.
 *
 * Errors:    as TSPI_lineMakeCall for the address; LINEERR_INVALCALLSTATE.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineBlindTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpszDestAddress, DWORD dwCountryCode);

/**
 * End the life of hdCall: no event on it may come after the return, and the TSP may free it.
 *
 * Complete what is pending on it first. An active call is dropped only with
 * LINEDEVCAPFLAGS_CLOSEDROP. It is also called for a call whose making failed.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineCloseCall(HDRVCALL hdCall);

/**
 * Ask the switch to complete a call that met BUSY or no answer.
 *
 * Out:       *lpdwCompletionID before the completion; it comes back with the OFFERING call of
 *            reason CALLCOMPLETION.
 * Errors:    LINEERR_COMPLETIONOVERRUN, LINEERR_INVALCALLCOMPLMODE, LINEERR_INVALCALLSTATE,
 *            LINEERR_INVALMESSAGEID.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineCompleteCall(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPDWORD lpdwCompletionID, DWORD dwCompletionMode, DWORD dwMessageID);

/**
 * Finish a transfer: connect both parties and leave (both calls go IDLE), or make a three-way
 * conference of it.
 *
 * htConfCall is a new call for LINETRANSFERMODE_CONFERENCE only; store *lphdConfCall before
 * returning.
 *
 * Errors:    LINEERR_INVALCALLSTATE, LINEERR_INVALTRANSFERMODE.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineCompleteTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		HDRVCALL hdConsultCall, HTAPICALL htConfCall, LPHDRVCALL lphdConfCall,
		DWORD dwTransferMode);

/**
 * Dial (more) digits on a call in DIALTONE or DIALING; without a final ';' dialling is finished.
 *
 * Scan the whole string first and fail on an unsupported character before anything is dialled.
 *
 * Errors:    as TSPI_lineMakeCall for the string; LINEERR_INVALCALLSTATE.
 * Note:      of the basic set.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineDial(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpszDestAddress, DWORD dwCountryCode);

/**
 * End a call in any state: an OFFERING one is rejected, in the end it reports IDLE.
 *
 * It is also called for a call that no program wanted, and when its sole owner went away.
 *
 * Units:     dwSize in bytes; lpsUserUserInfo NULL for none.
 * Errors:    LINEERR_INVALCALLSTATE, LINEERR_USERUSERINFOTOOBIG.
 * Note:      of the basic set.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineDrop(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpsUserUserInfo, DWORD dwSize);

/** Obsolete, never called: TSPI_lineDrop is. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineDropNoOwner(HDRVCALL hdCall);

/** Obsolete, never called: TSPI_lineDrop is. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineDropOnClose(HDRVCALL hdCall);

/**
 * Collect digits into a buffer; LINE_GATHERDIGITS with dwEndToEndID ends it.
 *
 * One gathering a call; a new one replaces the old, lpsDigits NULL cancels.
 *
 * Ownership: lpsDigits stays valid until LINE_GATHERDIGITS.
 * Units:     dwNumDigits in characters; timeouts in milliseconds, 0 for none.
 * Errors:    LINEERR_INVALCALLSTATE, LINEERR_INVALDIGITMODE, LINEERR_INVALDIGITS,
 *            LINEERR_INVALTIMEOUT.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGatherDigits(HDRVCALL hdCall, DWORD dwEndToEndID,
		DWORD dwDigitModes, LPSTR lpsDigits, DWORD dwNumDigits,
		LPCSTR lpszTerminationDigits, DWORD dwFirstDigitTimeout,
		DWORD dwInterDigitTimeout);

/**
 * Send digits; LINE_GENERATE with dwEndToEndID tells when they are out.
 *
 * Shares one place a call with tones; a new request ends the old one, NULL cancels.
 *
 * Units:     dwDuration in milliseconds, 0 the default; clamp it.
 * Errors:    LINEERR_INVALCALLSTATE, LINEERR_INVALDIGITMODE.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGenerateDigits(HDRVCALL hdCall, DWORD dwEndToEndID,
		DWORD dwDigitMode, LPCSTR lpszDigits, DWORD dwDuration);

/**
 * Send one tone; LINE_GENERATE with dwEndToEndID tells when it is over.
 *
 * Units:     dwDuration in milliseconds, 0 until cancelled.
 * Errors:    LINEERR_INVALCALLSTATE, LINEERR_INVALTONE, LINEERR_INVALTONEMODE.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGenerateTone(HDRVCALL hdCall, DWORD dwEndToEndID,
		DWORD dwToneMode, DWORD dwDuration, DWORD dwNumTones,
		const LINEGENERATETONE *lpTones);

/** The address that a call is on; it never changes in a call's life. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetCallAddressID(HDRVCALL hdCall, LPDWORD lpdwAddressID);

/** Address id, call id and related call id of a call (3.0); equal call ids make a call hub. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetCallIDs(HDRVCALL hdCall, LPDWORD lpdwAddressID,
		LPDWORD lpdwCallID, LPDWORD lpdwRelatedCallID);

/**
 * What is known of a call.
 *
 * The server fills in line handle, owners and monitors, application name, called party and
 * comment; leave the end of the structure free for it.
 *
 * Note:      of the basic set.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetCallInfo(HDRVCALL hdCall, LPLINECALLINFO lpCallInfo);

/**
 * State, mode and features of a call; privilege is the server's, features must not depend on it.
 *
 * Note:      of the basic set.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetCallStatus(HDRVCALL hdCall, LPLINECALLSTATUS lpCallStatus);

/**
 * Put a CONNECTED call on hard hold: ONHOLD.
 *
 * Errors:    LINEERR_INVALCALLSTATE.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineHold(DRV_REQUESTID dwRequestID, HDRVCALL hdCall);

/**
 * Place a call.
 *
 * Store *lphdCall before returning; the call is pending until the completion says 0: no event on
 * it before. Complete no later than PROCEEDING, ideally at dial tone. Scan the whole string first
 * and fail on an unsupported character before anything is dialled.
 *
 * Errors:    LINEERR_ADDRESSBLOCKED, LINEERR_BEARERMODEUNAVAIL, LINEERR_CALLUNAVAIL,
 *            LINEERR_DIALBILLING, LINEERR_DIALDIALTONE, LINEERR_DIALPROMPT, LINEERR_DIALQUIET,
 *            LINEERR_DIALVOICEDETECT, LINEERR_INUSE, LINEERR_INVALADDRESS,
 *            LINEERR_INVALCALLPARAMS, LINEERR_INVALMEDIAMODE, LINEERR_RATEUNAVAIL,
 *            LINEERR_USERUSERINFOTOOBIG.
 * Note:      of the basic set.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineMakeCall(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		HTAPICALL htCall, LPHDRVCALL lphdCall, LPCSTR lpszDestAddress, DWORD dwCountryCode,
		const LINECALLPARAMS *lpCallParams);

/**
 * Report these digits with LINE_MONITORDIGITS; gets the union of what all programs want, 0 is off.
 *
 * Errors:    LINEERR_INVALCALLSTATE, LINEERR_INVALDIGITMODE.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineMonitorDigits(HDRVCALL hdCall, DWORD dwDigitModes);

/**
 * Report these media with LINE_MONITORMEDIA; gets the union of what all programs want, 0 is off.
 *
 * Errors:    LINEERR_INVALCALLSTATE, LINEERR_INVALMEDIAMODE.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineMonitorMedia(HDRVCALL hdCall, DWORD dwMediaModes);

/**
 * Report the tones of this list with LINE_MONITORTONE and dwToneListID; NULL ends the list.
 *
 * Units:     durations in milliseconds, frequencies in hertz.
 * Errors:    LINEERR_INVALCALLSTATE, LINEERR_INVALTONE, LINEERR_INVALTONELIST.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineMonitorTones(HDRVCALL hdCall, DWORD dwToneListID,
		const LINEMONITORTONE *lpToneList, DWORD dwNumEntries);

/**
 * Park a CONNECTED call at an address or where the switch likes.
 *
 * Ownership: lpNonDirAddress stays valid until the completion, which must have written it.
 * Errors:    LINEERR_INVALADDRESS, LINEERR_INVALCALLSTATE, LINEERR_INVALPARKMODE,
 *            LINEERR_STRUCTURETOOSMALL.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_linePark(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		DWORD dwParkMode, LPCSTR lpszDirAddress, LPVARSTRING lpNonDirAddress);

/**
 * Pick up a call that alerts elsewhere; both strings NULL: the one that waits here.
 *
 * A new call: store *lphdCall before returning.
 *
 * Errors:    LINEERR_INVALADDRESS, LINEERR_INVALADDRESSID, LINEERR_INVALGROUPID.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_linePickup(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		DWORD dwAddressID, HTAPICALL htCall, LPHDRVCALL lphdCall, LPCSTR lpszDestAddress,
		LPCSTR lpszGroupID);

/**
 * Make a consultation call for one more party; the conference goes ONHOLDPENDCONF.
 *
 * A new call: store *lphdConsultCall before returning.
 *
 * Errors:    LINEERR_CONFERENCEFULL, LINEERR_INVALCALLSTATE.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_linePrepareAddToConference(DRV_REQUESTID dwRequestID,
		HDRVCALL hdConfCall, HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
		const LINECALLPARAMS *lpCallParams);

/**
 * Send an OFFERING call on to another address; it goes IDLE.
 *
 * Errors:    as TSPI_lineMakeCall for the address; LINEERR_INVALCALLSTATE.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineRedirect(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpszDestAddress, DWORD dwCountryCode);

/**
 * The user-user information has been read; the next may be shown.
 *
 * Errors:    LINEERR_INVALCALLSTATE.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineReleaseUserUserInfo(DRV_REQUESTID dwRequestID, HDRVCALL hdCall);

/**
 * Take a CONFERENCED party out; its state afterwards is as dwRemoveFromConfState declares.
 *
 * Errors:    LINEERR_INVALCALLSTATE.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineRemoveFromConference(DRV_REQUESTID dwRequestID, HDRVCALL hdCall);

/**
 * Protect the call against interruptions until it ends.
 *
 * Errors:    LINEERR_INVALCALLSTATE.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSecureCall(DRV_REQUESTID dwRequestID, HDRVCALL hdCall);

/**
 * Send user-user information; split what the network cannot take at once.
 *
 * Units:     dwSize in bytes.
 * Errors:    LINEERR_INVALCALLSTATE, LINEERR_USERUSERINFOTOOBIG.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSendUserUserInfo(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpsUserUserInfo, DWORD dwSize);

/**
 * Keep dwAppSpecific with the call and send LINE_CALLINFO(APPSPECIFIC).
 *
 * Note:      of the basic set.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetAppSpecific(HDRVCALL hdCall, DWORD dwAppSpecific);

/**
 * Keep data with the call, so that it travels through transfers; 0 bytes remove it.
 *
 * Errors:    LINEERR_INVALCALLSTATE, LINEERR_INVALPARAM.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetCallData(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPVOID lpCallData, DWORD dwSize);

/**
 * Change bearer mode, rates or dial parameters; PASSTHROUGH may connect an OFFERING call.
 *
 * Units:     rates in bit/s.
 * Errors:    LINEERR_BEARERMODEUNAVAIL, LINEERR_INVALCALLSTATE, LINEERR_INVALDIALPARAMS,
 *            LINEERR_RATEUNAVAIL.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetCallParams(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		DWORD dwBearerMode, DWORD dwMinRate, DWORD dwMaxRate,
		const LINEDIALPARAMS *lpDialParams);

/**
 * Ask for another quality of service: a flow specification and provider data in each direction, no
 * pointers inside.
 *
 * Errors:    LINEERR_INVALCALLSTATE, LINEERR_RATEUNAVAIL.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetCallQualityOfService(DRV_REQUESTID dwRequestID,
		HDRVCALL hdCall, LPVOID lpSendingFlowspec, DWORD dwSendingFlowspecSize,
		LPVOID lpReceivingFlowspec, DWORD dwReceivingFlowspecSize);

/**
 * Choose what an unanswered or held party hears, from the list in the address capabilities.
 *
 * Errors:    LINEERR_INVALCALLSTATE, LINEERR_INVALPARAM.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetCallTreatment(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		DWORD dwTreatment);

/**
 * Act on the media by itself on digits, media, tones or call states; one set a call, each call
 * replaces it.
 *
 * Errors:    LINEERR_INVALCALLSELECT, LINEERR_INVALCALLSTATELIST, LINEERR_INVALDIGITLIST,
 *            LINEERR_INVALMEDIALIST, LINEERR_INVALTONELIST.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetMediaControl(HDRVLINE hdLine, DWORD dwAddressID,
		HDRVCALL hdCall, DWORD dwSelect, const LINEMEDIACONTROLDIGIT *lpDigitList,
		DWORD dwDigitNumEntries, const LINEMEDIACONTROLMEDIA *lpMediaList,
		DWORD dwMediaNumEntries, const LINEMEDIACONTROLTONE *lpToneList,
		DWORD dwToneNumEntries, const LINEMEDIACONTROLCALLSTATE *lpCallStateList,
		DWORD dwCallStateNumEntries);

/**
 * The owner decided what the call carries; advice, with one bit unless UNKNOWN is set.
 *
 * Errors:    LINEERR_INVALMEDIAMODE.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetMediaMode(HDRVCALL hdCall, DWORD dwMediaMode);

/**
 * Make a conference call and a consultation call: of hdCall as first party, or on hdLine without
 * one.
 *
 * Two new calls: store both handles before returning.
 *
 * Errors:    LINEERR_CONFERENCEFULL, LINEERR_INVALCALLSTATE.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetupConference(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		HDRVLINE hdLine, HTAPICALL htConfCall, LPHDRVCALL lphdConfCall,
		HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall, DWORD dwNumParties,
		const LINECALLPARAMS *lpCallParams);

/**
 * Put the CONNECTED call ONHOLDPENDTRANSFER and make a consultation call with dial tone.
 *
 * A new call: store *lphdConsultCall before returning.
 *
 * Errors:    LINEERR_CALLUNAVAIL, LINEERR_INVALCALLSTATE.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetupTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
		const LINECALLPARAMS *lpCallParams);

/**
 * Exchange the active call with one on (consultation) hold.
 *
 * Errors:    LINEERR_INVALCALLSTATE.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSwapHold(DRV_REQUESTID dwRequestID, HDRVCALL hdActiveCall,
		HDRVCALL hdHeldCall);

/**
 * Bring back a call from ONHOLD, ONHOLDPENDTRANSFER or ONHOLDPENDCONF.
 *
 * Errors:    LINEERR_INVALCALLSTATE.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineUnhold(DRV_REQUESTID dwRequestID, HDRVCALL hdCall);

/**
 * Fetch a parked call; a new call, unrelated to the old handle: store *lphdCall before returning.
 *
 * Errors:    LINEERR_INVALADDRESS, LINEERR_INVALADDRESSID.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineUnpark(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		DWORD dwAddressID, HTAPICALL htCall, LPHDRVCALL lphdCall, LPCSTR lpszDestAddress);

#ifdef __cplusplus
}
#endif

#endif
