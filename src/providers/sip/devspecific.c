// SPDX-License-Identifier: MIT
/* devspecific.c - a word comes, and its answer goes back in the same buffer. */
#include "devspecific.h"

#include "account.h"
#include "call.h"
#include "dialog.h"
#include "headers.h"
#include "sip.h"
#include "tell.h"

#include <stdio.h>
#include <string.h>
#include <tapi_sip.h>

#define NAME_MAX_BYTES 63
#define ANSWER_MAX     16384

const LINEEXTENSIONID devspecific_id = TAPI_SIP_EXTENSION_ID;

struct request {
	struct account *account;
	struct call *call; /* NULL: it is about the line */
	DRV_REQUESTID id;
	const char *argument; /* what follows the word */
	char *buffer;
	DWORD size;
};

static LONG answer(const struct request *r, const char *text)
{
	size_t size = strlen(text) + 1;

	if (size > r->size)
		return sip_fail(LINEERR_STRUCTURETOOSMALL, "device specific",
				"the answer has %u bytes", (unsigned)size);
	memcpy(r->buffer, text, size);
	tell_done(r->id, 0, NULL);
	return (LONG)r->id;
}

static LONG registration(const struct request *r)
{
	const struct account *a = r->account;
	const struct why *why = &a->registration.why;
	char text[ACCOUNT_URI_MAX + sizeof(*why) + 64];
	int used = snprintf(text, sizeof(text), "State: %s\nAddress: %s\n",
			registration_state_name(a), a->aor);

	if (!registration_is_in_service(a))
		(void)snprintf(text + used, sizeof(text) - (size_t)used, "Cause: %s\nReason: %s\n",
				why->cause, why->sentence);
	return answer(r, text);
}

static LONG header(const struct request *r)
{
	static char text[ANSWER_MAX]; /* under the lock */
	const struct dialog *d = r->call ? r->call->dialog : NULL;

	if (!d || !d->message)
		return sip_fail(LINEERR_OPERATIONUNAVAIL, "header",
				r->call ? "no message of the peer is there"
					: "headers are those of a call");
	if (!headers_raw(d->message, r->argument, text, sizeof(text)))
		return sip_fail(LINEERR_OPERATIONUNAVAIL, "header",
				"the message has no such header");
	return answer(r, text);
}

static const struct {
	const char *word;
	bool has_argument;
	LONG (*run)(const struct request *r);
} words[] = {
	{ TAPI_SIP_REGISTRATION, false, registration },
	{ TAPI_SIP_HEADER, true, header },
};

LONG devspecific_do(struct account *a, struct call *c, DRV_REQUESTID id, void *params, DWORD size)
{
	char text[NAME_MAX_BYTES + 16];
	const char *end = params ? memchr(params, '\0', size) : NULL;
	struct request r = { a, c, id, NULL, params, size };

	if (!params || !size)
		return sip_fail(LINEERR_INVALPOINTER, "device specific", "no bytes were given");
	if (!end || (size_t)(end - r.buffer) >= sizeof(text))
		return sip_fail(LINEERR_INVALPARAM, "device specific",
				"a word, ended by a NUL, comes first");
	memcpy(text, params, (size_t)(end - r.buffer) + 1);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t length = strlen(words[i].word);

		if (strncmp(text, words[i].word, length) != 0 ||
				(text[length] != '\0') != words[i].has_argument)
			continue;
		r.argument = text + length;
		return words[i].run(&r);
	}
	return sip_fail(LINEERR_INVALPARAM, "device specific",
			"the words are registration, header NAME");
}
