// SPDX-License-Identifier: MIT
/* lines.h - an input as lines of text. */
#ifndef FUZZ_LINES_H
#define FUZZ_LINES_H

#include <stddef.h>
#include <stdint.h>

/* Each with a NUL in place of its end; it may be changed. */
void lines_each(const uint8_t *data, size_t size, void (*each)(void *arg, char *line), void *arg);
/* "key=value": cut after the key; the value, or NULL. */
char *lines_value(char *line);
/* The whole of it as a string, to be freed. */
char *lines_text(const uint8_t *data, size_t size);

#endif
