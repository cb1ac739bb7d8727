// SPDX-License-Identifier: MIT
/* proxied.h - which function of an agent each LINEPROXYREQUEST_ is. */
#ifndef WIRE_PROXIED_H
#define WIRE_PROXIED_H

#include <stdint.h>

/* The number of the call, 0: no such type. */
unsigned proxied_call(uint32_t type);
/* The LINEPROXYREQUEST_ of a call, 0: it has none. */
uint32_t proxied_type(unsigned call);

#endif
