// SPDX-License-Identifier: MIT
/* text.h - pieces of header values: lists, parameters, quoted strings. A piece points into the
 * value; nothing is copied, any bytes may come. */
#ifndef SIP_TEXT_H
#define SIP_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct text {
	const char *p;
	size_t size;
};

struct text text_of(const char *s);
/* Without blanks and line ends around it. */
struct text text_trim(struct text t);
/* The same word; case does not matter. */
bool text_is(struct text t, const char *word);
bool text_number(struct text t, int min, int max, int *out);
/* Copied as far as it fits, with a NUL. */
void text_copy(struct text t, char *out, size_t size);
/* The same of a quoted string: without the quotes, and each \x becomes x. */
void text_copy_unquoted(struct text t, char *out, size_t size);

/* The next value of a list with commas; those in quotes and <> divide nothing. False: the end. */
bool text_next_value(struct text *rest, struct text *value);
/* Cuts `;a=b;c` off, and returns it; those in quotes and <> do not count. */
struct text text_split_params(struct text *value);
/* The next parameter; its value is empty if it has none. False: the end. */
bool text_next_param(struct text *params, struct text *name, struct text *value);
/* A parameter by its name; false: it is not there. */
bool text_param(struct text params, const char *name, struct text *value);

/* The next line of a body, without its end. False: the end. */
bool text_next_line(struct text *rest, struct text *line);

/* For people: what is no UTF-8 or a control character becomes '?', cut to size. */
void text_clean(const char *s, char *out, size_t size);
/* Length of the UTF-8 character at p, where `size` bytes are; 0: it is none. */
size_t text_character(const char *p, size_t size);

#endif
