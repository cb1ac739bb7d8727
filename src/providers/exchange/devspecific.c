// SPDX-License-Identifier: MIT
/* devspecific.c - a four-letter word, then its bytes; the answer is in the same buffer. */
#include "devspecific.h"

#include "call.h"
#include "exchange.h"
#include "extension.h"
#include "station.h"

#include <string.h>

#define WORD_SIZE 4

const LINEEXTENSIONID devspecific_id = { 0x65786368, 0x616e6765, 0x74617069, 0x73727664 };

static void echo(unsigned char *bytes, size_t count)
{
	(void)bytes;
	(void)count;
}

static void turn(unsigned char *bytes, size_t count)
{
	for (size_t i = 0; i < count / 2; i++) {
		unsigned char c = bytes[i];

		bytes[i] = bytes[count - 1 - i];
		bytes[count - 1 - i] = c;
	}
}

static const struct {
	char word[WORD_SIZE + 1];
	void (*work)(unsigned char *bytes, size_t count);
	bool is_extended; /* announced by LINE_DEVSPECIFICEX */
} words[] = {
	{ "echo", echo, false },
	{ "turn", turn, false },
	{ "exte", echo, true },
};

static DWORD sum(const unsigned char *bytes, size_t count)
{
	DWORD total = 0;

	for (size_t i = 0; i < count; i++)
		total += bytes[i];
	return total;
}

static void announce(const struct extension *e, const struct call *c, bool is_extended, DWORD size,
		DWORD total)
{
	DWORD of_line = is_extended ? LINE_DEVSPECIFICEX : LINE_DEVSPECIFIC;

	if (c)
		tell_call(c, is_extended ? of_line : LINE_CALLDEVSPECIFIC, size, total, 0, NULL);
	else
		tell_line(e, of_line, size, total, 0);
}

LONG devspecific_do(struct extension *e, struct call *c, DRV_REQUESTID id, void *params, DWORD size)
{
	unsigned char *bytes = params;

	if (!params)
		return exchange_fail(LINEERR_INVALPOINTER, "device specific",
				"no bytes were given");
	for (size_t i = 0; size >= WORD_SIZE && i < sizeof(words) / sizeof(words[0]); i++) {
		if (memcmp(bytes, words[i].word, WORD_SIZE) != 0)
			continue;
		words[i].work(bytes + WORD_SIZE, size - WORD_SIZE);
		outbox_complete(&exchange.outbox, id, 0, NULL);
		announce(e, c, words[i].is_extended, size,
				sum(bytes + WORD_SIZE, size - WORD_SIZE));
		return (LONG)id;
	}
	return exchange_fail(LINEERR_INVALPARAM, "device specific",
			"the first four bytes are none of the words echo, turn, exte");
}

static void lamp_on(struct extension *e)
{
	station_change(e, LINEDEVSTATUSFLAGS_MSGWAIT, true);
}

static void lamp_off(struct extension *e)
{
	station_change(e, LINEDEVSTATUSFLAGS_MSGWAIT, false);
}

LONG devspecific_feature(struct extension *e, DRV_REQUESTID id, DWORD feature, DWORD size)
{
	static const struct {
		DWORD feature;
		void (*press)(struct extension *e);
	} buttons[] = {
		{ PHONEBUTTONFUNCTION_MSGWAITON, lamp_on },
		{ PHONEBUTTONFUNCTION_MSGWAITOFF, lamp_off },
	};

	for (size_t i = 0; i < sizeof(buttons) / sizeof(buttons[0]); i++) {
		if (buttons[i].feature != feature)
			continue;
		outbox_complete(&exchange.outbox, id, 0, NULL);
		buttons[i].press(e);
		tell_line(e, LINE_DEVSPECIFICFEATURE, feature, size, 0);
		return (LONG)id;
	}
	return exchange_fail(LINEERR_INVALFEATURE, "feature",
			"a set of the exchange has no button of function %#x", (unsigned)feature);
}
