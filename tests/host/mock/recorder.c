// SPDX-License-Identifier: MIT
/* recorder.c - a TSP that exports all TSPI functions of tsp.def and remembers which were entered.
 * Every one succeeds; asynchronous ones complete before they return. */
#include "recorder.h"

#include <string.h>

static ASYNC_COMPLETION complete;
static struct {
	const char *name;
	unsigned count;
} entries[] = {
#define TSPI(name, need, params) { "TSPI_" #name, 0 },
#include "tsphost/tsp.def"
#undef TSPI
};

unsigned recorder_count(const char *name)
{
	for (size_t i = 0; i < sizeof(entries) / sizeof(entries[0]); i++)
		if (strcmp(entries[i].name, name) == 0)
			return entries[i].count;
	return 0;
}

static LONG enter(const char *name, DRV_REQUESTID id)
{
	for (size_t i = 0; i < sizeof(entries) / sizeof(entries[0]); i++)
		if (strcmp(entries[i].name, name) == 0)
			entries[i].count++;
	if (id)
		complete(id, 0);
	return (LONG)id;
}

/* Functions that have no such parameter see these. */
static const DRV_REQUESTID dwRequestID;
static ASYNC_COMPLETION lpfnCompletionProc;
static DWORD nowhere;
static HDRVCALL no_call;
static LPDWORD lpdwTSPIVersion = &nowhere, lpdwNumLines = &nowhere, lpdwNumPhones = &nowhere;
static const DWORD dwHighVersion = 0x00030001;
static LPHDRVCALL lphdCall = &no_call, lphdConfCall = &no_call, lphdConsultCall = &no_call;

LONG TSPIAPI TSPI_providerConfigure(LPCSTR key, LPCSTR value)
{
	(void)key;
	(void)value;
	return 0;
}

#define TSPI(name, need, params)                                                                   \
	LONG TSPIAPI TSPI_##name params                                                            \
	{                                                                                          \
		if (lpfnCompletionProc)                                                            \
			complete = lpfnCompletionProc;                                             \
		*lpdwTSPIVersion = dwHighVersion;                                                  \
		*lpdwNumLines = 1;                                                                 \
		*lpdwNumPhones = 1;                                                                \
		if (lphdCall)                                                                      \
			*lphdCall = 1;                                                             \
		if (lphdConfCall)                                                                  \
			*lphdConfCall = 2;                                                         \
		if (lphdConsultCall)                                                               \
			*lphdConsultCall = 3;                                                      \
		return enter("TSPI_" #name, dwRequestID);                                          \
	}
#include "tsphost/tsp.def"
#undef TSPI
