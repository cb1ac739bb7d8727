// SPDX-License-Identifier: MIT
/* tell.h - what the exchange tells the host: the outbox, in the words of extensions and calls. */
#ifndef EXCHANGE_TELL_H
#define EXCHANGE_TELL_H

#include "providers/kit/outbox.h"

struct call;
struct extension;
struct phone;

extern const struct outbox_ops tell_ops;

void tell_line(const struct extension *e, DWORD msg, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3);
void tell_phone(const struct phone *p, DWORD msg, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3);
/* `why` may be NULL. */
void tell_call(const struct call *c, DWORD msg, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3,
		const struct why *why);
/* LINE_NEWCALL; the host's answer goes to call_announced(). */
void tell_new_call(const struct call *c);
void tell_msp(const struct call *c, const void *data, size_t size);

#endif
