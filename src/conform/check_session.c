// SPDX-License-Identifier: MIT
/* check_session.c - sessions: they begin, end and begin again as if nothing had been; lines and
 * phones open and close. */
#include "checks.h"
#include "kit.h"

#include <dirent.h>

static void check_start(void)
{
	kit_load();
	kit_begin(0, 0);
	if (kit.lines > 65536 || kit.phones > 65536)
		fault("it has %u lines and %u phones", (unsigned)kit.lines, (unsigned)kit.phones);
	for (unsigned i = 0; kit.phones && i < TSP_COUNT; i++)
		if (tsp_need((enum tsp_function)i) == TSP_WITH_PHONES &&
				!tsp_has(&kit.tsp, (enum tsp_function)i))
			fault("it has phones, but does not export %s",
					tsp_name((enum tsp_function)i));
	kit_end();
}

/* -1 where there is no such folder. */
static int count_entries(const char *folder)
{
	DIR *d = opendir(folder);
	int count = 0;

	if (!d)
		return -1;
	while (readdir(d))
		count++;
	(void)closedir(d);
	return count;
}

static void check_devices(DWORD base, DWORD other)
{
	DWORD version;

	for (DWORD i = 0; i < kit.lines && i < LINES_MAX; i++)
		if (TSPI(lineNegotiateTSPIVersion, base + i, KIT_LOW, KIT_HIGH, &version))
			fault("in a session whose lines begin at %u it does not know line %u",
					(unsigned)base, (unsigned)(base + i));
	if (!TSPI(lineNegotiateTSPIVersion, other, KIT_LOW, KIT_HIGH, &version))
		fault("in a session whose lines begin at %u it knows line %u: it has kept the base "
		      "of another session",
				(unsigned)base, (unsigned)other);
}

static void check_sessions(void)
{
	static const DWORD bases[] = { 0, 1000, 0, 2000 };
	int descriptors = 0, threads = 0;
	DWORD lines = 0;

	kit_load();
	for (unsigned i = 0; i < sizeof(bases) / sizeof(bases[0]); i++) {
		kit_begin(bases[i], bases[i]);
		if (i && kit.lines != lines)
			fault("it had %u lines in the first session and has %u in the next",
					(unsigned)lines, (unsigned)kit.lines);
		lines = kit.lines;
		check_devices(bases[i], bases[i] ? 0 : 1000);
		if (lines)
			kit_close(kit_open(0));
		kit_end();
		if (!i) { /* what the first needs for good is no leak */
			descriptors = count_entries("/proc/self/fd");
			threads = count_entries("/proc/self/task");
		}
	}
	if (count_entries("/proc/self/fd") > descriptors)
		fault("each session leaves descriptors open: %d after the first, %d now",
				descriptors, count_entries("/proc/self/fd"));
	if (count_entries("/proc/self/task") > threads)
		fault("each session leaves threads: %d after the first, %d now", threads,
				count_entries("/proc/self/task"));
}

static void check_open(void)
{
	kit_start();
	for (unsigned round = 0; round < 3; round++) {
		for (DWORD i = 0; i < kit.lines && i < LINES_MAX; i++)
			(void)kit_open(i);
		for (DWORD i = 0; i < kit.lines && i < LINES_MAX; i++)
			for (DWORD j = 0; j < i; j++)
				if (kit.line[i].hd == kit.line[j].hd)
					fault("lines %u and %u are open with the same handle",
							(unsigned)i, (unsigned)j);
		for (DWORD i = 0; i < kit.lines && i < LINES_MAX; i++)
			kit_close(&kit.line[i]);
	}
	kit_idle(100); /* nothing may come of what is closed */
	kit_end();
}

static void check_bad_devices(void)
{
	static const DWORD beyond[] = { 0, 1, 1000, 0x7fffffff };
	struct kit_line other;
	HDRVLINE hd;

	kit_start();
	for (size_t i = 0; i < sizeof(beyond) / sizeof(beyond[0]); i++) {
		LINEDEVCAPS caps = { .dwTotalSize = sizeof(caps) };
		LINEADDRESSCAPS address = { .dwTotalSize = sizeof(address) };
		DWORD device = kit.line_base + kit.lines + beyond[i];

		other = (struct kit_line){ .device = device, .ht = 1 };
		if (TSPI(lineGetDevCaps, device, kit.version, 0, &caps) == 0)
			fault("TSPI_lineGetDevCaps answers for device %u, which is not its own",
					(unsigned)device);
		if (TSPI(lineGetAddressCaps, device, 0, kit.version, 0, &address) == 0)
			fault("TSPI_lineGetAddressCaps answers for device %u, which is not its own",
					(unsigned)device);
		if (TSPI(lineOpen, device, other.ht, &hd, kit.version, NULL) == 0)
			fault("TSPI_lineOpen opens device %u, which is not its own",
					(unsigned)device);
	}
	kit_end();
}

/* Nothing is asked of the phones, so whatever they tell is not looked at. */
static void TSPIAPI on_phone(HTAPIPHONE phone, DWORD msg, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3)
{
	(void)phone;
	(void)msg;
	(void)p1;
	(void)p2;
	(void)p3;
}

static void phone_open_close(DWORD device)
{
	static DWORD handle;
	HDRVPHONE hd = 0;
	DWORD version;
	LONG result = TSPI(phoneNegotiateTSPIVersion, device, KIT_LOW, kit.version, &version);

	if (!result)
		result = TSPI(phoneOpen, device, ++handle, &hd, version, on_phone);
	if (result)
		fault("phone %u cannot be opened: %s", (unsigned)device, kit_error(result));
	else if (!hd)
		fault("TSPI_phoneOpen gives the handle 0, which means none");
	else if (TSPI(phoneClose, hd))
		fault("TSPI_phoneClose fails; there is nobody who could keep the phone");
}

static void check_phones(void)
{
	kit_load();
	kit_begin(3, 5);
	if (!kit.phones)
		skip("it has no phones");
	for (DWORD i = 0; i < kit.phones && i < LINES_MAX; i++) {
		phone_open_close(kit.phone_base + i);
		phone_open_close(kit.phone_base + i);
	}
	kit_end();
}

const struct check checks_session[] = {
	{ "start", "a session begins with its devices and ends", check_start },
	{ "sessions", "nothing is kept from one session to the next", check_sessions },
	{ "open", "lines open with handles of their own, and close for good", check_open },
	{ "devices", "devices of others are refused", check_bad_devices },
	{ "phones", "phones open and close", check_phones },
};
const size_t checks_session_count = sizeof(checks_session) / sizeof(checks_session[0]);
