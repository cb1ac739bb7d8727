// SPDX-License-Identifier: MIT
/* tspi.h - what a telephony service provider (TSP) exports and what it calls back. */
#ifndef TSPI_H
#define TSPI_H

#include "tapi.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A TSP is built with hidden visibility; what it exports is marked by the prototypes below. */
#ifndef TSPI_EXPORT
#define TSPI_EXPORT TAPI_EXPORT
#endif

/* The TSP's own handles: any value but 0, a pointer fits. */
typedef uintptr_t HDRVLINE;
typedef uintptr_t HDRVCALL;
typedef uintptr_t HDRVPHONE;
typedef uintptr_t HDRVMSPLINE;
typedef uintptr_t HDRVDIALOGINSTANCE;

typedef HDRVLINE *LPHDRVLINE;
typedef HDRVCALL *LPHDRVCALL;
typedef HDRVPHONE *LPHDRVPHONE;
typedef HDRVMSPLINE *LPHDRVMSPLINE;
typedef HDRVDIALOGINSTANCE *LPHDRVDIALOGINSTANCE;

/* The host's handles: opaque to the TSP, given back in events. */
typedef uintptr_t HTAPILINE;
typedef uintptr_t HTAPICALL;
typedef uintptr_t HTAPIPHONE;
typedef uintptr_t HPROVIDER;
typedef uint32_t HTAPIMSPLINE;
typedef uint32_t HTAPIDIALOGINSTANCE;

typedef HTAPILINE *LPHTAPILINE;
typedef HTAPICALL *LPHTAPICALL;
typedef HTAPIPHONE *LPHTAPIPHONE;
typedef HPROVIDER *LPHPROVIDER;
typedef HTAPIMSPLINE *LPHTAPIMSPLINE;
typedef HTAPIDIALOGINSTANCE *LPHTAPIDIALOGINSTANCE;

typedef DWORD DRV_REQUESTID;

typedef void(CALLBACK *ASYNC_COMPLETION)(DRV_REQUESTID dwRequestID, LONG lResult);
typedef void(CALLBACK *LINEEVENT)(HTAPILINE htLine, HTAPICALL htCall, DWORD dwMsg,
		DWORD_PTR dwParam1, DWORD_PTR dwParam2, DWORD_PTR dwParam3);
typedef void(CALLBACK *PHONEEVENT)(HTAPIPHONE htPhone, DWORD dwMsg, DWORD_PTR dwParam1,
		DWORD_PTR dwParam2, DWORD_PTR dwParam3);

/* The lowest number of a message that only a TSP sends. */
#define TSPI_MESSAGE_BASE 500u

/* dwParam1: TSP's call handle (HDRVCALL); dwParam2: pointer where server writes HTAPICALL, NULL on
 * refusal; dwParam3: unused. */
#define LINE_NEWCALL                               (TSPI_MESSAGE_BASE + 0u)

/* dwParam1: device specific (app gets LINE_DEVSPECIFIC); dwParam2: device specific; dwParam3:
 * device specific. */
#define LINE_CALLDEVSPECIFIC                       (TSPI_MESSAGE_BASE + 1u)

/* dwParam1: device specific (app gets LINE_DEVSPECIFICFEATURE); dwParam2: device specific;
 * dwParam3: device specific. */
#define LINE_CALLDEVSPECIFICFEATURE                (TSPI_MESSAGE_BASE + 2u)

/* dwParam1: pointer to TUISPICREATEDIALOGINSTANCEPARAMS (htLine carries hProvider); dwParam2:
 * unused; dwParam3: unused. */
#define LINE_CREATEDIALOGINSTANCE                  (TSPI_MESSAGE_BASE + 3u)

/* dwParam1: pointer to block, NULL closes (htLine carries htDlgInst); dwParam2: block size in
 * bytes; dwParam3: unused. */
#define LINE_SENDDIALOGINSTANCEDATA                (TSPI_MESSAGE_BASE + 4u)

/* dwParam1: htMSPLine of the target, 0 for all MSPs; dwParam2: pointer to opaque buffer; dwParam3:
 * buffer size in bytes. */
