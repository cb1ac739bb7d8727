// SPDX-License-Identifier: MIT
/* devspecific.c - a word, then its bytes; the answer is in the same buffer. */
#include "devspecific.h"

#include "account.h"
#include "call.h"
#include "sip.h"
#include "tell.h"

#include <stdio.h>
#include <string.h>

const LINEEXTENSIONID devspecific_id = { 0x7369706c, 0x696e6573, 0x74617069, 0x73727664 };

static int registration(const struct account *a, const struct call *c, char *out, size_t size)
{
	const struct why *why = &a->registration.why;

	(void)c;
	if (registration_is_in_service(a))
		return snprintf(out, size, "%s", registration_state_name(a));
	return snprintf(out, size, "%s\n%s\n%s", registration_state_name(a), why->cause,
			why->sentence);
}

static const struct {
	const char *word;
	int (*write)(const struct account *a, const struct call *c, char *out, size_t size);
} words[] = {
	{ "registration", registration },
};

LONG devspecific_do(struct account *a, struct call *c, DRV_REQUESTID id, void *params, DWORD size)
{
	char *text = params;

	if (!params || !size)
		return sip_fail(LINEERR_INVALPOINTER, "device specific", "no bytes were given");
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		int n;

		if (strncmp(text, words[i].word, size) != 0)
			continue;
		n = words[i].write(a, c, text, size);
		if (n < 0 || (DWORD)n >= size)
			return sip_fail(LINEERR_STRUCTURETOOSMALL, "device specific",
					"the answer has %d bytes", n + 1);
		tell_done(id, 0, NULL);
		return (LONG)id;
	}
	return sip_fail(LINEERR_INVALPARAM, "device specific", "there is no such word");
}
