// SPDX-License-Identifier: MIT
/* provider_keys.c - tapixSetProviderKeys and lineConfigProvider: the provider gets the whole set
 * with what is new in it, and only if it takes that it is kept. */
#include "provider_keys.h"

#include "core.h"
#include "dispatch.h"
#include "failure.h"
#include "host.h"
#include "provider.h"
#include "provider_store.h"
#include "session.h"

#include <errno.h>
#include <string.h>
#include <tapix.h>

#define LOG_TOPIC "provider"

enum { KEY_MAX = 120, VALUE_MAX = 4096 };

static int put_all(struct list *to, const struct list *from)
{
	int err = 0;

	list_for(l, from) {
		const struct setting *s = list_entry(l, struct setting, link);

		if (!err)
			err = settings_put(to, s->key, s->value);
	}
	return err;
}

void provider_keys_begin(struct provider *p)
{
	provider_keys_reloaded(p, p->options);
}

void provider_keys_reloaded(struct provider *p, struct provider_options *fresh)
{
	settings_free(&p->from_file);
	if (settings_copy(&p->from_file, &fresh->settings) || put_all(&fresh->settings, &p->set))
		log_error("%s: out of memory: keys are lost", p->options->name);
}

void provider_keys_free(struct provider *p)
{
	settings_free(&p->from_file);
	settings_free(&p->set);
	settings_free(&p->candidate);
}

static int copy_parts(struct provider_options *to, const struct provider_options *from)
{
	list_for(l, &from->parts) {
		const struct provider_part *part = list_entry(l, struct provider_part, link);
		struct provider_part *copy = options_part(to, part->name);

		if (!copy)
			return -ENOMEM;
		copy->line = part->line;
		copy->keys = part->keys;
	}
	return 0;
}

/* The file's keys with the candidate's above them. */
static struct provider_options *combine(const struct provider *p)
{
	struct provider_options *o = provider_options_new(p->options->name);

	if (!o)
		return NULL;
	o->line = p->options->line;
	if (settings_copy(&o->settings, &p->from_file) == 0 &&
			put_all(&o->settings, &p->candidate) == 0 && copy_parts(o, p->options) == 0)
		return o;
	provider_options_free(o);
	return NULL;
}

/* What is set from now on. A reload that came meanwhile has it above its keys, too. */
static void keep(struct provider *p)
{
	settings_free(&p->set);
	list_move(&p->set, &p->candidate);
	if (p->fresh && put_all(&p->fresh->settings, &p->set))
		log_error("%s: out of memory: keys are lost", p->options->name);
}

/* The provider has taken keys that it cannot keep: it gets those of before. */
static void take_back(struct provider *p)
{
	struct provider_options *o;

	settings_free(&p->candidate);
	if (p->fresh) /* a reload came meanwhile: these are they */
		return;
	o = settings_copy(&p->candidate, &p->set) ? NULL : combine(p);
	settings_free(&p->candidate);
	if (o)
		provider_take_options(p, o);
	else
		log_error("%s: out of memory: it has keys that are not kept", p->options->name);
}

static void done(struct provider *p, uint32_t effect)
{
	TapixSetProviderKeysReply reply = TAPIX_SET_PROVIDER_KEYS_REPLY__INIT;
	int err = provider_store_keys(p, &p->candidate);

	p->has_candidate = false;
	if (err) {
		take_back(p);
		asker_fail(p->core, &p->setter, LINEERR_OPERATIONFAILED,
				failure_not_kept(p->core, err));
		return;
	}
	keep(p);
	SET(&reply, effect, effect);
	asker_return(p->core, &p->setter, p->setter_wants_effect ? &reply.base : NULL);
}

void provider_keys_settled(struct provider *p, const struct answer *a)
{
	if (!p->has_candidate)
		return;
	if (a->result && a->result != LINEERR_OPERATIONUNAVAIL) {
		p->has_candidate = false;
		settings_free(&p->candidate);
		asker_fail(p->core, &p->setter,
				a->frame ? LINEERR_INVALPARAM : LINEERR_OPERATIONFAILED,
				answer_failure(p->core, a));
		return;
	}
	done(p, a->result ? TAPIX_EFFECT_AT_START : TAPIX_EFFECT_NOW);
}

void provider_keys_lost(struct provider *p)
{
	if (!p->has_candidate)
		return;
	p->has_candidate = false;
	settings_free(&p->candidate);
	provider_options_free(p->asked); /* its next host gets what worked */
	p->asked = NULL;
	asker_fail(p->core, &p->setter, LINEERR_OPERATIONFAILED,
			failure_new(p->core, LAYER_PROVIDER, "host ended", "%s",
					p->reason.sentence));
}

static void give_up(struct provider *p)
{
	p->has_candidate = false;
	settings_free(&p->candidate);
	provider_options_free(p->fresh);
	p->fresh = NULL;
}

