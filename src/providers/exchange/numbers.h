// SPDX-License-Identifier: MIT
/* numbers.h - lists of numbers as the configuration writes them: "101-104, 205". */
#ifndef EXCHANGE_NUMBERS_H
#define EXCHANGE_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NUMBERS_MAX   1000 /* of one list, and of all lines */
#define NUMBER_DIGITS 15

typedef char number_text[NUMBER_DIGITS + 1];

struct numbers {
	number_text *list;
	size_t count;
};

/* -EINVAL: it cannot be read, or names a number twice; -ENOMEM. *out changes only on success. */
int numbers_read(struct numbers *out, const char *text);
void numbers_fini(struct numbers *n);
/* True: *a and *b have a number in common. */
bool numbers_meet(const struct numbers *a, const struct numbers *b);
bool numbers_have(const struct numbers *n, const char *number);

/* The next item of a list without the blanks around it; false at the end. */
bool numbers_next_item(const char **list, char separator, const char **item, size_t *size);
bool numbers_read_u64(const char *text, uint64_t max, uint64_t *out);

#endif
