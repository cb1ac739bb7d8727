// SPDX-License-Identifier: MIT
/* tapi_line_struct.h - structures of lines and addresses. */
#ifndef TAPI_LINE_STRUCT_H
#define TAPI_LINE_STRUCT_H

#include "tapi_types.h"

#pragma pack(push, 4)

/** Some string or block; dwStringFormat says what (STRINGFORMAT_). */
typedef struct varstring_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwStringFormat;
	DWORD dwStringSize;
	DWORD dwStringOffset;
} VARSTRING, *LPVARSTRING;

/** Which extensions of a provider a device has; all zero is none. */
typedef struct lineextensionid_tag {
	DWORD dwExtensionID0;
	DWORD dwExtensionID1;
	DWORD dwExtensionID2;
	DWORD dwExtensionID3;
} LINEEXTENSIONID, *LPLINEEXTENSIONID;

/** How messages reach the program. Handles.hEvent: out, the descriptor to poll. */
typedef struct lineinitializeexparams_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwOptions;
	union {
		HANDLE hEvent;
		HANDLE hCompletionPort;
	} Handles;
	DWORD dwCompletionKey;
} LINEINITIALIZEEXPARAMS, *LPLINEINITIALIZEEXPARAMS;

/** A message as lineGetMessage gives it. hDevice is a line or call handle, or 0. */
typedef struct linemessage_tag {
	DWORD hDevice;
	DWORD dwMessageID;
	DWORD_PTR dwCallbackInstance;
	DWORD_PTR dwParam1;
	DWORD_PTR dwParam2;
	DWORD_PTR dwParam3;
} LINEMESSAGE, *LPLINEMESSAGE;

/** How digits are dialled. Units: milliseconds. */
typedef struct linedialparams_tag {
	DWORD dwDialPause;
	DWORD dwDialSpeed;
	DWORD dwDigitDuration;
	DWORD dwWaitForDialtone;
} LINEDIALPARAMS, *LPLINEDIALPARAMS;

/** What a line device can do (lineGetDevCaps). */
typedef struct linedevcaps_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwProviderInfoSize;
	DWORD dwProviderInfoOffset;
	DWORD dwSwitchInfoSize;
	DWORD dwSwitchInfoOffset;
	DWORD dwPermanentLineID;
	DWORD dwLineNameSize;
	DWORD dwLineNameOffset;
	DWORD dwStringFormat;
	DWORD dwAddressModes;
	DWORD dwNumAddresses;
	DWORD dwBearerModes;
	DWORD dwMaxRate;
	DWORD dwMediaModes;
	DWORD dwGenerateToneModes;
	DWORD dwGenerateToneMaxNumFreq;
	DWORD dwGenerateDigitModes;
	DWORD dwMonitorToneMaxNumFreq;
	DWORD dwMonitorToneMaxNumEntries;
	DWORD dwMonitorDigitModes;
	DWORD dwGatherDigitsMinTimeout;
	DWORD dwGatherDigitsMaxTimeout;
	DWORD dwMedCtlDigitMaxListSize;
	DWORD dwMedCtlMediaMaxListSize;
	DWORD dwMedCtlToneMaxListSize;
	DWORD dwMedCtlCallStateMaxListSize;
	DWORD dwDevCapFlags;
	DWORD dwMaxNumActiveCalls;
	DWORD dwAnswerMode;
	DWORD dwRingModes;
	DWORD dwLineStates;
	DWORD dwUUIAcceptSize;
	DWORD dwUUIAnswerSize;
	DWORD dwUUIMakeCallSize;
	DWORD dwUUIDropSize;
	DWORD dwUUISendUserUserInfoSize;
	DWORD dwUUICallInfoSize;
	LINEDIALPARAMS MinDialParams;
	LINEDIALPARAMS MaxDialParams;
	LINEDIALPARAMS DefaultDialParams;
	DWORD dwNumTerminals;
	DWORD dwTerminalCapsSize;
	DWORD dwTerminalCapsOffset;
	DWORD dwTerminalTextEntrySize;
	DWORD dwTerminalTextSize;
	DWORD dwTerminalTextOffset;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
	/* since API version 1.4 */
	DWORD dwLineFeatures;
	/* since API version 2.0 */
	DWORD dwSettableDevStatus;
	DWORD dwDeviceClassesSize;
	DWORD dwDeviceClassesOffset;
	/* since API version 2.2 */
	GUID PermanentLineGuid;
	/* since API version 3.0 */
	DWORD dwAddressTypes;
	GUID ProtocolGuid;
	DWORD dwAvailableTracking;
} LINEDEVCAPS, *LPLINEDEVCAPS;

