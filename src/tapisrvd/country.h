// SPDX-License-Identifier: MIT
/* country.h - the countries, their E.164 codes and how one dials there. */
#ifndef TAPISRVD_COUNTRY_H
#define TAPISRVD_COUNTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct country {
	uint32_t id, code;
	const char *iso, *name;
	const char *same_area, *long_distance, *international; /* rules of translate_rule.c */
};

/* In the order of their list. */
extern const struct country countries[];
extern const size_t country_count;

/* NULL: none. */
const struct country *country_find(uint32_t id);
/* By id, ISO letters or name; for configurations. */
const struct country *country_by_word(const char *word);
/* The code that the digits begin with; codes are prefix-free. 0: none. */
uint32_t country_code_of(const char *digits);
/* Do local calls there cost toll by their prefix (North American Numbering Plan)? */
bool country_has_toll(const struct country *c);

#endif
