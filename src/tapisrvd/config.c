// SPDX-License-Identifier: MIT
/* config.c - the configuration file, read with inih. Whatever is wrong is named with its line; a
 * line that inih would cut is an error, not half a value. */
#include "access_rule.h"
#include "base/log.h"
#include "base/map.h"
#include "base/mem.h"
#include "country.h"
#include "options.h"

#include <ctype.h>
#include <errno.h>
#include <ini.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOG_TOPIC "config"

enum { NAME_MAX_INI = 49, SECONDS_MAX = 3600, REQUESTS_MAX = 1000, CONNECTIONS_MAX = 100000 };
enum { MEMORY_MIN = 16 << 20 };

static const char no_memory[] = "out of memory";

struct reading {
	struct options *options;
	FILE *stream;
	unsigned line;
	unsigned errors;
	struct map given; /* hash of provider and key -> struct setting */
};

void config_complain(const struct options *o, unsigned line, const char *fmt, ...)
{
	char text[512], place[16] = "";
	const char *file = o->file ? o->file : "the configuration";
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	if (line)
		(void)snprintf(place, sizeof(place), ":%u", line);
	if (o->check)
		(void)fprintf(stderr, "%s%s: %s\n", file, place, text);
	else
		log_error("%s%s: %s", file, place, text);
}

static void complain(struct reading *r, const char *what, const char *detail)
{
	r->errors++;
	if (r->options->check || r->errors <= LOG_BURST)
		config_complain(r->options, r->line, "%s%s%s", what, *detail ? ": " : "", detail);
}

static bool parse_seconds(const char *value, uint32_t *ms)
{
	char *end;
	double seconds = strtod(value, &end);

	if (end == value || *end || !(seconds >= 0.001) || seconds > SECONDS_MAX)
		return false;
	*ms = (uint32_t)(seconds * 1000 + 0.5);
	return true;
}

/* 0: it is none of 1 to most. */
static uint32_t parse_count(const char *value, uint32_t most)
{
	char *end;
	unsigned long count = strtoul(value, &end, 10);

	return isdigit((unsigned char)*value) && !*end && count <= most ? (uint32_t)count : 0;
}

static void set_unowned(struct reading *r, const char *value)
{
	r->options->keep_unowned = strcmp(value, "keep") == 0;
	if (!r->options->keep_unowned && strcmp(value, "drop") != 0)
		complain(r, "unowned_calls must be drop or keep, not", value);
}

static bool set_daemon(struct reading *r, const char *name, const char *value)
{
	struct options *o = r->options;
	const struct {
		const char *name;
		char **text;
		uint32_t *ms;
	} keys[] = { { "socket", &o->socket, NULL }, { "run_dir", &o->run_dir, NULL },
		{ "tsp_path", &o->tsp_path, NULL }, { "host", &o->host_program, NULL },
		{ "group", &o->group, NULL }, { "state", &o->state, NULL },
		{ "dispatch_timeout", NULL, &o->dispatch_ms },
		{ "entry_timeout", NULL, &o->entry_ms }, { "kill_timeout", NULL, &o->kill_ms },
		{ "idle_timeout", NULL, &o->idle_ms } };

	if (strcmp(name, "log") == 0) {
		o->has_log = log_level_parse(value, &o->log);
		if (!o->has_log)
			complain(r, "log must be error, warn, info, debug or trace, not", value);
		return true;
	}
	if (strcmp(name, "connections") == 0) {
		o->max_clients = parse_count(value, CONNECTIONS_MAX);
		if (!o->max_clients)
			complain(r, "connections is a number of 1 to 100000, not", value);
		return true;
	}
	if (strcmp(name, "unowned_calls") == 0) {
		set_unowned(r, value);
		return true;
	}
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (strcmp(name, keys[i].name) != 0)
			continue;
		if (keys[i].text && options_set(keys[i].text, value))
			complain(r, no_memory, "");
		if (keys[i].ms && !parse_seconds(value, keys[i].ms))
			complain(r, "seconds (0.001 to 3600) are wanted, not", value);
		return true;
	}
	return false;
}

