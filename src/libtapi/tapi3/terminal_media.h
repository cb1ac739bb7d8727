// SPDX-License-Identifier: MIT
/* terminal_media.h - how the functions of a terminal reach the MSP's interface for them. */
#ifndef TAPI3_TERMINAL_MEDIA_H
#define TAPI3_TERMINAL_MEDIA_H

#include "libtapi/tapi3/objects.h"

/* Looks the interface up; under the lock afterwards, whatever comes out. */
LONG terminal_enter(const struct tapi_terminal *terminal, const GUID *iid, const void **vtable);
/* Gives the lock back; a failure gets the reason "the terminal cannot WHAT". */
LONG terminal_leave(LONG result, const char *what);
/* The same with the MSP's own words, where it knows more; cause "file", "device". */
LONG terminal_leave_with(const struct tapi_terminal *terminal, LONG result, const char *cause,
		const char *what);
/* TAPI_E_NOTSUPPORTED unless the call has media. */
LONG terminal_media_of(struct tapi_call *call);

#define ENTER(terminal, IID, type, v)                                                              \
	static const GUID iid = IID;                                                               \
	const void *vtable = NULL;                                                                 \
	LONG result = terminal_enter(terminal, &iid, &vtable);                                     \
	const struct type *v = vtable

#endif