#define LINE_SENDMSPDATA                           (TSPI_MESSAGE_BASE + 5u)

/* dwParam1: QOS_EVENT value; dwParam2: media type of the affected stream; dwParam3: unused. */
#define LINE_QOSINFO                               (TSPI_MESSAGE_BASE + 6u)

#define LINEQOSSTRUCT_KEY                          0x4C51534Bu

#define LINETSPIOPTION_NONREENTRANT                0x00000001u

#define TUISPIDLL_OBJECT_LINEID                    0x00000001u
#define TUISPIDLL_OBJECT_PHONEID                   0x00000002u
#define TUISPIDLL_OBJECT_PROVIDERID                0x00000003u
#define TUISPIDLL_OBJECT_DIALOGINSTANCE            0x00000004u

#define PRIVATEOBJECT_NONE                         0x00000001u
#define PRIVATEOBJECT_CALLID                       0x00000002u
#define PRIVATEOBJECT_LINE                         0x00000003u
#define PRIVATEOBJECT_CALL                         0x00000004u
#define PRIVATEOBJECT_PHONE                        0x00000005u
#define PRIVATEOBJECT_ADDRESS                      0x00000006u

#define LINEQOSREQUESTTYPE_SERVICELEVEL            0x00000001u

#define LINEQOSSERVICELEVEL_NEEDED                 0x00000001u
#define LINEQOSSERVICELEVEL_IFAVAILABLE            0x00000002u
#define LINEQOSSERVICELEVEL_BESTEFFORT             0x00000003u

#define LINEEQOSINFO_NOQOS                         0x00000001u
#define LINEEQOSINFO_ADMISSIONFAILURE              0x00000002u
#define LINEEQOSINFO_POLICYFAILURE                 0x00000003u
#define LINEEQOSINFO_GENERICERROR                  0x00000004u

/*
 * Structures, with the compiler's own packing.
 */
typedef struct tuispicreatedialoginstanceparams_tag {
	DRV_REQUESTID dwRequestID;
	HDRVDIALOGINSTANCE hdDlgInst;
	HTAPIDIALOGINSTANCE htDlgInst;
	LPCSTR lpszUIDLLName;
	LPVOID lpParams;
	DWORD dwSize;
} TUISPICREATEDIALOGINSTANCEPARAMS, *LPTUISPICREATEDIALOGINSTANCEPARAMS;

typedef struct lineqosservicelevel_tag {
	DWORD dwMediaMode;
	DWORD dwQOSServiceLevel;
} LINEQOSSERVICELEVEL, *LPLINEQOSSERVICELEVEL;

struct linecallqosinfo_setqosservicelevel {
	DWORD dwNumServiceLevelEntries;
	LINEQOSSERVICELEVEL LineQOSServiceLevel[1];
};

typedef struct linecallqosinfo_tag {
	DWORD dwKey;
	DWORD dwTotalSize;
	DWORD dwQOSRequestType;
	union {
		struct linecallqosinfo_setqosservicelevel SetQOSServiceLevel;
	};
} LINECALLQOSINFO, *LPLINECALLQOSINFO;

/*
 * Functions
 */
