// SPDX-License-Identifier: MIT
/* empty.c - a shared object that is no TSP. */
#include <tapi.h>

TAPI_EXPORT int empty_of_tspi(void);

int empty_of_tspi(void)
{
	return 0;
}
