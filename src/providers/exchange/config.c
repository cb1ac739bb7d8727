// SPDX-License-Identifier: MIT
/* config.c - the exchange's keys: one table of numbers, and the two lists. */
#include "config.h"

#include "base/log.h"
#include "base/mem.h"

#include <errno.h>
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
	{ "calls_per_line",     MEMBER(calls_per_line),       1,      100,     2, LIVE,
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
	{ "park_ms",            MEMBER(park_ms),            100, 3600000,  60000, LIVE,
			"after this time a parked call is called to mind" },
	{ "queue_ms",           MEMBER(queue_ms),             0, 3600000,      0, LIVE,
			"how long a call waits in a queue; 0: for ever" },
	{ "route_ms",           MEMBER(route_ms),           100, 3600000,   5000, LIVE,
			"how long a call waits at a route point" },
	{ "charge_ms",          MEMBER(charge_ms),            0, 3600000,      0, LIVE,
			"in this time a call to a trunk costs one unit; 0: nothing" },
	{ "completion_ms",      MEMBER(completion_ms),      100, 3600000,  20000, LIVE,
			"how long a call back rings" },
};
/* clang-format on */

#define NUMBER_KEYS (sizeof(number_keys) / sizeof(number_keys[0]))

static uint32_t *number_of(struct config *c, const struct number_key *k)
{
	return (uint32_t *)(void *)((char *)c + k->offset);
}

/* The numbers of all lines one after the other, and nothing else has them. */
static int gather(struct config *c, const struct numbers lines[LINE_KINDS])
{
	config_number *all;
	size_t count = 0;

	for (int i = 0; i < LINE_KINDS; i++) {
		count += lines[i].count;
		for (int j = 0; j < i; j++)
			if (numbers_meet(&lines[i], &lines[j]))
				return -EINVAL;
	}
	if (count > CONFIG_EXTENSIONS_MAX)
		return -EINVAL;
	all = mem_alloc(CONFIG_EXTENSIONS_MAX * sizeof(*all));
	if (!all)
		return -ENOMEM;
	count = 0;
	for (int i = 0; i < LINE_KINDS; i++)
		for (size_t j = 0; j < lines[i].count; j++)
			memcpy(all[count++], lines[i].list[j], sizeof(*all));
	mem_free(c->numbers);
	c->numbers = all;
	c->count = count;
	return 0;
}

static int set_lines(struct config *c, size_t kind, const char *value, const char **why)
{
	struct numbers lines[LINE_KINDS], read = { NULL, 0 };
	int err = numbers_read(&read, value);

	memcpy(lines, c->lines, sizeof(lines));
	lines[kind] = read;
	if (!err)
		err = gather(c, lines);
	if (err) {
		numbers_fini(&read);
		*why = "the value is a list such as 101-104,205 of at most 1000 numbers, none of "
		       "them twice or another line's";
		return err;
	}
	numbers_fini(&c->lines[kind]);
	c->lines[kind] = read;
	return 0;
}

static int set_orbits(struct config *c, size_t at, const char *value, const char **why)
{
	int err = numbers_read(&c->orbits, value);

	(void)at;
	if (err)
		*why = "orbits is a list such as 700-709 of at most 1000 numbers, none twice";
	return err;
}

static int keep_text(char **at, const char *value)
{
	char *copy = mem_strdup(value);

	if (!copy)
		return -ENOMEM;
	mem_free(*at);
	*at = copy;
	return 0;
}

static int set_text(struct config *c, size_t at, const char *value, const char **why)
{
	(void)why;
	return keep_text((char **)(void *)((char *)c + at), value);
}

static int set_route_to(struct config *c, size_t at, const char *value, const char **why)
{
	struct numbers one = { NULL, 0 };
	int err = numbers_read(&one, value);

	(void)at;
	if (!err && one.count != 1)
		err = -EINVAL;
	numbers_fini(&one);
	if (err) {
		*why = "route_to is the number of a line";
		return err;
	}
	return keep_text(&c->route_to, value);
}

static int set_names(struct config *c, size_t at, const char *value, const char **why)
{
	const char *list = value, *item;
	size_t size;

	(void)at;
	while (numbers_next_item(&list, ',', &item, &size))
		if (size == 0 || size > CONFIG_NAME_MAX) {
			*why = "a name has 1 to 63 bytes";
			return -EINVAL;
		}
	return keep_text(&c->names, value);
}

/* "sales: 101-102": the name, and the numbers. */
static int read_group(const char *item, size_t size, char name[CONFIG_NAME_MAX + 1],
		struct numbers *out)
{
	const char *colon = memchr(item, ':', size);
	char text[4096];
	size_t length = colon ? (size_t)(colon - item) : 0;

