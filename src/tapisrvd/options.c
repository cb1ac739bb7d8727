// SPDX-License-Identifier: MIT
/* options.c - defaults, and what follows from what was given. */
#include "options.h"

#include "access_rule.h"
#include "base/mem.h"
#include "wire/frame.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int options_set(char **where, const char *value)
{
	char *copy = mem_strdup(value);

	if (!copy)
		return -ENOMEM;
	mem_free(*where);
	*where = copy;
	return 0;
}

/* An absolute path of the environment counts where nothing is configured. */
static const char *path_from(const char *variable, const char *otherwise)
{
	const char *value = getenv(variable);

	return value && *value == '/' ? value : otherwise;
}

int options_init(struct options *o)
{
	memset(o, 0, sizeof(*o));
	o->dispatch_ms = o->entry_ms = o->hello_ms = o->ready_ms = o->grace_ms = 5000;
	o->kill_ms = 10000;
	o->quiet_ms = o->wait_host_ms = 1000;
	o->max_queued = 1024 * 1024;
	o->max_clients = 512;
	o->max_open = 65536;
	o->max_requests = 64;
	o->launch = true;
	list_init(&o->providers);
	list_init(&o->access);
	o->tsp_path = mem_strdup(path_from("TAPI_TSP_PATH", TAPI_LIBDIR "/tapi/tsp"));
	o->group = mem_strdup("tapi");
	return o->tsp_path && o->group ? 0 : -ENOMEM;
}

void provider_options_free(struct provider_options *p)
{
	if (!p)
		return;
	settings_free(&p->settings);
	list_for_safe(l, &p->parts) {
		struct provider_part *part = list_entry(l, struct provider_part, link);

		list_remove(l);
		mem_free(part->name);
		mem_free(part);
	}
	list_remove(&p->link);
	mem_free(p->name);
	mem_free(p->path);
	mem_free(p);
}

void options_fini(struct options *o)
{
	list_for_safe(l, &o->providers)
		provider_options_free(list_entry(l, struct provider_options, link));
	access_rules_free(&o->access);
	mem_free(o->file);
	mem_free(o->socket);
	mem_free(o->run_dir);
	mem_free(o->tsp_path);
	mem_free(o->host_program);
	mem_free(o->group);
	mem_free(o->state);
}

bool provider_name_is_valid(const char *name)
{
	for (const char *c = name; *c; c++)
		if (!isalnum((unsigned char)*c) && *c != '-' && *c != '_')
			return false;
	return *name && strlen(name) <= PROVIDER_NAME_MAX;
}

struct provider_options *provider_options_new(const char *name)
{
	struct provider_options *p = mem_new(struct provider_options);

	if (!p)
		return NULL;
	p->name = mem_strdup(name);
	if (!p->name) {
		mem_free(p);
		return NULL;
	}
	list_init(&p->settings);
	list_init(&p->parts);
	list_init(&p->link);
	return p;
}

struct provider_options *options_provider(struct options *o, const char *name)
{
	struct provider_options *p;

	list_for(l, &o->providers) {
		p = list_entry(l, struct provider_options, link);
		if (strcmp(p->name, name) == 0)
			return p;
	}
	p = provider_options_new(name);
	if (p)
		list_append(&o->providers, &p->link);
	return p;
}

/* Each key takes a little more than its two texts. */
enum { KEYS_BYTES_MAX = LIMIT_EDGE - 4096, KEY_BYTES = 16 };

bool options_are_too_large(const struct provider_options *p)
{
	size_t size = 0;

	list_for(l, &p->settings) {
		const struct setting *s = list_entry(l, struct setting, link);

		size += strlen(s->key) + strlen(s->value) + KEY_BYTES;
	}
	return size > KEYS_BYTES_MAX;
}

static void free_setting(struct setting *s)
{
	list_remove(&s->link);
	mem_free(s->key);
	mem_free(s->value);
	mem_free(s);
}

void settings_free(struct list *settings)
{
	list_for_safe(l, settings)
		free_setting(list_entry(l, struct setting, link));
}

const struct setting *settings_find(const struct list *settings, const char *key)
{
	list_for(l, settings) {
		const struct setting *s = list_entry(l, struct setting, link);

		if (strcmp(s->key, key) == 0)
			return s;
	}
	return NULL;
}

void settings_drop(struct list *settings, const char *key)
{
	list_for_safe(l, settings) {
		struct setting *s = list_entry(l, struct setting, link);

		if (strcmp(s->key, key) == 0)
			free_setting(s);
	}
}

struct setting *settings_append(struct list *settings, const char *key, const char *value,
		unsigned line)
{
	struct setting *s = mem_new(struct setting);

	if (!s)
		return NULL;
	list_append(settings, &s->link);
	s->key = mem_strdup(key);
	s->value = mem_strdup(value);
	s->line = line;
	if (s->key && s->value)
		return s;
	free_setting(s);
	return NULL;
}

