// SPDX-License-Identifier: MIT
/* config.c - the exchange's keys: one table of numbers, and the two lists. */
#include "config.h"

#include "base/log.h"
#include "base/mem.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Whether a new value can count while the exchange runs. */
enum taken { AT_START, LIVE };

struct number_key {
	const char *name;
	size_t offset;
	uint32_t min, max, normal;
	enum taken taken;
	const char *help;
};

#define MEMBER(m) offsetof(struct config, m)

/* clang-format off */
static const struct number_key number_keys[] = {
	{ "calls_per_line",     MEMBER(calls_per_line),       1,      16,      2, LIVE,
			"calls an extension can have at a time" },
	{ "conference_parties", MEMBER(conference_parties),   2,      64,      8, LIVE,
			"parties that a conference can have" },
	{ "no_answer_ms",       MEMBER(no_answer_ms),       100, 3600000,  60000, LIVE,
			"how long a call rings before it ends unanswered" },
	{ "absent_ms",          MEMBER(absent_ms),            0,   60000,   3000, LIVE,
			"how long a caller waits for a program that takes calls" },
	{ "dial_ms",            MEMBER(dial_ms),            100, 3600000,  15000, LIVE,
			"how long the next digit is waited for" },
	{ "ring_ms",            MEMBER(ring_ms),            100,   60000,   5000, LIVE,
			"time from one ring to the next" },
	{ "media_ms",           MEMBER(media_ms),             1,    2000,   2000, LIVE,
			"the longest that an answered call waits for its media" },
	{ "setup_ms",           MEMBER(setup_ms),             0,   60000,      0, LIVE,
			"time from the last digit to the called extension" },
	{ "setup_jitter_ms",    MEMBER(setup_jitter_ms),      0,   60000,      0, LIVE,
			"how much chance may add to setup_ms" },
	{ "congestion_percent", MEMBER(congestion_percent),   0,     100,      0, LIVE,
			"how many of 100 calls find no free path" },
	{ "uui_size",           MEMBER(uui_size),             0,    4096,    128, LIVE,
			"the most bytes of user-user information" },
};
/* clang-format on */

#define NUMBER_KEYS (sizeof(number_keys) / sizeof(number_keys[0]))

static uint32_t *number_of(struct config *c, const struct number_key *k)
{
	return (uint32_t *)(void *)((char *)c + k->offset);
}

static bool read_u64(const char *text, uint64_t max, uint64_t *out)
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

/* The next item of a comma-separated list without the blanks around it; false at the end. */
static bool next_item(const char **list, const char **item, size_t *size)
{
	const char *end;

	if (!*list)
		return false;
	end = strchr(*list, ',');
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
	char first[CONFIG_NUMBER_MAX + 1];
	size_t count;
};

static bool copy_number(const char *p, size_t size, char out[CONFIG_NUMBER_MAX + 1])
{
	if (size == 0 || size > CONFIG_NUMBER_MAX)
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
	char last[CONFIG_NUMBER_MAX + 1];
	uint64_t a = 0, b = 0;

	out->count = 1;
	if (!dash)
		return copy_number(p, size, out->first);
	if (!copy_number(p, (size_t)(dash - p), out->first) ||
			!copy_number(dash + 1, size - (size_t)(dash - p) - 1, last) ||
			strlen(out->first) != strlen(last))
		return false;
	if (!read_u64(out->first, UINT64_MAX, &a) || !read_u64(last, UINT64_MAX, &b) || b < a ||
			b - a >= CONFIG_EXTENSIONS_MAX)
		return false;
	out->count = (size_t)(b - a) + 1;
	return true;
}

