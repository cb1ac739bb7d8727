// SPDX-License-Identifier: MIT
/* phone_do.c - what can be done with a phone, one row each: show a part of it, set it, or be the
 * hand at the set. */
#include "phones.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *word(const struct phone_talk *t, int i)
{
	return i < t->options->argc ? t->options->argv[i] : NULL;
}

static enum exit_code usage(const char *what, const char *given)
{
	fprintf(stderr, "tapictl: '%s' is no %s\n", given, what);
	return EXIT_USAGE;
}

/* A number, or the end of the name of a constant: steady is PHONELAMPMODE_STEADY. */
static bool read_value(const char *text, const char *group, DWORD *out)
{
	char *end;
	unsigned long number;

	if (!text)
		return false;
	number = strtoul(text, &end, 0);
	*out = (DWORD)number;
	if (*text >= '0' && *text <= '9' && !*end && number <= 0xffffffffUL)
		return true;
	for (DWORD bit = 1; group && bit; bit <<= 1) {
		const char *name = tapixConstantName(group, bit);

		*out = bit;
		if (name && strcmp(short_name(group, bit), text) == 0)
			return true;
	}
	return false;
}

/* A volume or a gain; a provider takes what is too much for the most that there is. */
static bool read_level(const char *text, DWORD *out)
{
	return read_value(text, NULL, out) && *out <= 65535;
}

static enum exit_code print_number(const struct phone_talk *t, const char *key, DWORD value)
{
	if (t->options->json)
		printf("{\"%s\":%u}\n", key, value);
	else
		printf("%u\n", value);
	return EXIT_DONE;
}

/* --- the hand at the set: words for the provider --- */

static enum exit_code touch(struct phone_talk *t)
{
	char words[128];
	const char *what = word(t, 1);

	(void)snprintf(words, sizeof(words), "%s%s%s", word(t, 0), what ? " " : "",
			what ? what : "");
	return phone_finish(t, word(t, 0),
			phoneDevSpecific(t->phone, words, (DWORD)strlen(words) + 1));
}

/* --- the parts of the set --- */

static enum exit_code display(struct phone_talk *t)
{
	LONG error;
	PHONECAPS *caps = get_phone_caps(t->session->app, t->device, &error);
	DWORD cells = caps ? caps->dwDisplayNumRows * caps->dwDisplayNumColumns : 0;
	char *text = caps ? malloc(cells + 1) : NULL;
	enum exit_code code;

	if (!text) {
		free(caps);
		return complain("the display", error);
	}
	/* All of it: what was there before is written over. */
	(void)snprintf(text, cells + 1, "%-*.*s", (int)cells, (int)cells, word(t, 1));
	code = phone_finish(t, "the display", phoneSetDisplay(t->phone, 0, 0, text, cells + 1));
	free(text);
	free(caps);
	return code;
}

/* As they are on the set, one below the other. */
static void print_rows(const struct phone_talk *t, const char *cells)
{
	LONG error;
	PHONECAPS *caps = get_phone_caps(t->session->app, t->device, &error);
	int columns = caps && caps->dwDisplayNumColumns ? (int)caps->dwDisplayNumColumns : 80;

	for (size_t left = strlen(cells); left; left = strlen(cells)) {
		int width = left < (size_t)columns ? (int)left : columns;

		printf("%.*s\n", width, cells);
		cells += width;
	}
	free(caps);
}

static enum exit_code show_display(struct phone_talk *t)
{
	LONG error;
	VARSTRING *v = get_display(t->phone, &error);

	if (word(t, 1)) {
		free(v);
		return display(t);
	}
	if (!v)
		return complain("the display", error);
	if (t->options->json) {
		printf("{\"display\":");
		print_json_text(part(v, v->dwStringSize, v->dwStringOffset));
		printf("}\n");
	} else {
		print_rows(t, part(v, v->dwStringSize, v->dwStringOffset));
	}
	free(v);
	return EXIT_DONE;
}

static enum exit_code lamp(struct phone_talk *t)
{
	DWORD id, mode;
	LONG error;

	if (!read_value(word(t, 1), NULL, &id))
		return usage("number of a lamp", word(t, 1));
	if (word(t, 2)) {
		if (!read_value(word(t, 2), "PHONELAMPMODE_", &mode))
			return usage("mode of lamps: off steady wink flash flutter brokenflutter",
					word(t, 2));
		return phone_finish(t, "the lamp", phoneSetLamp(t->phone, id, mode));
	}
	error = phoneGetLamp(t->phone, id, &mode);
	if (error < 0)
		return complain("the lamp", error);
	if (t->options->json)
		printf("{\"lamp_mode\":\"%s\"}\n", full_name("PHONELAMPMODE_", mode));
	else
		printf("%s\n", short_name("PHONELAMPMODE_", mode));
	return EXIT_DONE;
}

