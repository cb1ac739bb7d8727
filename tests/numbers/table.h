// SPDX-License-Identifier: MIT
/* table.h - the three tables of numbers: locations.tsv, cards.tsv and table.tsv. */
#ifndef TESTS_NUMBERS_TABLE_H
#define TESTS_NUMBERS_TABLE_H

#include "tapisrvd/translate.h"

enum { TABLE_ROWS = 600, TABLE_TEXT = 256 };

struct table_row {
	int line;
	char location[32], number[TABLE_TEXT], dialable[TABLE_TEXT], displayable[TABLE_TEXT];
	char rule[TABLE_TEXT];
	uint32_t options, card;
	LONG error;
	uint32_t results, country;
};

/* Rows and what they name; aborts with the line that is wrong. */
size_t table_load(const char *folder);
const struct table_row *table_row(size_t i);
/* The location of a row with its preferred card, or the row's. False: it has no such card. */
bool table_place(const struct table_row *row, struct place *out);

#endif
