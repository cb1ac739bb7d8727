// SPDX-License-Identifier: MIT
/* call_show.c - tapictl call ID: all that is known of one call, with --media of its sound too. */
#include "control.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MEDIA_SIZE = 8192 };

static void say(const char *what, const char *value)
{
	if (*value)
		printf("  %-15s %s\n", what, value);
}

#define PARTY(info, Name) part(info, (info)->dw##Name##Size, (info)->dw##Name##Offset)

static void say_party(const char *what, const char *id, const char *name)
{
	if (*id || *name)
		printf("  %-15s %s%s%s%s\n", what, id, *name ? " (" : "", name, *name ? ")" : "");
}

static void say_call(const struct control_call *call, const LINECALLINFO *info,
		const LINECALLSTATUS *status)
{
	printf("call %u  %s\n", call->call_id, short_name("LINECALLSTATE_", status->dwCallState));
	printf("  line            %u\n", call->device);
	say("way", info->dwOrigin & LINECALLORIGIN_OUTBOUND ? "out" : "in");
	say("origin", short_bits("LINECALLORIGIN_", info->dwOrigin));
	say("reason", short_bits("LINECALLREASON_", info->dwReason));
	say_party("from", PARTY(info, CallerID), PARTY(info, CallerIDName));
	say_party("to", PARTY(info, CalledID), PARTY(info, CalledIDName));
	say_party("connected", PARTY(info, ConnectedID), PARTY(info, ConnectedIDName));
	say_party("redirected by", PARTY(info, RedirectingID), PARTY(info, RedirectingIDName));
	say_party("redirected to", PARTY(info, RedirectionID), PARTY(info, RedirectionIDName));
	say("media modes", short_bits("LINEMEDIAMODE_", info->dwMediaMode));
	say("bearer", short_bits("LINEBEARERMODE_", info->dwBearerMode));
	printf("  owners          %u\n", info->dwNumOwners);
	printf("  monitors        %u\n", info->dwNumMonitors - 1); /* without this one */
	if (info->dwRelatedCallID)
		printf("  related call    %u\n", info->dwRelatedCallID);
}

/* "Name: value" lines. */
static void say_media(char *text, bool json)
{
	bool first = true;

	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
		char *colon = strchr(line, ':');

		if (!colon)
			continue;
		*colon = '\0';
		colon += 1 + strspn(colon + 1, " ");
		if (!json) {
			printf("  %-19s %s\n", line,
					part(line, (DWORD)strlen(colon), (DWORD)(colon - line)));
			continue;
		}
		for (char *p = line; *p; p++)
			*p = (char)(*p == '-' ? '_' : tolower((unsigned char)*p));
		printf("%s", first ? "" : ",");
		print_json_text(line);
		printf(":");
		print_json_text(colon);
		first = false;
	}
}

static void show_media(struct control *c)
{
	union {
		VARSTRING v;
		char bytes[MEDIA_SIZE];
	} media;
	char text[MEDIA_SIZE];
	DWORD size;

	memset(&media, 0, sizeof(media));
	media.v.dwTotalSize = sizeof(media);
	if (control_wait(c, tapixGetCallMedia(c->calls[0].call, &media.v),
			    "what is known of the sound") < 0)
		return;
	size = media.v.dwStringSize < sizeof(text) ? media.v.dwStringSize : sizeof(text) - 1;
	memcpy(text, media.bytes + media.v.dwStringOffset, size);
	text[size] = '\0';
	if (c->options->json)
		printf(",\"media\":{");
	else
		printf("  sound\n");
	say_media(text, c->options->json);
	if (c->options->json)
		printf("}");
}

static void show(struct control *c)
{
	const struct control_call *call = &c->calls[0];
	LONG error;
	LINECALLINFO *info = get_call_info(call->call, &error);
	LINECALLSTATUS *status = info ? get_call_status(call->call, &error) : NULL;

	if (!status) {
		c->code = complain("the call", error);
	} else if (c->options->json) {
		printf("{\"device\":%u", call->device);
		print_json("call_info", "LINECALLINFO", info, true);
		print_json("call_status", "LINECALLSTATUS", status, true);
	} else {
		say_call(call, info, status);
	}
	if (status && c->options->media)
		show_media(c);
	if (status && c->options->json)
		printf("}\n");
	free(info);
	free(status);
}

enum exit_code command_call(const struct options *o)
{
	struct control c;

	if (control_open(&c, o, 1, false) == EXIT_DONE) {
		show(&c);
		c.silent = true;
	}
	return control_close(&c);
}
