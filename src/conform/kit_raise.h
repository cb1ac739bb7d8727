// SPDX-License-Identifier: MIT
/* kit_raise.h - the procedures that the kit gives to a TSP; what comes is judged under one lock. */
#ifndef CONFORM_KIT_RAISE_H
#define CONFORM_KIT_RAISE_H

#include "kit.h"

void CALLBACK raise_line(HTAPILINE ht_line, HTAPICALL ht_call, DWORD msg, DWORD_PTR p1,
		DWORD_PTR p2, DWORD_PTR p3);
void CALLBACK raise_phone(HTAPIPHONE ht_phone, DWORD msg, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3);
void CALLBACK raise_completion(DRV_REQUESTID id, LONG result);

/* The line gets a handle; from now on it may raise events. */
void raise_open(struct kit_line *l);
/* A line or a call was closed in the TSP: what is pending on it should have been completed, and
 * nothing may come of it any more. */
void raise_closed(struct kit_line *l, struct kit_call *c);
/* TSPI_providerShutdown has returned: nothing may come at all. */
void raise_session_over(void);

#endif
