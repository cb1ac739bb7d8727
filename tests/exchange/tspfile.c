// SPDX-License-Identifier: MIT
/* tspfile.c - dlopen and dlsym of a TSP. */
#include "tspfile.h"

#include <check.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tsp_file tsp;
static void *file;

/* ISO C has no conversion from an object pointer to a function pointer, so copy the bytes. */
static void look_up(const char *name, void *slot)
{
	void *symbol = dlsym(file, name);

	ck_assert_msg(symbol != NULL, "%s is missing", name);
	memcpy(slot, &symbol, sizeof(symbol));
}

static void look_up_if_there(const char *name, void *slot)
{
	if (tsp_exports(name))
		look_up(name, slot);
}

void tsp_open(const char *name)
{
	const char *build = getenv("BUILD");
	char path[512];

	(void)snprintf(path, sizeof(path), "%s/lib/tapi/tsp/%s.so", build ? build : "build/default",
			name);
	file = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	ck_assert_msg(file != NULL, "%s", dlerror());
	look_up_if_there("TSPI_providerConfigure", &tsp.providerConfigure);
	look_up_if_there("TSPI_providerSetReasonProc", &tsp.providerSetReasonProc);
	look_up_if_there("TSPI_lineSetDefaultMediaDetection", &tsp.lineSetDefaultMediaDetection);
#define ENTRY(e) look_up("TSPI_" #e, &tsp.e)
	ENTRY(providerEnumDevices);
	ENTRY(providerInit);
	ENTRY(providerShutdown);
	ENTRY(lineAnswer);
	ENTRY(lineClose);
	ENTRY(lineCloseCall);
	ENTRY(lineDrop);
	ENTRY(lineGetAddressCaps);
	ENTRY(lineGetAddressStatus);
	ENTRY(lineGetCallInfo);
	ENTRY(lineGetCallStatus);
	ENTRY(lineGetDevCaps);
	ENTRY(lineGetLineDevStatus);
	ENTRY(lineMakeCall);
	ENTRY(lineNegotiateTSPIVersion);
	ENTRY(lineOpen);
	ENTRY(lineSetAppSpecific);
#undef ENTRY
}

bool tsp_exports(const char *symbol)
{
	return dlsym(file, symbol) != NULL;
}
