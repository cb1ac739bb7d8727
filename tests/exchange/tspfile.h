// SPDX-License-Identifier: MIT
/* tspfile.h - a TSP as its host sees it: a file that is opened and asked for functions by name. */
#ifndef EXCHANGE_TSPFILE_H
#define EXCHANGE_TSPFILE_H

#include <stdbool.h>
#include <tspi.h>

/* What the tests call; NULL where an optional entry is missing. */
/* clang-format off */
struct tsp_file {
	LONG (*providerConfigure)(LPCSTR, LPCSTR);
	LONG (*providerEnumDevices)(DWORD, LPDWORD, LPDWORD, HPROVIDER, LINEEVENT, PHONEEVENT);
	LONG (*providerInit)(DWORD, DWORD, DWORD, DWORD, DWORD_PTR, DWORD_PTR,
		ASYNC_COMPLETION, LPDWORD);
	void (*providerSetReasonProc)(TSPI_REASON);
	LONG (*providerShutdown)(DWORD, DWORD);
	LONG (*lineAnswer)(DRV_REQUESTID, HDRVCALL, LPCSTR, DWORD);
	LONG (*lineClose)(HDRVLINE);
	LONG (*lineCloseCall)(HDRVCALL);
	LONG (*lineDrop)(DRV_REQUESTID, HDRVCALL, LPCSTR, DWORD);
	LONG (*lineGetAddressCaps)(DWORD, DWORD, DWORD, DWORD, LPLINEADDRESSCAPS);
	LONG (*lineGetAddressStatus)(HDRVLINE, DWORD, LPLINEADDRESSSTATUS);
	LONG (*lineGetCallInfo)(HDRVCALL, LPLINECALLINFO);
	LONG (*lineGetCallStatus)(HDRVCALL, LPLINECALLSTATUS);
	LONG (*lineGetDevCaps)(DWORD, DWORD, DWORD, LPLINEDEVCAPS);
	LONG (*lineGetLineDevStatus)(HDRVLINE, LPLINEDEVSTATUS);
	LONG (*lineMakeCall)(DRV_REQUESTID, HDRVLINE, HTAPICALL, LPHDRVCALL, LPCSTR, DWORD,
		const LINECALLPARAMS *);
	LONG (*lineNegotiateTSPIVersion)(DWORD, DWORD, DWORD, LPDWORD);
	LONG (*lineOpen)(DWORD, HTAPILINE, LPHDRVLINE, DWORD, LINEEVENT);
	LONG (*lineSetAppSpecific)(HDRVCALL, DWORD);
	LONG (*lineSetDefaultMediaDetection)(HDRVLINE, DWORD);
};
/* clang-format on */

extern struct tsp_file tsp;

/* Opens $BUILD/lib/tapi/tsp/NAME.so and fills tsp. */
void tsp_open(const char *name);
bool tsp_exports(const char *symbol);

#endif
