// SPDX-License-Identifier: MIT
/* names.c - two tables made at build time, both sorted, and the search in them. */
#include "wire/names.h"

#include <tapi.h>
#include <tspi.h>

#include <stdio.h>
#include <string.h>

static const struct constant {
	const char *group;
	uint32_t value;
	const char *name;
} constants[] = {
#include "names_constants.inc"
};

static const struct field {
	const char *path, *group; /* "LineCallStatus.call_state" */
} fields[] = {
#include "names_fields.inc"
};

enum {
	CONSTANTS = sizeof(constants) / sizeof(constants[0]),
	FIELDS = sizeof(fields) / sizeof(fields[0]),
};

/* The first constant of the group, CONSTANTS if there is none. */
static size_t group_start(const char *group)
{
	size_t low = 0, high = CONSTANTS;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (strcmp(constants[middle].group, group) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool in_group(size_t i, const char *group)
{
	return i < CONSTANTS && !strcmp(constants[i].group, group);
}

const char *names_constant(const char *group, uint32_t value)
{
	for (size_t i = group_start(group); in_group(i, group); i++)
		if (constants[i].value == value)
			return constants[i].name;
	return NULL;
}

bool names_value(const char *name, uint32_t *value)
{
	for (size_t i = 0; i < CONSTANTS; i++)
		if (!strcmp(constants[i].name, name)) {
			*value = constants[i].value;
			return true;
		}
	return false;
}

bool names_is_bits(const char *group)
{
	size_t start = group_start(group), i = start;

	for (; in_group(i, group); i++)
		if (constants[i].value & (constants[i].value - 1))
			return false;
	return i > start;
}

uint32_t names_mask(const char *group)
{
	uint32_t mask = 0;

	for (size_t i = group_start(group); in_group(i, group); i++)
		mask |= constants[i].value;
	return mask;
}

size_t names_bits(const char *group, uint32_t bits, char *buf, size_t size)
{
	size_t length = 0;
	uint32_t rest = 0;

	if (size)
		buf[0] = '\0';
	for (unsigned i = 0; i < 32; i++) {
		uint32_t bit = bits & (uint32_t)1 << i;
		const char *name = bit ? names_constant(group, bit) : NULL;
		size_t at = length < size ? length : size;

		if (name)
			length += (size_t)snprintf(size ? buf + at : NULL, size - at, "%s%s",
					length ? "|" : "", name);
		else
			rest |= bit;
	}
	if (rest || !length) {
		size_t at = length < size ? length : size;

		length += (size_t)snprintf(size ? buf + at : NULL, size - at,
				rest ? "%s0x%x" : "%s%x", length ? "|" : "", rest);
	}
	return length;
}

/* How "message.field" compares with path. */
static int compare_path(const char *message, const char *field, const char *path)
{
	size_t n = strlen(message);
	int order = strncmp(message, path, n);

	if (order)
		return order;
	if (path[n] != '.')
		return '.' - (unsigned char)path[n];
	return strcmp(field, path + n + 1);
}

const char *names_group(const char *message, const char *field)
{
	size_t low = 0, high = FIELDS;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = compare_path(message, field, fields[middle].path);

		if (!order)
			return fields[middle].group;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

const char *names_mode_group(uint32_t call_state)
{
	static const struct {
		uint32_t state;
		const char *group;
	} modes[] = {
		{ LINECALLSTATE_OFFERING, "LINEOFFERINGMODE_" },
		{ LINECALLSTATE_DIALTONE, "LINEDIALTONEMODE_" },
		{ LINECALLSTATE_BUSY, "LINEBUSYMODE_" },
		{ LINECALLSTATE_SPECIALINFO, "LINESPECIALINFO_" },
		{ LINECALLSTATE_CONNECTED, "LINECONNECTEDMODE_" },
		{ LINECALLSTATE_DISCONNECTED, "LINEDISCONNECTMODE_" },
	};

	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		if (modes[i].state == call_state)
			return modes[i].group;
	return NULL;
}