int settings_put(struct list *settings, const char *key, const char *value)
{
	list_for(l, settings) {
		struct setting *s = list_entry(l, struct setting, link);

		if (strcmp(s->key, key) != 0)
			continue;
		s->line = 0; /* of the file it is no more */
		return options_set(&s->value, value);
	}
	return settings_append(settings, key, value, 0) ? 0 : -ENOMEM;
}

int settings_copy(struct list *to, const struct list *from)
{
	list_for(l, from) {
		const struct setting *s = list_entry(l, struct setting, link);

		if (!settings_append(to, s->key, s->value, s->line))
			return -ENOMEM;
	}
	return 0;
}

struct provider_options *options_take(struct options *o, const char *name)
{
	list_for(l, &o->providers) {
		struct provider_options *p = list_entry(l, struct provider_options, link);

		if (strcmp(p->name, name) != 0)
			continue;
		list_remove(l);
		return p;
	}
	return NULL;
}

struct provider_part *options_part(struct provider_options *p, const char *name)
{
	struct provider_part *part;

	list_for(l, &p->parts) {
		part = list_entry(l, struct provider_part, link);
		if (strcmp(part->name, name) == 0)
			return part;
	}
	part = mem_new(struct provider_part);
	if (!part)
		return NULL;
	part->name = mem_strdup(name);
	if (!part->name) {
		mem_free(part);
		return NULL;
	}
	list_append(&p->parts, &part->link);
	return part;
}

unsigned options_line_of(const struct provider_options *p, const char *cause)
{
	unsigned line = 0;

	list_for(l, &p->settings) { /* of a key that is there twice, the last counts */
		const struct setting *s = list_entry(l, struct setting, link);

		if (strcmp(s->key, cause) == 0)
			line = s->line;
	}
	if (line)
		return line;
	list_for(l, &p->parts) {
		const struct provider_part *part = list_entry(l, struct provider_part, link);

		if (strcmp(part->name, cause) == 0)
			return part->line;
	}
	return 0;
}

static int join(char **out, const char *a, const char *b, const char *c)
{
	size_t size = strlen(a) + strlen(b) + strlen(c) + 1;

	mem_free(*out);
	*out = mem_alloc(size);
	if (!*out)
		return -ENOMEM;
	(void)snprintf(*out, size, "%s%s%s", a, b, c);
	return 0;
}

/* The run folder: named, or the socket's, or $XDG_RUNTIME_DIR/tapisrvd, or /run/tapisrvd. */
static int choose_run_dir(struct options *o)
{
	const char *xdg = getenv("XDG_RUNTIME_DIR");
	const char *slash = o->socket ? strrchr(o->socket, '/') : NULL;

	if (slash && slash != o->socket) {
		o->run_dir = mem_strndup(o->socket, (size_t)(slash - o->socket));
		return o->run_dir ? 0 : -ENOMEM;
	}
	if (xdg && *xdg == '/')
		return join(&o->run_dir, xdg, "/tapisrvd", "");
	return options_set(&o->run_dir, "/run/tapisrvd");
}

int provider_options_locate(struct provider_options *p, const char *folder)
{
	char name[128];

	if (p->path && strchr(p->path, '/'))
		return 0;
	if (snprintf(name, sizeof(name), "/%s", p->path ? p->path : p->name) >= (int)sizeof(name))
		return -ENAMETOOLONG;
	return join(&p->path, folder, name, ".so");
}

int options_complete(struct options *o)
{
	const char *socket = path_from("TAPISRVD_SOCKET", NULL);
	int err = 0;

	if (!o->socket && !o->run_dir && socket)
		err = options_set(&o->socket, socket);
	if (!err && !o->run_dir)
		err = choose_run_dir(o);
	if (!err && !o->socket)
		err = join(&o->socket, o->run_dir, "/socket", "");
	if (!err && !o->host_program)
		err = options_set(&o->host_program,
				path_from("TAPI_TSPHOST", TAPI_LIBDIR "/tapi/tapi-tsphost"));
	if (!err && list_empty(&o->providers) && !options_provider(o, "exchange"))
		err = -ENOMEM;
	if (!err && !o->has_access && list_empty(&o->access))
		err = access_rules_open(&o->access);
	list_for(l, &o->providers)
		if (!err)
			err = provider_options_locate(list_entry(l, struct provider_options, link),
					o->tsp_path);
	return err;
}

int options_choose_state(struct options *o)
{
	const char *given = getenv("STATE_DIRECTORY");
	const char *xdg = getenv("XDG_STATE_HOME");
	const char *home = getenv("HOME");

	if (o->state)
		return 0;
	if (given && *given == '/') { /* of several, the first */
		o->state = mem_strndup(given, strcspn(given, ":"));
		return o->state ? 0 : -ENOMEM;
	}
	if (geteuid() == 0)
		return options_set(&o->state, "/var/lib/tapisrvd");
	if (xdg && *xdg == '/')
		return join(&o->state, xdg, "/tapisrvd", "");
	if (home && *home == '/')
		return join(&o->state, home, "/.local/state/tapisrvd", "");
	return 0;
}