/* Where users dial from who have not said so themselves. */
static bool set_numbers(struct reading *r, const char *name, const char *value)
{
	struct options *o = r->options;
	const struct country *country;

	if (strcmp(name, "country") == 0) {
		country = country_by_word(value);
		o->country = country ? country->id : 0;
		if (!country || !*country->international)
			complain(r, "country is a name, two ISO letters or an id, not", value);
		return true;
	}
	if (strcmp(name, "requests") == 0) {
		o->max_requests = parse_count(value, REQUESTS_MAX);
		if (!o->max_requests)
			complain(r, "requests is a number of 1 to 1000, not", value);
		return true;
	}
	if (strcmp(name, "area_code") != 0)
		return false;
	if (value[strspn(value, "0123456789")] || strlen(value) >= sizeof(o->area_code))
		complain(r, "area_code has digits only, not", value);
	else
		(void)snprintf(o->area_code, sizeof(o->area_code), "%s", value);
	return true;
}

/* FNV-1a over both names. */
static uint64_t hash_of(const char *provider, const char *key)
{
	const char *const texts[] = { provider, "/", key };
	uint64_t hash = 0xcbf29ce484222325u;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		for (const char *c = texts[i]; *c; c++)
			hash = (hash ^ (unsigned char)*c) * 0x100000001b3u;
	return hash;
}

/* Who copies a section and forgets to rename it should hear of it. */
static void complain_if_twice(struct reading *r, const struct provider_options *p,
		struct setting *s)
{
	const uint64_t hash = hash_of(p->name, s->key);
	const struct setting *before = map_find(&r->given, hash);
	char text[2 * NAME_MAX_INI + 40];

	if (!before) {
		(void)map_set(&r->given, hash, s); /* without memory it is not noticed */
		return;
	}
	(void)snprintf(text, sizeof(text), "%s, in line %u", s->key, before->line);
	complain(r, "the key has been given already", text);
}

/* thing NULL: a key of the provider itself. */
static void add_setting(struct reading *r, struct provider_options *p, const char *thing,
		const char *name, const char *value)
{
	struct setting *s;
	char key[2 * NAME_MAX_INI + 2];

	(void)snprintf(key, sizeof(key), "%s%s%s", thing ? thing : "", thing ? "/" : "", name);
	s = settings_append(&p->settings, key, value, r->line);
	if (s)
		complain_if_twice(r, p, s);
	else
		complain(r, no_memory, "");
}

/* 256M: 0 if it is no size, or too small for any host. */
static uint64_t parse_size(const char *value)
{
	static const char units[] = "KMGT";
	unsigned shift = 0;
	uint64_t size;
	const char *unit;
	char *end;

	if (!isdigit((unsigned char)*value))
		return 0;
	size = strtoull(value, &end, 10);
	unit = *end ? strchr(units, *end) : NULL;
	if (unit) {
		shift = 10 * (unsigned)(unit - units + 1);
		end++;
	}
	if (*end || size > UINT64_MAX >> shift || size << shift < MEMORY_MIN)
		return 0;
	return size << shift;
}

static void set_provider(struct reading *r, const char *provider, const char *name,
		const char *value)
{
	struct provider_options *p = options_provider(r->options, provider);

	if (!p) {
		complain(r, no_memory, "");
		return;
	}
	if (strcmp(name, "path") == 0) {
		if (options_set(&p->path, value))
			complain(r, no_memory, "");
		if (strchr(value, '/') && *value != '/')
			complain(r, "path must be absolute or a bare name, not", value);
	} else if (strcmp(name, "isolation") == 0) {
		p->thread = strcmp(value, "thread") == 0;
		if (!p->thread && strcmp(value, "process") != 0)
			complain(r, "isolation must be process or thread, not", value);
	} else if (strcmp(name, "memory") == 0) {
		p->memory = parse_size(value);
		if (!p->memory)
			complain(r, "memory is a size such as 256M, 16M at least, not", value);
	} else {
		add_setting(r, p, NULL, name, value);
	}
}

