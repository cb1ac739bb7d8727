// SPDX-License-Identifier: MIT
/* lines.c - tapictl lines, tapictl line N. */
#include "tapictl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "out of service: Forbidden [SIP 403]"; to be asked for right after the status. */
const char *line_state(const LINEDEVSTATUS *status, struct tapix_reason *r)
{
	static char text[512];
	bool serves = status->dwDevStatusFlags & LINEDEVSTATUSFLAGS_INSERVICE;

	tapixGetLastReason(r);
	if (serves)
		memset(r, 0, sizeof(*r));
	(void)snprintf(text, sizeof(text), "%s%s%s%s%s%s", serves ? "in service" : "out of service",
			r->sentence[0] || r->cause[0] ? ": " : "", r->sentence,
			r->cause[0] ? " [" : "", r->cause, r->cause[0] ? "]" : "");
	return text;
}

/* Wide enough for the media modes of a line with voice, data and fax. */
#define COLUMNS " %-16s %-26s %-18s %-48s %s\n"

/* The line is opened for the time of a question. NULL: *error, whose reason is the last one. */
static LINEDEVSTATUS *ask_status(struct session *s, DWORD device, LONG *error,
		struct tapix_reason *r, const char **state)
{
	LINEDEVSTATUS *status;
	HLINE line;

	*error = session_open_line(s, device, LINECALLPRIVILEGE_NONE, 0, &line);
	if (*error < 0) {
		tapixGetLastReason(r);
		*state = r->sentence[0] ? r->sentence : "cannot be opened";
		return NULL;
	}
	status = get_line_status(line, error);
	*state = status ? line_state(status, r) : "unknown";
	(void)lineClose(line);
	return status;
}

static void lines_row(DWORD device, const LINEDEVCAPS *caps, const LINEADDRESSCAPS *address,
		const char *state)
{
	printf("%4u " COLUMNS, device, part(caps, caps->dwLineNameSize, caps->dwLineNameOffset),
			address ? part(address, address->dwAddressSize, address->dwAddressOffset)
				: "",
			part(caps, caps->dwProviderInfoSize, caps->dwProviderInfoOffset),
			short_bits("LINEMEDIAMODE_", caps->dwMediaModes), state);
}

static void lines_json(DWORD device, const LINEDEVCAPS *caps, const LINEDEVSTATUS *status,
		const char *state, const struct tapix_reason *r)
{
	printf("{\"device\":%u,\"state\":", device);
	print_json_text(state);
	print_json("line_dev_caps", "LINEDEVCAPS", caps, true);
	if (status)
		print_json("line_dev_status", "LINEDEVSTATUS", status, true);
	if (r->sentence[0] || r->cause[0]) {
		printf(",\"reason\":");
		print_json_reason(r);
	}
	printf("}\n");
}

static enum exit_code show_in_list(struct session *s, DWORD device, bool json)
{
	LONG error, status_error;
	LINEDEVCAPS *caps = get_dev_caps(s, device, &error);
	LINEADDRESSCAPS *address = caps ? get_address_caps(s, device, 0, &error) : NULL;
	LINEDEVSTATUS *status;
	struct tapix_reason r;
	const char *state = "";

	if (!caps)
		return is_gone(error) ? EXIT_DONE : complain("a line's capabilities", error);
	memset(&r, 0, sizeof(r));
	status = ask_status(s, device, &status_error, &r, &state);
	if (json)
		lines_json(device, caps, status, state, &r);
	else
		lines_row(device, caps, address, state);
	free(status);
	free(caps);
	free(address);
	return EXIT_DONE;
}

enum exit_code command_lines(const struct options *o)
{
	struct session s;
	enum exit_code code = session_open(&s);

	if (code)
		return code;
	if (!o->json)
		printf("line " COLUMNS, "name", "address", "provider", "media", "state");
	for (DWORD device = 0; device < s.lines; device++) {
		enum exit_code one = show_in_list(&s, device, o->json);

		code = one ? one : code;
	}
	session_close(&s);
	return code;
}

