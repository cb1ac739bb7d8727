// SPDX-License-Identifier: MIT
/* fault.h - what the host itself refuses, as a code for lines and one for phones. */
#ifndef TSPHOST_FAULT_H
#define TSPHOST_FAULT_H

#include "wire/calls.h"

#include <tapi.h>

enum fault {
	FAULT_UNAVAILABLE,
	FAULT_FAILED,
	FAULT_NO_MEMORY,
	FAULT_TOO_SMALL,
	FAULT_BAD_PARAMETER,
	FAULT_NOT_OPEN,
	FAULT_NO_CALL,
	FAULT_UNINITIALIZED,
	FAULT_TOO_LONG,
};

LONG fault_code(enum fault f, const struct rule *rule);

#endif
