// SPDX-License-Identifier: MIT
/* tspi.h - for authors of telephony service providers (TSPs).
 *
 * A TSP is a shared object that exports those of the functions below which it offers; the host
 * looks each name up once, and a missing one answers OPERATIONUNAVAIL. Everything else in it is
 * static. Functions "of the basic set" are those that Windows expects of every TSP.
 * src/providers/template is the smallest complete one.
 *
 * Life.      TSPI_providerSetReasonProc, TSPI_providerConfigure and TSPI_providerConfigured
 *            (ours, below), then TSPI_lineNegotiateTSPIVersion(INITIALIZE_NEGOTIATION),
 *            TSPI_providerEnumDevices, TSPI_providerInit; lines and phones are opened and closed; TSPI_providerShutdown.
 *            The object is never unloaded while a thread of it may run.
 * Threads.   One thread of the host calls all functions, one after the other. None may block: what
 *            takes time is asynchronous, and an entry that does not return within 5 s fails its
 *            request, within 10 s ends the host. The TSP may have threads of its own; they may call
 *            the event and completion procedures at any time, and wait there when they raise more
 *            than can be taken: 2048 at once are, and 48 in each millisecond.
 * Requests.  A function whose first parameter is dwRequestID is asynchronous. It returns a negative
 *            error, and nothing follows; or exactly dwRequestID, and then calls the completion
 *            procedure exactly once, before or after the return, with 0 or a negative error. Close
 *            functions complete what is pending on their object before they return
 *            (LINEERR_OPERATIONFAILED); the host completes what was forgotten.
 * Calls.     Functions that make a call give htCall and want *lphdCall before they return; the call
 *            is pending until its completion says 0. Calls from outside begin with LINE_NEWCALL,
 *            then LINE_CALLSTATE. A call ends with IDLE, and lives until TSPI_lineCloseCall.
 * Ownership. What a function is given to read ends with the call: copy it. What it is given to
 *            write is valid until the return, or for an asynchronous function until the completion.
 * Sizes.     Of a variable-sized structure dwTotalSize is given and the size and offset pairs are
 *            0. Fill in what fits, directly behind the fixed part (the end is the server's), and
 *            set dwNeededSize and dwUsedSize.
 * Checks.    The server has checked handles, privileges, sizes and call states; the TSP checks
 *            values and addresses.
 * Errors.    Each function can also return NOMEM, OPERATIONFAILED, OPERATIONUNAVAIL and
 *            RESOURCEUNAVAIL.
 * Strings.   UTF-8 `char *` also where Windows has LPCWSTR: tapi.h has the whole dialect.
 */
#ifndef TSPI_H
#define TSPI_H

#include "tapi.h"
#include "tspi_types.h"
#include "tspi_line.h"
#include "tspi_call.h"
#include "tspi_phone.h"

