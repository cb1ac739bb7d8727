// SPDX-License-Identifier: MIT
/* uri.h - what a browser or a mail program hands over: tel:, callto:, sip: and sips: URIs, and bare
 * numbers. */
#ifndef TAPIDIAL_URI_H
#define TAPIDIAL_URI_H

#include <stddef.h>

/* The address for tapiRequestMakeCall. NULL, or what is wrong with the URI. */
const char *uri_to_address(const char *uri, char *out, size_t size);

#endif
