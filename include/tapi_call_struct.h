// SPDX-License-Identifier: MIT
/* tapi_call_struct.h - structures of calls and their media. */
#ifndef TAPI_CALL_STRUCT_H
#define TAPI_CALL_STRUCT_H

#include "tapi_line_struct.h"

#pragma pack(push, 4)

/**
 * Wishes for a new call. Only dwTotalSize is a size of the whole: the program sets all. A size of
 * 0 leaves a part out. Rates in bit/s, dwNoAnswerTimeout in seconds.
 */
typedef struct linecallparams_tag {
	DWORD dwTotalSize;
	DWORD dwBearerMode;
	DWORD dwMinRate;
	DWORD dwMaxRate;
	DWORD dwMediaMode;
	DWORD dwCallParamFlags;
	DWORD dwAddressMode;
	DWORD dwAddressID;
	LINEDIALPARAMS DialParams;
	DWORD dwOrigAddressSize;
	DWORD dwOrigAddressOffset;
	DWORD dwDisplayableAddressSize;
	DWORD dwDisplayableAddressOffset;
	DWORD dwCalledPartySize;
	DWORD dwCalledPartyOffset;
	DWORD dwCommentSize;
	DWORD dwCommentOffset;
	DWORD dwUserUserInfoSize;
	DWORD dwUserUserInfoOffset;
	DWORD dwHighLevelCompSize;
	DWORD dwHighLevelCompOffset;
	DWORD dwLowLevelCompSize;
	DWORD dwLowLevelCompOffset;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
	/* since API version 2.0 */
	DWORD dwPredictiveAutoTransferStates;
	DWORD dwTargetAddressSize;
	DWORD dwTargetAddressOffset;
	DWORD dwSendingFlowspecSize;
	DWORD dwSendingFlowspecOffset;
	DWORD dwReceivingFlowspecSize;
	DWORD dwReceivingFlowspecOffset;
	DWORD dwDeviceClassSize;
	DWORD dwDeviceClassOffset;
	DWORD dwDeviceConfigSize;
	DWORD dwDeviceConfigOffset;
	DWORD dwCallDataSize;
	DWORD dwCallDataOffset;
	DWORD dwNoAnswerTimeout;
	DWORD dwCallingPartyIDSize;
	DWORD dwCallingPartyIDOffset;
	/* since API version 3.0 */
	DWORD dwAddressType;
} LINECALLPARAMS, *LPLINECALLPARAMS;

/** What is known of a call and rarely changes (lineGetCallInfo). */
typedef struct linecallinfo_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	HLINE hLine;
	DWORD dwLineDeviceID;
	DWORD dwAddressID;
	DWORD dwBearerMode;
	DWORD dwRate;
	DWORD dwMediaMode;
	DWORD dwAppSpecific;
	DWORD dwCallID;
	DWORD dwRelatedCallID;
	DWORD dwCallParamFlags;
	DWORD dwCallStates;
	DWORD dwMonitorDigitModes;
	DWORD dwMonitorMediaModes;
	LINEDIALPARAMS DialParams;
	DWORD dwOrigin;
	DWORD dwReason;
	DWORD dwCompletionID;
	DWORD dwNumOwners;
	DWORD dwNumMonitors;
	DWORD dwCountryCode;
	DWORD dwTrunk;
	DWORD dwCallerIDFlags;
	DWORD dwCallerIDSize;
	DWORD dwCallerIDOffset;
	DWORD dwCallerIDNameSize;
	DWORD dwCallerIDNameOffset;
	DWORD dwCalledIDFlags;
	DWORD dwCalledIDSize;
	DWORD dwCalledIDOffset;
	DWORD dwCalledIDNameSize;
	DWORD dwCalledIDNameOffset;
	DWORD dwConnectedIDFlags;
	DWORD dwConnectedIDSize;
	DWORD dwConnectedIDOffset;
	DWORD dwConnectedIDNameSize;
	DWORD dwConnectedIDNameOffset;
	DWORD dwRedirectionIDFlags;
	DWORD dwRedirectionIDSize;
	DWORD dwRedirectionIDOffset;
	DWORD dwRedirectionIDNameSize;
	DWORD dwRedirectionIDNameOffset;
	DWORD dwRedirectingIDFlags;
	DWORD dwRedirectingIDSize;
	DWORD dwRedirectingIDOffset;
	DWORD dwRedirectingIDNameSize;
	DWORD dwRedirectingIDNameOffset;
	DWORD dwAppNameSize;
	DWORD dwAppNameOffset;
	DWORD dwDisplayableAddressSize;
	DWORD dwDisplayableAddressOffset;
	DWORD dwCalledPartySize;
	DWORD dwCalledPartyOffset;
	DWORD dwCommentSize;
	DWORD dwCommentOffset;
	DWORD dwDisplaySize;
	DWORD dwDisplayOffset;
	DWORD dwUserUserInfoSize;
	DWORD dwUserUserInfoOffset;
	DWORD dwHighLevelCompSize;
	DWORD dwHighLevelCompOffset;
	DWORD dwLowLevelCompSize;
	DWORD dwLowLevelCompOffset;
	DWORD dwChargingInfoSize;
	DWORD dwChargingInfoOffset;
	DWORD dwTerminalModesSize;
	DWORD dwTerminalModesOffset;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
	/* since API version 2.0 */
	DWORD dwCallTreatment;
	DWORD dwCallDataSize;
	DWORD dwCallDataOffset;
	DWORD dwSendingFlowspecSize;
	DWORD dwSendingFlowspecOffset;
	DWORD dwReceivingFlowspecSize;
	DWORD dwReceivingFlowspecOffset;
	/* since API version 3.0 */
	DWORD dwCallerIDAddressType;
	DWORD dwCalledIDAddressType;
	DWORD dwConnectedIDAddressType;
	DWORD dwRedirectionIDAddressType;
	DWORD dwRedirectingIDAddressType;
} LINECALLINFO, *LPLINECALLINFO;

