// SPDX-License-Identifier: MIT
/* tell.h - what this provider puts into its outbox. */
#ifndef SIP_TELL_H
#define SIP_TELL_H

#include "providers/kit/outbox.h"

#include <tspi.h>

struct account;
struct call;

extern const struct outbox_ops tell_ops;

/* LINE_CREATE or LINE_REMOVE. */
void tell_provider(DWORD msg, DWORD_PTR p1, DWORD_PTR p2);
/* `why` may be NULL. */
void tell_line(const struct account *a, DWORD msg, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3,
		const struct why *why);
void tell_call(const struct call *c, DWORD msg, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3,
		const struct why *why);
void tell_new_call(const struct call *c);
void tell_msp(const struct call *c, const void *data, size_t size);
/* A request has ended; `why` may be NULL. */
void tell_done(DRV_REQUESTID id, LONG result, const struct why *why);

#endif
