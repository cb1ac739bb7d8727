// SPDX-License-Identifier: MIT
/* record.c - see record.h. */
#include "record.h"

#include <stdlib.h>
#include <string.h>

static const struct record_key *find(const struct record_key *keys, size_t count, const char *word,
		size_t length)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(keys[i].key) == length && strncmp(keys[i].key, word, length) == 0)
			return &keys[i];
	return NULL;
}

static void tell_keys(const struct record_key *keys, size_t count)
{
	(void)fputs("tapictl: the keys are", stderr);
	for (size_t i = 0; i < count; i++)
		if (!keys[i].is_fixed)
			fprintf(stderr, " %s", keys[i].key);
	(void)fputs("\n", stderr);
}

static bool take_number(const struct record_key *k, const char *value, DWORD *out)
{
	char *end;

	if (k->read)
		return k->read(value, out);
	*out = (DWORD)strtoul(value, &end, 10);
	if (*value >= '0' && *value <= '9' && !*end)
		return true;
	fprintf(stderr, "tapictl: %s takes a number, not '%s'\n", k->key, value);
	return false;
}

static bool take_one(const struct record_key *k, const char *value, void *v)
{
	char *at = (char *)v + k->offset;

	if (!k->size)
		return take_number(k, value, (DWORD *)(void *)at);
	if (strlen(value) >= k->size) {
		fprintf(stderr, "tapictl: %s is longer than %zu characters\n", k->key, k->size - 1);
		return false;
	}
	memset(at, 0, k->size);
	memcpy(at, value, strlen(value) + 1);
	return true;
}

enum exit_code record_take(const struct options *o, int from, const struct record_key *keys,
		size_t count, void *v)
{
	for (int i = from; i < o->argc; i++) {
		size_t length = strcspn(o->argv[i], "=");
		const struct record_key *k = find(keys, count, o->argv[i], length);

		if (!k || k->is_fixed || !o->argv[i][length]) {
			fprintf(stderr,
					o->argv[i][length] ? "tapictl: no key '%.*s' can be set\n"
							   : "tapictl: '%.*s' is not KEY=VALUE\n",
					(int)length, o->argv[i]);
			tell_keys(keys, count);
			return EXIT_USAGE;
		}
		if (!take_one(k, o->argv[i] + length + 1, v))
			return EXIT_USAGE;
	}
	return EXIT_DONE;
}

static DWORD number_of(const struct record_key *k, const void *v)
{
	DWORD number;

	memcpy(&number, (const char *)v + k->offset, sizeof(number));
	return number;
}

void record_show(const struct record_key *keys, size_t count, const void *v)
{
	for (size_t i = 0; i < count; i++) {
		const struct record_key *k = &keys[i];
		const char *text = (const char *)v + k->offset;

		if (k->is_secret || (k->size && !*text))
			continue;
		if (k->size)
			printf("  %-22s %s\n", k->key, text);
		else if (k->write)
			printf("  %-22s %s\n", k->key, k->write(number_of(k, v)));
		else if (number_of(k, v))
			printf("  %-22s %u\n", k->key, number_of(k, v));
	}
}

void record_json(const struct record_key *keys, size_t count, const void *v)
{
	bool first = true;

	putchar('{');
	for (size_t i = 0; i < count; i++) {
		const struct record_key *k = &keys[i];

		if (k->is_secret)
			continue;
		printf("%s\"%s\":", first ? "" : ",", k->field ? k->field : k->key);
		first = false;
		if (k->size)
			print_json_text((const char *)v + k->offset);
		else
			printf("%u", number_of(k, v));
	}
	putchar('}');
}
