// SPDX-License-Identifier: MIT
/* caps.h - what a line can do, and what it does just now. */
#ifndef SIP_CAPS_H
#define SIP_CAPS_H

#include <tspi.h>

struct account;

LONG caps_of_line(const struct account *a, LINEDEVCAPS *out);
LONG caps_of_address(const struct account *a, LINEADDRESSCAPS *out);
LONG status_of_line(const struct account *a, LINEDEVSTATUS *out);
LONG status_of_address(const struct account *a, LINEADDRESSSTATUS *out);

#endif
