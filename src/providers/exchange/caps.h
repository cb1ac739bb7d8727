// SPDX-License-Identifier: MIT
/* caps.h - what a line can do, and what it does just now. */
#ifndef EXCHANGE_CAPS_H
#define EXCHANGE_CAPS_H

#include <tspi.h>

struct extension;

/* The same in every start, from the number alone. */
DWORD caps_permanent_id(const struct extension *e);

LONG caps_of_line(const struct extension *e, LINEDEVCAPS *out);
LONG caps_of_address(const struct extension *e, LINEADDRESSCAPS *out);
LONG status_of_line(const struct extension *e, LINEDEVSTATUS *out);
LONG status_of_address(const struct extension *e, LINEADDRESSSTATUS *out);

#endif
