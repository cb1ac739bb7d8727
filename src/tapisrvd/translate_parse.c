// SPDX-License-Identifier: MIT
/* translate_parse.c - the canonical address format:
 *   + CountryCode SP [( AreaCode ) SP] SubscriberNumber [| Subaddress] [^ Name] [CRLF ...]
 * Of several addresses only the first counts. +digits without a blank is E.164, which is not TAPI's
 * but what tel: URIs and address books have, also with separators: +49-30-1234. */
#include "country.h"
#include "translate.h"

#include <string.h>

enum { CODE_MAX = 4, AREA_MAX = 15, E164_MIN = 5, E164_MAX = 15, NANP_AREA = 3, NANP_DIGITS = 10 };

#define SEPARATORS ".-/"
#define FORMATTING " " SEPARATORS
#define DIGITS     "0123456789"
#define CONTROL    "ABCDabcdPpTtWw*#!,@$?;:"

static bool only(struct piece p, const char *allowed)
{
	for (size_t i = 0; i < p.size; i++)
		if (!p.text[i] || !strchr(allowed, p.text[i]))
			return false;
	return true;
}

bool piece_is_number(struct piece p)
{
	return only(p, DIGITS FORMATTING CONTROL "+()");
}

static bool has_digit(struct piece p)
{
	for (size_t i = 0; i < p.size; i++)
		if (strchr(DIGITS, p.text[i]))
			return true;
	return false;
}

static LONG bad(const char **why, const char *sentence)
{
	*why = sentence;
	return LINEERR_INVALADDRESS;
}

static uint32_t number_of(struct piece digits)
{
	uint32_t n = 0;

	for (size_t i = 0; i < digits.size; i++)
		n = n * 10 + (uint32_t)(digits.text[i] - '0');
	return n;
}

static size_t copy_digits(struct piece p, char *out, size_t size)
{
	size_t n = 0;

	for (size_t i = 0; i < p.size; i++) {
		if (!strchr(DIGITS, p.text[i]))
			continue;
		if (n + 1 == size)
			return size; /* too many */
		out[n++] = p.text[i];
	}
	out[n] = '\0';
	return n;
}

/* Area codes of the North American plan have three digits; of others nothing is known here. */
static LONG parse_e164(struct piece number, struct address *out, const char **why)
{
	size_t count = copy_digits(number, out->digits, sizeof(out->digits)), code = 1;

	if (count < E164_MIN || count > E164_MAX)
		return bad(why, "+ is followed by 5 to 15 digits, or by a country code and a "
				"blank");
	out->code = country_code_of(out->digits);
	if (!out->code)
		return bad(why, "the number begins with no country code");
	for (uint32_t n = out->code; n >= 10; n /= 10)
		code++;
	out->e164 = true;
	out->subscriber = (struct piece){ out->digits + code, count - code };
	if (out->code == 1 && out->subscriber.size == NANP_DIGITS) {
		out->area = (struct piece){ out->subscriber.text, NANP_AREA };
		out->subscriber.text += NANP_AREA;
		out->subscriber.size -= NANP_AREA;
	}
	return 0;
}

static LONG parse_area(struct piece *rest, struct address *out, const char **why)
{
	const char *end = memchr(rest->text, ')', rest->size);
	size_t size;

	if (!rest->size || rest->text[0] != '(')
		return 0;
	if (!end)
		return bad(why, "the area code has no closing parenthesis");
	out->area = (struct piece){ rest->text + 1, (size_t)(end - rest->text - 1) };
	if (!only(out->area, DIGITS) || out->area.size > AREA_MAX)
		return bad(why, "the area code has something else than up to 15 digits");
	size = out->area.size + 2;
	if (size >= rest->size || rest->text[size] != ' ')
		return bad(why, "the area code is not followed by one blank");
	rest->text += size + 1;
	rest->size -= size + 1;
	return 0;
}

static LONG parse_canonical(struct piece rest, struct address *out, const char **why)
{
	const char *blank = memchr(rest.text, ' ', rest.size);
	struct piece code = { rest.text, blank ? (size_t)(blank - rest.text) : rest.size };
	LONG error;

	if (!blank && only(code, DIGITS SEPARATORS) && code.size && strchr(DIGITS, code.text[0]))
		return parse_e164(code, out, why);
	if (!code.size || code.size > CODE_MAX || !only(code, DIGITS) || code.text[0] == '0')
		return bad(why, "+ is not followed by a country code and a blank");
	out->code = number_of(code);
	rest.text += code.size + 1;
	rest.size -= code.size + 1;
	error = parse_area(&rest, out, why);
	if (error)
		return error;
	if (rest.size && rest.text[0] == ' ')
		return bad(why, "there are two blanks where one belongs");
	if (!only(rest, DIGITS FORMATTING CONTROL))
		return bad(why, "the subscriber's number has a character that cannot be dialled");
	if (!has_digit(rest))
		return bad(why, "the subscriber's number has no digit");
	out->canonical = true;
	out->subscriber = rest;
	return 0;
}

LONG address_parse(const char *text, struct address *out, const char **why)
{
	struct piece body = { text, strcspn(text, "\r\n") };
	size_t number;

	memset(out, 0, sizeof(*out));
	out->whole = body;
	number = strcspn(text, "\r\n|^");
	out->ancillary = (struct piece){ text + number, body.size - number };
	if (*text != '+')
		return 0;
	return parse_canonical((struct piece){ text + 1, number - 1 }, out, why);
}