static void line_text(DWORD device, const LINEDEVCAPS *caps, const LINEDEVSTATUS *status,
		const char *state)
{
	printf("line %u  %s\n", device, part(caps, caps->dwLineNameSize, caps->dwLineNameOffset));
	printf("  provider        %s\n",
			part(caps, caps->dwProviderInfoSize, caps->dwProviderInfoOffset));
	printf("  switch          %s\n",
			part(caps, caps->dwSwitchInfoSize, caps->dwSwitchInfoOffset));
	printf("  permanent id    %#x\n", caps->dwPermanentLineID);
	printf("  media modes     %s\n", short_bits("LINEMEDIAMODE_", caps->dwMediaModes));
	printf("  bearer modes    %s\n", short_bits("LINEBEARERMODE_", caps->dwBearerModes));
	printf("  capabilities    %s\n", short_bits("LINEDEVCAPFLAGS_", caps->dwDevCapFlags));
	printf("  digits          send %s; ",
			short_bits("LINEDIGITMODE_", caps->dwGenerateDigitModes));
	printf("detect %s\n", short_bits("LINEDIGITMODE_", caps->dwMonitorDigitModes));
	printf("  addresses       %u, calls at most %u\n", caps->dwNumAddresses,
			caps->dwMaxNumActiveCalls);
	printf("  in use          %u opens, %u calls active, %u held\n", status->dwNumOpens,
			status->dwNumActiveCalls, status->dwNumOnHoldCalls);
	printf("  state           %s\n", state);
	printf("  flags           %s\n",
			short_bits("LINEDEVSTATUSFLAGS_", status->dwDevStatusFlags));
	printf("  features now    %s\n", short_bits("LINEFEATURE_", status->dwLineFeatures));
}

static void address_text(DWORD id, const LINEADDRESSCAPS *caps, const LINEADDRESSSTATUS *status)
{
	printf("  address %u       %s\n", id,
			part(caps, caps->dwAddressSize, caps->dwAddressOffset));
	printf("    calls         %u of %u active, %u held\n", status->dwNumActiveCalls,
			caps->dwMaxNumActiveCalls, status->dwNumOnHoldCalls);
	printf("    features      %s\n", short_bits("LINECALLFEATURE_", caps->dwCallFeatures));
	printf("    features now  %s\n", short_bits("LINEADDRFEATURE_", status->dwAddressFeatures));
}

static enum exit_code show_addresses(struct session *s, DWORD device, HLINE line, DWORD count,
		bool json)
{
	enum exit_code code = EXIT_DONE;

	for (DWORD id = 0; id < count && !code; id++) {
		LONG error;
		LINEADDRESSCAPS *caps = get_address_caps(s, device, id, &error);
		LINEADDRESSSTATUS *status = caps ? get_address_status(line, id, &error) : NULL;

		if (!status) {
			code = complain("the address", error);
		} else if (json) {
			printf("%s{\"address_id\":%u", id ? "," : "", id);
			print_json("address_caps", "LINEADDRESSCAPS", caps, true);
			print_json("address_status", "LINEADDRESSSTATUS", status, true);
			printf("}");
		} else {
			address_text(id, caps, status);
		}
		free(caps);
		free(status);
	}
	return code;
}

static enum exit_code show_line(struct session *s, DWORD device, HLINE line, bool json)
{
	LONG error;
	LINEDEVCAPS *caps = get_dev_caps(s, device, &error);
	LINEDEVSTATUS *status = caps ? get_line_status(line, &error) : NULL;
	enum exit_code code = EXIT_DONE;
	const char *state = "";
	struct tapix_reason r;

	if (status)
		state = line_state(status, &r);

	if (!status) {
		code = complain("the line", error);
	} else if (json) {
		printf("{\"device\":%u", device);
		print_json("line_dev_caps", "LINEDEVCAPS", caps, true);
		print_json("line_dev_status", "LINEDEVSTATUS", status, true);
		printf(",\"state\":");
		print_json_text(state);
		printf(",\"addresses\":[");
		code = show_addresses(s, device, line, caps->dwNumAddresses, true);
		printf("]}\n");
	} else {
		line_text(device, caps, status, state);
		code = show_addresses(s, device, line, caps->dwNumAddresses, false);
	}
	free(caps);
	free(status);
	return code;
}

enum exit_code command_line(const struct options *o)
{
	struct session s;
	enum exit_code code = session_open(&s);
	DWORD device;
	HLINE line;
	LONG error;

	if (code)
		return code;
	code = session_line(&s, o->argv[1], &device);
	if (!code) {
		error = session_open_line(&s, device, LINECALLPRIVILEGE_NONE, 0, &line);
		code = error < 0 ? complain("the line cannot be opened", error)
				 : show_line(&s, device, line, o->json);
	}
	session_close(&s);
	return code;
}
