// SPDX-License-Identifier: MIT
/* kit.c - sessions, lines and calls of the host that the kit plays. */
#include "kit.h"

#include "kit_raise.h"

#include "wire/names.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct kit kit;

static char said[256]; /* why, as the TSP says */

static void CALLBACK on_reason(LPCSTR cause, LPCSTR sentence)
{
	(void)snprintf(said, sizeof(said), "%s%s%s", cause ? cause : "",
			cause && sentence ? ": " : "", sentence ? sentence : "");
}

LONG kit_left(LONG result)
{
	child_leave();
	return result;
}

const char *kit_error(LONG code)
{
	static char text[64];
	const char *name = names_constant("LINEERR_", (DWORD)code);

	if (!name)
		name = names_constant("PHONEERR_", (DWORD)code);
	if (name)
		return name;
	(void)snprintf(text, sizeof(text), "%#x", (unsigned)code);
	return text;
}

static void give_keys(void)
{
	for (unsigned i = 0; i < conform_options.key_count; i++) {
		char key[KEY_SIZE];
		char *value;

		(void)snprintf(key, sizeof(key), "%s", conform_options.keys[i]);
		value = strchr(key, '=');
		assert(value); /* main.c has seen to it */
		*value++ = '\0';
		if (!kit.tsp.providerConfigure)
			stop("it takes no keys: it does not export TSPI_providerConfigure");
		if (TSPI(providerConfigure, key, value))
			stop("it does not take the key %s: %s", key, said);
	}
	if (!kit.tsp.providerConfigured)
		return;
	child_enter("TSPI_providerConfigured");
	if (kit_left(kit.tsp.providerConfigured()))
		stop("it does not take its configuration: %s", said);
}

void kit_load(void)
{
	char why[384];

	child_enter("dlopen");
	if (tsp_load(&kit.tsp, conform_options.path, why, sizeof(why)) < 0)
		stop("%s", why);
	child_leave();
	if (kit.tsp.providerSetReasonProc) {
		child_enter("TSPI_providerSetReasonProc");
		kit.tsp.providerSetReasonProc(on_reason);
		child_leave();
	}
}

static void negotiate(void)
{
	LONG result = TSPI(lineNegotiateTSPIVersion, INITIALIZE_NEGOTIATION, KIT_LOW, KIT_HIGH,
			&kit.version);

	if (result)
		stop("it cannot be negotiated with: %s %s", kit_error(result), said);
	if (kit.version < KIT_LOW || kit.version > KIT_HIGH)
		stop("it chose version %#x, which is not between %#x and %#x",
				(unsigned)kit.version, KIT_LOW, KIT_HIGH);
}

void kit_begin(DWORD line_base, DWORD phone_base)
{
	LONG result;

	give_keys();
	negotiate();
	kit.line_base = line_base;
	kit.phone_base = phone_base;
	result = TSPI(providerEnumDevices, KIT_ID, &kit.lines, &kit.phones, (HPROVIDER)KIT_ID,
			raise_line, raise_phone);
	if (result)
		stop("TSPI_providerEnumDevices failed: %s %s", kit_error(result), said);
	result = TSPI(providerInit, kit.version, KIT_ID, line_base, phone_base, kit.lines,
			kit.phones, raise_completion, &kit.options);
	if (result)
		stop("TSPI_providerInit failed: %s %s", kit_error(result), said);
	kit.running = true;
	for (DWORD i = 0; i < kit.lines && i < LINES_MAX; i++)
		kit.line[i] = (struct kit_line){ .device = line_base + i, .version = kit.version };
}

void kit_end(void)
{
	(void)TSPI(providerShutdown, kit.version, KIT_ID);
	raise_session_over();
	kit.running = false;
}

void kit_start(void)
{
	kit_load();
	kit_begin(3, 5);
	if (!kit.lines)
		skip("it has no lines%s", conform_options.key_count
							  ? ""
							  : "; --key gives it a configuration");
}

struct kit_line *kit_open(DWORD index)
{
	struct kit_line *l = &kit.line[index];
	LONG result;