#ifdef __cplusplus
extern "C" {
#endif

/* --- The provider -------------------------------------------------------------------------- */

/**
 * lineConfigProvider, with hwndOwner 0: there are no windows. Keys come with TSPI_providerConfigure; a
 * TSP without this function is given them anew.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_providerConfig(HWND hwndOwner, DWORD dwPermanentProviderID);

/**
 * A device announced with LINE_CREATE is now dwDeviceID; dwTempID is that message's dwParam2. A
 * failure takes the device back. Programs get LINE_CREATE when the capabilities of the device have
 * been asked for, right after this.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_providerCreateLineDevice(DWORD_PTR dwTempID, DWORD dwDeviceID);

/** As TSPI_providerCreateLineDevice, for PHONE_CREATE. */
TSPI_EXPORT LONG TSPIAPI TSPI_providerCreatePhoneDevice(DWORD_PTR dwTempID, DWORD dwDeviceID);

/**
 * How many lines and phones there are; called before TSPI_providerInit.
 *
 * Keep hProvider and both procedures: with them LINE_CREATE and PHONE_CREATE are sent later.
 *
 * Note:      of the basic set.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_providerEnumDevices(DWORD dwPermanentProviderID,
		LPDWORD lpdwNumLines, LPDWORD lpdwNumPhones, HPROVIDER hProvider,
		LINEEVENT lpfnLineCreateProc, PHONEEVENT lpfnPhoneCreateProc);

/** Never called here: no dialogs. */
TSPI_EXPORT LONG TSPIAPI TSPI_providerFreeDialogInstance(HDRVDIALOGINSTANCE hdDlgInst);

/**
 * A block of the provider's own from a program (tapixProviderDialog), to be changed in place; there is no
 * UI library between. `tapictl provider ask` gives a text with its NUL in a block with room for an
 * answer, and shows the text that is in it then: a TSP that knows no other blocks answers words.
 *
 * dwObjectType: TUISPIDLL_OBJECT_LINEID, PHONEID or PROVIDERID, which says what dwObjectID is.
 *
 * Errors:    LINEERR_INVALPARAM.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_providerGenericDialogData(DWORD_PTR dwObjectID, DWORD dwObjectType,
		LPVOID lpParams, DWORD dwSize);

/**
 * Begin a session: the devices are numbered from the two bases; all completions go to
 * lpfnCompletionProc.
 *
 * Out:       *lpdwTSPIOptions: LINETSPIOPTION_ bits.
 * Errors:    LINEERR_RESOURCEUNAVAIL, LINEERR_NOMEM: what is missing may be had later, the
 *            provider is started again with growing delays. LINEERR_INIFILECORRUPT,
 *            LINEERR_NODRIVER: it is listed as failed with the reason given.
 * Note:      of the basic set.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_providerInit(DWORD dwTSPIVersion, DWORD dwPermanentProviderID,
		DWORD dwLineDeviceIDBase, DWORD dwPhoneDeviceIDBase, DWORD_PTR dwNumLines,
		DWORD_PTR dwNumPhones, ASYNC_COMPLETION lpfnCompletionProc,
		LPDWORD lpdwTSPIOptions);

/**
 * lineAddProvider, before TSPI_providerEnumDevices; hwndOwner is 0. Not for a provider of the
 * configuration file. A failure, or one of the start that follows, takes the provider out again
 * (TSPI_providerRemove, if this has succeeded).
 */
TSPI_EXPORT LONG TSPIAPI TSPI_providerInstall(HWND hwndOwner, DWORD dwPermanentProviderID);

/** lineRemoveProvider; hwndOwner is 0. A failure keeps the provider, success is followed by the end of the session. */
TSPI_EXPORT LONG TSPIAPI TSPI_providerRemove(HWND hwndOwner, DWORD dwPermanentProviderID);

/**
 * End a session: the last call. Threads must have ended, descriptors be closed; nothing may be
 * kept for the next session.
 *
 * Note:      of the basic set.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_providerShutdown(DWORD dwTSPIVersion, DWORD dwPermanentProviderID);

/** Never called here: no dialogs. */
TSPI_EXPORT LONG TSPIAPI TSPI_providerUIIdentify(LPSTR lpszUIDLLName);

/* --- Ours, not TAPI's ------------------------------------------------------------------------
 *
 * Besides these functions, ours are the last argument of TSPI_lineGetID and TSPI_phoneGetID and
 * the empty block of TSPI_lineReceiveMSPData. */

/**
 * Say why: the provider's own cause ("SIP 486 Busy Here") and a sentence for people.
 *
 * A TSP calls it right before it returns or completes a negative code, and before an event that
 * reports DISCONNECTED or IDLE; also before 0 from TSPI_lineGetLineDevStatus, and before
 * LINE_LINEDEVSTATE. It goes with the next completion, event or return that this thread
 * raises, up to the program's tapixGetLastReason(), tapixGetReplyReason() and tapixGetCallReason().
 *
 * Ownership: both strings are copied; either may be NULL.
 * Context:   any thread of the TSP, the same that raises what it explains.
 */
typedef void(CALLBACK *TSPI_REASON)(LPCSTR cause, LPCSTR sentence);

/** Optional. Keep proc; called once, before every other function. */
TSPI_EXPORT void TSPIAPI TSPI_providerSetReasonProc(TSPI_REASON proc);

/**
 * What this thread raises between proc(1) and proc(0) belongs together: it is taken as it
 * comes, but looked at when the batch ends, all at once. Batches are short and not nested.
 *
 * Context:   any thread of the TSP; never waits.
 */
typedef void(CALLBACK *TSPI_BATCH)(DWORD begins);

/** Optional. Keep proc; called once, right after TSPI_providerSetReasonProc. */
TSPI_EXPORT void TSPIAPI TSPI_providerSetBatchProc(TSPI_BATCH proc);

/**
 * Optional. Take one key of the provider's sections in the daemon's configuration file.
 *
 * `key = value` in `[provider NAME]` comes as it is, in `[NAME THING]` as `THING/key`. Called once
 * for each line, in the order of the file, before
 * TSPI_lineNegotiateTSPIVersion(INITIALIZE_NEGOTIATION), and again at each reload if the TSP
 * exports TSPI_providerConfigured. Nothing may depend on the order of keys. Values may be secrets:
 * they belong neither into a log nor into a reason.
 *
 * Ownership: both strings end with the call.
 * Errors:    a negative LINEERR_ for an unknown key or a bad value. The reason's sentence says what
 *            is wrong; the daemon names the key, and its line. The keys given so far are forgotten,
 *            nothing has changed: at the start the provider is listed as failed.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_providerConfigure(LPCSTR key, LPCSTR value);

/**
 * Optional. All keys have been given by TSPI_providerConfigure: use them.
 *
 * Called at the start, before TSPI_lineNegotiateTSPIVersion(INITIALIZE_NEGOTIATION), and after each
 * reload, while lines are open and calls are up; also when no key has changed, for a file that a
 * key names may have: the TSP compares, and leaves alone what is the same. Each time the set is
 * whole: the first TSPI_providerConfigure after this function, or after a
 * TSPI_providerConfigure that failed, begins a new one from nothing, and no key at all before it
 * means that there is none. What the new set says of lines becomes LINE_CREATE and LINE_REMOVE;
 * the calls of other lines go on. It may also be called in a process that only checks a
 * configuration and ends without TSPI_providerInit: what acts on the world waits for that.
 *
 * A TSP without it cannot be configured anew while it runs; the daemon's log then asks for a
 * restart.
 *
 * Errors:    LINEERR_OPERATIONUNAVAIL: the set is good, but what runs cannot become it; the next
 *            start has it. Another negative LINEERR_: nothing has changed, at the start the provider is listed as
 *            failed. The reason's cause is a key as it was given (`alice/codecs`) or a THING
 *            (`alice`), so that the daemon can name the line; its sentence says what is wrong.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_providerConfigured(void);

/** One key that TSPI_providerConfigure takes. */
typedef struct tspi_key {
	LPCSTR key;    /* "no_answer_ms"; with a THING, whichever it is: "?/codecs" */
	DWORD  type;   /* TSPIKEY_ */
	DWORD  min;    /* of a TSPIKEY_NUMBER */
	DWORD  max;
	LPCSTR values; /* of a TSPIKEY_CHOICE, with blanks between; else what it looks like, or NULL */
	LPCSTR normal; /* what counts when it is not given; NULL: nothing does */
	LPCSTR help;   /* for people: some words, or a sentence */
} TSPI_KEY;

#define TSPIKEY_TEXT   1
#define TSPIKEY_NUMBER 2
#define TSPIKEY_CHOICE 3 /* one of the words in values */
#define TSPIKEY_YESNO  4
#define TSPIKEY_SECRET 5 /* no program is ever told its value */
#define TSPIKEY_PATH   6 /* of a file on the daemon's machine */
#define TSPIKEY_LIST   7 /* several, as values says */

/** Takes one description; all of it is copied before this returns. */
typedef void(CALLBACK *TSPI_DESCRIBE)(DWORD_PTR context, const TSPI_KEY *key);

/**
 * Optional. Describe each key, by calling `describe` with `context`; so programs can offer them
 * (tapixGetProviderKeys, `tapictl provider config`) in place of a dialog.
 *
 * Called at any time after TSPI_lineNegotiateTSPIVersion(INITIALIZE_NEGOTIATION).
 */
TSPI_EXPORT LONG TSPIAPI TSPI_providerDescribeKeys(TSPI_DESCRIBE describe, DWORD_PTR context);

/**
 * Optional, asynchronous. What is known of a call's media: lines `Name: value` of ASCII, ended by
 * LF and, after the last, a NUL, as VARSTRING of STRINGFORMAT_ASCII.
 *
 * A TSP asks the MSP that has the call's media; of the rtp MSP that is `figures?`, whose headers
 * are these lines (tapi-rtp-msp(7)).
 *
 * Ownership: lpMedia stays valid until the completion, which must have written it.
 * Errors:    LINEERR_OPERATIONUNAVAIL the call has no media (yet).
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetCallMedia(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPVARSTRING lpMedia);

#ifdef __cplusplus
}
#endif

#endif
