// SPDX-License-Identifier: MIT
/* providers.c - tapictl providers, provider add, remove, restart, config, ask. */
#include "tapictl.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_PROVIDERS = 256, MAX_KEYS = 4096, BLOCK_SIZE = 4096 };

static void provider_json(const struct tapix_provider *p)
{
	printf("{\"permanent_provider_id\":%u,\"name\":", p->permanent_provider_id);
	print_json_text(p->name);
	printf(",\"path\":");
	print_json_text(p->path);
	printf(",\"state\":");
	print_json_text(p->state);
	if (p->reason.sentence[0] || p->reason.cause[0]) {
		printf(",\"reason\":");
		print_json_reason(&p->reason);
	}
	printf(",\"num_lines\":%u,\"num_phones\":%u,\"isolation\":", p->num_lines, p->num_phones);
	print_json_text(p->isolation);
	printf(",\"pid\":%u,\"restarts\":%u}\n", p->pid, p->restarts);
}

static void provider_row(const struct tapix_provider *p)
{
	printf("%4u  %-16s %-10s  %5u  %6u  %-9s  %-7u  %u\n", p->permanent_provider_id, p->name,
			p->state, p->num_lines, p->num_phones, p->isolation, p->pid, p->restarts);
	if (p->reason.sentence[0])
		printf("      %s%s%s%s\n", p->reason.sentence, p->reason.cause[0] ? " [" : "",
				p->reason.cause, p->reason.cause[0] ? "]" : "");
}

/* All of them; static, so one list at a time. */
static enum exit_code get_providers(struct session *s, const struct tapix_provider **out,
		DWORD *count)
{
	static struct tapix_provider providers[MAX_PROVIDERS];
	LONG error;

	*count = MAX_PROVIDERS;
	*out = providers;
	error = tapixGetProviders(s->app, providers, sizeof(providers[0]), count);
	return error < 0 ? complain("the providers", error) : EXIT_DONE;
}

enum exit_code command_providers(const struct options *o)
{
	const struct tapix_provider *providers;
	struct session s;
	DWORD count;
	enum exit_code code = session_open(&s);

	if (code)
		return code;
	code = get_providers(&s, &providers, &count);
	if (!code && !o->json)
		printf("  id  name             state       lines  phones  isolation  pid      "
		       "restarts\n");
	for (DWORD i = 0; !code && i < count; i++) {
		if (o->json)
			provider_json(&providers[i]);
		else
			provider_row(&providers[i]);
	}
	session_close(&s);
	return code;
}

/* By its name or its permanent id; complains. */
static enum exit_code find_provider(struct session *s, const char *word, DWORD *id)
{
	const struct tapix_provider *providers;
	DWORD count;
	enum exit_code code = get_providers(s, &providers, &count);
	char *end;
	unsigned long number = strtoul(word, &end, 10);

	if (code)
		return code;
	for (DWORD i = 0; i < count; i++) {
		*id = providers[i].permanent_provider_id;
		if (strcmp(providers[i].name, word) == 0 || (!*end && number == *id))
			return EXIT_DONE;
	}
	fprintf(stderr, "tapictl: no provider '%s'; tapictl providers lists them\n", word);
	return EXIT_NOT_FOUND;
}

enum exit_code command_provider_add(const struct options *o)
{
	struct session s;
	enum exit_code code = session_open(&s);
	LONG error;
	DWORD id;

	if (code)
		return code;
	error = lineAddProvider(o->argv[1], 0, &id);
	if (error < 0)
		code = complain("the provider is not added", error);
	else if (o->json)
		printf("{\"permanent_provider_id\":%u}\n", id);
	else
		printf("provider %u\n", id);
	session_close(&s);
	return code;
}

/* What needs no more than the provider's id. */
static enum exit_code on_provider(const struct options *o, const char *what,
		LONG (*act)(struct session *s, DWORD id))
{
	struct session s;
	enum exit_code code = session_open(&s);
	LONG error;
	DWORD id;

	if (code)
		return code;
	code = find_provider(&s, o->argv[1], &id);
	if (!code) {
		error = act(&s, id);
		code = error < 0 ? complain(what, error) : EXIT_DONE;
	}
	session_close(&s);
	return code;
}

static LONG remove_it(struct session *s, DWORD id)
{
	(void)s;
	return lineRemoveProvider(id, 0);
}

static LONG restart_it(struct session *s, DWORD id)
{
	return tapixRestartProvider(s->app, id);
}

enum exit_code command_provider_remove(const struct options *o)
{
	return on_provider(o, "the provider is not removed", remove_it);
}

enum exit_code command_provider_restart(const struct options *o)
{
	return on_provider(o, "the provider does not start", restart_it);
}

/* --- config --- */

static const char *type_word(const struct tapix_key *k, char *room, size_t size)
{
	static const char *const words[] = { "", "text", "number", "choice", "yes or no", "secret",
		"path", "list" };
	const char *word = k->type < sizeof(words) / sizeof(words[0]) ? words[k->type] : "";

	if (k->type == TAPIX_KEY_NUMBER)
		(void)snprintf(room, size, "%u to %u", k->min, k->max);
	else
		(void)snprintf(room, size, "%s", k->values[0] ? k->values : word);
	return room;
}

