// SPDX-License-Identifier: MIT
/* tapi_call.h - functions on calls and their media. */
#ifndef TAPI_CALL_H
#define TAPI_CALL_H

#include "tapi_call_const.h"
#include "tapi_call_struct.h"

#ifdef __cplusplus
extern "C" {
#endif

/* --- Make, answer, drop ---------------------------------------------------------------------- */

/**
 * Take responsibility for an OFFERING call before answering, which starts alerting and moves it to
 * ACCEPTED.
 *
 * Units:     dwSize in bytes; user-user information is NULL for none.
 * Reply:     LINE_REPLY. Owner.
 * Errors:    LINEERR_INVALCALLSTATE, LINEERR_USERUSERINFOTOOBIG.
 */
TAPI_EXPORT LONG WINAPI lineAccept(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

/**
 * Answer an OFFERING or ACCEPTED call, or join a CONNECTED call that is in INACTIVE mode on a
 * bridged line.
 *
 * What becomes of another active call is the line's LINEANSWERMODE_.
 *
 * Units:     dwSize in bytes; user-user information is NULL for none.
 * Reply:     LINE_REPLY when the provider is done; CONNECTED is told by LINE_CALLSTATE. Owner.
 * Errors:    LINEERR_INUSE, LINEERR_INVALCALLSTATE, LINEERR_USERUSERINFOTOOBIG.
 */
TAPI_EXPORT LONG WINAPI lineAnswer(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

/**
 * Ask the switch to complete a call that met BUSY or no answer: camp on, call back, intrude or
 * leave a message.
 *
 * The reply says that the switch accepted it. Later an OFFERING call comes with reason
 * CALLCOMPLETION and this completion id.
 *
 * Ownership: *lpdwCompletionID is written with the reply.
 * Reply:     LINE_REPLY. Owner; the call in BUSY or RINGBACK.
 * Errors:    LINEERR_COMPLETIONOVERRUN, LINEERR_INVALCALLCOMPLMODE, LINEERR_INVALCALLSTATE,
 *            LINEERR_INVALMESSAGEID.
 */
TAPI_EXPORT LONG WINAPI lineCompleteCall(HCALL hCall, LPDWORD lpdwCompletionID,
		DWORD dwCompletionMode, DWORD dwMessageID);

/**
 * Dial (more) digits on a call in DIALTONE or DIALING; a string without a final ';', even an empty
 * one, finishes dialling.
 *
 * Reply:     LINE_REPLY. Owner.
 * Errors:    as lineMakeCall for the string; LINEERR_INVALCALLSTATE.
 */
TAPI_EXPORT LONG WINAPI lineDial(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);

/**
 * End a call in any state; an OFFERING call is rejected.
 *
 * The call reports IDLE in the end and its handle remains until lineDeallocateCall. Dropping a
 * conference call may end its parties, and on a bridged line the call may only become INACTIVE.
 *
 * Units:     dwSize in bytes; user-user information is NULL for none.
 * Reply:     LINE_REPLY. Owner.
 * Errors:    LINEERR_INVALCALLSTATE, LINEERR_USERUSERINFOTOOBIG.
 */
TAPI_EXPORT LONG WINAPI lineDrop(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

/**
 * Place a call.
 *
 * The destination is a dialable string: 0-9 A-D * # , ! W w P p T t @ $ ? and a final ';' that
 * says more digits follow with lineDial. NULL or ";" only takes the line to dial tone.
 * lpCallParams NULL is an interactive voice call of 3.1 kHz on any address. The maker is the sole
 * owner.
 *
 * Ownership: both inputs are copied. *lphCall is written before this returns and perhaps once more
 *            with the reply, so the place must stay valid until then. The handle is valid from
 *            a reply with success on, until lineDeallocateCall. After a reply with an error it is
 *            dead (INVALCALLHANDLE) and there is nothing to deallocate; *lphCall still holds it.
 * Reply:     LINE_REPLY no later than PROCEEDING; only then come the call's own LINE_CALLSTATE
 *            messages.
 * Errors:    LINEERR_ADDRESSBLOCKED, LINEERR_BEARERMODEUNAVAIL, LINEERR_CALLUNAVAIL (no free
 *            appearance), LINEERR_DIALBILLING, LINEERR_DIALDIALTONE, LINEERR_DIALPROMPT,
 *            LINEERR_DIALQUIET, LINEERR_DIALVOICEDETECT (an unsupported character; nothing was
 *            dialled), LINEERR_INUSE, LINEERR_INVALADDRESS, LINEERR_INVALADDRESSID,
 *            LINEERR_INVALADDRESSMODE, LINEERR_INVALBEARERMODE, LINEERR_INVALCALLPARAMS,
 *            LINEERR_INVALCOUNTRYCODE, LINEERR_INVALLINESTATE, LINEERR_INVALMEDIAMODE,
 *            LINEERR_INVALRATE, LINEERR_RATEUNAVAIL, LINEERR_USERUSERINFOTOOBIG.
 */
TAPI_EXPORT LONG WINAPI lineMakeCall(HLINE hLine, LPHCALL lphCall, LPCSTR lpszDestAddress,
		DWORD dwCountryCode, const LINECALLPARAMS *lpCallParams);

/**
 * Send an OFFERING call on to another address; it goes IDLE here.
 *
 * Reply:     LINE_REPLY. Owner.
 * Errors:    as lineMakeCall for the address; LINEERR_INVALCALLSTATE.
 */
TAPI_EXPORT LONG WINAPI lineRedirect(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode);

/**
 * Protect a call against interruptions (call waiting, barge-in) until it ends.
 *
 * Reply:     LINE_REPLY. Owner.
 * Errors:    LINEERR_INVALCALLSTATE.
 */
TAPI_EXPORT LONG WINAPI lineSecureCall(HCALL hCall);

/**
 * Change bearer mode, rate range or dial parameters of a call that exists; PASSTHROUGH on an
 * OFFERING call connects it.
 *
 * Units:     rates in bit/s.
 * Reply:     LINE_REPLY. Owner; any state but IDLE and DISCONNECTED.
 * Errors:    LINEERR_BEARERMODEUNAVAIL, LINEERR_INVALBEARERMODE, LINEERR_INVALCALLSTATE,
 *            LINEERR_INVALDIALPARAMS, LINEERR_INVALRATE, LINEERR_RATEUNAVAIL.
 */
TAPI_EXPORT LONG WINAPI lineSetCallParams(HCALL hCall, DWORD dwBearerMode, DWORD dwMinRate,
		DWORD dwMaxRate, const LINEDIALPARAMS *lpDialParams);

/**
 * Choose what an unanswered or held party hears, from the treatments of the address capabilities.
 *
 * Reply:     LINE_REPLY. Owner.
 * Errors:    LINEERR_INVALCALLSTATE, LINEERR_INVALPARAM.
 */
TAPI_EXPORT LONG WINAPI lineSetCallTreatment(HCALL hCall, DWORD dwTreatment);

/**
 * Cancel a request of lineCompleteCall.
 *
 * Reply:     LINE_REPLY.
 * Errors:    LINEERR_INVALCOMPLETIONID.
 */
TAPI_EXPORT LONG WINAPI lineUncompleteCall(HLINE hLine, DWORD dwCompletionID);

/* --- Handles --------------------------------------------------------------------------------- */

/**
 * Give a call handle back.
 *
 * The sole owner of a call that is not IDLE may do so from API version 2.0 on, and the call is not
 * dropped; older programs get INVALCALLSTATE. From 2.0 on replies that are outstanding are still
 * delivered.
 *
 * Errors:    LINEERR_INVALCALLSTATE.
 */
TAPI_EXPORT LONG WINAPI lineDeallocateCall(HCALL hCall);

/**
 * Handles, with monitor privilege, of calls on a line or address that this program does not hold.
 *
 * Errors:    LINEERR_INVALADDRESSID, LINEERR_INVALCALLSELECT, LINEERR_STRUCTURETOOSMALL.
 */
TAPI_EXPORT LONG WINAPI lineGetNewCalls(HLINE hLine, DWORD dwAddressID, DWORD dwSelect,
		LPLINECALLLIST lpCallList);

/* --- Information ----------------------------------------------------------------------------- */

/**
 * What is known of a call that rarely changes: ids, parties, origin, reason, media, rates, user
 * data.
 *
 * Errors:    LINEERR_STRUCTURETOOSMALL.
 */
TAPI_EXPORT LONG WINAPI lineGetCallInfo(HCALL hCall, LPLINECALLINFO lpCallInfo);

/**
 * The state of a call, its mode, this program's privilege, and the features possible now with that
 * privilege.
 *
 * Errors:    LINEERR_STRUCTURETOOSMALL.
 */
TAPI_EXPORT LONG WINAPI lineGetCallStatus(HCALL hCall, LPLINECALLSTATUS lpCallStatus);

/**
 * Set dwAppSpecific of a call's information; all holders see it with LINE_CALLINFO.
 *
 * Errors:    LINEERR_NOTOWNER.
 */
TAPI_EXPORT LONG WINAPI lineSetAppSpecific(HCALL hCall, DWORD dwAppSpecific);

/**
 * Attach data to a call that travels with it through transfers; 0 bytes remove it.
 *
 * Reply:     LINE_REPLY. Owner.
 * Errors:    LINEERR_INVALCALLSTATE, LINEERR_INVALPARAM (more than dwMaxCallDataSize).
 */
TAPI_EXPORT LONG WINAPI lineSetCallData(HCALL hCall, LPVOID lpCallData, DWORD dwSize);

/* --- Hold and transfer ----------------------------------------------------------------------- */

/**
 * Transfer a CONNECTED call to an address without consultation; the call normally ends IDLE.
 *
 * Reply:     LINE_REPLY. Owner.
 * Errors:    as lineMakeCall for the address; LINEERR_INVALCALLSTATE.
 */
TAPI_EXPORT LONG WINAPI lineBlindTransfer(HCALL hCall, LPCSTR lpszDestAddress,
		DWORD dwCountryCode);

/**
 * Finish a transfer: connect the held and the consulted party and leave, or make a three-way
 * conference of it.
 *
 * With LINETRANSFERMODE_TRANSFER both calls go IDLE; with _CONFERENCE both become CONFERENCED and
 * *lphConfCall is the new conference call. All handles must still be deallocated.
 *
 * Ownership: *lphConfCall is written as by lineMakeCall; not used for a plain transfer.
 * Reply:     LINE_REPLY. Owner of both; hCall ONHOLD or ONHOLDPENDTRANSFER.
 * Errors:    LINEERR_INVALCALLSTATE, LINEERR_INVALCONSULTCALLHANDLE, LINEERR_INVALTRANSFERMODE.
 */
TAPI_EXPORT LONG WINAPI lineCompleteTransfer(HCALL hCall, HCALL hConsultCall, LPHCALL lphConfCall,
		DWORD dwTransferMode);

/**
 * Put a CONNECTED call on hard hold (ONHOLD).
 *
 * Reply:     LINE_REPLY. Owner.
 * Errors:    LINEERR_INVALCALLSTATE.
 */
TAPI_EXPORT LONG WINAPI lineHold(HCALL hCall);

/**
 * Begin a transfer: the CONNECTED call goes ONHOLDPENDTRANSFER, and a consultation call with dial
 * tone is made.
 *
 * Dropping the consultation call brings the first one back; unholding the first ends the
 * consultation.
 *
 * Ownership: *lphConsultCall is written as by lineMakeCall; deallocate it as any call.
 * Reply:     LINE_REPLY. Owner.
 * Errors:    as lineMakeCall for the parameters; LINEERR_INVALCALLSTATE.
 */
TAPI_EXPORT LONG WINAPI lineSetupTransfer(HCALL hCall, LPHCALL lphConsultCall,
		const LINECALLPARAMS *lpCallParams);

/**
 * Exchange the CONNECTED call with one on (consultation) hold.
 *
 * Reply:     LINE_REPLY. Owner of both.
 * Errors:    LINEERR_INVALCALLHANDLE, LINEERR_INVALCALLSTATE.
 */
TAPI_EXPORT LONG WINAPI lineSwapHold(HCALL hActiveCall, HCALL hHeldCall);

/**
 * Bring back a call from ONHOLD, ONHOLDPENDTRANSFER or ONHOLDPENDCONF.
 *
 * Reply:     LINE_REPLY. Owner.
 * Errors:    LINEERR_INVALCALLSTATE.
 */
TAPI_EXPORT LONG WINAPI lineUnhold(HCALL hCall);

/* --- Conference ------------------------------------------------------------------------------ */

/**
 * Put the consulted party into the conference; it may be added unanswered.
 *
 * Who is in a conference is what LINE_CALLSTATE(CONFERENCED) says, not the reply. Both calls sit
 * on one open line.
 *
 * Reply:     LINE_REPLY. Owner of both.
 * Errors:    LINEERR_CONFERENCEFULL, LINEERR_INVALCALLSTATE, LINEERR_INVALCONFCALLHANDLE,
 *            LINEERR_INVALCONSULTCALLHANDLE.
 */
TAPI_EXPORT LONG WINAPI lineAddToConference(HCALL hConfCall, HCALL hConsultCall);

/**
 * The calls of a conference, given any of them; the first entry is the conference call.
 *
 * Handles not held before come with monitor privilege, those held stay as they are.
 *
 * Errors:    LINEERR_NOCONFERENCE, LINEERR_STRUCTURETOOSMALL.
 */
TAPI_EXPORT LONG WINAPI lineGetConfRelatedCalls(HCALL hCall, LPLINECALLLIST lpCallList);

/**
 * Make a consultation call for one more party of a CONNECTED conference, which goes
 * ONHOLDPENDCONF.
 *
 * Ownership: *lphConsultCall is written as by lineMakeCall.
 * Reply:     LINE_REPLY. Owner.
 * Errors:    as lineMakeCall for the parameters; LINEERR_CONFERENCEFULL, LINEERR_INVALCALLSTATE,
 *            LINEERR_INVALCONFCALLHANDLE.
 */
TAPI_EXPORT LONG WINAPI linePrepareAddToConference(HCALL hConfCall, LPHCALL lphConsultCall,
		const LINECALLPARAMS *lpCallParams);

/**
 * Take a CONFERENCED party out; its state afterwards is in the address capabilities.
 *
 * Reply:     LINE_REPLY. Owner.
 * Errors:    LINEERR_INVALCALLSTATE.
 */
TAPI_EXPORT LONG WINAPI lineRemoveFromConference(HCALL hCall);

/**
 * Make a conference call and a consultation call for its next party.
 *
 * With hCall it is the first party and becomes CONFERENCED; with hCall 0 the conference is made on
 * hLine without one. Two new handles always result: the conference (ONHOLDPENDCONF) and the
 * consultation call (DIALTONE).
 *
 * Ownership: both handles are written with the reply.
 * Units:     dwNumParties is what is expected, 0 unknown.
 * Reply:     LINE_REPLY. Owner of hCall.
 * Errors:    as lineMakeCall for the parameters; LINEERR_CONFERENCEFULL, LINEERR_INVALCALLSTATE.
 */
TAPI_EXPORT LONG WINAPI lineSetupConference(HCALL hCall, HLINE hLine, LPHCALL lphConfCall,
		LPHCALL lphConsultCall, DWORD dwNumParties, const LINECALLPARAMS *lpCallParams);

/* --- Park and pickup ------------------------------------------------------------------------- */

/**
 * Park a CONNECTED call at an address (directed) or where the switch likes, which then tells the
 * address.
 *
 * Ownership: lpNonDirAddress is written with the reply. If it is too small the reply fails with
 *            STRUCTURETOOSMALL and the call stays.
 * Reply:     LINE_REPLY; the call goes IDLE. Owner.
 * Errors:    LINEERR_INVALADDRESS, LINEERR_INVALCALLSTATE, LINEERR_INVALPARKMODE.
 */
TAPI_EXPORT LONG WINAPI linePark(HCALL hCall, DWORD dwParkMode, LPCSTR lpszDirAddress,
		LPVARSTRING lpNonDirAddress);

/**
 * Pick up a call that alerts elsewhere: at an address, in a group, or with both NULL the one
 * waiting here.
 *
 * Ownership: *lphCall is written as by lineMakeCall.
 * Reply:     LINE_REPLY. The caller becomes owner.
 * Errors:    LINEERR_INVALADDRESS, LINEERR_INVALADDRESSID, LINEERR_INVALGROUPID.
 */
TAPI_EXPORT LONG WINAPI linePickup(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall,
		LPCSTR lpszDestAddress, LPCSTR lpszGroupID);

/**
 * Fetch a parked call; a new handle results even if the old one is still held.
 *
 * Ownership: *lphCall is written as by lineMakeCall.
 * Reply:     LINE_REPLY. The caller becomes owner.
 * Errors:    LINEERR_INVALADDRESS, LINEERR_INVALADDRESSID.
 */
TAPI_EXPORT LONG WINAPI lineUnpark(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall,
		LPCSTR lpszDestAddress);

/* --- User-user information ------------------------------------------------------------------- */

/**
 * Say that the user-user information received has been read, so that the next can be shown.
 *
 * Reply:     LINE_REPLY. Owner.
 * Errors:    LINEERR_INVALCALLSTATE.
 */
TAPI_EXPORT LONG WINAPI lineReleaseUserUserInfo(HCALL hCall);

/**
 * Send user-user information to the other side of a call; what the network cannot take at once the
 * provider splits.
 *
 * Units:     dwSize in bytes.
 * Reply:     LINE_REPLY. Owner; CONNECTED, OFFERING, ACCEPTED or RINGBACK.
 * Errors:    LINEERR_INVALCALLSTATE, LINEERR_USERUSERINFOTOOBIG.
 */
TAPI_EXPORT LONG WINAPI lineSendUserUserInfo(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

/* --- Digits and tones ------------------------------------------------------------------------ */

/**
 * Collect digits of a call into a buffer, until it is full, a terminator arrives, or time is over.
 *
 * One gathering a call over all owners: a new one ends the old one, whose program gets
 * LINEGATHERTERM_CANCEL and what came so far. lpsDigits NULL only cancels. The terminating digit
 * is stored too; a partial buffer ends with a NUL, a full one does not.
 *
 * Ownership: lpsDigits must stay valid until LINE_GATHERDIGITS; it is written just before that is
 *            delivered.
 * Units:     dwNumDigits in characters; timeouts in milliseconds, 0 for none, range in the line's
 *            capabilities.
 * Errors:    LINEERR_INVALCALLSTATE, LINEERR_INVALDIGITMODE, LINEERR_INVALDIGITS,
 *            LINEERR_INVALPARAM, LINEERR_INVALTIMEOUT, LINEERR_NOTOWNER.
 */
TAPI_EXPORT LONG WINAPI lineGatherDigits(HCALL hCall, DWORD dwDigitModes, LPSTR lpsDigits,
		DWORD dwNumDigits, LPCSTR lpszTerminationDigits, DWORD dwFirstDigitTimeout,
		DWORD dwInterDigitTimeout);

/**
 * Send digits on a call, as DTMF or pulses; LINE_GENERATE tells when they are out.
 *
 * Digits and tones share one place a call: a new request ends the old one with
 * LINEGENERATETERM_CANCEL, NULL only cancels. ',' pauses, '!' flashes, other characters are
 * skipped. It never moves a call to DIALING.
 *
 * Digits need the call's sound: a program that has no media for it calls tapi_line_media() of
 * tapi3.h once, after lineOpen, else this is LINEERR_OPERATIONUNAVAIL where the sound is an MSP's.
 *
 * Units:     dwDuration of a digit in milliseconds, 0 the default; out of range is clamped.
 * Errors:    LINEERR_INVALCALLSTATE, LINEERR_INVALDIGITMODE, LINEERR_NOTOWNER.
 */
TAPI_EXPORT LONG WINAPI lineGenerateDigits(HCALL hCall, DWORD dwDigitMode, LPCSTR lpszDigits,
		DWORD dwDuration);

/**
 * Send one tone on a call, a standard or a custom one; LINE_GENERATE tells when it is over.
 *
 * Units:     dwDuration in milliseconds, 0 until cancelled; frequencies in hertz.
 * Errors:    LINEERR_INVALCALLSTATE, LINEERR_INVALTONE, LINEERR_INVALTONEMODE, LINEERR_NOTOWNER.
 */
TAPI_EXPORT LONG WINAPI lineGenerateTone(HCALL hCall, DWORD dwToneMode, DWORD dwDuration,
		DWORD dwNumTones, const LINEGENERATETONE *lpTones);

/**
 * Report each digit heard on a call with LINE_MONITORDIGITS; 0 switches it off.
 *
 * It is per program, needs no ownership, can run beside lineGatherDigits, and ends at IDLE and
 * DISCONNECTED. LINEDIGITMODE_DTMF reports keys going down, _DTMFEND going up.
 *
 * Errors:    LINEERR_INVALCALLSTATE, LINEERR_INVALDIGITMODE.
 */
TAPI_EXPORT LONG WINAPI lineMonitorDigits(HCALL hCall, DWORD dwDigitModes);

/**
 * Report tones of a list with LINE_MONITORTONE and the entry's dwAppSpecific; NULL switches it
 * off.
 *
 * Units:     durations in milliseconds, frequencies in hertz; all three 0 is silence.
 * Errors:    LINEERR_INVALCALLSTATE, LINEERR_INVALTONE, LINEERR_INVALTONELIST.
 */
TAPI_EXPORT LONG WINAPI lineMonitorTones(HCALL hCall, const LINEMONITORTONE *lpToneList,
		DWORD dwNumEntries);

/* --- Media ----------------------------------------------------------------------------------- */

/**
 * Report media found on a call with LINE_MONITORMEDIA; 0 switches it off. The call's media mode
 * does not change by it.
 *
 * Errors:    LINEERR_INVALCALLSTATE, LINEERR_INVALMEDIAMODE.
 */
TAPI_EXPORT LONG WINAPI lineMonitorMedia(HCALL hCall, DWORD dwMediaModes);

/**
 * Let the provider act on the media stream by itself on digits, media, tones or call states.
 *
 * One set a call over all owners; each call replaces everything and a NULL list switches that
 * trigger off.
 *
 * Errors:    LINEERR_INVALADDRESSID, LINEERR_INVALCALLSELECT, LINEERR_INVALCALLSTATELIST,
 *            LINEERR_INVALDIGITLIST, LINEERR_INVALMEDIALIST, LINEERR_INVALTONELIST,
 *            LINEERR_NOTOWNER.
 */
TAPI_EXPORT LONG WINAPI lineSetMediaControl(HLINE hLine, DWORD dwAddressID, HCALL hCall,
		DWORD dwSelect, const LINEMEDIACONTROLDIGIT *lpDigitList, DWORD dwDigitNumEntries,
		const LINEMEDIACONTROLMEDIA *lpMediaList, DWORD dwMediaNumEntries,
		const LINEMEDIACONTROLTONE *lpToneList, DWORD dwToneNumEntries,
		const LINEMEDIACONTROLCALLSTATE *lpCallStateList, DWORD dwCallStateNumEntries);

/**
 * Change a call's media mode; nothing else does. Without UNKNOWN exactly one bit is legal.
 *
 * Errors:    LINEERR_INVALMEDIAMODE, LINEERR_NOTOWNER.
 */
TAPI_EXPORT LONG WINAPI lineSetMediaMode(HCALL hCall, DWORD dwMediaModes);

/* --- Quality of service ---------------------------------------------------------------------- */

/**
 * Ask for another quality of service, with flow specifications in both directions.
 *
 * Units:     sizes in bytes.
 * Reply:     LINE_REPLY. Owner.
 * Errors:    LINEERR_INVALCALLSTATE, LINEERR_INVALPARAM.
 */
TAPI_EXPORT LONG WINAPI lineSetCallQualityOfService(HCALL hCall, LPVOID lpSendingFlowspec,
		DWORD dwSendingFlowspecSize, LPVOID lpReceivingFlowspec,
		DWORD dwReceivingFlowspecSize);

#ifdef __cplusplus
}
#endif

#endif
