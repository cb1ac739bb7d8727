// SPDX-License-Identifier: MIT
/* provider_store.c - the tables provider and provider_key. */
#include "provider_store.h"

#include "core.h"
#include "options.h"
#include "provider.h"
#include "store.h"

#include <string.h>

#define LOG_TOPIC "provider"

/* The column origin. */
enum origin { OF_THE_FILE, WAS_ADDED, IS_BEING_ADDED };

/* Permanent ids are the upper half of call ids. */
enum { ID_MAX = 0x7fffffff };

static bool take_range(struct device_range *to, const struct store_row *row, int column)
{
	int64_t base = store_number(row, column), devices = store_number(row, column + 1);

	if (base < 0 || base > DEVICE_ID_MAX || devices < 0 || devices > DEVICES_MAX)
		return false;
	to->base = (uint32_t)base;
	to->count = (uint32_t)devices;
	return true;
}

static void on_kept(void *arg, const struct store_row *row)
{
	struct provider *p = arg;
	int64_t id = store_number(row, 0);

	if (id < 1 || id > ID_MAX)
		store_refuse(p->core->store, "provider", "an id is not one of ours");
	else
		p->id = (uint32_t)id;
	if (!take_range(&p->kept[0], row, 1) || !take_range(&p->kept[1], row, 3))
		store_refuse(p->core->store, "provider", "its devices are not ours");
}

static void on_key(void *arg, const struct store_row *row)
{
	struct provider *p = arg;

	if (settings_put(&p->set, store_text(row, 0), store_text(row, 1)))
		log_error("%s: out of memory: a key is lost", p->options->name);
}

static void insert(struct provider *p, enum origin origin)
{
	struct core *core = p->core;

	p->store_err = store_run(core->store,
			"INSERT INTO provider (name, file, origin) VALUES (?, ?, ?)",
			STORE_VALUES(STORE_T(p->options->name), STORE_T(p->path), STORE_N(origin)),
			NULL, NULL);
	if (!p->store_err)
		p->id = (uint32_t)store_last_id(core->store);
}

void provider_store_take(struct provider *p)
{
	struct core *core = p->core;
	enum origin origin = p->added ? IS_BEING_ADDED : OF_THE_FILE;

	p->id = 0;
	(void)store_run(core->store,
			"SELECT id, line_base, num_lines, phone_base, num_phones"
			" FROM provider WHERE name = ?",
			STORE_VALUES(STORE_T(p->options->name)), on_kept, p);
	if (!p->id)
		insert(p, origin);
	else
		p->store_err = store_run(core->store,
				"UPDATE provider SET file = ?, origin = ? WHERE id = ?",
				STORE_VALUES(STORE_T(p->path), STORE_N(origin), STORE_N(p->id)),
				NULL, NULL);
	if (!p->id) /* nothing is kept: at least it is one that no other has */
		p->id = core->last_provider_id + 1;
	if (p->id > core->last_provider_id)
		core->last_provider_id = p->id;
	(void)store_run(core->store,
			"SELECT key, value FROM provider_key WHERE provider = ? ORDER BY rowid",
			STORE_VALUES(STORE_N(p->id)), on_key, p);
}

int provider_store_added(struct provider *p)
{
	return store_run(p->core->store, "UPDATE provider SET origin = ? WHERE id = ?",
			STORE_VALUES(STORE_N(WAS_ADDED), STORE_N(p->id)), NULL, NULL);
}

static bool is_same(const struct device_range *a, const struct device_range *b)
{
	return a->base == b->base && a->count == b->count;
}

void provider_store_bases(struct provider *p)
{
	const struct device_range lines = { p->line_base, p->num_lines };
	const struct device_range phones = { p->phone_base, p->num_phones };

	if (is_same(&p->kept[0], &lines) && is_same(&p->kept[1], &phones))
		return;
	p->kept[0] = lines;
	p->kept[1] = phones;
	(void)store_run(p->core->store,
			"UPDATE provider SET line_base = ?, num_lines = ?, phone_base = ?,"
			" num_phones = ? WHERE id = ?",
			STORE_VALUES(STORE_N(p->line_base), STORE_N(p->num_lines),
					STORE_N(p->phone_base), STORE_N(p->num_phones),
					STORE_N(p->id)),
			NULL, NULL);
}

static void write_keys(struct provider *p, const struct list *settings)
{
	struct store *store = p->core->store;

	(void)store_run(store, "DELETE FROM provider_key WHERE provider = ?",
			STORE_VALUES(STORE_N(p->id)), NULL, NULL);
	list_for(l, settings) {
		const struct setting *s = list_entry(l, struct setting, link);

		(void)store_run(store, "INSERT INTO provider_key VALUES (?, ?, ?)",
				STORE_VALUES(STORE_N(p->id), STORE_T(s->key), STORE_T(s->value)),
				NULL, NULL);
	}
}

int provider_store_keys(struct provider *p, const struct list *settings)
{
	(void)store_begin(p->core->store);
	write_keys(p, settings);
	return store_end(p->core->store, 0);
}

int provider_store_forget(struct provider *p)
{
	const struct store_value *id = STORE_VALUES(STORE_N(p->id));
	struct store *store = p->core->store;

	(void)store_begin(store);
	(void)store_run(store, "DELETE FROM provider_key WHERE provider = ?", id, NULL, NULL);
	(void)store_run(store, "DELETE FROM provider WHERE id = ?", id, NULL, NULL);
	return store_end(store, 0);
}

int provider_store_again(struct provider *p)
{
	struct store *store = p->core->store;

	(void)store_begin(store);
	(void)store_run(store,
			"INSERT INTO provider (id, name, file, origin, line_base, num_lines,"
			" phone_base, num_phones) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
			STORE_VALUES(STORE_N(p->id), STORE_T(p->options->name), STORE_T(p->path),
					STORE_N(WAS_ADDED), STORE_N(p->kept[0].base),
					STORE_N(p->kept[0].count), STORE_N(p->kept[1].base),
					STORE_N(p->kept[1].count)),
			NULL, NULL);
	write_keys(p, &p->set);
	return store_end(store, 0);
}

struct restoring {
	struct core *core;
	struct options names;
};

static void say_missing(const char *name)
{
	log_error("out of memory: the provider %s is not there", name);
}

static void on_added(void *arg, const struct store_row *row)
{
	struct restoring *r = arg;
	const char *name = store_text(row, 0);

	if (!provider_name_is_valid(name))
		store_refuse(r->core->store, "provider", "the name is none of a provider");
	else if (!options_provider(&r->names, name))
		say_missing(name);
}

/* Names first: no statement runs inside another. */
void provider_store_restore(struct core *core)
{
	struct restoring r = { .core = core };

	list_init(&r.names.providers);
	(void)store_run(core->store, "DELETE FROM provider WHERE origin = ?",
			STORE_VALUES(STORE_N(IS_BEING_ADDED)), NULL, NULL);
	(void)store_run(core->store, "SELECT name FROM provider WHERE origin = ? ORDER BY id",
			STORE_VALUES(STORE_N(WAS_ADDED)), on_added, &r);
	list_for_safe(l, &r.names.providers) {
		struct provider_options *o = list_entry(l, struct provider_options, link);
		struct provider *p = provider_new_added(core, o->name);

		if (p)
			(void)provider_store_added(p);
		else
			say_missing(o->name);
		provider_options_free(o);
	}
}
