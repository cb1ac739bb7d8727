// SPDX-License-Identifier: MIT
/* tsp_bad.c - the template with three entries of its own, which misbehave as its configuration
 * says: version = N               speaks TSPI version N only init = fail TSPI_providerInit fails
 * with a reason make_call = hang | crash  TSPI_lineMakeCall does not return, or kills its process
 */
#include <stdlib.h>
#include <tspi.h>
#include <unistd.h>

LONG template_negotiate(DWORD device, DWORD low, DWORD high, DWORD *version);
LONG template_init(DWORD version, DWORD provider, DWORD line_base, DWORD phone_base,
		DWORD_PTR lines, DWORD_PTR phones, ASYNC_COMPLETION complete, DWORD *options);
LONG template_make_call(DRV_REQUESTID id, HDRVLINE hd, HTAPICALL ht_call, HDRVCALL *out,
		const char *dest, DWORD country, const LINECALLPARAMS *params);

#define TSPI_lineNegotiateTSPIVersion template_negotiate
#define TSPI_providerInit             template_init
#define TSPI_lineMakeCall             template_make_call
#include "../../src/providers/template/tsp.c"
#undef TSPI_lineNegotiateTSPIVersion
#undef TSPI_providerInit
#undef TSPI_lineMakeCall

static struct {
	DWORD version;
	bool init_fails, hangs, crashes;
} bad;

LONG TSPI_providerConfigure(LPCSTR key, LPCSTR value)
{
	if (strcmp(key, "version") == 0)
		bad.version = (DWORD)strtoul(value, NULL, 0);
	else if (strcmp(key, "init") == 0)
		bad.init_fails = strcmp(value, "fail") == 0;
	else if (strcmp(key, "make_call") == 0 && strcmp(value, "hang") == 0)
		bad.hangs = true;
	else if (strcmp(key, "make_call") == 0 && strcmp(value, "crash") == 0)
		bad.crashes = true;
	else if (strcmp(key, "configure") == 0 && strcmp(value, "hang") == 0)
		(void)pause();
	else if (strcmp(key, "configure") == 0 && strcmp(value, "crash") == 0)
		abort();
	else
		return LINEERR_INVALPARAM;
	return 0;
}

LONG TSPI_lineNegotiateTSPIVersion(DWORD device, DWORD low, DWORD high, LPDWORD version)
{
	if (!bad.version)
		return template_negotiate(device, low, high, version);
	if (low > bad.version || high < bad.version)
		return fail(LINEERR_INCOMPATIBLEAPIVERSION, "TSPI version",
				"only the version of another time is spoken");
	*version = bad.version;
	return 0;
}

LONG TSPI_providerInit(DWORD version, DWORD provider, DWORD line_base, DWORD phone_base,
		DWORD_PTR lines, DWORD_PTR phones, ASYNC_COMPLETION complete, LPDWORD options)
{
	if (bad.init_fails)
		return fail(LINEERR_OPERATIONFAILED, "no board", "the board is not plugged in");
	return template_init(version, provider, line_base, phone_base, lines, phones, complete,
			options);
}

LONG TSPI_lineMakeCall(DRV_REQUESTID id, HDRVLINE hd, HTAPICALL ht, LPHDRVCALL out, LPCSTR dest,
		DWORD country, const LINECALLPARAMS *params)
{
	while (bad.hangs)
		(void)pause();
	if (bad.crashes)
		abort();
	return template_make_call(id, hd, ht, out, dest, country, params);
}
