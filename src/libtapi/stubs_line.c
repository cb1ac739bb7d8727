// SPDX-License-Identifier: MIT
/* stubs_line.c - devices, addresses and their status: one line each, see call.h. */
#include "libtapi/call.h"

LONG lineClose(HLINE hLine)
{
	return CALL(LineClose, hLine);
}

LONG lineDevSpecific(HLINE hLine, DWORD dwAddressID, HCALL hCall, LPVOID lpParams, DWORD dwSize)
{
	return CALL(LineDevSpecific, hLine, dwAddressID, hCall, lpParams, dwSize);
}

LONG lineDevSpecificFeature(HLINE hLine, DWORD dwFeature, LPVOID lpParams, DWORD dwSize)
{
	return CALL(LineDevSpecificFeature, hLine, dwFeature, lpParams, dwSize);
}

LONG lineGetAddressCaps(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID, DWORD dwAPIVersion,
		DWORD dwExtVersion, LPLINEADDRESSCAPS lpAddressCaps)
{
	return CALL(LineGetAddressCaps, APP(hLineApp), dwDeviceID, dwAddressID, dwAPIVersion,
			dwExtVersion, lpAddressCaps);
}

LONG lineGetAddressID(HLINE hLine, LPDWORD lpdwAddressID, DWORD dwAddressMode, LPCSTR lpsAddress,
		DWORD dwSize)
{
	return CALL(LineGetAddressId, hLine, lpdwAddressID, dwAddressMode, lpsAddress, dwSize);
}

LONG lineGetAddressStatus(HLINE hLine, DWORD dwAddressID, LPLINEADDRESSSTATUS lpAddressStatus)
{
	return CALL(LineGetAddressStatus, hLine, dwAddressID, lpAddressStatus);
}

LONG lineGetDevCaps(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion, DWORD dwExtVersion,
		LPLINEDEVCAPS lpLineDevCaps)
{
	return CALL(LineGetDevCaps, APP(hLineApp), dwDeviceID, dwAPIVersion, dwExtVersion,
			lpLineDevCaps);
}

LONG lineGetDevConfig(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig, LPCSTR lpszDeviceClass)
{
	return CALL(LineGetDevConfig, dwDeviceID, lpDeviceConfig, lpszDeviceClass);
}

LONG lineGetID(HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect, LPVARSTRING lpDeviceID,
		LPCSTR lpszDeviceClass)
{
	return CALL(LineGetId, hLine, dwAddressID, hCall, dwSelect, lpDeviceID, lpszDeviceClass);
}

LONG lineGetLineDevStatus(HLINE hLine, LPLINEDEVSTATUS lpLineDevStatus)
{
	return CALL(LineGetLineDevStatus, hLine, lpLineDevStatus);
}

LONG lineGetNewCalls(HLINE hLine, DWORD dwAddressID, DWORD dwSelect, LPLINECALLLIST lpCallList)
{
	return CALL(LineGetNewCalls, hLine, dwAddressID, dwSelect, lpCallList);
}

LONG lineGetNumRings(HLINE hLine, DWORD dwAddressID, LPDWORD lpdwNumRings)
{
	return CALL(LineGetNumRings, hLine, dwAddressID, lpdwNumRings);
}

LONG lineGetStatusMessages(HLINE hLine, LPDWORD lpdwLineStates, LPDWORD lpdwAddressStates)
{
	return CALL(LineGetStatusMessages, hLine, lpdwLineStates, lpdwAddressStates);
}

LONG lineNegotiateAPIVersion(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPILowVersion,
		DWORD dwAPIHighVersion, LPDWORD lpdwAPIVersion, LPLINEEXTENSIONID lpExtensionID)
{
	return CALL(LineNegotiateApiVersion, APP(hLineApp), dwDeviceID, dwAPILowVersion,
			dwAPIHighVersion, lpdwAPIVersion, lpExtensionID);
}

LONG lineNegotiateExtVersion(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
		DWORD dwExtLowVersion, DWORD dwExtHighVersion, LPDWORD lpdwExtVersion)
{
	return CALL(LineNegotiateExtVersion, APP(hLineApp), dwDeviceID, dwAPIVersion,
			dwExtLowVersion, dwExtHighVersion, lpdwExtVersion);
}

LONG lineSetDevConfig(DWORD dwDeviceID, const void *lpDeviceConfig, DWORD dwSize,
		LPCSTR lpszDeviceClass)
{
	return CALL(LineSetDevConfig, dwDeviceID, lpDeviceConfig, dwSize, lpszDeviceClass);
}

LONG lineSetLineDevStatus(HLINE hLine, DWORD dwStatusToChange, DWORD fStatus)
{
	return CALL(LineSetLineDevStatus, hLine, dwStatusToChange, fStatus);
}

LONG lineSetMediaControl(HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect,
		const LINEMEDIACONTROLDIGIT *lpDigitList, DWORD dwDigitNumEntries,
		const LINEMEDIACONTROLMEDIA *lpMediaList, DWORD dwMediaNumEntries,
		const LINEMEDIACONTROLTONE *lpToneList, DWORD dwToneNumEntries,
		const LINEMEDIACONTROLCALLSTATE *lpCallStateList, DWORD dwCallStateNumEntries)
{
	return CALL(LineSetMediaControl, hLine, dwAddressID, hCall, dwSelect, lpDigitList,
			dwDigitNumEntries, lpMediaList, dwMediaNumEntries, lpToneList,
			dwToneNumEntries, lpCallStateList, dwCallStateNumEntries);
}

LONG lineSetNumRings(HLINE hLine, DWORD dwAddressID, DWORD dwNumRings)
{
	return CALL(LineSetNumRings, hLine, dwAddressID, dwNumRings);
}

LONG lineSetStatusMessages(HLINE hLine, DWORD dwLineStates, DWORD dwAddressStates)
{
	return CALL(LineSetStatusMessages, hLine, dwLineStates, dwAddressStates);
}

LONG lineSetTerminal(HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect,
		DWORD dwTerminalModes, DWORD dwTerminalID, DWORD bEnable)
{
	return CALL(LineSetTerminal, hLine, dwAddressID, hCall, dwSelect, dwTerminalModes,
			dwTerminalID, bEnable);
}