/* The candidate goes to the provider; then provider_keys_settled(). */
static LONG try(struct provider *p, bool wants_effect)
{
	struct provider_options *o = combine(p);

	if (!o || options_are_too_large(o)) {
		LONG code = o ? LINEERR_INVALPARAM : LINEERR_NOMEM;

		settings_free(&p->candidate);
		provider_options_free(o);
		return code;
	}
	p->has_candidate = true;
	p->setter_wants_effect = wants_effect;
	provider_take_options(p, o);
	if (!p->has_candidate || p->is_asked)
		return 0;
	if (p->host) { /* it is going: its next one gets what worked */
		give_up(p);
		return LINEERR_OPERATIONFAILED;
	}
	done(p, TAPIX_EFFECT_AT_START); /* its next host gets them */
	return 0;
}

static bool is_changing(const struct provider *p)
{
	return p->has_candidate || p->is_asked || p->fresh;
}

static LONG find(struct request *r, uint32_t id, struct provider **out)
{
	struct provider *p = provider_by_id(r->core, id);

	*out = p;
	if (!p)
		return request_fail(r, LINEERR_INVALPARAM, "id", "no provider has the id %u", id);
	if (p->admin != ADMIN_NONE || is_changing(p) || (p->host && p->state != PROVIDER_RUNNING))
		return request_fail(r, LINEERR_OPERATIONFAILED, "busy",
				"the provider %s is busy with another change or its start",
				p->options->name);
	return 0;
}

static bool is_one_line(const char *text, size_t max)
{
	return strlen(text) <= max && !strpbrk(text, "\n\r");
}

static LONG check_key(struct request *r, const KeyValue *k)
{
	if (!k->key || !*k->key || !is_one_line(k->key, KEY_MAX) || strchr(k->key, '='))
		return request_fail(r, LINEERR_INVALPARAM, "key",
				"a key has 1 to %d bytes, none of them = or the end of a line",
				KEY_MAX);
	if (k->value && !is_one_line(k->value, VALUE_MAX))
		return request_fail(r, LINEERR_INVALPARAM, k->key,
				"a value is one line of at most %d bytes", VALUE_MAX);
	return 0;
}

static LONG change(struct provider *p, const TapixSetProviderKeys *m, struct request *r)
{
	LONG code = settings_copy(&p->candidate, &p->set) ? LINEERR_NOMEM : 0;

	for (size_t i = 0; i < m->n_keys && !code; i++) {
		const KeyValue *k = m->keys[i];

		code = check_key(r, k);
		if (!code && !k->value)
			settings_drop(&p->candidate, k->key);
		else if (!code && settings_put(&p->candidate, k->key, k->value))
			code = LINEERR_NOMEM;
	}
	if (code)
		settings_free(&p->candidate);
	return code;
}

LONG handle_set_provider_keys(struct request *r)
{
	const TapixSetProviderKeys *m = (const void *)r->msg;
	struct provider *p;
	LONG code = find(r, m->permanent_provider_id, &p);

	if (!code && !m->n_keys)
		return request_fail(r, LINEERR_INVALPARAM, "keys", "no key is named");
	if (!code)
		code = change(p, m, r);
	if (code)
		return code;
	asker_note(&p->setter, r);
	code = try(p, true);
	if (code == LINEERR_OPERATIONFAILED)
		return request_fail(r, code, "host ended", "the host of the provider %s is ending",
				p->options->name);
	return code == LINEERR_INVALPARAM
			       ? request_fail(r, code, "size", "the provider's keys are too large")
			       : code;
}

/* The host was asked for TSPI_providerConfig. A TSP without it is given its keys anew: a file that
 * they name may have changed. */
static void on_config(struct pending *pending, const struct answer *a)
{
	struct provider *p = pending->host ? pending->host->provider : NULL;
	LONG code;

	if (!p || !pending->session || !host_has_no_export(p->core, a)) {
		pending_relay(pending, a);
		return;
	}
	code = is_changing(p) ? LINEERR_OPERATIONFAILED : 0;
	if (!code && settings_copy(&p->candidate, &p->set)) {
		settings_free(&p->candidate);
		code = LINEERR_NOMEM;
	}
	p->setter = (struct asker){ pending->session->id, pending->client_serial };
	if (!code)
		code = try(p, false);
	if (code)
		pending_fail(pending, code,
				code == LINEERR_NOMEM ? failure_no_memory()
						      : failure_new(p->core, LAYER_SERVER, "busy",
									"the provider is busy with "
									"another change"));
}

LONG handle_config_provider(struct request *r)
{
	const LineConfigProvider *m = (const void *)r->msg;
	TspiProviderConfig request = TSPI_PROVIDER_CONFIG__INIT;
	struct provider *p;
	LONG code = find(r, m->permanent_provider_id, &p);

	if (code)
		return code;
	if (p->state != PROVIDER_RUNNING)
		return request_fail(r, LINEERR_OPERATIONFAILED, p->reason.cause,
				"the provider %s is not running: %s", p->options->name,
				p->reason.sentence);
	SET(&request, permanent_provider_id, p->id);
	return host_forward_message(p->host, r->session, rule_find(CALL_TspiProviderConfig),
			       r->frame, &request.base, on_config)
			       ? 0
			       : LINEERR_RESOURCEUNAVAIL;
}
