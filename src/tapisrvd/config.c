// SPDX-License-Identifier: MIT
/* config.c - the configuration file, read with inih. Whatever is wrong is named with its line; a
 * line that inih would cut is an error, not half a value. */
#include "base/log.h"
#include "base/mem.h"
#include "options.h"

#include <ctype.h>
#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOG_TOPIC "config"

enum { NAME_MAX_INI = 49, SECONDS_MAX = 3600 };

struct reading {
	struct options *options;
	const char *file;
	FILE *stream;
	unsigned line;
	unsigned errors;
};

static void complain(struct reading *r, const char *what, const char *detail)
{
	r->errors++;
	log_error("%s:%u: %s%s%s", r->file, r->line, what, *detail ? ": " : "", detail);
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

static bool set_log(const char *value)
{
	enum log_level level;

	if (!log_level_parse(value, &level))
		return false;
	log_set_level(level);
	return true;
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
		{ "group", &o->group, NULL }, { "dispatch_timeout", NULL, &o->dispatch_ms },
		{ "entry_timeout", NULL, &o->entry_ms }, { "kill_timeout", NULL, &o->kill_ms } };

	if (strcmp(name, "log") == 0) {
		if (!set_log(value))
			complain(r, "log must be error, warn, info, debug or trace, not", value);
		return true;
	}
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (strcmp(name, keys[i].name) != 0)
			continue;
		if (keys[i].text && options_set(keys[i].text, value))
			complain(r, "out of memory", "");
		if (keys[i].ms && !parse_seconds(value, keys[i].ms))
			complain(r, "seconds (0.001 to 3600) are wanted, not", value);
		return true;
	}
	return false;
}

static bool add_setting(struct provider_options *p, const char *name, const char *value)
{
	struct setting *s = mem_new(struct setting);

	if (!s)
		return false;
	s->key = mem_strdup(name);
	s->value = mem_strdup(value);
	if (!s->key || !s->value) {
		mem_free(s->key);
		mem_free(s->value);
		mem_free(s);
		return false;
	}
	list_append(&p->settings, &s->link);
	return true;
}

static void set_provider(struct reading *r, const char *provider, const char *name,
		const char *value)
{
	struct provider_options *p = options_provider(r->options, provider);

	if (!p) {
		complain(r, "out of memory", "");
		return;
	}
	if (strcmp(name, "path") == 0) {
		if (options_set(&p->path, value))
			complain(r, "out of memory", "");
		if (strchr(value, '/') && *value != '/')
			complain(r, "path must be absolute or a bare name, not", value);
	} else if (strcmp(name, "isolation") == 0) {
		p->thread = strcmp(value, "thread") == 0;
		if (!p->thread && strcmp(value, "process") != 0)
			complain(r, "isolation must be process or thread, not", value);
	} else if (!add_setting(p, name, value)) {
		complain(r, "out of memory", "");
	}
}

/* Names become files in the run folder. */
static bool is_plain(const char *name)
{
	if (!*name)
		return false;
	for (const char *c = name; *c; c++)
		if (!isalnum((unsigned char)*c) && *c != '-' && *c != '_')
			return false;
	return strlen(name) <= NAME_MAX_INI;
}

static int on_pair(void *arg, const char *section, const char *name, const char *value)
{
	struct reading *r = arg;
	static const char prefix[] = "provider ";

	if (strcmp(section, "daemon") == 0) {
		if (!set_daemon(r, name, value))
			complain(r, "unknown key in [daemon]", name);
	} else if (strncmp(section, prefix, sizeof(prefix) - 1) == 0 &&
			is_plain(section + sizeof(prefix) - 1)) {
		set_provider(r, section + sizeof(prefix) - 1, name, value);
	} else {
		complain(r, *section ? "unknown section" : "a key before the first section",
				*section ? section : name);
	}
	return 1;
}

static bool name_is_too_long(const char *line)
{
	size_t length = *line == '[' ? strcspn(line, "]") - 1 : strcspn(line, "=:");

	while (length && isspace((unsigned char)line[length - 1]))
		length--;
	return length > NAME_MAX_INI;
}

/* A section without keys counts too: inih does not tell of it. */
static void note_section(struct reading *r, const char *line)
{
	static const char prefix[] = "[provider ";
	char name[NAME_MAX_INI + 1];
	size_t length = strcspn(line, "]");

	if (strncmp(line, prefix, sizeof(prefix) - 1) != 0 || line[length] != ']')
		return;
	(void)snprintf(name, sizeof(name), "%.*s", (int)(length - (sizeof(prefix) - 1)),
			line + sizeof(prefix) - 1);
	if (!is_plain(name))
		complain(r, "a provider's name has letters, digits, - and _ only, not", name);
	else if (!options_provider(r->options, name))
		complain(r, "out of memory", "");
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
	start = to + strspn(to, " \t");
	if (!strchr(to, '\n') && !feof(r->stream)) {
		complain(r, "the line is too long", "198 characters at most");
		while ((c = getc(r->stream)) != '\n' && c != EOF)
			continue;
		to[0] = '\0';
	} else if (*start != '#' && *start != ';' && name_is_too_long(start)) {
		complain(r, "the name is too long", "49 characters at most");
		to[0] = '\0';
	} else if (start != to) { /* inih would take it as the next part of the value before */
		memmove(to, start, strlen(start) + 1);
	}
	if (*to == '[')
		note_section(r, to);
	return to;
}

int config_read(struct options *o, const char *file)
{
	struct reading r = { .options = o, .file = file };
	int bad, err;

	r.stream = fopen(file, "re");
	if (!r.stream) {
		err = -errno;
		log_error("%s: %s", file, strerror(errno));
		return err;
	}
	bad = ini_parse_stream(read_line, &r, on_pair, &r);
	if (bad > 0) {
		r.line = (unsigned)bad;
		complain(&r, "neither a [section] nor key = value", "");
	}
	if (ferror(r.stream) || bad < 0)
		complain(&r, "cannot be read to its end", "");
	(void)fclose(r.stream);
	return r.errors ? -EINVAL : 0;
}
