// SPDX-License-Identifier: MIT
/* parties.c - the mock's functions with more than one call: transfers, conferences, forwarding,
 * hold. Each completes, then reports the states that it leads to. */
#include "mock_state.h"

#include <string.h>

static struct mock_call *call_of(HDRVCALL hd)
{
	return (struct mock_call *)hd;
}

static LONG done(DRV_REQUESTID id)
{
	m.complete(id, 0);
	return (LONG)id;
}

/* A call on the line of another, known to the TSP when the entry returns. */
static struct mock_call *make(struct mock_line *l, HTAPICALL ht, LPHDRVCALL hd)
{
	struct mock_call *c = mock_call_new(l, ht);

	if (c)
		*hd = (HDRVCALL)c;
	return c;
}

static void conferenced(struct mock_call *c, const struct mock_call *conference)
{
	mock_set_state(c, LINECALLSTATE_CONFERENCED, (DWORD)conference->ht);
}

LONG TSPIAPI TSPI_lineSetupTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
		const LINECALLPARAMS *lpCallParams)
{
	struct mock_call *c = call_of(hdCall);
	struct mock_call *consult = make(c->line, htConsultCall, lphdConsultCall);

	if (!consult)
		return LINEERR_CALLUNAVAIL;
	if (lpCallParams)
		consult->media = lpCallParams->dwMediaMode;
	/* Early, as a TSP with threads may be: the host holds it back. */
	mock_set_state(consult, LINECALLSTATE_DIALTONE, 0);
	(void)done(dwRequestID);
	mock_set_state(c, LINECALLSTATE_ONHOLDPENDTRANSFER, 0);
	return (LONG)dwRequestID;
}

LONG TSPIAPI TSPI_lineCompleteTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		HDRVCALL hdConsultCall, HTAPICALL htConfCall, LPHDRVCALL lphdConfCall,
		DWORD dwTransferMode)
{
	struct mock_call *c = call_of(hdCall), *consult = call_of(hdConsultCall);
	struct mock_call *conference = NULL;

	if ((dwTransferMode == LINETRANSFERMODE_CONFERENCE) != (htConfCall && lphdConfCall))
		return LINEERR_INVALPARAM;
	if (dwTransferMode == LINETRANSFERMODE_CONFERENCE)
		conference = make(c->line, htConfCall, lphdConfCall);
	(void)done(dwRequestID);
	if (!conference) {
		mock_set_state(c, LINECALLSTATE_IDLE, 0);
		mock_set_state(consult, LINECALLSTATE_IDLE, 0);
		return (LONG)dwRequestID;
	}
	mock_set_state(conference, LINECALLSTATE_CONNECTED, 0);
	conferenced(c, conference);
	conferenced(consult, conference);
	return (LONG)dwRequestID;
}

LONG TSPIAPI TSPI_lineSetupConference(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, HDRVLINE hdLine,
		HTAPICALL htConfCall, LPHDRVCALL lphdConfCall, HTAPICALL htConsultCall,
		LPHDRVCALL lphdConsultCall, DWORD dwNumParties, const LINECALLPARAMS *lpCallParams)
{
	struct mock_line *l = (struct mock_line *)hdLine;
	struct mock_call *conference = make(l, htConfCall, lphdConfCall);
	struct mock_call *consult = make(l, htConsultCall, lphdConsultCall);

	(void)lpCallParams;
	if (!conference || !consult)
		return LINEERR_CALLUNAVAIL;
	if (dwNumParties > 5)
		return LINEERR_CONFERENCEFULL;
	(void)done(dwRequestID);
	mock_set_state(conference, LINECALLSTATE_ONHOLDPENDCONF, 0);
	mock_set_state(consult, LINECALLSTATE_DIALTONE, 0);
	if (hdCall)
		conferenced(call_of(hdCall), conference);
	return (LONG)dwRequestID;
}

LONG TSPIAPI TSPI_linePrepareAddToConference(DRV_REQUESTID dwRequestID, HDRVCALL hdConfCall,
		HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
		const LINECALLPARAMS *lpCallParams)
{
	struct mock_call *conference = call_of(hdConfCall);
	struct mock_call *consult = make(conference->line, htConsultCall, lphdConsultCall);

	(void)lpCallParams;
	if (!consult)
		return LINEERR_CALLUNAVAIL;
	(void)done(dwRequestID);
	mock_set_state(conference, LINECALLSTATE_ONHOLDPENDCONF, 0);
	mock_set_state(consult, LINECALLSTATE_DIALTONE, 0);
	return (LONG)dwRequestID;
}

LONG TSPIAPI TSPI_lineAddToConference(DRV_REQUESTID dwRequestID, HDRVCALL hdConfCall,
		HDRVCALL hdConsultCall)
{
	(void)done(dwRequestID);
	conferenced(call_of(hdConsultCall), call_of(hdConfCall));
	mock_set_state(call_of(hdConfCall), LINECALLSTATE_CONNECTED, 0);
	return (LONG)dwRequestID;
}

LONG TSPIAPI TSPI_lineRemoveFromConference(DRV_REQUESTID dwRequestID, HDRVCALL hdCall)
{
	(void)done(dwRequestID);
	mock_set_state(call_of(hdCall), LINECALLSTATE_CONNECTED, 0);
	return (LONG)dwRequestID;
}