static enum exit_code ring(struct phone_talk *t)
{
	DWORD mode, volume, wanted;
	LONG error = phoneGetRing(t->phone, &mode, &volume);

	if (error < 0)
		return complain("the ringer", error);
	if (!word(t, 1)) {
		printf(t->options->json ? "{\"ring_mode\":%u,\"volume\":%u}\n"
					: "mode %u, volume %u\n",
				mode, volume);
		return EXIT_DONE;
	}
	if (!read_value(word(t, 1), NULL, &wanted))
		return usage("ring mode", word(t, 1));
	if (word(t, 2) && !read_level(word(t, 2), &volume))
		return usage("volume from 0 to 65535", word(t, 2));
	return phone_finish(t, "the ringer", phoneSetRing(t->phone, wanted, volume));
}

struct level {
	LONG(WINAPI *get)(HPHONE phone, DWORD dev, LPDWORD value);
	LONG(WINAPI *set)(HPHONE phone, DWORD dev, DWORD value);
};

static enum exit_code level(struct phone_talk *t, const struct level *l)
{
	DWORD dev, value;
	LONG error;

	if (!read_value(word(t, 1), "PHONEHOOKSWITCHDEV_", &dev))
		return usage("part of a phone: handset speaker headset", word(t, 1));
	if (word(t, 2)) {
		if (!read_level(word(t, 2), &value))
			return usage("number from 0 to 65535", word(t, 2));
		return phone_finish(t, word(t, 0), l->set(t->phone, dev, value));
	}
	error = l->get(t->phone, dev, &value);
	return error < 0 ? complain(word(t, 0), error) : print_number(t, word(t, 0), value);
}

static enum exit_code volume(struct phone_talk *t)
{
	return level(t, &(const struct level){ phoneGetVolume, phoneSetVolume });
}

static enum exit_code gain(struct phone_talk *t)
{
	return level(t, &(const struct level){ phoneGetGain, phoneSetGain });
}

static enum exit_code hookswitch(struct phone_talk *t)
{
	DWORD devs, mode;
	LONG error;

	if (word(t, 1)) {
		if (!read_value(word(t, 1), "PHONEHOOKSWITCHDEV_", &devs))
			return usage("part of a phone: handset speaker headset", word(t, 1));
		if (!word(t, 2) || !read_value(word(t, 2), "PHONEHOOKSWITCHMODE_", &mode))
			return usage("mode of a hookswitch: onhook mic speaker micspeaker",
					word(t, 2) ? word(t, 2) : "");
		return phone_finish(t, "the hookswitch", phoneSetHookSwitch(t->phone, devs, mode));
	}
	error = phoneGetHookSwitch(t->phone, &devs);
	if (error < 0)
		return complain("the hookswitches", error);
	if (t->options->json)
		return print_number(t, "hook_switch_devs", devs);
	printf("%s\n", devs ? short_bits("PHONEHOOKSWITCHDEV_", devs) : "on hook");
	return EXIT_DONE;
}

const struct phone_verb phone_verbs[] = {
	{ "show", 0, 0, "", 0, phone_show },
	{ "monitor", 0, 0, "", 0, phone_monitor },
	{ "press", 1, 1, "KEY", 0, touch },
	{ "down", 1, 1, "KEY", 0, touch },
	{ "up", 0, 0, "", 0, touch },
	{ "offhook", 0, 1, "[DEVICE]", 0, touch },
	{ "onhook", 0, 1, "[DEVICE]", 0, touch },
	{ "suspend", 0, 0, "", 0, touch },
	{ "resume", 0, 0, "", 0, touch },
	{ "unplug", 0, 0, "", 0, touch },
	{ "plug", 0, 0, "", 0, touch },
	{ "display", 0, 1, "[TEXT]", 1, show_display },
	{ "lamp", 1, 2, "N [MODE]", 2, lamp },
	{ "ring", 0, 2, "[MODE [VOLUME]]", 1, ring },
	{ "volume", 1, 2, "DEVICE [N]", 2, volume },
	{ "gain", 1, 2, "DEVICE [N]", 2, gain },
	{ "hookswitch", 0, 2, "[DEVICE MODE]", 1, hookswitch },
};
const int phone_verb_count = (int)(sizeof(phone_verbs) / sizeof(phone_verbs[0]));
