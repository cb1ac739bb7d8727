// SPDX-License-Identifier: MIT
/* borrow.c - functions of TAPI that need no lineInitializeEx (dialling rules, assisted telephony):
 * they use the program's oldest application, else one of their own for the time of the call. */
#include "libtapi/internal.h"

enum { VERSION_NEWEST = 0x00030001 };

LONG app_borrow(struct app **out)
{
	struct app_options options = { .api_version = VERSION_NEWEST,
		.mode = LINEINITIALIZEEXOPTION_USEEVENT,
		.borrowed = true };
	DWORD ignored;
	LONG result;

	*out = apps_oldest(false);
	if (*out)
		return 0;
	result = app_open(&options, out);
	if (result)
		return result;
	result = app_await_providers(*out, &ignored); /* so that its devices are known */
	if (result)
		app_give_back(*out);
	return result;
}

void app_give_back(struct app *a)
{
	if (a->borrowed)
		app_close(a);
	app_unref(a);
}
