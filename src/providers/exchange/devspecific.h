// SPDX-License-Identifier: MIT
/* devspecific.h - the exchange's own functions behind lineDevSpecific (tapi-exchange(7)). */
#ifndef EXCHANGE_DEVSPECIFIC_H
#define EXCHANGE_DEVSPECIFIC_H

#include <tspi.h>

struct call;
struct extension;

#define DEVSPECIFIC_VERSION 0x00010000u

extern const LINEEXTENSIONID devspecific_id;

/* `c` may be NULL. params is read and written before this returns; size bytes. */
LONG devspecific_do(struct extension *e, struct call *c, DRV_REQUESTID id, void *params,
		DWORD size);

/* What a button of this function does on a set of the exchange. */
LONG devspecific_feature(struct extension *e, DRV_REQUESTID id, DWORD feature, DWORD size);

#endif
