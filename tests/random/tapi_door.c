// SPDX-License-Identifier: MIT
/* tapi_door.c - which call of the daemon a handle stands for, so that the checker can tell calls
 * apart that look alike. */
#include "machine.h"

#include "libtapi/internal.h"

uint64_t tapi_door_call(HCALL handle)
{
	struct app *a = handle_app(handle, HANDLE_CALL);
	const struct call *c;
	uint64_t id;

	if (!a)
		return 0;
	app_lock(a);
	c = handle_object(a, handle, HANDLE_CALL);
	id = c ? c->id : 0;
	app_unlock(a);
	app_unref(a);
	return id;
}
