// SPDX-License-Identifier: MIT
/* absent.c - a library to be preloaded: the TAPI function that $TAPI_PROVE names answers
 * OPERATIONUNAVAIL, the others go on to libtapi. For make coverage-prove. */
#include <dlfcn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <tapi.h>

/* To tell that it is here. */
__attribute__((constructor)) static void here(void)
{
	(void)setenv("TAPI_ABSENT_IS_LOADED", "1", 1);
}

static LONG unavailable(const char *function)
{
	return strncmp(function, "phone", 5) == 0 ? PHONEERR_OPERATIONUNAVAIL
						  : LINEERR_OPERATIONUNAVAIL;
}

static bool is_absent(const char *function)
{
	const char *name = getenv("TAPI_PROVE");

	return name && strcmp(name, function) == 0;
}

static void find(void *function, const char *name)
{
	void *found = dlsym(RTLD_NEXT, name);

	if (!found)
		abort();
	memcpy(function, &found, sizeof(found));
}

/* clang-format off */
#define ABSENT(name, parameters, arguments)                                                        \
	LONG name parameters                                                                       \
	{                                                                                          \
		LONG (*function) parameters;                                                       \
                                                                                                   \
		if (is_absent(#name))                                                              \
			return unavailable(#name);                                                 \
		find(&function, #name);                                                            \
		return function arguments;                                                         \
	}
/* clang-format on */
#include "coverage/absent.inc"
