// SPDX-License-Identifier: MIT
/* json.c - sys-json: every line of stdin must be one JSON object and have the members that are
 * named: `key` or `key.key`, which are looked up in lists' first elements too. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 1 << 20 };

static const json_t *find(const json_t *value, const char *path)
{
	char key[128];

	while (value && *path) {
		size_t n = strcspn(path, ".");

		if (n >= sizeof(key))
			return NULL;
		memcpy(key, path, n);
		key[n] = '\0';
		if (json_is_array(value))
			value = json_array_get(value, 0);
		value = json_object_get(value, key);
		path += n + (path[n] == '.');
	}
	return value;
}

static int check(const char *line, unsigned number, char **keys)
{
	json_error_t error;
	json_t *object = json_loads(line, JSON_REJECT_DUPLICATES, &error);
	int bad = 0;

	if (!json_is_object(object)) {
		fprintf(stderr, "line %u is no JSON object: %s\n", number, error.text);
		bad = 1;
	}
	for (; object && *keys; keys++)
		if (!find(object, *keys)) {
			fprintf(stderr, "line %u has no %s\n", number, *keys);
			bad = 1;
		}
	json_decref(object);
	return bad;
}

int main(int argc, char **argv)
{
	char *line = malloc(LINE);
	unsigned lines = 0;
	int bad = 0;

	(void)argc;
	while (line && fgets(line, LINE, stdin))
		bad |= check(line, ++lines, argv + 1);
	free(line);
	if (!lines)
		fprintf(stderr, "no line came\n");
	return bad || !lines;
}