static void set_part(struct reading *r, const char *provider, const char *thing, const char *name,
		const char *value)
{
	struct provider_options *p = options_provider(r->options, provider);
	struct provider_part *part = p ? options_part(p, thing) : NULL;

	if (!part) {
		complain(r, no_memory, "");
		return;
	}
	part->keys++;
	add_setting(r, p, thing, name, value);
}

static void set_access(struct reading *r, const char *who, const char *name, const char *value)
{
	const char *detail;
	const char *fault =
			access_rules_add(&r->options->access, who, name, value, r->line, &detail);

	if (fault)
		complain(r, fault, detail);
}

/* Whoever has left the company must not keep the daemon from starting. */
static void note_access(struct reading *r, const char *who)
{
	uint32_t id;

	r->options->has_access = true;
	if (access_who_find(who, &id) != WHO_NOBODY)
		return;
	if (r->options->check)
		complain(r, "there is no such user or group", who);
	else
		log_warn("%s:%u: there is no user or group %s: nobody is given anything for it",
				r->options->file, r->line, who);
}

static bool is_thing(const char *name)
{
	for (const char *c = name; *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("-_.", *c))
			return false;
	return *name;
}

enum section {
	SECTION_UNKNOWN,
	SECTION_DAEMON,
	SECTION_NUMBERS,
	SECTION_ACCESS,
	SECTION_PROVIDER,
	SECTION_PART,
};

/* "[provider NAME]", "[NAME THING]"; "[access WHO]": thing is WHO */
struct section_names {
	char provider[NAME_MAX_INI + 1];
	const char *thing;
};

static enum section parse_section(const char *text, struct section_names *names)
{
	static const char daemon[] = "daemon", provider[] = "provider", access[] = "access";
	size_t length = strcspn(text, " ");
	const char *second = text[length] ? text + length + 1 : "";

	if (strcmp(text, daemon) == 0)
		return SECTION_DAEMON;
	if (strcmp(text, "numbers") == 0)
		return SECTION_NUMBERS;
	(void)snprintf(names->provider, sizeof(names->provider), "%.*s", (int)length, text);
	names->thing = second;
	if (strcmp(names->provider, access) == 0)
		return *second ? SECTION_ACCESS : SECTION_UNKNOWN;
	if (strcmp(names->provider, provider) == 0 && provider_name_is_valid(second)) {
		(void)snprintf(names->provider, sizeof(names->provider), "%s", second);
		return SECTION_PROVIDER;
	}
	if (strcmp(names->provider, provider) == 0 || strcmp(names->provider, daemon) == 0)
		return SECTION_UNKNOWN;
	return provider_name_is_valid(names->provider) && is_thing(second) ? SECTION_PART
									   : SECTION_UNKNOWN;
}

static int on_pair(void *arg, const char *section, const char *name, const char *value)
{
	struct reading *r = arg;
	struct section_names names;

	if (!*name) {
		complain(r, "a value without a key", "");
		return 1;
	}
	switch (parse_section(section, &names)) {
	case SECTION_DAEMON:
		if (!set_daemon(r, name, value))
			complain(r, "unknown key in [daemon]", name);
		break;
	case SECTION_NUMBERS:
		if (!set_numbers(r, name, value))
			complain(r, "unknown key in [numbers]", name);
		break;
	case SECTION_ACCESS:
		set_access(r, names.thing, name, value);
		break;
	case SECTION_PROVIDER:
		set_provider(r, names.provider, name, value);
		break;
	case SECTION_PART:
		set_part(r, names.provider, names.thing, name, value);
		break;
	case SECTION_UNKNOWN: /* note_section() has complained */
		if (!*section)
			complain(r, "a key before the first section", name);
		break;
	}
	return 1;
}

static bool name_is_too_long(const char *line)
{
	size_t length = strcspn(line, "=:");

	if (*line == '[') /* with blanks: they are part of it */
		return strcspn(line, "]") > NAME_MAX_INI + 1;
	while (length && isspace((unsigned char)line[length - 1]))
		length--;
	return length > NAME_MAX_INI;
}