/** One terminal of LINEDEVCAPS. */
typedef struct linetermcaps_tag {
	DWORD dwTermDev;
	DWORD dwTermModes;
	DWORD dwTermSharing;
} LINETERMCAPS, *LPLINETERMCAPS;

/** How a line is now (lineGetLineDevStatus). */
typedef struct linedevstatus_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumOpens;
	DWORD dwOpenMediaModes;
	DWORD dwNumActiveCalls;
	DWORD dwNumOnHoldCalls;
	DWORD dwNumOnHoldPendCalls;
	DWORD dwLineFeatures;
	DWORD dwNumCallCompletions;
	DWORD dwRingMode;
	DWORD dwSignalLevel;
	DWORD dwBatteryLevel;
	DWORD dwRoamMode;
	DWORD dwDevStatusFlags;
	DWORD dwTerminalModesSize;
	DWORD dwTerminalModesOffset;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
	/* since API version 2.0 */
	DWORD dwAvailableMediaModes;
	DWORD dwAppInfoSize;
	DWORD dwAppInfoOffset;
} LINEDEVSTATUS, *LPLINEDEVSTATUS;

/** One program of LINEDEVSTATUS that has the line open. */
typedef struct lineappinfo_tag {
	DWORD dwMachineNameSize;
	DWORD dwMachineNameOffset;
	DWORD dwUserNameSize;
	DWORD dwUserNameOffset;
	DWORD dwModuleFilenameSize;
	DWORD dwModuleFilenameOffset;
	DWORD dwFriendlyNameSize;
	DWORD dwFriendlyNameOffset;
	DWORD dwMediaModes;
	DWORD dwAddressID;
} LINEAPPINFO, *LPLINEAPPINFO;

/** What an address can do (lineGetAddressCaps). */
typedef struct lineaddresscaps_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwLineDeviceID;
	DWORD dwAddressSize;
	DWORD dwAddressOffset;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
	DWORD dwAddressSharing;
	DWORD dwAddressStates;
	DWORD dwCallInfoStates;
	DWORD dwCallerIDFlags;
	DWORD dwCalledIDFlags;
	DWORD dwConnectedIDFlags;
	DWORD dwRedirectionIDFlags;
	DWORD dwRedirectingIDFlags;
	DWORD dwCallStates;
	DWORD dwDialToneModes;
	DWORD dwBusyModes;
	DWORD dwSpecialInfo;
	DWORD dwDisconnectModes;
	DWORD dwMaxNumActiveCalls;
	DWORD dwMaxNumOnHoldCalls;
	DWORD dwMaxNumOnHoldPendingCalls;
	DWORD dwMaxNumConference;
	DWORD dwMaxNumTransConf;
	DWORD dwAddrCapFlags;
	DWORD dwCallFeatures;
	DWORD dwRemoveFromConfCaps;
	DWORD dwRemoveFromConfState;
	DWORD dwTransferModes;
	DWORD dwParkModes;
	DWORD dwForwardModes;
	DWORD dwMaxForwardEntries;
	DWORD dwMaxSpecificEntries;
	DWORD dwMinFwdNumRings;
	DWORD dwMaxFwdNumRings;
	DWORD dwMaxCallCompletions;
	DWORD dwCallCompletionConds;
	DWORD dwCallCompletionModes;
	DWORD dwNumCompletionMessages;
	DWORD dwCompletionMsgTextEntrySize;
	DWORD dwCompletionMsgTextSize;
	DWORD dwCompletionMsgTextOffset;
	/* since API version 1.4 */
	DWORD dwAddressFeatures;
	/* since API version 2.0 */
	DWORD dwPredictiveAutoTransferStates;
	DWORD dwNumCallTreatments;
	DWORD dwCallTreatmentListSize;
	DWORD dwCallTreatmentListOffset;
	DWORD dwDeviceClassesSize;
	DWORD dwDeviceClassesOffset;
	DWORD dwMaxCallDataSize;
	DWORD dwCallFeatures2;
	DWORD dwMaxNoAnswerTimeout;
	DWORD dwConnectedModes;
	DWORD dwOfferingModes;
	DWORD dwAvailableMediaModes;
} LINEADDRESSCAPS, *LPLINEADDRESSCAPS;

