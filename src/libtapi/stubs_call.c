// SPDX-License-Identifier: MIT
/* stubs_call.c - calls: one line each, see call.h. */
#include "libtapi/call.h"

LONG lineAccept(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize)
{
	return CALL(LineAccept, hCall, lpsUserUserInfo, dwSize);
}

LONG lineAddToConference(HCALL hConfCall, HCALL hConsultCall)
{
	return CALL(LineAddToConference, hConfCall, hConsultCall);
}

LONG lineAnswer(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize)
{
	return CALL(LineAnswer, hCall, lpsUserUserInfo, dwSize);
}

LONG lineBlindTransfer(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode)
{
	return CALL(LineBlindTransfer, hCall, lpszDestAddress, dwCountryCode);
}

LONG lineCompleteCall(HCALL hCall, LPDWORD lpdwCompletionID, DWORD dwCompletionMode,
		DWORD dwMessageID)
{
	return CALL(LineCompleteCall, hCall, lpdwCompletionID, dwCompletionMode, dwMessageID);
}

LONG lineCompleteTransfer(HCALL hCall, HCALL hConsultCall, LPHCALL lphConfCall,
		DWORD dwTransferMode)
{
	return CALL(LineCompleteTransfer, hCall, hConsultCall, lphConfCall, dwTransferMode);
}

LONG lineDeallocateCall(HCALL hCall)
{
	return CALL(LineDeallocateCall, hCall);
}

LONG lineDial(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode)
{
	return CALL(LineDial, hCall, lpszDestAddress, dwCountryCode);
}

LONG lineDrop(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize)
{
	return CALL(LineDrop, hCall, lpsUserUserInfo, dwSize);
}

LONG lineForward(HLINE hLine, DWORD bAllAddresses, DWORD dwAddressID,
		const LINEFORWARDLIST *lpForwardList, DWORD dwNumRingsNoAnswer,
		LPHCALL lphConsultCall, const LINECALLPARAMS *lpCallParams)
{
	return CALL(LineForward, hLine, bAllAddresses, dwAddressID, lpForwardList,
			dwNumRingsNoAnswer, lphConsultCall, lpCallParams);
}

LONG lineGatherDigits(HCALL hCall, DWORD dwDigitModes, LPSTR lpsDigits, DWORD dwNumDigits,
		LPCSTR lpszTerminationDigits, DWORD dwFirstDigitTimeout, DWORD dwInterDigitTimeout)
{
	return CALL(LineGatherDigits, hCall, dwDigitModes, lpsDigits, dwNumDigits,
			lpszTerminationDigits, dwFirstDigitTimeout, dwInterDigitTimeout);
}

LONG lineGenerateDigits(HCALL hCall, DWORD dwDigitMode, LPCSTR lpszDigits, DWORD dwDuration)
{
	return CALL(LineGenerateDigits, hCall, dwDigitMode, lpszDigits, dwDuration);
}

LONG lineGenerateTone(HCALL hCall, DWORD dwToneMode, DWORD dwDuration, DWORD dwNumTones,
		const LINEGENERATETONE *lpTones)
{
	return CALL(LineGenerateTone, hCall, dwToneMode, dwDuration, dwNumTones, lpTones);
}

LONG lineGetCallInfo(HCALL hCall, LPLINECALLINFO lpCallInfo)
{
	return CALL(LineGetCallInfo, hCall, lpCallInfo);
}

LONG lineGetCallStatus(HCALL hCall, LPLINECALLSTATUS lpCallStatus)
{
	return CALL(LineGetCallStatus, hCall, lpCallStatus);
}

LONG lineGetConfRelatedCalls(HCALL hCall, LPLINECALLLIST lpCallList)
{
	return CALL(LineGetConfRelatedCalls, hCall, lpCallList);
}

LONG lineHandoff(HCALL hCall, LPCSTR lpszFileName, DWORD dwMediaMode)
{
	return CALL(LineHandoff, hCall, lpszFileName, dwMediaMode);
}

LONG lineHold(HCALL hCall)
{
	return CALL(LineHold, hCall);
}

LONG lineMakeCall(HLINE hLine, LPHCALL lphCall, LPCSTR lpszDestAddress, DWORD dwCountryCode,
		const LINECALLPARAMS *lpCallParams)
{
	return CALL(LineMakeCall, hLine, lphCall, lpszDestAddress, dwCountryCode, lpCallParams);
}

LONG lineMonitorDigits(HCALL hCall, DWORD dwDigitModes)
{
	return CALL(LineMonitorDigits, hCall, dwDigitModes);
}