	while (length && item[length - 1] == ' ')
		length--;
	if (length == 0 || length > CONFIG_NAME_MAX || size - length >= sizeof(text))
		return -EINVAL;
	memcpy(name, item, length);
	name[length] = '\0';
	size -= (size_t)(colon + 1 - item);
	memcpy(text, colon + 1, size);
	text[size] = '\0';
	return numbers_read(out, text);
}

static int set_groups(struct config *c, size_t at, const char *value, const char **why)
{
	const char *list = value, *item;
	char name[CONFIG_NAME_MAX + 1];
	struct numbers members = { NULL, 0 };
	size_t size;

	(void)at;
	while (numbers_next_item(&list, ';', &item, &size)) {
		int err = read_group(item, size, name, &members);

		numbers_fini(&members);
		if (err) {
			*why = "groups is a list such as sales: 101-102; support: 103";
			return err;
		}
	}
	return keep_text(&c->groups, value);
}

static int set_clock(struct config *c, size_t at, const char *value, const char **why)
{
	bool is_virtual = strcmp(value, "virtual") == 0;

	(void)at;
	if (!is_virtual && strcmp(value, "real") != 0) {
		*why = "clock is real or virtual";
		return -EINVAL;
	}
	c->virtual_clock = is_virtual;
	return 0;
}

static int set_sets(struct config *c, size_t at, const char *value, const char **why)
{
	bool apart = strcmp(value, "apart") == 0;

	(void)at;
	if (!apart && strcmp(value, "tied") != 0) {
		*why = "sets is tied or apart";
		return -EINVAL;
	}
	c->sets_apart = apart;
	return 0;
}

static int set_seed(struct config *c, size_t at, const char *value, const char **why)
{
	(void)at;
	if (numbers_read_u64(value, UINT64_MAX, &c->seed))
		return 0;
	*why = "seed is a number; 0 is a new one each time";
	return -EINVAL;
}

static int set_log(struct config *c, size_t at, const char *value, const char **why)
{
	enum log_level level;

	(void)at;
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
	int (*set)(struct config *c, size_t at, const char *value, const char **why);
	size_t at; /* a kind of line, or a member */
	enum taken taken;
	DWORD type;
	const char *values, *normal, *help;
} text_keys[] = {
	{ "extensions", set_lines, LINE_KIND_EXTENSION, AT_START, TSPIKEY_LIST, "101-104,205",
			"101-104", "the numbers of the extensions" },
	{ "trunks", set_lines, LINE_KIND_TRUNK, AT_START, TSPIKEY_LIST, "201-202", NULL,
			"more lines, which stand for the public network" },
	{ "queues", set_lines, LINE_KIND_QUEUE, AT_START, TSPIKEY_LIST, "300", NULL,
			"more lines, where calls wait for an application to send them on" },
	{ "route_points", set_lines, LINE_KIND_ROUTE_POINT, AT_START, TSPIKEY_LIST, "400", NULL,
			"likewise, for a short time" },
	{ "orbits", set_orbits, 0, LIVE, TSPIKEY_LIST, "700-709", "700-709",
			"where calls are parked" },
	{ "names", set_names, 0, AT_START, TSPIKEY_LIST, "Alice,Bob", NULL,
			"names of the lines, in their order" },
	{ "groups", set_groups, 0, AT_START, TSPIKEY_LIST, "sales: 101-102; support: 103", NULL,
			"pickup groups" },
	{ "comment", set_text, MEMBER(comment), LIVE, TSPIKEY_TEXT, "a text", NULL,
			"what every call shows as its comment" },
	{ "display", set_text, MEMBER(display), LIVE, TSPIKEY_TEXT, "a text", NULL,
			"what every call shows on a display" },
	{ "route_to", set_route_to, 0, LIVE, TSPIKEY_TEXT, "a line", NULL,
			"the line that gets what waits too long in a queue or at a route point" },
	{ "clock", set_clock, 0, AT_START, TSPIKEY_CHOICE, "real virtual", "real",
			"the virtual clock stands still but for tests" },
	{ "seed", set_seed, 0, AT_START, TSPIKEY_TEXT, "a number", "0",
			"all chance follows from it; 0: another one each time" },
	{ "sets", set_sets, 0, AT_START, TSPIKEY_CHOICE, "tied apart", "tied",
			"whether the set of an extension acts on its line" },
	{ "log", set_log, 0, LIVE, TSPIKEY_CHOICE, "error warn info debug trace", "info",
			"how much the exchange logs" },
};

#define TEXT_KEYS (sizeof(text_keys) / sizeof(text_keys[0]))

