// SPDX-License-Identifier: MIT
/* devspecific.h - the words behind lineDevSpecific (tapi_sip.h, tapi-sip(7)). */
#ifndef SIP_DEVSPECIFIC_H
#define SIP_DEVSPECIFIC_H

#include <tspi.h>

struct account;
struct call;

#define DEVSPECIFIC_VERSION 0x00010000u

extern const LINEEXTENSIONID devspecific_id;

/* `c` may be NULL. params is read and written before this returns; size bytes. */
LONG devspecific_do(struct account *a, struct call *c, DRV_REQUESTID id, void *params, DWORD size);

#endif