LONG lineMonitorMedia(HCALL hCall, DWORD dwMediaModes)
{
	return CALL(LineMonitorMedia, hCall, dwMediaModes);
}

LONG lineMonitorTones(HCALL hCall, const LINEMONITORTONE *lpToneList, DWORD dwNumEntries)
{
	return CALL(LineMonitorTones, hCall, lpToneList, dwNumEntries);
}

LONG linePark(HCALL hCall, DWORD dwParkMode, LPCSTR lpszDirAddress, LPVARSTRING lpNonDirAddress)
{
	return CALL(LinePark, hCall, dwParkMode, lpszDirAddress, lpNonDirAddress);
}

LONG linePickup(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCSTR lpszDestAddress,
		LPCSTR lpszGroupID)
{
	return CALL(LinePickup, hLine, dwAddressID, lphCall, lpszDestAddress, lpszGroupID);
}

LONG linePrepareAddToConference(HCALL hConfCall, LPHCALL lphConsultCall,
		const LINECALLPARAMS *lpCallParams)
{
	return CALL(LinePrepareAddToConference, hConfCall, lphConsultCall, lpCallParams);
}

LONG lineRedirect(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode)
{
	return CALL(LineRedirect, hCall, lpszDestAddress, dwCountryCode);
}

LONG lineReleaseUserUserInfo(HCALL hCall)
{
	return CALL(LineReleaseUserUserInfo, hCall);
}

LONG lineRemoveFromConference(HCALL hCall)
{
	return CALL(LineRemoveFromConference, hCall);
}

LONG lineSecureCall(HCALL hCall)
{
	return CALL(LineSecureCall, hCall);
}

LONG lineSendUserUserInfo(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize)
{
	return CALL(LineSendUserUserInfo, hCall, lpsUserUserInfo, dwSize);
}

LONG lineSetAppSpecific(HCALL hCall, DWORD dwAppSpecific)
{
	return CALL(LineSetAppSpecific, hCall, dwAppSpecific);
}

LONG lineSetCallData(HCALL hCall, LPVOID lpCallData, DWORD dwSize)
{
	return CALL(LineSetCallData, hCall, lpCallData, dwSize);
}

LONG lineSetCallParams(HCALL hCall, DWORD dwBearerMode, DWORD dwMinRate, DWORD dwMaxRate,
		const LINEDIALPARAMS *lpDialParams)
{
	return CALL(LineSetCallParams, hCall, dwBearerMode, dwMinRate, dwMaxRate, lpDialParams);
}

LONG lineSetCallPrivilege(HCALL hCall, DWORD dwCallPrivilege)
{
	return CALL(LineSetCallPrivilege, hCall, dwCallPrivilege);
}

LONG lineSetCallQualityOfService(HCALL hCall, LPVOID lpSendingFlowspec, DWORD dwSendingFlowspecSize,
		LPVOID lpReceivingFlowspec, DWORD dwReceivingFlowspecSize)
{
	return CALL(LineSetCallQualityOfService, hCall, lpSendingFlowspec, dwSendingFlowspecSize,
			lpReceivingFlowspec, dwReceivingFlowspecSize);
}

LONG lineSetCallTreatment(HCALL hCall, DWORD dwTreatment)
{
	return CALL(LineSetCallTreatment, hCall, dwTreatment);
}

LONG lineSetMediaMode(HCALL hCall, DWORD dwMediaModes)
{
	return CALL(LineSetMediaMode, hCall, dwMediaModes);
}

LONG lineSetupConference(HCALL hCall, HLINE hLine, LPHCALL lphConfCall, LPHCALL lphConsultCall,
		DWORD dwNumParties, const LINECALLPARAMS *lpCallParams)
{
	return CALL(LineSetupConference, hCall, hLine, lphConfCall, lphConsultCall, dwNumParties,
			lpCallParams);
}

LONG lineSetupTransfer(HCALL hCall, LPHCALL lphConsultCall, const LINECALLPARAMS *lpCallParams)
{
	return CALL(LineSetupTransfer, hCall, lphConsultCall, lpCallParams);
}

LONG lineSwapHold(HCALL hActiveCall, HCALL hHeldCall)
{
	return CALL(LineSwapHold, hActiveCall, hHeldCall);
}

LONG lineUncompleteCall(HLINE hLine, DWORD dwCompletionID)
{
	return CALL(LineUncompleteCall, hLine, dwCompletionID);
}

LONG lineUnhold(HCALL hCall)
{
	return CALL(LineUnhold, hCall);
}

LONG lineUnpark(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCSTR lpszDestAddress)
{
	return CALL(LineUnpark, hLine, dwAddressID, lphCall, lpszDestAddress);
}
