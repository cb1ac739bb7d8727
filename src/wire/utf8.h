// SPDX-License-Identifier: MIT
/* utf8.h - is it UTF-8? All strings of TAPI are, here. */
#ifndef WIRE_UTF8_H
#define WIRE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* Length of the character at s, which ends with NUL; 0: it is none. */
size_t utf8_length(const char *s);
bool utf8_is_valid(const char *s);
/* A character at the end that has been cut goes. */
void utf8_trim(char *s);
/* What fits, in whole characters; NULL is "". */
void utf8_copy(char *to, size_t size, const char *from);

#endif
