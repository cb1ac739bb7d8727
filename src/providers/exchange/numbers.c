// SPDX-License-Identifier: MIT
/* numbers.c - reading of lists of numbers. */
#include "numbers.h"

#include "base/mem.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

bool numbers_read_u64(const char *text, uint64_t max, uint64_t *out)
{
	uint64_t value = 0;

	if (!*text)
		return false;
	for (; *text; text++) {
		uint64_t digit = (uint64_t)(*text - '0');

		if (*text < '0' || *text > '9' || value > (max - digit) / 10)
			return false;
		value = value * 10 + digit;
	}
	*out = value;
	return true;
}

bool numbers_next_item(const char **list, char separator, const char **item, size_t *size)
{
	const char *end;

	if (!*list)
		return false;
	end = strchr(*list, separator);
	*item = *list;
	*size = end ? (size_t)(end - *list) : strlen(*list);
	*list = end ? end + 1 : NULL;
	while (*size && **item == ' ') {
		(*item)++;
		(*size)--;
	}
	while (*size && (*item)[*size - 1] == ' ')
		(*size)--;
	return true;
}

struct range {
	char first[NUMBER_DIGITS + 1];
	size_t count;
};

static bool copy_number(const char *p, size_t size, char out[NUMBER_DIGITS + 1])
{
	if (size == 0 || size > NUMBER_DIGITS)
		return false;
	for (size_t i = 0; i < size; i++)
		if (p[i] < '0' || p[i] > '9')
			return false;
	memcpy(out, p, size);
	out[size] = '\0';
	return true;
}

/* "205" or "101-104", both ends with the same count of digits. */
static bool read_range(const char *p, size_t size, struct range *out)
{
	const char *dash = memchr(p, '-', size);
	char last[NUMBER_DIGITS + 1];
	uint64_t a = 0, b = 0;

	out->count = 1;
	if (!dash)
		return copy_number(p, size, out->first);
	if (!copy_number(p, (size_t)(dash - p), out->first) ||
			!copy_number(dash + 1, size - (size_t)(dash - p) - 1, last) ||
			strlen(out->first) != strlen(last))
		return false;
	if (!numbers_read_u64(out->first, UINT64_MAX, &a) ||
			!numbers_read_u64(last, UINT64_MAX, &b) || b < a || b - a >= NUMBERS_MAX)
		return false;
	out->count = (size_t)(b - a) + 1;
	return true;
}

/* All numbers of the list, one after the other; *count stays 0 if it cannot be read. */
static int expand(const char *text, number_text **out, size_t *count)
{
	number_text *numbers = mem_alloc(NUMBERS_MAX * sizeof(*numbers));
	const char *item;
	size_t size, used = 0;
	struct range r;

	*count = 0;
	if (!numbers)
		return -ENOMEM;
	while (numbers_next_item(&text, ',', &item, &size)) {
		uint64_t value = 0;

		if (!read_range(item, size, &r) || used + r.count > NUMBERS_MAX ||
				!numbers_read_u64(r.first, UINT64_MAX, &value)) {
			mem_free(numbers);
			return -EINVAL;
		}
		for (size_t i = 0; i < r.count; i++)
			(void)snprintf(numbers[used++], sizeof(*numbers), "%0*" PRIu64,
					(int)strlen(r.first), value + i);
	}
	*out = numbers;
	*count = used;
	return 0;
}

static bool has_twins(number_text *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t j = i + 1; j < count; j++)
			if (strcmp(numbers[i], numbers[j]) == 0)
				return true;
	return false;
}

int numbers_read(struct numbers *out, const char *text)
{
	number_text *list;
	size_t count;
	int err = expand(text, &list, &count);

	if (err)
		return err;
	if (has_twins(list, count)) {
		mem_free(list);
		return -EINVAL;
	}
	mem_free(out->list);
	*out = (struct numbers){ list, count };
	return 0;
}

void numbers_fini(struct numbers *n)
{
	mem_free(n->list);
	*n = (struct numbers){ NULL, 0 };
}

bool numbers_have(const struct numbers *n, const char *number)
{
	for (size_t i = 0; i < n->count; i++)
		if (strcmp(n->list[i], number) == 0)
			return true;
	return false;
}

bool numbers_meet(const struct numbers *a, const struct numbers *b)
{
	for (size_t i = 0; i < a->count; i++)
		if (numbers_have(b, a->list[i]))
			return true;
	return false;
}
