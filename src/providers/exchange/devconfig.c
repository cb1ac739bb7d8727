// SPDX-License-Identifier: MIT
/* devconfig.c - what an extension has of its own instead of the exchange's: keys of the provider's
 * section that may differ from line to line. It ends with the provider. */
#include "devconfig.h"

#include "exchange.h"
#include "providers/kit/varpart.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 256 };

static const struct key {
	const char *name;
	size_t own, common; /* members of struct extension_config and of struct config */
	uint32_t low, high;
} keys[] = {
	{ "no_answer_ms", offsetof(struct extension_config, no_answer_ms),
			offsetof(struct config, no_answer_ms), 100, 3600000 },
};
enum { KEYS = sizeof(keys) / sizeof(keys[0]) };

static uint32_t number_at(const void *structure, size_t member)
{
	uint32_t v;

	memcpy(&v, (const char *)structure + member, sizeof(v));
	return v;
}

static uint32_t in_force(const struct extension_config *c, const struct key *k)
{
	uint32_t own = number_at(c, k->own);

	return own ? own : number_at(&exchange.config, k->common);
}

static LONG check_class(const char *device_class)
{
	if (device_class && strcmp(device_class, "tapi/line") == 0)
		return 0;
	return exchange_fail(LINEERR_INVALDEVICECLASS, "device class",
			"an extension has a configuration for tapi/line only");
}

LONG devconfig_get(const struct extension *e, const char *device_class, VARSTRING *out)
{
	LONG result = check_class(device_class);
	char text[TEXT_MAX];
	struct varpart v;
	size_t n = 0;

	if (!result)
		result = varpart_begin(&v, out, sizeof(*out));
	if (result)
		return result;
	for (size_t i = 0; i < KEYS; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s=%" PRIu32 "\n", keys[i].name,
				in_force(&e->config, &keys[i]));
	out->dwStringFormat = STRINGFORMAT_BINARY;
	varpart_add(&v, &out->dwStringSize, &out->dwStringOffset, text, n);
	return varpart_end(&v);
}

/* One line without its end; changes it. */
static LONG set_line(struct extension_config *config, char *line)
{
	char *equals = strchr(line, '='), *end = NULL;
	unsigned long value;
	uint32_t number;

	if (!equals)
		return exchange_fail(LINEERR_INVALPARAM, "configuration",
				"\"%.40s\" is no key=value", line);
	*equals = '\0';
	value = strtoul(equals + 1, &end, 10);
	for (size_t i = 0; i < KEYS; i++) {
		if (strcmp(keys[i].name, line) != 0)
			continue;
		if (equals[1] < '0' || equals[1] > '9' || *end || value < keys[i].low ||
				value > keys[i].high)
			return exchange_fail(LINEERR_INVALPARAM, "configuration",
					"%s must be a number from %" PRIu32 " to %" PRIu32, line,
					keys[i].low, keys[i].high);
		number = (uint32_t)value;
		memcpy((char *)config + keys[i].own, &number, sizeof(number));
		return 0;
	}
	return exchange_fail(LINEERR_INVALPARAM, "configuration", "there is no key \"%.40s\"",
			line);
}

LONG devconfig_set(struct extension *e, const char *device_class, const char *text, size_t size)
{
	struct extension_config config = e->config;
	LONG result = check_class(device_class);
	char copy[TEXT_MAX], *line = copy, *end;

	if (!result && (!text || !size || size >= sizeof(copy) || memchr(text, '\0', size)))
		result = exchange_fail(LINEERR_INVALPARAM, "configuration",
				"it is no block of lineGetDevConfig");
	if (result)
		return result;
	memcpy(copy, text, size);
	copy[size] = '\0';
	while (!result && *line) {
		end = line + strcspn(line, "\n");
		if (*end)
			*end++ = '\0';
		result = set_line(&config, line);
		line = end;
	}
	if (!result)
		e->config = config;
	return result;
}