/** Starts alerting; call normally moves to ACCEPTED. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineAccept(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpsUserUserInfo, DWORD dwSize);

/** Both calls must sit on the same open line. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineAddToConference(DRV_REQUESTID dwRequestID, HDRVCALL hdConfCall,
		HDRVCALL hdConsultCall);

/**
 * Also joins a CONNECTED call that is in INACTIVE mode.
 * Note:      every TSP must export it.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineAnswer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpsUserUserInfo, DWORD dwSize);

/** No consultation call; the call normally ends IDLE. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineBlindTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpszDestAddress, DWORD dwCountryCode);

/**
 * Complete pending requests first; drop calls only if CLOSEDROP capability.
 * Note:      every TSP must export it.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineClose(HDRVLINE hdLine);

/** Ends hdCall lifetime; needed by any TSP that has calls. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineCloseCall(HDRVCALL hdCall);

/** Needs TSPI 3.0; releases one per-application MSP instance. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineCloseMSPInstance(HDRVMSPLINE hdMSPLine);

/** Returns completion id; later callback arrives as OFFERING. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineCompleteCall(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPDWORD lpdwCompletionID, DWORD dwCompletionMode, DWORD dwMessageID);

/** Creates htConfCall only for LINETRANSFERMODE_CONFERENCE. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineCompleteTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		HDRVCALL hdConsultCall, HTAPICALL htConfCall, LPHDRVCALL lphdConfCall,
		DWORD dwTransferMode);

/** LINEMAPPER probe; must not change active detection set. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineConditionalMediaDetection(HDRVLINE hdLine, DWORD dwMediaModes,
		const LINECALLPARAMS *lpCallParams);

/** Docs only, TSPI 1.x; replaced by TUISPI_lineConfigDialog. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineConfigDialog(DWORD dwDeviceID, HWND hwndOwner,
		LPCSTR lpszDeviceClass);

/** Docs only, TSPI 1.x; replaced by TUISPI_lineConfigDialogEdit. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineConfigDialogEdit(DWORD dwDeviceID, HWND hwndOwner,
		LPCSTR lpszDeviceClass, const void *lpDeviceConfigIn, DWORD dwSize,
		LPVARSTRING lpDeviceConfigOut);

/** Needs TSPI 3.0; keep htMSPLine for LINE_SENDMSPDATA. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineCreateMSPInstance(HDRVLINE hdLine, DWORD dwAddressID,
		HTAPIMSPLINE htMSPLine, LPHDRVMSPLINE lphdMSPLine);

/** Vendor escape; dwAddressID and hdCall use is vendor-defined. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineDevSpecific(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		DWORD dwAddressID, HDRVCALL hdCall, LPVOID lpParams, DWORD dwSize);

/** Feature-button emulation escape. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineDevSpecificFeature(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		DWORD dwFeature, LPVOID lpParams, DWORD dwSize);

/**
 * Valid in DIALTONE or DIALING; trailing semicolon means more follows.
 * Note:      every TSP must export it.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineDial(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpszDestAddress, DWORD dwCountryCode);

/**
 * OFFERING call is rejected; call eventually reports IDLE.
 * Note:      every TSP must export it.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineDrop(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpsUserUserInfo, DWORD dwSize);

/** Obsolete since 2.x; server uses TSPI_lineDrop. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineDropNoOwner(HDRVCALL hdCall);

/** Obsolete since 2.x; server uses TSPI_lineDrop. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineDropOnClose(HDRVCALL hdCall);

/** May create htConsultCall; replaces previous forwarding list whole. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineForward(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		DWORD bAllAddresses, DWORD dwAddressID, const LINEFORWARDLIST *lpForwardList,
		DWORD dwNumRingsNoAnswer, HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
		const LINECALLPARAMS *lpCallParams);

/** dwEndToEndID returns in LINE_GATHERDIGITS dwParam2; NULL buffer cancels. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGatherDigits(HDRVCALL hdCall, DWORD dwEndToEndID,
		DWORD dwDigitModes, LPSTR lpsDigits, DWORD dwNumDigits,
		LPCSTR lpszTerminationDigits, DWORD dwFirstDigitTimeout,
		DWORD dwInterDigitTimeout);

/** dwEndToEndID returns in LINE_GENERATE dwParam2; NULL digits cancel. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGenerateDigits(HDRVCALL hdCall, DWORD dwEndToEndID,
		DWORD dwDigitMode, LPCSTR lpszDigits, DWORD dwDuration);

/** Shares the single generation slot with digit generation. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGenerateTone(HDRVCALL hdCall, DWORD dwEndToEndID,
		DWORD dwToneMode, DWORD dwDuration, DWORD dwNumTones,
		const LINEGENERATETONE *lpTones);

/**
 * Takes device id, not hdLine; versions passed explicitly.
 * Note:      every TSP must export it.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetAddressCaps(DWORD dwDeviceID, DWORD dwAddressID,
		DWORD dwTSPIVersion, DWORD dwExtVersion, LPLINEADDRESSCAPS lpAddressCaps);

/**
 * Maps a dialable address string to an address id.
 * Note:      every TSP must export it.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetAddressID(HDRVLINE hdLine, LPDWORD lpdwAddressID,
		DWORD dwAddressMode, LPCSTR lpsAddress, DWORD dwSize);

/**
 * Takes hdLine plus address id; includes forwarding and features.
 * Note:      every TSP must export it.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetAddressStatus(HDRVLINE hdLine, DWORD dwAddressID,
		LPLINEADDRESSSTATUS lpAddressStatus);

/** Lets the server implement lineGetNewCalls by address. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetCallAddressID(HDRVCALL hdCall, LPDWORD lpdwAddressID);

/** Needs TSPI 3.0. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetCallHubTracking(HDRVLINE hdLine,
		LPLINECALLHUBTRACKINGINFO lpTrackingInfo);

/** Needs TSPI 3.0; call id groups calls into a hub. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetCallIDs(HDRVCALL hdCall, LPDWORD lpdwAddressID,
		LPDWORD lpdwCallID, LPDWORD lpdwRelatedCallID);

/**
 * Server fills hLine, owners, monitors, app name, called party, comment.
 * Note:      every TSP must export it.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetCallInfo(HDRVCALL hdCall, LPLINECALLINFO lpCallInfo);

/**
 * Server fills dwCallPrivilege; no privilege at this level.
 * Note:      every TSP must export it.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetCallStatus(HDRVCALL hdCall, LPLINECALLSTATUS lpCallStatus);

/**
 * Takes device id; call before or after open.
 * Note:      every TSP must export it.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetDevCaps(DWORD dwDeviceID, DWORD dwTSPIVersion,
		DWORD dwExtVersion, LPLINEDEVCAPS lpLineDevCaps);

/**
 * Opaque per-device-class configuration blob.
 * Note:      every TSP must export it.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetDevConfig(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig,
		LPCSTR lpszDeviceClass);

/** All zeros means no extensions. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetExtensionID(DWORD dwDeviceID, DWORD dwTSPIVersion,
		LPLINEEXTENSIONID lpExtensionID);

/**
 * Windows icon handle; OPERATIONUNAVAIL gives default.
 * Note:      every TSP must export it.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetIcon(DWORD dwDeviceID, LPCSTR lpszDeviceClass,
		LPHICON lphIcon);

/**
 * tapi/line and tapi/phone classes are answered by the server.
 * Note:      every TSP must export it.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetID(HDRVLINE hdLine, DWORD dwAddressID, HDRVCALL hdCall,
		DWORD dwSelect, LPVARSTRING lpDeviceID, LPCSTR lpszDeviceClass, int *descriptor);

/**
 * Server fills dwNumOpens, dwOpenMediaModes and app info.
 * Note:      every TSP must export it.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetLineDevStatus(HDRVLINE hdLine,
		LPLINEDEVSTATUS lpLineDevStatus);

/**
 * Used to validate address ids in several server-side functions.
 * Note:      every TSP must export it.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineGetNumAddressIDs(HDRVLINE hdLine, LPDWORD lpdwNumAddressIDs);

/** Hard hold; state becomes ONHOLD. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineHold(DRV_REQUESTID dwRequestID, HDRVCALL hdCall);

/**
 * No events on htCall before ASYNC_COMPLETION success.
 * Note:      every TSP must export it.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineMakeCall(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		HTAPICALL htCall, LPHDRVCALL lphdCall, LPCSTR lpszDestAddress, DWORD dwCountryCode,
		const LINECALLPARAMS *lpCallParams);

/** Server passes the union of all applications' modes. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineMonitorDigits(HDRVCALL hdCall, DWORD dwDigitModes);

/** Server passes the union of all applications' modes. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineMonitorMedia(HDRVCALL hdCall, DWORD dwMediaModes);

/** dwToneListID separates lists; echoed in LINE_MONITORTONE dwParam2. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineMonitorTones(HDRVCALL hdCall, DWORD dwToneListID,
		const LINEMONITORTONE *lpToneList, DWORD dwNumEntries);

/** Called only if LINEDEVCAPFLAGS_MSP; returns the MSP class id. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineMSPIdentify(DWORD dwDeviceID, GUID *pCLSID);

/** While one is selected, only that version may be returned. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineNegotiateExtVersion(DWORD dwDeviceID, DWORD dwTSPIVersion,
		DWORD dwLowVersion, DWORD dwHighVersion, LPDWORD lpdwExtVersion);

/**
 * INITIALIZE_NEGOTIATION device id must always be accepted.
 * Note:      every TSP must export it.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineNegotiateTSPIVersion(DWORD dwDeviceID, DWORD dwLowVersion,
		DWORD dwHighVersion, LPDWORD lpdwTSPIVersion);

/**
 * One open per line; must be cheap; stores htLine and callback.
 * Note:      every TSP must export it.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineOpen(DWORD dwDeviceID, HTAPILINE htLine, LPHDRVLINE lphdLine,
		DWORD dwTSPIVersion, LINEEVENT lpfnEventProc);

/** Non-directed park writes lpNonDirAddress at completion. */
TSPI_EXPORT LONG TSPIAPI TSPI_linePark(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		DWORD dwParkMode, LPCSTR lpszDirAddress, LPVARSTRING lpNonDirAddress);

