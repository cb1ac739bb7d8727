// SPDX-License-Identifier: MIT
/* record.h - structs of tapix_numbers.h for people and scripts: KEY=VALUE words, lines, JSON. Keys
 * are the names of their members. */
#ifndef TAPICTL_RECORD_H
#define TAPICTL_RECORD_H

#include "tapictl.h"

#include <stddef.h>

struct record_key {
	const char *key;
	const char *field;   /* in JSON, as in proto/tapi.proto; NULL: the key */
	size_t offset, size; /* text; size 0: a DWORD */
	/* For what people say otherwise. They complain; NULL: as it is. */
	bool (*read)(const char *word, DWORD *out);
	const char *(*write)(DWORD value);
	bool is_fixed, is_secret; /* cannot be set; is never given */
};

#define RECORD_TEXT(type, member)                                                                  \
	.key = #member, .offset = offsetof(struct type, member),                                   \
	.size = sizeof(((struct type *)0)->member)
#define RECORD_NUMBER(type, member) .key = #member, .offset = offsetof(struct type, member)

/* KEY=VALUE words from argv[from] on into v; complains. */
enum exit_code record_take(const struct options *o, int from, const struct record_key *keys,
		size_t count, void *v);
/* "key  value" lines, without those that are empty or 0. */
void record_show(const struct record_key *keys, size_t count, const void *v);
/* {"key":value,...} */
void record_json(const struct record_key *keys, size_t count, const void *v);

/* A country by id, name or "+49"; complains. */
bool country_read(const char *word, DWORD *id);
/* "Germany (+49)"; static. */
const char *country_word(DWORD id);
/* All countries, to be freed; NULL: *error. */
LINECOUNTRYLIST *get_countries(DWORD id, LONG *error);

/* record_noun.c: what a user has several of. The first key is the id, the second the name. */
struct record_noun {
	const char *name, *plural; /* "card", "the cards" */
	size_t size;
	const struct record_key *keys;
	size_t count;
	LONG (*get)(void *all, size_t size, DWORD *count);
	LONG (*set)(const void *one, size_t size, DWORD *id);
	LONG (*remove)(DWORD id);
};
extern const struct record_noun record_card, record_location;

/* All, to be freed; NULL and an exit code when it fails. */
void *record_all(const struct record_noun *n, DWORD *count, enum exit_code *code);
/* By id or name; complains. */
enum exit_code record_find(const struct record_noun *n, const char *word, void *out);
/* The commands NOUN add NAME [KEY=VALUE]..., set and remove; one is room for one. */
enum exit_code record_add(const struct record_noun *n, const struct options *o, void *one);
enum exit_code record_set(const struct record_noun *n, const struct options *o, void *one);
enum exit_code record_remove(const struct record_noun *n, const struct options *o, void *one);

#endif