static void key_json(const struct tapix_key *k)
{
	static const char *const sources[] = { "default", "file", "set" };

	printf("{\"key\":");
	print_json_text(k->key);
	printf(",\"type\":%u,\"min\":%u,\"max\":%u,\"values\":", k->type, k->min, k->max);
	print_json_text(k->values);
	printf(",\"normal\":");
	print_json_text(k->normal);
	printf(",\"help\":");
	print_json_text(k->help);
	printf(",\"value\":");
	print_json_text(k->source ? k->value : k->normal);
	printf(",\"source\":\"%s\"}\n", k->source < 3 ? sources[k->source] : "");
}

static void key_row(const struct tapix_key *k)
{
	bool is_secret = k->source && (!k->type || k->type == TAPIX_KEY_SECRET);
	char type[160];

	printf("%-20s %s%s\n", k->key,
			is_secret      ? "(not shown)"
			: k->source    ? k->value
			: k->normal[0] ? k->normal
				       : "-",
			k->source == TAPIX_SOURCE_SET    ? "  (set here)"
			: k->source == TAPIX_SOURCE_FILE ? "  (configuration file)"
							 : "");
	if (k->help[0])
		printf("    %s: %s\n", type_word(k, type, sizeof(type)), k->help);
}

/* argv from 2 on names some; none: all. */
static bool is_asked_for(const struct options *o, const char *key)
{
	for (int i = 2; i < o->argc; i++)
		if (strcmp(o->argv[i], key) == 0)
			return true;
	return o->argc == 2;
}

static enum exit_code show_keys(struct session *s, const struct options *o, DWORD id)
{
	struct tapix_key *keys = calloc(MAX_KEYS, sizeof(*keys));
	DWORD count = MAX_KEYS, shown = 0;
	LONG error = keys ? tapixGetProviderKeys(s->app, id, keys, sizeof(*keys), &count)
			  : LINEERR_NOMEM;
	enum exit_code code = error < 0 ? complain("the keys", error) : EXIT_DONE;

	for (DWORD i = 0; keys && !code && i < count; i++) {
		if (!is_asked_for(o, keys[i].key))
			continue;
		shown++;
		if (o->json)
			key_json(&keys[i]);
		else
			key_row(&keys[i]);
	}
	free(keys);
	if (code || shown || o->argc == 2)
		return code;
	fprintf(stderr, "tapictl: the provider describes no key '%s'\n", o->argv[2]);
	return EXIT_NOT_FOUND;
}

static enum exit_code set_keys(struct session *s, const struct options *o, DWORD id)
{
	static char words[MAX_WORDS][4352];
	struct tapix_setting settings[MAX_WORDS];
	DWORD count = 0, effect = 0;
	LONG error;

	for (int i = 2; i < o->argc; i++) {
		char *value;

		(void)snprintf(words[count], sizeof(words[0]), "%s", o->argv[i]);
		value = strchr(words[count], '=');
		if (!value) {
			fprintf(stderr, "tapictl: keys are shown or set, not both: '%s'\n",
					o->argv[i]);
			return EXIT_USAGE;
		}
		*value++ = '\0';
		settings[count].key = words[count];
		settings[count++].value = *value ? value : NULL;
	}
	error = tapixSetProviderKeys(s->app, id, settings, count, &effect);
	if (error < 0)
		return complain("nothing is changed", error);
	if (o->json)
		printf("{\"effect\":\"%s\"}\n",
				effect == TAPIX_EFFECT_AT_START ? "at start" : "now");
	else if (effect == TAPIX_EFFECT_AT_START)
		printf("kept for the provider's next start: tapictl provider restart %s\n",
				o->argv[1]);
	return EXIT_DONE;
}

enum exit_code command_provider_config(const struct options *o)
{
	struct session s;
	enum exit_code code = session_open(&s);
	DWORD id;

	if (code)
		return code;
	code = find_provider(&s, o->argv[1], &id);
	if (!code)
		code = o->argc > 2 && strchr(o->argv[2], '=') ? set_keys(&s, o, id)
							      : show_keys(&s, o, id);
	session_close(&s);
	return code;
}

/* --- ask --- */

enum exit_code command_provider_ask(const struct options *o)
{
	static char block[BLOCK_SIZE];
	struct session s;
	enum exit_code code = session_open(&s);
	LONG error;
	DWORD id;

	if (code)
		return code;
	code = find_provider(&s, o->argv[1], &id);
	for (int i = 2; i < o->argc; i++) {
		size_t used = strlen(block);

		(void)snprintf(block + used, sizeof(block) - used, "%s%s", used ? " " : "",
				o->argv[i]);
	}
	if (!code) {
		error = tapixProviderDialog(s.app, TAPIX_OBJECT_PROVIDER, id, block, sizeof(block));
		block[sizeof(block) - 1] = '\0';
		if (error < 0)
			code = complain("the provider does not answer", error);
		else if (o->json)
			printf("{\"answer\":"), print_json_text(block), printf("}\n");
		else
			printf("%s\n", block);
	}
	session_close(&s);
	return code;
}