/* All numbers of the list, one after the other; *count stays 0 if it cannot be read. */
static int expand(const char *text, config_number **out, size_t *count)
{
	config_number *numbers = mem_alloc(CONFIG_EXTENSIONS_MAX * sizeof(*numbers));
	const char *item;
	size_t size, used = 0;
	struct range r;

	*count = 0;
	if (!numbers)
		return -ENOMEM;
	while (next_item(&text, &item, &size)) {
		uint64_t value = 0;

		if (!read_range(item, size, &r) || used + r.count > CONFIG_EXTENSIONS_MAX ||
				!read_u64(r.first, UINT64_MAX, &value)) {
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

static bool has_twins(config_number *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t j = i + 1; j < count; j++)
			if (strcmp(numbers[i], numbers[j]) == 0)
				return true;
	return false;
}

static int set_extensions(struct config *c, const char *value, const char **why)
{
	config_number *numbers;
	size_t count;
	int err = expand(value, &numbers, &count);

	if (err) {
		*why = "extensions is a list such as 101-104,205 of at most 1000 numbers";
		return err;
	}
	if (has_twins(numbers, count)) {
		mem_free(numbers);
		*why = "an extension is named twice";
		return -EINVAL;
	}
	mem_free(c->numbers);
	c->numbers = numbers;
	c->count = count;
	return 0;
}

static int set_names(struct config *c, const char *value, const char **why)
{
	const char *list = value, *item;
	char *copy;
	size_t size;

	while (next_item(&list, &item, &size))
		if (size == 0 || size > CONFIG_NAME_MAX) {
			*why = "a name has 1 to 63 bytes";
			return -EINVAL;
		}
	copy = mem_strdup(value);
	if (!copy)
		return -ENOMEM;
	mem_free(c->names);
	c->names = copy;
	return 0;
}

static int set_clock(struct config *c, const char *value, const char **why)
{
	bool is_virtual = strcmp(value, "virtual") == 0;

	if (!is_virtual && strcmp(value, "real") != 0) {
		*why = "clock is real or virtual";
		return -EINVAL;
	}
	c->virtual_clock = is_virtual;
	return 0;
}

static int set_sets(struct config *c, const char *value, const char **why)
{
	bool apart = strcmp(value, "apart") == 0;

	if (!apart && strcmp(value, "tied") != 0) {
		*why = "sets is tied or apart";
		return -EINVAL;
	}
	c->sets_apart = apart;
	return 0;
}

static int set_seed(struct config *c, const char *value, const char **why)
{
	if (read_u64(value, UINT64_MAX, &c->seed))
		return 0;
	*why = "seed is a number; 0 is a new one each time";
	return -EINVAL;
}

static int set_log(struct config *c, const char *value, const char **why)
{
	enum log_level level;

	(void)c;
	if (!log_level_parse(value, &level)) {
		*why = "log is error, warn, info, debug or trace";
		return -EINVAL;
	}
	log_set_level(level);
	return 0;
}

static const struct text_key {
	const char *name;
	int (*set)(struct config *c, const char *value, const char **why);
	enum taken taken;
	DWORD type;
	const char *values, *normal, *help;
} text_keys[] = {
	{ "extensions", set_extensions, AT_START, TSPIKEY_LIST, "101-104,205", "101-104",
			"the numbers of the extensions" },
	{ "names", set_names, AT_START, TSPIKEY_LIST, "Alice,Bob", NULL,
			"names of the extensions, in their order" },
	{ "clock", set_clock, AT_START, TSPIKEY_CHOICE, "real virtual", "real",
			"the virtual clock stands still but for tests" },
	{ "seed", set_seed, AT_START, TSPIKEY_TEXT, "a number", "0",
			"all chance follows from it; 0: another one each time" },
	{ "sets", set_sets, AT_START, TSPIKEY_CHOICE, "tied apart", "tied",
			"whether the set of an extension acts on its line" },
	{ "log", set_log, LIVE, TSPIKEY_CHOICE, "error warn info debug trace", "info",
			"how much the exchange logs" },
};

#define TEXT_KEYS (sizeof(text_keys) / sizeof(text_keys[0]))

int config_init(struct config *c)
{
	const char *why;

	*c = (struct config){ 0 };
	for (size_t i = 0; i < NUMBER_KEYS; i++)
		*number_of(c, &number_keys[i]) = number_keys[i].normal;
	return set_extensions(c, "101-104", &why);
}

void config_fini(struct config *c)
{
	mem_free(c->numbers);
	mem_free(c->names);
	for (size_t i = 0; i < c->given_count; i++) {
		mem_free(c->given[i].key);
		mem_free(c->given[i].value);
	}
	mem_free(c->given);
	*c = (struct config){ 0 };
}

static int set(struct config *c, const char *key, const char *value, const char **why)
{
	uint64_t number;

	for (size_t i = 0; i < TEXT_KEYS; i++)
		if (strcmp(key, text_keys[i].name) == 0)
			return text_keys[i].set(c, value, why);
	for (size_t i = 0; i < NUMBER_KEYS; i++) {
		if (strcmp(key, number_keys[i].name) != 0)
			continue;
		if (!read_u64(value, number_keys[i].max, &number) || number < number_keys[i].min) {
			*why = "the number is out of range";
			return -EINVAL;
		}
		*number_of(c, &number_keys[i]) = (uint32_t)number;
		return 0;
	}
	*why = "the exchange has no such key";
	return -ENOENT;
}

/* As it was written, for a comparison with the next set. */
static int note(struct config *c, const char *key, const char *value)
{
	struct config_given *more = mem_realloc(c->given, (c->given_count + 1) * sizeof(*more));

	if (!more)
		return -ENOMEM;
	c->given = more;
	more += c->given_count;
	more->key = mem_strdup(key);
	more->value = mem_strdup(value);
	c->given_count++;
	return more->key && more->value ? 0 : -ENOMEM;
}

int config_set(struct config *c, const char *key, const char *value, const char **why)
{
	int err = set(c, key, value, why);

	return err ? err : note(c, key, value);
}

/* Of a key that is there twice, the last counts. */
static const char *value_of(const struct config *c, const char *key)
{
	for (size_t i = c->given_count; i-- > 0;)
		if (strcmp(c->given[i].key, key) == 0)
			return c->given[i].value;
	return NULL;
}

static bool is_same(const struct config *a, const struct config *b, const char *key)
{
	const char *x = value_of(a, key), *y = value_of(b, key);

	return x && y ? strcmp(x, y) == 0 : x == y;
}

const char *config_fixed_key(const struct config *running, const struct config *next)
{
	for (size_t i = 0; i < TEXT_KEYS; i++)
		if (text_keys[i].taken == AT_START && !is_same(running, next, text_keys[i].name))
			return text_keys[i].name;
	for (size_t i = 0; i < NUMBER_KEYS; i++)
		if (number_keys[i].taken == AT_START &&
				!is_same(running, next, number_keys[i].name))
			return number_keys[i].name;
	return NULL;
}

void config_describe(TSPI_DESCRIBE describe, DWORD_PTR context)
{
	char normal[16];

	for (size_t i = 0; i < TEXT_KEYS; i++) {
		const struct text_key *k = &text_keys[i];
		const TSPI_KEY key = { .key = k->name,
			.type = k->type,
			.values = k->values,
			.normal = k->normal,
			.help = k->help };

		describe(context, &key);
	}
	for (size_t i = 0; i < NUMBER_KEYS; i++) {
		const struct number_key *k = &number_keys[i];
		const TSPI_KEY key = { .key = k->name,
			.type = TSPIKEY_NUMBER,
			.min = k->min,
			.max = k->max,
			.normal = normal,
			.help = k->help };

		(void)snprintf(normal, sizeof(normal), "%u", k->normal);
		describe(context, &key);
	}
}

void config_name(const struct config *c, size_t index, char name[CONFIG_NAME_MAX + 1])
{
	const char *list = c->names, *item;
	size_t size;

	(void)snprintf(name, CONFIG_NAME_MAX + 1, "Extension %s", c->numbers[index]);
	for (size_t i = 0; next_item(&list, &item, &size); i++)
		if (i == index)
			(void)snprintf(name, CONFIG_NAME_MAX + 1, "%.*s", (int)size, item);
}
