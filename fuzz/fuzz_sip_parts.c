// SPDX-License-Identifier: MIT
// fuzz-links: $(call obj,$(sip_parts_SRCS) $(kit_SRCS))
/* fuzz_sip_parts.c - any bytes as what SIP peers and programs write: header values, bodies, and
 * what is dialled. Results must be terminated, inside their room, and texts for people clean. */
#include "providers/sip/bodies.h"
#include "providers/sip/cause.h"
#include "providers/sip/config.h"
#include "providers/sip/dial.h"
#include "providers/sip/parties.h"
#include "providers/sip/text.h"
#include "providers/sip/uui.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_clean(const char *text, size_t room)
{
	size_t length = strnlen(text, room), one;

	assert(length < room);
	for (size_t i = 0; i < length; i += one) {
		one = text_character(text + i, length - i);
		assert(one);
	}
}

static void check_party(const struct party *p)
{
	check_clean(p->name, sizeof(p->name));
	check_clean(p->address, sizeof(p->address));
	assert(p->flags);
}

static void check_headers(const char *text)
{
	const struct parties_rules rules = { "example.net", true };
	struct header headers[] = { { "From", text }, { "To", text },
		{ "P-Asserted-Identity", text }, { "Remote-Party-ID", text }, { "Privacy", text },
		{ "Diversion", text }, { "History-Info", text } };
	struct parties p;

	for (size_t from = 0; from < 7; from++) {
		(void)parties_of_invite(&p, headers + from, 7 - from, &rules);
		(void)parties_of_answer(&p, headers + from, 7 - from, &rules);
		check_party(&p.caller);
		check_party(&p.called);
		check_party(&p.connected);
		check_party(&p.redirecting);
	}
}

static void check_causes(const char *text)
{
	struct cause_facts facts = { .status = 480, .phrase = text, .reason = text };
	struct why why;

	(void)cause_of_refusal(&facts, &why);
	check_clean(why.sentence, sizeof(why.sentence));
	cause_of_bye(text, &why);
	cause_of_cancel(text, &why);
}

static void check_bodies(const char *body, size_t size)
{
	char phrase[32] = "", digit, bytes[64];
	struct mwi mwi;
	uint32_t duration;
	int status;
	size_t count = 0;

	(void)mwi_read(body, size, &mwi);
	if (sipfrag_read(body, size, &status, phrase, sizeof(phrase)))
		check_clean(phrase, sizeof(phrase));
	if (info_read("application/dtmf-relay", body, size, &digit, &duration) ||
			info_read("application/dtmf", body, size, &digit, &duration))
		assert(strchr("0123456789*#ABCD", digit) && digit);
	(void)uui_read(body, bytes, sizeof(bytes), &count);
	assert(count <= sizeof(bytes));
}

static void check_config(const char *text)
{
	struct config c;
	struct config_error why;
	const char *equals = strchr(text, '=');
	char key[128];

	if (!equals || (size_t)(equals - text) >= sizeof(key))
		return;
	memcpy(key, text, (size_t)(equals - text));
	key[equals - text] = '\0';
	config_init(&c);
	(void)config_set(&c, key, equals + 1, &why);
	config_fini(&c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	const char *why = NULL;
	struct dial dial;

	if (!text)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	check_headers(text);
	check_causes(text);
	check_bodies(text, size);
	check_config(text);
	if (dial_read(text, "example.net", &dial, &why))
		assert(why);
	assert(strnlen(dial.uri, sizeof(dial.uri)) < sizeof(dial.uri));
	free(text);
	return 0;
}