/** One treatment of LINEADDRESSCAPS. */
typedef struct linecalltreatmententry_tag {
	DWORD dwCallTreatmentID;
	DWORD dwCallTreatmentNameSize;
	DWORD dwCallTreatmentNameOffset;
} LINECALLTREATMENTENTRY, *LPLINECALLTREATMENTENTRY;

/** How an address is now (lineGetAddressStatus). */
typedef struct lineaddressstatus_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumInUse;
	DWORD dwNumActiveCalls;
	DWORD dwNumOnHoldCalls;
	DWORD dwNumOnHoldPendCalls;
	DWORD dwAddressFeatures;
	DWORD dwNumRingsNoAnswer;
	DWORD dwForwardNumEntries;
	DWORD dwForwardSize;
	DWORD dwForwardOffset;
	DWORD dwTerminalModesSize;
	DWORD dwTerminalModesOffset;
	DWORD dwDevSpecificSize;
	DWORD dwDevSpecificOffset;
} LINEADDRESSSTATUS, *LPLINEADDRESSSTATUS;

/** One instruction of LINEFORWARDLIST. Its offsets count from the beginning of the list. */
typedef struct lineforward_tag {
	DWORD dwForwardMode;
	DWORD dwCallerAddressSize;
	DWORD dwCallerAddressOffset;
	DWORD dwDestCountryCode;
	DWORD dwDestAddressSize;
	DWORD dwDestAddressOffset;
	/* since API version 3.0 */
	DWORD dwCallerAddressType;
	DWORD dwDestAddressType;
} LINEFORWARD, *LPLINEFORWARD;

/** Forwarding instructions; dwNumEntries of them stand at ForwardList. */
typedef struct lineforwardlist_tag {
	DWORD dwTotalSize;
	DWORD dwNumEntries;
	LINEFORWARD ForwardList[1];
} LINEFORWARDLIST, *LPLINEFORWARDLIST;

/** Installed providers. */
typedef struct lineproviderlist_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwNumProviders;
	DWORD dwProviderListSize;
	DWORD dwProviderListOffset;
} LINEPROVIDERLIST, *LPLINEPROVIDERLIST;

/** One provider of LINEPROVIDERLIST. */
typedef struct lineproviderentry_tag {
	DWORD dwPermanentProviderID;
	DWORD dwProviderFilenameSize;
	DWORD dwProviderFilenameOffset;
} LINEPROVIDERENTRY, *LPLINEPROVIDERENTRY;

/** How calls of a hub are tracked. */
typedef struct linecallhubtrackinginfo_tag {
	DWORD dwTotalSize;
	DWORD dwNeededSize;
	DWORD dwUsedSize;
	DWORD dwAvailableTracking;
	DWORD dwCurrentTracking;
} LINECALLHUBTRACKINGINFO, *LPLINECALLHUBTRACKINGINFO;

#pragma pack(pop)

#endif
