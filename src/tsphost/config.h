// SPDX-License-Identifier: MIT
/* config.h - the provider's keys as the daemon's configuration file has them, and how a TSP gets
 * them. Values may be secrets: they go to the TSP and nowhere else. */
#ifndef TSPHOST_CONFIG_H
#define TSPHOST_CONFIG_H

#include "tsphost/reason.h"
#include "tsphost/tsp.h"

#include <stdbool.h>
#include <stddef.h>

struct setting {
	char *key, *value;
};

struct config {
	struct setting *settings;
	size_t count, room;
};

/* 0 or -ENOMEM; then config_fini() is due, too. */
int config_add(struct config *c, const char *key, const char *value);
int config_take(struct config *c, KeyValue *const *pairs, size_t count);
void config_fini(struct config *c);
bool config_is_equal(const struct config *a, const struct config *b);

/* TSPI_providerConfigure for one key. A refusal has the key as its cause. */
LONG config_give_key(const struct setting *s, const struct tsp *t, struct reason *why);
/* TSPI_providerConfigured, if the TSP has it. */
LONG config_close(const struct tsp *t, struct reason *why);
/* All keys, and that they are all; stops at the first refusal. */
LONG config_give(const struct config *c, const struct tsp *t, struct reason *why);

#endif
