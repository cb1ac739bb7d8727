// SPDX-License-Identifier: MIT
/* check_caps.c - structures: sizes by version, what fits, nothing beyond, and what does not fit. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "checks.h"
#include "kit.h"

#include "tapi.pb-c.h"
#include "wire/flat.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { ROOM = 65536, GUARD = 64 };

/* A structure that ends where a page begins that must not be touched. */
static unsigned char *edge;
static size_t page;

static void make_edge(void)
{
	unsigned char *at;

	page = (size_t)sysconf(_SC_PAGESIZE);
	at = mmap(NULL, ROOM + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (at == MAP_FAILED)
		stop("the kit has no memory");
	if (mprotect(at + ROOM, page, PROT_NONE) < 0)
		stop("the kit cannot protect memory");
	edge = at + ROOM;
}

/* One structure that can be asked for. */
struct getter {
	const char *what;
	const ProtobufCMessageDescriptor *d;
	LONG (*get)(void *structure);
};

static struct kit_line *line;
static struct kit_call *call;

static LONG get_dev_caps(void *s)
{
	return TSPI(lineGetDevCaps, line->device, line->version, 0, s);
}

static LONG get_address_caps(void *s)
{
	return TSPI(lineGetAddressCaps, line->device, 0, line->version, 0, s);
}

static LONG get_line_status(void *s)
{
	return TSPI(lineGetLineDevStatus, line->hd, s);
}

static LONG get_address_status(void *s)
{
	return TSPI(lineGetAddressStatus, line->hd, 0, s);
}

static LONG get_call_info(void *s)
{
	return TSPI(lineGetCallInfo, call->hd, s);
}

static LONG get_call_status(void *s)
{
	return TSPI(lineGetCallStatus, call->hd, s);
}

static const struct getter getters[] = {
	{ "TSPI_lineGetDevCaps", &line_dev_caps__descriptor, get_dev_caps },
	{ "TSPI_lineGetAddressCaps", &line_address_caps__descriptor, get_address_caps },
	{ "TSPI_lineGetLineDevStatus", &line_dev_status__descriptor, get_line_status },
	{ "TSPI_lineGetAddressStatus", &line_address_status__descriptor, get_address_status },
	{ "TSPI_lineGetCallInfo", &line_call_info__descriptor, get_call_info },
	{ "TSPI_lineGetCallStatus", &line_call_status__descriptor, get_call_status },
};
enum { GETTERS = sizeof(getters) / sizeof(getters[0]), CALL_GETTERS = 4 };

struct header {
	DWORD total, needed, used;
};

/* The host's part: total is set, all else is 0. Before it are bytes that must stay. */
static struct header *prepare(size_t size)
{
	unsigned char *at = edge - size;

	memset(edge - ROOM, 0xa5, ROOM - size);
	memset(at, 0, size);
	((struct header *)(void *)at)->total = (DWORD)size;
	return (struct header *)(void *)at;
}

static void check_header(const struct getter *g, const struct header *h, size_t size, size_t fixed)
{
	if (h->total != size)
		fault("%s changes dwTotalSize from %zu to %u", g->what, size, (unsigned)h->total);
	if (h->used > size)
		fault("%s claims to have used %u of %zu bytes", g->what, (unsigned)h->used, size);
	if (h->used < fixed)
		fault("%s used %u bytes, less than its fixed part of %zu", g->what,
				(unsigned)h->used, fixed);
	if (h->needed < h->used)
		fault("%s needed %u bytes, less than the %u that it used", g->what,
				(unsigned)h->needed, (unsigned)h->used);
	for (const unsigned char *p = edge - size - GUARD; p < edge - size; p++)
		if (*p != 0xa5) {
			fault("%s writes before the structure", g->what);
			return;
		}
}

/* What it says of its parts must be readable. */
static void check_parts(const struct getter *g, const struct header *h, struct arena *a)
{
	const struct flat_hooks hooks = { .version = line->version };
	ProtobufCMessage *m = NULL;

	if (flat_read(g->d, h, h->used, &hooks, a, &m) < 0)
		fault("%s gives a structure whose parts lie outside of what it used", g->what);
}

static void check_size(const struct getter *g, size_t size, size_t fixed, struct arena *a)
{
	struct header *h = prepare(size);
	LONG result = g->get(h);

	if (result) {
		fault("%s answers %s to a structure of %zu bytes, of which %zu are the fixed part",
				g->what, kit_error(result), size, fixed);
		return;
	}
	check_header(g, h, size, fixed);
	check_parts(g, h, a);
}

static void check_getter(const struct getter *g)
{
	size_t fixed = flat_fixed_size(g->d, line->version), whole;
	struct arena a;
	struct header *h;

	arena_init(&a, (size_t)16 * 1024 * 1024);
	h = prepare(ROOM / 2);
	if (g->get(h) == 0) {
		whole = h->needed;
		check_header(g, h, ROOM / 2, fixed);
		check_parts(g, h, &a);
		if (whole >= fixed && whole < ROOM / 2) {
			check_size(g, whole, fixed, &a); /* just enough */
			h = prepare(whole);
			if (g->get(h) == 0 && h->needed > whole)
				fault("%s first needs %zu bytes, and %u when it has them", g->what,
						whole, (unsigned)h->needed);
		}
		for (size_t size = fixed; size < whole && size < fixed + 256; size += 7)
			check_size(g, size, fixed, &a);
	} else {
		fault("%s fails", g->what);
	}
	h = prepare(fixed - 4);
	if (g->get(h) == 0 && h->used > fixed - 4)
		fault("%s uses more than the %zu bytes that there are", g->what, fixed - 4);
	arena_fini(&a);
}

static void check_devices(void)
{
	make_edge();
	kit_start();
	for (DWORD i = 0; i < kit.lines && i < LINES_MAX && i < 8; i++) {
		line = kit_open(i);
		for (unsigned g = 0; g < CALL_GETTERS; g++)
			check_getter(&getters[g]);
		kit_close(line);
	}
	kit_end();
}

static void check_calls(void)
{
	LONG why;

	make_edge();
	kit_start();
	line = kit_open(0);
	call = kit_make_call(line, kit_address(line), &why);
	if (!call)
		skip("no call can be made to %s: %s; --dial names another address",
				kit_address(line), kit_error(why));
	for (unsigned g = CALL_GETTERS; g < GETTERS; g++)
		check_getter(&getters[g]);
	kit_end_call(call);
	kit_close(line);
	kit_end();
}

static void check_addresses(void)
{
	kit_start();
	for (DWORD i = 0; i < kit.lines && i < LINES_MAX && i < 8; i++) {
		struct kit_line *l = kit_open(i);
		const LINEDEVCAPS *caps = kit_dev_caps(l);
		DWORD count = caps ? caps->dwNumAddresses : 0, ids = 0;
		LINEADDRESSCAPS beyond = { .dwTotalSize = sizeof(beyond) };

		if (caps && !count)
			fault("line %u has no address", (unsigned)i);
		if (TSPI(lineGetNumAddressIDs, l->hd, &ids) == 0 && ids != count)
			fault("line %u has %u addresses by its capabilities, and %u by "
			      "TSPI_lineGetNumAddressIDs",
					(unsigned)i, (unsigned)count, (unsigned)ids);
		for (DWORD a = 0; a < count && a < 8; a++)
			(void)kit_address_caps(l, a);
		if (TSPI(lineGetAddressCaps, l->device, count, l->version, 0, &beyond) == 0)
			fault("line %u answers for address %u, of %u", (unsigned)i, (unsigned)count,
					(unsigned)count);
		kit_close(l);
	}
	kit_end();
}

static void check_permanent(void)
{
	DWORD ids[LINES_MAX] = { 0 };
	bool known[LINES_MAX] = { false };

	kit_load();
	for (unsigned session = 0; session < 2; session++) {
		kit_begin(session * 100, 0);
		if (!kit.lines)
			skip("it has no lines");
		for (DWORD i = 0; i < kit.lines && i < LINES_MAX; i++) {
			const LINEDEVCAPS *caps = kit_dev_caps(&kit.line[i]);

			if (caps && known[i] && caps->dwPermanentLineID != ids[i])
				fault("line %u had the permanent id %#x and has %#x in the next "
				      "session",
						(unsigned)i, (unsigned)ids[i],
						(unsigned)caps->dwPermanentLineID);
			ids[i] = caps ? caps->dwPermanentLineID : 0;
			known[i] = caps != NULL;
			for (DWORD j = 0; j < i; j++)
				if (ids[j] == ids[i])
					fault("lines %u and %u have the same permanent id %#x",
							(unsigned)j, (unsigned)i, (unsigned)ids[i]);
		}
		kit_end();
	}
}

const struct check checks_caps[] = {
	{ "sizes", "structures of devices keep to their sizes", check_devices },
	{ "callsizes", "structures of calls keep to their sizes", check_calls },
	{ "addresses", "each line has the addresses that it counts", check_addresses },
	{ "permanent", "permanent ids of lines are unique and stay", check_permanent },
};
const size_t checks_caps_count = sizeof(checks_caps) / sizeof(checks_caps[0]);