/** Creates a call; NULL address and group picks up call waiting. */
TSPI_EXPORT LONG TSPIAPI TSPI_linePickup(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		DWORD dwAddressID, HTAPICALL htCall, LPHDRVCALL lphdCall, LPCSTR lpszDestAddress,
		LPCSTR lpszGroupID);

/** Creates htConsultCall; conference goes to ONHOLDPENDCONF. */
TSPI_EXPORT LONG TSPIAPI TSPI_linePrepareAddToConference(DRV_REQUESTID dwRequestID,
		HDRVCALL hdConfCall, HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
		const LINECALLPARAMS *lpCallParams);

/** Needs TSPI 3.0; opaque buffer from the paired MSP. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineReceiveMSPData(HDRVLINE hdLine, HDRVCALL hdCall,
		HDRVMSPLINE hdMSPLine, LPVOID pBuffer, DWORD dwSize);

/** Only for an OFFERING call; it then goes IDLE. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineRedirect(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpszDestAddress, DWORD dwCountryCode);

/** Frees stored user-user info so the next can show. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineReleaseUserUserInfo(DRV_REQUESTID dwRequestID, HDRVCALL hdCall);

/** Resulting state given by dwRemoveFromConfState capability. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineRemoveFromConference(DRV_REQUESTID dwRequestID, HDRVCALL hdCall);

/** Lasts for the rest of the call. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSecureCall(DRV_REQUESTID dwRequestID, HDRVCALL hdCall);

/** Version 0 cancels the selection. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSelectExtVersion(HDRVLINE hdLine, DWORD dwExtVersion);

/** TSP splits oversize information into several network messages. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSendUserUserInfo(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpsUserUserInfo, DWORD dwSize);

/**
 * Must be followed by LINE_CALLINFO with APPSPECIFIC.
 * Note:      every TSP must export it.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetAppSpecific(HDRVCALL hdCall, DWORD dwAppSpecific);

/** Data must travel with the call; dwSize 0 clears. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetCallData(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPVOID lpCallData, DWORD dwSize);

/** Needs TSPI 3.0. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetCallHubTracking(HDRVLINE hdLine,
		LPLINECALLHUBTRACKINGINFO lpTrackingInfo);

/** Bearer mode or rate change; PASSTHROUGH can connect OFFERING call. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetCallParams(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		DWORD dwBearerMode, DWORD dwMinRate, DWORD dwMaxRate,
		const LINEDIALPARAMS *lpDialParams);

/** FLOWSPEC plus provider data, no embedded pointers. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetCallQualityOfService(DRV_REQUESTID dwRequestID,
		HDRVCALL hdCall, LPVOID lpSendingFlowspec, DWORD dwSendingFlowspecSize,
		LPVOID lpReceivingFlowspec, DWORD dwReceivingFlowspecSize);

/** Treatment must be one listed in address capabilities. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetCallTreatment(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		DWORD dwTreatment);

/** Obsolete; LINEDEVSTATE_TRANSLATECHANGE is sent instead. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetCurrentLocation(DWORD dwLocation);

/** Union of owner media modes; may be zero. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetDefaultMediaDetection(HDRVLINE hdLine, DWORD dwMediaModes);

/**
 * Applies a blob from TSPI_lineGetDevConfig.
 * Note:      every TSP must export it.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetDevConfig(DWORD dwDeviceID, const void *lpDeviceConfig,
		DWORD dwSize, LPCSTR lpszDeviceClass);

/** Result is seen as LINE_LINEDEVSTATE. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetLineDevStatus(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		DWORD dwStatusToChange, DWORD fStatus);

/** One control set per call; overrides the previous one. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetMediaControl(HDRVLINE hdLine, DWORD dwAddressID,
		HDRVCALL hdCall, DWORD dwSelect, const LINEMEDIACONTROLDIGIT *lpDigitList,
		DWORD dwDigitNumEntries, const LINEMEDIACONTROLMEDIA *lpMediaList,
		DWORD dwMediaNumEntries, const LINEMEDIACONTROLTONE *lpToneList,
		DWORD dwToneNumEntries, const LINEMEDIACONTROLCALLSTATE *lpCallStateList,
		DWORD dwCallStateNumEntries);

/** Advisory; at most one bit unless UNKNOWN is set. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetMediaMode(HDRVCALL hdCall, DWORD dwMediaMode);

/**
 * Union of applications' masks; extra messages are filtered.
 * Note:      every TSP must export it.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetStatusMessages(HDRVLINE hdLine, DWORD dwLineStates,
		DWORD dwAddressStates);

/** Routes event classes of line, address or call. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetTerminal(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		DWORD dwAddressID, HDRVCALL hdCall, DWORD dwSelect, DWORD dwTerminalModes,
		DWORD dwTerminalID, DWORD bEnable);

/** hdCall or hdLine given; creates conference and consultation calls. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetupConference(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		HDRVLINE hdLine, HTAPICALL htConfCall, LPHDRVCALL lphdConfCall,
		HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall, DWORD dwNumParties,
		const LINECALLPARAMS *lpCallParams);

/** Creates htConsultCall; original goes to ONHOLDPENDTRANSFER. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSetupTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
		const LINECALLPARAMS *lpCallParams);

/** Toggles active call with a consultation-held call. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineSwapHold(DRV_REQUESTID dwRequestID, HDRVCALL hdActiveCall,
		HDRVCALL hdHeldCall);

/** Cancels by completion id. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineUncompleteCall(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		DWORD dwCompletionID);

/** Accepts ONHOLD, ONHOLDPENDTRANSFER and ONHOLDPENDCONF. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineUnhold(DRV_REQUESTID dwRequestID, HDRVCALL hdCall);

/** Creates a call; parked call's old handle is unrelated. */
TSPI_EXPORT LONG TSPIAPI TSPI_lineUnpark(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
		DWORD dwAddressID, HTAPICALL htCall, LPHDRVCALL lphdCall, LPCSTR lpszDestAddress);

