// SPDX-License-Identifier: MIT
/* config.c - see config.h. */
#include "tsphost/config.h"

#include "base/mem.h"

#include <errno.h>
#include <string.h>

enum { FIRST_ROOM = 16 };

static int grow(struct config *c)
{
	size_t room = c->room ? c->room * 2 : FIRST_ROOM;
	struct setting *s = mem_realloc(c->settings, room * sizeof(*s));

	if (!s)
		return -ENOMEM;
	c->settings = s;
	c->room = room;
	return 0;
}

int config_add(struct config *c, const char *key, const char *value)
{
	struct setting *s;

	if (c->count == c->room && grow(c) < 0)
		return -ENOMEM;
	s = &c->settings[c->count++];
	s->key = mem_strdup(key);
	s->value = mem_strdup(value);
	return s->key && s->value ? 0 : -ENOMEM;
}

int config_take(struct config *c, KeyValue *const *pairs, size_t count)
{
	int err = 0;

	for (size_t i = 0; i < count && !err; i++)
		err = config_add(c, pairs[i]->key ? pairs[i]->key : "",
				pairs[i]->value ? pairs[i]->value : "");
	return err;
}

void config_fini(struct config *c)
{
	for (size_t i = 0; i < c->count; i++) {
		mem_free(c->settings[i].key);
		mem_free(c->settings[i].value);
	}
	mem_free(c->settings);
	*c = (struct config){ 0 };
}

bool config_is_equal(const struct config *a, const struct config *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (strcmp(a->settings[i].key, b->settings[i].key) != 0 ||
				strcmp(a->settings[i].value, b->settings[i].value) != 0)
			return false;
	return true;
}

/* What the TSP said, made whole. */
static void explain(struct reason *why, const char *cause, const char *sentence)
{
	struct reason said = { 0 };

	reason_take(&said);
	reason_set(why, cause ? cause : said.cause, "%s",
			said.set && said.sentence[0] ? said.sentence : sentence);
}

LONG config_give_key(const struct setting *s, const struct tsp *t, struct reason *why)
{
	struct reason unused;
	LONG result;

	if (!t->providerConfigure) {
		reason_set(why, s->key, "this provider takes no configuration");
		return LINEERR_OPERATIONUNAVAIL;
	}
	result = t->providerConfigure(s->key, s->value);
	if (result)
		explain(why, s->key, "the provider does not take this");
	else
		reason_take(&unused);
	return result;
}

LONG config_close(const struct tsp *t, struct reason *why)
{
	struct reason unused;
	LONG result = t->providerConfigured ? t->providerConfigured() : 0;

	if (result)
		explain(why, NULL, "the provider does not take this configuration");
	else
		reason_take(&unused);
	return result;
}

LONG config_give(const struct config *c, const struct tsp *t, struct reason *why)
{
	for (size_t i = 0; i < c->count; i++) {
		LONG result = config_give_key(&c->settings[i], t, why);

		if (result)
			return result;
	}
	return config_close(t, why);
}
