// SPDX-License-Identifier: MIT
/* translate.h - from an address in canonical form to what is dialled from a location, and what may
 * be shown. Knows no core: one function, which also explains what it has done. */
#ifndef TAPISRVD_TRANSLATE_H
#define TAPISRVD_TRANSLATE_H

#include "base/buf.h"
#include "base/log.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tapi.h>
#include <tapix_numbers.h>

struct country;

/* A piece of the address; not terminated. */
struct piece {
	const char *text;
	size_t size;
};

/* An address, taken apart. It points into the text, and into itself: not to be copied. */
struct address {
	bool canonical;  /* + code, blank, ... */
	bool e164;       /* +digits: ours, beside TAPI's form */
	char digits[16]; /* then these, without what separates them for the eye */
	uint32_t code;   /* country code */
	struct piece area, subscriber;
	struct piece ancillary; /* from | or ^ to the end of the address */
	struct piece whole;     /* without what follows a line break */
};

/* 0, or LINEERR_INVALADDRESS and why. An address that does not begin with + is always fine. */
LONG address_parse(const char *text, struct address *out, const char **why);

/* Has it only what telephone numbers are written with? */
bool piece_is_number(struct piece p);
bool piece_is(struct piece p, const char *text);

/* One location with what belongs to it. */
struct place {
	const struct tapix_location *location;
	const struct tapix_area_rule *rules;
	size_t rule_count;
	const struct country *country; /* NULL: none */
	const struct tapix_card *card; /* NULL: direct dial */
	bool takes_no_numbers;         /* the line: its addresses are of other kinds */
};

struct translation {
	struct buf dialable, displayable; /* without NUL */
	struct buf steps;                 /* lines of text */
	uint32_t current_country, dest_country, results;
	bool failed; /* memory was short */
	char why[160];
};

/* options: LINETRANSLATEOPTION_. 0 or a LINEERR_ with out->why. Always to be freed. */
LONG translate(const struct place *from, const char *address, uint32_t options,
		uint32_t api_version, struct translation *out);
void translation_fini(struct translation *t);

/* --- translate_rule.c --- */

enum call_kind { KIND_LOCAL, KIND_LONG_DISTANCE, KIND_INTERNATIONAL };

/* What the letters of a rule stand for. */
struct letters {
	char code[12];
	struct piece area, subscriber;
	const struct tapix_location *location;
	const struct tapix_card *card;
	enum call_kind kind;
};

void translation_add(struct translation *t, const char *dialable, const char *displayable);
/* "rule: sentence" */
void translation_say(struct translation *t, const char *rule, const char *fmt, ...)
		LOG_PRINTF(3, 4);
/* Dials a rule. 0, or LINEERR_OPERATIONFAILED: it asks for a carrier that the location has not. */
LONG rule_apply(struct translation *t, const char *rule, const struct letters *l);
/* Letters and characters that a rule may have. */
bool rule_is_valid(const char *rule);
/* Characters that are dialled as they are: access codes and the like. */
bool text_is_dialable(const char *text);
bool text_is_digits(const char *text);
/* Of a list "425,555": digits with single commas between. */
bool list_is_valid(const char *list);
/* The length of the longest entry that text begins with, 0: none. */
size_t list_match(const char *list, struct piece text);

#endif
