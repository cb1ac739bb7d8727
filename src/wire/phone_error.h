// SPDX-License-Identifier: MIT
/* phone_error.h - what lines and phones call differently. */
#ifndef WIRE_PHONE_ERROR_H
#define WIRE_PHONE_ERROR_H

#include <tapi.h>

/* The PHONEERR_ that says what this LINEERR_ says; other codes stay as they are. */
LONG phone_error(LONG code);

#endif
