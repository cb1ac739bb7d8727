// SPDX-License-Identifier: MIT
/* provider_config.c - new keys for a provider: they go to its host while it runs, or wait for the
 * next one. Keys that are the same go there, too: they may name files that are not the same. What
 * it refuses is forgotten: a host that is started again gets what worked. */
#include "base/log.h"
#include "core.h"
#include "dispatch.h"
#include "failure.h"
#include "host.h"
#include "line.h"
#include "provider.h"
#include "provider_keys.h"

#include <errno.h>
#include <string.h>
#include <tapi.h>

#define LOG_TOPIC "provider"

static bool is_same(const struct provider_options *a, const struct provider_options *b)
{
	const struct list *i = a->settings.next, *k = b->settings.next;

	for (; i != &a->settings && k != &b->settings; i = i->next, k = k->next) {
		const struct setting *s = list_entry(i, struct setting, link);
		const struct setting *t = list_entry(k, struct setting, link);

		if (strcmp(s->key, t->key) != 0 || strcmp(s->value, t->value) != 0)
			return false;
	}
	return i == &a->settings && k == &b->settings;
}

static void swap_lists(struct list *a, struct list *b)
{
	struct list kept = LIST_INIT(kept);

	list_move(&kept, a);
	list_move(a, b);
	list_move(b, &kept);
}

/* These are its keys from now on, with their places in the file. */
static void adopt(struct provider *p, struct provider_options **fresh)
{
	if (!*fresh)
		return;
	swap_lists(&p->options->settings, &(*fresh)->settings);
	swap_lists(&p->options->parts, &(*fresh)->parts);
	p->options->line = (*fresh)->line;
	provider_options_free(*fresh);
	*fresh = NULL;
}

void provider_keep_newest(struct provider *p)
{
	adopt(p, &p->asked);
	adopt(p, &p->fresh);
}

KeyValue **provider_pairs(struct core *core, const struct provider_options *o, size_t *count)
{
	KeyValue **list, *pairs;
	size_t n = 0, i = 0;

	*count = 0;
	if (options_are_too_large(o))
		return NULL;
	list_for(l, &o->settings)
		n++;
	pairs = arena_alloc(&core->arena, n * sizeof(*pairs) + 1);
	list = arena_alloc(&core->arena, n * sizeof(*list) + 1);
	if (!pairs || !list)
		return NULL;
	list_for(l, &o->settings) {
		const struct setting *s = list_entry(l, struct setting, link);

		key_value__init(&pairs[i]);
		pairs[i].key = s->key;
		pairs[i].value = s->value;
		list[i] = &pairs[i];
		i++;
	}
	*count = n;
	return list;
}

/* The keys are as the TSP has them: what an earlier reload was refused for is no news any more. */
static void settled(struct provider *p)
{
	if (p->refused)
		provider_set_reason(p, 0, NULL, "%s", "");
	p->refused = false;
}

static void refused(struct provider *p, const struct answer *a)
{
	const struct provider_options *o = p->asked ? p->asked : p->options;
	const Failure *f = answer_failure(p->core, a);
	const char *file = p->core->options->file;
	const char *sentence = f->sentence ? f->sentence : "no reason was given";
	unsigned line = file && f->cause ? options_line_of(o, f->cause) : 0;

	p->refused = true;
	if (line)
		provider_set_reason(p, LAYER_PROVIDER, f->cause,
				"its new configuration is refused: %s:%u: %s", file, line,
				sentence);
	else
		provider_set_reason(p, LAYER_PROVIDER, f->cause,
				"its new configuration is refused: %s", sentence);
	log_error("%s: %s", p->options->name, p->reason.sentence);
}

/* Of its keys only a new host can take notice. */
static void needs_restart(struct provider *p)
{
	p->refused = true;
	provider_set_reason(p, LAYER_SERVER, "restart",
			"its configuration has changed, which it takes only at its start");
	log_warn("%s: its configuration has changed, but it cannot be configured anew while it "
		 "runs: it needs a restart of the daemon",
			p->options->name);
	adopt(p, &p->asked);
}

/* A key may have changed what a line is; nobody need have it open to hear CAPSCHANGE. */
static void look_again(struct provider *p)
{
	struct line *line;
	size_t cursor = 0;

	while (p->state == PROVIDER_RUNNING && (line = line_next(p->core, p, &cursor))) {
		line_forget_caps(line);
		provider_look_at(line);
	}
}

static void on_configured(struct pending *pending, const struct answer *a)
{
	struct provider *p = pending->host ? pending->host->provider : NULL;

	if (!p)
		return; /* provider_host_gone() follows */
	if (!a->result) {
		if (p->asked && !is_same(p->asked, p->options)) {
			log_info("%s: has its new configuration", p->options->name);
			look_again(p);
		}
		adopt(p, &p->asked);
		settled(p);
	} else if (a->result == LINEERR_OPERATIONUNAVAIL) {
		needs_restart(p);
	} else if (!p->has_candidate) {
		refused(p, a);
		if (!a->frame) /* it does not return: its next host begins with them */
			adopt(p, &p->asked);
	}
	provider_options_free(p->asked);
	p->asked = NULL;
	p->is_asked = false;
	provider_keys_settled(p, a);
	provider_configure(p);
}

/* 0; -E2BIG: no message holds them; -EPIPE: the host is going, the next one gets them. */
static int give(struct provider *p, const struct provider_options *o)
{
	TspiProviderConfigured request = TSPI_PROVIDER_CONFIGURED__INIT;

	request.config = provider_pairs(p->core, o, &request.n_config);
	if (!request.config) {
		p->refused = true;
		provider_set_reason(p, LAYER_SERVER, "size",
				"its new configuration is refused: it is too large");
		log_error("%s: %s", p->options->name, p->reason.sentence);
		return -E2BIG;
	}
	if (!host_call(p->host, CALL_TspiProviderConfigured, &request.base, on_configured))
		return -EPIPE;
	p->is_asked = true;
	return 0;
}

void provider_start_again(struct provider *p)
{
	if (p->options->thread) {
		log_warn("%s: has failed on a thread: it needs a restart of the daemon",
				p->options->name);
		return;
	}
	p->state = PROVIDER_STARTING;
	p->failures = 0;
	p->wait_until_ms = 0;
	p->refused = false;
	provider_set_reason(p, 0, NULL, "%s", "");
	provider_start(p);
}

void provider_configure(struct provider *p)
{
	int err;

	if (!p->fresh || p->is_asked)
		return;
	if (!p->host) {
		adopt(p, &p->fresh);
		settled(p);
		if (p->state == PROVIDER_FAILED)
			provider_start_again(p);
		return;
	}
	if (p->state != PROVIDER_RUNNING) /* provider_running() asks again */
		return;
	err = give(p, p->fresh);
	if (err == -E2BIG)
		provider_options_free(p->fresh);
	else if (!err)
		p->asked = p->fresh;
	if (err != -EPIPE)
		p->fresh = NULL;
}

void provider_take_options(struct provider *p, struct provider_options *fresh)
{
	provider_options_free(p->fresh);
	p->fresh = fresh;
	provider_configure(p);
}

void provider_compare_keys(struct provider *p)
{
	(void)give(p, p->options);
}