/** Complete pending requests before returning; no events after. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneClose(HDRVPHONE hdPhone);

/** Docs only, TSPI 1.x; replaced by TUISPI_phoneConfigDialog. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneConfigDialog(DWORD dwDeviceID, HWND hwndOwner,
		LPCSTR lpszDeviceClass);

/** Vendor escape. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneDevSpecific(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		LPVOID lpParams, DWORD dwSize);

/** Ids 0 to 11 are always the keypad. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetButtonInfo(HDRVPHONE hdPhone, DWORD dwButtonLampID,
		LPPHONEBUTTONINFO lpButtonInfo);

/** Uploads one data area. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetData(HDRVPHONE hdPhone, DWORD dwDataID, LPVOID lpData,
		DWORD dwSize);

/** Takes device id, not hdPhone. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetDevCaps(DWORD dwDeviceID, DWORD dwTSPIVersion,
		DWORD dwExtVersion, LPPHONECAPS lpPhoneCaps);

/** Returns the display contents as a VARSTRING. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetDisplay(HDRVPHONE hdPhone, LPVARSTRING lpDisplay);

/** All zeros means no extensions. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetExtensionID(DWORD dwDeviceID, DWORD dwTSPIVersion,
		LPPHONEEXTENSIONID lpExtensionID);

/** One hookswitch device per call. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetGain(HDRVPHONE hdPhone, DWORD dwHookSwitchDev,
		LPDWORD lpdwGain);

/** Returns bitmask of hookswitch devices that are off hook. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetHookSwitch(HDRVPHONE hdPhone, LPDWORD lpdwHookSwitchDevs);

/** Windows icon handle. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetIcon(DWORD dwDeviceID, LPCSTR lpszDeviceClass,
		LPHICON lphIcon);

/** tapi/phone and tapi/line classes answered by the server. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetID(HDRVPHONE hdPhone, LPVARSTRING lpDeviceID,
		LPCSTR lpszDeviceClass, int *descriptor);

/** One lamp id per call. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetLamp(HDRVPHONE hdPhone, DWORD dwButtonLampID,
		LPDWORD lpdwLampMode);

/** Ring mode zero means not ringing. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetRing(HDRVPHONE hdPhone, LPDWORD lpdwRingMode,
		LPDWORD lpdwVolume);

/** Server fills owner name and owner/monitor counts. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetStatus(HDRVPHONE hdPhone, LPPHONESTATUS lpPhoneStatus);

/** One hookswitch device per call. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneGetVolume(HDRVPHONE hdPhone, DWORD dwHookSwitchDev,
		LPDWORD lpdwVolume);

/** As for lines. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneNegotiateExtVersion(DWORD dwDeviceID, DWORD dwTSPIVersion,
		DWORD dwLowVersion, DWORD dwHighVersion, LPDWORD lpdwExtVersion);

/**
 * In the basic list even for TSPs without phones.
 * Note:      every TSP must export it.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneNegotiateTSPIVersion(DWORD dwDeviceID, DWORD dwLowVersion,
		DWORD dwHighVersion, LPDWORD lpdwTSPIVersion);

/** One open per phone at this level. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneOpen(DWORD dwDeviceID, HTAPIPHONE htPhone,
		LPHDRVPHONE lphdPhone, DWORD dwTSPIVersion, PHONEEVENT lpfnEventProc);

/** Version 0 cancels the selection. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneSelectExtVersion(HDRVPHONE hdPhone, DWORD dwExtVersion);

/** Changes text, function or mode of a button. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetButtonInfo(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		DWORD dwButtonLampID, const PHONEBUTTONINFO *lpButtonInfo);

/** Downloads one data area. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetData(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		DWORD dwDataID, const void *lpData, DWORD dwSize);

/** Writes at row and column; length in bytes. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetDisplay(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		DWORD dwRow, DWORD dwColumn, LPCSTR lpsDisplay, DWORD dwSize);

/** Muted and unmuted gain value is kept. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetGain(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		DWORD dwHookSwitchDev, DWORD dwGain);

/** One mode for all selected hookswitch devices. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetHookSwitch(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		DWORD dwHookSwitchDevs, DWORD dwHookSwitchMode);

/** Lamp mode is one PHONELAMPMODE_ value. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetLamp(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		DWORD dwButtonLampID, DWORD dwLampMode);

/** Sets ring mode and volume. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetRing(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		DWORD dwRingMode, DWORD dwVolume);

/** Union of applications' masks. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetStatusMessages(HDRVPHONE hdPhone, DWORD dwPhoneStates,
		DWORD dwButtonModes, DWORD dwButtonStates);

/** Muting keeps the stored volume. */
TSPI_EXPORT LONG TSPIAPI TSPI_phoneSetVolume(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
		DWORD dwHookSwitchDev, DWORD dwVolume);

