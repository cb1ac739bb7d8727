// SPDX-License-Identifier: MIT
/* record_noun.c - what is the same for all that a user has several of: cards, locations. */
#include "record.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static DWORD id_of(const struct record_noun *n, const void *one)
{
	DWORD id;

	memcpy(&id, (const char *)one + n->keys[0].offset, sizeof(id));
	return id;
}

void *record_all(const struct record_noun *n, DWORD *count, enum exit_code *code)
{
	DWORD room = 16;

	for (;;) {
		void *all = calloc(room, n->size);
		LONG error = LINEERR_NOMEM;

		*count = room;
		if (all)
			error = n->get(all, n->size, count);
		*code = EXIT_DONE;
		if (!error)
			return all;
		free(all);
		if (error != LINEERR_STRUCTURETOOSMALL) {
			*code = complain(n->plural, error);
			return NULL;
		}
		room = *count + 4;
	}
}

enum exit_code record_find(const struct record_noun *n, const char *word, void *out)
{
	enum exit_code code;
	DWORD count;
	char *all = record_all(n, &count, &code);
	bool by_id = isdigit((unsigned char)*word);

	if (!all)
		return code;
	code = EXIT_NOT_FOUND;
	for (DWORD i = 0; i < count && code; i++) {
		const char *one = all + i * n->size;

		if (by_id ? id_of(n, one) != strtoul(word, NULL, 10)
			  : strcasecmp(one + n->keys[1].offset, word) != 0)
			continue;
		memcpy(out, one, n->size);
		code = EXIT_DONE;
	}
	free(all);
	if (code)
		fprintf(stderr, "tapictl: no %s '%s'; `tapictl %s list` lists them\n", n->name,
				word, n->name);
	return code;
}

/* What a request that failed was to do: "the card was not set". */
static enum exit_code refused(const struct record_noun *n, const char *done, LONG error)
{
	char what[64];

	(void)snprintf(what, sizeof(what), "the %s was not %s", n->name, done);
	return complain(what, error);
}

static enum exit_code take_and_set(const struct record_noun *n, const struct options *o, void *one)
{
	enum exit_code code = record_take(o, 2, n->keys, n->count, one);
	DWORD id;
	LONG error;

	if (code)
		return code;
	error = n->set(one, n->size, &id);
	if (error)
		return refused(n, "set", error);
	if (o->json)
		printf("{\"%s\":%u}\n", n->keys[0].key, id);
	else
		printf("%s %u\n", n->name, id);
	return EXIT_DONE;
}

enum exit_code record_add(const struct record_noun *n, const struct options *o, void *one)
{
	const DWORD id = TAPIX_NEW;

	memset(one, 0, n->size);
	memcpy((char *)one + n->keys[0].offset, &id, sizeof(id));
	(void)snprintf((char *)one + n->keys[1].offset, n->keys[1].size, "%s", o->argv[1]);
	return take_and_set(n, o, one);
}

enum exit_code record_set(const struct record_noun *n, const struct options *o, void *one)
{
	enum exit_code code = record_find(n, o->argv[1], one);

	return code ? code : take_and_set(n, o, one);
}

enum exit_code record_remove(const struct record_noun *n, const struct options *o, void *one)
{
	enum exit_code code = record_find(n, o->argv[1], one);
	LONG error;

	if (code)
		return code;
	error = n->remove(id_of(n, one));
	return error ? refused(n, "removed", error) : EXIT_DONE;
}
