// SPDX-License-Identifier: MIT
/* phones.c - tapictl phones, tapictl phone PHONE: which there are, and all of one. */
#include "phones.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *state_of(const PHONESTATUS *status)
{
	if (!(status->dwStatusFlags & PHONESTATUSFLAGS_CONNECTED))
		return "disconnected";
	return status->dwStatusFlags & PHONESTATUSFLAGS_SUSPENDED ? "suspended" : "connected";
}

static const char *off_hook(const PHONESTATUS *status)
{
	const struct {
		const char *name;
		DWORD mode;
	} switches[] = {
		{ "handset ", status->dwHandsetHookSwitchMode },
		{ "speaker ", status->dwSpeakerHookSwitchMode },
		{ "headset ", status->dwHeadsetHookSwitchMode },
	};
	static char text[64];
	size_t used = 0;

	for (size_t i = 0; i < sizeof(switches) / sizeof(switches[0]); i++)
		if (switches[i].mode & ~(DWORD)PHONEHOOKSWITCHMODE_ONHOOK)
			used += (size_t)snprintf(text + used, sizeof(text) - used, "%s",
					switches[i].name);
	if (!used)
		return "-";
	text[used - 1] = '\0';
	return text;
}

static void row_json(DWORD device, const PHONECAPS *caps, const PHONESTATUS *status)
{
	printf("{\"device\":%u", device);
	print_json("phone_caps", "PHONECAPS", caps, true);
	if (status)
		print_json("phone_status", "PHONESTATUS", status, true);
	printf("}\n");
}

static void row_text(DWORD device, const PHONECAPS *caps, const PHONESTATUS *status)
{
	const char *owner =
			status ? part(status, status->dwOwnerNameSize, status->dwOwnerNameOffset)
			       : "";

	printf("%5u  %-20s %-18s %-13s %-16s %s\n", device,
			part(caps, caps->dwPhoneNameSize, caps->dwPhoneNameOffset),
			part(caps, caps->dwProviderInfoSize, caps->dwProviderInfoOffset),
			status ? state_of(status) : "unknown", status ? off_hook(status) : "",
			*owner ? owner : "-");
}

static enum exit_code show_in_list(struct phone_session *s, DWORD device, bool json)
{
	LONG error;
	PHONECAPS *caps = get_phone_caps(s->app, device, &error);
	PHONESTATUS *status = NULL;
	HPHONE phone;

	if (!caps)
		return is_gone(error) ? EXIT_DONE : complain("a phone's capabilities", error);
	if (phone_session_open_phone(s, device, PHONEPRIVILEGE_MONITOR, &phone) >= 0) {
		status = get_phone_status(phone, &error);
		(void)phoneClose(phone);
	}
	(json ? row_json : row_text)(device, caps, status);
	free(status);
	free(caps);
	return EXIT_DONE;
}

enum exit_code command_phones(const struct options *o)
{
	struct phone_session s;
	enum exit_code code = phone_session_open(&s);

	if (code)
		return code;
	if (!o->json)
		printf("phone  name                 provider           state         off hook      "
		       "  "
		       " owner\n");
	for (DWORD device = 0; device < s.count; device++) {
		enum exit_code one = show_in_list(&s, device, o->json);

		code = one ? one : code;
	}
	phone_session_close(&s);
	return code;
}

/* --- one phone --- */

static void device_text(const char *name, DWORD mode, DWORD volume, DWORD gain)
{
	printf("  %-15s %-11s volume %5u, gain %5u\n", name,
			short_name("PHONEHOOKSWITCHMODE_", mode), volume, gain);
}

/* Rows one below the other, between bars. */
static void display_text(const PHONECAPS *caps, const PHONESTATUS *status)
{
	const char *cells = part(status, status->dwDisplaySize, status->dwDisplayOffset);
	DWORD columns = caps->dwDisplayNumColumns;

	for (DWORD row = 0; row < caps->dwDisplayNumRows; row++) {
		size_t left = strlen(cells);
		size_t width = left < columns ? left : columns;

		printf("  %-15s |%-*.*s|\n", row ? "" : "display", (int)columns, (int)width, cells);
		cells += width;
	}
}

static void button_text(HPHONE phone, DWORD id, DWORD lamp)
{
	LONG error;
	PHONEBUTTONINFO *b = get_button_info(phone, id, &error);
	char mode[32], function[32];

	if (!b)
		return;
	(void)snprintf(mode, sizeof(mode), "%s", short_name("PHONEBUTTONMODE_", b->dwButtonMode));
	(void)snprintf(function, sizeof(function), "%s",
			short_name("PHONEBUTTONFUNCTION_", b->dwButtonFunction));
	printf("  button %-8u %-8s %-12s %-20s %s", id, mode, function,
			part(b, b->dwButtonTextSize, b->dwButtonTextOffset),
			short_name("PHONEBUTTONSTATE_", b->dwButtonState));
	if (lamp != PHONELAMPMODE_DUMMY)
		printf(", lamp %s", short_name("PHONELAMPMODE_", lamp));
	printf("\n");
	free(b);
}

