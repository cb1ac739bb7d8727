// SPDX-License-Identifier: MIT
/* lines.c - see lines.h. */
#include "lines.h"

#include <stdlib.h>
#include <string.h>

char *lines_text(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);

	if (!text)
		abort();
	if (size)
		memcpy(text, data, size);
	text[size] = '\0';
	return text;
}

void lines_each(const uint8_t *data, size_t size, void (*each)(void *arg, char *line), void *arg)
{
	while (size) {
		const uint8_t *end = memchr(data, '\n', size);
		size_t n = end ? (size_t)(end - data) : size;
		char *line = lines_text(data, n);

		each(arg, line);
		free(line);
		n += end != NULL;
		data += n;
		size -= n;
	}
}

char *lines_value(char *line)
{
	char *equals = strchr(line, '=');

	if (equals)
		*equals++ = '\0';
	return equals;
}
