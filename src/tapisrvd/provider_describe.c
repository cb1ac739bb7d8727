// SPDX-License-Identifier: MIT
/* provider_describe.c - what a provider's keys are, as it describes them itself, and a block of its
 * own in and out: in place of dialogs. */
#include "core.h"
#include "dispatch.h"
#include "failure.h"
#include "host.h"
#include "line.h"
#include "options.h"
#include "provider.h"

#include <string.h>
#include <tapix.h>

#define LOG_TOPIC "provider"

struct listing {
	const struct provider *p;
	const ProviderKeys *described; /* NULL: it does not say */
	ProviderKey **keys;
	size_t count, room;
	struct arena *arena;
	bool is_short; /* of memory: it is not whole */
};

static ProviderKey *add(struct listing *l, const char *key)
{
	ProviderKey *k = l->count < l->room ? arena_alloc(l->arena, sizeof(*k)) : NULL;

	if (!k) {
		l->is_short = true;
		return NULL;
	}
	provider_key__init(k);
	k->key = (char *)(uintptr_t)key;
	l->keys[l->count++] = k;
	return k;
}

/* Secrets stay with the daemon; so does what nobody says is none. */
static void fill_value(const struct listing *l, ProviderKey *k, const struct setting *s)
{
	bool is_secret = !k->type || k->type == TAPIX_KEY_SECRET;

	if (!s)
		return;
	SET(k, source, settings_find(&l->p->set, s->key) ? TAPIX_SOURCE_SET : TAPIX_SOURCE_FILE);
	k->value = is_secret ? (char *)(uintptr_t) "" : s->value;
}

static void describe(ProviderKey *k, const ProviderKey *as)
{
	SET(k, type, as->type);
	SET(k, min, as->min);
	SET(k, max, as->max);
	k->values = as->values;
	k->normal = as->normal;
	k->help = as->help;
}

/* "alice/codecs" is one of "?/codecs". */
static bool is_of(const char *described, const char *key)
{
	const char *slash = strrchr(key, '/');

	if (strcmp(described, key) == 0)
		return true;
	return slash && described[0] == '?' && strcmp(described + 1, slash) == 0;
}

static const ProviderKey *description_of(const struct listing *l, const char *key)
{
	for (size_t i = 0; l->described && i < l->described->n_keys; i++) {
		const ProviderKey *k = l->described->keys[i];

		if (k->key && is_of(k->key, key))
			return k;
	}
	return NULL;
}

static void list_described(struct listing *l)
{
	for (size_t i = 0; l->described && i < l->described->n_keys; i++) {
		const ProviderKey *as = l->described->keys[i];
		ProviderKey *k = as->key ? add(l, as->key) : NULL;

		if (!k)
			continue;
		describe(k, as);
		fill_value(l, k, settings_find(&l->p->options->settings, as->key));
	}
}

/* Keys of parts, and what the provider does not describe. */
static void list_others(struct listing *l)
{
	list_for(i, &l->p->options->settings) {
		const struct setting *s = list_entry(i, struct setting, link);
		const ProviderKey *as = description_of(l, s->key);
		ProviderKey *k;

		if (as && strcmp(as->key, s->key) == 0)
			continue;
		k = add(l, s->key);
		if (!k)
			return;
		if (as)
			describe(k, as);
		fill_value(l, k, s);
	}
}

static bool make_list(struct listing *l)
{
	l->room = l->described ? l->described->n_keys : 0;
	list_for(i, &l->p->options->settings)
		l->room++;
	l->arena = &l->p->core->arena;
	l->keys = arena_alloc(l->arena, (l->room + 1) * sizeof(*l->keys));
	if (!l->keys)
		return false;
	list_described(l);
	list_others(l);
	return !l->is_short;
}

static const ProviderKeys *read_description(struct core *core, const struct answer *a)
{
	const TspiProviderDescribeKeysReply *reply = (const void *)a->reply;

	return reply ? (const ProviderKeys *)arena_unpack(&core->arena, &provider_keys__descriptor,
				       reply->keys.data, reply->keys.len)
		     : NULL;
}

