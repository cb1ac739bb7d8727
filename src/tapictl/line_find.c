// SPDX-License-Identifier: MIT
/* line_find.c - which line is meant: its number, its name, or an address of it. A number that is no
 * line may still be an address. */
#include "tapictl.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_number(const char *word, DWORD *out)
{
	unsigned long n;
	char *end;

	if (word[0] < '0' || word[0] > '9')
		return false;
	errno = 0;
	n = strtoul(word, &end, 10);
	*out = (DWORD)n;
	return !*end && !errno && n <= INFINITE;
}

static bool same(const char *word, const void *structure, DWORD size, DWORD offset)
{
	const char *text = (const char *)structure + offset;

	while (size && text[size - 1] == '\0')
		size--;
	return size == strlen(word) && memcmp(text, word, size) == 0;
}

static bool has_address(struct session *s, DWORD device, DWORD count, const char *word)
{
	bool found = false;

	for (DWORD id = 0; id < count && !found; id++) {
		LONG error;
		LINEADDRESSCAPS *caps = get_address_caps(s, device, id, &error);

		found = caps && same(word, caps, caps->dwAddressSize, caps->dwAddressOffset);
		free(caps);
	}
	return found;
}

static bool is_called(struct session *s, DWORD device, const char *word)
{
	LONG error;
	LINEDEVCAPS *caps = get_dev_caps(s, device, &error);
	bool found = caps && (same(word, caps, caps->dwLineNameSize, caps->dwLineNameOffset) ||
					     has_address(s, device, caps->dwNumAddresses, word));

	free(caps);
	return found;
}

enum exit_code session_line_as(struct session *s, const char *noun, const char *word, DWORD *out)
{
	DWORD number = 0, found = 0, count = 0;
	bool numeric = is_number(word, &number);

	if (numeric && number < s->lines) {
		*out = number;
		return EXIT_DONE;
	}
	for (DWORD device = 0; device < s->lines; device++) {
		if (!is_called(s, device, word))
			continue;
		found = count ? found : device;
		count++;
	}
	*out = found;
	if (count == 1)
		return EXIT_DONE;
	if (count)
		fprintf(stderr, "tapictl: %u %ss are called '%s'; say the number\n", count, noun,
				word);
	else if (numeric)
		fprintf(stderr, "tapictl: there is no %s %s; tapictl %ss shows them\n", noun, word,
				noun);
	else
		fprintf(stderr,
				"tapictl: no %s has the name or address '%s'; tapictl %ss "
				"shows them\n",
				noun, word, noun);
	return count ? EXIT_USAGE : EXIT_NOT_FOUND;
}

enum exit_code session_line(struct session *s, const char *word, DWORD *out)
{
	return session_line_as(s, "line", word, out);
}