/** Legacy UI entry; replaced by TUISPI_providerConfig. */
TSPI_EXPORT LONG TSPIAPI TSPI_providerConfig(HWND hwndOwner, DWORD dwPermanentProviderID);

/** Called only after LINE_CREATE; dwTempID echoes its dwParam2. */
TSPI_EXPORT LONG TSPIAPI TSPI_providerCreateLineDevice(DWORD_PTR dwTempID, DWORD dwDeviceID);

/** Called only after PHONE_CREATE; dwTempID echoes its dwParam2. */
TSPI_EXPORT LONG TSPIAPI TSPI_providerCreatePhoneDevice(DWORD_PTR dwTempID, DWORD dwDeviceID);

/**
 * Mandatory since 2.0; called before TSPI_providerInit.
 * Note:      every TSP must export it.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_providerEnumDevices(DWORD dwPermanentProviderID,
		LPDWORD lpdwNumLines, LPDWORD lpdwNumPhones, HPROVIDER hProvider,
		LINEEVENT lpfnLineCreateProc, PHONEEVENT lpfnPhoneCreateProc);

/** Also called when the application process dies. */
TSPI_EXPORT LONG TSPIAPI TSPI_providerFreeDialogInstance(HDRVDIALOGINSTANCE hdDlgInst);