static void buttons_text(HPHONE phone, const PHONESTATUS *status)
{
	const DWORD *lamps = (const DWORD *)(const void *)((const char *)status +
							   status->dwLampModesOffset);

	for (DWORD i = 0; i < status->dwLampModesSize / sizeof(DWORD); i++)
		button_text(phone, i, lamps[i]);
}

static void phone_text(struct phone_talk *t, const PHONECAPS *caps, const PHONESTATUS *status)
{
	const char *owner = part(status, status->dwOwnerNameSize, status->dwOwnerNameOffset);

	printf("phone %u  %s\n", t->device,
			part(caps, caps->dwPhoneNameSize, caps->dwPhoneNameOffset));
	printf("  provider        %s\n",
			part(caps, caps->dwProviderInfoSize, caps->dwProviderInfoOffset));
	printf("  kind            %s\n",
			part(caps, caps->dwPhoneInfoSize, caps->dwPhoneInfoOffset));
	printf("  permanent id    %#x\n", caps->dwPermanentPhoneID);
	printf("  state           %s\n", state_of(status));
	printf("  owner           %s\n", *owner ? owner : "-");
	printf("  monitors        %u\n", status->dwNumMonitors);
	printf("  ringer          mode %u of %u, volume %5u\n", status->dwRingMode,
			caps->dwNumRingModes, status->dwRingVolume);
	device_text("handset", status->dwHandsetHookSwitchMode, status->dwHandsetVolume,
			status->dwHandsetGain);
	device_text("speaker", status->dwSpeakerHookSwitchMode, status->dwSpeakerVolume,
			status->dwSpeakerGain);
	device_text("headset", status->dwHeadsetHookSwitchMode, status->dwHeadsetVolume,
			status->dwHeadsetGain);
	display_text(caps, status);
	buttons_text(t->phone, status);
}

enum exit_code phone_show(struct phone_talk *t)
{
	LONG error;
	PHONECAPS *caps = get_phone_caps(t->session->app, t->device, &error);
	PHONESTATUS *status = caps ? get_phone_status(t->phone, &error) : NULL;
	enum exit_code code = EXIT_DONE;

	if (!status)
		code = complain("the phone", error);
	else if (t->options->json)
		row_json(t->device, caps, status);
	else
		phone_text(t, caps, status);
	free(status);
	free(caps);
	return code;
}

static const struct phone_verb *find_verb(const char *name)
{
	for (int i = 0; i < phone_verb_count; i++)
		if (strcmp(phone_verbs[i].name, name) == 0)
			return &phone_verbs[i];
	fprintf(stderr, "tapictl: nothing is called '%s' that can be done with a phone:\n", name);
	for (int i = 0; i < phone_verb_count; i++)
		fprintf(stderr, "  %s%s%s\n", phone_verbs[i].name,
				*phone_verbs[i].arguments ? " " : "", phone_verbs[i].arguments);
	return NULL;
}

static bool words_fit(const struct phone_verb *v, int count)
{
	if (count >= v->least && count <= v->most)
		return true;
	fprintf(stderr, "usage: tapictl phone PHONE %s%s%s\n", v->name, *v->arguments ? " " : "",
			v->arguments);
	return false;
}

static enum exit_code run(struct phone_session *s, const char *word, const struct phone_verb *v,
		const struct options *o)
{
	struct phone_talk t = { .session = s, .options = o };
	enum exit_code code = phone_session_find(s, word, &t.device);
	DWORD privilege = v->sets && o->argc - 1 >= v->sets ? PHONEPRIVILEGE_OWNER
							    : PHONEPRIVILEGE_MONITOR;
	LONG error;

	if (code)
		return code;
	error = phone_session_open_phone(s, t.device, privilege, &t.phone);
	return error < 0 ? complain("the phone", error) : v->run(&t);
}

enum exit_code command_phone(const struct options *o)
{
	struct options rest = *o;
	const struct phone_verb *v;
	struct phone_session s;
	enum exit_code code;

	rest.argv[2] = o->argc > 2 ? o->argv[2] : "show";
	rest.argc = o->argc > 2 ? o->argc - 2 : 1;
	memmove(rest.argv, rest.argv + 2, (size_t)rest.argc * sizeof(rest.argv[0]));
	v = find_verb(rest.argv[0]);
	if (!v || !words_fit(v, rest.argc - 1))
		return EXIT_USAGE;
	code = phone_session_open(&s);
	if (code)
		return code;
	code = run(&s, o->argv[1], v, &rest);
	phone_session_close(&s);
	return code;
}