	result = TSPI(lineNegotiateTSPIVersion, l->device, KIT_LOW, kit.version, &l->version);
	if (result)
		stop("line %u cannot be negotiated with: %s", (unsigned)index, kit_error(result));
	raise_open(l);
	result = TSPI(lineOpen, l->device, l->ht, &l->hd, l->version, raise_line);
	if (result)
		stop("line %u cannot be opened: %s %s", (unsigned)index, kit_error(result), said);
	if (!l->hd)
		stop("TSPI_lineOpen gives the handle 0, which means none");
	l->open = l->was_open = true;
	/* As the core does behind the first open. */
	(void)TSPI(lineSetStatusMessages, l->hd, LINEDEVSTATE_REMOVED * 2 - 1,
			LINEADDRESSSTATE_CAPSCHANGE * 2 - 1);
	return l;
}

void kit_close(struct kit_line *l)
{
	LONG result = TSPI(lineClose, l->hd);

	l->open = false;
	raise_closed(l, NULL);
	if (result)
		fault("TSPI_lineClose answers %s; there is nobody who could keep the line",
				kit_error(result));
}

void kit_close_call(struct kit_call *c)
{
	if (kit.tsp.lineCloseCall && c->hd)
		(void)TSPI(lineCloseCall, c->hd);
	raise_closed(NULL, c);
}

struct kit_call *kit_make_call(struct kit_line *l, const char *address, LONG *why)
{
	struct kit_request *r = kit_request("TSPI_lineMakeCall", l, NULL);
	struct kit_call *c = kit_call(l, r);
	LONG result = KIT_ASYNC(r, lineMakeCall, l->hd, c->ht, &c->hd, address, 0, NULL);

	if (result < 0) {
		*why = result;
		return NULL;
	}
	if (!c->hd)
		stop("TSPI_lineMakeCall gives the call handle 0, which means none");
	*why = kit_wait(r);
	return *why ? NULL : c;
}

void kit_end_call(struct kit_call *c)
{
	struct kit_request *r;

	if (!c->idle && kit.tsp.lineDrop) {
		r = kit_request("TSPI_lineDrop", c->line, c);
		if (KIT_ASYNC(r, lineDrop, c->hd, NULL, 0) >= 0)
			(void)kit_wait(r);
		if (!kit_await(c, LINECALLSTATE_IDLE, WAIT_MS))
			fault("a call that was dropped does not become IDLE");
	}
	kit_close_call(c);
}

/* --- capabilities --- */

static union {
	DWORD slots[16384];
	LINEDEVCAPS dev;
	LINEADDRESSCAPS address;
} room[2];

const LINEDEVCAPS *kit_dev_caps(const struct kit_line *l)
{
	LONG result;

	memset(&room[0], 0, sizeof(room[0]));
	room[0].dev.dwTotalSize = sizeof(room[0]);
	result = TSPI(lineGetDevCaps, l->device, l->version, 0, &room[0].dev);
	if (!result)
		return &room[0].dev;
	fault("TSPI_lineGetDevCaps of device %u answers %s", (unsigned)l->device,
			kit_error(result));
	return NULL;
}

const LINEADDRESSCAPS *kit_address_caps(const struct kit_line *l, DWORD address)
{
	LONG result;

	memset(&room[1], 0, sizeof(room[1]));
	room[1].address.dwTotalSize = sizeof(room[1]);
	result = TSPI(lineGetAddressCaps, l->device, address, l->version, 0, &room[1].address);
	if (!result)
		return &room[1].address;
	fault("TSPI_lineGetAddressCaps of device %u, address %u answers %s", (unsigned)l->device,
			(unsigned)address, kit_error(result));
	return NULL;
}

const char *kit_address(const struct kit_line *l)
{
	static char text[256];
	const struct kit_line *other = &kit.line[kit.lines > 1 && l == &kit.line[0] ? 1 : 0];
	const LINEADDRESSCAPS *caps;

	if (conform_options.dial)
		return conform_options.dial;
	caps = kit_address_caps(other, 0);
	if (!caps || !caps->dwAddressSize || caps->dwAddressSize > sizeof(text))
		return "1";
	memcpy(text, (const char *)caps + caps->dwAddressOffset, caps->dwAddressSize);
	text[sizeof(text) - 1] = '\0';
	return text;
}