/* A section without keys counts too: inih does not tell of it. Its faults come with its keys. */
static void note_section(struct reading *r, const char *line)
{
	char text[NAME_MAX_INI + 1];
	struct section_names names;
	struct provider_options *p;
	struct provider_part *part;
	size_t length = strcspn(line, "]");
	enum section kind;

	if (line[length] != ']')
		return;
	(void)snprintf(text, sizeof(text), "%.*s", (int)(length - 1), line + 1);
	kind = parse_section(text, &names);
	if (kind == SECTION_UNKNOWN)
		complain(r, "unknown section", text);
	if (kind == SECTION_ACCESS)
		note_access(r, names.thing);
	if (kind != SECTION_PROVIDER && kind != SECTION_PART)
		return;
	p = options_provider(r->options, names.provider);
	part = p && kind == SECTION_PART ? options_part(p, names.thing) : NULL;
	if (!p || (kind == SECTION_PART && !part)) {
		complain(r, no_memory, "");
		return;
	}
	if (!p->line || kind == SECTION_PROVIDER)
		p->line = r->line;
	if (part && !part->line)
		part->line = r->line;
}

/* A TSP hears of a thing by its keys only. */
static void check_providers(struct reading *r)
{
	list_for(l, &r->options->providers) {
		const struct provider_options *p = list_entry(l, struct provider_options, link);

		r->line = p->line;
		if (p->memory && p->thread)
			complain(r, "memory needs isolation = process", p->name);
		if (options_are_too_large(p))
			complain(r, "the provider has too many keys", p->name);
		list_for(i, &p->parts) {
			const struct provider_part *part =
					list_entry(i, struct provider_part, link);

			if (part->keys)
				continue;
			r->line = part->line;
			complain(r, "the section has no keys", part->name);
		}
	}
}

/* As fgets, but notes the line and refuses what inih would cut. */
static char *read_line(char *to, int size, void *arg)
{
	struct reading *r = arg;
	char *start;
	int c;

	if (!fgets(to, size, r->stream))
		return NULL;
	r->line++;
	start = to + (r->line == 1 && strncmp(to, "\xef\xbb\xbf", 3) == 0 ? 3 : 0);
	start += strspn(start, " \t");
	if (!strchr(to, '\n') && !feof(r->stream)) {
		complain(r, "the line is too long", "198 characters at most");
		while ((c = getc(r->stream)) != '\n' && c != EOF)
			continue;
		to[0] = '\0';
	} else if (*start != '#' && *start != ';' && name_is_too_long(start)) {
		complain(r, "the name is too long", "49 characters at most");
		to[0] = '\0';
	} else if (start != to) { /* inih would take blanks as the next part of the value before */
		memmove(to, start, strlen(start) + 1);
	}
	if (*to == '[')
		note_section(r, to);
	return to;
}

static void count_the_rest(const struct reading *r)
{
	if (!r->options->check && r->errors > LOG_BURST)
		log_error("%s: %u more faults: tapisrvd --check-config names all of them",
				r->options->file, r->errors - LOG_BURST);
}

int config_read(struct options *o, const char *file)
{
	struct reading r = { .options = o };
	int bad, err = options_set(&o->file, file);

	if (err)
		return err;
	r.stream = fopen(file, "re");
	if (!r.stream) {
		err = -errno;
		config_complain(o, 0, "%s", strerror(errno));
		return err;
	}
	bad = ini_parse_stream(read_line, &r, on_pair, &r);
	map_fini(&r.given);
	if (bad > 0) {
		r.line = (unsigned)bad;
		complain(&r, "neither a [section] nor key = value", "");
	}
	if (ferror(r.stream) || bad < 0)
		complain(&r, "cannot be read to its end", "");
	(void)fclose(r.stream);
	check_providers(&r);
	count_the_rest(&r);
	return r.errors ? -EINVAL : 0;
}
