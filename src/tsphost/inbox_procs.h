// SPDX-License-Identifier: MIT
/* inbox_procs.h - between inbox.c and the procedures that TSPs call. */
#ifndef TSPHOST_INBOX_PROCS_H
#define TSPHOST_INBOX_PROCS_H

#include "tsphost/inbox.h"

void inbox_completion(unsigned inbox, DRV_REQUESTID id, LONG result);
void inbox_batch(unsigned inbox, bool begins);
void inbox_line_event(unsigned inbox, HTAPILINE line, HTAPICALL call, DWORD msg,
		const DWORD_PTR p[3]);
void inbox_phone_event(unsigned inbox, HTAPIPHONE phone, DWORD msg, const DWORD_PTR p[3]);

extern const struct inbox_procs inbox_procs_list[INBOX_MAX];

#endif
