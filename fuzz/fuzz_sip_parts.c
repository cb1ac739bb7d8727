// SPDX-License-Identifier: MIT
/* fuzz_sip_parts.c - any bytes as what SIP peers and programs write: header values, bodies, and
 * what is dialled. Results must be terminated, inside their room, and texts for people clean. */
#include "lines.h"
#include "providers/sip/bodies.h"
#include "providers/sip/cause.h"
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

static void check_why(const struct why *why)
{
	char reason[128];

	check_clean(why->cause, sizeof(why->cause));
	check_clean(why->sentence, sizeof(why->sentence));
	if (cause_write_reason(why, reason, sizeof(reason)))
		check_clean(reason, sizeof(reason));
}

/* Each status that has a row, said by a peer and by nobody. */
static void check_causes(const char *text)
{
	size_t count;
	const struct cause_row *rows = cause_rows(&count);
	struct why why;

	for (size_t i = 0; i < count; i++) {
		struct cause_facts facts = { .status = rows[i].first,
			.phrase = text,
			.reason = text,
			.tls = i & 1 ? "the certificate is too old" : NULL,
			.is_local = i & 2,
			.was_ringing = i & 4 };

		(void)cause_of_refusal(&facts, &why);
		check_why(&why);
	}
	cause_of_bye(text, &why);
	check_why(&why);
	cause_of_cancel(text, &why);
	check_why(&why);
}

/* What is written is read as the same. */
static void check_digit(char digit, uint32_t duration)
{
	char body[64], again;
	uint32_t duration_again;

	assert(strchr("0123456789*#ABCD", digit) && digit);
	info_write(digit, duration, body, sizeof(body));
	assert(info_read("application/dtmf-relay", body, strlen(body), &again, &duration_again));
	assert(again == digit && duration_again == duration);
}

static void check_status(int status, const char *phrase)
{
	char body[128], again[32];
	int status_again;

	check_clean(phrase, 32);
	sipfrag_write(status, phrase, body, sizeof(body));
	assert(sipfrag_read(body, strlen(body), &status_again, again, sizeof(again)));
	assert(status_again == status);
	if (*phrase && phrase[strlen(phrase) - 1] != ' ') /* it may have been cut there */
		assert(strcmp(again, phrase) == 0);
}

static void check_bodies(const char *body, size_t size)
{
	char phrase[32] = "", digit;
	struct mwi mwi;
	uint32_t duration;
	int status;

	(void)mwi_read(body, size, &mwi);
	if (sipfrag_read(body, size, &status, phrase, sizeof(phrase)))
		check_status(status, phrase);
	if (info_read("application/dtmf-relay", body, size, &digit, &duration) ||
			info_read("application/dtmf", body, size, &digit, &duration))
		check_digit(digit, duration);
}

static void check_uui(const char *text)
{
	char bytes[64], again[64], value[256];
	struct uui_queue queue = { .count = 0 };
	size_t count = 0, count_again = 0;

	if (uui_read(text, bytes, sizeof(bytes), &count))
		return;
	assert(count <= sizeof(bytes));
	for (int i = 0; i < UUI_QUEUE_MAX + 1; i++)
		assert(!count || uui_queue_add(&queue, bytes, count) == (i == 0));
	if (count && uui_write(&queue.items[0], value, sizeof(value)))
		assert(uui_read(value, again, sizeof(again), &count_again) == 0 &&
				count_again == count && memcmp(bytes, again, count) == 0);
	while (uui_queue_release(&queue))
		continue;
	uui_queue_fini(&queue);
}

static void check_dial(const char *text, const char *domain)
{
	const char *why = NULL;
	struct dial dial;

	if (dial_read(text, domain, &dial, &why))
		assert(why && *why);
	assert(strnlen(dial.uri, sizeof(dial.uri)) < sizeof(dial.uri));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = lines_text(data, size);

	check_headers(text);
	check_causes(text);
	check_bodies(text, size);
	check_uui(text);
	check_dial(text, "example.net");
	check_dial(text, "");
	free(text);
	return 0;
}
