// SPDX-License-Identifier: MIT
/* kind.c - see kind.h. */
#include "kind.h"

#include <string.h>

/* Who speaks cannot be told from the sound: a person or a machine. */
static const struct {
	const char *name;
	DWORD modes;
} kinds[] = {
	{ "voice", LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_AUTOMATEDVOICE },
	{ "cng", LINEMEDIAMODE_G3FAX },
	{ "ced", LINEMEDIAMODE_G3FAX },
	{ "fax", LINEMEDIAMODE_G3FAX },
	{ "modem", LINEMEDIAMODE_DATAMODEM },
};

const char *kind_name(size_t n)
{
	return n < sizeof(kinds) / sizeof(kinds[0]) ? kinds[n].name : NULL;
}

DWORD kind_modes(const char *name)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kinds[i].name, name) == 0)
			return kinds[i].modes;
	}
	return 0;
}
