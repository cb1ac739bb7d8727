// SPDX-License-Identifier: MIT
/* admin.c - sys-admin config ID: lineConfigProvider, and its result by name. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tapi.h>
#include <tapix.h>

int main(int argc, char **argv)
{
	LINEINITIALIZEEXPARAMS params = { .dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT };
	DWORD lines, version = 0x00020002;
	struct tapix_reason reason;
	HLINEAPP app;
	LONG result;

	if (argc != 3 || strcmp(argv[1], "config") != 0)
		return 2;
	result = lineInitializeEx(&app, 0, NULL, "admin", &lines, &version, &params);
	if (!result)
		result = lineConfigProvider(0, (DWORD)strtoul(argv[2], NULL, 10));
	if (result) {
		tapixGetLastReason(&reason);
		(void)printf("%s %s\n", tapixConstantName("LINEERR_", (DWORD)result),
				reason.sentence);
	}
	return result ? 1 : 0;
}
