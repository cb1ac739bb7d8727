// SPDX-License-Identifier: MIT
/* utf8.c - the shortest forms of U+0000 to U+10FFFF, without surrogates. */
#include "wire/utf8.h"

#include <stdint.h>
#include <string.h>

size_t utf8_length(const char *text)
{
	const uint8_t *s = (const uint8_t *)text;
	size_t n = s[0] < 0x80 ? 1 : s[0] < 0xc2 ? 0 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;

	if (s[0] > 0xf4)
		return 0;
	for (size_t i = 1; i < n; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) ||
			(s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f))
		return 0; /* too long a form, a surrogate, or above U+10FFFF */
	return n;
}

bool utf8_is_valid(const char *s)
{
	while (*s) {
		size_t n = utf8_length(s);

		if (!n)
			return false;
		s += n;
	}
	return true;
}

void utf8_trim(char *s)
{
	size_t n = strlen(s), last = n;

	while (last && n - last < 3 && (s[last - 1] & 0xc0) == 0x80)
		last--;
	if (last && (s[last - 1] & 0x80) && !utf8_length(s + last - 1))
		s[last - 1] = '\0';
}

void utf8_copy(char *to, size_t size, const char *from)
{
	size_t n = from ? strnlen(from, size - 1) : 0;

	if (n)
		memcpy(to, from, n);
	to[n] = '\0';
	utf8_trim(to);
}
