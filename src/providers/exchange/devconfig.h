// SPDX-License-Identifier: MIT
/* devconfig.h - the configuration of an extension that applications may read and write back, for
 * the device class tapi/line: text, lines "key=value". */
#ifndef EXCHANGE_DEVCONFIG_H
#define EXCHANGE_DEVCONFIG_H

#include "extension.h"

/* Locked. The answers of TSPI_lineGetDevConfig and TSPI_lineSetDevConfig. */
LONG devconfig_get(const struct extension *e, const char *device_class, VARSTRING *out);
/* All of it or nothing. */
LONG devconfig_set(struct extension *e, const char *device_class, const char *text, size_t size);

#endif