int config_init(struct config *c)
{
	const char *why;

	*c = (struct config){ 0 };
	for (size_t i = 0; i < NUMBER_KEYS; i++)
		*number_of(c, &number_keys[i]) = number_keys[i].normal;
	if (set_orbits(c, 0, "700-709", &why))
		return -ENOMEM;
	return set_lines(c, LINE_KIND_EXTENSION, "101-104", &why);
}

void config_fini(struct config *c)
{
	for (int i = 0; i < LINE_KINDS; i++)
		numbers_fini(&c->lines[i]);
	numbers_fini(&c->orbits);
	mem_free(c->numbers);
	mem_free(c->names);
	mem_free(c->groups);
	mem_free(c->comment);
	mem_free(c->display);
	mem_free(c->route_to);
	for (size_t i = 0; i < c->given_count; i++) {
		mem_free(c->given[i].key);
		mem_free(c->given[i].value);
	}
	mem_free(c->given);
	*c = (struct config){ 0 };
}

/* It lives until the next one. */
static const char *range_sentence(const struct number_key *k)
{
	static _Thread_local char sentence[64];

	(void)snprintf(sentence, sizeof(sentence), "it is a number of %u to %u", k->min, k->max);
	return sentence;
}

static int set(struct config *c, const char *key, const char *value, const char **why)
{
	uint64_t number;

	for (size_t i = 0; i < TEXT_KEYS; i++)
		if (strcmp(key, text_keys[i].name) == 0)
			return text_keys[i].set(c, text_keys[i].at, value, why);
	for (size_t i = 0; i < NUMBER_KEYS; i++) {
		if (strcmp(key, number_keys[i].name) != 0)
			continue;
		if (!numbers_read_u64(value, number_keys[i].max, &number) ||
				number < number_keys[i].min) {
			*why = range_sentence(&number_keys[i]);
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

static bool is_line(const struct config *c, const char *number)
{
	for (int i = 0; i < LINE_KINDS; i++)
		if (numbers_have(&c->lines[i], number))
			return true;
	return false;
}

/* Of a group: all its members are lines. */
static bool is_of_lines(const struct config *c, const char *item, size_t size)
{
	char name[CONFIG_NAME_MAX + 1];
	struct numbers members = { NULL, 0 };
	bool good = true;

	if (read_group(item, size, name, &members) == 0)
		for (size_t i = 0; i < members.count; i++)
			good = good && is_line(c, members.list[i]);
	numbers_fini(&members);
	return good;
}

const char *config_fault(const struct config *c, const char **why)
{
	const char *list = c->groups, *item;
	size_t size;

	if (c->route_to && !is_line(c, c->route_to)) {
		*why = "route_to is the number of a line, and no line has this one";
		return "route_to";
	}
	while (list && numbers_next_item(&list, ';', &item, &size))
		if (!is_of_lines(c, item, size)) {
			*why = "a group has a number that no line has";
			return "groups";
		}
	return NULL;
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

enum line_kind config_kind(const struct config *c, size_t index)
{
	int kind = LINE_KIND_EXTENSION;

	while (kind + 1 < LINE_KINDS && index >= c->lines[kind].count)
		index -= c->lines[kind++].count;
	return (enum line_kind)kind;
}

void config_group(const struct config *c, size_t index, char name[CONFIG_NAME_MAX + 1])
{
	const char *list = c->groups, *item;
	struct numbers members = { NULL, 0 };
	bool is_member = false;
	size_t size;

	while (!is_member && numbers_next_item(&list, ';', &item, &size)) {
		is_member = read_group(item, size, name, &members) == 0 &&
			    numbers_have(&members, c->numbers[index]);
		numbers_fini(&members);
	}
	if (!is_member)
		name[0] = '\0';
}

bool config_has_group(const struct config *c, const char *name)
{
	const char *list = c->groups, *item;
	struct numbers members = { NULL, 0 };
	char known[CONFIG_NAME_MAX + 1];
	bool has = false;
	size_t size;

	while (!has && numbers_next_item(&list, ';', &item, &size)) {
		has = read_group(item, size, known, &members) == 0 && strcmp(known, name) == 0;
		numbers_fini(&members);
	}
	return has;
}

void config_name(const struct config *c, size_t index, char name[CONFIG_NAME_MAX + 1])
{
	static const char *const words[LINE_KINDS] = { "Extension", "Trunk", "Queue",
		"Route point" };
	const char *list = c->names, *item;
	size_t size;

	(void)snprintf(name, CONFIG_NAME_MAX + 1, "%s %s", words[config_kind(c, index)],
			c->numbers[index]);
	for (size_t i = 0; numbers_next_item(&list, ',', &item, &size); i++)
		if (i == index)
			(void)snprintf(name, CONFIG_NAME_MAX + 1, "%.*s", (int)size, item);
}