LONG TSPIAPI TSPI_lineBlindTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
		LPCSTR lpszDestAddress, DWORD dwCountryCode)
{
	(void)dwCountryCode;
	if (strcmp(lpszDestAddress, "200") != 0)
		return LINEERR_INVALADDRESS;
	(void)done(dwRequestID);
	mock_set_state(call_of(hdCall), LINECALLSTATE_IDLE, 0);
	return (LONG)dwRequestID;
}

LONG TSPIAPI TSPI_lineRedirect(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpszDestAddress,
		DWORD dwCountryCode)
{
	return TSPI_lineBlindTransfer(dwRequestID, hdCall, lpszDestAddress, dwCountryCode);
}

LONG TSPIAPI TSPI_lineHold(DRV_REQUESTID dwRequestID, HDRVCALL hdCall)
{
	(void)done(dwRequestID);
	mock_set_state(call_of(hdCall), LINECALLSTATE_ONHOLD, 0);
	return (LONG)dwRequestID;
}

LONG TSPIAPI TSPI_lineUnhold(DRV_REQUESTID dwRequestID, HDRVCALL hdCall)
{
	(void)done(dwRequestID);
	mock_set_state(call_of(hdCall), LINECALLSTATE_CONNECTED, 0);
	return (LONG)dwRequestID;
}

LONG TSPIAPI TSPI_lineSwapHold(DRV_REQUESTID dwRequestID, HDRVCALL hdActiveCall,
		HDRVCALL hdHeldCall)
{
	(void)done(dwRequestID);
	mock_set_state(call_of(hdActiveCall), LINECALLSTATE_ONHOLD, 0);
	mock_set_state(call_of(hdHeldCall), LINECALLSTATE_CONNECTED, 0);
	return (LONG)dwRequestID;
}

/* ---- forwarding ---- */

static void keep_list(const LINEFORWARDLIST *list)
{
	m.forward_count = 0;
	for (DWORD i = 0; list && i < list->dwNumEntries && i < FORWARDS; i++) {
		const LINEFORWARD *from = &list->ForwardList[i];
		struct mock_forward *to = &m.forwards[m.forward_count++];
		size_t size = from->dwDestAddressSize;

		to->mode = from->dwForwardMode;
		size = size < sizeof(to->address) ? size : sizeof(to->address);
		memcpy(to->address, (const char *)list + from->dwDestAddressOffset, size);
	}
}

/* "ask" has to be asked first. */
LONG TSPIAPI TSPI_lineForward(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD bAllAddresses,
		DWORD dwAddressID, const LINEFORWARDLIST *lpForwardList, DWORD dwNumRingsNoAnswer,
		HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
		const LINECALLPARAMS *lpCallParams)
{
	struct mock_line *l = (struct mock_line *)hdLine;

	(void)bAllAddresses;
	(void)lpCallParams;
	keep_list(lpForwardList);
	m.rings = dwNumRingsNoAnswer;
	if (m.forward_count && !strcmp(m.forwards[0].address, "ask") &&
			!make(l, htConsultCall, lphdConsultCall))
		return LINEERR_CALLUNAVAIL;
	(void)done(dwRequestID);
	l->event(l->ht, 0, LINE_ADDRESSSTATE, dwAddressID, LINEADDRESSSTATE_FORWARD, 0);
	return (LONG)dwRequestID;
}

/* The list as an array behind the structure, the addresses behind that. */
LONG TSPIAPI TSPI_lineGetAddressStatus(HDRVLINE hdLine, DWORD dwAddressID,
		LPLINEADDRESSSTATUS lpAddressStatus)
{
	DWORD size = (DWORD)(m.forward_count * sizeof(LINEFORWARD));
	DWORD text = (DWORD)sizeof(*lpAddressStatus) + size;
	LINEFORWARD *to = (LINEFORWARD *)(lpAddressStatus + 1);

	(void)hdLine;
	(void)dwAddressID;
	lpAddressStatus->dwNeededSize =
			text + m.forward_count * (DWORD)sizeof(m.forwards[0].address);
	if (lpAddressStatus->dwTotalSize < lpAddressStatus->dwNeededSize)
		return 0;
	lpAddressStatus->dwUsedSize = lpAddressStatus->dwNeededSize;
	lpAddressStatus->dwNumRingsNoAnswer = m.rings;
	lpAddressStatus->dwForwardNumEntries = m.forward_count;
	lpAddressStatus->dwForwardSize = size;
	lpAddressStatus->dwForwardOffset = size ? (DWORD)sizeof(*lpAddressStatus) : 0;
	for (DWORD i = 0; i < m.forward_count; i++) {
		memset(&to[i], 0, sizeof(to[i]));
		to[i].dwForwardMode = m.forwards[i].mode;
		to[i].dwDestAddressSize = (DWORD)strlen(m.forwards[i].address) + 1;
		to[i].dwDestAddressOffset = text;
		memcpy((char *)lpAddressStatus + text, m.forwards[i].address,
				to[i].dwDestAddressSize);
		text += to[i].dwDestAddressSize;
	}
	return 0;
}
