// SPDX-License-Identifier: MIT
/* values.h - what no provider should have to look at: bits without a name, strings that are no
 * UTF-8. */
#ifndef TAPISRVD_VALUES_H
#define TAPISRVD_VALUES_H

#include "dispatch.h"

/* 0, or the code for the first number or string of the request that cannot be meant. */
LONG values_check(struct request *r);
/* The bits of a group that requests on this open (NULL: on none) may have. */
uint32_t values_known(const struct open *o, const char *group);

#endif