/** Data relay from UI library to TSP. */
TSPI_EXPORT LONG TSPIAPI TSPI_providerGenericDialogData(DWORD_PTR dwObjectID, DWORD dwObjectType,
		LPVOID lpParams, DWORD dwSize);

/**
 * Paired with shutdown; LINETSPIOPTION_NONREENTRANT asks for serialised calls.
 * Note:      every TSP must export it.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_providerInit(DWORD dwTSPIVersion, DWORD dwPermanentProviderID,
		DWORD dwLineDeviceIDBase, DWORD dwPhoneDeviceIDBase, DWORD_PTR dwNumLines,
		DWORD_PTR dwNumPhones, ASYNC_COMPLETION lpfnCompletionProc,
		LPDWORD lpdwTSPIOptions);

/** In basic list, yet obsolete; replaced by TUISPI_providerInstall. */
TSPI_EXPORT LONG TSPIAPI TSPI_providerInstall(HWND hwndOwner, DWORD dwPermanentProviderID);

/** In basic list, yet obsolete; replaced by TUISPI_providerRemove. */
TSPI_EXPORT LONG TSPIAPI TSPI_providerRemove(HWND hwndOwner, DWORD dwPermanentProviderID);

/**
 * Last call of a session; result usually ignored.
 * Note:      every TSP must export it.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_providerShutdown(DWORD dwTSPIVersion, DWORD dwPermanentProviderID);

/** Names the UI library to load in the application. */
TSPI_EXPORT LONG TSPIAPI TSPI_providerUIIdentify(LPSTR lpszUIDLLName);