/** How a call is now (lineGetCallStatus). */
typedef struct linecallstatus_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwCallState;
	DWORD dwCallStateMode;
	DWORD dwCallPrivilege;
	DWORD dwCallFeatures;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
	/* since API version 2.0 */
	DWORD dwCallFeatures2;
	SYSTEMTIME tStateEntryTime;
} LINECALLSTATUS, *LPLINECALLSTATUS;

/** Call handles: an array of HCALL. */
typedef struct linecalllist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwCallsNumEntries;
	DWORD dwCallsSize;
	DWORD dwCallsOffset;
} LINECALLLIST, *LPLINECALLLIST;

/** One frequency of a custom tone. Hertz and milliseconds; volume 0 to 0xFFFF. */
typedef struct linegeneratetone_tag {
	DWORD dwFrequency;
	DWORD dwCadenceOn;
	DWORD dwCadenceOff;
	DWORD dwVolume;
} LINEGENERATETONE, *LPLINEGENERATETONE;

/** A tone to listen for. Hertz and milliseconds; three times 0 is silence. */
typedef struct linemonitortone_tag {
	DWORD dwAppSpecific;
	DWORD dwDuration;
	DWORD dwFrequency1;
	DWORD dwFrequency2;
	DWORD dwFrequency3;
} LINEMONITORTONE, *LPLINEMONITORTONE;

/** Act on a digit. */
typedef struct linemediacontroldigit_tag {
	DWORD dwDigit;
	DWORD dwDigitModes;
	DWORD dwMediaControl;
} LINEMEDIACONTROLDIGIT, *LPLINEMEDIACONTROLDIGIT;

/** Act on media that last so many milliseconds. */
typedef struct linemediacontrolmedia_tag {
	DWORD dwMediaModes;
	DWORD dwDuration;
	DWORD dwMediaControl;
} LINEMEDIACONTROLMEDIA, *LPLINEMEDIACONTROLMEDIA;

/** Act on a tone that lasts so many milliseconds; hertz. */
typedef struct linemediacontroltone_tag {
	DWORD dwAppSpecific;
	DWORD dwDuration;
	DWORD dwFrequency1;
	DWORD dwFrequency2;
	DWORD dwFrequency3;
	DWORD dwMediaControl;
} LINEMEDIACONTROLTONE, *LPLINEMEDIACONTROLTONE;

/** Act on a call state. */
typedef struct linemediacontrolcallstate_tag {
	DWORD dwCallStates;
	DWORD dwMediaControl;
} LINEMEDIACONTROLCALLSTATE, *LPLINEMEDIACONTROLCALLSTATE;

#pragma pack(pop)

#endif