static void on_described(struct pending *pending, const struct answer *a)
{
	TapixGetProviderKeysReply reply = TAPIX_GET_PROVIDER_KEYS_REPLY__INIT;
	struct listing l = { .p = pending->host ? pending->host->provider : NULL };

	if (!l.p || !a->frame) {
		pending_relay(pending, a);
		return;
	}
	l.described = read_description(l.p->core, a);
	if (l.p->core->arena.no_memory || !make_list(&l)) {
		pending_fail(pending, LINEERR_NOMEM, failure_no_memory());
		return;
	}
	reply.keys = l.keys;
	reply.n_keys = l.count;
	pending_return(pending, &reply.base);
}

LONG handle_get_provider_keys(struct request *r)
{
	const TapixGetProviderKeys *m = (const void *)r->msg;
	TspiProviderDescribeKeys request = TSPI_PROVIDER_DESCRIBE_KEYS__INIT;
	TapixGetProviderKeysReply reply = TAPIX_GET_PROVIDER_KEYS_REPLY__INIT;
	struct listing l = { .p = provider_by_id(r->core, m->permanent_provider_id) };

	if (!l.p)
		return request_fail(r, LINEERR_INVALPARAM, "id", "no provider has the id %u",
				m->permanent_provider_id);
	if (l.p->host && l.p->state == PROVIDER_RUNNING &&
			host_forward_message(l.p->host, r->session,
					rule_find(CALL_TspiProviderDescribeKeys), r->frame,
					&request.base, on_described))
		return 0;
	if (!make_list(&l))
		return LINEERR_NOMEM;
	reply.keys = l.keys;
	reply.n_keys = l.count;
	return request_return(r, &reply.base);
}

static LONG find_object(struct request *r, const TapixProviderDialog *m, struct provider **out)
{
	const struct line_kind *kind;
	const struct line *line;

	switch (m->object_type) {
	case TAPIX_OBJECT_PROVIDER:
		*out = provider_by_id(r->core, m->object_id);
		return *out ? 0
			    : request_fail(r, LINEERR_INVALPARAM, "id", "no provider has the id %u",
					      m->object_id);
	case TAPIX_OBJECT_LINE:
	case TAPIX_OBJECT_PHONE:
		kind = m->object_type == TAPIX_OBJECT_LINE ? &line_kind : &phone_kind;
		line = line_find_kind(r->core, kind, m->object_id);
		if (!line || line->removed)
			return line ? LINEERR_NODEVICE : LINEERR_BADDEVICEID;
		*out = line->provider;
		return 0;
	default:
		return request_fail(r, LINEERR_INVALPARAM, "object",
				"the object is a line, a phone or a provider");
	}
}

/* The block under the number of the program's argument. */
static void on_answered(struct pending *pending, const struct answer *a)
{
	const TspiProviderGenericDialogDataReply *got = (const void *)a->reply;
	TapixProviderDialogReply reply = TAPIX_PROVIDER_DIALOG_REPLY__INIT;

	if (!got) {
		pending_relay(pending, a);
		return;
	}
	reply.has_params = got->has_params;
	reply.params = got->params;
	pending_return(pending, &reply.base);
}

LONG handle_provider_dialog(struct request *r)
{
	const TapixProviderDialog *m = (const void *)r->msg;
	TspiProviderGenericDialogData request = TSPI_PROVIDER_GENERIC_DIALOG_DATA__INIT;
	struct provider *p = NULL;
	LONG code = find_object(r, m, &p);

	if (code)
		return code;
	if (p->state != PROVIDER_RUNNING)
		return request_fail(r, LINEERR_OPERATIONFAILED, p->reason.cause,
				"the provider %s is not running: %s", p->options->name,
				p->reason.sentence);
	SET(&request, object_id, m->object_id);
	SET(&request, object_type, m->object_type);
	request.has_params = m->has_params;
	request.params = m->params;
	return host_forward_message(p->host, r->session,
			       rule_find(CALL_TspiProviderGenericDialogData), r->frame,
			       &request.base, on_answered)
			       ? 0
			       : LINEERR_RESOURCEUNAVAIL;
}