/*
 * Ours, not TAPI's
 */

/**
 * Say why: the provider's own cause ("SIP 486 Busy Here") and a sentence for people.
 *
 * A TSP calls it right before it returns or completes a negative code, or before an event
 * that reports DISCONNECTED or IDLE, on the same thread; it goes with the next completion, event
 * or return that this thread raises.
 *
 * Ownership: both strings are copied; either may be NULL.
 * Context:   any thread of the TSP.
 */
typedef void(CALLBACK *TSPI_REASON)(LPCSTR cause, LPCSTR sentence);

/** Optional. Called once, before any other entry, with the procedure that takes reasons. */
TSPI_EXPORT void TSPIAPI TSPI_providerSetReasonProc(TSPI_REASON proc);

/**
 * Optional. Take one line of the provider's section in the daemon's configuration file.
 *
 * Called once a key, before TSPI_lineNegotiateTSPIVersion(INITIALIZE_NEGOTIATION).
 *
 * Ownership: both strings are the caller's and end with the call.
 * Errors:    any negative LINEERR_ for an unknown key or a bad value: the provider is then
 *            listed as failed with that key.
 */
TSPI_EXPORT LONG TSPIAPI TSPI_providerConfigure(LPCSTR key, LPCSTR value);

#ifdef __cplusplus
}
#endif

#endif
